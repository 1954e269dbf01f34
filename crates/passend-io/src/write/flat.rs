// SPDX-License-Identifier: EUPL-1.2
//! Records as a table for people: a column for each field that any record fills, lists in words.

use std::io::{self, Write};

use passend::{Day, Lang};
use serde_json::Value;

use super::dutch;
use crate::Record;
use crate::columns::{Field, Kind, fields};

/// A column: its name, and the keys that lead to it.
pub(super) struct FlatColumn {
    pub(super) name: String,
    keys: Vec<&'static str>,
    kind: Kind,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FlatCell {
    Empty,
    Text(String),
    Number(f64),
    Day(Day),
    Flag(bool),
}

/// The columns that any of these records fills, in order of the schema.
pub(super) fn columns(side: passend::Side, records: &[Value]) -> Vec<FlatColumn> {
    let mut columns = Vec::new();
    add(&mut columns, &[], fields(side));
    columns.retain(|column| records.iter().any(|record| column.value(record).is_some()));
    columns
}

fn add(columns: &mut Vec<FlatColumn>, before: &[&'static str], fields: &'static [Field]) {
    for Field(key, kind) in fields {
        let keys: Vec<&'static str> = before.iter().copied().chain([*key]).collect();
        match kind {
            Kind::Object(fields) => add(columns, &keys, fields),
            kind => columns.push(FlatColumn { name: keys.join("."), keys, kind: *kind }),
        }
    }
}

impl FlatColumn {
    fn value<'a>(&self, record: &'a Value) -> Option<&'a Value> {
        self.keys.iter().try_fold(record, |value, key| value.get(key))
    }

    pub(super) fn cell(&self, record: &Value, lang: Lang) -> FlatCell {
        let Some(value) = self.value(record) else { return FlatCell::Empty };
        match (self.kind, value) {
            (Kind::Day, Value::String(day)) => match day.parse() {
                Ok(day) => FlatCell::Day(day),
                Err(_) => FlatCell::Text(day.clone()),
            },
            (Kind::Whole | Kind::Number, Value::Number(number)) => {
                number.as_f64().map_or(FlatCell::Empty, FlatCell::Number)
            }
            (_, Value::Bool(flag)) => FlatCell::Flag(*flag),
            (_, value) => match in_words(value, lang) {
                text if text.is_empty() => FlatCell::Text(none(lang).to_owned()),
                text => FlatCell::Text(text),
            },
        }
    }
}

/// An empty list says something: known to have none.
fn none(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "geen",
        Lang::En => "none",
    }
}

/// The values of an object with spaces between, those of a list with `; ` between.
fn in_words(value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(flag) => yes_or_no(*flag, lang).to_owned(),
        Value::Number(number) => number_in_words(&number.to_string(), lang),
        Value::Array(items) => {
            let words: Vec<_> = items.iter().map(|item| in_words(item, lang)).collect();
            words.join("; ")
        }
        Value::Object(object) => {
            // What a level or concept is called says more than its key; a flag needs it.
            let words = object.iter().map(|(key, value)| match value {
                Value::Bool(_) | Value::Number(_) => format!("{key}={}", in_words(value, lang)),
                value => in_words(value, lang),
            });
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        }
    }
}

pub(super) fn yes_or_no(flag: bool, lang: Lang) -> &'static str {
    match (flag, lang) {
        (true, Lang::Nl) => "ja",
        (false, Lang::Nl) => "nee",
        (true, Lang::En) => "yes",
        (false, Lang::En) => "no",
    }
}

fn number_in_words(number: &str, lang: Lang) -> String {
    match lang {
        Lang::Nl => number.replace('.', ","),
        Lang::En => number.to_owned(),
    }
}

/// Writes records as a table that a Dutch Excel or LibreOffice opens: semicolons, byte order mark, `\r\n`, decimal comma, days
/// as `20-12-2026`, `ja` and `nee`.
///
/// The columns are the fields of the schema, `hours.min` for a field within a field, but for those that no record fills. A
/// list is in words, so that the table is for people: [`records_csv`](super::records_csv) is read back as the same records.
/// A cell that would be taken for a formula, and a text for a number or day, gets `'` before it.
///
/// # Errors
/// When the output refuses.
pub fn records_csv_nl<T: Record>(out: &mut impl Write, records: &[T]) -> io::Result<()> {
    let records: Vec<Value> = records.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    let columns = columns(T::SIDE, &records);
    let mut writer = dutch::writer(out)?;
    writer.write_record(columns.iter().map(|column| &column.name))?;
    for record in &records {
        writer.write_record(columns.iter().map(|column| match column.cell(record, Lang::Nl) {
            FlatCell::Empty => String::new(),
            FlatCell::Text(text) => dutch::text(&text),
            FlatCell::Number(number) => number_in_words(&number.to_string(), Lang::Nl),
            FlatCell::Day(day) => dutch::day(day),
            FlatCell::Flag(flag) => yes_or_no(flag, Lang::Nl).to_owned(),
        }))?;
    }
    writer.flush()
}

