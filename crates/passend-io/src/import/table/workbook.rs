// SPDX-License-Identifier: EUPL-1.2
//! Sheets of an Excel workbook (xlsx) as rows of cells.
//!
//! A workbook is a zip of XML, and a small one can unpack to more than a computer holds. So all of it is unpacked once into
//! nothing, and measured, before anything is kept.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, open_workbook_from_rs};
use csv::StringRecord;
use passend::Day;

use super::grid::{Row, Rows, Typed, bounded, clean, composed};
use crate::Code;
use crate::error::Content;

/// Unpacked, a workbook is at most this large; a million rows of twenty columns are.
const LARGEST: u64 = 512 << 20;
/// Elements within elements; workbooks of any program have fewer than 20.
const DEEPEST: u32 = 200;
/// Parts of a workbook, sheets among them.
const MOST_PARTS: usize = 4_000;
/// Columns that are looked at.
const MOST_COLUMNS: u32 = 1_000;
/// Sheets that are looked at.
const MOST_SHEETS: usize = 50;
/// Merged cells are filled as far as this many cells.
const MOST_MERGED: usize = 100_000;

/// A visible sheet.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) rows: Rows,
}

/// Whether this is a zip, as every xlsx is.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The visible sheets of a workbook that have rows.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Content> {
    let broken = || Content::new(Code::BrokenWorkbook);
    measure(bytes, LARGEST)?;
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| broken())?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .take(MOST_SHEETS)
        .collect();
    let mut sheets = Vec::new();
    for name in names {
        let mut cells = cells(&mut workbook, &name)?;
        let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        fill_merged(&mut cells, &merged);
        let rows = rows(&cells);
        if !rows.rows.is_empty() {
            sheets.push(Sheet { name, rows });
        }
    }
    Ok(sheets)
}

/// Fails when the zip is broken, too large when unpacked, or nested too deeply.
fn measure(bytes: &[u8], largest: u64) -> Result<(), Content> {
    let broken = |_| Content::new(Code::BrokenWorkbook);
    let too_large = || Content::new(Code::LargeWorkbook);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let is_workbook = archive
        .file_names()
        .flatten()
        .any(|name| name.trim_start_matches('/').eq_ignore_ascii_case("xl/workbook.xml"));
    if !is_workbook {
        let (nl, en) = ("zip-bestand zonder Excel-werkblad", "zip file without an Excel sheet");
        return Err(Content::kind(Code::OtherFile, nl, en));
    }
    if archive.len() > MOST_PARTS {
        return Err(too_large());
    }
    let mut left = largest;
    let mut buffer = vec![0; 1 << 16];
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(broken)?;
        let mut depth = Depth::default();
        loop {
            let read = part.read(&mut buffer).map_err(|_| Content::new(Code::BrokenWorkbook))?;
            if read == 0 {
                break;
            }
            left =
                left.checked_sub(u64::try_from(read).unwrap_or(u64::MAX)).ok_or_else(too_large)?;
            depth.step(buffer.get(..read).unwrap_or_default());
            if depth.open > DEEPEST {
                return Err(too_large());
            }
        }
    }
    Ok(())
}

/// How many elements are open, by the brackets alone.
#[derive(Default)]
struct Depth {
    open: u32,
    before: u8,
}

impl Depth {
    fn step(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match (self.before, *byte) {
                (b'<', b'/') | (b'/', b'>') => self.open = self.open.saturating_sub(1),
                (b'<', b'?' | b'!') => {}
                (b'<', _) => self.open += 1,
                _ => {}
            }
            self.before = *byte;
        }
    }
}

/// A cell with its place, from 0.
struct Cell {
    row: u32,
    column: u32,
    text: String,
    typed: Typed,
}

fn cells<R: Read + std::io::Seek>(
    workbook: &mut Xlsx<R>,
    name: &str,
) -> Result<Vec<Cell>, Content> {
    let broken = |_| Content::new(Code::BrokenWorkbook);
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let (text, typed) = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if column >= MOST_COLUMNS {
            return Err(Content::new(Code::LargeWorkbook));
        }
        cells.push(Cell { row, column, text, typed });
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    Ok(cells)
}

