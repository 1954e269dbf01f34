// SPDX-License-Identifier: EUPL-1.2
//! A book of sheets: rows of typed cells under column names, and a sheet of explanations.

use passend::{Day, Lang};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

/// What stands in a cell.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Empty,
    Text(String),
    Whole(u32),
    /// Shown with two decimals.
    Hundredths(u32),
    Number(f64),
    Day(Day),
    Flag(bool),
}

/// Rows of a sheet, the column names among them.
const MOST_ROWS: u32 = 1_048_576;
/// Characters of a cell.
const MOST_CHARACTERS: usize = 32_767;

pub(super) struct Book {
    book: Workbook,
    lang: Lang,
    name: &'static str,
    headings: Vec<(String, u16)>,
    /// Sheets of rows so far.
    sheets: usize,
    /// The next row of the last sheet.
    row: u32,
    formats: Formats,
}

struct Formats {
    heading: Format,
    hundredths: Format,
    day: Format,
    wrapped: Format,
}

impl Book {
    /// A book whose first sheet has these column names, each with a width in characters.
    ///
    /// It is dated with this day and not with the time it is: the same rows give the same bytes.
    pub(super) fn new(
        day: Day,
        lang: Lang,
        name: &'static str,
        headings: Vec<(String, u16)>,
    ) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let properties = DocProperties::new().set_author("passend");
        book.set_properties(&properties.set_creation_datetime(&date(day)?));
        let formats = Formats {
            heading: Format::new().set_bold(),
            hundredths: Format::new().set_num_format("0.00"),
            day: Format::new().set_num_format(match lang {
                Lang::Nl => "dd-mm-yyyy",
                Lang::En => "yyyy-mm-dd",
            }),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        };
        let mut made = Self { book, lang, name, headings, sheets: 0, row: 0, formats };
        made.begin_sheet()?;
        Ok(made)
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        self.row = 1;
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        match self.sheets {
            1 => sheet.set_name(self.name)?,
            number => sheet.set_name(format!("{} {number}", self.name))?,
        };
        for (column, (heading, width)) in (0..).zip(&self.headings) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(0, column, heading, &self.formats.heading)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, XlsxError> {
        self.book.worksheet_from_index(self.sheets.saturating_sub(1))
    }

    /// Adds a row.
    pub(super) fn add(&mut self, values: impl IntoIterator<Item = Value>) -> Result<(), XlsxError> {
        if self.row >= MOST_ROWS {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        let row = self.row;
        self.row += 1;
        let Self { book, formats, sheets, .. } = self;
        let sheet = book.worksheet_from_index(sheets.saturating_sub(1))?;
        for (column, value) in (0..).zip(values) {
            match value {
                Value::Empty => continue,
                Value::Text(text) => sheet.write_string(row, column, short(text))?,
                Value::Whole(number) => sheet.write_number(row, column, number)?,
                Value::Number(number) => sheet.write_number(row, column, number)?,
                Value::Hundredths(number) => {
                    // Read as a decimal, since the nearest number to it is wanted, not a quotient.
                    let number: f64 =
                        format!("{}.{:02}", number / 100, number % 100).parse().unwrap_or_default();
                    sheet.write_number_with_format(row, column, number, &formats.hundredths)?
                }
                Value::Day(day) => {
                    sheet.write_datetime_with_format(row, column, date(day)?, &formats.day)?
                }
                Value::Flag(flag) => sheet.write_boolean(row, column, flag)?,
            };
        }
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let last_row = self.row.saturating_sub(1);
        let last_column = u16::try_from(self.headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
        self.sheet()?.autofilter(0, 0, last_row, last_column)?;
        Ok(())
    }

    /// Adds the sheet of explanations, if there are any, and gives the bytes of the file.
    pub(super) fn finish(
        mut self,
        explanations: &[(String, String)],
    ) -> Result<Vec<u8>, XlsxError> {
        self.end_sheet()?;
        let (name, headings) = match self.lang {
            Lang::Nl => ("Uitleg", ["kolom", "betekenis"]),
            Lang::En => ("Explanation", ["column", "meaning"]),
        };
        let Self { mut book, formats, .. } = self;
        if explanations.is_empty() {
            return book.save_to_buffer();
        }
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_column_width(0, 24)?;
        sheet.set_column_width(1, 100)?;
        for (column, heading) in (0..).zip(headings) {
            sheet.write_string_with_format(0, column, heading, &formats.heading)?;
        }
        for (row, (what, means)) in (1..).zip(explanations) {
            sheet.write_string(row, 0, what)?;
            sheet.write_string_with_format(row, 1, means, &formats.wrapped)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        book.save_to_buffer()
    }
}

fn date(day: Day) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::parse_from_str(&day.to_string())
}

/// At most what a cell can hold.
fn short(text: String) -> String {
    if text.encode_utf16().count() <= MOST_CHARACTERS {
        return text;
    }
    let mut room = MOST_CHARACTERS - 1;
    let mut short = String::new();
    for c in text.chars() {
        let Some(left) = room.checked_sub(c.len_utf16()) else { break };
        room = left;
        short.push(c);
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_no_cell_holds_is_cut() {
        let text = "😀".repeat(20_000);
        let short = short(text);
        assert!(short.encode_utf16().count() <= MOST_CHARACTERS && short.ends_with("😀…"));
    }
}
