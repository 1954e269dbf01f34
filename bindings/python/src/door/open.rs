// SPDX-License-Identifier: EUPL-1.2
//! Everything that records can be opened from, with what is asked of them.

use std::fs;
use std::path::{Path, PathBuf};

use passend::Day;
use passend_io::{
    AuditLine, ImportSettings, LongKind, LongTable, OnRefusal, ReadError, Record, import_table,
    read_records,
};
use pyo3::prelude::*;

use super::long::{self, Long};
use super::{Input, Limit, Table, columns, is_table, json_lines, judged, kept_out, rows};
use crate::failure::{Failure, Issue, text, unreadable_file};
use crate::job;

/// How records are opened.
pub(crate) struct Opening<'py> {
    pub(crate) limit: Limit,
    /// The column of ids.
    pub(crate) id: String,
    /// Tables beside the people: keyword, key and table.
    pub(crate) beside: Vec<(&'static str, &'static str, Bound<'py, PyAny>)>,
    /// Leave out what may not count.
    pub(crate) leaves_out: bool,
    /// The day on which somebody is a minor or not.
    pub(crate) as_of: Option<Day>,
}

/// What was opened.
pub(crate) struct Opened<T> {
    pub(crate) input: Input<T>,
    /// What may not count, by id.
    pub(crate) audit: Vec<AuditLine>,
}

/// Opens a table, objects, or a file by its path.
pub(crate) fn open<T: Record + Send + 'static>(
    given: &Bound<'_, PyAny>,
    side: &'static str,
    opening: &Opening<'_>,
) -> PyResult<Opened<T>> {
    let py = given.py();
    if let Some(path) = path_of(given) {
        return file(py, &path, side, opening);
    }
    if given.hasattr("collect")? && given.get_type().name()? == "LazyFrame" {
        return open(&given.call_method0("collect")?, side, opening);
    }
    if !is_table(given)? {
        if let Some((name, ..)) = opening.beside.first() {
            return Err(Failure::raise_usage(
                name,
                "expected tables beside a table; the people were given as objects",
                text(
                    "Geef ook de mensen als tabel (polars, pandas, pyarrow, DuckDB).",
                    "Give the people as a table too (polars, pandas, pyarrow, DuckDB).",
                ),
            ));
        }
        if opening.leaves_out {
            return lines(py, &json_lines(given, side)?, side, opening);
        }
        let input = super::read(given, side, opening.limit)?;
        return Ok(Opened { input, audit: Vec::new() });
    }
    if opening.beside.is_empty() && !opening.leaves_out && opening.id == "id" {
        let input = super::read(given, side, opening.limit)?;
        return Ok(Opened { input, audit: Vec::new() });
    }
    let mut table = Table::new(given, side)?;
    let mut audit = Vec::new();
    if opening.leaves_out {
        (table, audit) = kept_out::of_table(table, side, &opening.id, opening.as_of)?;
    }
    let mut beside = Vec::new();
    for (name, key, given) in &opening.beside {
        if path_of(given).is_some() || !is_table(given)? {
            return Err(Failure::raise_usage(
                name,
                "expected a table",
                text(
                    "Geef een tabel met een rij per item en een kolom met het id.",
                    "Give a table with a row for each item and a column with the id.",
                ),
            ));
        }
        beside.push(Long { name, key, table: Table::new(given, name)? });
    }
    let names: Vec<_> = beside.iter().map(|long| long.key).collect();
    let (table, orphans) = long::join(&table, side, &opening.id, beside)?;
    columns::check::<T>(&table.schema, side, &names)?;
    let mut input = judged(rows(py, table, side)?, &[], side, opening.limit)?;
    input.issues.extend(orphans);
    Ok(Opened { input, audit })
}

/// A path that was given as text or as such.
fn path_of(given: &Bound<'_, PyAny>) -> Option<PathBuf> {
    super::is_path(given).then(|| given.extract().ok()).flatten()
}

