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

mod atomic;
mod batch;
mod codes;
mod columns;
mod detail;
mod error;
pub mod esco;

mod guess;
mod hash;
mod import;
mod jsonl;
mod part;
mod places;
mod read;
mod record;
mod records_csv;
#[cfg(feature = "parquet")]
mod records_parquet;
mod report;
mod table;
mod vocabulary;
pub mod write;

pub use atomic::{Access, AtomicFile};
pub use batch::Batch;
pub use codes::Code;
pub use error::{Content, ReadError};
pub use hash::{Hashed, hash};
pub use import::{
    Crosswalk, Exported, ImportOptions, Imported, Kept, Loss, LossReason, MessageFormat, Sidecar,
    SidecarError, SidecarLine, VumVersion, export_vum, import_messages,
};
pub use places::{PlacesError, read_places};
pub use read::{OnRefusal, Reading, read_records, read_records_with};
pub use record::Record;
pub use report::{Refused, Report, Warning};
pub use table::TableError;
pub use vocabulary::{
    LoadedVocabulary, UnusedRows, VocabularyFile, VocabularyFileError, VocabularyProblem,
    VocabularyUse, read_vocabulary,
};
