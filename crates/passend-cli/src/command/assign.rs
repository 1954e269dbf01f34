// SPDX-License-Identifier: EUPL-1.2
//! `passend assign`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use passend::{
    AssignError, AssignRequest, AssignWishes, AssignedLine, Goal, Lang, Proof, Watch, Wish,
};
use passend_io::write::{edges, jsonl};
use passend_io::{Code, TableError, read_coaches, read_households, read_kept};

use super::population::Population;
use crate::arguments::{LinesFormat, TakePart};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::progress::with_bar;
use crate::sides::Files;
use crate::{input, output};

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
    /// Plan the same market under this goal too, over the same lists, and say what each costs the other; repeatable
    #[arg(long, value_name = "GOAL")]
    beside: Vec<AimedAt>,
    /// The least score of a pair: nobody is worse off, and who has no such pair is left
    #[arg(long, value_name = "SCORE", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=10_000))]
    floor: u16,
    /// Who go together, for the goal `households`: CSV with `household` and `candidate`, as for `place`
    #[arg(long, value_name = "FILE")]
    households: Option<PathBuf>,
    /// How many people of a coach or job hunter can be placed: CSV with `candidate`, `coach` and `cases`
    #[arg(long, value_name = "FILE")]
    coaches: Option<PathBuf>,
    /// Pairs that stand, whatever they cost: CSV with `candidate` and `vacancy`
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
    /// The stable plan in place of the best: no person and vacancy that are not together would both score higher together
    #[arg(long, conflicts_with = "every_pair")]
    stable: bool,
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
    /// Write what employers' demands cost to this file: how many people more have a place without each kind of them, each
    /// planned again; JSON Lines
    #[arg(long, value_name = "FILE")]
    demands: Option<PathBuf>,
    #[command(flatten)]
    population: Population,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AimedAt {
    /// As many people placed as possible; among such plans the highest sum of scores
    Placements,
    /// The highest sum of scores
    Score,
    /// As many households as possible with somebody placed, then as many people, then the highest sum of scores
    Households,
}

impl From<AimedAt> for Goal {
    fn from(goal: AimedAt) -> Self {
        match goal {
            AimedAt::Placements => Self::Placements,
            AimedAt::Score => Self::Score,
            AimedAt::Households => Self::Households,
        }
    }
}

