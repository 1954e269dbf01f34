// SPDX-License-Identifier: EUPL-1.2
//! Scores of 64 people in a byte each, in steps of 40 points and never too low: most vacancies can reach no list, and this is
//! found with a few instructions for each skill.
//!
//! What each criterion contributes at most is rounded up to whole steps. That of a skill is looked up by its weight and by the
//! credit, which is rounded up to fifteenths; the others are made once for each demand and weight. Who is left has up to a few
//! hundred points less than the byte says, and gets a score by the exact lanes.

use std::hash::Hash;

use fearless_simd::{Level, Simd, SimdBase, SimdFrom, SimdMask, dispatch, u8x16, u8x64};

use super::build::Asked;
use super::credits::Credits;
use super::cross::interned;
use super::lanes::{LANES, Lanes, Row};

/// Points of a step: 10,000 are 250 steps. What parts that are rounded up make of it beyond 255 stays there.
const STEP: u16 = 40;
/// The highest level of a credit; 100 has it.
const HIGHEST: u16 = 15;

/// What the parts of scores are made of, by number. It knows no person.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    /// Demands on education, language and travel, each with its weight.
    fits: [Vec<(u32, u8)>; 3],
    /// Rows of occupations with the weights of experience and of wishes.
    occupations: Vec<(u32, [u8; 2])>,
    /// For each vector of weights what skills contribute, by their own weight and the level of the credit.
    skills: Vec<Contributions>,
}

/// Steps by weight of the skill and level of the credit.
type Contributions = [[u8; 16]; 256];

/// Where a vacancy finds its parts: education, language, travel, occupation; then the skills.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PartsOf {
    rows: [u32; 4],
    skills: u8,
}

impl Parts {
    /// Numbers the parts of all vacancies.
    pub(super) fn new(asked: &mut [Asked]) -> Self {
        let fit = |kind: usize| {
            parted(asked, move |one| {
                let [_, _, weights @ .., _] = one.weights;
                let weight = weights.get(kind).copied().unwrap_or_default();
                // What has no weight is one part, whatever is asked.
                if weight == 0 {
                    (0, 0)
                } else {
                    (one.fits.get(kind).copied().unwrap_or(0), weight)
                }
            })
        };
        let [education, language, travel] = [fit(0), fit(1), fit(2)];
        let occupation = parted(asked, |one| {
            let [_, by_occupation, .., by_wishes] = one.weights;
            (one.occupation, [by_occupation, by_wishes])
        });
        let weights = parted(asked, |one| one.weights);
        // The rows of a block stand one kind after the other.
        let counts = [education.1.len(), language.1.len(), travel.1.len()];
        let mut firsts = [0; 4];
        for (kind, first) in firsts.iter_mut().enumerate() {
            let before: usize = counts.iter().take(kind).sum();
            *first = u32::try_from(before).unwrap_or(u32::MAX);
        }
        let rows = [&education.0, &language.0, &travel.0, &occupation.0];
        for (at, one) in asked.iter_mut().enumerate() {
            let of = |numbers: &[u32]| numbers.get(at).copied().unwrap_or_default();
            for (to, (numbers, first)) in one.parts.rows.iter_mut().zip(rows.iter().zip(firsts)) {
                *to = first + of(numbers);
            }
            one.parts.skills = u8::try_from(of(&weights.0)).unwrap_or_default();
        }
        Self {
            fits: [education.1, language.1, travel.1],
            occupations: occupation.1,
            skills: weights.1.iter().map(|weights| contributions(weights[0])).collect(),
        }
    }

    fn rows(&self) -> usize {
        self.fits.iter().map(Vec::len).sum::<usize>() + self.occupations.len()
    }
}

/// The number of the part of each vacancy, and the parts.
fn parted<K: Copy + Eq + Hash>(asked: &[Asked], part: impl Fn(&Asked) -> K) -> (Vec<u32>, Vec<K>) {
    let (numbers, firsts) = interned(asked, &part);
    let parts = firsts.iter().filter_map(|first| asked.get(*first as usize)).map(part).collect();
    (numbers, parts)
}

