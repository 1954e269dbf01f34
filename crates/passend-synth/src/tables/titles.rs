// SPDX-License-Identifier: EUPL-1.2
//! How people write occupations and skills. Assumed: no source counts it.

use crate::shares::Shares;

/// Which label of an occupation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// The preferred Dutch label.
    Preferred,
    /// Another label, of which some belong to several occupations (`chauffeur`, `docent`).
    Alternative,
    /// The preferred English label.
    English,
}

pub(crate) const LABEL: Shares<Label> =
    Shares::per_mille(&[(Label::Preferred, 550), (Label::Alternative, 350)], Label::English);

/// A title in an advert ends in `(m/v)`.
pub(crate) const WITH_M_V: u32 = 100;
/// A skill is written by another label than the preferred one.
pub(crate) const OTHER_SKILL_LABEL: u32 = 200;
