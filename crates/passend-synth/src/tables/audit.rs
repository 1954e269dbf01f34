// SPDX-License-Identifier: EUPL-1.2
//! Attributes that only the audit file has; people and vacancies are made without them.

use crate::audit::{AgeGroup, Sex};
use crate::shares::Shares;

/// Age and sex of asylum migrants who began civic integration in 2022: persons, of 19,025.
///
/// CBS, Statistiek Wet inburgering 2022, figure 2.1.2.
pub(crate) const AGE_AND_SEX: Shares<(AgeGroup, Sex)> = Shares::of(
    19_025,
    &[
        ((AgeGroup::From18To24, Sex::Male), 3_530),
        ((AgeGroup::From25To34, Sex::Male), 3_580),
        ((AgeGroup::From35To44, Sex::Male), 2_365),
        ((AgeGroup::From45To54, Sex::Male), 1_380),
        ((AgeGroup::From55, Sex::Male), 460),
        ((AgeGroup::From18To24, Sex::Female), 2_310),
        ((AgeGroup::From25To34, Sex::Female), 2_360),
        ((AgeGroup::From35To44, Sex::Female), 1_850),
        ((AgeGroup::From45To54, Sex::Female), 910),
    ],
    (AgeGroup::From55, Sex::Female), // 280
);

/// Nationality of people who asked asylum, about: seed figures of the SER Noord-Nederland advice for the years to 2024.
pub(crate) const ORIGIN: Shares<&str> = Shares::per_mille(
    &[("Syria", 400), ("Iraq", 55), ("Yemen", 55), ("Eritrea", 55), ("Turkey", 55)],
    "other",
);
