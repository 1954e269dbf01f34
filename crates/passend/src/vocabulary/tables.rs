// SPDX-License-Identifier: EUPL-1.2
//! A vocabulary out of its tables: tab-separated, a header, `#` for comments, lists joined by `|`.

use hmac_sha256::Hash as Sha256;

use super::builder::{ConceptKind, ConceptNumber, Need, VocabularyBuilder, VocabularySource};
use super::store::LabelKind;
use super::{Group, Vocabulary};

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

/// Why a vocabulary could not be read.
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
    /// A code of ISCO-08 has other than one to four digits.
    #[error("expected an ISCO-08 code of one to four digits")]
    Code,
    /// The bytes do not begin as a pack does.
    #[error("expected a vocabulary pack; build one with `passend vocabulary build`")]
    NotAPack,
    /// The pack was made by a newer version.
    #[error(
        "the pack has format {found}, and formats up to {known} are known; use a newer version of passend"
    )]
    NewerPack {
        /// Format of the pack.
        found: u16,
        /// The newest format that is known.
        known: u16,
    },
    /// The pack was made by an older version.
    #[error("the pack has format {found}, and format {known} is read; build it again")]
    OlderPack {
        /// Format of the pack.
        found: u16,
        /// The format that is read.
        known: u16,
    },
    /// The pack is shorter or longer than it says.
    #[error("the pack should have {expected} bytes and has {found}; copy or build it again")]
    PackLength {
        /// Bytes that the pack says it has.
        expected: u64,
        /// Bytes that there are.
        found: u64,
    },
    /// The content does not have the checksum that the pack carries.
    #[error("the checksum of the pack is not that of its content; copy or build it again")]
    PackChecksum,
    /// The checksum is right but the content cannot be.
    #[error("the pack contradicts itself in its {part}; build it again")]
    PackContent {
        /// Part of the pack.
        part: &'static str,
    },
}

