// SPDX-License-Identifier: EUPL-1.2
//! A report as a spreadsheet.

use std::io::{self, Write};

use passend::{Lang, Report};

use super::About;
use super::results_xlsx::{broken, stands_on};
use super::sheet::{Book, Value};

/// Writes a report as XLSX: a row for each number, with its table, what it is about and its column, so that a pivot table
/// can be made of it; numbers that are hidden are empty. A sheet of explanations holds the method and the versions.
///
/// # Errors
///
/// When the output or the temporary file refuses.
pub fn report_xlsx(out: &mut impl Write, report: &Report, lang: Lang) -> io::Result<()> {
    let (name, headings) = match lang {
        Lang::Nl => ("Rapport", ["tabel", "wat", "kolom", "getal"]),
        Lang::En => ("Report", ["table", "what", "column", "number"]),
    };
    let headings = headings.map(str::to_owned).into_iter().zip([36, 60, 28, 12]).collect();
    let mut book = Book::new(report.as_of, lang, name, headings).map_err(broken)?;
    for table in &report.tables {
        for row in &table.rows {
            for (column, cell) in table.columns.iter().skip(1).zip(&row.cells) {
                let words = [&table.heading, &row.name, column].map(|text| text.get(lang));
                let words = words.map(|text| Value::Text(text.to_owned()));
                let number = cell.map_or(Value::Empty, Value::Whole);
                book.add(words.into_iter().chain([number])).map_err(broken)?;
            }
        }
    }
    let of_tables = report
        .tables
        .iter()
        .map(|table| (table.heading.get(lang).to_owned(), table.about.get(lang).to_owned()));
    let method = report.method.iter().map(|text| (String::new(), text.get(lang).to_owned()));
    let versions = stands_on(About { as_of: report.as_of, versions: &report.versions, lang });
    let rows: Vec<(String, String)> = of_tables.chain(method).chain(versions).collect();
    let bytes = book.finish(&rows).map_err(broken)?;
    out.write_all(&bytes)
}
