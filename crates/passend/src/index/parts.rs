// SPDX-License-Identifier: EUPL-1.2
//! What the parts of scores are made of, in the steps in which [`super::coarse`] reckons; it knows no person.

use std::hash::Hash;

use super::asked::Asked;
use super::cross::{interned, number};

/// Points of a step: 10,000 are 250 steps. What parts that are rounded up make of it beyond 255 stays there.
pub(super) const STEP: u16 = 40;
/// The highest level of a credit; 100 has it.
pub(super) const HIGHEST: u16 = 15;

/// What the parts of scores are made of, by number. It knows no person.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    /// Demands on education, language and travel, one kind after the other.
    pub(super) fits: Vec<FitPart>,
    /// Rows of occupations with the weights of experience and of wishes; their numbers follow.
    pub(super) occupations: Vec<(u32, [u8; 2])>,
    /// For each vector of weights what skills contribute, by their own weight and the level of the credit.
    pub(super) skills: Vec<Contributions>,
    weights: Vec<[u8; 6]>,
}

/// A demand on education (0), language (1) or travel (2), with its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct FitPart {
    pub(super) kind: u8,
    pub(super) weight: u8,
    pub(super) demand: u32,
}

/// What a vacancy asks of the criteria.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    pub(super) weights: [u8; 6],
    pub(super) occupation: u32,
    /// Education, language, travel; then sectors and hours asked for. What has no weight is not known.
    pub(super) fits: [u32; 5],
}

/// Steps by weight of the skill and level of the credit.
pub(super) type Contributions = [[u8; 16]; 256];

impl Parts {
    /// Of vacancies with such weights.
    pub(super) fn new(asked: &mut [Asked], weights: impl Fn(u32) -> [u8; 6]) -> Self {
        let weights = parted(
            asked,
            |one| weights(one.vacancy),
            |to, number| to.weights = u8::try_from(number).unwrap_or_default(),
        );
        let skills = weights.iter().map(|weights| contributions(weights[0])).collect();
        Self { skills, weights, ..Self::default() }
    }

    /// Numbers the demands of vacancies on education (0), language (1) or travel (2); the kinds in this order.
    pub(super) fn add_fit(&mut self, asked: &mut [Asked], kind: u8, of_vacancy: &[u32]) {
        let first = number(self.fits.len());
        let part = |one: &Asked| {
            let [_, _, weights @ .., _] = self.weights_of(one);
            let weight = weights.get(usize::from(kind)).copied().unwrap_or_default();
            let demand = of_vacancy.get(one.vacancy as usize).copied();
            // What has no weight is one part, whatever is asked.
            let demand = demand.filter(|_| weight > 0).unwrap_or_default();
            FitPart { kind, weight, demand }
        };
        let parts = parted(asked, part, |to, number| {
            if let Some(row) = to.parts.get_mut(usize::from(kind)) {
                *row = first + number;
            }
        });
        self.fits.extend(parts);
    }

    /// Numbers the occupations of vacancies, each with the row of its titles; after all fits.
    pub(super) fn add_occupations(&mut self, asked: &mut [Asked], of_vacancy: &[u32]) {
        let first = number(self.fits.len());
        let part = |one: &Asked| {
            let [_, by_occupation, .., by_wishes] = self.weights_of(one);
            let row = of_vacancy.get(one.vacancy as usize).copied().unwrap_or_default();
            (row, [by_occupation, by_wishes])
        };
        self.occupations = parted(asked, part, |to, number| {
            let [.., row] = &mut to.parts;
            *row = first + number;
        });
    }

    /// What a vacancy asks of the criteria.
    #[inline(always)]
    pub(super) fn terms(&self, asked: &Asked) -> Terms {
        let [education, language, travel, occupation] = asked.parts;
        let fit = |row: u32| self.fits.get(row as usize).map_or(0, |part| part.demand);
        let [sectors, hours] = asked.wishes;
        let occupation = (occupation as usize).wrapping_sub(self.fits.len());
        Terms {
            weights: self.weights_of(asked),
            occupation: self.occupations.get(occupation).map_or(0, |(row, _)| *row),
            fits: [fit(education), fit(language), fit(travel), sectors, hours],
        }
    }

    #[inline(always)]
    pub(super) fn weights_of(&self, asked: &Asked) -> [u8; 6] {
        self.weights.get(usize::from(asked.weights)).copied().unwrap_or_default()
    }

    pub(super) const fn rows(&self) -> usize {
        self.fits.len() + self.occupations.len()
    }
}

/// Tells each vacancy the number of its part, and gives the parts.
fn parted<K: Copy + Eq + Hash>(
    asked: &mut [Asked],
    part: impl Fn(&Asked) -> K,
    tell: impl Fn(&mut Asked, u32),
) -> Vec<K> {
    let (numbers, firsts) = interned(asked, &part);
    let parts = firsts.iter().filter_map(|first| asked.get(*first as usize)).map(part).collect();
    for (one, number) in asked.iter_mut().zip(numbers) {
        tell(one, number);
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
