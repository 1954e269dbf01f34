// SPDX-License-Identifier: EUPL-1.2
//! Levels of languages as people write them, and the names of languages.

use passend::Cefr;
use serde_json::{Value, json};

use super::number::Reading;
use super::word::{is_nothing, list, plain};

/// The lowest and highest level that a cell leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Levels {
    pub(super) min: Cefr,
    pub(super) max: Cefr,
}

impl Levels {
    fn between(min: Cefr, max: Cefr) -> Self {
        Self { min: min.min(max), max: min.max(max) }
    }

    pub(super) fn json(self) -> Value {
        if self.min == self.max {
            return json!(self.min.code());
        }
        json!({"min": self.min.code(), "max": self.max.code()})
    }
}

/// Words for levels. No official table says what a word is worth: each is a range as wide as the words are vague.
const WORDS: &[(&[&str], Cefr, Cefr)] = &[
    (
        &[
            "geen",
            "none",
            "niet",
            "spreekt geen nederlands",
            "nul",
            "alfa",
            "analfabeet",
            "alfabetisering",
            "alfabetiseringstraject",
            "lager dan a1",
            "onder a1",
            "below a1",
            "pre a1",
            "start",
        ],
        Cefr::A0,
        Cefr::A0,
    ),
    (
        &[
            "beginner",
            "beginnend",
            "zeer beperkt",
            "enkele woorden",
            "minimaal",
            "slecht",
            "zwak",
            "poor",
            "very basic",
        ],
        Cefr::A0,
        Cefr::A1,
    ),
    (
        &["basis", "basic", "beperkt", "matig", "redelijk", "fair", "limited", "elementair"],
        Cefr::A1,
        Cefr::A2,
    ),
    (&["voldoende", "sufficient", "gemiddeld", "intermediate", "behoorlijk"], Cefr::A2, Cefr::B1),
    (
        &["inburgeringsexamen behaald", "inburgeringsexamen", "inburgeringsdiploma", "ingeburgerd"],
        Cefr::A2,
        Cefr::B1,
    ),
    (&["goed", "good", "ruim voldoende"], Cefr::B1, Cefr::B2),
    (
        &[
            "nt2 programma i",
            "nt2 programma 1",
            "staatsexamen i",
            "staatsexamen 1",
            "staatsexamen nt2 i",
            "staatsexamen nt2 1",
            "nt2 i",
            "nt2 1",
            "programma i",
            "2f",
        ],
        Cefr::B1,
        Cefr::B1,
    ),
    (
        &[
            "nt2 programma ii",
            "nt2 programma 2",
            "staatsexamen ii",
            "staatsexamen 2",
            "staatsexamen nt2 ii",
            "staatsexamen nt2 2",
            "nt2 ii",
            "nt2 2",
            "programma ii",
            "3f",
        ],
        Cefr::B2,
        Cefr::B2,
    ),
    (&["1f"], Cefr::A2, Cefr::A2),
    (&["4f"], Cefr::C1, Cefr::C1),
    (
        &[
            "zeer goed",
            "uitstekend",
            "vloeiend",
            "fluent",
            "excellent",
            "very good",
            "moedertaal",
            "moedertaalniveau",
            "native",
            "native speaker",
            "near native",
            "mother tongue",
        ],
        Cefr::C1,
        Cefr::C2,
    ),
];

