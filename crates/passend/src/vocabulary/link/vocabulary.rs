// SPDX-License-Identifier: EUPL-1.2
//! Linking with the labels of a vocabulary.

use std::sync::{Arc, OnceLock};

use serde::Serialize;

use super::super::store::Concepts;
use super::super::{LabelRow, OccupationIndex, SkillIndex, Vocabulary};
use super::answer::{LinkAnswer, LinkHints, LinkStatus, LinkedConcept, Why};
use super::index::{LinkConcept, Linker};
use super::settings::LinkSettings;
use crate::text::fold;

/// What a text is linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Job titles.
    Occupation,
    /// Skills.
    Skill,
    /// Fields of education; the ids are ISCED-F 2013 codes.
    Field,
}

/// A text with the concepts that it may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// The text.
    pub text: String,
    /// Whether one answer is clear.
    pub status: LinkStatus,
    /// Concepts, best first; also when not sure.
    pub matches: Vec<LinkMatch>,
}

/// A concept that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkMatch {
    /// Id of the concept.
    pub id: String,
    /// Its name: in the language of the question, Dutch if none is given.
    pub label: String,
    /// 0 to 1,000; higher is better.
    pub score: u16,
    /// The reason.
    pub why: Why,
    /// The label that came nearest; empty where the concept was found in another way.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub matched: String,
    /// The part of the score that the caller gave; left out if there is none.
    #[serde(skip_serializing_if = "is_nothing")]
    pub given: u16,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_nothing(given: &u16) -> bool {
    *given == 0
}

/// The indexes of a vocabulary, built when they are first asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Linkers {
    occupations: Arc<OnceLock<Arc<Linker>>>,
    skills: Arc<OnceLock<Arc<Linker>>>,
}

impl Linker {
    /// An index that also looks for what else the starter vocabulary calls a text. Nothing is lent for fields of education.
    ///
    /// Not for a vocabulary with the ids of the starter: it has these words already.
    ///
    /// ```
    /// # use passend::{LabelKind, LabelRow, LinkConcept, LinkHints, LinkKind, LinkSettings, Linker};
    /// let row = |concept, text| LabelRow { concept, language: "en", kind: LabelKind::Preferred, preferred: true, text };
    /// let list = [row(0, "cook"), row(1, "welder"), row(2, "driver")];
    /// let alone = Linker::new(list, |_| LinkConcept::default(), LinkSettings::OCCUPATIONS);
    /// assert!(alone.find("lasser", LinkHints::default(), 1).matches.is_empty());
    /// let helped = alone.with_starter(LinkKind::Occupation);
    /// assert_eq!(helped.find("lasser", LinkHints::default(), 1).matches[0].label, "welder");
    /// ```
    #[must_use]
    pub fn with_starter(self, kind: LinkKind) -> Self {
        let starter = Vocabulary::starter();
        match kind {
            LinkKind::Occupation => self.with_words_of(Arc::clone(starter.occupation_linker())),
            LinkKind::Skill => self.with_words_of(Arc::clone(starter.skill_linker())),
            LinkKind::Field => self,
        }
    }
}

impl Vocabulary {
    /// The concepts that a text may mean, at most `k`, best first.
    ///
    /// ```
    /// # use passend::{LinkKind, LinkStatus, Vocabulary};
    /// let vocabulary = Vocabulary::starter();
    /// let link = vocabulary.link(LinkKind::Skill, "koken", 3);
    /// assert_eq!((link.status, link.matches[0].id.as_str()), (LinkStatus::Linked, "skill/cook-food"));
    /// assert_eq!(vocabulary.link(LinkKind::Occupation, "xyzzy", 3).status, LinkStatus::None);
    /// ```
    pub fn link(&self, kind: LinkKind, text: &str, k: usize) -> Link {
        self.link_with(kind, text, LinkHints::default(), k)
    }

    /// The concepts that a text may mean with what else is known about it, at most `k`, best first.
    ///
    /// Hints say nothing about fields of education.
    pub fn link_with(&self, kind: LinkKind, text: &str, hints: LinkHints<'_>, k: usize) -> Link {
        match kind {
            LinkKind::Occupation => self.link_occupation(text, hints, k),
            LinkKind::Skill => self.link_skill(text, hints, k),
            LinkKind::Field => {
                let (status, mut matches) = self.link_field(text);
                matches.truncate(k);
                Link { text: text.to_owned(), status, matches }
            }
        }
    }

