// SPDX-License-Identifier: EUPL-1.2
//! Why a call could not do what was asked, as a program and a person can use it.

use std::fmt;

use passend::{RankError, Text};
use passend_io::{Code, Refused};
use serde::Serialize;

/// How a call ended: what every function gives back.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassendStatus {
    /// Done; the result is in the out parameter.
    Ok = 0,
    /// A pointer is NULL where it may not be, a text is not UTF-8, or the options cannot be used.
    InvalidArgument = 1,
    /// The configuration, or a policy, vocabulary or list of places in it, cannot be used.
    InvalidConfig = 2,
    /// The request is no JSON, lacks a key, has one too many, or a value that cannot be.
    InvalidRequest = 3,
    /// There is no operation of this name.
    UnknownOperation = 4,
    /// Too many records were refused, or one where the request says that none may be.
    RecordsRefused = 5,
    /// No market, candidate or vacancy has this name or id.
    NotFound = 6,
    /// The progress callback asked to stop.
    Cancelled = 7,
    /// The time limit of the options was reached.
    TimeLimit = 8,
    /// The engine contradicts itself; the engine handle can still be used.
    Internal = 9,
}

/// Why a call could not do what was asked.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) status: PassendStatus,
    pub(crate) code: &'static str,
    /// The argument, key or record that it is about; empty for the call as a whole.
    pub(crate) field: String,
    pub(crate) expected: String,
    /// Boxed: a failure is carried through many results.
    pub(crate) hint: Box<Text>,
    /// Records that were refused, where that is the reason.
    pub(crate) refused: Vec<Refused>,
}

/// What a call cannot use; beside the codes of the catalogue, which are about files and records.
const BAD_ARGUMENT: &str = "E310";

impl Failure {
    fn new(status: PassendStatus, code: &'static str, field: &str, expected: String) -> Self {
        Self {
            status,
            code,
            field: field.to_owned(),
            expected,
            hint: Box::default(),
            refused: Vec::new(),
        }
    }

    fn hinted(self, nl: &str, en: &str) -> Self {
        Self { hint: Box::new(text(nl, en)), ..self }
    }

    /// An argument of the C function.
    pub(crate) fn argument(field: &str, expected: &str) -> Self {
        Self::new(
            PassendStatus::InvalidArgument,
            BAD_ARGUMENT,
            field,
            format!("expected {expected}"),
        )
        .hinted(
            "Kijk in passend.h wat deze functie vraagt.",
            "See in passend.h what this function asks.",
        )
    }

    /// A key of a request.
    pub(crate) fn request(field: &str, expected: impl fmt::Display) -> Self {
        let expected = format!("expected {expected}");
        Self::new(PassendStatus::InvalidRequest, BAD_ARGUMENT, field, expected).hinted(
            "De operatie `schema` toont wat elk verzoek mag hebben.",
            "The operation `schema` shows what each request may hold.",
        )
    }

    /// A key of the configuration.
    pub(crate) fn config(field: &str, expected: impl fmt::Display) -> Self {
        let expected = format!("expected {expected}");
        Self::new(PassendStatus::InvalidConfig, BAD_ARGUMENT, field, expected).hinted(
            "Sleutels: announced, threads, policy, vocabulary, places, purpose, max_request_bytes, max_markets.",
            "Keys: announced, threads, policy, vocabulary, places, purpose, max_request_bytes, max_markets.",
        )
    }

    /// A policy, vocabulary, list of places or programmes that cannot be used.
    pub(crate) fn table(
        status: PassendStatus,
        code: Code,
        field: &str,
        reason: impl fmt::Display,
    ) -> Self {
        Self {
            hint: Box::new(code.hint()),
            ..Self::new(status, code.id(), field, reason.to_string())
        }
    }

    /// An operation that is not there.
    pub(crate) fn operation(known: &[&str]) -> Self {
        let known = known.join(", ");
        Self::new(PassendStatus::UnknownOperation, "E340", "op", format!("expected one of {known}"))
            .hinted(
                "Kijk naar de naam van de operatie en de versie van de bibliotheek.",
                "See the name of the operation and the version of the library.",
            )
    }

