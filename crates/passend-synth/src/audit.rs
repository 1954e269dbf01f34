// SPDX-License-Identifier: EUPL-1.2
//! Attributes for measuring fairness, kept apart from the records.

use serde::Serialize;

use crate::Settings;
use crate::candidate;
use crate::draws::{File, Part, Record};
use crate::tables::audit::{AGE_AND_SEX, ORIGIN};

/// Protected attributes of one person: a row of the audit file, never of a scoring file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// Id of the person.
    pub id: String,
    /// Sex.
    pub sex: Sex,
    /// Age group.
    pub age_group: AgeGroup,
    /// Nationality, as far as the source tells it apart.
    pub origin: &'static str,
}

/// Sex, as in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named as in the statistics")]
pub enum Sex {
    Female,
    Male,
}

impl Sex {
    /// The sex as written: `female`, `male`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// Age group, as in the source; adults only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[expect(missing_docs, reason = "named by their limits")]
pub enum AgeGroup {
    #[serde(rename = "18-24")]
    From18To24,
    #[serde(rename = "25-34")]
    From25To34,
    #[serde(rename = "35-44")]
    From35To44,
    #[serde(rename = "45-54")]
    From45To54,
    #[serde(rename = "55+")]
    From55,
}

impl AgeGroup {
    /// The group as written: `18-24`, `55+`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::From18To24 => "18-24",
            Self::From25To34 => "25-34",
            Self::From35To44 => "35-44",
            Self::From45To54 => "45-54",
            Self::From55 => "55+",
        }
    }
}

/// The protected attributes of the people, in the same order; drawn apart from all else.
///
/// ```
/// # use passend_synth::{Settings, audit};
/// let rows: Vec<_> = audit(&Settings { candidates: 2, ..Settings::default() }).collect();
/// assert_eq!(rows[0].id, "c0000001");
/// ```
pub fn audit(settings: &Settings) -> impl ExactSizeIterator<Item = AuditRow> + use<> {
    let seed = settings.seed;
    (0..settings.candidates).map(move |number| {
        let record = Record::new(seed, File::Audit, u64::try_from(number).unwrap_or(u64::MAX));
        let mut draws = record.part(Part::Audit);
        let (age_group, sex) = AGE_AND_SEX.draw(&mut draws);
        AuditRow { id: candidate::id(number), sex, age_group, origin: ORIGIN.draw(&mut draws) }
    })
}
