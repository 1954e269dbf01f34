// SPDX-License-Identifier: EUPL-1.2
//! `passend pools`.

use std::path::PathBuf;

use clap::Args;
use passend::{Lang, PoolLine, PoolRequest, Watch, Weeks};
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
    /// Choose for everybody at once: one pool for each person at most, no vacancy in more than it has positions, for as many
    /// people as possible
    #[arg(long)]
    select: bool,
    /// Write to this file which sets of part-time vacancies make a week, and for how many people: JSON Lines
    #[arg(long, value_name = "FILE", requires = "select")]
    jobs: Option<PathBuf>,
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
        let written = self.jobs.as_deref().map(|file| ("--jobs", file)).into_iter().collect();
        let engine = self.population.engine(Files { written, ..Files::default() }, console)?;
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
        let (mut beside, mut summary) = (None, None);
        let progress = || (watch.done(), watch.total());
        let pools = if self.select {
            let weeks =
                with_bar(progress, || market.weeks(&request, &watch)).map_err(Failure::internal)?;
            let jobs = self.jobs.as_deref();
            beside = jobs
                .map(|file| output::prepare(file, |mut out| jsonl(&mut out, &weeks.jobs)))
                .transpose()?;
            summary = Some(told(&weeks, console.lang()));
            weeks.lines
        } else {
            with_bar(progress, || market.pools(&request, &watch)).map_err(Failure::internal)?
        };
        let format =
            self.population.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.population.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &pools),
            LinesFormat::Text => {
                out.write_all(PoolLine::page(&pools, console.lang(), &market).as_bytes())
            }
        })?;
        if let Some(file) = beside {
            file.commit()?;
        }
        if let Some(summary) = summary {
            console.say(summary);
        }
        Ok(both.outcome())
    }
}

/// What the choice reached, and what no choice can pass.
fn told(weeks: &Weeks, lang: Lang) -> String {
    let Weeks { people, bound, with_pools, .. } = weeks;
    // In tenths of a percent, rounded up: never less than it is.
    let tenths = (bound.saturating_sub(*people) * 1_000).div_ceil((*bound).max(1));
    let (whole, part) = (tenths / 10, tenths % 10);
    match lang {
        Lang::Nl => format!(
            "{people} van de {with_pools} mensen met een combinatie hebben er een voor zichzelf; hooguit {bound} is mogelijk, \
             verschil {whole},{part} procent"
        ),
        Lang::En => format!(
            "{people} of {with_pools} people with a combination have one of their own; at most {bound} is possible, \
             gap {whole}.{part} percent"
        ),
    }
}
