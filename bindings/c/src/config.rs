// SPDX-License-Identifier: EUPL-1.2
//! The configuration of an engine, TOML or JSON.

use passend::{Place, Policy, Vocabulary};
use passend_io::{
    Code, LoadedVocabulary, VocabularyFile, VocabularyUse, read_places, read_vocabulary,
};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::failure::{Failure, PassendStatus};
use crate::request::{expected, field, read_json};

/// What decides, and what the engine may use. Every key may be left out.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    /// Let announced rules decide as if they were in force.
    pub(crate) announced: bool,
    /// Threads that work, for all calls on the engine together; 0 = as many as the machine has. They are started by the
    /// first call and ended with the engine.
    #[schemars(range(max = 256))]
    pub(crate) threads: usize,
    /// Rules to add, end or replace, in TOML; later ones come on top.
    #[serde(deserialize_with = "one_or_more")]
    #[schemars(with = "OneOrMore")]
    pub(crate) policy: Vec<Source>,
    /// Vocabularies: a pack, or a table of labels. Without a pack the starter vocabulary is used; tables come on top.
    #[serde(deserialize_with = "one_or_more")]
    #[schemars(with = "OneOrMore")]
    pub(crate) vocabulary: Vec<Source>,
    /// Places that the records name: CSV with `place,x,y[,radius]` in metres of RD New.
    #[serde(deserialize_with = "one_or_more")]
    #[schemars(with = "OneOrMore")]
    pub(crate) places: Vec<Source>,
    /// What the calls are for. People whose record has a permission for another purpose take no part; left out: matching with
    /// work.
    pub(crate) purpose: Vec<String>,
    /// Requests that are longer are refused; 0 = no limit.
    pub(crate) max_request_bytes: usize,
    /// Markets that may be loaded at a time; 0 = 16.
    pub(crate) max_markets: usize,
}

/// A text, or a file that holds it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// The text itself.
    text: Option<String>,
    /// The file to read. The library reads no other file than those named here.
    file: Option<String>,
    /// What messages call it.
    name: Option<String>,
}

/// The shape of one or more sources.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "the shape alone is used")]
enum OneOrMore {
    /// The text itself.
    Text(String),
    /// One.
    One(Source),
    /// More, the last on top.
    More(Vec<Source>),
}

/// What a configuration gives.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) policy: Policy,
    pub(crate) places: Vec<Place>,
    pub(crate) vocabulary: Vocabulary,
    /// Rows of tables that did nothing.
    pub(crate) notes: Vec<String>,
}

fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Source>, D::Error> {
    struct Visitor;
    impl<'de> serde::de::Visitor<'de> for Visitor {
        type Value = Vec<Source>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a text, `{\"file\":…}`, `{\"text\":…}`, or a list of these")
        }
        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(vec![Source { text: Some(text.to_owned()), file: None, name: None }])
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            let one = Source::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
            Ok(vec![one])
        }
        fn visit_seq<A: serde::de::SeqAccess<'de>>(
            self,
            mut list: A,
        ) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(one) = list.next_element()? {
                all.push(one);
            }
            Ok(all)
        }
    }
    deserializer.deserialize_any(Visitor)
}

impl Config {
    /// Reads TOML, or JSON where the text begins with `{`.
    pub(crate) fn read(text: &str) -> Result<Self, Failure> {
        let config: Self = if text.trim_start().starts_with('{') {
            read_json(text).map_err(|(field, expected)| Failure::config(&field, expected))?
        } else {
            let toml = toml::Deserializer::parse(text).map_err(|error| {
                Failure::config("", format_args!("TOML or JSON: {}", one_line(error.message())))
            })?;
            serde_path_to_error::deserialize(toml).map_err(|error| {
                let message = error.inner().message();
                Failure::config(&field(error.path(), message), expected(message))
            })?
        };
        if config.threads > 256 {
            return Err(Failure::config("threads", "a whole number from 0 to 256"));
        }
        Ok(config)
    }

    /// Reads what the configuration names.
    pub(crate) fn load(&self) -> Result<Loaded, Failure> {
        const BAD: PassendStatus = PassendStatus::InvalidConfig;
        let policies =
            self.policy.iter().map(|one| one.text("policy")).collect::<Result<Vec<_>, _>>()?;
        let pairs: Vec<(&str, &str)> =
            policies.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let policy = Policy::with_files(&pairs, self.announced)
            .map_err(|error| Failure::table(BAD, Code::BadPolicy, "policy", error))?;
        let mut places = Vec::new();
        for one in &self.places {
            let (_, text) = one.text("places")?;
            places.extend(
                read_places(text.as_bytes())
                    .map_err(|error| Failure::table(BAD, Code::BadPlaces, "places", error))?,
            );
        }
        let words = self
            .vocabulary
            .iter()
            .map(|one| one.bytes("vocabulary"))
            .collect::<Result<Vec<_>, _>>()?;
        let files: Vec<_> =
            words.iter().map(|(name, bytes)| VocabularyFile { name, bytes }).collect();
        let LoadedVocabulary { vocabulary, unused } =
            read_vocabulary(&files, VocabularyUse::Matching).map_err(|error| {
                let reason = format_args!("{}: {error}", error.file);
                Failure::table(BAD, Code::BadVocabulary, "vocabulary", reason)
            })?;
        let notes = unused.iter().map(|rows| {
            format!("{}:{}: {} rows do nothing", rows.file, rows.first_line, rows.count)
        });
        let policy = if places.is_empty() { policy } else { policy.with_places(places.clone()) };
        let policy = match self.purpose.as_slice() {
            [] => policy,
            purposes => policy.with_purposes(purposes.iter().cloned()),
        };
        Ok(Loaded { policy, places, vocabulary, notes: notes.collect() })
    }
}

impl Source {
    /// Name and bytes.
    fn bytes(&self, field: &str) -> Result<(String, Vec<u8>), Failure> {
        let name = |usual: &str| self.name.clone().unwrap_or_else(|| usual.to_owned());
        match (&self.text, &self.file) {
            (Some(text), None) => Ok((name(&format!("<{field}>")), text.clone().into_bytes())),
            (None, Some(file)) => match std::fs::read(file) {
                Ok(bytes) => Ok((name(file), bytes)),
                Err(error) => Err(Failure::table(
                    PassendStatus::InvalidConfig,
                    Code::Unreadable,
                    field,
                    format_args!("`{file}` cannot be read: {error}"),
                )),
            },
            _ => Err(Failure::config(field, "`file` or `text`, one of the two")),
        }
    }

    /// Name and text.
    fn text(&self, field: &str) -> Result<(String, String), Failure> {
        let (name, bytes) = self.bytes(field)?;
        let text = String::from_utf8(bytes).map_err(|_| {
            let reason = format_args!("{name}: expected {}", Code::NotUtf8.rule());
            Failure::table(PassendStatus::InvalidConfig, Code::NotUtf8, field, reason)
        })?;
        Ok((name, text))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
