// SPDX-License-Identifier: EUPL-1.2
//! The table within a file: which sheet, where its header is, and what around it is none of it.

use passend::{Side, protected};

use super::decode::{Encoding, decode};
use super::grid::{Row, clean, separator, separator_line, split};
use super::tables::Headers;
use super::word::plain;
use super::workbook::{is_zip, sheets};
use crate::detail::Detail;
use crate::error::Content;
use crate::{Code, ReadError, Report};

/// A header lies within so many rows.
const HEADER_WITHIN: usize = 40;

/// A table: its header, and the rows under it.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) encoding: Encoding,
    pub(super) separator: Option<char>,
    /// The sheet that was chosen, and the others with their numbers of rows.
    pub(super) sheet: Option<String>,
    pub(super) other_sheets: Vec<(String, usize)>,
    /// The text of the file; of a workbook empty.
    pub(super) text: String,
    /// How many bytes of the file stand before it.
    pub(super) mark: u64,
    pub(super) header: Header,
    pub(super) rows: Vec<Row>,
    /// Rows above the header, totals and notes below, and headers that are repeated.
    pub(super) left_out: u64,
}

/// The header of a table.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) line: u64,
    pub(super) names: Vec<String>,
    /// The names with the name of their group before them, where there is one.
    pub(super) grouped: Vec<String>,
    row: Row,
}

impl Table {
    /// Finds the table of a file. `wanted` is the sheet that the mapping names, and `mapped` says of a name of a column whether
    /// the mapping has it.
    pub(super) fn read(
        bytes: &[u8],
        side: Side,
        wanted: Option<&str>,
        mapped: &dyn Fn(&str) -> bool,
        report: &mut Report,
    ) -> Result<Self, ReadError> {
        let is_known = |cell: &str| is_known(cell, side) || mapped(cell);
        if is_zip(bytes) {
            return workbook(bytes, wanted, &is_known, report).map_err(ReadError::Content);
        }
        let (text, encoding) = decode(bytes, report)?;
        let (named, skipped) = match separator_line(&text) {
            Some((separator, length)) => (Some(separator), length),
            None => (None, 0),
        };
        if named.is_some() {
            report.warn(Code::SeparatorLine, "", 1);
        }
        let body = text.get(skipped..).unwrap_or_default();
        let separator = named.unwrap_or_else(|| separator(body, is_known));
        if named.is_none() && separator != ';' {
            report.warn(Code::Separator, "", 1);
        }
        let (mut found, unclosed) = split(body, separator, usize::MAX);
        if let Some(unclosed) = unclosed {
            let line = unclosed.line + u64::from(named.is_some());
            let detail = Detail::default().same("line", line);
            return Err(ReadError::Content(Content::with(Code::UnclosedQuote, detail)));
        }
        for row in &mut found.rows {
            row.line += u64::from(named.is_some());
            row.from += skipped;
            row.to += skipped;
        }
        if found.empty > 0 {
            report.warn_times(Code::RowsLeftOut, "", found.first_empty, found.empty);
        }
        let Some((at, header)) = header(&found.rows, &is_known) else {
            return Err(ReadError::Content(Content::new(Code::NoTable)));
        };
        if !text.ends_with(['\n', '\r'])
            && found.rows.last().is_some_and(|row| row.cells.len() < header.names.len())
        {
            report.warn(Code::NoFinalNewline, "", found.rows.last().map_or(1, |row| row.line));
        }
        let (rows, left_out) = body_of(found.rows, at, &header, report);
        Ok(Self {
            encoding,
            separator: Some(separator),
            sheet: None,
            other_sheets: Vec::new(),
            text,
            mark: mark(bytes),
            header,
            rows,
            left_out,
        })
    }

