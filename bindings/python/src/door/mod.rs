// SPDX-License-Identifier: EUPL-1.2
//! How records come in: Python objects or a table, read by the reader of the files.

mod columns;
mod feed;
mod kept_out;
pub(crate) mod long;
mod objects;
mod open;
mod table;
mod within;

use std::io::Read;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema};
use passend_io::{Batch, Code, OnRefusal, Reading, Record, Report, read_batches, read_records};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyString};
use serde::de::DeserializeOwned;

use self::feed::Feed;
use self::objects::{Note, Objects};
pub(crate) use self::open::{Opened, Opening, open};
pub(crate) use self::table::Table;
use crate::failure::{Failure, Issue, internal, text};
use crate::frame::helper;
use crate::{job, log};

/// What becomes of rows that are refused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    /// One refused row ends the call.
    pub(crate) strict: bool,
    /// More than this percentage ends the call, from 20 rows on.
    pub(crate) percent: u8,
}

/// What was read of one side.
#[derive(Debug)]
pub(crate) struct Input<T> {
    pub(crate) records: Vec<T>,
    pub(crate) report: Report,
    pub(crate) issues: Vec<Issue>,
}

impl<T> Input<T> {
    /// One record that was read.
    pub(crate) fn of_one(record: T, side: &str) -> Self {
        let report = Report { file: side.to_owned(), read: 1, accepted: 1, ..Report::default() };
        Self { records: vec![record], report, issues: Vec::new() }
    }
}

/// Reads records: a table with the Arrow stream, an iterable of objects, or one object.
///
/// What may never enter always ends the call, whatever the limit.
pub(crate) fn read<T: Record + Send + 'static>(
    given: &Bound<'_, PyAny>,
    side: &'static str,
    limit: Limit,
) -> PyResult<Input<T>> {
    let py = given.py();
    let takes_flag = columns::takes_flag::<T>;
    let objects = |given: &Bound<'_, PyAny>| {
        let (batch, objects) = parse(py, Feed::new(Objects::new(given, side, takes_flag)?), side)?;
        Ok::<_, PyErr>((batch, objects.notes))
    };
    let (batch, notes) = if is_table(given)? {
        match Table::new(given, side) {
            Ok(table) => {
                columns::check::<T>(&table.schema, side, &[])?;
                (rows(py, table, side)?, Vec::new())
            }
            // Columns of more than one type, or no pyarrow.
            Err(_) if is_a(given, "pandas")? => {
                columns::check::<T>(&column_names(given)?, side, &[])?;
                objects(&helper(py, "records")?.call1((given,))?)?
            }
            Err(error) => return Err(error),
        }
    } else {
        objects(given)?
    };
    judged(batch, &notes, side, limit)
}

/// What was read of a file or table of others, if no more was refused than is allowed.
pub(crate) fn within_limit<T>(
    batch: Batch<T>,
    side: &'static str,
    limit: Limit,
) -> PyResult<Input<T>> {
    judged(batch, &[], side, limit)
}

/// What was read, if no more was refused than is allowed.
fn judged<T>(
    batch: Batch<T>,
    notes: &[Note],
    side: &'static str,
    limit: Limit,
) -> PyResult<Input<T>> {
    let Batch { accepted: records, mut report, .. } = batch;
    let too_many = report.too_many_refused(limit.percent);
    let summary = report.summary();
    let refused = std::mem::take(&mut report.refused);
    let mut issues: Vec<_> = refused.into_iter().map(|one| Issue::new(side, one)).collect();
    Note::amend(notes, &mut issues);
    Python::attach(|py| {
        log::info(py, || summary)?;
        log::warnings(py, || issues.iter().map(Issue::line).collect::<Vec<_>>())
    })?;

    // A national number as the id is the mistake of one row; a key that may never enter is a mistake in the data set.
    let forbidden = issues
        .iter()
        .find(|issue| issue.code.starts_with("E9") && issue.path != "id")
        .or_else(|| issues.first().filter(|_| limit.strict))
        .cloned();
    if let Some(issue) = forbidden {
        return Err(Failure::first(&issue, issues).into());
    }
    if too_many {
        return Err(Failure::too_many(side, limit.percent, report.read, issues).into());
    }
    Ok(Input { records, report, issues })
}

/// The rows of an iterable as JSON, one on each line, without judging them.
pub(crate) fn json_lines(given: &Bound<'_, PyAny>, argument: &'static str) -> PyResult<Vec<u8>> {
    gather(given.py(), Feed::new(Objects::new(given, argument, |_| false)?))
}

/// What the rows of an iterable say.
pub(crate) fn dicts<T: DeserializeOwned>(
    given: &Bound<'_, PyAny>,
    argument: &'static str,
) -> PyResult<Result<Vec<T>, serde_json::Error>> {
    let lines = json_lines(given, argument)?;
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    Ok(lines.map(serde_json::from_slice).collect())
}

