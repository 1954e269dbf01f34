// SPDX-License-Identifier: EUPL-1.2
//! The cells of a table as JSON.

use std::io::Write;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, UInt64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, LargeListArray, MapArray,
    StringViewArray, UInt64Array,
};
use arrow_schema::{ArrowError, DataType, Field, Fields, TimeUnit};
use passend::{ClockTime, Day};

use crate::cell_json::{
    IMPOSSIBLE, write_decimal, write_digits, write_flag, write_json, write_text,
};
use crate::columns::{self, Kind};

/// The keys and values of an object.
pub(super) struct Keys(Vec<Key>);

struct Key {
    /// Between quotes, with a colon.
    json: Vec<u8>,
    cells: Cells,
    /// The schema has a field of this name.
    is_known: bool,
}

impl Keys {
    /// The columns of an object that has these fields; without fields nothing is known of it.
    pub(super) fn new(
        fields: &Fields,
        columns: &[ArrayRef],
        known: Option<&'static [columns::Field]>,
        is_top: bool,
    ) -> Self {
        let kept =
            fields.iter().zip(columns).filter(|(field, _)| !is_left_out(field.name(), is_top));
        let keys = kept.map(|(field, column)| {
            let kind = known.and_then(|known| columns::field(known, field.name()));
            let mut json = Vec::new();
            write_text(&mut json, field.name());
            json.push(b':');
            let cells = Cells::new(column, kind).unwrap_or_else(|_| Cells::Other(column.clone()));
            Key { json, cells, is_known: kind.is_some() }
        });
        Self(keys.collect())
    }

    /// Writes a row; what is null is left out, since absent and not known are one thing.
    ///
    /// A column that the schema lacks makes every row wrong, also where its cell is empty.
    pub(super) fn write(&self, row: usize, out: &mut Vec<u8>) {
        out.push(b'{');
        let mut is_first = true;
        for key in &self.0 {
            if key.is_known && key.cells.is_null(row) {
                continue;
            }
            if !is_first {
                out.push(b',');
            }
            is_first = false;
            out.extend_from_slice(&key.json);
            if key.is_known {
                key.cells.write(row, out);
            } else {
                out.extend_from_slice(b"null");
            }
        }
        out.push(b'}');
    }
}

/// Whether a column holds keys of the caller's own, or the index that pandas adds.
fn is_left_out(name: &str, is_top: bool) -> bool {
    name.starts_with("x_") || (is_top && name.starts_with("__index_level_") && name.ends_with("__"))
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
    /// Text where a list or object belongs: perhaps its JSON.
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
    /// The cells of a column for a field of this kind.
    fn new(column: &ArrayRef, kind: Option<Kind>) -> Result<Self, ArrowError> {
        let item_kind = match kind {
            Some(Kind::List(item)) => Some(*item),
            _ => None,
        };
        let inner = kind.and_then(Kind::fields);
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
                let numbers = cast(&DataType::Float64)?.as_primitive::<Float64Type>().clone();
                if kind == Some(Kind::Flag) { Self::Flag(numbers) } else { Self::Decimal(numbers) }
            }
            DataType::Decimal32(..)
            | DataType::Decimal64(..)
            | DataType::Decimal128(..)
            | DataType::Decimal256(..) => Self::Digits(text()?),
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => match kind {
                Some(Kind::Range | Kind::List(_) | Kind::Object(_)) => Self::Json(text()?),
                _ => Self::Text(text()?),
            },
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
                let item = Field::new("item", item.data_type().clone(), true);
                let list = cast(&DataType::LargeList(item.into()))?;
                let list = list.as_list::<i64>().clone();
                let cells = Self::new(list.values(), item_kind)?;
                Self::List(list, Box::new(cells))
            }
            DataType::Struct(fields) => {
                let keys = Keys::new(fields, column.as_struct().columns(), inner, false);
                Self::Object(column.clone(), keys)
            }
            DataType::Map(..) => {
                let map = column.as_map().clone();
                let Ok(keys) = arrow_cast::cast(map.keys(), &DataType::Utf8View) else {
                    return Ok(Self::Other(column.clone()));
                };
                let values = Self::new(map.values(), None)?;
                Self::Map(map, keys.as_string_view().clone(), Box::new(values))
            }
            DataType::Dictionary(_, value) => Self::new(&cast(value)?, kind)?,
            DataType::RunEndEncoded(_, value) => Self::new(&cast(value.data_type())?, kind)?,
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
            Self::Digits(cells) | Self::Text(cells) | Self::Json(cells) => cells.is_null(row),
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
            Self::Text(cells) => write_text(out, cells.value(row)),
            // polars and DuckDB make JSON text of values that have another type in other rows.
            Self::Json(cells) => match cells.value(row) {
                text if text.starts_with(['{', '[', '"']) => write_json(out, text),
                text => write_text(out, text),
            },
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
