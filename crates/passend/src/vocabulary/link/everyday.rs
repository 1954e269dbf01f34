// SPDX-License-Identifier: EUPL-1.2
//! More names for the same work: what another vocabulary calls a text leads to labels of this one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::index::{Linker, common_form};
use super::number::at;
use super::score::{Query, Term};

/// Words that are lent at most.
const WORDS: usize = 20;
/// What more concepts than this are called says too little.
const CARRIERS: usize = 3;

/// Another vocabulary that lends its words.
#[derive(Debug)]
pub(crate) struct Everyday {
    other: Arc<Linker>,
    /// The concepts that are called exactly so, by the words of a label.
    concepts: HashMap<String, Vec<u32>>,
}

impl Everyday {
    fn new(other: Arc<Linker>) -> Self {
        let mut concepts: HashMap<String, Vec<u32>> = HashMap::new();
        for (concept, labels) in (0u32..).zip(&other.concepts) {
            for label in labels.clone() {
                let words = other.label_words.get(label).iter();
                let words: Vec<&str> = words.map(|word| other.lexicon.text(*word)).collect();
                let called = concepts.entry(words.join(" ")).or_default();
                if called.last() != Some(&concept) {
                    called.push(concept);
                }
            }
        }
        Self { other, concepts }
    }

    /// The concepts that are called exactly as the text, or else as a part of it.
    fn called(&self, text: &str) -> &[u32] {
        let whole = std::iter::once(self.other.bare_query(text));
        let found = whole.chain(self.other.parts(text)).find_map(|query| {
            let words: Vec<&str> = query.words.iter().map(|word| word.text.as_str()).collect();
            self.concepts.get(&words.join(" "))
        });
        found.filter(|found| found.len() <= CARRIERS).map_or(&[], Vec::as_slice)
    }
}

impl Linker {
    /// An index that also asks another one what else a text is called.
    pub(crate) fn with_words_of(self, other: Arc<Self>) -> Self {
        Self { everyday: Some(Everyday::new(other)), ..self }
    }

    /// Adds the words of other names of what a text is called in the other vocabulary, as far as labels here use them.
    pub(crate) fn add_everyday(&self, text: &str, query: &mut Query) {
        let Some(everyday) = &self.everyday else { return };
        let other = &everyday.other;
        let mut words: BTreeMap<u32, u64> = BTreeMap::new();
        for concept in everyday.called(text) {
            let range = other.documents.words.range(at(*concept));
            let weights = other.documents.weights.get(range).unwrap_or_default();
            let norm = other.documents.norms.get(at(*concept)).copied().unwrap_or(1);
            for (word, weight) in other.documents.words.get(at(*concept)).iter().zip(weights) {
                let word = common_form(other.lexicon.text(*word), &self.counts);
                let said = query.words.iter().any(|own| own.text == word);
                if let Some(word) = self.lexicon.id(&word).filter(|_| !said) {
                    *words.entry(word).or_default() += u64::from(*weight) * 10_000_000 / norm;
                }
            }
        }
        let mut words: Vec<(u32, u64)> = words.into_iter().collect();
        words.sort_unstable_by_key(|(word, weight)| (Reverse(*weight), *word));
        words.truncate(WORDS);
        let sum = words.iter().map(|(_, weight)| weight).sum::<u64>().max(1);
        let all: u64 = query.terms.iter().map(|term| term.weight).sum();
        for (word, weight) in words {
            let weight = all * weight * u64::from(self.settings.everyday) / (100 * sum);
            query.terms.push(Term { probe: self.lexicon.probe_of(word), weight });
        }
    }
}
