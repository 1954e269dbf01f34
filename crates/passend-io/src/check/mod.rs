// SPDX-License-Identifier: EUPL-1.2
//! What a batch of records says and does not say: which fields are filled, which texts are not understood.

pub mod fields;

use std::collections::BTreeMap;

use passend::{Engine, LinkKind, LinkStatus, Side};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use self::fields::{paths, used_by, values};
use crate::{Batch, Record, Warning};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Checked {
    /// Records read.
    pub read: u64,
    /// Records accepted.
    pub accepted: u64,
    /// Records refused.
    pub refused: usize,
    /// Every field of the record.
    pub fields: Vec<Field>,
    /// Texts that were not linked to one concept, the most frequent first.
    pub unlinked: Vec<Unlinked>,
    /// Repairs.
    pub warnings: Vec<Warning>,
}

/// How well a field is filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Field {
    /// Path of the field: `skills[].label`.
    pub path: String,
    /// Records that fill it; an empty list fills it too.
    pub filled: usize,
    /// Those in which all of it was understood.
    pub understood: usize,
    /// The gates and criteria that use it.
    pub used_by: &'static [&'static str],
}

/// A text that was not linked to one concept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unlinked {
    /// As what it was looked up: `occupation`, `skill`, `education`, `municipality`, `certificate`.
    pub kind: &'static str,
    /// The text.
    pub text: String,
    /// How often it occurs.
    pub count: usize,
}

/// Looks at what the accepted records of a batch say.
///
/// ```
/// # use passend::{Candidate, Engine};
/// # use passend_io::{OnRefusal, check, read_records};
/// let input = r#"{"id":"c1","skills":[{"label":"koken"},{"label":"zzzzz"}]}"#;
/// let batch = read_records::<Candidate>(input.as_bytes(), "c.jsonl", OnRefusal::Continue)?;
/// let checked = check(&Engine::default(), &batch);
/// assert_eq!((checked.unlinked[0].kind, checked.unlinked[0].text.as_str()), ("skill", "zzzzz"));
/// # Ok::<(), passend_io::ReadError>(())
/// ```
pub fn check<T: Record + JsonSchema>(engine: &Engine, batch: &Batch<T>) -> Checked {
    let mut words = Words::new(engine);
    let mut fields: Vec<Field> = paths::<T>()
        .into_iter()
        .map(|path| Field { used_by: used_by(T::SIDE, &path), path, filled: 0, understood: 0 })
        .collect();
    for record in &batch.accepted {
        // A record was read of JSON, so it can be written as such.
        let Ok(record) = serde_json::to_value(record) else { continue };
        for field in &mut fields {
            let found = values(&record, &field.path);
            if found.is_empty() {
                continue;
            }
            field.filled += 1;
            // Each value is looked at, so that every text that is not understood is counted.
            let not_understood =
                found.iter().filter(|value| !words.understood(T::SIDE, &field.path, value)).count();
            field.understood += usize::from(not_understood == 0);
        }
    }
    let report = &batch.report;
    Checked {
        read: report.read,
        accepted: report.accepted,
        refused: report.refused.len(),
        fields,
        unlinked: words.unlinked(),
        warnings: report.warnings.clone(),
    }
}

/// Texts that were looked up: whether they are understood, and how often they occur.
struct Words<'a> {
    engine: &'a Engine,
    looked_up: BTreeMap<(Meaning, String), (bool, usize)>,
}

/// As what a text is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Certificate,
    Education,
    Municipality,
    Occupation,
    Skill,
}

impl Meaning {
    fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Education => "education",
            Self::Municipality => "municipality",
            Self::Occupation => "occupation",
            Self::Skill => "skill",
        }
    }

    /// What the text of a field means; `None` where every value is understood.
    fn of(side: Side, path: &str) -> Option<Self> {
        match (side, path) {
            (
                Side::Candidate,
                "experience[].title"
                | "experience[].occupation.label"
                | "wishes.occupations[].label"
                | "targets[].label",
            )
            | (Side::Vacancy, "title" | "occupation[].label") => Some(Self::Occupation),
            (Side::Candidate, "skills[].label") | (Side::Vacancy, "require.skills[].label") => {
                Some(Self::Skill)
            }
            (_, "location.municipality") | (Side::Candidate, "relocation.municipality") => {
                Some(Self::Municipality)
            }
            (Side::Candidate, "education[].title" | "education[].field.label")
            | (Side::Vacancy, "require.education_field.label") => Some(Self::Education),
            (Side::Candidate, "certificates[].code" | "certificates[].name")
            | (Side::Vacancy, "require.certificates[].code" | "require.certificates[].name") => {
                Some(Self::Certificate)
            }
            _ => None,
        }
    }

    fn is_understood(self, engine: &Engine, text: &str) -> bool {
        let linked = |kind| engine.vocabulary().link(kind, text, 1).status == LinkStatus::Linked;
        match self {
            Self::Certificate => engine.policy().knows_certificate(Some(text), Some(text)),
            Self::Education => {
                let reading = engine.vocabulary().read_diploma(text);
                reading.level.is_some() || reading.field.is_some()
            }
            Self::Municipality => engine.policy().knows_place(None, None, Some(text)),
            Self::Occupation => linked(LinkKind::Occupation),
            Self::Skill => linked(LinkKind::Skill),
        }
    }
}

impl<'a> Words<'a> {
    fn new(engine: &'a Engine) -> Self {
        Self { engine, looked_up: BTreeMap::new() }
    }

    fn understood(&mut self, side: Side, path: &str, value: &Value) -> bool {
        let (Some(text), Some(meaning)) = (value.as_str(), Meaning::of(side, path)) else {
            return true;
        };
        let engine = self.engine;
        let (understood, count) = self
            .looked_up
            .entry((meaning, text.to_owned()))
            .or_insert_with(|| (meaning.is_understood(engine, text), 0));
        *count += 1;
        *understood
    }

    /// What was not understood, the most frequent first.
    fn unlinked(self) -> Vec<Unlinked> {
        let mut unlinked: Vec<_> = self
            .looked_up
            .into_iter()
            .filter(|(_, (understood, _))| !understood)
            .map(|((meaning, text), (_, count))| Unlinked { kind: meaning.name(), text, count })
            .collect();
        unlinked.sort_by_key(|unlinked| std::cmp::Reverse(unlinked.count));
        unlinked
    }
}
