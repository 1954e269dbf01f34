// SPDX-License-Identifier: EUPL-1.2
//! Scores of some hundred people in a byte each, in steps of 40 points and never too low: most vacancies can reach no list, and this is
//! found with a few instructions for each skill.
//!
//! What each criterion contributes at most is rounded up to whole steps. That of a skill is looked up by its weight and by the
//! credit, which is rounded up to fifteenths; the others are made once for each demand and weight. Who is left has up to a few
//! hundred points less than the byte says, and gets a score by the exact lanes.

use fearless_simd::{Level, Simd, SimdBase, SimdFrom, SimdMask, dispatch, u8x16, u8x64};

use super::asked::Asked;
use super::bits::Bits;
use super::block::Block;
use super::build::Index;
use super::lanes::{LANES, Lanes, Row, above_zero};
use super::parts::{FitPart, HIGHEST, Parts, STEP};
use crate::score::contribution;

/// The level of a credit, rounded up.
#[inline(always)]
fn level(credit: u8) -> u8 {
    let level = (u16::from(credit) * HIGHEST).div_ceil(100);
    level.min(HIGHEST).to_le_bytes()[0]
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

/// A byte for each of 64 × `WORDS` people.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Wide<const WORDS: usize>([Row; WORDS]);

impl<const WORDS: usize> Wide<WORDS> {
    const NOTHING: Self = Self([[0; LANES]; WORDS]);
}

/// What the parts are for 64 × `WORDS` people.
#[derive(Debug, Default)]
pub(super) struct Coarse<const WORDS: usize> {
    rows: Vec<Wide<WORDS>>,
    /// The levels of skills that somebody has, and first a row of nothing for all others: the rows of all skills together
    /// would not stay in the cache.
    levels: Vec<Wide<WORDS>>,
    /// Who has a credit for each of them.
    who: Vec<Bits<WORDS>>,
    /// For each skill that vacancies ask the place of its levels.
    places: Vec<u32>,
}

impl<const WORDS: usize> Coarse<WORDS> {
    /// Makes the parts of the rows of these blocks.
    pub(super) fn fill(&mut self, index: &Index, blocks: &[Block; WORDS]) {
        // Every row is written again.
        self.rows.resize(index.parts.rows(), Wide::NOTHING);
        self.levels.clear();
        self.levels.push(Wide::NOTHING);
        self.who.clear();
        self.who.push(Bits::NONE);
        self.places.clear();
        self.places.resize(index.skills.len(), 0);
        // What a block without people says is never looked at.
        let blocks = blocks.iter().enumerate().filter(|(_, block)| !block.members.is_empty());
        for (word, block) in blocks {
            dispatch!(Level::new(), _ => self.make(&index.parts, word, block));
        }
    }

    #[inline(always)]
    fn make(&mut self, parts: &Parts, word: usize, block: &Block) {
        const NOTHING: Row = [0; LANES];
        let mut to = self.rows.iter_mut().filter_map(|row| row.0.get_mut(word));
        for (FitPart { kind, weight, demand }, to) in parts.fits.iter().zip(&mut to) {
            let rows = block.fits.get(usize::from(*kind));
            let row = rows.and_then(|rows| rows.get(*demand as usize)).unwrap_or(&NOTHING);
            *to = part(row, *weight, &NOTHING, 0);
        }
        for ((at, [by_occupation, by_wishes]), to) in parts.occupations.iter().zip(to) {
            let occupation = block.occupation.get(*at as usize).unwrap_or(&NOTHING);
            let mut wished = *block.wished.get(*at as usize).unwrap_or(&NOTHING);
            let of_lane = block.others.0.iter().zip(&block.factors.0);
            for (wished, (others, factor)) in wished.iter_mut().zip(of_lane) {
                let all = u16::from(*wished).wrapping_add(*others);
                *wished = (all.wrapping_mul(*factor) >> 9).to_le_bytes()[0];
            }
            *to = part(occupation, *by_occupation, &wished, *by_wishes);
        }
        for (skill, credits) in block.credits.rows() {
            let Some(place) = self.places.get_mut(skill as usize) else { continue };
            if *place == 0 {
                *place = u32::try_from(self.levels.len()).unwrap_or_default();
                self.levels.push(Wide::NOTHING);
                self.who.push(Bits::NONE);
            }
            let at = *place as usize;
            if let Some(levels) = self.levels.get_mut(at).and_then(|row| row.0.get_mut(word)) {
                *levels = credits.map(level);
            }
            if let Some(who) = self.who.get_mut(at).and_then(|who| who.0.get_mut(word)) {
                *who = above_zero(credits);
            }
        }
    }

    /// Who has one of the skills of a vacancy, and who has one that gives a point by itself, whatever the credit.
    #[inline(always)]
    pub(super) fn who_has(&self, skills: &[u32], by_skills: u8) -> (Bits<WORDS>, Bits<WORDS>) {
        let (mut some, mut enough) = (Bits::NONE, Bits::NONE);
        for one in skills {
            let place = self.places.get((*one >> 8) as usize).copied().unwrap_or_default();
            let Some(who) = self.who.get(place as usize) else { continue };
            let [weight, ..] = one.to_le_bytes();
            some |= *who;
            if contribution(by_skills, u16::from(weight)) > 0 {
                enough |= *who;
            }
        }
        (some, enough)
    }

    /// The steps of everybody for a vacancy.
    #[inline(always)]
    pub(super) fn steps<S: Simd>(
        &self,
        simd: S,
        parts: &Parts,
        of: &Asked,
        skills: &[u32],
    ) -> [u8x64<S>; WORDS] {
        self.sums(simd, parts, of, skills, |wide| wide.0.each_ref())
    }

    /// The steps of the people of one word.
    #[inline(always)]
    pub(super) fn steps_of_word<S: Simd>(
        &self,
        simd: S,
        parts: &Parts,
        of: &Asked,
        skills: &[u32],
        word: usize,
    ) -> u8x64<S> {
        const NOTHING: Row = [0; LANES];
        let [sum] =
            self.sums(simd, parts, of, skills, |wide| [wide.0.get(word).unwrap_or(&NOTHING)]);
        sum
    }

    #[inline(always)]
    fn sums<'a, S: Simd, const N: usize>(
        &'a self,
        simd: S,
        parts: &Parts,
        of: &Asked,
        skills: &[u32],
        rows: impl Fn(&'a Wide<WORDS>) -> [&'a Row; N],
    ) -> [u8x64<S>; N] {
        let mut sums = [u8x64::splat(simd, 0); N];
        for at in of.parts {
            if let Some(wide) = self.rows.get(at as usize) {
                for (sum, row) in sums.iter_mut().zip(rows(wide)) {
                    *sum = simd.saturating_add_u8x64(*sum, u8x64::simd_from(simd, *row));
                }
            }
        }
        let Some(contributions) = parts.skills.get(usize::from(of.weights)) else { return sums };
        for one in skills {
            let Some(place) = self.places.get((*one >> 8) as usize) else { continue };
            let Some(wide) = self.levels.get(*place as usize) else { continue };
            let [weight, ..] = one.to_le_bytes();
            let Some(own) = contributions.get(usize::from(weight)) else { continue };
            let own = u8x64::block_splat(u8x16::simd_from(simd, *own));
            for (sum, levels) in sums.iter_mut().zip(rows(wide)) {
                let levels = u8x64::simd_from(simd, *levels);
                let steps = simd.swizzle_dyn_within_blocks_u8x64(own, levels);
                *sum = simd.saturating_add_u8x64(*sum, steps);
            }
        }
        sums
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
    use crate::index::Horizon;
    use crate::index::band::Band;
    use crate::index::gates::{Asks, Setting};
    use crate::index::scan::{skills, with_skills, without_skills};
    use crate::index::testing::demo;

    #[test]
    fn steps_are_never_too_low_and_seldom_much_too_high() {
        const WORDS: usize = 3;
        let market = demo();
        let (plain, sides) = (market.plain(), market.sides());
        let index = Index::new(plain, sides, || Ok::<(), ()>(())).unwrap();
        let horizon = Horizon { last_day: None, sure: false, steps: true };
        let asks = Asks::new(plain, sides.0, horizon, 5);
        let (mut pairs, mut too_much) = (0u32, 0u32);
        let mut band = Band::<WORDS>::default();
        for members in index.people.chunks(WORDS * LANES) {
            let stopped = &|| false;
            band.fill(Setting { plain, index: &index, sides, asks, stopped }, members);
            for asked in &index.asked {
                let own = skills(&index, asked);
                let (parts, of, coarse) = (&index.parts, asked, &band.coarse);
                let terms = parts.terms(asked);
                let (all, by_word): ([Row; WORDS], [Row; WORDS]) = dispatch!(Level::new(), simd => {
                    let words = std::array::from_fn(|word| {
                        coarse.steps_of_word(simd, parts, of, own, word).into()
                    });
                    (coarse.steps(simd, parts, of, own).map(Into::into), words)
                });
                for (block, (found, alone)) in band.blocks.iter().zip(all.iter().zip(&by_word)) {
                    let mut exact = without_skills(block, &terms);
                    with_skills(block, own, terms.weights[0], &mut exact);
                    let found = found.iter().zip(alone);
                    for ((exact, (found, alone)), _) in exact.iter().zip(found).zip(&block.members)
                    {
                        assert_eq!(found, alone);
                        let found = u16::from(*found) * STEP;
                        assert!(found >= *exact, "{exact} {found}");
                        pairs += 1;
                        too_much += u32::from(found - exact);
                    }
                }
            }
        }
        assert!(pairs > 0 && too_much / pairs < 8 * u32::from(STEP), "{too_much} {pairs}");
    }

    #[test]
    fn points_are_reached_with_their_steps_alone() {
        for (points, steps) in [(0, 0), (1, 1), (40, 1), (41, 2), (10_000, 250), (u16::MAX, 255)] {
            assert_eq!(steps_of(points), steps);
        }
        assert_eq!([level(0), level(1), level(50), level(100)], [0, 1, 8, 15]);
    }
}
