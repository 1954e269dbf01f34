// SPDX-License-Identifier: EUPL-1.2
//! The words of all labels, their letter groups, and how rare both are.

use std::collections::HashMap;

use super::lists::Lists;
use super::number::{ONE, at, log2, power, small};
use super::settings::LinkSettings;

/// Norm and rarity of an everyday word, at which its weight is 100.
const USUAL_NORM: u32 = 1_800;
const USUAL_RARITY: u32 = 400;
/// Rarity of a letter group and of a word that no label has.
const UNSEEN_GRAM: u32 = 400;
const UNSEEN_WORD: u32 = 600;

/// Words and their letter groups.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    ids: HashMap<String, u32>,
    texts: Vec<String>,
    grams: HashMap<u128, u32>,
    word_grams: Lists,
    gram_words: Lists,
    /// Inverse frequency over concepts, in 64ths of a bit × ln 2, of each letter group.
    idf: Vec<u32>,
    norms: Vec<u32>,
    weights: Vec<u32>,
    settings: LinkSettings,
}

/// Builds a lexicon word by word.
#[derive(Debug)]
pub(crate) struct LexiconBuilder {
    lexicon: Lexicon,
}

impl LexiconBuilder {
    pub(crate) fn new(settings: LinkSettings) -> Self {
        let lexicon = Lexicon {
            word_grams: Lists::new(),
            gram_words: Lists::new(),
            settings,
            ..Lexicon::default()
        };
        Self { lexicon }
    }

    /// The number of a word, a new one if it is new.
    pub(crate) fn intern(&mut self, word: &str) -> u32 {
        if let Some(id) = self.lexicon.ids.get(word) {
            return *id;
        }
        let id = small(self.lexicon.ids.len());
        self.lexicon.ids.insert(word.to_owned(), id);
        self.lexicon.texts.push(word.to_owned());
        let mut list = Vec::new();
        letter_groups(word, self.lexicon.settings.shortest_gram, |gram| {
            let next = small(self.lexicon.grams.len());
            list.push(*self.lexicon.grams.entry(gram).or_insert(next));
        });
        list.sort_unstable();
        self.lexicon.word_grams.push(&list);
        id
    }

    /// The lexicon of concepts that have these words each.
    pub(crate) fn finish(self, concepts: &[Vec<u32>]) -> Lexicon {
        let mut lexicon = self.lexicon;
        let (words, grams) = (lexicon.ids.len(), lexicon.grams.len());
        let mut last_word = vec![u32::MAX; words];
        let mut last_gram = vec![u32::MAX; grams];
        let mut word_counts = vec![0u32; words];
        let mut gram_counts = vec![0u32; grams];
        let count = |last: &mut [u32], counts: &mut [u32], item: u32, concept: u32| {
            if let (Some(last), Some(count)) = (last.get_mut(at(item)), counts.get_mut(at(item)))
                && *last != concept
            {
                *last = concept;
                *count += 1;
                return true;
            }
            false
        };
        for (concept, words) in (0u32..).zip(concepts) {
            for word in words {
                if count(&mut last_word, &mut word_counts, *word, concept) {
                    for gram in lexicon.word_grams.get(at(*word)) {
                        count(&mut last_gram, &mut gram_counts, *gram, concept);
                    }
                }
            }
        }
        let total = log2((1 + concepts.len() as u64) << 10);
        let rarity = |count: &u32| total.saturating_sub(log2((1 + u64::from(*count)) << 10));
        lexicon.idf = gram_counts.iter().map(|count| rarity(count) * 69 / 100 + ONE).collect();
        let whole: Vec<u32> = lexicon
            .grams
            .iter()
            .filter(|(gram, _)| **gram & WHOLE != 0)
            .map(|(_, id)| *id)
            .collect();
        for id in whole {
            if let Some(idf) = lexicon.idf.get_mut(at(id)) {
                *idf /= 2;
            }
        }
        lexicon.gram_words = lexicon.word_grams.inverted(grams);
        lexicon.norms = lexicon.word_grams.iter().map(|grams| lexicon.norm(grams)).collect();
        lexicon.weights = lexicon
            .norms
            .iter()
            .zip(&word_counts)
            .map(|(norm, count)| lexicon.settings.word_weight(*norm, rarity(count)))
            .collect();
        lexicon
    }
}

