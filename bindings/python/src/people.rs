// SPDX-License-Identifier: EUPL-1.2
//! What a match says of each person, as Python sees it.

use passend::PersonLine;
use passend_io::write;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pythonize::pythonize;

use crate::failure::internal;
use crate::frame::{Frame, helper};
use crate::page;

/// A line for each person, also without a match.
#[pyclass(frozen, module = "passend")]
#[derive(Debug)]
pub(crate) struct People {
    lines: Vec<PersonLine>,
}

impl People {
    pub(crate) const fn new(lines: Vec<PersonLine>) -> Self {
        Self { lines }
    }

    fn frame(&self, py: Python<'_>) -> PyResult<Frame> {
        py.detach(|| Frame::of_people(&self.lines)).map_err(internal)
    }
}

#[pymethods]
impl People {
    fn __len__(&self) -> usize {
        self.lines.len()
    }

    /// The people as JSON Lines: the bytes of the program's `--people` file.
    fn to_jsonl(&self, py: Python<'_>) -> PyResult<String> {
        let text = py.detach(|| {
            let mut text = Vec::new();
            // Writing to memory cannot fail.
            let _ = write::jsonl(&mut text, &self.lines);
            text
        });
        String::from_utf8(text).map_err(internal)
    }

    /// The people as dicts, with the keys of the JSON Lines.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.lines)?)
    }

    /// The people as a polars frame.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        helper(slf.py(), "to_polars")?.call1((slf,))
    }

    /// The people as a pandas frame.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        helper(slf.py(), "to_pandas")?.call1((slf,))
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

    fn _repr_html_(&self) -> String {
        page::people(&self.lines)
    }

    fn __repr__(&self) -> String {
        let matched = self.lines.iter().filter(|line| line.listed > 0).count();
        format!("<passend.People {} people, {matched} with a match>", self.lines.len())
    }
}
