// SPDX-License-Identifier: EUPL-1.2
//! `passend plan`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Candidate, PlanRequest, Programme, Vacancy};
use passend_io::{Code, VocabularyUse};

use super::explain::one;
use crate::arguments::{Law, Limit, Output, Refusals, Words};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{Inputs, not_both_standard, text};
use crate::output;

/// Plan for one candidate: which steps open which vacancies by when, the path to work at the own level, stepping stones
///
/// What a plan promises can be checked: `match` of the record in `then`, with `--as-of` the day in `by` and `--when now`,
/// lists what the plan opens and what the unchanged record lists with the same flags.
#[derive(Debug, Args)]
pub(crate) struct Plan {
    /// The file of candidates, JSON Lines or one JSON list; `-` for standard input
    candidates: PathBuf,
    /// The file of vacancies
    vacancies: PathBuf,
    /// Id of the candidate
    #[arg(long, value_name = "ID")]
    candidate: String,
    /// Steps in one plan, at most
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=6))]
    max_steps: u8,
    /// Vacancies in the list at the own level, and in each list of stepping stones
    #[arg(short, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    k: u16,
    /// Leave out pairs for which the law asks something that is not known
    #[arg(long)]
    sure: bool,
    /// Programmes of the region that steps can be taken in, TOML
    #[arg(long, value_name = "FILE")]
    programmes: Option<PathBuf>,
    /// Places that the files name: CSV with `place,x,y[,radius]` in metres of RD New
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// How to write it; without it text on a terminal, else JSON
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    refusals: Refusals,
    #[command(flatten)]
    limit: Limit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object on one line
    Json,
}

impl Plan {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        not_both_standard(&self.candidates, &self.vacancies)?;
        let words = self.words.load(VocabularyUse::Matching, console)?;
        let engine = self.law.engine(self.places.as_deref(), words)?;
        let programmes = match &self.programmes {
            None => Vec::new(),
            Some(file) => Programme::read(&text(file)?, engine.policy())
                .map_err(|error| Failure::known(file.display(), Code::BadProgrammes, error))?,
        };
        let mut inputs = Inputs::new(&self.refusals);
        let candidates = inputs.read::<Candidate>(&self.candidates, console)?;
        let vacancies = inputs.read::<Vacancy>(&self.vacancies, console)?;
        inputs.limit(&vacancies, self.limit)?;
        inputs.write_refused()?;
        let candidate = one(candidates, &self.candidate, Code::UnknownCandidate)?;
        let market = engine
            .market(&[], &vacancies.accepted, self.law.as_of())
            .map_err(|error| Failure::Internal(error.to_string()))?;
        let plan = market.plan(
            &candidate,
            &PlanRequest {
                max_steps: usize::from(self.max_steps),
                sure: self.sure,
                k: usize::from(self.k),
                programmes,
            },
        );
        let target = self.output.target();
        let usual = if output::is_terminal(target) { Format::Text } else { Format::Json };
        output::write(target, |out| match self.format.unwrap_or(usual) {
            Format::Json => {
                serde_json::to_writer(&mut *out, &plan)?;
                writeln!(out)
            }
            Format::Text => out.write_all(plan.text(console.lang(), &market).as_bytes()),
        })?;
        Ok(inputs.outcome())
    }
}
