// SPDX-License-Identifier: EUPL-1.2
//! ESCO and crosswalks to it: from the tables of a download to a vocabulary.
//!
//! Two layouts are read, told apart by their columns: the CSV files of the official download, versions 1.1 to 1.2.1, in any
//! languages (`occupations_en.csv`, `skills_en.csv`, …), and `passend-tables`, one file for all languages
//! (`occupations.csv` with `label_en`, `label_nl`, …). Columns are found by name; others are passed over. Any file may be
//! packed with gzip. `docs/vocabulary.md` lists files and columns.
//!
//! What is known to be wrong with the files is mended and counted in the [`Report`]: rows that stand twice (the last
//! counts), separators that differ per file, stray spaces, pairs both essential and optional (essential counts), relations
//! with concepts that the download does not hold.

mod crosswalk;
mod files;
mod relations;

use std::collections::{BTreeMap, BTreeSet};

use passend::{
    ConceptKind, ConceptNumber, LabelKind, Vocabulary, VocabularyBuilder, VocabularySource,
};

use crate::table::{Row, Table, TableError, clean, list};
use files::{Part, part_of};

/// What must be said where ESCO is used.
const NOTICE: &str = "This product uses the ESCO classification of the European Commission.";
const NOTICE_ONET: &str = "It includes a crosswalk to O*NET of the U.S. Department of Labor, Employment and Training Administration.";

/// A file of a download.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name, without folders.
    pub name: String,
    /// All of its bytes.
    pub bytes: Vec<u8>,
}

/// Which labels are read, and what the source is called.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Languages as two small letters; `None` for all that there are.
    pub languages: Option<Vec<String>>,
    /// Version of ESCO, such as `1.2.1`; empty if it is not known.
    pub release: String,
}

/// What was mended or passed over, by file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Each with a sentence; in order of file and sentence.
    pub notes: Vec<Note>,
}

/// Something of a file that was mended or passed over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The file.
    pub file: String,
    /// What.
    pub what: Mended,
    /// How often.
    pub count: usize,
}

/// What was mended or passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Mended {
    /// A row stands twice; the last one counts.
    Twice,
    /// A pair of an occupation and a skill is both essential and optional; essential counts.
    BothNeeds,
    /// A relation names a concept that the files do not hold.
    UnknownConcept,
    /// An ISCO-08 code had lost its zero.
    LostZero,
    /// A concept has no label in any language that is read.
    NoLabel,
}

/// Why a folder of ESCO could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct EscoError {
    /// The file; empty for the folder as a whole.
    pub file: String,
    /// Where in the file, and what was expected.
    pub problem: TableError,
}

impl EscoError {
    fn folder(expected: impl Into<String>) -> Self {
        Self { file: String::new(), problem: TableError::whole(expected) }
    }
}

/// Whether a file of a folder is one that is read; descriptions and collections, for instance, are not.
pub fn is_read(name: &str) -> bool {
    part_of(name).is_some()
}

/// The version that a name tells, such as that of a folder `ESCO dataset - v1.2.1 - classification - en - csv`.
pub fn release_in(name: &str) -> Option<String> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let found = name.split(|c| !is_part(c)).map(|word| word.trim_matches('.'));
    found.filter(|word| word.contains('.')).map(str::to_owned).next()
}

/// Makes a vocabulary of the files of a folder and of crosswalks; the order of files and of rows does not matter.
///
/// # Errors
/// If there are no occupations or ISCO-08 groups, if a language that is asked for has no labels, or at the first place of a
/// file that cannot be read.
pub fn read_esco(
    files: &[File],
    crosswalks: &[File],
    options: &Options,
) -> Result<(Vocabulary, Report), EscoError> {
    let mut reader = Reader::new(options);
    let mut parts: Vec<(Part, &File)> =
        files.iter().filter_map(|file| Some((part_of(&file.name)?, file))).collect();
    // Concepts before what relates them; the name last, so that the order of the folder does not matter.
    parts.sort_by(|(a, first), (b, second)| (a, &first.name).cmp(&(b, &second.name)));
    for (part, file) in &parts {
        reader.file = file.name.clone();
        reader
            .part(part, file)
            .map_err(|problem| EscoError { file: file.name.clone(), problem })?;
    }
    reader.check()?;
    let mut crosswalks: Vec<&File> = crosswalks.iter().collect();
    crosswalks.sort_by_key(|file| &file.name);
    for file in crosswalks {
        reader.file = file.name.clone();
        reader.crosswalk(file).map_err(|problem| EscoError { file: file.name.clone(), problem })?;
    }
    Ok(reader.finish())
}

