// SPDX-License-Identifier: EUPL-1.2
//! Records as a table: CSV whose columns are the fields of the schema.

use std::io::{self, Write};

use serde_json::Value;

use crate::Record;
use crate::columns::{Field, Kind, fields};

/// Writes records as CSV that [`read_records`](crate::read_records) reads back as the same records.
///
/// Every field is a column, `hours.min` for a field within a field; a list is one cell of JSON. An empty cell is *not
/// known*. A text that is empty or begins as something else would is written as JSON, between quotes of its own; so no
/// cell is taken for a formula. The layout is described in `docs/records-csv.md`.
///
/// ```
/// # use passend::Candidate;
/// use passend_io::{OnRefusal, read_records, write};
///
/// let candidate: Candidate = serde_json::from_str(r#"{"id":"c1","hours":{"max":32},"skills":[]}"#)?;
/// let mut out = Vec::new();
/// write::records_csv(&mut out, [candidate.clone()])?;
/// let batch = read_records::<Candidate>(out.as_slice(), "c.csv", OnRefusal::Continue)?;
/// assert_eq!(batch.accepted, [candidate]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the output refuses.
pub fn records_csv<T: Record>(
    out: &mut impl Write,
    records: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    let fields = fields(T::SIDE);
    let mut writer = ::csv::Writer::from_writer(out);
    let mut names = Vec::new();
    add_names(&mut names, "", fields);
    writer.write_record(&names)?;
    let mut cells = Vec::with_capacity(names.len());
    for record in records {
        let record = serde_json::to_value(record)?;
        cells.clear();
        add_cells(&mut cells, fields, Some(&record));
        writer.write_record(&cells)?;
    }
    writer.flush()
}

fn add_names(names: &mut Vec<String>, before: &str, fields: &[Field]) {
    for Field(key, kind) in fields {
        match kind {
            Kind::Object(fields) => add_names(names, &format!("{before}{key}."), fields),
            _ => names.push(format!("{before}{key}")),
        }
    }
}

/// Adds the cells of the fields of an object, which may not be there.
fn add_cells(cells: &mut Vec<String>, fields: &[Field], object: Option<&Value>) {
    let is_empty = object.and_then(Value::as_object).is_some_and(serde_json::Map::is_empty);
    // An object that is there with nothing in it is told in the first column that is its own.
    let mut mark = is_empty;
    for Field(key, kind) in fields {
        let value = object.and_then(|object| object.get(key));
        match kind {
            Kind::Object(fields) => add_cells(cells, fields, value),
            _ if std::mem::take(&mut mark) => cells.push("{}".to_owned()),
            kind => cells.push(value.map(|value| cell(value, *kind)).unwrap_or_default()),
        }
    }
}

fn cell(value: &Value, kind: Kind) -> String {
    match value {
        Value::String(text) if matches!(kind, Kind::Text | Kind::Day | Kind::Range) => {
            let is_plain = text
                .bytes()
                .next()
                .is_some_and(|first| first.is_ascii_alphanumeric() || !first.is_ascii());
            if is_plain { text.clone() } else { value.to_string() }
        }
        other => other.to_string(),
    }
}
