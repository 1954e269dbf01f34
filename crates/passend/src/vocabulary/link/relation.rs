// SPDX-License-Identifier: EUPL-1.2
//! How the words of a text and of a label relate: the reason that is shown, and the kind on which confidence rests.

use super::index::Linker;
use super::normal::Place;
use super::score::Query;

/// Two words with this share of equal letters, in thousandths, are one word misspelt: one mistake in seven letters.
const SAME_WORD: u32 = 840;
/// Shorter words differ too much by one letter: `kok` and `kop`.
const SHORTEST: usize = 5;

/// Driving licences that stand behind a title.
const LICENCES: [&str; 2] = ["ce", "be"];

/// How a label relates to a text, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Relation {
    /// The same words, also written apart.
    Same,
    /// The same words in the same order, misspelt, or with a licence or brackets behind them.
    Misspelt,
    /// The same words, some misspelt, in another order.
    Spelt,
    /// The label has all words of the text and more.
    Narrower,
    /// The text opens with the label.
    Opens,
    /// The label stands whole inside the text, with other words before it.
    Holds,
    /// Only a part is alike.
    Other,
}

/// The relation, and whether a compound was taken apart for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) relation: Relation,
    pub(crate) by_part: bool,
    /// Whether a word is taken for another one that is written otherwise.
    pub(crate) by_spelling: bool,
}

impl Linker {
    /// Whether a label has exactly the words of a text, perhaps written apart: [`Relation::Same`], told quickly.
    pub(crate) fn same(&self, query: &Query, label: usize) -> Option<Found> {
        let label = || self.label_words.get(label).iter().map(|word| self.lexicon.text(*word));
        let text = || query.words.iter().map(|word| word.text.as_str());
        let is_same = text().flat_map(str::bytes).eq(label().flat_map(str::bytes));
        is_same.then(|| Found {
            relation: Relation::Same,
            by_part: false,
            by_spelling: !text().eq(label()),
        })
    }

    /// How a label relates to a text.
    pub(crate) fn relation(&self, query: &Query, label: usize) -> Found {
        if let Some(same) = self.same(query, label) {
            return same;
        }
        let words = self.label_words.get(label);
        let label: Vec<&str> = words.iter().map(|word| self.lexicon.text(*word)).collect();
        let text: Vec<&str> = query.words.iter().map(|word| word.text.as_str()).collect();
        let misspelt = text.len() == label.len()
            && text.iter().zip(&label).all(|(word, other)| is_same_word(word, other));
        // What stands aside and a licence say how, not what; but a label may name them.
        let main = query.words.iter().filter(|word| word.place == Place::Main);
        let without: Vec<&str> =
            main.map(|word| word.text.as_str()).filter(|word| !LICENCES.contains(word)).collect();
        if without == label {
            return Found { relation: Relation::Misspelt, by_part: false, by_spelling: false };
        }
        if misspelt {
            return Found { relation: Relation::Misspelt, by_part: false, by_spelling: true };
        }
        let (mut by_part, mut by_spelling) = (false, false);
        let mut used = vec![false; label.len()];
        let mut met: Vec<bool> = Vec::new();
        for (word, parts) in text.iter().zip(&query.parts) {
            let mut is_met = false;
            for (other, used) in label.iter().zip(&mut used) {
                if is_same_word(word, other) {
                    by_spelling |= word != other;
                    (is_met, *used) = (true, true);
                } else if parts.iter().any(|part| part == other) {
                    (by_part, *used) = (true, true);
                }
            }
            // `automonteur` is met by `monteur auto`, not by `monteur` alone.
            let whole =
                !parts.is_empty() && parts.iter().all(|part| label.contains(&part.as_str()));
            met.push(is_met || whole);
        }
        let relation = match (met.iter().all(|met| *met), used.iter().all(|used| *used)) {
            (true, true) => Relation::Spelt,
            (true, false) => Relation::Narrower,
            _ if met.is_sorted_by(|a, b| a >= b)
                && met.first() == Some(&true)
                && used.iter().all(|used| *used) =>
            {
                Relation::Opens
            }
            (_, true) => Relation::Holds,
            _ => Relation::Other,
        };
        Found { relation, by_part, by_spelling }
    }
}

/// Whether two words are the same but for a mistake; a swap of neighbours is one.
fn is_same_word(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (a, b) = (one.chars().count(), other.chars().count());
    let longest = a.max(b);
    if a.min(b) < SHORTEST || a.abs_diff(b) > 1 + longest / 8 {
        return false;
    }
    // Most pairs differ in more letters than a mistake explains; counting them is quick.
    let mut letters = [0i32; 32];
    one.bytes().for_each(|byte| count(&mut letters, byte, 1));
    other.bytes().for_each(|byte| count(&mut letters, byte, -1));
    let differ: u32 = letters.iter().map(|count| count.unsigned_abs()).sum();
    let bytes = one.len().max(other.len());
    if usize::try_from(differ).is_ok_and(|differ| differ > 2 + bytes / 3) {
        return false;
    }
    let edits = strsim::damerau_levenshtein(one, other).min(longest);
    u32::try_from(1000 * (longest - edits) / longest).is_ok_and(|same| same >= SAME_WORD)
}

fn count(letters: &mut [i32; 32], byte: u8, by: i32) {
    if let Some(letter) = letters.get_mut(usize::from(byte % 32)) {
        *letter += by;
    }
}
