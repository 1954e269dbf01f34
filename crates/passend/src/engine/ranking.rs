// SPDX-License-Identifier: EUPL-1.2
//! The lists: by the index, or pair by pair, in parallel over people or vacancies.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{By, Detail, Market, RankError, Request, Scorer, Stopped, Watch};
use crate::explain::{MatchLine, Memo, Memos, PersonLine, Side};
use crate::gate::Gate;
use crate::index::{
    Asked, Best, Bounds, Horizon, Lists, Place, Scored, Tally, best, beyond, rank, tallies,
};
use crate::model::Day;
use crate::prepare::{CandidateFacts, VacancyFacts};

/// The best pairs, in the order in which they are written: by id of the list's owner, then by rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    pub(super) request: Request,
    pub(super) by_candidate: Vec<(u32, Best)>,
    by_vacancy: Vec<(u32, Best)>,
    people: Vec<(u32, Tally)>,
    later: u64,
    /// Lists are written in an order that says nothing.
    is_neutral: bool,
}

/// Does the work on so many threads of its own. Without a number, or where the system gives no more threads, those of the
/// process do it.
pub(crate) fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = (threads > 0).then(|| rayon::ThreadPoolBuilder::new().num_threads(threads).build());
    match pool {
        Some(Ok(pool)) => pool.install(work),
        _ => work(),
    }
}

impl Ranking {
    pub(super) fn new(
        market: &Market,
        request: &Request,
        watch: &Watch,
    ) -> Result<Self, RankError> {
        on_threads(request.threads, || Self::ranked(market, request, watch))
    }

    /// The list of the only person of a market.
    pub(super) fn of_one(request: &Request, best: Best, later: u64) -> Self {
        let (by_vacancy, people) = (Vec::new(), Vec::new());
        Self {
            request: *request,
            by_candidate: vec![(0, best)],
            by_vacancy,
            people,
            later,
            is_neutral: false,
        }
    }

    fn ranked(market: &Market, request: &Request, watch: &Watch) -> Result<Self, RankError> {
        let mut ranking = Self {
            request: *request,
            by_candidate: Vec::new(),
            by_vacancy: Vec::new(),
            people: Vec::new(),
            later: 0,
            is_neutral: false,
        };
        let lists = listed(market, request, true, watch)?;
        ranking.later = lists.later;
        ranking.by_candidate = lists.by_candidate;
        ranking.by_vacancy = lists.by_vacancy;
        if request.scorer == Scorer::Index {
            ranking.check(market, watch)?;
        }
        let by_id = |at: &u32| market.candidate(*at).map(CandidateFacts::id);
        ranking.by_candidate.par_sort_unstable_by_key(|(at, _)| by_id(at));
        ranking
            .by_vacancy
            .par_sort_unstable_by_key(|(at, _)| market.vacancy(*at).map(VacancyFacts::id));
        if request.people {
            ranking.people = match request.scorer {
                Scorer::Index => counted(market, watch)?,
                Scorer::Plain => counted_pair_by_pair(market, watch)?,
            };
            ranking.people.par_sort_unstable_by_key(|(at, _)| by_id(at));
        }
        Ok(ranking)
    }

    /// Scores every listed pair again by the plain scorer.
    pub(super) fn check(&self, market: &Market, watch: &Watch) -> Result<(), RankError> {
        let agrees = market.checker(&self.request);
        each_listed(&self.by_candidate, watch, &agrees)?;
        if self.by_vacancy.is_empty() {
            return Ok(());
        }
        // A pair that is in the list of the person too was looked at there.
        let mut lists = vec![None; market.candidates()];
        for (owner, best) in &self.by_candidate {
            if let Some(place) = lists.get_mut(*owner as usize) {
                *place = Some(best);
            }
        }
        each_listed(&self.by_vacancy, watch, |owner, other, score| {
            let pair = Scored { score, other: owner };
            let known = lists.get(other as usize).copied().flatten();
            if known.is_some_and(|best| best.pairs.contains(&pair)) {
                return Ok(());
            }
            agrees(other, owner, score)
        })
    }

