// SPDX-License-Identifier: EUPL-1.2
//! `passend pools`.

use std::io::{self, Write};

use clap::Args;
use passend::{Lang, PoolLine, PoolRequest, Watch};
use passend_io::write::jsonl;

use super::population::Population;
use crate::arguments::{LinesFormat, TakePart};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::progress::with_bar;
use crate::sides::Files;

/// Combine part-time vacancies into a full week for one person: every pool of two or three that fit together
///
/// A full week is 28 to 40 hours. The parts do not clash, leave lessons free and leave time to travel between them; none
/// of them could be left out. A pool tells how many TWVs it takes: that of one agency covers all its hirers.
#[derive(Debug, Args)]
pub(crate) struct Pools {
    /// The length of the lists from which parts are taken
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    top: u32,
    #[command(flatten)]
    pairs: TakePart,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<LinesFormat>,
    #[command(flatten)]
    population: Population,
}

impl Pools {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let engine = self.population.engine(Files::default(), console)?;
        let both = self.population.read(console)?;
        both.tell_permissions(&engine, self.population.as_of(), console);
        let market = self.population.market(&engine, &both)?;
        let watch = Watch::new();
        let request = PoolRequest {
            top: usize::try_from(self.top).unwrap_or(usize::MAX),
            when: self.pairs.when(),
            sure: self.pairs.sure,
            threads: self.population.threads(),
        };
        let pools = with_bar(|| (watch.done(), watch.total()), || market.pools(&request, &watch))
            .map_err(Failure::internal)?;
        let format =
            self.population.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.population.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &pools),
            LinesFormat::Text => text(out, &pools, console.lang()),
        })?;
        Ok(both.outcome())
    }
}

fn text(out: &mut dyn Write, pools: &[PoolLine], lang: Lang) -> io::Result<()> {
    for PoolLine { candidate, vacancies, hours, permits, .. } in pools {
        let vacancies = vacancies.join(" + ");
        match lang {
            Lang::Nl => writeln!(out, "{candidate}: {vacancies}  {hours} uur, TWV's: {permits}")?,
            Lang::En => writeln!(out, "{candidate}: {vacancies}  {hours} hours, TWVs: {permits}")?,
        }
    }
    Ok(())
}
