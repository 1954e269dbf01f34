// SPDX-License-Identifier: EUPL-1.2
//! The pairs that an assignment over lists would have wanted: those whose score is above what both sides gain without it.

use rayon::prelude::*;

use super::block::{Asks, Block};
use super::lanes::{FromZero, LANES};
use super::scan::{Prices, Scan, scan};
use super::{Best, Horizon, Index, Plain, Sides, Tie};

/// What a score must exceed: the gain of the person and the price of the vacancy, together.
///
/// Both are kept as 16 bits from 0, with the gain of nothing in the middle; what lies outside is nearest to it on the side
/// that finds too many pairs, never too few.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    /// By candidate.
    people: Vec<Gain>,
    /// By vacancy.
    prices: Vec<u16>,
}

#[derive(Debug, Clone, Copy)]
struct Gain {
    has: u16,
    /// One more than the highest price beside which it could be more.
    pays: u16,
}

impl Gain {
    const LEFT_OUT: Self = Self { has: u16::MAX, pays: 0 };
}

/// Nothing gained, on one side.
const NOTHING: i64 = 1 << 14;

/// Nothing gained on both sides, less the one point by which a score is above it.
pub(super) const BOTH: u16 = (1 << 15) - 1;

impl Bounds {
    /// Bounds by candidate and by vacancy; none for who is left out. Of a candidate also the highest score that is left to be
    /// found.
    pub(crate) fn new(people: &[Option<(i64, u32)>], prices: &[Option<i64>]) -> Self {
        let gain = |one: &Option<(i64, u32)>| {
            one.map_or(Gain::LEFT_OUT, |(has, most)| {
                let pays = (i64::from(most) - has).saturating_add(NOTHING).max(0);
                let pays = u16::try_from(pays).unwrap_or(u16::MAX).min(u16::MAX - 1) + 1;
                Gain { has: kept(has), pays }
            })
        };
        Self {
            people: people.iter().map(gain).collect(),
            prices: prices.iter().map(|one| one.map_or(u16::MAX, kept)).collect(),
        }
    }

    /// A bound below every other: whatever has a score is above it.
    pub(crate) const LEAST: i64 = i64::MIN;
}

fn kept(bound: i64) -> u16 {
    // The most that is kept is never more than was given; what is too little to be kept counts as less than everything.
    if bound < 1 - NOTHING {
        return 0;
    }
    u16::try_from((bound + NOTHING).min(2 * NOTHING - 1)).unwrap_or(0)
}

/// For each candidate the k pairs whose score is most above the bounds, by candidate; who has none is left out. The score
/// of these pairs is by how much it is above.
pub(crate) fn beyond<E: Send>(
    plain: Plain<'_>,
    index: &Index,
    sides: Sides<'_>,
    horizon: Horizon,
    bounds: &Bounds,
    k: usize,
    step: impl Fn(usize) -> Result<(), E> + Sync,
) -> Result<Vec<(u32, Best)>, E> {
    let asks = Asks { later: false, ..Asks::new(plain, sides.0, horizon, k) };
    let stopped = || step(0).is_err();
    let price = |vacancy: u32| bounds.prices.get(vacancy as usize).copied().unwrap_or(u16::MAX);
    let least = index.groups.iter().map(|group| {
        let own = index.asked.get(group.first as usize..group.end as usize).unwrap_or_default();
        own.iter().map(|asked| price(asked.vacancy)).min().unwrap_or(u16::MAX)
    });
    let least: Vec<u16> = least.collect();
    let scanning = Scan {
        plain,
        index,
        sides,
        horizon,
        dates: asks.dates,
        k,
        people: true,
        later: false,
        prices: Some(Prices { of: &bounds.prices, least: &least }),
        stopped: &stopped,
    };
    let gain =
        |member: &u32| bounds.people.get(*member as usize).copied().unwrap_or(Gain::LEFT_OUT);
    // Who is left out, or could not gain at any price, takes no lane.
    let cheapest = least.iter().copied().min().unwrap_or(u16::MAX);
    let asked = index.people.iter().copied().filter(|member| gain(member).pays > cheapest);
    let asked: Vec<u32> = asked.collect();
    step(index.people.len() - asked.len())?;
    let blocks: Vec<&[u32]> = asked.chunks(LANES).collect();
    let found = blocks.par_iter().map_init(Block::default, |block, members| {
        step(0)?;
        block.fill(plain, index, sides, asks, members, &stopped);
        block.pays = FromZero([0; LANES]);
        let lanes = block.floors.0.iter_mut().zip(&mut block.pays.0);
        for ((floor, pays), member) in lanes.zip(&block.members) {
            Gain { has: *floor, pays: *pays } = gain(member);
        }
        block.pays_most = block.pays.0.into_iter().max().unwrap_or_default();
        for (threshold, floor) in block.thresholds.0.iter_mut().zip(&block.floors.0) {
            // A lane without a person stays as it is: nothing reaches it.
            *threshold = if *threshold == u16::MAX { u16::MAX } else { *floor };
        }
        scan(scanning, block, (0, index.groups.len()), None);
        step(members.len())?;
        let lists = block.members.iter().zip(std::mem::take(&mut block.keeps));
        let best = lists.map(|(owner, keep)| {
            let tie = |pair: super::Scored| Tie::new(index, sides, *owner, pair.other);
            (*owner, keep.finish(k, tie))
        });
        Ok(best.filter(|(_, best)| !best.pairs.is_empty()).collect::<Vec<_>>())
    });
    let found: Vec<_> = found.collect::<Result<_, E>>()?;
    Ok(found.into_iter().flatten().collect())
}
