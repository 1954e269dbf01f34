// SPDX-License-Identifier: EUPL-1.2
//! `passend match`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};
use passend::{
    Day, Engine, History, Lang, Market, MatchLine, Ranking, Request, Scorer, Side, Spread, Vacancy,
    Versions, Watch,
};
use passend_io::write::{
    About, Dialect, Headings, csv, csv_rows, jsonl, results_parquet, results_xlsx, table,
};
use serde::Serialize;

use crate::arguments::{Law, Limit};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::parts::{self, Parts};
use crate::progress::with_bar;
use crate::sides::{BothSides, Files, Reading, Sides};
use crate::{journal, output, since};

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
    /// Spread the lists over vacancies: a place of a list may lose so many points of score to a vacancy that is on fewer lists
    #[arg(long, value_name = "POINTS", conflicts_with = "resume", value_parser = clap::value_parser!(u16).range(..=10_000))]
    spread: Option<u16>,
    /// In which order each list is written
    #[arg(long, value_enum, default_value = "rank")]
    order: Order,
    /// Leave out who works, vacancies that are filled and pairs that were declined, by this file of events
    /// (`docs/history.md`), and tell what humans said of pairs
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    /// Compare with a result of `match -f jsonl` that was written before: how many pairs are new, gone or moved
    #[arg(long, value_name = "RESULT")]
    since: Option<PathBuf>,
    /// With `--since`: write each pair that is new, gone or moved, as JSON Lines
    #[arg(long, value_name = "FILE", requires = "since")]
    changes: Option<PathBuf>,
    /// Also write a line for every candidate, with or without a match: how many vacancies, and what keeps them away
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// With `--record`: go on with the run that the record tells of and that did not end; the outcome is the same to the
    /// byte. For `jsonl`, `csv` and `csv-nl` with `-o`
    #[arg(long, requires = "record", requires = "output")]
    resume: bool,
    /// With `--record`: after how many lists the work is kept beside the output, to be resumed from there
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
    part_size: u32,
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
enum Order {
    /// The best first
    Rank,
    /// An order that says nothing, another for each list; ranks and scores stay in the lines
    Neutral,
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
    /// One object on one line, with the day and versions
    Json,
    /// A flat table
    Csv,
    /// A flat table as a Dutch spreadsheet opens it: Dutch words, days and decimal sign
    CsvNl,
    /// A spreadsheet with numbers, days, a filter and a sheet of explanations, in the language of `--lang`
    Xlsx,
    /// Typed and nested columns
    Parquet,
}

