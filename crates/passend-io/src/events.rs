// SPDX-License-Identifier: EUPL-1.2
//! Reads what happened, and a result that was written before.

use std::collections::HashSet;
use std::io::{BufRead, Cursor, Read as _};

use passend::{Changes, Day, Event, ListedPair};
use serde::Deserialize;

use crate::batch::Read;
use crate::jsonl::{self, layout};
use crate::read::begin;
use crate::{Batch, Code, ReadError, Reading, Report};

/// Reads events: JSON Lines or one JSON list. A bad row is refused and reported; the rest is kept, in order of the file.
///
/// A file without an event is one of a pilot that has not begun. Rows that are exactly alike count once. What is after the
/// day of the run, and who stops without having started, is warned about.
///
/// ```
/// use passend_io::{Reading, read_events};
///
/// let lines = "{\"date\":\"2026-11-25\",\"candidate\":\"c1\",\"vacancy\":\"v1\",\"event\":\"spoken\"}\n{\"date\":\"2026-11-31\"}\n";
/// let batch = read_events(lines.as_bytes(), "events.jsonl", "2026-11-25".parse()?, Reading::default())?;
/// assert_eq!((batch.accepted.len(), batch.report.refused[0].code.id()), (1, "E208"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the input cannot be read to its end, or its content is no list of events at all.
pub fn read_events(
    mut input: impl BufRead,
    file: &str,
    as_of: Day,
    reading: Reading,
) -> Result<Batch<Event>, ReadError> {
    let mut report = Report { file: file.to_owned(), ..Report::default() };
    let (start, skipped) = begin(&mut input, &mut report)?;
    let mut rows = Vec::new();
    if !start.trim_ascii().is_empty() {
        let layout = layout(&start).map_err(ReadError::Content)?;
        let input = Cursor::new(start).chain(input);
        let take = &mut |part: Vec<Read<Event>>| rows.extend(part);
        jsonl::read(input, layout, skipped, &reading, &mut report, take)?;
    }
    Ok(settled(rows, as_of, report))
}

/// Takes rows that are alike once, and warns of what cannot count.
fn settled(rows: Vec<Read<Event>>, as_of: Day, mut report: Report) -> Batch<Event> {
    let mut seen = HashSet::new();
    let is_new: Vec<bool> = rows.iter().map(|row| seen.insert(&row.record)).collect();
    let (mut accepted, mut lines) = (Vec::new(), Vec::new());
    for (row, is_new) in rows.into_iter().zip(is_new) {
        report.accepted += 1;
        let line = row.place.line;
        if !is_new {
            report.merged += 1;
            report.warn(Code::Merged, "", line);
            continue;
        }
        if row.record.date > as_of {
            report.warn(Code::LaterEvent, "date", line);
        }
        accepted.push(row.record);
        lines.push(line);
    }
    for line in passend::stops_without_start(&accepted, as_of) {
        report.warn(Code::Unstarted, "event", lines.get(line).copied().unwrap_or_default());
    }
    report.finish();
    Batch { accepted, lines, report }
}

/// Why a result cannot be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BadResult {
    /// Reading stopped with an error of the system.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// A line is none of a result.
    #[error("line {line}: expected a line of `match -f jsonl`")]
    Line {
        /// From 1.
        line: u64,
    },
    /// It has lists of both sides.
    #[error("expected {}", Code::BadResult.rule())]
    Both,
}

/// What is read of a line; other keys may be there.
#[derive(Deserialize)]
struct Line {
    by: Option<String>,
    candidate: String,
    vacancy: String,
    rank: u32,
    score: u16,
    readiness: Class,
}

#[derive(Deserialize)]
struct Class {
    class: String,
}

