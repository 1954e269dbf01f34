// SPDX-License-Identifier: EUPL-1.2
//! The rows of a file as they stand there, to be mended and read again.

use std::io::{self, BufRead, Cursor, Read, Write};

use crate::jsonl::{BYTE_ORDER_MARK, Layout, Pieces, Place, layout};
use crate::records_csv::{self, Header};
use crate::{ReadError, Record};

/// Copies the rows of these numbers, as [`Refused::record`](crate::Refused::record) has them and in order, each on a line of
/// its own; of a table its header too. What it writes is about people: it belongs in a file that its owner alone may read.
///
/// Of a row that is longer than a record may be only the begin is copied. Rows of Parquet, which has no lines, are not.
///
/// ```
/// use passend::Candidate;
/// use passend_io::{OnRefusal, copy_rows, read_records};
///
/// let file = "{\"id\":\"c1\"}\n{\"id\":\"c2\",\"skils\":[]}\n";
/// let report = read_records::<Candidate>(file.as_bytes(), "c.jsonl", OnRefusal::Continue)?.report;
/// let numbers: Vec<u64> = report.refused.iter().map(|row| row.record).collect();
/// let mut out = Vec::new();
/// copy_rows::<Candidate>(file.as_bytes(), &numbers, &mut out)?;
/// assert_eq!(out, b"{\"id\":\"c2\",\"skils\":[]}\n");
/// # Ok::<(), passend_io::ReadError>(())
/// ```
///
/// # Errors
/// When the input cannot be read or the output refuses, or the input is no list of records.
pub fn copy_rows<T: Record>(
    mut input: impl BufRead,
    numbers: &[u64],
    out: &mut impl Write,
) -> Result<(), ReadError> {
    const SNIFFED: u64 = 1 << 16;
    let mut start = Vec::new();
    input.by_ref().take(SNIFFED).read_to_end(&mut start)?;
    if start.starts_with(BYTE_ORDER_MARK) {
        start.drain(..BYTE_ORDER_MARK.len());
    }
    #[cfg(feature = "parquet")]
    if start.starts_with(crate::records_parquet::MAGIC) {
        return Ok(());
    }
    let mut wanted = Wanted { numbers, number: 0 };
    match Header::read(&start, T::SIDE) {
        Some(header) => {
            let input = Cursor::new(start).chain(input);
            let mut is_header = true;
            records_csv::copy(input, &header, |row| {
                if std::mem::take(&mut is_header) || wanted.is_next() {
                    return line(out, row);
                }
                Ok(())
            })?;
        }
        None => {
            let layout = layout(&start).map_err(ReadError::Content)?;
            let input = Cursor::new(start).chain(input);
            pieces(input, layout, &mut wanted, out)?;
        }
    }
    Ok(())
}

fn pieces(
    input: impl BufRead,
    layout: Layout,
    wanted: &mut Wanted<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut pieces = Pieces::new(input, layout, Place::start());
    let mut text = Vec::new();
    while pieces.next(&mut text)?.is_some() {
        if wanted.is_next() {
            line(out, &text)?;
        }
    }
    Ok(())
}

fn line(out: &mut impl Write, row: &[u8]) -> io::Result<()> {
    out.write_all(row)?;
    if row.last() == Some(&b'\n') { Ok(()) } else { out.write_all(b"\n") }
}

/// The numbers that are still to come, and that of the row before.
struct Wanted<'a> {
    numbers: &'a [u64],
    number: u64,
}

impl Wanted<'_> {
    /// Goes on to the next row, and says whether it is wanted.
    fn is_next(&mut self) -> bool {
        self.number += 1;
        match self.numbers.split_first() {
            Some((first, rest)) if *first <= self.number => {
                self.numbers = rest;
                *first == self.number
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use passend::Candidate;

    use super::*;
    use crate::{OnRefusal, read_records};

    #[track_caller]
    fn check(file: &str, expected: &str) {
        let batch = read_records::<Candidate>(file.as_bytes(), "f", OnRefusal::Continue).unwrap();
        let numbers: Vec<_> = batch.report.refused.iter().map(|row| row.record).collect();
        let mut out = Vec::new();
        copy_rows::<Candidate>(file.as_bytes(), &numbers, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn the_rows_that_were_refused_are_copied_as_they_stand() {
        check(
            "{\"id\":\"c1\"}\n\n{ \"id\":\"c2\",\"x\" }\n{\"id\":\"c3\"}\n{\"id\":",
            "{ \"id\":\"c2\",\"x\" }\n{\"id\":\n",
        );
        check("[{\"id\":\"c1\"},{\"id\":\"\"}]", "{\"id\":\"\"}\n");
        check("\u{FEFF}{\"id\":\"c1\"}\n{\"id\":\"\"}\n", "{\"id\":\"\"}\n");
    }

    #[test]
    fn records_that_share_an_id_are_copied_too() {
        check(
            "{\"id\":\"c1\"}\n{\"id\":\"c2\"}\n{\"id\":\"c1\",\"skills\":[]}\n",
            "{\"id\":\"c1\"}\n{\"id\":\"c1\",\"skills\":[]}\n",
        );
    }

    #[test]
    fn a_table_keeps_its_header_and_rows_over_lines() {
        check(
            "id,work_level\nc1,3\nc2,\"9\n9\"\nc3,4\n\nc4,x\n",
            "id,work_level\nc2,\"9\n9\"\nc4,x\n",
        );
    }
}
