// SPDX-License-Identifier: EUPL-1.2
//! Which of some people: a bit for each.

use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, Not};

use super::lanes::LANES;

/// Which of up to 64 × `WORDS` people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bits<const WORDS: usize>(pub(super) [u64; WORDS]);

impl<const WORDS: usize> Bits<WORDS> {
    pub(super) const NONE: Self = Self([0; WORDS]);

    /// The first so many.
    pub(super) fn first(count: usize) -> Self {
        let before = (0..).step_by(LANES);
        let mut words = [0; WORDS];
        for (word, before) in words.iter_mut().zip(before) {
            *word = lanes_of(count.saturating_sub(before));
        }
        Self(words)
    }

    /// Each person of the items alone, with the item.
    pub(super) fn each<T>(items: impl Iterator<Item = T>) -> impl Iterator<Item = (Self, T)> {
        let single = |at: usize| {
            let mut words = [0; WORDS];
            if let Some(word) = words.get_mut(at / LANES) {
                *word = 1 << (at % LANES);
            }
            Self(words)
        };
        (0..WORDS * LANES).map(single).zip(items)
    }

    #[inline(always)]
    pub(super) fn any(self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) != 0
    }

    #[inline(always)]
    pub(super) fn is_all(self) -> bool {
        self.0.iter().fold(u64::MAX, |all, word| all & word) == u64::MAX
    }

    #[inline(always)]
    pub(super) fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    #[inline(always)]
    fn with(self, other: Self, join: impl Fn(u64, u64) -> u64) -> Self {
        let mut words = self.0;
        for (word, other) in words.iter_mut().zip(other.0) {
            *word = join(*word, other);
        }
        Self(words)
    }
}

impl<const WORDS: usize> Default for Bits<WORDS> {
    fn default() -> Self {
        Self::NONE
    }
}

impl<const WORDS: usize> BitOr for Bits<WORDS> {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        self.with(other, |own, other| own | other)
    }
}

impl<const WORDS: usize> BitAnd for Bits<WORDS> {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        self.with(other, |own, other| own & other)
    }
}

impl<const WORDS: usize> Not for Bits<WORDS> {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        Self(self.0.map(|word| !word))
    }
}

impl<const WORDS: usize> BitOrAssign for Bits<WORDS> {
    #[inline(always)]
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

impl<const WORDS: usize> BitAndAssign for Bits<WORDS> {
    #[inline(always)]
    fn bitand_assign(&mut self, other: Self) {
        *self = *self & other;
    }
}

/// The first so many of 64.
pub(super) const fn lanes_of(count: usize) -> u64 {
    if count >= LANES { u64::MAX } else { (1 << count) - 1 }
}

/// Each item with the bit of its lane.
pub(super) fn lanes<T>(items: impl Iterator<Item = T>) -> impl Iterator<Item = (u64, T)> {
    (0..LANES).map(|lane| 1u64 << lane).zip(items)
}

/// The numbers of the bits that are set.
pub(super) fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        if mask == 0 {
            return None;
        }
        let at = mask.trailing_zeros();
        mask &= mask - 1;
        Some(at as usize)
    })
}

/// The members of each class, by number of the class.
pub(super) fn grouped<const WORDS: usize>(
    classes: &mut Vec<(u32, Bits<WORDS>)>,
    members: &[u32],
    class: impl Fn(u32) -> u32,
) {
    classes.clear();
    classes.extend(Bits::each(members.iter()).map(|(one, member)| (class(*member), one)));
    classes.sort_unstable_by_key(|(class, _)| *class);
    classes.dedup_by(|(class, one), (known, all)| {
        let same = class == known;
        if same {
            *all |= *one;
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_over_all_words() {
        for count in [0, 1, 63, 64, 65, 130, 192, 200] {
            let first = Bits::<3>::first(count);
            assert_eq!(first.count() as usize, count.min(192));
            assert_eq!((first.any(), first.is_all()), (count > 0, count >= 192));
            let each = Bits::<3>::each(0..count).fold(Bits::NONE, |all, (one, _)| all | one);
            assert_eq!((each, each & !first), (first, Bits::NONE));
        }
    }

    #[test]
    fn who_has_one_class_is_grouped() {
        let members: Vec<u32> = (0..130).collect();
        let mut classes = Vec::new();
        grouped::<3>(&mut classes, &members, |member| member % 7);
        assert!(classes.iter().map(|(class, _)| *class).eq(0..7));
        for (class, own) in classes {
            let found = own.0.iter().enumerate();
            let found = found.flat_map(|(word, own)| {
                bits(*own).map(move |at| u32::try_from(word * LANES + at).unwrap())
            });
            assert!(found.eq((class..130).step_by(7)));
        }
    }
}