    /// The pairs of the lists by vacancy: vacancy and candidate.
    pub(crate) fn pairs_by_vacancy(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let lists = self.by_vacancy.iter();
        lists.flat_map(|(owner, best)| best.pairs.iter().map(|pair| (*owner, pair.other)))
    }

    /// The lists by candidate, in order of id: candidate, then vacancy and score of each pair.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (u32, Vec<(u32, u16)>)> + '_ {
        let list = |best: &Best| best.pairs.iter().map(|pair| (pair.other, pair.score)).collect();
        self.by_candidate.iter().map(move |(owner, best)| (*owner, list(best)))
    }

    /// The same lists, each written in an order that says nothing: by the fixed hash of both ids, so that another vacancy is
    /// first for each person. Ranks and scores stay as they are.
    #[must_use]
    pub fn in_neutral_order(self) -> Self {
        Self { is_neutral: true, ..self }
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

    /// The lines, from the market that was ranked: made by the threads of the request, some at once, and given in order.
    pub fn lines<'a>(&'a self, market: &'a Market) -> impl Iterator<Item = MatchLine> + 'a {
        let both = self.request.by == By::Both;
        let detail = self.request.detail;
        let mark = move |side: Side| both.then_some(side);
        let (people, work) = self.untold(market);
        let mut untold = people
            .map(move |line| (line, mark(Side::Candidate)))
            .chain(work.map(move |line| (line, mark(Side::Vacancy))));
        let pool = (self.request.threads > 0)
            .then(|| rayon::ThreadPoolBuilder::new().num_threads(self.request.threads).build().ok())
            .flatten();
        let mut told = Vec::new().into_iter();
        let mut at_once = LEAST_AT_ONCE;
        let memos = Memos::default();
        std::iter::from_fn(move || {
            loop {
                if let Some(line) = told.next() {
                    return Some(line);
                }
                let some: Vec<_> = untold.by_ref().take(at_once).collect();
                if some.is_empty() {
                    return None;
                }
                at_once = (at_once * 2).min(MOST_AT_ONCE);
                let tell = || {
                    let lines = some.par_iter().map_init(
                        || memos.lend(),
                        |memo, (line, by)| line.tell(market, *by, detail, memo),
                    );
                    lines.flatten_iter().collect()
                };
                let lines: Vec<MatchLine> = match &pool {
                    Some(pool) => pool.install(tell),
                    None => tell(),
                };
                told = lines.into_iter();
            }
        })
    }

    /// The candidate, vacancy and rank of each line, in the order of the lines.
    pub(crate) fn ranks<'a>(
        &'a self,
        market: &'a Market,
    ) -> impl Iterator<Item = ((u32, u32), u32)> + 'a {
        let (people, work) = self.untold(market);
        people.chain(work).map(|line| (line.pair, line.rank))
    }

    /// For each line, in the same order, the ids of the rules that decide its gates, those of open gates too.
    pub fn rules<'a>(&'a self, market: &'a Market) -> impl Iterator<Item = Vec<String>> + 'a {
        let (people, work) = self.untold(market);
        people.chain(work).map(|line| {
            let pair = market.candidate(line.pair.0).zip(market.vacancy(line.pair.1));
            let rules = |(candidate, vacancy)| market.teller().rules_of(candidate, vacancy);
            pair.map(rules).unwrap_or_default()
        })
    }

    /// The lines of people, then those of vacancies.
    fn untold<'a>(
        &'a self,
        market: &'a Market,
    ) -> (impl Iterator<Item = Untold> + 'a, impl Iterator<Item = Untold> + 'a) {
        let key = self.is_neutral.then_some(move |pair: (u32, u32)| {
            let (candidate, vacancy) = (market.candidate(pair.0)?, market.vacancy(pair.1)?);
            Some(Market::tie(candidate, vacancy))
        });
        let people = lines_of(&self.by_candidate, |owner, other| (owner, other), key);
        let work = lines_of(&self.by_vacancy, |owner, other| (other, owner), key);
        (people, work)
    }

    /// A line for every person, also without a match; none if people were not asked.
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
        let told = self.people.iter().filter_map(move |(at, tally)| {
            let blocked = Gate::ALL.into_iter().zip(tally.blocked).filter(|(_, count)| *count > 0);
            Some(PersonLine {
                candidate: market.candidate(*at)?.id().to_string(),
                listed: listed.get(at).copied().unwrap_or_default(),
                now: tally.now,
                later: tally.later,
                unknown: tally.unknown,
                closed: tally.closed,
                blocked_by: blocked.collect(),
                left_out: market.without.pairs_of(*at),
            })
        });
        let mut out =
            self.request.people.then(|| market.without.out()).into_iter().flatten().peekable();
        let mut told = told.peekable();
        std::iter::from_fn(move || {
            let is_out_first = match (out.peek(), told.peek()) {
                (Some(out), Some(told)) => out.candidate < told.candidate,
                (out, _) => out.is_some(),
            };
            if is_out_first { out.next() } else { told.next() }
        })
    }
}

