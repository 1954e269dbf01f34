// SPDX-License-Identifier: EUPL-1.2
//! The forms in which results are written.

mod csv;
mod jsonl;
mod table;

pub use self::csv::{Dialect, csv};
pub use self::jsonl::jsonl;
pub use self::table::{Headings, table};
