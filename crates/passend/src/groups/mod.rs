// SPDX-License-Identifier: EUPL-1.2
//! Groups of people, never one person: by what they are counted, and how many may work, from when, after which measure;
//! and what of such tables may be published.

mod axis;
mod dimension;
mod funnel;
mod leverage;
mod measure;
mod overlap;
mod page;
mod people;
mod published;
mod report;
mod rules;
mod stability;
mod supply;
mod suppress;
mod table;
#[cfg(test)]
mod testing;
mod told;
mod world;

pub use dimension::{Category, Dimension, Grouping};
pub use funnel::{Funnel, FunnelIds, FunnelLine, Stage};
pub use leverage::{BaseLine, Found, Leverage, LeverageLine, LeverageRequest, Span, TogetherLine};
pub use measure::{MeasureError, MeasureName, Measures};
pub use overlap::{Close, Publication};
pub use people::{GroupedPeople, GroupsError, NextTable};
pub use published::{CellKey, GroupLine, SafeTable, SafetySheet, Suppressed, UnsafeTable};
pub use report::{RegionError, Report, ReportRequest, ReportRow, ReportTable};
pub use rules::{DisclosureRules, Dominance};
pub use stability::StabilityLine;
pub use supply::SupplyLine;
pub use table::{Counted, GroupTable, TableError};
