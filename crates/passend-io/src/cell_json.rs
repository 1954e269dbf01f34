// SPDX-License-Identifier: EUPL-1.2
//! Cells of tables and values of other languages as JSON, in the way that the reader of records expects them.

use std::io::Write;

/// What no field takes: stands for a value that JSON cannot say, so that the reader tells what was expected just there.
pub const IMPOSSIBLE: &[u8] = b"-1e300";

/// A text between quotes.
pub fn write_text(out: &mut Vec<u8>, text: &str) {
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

/// Text that is JSON itself; else a text between quotes.
pub fn write_json(out: &mut Vec<u8>, text: &str) {
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        // A line break is only white space there, and each record needs a line of its own.
        Ok(_) => out.extend(text.bytes().map(|byte| if byte == b'\n' { b' ' } else { byte })),
        Err(_) => write_text(out, text),
    }
}

/// A number; whole ones without a point, since tables turn whole numbers into decimals where some are missing.
///
/// Not a number is the same tables' word for missing.
pub fn write_decimal(out: &mut Vec<u8>, number: f64) {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.is_nan() {
        out.extend_from_slice(b"null");
    } else if number == 0.0 {
        out.push(b'0');
    } else if number.is_infinite() {
        out.extend_from_slice(IMPOSSIBLE);
    } else if number.abs() <= EXACT && number.fract() == 0.0 {
        let _ = write!(out, "{number:.0}");
    } else {
        let _ = serde_json::to_writer(out, &number);
    }
}

/// True or false that a table turned into 1.0 or 0.0.
pub fn write_flag(out: &mut Vec<u8>, number: f64) {
    match number {
        1.0 => out.extend_from_slice(b"true"),
        0.0 => out.extend_from_slice(b"false"),
        other => write_decimal(out, other),
    }
}

/// A number written out in digits, such as `30.50`; whole ones without a point.
pub fn write_digits(out: &mut Vec<u8>, digits: &str) {
    let short = match digits.contains('.') {
        true => digits.trim_end_matches('0').trim_end_matches('.'),
        false => digits,
    };
    let is_number = serde_json::from_str::<f64>(short).is_ok();
    out.extend_from_slice(if is_number { short.as_bytes() } else { IMPOSSIBLE });
}
