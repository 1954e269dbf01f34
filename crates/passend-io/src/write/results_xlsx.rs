// SPDX-License-Identifier: EUPL-1.2
//! Match lines as a spreadsheet.

use std::borrow::Borrow;
use std::io::{self, Write};

use passend::{Lang, MatchLine};
use rust_xlsxwriter::XlsxError;

use super::About;
use super::results::{Cell, Words, cells, columns};
use super::sheet::{Book, Value};

/// Writes match lines as XLSX: numbers as numbers and days as days, column names that stay in sight, a filter, and a sheet
/// that says what each column means and what the result stands on.
///
/// Beyond the 1,048,576 rows of a sheet it goes on on the next one. Rows are kept in a file without a name in the folder
/// for temporary files until the book is packed, not in memory. The same lines give the same bytes.
///
/// # Errors
/// When the output or the temporary file refuses.
pub fn results_xlsx<L: Borrow<MatchLine>>(
    out: &mut impl Write,
    lines: impl IntoIterator<Item = L>,
    about: About<'_>,
) -> io::Result<()> {
    let lang = about.lang;
    let mut lines = lines.into_iter().peekable();
    let with_side = lines.peek().is_some_and(|line| line.borrow().by.is_some());
    let columns = columns(with_side);
    let name = match lang {
        Lang::Nl => "Resultaat",
        Lang::En => "Result",
    };
    let headings = columns.iter().map(|column| (column.heading(lang).to_owned(), column.width));
    let mut book = Book::new(about.as_of, lang, name, headings.collect()).map_err(broken)?;
    for line in lines {
        let cells = cells(line.borrow(), with_side, Words::Said(lang));
        let values = cells.into_iter().map(|cell| match cell {
            Cell::Empty => Value::Empty,
            Cell::Text(text) => Value::Text(text),
            Cell::Whole(number) => Value::Whole(number),
            Cell::Score(score) => Value::Hundredths(u32::from(score)),
            Cell::Day(day) => Value::Day(day),
        });
        book.add(values).map_err(broken)?;
    }
    let mut rows: Vec<(String, String)> = columns
        .iter()
        .map(|column| (column.heading(lang).to_owned(), column.meaning(lang).to_owned()))
        .collect();
    rows.push((String::new(), String::new()));
    rows.extend(stands_on(about));
    let bytes = book.finish(&rows).map_err(broken)?;
    out.write_all(&bytes)
}

/// What a result stands on, as rows of a sheet.
pub(super) fn stands_on(About { as_of, versions, lang }: About<'_>) -> [(String, String); 4] {
    let known = match lang {
        Lang::Nl => ["dag van de regels", "regels", "woordenlijst", "gewichten"],
        Lang::En => ["day of the rules", "rules", "vocabulary", "weights"],
    };
    let [day, rules, vocabulary, weights] = known.map(str::to_owned);
    [
        (day, passend::Text::from(as_of).get(lang).to_owned()),
        (rules, versions.rules.clone()),
        (vocabulary, versions.vocabulary.clone()),
        (weights, versions.weights.clone()),
    ]
}

pub(super) fn broken(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}
