// SPDX-License-Identifier: EUPL-1.2
//! Lists that do not all send to the same vacancies, for a stated loss of score.

use std::cmp::Reverse;

use serde::Serialize;

use super::{Market, Ranking, Request};
use crate::index::{Best, Scored};

/// How much longer a list has to be than what is chosen from it.
const LONGER: usize = 4;
/// How often every list is chosen again, against what all the others list.
const PASSES: usize = 2;

/// What spreading did to the lists of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Spread {
    /// Vacancies on at least one list, before and after.
    pub listed: [u64; 2],
    /// Lists that the most listed vacancy is on, before and after.
    pub most: [u64; 2],
    /// Pairs on all lists together.
    pub pairs: u64,
    /// Points of score that all lists together lost.
    pub lost: u64,
    /// The most points that one place of a list lost.
    pub largest: u16,
}

impl Request {
    /// The request of lists from which [`Ranking::spread`] chooses: longer ones.
    #[must_use]
    pub const fn to_spread(self) -> Self {
        Self { k: self.k.saturating_mul(LONGER), ..self }
    }
}

impl Ranking {
    /// Lists of `k` chosen from these, so that vacancies are on fewer lists for each of their positions: at each place of a list
    /// stands the pair of the vacancy that is listed least among those that score at most so many points less than the pair that
    /// stood there. So no place loses more than `points`, and with 0 only pairs of equal score change places.
    ///
    /// The lists have to be longer than `k`: those of [`Request::to_spread`]. What is listed least depends on all people, and
    /// not on their order in the file or on threads: everybody chooses in turn, in the order of a hash of the ids, twice. Scores
    /// stay what they are. Lists of vacancies are left alone.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Request, Vacancy, Watch};
    /// let candidate = |id: &str| serde_json::from_str::<Candidate>(
    ///     &format!(r#"{{"id":"{id}","residence":{{"status":"free"}},"experience":[{{"title":"kok","months":36}}]}}"#),
    /// );
    /// let vacancy = |id: &str| serde_json::from_str::<Vacancy>(&format!(r#"{{"id":"{id}","title":"kok"}}"#));
    /// let (people, work) = ([candidate("c1")?, candidate("c2")?], [vacancy("v1")?, vacancy("v2")?]);
    /// let market = Engine::default().market(&people, &work, "2026-11-25".parse()?)?;
    /// let request = Request { k: 1, ..Request::default() };
    /// let (lists, spread) = market.rank(&request.to_spread(), &Watch::new())?.spread(&market, 1, 0);
    /// assert_eq!((lists.len(), spread.most[1], spread.lost), (2, 1, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spread(mut self, market: &Market, k: usize, points: u16) -> (Self, Spread) {
        self.request.k = k;
        let mut exposure = Exposure::new(market);
        let long: Vec<Best> = self.by_candidate.iter_mut().map(|(_, best)| cut(best, k)).collect();
        for (_, best) in &self.by_candidate {
            exposure.add(&best.pairs, 1);
        }
        let (listed, most) = exposure.most();
        let mut turns: Vec<usize> = (0..self.by_candidate.len()).collect();
        turns.sort_by_key(|at| {
            let owner = self.by_candidate.get(*at).map(|(owner, _)| *owner);
            owner.and_then(|one| market.candidate(one)).map(|one| (one.id_hash(), one.id()))
        });
        let mut largest = 0;
        for _ in 0..PASSES {
            largest = 0;
            for at in &turns {
                let lists = self.by_candidate.get_mut(*at).zip(long.get(*at));
                let Some(((_, best), long)) = lists else { continue };
                exposure.add(&best.pairs, -1);
                let (pairs, loss) = chosen(&long.pairs, k, points, &exposure);
                best.pairs = pairs;
                largest = largest.max(loss);
                exposure.add(&best.pairs, 1);
            }
        }
        let sum = |pairs: &[Scored]| pairs.iter().map(|pair| u64::from(pair.score)).sum::<u64>();
        let before = long.iter().map(|best| sum(best.pairs.get(..k).unwrap_or(&best.pairs)));
        let after = self.by_candidate.iter().map(|(_, best)| sum(&best.pairs));
        let lost = before.sum::<u64>().saturating_sub(after.sum());
        let (listed_after, most_after) = exposure.most();
        let pairs = self.by_candidate.iter().map(|(_, best)| best.pairs.len()).sum::<usize>();
        let spread = Spread {
            listed: [listed, listed_after],
            most: [most, most_after],
            pairs: u64::try_from(pairs).unwrap_or(u64::MAX),
            lost,
            largest,
        };
        (self, spread)
    }
}

/// Cuts a list to its best `k` and gives the whole of it.
fn cut(best: &mut Best, k: usize) -> Best {
    let long = best.clone();
    let last = k.checked_sub(1).and_then(|at| long.pairs.get(at)).map(|pair| pair.score);
    if let Some(last) = last
        && long.pairs.last().is_some_and(|pair| pair.score < last)
    {
        let tied = long.pairs.iter().filter(|pair| pair.score == last).count();
        best.tie_group = u32::try_from(tied).unwrap_or(u32::MAX);
    }
    best.pairs.truncate(k);
    long
}

/// The pairs of a list by the rule of places, in the order of the list, and the most points that a place lost.
fn chosen(long: &[Scored], k: usize, points: u16, exposure: &Exposure) -> (Vec<Scored>, u16) {
    let mut taken = vec![false; long.len()];
    for place in long.iter().take(k) {
        let least = place.score.saturating_sub(points);
        let open = long
            .iter()
            .enumerate()
            .filter(|(at, pair)| pair.score >= least && taken.get(*at).is_some_and(|taken| !taken));
        let next =
            open.min_by_key(|(at, pair)| (exposure.of(pair.other), Reverse(pair.score), *at));
        if let Some(taken) = next.and_then(|(at, _)| taken.get_mut(at)) {
            *taken = true;
        }
    }
    let pairs: Vec<Scored> =
        long.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(pair, _)| *pair).collect();
    let losses = long.iter().zip(&pairs).map(|(was, is)| was.score.saturating_sub(is.score));
    let loss = losses.max().unwrap_or(0);
    (pairs, loss)
}

/// On how many lists each vacancy is.
struct Exposure {
    lists: Vec<i64>,
    positions: Vec<i64>,
}

impl Exposure {
    fn new(market: &Market) -> Self {
        let positions = market.prepared.vacancies.iter().map(|one| i64::from(one.positions.max(1)));
        Self { lists: vec![0; market.vacancies()], positions: positions.collect() }
    }

    fn add(&mut self, pairs: &[Scored], number: i64) {
        for pair in pairs {
            if let Some(lists) = self.lists.get_mut(pair.other as usize) {
                *lists += number;
            }
        }
    }

    /// Lists for each position, in thousandths.
    fn of(&self, vacancy: u32) -> i64 {
        let at = vacancy as usize;
        let both = self.lists.get(at).zip(self.positions.get(at));
        both.map_or(0, |(lists, positions)| lists * 1_000 / positions)
    }

    /// How many vacancies are listed, and on how many lists the most listed one is.
    fn most(&self) -> (u64, u64) {
        let listed = self.lists.iter().filter(|lists| **lists > 0).count();
        let most = self.lists.iter().max().copied().unwrap_or(0);
        (u64::try_from(listed).unwrap_or(u64::MAX), u64::try_from(most).unwrap_or(0))
    }
}
