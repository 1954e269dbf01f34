// SPDX-License-Identifier: EUPL-1.2
//! An explanation as plain text, for a terminal or a letter.

use std::fmt::Write;

use super::page::{is_open, label, mark, opening, part, sections, sign};
use super::reader::Reader;
use super::record::{Explanation, Row};
use crate::text::{Lang, Say, heading, wrapped};

/// Most signs of a bar: a weight of 54 points, the largest of the preset.
const BAR: usize = 27;

impl Explanation {
    /// The explanation as plain text in one language.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Lang, Reader, Vacancy};
    /// # let candidate: Candidate = serde_json::from_str(r#"{"id":"c1","residence":{"status":"free"}}"#)?;
    /// # let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let market = Engine::default().market(&[candidate], &[vacancy], "2026-11-25".parse()?)?;
    /// let page = market.explain("c1", "v1")?.text(Lang::En, Reader::Caseworker);
    /// assert!(page.contains("The person can start now."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn text(&self, lang: Lang, reader: Reader) -> String {
        let mut page = String::new();
        for section in sections(self, lang, reader) {
            heading(&mut page, &section.heading);
            for row in &section.rows {
                write_row(&mut page, row, lang, reader);
            }
        }
        page
    }
}

fn write_row(page: &mut String, row: &Row, lang: Lang, reader: Reader) {
    let name = label(row, lang, reader);
    let text = row.text.get(lang);
    match row.section {
        "gates" => {
            let (sign, word) = mark(row, lang);
            if is_open(row) {
                wrapped(page, &format!("{name}: {text}"), &format!("{sign} "));
            } else {
                let when = opening(row, lang);
                let _ = writeln!(page, "{sign} {name}: {word}{when}");
                wrapped(page, text, "    ");
            }
            write_source(page, row, lang, reader);
        }
        "score" => {
            let _ = writeln!(page, "{name:<16} {} {text}", bar(row));
        }
        "summary" | "versions" => {
            let _ = writeln!(page, "{name}: {text}");
        }
        _ => {
            wrapped(page, text, &format!("{} ", sign(row)));
            if matches!(row.section, "twv_check" | "facilities") {
                write_source(page, row, lang, reader);
            }
        }
    }
}

/// The row and source on which a sentence rests; not for what only the engine decides.
fn write_source(page: &mut String, row: &Row, lang: Lang, reader: Reader) {
    if let Some(citation) = reader.citation(row, lang) {
        let word = Say("word_source").plain();
        wrapped(page, &format!("{}{citation}", word.get(lang)), "    ");
    }
}

/// A bar of the contribution within its weight, two points a sign; at least one sign for what is not nothing.
fn bar(row: &Row) -> String {
    let signs = |hundredths: u32| usize::try_from(hundredths.div_ceil(200)).unwrap_or(BAR).min(BAR);
    let (part, most) = part(row);
    let (filled, whole) = (signs(part), signs(most));
    format!("{}{}{}", "█".repeat(filled), "░".repeat(whole - filled), " ".repeat(BAR - whole))
}
