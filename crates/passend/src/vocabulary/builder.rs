// SPDX-License-Identifier: EUPL-1.2
//! A vocabulary out of its concepts, labels and relations, given in any order.

use std::collections::{HashMap, HashSet};

use hmac_sha256::Hash as Sha256;

use super::store::{Concepts, LabelKind, Mark, Near, Rows, Tongue, group_id, number, place};
use super::{Group, SkillIndex, Vocabulary, VocabularyError, nearness};

/// Who has the narrower skill has most of the broader one.
const CREDIT_OF_NARROWER: u8 = 70;
/// Who has the broader skill has a part of the narrower one.
const CREDIT_OF_BROADER: u8 = 40;
/// A skill that one occupation in 128 or fewer uses is as rare as it gets.
const RAREST: u8 = 8;

/// What a concept is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConceptKind {
    /// Work that has a name.
    Occupation,
    /// A skill or a field of knowledge.
    Skill,
    /// A group of skills, or a field of education.
    SkillGroup,
    /// A group of ISCO-08.
    IscoGroup,
}

/// How much a skill belongs to an occupation, or to another skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// The work cannot be done without.
    Essential,
    /// Used in some places.
    Optional,
}

/// How a code of another classification lies to a concept of this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The same.
    Exact,
    /// Nearly the same.
    Close,
    /// As the table says `narrowMatch`.
    Narrow,
    /// As the table says `broadMatch`.
    Broad,
}

/// Where a vocabulary comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VocabularySource {
    /// What it is called, such as `ESCO`.
    pub name: String,
    /// Its version as its makers say, such as `1.2.1`; empty if they do not.
    pub release: String,
    /// What must be said where it is used; empty if nothing.
    pub notice: String,
}

/// A concept of a [`VocabularyBuilder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptNumber {
    kind: ConceptKind,
    number: u32,
}

/// Gathers concepts, labels and relations, and makes a [`Vocabulary`] of them.
///
/// Concepts may come in any order. Labels of one concept and kind keep the order in which they came within their
/// language, and so do the skills of one occupation; nothing else of the order of the calls is left in the result.
///
/// ```
/// use passend::{ConceptKind, LabelKind, LinkKind, Need, VocabularyBuilder, VocabularySource};
///
/// let mut builder = VocabularyBuilder::default();
/// let group = builder.add(ConceptKind::IscoGroup, "isco/C5120");
/// builder.label(group, "nl", LabelKind::Preferred, "koks");
/// let cook = builder.add(ConceptKind::Occupation, "occupation/1");
/// builder.label(cook, "nl", LabelKind::Preferred, "kok");
/// builder.within(cook, "5120")?;
/// let cooking = builder.add(ConceptKind::Skill, "skill/1");
/// builder.label(cooking, "en", LabelKind::Preferred, "cook food");
/// builder.uses(cook, cooking, Need::Essential);
/// let vocabulary = builder.build(&VocabularySource { name: "mine".to_owned(), ..Default::default() });
/// assert_eq!(vocabulary.link(LinkKind::Occupation, "kok", 1).matches[0].id, "occupation/1");
/// # Ok::<(), passend::VocabularyError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct VocabularyBuilder {
    occupations: Drafts,
    skills: Drafts,
    skill_groups: Drafts,
    groups: Drafts,
    /// ISCO-08 group of each occupation, by its number here.
    within: HashMap<u32, Group>,
    uses: Vec<(u32, u32, Need)>,
    broader: Vec<(u32, ConceptNumber)>,
    broader_groups: Vec<(u32, u32)>,
    skill_needs: Vec<(u32, u32, Need)>,
    credits: Vec<(u32, u32, u8)>,
    /// In hundredths.
    stated: Vec<(u32, u32, u16)>,
    crosswalks: Vec<(String, String, ConceptNumber, Relation)>,
    groups_answer: bool,
    nearness: bool,
}

/// Concepts of one kind, in the order in which they came.
#[derive(Debug, Clone, Default)]
struct Drafts {
    ids: Vec<String>,
    numbers: HashMap<String, u32>,
    labels: Vec<Vec<(Mark, String)>>,
}

impl Drafts {
    fn add(&mut self, id: &str) -> u32 {
        if let Some(known) = self.numbers.get(id) {
            return *known;
        }
        let new = number(self.ids.len());
        self.ids.push(id.to_owned());
        self.numbers.insert(id.to_owned(), new);
        self.labels.push(Vec::new());
        new
    }

