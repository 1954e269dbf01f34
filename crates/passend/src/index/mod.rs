// SPDX-License-Identifier: EUPL-1.2
//! The best k of many pairs, exactly: pair by pair (`plain`), or people side by side (`rank`), with equal results.
//!
//! What people and vacancies have in common is found once (`build`): a gate or criterion is asked for each pair of views
//! that differ, never for each pair of records. For four blocks of 64 people (`band`) the answers become masks (`gates`) and
//! rows (`block`, `coarse`); the vacancies stream past them (`scan`), and a score that reaches a list is kept (`best`). A plan
//! asks for pairs beyond the lists by their price (`price`, `beyond`).

mod asked;
mod band;
mod best;
mod beyond;
mod bits;
mod block;
mod build;
mod coarse;
mod counts;
mod credits;
mod cross;
mod gates;
mod lanes;
mod legal;
mod near;
mod one;
mod open;
mod parts;
mod period;
mod plain;
mod price;
mod rank;
mod scan;
mod shifts;
mod stays;
mod stock;
mod stops;
mod tally;
#[cfg(test)]
mod testing;
mod work;

pub(crate) use best::{Best, Keep, Scored, best, pair_hash};
pub(crate) use beyond::beyond;
pub(crate) use build::Index;
pub(crate) use one::{Part, one};
pub(crate) use open::{Alone, Enough, alone, enough};
pub(crate) use plain::{Horizon, Place, Plain, tie};
pub(crate) use price::{Asker, Bounds, Offer};
pub(crate) use rank::{Asked, Lists, rank};
pub(crate) use stock::Stock;
pub(crate) use tally::{Tally, tallies};

use std::cmp::Ordering;

use crate::prepare::{CandidateFacts, VacancyFacts};

/// People and vacancies.
pub(crate) type Sides<'a> = (&'a [CandidateFacts], &'a [VacancyFacts]);

/// Orders pairs of one owner that have the same score: by hash, and by id only where two hashes are equal.
#[derive(Clone, Copy)]
struct Tie<'a> {
    hash: u64,
    sides: Sides<'a>,
    pair: (u32, u32),
}

impl<'a> Tie<'a> {
    fn new(index: &Index, sides: Sides<'a>, candidate: u32, vacancy: u32) -> Self {
        let of = |hashes: &[u64], at: u32| hashes.get(at as usize).copied().unwrap_or_default();
        let candidate_hash = of(&index.candidate_hashes, candidate);
        let hash = pair_hash(candidate_hash, of(&index.vacancy_hashes, vacancy));
        Self { hash, sides, pair: (candidate, vacancy) }
    }

    fn ids(&self) -> (Option<&str>, Option<&str>) {
        let candidate = self.sides.0.get(self.pair.0 as usize);
        let vacancy = self.sides.1.get(self.pair.1 as usize);
        (candidate.map(CandidateFacts::id), vacancy.map(VacancyFacts::id))
    }
}

impl PartialEq for Tie<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Tie<'_> {}

impl PartialOrd for Tie<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Tie<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.hash.cmp(&other.hash).then_with(|| self.ids().cmp(&other.ids()))
    }
}
