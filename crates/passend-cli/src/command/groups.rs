// SPDX-License-Identifier: EUPL-1.2
//! `passend groups`.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use passend::{
    Day, Dimension, DisclosureRules, GroupLine, GroupedPeople, GroupsError, Lang, NextTable,
    Publication, SafetySheet, Suppressed, Versions, Watch,
};
use passend_io::write::jsonl;
use passend_io::{Code, Ledger, LedgerError};
use serde::Serialize;

use super::population::{Population, dimension};
use crate::arguments::LinesFormat;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::progress::with_bar;
use crate::sides::Files;
use crate::{journal, output, table};

/// Count people by one to three dimensions, as a table that may be published
///
/// A cell with fewer people than the threshold is hidden, one with nobody too, and so many others that no hidden number can be
/// computed from the rest; then numbers are rounded. What cannot be made safe is refused.
#[derive(Debug, Args)]
pub(crate) struct Groups {
    /// By what people are counted: one to three of status, municipality, province, region, sector, education, route, obstacle,
    /// with commas between them
    #[arg(long, value_name = "DIMENSIONS", required = true, value_delimiter = ',', value_parser = dimension)]
    by: Vec<Dimension>,
    #[command(flatten)]
    rules: Rules,
    /// Keep in this file who was in which cell of every published table, and refuse a table that would tell of few people
    /// beside an earlier one; its owner alone may read it
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Write the rules that were applied and what they did to this file, as JSON
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<LinesFormat>,
    #[command(flatten)]
    population: Population,
}

/// By which rules numbers are hidden and rounded.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Disclosure control")]
pub(crate) struct Rules {
    /// Hide cells with fewer people than this
    #[arg(long, value_name = "N", default_value_t = DisclosureRules::default().threshold, value_parser = clap::value_parser!(u32).range(3..=1_000_000))]
    threshold: u32,
    /// Round to a multiple of this; 0 for exact numbers
    #[arg(long, value_name = "BASE", default_value_t = DisclosureRules::default().rounding, value_parser = base)]
    rounding: u32,
    /// How far apart the least and the most must be that a hidden number below the threshold could be; at most the threshold
    /// less 2
    #[arg(long, value_name = "N")]
    protection: Option<u32>,
}

impl Rules {
    pub(crate) fn rules(self) -> DisclosureRules {
        let Self { threshold, rounding, protection } = self;
        let usual = DisclosureRules::with_threshold(threshold);
        DisclosureRules { rounding, protection: protection.unwrap_or(usual.protection), ..usual }
    }
}

fn base(text: &str) -> Result<u32, String> {
    match text {
        "0" => Ok(0),
        "5" => Ok(5),
        _ => Err("expected 0 or 5".to_owned()),
    }
}

/// What the metadata file says.
#[derive(Debug, Serialize)]
struct Metadata<'a> {
    as_of: Day,
    versions: &'a Versions,
    /// Whether earlier tables were looked at, and how many.
    ledger: Option<usize>,
    #[serde(flatten)]
    sheet: &'a SafetySheet,
    method: passend::Text,
}

impl Groups {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let read = self.ledger.as_deref().map(|file| ("--ledger", file)).into_iter().collect();
        let written =
            self.metadata.as_deref().map(|file| ("--metadata", file)).into_iter().collect();
        let engine = self.population.engine(Files { read, written }, console)?;
        let both = self.population.read(console)?;
        let as_of = self.population.as_of();
        let market = self.population.market(&engine, &both)?;
        let watch = Watch::new();
        let people =
            with_bar(|| (watch.done(), watch.total()), || market.grouped(&self.by, &watch))
                .map_err(Failure::internal)?;

