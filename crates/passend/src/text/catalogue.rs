// SPDX-License-Identifier: EUPL-1.2
//! The texts that people read, in Dutch and English: `texts.toml` beside this file is the only place.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::model::Day;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

/// A language in which people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

impl Text {
    /// The same text in both languages: a name, a number.
    pub fn same(text: impl Display) -> Self {
        let nl = text.to_string();
        Self { en: nl.clone(), nl }
    }

    /// The text in this language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Nl => &self.nl,
            Lang::En => &self.en,
        }
    }

    /// This text, a space, and another; an empty one adds nothing.
    #[must_use]
    pub(crate) fn and(mut self, other: &Self) -> Self {
        for (text, more) in [(&mut self.nl, &other.nl), (&mut self.en, &other.en)] {
            if !text.is_empty() && !more.is_empty() {
                text.push(' ');
            }
            text.push_str(more);
        }
        self
    }
}

/// A day in words: `20 december 2026`, `20 December 2026`.
impl From<Day> for Text {
    fn from(day: Day) -> Self {
        const NL: [&str; 12] = [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ];
        const EN: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let (year, month, of_month) = day.parts();
        let at = usize::try_from(month - 1).unwrap_or_default();
        let name = |names: [&'static str; 12]| names.get(at).copied().unwrap_or_default();
        Self {
            nl: format!("{of_month} {} {year}", name(NL)),
            en: format!("{of_month} {} {year}", name(EN)),
        }
    }
}

/// What fills the `{names}` of a text.
#[derive(Debug, Default)]
pub(crate) struct Args(Vec<(&'static str, Text)>);

impl Args {
    pub(crate) fn text(mut self, name: &'static str, text: impl Into<Text>) -> Self {
        self.0.push((name, text.into()));
        self
    }

    /// The text with its names filled in: a text of a policy table.
    pub(crate) fn fill(&self, text: &Text) -> Text {
        self.filled(&text.nl, &text.en)
    }

    fn filled(&self, nl: &str, en: &str) -> Text {
        Text { nl: self.filled_in(nl, Lang::Nl), en: self.filled_in(en, Lang::En) }
    }

    fn filled_in(&self, mut rest: &str, lang: Lang) -> String {
        let mut text = String::with_capacity(2 * rest.len());
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let named = after.split_once('}').and_then(|(name, after)| {
                let (_, value) = self.0.iter().find(|(own, _)| *own == name)?;
                Some((value.get(lang), after))
            });
            let (value, after) = named.unwrap_or(("{", after));
            text.push_str(value);
            rest = after;
        }
        text.push_str(rest);
        text
    }

    pub(crate) fn value(self, name: &'static str, value: impl Display) -> Self {
        self.text(name, Text::same(value))
    }
}

/// To whom a text is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Voice {
    /// About the person, to somebody else.
    #[default]
    About,
    /// To the person: "u", "you".
    To,
}

/// A text of the catalogue; with `u` and `you` where it is said otherwise to the person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    nl: String,
    en: String,
    u: Option<String>,
    you: Option<String>,
}

impl Entry {
    fn said(&self, voice: Voice) -> (&str, &str) {
        match (voice, &self.u, &self.you) {
            (Voice::To, Some(u), Some(you)) => (u, you),
            _ => (&self.nl, &self.en),
        }
    }
}

/// The keys of the catalogue; says a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Say(pub(crate) &'static str);

impl Say {
    /// The text without anything to fill in.
    pub(crate) fn plain(self) -> Text {
        self.with(&Args::default())
    }

    /// The text with its names filled in; the key itself if the catalogue lacks it, which a test forbids.
    pub(crate) fn with(self, args: &Args) -> Text {
        self.said(Voice::About, args)
    }

    /// As `with`, in the voice for the reader.
    pub(crate) fn said(self, voice: Voice, args: &Args) -> Text {
        let (nl, en) = catalogue().get(self.0).map_or((self.0, self.0), |entry| entry.said(voice));
        args.filled(nl, en)
    }
}

