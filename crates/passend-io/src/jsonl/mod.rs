// SPDX-License-Identifier: EUPL-1.2
//! Reads records written as JSON: one on each line, in one list, or each over several lines.

mod fault;
mod path;
mod pieces;
mod record;
mod shape;
mod sniff;
mod strict;
mod tree;

use std::io::{BufRead, Cursor, Read};

use self::fault::Fault;
pub(crate) use self::pieces::Place;
use self::pieces::{LONGEST, Piece, Pieces, State};
use self::record::{Mistake, record};
use self::sniff::{BYTE_ORDER_MARK, Layout, layout};
use crate::batch::{Batch, Read as ReadRow};
use crate::{Code, ReadError, Record, Refused, Report};

/// What to do when a row is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnRefusal {
    /// Report it and go on.
    #[default]
    Continue,
    /// Report it and read no further.
    Stop,
}

/// Reads records. A bad row is refused and reported; the rest is kept.
///
/// The layout is told from the content: a record on each line (JSON Lines), one list of records, or records spread over
/// lines. The same records in another layout give the same batch. Empty lines are no rows. `file` is what the report
/// calls the input.
///
/// ```
/// use passend::Candidate;
/// use passend_io::{OnRefusal, read_records};
///
/// let input = "{\"id\":\"c1\"}\n{\"id\":\"c2\",\"skils\":[]}\n";
/// let batch = read_records::<Candidate>(input.as_bytes(), "c.jsonl", OnRefusal::Continue)?;
/// assert_eq!(batch.accepted.len(), 1);
/// assert_eq!(batch.report.refused[0].line, 2);
/// assert_eq!(batch.report.refused[0].path, "skils");
/// # Ok::<(), passend_io::ReadError>(())
/// ```
///
/// # Errors
/// When the input cannot be read to its end, or its content is no list of records at all.
pub fn read_records<T: Record>(
    mut input: impl BufRead,
    file: &str,
    on_refusal: OnRefusal,
) -> Result<Batch<T>, ReadError> {
    const SNIFFED: u64 = 1 << 16;
    let mut report = Report { file: file.to_owned(), ..Report::default() };
    let mut start = Vec::new();
    input.by_ref().take(SNIFFED).read_to_end(&mut start)?;
    let mut skipped = 0;
    if start.starts_with(BYTE_ORDER_MARK) {
        report.warn(Code::ByteOrderMark, "", 1);
        start.drain(..BYTE_ORDER_MARK.len());
        skipped = 3;
    }
    let layout = layout(&start).map_err(ReadError::Content)?;
    let mut pieces = Pieces::new(Cursor::new(start).chain(input), layout, skipped);

    let mut rows: Vec<ReadRow<T>> = Vec::new();
    let mut text = Vec::new();
    while let Some(piece) = pieces.next(&mut text)? {
        report.read += 1;
        match row(piece, &text) {
            Ok(accepted) => {
                rows.push(ReadRow { record: accepted, number: report.read, place: piece.place });
            }
            Err(mistake) => {
                if broke_off(piece, &text, &mistake) {
                    report.warn(Code::NoFinalNewline, "", piece.place.line);
                }
                let refused = refusal(&report, piece.place, &text, &mistake);
                report.refused.push(refused);
                if on_refusal == OnRefusal::Stop {
                    report.stopped = true;
                    break;
                }
            }
        }
    }
    if !report.stopped && pieces.is_open_list() {
        report.warn(Code::OpenList, "", 1);
    }
    if report.read == 0 && layout == Layout::List {
        report.warn(Code::NoRecords, "", 1);
    }
    Ok(Batch::settle(rows, report, on_refusal))
}

fn row<T: Record>(piece: Piece, text: &[u8]) -> Result<T, Mistake> {
    let whole = |code| Mistake { fault: Fault::new(code), at: 0 };
    match piece.state {
        State::Whole | State::Unended => record(text),
        State::TooLong => Err(whole(Code::TooLong)),
        State::Misplaced => Err(whole(Code::NotJson)),
        State::Cut => Err(Mistake { at: text.len(), ..whole(Code::NotJson) }),
    }
}

/// Whether the file ends within this record.
fn broke_off(piece: Piece, text: &[u8], mistake: &Mistake) -> bool {
    match piece.state {
        State::Cut => true,
        State::Unended => mistake.fault.code == Code::NotJson && mistake.at + 1 >= text.len(),
        _ => false,
    }
}

fn refusal(report: &Report, begin: Place, text: &[u8], mistake: &Mistake) -> Refused {
    let Mistake { fault, at } = mistake;
    let place = begin.after(text.get(..*at).unwrap_or_default());
    Refused {
        file: report.file.clone(),
        line: begin.line,
        record: report.read,
        byte: place.byte,
        column: (place.line == begin.line).then_some(place.column),
        path: fault.path.to_string(),
        code: fault.code,
        rule: fault.detail.rule(fault.code),
        hint: fault.detail.hint(fault.code),
    }
}

const _: () = assert!(LONGEST == 1_048_576, "the catalogue says the number");
