// SPDX-License-Identifier: EUPL-1.2
//! Tables of others: CSV or TSV, packed with gzip or not, whose columns are found by name.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};
use flate2::read::MultiGzDecoder;

/// Unpacked, a file is at most this large: far above any vocabulary, far below what a computer has.
const LARGEST: u64 = 1 << 30;

/// Why a table could not be read: where, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", place(.line, .column, .expected))]
pub struct TableError {
    /// Line of the file, from 1, where one can be named.
    pub line: Option<u64>,
    /// Column by its name, where one can be named.
    pub column: Option<String>,
    /// What was expected, and what to do.
    pub expected: String,
}

fn place(line: &Option<u64>, column: &Option<String>, expected: &str) -> String {
    let line = line.map(|line| format!("line {line}: ")).unwrap_or_default();
    let column = column.as_ref().map(|name| format!("column `{name}`: ")).unwrap_or_default();
    format!("{line}{column}expected {expected}")
}

impl TableError {
    pub(crate) fn whole(expected: impl Into<String>) -> Self {
        Self { line: None, column: None, expected: expected.into() }
    }

    pub(crate) fn line(line: u64, expected: impl Into<String>) -> Self {
        Self { line: Some(line), column: None, expected: expected.into() }
    }
}

/// The bytes of a file, unpacked if they are packed with gzip.
pub(crate) fn unpacked(bytes: &[u8]) -> Result<std::borrow::Cow<'_, [u8]>, TableError> {
    const GZIP: [u8; 2] = [0x1F, 0x8B];
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes.into());
    }
    let mut content = Vec::new();
    let mut limited = MultiGzDecoder::new(bytes).take(LARGEST + 1);
    limited
        .read_to_end(&mut content)
        .map_err(|_| TableError::whole("a gzip file that is whole; copy it again"))?;
    if u64::try_from(content.len()).unwrap_or(u64::MAX) > LARGEST {
        return Err(TableError::whole("a file of at most 1 GB when unpacked"));
    }
    Ok(content.into())
}

/// The text of a file, without a byte order mark.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, TableError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(TableError::whole("a table, but this is a zip or Excel file; unpack it first"));
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(TableError::whole("text in UTF-8, but this is UTF-16; save it as UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let breaks = before.iter().filter(|byte| **byte == b'\n').count();
        let line = u64::try_from(breaks).unwrap_or(u64::MAX).saturating_add(1);
        TableError::line(line, "text in UTF-8; save the file as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// A table that was read whole.
pub(crate) struct Table {
    header: Vec<String>,
    rows: Vec<(u64, StringRecord)>,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(crate) struct Row<'t> {
    pub(crate) line: u64,
    table: &'t Table,
    cells: &'t StringRecord,
}

impl Table {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, TableError> {
        let bytes = unpacked(bytes)?;
        let text = text(&bytes)?;
        let first = text.lines().next().unwrap_or_default();
        let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
        let separator =
            [b',', b'\t', b';'].into_iter().max_by_key(|one| (count(*one), *one == b','));
        let mut reader = ReaderBuilder::new()
            .delimiter(separator.unwrap_or(b','))
            .flexible(true)
            .from_reader(text.as_bytes());
        let broken = |error: csv::Error| TableError {
            line: error.position().map(csv::Position::line),
            ..TableError::whole("a CSV table")
        };
        let header: Vec<String> =
            reader.headers().map_err(broken)?.iter().map(|name| name.trim().to_owned()).collect();
        let mut rows = Vec::new();
        for row in reader.into_records() {
            let row = row.map_err(broken)?;
            let line = row.position().map_or(0, |at| first_line(text, at));
            if row.len() == 1 && row.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if row.len() != header.len() {
                let expected = format!("{} cells, as the header has", header.len());
                return Err(TableError::line(line, expected));
            }
            rows.push((line, row));
        }
        Ok(Self { header, rows })
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.header.iter().map(String::as_str)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.at(name).is_some()
    }

    /// Fails when a column is missing.
    pub(crate) fn need(&self, names: &[&str]) -> Result<(), TableError> {
        match names.iter().find(|name| !self.has(name)) {
            None => Ok(()),
            Some(name) => Err(TableError {
                line: Some(1),
                column: Some((*name).to_owned()),
                expected: "this column; is it the right file, as downloaded?".to_owned(),
            }),
        }
    }

    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { line: *line, table: self, cells })
    }

    fn at(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|own| own.eq_ignore_ascii_case(name))
    }
}

