// SPDX-License-Identifier: EUPL-1.2
//! How a vocabulary lies in memory: texts end to end, rows of numbers behind each other.
//!
//! A pack of thirty thousand labels opens as a handful of copies; nothing is allocated for a label. Its two largest parts,
//! texts and closeness, stay where they are in the bytes of the pack.

use std::ops::Range;
use std::sync::Arc;

use super::Group;

/// Bytes of a vocabulary: its own, or a part of the pack that it was opened from.
#[derive(Debug, Clone)]
pub(super) enum Block {
    Own(Vec<u8>),
    Pack(Arc<Vec<u8>>, Range<usize>),
}

/// Texts end to end; the place where each one ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Texts {
    /// UTF-8; each text begins and ends between letters.
    pub(super) bytes: Block,
    pub(super) ends: Vec<u32>,
}

/// For each occupation those near to it, by their number, behind each other; the place where each row ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Neighbours {
    /// Four bytes each.
    pub(super) bytes: Block,
    pub(super) ends: Vec<u32>,
}

/// Rows of items behind each other; the place where each row ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows<T> {
    pub(super) items: Vec<T>,
    pub(super) ends: Vec<u32>,
}

/// Concepts of one kind, by id, with their labels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Concepts {
    /// Ascending by bytes.
    pub(super) ids: Texts,
    /// A row for each concept; preferred ones first, Dutch and English before other languages.
    pub(super) labels: Rows<Mark>,
    /// The text of each label, in the order of `labels`.
    pub(super) texts: Texts,
}

/// An occupation near to another one: its number and the closeness in hundredths, in one word of memory.
///
/// A large vocabulary lists most of a million of them, and looks at them where they lie in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Near(u32);

impl Near {
    /// Bits of the closeness; 18 are left for the number.
    const BITS: u32 = 14;

    /// `None` for a number that does not fit: closeness is kept for the first 262,144 occupations.
    pub(super) fn new(other: u32, hundredths: u16) -> Option<Self> {
        let fits = other < 1 << (u32::BITS - Self::BITS) && hundredths <= 10_000;
        fits.then(|| Self(other << Self::BITS | u32::from(hundredths)))
    }

    pub(super) fn from_bytes(bytes: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(bytes))
    }

    pub(super) fn to_bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }

    pub(super) fn other(self) -> u32 {
        self.0 >> Self::BITS
    }

    pub(super) fn hundredths(self) -> u16 {
        u16::try_from(self.0 & ((1 << Self::BITS) - 1)).unwrap_or_default()
    }
}

/// What is known of a label beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) language: Tongue,
    pub(super) kind: LabelKind,
}

/// How a label belongs to its concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelKind {
    /// The name of the concept.
    Preferred,
    /// Another name.
    Alternative,
    /// The name that another classification gives to what is the same or nearly so.
    Crosswalk,
    /// Not shown, but understood: a misspelling, an outdated name.
    Hidden,
}

/// A language: two letters, or none where it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Tongue(pub(super) [u8; 2]);

/// A label as linking sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LabelRow<'v> {
    /// Number of the concept among those of its kind; see [`Vocabulary::label_rows`](super::Vocabulary::label_rows).
    pub concept: u32,
    /// Two letters (ISO 639-1), or empty where the language is not known.
    pub language: &'v str,
    /// How it belongs to the concept.
    pub kind: LabelKind,
    /// Whether it is the name of the concept in its language.
    pub preferred: bool,
    /// The label as written.
    pub text: &'v str,
}

impl Block {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Pack(pack, part) => pack.get(part.clone()).unwrap_or_default(),
        }
    }

    /// Adds bytes at the end; what lies in a pack is copied first.
    fn extend(&mut self, more: &[u8]) {
        if let Self::Pack(..) = self {
            *self = Self::Own(self.bytes().to_vec());
        }
        if let Self::Own(bytes) = self {
            bytes.extend_from_slice(more);
        }
    }
}

impl Default for Block {
    fn default() -> Self {
        Self::Own(Vec::new())
    }
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Block {}

impl Texts {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text with this number; empty if there is none.
    pub(super) fn get(&self, number: usize) -> &str {
        std::str::from_utf8(self.bytes_of(number)).unwrap_or_default()
    }

    fn bytes_of(&self, number: usize) -> &[u8] {
        let bytes =
            span(&self.ends, number).and_then(|(from, to)| self.bytes.bytes().get(from..to));
        bytes.unwrap_or_default()
    }

    pub(super) fn push(&mut self, text: &str) {
        self.bytes.extend(text.as_bytes());
        self.ends.push(number(self.bytes.bytes().len()));
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// The number of a text among ascending ones.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            // Texts have the order of their bytes.
            match self.bytes_of(middle).cmp(text.as_bytes()) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        None
    }
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text));
        all
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Rows<T> {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The row with this number; empty if there is none.
    pub(super) fn row(&self, number: usize) -> &[T] {
        span(&self.ends, number).and_then(|(from, to)| self.items.get(from..to)).unwrap_or_default()
    }

    pub(super) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.ends.push(number(self.items.len()));
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> {
        (0..self.len()).map(|at| self.row(at))
    }
}

impl<T, R: IntoIterator<Item = T>> FromIterator<R> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        let mut all = Self::default();
        rows.into_iter().for_each(|row| all.push(row));
        all
    }
}

impl Neighbours {
    /// How many pairs are listed.
    pub(super) fn len(&self) -> usize {
        self.ends.last().map_or(0, |end| place(*end))
    }

