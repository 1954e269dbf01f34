// SPDX-License-Identifier: EUPL-1.2
//! A table as rows of cells, each with its place in the file.

use std::borrow::Cow;

use csv::StringRecord;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What a cell of a workbook is, as far as its text does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Typed {
    /// Text as a person typed it.
    #[default]
    Text,
    /// A number, written with a decimal point.
    Number,
    /// A day, written as `2027-01-31`.
    Day,
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Line of the file, or row of the sheet, from 1.
    pub(super) line: u64,
    /// Where it begins and ends in the text, in bytes; of a sheet 0.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) cells: StringRecord,
    /// Only for sheets.
    pub(super) typed: Vec<Typed>,
}

impl Row {
    /// The cell of a column, without spaces around; empty if the row is shorter.
    pub(super) fn cell(&self, column: usize) -> &str {
        clean(self.raw(column))
    }

    /// The cell of a column as it stands.
    pub(super) fn raw(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }

    pub(super) fn typed(&self, column: usize) -> Typed {
        self.typed.get(column).copied().unwrap_or_default()
    }

    /// How many cells say something.
    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !clean(cell).is_empty()).count()
    }
}

/// A cell without spaces and marks that mean nothing around it.
pub(super) fn clean(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{2060}'))
}

/// Rows of text.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Lines and rows without any content, with the first of them.
    pub(super) empty: u64,
    pub(super) first_empty: u64,
}

/// A quote is opened on this line and never closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unclosed {
    pub(super) line: u64,
    /// The rows before it were whole.
    pub(super) from: usize,
}

/// Cuts a text into rows and cells; at most so many rows.
///
/// A quote opens only at the begin of a cell, two quotes within are one, and what follows a closing quote belongs to the
/// cell. A row ends at `\n`, `\r\n` or `\r` outside quotes.
pub(super) fn split(text: &str, separator: char, most: usize) -> (Rows, Option<Unclosed>) {
    let mut found = Rows::default();
    let (mut line, mut row_line, mut row_from) = (1_u64, 1_u64, 0_usize);
    let mut cells = StringRecord::new();
    let mut cell = String::new();
    let mut state = State::Begin;
    let mut quote_line = 1;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let is_break = c == '\n' || (c == '\r' && !matches!(characters.peek(), Some((_, '\n'))));
        line += u64::from(is_break);
        match (state, c) {
            (State::Quoted, '"') => state = State::Closing,
            (State::Quoted, _) => cell.push(c),
            (State::Closing, '"') => {
                cell.push('"');
                state = State::Quoted;
            }
            (State::Begin, '"') => {
                state = State::Quoted;
                quote_line = line;
            }
            (_, _) if c == separator => {
                push(&mut cells, &mut cell);
                state = State::Begin;
            }
            // It belongs to the line end after it.
            (_, '\r') if !is_break => {}
            (_, '\n' | '\r') => {
                push(&mut cells, &mut cell);
                let to = at + c.len_utf8();
                found.add(&mut cells, row_line, row_from..to);
                (state, row_line, row_from) = (State::Begin, line, to);
                if found.rows.len() >= most {
                    return (found, None);
                }
            }
            _ => {
                cell.push(c);
                state = State::Plain;
            }
        }
    }
    if state == State::Quoted {
        return (found, Some(Unclosed { line: quote_line, from: row_from }));
    }
    if row_from < text.len() {
        push(&mut cells, &mut cell);
        found.add(&mut cells, row_line, row_from..text.len());
    }
    (found, None)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Begin,
    Plain,
    Quoted,
    Closing,
}

/// A cell is at most this long; a longer one is nearly always a quote that is missing.
pub(super) const LONGEST_CELL: usize = 1 << 16;

/// So much of a cell as shows that it is too long.
pub(super) fn bounded(cell: &str) -> &str {
    if cell.len() <= LONGEST_CELL {
        return cell;
    }
    let end = (LONGEST_CELL + 1..=cell.len()).find(|end| cell.is_char_boundary(*end));
    cell.get(..end.unwrap_or(cell.len())).unwrap_or(cell)
}

