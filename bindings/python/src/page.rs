// SPDX-License-Identifier: EUPL-1.2
//! Results as a part of an HTML page: plain tables without script, so that they show in every notebook.

use std::collections::{BTreeMap, BTreeSet};
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

/// The lists in numbers: how many people have a pair and can start now, what stands in the way most, what it rests on.
pub(crate) fn summary(
    found: &Found,
    (people, work): (u64, u64),
    about: &str,
    lang: Lang,
) -> String {
    /// Enough to see what weighs most, few enough to show at once.
    const LOOKED_AT: usize = 50_000;
    const SHOWN: usize = 5;
    let (mut listed, mut now) = (BTreeSet::new(), BTreeSet::new());
    let mut obstacles: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for line in found.ranking.lines(&found.market).take(LOOKED_AT) {
        if line.readiness.class == ReadinessClass::Now {
            now.insert(line.candidate.clone());
        }
        for finding in line.findings.iter().flatten() {
            if finding.finding != FindingKind::Open {
                obstacles.entry(finding.gate.code()).or_default().insert(line.candidate.clone());
            }
        }
        listed.insert(line.candidate);
    }
    let say = |nl: &str, en: &str| text(nl, en).get(lang).to_owned();
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let mut page = head(&[text("mensen", "people"), text("aantal", "number"), text("", "")], lang);
    let mut row = |what: &str, number: u64, of: u64| {
        let width = number.saturating_mul(200).checked_div(of).unwrap_or_default().min(200);
        let _ = writeln!(
            page,
            "<tr><td style=\"text-align:left\">{}</td><td>{number}</td><td style=\"text-align:left\"><svg width=\"200\" height=\"10\" role=\"img\" aria-hidden=\"true\"><rect width=\"200\" height=\"10\" fill=\"#dddddd\"/><rect width=\"{width}\" height=\"10\" fill=\"#154273\"/></svg></td></tr>",
            escaped(what)
        );
    };
    row(&say("allen", "all"), people, people);
    row(&say("op een lijst", "on a list"), count(listed.len()), people);
    row(&say("kan nu beginnen", "can start now"), count(now.len()), people);
    let mut order: Vec<_> = obstacles.into_iter().collect();
    order.sort_by_key(|(gate, people)| (std::cmp::Reverse(people.len()), *gate));
    for (gate, blocked) in order.into_iter().take(SHOWN) {
        let what = say("heeft eerst iets nodig:", "needs something first:");
        row(&format!("{what} {gate}"), count(blocked.len()), people);
    }
    page.push_str("</tbody></table>\n");
    let pairs = found.ranking.len();
    let first = if pairs > LOOKED_AT {
        format!("{} {LOOKED_AT}. ", say("geteld over de eerste", "counted over the first"))
    } else {
        String::new()
    };
    let _ = writeln!(
        page,
        "<p>{pairs} {}, {work} {}. {first}{}</p>",
        say("paren", "pairs"),
        say("vacatures", "vacancies"),
        escaped(about)
    );
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
