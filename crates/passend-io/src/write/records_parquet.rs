// SPDX-License-Identifier: EUPL-1.2
//! Records as Parquet: a column for each field of the schema, nested as they are.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int32Builder};
use arrow_array::{ArrayRef, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Fields, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use passend::Day;
use rayon::prelude::*;
use serde_json::Value;

use crate::Record;
use crate::columns::{Field, Kind, fields};

/// Rows of a row group: enough to be packed well, few enough that reading is shared by many threads.
const ROWS: usize = 16_384;

/// Writes records as Parquet that [`read_records`](crate::read_records) reads back as the same records.
///
/// Text, `int32`, `float64`, `bool`, `date32`, list and struct, compressed with zstd: what every reader of Parquet has. The
/// columns are listed in `docs/records-parquet.md`.
///
/// ```
/// # use passend::Candidate;
/// use passend_io::{OnRefusal, read_records, write};
///
/// let candidate: Candidate = serde_json::from_str(r#"{"id":"c1","hours":{"max":32},"skills":[]}"#)?;
/// let mut out = Vec::new();
/// write::records_parquet(&mut out, [candidate.clone()])?;
/// let batch = read_records::<Candidate>(out.as_slice(), "c.parquet", OnRefusal::Continue)?;
/// assert_eq!(batch.accepted, [candidate]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the output refuses.
pub fn records_parquet<T: Record>(
    out: &mut impl Write,
    records: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    let fields = fields(T::SIDE);
    let schema = Arc::new(Schema::new(arrow_fields(fields)));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .build();
    // Each row group goes out when it is done; the writer itself wants an output that another thread may use.
    let mut writer =
        ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties)).map_err(broken)?;
    let mut records = records.into_iter();
    loop {
        let some: Vec<T> = records.by_ref().take(ROWS).collect();
        if some.is_empty() {
            break;
        }
        let batch = batch(&some, fields, &schema)?;
        writer.write(&batch).and_then(|()| writer.flush()).map_err(broken)?;
        out.write_all(&std::mem::take(writer.inner_mut()))?;
    }
    out.write_all(&writer.into_inner().map_err(broken)?)
}

fn broken(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn batch<T: Record>(
    records: &[T],
    fields: &[Field],
    schema: &SchemaRef,
) -> io::Result<RecordBatch> {
    let values: Vec<Value> =
        records.par_iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    let columns: Result<Vec<_>, ArrowError> = fields
        .par_iter()
        .map(|Field(key, kind)| {
            let cells: Vec<_> = values.iter().map(|value| value.get(*key)).collect();
            column(*kind, &cells)
        })
        .collect();
    columns
        .and_then(|columns| RecordBatch::try_new(schema.clone(), columns))
        .map_err(io::Error::other)
}

/// The fields of an object. Only the id of a record is always there.
fn arrow_fields(fields: &[Field]) -> Fields {
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
fn column(kind: Kind, cells: &[Option<&Value>]) -> Result<ArrayRef, ArrowError> {
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
    let known: NullBuffer = cells.iter().map(Option::is_some).collect();
    Ok(Arc::new(StructArray::try_new(arrow_fields(fields), columns?, Some(known))?))
}