impl Assign {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let named = [
            ("--certificate", self.certificate.as_deref()),
            ("--edges", self.edges.as_deref()),
            ("--unplaced", self.unplaced.as_deref()),
            ("--demands", self.demands.as_deref()),
        ];
        let written = named.into_iter().filter_map(|(name, file)| Some((name, file?))).collect();
        let named = [
            ("--coaches", self.coaches.as_deref()),
            ("--households", self.households.as_deref()),
            ("--keep", self.keep.as_deref()),
        ];
        let read = named.into_iter().filter_map(|(name, file)| Some((name, file?))).collect();
        let goals: Vec<Goal> = self.beside.iter().map(|goal| Goal::from(*goal)).collect();
        let counts = |goal| Goal::from(self.goal) == goal || goals.contains(&goal);
        if counts(Goal::Households) && self.coaches.is_some() {
            return Err(Failure::Usage(
                "expected no `--coaches` with the goal `households`: both would bind the same people".to_owned(),
            ));
        }
        if self.households.is_some() && !counts(Goal::Households) {
            return Err(Failure::Usage(
                "expected the goal `households`, with `--goal` or `--beside`, beside `--households`".to_owned(),
            ));
        }
        let engine = self.population.engine(Files { read, written }, console)?;
        let households = table(self.households.as_deref(), Code::BadHouseholds, read_households)?;
        let coaches = table(self.coaches.as_deref(), Code::BadCoaches, read_coaches)?;
        let keep = table(self.keep.as_deref(), Code::BadKept, read_kept)?;
        let both = self.population.read(console)?;
        both.tell_permissions(&engine, self.population.as_of(), console);
        let adults = households.iter().flat_map(|household| &household.adults).map(String::as_str);
        both.tell_strangers(self.households.as_deref(), adults, console);
        let guided = coaches.iter().flat_map(|coach| &coach.candidates).map(String::as_str);
        both.tell_strangers(self.coaches.as_deref(), guided, console);
        let kept = keep.iter().map(|pair| pair.candidate.as_str());
        both.tell_strangers(self.keep.as_deref(), kept, console);
        let market = self.population.market(&engine, &both)?;
        let watch = Watch::new();
        let wishes = AssignWishes {
            coaches: &coaches,
            households: &households,
            keep: &keep,
            beside: &goals,
        };
        let plan = with_bar(
            || (watch.done(), watch.total()),
            || market.assign_with(&self.request(), &wishes, &watch),
        )
        .map_err(|error| self.cannot(error))?;
        let demands = match &self.demands {
            None => Vec::new(),
            Some(_) => {
                let (people, work) = (&both.candidates.accepted, &both.vacancies.accepted);
                let (as_of, request) = (self.population.as_of(), self.request());
                engine
                    .demand_prices(people, work, as_of, &request, &wishes, &watch)
                    .map_err(Failure::internal)?
            }
        };
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
        prepare(self.demands.as_deref(), &|mut out| jsonl(&mut out, &demands))?;
        let format =
            self.population.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.population.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &lines),
            LinesFormat::Text => out.write_all(plan.text(console.lang(), &market).as_bytes()),
        })?;
        for file in beside {
            file.commit()?;
        }
        console.say(summary(&certificate, console.lang()));
        Ok(both.outcome())
    }

    /// What is wrong with the files of wishes.
    fn cannot(&self, error: AssignError) -> Failure {
        let (file, code) = match &error {
            AssignError::Twice { .. } => (&self.households, Code::BadHouseholds),
            AssignError::NotThere { .. }
            | AssignError::TwoVacancies { .. }
            | AssignError::NoPosition { .. }
            | AssignError::NoCase { .. } => (&self.keep, Code::BadKept),
            _ => return Failure::internal(error),
        };
        match file {
            Some(file) => Failure::known(file.display(), code, error),
            None => Failure::internal(error),
        }
    }

    fn request(&self) -> AssignRequest {
        AssignRequest {
            top: usize::try_from(self.top).unwrap_or(usize::MAX),
            every_pair: self.every_pair,
            floor: self.floor,
            stable: self.stable,
            when: self.pairs.when(),
            sure: self.pairs.sure,
            threads: self.population.threads(),
            ..AssignRequest::new(self.goal.into())
        }
    }
}

/// The rows of a file, if one is named.
fn table<T>(
    file: Option<&Path>,
    code: Code,
    read: impl Fn(&[u8]) -> Result<Vec<T>, TableError>,
) -> Result<Vec<T>, Failure> {
    let Some(file) = file else { return Ok(Vec::new()) };
    read(&input::bytes(file)?).map_err(|error| Failure::known(file.display(), code, error))
}

/// What the plan reached, and what is gained by planning.
fn summary(certificate: &Proof, lang: Lang) -> String {
    let Proof { placed, score, greedy, gap, blocking, .. } = certificate;
    let over = words(certificate.over, lang);
    let goal = match (lang, certificate.goal) {
        (Lang::Nl, Goal::Placements) => "de meeste plaatsingen",
        (Lang::Nl, Goal::Score) => "de hoogste score",
        (Lang::Nl, Goal::Households) => "de meeste huishoudens",
        (Lang::En, Goal::Placements) => "the most placements",
        (Lang::En, Goal::Score) => "the highest score",
        (Lang::En, Goal::Households) => "the most households",
    };
    if certificate.stable {
        let best = certificate.beside.iter().find(|line| line.without == Some(Wish::Stable));
        let (most, sum) = best.map_or((*placed, *score), |line| (line.placed, line.score));
        return match lang {
            Lang::Nl => format!(
                "stabiel plan: {placed} mensen geplaatst, totale score {score}; zonder die eis en met als doel {goal} \
                 {most} mensen en {sum}"
            ),
            Lang::En => format!(
                "stable plan: {placed} people placed, total score {score}; without that and with goal {goal} \
                 {most} people and {sum}"
            ),
        };
    }
    match lang {
        Lang::Nl => format!(
            "doel {goal}: {placed} mensen geplaatst, totale score {score}; met steeds de beste score eerst {} mensen en {}. \
             Paren die liever zouden ruilen: {blocking}. Bewezen {over}, verschil {gap}",
            greedy.placed, greedy.score
        ),
        Lang::En => format!(
            "goal {goal}: {placed} people placed, total score {score}; taking the best score first {} people and {}. \
             Pairs that would rather swap: {blocking}. Proven {over}, gap {gap}",
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