/// The level that a cell says. A level that does not exist (`A3`) is wrong; words outside the table are unclear.
///
/// `is_code` says that the column holds the codes of VUM, in which 0, 7, 8 and 9 are no knowledge.
pub(super) fn levels(cell: &str, is_code: bool) -> Reading<Levels> {
    if is_nothing(cell) {
        return Reading::Nothing;
    }
    if is_code || cell.trim() == "0" {
        let range = match cell.trim() {
            // "0" is no level at all, or "none" by somebody who counts levels from 0: not known either way.
            "0" | "7" | "8" | "9" => return Reading::Nothing,
            "1" => Some((Cefr::A0, Cefr::A0)),
            "2" => Some((Cefr::A1, Cefr::A2)),
            "3" => Some((Cefr::B1, Cefr::B2)),
            "4" => Some((Cefr::C1, Cefr::C2)),
            _ => None,
        };
        if let Some((min, max)) = range {
            return Reading::Known(Levels::between(min, max));
        }
    }
    let text = cell.to_lowercase();
    let mut found: Option<Levels> = None;
    for word in text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '-' | '<' | '>'))) {
        // "a2-b1" is two levels, "b1-" is a little less than one.
        for part in split_range(word) {
            let level = match one_level(part) {
                Reading::Known(level) => level,
                Reading::Wrong => return Reading::Wrong,
                Reading::Nothing | Reading::Unclear => continue,
            };
            found = Some(found.map_or(level, |known| Levels {
                min: known.min.min(level.min),
                max: known.max.max(level.max),
            }));
        }
    }
    let words = plain(cell);
    if let Some(levels) = found {
        // On the way to a level is not there yet.
        const ON_THE_WAY: &[&str] =
            &["op weg", "richting", "naar", "bezig met", "volgt", "in opleiding", "streef"];
        if ON_THE_WAY.iter().any(|phrase| words.contains(phrase)) {
            return Reading::Unclear;
        }
        return Reading::Known(levels);
    }
    worded(&words).map_or(Reading::Unclear, Reading::Known)
}

fn worded(words: &str) -> Option<Levels> {
    let row = WORDS.iter().find(|(names, ..)| names.contains(&words))?;
    Some(Levels::between(row.1, row.2))
}

fn split_range(word: &str) -> Vec<&str> {
    match word.split_once('-') {
        Some((first, second)) if second.starts_with(|c: char| c.is_alphabetic()) => {
            vec![first, second]
        }
        _ => vec![word],
    }
}

fn one_level(word: &str) -> Reading<Levels> {
    let below = word.starts_with('<');
    let above = word.starts_with('>');
    let bare = word.trim_start_matches(['<', '>', '-', '+']);
    let mut characters = bare.chars();
    let (Some(letter), Some(digit)) = (characters.next(), characters.next()) else {
        return Reading::Nothing;
    };
    let end = characters.as_str();
    if !letter.is_ascii_alphabetic()
        || !digit.is_ascii_digit()
        || !matches!(end, "" | "+" | "-" | "++" | "--")
    {
        return Reading::Nothing;
    }
    let exact = match (letter, digit) {
        ('a', '0') => Cefr::A0,
        ('a', '1') => Cefr::A1,
        ('a', '2') => Cefr::A2,
        ('b', '1') => Cefr::B1,
        ('b', '2') => Cefr::B2,
        ('c', '1') => Cefr::C1,
        ('c', '2') => Cefr::C2,
        ('a'..='f', _) => return Reading::Wrong,
        _ => return Reading::Nothing,
    };
    let next = |up: bool| {
        let rank = exact.rank();
        Cefr::from_rank(if up { (rank + 1).min(6) } else { rank.saturating_sub(1) })
    };
    Reading::Known(match end {
        _ if below => Levels::between(Cefr::A0, next(false)),
        _ if above => Levels::between(next(true), Cefr::C2),
        "-" | "--" => Levels::between(next(false), exact),
        "+" | "++" => Levels::between(exact, next(true)),
        _ => Levels::between(exact, exact),
    })
}

