// SPDX-License-Identifier: EUPL-1.2
//! The best k of many pairs, exactly: by score, then by a key that differs for every pair.

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

/// The best pairs so far of pairs that come one by one, in whatever order: what is kept does not depend on it.
///
/// Memory is bounded by 2k + 16 pairs. Ties at the cut that had to be let go are counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keep {
    kept: Vec<Scored>,
    /// The score at the cut when the list was last cut.
    cut: u16,
    /// Pairs with that score that were let go.
    gone: u32,
}

impl Keep {
    /// The least score that can still be listed, or that counts as a tie; at least 1, since 0 is never listed.
    pub(crate) fn threshold(&self) -> u16 {
        self.cut.max(1)
    }

    /// Takes a pair whose score is at least the threshold.
    pub(crate) fn offer<K: Ord>(&mut self, pair: Scored, k: usize, tie: impl Fn(Scored) -> K) {
        self.kept.push(pair);
        if self.kept.len() >= k.saturating_mul(2).max(k.saturating_add(16)) {
            self.shorten(k, tie);
        }
    }

    fn shorten<K: Ord>(&mut self, k: usize, tie: impl Fn(Scored) -> K) {
        if k == 0 {
            self.kept.clear();
            return;
        }
        if self.kept.len() < k {
            return;
        }
        // Most pairs are told apart by their scores alone.
        let order = |some: &Scored, other: &Scored| {
            other.score.cmp(&some.score).then_with(|| tie(*some).cmp(&tie(*other)))
        };
        let (_, last, after) = self.kept.select_nth_unstable_by(k - 1, order);
        let cut = last.score;
        let dropped = after.iter().filter(|pair| pair.score == cut).count();
        let before = if cut == self.cut { self.gone } else { 0 };
        self.gone = before.saturating_add(u32::try_from(dropped).unwrap_or(u32::MAX));
        self.cut = cut;
        self.kept.truncate(k);
    }

    /// Gives the best `k` in order, and the ties at the cut; nothing is kept any more.
    ///
    /// The room of the list stays for other pairs where most of it is empty: lists that shrink leave holes between each other.
    pub(crate) fn finish<K: Ord>(&mut self, k: usize, tie: impl Fn(Scored) -> K) -> Best {
        self.shorten(k, &tie);
        let Self { mut kept, cut: last_cut, gone } = std::mem::take(self);
        let cut = kept.iter().map(|pair| pair.score).min().unwrap_or_default();
        let tied = kept.iter().filter(|pair| pair.score == cut).count();
        let gone = if cut == last_cut { gone } else { 0 };
        let tie_group = u32::try_from(tied).unwrap_or(u32::MAX).saturating_add(gone);
        kept.sort_by_cached_key(|pair| (std::cmp::Reverse(pair.score), tie(*pair)));
        if kept.len() > kept.capacity() / 2 {
            return Best { pairs: kept, tie_group };
        }
        let pairs = kept.clone();
        self.kept = kept;
        self.clear();
        Best { pairs, tie_group }
    }

    /// Forgets all pairs.
    pub(crate) fn clear(&mut self) {
        self.kept.clear();
        (self.cut, self.gone) = (0, 0);
    }
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
    fn pairs_that_come_one_by_one_give_the_same_list() {
        // Scores that repeat, in an order that jumps about.
        let scores: Vec<u16> = (0..2_000u32).map(|at| 1 + (at * 7_919 % 37) as u16).collect();
        let tie = |pair: Scored| pair.other ^ 0x2a;
        for k in [0, 1, 2, 10, 60, 500, 1_999, 2_000, 5_000] {
            for step in [1, 3, 7] {
                let mut keep = Keep::default();
                let pairs: Vec<_> = (0..)
                    .zip(&scores)
                    .map(|(other, score)| Scored { score: *score, other })
                    .collect();
                for start in 0..step {
                    for pair in pairs.iter().skip(start).step_by(step) {
                        if pair.score >= keep.threshold() {
                            keep.offer(*pair, k, tie);
                        }
                    }
                }
                assert_eq!(keep.finish(k, tie), best(pairs, k, tie), "{k} {step}");
            }
        }
    }

    #[test]
    fn the_hash_of_a_pair_is_fixed() {
        // The finalizer of splitmix64 gives e220a8397b1dcdaf for its first state, 9e3779b97f4a7c15.
        assert_eq!(pair_hash(0x9e37_79b9_7f4a_7c15, 0), 0xe220_a839_7b1d_cdaf);
        assert_ne!(pair_hash(1, 2), pair_hash(2, 1));
    }
}
