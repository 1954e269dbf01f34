// SPDX-License-Identifier: EUPL-1.2
//! The score in whole numbers: fits, weights in force, contributions.
//!
//! A fit is 0 to 20,000 (a percentage × 200, so that skills can be finer than one percent); a contribution is
//! ⌊weight × fit / 200⌋, 0 to 100 × weight; the contributions sum to the score, 0 to 10,000.

use serde::Serialize;

use crate::policy::Weights;
use crate::text::largest_remainder;

/// The criteria, in the order in which they are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Criterion {
    Skills,
    Occupation,
    Education,
    Language,
    Travel,
    Wishes,
}

impl Criterion {
    pub(crate) const ALL: [Self; 6] = [
        Self::Skills,
        Self::Occupation,
        Self::Education,
        Self::Language,
        Self::Travel,
        Self::Wishes,
    ];

    /// The name in records.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Skills => "skills",
            Self::Occupation => "occupation",
            Self::Education => "education",
            Self::Language => "language",
            Self::Travel => "travel",
            Self::Wishes => "wishes",
        }
    }
}

/// How well one criterion fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// The vacancy does not ask it: it has no weight.
    NotAsked,
    /// A fact is missing on either side: nothing now, everything in `score_max`.
    Unknown,
    /// Known, 0 to 20,000.
    Known(u16),
    /// So much is known, but a fact is missing: everything in `score_max`.
    AtLeast(u16),
}

/// The largest fit: 100 percent.
pub(crate) const FULL: u16 = 20_000;
/// Fits are percentages × this.
pub(crate) const SCALE: u16 = 200;

impl Fit {
    /// A fit of so many percent, at most 100.
    pub(crate) const fn percent(percent: u8) -> Self {
        Self::Known(percent_of_full(percent))
    }

    /// The fit that counts now.
    pub(crate) const fn now(self) -> u16 {
        match self {
            Self::NotAsked | Self::Unknown => 0,
            Self::Known(fit) | Self::AtLeast(fit) => fit,
        }
    }

    /// The fit if every missing fact were the best one.
    pub(crate) const fn best(self) -> u16 {
        match self {
            Self::NotAsked => 0,
            Self::Unknown | Self::AtLeast(_) => FULL,
            Self::Known(fit) => fit,
        }
    }
}

/// So many percent, at most 100, as a fit.
pub(crate) const fn percent_of_full(percent: u8) -> u16 {
    let percent = if percent > 100 { 100 } else { percent as u16 };
    percent * SCALE
}

/// ⌊weight × fit / 200⌋.
pub(crate) const fn contribution(weight: u8, fit: u16) -> u16 {
    // With fit = 200q + r: weight·q + ⌊weight·r/200⌋, so that 16 bits are enough.
    let weight = weight as u16;
    weight * (fit / SCALE) + weight * (fit % SCALE) / SCALE
}

/// The eight weight vectors: which of education, language and travel are asked.
#[derive(Debug, Clone)]
pub(crate) struct WeightVectors([[u8; 6]; 8]);

impl WeightVectors {
    /// Weights of the criteria that are asked, scaled to sum to 100 by largest remainder; ties go to the earlier criterion.
    pub(crate) fn new(weights: &Weights) -> Self {
        let mut vectors = [[0; 6]; 8];
        for (asked, vector) in (0u8..).zip(&mut vectors) {
            let counts = |bit: u8, weight: u8| if asked & bit == 0 { 0 } else { u32::from(weight) };
            let raw = [
                u32::from(weights.skills),
                u32::from(weights.occupation),
                counts(1, weights.education),
                counts(2, weights.language),
                counts(4, weights.travel),
                u32::from(weights.wishes),
            ];
            for (weight, scaled) in vector.iter_mut().zip(largest_remainder(&raw, 100)) {
                *weight = u8::try_from(scaled).unwrap_or(100);
            }
        }
        Self(vectors)
    }

    /// Whether wishes have a weight above 0, whatever else is asked.
    pub(crate) fn always_counts_wishes(&self) -> bool {
        self.0.iter().all(|[.., wishes]| *wishes > 0)
    }

    /// Whether travel has a weight above 0 wherever it is asked.
    pub(crate) fn always_counts_travel(&self) -> bool {
        // The second half of the vectors is that with travel.
        self.0.iter().skip(4).all(|[.., travel, _]| *travel > 0)
    }

    /// The weights in force for what is asked.
    pub(crate) fn get(&self, education: bool, language: bool, travel: bool) -> [u8; 6] {
        let at = usize::from(education) + 2 * usize::from(language) + 4 * usize::from(travel);
        self.0.get(at).copied().unwrap_or_default()
    }
}

/// A score with its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Score {
    pub(crate) now: u16,
    pub(crate) best: u16,
    pub(crate) parts: [Option<u16>; 6],
}

impl Score {
    /// The score of these fits under these weights.
    pub(crate) fn new(weights: [u8; 6], fits: [Fit; 6]) -> Self {
        let mut score = Self { now: 0, best: 0, parts: [None; 6] };
        for ((weight, fit), part) in weights.into_iter().zip(fits).zip(&mut score.parts) {
            if fit != Fit::NotAsked {
                let now = contribution(weight, fit.now());
                score.now += now;
                score.best += contribution(weight, fit.best());
                *part = Some(now);
            }
        }
        score
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    #[test]
    fn the_weight_vectors_sum_to_100() {
        let vectors = WeightVectors::new(Policy::builtin().weights());
        assert_eq!(vectors.get(true, true, true), [35, 25, 15, 10, 10, 5]);
        // 35, 25 and 5 of 65: 53.8, 38.5 and 7.7 percent.
        assert_eq!(vectors.get(false, false, false), [54, 38, 0, 0, 0, 8]);
        // 35, 25, 10 and 5 of 75: 46.67, 33.33, 13.33 and 6.67.
        assert_eq!(vectors.get(false, false, true), [47, 33, 0, 0, 13, 7]);
        assert!(vectors.always_counts_travel());
        let (skills, travel) = (45, 0);
        let weights = Weights { skills, travel, ..Policy::builtin().weights().clone() };
        assert!(!WeightVectors::new(&weights).always_counts_travel());
        for vector in vectors.0 {
            assert_eq!(vector.iter().map(|weight| u32::from(*weight)).sum::<u32>(), 100);
        }
    }

    #[test]
    fn a_contribution_is_the_rounded_down_product() {
        for weight in 0..=100u8 {
            for fit in (0..=FULL).step_by(37).chain([FULL]) {
                assert_eq!(
                    u32::from(contribution(weight, fit)),
                    u32::from(weight) * u32::from(fit) / 200
                );
            }
        }
    }

    #[test]
    fn parts_sum_to_the_score_and_missing_facts_count_in_the_maximum() {
        let fits = [
            Fit::AtLeast(9_999),
            Fit::percent(80),
            Fit::Unknown,
            Fit::NotAsked,
            Fit::percent(100),
            Fit::percent(100),
        ];
        let weights = [39, 28, 17, 0, 11, 5];
        let score = Score::new(weights, fits);
        assert_eq!(score.parts, [Some(1_949), Some(2_240), Some(0), None, Some(1_100), Some(500)]);
        assert_eq!(score.now, 5_789);
        assert_eq!(score.best, 3_900 + 2_240 + 1_700 + 1_100 + 500);
    }
}
