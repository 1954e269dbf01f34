// SPDX-License-Identifier: EUPL-1.2
//! The header of a table, and how its rows become JSON.

use std::ops::Range;

use csv::ByteRecord;
use passend::{Side, protected};

use super::cells::reader;
use crate::columns::{Field, Kind, field, fields};
use crate::guess::guess;

/// Keys that begin so are the caller's own; they are not read.
const OWN: &str = "x_";

/// The header of a table.
#[derive(Debug)]
pub(crate) struct Header {
    /// How many columns it has.
    pub(super) columns: usize,
    /// How many bytes it takes, its line end included.
    pub(super) bytes: u64,
    keys: Vec<Key>,
}

/// A key of an object, and where its value comes from.
#[derive(Debug)]
struct Key {
    name: String,
    /// Between quotes, with a colon.
    json: Vec<u8>,
    value: Value,
}

#[derive(Debug)]
enum Value {
    /// The cell of a column; without a kind the schema has no such field.
    Cell(usize, Option<Kind>),
    Object(Vec<Key>),
}

impl Header {
    /// Reads the header at the begin of a file, if it is one of records.
    ///
    /// It is one when it has the column `id`, and when another column is a field of either side, is meant as one, or may
    /// never enter; so a table from elsewhere is told apart from a mistake in one of ours.
    pub(crate) fn read(start: &[u8], side: Side) -> Option<Self> {
        if matches!(start.trim_ascii_start().first(), None | Some(b'{' | b'[' | b'<')) {
            return None;
        }
        let mut reader = reader(start);
        let mut cells = ByteRecord::new();
        reader.read_byte_record(&mut cells).ok()?;
        let names = cells.iter().map(std::str::from_utf8).collect::<Result<Vec<_>, _>>().ok()?;
        let others = names.iter().filter(|name| **name != "id").count();
        let is_ours = names.contains(&"id")
            && (others == 0 || names.iter().any(|name| *name != "id" && is_known(name)));
        if !is_ours {
            return None;
        }
        let mut keys = Vec::new();
        for (column, name) in names.iter().enumerate() {
            let path: Vec<&str> = name.split('.').collect();
            if !path.iter().any(|key| key.starts_with(OWN)) {
                add(&mut keys, &path, Some(fields(side)), column);
            }
        }
        Some(Self { columns: names.len(), bytes: reader.position().byte(), keys })
    }

    /// Writes a row as JSON.
    pub(super) fn write(&self, cells: &ByteRecord, json: &mut Vec<u8>) {
        self.write_watched(cells, json, &mut |_, _| {});
    }

    /// The column from which this byte of the JSON of a row comes.
    pub(super) fn column_at(&self, cells: &ByteRecord, at: usize) -> Option<usize> {
        let mut found = None;
        self.write_watched(cells, &mut Vec::new(), &mut |column, written: Range<usize>| {
            if written.contains(&at) {
                found = Some(column);
            }
        });
        found
    }

    fn write_watched(
        &self,
        cells: &ByteRecord,
        json: &mut Vec<u8>,
        watch: &mut impl FnMut(usize, Range<usize>),
    ) {
        json.push(b'{');
        let mut is_first = true;
        for key in &self.keys {
            write_key(key, cells, json, &mut is_first, watch);
        }
        json.push(b'}');
    }
}

/// Whether the schema has a column of this name, or something like it, or refuses it.
fn is_known(name: &str) -> bool {
    let key = name.split('.').next().unwrap_or_default();
    let is_field = |side| {
        let keys: Vec<&str> = fields(side).iter().map(|field| field.0).collect();
        guess(key, &keys).is_some()
    };
    key.starts_with(OWN)
        || is_field(Side::Candidate)
        || is_field(Side::Vacancy)
        || name.split('.').any(|key| protected(key).is_some())
}

