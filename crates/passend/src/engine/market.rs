// SPDX-License-Identifier: EUPL-1.2
//! People and vacancies, prepared for a day.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::without::{self, Without};
use super::{Detail, RankError, Ranking, Request, Scorer, Stopped, Watch};
use crate::explain::{Explanation, MatchLine, Memo, Side, Teller};
use crate::gate::{OnDay, Verdict};
use crate::history::{History, LeftOut};
use crate::index::{Index, Plain, Sides, tie};
use crate::model::{Candidate, Day, Vacancy};
use crate::policy::{Policy, PolicyError, Rules, Weights};
use crate::prepare::{CandidateFacts, Prepared, VacancyFacts};
use crate::score::{Score, WeightVectors};
use crate::vocabulary::Vocabulary;

/// People and vacancies, prepared for a day.
#[derive(Debug, Clone)]
pub struct Market {
    pub(crate) policy: Arc<Policy>,
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) as_of: Day,
    pub(crate) rules: Arc<Rules>,
    pub(crate) weights: WeightVectors,
    pub(crate) prepared: Prepared,
    /// What happened before.
    pub(super) history: Arc<History>,
    /// Who and what is left out.
    pub(super) without: Without,
    /// Made by the first ranking that needs it.
    index: OnceLock<Arc<Index>>,
}

/// Why a market could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MarketError {
    /// Two records of one side have one id.
    #[error("two records have the id `{id}`; ids must differ")]
    DuplicateId {
        /// The id.
        id: String,
    },
}

/// Why a pair could not be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// No person has this id.
    #[error("no candidate has this id")]
    NoCandidate,
    /// No vacancy has this id.
    #[error("no vacancy has this id")]
    NoVacancy,
    /// The person takes no part: the permission of the record has ended, or is for another purpose.
    #[error("the permission of this candidate does not hold")]
    LeftOut,
}

impl Market {
    pub(super) fn new(
        policy: Arc<Policy>,
        vocabulary: Arc<Vocabulary>,
        candidates: &[Candidate],
        vacancies: &[Vacancy],
        as_of: Day,
        history: Arc<History>,
    ) -> Result<Self, MarketError> {
        unique(candidates.iter().map(|one| one.id.as_str()))?;
        unique(vacancies.iter().map(|one| one.id.as_str()))?;
        let (candidates, out) = without::people(&policy, &history, candidates, as_of);
        let (vacancies, filled) = without::vacancies(&history, vacancies);
        let prepared = Prepared::new(&policy, &vocabulary, as_of, &candidates, &vacancies);
        let rules = Arc::new(policy.rules_on(as_of));
        let weights = WeightVectors::new(policy.weights());
        let without = Without::new(&history, &prepared, out, filled.into());
        Ok(Self {
            policy,
            vocabulary,
            as_of,
            rules,
            weights,
            prepared,
            history,
            without,
            index: OnceLock::new(),
        })
    }

    /// A market of facts that were prepared before.
    pub(super) fn of(
        (policy, vocabulary): (Arc<Policy>, Arc<Vocabulary>),
        as_of: Day,
        (rules, weights): (Arc<Rules>, WeightVectors),
        prepared: Prepared,
        (history, without): (Arc<History>, Without),
    ) -> Self {
        let index = OnceLock::new();
        Self { policy, vocabulary, as_of, rules, weights, prepared, history, without, index }
    }

    /// The day for which the market was prepared.
    pub const fn as_of(&self) -> Day {
        self.as_of
    }

    /// How many people take part.
    pub fn candidates(&self) -> usize {
        self.prepared.candidates.len()
    }

    /// How many vacancies take part.
    pub fn vacancies(&self) -> usize {
        self.prepared.vacancies.len()
    }

    /// The same vacancies with other people, prepared for the same day. The vacancies are shared, not prepared again, so
    /// that one person costs little however large the market is.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Request, Vacancy, Watch};
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let work = Engine::default().market(&[], &[vacancy], "2026-11-25".parse()?)?;
    /// let person: Candidate = serde_json::from_str(r#"{"id":"c1","experience":[{"title":"kok","months":36}]}"#)?;
    /// let market = work.with_candidates(&[person])?;
    /// assert_eq!((market.candidates(), market.vacancies()), (1, 1));
    /// assert_eq!(market.rank(&Request::default(), &Watch::new())?.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Two people have one id.
    pub fn with_candidates(&self, candidates: &[Candidate]) -> Result<Self, MarketError> {
        unique(candidates.iter().map(|one| one.id.as_str()))?;
        Ok(self.with_people(candidates))
    }

