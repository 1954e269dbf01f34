// SPDX-License-Identifier: EUPL-1.2
//! The pairs that an assignment over lists would have wanted: those whose score is above what both sides gain without it.

use rayon::prelude::*;

use super::block::{Asks, Block};
use super::lanes::{FromZero, LANES, Lanes, later_than};
use super::scan::{Scan, scan_priced};
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
    prices: Vec<Price>,
}

/// What a candidate has and asks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asker {
    pub(crate) has: i64,
    /// The highest score that is left to be found.
    pub(crate) most: u32,
    /// Pairs with vacancies whose price did not fall by more than this are known not to be wanted.
    pub(crate) spare: Option<i64>,
}

/// What a vacancy costs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offer {
    pub(crate) price: i64,
    /// By how much less than before.
    pub(crate) fell: i64,
}

#[derive(Debug, Clone, Copy)]
struct Gain {
    has: u16,
    most: u16,
    /// One more than the highest price beside which it could be more.
    pays: u16,
    /// One more than what a price must have fallen by more than, or 0.
    spare: u16,
}

impl Gain {
    const LEFT_OUT: Self = Self { has: u16::MAX, most: 0, pays: 0, spare: u16::MAX };
}

/// The price of a vacancy, or of a group the lowest price and the deepest fall.
#[derive(Debug, Clone, Copy)]
pub(super) struct Price {
    pub(super) price: u16,
    /// One more than that by which it fell.
    fell: u16,
}

impl Price {
    pub(super) const LEFT_OUT: Self = Self { price: u16::MAX, fell: 0 };
}

/// Prices by vacancy.
#[derive(Clone, Copy)]
pub(super) struct Prices<'a> {
    pub(super) of: &'a [Price],
    pub(super) asks: Asks,
}

/// A group in which somebody may gain.
#[derive(Debug, Clone, Copy)]
pub(super) struct PricedGroup {
    pub(super) number: u32,
    /// The first key that differs from the group before of these.
    pub(super) differs: u8,
    pub(super) least: Price,
}

impl PricedGroup {
    /// The groups of an index with a vacancy that is asked.
    fn all(index: &Index, bounds: &Bounds) -> Vec<Self> {
        let (mut all, mut differs) = (Vec::new(), u8::MAX);
        for (number, group) in (0..).zip(&index.groups) {
            differs = differs.min(group.differs);
            let own = index.asked.get(group.first as usize..group.end as usize);
            let own = own.into_iter().flatten();
            let prices = own.filter_map(|asked| bounds.prices.get(asked.vacancy as usize));
            let least = prices.fold(Price::LEFT_OUT, |least, one| Price {
                price: least.price.min(one.price),
                fell: least.fell.max(one.fell),
            });
            if least.fell > 0 {
                all.push(Self { number, differs, least });
                differs = u8::MAX;
            }
        }
        all
    }
}

/// What the people of a block ask, by lane.
#[derive(Debug, Default)]
pub(super) struct Wanting {
    pub(super) floors: FromZero,
    pub(super) mosts: FromZero,
    pays: FromZero,
    spares: FromZero,
    /// The most that somebody pays, and the least that somebody has to spare.
    pays_most: u16,
    spares_least: u16,
}

impl Wanting {
    fn fill(&mut self, gains: impl Iterator<Item = Gain>) {
        self.pays = FromZero([0; LANES]);
        (self.pays_most, self.spares_least) = (0, u16::MAX);
        let lanes = self.floors.0.iter_mut().zip(&mut self.mosts.0);
        let lanes = lanes.zip(self.pays.0.iter_mut().zip(&mut self.spares.0));
        for (((floor, most), (pays, spare)), gain) in lanes.zip(gains) {
            Gain { has: *floor, most: *most, pays: *pays, spare: *spare } = gain;
            self.pays_most = self.pays_most.max(gain.pays);
            self.spares_least = self.spares_least.min(gain.spare);
        }
    }

    /// Whether nobody could gain at such a price or a higher one.
    #[inline(always)]
    pub(super) fn is_too_dear(&self, least: Price) -> bool {
        least.price >= self.pays_most || least.fell <= self.spares_least
    }

    /// The lanes that could gain at a price, whatever the score.
    #[inline(always)]
    pub(super) fn could_gain(&self, own: Price) -> u64 {
        const NONE: Lanes = [u16::MAX; LANES];
        if own.fell == 0 {
            return 0;
        }
        later_than(&self.pays.0, own.price, 0, &NONE)
            & !later_than(&self.spares.0, own.fell - 1, 0, &NONE)
    }
}

