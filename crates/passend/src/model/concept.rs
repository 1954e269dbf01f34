// SPDX-License-Identifier: EUPL-1.2
//! A concept of a vocabulary, as a record names it.

use serde::{Deserialize, Serialize};

/// An occupation, skill, field or sector, named by scheme and code, by label, or both.
///
/// A code is looked up in the vocabulary in use; without a known code the label is linked. With neither the record is
/// refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// The classification: `passend`, `esco`, `isco08`, `isced_f`, `sbi` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// Code within the scheme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

impl Concept {
    /// The concept that people call so.
    pub fn labelled(label: impl Into<String>) -> Self {
        Self { label: Some(label.into()), ..Self::default() }
    }
}

/// How hard a demand is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It must be there: a gate. For skills: essential, which weighs more and is no gate.
    Must,
    /// Welcome: it only counts in the score.
    Nice,
    /// Not said: it only counts in the score.
    #[default]
    Unspecified,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A VUM message.
    Vum,
    /// The case file.
    File,
    /// The person's own word.
    #[serde(rename = "self")]
    Stated,
    /// A test or assessment.
    Test,
    /// A statement of Nuffic, SBB or IDW.
    Nuffic,
}
