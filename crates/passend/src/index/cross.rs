// SPDX-License-Identifier: EUPL-1.2
//! People against demands, each distinct answer once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::OnceLock;

use super::Plain;
use crate::prepare::{CandidateFacts, Quick, VacancyFacts};

/// What a gate or criterion answers for a person and a vacancy, seen through views alone.
pub(super) type Answer<V> = fn(Plain<'_>, &CandidateFacts, &VacancyFacts) -> V;

/// People in classes, and what is found of each class, by what is asked of it.
#[derive(Debug, Clone)]
pub(super) struct Classes<V> {
    /// The class of each person, and a person of each class.
    class: Vec<u32>,
    people: Vec<u32>,
    /// What was found, kept from the first time it is asked; empty where classes are not shared by enough people, or there
    /// would be too much to keep.
    kept: Vec<OnceLock<Box<[V]>>>,
}

/// No more than fills so many bytes is kept: 16 MiB.
const MOST_KEPT: usize = 16 << 20;

impl<V: Copy> Classes<V> {
    /// The classes as [`interned`] gives them; so many things are asked of each.
    pub(super) fn new((class, people): (Vec<u32>, Vec<u32>), asked: usize) -> Self {
        let shared = people.len() * 2 <= class.len();
        let answers = people.len().saturating_mul(asked);
        let small = answers.saturating_mul(size_of::<V>()) <= MOST_KEPT;
        let mut kept = Vec::new();
        if shared && small {
            kept.resize_with(people.len(), OnceLock::new);
        }
        Self { class, people, kept }
    }

    /// The class of a person; equal classes have equal rows.
    pub(super) fn class(&self, candidate: u32) -> u32 {
        self.class.get(candidate as usize).copied().unwrap_or_default()
    }

    /// What is found of a class, by `find` of one of its people; `own` is used where it is not kept.
    pub(super) fn row<'a, I: Iterator<Item = V>>(
        &'a self,
        class: u32,
        own: &'a mut Vec<V>,
        find: impl FnOnce(u32) -> I,
    ) -> &'a [V] {
        let person = self.people.get(class as usize).copied().unwrap_or_default();
        match self.kept.get(class as usize) {
            Some(kept) => kept.get_or_init(|| find(person).collect()),
            None => {
                own.clear();
                own.extend(find(person));
                own
            }
        }
    }
}

/// The answers of one gate or criterion to people whose facts differ, for demands that differ.
///
/// People with equal views share a class, vacancies with equal views a demand; one of each stands for all.
#[derive(Debug, Clone)]
pub(super) struct Cross<V> {
    answer: Answer<V>,
    classes: Classes<V>,
    /// A vacancy with each demand.
    demands: Vec<u32>,
}

impl<V: Copy + Send + Sync> Cross<V> {
    /// Also gives the demand of each vacancy.
    pub(super) fn new<'a, P: Hash + Eq, D: Hash + Eq>(
        (candidates, vacancies): (&'a [CandidateFacts], &'a [VacancyFacts]),
        person: impl Fn(&'a CandidateFacts) -> P + Send,
        demand: impl Fn(&'a VacancyFacts) -> D + Send,
        answer: Answer<V>,
    ) -> (Self, Vec<u32>) {
        let (people, (of_vacancy, demands)) =
            rayon::join(|| interned(candidates, person), || interned(vacancies, demand));
        (Self::of(people, demands, answer), of_vacancy)
    }

    /// Answers of people in classes, each with one of its people, to demands, each with one of its vacancies.
    pub(super) fn of(people: (Vec<u32>, Vec<u32>), demands: Vec<u32>, answer: Answer<V>) -> Self {
        Self { answer, classes: Classes::new(people, demands.len()), demands }
    }

    /// How many demands differ.
    pub(super) fn demands(&self) -> usize {
        self.demands.len()
    }

    /// The class of a person; equal classes have equal rows.
    pub(super) fn class(&self, candidate: u32) -> u32 {
        self.classes.class(candidate)
    }

    /// How many classes of people there are.
    pub(super) fn classes(&self) -> u32 {
        u32::try_from(self.classes.people.len()).unwrap_or(u32::MAX)
    }

    /// The answers to a class of people, by demand; `own` is used where they are not kept.
    pub(super) fn row<'a>(
        &'a self,
        plain: Plain<'_>,
        facts: (&[CandidateFacts], &[VacancyFacts]),
        class: u32,
        own: &'a mut Vec<V>,
    ) -> &'a [V] {
        self.classes.row(class, own, |person| self.answers(plain, facts, person))
    }

    fn answers<'a>(
        &'a self,
        plain: Plain<'a>,
        (candidates, vacancies): (&'a [CandidateFacts], &'a [VacancyFacts]),
        person: u32,
    ) -> impl Iterator<Item = V> + 'a {
        let person = candidates.get(person as usize);
        self.demands.iter().filter_map(move |demand| {
            Some((self.answer)(plain, person?, vacancies.get(*demand as usize)?))
        })
    }
}

/// A place in a list, which is never so long.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The number of the distinct key of each item, and the first item with each key.
pub(super) fn interned<'a, T, K: Hash + Eq>(
    items: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> (Vec<u32>, Vec<u32>) {
    let mut numbers: HashMap<K, u32, Quick> = HashMap::default();
    let mut firsts = Vec::new();
    let number = |(at, item): (u32, &'a T)| {
        *numbers.entry(key(item)).or_insert_with(|| {
            firsts.push(at);
            u32::try_from(firsts.len() - 1).unwrap_or(u32::MAX)
        })
    };
    let of_item = (0..).zip(items).map(number).collect();
    (of_item, firsts)
}
