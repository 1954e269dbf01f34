// SPDX-License-Identifier: EUPL-1.2
//! A table of shares, as a statistic states them.

use crate::draws::Draws;

/// What happens how often; what is left of the total goes to `rest`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shares<T: 'static> {
    rows: &'static [(T, u32)],
    rest: T,
    total: u32,
}

impl<T: Copy> Shares<T> {
    /// Shares in thousandths.
    pub(crate) const fn per_mille(rows: &'static [(T, u32)], rest: T) -> Self {
        Self::of(1000, rows, rest)
    }

    /// Shares of another total, as counted by the source.
    pub(crate) const fn of(total: u32, rows: &'static [(T, u32)], rest: T) -> Self {
        let mut sum = 0;
        let mut left = rows;
        while let [(_, share), others @ ..] = left {
            sum += *share;
            left = others;
        }
        assert!(sum < total, "the shares leave nothing for the rest");
        Self { rows, rest, total }
    }

    /// What can happen.
    pub(crate) fn values(&self) -> impl Iterator<Item = T> + use<T> {
        let rest = self.rest;
        self.rows.iter().map(|(value, _)| *value).chain(std::iter::once(rest))
    }

    /// One of them, drawn by its share.
    pub(crate) fn draw(&self, draws: &mut Draws) -> T {
        let mut left = draws.below(self.total);
        for (value, share) in self.rows {
            if left < *share {
                return *value;
            }
            left -= share;
        }
        self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{File, Part, Record};

    #[test]
    fn a_table_is_drawn_by_its_shares() {
        const TABLE: Shares<char> = Shares::per_mille(&[('a', 700), ('b', 200)], 'c');
        let mut draws = Record::new(1, File::Candidates, 1).part(Part::Work);
        let drawn: Vec<char> = (0..10_000).map(|_| TABLE.draw(&mut draws)).collect();
        let count = |one| drawn.iter().filter(|drawn| **drawn == one).count();
        assert!((6_800..7_200).contains(&count('a')), "{}", count('a'));
        assert!((1_800..2_200).contains(&count('b')), "{}", count('b'));
        assert!((800..1_200).contains(&count('c')), "{}", count('c'));
    }
}