    /// The occupations that a title may mean, at most `k`, best first.
    ///
    /// ```
    /// # use passend::{LinkHints, Vocabulary};
    /// let hints = LinkHints { language: "nl", context: "51", ..LinkHints::default() };
    /// let link = Vocabulary::starter().link_occupation("zelfstandig werkend kok", hints, 3);
    /// assert_eq!(link.matches[0].id, "occupation/5120-cook");
    /// ```
    pub fn link_occupation(&self, title: &str, hints: LinkHints<'_>, k: usize) -> Link {
        let answer = self.occupation_linker().find(title, hints, k);
        self.named(LinkKind::Occupation, title, hints.language, answer)
    }

    /// The skills that a text may mean, at most `k`, best first.
    pub fn link_skill(&self, text: &str, hints: LinkHints<'_>, k: usize) -> Link {
        let answer = self.skill_linker().find(text, hints, k);
        self.named(LinkKind::Skill, text, hints.language, answer)
    }

    /// The occupations that a title surely means, with shares that sum to 100; empty when not sure.
    pub(in super::super) fn occupation_readings(&self, title: &str) -> Vec<(OccupationIndex, u8)> {
        let readings = self.occupation_linker().find(title, LinkHints::default(), 1).readings;
        readings.into_iter().map(|(index, share)| (OccupationIndex(index), share)).collect()
    }

    /// The occupations that a title may mean where it is not sure, since a label of theirs stands in it; at most three.
    pub(crate) fn occupations_near(&self, title: &str) -> Vec<OccupationIndex> {
        let found = self.occupation_linker().find(title, LinkHints::default(), 10).matches;
        let near = found.into_iter().filter(|one| one.is_whole).take(3);
        near.map(|one| OccupationIndex(one.concept)).collect()
    }

    /// The best two occupations for a title that is not sure, for a question; the second only if it comes half as near.
    pub(crate) fn occupations_like(&self, title: &str) -> [Option<OccupationIndex>; 2] {
        let found = self.occupation_linker().find(title, LinkHints::default(), 2).matches;
        let most = found.first().map_or(0, |one| one.score);
        let mut near = found
            .iter()
            .filter(|one| one.score >= most / 2)
            .map(|one| OccupationIndex(one.concept));
        [near.next(), near.next()]
    }

    /// Why a title has the readings that it has: the reason for the first, and the label that came nearest.
    pub(crate) fn title_reason(&self, title: &str) -> Option<(Why, String)> {
        let linker = self.occupation_linker();
        let (why, label, concept) = reason(linker.find(title, LinkHints::default(), 1))?;
        let same = |row: &LabelRow<'_>| fold(row.text) == fold(title);
        let own = self.occupation(OccupationIndex(concept));
        let own = own.and_then(|one| one.labels().find(same));
        Some(match own {
            Some(row) if !row.preferred => (Why::Alternative, row.text.to_owned()),
            Some(row) => (why, row.text.to_owned()),
            None => (why, label),
        })
    }

    /// Why a text is the skill that it surely means, and the label that came nearest.
    pub(crate) fn skill_reason(&self, text: &str) -> Option<(Why, String)> {
        let (why, label, _) = reason(self.skill_linker().find(text, LinkHints::default(), 1))?;
        Some((why, label))
    }

    /// The skill that a text surely means.
    pub(in super::super) fn find_skill(&self, text: &str) -> Option<SkillIndex> {
        let readings = self.skill_linker().find(text, LinkHints::default(), 1).readings;
        readings.first().map(|(index, _)| SkillIndex(*index))
    }

    fn occupation_linker(&self) -> &Arc<Linker> {
        self.linkers.occupations.get_or_init(|| {
            let about = |concept| match self.occupation(OccupationIndex(concept)) {
                Some(one) => LinkConcept { isco: one.group().to_string(), is_group: false },
                None => LinkConcept {
                    isco: self
                        .group_at(OccupationIndex(concept))
                        .map(|group| group.to_string())
                        .unwrap_or_default(),
                    is_group: true,
                },
            };
            self.linker(LinkKind::Occupation, about, LinkSettings::OCCUPATIONS)
        })
    }

    fn skill_linker(&self) -> &Arc<Linker> {
        self.linkers.skills.get_or_init(|| {
            self.linker(LinkKind::Skill, |_| LinkConcept::default(), LinkSettings::SKILLS)
        })
    }

    fn linker(
        &self,
        kind: LinkKind,
        about: impl Fn(u32) -> LinkConcept,
        settings: LinkSettings,
    ) -> Arc<Linker> {
        let linker = Linker::new(self.label_rows(kind), about, settings);
        Arc::new(if self.is_of_starter() { linker } else { linker.with_starter(kind) })
    }

