// SPDX-License-Identifier: EUPL-1.2
//! All labels of a vocabulary, ready to be searched.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use super::compound;
use super::everyday::Everyday;
use super::lexicon::{Lexicon, LexiconBuilder};
use super::lists::Lists;
use super::normal::{stem, words};
use super::number::{ONE, at, log2, small};
use super::score::Scratch;
use super::settings::LinkSettings;
use super::synonyms::Synonyms;
use crate::vocabulary::LabelRow;

/// What is known of a concept beside its labels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkConcept {
    /// Its ISCO-08 code, one to four digits; empty if it has none.
    pub isco: String,
    /// Whether it is a group of occupations rather than one.
    pub is_group: bool,
}

/// A label as the index keeps it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Label {
    pub(crate) text: Box<str>,
    pub(crate) language: [u8; 2],
    pub(crate) preferred: bool,
}

/// Finds the concepts that a text may mean among the labels of a vocabulary.
///
/// Its answers do not depend on the order of the labels.
#[derive(Debug)]
pub struct Linker {
    pub(crate) settings: LinkSettings,
    pub(crate) lexicon: Lexicon,
    pub(crate) synonyms: Synonyms,
    /// How often each word stands in a label.
    pub(crate) counts: HashMap<String, u32>,
    /// Sorted by concept, preferred first.
    pub(crate) labels: Vec<Label>,
    /// What turns the sum of the words of each label into its nearness, in 2^-32.
    pub(crate) scales: Vec<u32>,
    /// How many preferred labels each concept has: they come first.
    pub(crate) preferred: Vec<usize>,
    /// Words of each label, in order, without parts of compounds.
    pub(crate) label_words: Lists,
    pub(crate) word_labels: Lists,
    /// Parts of compounds: the labels that hold them.
    pub(crate) part_labels: Lists,
    /// From which to which label each concept has.
    pub(crate) concepts: Vec<std::ops::Range<usize>>,
    pub(crate) about: Vec<LinkConcept>,
    pub(crate) documents: Documents,
    pub(crate) spare: Mutex<Vec<Scratch>>,
    /// Another vocabulary that knows more names for the same work.
    pub(crate) everyday: Option<Everyday>,
}

/// All labels of each concept together, as weighted words.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    pub(crate) words: Lists,
    pub(crate) weights: Vec<u32>,
    pub(crate) norms: Vec<u64>,
}

/// Adds up letter groups of weighted words.
struct Sums<'a> {
    lexicon: &'a Lexicon,
    sums: Vec<u64>,
    touched: Vec<u32>,
}

impl<'a> Sums<'a> {
    fn new(lexicon: &'a Lexicon) -> Self {
        Self { lexicon, sums: vec![0; lexicon.gram_count()], touched: Vec::new() }
    }

    /// Length of the vector of weighted words.
    fn norm(&mut self, words: impl Iterator<Item = (u32, u32)>) -> u64 {
        for (word, weight) in words {
            for gram in self.lexicon.grams_of(word) {
                if let Some(sum) = self.sums.get_mut(at(*gram)) {
                    if *sum == 0 {
                        self.touched.push(*gram);
                    }
                    *sum += u64::from(weight);
                }
            }
        }
        let mut squares = 0u64;
        for gram in self.touched.drain(..) {
            if let Some(sum) = self.sums.get_mut(at(gram)) {
                let part = *sum * u64::from(self.lexicon.idf(gram)) / 16;
                squares += part * part;
                *sum = 0;
            }
        }
        (squares.isqrt() * 16).max(1)
    }
}

/// The common form of a word: its singular if labels use that more often.
pub(crate) fn common_form(word: &str, counts: &HashMap<String, u32>) -> String {
    let singular = stem(word);
    let count = |word: &str| counts.get(word).copied().unwrap_or_default();
    if count(&singular) > count(word) { singular } else { word.to_owned() }
}

