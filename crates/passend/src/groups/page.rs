// SPDX-License-Identifier: EUPL-1.2
//! A report as one HTML page: self-contained, without script, readable without colour and on paper.

use std::fmt::Write;

use super::report::{Report, ReportTable};
use crate::explain::escaped;
use crate::text::{Lang, Say, Text};

/// Looks of the page. Contrast is at least 7 : 1; bars have their number beside them; a wide table scrolls by itself.
const STYLE: &str = "
:root{color-scheme:light}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.75rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;border-bottom:2px solid #154273;padding-bottom:.15rem}
p{max-width:44rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem}
dt{font-weight:600}
dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}
.wide:focus-visible{outline:3px solid #154273;outline-offset:2px}
table{border-collapse:collapse;width:100%}
caption{text-align:left;padding:.25rem 0;color:#333}
th,td{padding:.35rem .5rem;border-bottom:1px solid #c8c8c8;vertical-align:top}
thead th{border-bottom:2px solid #1a1a1a;vertical-align:bottom}
th{text-align:left;font-weight:600}
tbody th{font-weight:400}
td,thead th.number{text-align:right;font-variant-numeric:tabular-nums}
td.bar{text-align:left;width:40%}
svg{display:block}
a{color:#154273}
nav ul{padding-left:1.25rem}
@media print{body{margin:0;max-width:none;font-size:10pt}nav{display:none}.wide{overflow:visible}tr,h2{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}}
";

/// The width of the longest bar.
const BAR: u64 = 320;

impl Report {
    /// The report as a whole HTML page in one language.
    pub fn html(&self, lang: Lang) -> String {
        let code = match lang {
            Lang::Nl => "nl",
            Lang::En => "en",
        };
        let say = |text: Text| escaped(text.get(lang));
        let title = format!("{}: {}", say(Say("report_title").plain()), escaped(&self.name));
        let mut page = format!(
            "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{}</p>\n",
            say(self.as_of.into())
        );
        let _ =
            writeln!(page, "<nav aria-label=\"{}\">\n<ul>", say(Say("report_contents").plain()));
        let method = Say("report_method").plain();
        let parts = self.tables.iter().map(|table| (table.key.as_str(), &table.heading));
        for (key, heading) in parts.chain([("method", &method)]) {
            let _ = writeln!(
                page,
                "<li><a href=\"#{}\">{}</a></li>",
                escaped(key),
                escaped(heading.get(lang))
            );
        }
        page.push_str("</ul>\n</nav>\n");
        for table in &self.tables {
            write_table(&mut page, table, lang);
        }
        let _ = writeln!(page, "<section>\n<h2 id=\"method\">{}</h2>", say(method));
        for text in &self.method {
            let _ = writeln!(page, "<p>{}</p>", escaped(text.get(lang)));
        }
        page.push_str("<dl>\n");
        let versions = &self.versions;
        for (label, value) in [
            (Say("label_rules"), &versions.rules),
            (Say("label_vocabulary"), &versions.vocabulary),
            (Say("label_weights"), &versions.weights),
        ] {
            let _ = writeln!(page, "<dt>{}</dt><dd>{}</dd>", say(label.plain()), escaped(value));
        }
        page.push_str("</dl>\n</section>\n</main>\n</body>\n</html>\n");
        page
    }
}

fn write_table(page: &mut String, table: &ReportTable, lang: Lang) {
    let (key, heading) = (escaped(&table.key), escaped(table.heading.get(lang)));
    let _ = writeln!(
        page,
        "<section>\n<h2 id=\"{key}\">{heading}</h2>\n<div class=\"wide\" role=\"region\" aria-labelledby=\"{key}\" tabindex=\"0\">\n<table>\n<caption>{}</caption>",
        escaped(table.about.get(lang))
    );
    page.push_str("<thead>\n<tr>");
    for (at, column) in table.columns.iter().enumerate() {
        let class = if at == 0 { "" } else { " class=\"number\"" };
        let _ = write!(page, "<th scope=\"col\"{class}>{}</th>", escaped(column.get(lang)));
    }
    // One number a row has room for a bar, which is only decoration.
    let bars = table.columns.len() == 2;
    if bars {
        page.push_str("<td class=\"bar\" aria-hidden=\"true\"></td>");
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    let numbers = table.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let most = u64::from(numbers.copied().max().unwrap_or_default().max(1));
    for row in &table.rows {
        let _ = write!(page, "<tr><th scope=\"row\">{}</th>", escaped(row.name.get(lang)));
        for cell in &row.cells {
            match cell {
                Some(number) => {
                    let _ = write!(page, "<td>{}</td>", grouped(*number, lang));
                }
                None => {
                    let hidden = Say("report_hidden_cell").plain();
                    let _ = write!(page, "<td>{}</td>", escaped(hidden.get(lang)));
                }
            }
        }
        if bars {
            let number = u64::from(row.cells.first().copied().flatten().unwrap_or_default());
            let _ = write!(
                page,
                "<td class=\"bar\" aria-hidden=\"true\"><svg width=\"{BAR}\" height=\"16\" focusable=\"false\"><rect width=\"{}\" height=\"16\" fill=\"#154273\"/></svg></td>",
                number * BAR / most
            );
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

/// A number with its thousands apart, as the language writes them.
fn grouped(number: u32, lang: Lang) -> String {
    let digits = number.to_string();
    let mark = match lang {
        Lang::Nl => '.',
        Lang::En => ',',
    };
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart_as_the_language_writes_them() {
        assert_eq!(grouped(412, Lang::Nl), "412");
        assert_eq!(grouped(1_234_567, Lang::Nl), "1.234.567");
        assert_eq!(grouped(70_000, Lang::En), "70,000");
    }
}
