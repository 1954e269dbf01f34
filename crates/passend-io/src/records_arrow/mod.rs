// SPDX-License-Identifier: EUPL-1.2
//! Reads records out of Arrow columns.
//!
//! Each row is put into JSON and read by the reader of JSON, so that a mistake has the same code and words in both.

mod cells;

use arrow_array::RecordBatch;

use self::cells::Keys;
use crate::columns::fields;
use crate::jsonl::{Fault, LONGEST, Mistake, Place, record};
use crate::part::{Chunk, Part, in_order};
use crate::read::{OnRefusal, Reading};
use crate::{Batch, Code, ReadError, Record, Report};

/// Reads the rows of Arrow columns, as `docs/records-parquet.md` describes them. `name` is what the report calls them; the
/// number of a row stands for its line.
///
/// # Errors
/// When a thread of its own was asked and cannot be started.
pub fn read_batches<T: Record>(
    batches: Vec<RecordBatch>,
    name: &str,
    reading: Reading,
) -> Result<Batch<T>, ReadError> {
    let mut report = Report { file: name.to_owned(), ..Report::default() };
    let mut batches = batches.into_iter();
    let rows = in_order(
        &reading,
        &mut report,
        Place::start(),
        |_| Ok(batches.next().map(|batch| Chunk { byte: 0, content: batch })),
        |batch| part(batch, reading.on_refusal),
    )?;
    Ok(Batch::settle(rows, report, reading.on_refusal))
}

/// Reads the rows of one batch.
pub(crate) fn part<T: Record>(batch: &RecordBatch, on_refusal: OnRefusal) -> Part<T> {
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
