// SPDX-License-Identifier: EUPL-1.2
//! Small tables beside the records: what happened, and who is in which group. A path, a table, or dicts.

use std::path::PathBuf;

use arrow_array::cast::AsArray;
use arrow_schema::DataType;
use pyo3::prelude::*;
use serde_json::{Map, Value};

use crate::door::{self, Table};
use crate::failure::{Failure, internal, text, unreadable_file};

/// What such a table was given as.
pub(crate) enum Given {
    /// The bytes of a file, with its path.
    File(PathBuf, Vec<u8>),
    /// Rows with words by column; a cell without one is absent.
    Rows(Vec<Map<String, Value>>),
}

/// The path and the bytes of a file, if a path was given.
pub(crate) fn file(
    given: &Bound<'_, PyAny>,
    argument: &'static str,
) -> PyResult<Option<(PathBuf, Vec<u8>)>> {
    if !door::is_path(given) {
        return Ok(None);
    }
    let path: PathBuf = given.extract()?;
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Some((path, bytes))),
        Err(error) => Err(unreadable_file(&path, argument, &error)),
    }
}

/// Takes in a table.
pub(crate) fn given(table: &Bound<'_, PyAny>, argument: &'static str) -> PyResult<Given> {
    if let Some((path, bytes)) = file(table, argument)? {
        return Ok(Given::File(path, bytes));
    }
    if table.hasattr("collect")? && table.get_type().name()? == "LazyFrame" {
        return given(&table.call_method0("collect")?, argument);
    }
    if door::is_table(table)? {
        return words(&Table::new(table, argument)?, argument).map(Given::Rows);
    }
    door::dicts(table, argument)?.map(Given::Rows).map_err(|_| {
        Failure::raise_usage(
            argument,
            "expected dicts",
            text("Geef een tabel, dicts of een pad.", "Give a table, dicts or a path."),
        )
    })
}

/// The rows of a table whose cells can all be written as words: days as `2026-11-25`.
fn words(table: &Table, argument: &'static str) -> PyResult<Vec<Map<String, Value>>> {
    let mut rows = Vec::new();
    for batch in &table.batches {
        let first = rows.len();
        rows.resize_with(first + batch.num_rows(), Map::new);
        for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            let words = arrow_cast::cast(column, &DataType::Utf8View).map_err(|_| {
                Failure::raise_usage(
                    argument,
                    format!("expected words, days or numbers in `{}`", field.name()),
                    text("Laat die kolom weg.", "Leave that column out."),
                )
            })?;
            let words = words.as_string_view();
            for (row, words) in rows.iter_mut().skip(first).zip(words) {
                if let Some(words) = words {
                    row.insert(field.name().clone(), Value::String(words.to_owned()));
                }
            }
        }
    }
    Ok(rows)
}

impl Given {
    /// The rows as JSON Lines, or the file as it is.
    pub(crate) fn into_lines(self) -> PyResult<Vec<u8>> {
        match self {
            Self::File(_, bytes) => Ok(bytes),
            Self::Rows(rows) => {
                let mut lines = Vec::new();
                for row in rows {
                    serde_json::to_writer(&mut lines, &row).map_err(internal)?;
                    lines.push(b'\n');
                }
                Ok(lines)
            }
        }
    }
}
