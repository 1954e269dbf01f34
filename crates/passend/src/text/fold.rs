// SPDX-License-Identifier: EUPL-1.2
//! Labels folded for comparison.

use unicode_normalization::UnicodeNormalization;

/// The form of a label in which case, accents, punctuation and `m/v` do not matter; words are separated by one space.
///
/// Letters that are their own letter are written out: `ß` as `ss`, `ø` as `o`, `ij` as it is. Signs that are part of a
/// name stay: `c++` and `c#` differ. A text of punctuation alone folds to nothing.
///
/// ```
/// # use passend::fold;
/// assert_eq!(fold("Caissière (m/v/x)"), "caissiere");
/// assert_eq!(fold("  Kok / zelfstandig werkend kok "), "kok zelfstandig werkend kok");
/// assert_eq!(fold("C++-programmeur"), "c++ programmeur");
/// assert_eq!(fold("---"), "");
/// ```
pub fn fold(label: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in label.nfkd().flat_map(char::to_lowercase).chain([' ']) {
        match c {
            'ß' => word.push_str("ss"),
            'ø' => word.push('o'),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'ł' => word.push('l'),
            'đ' => word.push('d'),
            _ if c.is_alphanumeric() => word.push(c),
            '+' | '#' if !word.is_empty() => word.push(c),
            _ if unicode_normalization::char::is_combining_mark(c)
                || matches!(c, '\'' | '’' | '`') => {}
            _ if !word.is_empty() => words.push(std::mem::take(&mut word)),
            _ => {}
        }
    }
    without_gender_marks(&words).join(" ")
}

/// Drops `m/v`, `v/m`, `m/v/x`, `f/m/d` and their like, which stand as single letters after folding.
fn without_gender_marks(words: &[String]) -> Vec<&str> {
    const MARKS: [&str; 6] = ["m", "v", "x", "f", "d", "w"];
    let is_mark = |word: &String| MARKS.contains(&word.as_str());
    let mut kept = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some((word, after)) = rest.split_first() {
        let run = rest.iter().take_while(|word| is_mark(word)).count();
        if run >= 2 {
            rest = rest.get(run..).unwrap_or_default();
        } else {
            kept.push(word.as_str());
            rest = after;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(label: &str, expected: &str) {
        assert_eq!(fold(label), expected);
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        check("DIËTIST", "dietist");
        check("Die\u{308}tist", "dietist");
        check("ÇÖMERT", "comert");
        check("Straße", "strasse");
    }

    #[test]
    fn gender_marks_go_but_single_letters_stay() {
        check("monteur auto's (m/v)", "monteur autos");
        check("Verpleegkundige m/v/x", "verpleegkundige");
        check("chauffeur D", "chauffeur d");
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        check("Кухар", "кухар");
        check("طباخ", "طباخ");
    }
}
