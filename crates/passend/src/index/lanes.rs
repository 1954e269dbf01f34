// SPDX-License-Identifier: EUPL-1.2
//! The arithmetic of 64 people side by side, one lane each, in 16 bits.
//!
//! Plain loops over arrays of a fixed length, which the compiler turns into vector instructions. No sum or product here
//! leaves 16 bits: Σ weight × credit is at most 20,000, weight × percent at most 10,000, and the weights of a vacancy sum
//! to 100. Wrapping operations say so to the compiler, which would otherwise test every lane.

/// People in a block.
pub(super) const LANES: usize = 64;
/// One byte for each person: a credit or a percentage, 0 to 100.
pub(super) type Row = [u8; LANES];
/// One score for each person.
pub(super) type Lanes = [u16; LANES];

/// Lanes that begin at 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct FromZero(pub(super) Lanes);

impl Default for FromZero {
    fn default() -> Self {
        Self([0; LANES])
    }
}

/// Fits are percentages × this.
const SCALE: u16 = crate::score::SCALE;

/// Adds weight × each of a row.
#[inline(always)]
pub(super) fn add_product(sum: &mut Lanes, row: &Row, weight: u16) {
    for (sum, one) in sum.iter_mut().zip(row) {
        *sum = sum.wrapping_add(u16::from(*one).wrapping_mul(weight));
    }
}

/// Adds ⌊weight × fit / 200⌋ for each fit, 0 to 20,000: with fit = 200q + r, weight·q + ⌊weight·r / 200⌋.
#[inline(always)]
pub(super) fn add_contributions(sum: &mut Lanes, fits: &Lanes, weight: u16) {
    for (sum, fit) in sum.iter_mut().zip(fits) {
        let whole = fit / SCALE;
        let rest = fit.wrapping_sub(whole.wrapping_mul(SCALE));
        let part = weight.wrapping_mul(whole).wrapping_add(weight.wrapping_mul(rest) / SCALE);
        *sum = sum.wrapping_add(part);
    }
}

/// Adds weight × the mean of up to three kinds of wish, rounded down; see [`mean_factor`].
#[inline(always)]
pub(super) fn add_wishes(sum: &mut Lanes, wishes: [&Row; 3], factors: &Lanes, weight: u16) {
    let [first, second, third] = wishes;
    for ((((sum, first), second), third), factor) in
        sum.iter_mut().zip(first).zip(second).zip(third).zip(factors)
    {
        let all = u16::from(*first) + u16::from(*second) + u16::from(*third);
        *sum = sum.wrapping_add((all.wrapping_mul(*factor) >> 9).wrapping_mul(weight));
    }
}

/// Sum of percentages × this, without its last nine bits, is the mean over so many kinds of wish, rounded down.
pub(super) const fn mean_factor(kinds: usize) -> u16 {
    match kinds {
        0 | 1 => 512,
        2 => 256,
        _ => 171,
    }
}

/// The scores and `more` for the lanes that take part; 0 for the others.
#[inline(always)]
pub(super) fn masked(scores: &Lanes, live: u64, more: u16) -> Lanes {
    const BITS: [u16; 16] = [
        1,
        1 << 1,
        1 << 2,
        1 << 3,
        1 << 4,
        1 << 5,
        1 << 6,
        1 << 7,
        1 << 8,
        1 << 9,
        1 << 10,
        1 << 11,
        1 << 12,
        1 << 13,
        1 << 14,
        1 << 15,
    ];
    let mut kept = [0u16; LANES];
    let (scores, _) = scores.as_chunks::<16>();
    let (chunks, _) = kept.as_chunks_mut::<16>();
    for ((kept, scores), word) in chunks.iter_mut().zip(scores).zip(words(live)) {
        for ((kept, score), bit) in kept.iter_mut().zip(scores).zip(&BITS) {
            *kept = if word & bit == 0 { 0 } else { score.wrapping_add(more) };
        }
    }
    kept
}

