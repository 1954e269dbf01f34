// SPDX-License-Identifier: EUPL-1.2
//! Markets that are loaded once and named in requests.
//!
//! A market never changes: adding and removing makes a new version in its place. A call that began with one version ends
//! with it, whatever happens to the name meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use passend::{Day, Market, Vacancy};

use crate::failure::Failure;
use crate::job::Context;

/// Markets by name.
#[derive(Debug)]
pub(crate) struct Markets {
    named: Mutex<BTreeMap<String, Arc<Stored>>>,
    /// Held while a new version is made, so that no change is lost.
    changing: Mutex<()>,
    most: usize,
}

/// One version of a market.
#[derive(Debug)]
pub(crate) struct Stored {
    /// From 1; one more with each change.
    pub(crate) version: u64,
    /// In order of id.
    pub(crate) vacancies: Vec<Vacancy>,
    /// For the days that were asked last.
    prepared: Mutex<Vec<(Day, Arc<Market>)>>,
}

impl Markets {
    pub(crate) fn new(most: usize) -> Self {
        Self { named: Mutex::default(), changing: Mutex::default(), most }
    }

    pub(crate) fn get(&self, name: &str) -> Result<Arc<Stored>, Failure> {
        lock(&self.named).get(name).cloned().ok_or_else(Failure::market)
    }

    /// Names and versions.
    pub(crate) fn all(&self) -> Vec<(String, Arc<Stored>)> {
        lock(&self.named).iter().map(|(name, stored)| (name.clone(), Arc::clone(stored))).collect()
    }

    /// Puts a market in the place of the one of this name, if there is one.
    pub(crate) fn load(&self, name: &str, vacancies: Vec<Vacancy>) -> Result<Arc<Stored>, Failure> {
        let _changing = lock(&self.changing);
        let before = lock(&self.named).get(name).map(|stored| stored.version);
        if before.is_none() && lock(&self.named).len() >= self.most {
            let most = self.most;
            return Err(Failure::request(
                "market",
                format_args!(
                    "at most {most} markets at a time, as `max_markets` says; drop one first"
                ),
            ));
        }
        Ok(self.put(name, before.unwrap_or_default() + 1, vacancies))
    }

    /// Adds vacancies; one with an id that is there takes its place.
    pub(crate) fn add(&self, name: &str, more: Vec<Vacancy>) -> Result<Arc<Stored>, Failure> {
        let _changing = lock(&self.changing);
        let before = self.get(name)?;
        let new: BTreeSet<&str> = more.iter().map(|one| one.id.as_str()).collect();
        let kept = before.vacancies.iter().filter(|one| !new.contains(one.id.as_str()));
        let kept: Vec<_> = kept.cloned().collect();
        Ok(self.put(name, before.version + 1, kept.into_iter().chain(more).collect()))
    }

    /// Removes vacancies; gives the ids that are not there too.
    pub(crate) fn remove(
        &self,
        name: &str,
        ids: &[String],
    ) -> Result<(Arc<Stored>, Vec<String>), Failure> {
        let _changing = lock(&self.changing);
        let before = self.get(name)?;
        let missing = ids.iter().filter(|id| before.find(id).is_none()).cloned().collect();
        let gone: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        let kept = before.vacancies.iter().filter(|one| !gone.contains(one.id.as_str()));
        Ok((self.put(name, before.version + 1, kept.cloned().collect()), missing))
    }

    /// Forgets a market.
    pub(crate) fn drop(&self, name: &str) -> Result<(), Failure> {
        let _changing = lock(&self.changing);
        let dropped = lock(&self.named).remove(name);
        dropped.map(|_| ()).ok_or_else(Failure::market)
    }

    fn put(&self, name: &str, version: u64, mut vacancies: Vec<Vacancy>) -> Arc<Stored> {
        vacancies.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let stored = Arc::new(Stored { version, vacancies, prepared: Mutex::default() });
        let before = lock(&self.named).insert(name.to_owned(), Arc::clone(&stored));
        // A large market is not taken apart while others wait for the lock.
        drop(before);
        stored
    }
}

impl Stored {
    pub(crate) fn find(&self, id: &str) -> Option<&Vacancy> {
        let at = self.vacancies.binary_search_by(|one| one.id.as_str().cmp(id)).ok()?;
        self.vacancies.get(at)
    }

    /// The vacancies, prepared for a day: done once, by the first call that asks.
    pub(crate) fn prepared(
        &self,
        context: &Context<'_>,
        as_of: Day,
    ) -> Result<Arc<Market>, Failure> {
        /// Today, and tomorrow or yesterday.
        const KEPT: usize = 2;
        let mut prepared = lock(&self.prepared);
        if let Some((_, market)) = prepared.iter().find(|(day, _)| *day == as_of) {
            return Ok(Arc::clone(market));
        }
        let engine = context.handle.engine();
        let market = context
            .work(|| engine.market(&[], &self.vacancies, as_of))?
            .map_err(Failure::internal)?;
        let market = Arc::new(market);
        if prepared.len() >= KEPT {
            prepared.remove(0);
        }
        prepared.push((as_of, Arc::clone(&market)));
        Ok(market)
    }
}

/// A call that panicked leaves whole entries behind.
fn lock<T>(shelf: &Mutex<T>) -> MutexGuard<'_, T> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}
