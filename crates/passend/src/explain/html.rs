// SPDX-License-Identifier: EUPL-1.2
//! An explanation as one HTML page: self-contained, without script, readable without colour.

use std::fmt::Write;

use super::page::{Section, is_open, label, mark, opening, part, sections, sign};
use super::reader::Reader;
use super::record::{Explanation, Row};
use crate::text::{Lang, Say};

/// Looks of the page. Contrast is at least 4.5 : 1; bars have their number beside them; it prints on paper.
pub(crate) const STYLE: &str = "
:root{color-scheme:light}
body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:2px solid #1a1a1a;padding-bottom:.15rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0}
dt{font-weight:600}
dd{margin:0}
ul{list-style:none;padding:0;margin:0}
li{padding:.5rem 0;border-bottom:1px solid #c8c8c8}
li.plain{border:0;padding:.15rem 0}
.mark{display:inline-block;min-width:1.5em;font-weight:700}
.word{font-weight:600}
.source{font-size:.875rem;color:#444}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.25rem .5rem .25rem 0;vertical-align:middle}
th{font-weight:600;white-space:nowrap}
svg{display:block}
@media print{body{margin:0;max-width:none}li,tr{break-inside:avoid}}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}table,tbody{display:block}thead{display:none}tr{display:flex;flex-wrap:wrap;gap:0 .75rem;margin-bottom:.4rem}th{flex-basis:100%;white-space:normal}td{overflow-wrap:anywhere}}
";

impl Explanation {
    /// The explanation as a whole HTML page in one language.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Lang, Reader, Vacancy};
    /// # let candidate: Candidate = serde_json::from_str(r#"{"id":"<c1>"}"#)?;
    /// # let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let market = Engine::default().market(&[candidate], &[vacancy], "2026-11-25".parse()?)?;
    /// let page = market.explain("<c1>", "v1")?.html(Lang::Nl, Reader::Candidate);
    /// assert!(page.starts_with("<!doctype html>") && page.contains("&lt;c1&gt;") && !page.contains("<script"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn html(&self, lang: Lang, reader: Reader) -> String {
        let code = match lang {
            Lang::Nl => "nl",
            Lang::En => "en",
        };
        let title = escaped(Say("page_title").plain().get(lang));
        let mut page = format!(
            "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        );
        page.push_str(&self.html_part(lang, reader));
        page.push_str("</main>\n</body>\n</html>\n");
        page
    }

    /// The explanation as a part of a page, without head and style: for notebooks.
    pub fn html_part(&self, lang: Lang, reader: Reader) -> String {
        let mut page = String::new();
        for section in sections(self, lang, reader) {
            write_section(&mut page, &section, lang, reader);
        }
        page
    }
}

fn write_section(page: &mut String, section: &Section<'_>, lang: Lang, reader: Reader) {
    let level = if section.key == "summary" { 1 } else { 2 };
    let _ = writeln!(page, "<section>\n<h{level}>{}</h{level}>", escaped(&section.heading));
    match section.key {
        "summary" | "versions" => {
            page.push_str("<dl>\n");
            for row in &section.rows {
                let _ = writeln!(
                    page,
                    "<dt>{}</dt><dd>{}</dd>",
                    escaped(&label(row, lang, reader)),
                    escaped(row.text.get(lang))
                );
            }
            page.push_str("</dl>\n");
        }
        "score" => {
            page.push_str("<table>\n");
            for row in &section.rows {
                let _ = writeln!(
                    page,
                    "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                    escaped(&label(row, lang, reader)),
                    bar(row),
                    escaped(row.text.get(lang))
                );
            }
            page.push_str("</table>\n");
        }
        "gates" => {
            page.push_str("<ul>\n");
            for row in &section.rows {
                write_gate(page, row, lang, reader);
            }
            page.push_str("</ul>\n");
        }
        _ => {
            page.push_str("<ul>\n");
            for row in &section.rows {
                let _ = write!(
                    page,
                    "<li class=\"plain\"><span class=\"mark\" aria-hidden=\"true\">{}</span>{}",
                    sign(row),
                    escaped(row.text.get(lang))
                );
                if matches!(row.section, "twv_check" | "facilities") {
                    write_source(page, row, lang, reader);
                }
                page.push_str("</li>\n");
            }
            page.push_str("</ul>\n");
        }
    }
    page.push_str("</section>\n");
}

fn write_gate(page: &mut String, row: &Row, lang: Lang, reader: Reader) {
    let (sign, word) = mark(row, lang);
    let (name, text) = (escaped(&label(row, lang, reader)), escaped(row.text.get(lang)));
    let _ = if is_open(row) {
        write!(
            page,
            "<li class=\"plain\"><span class=\"mark\" aria-hidden=\"true\">{sign}</span><span class=\"word\">{name}:</span> {text}"
        )
    } else {
        let (word, when) = (escaped(&word), escaped(&opening(row, lang)));
        write!(
            page,
            "<li><span class=\"mark\" aria-hidden=\"true\">{sign}</span><span class=\"word\">{name}: {word}{when}</span><br>{text}"
        )
    };
    write_source(page, row, lang, reader);
    page.push_str("</li>\n");
}

fn write_source(page: &mut String, row: &Row, lang: Lang, reader: Reader) {
    if let Some(citation) = reader.citation(row, lang) {
        let word = escaped(Say("word_source").plain().get(lang));
        let _ = write!(page, "<br><span class=\"source\">{word}{}</span>", escaped(&citation));
    }
}

/// The contribution as a bar within its weight; both stand in words beside it, so the picture is only decoration.
///
/// All bars have one scale, 4 units a point, so that their fillings add up to the score.
fn bar(row: &Row) -> String {
    let (part, most) = part(row);
    let (filled, whole) = (part / 25, most / 25);
    format!(
        "<svg width=\"{}\" height=\"16\" aria-hidden=\"true\" focusable=\"false\"><rect width=\"{filled}\" height=\"16\" fill=\"#154273\"/><rect x=\".5\" y=\".5\" width=\"{whole}\" height=\"15\" fill=\"none\" stroke=\"#595959\"/></svg>",
        whole + 1
    )
}

/// A text as it may stand in HTML, also between quotes.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
