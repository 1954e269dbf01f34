// SPDX-License-Identifier: EUPL-1.2
//! Fields as Arrow columns: nested as they are, each cell typed.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder,
};
use arrow_array::{ArrayRef, ListArray, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Fields};
use passend::Day;
use serde_json::Value;

use crate::columns::{Field, Kind};

/// The fields of an object; each cell may be missing.
pub(crate) fn arrow_fields(fields: &[Field]) -> Fields {
    fields
        .iter()
        .map(|Field(key, kind)| arrow_schema::Field::new(*key, arrow_type(*kind), true))
        .collect()
}

fn arrow_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Day => DataType::Date32,
        Kind::Flag => DataType::Boolean,
        Kind::Whole => DataType::Int32,
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Range => DataType::Struct(arrow_fields(Kind::BOUNDS)),
        Kind::List(item) => DataType::List(item_field(*item)),
        Kind::Object(fields) => DataType::Struct(arrow_fields(fields)),
    }
}

fn item_field(item: Kind) -> arrow_schema::FieldRef {
    Arc::new(arrow_schema::Field::new("item", arrow_type(item), true))
}

/// A column of values, of which some are not known.
pub(crate) fn column(kind: Kind, cells: &[Option<&Value>]) -> Result<ArrayRef, ArrowError> {
    Ok(match kind {
        Kind::Text => {
            let texts = cells.iter().map(|cell| cell.and_then(Value::as_str));
            Arc::new(texts.collect::<StringArray>())
        }
        Kind::Day => {
            let mut days = Date32Builder::with_capacity(cells.len());
            for cell in cells {
                let day = cell.and_then(Value::as_str).and_then(|text| text.parse::<Day>().ok());
                days.append_option(day.map(Day::days_since_1970));
            }
            Arc::new(days.finish())
        }
        Kind::Flag => {
            let mut flags = BooleanBuilder::with_capacity(cells.len());
            cells.iter().for_each(|cell| flags.append_option(cell.and_then(Value::as_bool)));
            Arc::new(flags.finish())
        }
        Kind::Whole => {
            let mut numbers = Int32Builder::with_capacity(cells.len());
            for cell in cells {
                let number = cell.and_then(Value::as_u64).and_then(|number| number.try_into().ok());
                numbers.append_option(number);
            }
            Arc::new(numbers.finish())
        }
        Kind::Integer => {
            let mut numbers = Int64Builder::with_capacity(cells.len());
            cells.iter().for_each(|cell| numbers.append_option(cell.and_then(Value::as_i64)));
            Arc::new(numbers.finish())
        }
        Kind::Number => {
            let mut numbers = Float64Builder::with_capacity(cells.len());
            cells.iter().for_each(|cell| numbers.append_option(cell.and_then(Value::as_f64)));
            Arc::new(numbers.finish())
        }
        Kind::Range => {
            // One level alone is both bounds.
            let bound = |key| {
                let of = |value: &'_ Value| if value.is_string() { None } else { Some(key) };
                let bound = |value| of(value).map_or(Some(value), |key| value.get(key));
                cells.iter().map(|cell| cell.and_then(bound)).collect()
            };
            object(Kind::BOUNDS, cells, bound)?
        }
        Kind::Object(fields) => {
            let of = |key| cells.iter().map(|cell| cell.and_then(|value| value.get(key))).collect();
            object(fields, cells, of)?
        }
        Kind::List(item) => {
            let lists = cells.iter().map(|cell| cell.and_then(Value::as_array));
            let items: Vec<_> = lists.clone().flatten().flatten().map(Some).collect();
            let offsets =
                OffsetBuffer::from_lengths(lists.clone().map(|list| list.map_or(0, Vec::len)));
            let known: NullBuffer = lists.map(|list| list.is_some()).collect();
            let items = column(*item, &items)?;
            Arc::new(ListArray::try_new(item_field(*item), offsets, items, Some(known))?)
        }
    })
}

/// A column of objects; `of` gives the values of a key.
fn object<'a>(
    fields: &'static [Field],
    cells: &[Option<&'a Value>],
    of: impl Fn(&'static str) -> Vec<Option<&'a Value>>,
) -> Result<ArrayRef, ArrowError> {
    let columns: Result<Vec<_>, _> =
        fields.iter().map(|Field(key, kind)| column(*kind, &of(key))).collect();
    let known = cells.iter().map(|cell| cell.is_some_and(|value| !value.is_null()));
    let known: NullBuffer = known.collect();
    Ok(Arc::new(StructArray::try_new(arrow_fields(fields), columns?, Some(known))?))
}
