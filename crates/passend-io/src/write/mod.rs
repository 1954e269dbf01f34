// SPDX-License-Identifier: EUPL-1.2
//! The forms in which results and records are written.

mod csv;
mod jsonl;
mod records_csv;
#[cfg(feature = "parquet")]
mod records_parquet;
#[cfg(feature = "arrow")]
mod results_arrow;
mod table;

pub use self::csv::{Dialect, csv};
pub use self::jsonl::jsonl;
pub use self::records_csv::records_csv;
#[cfg(feature = "parquet")]
pub use self::records_parquet::records_parquet;
#[cfg(feature = "arrow")]
pub use self::results_arrow::{match_batches, people_batches};
pub use self::table::{Headings, table};