impl LinkSettings {
    /// The weight of a word, 100 for an everyday one: long words and common ones count less than their letters say.
    fn word_weight(&self, norm: u32, rarity: u32) -> u32 {
        let by_length = power(100, USUAL_NORM, norm.max(1), self.length);
        power(by_length, rarity.max(10), USUAL_RARITY, self.rarity)
    }
}

/// A word of a query with its letter groups that labels have.
#[derive(Debug, Clone)]
pub(crate) struct Probe {
    /// Its number if a label has it.
    pub(crate) word: Option<u32>,
    /// Letter groups, as often as they stand in it.
    pub(crate) grams: Vec<u32>,
    pub(crate) norm: u32,
    pub(crate) weight: u32,
}

impl Lexicon {
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn id(&self, word: &str) -> Option<u32> {
        self.ids.get(word).copied()
    }

    pub(crate) fn text(&self, word: u32) -> &str {
        self.texts.get(at(word)).map_or("", |text| text)
    }

    pub(crate) fn weight(&self, word: u32) -> u32 {
        self.weights.get(at(word)).copied().unwrap_or(1)
    }

    pub(crate) fn word_norm(&self, word: u32) -> u32 {
        self.norms.get(at(word)).copied().unwrap_or(1)
    }

    pub(crate) fn grams_of(&self, word: u32) -> &[u32] {
        self.word_grams.get(at(word))
    }

    /// The words that have a letter group; one that has it twice stands twice.
    pub(crate) fn words_with(&self, gram: u32) -> &[u32] {
        self.gram_words.get(at(gram))
    }

    pub(crate) fn idf(&self, gram: u32) -> u32 {
        self.idf.get(at(gram)).copied().unwrap_or(UNSEEN_GRAM)
    }

    pub(crate) fn gram_count(&self) -> usize {
        self.idf.len()
    }

    pub(crate) fn probe(&self, text: &str) -> Probe {
        let word = self.id(text);
        let mut grams = Vec::new();
        let mut unseen = 0u64;
        match word {
            Some(word) => grams.extend_from_slice(self.grams_of(word)),
            None => letter_groups(text, self.settings.shortest_gram, |gram| {
                match self.grams.get(&gram) {
                    Some(gram) => grams.push(*gram),
                    None => unseen += 1,
                }
            }),
        }
        grams.sort_unstable();
        let known = u64::from(self.norm(&grams));
        let all = known * known + unseen * u64::from(UNSEEN_GRAM) * u64::from(UNSEEN_GRAM);
        let norm = small(all.isqrt()).max(1);
        let weight = match word {
            Some(word) => self.weight(word),
            None => self.settings.word_weight(norm, UNSEEN_WORD),
        };
        Probe { word, grams, norm, weight }
    }

    pub(crate) fn probe_of(&self, word: u32) -> Probe {
        Probe {
            word: Some(word),
            grams: self.grams_of(word).to_vec(),
            norm: self.word_norm(word),
            weight: self.weight(word),
        }
    }

    /// Length of the vector of sorted letter groups.
    fn norm(&self, grams: &[u32]) -> u32 {
        let squares = grams.chunk_by(|a, b| a == b).map(|same| {
            let idf = same.first().map_or(0, |gram| self.idf(*gram));
            let part = u64::from(idf) * same.len() as u64;
            part * part
        });
        small(squares.sum::<u64>().isqrt()).max(1)
    }
}

const WHOLE: u128 = 1 << 127;

/// The groups of up to five neighbouring letters of a word with a space on either side, and the word as a whole.
///
/// A letter takes 21 bits, so that a group is its own key.
fn letter_groups(word: &str, shortest: usize, mut take: impl FnMut(u128)) {
    let letters: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
    let key = |letters: &[char]| {
        letters.iter().fold(0u128, |key, letter| (key << 21) | u128::from(u32::from(*letter)))
    };
    for length in shortest..=5 {
        if letters.len() <= length {
            take(key(&letters));
            break;
        }
        letters.windows(length).for_each(|group| take(key(group)));
    }
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    take(WHOLE | u128::from(hash));
}
