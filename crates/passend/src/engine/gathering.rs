// SPDX-License-Identifier: EUPL-1.2
//! A market out of records that come in parts.

use super::market::unique;
use super::{Engine, Market, MarketError};
use crate::model::{Candidate, Day, Vacancy};
use crate::prepare::{Gathered, Prepared};
use crate::score::WeightVectors;

/// People and vacancies that come in parts: a part that was added is needed no more, so that a large market is never held
/// as records and as facts at once. The market is the one that all records together give.
///
/// ```
/// # use passend::{Candidate, Engine, Request, Vacancy, Watch};
/// let mut gathering = Engine::default().gather("2026-11-25".parse()?);
/// for line in [r#"{"id":"v1","title":"kok"}"#, r#"{"id":"v2","title":"kelner"}"#] {
///     let part: Vec<Vacancy> = vec![serde_json::from_str(line)?];
///     gathering.add_vacancies(&part);
/// }
/// let person: Candidate = serde_json::from_str(r#"{"id":"c1","experience":[{"title":"kok","months":36}]}"#)?;
/// gathering.add_candidates(&[person]);
/// let market = gathering.market()?;
/// assert_eq!(market.rank(&Request::default(), &Watch::new())?.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Gathering {
    engine: Engine,
    as_of: Day,
    gathered: Gathered,
}

impl Engine {
    /// Begins a market out of records that come in parts.
    pub fn gather(&self, as_of: Day) -> Gathering {
        Gathering { engine: self.clone(), as_of, gathered: Gathered::default() }
    }
}

impl Gathering {
    /// Adds people.
    pub fn add_candidates(&mut self, candidates: &[Candidate]) {
        let Engine { policy, vocabulary } = &self.engine;
        self.gathered.add_candidates((policy, vocabulary, self.as_of), candidates);
    }

    /// Adds vacancies.
    pub fn add_vacancies(&mut self, vacancies: &[Vacancy]) {
        let Engine { policy, vocabulary } = &self.engine;
        self.gathered.add_vacancies((policy, vocabulary, self.as_of), vacancies);
    }

    /// All that was added.
    ///
    /// # Errors
    ///
    /// Two people or two vacancies have one id. Readers refuse such records before.
    pub fn market(self) -> Result<Market, MarketError> {
        let prepared = Prepared::of(self.gathered);
        unique(prepared.candidates.iter().map(|one| &*one.id))?;
        unique(prepared.vacancies.iter().map(|one| &*one.id))?;
        let Engine { policy, vocabulary } = self.engine;
        let rules = policy.rules_on(self.as_of);
        let weights = WeightVectors::new(policy.weights());
        Ok(Market::of((policy, vocabulary), self.as_of, (rules, weights), prepared))
    }
}
