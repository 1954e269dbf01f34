// SPDX-License-Identifier: EUPL-1.2
//! `passend sensitivity`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use clap::Args;
use passend::{Detail, Lang, Policy, Request, Watch};
use passend_io::write::jsonl;
use serde::Serialize;

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

/// A listed pair, and where it stands under other weights.
#[derive(Debug, Serialize)]
struct StabilityLine {
    candidate: String,
    vacancy: String,
    rank: u32,
    /// The first place that it has under any of the weights.
    best: u32,
    /// The last; `null` where it is not listed under some.
    worst: Option<u32>,
    /// Under how many of the other weights it is listed.
    listed: usize,
    /// How many other weights there are.
    of: usize,
    /// The rules that decide its gates and are not verified.
    unverified: Vec<String>,
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
        let rank = |market: &passend::Market| {
            with_bar(|| (watch.done(), watch.total()), || market.rank(&request, &watch))
                .map_err(Failure::internal)
        };
        let ranking = rank(&market)?;
        let vectors = engine.policy().weights().around(self.points);
        let mut places: BTreeMap<(String, String), Vec<u32>> = BTreeMap::new();
        for weights in &vectors {
            let other = market.with_weights(weights.clone()).map_err(Failure::internal)?;
            for line in rank(&other)?.lines(&other) {
                places.entry((line.candidate, line.vacancy)).or_default().push(line.rank);
            }
        }
        let unverified = unverified(engine.policy());
        let mut lines = Vec::new();
        for (line, rules) in ranking.lines(&market).zip(ranking.rules(&market)) {
            let pair = (line.candidate, line.vacancy);
            let others = places.remove(&pair).unwrap_or_default();
            let all = others.iter().copied().chain([line.rank]);
            lines.push(StabilityLine {
                rank: line.rank,
                best: all.clone().min().unwrap_or(line.rank),
                worst: all.max().filter(|_| others.len() == vectors.len()),
                listed: others.len(),
                of: vectors.len(),
                unverified: rules.into_iter().filter(|rule| unverified.contains(rule)).collect(),
                candidate: pair.0,
                vacancy: pair.1,
            });
        }
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
                "{} paren; {stable} staan bij elk van de {} andere wegingen op de lijst; {rests} steunen op een regel die niet is nagekeken",
                lines.len(), vectors.len()
            ),
            Lang::En => format!(
                "{} pairs; {stable} are listed under each of the {} other weights; {rests} rest on a rule that is not verified",
                lines.len(), vectors.len()
            ),
        });
        Ok(both.outcome())
    }
}

/// Rules that nobody looked up.
fn unverified(policy: &Policy) -> BTreeSet<String> {
    let rows = policy.sources().into_iter();
    rows.filter(|row| row.verified == "unverified").map(|row| row.id).collect()
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
