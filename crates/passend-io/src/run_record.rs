// SPDX-License-Identifier: EUPL-1.2
//! The record of runs: JSON Lines, each of which holds the hash of the one before it.
//!
//! It says what was run on which bytes and what bytes came of it, so that a run can be resumed, shown and repeated. It holds
//! names of files, hashes and counts; never a value of a record.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use passend::Day;
use serde::{Deserialize, Serialize};

use crate::hash;

/// A run, as one line of a record tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The command and its arguments, without the name of the program; the day is always among them where one counts.
    pub command: Vec<String>,
    /// The day on which rules were read.
    pub as_of: Option<Day>,
    /// Versions of what decided: `program`, `rules`, `vocabulary`, `weights`.
    pub versions: BTreeMap<String, String>,
    /// The files that were read, in the order in which they were opened.
    pub inputs: Vec<HashedFile>,
    /// The files that were written; `-` is standard output.
    pub outputs: Vec<HashedFile>,
    /// How many rows were read, accepted, refused and warned about, by file; for a part of a run which part of how many.
    pub counts: BTreeMap<String, BTreeMap<String, u64>>,
}

/// A file and what it held.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HashedFile {
    /// As the command named it.
    pub file: String,
    /// SHA-256 of its bytes, in 64 hexadecimal digits.
    pub sha256: String,
}

/// A line of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From 1.
    pub line: u64,
    /// Hash of the line before it; 64 times `0` for the first.
    pub prev: String,
    /// Hash of this line.
    pub hash: String,
    /// What it tells.
    pub run: Run,
}

/// Why a record cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunRecordError {
    /// A line is not as it was written, or is missing.
    #[error("line {line}: {fault}")]
    Broken {
        /// From 1.
        line: u64,
        /// What is wrong with it.
        fault: RunRecordFault,
    },
    /// The file cannot be read or written.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// What is wrong with a line of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RunRecordFault {
    /// The line is not of the form that a record has.
    #[error("this is no line of a run record")]
    Form,
    /// The line was changed after it was written.
    #[error("the line is not as it was written: its hash is another")]
    Hash,
    /// A line before it was changed, moved or taken out.
    #[error("the line does not follow on the one before it")]
    Chain,
    /// The last line has no end.
    #[error("the line was not written to its end")]
    Unended,
}

const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";
const DIGITS: usize = FIRST.len();

/// Reads a record and checks its chain.
///
/// ```
/// use passend_io::{Run, append_run, read_runs};
///
/// let folder = tempfile::tempdir()?;
/// let file = folder.path().join("runs.jsonl");
/// append_run(&file, &Run { command: vec!["match".into()], ..Run::default() })?;
/// append_run(&file, &Run { command: vec!["diff".into()], ..Run::default() })?;
/// let text = std::fs::read(&file)?;
/// assert_eq!(read_runs(&text)?.len(), 2);
///
/// let changed = String::from_utf8(text)?.replace("match", "watch");
/// assert_eq!(read_runs(changed.as_bytes()).unwrap_err().to_string(), "line 1: the line is not as it was written: its hash is another");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The first line that is not as it was written. That lines were taken off the end cannot be told from the record itself.
pub fn read_runs(text: &[u8]) -> Result<Vec<Entry>, RunRecordError> {
    let mut entries: Vec<Entry> = Vec::new();
    for (number, line) in (1..).zip(text.split_inclusive(|byte| *byte == b'\n')) {
        let broken = |fault| RunRecordError::Broken { line: number, fault };
        let Some(line) = line.strip_suffix(b"\n") else {
            return Err(broken(RunRecordFault::Unended));
        };
        let (prev, digest, run) = parts(line).ok_or_else(|| broken(RunRecordFault::Form))?;
        if digest != digest_of(prev, run) {
            return Err(broken(RunRecordFault::Hash));
        }
        if prev != entries.last().map_or(FIRST, |entry| &entry.hash) {
            return Err(broken(RunRecordFault::Chain));
        }
        let run =
            serde_json::from_str(&format!("{{{run}")).map_err(|_| broken(RunRecordFault::Form))?;
        let (prev, hash) = (prev.to_owned(), digest.to_owned());
        entries.push(Entry { line: number, prev, hash, run });
    }
    Ok(entries)
}

/// The hash of the line before, the hash, and what follows on them.
fn parts(line: &[u8]) -> Option<(&str, &str, &str)> {
    let line = std::str::from_utf8(line).ok()?;
    let (prev, rest) = line.strip_prefix("{\"prev\":\"")?.split_at_checked(DIGITS)?;
    let (digest, rest) = rest.strip_prefix("\",\"hash\":\"")?.split_at_checked(DIGITS)?;
    Some((prev, digest, rest.strip_prefix("\",")?))
}

/// The hash of a line is that of the line without its hash.
fn digest_of(prev: &str, run: &str) -> String {
    hash(format!("{{\"prev\":\"{prev}\",{run}").as_bytes())
}