/// Languages by their names in Dutch and English, and how some are written in exports.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("nl", &["nederlands", "nederlandse", "dutch", "nt2", "vlaams", "ned"]),
    ("en", &["engels", "engelse", "english", "eng"]),
    ("de", &["duits", "german"]),
    ("fr", &["frans", "french"]),
    ("es", &["spaans", "spanish"]),
    ("it", &["italiaans", "italian"]),
    ("pt", &["portugees", "portuguese"]),
    ("pl", &["pools", "polish"]),
    ("ro", &["roemeens", "romanian"]),
    ("bg", &["bulgaars", "bulgarian"]),
    ("hu", &["hongaars", "hungarian"]),
    ("el", &["grieks", "greek"]),
    ("uk", &["oekraiens", "ukrainian"]),
    ("ru", &["russisch", "russian"]),
    ("be", &["wit russisch", "belarusian"]),
    ("ar", &["arabisch", "arabic"]),
    ("ti", &["tigrinya", "tigrigna", "tigrinja", "tigrigya"]),
    ("am", &["amhaars", "amharisch", "amharic"]),
    ("om", &["oromo", "afaan oromo"]),
    ("so", &["somalisch", "somali"]),
    ("sw", &["swahili", "kiswahili"]),
    ("ln", &["lingala"]),
    ("rw", &["kinyarwanda"]),
    ("rn", &["kirundi"]),
    ("fa", &["farsi", "perzisch", "persian"]),
    ("prs", &["dari"]),
    ("ps", &["pasjtoe", "pashto", "pasjto", "pashtu"]),
    ("uz", &["oezbeeks", "uzbek"]),
    ("tg", &["tadzjieks", "tajik"]),
    ("ku", &["koerdisch", "kurdish"]),
    ("kmr", &["kurmanji", "kurmandji"]),
    ("ckb", &["sorani"]),
    ("tr", &["turks", "turkish"]),
    ("az", &["azeri", "azerbeidzjaans", "azerbaijani"]),
    ("hy", &["armeens", "armenian"]),
    ("ka", &["georgisch", "georgian"]),
    ("ur", &["urdu"]),
    ("hi", &["hindi"]),
    ("bn", &["bengaals", "bengali"]),
    ("pa", &["punjabi", "panjabi"]),
    ("ta", &["tamil"]),
    ("zh", &["chinees", "chinese", "mandarijn", "mandarin"]),
    ("vi", &["vietnamees", "vietnamese"]),
    ("id", &["indonesisch", "indonesian"]),
    ("th", &["thais", "thai"]),
    ("sq", &["albanees", "albanian"]),
    ("sr", &["servisch", "serbian"]),
    ("hr", &["kroatisch", "croatian"]),
    ("bs", &["bosnisch", "bosnian"]),
    ("mk", &["macedonisch", "macedonian"]),
    ("cs", &["tsjechisch", "czech"]),
    ("sk", &["slowaaks", "slovak"]),
    ("lt", &["litouws", "lithuanian"]),
    ("lv", &["lets", "latvian"]),
    ("fy", &["fries", "frisian"]),
    ("pap", &["papiaments", "papiamento"]),
    ("srn", &["sranan", "sranantongo", "surinaams"]),
    ("zgh", &["berber", "tamazight"]),
    ("rif", &["tarifit", "riffijns"]),
    ("ff", &["fula", "fulani", "pular"]),
    ("man", &["mandinka"]),
    ("wo", &["wolof"]),
    ("ha", &["hausa"]),
    ("yo", &["yoruba"]),
    ("ig", &["igbo"]),
    ("sgn", &["gebarentaal"]),
];

/// The code of a language, by its code or its name, and the words that are left.
pub(super) fn language(text: &str) -> Option<(String, String)> {
    let words = plain(text);
    let all: Vec<&str> = words.split(' ').collect();
    for (at, word) in all.iter().enumerate() {
        let pair = all.get(at..at + 2).map(|pair| pair.join(" ")).unwrap_or_default();
        let found = LANGUAGES
            .iter()
            .find(|(_, names)| names.contains(word) || names.contains(&pair.as_str()));
        if let Some((code, names)) = found {
            let taken = if names.contains(word) { 1 } else { 2 };
            let before = all.get(..at).unwrap_or_default();
            let after = all.get(at + taken..).unwrap_or_default();
            return Some(((*code).to_owned(), [before, after].concat().join(" ")));
        }
    }
    // A code alone: `nld`, `ar`.
    let is_code = all.len() == 1
        && matches!(words.len(), 2 | 3)
        && words.bytes().all(|b| b.is_ascii_lowercase());
    (is_code && text.trim().eq_ignore_ascii_case(&words)).then(|| (words.clone(), String::new()))
}

/// A language of a list, and the level beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) code: String,
    pub(super) levels: Option<Levels>,
}

