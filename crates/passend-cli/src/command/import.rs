// SPDX-License-Identifier: EUPL-1.2
//! `passend import`.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use passend::{Candidate, Day, Lang, Vacancy};
use passend_io::{
    Code, Crosswalk, ImportOptions, Imported, Loss, MessageFormat, OnRefusal, Record,
    import_messages,
};

use crate::arguments::{Limit, Output, Refusals, Side};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{self, Inputs};
use crate::{output, today};

/// Turn messages and documents of others into records
///
/// What a VUM message has and a record has not goes to the sidecar alone. Without `--output` nothing is written: the losses
/// are told.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file; `-` for standard input
    file: PathBuf,
    /// What it holds
    #[arg(long)]
    side: Side,
    /// Its form
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// Write what VUM messages have and records have not to this file, which only its owner may read; it may hold contact
    /// details and data about health
    #[arg(long, value_name = "FILE")]
    sidecar: Option<PathBuf>,
    /// Write what the records do not hold to this file, as JSON Lines: field, reason, count; never a value
    #[arg(long, value_name = "FILE")]
    loss: Option<PathBuf>,
    /// A table of occupations of CompetentNL, with their labels and UWV numbers
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
    /// The day by which a minor is told from an adult; without it today by UTC
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    #[command(flatten)]
    limit: Limit,
    #[command(flatten)]
    refusals: Refusals,
    #[command(flatten)]
    output: Output,
}

/// A form that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// VUM 2.0, a JSON list of messages
    Vum2,
    /// VUM 3.0, a JSON list of messages
    Vum3,
    /// schema.org JobPosting, JSON-LD or saved HTML
    #[value(name = "jobposting")]
    JobPosting,
    /// Europass XML
    Europass,
    /// JSON Resume
    #[value(name = "jsonresume")]
    JsonResume,
}

impl From<Format> for MessageFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Vum2 => Self::Vum2,
            Format::Vum3 => Self::Vum3,
            Format::JobPosting => Self::JobPosting,
            Format::Europass => Self::Europass,
            Format::JsonResume => Self::JsonResume,
        }
    }
}

impl Import {
    pub(crate) fn run(&self, console: &mut Console) -> Result<Outcome, Failure> {
        match self.side {
            Side::Candidate => self.of::<Candidate>(console),
            Side::Vacancy => self.of::<Vacancy>(console),
        }
    }

    fn of<T: Record>(&self, console: &mut Console) -> Result<Outcome, Failure> {
        let mut written: Vec<(&str, &Path)> = Vec::new();
        for (name, file) in [
            ("--output", self.output.target()),
            ("--sidecar", self.sidecar.as_deref()),
            ("--loss", self.loss.as_deref()),
            ("--refused", self.refusals.refused.as_deref()),
        ] {
            written.extend(file.map(|file| (name, file)));
        }
        let mut read: Vec<(&str, &Path)> = vec![("FILE", &self.file)];
        read.extend(self.crosswalk.as_deref().map(|file| ("--crosswalk", file)));
        output::may_be_written(&read, &written)?;
        let mut bytes = Vec::new();
        input::unbuffered(&self.file)?
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::unreadable(&self.file, error))?;
        let options = ImportOptions {
            on_refusal: if self.refusals.strict { OnRefusal::Stop } else { OnRefusal::Continue },
            as_of: Some(self.as_of.unwrap_or_else(today::today)),
            crosswalk: crosswalk(self.crosswalk.as_deref())?,
        };
        let file = self.file.display().to_string();
        let imported: Imported<T> = import_messages(self.format.into(), &bytes, &file, &options)
            .map_err(|source| Failure::Read { file: file.clone(), source })?;
        let mut inputs = Inputs::new(&self.refusals);
        inputs.took(&imported.batch, console)?;
        inputs.limit(&imported.batch, self.limit)?;
        match self.output.target() {
            Some(target) => {
                // First: records without what belongs to them would be a loss, the other way round is none.
                if let Some(path) = &self.sidecar {
                    output::write_private(path, |mut out| {
                        passend_io::write::jsonl(&mut out, imported.sidecar.lines())
                    })?;
                }
                output::write(Some(target), |mut out| {
                    passend_io::write::jsonl(&mut out, &imported.batch.accepted)
                })?;
            }
            None => tell(&imported.losses, console),
        }
        write_losses(self.loss.as_deref(), &imported.losses)?;
        inputs.write_refused()?;
        Ok(inputs.outcome())
    }
}

/// The table of occupations of CompetentNL.
pub(crate) fn crosswalk(file: Option<&Path>) -> Result<Crosswalk, Failure> {
    let Some(path) = file else { return Ok(Crosswalk::default()) };
    Crosswalk::read(&input::bytes(path)?)
        .map_err(|error| Failure::known(path.display(), Code::BadCrosswalk, error))
}

/// Writes what does not come through, if a file for it was asked.
pub(crate) fn write_losses(path: Option<&Path>, losses: &[Loss]) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    output::write(Some(path), |mut out| passend_io::write::jsonl(&mut out, losses))
}

/// Says what does not come through.
fn tell(losses: &[Loss], console: &Console) {
    if losses.is_empty() {
        return;
    }
    console.say(match console.lang() {
        Lang::Nl => "niet in het record:",
        Lang::En => "not in the record:",
    });
    for Loss { field, reason, count } in losses {
        let reason = serde_json::to_string(reason).unwrap_or_default();
        console.say(format_args!("{count:>8}  {field}: {}", reason.trim_matches('"')));
    }
}
