// SPDX-License-Identifier: EUPL-1.2
//! A counter for each of 64 people, bit by bit: word n holds bit n of all counters, so that 64 are raised at once.

use super::bits::bits;

/// One counter for each lane.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    words: [u64; 32],
    /// Lanes that are not counted yet: eight are counted together, with a tenth of the carries.
    waiting: [u64; 8],
    wait: usize,
}

impl Counts {
    /// Raises the counters of these lanes by one.
    #[inline(always)]
    pub(super) fn add(&mut self, lanes: u64) {
        if let Some(place) = self.waiting.get_mut(self.wait) {
            *place = lanes;
        }
        self.wait += 1;
        if self.wait == self.waiting.len() {
            self.flush();
        }
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
    fn flush(&mut self) {
        let [a, b, c, d, e, f, g, h] = std::mem::take(&mut self.waiting);
        self.wait = 0;
        let [ones, twos, fours, ..] = &mut self.words;
        let [first, second] = [add_two(ones, a, b), add_two(ones, c, d)];
        let low = add_two(twos, first, second);
        let [third, fourth] = [add_two(ones, e, f), add_two(ones, g, h)];
        let high = add_two(twos, third, fourth);
        let eights = add_two(fours, low, high);
        self.carry(eights, 3);
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
    pub(super) fn get(&mut self, lane: usize) -> u32 {
        if self.wait > 0 {
            self.flush();
        }
        let bit = |word: &u64| u32::from(word >> lane & 1 == 1);
        (0..).zip(&self.words).fold(0, |sum, (place, word)| sum | bit(word) << place)
    }
}

/// Adds two bits to each of a word, and gives what is carried.
#[inline(always)]
const fn add_two(word: &mut u64, some: u64, other: u64) -> u64 {
    let odd = *word ^ some;
    let full = *word & some | odd & other;
    *word = odd ^ other;
    full
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
