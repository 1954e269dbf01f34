// SPDX-License-Identifier: EUPL-1.2
//! How near each concept is to a text.
//!
//! Letter groups lead to words, words to labels, labels to concepts: the sum that a search over the letter groups of all
//! labels would give, at the price of one over words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use fearless_simd::{Level, dispatch};

use super::compound;
use super::index::{Linker, common_form};
use super::lexicon::Probe;
use super::normal::{Place, Word, words};
use super::number::{at, small};

/// A full label in the units of a score.
pub(crate) const FULL: u32 = 10_000;
/// More words than this are no title; the rest is left out.
const MOST_WORDS: usize = 24;
/// Concepts whose labels come nearest are looked at as a whole; at least these.
const CANDIDATES: usize = 160;
/// A letter group that more than one in so many words has says little and costs most; in a small vocabulary it is cheap.
const COMMON: usize = 20;
const FEW: usize = 500;
/// Words that lend a list of titles their context.
const FEEDBACK_TITLES: usize = 10;
const FEEDBACK_WORDS: usize = 20;

/// Memory that searches use again.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// For each word: product with the word of the text at hand.
    products: Vec<u32>,
    found: Vec<u32>,
    /// For each word: weighted products with all words of the text.
    totals: Vec<u64>,
    touched: Vec<u32>,
    /// For each word of the text, for each word: nearness in thousandths.
    nearness: Vec<Vec<u16>>,
    /// For each word of the text: the words that are near.
    near_words: Vec<Vec<u32>>,
    /// For each label: what its words add up to, then how near it is.
    labels: Vec<u32>,
}

/// A word of a text with its weight.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    pub(crate) probe: Probe,
    pub(crate) weight: u64,
}

/// A text as words and terms.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    pub(crate) words: Vec<Word>,
    pub(crate) parts: Vec<Vec<String>>,
    pub(crate) terms: Vec<Term>,
    /// Whether this is a compound made of a text that says its parts the other way round.
    pub(crate) is_turned: bool,
}

/// A concept with its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scored {
    pub(crate) concept: u32,
    pub(crate) score: u32,
    /// The nearest label, and how near it is, of `FULL`.
    pub(crate) label: u32,
    pub(crate) best: u32,
    /// The part of the score that the caller gave.
    pub(crate) given: u32,
}

/// What a search is told besides the text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints<'a> {
    /// ISCO-08 digits of the work around it; empty if not known.
    pub(crate) context: &'a str,
    /// Among labels equally near, one in this language is shown.
    pub(crate) language: &'a str,
    /// Scores of the caller, 0 to 1,000, sorted by concept.
    pub(crate) given: &'a [(u32, u32)],
}

impl Linker {
    /// The words of a text, without what they weigh.
    pub(crate) fn bare_query(&self, text: &str) -> Query {
        let mut words = words(text);
        words.truncate(MOST_WORDS);
        for word in &mut words {
            word.text = common_form(&word.text, &self.counts);
        }
        // `kok / zelfstandig werkend kok` says it once.
        let mut seen = BTreeSet::new();
        words.retain(|word| seen.insert(word.text.clone()));
        Query { words, ..Query::default() }
    }

    pub(crate) fn query(&self, text: &str) -> Query {
        let mut query = self.bare_query(text);
        for word in &query.words {
            let parts = compound::parts(&word.text, &self.counts);
            let share = if word.place == Place::Aside { 70 } else { 100 };
            if self.settings.part > 0 {
                for part in &parts {
                    let probe = self.lexicon.probe(part);
                    let weight = u64::from(probe.weight * self.settings.part) * share / 10_000;
                    query.terms.push(Term { probe, weight });
                }
            }
            let probe = self.lexicon.probe(&word.text);
            let weight = u64::from(probe.weight) * share / 100;
            query.terms.push(Term { probe, weight });
            query.parts.push(parts);
        }
        if let Some(word) = self.turned(&query.words) {
            let probe = self.lexicon.probe(&word);
            let weight = u64::from(probe.weight);
            query.terms.push(Term { probe, weight });
        }
        query
    }

    /// The compound that a text of two words says the other way round, if labels have it: `monteur auto's`, `automonteur`.
    pub(crate) fn turned(&self, words: &[Word]) -> Option<String> {
        let [first, last] = words else { return None };
        if first.place != Place::Main || last.place != Place::Main {
            return None;
        }
        let joined = |link: &&str| format!("{}{link}{}", last.text, first.text);
        let words = std::iter::once(&"").chain(&compound::LINKS).map(joined);
        words.into_iter().find(|word| self.lexicon.id(word).is_some())
    }

