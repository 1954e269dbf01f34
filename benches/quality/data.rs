// SPDX-License-Identifier: EUPL-1.2
//! The development sets and the vocabularies that they link to.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use passend::{LabelKind, LabelRow, LinkConcept, LinkKind, LinkSettings, Linker};

/// A set of texts with the ids that are right.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    /// The first says which ids may be answered; the others add labels to them.
    vocabularies: &'static [&'static str],
}

const fn set(name: &'static str, vocabularies: &'static [&'static str]) -> Set {
    Set { name, vocabularies }
}

pub(crate) const SETS: [Set; 9] = [
    set("occ_nld_nl", &["occ_nl"]),
    set("occ_nld_nl2en", &["occ_en", "occ_nl"]),
    set("occ_usa_en", &["occ_en_usa"]),
    set("occ_jobbert_en", &["occ_en"]),
    set("skill_vdab_nl", &["skill_nl"]),
    set("skill_house_en", &["skill_en"]),
    set("skill_tech_en", &["skill_en"]),
    set("sim_nl", &["sim_nl"]),
    set("sim_en", &["sim_en"]),
];

impl Set {
    /// Every right answer counts, not the first alone: mean average precision.
    pub(crate) fn ranks_all(&self) -> bool {
        self.name.starts_with("sim_")
    }

    pub(crate) fn is_of_skills(&self) -> bool {
        self.name.starts_with("skill_")
    }

    pub(crate) fn settings(&self) -> LinkSettings {
        if self.is_of_skills() { LinkSettings::SKILLS } else { LinkSettings::OCCUPATIONS }
    }
}

pub(crate) struct Label {
    pub(crate) concept: u32,
    pub(crate) preferred: bool,
    pub(crate) text: String,
}

pub(crate) struct Vocabulary {
    pub(crate) ids: Vec<String>,
    pub(crate) labels: Vec<Label>,
}

impl Vocabulary {
    pub(crate) fn read(folder: &Path, set: &Set) -> io::Result<Self> {
        let mut ids = Vec::new();
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut labels = Vec::new();
        for (nth, name) in set.vocabularies.iter().enumerate() {
            for [id, text, kind] in rows(&folder.join(format!("vocab/{name}.tsv.gz")))? {
                let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
                let concept = match numbers.get(&id) {
                    Some(number) => *number,
                    None if nth == 0 => {
                        numbers.insert(id.clone(), next);
                        ids.push(id);
                        next
                    }
                    None => continue,
                };
                labels.push(Label { concept, preferred: kind == "p", text });
            }
        }
        Ok(Self { ids, labels })
    }

    fn rows(&self) -> impl Iterator<Item = LabelRow<'_>> {
        self.labels.iter().map(|label| LabelRow {
            concept: label.concept,
            language: "",
            kind: if label.preferred { LabelKind::Preferred } else { LabelKind::Alternative },
            preferred: label.preferred,
            text: &label.text,
        })
    }

    pub(crate) fn linker(&self, settings: LinkSettings) -> Linker {
        let about = |concept| LinkConcept {
            isco: String::new(),
            is_group: self.id(concept).starts_with("isco/"),
        };
        let is_of_skills = self.ids.iter().all(|id| id.starts_with("skill/"));
        let kind = if is_of_skills { LinkKind::Skill } else { LinkKind::Occupation };
        Linker::new(self.rows(), about, settings).with_starter(kind)
    }

    pub(crate) fn id(&self, concept: u32) -> &str {
        usize::try_from(concept).ok().and_then(|at| self.ids.get(at)).map_or("", |id| id)
    }
}

/// A text with the ids that are right.
#[derive(Clone)]
pub(crate) struct Query {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) right: Vec<String>,
}

pub(crate) fn queries(folder: &Path, name: &str) -> io::Result<Vec<Query>> {
    let rows = rows(&folder.join(format!("dev/{name}.tsv.gz")))?;
    let query = |[id, text, right]: [String; 3]| Query {
        id,
        text,
        right: right.split('|').map(str::to_owned).collect(),
    };
    Ok(rows.into_iter().map(query).collect())
}

fn rows(path: &Path) -> io::Result<Vec<[String; 3]>> {
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(named)?;
    let mut rows = Vec::new();
    for line in BufReader::new(MultiGzDecoder::new(file)).lines() {
        let line = line.map_err(named)?;
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let row = <[String; 3]>::try_from(cells);
        rows.push(row.map_err(|_| named(io::Error::other("expected three cells in a line")))?);
    }
    Ok(rows)
}
