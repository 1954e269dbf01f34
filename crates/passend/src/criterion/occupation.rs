// SPDX-License-Identifier: EUPL-1.2
//! Occupation: the best experience, by closeness and strength. Time does not wear it out: waiting is not a choice.

use crate::prepare::Held;
use crate::score::Fit;
use crate::vocabulary::{Reading, Vocabulary};

/// For each reading of the vacancy the best of ⌊closeness × strength × share / 10,000⌋ over the experience; then the mean
/// over the readings by their shares, rounded down.
pub(super) fn occupation(
    vocabulary: &Vocabulary,
    held: Option<&[Held]>,
    unlinked: bool,
    asked: &[Reading],
) -> Fit {
    let Some(held) = held else { return Fit::Unknown };
    if asked.is_empty() {
        return Fit::Unknown;
    }
    let best = |reading: &Reading| {
        (reading.share, best_experience(vocabulary, held, *reading).map_or(0, |(_, fit)| fit))
    };
    let mean = mean_by_share(asked.iter().map(best));
    // A job of unknown length, or one that the vocabulary does not know, could be worth more.
    let unsure = mean < 100 && (unlinked || held.iter().any(|one| !one.sure));
    match (unsure, Fit::percent(mean)) {
        (true, Fit::Known(fit)) => Fit::AtLeast(fit),
        (_, fit) => fit,
    }
}

/// The mean of what readings are worth, by their shares, which sum to 100; rounded down.
pub(crate) fn mean_by_share(readings: impl Iterator<Item = (u8, u8)>) -> u8 {
    let sum: u32 = readings.map(|(share, worth)| u32::from(share) * u32::from(worth)).sum();
    u8::try_from(sum / 100).unwrap_or(100)
}

/// What experience is worth for work that is so close to it: ⌊closeness × strength × share / 10,000⌋.
pub(crate) fn worth(held: &Held, closeness: u8) -> u8 {
    let product = u32::from(closeness) * u32::from(held.strength) * u32::from(held.reading.share);
    u8::try_from(product / 10_000).unwrap_or(100)
}

/// The experience that counts most for a reading, and for how much, 0 to 100; the first of equals.
pub(crate) fn best_experience<'a>(
    vocabulary: &Vocabulary,
    held: &'a [Held],
    asked: Reading,
) -> Option<(&'a Held, u8)> {
    let fit = |one: &Held| worth(one, vocabulary.occupation_closeness(one.reading, asked));
    let mut best: Option<(&Held, u8)> = None;
    for one in held {
        // Most of the experience is not worth looking up how close it is.
        if best.is_some_and(|(_, most)| worth(one, 100) <= most) {
            continue;
        }
        let fit = fit(one);
        if best.is_none_or(|(_, most)| fit > most) {
            best = Some((one, fit));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(title: &str, share: u8) -> Reading {
        let vocabulary = Vocabulary::starter();
        Reading { share, ..vocabulary.title_readings(title)[0] }
    }

    fn held(title: &str, strength: u8) -> Held {
        Held { reading: reading(title, 100), strength, months: 12, sure: true }
    }

    #[track_caller]
    fn check(held: Option<&[Held]>, asked: &[Reading], expected: Fit) {
        assert_eq!(occupation(&Vocabulary::starter(), held, false, asked), expected);
    }

    #[test]
    fn the_same_occupation_counts_by_its_strength() {
        check(Some(&[held("kok", 76)]), &[reading("kok", 100)], Fit::percent(76));
        check(
            Some(&[held("kok", 40), held("kok", 100)]),
            &[reading("kok", 100)],
            Fit::percent(100),
        );
    }

    #[test]
    fn readings_of_a_vacancy_count_by_their_shares() {
        let asked = [reading("kok", 60), reading("lasser", 40)];
        check(Some(&[held("kok", 76)]), &asked, Fit::percent(45)); // ⌊60 × 76 / 100⌋, nothing for the welder
    }

    #[test]
    fn nothing_known_is_unknown_and_no_work_is_nothing() {
        check(None, &[reading("kok", 100)], Fit::Unknown);
        check(Some(&[held("kok", 76)]), &[], Fit::Unknown);
        check(Some(&[]), &[reading("kok", 100)], Fit::percent(0));
    }

    #[test]
    fn a_job_of_unknown_length_could_be_worth_more() {
        let unsure = Held { sure: false, ..held("kok", 40) };
        check(Some(&[unsure]), &[reading("kok", 100)], Fit::AtLeast(8_000));
    }
}
