// SPDX-License-Identifier: EUPL-1.2
//! The pairs that an assignment over lists would have wanted: those whose score is above what both sides gain without it.

use rayon::prelude::*;

use super::block::{Asks, Block};
use super::lanes::LANES;
use super::scan::{Scan, scan};
use super::{Best, Horizon, Index, Plain, Sides, Tie};

/// What a score must exceed: the gain of the person and the price of the vacancy, together.
///
/// Both are kept as 16 bits from 0, with the gain of nothing in the middle; what lies outside is nearest to it on the side
/// that finds too many pairs, never too few.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    /// By candidate.
    people: Vec<u16>,
    /// By vacancy.
    prices: Vec<u16>,
}

/// Nothing gained, on one side.
const NOTHING: i64 = 1 << 14;

/// Nothing gained on both sides, less the one point by which a score is above it.
pub(super) const BOTH: u16 = (1 << 15) - 1;

impl Bounds {
    /// Bounds by candidate and by vacancy; none for who is left out.
    pub(crate) fn new(people: &[Option<i64>], prices: &[Option<i64>]) -> Self {
        let kept = |all: &[Option<i64>]| -> Vec<u16> {
            all.iter().map(|one| one.map_or(u16::MAX, kept)).collect()
        };
        Self { people: kept(people), prices: kept(prices) }
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
    let asks = Asks::new(plain, sides.0, horizon, k);
    let stopped = || step(0).is_err();
    let scanning = Scan {
        plain,
        index,
        sides,
        horizon,
        dates: asks.dates,
        k,
        people: true,
        prices: Some(&bounds.prices),
        stopped: &stopped,
    };
    let floor = |member: &u32| bounds.people.get(*member as usize).copied().unwrap_or(u16::MAX);
    let blocks: Vec<&[u32]> = index.people.chunks(LANES).collect();
    let found = blocks.par_iter().map_init(Block::default, |block, members| {
        step(0)?;
        if members.iter().all(|member| floor(member) == u16::MAX) {
            step(members.len())?;
            return Ok(Vec::new());
        }
        block.fill(plain, index, sides, asks, members, &stopped);
        for (lane, member) in block.floors.0.iter_mut().zip(&block.members) {
            *lane = floor(member);
        }
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
