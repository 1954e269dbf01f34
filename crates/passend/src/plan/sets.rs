// SPDX-License-Identifier: EUPL-1.2
//! Sets of steps as bits, so that thousands of unions cost little.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::gap::Grouped;
use super::task::{Task, Tasks};
use crate::prepare::Words;

/// Sets that are compared; those of the groups that come first.
const MOST_SETS: usize = 4_096;
/// Steps that a set can hold; those of the groups that come first.
const MOST_TASKS: usize = 128;

/// The steps of some groups, and what they do for each other.
#[derive(Debug)]
pub(super) struct Sets {
    tasks: Vec<Task>,
    places: BTreeMap<Task, usize>,
    /// For each step the others that do the same or more.
    surpassed: Vec<u128>,
    /// For each step the programmes that give it.
    given: Vec<u128>,
    /// For each step those that it comes before.
    needed: Vec<u128>,
    hours: Vec<u16>,
}

impl Sets {
    /// The steps of the groups that are tried, then of those that are seen.
    pub(super) fn new(
        all: &Tasks<'_>,
        words: &Words,
        tried: &[&[Task]],
        seen: &[Grouped<'_>],
    ) -> Self {
        let mut known: BTreeSet<Task> = BTreeSet::new();
        let own = tried.iter().copied().chain(seen.iter().map(|((tasks, _), _)| tasks.as_slice()));
        let _ = own.into_iter().flatten().try_for_each(|task| {
            if known.len() == MOST_TASKS {
                return ControlFlow::Break(());
            }
            known.insert(*task);
            ControlFlow::Continue(())
        });
        let tasks: Vec<Task> = known.into_iter().collect();
        let places = tasks.iter().enumerate().map(|(at, task)| (*task, at)).collect();
        let those = |does: &dyn Fn(Task) -> bool| {
            tasks.iter().rev().fold(0u128, |bits, task| bits << 1 | u128::from(does(*task)))
        };
        let surpassed =
            tasks.iter().map(|one| those(&|other| other != *one && all.covers(other, *one)));
        let given = tasks.iter().map(|one| {
            those(&|other| {
                matches!(other, Task::Programme(_)) && other != *one && all.covers(other, *one)
            })
        });
        let needed = tasks.iter().map(|one| {
            those(&|other| all.node(other).is_some_and(|node| node.needs.contains(one)))
        });
        Self {
            surpassed: surpassed.collect(),
            given: given.collect(),
            needed: needed.collect(),
            hours: tasks.iter().map(|one| all.guidance_hours(*one, words)).collect(),
            places,
            tasks,
        }
    }

    /// The set of these steps; nothing if one of them is not known here.
    pub(super) fn mask(&self, tasks: &[Task]) -> Option<u128> {
        tasks.iter().try_fold(0, |bits, task| Some(bits | 1 << *self.places.get(task)?))
    }

    /// The steps of a set, in order.
    pub(super) fn tasks(&self, set: u128) -> Vec<Task> {
        self.within(set).map(|(_, task)| task).collect()
    }

    /// The steps of a set, and all that they do too.
    pub(super) fn reach(&self, set: u128) -> u128 {
        let also = (0..).zip(&self.surpassed).filter(|(_, by)| **by & set != 0);
        also.fold(set, |bits, (at, _): (u32, _)| bits | 1 << at)
    }

    /// One-to-one hours of a caseworker.
    pub(super) fn guidance_hours(&self, set: u128) -> u16 {
        let hours = self.within(set).filter_map(|(at, _)| self.hours.get(at));
        hours.fold(0, |sum, more| sum.saturating_add(*more))
    }

    /// Unions of these sets with at most so many steps, the sets themselves first.
    pub(super) fn unions(&self, groups: &[&[Task]], most: usize) -> Vec<u128> {
        let groups: Vec<u128> = groups.iter().filter_map(|tasks| self.mask(tasks)).collect();
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let mut known: BTreeSet<u128> = BTreeSet::new();
        let mut sets: Vec<u128> = groups.iter().copied().filter(|set| known.insert(*set)).collect();
        let mut at = 0;
        while let Some(set) = sets.get(at).copied() {
            at += 1;
            for group in &groups {
                if sets.len() >= MOST_SETS {
                    return sets;
                }
                let union = self.plain(set | group);
                if union.count_ones() <= most && known.insert(union) {
                    sets.push(union);
                }
            }
        }
        sets
    }

    /// A set without the steps that others of it do too, as `Tasks::closed` leaves them out.
    fn plain(&self, set: u128) -> u128 {
        let of = |list: &[u128], at: usize| list.get(at).copied().unwrap_or_default();
        let given = self
            .within(set)
            .filter(|(at, _)| of(&self.given, *at) & set != 0)
            .fold(0u128, |bits, (at, _)| bits | 1 << at);
        let kept = self.within(set & !given).filter(|(at, _)| {
            of(&self.needed, *at) & set & !given != 0 || of(&self.surpassed, *at) & set == 0
        });
        kept.fold(0, |bits, (at, _)| bits | 1 << at)
    }

    fn within(&self, set: u128) -> impl Iterator<Item = (usize, Task)> + '_ {
        self.tasks.iter().copied().enumerate().filter(move |(at, _)| set >> at & 1 == 1)
    }
}