/// What a skill contributes at most, with such a weight of the criterion.
fn contributions(by_skills: u8) -> Contributions {
    let mut all = [[0; 16]; 256];
    for (weight, of_weight) in (0u32..).zip(&mut all) {
        for (level, steps) in (0u32..).zip(of_weight) {
            let points = u32::from(by_skills) * weight * level * 100;
            let steps_of = points.div_ceil(u32::from(HIGHEST) * 200 * u32::from(STEP));
            *steps = u8::try_from(steps_of).unwrap_or(u8::MAX);
        }
    }
    all
}

/// The level of a credit, rounded up.
pub(super) fn level(credit: u8) -> u8 {
    let level = (u16::from(credit) * HIGHEST).div_ceil(100);
    u8::try_from(level.min(HIGHEST)).unwrap_or(u8::MAX)
}

/// Steps of so many points: with fewer nobody has them.
#[inline(always)]
pub(super) fn steps(points: &Lanes) -> Row {
    let mut steps = [0; LANES];
    for (steps, points) in steps.iter_mut().zip(points) {
        *steps = steps_of(*points);
    }
    steps
}

/// What no byte holds is the most that it holds.
#[inline(always)]
fn steps_of(points: u16) -> u8 {
    let most = STEP * u16::from(u8::MAX);
    (points.min(most).wrapping_add(STEP - 1) / STEP).to_le_bytes()[0]
}

/// The parts of 64 people.
#[derive(Debug, Default)]
pub(super) struct Coarse {
    rows: Vec<Row>,
}

impl Coarse {
    /// Makes the parts of rows of percentages. Wishes that are not for an occupation may all be met: `others` is what they add,
    /// before `factors` make the mean of it.
    pub(super) fn fill(
        &mut self,
        parts: &Parts,
        fits: &[Vec<Row>],
        work: (&[Row], &[Row]),
        wishes: (&Lanes, &Lanes),
    ) {
        dispatch!(Level::new(), _ => self.make(parts, fits, work, wishes));
    }

    #[inline(always)]
    fn make(
        &mut self,
        parts: &Parts,
        fits: &[Vec<Row>],
        (occupation, wished): (&[Row], &[Row]),
        (others, factors): (&Lanes, &Lanes),
    ) {
        const NOTHING: Row = [0; LANES];
        // Every row is written again.
        self.rows.resize(parts.rows(), NOTHING);
        let mut to = self.rows.iter_mut();
        for (demands, rows) in parts.fits.iter().zip(fits) {
            for ((demand, weight), to) in demands.iter().zip(&mut to) {
                let row = rows.get(*demand as usize).unwrap_or(&NOTHING);
                *to = part(row, *weight, &NOTHING, 0);
            }
        }
        for ((at, [by_occupation, by_wishes]), to) in parts.occupations.iter().zip(to) {
            let occupation = occupation.get(*at as usize).unwrap_or(&NOTHING);
            let mut wished = *wished.get(*at as usize).unwrap_or(&NOTHING);
            for (wished, (others, factor)) in wished.iter_mut().zip(others.iter().zip(factors)) {
                let all = u16::from(*wished).wrapping_add(*others);
                *wished = (all.wrapping_mul(*factor) >> 9).to_le_bytes()[0];
            }
            *to = part(occupation, *by_occupation, &wished, *by_wishes);
        }
    }

