// SPDX-License-Identifier: EUPL-1.2
//! Results as a table, given as an Arrow stream.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, Field, SchemaRef};
use passend::{MatchLine, PersonLine};
use passend_io::write::{match_batches, people_batches};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

/// A table that can be read many times.
#[derive(Debug)]
pub(crate) struct Frame {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Frame {
    /// A row for each pair; `by` comes first where both sides are listed.
    pub(crate) fn of_lines(
        lines: impl Iterator<Item = MatchLine>,
        with_side: bool,
    ) -> Result<Self, ArrowError> {
        Self::new(match_batches(lines, with_side)?)
    }

    /// A row for each person.
    pub(crate) fn of_people(lines: &[PersonLine]) -> Result<Self, ArrowError> {
        Self::new(people_batches(lines)?)
    }

    /// Batches, at least one.
    pub(crate) fn new(batches: Vec<RecordBatch>) -> Result<Self, ArrowError> {
        let schema = batches.first().map(RecordBatch::schema);
        let schema = schema.ok_or_else(|| ArrowError::SchemaError("no batch".to_owned()))?;
        Ok(Self { schema, batches })
    }

    /// The batches.
    pub(crate) fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }

    /// An Arrow stream of all batches.
    pub(crate) fn stream<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let rows: Field = Field::new_struct("", self.schema.fields().clone(), false);
        let batches = self.batches.clone().into_iter();
        let batches = batches.map(|batch| Ok(Arc::new(StructArray::from(batch)) as ArrayRef));
        let reader = ArrayIterator::new(batches, Arc::new(rows));
        Ok(to_stream_pycapsule(py, Box::new(reader), requested_schema)?)
    }

    /// The columns and their types.
    pub(crate) fn schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }
}

/// A function of the Python part that makes frames.
pub(crate) fn helper<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("passend._frames")?.getattr(name)
}
