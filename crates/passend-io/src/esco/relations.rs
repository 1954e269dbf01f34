// SPDX-License-Identifier: EUPL-1.2
//! What relates occupations and skills.

use passend::{ConceptKind, ConceptNumber, Need};

use super::{Mended, Reader, concept_id};
use crate::table::{Row, Table, TableError};

impl Reader<'_> {
    /// What each skill or group of skills lies within; there may be several.
    pub(super) fn skill_broader(&mut self, table: &Table) -> Result<(), TableError> {
        let [narrow, broad] = columns(table, [["conceptUri", "id"], ["broaderUri", "broader_id"]])?;
        let mut unknown = 0;
        for (first, second) in pairs(table, narrow, broad) {
            match (self.skill_or_group(&first), self.skill_or_group(&second)) {
                (Some(narrow), Some(broad)) => self.builder.broader(narrow, broad),
                _ => unknown += 1,
            }
        }
        self.note(Mended::UnknownConcept, unknown);
        Ok(())
    }

    fn skill_or_group(&self, id: &str) -> Option<ConceptNumber> {
        let id = concept_id(id, ConceptKind::Skill);
        let find = |kind| self.builder.find(kind, &id);
        find(ConceptKind::Skill).or_else(|| find(ConceptKind::SkillGroup))
    }

    /// Which skill needs which.
    pub(super) fn skill_skill(&mut self, table: &Table) -> Result<(), TableError> {
        let [skill, other, relation] = columns(
            table,
            [
                ["originalSkillUri", "skill_id"],
                ["relatedSkillUri", "related_id"],
                ["relationType", "relation"],
            ],
        )?;
        let mut unknown = 0;
        for row in table.rows() {
            let need = need(row, relation)?;
            let find = |column| {
                let id = concept_id(row.get(column), ConceptKind::Skill);
                self.builder.find(ConceptKind::Skill, &id)
            };
            match (find(skill), find(other)) {
                (Some(skill), Some(other)) => self.builder.skill_needs(skill, other, need),
                _ => unknown += 1,
            }
        }
        self.note(Mended::UnknownConcept, unknown);
        Ok(())
    }

    /// Which occupation uses which skill.
    pub(super) fn occupation_skill(&mut self, table: &Table) -> Result<(), TableError> {
        let [occupation, skill, relation] = columns(
            table,
            [
                ["occupationUri", "occupation_id"],
                ["skillUri", "skill_id"],
                ["relationType", "relation"],
            ],
        )?;
        let mut uses = Vec::with_capacity(table.rows().len());
        for row in table.rows() {
            let need = need(row, relation)?;
            let occupation = concept_id(row.get(occupation), ConceptKind::Occupation);
            uses.push((occupation, concept_id(row.get(skill), ConceptKind::Skill), need));
        }
        uses.sort();
        let all = uses.len();
        uses.dedup();
        self.note(Mended::Twice, all - uses.len());
        let pairs = uses.len();
        uses.dedup_by(|b, a| (&a.0, &a.1) == (&b.0, &b.1)); // essential sorts first
        self.note(Mended::BothNeeds, pairs - uses.len());
        let mut unknown = 0;
        for (occupation, skill, need) in uses {
            let occupation = self.builder.find(ConceptKind::Occupation, &occupation);
            match (occupation, self.builder.find(ConceptKind::Skill, &skill)) {
                (Some(occupation), Some(skill)) => self.builder.uses(occupation, skill, need),
                _ => unknown += 1,
            }
        }
        self.note(Mended::UnknownConcept, unknown);
        Ok(())
    }
}

/// For each column the name that it has in this table.
fn columns<const N: usize>(
    table: &Table,
    names: [[&'static str; 2]; N],
) -> Result<[&'static str; N], TableError> {
    let mut found = names.map(|[official, _]| official);
    for (found, [official, compact]) in found.iter_mut().zip(names) {
        if !table.has(official) && table.has(compact) {
            *found = compact;
        }
    }
    table.need(&found)?;
    Ok(found)
}

/// Two cells of each row, in order, each pair once.
fn pairs(table: &Table, first: &str, second: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<_> =
        table.rows().map(|row| (row.get(first).to_owned(), row.get(second).to_owned())).collect();
    pairs.sort();
    pairs.dedup();
    pairs
}

fn need(row: Row<'_>, column: &str) -> Result<Need, TableError> {
    match row.get(column) {
        "essential" | "e" => Ok(Need::Essential),
        "optional" | "o" => Ok(Need::Optional),
        _ => Err(row.error(column, "`essential` or `optional`")),
    }
}
