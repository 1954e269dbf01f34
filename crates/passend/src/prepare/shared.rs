// SPDX-License-Identifier: EUPL-1.2
//! What the threads that prepare records share: the numbers of texts, and what texts were read to mean.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::packed::Bytes;
use super::rows::{Rows, SnapshotBytes, numbers};
use super::said::Heard;
use super::{
    EducationFact, LanguageDemand, LanguageFact, Named, QualificationFacts, Quick, Required, Times,
    WeekFacts, Word, id_hash,
};
use crate::model::ContractWish;

/// Entries are spread over so many shelves, each with its own lock, so that threads seldom wait for each other.
const SHELVES: usize = 16;

/// The texts that facts name by number.
///
/// A number says that two texts are equal and nothing more: which number a text gets depends on which thread came first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    /// Texts that were known before; their numbers come first.
    before: Option<Arc<Words>>,
    /// Texts that were read from a snapshot.
    packed: PackedTexts,
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, Word>,
    /// How explanations found that words were read; empty until one asks.
    pub(super) heard: Arc<Readings<Arc<Heard>>>,
}

/// Gives texts their numbers.
pub(crate) trait Texts {
    fn intern(&mut self, text: &str) -> Word;
    fn text(&self, word: Word) -> Arc<str>;
}

impl Words {
    /// More texts on top of these, which are not copied.
    pub(crate) fn on(before: &Arc<Self>) -> Self {
        Self { before: Some(Arc::clone(before)), ..Self::default() }
    }

    /// The same texts with the same numbers, in two layers at most: the lowest stays as it is, those above are joined.
    pub(crate) fn shallow(mut self) -> Self {
        let Some(before) = self.before.take() else { return self };
        let lowest = before.before.as_ref().filter(|lowest| lowest.len_own() > 0);
        let Some(lowest) = lowest else {
            self.before = Some(before);
            return self;
        };
        let mut texts = before.texts.clone();
        texts.append(&mut self.texts);
        // Texts of a snapshot lie lowest, with none of their own layer after them.
        let mut numbers = before.numbers.clone();
        numbers.extend(self.numbers);
        let (before, heard) = (Some(Arc::clone(lowest)), self.heard);
        Self { before, packed: PackedTexts::default(), texts, numbers, heard }
    }

    /// The number of a text that is no name of anything: equal to no text of a record.
    pub(crate) const NOTHING: Word = Word(u32::MAX);

    pub(crate) fn get(&self, word: Word) -> &str {
        self.find(word).map(Text::as_str).unwrap_or_default()
    }

    fn find(&self, word: Word) -> Option<Text<'_>> {
        let Some(at) = (word.0 as usize).checked_sub(self.len_before()) else {
            return self.before.as_ref()?.find(word);
        };
        match at.checked_sub(self.packed.ends.len()) {
            Some(at) => self.texts.get(at).map(Text::Shared),
            None => self.packed.get(at).map(Text::Packed),
        }
    }

    /// Writes all texts in the order of their numbers.
    pub(crate) fn put(&self, to: &mut Vec<u8>) {
        let all = (0u32..).zip(0..self.len_before() + self.len_own());
        PackedTexts::new(all.map(|(number, _)| self.get(Word(number)))).put(to);
    }

    /// What [`Words::put`] wrote.
    pub(crate) fn take(snapshot: &SnapshotBytes, from: &mut Bytes<'_>) -> Option<Self> {
        Some(Self { packed: PackedTexts::take(snapshot, from)?, ..Self::default() })
    }

    fn number(&self, text: &str) -> Option<Word> {
        let before = self.before.as_ref().and_then(|before| before.number(text));
        before.or_else(|| self.numbers.get(text).copied()).or_else(|| {
            let at = self.packed.find(text)? as usize + self.len_before();
            u32::try_from(at).ok().map(Word)
        })
    }

    fn len_before(&self) -> usize {
        self.before.as_ref().map_or(0, |before| before.len_before() + before.len_own())
    }

    fn len_own(&self) -> usize {
        self.packed.ends.len() + self.texts.len()
    }
}

impl Texts for Words {
    fn intern(&mut self, text: &str) -> Word {
        if let Some(word) = self.number(text) {
            return word;
        }
        let word = Word(u32::try_from(self.len_before() + self.len_own()).unwrap_or(u32::MAX));
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, word);
        word
    }

    fn text(&self, word: Word) -> Arc<str> {
        match self.find(word) {
            Some(Text::Shared(text)) => Arc::clone(text),
            Some(Text::Packed(text)) => text.into(),
            None => Arc::default(),
        }
    }
}

/// A text, wherever it lies.
#[derive(Clone, Copy)]
enum Text<'a> {
    Shared(&'a Arc<str>),
    Packed(&'a str),
}

impl<'a> Text<'a> {
    fn as_str(self) -> &'a str {
        match self {
            Self::Shared(text) => text,
            Self::Packed(text) => text,
        }
    }
}