fn push(cells: &mut StringRecord, cell: &mut String) {
    cells.push_field(&composed(bounded(cell)));
    cell.clear();
}

/// Letters and their accents as one character each, so that the same word is the same text.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

impl Rows {
    pub(super) fn add(
        &mut self,
        cells: &mut StringRecord,
        line: u64,
        range: std::ops::Range<usize>,
    ) {
        let cells = std::mem::take(cells);
        if cells.iter().all(|cell| clean(cell).is_empty()) {
            if self.empty == 0 {
                self.first_empty = line;
            }
            self.empty += 1;
            return;
        }
        self.rows.push(Row { line, from: range.start, to: range.end, cells, typed: Vec::new() });
    }
}

/// The separator of a text, by how evenly it cuts the lines, and by how many cells of a row are known names of columns.
pub(super) fn separator(text: &str, is_known: impl Fn(&str) -> bool) -> char {
    const LOOKED_AT: usize = 60;
    let score = |separator: char| {
        let (found, _) = split(text, separator, LOOKED_AT);
        let known =
            found.rows.iter().map(|row| row.cells.iter().filter(|cell| is_known(cell)).count());
        let mut widths: Vec<usize> =
            found.rows.iter().map(|row| row.cells.len()).filter(|width| *width > 1).collect();
        widths.sort_unstable();
        let most_even = widths.chunk_by(|a, b| a == b).map(<[usize]>::len).max();
        (known.max().unwrap_or_default(), most_even.unwrap_or_default())
    };
    // Of equals the first is taken.
    let scored = [';', '\t', ',', '|'].map(|separator| (score(separator), separator));
    let best = scored.iter().map(|(score, _)| *score).max().unwrap_or_default();
    scored.iter().find(|(score, _)| *score == best).map_or(';', |(_, separator)| *separator)
}

/// The separator that a first line `sep=;` names, and how long that line is.
pub(super) fn separator_line(text: &str) -> Option<(char, usize)> {
    let line = text.split_inclusive('\n').next()?;
    let named = line.trim_end_matches(['\r', '\n', ' ']).trim_matches('"');
    let mut rest = named.get(4..)?.chars();
    let separator = rest.next()?;
    let is_it = named.get(..4)?.eq_ignore_ascii_case("sep=") && rest.next().is_none();
    is_it.then_some((separator, line.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, Vec<String>)> {
        let (found, unclosed) = split(text, ';', usize::MAX);
        assert_eq!(unclosed, None);
        let cells = |row: &Row| row.cells.iter().map(str::to_owned).collect();
        found.rows.iter().map(|row| (row.line, cells(row))).collect()
    }

    #[test]
    fn rows_keep_their_physical_lines() {
        let rows = lines("a;b\r\n1;\"x\r\ny\"\r\n\r\n2;\"say \"\"hi\"\"\"\r3;5\" pijp");
        let expected: Vec<(u64, Vec<String>)> = vec![
            (1, vec!["a".into(), "b".into()]),
            (2, vec!["1".into(), "x\r\ny".into()]),
            (5, vec!["2".into(), "say \"hi\"".into()]),
            (6, vec!["3".into(), "5\" pijp".into()]),
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found_where_it_opens() {
        let (_, unclosed) = split("a;b\n1;2\n3;\"x\n4;5\n", ';', usize::MAX);
        assert_eq!(unclosed, Some(Unclosed { line: 3, from: 8 }));
    }

    #[test]
    fn the_separator_is_found() {
        let known = |cell: &str| cell == "id";
        assert_eq!(separator("Lijst, van mei\nid;a;b\n1;2,5;3\n", known), ';');
        assert_eq!(separator("id,a\n1,x;y;z\n", known), ',');
        assert_eq!(separator("id\ta\n1\t2\n", known), '\t');
        assert_eq!(separator("id\n1\n", known), ';');
        assert_eq!(separator_line("sep=,\r\na,b"), Some((',', 7)));
        assert_eq!(separator_line("separator;b"), None);
    }

    #[test]
    fn an_accent_apart_is_the_same_letter() {
        assert_eq!(lines("Rene\u{301}e")[0].1, ["Renée"]);
    }
}