    /// A row as it stands in the file; of a workbook as a line with semicolons.
    pub(super) fn original(&self, row: &Row) -> String {
        match self.separator {
            Some(_) => {
                let text = self.text.get(row.from..row.to).unwrap_or_default();
                text.trim_end_matches(['\r', '\n']).to_owned()
            }
            None => {
                let quoted = |cell: &str| {
                    if cell.contains([';', '"', '\n', '\r']) {
                        format!("\"{}\"", cell.replace('"', "\"\""))
                    } else {
                        cell.to_owned()
                    }
                };
                row.cells.iter().map(quoted).collect::<Vec<_>>().join(";")
            }
        }
    }

    /// The header as it stands in the file.
    pub(super) fn original_header(&self) -> String {
        self.original(&self.header.row)
    }

    /// Where on the line of its row a cell begins: in characters from 1, or its column in a workbook; `None` after a line break
    /// within the row.
    pub(super) fn column_of(&self, row: &Row, column: usize) -> Option<u64> {
        let Some(separator) = self.separator else {
            return u64::try_from(column).ok().map(|column| column + 1);
        };
        let text = self.text.get(row.from..row.to).unwrap_or_default();
        let (mut left, mut at, mut quoted, mut begins) = (column, 1, false, true);
        for c in text.chars() {
            if left == 0 {
                break;
            }
            if c == '\n' {
                return None;
            }
            at += 1;
            match c {
                '"' if begins || quoted => quoted = !quoted,
                // The second of two quotes opens the cell again.
                '"' => quoted = true,
                _ if c == separator && !quoted => left -= 1,
                _ => {}
            }
            begins = c == separator && !quoted;
        }
        (left == 0).then_some(at)
    }
}

/// How many bytes the byte order mark takes.
fn mark(bytes: &[u8]) -> u64 {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => 3,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => 2,
        _ => 0,
    }
}

/// Whether a cell is the name of a column, or of something that may not enter.
fn is_known(cell: &str, side: Side) -> bool {
    const LONGEST_NAME: usize = 200;
    let cell = clean(cell);
    !cell.is_empty()
        && cell.len() <= LONGEST_NAME
        && (Headers::of(side).word(cell).is_some() || protected(cell).is_some())
}

/// The row that is the header: of the first rows the one with most known names of columns, at least two of them or half of its
/// cells, and without a cell that only data has.
fn header(rows: &[Row], is_known: &dyn Fn(&str) -> bool) -> Option<(usize, Header)> {
    let score = |row: &Row| {
        let filled = row.filled();
        let known = row.cells.iter().filter(|cell| is_known(cell)).count();
        let data = row.cells.iter().filter(|cell| is_data(cell)).count();
        let is_header = (known >= 2 || (known == 1 && known * 2 >= filled)) && data * 4 <= filled;
        if is_header { known } else { 0 }
    };
    let looked_at = rows.get(..rows.len().min(HEADER_WITHIN)).unwrap_or_default();
    let best = looked_at.iter().map(score).max().filter(|best| *best > 0)?;
    let at = looked_at.iter().position(|row| score(row) == best)?;
    let row = looked_at.get(at)?;
    let width = row.cells.len();
    let above = at
        .checked_sub(1)
        .and_then(|above| looked_at.get(above))
        .filter(|above| is_group_row(above));
    let mut header = Header { line: row.line, row: row.clone(), ..Header::default() };
    let mut group = "";
    for column in 0..width {
        let own = row.cell(column);
        let over = above.map_or("", |above| above.cell(column));
        if !over.is_empty() {
            group = over;
        }
        header.names.push(if own.is_empty() {
            over.to_owned()
        } else {
            row.raw(column).to_owned()
        });
        let grouped = above.is_some() && !own.is_empty() && !group.is_empty() && group != own;
        header.grouped.push(if grouped { format!("{group} {own}") } else { String::new() });
    }
    Some((at, header))
}

/// Whether a row above the header names groups of columns, and is no title: more than one cell says something.
fn is_group_row(row: &Row) -> bool {
    let mut texts: Vec<&str> =
        row.cells.iter().map(clean).filter(|cell| !cell.is_empty()).collect();
    texts.dedup();
    texts.len() >= 2 && !texts.iter().any(|text| is_data(text) || text.ends_with(':'))
}