    /// The same vacancies with people whose ids differ.
    pub(crate) fn with_people(&self, candidates: &[Candidate]) -> Self {
        let Self { policy, vocabulary, as_of, history, .. } = self;
        let (candidates, out) = without::people(policy, history, candidates, *as_of);
        let prepared = self.prepared.with_candidates(policy, vocabulary, *as_of, &candidates);
        let without = Without::new(history, &prepared, out, self.without.filled());
        Self {
            policy: Arc::clone(policy),
            vocabulary: Arc::clone(vocabulary),
            as_of: *as_of,
            rules: Arc::clone(&self.rules),
            weights: self.weights.clone(),
            prepared,
            history: Arc::clone(history),
            without,
            index: OnceLock::new(),
        }
    }

    /// The same vacancies with other people after what happened: what [`Engine::market_after`](crate::Engine::market_after)
    /// gives, without preparing the vacancies again. Vacancies that are filled take no part.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Event, History, Vacancy};
    /// let people: Vec<Candidate> = serde_json::from_str(r#"[{"id":"c1"},{"id":"c2"}]"#)?;
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let as_of = "2026-11-25".parse()?;
    /// let work = Engine::default().market(&[], &[vacancy], as_of)?;
    /// let started: Event =
    ///     serde_json::from_str(r#"{"date":"2026-11-20","candidate":"c1","vacancy":"v1","event":"started"}"#)?;
    /// let market = work.with_candidates_after(&people, History::new(&[started], as_of))?;
    /// assert_eq!((market.candidates(), market.vacancies()), (1, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Two people have one id.
    pub fn with_candidates_after(
        &self,
        candidates: &[Candidate],
        history: History,
    ) -> Result<Self, MarketError> {
        unique(candidates.iter().map(|one| one.id.as_str()))?;
        let Prepared { vacancies, words, .. } = &self.prepared;
        let (out, stay): (Vec<_>, Vec<_>) =
            vacancies.iter().partition(|one| history.is_filled(one.id(), one.positions));
        let mut filled = self.without.filled();
        let vacancies = if out.is_empty() {
            Arc::clone(vacancies)
        } else {
            Arc::make_mut(&mut filled).extend(out.into_iter().map(|one| one.id().to_string()));
            Arc::new(stay.into_iter().cloned().collect())
        };
        let prepared = Prepared { candidates: Vec::new(), vacancies, words: Arc::clone(words) };
        let without = Without::new(&history, &prepared, BTreeMap::new(), filled);
        let market = Self::of(
            (Arc::clone(&self.policy), Arc::clone(&self.vocabulary)),
            self.as_of,
            (self.rules.clone(), self.weights.clone()),
            prepared,
            (Arc::new(history), without),
        );
        Ok(market.with_people(candidates))
    }

    /// The same people and vacancies under other weights: shared or copied as they are, not prepared again.
    ///
    /// ```
    /// # use passend::{Engine, Policy};
    /// let market = Engine::default().market(&[], &[], "2026-11-25".parse()?)?;
    /// for weights in Policy::builtin().weights().around(10) {
    ///     market.with_weights(weights)?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The weights do not sum to 100.
    pub fn with_weights(&self, weights: Weights) -> Result<Self, PolicyError> {
        let policy = self.policy.with_weights(weights)?;
        let weights = WeightVectors::new(policy.weights());
        let index = OnceLock::new();
        Ok(Self { policy: Arc::new(policy), weights, index, ..self.clone() })
    }

    /// The scorer that is done first: one person is ranked pair by pair before an index is made. The answer is the same.
    pub fn quickest_scorer(&self) -> Scorer {
        // With 40,000 vacancies one person takes 44 cpu milliseconds pair by pair, and two as long as an index (75).
        if self.candidates() <= 1 && self.index.get().is_none() {
            Scorer::Plain
        } else {
            Scorer::Index
        }
    }

    /// The best pairs of each person, of each vacancy, or both.
    ///
    /// # Errors
    ///
    /// The watch was stopped; or the index gave a listed pair another score than the plain scorer, a fault of the engine.
    pub fn rank(&self, request: &Request, watch: &Watch) -> Result<Ranking, RankError> {
        Ranking::new(self, request, watch)
    }

