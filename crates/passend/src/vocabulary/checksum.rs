// SPDX-License-Identifier: EUPL-1.2
//! Whether a file of ours is as it was written.

/// A checksum against damage, not against forgers: eight lanes of multiply and add over words of eight bytes.
///
/// Each step is one to one in the lane and in the word, and so is the fold at the end: a change within one word, such as a
/// bit that flipped, always shows.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    const LANES: usize = 8;
    let mut lanes = [ODD; LANES];
    let mut step = |words: &[[u8; 8]]| {
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = (lane.rotate_left(23) ^ u64::from_le_bytes(*word)).wrapping_mul(ODD);
        }
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let (rows, words) = words.as_chunks::<LANES>();
    for row in rows {
        step(row);
    }
    step(words);
    let mut last = [0; 8];
    for (byte, own) in last.iter_mut().zip(rest) {
        *byte = *own;
    }
    let all = lanes.into_iter().chain([u64::from_le_bytes(last), bytes.len() as u64]);
    all.fold(0, |sum: u64, one| (sum.rotate_left(23) ^ one).wrapping_mul(ODD))
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn every_bit_of_every_place_counts() {
        let whole: Vec<u8> = (0..=149).collect();
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut changed = whole.clone();
                changed[at] ^= 1 << bit;
                assert_ne!(checksum(&changed), checksum(&whole), "{at} {bit}");
            }
            assert_ne!(checksum(&whole[..at]), checksum(&whole), "{at}");
        }
        // A word that changed places with another one, in its lane and beside it.
        for other in [8, 64] {
            let mut changed = whole.clone();
            changed[..8].copy_from_slice(&whole[other..other + 8]);
            changed[other..other + 8].copy_from_slice(&whole[..8]);
            assert_ne!(checksum(&changed), checksum(&whole), "{other}");
        }
        assert_ne!(checksum(&[0; 8]), checksum(&[0; 16]));
    }
}
