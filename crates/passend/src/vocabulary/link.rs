// SPDX-License-Identifier: EUPL-1.2
//! From text to concepts, with the reason, and "not sure" when it is not.
//!
//! A label is looked up after folding: the whole text, its parts between slashes, and without what adverts add (hours,
//! "gezocht"). Then a known label inside the text, then spelling. Only one clear answer is `linked`.

use std::collections::HashMap;

use serde::Serialize;

use super::{LabelKind, OccupationIndex, SkillIndex, Vocabulary};
use crate::text::fold;

/// What a text is linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Job titles.
    Occupation,
    /// Skills.
    Skill,
    /// Fields of education; the ids are ISCED-F 2013 codes.
    Field,
}

/// A text with the concepts that it may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The text.
    pub text: String,
    /// Whether one answer is clear.
    pub status: LinkStatus,
    /// Concepts, best first; also when not sure.
    pub matches: Vec<LinkMatch>,
}

/// Whether a text has one clear meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkStatus {
    /// One answer is clear, or an everyday title is carried by the concepts given.
    Linked,
    /// There are candidates; ask.
    Unsure,
    /// Nothing comes near.
    None,
}

/// A concept that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkMatch {
    /// Id of the concept.
    pub id: String,
    /// Its label in the language in which it was found: the preferred Dutch one here.
    pub label: String,
    /// 0 to 1,000; higher is better.
    pub score: u16,
    /// The reason.
    pub why: Why,
}

/// Why a text is linked to a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The preferred label, letter by letter.
    Exact,
    /// The preferred label after folding.
    Folded,
    /// Another label.
    Alternative,
    /// A name that is a part of the word: its end, or what stands before "school".
    Compound,
    /// A spelling that is near.
    Spelling,
    /// A label stands inside the text.
    Overlap,
}

/// Below this share of equal letters (in thousandths) a spelling is not even a candidate, from `SURE` on it is an answer.
///
/// 0.90 lets through one mistake in a word of ten letters and keeps `kok` and `kop`, `lasser` and `passer` apart.
const NEAR: u16 = 780;
const SURE: u16 = 900;
/// A text longer than this is no title; comparing spellings stays bounded.
const LONGEST: usize = 80;
/// A label inside a text answers if it makes up at least this share of its letters, in percent.
const MOST_OF_IT: usize = 40;

/// Words that adverts put around a title.
const NOISE: [&str; 32] = [
    "uur",
    "uren",
    "per",
    "week",
    "fulltime",
    "parttime",
    "gezocht",
    "gevraagd",
    "vacature",
    "ervaren",
    "beginnend",
    "direct",
    "starten",
    "full",
    "part",
    "time",
    "hours",
    "wanted",
    "experienced",
    "regio",
    "in",
    "te",
    "bij",
    "voor",
    "een",
    "junior",
    "medior",
    "senior",
    "allround",
    "zelfstandig",
    "werkend",
    "gediplomeerd",
];

/// A concept found for a text.
struct Found<I> {
    concept: I,
    score: u16,
    why: Why,
}

impl Vocabulary {
    /// The concepts that a text may mean, at most `k`, best first.
    ///
    /// ```
    /// # use passend::{LinkKind, LinkStatus, Vocabulary};
    /// let vocabulary = Vocabulary::starter();
    /// let link = vocabulary.link(LinkKind::Skill, "koken", 3);
    /// assert_eq!((link.status, link.matches[0].id.as_str()), (LinkStatus::Linked, "skill/cook-food"));
    /// assert_eq!(vocabulary.link(LinkKind::Occupation, "xyzzy", 3).status, LinkStatus::None);
    /// ```
    pub fn link(&self, kind: LinkKind, text: &str, k: usize) -> Link {
        let (sure, mut matches) = match kind {
            LinkKind::Field => {
                let (status, mut matches) = self.link_field(text);
                matches.truncate(k);
                return Link { text: text.to_owned(), status, matches };
            }
            LinkKind::Occupation => {
                let (sure, found) = find(self.occupation_labels(), text);
                (sure, self.matches(&found, text, |index| (LinkKind::Occupation, index.0)))
            }
            LinkKind::Skill => {
                let (sure, found) = find(self.skill_labels(), text);
                (sure, self.matches(&found, text, |index| (LinkKind::Skill, index.0)))
            }
        };
        matches.truncate(k);
        let status = match (sure, matches.is_empty()) {
            (_, true) => LinkStatus::None,
            (true, _) => LinkStatus::Linked,
            (false, _) => LinkStatus::Unsure,
        };
        Link { text: text.to_owned(), status, matches }
    }

