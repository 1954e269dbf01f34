// SPDX-License-Identifier: EUPL-1.2
//! Lines of any kind as a flat table: a column for each key, lists and objects as JSON in a cell.

use std::io::{self, Write};

#[cfg(feature = "xlsx")]
use passend::{Day, Lang};
use serde_json::Value;

#[cfg(feature = "xlsx")]
use super::results_xlsx::broken;
#[cfg(feature = "xlsx")]
use super::sheet::{Book, Value as Cell};

/// Writes rows as CSV with these columns; a key that a row lacks is an empty cell.
///
/// ```
/// # use passend_io::write::rows_csv;
/// let row = serde_json::json!({"id": "c1", "skills": ["koken"], "months": null});
/// let mut out = Vec::new();
/// rows_csv(&mut out, &["id", "skills", "months"], &[row])?;
/// assert_eq!(String::from_utf8(out).unwrap(), "id,skills,months\nc1,\"[\"\"koken\"\"]\",\n");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When the output refuses.
pub fn rows_csv(out: &mut impl Write, columns: &[&str], rows: &[Value]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns)?;
    for row in rows {
        writer
            .write_record(columns.iter().map(|key| row.get(key).map(words).unwrap_or_default()))?;
    }
    writer.flush()
}

/// The words of a cell.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Writes rows as a spreadsheet with these columns: numbers, days, and true or false as such.
///
/// # Errors
/// When the output or the temporary file refuses.
#[cfg(feature = "xlsx")]
pub fn rows_xlsx(
    out: &mut impl Write,
    name: &'static str,
    columns: &[&str],
    rows: &[Value],
) -> io::Result<()> {
    const WIDTH: u16 = 20;
    let headings = columns.iter().map(|key| ((*key).to_owned(), WIDTH)).collect();
    // Rows have no day of their own, and the same rows give the same bytes.
    let day = Day::from_days_since_1970(0);
    let mut book = Book::new(day, Lang::En, name, headings).map_err(broken)?;
    for row in rows {
        book.add(columns.iter().map(|key| row.get(key).map_or(Cell::Empty, cell)))
            .map_err(broken)?;
    }
    let bytes = book.finish(&[]).map_err(broken)?;
    out.write_all(&bytes)
}

#[cfg(feature = "xlsx")]
fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Bool(flag) => Cell::Flag(*flag),
        Value::Number(number) => number.as_f64().map_or(Cell::Empty, Cell::Number),
        Value::String(text) => match text.parse() {
            Ok(day) => Cell::Day(day),
            Err(_) => Cell::Text(text.clone()),
        },
        other => Cell::Text(other.to_string()),
    }
}

#[cfg(all(test, feature = "xlsx"))]
mod tests {
    use super::*;

    #[test]
    fn days_numbers_and_lists_are_cells_of_their_kind() {
        let kind = |value: Value| match cell(&value) {
            Cell::Day(day) => day.to_string(),
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) => text,
            other => format!("{other:?}"),
        };
        assert_eq!(kind("2026-11-25".into()), "2026-11-25");
        assert_eq!(kind(12.into()), "12");
        assert_eq!(kind(serde_json::json!(["a"])), "[\"a\"]");
        assert_eq!(kind(Value::Null), "Empty");
    }
}
