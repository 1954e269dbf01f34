// SPDX-License-Identifier: EUPL-1.2
//! `passend export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Candidate, Vacancy};
use passend_io::{Record, write};

use crate::arguments::{Limit, Refusals, Side};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{self, Inputs};
use crate::{output, today};

/// Write records in another form: a table for a spreadsheet, or one that is read back
///
/// `csv` and `parquet` hold everything and are read back as the same records. `csv-nl` and `xlsx` are for people: fields that
/// no record fills are left out, and lists are in words.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The file of candidates or vacancies
    file: PathBuf,
    /// How to write it
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    format: Format,
    /// What the file holds; without this it is seen from the keys
    #[arg(long)]
    side: Option<Side>,
    /// Write to this file, which is replaced only when all of it is written; `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    refusals: Refusals,
    #[command(flatten)]
    limit: Limit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table with a column for each field, as `docs/records-csv.md` describes it
    Csv,
    /// A table as a Dutch spreadsheet opens it
    CsvNl,
    /// A spreadsheet, in the language of `--lang`
    Xlsx,
    /// Nested columns, as `docs/records-parquet.md` describes them
    Parquet,
    /// One record a line
    Jsonl,
}

impl Export {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let written: Vec<_> = std::iter::once(("--output", self.output.as_path()))
            .chain(self.refusals.written())
            .collect();
        output::may_be_written(&[("FILE", &self.file)], &written)?;
        match self.side.map_or_else(|| input::side(&self.file), Ok)? {
            Side::Candidate => self.export::<Candidate>(console),
            Side::Vacancy => self.export::<Vacancy>(console),
        }
    }

    fn export<T: Record>(&self, console: &mut Console) -> Result<Outcome, Failure> {
        let mut inputs = Inputs::new(&self.refusals);
        let batch = inputs.read::<T>(&self.file, console)?;
        inputs.limit(&batch, self.limit, console)?;
        inputs.write_refused(console)?;
        let records = batch.accepted;
        output::write(Some(&self.output), |mut out| match self.format {
            Format::Csv => write::records_csv(&mut out, records),
            Format::CsvNl => write::records_csv_nl(&mut out, &records),
            Format::Xlsx => write::records_xlsx(&mut out, &records, today::today(), console.lang()),
            Format::Parquet => write::records_parquet(&mut out, records),
            Format::Jsonl => write::jsonl(&mut out, records),
        })?;
        Ok(inputs.outcome())
    }
}
