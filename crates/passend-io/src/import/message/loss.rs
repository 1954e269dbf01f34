// SPDX-License-Identifier: EUPL-1.2
//! What one form holds and another does not: which field, why, how often; never a value.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// Why a field does not come through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LossReason {
    /// The other form has no field for it.
    NoField,
    /// The other form has it in larger steps, such as a word for two levels of a language.
    Coarser,
    /// The code says that nothing is known, and unknown is not written down.
    Unknown,
    /// The value lies outside what the other form takes.
    DoesNotFit,
    /// It says how to reach somebody.
    Contact,
    /// It is about health, a special category of personal data.
    Health,
    /// A free text, which may say anything about a person.
    FreeText,
    /// It may not count: nationality, origin, sex, age, religion, health, family or name.
    Protected,
    /// A photo, a file or another attachment.
    Attachment,
    /// The record says something else now than when the sidecar was made; the record counts.
    Changed,
    /// A word or code that is not known here.
    NotUnderstood,
}

/// A field that does not come through, with how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// Path of the field, without places in lists: `languages[].speaking`.
    pub field: String,
    /// Why.
    pub reason: LossReason,
    /// How often.
    pub count: u64,
}

/// Counts what does not come through.
#[derive(Debug, Clone, Default)]
pub(super) struct Losses(BTreeMap<(String, LossReason), u64>);

impl Losses {
    pub(super) fn add(&mut self, field: &str, reason: LossReason) {
        *self.0.entry((field.to_owned(), reason)).or_default() += 1;
    }

    pub(super) fn join(&mut self, other: Self) {
        for (key, count) in other.0 {
            *self.0.entry(key).or_default() += count;
        }
    }

    /// In order of field and reason.
    pub(super) fn into_list(self) -> Vec<Loss> {
        let loss = |((field, reason), count)| Loss { field, reason, count };
        self.0.into_iter().map(loss).collect()
    }
}

/// The paths of the values of `is` that `was` does not have, and whether `was` has another there.
pub(super) fn leaves_beyond(
    was: Option<&Value>,
    is: &Value,
    at: &str,
    found: &mut impl FnMut(&str, &Value, bool),
) {
    match is {
        Value::Object(keys) => {
            for (key, value) in keys {
                let below = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                leaves_beyond(was.and_then(|was| was.get(key)), value, &below, found);
            }
        }
        Value::Array(elements) => {
            for value in elements {
                let known = was.and_then(Value::as_array).is_some_and(|was| was.contains(value));
                if !known {
                    leaves_beyond(None, value, &format!("{at}[]"), found);
                }
            }
        }
        value if was == Some(value) => {}
        value => found(at, value, was.is_some()),
    }
}