/// Texts end to end, as a snapshot holds them: opened without making anything of each text.
#[derive(Debug, Clone, Default)]
struct PackedTexts {
    texts: String,
    /// Where each one ends.
    ends: Rows<1>,
    /// Numbers from 1 on, each at the first empty place from that of its hash on; 0 is empty.
    table: Rows<1>,
}

impl PackedTexts {
    fn new<'a>(all: impl Iterator<Item = &'a str>) -> Self {
        let mut packed = Self::default();
        packed.ends = Rows::of_each(all.map(|text| {
            packed.texts.push_str(text);
            u32::try_from(packed.texts.len()).unwrap_or(u32::MAX)
        }));
        let mut table = vec![0; places(packed.ends.len())];
        for number in 1..=packed.ends.len() {
            let text = packed.get(number - 1).unwrap_or_default();
            let empty = places_from(text, table.len()).find(|at| table.get(*at) == Some(&0));
            let place = empty.and_then(|at| table.get_mut(at));
            if let Some((place, number)) = place.zip(u32::try_from(number).ok()) {
                *place = number;
            }
        }
        packed.table = Rows::of_each(table);
        packed
    }

    fn get(&self, at: usize) -> Option<&str> {
        let end = |at: usize| self.ends.number(at).map(|end| end as usize);
        let from = if at == 0 { 0 } else { end(at - 1)? };
        self.texts.get(from..end(at)?)
    }

    fn find(&self, text: &str) -> Option<u32> {
        let places = places_from(text, self.table.len());
        let numbers = places.map_while(|at| self.table.number(at)?.checked_sub(1));
        numbers.into_iter().find(|number| self.get(*number as usize) == Some(text))
    }

    fn put(&self, to: &mut Vec<u8>) {
        self.ends.put(to);
        self.table.put(to);
        to.extend(self.texts.as_bytes());
    }

    fn take(snapshot: &SnapshotBytes, from: &mut Bytes<'_>) -> Option<Self> {
        let ends = Rows::take(snapshot, from)?;
        let table = Rows::take(snapshot, from)?;
        let [end] = ends.last().map(numbers).unwrap_or_default();
        let texts = std::str::from_utf8(from.some(end as usize)?).ok()?.to_owned();
        let fits = table.len() == places(ends.len());
        (ends.is_ascending() && fits).then_some(Self { texts, ends, table })
    }
}

/// Places of the table of so many texts.
const fn places(texts: usize) -> usize {
    (texts * 2).next_power_of_two()
}

/// So many places, a power of two, from that of the hash of a text on; each once.
fn places_from(text: &str, places: usize) -> impl Iterator<Item = usize> + use<> {
    let last = places.wrapping_sub(1);
    let first = usize::try_from(id_hash(text) & last as u64).unwrap_or_default();
    (0..places).map(move |step| first.wrapping_add(step) & last)
}

/// Numbers of texts that several threads ask for.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    before: Words,
    texts: Mutex<Vec<Arc<str>>>,
    shelves: [Mutex<HashMap<Arc<str>, Word>>; SHELVES],
}

impl Numbering {
    /// Numbers on top of these.
    pub(super) fn on(before: &Arc<Words>) -> Self {
        Self { before: Words::on(before), ..Self::default() }
    }

    pub(super) fn finish(self) -> Words {
        let own = |shelf: Mutex<_>| shelf.into_inner().unwrap_or_else(PoisonError::into_inner);
        let numbers = self.shelves.into_iter().flat_map(own).collect();
        let texts = self.texts.into_inner().unwrap_or_else(PoisonError::into_inner);
        Words { texts, numbers, ..self.before }
    }
}

impl Texts for &Numbering {
    fn intern(&mut self, text: &str) -> Word {
        if let Some(word) = self.before.number(text) {
            return word;
        }
        let Some(shelf) = self.shelves.get(shelf_of(text)) else { return Word(u32::MAX) };
        let mut shelf = lock(shelf);
        if let Some(word) = shelf.get(text) {
            return *word;
        }
        let text: Arc<str> = text.into();
        let word = {
            let mut texts = lock(&self.texts);
            texts.push(Arc::clone(&text));
            let number = self.before.len_before() + texts.len() - 1;
            Word(u32::try_from(number).unwrap_or(u32::MAX))
        };
        shelf.insert(text, word);
        word
    }

    fn text(&self, word: Word) -> Arc<str> {
        match (word.0 as usize).checked_sub(self.before.len_before()) {
            Some(at) => lock(&self.texts).get(at).cloned().unwrap_or_default(),
            None => self.before.text(word),
        }
    }
}

/// What texts were read to mean: each text is read once, which is the dearest part of preparing.
#[derive(Debug)]
pub(super) struct Readings<T> {
    shelves: [Mutex<HashMap<String, T>>; SHELVES],
}

