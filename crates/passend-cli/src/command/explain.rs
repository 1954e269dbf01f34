// SPDX-License-Identifier: EUPL-1.2
//! `passend explain`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Candidate, Vacancy};
use passend_io::{Batch, Code, Record, VocabularyUse};

use crate::arguments::{Law, Output, Refusals, Words};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{Inputs, not_both_standard};
use crate::output;

/// Explain one pair: the score in parts, every gate with its rule and source, steps and questions; closed pairs too
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The file of candidates, JSON Lines or one JSON list; `-` for standard input
    candidates: PathBuf,
    /// The file of vacancies
    vacancies: PathBuf,
    /// Id of the candidate
    #[arg(long, value_name = "ID")]
    candidate: String,
    /// Id of the vacancy
    #[arg(long, value_name = "ID")]
    vacancy: String,
    /// Places that the files name: CSV with `place,x,y[,radius]` in metres of RD New
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// How to write it; without it text on a terminal, else JSON
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Who reads it
    #[arg(long, value_enum, default_value = "caseworker")]
    reader: Reader,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    refusals: Refusals,
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
        not_both_standard(&self.candidates, &self.vacancies)?;
        let engine = self
            .law
            .engine(self.places.as_deref(), self.words.load(VocabularyUse::Matching, console)?)?;
        let mut inputs = Inputs::new(&self.refusals);
        let candidates = inputs.read::<Candidate>(&self.candidates, console)?;
        let vacancies = inputs.read::<Vacancy>(&self.vacancies, console)?;
        inputs.write_refused()?;
        let candidate = one(candidates, &self.candidate, Code::UnknownCandidate)?;
        let vacancy = one(vacancies, &self.vacancy, Code::UnknownVacancy)?;

        // A pair's score depends on the pair alone, so nothing else of the files need be prepared.
        let explanation = engine
            .market(&[candidate], &[vacancy], self.law.as_of())
            .map_err(|error| error.to_string())
            .and_then(|market| {
                market.explain(&self.candidate, &self.vacancy).map_err(|error| error.to_string())
            })
            .map_err(Failure::Internal)?;

        let target = self.output.target();
        let usual = if output::is_terminal(target) { Format::Text } else { Format::Json };
        let reader = match self.reader {
            Reader::Candidate => passend::Reader::Candidate,
            Reader::Caseworker => passend::Reader::Caseworker,
            Reader::Employer => passend::Reader::Employer,
        };
        output::write(target, |out| match self.format.unwrap_or(usual) {
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
        Ok(inputs.outcome())
    }
}

/// The record with this id. Which ids there are instead is not told: they may be about people.
pub(super) fn one<T: Record>(batch: Batch<T>, id: &str, code: Code) -> Result<T, Failure> {
    let file = batch.report.file;
    batch
        .accepted
        .into_iter()
        .find(|record| record.id() == id)
        .ok_or_else(|| Failure::known(file, code, format_args!("expected {}", code.rule())))
}
