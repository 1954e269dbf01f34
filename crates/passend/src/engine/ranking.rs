// SPDX-License-Identifier: EUPL-1.2
//! The lists: every pair judged and scored by the plain scorer, in parallel over people or vacancies.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{By, Detail, Market, Request, Stopped, Watch};
use crate::explain::{MatchLine, PersonLine, Side};
use crate::gate::{Gate, ReadinessClass, Verdict};
use crate::index::{Best, Scored, best};
use crate::model::Day;

/// The best pairs, in the order in which they are written: by id of the list's owner, then by rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    request: Request,
    by_candidate: Vec<(u32, Best)>,
    by_vacancy: Vec<(u32, Best)>,
    people: Vec<(u32, Tally)>,
    later: u64,
}

/// What the gates make of all vacancies for one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Tally {
    now: u32,
    later: u32,
    unknown: u32,
    closed: u32,
    blocked: [u32; 13],
    /// Pairs that could be listed but open after the horizon.
    beyond: u64,
}

impl Tally {
    fn add(&mut self, verdict: &Verdict, beyond: bool) {
        match verdict.class {
            ReadinessClass::Now => self.now += 1,
            ReadinessClass::On | ReadinessClass::After => self.later += 1,
            ReadinessClass::Unknown => self.unknown += 1,
            ReadinessClass::Closed => self.closed += 1,
        }
        for (bit, count) in (0u16..).zip(&mut self.blocked) {
            *count += u32::from(verdict.blocked >> bit & 1);
        }
        self.beyond += u64::from(beyond);
    }
}

impl Ranking {
    pub(super) fn new(market: &Market, request: &Request, watch: &Watch) -> Result<Self, Stopped> {
        if request.threads > 0
            && let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(request.threads).build()
        {
            return pool.install(|| Self::ranked(market, request, watch));
        }
        // Without a number, or where the system gives no more threads, those of the process do the work.
        Self::ranked(market, request, watch)
    }

    fn ranked(market: &Market, request: &Request, watch: &Watch) -> Result<Self, Stopped> {
        let (people, work) =
            (request.by != By::Vacancy || request.people, request.by != By::Candidate);
        watch.begin(
            usize::from(people) * market.candidates() + usize::from(work) * market.vacancies(),
        );
        watch.check()?;
        let mut ranking = Self {
            request: *request,
            by_candidate: Vec::new(),
            by_vacancy: Vec::new(),
            people: Vec::new(),
            later: 0,
        };
        if people {
            let lists = numbers(market.candidates()).into_par_iter().map(|at| {
                watch.step()?;
                Ok((at, of_candidate(market, request, at)))
            });
            let mut lists: Vec<_> = lists.collect::<Result<_, Stopped>>()?;
            lists.sort_by_key(|(at, _)| market.candidate(*at).map(|one| &*one.id));
            ranking.later = lists.iter().map(|(_, (_, tally))| tally.beyond).sum();
            for (at, (best, tally)) in lists {
                ranking.people.push((at, tally));
                if request.by != By::Vacancy {
                    ranking.by_candidate.push((at, best));
                }
            }
        }
        if work {
            let lists = numbers(market.vacancies()).into_par_iter().map(|at| {
                watch.step()?;
                Ok((at, of_vacancy(market, request, at)))
            });
            let mut lists: Vec<_> = lists.collect::<Result<_, Stopped>>()?;
            lists.sort_by_key(|(at, _)| market.vacancy(*at).map(|one| &*one.id));
            if !people {
                ranking.later = lists.iter().map(|(_, (_, beyond))| beyond).sum();
            }
            ranking.by_vacancy = lists.into_iter().map(|(at, (best, _))| (at, best)).collect();
        }
        Ok(ranking)
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.by_candidate.iter().chain(&self.by_vacancy).map(|(_, best)| best.pairs.len()).sum()
    }

    /// Whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many pairs are not listed because they open only after the day asked.
    pub const fn later(&self) -> u64 {
        self.later
    }

    /// The lines, made one by one from the market that was ranked.
    pub fn lines<'a>(&'a self, market: &'a Market) -> impl Iterator<Item = MatchLine> + 'a {
        let both = self.request.by == By::Both;
        let detail = self.request.detail;
        let people = lines_of(&self.by_candidate, |owner, other| (owner, other));
        let work = lines_of(&self.by_vacancy, |owner, other| (other, owner));
        let people = people
            .filter_map(move |line| line.tell(market, both.then_some(Side::Candidate), detail));
        people.chain(
            work.filter_map(move |line| line.tell(market, both.then_some(Side::Vacancy), detail)),
        )
    }