impl Linker {
    /// An index of labels; `about` tells of each concept by its number.
    pub fn new<'a>(
        labels: impl IntoIterator<Item = LabelRow<'a>>,
        about: impl Fn(u32) -> LinkConcept,
        settings: LinkSettings,
    ) -> Self {
        let mut rows: Vec<LabelRow<'a>> = labels.into_iter().collect();
        rows.sort_unstable_by_key(|row| (row.concept, !row.preferred, row.text, row.language));
        rows.dedup_by_key(|row| (row.concept, row.text));
        let mut texts: Vec<Vec<String>> = rows
            .iter()
            .map(|row| words(row.text).into_iter().map(|word| word.text).collect())
            .collect();
        let mut counts: HashMap<String, u32> = HashMap::new();
        for word in texts.iter().flatten() {
            *counts.entry(word.clone()).or_default() += 1;
        }
        for word in texts.iter_mut().flatten() {
            *word = common_form(word, &counts);
        }
        let concept_count = rows.last().map_or(0, |row| at(row.concept) + 1);
        let about: Vec<LinkConcept> = (0..small(concept_count)).map(about).collect();
        let settings = adapted(settings, rows.len(), &about);
        let mut builder = LexiconBuilder::new(settings);
        let mut parts_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut label_words = Lists::new();
        let mut by_concept: Vec<Vec<Vec<u32>>> = vec![Vec::new(); concept_count];
        for (row, text) in rows.iter().zip(&texts) {
            let ids: Vec<u32> = text.iter().map(|word| builder.intern(word)).collect();
            for (word, id) in text.iter().zip(&ids) {
                if settings.part > 0 && !parts_of.contains_key(id) {
                    let parts = compound::parts(word, &counts);
                    parts_of.insert(*id, parts.iter().map(|part| builder.intern(part)).collect());
                }
            }
            label_words.push(&ids);
            if let Some(labels) = by_concept.get_mut(at(row.concept)) {
                labels.push(ids);
            }
        }
        drop(texts);
        let no_parts = Vec::new();
        let parts = |word: &u32| parts_of.get(word).unwrap_or(&no_parts);
        let all_words: Vec<Vec<u32>> = by_concept
            .iter()
            .map(|labels| {
                let words = labels.iter().flatten();
                words.flat_map(|word| std::iter::once(word).chain(parts(word))).copied().collect()
            })
            .collect();
        let lexicon = builder.finish(&all_words);
        let synonyms = if settings.synonym > 0 {
            Synonyms::learn(&by_concept, lexicon.len())
        } else {
            Synonyms::default()
        };
        let mut label_parts = Lists::new();
        for words in label_words.iter() {
            label_parts.push(&words.iter().flat_map(parts).copied().collect::<Vec<_>>());
        }
        let weighted = |words: &[u32], parts: &[u32]| {
            let whole = words.iter().map(|word| (*word, lexicon.weight(*word)));
            let part = |word: &u32| (*word, lexicon.weight(*word) * settings.part / 100);
            whole.chain(parts.iter().map(part)).collect::<Vec<_>>()
        };
        let mut sums = Sums::new(&lexicon);
        let mut kept = Vec::with_capacity(rows.len());
        let mut scales = Vec::with_capacity(rows.len());
        let mut concepts = vec![0..0; concept_count];
        let mut preferred = vec![0; concept_count];
        for (nth, row) in rows.iter().enumerate() {
            let norm = sums.norm(weighted(label_words.get(nth), label_parts.get(nth)).into_iter());
            scales.push(small((625u64 << 32) / norm));
            let mut language = row.language.bytes();
            kept.push(Label {
                text: row.text.into(),
                language: [language.next().unwrap_or(b' '), language.next().unwrap_or(b' ')],
                preferred: row.preferred,
            });
            let concept = at(row.concept);
            if let Some(count) = preferred.get_mut(concept) {
                *count += usize::from(row.preferred);
            }
            if let Some(range) = concepts.get_mut(concept) {
                if *range == (0..0) {
                    *range = nth..nth;
                }
                range.end = nth + 1;
            }
        }
        let mut documents = Documents { words: Lists::new(), ..Documents::default() };
        for range in &concepts {
            let mut words: BTreeMap<u32, u64> = BTreeMap::new();
            for label in range.clone() {
                for (word, weight) in weighted(label_words.get(label), label_parts.get(label)) {
                    *words.entry(word).or_default() += u64::from(weight);
                }
            }
            let words: Vec<(u32, u32)> = words
                .into_iter()
                .map(|(word, weight)| (word, damped(weight, lexicon.weight(word))))
                .collect();
            documents.norms.push(sums.norm(words.iter().copied()));
            documents.words.push(&words.iter().map(|(word, _)| *word).collect::<Vec<_>>());
            documents.weights.extend(words.iter().map(|(_, weight)| *weight));
        }
        let word_labels = label_words.inverted(lexicon.len());
        let part_labels = label_parts.inverted(lexicon.len());
        Self {
            settings,
            lexicon,
            synonyms,
            counts,
            labels: kept,
            scales,
            preferred,
            label_words,
            word_labels,
            part_labels,
            concepts,
            about,
            documents,
            spare: Mutex::new(Vec::new()),
            everyday: None,
        }
    }
}

/// A word that stands in many labels of a concept counts less than each time: its weight × (1 + ln times).
fn damped(sum: u64, weight: u32) -> u32 {
    let times = log2(sum * 1024 / u64::from(weight.max(1))).saturating_sub(10 * ONE);
    small(u64::from(weight) * u64::from(ONE + times) / u64::from(ONE))
}

/// Bare titles, one label each and no groups, are searched as a list of titles.
fn adapted(settings: LinkSettings, labels: usize, about: &[LinkConcept]) -> LinkSettings {
    let bare = labels == about.len() && !about.iter().any(|one| one.is_group);
    if settings == LinkSettings::OCCUPATIONS && bare { LinkSettings::TITLES } else { settings }
}