/// Reads a result of `match -f jsonl` as what was listed before.
///
/// ```
/// let text = r#"{"candidate":"c1","vacancy":"v1","rank":1,"score":7908,"readiness":{"class":"now"}}"#;
/// let changes = passend_io::read_changes(text.as_bytes())?;
/// assert_eq!(changes.counts(), [0, 1, 0]); // gone, as long as it is not listed again
/// # Ok::<(), passend_io::BadResult>(())
/// ```
///
/// # Errors
/// At the first line that is none of a result: a comparison with a part of it would call the rest new. At the first line of
/// `match --by both`, whose lists have each pair twice.
pub fn read_changes(input: impl BufRead) -> Result<Changes, BadResult> {
    let mut changes = Changes::default();
    for (number, line) in (1..).zip(input.split(b'\n')) {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let line: Line =
            serde_json::from_slice(&line).map_err(|_| BadResult::Line { line: number })?;
        if line.by.is_some() {
            return Err(BadResult::Both);
        }
        let pair = ListedPair { rank: line.rank, score: line.score, class: line.readiness.class };
        changes.before(&line.candidate, &line.vacancy, pair);
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Batch<Event> {
        let as_of = "2026-11-25".parse().unwrap();
        read_events(text.as_bytes(), "events.jsonl", as_of, Reading::default()).unwrap()
    }

    #[track_caller]
    fn refused(line: &str, code: &str, path: &str) {
        let batch = read(&format!("{line}\n"));
        let [row] = batch.report.refused.as_slice() else { panic!("{:?}", batch.report) };
        assert_eq!((row.code.id(), row.path.as_str(), row.line), (code, path, 1));
    }

    #[test]
    fn a_bad_row_is_refused_with_its_code_and_field() {
        let row = |rest: &str| {
            format!(r#"{{"date":"2026-11-25","candidate":"c1","vacancy":"v1","event":{rest}}}"#)
        };
        refused(&row(r#""hired""#), "E207", "event");
        refused(&row(r#""declined","by":"employer""#), "E391", "event");
        refused(&row(r#""declined","by":"employer","why":"distance""#), "E392", "why");
        refused(&row(r#""spoken","note":"Hij komt""#), "E393", "note");
        refused(&row(r#""spoken","naam":"x""#), "E901", "naam");
        refused(
            r#"{"date":"2026-11-25","candidate":"123456782","vacancy":"v1","event":"spoken"}"#,
            "E902",
            "candidate",
        );
        refused(r#"{"date":"2026-11-25","candidate":"c1","event":"spoken"}"#, "E205", "vacancy");
    }

    #[test]
    fn rows_that_are_alike_count_once() {
        let row = r#"{"date":"2026-11-25","candidate":"c1","vacancy":"v1","event":"spoken"}"#;
        let batch = read(&format!("{row}\n{row}\n"));
        assert_eq!((batch.accepted.len(), batch.report.accepted, batch.report.merged), (1, 2, 1));
    }

    #[test]
    fn a_file_without_events_is_one_of_a_pilot_that_has_not_begun() {
        assert_eq!(read("").report.read, 0);
        assert_eq!(read("\n").accepted, []);
    }

    #[test]
    fn what_cannot_count_is_warned_about() {
        let rows = r#"[{"date":"2026-11-26","candidate":"c1","vacancy":"v1","event":"spoken"},
{"date":"2026-11-20","candidate":"c1","vacancy":"v1","event":"stopped"}]"#;
        let batch = read(rows);
        let warned: Vec<_> =
            batch.report.warnings.iter().map(|one| (one.code.id(), one.line)).collect();
        assert_eq!(warned, [("W140", 1), ("W141", 2)]);
    }

    #[test]
    fn a_line_that_is_no_result_is_named() {
        let text = "{\"candidate\":\"c1\"}\n";
        assert!(read_changes(text.as_bytes()).unwrap_err().to_string().starts_with("line 1:"));
    }

    #[test]
    fn lists_of_both_sides_are_not_compared() {
        let text = r#"{"by":"vacancy","candidate":"c1","vacancy":"v1","rank":1,"score":7908,"readiness":{"class":"now"}}"#;
        assert!(matches!(read_changes(text.as_bytes()), Err(BadResult::Both)));
    }
}
