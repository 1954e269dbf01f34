// SPDX-License-Identifier: EUPL-1.2
//! `passend sensitivity`.

use std::io::{self, Write};

use clap::Args;
use passend::{Detail, Lang, Request, StabilityLine, Watch};
use passend_io::write::jsonl;

use super::population::Population;
use crate::arguments::{LinesFormat, TakePart};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::progress::with_bar;
use crate::sides::Files;
use crate::table;

/// Tell how stable lists are: the places of each listed pair under other weights, and the unverified rules that it rests on
///
/// Each weight in turn is made larger and smaller by the points asked, the others in proportion so that the sum is 100 again:
/// twelve other sets of weights.
#[derive(Debug, Args)]
pub(crate) struct Sensitivity {
    /// The length of the lists
    #[arg(short, value_name = "K", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    k: u32,
    /// By how many points a weight is made larger and smaller
    #[arg(long, value_name = "POINTS", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=50))]
    points: u8,
    #[command(flatten)]
    pairs: TakePart,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<LinesFormat>,
    #[command(flatten)]
    population: Population,
}

impl Sensitivity {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let engine = self.population.engine(Files::default(), console)?;
        let both = self.population.read(console)?;
        let market = self.population.market(&engine, &both)?;
        let request = Request {
            k: usize::try_from(self.k).unwrap_or(usize::MAX),
            when: self.pairs.when(),
            sure: self.pairs.sure,
            detail: Detail::Brief,
            threads: self.population.threads(),
            ..Request::default()
        };
        let watch = Watch::new();
        let lines = with_bar(
            || (watch.done(), watch.total()),
            || market.stability(&request, self.points, &watch),
        )
        .map_err(Failure::internal)?;
        let of = engine.policy().weights().around(self.points).len();
        let format =
            self.population.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.population.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &lines),
            LinesFormat::Text => text(out, &lines, console.lang()),
        })?;
        let stable = lines.iter().filter(|line| line.worst.is_some()).count();
        let rests = lines.iter().filter(|line| !line.unverified.is_empty()).count();
        console.say(match console.lang() {
            Lang::Nl => format!(
                "{} paren; {stable} staan bij elk van de {of} andere wegingen op de lijst; {rests} steunen op een regel die niet is nagekeken",
                lines.len()
            ),
            Lang::En => format!(
                "{} pairs; {stable} are listed under each of the {of} other weights; {rests} rest on a rule that is not verified",
                lines.len()
            ),
        });
        Ok(both.outcome())
    }
}

fn text(out: &mut dyn Write, lines: &[StabilityLine], lang: Lang) -> io::Result<()> {
    let heads = match lang {
        Lang::Nl => {
            ["kandidaat", "vacature", "plek", "beste", "slechtste", "op de lijst", "niet nagekeken"]
        }
        Lang::En => ["candidate", "vacancy", "place", "best", "worst", "listed", "not verified"],
    };
    let mut rows = vec![heads.map(str::to_owned)];
    rows.extend(lines.iter().map(|line| {
        [
            line.candidate.clone(),
            line.vacancy.clone(),
            line.rank.to_string(),
            line.best.to_string(),
            line.worst.map_or("–".to_owned(), |worst| worst.to_string()),
            format!("{}/{}", line.listed, line.of),
            line.unverified.join(", "),
        ]
    }));
    table::write(out, &rows, |column| (2..=5).contains(&column))
}
