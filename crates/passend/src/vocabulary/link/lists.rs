// SPDX-License-Identifier: EUPL-1.2
//! Many short lists of numbers in one block of memory.

use super::number::{at, small};

/// Lists of numbers, each found by its place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    pub(crate) fn new() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }

    pub(crate) fn push(&mut self, list: &[u32]) {
        self.items.extend_from_slice(list);
        self.starts.push(small(self.items.len()));
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// From where to where the items of a list stand.
    pub(crate) fn range(&self, list: usize) -> std::ops::Range<usize> {
        let start = self.starts.get(list).copied().unwrap_or_default();
        let end = self.starts.get(list + 1).copied().unwrap_or(start);
        at(start)..at(end)
    }

    pub(crate) fn get(&self, list: usize) -> &[u32] {
        self.items.get(self.range(list)).unwrap_or_default()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|list| self.get(list))
    }

    /// For each of `count` numbers the lists that hold it, in order; twice if it stands there twice.
    pub(crate) fn inverted(&self, count: usize) -> Self {
        let mut starts = vec![0u32; count + 1];
        for item in &self.items {
            if let Some(next) = starts.get_mut(at(*item) + 1) {
                *next += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut items = vec![0u32; self.items.len()];
        for (list, numbers) in self.iter().enumerate() {
            for number in numbers {
                if let Some(place) = next.get_mut(at(*number)) {
                    if let Some(item) = items.get_mut(at(*place)) {
                        *item = small(list);
                    }
                    *place += 1;
                }
            }
        }
        Self { starts, items }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_turn_around() {
        let mut lists = Lists::new();
        lists.push(&[0, 2]);
        lists.push(&[]);
        lists.push(&[2, 2]);
        let turned = lists.inverted(3);
        assert_eq!(turned.iter().collect::<Vec<_>>(), [&[0u32][..], &[], &[0, 2, 2]]);
    }
}
