// SPDX-License-Identifier: EUPL-1.2
//! JSON Lines: one object on each line.

use std::io::{self, Write};

use serde::Serialize;

/// Writes each as one line of JSON that ends in `\n`. The bytes of the lines of `match` give the result hash.
///
/// ```
/// let mut out = Vec::new();
/// passend_io::write::jsonl(&mut out, [("a", 1), ("b", 2)])?;
/// assert_eq!(out, b"[\"a\",1]\n[\"b\",2]\n");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When the output refuses.
pub fn jsonl<T: Serialize>(
    out: &mut impl Write,
    lines: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    for line in lines {
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
