// SPDX-License-Identifier: EUPL-1.2
//! What the parts of scores are made of, in the steps in which [`super::coarse`] reckons; it knows no person.

use std::hash::Hash;

use super::asked::{Asked, PartsOf};
use super::cross::interned;

/// Points of a step: 10,000 are 250 steps. What parts that are rounded up make of it beyond 255 stays there.
pub(super) const STEP: u16 = 40;
/// The highest level of a credit; 100 has it.
pub(super) const HIGHEST: u16 = 15;

/// What the parts of scores are made of, by number. It knows no person.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    /// Demands on education, language and travel, each with its weight.
    pub(super) fits: [Vec<(u32, u8)>; 3],
    /// Rows of occupations with the weights of experience and of wishes.
    pub(super) occupations: Vec<(u32, [u8; 2])>,
    /// For each vector of weights what skills contribute, by their own weight and the level of the credit.
    pub(super) skills: Vec<Contributions>,
}

/// Steps by weight of the skill and level of the credit.
pub(super) type Contributions = [[u8; 16]; 256];

impl Parts {
    /// Numbers the parts of all vacancies.
    pub(super) fn new(asked: &mut [Asked]) -> Self {
        // The rows of a block stand one kind after the other.
        let mut first = 0;
        let fits = [0, 1, 2].map(|kind| {
            let parts = parted(
                asked,
                move |one| {
                    let [_, _, weights @ .., _] = one.weights;
                    let weight = weights.get(kind).copied().unwrap_or_default();
                    // What has no weight is one part, whatever is asked.
                    if weight == 0 {
                        (0, 0)
                    } else {
                        (one.fits.get(kind).copied().unwrap_or(0), weight)
                    }
                },
                |to, number| {
                    if let Some(row) = to.rows.get_mut(kind) {
                        *row = first + number;
                    }
                },
            );
            first += u32::try_from(parts.len()).unwrap_or(u32::MAX);
            parts
        });
        let occupations = parted(
            asked,
            |one| {
                let [_, by_occupation, .., by_wishes] = one.weights;
                (one.occupation, [by_occupation, by_wishes])
            },
            |to, number| {
                let [.., row] = &mut to.rows;
                *row = first + number;
            },
        );
        let weights = parted(
            asked,
            |one| one.weights,
            |to, number| to.skills = u8::try_from(number).unwrap_or_default(),
        );
        let skills = weights.iter().map(|weights| contributions(weights[0])).collect();
        Self { fits, occupations, skills }
    }

    pub(super) fn rows(&self) -> usize {
        self.fits.iter().map(Vec::len).sum::<usize>() + self.occupations.len()
    }
}

/// Tells each vacancy the number of its part, and gives the parts.
fn parted<K: Copy + Eq + Hash>(
    asked: &mut [Asked],
    part: impl Fn(&Asked) -> K,
    tell: impl Fn(&mut PartsOf, u32),
) -> Vec<K> {
    let (numbers, firsts) = interned(asked, &part);
    let parts = firsts.iter().filter_map(|first| asked.get(*first as usize)).map(part).collect();
    for (one, number) in asked.iter_mut().zip(numbers) {
        tell(&mut one.parts, number);
    }
    parts
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_skill_that_weighs_all_is_all_of_its_criterion() {
        assert_eq!(contributions(100)[200][15], 250);
        assert_eq!(contributions(35)[200][15], 88);
    }
}