/// Who has no more than this to spare asks nearly everything.
const NEARLY_NOTHING: u16 = 64;

/// Nothing gained, on one side.
const NOTHING: i64 = 1 << 14;

/// Nothing gained on both sides, less the one point by which a score is above it.
pub(super) const BOTH: u16 = (1 << 15) - 1;

impl Bounds {
    /// Bounds by candidate and by vacancy; none for who is left out.
    pub(crate) fn new(people: &[Option<Asker>], prices: &[Option<Offer>]) -> Self {
        // One more, of which 0 and the greatest number are kept for others.
        let one_more = |number: i64| u16::try_from(number.max(0)).unwrap_or(u16::MAX);
        let gain = |one: &Option<Asker>| {
            one.map_or(Gain::LEFT_OUT, |Asker { has, most, spare }| {
                let pays = (i64::from(most) - has).saturating_add(NOTHING);
                Gain {
                    has: kept(has),
                    most: u16::try_from(most).unwrap_or(u16::MAX),
                    pays: one_more(pays).min(u16::MAX - 1) + 1,
                    spare: spare.map_or(0, |spare| one_more(spare).min(u16::MAX - 2) + 1),
                }
            })
        };
        let price = |one: &Option<Offer>| {
            one.map_or(Price::LEFT_OUT, |Offer { price, fell }| Price {
                price: kept(price),
                fell: one_more(fell).min(u16::MAX - 1) + 1,
            })
        };
        Self {
            people: people.iter().map(gain).collect(),
            prices: prices.iter().map(price).collect(),
        }
    }

    /// A bound below every other: whatever has a score is above it.
    pub(crate) const LEAST: i64 = i64::MIN;
}

/// By how much a score is above what the person has and the price. Both are below 2^15 wherever their sum is reached.
pub(super) const fn excess(score: u16, has: u16, price: u16) -> u16 {
    (score + BOTH + 1).wrapping_sub(has.wrapping_add(price))
}

/// The score that is so much above.
const fn score_of(excess: u16, has: u16, price: u16) -> u16 {
    excess.wrapping_add(has.wrapping_add(price)).wrapping_sub(BOTH + 1)
}

fn kept(bound: i64) -> u16 {
    // The most that is kept is never more than was given; what is too little to be kept counts as less than everything.
    if bound < 1 - NOTHING {
        return 0;
    }
    u16::try_from((bound + NOTHING).min(2 * NOTHING - 1)).unwrap_or(0)
}

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
    let scanning = Scan {
        plain,
        index,
        sides,
        horizon,
        dates: asks.dates,
        k,
        people: true,
        later: false,
        prices: Some(Prices { of: &bounds.prices, asks }),
        stopped: &stopped,
    };
    let gain =
        |member: &u32| bounds.people.get(*member as usize).copied().unwrap_or(Gain::LEFT_OUT);
    // Who is left out, or could not gain at any price, takes no lane. Those who ask nearly everything stand together.
    let cheapest = groups.iter().map(|group| group.least.price).min().unwrap_or(u16::MAX);
    let asked = index.people.iter().copied().filter(|member| gain(member).pays > cheapest);
    let mut asked: Vec<u32> = asked.collect();
    asked.sort_by_key(|member| gain(member).spare >= NEARLY_NOTHING);
    step(index.people.len() - asked.len())?;
    let blocks: Vec<&[u32]> = asked.chunks(LANES).collect();
    let found = blocks.par_iter().map_init(Block::default, |block, own| {
        step(0)?;
        block.wanting.fill(own.iter().map(gain));
        if groups.iter().all(|group| block.wanting.is_too_dear(group.least)) {
            step(own.len())?;
            return Ok(Vec::new());
        }
        block.fill_gates(plain, index, sides, asks, own, &stopped);
        let Block { wanting, thresholds, .. } = &mut *block;
        for (threshold, floor) in thresholds.0.iter_mut().zip(&wanting.floors.0) {
            // A lane without a person stays as it is: nothing reaches it.
            *threshold = if *threshold == u16::MAX { u16::MAX } else { *floor };
        }
        scan_priced(scanning, block, &groups);
        step(own.len())?;
        let lists = block.members.iter().zip(std::mem::take(&mut block.keeps));
        let best = lists.map(|(owner, keep)| {
            let tie = |pair: super::Scored| Tie::new(index, sides, *owner, pair.other);
            let mut best = keep.finish(k, tie);
            for pair in &mut best.pairs {
                let price = bounds.prices.get(pair.other as usize).map_or(0, |own| own.price);
                pair.score = score_of(pair.score, gain(owner).has, price);
            }
            (*owner, best)
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
