// SPDX-License-Identifier: EUPL-1.2
//! Opens and reads what the program is given.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use passend::{Candidate, Changes, Day, Event, Vacancy};
use passend_io::fields::paths;
use passend_io::{
    Batch, Code, InParts, OnRefusal, ReadError, Reading, Record, Refused, Report, copy_rows,
    read_changes, read_events, read_in_parts, read_places, read_records_with,
};

use crate::arguments::{Limit, Refusals};
use crate::console::Console;
use crate::failure::{Failure, Outcome};

use crate::journal::{self, Noted};
use crate::output;

/// What was read, and how that went so far.
#[derive(Debug)]
pub(crate) struct Inputs<'a> {
    refusals: &'a Refusals,
    threads: usize,
    /// Those of all files, if somebody wants to have them.
    refused: Vec<Refused>,
    is_any_refused: bool,
    /// For each file that is to be copied from: its rows.
    originals: Vec<Originals>,
    /// The command writes the refused rows themselves, since they are no rows of records.
    are_originals_elsewhere: bool,
}

/// The rows of a file that were refused.
#[derive(Debug)]
struct Originals {
    file: PathBuf,
    side: passend::Side,
    numbers: Vec<u64>,
}

impl<'a> Inputs<'a> {
    pub(crate) fn new(refusals: &'a Refusals) -> Self {
        Self {
            refusals,
            threads: 0,
            refused: Vec::new(),
            is_any_refused: false,
            originals: Vec::new(),
            are_originals_elsewhere: false,
        }
    }

    /// Leaves the refused rows themselves to the command.
    pub(crate) fn originals_elsewhere(self) -> Self {
        Self { are_originals_elsewhere: true, ..self }
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
        let (input, file, reading) = self.begin(path)?;
        let batch = read_records_with(input, &file, reading)
            .map_err(|source| Failure::Read { file, source })?;
        self.keep_originals::<T>(path, &batch.report);
        self.judge(batch, console)
    }

    /// Reads records as [`Self::read`] does, and hands them out some at a time.
    pub(crate) fn read_in_parts<T: Record>(
        &mut self,
        path: &Path,
        console: &mut Console,
        take: impl FnMut(Vec<T>),
    ) -> Result<InParts, Failure> {
        let (input, file, reading) = self.begin(path)?;
        let done = read_in_parts(input, &file, reading, take)
            .map_err(|source| Failure::Read { file, source })?;
        self.keep_originals::<T>(path, &done.report);
        self.judge_report::<T>(&done.report, console)?;
        Ok(done)
    }

    /// A file of records, what it is called and how it is read.
    fn begin(&self, path: &Path) -> Result<(Box<dyn BufRead>, String, Reading), Failure> {
        if self.refusals.quarantine.is_some() && is_standard(path) {
            return Err(Failure::Usage(
                "expected a file with `--quarantine`: standard input can be read once".to_owned(),
            ));
        }
        let on_refusal = if self.refusals.strict { OnRefusal::Stop } else { OnRefusal::Continue };
        let reading = Reading { on_refusal, threads: self.threads };
        Ok((open(path)?, path.display().to_string(), reading))
    }

    fn keep_originals<T: Record>(&mut self, path: &Path, report: &Report) {
        if self.refusals.quarantine.is_some() && !report.refused.is_empty() {
            let numbers = report.refused.iter().map(|row| row.record).collect();
            self.originals.push(Originals { file: path.to_owned(), side: T::SIDE, numbers });
        }
    }

    /// Reads what happened, and reports. Fails as [`Self::read`] does, and when too many rows were refused.
    pub(crate) fn events(
        &mut self,
        path: &Path,
        as_of: Day,
        limit: Limit,
        console: &mut Console,
    ) -> Result<Vec<Event>, Failure> {
        let file = path.display().to_string();
        let on_refusal = if self.refusals.strict { OnRefusal::Stop } else { OnRefusal::Continue };
        let reading = Reading { on_refusal, threads: self.threads };
        let batch = read_events(open(path)?, &file, as_of, reading)
            .map_err(|source| Failure::Read { file: file.clone(), source })?;
        self.add(&batch.report, console);
        if batch.report.stopped {
            self.write_refused(console)?;
            return Err(Failure::Stopped { file });
        }
        self.limit_of(&batch.report, limit, console)?;
        Ok(batch.accepted)
    }

    /// Reports what was read from a file.
    ///
    /// Fails when all rows are of the other side, or when `--strict` was asked and a row was refused.
    pub(crate) fn judge<T: Record>(
        &mut self,
        batch: Batch<T>,
        console: &mut Console,
    ) -> Result<Batch<T>, Failure> {
        self.judge_report::<T>(&batch.report, console)?;
        Ok(batch)
    }

    fn judge_report<T: Record>(
        &mut self,
        report: &Report,
        console: &mut Console,
    ) -> Result<(), Failure> {
        let file = report.file.clone();
        if of_other_side::<T>(report) {
            console.count(report);
            self.note(report);
            self.write_refused(console)?;
            return Err(Failure::known(
                file,
                Code::Swapped,
                format_args!("expected {}", Code::Swapped.rule()),
            ));
        }
        self.add(report, console);
        if report.stopped {
            self.write_refused(console)?;
            return Err(Failure::Stopped { file });
        }
        Ok(())
    }

    /// Reports what was read from a file that gives no records by itself.
    pub(crate) fn add(&mut self, report: &Report, console: &mut Console) {
        console.report(report);
        self.note(report);
    }

