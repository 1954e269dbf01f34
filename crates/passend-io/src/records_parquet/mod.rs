// SPDX-License-Identifier: EUPL-1.2
//! Reads records written as Parquet.
//!
//! Each row is put into JSON and read by the reader of JSON, so that a mistake has the same code and words in both.

mod cells;
mod json;

use std::io::{self, BufRead};
use std::panic::{self, AssertUnwindSafe};

use arrow_array::RecordBatch;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use self::cells::Keys;
use crate::batch::Read as ReadRow;
use crate::columns::fields;
use crate::error::Content;
use crate::jsonl::{Fault, LONGEST, Mistake, Place, record};
use crate::part::{Chunk, Part, in_order};
use crate::read::{OnRefusal, Reading};
use crate::{Code, ReadError, Record, Report};

/// How a Parquet file begins.
pub(crate) const MAGIC: &[u8] = b"PAR1";

/// Reads the rows. The file is kept in memory as it is; its rows are unpacked some thousands at a time.
pub(crate) fn read<T: Record>(
    mut input: impl BufRead,
    reading: &Reading,
    report: &mut Report,
) -> Result<Vec<Vec<ReadRow<T>>>, ReadError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    rows(bytes, reading, report).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => ReadError::Content(Content::new(Code::BrokenParquet)),
        _ => ReadError::Unreadable(error),
    })
}

/// Fails with [`io::ErrorKind::InvalidData`] where the file is broken or packed in a way that is not known.
fn rows<T: Record>(
    bytes: Vec<u8>,
    reading: &Reading,
    report: &mut Report,
) -> io::Result<Vec<Vec<ReadRow<T>>>> {
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
        |batch| part(batch, reading.on_refusal),
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

fn part<T: Record>(batch: &RecordBatch, on_refusal: OnRefusal) -> Part<T> {
    let mut part = Part::default();
    let keys = Keys::new(batch.schema_ref().fields(), batch.columns(), Some(fields(T::SIDE)), true);
    let mut json = Vec::new();
    for row in 0..batch.num_rows() {
        part.read += 1;
        // A table has rows and columns, but no lines: the number of the row stands for both.
        let place = Place { line: part.read, byte: 0, column: 0 };
        json.clear();
        keys.write(row, &mut json);
        let outcome = if json.len() > LONGEST { Err(too_long()) } else { record(&json) };
        match outcome {
            Ok(accepted) => part.accept(accepted, place),
            Err(mistake) => {
                part.refuse(place, place, &mistake.fault);
                if on_refusal == OnRefusal::Stop {
                    break;
                }
            }
        }
    }
    part.end = Place { line: part.read + 1, ..Place::start() };
    part
}

fn too_long() -> Mistake {
    Mistake { fault: Fault::new(Code::TooLong), at: 0 }
}
