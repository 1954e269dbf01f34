// SPDX-License-Identifier: EUPL-1.2
//! `passend supply`.

use std::io::{self, Write};

use clap::Args;
use passend::{Lang, SupplyLine, Watch};
use passend_io::write::jsonl;

use super::population::Population;
use crate::arguments::LinesFormat;
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
    format: Option<LinesFormat>,
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
        let format =
            self.population.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.population.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &lines),
            LinesFormat::Text => text(out, &lines, console.lang()),
        })?;
        Ok(both.outcome())
    }
}

fn text(out: &mut dyn Write, lines: &[SupplyLine], lang: Lang) -> io::Result<()> {
    let heads = match lang {
        Lang::Nl => ["regio", "plaatsen", "nu", "binnen een jaar", "tekort", "uren deeltijd"],
        Lang::En => ["region", "positions", "now", "within a year", "missing", "part-time hours"],
    };
    let [region, positions, now, year, missing, hours] = heads;
    writeln!(
        out,
        "ISCO  SBI  {region:<7}{positions:>10}{now:>7}{year:>17}{missing:>9}{hours:>17}"
    )?;
    for line in lines {
        let of = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        let (isco, sector, region) = (of(&line.isco), of(&line.sector), of(&line.region));
        let SupplyLine { positions, ready_now, ready_12m, missing, part_time_hours, .. } = line;
        writeln!(
            out,
            "{isco:<6}{sector:<5}{region:<7}{positions:>10}{ready_now:>7}{ready_12m:>17}{missing:>9}{part_time_hours:>17}"
        )?;
    }
    Ok(())
}
