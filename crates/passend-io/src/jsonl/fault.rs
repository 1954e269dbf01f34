// SPDX-License-Identifier: EUPL-1.2
//! What is wrong with the shape of a record: path and expectation, never the value.

use std::fmt;

use passend::{ProblemKind, Text};
use serde::de::{Expected, Unexpected};

use super::path::{Path, Segment};
use crate::Code;
use crate::detail::{Detail, shown};
use crate::guess::guess;

/// One thing that is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) path: Path,
    pub(crate) code: Code,
    pub(crate) detail: Detail,
    /// The fault is in the last key of the path, not in its value.
    pub(crate) at_key: bool,
}

impl Fault {
    pub(crate) fn new(code: Code) -> Self {
        Self { path: Path::default(), code, detail: Detail::default(), at_key: false }
    }

    pub(crate) fn at(self, path: Path) -> Self {
        Self { path, ..self }
    }

    pub(super) fn under(self, segment: Segment) -> Self {
        Self { path: self.path.under(segment), ..self }
    }

    fn with(self, detail: Detail) -> Self {
        Self { detail, ..self }
    }

    /// A fault in the key at the end of this path.
    pub(super) fn key(code: Code, path: Path, key: &str, meant: Option<&str>) -> Self {
        let detail = Detail::default().key(&shown(key), meant);
        Self { path, code, detail, at_key: true }
    }

    /// What the engine finds wrong with a record whose shape is right.
    pub(super) fn problem(kind: ProblemKind) -> Self {
        match kind {
            ProblemKind::Id => Self::new(Code::BadId),
            ProblemKind::NationalNumber => Self::new(Code::NationalNumber),
            ProblemKind::Range { min, max } => range(&min.to_string(), &max.to_string()),
            ProblemKind::Order => Self::new(Code::WrongOrder),
            ProblemKind::EmptyConcept => Self::new(Code::EmptyConcept),
            ProblemKind::Postcode => Self::new(Code::BadPostcode),
            ProblemKind::LanguageCode => Self::new(Code::BadLanguage),
            ProblemKind::Text => Self::new(Code::BadText),
            ProblemKind::Schema => Self::new(Code::OtherSchema),
            ProblemKind::EventParts => Self::new(Code::EventParts),
            ProblemKind::EventReason => Self::new(Code::EventReason),
            ProblemKind::NoteCode => Self::new(Code::NoteCode),
            // The engine may find more one day; what it expects says enough.
            other => Self::new(Code::WrongType).with(Detail::default().same("expected", other)),
        }
    }

    /// A value that is none of these.
    pub(super) fn not_one_of(allowed: &[&str]) -> Self {
        let allowed: Vec<_> = allowed.iter().map(|value| format!("`{value}`")).collect();
        Self::new(Code::UnknownValue).with(Detail::default().same("allowed", allowed.join(", ")))
    }

    /// A value of another kind than this, in the words of the type that reads it.
    fn not(expected: &str) -> Self {
        let expected = expected.strip_prefix("expected ").unwrap_or(expected);
        if expected.starts_with("a day") {
            return Self::new(Code::BadDay);
        }
        if expected.starts_with("a time") {
            return Self::new(Code::BadTime);
        }
        let (nl, en) = match expected {
            "a string" => ("een tekst tussen aanhalingstekens", "a text between quotes"),
            "a boolean" => ("`true` of `false`", "`true` or `false`"),
            "a sequence" => ("een lijst: `[…]`", "a list: `[…]`"),
            "a map" => ("een object: `{…}`", "an object: `{…}`"),
            "u8" | "u16" | "u32" | "u64" => ("een heel getal", "a whole number"),
            "a number of 0 or more" => ("een getal van 0 of meer", "a number of 0 or more"),
            "a level or {\"min\", \"max\"}" => {
                ("een niveau of `{\"min\", \"max\"}`", "a level or `{\"min\", \"max\"}`")
            }
            _ if expected.starts_with("struct ") => ("een object: `{…}`", "an object: `{…}`"),
            other => (other, other),
        };
        let text = Text { nl: nl.to_owned(), en: en.to_owned() };
        Self::new(Code::WrongType).with(Detail::default().text("expected", text))
    }

    /// A number that does not fit its type, in the words of the type that reads it.
    fn too_large_or_small(expected: &str) -> Option<Self> {
        match expected.strip_prefix("expected ").unwrap_or(expected) {
            "u8" => Some(range("0", "255")),
            "u16" => Some(range("0", "65535")),
            "u32" => Some(range("0", "4294967295")),
            other if other.starts_with("a number of 0 or more") => Some(range("0", "40000000")),
            _ => None,
        }
    }
}

fn range(min: &str, max: &str) -> Fault {
    let range =
        Text { nl: format!("van {min} tot en met {max}"), en: format!("from {min} to {max}") };
    Fault::new(Code::OutOfRange).with(Detail::default().text("range", range))
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at `{}`", self.code, self.path)
    }
}

impl std::error::Error for Fault {}

/// The first argument of most of these is the value that was found: it may be about a person and is dropped.
impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        // Only the types of the engine say something of their own, and what they say is what they expect.
        let message = message.to_string();
        Self::too_large_or_small(&message).unwrap_or_else(|| Self::not(&message))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::not(&expected.to_string())
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        Self::too_large_or_small(&expected).unwrap_or_else(|| Self::not(&expected))
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::not(&expected.to_string())
    }

    fn unknown_variant(_: &str, allowed: &'static [&'static str]) -> Self {
        Self::not_one_of(allowed)
    }

    fn unknown_field(key: &str, expected: &'static [&'static str]) -> Self {
        let path = Path::default().with(Segment::Key(key.to_owned()));
        Self::key(Code::UnknownKey, path, key, guess(key, expected))
    }

    fn missing_field(key: &'static str) -> Self {
        let path = Path::default().with(Segment::Key(key.to_owned()));
        Self { at_key: false, ..Self::key(Code::MissingKey, path, key, None) }
    }

    fn duplicate_field(key: &'static str) -> Self {
        let path = Path::default().with(Segment::Key(key.to_owned()));
        Self::key(Code::DuplicateKey, path, key, None)
    }
}
