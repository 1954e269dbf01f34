// SPDX-License-Identifier: EUPL-1.2
//! Occupations and skills with their labels, and how close they are.

mod closeness;
mod link;
mod tables;

use std::collections::HashMap;
use std::sync::OnceLock;

pub(crate) use closeness::Group;
pub use link::{
    LabelRow, Link, LinkAnswer, LinkHints, LinkKind, LinkMatch, LinkSettings, LinkStatus,
    LinkedConcept, Linker, Why,
};
pub use tables::{VocabularyError, VocabularyTables};

use crate::model::Concept;
use crate::text::{Text, fold};

/// Number of an occupation within its vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct OccupationIndex(pub(crate) u32);

/// Number of a skill within its vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SkillIndex(pub(crate) u32);

/// Occupations and skills: labels in Dutch and English, relations, and which skills belong to which occupation.
///
/// ```
/// # use passend::{LinkKind, Vocabulary};
/// let vocabulary = Vocabulary::starter();
/// let link = vocabulary.link(LinkKind::Occupation, "Kok (m/v)", 3);
/// assert_eq!(link.matches[0].id, "occupation/5120-cook");
/// ```
#[derive(Debug, Clone)]
pub struct Vocabulary {
    version: String,
    occupations: Vec<OccupationConcept>,
    skills: Vec<SkillConcept>,
    linkers: link::Linkers,
    occupation_ids: HashMap<String, OccupationIndex>,
    skill_ids: HashMap<String, SkillIndex>,
    groups: HashMap<Group, Text>,
}

/// An occupation of the vocabulary.
#[derive(Debug, Clone)]
pub struct OccupationConcept {
    /// Code within the vocabulary's scheme, such as `occupation/5120-cook`.
    pub id: String,
    /// Preferred label.
    pub label: Text,
    /// Other labels, Dutch and English.
    pub alternatives: Vec<String>,
    pub(crate) group: Group,
    pub(crate) essential: Vec<SkillIndex>,
    pub(crate) optional: Vec<SkillIndex>,
    /// Closeness to other occupations, sorted by them.
    pub(crate) related: Vec<(OccupationIndex, u8)>,
}

/// A skill of the vocabulary.
#[derive(Debug, Clone)]
pub struct SkillConcept {
    /// Code within the vocabulary's scheme, such as `skill/cook-food`.
    pub id: String,
    /// Preferred label.
    pub label: Text,
    /// Other labels, Dutch and English.
    pub alternatives: Vec<String>,
    /// Weight of rarity, 1 (common) to 8 (rare): fixed by the vocabulary, never by the input.
    pub rarity: u8,
    /// Credit for other skills of who has this one, sorted by the other.
    pub(crate) grants: Vec<(SkillIndex, u8)>,
}

/// What a concept of a record means, as far as the vocabulary can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Reading {
    /// The occupation; `None` if only its ISCO group is known.
    pub(crate) occupation: Option<OccupationIndex>,
    pub(crate) group: Group,
    /// Share of this reading; the shares of one title sum to 100.
    pub(crate) share: u8,
}