    /// Whether these are the ids of the starter vocabulary: then its words are here already.
    fn is_of_starter(&self) -> bool {
        let starter = Self::starter();
        let holds = |own: &Concepts, of: &Concepts| {
            of.ids.iter().next().is_some_and(|id| own.ids.find(id).is_some())
        };
        holds(&self.occupations, &starter.occupations) || holds(&self.skills, &starter.skills)
    }

    fn named(&self, kind: LinkKind, text: &str, language: &str, answer: LinkAnswer) -> Link {
        let named = |one: LinkedConcept| LinkMatch {
            id: self.concept_id(kind, one.concept).to_owned(),
            label: self.concept_name(kind, one.concept, language).to_owned(),
            score: one.score,
            why: one.why,
            matched: one.label,
            given: one.given,
        };
        let matches = answer.matches.into_iter().map(named).collect();
        Link { text: text.to_owned(), status: answer.status, matches }
    }
}

fn reason(answer: LinkAnswer) -> Option<(Why, String, u32)> {
    let first = answer.matches.into_iter().next().filter(|_| !answer.readings.is_empty())?;
    Some((first.why, first.label, first.concept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, status: LinkStatus, first: Option<&str>) {
        let link = Vocabulary::starter().link(LinkKind::Occupation, title, 5);
        assert_eq!(
            (link.status, link.matches.first().map(|one| one.id.as_str())),
            (status, first),
            "{link:?}"
        );
    }

    #[test]
    fn titles_are_found_as_people_write_them() {
        let cook = Some("occupation/5120-cook");
        check("kok", LinkStatus::Linked, cook);
        check("KOK (m/v)", LinkStatus::Linked, cook);
        check("Kok 32 uur per week", LinkStatus::Linked, cook);
        check("kokkin", LinkStatus::Linked, cook);
        check("kok / zelfstandig werkend kok", LinkStatus::Linked, cook);
        check("verpleegkundige niveau 4", LinkStatus::Linked, Some("occupation/2221-nurse"));
        check("vrachtwagenchaufeur", LinkStatus::Linked, Some("occupation/8332-truck-driver"));
    }

    #[test]
    fn a_compound_may_be_said_the_other_way_round() {
        let mechanic = Some("occupation/7231-car-mechanic");
        check("monteur auto's (m/v)", LinkStatus::Linked, mechanic);
        let truck = Some("occupation/8332-truck-driver");
        check("chauffeur van vrachtwagens", LinkStatus::Linked, truck);
        let link = Vocabulary::starter().link(LinkKind::Occupation, "monteur auto's (m/v)", 1);
        assert_eq!(
            (link.matches[0].why, link.matches[0].matched.as_str()),
            (Why::Compound, "automonteur")
        );
        // In brackets stands a place or a team.
        let link = Vocabulary::starter().link(LinkKind::Occupation, "monteur (auto)", 1);
        assert_ne!(link.matches[0].why, Why::Compound);
    }

    #[test]
    fn an_assistant_nurse_is_no_nurse() {
        let link = Vocabulary::starter().link(LinkKind::Occupation, "assistent-verpleegkundige", 5);
        assert_eq!(link.matches[0].id, "occupation/5321-assistant-nurse");
        let readings = Vocabulary::starter().occupation_readings("assistent-verpleegkundige");
        assert_eq!(readings.len(), 1);
    }

    #[test]
    fn a_word_before_a_title_may_change_the_work() {
        let vocabulary = Vocabulary::starter();
        for title in
            ["planner verpleegkundige", "hulp verpleegkundige", "Zorgcoach (verpleegkundige)"]
        {
            assert_eq!(vocabulary.link(LinkKind::Occupation, title, 5).status, LinkStatus::Unsure);
            assert!(vocabulary.occupation_readings(title).is_empty(), "{title}");
        }
        check("ervaren allround kok", LinkStatus::Linked, Some("occupation/5120-cook"));
        check("Metselaar (VCA)", LinkStatus::Linked, Some("occupation/7112-bricklayer"));
        check("Lasser MIG/MAG", LinkStatus::Linked, Some("occupation/7212-welder"));
    }

    #[test]
    fn nonsense_is_not_guessed() {
        check("xyzzy plugh", LinkStatus::None, None);
        check("", LinkStatus::None, None);
        check("(m/v)", LinkStatus::None, None);
    }
}