impl Market {
    /// The lists of people by their number: candidate, then vacancy and score of each pair. They are not checked by the plain
    /// scorer, which is for whoever chooses pairs from them to do, for those alone; nor are pairs counted that open later.
    pub(crate) fn unchecked_lists(
        &self,
        request: &Request,
        watch: &Watch,
    ) -> Result<Vec<(u32, Vec<Scored>)>, Stopped> {
        let lists = listed(self, request, false, watch)?.by_candidate.into_iter();
        let mut lists: Vec<_> = lists.map(|(owner, best)| (owner, best.pairs)).collect();
        lists.sort_unstable_by_key(|(owner, _)| *owner);
        Ok(lists)
    }

    /// For each candidate the k pairs whose score is most above what both sides have, with by how much.
    pub(crate) fn beyond(
        &self,
        request: &Request,
        bounds: &Bounds,
        k: usize,
        watch: &Watch,
    ) -> Result<Vec<(u32, Best)>, Stopped> {
        watch.begin(self.candidates());
        let index = self.index(watch)?;
        let horizon = horizon(self, request);
        let longer = self.without.longer(&Request { k, ..*request });
        let mut found =
            beyond(self.plain(), index, self.sides(), horizon, bounds, longer, |people| {
                watch.steps(people)
            })?;
        for (candidate, best) in &mut found {
            best.pairs.retain(|pair| !self.without.has(*candidate, pair.other));
            best.pairs.truncate(k);
        }
        Ok(found)
    }

    /// Whether a pair is open by the day that is asked.
    pub(crate) fn is_listed(&self, candidate: u32, vacancy: u32, request: &Request) -> bool {
        let pair = self.candidate(candidate).zip(self.vacancy(vacancy));
        pair.is_some_and(|(candidate, vacancy)| {
            horizon(self, request).place(&self.verdict(candidate, vacancy)) == Place::Listed
        })
    }

    /// Asks the plain scorer whether a pair that the index found is listed with this score: candidate, vacancy, score.
    pub(crate) fn checker(
        &self,
        request: &Request,
    ) -> impl Fn(u32, u32, u16) -> Result<(), RankError> + Sync + '_ {
        let (plain, horizon) = (self.plain(), horizon(self, request));
        move |candidate, vacancy, score| {
            let pair = self.candidate(candidate).zip(self.vacancy(vacancy));
            let Some((candidate, vacancy)) = pair else { return Ok(()) };
            let same = plain.score(candidate, vacancy).now == score
                && horizon.place(&plain.verdict(candidate, vacancy)) == Place::Listed;
            if same {
                return Ok(());
            }
            Err(RankError::Disagreement {
                candidate: candidate.id().to_string(),
                vacancy: vacancy.id().to_string(),
            })
        }
    }
}

/// Lists that are checked together: those next to each other list the same, which is then in the cache.
const CHECKED_TOGETHER: usize = 256;

/// Pairs that are checked between two looks at the watch.
const CHECKED_AT_ONCE: usize = 1_024;

/// Hands every listed pair to `check`: owner, other, score.
fn each_listed(
    lists: &[(u32, Best)],
    watch: &Watch,
    check: impl Fn(u32, u32, u16) -> Result<(), RankError> + Sync,
) -> Result<(), RankError> {
    let together = |lists: &[(u32, Best)]| {
        let pairs = lists.iter().flat_map(|(owner, best)| {
            best.pairs.iter().map(|pair| (pair.other, *owner, pair.score))
        });
        let mut pairs: Vec<_> = pairs.collect();
        pairs.sort_unstable();
        pairs.chunks(CHECKED_AT_ONCE).try_for_each(|pairs| {
            watch.check()?;
            pairs.iter().try_for_each(|(other, owner, score)| check(*owner, *other, *score))
        })
    };
    // Few lists are not worth waking another thread.
    if lists.len() <= CHECKED_TOGETHER {
        return together(lists);
    }
    lists.par_chunks(CHECKED_TOGETHER).try_for_each(together)
}