    /// At least the `k` best concepts, best first; ties by the lower number.
    pub(crate) fn search(&self, query: &Query, hints: Hints<'_>, k: usize) -> Vec<Scored> {
        let mut scratch = self
            .spare
            .lock()
            .map_or_else(|_| Scratch::default(), |mut spare| spare.pop().unwrap_or_default());
        scratch.products.resize(self.lexicon.len(), 0);
        scratch.totals.resize(self.lexicon.len(), 0);
        scratch.labels.resize(self.labels.len(), 0);
        let mut found = self.ranked(&query.terms, hints, k, &mut scratch);
        if self.settings.feedback > 0 && query.terms.len() < MOST_WORDS {
            let mut terms = query.terms.clone();
            self.feed_back(&mut terms, &found);
            found = self.ranked(&terms, hints, k, &mut scratch);
        }
        if let Ok(mut spare) = self.spare.lock() {
            spare.push(scratch);
        }
        found
    }

    fn ranked(
        &self,
        terms: &[Term],
        hints: Hints<'_>,
        k: usize,
        scratch: &mut Scratch,
    ) -> Vec<Scored> {
        self.compare_words(terms, scratch);
        self.add_to_labels(query_norm(self, terms), scratch);
        let kept = k.saturating_mul(2).max(CANDIDATES);
        let mut found = self.compare_labels(hints, kept, scratch);
        if found.len() > kept {
            found.select_nth_unstable_by_key(kept, |one| (Reverse(one.score), one.concept));
            found.truncate(kept);
        }
        self.name_labels(&mut found, hints, scratch);
        self.add_documents(terms, &mut found, scratch);
        found.sort_unstable_by_key(|one| (Reverse(one.score), one.concept));
        for word in scratch.touched.drain(..) {
            if let Some(total) = scratch.totals.get_mut(at(word)) {
                *total = 0;
            }
        }
        for (near, words) in scratch.nearness.iter_mut().zip(&mut scratch.near_words) {
            for word in words.drain(..) {
                if let Some(one) = near.get_mut(at(word)) {
                    *one = 0;
                }
            }
        }
        scratch.labels.fill(0);
        found
    }

    /// Each word of the text against each word of the labels.
    fn compare_words(&self, terms: &[Term], scratch: &mut Scratch) {
        let Scratch { products, found, totals, touched, nearness, near_words, .. } = scratch;
        while nearness.len() < terms.len() {
            nearness.push(vec![0; self.lexicon.len()]);
            near_words.push(Vec::new());
        }
        let most = (self.lexicon.len() / COMMON).max(FEW);
        for ((term, near), near_words) in terms.iter().zip(nearness).zip(near_words) {
            for gram in &term.probe.grams {
                let words = self.lexicon.words_with(*gram);
                if words.len() > most {
                    continue;
                }
                let idf = self.lexicon.idf(*gram);
                let square = idf * idf;
                for word in words {
                    if let Some(product) = products.get_mut(at(*word)) {
                        if *product == 0 {
                            found.push(*word);
                        }
                        *product = product.saturating_add(square);
                    }
                }
            }
            if let Some(word) = term.probe.word {
                for (other, share) in self.synonyms.of(word) {
                    let full =
                        u64::from(term.probe.norm) * u64::from(self.lexicon.word_norm(other));
                    let near = small(full * u64::from(share * self.settings.synonym) / 10_000);
                    if let Some(product) = products.get_mut(at(other)) {
                        if *product == 0 {
                            found.push(other);
                        }
                        *product = near.max(*product);
                    }
                }
            }
            for word in found.drain(..) {
                let Some(product) = products.get_mut(at(word)) else { continue };
                let full = u64::from(term.probe.norm) * u64::from(self.lexicon.word_norm(word));
                let thousandths = u64::from(*product) * 1000;
                // Most words fall away here; only the others are worth a division.
                if thousandths >= u64::from(self.settings.floor) * full
                    && let (Some(near), Some(total)) =
                        (near.get_mut(at(word)), totals.get_mut(at(word)))
                {
                    *near = u16::try_from(thousandths / full.max(1)).unwrap_or(1000);
                    near_words.push(word);
                    if *total == 0 {
                        touched.push(word);
                    }
                    *total += u64::from(*product) * term.weight;
                }
                *product = 0;
            }
        }
    }

