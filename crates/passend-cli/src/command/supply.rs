// SPDX-License-Identifier: EUPL-1.2
//! `passend supply`.

use std::io::{self, Write};

use clap::Args;
use passend::{Lang, SupplyLine, Watch};
use passend_io::write::jsonl;

use super::population::{Format, Population};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::progress::with_bar;
use crate::sides::Files;

/// Set open positions against people who are ready, by kind of work, sector and region
///
/// People who did several kinds of work count in each of them.
#[derive(Debug, Args)]
pub(crate) struct Supply {
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    population: Population,
}

impl Supply {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let engine = self.population.engine(Files::default(), console)?;
        let both = self.population.read(console)?;
        let market = self.population.market(&engine, &both)?;
        let watch = Watch::new();
        let lines = with_bar(
            || (watch.done(), watch.total()),
            || market.supply(self.population.threads(), &watch),
        )
        .map_err(Failure::internal)?;
        let format = self.population.sides.format(self.format, Format::Text, Format::Jsonl);
        output::write(self.population.sides.target(), |mut out| match format {
            Format::Jsonl => jsonl(&mut out, &lines),
            Format::Text => text(out, &lines, console.lang()),
        })?;
        Ok(both.outcome())
    }
}

fn text(out: &mut dyn Write, lines: &[SupplyLine], lang: Lang) -> io::Result<()> {
    for line in lines {
        let of = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        let kind =
            format!("ISCO {} · SBI {} · {}", of(&line.isco), of(&line.sector), of(&line.region));
        let SupplyLine { positions, ready_now, ready_12m, missing, part_time_hours, .. } = line;
        match lang {
            Lang::Nl => writeln!(
                out,
                "{kind}: {positions} plaatsen; nu {ready_now} mensen, binnen een jaar {ready_12m}; tekort {missing}; deeltijd {part_time_hours} uur"
            )?,
            Lang::En => writeln!(
                out,
                "{kind}: {positions} positions; {ready_now} people now, {ready_12m} within a year; missing {missing}; part-time {part_time_hours} hours"
            )?,
        }
    }
    Ok(())
}
