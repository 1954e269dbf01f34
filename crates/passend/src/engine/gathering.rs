// SPDX-License-Identifier: EUPL-1.2
//! A market out of records that come in parts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::market::unique;
use super::without::{self, Without};
use super::{Engine, Market, MarketError};
use crate::history::{History, LeftOutLine};
use crate::model::{Candidate, Day, Vacancy};
use crate::prepare::{CandidateFacts, Gathered, Prepared, VacancyFacts};
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
    history: Arc<History>,
    out: BTreeMap<String, LeftOutLine>,
    filled: BTreeSet<String>,
}

impl Engine {
    /// Begins a market out of records that come in parts.
    pub fn gather(&self, as_of: Day) -> Gathering {
        self.gather_after(as_of, History::default())
    }

    /// Begins a market out of records that come in parts, after what happened: see [`Engine::market_after`].
    pub fn gather_after(&self, as_of: Day, history: History) -> Gathering {
        Gathering {
            engine: self.clone(),
            as_of,
            gathered: Gathered::default(),
            history: Arc::new(history),
            out: BTreeMap::new(),
            filled: BTreeSet::new(),
        }
    }
}

impl Gathering {
    /// Adds people.
    pub fn add_candidates(&mut self, candidates: &[Candidate]) {
        let Engine { policy, vocabulary } = &self.engine;
        let (stay, out) = without::people(policy, &self.history, candidates, self.as_of);
        self.out.extend(out);
        self.gathered.add_candidates((policy, vocabulary, self.as_of), &stay);
    }

    /// Adds vacancies.
    pub fn add_vacancies(&mut self, vacancies: &[Vacancy]) {
        let Engine { policy, vocabulary } = &self.engine;
        let (stay, filled) = without::vacancies(&self.history, vacancies);
        self.filled.extend(filled);
        self.gathered.add_vacancies((policy, vocabulary, self.as_of), &stay);
    }

    /// Takes people back that were added: a later part may show that nobody knows which of two records is right.
    pub fn withdraw_candidates(&mut self, is_withdrawn: impl Fn(&str) -> bool) {
        self.out.retain(|id, _| !is_withdrawn(id));
        self.gathered.withdraw_candidates(is_withdrawn);
    }

    /// Takes vacancies back that were added.
    ///
    /// ```
    /// # use passend::{Engine, Request, Vacancy, Watch};
    /// let mut gathering = Engine::default().gather("2026-11-25".parse()?);
    /// let part: Vec<Vacancy> = serde_json::from_str(r#"[{"id":"v1","title":"kok"},{"id":"v2"}]"#)?;
    /// gathering.add_vacancies(&part);
    /// gathering.withdraw_vacancies(|id| id == "v1");
    /// gathering.add_candidates(&[serde_json::from_str(r#"{"id":"c1","experience":[{"title":"kok"}]}"#)?]);
    /// let market = gathering.market()?;
    /// let lines: Vec<_> = market.rank(&Request::default(), &Watch::new())?.lines(&market).collect();
    /// assert_eq!((lines.len(), &*lines[0].vacancy), (1, "v2"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn withdraw_vacancies(&mut self, is_withdrawn: impl Fn(&str) -> bool) {
        self.filled.retain(|id| !is_withdrawn(id));
        self.gathered.withdraw_vacancies(is_withdrawn);
    }

    /// All that was added.
    ///
    /// # Errors
    ///
    /// Two people or two vacancies have one id. Readers refuse such records before.
    pub fn market(self) -> Result<Market, MarketError> {
        let prepared = Prepared::of(self.gathered);
        unique(prepared.candidates.iter().map(CandidateFacts::id))?;
        unique(prepared.vacancies.iter().map(VacancyFacts::id))?;
        let Engine { policy, vocabulary } = self.engine;
        let rules = policy.rules_on(self.as_of);
        let weights = WeightVectors::new(policy.weights());
        let without = Without::new(&self.history, &prepared, self.out, self.filled.into());
        let happened = (self.history, without);
        Ok(Market::of(
            (policy, vocabulary),
            self.as_of,
            (rules.into(), weights),
            prepared,
            happened,
        ))
    }
}
