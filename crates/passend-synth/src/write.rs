// SPDX-License-Identifier: EUPL-1.2
//! Records as bytes.

use std::io::{self, Write};

use serde::Serialize;

use crate::{AuditRow, PlaceRow};

/// Writes JSON Lines: one record a line, each ended by a line feed. Gives the number of lines.
///
/// The output should be buffered: each record is written in many small pieces.
///
/// # Errors
///
/// The output cannot be written.
///
/// ```
/// # use passend_synth::{Settings, vacancies, write_jsonl};
/// let vocabulary = passend::Vocabulary::starter();
/// let settings = Settings { vacancies: 2, ..Settings::default() };
/// let mut bytes = Vec::new();
/// assert_eq!(write_jsonl(&mut bytes, vacancies(&settings, &vocabulary))?, 2);
/// assert!(bytes.starts_with(br#"{"id":"v0000001""#));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_jsonl<T: Serialize>(
    output: &mut impl Write,
    records: impl IntoIterator<Item = T>,
) -> io::Result<usize> {
    let mut lines = 0;
    for record in records {
        serde_json::to_writer(&mut *output, &record)?;
        output.write_all(b"\n")?;
        lines += 1;
    }
    Ok(lines)
}

/// Writes the audit file: CSV with the columns `id`, `sex`, `age_group`, `origin`. Gives the number of rows.
///
/// # Errors
///
/// The output cannot be written.
///
/// ```
/// # use passend_synth::{Settings, audit, write_audit};
/// let mut bytes = Vec::new();
/// write_audit(&mut bytes, audit(&Settings { candidates: 1, ..Settings::default() }))?;
/// assert!(bytes.starts_with(b"id,sex,age_group,origin\nc0000001,"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_audit(
    output: &mut impl Write,
    rows: impl IntoIterator<Item = AuditRow>,
) -> io::Result<usize> {
    output.write_all(b"id,sex,age_group,origin\n")?;
    let mut count = 0;
    for AuditRow { id, sex, age_group, origin } in rows {
        // No cell can hold a comma or a quote.
        writeln!(output, "{id},{},{},{origin}", sex.code(), age_group.code())?;
        count += 1;
    }
    Ok(count)
}

/// Writes the file of places: CSV with the columns `place`, `x`, `y`, `radius`. Gives the number of rows.
///
/// # Errors
///
/// The output cannot be written.
///
/// ```
/// # use passend_synth::{Settings, places, write_places};
/// let mut bytes = Vec::new();
/// write_places(&mut bytes, places(&Settings::default()))?;
/// assert!(bytes.starts_with(b"place,x,y,radius\n9711,"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_places(
    output: &mut impl Write,
    rows: impl IntoIterator<Item = PlaceRow>,
) -> io::Result<usize> {
    output.write_all(b"place,x,y,radius\n")?;
    let mut count = 0;
    for PlaceRow { place, x, y, radius } in rows {
        // No name of a place holds a comma or a quote.
        writeln!(output, "{place},{x},{y},{radius}")?;
        count += 1;
    }
    Ok(count)
}