/// Writes records as XLSX: numbers as numbers, days as days, column names that stay in sight, a filter and a sheet of
/// explanations. The columns and words are those of [`records_csv_nl`], in the language of the reader.
///
/// # Errors
/// When the output or the temporary file refuses.
#[cfg(feature = "xlsx")]
pub fn records_xlsx<T: Record>(
    out: &mut impl Write,
    records: &[T],
    day: Day,
    lang: Lang,
) -> io::Result<()> {
    use super::results_xlsx::broken;
    use super::sheet::{Book, Value as Cell};

    const WIDTH: u16 = 18;
    let records: Vec<Value> = records.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    let columns = columns(T::SIDE, &records);
    let name = match (T::SIDE, lang) {
        (passend::Side::Candidate, Lang::Nl) => "Kandidaten",
        (passend::Side::Candidate, Lang::En) => "Candidates",
        (passend::Side::Vacancy, Lang::Nl) => "Vacatures",
        (passend::Side::Vacancy, Lang::En) => "Vacancies",
    };
    let headings = columns.iter().map(|column| (column.name.clone(), WIDTH)).collect();
    let mut book = Book::new(day, lang, name, headings).map_err(broken)?;
    for record in &records {
        let cells = columns.iter().map(|column| match column.cell(record, lang) {
            FlatCell::Empty => Cell::Empty,
            FlatCell::Text(text) => Cell::Text(text),
            FlatCell::Number(number) => Cell::Number(number),
            FlatCell::Day(day) => Cell::Day(day),
            FlatCell::Flag(flag) => Cell::Flag(flag),
        });
        book.add(cells).map_err(broken)?;
    }
    let means: Vec<_> =
        columns.iter().map(|column| (column.name.clone(), column.meaning(lang))).collect();
    out.write_all(&book.finish(&means).map_err(broken)?)
}

#[cfg(feature = "xlsx")]
impl FlatColumn {
    /// What kind of value it holds; what the field means is said by the schema.
    fn meaning(&self, lang: Lang) -> String {
        let kind = match (self.kind, lang) {
            (Kind::Day, Lang::Nl) => "een dag",
            (Kind::Day, Lang::En) => "a day",
            (Kind::Flag, Lang::Nl) => "waar of onwaar; leeg is niet bekend",
            (Kind::Flag, Lang::En) => "true or false; empty is not known",
            (Kind::Whole | Kind::Number, Lang::Nl) => "een getal",
            (Kind::Whole | Kind::Number, Lang::En) => "a number",
            (Kind::List(_), Lang::Nl) => {
                "een lijst, met ; ertussen; `geen` is: heeft er geen; leeg is niet bekend"
            }
            (Kind::List(_), Lang::En) => {
                "a list, with ; between; `none` is: has none; empty is not known"
            }
            (_, Lang::Nl) => "tekst of een woord uit een vaste lijst",
            (_, Lang::En) => "text or a word of a fixed list",
        };
        match lang {
            Lang::Nl => format!("{kind}. `passend schema` zegt wat het veld betekent."),
            Lang::En => format!("{kind}. `passend schema` says what the field means."),
        }
    }
}

#[cfg(test)]
mod tests {
    use passend::Candidate;

    use super::*;

    #[test]
    fn records_are_a_dutch_table_of_the_fields_that_are_filled() {
        let records: Vec<Candidate> = serde_json::from_str(
            r#"[{"id":"007","hours":{"max":32.5},"bsn_available":true,"available":{"from":"2027-02-01"},"skills":[]},
                {"id":"c2","languages":[{"code":"nl","level":"A2"},{"code":"ti"}]}]"#,
        )
        .unwrap();
        let mut out = Vec::new();
        records_csv_nl(&mut out, &records).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\u{FEFF}id;bsn_available;available.from;hours.max;languages;skills\r\n\
             '007;ja;01-02-2027;32,5;;geen\r\nc2;;;;\"nl A2; ti\";\r\n"
        );
    }
}
