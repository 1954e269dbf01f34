// SPDX-License-Identifier: EUPL-1.2
//! What a run read, wrote and went by, for its record; and the same once more when a record is replayed.
//!
//! Every command reads through `input` and writes through `output`, which tell it here: so each can be recorded and replayed
//! without a line of its own.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use passend::Day;
use passend_io::{
    Code, Entry, Hashed, HashedFile, Report, Run, RunRecordError, append_run, read_runs,
};

use crate::failure::Failure;

/// What is kept of this run.
static JOURNAL: Mutex<Journal> =
    Mutex::new(Journal { mode: Mode::Off, day: None, run: None, parts: None });

struct Journal {
    mode: Mode,
    /// The day that is today in a replay.
    day: Option<Day>,
    run: Option<Run>,
    /// A folder of parts that are not needed when the record tells of the whole.
    parts: Option<PathBuf>,
}

enum Mode {
    /// Nobody asked for a record.
    Off,
    /// It is added to this record.
    Recording(PathBuf),
    /// Nothing is written: what would be is hashed.
    Replaying,
}

fn journal() -> MutexGuard<'static, Journal> {
    JOURNAL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on what is read and written is kept for this record.
///
/// Fails when the file is there and is no whole record: better now than after the work.
pub(crate) fn record_in(file: PathBuf, arguments: Vec<String>) -> Result<(), Failure> {
    entries(&file)?;
    let versions = [("program".to_owned(), env!("CARGO_PKG_VERSION").to_owned())].into();
    let mut journal = journal();
    journal.mode = Mode::Recording(file);
    journal.run = Some(Run { command: arguments, versions, ..Run::default() });
    Ok(())
}

/// The lines of a record; none of one that is not there.
pub(crate) fn entries(file: &Path) -> Result<Vec<Entry>, Failure> {
    match std::fs::read(file) {
        Ok(text) => read_runs(&text).map_err(|error| broken(file, error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Failure::unreadable(file, error)),
    }
}

fn broken(file: &Path, error: RunRecordError) -> Failure {
    match error {
        RunRecordError::System(error) => Failure::unwritable(file.display(), &error),
        error => Failure::known(file.display(), Code::BrokenRecord, error),
    }
}

/// From now on nothing is written, and today is this day.
pub(crate) fn replay(day: Option<Day>) {
    let mut journal = journal();
    journal.mode = Mode::Replaying;
    journal.day = day;
    journal.run = Some(Run::default());
}

/// Ends a replay; gives what it read and wrote.
pub(crate) fn end_replay() -> Run {
    let mut journal = journal();
    journal.mode = Mode::Off;
    journal.day = None;
    journal.run.take().unwrap_or_default()
}

pub(crate) fn is_replaying() -> bool {
    matches!(journal().mode, Mode::Replaying)
}

/// Whether a record is kept or replayed.
pub(crate) fn is_on() -> bool {
    !matches!(journal().mode, Mode::Off)
}

/// The record that is kept, if one is.
pub(crate) fn file() -> Option<PathBuf> {
    match &journal().mode {
        Mode::Recording(file) => Some(file.clone()),
        _ => None,
    }
}

/// The day that is today for a replay, or for a run that is resumed.
pub(crate) fn today() -> Option<Day> {
    journal().day
}

/// From now on today is this day: that of the run that is resumed.
pub(crate) fn resume_on(day: Day) {
    journal().day = Some(day);
}

/// What is known of the run so far.
pub(crate) fn so_far() -> Run {
    journal().run.clone().unwrap_or_default()
}

fn note(add: impl FnOnce(&mut Run)) {
    if let Some(run) = &mut journal().run {
        add(run);
    }
}

/// The day on which rules are read.
pub(crate) fn note_day(day: Day) {
    note(|run| run.as_of = Some(day));
}

/// The version of something that decides.
pub(crate) fn note_version(of: &str, version: &str) {
    note(|run| {
        let known = run.versions.entry(of.to_owned()).or_default();
        // Two may decide, where scenarios are compared.
        if known.is_empty() {
            version.clone_into(known);
        } else if known != version {
            known.push_str(" | ");
            known.push_str(version);
        }
    });
}

/// How the reading of a file went.
pub(crate) fn note_report(report: &Report) {
    let counts = [
        ("read", report.read),
        ("accepted", report.accepted),
        ("refused", u64::try_from(report.refused.len()).unwrap_or(u64::MAX)),
        ("warned", report.warned()),
    ];
    let counts = counts.map(|(name, count)| (name.to_owned(), count)).into();
    note(|run| {
        run.counts.insert(report.file.clone(), counts);
    });
}

/// A file that was read.
pub(crate) fn note_input(file: &Path, sha256: String) {
    let file = HashedFile { file: file.display().to_string(), sha256 };
    note(|run| {
        if !run.inputs.contains(&file) {
            run.inputs.push(file);
        }
    });
}

/// A file that was written; `-` for standard output.
pub(crate) fn note_output(file: &Path, sha256: String) {
    let file = HashedFile { file: file.display().to_string(), sha256 };
    note(|run| {
        run.outputs.retain(|known| known.file != file.file);
        run.outputs.push(file);
    });
}

/// Adds a line to the record, if one is kept.
pub(crate) fn append(run: &Run) -> Result<(), Failure> {
    let Some(file) = file() else { return Ok(()) };
    append_run(&file, run).map(drop).map_err(|error| broken(&file, error))
}

/// A folder that is removed when the record tells of this run.
pub(crate) fn remove_at_the_end(folder: PathBuf) {
    journal().parts = Some(folder);
}

/// Adds this run to the record, and removes the parts that were kept of it.
pub(crate) fn end() -> Result<(), Failure> {
    append(&so_far())?;
    if let Some(folder) = journal().parts.take() {
        // What cannot be removed now is removed by the next run that writes the same target.
        let _ = std::fs::remove_dir_all(folder);
    }
    Ok(())
}

/// An input that is hashed while it is read, to its end whether or not the reader goes there.
pub(crate) struct Noted {
    input: Box<dyn Read>,
    file: PathBuf,
    seen: Option<Hashed<io::Sink>>,
}

impl Noted {
    /// The input as it is, or one that is noted while a record is kept or replayed.
    pub(crate) fn over(file: &Path, input: Box<dyn Read>) -> Box<dyn Read> {
        if !is_on() {
            return input;
        }
        Box::new(Self { input, file: file.to_owned(), seen: Some(Hashed::new(io::sink())) })
    }
}

impl Read for Noted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        if let Some(seen) = &mut self.seen {
            seen.write_all(buffer.get(..read).unwrap_or_default())?;
        }
        Ok(read)
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        let mut rest = vec![0; 1 << 16];
        while self.read(&mut rest).is_ok_and(|read| read > 0) {}
        if let Some(seen) = self.seen.take() {
            note_input(&self.file, seen.finish().1);
        }
    }
}
