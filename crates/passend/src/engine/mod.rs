// SPDX-License-Identifier: EUPL-1.2
//! The door: an engine, a market prepared for a day, rankings and explanations.

mod facts;
mod gathering;
mod market;
mod ranking;
mod request;
mod shelf;

pub use facts::{
    HeldOccupation, KnownDiploma, KnownLanguage, KnownPlace, KnownSkill, LevelDays, PersonFacts,
};
pub use gathering::Gathering;
pub use market::{ExplainError, Market, MarketError};
pub use ranking::Ranking;
pub(crate) use ranking::on_threads;
pub use request::{By, Detail, RankError, Request, Scorer, Stopped, Watch, When};
pub use shelf::Shelf;

use std::sync::Arc;

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
        Market::new(
            Arc::clone(&self.policy),
            Arc::clone(&self.vocabulary),
            candidates,
            vacancies,
            as_of,
        )
    }
}
