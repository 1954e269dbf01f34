// SPDX-License-Identifier: EUPL-1.2
//! What requests have in common: how they are read, records within them, days and lists.

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use arrow_array::RecordBatch;
use passend::{Candidate, Day, Event, Lang, Vacancy};
use passend_io::{
    Batch, Code, OnRefusal, ReadError, Reading, Record, Refused, Report, Warning, read_batches,
    read_records_with,
};
use schemars::JsonSchema;
use serde::de::{Error as _, IgnoredAny, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::job::{Level, Log};

/// Reads a request; a failure names the key and what was expected, never a value.
pub(crate) fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Failure> {
    read_json(json).map_err(|(field, expected)| Failure::request(&field, expected))
}

/// Reads JSON; a failure is the key and what was expected.
pub(crate) fn read_json<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, (String, String)> {
    // A list of the values of an object would be taken for one.
    if json.trim_start().starts_with('[') {
        return Err((String::new(), "one JSON object".to_owned()));
    }
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let (inner, message) = (error.inner(), error.inner().to_string());
        if inner.is_data() {
            return (field(error.path(), &message), expected(&message));
        }
        // For the reader of JSON a list in place of a word is no JSON.
        if serde_json::from_str::<IgnoredAny>(json).is_ok() {
            return (field(error.path(), &message), "a value of another kind".to_owned());
        }
        let (line, column) = (inner.line(), inner.column());
        (String::new(), format!("one complete JSON object; see line {line}, column {column}"))
    })?;
    let end = deserializer.end();
    end.map_err(|_| (String::new(), "one JSON object and nothing after it".to_owned()))?;
    Ok(value)
}

/// The key that is wrong; empty for the whole.
pub(crate) fn field(path: &serde_path_to_error::Path, message: &str) -> String {
    let path = path.to_string();
    if path == "." || path == "?" {
        named_field(message).unwrap_or_default().to_owned()
    } else {
        path
    }
}

/// The key that a message is about: `missing field `as_of``.
fn named_field(message: &str) -> Option<&str> {
    ["missing field `", "duplicate field `", "unknown field `"]
        .iter()
        .find_map(|begin| message.strip_prefix(begin)?.split('`').next())
}

/// What was expected, out of a message that may also say what was found.
pub(crate) fn expected(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or_default();
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("the key {key}");
    }
    if let Some(key) = message.strip_prefix("duplicate field ") {
        return format!("the key {key} once");
    }
    match message.split_once("expected ") {
        Some((_, expected)) => in_words(expected).to_owned(),
        None if message.starts_with("unknown field") => "no key of this name".to_owned(),
        None => "another value".to_owned(),
    }
}

/// What a type of the language is called by who writes JSON.
fn in_words(expected: &str) -> &str {
    match expected.split(' ').next().unwrap_or_default() {
        "struct" => "an object",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number of 0 or more",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        _ => match expected {
            "a boolean" => "true or false",
            "a sequence" => "a list",
            "a map" => "an object",
            "a string" | "a borrowed string" | "string" => "a text",
            other => other,
        },
    }
}

/// Records of one side: a list of objects, one object, or the text of a file (JSON Lines or CSV).
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(transparent)]
pub(crate) struct Records<'a>(#[serde(borrow)] &'a RawValue);

/// The shapes of [`Records`].
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "the shape alone is used")]
pub(crate) enum RecordsOf<T> {
    /// A list of records.
    List(Vec<T>),
    /// One record.
    One(Box<T>),
    /// The text of a file: JSON Lines, or CSV with the columns of the schema.
    Text(String),
}

pub(crate) type Candidates = RecordsOf<Candidate>;
pub(crate) type Events = RecordsOf<Event>;
pub(crate) type Vacancies = RecordsOf<Vacancy>;

/// How many records may be refused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) strict: bool,
    pub(crate) max_refused: u8,
}

/// How the reading of one side went.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Counts {
    /// Records read.
    read: u64,
    /// Records accepted, those that were merged among them.
    accepted: u64,
    /// Records that are exactly like an earlier one.
    merged: u64,
    /// Records refused.
    refused: usize,
    /// Repairs.
    warnings: Vec<Warning>,
}

/// How the reading of the records of a request went: nothing of it is lost.
#[derive(Debug, Default, Clone, Serialize, JsonSchema)]
pub(crate) struct Readings {
    /// Candidates of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<Counts>,
    /// Vacancies of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    vacancies: Option<Counts>,
    /// Events of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<Counts>,
    /// Every record that was refused: where it is, what was expected and what to do; never the value.
    refused: Vec<Refused>,
}

impl Readings {
    /// Reads the records of one side, keeps what is good, and counts what is not.
    pub(crate) fn read<T: Record>(
        &mut self,
        records: Records<'_>,
        limit: Limit,
        log: &Log,
    ) -> Result<Vec<T>, Failure> {
        let batch = batch(records, limit.strict, log)?;
        self.settle(batch, limit)
    }

