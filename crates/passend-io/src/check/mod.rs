// SPDX-License-Identifier: EUPL-1.2
//! What a batch of records says and does not say: which fields are filled, which texts are not understood.

pub mod fields;
mod gaps;
mod words;

use passend::{Engine, FindingKind, Gate, Lang};
use schemars::JsonSchema;
use serde::Serialize;

use self::fields::{paths, used_by, values};
use self::gaps::Gaps;
use self::words::{Meaning, Words};
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
    /// Texts that are not understood, the most frequent first.
    pub unlinked: Vec<Unlinked>,
    /// Repairs.
    pub warnings: Vec<Warning>,
    /// Titles that are understood as several occupations, the most frequent first.
    pub several: Vec<Several>,
    /// Gates that are decided by a field which most records leave empty.
    pub hollow: Vec<Hollow>,
    /// How many records share one postcode, where they are hundreds.
    pub shared_postcode: Option<usize>,
    /// Records that say where somebody or the work is, in a way that the policy does not know: a postcode without a table of
    /// postcodes, a name that is no municipality.
    pub unplaced: usize,
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

/// A text that is not understood: it counts for nothing, and is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unlinked {
    /// As what it was looked up: `occupation`, `skill`, `education`, `municipality`, `site`, `certificate`, `sector`, `exclusion`.
    pub kind: &'static str,
    /// The text.
    pub text: String,
    /// How often it occurs.
    pub count: usize,
    /// What a title that is not sure may mean.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub perhaps: Vec<String>,
}

/// A title that is understood as several occupations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Several {
    /// As what it was looked up.
    pub kind: &'static str,
    /// The text.
    pub text: String,
    /// How often it occurs.
    pub count: usize,
    /// The occupations, with shares that sum to 100.
    pub readings: Vec<TitleReading>,
}

/// One of the occupations that a title is read as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TitleReading {
    /// Id of the occupation.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its share, of 100.
    pub share: u8,
}

/// A gate that is decided by a field which most records leave empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Hollow {
    /// The gate.
    pub gate: Gate,
    /// The field, or the first of those of which one is enough.
    pub field: &'static str,
    /// Records that fill it.
    pub filled: usize,
    /// Records.
    pub of: usize,
    /// What the gate finds where it is empty and the other side asks it.
    pub then: FindingKind,
}

/// Looks at what the accepted records of a batch say; labels of concepts are in this language.
///
/// ```
/// # use passend::{Candidate, Engine, Lang};
/// # use passend_io::{OnRefusal, check, read_records};
/// let input = r#"{"id":"c1","skills":[{"label":"koken"},{"label":"zzzzz"}]}"#;
/// let batch = read_records::<Candidate>(input.as_bytes(), "c.jsonl", OnRefusal::Continue)?;
/// let checked = check(&Engine::default(), &batch, Lang::Nl);
/// assert_eq!((checked.unlinked[0].kind, checked.unlinked[0].text.as_str()), ("skill", "zzzzz"));
/// # Ok::<(), passend_io::ReadError>(())
/// ```
pub fn check<T: Record + JsonSchema>(engine: &Engine, batch: &Batch<T>, lang: Lang) -> Checked {
    let mut words = Words::new(engine, lang);
    let mut gaps = Gaps::new(engine, T::SIDE);
    let mut fields: Vec<Field> = paths::<T>()
        .into_iter()
        .map(|path| Field { used_by: used_by(T::SIDE, &path), path, filled: 0, understood: 0 })
        .collect();
    for record in &batch.accepted {
        // A record was read of JSON, so it can be written as such.
        let Ok(record) = serde_json::to_value(record) else { continue };
        gaps.add(&record);
        for field in &mut fields {
            let found = values(&record, &field.path);
            if found.is_empty() {
                continue;
            }
            field.filled += 1;
            // Each value is looked at, so that every text that is not understood is counted.
            let not_understood = match Meaning::of(T::SIDE, &field.path) {
                None => 0,
                Some(meaning) => words.not_understood(meaning, &record, &field.path, &found),
            };
            field.understood += usize::from(not_understood == 0);
        }
    }
    let report = &batch.report;
    let (unlinked, several) = words.told();
    Checked {
        read: report.read,
        accepted: report.accepted,
        refused: report.refused.len(),
        fields,
        unlinked,
        warnings: report.warnings.clone(),
        several,
        hollow: gaps.hollow(),
        shared_postcode: gaps.shared_postcode(),
        unplaced: gaps.unplaced(),
    }
}
