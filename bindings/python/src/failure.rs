// SPDX-License-Identifier: EUPL-1.2
//! What can go wrong, as the exceptions of `passend`.

use std::fmt;
use std::path::Path;

use passend::Text;
use passend_io::{Code, ReadError, Refused};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;
use pythonize::pythonize;
use serde::Serialize;

/// An argument that cannot be used; beside the codes of the catalogue, which are about files and records.
const BAD_ARGUMENT: &str = "E310";

/// A row of a long table whose id no person has.
const ORPHAN: &str = "E350";

/// A fault of passend itself.
const INTERNAL: &str = "E351";

/// The class of an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Data,
    Protected,
    Policy,
    Usage,
    Internal,
}

/// Something that ends a call with an exception.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    code: String,
    table: Option<&'static str>,
    row: Option<u64>,
    field: Option<String>,
    expected: String,
    hint: Text,
    issues: Vec<Issue>,
}

/// A row that was refused: where it is, what was expected and what to do; never the value.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Issue {
    /// `candidates` or `vacancies`.
    pub(crate) table: &'static str,
    /// Number of the row, from 0 as Python counts; `None` for a column.
    pub(crate) row: Option<u64>,
    /// Number of the record, from 1 as files and hints count.
    pub(crate) record: Option<u64>,
    pub(crate) path: String,
    pub(crate) code: &'static str,
    pub(crate) rule: String,
    pub(crate) hint: Text,
}

impl Issue {
    pub(crate) fn new(table: &'static str, refused: Refused) -> Self {
        Self {
            table,
            row: Some(refused.record.saturating_sub(1)),
            record: Some(refused.record),
            path: refused.path,
            code: refused.code.id(),
            rule: refused.rule,
            hint: refused.hint,
        }
    }

    /// One line about it.
    pub(crate) fn line(&self) -> String {
        Failure::first(self, Vec::new()).to_string()
    }

    /// The issue of a column rather than of a row.
    pub(crate) fn of_column(self, path: String) -> Self {
        Self { row: None, record: None, path, ..self }
    }
}

impl Failure {
    /// An argument that cannot be used: what was expected, and what to do in both languages.
    pub(crate) fn usage(argument: &str, expected: impl Into<String>, hint: Text) -> Self {
        Self {
            kind: Kind::Usage,
            code: BAD_ARGUMENT.to_owned(),
            table: None,
            row: None,
            field: Some(argument.to_owned()),
            expected: expected.into(),
            hint,
            issues: Vec::new(),
        }
    }

    /// The exception for an argument that cannot be used.
    pub(crate) fn raise_usage(argument: &str, expected: impl Into<String>, hint: Text) -> PyErr {
        Self::usage(argument, expected, hint).into()
    }

    /// A policy or list of places that cannot be used.
    pub(crate) fn policy(code: Code, argument: &str, reason: &dyn fmt::Display) -> PyErr {
        let failure = Self {
            kind: Kind::Policy,
            code: code.id().to_owned(),
            ..Self::usage(argument, reason.to_string(), code.hint())
        };
        failure.into()
    }

    /// Something asked that cannot be given, and why.
    pub(crate) fn coded(code: Code, argument: &str, reason: &dyn fmt::Display) -> PyErr {
        let failure = Self {
            code: code.id().to_owned(),
            ..Self::usage(argument, reason.to_string(), code.hint())
        };
        failure.into()
    }

    /// An id that is not there.
    pub(crate) fn unknown(code: Code, argument: &str) -> PyErr {
        Self::coded(code, argument, &format_args!("expected {}", code.rule()))
    }

    /// The first of these issues, with all of them.
    pub(crate) fn first(issue: &Issue, issues: Vec<Issue>) -> Self {
        Self {
            kind: if issue.code.starts_with("E9") { Kind::Protected } else { Kind::Data },
            code: issue.code.to_owned(),
            table: Some(issue.table),
            row: issue.row,
            field: Some(issue.path.clone()).filter(|path| !path.is_empty()),
            expected: format!("expected {}", issue.rule),
            hint: way_out(issue),
            issues,
        }
    }

    /// More rows were refused than is allowed.
    pub(crate) fn too_many(
        table: &'static str,
        percent: u8,
        read: u64,
        issues: Vec<Issue>,
    ) -> Self {
        let refused = issues.len();
        let first = issues.first().map(|issue| Self::first(issue, Vec::new()).to_string());
        let hint = Text {
            nl: "Kijk in `.issues` van deze fout waarom; met `max_refused` mogen het er meer zijn."
                .to_owned(),
            en: "See why in `.issues` of this error; `max_refused` allows more.".to_owned(),
        };
        Self {
            kind: Kind::Data,
            code: Code::TooManyRefused.id().to_owned(),
            table: Some(table),
            row: None,
            field: None,
            expected: format!(
                "{refused} of {read} rows were refused, more than {percent} percent; the first: {}",
                first.unwrap_or_default()
            ),
            hint,
            issues,
        }
    }

