// SPDX-License-Identifier: EUPL-1.2
//! Results as a part of an HTML page: plain tables without script, so that they show in every notebook.

use std::collections::BTreeSet;
use std::fmt::Write;

use passend::{FindingKind, Lang, MatchLine, PersonLine, ReadinessClass, Text};

use crate::failure::text;
use crate::result::Found;

/// The first pairs.
pub(crate) fn lines(found: &Found, limit: usize, lang: Lang) -> String {
    let all = found.ranking.len();
    let mut page = head(
        &[
            text("kandidaat", "candidate"),
            text("vacature", "vacancy"),
            text("plaats", "rank"),
            text("score", "score"),
            text("kan beginnen", "can start"),
            text("wat nog nodig is", "what is still needed"),
        ],
        lang,
    );
    for line in found.ranking.lines(&found.market).take(limit) {
        let _ = writeln!(
            page,
            "<tr style=\"vertical-align:top\"><td>{}</td><td>{}</td><td>{}</td><td style=\"white-space:nowrap\">{}</td><td>{}</td><td style=\"text-align:left\">{}</td></tr>",
            escaped(&line.candidate),
            escaped(&line.vacancy),
            line.rank,
            bar(line.score, lang),
            escaped(&start(&line, lang)),
            obstacles(&line, lang)
        );
    }
    page.push_str("</tbody></table>\n");
    if all > limit {
        let more = match lang {
            Lang::Nl => format!("{limit} van {all} paren; alle in .to_polars() of .to_pandas()"),
            Lang::En => format!("{limit} of {all} pairs; all in .to_polars() or .to_pandas()"),
        };
        let _ = writeln!(page, "<p>{more}</p>");
    }
    page
}

/// The first people.
pub(crate) fn people(lines: &[PersonLine]) -> String {
    const SHOWN: usize = 20;
    let lang = Lang::Nl;
    let mut page = head(
        &[
            text("kandidaat", "candidate"),
            text("op de lijst", "listed"),
            text("nu", "now"),
            text("later", "later"),
            text("eerst vragen", "ask first"),
            text("nu niet", "not now"),
        ],
        lang,
    );
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escaped(&line.candidate),
            line.listed,
            line.now,
            line.later,
            line.unknown,
            line.closed
        );
    }
    page.push_str("</tbody></table>\n");
    if lines.len() > SHOWN {
        let _ = writeln!(page, "<p>{SHOWN} van {} mensen</p>", lines.len());
    }
    page
}

fn head(columns: &[Text], lang: Lang) -> String {
    let mut page = "<table><thead><tr>".to_owned();
    for column in columns {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escaped(column.get(lang)));
    }
    page.push_str("</tr></thead><tbody>\n");
    page
}

/// A bar with its number beside it.
fn bar(score: u16, lang: Lang) -> String {
    let sign = if lang == Lang::Nl { ',' } else { '.' };
    format!(
        "<svg width=\"100\" height=\"10\" role=\"img\" aria-hidden=\"true\"><rect width=\"100\" height=\"10\" fill=\"#dddddd\"/><rect width=\"{}\" height=\"10\" fill=\"#154273\"/></svg> {}{sign}{:02}",
        score / 100,
        score / 100,
        score % 100
    )
}

fn start(line: &MatchLine, lang: Lang) -> String {
    let day = |nl: &str, en: &str| {
        let day = line.readiness.date.map(Text::from).unwrap_or_default();
        Text { nl: format!("{nl} {}", day.nl), en: format!("{en} {}", day.en) }
    };
    let words = match line.readiness.class {
        ReadinessClass::Now => text("nu", "now"),
        ReadinessClass::On => day("vanaf", "from"),
        ReadinessClass::After => day("rond", "about"),
        ReadinessClass::Unknown => text("eerst vragen", "ask first"),
        ReadinessClass::Closed => text("nu niet", "not now"),
    };
    words.get(lang).to_owned()
}

/// What is not open, each once.
fn obstacles(line: &MatchLine, lang: Lang) -> String {
    let findings = line.findings.iter().flatten();
    let words: BTreeSet<_> = findings
        .filter(|finding| finding.finding != FindingKind::Open)
        .map(|finding| escaped(finding.text.get(lang)))
        .collect();
    Vec::from_iter(words).join("<br>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
