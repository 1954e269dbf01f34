// SPDX-License-Identifier: EUPL-1.2
//! `passend synth`.

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend_io::VocabularyUse;
use passend_synth::{Regime, Settings, audit, candidates, vacancies, write_audit, write_jsonl};

use crate::arguments::Words;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;

/// Make people and vacancies from a seed, for tests and measurements; the same seed gives the same files everywhere
///
/// Writes `candidates.jsonl`, `vacancies.jsonl` and `audit.csv` into a folder; files that are there are replaced. The
/// audit file holds invented attributes for measuring fairness; no record depends on them.
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
    /// How to write the records
    #[arg(short, long, value_enum, default_value = "jsonl", value_name = "FORMAT")]
    format: Format,
    /// The folder to write into; it is made if it is not there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    words: Words,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One record a line
    Jsonl,
}

impl Synth {
    pub(crate) fn run(self, console: &Console) -> Result<Outcome, Failure> {
        let Format::Jsonl = self.format;
        let Self { candidates: people, vacancies: work, seed, regime, output: ref folder, .. } =
            self;
        let settings = Settings { candidates: people, vacancies: work, seed, regime };
        let vocabulary = self.words.load(VocabularyUse::Matching, console)?;
        fs::create_dir_all(folder)
            .map_err(|error| Failure::unwritable(folder.display(), &error))?;
        output::write(Some(&folder.join("candidates.jsonl")), |mut out| {
            write_jsonl(&mut out, candidates(&settings, &vocabulary)).map(drop)
        })?;
        output::write(Some(&folder.join("vacancies.jsonl")), |mut out| {
            write_jsonl(&mut out, vacancies(&settings, &vocabulary)).map(drop)
        })?;
        output::write_private(&folder.join("audit.csv"), |mut out| {
            write_audit(&mut out, audit(&settings)).map(drop)
        })?;
        Ok(Outcome::Done)
    }
}
