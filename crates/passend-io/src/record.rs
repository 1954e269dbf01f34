// SPDX-License-Identifier: EUPL-1.2
//! The records that can be read.

use passend::{Candidate, Problem, Side, Vacancy};
use serde::Serialize;
use serde::de::DeserializeOwned;

mod sealed {
    pub trait Sealed {}
    impl Sealed for passend::Candidate {}
    impl Sealed for passend::Vacancy {}
}

/// A record that a reader can give: a [`Candidate`] or a [`Vacancy`].
pub trait Record: DeserializeOwned + Serialize + PartialEq + Send + Sync + sealed::Sealed {
    /// The side of the market that it belongs to.
    const SIDE: Side;

    /// Keys that are called like a protected attribute and are none: the key around them, and the key.
    const INNOCENT_KEYS: &'static [(&'static str, &'static str)];

    /// Its identifier.
    fn id(&self) -> &str;

    /// What in it cannot be true.
    fn problems(&self) -> Vec<Problem>;
}

impl Record for Candidate {
    const SIDE: Side = Side::Candidate;
    const INNOCENT_KEYS: &'static [(&'static str, &'static str)] = &[("certificates", "name")];

    fn id(&self) -> &str {
        &self.id
    }

    fn problems(&self) -> Vec<Problem> {
        Self::problems(self)
    }
}

impl Record for Vacancy {
    const SIDE: Side = Side::Vacancy;
    const INNOCENT_KEYS: &'static [(&'static str, &'static str)] =
        &[("certificates", "name"), ("employer", "name")];

    fn id(&self) -> &str {
        &self.id
    }

    fn problems(&self) -> Vec<Problem> {
        Self::problems(self)
    }
}