/// By when a pair must be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
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
        if self.since.is_some() && self.by == By::Both {
            return Err(Failure::Usage(
                "expected lists of one side with `--since`: `--by candidate` or `--by vacancy`"
                    .to_owned(),
            ));
        }
        if self.spread.is_some() && self.by != By::Candidate {
            return Err(Failure::Usage("expected `--spread` with `--by candidate`".to_owned()));
        }
        let engine = self.sides.engine(&self.law, self.files(), console)?;
        if self.resume
            && let Some(target) = self.sides.target()
            && let Some(day) = parts::day_of_unfinished(target)?
        {
            journal::resume_on(day);
        }
        let as_of = self.law.as_of();
        let reading = Reading {
            whole: &[(Side::Candidate, self.limit), (Side::Vacancy, self.limit)],
            threads: usize::from(self.threads),
            events: self.history.as_deref().map(|file| (file, as_of, self.limit)),
            ..Reading::default()
        };
        if let Some(target) = self.in_parts()? {
            let mut both = self.sides.read(reading, console)?;
            let history = History::new(&both.events, as_of);
            both.tell_permissions(&engine, as_of, console);
            if self.history.is_some() {
                both.tell_history(&history, console);
            }
            let later = self.run_in_parts(&engine, &mut both, &history, target)?;
            tell_later(later, console);
            return Ok(both.outcome());
        }
        // Only the table tells titles.
        let is_titled = self.format() == Format::Table;
        let mut titles: Vec<(String, String)> = Vec::new();
        let title = |one: &Vacancy| (one.id.clone(), one.title.clone().unwrap_or_default());
        let see = |part: &[Vacancy]| {
            titles.extend(part.iter().filter(|_| is_titled).map(title));
        };
        let (market, outcome) = self.sides.gather(&engine, as_of, reading, console, see)?;
        let mut since = self.since.as_deref().map(since::Since::read).transpose()?;
        titles.sort_unstable();
        let ranking = self.ranked(&market)?;
        let ranking = match self.spread {
            None => ranking,
            Some(points) => {
                let (ranking, spread) = ranking.spread(&market, self.k(), points);
                console.say(told(&spread, console.lang()));
                ranking
            }
        };
        // All is written before anything takes the place of a file that is there.
        let people = self
            .people
            .as_deref()
            .map(|file| output::prepare(file, |mut out| jsonl(&mut out, ranking.people(&market))))
            .transpose()?;
        let titles: Vec<_> =
            titles.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
        let versions = engine.versions();
        let about = About { as_of, versions: &versions, lang: console.lang() };
        output::write(self.sides.target(), |mut out| {
            let lines = ranking.lines(&market).inspect(|line| {
                if let Some(since) = &mut since {
                    since.see(line);
                }
            });
            match self.format() {
                Format::Jsonl => jsonl(&mut out, lines),
                Format::Json => {
                    let later = ranking.later();
                    let versions = &versions;
                    let list = List { as_of, versions, matches: lines.collect(), later };
                    jsonl(&mut out, [list])
                }
                Format::Csv => csv(&mut out, lines, Dialect::Plain),
                Format::CsvNl => csv(&mut out, lines, Dialect::Dutch),
                Format::Xlsx => results_xlsx(&mut out, lines, about),
                Format::Parquet => results_parquet(&mut out, lines, about),
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
        if let Some(since) = since {
            since.write(self.changes.as_deref(), &market, console)?;
        }
        tell_later(ranking.later(), console);
        Ok(outcome)
    }

    /// The files besides those that all commands have.
    fn files(&self) -> Files<'_> {
        let mut files = Files::default();
        files.read.extend(self.history.as_deref().map(|file| ("--history", file)));
        files.read.extend(self.since.as_deref().map(|file| ("--since", file)));
        files.written.extend(self.people.as_deref().map(|file| ("--people", file)));
        files.written.extend(self.changes.as_deref().map(|file| ("--changes", file)));
        files
    }

    fn format(&self) -> Format {
        self.sides.format(self.format, Format::Table, Format::Jsonl)
    }

    fn ranked(&self, market: &Market) -> Result<Ranking, Failure> {
        let watch = Watch::new();
        let request = self.request();
        let request = if self.spread.is_some() { request.to_spread() } else { request };
        let ranking = with_bar(|| (watch.done(), watch.total()), || market.rank(&request, &watch))
            .map_err(Failure::internal)?;
        Ok(match self.order {
            Order::Rank => ranking,
            Order::Neutral => ranking.in_neutral_order(),
        })
    }

    /// The target of a recorded run that is done in parts: where what is written is one list after another.
    fn in_parts(&self) -> Result<Option<&Path>, Failure> {
        let is_by_line = matches!(self.format(), Format::Jsonl | Format::Csv | Format::CsvNl);
        let is_one_sided = match self.by {
            By::Candidate => true,
            By::Vacancy => self.people.is_none(),
            By::Both => false,
        };
        // What changed is seen only by a run that makes all lines.
        let is_possible =
            is_by_line && is_one_sided && self.since.is_none() && self.spread.is_none();
        let target = self.sides.target().filter(|_| is_possible);
        if self.resume && target.is_none() {
            return Err(Failure::Usage(
                "expected `--resume` with `-o`, `jsonl`, `csv` or `csv-nl`, and lists of one side, without `--since`"
                    .to_owned(),
            ));
        }
        Ok(target.filter(|_| journal::file().is_some()))
    }

    /// Ranks some lists at a time and keeps them, then writes all; gives how many pairs open only later.
    fn run_in_parts(
        &self,
        engine: &Engine,
        both: &mut BothSides<'_>,
        history: &History,
        target: &Path,
    ) -> Result<u64, Failure> {
        // The order of the lists, so that the parts one after another are the whole.
        both.candidates.accepted.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        both.vacancies.accepted.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let (candidates, vacancies) = (&both.candidates.accepted, &both.vacancies.accepted);
        let size = usize::try_from(self.part_size).unwrap_or(usize::MAX);
        let of = match self.by {
            By::Vacancy => vacancies.len(),
            By::Candidate | By::Both => candidates.len(),
        };
        let of = of.div_ceil(size).max(1);
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let mut parts = Parts::begin(target, count(of), self.resume)?;
        for at in 0..of {
            let number = count(at + 1);
            if parts.is_done(number) {
                continue;
            }
            let (some_people, some_work) = match self.by {
                By::Vacancy => (candidates.as_slice(), some(vacancies, at, size)),
                By::Candidate | By::Both => (some(candidates, at, size), vacancies.as_slice()),
            };
            let market = engine
                .market_after(some_people, some_work, self.law.as_of(), history.clone())
                .map_err(Failure::internal)?;
            let ranking = self.ranked(&market)?;
            let mut lines = |mut out: &mut dyn Write| {
                let dialect = match self.format() {
                    Format::Csv => Dialect::Plain,
                    Format::CsvNl => Dialect::Dutch,
                    _ => return jsonl(&mut out, ranking.lines(&market)),
                };
                match at {
                    0 => csv(&mut out, ranking.lines(&market), dialect),
                    _ => csv_rows(&mut out, ranking.lines(&market), dialect),
                }
            };
            let mut people = |mut out: &mut dyn Write| jsonl(&mut out, ranking.people(&market));
            let mut files: Vec<(&str, parts::Content<'_>)> = vec![("lines", &mut lines)];
            if self.people.is_some() {
                files.push(("people", &mut people));
            }
            parts.keep(number, ranking.later(), &mut files)?;
        }
        let people = self
            .people
            .as_deref()
            .map(|file| output::prepare(file, |out| parts.copy("people", out)))
            .transpose()?;
        output::write(Some(target), |out| parts.copy("lines", out))?;
        if let Some(people) = people {
            people.commit()?;
        }
        let later = parts.later();
        parts.give_up();
        Ok(later)
    }

    fn k(&self) -> usize {
        usize::try_from(self.k).unwrap_or(usize::MAX)
    }

    fn request(&self) -> Request {
        Request {
            k: self.k(),
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

/// A result as one object.
#[derive(Debug, Serialize)]
struct List<'a> {
    as_of: Day,
    versions: &'a Versions,
    matches: Vec<MatchLine>,
    /// Pairs that are not listed because they open only after the day asked.
    later: u64,
}

/// Those of a part.
fn some<T>(all: &[T], at: usize, size: usize) -> &[T] {
    all.chunks(size).nth(at).unwrap_or_default()
}

/// On how many lists vacancies are, before and after, and what it cost.
fn told(spread: &Spread, lang: Lang) -> String {
    let Spread { listed: [listed, now_listed], most: [most, now_most], pairs, lost, largest } =
        spread;
    let sign = if lang == Lang::Nl { ',' } else { '.' };
    let points = |points: u64| format!("{}{sign}{:02}", points / 100, points % 100);
    let (each, largest) = (points(lost / (*pairs).max(1)), points(u64::from(*largest)));
    match lang {
        Lang::Nl => format!(
            "gespreid: {now_listed} vacatures op een lijst (was {listed}), de meest genoemde op {now_most} lijsten (was {most}); \
             score gemiddeld {each} lager, op één plek hooguit {largest}"
        ),
        Lang::En => format!(
            "spread: {now_listed} vacancies on a list (was {listed}), the most listed one on {now_most} lists (was {most}); \
             score {each} lower on average, at most {largest} at one place"
        ),
    }
}

/// How many pairs open only after the horizon.
fn tell_later(later: u64, console: &Console) {
    if later > 0 {
        console.say(match console.lang() {
            Lang::Nl => {
                format!("{later} paren gaan pas later open; `--when any` toont ze ook")
            }
            Lang::En => {
                format!("{later} pairs open only later; `--when any` lists them too")
            }
        });
    }
}
