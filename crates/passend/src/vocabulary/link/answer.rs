// SPDX-License-Identifier: EUPL-1.2
//! From scores to an answer: whether it is sure, what may be meant, and why.

use serde::Serialize;

use super::confidence::{ENOUGH, ENOUGH_FOR_THREE, confidence, kind};
use super::index::Linker;
use super::number::{at, small};
use super::relation::{Found, Relation};
use super::score::{FULL, Hints, Query, Scored};
use crate::text::largest_remainder;

/// Whether a text has one clear meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkStatus {
    /// One answer is clear.
    Linked,
    /// There are candidates; ask.
    Unsure,
    /// Nothing comes near.
    None,
}

/// Why a text is linked to a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The preferred label, letter by letter.
    Exact,
    /// The preferred label after folding.
    Folded,
    /// Another label.
    Alternative,
    /// A name that is a part of the word: `automonteur` and `monteur`, its end, or what stands before "school".
    Compound,
    /// A spelling that is near.
    Spelling,
    /// Words or letters in common.
    Overlap,
    /// The caller's own score.
    Given,
}

/// Nearest labels below this are nothing near, in parts of `FULL`.
const NEAR: u32 = 3_000;
/// A word in so many labels names no work by itself.
const IN_MANY: u32 = 50;
/// The reason is looked up for so many; the rest overlaps.
const EXPLAINED: usize = 10;
/// A title names so many jobs between slashes; what follows is left out.
const MOST_PARTS: usize = 4;
/// A title has at most so many readings.
const READINGS: usize = 3;

/// What is asked besides the text.
#[derive(Debug, Clone, Copy, Default)]
pub struct LinkHints<'a> {
    /// Language of the text, two letters; empty if not known. Among equally near labels one in this language is shown.
    pub language: &'a str,
    /// ISCO-08 code of the work around it, one to four digits; empty if not known.
    pub context: &'a str,
    /// Scores of the caller, 0 to 1,000, by number of the concept.
    pub given: &'a [(u32, u32)],
}

/// The answer to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkAnswer {
    /// Whether one answer is clear.
    pub status: LinkStatus,
    /// Concepts, best first.
    pub matches: Vec<LinkedConcept>,
    /// Concepts among which the answer surely is, best first, with shares that sum to 100; at most three, empty if unsure.
    pub readings: Vec<(u32, u8)>,
    /// Kind of match and class of margin, by which confidence is counted.
    pub kind: (u8, u8),
}

/// A concept that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedConcept {
    /// Number of the concept.
    pub concept: u32,
    /// 0 to 1,000; higher is better.
    pub score: u16,
    /// The part of the score that the caller gave.
    pub given: u16,
    /// The label that came nearest.
    pub label: String,
    /// The reason.
    pub why: Why,
    /// How often such an answer is right, in percent; for the first concept only, 0 for the others.
    pub confidence: u8,
    /// Whether all words of the label stand in the text.
    pub is_whole: bool,
}

