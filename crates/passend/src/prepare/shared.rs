// SPDX-License-Identifier: EUPL-1.2
//! What the threads that prepare records share: the numbers of texts, and what texts were read to mean.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::said::Heard;
use super::{Word, id_hash};

/// Entries are spread over so many shelves, each with its own lock, so that threads seldom wait for each other.
const SHELVES: usize = 16;

/// The texts that facts name by number.
///
/// A number says that two texts are equal and nothing more: which number a text gets depends on which thread came first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    /// Texts that were known before; their numbers come first.
    before: Option<Arc<Words>>,
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
        let lowest = before.before.as_ref().filter(|lowest| !lowest.texts.is_empty());
        let Some(lowest) = lowest else {
            self.before = Some(before);
            return self;
        };
        let mut texts = before.texts.clone();
        texts.append(&mut self.texts);
        let mut numbers = before.numbers.clone();
        numbers.extend(self.numbers);
        Self { before: Some(Arc::clone(lowest)), texts, numbers, heard: self.heard }
    }

    /// The number of a text that is no name of anything: equal to no text of a record.
    pub(crate) const NOTHING: Word = Word(u32::MAX);

    pub(crate) fn get(&self, word: Word) -> &str {
        self.find(word).map(|text| &**text).unwrap_or_default()
    }

    fn find(&self, word: Word) -> Option<&Arc<str>> {
        match (word.0 as usize).checked_sub(self.len_before()) {
            Some(at) => self.texts.get(at),
            None => self.before.as_ref()?.find(word),
        }
    }

    fn number(&self, text: &str) -> Option<Word> {
        let before = self.before.as_ref().and_then(|before| before.number(text));
        before.or_else(|| self.numbers.get(text).copied())
    }

    fn len_before(&self) -> usize {
        self.before.as_ref().map_or(0, |before| before.len_before() + before.texts.len())
    }
}

impl Texts for Words {
    fn intern(&mut self, text: &str) -> Word {
        if let Some(word) = self.number(text) {
            return word;
        }
        let word = Word(u32::try_from(self.len_before() + self.texts.len()).unwrap_or(u32::MAX));
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, word);
        word
    }

    fn text(&self, word: Word) -> Arc<str> {
        self.find(word).cloned().unwrap_or_default()
    }
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
    }
}
