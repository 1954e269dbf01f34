// SPDX-License-Identifier: EUPL-1.2
//! What a caller lays over the engine: policy files and places.

use std::fs;
use std::path::{Path, PathBuf};

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, UInt32Type};
use arrow_cast::CastOptions;
use arrow_schema::DataType;
use passend::{Place, Policy, Vocabulary};
use passend_io::{
    Code, LoadedVocabulary, UnusedRows, VocabularyFile, VocabularyUse, read_places, read_vocabulary,
};
use pyo3::prelude::*;
use serde::Deserialize;

use crate::arguments::{plain_text, several};
use crate::door::{self, Table};
use crate::failure::{Failure, internal, text};
use crate::log;
use crate::rows::file;

/// The embedded policy with these files laid over it.
pub(crate) fn policy(
    given: Option<&Bound<'_, PyAny>>,
    announced: bool,
) -> PyResult<(Policy, Vec<String>)> {
    let mut files = Vec::new();
    if let Some(given) = given {
        for one in several(given)? {
            files.push(named_text("policy", &one)?);
        }
    }
    let pairs: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let policy = Policy::with_files(&pairs, announced)
        .map_err(|error| Failure::policy(Code::BadPolicy, "policy", &error))?;
    Ok((policy, files.into_iter().map(|(_, text)| text).collect()))
}

/// The weights, and what was laid over the rules, as one text that can be laid over again.
pub(crate) fn to_toml(policy: &Policy, laid_over: &[String]) -> PyResult<String> {
    let mut whole = toml::Table::new();
    for text in laid_over {
        merge(&mut whole, text.parse::<toml::Table>().map_err(internal)?);
    }
    let weights = serde_json::to_value(policy.weights()).map_err(internal)?;
    let weights: toml::Table = serde_json::from_value(weights).map_err(internal)?;
    whole.insert("weights".to_owned(), toml::Value::Table(weights));
    let text = toml::to_string(&whole).map_err(internal)?;
    Ok(format!("# {}\n{text}", policy.version()))
}

/// Lays one file over another: a row with a known id replaces the keys given.
fn merge(whole: &mut toml::Table, file: toml::Table) {
    for (key, value) in file {
        match (whole.get_mut(&key), value) {
            (Some(toml::Value::Array(rows)), toml::Value::Array(more)) => {
                for row in more {
                    let id = row.get("id").cloned();
                    let same = rows
                        .iter_mut()
                        .find(|known| id.is_some() && known.get("id") == id.as_ref());
                    match (same.and_then(toml::Value::as_table_mut), row) {
                        (Some(known), toml::Value::Table(row)) => known.extend(row),
                        (_, row) => rows.push(row),
                    }
                }
            }
            (Some(toml::Value::Table(known)), toml::Value::Table(more)) => known.extend(more),
            (_, value) => drop(whole.insert(key, value)),
        }
    }
}

/// Places that the caller adds: a CSV file or its text, or rows with `place`, `x`, `y` and perhaps `radius`.
pub(crate) fn places(given: &Bound<'_, PyAny>) -> PyResult<Vec<Place>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        place: String,
        x: i32,
        y: i32,
        #[serde(default)]
        radius: Option<u32>,
    }
    let bad = |reason: &dyn std::fmt::Display| Failure::policy(Code::BadPlaces, "places", reason);
    if door::is_path(given) {
        let (_, text) = named_text("places", given)?;
        return read_places(text.as_bytes()).map_err(|error| bad(&error));
    }
    if door::is_table(given)? {
        return table_of_places(&Table::new(given, "places")?).map_err(|error| bad(&error));
    }
    let text = door::json_lines(given, "places")?;
    let rows = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let places = (0..).zip(rows).map(|(at, line): (usize, _)| {
        let row: Row = serde_json::from_slice(line).map_err(|_| {
            bad(&format_args!(
                "row {at}: expected `place` as text, `x`, `y` and `radius` as whole metres"
            ))
        })?;
        Place::new(row.place, row.x, row.y, row.radius.unwrap_or_default())
            .map_err(|error| bad(&format_args!("row {at}: {error}")))
    });
    places.collect()
}

