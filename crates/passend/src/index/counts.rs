// SPDX-License-Identifier: EUPL-1.2
//! A counter for each of 64 people, bit by bit: word n holds bit n of all counters, so that 64 are raised at once.

use super::lanes::bits;

/// One counter for each lane.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    words: [u64; 32],
}

impl Counts {
    /// Raises the counters of these lanes by one.
    #[inline(always)]
    pub(super) fn add(&mut self, lanes: u64) {
        self.carry(lanes, 0);
    }

    /// Raises the counters of these lanes by so many.
    #[inline(always)]
    pub(super) fn add_times(&mut self, lanes: u64, times: u32) {
        if lanes != 0 {
            for bit in bits(u64::from(times)) {
                self.carry(lanes, bit);
            }
        }
    }

    #[inline(always)]
    fn carry(&mut self, mut lanes: u64, from: usize) {
        for word in self.words.iter_mut().skip(from) {
            if lanes == 0 {
                return;
            }
            let full = *word & lanes;
            *word ^= lanes;
            lanes = full;
        }
    }

    /// The counter of a lane.
    pub(super) fn get(&self, lane: usize) -> u32 {
        let bit = |word: &u64| u32::from(word >> lane & 1 == 1);
        (0..).zip(&self.words).fold(0, |sum, (place, word)| sum | bit(word) << place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lane_is_counted_by_itself() {
        let mut counts = Counts::default();
        let mut expected = [0u32; 64];
        let mut lanes = 0x9e37_79b9_7f4a_7c15u64;
        for step in 0..500u32 {
            lanes = lanes.rotate_left(11).wrapping_mul(5).wrapping_add(1);
            let times = step % 7 * (step % 3 * 1_000 + 1);
            counts.add(lanes);
            counts.add_times(!lanes, times);
            for (lane, count) in expected.iter_mut().enumerate() {
                *count += if lanes >> lane & 1 == 1 { 1 } else { times };
            }
        }
        let found: Vec<u32> = (0..64).map(|lane| counts.get(lane)).collect();
        assert_eq!(found, expected);
    }
}
