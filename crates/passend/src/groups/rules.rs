// SPDX-License-Identifier: EUPL-1.2
//! Which cells may not be published by themselves, and how far from its value each must stay open.

use serde::Serialize;

use super::table::{Cell, LARGEST};

/// What makes a cell one that may not be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DisclosureRules {
    /// A cell with fewer people than this is hidden, also one with nobody: that nobody is there tells of all who are
    /// elsewhere. At least 3.
    pub threshold: u32,
    /// What is published is rounded to a multiple of this; 0 for exact numbers.
    pub rounding: u32,
    /// At least so far apart are the least and the most that a hidden number could be, for all that a reader can know. At
    /// most what the threshold leaves; at least 1.
    pub protection: u32,
    /// Amounts only: a cell is hidden when its so many largest amounts, 1 to 3, are more than this percentage of its sum.
    pub dominance: Option<Dominance>,
    /// Amounts only: a cell is hidden when who gave its second largest amount could estimate the largest to less than this
    /// percentage.
    pub p_percent: Option<u8>,
}

/// The rule of dominance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dominance {
    /// How many of the largest amounts are taken together, 1 to 3.
    pub largest: u8,
    /// They may be at most this percentage of the sum.
    pub percent: u8,
}

impl Default for DisclosureRules {
    /// Threshold 10, rounding to 5, two largest at most 90 %, p = 10 %: as the checkers of research outputs have it.
    fn default() -> Self {
        Self {
            threshold: 10,
            rounding: 5,
            protection: 3,
            dominance: Some(Dominance { largest: 2, percent: 90 }),
            p_percent: Some(10),
        }
    }
}

impl DisclosureRules {
    /// The usual rules with another threshold; the protection is at most what it leaves.
    ///
    /// ```
    /// # use passend::DisclosureRules;
    /// assert_eq!(DisclosureRules::with_threshold(10), DisclosureRules::default());
    /// assert_eq!(DisclosureRules::with_threshold(4).protection, 2);
    /// ```
    pub fn with_threshold(threshold: u32) -> Self {
        let usual = Self::default();
        let protection = usual.protection.min(threshold.saturating_sub(2));
        Self { threshold, protection, ..usual }
    }

    /// A cell with so many people may not be published.
    pub(super) fn is_small(&self, people: i64) -> bool {
        people < i64::from(self.threshold)
    }

    /// A sum of such amounts may not be published: too few people, or one or two of them give most of it.
    pub(super) fn is_sensitive(&self, cell: &Cell) -> bool {
        self.is_small(cell.people) || self.is_dominated(cell) || self.upwards(cell) > 0
    }

    fn is_dominated(&self, cell: &Cell) -> bool {
        self.dominance.is_some_and(|rule| {
            let most = usize::from(rule.largest).min(LARGEST);
            let largest: i64 = cell.largest.iter().take(most).sum();
            largest * 100 > cell.amount * i64::from(rule.percent)
        })
    }

    /// How far above its sum a hidden cell must stay open, so that the largest amount is not known to the percentage; not
    /// above 0 where it is not known so well from the sum itself.
    fn upwards(&self, cell: &Cell) -> i64 {
        let [first, second, _] = cell.largest;
        let Some(percent) = self.p_percent else { return 0 };
        let needed = (first * i64::from(percent) + 99) / 100;
        needed - (cell.amount - first - second)
    }

    /// How far above its sum a hidden sum must stay open. Where few people or dominance made it hidden, the percentage of
    /// the sum itself.
    pub(super) fn open_above(&self, cell: &Cell) -> i64 {
        let percent = i64::from(self.p_percent.unwrap_or(10));
        self.upwards(cell).max((cell.amount * percent + 99) / 100).max(1)
    }

    /// A number as it is published: the nearest multiple of the base, upwards from the middle.
    ///
    /// ```
    /// # use passend::DisclosureRules;
    /// assert_eq!(DisclosureRules::default().rounded(12), 10);
    /// ```
    pub fn rounded(&self, number: i64) -> i64 {
        match i64::from(self.rounding) {
            0 | 1 => number,
            base => (number + base / 2) / base * base,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(people: i64, amount: i64, largest: [i64; 3]) -> Cell {
        Cell { people, amount, largest }
    }

    #[test]
    fn a_sum_is_sensitive_by_few_people_dominance_or_a_good_estimate() {
        let check = |rules: DisclosureRules, cell: Cell, expected: bool| {
            assert_eq!(rules.is_sensitive(&cell), expected, "{cell:?}");
        };
        let both = DisclosureRules::default();
        check(both, cell(9, 900, [100, 100, 100]), true);
        check(both, cell(10, 1_000, [100, 100, 100]), false);
        let only_dominance = DisclosureRules { p_percent: None, ..both };
        check(only_dominance, cell(10, 1_000, [800, 101, 20]), true);
        check(only_dominance, cell(10, 1_000, [800, 100, 20]), false);
        // The second largest takes its own 300 from 1,000 and knows the largest to 79 of 621: 12 %, to 62 of 638: 9 %.
        let only_p = DisclosureRules { dominance: None, ..both };
        check(only_p, cell(10, 1_000, [621, 300, 20]), false);
        check(only_p, cell(10, 1_000, [638, 300, 20]), true);
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest_multiple() {
        let by = |rounding| DisclosureRules { rounding, ..DisclosureRules::default() };
        let rounded = |base, numbers: [i64; 5]| numbers.map(|number| by(base).rounded(number));
        assert_eq!(rounded(5, [10, 12, 13, 17, 18]), [10, 10, 15, 15, 20]);
        assert_eq!(rounded(0, [10, 12, 13, 17, 18]), [10, 12, 13, 17, 18]);
    }
}