    /// From words to the labels that hold them.
    fn add_to_labels(&self, norm: u64, scratch: &mut Scratch) {
        let Scratch { totals, touched, labels, .. } = scratch;
        for word in touched.iter() {
            let Some(total) = totals.get_mut(at(*word)) else { continue };
            *total = *total * 16 / norm;
            let share = small(*total * u64::from(self.lexicon.weight(*word)));
            if share == 0 {
                continue;
            }
            for label in self.word_labels.get(at(*word)) {
                if let Some(sum) = labels.get_mut(at(*label)) {
                    *sum = sum.saturating_add(share);
                }
            }
            let share = small(u64::from(share) * u64::from(self.settings.part) / 100);
            for label in self.part_labels.get(at(*word)) {
                if let Some(sum) = labels.get_mut(at(*label)) {
                    *sum = sum.saturating_add(share);
                }
            }
        }
    }

    /// The concepts whose labels come nearest, at least `kept` of them if there are so many; in no order.
    ///
    /// The best label of each concept says how much its score is at least and at most. Only where that leaves room for one of
    /// the `kept` best are the others looked at.
    fn compare_labels(&self, hints: Hints<'_>, kept: usize, scratch: &mut Scratch) -> Vec<Scored> {
        to_nearness(&mut scratch.labels, &self.scales);
        let mut given = hints.given.iter().copied().peekable();
        let mut found = Vec::new();
        for (concept, range) in (0u32..).zip(&self.concepts) {
            while given.next_if(|(one, _)| *one < concept).is_some() {}
            let given =
                given.next_if(|(one, _)| *one == concept).map_or(0, |(_, score)| score.min(1000));
            let near = scratch.labels.get(range.clone()).unwrap_or_default();
            let best = near.iter().copied().fold(0, u32::max);
            if best > 0 || given > 0 {
                let given = self.settings.given * given * 10;
                let mut one = Scored { concept, score: 0, label: 0, best, given };
                one.score = self.by_labels(one, 0, 0, hints);
                found.push(one);
            }
        }
        if kept < found.len() {
            let mut least: Vec<u32> = found.iter().map(|one| one.score).collect();
            let (_, least, _) = least.select_nth_unstable_by_key(kept, |score| Reverse(*score));
            found.retain(|one| self.by_labels(*one, one.best, one.best, hints) >= *least);
        }
        for one in &mut found {
            let range = self.concepts.get(at(one.concept)).cloned().unwrap_or_default();
            let near = scratch.labels.get(range).unwrap_or_default();
            let names = self.preferred.get(at(one.concept)).copied().unwrap_or_default();
            let (mut best, mut second, mut preferred) = (0u32, 0u32, 0u32);
            for (nth, near) in near.iter().copied().enumerate() {
                second = second.max(near.min(best));
                best = best.max(near);
                preferred = if nth < names { best } else { preferred };
            }
            one.score = self.by_labels(*one, second, preferred, hints);
        }
        found
    }

    /// What the labels of a concept give and what the caller knows, for its best label and these others.
    fn by_labels(&self, one: Scored, second: u32, preferred: u32, hints: Hints<'_>) -> u32 {
        let settings = &self.settings;
        let labels =
            settings.best * one.best + settings.second * second + settings.preferred * preferred;
        let about = self.about.get(at(one.concept));
        let is_group = about.is_some_and(|about| about.is_group);
        let loss = if is_group { settings.group * FULL } else { 0 };
        let context = if hints.context.is_empty() {
            0
        } else {
            let isco = about.map_or("", |about| &about.isco).bytes();
            isco.zip(hints.context.bytes()).take_while(|(a, b)| a == b).count()
        };
        labels.saturating_sub(loss) + settings.context * FULL * small(context) + one.given
    }

    /// The label of each concept that is nearest: among equals the first in the language of the text, else the first.
    fn name_labels(&self, found: &mut [Scored], hints: Hints<'_>, scratch: &Scratch) {
        for one in found {
            let range = self.concepts.get(at(one.concept)).cloned().unwrap_or_default();
            let near = scratch.labels.get(range.clone()).unwrap_or_default();
            let labels = range.zip(near);
            let nearest = labels.filter(|(_, near)| **near == one.best).map(|(label, _)| label);
            let is_foreign = |label: &usize| {
                let label = self.labels.get(*label);
                label.is_none_or(|label| label.language != hints.language.as_bytes())
            };
            one.label = nearest.min_by_key(is_foreign).map_or(0, small);
        }
    }

