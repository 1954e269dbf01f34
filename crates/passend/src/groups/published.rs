// SPDX-License-Identifier: EUPL-1.2
//! A table as it may be published: rounded numbers, hidden cells, and the rules that were applied.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::rules::DisclosureRules;
use super::suppress::{Before, Hidden, Number, Pattern, suppress};
use super::table::{Cell, GroupTable};
use crate::text::{Say, Text};

/// A table that may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeTable {
    table: GroupTable,
    rules: DisclosureRules,
    numbers: Vec<i64>,
    pattern: Pattern,
}

/// Why a table may not be published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnsafeTable {
    /// All people together are too few.
    #[error("the table has fewer than {threshold} people")]
    TooFew {
        /// The threshold.
        threshold: u32,
    },
    /// The rules protect nothing.
    #[error(
        "expected a threshold of at least 3, a protection from 1 to two less than the threshold, and 1 to 3 largest amounts"
    )]
    Rules,
    /// A cell could be computed, whatever else is hidden.
    #[error(
        "the cell {cell} could be computed from the margins, whatever else is hidden; choose wider categories"
    )]
    Cell {
        /// The categories of the cell.
        cell: String,
    },
}

/// Why a number is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Suppressed {
    /// Too few people, or too much of the amount from too few of them.
    Primary,
    /// Hidden so that no other hidden number can be computed.
    Secondary,
}

/// A cell of a table that may be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupLine {
    /// The category of each dimension, `*` in a margin.
    pub cell: CellKey,
    /// How many people, or the sum of their amounts; rounded. `null` where it is hidden.
    pub count: Option<i64>,
    /// Why it is hidden.
    pub suppressed: Option<Suppressed>,
}

/// The categories of a cell, by dimension, in the order in which the dimensions were asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, String>"))]
pub struct CellKey(pub Vec<(String, String)>);

impl Serialize for CellKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (dimension, category) in &self.0 {
            map.serialize_entry(dimension, category)?;
        }
        map.end()
    }
}

impl std::fmt::Display for CellKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<_> = self.0.iter().map(|(name, label)| format!("{name}={label}")).collect();
        f.write_str(&parts.join(", "))
    }
}

/// The rules by which a table was made safe, and what they did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SafetySheet {
    /// The dimensions.
    pub dimensions: Vec<String>,
    /// The rules; those about amounts are `null` where people are counted.
    pub rules: DisclosureRules,
    /// Cells, margins too.
    pub cells: usize,
    /// Cells that are published.
    pub published: usize,
    /// Cells hidden by a rule about themselves.
    pub primary: usize,
    /// Cells hidden so that no other can be computed.
    pub secondary: usize,
    /// The least distance between the values that a hidden cell could have, over all hidden cells; `null` where none is.
    pub least_open: Option<i64>,
}

impl SafetySheet {
    /// What a reader of the table has to know.
    pub fn method() -> Text {
        Say("groups_method").plain()
    }
}

