// SPDX-License-Identifier: EUPL-1.2
//! Rows in columns, for people.

use std::io::{self, Write};

/// Writes rows with each column as wide as its widest cell, two spaces between them.
pub(crate) fn write<const N: usize>(
    out: &mut dyn Write,
    rows: &[[String; N]],
    is_right: impl Fn(usize) -> bool,
) -> io::Result<()> {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: [usize; N] = std::array::from_fn(width);
    for row in rows {
        let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
            if is_right(column) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
