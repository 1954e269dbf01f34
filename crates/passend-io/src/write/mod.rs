// SPDX-License-Identifier: EUPL-1.2
//! The forms in which results and records are written.

mod csv;
mod edges;
mod jsonl;
mod records_csv;
#[cfg(feature = "parquet")]
mod records_parquet;
mod table;

pub use self::csv::{Dialect, csv};
pub use self::edges::edges;
pub use self::jsonl::jsonl;
pub use self::records_csv::records_csv;
#[cfg(feature = "parquet")]
pub use self::records_parquet::records_parquet;
pub use self::table::{Headings, table};
