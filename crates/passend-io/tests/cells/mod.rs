// SPDX-License-Identifier: EUPL-1.2
//! The XML of a sheet, cell by cell.

/// A cell.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Empty,
    Text(String),
    Number(String),
    /// A number that is shown as a day.
    Day(u32),
    /// A formula that failed.
    Error,
}

pub(crate) fn text(text: &str) -> Part {
    Part::Text(text.to_owned())
}

pub(crate) fn number(number: &str) -> Part {
    Part::Number(number.to_owned())
}

/// The XML of a sheet with these rows and merged areas.
pub(crate) fn sheet(rows: &[Vec<Part>], merged: &[&str]) -> String {
    let mut xml = String::from(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
    );
    for (row, cells) in (1..).zip(rows) {
        xml.push_str(&format!("<row r=\"{row}\">"));
        for (column, cell) in ('A'..='Z').zip(cells) {
            let place = format!("r=\"{column}{row}\"");
            xml.push_str(&match cell {
                Part::Empty => String::new(),
                Part::Text(text) => {
                    let text = text.replace('&', "&amp;").replace('<', "&lt;");
                    format!("<c {place} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
                }
                Part::Number(number) => format!("<c {place}><v>{number}</v></c>"),
                Part::Day(serial) => format!("<c {place} s=\"1\"><v>{serial}</v></c>"),
                Part::Error => format!("<c {place} t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"),
            });
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData>");
    if !merged.is_empty() {
        let areas = merged.iter().map(|area| format!("<mergeCell ref=\"{area}\"/>"));
        xml.push_str(&format!("<mergeCells>{}</mergeCells>", areas.collect::<String>()));
    }
    xml.push_str("</worksheet>");
    xml
}
