// SPDX-License-Identifier: EUPL-1.2
//! `passend match`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use passend::{Day, Request, Scorer, Side, Vacancy, Watch};
use passend_io::write::{Dialect, Headings, csv, jsonl, table};

use crate::arguments::{Law, Limit};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::progress::with_bar;
use crate::sides::{Files, Reading, Sides};

/// Rank the vacancies for each candidate, or the candidates for each vacancy, and say why
///
/// Each line has the score and its parts, when the person can start, the steps and questions before that, and every gate
/// that is not plainly open, with its rule. Closed pairs are not listed; `explain` shows them.
#[derive(Debug, Args)]
pub(crate) struct Match {
    /// Whose lists are made
    #[arg(long, value_enum, default_value = "candidate")]
    by: By,
    /// Pairs on each list
    #[arg(short, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    k: u32,
    /// List pairs that are open by then: `now`, a date, or `any`; without it 13 weeks after the day of `--as-of`
    #[arg(long, value_name = "now|DATE|any")]
    when: Option<When>,
    /// Leave out pairs for which the law asks something that is not known
    #[arg(long)]
    sure: bool,
    /// How much each line says
    #[arg(long, value_enum, default_value = "full")]
    detail: Detail,
    /// Score pair by pair with the reference: slower, the same answer
    #[arg(long)]
    plain: bool,
    /// Threads; 0 for as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=256))]
    threads: u16,
    /// Also write a line for every candidate, with or without a match: how many vacancies, and what keeps them away
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// How to write it; without it a table on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    sides: Sides,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    limit: Limit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// The best vacancies of each candidate
    Candidate,
    /// The best candidates of each vacancy
    Vacancy,
    /// Both, each line marked
    Both,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Detail {
    /// Steps, questions and findings
    Full,
    /// Without steps, questions and findings
    Brief,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One object a line; its bytes give the result hash
    Jsonl,
    /// A flat table
    Csv,
    /// A flat table as a Dutch spreadsheet opens it
    CsvNl,
}

/// By when a pair must be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Now,
    By(Day),
    Any,
}

impl From<When> for passend::When {
    fn from(when: When) -> Self {
        match when {
            When::Now => Self::Now,
            When::By(day) => Self::By(day),
            When::Any => Self::Any,
        }
    }
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "now" => Ok(Self::Now),
            "any" => Ok(Self::Any),
            day => day
                .parse()
                .map(Self::By)
                .map_err(|error| format!("expected `now`, `any` or a day: {error}")),
        }
    }
}

impl Match {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let written = self.people.as_deref().map(|file| ("--people", file)).into_iter().collect();
        let engine =
            self.sides.engine(&self.law, Files { written, ..Files::default() }, console)?;
        let reading = Reading {
            whole: &[(Side::Candidate, self.limit), (Side::Vacancy, self.limit)],
            threads: usize::from(self.threads),
            ..Reading::default()
        };
        let both = self.sides.read(reading, console)?;
        let (candidates, vacancies) = (&both.candidates.accepted, &both.vacancies.accepted);
        let market =
            engine.market(candidates, vacancies, self.law.as_of()).map_err(Failure::internal)?;
        let watch = Watch::new();
        let ranking =
            with_bar(|| (watch.done(), watch.total()), || market.rank(&self.request(), &watch))
                .map_err(Failure::internal)?;

        // All is written before anything takes the place of a file that is there.
        let people = self
            .people
            .as_deref()
            .map(|file| output::prepare(file, |mut out| jsonl(&mut out, ranking.people(&market))))
            .transpose()?;
        let titles = titles(vacancies);
        output::write(self.sides.target(), |mut out| {
            let lines = ranking.lines(&market);
            match self.sides.format(self.format, Format::Table, Format::Jsonl) {
                Format::Jsonl => jsonl(&mut out, lines),
                Format::Csv => csv(&mut out, lines, Dialect::Plain),
                Format::CsvNl => csv(&mut out, lines, Dialect::Dutch),
                Format::Table => {
                    let by = match self.by {
                        By::Vacancy => Side::Vacancy,
                        By::Candidate | By::Both => Side::Candidate,
                    };
                    table(&mut out, lines, Headings { by, titles: &titles, lang: console.lang() })
                }
            }
        })?;
        if let Some(people) = people {
            people.commit()?;
        }
        tell_later(ranking.later(), console);
        Ok(both.outcome())
    }

    fn request(&self) -> Request {
        Request {
            k: usize::try_from(self.k).unwrap_or(usize::MAX),
            by: match self.by {
                By::Candidate => passend::By::Candidate,
                By::Vacancy => passend::By::Vacancy,
                By::Both => passend::By::Both,
            },
            when: self.when.map_or(passend::When::Horizon, passend::When::from),
            sure: self.sure,
            detail: match self.detail {
                Detail::Full => passend::Detail::Full,
                Detail::Brief => passend::Detail::Brief,
            },
            people: self.people.is_some(),
            scorer: if self.plain { Scorer::Plain } else { Scorer::Index },
            threads: usize::from(self.threads),
        }
    }
}

/// Ids and titles of the vacancies, in order of id.
fn titles(vacancies: &[Vacancy]) -> Vec<(&str, &str)> {
    let mut titles: Vec<_> = vacancies
        .iter()
        .map(|vacancy| (vacancy.id.as_str(), vacancy.title.as_deref().unwrap_or_default()))
        .collect();
    titles.sort_unstable();
    titles
}

/// How many pairs open only after the horizon.
fn tell_later(later: u64, console: &Console) {
    if later > 0 {
        console.say(match console.lang() {
            passend::Lang::Nl => {
                format!("{later} paren gaan pas later open; `--when any` toont ze ook")
            }
            passend::Lang::En => {
                format!("{later} pairs open only later; `--when any` lists them too")
            }
        });
    }
}