    /// The occupations that a title surely means; empty when not sure.
    pub(super) fn find_occupations(&self, title: &str) -> Vec<OccupationIndex> {
        answers(find(self.occupation_labels(), title))
    }

    /// The occupations that a title may mean where it is not sure; at most three.
    pub(crate) fn occupations_near(&self, title: &str) -> Vec<OccupationIndex> {
        find(self.occupation_labels(), title).1.into_iter().take(3).map(|one| one.concept).collect()
    }

    /// The skill that a text surely means.
    pub(super) fn find_skill(&self, text: &str) -> Option<SkillIndex> {
        answers(find(self.skill_labels(), text)).first().copied()
    }

    fn matches<I: Copy>(
        &self,
        found: &[Found<I>],
        text: &str,
        concept: impl Fn(I) -> (LinkKind, u32),
    ) -> Vec<LinkMatch> {
        let name = |found: &Found<I>| {
            let (kind, at) = concept(found.concept);
            let name = |language| self.concept_name(kind, at, language);
            let exact = found.why == Why::Folded && (name("nl") == text || name("en") == text);
            let (score, why) = if exact { (1000, Why::Exact) } else { (found.score, found.why) };
            let id = self.concept_id(kind, at).to_owned();
            LinkMatch { id, label: name("nl").to_owned(), score, why }
        };
        found.iter().map(name).collect()
    }
}

/// The best found, all those that are as good; none when not sure.
fn answers<I>((sure, found): (bool, Vec<Found<I>>)) -> Vec<I> {
    let best = found.first().map(|one| one.score);
    if !sure {
        return Vec::new();
    }
    found.into_iter().take_while(|one| Some(one.score) == best).map(|one| one.concept).collect()
}

/// Concepts for a text, best first (ties by number), and whether the best ones are an answer.
fn find<I: Copy + Ord + std::hash::Hash>(
    labels: &HashMap<String, Vec<(I, LabelKind)>>,
    text: &str,
) -> (bool, Vec<Found<I>>) {
    let whole = fold(text);
    if whole.is_empty() || whole.len() > LONGEST * 4 {
        return (false, Vec::new());
    }
    if let Some(found) = look_up(labels, &whole) {
        return (true, found);
    }
    // What stands in brackets is a remark.
    let outside = fold(text.split('(').next().unwrap_or_default());
    let quiet = without_noise(if outside.is_empty() { &whole } else { &outside });
    if let Some(found) = look_up(labels, &quiet) {
        return (true, found);
    }
    // "kok / zelfstandig werkend kok": the first part that is a label.
    let parts = text.split('(').next().unwrap_or_default().split(['/', '|', ',', ';', '–']);
    for part in parts.map(|part| without_noise(&fold(part))) {
        if let Some(found) = look_up(labels, &part) {
            return (true, found);
        }
    }
    if let Some(answer) = inside(labels, &quiet) {
        return answer;
    }
    by_spelling(labels, &quiet)
}

/// The carriers of a folded label: preferred ones alone if there are any, else all that have it as an alternative.
fn look_up<I: Copy>(
    labels: &HashMap<String, Vec<(I, LabelKind)>>,
    folded: &str,
) -> Option<Vec<Found<I>>> {
    let carriers = labels.get(folded)?;
    let kind = carriers.first()?.1;
    let (score, why) = match kind {
        LabelKind::Preferred => (990, Why::Folded),
        _ => (950, Why::Alternative),
    };
    let same = carriers.iter().filter(|(_, other)| *other == kind);
    Some(same.map(|(concept, _)| Found { concept: *concept, score, why }).collect())
}

fn without_noise(folded: &str) -> String {
    let is_noise =
        |word: &str| NOISE.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<_> = folded.split(' ').filter(|word| !is_noise(word)).collect();
    words.join(" ")
}

