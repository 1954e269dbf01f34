// SPDX-License-Identifier: EUPL-1.2
//! Opens and reads what the program is given.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use passend::{Candidate, Vacancy};
use passend_io::{
    Batch, Code, OnRefusal, Reading, Record, Refused, read_places, read_records_with,
};

use crate::arguments::{Limit, Refusals};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::fields::paths;
use crate::output;

/// What was read, and how that went so far.
#[derive(Debug)]
pub(crate) struct Inputs<'a> {
    refusals: &'a Refusals,
    threads: usize,
    refused: Vec<Refused>,
}

impl<'a> Inputs<'a> {
    pub(crate) fn new(refusals: &'a Refusals) -> Self {
        Self { refusals, threads: 0, refused: Vec::new() }
    }

    /// Reads on so many threads; 0 for all.
    pub(crate) fn on_threads(self, threads: usize) -> Self {
        Self { threads, ..self }
    }

    /// Reads records from a file, or from standard input for `-`, and reports.
    ///
    /// Fails when the file is none of records, or when `--strict` was asked and a row was refused.
    pub(crate) fn read<T: Record>(
        &mut self,
        path: &Path,
        console: &mut Console,
    ) -> Result<Batch<T>, Failure> {
        let file = path.display().to_string();
        let on_refusal = if self.refusals.strict { OnRefusal::Stop } else { OnRefusal::Continue };
        let reading = Reading { on_refusal, threads: self.threads };
        let batch = read_records_with(open(path)?, &file, reading)
            .map_err(|source| Failure::Read { file: file.clone(), source })?;
        self.took(&batch, console)?;
        Ok(batch)
    }

    /// Reports what was read in another way.
    pub(crate) fn took<T: Record>(
        &mut self,
        batch: &Batch<T>,
        console: &mut Console,
    ) -> Result<(), Failure> {
        let file = batch.report.file.clone();
        console.report(&batch.report);
        self.refused.extend(batch.report.refused.iter().cloned());
        if of_other_side(batch) {
            self.write_refused()?;
            return Err(Failure::known(
                file,
                Code::Swapped,
                format_args!("expected {}", Code::Swapped.rule()),
            ));
        }
        if batch.report.stopped {
            self.write_refused()?;
            return Err(Failure::Stopped { file });
        }
        Ok(())
    }

    /// Fails when too many rows of the file were refused.
    pub(crate) fn limit<T>(&self, batch: &Batch<T>, limit: Limit) -> Result<(), Failure> {
        let (report, percent) = (&batch.report, limit.max_refused);
        if !report.too_many_refused(percent) {
            return Ok(());
        }
        self.write_refused()?;
        Err(Failure::TooManyRefused {
            file: report.file.clone(),
            percent,
            refused: report.refused.len(),
            read: report.read,
        })
    }

    /// Writes the file of refused rows, if one was asked.
    pub(crate) fn write_refused(&self) -> Result<(), Failure> {
        let Some(path) = &self.refusals.refused else { return Ok(()) };
        output::write(Some(path), |mut out| passend_io::write::jsonl(&mut out, &self.refused))
    }

    /// How a run ends that did what was asked.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.refused.is_empty() { Outcome::Done } else { Outcome::RowsRefused }
    }
}

/// Whether every row was refused for a key that only records of the other side have.
fn of_other_side<T: Record>(batch: &Batch<T>) -> bool {
    let (own, other) = match T::SIDE {
        passend::Side::Candidate => (paths::<Candidate>(), paths::<Vacancy>()),
        passend::Side::Vacancy => (paths::<Vacancy>(), paths::<Candidate>()),
    };
    let has = |paths: &[String], key: &str| paths.iter().any(|path| first(path) == key);
    batch.accepted.is_empty()
        && !batch.report.refused.is_empty()
        && batch.report.refused.iter().all(|row| {
            let key = first(&row.path);
            let by_key = matches!(row.code, Code::UnknownKey | Code::ProtectedAttribute);
            by_key && has(&other, key) && !has(&own, key)
        })
}

/// The key of the record itself that a path begins with.
fn first(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or_default()
}

/// Standard input can be read once.
pub(crate) fn not_both_standard(first: &Path, second: &Path) -> Result<(), Failure> {
    if is_standard(first) && is_standard(second) {
        return Err(Failure::Usage(
            "expected one file besides standard input: `-` can be read once".to_owned(),
        ));
    }
    Ok(())
}

fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    const BUFFER: usize = 1 << 16;
    Ok(Box::new(BufReader::with_capacity(BUFFER, unbuffered(path)?)))
}

/// A file, or standard input for `-`, as it comes in.
pub(crate) fn unbuffered(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if is_standard(path) {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).map_err(|error| Failure::unreadable(path, error))?;
    Ok(Box::new(file))
}

/// All bytes of a file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::unreadable(path, error))
}

/// The text of a file, for tables that are read whole.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::unreadable(path, error))
}

/// Places that the caller adds.
pub(crate) fn places(path: &Path) -> Result<Vec<passend::Place>, Failure> {
    read_places(open(path)?).map_err(|error| Failure::known(path.display(), Code::BadPlaces, error))
}
