// SPDX-License-Identifier: EUPL-1.2
//! A vocabulary out of its tables: tab-separated, a header, `#` for comments, lists joined by `|`.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{Group, OccupationConcept, OccupationIndex, SkillConcept, SkillIndex, Vocabulary};
use crate::text::Text;

/// Who has the narrower skill has most of the broader one.
const CREDIT_OF_NARROWER: u8 = 70;
/// Who has the broader skill has a part of the narrower one.
const CREDIT_OF_BROADER: u8 = 40;
/// A skill that one occupation in 128 or fewer uses is as rare as it gets.
const RAREST: u8 = 8;

/// The texts of the five tables of a vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct VocabularyTables<'a> {
    /// Name and version of the vocabulary.
    pub name: &'a str,
    /// `code nl en`: the ISCO-08 groups.
    pub groups: &'a str,
    /// `id nl en nl_alt en_alt broader related`.
    pub skills: &'a str,
    /// `id isco08 nl en nl_alt en_alt essential optional`.
    pub occupations: &'a str,
    /// `from to closeness kind`.
    pub relations: &'a str,
}

/// Why the tables of a vocabulary could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VocabularyError {
    /// A row has another number of cells than its table.
    #[error("`{table}` line {line}: expected {expected} cells")]
    Cells {
        /// The table.
        table: &'static str,
        /// Line in the table, from 1.
        line: usize,
        /// Cells expected.
        expected: usize,
    },
    /// A cell holds no number, code or closeness as expected.
    #[error("`{table}` line {line}: expected {expected}")]
    Cell {
        /// The table.
        table: &'static str,
        /// Line in the table, from 1.
        line: usize,
        /// What was expected.
        expected: &'static str,
    },
    /// A row names a concept that does not exist.
    #[error("`{table}` line {line}: `{id}` does not exist")]
    Dangling {
        /// The table.
        table: &'static str,
        /// Line in the table, from 1.
        line: usize,
        /// The id that does not exist.
        id: String,
    },
    /// An id stands twice.
    #[error("`{table}` line {line}: `{id}` stands twice")]
    Twice {
        /// The table.
        table: &'static str,
        /// Line in the table, from 1.
        line: usize,
        /// The id.
        id: String,
    },
}

impl VocabularyTables<'static> {
    /// The tables that come with the engine.
    pub fn starter() -> Self {
        Self {
            name: "starter 1",
            groups: include_str!("../../vocabulary/isco08.tsv"),
            skills: include_str!("../../vocabulary/skills.tsv"),
            occupations: include_str!("../../vocabulary/occupations.tsv"),
            relations: include_str!("../../vocabulary/occupation_relations.tsv"),
        }
    }
}

