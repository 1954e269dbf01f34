// SPDX-License-Identifier: EUPL-1.2
//! A record made out of a foreign file, before the reader of our own records has judged it.

use serde_json::{Map, Value};

use crate::batch::Read;
use crate::jsonl::{Fault, Place, record};
use crate::{Batch, OnRefusal, Record, Refused, Report};

/// A record in the form of the schema, or why there is none, and where it was found.
pub(crate) struct Draft {
    /// Where it begins in the file; for files without lines the line counts records, from 1.
    pub(crate) place: Place,
    /// Where its fault stands, or where it begins when only that can be said; `None` where text has no columns.
    pub(crate) fault_at: Option<Place>,
    /// The record, in the keys of the schema.
    pub(crate) record: Result<Map<String, Value>, Fault>,
}

/// Judges a record with the reader of our own records, so that a mistake has the same code and words wherever it comes from.
pub(crate) fn judge<T: Record>(keys: Map<String, Value>) -> Result<T, Fault> {
    let text = Value::Object(keys).to_string();
    record(text.as_bytes()).map_err(|mistake| mistake.fault)
}

/// Judges drafts one after another, so that a large file is not held twice.
pub(crate) struct Settling<T> {
    rows: Vec<Read<T>>,
    report: Report,
    on_refusal: OnRefusal,
}

impl<T: Record> Settling<T> {
    pub(crate) fn new(report: Report, on_refusal: OnRefusal) -> Self {
        Self { rows: Vec::new(), report, on_refusal }
    }

    /// Judges the next draft; whether reading goes on.
    pub(crate) fn push(&mut self, Draft { place, fault_at, record: draft }: Draft) -> bool {
        let report = &mut self.report;
        report.read += 1;
        let number = report.read;
        match draft.and_then(judge) {
            Ok(accepted) => self.rows.push(Read::new(accepted, number, place)),
            Err(fault) => {
                report.refused.push(Refused {
                    file: report.file.clone(),
                    line: place.line,
                    record: number,
                    byte: fault_at.unwrap_or(place).byte,
                    column: fault_at
                        .filter(|at| at.line == place.line && at.column > 0)
                        .map(|at| at.column),
                    path: fault.path.to_string(),
                    code: fault.code,
                    rule: fault.detail.rule(fault.code),
                    hint: fault.detail.hint(fault.code),
                });
                report.stopped |= self.on_refusal == OnRefusal::Stop;
            }
        }
        !report.stopped
    }

    /// What is repaired or left out on the way.
    pub(crate) fn report(&mut self) -> &mut Report {
        &mut self.report
    }

    /// Settles duplicates.
    pub(crate) fn finish(self) -> Batch<T> {
        Batch::settle(self.rows, self.report, self.on_refusal)
    }
}

/// Judges all drafts of a small file.
pub(crate) fn settle<T: Record>(
    drafts: Vec<Draft>,
    report: Report,
    on_refusal: OnRefusal,
) -> Batch<T> {
    let mut settling = Settling::new(report, on_refusal);
    for draft in drafts {
        if !settling.push(draft) {
            break;
        }
    }
    settling.finish()
}
