// SPDX-License-Identifier: EUPL-1.2
//! How cells are written so that a Dutch Excel or LibreOffice opens them as they are meant.

use std::io::{self, Write};

use passend::Day;

/// A table that such a program opens by itself: UTF-8 with a byte order mark, semicolons, `\r\n`.
pub(super) fn writer<W: Write>(mut out: W) -> io::Result<::csv::Writer<W>> {
    out.write_all("\u{FEFF}".as_bytes())?;
    Ok(writer_of_rows(out))
}

/// The same without the mark, for what follows.
pub(super) fn writer_of_rows<W: Write>(out: W) -> ::csv::Writer<W> {
    let mut writer = ::csv::WriterBuilder::new();
    writer.delimiter(b';').terminator(::csv::Terminator::CRLF).from_writer(out)
}

pub(super) fn day(day: Day) -> String {
    let (year, month, day) = day.parts();
    format!("{day:02}-{month:02}-{year:04}")
}

/// Text that stays text: not a formula, and not a number or day that it looks like.
pub(super) fn text(text: &str) -> String {
    if is_taken_for_a_value(text) { format!("'{text}") } else { harmless(text) }
}

/// The text with `'` before it if a spreadsheet would take it for a formula.
pub(super) fn harmless(text: &str) -> String {
    let is_formula = text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', // those of full width too
        '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
    ]);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// `007`, `1E5` and `1-2` would become 7, 100000 and a day.
fn is_taken_for_a_value(text: &str) -> bool {
    let of_a_value = |c: char| c.is_ascii_digit() || ".,-/:eE% ".contains(c);
    let is_word = ["true", "false", "waar", "onwaar"].contains(&text.to_lowercase().as_str());
    is_word
        || (text.chars().all(of_a_value)
            && text.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_text() {
        for cell in ["=1+1", "+31", "-5", "@a", "\t=1", "\u{FF1D}1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
            assert_eq!(text(cell), format!("'{cell}"));
        }
        assert_eq!(harmless("c-1"), "c-1");
    }

    #[test]
    fn an_id_stays_what_it_is() {
        for id in ["007", "1E5", "1-2", "12/3", "1.5", "waar", "TRUE", "9:30"] {
            assert_eq!(text(id), format!("'{id}"));
        }
        for id in ["c007", "e5", "nu", "12a", "9711LM", ""] {
            assert_eq!(text(id), id);
        }
    }

    #[test]
    fn days_are_written_as_in_the_netherlands() {
        assert_eq!(day("2026-02-03".parse().unwrap()), "03-02-2026");
    }
}
