// SPDX-License-Identifier: EUPL-1.2
//! A title or skill text as words: case, accents, forms of letters, plurals and the words around a title taken off.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A word of a text, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) place: Place,
}

/// Where a word stands in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the text itself.
    Main,
    /// In brackets, or behind a dash: more often a place, a team or a contract than the work.
    Aside,
}

/// Words that adverts put around a title: hours, contract, level. They rarely tell two occupations apart.
const NOISE: &[&str] = &[
    "uur",
    "uren",
    "per",
    "week",
    "fulltime",
    "parttime",
    "voltijd",
    "deeltijd",
    "gezocht",
    "gevraagd",
    "vacature",
    "vacatures",
    "ervaren",
    "beginnend",
    "startend",
    "direct",
    "starten",
    "urgent",
    "wanted",
    "hiring",
    "needed",
    "hours",
    "full",
    "part",
    "time",
    "regio",
    "omgeving",
    "junior",
    "medior",
    "allround",
    "gediplomeerd",
    "experienced",
    "zelfstandig",
    "werkend",
    "tijdelijk",
    "vaste",
    "temporary",
    "permanent",
    "contract",
    "freelance",
    "zzp",
    "niveau",
    "level",
    "rijbewijs",
];

/// Words without a meaning of their own, Dutch and English.
const LITTLE: &[&str] = &[
    "de", "het", "een", "en", "of", "in", "te", "bij", "voor", "van", "op", "met", "aan", "tot",
    "als", "om", "uit", "the", "a", "an", "and", "or", "for", "to", "at", "on", "with", "by",
    "from", "as", "der", "die", "das", "und", "oder", "für", "im", "et", "ou", "du", "des", "la",
    "le", "les", "aux", "i", "w", "z", "та", "і", "и", "в", "з",
];

/// Of a longer word the first letters count.
const LONGEST: usize = 40;

/// The marks of gender in adverts: `m/v`, `v/m/x`, `f/m/d`, each a letter on its own.
const GENDERS: [&str; 7] = ["m", "v", "x", "f", "d", "w", "h"];

/// The words of a text in order, noise and all.
pub(crate) fn raw_words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut word = String::new();
    let mut depth = 0u32;
    let mut dashed = false;
    let mut end = |word: &mut String, depth: u32, dashed: bool| {
        if !word.is_empty() {
            let place = if depth > 0 || dashed { Place::Aside } else { Place::Main };
            let text = std::mem::take(word);
            let text = match text.char_indices().nth(LONGEST) {
                Some(_) => text.chars().take(LONGEST).collect(),
                None => text,
            };
            words.push(Word { text, place });
        }
    };
    let mut before = ' ';
    let folded: Vec<char> = text.nfkc().flat_map(char::to_lowercase).collect();
    for (at, c) in folded.iter().copied().enumerate() {
        let next = folded.get(at + 1).copied().unwrap_or(' ');
        if push_letter(&mut word, c) {
        } else {
            match c {
                '+' | '#' if !word.is_empty() => word.push(c),
                '\'' | '’' | '`' | '´' => {}
                // A dot inside a word belongs to it: `.net`, `b.v.`.
                _ => {
                    end(&mut word, depth, dashed);
                    match c {
                        '(' | '[' | '{' => depth += 1,
                        ')' | ']' | '}' => depth = depth.saturating_sub(1),
                        '-' | '–' | '—' | '|' | ':' if before == ' ' && next == ' ' => {
                            dashed = true;
                        }
                        _ => {}
                    }
                }
            }
        }
        before = c;
    }
    end(&mut word, depth, dashed);
    words
}