/// Pairs of one person that a thread looks at before it lets another help.
const AT_ONCE: usize = 2_048;

/// Lines that are told side by side: few first, since somebody may want one; never so many that they fill the memory.
const LEAST_AT_ONCE: usize = 64;
const MOST_AT_ONCE: usize = 2_048;

/// A line that is not told yet.
struct Untold {
    pair: (u32, u32),
    rank: u32,
    tie_group: u32,
}

impl Untold {
    fn tell(
        &self,
        market: &Market,
        by: Option<Side>,
        detail: Detail,
        memo: &Memo,
    ) -> Option<MatchLine> {
        market.line(by, self.pair, self.rank, self.tie_group, detail, memo)
    }
}

/// The lines of lists, each by rank, or by a key.
fn lines_of<K: Ord>(
    lists: &[(u32, Best)],
    pair: impl Fn(u32, u32) -> (u32, u32) + Copy,
    key: Option<impl Fn((u32, u32)) -> K + Copy>,
) -> impl Iterator<Item = Untold> {
    lists.iter().flat_map(move |(owner, best)| {
        let untold = (1..).zip(&best.pairs).map(move |(rank, one)| Untold {
            pair: pair(*owner, one.other),
            rank,
            tie_group: best.tie_group,
        });
        let mut list: Vec<Untold> = untold.collect();
        if let Some(key) = key {
            list.sort_by_cached_key(|line| key(line.pair));
        }
        list
    })
}

pub(super) fn horizon(market: &Market, request: &Request) -> Horizon {
    horizon_of(market.as_of(), request)
}

pub(super) fn horizon_of(as_of: Day, request: &Request) -> Horizon {
    Horizon { last_day: request.when.last_day(as_of), sure: request.sure, steps: true }
}

/// The lists, without what a market leaves out.
fn listed(
    market: &Market,
    request: &Request,
    later: bool,
    watch: &Watch,
) -> Result<Lists, Stopped> {
    // Longer by the pairs that are left out, so that enough are left.
    let longer = Request { k: market.without.longer(request), ..*request };
    let mut lists = match request.scorer {
        Scorer::Index => by_index(market, &longer, later, watch)?,
        Scorer::Plain => pair_by_pair(market, &longer, watch)?,
    };
    market.without.strip(market, request, longer.k, &mut lists);
    Ok(lists)
}

fn by_index(
    market: &Market,
    request: &Request,
    later: bool,
    watch: &Watch,
) -> Result<Lists, Stopped> {
    let tallies = usize::from(request.people) * market.candidates();
    watch.begin(market.candidates() + tallies);
    watch.check()?;
    let asked = Asked {
        horizon: horizon(market, request),
        k: request.k,
        people: request.by != By::Vacancy,
        vacancies: request.by != By::Candidate,
        later,
    };
    let index = market.index(watch)?;
    rank(market.plain(), index, market.sides(), asked, |people| watch.steps(people))
}

fn pair_by_pair(market: &Market, request: &Request, watch: &Watch) -> Result<Lists, Stopped> {
    let (people, work) = (request.by != By::Vacancy, request.by != By::Candidate);
    let lists = usize::from(people) + usize::from(request.people);
    watch.begin(lists * market.candidates() + usize::from(work) * market.vacancies());
    watch.check()?;
    let mut result = Lists::default();
    if people {
        let lists = numbers(market.candidates()).into_par_iter().map(|at| {
            watch.step()?;
            Ok((at, of_candidate(market, request, at)))
        });
        let lists: Vec<_> = lists.collect::<Result<_, Stopped>>()?;
        result.later = lists.iter().map(|(_, (_, beyond))| beyond).sum();
        result.by_candidate = lists.into_iter().map(|(at, (best, _))| (at, best)).collect();
    }
    if work {
        let lists = numbers(market.vacancies()).into_par_iter().map(|at| {
            watch.step()?;
            Ok((at, of_vacancy(market, request, at)))
        });
        let lists: Vec<_> = lists.collect::<Result<_, Stopped>>()?;
        result.later = lists.iter().map(|(_, (_, beyond))| beyond).sum();
        result.by_vacancy = lists.into_iter().map(|(at, (best, _))| (at, best)).collect();
    }
    Ok(result)
}

