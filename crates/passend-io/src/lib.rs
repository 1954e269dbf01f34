// SPDX-License-Identifier: EUPL-1.2
//! Readers and writers of passend: bytes to records and back, and reports of refused rows.
//!
//! [`import_messages`] reads what others write (VUM, JobPosting, Europass, JSON Resume) and [`export_vum`] writes VUM.
//! [`read_records`] gives a [`Batch`] of candidates or vacancies with its [`Report`]; [`mod@write`] holds the forms in which
//! results are written; [`AtomicFile`] is a file that is there whole or not at all.
//!
//! Readers take anything that can be read, never a path, and say of a refused row where it is and what was expected,
//! never the value: it may be about a person. Every [`Code`] is in `docs/errors.md` with an example.
//!
//! Deliberately absent: any opinion on what a value means for a person.
#![forbid(unsafe_code)]

#[cfg(feature = "arrow")]
mod arrow_columns;
mod atomic;
mod batch;
mod cases;
#[cfg(feature = "arrow")]
pub mod cell_json;
#[cfg(feature = "schema")]
mod check;
mod codes;
mod columns;
mod detail;
mod error;
pub mod esco;
mod events;
mod fairness;
mod flip;
mod guess;
mod hash;
mod import;
mod jsonl;
mod ledger;
mod originals;
mod part;
mod place;
mod places;
mod read;
mod record;
#[cfg(feature = "arrow")]
mod records_arrow;
mod records_csv;
#[cfg(feature = "parquet")]
mod records_parquet;
mod report;
mod run_record;
mod snapshot;
mod table;
mod vocabulary;
pub mod write;

pub use atomic::{Access, AtomicFile, CreateError};
pub use batch::Batch;
pub use cases::{read_coaches, read_kept};
#[cfg(feature = "schema")]
pub use check::{Checked, Field, Hollow, Several, TitleReading, Unlinked, check, fields};
pub use codes::Code;
pub use error::{Content, ReadError};
pub use events::{BadResult, read_changes, read_events};
pub use fairness::{
    AuditFile, Fairness, FairnessDetail, FairnessFileError, FairnessLine, ListedPair, Share,
    fairness, read_audit, read_listed,
};
pub use flip::{FlipError, Flipped, FlippedTable};
pub use hash::{Hashed, hash};
pub use import::{
    AuditLine, ColumnOverview, ColumnReason, Crosswalk, DayOrder, Decimal, Dropped, Encoding,
    Exported, FlippedColumn, ImportError, ImportOptions, ImportSettings, Imported, ImportedTable,
    Kept, LongKind, LongTable, Loss, LossReason, Mapping, MappingError, MessageFormat,
    PseudonymKey, ShortKey, Sidecar, SidecarError, SidecarLine, TableOverview, VumVersion,
    export_vum, import_messages, import_table,
};
pub use ledger::{Ledger, LedgerError};
pub use originals::copy_rows;
pub use place::{read_households, read_quotas, read_school};
pub use places::{PlacesError, read_places};
pub use read::{InParts, OnRefusal, Reading, read_in_parts, read_records, read_records_with};
pub use record::Record;
#[cfg(feature = "arrow")]
pub use records_arrow::read_batches;
pub use report::{Refused, Report, Warning};
pub use run_record::{
    Entry, HashedFile, Run, RunRecordError, RunRecordFault, append_run, read_runs,
};
pub use snapshot::{SnapshotFileError, read_snapshot, write_snapshot};
pub use table::TableError;
pub use vocabulary::{
    LoadedVocabulary, UnusedRows, VocabularyFile, VocabularyFileError, VocabularyProblem,
    VocabularyUse, read_vocabulary,
};