/// Whether a cell is a number, a day or a postcode: a header has none.
fn is_data(cell: &str) -> bool {
    let cell = clean(cell);
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    digits >= 4 && digits * 2 >= cell.len()
}

/// The rows under the header without totals, notes and repeated headers.
fn body_of(mut rows: Vec<Row>, at: usize, header: &Header, report: &mut Report) -> (Vec<Row>, u64) {
    let mut left_out = 0;
    let mut leave = |report: &mut Report, line: u64| {
        left_out += 1;
        report.warn(Code::RowsLeftOut, "", line);
    };
    for row in rows.drain(..=at).take(at) {
        leave(report, row.line);
    }
    while let Some(last) = rows.last().filter(|row| is_footer(row, header.names.len())) {
        leave(report, last.line);
        rows.pop();
    }
    rows.retain(|row| {
        let is_header = row.cells == header.row.cells;
        if is_header {
            leave(report, row.line);
        }
        !is_header
    });
    (rows, left_out)
}

/// Whether a last row is a total or a note under the table.
fn is_footer(row: &Row, width: usize) -> bool {
    const WORDS: &[&str] = &[
        "totaal",
        "total",
        "aantal",
        "subtotaal",
        "som",
        "gemiddeld",
        "gemiddelde",
        "bron",
        "legenda",
        "einde",
        "toelichting",
    ];
    let filled = row.filled();
    let first = row.cells.iter().map(clean).find(|cell| !cell.is_empty()).unwrap_or_default();
    let words = plain(first);
    let begins = words.split(' ').next().is_some_and(|word| WORDS.contains(&word));
    let is_sentence =
        filled == 1 && row.cells.len() >= width && first.len() > 15 && first.contains(' ');
    let is_remark = filled == 1 && (first.contains(": ") || first.starts_with('*'));
    width >= 3 && ((begins && filled * 2 <= width) || is_sentence || is_remark)
}

fn workbook(
    bytes: &[u8],
    wanted: Option<&str>,
    is_known: &dyn Fn(&str) -> bool,
    report: &mut Report,
) -> Result<Table, Content> {
    let sheets = sheets(bytes)?;
    let scored: Vec<(usize, usize)> = sheets
        .iter()
        .map(|sheet| {
            let known = header(&sheet.rows.rows, is_known)
                .map_or(0, |(_, header)| header.names.iter().filter(|name| is_known(name)).count());
            (known, sheet.rows.rows.len())
        })
        .collect();
    let named = wanted.and_then(|wanted| sheets.iter().position(|sheet| sheet.name == wanted));
    // The most known names; of those the most rows; of those the first.
    let best = scored.iter().max();
    let at = named.or_else(|| scored.iter().position(|score| Some(score) == best));
    let mut chosen = None;
    let mut other_sheets = Vec::new();
    for (number, sheet) in sheets.into_iter().enumerate() {
        if Some(number) == at {
            chosen = Some(sheet);
        } else {
            other_sheets.push((sheet.name, sheet.rows.rows.len()));
        }
    }
    let Some(sheet) = chosen else { return Err(Content::new(Code::EmptyFile)) };
    let Some((at, header)) = header(&sheet.rows.rows, is_known) else {
        return Err(Content::new(Code::NoTable));
    };
    if sheet.rows.empty > 0 {
        report.warn_times(Code::RowsLeftOut, "", sheet.rows.first_empty, sheet.rows.empty);
    }
    if !other_sheets.is_empty() {
        report.warn_times(
            Code::OtherSheets,
            "",
            1,
            u64::try_from(other_sheets.len()).unwrap_or(u64::MAX),
        );
    }
    let (rows, left_out) = body_of(sheet.rows.rows, at, &header, report);
    Ok(Table {
        encoding: Encoding::Workbook,
        separator: None,
        sheet: Some(sheet.name),
        other_sheets,
        text: String::new(),
        mark: 0,
        header,
        rows,
        left_out,
    })
}
