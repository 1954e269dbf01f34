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

    pub(crate) fn value(self, name: &'static str, value: impl Display) -> Self {
        self.text(name, Text::same(value))
    }
}

/// The keys of the catalogue; says a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Say(pub(crate) &'static str);

impl Say {
    /// The text without anything to fill in.
    pub(crate) fn plain(self) -> Text {
        self.with(&Args::default())
    }

    /// The text with its names filled in; the key itself if the catalogue lacks it, which a test forbids.
    pub(crate) fn with(self, args: &Args) -> Text {
        let mut text = catalogue().get(self.0).cloned().unwrap_or_else(|| Text::same(self.0));
        for (name, value) in &args.0 {
            let name = format!("{{{name}}}");
            text = Text {
                nl: text.nl.replace(&name, &value.nl),
                en: text.en.replace(&name, &value.en),
            };
        }
        text
    }
}

fn catalogue() -> &'static BTreeMap<String, Text> {
    static CATALOGUE: OnceLock<BTreeMap<String, Text>> = OnceLock::new();
    // A catalogue that cannot be read would show keys instead of texts; the tests below read it.
    CATALOGUE.get_or_init(|| toml::from_str(include_str!("texts.toml")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_can_be_read_and_says_everything_twice() {
        let texts: BTreeMap<String, Text> = toml::from_str(include_str!("texts.toml")).unwrap();
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
        }
    }

    #[test]
    fn every_key_that_the_code_says_is_in_the_catalogue() {
        let texts: BTreeMap<String, Text> = toml::from_str(include_str!("texts.toml")).unwrap();
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
    fn a_day_is_written_in_words() {
        let day: Day = "2026-12-20".parse().unwrap();
        assert_eq!(
            Text::from(day),
            Text { nl: "20 december 2026".into(), en: "20 December 2026".into() }
        );
    }
}