impl<T> Default for Readings<T> {
    fn default() -> Self {
        Self { shelves: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl<T: Clone> Readings<T> {
    pub(super) fn of(&self, text: &str, read: impl FnOnce(&str) -> T) -> T {
        let Some(shelf) = self.shelves.get(shelf_of(text)) else { return read(text) };
        if let Some(known) = lock(shelf).get(text) {
            return known.clone();
        }
        // Without the lock: two threads may read one text, and find the same.
        let found = read(text);
        lock(shelf).insert(text.to_owned(), found.clone());
        found
    }
}

/// What many records have alike.
#[derive(Debug, Default)]
pub(super) struct Alike {
    pub(super) required: Pool<Required>,
    pub(super) named: Pool<Named>,
    pub(super) times: Pool<Times>,
    pub(super) languages: Pool<[LanguageDemand]>,
    pub(super) weeks: Pool<WeekFacts>,
    pub(super) qualifications: Pool<QualificationFacts>,
    pub(super) spoken: Pool<[LanguageFact]>,
    pub(super) education: Pool<[EducationFact]>,
    pub(super) contracts: Pool<[ContractWish]>,
}

/// Values that many records have alike: each is kept once.
#[derive(Debug)]
pub(super) struct Pool<T: ?Sized> {
    shelves: [Mutex<HashSet<Arc<T>, Quick>>; SHELVES],
}

impl<T: ?Sized> Default for Pool<T> {
    fn default() -> Self {
        Self { shelves: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl<T: ?Sized + Eq + Hash> Pool<T> {
    /// The value, or the one like it that was shared before.
    pub(super) fn share(&self, value: impl Borrow<T> + Into<Arc<T>>) -> Arc<T> {
        let [.., byte] = Quick::default().hash_one(value.borrow()).to_le_bytes();
        let Some(shelf) = self.shelves.get(usize::from(byte) % SHELVES) else {
            return value.into();
        };
        let mut shelf = lock(shelf);
        if let Some(known) = shelf.get(value.borrow()) {
            return Arc::clone(known);
        }
        let shared = value.into();
        shelf.insert(Arc::clone(&shared));
        shared
    }
}

fn shelf_of(text: &str) -> usize {
    let [.., byte] = id_hash(text).to_le_bytes();
    usize::from(byte) % SHELVES
}

/// A thread that panicked leaves whole entries behind.
fn lock<T>(shelf: &Mutex<T>) -> MutexGuard<'_, T> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_equal_numbers_and_a_number_gives_its_text() {
        let shared = Numbering::default();
        let mut numbering = &shared;
        let texts: Vec<String> = (0..100).map(|at| format!("text {at}")).collect();
        let words: Vec<Word> = texts.iter().map(|text| numbering.intern(text)).collect();
        for (text, word) in texts.iter().zip(&words) {
            assert_eq!(numbering.intern(text), *word);
            assert_eq!(&*numbering.text(*word), text);
        }
        let mut finished = shared.finish();
        for (text, word) in texts.iter().zip(&words) {
            assert_eq!(finished.get(*word), text);
            assert_eq!(finished.intern(text), *word);
        }
        assert_eq!(finished.intern("another"), Word(100));

        let finished = Arc::new(finished);
        let more = Numbering::on(&finished);
        assert_eq!((&more).intern("text 7"), words[7]);
        assert_eq!((&more).intern("one more"), Word(101));
        assert_eq!((&*(&more).text(Word(101)), &*(&more).text(words[7])), ("one more", "text 7"));
        let mut last = Words::on(&Arc::new(more.finish()));
        assert_eq!((last.intern("text 7"), last.intern("one more")), (words[7], Word(101)));
        assert_eq!(last.intern("the last"), Word(102));
        assert_eq!((last.get(Word(102)), last.get(Word(101))), ("the last", "one more"));
        let mut last = last.shallow();
        assert_eq!(last.before.as_ref().map(|before| before.texts.len()), Some(101));
        assert_eq!((last.get(Word(102)), last.get(Word(101))), ("the last", "one more"));
        assert_eq!((last.intern("text 7"), last.intern("the last")), (words[7], Word(102)));
        assert_eq!(last.intern("after it"), Word(103));

        let mut bytes = Vec::new();
        last.put(&mut bytes);
        let bytes = SnapshotBytes::new(bytes);
        let read = Arc::new(Words::take(&bytes, &mut Bytes(bytes.bytes())).unwrap());
        let mut more = Words::on(&read);
        assert_eq!((more.intern("text 7"), more.intern("after it")), (words[7], Word(103)));
        assert_eq!((more.intern("new"), more.get(Word(102))), (Word(104), "the last"));
        let mut more = Words::on(&Arc::new(more.shallow())).shallow();
        assert_eq!((more.intern("new"), more.intern("text 9")), (Word(104), words[9]));
        assert_eq!((&*more.text(words[9]), more.get(Word(104))), ("text 9", "new"));
    }
}
