// SPDX-License-Identifier: EUPL-1.2
//! Groups of people, never one person: tables by what people are counted by, and what of them may be published.

mod axis;
mod published;
mod rules;
mod suppress;
mod table;
#[cfg(test)]
mod testing;

pub use published::{CellKey, GroupLine, SafeTable, SafetySheet, Suppressed, UnsafeTable};
pub use rules::{DisclosureRules, Dominance};
pub use table::{Counted, GroupTable, TableError};