/// The vocabulary as far as it was read.
struct Reader<'o> {
    options: &'o Options,
    builder: VocabularyBuilder,
    file: String,
    notes: BTreeMap<(String, Mended), usize>,
    /// Languages in which there are labels of occupations.
    languages: BTreeSet<String>,
    occupations: usize,
    groups: BTreeSet<String>,
    /// Concepts without a label so far.
    unnamed: BTreeMap<ConceptNumber, String>,
    has_onet: bool,
}

impl<'o> Reader<'o> {
    fn new(options: &'o Options) -> Self {
        let mut builder = VocabularyBuilder::default();
        builder.groups_answer();
        builder.compute_closeness();
        Self {
            options,
            builder,
            file: String::new(),
            notes: BTreeMap::new(),
            languages: BTreeSet::new(),
            occupations: 0,
            groups: BTreeSet::new(),
            unnamed: BTreeMap::new(),
            has_onet: false,
        }
    }

    fn part(&mut self, part: &Part, file: &File) -> Result<(), TableError> {
        let table = Table::read(&file.bytes)?;
        match part {
            Part::Groups(language) => self.groups(&table, language.as_deref()),
            Part::SkillGroups(language) => {
                self.concepts(&table, ConceptKind::SkillGroup, language.as_deref())
            }
            Part::Skills(language) => {
                self.concepts(&table, ConceptKind::Skill, language.as_deref())
            }
            Part::Occupations(language) => self.occupations(&table, language.as_deref()),
            Part::OtherLabels => self.other_labels(&table),
            Part::SkillBroader => self.skill_broader(&table),
            Part::SkillSkill => self.skill_skill(&table),
            Part::OccupationSkill => self.occupation_skill(&table),
        }
    }

    fn note(&mut self, what: Mended, count: usize) {
        if count > 0 {
            *self.notes.entry((self.file.clone(), what)).or_insert(0) += count;
        }
    }

    fn reads(&self, language: &str) -> bool {
        let wanted = self.options.languages.as_ref();
        wanted.is_none_or(|wanted| wanted.iter().any(|one| one == language))
    }