impl VocabularyTables<'static> {
    /// The tables that come with the engine.
    pub fn starter() -> Self {
        Self {
            name: "starter 2",
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
        let mut builder = VocabularyBuilder::default();
        read_groups(tables.groups, &mut builder)?;
        read_skills(tables.skills, &mut builder)?;
        read_occupations(tables.occupations, &mut builder)?;
        relate_occupations(tables.relations, &mut builder)?;
        builder.compute_closeness();
        let source =
            VocabularySource { name: tables.name.to_owned(), ..VocabularySource::default() };
        let mut vocabulary = builder.assemble(&source);
        vocabulary.version = format!("{} (sha256:{})", tables.name, fingerprint(tables));
        Ok(vocabulary)
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of the tables, those of fields and words of diplomas last, each followed by a NUL.
fn fingerprint(tables: &VocabularyTables<'_>) -> String {
    let mut hash = Sha256::new();
    let own = [tables.groups, tables.skills, tables.occupations, tables.relations];
    for table in own.into_iter().chain(super::Diplomas::TABLES) {
        hash.update(table);
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn read_groups(table: &str, builder: &mut VocabularyBuilder) -> Result<(), VocabularyError> {
    const TABLE: &str = "isco08";
    for (line, row) in rows(table) {
        let [code, nl, en] = cells(TABLE, line, row)?;
        let group = Group::parse(code).ok_or(VocabularyError::Cell {
            table: TABLE,
            line,
            expected: "an ISCO-08 code",
        })?;
        let id = super::group_id(group);
        let group = new(builder, ConceptKind::IscoGroup, &id, TABLE, line)?;
        name(builder, group, [nl, en, "", ""]);
    }
    Ok(())
}

fn read_skills(table: &str, builder: &mut VocabularyBuilder) -> Result<(), VocabularyError> {
    const TABLE: &str = "skills";
    for (line, row) in rows(table) {
        let [id, nl, en, nl_alt, en_alt, _, _] = cells(TABLE, line, row)?;
        let skill = new(builder, ConceptKind::Skill, id, TABLE, line)?;
        name(builder, skill, [nl, en, nl_alt, en_alt]);
    }
    for (line, row) in rows(table) {
        let [id, _, _, _, _, broader, related] = cells(TABLE, line, row)?;
        let this = known(builder, ConceptKind::Skill, id, TABLE, line)?;
        for broad in list(broader) {
            let broad = known(builder, ConceptKind::Skill, broad, TABLE, line)?;
            builder.broader(this, broad);
        }
        for related in list(related) {
            let (other, credit) = related.rsplit_once(':').unwrap_or((related, ""));
            let credit = percent(credit, TABLE, line)?;
            let other = known(builder, ConceptKind::Skill, other, TABLE, line)?;
            builder.credit(this, other, credit);
        }
    }
    Ok(())
}

fn read_occupations(table: &str, builder: &mut VocabularyBuilder) -> Result<(), VocabularyError> {
    const TABLE: &str = "occupations";
    for (line, row) in rows(table) {
        let [id, isco08, nl, en, nl_alt, en_alt, essential, optional] = cells(TABLE, line, row)?;
        let occupation = new(builder, ConceptKind::Occupation, id, TABLE, line)?;
        name(builder, occupation, [nl, en, nl_alt, en_alt]);
        let dangling = || VocabularyError::Dangling { table: TABLE, line, id: isco08.into() };
        let group = Group::parse(isco08).ok_or_else(dangling)?;
        builder.find(ConceptKind::IscoGroup, &super::group_id(group)).ok_or_else(dangling)?;
        builder.within(occupation, isco08)?;
        for (skills, need) in [(essential, Need::Essential), (optional, Need::Optional)] {
            for skill in list(skills) {
                let skill = known(builder, ConceptKind::Skill, skill, TABLE, line)?;
                builder.uses(occupation, skill, need);
            }
        }
    }
    Ok(())
}

fn relate_occupations(table: &str, builder: &mut VocabularyBuilder) -> Result<(), VocabularyError> {
    const TABLE: &str = "occupation_relations";
    for (line, row) in rows(table) {
        let [from, to, closeness, _kind] = cells(TABLE, line, row)?;
        let closeness = percent(closeness, TABLE, line)?;
        let from = known(builder, ConceptKind::Occupation, from, TABLE, line)?;
        let to = known(builder, ConceptKind::Occupation, to, TABLE, line)?;
        builder.stated(from, to, closeness);
    }
    Ok(())
}

/// Adds the labels of a row: name in Dutch and English, and the lists of others.
fn name(builder: &mut VocabularyBuilder, concept: ConceptNumber, labels: [&str; 4]) {
    let [nl, en, nl_alt, en_alt] = labels;
    for (language, preferred, others) in [("nl", nl, nl_alt), ("en", en, en_alt)] {
        builder.label(concept, language, LabelKind::Preferred, preferred);
        for other in list(others) {
            builder.label(concept, language, LabelKind::Alternative, other);
        }
    }
}

fn new(
    builder: &mut VocabularyBuilder,
    kind: ConceptKind,
    id: &str,
    table: &'static str,
    line: usize,
) -> Result<ConceptNumber, VocabularyError> {
    if builder.find(kind, id).is_some() {
        return Err(VocabularyError::Twice { table, line, id: id.into() });
    }
    Ok(builder.add(kind, id))
}

fn known(
    builder: &VocabularyBuilder,
    kind: ConceptKind,
    id: &str,
    table: &'static str,
    line: usize,
) -> Result<ConceptNumber, VocabularyError> {
    let dangling = || VocabularyError::Dangling { table, line, id: id.into() };
    builder.find(kind, id).ok_or_else(dangling)
}

pub(super) fn rows(table: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines =
        (1..).zip(table.lines()).filter(|(_, row)| !row.is_empty() && !row.starts_with('#'));
    lines.skip(1) // the header
}

pub(super) fn cells<'a, const N: usize>(
    table: &'static str,
    line: usize,
    row: &'a str,
) -> Result<[&'a str; N], VocabularyError> {
    let cells: Vec<_> = row.split('\t').collect();
    cells.try_into().map_err(|_| VocabularyError::Cells { table, line, expected: N })
}

pub(super) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|part| !part.is_empty())
}

fn percent(text: &str, table: &'static str, line: usize) -> Result<u8, VocabularyError> {
    let number = text.parse().ok().filter(|number| *number <= 100);
    number.ok_or(VocabularyError::Cell { table, line, expected: "a closeness from 0 to 100" })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::text::fold;
    use crate::vocabulary::LinkKind;
    use crate::vocabulary::SkillIndex;

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

    /// Where the starter vocabulary stands; written anew where this variable of the environment says so.
    const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vocabulary/starter.pack");
    const WRITE: &str = "PASSEND_WRITE_STARTER";

    #[test]
    fn the_embedded_pack_is_that_of_the_tables() {
        let pack = Vocabulary::from_tables(&VocabularyTables::starter()).unwrap().to_pack();
        if std::env::var_os(WRITE).is_some() {
            std::fs::write(PACK, &pack).unwrap();
        }
        let embedded = std::fs::read(PACK).unwrap();
        assert!(embedded == pack, "write `starter.pack` anew: `cargo xtask starter`");
    }

    #[test]
    fn the_starter_vocabulary_can_be_read() {
        let vocabulary = Vocabulary::starter();
        assert!(vocabulary.occupations().len() >= 700, "{}", vocabulary.occupations().len());
        assert!(vocabulary.skills().len() >= 1000, "{}", vocabulary.skills().len());
        assert_eq!(unit_groups(&vocabulary).count(), 436);
    }

    /// Codes of the groups of four digits.
    fn unit_groups(vocabulary: &Vocabulary) -> impl Iterator<Item = &str> {
        let codes = vocabulary.groups.ids.iter().filter_map(|id| id.strip_prefix("isco/C"));
        codes.filter(|code| code.len() == 4)
    }

    #[test]
    fn every_unit_group_but_that_of_village_heads_has_an_occupation() {
        let vocabulary = Vocabulary::starter();
        let without: Vec<_> = unit_groups(&vocabulary)
            .filter(|group| !vocabulary.occupations().any(|one| one.isco08() == *group))
            .collect();
        assert_eq!(without, ["1113"]);
    }

    #[test]
    fn every_occupation_has_its_skills_and_every_skill_is_used() {
        let tables = VocabularyTables::starter();
        let vocabulary = Vocabulary::starter();
        let mut used = vec![false; vocabulary.skills().len()];
        let related: std::collections::HashSet<_> =
            rows(tables.relations).flat_map(|(_, row)| row.split('\t').take(2)).collect();
        for one in vocabulary.occupations() {
            let (essential, optional) = (one.essential(), one.optional());
            assert!((3..=8).contains(&essential.len()), "essential skills of {}", one.id());
            assert!((2..=8).contains(&optional.len()), "optional skills of {}", one.id());
            let mut skills: Vec<_> = essential.iter().chain(optional).collect();
            skills.sort_unstable();
            skills.dedup();
            assert_eq!(skills.len(), essential.len() + optional.len(), "{}", one.id());
            assert!(related.contains(one.id()), "no relation of {}", one.id());
            for skill in skills {
                used[usize::try_from(skill.0).unwrap()] = true;
            }
        }
        let unused = vocabulary.skills().zip(used).find(|(_, used)| !used);
        assert!(unused.is_none(), "{:?}", unused.map(|(skill, _)| skill.id()));
    }

    #[test]
    fn no_label_is_preferred_twice_and_no_skill_label_is_ambiguous() {
        let vocabulary = Vocabulary::starter();
        let preferred = |kind: &LabelKind| *kind == LabelKind::Preferred;
        let carriers = |kind| {
            let mut labels: BTreeMap<String, BTreeMap<u32, LabelKind>> = BTreeMap::new();
            for row in vocabulary.label_rows(kind) {
                let carriers = labels.entry(fold(row.text)).or_default();
                carriers
                    .entry(row.concept)
                    .and_modify(|kind| *kind = row.kind.min(*kind))
                    .or_insert(row.kind);
            }
            labels
        };
        for (label, carriers) in carriers(LinkKind::Occupation) {
            let count = carriers.values().filter(|kind| preferred(kind)).count();
            assert!(count <= 1, "`{label}` is the preferred label of {count} occupations");
        }
        for (label, carriers) in carriers(LinkKind::Skill) {
            assert!(carriers.len() == 1, "`{label}` is a label of {} skills", carriers.len());
        }
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
