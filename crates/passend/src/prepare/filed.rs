// SPDX-License-Identifier: EUPL-1.2
//! What a record keeps in one piece of memory: its id, and what is only read from front to back.

use std::marker::PhantomData;

use super::packed::{Bytes, Packed, put_counted};

/// The id of a record, a list, and what is only told, as bytes behind each other: in pieces of their own they would take
/// twice the memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filed<T, U> {
    bytes: Box<[u8]>,
    parts: PhantomData<(T, U)>,
}

impl<T: Packed, U: Packed> Filed<T, U> {
    pub(crate) fn new(id: &str, list: &[T], told: &U) -> Self {
        let mut bytes = Vec::new();
        put_counted(id.as_bytes(), &mut bytes);
        List::put(list, &mut bytes);
        told.put(&mut bytes);
        Self { bytes: bytes.into(), parts: PhantomData }
    }

    pub(crate) fn id(&self) -> &str {
        Bytes(&self.bytes).text().unwrap_or_default()
    }

    pub(crate) fn list(&self) -> List<'_, T> {
        let [list, _] = self.parts().unwrap_or_default();
        List::of(list).unwrap_or_else(List::empty)
    }

    /// Read anew each time.
    pub(crate) fn told(&self) -> Option<U> {
        let [_, mut told] = self.parts()?;
        U::take(&mut told)
    }

    /// The bytes of the list and those behind it.
    fn parts(&self) -> Option<[Bytes<'_>; 2]> {
        let mut from = Bytes(&self.bytes);
        from.counted()?;
        let list = from.counted()?;
        Some([Bytes(list), from])
    }

    /// Whether all of it can be read.
    fn is_whole(&self) -> bool {
        let Some([list, mut told]) = self.parts() else { return false };
        let all = List::<T>::of(list).is_some_and(|list| list.iter().count() == list.len());
        all && Bytes(&self.bytes).text().is_some()
            && U::take(&mut told).is_some()
            && told.0.is_empty()
    }
}

impl<T: Packed, U: Packed> Packed for Filed<T, U> {
    fn put(&self, to: &mut Vec<u8>) {
        put_counted(&self.bytes, to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        let filed = Self { bytes: from.counted()?.into(), parts: PhantomData };
        filed.is_whole().then_some(filed)
    }
}

/// Items that are held as bytes, in order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List<'a, T> {
    count: usize,
    items: Bytes<'a>,
    item: PhantomData<T>,
}

impl<'a, T: Packed> List<'a, T> {
    fn put(items: &[T], to: &mut Vec<u8>) {
        let mut bytes = Vec::new();
        u32::try_from(items.len()).unwrap_or(u32::MAX).put(&mut bytes);
        items.iter().for_each(|one| one.put(&mut bytes));
        put_counted(&bytes, to);
    }

    fn of(mut bytes: Bytes<'a>) -> Option<Self> {
        let count = bytes.count()?;
        Some(Self { count, items: bytes, item: PhantomData })
    }

    const fn empty() -> Self {
        Self { count: 0, items: Bytes(&[]), item: PhantomData }
    }

    pub(crate) const fn len(&self) -> usize {
        self.count
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = T> + use<'a, T> {
        let mut items = self.items;
        (0..self.count).map_while(move |_| T::take(&mut items))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filed_is_read_again_and_nothing_less_is_taken() {
        let filed: Filed<(u8, bool), Option<u16>> =
            Filed::new("één", &[(1, true), (2, false)], &Some(300));
        assert_eq!(filed.id(), "één");
        assert_eq!(filed.list().len(), 2);
        assert_eq!(filed.list().iter().collect::<Vec<_>>(), [(1, true), (2, false)]);
        assert_eq!(filed.told(), Some(Some(300)));

        let mut bytes = Vec::new();
        filed.put(&mut bytes);
        assert_eq!(Filed::take(&mut Bytes(&bytes)), Some(filed));
        // Each byte but those of the id and of numbers decides whether it is whole.
        for at in 0..bytes.len() {
            let mut less = bytes.clone();
            less.remove(at);
            let read = Filed::<(u8, bool), Option<u16>>::take(&mut Bytes(&less));
            assert_eq!(read, None, "without byte {at}");
        }
        let nothing: Filed<u8, bool> = Filed::new("", &[], &false);
        assert!(nothing.list().is_empty());
        assert_eq!((nothing.id(), nothing.told()), ("", Some(false)));
    }
}
