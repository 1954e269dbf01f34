// SPDX-License-Identifier: EUPL-1.2
//! Facts of all vacancies: made here, or in a snapshot, out of which each is read when it is first asked for.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::VacancyFacts;
use super::packed::{Bytes, Packed};
use super::rows::{Rows, SnapshotBytes};

/// Facts of vacancies: in memory, or as bytes of which each vacancy is read when it is first asked for.
#[derive(Debug, Clone)]
pub(crate) enum Vacancies {
    Whole(Arc<Vec<VacancyFacts>>),
    Packed(Arc<PackedVacancies>),
}

#[derive(Debug)]
pub(crate) struct PackedVacancies {
    snapshot: SnapshotBytes,
    /// Where the first one begins, and where each one ends.
    begin: usize,
    ends: Rows<1>,
    read: Vec<Shelved>,
}

/// Vacancies beside each other: few of them are ever asked for.
type Shelved = OnceLock<Box<[OnceLock<Option<Box<VacancyFacts>>>; SHELVED]>>;

/// How many are beside each other.
const SHELVED: usize = 64;

impl Vacancies {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Whole(facts) => facts.len(),
            Self::Packed(packed) => packed.ends.len(),
        }
    }

    pub(crate) fn get(&self, number: usize) -> Option<&VacancyFacts> {
        match self {
            Self::Whole(facts) => facts.get(number),
            Self::Packed(packed) => packed.get(number),
        }
    }

    /// Those of which `stays` says so.
    pub(crate) fn kept(&self, stays: impl Fn(u32) -> bool + Sync) -> Vec<VacancyFacts> {
        let own = |number: u32| self.copy(number as usize).filter(|_| stays(number));
        let count = u32::try_from(self.len()).unwrap_or(u32::MAX);
        (0..count).into_par_iter().filter_map(own).collect()
    }

    /// A copy; nothing is kept of what was read for it.
    fn copy(&self, number: usize) -> Option<VacancyFacts> {
        match self {
            Self::Whole(facts) => facts.get(number).cloned(),
            Self::Packed(packed) => packed.unpack(number).map(|facts| *facts),
        }
    }

    /// Writes all, behind how long each one is.
    pub(crate) fn put(&self, to: &mut Vec<u8>) {
        match self {
            Self::Whole(facts) => {
                let mut rows = Vec::new();
                let ends = facts.iter().map(|one| {
                    one.put(&mut rows);
                    u32::try_from(rows.len()).unwrap_or(u32::MAX)
                });
                Rows::of_each(ends).put(to);
                to.extend(rows);
            }
            Self::Packed(packed) => {
                packed.ends.put(to);
                to.extend(packed.bytes(0, packed.ends.len()).unwrap_or_default());
            }
        }
    }

    /// What [`Vacancies::put`] wrote.
    pub(crate) fn take(snapshot: &SnapshotBytes, from: &mut Bytes<'_>) -> Option<Self> {
        let ends = Rows::take(snapshot, from)?;
        let begin = snapshot.begin_of(*from);
        let mut read = Vec::new();
        read.resize_with(ends.len().div_ceil(SHELVED), OnceLock::new);
        let ascending = ends.is_ascending();
        let packed = PackedVacancies { snapshot: snapshot.clone(), begin, ends, read };
        from.some(packed.bytes(0, packed.ends.len())?.len())?;
        ascending.then(|| Self::Packed(Arc::new(packed)))
    }
}

impl PackedVacancies {
    /// The bytes of these vacancies.
    fn bytes(&self, first: usize, end: usize) -> Option<&[u8]> {
        let before = |count: usize| match count.checked_sub(1) {
            Some(last) => Some(self.begin + self.ends.number(last)? as usize),
            None => Some(self.begin),
        };
        self.snapshot.bytes().get(before(first)?..before(end)?)
    }

    fn get(&self, number: usize) -> Option<&VacancyFacts> {
        let beside = self.read.get(number / SHELVED)?;
        let beside = beside.get_or_init(|| Box::new([const { OnceLock::new() }; SHELVED]));
        beside.get(number % SHELVED)?.get_or_init(|| self.unpack(number)).as_deref()
    }

    fn unpack(&self, number: usize) -> Option<Box<VacancyFacts>> {
        let mut bytes = Bytes(self.bytes(number, number + 1)?);
        let facts = VacancyFacts::take(&mut bytes)?;
        bytes.0.is_empty().then(|| Box::new(facts))
    }
}
