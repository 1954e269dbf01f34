// SPDX-License-Identifier: EUPL-1.2
//! Is a message as the standard says? Names the first field that is not, with what was expected there, never the value.

use passend::Text;
use serde_json::{Map, Value};

use super::Version;
use super::fields::{Field, Kind};
use crate::Code;
use crate::detail::{Detail, shown};
use crate::guess::guess;
use crate::jsonl::{Fault, Path};

/// A list has no end in the standard; no person or vacancy has this many of anything.
const LONGEST_LIST: usize = 1000;

/// What is wrong in a message: where, and what was expected.
pub(super) struct Wrong {
    /// `taalbeheersing[0].codeTaal`.
    pub(super) path: String,
    pub(super) expected: Text,
}

impl Wrong {
    fn new(path: &str, nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self { path: path.to_owned(), expected: Text { nl: nl.into(), en: en.into() } }
    }

    pub(super) fn fault(self) -> Fault {
        let detail = Detail::default().text("expected", self.expected);
        Fault { detail, ..Fault::new(Code::VumField).at(Path::parse(&self.path)) }
    }
}

/// The first field of a message that is not as the standard says.
pub(super) fn first_wrong(
    message: &Map<String, Value>,
    fields: &Field,
    version: Version,
) -> Option<Wrong> {
    object(message, fields, "", version)
}

fn object(keys: &Map<String, Value>, field: &Field, at: &str, version: Version) -> Option<Wrong> {
    for (key, value) in keys {
        let here = if at.is_empty() { shown(key) } else { format!("{at}.{}", shown(key)) };
        let Some(below) = field.keys.get(key.as_str()) else {
            let known: Vec<&str> = field.keys.keys().copied().collect();
            let (nl, en) = match guess(key, &known) {
                Some(meant) => (format!(" (`{meant}`?)"), format!(" (`{meant}`?)")),
                None => (String::new(), String::new()),
            };
            let number = version.number();
            return Some(Wrong::new(
                &here,
                format!("een veld van VUM {number}{nl}"),
                format!("a field of VUM {number}{en}"),
            ));
        };
        // What is empty counts as absent, whatever it is.
        if super::super::patch::plain(value).is_none() {
            continue;
        }
        let wrong = match (below.is_list, value) {
            (true, Value::Array(elements)) if elements.len() > LONGEST_LIST => Some(Wrong::new(
                &here,
                format!("een lijst van ten hoogste {LONGEST_LIST}"),
                format!("a list of at most {LONGEST_LIST}"),
            )),
            (true, Value::Array(elements)) => elements
                .iter()
                .enumerate()
                .filter(|(_, element)| super::super::patch::plain(element).is_some())
                .find_map(|(place, element)| {
                    one(element, below, &format!("{here}[{place}]"), version)
                }),
            (true, _) => Some(Wrong::new(&here, "een lijst: `[…]`", "a list: `[…]`")),
            (false, value) => one(value, below, &here, version),
        };
        if wrong.is_some() {
            return wrong;
        }
    }
    let is_there =
        |key: &str| keys.get(key).is_some_and(|value| super::super::patch::plain(value).is_some());
    field.keys.iter().filter(|(_, below)| below.required).find_map(|(key, below)| {
        // The exchange answers with an id of its own.
        let stands_in = at.is_empty() && key.starts_with("id") && is_there("vumID");
        let here = if at.is_empty() { (*key).to_owned() } else { format!("{at}.{key}") };
        let (nl, en) = match &below.value {
            Some((kind, _)) => expected(kind),
            None => ("een object".to_owned(), "an object".to_owned()),
        };
        (!is_there(key) && !stands_in).then(|| Wrong::new(&here, nl, en))
    })
}

fn one(value: &Value, field: &Field, at: &str, version: Version) -> Option<Wrong> {
    match (&field.value, value) {
        (Some((kind, _)), value) => (!fits(kind, value)).then(|| {
            let (nl, en) = expected(kind);
            Wrong::new(at, nl, en)
        }),
        (None, Value::Object(keys)) => object(keys, field, at, version),
        (None, _) => Some(Wrong::new(at, "een object: `{…}`", "an object: `{…}`")),
    }
}