    /// Adds all labels of a concept together, and how much of the text they explain.
    fn add_documents(&self, terms: &[Term], found: &mut [Scored], scratch: &Scratch) {
        let full: u64 = terms.iter().map(term_size).sum::<u64>().max(1);
        let mut nearest = vec![0u16; terms.len()];
        for one in found {
            let range = self.documents.words.range(at(one.concept));
            let words = self.documents.words.get(at(one.concept));
            let weights = self.documents.weights.get(range).unwrap_or_default();
            let norm = self.documents.norms.get(at(one.concept)).copied().unwrap_or(1);
            nearest.fill(0);
            let mut sum = 0;
            for (word, weight) in words.iter().zip(weights) {
                let total = scratch.totals.get(at(*word)).copied().unwrap_or_default();
                // Most words are near to none of the text.
                if total == 0 {
                    continue;
                }
                sum += total * u64::from(*weight);
                for (nearest, near) in nearest.iter_mut().zip(&scratch.nearness) {
                    *nearest = near.get(at(*word)).copied().unwrap_or_default().max(*nearest);
                }
            }
            let document = small(sum * 625 / norm).min(FULL);
            let sizes = terms.iter().map(term_size).zip(&nearest);
            let explained: u64 = sizes.map(|(size, nearest)| size * u64::from(*nearest)).sum();
            let coverage = small(explained * 10 / full);
            one.score += self.settings.document * document + self.settings.coverage * coverage;
        }
    }

    /// Adds the words of the best titles to the text: in a list of bare titles they are its only context.
    fn feed_back(&self, terms: &mut Vec<Term>, found: &[Scored]) {
        let most = u64::from(found.first().map_or(1, |one| one.score.max(1)));
        let mut words: BTreeMap<u32, u64> = BTreeMap::new();
        for one in found.iter().take(FEEDBACK_TITLES) {
            let range = self.documents.words.range(at(one.concept));
            let weights = self.documents.weights.get(range).unwrap_or_default();
            let norm = self.documents.norms.get(at(one.concept)).copied().unwrap_or(1);
            for (word, weight) in self.documents.words.get(at(one.concept)).iter().zip(weights) {
                *words.entry(*word).or_default() +=
                    u64::from(*weight) * 10_000_000 / norm * u64::from(one.score) / most;
            }
        }
        let mut words: Vec<(u32, u64)> = words.into_iter().collect();
        words.sort_unstable_by_key(|(word, weight)| (Reverse(*weight), *word));
        words.truncate(FEEDBACK_WORDS);
        let sum = words.iter().map(|(_, weight)| weight).sum::<u64>().max(1);
        let all: u64 = terms.iter().map(|term| term.weight).sum();
        for (word, weight) in words {
            let probe = self.lexicon.probe_of(word);
            let weight = all * weight * u64::from(self.settings.feedback) / (100 * sum);
            terms.push(Term { probe, weight });
        }
    }
}

/// From what the words of labels add up to, to how near the labels are, of `FULL`.
fn to_nearness(sums: &mut [u32], scales: &[u32]) {
    dispatch!(Level::new(), _ => scaled(sums, scales));
}

#[inline(always)]
fn scaled(sums: &mut [u32], scales: &[u32]) {
    for (sum, scale) in sums.iter_mut().zip(scales) {
        *sum = small((u64::from(*sum) * u64::from(*scale)) >> 32).min(FULL);
    }
}

/// Weight of a term times its length.
fn term_size(term: &Term) -> u64 {
    term.weight * u64::from(term.probe.norm)
}

/// Length of the vector of all terms together.
fn query_norm(linker: &Linker, terms: &[Term]) -> u64 {
    let mut grams: Vec<(u32, u64)> = terms
        .iter()
        .flat_map(|term| term.probe.grams.iter().map(|gram| (*gram, term.weight)))
        .collect();
    grams.sort_unstable();
    let squares = grams.chunk_by(|a, b| a.0 == b.0).map(|same| {
        let idf = same.first().map_or(0, |(gram, _)| linker.lexicon.idf(*gram));
        let part = same.iter().map(|(_, weight)| weight).sum::<u64>() * u64::from(idf) / 16;
        part * part
    });
    (squares.sum::<u64>().isqrt() * 16).max(1)
}
