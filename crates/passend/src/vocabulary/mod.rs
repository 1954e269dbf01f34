// SPDX-License-Identifier: EUPL-1.2
//! Occupations and skills with their labels, and how close they are.

mod builder;
mod checksum;
mod closeness;
mod concept;
mod diploma;
mod extend;
mod field;
mod link;
mod meaning;
mod nearness;
mod pack;
mod store;
mod tables;

use std::sync::LazyLock;

pub use builder::{
    ConceptKind, ConceptNumber, Need, Relation, VocabularyBuilder, VocabularySource,
};
pub(crate) use checksum::checksum;
pub(crate) use closeness::Group;
pub use concept::{OccupationConcept, SkillConcept};
pub(crate) use diploma::Diplomas;
pub use diploma::{DiplomaReading, FieldReading};
pub use extend::{ExtensionRow, RowUse};
pub use field::FieldConcept;
pub(crate) use field::FieldIndex;
pub use link::{
    Link, LinkAnswer, LinkConcept, LinkHints, LinkKind, LinkMatch, LinkSettings, LinkStatus,
    LinkedConcept, Linker, Why,
};
pub use meaning::Meaning;
pub use store::{LabelKind, LabelRow};
pub use tables::{VocabularyError, VocabularyTables};

use store::{Concepts, Neighbours, Rows, Texts, group_id, place};

use crate::model::Concept;
use crate::text::{Text, fold};

/// Number of an occupation within its vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct OccupationIndex(pub(crate) u32);

/// Number of a skill within its vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SkillIndex(pub(crate) u32);

/// Occupations and skills: labels in any number of languages, relations, and which skills belong to which occupation.
///
/// ```
/// # use passend::{LinkKind, Vocabulary};
/// let vocabulary = Vocabulary::starter();
/// let link = vocabulary.link(LinkKind::Occupation, "Kok (m/v)", 3);
/// assert_eq!(link.matches[0].id, "occupation/5120-cook");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    version: String,
    source: VocabularySource,
    occupations: Concepts,
    skills: Concepts,
    /// Groups of skills and fields of education.
    skill_groups: Concepts,
    /// Groups of ISCO-08; the id is `isco/C` and the code.
    groups: Concepts,
    /// Group of each occupation.
    within: Vec<Group>,
    essential: Rows<SkillIndex>,
    optional: Rows<SkillIndex>,
    /// Closeness to other occupations, sorted by them.
    related: Neighbours,
    /// Weight of rarity of each skill, 1 to 8.
    rarity: Vec<u8>,
    /// Credit for other skills of who has this one, sorted by the other.
    grants: Rows<(SkillIndex, u8)>,
    /// What each skill and, after them, each group of skills lies within; numbered likewise.
    broader: Rows<u32>,
    /// Sorted by scheme, code, relation.
    crosswalk_schemes: Texts,
    crosswalk_codes: Texts,
    crosswalks: Vec<(ConceptKind, Relation, u32)>,
    /// Titles may be linked to groups too.
    groups_answer: bool,
    /// Closeness was computed, so a pair that is not listed shares little.
    computed: bool,
    /// Made at the first link.
    linkers: link::Linkers,
}

