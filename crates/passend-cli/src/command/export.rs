// SPDX-License-Identifier: EUPL-1.2
//! `passend export`.

use std::io::{self, BufReader, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use passend::{Candidate, Lang, Vacancy};
use passend_io::{Code, Record, Sidecar, VumVersion, export_vum};

use super::import::{crosswalk, write_losses};
use crate::arguments::{Limit, Output, Refusals, Side};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{self, Inputs};
use crate::output;

/// Write records in a form of others
///
/// With the sidecar of their import, VUM messages are those that were read, as far as the records still say the same.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The records; `-` for standard input
    file: PathBuf,
    /// What they are; without it told by the `schema` of the first
    #[arg(long)]
    side: Option<Side>,
    /// The form
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// What VUM messages had and records have not, as `import` wrote it
    #[arg(long, value_name = "FILE")]
    sidecar: Option<PathBuf>,
    /// Write what the form cannot hold to this file, as JSON Lines: field, reason, count; never a value
    #[arg(long, value_name = "FILE")]
    loss: Option<PathBuf>,
    /// A table of occupations of CompetentNL, for occupations that are known by their UWV number
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
    #[command(flatten)]
    limit: Limit,
    #[command(flatten)]
    refusals: Refusals,
    #[command(flatten)]
    output: Output,
}

/// A form that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// VUM 3.0, a JSON list of messages
    Vum3,
    /// VUM 2.0, a JSON list of messages
    Vum2,
}

impl Export {
    pub(crate) fn run(&self, console: &mut Console) -> Result<Outcome, Failure> {
        let side = match self.side {
            Some(side) => side,
            None => side_of(&self.file)?,
        };
        match side {
            Side::Candidate => self.of::<Candidate>(console),
            Side::Vacancy => self.of::<Vacancy>(console),
        }
    }

    fn of<T: Record>(&self, console: &mut Console) -> Result<Outcome, Failure> {
        let mut written: Vec<(&str, &Path)> = Vec::new();
        for (name, file) in [
            ("--output", self.output.target()),
            ("--loss", self.loss.as_deref()),
            ("--refused", self.refusals.refused.as_deref()),
        ] {
            written.extend(file.map(|file| (name, file)));
        }
        let mut read: Vec<(&str, &Path)> = vec![("FILE", &self.file)];
        read.extend(self.sidecar.as_deref().map(|file| ("--sidecar", file)));
        read.extend(self.crosswalk.as_deref().map(|file| ("--crosswalk", file)));
        output::may_be_written(&read, &written)?;
        let sidecar = match &self.sidecar {
            Some(path) => Sidecar::read(BufReader::new(input::unbuffered(path)?))
                .map_err(|error| Failure::known(path.display(), Code::BadSidecar, error))?,
            None => Sidecar::default(),
        };
        let crosswalk = crosswalk(self.crosswalk.as_deref())?;
        let mut inputs = Inputs::new(&self.refusals);
        let batch = inputs.read::<T>(&self.file, console)?;
        inputs.limit(&batch, self.limit)?;
        let version = match self.format {
            Format::Vum2 => VumVersion::Two,
            Format::Vum3 => VumVersion::Three,
        };
        let exported = export_vum(&batch.accepted, version, &sidecar, &crosswalk);
        // Messages may hold contact details and data about health.
        let is_file = |target: &&Path| *target != Path::new("-");
        match self.output.target().filter(is_file).filter(|_| self.sidecar.is_some()) {
            Some(path) => output::write_private(path, |out| write(out, &exported.messages))?,
            None => output::write(self.output.target(), |out| write(out, &exported.messages))?,
        }
        if exported.left_out > 0 {
            let count = exported.left_out;
            console.say(match console.lang() {
                Lang::Nl => format!("{count} records zijn weggelaten: hun id past niet in VUM"),
                Lang::En => format!("{count} records were left out: their id does not fit in VUM"),
            });
        }
        write_losses(self.loss.as_deref(), &exported.losses)?;
        inputs.write_refused()?;
        Ok(inputs.outcome())
    }
}

/// One list, with a message on each line.
fn write(out: &mut dyn Write, messages: &[serde_json::Value]) -> io::Result<()> {
    out.write_all(b"[")?;
    for (number, message) in messages.iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, message)?;
    }
    out.write_all(b"\n]\n")
}

/// The side that the schema of the first record names.
fn side_of(path: &Path) -> Result<Side, Failure> {
    const NEAR: u64 = 1 << 16;
    let unknown = || {
        Failure::Usage(
            "expected `--side candidate` or `--side vacancy`: the first record names no `schema`"
                .to_owned(),
        )
    };
    if path == Path::new("-") {
        return Err(unknown());
    }
    let mut start = Vec::new();
    input::unbuffered(path)?
        .take(NEAR)
        .read_to_end(&mut start)
        .map_err(|error| Failure::unreadable(path, error))?;
    let text = String::from_utf8_lossy(&start);
    let place = |schema: &str| text.find(&format!("\"{schema}\""));
    match (place("passend/candidate/1"), place("passend/vacancy/1")) {
        (Some(_), None) => Ok(Side::Candidate),
        (None, Some(_)) => Ok(Side::Vacancy),
        _ => Err(unknown()),
    }
}
