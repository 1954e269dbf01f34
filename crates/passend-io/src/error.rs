// SPDX-License-Identifier: EUPL-1.2
//! Why a file as a whole could not be read.

use std::io;

use passend::Text;

use crate::Code;
use crate::detail::Detail;

/// Why a file as a whole could not be read. What is wrong with one row is in the [`Report`](crate::Report) instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Reading stopped with an error of the system.
    #[error("E110 cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// The content is no list of records.
    #[error("{0}")]
    Content(Content),
}

/// What the content of a file is instead of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    code: Code,
    detail: Detail,
}

impl Content {
    pub(crate) fn new(code: Code) -> Self {
        Self { code, detail: Detail::default() }
    }

    /// Content with what fills its texts.
    pub(crate) fn with(code: Code, detail: Detail) -> Self {
        Self { code, detail }
    }

    /// The same, told with another code.
    pub(crate) fn told_as(self, code: Code) -> Self {
        Self { code, ..self }
    }

    pub(crate) fn code(&self) -> Code {
        self.code
    }

    /// Content of a kind that has a name.
    pub(crate) fn kind(code: Code, nl: &str, en: &str) -> Self {
        let kind = Text { nl: nl.to_owned(), en: en.to_owned() };
        Self { code, detail: Detail::default().text("kind", kind) }
    }

    /// A format that only knows this side.
    pub(crate) fn side(side: &'static str) -> Self {
        Self { code: Code::OtherSide, detail: Detail::default().same("side", side) }
    }

    /// Content of which something was expected.
    pub(crate) fn expected(code: Code, name: &'static str, expected: &str) -> Self {
        Self { code, detail: Detail::default().same(name, expected) }
    }

    /// Content of which something was expected, in words.
    pub(crate) fn expected_text(code: Code, name: &'static str, expected: Text) -> Self {
        Self { code, detail: Detail::default().text(name, expected) }
    }
}

impl std::fmt::Display for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} expected {}", self.code, self.detail.rule(self.code))
    }
}

impl ReadError {
    /// The code of the catalogue.
    pub fn code(&self) -> Code {
        match self {
            Self::Unreadable(_) => Code::Unreadable,
            Self::Content(content) => content.code,
        }
    }

    /// What to do.
    pub fn hint(&self) -> Text {
        match self {
            Self::Unreadable(_) => Code::Unreadable.hint(),
            Self::Content(content) => content.detail.hint(content.code),
        }
    }
}
