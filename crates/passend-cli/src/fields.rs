// SPDX-License-Identifier: EUPL-1.2
//! The fields of a record, with the sides that the command line knows.

pub(crate) use passend_io::fields::{paths, values};

use crate::arguments::Side;

/// The gates and criteria that use a field; none for a field that is kept and never used.
pub(crate) fn used_by(side: Side, path: &str) -> &'static [&'static str] {
    let side = match side {
        Side::Candidate => passend::Side::Candidate,
        Side::Vacancy => passend::Side::Vacancy,
    };
    passend_io::fields::used_by(side, path)
}