    /// A line for every person, also without a match; none if lists are by vacancy and people were not asked.
    pub fn people<'a>(&'a self, market: &'a Market) -> impl Iterator<Item = PersonLine> + 'a {
        let mut listed: BTreeMap<u32, u32> = BTreeMap::new();
        for (owner, best) in &self.by_candidate {
            *listed.entry(*owner).or_default() +=
                u32::try_from(best.pairs.len()).unwrap_or(u32::MAX);
        }
        if self.request.by == By::Vacancy {
            for pair in self.by_vacancy.iter().flat_map(|(_, best)| &best.pairs) {
                *listed.entry(pair.other).or_default() += 1;
            }
        }
        self.people.iter().filter_map(move |(at, tally)| {
            let blocked = Gate::ALL.into_iter().zip(tally.blocked).filter(|(_, count)| *count > 0);
            Some(PersonLine {
                candidate: market.candidate(*at)?.id.to_string(),
                listed: listed.get(at).copied().unwrap_or_default(),
                now: tally.now,
                later: tally.later,
                unknown: tally.unknown,
                closed: tally.closed,
                blocked_by: blocked.collect(),
            })
        })
    }
}

/// A line that is not told yet.
struct Untold {
    pair: (u32, u32),
    rank: u32,
    tie_group: u32,
}

impl Untold {
    fn tell(&self, market: &Market, by: Option<Side>, detail: Detail) -> Option<MatchLine> {
        market.line(by, self.pair, self.rank, self.tie_group, detail)
    }
}

fn lines_of(
    lists: &[(u32, Best)],
    pair: impl Fn(u32, u32) -> (u32, u32) + Copy,
) -> impl Iterator<Item = Untold> {
    lists.iter().flat_map(move |(owner, best)| {
        (1..).zip(&best.pairs).map(move |(rank, one)| Untold {
            pair: pair(*owner, one.other),
            rank,
            tie_group: best.tie_group,
        })
    })
}

fn of_candidate(market: &Market, request: &Request, at: u32) -> (Best, Tally) {
    let mut tally = Tally::default();
    let Some(candidate) = market.candidate(at) else { return (Best::default(), tally) };
    let last_day = request.when.last_day(market.as_of());
    let mut pairs = Vec::new();
    for (other, vacancy) in (0..).zip(&market.prepared.vacancies) {
        let verdict = market.verdict(candidate, vacancy);
        let place = place(&verdict, last_day, request.sure);
        let score = if place == Place::Nowhere { 0 } else { market.score(candidate, vacancy).now };
        tally.add(&verdict, place == Place::Later && score > 0);
        if place == Place::Listed && score > 0 {
            pairs.push(Scored { score, other });
        }
    }
    (
        best(pairs, request.k, |pair| {
            market.vacancy(pair.other).map(|vacancy| Market::tie(candidate, vacancy))
        }),
        tally,
    )
}

fn of_vacancy(market: &Market, request: &Request, at: u32) -> (Best, u64) {
    let Some(vacancy) = market.vacancy(at) else { return (Best::default(), 0) };
    let last_day = request.when.last_day(market.as_of());
    let mut beyond = 0;
    let mut pairs = Vec::new();
    for (other, candidate) in (0..).zip(&market.prepared.candidates) {
        let place = place(&market.verdict(candidate, vacancy), last_day, request.sure);
        let score = if place == Place::Nowhere { 0 } else { market.score(candidate, vacancy).now };
        match place {
            Place::Listed if score > 0 => pairs.push(Scored { score, other }),
            Place::Later if score > 0 => beyond += 1,
            _ => {}
        }
    }
    (
        best(pairs, request.k, |pair| {
            market.candidate(pair.other).map(|candidate| Market::tie(candidate, vacancy))
        }),
        beyond,
    )
}

/// Where a pair may stand, before its score is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Listed,
    /// It opens after the day asked.
    Later,
    Nowhere,
}

fn place(verdict: &Verdict, last_day: Option<Day>, sure: bool) -> Place {
    match verdict.class {
        ReadinessClass::Closed => Place::Nowhere,
        ReadinessClass::Unknown if sure => Place::Nowhere,
        _ if last_day.is_none_or(|last| verdict.day <= last) => Place::Listed,
        _ => Place::Later,
    }
}

fn numbers(count: usize) -> std::ops::Range<u32> {
    0..u32::try_from(count).unwrap_or(u32::MAX)
}