impl Vocabulary {
    /// The vocabulary that comes with the engine: everyday occupations and skills of the northern Dutch labour market.
    pub fn starter() -> Self {
        // Read once: its copies share the indexes of linking.
        static READ: OnceLock<Vocabulary> = OnceLock::new();
        #[expect(
            clippy::expect_used,
            reason = "the embedded tables are read by a test of this crate"
        )]
        READ.get_or_init(|| {
            Self::from_tables(&VocabularyTables::starter())
                .expect("the embedded vocabulary can be read")
        })
        .clone()
    }

    /// Version and fingerprint, such as `starter 1 (sha256:…)`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// All occupations, by id.
    pub fn occupations(&self) -> &[OccupationConcept] {
        &self.occupations
    }

    /// All skills, by id.
    pub fn skills(&self) -> &[SkillConcept] {
        &self.skills
    }

    /// Essential skills of an occupation of this vocabulary.
    pub fn essential_skills(
        &self,
        occupation: &OccupationConcept,
    ) -> impl Iterator<Item = &SkillConcept> {
        occupation.essential.iter().filter_map(|skill| self.skill(*skill))
    }

    /// Optional skills of an occupation of this vocabulary.
    pub fn optional_skills(
        &self,
        occupation: &OccupationConcept,
    ) -> impl Iterator<Item = &SkillConcept> {
        occupation.optional.iter().filter_map(|skill| self.skill(*skill))
    }

    /// The occupation with this id.
    pub fn occupation_by_id(&self, id: &str) -> Option<&OccupationConcept> {
        self.occupation(*self.occupation_ids.get(id)?)
    }

    pub(crate) fn occupation(&self, index: OccupationIndex) -> Option<&OccupationConcept> {
        self.occupations.get(usize::try_from(index.0).ok()?)
    }

    pub(crate) fn skill(&self, index: SkillIndex) -> Option<&SkillConcept> {
        self.skills.get(usize::try_from(index.0).ok()?)
    }
    /// The name of a reading: the occupation, else its ISCO group.
    pub(crate) fn reading_label(&self, reading: Reading) -> Text {
        match reading.occupation.and_then(|index| self.occupation(index)) {
            Some(occupation) => occupation.label.clone(),
            None => self
                .groups
                .get(&reading.group)
                .cloned()
                .unwrap_or_else(|| Text::same(reading.group)),
        }
    }

    /// The skill that a record names; `None` if the vocabulary does not know it.
    pub(crate) fn resolve_skill(
        &self,
        code: Option<&str>,
        label: Option<&str>,
    ) -> Option<SkillIndex> {
        if let Some(index) = code.and_then(|code| self.skill_ids.get(code)) {
            return Some(*index);
        }
        // Skills have no readings: of several that may be meant the best is taken.
        self.find_skill(label?)
    }

    /// What a concept can mean: at most three readings whose shares sum to 100, best first; empty if not linked.
    pub(crate) fn readings(&self, concept: &Concept) -> Vec<Reading> {
        if let Some(code) = concept.code.as_deref() {
            if let Some(index) = self.occupation_ids.get(code)
                && let Some(occupation) = self.occupation(*index)
            {
                return vec![Reading {
                    occupation: Some(*index),
                    group: occupation.group,
                    share: 100,
                }];
            }
            if matches!(concept.scheme.as_deref(), None | Some("isco08" | "isco"))
                && let Some(group) = Group::parse(code)
                && self.groups.contains_key(&group)
            {
                return vec![Reading { occupation: None, group, share: 100 }];
            }
        }
        concept.label.as_deref().map_or_else(Vec::new, |label| self.title_readings(label))
    }

    /// What several concepts together can mean: each has an equal say.
    pub(crate) fn joint_readings(&self, concepts: &[Concept]) -> Vec<Reading> {
        let mut shares: Vec<(Reading, u32)> = Vec::new();
        for reading in concepts.iter().flat_map(|concept| self.readings(concept)) {
            match shares.iter_mut().find(|(known, _)| {
                known.occupation == reading.occupation && known.group == reading.group
            }) {
                Some((_, share)) => *share += u32::from(reading.share),
                None => shares.push((reading, u32::from(reading.share))),
            }
        }
        best_three(shares)
    }

    /// What a job title can mean.
    pub(crate) fn title_readings(&self, title: &str) -> Vec<Reading> {
        let read = |(index, share): (OccupationIndex, u8)| {
            let occupation = self.occupation(index)?;
            Some(Reading { occupation: Some(index), group: occupation.group, share })
        };
        self.occupation_readings(title).into_iter().filter_map(read).collect()
    }

    /// The folded label, for concepts that the vocabulary does not know.
    pub(crate) fn unknown_key(code: Option<&str>, label: Option<&str>) -> String {
        fold(code.or(label).unwrap_or_default())
    }
}

/// The three readings with the largest shares (ties: the lower occupation, then group), scaled to sum to 100 by largest
/// remainder.
fn best_three(mut shares: Vec<(Reading, u32)>) -> Vec<Reading> {
    shares.sort_by_key(|(reading, share)| {
        (std::cmp::Reverse(*share), reading.occupation.is_none(), reading.occupation, reading.group)
    });
    shares.truncate(3);
    let raw: Vec<u32> = shares.iter().map(|(_, share)| *share).collect();
    let scaled = crate::text::largest_remainder(&raw, 100);
    shares
        .into_iter()
        .zip(scaled)
        .map(|((reading, _), share)| Reading {
            share: u8::try_from(share).unwrap_or(100),
            ..reading
        })
        .collect()
}