/// What scores must reach where a price is added to what people must reach: one more than both together, and at least 1.
#[inline(always)]
pub(super) fn at_price(floors: &Lanes, price: u16) -> Lanes {
    let mut wanted = [0; LANES];
    for (wanted, floor) in wanted.iter_mut().zip(floors) {
        *wanted = floor.saturating_add(price).saturating_sub(super::price::BOTH).max(1);
    }
    wanted
}

/// Whether a lane reaches its own threshold.
#[inline(always)]
pub(super) fn any_reaches(scores: &Lanes, thresholds: &Lanes) -> bool {
    let mut any = 0u16;
    for (score, threshold) in scores.iter().zip(thresholds) {
        any |= u16::from(score >= threshold);
    }
    any != 0
}

/// Whether a lane reaches one threshold.
#[inline(always)]
pub(super) fn any_reaches_one(scores: &Lanes, threshold: u16) -> bool {
    let mut most = 0u16;
    for score in scores {
        most = most.max(*score);
    }
    most >= threshold
}

/// Raises each lane to that of another row, if it is less.
#[inline(always)]
pub(super) fn raise(lanes: &mut Lanes, others: &Lanes) {
    for (lane, other) in lanes.iter_mut().zip(others) {
        *lane = (*lane).max(*other);
    }
}

/// Raises these lanes to a value, where they are less.
#[inline(always)]
pub(super) fn raise_some(lanes: &mut Lanes, some: u64, value: u16) {
    raise(lanes, &masked(&[value; LANES], some, 0));
}

/// The lanes that are above a limit, or above their own once they are at least `least`.
#[inline(always)]
pub(super) fn later_than(lanes: &Lanes, limit: u16, least: u16, own: &Lanes) -> u64 {
    let mut later = [0u8; LANES];
    for ((later, lane), own) in later.iter_mut().zip(lanes).zip(own) {
        *later = u8::from(*lane > limit) | u8::from((*lane).max(least) > *own);
    }
    gathered(&later)
}

/// The lanes that are above 0.
#[inline(always)]
pub(super) fn above_zero(row: &Row) -> u64 {
    let mut above = [0u8; LANES];
    for (above, one) in above.iter_mut().zip(row) {
        *above = u8::from(*one > 0);
    }
    gathered(&above)
}

/// The bits of lanes that are 0 or 1.
#[inline(always)]
fn gathered(lanes: &Row) -> u64 {
    let (words, _) = lanes.as_chunks::<8>();
    words.iter().rev().fold(0, |bits, word| {
        // The product brings the last bit of each byte into the first byte.
        let gathered = u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits << 8 | gathered
    })
}

/// The mean of rows by their shares, which sum to 100; rounded down.
#[inline(always)]
pub(super) fn mean<'a>(rows: impl Iterator<Item = (&'a Row, u8)>) -> Row {
    let mut sum = [0u16; LANES];
    for (row, share) in rows {
        add_product(&mut sum, row, u16::from(share));
    }
    let mut mean = [0; LANES];
    for (mean, sum) in mean.iter_mut().zip(sum) {
        // At most 100: a byte holds it.
        *mean = (sum / 100).to_le_bytes()[0];
    }
    mean
}

