// SPDX-License-Identifier: EUPL-1.2
//! Columns and keys that may not count: left out when that is asked, and kept apart for an audit.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, Date32Array, RecordBatch};
use arrow_cast::CastOptions;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, Field, Schema};
use passend::{Day, protected};
use passend_io::AuditLine;
use pyo3::prelude::*;
use serde_json::{Map, Value};

use super::{Table, within};
use crate::failure::{Failure, text};

/// What a record has for who is not yet 18.
const TURNS_18_ON: &str = "turns_18_on";
const MONTHS_OF_18_YEARS: i32 = 18 * 12;

/// Names of a date of birth, as far as `protected` knows them.
const BIRTH: &[&str] =
    &["geboortedatum", "gebdatum", "dateofbirth", "birthdate", "birthday", "dob"];

fn is_birth(name: &str) -> bool {
    let folded: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    BIRTH.contains(&folded.as_str())
}

/// The day on which somebody turns 18; `None` for who is 18 already.
fn turns_18(born: Day, as_of: Day) -> Option<Day> {
    Some(born.plus_months(MONTHS_OF_18_YEARS)).filter(|day| *day > as_of)
}

fn day_needed(argument: &str) -> PyErr {
    Failure::raise_usage(
        argument,
        "expected `as_of`: a date of birth only says who is not yet 18 on that day",
        text("Geef ook `as_of`.", "Give `as_of` too."),
    )
}

fn no_day(argument: &str, name: &str) -> PyErr {
    Failure::raise_usage(
        argument,
        format!("expected days in `{name}`, such as 2008-12-31"),
        text(
            "Maak er dagen van, of laat de kolom weg en geef `turns_18_on`.",
            "Make them days, or leave the column out and give `turns_18_on`.",
        ),
    )
}

/// The table without what may not count, and that by id.
pub(super) fn of_table(
    table: Table,
    argument: &'static str,
    id: &str,
    as_of: Option<Day>,
) -> PyResult<(Table, Vec<AuditLine>)> {
    let Table { schema, mut batches } = table;
    if batches.is_empty() {
        // A table without rows has columns too.
        batches.push(RecordBatch::new_empty(schema));
    }
    let (batches, nested): (Vec<_>, Vec<_>) =
        within::of_batches(batches).map_err(crate::failure::internal)?.into_iter().unzip();
    let schema = batches.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
    let table = Table { schema, batches };
    let has_nested = nested.iter().any(|out| !out.is_empty());
    let is_out: Vec<bool> =
        table.schema.fields().iter().map(|field| protected(field.name()).is_some()).collect();
    if !is_out.contains(&true) && !has_nested {
        return Ok((table, Vec::new()));
    }
    let has_turns = table.schema.column_with_name(TURNS_18_ON).is_some();
    let mut fields: Vec<_> = table.schema.fields().iter().zip(&is_out).collect();
    fields.retain(|(_, is_out)| !**is_out);
    let mut fields: Vec<_> = fields.into_iter().map(|(field, _)| Arc::clone(field)).collect();
    let birth = table.schema.fields().iter().position(|field| is_birth(field.name()));
    let birth = birth.filter(|_| !has_turns);
    if birth.is_some() {
        fields.push(Arc::new(Field::new(TURNS_18_ON, DataType::Date32, true)));
    }
    let schema = Arc::new(Schema::new(fields));
    let (mut batches, mut audit) = (Vec::new(), Vec::new());
    for (batch, nested) in table.batches.iter().zip(nested) {
        let mut columns: Vec<ArrayRef> = batch
            .columns()
            .iter()
            .zip(&is_out)
            .filter(|(_, is_out)| !**is_out)
            .map(|(column, _)| Arc::clone(column))
            .collect();
        if let Some(at) = birth {
            let name = table.schema.field(at).name();
            let as_of = as_of.ok_or_else(|| day_needed(argument))?;
            let strict = CastOptions { safe: false, ..CastOptions::default() };
            let born = arrow_cast::cast_with_options(batch.column(at), &DataType::Date32, &strict)
                .map_err(|_| no_day(argument, name))?;
            let turns = born.as_primitive::<Date32Type>().iter().map(|born| {
                let day = Day::from_days_since_1970(born?);
                turns_18(day, as_of).map(Day::days_since_1970)
            });
            columns.push(Arc::new(turns.collect::<Date32Array>()));
        }
        let nested = nested.iter().map(|(path, column)| (path, words(column)));
        let nested: Vec<(&String, Vec<Option<String>>)> = nested.collect();
        let kept_out: Vec<_> = batch
            .schema_ref()
            .fields()
            .iter()
            .zip(batch.columns())
            .zip(&is_out)
            .filter(|(_, is_out)| **is_out)
            .filter_map(|((field, column), _)| {
                let words = arrow_cast::cast(column, &DataType::Utf8View).ok()?;
                Some((field.name().clone(), words))
            })
            .collect();
        let ids = batch
            .column_by_name(id)
            .and_then(|ids| arrow_cast::cast(ids, &DataType::Utf8View).ok());
        if let Some(ids) = ids {
            for (row, id) in ids.as_string_view().iter().enumerate() {
                let values = kept_out.iter().filter_map(|(name, words)| {
                    let words = words.as_string_view();
                    words.is_valid(row).then(|| (name.clone(), words.value(row).to_owned()))
                });
                let nested = nested
                    .iter()
                    .filter_map(|(path, words)| Some(((*path).clone(), words.get(row)?.clone()?)));
                let id = id.unwrap_or_default().to_owned();
                audit.push(AuditLine { id, values: values.chain(nested).collect() });
            }
        }
        let batch = RecordBatch::try_new(Arc::clone(&schema), columns);
        batches.push(batch.map_err(crate::failure::internal)?);
    }
    Ok((Table { schema, batches }, audit))
}

