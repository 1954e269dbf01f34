// SPDX-License-Identifier: EUPL-1.2
//! `passend monitor`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Candidate, Day, Decliner, Lang, Monitor as Figures};

use crate::arguments::{Limit, Output, Refusals};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{Inputs, not_both_standard};
use crate::{journal, output, today};

/// Give the figures of a pilot from its first day: skills mapped, spoken, placed, permits, and the days between
///
/// With the file of candidates shares are of all its people; without it of people with an event.
#[derive(Debug, Args)]
pub(crate) struct Monitor {
    /// The file of events (`docs/history.md`); `-` for standard input
    events: PathBuf,
    /// The file of candidates
    candidates: Option<PathBuf>,
    /// The last day that counts; without it today by UTC
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// How to write it; without it text on a terminal, else JSON
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    refusals: Refusals,
    #[command(flatten)]
    limit: Limit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object on one line
    Json,
}

impl Monitor {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let mut read = vec![("EVENTS", self.events.as_path())];
        if let Some(candidates) = &self.candidates {
            not_both_standard(&self.events, candidates)?;
            read.push(("CANDIDATES", candidates.as_path()));
        }
        let target = self.output.target().map(|file| ("--output", file));
        let written: Vec<_> = self.refusals.written().chain(target).collect();
        output::may_be_written(&read, &written)?;
        let as_of = self.as_of.unwrap_or_else(today::today);
        journal::note_day(as_of);
        let mut inputs = Inputs::new(&self.refusals);
        let events = inputs.events(&self.events, as_of, self.limit, console)?;
        let people = match &self.candidates {
            None => None,
            Some(file) => {
                let batch = inputs.read::<Candidate>(file, console)?;
                inputs.limit(&batch, self.limit, console)?;
                Some(batch.accepted)
            }
        };
        inputs.write_refused(console)?;
        let figures = Figures::new(&events, people.as_deref(), as_of);
        let target = self.output.target();
        let usual = if output::is_terminal(target) { Format::Text } else { Format::Json };
        output::write(target, |out| match self.format.unwrap_or(usual) {
            Format::Json => {
                serde_json::to_writer(&mut *out, &figures)?;
                writeln!(out)
            }
            Format::Text => text(out, &figures, console.lang()),
        })?;
        Ok(inputs.outcome())
    }
}

fn text(out: &mut dyn Write, figures: &Figures, lang: Lang) -> io::Result<()> {
    let dutch = lang == Lang::Nl;
    let say = |nl: &'static str, en: &'static str| if dutch { nl } else { en };
    let first = figures.first_day.map(|day| day.to_string());
    writeln!(
        out,
        "{} – {}  {} {}",
        first.as_deref().unwrap_or("…"),
        figures.as_of,
        figures.people,
        say("personen", "people")
    )?;
    for count in &figures.counts {
        let percent = count.percent.map_or("–".to_owned(), |percent| format!("{percent} %"));
        let pairs = count
            .pairs
            .map(|pairs| format!("  ({pairs} {})", say("keer", "times")))
            .unwrap_or_default();
        writeln!(out, "{:>7}  {percent:>5}  {}{pairs}", count.people, count.text.get(lang))?;
    }
    writeln!(out, "\n{}", say("dagen, in het midden:", "days, the median:"))?;
    for days in &figures.days {
        let median = days.median.map_or("–".to_owned(), |median| median.to_string());
        writeln!(
            out,
            "{median:>7}  {}  ({} {})",
            days.text.get(lang),
            days.pairs,
            say("keer", "times")
        )?;
    }
    if !figures.declined.is_empty() {
        writeln!(out, "\n{}", say("waarom het niet doorging:", "why it was declined:"))?;
    }
    for declined in &figures.declined {
        let by = match declined.by {
            Decliner::Candidate => say("kandidaat", "candidate"),
            Decliner::Employer => say("werkgever", "employer"),
        };
        writeln!(out, "{:>7}  {by}: {}", declined.times, declined.text.get(lang))?;
    }
    Ok(())
}
