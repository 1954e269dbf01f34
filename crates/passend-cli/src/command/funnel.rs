// SPDX-License-Identifier: EUPL-1.2
//! `passend funnel`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use passend::{Dimension, Funnel, Lang, Watch};
use passend_io::write::jsonl;

use super::population::{Population, dimension};
use crate::arguments::LinesFormat;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::progress::with_bar;
use crate::sides::Files;

/// Count of a population who may work, who finds work open and from when, and at which gate the others stop
///
/// The numbers are exact and meant for who works with the population: small ones can point to one person, so publish
/// those of `report` or `groups` instead.
#[derive(Debug, Args)]
pub(crate) struct FunnelCommand {
    /// Count by group
    #[arg(long, value_name = "DIMENSION", value_parser = dimension)]
    by: Option<Dimension>,
    /// Write the ids behind each number to this file, JSON Lines; its owner alone may read it
    #[arg(long, value_name = "FILE")]
    ids: Option<PathBuf>,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<LinesFormat>,
    #[command(flatten)]
    population: Population,
}

impl FunnelCommand {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let written = self.ids.as_deref().map(|file| ("--ids", file));
        let files = Files { written: written.into_iter().collect(), ..Files::default() };
        let engine = self.population.engine(files, console)?;
        let both = self.population.read(console)?;
        let market = self.population.market(&engine, &both)?;
        let watch = Watch::new();
        let funnel = with_bar(
            || (watch.done(), watch.total()),
            || market.funnel(self.by, self.population.threads(), &watch),
        )
        .map_err(Failure::internal)?;
        if let Some(file) = &self.ids {
            output::write_private(file, |mut out| jsonl(&mut out, funnel.ids(&market)))?;
        }
        let format =
            self.population.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.population.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, funnel.lines()),
            LinesFormat::Text => text(out, &funnel, console.lang()),
        })?;
        Ok(both.outcome())
    }
}

fn text(out: &mut dyn Write, funnel: &Funnel, lang: Lang) -> io::Result<()> {
    for group in &funnel.groups {
        writeln!(out, "{}", group.name.get(lang))?;
        for line in funnel.lines().filter(|line| line.group == group.code) {
            writeln!(out, "  {:<60}{:>9}", line.name().get(lang), line.people)?;
        }
    }
    Ok(())
}
