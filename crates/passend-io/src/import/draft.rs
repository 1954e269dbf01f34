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
    /// The record, in the keys of the schema.
    pub(crate) record: Result<Map<String, Value>, Fault>,
}

/// Judges drafts with the reader of our own records, so that a mistake has the same code and words wherever it comes from.
pub(crate) fn settle<T: Record>(
    drafts: Vec<Draft>,
    mut report: Report,
    on_refusal: OnRefusal,
) -> Batch<T> {
    let mut rows = Vec::with_capacity(drafts.len());
    for Draft { place, record: draft } in drafts {
        report.read += 1;
        let number = report.read;
        let outcome = draft.and_then(|keys| {
            let text = Value::Object(keys).to_string();
            record(text.as_bytes()).map_err(|mistake| mistake.fault)
        });
        match outcome {
            Ok(accepted) => rows.push(Read { record: accepted, number, place }),
            Err(fault) => {
                report.refused.push(Refused {
                    file: report.file.clone(),
                    line: place.line,
                    record: number,
                    byte: place.byte,
                    column: None,
                    path: fault.path.to_string(),
                    code: fault.code,
                    rule: fault.detail.rule(fault.code),
                    hint: fault.detail.hint(fault.code),
                });
                report.stopped |= on_refusal == OnRefusal::Stop;
                if report.stopped {
                    break;
                }
            }
        }
    }
    Batch::settle(vec![rows], report, on_refusal)
}
