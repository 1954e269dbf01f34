// SPDX-License-Identifier: EUPL-1.2
//! Part-time vacancies that together make a full week for one person.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::record::{PoolLine, PoolRequest};
use super::select::{NONE, Parts};
use crate::engine::{By, Detail, Market, RankError, Request, Stopped, Watch, on_threads};
use crate::gate::{Finding, FindingKind, Gate, Step, judge};
use crate::model::Hundredths;
use crate::policy::Area;
use crate::prepare::{CandidateFacts, Span, VacancyFacts, minutes_of_overlap, way};

/// A full week, in hundredths of an hour: from 28 hours, and never above 40.
const LEAST_HOURS: u32 = 28_00;
const MOST_HOURS: u32 = 40_00;

impl Market {
    /// For each person the pools: two or three vacancies of the person's list that together make a full week of 28 to 40
    /// hours and none of which could be left out.
    ///
    /// The parts fit together: their working times do not overlap, leave lessons free, and leave time to travel from one
    /// to the next on the same day; their periods meet; none is kept out of pools by its employer. Times that a vacancy
    /// leaves out are no clash. Sorted by candidate, then by the sum of the scores, the highest first, then by ids.
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
    /// let vacancy = |id: &str, hours: u32| serde_json::from_str::<Vacancy>(
    ///     &format!(r#"{{"id":"{id}","title":"kok","hours":{{"min":{hours},"max":{hours}}}}}"#),
    /// );
    /// let vacancies = [vacancy("v1", 16)?, vacancy("v2", 16)?, vacancy("v3", 8)?];
    /// let market = Engine::default().market(&[candidate], &vacancies, "2026-11-25".parse()?)?;
    /// let pools = market.pools(&PoolRequest::default(), &Watch::new())?;
    /// assert_eq!((pools.len(), &pools[0].vacancies[..]), (1, &["v1".to_owned(), "v2".to_owned()][..]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pools(&self, request: &PoolRequest, watch: &Watch) -> Result<Vec<PoolLine>, RankError> {
        on_threads(request.threads, || self.pooled(request, watch))
    }

    fn pooled(&self, request: &PoolRequest, watch: &Watch) -> Result<Vec<PoolLine>, RankError> {
        let pools = self.all_pools(request, watch)?;
        Ok(pools.par_iter().flat_map_iter(|(at, pools)| self.lines_of(*at, pools)).collect())
    }

    /// The lines of a person's pools.
    pub(super) fn lines_of<'a>(
        &'a self,
        candidate: u32,
        pools: &'a [Pool],
    ) -> impl Iterator<Item = PoolLine> + 'a {
        let id = self.candidate(candidate).map_or_else(String::new, |one| one.id().to_string());
        pools.iter().map(move |pool| PoolLine {
            candidate: id.clone(),
            vacancies: self.ids(&pool.parts),
            hours: Hundredths::new(pool.hours),
            permits: pool.permits,
            score: pool.score,
        })
    }

    /// The ids of the parts, in order.
    pub(super) fn ids(&self, parts: &Parts) -> Vec<String> {
        let named = parts.iter().filter_map(|part| self.vacancy(*part));
        let mut ids: Vec<String> = named.map(|one| one.id().to_string()).collect();
        ids.sort();
        ids
    }

    /// The pools of each person who has one, by candidate, the best first.
    pub(super) fn all_pools(
        &self,
        request: &PoolRequest,
        watch: &Watch,
    ) -> Result<Vec<(u32, Vec<Pool>)>, RankError> {
        let lists = Request {
            k: request.top,
            by: By::Candidate,
            when: request.when,
            sure: request.sure,
            detail: Detail::Brief,
            ..Request::default()
        };
        let ranking = self.rank(&lists, watch)?;
        let people: Vec<(u32, Vec<(u32, u16)>)> = ranking.lists().collect();
        let pools = people.into_par_iter().map(|(candidate, list)| {
            watch.check()?;
            let person = self.candidate(candidate);
            Ok((candidate, person.map(|person| self.pools_of(person, &list)).unwrap_or_default()))
        });
        let mut pools: Vec<(u32, Vec<Pool>)> = pools.collect::<Result<_, Stopped>>()?;
        pools.retain(|(_, own)| !own.is_empty());
        Ok(pools)
    }

    fn pools_of(&self, person: &CandidateFacts, list: &[(u32, u16)]) -> Vec<Pool> {
        let most = person.practical.hours.max.map_or(MOST_HOURS, |max| max.get().min(MOST_HOURS));
        let least =
            person.practical.hours.min.map_or(LEAST_HOURS, |min| min.get().max(LEAST_HOURS));
        // Who can work less than a full week has none.
        if most < least {
            return Vec::new();
        }
        let mut parts: Vec<Part<'_>> = list
            .iter()
            .filter_map(|(vacancy, score)| self.part(person, *vacancy, *score, least, most))
            .collect();
        // By id, so that the parts of a pool are in that order and pools of one score too.
        parts.sort_unstable_by_key(|part| part.vacancy.id());
        let fits = |some: &Part<'_>, other: &Part<'_>| self.go_together(person, some, other);
        let mut pools = Vec::new();
        for (at, first) in parts.iter().enumerate() {
            let after = parts.get(at + 1..).unwrap_or_default();
            for (next, second) in after.iter().enumerate() {
                if first.least + second.least > most || !fits(first, second) {
                    continue;
                }
                if first.most + second.most >= least {
                    pools.push(pool(&[first, second], most));
                    // With a third, one of them could be left out.
                    continue;
                }
                for third in after.get(next + 1..).unwrap_or_default() {
                    let hours = first.most + second.most + third.most;
                    let is_needed =
                        first.most + third.most < least && second.most + third.most < least;
                    if hours >= least
                        && is_needed
                        && first.least + second.least + third.least <= most
                        && fits(first, third)
                        && fits(second, third)
                    {
                        pools.push(pool(&[first, second, third], most));
                    }
                }
            }
        }
        // What is found first comes first among equal scores: by ids.
        pools.sort_by_key(|pool| Reverse(pool.score));
        pools
    }

    /// A vacancy as a part of a week; `None` where it fills the week alone, says no hours, clashes with lessons, or is kept
    /// out of pools.
    fn part(
        &self,
        person: &CandidateFacts,
        vacancy: u32,
        score: u16,
        full: u32,
        most_hours: u32,
    ) -> Option<Part<'_>> {
        let number = vacancy;
        let vacancy = self.vacancy(vacancy)?;
        let (min, max) = (vacancy.hours.min, vacancy.hours.max);
        let most = max.or(min)?.get();
        let least = min.map_or(0, Hundredths::get);
        if vacancy.combinable == Some(false) || most >= full || least > most_hours || most == 0 {
            return None;
        }
        let (mut fits, mut permit) = (true, false);
        judge(self.on_day(), person, vacancy, |finding: &Finding| {
            fits &= finding.gate != Gate::WorkingTime || finding.kind != FindingKind::Needs;
            let mut steps = finding.steps.iter().flatten();
            permit |=
                finding.gate == Gate::WorkAuthorisation && steps.any(|step| self.is_permit(*step));
        });
        fits.then_some(Part { number, vacancy, score, least, most, permit })
    }

    /// Whether a step is the request of a TWV, by the employer or an agency.
    fn is_permit(&self, step: Step) -> bool {
        step.id(&self.policy, &self.prepared.words).starts_with("twv")
    }

    /// Whether one person can do both: periods that meet, times that do not clash, time to get from one to the other.
    fn go_together(&self, person: &CandidateFacts, some: &Part<'_>, other: &Part<'_>) -> bool {
        let (one, two) = (some.vacancy.period(), other.vacancy.period());
        let ends_before = |end: Option<_>, start: Option<_>| matches!((end, start), (Some(end), Some(start)) if end < start);
        if ends_before(one.ends, two.starts) || ends_before(two.ends, one.starts) {
            return false;
        }
        let (Some(shifts), Some(others)) = (some.vacancy.shifts(), other.vacancy.shifts()) else {
            return true;
        };
        if minutes_of_overlap(shifts, others) > 0 {
            return false;
        }
        let minutes = self.minutes_between(person, place_of(some.vacancy), place_of(other.vacancy));
        let room = |before: Span, after: Span| {
            before.minutes_until(after).is_none_or(|gap| gap >= minutes)
        };
        shifts.iter().all(|one| others.iter().all(|two| room(*one, *two) && room(*two, *one)))
    }

    /// The least time that the person needs between two places, at the speed of the person's fastest means of travel.
    fn minutes_between(
        &self,
        person: &CandidateFacts,
        from: Option<Area>,
        to: Option<Area>,
    ) -> u32 {
        let (Some(from), Some(to)) = (from, to) else { return 0 };
        let way = way(from, to, self.policy.detour_percent());
        way.least.checked_div(person.practical.metres_per_minute).unwrap_or_default()
    }
}

