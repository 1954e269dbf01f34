// SPDX-License-Identifier: EUPL-1.2
//! Reads records written as Parquet.
//!
//! The columns are those of Arrow, and are read as such.

use std::io::{self, BufRead};
use std::panic::{self, AssertUnwindSafe};

use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::batch::Read as ReadRow;
use crate::error::Content;
use crate::jsonl::Place;
use crate::part::{Chunk, in_order};
use crate::read::Reading;
use crate::records_arrow::whole;
use crate::{Code, ReadError, Record, Report};

/// How a Parquet file begins.
pub(crate) const MAGIC: &[u8] = b"PAR1";

/// Reads the rows and hands them out in order. The file is kept in memory as it is; its rows are unpacked some thousands at a time.
pub(crate) fn read<T: Record>(
    mut input: impl BufRead,
    reading: &Reading,
    report: &mut Report,
    take: &mut dyn FnMut(Vec<ReadRow<T>>),
) -> Result<(), ReadError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    rows(bytes, reading, report, take).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => ReadError::Content(Content::new(Code::BrokenParquet)),
        _ => ReadError::Unreadable(error),
    })
}

/// Fails with [`io::ErrorKind::InvalidData`] where the file is broken or packed in a way that is not known.
fn rows<T: Record>(
    bytes: Vec<u8>,
    reading: &Reading,
    report: &mut Report,
    take: &mut dyn FnMut(Vec<ReadRow<T>>),
) -> io::Result<()> {
    const ROWS: usize = 2_048;
    let mut batches = safely(|| {
        let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes));
        builder.and_then(|builder| builder.with_batch_size(ROWS).build()).map_err(broken)
    })?;
    in_order(
        reading,
        report,
        Place::start(),
        |_| {
            let batch = safely(|| batches.next().transpose().map_err(broken))?;
            Ok(batch.map(|batch| Chunk { byte: 0, content: batch }))
        },
        |batch| whole(batch, reading.on_refusal),
        take,
    )
}

/// Runs what reads a file that may be broken in a way that was not foreseen.
fn safely<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    panic::catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(io::ErrorKind::InvalidData.into()))
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
