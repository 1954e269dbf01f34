// SPDX-License-Identifier: EUPL-1.2
//! `passend diff`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Candidate, Day, Difference, Engine, Vacancy, Watch};
use passend_io::VocabularyUse;
use passend_io::write::jsonl;

use crate::arguments::{Limit, Output, Refusals, Words, policy};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{Inputs, not_both_standard, places};
use crate::output;
use crate::progress::with_bar;
use crate::today;

/// Compare two policies, two days, or both: the pairs that change, and the rules that make the change
///
/// Both sides are run. A pair changes when its class of readiness does, when it opens both on another day and after another
/// wait, or, with other weights, when its score does.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The file of candidates, JSON Lines or one JSON list; `-` for standard input
    candidates: PathBuf,
    /// The file of vacancies
    vacancies: PathBuf,
    /// Rules of the first side: a TOML file; repeatable
    #[arg(long, value_name = "FILE")]
    a_policy: Vec<PathBuf>,
    /// Rules of the second side
    #[arg(long, value_name = "FILE")]
    b_policy: Vec<PathBuf>,
    /// Day of the first side; without it today by UTC
    #[arg(long, value_name = "DATE")]
    a_as_of: Option<Day>,
    /// Day of the second side; without it that of the first
    #[arg(long, value_name = "DATE")]
    b_as_of: Option<Day>,
    /// Let announced rules decide on the first side
    #[arg(long)]
    a_announced: bool,
    /// Let announced rules decide on the second side
    #[arg(long)]
    b_announced: bool,
    /// Places that the files name: CSV with `place,x,y[,radius]` in metres of RD New
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    output: Output,
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

impl Diff {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        not_both_standard(&self.candidates, &self.vacancies)?;
        let mut inputs = Inputs::new(&self.refusals);
        let candidates = inputs.read::<Candidate>(&self.candidates, console)?;
        let vacancies = inputs.read::<Vacancy>(&self.vacancies, console)?;
        inputs.limit(&candidates, self.limit)?;
        inputs.limit(&vacancies, self.limit)?;
        inputs.write_refused()?;
        let (people, work) = (candidates.accepted, vacancies.accepted);
        let first = self.a_as_of.unwrap_or_else(today::today);
        let second = self.b_as_of.unwrap_or(first);
        let words = self.words.load(VocabularyUse::Matching, console)?;
        let engine = |files, announced| -> Result<Engine, Failure> {
            let policy = policy(files, announced)?;
            Ok(match &self.places {
                Some(file) => Engine::new(policy.with_places(places(file)?), words.clone()),
                None => Engine::new(policy, words.clone()),
            })
        };
        let side = |engine: Engine, as_of| {
            let market = engine.market(&people, &work, as_of);
            market.map_err(|error| Failure::Internal(error.to_string()))
        };
        let a = side(engine(&self.a_policy, self.a_announced)?, first)?;
        let b = side(engine(&self.b_policy, self.b_announced)?, second)?;
        let watch = Watch::new();
        let changed = with_bar(|| (watch.done(), watch.total()), || a.diff(&b, &watch))
            .map_err(|error| Failure::Internal(error.to_string()))?;
        let target = self.output.target();
        let usual = if output::is_terminal(target) { Format::Text } else { Format::Jsonl };
        output::write(target, |mut out| match self.format.unwrap_or(usual) {
            Format::Jsonl => jsonl(&mut out, &changed),
            Format::Text => text(out, &changed),
        })?;
        Ok(inputs.outcome())
    }
}

fn text(out: &mut dyn Write, changed: &[Difference]) -> io::Result<()> {
    for one in changed {
        let when = |day: Option<Day>| day.map(|day| format!(" {day}")).unwrap_or_default();
        writeln!(
            out,
            "{} {}: {}{} → {}{} ({})",
            one.candidate,
            one.vacancy,
            one.a.code(),
            when(one.a_date),
            one.b.code(),
            when(one.b_date),
            one.rules.join(", ")
        )?;
    }
    Ok(())
}
