// SPDX-License-Identifier: EUPL-1.2
//! What the engine says line by line, as Python sees it: plans, questions, comparisons, assignments, facts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use passend_io::write::{self, Line, line_batches, line_columns};
use passend_io::{Access, AtomicFile, AuditLine};
use pyo3::exceptions::{PyAttributeError, PyOSError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use pythonize::pythonize;
use serde::Serialize;
use serde_json::Value;

use crate::arguments::plain_text;
use crate::failure::{Failure, Issue, internal, text};
use crate::frame::{Frame, helper};
use crate::job;

/// Lines of any kind.
trait Rows: fmt::Debug + Send + Sync {
    fn name(&self) -> &'static str;
    fn len(&self) -> usize;
    fn jsonl(&self, out: &mut dyn Write) -> std::io::Result<()>;
    fn dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
    fn frame(&self) -> Result<Frame, String>;
    /// The names of the columns, and the rows by these.
    fn cells(&self) -> serde_json::Result<(Vec<&str>, Vec<Value>)>;
}

impl<L: Line + fmt::Debug + Send + Sync> Rows for Vec<L> {
    fn name(&self) -> &'static str {
        L::NAME
    }

    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn jsonl(&self, mut out: &mut dyn Write) -> std::io::Result<()> {
        write::jsonl(&mut out, self)
    }

    fn dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, self)?)
    }

    fn frame(&self) -> Result<Frame, String> {
        line_batches(self).and_then(Frame::new).map_err(|error| error.to_string())
    }

    fn cells(&self) -> serde_json::Result<(Vec<&str>, Vec<Value>)> {
        let rows = self.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
        Ok((line_columns::<L>(), rows))
    }
}

#[derive(Debug)]
struct Issues(Vec<Issue>);

impl Rows for Issues {
    fn name(&self) -> &'static str {
        "issues"
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn jsonl(&self, mut out: &mut dyn Write) -> std::io::Result<()> {
        write::jsonl(&mut out, &self.0)
    }

    fn dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.0)?)
    }

    fn frame(&self) -> Result<Frame, String> {
        let number = |number: Option<u64>| number.and_then(|number| i64::try_from(number).ok());
        let all = || self.0.iter();
        table([
            ("table", texts(all().map(|one| Some(one.table)))),
            ("row", Arc::new(all().map(|one| number(one.row)).collect::<Int64Array>())),
            ("record", Arc::new(all().map(|one| number(one.record)).collect::<Int64Array>())),
            ("path", texts(all().map(|one| Some(one.path.as_str())))),
            ("code", texts(all().map(|one| Some(one.code)))),
            ("rule", texts(all().map(|one| Some(one.rule.as_str())))),
            ("nl", texts(all().map(|one| Some(one.hint.nl.as_str())))),
            ("en", texts(all().map(|one| Some(one.hint.en.as_str())))),
        ])
    }

    fn cells(&self) -> serde_json::Result<(Vec<&str>, Vec<Value>)> {
        let columns = vec!["table", "row", "record", "path", "code", "rule", "hint"];
        Ok((columns, self.0.iter().map(serde_json::to_value).collect::<Result<_, _>>()?))
    }
}

#[derive(Debug)]
struct Audit(Vec<AuditLine>);

impl Audit {
    fn names(&self) -> BTreeSet<&str> {
        self.0.iter().flat_map(|line| &line.values).map(|(name, _)| name.as_str()).collect()
    }

    /// Each person by column.
    fn people(&self) -> impl Iterator<Item = BTreeMap<&str, &str>> {
        self.0.iter().map(|line| {
            let values = line.values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            values.chain([("id", line.id.as_str())]).collect()
        })
    }
}

impl Rows for Audit {
    fn name(&self) -> &'static str {
        "audit"
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn jsonl(&self, mut out: &mut dyn Write) -> std::io::Result<()> {
        write::jsonl(&mut out, self.people())
    }

    fn dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.people().collect::<Vec<_>>())?)
    }

    fn frame(&self) -> Result<Frame, String> {
        let people: Vec<_> = self.people().collect();
        let column = |name| texts(people.iter().map(|person| person.get(name).copied()));
        table(std::iter::once("id").chain(self.names()).map(|name| (name, column(name))))
    }

    fn cells(&self) -> serde_json::Result<(Vec<&str>, Vec<Value>)> {
        let rows = self.people().map(serde_json::to_value).collect::<Result<_, _>>()?;
        Ok((std::iter::once("id").chain(self.names()).collect(), rows))
    }
}

fn texts<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(texts.collect::<StringArray>())
}

fn table<'a>(columns: impl IntoIterator<Item = (&'a str, ArrayRef)>) -> Result<Frame, String> {
    RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, cells)| (name, cells, true)),
    )
    .and_then(|batch| Frame::new(vec![batch]))
    .map_err(|error| error.to_string())
}

/// A table of lines, with what belongs beside them.
#[pyclass(frozen, module = "passend")]
#[derive(Debug)]
pub(crate) struct Lines {
    rows: Arc<dyn Rows>,
    beside: Vec<(&'static str, Py<PyAny>)>,
    frame: OnceLock<Frame>,
}

impl Lines {
    pub(crate) fn new<L: Line + fmt::Debug + Send + Sync + 'static>(lines: Vec<L>) -> Self {
        Self { rows: Arc::new(lines), beside: Vec::new(), frame: OnceLock::new() }
    }

    /// The rows that were refused.
    pub(crate) fn of_issues(issues: &[Issue]) -> Self {
        Self { rows: Arc::new(Issues(issues.to_vec())), beside: Vec::new(), frame: OnceLock::new() }
    }

