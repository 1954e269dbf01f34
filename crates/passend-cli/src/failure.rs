// SPDX-License-Identifier: EUPL-1.2
//! How a run of the program can end.

use std::fmt::Display;
use std::io;
use std::path::Path;

use passend::Text;
use passend_io::{Code, ReadError};

/// How a run ends that did what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    /// Done, but rows were refused.
    RowsRefused,
    /// What was to be checked is not right.
    CheckFailed,
}

impl Outcome {
    pub(crate) fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::RowsRefused => 3,
            Self::CheckFailed => 4,
        }
    }
}

/// Why a run could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The reader of our output went away; it has what it wanted.
    #[error("nobody reads the output any more")]
    BrokenPipe,
    /// The command line asks what cannot be.
    #[error("{0}")]
    Usage(String),
    /// A file cannot be read or is not what it should be.
    #[error("{file}: {source}")]
    Read { file: String, source: ReadError },
    /// Too many rows of a file were refused.
    #[error(
        "{file}: {} expected at most {percent} percent of the rows refused; {refused} of {read} were",
        Code::TooManyRefused
    )]
    TooManyRefused { file: String, percent: u8, refused: usize, read: u64 },
    /// A row was refused and `--strict` was asked.
    #[error("{file}: {} expected {}", Code::StoppedAtFirst, Code::StoppedAtFirst.rule())]
    Stopped { file: String },
    /// Something else of the catalogue.
    #[error("{subject}: {code} {what}")]
    Known { subject: String, code: Code, what: String },
    /// The engine contradicts itself; nothing that the input could cause.
    #[error("{0}; please report this")]
    Internal(String),
}

impl Failure {
    pub(crate) fn known(subject: impl Display, code: Code, what: impl Display) -> Self {
        Self::Known { subject: subject.to_string(), code, what: what.to_string() }
    }

    /// What the input cannot cause.
    pub(crate) fn internal(error: impl Display) -> Self {
        Self::Internal(error.to_string())
    }

    /// A file that cannot be opened or read.
    pub(crate) fn unreadable(file: &Path, error: io::Error) -> Self {
        Self::Read { file: file.display().to_string(), source: ReadError::Unreadable(error) }
    }

    /// An output that cannot be written.
    pub(crate) fn unwritable(target: impl Display, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            io::ErrorKind::ResourceBusy => {
                Self::known(target, Code::Busy, format_args!("expected {}", Code::Busy.rule()))
            }
            _ => Self::known(target, Code::Unwritable, format_args!("cannot be written: {error}")),
        }
    }

    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::BrokenPipe => 0,
            Self::Usage(_) => 2,
            _ => 1,
        }
    }

    /// What to do.
    pub(crate) fn hint(&self) -> Option<Text> {
        Some(match self {
            Self::BrokenPipe | Self::Internal(_) => return None,
            Self::Usage(_) => Text {
                nl: "Met `--help` achter de opdracht ziet u wat kan.".to_owned(),
                en: "`--help` after the command shows what can be.".to_owned(),
            },
            Self::Read { source, .. } => source.hint(),
            Self::TooManyRefused { refused, read, .. } => {
                let fill = |text: String| {
                    text.replace("{refused}", &refused.to_string())
                        .replace("{read}", &read.to_string())
                };
                let hint = Code::TooManyRefused.hint();
                Text { nl: fill(hint.nl), en: fill(hint.en) }
            }
            Self::Stopped { .. } => Code::StoppedAtFirst.hint(),
            Self::Known { code, .. } => code.hint(),
        })
    }
}
