// SPDX-License-Identifier: EUPL-1.2
//! The weights of linking: small round numbers, most of them chosen by hand on development data.
//!
//! `cargo xtask quality --tune` begins with these and moves one at a time to the best of a short list of values; weights
//! that only hold together, the kinds of letter groups, and those of context and of a caller's scores it does not try.
//! What it prints is a proposal, which somebody weighs and writes here; no set was held out for them.

/// How the parts of a score are weighed. One set for occupations and one for skills; see `docs/decisions/0015-linking.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkSettings {
    /// The label that is nearest.
    pub best: u32,
    /// All labels of the concept together.
    pub document: u32,
    /// The preferred label.
    pub preferred: u32,
    /// The label that is second nearest.
    pub second: u32,
    /// How much of the text any label of the concept explains.
    pub coverage: u32,
    /// What a group of occupations loses, in percent of a full label.
    pub group: u32,
    /// Length of the shortest letter groups: 2 or 3.
    pub shortest_gram: usize,
    /// Words less near than this, in thousandths, are not looked at: speed for a little quality.
    pub floor: u32,
    /// How much the length of a word is evened out, in percent: 0 counts letters, 100 counts words.
    pub length: u32,
    /// How much rare words count more, in percent.
    pub rarity: u32,
    /// Weight of the parts of a compound, in percent of the word.
    pub part: u32,
    /// Nearness of two words that stand for each other in labels, in percent.
    pub synonym: u32,
    /// How much the best of a list of bare titles say about the others, in percent.
    pub feedback: u32,
    /// How much the other names say that the starter vocabulary has for a text, in percent.
    pub everyday: u32,
    /// The same sector of work, one digit of ISCO each, in percent of a full label.
    pub context: u32,
    /// A caller's own score of 1,000, in percent of a full label.
    pub given: u32,
}

impl LinkSettings {
    /// For occupations with their other names.
    pub const OCCUPATIONS: Self = Self {
        best: 100,
        document: 30,
        preferred: 30,
        second: 10,
        coverage: 20,
        group: 20,
        shortest_gram: 2,
        floor: 60,
        length: 50,
        rarity: 40,
        part: 0,
        synonym: 90,
        feedback: 0,
        everyday: 60,
        context: 5,
        given: 100,
    };

    /// For skills.
    pub const SKILLS: Self = Self { second: 20, rarity: 60, part: 20, ..Self::OCCUPATIONS };

    /// For a list of bare titles, one label each.
    pub const TITLES: Self = Self { length: 40, rarity: 70, feedback: 70, ..Self::OCCUPATIONS };
}

impl Default for LinkSettings {
    fn default() -> Self {
        Self::OCCUPATIONS
    }
}