fn lines<T: Record + Send + 'static>(
    py: Python<'_>,
    text: &[u8],
    side: &'static str,
    opening: &Opening<'_>,
) -> PyResult<Opened<T>> {
    let (text, audit) = kept_out::of_lines(text, side, opening.as_of)?;
    let batch = records(py, text, side)?.map_err(crate::failure::internal)?;
    Ok(Opened { input: judged(batch, &[], side, opening.limit)?, audit })
}

/// Reads records out of bytes; none are no mistake.
fn records<T: Record + Send + 'static>(
    py: Python<'_>,
    bytes: Vec<u8>,
    side: &'static str,
) -> PyResult<Result<passend_io::Batch<T>, ReadError>> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Ok(super::none(side)));
    }
    job::run(py, &std::sync::Arc::default(), None, move || {
        read_records::<T>(bytes.as_slice(), side, OnRefusal::Continue)
    })
}

fn bytes_of(path: &Path, argument: &str) -> PyResult<Vec<u8>> {
    fs::read(path).map_err(|error| unreadable_file(path, argument, &error))
}

fn file<T: Record + Send + 'static>(
    py: Python<'_>,
    path: &Path,
    side: &'static str,
    opening: &Opening<'_>,
) -> PyResult<Opened<T>> {
    const ZIP: &[u8] = b"PK\x03\x04";
    let bytes = bytes_of(path, side)?;
    let is_lines = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    if is_lines && opening.leaves_out {
        return lines(py, &bytes, side, opening);
    }
    let is_foreign = bytes.starts_with(ZIP) || !opening.beside.is_empty();
    if !is_foreign {
        let copy = if is_lines { Vec::new() } else { bytes.clone() };
        match records::<T>(py, bytes, side)? {
            Ok(batch) => {
                let input = judged(batch, &[], side, opening.limit)?;
                return Ok(Opened { input, audit: Vec::new() });
            }
            Err(ReadError::Content(_)) if !is_lines => {
                return imported(py, path, copy, side, opening);
            }
            Err(error) => return Err(crate::failure::bad_file(path, side, &error)),
        }
    }
    imported(py, path, bytes, side, opening)
}

/// Reads a table of others, in which what may not count is always left out.
fn imported<T: Record + Send + 'static>(
    py: Python<'_>,
    path: &Path,
    bytes: Vec<u8>,
    side: &'static str,
    opening: &Opening<'_>,
) -> PyResult<Opened<T>> {
    let as_of = opening.as_of.ok_or_else(|| {
        Failure::raise_usage(
            "as_of",
            "expected a day: this file is a table of others, whose words and dates are read for a day",
            text("Geef ook `as_of`.", "Give `as_of` too."),
        )
    })?;
    let mut beside = Vec::new();
    for (name, _, given) in &opening.beside {
        let Some(path) = path_of(given) else {
            return Err(Failure::raise_usage(
                name,
                "expected a path, as the people are",
                text("Geef ook hier een pad.", "Give a path here too."),
            ));
        };
        let kind = match *name {
            "skills" => LongKind::Skills,
            "languages" => LongKind::Languages,
            "diplomas" => LongKind::Diplomas,
            _ => LongKind::Experience,
        };
        beside.push((*name, kind, bytes_of(&path, name)?));
    }
    let imported = job::run(py, &std::sync::Arc::default(), None, move || {
        let beside: Vec<_> = beside
            .iter()
            .map(|(name, kind, bytes)| LongTable { kind: *kind, name, bytes })
            .collect();
        let settings = ImportSettings { beside: &beside, audit: true, ..ImportSettings::on(as_of) };
        import_table::<T>(&bytes, side, &settings)
    })?
    .map_err(|error| crate::failure::bad_file(path, side, &error.source))?;
    if let Some(fault) = imported.faults.first() {
        return Err(crate::failure::bad_file(path, side, fault));
    }
    let mut input = judged(imported.batch, &[], side, opening.limit)?;
    for report in imported.beside {
        let name = long::KINDS.iter().map(|(name, _)| *name).find(|name| *name == report.file);
        let refused = report.refused.into_iter();
        input.issues.extend(refused.map(|one| Issue::new(name.unwrap_or("beside"), one)));
    }
    let audit = imported.audit.into_iter().filter(|line| !line.values.is_empty()).collect();
    Ok(Opened { input, audit })
}
