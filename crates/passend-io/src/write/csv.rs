// SPDX-License-Identifier: EUPL-1.2
//! Match lines as a flat table: CSV as programs read it, and as a Dutch Excel opens it.

use std::borrow::Borrow;
use std::io::{self, Write};

use passend::MatchLine;
use serde::Serialize;

/// How the table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Commas, `\n`, scores as the whole numbers 0 to 10,000.
    Plain,
    /// Semicolons, byte order mark, `\r\n`, scores as `0,00` to `100,00`.
    Dutch,
}

/// The columns, after `by` where both sides are listed.
const COLUMNS: [&str; 19] = [
    "candidate",
    "vacancy",
    "rank",
    "score",
    "score_max",
    "class",
    "date",
    "until",
    "steps",
    "questions",
    "skills",
    "occupation",
    "education",
    "language",
    "travel",
    "wishes",
    "findings",
    "tie_group",
    "flags",
];

/// Writes match lines as a table, a line for each pair. What is not known or not asked is an empty cell; lists within a
/// cell are joined by `|`.
///
/// A cell that a spreadsheet would take for a formula gets `'` before it.
///
/// # Errors
/// When the output refuses.
pub fn csv<L: Borrow<MatchLine>>(
    out: &mut impl Write,
    lines: impl IntoIterator<Item = L>,
    dialect: Dialect,
) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new();
    if dialect == Dialect::Dutch {
        out.write_all("\u{FEFF}".as_bytes())?;
        writer.delimiter(b';').terminator(::csv::Terminator::CRLF);
    }
    let mut writer = writer.from_writer(out);
    let mut lines = lines.into_iter().peekable();
    let with_side = lines.peek().is_some_and(|line| line.borrow().by.is_some());
    writer.write_record(with_side.then_some("by").into_iter().chain(COLUMNS))?;
    for line in lines {
        let line = line.borrow();
        let side = line.by.map(word);
        writer.write_record(side.into_iter().chain(cells(line, dialect)))?;
    }
    writer.flush()
}

fn cells(line: &MatchLine, dialect: Dialect) -> [String; 19] {
    let score = |score: u16| match dialect {
        Dialect::Plain => score.to_string(),
        Dialect::Dutch => format!("{},{:02}", score / 100, score % 100),
    };
    let part = |part: Option<u16>| part.map(score).unwrap_or_default();
    let day = |day: Option<passend::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let joined = |words: Vec<&str>| harmless(words.join("|"));
    let readiness = &line.readiness;
    let findings: Vec<_> = line
        .findings
        .iter()
        .flatten()
        .map(|finding| format!("{}:{}", word(finding.gate), word(finding.finding)))
        .collect();
    [
        harmless(line.candidate.clone()),
        harmless(line.vacancy.clone()),
        line.rank.to_string(),
        score(line.score),
        score(line.score_max),
        word(readiness.class),
        day(readiness.date),
        day(readiness.until),
        joined(readiness.steps.iter().flatten().map(|step| step.id.as_str()).collect()),
        joined(readiness.questions.iter().flatten().map(|asked| asked.field.as_str()).collect()),
        part(line.contributions.skills),
        part(line.contributions.occupation),
        part(line.contributions.education),
        part(line.contributions.language),
        part(line.contributions.travel),
        part(line.contributions.wishes),
        findings.join("|"),
        line.tie_group.to_string(),
        joined(line.flags.clone()),
    ]
}

/// The text with `'` before it if a spreadsheet would take it for a formula.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

/// The word that JSON has for it.
pub(super) fn word(value: impl Serialize) -> String {
    let json = serde_json::to_string(&value).unwrap_or_default();
    json.trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_text() {
        for cell in ["=1+1", "+31", "-5", "@a", "\t=1"] {
            assert_eq!(harmless(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(harmless("c-1".to_owned()), "c-1");
    }
}