    /// ISCO-08 groups: `conceptUri` and `code`, or `code`.
    fn groups(&mut self, table: &Table, language: Option<&str>) -> Result<(), TableError> {
        table.need(&["code"])?;
        for row in self.last_rows(table, |row| group_code(*row).to_owned()) {
            let code = group_code(row);
            let is_code = (1..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
            if !is_code {
                return Err(row.error("code", "an ISCO-08 code of one to four digits"));
            }
            let group = self.builder.add(ConceptKind::IscoGroup, &format!("isco/C{code}"));
            self.groups.insert(code.to_owned());
            self.labels(group, row, language)?;
        }
        Ok(())
    }

    fn occupations(&mut self, table: &Table, language: Option<&str>) -> Result<(), TableError> {
        let column = if table.has("iscoGroup") { "iscoGroup" } else { "isco08" };
        table.need(&[column])?;
        for (id, row) in self.identified(table, ConceptKind::Occupation)? {
            let occupation = self.builder.add(ConceptKind::Occupation, &id);
            self.occupations += 1;
            let code = row.get(column).trim_start_matches('C');
            let code = if self.groups.contains(code) || !self.groups.contains(&format!("0{code}")) {
                code.to_owned()
            } else {
                self.note(Mended::LostZero, 1);
                format!("0{code}")
            };
            if !self.groups.contains(&code) {
                return Err(row.error(
                    column,
                    "the code of a group that the table of ISCO-08 groups holds, as text with its zeros",
                ));
            }
            let within = self.builder.within(occupation, &code);
            within.map_err(|error| row.error(column, error.to_string()))?;
            self.labels(occupation, row, language)?;
        }
        if table.has("preferredLabel") {
            self.languages.extend(language.map(str::to_owned));
        } else {
            let found = label_columns(table).filter(|(_, language, _)| self.reads(language));
            let found: Vec<_> = found.map(|(_, language, _)| language.to_owned()).collect();
            self.languages.extend(found);
        }
        Ok(())
    }

    fn concepts(
        &mut self,
        table: &Table,
        kind: ConceptKind,
        language: Option<&str>,
    ) -> Result<(), TableError> {
        for (id, row) in self.identified(table, kind)? {
            let concept = self.builder.add(kind, &id);
            self.labels(concept, row, language)?;
        }
        Ok(())
    }

    /// Labels of occupations by `id`, `lang`, `n` (0 for the name), `label`.
    fn other_labels(&mut self, table: &Table) -> Result<(), TableError> {
        table.need(&["id", "lang", "n", "label"])?;
        let mut rows: Vec<(String, u32, String, Row<'_>)> = Vec::new();
        for row in table.rows().filter(|row| self.reads(row.get("lang"))) {
            let number = row.get("n").parse();
            let number = number.map_err(|_| row.error("n", "a whole number, 0 for the name"))?;
            rows.push((row.get("lang").to_owned(), number, row.get("id").to_owned(), row));
        }
        rows.sort_by(|a, b| (&a.0, a.1, &a.2, a.3.line).cmp(&(&b.0, b.1, &b.2, b.3.line)));
        let mut unknown = 0;
        for (language, number, id, row) in rows {
            let id = concept_id(&id, ConceptKind::Occupation);
            let Some(occupation) = self.builder.find(ConceptKind::Occupation, &id) else {
                unknown += 1;
                continue;
            };
            let kind = if number == 0 { LabelKind::Preferred } else { LabelKind::Alternative };
            self.label(occupation, &language, kind, &clean(row.get("label")));
            self.languages.insert(language);
        }
        self.note(Mended::UnknownConcept, unknown);
        Ok(())
    }

    /// The rows of a table by id; the last of those that share one.
    fn identified<'t>(
        &mut self,
        table: &'t Table,
        kind: ConceptKind,
    ) -> Result<Vec<(String, Row<'t>)>, TableError> {
        let column = id_column(table)?;
        for row in table.rows() {
            if row.get(column).is_empty() {
                return Err(row.error(column, "the URI or id of a concept"));
            }
        }
        let rows = self.last_rows(table, |row| concept_id(row.get(column), kind));
        Ok(rows.into_iter().map(|row| (concept_id(row.get(column), kind), row)).collect())
    }

    fn last_rows<'t>(
        &mut self,
        table: &'t Table,
        key: impl Fn(&Row<'t>) -> String,
    ) -> Vec<Row<'t>> {
        let last: BTreeMap<String, Row<'t>> = table.rows().map(|row| (key(&row), row)).collect();
        self.note(Mended::Twice, table.rows().len() - last.len());
        last.into_values().collect()
    }

    /// The labels of a row: those of the file's language, or those of the columns that name theirs.
    fn labels(
        &mut self,
        concept: ConceptNumber,
        row: Row<'_>,
        language: Option<&str>,
    ) -> Result<(), TableError> {
        self.unnamed.entry(concept).or_insert_with(|| self.file.clone());
        match language {
            Some(language) if row.table().has("preferredLabel") => {
                let columns = [
                    ("preferredLabel", LabelKind::Preferred),
                    ("altLabels", LabelKind::Alternative),
                    ("hiddenLabels", LabelKind::Hidden),
                ];
                if self.reads(language) {
                    for (column, kind) in columns {
                        self.cell(concept, language, kind, row.get(column));
                    }
                }
                Ok(())
            }
            _ => {
                let mut any = false;
                let columns: Vec<_> = label_columns(row.table())
                    .map(|(column, language, kind)| (column.to_owned(), language.to_owned(), kind))
                    .collect();
                for (column, language, kind) in columns {
                    any = true;
                    if self.reads(&language) {
                        self.cell(concept, &language, kind, row.get(&column));
                    }
                }
                if any {
                    return Ok(());
                }
                Err(TableError {
                    line: Some(1),
                    column: None,
                    expected: "a column `preferredLabel` in a file whose name ends in its language (`occupations_en.csv`), or columns such as `label_en`".to_owned(),
                })
            }
        }
    }

    fn cell(&mut self, concept: ConceptNumber, language: &str, kind: LabelKind, cell: &str) {
        if kind == LabelKind::Preferred {
            // A name is one label, whatever it holds.
            self.label(concept, language, kind, &clean(cell));
        } else {
            list(cell).for_each(|label| self.label(concept, language, kind, &label));
        }
    }

