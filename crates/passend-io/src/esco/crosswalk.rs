// SPDX-License-Identifier: EUPL-1.2
//! Crosswalks: codes and titles of another classification, and what they are in ESCO.

use passend::{ConceptKind, ConceptNumber, LabelKind, Relation};

use super::{File, Mended, Reader, concept_id, is_language};
use crate::table::{Row, Table, TableError, clean};

/// Where the columns of a crosswalk stand.
struct Columns {
    /// What the other classification is called: `uwv`.
    scheme: String,
    code: String,
    /// Labels with their language.
    labels: Vec<(String, String)>,
    target: String,
    relation: String,
}

impl Reader<'_> {
    /// Reads a table with a code, perhaps labels, an ESCO id and a relation, recognised by the names of its columns.
    ///
    /// The labels of what is the same or nearly so become labels of the concept; those of what is narrower or broader do
    /// not.
    pub(super) fn crosswalk(&mut self, file: &File) -> Result<(), TableError> {
        let table = Table::read(&file.bytes)?;
        let columns = Columns::find(&table, &file.name)?;
        self.has_onet |= columns.scheme == "onet";
        let mut rows = Vec::new();
        for row in table.rows() {
            let relation = relation(row, &columns.relation)?;
            let code = row.get(&columns.code);
            if code.is_empty() {
                return Err(row.error(&columns.code, "a code"));
            }
            rows.push((code.to_owned(), row.get(&columns.target).to_owned(), relation, row));
        }
        rows.sort_by(|a, b| (&a.0, &a.1, a.2, a.3.line).cmp(&(&b.0, &b.1, b.2, b.3.line)));
        let mut unknown = 0;
        for (code, target, relation, row) in rows {
            let Some(concept) = self.target(&target) else {
                unknown += 1;
                continue;
            };
            self.builder.crosswalk(&columns.scheme, &code, concept, relation);
            if matches!(relation, Relation::Exact | Relation::Close) {
                for (column, language) in &columns.labels {
                    if self.reads(language) {
                        let label = clean(row.get(column));
                        self.label(concept, language, LabelKind::Crosswalk, &label);
                    }
                }
            }
        }
        self.note(Mended::UnknownConcept, unknown);
        Ok(())
    }

    /// The concept that a URI or the end of one names.
    fn target(&self, text: &str) -> Option<ConceptNumber> {
        let kinds = [
            ConceptKind::Occupation,
            ConceptKind::Skill,
            ConceptKind::SkillGroup,
            ConceptKind::IscoGroup,
        ];
        kinds.into_iter().find_map(|kind| self.builder.find(kind, &concept_id(text, kind)))
    }
}

impl Columns {
    fn find(table: &Table, file: &str) -> Result<Self, TableError> {
        let names: Vec<&str> = table.names().collect();
        let find = |is: &dyn Fn(&str) -> bool| {
            names.iter().find(|name| is(&name.to_ascii_lowercase())).map(|name| (*name).to_owned())
        };
        let missing = |expected: &str| TableError {
            line: Some(1),
            column: None,
            expected: expected.to_owned(),
        };
        let target = find(&|name| name.starts_with("esco") && !name.contains("label"))
            .ok_or_else(|| missing("a column whose name begins with `esco`, with the id or URI"))?;
        let relation = find(&|name| name.contains("relation") || name.contains("match"))
            .ok_or_else(|| missing("a column `relation`, with `exactMatch`, `closeMatch`, `narrowMatch` or `broadMatch`"))?;
        let is_label = |name: &str| name.contains("label") || name.contains("title");
        let is_code = |name: &str| {
            !is_label(name)
                && (name.contains("code") || name.contains("soc") || name.ends_with("id"))
        };
        let code = find(&|name| {
            is_code(name)
                && name != target.to_ascii_lowercase()
                && name != relation.to_ascii_lowercase()
        })
        .ok_or_else(|| {
            missing("a column such as `uwv_code`, with the code of the other classification")
        })?;
        let scheme = match code.split_once('_') {
            Some((scheme, _)) => scheme,
            None => file.split(['_', '.', '-']).next().unwrap_or(file),
        };
        let labels = names.iter().filter(|name| is_label(&name.to_ascii_lowercase())).map(|name| {
            let end = name.rsplit('_').next().unwrap_or_default();
            // O*NET is in English and does not say so.
            let language = if is_language(end) { end } else { "en" };
            ((*name).to_owned(), language.to_owned())
        });
        let labels = labels.filter(|(name, _)| !name.to_ascii_lowercase().starts_with("esco"));
        Ok(Self {
            scheme: scheme.to_ascii_lowercase(),
            labels: labels.collect(),
            code,
            target,
            relation,
        })
    }
}

fn relation(row: Row<'_>, column: &str) -> Result<Relation, TableError> {
    let word = row.get(column).to_ascii_lowercase();
    let word = word.rsplit([':', '#', '/']).next().unwrap_or_default();
    match word.strip_suffix("match").unwrap_or(word).trim_end() {
        "exact" => Ok(Relation::Exact),
        "close" => Ok(Relation::Close),
        "narrow" => Ok(Relation::Narrow),
        "broad" => Ok(Relation::Broad),
        _ => Err(row.error(column, "`exactMatch`, `closeMatch`, `narrowMatch` or `broadMatch`")),
    }
}