impl GroupTable {
    /// The numbers of people that may be published.
    ///
    /// # Errors
    ///
    /// The table cannot be made safe by these rules.
    ///
    /// ```
    /// # use passend::{Counted, DisclosureRules, GroupTable, Suppressed};
    /// let people = |place: &str, count| {
    ///     std::iter::repeat_n(Counted { categories: vec![place.to_owned()], amount: 1 }, count)
    /// };
    /// let people: Vec<_> = people("Assen", 4).chain(people("Emmen", 40)).chain(people("Hoogeveen", 23)).collect();
    /// let table = GroupTable::new(&["municipality"], &[], &people)?;
    /// let lines: Vec<_> = table.protect(&DisclosureRules::default())?.lines().collect();
    /// let told: Vec<_> = lines.iter().map(|line| (line.count, line.suppressed)).collect();
    /// assert_eq!(told, [
    ///     (Some(65), None), // all together, 67, to a multiple of 5
    ///     (None, Some(Suppressed::Primary)), // Assen
    ///     (Some(40), None), // Emmen
    ///     (None, Some(Suppressed::Secondary)), // else Assen would be 67 - 40 - 23
    /// ]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn protect(&self, rules: &DisclosureRules) -> Result<SafeTable, UnsafeTable> {
        self.protect_beside(rules, &BTreeMap::new())
    }

    /// [`Self::protect`] where these cells are published elsewhere: they are not hidden to protect others, and whoever reads
    /// them knows them.
    ///
    /// # Errors
    ///
    /// The table cannot be made safe by these rules.
    pub fn protect_keeping(
        &self,
        rules: &DisclosureRules,
        published: &[usize],
    ) -> Result<SafeTable, UnsafeTable> {
        self.protect_beside(
            rules,
            &published.iter().map(|cell| (*cell, Before::Published)).collect(),
        )
    }

    /// [`Self::protect`] where earlier tables already tell of some cells.
    pub(super) fn protect_beside(
        &self,
        rules: &DisclosureRules,
        before: &BTreeMap<usize, Before>,
    ) -> Result<SafeTable, UnsafeTable> {
        check(rules)?;
        let rules = DisclosureRules { dominance: None, p_percent: None, ..*rules };
        let threshold = i64::from(rules.threshold);
        let count = |(at, cell): (usize, &Cell)| {
            let before = before.get(&at).copied();
            let is_asked = !matches!(before, Some(Before::Elsewhere | Before::Untold));
            let is_small = rules.is_small(cell.people);
            let is_sensitive = is_asked && is_small;
            // That a category is in the table tells that somebody is in it.
            let is_told =
                self.nodes(at).iter().filter(|node| **node != super::axis::ROOT).count() == 1;
            let (low, high) = match (is_asked, is_small) {
                (false, _) => (0, i64::MAX / 4),
                (true, true) => (i64::from(is_told), threshold - 1),
                (true, false) => (threshold, i64::MAX / 4),
            };
            Number {
                value: cell.people,
                low,
                high,
                is_sensitive,
                open: if is_sensitive { i64::from(rules.protection).min(high - low) } else { 1 },
                is_open_above: false,
                cost: cell.people + OF_ONE_CELL,
                before,
            }
        };
        self.protected(rules, self.each().iter().enumerate().map(count).collect())
    }

    /// The sums of amounts that may be published: each hidden by the rules about people, dominance and estimates.
    ///
    /// A reader is taken to know nothing of a hidden sum but that it is not below 0.
    ///
    /// # Errors
    ///
    /// The table cannot be made safe by these rules.
    pub fn protect_amounts(&self, rules: &DisclosureRules) -> Result<SafeTable, UnsafeTable> {
        check(rules)?;
        let amount = |cell: &Cell| Number {
            value: cell.amount,
            low: 0,
            high: i64::MAX / 4,
            is_sensitive: rules.is_sensitive(cell),
            open: rules.open_above(cell),
            is_open_above: true,
            cost: cell.amount + OF_ONE_CELL,
            before: None,
        };
        self.protected(*rules, self.each().iter().map(amount).collect())
    }

    fn protected(
        &self,
        rules: DisclosureRules,
        numbers: Vec<Number>,
    ) -> Result<SafeTable, UnsafeTable> {
        let pattern = suppress(self, &numbers).map_err(|cell| match cell {
            super::axis::ROOT => UnsafeTable::TooFew { threshold: rules.threshold },
            cell => UnsafeTable::Cell { cell: self.key(cell).to_string() },
        })?;
        let numbers = numbers.into_iter().map(|number| number.value).collect();
        Ok(SafeTable { table: self.clone(), rules, numbers, pattern })
    }

    pub(super) fn key(&self, cell: usize) -> CellKey {
        let own = |(name, label): (&str, &str)| (name.to_owned(), label.to_owned());
        CellKey(self.categories(cell).into_iter().map(own).collect())
    }
}

/// A hidden cell costs something, however few people it has.
const OF_ONE_CELL: i64 = 10;

fn check(rules: &DisclosureRules) -> Result<(), UnsafeTable> {
    let largest = rules.dominance.is_none_or(|rule| (1..=3).contains(&rule.largest));
    let protection = 1..=rules.threshold.saturating_sub(2);
    match largest && rules.threshold >= 3 && protection.contains(&rules.protection) {
        true => Ok(()),
        false => Err(UnsafeTable::Rules),
    }
}

#[cfg(test)]
impl SafeTable {
    /// The same with these hidden cells shown: a table that is not safe.
    pub(super) fn showing(&self, shown: &dyn Fn(usize) -> bool) -> Self {
        let mut table = self.clone();
        for (cell, hidden) in table.pattern.hidden.iter_mut().enumerate() {
            if shown(cell) {
                *hidden = None;
            }
        }
        table
    }
}

impl SafeTable {
    /// The cells, margins first.
    pub fn lines(&self) -> impl Iterator<Item = GroupLine> + '_ {
        (0..self.numbers.len()).map(|cell| {
            let suppressed = self.suppressed(cell);
            let number = self.numbers.get(cell).copied().unwrap_or_default();
            GroupLine {
                cell: self.table.key(cell),
                count: suppressed.is_none().then(|| self.rules.rounded(number)),
                suppressed,
            }
        })
    }

    /// Whether a cell is published, and why not.
    pub fn suppressed(&self, cell: usize) -> Option<Suppressed> {
        self.pattern.hidden.get(cell).copied().flatten().map(|hidden| match hidden {
            Hidden::Primary => Suppressed::Primary,
            Hidden::Secondary => Suppressed::Secondary,
        })
    }

    /// The rules and what they did.
    pub fn sheet(&self) -> SafetySheet {
        let count = |asked: Option<Suppressed>| {
            (0..self.numbers.len()).filter(|cell| self.suppressed(*cell) == asked).count()
        };
        let is_hidden = |at: &usize| self.suppressed(*at).is_some();
        let open = self.pattern.attained.iter().enumerate().filter(|(at, _)| is_hidden(at));
        SafetySheet {
            dimensions: self.table.dimensions().map(str::to_owned).collect(),
            rules: self.rules,
            cells: self.numbers.len(),
            published: count(None),
            primary: count(Some(Suppressed::Primary)),
            secondary: count(Some(Suppressed::Secondary)),
            least_open: open.map(|(_, (low, high))| high - low).min(),
        }
    }

    /// The table that was counted; nothing is hidden in it.
    pub fn counted(&self) -> &GroupTable {
        &self.table
    }
}