fn of_candidate(market: &Market, request: &Request, at: u32) -> (Best, u64) {
    let Some(candidate) = market.candidate(at) else { return (Best::default(), 0) };
    let (plain, horizon) = (market.plain(), horizon(market, request));
    // For one person the vacancies are shared among the threads.
    let vacancies = market.prepared.vacancies.par_iter().enumerate().with_min_len(AT_ONCE);
    let pairs = vacancies.fold(Pairs::default, |mut pairs, (other, vacancy)| {
        let place = horizon.place(&plain.verdict(candidate, vacancy));
        let other = u32::try_from(other).unwrap_or(u32::MAX);
        pairs.add(place, other, || plain.score(candidate, vacancy).now);
        pairs
    });
    let pairs = pairs.reduce(Pairs::default, Pairs::with);
    let key =
        |pair: Scored| market.vacancy(pair.other).map(|vacancy| Market::tie(candidate, vacancy));
    (best(pairs.listed, request.k, key), pairs.later)
}

fn of_vacancy(market: &Market, request: &Request, at: u32) -> (Best, u64) {
    let Some(vacancy) = market.vacancy(at) else { return (Best::default(), 0) };
    let (plain, horizon) = (market.plain(), horizon(market, request));
    let mut pairs = Pairs::default();
    for (other, candidate) in (0..).zip(&market.prepared.candidates) {
        let place = horizon.place(&plain.verdict(candidate, vacancy));
        pairs.add(place, other, || plain.score(candidate, vacancy).now);
    }
    let key = |pair: Scored| {
        market.candidate(pair.other).map(|candidate| Market::tie(candidate, vacancy))
    };
    (best(pairs.listed, request.k, key), pairs.later)
}

/// The pairs of one owner: those that may be listed, and how many open only after the day asked.
#[derive(Default)]
struct Pairs {
    listed: Vec<Scored>,
    later: u64,
}

impl Pairs {
    /// A score of 0 is never listed, nor counted.
    fn add(&mut self, place: Place, other: u32, score: impl FnOnce() -> u16) {
        let score = if place == Place::Nowhere { 0 } else { score() };
        match place {
            Place::Listed if score > 0 => self.listed.push(Scored { score, other }),
            Place::Later if score > 0 => self.later += 1,
            _ => {}
        }
    }

    /// These, and those of another part.
    fn with(mut self, mut other: Self) -> Self {
        if self.listed.len() < other.listed.len() {
            std::mem::swap(&mut self.listed, &mut other.listed);
        }
        self.listed.append(&mut other.listed);
        self.later += other.later;
        self
    }
}

fn counted(market: &Market, watch: &Watch) -> Result<Vec<(u32, Tally)>, Stopped> {
    let index = market.index(watch)?;
    let counted = tallies(market.plain(), index, market.sides(), |people| watch.steps(people))?;
    counted.map_or_else(|| counted_pair_by_pair(market, watch), Ok)
}

fn counted_pair_by_pair(market: &Market, watch: &Watch) -> Result<Vec<(u32, Tally)>, Stopped> {
    let tallies = numbers(market.candidates()).into_par_iter().map(|at| {
        watch.step()?;
        Ok((at, tally(market, at)))
    });
    tallies.collect()
}

/// What the gates make of all vacancies for one person.
fn tally(market: &Market, at: u32) -> Tally {
    let mut tally = Tally::default();
    let Some(candidate) = market.candidate(at) else { return tally };
    for vacancy in market.prepared.vacancies.iter() {
        tally.add(&market.plain().verdict(candidate, vacancy));
    }
    tally
}

fn numbers(count: usize) -> std::ops::Range<u32> {
    0..u32::try_from(count).unwrap_or(u32::MAX)
}