/// How much a vocabulary holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VocabularyCounts {
    /// Occupations.
    pub occupations: usize,
    /// Skills.
    pub skills: usize,
    /// Groups of skills and fields of education.
    pub skill_groups: usize,
    /// Groups of ISCO-08, of one to four digits.
    pub isco_groups: usize,
    /// Pairs of an occupation and an essential skill.
    pub essential: usize,
    /// Pairs of an occupation and an optional skill.
    pub optional: usize,
    /// Pairs of occupations whose closeness is listed, each way.
    pub related: usize,
    /// Pairs of skills of which one is credited for the other.
    pub grants: usize,
    /// Codes of other classifications.
    pub crosswalks: usize,
    /// Labels of occupations, skills and groups in each language, by language; `""` where it is not known.
    pub labels: Vec<(String, usize)>,
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
        /// Opened once: it is the same each time.
        static STARTER: LazyLock<Vocabulary> = LazyLock::new(|| {
            // A pack, for what its tables say of closeness takes long to compute. A test holds the two together.
            #[expect(
                clippy::expect_used,
                reason = "the embedded pack is opened by a test of this crate"
            )]
            Vocabulary::from_pack(include_bytes!("../../vocabulary/starter.pack"))
                .expect("the embedded vocabulary can be read")
        });
        STARTER.clone()
    }

    /// Version and fingerprint, such as `starter 2 (sha256:…)`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Where it comes from, and what must be said of that.
    pub fn source(&self) -> &VocabularySource {
        &self.source
    }

    /// How much it holds.
    pub fn counts(&self) -> VocabularyCounts {
        let kinds = [&self.occupations, &self.skills, &self.skill_groups, &self.groups];
        let mut labels = std::collections::BTreeMap::new();
        for mark in kinds.iter().flat_map(|kind| &kind.labels.items) {
            *labels.entry(mark.language).or_insert(0) += 1;
        }
        VocabularyCounts {
            occupations: self.occupations.len(),
            skills: self.skills.len(),
            skill_groups: self.skill_groups.len(),
            isco_groups: self.groups.len(),
            essential: self.essential.items.len(),
            optional: self.optional.items.len(),
            related: self.related.len(),
            grants: self.grants.items.len(),
            crosswalks: self.crosswalks.len(),
            labels: labels.iter().map(|(code, count)| (code.as_str().to_owned(), *count)).collect(),
        }
    }

    /// All occupations, by id.
    pub fn occupations(&self) -> impl ExactSizeIterator<Item = OccupationConcept<'_>> {
        (0..self.occupations.len()).map(|at| OccupationConcept {
            vocabulary: self,
            index: OccupationIndex(store::number(at)),
        })
    }

    /// All skills, by id.
    pub fn skills(&self) -> impl ExactSizeIterator<Item = SkillConcept<'_>> {
        (0..self.skills.len())
            .map(|at| SkillConcept { vocabulary: self, index: SkillIndex(store::number(at)) })
    }

    /// Labels with the number of their concept, concept by concept.
    ///
    /// For titles, occupations come first and ISCO-08 groups after them, numbered on; groups only in a vocabulary that
    /// lets them answer. None for fields of education, which have a table of their own: [`Self::fields`].
    pub fn label_rows(&self, kind: LinkKind) -> impl Iterator<Item = LabelRow<'_>> {
        let (concepts, groups) = match kind {
            LinkKind::Occupation => {
                (Some(&self.occupations), self.groups_answer.then_some(&self.groups))
            }
            LinkKind::Skill => (Some(&self.skills), None),
            LinkKind::Field => (None, None),
        };
        let offset = store::number(self.occupations.len());
        let after = groups.into_iter().flat_map(Concepts::rows);
        concepts.into_iter().flat_map(Concepts::rows).chain(
            after.map(move |row| LabelRow { concept: row.concept.saturating_add(offset), ..row }),
        )
    }

    /// The id of the concept with a number of [`Self::label_rows`]; empty if there is none.
    pub fn concept_id(&self, kind: LinkKind, concept: u32) -> &str {
        self.concept(kind, concept).map_or("", |(concepts, at)| concepts.ids.get(at))
    }

    /// The name of the concept with a number of [`Self::label_rows`]: in this language, else in Dutch, English or any.
    pub fn concept_name(&self, kind: LinkKind, concept: u32, language: &str) -> &str {
        let Some((concepts, at)) = self.concept(kind, concept) else { return "" };
        [language, "nl", "en"]
            .into_iter()
            .find_map(|language| concepts.preferred(at, language))
            .unwrap_or_else(|| concepts.name(at))
    }

    /// The number of [`Self::label_rows`] that the concept with this id has.
    pub fn concept_by_id(&self, kind: LinkKind, id: &str) -> Option<u32> {
        let id = without_base(id);
        match kind {
            LinkKind::Field => None,
            LinkKind::Skill => self.skills.ids.find(id).map(store::number),
            LinkKind::Occupation => self.occupation_index(id).map(|index| index.0).or_else(|| {
                let group = store::number(self.groups.ids.find(id)?);
                Some(group.saturating_add(store::number(self.occupations.len())))
            }),
        }
    }

    fn concept(&self, kind: LinkKind, concept: u32) -> Option<(&Concepts, usize)> {
        let at = place(concept);
        match kind {
            LinkKind::Occupation => Some(match at.checked_sub(self.occupations.len()) {
                Some(group) => (&self.groups, group),
                None => (&self.occupations, at),
            }),
            LinkKind::Skill => Some((&self.skills, at)),
            LinkKind::Field => None,
        }
    }

    /// Whether there are skills and nothing else to link to.
    pub fn is_of_skills(&self) -> bool {
        let ids = || {
            self.occupations.ids.iter().chain(self.groups.ids.iter().filter(|_| self.groups_answer))
        };
        self.skills.len() > 0 && ids().next().is_none()
    }

    /// Essential skills of an occupation of this vocabulary.
    pub fn essential_skills(
        &self,
        occupation: OccupationConcept<'_>,
    ) -> impl Iterator<Item = SkillConcept<'_>> {
        self.essential.row(place(occupation.index.0)).iter().filter_map(|skill| self.skill(*skill))
    }

    /// Optional skills of an occupation of this vocabulary.
    pub fn optional_skills(
        &self,
        occupation: OccupationConcept<'_>,
    ) -> impl Iterator<Item = SkillConcept<'_>> {
        self.optional.row(place(occupation.index.0)).iter().filter_map(|skill| self.skill(*skill))
    }

    /// The occupation with this id, or with the ESCO URI that ends in it.
    pub fn occupation_by_id(&self, id: &str) -> Option<OccupationConcept<'_>> {
        self.occupation(self.occupation_index(id)?)
    }

    pub(crate) fn occupation_index(&self, id: &str) -> Option<OccupationIndex> {
        self.occupations.ids.find(without_base(id)).map(|at| OccupationIndex(store::number(at)))
    }

    pub(crate) fn occupation(&self, index: OccupationIndex) -> Option<OccupationConcept<'_>> {
        let exists = place(index.0) < self.occupations.len();
        exists.then_some(OccupationConcept { vocabulary: self, index })
    }

    pub(crate) fn skill(&self, index: SkillIndex) -> Option<SkillConcept<'_>> {
        let exists = place(index.0) < self.skills.len();
        exists.then_some(SkillConcept { vocabulary: self, index })
    }

    /// Whether the vocabulary has this group of ISCO-08.
    fn has_group(&self, group: Group) -> bool {
        self.groups.ids.find(&group_id(group)).is_some()
    }

    /// The group that a number of [`Self::label_rows`] beyond the occupations stands for.
    fn group_at(&self, index: OccupationIndex) -> Option<Group> {
        let at = place(index.0).checked_sub(self.occupations.len())?;
        Group::parse(self.groups.ids.get(at).strip_prefix("isco/C")?)
    }

    /// The name of a reading: the occupation, else its ISCO group.
    pub(crate) fn reading_label(&self, reading: Reading) -> Text {
        match reading.occupation.and_then(|index| self.occupation(index)) {
            Some(occupation) => occupation.label(),
            None => match self.groups.ids.find(&group_id(reading.group)) {
                Some(at) => self.groups.label(at),
                None => Text::same(reading.group),
            },
        }
    }

    /// The name of an occupation, or of a group where groups answer.
    pub(crate) fn occupation_or_group_label(&self, index: OccupationIndex) -> Option<Text> {
        Some(self.reading_label(self.reading_at(index)?))
    }

    /// The skill that a record names; `None` if the vocabulary does not know it.
    pub(crate) fn resolve_skill(
        &self,
        code: Option<&str>,
        label: Option<&str>,
    ) -> Option<SkillIndex> {
        if let Some(at) = code.and_then(|code| self.skills.ids.find(without_base(code))) {
            return Some(SkillIndex(store::number(at)));
        }
        // Skills have no readings: of several that may be meant the best is taken.
        self.find_skill(label?)
    }

    /// What a concept can mean: at most three readings whose shares sum to 100, best first; empty if not linked.
    pub(crate) fn readings(&self, concept: &Concept) -> Vec<Reading> {
        let by_code = self.code_readings(concept);
        match &concept.label {
            Some(label) if by_code.is_empty() => self.title_readings(label),
            _ => by_code,
        }
    }

    /// What the code of a concept means, whatever its label says; empty without a code that is known.
    pub(crate) fn code_readings(&self, concept: &Concept) -> Vec<Reading> {
        let Some(code) = concept.code.as_deref() else { return Vec::new() };
        if let Some(reading) = self.occupation_index(code).and_then(|at| self.reading_at(at)) {
            return vec![Reading { share: 100, ..reading }];
        }
        let is_isco = matches!(concept.scheme.as_deref(), None | Some("isco08" | "isco"));
        let digits = without_base(code).strip_prefix("isco/C");
        if let Some(group) = digits.or(is_isco.then_some(code)).and_then(Group::parse)
            && self.has_group(group)
        {
            return vec![Reading { occupation: None, group, share: 100 }];
        }
        concept.scheme.as_deref().map_or_else(Vec::new, |scheme| self.crosswalk(scheme, code))
    }

    /// What several concepts together can mean, by the readings of each: each has an equal say.
    pub(crate) fn joint_readings(readings: impl IntoIterator<Item = Reading>) -> Vec<Reading> {
        let mut shares: Vec<(Reading, u32)> = Vec::new();
        for reading in readings {
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
        let read = |(index, share)| Some(Reading { share, ..self.reading_at(index)? });
        self.occupation_readings(title).into_iter().filter_map(read).collect()
    }

    /// An occupation, or a group where groups answer, without a share.
    fn reading_at(&self, index: OccupationIndex) -> Option<Reading> {
        match self.occupation(index) {
            Some(occupation) => {
                Some(Reading { occupation: Some(index), group: occupation.group(), share: 0 })
            }
            None => Some(Reading { occupation: None, group: self.group_at(index)?, share: 0 }),
        }
    }

    /// What a code of another classification can mean: the concepts by the nearest relation that it has.
    fn crosswalk(&self, scheme: &str, code: &str) -> Vec<Reading> {
        let key = |at: usize| (self.crosswalk_schemes.get(at), self.crosswalk_codes.get(at));
        let (mut from, mut to) = (0, self.crosswalks.len());
        while from < to {
            let middle = from.midpoint(to);
            if key(middle) < (scheme, code) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        let own = self.crosswalks.get(from..).unwrap_or_default().iter().enumerate();
        let own = own.take_while(|(after, _)| key(from + after) == (scheme, code));
        let mut best = None;
        let mut readings = Vec::new();
        for (_, (kind, relation, at)) in own {
            let index = match kind {
                ConceptKind::Occupation => OccupationIndex(*at),
                ConceptKind::IscoGroup => {
                    OccupationIndex(at.saturating_add(store::number(self.occupations.len())))
                }
                ConceptKind::Skill | ConceptKind::SkillGroup => continue,
            };
            if best.is_none_or(|best| best == *relation) {
                best = Some(*relation);
                readings.extend(self.reading_at(index).map(|reading| (reading, 1)));
            }
        }
        best_three(readings)
    }

    /// The folded label, for concepts that the vocabulary does not know.
    pub(crate) fn unknown_key(code: Option<&str>, label: Option<&str>) -> String {
        fold(code.or(label).unwrap_or_default())
    }
}

/// An id without what an ESCO URI has before it.
fn without_base(id: &str) -> &str {
    let rest = id.strip_prefix("http://").or_else(|| id.strip_prefix("https://"));
    rest.and_then(|rest| rest.strip_prefix("data.europa.eu/esco/")).unwrap_or(id)
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
