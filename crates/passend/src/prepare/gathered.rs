// SPDX-License-Identifier: EUPL-1.2
//! Records that come in parts: each part is prepared and needed no more.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::profession::KnownProfession;
use super::shared::{Alike, Numbering, Readings};
use super::{AT_ONCE, CandidateFacts, Perhaps, Preparer, VacancyFacts, Words};
use crate::model::{Candidate, Day, Vacancy};
use crate::policy::Policy;
use crate::vocabulary::{DiplomaReading, FieldIndex, Reading, SkillIndex, Vocabulary};

/// The facts so far, and what is remembered for those to come.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(super) candidates: Vec<CandidateFacts>,
    pub(super) vacancies: Vec<VacancyFacts>,
    pub(super) words: Numbering,
    titles: Arc<Readings<Vec<Reading>>>,
    diplomas: Arc<Readings<(DiplomaReading, Option<FieldIndex>)>>,
    perhaps: Arc<Readings<Perhaps>>,
    skill_texts: Arc<Readings<Option<SkillIndex>>>,
    professions: Arc<OnceLock<Arc<[KnownProfession]>>>,
    alike: Arc<Alike>,
}

/// What records are prepared by.
pub(crate) type By<'a> = (&'a Policy, &'a Vocabulary, Day);

impl Gathered {
    /// Facts whose texts are these words and more.
    pub(super) fn on(words: &Arc<Words>) -> Self {
        Self { words: Numbering::on(words), ..Self::default() }
    }

    /// Prepares people, shared among threads.
    pub(crate) fn add_candidates(&mut self, by: By<'_>, records: &[Candidate]) {
        let mut candidates = std::mem::take(&mut self.candidates);
        let records = records.par_iter().with_min_len(AT_ONCE);
        candidates.par_extend(records.map_init(|| self.preparer(by), Preparer::candidate));
        self.candidates = candidates;
    }

    /// Prepares vacancies, shared among threads.
    pub(crate) fn add_vacancies(&mut self, by: By<'_>, records: &[Vacancy]) {
        let mut vacancies = std::mem::take(&mut self.vacancies);
        let records = records.par_iter().with_min_len(AT_ONCE);
        vacancies.par_extend(records.map_init(|| self.preparer(by), Preparer::vacancy));
        self.vacancies = vacancies;
    }

    /// Lets go of people with such ids.
    pub(crate) fn withdraw_candidates(&mut self, is_withdrawn: impl Fn(&str) -> bool) {
        self.candidates.retain(|one| !is_withdrawn(one.id()));
    }

    /// Lets go of vacancies with such ids.
    pub(crate) fn withdraw_vacancies(&mut self, is_withdrawn: impl Fn(&str) -> bool) {
        self.vacancies.retain(|one| !is_withdrawn(one.id()));
    }

    fn preparer<'a>(&'a self, (policy, vocabulary, as_of): By<'a>) -> Preparer<'a, &'a Numbering> {
        Preparer {
            policy,
            vocabulary,
            as_of,
            words: &self.words,
            titles: Arc::clone(&self.titles),
            diplomas: Arc::clone(&self.diplomas),
            perhaps: Arc::clone(&self.perhaps),
            skill_texts: Arc::clone(&self.skill_texts),
            professions: Arc::clone(&self.professions),
            alike: Arc::clone(&self.alike),
            skills: std::collections::HashMap::new(),
            asked: String::new(),
        }
    }
}
