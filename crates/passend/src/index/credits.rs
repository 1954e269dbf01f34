// SPDX-License-Identifier: EUPL-1.2
//! What the skills of 64 people are worth, and those of them that a vacancy asks.

use super::lanes::{LANES, Lanes, Row, add_product};

/// A row for each skill that somebody of a block has, and none for the others: the rows of all skills together would not
/// stay in the cache.
#[derive(Debug, Default)]
pub(super) struct Credits {
    /// The first is that of skills that nobody has.
    rows: Vec<Row>,
    /// The skill of each of the others, by its number.
    skills: Vec<u32>,
    /// For each skill that vacancies ask the place of its row.
    places: Vec<u32>,
}

impl Credits {
    /// Nobody has any of so many skills.
    pub(super) fn clear(&mut self, skills: usize) {
        self.rows.clear();
        self.rows.push([0; LANES]);
        self.skills.clear();
        self.places.clear();
        self.places.resize(skills, 0);
    }

    /// A person has a skill, by its number.
    pub(super) fn set(&mut self, skill: u32, lane: usize, credit: u8) {
        let Some(place) = self.places.get_mut(skill as usize) else { return };
        if credit == 0 {
            return;
        }
        if *place == 0 {
            *place = u32::try_from(self.rows.len()).unwrap_or_default();
            self.rows.push([0; LANES]);
            self.skills.push(skill);
        }
        let row = self.rows.get_mut(*place as usize);
        if let Some(one) = row.and_then(|row| row.get_mut(lane)) {
            *one = credit;
        }
    }

    /// The skills that somebody has, by number, with the credit of each person.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &Row)> {
        self.skills.iter().copied().zip(self.rows.iter().skip(1))
    }

    /// The place of the row of a skill that is asked, as skill × 256 + weight; 0 where nobody has it.
    #[inline(always)]
    fn place(&self, asked: u32) -> Option<usize> {
        self.places.get((asked >> 8) as usize).map(|place| *place as usize)
    }

    /// Σ weight × credit of each person.
    #[inline(always)]
    pub(super) fn sums(&self, asked: &[u32]) -> Lanes {
        let mut sums = [0; LANES];
        for one in asked {
            if let Some(row) = self.place(*one).and_then(|place| self.rows.get(place)) {
                add_product(&mut sums, row, weight(*one));
            }
        }
        sums
    }

    /// Σ weight × credit of one person.
    #[inline(always)]
    pub(super) fn sum(&self, asked: &[u32], lane: usize) -> u16 {
        asked.iter().fold(0u16, |sum, one| {
            let row = self.place(*one).and_then(|place| self.rows.get(place));
            let credit = row.and_then(|row| row.get(lane)).copied().unwrap_or_default();
            sum.wrapping_add(u16::from(credit).wrapping_mul(weight(*one)))
        })
    }
}

#[inline(always)]
fn weight(asked: u32) -> u16 {
    u16::from(asked.to_le_bytes()[0])
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
        for asked in [0, 1, 31, 32, 33, SKILLS] {
            let weighted: Vec<u32> = (0..asked).map(|skill| skill << 8 | (skill % 4)).collect();
            let by_hand = |lane| -> u16 {
                (0..asked)
                    .map(|skill| u16::try_from(skill % 4).unwrap() * u16::from(credit(skill, lane)))
                    .sum()
            };
            let sums = credits.sums(&weighted);
            for lane in [0, 63] {
                assert_eq!(sums[lane], by_hand(lane), "{asked}");
                assert_eq!(credits.sum(&weighted, lane), by_hand(lane), "{asked}");
            }
            assert_eq!((sums[1], credits.sum(&weighted, 1)), (0, 0));
        }
    }
}
