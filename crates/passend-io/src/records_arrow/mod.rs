// SPDX-License-Identifier: EUPL-1.2
//! Reads records out of Arrow columns.
//!
//! Each row is put into JSON and read by the reader of JSON, so that a mistake has the same code and words in both.

mod cells;

use std::ops::Range;
use std::sync::Arc;

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
    let mut left = None;
    let mut rows = Vec::new();
    in_order(
        &reading,
        &mut report,
        Place::start(),
        |_| {
            let some = loop {
                match left.as_mut().and_then(Rows::next) {
                    Some(some) => break Some(some),
                    None => match batches.next() {
                        Some(batch) => left = Some(Rows::new::<T>(&batch)),
                        None => break None,
                    },
                }
            };
            Ok(some.map(|some| Chunk { byte: 0, content: some }))
        },
        |(keys, rows)| part(keys, rows.clone(), reading.on_refusal),
        &mut |part| rows.push(part),
    )?;
    Ok(Batch::settle(rows.into_iter().flatten(), report, reading.on_refusal))
}

/// The rows of a batch, some at a time: a frame is often one batch, which all threads are to read.
struct Rows {
    keys: Arc<Keys>,
    left: Range<usize>,
}

impl Rows {
    fn new<T: Record>(batch: &RecordBatch) -> Self {
        Self { keys: Arc::new(keys::<T>(batch)), left: 0..batch.num_rows() }
    }
}

impl Iterator for Rows {
    type Item = (Arc<Keys>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        const ROWS: usize = 2_048;
        let Range { start, end } = self.left;
        self.left.start = end.min(start.saturating_add(ROWS));
        (start < end).then(|| (Arc::clone(&self.keys), start..self.left.start))
    }
}

fn keys<T: Record>(batch: &RecordBatch) -> Keys {
    Keys::new(batch.schema_ref().fields(), batch.columns(), Some(fields(T::SIDE)), true)
}

/// Reads the rows of one batch.
#[cfg(feature = "parquet")]
pub(crate) fn whole<T: Record>(batch: &RecordBatch, on_refusal: OnRefusal) -> Part<T> {
    part(&keys::<T>(batch), 0..batch.num_rows(), on_refusal)
}

/// Reads some rows of a batch.
fn part<T: Record>(keys: &Keys, rows: Range<usize>, on_refusal: OnRefusal) -> Part<T> {
    let mut part = Part::default();
    let mut json = Vec::new();
    for row in rows {
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