/// Adds the folded form of a character to a word; false if it belongs to no word.
///
/// Accents of Latin letters go. Cyrillic letters keep theirs, since і, ї, є, ґ and й are letters of their own. Arabic loses
/// its vowel signs and lengthening, and the forms of alef, yeh, kaf and teh marbuta that writers mix become one.
fn push_letter(word: &mut String, c: char) -> bool {
    match c {
        'ß' => word.push_str("ss"),
        'ø' => word.push('o'),
        'æ' => word.push_str("ae"),
        'œ' => word.push_str("oe"),
        'ł' => word.push('l'),
        'đ' => word.push('d'),
        'ı' => word.push('i'),
        'ё' => word.push('е'),
        'أ' | 'إ' | 'آ' | 'ٱ' => word.push('ا'),
        'ى' | 'ی' | 'ئ' => word.push('ي'),
        'ؤ' => word.push('و'),
        'ة' | 'ۀ' => word.push('ه'),
        'ک' => word.push('ك'),
        'ـ' => {}
        '\u{200c}' | '\u{200d}' | '\u{ad}' => {}
        'а'..='я' | 'ѐ'..='џ' | 'ґ' => word.push(c),
        _ if c.is_ascii_alphanumeric() => word.push(c),
        _ if is_combining_mark(c) => {}
        _ if c.is_alphanumeric() => {
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    word.push(part);
                }
            });
        }
        _ => return false,
    }
    true
}

/// Whether a word carries no meaning.
pub(crate) fn is_little(word: &str) -> bool {
    LITTLE.contains(&word)
}

/// The words of a text without gender marks, noise and small words. A text of noise alone keeps its words.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let raw = without_genders(&raw_words(text));
    let kept: Vec<Word> = raw.iter().filter(|word| !is_noise(&word.text)).cloned().collect();
    if kept.is_empty() { raw } else { kept }
}

fn is_noise(word: &str) -> bool {
    NOISE.contains(&word) || is_little(word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

fn without_genders(words: &[Word]) -> Vec<Word> {
    let is_mark = |word: &Word| GENDERS.contains(&word.text.as_str());
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let run =
            words.get(at..).unwrap_or_default().iter().take_while(|word| is_mark(word)).count();
        if run >= 2 {
            at += run;
        } else {
            kept.push(word.clone());
            at += 1;
        }
    }
    kept
}

/// One form for singular and plural: `engineers` → `engineer`, `studies` → `study`, `monteurs` → `monteur`.
pub(crate) fn stem(word: &str) -> String {
    if word.len() < 4 || !word.is_ascii() {
        return word.to_owned();
    }
    if let Some(base) = word.strip_suffix("ies") {
        return format!("{base}y");
    }
    for end in ["sses", "shes", "ches", "xes"] {
        if word.ends_with(end) {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(base) if !base.ends_with(['s', 'u', 'i']) => base.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn what_adverts_add_goes() {
        check("Monteur auto's (m/v/x) 32 uur per week", &["monteur", "autos"]);
        check("verpleegkundige niveau 4", &["verpleegkundige"]);
        check("Vrachtwagenchauffeur CE", &["vrachtwagenchauffeur", "ce"]); // names a job of its own
        check("teacher of mathematics", &["teacher", "mathematics"]);
        check("m/v", &[]);
    }

    #[test]
    fn noise_alone_stays() {
        check("contract", &["contract"]);
    }

    #[test]
    fn forms_of_letters_are_one() {
        check("Caissière DIËTIST Straße", &["caissiere", "dietist", "strasse"]);
        check("dieti\u{308}st", &["dietist"]);
        check("\u{132}sbereider", &["ijsbereider"]); // the letter Ĳ
        check("C++ C# .NET", &["c++", "c#", "net"]);
        check("أَحمد مُـعَلِّمة", &["احمد", "معلمه"]);
    }

    #[test]
    fn ukrainian_letters_stay_apart() {
        check("Кухар ЇЖА Ґанок", &["кухар", "їжа", "ґанок"]);
        check("водій", &["водій"]);
    }

    #[test]
    fn what_stands_aside_is_known() {
        let places = |text| words(text).into_iter().map(|word| word.place).collect::<Vec<_>>();
        assert_eq!(places("Kok (Groningen)"), [Place::Main, Place::Aside]);
        assert_eq!(places("Kok - Groningen"), [Place::Main, Place::Aside]);
        assert_eq!(places("chef-kok"), [Place::Main, Place::Main]);
    }

    #[test]
    fn plurals_have_a_singular() {
        let stems = ["engineers", "studies", "coaches", "boss", "bus", "monteur"].map(stem);
        assert_eq!(stems, ["engineer", "study", "coach", "boss", "bus", "monteur"]);
    }
}