    /// The steps of everybody for a vacancy.
    #[inline(always)]
    pub(super) fn steps<S: Simd>(
        &self,
        simd: S,
        parts: &Parts,
        credits: &Credits,
        of: PartsOf,
        skills: &[u32],
    ) -> u8x64<S> {
        let mut sum = u8x64::splat(simd, 0);
        for at in of.rows {
            if let Some(row) = self.rows.get(at as usize) {
                sum = simd.saturating_add_u8x64(sum, u8x64::simd_from(simd, *row));
            }
        }
        let Some(contributions) = parts.skills.get(usize::from(of.skills)) else { return sum };
        for one in skills {
            let Some(levels) = credits.levels(*one) else { continue };
            let [weight, ..] = one.to_le_bytes();
            let Some(own) = contributions.get(usize::from(weight)) else { continue };
            let own = simd.swizzle_dyn_within_blocks_u8x64(
                u8x64::block_splat(u8x16::simd_from(simd, *own)),
                u8x64::simd_from(simd, *levels),
            );
            sum = simd.saturating_add_u8x64(sum, own);
        }
        sum
    }
}

/// Who has as many steps as are asked.
#[inline(always)]
pub(super) fn reaching<S: Simd>(steps: u8x64<S>, asked: &Row) -> u64 {
    let asked = u8x64::simd_from(steps.simd, *asked);
    steps.simd_ge(asked).to_bitmask()
}

/// Who has as many steps as are in so many points.
#[inline(always)]
pub(super) fn reaching_one<S: Simd>(steps: u8x64<S>, points: u16) -> u64 {
    steps.simd_ge(u8x64::splat(steps.simd, steps_of(points))).to_bitmask()
}

#[inline(always)]
fn part(row: &Row, weight: u8, other: &Row, other_weight: u8) -> Row {
    let (weight, other_weight) = (u16::from(weight), u16::from(other_weight));
    let mut part = [0; LANES];
    for ((part, one), other) in part.iter_mut().zip(row).zip(other) {
        let points = u16::from(*one).wrapping_mul(weight);
        let points = points.wrapping_add(u16::from(*other).wrapping_mul(other_weight));
        *part = (points.wrapping_add(STEP - 1) / STEP).to_le_bytes()[0];
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::block::{Asks, Block};
    use crate::index::scan::{skills, with_skills, without_skills};
    use crate::index::testing::demo;
    use crate::index::{Horizon, Index};

    #[test]
    fn steps_are_never_too_low_and_seldom_much_too_high() {
        let market = demo();
        let (plain, sides) = (market.plain(), market.sides());
        let index = Index::new(plain, sides, || Ok::<(), ()>(())).unwrap();
        let horizon = Horizon { last_day: None, sure: false, steps: true };
        let asks = Asks::new(plain, sides.0, horizon, 5);
        let (mut pairs, mut too_much) = (0u32, 0u32);
        for members in index.people.chunks(LANES) {
            let mut block = Block::default();
            block.fill(plain, &index, sides, asks, members, &|| false);
            for asked in &index.asked {
                let own = skills(&index, asked);
                let (parts, of) = (&index.parts, asked.parts);
                let found: Row = dispatch!(Level::new(), simd => {
                    block.coarse.steps(simd, parts, &block.credits, of, own).into()
                });
                let mut exact = without_skills(&block, asked);
                with_skills(&block, own, asked.weights[0], &mut exact);
                for ((exact, found), _) in exact.iter().zip(found).zip(members) {
                    let found = u16::from(found) * STEP;
                    assert!(found >= *exact, "{exact} {found}");
                    pairs += 1;
                    too_much += u32::from(found - exact);
                }
            }
        }
        assert!(too_much / pairs < 8 * u32::from(STEP), "{too_much} {pairs}");
    }

    #[test]
    fn points_are_reached_with_their_steps_alone() {
        for (points, steps) in [(0, 0), (1, 1), (40, 1), (41, 2), (10_000, 250), (u16::MAX, 255)] {
            assert_eq!(steps_of(points), steps);
        }
        assert_eq!([level(0), level(1), level(50), level(100)], [0, 1, 8, 15]);
        // A full skill that weighs all is all of a criterion that weighs all.
        assert_eq!(contributions(100)[200][15], 250);
        assert_eq!(contributions(35)[200][15], 88);
    }
}
