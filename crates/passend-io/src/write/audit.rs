// SPDX-License-Identifier: EUPL-1.2
//! Attributes that may not count, kept apart for an audit.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::AuditLine;

/// Writes what may not count, by id, as CSV: for an audit file that only its owner reads.
///
/// # Errors
/// When the output refuses.
pub fn audit(out: &mut dyn Write, lines: &[AuditLine]) -> io::Result<()> {
    let names: BTreeSet<&str> =
        lines.iter().flat_map(|line| &line.values).map(|(name, _)| name.as_str()).collect();
    let cells = |cells: &mut dyn Iterator<Item = &str>| {
        let quoted = |cell: &str| {
            // A spreadsheet would run what begins so.
            let cell = if cell.starts_with(['=', '+', '-', '@', '\t']) {
                format!("'{cell}")
            } else {
                cell.to_owned()
            };
            if cell.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell
            }
        };
        cells.map(quoted).collect::<Vec<_>>().join(",")
    };
    writeln!(out, "{}", cells(&mut std::iter::once("id").chain(names.iter().copied())))?;
    for line in lines {
        let value = |name: &&str| {
            let found = line.values.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        writeln!(
            out,
            "{}",
            cells(&mut std::iter::once(line.id.as_str()).chain(names.iter().map(value)))
        )?;
    }
    Ok(())
}
