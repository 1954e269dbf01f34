// SPDX-License-Identifier: EUPL-1.2
//! `passend schema`.

use clap::{Args, ValueEnum};
use passend::{Candidate, Explanation, MatchLine, Vacancy};
use schemars::schema_for;

use crate::failure::{Failure, Outcome};
use crate::output;

/// Print the JSON Schema of a record that is read or written
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// The record
    record: Kind,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// A line of the file of candidates
    Candidate,
    /// A line of the file of vacancies
    Vacancy,
    /// A line that `match` writes
    Match,
    /// What `explain -f json` writes
    Explanation,
}

impl Schema {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let schema = match self.record {
            Kind::Candidate => schema_for!(Candidate),
            Kind::Vacancy => schema_for!(Vacancy),
            Kind::Match => schema_for!(MatchLine),
            Kind::Explanation => schema_for!(Explanation),
        };
        output::write(None, |out| {
            serde_json::to_writer_pretty(&mut *out, &schema)?;
            writeln!(out)
        })?;
        Ok(Outcome::Done)
    }
}