    /// The concepts by id, and the new number of each old one.
    fn finish(self) -> (Concepts, Vec<u32>) {
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        order.sort_by_key(|at| self.ids.get(*at));
        let mut renumbered = vec![0; order.len()];
        let mut concepts = Concepts::default();
        let mut labels = self.labels;
        for (new, old) in order.into_iter().enumerate() {
            if let Some(slot) = renumbered.get_mut(old) {
                *slot = number(new);
            }
            concepts.ids.push(self.ids.get(old).map(String::as_str).unwrap_or_default());
            let mut own = labels.get_mut(old).map(std::mem::take).unwrap_or_default();
            own.sort_by_key(|(mark, _)| (mark.kind, mark.language.order()));
            // One name in each language: the first; the others are names too.
            let mut named = HashSet::new();
            for (mark, _) in &mut own {
                if mark.kind == LabelKind::Preferred && !named.insert(mark.language) {
                    mark.kind = LabelKind::Alternative;
                }
            }
            own.sort_by_key(|(mark, _)| (mark.kind, mark.language.order()));
            let mut seen = HashSet::new();
            own.retain(|(mark, text)| seen.insert((mark.language, text.clone())));
            own.iter().for_each(|(_, text)| concepts.texts.push(text));
            concepts.labels.push(own.iter().map(|(mark, _)| *mark));
        }
        (concepts, renumbered)
    }
}

impl VocabularyBuilder {
    /// The concept with this id, made if there is none yet.
    ///
    /// An ISCO-08 group has the id `isco/C` and its code.
    pub fn add(&mut self, kind: ConceptKind, id: &str) -> ConceptNumber {
        let number = self.drafts(kind).add(id);
        ConceptNumber { kind, number }
    }

    /// The concept with this id.
    pub fn find(&self, kind: ConceptKind, id: &str) -> Option<ConceptNumber> {
        let drafts = match kind {
            ConceptKind::Occupation => &self.occupations,
            ConceptKind::Skill => &self.skills,
            ConceptKind::SkillGroup => &self.skill_groups,
            ConceptKind::IscoGroup => &self.groups,
        };
        drafts.numbers.get(id).map(|number| ConceptNumber { kind, number: *number })
    }

    fn drafts(&mut self, kind: ConceptKind) -> &mut Drafts {
        match kind {
            ConceptKind::Occupation => &mut self.occupations,
            ConceptKind::Skill => &mut self.skills,
            ConceptKind::SkillGroup => &mut self.skill_groups,
            ConceptKind::IscoGroup => &mut self.groups,
        }
    }

    /// Adds a label in a language of two small letters, or `""` where it is not known. An empty label adds nothing.
    ///
    /// The first preferred label of a language is the name; later ones are alternatives.
    pub fn label(&mut self, concept: ConceptNumber, language: &str, kind: LabelKind, text: &str) {
        let mark = Mark { language: Tongue::new(language), kind };
        let labels = self.drafts(concept.kind).labels.get_mut(place(concept.number));
        if let Some(labels) = labels.filter(|_| !text.is_empty()) {
            labels.push((mark, text.to_owned()));
        }
    }

    /// Puts an occupation into an ISCO-08 group of one to four digits.
    ///
    /// # Errors
    /// If the code is none.
    pub fn within(&mut self, occupation: ConceptNumber, code: &str) -> Result<(), VocabularyError> {
        let group = Group::parse(code).ok_or(VocabularyError::Code)?;
        self.within.insert(occupation.number, group);
        Ok(())
    }

    /// An occupation uses a skill. Where both are said, essential holds.
    pub fn uses(&mut self, occupation: ConceptNumber, skill: ConceptNumber, need: Need) {
        self.uses.push((occupation.number, skill.number, need));
    }

    /// A skill or a group of skills lies within a broader one; there may be several.
    pub fn broader(&mut self, narrow: ConceptNumber, broad: ConceptNumber) {
        match (narrow.kind, broad.kind) {
            (ConceptKind::Skill, _) => self.broader.push((narrow.number, broad)),
            (ConceptKind::SkillGroup, ConceptKind::SkillGroup) => {
                self.broader_groups.push((narrow.number, broad.number));
            }
            _ => {}
        }
    }

    /// Who has a skill needs another for it.
    pub fn skill_needs(&mut self, skill: ConceptNumber, other: ConceptNumber, need: Need) {
        self.skill_needs.push((skill.number, other.number, need));
    }

    /// Who has one of two skills is credited for the other, both ways, 0 to 100.
    pub fn credit(&mut self, skill: ConceptNumber, other: ConceptNumber, credit: u8) {
        self.credits.push((skill.number, other.number, credit.min(100)));
        self.credits.push((other.number, skill.number, credit.min(100)));
    }

    /// How much experience in one occupation counts for another, both ways, 0 to 100: before what is computed.
    pub fn stated(&mut self, occupation: ConceptNumber, other: ConceptNumber, closeness: u8) {
        let hundredths = u16::from(closeness.min(100)) * 100;
        self.stated.push((occupation.number, other.number, hundredths));
        self.stated.push((other.number, occupation.number, hundredths));
    }

