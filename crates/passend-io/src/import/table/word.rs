// SPDX-License-Identifier: EUPL-1.2
//! Words that mean something in any column: nothing, yes, no; and how words are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters without accents.
fn small(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase)
}

/// Words as they are compared: small letters without accents, without points, one space between them.
pub(super) fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in small(text).filter(|c| *c != '.') {
        if c.is_alphanumeric() {
            words.push(c);
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// The letters and digits of the name of a column.
pub(super) fn name(text: &str) -> String {
    small(text).filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a cell says that there is nothing, or that it is not known.
pub(super) fn is_nothing(cell: &str) -> bool {
    let text = super::grid::clean(cell);
    text.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '?' | '/' | '_' | ' '))
        || matches!(
            plain(text).as_str(),
            "nvt"
                | "n v t"
                | "niet van toepassing"
                | "n a"
                | "na"
                | "not applicable"
                | "onbekend"
                | "onbek"
                | "niet bekend"
                | "nog niet bekend"
                | "nnb"
                | "ntb"
                | "tbd"
                | "unknown"
                | "not known"
                | "geen gegevens"
                | "geen opgave"
                | "niet ingevuld"
                | "niet gevraagd"
                | "leeg"
                | "null"
                | "n b"
        )
}

/// Whether only question marks are left of a text that had letters.
pub(super) fn is_lost(cell: &str) -> bool {
    let mut words = cell.split_whitespace().filter(|word| word.starts_with(['?', '(']));
    let is_lost = |word: &&str| {
        word.len() >= 3 && word.bytes().all(|byte| matches!(byte, b'?' | b'(' | b')'))
    };
    words.any(|word| is_lost(&word))
}

/// Yes or no; `None` for anything else.
pub(super) fn yes_no(cell: &str) -> Option<bool> {
    if matches!(cell.trim(), "✓" | "✔" | "√" | "☑" | "☒") {
        return Some(true);
    }
    match plain(cell).as_str() {
        "ja" | "j" | "yes" | "y" | "true" | "waar" | "1" | "x" | "aanwezig" | "akkoord" => {
            Some(true)
        }
        "nee" | "n" | "no" | "false" | "onwaar" | "0" | "neen" | "geen" | "niet aanwezig" => {
            Some(false)
        }
        _ => None,
    }
}

/// A text of which letters became `a` and digits `9`, at most so long that its form can be seen.
pub(super) fn masked(text: &str) -> String {
    const SHOWN: usize = 30;
    let mask = |c: char| match c {
        c if c.is_numeric() => '9',
        c if c.is_alphabetic() => 'a',
        c if c.is_control() || c.is_whitespace() => ' ',
        c if c.is_ascii() || matches!(c, '€' | '–' | '—' | '…' | '’' | '‘') => c,
        _ => 'a',
    };
    let mut shown: String = text.chars().take(SHOWN).map(mask).collect();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

/// The names of a cell, at `;`, `|`, `/` with spaces, line breaks, and commas outside brackets.
pub(super) fn list(cell: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let cut = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        matches!(c, ';' | '|' | '\n' | '\r' | '•' | '·') || (c == ',' && depth == 0)
    };
    cell.split(cut)
        .map(|part| {
            super::grid::clean(part).trim_start_matches(['-', '*', ' ']).trim_end_matches('.')
        })
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_in_many_ways() {
        for cell in [
            "",
            " ",
            "-",
            "–",
            "n.v.t.",
            "N.V.T",
            "nvt",
            "n/a",
            "onbekend",
            "?",
            "Niet bekend",
            "\u{A0}",
        ] {
            assert!(is_nothing(cell), "{cell}");
        }
        for cell in ["geen", "0", "nee", "NaN", "natuur", "B"] {
            assert!(!is_nothing(cell), "{cell}");
        }
    }

    #[test]
    fn yes_and_no_are_words_of_a_list() {
        for cell in ["Ja", "j", "YES", "x", "1", "✓", "waar"] {
            assert_eq!(yes_no(cell), Some(true), "{cell}");
        }
        for cell in ["nee", "N", "No", "0", "onwaar"] {
            assert_eq!(yes_no(cell), Some(false), "{cell}");
        }
        for cell in ["in overleg", "BIG vereist", "ja, mits", "misschien", "2", ""] {
            assert_eq!(yes_no(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_mask_keeps_the_form_alone() {
        assert_eq!(masked("Zoë 12-ab (محمد)"), "aaa 99-aa (aaaa)");
        assert_eq!(masked(&"x".repeat(40)), format!("{}…", "a".repeat(30)));
    }

    #[test]
    fn a_list_is_cut_outside_brackets() {
        assert_eq!(
            list("Turks, Engels (matig, oud); Frans\n- Pools."),
            ["Turks", "Engels (matig, oud)", "Frans", "Pools"]
        );
        assert_eq!(list(" ,; "), Vec::<&str>::new());
    }

    #[test]
    fn lost_letters_are_seen() {
        assert!(is_lost("????? (Olena) ??????"));
        assert!(!is_lost("Waarom?"));
        assert!(!is_lost("?"));
    }
}
