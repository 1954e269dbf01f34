// SPDX-License-Identifier: EUPL-1.2
//! `passend relax`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Candidate, Lang, Relaxed, Vacancy};
use passend_io::write::jsonl;
use passend_io::{Code, VocabularyUse};

use super::explain::one;
use crate::arguments::{Law, Limit, Output, Refusals, Words};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{Inputs, not_both_standard};
use crate::output;

/// Show for one vacancy what relaxing each demand adds: candidates who are ready now, and by a day
///
/// What the law asks cannot be relaxed and is not listed.
#[derive(Debug, Args)]
pub(crate) struct Relax {
    /// The file of vacancies, JSON Lines or one JSON list; `-` for standard input
    vacancies: PathBuf,
    /// The file of candidates
    candidates: PathBuf,
    /// Id of the vacancy
    #[arg(long, value_name = "ID")]
    vacancy: String,
    /// Places that the files name: CSV with `place,x,y[,radius]` in metres of RD New
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// How to write it; without it text on a terminal, else JSON Lines
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
    /// One object a line
    Jsonl,
}

impl Relax {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        not_both_standard(&self.vacancies, &self.candidates)?;
        let words = self.words.load(VocabularyUse::Matching, console)?;
        let engine = self.law.engine(self.places.as_deref(), words)?;
        let mut inputs = Inputs::new(&self.refusals);
        let vacancies = inputs.read::<Vacancy>(&self.vacancies, console)?;
        let candidates = inputs.read::<Candidate>(&self.candidates, console)?;
        inputs.limit(&candidates, self.limit)?;
        inputs.write_refused()?;
        let vacancy = one(vacancies, &self.vacancy, Code::UnknownVacancy)?;
        let relaxed = engine
            .market(&candidates.accepted, &[vacancy], self.law.as_of())
            .map_err(|error| error.to_string())
            .and_then(|market| market.relax(&self.vacancy).map_err(|error| error.to_string()))
            .map_err(Failure::Internal)?;
        let target = self.output.target();
        let usual = if output::is_terminal(target) { Format::Text } else { Format::Jsonl };
        output::write(target, |mut out| match self.format.unwrap_or(usual) {
            Format::Jsonl => jsonl(&mut out, &relaxed),
            Format::Text => text(out, &relaxed, console.lang()),
        })?;
        Ok(inputs.outcome())
    }
}

fn text(out: &mut dyn Write, relaxed: &[Relaxed], lang: Lang) -> io::Result<()> {
    for one in relaxed {
        writeln!(out, "{}", one.text.get(lang))?;
        let by = one.by_date.iter().map(|by| match lang {
            Lang::Nl => format!("{} meer op {}", by.added, by.date),
            Lang::En => format!("{} more by {}", by.added, by.date),
        });
        let now = match lang {
            Lang::Nl => format!("{} meer nu", one.now),
            Lang::En => format!("{} more now", one.now),
        };
        writeln!(out, "  {}", std::iter::once(now).chain(by).collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}
