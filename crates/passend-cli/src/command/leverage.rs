// SPDX-License-Identifier: EUPL-1.2
//! `passend leverage`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use passend::{
    Dimension, Lang, Leverage, LeverageRequest, MeasureName, Measures, Policy, TogetherLine, Watch,
};
use passend_io::Code;
use passend_io::write::jsonl;

use super::population::{Population, dimension};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::progress::with_bar;
use crate::sides::Files;
use crate::{input, output};

/// Count for each measure how many more people find work: now, and within 3, 6 and 12 months
///
/// Somebody finds work where a vacancy is open, or opens on a day, without any step. Only who does not without the measure
/// and does with it is counted, at the usual lead time of the measure. Measures: a level of Dutch, certificates, evaluation
/// of diplomas, permits, lessons, travel, English, a coach; or those of a file.
#[derive(Debug, Args)]
pub(crate) struct LeverageCommand {
    /// Measures of your own: TOML with `[[measure]]`; they take the place of those of the program
    #[arg(long, value_name = "FILE")]
    measures: Option<PathBuf>,
    /// Count by group
    #[arg(long, value_name = "DIMENSION", value_parser = dimension)]
    by: Option<Dimension>,
    /// How many vacancies must be open to somebody to count
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    matches: u16,
    /// The least score of each of them, 1 to 10000
    #[arg(long, value_name = "SCORE", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    score: u16,
    /// Up to so many measures together too; nobody is counted twice
    #[arg(long, value_name = "N", default_value_t = 0)]
    together: u8,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    population: Population,
}

/// The measures of a file, or those of the program.
pub(super) fn measures(file: Option<&Path>, policy: &Policy) -> Result<Measures, Failure> {
    let Some(file) = file else { return Ok(Measures::builtin(policy)) };
    let name = file.display();
    Measures::read(&name.to_string(), &input::text(file)?, policy)
        .map_err(|error| Failure::known(name, Code::BadMeasures, error))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object a line
    Jsonl,
    /// One object with all: the groups and who finds work without any measure too
    Json,
}

impl LeverageCommand {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let read = self.measures.as_deref().map(|file| ("--measures", file));
        let files = Files { read: read.into_iter().collect(), ..Files::default() };
        let engine = self.population.engine(files, console)?;
        let measures = measures(self.measures.as_deref(), engine.policy())?;
        let both = self.population.read(console)?;
        let market = self.population.market(&engine, &both)?;
        let request = LeverageRequest {
            by: self.by,
            matches: self.matches,
            score: self.score,
            together: self.together,
            threads: self.population.threads(),
        };
        let watch = Watch::new();
        let found = with_bar(
            || (watch.done(), watch.total()),
            || market.leverage(&measures, &request, &watch),
        )
        .map_err(Failure::internal)?;
        let format = self.population.sides.format(self.format, Format::Text, Format::Jsonl);
        let names: Vec<MeasureName> = measures.names().collect();
        output::write(self.population.sides.target(), |mut out| match format {
            Format::Json => jsonl(&mut out, [&found]),
            Format::Jsonl => {
                jsonl(&mut out, &found.lines)?;
                jsonl(&mut out, &found.together)
            }
            Format::Text => text(out, &found, &names, console.lang()),
        })?;
        Ok(both.outcome())
    }
}

/// For each group who finds work anyway, and what each measure adds: now, 3, 6 and 12 months.
fn text(
    out: &mut dyn Write,
    found: &Leverage,
    names: &[MeasureName],
    lang: Lang,
) -> io::Result<()> {
    let row = |out: &mut dyn Write, name: &str, people: &[u32], sign: &str| {
        write!(out, "  {name:<44}")?;
        for people in people {
            write!(out, "{:>9}", format!("{sign}{people}"))?;
        }
        writeln!(out)
    };
    for group in &found.groups {
        let base = found.base.iter().filter(|line| line.group == group.code);
        let of = base.clone().map(|line| line.of).next().unwrap_or_default();
        match lang {
            Lang::Nl => writeln!(out, "{} ({of} mensen)", group.name.get(lang))?,
            Lang::En => writeln!(out, "{} ({of} people)", group.name.get(lang))?,
        }
        let (heads, anyway) = match lang {
            Lang::Nl => (["nu", "3 mnd", "6 mnd", "12 mnd"], "vindt werk zonder maatregel"),
            Lang::En => (["now", "3 m", "6 m", "12 m"], "find work without a measure"),
        };
        writeln!(out, "  {:<44}{}", "", heads.map(|head| format!("{head:>9}")).concat())?;
        row(out, anyway, &base.map(|line| line.people).collect::<Vec<_>>(), "")?;
        for one in names {
            let lines = found.lines.iter();
            let own = lines.filter(|line| line.group == group.code && line.measure == one.id);
            let people: Vec<u32> = own.map(|line| line.people).collect();
            row(out, one.name.get(lang), &people, "+")?;
        }
    }
    for line in &found.together {
        let TogetherLine { measures, found, horizon, people } = line;
        let how = match (lang, found) {
            (Lang::Nl, passend::Found::Greedy) => "steeds de beste erbij",
            (Lang::En, passend::Found::Greedy) => "the best added each time",
            (Lang::Nl, passend::Found::Exact) => "alle combinaties geprobeerd",
            (Lang::En, passend::Found::Exact) => "all sets tried",
        };
        writeln!(out, "{} ({how}), {}: +{people}", measures.join(" + "), horizon.code())?;
    }
    Ok(())
}