/// The languages of a cell: `Turks, Engels (matig)`; `None` when a name is not known.
pub(super) fn languages(cell: &str) -> Option<Vec<Spoken>> {
    let mut spoken: Vec<Spoken> = Vec::new();
    for part in list(cell) {
        for one in part.split('/').filter(|one| !super::grid::clean(one).is_empty()) {
            // "A1/A2" belongs to the language before it.
            match language(one) {
                Some((code, rest)) => {
                    let levels = match levels(rest_of(one, &rest), false) {
                        Reading::Known(levels) => Some(levels),
                        _ => worded(&rest),
                    };
                    if !spoken.iter().any(|known| known.code == code) {
                        spoken.push(Spoken { code, levels });
                    }
                }
                None => match (levels(one, false), spoken.last_mut()) {
                    (Reading::Known(second), Some(last)) => {
                        let first = last.levels.unwrap_or(second);
                        last.levels = Some(Levels {
                            min: first.min.min(second.min),
                            max: first.max.max(second.max),
                        });
                    }
                    _ => return None,
                },
            }
        }
    }
    Some(spoken)
}

/// The text itself where the words that are left have a level with a sign in it.
fn rest_of<'a>(text: &'a str, rest: &'a str) -> &'a str {
    if text.contains(['+', '-', '<']) { text } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: &str) {
        let said = match levels(cell, false) {
            Reading::Known(levels) if levels.min == levels.max => levels.min.code().to_owned(),
            Reading::Known(levels) => format!("{}..{}", levels.min.code(), levels.max.code()),
            other => format!("{other:?}"),
        };
        assert_eq!(said, expected, "{cell}");
    }

    #[test]
    fn levels_are_read_as_ranges_where_they_are_vague() {
        check("A2", "A2");
        check("b1 ", "B1");
        check("a2\u{A0}", "A2");
        check("A1/A2", "A1..A2");
        check("A2-B1", "A2..B1");
        check("A2 tot B1", "A2..B1");
        check("B1-", "A2..B1");
        check("B1+", "B1..B2");
        check("<A1", "A0");
        check("alfa", "A0");
        check("redelijk", "A1..A2");
        check("Zeer goed", "C1..C2");
        check("NT2 programma II", "B2");
        check("inburgeringsexamen behaald", "A2..B1");
        check("niveau A2 (getoetst)", "A2");
        check("Nederlands A2", "A2");
    }

    #[test]
    fn what_is_no_level_stays_unknown_or_is_wrong() {
        check("A3", "Wrong");
        check("D1", "Wrong");
        check("bezig met A2", "Unclear");
        check("spreekt aardig", "Unclear");
        check("n.v.t.", "Nothing");
        check("0", "Nothing");
        check("5", "Unclear");
    }

    #[test]
    fn codes_of_vum_without_knowledge_are_not_low() {
        let code = |cell| levels(cell, true);
        assert_eq!(code("8"), Reading::Nothing);
        assert_eq!(code("1"), Reading::Known(Levels { min: Cefr::A0, max: Cefr::A0 }));
        assert_eq!(code("4"), Reading::Known(Levels { min: Cefr::C1, max: Cefr::C2 }));
    }

    #[track_caller]
    fn check_list(cell: &str, expected: Option<&[(&str, Option<&str>)]>) {
        let found = languages(cell).map(|all| {
            all.into_iter()
                .map(|one| (one.code, one.levels.map(|levels| levels.json().to_string())))
                .collect::<Vec<_>>()
        });
        let expected = expected.map(|all| {
            all.iter()
                .map(|(code, level)| ((*code).to_owned(), level.map(str::to_owned)))
                .collect::<Vec<_>>()
        });
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn languages_have_their_levels_beside_them() {
        check_list(
            "Turks, Koerdisch, Engels (matig)",
            Some(&[("tr", None), ("ku", None), ("en", Some(r#"{"max":"A2","min":"A1"}"#))]),
        );
        check_list("Oekraïens/Russisch", Some(&[("uk", None), ("ru", None)]));
        check_list(
            "Engels B1; Nederlands A1/A2",
            Some(&[("en", Some("\"B1\"")), ("nl", Some(r#"{"max":"A2","min":"A1"}"#))]),
        );
        check_list("Arabisch (moedertaal)", Some(&[("ar", Some(r#"{"max":"C2","min":"C1"}"#))]));
        check_list("Klingon", None);
        check_list("nld", Some(&[("nld", None)]));
    }
}
