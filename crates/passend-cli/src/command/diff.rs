// SPDX-License-Identifier: EUPL-1.2
//! `passend diff`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use passend::{Day, Difference, Engine, Lang, ReadinessClass, Side, Watch};
use passend_io::write::jsonl;

use crate::arguments::{Limit, LinesFormat, policy};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::progress::with_bar;
use crate::sides::{Files, Reading, Sides};
use crate::today;

/// Compare two policies, two days, or both: the pairs that change, and the rules that make the change
///
/// Both sides are run. A pair changes when its class of readiness does, when it opens both on another day and after another
/// wait, or, with other weights, when its score does.
#[derive(Debug, Args)]
pub(crate) struct Diff {
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
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<LinesFormat>,
    #[command(flatten)]
    sides: Sides,
    #[command(flatten)]
    limit: Limit,
}

impl Diff {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let policies = [("--a-policy", &self.a_policy), ("--b-policy", &self.b_policy)];
        let read = policies
            .into_iter()
            .flat_map(|(name, files)| files.iter().map(move |file| (name, file.as_path())))
            .collect();
        self.sides.check(Files { read, ..Files::default() })?;
        let vocabulary = self.sides.vocabulary(console)?;
        let engine = |files, announced| -> Result<Engine, Failure> {
            let policy = self.sides.with_places(policy(files, announced)?)?;
            Ok(Engine::new(policy, vocabulary.clone()))
        };
        let (a, b) =
            (engine(&self.a_policy, self.a_announced)?, engine(&self.b_policy, self.b_announced)?);
        let whole = &[(Side::Candidate, self.limit), (Side::Vacancy, self.limit)];
        let both = self.sides.read(Reading { whole, ..Reading::default() }, console)?;
        let first = self.a_as_of.unwrap_or_else(today::today);
        let second = self.b_as_of.unwrap_or(first);
        both.tell_permissions(&a, first, console);
        let market = |engine: Engine, as_of| {
            engine
                .market(&both.candidates.accepted, &both.vacancies.accepted, as_of)
                .map_err(Failure::internal)
        };
        let (a, b) = (market(a, first)?, market(b, second)?);
        let watch = Watch::new();
        let changed = with_bar(|| (watch.done(), watch.total()), || a.diff(&b, &watch))
            .map_err(Failure::internal)?;
        let format = self.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &changed),
            LinesFormat::Text => text(out, &changed, console.lang()),
        })?;
        Ok(both.outcome())
    }
}

/// A line for each pair that changes, in words; the rules between brackets.
fn text(out: &mut dyn Write, changed: &[Difference], lang: Lang) -> io::Result<()> {
    for one in changed {
        let (a, b) = (when(one.a, one.a_date, lang), when(one.b, one.b_date, lang));
        let rules = one.rules.join(", ");
        let rules = if rules.is_empty() { rules } else { format!(" ({rules})") };
        writeln!(out, "{} {}: {a} → {b}{rules}", one.candidate, one.vacancy)?;
    }
    Ok(())
}

/// When a pair is ready.
fn when(class: ReadinessClass, day: Option<Day>, lang: Lang) -> String {
    let (now, on, after, unknown, closed) = match lang {
        Lang::Nl => ("nu", "vanaf", "na een stap, rond", "eerst vragen of het mag", "kan niet"),
        Lang::En => (
            "now",
            "from",
            "after a step, around",
            "ask first whether it is allowed",
            "not possible",
        ),
    };
    let dated = |words: &str| match day {
        Some(day) => format!("{words} {}", passend::Text::from(day).get(lang)),
        None => words.to_owned(),
    };
    match class {
        ReadinessClass::Now => now.to_owned(),
        ReadinessClass::On => dated(on),
        ReadinessClass::After => dated(after),
        ReadinessClass::Unknown => unknown.to_owned(),
        ReadinessClass::Closed => closed.to_owned(),
    }
}
