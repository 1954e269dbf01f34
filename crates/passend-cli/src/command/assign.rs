// SPDX-License-Identifier: EUPL-1.2
//! `passend assign`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use passend::{AssignRequest, AssignedLine, Goal, Lang, Proof, Side, UnplacedLine, Watch};
use passend_io::write::{edges, jsonl};

use super::population::Population;
use crate::arguments::{LinesFormat, TakePart};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::progress::with_bar;
use crate::sides::Files;

/// Plan who goes where: the best assignment of people to the positions of vacancies, exactly, with its proof
///
/// Each person gets one vacancy at most, each vacancy as many people as it has positions. The goal is yours to name, and
/// the last line tells what taking the best score first would have done.
#[derive(Debug, Args)]
pub(crate) struct Assign {
    /// What counts
    #[arg(long, value_name = "GOAL")]
    goal: AimedAt,
    /// The length of the lists from which people are placed
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    top: u32,
    /// Make the lists longer until no pair outside them would make a better plan
    #[arg(long)]
    every_pair: bool,
    #[command(flatten)]
    pairs: TakePart,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<LinesFormat>,
    /// Write the proof to this file: the prices of people and positions, with which a few lines can check the plan
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// Write the pairs from which the plan was chosen to this file: CSV with `candidate,vacancy,score`
    #[arg(long, value_name = "FILE")]
    edges: Option<PathBuf>,
    /// Write who and what is left to this file, with the reason: JSON Lines
    #[arg(long, value_name = "FILE")]
    unplaced: Option<PathBuf>,
    #[command(flatten)]
    population: Population,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AimedAt {
    /// As many people placed as possible; among such plans the highest sum of scores
    Placements,
    /// The highest sum of scores
    Score,
}

impl Assign {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let named = [
            ("--certificate", self.certificate.as_deref()),
            ("--edges", self.edges.as_deref()),
            ("--unplaced", self.unplaced.as_deref()),
        ];
        let written = named.into_iter().filter_map(|(name, file)| Some((name, file?))).collect();
        let engine = self.population.engine(Files { written, ..Files::default() }, console)?;
        let both = self.population.read(console)?;
        both.tell_permissions(&engine, self.population.as_of(), console);
        let market = self.population.market(&engine, &both)?;
        let watch = Watch::new();
        let plan =
            with_bar(|| (watch.done(), watch.total()), || market.assign(&self.request(), &watch))
                .map_err(Failure::internal)?;
        let certificate = plan.proof(&market);
        let lines: Vec<AssignedLine> = plan.lines(&market).collect();

        // All is written before anything takes the place of a file that is there.
        let mut beside = Vec::new();
        let mut prepare =
            |file: Option<&Path>, content: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
                let file = file.map(|file| output::prepare(file, content)).transpose()?;
                beside.extend(file);
                Ok::<(), Failure>(())
            };
        prepare(self.certificate.as_deref(), &|mut out| jsonl(&mut out, [&certificate]))?;
        prepare(self.edges.as_deref(), &|out| edges(out, &plan.edges(&market)))?;
        prepare(self.unplaced.as_deref(), &|mut out| jsonl(&mut out, plan.unplaced(&market)))?;
        let format =
            self.population.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.population.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &lines),
            LinesFormat::Text => text(out, &lines, &plan.unplaced(&market), console.lang()),
        })?;
        for file in beside {
            file.commit()?;
        }
        console.say(summary(&certificate, console.lang()));
        Ok(both.outcome())
    }

    fn request(&self) -> AssignRequest {
        let goal = match self.goal {
            AimedAt::Placements => Goal::Placements,
            AimedAt::Score => Goal::Score,
        };
        AssignRequest {
            top: usize::try_from(self.top).unwrap_or(usize::MAX),
            every_pair: self.every_pair,
            when: self.pairs.when(),
            sure: self.pairs.sure,
            threads: self.population.threads(),
            ..AssignRequest::new(goal)
        }
    }
}

fn text(
    out: &mut dyn Write,
    lines: &[AssignedLine],
    left: &[UnplacedLine],
    lang: Lang,
) -> io::Result<()> {
    for line in lines {
        let AssignedLine { candidate, vacancy, score, readiness } = line;
        let from = readiness.date.map(|day| match lang {
            Lang::Nl => format!("vanaf {day}"),
            Lang::En => format!("from {day}"),
        });
        let steps: Vec<_> = readiness.steps.iter().flatten().map(|step| step.id.as_str()).collect();
        let steps =
            if steps.is_empty() { String::new() } else { format!("  ({})", steps.join(", ")) };
        let score = format!("{}.{:02}", score / 100, score % 100);
        writeln!(out, "{candidate} → {vacancy}  {score:>6}  {}{steps}", from.unwrap_or_default())?;
    }
    let (people, work): (Vec<_>, Vec<_>) =
        left.iter().partition(|line| line.side == Side::Candidate);
    for line in people {
        writeln!(out, "{} → –  {}", line.id, line.text.get(lang))?;
    }
    match (work.len(), lang) {
        (0, _) => Ok(()),
        (count, Lang::Nl) => {
            writeln!(
                out,
                "{count} vacatures houden plek over; `--unplaced FILE` zegt welke en waarom"
            )
        }
        (count, Lang::En) => {
            writeln!(
                out,
                "{count} vacancies have places left; `--unplaced FILE` says which and why"
            )
        }
    }
}

/// What the plan reached, and what is gained by planning.
fn summary(certificate: &Proof, lang: Lang) -> String {
    let Proof { placed, score, greedy, gap, .. } = certificate;
    let (goal, over) = match (lang, certificate.goal, certificate.over) {
        (Lang::Nl, Goal::Placements, over) => ("de meeste plaatsingen", words(over, lang)),
        (Lang::Nl, Goal::Score, over) => ("de hoogste score", words(over, lang)),
        (Lang::En, Goal::Placements, over) => ("the most placements", words(over, lang)),
        (Lang::En, Goal::Score, over) => ("the highest score", words(over, lang)),
    };
    match lang {
        Lang::Nl => format!(
            "doel {goal}: {placed} mensen geplaatst, totale score {score}; met steeds de beste score eerst {} mensen en {}. \
             Bewezen {over}, verschil {gap}",
            greedy.placed, greedy.score
        ),
        Lang::En => format!(
            "goal {goal}: {placed} people placed, total score {score}; taking the best score first {} people and {}. \
             Proven {over}, gap {gap}",
            greedy.placed, greedy.score
        ),
    }
}

fn words(over: &str, lang: Lang) -> &'static str {
    match (over, lang) {
        ("lists", Lang::Nl) => "over de lijsten",
        ("lists", Lang::En) => "over the lists",
        (_, Lang::Nl) => "over alle paren",
        (_, Lang::En) => "over every pair",
    }
}
