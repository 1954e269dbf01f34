// SPDX-License-Identifier: EUPL-1.2
//! The parts of a Dutch compound, told by the words that the vocabulary itself uses.

use std::collections::HashMap;

/// A part has at least this many letters; shorter ones are found everywhere.
const SHORTEST: usize = 4;
/// What may stand between two parts: `bedrijf-s-leider`, `dier-en-arts`.
pub(crate) const LINKS: [&str; 3] = ["s", "en", "e"];
/// Longer words are no compounds that people read.
const LONGEST: usize = 40;

/// The best way to end at a place of the word.
#[derive(Debug, Clone, Copy)]
struct Way {
    parts: u32,
    /// Sum of squares of the lengths of the parts: one long part rather than two middling ones.
    size: usize,
    from: usize,
    until: usize,
}

/// The parts of a word, in order; none if it is no compound of at least two words that `counts` has twice.
pub(crate) fn parts(word: &str, counts: &HashMap<String, u32>) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let length = letters.len();
    if !(2 * SHORTEST..=LONGEST).contains(&length) {
        return Vec::new();
    }
    let text = |from: usize, until: usize| -> String {
        letters.get(from..until).unwrap_or_default().iter().collect()
    };
    let is_known = |part: &str| counts.get(part).is_some_and(|count| *count >= 2);
    let mut best: Vec<Option<Way>> = vec![None; length + 1];
    if let Some(first) = best.first_mut() {
        *first = Some(Way { parts: 0, size: 0, from: 0, until: 0 });
    }
    for from in 0..=length - SHORTEST {
        let Some(before) = best.get(from).copied().flatten() else { continue };
        for until in from + SHORTEST..=length {
            if until - from == length || !is_known(&text(from, until)) {
                continue;
            }
            let way = Way {
                parts: before.parts + 1,
                size: before.size + (until - from) * (until - from),
                from,
                until,
            };
            let ends = LINKS.iter().filter(|link| text(until, until + link.len()) == **link);
            for end in std::iter::once(until).chain(ends.map(|link| until + link.len())) {
                // A link joins two parts; it does not end the word.
                if end == length && end != until {
                    continue;
                }
                if let Some(place) = best.get_mut(end)
                    && place.is_none_or(|old| (old.parts, way.size) > (way.parts, old.size))
                {
                    *place = Some(way);
                }
            }
        }
    }
    let mut found = Vec::new();
    let mut end = length;
    while let Some(way) = best.get(end).copied().flatten() {
        if end == 0 {
            break;
        }
        found.push(text(way.from, way.until));
        end = way.from;
    }
    found.reverse();
    if found.len() < 2 { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &[&str]) {
        let words = [
            "vrachtwagen",
            "chauffeur",
            "bedrijf",
            "leider",
            "dier",
            "arts",
            "auto",
            "monteur",
            "wagen",
        ];
        let counts = words.iter().map(|word| ((*word).to_owned(), 2)).collect();
        assert_eq!(parts(word, &counts), expected);
    }

    #[test]
    fn compounds_are_split_at_known_words() {
        check("vrachtwagenchauffeur", &["vrachtwagen", "chauffeur"]);
        check("automonteur", &["auto", "monteur"]);
        check("bedrijfsleider", &["bedrijf", "leider"]);
        check("dierenarts", &["dier", "arts"]);
    }

    #[test]
    fn other_words_stay_whole() {
        check("chauffeur", &[]);
        check("monteurs", &[]);
        check("zorgcoach", &[]);
        check("", &[]);
    }
}
