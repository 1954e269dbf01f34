// SPDX-License-Identifier: EUPL-1.2
//! Three plain methods to compare with: BM25 over words, TF-IDF over letter groups, Jaro-Winkler.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use passend::fold;

use crate::data::Vocabulary;

pub(crate) trait Method {
    /// Concepts, best first, by their best label.
    fn find(&self, text: &str, k: usize) -> Vec<u32>;

    /// A method that compares a text with every label letter by letter is asked about so many texts, evenly spread; the
    /// others about all.
    fn most(&self) -> usize {
        usize::MAX
    }
}

pub(crate) fn all(vocabulary: &Vocabulary) -> Vec<(&'static str, Box<dyn Method + '_>)> {
    vec![
        ("bm25", Box::new(Sparse::new(vocabulary, &tokens, &bm25))),
        ("char tf-idf", Box::new(Sparse::new(vocabulary, &letter_groups, &cosine))),
        ("jaro-winkler", Box::new(JaroWinkler::new(vocabulary))),
    ]
}

type Split = dyn Fn(&str) -> Vec<String>;
/// Weight of an item in a label: count, length of the label, mean length, inverse frequency.
type Weigh = dyn Fn(f64, f64, f64, f64) -> f64;

/// Labels as weighted items, found through the items.
struct Sparse<'a> {
    split: &'a Split,
    concepts: Vec<u32>,
    postings: HashMap<String, Vec<(usize, f64)>>,
}

fn tokens(text: &str) -> Vec<String> {
    fold(text).split(' ').map(str::to_owned).collect()
}

/// Groups of three to five letters within words.
fn letter_groups(text: &str) -> Vec<String> {
    let mut groups = Vec::new();
    for word in fold(text).split(' ') {
        let letters: Vec<char> = format!(" {word} ").chars().collect();
        for length in 3..=5 {
            groups.extend(letters.windows(length).map(|group| group.iter().collect::<String>()));
        }
    }
    groups
}

fn bm25(count: f64, length: f64, mean: f64, idf: f64) -> f64 {
    idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / mean))
}

fn cosine(count: f64, _: f64, _: f64, idf: f64) -> f64 {
    count * idf * idf
}

impl<'a> Sparse<'a> {
    fn new(vocabulary: &Vocabulary, split: &'a Split, weigh: &Weigh) -> Self {
        let counts: Vec<BTreeMap<String, f64>> = vocabulary
            .labels
            .iter()
            .map(|label| {
                let mut counts = BTreeMap::new();
                for item in split(&label.text) {
                    *counts.entry(item).or_insert(0.0) += 1.0;
                }
                counts
            })
            .collect();
        let mut carriers: HashMap<&str, f64> = HashMap::new();
        for item in counts.iter().flat_map(BTreeMap::keys) {
            *carriers.entry(item).or_insert(0.0) += 1.0;
        }
        let labels = f64::from(u32::try_from(counts.len().max(1)).unwrap_or(u32::MAX));
        let mean = counts.iter().flat_map(BTreeMap::values).sum::<f64>() / labels;
        let idf = |item: &str| {
            ((1.0 + labels) / (1.0 + carriers.get(item).copied().unwrap_or(0.0))).ln() + 1.0
        };
        let mut postings: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
        for (label, items) in counts.iter().enumerate() {
            let length: f64 = items.values().sum();
            let norm: f64 = items.iter().map(|(item, count)| (count * idf(item)).powi(2)).sum();
            // Only the cosine divides by the length of the vector.
            let norm = if weigh(1.0, 1.0, 1.0, 1.0) == weigh(1.0, 2.0, 1.0, 1.0) {
                norm.sqrt()
            } else {
                1.0
            };
            for (item, count) in items {
                let weight = weigh(*count, length, mean, idf(item)) / norm;
                postings.entry(item.clone()).or_default().push((label, weight));
            }
        }
        let concepts = vocabulary.labels.iter().map(|label| label.concept).collect();
        Self { split, concepts, postings }
    }
}

impl Method for Sparse<'_> {
    fn find(&self, text: &str, k: usize) -> Vec<u32> {
        let mut scores = vec![0.0; self.concepts.len()];
        for item in (self.split)(text) {
            for (label, weight) in self.postings.get(&item).into_iter().flatten() {
                if let Some(score) = scores.get_mut(*label) {
                    *score += weight;
                }
            }
        }
        best(&self.concepts, &scores, k)
    }
}

struct JaroWinkler {
    labels: Vec<String>,
    concepts: Vec<u32>,
}

impl JaroWinkler {
    fn new(vocabulary: &Vocabulary) -> Self {
        Self {
            labels: vocabulary.labels.iter().map(|label| fold(&label.text)).collect(),
            concepts: vocabulary.labels.iter().map(|label| label.concept).collect(),
        }
    }
}

impl Method for JaroWinkler {
    fn most(&self) -> usize {
        150
    }

    fn find(&self, text: &str, k: usize) -> Vec<u32> {
        let text = fold(text);
        let scores: Vec<f64> =
            self.labels.iter().map(|label| strsim::jaro_winkler(&text, label)).collect();
        best(&self.concepts, &scores, k)
    }
}

/// Concepts by their best label; ties by the lower number.
fn best(concepts: &[u32], scores: &[f64], k: usize) -> Vec<u32> {
    let mut best: BTreeMap<u32, f64> = BTreeMap::new();
    for (concept, score) in concepts.iter().zip(scores).filter(|(_, score)| **score > 0.0) {
        let known = best.entry(*concept).or_insert(0.0);
        *known = score.max(*known);
    }
    // A positive float orders as its bits do.
    let mut order: Vec<(Reverse<u64>, u32)> =
        best.into_iter().map(|(concept, score)| (Reverse(score.to_bits()), concept)).collect();
    order.sort_unstable();
    order.into_iter().take(k).map(|(_, concept)| concept).collect()
}
