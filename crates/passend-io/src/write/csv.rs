// SPDX-License-Identifier: EUPL-1.2
//! Match lines as a flat table: CSV as programs read it, and as a Dutch spreadsheet opens it.

use std::borrow::Borrow;
use std::io::{self, Write};

use passend::{Lang, MatchLine};

use super::dutch;
use super::results::{Cell, Words, cells, columns};

/// How the table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Commas, `\n`, the keys of the schema as column names, scores as the whole numbers 0 to 10,000, days as `2026-12-20`.
    Plain,
    /// As a Dutch Excel or LibreOffice opens it: semicolons, byte order mark, `\r\n`, Dutch column names and words, scores
    /// as `0,00` to `100,00`, days as `20-12-2026`.
    Dutch,
}

/// Writes match lines as a table, a line for each pair. What is not known or not asked is an empty cell; lists within a
/// cell are joined by `|`.
///
/// A cell that a spreadsheet would take for a formula gets `'` before it; in Dutch also an id that it would take for a
/// number or a day.
///
/// # Errors
/// When the output refuses.
pub fn csv<L: Borrow<MatchLine>>(
    out: &mut impl Write,
    lines: impl IntoIterator<Item = L>,
    dialect: Dialect,
) -> io::Result<()> {
    rows(out, lines, dialect, true)
}

/// Writes the lines as [`csv()`] does, without the line of column names: what follows on a part that has it.
///
/// # Errors
/// When the output refuses.
pub fn csv_rows<L: Borrow<MatchLine>>(
    out: &mut impl Write,
    lines: impl IntoIterator<Item = L>,
    dialect: Dialect,
) -> io::Result<()> {
    rows(out, lines, dialect, false)
}

fn rows<L: Borrow<MatchLine>>(
    out: &mut impl Write,
    lines: impl IntoIterator<Item = L>,
    dialect: Dialect,
    with_header: bool,
) -> io::Result<()> {
    let mut lines = lines.into_iter().peekable();
    let with_side = lines.peek().is_some_and(|line| line.borrow().by.is_some());
    let columns = columns(with_side);
    let (mut writer, words) = match dialect {
        Dialect::Plain => (::csv::Writer::from_writer(out), Words::Codes),
        Dialect::Dutch if with_header => (dutch::writer(out)?, Words::Said(Lang::Nl)),
        Dialect::Dutch => (dutch::writer_of_rows(out), Words::Said(Lang::Nl)),
    };
    if with_header {
        writer.write_record(columns.iter().map(|column| match dialect {
            Dialect::Plain => column.key,
            Dialect::Dutch => column.heading(Lang::Nl),
        }))?;
    }
    for line in lines {
        let cells = cells(line.borrow(), with_side, words);
        writer.write_record(cells.iter().map(|cell| written(cell, dialect)))?;
    }
    writer.flush()
}

fn written(cell: &Cell, dialect: Dialect) -> String {
    match (cell, dialect) {
        (Cell::Empty, _) => String::new(),
        (Cell::Text(text), Dialect::Plain) => dutch::harmless(text),
        (Cell::Text(text), Dialect::Dutch) => dutch::text(text),
        (Cell::Whole(number), _) => number.to_string(),
        (Cell::Score(score), Dialect::Plain) => score.to_string(),
        (Cell::Score(score), Dialect::Dutch) => format!("{},{:02}", score / 100, score % 100),
        (Cell::Day(day), Dialect::Plain) => day.to_string(),
        (Cell::Day(day), Dialect::Dutch) => dutch::day(*day),
    }
}
