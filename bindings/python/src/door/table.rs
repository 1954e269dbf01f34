// SPDX-License-Identifier: EUPL-1.2
//! A table as rows of JSON: any object that gives an Arrow stream.

use std::io::Write;
use std::panic::{self, AssertUnwindSafe};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, UInt64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, LargeListArray, MapArray,
    RecordBatchReader, StringViewArray, UInt64Array,
};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef, TimeUnit};
use passend::{ClockTime, Day};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

use super::columns::is_left_out;
use super::json::{IMPOSSIBLE, write_decimal, write_digits, write_flag, write_json, write_text};
use super::{Rows, is_a};
use crate::failure::{Failure, text};
use crate::frame::helper;

/// A table that gives its rows as JSON.
pub(super) struct Table {
    argument: &'static str,
    takes_flag: fn(&str) -> bool,
    reader: Box<dyn RecordBatchReader + Send>,
    schema: SchemaRef,
    batch: Option<Batch>,
}

/// Some rows of a table.
struct Batch {
    cells: Keys,
    at: usize,
    rows: usize,
}

impl Table {
    pub(super) fn new(
        given: &Bound<'_, PyAny>,
        argument: &'static str,
        takes_flag: fn(&str) -> bool,
    ) -> PyResult<Self> {
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
        let schema = reader.schema();
        Ok(Self { argument, takes_flag, reader, schema, batch: None })
    }