/// Adds a run to a record, which is made if it is not there, and brings it to the disk.
///
/// While it is added the record is locked: runs that end at one moment stand one after another. A last line that was not
/// written to its end, by a machine that went down, is cut off. When the disk refuses, the record is as it was.
///
/// # Errors
/// When the record is not as it was written, which is not continued, or the file cannot be written.
pub fn append_run(file: &Path, run: &Run) -> Result<Entry, RunRecordError> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(file)?;
    file.lock()?;
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    if whole < text.len() {
        text.truncate(whole);
        file.set_len(length(&text))?;
    }
    let last = read_runs(&text)?.pop();
    let (line, prev) = match last {
        Some(entry) => (entry.line + 1, entry.hash),
        None => (1, FIRST.to_owned()),
    };
    let told = serde_json::to_string(run).map_err(io::Error::from)?;
    let told = told.strip_prefix('{').unwrap_or(&told);
    let digest = digest_of(&prev, told);
    let added = format!("{{\"prev\":\"{prev}\",\"hash\":\"{digest}\",{told}\n");
    if let Err(error) = write(&mut file, added.as_bytes()) {
        // A part of a line is worse than none; if this fails too, the next run cuts it off.
        let _ = file.set_len(length(&text));
        return Err(error.into());
    }
    Ok(Entry { line, prev, hash: digest, run: run.clone() })
}

fn write(file: &mut File, line: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::End(0))?;
    file.write_all(line)?;
    file.sync_all()
}

fn length(text: &[u8]) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(name: &str) -> Run {
        Run { command: vec![name.to_owned(), "a.jsonl".to_owned()], ..Run::default() }
    }

    fn record(names: &[&str]) -> (tempfile::TempDir, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("runs.jsonl");
        for name in names {
            append_run(&file, &run(name)).unwrap();
        }
        let text = std::fs::read(&file).unwrap();
        (folder, text)
    }

    #[test]
    fn what_was_added_is_read_back() {
        let (_folder, text) = record(&["match", "diff"]);
        let read = read_runs(&text).unwrap();
        assert_eq!(read.iter().map(|entry| entry.line).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(read[1].run, run("diff"));
        assert_eq!(read[1].prev, read[0].hash);
    }

    #[test]
    fn any_changed_byte_is_found_on_its_line() {
        let (_folder, text) = record(&["match", "diff"]);
        let first_line = text.iter().position(|byte| *byte == b'\n').unwrap();
        for at in 0..text.len() {
            let mut changed = text.clone();
            changed[at] ^= 1;
            let Err(RunRecordError::Broken { line, .. }) = read_runs(&changed) else {
                panic!("byte {at} was changed and not found");
            };
            assert_eq!(line, if at <= first_line { 1 } else { 2 }, "byte {at}");
        }
    }

    #[test]
    fn a_line_that_is_taken_out_or_moved_is_found() {
        let (_folder, text) = record(&["a", "b", "c"]);
        let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
        for order in [[0, 2, 2], [1, 0, 2], [0, 2, 1]] {
            let moved: Vec<u8> = order.iter().flat_map(|at| lines[*at]).copied().collect();
            assert!(matches!(
                read_runs(&moved),
                Err(RunRecordError::Broken { fault: RunRecordFault::Chain, .. })
            ));
        }
    }

    #[test]
    fn a_broken_record_is_not_continued_and_an_unended_line_is_cut_off() {
        let (folder, text) = record(&["a", "b"]);
        let file = folder.path().join("runs.jsonl");
        std::fs::write(&file, text.replace_first(b"\"a\"", b"\"x\"")).unwrap();
        assert!(append_run(&file, &run("c")).is_err());
        std::fs::write(&file, &text[..text.len() - 1]).unwrap();
        assert!(matches!(
            read_runs(&text[..text.len() - 1]),
            Err(RunRecordError::Broken { line: 2, fault: RunRecordFault::Unended })
        ));
        assert_eq!(append_run(&file, &run("c")).unwrap().line, 2);
        let read = read_runs(&std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(read[1].run, run("c"));
    }

    trait ReplaceFirst {
        fn replace_first(&self, from: &[u8], to: &[u8]) -> Vec<u8>;
    }

    impl ReplaceFirst for Vec<u8> {
        fn replace_first(&self, from: &[u8], to: &[u8]) -> Vec<u8> {
            let at = self.windows(from.len()).position(|window| window == from).unwrap();
            [&self[..at], to, &self[at + from.len()..]].concat()
        }
    }

    #[test]
    fn runs_that_end_at_one_moment_stand_one_after_another() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("runs.jsonl");
        std::thread::scope(|scope| {
            for name in ["a", "b", "c", "d"] {
                let file = &file;
                scope.spawn(move || {
                    for _ in 0..5 {
                        append_run(file, &run(name)).unwrap();
                    }
                });
            }
        });
        assert_eq!(read_runs(&std::fs::read(&file).unwrap()).unwrap().len(), 20);
    }
}