    /// Records that were refused, without counts.
    pub(crate) fn of_refused(refused: Vec<Refused>) -> Self {
        Self { refused, ..Self::default() }
    }

    /// Reads the rows of Arrow columns.
    pub(crate) fn read_arrow<T: Record>(
        &mut self,
        batches: Vec<RecordBatch>,
        limit: Limit,
        log: &Log,
    ) -> Result<Vec<T>, Failure> {
        let name = name_of::<T>();
        let on_refusal = if limit.strict { OnRefusal::Stop } else { OnRefusal::Continue };
        let read = read_batches(batches, name, Reading { on_refusal, threads: 0 });
        let batch = told(read, name, log)?;
        self.settle(batch, limit)
    }

    /// Keeps what was accepted, and counts the rest.
    fn settle<T: Record>(&mut self, batch: Batch<T>, limit: Limit) -> Result<Vec<T>, Failure> {
        let (name, Batch { accepted, report, .. }) = (name_of::<T>(), batch);
        let report = within_limit(report, name, limit)?;
        let (counts, refused) = Counts::of(report);
        match T::SIDE {
            passend::Side::Candidate => self.candidates = Some(counts),
            passend::Side::Vacancy => self.vacancies = Some(counts),
        }
        self.refused.extend(refused);
        Ok(accepted)
    }

    /// Reads what happened up to a day; `key` is where the request has it.
    pub(crate) fn read_events(
        &mut self,
        key: &str,
        records: Records<'_>,
        as_of: Day,
        limit: Limit,
        log: &Log,
    ) -> Result<Vec<Event>, Failure> {
        let on_refusal = if limit.strict { OnRefusal::Stop } else { OnRefusal::Continue };
        let text = records.text(key)?;
        let reading = Reading { on_refusal, threads: 1 };
        let read = passend_io::read_events(text.as_bytes(), key, as_of, reading);
        let Batch { accepted, report, .. } = read.map_err(|error| unread(key, &error))?;
        tell(&report, key, log);
        let report = within_limit(report, key, limit)?;
        let (counts, refused) = Counts::of(report);
        self.events = Some(counts);
        self.refused.extend(refused);
        Ok(accepted)
    }
}

impl Counts {
    /// The counts of a report, and what was refused.
    fn of(report: Report) -> (Self, Vec<Refused>) {
        let counts = Self {
            read: report.read,
            accepted: report.accepted,
            merged: report.merged,
            refused: report.refused.len(),
            warnings: report.warnings,
        };
        (counts, report.refused)
    }
}

/// The report, if no more was refused than is allowed.
fn within_limit(report: Report, name: &str, limit: Limit) -> Result<Report, Failure> {
    if report.stopped {
        let expected = format_args!("expected no refused record, since `strict` was asked");
        return Err(Failure::records(Code::StoppedAtFirst, name, expected, report.refused));
    }
    if report.too_many_refused(limit.max_refused) {
        let expected = format!(
            "expected at most {} percent of the records refused; {} of {} were",
            limit.max_refused,
            report.refused.len(),
            report.read
        );
        return Err(Failure::records(Code::TooManyRefused, name, expected, report.refused));
    }
    Ok(report)
}

/// Reads the records of one side, whatever is refused.
pub(crate) fn batch<T: Record>(
    records: Records<'_>,
    strict: bool,
    log: &Log,
) -> Result<Batch<T>, Failure> {
    let name = name_of::<T>();
    let on_refusal = if strict { OnRefusal::Stop } else { OnRefusal::Continue };
    let text = records.text(name)?;
    let read = read_records_with(text.as_bytes(), name, Reading { on_refusal, threads: 0 });
    told(read, name, log)
}

/// Tells the log how the reading went.
fn told<T: Record>(
    read: Result<Batch<T>, ReadError>,
    name: &str,
    log: &Log,
) -> Result<Batch<T>, Failure> {
    let batch = match read {
        Ok(batch) => batch,
        // No records are no mistake here: a selection may leave none.
        Err(error) if error.code() == Code::EmptyFile => Batch {
            accepted: Vec::new(),
            lines: Vec::new(),
            report: Report { file: name.to_owned(), ..Report::default() },
        },
        Err(error) => return Err(unread(name, &error)),
    };
    tell(&batch.report, name, log);
    Ok(batch)
}

/// Why nothing could be read.
fn unread(name: &str, error: &ReadError) -> Failure {
    let failure = Failure::records(error.code(), name, without_code(error), Vec::new());
    Failure { hint: Box::new(error.hint()), ..failure }
}

fn tell(report: &Report, name: &str, log: &Log) {
    log.say(Level::Info, || report.summary());
    for row in &report.refused {
        log.say(Level::Warning, || {
            format!(
                "{name}: {} record {} {}: expected {}",
                row.code, row.record, row.path, row.rule
            )
        });
    }
}

