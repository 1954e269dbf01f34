// SPDX-License-Identifier: EUPL-1.2
//! Which readings of vacancies are close to a reading of a person: most are not, and are left out.

use rayon::prelude::*;

use super::Plain;
use super::cross::interned;
use crate::prepare::CandidateFacts;
use crate::vocabulary::Reading;

/// The readings that vacancies ask, and for each reading that people have those that are close to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Near {
    /// How many readings vacancies ask, shares aside.
    asked: usize,
    /// Number of the reading of each job held or wish, in the order of people; see `spans`.
    own: Vec<u32>,
    /// For each person: where its jobs and its wishes begin in `own`; the wishes end where the next person begins.
    spans: Vec<(u32, u32)>,
    /// For each own reading where its list begins; one more at the end.
    starts: Vec<u32>,
    /// Asked readings with a closeness above 0.
    close: Vec<(u32, u8)>,
}

/// Equal for readings that mean the same work, whatever their share.
const fn work(reading: Reading) -> Reading {
    Reading { share: 0, ..reading }
}

impl Near {
    /// Of people and the lists of readings that vacancies have. Also gives the number of every reading of these, one after
    /// the other.
    pub(super) fn new(
        plain: Plain<'_>,
        candidates: &[CandidateFacts],
        lists: &[&[Reading]],
    ) -> (Self, Vec<u32>) {
        let readings: Vec<Reading> =
            lists.iter().flat_map(|list| list.iter().copied().map(work)).collect();
        let (of_lists, firsts) = interned(&readings, |reading| *reading);
        let at = |number: &u32| readings.get(*number as usize).copied();
        let asked: Vec<Reading> = firsts.iter().filter_map(at).collect();
        let (mut own, mut spans) = (Vec::new(), Vec::with_capacity(candidates.len() + 1));
        for one in candidates {
            let jobs = u32::try_from(own.len()).unwrap_or(u32::MAX);
            own.extend(one.profile.held.iter().flatten().map(|held| work(held.reading)));
            let wishes = u32::try_from(own.len()).unwrap_or(u32::MAX);
            spans.push((jobs, wishes));
            let wished = one.profile.wishes.iter().flat_map(|wishes| wishes.occupations.iter());
            own.extend(wished.copied().map(work));
        }
        let end = u32::try_from(own.len()).unwrap_or(u32::MAX);
        spans.push((end, end));
        let (own_numbers, firsts) = interned(&own, |reading| *reading);
        let lists: Vec<Vec<(u32, u8)>> = firsts
            .par_iter()
            .map(|number| {
                let Some(mine) = own.get(*number as usize).copied() else { return Vec::new() };
                let closeness = (0..)
                    .zip(&asked)
                    .map(|(at, other)| (at, plain.vocabulary.occupation_closeness(mine, *other)));
                closeness.filter(|(_, closeness)| *closeness > 0).collect()
            })
            .collect();
        let mut near = Self { asked: asked.len(), own: own_numbers, spans, ..Self::default() };
        for list in lists {
            near.starts.push(u32::try_from(near.close.len()).unwrap_or(u32::MAX));
            near.close.extend(list);
        }
        near.starts.push(u32::try_from(near.close.len()).unwrap_or(u32::MAX));
        (near, of_lists)
    }

    /// How many readings vacancies ask.
    pub(super) const fn asked(&self) -> usize {
        self.asked
    }

    /// What is close to each job of a person, in the order of the jobs.
    pub(super) fn to_jobs(&self, candidate: u32) -> impl Iterator<Item = &[(u32, u8)]> {
        let span = self.spans.get(candidate as usize).copied().unwrap_or_default();
        self.lists(span.0, span.1)
    }

    /// What is close to each occupation that a person asks for.
    pub(super) fn to_wishes(&self, candidate: u32) -> impl Iterator<Item = &[(u32, u8)]> {
        let from = self.spans.get(candidate as usize).map_or(0, |span| span.1);
        let to = self.spans.get(candidate as usize + 1).map_or(from, |span| span.0);
        self.lists(from, to)
    }

    fn lists(&self, from: u32, to: u32) -> impl Iterator<Item = &[(u32, u8)]> {
        let own = self.own.get(from as usize..to as usize).unwrap_or_default();
        own.iter().map(|reading| {
            let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
            let at = *reading as usize;
            self.close.get(bound(at)..bound(at + 1)).unwrap_or_default()
        })
    }
}