/// The cells of a nested column in words; those of a list between brackets.
fn words(column: &ArrayRef) -> Vec<Option<String>> {
    let formatter = ArrayFormatter::try_new(column, &FormatOptions::default());
    let Ok(formatter) = formatter else { return vec![None; column.len()] };
    (0..column.len())
        .map(|row| column.is_valid(row).then(|| formatter.value(row).to_string()))
        .collect()
}

/// Lines of JSON without what may not count, and that by id.
pub(super) fn of_lines(
    lines: &[u8],
    argument: &'static str,
    as_of: Option<Day>,
) -> PyResult<(Vec<u8>, Vec<AuditLine>)> {
    let (mut kept, mut audit) = (Vec::with_capacity(lines.len()), Vec::new());
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let Ok(record) = serde_json::from_slice::<Map<String, Value>>(line) else {
            kept.extend_from_slice(line);
            kept.push(b'\n');
            continue;
        };
        let (out, mut record): (Map<_, _>, Map<_, _>) =
            record.into_iter().partition(|(key, _)| protected(key).is_some());
        for (key, value) in out.iter().filter(|(key, value)| is_birth(key) && !value.is_null()) {
            let as_of = as_of.ok_or_else(|| day_needed(argument))?;
            let born = value.as_str().and_then(|day| day.parse::<Day>().ok());
            let born = born.ok_or_else(|| no_day(argument, key))?;
            if let Some(day) = turns_18(born, as_of) {
                record.entry(TURNS_18_ON).or_insert_with(|| Value::String(day.to_string()));
            }
        }
        let word = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let nested = within::of_record(&mut record);
        let id = record.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let values = out.into_iter().chain(nested).filter(|(_, value)| !value.is_null());
        // What stands in several items of a list is one cell.
        let mut cells: Vec<(String, String)> = Vec::new();
        for (key, value) in values {
            let word = word(value);
            match cells.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => *known = format!("{known}, {word}"),
                None => cells.push((key, word)),
            }
        }
        audit.push(AuditLine { id, values: cells });
        // Writing to memory cannot fail.
        let _ = serde_json::to_writer(&mut kept, &record);
        kept.push(b'\n');
    }
    Ok((kept, audit))
}
