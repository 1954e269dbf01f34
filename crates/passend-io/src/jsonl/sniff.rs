// SPDX-License-Identifier: EUPL-1.2
//! What a file holds, told from its first bytes and never from its name.

use crate::Code;
use crate::error::Content;

/// How the records of a file follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Each on its own line.
    Lines,
    /// In one list: `[…, …]`.
    List,
    /// One after another, each over several lines.
    Spread,
}

/// The UTF-8 byte order mark.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Tells the layout from the beginning of a file without its byte order mark.
pub(crate) fn layout(start: &[u8]) -> Result<Layout, Content> {
    if let Some(content) = known_file(start) {
        return Err(content);
    }
    let text = start.trim_ascii_start();
    match text.first() {
        None => Err(Content::new(Code::EmptyFile)),
        Some(b'[') => match text.get(1..).unwrap_or_default().trim_ascii_start().first() {
            None | Some(b'{' | b']') => Ok(Layout::List),
            Some(_) => Err(Content::new(Code::OtherList)),
        },
        Some(b'{') => Ok(if is_spread(text) { Layout::Spread } else { Layout::Lines }),
        Some(_) if lines(text).any(|line| line.starts_with(b"{")) => Ok(Layout::Lines),
        Some(_) => Err(other_text(text)),
    }
}

/// Refuses an empty file, and one that is known by its first bytes to be no text.
pub(crate) fn known_content(start: &[u8]) -> Result<(), Content> {
    if start.trim_ascii().is_empty() {
        return Err(Content::new(Code::EmptyFile));
    }
    known_file(start).map_or(Ok(()), Err)
}

/// Files that are known by their first bytes.
pub(crate) fn known_file(start: &[u8]) -> Option<Content> {
    const PACKED: &[(&[u8], &str, &str)] = &[
        (b"PK\x03\x04", "zip- of xlsx-bestand", "zip or xlsx file"),
        (b"\x1F\x8B", "gzip-bestand", "gzip file"),
        (b"\x28\xB5\x2F\xFD", "zstd-bestand", "zstd file"),
        (b"\xD0\xCF\x11\xE0", "oud Excel- of Word-bestand", "old Excel or Word file"),
        (b"%PDF", "pdf-bestand", "pdf file"),
        (b"SQLite format 3", "SQLite-database", "SQLite database"),
    ];
    const COLUMNAR: &[(&[u8], &str, &str)] =
        &[(b"PAR1", "Parquet-bestand", "Parquet file"), (b"ARROW1", "Arrow-bestand", "Arrow file")];
    for (code, known) in [(Code::PackedFile, PACKED), (Code::ColumnarFile, COLUMNAR)] {
        for (magic, nl, en) in known {
            if start.starts_with(magic) {
                return Some(Content::kind(code, nl, en));
            }
        }
    }
    // Without a mark, UTF-16 shows as a NUL beside each of the first characters, which are plain in any such file.
    let utf_16 = start.starts_with(b"\xFF\xFE")
        || start.starts_with(b"\xFE\xFF")
        || matches!(start, [0, second, 0, fourth, ..] if *second != 0 && *fourth != 0)
        || matches!(start, [first, 0, third, 0, ..] if *first != 0 && *third != 0);
    utf_16.then(|| Content::new(Code::Utf16))
}

/// Whether the first record runs over several lines: its first line breaks off where a record may be broken, and the next
/// line does not begin another record.
fn is_spread(text: &[u8]) -> bool {
    let mut lines = lines(text);
    let first = lines.next().unwrap_or_default();
    let second = lines.next().unwrap_or_default();
    matches!(first.last(), Some(b'{' | b'[' | b',')) && !second.starts_with(b"{")
}

/// The lines that are not empty, without the spaces around them.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty())
}

/// What text that is not JSON looks like.
fn other_text(text: &[u8]) -> Content {
    let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    if text.iter().any(is_control) {
        return Content::new(Code::NotRecords);
    }
    if text.starts_with(b"<") {
        return Content::new(Code::Markup);
    }
    let first = lines(text).next().unwrap_or_default();
    let separated = first.iter().any(|byte| matches!(byte, b';' | b',' | b'\t'));
    Content::new(if separated { Code::Table } else { Code::NotRecords })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(start: &[u8], expected: Result<Layout, Code>) {
        assert_eq!(
            layout(start),
            expected.map_err(|code| match code {
                Code::PackedFile => Content::kind(code, "zip- of xlsx-bestand", "zip or xlsx file"),
                code => Content::new(code),
            })
        );
    }

    #[test]
    fn a_layout_is_told_from_the_content() {
        check(b"{\"id\":\"c1\"}\n{\"id\":\"c2\"}", Ok(Layout::Lines));
        check(b"\n [ {\"id\":\"c1\"}]", Ok(Layout::List));
        check(b"[\n]", Ok(Layout::List));
        check(b"{\n  \"id\": \"c1\"\n}", Ok(Layout::Spread));
        check(b"{ \"id\": \"c1\",\n  \"hours\": {}\n}", Ok(Layout::Spread));
    }

    #[test]
    fn a_broken_first_line_leaves_the_other_lines_alone() {
        check(b"{\"id\":\"c1\",\n{\"id\":\"c2\"}\n", Ok(Layout::Lines));
        check(b"rubbish\n{\"id\":\"c2\"}\n", Ok(Layout::Lines));
    }

    #[test]
    fn what_is_no_list_of_records_is_named() {
        check(b"", Err(Code::EmptyFile));
        check(b" \n\n", Err(Code::EmptyFile));
        check(b"PK\x03\x04rest", Err(Code::PackedFile));
        check(b"\xFF\xFE{\0", Err(Code::Utf16));
        check(b"{\0\"\0i\0", Err(Code::Utf16));
        check(b"id;hours\nc1;32\n", Err(Code::Table));
        check(b"<?xml version=\"1.0\"?>", Err(Code::Markup));
        check(b"[[[[", Err(Code::OtherList));
        check(b"\x01\x02,\x03", Err(Code::NotRecords));
    }
}