impl Vocabulary {
    /// A vocabulary out of its tables.
    ///
    /// # Errors
    ///
    /// A row with a wrong number of cells, an id that stands twice or does not exist, a number out of range.
    pub fn from_tables(tables: &VocabularyTables<'_>) -> Result<Self, VocabularyError> {
        let groups = read_groups(tables.groups)?;
        let (mut skills, skill_ids) = read_skills(tables.skills)?;
        let (mut occupations, occupation_ids) =
            read_occupations(tables.occupations, &groups, &skill_ids)?;
        set_rarity(&mut skills, &occupations);
        relate_occupations(tables.relations, &mut occupations, &occupation_ids)?;
        let version = format!("{} (sha256:{})", tables.name, fingerprint(tables));
        Ok(Self {
            version,
            occupations,
            skills,
            linkers: super::link::Linkers::default(),
            occupation_ids,
            skill_ids,
            groups,
        })
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of the tables, each followed by a NUL.
fn fingerprint(tables: &VocabularyTables<'_>) -> String {
    let mut hash = Sha256::new();
    for table in [tables.groups, tables.skills, tables.occupations, tables.relations] {
        hash.update(table);
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

type Groups = HashMap<Group, Text>;
type SkillTable = (Vec<SkillConcept>, HashMap<String, SkillIndex>);
type OccupationTable = (Vec<OccupationConcept>, HashMap<String, OccupationIndex>);

fn read_groups(table: &str) -> Result<Groups, VocabularyError> {
    const TABLE: &str = "isco08";
    let mut groups = HashMap::new();
    for (line, row) in rows(table) {
        let [code, nl, en] = cells(TABLE, line, row)?;
        let group = Group::parse(code).ok_or(VocabularyError::Cell {
            table: TABLE,
            line,
            expected: "an ISCO-08 code",
        })?;
        if groups.insert(group, Text { nl: nl.into(), en: en.into() }).is_some() {
            return Err(VocabularyError::Twice { table: TABLE, line, id: code.into() });
        }
    }
    Ok(groups)
}

fn read_skills(table: &str) -> Result<SkillTable, VocabularyError> {
    const TABLE: &str = "skills";
    let mut skills = Vec::new();
    let mut ids = HashMap::new();
    for (line, row) in rows(table) {
        let [id, nl, en, nl_alt, en_alt, _, _] = cells(TABLE, line, row)?;
        if ids.insert(id.to_owned(), SkillIndex(index(skills.len()))).is_some() {
            return Err(VocabularyError::Twice { table: TABLE, line, id: id.into() });
        }
        let alternatives = list(nl_alt).chain(list(en_alt)).map(str::to_owned).collect();
        let label = Text { nl: nl.into(), en: en.into() };
        skills.push(SkillConcept {
            id: id.into(),
            label,
            alternatives,
            rarity: 1,
            grants: Vec::new(),
        });
    }
    // Who holds the first is credited for the second.
    let mut credits: Vec<(SkillIndex, SkillIndex, u8)> = Vec::new();
    for (line, row) in rows(table) {
        let [id, _, _, _, _, broader, related] = cells(TABLE, line, row)?;
        let find = |id: &str| {
            ids.get(id).copied().ok_or_else(|| VocabularyError::Dangling {
                table: TABLE,
                line,
                id: id.into(),
            })
        };
        let this = find(id)?;
        for broader in list(broader) {
            let broader = find(broader)?;
            credits.push((this, broader, CREDIT_OF_NARROWER));
            credits.push((broader, this, CREDIT_OF_BROADER));
        }
        for related in list(related) {
            let (other, closeness) = related.rsplit_once(':').unwrap_or((related, ""));
            let closeness = percent(closeness, TABLE, line)?;
            let other = find(other)?;
            credits.push((this, other, closeness));
            credits.push((other, this, closeness));
        }
    }
    for (held, other, credit) in credits {
        if let Some(skill) = usize::try_from(held.0).ok().and_then(|at| skills.get_mut(at)) {
            skill.grants.push((other, credit));
        }
    }
    for skill in &mut skills {
        keep_best(&mut skill.grants);
    }
    Ok((skills, ids))
}

fn read_occupations(
    table: &str,
    groups: &Groups,
    skills: &HashMap<String, SkillIndex>,
) -> Result<OccupationTable, VocabularyError> {
    const TABLE: &str = "occupations";
    let mut occupations = Vec::new();
    let mut ids = HashMap::new();
    for (line, row) in rows(table) {
        let [id, isco08, nl, en, nl_alt, en_alt, essential, optional] = cells(TABLE, line, row)?;
        if ids.insert(id.to_owned(), OccupationIndex(index(occupations.len()))).is_some() {
            return Err(VocabularyError::Twice { table: TABLE, line, id: id.into() });
        }
        let group = Group::parse(isco08)
            .filter(|group| groups.contains_key(group))
            .ok_or_else(|| VocabularyError::Dangling { table: TABLE, line, id: isco08.into() })?;
        let resolve = |names: &str| {
            list(names)
                .map(|id| {
                    skills.get(id).copied().ok_or_else(|| VocabularyError::Dangling {
                        table: TABLE,
                        line,
                        id: id.into(),
                    })
                })
                .collect::<Result<Vec<_>, _>>()
        };
        occupations.push(OccupationConcept {
            id: id.into(),
            label: Text { nl: nl.into(), en: en.into() },
            alternatives: list(nl_alt).chain(list(en_alt)).map(str::to_owned).collect(),
            group,
            essential: resolve(essential)?,
            optional: resolve(optional)?,
            related: Vec::new(),
        });
    }
    Ok((occupations, ids))
}

/// Rarity: 1 + ⌊log₂(occupations / occupations that use the skill)⌋, at most 8.
fn set_rarity(skills: &mut [SkillConcept], occupations: &[OccupationConcept]) {
    let mut users = vec![0usize; skills.len()];
    for skill in occupations.iter().flat_map(|one| one.essential.iter().chain(&one.optional)) {
        if let Some(count) = usize::try_from(skill.0).ok().and_then(|at| users.get_mut(at)) {
            *count += 1;
        }
    }
    for (skill, users) in skills.iter_mut().zip(users) {
        let ratio = (occupations.len() / users.max(1)).max(1);
        skill.rarity = u8::try_from(1 + ratio.ilog2()).unwrap_or(RAREST).min(RAREST);
    }
}

fn relate_occupations(
    table: &str,
    occupations: &mut [OccupationConcept],
    ids: &HashMap<String, OccupationIndex>,
) -> Result<(), VocabularyError> {
    const TABLE: &str = "occupation_relations";
    for (line, row) in rows(table) {
        let [from, to, closeness, _kind] = cells(TABLE, line, row)?;
        let find = |id: &str| {
            ids.get(id).copied().ok_or_else(|| VocabularyError::Dangling {
                table: TABLE,
                line,
                id: id.into(),
            })
        };
        let (from, to, closeness) = (find(from)?, find(to)?, percent(closeness, TABLE, line)?);
        for (this, other) in [(from, to), (to, from)] {
            if let Some(occupation) =
                usize::try_from(this.0).ok().and_then(|at| occupations.get_mut(at))
            {
                occupation.related.push((other, closeness));
            }
        }
    }
    for occupation in occupations {
        keep_best(&mut occupation.related);
    }
    Ok(())
}

/// Sorts by the other concept and keeps its largest number.
fn keep_best<I: Copy + Ord>(related: &mut Vec<(I, u8)>) {
    related.sort_by_key(|(other, closeness)| (*other, std::cmp::Reverse(*closeness)));
    related.dedup_by_key(|(other, _)| *other);
}

fn rows(table: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines =
        (1..).zip(table.lines()).filter(|(_, row)| !row.is_empty() && !row.starts_with('#'));
    lines.skip(1) // the header
}

fn cells<'a, const N: usize>(
    table: &'static str,
    line: usize,
    row: &'a str,
) -> Result<[&'a str; N], VocabularyError> {
    let cells: Vec<_> = row.split('\t').collect();
    cells.try_into().map_err(|_| VocabularyError::Cells { table, line, expected: N })
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|part| !part.is_empty())
}

fn percent(text: &str, table: &'static str, line: usize) -> Result<u8, VocabularyError> {
    let number = text.parse().ok().filter(|number| *number <= 100);
    number.ok_or(VocabularyError::Cell { table, line, expected: "a closeness from 0 to 100" })
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUPS: &str = "code\tnl\ten\n5120\tkoks\tcooks\n";
    const SKILLS: &str = "id\tnl\ten\tnl_alt\ten_alt\tbroader\trelated\nskill/a\ta\ta\t\t\t\tskill/b:40\nskill/b\tb\tb\t\t\t\t\n";
    const OCCUPATIONS: &str = "id\tisco08\tnl\ten\tnl_alt\ten_alt\tessential\toptional\noccupation/1\t5120\tkok\tcook\t\t\tskill/a\tskill/b\n";
    const RELATIONS: &str = "from\tto\tcloseness\tkind\n";

    fn tables() -> VocabularyTables<'static> {
        VocabularyTables {
            name: "test",
            groups: GROUPS,
            skills: SKILLS,
            occupations: OCCUPATIONS,
            relations: RELATIONS,
        }
    }

    #[test]
    fn the_starter_vocabulary_can_be_read() {
        let vocabulary = Vocabulary::from_tables(&VocabularyTables::starter()).unwrap();
        assert!(vocabulary.occupations().len() >= 250, "{}", vocabulary.occupations().len());
        assert!(vocabulary.skills().len() >= 300, "{}", vocabulary.skills().len());
        assert_eq!(
            vocabulary.groups.keys().filter(|group| group.to_string().len() == 4).count(),
            436
        );
    }

    #[test]
    fn relations_count_both_ways() {
        let vocabulary = Vocabulary::from_tables(&tables()).unwrap();
        assert_eq!(vocabulary.skill_grants(SkillIndex(0)), [(SkillIndex(1), 40)]);
        assert_eq!(vocabulary.skill_grants(SkillIndex(1)), [(SkillIndex(0), 40)]);
    }

    #[test]
    fn a_fault_names_table_and_line() {
        let broken = VocabularyTables {
            occupations: "header\noccupation/1\t5120\tkok\tcook\t\t\tskill/c\t\n",
            ..tables()
        };
        let error = Vocabulary::from_tables(&broken).unwrap_err();
        assert_eq!(error.to_string(), "`occupations` line 2: `skill/c` does not exist");
        let broken = VocabularyTables { relations: "header\nx\ty\n", ..tables() };
        assert_eq!(
            Vocabulary::from_tables(&broken).unwrap_err(),
            VocabularyError::Cells { table: "occupation_relations", line: 2, expected: 4 }
        );
    }
}
