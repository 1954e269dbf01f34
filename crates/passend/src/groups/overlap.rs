// SPDX-License-Identifier: EUPL-1.2
//! Tables about nearly the same people: what one of them tells beside another.

use std::collections::BTreeMap;

use hmac_sha256::Hash as Sha256;
use serde::{Deserialize, Serialize};

use super::axis::ALL;
use super::suppress::Before;
use super::table::GroupTable;

/// Who is in which cell of a table, and which cells are published: what a ledger keeps of it.
///
/// It holds a hash of the id of each person, and so belongs to data about people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// For each cell, in the order of the table: whether it is published.
    published: Vec<bool>,
    /// For each cell its categories without margins: what a reader takes for the same number in two tables.
    names: Vec<String>,
    groups: Vec<Together>,
}

/// People who are in the same cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Together {
    cells: Vec<usize>,
    /// Hashes of their ids, in order.
    people: Vec<u64>,
}

/// Two published numbers about nearly the same people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Close {
    /// The cell of the new table.
    pub cell: usize,
    /// The cell of the earlier one.
    pub earlier: usize,
    /// How many people are in one of both only.
    pub apart: u64,
}

impl Publication {
    /// The people of a table, each with an id and categories; nothing is published yet.
    pub(super) fn new<'a>(
        table: &GroupTable,
        people: impl Iterator<Item = (&'a str, &'a [String])>,
    ) -> Self {
        let mut groups: BTreeMap<Vec<usize>, Vec<u64>> = BTreeMap::new();
        for (id, categories) in people {
            groups.entry(table.holding(categories)).or_default().push(hash(id));
        }
        let groups = groups
            .into_iter()
            .map(|(cells, mut people)| {
                people.sort_unstable();
                Together { cells, people }
            })
            .collect();
        let names = (0..table.cells()).map(|cell| name(&table.categories(cell))).collect();
        Self { published: vec![false; table.cells()], names, groups }
    }

    pub(super) fn publish(&mut self, published: impl Iterator<Item = bool>) {
        self.published = published.collect();
    }

    fn is_published(&self, cell: usize) -> bool {
        self.published.get(cell).copied().unwrap_or_default()
    }

    /// How many people are in each cell.
    fn sizes(&self) -> BTreeMap<usize, u64> {
        let mut sizes = BTreeMap::new();
        for group in &self.groups {
            for cell in &group.cells {
                *sizes.entry(*cell).or_default() += number(group.people.len());
            }
        }
        sizes
    }

    /// How many people each cell of this table and each of an earlier one have in common, where any.
    fn common(&self, earlier: &Self) -> BTreeMap<(usize, usize), u64> {
        let mut place: BTreeMap<u64, usize> = BTreeMap::new();
        for (at, group) in earlier.groups.iter().enumerate() {
            place.extend(group.people.iter().map(|person| (*person, at)));
        }
        let mut common = BTreeMap::new();
        for group in &self.groups {
            let mut met: BTreeMap<usize, u64> = BTreeMap::new();
            for at in group.people.iter().filter_map(|person| place.get(person)) {
                *met.entry(*at).or_default() += 1;
            }
            for (at, count) in met {
                for other in earlier.groups.get(at).into_iter().flat_map(|group| &group.cells) {
                    for own in &group.cells {
                        *common.entry((*own, *other)).or_default() += count;
                    }
                }
            }
        }
        common
    }

    /// What an earlier table already says of cells of this one: those with exactly the same people. One that is published under
    /// another name says nothing: a reader does not know that these are the same people.
    pub(super) fn before(&self, earlier: &Self) -> BTreeMap<usize, Before> {
        let (own, others) = (self.sizes(), earlier.sizes());
        let mut before = BTreeMap::new();
        for ((cell, other), count) in self.common(earlier) {
            if own.get(&cell) == Some(&count) && others.get(&other) == Some(&count) {
                let told = match earlier.is_published(other) {
                    false => Before::Hidden,
                    true if self.names.get(cell) == earlier.names.get(other) => Before::Published,
                    true => continue,
                };
                // Of two cells with the same people one may be published, and tells of the other.
                let known = before.entry(cell).or_insert(told);
                if told == Before::Published {
                    *known = told;
                }
            }
        }
        before
    }

    /// The first published cell that has nearly the people of a cell that was published before: fewer than the threshold are
    /// in one of both only, and the two numbers together would tell of them.
    ///
    /// Cells with exactly the same people tell nothing new.
    pub fn close_to(&self, earlier: &Self, threshold: u32) -> Option<Close> {
        let (own, others) = (self.sizes(), earlier.sizes());
        self.common(earlier).into_iter().find_map(|((cell, other), count)| {
            let apart = own.get(&cell)? + others.get(&other)? - 2 * count;
            let both = self.is_published(cell) && earlier.is_published(other);
            (both && (1..u64::from(threshold)).contains(&apart)).then_some(Close {
                cell,
                earlier: other,
                apart,
            })
        })
    }
}

fn name(categories: &[(&str, &str)]) -> String {
    let mut own: Vec<String> = categories
        .iter()
        .filter(|(_, label)| *label != ALL)
        .map(|(dimension, label)| format!("{dimension}={label}"))
        .collect();
    own.sort_unstable();
    own.join(", ")
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The same number for an id in every table; it does not tell the id, but can be compared with that of an id one knows.
fn hash(id: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update("passend ledger");
    hash.update(id);
    hash.finalize().iter().take(8).fold(0, |all, byte| all << 8 | u64::from(*byte))
}