/// The records of a table, read on all threads.
pub(crate) fn rows<T: Record + Send + 'static>(
    py: Python<'_>,
    table: Table,
    side: &'static str,
) -> PyResult<Batch<T>> {
    let read = job::run(py, &Arc::default(), None, move || {
        read_batches::<T>(table.batches, side, Reading::default())
    })?;
    read.map_err(internal)
}

/// Rows, one after another as JSON of one line each.
trait Rows: Send {
    /// Adds some rows, each ended by `\n`; adds none after the last.
    fn more(&mut self, text: &mut Vec<u8>) -> PyResult<()>;
}

/// Reads the records, and gives back the rows they came from.
fn parse<T: Record + Send, R: Rows>(
    py: Python<'_>,
    mut feed: Feed<R>,
    side: &'static str,
) -> PyResult<(Batch<T>, R)> {
    let read = py.detach(|| read_records::<T>(&mut feed, side, OnRefusal::Continue));
    let (rows, error) = feed.finish();
    if let Some(error) = error {
        return Err(error);
    }
    match read {
        Ok(batch) => Ok((batch, rows)),
        // No rows are no mistake here: a selection may leave none.
        Err(error) if error.code() == Code::EmptyFile => Ok((none(side), rows)),
        Err(error) => Err(internal(error)),
    }
}

/// No records.
fn none<T>(side: &str) -> Batch<T> {
    let report = Report { file: side.to_owned(), ..Report::default() };
    Batch { accepted: Vec::new(), lines: Vec::new(), report }
}

fn gather<R: Rows>(py: Python<'_>, mut feed: Feed<R>) -> PyResult<Vec<u8>> {
    let mut text = Vec::new();
    let read = py.detach(|| feed.read_to_end(&mut text));
    match (feed.finish().1, read) {
        (Some(error), _) => Err(error),
        (None, read) => Ok(read.map(|_| text)?),
    }
}

/// Whether it is text or a path object, both of which can name a file.
pub(crate) fn is_path(given: &Bound<'_, PyAny>) -> bool {
    given.is_instance_of::<PyString>() || given.hasattr("__fspath__").unwrap_or(false)
}

/// A table gives its columns; anything else is looked at row by row.
pub(crate) fn is_table(given: &Bound<'_, PyAny>) -> PyResult<bool> {
    let is_frame = given.get_type().name()? == "DataFrame" && is_a(given, "pandas")?;
    let gives_arrow = given.hasattr("__arrow_c_stream__")? || given.hasattr("__arrow_c_array__")?;
    Ok(is_frame || (gives_arrow && !is_series(given)?))
}

/// Whether its class is of this package.
fn is_a(given: &Bound<'_, PyAny>, package: &str) -> PyResult<bool> {
    let module = given.get_type().module()?;
    Ok(module.to_string_lossy().split('.').next().is_some_and(|first| first == package))
}

/// Whether it is a row or column of pandas: it can give an Arrow stream too, but of one column.
fn is_series(given: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(given.get_type().name()? == "Series" && is_a(given, "pandas")?)
}

/// The columns of a pandas frame, without their types.
fn column_names(given: &Bound<'_, PyAny>) -> PyResult<Schema> {
    let names = given.getattr("columns")?.try_iter()?;
    let fields = names.map(|name| {
        Ok(Field::new(name?.str()?.to_string_lossy().into_owned(), DataType::Null, true))
    });
    Ok(Schema::new(fields.collect::<PyResult<Vec<_>>>()?))
}

/// What can be neither rows nor a table, with the way out.
fn neither(given: &Bound<'_, PyAny>, argument: &'static str) -> Option<Failure> {
    let is_text = is_path(given)
        || given.is_instance_of::<PyBytes>()
        || given.is_instance_of::<PyByteArray>();
    let is_lazy = given.hasattr("collect").unwrap_or(false);
    let hint = if is_text {
        text(
            "Lees het bestand eerst, bijvoorbeeld met polars.read_ndjson(…).",
            "Read the file first, for instance with polars.read_ndjson(…).",
        )
    } else if is_lazy {
        text("Roep eerst .collect() aan.", "Call .collect() first.")
    } else if given.try_iter().is_err() {
        text(
            "Geef een tabel (polars, pandas, pyarrow, DuckDB) of een lijst van dicts.",
            "Give a table (polars, pandas, pyarrow, DuckDB) or a list of dicts.",
        )
    } else {
        return None;
    };
    let kind = given.get_type();
    let kind = kind.name().map(|name| name.to_string()).unwrap_or_default();
    Some(Failure::usage(argument, format!("expected records or a table, not `{kind}`"), hint))
}