/// What the records of a side are called.
const fn name_of<T: Record>() -> &'static str {
    match T::SIDE {
        passend::Side::Candidate => "candidates",
        passend::Side::Vacancy => "vacancies",
    }
}

/// The message of an error without the code before it, which stands beside it.
fn without_code(error: &ReadError) -> String {
    let message = error.to_string();
    message.strip_prefix(error.code().id()).unwrap_or(&message).trim_start().to_owned()
}

impl<'a> Records<'a> {
    /// The records as the text of a file.
    fn text(self, name: &str) -> Result<Cow<'a, str>, Failure> {
        let json = self.0.get();
        let text = match json.as_bytes().first() {
            Some(b'[') => Some(Cow::Borrowed(json)),
            // One object; the reader would take a bare one over several lines too.
            Some(b'{') => Some(Cow::Owned(format!("[{json}]"))),
            // JSON may hold half a character, a text may not.
            Some(b'"') => serde_json::from_str(json).ok().map(Cow::Owned),
            _ => None,
        };
        text.ok_or_else(|| {
            Failure::request(name, "a list of records, one record, or the text of a file")
        })
    }
}

/// Lines of `match` that were given before: a list of them, or the text of the file.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(transparent)]
pub(crate) struct ResultLines<'a>(#[serde(borrow)] &'a RawValue);

/// The shapes of [`ResultLines`].
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "the shape alone is used")]
enum ResultShape {
    /// The `matches` of an answer.
    List(Vec<Map<String, Value>>),
    /// The text of a file: JSON Lines.
    Text(String),
}

impl JsonSchema for ResultLines<'_> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "ResultLines".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        ResultShape::json_schema(generator)
    }
}

impl ResultLines<'_> {
    /// The text of a file of JSON Lines; `key` is where the request has it.
    pub(crate) fn text(self, key: &str) -> Result<String, Failure> {
        let json = self.0.get();
        // JSON may hold half a character or a number without end; a text and a list of lines may not.
        let text = match json.as_bytes().first() {
            Some(b'[') => serde_json::from_str(json)
                .ok()
                .map(|lines: Vec<Value>| lines.iter().map(|line| format!("{line}\n")).collect()),
            Some(b'"') => serde_json::from_str(json).ok(),
            _ => None,
        };
        text.ok_or_else(|| Failure::request(key, "a list of lines of `match`, or their text"))
    }
}

/// By when a pair must be open: `now`, `any` or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When(pub(crate) passend::When);

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = When;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`now`, `any` or a day such as `2026-11-25`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<When, E> {
                Ok(When(match text {
                    "now" => passend::When::Now,
                    "any" => passend::When::Any,
                    day => passend::When::By(Day::from_str(day).map_err(|_| {
                        E::custom("expected `now`, `any` or a day such as `2026-11-25`")
                    })?),
                }))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

impl JsonSchema for When {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "When".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "`now`, `any` or a day such as 2026-11-25; left out: within 13 weeks",
            "anyOf": [{"enum": ["now", "any"]}, {"type": "string", "format": "date"}]
        })
    }
}

/// A whole number of 1 or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(transparent)]
pub(crate) struct Positive(#[schemars(range(min = 1))] pub(crate) u32);

impl<'de> Deserialize<'de> for Positive {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer) {
            Ok(0) | Err(_) => Err(D::Error::custom("expected a whole number from 1 to 4294967295")),
            Ok(number) => Ok(Self(number)),
        }
    }
}

impl Positive {
    pub(crate) fn size(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(transparent)]
pub(crate) struct Percent(#[schemars(range(max = 100))] pub(crate) u8);

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u8::deserialize(deserializer) {
            Ok(number) if number <= 100 => Ok(Self(number)),
            _ => Err(D::Error::custom("expected a whole number from 0 to 100")),
        }
    }
}

/// A number that lies within bounds; left out: the usual one.
pub(crate) fn within<T: PartialOrd + fmt::Display>(
    key: &str,
    given: Option<T>,
    usual: T,
    bounds: RangeInclusive<T>,
) -> Result<T, Failure> {
    let number = given.unwrap_or(usual);
    if bounds.contains(&number) {
        return Ok(number);
    }
    let (least, most) = bounds.into_inner();
    Err(Failure::request(key, format_args!("a whole number from {least} to {most}")))
}

/// The language of texts for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Language {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Nl => Self::Nl,
            Language::En => Self::En,
        }
    }
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ListFormat {
    /// One object with the list and what is known around it.
    #[default]
    Json,
    /// One object on each line: the bytes that the program writes.
    Jsonl,
}

/// Reads several things of one request: the same keys as the options of the program.
pub(crate) fn limit(strict: bool, max_refused: Option<Percent>) -> Limit {
    const USUAL: u8 = 5;
    Limit { strict, max_refused: max_refused.map_or(USUAL, |percent| percent.0) }
}
