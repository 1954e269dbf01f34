// SPDX-License-Identifier: EUPL-1.2
//! Blocks of people, in parallel, past all vacancies.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::band::Band;
use super::gates::{Asks, Setting};
use super::lanes::LANES;
use super::scan::{Scan, Shelf, scan};
use super::{Best, Horizon, Index, Keep, Plain, Sides, Tie};

/// What is asked of the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) horizon: Horizon,
    pub(crate) k: usize,
    /// Lists of people, and of vacancies.
    pub(crate) people: bool,
    pub(crate) vacancies: bool,
    /// The pairs that open later are counted.
    pub(crate) later: bool,
}

/// The lists, by number of their owner, and how many pairs open only after the day asked.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    pub(crate) by_candidate: Vec<(u32, Best)>,
    pub(crate) by_vacancy: Vec<(u32, Best)>,
    pub(crate) later: u64,
}

/// A range of groups, and the lists of their vacancies.
type Range = ((usize, usize), Option<Mutex<Shelf>>);

/// Blocks in a band: with more of them the levels of their skills would not stay in the cache.
const WORDS: usize = 4;

/// Vacancies whose lists are lent to one band at a time.
const SHELF: usize = 2_048;

/// Ranks people against vacancies. `step` is told how many people are done, and may stop the work.
///
/// # Errors
///
/// What `step` gives.
pub(crate) fn rank<E: Send>(
    plain: Plain<'_>,
    index: &Index,
    sides: Sides<'_>,
    asked: Asked,
    step: impl Fn(usize) -> Result<(), E> + Sync,
) -> Result<Lists, E> {
    let asks = Asks { later: asked.later, ..Asks::new(plain, sides.0, asked.horizon, asked.k) };
    let stopped = || step(0).is_err();
    let setting = Setting { plain, index, sides, asks, stopped: &stopped };
    let scanning = Scan { setting, people: asked.people, prices: None };
    let shelves = shelves(index, asked);
    let bands: Vec<&[u32]> = index.people.chunks(in_a_band(index.people.len())).collect();
    let done =
        bands.par_iter().enumerate().map_init(Band::<WORDS>::default, |band, (number, members)| {
            step(0)?;
            band.fill(setting, members);
            // Each band begins at another shelf, so that they seldom wait for each other.
            let (before, after) = shelves.split_at(number * 7 % shelves.len().max(1));
            for (range, shelf) in after.iter().chain(before) {
                let mut lent = shelf
                    .as_ref()
                    .map(|shelf| shelf.lock().unwrap_or_else(PoisonError::into_inner));
                scan(scanning, band, *range, lent.as_deref_mut());
            }
            step(members.len())?;
            let lists = band.lists();
            let best = lists.filter(|_| asked.people).map(|(owner, keep)| {
                // A list may be as long as all vacancies.
                step(0)?;
                let tie = |pair: super::Scored| Tie::new(index, sides, owner, pair.other);
                Ok((owner, keep.finish(asked.k, tie)))
            });
            Ok((best.collect::<Result<Vec<_>, E>>()?, band.later))
        });
    let done: Vec<_> = done.collect::<Result<_, E>>()?;
    let later = done.iter().map(|(_, later)| later).sum();
    let by_candidate = done.into_iter().flat_map(|(lists, _)| lists).collect();
    let step = &step;
    let by_vacancy =
        shelves.into_par_iter().filter_map(|(_, shelf)| shelf).flat_map_iter(|shelf| {
            let Shelf { first, keeps, .. } =
                shelf.into_inner().unwrap_or_else(PoisonError::into_inner);
            let own = index.asked.get(first as usize..).unwrap_or_default();
            keeps.into_iter().zip(own).map(move |(mut keep, own)| {
                step(0)?;
                let tie = |pair: super::Scored| Tie::new(index, sides, pair.other, own.vacancy);
                Ok((own.vacancy, keep.finish(asked.k, tie)))
            })
        });
    let by_vacancy = by_vacancy.collect::<Result<_, E>>()?;
    Ok(Lists { by_candidate, by_vacancy, later })
}

/// How many people make a band: fewer where there would not be some bands for each thread.
fn in_a_band(people: usize) -> usize {
    let bands = 4 * rayon::current_num_threads();
    people.div_ceil(bands).next_multiple_of(LANES).clamp(LANES, WORDS * LANES)
}

/// Ranges of groups, with the lists of their vacancies where those are asked.
fn shelves(index: &Index, asked: Asked) -> Vec<Range> {
    if !asked.vacancies {
        return vec![((0, index.groups.len()), None)];
    }
    let mut shelves = Vec::new();
    let mut from = 0;
    while let Some(first) = index.groups.get(from).map(|group| group.first) {
        let full = |group: &super::asked::Group| (group.end - first) as usize >= SHELF;
        let rest = index.groups.get(from..).unwrap_or_default();
        let to = from + rest.iter().position(full).map_or(rest.len(), |at| at + 1);
        let end = index.groups.get(to - 1).map_or(first, |group| group.end);
        let count = (end - first) as usize;
        let least = if asked.k == 0 { u16::MAX } else { Keep::default().threshold() };
        let mut keeps = Vec::new();
        keeps.resize_with(count, Keep::default);
        let shelf = Shelf { first, keeps, thresholds: vec![least; count] };
        shelves.push(((from, to), Some(Mutex::new(shelf))));
        from = to;
    }
    shelves
}
