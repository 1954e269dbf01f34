// SPDX-License-Identifier: EUPL-1.2
//! Groups of people, never one person: by what they are counted, and how many may work, from when, after which measure.

mod dimension;
mod funnel;
mod leverage;
mod measure;
mod page;
mod report;
mod supply;
mod world;

pub use dimension::{Category, Dimension, Grouping};
pub use funnel::{Funnel, FunnelIds, FunnelLine, Stage};
pub use leverage::{BaseLine, Found, Leverage, LeverageLine, LeverageRequest, Span, TogetherLine};
pub use measure::{MeasureError, MeasureName, Measures};
pub use report::{Report, ReportRequest, ReportRow, ReportTable};
pub use supply::SupplyLine;
