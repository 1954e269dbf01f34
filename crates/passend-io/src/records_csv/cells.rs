// SPDX-License-Identifier: EUPL-1.2
//! The cells of the rows of a text.

use csv::{ByteRecord, Reader, ReaderBuilder};

/// Steps through the rows of a text.
pub(super) struct Cells<'t> {
    text: &'t [u8],
    reader: Reader<&'t [u8]>,
    record: ByteRecord,
    /// Bytes of the text that belong to rows before.
    done: usize,
}

/// A row of a text.
pub(super) struct CellRow<'a, 't> {
    /// Empty lines before it.
    pub(super) before: &'t [u8],
    /// The row as it is written, its line end included.
    pub(super) raw: &'t [u8],
    pub(super) cells: &'a ByteRecord,
}

/// A reader of rows that takes any number of cells.
pub(super) fn reader(text: &[u8]) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text)
}

impl<'t> Cells<'t> {
    pub(super) fn new(text: &'t [u8]) -> Self {
        Self { text, reader: reader(text), record: ByteRecord::new(), done: 0 }
    }

    /// The next row; empty lines are none.
    pub(super) fn next(&mut self) -> Option<CellRow<'_, 't>> {
        // Bytes in memory can always be read, and any number of cells is taken.
        let is_row = self.reader.read_byte_record(&mut self.record).unwrap_or(false);
        if !is_row {
            return None;
        }
        let end = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let taken = self.text.get(self.done..end).unwrap_or_default();
        self.done = end;
        let empty = taken.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let (before, raw) = taken.split_at_checked(empty).unwrap_or_default();
        Some(CellRow { before, raw, cells: &self.record })
    }

    /// What no row was read from.
    pub(super) fn rest(&self) -> &'t [u8] {
        self.text.get(self.done..).unwrap_or_default()
    }
}

/// Where in a row, in bytes, the cell of this number begins.
pub(super) fn cell_begin(raw: &[u8], column: usize) -> usize {
    let mut state = Quotes::default();
    let mut left = column;
    for (at, byte) in raw.iter().enumerate() {
        if left == 0 {
            return at;
        }
        if state.step(*byte) == Step::Cell {
            left -= 1;
        }
    }
    if left == 0 { raw.len() } else { 0 }
}

/// Where we are in a cell; the grammar is that of the `csv` crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Quotes {
    /// Before the first byte of a cell.
    #[default]
    Begin,
    /// In a cell without quotes, or after its closing quote.
    Plain,
    /// Between quotes.
    Quoted,
    /// After a quote that closes the cell, or is the first of two.
    Closing,
}

/// What a byte does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Within,
    /// It ends a cell.
    Cell,
    /// It ends a row.
    Row,
}

impl Quotes {
    pub(super) fn step(&mut self, byte: u8) -> Step {
        let step = match (*self, byte) {
            (Self::Quoted, _) => Step::Within,
            (_, b',') => Step::Cell,
            (_, b'\r' | b'\n') => Step::Row,
            _ => Step::Within,
        };
        *self = match (*self, byte) {
            (_, _) if step != Step::Within => Self::Begin,
            (Self::Begin | Self::Closing, b'"') => Self::Quoted,
            (Self::Quoted, b'"') => Self::Closing,
            (Self::Quoted, _) => Self::Quoted,
            _ => Self::Plain,
        };
        step
    }

    pub(super) fn is_quoted(self) -> bool {
        self == Self::Quoted
    }
}
