// SPDX-License-Identifier: EUPL-1.2
//! Tables as Arrow batches: whatever gives the Arrow stream.

use std::panic::{self, AssertUnwindSafe};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

use super::is_a;
use crate::failure::{Failure, text};
use crate::frame::helper;

/// A table whose rows have been taken in.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
}

impl Table {
    /// Takes in all rows. Ctrl-C is answered between batches.
    pub(crate) fn new(given: &Bound<'_, PyAny>, argument: &'static str) -> PyResult<Self> {
        let py = given.py();
        let unreadable = |error: PyErr| {
            let failure = PyErr::from(unreadable(argument));
            failure.set_cause(py, Some(error));
            failure
        };
        let reader = if is_a(given, "polars")? || is_a(given, "pyarrow")? || is_a(given, "pandas")?
        {
            helper(py, "plain")?.call1((given,))
        } else {
            Ok(given.clone())
        }
        .and_then(|given| given.extract::<AnyRecordBatch>()?.into_reader())
        .map_err(unreadable)?;
        let mut table = Self { schema: reader.schema(), batches: Vec::new() };
        let mut reader = Source(reader);
        loop {
            py.check_signals()?;
            let (source, next) = py.detach(move || {
                let next = reader.next();
                (reader, next)
            });
            reader = source;
            match next {
                None => return Ok(table),
                Some(Ok(batch)) => table.batches.push(batch),
                Some(Err(error)) => {
                    let expected = format!("the table cannot be read: {error}");
                    return Err(self::unreadable(argument).expecting(expected).into());
                }
            }
        }
    }
}

/// Gives the batches of a reader.
struct Source(Box<dyn RecordBatchReader + Send>);

impl Source {
    /// The next batch that has rows.
    fn next(&mut self) -> Option<Result<RecordBatch, ArrowError>> {
        loop {
            // The Arrow library panics on some slices of nested columns (apache/arrow-rs issue 7595).
            let next = panic::catch_unwind(AssertUnwindSafe(|| self.0.next()));
            match next {
                Ok(Some(Ok(batch))) if batch.num_rows() == 0 => {}
                Ok(next) => return next,
                Err(_) => {
                    let what = "a slice of a nested column".to_owned();
                    return Some(Err(ArrowError::CDataInterface(what)));
                }
            }
        }
    }
}

fn unreadable(argument: &'static str) -> Failure {
    Failure::usage(
        argument,
        "expected a table whose columns can be given as Arrow",
        text(
            "Elke kolom heeft één type nodig; lukt het niet, geef dan een lijst van dicts.",
            "Each column needs one type; if that cannot be, give a list of dicts.",
        ),
    )
}
