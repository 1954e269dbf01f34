// SPDX-License-Identifier: EUPL-1.2
//! Reads records written as JSON: one on each line, in one list, or each over several lines.

mod chunks;
mod fault;
mod object;
mod path;
mod pieces;
mod record;
mod shape;
mod sniff;
mod strict;
mod tree;

use std::io::{self, BufRead};

use self::chunks::Chunks;
pub(crate) use self::fault::Fault;
pub(crate) use self::object::object;
pub(crate) use self::path::Path;
use self::pieces::Piece;
pub(crate) use self::pieces::{LONGEST, Pieces, Place, State};
pub(crate) use self::record::{Mistake, offset, record};
pub(crate) use self::sniff::{BYTE_ORDER_MARK, Layout, known_content, known_file, layout};
use crate::batch::Read as ReadRow;
use crate::part::{Part, in_order};
use crate::read::{OnRefusal, Reading};
use crate::record::Row;
use crate::{Code, Report};

/// Reads the records of an input from which `skipped` bytes were taken, and hands them out in order.
pub(crate) fn read<T: Row>(
    input: impl BufRead,
    layout: Layout,
    skipped: u64,
    reading: &Reading,
    report: &mut Report,
    take: &mut dyn FnMut(Vec<ReadRow<T>>),
) -> io::Result<()> {
    if layout == Layout::Lines {
        let mut chunks = Chunks::new(input, skipped);
        return in_order(
            reading,
            report,
            Place::start(),
            |used| chunks.next(used.unwrap_or_default()),
            |text| {
                let mut pieces = Pieces::new(text.as_slice(), layout, Place::start());
                // Bytes in memory can always be read.
                part(&mut pieces, reading.on_refusal).unwrap_or_default()
            },
            take,
        );
    }
    let mut pieces = Pieces::new(input, layout, Place { byte: skipped, ..Place::start() });
    let part = part(&mut pieces, reading.on_refusal)?;
    part.add_to(report, Place::start(), reading.on_refusal, take);
    if !report.stopped && pieces.is_open_list() {
        report.warn(Code::OpenList, "", 1);
    }
    if report.read == 0 && layout == Layout::List {
        report.warn(Code::NoRecords, "", 1);
    }
    Ok(())
}

/// Reads all pieces.
fn part<T: Row, R: BufRead>(pieces: &mut Pieces<R>, on_refusal: OnRefusal) -> io::Result<Part<T>> {
    let mut part = Part::default();
    let mut text = Vec::new();
    while let Some(piece) = pieces.next(&mut text)? {
        part.read += 1;
        match row(piece, &text) {
            Ok(accepted) => part.accept(accepted, piece.place),
            Err(mistake) => {
                if broke_off(piece, &text, &mistake) {
                    part.warn(Code::NoFinalNewline, piece.place.line);
                }
                let place = piece.place.after(text.get(..mistake.at).unwrap_or_default());
                part.refuse(piece.place, place, &mistake.fault);
                if on_refusal == OnRefusal::Stop {
                    break;
                }
            }
        }
    }
    part.end = pieces.place();
    Ok(part)
}

fn row<T: Row>(piece: Piece, text: &[u8]) -> Result<T, Mistake> {
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

const _: () = assert!(LONGEST == 1_048_576, "the catalogue says the number");
