// SPDX-License-Identifier: EUPL-1.2
//! The path of a field in a record, and where it stands in the text.

use std::fmt;

use crate::detail::shown;

/// A path: `skills[2].label`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Path(Vec<Segment>);

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    Key(String),
    At(usize),
}

impl Path {
    /// This path and one step more.
    pub(super) fn with(&self, segment: Segment) -> Self {
        let mut path = self.clone();
        path.0.push(segment);
        path
    }

    /// Puts a step before the path.
    pub(super) fn under(mut self, segment: Segment) -> Self {
        self.0.insert(0, segment);
        self
    }

    /// Reads a path as the engine writes it.
    pub(crate) fn parse(text: &str) -> Self {
        let mut path = Self::default();
        for part in text.split('.').filter(|part| !part.is_empty()) {
            let mut pieces = part.split('[');
            if let Some(key) = pieces.next() {
                path.0.push(Segment::Key(key.to_owned()));
            }
            path.0.extend(
                pieces
                    .filter_map(|piece| piece.trim_end_matches(']').parse().ok())
                    .map(Segment::At),
            );
        }
        path
    }

    /// The last key on the path.
    pub(super) fn last_key(&self) -> Option<&str> {
        self.0.iter().rev().find_map(|segment| match segment {
            Segment::Key(key) => Some(key.as_str()),
            Segment::At(_) => None,
        })
    }

    /// Where in the text of a record the value of this path begins, in bytes; for a key that is `at_key`, where the key
    /// begins. The nearest value around it if the path is not there.
    ///
    /// The text must be valid JSON; with other text the answer means nothing.
    pub(crate) fn locate(&self, text: &str, at_key: bool) -> usize {
        let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
        scan.blank();
        let mut found = scan.at;
        for (depth, segment) in self.0.iter().enumerate() {
            let is_last = depth + 1 == self.0.len();
            let Some(key_at) = scan.enter(segment) else { return found };
            found = if at_key && is_last { key_at } else { scan.at };
        }
        found
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if depth == 0 => write!(f, "{}", shown(key))?,
                Segment::Key(key) => write!(f, ".{}", shown(key))?,
                Segment::At(at) => write!(f, "[{at}]")?,
            }
        }
        Ok(())
    }
}

/// A place in valid JSON.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Goes to the value of a key or the element of a list; gives where the key or the element begins.
    fn enter(&mut self, segment: &Segment) -> Option<usize> {
        let open = if matches!(segment, Segment::Key(_)) { b'{' } else { b'[' };
        if self.byte() != Some(open) {
            return None;
        }
        let mut last = None;
        let mut count = 0;
        loop {
            // Past the bracket or comma, and never further than the end of the text.
            self.at += 1;
            self.blank();
            let begin = self.at;
            if matches!(self.byte(), None | Some(b'}' | b']')) {
                break;
            }
            let is_it = match segment {
                Segment::At(at) => count == *at,
                Segment::Key(key) => {
                    let is_it = self.text().is_some_and(|text| text == *key);
                    self.blank();
                    self.at += 1; // the colon
                    self.blank();
                    is_it
                }
            };
            if is_it {
                // Of a key that stands there twice the second is meant: it is the one too many.
                last = Some((begin, self.at));
            }
            self.value();
            self.blank();
            count += 1;
            if self.byte() != Some(b',') {
                break;
            }
        }
        let (begin, value) = last?;
        self.at = value;
        Some(begin)
    }

    /// Steps over a text; gives it.
    fn text(&mut self) -> Option<String> {
        let begin = self.at;
        self.at += 1;
        loop {
            match self.byte()? {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return serde_json::from_slice(self.bytes.get(begin..self.at)?).ok();
                }
                _ => self.at += 1,
            }
        }
    }

    /// Steps over a value.
    fn value(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.byte() {
            match byte {
                b'"' => {
                    if self.text().is_none() {
                        return;
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return,
                b'}' | b']' => depth -= 1,
                b',' if depth == 0 => return,
                _ => {}
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, path: &str, at_key: bool, expected: &str) {
        let at = Path::parse(path).locate(text, at_key);
        let there = text.get(at..).unwrap();
        assert!(there.starts_with(expected), "{there}");
        assert_eq!(Path::parse(path).to_string(), path);
    }

    #[test]
    fn a_path_leads_to_its_place_in_the_text() {
        let text = r#" {"a" : [1, {"b\"c":"x,]"}, {"b":{"c": true}}], "d":2}"#;
        check(text, "a[2].b.c", false, "true}");
        check(text, "a[2].b.c", true, "\"c\": true");
        check(text, "a[0]", false, "1,");
        check(text, "d", false, "2}");
        check(text, "", false, "{\"a\"");
    }

    #[test]
    fn a_path_that_is_not_there_leads_to_what_is_around_it() {
        check(r#"{"a":{"b":1}}"#, "a.c", false, "{\"b\":1}}");
        check(r#"{"a":3}"#, "a.c.d", false, "3}");
        check(r#"{"a":[]}"#, "a[3]", false, "[]");
    }

    #[test]
    fn of_a_double_key_the_second_is_meant() {
        check(r#"{"a":1,"a":2}"#, "a", true, "\"a\":2");
    }
}
