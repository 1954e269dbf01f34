// SPDX-License-Identifier: EUPL-1.2
//! From text to concepts, with the reason, and "not sure" when it is not.
//!
//! A text is folded into words (`normal`), words are compared by their letter groups with those of all labels
//! (`lexicon`, `index`, `score`), and what comes out is judged (`relation`, `confidence`, `answer`). Whole numbers only.

mod answer;
mod compound;
mod confidence;
mod everyday;
mod index;
mod lexicon;
mod lists;
mod normal;
mod number;
mod relation;
mod score;
mod settings;
mod synonyms;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use answer::{LinkAnswer, LinkHints, LinkStatus, LinkedConcept, Why};
pub use index::{LinkConcept, Linker};
pub use settings::LinkSettings;
pub(crate) use vocabulary::Linkers;
pub use vocabulary::{Link, LinkKind, LinkMatch};