    fn row(&self, number: usize) -> &[[u8; 4]] {
        let (all, _) = self.bytes.bytes().as_chunks();
        span(&self.ends, number).and_then(|(from, to)| all.get(from..to)).unwrap_or_default()
    }

    /// Those near to an occupation, by their number; none if it is not there.
    pub(super) fn near(&self, number: usize) -> impl ExactSizeIterator<Item = Near> {
        self.row(number).iter().map(|near| Near::from_bytes(*near))
    }

    /// How near another occupation is to one, in hundredths, if it is listed.
    pub(super) fn between(&self, one: u32, other: u32) -> Option<u16> {
        let row = self.row(place(one));
        let at = row.binary_search_by_key(&other, |near| Near::from_bytes(*near).other()).ok()?;
        row.get(at).map(|near| Near::from_bytes(*near).hundredths())
    }

    pub(super) fn push(&mut self, row: impl IntoIterator<Item = Near>) {
        row.into_iter().for_each(|near| self.bytes.extend(&near.to_bytes()));
        self.ends.push(number(self.bytes.bytes().len() / 4));
    }
}

impl<R: IntoIterator<Item = Near>> FromIterator<R> for Neighbours {
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        let mut all = Self::default();
        rows.into_iter().for_each(|row| all.push(row));
        all
    }
}

impl Concepts {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The labels of a concept, in their order.
    pub(super) fn labels(&self, concept: usize) -> impl Iterator<Item = LabelRow<'_>> {
        let (from, to) = span(&self.labels.ends, concept).unwrap_or_default();
        (from..to).filter_map(move |at| self.label_row(concept, at))
    }

    /// All labels, concept by concept.
    pub(super) fn rows(&self) -> impl Iterator<Item = LabelRow<'_>> {
        (0..self.len()).flat_map(|concept| self.labels(concept))
    }

    fn label_row(&self, concept: usize, at: usize) -> Option<LabelRow<'_>> {
        let mark = self.labels.items.get(at)?;
        Some(LabelRow {
            concept: number(concept),
            language: mark.language.as_str(),
            kind: mark.kind,
            preferred: mark.kind == LabelKind::Preferred,
            text: self.texts.get(at),
        })
    }

    /// The name in a language, or in one that is not known.
    pub(super) fn preferred(&self, concept: usize, language: &str) -> Option<&str> {
        let names = || self.labels(concept).take_while(|label| label.preferred);
        let own = names().find(|label| label.language == language);
        own.or_else(|| names().find(|label| label.language.is_empty())).map(|label| label.text)
    }

    /// Some name: the first preferred label, else the first label, else the id.
    pub(super) fn name(&self, concept: usize) -> &str {
        self.labels(concept).next().map_or_else(|| self.ids.get(concept), |label| label.text)
    }
}

impl Tongue {
    /// The language with this code of two small letters; not known for anything else.
    pub(super) fn new(code: &str) -> Self {
        match code.as_bytes() {
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Self([*a, *b]),
            _ => Self([0; 2]),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        if self.0 == [0; 2] { "" } else { std::str::from_utf8(&self.0).unwrap_or_default() }
    }

    /// Dutch and English first, then by code; what is not known last.
    pub(super) fn order(self) -> (u8, [u8; 2]) {
        match &self.0 {
            b"nl" => (0, self.0),
            b"en" => (1, self.0),
            [0, 0] => (3, self.0),
            _ => (2, self.0),
        }
    }
}

/// The id of an ISCO-08 group.
pub(super) fn group_id(group: Group) -> String {
    format!("isco/C{group}")
}

fn span(ends: &[u32], number: usize) -> Option<(usize, usize)> {
    let to = place(*ends.get(number)?);
    let from =
        number.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |end| place(*end));
    Some((from, to))
}

/// Places fit: a vocabulary is far below 4 GB, which building and opening check.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

pub(super) fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_rows_are_found_again() {
        let texts: Texts = ["a", "", "kok", "kok2"].into_iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["a", "", "kok", "kok2"]);
        assert_eq!((texts.get(2), texts.get(9)), ("kok", ""));
        let rows: Rows<u8> = [vec![1, 2], vec![], vec![3]].into_iter().collect();
        assert_eq!(rows.iter().collect::<Vec<_>>(), [&[1, 2][..], &[], &[3]]);
        assert!(rows.row(3).is_empty());
    }

    #[test]
    fn a_near_occupation_is_one_word() {
        let near = Near::new(3_038, 9_500).unwrap();
        assert_eq!((near.other(), near.hundredths()), (3_038, 9_500));
        assert_eq!(Near::new(262_143, 10_000).map(Near::other), Some(262_143));
        assert_eq!(Near::new(262_144, 0), None);
        assert_eq!(Near::new(0, 10_001), None);
        assert!(Near::new(1, 10_000) < Near::new(2, 0));
    }

    #[test]
    fn ascending_texts_are_found() {
        let texts: Texts = ["a", "b", "d"].into_iter().collect();
        assert_eq!(
            ["a", "b", "c", "d", "e"].map(|text| texts.find(text)),
            [Some(0), Some(1), None, Some(2), None]
        );
    }

    #[test]
    fn a_language_is_two_small_letters() {
        for (code, expected) in
            [("nl", "nl"), ("aa", "aa"), ("zz", "zz"), ("", ""), ("NL", ""), ("nld", "")]
        {
            assert_eq!(Tongue::new(code).as_str(), expected);
        }
    }
}