impl Linker {
    /// The concepts that a text may mean, at most `k`, best first.
    pub fn find(&self, text: &str, hints: LinkHints<'_>, k: usize) -> LinkAnswer {
        let mut query = self.query(text);
        self.add_everyday(text, &mut query);
        let mut given = hints.given.to_vec();
        given.sort_unstable();
        let mut found = self.search(
            &query,
            Hints { context: hints.context, language: hints.language, given: &given },
            k.max(READINGS + 1),
        );
        let none = LinkAnswer {
            status: LinkStatus::None,
            matches: Vec::new(),
            readings: Vec::new(),
            kind: (9, 0),
        };
        let Some(first) = found.first().copied() else { return none };
        if first.best < NEAR && first.given == 0 {
            return none;
        }
        let parts = self.parts(text);
        let is_turned = parts.iter().any(|part| part.is_turned);
        let mut relations = Vec::new();
        for one in found.iter_mut().take(k.clamp(READINGS + 1, EXPLAINED)) {
            let mut relation = self.relation(&query, at(one.label));
            let mut labels = self.concepts.get(at(one.concept)).cloned().unwrap_or_default();
            let same = |part: &Query, label: usize| {
                Some(Found { by_part: part.is_turned, ..self.same(part, label)? })
            };
            let whole = |label: usize| Some((label, same(&query, label)?));
            let part =
                |label: usize| Some((label, parts.iter().find_map(|part| same(part, label))?));
            // Where a label says it as the text does, that is the reason.
            let found = if is_turned { labels.clone().find_map(whole) } else { None };
            if let Some((label, same)) = found.or_else(|| labels.find_map(part)) {
                (one.label, relation) = (small(label), same);
            }
            relations.push(relation);
        }
        // A caller who gives scores knows better.
        if hints.given.is_empty() {
            self.put_names_first(&mut found, &mut relations);
        }
        let relation = relations.first().map_or(Relation::Other, |one| one.relation);
        let Some(first) = found.first().copied() else { return none };
        let is_preferred = self.label(first.label).1;
        // Of those that carry the very same label; preferred ones before others.
        let carriers = found
            .iter()
            .zip(&relations)
            .filter(|(one, found)| {
                found.relation == Relation::Same
                    && self.label(one.label).1 == is_preferred
                    && !self.is_group_of(one.concept, first.concept)
            })
            .count();
        let apart = found.iter().filter(|one| !self.is_group_of(one.concept, first.concept));
        let apart: Vec<Scored> = apart.copied().collect();
        let margin = margin(first.score, apart.get(1).map_or(0, |one| one.score));
        let kind = kind(relation, is_preferred, carriers, margin, first.best);
        let (mut likely, mut likely_three) = confidence(kind);
        if relation == Relation::Same && !is_preferred && self.is_general(&query) {
            // A worker or a teacher may do anything, even where one concept alone says so.
            (likely, likely_three) =
                (likely.min(ENOUGH - 1), likely_three.min(ENOUGH_FOR_THREE - 1));
        } else if relation == Relation::Same && carriers == 1 {
            // What one concept alone is called is not doubted: right in 81 of 100 cases, whatever comes near.
            likely = likely.max(ENOUGH);
        }
        let likely = (likely, likely_three);
        let readings =
            readings(&apart, likely, if relation == Relation::Same { carriers } else { 0 });
        let status = if likely.0 >= ENOUGH { LinkStatus::Linked } else { LinkStatus::Unsure };
        let matches = found
            .iter()
            .take(k)
            .enumerate()
            .map(|(nth, one)| {
                let (label, preferred) = self.label(one.label);
                let why = match relations.get(nth) {
                    _ if one.given > one.score / 2 => Why::Given,
                    Some(found) => match (found.relation, preferred) {
                        _ if found.by_part => Why::Compound,
                        (Relation::Same, _) if found.by_spelling => Why::Spelling,
                        (Relation::Same, true) if label == text => Why::Exact,
                        (Relation::Same, true) => Why::Folded,
                        (Relation::Same, false) => Why::Alternative,
                        (Relation::Misspelt | Relation::Spelt, _) if found.by_spelling => {
                            Why::Spelling
                        }
                        _ => Why::Overlap,
                    },
                    None => Why::Overlap,
                };
                LinkedConcept {
                    concept: one.concept,
                    score: self.shown(one.score),
                    given: self.shown(one.given),
                    label: label.to_owned(),
                    why,
                    is_whole: relations.get(nth).is_some_and(|one| {
                        !matches!(one.relation, Relation::Narrower | Relation::Other)
                    }),
                    confidence: if nth == 0 { likely.0 } else { 0 },
                }
            })
            .collect();
        LinkAnswer { status, matches, readings, kind }
    }

    /// The parts of a text between slashes, `kamermeisje / kamerjongen` names one job twice; what stands outside brackets,
    /// `metselaar (VCA)` is a bricklayer; and the compound that it says the other way round, `monteur auto's`.
    pub(crate) fn parts(&self, text: &str) -> Vec<Query> {
        let mut parts: Vec<Query> = Vec::new();
        if let Some((before, rest)) = text.split_once('(') {
            let after = rest.split_once(')').map_or("", |(_, after)| after);
            parts.push(self.query(&format!("{before} {after}")));
        }
        if text.contains('/') {
            parts.extend(text.split('/').take(MOST_PARTS).map(|part| self.query(part)));
        }
        if let Some(word) = self.turned(&self.bare_query(text).words) {
            parts.push(Query { is_turned: true, ..self.query(&word) });
        }
        parts.retain(|part| !part.words.is_empty());
        parts
    }