/// The rows of a table with the columns `place`, `x`, `y` and perhaps `radius`.
fn table_of_places(table: &Table) -> Result<Vec<Place>, String> {
    let expected = |what: &dyn std::fmt::Display| {
        format!("expected columns `place` as text, `x`, `y` and `radius` as whole metres: {what}")
    };
    let mut places = Vec::new();
    for batch in &table.batches {
        let column = |name: &str, kind: &DataType| {
            let found = batch
                .column_by_name(name)
                .ok_or_else(|| expected(&format_args!("`{name}` is missing")))?;
            let strict = CastOptions { safe: false, ..CastOptions::default() };
            arrow_cast::cast_with_options(found, kind, &strict)
                .map_err(|_| expected(&format_args!("`{name}`")))
        };
        let has_radius = batch.column_by_name("radius").is_some();
        let names = column("place", &DataType::Utf8View)?;
        let (x, y) = (column("x", &DataType::Int32)?, column("y", &DataType::Int32)?);
        let radius = has_radius.then(|| column("radius", &DataType::UInt32)).transpose()?;
        let (x, y) = (x.as_primitive::<Int32Type>(), y.as_primitive::<Int32Type>());
        let radius = radius.as_ref().map(AsArray::as_primitive::<UInt32Type>);
        for (row, name) in names.as_string_view().iter().enumerate() {
            let Some(name) = name.filter(|_| x.is_valid(row) && y.is_valid(row)) else {
                return Err(format!("row {row}: expected `place`, `x` and `y`"));
            };
            let radius =
                radius.filter(|radius| radius.is_valid(row)).map_or(0, |radius| radius.value(row));
            let place = Place::new(name, x.value(row), y.value(row), radius);
            places.push(place.map_err(|error| format!("row {row}: {error}"))?);
        }
    }
    Ok(places)
}

/// The name and the text of what is given as a path or as the text itself.
///
/// Text of more than one line, or with `=` in it, is the text itself unless a file of that name exists.
pub(crate) fn named_text(
    argument: &'static str,
    given: &Bound<'_, PyAny>,
) -> PyResult<(String, String)> {
    let path = match plain_text(given) {
        Some(text) if text.contains(['\n', '=']) && !Path::new(&text).is_file() => {
            return Ok((format!("<{argument}>"), text));
        }
        Some(path) => PathBuf::from(path),
        None if given.hasattr("__fspath__")? => given.extract()?,
        None => {
            return Err(Failure::raise_usage(
                argument,
                "expected a path or the text itself",
                text("Geef een pad of de tekst zelf.", "Give a path or the text itself."),
            ));
        }
    };
    let name = path.display().to_string();
    let text = fs::read_to_string(&path).map_err(|error| {
        Failure::policy(
            Code::Unreadable,
            argument,
            &format_args!("`{name}` cannot be read: {error}"),
        )
    })?;
    Ok((name, text))
}

/// The vocabulary of packs and tables of labels, by their paths: the last on top.
pub(crate) fn vocabulary(given: &Bound<'_, PyAny>) -> PyResult<Vocabulary> {
    const ARGUMENT: &str = "vocabulary";
    let files = several(given)?.into_iter().map(|one| {
        let (path, bytes) = file(&one, ARGUMENT)?.ok_or_else(|| {
            Failure::raise_usage(
                ARGUMENT,
                "expected a path, or a list of paths",
                text(
                    "Geef het pad van een pack of een tabel met labels.",
                    "Give the path of a pack or a table of labels.",
                ),
            )
        })?;
        Ok((path.display().to_string(), bytes))
    });
    let mut files = files.collect::<PyResult<Vec<_>>>()?;
    let read = given.py().detach(|| {
        // The bytes are given away: a pack keeps them as they are.
        let files: Vec<_> = files
            .iter_mut()
            .map(|(name, bytes)| VocabularyFile::new(name, std::mem::take(bytes)))
            .collect();
        read_vocabulary(files, VocabularyUse::Matching)
    });
    let LoadedVocabulary { vocabulary, unused } = read.map_err(|error| {
        let reason = format_args!("`{}`: {error}", error.file);
        Failure::policy(Code::BadVocabulary, ARGUMENT, &reason)
    })?;
    for rows in unused {
        let UnusedRows { file, count, first_line, .. } = rows;
        log::warning(given.py(), || format!("{file}:{first_line}: {count} rows do nothing"))?;
    }
    Ok(vocabulary)
}

/// The purposes of calls: a word, or a list of words.
pub(crate) fn purposes(given: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let word = |one: Bound<'_, PyAny>| {
        plain_text(&one).ok_or_else(|| {
            Failure::raise_usage(
                "purpose",
                "expected text, or a list of texts",
                text("Geef een tekst, zoals \"werk\".", "Give text, such as \"work\"."),
            )
        })
    };
    several(given)?.into_iter().map(word).collect()
}