        let mut ledger = self.ledger.as_deref().map(OpenLedger::open).transpose()?;
        let earlier = ledger.as_ref().map(OpenLedger::tables).unwrap_or_default();
        let before = earlier.len();
        let rules = self.rules.rules();
        let NextTable { table, publication } =
            people.publish(&rules, earlier).map_err(|error| refused(&self.by, &error))?;
        let lines: Vec<GroupLine> = table.lines().collect();
        let sheet = table.sheet();
        let metadata = Metadata {
            as_of,
            versions: &engine.versions(),
            ledger: ledger.as_ref().map(|_| before),
            sheet: &sheet,
            method: SafetySheet::method(),
        };
        let beside = self
            .metadata
            .as_deref()
            .map(|file| output::prepare(file, |mut out| jsonl(&mut out, [&metadata])))
            .transpose()?;
        // Before anybody can read the table: one that is in the ledger and was not published does no harm.
        if let Some(ledger) = ledger.take() {
            ledger.add(as_of, &sheet, &publication)?;
        }
        let format =
            self.population.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.population.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &lines),
            LinesFormat::Text => text(out, &self.by, &people, &lines, console.lang()),
        })?;
        if let Some(file) = beside {
            file.commit()?;
        }
        console.say(summary(&sheet, console.lang()));
        Ok(both.outcome())
    }
}

fn refused(by: &[Dimension], error: &GroupsError) -> Failure {
    let names: Vec<_> = by.iter().map(|one| one.code()).collect();
    let names = names.join(",");
    match error {
        GroupsError::Table(error) => Failure::Usage(format!("--by {names}: {error}")),
        GroupsError::Close { .. } => Failure::known(names, Code::CloseTables, error),
        _ => Failure::known(names, Code::UnsafeTable, error),
    }
}

/// A ledger, or in a replay, which publishes nothing, what it holds.
enum OpenLedger<'a> {
    Adding(&'a Path, Ledger),
    Looking(Vec<Publication>),
}

impl<'a> OpenLedger<'a> {
    fn open(path: &'a Path) -> Result<Self, Failure> {
        let failed = |error| unusable(path, error);
        if journal::is_replaying() {
            return Ledger::read(path).map(Self::Looking).map_err(failed);
        }
        Ok(Self::Adding(path, Ledger::open(path).map_err(failed)?))
    }

    fn tables(&self) -> &[Publication] {
        match self {
            Self::Adding(_, ledger) => ledger.tables(),
            Self::Looking(tables) => tables,
        }
    }

    fn add(self, as_of: Day, sheet: &SafetySheet, table: &Publication) -> Result<(), Failure> {
        match self {
            Self::Adding(path, ledger) => {
                ledger.add(as_of, sheet, table).map_err(|error| unusable(path, error))
            }
            Self::Looking(_) => Ok(()),
        }
    }
}

fn unusable(path: &Path, error: LedgerError) -> Failure {
    match error {
        LedgerError::System(error) => Failure::unwritable(path.display(), &error),
        error => Failure::known(path.display(), Code::BadLedger, error),
    }
}

/// The table in words, numbers on the right.
fn text(
    out: &mut dyn Write,
    by: &[Dimension],
    people: &GroupedPeople,
    lines: &[GroupLine],
    lang: Lang,
) -> io::Result<()> {
    let count = match lang {
        Lang::Nl => "mensen",
        Lang::En => "people",
    };
    let heads = by.iter().map(|one| one.name().get(lang).to_owned());
    let mut rows = vec![heads.chain([count.to_owned()]).collect::<Vec<_>>()];
    rows.extend(lines.iter().map(|line| {
        let cells = line.cell.0.iter().map(|(dimension, code)| {
            let name = people.name(dimension, code);
            name.map_or_else(|| code.clone(), |name| name.get(lang).to_owned())
        });
        cells.chain([shown(line)]).collect()
    }));
    table::write(out, &rows, |column| column == by.len())
}

/// A number, `x` where it is hidden by itself and `(x)` where it is so for others.
fn shown(line: &GroupLine) -> String {
    match (line.count, line.suppressed) {
        (Some(count), _) => count.to_string(),
        (None, Some(Suppressed::Secondary)) => "(x)".to_owned(),
        (None, _) => "x".to_owned(),
    }
}

fn summary(sheet: &SafetySheet, lang: Lang) -> impl Display {
    let SafetySheet { cells, published, primary, secondary, .. } = sheet;
    match lang {
        Lang::Nl => format!(
            "{cells} cellen: {published} getoond, {primary} verborgen omdat er weinig mensen in zitten, {secondary} om die te beschermen"
        ),
        Lang::En => format!(
            "{cells} cells: {published} shown, {primary} hidden because they have few people, {secondary} to protect those"
        ),
    }
}
