// SPDX-License-Identifier: EUPL-1.2
//! Records as Parquet: a column for each field of the schema, nested as they are.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use rayon::prelude::*;
use serde_json::Value;

use crate::Record;
use crate::arrow_columns::{arrow_fields, column};
use crate::columns::{Field, fields};

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
