// SPDX-License-Identifier: EUPL-1.2
//! `passend report`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Dimension, ReportRequest, Watch};
use passend_io::write::{jsonl, report_xlsx};

use super::leverage::measures;
use super::population::{Population, dimension};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::progress::with_bar;
use crate::sides::Files;

/// Make a report of a population: who may and can work, what stands in the way, what measures bring, demand and supply
///
/// One page without script, in Dutch or English (`--lang en`), readable on paper and by a screen reader; or a spreadsheet.
#[derive(Debug, Args)]
pub(crate) struct ReportCommand {
    /// The title: of whom the report is; without it the region, or everybody
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Only people who live in this labour-market region, by its code, such as `AM02`
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// Tell people apart by these, with commas between them
    #[arg(long, value_name = "DIMENSIONS", value_delimiter = ',', value_parser = dimension)]
    by: Vec<Dimension>,
    /// Hide numbers of people below this
    #[arg(long, value_name = "N", default_value_t = 10)]
    threshold: u32,
    /// Measures of your own, as in `leverage`
    #[arg(long, value_name = "FILE")]
    measures: Option<PathBuf>,
    /// How to write it; without it by the end of the name of the file, else HTML
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    population: Population,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page
    Html,
    /// A spreadsheet
    Xlsx,
    /// One object, for programs
    Json,
}

impl ReportCommand {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let read = self.measures.as_deref().map(|file| ("--measures", file));
        let files = Files { read: read.into_iter().collect(), ..Files::default() };
        let engine = self.population.engine(files, console)?;
        let measures = measures(self.measures.as_deref(), engine.policy())?;
        let both = self.population.read(console)?;
        let watch = Watch::new();
        let whole = self.population.market(&engine, &both)?;
        let (market, place) = match &self.region {
            Some(region) => {
                let own = whole.of_region(&both.candidates.accepted, region, &watch);
                let (market, name) = own.map_err(|error| Failure::Usage(error.to_string()))?;
                (market, Some(name.get(console.lang()).to_owned()))
            }
            None => (whole, None),
        };
        let request = match self.name.clone().or(place) {
            Some(name) => ReportRequest::new(name),
            None => ReportRequest::of_everybody(console.lang()),
        };
        let mut request = ReportRequest {
            threshold: self.threshold,
            threads: self.population.threads(),
            ..request
        };
        if !self.by.is_empty() {
            request.by.clone_from(&self.by);
        }
        let report = with_bar(
            || (watch.done(), watch.total()),
            || market.report(&measures, &request, &watch),
        )
        .map_err(Failure::internal)?;
        output::write(self.population.sides.target(), |mut out| match self.format() {
            Format::Html => out.write_all(report.html(console.lang()).as_bytes()),
            Format::Xlsx => report_xlsx(&mut out, &report, console.lang()),
            Format::Json => jsonl(&mut out, [&report]),
        })?;
        Ok(both.outcome())
    }

    fn format(&self) -> Format {
        let end = self.population.sides.target().and_then(|file| file.extension());
        let by_name = || match end.and_then(|end| end.to_str()) {
            Some("xlsx") => Format::Xlsx,
            Some("json") => Format::Json,
            _ => Format::Html,
        };
        self.format.unwrap_or_else(by_name)
    }
}
