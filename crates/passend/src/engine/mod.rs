// SPDX-License-Identifier: EUPL-1.2
//! The door: an engine, a market prepared for a day, rankings and explanations.

mod facts;
mod gathering;
mod market;
mod ranking;
mod request;
mod shelf;
mod skills;
mod snapshot;
mod spread;
mod without;

pub use facts::{
    HeldOccupation, KnownDiploma, KnownLanguage, KnownPlace, KnownSkill, LevelDays, PersonFacts,
};
pub use gathering::Gathering;
pub use market::{ExplainError, Market, MarketError};
pub use ranking::Ranking;
pub(crate) use ranking::on_threads;
pub use request::{By, Detail, RankError, Request, Scorer, Stopped, Watch, When};
pub use shelf::Shelf;
pub use skills::SkillRows;
pub use snapshot::SnapshotError;
pub use spread::Spread;

use std::sync::Arc;

use crate::explain::Versions;
use crate::history::{History, Permitted, permitted};
use crate::model::{Candidate, Day, Vacancy};
use crate::policy::Policy;
use crate::vocabulary::Vocabulary;

/// The matching engine: a policy and a vocabulary. Cheap to clone, never changed, used by any number of threads.
///
/// ```
/// use passend::{Candidate, Engine, Request, Vacancy, Watch};
///
/// let candidate: Candidate = serde_json::from_str(
///     r#"{"id":"c1","residence":{"status":"free"},"experience":[{"title":"kok","months":36}],"skills":[{"label":"koken"}]}"#,
/// )?;
/// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"Kok (m/v)","require":{"skills":[{"label":"koken"}]}}"#)?;
///
/// let engine = Engine::default();
/// let market = engine.market(&[candidate], &[vacancy], "2026-11-25".parse()?)?;
/// let ranking = market.rank(&Request::default(), &Watch::new())?;
/// let line = ranking.lines(&market).next().expect("one pair");
/// assert_eq!((line.score, line.readiness.date), (7908, Some("2026-11-25".parse()?)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Engine {
    policy: Arc<Policy>,
    vocabulary: Arc<Vocabulary>,
}

impl Default for Engine {
    /// The policy and vocabulary that come with the engine.
    fn default() -> Self {
        Self::new(Policy::builtin(), Vocabulary::starter())
    }
}

impl Engine {
    /// An engine with this policy and vocabulary.
    pub fn new(policy: Policy, vocabulary: Vocabulary) -> Self {
        Self { policy: Arc::new(policy), vocabulary: Arc::new(vocabulary) }
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The vocabulary.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Whether what a person agreed to holds on a day for the purpose of this engine. Who has no permission takes no part in
    /// a market.
    pub fn permitted(&self, candidate: &Candidate, as_of: Day) -> Permitted {
        permitted(candidate, self.policy.purposes(), as_of)
    }

    /// The versions of what decides.
    ///
    /// ```
    /// # use passend::Engine;
    /// assert!(Engine::default().versions().weights.contains("skills 35"));
    /// ```
    pub fn versions(&self) -> Versions {
        Versions::new(&self.policy, &self.vocabulary)
    }

    /// People and vacancies, prepared for a day; the records are not needed afterwards.
    ///
    /// # Errors
    ///
    /// Two people or two vacancies have one id. Readers refuse such records before.
    pub fn market(
        &self,
        candidates: &[Candidate],
        vacancies: &[Vacancy],
        as_of: Day,
    ) -> Result<Market, MarketError> {
        self.market_after(candidates, vacancies, as_of, History::default())
    }

    /// A market after what happened: without people who work, vacancies that are filled and pairs that were declined, and
    /// with what humans said of pairs.
    ///
    /// Lists of [`Market::rank`] and what rests on them go by it; plans, questions and prices of [`Market::assign`] over
    /// every pair do not know of pairs, only of people and vacancies.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Event, History, Request, Vacancy, Watch};
    /// let person: Candidate = serde_json::from_str(r#"{"id":"c1","experience":[{"title":"kok","months":36}]}"#)?;
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let declined: Event = serde_json::from_str(
    ///     r#"{"date":"2026-11-20","candidate":"c1","vacancy":"v1","event":"declined","by":"candidate","why":"hours"}"#,
    /// )?;
    /// let as_of = "2026-11-25".parse()?;
    /// let history = History::new(&[declined], as_of);
    /// let market = Engine::default().market_after(&[person], &[vacancy], as_of, history)?;
    /// assert!(market.rank(&Request::default(), &Watch::new())?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Two people or two vacancies have one id.
    pub fn market_after(
        &self,
        candidates: &[Candidate],
        vacancies: &[Vacancy],
        as_of: Day,
        history: History,
    ) -> Result<Market, MarketError> {
        Market::new(
            Arc::clone(&self.policy),
            Arc::clone(&self.vocabulary),
            candidates,
            vacancies,
            as_of,
            Arc::new(history),
        )
    }
}
