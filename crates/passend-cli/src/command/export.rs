// SPDX-License-Identifier: EUPL-1.2
//! `passend export`.

use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use passend::{Candidate, Lang, Vacancy};
use passend_io::{Code, Record, Sidecar, VumVersion, export_vum, write};

use super::messages;
use crate::arguments::{Limit, Output, Refusals, Side};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{self, Inputs};
use crate::{output, today};

/// Write records in another form: a table for a spreadsheet, one that is read back, or VUM messages
///
/// With the sidecar of their import, VUM messages are those that were read, as far as the records still say the same.
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
    #[command(flatten)]
    output: Output,
    /// What VUM messages had and records have not, as `import` wrote it
    #[arg(long, value_name = "FILE", help_heading = "VUM messages")]
    sidecar: Option<PathBuf>,
    /// Write what VUM cannot hold to this file, as JSON Lines: field, reason, count; never a value
    #[arg(long, value_name = "FILE", help_heading = "VUM messages")]
    loss: Option<PathBuf>,
    /// A table of occupations of CompetentNL, for occupations that are known by their UWV number
    #[arg(long, value_name = "FILE", help_heading = "VUM messages")]
    crosswalk: Option<PathBuf>,
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
    /// VUM 3.0, a JSON list of messages
    Vum3,
    /// VUM 2.0, a JSON list of messages
    Vum2,
}

impl Export {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let loss = self.loss.as_deref().map(|file| ("--loss", file));
        let written: Vec<_> = self
            .output
            .target()
            .map(|file| ("--output", file))
            .into_iter()
            .chain(loss)
            .chain(self.refusals.written())
            .collect();
        let beside = [("--sidecar", &self.sidecar), ("--crosswalk", &self.crosswalk)];
        let beside = beside.into_iter().filter_map(|(name, file)| Some((name, file.as_deref()?)));
        let read: Vec<_> = std::iter::once(("FILE", self.file.as_path())).chain(beside).collect();
        output::may_be_written(&read, &written)?;
        match self.side.map_or_else(|| input::side(&self.file), Ok)? {
            Side::Candidate => self.export::<Candidate>(console),
            Side::Vacancy => self.export::<Vacancy>(console),
        }
    }

    fn export<T: Record>(&self, console: &mut Console) -> Result<Outcome, Failure> {
        let version = match self.format {
            Format::Vum3 => Some(VumVersion::Three),
            Format::Vum2 => Some(VumVersion::Two),
            _ if self.sidecar.is_some() || self.loss.is_some() || self.crosswalk.is_some() => {
                let expected = "expected `--format vum3` or `vum2` with `--sidecar`, `--loss` or `--crosswalk`";
                return Err(Failure::Usage(expected.to_owned()));
            }
            _ => None,
        };
        let mut inputs = Inputs::new(&self.refusals);
        let batch = inputs.read::<T>(&self.file, console)?;
        inputs.limit(&batch, self.limit, console)?;
        inputs.write_refused(console)?;
        let records = batch.accepted;
        if let Some(version) = version {
            self.messages(&records, version, console)?;
            return Ok(inputs.outcome());
        }
        output::write(self.output.target(), |mut out| match self.format {
            Format::Csv => write::records_csv(&mut out, records),
            Format::CsvNl => write::records_csv_nl(&mut out, &records),
            Format::Xlsx => write::records_xlsx(&mut out, &records, today::today(), console.lang()),
            Format::Parquet => write::records_parquet(&mut out, records),
            Format::Jsonl | Format::Vum3 | Format::Vum2 => write::jsonl(&mut out, records),
        })?;
        Ok(inputs.outcome())
    }

    fn messages<T: Record>(
        &self,
        records: &[T],
        version: VumVersion,
        console: &Console,
    ) -> Result<(), Failure> {
        let sidecar = match &self.sidecar {
            Some(path) => Sidecar::read(BufReader::new(input::unbuffered(path)?))
                .map_err(|error| Failure::known(path.display(), Code::BadSidecar, error))?,
            None => Sidecar::default(),
        };
        let crosswalk = messages::crosswalk(self.crosswalk.as_deref())?;
        let exported = export_vum(records, version, &sidecar, &crosswalk);
        // Messages may hold contact details and data about health.
        let file = self.output.target().filter(|target| *target != Path::new("-"));
        match file.filter(|_| self.sidecar.is_some()) {
            Some(file) => output::write_private(file, |out| write_list(out, &exported.messages))?,
            None => output::write(self.output.target(), |out| write_list(out, &exported.messages))?,
        }
        if exported.left_out > 0 {
            let count = exported.left_out;
            console.say(match console.lang() {
                Lang::Nl => format!("{count} records zijn weggelaten: hun id past niet in VUM"),
                Lang::En => format!("{count} records were left out: their id does not fit in VUM"),
            });
        }
        messages::write_losses(self.loss.as_deref(), &exported.losses)
    }
}

/// One list, with a message on each line.
fn write_list(out: &mut dyn Write, messages: &[serde_json::Value]) -> io::Result<()> {
    out.write_all(b"[")?;
    for (number, message) in messages.iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, message)?;
    }
    out.write_all(b"\n]\n")
}
