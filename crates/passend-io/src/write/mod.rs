// SPDX-License-Identifier: EUPL-1.2
//! The forms in which results and records are written.

#[cfg(any(feature = "parquet", feature = "xlsx"))]
mod about;
mod audit;
mod csv;
mod dutch;
mod edges;
mod flat;
mod jsonl;
#[cfg(feature = "arrow")]
mod lines_arrow;
mod records_csv;
#[cfg(feature = "parquet")]
mod records_parquet;
#[cfg(feature = "xlsx")]
mod report_xlsx;
mod results;
#[cfg(feature = "arrow")]
mod results_arrow;
#[cfg(feature = "parquet")]
mod results_parquet;
#[cfg(feature = "xlsx")]
mod results_xlsx;
mod rows;
#[cfg(feature = "xlsx")]
mod sheet;
mod table;

#[cfg(any(feature = "parquet", feature = "xlsx"))]
pub use self::about::About;
pub use self::audit::audit;
pub use self::csv::{Dialect, csv, csv_rows};
pub use self::edges::edges;
pub use self::flat::records_csv_nl;
#[cfg(feature = "xlsx")]
pub use self::flat::records_xlsx;
pub use self::jsonl::jsonl;
#[cfg(feature = "arrow")]
pub use self::lines_arrow::{Line, LineFields, line_batches, line_columns};
pub use self::records_csv::records_csv;
#[cfg(feature = "parquet")]
pub use self::records_parquet::records_parquet;
#[cfg(feature = "xlsx")]
pub use self::report_xlsx::report_xlsx;
#[cfg(feature = "arrow")]
pub use self::results_arrow::{match_batches, people_batches};
#[cfg(feature = "parquet")]
pub use self::results_parquet::{batches_parquet, results_parquet};
#[cfg(feature = "xlsx")]
pub use self::results_xlsx::results_xlsx;
pub use self::rows::rows_csv;
#[cfg(feature = "xlsx")]
pub use self::rows::rows_xlsx;
pub use self::table::{Headings, table};
