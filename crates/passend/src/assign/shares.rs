// SPDX-License-Identifier: EUPL-1.2
//! Rows that share something, so that the whole stays an assignment: the people of a coach share cases, those of a household
//! the worth of its first place.
//!
//! Who of `n` people may not have a place *waits*: each share has a column of its own, of which only its rows can have a
//! place. With `n - cases` places that are worth more than any vacancy they are all taken, so that no more than `cases` rows
//! are left for vacancies. With `n - 1` places that are worth as much as the first place of a household, and every vacancy
//! worth that more, only the first of a household gains it. Both are places like any other: the solver stays what it is, its
//! answer stays whole, and the price of waiting gives the price of a case, or of a household.

use std::collections::BTreeMap;

use super::solve::{Edge, Solution};

/// More than any score: what it is worth to wait for a case.
const ABOVE_SCORES: u32 = 10_001;

/// What rows share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shares {
    households: bool,
    all: Vec<Share>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Share {
    name: String,
    /// The rows that can have a place yet.
    rows: Vec<u32>,
    /// The rows that have one, as pairs that stand.
    standing: Vec<u32>,
    /// How many of them wait.
    waiting: u32,
}

/// What the rows of a solution have, once waiting is taken out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shared {
    /// The price of each share, by name.
    pub(super) prices: BTreeMap<String, i64>,
    /// The price of the share of each row; 0 where it has none.
    pub(super) of_rows: Vec<i64>,
}

impl Shares {
    pub(super) fn new(households: bool) -> Self {
        Self { households, all: Vec::new() }
    }

    /// Their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|share| share.name.as_str())
    }

    /// The rows that share cases, each with the name of the share.
    pub(super) fn coached(&self) -> impl Iterator<Item = (u32, &str)> {
        let coaches = self.all.iter().filter(|_| !self.households);
        coaches.flat_map(|share| {
            let rows = share.rows.iter().chain(&share.standing);
            rows.map(|row| (*row, share.name.as_str()))
        })
    }

    /// Rows of which so many may have a place, with those that stand; whether that can be.
    pub(super) fn add_cases(
        &mut self,
        name: &str,
        rows: &[u32],
        cases: u32,
        kept: &BTreeMap<u32, Edge>,
    ) -> bool {
        let (standing, rows): (Vec<u32>, Vec<u32>) =
            rows.iter().partition(|row| kept.contains_key(row));
        let cases = usize::try_from(cases).unwrap_or(usize::MAX);
        let Some(left) = cases.checked_sub(standing.len()) else { return false };
        let waiting = u32::try_from(rows.len().saturating_sub(left)).unwrap_or(u32::MAX);
        self.all.push(Share { name: name.to_owned(), rows, standing, waiting });
        true
    }

    /// Rows of which the first that has a place counts most.
    pub(super) fn add_household(&mut self, name: &str, rows: &[u32], kept: &BTreeMap<u32, Edge>) {
        let (standing, rows): (Vec<u32>, Vec<u32>) =
            rows.iter().partition(|row| kept.contains_key(row));
        let waiting = rows.len().saturating_sub(usize::from(standing.is_empty()));
        let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
        self.all.push(Share { name: name.to_owned(), rows, standing, waiting });
    }

    /// How many wait, by share: the places of its column.
    pub(super) fn waiting(&self) -> impl Iterator<Item = u32> + '_ {
        self.all.iter().map(|share| share.waiting)
    }

    /// The pairs of rows and their waiting columns, of which the first has this number.
    pub(super) fn pairs(&self, first: u32) -> Vec<(u32, Edge)> {
        let worth = if self.households { 0 } else { ABOVE_SCORES };
        let waiting = (first..).zip(&self.all).filter(|(_, share)| share.waiting > 0);
        waiting
            .flat_map(|(to, share)| share.rows.iter().map(move |row| (*row, Edge { to, worth })))
            .collect()
    }

    /// Prices of waiting to begin from: as if each case went to who gains most by it.
    pub(super) fn first_prices(&self, best: impl Fn(u32) -> u32) -> Vec<i64> {
        let price = |share: &Share| {
            if self.households || share.waiting == 0 {
                return 0;
            }
            let mut gains: Vec<u32> = share.rows.iter().map(|row| best(*row)).collect();
            gains.sort_unstable();
            let next = usize::try_from(share.waiting - 1).unwrap_or(usize::MAX);
            i64::from(ABOVE_SCORES) - i64::from(gains.get(next).copied().unwrap_or(0))
        };
        self.all.iter().map(price).collect()
    }

    /// Takes waiting out of a solution: its columns are those of vacancies again, its profits what rows have beside the price of
    /// their share. `whole` is what a place at a vacancy is worth more than its score and, without households, its waiting too.
    pub(super) fn taken_out(
        &self,
        solution: &mut Solution,
        vacancies: usize,
        whole: i64,
    ) -> Shared {
        let mut shared = Shared { of_rows: vec![0; solution.profits.len()], ..Shared::default() };
        let waits = |column: &u32| usize::try_from(*column).is_ok_and(|column| column >= vacancies);
        for column in &mut solution.columns {
            *column = column.filter(|column| !waits(column));
        }
        for (share, waiting) in self.all.iter().zip(solution.prices.iter().skip(vacancies)) {
            let worth = if self.households { 0 } else { i64::from(ABOVE_SCORES) };
            let given = if share.waiting == 0 { 0 } else { whole + worth - waiting };
            // A household of which somebody stands has gained its first place, whatever else.
            let has_first = self.households && !share.standing.is_empty();
            let price = if has_first { whole } else { given };
            shared.prices.insert(share.name.clone(), price);
            for row in share.rows.iter().chain(&share.standing) {
                if let Some(own) = shared.of_rows.get_mut(*row as usize) {
                    *own = price;
                }
            }
            for row in &share.rows {
                if let Some(profit) = solution.profits.get_mut(*row as usize) {
                    *profit -= given;
                }
            }
        }
        solution.prices.truncate(vacancies);
        shared
    }

    /// The share of each row, by number; `None` where it has none.
    pub(super) fn of_rows(&self, rows: usize) -> Vec<Option<usize>> {
        let mut of = vec![None; rows];
        for (at, share) in self.all.iter().enumerate() {
            for row in share.rows.iter().chain(&share.standing) {
                if let Some(place) = of.get_mut(*row as usize) {
                    *place = Some(at);
                }
            }
        }
        of
    }

    /// How many rows of each share may have a place, with those that stand; for households all.
    pub(super) fn cases(&self) -> Vec<usize> {
        let cases = |share: &Share| {
            let waiting = if self.households { 0 } else { share.waiting };
            let waiting = usize::try_from(waiting).unwrap_or(usize::MAX);
            share.rows.len().saturating_sub(waiting) + share.standing.len()
        };
        self.all.iter().map(cases).collect()
    }

    /// How many households have a place, of these rows that have one: those of the file, and who is in none.
    pub(super) fn households(&self, rows: usize, placed: impl Iterator<Item = u32>) -> u64 {
        let of = self.of_rows(rows);
        let (mut have, mut alone) = (vec![false; self.all.len()], 0);
        for row in placed {
            let share = of.get(row as usize).copied().flatten();
            match share.and_then(|share| have.get_mut(share)) {
                Some(has) => *has = true,
                None => alone += 1,
            }
        }
        alone + u64::try_from(have.iter().filter(|has| **has).count()).unwrap_or(u64::MAX)
    }
}
