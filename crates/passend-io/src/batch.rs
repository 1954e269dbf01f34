// SPDX-License-Identifier: EUPL-1.2
//! The records of a file after duplicates were settled.

use std::collections::HashSet;

use passend::Text;

use crate::detail::Detail;
use crate::jsonl::Place;
use crate::{Code, OnRefusal, Record, Refused, Report};

/// The records that a file gave, and the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch<T> {
    /// The records, in order of the file; each id once.
    pub accepted: Vec<T>,
    /// For each accepted record the line on which it begins.
    pub lines: Vec<u64>,
    /// What was read, refused and repaired.
    pub report: Report,
}

/// A good row, before duplicates are settled.
pub(crate) struct Read<T> {
    pub(crate) record: T,
    pub(crate) number: u64,
    pub(crate) place: Place,
}

/// What becomes of a row.
#[derive(Clone)]
enum Fate {
    Kept,
    /// Exactly like an earlier one.
    Merged,
    /// Others have its id and differ; their lines.
    Refused(Text),
}

impl<T: Record> Batch<T> {
    /// Settles duplicates: rows that are alike become one record, rows that share an id and differ are all refused.
    ///
    /// Which of two differing records is right cannot be told here, and to choose one would hide the mistake.
    pub(crate) fn settle(
        rows: Vec<Vec<Read<T>>>,
        mut report: Report,
        on_refusal: OnRefusal,
    ) -> Self {
        let fates = fates(&rows.iter().flatten().collect::<Vec<_>>());
        let mut batch = Self {
            accepted: Vec::with_capacity(fates.len()),
            lines: Vec::with_capacity(fates.len()),
            report: Report::default(),
        };
        for (row, fate) in rows.into_iter().flatten().zip(fates) {
            match fate {
                Fate::Kept => {
                    report.accepted += 1;
                    batch.lines.push(row.place.line);
                    batch.accepted.push(row.record);
                }
                Fate::Merged => {
                    report.accepted += 1;
                    report.merged += 1;
                    report.warn(Code::Merged, "", row.place.line);
                }
                Fate::Refused(others) => {
                    report.stopped |= on_refusal == OnRefusal::Stop;
                    let detail = Detail::default().text("lines", others);
                    report.refused.push(Refused {
                        file: report.file.clone(),
                        line: row.place.line,
                        record: row.number,
                        byte: row.place.byte,
                        column: Some(row.place.column),
                        path: "id".to_owned(),
                        code: Code::DuplicateId,
                        rule: detail.rule(Code::DuplicateId),
                        hint: detail.hint(Code::DuplicateId),
                    });
                }
            }
        }
        report.finish();
        batch.report = report;
        batch
    }
}

fn fates<T: Record>(rows: &[&Read<T>]) -> Vec<Fate> {
    let mut fates = vec![Fate::Kept; rows.len()];
    let mut seen = HashSet::with_capacity(rows.len());
    if rows.iter().all(|row| seen.insert(row.record.id())) {
        return fates;
    }
    let mut sorted: Vec<(usize, &Read<T>)> = rows.iter().copied().enumerate().collect();
    sorted.sort_by(|(_, a), (_, b)| a.record.id().cmp(b.record.id()));
    let same_id = |a: &(usize, &Read<T>), b: &(usize, &Read<T>)| a.1.record.id() == b.1.record.id();
    for group in sorted.chunk_by(same_id) {
        let Some(((_, first), rest)) = group.split_first() else { continue };
        let alike = rest.iter().all(|(_, row)| row.record == first.record);
        if alike {
            for (at, _) in rest {
                if let Some(fate) = fates.get_mut(*at) {
                    *fate = Fate::Merged;
                }
            }
            continue;
        }
        for (at, row) in group {
            if let Some(fate) = fates.get_mut(*at) {
                *fate = Fate::Refused(other_lines(group, row));
            }
        }
    }
    fates
}

/// The lines of the other rows of a group: `line 3`, `lines 3, 7`.
fn other_lines<T>(group: &[(usize, &Read<T>)], row: &Read<T>) -> Text {
    const SHOWN: usize = 10;
    // Only so many are looked at: a file of one id throughout must not take time by the square.
    let mut lines: Vec<_> = group
        .iter()
        .filter(|(_, other)| other.number != row.number)
        .take(SHOWN + 1)
        .map(|(_, other)| other.place.line.to_string())
        .collect();
    if let Some(one_too_many) = lines.get_mut(SHOWN) {
        "…".clone_into(one_too_many);
    }
    let numbers = lines.join(", ");
    if lines.len() == 1 {
        Text { nl: format!("regel {numbers}"), en: format!("line {numbers}") }
    } else {
        Text { nl: format!("regels {numbers}"), en: format!("lines {numbers}") }
    }
}
