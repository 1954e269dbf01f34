// SPDX-License-Identifier: EUPL-1.2
//! The best k of many pairs, exactly, in the order of the design.

/// A pair that may be listed: its score and the number of the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scored {
    pub(crate) score: u16,
    pub(crate) other: u32,
}

/// The best pairs in order, and how many pairs have the score at the cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Best {
    pub(crate) pairs: Vec<Scored>,
    pub(crate) tie_group: u32,
}

/// The best `k` by score, then by `tie`, which gives every pair another key; linear in the number of pairs.
///
/// The cut lies at the last score listed; all pairs that have it are counted, listed or not.
pub(crate) fn best<K: Ord>(mut pairs: Vec<Scored>, k: usize, tie: impl Fn(Scored) -> K) -> Best {
    if k == 0 || pairs.is_empty() {
        return Best::default();
    }
    let cut = if pairs.len() > k {
        let (_, last, _) =
            pairs.select_nth_unstable_by_key(k - 1, |pair| std::cmp::Reverse(pair.score));
        last.score
    } else {
        pairs.iter().map(|pair| pair.score).min().unwrap_or_default()
    };
    pairs.retain(|pair| pair.score >= cut);
    let tie_group = pairs.iter().filter(|pair| pair.score == cut).count();
    pairs.sort_by_cached_key(|pair| (std::cmp::Reverse(pair.score), tie(*pair)));
    pairs.truncate(k);
    Best { pairs, tie_group: u32::try_from(tie_group).unwrap_or(u32::MAX) }
}

/// The fixed hash of a pair, which orders equal scores, so that no employer gains by its name: the hashes of both ids
/// mixed by the finalizer of splitmix64.
pub(crate) const fn pair_hash(candidate: u64, vacancy: u64) -> u64 {
    let mut mixed = candidate ^ vacancy.rotate_left(32);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scores: &[u16], k: usize, expected: &[(u16, u32)], tie_group: u32) {
        let pairs =
            (0..).zip(scores).map(|(other, score)| Scored { score: *score, other }).collect();
        let best = best(pairs, k, |pair| std::cmp::Reverse(pair.other));
        assert_eq!(
            best.pairs.iter().map(|pair| (pair.score, pair.other)).collect::<Vec<_>>(),
            expected
        );
        assert_eq!(best.tie_group, tie_group);
    }

    #[test]
    fn the_best_are_in_order_and_ties_are_counted() {
        check(&[10, 30, 20, 20, 20], 2, &[(30, 1), (20, 4)], 3);
        check(&[10, 30], 5, &[(30, 1), (10, 0)], 1);
        check(&[10, 10, 10], 3, &[(10, 2), (10, 1), (10, 0)], 3);
        check(&[], 3, &[], 0);
        check(&[10], 0, &[], 0);
    }

    #[test]
    fn the_hash_of_a_pair_is_fixed() {
        // The finalizer of splitmix64 gives e220a8397b1dcdaf for its first state, 9e3779b97f4a7c15.
        assert_eq!(pair_hash(0x9e37_79b9_7f4a_7c15, 0), 0xe220_a839_7b1d_cdaf);
        assert_ne!(pair_hash(1, 2), pair_hash(2, 1));
    }
}