/// Adds the column of this path to the keys of an object that has these fields.
fn add(keys: &mut Vec<Key>, path: &[&str], fields: Option<&'static [Field]>, column: usize) {
    let Some((name, rest)) = path.split_first() else { return };
    let kind = fields.and_then(|fields| field(fields, name));
    let inner = match kind {
        Some(Kind::Object(fields)) => Some(fields),
        _ => None,
    };
    if !rest.is_empty()
        && let Some(Value::Object(keys)) = keys
            .iter_mut()
            .filter(|key| key.name == *name)
            .map(|key| &mut key.value)
            .find(|value| matches!(value, Value::Object(_)))
    {
        return add(keys, rest, inner, column);
    }
    let mut json = Vec::new();
    write_text(name.as_bytes(), &mut json);
    json.push(b':');
    let value = if rest.is_empty() {
        Value::Cell(column, kind)
    } else {
        let mut keys = Vec::new();
        add(&mut keys, rest, inner, column);
        Value::Object(keys)
    };
    keys.push(Key { name: (*name).to_owned(), json, value });
}

/// Writes a key and its value, unless nothing is known of it.
fn write_key(
    key: &Key,
    cells: &ByteRecord,
    json: &mut Vec<u8>,
    is_first: &mut bool,
    watch: &mut impl FnMut(usize, Range<usize>),
) {
    let before = json.len();
    if !*is_first {
        json.push(b',');
    }
    let begin = json.len();
    json.extend_from_slice(&key.json);
    let is_there = match &key.value {
        // A column that the schema lacks makes every row wrong, also where its cell is empty.
        Value::Cell(_, None) => {
            json.extend_from_slice(b"null");
            true
        }
        Value::Cell(column, Some(kind)) => match cells.get(*column).unwrap_or_default() {
            b"" => false,
            b"{}" if !matches!(kind, Kind::Object(_)) => false,
            cell => {
                write_cell(cell, *kind, json);
                true
            }
        },
        Value::Object(keys) => {
            json.push(b'{');
            let mut is_empty = true;
            for key in keys {
                write_key(key, cells, json, &mut is_empty, watch);
            }
            json.push(b'}');
            !is_empty || keys.iter().any(|key| is_mark(key, cells))
        }
    };
    if is_there {
        *is_first = false;
        match &key.value {
            Value::Cell(column, _) => watch(*column, begin..json.len()),
            Value::Object(keys) => {
                if let Some(column) = first_column(keys) {
                    watch(column, begin..begin + key.json.len());
                }
            }
        }
    } else {
        json.truncate(before);
    }
}

fn first_column(keys: &[Key]) -> Option<usize> {
    keys.first().and_then(|key| match &key.value {
        Value::Cell(column, _) => Some(*column),
        Value::Object(keys) => first_column(keys),
    })
}

/// Whether a cell says that the object around it is there with nothing in it.
fn is_mark(key: &Key, cells: &ByteRecord) -> bool {
    matches!(key.value, Value::Cell(column, _) if cells.get(column) == Some(b"{}"))
}

fn write_cell(cell: &[u8], kind: Kind, json: &mut Vec<u8>) {
    let is_json = match kind {
        Kind::Text | Kind::Day => cell.first() == Some(&b'"') && is_one_value(cell),
        Kind::Flag => matches!(cell, b"true" | b"false"),
        #[cfg(feature = "arrow")]
        Kind::Integer => true,
        Kind::Whole | Kind::Number => {
            matches!(cell.first(), Some(b'-' | b'0'..=b'9'))
                && serde_json::from_slice::<serde_json::Number>(cell).is_ok()
        }
        Kind::Range | Kind::List(_) | Kind::Object(_) => {
            matches!(cell.first(), Some(b'[' | b'{')) && is_one_value(cell)
        }
    };
    if is_json {
        json.extend_from_slice(cell);
    } else {
        write_text(cell, json);
    }
}

/// Whether brackets and quotes that open at the first byte close at the last.
///
/// Only so much is looked at: what is wrong within is found by the reader of JSON.
fn is_one_value(cell: &[u8]) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in cell.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && !in_text {
            return at + 1 == cell.len();
        }
    }
    false
}

/// A text between quotes. Bytes that are no UTF-8, and NUL, stay as they are, for the reader to refuse.
fn write_text(text: &[u8], json: &mut Vec<u8>) {
    json.push(b'"');
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 1..=0x1F)) {
        let (plain, special) = rest.split_at(at);
        json.extend_from_slice(plain);
        match special.first() {
            Some(byte @ (b'"' | b'\\')) => json.extend_from_slice(&[b'\\', *byte]),
            Some(byte) => json.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            None => {}
        }
        rest = special.get(1..).unwrap_or_default();
    }
    json.extend_from_slice(rest);
    json.push(b'"');
}