    /// A code of another classification and what it is here.
    pub fn crosswalk(
        &mut self,
        scheme: &str,
        code: &str,
        concept: ConceptNumber,
        relation: Relation,
    ) {
        self.crosswalks.push((scheme.to_owned(), code.to_owned(), concept, relation));
    }

    /// Lets titles be linked to ISCO-08 groups where no occupation fits.
    pub fn groups_answer(&mut self) {
        self.groups_answer = true;
    }

    /// Computes how close occupations are, and skills, from what they share.
    pub fn compute_closeness(&mut self) {
        self.nearness = true;
    }

    /// The vocabulary. Its version names the source and ends with a fingerprint of all content.
    pub fn build(self, source: &VocabularySource) -> Vocabulary {
        let mut vocabulary = self.assemble(source);
        let print = Sha256::hash(&vocabulary.content_bytes());
        let print: String = print.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let release =
            if source.release.is_empty() { String::new() } else { format!(" {}", source.release) };
        vocabulary.version = format!("{}{release} (sha256:{print})", source.name);
        vocabulary
    }

    /// The vocabulary without a version.
    pub(super) fn assemble(mut self, source: &VocabularySource) -> Vocabulary {
        // A group that an occupation names exists.
        let named: Vec<_> = self.within.values().map(|group| group_id(*group)).collect();
        for id in named {
            self.groups.add(&id);
        }
        let (occupations, new_occupation) = self.occupations.finish();
        let (skills, new_skill) = self.skills.finish();
        let (skill_groups, new_skill_group) = self.skill_groups.finish();
        let (groups, new_group) = self.groups.finish();
        let new = |numbers: &[u32], old: u32| numbers.get(place(old)).copied().unwrap_or(old);

        let mut within = vec![Group::NONE; occupations.len()];
        for (occupation, group) in &self.within {
            if let Some(slot) = within.get_mut(place(new(&new_occupation, *occupation))) {
                *slot = *group;
            }
        }
        let (essential, optional) = uses(
            occupations.len(),
            self.uses.iter().map(|(occupation, skill, need)| {
                (new(&new_occupation, *occupation), new(&new_skill, *skill), *need)
            }),
        );
        let mut vocabulary = Vocabulary {
            source: source.clone(),
            rarity: rarity(skills.len(), &essential, &optional),
            groups_answer: self.groups_answer,
            computed: self.nearness,
            within,
            essential,
            optional,
            ..Vocabulary::default()
        };

        let skill_count = number(skills.len());
        let broader = self.broader.iter().map(|(skill, broad)| {
            let broad = match broad.kind {
                ConceptKind::Skill => new(&new_skill, broad.number),
                _ => skill_count.saturating_add(new(&new_skill_group, broad.number)),
            };
            (new(&new_skill, *skill), broad)
        });
        let broader_groups = self.broader_groups.iter().map(|(narrow, broad)| {
            (
                skill_count.saturating_add(new(&new_skill_group, *narrow)),
                skill_count.saturating_add(new(&new_skill_group, *broad)),
            )
        });
        vocabulary.broader = gather(
            skills.len() + skill_groups.len(),
            broader.chain(broader_groups).map(|(narrow, broad)| (narrow, broad, ())).collect(),
        )
        .iter()
        .map(|row| row.iter().map(|(broad, _)| *broad))
        .collect();
        (vocabulary.occupations, vocabulary.skills) = (occupations, skills);
        (vocabulary.skill_groups, vocabulary.groups) = (skill_groups, groups);

        let mut credits: Vec<(u32, u32, u8)> = Vec::new();
        for (at, row) in vocabulary.broader.iter().enumerate().take(place(skill_count)) {
            for broad in row.iter().filter(|broad| **broad < skill_count) {
                credits.push((number(at), *broad, CREDIT_OF_NARROWER));
                credits.push((*broad, number(at), CREDIT_OF_BROADER));
            }
        }
        let mut stated: Vec<_> = self.stated;
        for (first, second, _) in &mut stated {
            (*first, *second) = (new(&new_occupation, *first), new(&new_occupation, *second));
        }
        let renumbered = |pairs: &[(u32, u32, u8)]| {
            pairs
                .iter()
                .map(|(a, b, value)| (new(&new_skill, *a), new(&new_skill, *b), *value))
                .collect::<Vec<_>>()
        };
        credits.extend(renumbered(&self.credits));
        if self.nearness {
            let needs: Vec<_> = self
                .skill_needs
                .iter()
                .map(|(a, b, need)| (new(&new_skill, *a), new(&new_skill, *b), *need))
                .collect();
            credits.extend(nearness::credits(&vocabulary, &needs));
        }
        let grants = gather(vocabulary.skills.len(), credits);
        let credit = |(other, value): &(u32, u8)| (SkillIndex(*other), *value);
        vocabulary.grants = grants.iter().map(|row| row.iter().map(credit)).collect();
        let stated = gather(vocabulary.occupations.len(), stated);
        let mut related =
            if self.nearness { nearness::occupations(&vocabulary) } else { Vec::new() };
        related.resize(vocabulary.occupations.len(), Vec::new());
        for (row, stated) in related.iter_mut().zip(stated.iter()) {
            // What is stated comes first.
            row.retain(|(other, _)| {
                stated.binary_search_by_key(other, |(other, _)| *other).is_err()
            });
            row.extend(stated);
            row.sort_unstable();
        }
        let near = |row: Vec<(u32, u16)>| {
            row.into_iter().filter_map(|(other, hundredths)| Near::new(other, hundredths))
        };
        vocabulary.related = related.into_iter().map(near).collect();

        let mut crosswalks: Vec<_> = self
            .crosswalks
            .into_iter()
            .map(|(scheme, code, concept, relation)| {
                let numbers = match concept.kind {
                    ConceptKind::Occupation => &new_occupation,
                    ConceptKind::Skill => &new_skill,
                    ConceptKind::SkillGroup => &new_skill_group,
                    ConceptKind::IscoGroup => &new_group,
                };
                (scheme, code, concept.kind, new(numbers, concept.number), relation)
            })
            .collect();
        crosswalks.sort();
        // One code to one concept by one relation: the nearest.
        crosswalks.dedup_by(|b, a| (&a.0, &a.1, a.2, a.3) == (&b.0, &b.1, b.2, b.3));
        crosswalks.sort_by(|a, b| (&a.0, &a.1, a.4, a.2, a.3).cmp(&(&b.0, &b.1, b.4, b.2, b.3)));
        vocabulary.crosswalk_schemes = crosswalks.iter().map(|one| one.0.as_str()).collect();
        vocabulary.crosswalk_codes = crosswalks.iter().map(|one| one.1.as_str()).collect();
        vocabulary.crosswalks =
            crosswalks.iter().map(|(_, _, kind, at, relation)| (*kind, *relation, *at)).collect();
        vocabulary
    }
}

