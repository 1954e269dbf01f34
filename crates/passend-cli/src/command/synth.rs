// SPDX-License-Identifier: EUPL-1.2
//! `passend synth`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use passend_io::{Record, VocabularyUse, write};
use passend_synth::{
    Regime, Settings, Spread, audit, candidates, places, truth, vacancies, write_audit,
    write_jsonl, write_places,
};

use crate::arguments::Words;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::{journal, output};

/// Make people and vacancies from a seed, for tests and measurements; the same seed gives the same files everywhere
///
/// Writes candidates, vacancies, `places.csv` and `audit.csv` into a folder; files that are there are replaced. The file of
/// places says where the postcodes and reception centres of the records lie, for `match --places`. The audit file holds
/// invented attributes for measuring fairness; no record depends on them.
#[derive(Debug, Args)]
pub(crate) struct Synth {
    /// How many people
    #[arg(long, default_value_t = Settings::default().candidates)]
    candidates: usize,
    /// How many vacancies
    #[arg(long, default_value_t = Settings::default().vacancies)]
    vacancies: usize,
    /// Where the random numbers begin
    #[arg(long, default_value_t = Settings::default().seed)]
    seed: u64,
    /// How much stands between people and work: `azc`, `general` or `open`
    #[arg(long, default_value_t = Regime::default())]
    regime: Regime,
    /// Where they live and work: `north` (three provinces) or `country`
    #[arg(long, default_value_t = Spread::default())]
    spread: Spread,
    /// How to write the records
    #[arg(short, long, value_enum, default_value = "jsonl", value_name = "FORMAT")]
    format: Format,
    /// The folder to write into; it is made if it is not there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Write to this file what is known beforehand of the vacancies that were made for one person, as JSON Lines
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    #[command(flatten)]
    words: Words,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One record a line
    Jsonl,
    /// A table with a column for each field, as `docs/records-csv.md` describes it
    Csv,
    /// Nested columns, as `docs/records-parquet.md` describes them
    Parquet,
}

impl Synth {
    pub(crate) fn run(self, console: &Console) -> Result<Outcome, Failure> {
        let Self { candidates: people, vacancies: work, seed, regime, spread, .. } = self;
        let settings = Settings { candidates: people, vacancies: work, seed, regime, spread };
        let vocabulary = self.words.load(VocabularyUse::Matching, console)?;
        let folder = &self.output;
        if !journal::is_replaying() {
            fs::create_dir_all(folder)
                .map_err(|error| Failure::unwritable(folder.display(), &error))?;
        }
        self.write_records(folder, "candidates", candidates(&settings, &vocabulary))?;
        self.write_records(folder, "vacancies", vacancies(&settings, &vocabulary))?;
        output::write(Some(&folder.join("places.csv")), |mut out| {
            write_places(&mut out, places(&settings)).map(drop)
        })?;
        output::write_private(&folder.join("audit.csv"), |mut out| {
            write_audit(&mut out, audit(&settings)).map(drop)
        })?;
        if let Some(file) = &self.truth {
            output::write_private(file, |mut out| {
                write_jsonl(&mut out, truth(&settings, &vocabulary)).map(drop)
            })?;
        }
        Ok(Outcome::Done)
    }

    fn write_records<T: Record>(
        &self,
        folder: &Path,
        name: &str,
        records: impl Iterator<Item = T>,
    ) -> Result<(), Failure> {
        let extension = match self.format {
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Parquet => "parquet",
        };
        let file = folder.join(format!("{name}.{extension}"));
        output::write(Some(&file), |mut out| match self.format {
            Format::Jsonl => write::jsonl(&mut out, records),
            Format::Csv => write::records_csv(&mut out, records),
            Format::Parquet => write::records_parquet(&mut out, records),
        })
    }
}