fn catalogue() -> &'static BTreeMap<String, Entry> {
    static CATALOGUE: OnceLock<BTreeMap<String, Entry>> = OnceLock::new();
    // A catalogue that cannot be read would show keys instead of texts; the tests below read it.
    CATALOGUE.get_or_init(|| toml::from_str(include_str!("texts.toml")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_can_be_read_and_says_everything_twice() {
        let texts: BTreeMap<String, Entry> = toml::from_str(include_str!("texts.toml")).unwrap();
        for (key, text) in &texts {
            assert!(!text.nl.is_empty() && !text.en.is_empty(), "{key}");
            let names = |text: &str| {
                let mut names: Vec<_> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned()))
                    .collect();
                names.sort_unstable();
                names
            };
            assert_eq!(names(&text.nl), names(&text.en), "{key}");
            assert_eq!(text.u.is_some(), text.you.is_some(), "{key}");
            // To the person fewer numbers are said.
            let filled = names(&text.nl);
            let own = text.u.iter().chain(&text.you).flat_map(|own| names(own));
            assert!(own.into_iter().all(|name| filled.contains(&name)), "{key}");
        }
    }

    #[test]
    fn what_is_said_to_the_person_does_not_speak_of_the_person() {
        let texts: BTreeMap<String, Entry> = toml::from_str(include_str!("texts.toml")).unwrap();
        for (key, entry) in &texts {
            let (nl, en) = entry.said(Voice::To);
            let (nl, en) = (nl.to_lowercase(), en.to_lowercase());
            assert!(
                !nl.contains("de persoon") && !nl.contains("iemand anders zijn"),
                "{key}: {nl}"
            );
            assert!(!en.contains("the person"), "{key}: {en}");
        }
    }

    #[test]
    fn no_text_judges() {
        let texts: BTreeMap<String, Entry> = toml::from_str(include_str!("texts.toml")).unwrap();
        let said =
            texts.values().flat_map(|entry| [entry.said(Voice::About), entry.said(Voice::To)]);
        for (nl, en) in said {
            for word in JUDGING {
                assert!(!nl.to_lowercase().contains(word), "{word}: {nl}");
                assert!(!en.to_lowercase().contains(word), "{word}: {en}");
            }
        }
    }

    /// Words that blame or decide; "nu nog niet, omdat" says the same without them.
    const JUDGING: [&str; 22] = [
        "voldoet niet",
        "ongeschikt",
        "afgewezen",
        "onvoldoende",
        "gefaald",
        "mislukt",
        "slecht",
        "illegaal",
        "kansloos",
        "te laag",
        "achterstand",
        "tekortkoming",
        "helaas",
        "unsuitable",
        "rejected",
        "insufficient",
        "failed",
        "failure",
        "illegal",
        "unfit",
        "inadequate",
        "unfortunately",
    ];

    #[test]
    fn every_key_that_the_code_says_is_in_the_catalogue() {
        let texts: BTreeMap<String, Entry> = toml::from_str(include_str!("texts.toml")).unwrap();
        let mut said = std::collections::BTreeSet::new();
        let mut folders =
            vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|end| end == "rs") {
                    let code = std::fs::read_to_string(&path).unwrap();
                    for part in code.split("Say(\"").skip(1) {
                        said.insert(part.split('"').next().unwrap().to_owned());
                    }
                }
            }
        }
        let missing: Vec<_> = said.iter().filter(|key| !texts.contains_key(*key)).collect();
        assert!(missing.is_empty(), "said but not in the catalogue: {missing:?}");
        let silent: Vec<_> = texts.keys().filter(|key| !said.contains(*key)).collect();
        assert!(silent.is_empty(), "in the catalogue but never said: {silent:?}");
    }

    #[test]
    fn names_are_filled_in_and_what_fills_them_is_left_alone() {
        let args = Args::default().value("name", "{number}").value("number", 3);
        let filled = args.fill(&Text::same("{name} {other} {number}{name}{"));
        assert_eq!(filled, Text::same("{number} {other} 3{number}{"));
    }

    #[test]
    fn a_day_is_written_in_words() {
        let day: Day = "2026-12-20".parse().unwrap();
        assert_eq!(
            Text::from(day),
            Text { nl: "20 december 2026".into(), en: "20 December 2026".into() }
        );
    }
}