    /// The same failure with other words for what was expected.
    pub(crate) fn expecting(self, expected: String) -> Self {
        Self { expected, ..self }
    }
}

/// What to do; for what may not count also how it is left out or kept apart.
fn way_out(issue: &Issue) -> Text {
    let Text { nl, en } = issue.hint.clone();
    let class = match issue.table {
        "candidates" => "Candidates",
        "vacancies" => "Vacancies",
        _ => return Text { nl, en },
    };
    if !issue.code.starts_with("E9") {
        return Text { nl, en };
    }
    Text {
        nl: format!(
            "{nl} passend.{class}(…, protected=\"drop\") laat het weg; audit= bewaart het apart."
        ),
        en: format!(
            "{en} passend.{class}(…, protected=\"drop\") leaves it out; audit= keeps it apart."
        ),
    }
}

/// `E201 candidates[3].skils: expected a key of the schema. There is no key `skils`. Did you mean `skills`?`
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        let field = self.field.as_deref().unwrap_or_default();
        match (self.table, self.row) {
            (Some(table), Some(row)) if field.is_empty() => write!(f, " {table}[{row}]")?,
            (Some(table), Some(row)) => write!(f, " {table}[{row}].{field}")?,
            (Some(table), None) if field.is_empty() => write!(f, " {table}")?,
            (Some(table), None) => write!(f, " {table}.{field}")?,
            (None, _) => write!(f, " {field}")?,
        }
        write!(f, ": {}", self.expected.trim_end_matches('.'))?;
        if !self.hint.en.is_empty() {
            write!(f, ". {}", self.hint.en)?;
        }
        Ok(())
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        Python::attach(|py| match exception(py, &failure) {
            Ok(exception) => Self::from_value(exception),
            Err(error) => error,
        })
    }
}

fn exception<'py>(py: Python<'py>, failure: &Failure) -> PyResult<Bound<'py, PyAny>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module =
        MODULE.get_or_try_init(py, || py.import("passend._errors").map(Bound::unbind))?.bind(py);
    let class = module.getattr(match failure.kind {
        Kind::Data => "DataError",
        Kind::Protected => "ProtectedError",
        Kind::Policy => "PolicyError",
        Kind::Usage => "UsageError",
        Kind::Internal => "InternalError",
    })?;
    let known = PyDict::new(py);
    known.set_item("code", &failure.code)?;
    known.set_item("table", failure.table)?;
    known.set_item("row", failure.row)?;
    known.set_item("field", failure.field.as_deref())?;
    known.set_item("hint", &failure.hint.en)?;
    known.set_item("hint_nl", &failure.hint.nl)?;
    known.set_item("issues", pythonize(py, &failure.issues)?)?;
    class.call((failure.to_string(),), Some(&known))
}

/// A fault of passend itself, which nobody's data should bring about.
pub(crate) fn internal(reason: impl fmt::Display) -> PyErr {
    let hint = text(
        "Dit is een fout in passend; meld hem met deze tekst.",
        "This is a fault in passend; report it with this text.",
    );
    let failure = Failure::usage("passend", reason.to_string(), hint);
    Failure { kind: Kind::Internal, code: INTERNAL.to_owned(), field: None, ..failure }.into()
}

/// A file that cannot be opened.
pub(crate) fn unreadable_file(path: &Path, argument: &str, error: &std::io::Error) -> PyErr {
    let reason = format!("`{}` cannot be read: {error}", path.display());
    Failure {
        kind: Kind::Data,
        code: Code::Unreadable.id().to_owned(),
        ..Failure::usage(argument, reason, Code::Unreadable.hint())
    }
    .into()
}

/// A file that holds no records.
pub(crate) fn bad_file(path: &Path, argument: &str, error: &ReadError) -> PyErr {
    let told = error.to_string();
    let told = told.strip_prefix(error.code().id()).unwrap_or(&told).trim_start();
    let reason = format!("`{}`: {told}", path.display());
    let failure = Failure::usage(argument, reason, error.code().hint());
    Failure { kind: Kind::Data, code: error.code().id().to_owned(), ..failure }.into()
}

/// The issue of a row in a long table whose id no person has.
pub(crate) fn orphan(table: &'static str, row: u64, id: &str) -> Issue {
    Issue {
        table,
        row: Some(row),
        record: Some(row.saturating_add(1)),
        path: id.to_owned(),
        code: ORPHAN,
        rule: "the id of a person".to_owned(),
        hint: text(
            "Geen persoon heeft dit id, dus deze rij telt nergens mee.",
            "No person has this id, so this row counts for nobody.",
        ),
    }
}

/// A text in both languages.
pub(crate) fn text(nl: &str, en: &str) -> Text {
    Text { nl: nl.to_owned(), en: en.to_owned() }
}
