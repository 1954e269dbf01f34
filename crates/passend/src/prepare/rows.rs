// SPDX-License-Identifier: EUPL-1.2
//! Tables of numbers that are made here, or read where they stand in a snapshot: neither copied nor turned round.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::packed::{Bytes, Packed};

/// Numbers as they stand in a file: four bytes each, the lowest first.
pub(crate) type Stored<const WORDS: usize> = [[u8; 4]; WORDS];

/// The numbers of a row.
#[inline(always)]
pub(crate) fn numbers<const WORDS: usize>(row: &Stored<WORDS>) -> [u32; WORDS] {
    row.map(u32::from_le_bytes)
}

/// All bytes of a snapshot, whoever holds them.
#[derive(Clone)]
pub(crate) struct SnapshotBytes(Arc<dyn AsRef<[u8]> + Send + Sync>);

impl SnapshotBytes {
    pub(crate) fn new(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self(Arc::new(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        (*self.0).as_ref()
    }

    /// Where the rest of the bytes begins.
    pub(super) fn begin_of(&self, rest: Bytes<'_>) -> usize {
        self.bytes().len().saturating_sub(rest.0.len())
    }
}

impl fmt::Debug for SnapshotBytes {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} bytes", self.bytes().len())
    }
}

/// Rows of as many numbers each.
#[derive(Debug, Clone)]
pub(crate) enum Rows<const WORDS: usize> {
    Made(Vec<Stored<WORDS>>),
    Read { snapshot: SnapshotBytes, begin: usize, end: usize },
}

impl<const WORDS: usize> Rows<WORDS> {
    pub(crate) fn of(rows: impl IntoIterator<Item = [u32; WORDS]>) -> Self {
        Self::Made(rows.into_iter().map(|row| row.map(u32::to_le_bytes)).collect())
    }

    /// The numbers of a row.
    #[inline(always)]
    pub(crate) fn row(&self, at: usize) -> Option<[u32; WORDS]> {
        self.get(at).map(numbers)
    }

    /// Writes them behind how many there are.
    pub(crate) fn put(&self, to: &mut Vec<u8>) {
        u32::try_from(self.len()).unwrap_or(u32::MAX).put(to);
        to.extend(self.as_flattened().as_flattened());
    }

    /// What [`Rows::put`] wrote; it stays where it is.
    pub(crate) fn take(snapshot: &SnapshotBytes, from: &mut Bytes<'_>) -> Option<Self> {
        let count = usize::try_from(u32::take(from)?).ok()?;
        let begin = snapshot.begin_of(*from);
        from.some(count.checked_mul(size_of::<Stored<WORDS>>())?)?;
        Some(Self::Read { snapshot: snapshot.clone(), begin, end: snapshot.begin_of(*from) })
    }
}

impl Rows<1> {
    pub(crate) fn of_each(numbers: impl IntoIterator<Item = u32>) -> Self {
        Self::of(numbers.into_iter().map(|number| [number]))
    }

    /// Whether no number is less than the one before it.
    pub(crate) fn is_ascending(&self) -> bool {
        self.is_sorted_by_key(numbers)
    }

    /// A number.
    #[inline(always)]
    pub(crate) fn number(&self, at: usize) -> Option<u32> {
        self.row(at).map(|[number]| number)
    }
}

impl<const WORDS: usize> Default for Rows<WORDS> {
    fn default() -> Self {
        Self::Made(Vec::new())
    }
}

impl<const WORDS: usize> Deref for Rows<WORDS> {
    type Target = [Stored<WORDS>];

    fn deref(&self) -> &[Stored<WORDS>] {
        match self {
            Self::Made(rows) => rows,
            Self::Read { snapshot, begin, end } => {
                let (words, _) =
                    snapshot.bytes().get(*begin..*end).unwrap_or_default().as_chunks::<4>();
                words.as_chunks().0
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_read_where_it_stands_is_what_was_made(
            rows in prop::collection::vec(any::<[u32; 3]>(), 0..9),
            before in prop::collection::vec(any::<u8>(), 0..9),
        ) {
            let made = Rows::of(rows.iter().copied());
            let mut bytes = before.clone();
            made.put(&mut bytes);
            let end = bytes.len();
            bytes.push(7);
            let snapshot = SnapshotBytes::new(bytes);
            let mut from = Bytes(snapshot.bytes().get(before.len()..).unwrap());
            let read = Rows::<3>::take(&snapshot, &mut from).unwrap();
            prop_assert_eq!(&*read, &*made);
            prop_assert_eq!(snapshot.begin_of(from), end);
            prop_assert_eq!(read.row(0), rows.first().copied());
            prop_assert_eq!(read.row(rows.len()), None);
            // Cut off, it is not taken.
            let cut = SnapshotBytes::new(snapshot.bytes().get(before.len()..end - 1).unwrap().to_vec());
            prop_assert!(Rows::<3>::take(&cut, &mut Bytes(cut.bytes())).is_none());
        }
    }
}
