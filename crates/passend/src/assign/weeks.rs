// SPDX-License-Identifier: EUPL-1.2
//! Pools for many people at once, and which sets of part-time vacancies make whole jobs.

use std::cmp::Reverse;

use serde::Serialize;

use super::pools::Pool;
use super::record::{PoolLine, PoolRequest};
use super::select::{Choice, NONE, Parts};
use crate::engine::{Market, RankError, Watch, on_threads};
use crate::prepare::CandidateFacts;

/// One pool at most for each person, and the sets that make them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weeks {
    /// The pools that were chosen, by candidate.
    pub lines: Vec<PoolLine>,
    /// How many people have a pool of their own in the choice.
    pub people: u64,
    /// How many could have one at most, whatever is chosen.
    pub bound: u64,
    /// How many people have any pool at all.
    pub with_pools: u64,
    /// Every set of vacancies that makes a week for somebody.
    pub jobs: Vec<JobLine>,
}

/// Part-time vacancies that together make a whole job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JobLine {
    /// Ids of the vacancies, two or three, in order.
    pub vacancies: Vec<String>,
    /// The labour region of all of them; `None` where they are of several, or not known.
    pub region: Option<String>,
    /// For how many people they make a week.
    pub people: u64,
    /// How many people have them in the choice.
    pub chosen: u64,
}

impl Market {
    /// Pools for many people at once: one for each person at most, no vacancy in more than it has positions, for as many people
    /// as possible, with what no choice can pass; then, for employers, the sets of vacancies that make a week, those for the
    /// most people first.
    ///
    /// The choice does not depend on threads or on the order of the records.
    ///
    /// # Errors
    ///
    /// The watch was stopped, or the index and the plain scorer disagree on a pair.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, PoolRequest, Vacancy, Watch};
    /// let candidate: Candidate = serde_json::from_str(
    ///     r#"{"id":"c1","residence":{"status":"free"},"hours":{"min":16,"max":36},"experience":[{"title":"kok"}]}"#,
    /// )?;
    /// let other = Candidate { id: "c2".into(), ..candidate.clone() };
    /// let vacancy = |id: &str| serde_json::from_str::<Vacancy>(
    ///     &format!(r#"{{"id":"{id}","title":"kok","positions":1,"hours":{{"min":16,"max":16}}}}"#),
    /// );
    /// let market = Engine::default().market(&[candidate, other], &[vacancy("v1")?, vacancy("v2")?], "2026-11-25".parse()?)?;
    /// let weeks = market.weeks(&PoolRequest::default(), &Watch::new())?;
    /// assert_eq!((weeks.with_pools, weeks.people, weeks.bound), (2, 1, 1));
    /// assert_eq!((weeks.jobs[0].people, weeks.jobs[0].chosen), (2, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn weeks(&self, request: &PoolRequest, watch: &Watch) -> Result<Weeks, RankError> {
        on_threads(request.threads, || self.chosen_weeks(request, watch))
    }

    fn chosen_weeks(&self, request: &PoolRequest, watch: &Watch) -> Result<Weeks, RankError> {
        let mut all = self.all_pools(request, watch)?;
        // In an order that owes nothing to names or places in the file.
        all.sort_by_key(|(at, _)| self.candidate(*at).map(|one| (one.id_hash(), one.id())));
        let pools: Vec<Vec<Parts>> =
            all.iter().map(|(_, own)| own.iter().map(|pool| pool.parts).collect()).collect();
        let places: Vec<u32> =
            self.prepared.vacancies.iter().map(|one| u32::from(one.positions)).collect();
        let choice = Choice { pools: &pools, places: &places };
        let chosen = choice.best(|| watch.check())?;
        let taken =
            |(own, at): (&(u32, Vec<Pool>), &Option<usize>)| Some((own.0, *own.1.get((*at)?)?));
        let mut taken: Vec<(u32, Pool)> = all.iter().zip(&chosen.pools).filter_map(taken).collect();
        taken.sort_by_key(|(at, _)| self.candidate(*at).map(CandidateFacts::id));
        let jobs = self.jobs(pools.into_iter().flatten(), taken.iter().map(|(_, pool)| pool.parts));
        let lines = taken.iter().flat_map(|(at, pool)| {
            self.lines_of(*at, std::slice::from_ref(pool)).collect::<Vec<_>>()
        });
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        Ok(Weeks {
            lines: lines.collect(),
            people: count(taken.len()),
            bound: chosen.bound.min(count(all.len())),
            with_pools: count(all.len()),
            jobs,
        })
    }

    /// The sets of vacancies, those for the most people first, then by ids.
    fn jobs(
        &self,
        pools: impl Iterator<Item = Parts>,
        chosen: impl Iterator<Item = Parts>,
    ) -> Vec<JobLine> {
        let mut pools: Vec<Parts> = pools.collect();
        pools.sort_unstable();
        let mut chosen: Vec<Parts> = chosen.collect();
        chosen.sort_unstable();
        let mut jobs: Vec<JobLine> = pools
            .chunk_by(|a, b| a == b)
            .filter_map(|alike| {
                let parts = alike.first()?;
                let from = chosen.partition_point(|other| other < parts);
                let to = chosen.partition_point(|other| other <= parts);
                Some(JobLine {
                    vacancies: self.ids(parts),
                    region: self.region_of(parts),
                    people: u64::try_from(alike.len()).unwrap_or(u64::MAX),
                    chosen: u64::try_from(to - from).unwrap_or(u64::MAX),
                })
            })
            .collect();
        jobs.sort_by(|a, b| {
            (Reverse(a.people), &a.vacancies).cmp(&(Reverse(b.people), &b.vacancies))
        });
        jobs
    }

    /// The labour region in which all of these vacancies are.
    fn region_of(&self, parts: &Parts) -> Option<String> {
        let regions = parts.iter().filter(|part| **part != NONE).map(|part| {
            let municipality = self.vacancy(*part)?.told().municipality?;
            let municipality = self.policy.places().municipality_at(municipality)?;
            Some(municipality.region.1.as_str())
        });
        let mut regions: Vec<Option<&str>> = regions.collect();
        regions.dedup();
        match regions.as_slice() {
            [Some(one)] => Some((*one).to_owned()),
            _ => None,
        }
    }
}
