// SPDX-License-Identifier: EUPL-1.2
//! What the skills of 64 people are worth, and those of them that a vacancy asks.

use super::lanes::{FromZero, LANES, Lanes, Row, add_product};

/// A row for each skill that somebody of a block has, and none for the others: the rows of all skills together would not
/// stay in the cache.
#[derive(Debug, Default)]
pub(super) struct Credits {
    rows: Vec<Row>,
    /// For each skill that vacancies ask the place of its row, or `NOBODY`.
    places: Vec<u32>,
    /// For each skill the most that it is worth for anybody; 0 where nobody has it.
    most: Vec<u8>,
    /// Who has a skill that is asked: all bits of the lane.
    pub(super) of: FromZero,
}

impl Credits {
    /// Nobody has any of so many skills.
    pub(super) fn clear(&mut self, skills: usize) {
        self.rows.clear();
        self.places.clear();
        self.places.resize(skills, NOBODY);
        self.most.clear();
        self.most.resize(skills, 0);
        self.of = FromZero::default();
    }

    /// A person has a skill, by its number.
    pub(super) fn set(&mut self, skill: u32, lane: usize, credit: u8) {
        let at = skill as usize;
        let (Some(place), Some(most)) = (self.places.get_mut(at), self.most.get_mut(at)) else {
            return;
        };
        if credit == 0 {
            return;
        }
        if *place == NOBODY {
            *place = u32::try_from(self.rows.len()).unwrap_or(NOBODY);
            self.rows.push([0; LANES]);
        }
        *most = credit.max(*most);
        let row = self.rows.get_mut(*place as usize);
        if let (Some(one), Some(of)) =
            (row.and_then(|row| row.get_mut(lane)), self.of.0.get_mut(lane))
        {
            *one = credit;
            *of = u16::MAX;
        }
    }

    #[inline(always)]
    fn row(&self, skill: u32) -> Option<&Row> {
        self.rows.get(*self.places.get(skill as usize)? as usize)
    }

    /// What a vacancy asks, as skill × 256 + weight, of which somebody has something.
    #[inline(always)]
    pub(super) fn held<'a>(&self, asked: &'a [u32]) -> Held<'a> {
        let (first, rest) = asked.split_at(asked.len().min(AT_ONCE));
        let mut held = Held { first: [0; AT_ONCE], count: 0, rest, most: 0 };
        for one in first {
            let most = self.most.get((one >> 8) as usize).copied().unwrap_or_default();
            held.most = held.most.wrapping_add(u16::from(most).wrapping_mul(weight(*one)));
            // Written always and counted only where somebody has it: there is no jump to guess wrong.
            if let Some(place) = held.first.get_mut(held.count) {
                *place = *one;
            }
            held.count += usize::from(most > 0);
        }
        for one in rest {
            let most = self.most.get((one >> 8) as usize).copied().unwrap_or_default();
            held.most = held.most.wrapping_add(u16::from(most).wrapping_mul(weight(*one)));
        }
        held
    }

    /// Σ weight × credit of each person.
    #[inline(always)]
    pub(super) fn sums(&self, held: &Held<'_>) -> Lanes {
        let mut sums = [0; LANES];
        for one in held.skills().iter().chain(held.rest) {
            if let Some(row) = self.row(one >> 8) {
                add_product(&mut sums, row, weight(*one));
            }
        }
        sums
    }

    /// Σ weight × credit of one person.
    #[inline(always)]
    pub(super) fn sum(&self, held: &Held<'_>, lane: usize) -> u16 {
        held.skills().iter().chain(held.rest).fold(0u16, |sum, one| {
            let credit = self.row(one >> 8).and_then(|row| row.get(lane)).copied();
            sum.wrapping_add(u16::from(credit.unwrap_or_default()).wrapping_mul(weight(*one)))
        })
    }
}

#[inline(always)]
fn weight(asked: u32) -> u16 {
    u16::from(asked.to_le_bytes()[0])
}

/// The place of the row of a skill that nobody has: there is none.
const NOBODY: u32 = u32::MAX;

/// Few vacancies ask more skills.
const AT_ONCE: usize = 32;

/// The skills of a vacancy of which somebody of a block has something.
#[derive(Debug)]
pub(super) struct Held<'a> {
    first: [u32; AT_ONCE],
    count: usize,
    /// What is asked beyond those, whether somebody has it or not.
    rest: &'a [u32],
    /// Σ weight × the most of anybody: as much as the best of each skill together, and no person has more.
    pub(super) most: u16,
}

impl Held<'_> {
    #[inline(always)]
    fn skills(&self) -> &[u32] {
        self.first.get(..self.count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Skills of two people, and vacancies that ask so many skills from the first on.
    #[test]
    fn sums_and_their_most_are_those_of_each_skill() {
        const SKILLS: u32 = 80;
        let credit = |skill: u32, lane: usize| -> u8 {
            let first = if skill.is_multiple_of(3) { 100 } else { 0 };
            let last = if skill.is_multiple_of(7) { 50 } else { 0 };
            [first, last][usize::from(lane > 0)]
        };
        let mut credits = Credits::default();
        credits.clear(SKILLS as usize);
        for skill in 0..SKILLS {
            for lane in [0, 63] {
                credits.set(skill, lane, credit(skill, lane));
            }
        }
        let of: Vec<usize> = (0..LANES).filter(|lane| credits.of.0[*lane] == u16::MAX).collect();
        assert_eq!(of, [0, 63]);
        for asked in [0, 1, 31, 32, 33, SKILLS] {
            let weighted: Vec<u32> = (0..asked).map(|skill| skill << 8 | (skill % 4)).collect();
            let by_hand = |lane| -> u16 {
                (0..asked)
                    .map(|skill| u16::try_from(skill % 4).unwrap() * u16::from(credit(skill, lane)))
                    .sum()
            };
            let held = credits.held(&weighted);
            let sums = credits.sums(&held);
            for lane in [0, 63] {
                assert_eq!(sums[lane], by_hand(lane), "{asked}");
                assert_eq!(credits.sum(&held, lane), by_hand(lane), "{asked}");
                assert!(held.most >= by_hand(lane));
            }
            assert_eq!((sums[1], credits.sum(&held, 1)), (0, 0));
            assert!(held.most <= by_hand(0) + by_hand(63));
        }
    }
}
