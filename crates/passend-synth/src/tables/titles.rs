// SPDX-License-Identifier: EUPL-1.2
//! How people write occupations and skills. Assumed: no source counts it.

use crate::shares::Shares;

/// Which label of an occupation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// The preferred Dutch label.
    Preferred,
    /// Another label.
    Alternative,
    /// A label that other occupations have too (`docent`, `operator`), so that the title has several readings; another label
    /// where the occupation has none of these.
    Shared,
    /// The preferred English label.
    English,
}

pub(crate) const LABEL: Shares<Label> = Shares::per_mille(
    &[(Label::Preferred, 500), (Label::Alternative, 300), (Label::Shared, 100)],
    Label::English,
);

/// A title in an advert ends in `(m/v)`.
pub(crate) const WITH_M_V: u32 = 100;
/// A skill is written by another label than the preferred one.
pub(crate) const OTHER_SKILL_LABEL: u32 = 200;
