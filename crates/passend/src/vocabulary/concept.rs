// SPDX-License-Identifier: EUPL-1.2
//! An occupation or a skill of a vocabulary, as others see it.

use super::store::{Concepts, LabelKind, LabelRow, place};
use super::{Group, OccupationIndex, SkillIndex, Vocabulary};
use crate::text::Text;

/// An occupation of a vocabulary. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct OccupationConcept<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    pub(super) index: OccupationIndex,
}

/// A skill of a vocabulary. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct SkillConcept<'v> {
    pub(super) vocabulary: &'v Vocabulary,
    pub(super) index: SkillIndex,
}

impl<'v> OccupationConcept<'v> {
    /// Code within the vocabulary's scheme, such as `occupation/5120-cook`.
    pub fn id(self) -> &'v str {
        self.vocabulary.occupations.ids.get(self.at())
    }

    /// The name in Dutch and English; one stands in for the other, and any language for both.
    pub fn label(self) -> Text {
        self.vocabulary.occupations.label(self.at())
    }

    /// All labels: preferred ones first, Dutch and English before other languages.
    pub fn labels(self) -> impl Iterator<Item = LabelRow<'v>> {
        self.vocabulary.occupations.labels(self.at())
    }

    /// Labels beside the preferred ones, without hidden ones.
    pub fn alternatives(self) -> impl Iterator<Item = LabelRow<'v>> {
        alternatives(self.labels())
    }

    /// The code of its ISCO-08 group, mostly four digits; empty if it is not known.
    pub fn isco08(self) -> &'v str {
        let groups = &self.vocabulary.groups;
        let at = groups.ids.find(&super::group_id(self.group()));
        at.and_then(|at| groups.ids.get(at).strip_prefix("isco/C")).unwrap_or_default()
    }

    pub(crate) fn group(self) -> Group {
        self.vocabulary.within.get(self.at()).copied().unwrap_or(Group::NONE)
    }

    pub(crate) fn essential(self) -> &'v [SkillIndex] {
        self.vocabulary.essential.row(self.at())
    }

    pub(crate) fn optional(self) -> &'v [SkillIndex] {
        self.vocabulary.optional.row(self.at())
    }

    fn at(self) -> usize {
        place(self.index.0)
    }
}

impl<'v> SkillConcept<'v> {
    /// Code within the vocabulary's scheme, such as `skill/cook-food`.
    pub fn id(self) -> &'v str {
        self.vocabulary.skills.ids.get(self.at())
    }

    /// The name in Dutch and English; one stands in for the other, and any language for both.
    pub fn label(self) -> Text {
        self.vocabulary.skills.label(self.at())
    }

    /// All labels: preferred ones first, Dutch and English before other languages.
    pub fn labels(self) -> impl Iterator<Item = LabelRow<'v>> {
        self.vocabulary.skills.labels(self.at())
    }

    /// Labels beside the preferred ones, without hidden ones.
    pub fn alternatives(self) -> impl Iterator<Item = LabelRow<'v>> {
        alternatives(self.labels())
    }

    /// Weight of rarity, 1 (common) to 8 (rare): fixed by the vocabulary, never by the input.
    pub fn rarity(self) -> u8 {
        self.vocabulary.rarity.get(self.at()).copied().unwrap_or(1)
    }

    fn at(self) -> usize {
        place(self.index.0)
    }
}

fn alternatives<'v>(
    labels: impl Iterator<Item = LabelRow<'v>>,
) -> impl Iterator<Item = LabelRow<'v>> {
    labels.filter(|label| matches!(label.kind, LabelKind::Alternative | LabelKind::Crosswalk))
}

impl Concepts {
    /// The name in Dutch and English; one stands in for the other, and any language for both.
    pub(super) fn label(&self, concept: usize) -> Text {
        let (nl, en) = (self.preferred(concept, "nl"), self.preferred(concept, "en"));
        let any = || self.name(concept);
        Text {
            nl: nl.or(en).unwrap_or_else(any).to_owned(),
            en: en.or(nl).unwrap_or_else(any).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_concept_shows_what_was_written() {
        let vocabulary = Vocabulary::starter();
        let cook = vocabulary.occupation_by_id("occupation/5120-cook").unwrap();
        assert_eq!((cook.label().nl.as_str(), cook.label().en.as_str()), ("kok", "cook"));
        assert_eq!(cook.isco08(), "5120");
        assert!(cook.alternatives().any(|label| label.text == "kokkin" && label.language == "nl"));
        assert!(vocabulary.essential_skills(cook).any(|skill| skill.id() == "skill/cook-food"));
    }
}
