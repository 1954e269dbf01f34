// SPDX-License-Identifier: EUPL-1.2
//! Pages of plain text: headings, and paragraphs wrapped at spaces.

use std::fmt::Write;

/// Width of a line of text.
const WIDTH: usize = 96;

/// A heading with a line under it, after an empty line where something stands above.
pub(crate) fn heading(page: &mut String, text: &str) {
    if !page.is_empty() {
        page.push('\n');
    }
    let _ = writeln!(page, "{text}\n{}", "─".repeat(text.chars().count().min(WIDTH)));
}

/// Wraps a text at spaces; the first line begins with `lead`, the others with as much space.
pub(crate) fn wrapped(page: &mut String, text: &str, lead: &str) {
    let indent = " ".repeat(lead.chars().count());
    let mut line = lead.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(page, "{}", line.trim_end());
            line.clone_from(&indent);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    if !empty {
        let _ = writeln!(page, "{line}");
    }
}
