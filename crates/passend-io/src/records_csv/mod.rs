// SPDX-License-Identifier: EUPL-1.2
//! Reads records written as a table: CSV whose columns are the fields of the schema.
//!
//! Each row is put into JSON and read by the reader of JSON, so that a mistake has the same code and words in both.

mod cells;
mod chunks;
mod header;

use std::io::{self, BufRead, Read};

use self::cells::{Cells, cell_begin};
use self::chunks::{Chunks, Rows, State};
pub(crate) use self::header::Header;
use crate::batch::Read as ReadRow;
use crate::jsonl::{Fault, LONGEST, Mistake, Place, record};
use crate::part::{Part, in_order};
use crate::read::{OnRefusal, Reading};
use crate::{Code, Record, Report};

/// Reads the rows of an input from which the byte order mark and nothing else was taken, `skipped` bytes, and hands them out
/// in order.
pub(crate) fn read<T: Record>(
    mut input: impl BufRead,
    header: &Header,
    skipped: u64,
    reading: &Reading,
    report: &mut Report,
    take: &mut dyn FnMut(Vec<ReadRow<T>>),
) -> io::Result<()> {
    let mut taken = Vec::new();
    input.by_ref().take(header.bytes).read_to_end(&mut taken)?;
    let begin = Place { byte: skipped, ..Place::start() }.after(&taken);
    let mut chunks = Chunks::new(input, begin.byte);
    in_order(
        reading,
        report,
        begin,
        |used| chunks.next(used.unwrap_or_default()),
        |rows| part(rows, header, reading.on_refusal),
        take,
    )?;
    if report.read == 0 {
        report.warn(Code::NoRecords, "", 1);
    }
    Ok(())
}

/// Gives the header and each row as it is written.
pub(crate) fn copy(
    mut input: impl BufRead,
    header: &Header,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut taken = Vec::new();
    input.by_ref().take(header.bytes).read_to_end(&mut taken)?;
    each(&taken)?;
    let mut chunks = Chunks::new(input, 0);
    let mut used = Rows::default();
    while let Some(chunk) = chunks.next(std::mem::take(&mut used))? {
        let mut cells = Cells::new(&chunk.content.text);
        while let Some(row) = cells.next() {
            each(row.raw)?;
        }
        used = chunk.content;
    }
    Ok(())
}

fn part<T: Record>(rows: &Rows, header: &Header, on_refusal: OnRefusal) -> Part<T> {
    let mut part = Part::default();
    let mut json = Vec::new();
    let mut cells = Cells::new(&rows.text);
    let mut end = Place::start();
    while let Some(row) = cells.next() {
        let begin = end.after(row.before);
        end = begin.after(row.raw);
        part.read += 1;
        let outcome = match rows.state {
            State::TooLong => Err(whole(Code::TooLong)),
            State::Unclosed => Err(whole(Code::UnevenRow)),
            State::Whole if row.raw.len() > LONGEST => Err(whole(Code::TooLong)),
            State::Whole if row.cells.len() != header.columns => Err(whole(Code::UnevenRow)),
            State::Whole => {
                json.clear();
                header.write(row.cells, &mut json);
                record(&json)
            }
        };
        match outcome {
            Ok(accepted) => part.accept(accepted, begin),
            Err(mistake) => {
                let at = place_in(row.raw, &mistake, header, row.cells);
                let place = begin.after(row.raw.get(..at).unwrap_or_default());
                part.refuse(begin, place, &mistake.fault);
                if on_refusal == OnRefusal::Stop {
                    break;
                }
            }
        }
    }
    part.end = end.after(cells.rest());
    part
}

fn whole(code: Code) -> Mistake {
    Mistake { fault: Fault::new(code), at: 0 }
}

/// Where in a row, in bytes, the cell begins that holds a mistake; 0 for the row as a whole.
fn place_in(raw: &[u8], mistake: &Mistake, header: &Header, cells: &csv::ByteRecord) -> usize {
    match mistake.fault.code {
        Code::NotUtf8 => std::str::from_utf8(raw).err().map_or(0, |error| error.valid_up_to()),
        Code::NulByte => raw.iter().position(|byte| *byte == 0).unwrap_or_default(),
        Code::UnevenRow | Code::TooLong => 0,
        _ => header.column_at(cells, mistake.at).map_or(0, |column| cell_begin(raw, column)),
    }
}
