// SPDX-License-Identifier: EUPL-1.2
//! Words that stand for each other, learned from the vocabulary alone.
//!
//! A concept that is called "docent wiskunde" and "leerkracht wiskunde" says that the two first words can stand for each
//! other. What several concepts say is taken for a rule.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::lists::Lists;
use super::number::{at, small};

/// How many concepts must say it.
const CONCEPTS: u32 = 2;
/// The nearest of each word.
const KEPT: usize = 5;
/// Labels of more words say little about one of them.
const LONGEST: usize = 6;

/// Words that stand for others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Synonyms {
    words: Lists,
    /// Beside each word: √ of the share of concepts in which it stands for the other, in percent.
    shares: Vec<u32>,
}

impl Synonyms {
    /// Learns from the labels, as words, of each concept.
    pub(crate) fn learn(concepts: &[Vec<Vec<u32>>], words: usize) -> Self {
        let mut pairs: HashMap<(u32, u32), u32> = HashMap::new();
        let mut seen = vec![0u32; words];
        for labels in concepts {
            let mut here = BTreeSet::new();
            let mut words = BTreeSet::new();
            for (one, other) in pairs_of_labels(labels, &mut words) {
                here.insert((one, other));
                here.insert((other, one));
            }
            for pair in here {
                *pairs.entry(pair).or_default() += 1;
            }
            for word in words {
                if let Some(count) = seen.get_mut(at(word)) {
                    *count += 1;
                }
            }
        }
        let mut by_word: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for ((word, other), count) in pairs {
            if count >= CONCEPTS {
                let concepts = seen.get(at(word)).copied().unwrap_or_default() + 2;
                let share = (10_000 * count / concepts).isqrt();
                by_word.entry(word).or_default().push((share, other));
            }
        }
        let mut result = Self { words: Lists::new(), shares: Vec::new() };
        for word in 0..words {
            let mut list = by_word.remove(&small(word)).unwrap_or_default();
            list.sort_unstable_by_key(|(share, other)| (std::cmp::Reverse(*share), *other));
            list.truncate(KEPT);
            result.words.push(&list.iter().map(|(_, other)| *other).collect::<Vec<_>>());
            result.shares.extend(list.iter().map(|(share, _)| *share));
        }
        result
    }

    /// The words that stand for a word, with their nearness in percent.
    pub(crate) fn of(&self, word: u32) -> impl Iterator<Item = (u32, u32)> {
        let shares = self.shares.get(self.words.range(at(word))).unwrap_or_default();
        self.words.get(at(word)).iter().copied().zip(shares.iter().copied())
    }
}

/// Each two words that are the only difference of two labels; `words` gets all words of labels of several words.
fn pairs_of_labels(labels: &[Vec<u32>], words: &mut BTreeSet<u32>) -> Vec<(u32, u32)> {
    let long: Vec<&Vec<u32>> =
        labels.iter().filter(|label| (2..=LONGEST).contains(&label.len())).collect();
    let mut pairs = Vec::new();
    for (nth, label) in long.iter().enumerate() {
        words.extend(label.iter().copied());
        for other in long.iter().skip(nth + 1).filter(|other| other.len() == label.len()) {
            let mut differ = label.iter().zip(other.iter()).filter(|(one, two)| one != two);
            if let (Some((one, two)), None) = (differ.next(), differ.next()) {
                pairs.push((*one, *two));
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_concepts_say_is_a_rule() {
        // 0 docent, 1 leerkracht, 2 wiskunde, 3 muziek, 4 leraar
        let concepts = [vec![vec![0, 2], vec![1, 2], vec![4, 2]], vec![vec![0, 3], vec![1, 3]]];
        let synonyms = Synonyms::learn(&concepts, 5);
        assert_eq!(synonyms.of(0).collect::<Vec<_>>(), [(1, 70)]); // √(2 of 2 + 2)
        assert_eq!(synonyms.of(4).count(), 0);
    }
}