/// Essential and optional skills of each occupation, each once, in the order in which they came.
fn uses(
    occupations: usize,
    uses: impl Iterator<Item = (u32, u32, Need)>,
) -> (Rows<SkillIndex>, Rows<SkillIndex>) {
    let mut lists = vec![(Vec::new(), Vec::new()); occupations];
    for (occupation, skill, need) in uses {
        if let Some((essential, optional)) = lists.get_mut(place(occupation)) {
            match need {
                Need::Essential => essential.push(SkillIndex(skill)),
                Need::Optional => optional.push(SkillIndex(skill)),
            }
        }
    }
    for (essential, optional) in &mut lists {
        let mut seen = HashSet::new();
        essential.retain(|skill| seen.insert(*skill));
        optional.retain(|skill| seen.insert(*skill));
    }
    let essential = lists.iter().map(|(essential, _)| essential.iter().copied()).collect();
    (essential, lists.into_iter().map(|(_, optional)| optional).collect())
}

/// Rarity: 1 + ⌊log₂(occupations / occupations that use the skill)⌋, at most 8.
fn rarity(skills: usize, essential: &Rows<SkillIndex>, optional: &Rows<SkillIndex>) -> Vec<u8> {
    let mut users = vec![0usize; skills];
    for skill in essential.items.iter().chain(&optional.items) {
        if let Some(count) = users.get_mut(place(skill.0)) {
            *count += 1;
        }
    }
    let rarity = |users: usize| {
        let ratio = (essential.len() / users.max(1)).max(1);
        u8::try_from(1 + ratio.ilog2()).unwrap_or(RAREST).min(RAREST)
    };
    users.into_iter().map(rarity).collect()
}

/// Rows of the pairs, each by the other, with the largest number of each pair; nothing is close to itself.
fn gather<V: Copy + Ord>(rows: usize, mut pairs: Vec<(u32, u32, V)>) -> Rows<(u32, V)> {
    pairs.retain(|(a, b, _)| a != b);
    pairs.sort_unstable_by_key(|(a, b, value)| (*a, *b, std::cmp::Reverse(*value)));
    pairs.dedup_by_key(|(a, b, _)| (*a, *b));
    let mut rest = pairs.as_slice();
    let mut all = Rows::default();
    for at in 0..number(rows) {
        let own = rest.iter().take_while(|(a, ..)| *a == at).count();
        let (row, after) = rest.split_at_checked(own).unwrap_or((rest, &[]));
        all.push(row.iter().map(|(_, b, value)| (*b, *value)));
        rest = after;
    }
    all
}
