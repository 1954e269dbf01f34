// SPDX-License-Identifier: EUPL-1.2
//! What `import` and `export` share of messages and documents of others.

use std::path::{Path, PathBuf};

use clap::Args;
use passend::Lang;
use passend_io::write::jsonl;
use passend_io::{Code, Crosswalk, Loss, Sidecar};

use crate::console::Console;
use crate::failure::Failure;
use crate::{input, output};

/// Files beside messages that are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Messages and documents")]
pub(crate) struct Messages {
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
}

impl Messages {
    /// The files that are written, each with the argument that names it.
    pub(crate) fn written(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let sidecar = self.sidecar.as_deref().map(|file| ("--sidecar", file));
        let loss = self.loss.as_deref().map(|file| ("--loss", file));
        sidecar.into_iter().chain(loss)
    }

    /// The files that are read, each with the argument that names it.
    pub(crate) fn read(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        self.crosswalk.as_deref().map(|file| ("--crosswalk", file)).into_iter()
    }

    pub(crate) fn crosswalk(&self) -> Result<Crosswalk, Failure> {
        crosswalk(self.crosswalk.as_deref())
    }

    /// Writes what belongs to the records and is not in them, if a file for it was asked.
    pub(crate) fn write_sidecar(&self, sidecar: &Sidecar) -> Result<(), Failure> {
        let Some(path) = &self.sidecar else { return Ok(()) };
        output::write_private(path, |mut out| jsonl(&mut out, sidecar.lines()))
    }

    pub(crate) fn write_losses(&self, losses: &[Loss]) -> Result<(), Failure> {
        write_losses(self.loss.as_deref(), losses)
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
    output::write(Some(path), |mut out| jsonl(&mut out, losses))
}

/// Says what does not come through.
pub(crate) fn tell(losses: &[Loss], console: &Console) {
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