    fn label(&mut self, concept: ConceptNumber, language: &str, kind: LabelKind, text: &str) {
        if !text.is_empty() {
            self.unnamed.remove(&concept);
            self.builder.label(concept, language, kind, text);
        }
    }

    /// Whether there is enough to make a vocabulary of.
    fn check(&self) -> Result<(), EscoError> {
        if self.groups.is_empty() {
            return Err(EscoError::folder(
                "the ISCO-08 groups (`ISCOGroups_en.csv`, or `isco08.csv`); unpack the whole download into this folder",
            ));
        }
        if self.occupations == 0 {
            return Err(EscoError::folder(
                "occupations (`occupations_en.csv`, or `occupations.csv`); unpack the whole download into this folder",
            ));
        }
        let wanted = self.options.languages.iter().flatten();
        if let Some(missing) = wanted.into_iter().find(|one| !self.languages.contains(*one)) {
            let found: Vec<_> = self.languages.iter().map(String::as_str).collect();
            return Err(EscoError::folder(format!(
                "labels of occupations in `{missing}` (`occupations_{missing}.csv`); there are {}; download this language too, or leave it out of `--lang`",
                if found.is_empty() { "none".to_owned() } else { found.join(", ") }
            )));
        }
        Ok(())
    }

    fn finish(mut self) -> (Vocabulary, Report) {
        let unnamed = std::mem::take(&mut self.unnamed);
        for file in unnamed.into_values() {
            *self.notes.entry((file, Mended::NoLabel)).or_insert(0) += 1;
        }
        let notice =
            if self.has_onet { format!("{NOTICE} {NOTICE_ONET}") } else { NOTICE.to_owned() };
        let source = VocabularySource {
            name: "ESCO".to_owned(),
            release: self.options.release.clone(),
            notice,
        };
        let notes = self.notes.into_iter();
        let notes = notes.map(|((file, what), count)| Note { file, what, count }).collect();
        (self.builder.build(&source), Report { notes })
    }
}

/// The column that holds the id: `conceptUri` or `id`.
fn id_column(table: &Table) -> Result<&'static str, TableError> {
    let found = ["conceptUri", "id"].into_iter().find(|name| table.has(name));
    found.ok_or_else(|| TableError {
        line: Some(1),
        column: Some("conceptUri".to_owned()),
        expected: "this column; is it the right file, as downloaded?".to_owned(),
    })
}

/// The code of an ISCO-08 group: from the URI where there is one, since a spreadsheet takes zeros from codes.
fn group_code<'t>(row: Row<'t>) -> &'t str {
    let uri = row.get("conceptUri");
    uri.rsplit_once("/isco/C").map_or_else(|| row.get("code"), |(_, code)| code)
}

/// `occupation/…`, `skill/…`, `isced-f/…` or `isco/C…` out of a URI, or out of what stands at its end.
fn concept_id(text: &str, kind: ConceptKind) -> String {
    let text = text.trim();
    let rest = text.split_once("data.europa.eu/esco/").map_or(text, |(_, rest)| rest);
    if rest.contains('/') {
        return rest.to_owned();
    }
    match kind {
        ConceptKind::Occupation => format!("occupation/{rest}"),
        ConceptKind::Skill | ConceptKind::SkillGroup => format!("skill/{rest}"),
        ConceptKind::IscoGroup if rest.starts_with('C') => format!("isco/{rest}"),
        ConceptKind::IscoGroup => format!("isco/C{rest}"),
    }
}

/// Columns such as `label_en`, `label_nl_v103`, `alt_nl` and `hidden_nl`: name, language, kind of label.
fn label_columns(table: &Table) -> impl Iterator<Item = (&str, &str, LabelKind)> {
    table.names().filter_map(|name| {
        let (what, rest) = name.split_once('_')?;
        let language = rest.split('_').next().filter(|code| is_language(code))?;
        let kind = match what {
            "label" => LabelKind::Preferred,
            "alt" => LabelKind::Alternative,
            "hidden" => LabelKind::Hidden,
            _ => return None,
        };
        Some((name, language, kind))
    })
}

/// Whether a code is two small letters.
pub(super) fn is_language(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())
}
