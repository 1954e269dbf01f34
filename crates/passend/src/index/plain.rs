// SPDX-License-Identifier: EUPL-1.2
//! One pair by the plain scorer: the reference that every faster way is tested against.

use crate::criterion::fits;
use crate::gate::{OnDay, ReadinessClass, Verdict, judge};
use crate::index::pair_hash;
use crate::model::Day;
use crate::policy::{Policy, Rules};
use crate::prepare::{CandidateFacts, VacancyFacts};
use crate::score::{Score, WeightVectors};
use crate::vocabulary::Vocabulary;

/// The plain scorer of one pair.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plain<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) rules: &'a Rules,
    pub(crate) weights: &'a WeightVectors,
    pub(crate) as_of: Day,
}

/// Which pairs are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Horizon {
    /// The last day by which a pair is open; `None` for any day.
    pub(crate) last_day: Option<Day>,
    /// Only pairs of which the law knows enough.
    pub(crate) sure: bool,
    /// Pairs that ask a step too, or that the law knows too little of; else only those that are open, or open on a day.
    pub(crate) steps: bool,
}

/// Where a pair may stand, before its score is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Listed,
    /// It opens after the day asked.
    Later,
    Nowhere,
}

impl Horizon {
    /// Whether a class alone keeps a pair from being listed.
    pub(crate) fn excludes(self, class: ReadinessClass) -> bool {
        class == ReadinessClass::Closed
            || self.sure && class == ReadinessClass::Unknown
            || !self.steps && class > ReadinessClass::On
    }

    pub(crate) fn is_late(self, day: Day) -> bool {
        self.last_day.is_some_and(|last| day > last)
    }

    pub(crate) fn place(self, verdict: &Verdict) -> Place {
        if self.excludes(verdict.class) {
            Place::Nowhere
        } else if self.is_late(verdict.day) {
            Place::Later
        } else {
            Place::Listed
        }
    }
}

impl<'a> Plain<'a> {
    pub(crate) const fn on_day(self) -> OnDay<'a> {
        OnDay { policy: self.policy, rules: self.rules, as_of: self.as_of }
    }

    pub(crate) fn score(self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> Score {
        Score::new(
            self.weights_in_force(vacancy),
            fits(self.policy, self.vocabulary, candidate, vacancy),
        )
    }

    pub(crate) fn verdict(self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> Verdict {
        judge(self.on_day(), candidate, vacancy, |_| {})
    }

    pub(crate) fn weights_in_force(self, vacancy: &VacancyFacts) -> [u8; 6] {
        self.weights.get(
            vacancy.required.education.is_some(),
            !vacancy.required.languages.is_empty(),
            !vacancy.remote,
        )
    }
}

/// The key that orders pairs of equal score.
pub(crate) fn tie<'a>(
    candidate: &'a CandidateFacts,
    vacancy: &'a VacancyFacts,
) -> (u64, &'a str, &'a str) {
    (pair_hash(candidate.id_hash(), vacancy.id_hash()), candidate.id(), vacancy.id())
}