    /// Why a pair has its score and readiness; also for a pair that is closed.
    ///
    /// # Errors
    ///
    /// No person or no vacancy has the id.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Lang, ReadinessClass, Vacancy};
    /// let candidate: Candidate = serde_json::from_str(r#"{"id":"c1","residence":{"status":"return_decision"}}"#)?;
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let market = Engine::default().market(&[candidate], &[vacancy], "2026-11-25".parse()?)?;
    /// let why = market.explain("c1", "v1")?;
    /// assert_eq!(why.line.readiness.class, ReadinessClass::Closed);
    /// assert_eq!(why.line.findings.unwrap()[0].rule.as_deref(), Some("WA07"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, candidate: &str, vacancy: &str) -> Result<Explanation, ExplainError> {
        let person =
            self.prepared.candidates.iter().find(|one| one.id() == candidate).ok_or_else(|| {
                match self.without.is_out(candidate) {
                    true => ExplainError::LeftOut,
                    false => ExplainError::NoCandidate,
                }
            })?;
        let work = self
            .prepared
            .vacancies
            .iter()
            .find(|one| one.id() == vacancy)
            .ok_or(ExplainError::NoVacancy)?;
        let plain = self.plain();
        let (score, weights) = (plain.score(person, work), plain.weights_in_force(work));
        let explanation = self.teller().explain(person, work, score, weights);
        if !self.policy.announced() {
            return Ok(explanation);
        }
        let policy = self.policy.without_announced();
        let rules = policy.rules_on(self.as_of);
        let teller = Teller { policy: &policy, rules: &rules, ..self.teller() };
        let without = teller.readiness(person, work);
        Ok(teller.with_readiness_without_announced(explanation, without))
    }

    /// Why a pair takes no part, if so: the person or vacancy does not, or the pair was left out by what happened.
    pub fn why_left_out(&self, candidate: &str, vacancy: &str) -> Option<LeftOut> {
        self.without.why(candidate, vacancy).or_else(|| {
            let mut pairs = self.history.left_out_of(candidate);
            pairs.find(|(of, _)| *of == vacancy)?.1.map(|line| line.why)
        })
    }

    /// The plain scorer.
    pub(crate) fn plain(&self) -> Plain<'_> {
        let Self { policy, vocabulary, rules, weights, as_of, .. } = self;
        Plain { policy, vocabulary, rules, weights, as_of: *as_of }
    }

    /// The score of a pair: the plain reference.
    pub(crate) fn score(&self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> Score {
        self.plain().score(candidate, vacancy)
    }

    /// What the gates make of a pair: the plain reference.
    pub(crate) fn verdict(&self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> Verdict {
        self.plain().verdict(candidate, vacancy)
    }

    /// The key that orders pairs of equal score.
    pub(crate) fn tie<'a>(
        candidate: &'a CandidateFacts,
        vacancy: &'a VacancyFacts,
    ) -> (u64, &'a str, &'a str) {
        tie(candidate, vacancy)
    }

    /// People and vacancies.
    pub(crate) fn sides(&self) -> Sides<'_> {
        (&self.prepared.candidates, &self.prepared.vacancies)
    }

    /// The index, made when it is first asked for.
    pub(crate) fn index(&self, watch: &Watch) -> Result<&Index, Stopped> {
        if let Some(index) = self.index.get() {
            return Ok(index);
        }
        let index = Index::new(self.plain(), self.sides(), || watch.check())?;
        // Another thread may have been first, with the same index.
        Ok(self.index.get_or_init(|| Arc::new(index)))
    }

    pub(crate) fn line(
        &self,
        by: Option<Side>,
        pair: (u32, u32),
        rank: u32,
        tie_group: u32,
        detail: Detail,
        memo: &Memo,
    ) -> Option<MatchLine> {
        let candidate = self.candidate(pair.0)?;
        let vacancy = self.vacancy(pair.1)?;
        let teller = Teller { memo: Some(memo), ..self.teller() };
        let line = teller.line(
            candidate,
            vacancy,
            self.plain().score(candidate, vacancy),
            detail == Detail::Full,
        );
        let said = self.without.said(pair);
        let mut flags = line.flags;
        if said.is_some() {
            // Formats without nested keys say at least that there is one.
            flags.push("override");
            flags.sort_unstable();
        }
        Some(MatchLine { by, rank, tie_group, said, flags, ..line })
    }

    pub(crate) fn candidate(&self, index: u32) -> Option<&CandidateFacts> {
        self.prepared.candidates.get(usize::try_from(index).ok()?)
    }

    pub(crate) fn vacancy(&self, index: u32) -> Option<&VacancyFacts> {
        self.prepared.vacancies.get(usize::try_from(index).ok()?)
    }

    pub(crate) fn weights_in_force(&self, vacancy: &VacancyFacts) -> [u8; 6] {
        self.plain().weights_in_force(vacancy)
    }

    pub(crate) fn on_day(&self) -> OnDay<'_> {
        self.plain().on_day()
    }

    pub(crate) fn teller(&self) -> Teller<'_> {
        Teller {
            policy: &self.policy,
            vocabulary: &self.vocabulary,
            rules: &self.rules,
            words: &self.prepared.words,
            memo: None,
        }
    }
}

pub(super) fn unique<'a>(ids: impl Iterator<Item = &'a str>) -> Result<(), MarketError> {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(MarketError::DuplicateId { id: id.to_owned() });
        }
    }
    Ok(())
}
