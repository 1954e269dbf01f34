// SPDX-License-Identifier: EUPL-1.2
//! Certificates and driving licences. All shares are assumed.

use passend::Weight;

use crate::shares::Shares;

/// People with VCA basis, with another certificate, with a driving licence.
pub(crate) const HAS_VCA: u32 = 150;
pub(crate) const HAS_ANOTHER: u32 = 30;
pub(crate) const HAS_LICENCE: u32 = 200;
/// Which other one.
pub(crate) const ANOTHER: Shares<&str> = Shares::per_mille(
    &[("forklift", 250), ("haccp", 200), ("bhv", 200), ("first_aid", 150), ("code95", 100)],
    "welding",
);
/// A certificate is planned instead of held, within 120 days.
pub(crate) const PLANNED: u32 = 100;
/// A licence may be used here, may not, or nobody knows: licences from outside the EU are valid for half a year.
pub(crate) const USABLE: Shares<Option<bool>> =
    Shares::per_mille(&[(Some(true), 500), (Some(false), 300)], None);
pub(crate) const USABLE_GENERAL: Shares<Option<bool>> =
    Shares::per_mille(&[(Some(true), 950)], None);

/// Thousandths of the vacancies of a sector that ask VCA basis, driving licence B, and another certificate, with its code.
///
/// Over all sectors about 8, 15 and 7 %.
pub(crate) fn asked(sector: &str) -> Asked {
    let (vca, licence, another, code) = match sector {
        "A" => (0, 250, 80, "spuitlicentie"),
        "C" => (300, 100, 80, "forklift"),
        "F" => (650, 350, 50, "nen3140_vop"),
        "G" => (0, 100, 20, "bhv"),
        "H" => (120, 400, 200, "forklift"),
        "I" => (0, 50, 120, "haccp"),
        "N" => (100, 150, 60, "vog"),
        "O" => (0, 100, 100, "vog"),
        "P" => (0, 0, 250, "vog"),
        "Q" => (0, 250, 150, "vog"),
        "M" | "L" => (0, 200, 0, "vog"),
        _ => (0, 50, 30, "bhv"),
    };
    Asked { vca, licence, another, code }
}

/// What the vacancies of a sector ask.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) vca: u32,
    pub(crate) licence: u32,
    pub(crate) another: u32,
    pub(crate) code: &'static str,
}

/// How hard such a demand is.
pub(crate) const WEIGHT: Shares<Weight> =
    Shares::per_mille(&[(Weight::Must, 700), (Weight::Nice, 200)], Weight::Unspecified);