/// Four words of 16 lanes.
#[inline(always)]
const fn words(mask: u64) -> [u16; 4] {
    let bytes = mask.to_le_bytes();
    [
        u16::from_le_bytes([bytes[0], bytes[1]]),
        u16::from_le_bytes([bytes[2], bytes[3]]),
        u16::from_le_bytes([bytes[4], bytes[5]]),
        u16::from_le_bytes([bytes[6], bytes[7]]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criterion::{mean_by_share, mean_of};
    use crate::index::bits::bits;
    use crate::score::{FULL, contribution};

    #[test]
    fn the_mean_of_wishes_is_the_one_of_the_criterion() {
        for kinds in 1..=3 {
            for sum in 0..=100 * u16::try_from(kinds).unwrap() {
                let by_factor = (u32::from(sum) * u32::from(mean_factor(kinds))) >> 9;
                assert!(u32::from(sum) * u32::from(mean_factor(kinds)) <= u32::from(u16::MAX));
                assert_eq!(by_factor, u32::from(mean_of(sum, kinds)), "{sum} {kinds}");
            }
        }
    }

    #[test]
    fn contributions_are_those_of_one_person() {
        for weight in 0..=100u8 {
            for first in (0..=FULL).step_by(LANES) {
                let mut fits = [0; LANES];
                for (at, fit) in (0..).zip(&mut fits) {
                    *fit = (first + at).min(FULL);
                }
                let mut parts = [0; LANES];
                add_contributions(&mut parts, &fits, u16::from(weight));
                for (fit, part) in fits.iter().zip(parts) {
                    assert_eq!(part, contribution(weight, *fit));
                }
            }
        }
    }

    #[test]
    fn lanes_that_take_no_part_are_0() {
        let scores = [7; LANES];
        for live in [0, 1, u64::MAX, 0x8000_0000_0001_0002] {
            let kept = masked(&scores, live, 1);
            let expected: Vec<usize> = bits(live).collect();
            let found: Vec<usize> =
                kept.iter().enumerate().filter(|(_, one)| **one > 0).map(|(at, _)| at).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn lanes_are_raised_and_compared_one_by_one() {
        let mut lanes: Lanes = std::array::from_fn(|lane| u16::try_from(lane * 37 % 64).unwrap());
        let own: Lanes = std::array::from_fn(|lane| u16::try_from(lane * 11 % 64).unwrap());
        for (limit, least) in [(0, 0), (20, 0), (20, 40), (63, 30), (u16::MAX, 0)] {
            let later = later_than(&lanes, limit, least, &own);
            for lane in 0..LANES {
                let expected = lanes[lane] > limit || lanes[lane].max(least) > own[lane];
                assert_eq!(later >> lane & 1 == 1, expected, "{lane} {limit} {least}");
            }
        }
        let before = lanes;
        raise_some(&mut lanes, 0x8000_0000_0001_0002, 50);
        for lane in 0..LANES {
            let least = if [1, 16, 63].contains(&lane) { 50 } else { 0 };
            assert_eq!(lanes[lane], before[lane].max(least));
        }
        raise(&mut lanes, &own);
        assert!(lanes.iter().zip(&own).all(|(lane, own)| lane >= own));
    }

    #[test]
    fn lanes_above_0_and_means_are_those_of_one_person() {
        let row = |step: usize| -> Row {
            std::array::from_fn(|lane| u8::try_from(lane * step % 101).unwrap())
        };
        let rows = [row(0), row(1), row(7), row(50)];
        for row in &rows {
            let expected = bits(above_zero(row)).collect::<Vec<_>>();
            let found: Vec<usize> = (0..LANES).filter(|lane| row[*lane] > 0).collect();
            assert_eq!(found, expected);
        }
        for shares in [[100, 0, 0, 0], [25, 25, 25, 25], [1, 2, 3, 94], [0, 33, 33, 34]] {
            let found = mean(rows.iter().zip(shares));
            for lane in 0..LANES {
                let worths = rows.iter().zip(shares).map(|(row, share)| (share, row[lane]));
                assert_eq!(found[lane], mean_by_share(worths));
            }
        }
    }

    #[test]
    fn a_lane_that_equals_its_threshold_reaches_it() {
        let mut scores = [4; LANES];
        scores[63] = 5;
        assert!(any_reaches(&scores, &[5; LANES]));
        assert!(!any_reaches(&scores, &[6; LANES]));
        assert!(any_reaches_one(&scores, 5));
        assert!(!any_reaches_one(&scores, 6));
    }
}