    /// What may not count, by id.
    pub(crate) fn of_audit(lines: Vec<AuditLine>) -> Self {
        Self { rows: Arc::new(Audit(lines)), beside: Vec::new(), frame: OnceLock::new() }
    }

    /// With other lines beside these.
    pub(crate) fn with_lines(
        self,
        py: Python<'_>,
        name: &'static str,
        lines: Self,
    ) -> PyResult<Self> {
        Ok(self.with(name, Py::new(py, lines)?.into_any()))
    }

    /// With a value beside the lines: a number, a text, or what Python sees as a dict.
    pub(crate) fn with_value(
        self,
        py: Python<'_>,
        name: &'static str,
        value: &impl Serialize,
    ) -> PyResult<Self> {
        Ok(self.with(name, pythonize(py, value)?.unbind()))
    }

    fn with(mut self, name: &'static str, beside: Py<PyAny>) -> Self {
        self.beside.push((name, beside));
        self
    }

    fn frame(&self, py: Python<'_>) -> PyResult<&Frame> {
        if self.frame.get().is_none() {
            let rows = Arc::clone(&self.rows);
            let frame = job::run(py, &Arc::default(), None, move || rows.frame())?;
            // Another thread may have been first; its frame is the same.
            let _ = self.frame.set(frame.map_err(internal)?);
        }
        self.frame.get().ok_or_else(|| internal("no frame"))
    }
}

#[pymethods]
impl Lines {
    fn __len__(&self) -> usize {
        self.rows.len()
    }

    /// The lines as JSON Lines: the bytes that the program writes.
    fn to_jsonl(&self, py: Python<'_>) -> PyResult<String> {
        let rows = Arc::clone(&self.rows);
        let text = job::run(py, &Arc::default(), None, move || {
            let mut text = Vec::new();
            // Writing to memory cannot fail.
            let _ = rows.jsonl(&mut text);
            text
        })?;
        String::from_utf8(text).map_err(internal)
    }

    /// The lines as dicts, with the keys of the JSON Lines.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.rows.dicts(py)
    }

    /// The lines as a polars frame.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        helper(slf.py(), "to_polars")?.call1((slf,))
    }

    /// The lines as a pandas frame.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        helper(slf.py(), "to_pandas")?.call1((slf,))
    }

    /// Writes the lines to a file that is there whole or not at all, by how its name ends or by `format`.
    #[pyo3(signature = (path, *, format=None), text_signature = "($self, path, *, format=None)")]
    fn write(
        &self,
        py: Python<'_>,
        path: PathBuf,
        format: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let form = form(&path, format, &["jsonl", "csv", "xlsx", "parquet"])?;
        let rows = Arc::clone(&self.rows);
        let batches =
            if form == "parquet" { self.frame(py)?.batches().to_vec() } else { Vec::new() };
        write_file(py, path, move |mut out| match form.as_str() {
            "parquet" => write::batches_parquet(&mut out, &batches),
            "csv" => {
                let (columns, cells) = rows.cells()?;
                write::rows_csv(&mut out, &columns, &cells)
            }
            "xlsx" => {
                let (columns, cells) = rows.cells()?;
                write::rows_xlsx(&mut out, rows.name(), &columns, &cells)
            }
            _ => rows.jsonl(out),
        })
    }

    /// What belongs beside the lines, by name.
    #[getter]
    fn beside<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let beside = PyDict::new(py);
        for (name, what) in &self.beside {
            beside.set_item(name, what)?;
        }
        Ok(beside)
    }

    fn __getattr__(&self, py: Python<'_>, name: &str) -> PyResult<Py<PyAny>> {
        let found = self.beside.iter().find(|(known, _)| *known == name);
        found.map(|(_, what)| what.clone_ref(py)).ok_or_else(|| {
            PyAttributeError::new_err(format!(
                "passend.Lines of {} have no {name}",
                self.rows.name()
            ))
        })
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.frame(py)?.stream(py, requested_schema)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        self.frame(py)?.schema(py)
    }

    fn __repr__(&self) -> String {
        let beside: Vec<_> = self.beside.iter().map(|(name, _)| format!(", .{name}")).collect();
        format!("<passend.Lines {}: {} rows{}>", self.rows.name(), self.rows.len(), beside.concat())
    }
}

/// Writes a file that is there whole or not at all.
pub(crate) fn write_file(
    py: Python<'_>,
    path: PathBuf,
    content: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send + 'static,
) -> PyResult<()> {
    let name = path.display().to_string();
    let written = job::run(py, &Arc::default(), None, move || {
        let file = AtomicFile::create(&path, Access::Usual)?;
        let mut out = BufWriter::with_capacity(1 << 16, file);
        content(&mut out)?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.commit()
    })?;
    written.map_err(|error| PyOSError::new_err(format!("`{name}` cannot be written: {error}")))
}

/// A form in which a file is asked, by its word or by how the name of the file ends.
pub(crate) fn form(
    path: &std::path::Path,
    asked: Option<&Bound<'_, PyAny>>,
    known: &[&str],
) -> PyResult<String> {
    let by_name = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    let asked = asked.map(|given| plain_text(given).unwrap_or_default());
    let form = asked.or(by_name).unwrap_or_default();
    if known.contains(&form.as_str()) {
        return Ok(form);
    }
    let known = known.join(", ");
    Err(Failure::raise_usage(
        "format",
        format!("expected one of {known}"),
        text("Geef `format` of een pad dat zo eindigt.", "Give `format` or a path that ends so."),
    ))
}