/// The line on which a row begins: its place is before the empty lines above it.
fn first_line(text: &str, at: &csv::Position) -> u64 {
    let rest = usize::try_from(at.byte()).ok().and_then(|byte| text.as_bytes().get(byte..));
    let above = rest.unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let above = above.filter(|byte| **byte == b'\n').count();
    at.line().saturating_add(u64::try_from(above).unwrap_or_default())
}

impl<'t> Row<'t> {
    pub(crate) fn table(self) -> &'t Table {
        self.table
    }

    /// The cell in the column with this name, without spaces around; empty if there is none.
    pub(crate) fn get(&self, name: &str) -> &'t str {
        let cell = self.table.at(name).and_then(|at| self.cells.get(at));
        cell.unwrap_or_default().trim_matches(is_space)
    }

    pub(crate) fn error(&self, column: &str, expected: impl Into<String>) -> TableError {
        TableError {
            line: Some(self.line),
            column: Some(column.to_owned()),
            expected: expected.into(),
        }
    }
}

/// Spaces of every kind, and marks that are nothing at all.
fn is_space(c: char) -> bool {
    c.is_whitespace() || is_nothing(c)
}

/// Marks without width that mean nothing within a word.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// A label without spaces around, and with one plain space between words.
pub(crate) fn clean(label: &str) -> String {
    let label = label.replace(is_nothing, "");
    label.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The labels of a cell, separated by line breaks (with or without a comma before them) or bars.
pub(crate) fn list(cell: &str) -> impl Iterator<Item = String> {
    let parts = cell.split(['\n', '\r', '|']);
    parts
        .map(|part| clean(part.trim_end_matches(is_space).trim_end_matches(',')))
        .filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_split_at_every_separator_that_occurs() {
        for cell in ["a b\nc", "a b,\nc", "a b | c", "a\u{A0}b|c", "  a  b\u{A0}\r\n c\n"] {
            assert_eq!(list(cell).collect::<Vec<_>>(), ["a b", "c"], "{cell:?}");
        }
        assert_eq!(list("koken, bakken").collect::<Vec<_>>(), ["koken, bakken"]);
        assert_eq!(list("").count(), 0);
    }

    #[test]
    fn zero_width_marks_do_not_part_words() {
        assert_eq!(clean("\u{FEFF}ko\u{200B}k\u{A0}m/v "), "kok m/v");
    }

    #[test]
    fn a_fault_has_its_place() {
        let error = |bytes: &[u8]| Table::read(bytes).err().unwrap().to_string();
        assert_eq!(error(b"a,b\n1,2\n3\n"), "line 3: expected 2 cells, as the header has");
        assert_eq!(
            error(b"a,b\n1,\xFF\n"),
            "line 2: expected text in UTF-8; save the file as UTF-8"
        );
        assert!(error(b"PK\x03\x04").contains("zip"));
        assert!(error(b"\x1F\x8Bxx").contains("gzip"));
        let table = Table::read("\u{FEFF}a;b\nx;\"y\nz\"\n\n1;2\n".as_bytes()).unwrap();
        assert_eq!(
            table.rows().map(|row| (row.line, row.get("B"))).collect::<Vec<_>>(),
            [(2, "y\nz"), (5, "2")]
        );
        assert_eq!(
            table.need(&["c"]).unwrap_err().to_string(),
            "line 1: column `c`: expected this column; is it the right file, as downloaded?"
        );
    }
}
