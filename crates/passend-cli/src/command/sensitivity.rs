// SPDX-License-Identifier: EUPL-1.2
//! `passend sensitivity`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use clap::Args;
use passend::{Detail, Engine, Lang, Policy, Request, Side, Watch, Weights};
use passend_io::write::jsonl;
use serde::Serialize;

use crate::arguments::{Law, Limit, LinesFormat, TakePart};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::progress::with_bar;
use crate::sides::{Files, Reading, Sides};

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
    /// Threads; 0 for as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: u16,
    #[command(flatten)]
    sides: Sides,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    limit: Limit,
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
        let engine = self.sides.engine(&self.law, Files::default(), console)?;
        let reading = Reading {
            whole: &[(Side::Candidate, self.limit), (Side::Vacancy, self.limit)],
            threads: usize::from(self.threads),
            ..Reading::default()
        };
        let both = self.sides.read(reading, console)?;
        let as_of = self.law.as_of();
        let market = engine
            .market(&both.candidates.accepted, &both.vacancies.accepted, as_of)
            .map_err(Failure::internal)?;
        let request = Request {
            k: usize::try_from(self.k).unwrap_or(usize::MAX),
            when: self.pairs.when(),
            sure: self.pairs.sure,
            detail: Detail::Brief,
            threads: usize::from(self.threads),
            ..Request::default()
        };
        let watch = Watch::new();
        let rank = |market: &passend::Market| {
            with_bar(|| (watch.done(), watch.total()), || market.rank(&request, &watch))
                .map_err(Failure::internal)
        };
        let ranking = rank(&market)?;
        let vectors = around(engine.policy().weights(), self.points);
        let mut places: BTreeMap<(String, String), Vec<u32>> = BTreeMap::new();
        for weights in &vectors {
            let policy =
                engine.policy().with_weights(weights.clone()).map_err(Failure::internal)?;
            let other = Engine::new(policy, engine.vocabulary().clone())
                .market(&both.candidates.accepted, &both.vacancies.accepted, as_of)
                .map_err(Failure::internal)?;
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
        let format = self.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.sides.target(), |mut out| match format {
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

/// The weights with each in turn so many points larger and smaller, 0 and 100 at the outside; the others in proportion.
fn around(weights: &Weights, points: u8) -> Vec<Weights> {
    let own = values(weights);
    let mut all = Vec::new();
    for (changed, value) in own.iter().enumerate() {
        for (sign, moved) in [
            ("+", (value + u32::from(points)).min(100)),
            ("-", value.saturating_sub(u32::from(points))),
        ] {
            let others: u32 = own.iter().sum::<u32>() - value;
            let left = 100 - moved;
            // Whole points by largest remainder; of equal remainders the first criterion gets the point.
            let share = |at: usize, weight: u32| match at == changed {
                true => (moved, 0),
                false => (weight * left / others.max(1), weight * left % others.max(1)),
            };
            let mut shares: Vec<(u32, u32)> =
                own.iter().enumerate().map(|(at, weight)| share(at, *weight)).collect();
            let missing = 100_u32.saturating_sub(shares.iter().map(|(whole, _)| whole).sum());
            let mut order: Vec<usize> = (0..shares.len()).filter(|at| *at != changed).collect();
            order.sort_by_key(|at| std::cmp::Reverse(shares.get(*at).map(|(_, rest)| *rest)));
            for at in order.into_iter().take(usize::try_from(missing).unwrap_or_default()) {
                if let Some((whole, _)) = shares.get_mut(at) {
                    *whole += 1;
                }
            }
            let [skills, occupation, education, language, travel, wishes] =
                std::array::from_fn(|at| {
                    shares
                        .get(at)
                        .and_then(|(whole, _)| u8::try_from(*whole).ok())
                        .unwrap_or_default()
                });
            let name =
                format!("{}{sign}{points}", CRITERIA.get(changed).copied().unwrap_or_default());
            all.push(Weights { name, skills, occupation, education, language, travel, wishes });
        }
    }
    all
}

const CRITERIA: [&str; 6] = ["skills", "occupation", "education", "language", "travel", "wishes"];

fn values(weights: &Weights) -> [u32; 6] {
    let Weights { skills, occupation, education, language, travel, wishes, .. } = weights;
    [skills, occupation, education, language, travel, wishes].map(|weight| u32::from(*weight))
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
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let widths: [usize; 7] = std::array::from_fn(|column| width(column).unwrap_or_default());
    for row in &rows {
        let cells =
            row.iter().zip(widths).enumerate().map(|(column, (cell, width))| match column {
                2..=5 => format!("{cell:>width$}"),
                _ => format!("{cell:<width$}"),
            });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_weights_sum_to_100_and_keep_the_proportion() {
        let usual = Engine::default().policy().weights().clone();
        let all = around(&usual, 10);
        assert_eq!(all.len(), 12);
        for weights in &all {
            assert_eq!(values(weights).iter().sum::<u32>(), 100, "{weights}");
        }
        // By hand: skills 45, the other 65 points share 55: 21.15, 12.69, 8.46, 8.46, 4.23.
        assert_eq!(values(&all[0]), [45, 21, 13, 9, 8, 4]);
        assert_eq!(values(&all[11])[5], 0);
    }
}