fn text(value: &DataRef<'_>) -> (String, Typed) {
    match value {
        DataRef::Int(number) => (number.to_string(), Typed::Number),
        DataRef::Float(number) => (number.to_string(), Typed::Number),
        DataRef::String(text) => (composed(bounded(text)).into_owned(), Typed::Text),
        DataRef::SharedString(text) => (composed(bounded(text)).into_owned(), Typed::Text),
        DataRef::Bool(true) => ("ja".to_owned(), Typed::Text),
        DataRef::Bool(false) => ("nee".to_owned(), Typed::Text),
        DataRef::DateTime(day) if !day.is_duration() => {
            let (year, month, date, ..) = day.to_ymd_hms_milli();
            let day = i16::try_from(year).ok().and_then(|year| {
                Day::new(year, i8::try_from(month).ok()?, i8::try_from(date).ok()?)
            });
            match day {
                Some(found) => (found.to_string(), Typed::Day),
                // A number that is shown as a day, and is none: told as what it is.
                None => (day_number(day_value(value)), Typed::Number),
            }
        }
        DataRef::DateTime(duration) => (duration.as_f64().to_string(), Typed::Number),
        DataRef::DateTimeIso(text) => (text.get(..10).unwrap_or(text).to_owned(), Typed::Day),
        DataRef::DurationIso(text) => (text.clone(), Typed::Text),
        // A formula that failed: nothing is known.
        DataRef::Error(_) | DataRef::Empty => (String::new(), Typed::Text),
    }
}

fn day_value(value: &DataRef<'_>) -> f64 {
    match value {
        DataRef::DateTime(day) => day.as_f64(),
        _ => 0.0,
    }
}

fn day_number(value: f64) -> String {
    value.to_string()
}

/// A merged cell says the same in each of its rows and columns.
fn fill_merged(cells: &mut Vec<Cell>, merged: &[calamine::Dimensions]) {
    let mut added = Vec::new();
    for area in merged {
        let found = cells.binary_search_by_key(&area.start, |cell| (cell.row, cell.column));
        let Some(first) = found.ok().and_then(|at| cells.get(at)) else { continue };
        for row in area.start.0..=area.end.0 {
            for column in area.start.1..=area.end.1.min(MOST_COLUMNS) {
                if added.len() >= MOST_MERGED {
                    break;
                }
                if (row, column) != area.start {
                    added.push(Cell { row, column, text: first.text.clone(), typed: first.typed });
                }
            }
        }
    }
    cells.extend(added);
    cells.sort_by_key(|cell| (cell.row, cell.column));
}

fn rows(cells: &[Cell]) -> Rows {
    let width = cells.iter().map(|cell| cell.column + 1).max().unwrap_or_default();
    let width = usize::try_from(width).unwrap_or_default();
    let mut found = Rows::default();
    let mut line_before = None;
    for row in cells.chunk_by(|a, b| a.row == b.row) {
        let line = row.first().map_or(0, |cell| u64::from(cell.row) + 1);
        if row.iter().all(|cell| clean(&cell.text).is_empty()) {
            continue;
        }
        if let Some(before) = line_before
            && line > before + 1
        {
            if found.empty == 0 {
                found.first_empty = before + 1;
            }
            found.empty += line - before - 1;
        }
        line_before = Some(line);
        let mut texts = StringRecord::new();
        let mut typed = Vec::with_capacity(width);
        for column in 0..width {
            let at = u32::try_from(column).unwrap_or(u32::MAX);
            let cell =
                row.binary_search_by_key(&at, |cell| cell.column).ok().and_then(|at| row.get(at));
            texts.push_field(cell.map_or("", |cell| &cell.text));
            typed.push(cell.map_or(Typed::Text, |cell| cell.typed));
        }
        found.rows.push(Row { line, from: 0, to: 0, cells: texts, typed });
    }
    found
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(content: &str) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for (name, content) in [("xl/workbook.xml", "<workbook/>"), ("xl/a.xml", content)] {
            writer.start_file(name, options).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[track_caller]
    fn check(content: &str, expected: Option<Code>) {
        let bytes = packed(content);
        assert!(bytes.len() < 20_000, "it is small when packed");
        assert_eq!(measure(&bytes, 1 << 20).err().map(|content| content.code()), expected);
    }

    #[test]
    fn what_unpacks_to_too_much_is_stopped_on_the_way() {
        check(&" ".repeat(1 << 19), None);
        check(&" ".repeat((1 << 20) + 1), Some(Code::LargeWorkbook));
    }

    #[test]
    fn what_is_nested_too_deeply_is_stopped() {
        check(&"<a>".repeat(190), None);
        check(&"<a>".repeat(300), Some(Code::LargeWorkbook));
        check(&"<a/><b></b><?x?><!-- -->".repeat(300), None);
    }
}
