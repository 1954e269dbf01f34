// SPDX-License-Identifier: EUPL-1.2
//! Rows in columns, for people.

use std::io::{self, Write};

/// Writes rows with each column as wide as its widest cell, two spaces between them.
pub(crate) fn write(
    out: &mut dyn Write,
    rows: &[impl AsRef<[String]>],
    is_right: impl Fn(usize) -> bool,
) -> io::Result<()> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        let cells = row.as_ref();
        widths.resize(widths.len().max(cells.len()), 0);
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = cell.chars().count().max(*width);
        }
    }
    for row in rows {
        let cells = row.as_ref().iter().zip(&widths).enumerate();
        let cells = cells.map(|(column, (cell, &width))| {
            if is_right(column) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
