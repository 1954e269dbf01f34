// SPDX-License-Identifier: EUPL-1.2
//! What people have and what vacancies cost in a plan, as lanes ask it: a pair is wanted whose score is above both together.

use super::Index;
use super::lanes::{FromZero, LANES, Lanes, later_than};

/// What a score must exceed: the gain of the person and the price of the vacancy, together.
///
/// Both are kept as 16 bits from 0, with the gain of nothing in the middle; what lies outside is nearest to it on the side
/// that finds too many pairs, never too few.
#[derive(Debug, Clone)]
pub(crate) struct Bounds {
    /// By candidate.
    pub(super) people: Vec<Gain>,
    /// By vacancy.
    pub(super) prices: Vec<Price>,
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
pub(super) struct Gain {
    pub(super) has: u16,
    most: u16,
    /// One more than the highest price beside which it could be more.
    pub(super) pays: u16,
    /// One more than what a price must have fallen by more than, or 0.
    spare: u16,
}

impl Gain {
    /// How little is asked: those who ask everything, nearly everything, or less stand together.
    pub(super) const fn modesty(self) -> u8 {
        match self.spare {
            0 => 0,
            1..NEARLY_NOTHING => 1,
            NEARLY_NOTHING.. => 2,
        }
    }

    pub(super) const LEFT_OUT: Self = Self { has: u16::MAX, most: 0, pays: 0, spare: u16::MAX };
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
    pub(super) fn all(index: &Index, bounds: &Bounds) -> Vec<Self> {
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
    pub(super) fn fill(&mut self, gains: impl Iterator<Item = Gain>) {
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
pub(super) const fn score_of(excess: u16, has: u16, price: u16) -> u16 {
    excess.wrapping_add(has.wrapping_add(price)).wrapping_sub(BOTH + 1)
}

fn kept(bound: i64) -> u16 {
    // The most that is kept is never more than was given; what is too little to be kept counts as less than everything.
    if bound < 1 - NOTHING {
        return 0;
    }
    u16::try_from((bound + NOTHING).min(2 * NOTHING - 1)).unwrap_or(0)
}
