// SPDX-License-Identifier: EUPL-1.2
//! Groups of people, never one person: by what they are counted, and how many may work, from when, after which measure;
//! and what of such tables may be published.

mod axis;
mod dimension;
mod overlap;
mod people;
mod published;
mod rules;
mod suppress;
mod table;
#[cfg(test)]
mod testing;

pub use dimension::{Category, Dimension, Grouping};
pub use overlap::{Close, Publication};
pub use people::{GroupedPeople, GroupsError, NextTable};
pub use published::{CellKey, GroupLine, SafeTable, SafetySheet, Suppressed, UnsafeTable};
pub use rules::{DisclosureRules, Dominance};
pub use table::{Counted, GroupTable, TableError};
