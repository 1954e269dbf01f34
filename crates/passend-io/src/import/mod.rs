// SPDX-License-Identifier: EUPL-1.2
//! Imports: files of others to our records. Whatever a file is, its rows are judged by the reader of our own records.

pub(crate) mod draft;
mod message;
mod pseudonym;
mod table;

pub use self::message::*;
pub use self::pseudonym::{PseudonymKey, ShortKey};
pub use self::table::{
    AuditLine, ColumnOverview, ColumnReason, DayOrder, Decimal, Dropped, Encoding, FlippedColumn,
    ImportError, ImportSettings, ImportedTable, LongKind, LongTable, Mapping, MappingError,
    TableOverview, import_table,
};
