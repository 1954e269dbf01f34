// SPDX-License-Identifier: EUPL-1.2
//! The sidecar: what messages have and records have not. It may hold contact details and data about health, so only its
//! owner may read it, and nothing of it enters a record.

use std::io::BufRead;

use passend::Side;
use serde::{Deserialize, Serialize};

use super::super::patch::Kept;
use super::Version;

/// The form of the lines of a sidecar.
const SCHEMA: &str = "passend/vum-sidecar/1";

/// Parts of a path at most.
const DEEPEST: usize = 16;

/// What a message has and its record has not: one line of a sidecar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SidecarLine {
    schema: String,
    version: String,
    side: String,
    /// The id of the record.
    pub id: String,
    /// The parts of the message.
    pub kept: Vec<Kept>,
}

impl SidecarLine {
    pub(super) fn new(version: Version, side: Side, id: &str, kept: Vec<Kept>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            version: version.number().to_owned(),
            side: side_name(side).to_owned(),
            id: id.to_owned(),
            kept,
        }
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Candidate => "candidate",
        Side::Vacancy => "vacancy",
    }
}

/// The sidecar of a file of messages: a line for each record that does not hold all of its message. Write it with
/// [`write::jsonl`](crate::write::jsonl) to a file that only its owner may read ([`Access::Owner`](crate::Access::Owner)).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sidecar {
    lines: Vec<SidecarLine>,
}

/// A line of a sidecar that is none.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: expected {expected}")]
pub struct SidecarError {
    /// The line, from 1.
    pub line: u64,
    expected: &'static str,
}

impl Sidecar {
    /// Reads a sidecar. Of two lines for one record the last counts.
    ///
    /// # Errors
    /// When a line is none of a sidecar, or the input cannot be read.
    pub fn read(input: impl BufRead) -> Result<Self, SidecarError> {
        let mut sidecar = Self::default();
        for (number, line) in (1..).zip(input.lines()) {
            let wrong = |expected| SidecarError { line: number, expected };
            let line = line.map_err(|_| wrong("text in UTF-8 that can be read"))?;
            if line.trim().is_empty() {
                continue;
            }
            let line: SidecarLine = serde_json::from_str(&line)
                .map_err(|_| wrong("`schema`, `version`, `side`, `id` and `kept`"))?;
            if line.schema != SCHEMA {
                return Err(wrong("the schema `passend/vum-sidecar/1`"));
            }
            // Messages are some seven levels deep; a path without end would be followed without end.
            if line.kept.iter().any(|part| part.at.split('.').count() > DEEPEST) {
                return Err(wrong("paths of at most 16 parts in `kept`"));
            }
            sidecar.push(line);
        }
        Ok(sidecar)
    }

    /// Its lines, in order of the records.
    pub fn lines(&self) -> &[SidecarLine] {
        &self.lines
    }

    pub(super) fn push(&mut self, line: SidecarLine) {
        self.lines.push(line);
    }

    /// The parts for the records of a side, by id.
    pub(super) fn parts(
        &self,
        side: Side,
        version: Version,
    ) -> impl Iterator<Item = (&str, &[Kept])> {
        self.lines
            .iter()
            .filter(move |line| line.side == side_name(side) && line.version == version.number())
            .map(|line| (line.id.as_str(), line.kept.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_none_is_named() {
        let line = |at: &str| {
            format!(
                "\n{{\"schema\":\"passend/vum-sidecar/1\",\"version\":\"3.0\",\"side\":\"candidate\",\"id\":\"w1\",\"kept\":[{{\"at\":\"{at}\",\"is\":1}}]}}\n"
            )
        };
        assert_eq!(Sidecar::read(line("a.b").as_bytes()).unwrap().lines().len(), 1);
        for text in [
            line(&"a.".repeat(100_000)),
            line("a").replace("sidecar/1", "sidecar/2"),
            "\n{}".to_owned(),
        ] {
            assert_eq!(Sidecar::read(text.as_bytes()).unwrap_err().line, 2);
        }
    }
}
