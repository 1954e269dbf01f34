// SPDX-License-Identifier: EUPL-1.2
//! `passend explain`.

use std::slice;

use clap::{Args, ValueEnum};
use passend_io::Code;

use crate::arguments::Law;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::sides::{Files, Reading, Sides, must_be_permitted, one};

/// Explain one pair: the score in parts, every gate with its rule and source, steps and questions; closed pairs too
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Id of the candidate
    #[arg(long, value_name = "ID")]
    candidate: String,
    /// Id of the vacancy
    #[arg(long, value_name = "ID")]
    vacancy: String,
    /// How to write it; without it text on a terminal, else JSON
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Who reads it
    #[arg(long, value_enum, default_value = "caseworker")]
    reader: Reader,
    #[command(flatten)]
    sides: Sides,
    #[command(flatten)]
    law: Law,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object on one line
    Json,
    /// One page that stands alone, without script
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Reader {
    /// The person
    Candidate,
    /// Who guides the person
    Caseworker,
    /// Who offers the work
    Employer,
}

impl Explain {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let engine = self.sides.engine(&self.law, Files::default(), console)?;
        let both = self.sides.read(Reading::default(), console)?;
        let candidate = one(&both.candidates, &self.candidate, Code::UnknownCandidate)?;
        let vacancy = one(&both.vacancies, &self.vacancy, Code::UnknownVacancy)?;

        let as_of = self.law.as_of();
        must_be_permitted(&engine, &both.candidates, candidate, as_of)?;
        // A pair's score depends on the pair alone, so nothing else of the files need be prepared.
        let explanation = engine
            .market(slice::from_ref(candidate), slice::from_ref(vacancy), as_of)
            .map_err(Failure::internal)?
            .explain(&self.candidate, &self.vacancy)
            .map_err(Failure::internal)?;

        let reader = match self.reader {
            Reader::Candidate => passend::Reader::Candidate,
            Reader::Caseworker => passend::Reader::Caseworker,
            Reader::Employer => passend::Reader::Employer,
        };
        let format = self.sides.format(self.format, Format::Text, Format::Json);
        output::write(self.sides.target(), |out| match format {
            Format::Json => {
                match reader {
                    passend::Reader::Caseworker => {
                        serde_json::to_writer(&mut *out, &explanation)?;
                    }
                    // Another reader gets no more than the page shows.
                    reader => serde_json::to_writer(&mut *out, &explanation.page(reader))?,
                }
                writeln!(out)
            }
            Format::Text => out.write_all(explanation.text(console.lang(), reader).as_bytes()),
            Format::Html => out.write_all(explanation.html(console.lang(), reader).as_bytes()),
        })?;
        Ok(both.outcome())
    }
}