    /// What has the text for its name comes before what only comes near, however much else speaks for that; among themselves
    /// they keep their order.
    fn put_names_first(&self, found: &mut [Scored], relations: &mut [Found]) {
        let is_name = |(one, relation): &(Scored, Found)| {
            relation.relation == Relation::Same && self.label(one.label).1
        };
        let mut both: Vec<(Scored, Found)> =
            found.iter().copied().zip(relations.iter().copied()).collect();
        let scores = |name: bool| {
            both.iter().filter(move |one| is_name(one) == name).map(|(one, _)| one.score)
        };
        let (Some(least), Some(most)) = (scores(true).min(), scores(false).max()) else { return };
        let lift = (most + 1).saturating_sub(least);
        for one in both.iter_mut().filter(|one| is_name(one)) {
            one.0.score += lift;
        }
        both.sort_by_key(|one| !is_name(one));
        for ((one, relation), sorted) in found.iter_mut().zip(relations).zip(both) {
            (*one, *relation) = sorted;
        }
    }

    /// Whether a concept is the ISCO-08 group that an occupation lies in: the cooks are no other meaning of a cook.
    fn is_group_of(&self, group: u32, occupation: u32) -> bool {
        let about = |concept| self.about.get(at(concept)).filter(|one| !one.isco.is_empty());
        let (Some(group), Some(occupation)) = (about(group), about(occupation)) else {
            return false;
        };
        group.is_group && !occupation.is_group && occupation.isco.starts_with(&group.isco)
    }

    /// Whether a text is one word that many labels have.
    fn is_general(&self, query: &Query) -> bool {
        let count = |word: &str| self.counts.get(word).copied().unwrap_or_default();
        matches!(query.words.as_slice(), [word] if count(&word.text) >= IN_MANY)
    }

    fn label(&self, label: u32) -> (&str, bool) {
        self.labels.get(at(label)).map_or(("", false), |label| (&label.text, label.preferred))
    }

    /// A score in thousandths of the most that labels can give.
    fn shown(&self, score: u32) -> u16 {
        let s = &self.settings;
        let most = (s.best + s.second + s.preferred + s.document + s.coverage).max(1) * FULL;
        u16::try_from(u64::from(score) * 1000 / u64::from(most)).unwrap_or(1000).min(1000)
    }
}

/// How far the second is behind the first, in percent.
fn margin(first: u32, second: u32) -> u32 {
    small(u64::from(first.saturating_sub(second)) * 100 / u64::from(first.max(1)))
}

/// One reading if the first is sure, else the carriers of the label, else the best three if the answer is surely there.
fn readings(found: &[Scored], (first, among): (u8, u8), carriers: usize) -> Vec<(u32, u8)> {
    let shares: Vec<u32> = if first >= ENOUGH {
        vec![100]
    } else if (2..=READINGS).contains(&carriers) {
        vec![1; carriers]
    } else if among >= ENOUGH_FOR_THREE && carriers <= 1 {
        let rest = u32::from(among.saturating_sub(first));
        vec![u32::from(first) * 5, rest * 3, rest * 2]
    } else {
        return Vec::new();
    };
    // What is far behind the first is no reading.
    let most = found.first().map_or(0, |one| one.score);
    let close = found.iter().take_while(|one| one.score >= most / 2).count();
    let kept = shares.len().min(close);
    let shares = largest_remainder(shares.get(..kept).unwrap_or_default(), 100);
    found
        .iter()
        .zip(shares)
        .filter(|(_, share)| *share > 0)
        .map(|(one, share)| (one.concept, u8::try_from(share).unwrap_or(100)))
        .collect()
}
