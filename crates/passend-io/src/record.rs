// SPDX-License-Identifier: EUPL-1.2
//! The records that can be read.

use passend::{Candidate, Event, Problem, Side, Vacancy};
use serde::Serialize;

mod sealed {
    use std::hash::Hash;

    use passend::Problem;
    use serde::de::DeserializeOwned;

    /// What a line of JSON can hold.
    pub trait Row: DeserializeOwned + Eq + Hash + Send + Sync {
        /// Keys that are called like a protected attribute and are none: the key around them, and the key.
        const INNOCENT_KEYS: &'static [(&'static str, &'static str)] = &[];

        /// What in it cannot be true.
        fn problems(&self) -> Vec<Problem>;
    }
}

pub(crate) use sealed::Row;

/// A record that a reader can give: a [`Candidate`] or a [`Vacancy`].
pub trait Record: Serialize + Row {
    /// The side of the market that it belongs to.
    const SIDE: Side;

    /// Its identifier.
    fn id(&self) -> &str;
}

impl Row for Candidate {
    const INNOCENT_KEYS: &'static [(&'static str, &'static str)] = &[("certificates", "name")];

    fn problems(&self) -> Vec<Problem> {
        Self::problems(self)
    }
}

impl Record for Candidate {
    const SIDE: Side = Side::Candidate;

    fn id(&self) -> &str {
        &self.id
    }
}

impl Row for Vacancy {
    const INNOCENT_KEYS: &'static [(&'static str, &'static str)] =
        &[("certificates", "name"), ("employer", "name")];

    fn problems(&self) -> Vec<Problem> {
        Self::problems(self)
    }
}

impl Record for Vacancy {
    const SIDE: Side = Side::Vacancy;

    fn id(&self) -> &str {
        &self.id
    }
}

impl Row for Event {
    fn problems(&self) -> Vec<Problem> {
        Self::problems(self)
    }
}