fn fits(kind: &Kind, value: &Value) -> bool {
    let all = |text: &str, is: fn(&u8) -> bool| text.bytes().all(|byte| is(&byte));
    match (kind, value) {
        (Kind::Text(most), Value::String(text)) => text.chars().count() <= *most,
        (Kind::Id(most), Value::String(text)) => {
            text.len() <= *most
                && all(text, |b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
        }
        (Kind::Digits(most), Value::String(text)) => {
            text.len() <= *most && all(text, u8::is_ascii_digit)
        }
        (Kind::Word(words), Value::String(text)) => words.contains(&text.as_str()),
        (Kind::Language, Value::String(text)) => {
            text.len() == 3 && all(text, u8::is_ascii_lowercase)
        }
        (Kind::Postcode, Value::String(text)) => {
            text.split_at_checked(4).is_some_and(|(digits, letters)| {
                all(digits, u8::is_ascii_digit)
                    && letters.len() == 2
                    && all(letters, u8::is_ascii_alphabetic)
            })
        }
        (Kind::Day, Value::String(text)) => is_day(text),
        (Kind::Whole(most), Value::Number(number)) => number.as_u64().is_some_and(|n| n <= *most),
        (Kind::Code(codes), Value::Number(number)) => {
            number.as_u64().is_some_and(|n| codes.contains(&n))
        }
        _ => false,
    }
}

/// Whether a text is `jjjj-mm-dd` and that day exists, in any year.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, length: usize| -> Option<u16> {
        let is_number = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=last).contains(&day)
}

/// What a kind is called, in Dutch and English.
fn expected(kind: &Kind) -> (String, String) {
    let listed = |items: &mut dyn Iterator<Item = String>| items.collect::<Vec<_>>().join(", ");
    match kind {
        Kind::Text(most) => (
            format!("een tekst van ten hoogste {most} tekens"),
            format!("a text of at most {most} characters"),
        ),
        Kind::Id(most) => (
            format!("ten hoogste {most} letters, cijfers, `_`, `.` of `-`"),
            format!("at most {most} letters, digits, `_`, `.` or `-`"),
        ),
        Kind::Digits(most) => (
            format!("een tekst van ten hoogste {most} cijfers"),
            format!("a text of at most {most} digits"),
        ),
        Kind::Whole(most) => (
            format!("een heel getal van 0 tot en met {most}"),
            format!("a whole number from 0 to {most}"),
        ),
        Kind::Code(codes) => {
            let codes = listed(&mut codes.iter().map(u64::to_string));
            (format!("een van de getallen {codes}"), format!("one of the numbers {codes}"))
        }
        Kind::Word(words) => {
            let words = listed(&mut words.iter().map(|word| format!("\"{word}\"")));
            (format!("een van de teksten {words}"), format!("one of the texts {words}"))
        }
        Kind::Day => (
            "een dag die bestaat, als `2026-11-25`".to_owned(),
            "a day that exists, as `2026-11-25`".to_owned(),
        ),
        Kind::Postcode => (
            "een postcode als `9711LM`, zonder spatie".to_owned(),
            "a postcode such as `9711LM`, without a space".to_owned(),
        ),
        Kind::Language => (
            "een taalcode van drie kleine letters (ISO 639-3), zoals `nld`".to_owned(),
            "a language code of three small letters (ISO 639-3), such as `nld`".to_owned(),
        ),
    }
}

/// A message that nobody can find again.
pub(super) fn no_id(side: passend::Side) -> Wrong {
    let path = match side {
        passend::Side::Candidate => "idWerkzoekende",
        passend::Side::Vacancy => "idVacature",
    };
    Wrong::new(path, "een id", "an id")
}

/// A message without the values that the standard does not take.
pub(super) fn fitting(
    message: Map<String, Value>,
    fields: &Field,
    version: Version,
) -> Map<String, Value> {
    let fitted = |key: &str, value: Value| -> Option<Value> {
        let below = fields.keys.get(key)?;
        match (below.is_list, value) {
            (true, Value::Array(elements)) => {
                let elements = elements.into_iter().take(LONGEST_LIST);
                Some(
                    elements.filter_map(|element| fitting_value(element, below, version)).collect(),
                )
            }
            (true, _) => None,
            (false, value) => fitting_value(value, below, version),
        }
    };
    let keys: Map<String, Value> = message
        .into_iter()
        .filter_map(|(key, value)| Some((key.clone(), fitted(&key, value)?)))
        .collect();
    keys
}

fn fitting_value(value: Value, field: &Field, version: Version) -> Option<Value> {
    match (&field.value, value) {
        (Some((kind, _)), value) => fits(kind, &value).then_some(value),
        (None, Value::Object(keys)) => {
            let keys = fitting(keys, field, version);
            let missing =
                field.keys.iter().any(|(key, below)| below.required && !keys.contains_key(*key));
            (!missing).then_some(Value::Object(keys))
        }
        (None, _) => None,
    }
}