    fn note(&mut self, report: &Report) {
        self.is_any_refused |= !report.refused.is_empty();
        if self.refusals.refused.is_some() {
            self.refused.extend(report.refused.iter().cloned());
        }
    }

    /// Fails when too many rows of the file were refused.
    pub(crate) fn limit<T>(
        &self,
        batch: &Batch<T>,
        limit: Limit,
        console: &Console,
    ) -> Result<(), Failure> {
        self.limit_of(&batch.report, limit, console)
    }

    /// Fails when too many rows of the file of this report were refused.
    pub(crate) fn limit_of(
        &self,
        report: &Report,
        limit: Limit,
        console: &Console,
    ) -> Result<(), Failure> {
        let percent = limit.max_refused;
        if !report.too_many_refused(percent) {
            return Ok(());
        }
        self.write_refused(console)?;
        Err(Failure::TooManyRefused {
            file: report.file.clone(),
            percent,
            refused: report.refused.len(),
            read: report.read,
        })
    }

    /// Writes the file of refused rows and that of the rows themselves, each if it was asked.
    pub(crate) fn write_refused(&self, console: &Console) -> Result<(), Failure> {
        if let Some(path) = &self.refusals.refused {
            output::write(Some(path), |mut out| passend_io::write::jsonl(&mut out, &self.refused))?;
        }
        let Some(path) =
            self.refusals.quarantine.as_ref().filter(|_| !self.are_originals_elsewhere)
        else {
            return Ok(());
        };
        output::write_private(path, |out| {
            self.originals.iter().try_for_each(|rows| rows.copy(out).map_err(io::Error::other))
        })?;
        let rows: usize = self.originals.iter().map(|rows| rows.numbers.len()).sum();
        if rows > 0 {
            let file = path.display();
            console.say(match console.lang() {
                passend::Lang::Nl => format!(
                    "{file}: de {rows} geweigerde regels zelf; alleen de eigenaar kan ze lezen"
                ),
                passend::Lang::En => {
                    format!(
                        "{file}: the {rows} refused rows themselves; only the owner can read them"
                    )
                }
            });
        }
        Ok(())
    }

    /// How a run ends that did what was asked.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.is_any_refused { Outcome::RowsRefused } else { Outcome::Done }
    }
}

impl Originals {
    fn copy(&self, mut out: &mut dyn Write) -> Result<(), ReadError> {
        let input = BufReader::with_capacity(1 << 16, File::open(&self.file)?);
        match self.side {
            passend::Side::Candidate => copy_rows::<Candidate>(input, &self.numbers, &mut out),
            passend::Side::Vacancy => copy_rows::<Vacancy>(input, &self.numbers, &mut out),
        }
    }
}

/// Whether every row was refused for a key that only records of the other side have.
fn of_other_side<T: Record>(report: &Report) -> bool {
    let (own, other) = match T::SIDE {
        passend::Side::Candidate => (paths::<Candidate>(), paths::<Vacancy>()),
        passend::Side::Vacancy => (paths::<Vacancy>(), paths::<Candidate>()),
    };
    let has = |paths: &[String], key: &str| paths.iter().any(|path| first(path) == key);
    report.accepted == 0
        && !report.refused.is_empty()
        && report.refused.iter().all(|row| {
            let key = first(&row.path);
            let by_key = matches!(row.code, Code::UnknownKey | Code::ProtectedAttribute);
            by_key && has(&other, key) && !has(&own, key)
        })
}

/// The side that the records of a file belong to, as their keys tell.
///
/// It is read as both: it is the one that takes more of its rows.
pub(crate) fn side(path: &Path) -> Result<crate::arguments::Side, Failure> {
    use crate::arguments::Side;
    if is_standard(path) {
        return Err(Failure::Usage(
            "expected `--side` with standard input: it can be read once".to_owned(),
        ));
    }
    let people = accepted::<Candidate>(path)?;
    let work = accepted::<Vacancy>(path)?;
    match people.cmp(&work) {
        std::cmp::Ordering::Greater => Ok(Side::Candidate),
        std::cmp::Ordering::Less => Ok(Side::Vacancy),
        std::cmp::Ordering::Equal => Err(Failure::Usage(
            "expected `--side candidate` or `--side vacancy`: the keys do not tell".to_owned(),
        )),
    }
}

/// How many rows are taken as records of a side; none of a file that holds no records at all.
fn accepted<T: Record>(path: &Path) -> Result<u64, Failure> {
    let file = File::open(path).map_err(|error| Failure::unreadable(path, error))?;
    let batch = read_records_with::<T>(BufReader::new(file), "", Reading::default());
    Ok(batch.map(|batch| batch.report.accepted).unwrap_or_default())
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
        return Ok(Noted::over(path, Box::new(io::stdin().lock())));
    }
    let file = File::open(path).map_err(|error| Failure::unreadable(path, error))?;
    Ok(Noted::over(path, Box::new(file)))
}

/// All bytes of a file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::unreadable(path, error))?;
    if journal::is_on() {
        journal::note_input(path, passend_io::hash(&bytes));
    }
    Ok(bytes)
}

/// The text of a file, for tables that are read whole.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(bytes(path)?).map_err(|error| {
        Failure::unreadable(path, io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))
    })
}

/// A result that was written before.
pub(crate) fn changes(path: &Path) -> Result<Changes, Failure> {
    read_changes(open(path)?)
        .map_err(|error| Failure::known(path.display(), Code::BadResult, error))
}

/// Places that the caller adds.
pub(crate) fn places(path: &Path) -> Result<Vec<passend::Place>, Failure> {
    read_places(open(path)?).map_err(|error| Failure::known(path.display(), Code::BadPlaces, error))
}