/// Two or three vacancies that one person can do together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pool {
    /// By id, the third perhaps none.
    pub(super) parts: Parts,
    /// In hundredths.
    hours: u32,
    permits: u8,
    score: u32,
}

struct Part<'a> {
    number: u32,
    vacancy: &'a VacancyFacts,
    score: u16,
    /// Hours in hundredths.
    least: u32,
    most: u32,
    /// The person needs a TWV for it.
    permit: bool,
}

fn place_of(vacancy: &VacancyFacts) -> Option<Area> {
    if vacancy.remote { None } else { vacancy.area }
}

fn pool(parts: &[&Part<'_>], most: u32) -> Pool {
    let hours: u32 = parts.iter().map(|part| part.most).sum();
    let score = parts.iter().map(|part| u32::from(part.score)).sum();
    // The TWV of one agency or pool can cover several hirers; every other employer asks for its own.
    let own = parts.iter().filter(|part| part.permit && !part.vacancy.work.agency).count();
    let shared = parts.iter().any(|part| part.permit && part.vacancy.work.agency);
    let number = |at: usize| parts.get(at).map_or(NONE, |part| part.number);
    Pool {
        parts: [number(0), number(1), number(2)],
        hours: hours.min(most),
        permits: u8::try_from(own + usize::from(shared)).unwrap_or(u8::MAX),
        score,
    }
}