/// The longest run of words that is a label, and whether it is an answer: it opens the text and makes up most of it.
///
/// What stands before a title changes the work ("hulp verpleegkundige", "planner fysiotherapie"), what stands after it
/// rarely does ("verpleegkundige niveau 4").
fn inside<I: Copy>(
    labels: &HashMap<String, Vec<(I, LabelKind)>>,
    folded: &str,
) -> Option<(bool, Vec<Found<I>>)> {
    let words: Vec<_> = folded.split(' ').collect();
    let mut best: Option<(usize, usize, Vec<Found<I>>)> = None;
    for from in 0..words.len() {
        // No label has more than eight words, and a run of one letter says nothing.
        for to in from + 1..=words.len().min(from + 8) {
            let run = words.get(from..to).unwrap_or_default().join(" ");
            if run.len() < 3 || best.as_ref().is_some_and(|(longest, ..)| run.len() <= *longest) {
                continue;
            }
            if let Some(found) = look_up(labels, &run) {
                best = Some((run.len(), from, found));
            }
        }
    }
    let (length, from, mut found) = best?;
    let share = 100 * length / folded.len().max(1);
    for one in &mut found {
        one.score = u16::try_from(400 + 4 * share).unwrap_or(800);
        one.why = Why::Overlap;
    }
    Some((from == 0 && share >= MOST_OF_IT, found))
}

fn by_spelling<I: Copy + Ord + std::hash::Hash>(
    labels: &HashMap<String, Vec<(I, LabelKind)>>,
    folded: &str,
) -> (bool, Vec<Found<I>>) {
    if folded.len() < 5 || folded.len() > LONGEST {
        return (false, Vec::new());
    }
    let mut best: HashMap<I, u16> = HashMap::new();
    for (label, carriers) in labels {
        if label.len().abs_diff(folded.len()) > 1 + folded.len() / 4 {
            continue;
        }
        let likeness = likeness(folded, label);
        if likeness >= NEAR {
            for (concept, _) in carriers {
                let known = best.entry(*concept).or_default();
                *known = likeness.max(*known);
            }
        }
    }
    let mut found: Vec<_> = best
        .into_iter()
        .map(|(concept, score)| Found { concept, score: score.min(940), why: Why::Spelling })
        .collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.score), one.concept));
    let best = found.first().map(|one| one.score);
    let alone = found.iter().filter(|one| Some(one.score) == best).count() == 1;
    (alone && best >= Some(SURE), found)
}

/// Likeness of two folded texts in thousandths: 1 − edits / length of the longer, a swap of neighbours being one edit.
fn likeness(a: &str, b: &str) -> u16 {
    let longest = a.chars().count().max(b.chars().count()).max(1);
    let edits = strsim::damerau_levenshtein(a, b).min(longest);
    u16::try_from(1000 * (longest - edits) / longest).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, status: LinkStatus, first: Option<&str>) {
        let link = Vocabulary::starter().link(LinkKind::Occupation, title, 5);
        assert_eq!(
            (link.status, link.matches.first().map(|one| one.id.as_str())),
            (status, first),
            "{link:?}"
        );
    }

    #[test]
    fn titles_are_found_as_people_write_them() {
        let cook = Some("occupation/5120-cook");
        check("kok", LinkStatus::Linked, cook);
        check("KOK (m/v)", LinkStatus::Linked, cook);
        check("Kok 32 uur per week", LinkStatus::Linked, cook);
        check("kokkin", LinkStatus::Linked, cook);
        check("verpleegkundige niveau 4", LinkStatus::Linked, Some("occupation/2221-nurse"));
        check("vrachtwagenchaufeur", LinkStatus::Linked, Some("occupation/8332-truck-driver"));
    }

    #[test]
    fn an_assistant_nurse_is_no_nurse() {
        let link = Vocabulary::starter().link(LinkKind::Occupation, "assistent-verpleegkundige", 5);
        assert_eq!(link.matches[0].id, "occupation/5321-assistant-nurse");
        assert_eq!(link.matches.len(), 1);
    }

    #[test]
    fn a_word_before_a_title_may_change_the_work() {
        check("planner verpleegkundige", LinkStatus::Unsure, Some("occupation/2221-nurse"));
        assert!(Vocabulary::starter().find_occupations("planner verpleegkundige").is_empty());
        check("ervaren allround kok", LinkStatus::Linked, Some("occupation/5120-cook"));
        check("Zorgcoach (verpleegkundige)", LinkStatus::None, None);
        check("Lasser MIG/MAG", LinkStatus::Linked, Some("occupation/7212-welder"));
    }

    #[test]
    fn nonsense_is_not_guessed() {
        check("xyzzy plugh", LinkStatus::None, None);
        check("", LinkStatus::None, None);
        check("(m/v)", LinkStatus::None, None);
    }
}