    /// A market that is not there.
    pub(crate) fn market() -> Self {
        let expected = "expected the name of a market that was loaded".to_owned();
        Self::new(PassendStatus::NotFound, "E341", "market", expected)
            .hinted("Laad hem eerst met `market_load`.", "Load it first with `market_load`.")
    }

    /// A record that is not there.
    pub(crate) fn unknown(code: Code, field: &str) -> Self {
        let expected = format!("expected {}", code.rule());
        let hint = match code {
            Code::UnknownVacancy => text(
                "Dit id is niet bij de vacatures, of het record is geweigerd.",
                "This id is not among the vacancies, or its record was refused.",
            ),
            Code::NoPermission => code.hint(),
            _ => text(
                "Dit id is niet bij de kandidaten, of het record is geweigerd.",
                "This id is not among the candidates, or its record was refused.",
            ),
        };
        Self {
            hint: Box::new(hint),
            ..Self::new(PassendStatus::NotFound, code.id(), field, expected)
        }
    }

    /// Records as a whole.
    pub(crate) fn records(
        code: Code,
        field: &str,
        expected: impl fmt::Display,
        refused: Vec<Refused>,
    ) -> Self {
        let expected = expected.to_string();
        let failure = Self::new(PassendStatus::RecordsRefused, code.id(), field, expected);
        Self { refused, ..failure }.hinted(
            "Kijk in `refused` van de details waarom.",
            "See in `refused` of the detail why.",
        )
    }

    pub(crate) fn cancelled() -> Self {
        Self::new(
            PassendStatus::Cancelled,
            "E342",
            "",
            "stopped by the progress callback".to_owned(),
        )
    }

    /// Why ranking ended early; the watch itself says by whom it was stopped.
    pub(crate) fn rank(error: RankError) -> Self {
        match error {
            RankError::Stopped(_) => Self::cancelled(),
            other => Self::internal(other),
        }
    }

    pub(crate) fn time_limit() -> Self {
        let expected = "the time limit was reached".to_owned();
        Self::new(PassendStatus::TimeLimit, "E343", "time_limit_ms", expected)
            .hinted("Geef meer tijd of vraag minder.", "Give more time or ask less.")
    }

    /// Nothing that the input could cause.
    pub(crate) fn internal(what: impl fmt::Display) -> Self {
        let expected = format!("{what}; please report this");
        Self::new(PassendStatus::Internal, "E390", "", expected)
    }

    /// The failure as JSON, for a program.
    pub(crate) fn detail(&self) -> String {
        let detail = Detail {
            status: self.status as i32,
            code: self.code,
            field: &self.field,
            expected: &self.expected,
            hint: &self.hint,
            refused: &self.refused,
        };
        serde_json::to_string(&detail).unwrap_or_default()
    }
}

/// The detail of an error.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Detail<'a> {
    /// The status that the function gave back.
    status: i32,
    /// Stable code: `E310`.
    code: &'a str,
    /// The argument, key or record that it is about; empty for the call as a whole.
    field: &'a str,
    /// What was expected.
    expected: &'a str,
    /// What to do.
    hint: &'a Text,
    /// Records that were refused, where that is the reason; never their values.
    refused: &'a [Refused],
}

/// `E310 k: expected a whole number of 1 or more. The operation `schema` shows …`
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)?;
        if !self.field.is_empty() {
            write!(f, " {}", self.field)?;
        }
        write!(f, ": {}", self.expected.trim_end_matches('.'))?;
        if !self.hint.en.is_empty() {
            write!(f, ". {}", self.hint.en)?;
        }
        Ok(())
    }
}

/// A text in both languages.
pub(crate) fn text(nl: &str, en: &str) -> Text {
    Text { nl: nl.to_owned(), en: en.to_owned() }
}
