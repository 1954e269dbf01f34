// SPDX-License-Identifier: EUPL-1.2
//! The pairs that an assignment over lists would have wanted: those whose score is above what both sides gain without it.

use rayon::prelude::*;

use super::band::Band;
use super::block::Block;
use super::gates::{Asks, Setting};
use super::lanes::LANES;
use super::price::{Bounds, Gain, PricedGroup, score_of};
use super::scan::{Scan, scan_priced};
use super::{Best, Horizon, Index, Plain, Sides, Tie};

/// For each candidate the k pairs whose score is most above the bounds, by how much it is above; who has none is left out.
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
    let groups = PricedGroup::all(index, bounds);
    let setting = Setting { plain, index, sides, asks, stopped: &stopped };
    let scanning = Scan { setting, people: true, prices: Some(&bounds.prices) };
    let gain =
        |member: &u32| bounds.people.get(*member as usize).copied().unwrap_or(Gain::LEFT_OUT);
    // Who is left out, or could not gain at any price, takes no lane. Those who ask as much stand together.
    let cheapest = groups.iter().map(|group| group.least.price).min().unwrap_or(u16::MAX);
    let asked = index.people.iter().copied().filter(|member| gain(member).pays > cheapest);
    let mut asked: Vec<u32> = asked.collect();
    asked.sort_by_key(|member| gain(member).modesty());
    step(index.people.len() - asked.len())?;
    let blocks: Vec<&[u32]> = asked.chunks(LANES).collect();
    let found = blocks.par_iter().map_init(Band::<1>::default, |band, own| {
        step(0)?;
        let [block] = &mut band.blocks;
        block.wanting.fill(own.iter().map(gain));
        if groups.iter().all(|group| block.wanting.is_too_dear(group.least)) {
            step(own.len())?;
            return Ok(Vec::new());
        }
        band.fill_gates(setting, own);
        let [Block { wanting, thresholds, .. }] = &mut band.blocks;
        for (threshold, floor) in thresholds.0.iter_mut().zip(&wanting.floors.0) {
            // A lane without a person stays as it is: nothing reaches it.
            *threshold = if *threshold == u16::MAX { u16::MAX } else { *floor };
        }
        scan_priced(scanning, band, &groups);
        step(own.len())?;
        let best = band.lists().map(|(owner, keep)| {
            let tie = |pair: super::Scored| Tie::new(index, sides, owner, pair.other);
            let mut best = keep.finish(k, tie);
            for pair in &mut best.pairs {
                let price = bounds.prices.get(pair.other as usize).map_or(0, |own| own.price);
                pair.score = score_of(pair.score, gain(&owner).has, price);
            }
            (owner, best)
        });
        Ok(best.filter(|(_, best)| !best.pairs.is_empty()).collect())
    });
    let found: Vec<Vec<_>> = found.collect::<Result<_, E>>()?;
    Ok(found.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::Place;
    use crate::index::best::pair_hash;
    use crate::index::testing::demo;
    use crate::index::{Asker, Offer};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn pairs_are_found_by_how_much_they_are_beyond(seed: u64, k in 1usize..40) {
            let market = demo();
            let (plain, sides) = (market.plain(), market.sides());
            let index = Index::new(plain, sides, || Ok::<(), ()>(())).unwrap();
            let horizon = Horizon { last_day: None, sure: false, steps: true };
            // Numbers that have nothing to do with the records.
            let number = |at: usize, most: u64| {
                let mixed = pair_hash(seed, at as u64);
                i64::try_from(mixed % most).unwrap()
            };
            let people = (0..market.candidates()).map(|at| {
                let spare = (at % 3 > 0).then(|| number(at + 1_000, 400));
                let most = u32::try_from(number(at + 2_000, 10_000)).unwrap();
                (at % 7 > 0).then(|| Asker { has: number(at, 9_000) - 1_000, most, spare })
            });
            let prices = (0..market.vacancies()).map(|at| {
                let price = number(at + 3_000, 4_000) - 1_000;
                (at % 5 > 0).then(|| Offer { price, fell: number(at + 4_000, 800) - 300 })
            });
            let (people, prices): (Vec<_>, Vec<_>) = (people.collect(), prices.collect());
            let bounds = Bounds::new(&people, &prices);
            let found = beyond(plain, &index, sides, horizon, &bounds, k, |_| Ok::<(), ()>(()));
            let mut found = found.unwrap();
            found.sort_by_key(|(owner, _)| *owner);
            let mut expected = Vec::new();
            for (owner, (one, asker)) in (0u32..).zip(sides.0.iter().zip(&people)) {
                let Some(asker) = asker else { continue };
                let mut own = Vec::new();
                for (other, offer) in sides.1.iter().zip(&prices) {
                    let Some(offer) = offer else { continue };
                    let (score, verdict) = (plain.score(one, other).now, plain.verdict(one, other));
                    let by = i64::from(score) - asker.has - offer.price;
                    let is_asked = u32::from(score) <= asker.most
                        && asker.spare.is_none_or(|spare| offer.fell > spare);
                    if is_asked && score > 0 && by > 0 && horizon.place(&verdict) == Place::Listed {
                        own.push(by);
                    }
                }
                own.sort_unstable_by(|one, other| other.cmp(one));
                own.truncate(k);
                if !own.is_empty() {
                    expected.push((owner, own));
                }
            }
            prop_assert!(!expected.is_empty());
            let found = found.iter().map(|(owner, best)| {
                let has = people[*owner as usize].unwrap().has;
                let by = |pair: &crate::index::Scored| {
                    i64::from(pair.score) - has - prices[pair.other as usize].unwrap().price
                };
                (*owner, best.pairs.iter().map(by).collect::<Vec<_>>())
            });
            let found: Vec<_> = found.collect();
            prop_assert_eq!(found, expected);
        }
    }
}
