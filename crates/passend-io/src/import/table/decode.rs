// SPDX-License-Identifier: EUPL-1.2
//! Bytes to text, whatever encoding the file has; what was decoded is counted.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::Serialize;

use crate::error::Content;
use crate::jsonl::{BYTE_ORDER_MARK, known_file};
use crate::{Code, ReadError, Report};

/// How the letters of a file are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// UTF-16, the low byte first, as Excel writes "Unicode text".
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    /// UTF-16, the high byte first.
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    /// Windows-1252, as Excel writes CSV in western Europe.
    #[serde(rename = "windows-1252")]
    Windows1252,
    /// A workbook, which says it itself.
    #[serde(rename = "xlsx")]
    Workbook,
}

/// The text of a file without its byte order mark.
///
/// The rule is exact: a mark decides; without one, NUL bytes beside the first letters are UTF-16, what is valid as UTF-8 is
/// UTF-8, and all else is Windows-1252, in which every byte has a meaning.
pub(super) fn decode(bytes: &[u8], report: &mut Report) -> Result<(String, Encoding), ReadError> {
    let utf_16 = |encoding, bytes: &[u8]| match encoding {
        Encoding::Utf16Be => UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
        _ => UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
    };
    let (text, encoding) = if let Some(rest) = bytes.strip_prefix(BYTE_ORDER_MARK) {
        report.warn(Code::ByteOrderMark, "", 1);
        (utf_8_or_1252(rest), Encoding::Utf8)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        (utf_16(Encoding::Utf16Le, rest), Encoding::Utf16Le)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        (utf_16(Encoding::Utf16Be, rest), Encoding::Utf16Be)
    } else {
        match bytes {
            [0, b, 0, d, ..] if *b != 0 && *d != 0 => {
                (utf_16(Encoding::Utf16Be, bytes), Encoding::Utf16Be)
            }
            [a, 0, c, 0, ..] if *a != 0 && *c != 0 => {
                (utf_16(Encoding::Utf16Le, bytes), Encoding::Utf16Le)
            }
            _ => match std::str::from_utf8(bytes) {
                Ok(text) => (text.to_owned(), Encoding::Utf8),
                Err(_) => (utf_8_or_1252(bytes), Encoding::Windows1252),
            },
        }
    };
    if text.trim().is_empty() {
        return Err(ReadError::Content(Content::new(Code::EmptyFile)));
    }
    if let Some(content) = other_file(bytes, &text) {
        return Err(ReadError::Content(content));
    }
    if is_no_text(&text) {
        return Err(ReadError::Content(Content::new(Code::NoTable)));
    }
    if encoding != Encoding::Utf8 {
        for (line, _) in (1..).zip(text.lines()).filter(|(_, line)| !line.is_ascii()) {
            report.warn(Code::Decoded, "", line);
        }
        // A file of plain letters was decoded too.
        if !report.warnings.iter().any(|warning| warning.code == Code::Decoded) {
            report.warn(Code::Decoded, "", 1);
        }
    }
    for (line, _) in (1..).zip(text.lines()).filter(|(_, line)| is_mojibake(line)) {
        report.warn(Code::Mojibake, "", line);
    }
    Ok((text, encoding))
}

/// What a file is that is no table: known by its first bytes, or by its first sign.
fn other_file(bytes: &[u8], text: &str) -> Option<Content> {
    if let Some(content) = known_file(bytes).filter(|content| content.code() != Code::Utf16) {
        return Some(content.told_as(Code::OtherFile));
    }
    let (nl, en) = match text.trim_start().chars().next()? {
        // Some systems save a page as `.xls`.
        '<' => ("HTML- of XML-bestand", "HTML or XML file"),
        '{' | '[' => ("JSON-bestand", "JSON file"),
        _ => return None,
    };
    Some(Content::kind(Code::OtherFile, nl, en))
}

fn utf_8_or_1252(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Whether this cannot be text: control characters that no table has, other than a NUL here and there.
fn is_no_text(text: &str) -> bool {
    const LOOKED_AT: usize = 4_096;
    let start = text.chars().take(LOOKED_AT);
    let control =
        start.clone().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\0'));
    control.count() * 50 > start.count()
}

/// Whether a line has the traces of UTF-8 that was read as Windows-1252 and saved again: `Ã«` for `ë`.
fn is_mojibake(line: &str) -> bool {
    let mut before = ' ';
    line.chars().any(|c| {
        let is_second = matches!(before, 'Ã' | 'Â' | 'Ð' | 'Ñ' | 'Ø' | 'Ù')
            && continues(c)
            // These stand after capitals in real words too: only the two usual traces count alone.
            && (matches!(before, 'Ã' | 'Â') || !c.is_alphabetic());
        before = c;
        is_second
    })
}

/// Whether a character is what Windows-1252 makes of a byte within a character of UTF-8.
fn continues(c: char) -> bool {
    let mut text = [0; 4];
    let (bytes, _, failed) = WINDOWS_1252.encode(c.encode_utf8(&mut text));
    !failed && matches!(bytes.as_ref(), [0x80..=0xBF])
}

/// How many bytes of the file these characters took.
pub(super) fn bytes_of(text: &str, encoding: Encoding) -> u64 {
    let count = match encoding {
        Encoding::Utf8 | Encoding::Workbook => text.len(),
        Encoding::Windows1252 => text.chars().count(),
        Encoding::Utf16Le | Encoding::Utf16Be => text.encode_utf16().count() * 2,
    };
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str, encoding: Encoding) {
        let (text, found) = decode(bytes, &mut Report::default()).unwrap();
        assert_eq!((text.as_str(), found), (expected, encoding));
    }

    #[test]
    fn every_usual_encoding_is_understood() {
        check("é;b".as_bytes(), "é;b", Encoding::Utf8);
        check(b"\xEF\xBB\xBFa;b", "a;b", Encoding::Utf8);
        check(b"Ren\xE9e;\x80", "Renée;€", Encoding::Windows1252);
        check(b"\xFF\xFEa\0;\0", "a;", Encoding::Utf16Le);
        check(b"\xFE\xFF\0a\0;", "a;", Encoding::Utf16Be);
        check(b"a\0;\0b\0", "a;b", Encoding::Utf16Le);
    }

    #[test]
    fn what_was_read_in_the_wrong_encoding_is_noticed() {
        for line in ["ZoÃ«", "coÃ¶rdinator", "Ã‰Ã©n", "â‚¬ 5 Â· x"] {
            assert!(is_mojibake(line), "{line}");
        }
        for line in ["Zoë", "SÃO", "Ñandú", "Ã", "Çelik Ãlvarez"] {
            assert!(!is_mojibake(line), "{line}");
        }
    }
}