    pub(super) fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The next batch that has rows.
    fn next_batch(&mut self) -> Result<Option<Batch>, ArrowError> {
        loop {
            // The Arrow library panics on some slices of nested columns (apache/arrow-rs issue 7595).
            let next = panic::catch_unwind(AssertUnwindSafe(|| self.reader.next()));
            let Some(batch) = next.unwrap_or_else(|_| {
                Some(Err(ArrowError::CDataInterface("a slice of a nested column".to_owned())))
            }) else {
                return Ok(None);
            };
            let batch = batch?;
            if batch.num_rows() > 0 {
                let mut cells = Keys::new(batch.schema_ref().fields(), batch.columns(), true)?;
                cells.find_flags(batch.schema_ref().fields(), self.takes_flag);
                return Ok(Some(Batch { cells, at: 0, rows: batch.num_rows() }));
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

impl Rows for Table {
    fn more(&mut self, text: &mut Vec<u8>) -> PyResult<()> {
        const ROWS: usize = 1024;
        Python::attach(|py| {
            py.check_signals()?;
            Ok::<_, PyErr>(())
        })?;
        if self.batch.is_none() {
            self.batch = self.next_batch().map_err(|error| {
                let failure = unreadable(self.argument);
                let expected = format!("the table cannot be read: {error}");
                PyErr::from(failure.expecting(expected))
            })?;
        }
        let Some(batch) = &mut self.batch else { return Ok(()) };
        let end = batch.rows.min(batch.at + ROWS);
        for row in batch.at..end {
            batch.cells.write(row, text);
            text.push(b'\n');
        }
        batch.at = end;
        if batch.at >= batch.rows {
            self.batch = None;
        }
        Ok(())
    }
}

/// The keys and values of an object.
struct Keys(Vec<(Vec<u8>, Cells)>);

impl Keys {
    fn new(fields: &Fields, columns: &[ArrayRef], is_top: bool) -> Result<Self, ArrowError> {
        let kept =
            fields.iter().zip(columns).filter(|(field, _)| !is_left_out(field.name(), is_top));
        let keys = kept.map(|(field, column)| {
            let mut key = Vec::new();
            write_text(&mut key, field.name());
            key.push(b':');
            Ok((key, Cells::of_field(field, column, is_top)?))
        });
        Ok(Self(keys.collect::<Result<_, ArrowError>>()?))
    }

    /// Reads 1.0 and 0.0 as true and false where the record has a flag.
    fn find_flags(&mut self, fields: &Fields, takes_flag: fn(&str) -> bool) {
        let kept = fields.iter().filter(|field| !is_left_out(field.name(), true));
        for ((_, cells), field) in self.0.iter_mut().zip(kept) {
            if let Cells::Decimal(numbers) = cells
                && takes_flag(field.name())
            {
                *cells = Cells::Flag(numbers.clone());
            }
        }
    }

    /// Writes a row; what is null is left out, since absent and not known are one thing.
    fn write(&self, row: usize, out: &mut Vec<u8>) {
        out.push(b'{');
        let mut is_first = true;
        for (key, cells) in &self.0 {
            if cells.is_null(row) {
                continue;
            }
            if !is_first {
                out.push(b',');
            }
            is_first = false;
            out.extend_from_slice(key);
            cells.write(row, out);
        }
        out.push(b'}');
    }
}

/// A column, brought to one of a few layouts.
enum Cells {
    Null,
    Boolean(BooleanArray),
    Whole(Int64Array),
    Unsigned(UInt64Array),
    Decimal(Float64Array),
    /// True and false, written as 1.0 and 0.0.
    Flag(Float64Array),
    Digits(StringViewArray),
    Text(StringViewArray),
    /// Text of the table itself, ids among them.
    TopText(StringViewArray),
    /// JSON as text, for what has more than one type.
    Json(StringViewArray),
    Day(Date32Array),
    /// Moments that must be days: so many units in a day.
    Moment(Int64Array, i64),
    /// Microseconds of the day.
    Time(Int64Array),
    List(LargeListArray, Box<Cells>),
    Object(ArrayRef, Keys),
    Map(MapArray, StringViewArray, Box<Cells>),
    /// A type for which the schema has no field.
    Other(ArrayRef),
}

impl Cells {
    fn of_field(field: &Field, column: &ArrayRef, is_top: bool) -> Result<Self, ArrowError> {
        Ok(match (Self::new(column)?, field.extension_type_name()) {
            (Self::Text(cells), Some("arrow.json")) => Self::Json(cells),
            (Self::Text(cells), _) if is_top => Self::TopText(cells),
            (cells, _) => cells,
        })
    }

    fn new(column: &ArrayRef) -> Result<Self, ArrowError> {
        let cast = |kind: &DataType| arrow_cast::cast(column, kind);
        let whole =
            || Ok::<_, ArrowError>(cast(&DataType::Int64)?.as_primitive::<Int64Type>().clone());
        let text = || Ok::<_, ArrowError>(cast(&DataType::Utf8View)?.as_string_view().clone());
        Ok(match column.data_type() {
            DataType::Null => Self::Null,
            DataType::Boolean => Self::Boolean(column.as_boolean().clone()),
            DataType::Int8
            | DataType::Int16
            | DataType::Int32
            | DataType::Int64
            | DataType::UInt8
            | DataType::UInt16
            | DataType::UInt32 => Self::Whole(whole()?),
            DataType::UInt64 => Self::Unsigned(column.as_primitive::<UInt64Type>().clone()),
            DataType::Float16 | DataType::Float32 | DataType::Float64 => {
                Self::Decimal(cast(&DataType::Float64)?.as_primitive::<Float64Type>().clone())
            }
            DataType::Decimal32(..)
            | DataType::Decimal64(..)
            | DataType::Decimal128(..)
            | DataType::Decimal256(..) => Self::Digits(text()?),
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Self::Text(text()?),
            DataType::Date32 => Self::Day(column.as_primitive::<Date32Type>().clone()),
            DataType::Date64 => Self::Moment(whole()?, units_a_day(TimeUnit::Millisecond)),
            DataType::Timestamp(unit, _) => Self::Moment(whole()?, units_a_day(*unit)),
            DataType::Time32(_) | DataType::Time64(_) => {
                let time = cast(&DataType::Time64(TimeUnit::Microsecond))?;
                let time = arrow_cast::cast(&time, &DataType::Int64)?;
                Self::Time(time.as_primitive::<Int64Type>().clone())
            }
            DataType::List(item)
            | DataType::LargeList(item)
            | DataType::FixedSizeList(item, _)
            | DataType::ListView(item)
            | DataType::LargeListView(item) => {
                let kept = item;
                let item = Field::new("item", item.data_type().clone(), true);
                let list = cast(&DataType::LargeList(item.into()))?;
                let list = list.as_list::<i64>().clone();
                let cells = Self::of_field(kept, list.values(), false)?;
                Self::List(list, Box::new(cells))
            }
            DataType::Struct(fields) => {
                let keys = Keys::new(fields, column.as_struct().columns(), false)?;
                Self::Object(column.clone(), keys)
            }
            DataType::Map(..) => {
                let map = column.as_map().clone();
                let Ok(keys) = arrow_cast::cast(map.keys(), &DataType::Utf8View) else {
                    return Ok(Self::Other(column.clone()));
                };
                let values = Self::new(map.values())?;
                Self::Map(map, keys.as_string_view().clone(), Box::new(values))
            }
            DataType::Dictionary(_, value) => Self::new(&cast(value)?)?,
            DataType::RunEndEncoded(_, value) => Self::new(&cast(value.data_type())?)?,
            _ => Self::Other(column.clone()),
        })
    }

    fn is_null(&self, row: usize) -> bool {
        match self {
            Self::Null => true,
            Self::Boolean(cells) => cells.is_null(row),
            Self::Whole(cells) | Self::Moment(cells, _) | Self::Time(cells) => cells.is_null(row),
            Self::Unsigned(cells) => cells.is_null(row),
            Self::Decimal(cells) | Self::Flag(cells) => {
                cells.is_null(row) || cells.value(row).is_nan()
            }
            Self::Digits(cells) | Self::Text(cells) | Self::TopText(cells) | Self::Json(cells) => {
                cells.is_null(row)
            }
            Self::Day(cells) => cells.is_null(row),
            Self::List(cells, _) => cells.is_null(row),
            Self::Map(cells, ..) => cells.is_null(row),
            Self::Object(cells, _) | Self::Other(cells) => cells.is_null(row),
        }
    }

    fn write(&self, row: usize, out: &mut Vec<u8>) {
        if self.is_null(row) {
            out.extend_from_slice(b"null");
            return;
        }
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Boolean(cells) => {
                out.extend_from_slice(if cells.value(row) { b"true" } else { b"false" });
            }
            Self::Whole(cells) => {
                let _ = write!(out, "{}", cells.value(row));
            }
            Self::Unsigned(cells) => {
                let _ = write!(out, "{}", cells.value(row));
            }
            Self::Decimal(cells) => write_decimal(out, cells.value(row)),
            Self::Flag(cells) => write_flag(out, cells.value(row)),
            Self::Digits(cells) => write_digits(out, cells.value(row)),
            // polars and DuckDB make JSON text of values that have another type in other rows.
            Self::Text(cells) => match cells.value(row) {
                text if text.starts_with(['{', '[', '"']) => write_json(out, text),
                text => write_text(out, text),
            },
            // A quoted id is not changed.
            Self::TopText(cells) => match cells.value(row) {
                text if text.starts_with(['{', '[']) => write_json(out, text),
                text => write_text(out, text),
            },
            Self::Json(cells) => write_json(out, cells.value(row)),
            Self::Day(cells) => write_day(out, i64::from(cells.value(row))),
            Self::Moment(cells, day) => match cells.value(row) {
                moment if moment.rem_euclid(*day) == 0 => write_day(out, moment.div_euclid(*day)),
                _ => out.extend_from_slice(IMPOSSIBLE),
            },
            Self::Time(cells) => write_time(out, cells.value(row)),
            Self::List(list, cells) => {
                out.push(b'[');
                for (at, item) in span(list.value_offsets(), row).enumerate() {
                    if at > 0 {
                        out.push(b',');
                    }
                    cells.write(item, out);
                }
                out.push(b']');
            }
            Self::Object(_, keys) => keys.write(row, out),
            Self::Map(map, keys, values) => {
                out.push(b'{');
                for (at, item) in span(map.value_offsets(), row).enumerate() {
                    if at > 0 {
                        out.push(b',');
                    }
                    write_text(out, keys.value(item));
                    out.push(b':');
                    values.write(item, out);
                }
                out.push(b'}');
            }
            Self::Other(_) => out.extend_from_slice(IMPOSSIBLE),
        }
    }
}

/// Where the items of a row stand.
fn span<O: Copy + TryInto<usize>>(offsets: &[O], row: usize) -> std::ops::Range<usize> {
    let at = |row: usize| offsets.get(row).and_then(|at| (*at).try_into().ok()).unwrap_or_default();
    at(row)..at(row + 1)
}

const fn units_a_day(unit: TimeUnit) -> i64 {
    const SECONDS: i64 = 24 * 60 * 60;
    match unit {
        TimeUnit::Second => SECONDS,
        TimeUnit::Millisecond => SECONDS * 1_000,
        TimeUnit::Microsecond => SECONDS * 1_000_000,
        TimeUnit::Nanosecond => SECONDS * 1_000_000_000,
    }
}

fn write_day(out: &mut Vec<u8>, days_since_1970: i64) {
    let day = i32::try_from(days_since_1970).ok().map(Day::from_days_since_1970);
    match day.filter(|day| i64::from(day.days_since_1970()) == days_since_1970) {
        Some(day) => {
            let _ = write!(out, "\"{day}\"");
        }
        None => out.extend_from_slice(IMPOSSIBLE),
    }
}

fn write_time(out: &mut Vec<u8>, microseconds: i64) {
    const MINUTE: i64 = 60_000_000;
    let minutes = u16::try_from(microseconds / MINUTE).ok().filter(|_| microseconds % MINUTE == 0);
    match minutes.and_then(ClockTime::from_minutes) {
        Some(time) => {
            let _ = write!(out, "\"{time}\"");
        }
        None => out.extend_from_slice(IMPOSSIBLE),
    }
}
