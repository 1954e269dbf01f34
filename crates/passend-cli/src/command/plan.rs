// SPDX-License-Identifier: EUPL-1.2
//! `passend plan`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{PlanRequest, Programme, Side};
use passend_io::Code;

use crate::arguments::{Law, Limit};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::text;
use crate::output;
use crate::sides::{Files, Reading, Sides, must_be_permitted, one};

/// Plan for one candidate: which steps open which vacancies by when, the path to work at the own level, stepping stones
///
/// What a plan promises can be checked: `match` of the record in `then`, with `--as-of` the day in `by` and `--when now`,
/// lists what the plan opens and what the unchanged record lists with the same flags.
#[derive(Debug, Args)]
pub(crate) struct Plan {
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
    /// How to write it; without it text on a terminal, else JSON
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    sides: Sides,
    #[command(flatten)]
    law: Law,
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
        let read =
            self.programmes.as_deref().map(|file| ("--programmes", file)).into_iter().collect();
        let engine = self.sides.engine(&self.law, Files { read, ..Files::default() }, console)?;
        let programmes = match &self.programmes {
            None => Vec::new(),
            Some(file) => Programme::read(&text(file)?, engine.policy())
                .map_err(|error| Failure::known(file.display(), Code::BadProgrammes, error))?,
        };
        let whole = &[(Side::Vacancy, self.limit)];
        let both = self.sides.read(Reading { whole, ..Reading::default() }, console)?;
        let candidate = one(&both.candidates, &self.candidate, Code::UnknownCandidate)?;
        let as_of = self.law.as_of();
        must_be_permitted(&engine, &both.candidates, candidate, as_of)?;
        let market =
            engine.market(&[], &both.vacancies.accepted, as_of).map_err(Failure::internal)?;
        let plan = market.plan(
            candidate,
            &PlanRequest {
                max_steps: usize::from(self.max_steps),
                sure: self.sure,
                k: usize::from(self.k),
                programmes,
            },
        );
        let format = self.sides.format(self.format, Format::Text, Format::Json);
        output::write(self.sides.target(), |out| match format {
            Format::Json => {
                serde_json::to_writer(&mut *out, &plan)?;
                writeln!(out)
            }
            Format::Text => out.write_all(plan.text(console.lang(), &market).as_bytes()),
        })?;
        Ok(both.outcome())
    }
}
