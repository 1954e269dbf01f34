// SPDX-License-Identifier: EUPL-1.2
//! Languages that people speak and that vacancies ask.

use passend::Cefr::{self, A0, A1, A2, B1, B2, C1, C2};
use passend::Weight;

use crate::shares::Shares;

/// Dutch of people in reception. Assumed: no distribution by length of stay was found; most are below A2 after lessons of
/// a few hundred hours.
pub(crate) const DUTCH: Shares<Cefr> =
    Shares::per_mille(&[(A0, 350), (A1, 250), (A2, 200), (B1, 130), (B2, 50), (C1, 15)], C2);
/// Dutch of a general population; the regime asks B2 or higher, the split is assumed.
pub(crate) const DUTCH_GENERAL: Shares<Cefr> = Shares::per_mille(&[(B2, 600), (C1, 250)], C2);
/// English; assumed.
pub(crate) const ENGLISH: Shares<Cefr> =
    Shares::per_mille(&[(A0, 250), (A1, 150), (A2, 200), (B1, 200), (B2, 130), (C1, 50)], C2);
/// A further language, spoken at C2. Assumed shares, drawn apart from status and audit: it tells nothing of a person's
/// origin in the audit file.
pub(crate) const FURTHER: Shares<&str> = Shares::per_mille(
    &[
        ("ar", 400),
        ("uk", 100),
        ("ti", 90),
        ("fa", 80),
        ("tr", 70),
        ("prs", 60),
        ("ku", 60),
        ("so", 50),
        ("ru", 50),
    ],
    "fr",
);
/// A person of the general population speaks a further language.
pub(crate) const FURTHER_GENERAL: u32 = 300;

/// How the level is written: assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One level.
    Level,
    /// A level for each skill: reading and writing may be one lower than listening and speaking.
    BySkill,
    /// A level and the one above: between two tests.
    Range,
}
pub(crate) const FORM: Shares<Form> =
    Shares::per_mille(&[(Form::Level, 800), (Form::BySkill, 150)], Form::Range);
/// The level was tested; otherwise it is the person's own word. Assumed.
pub(crate) const TESTED: u32 = 600;

/// Least Dutch that a vacancy asks, by ISCO-08 skill level: elementary work (major group 9), work of groups 4 to 8, and
/// work of groups 0 to 3.
///
/// 8 % of adverts ask no Dutch, most of them in cleaning, hospitality and logistics (Indeed through ANP, March 2026); the
/// levels are general knowledge (A1 to A2 in cleaning, warehouses and kitchens, B1 in shops, B2 in child care and care).
pub(crate) const ASKED_ELEMENTARY: Shares<Option<Cefr>> =
    Shares::per_mille(&[(None, 200), (Some(A1), 250), (Some(A2), 350), (Some(B1), 170)], Some(B2));
pub(crate) const ASKED_SKILLED: Shares<Option<Cefr>> = Shares::per_mille(
    &[(None, 80), (Some(A1), 60), (Some(A2), 260), (Some(B1), 400), (Some(B2), 180)],
    Some(C1),
);
pub(crate) const ASKED_EXPERT: Shares<Option<Cefr>> =
    Shares::per_mille(&[(None, 40), (Some(A2), 60), (Some(B1), 200), (Some(B2), 500)], Some(C1));
/// Least English that a vacancy asks; three in four ask none. Assumed.
pub(crate) const ENGLISH_ASKED: Shares<Option<Cefr>> =
    Shares::per_mille(&[(None, 750), (Some(A2), 50), (Some(B1), 80), (Some(B2), 100)], Some(C1));
/// English at B1 is accepted instead of Dutch, where A1 or A2 is asked. Assumed.
pub(crate) const OR_ENGLISH: u32 = 200;
/// Only speaking is asked. Assumed.
pub(crate) const ONLY_SPEAKING: u32 = 150;
/// How hard a demand for Dutch is, and for English. Assumed.
pub(crate) const DUTCH_WEIGHT: Shares<Weight> =
    Shares::per_mille(&[(Weight::Must, 800), (Weight::Nice, 100)], Weight::Unspecified);
pub(crate) const ENGLISH_WEIGHT: Shares<Weight> =
    Shares::per_mille(&[(Weight::Must, 500), (Weight::Nice, 400)], Weight::Unspecified);
