// SPDX-License-Identifier: EUPL-1.2
//! The pairs beyond the lists that would make a plan better, found by its prices, until there are none.
//!
//! A plan over lists is the best over all pairs if no pair beyond is worth more than what its two sides have. Who has so much that
//! the last score of the list would not do, or whose list was not cut, is not asked. After the first search only those are asked
//! again who have less than before, and vacancies whose price fell: for all others the answer of before holds.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::market::{Assignment, get};
use super::solve::Edge;
use crate::engine::{Market, RankError, Request, Watch};
use crate::index::{Bounds, Scored};

/// So many pairs of a person are added at once: those that are wanted most.
const MORE: usize = 16;

/// What is known of the pairs beyond the lists.
pub(super) struct Beyond<'a> {
    lists: &'a Request,
    /// The row of each candidate, the column of each vacancy.
    row_of: &'a [u32],
    column_of: &'a [u32],
    /// By row: the last score of a list that was cut. No pair beyond has a higher one.
    cuts: Vec<Option<u32>>,
    /// By row: what it had when all pairs were found that were worth more; `None` where perhaps not all were.
    had: Vec<Option<i64>>,
    /// The prices of that time.
    prices: Vec<i64>,
}

impl<'a> Beyond<'a> {
    pub(super) fn new(lists: &'a Request, row_of: &'a [u32], column_of: &'a [u32]) -> Self {
        // Who has no list has no pair that could be listed, unless no lists were asked.
        let cuts = vec![(lists.k == 0).then_some(u32::MAX); row_of.len()];
        let had = vec![None; row_of.len()];
        Self { lists, row_of, column_of, cuts, had, prices: Vec::new() }
    }

    /// Takes a list over.
    pub(super) fn list(&mut self, row: u32, list: &[Scored]) {
        if let (Some(cut), Some(last)) = (self.cuts.get_mut(row as usize), list.last()) {
            *cut = (list.len() >= self.lists.k).then_some(u32::from(last.score));
        }
    }

    /// The pairs that are worth more than both sides have in this plan; not all of them, but some as long as there are any.
    pub(super) fn wanted(
        &mut self,
        market: &Market,
        plan: &Assignment,
        watch: &Watch,
    ) -> Result<Vec<(u32, Edge)>, RankError> {
        let before = std::mem::replace(&mut self.prices, plan.solution.prices.clone());
        let fell = |column: u32| get(&self.prices, column) < get(&before, column);
        let columns = 0..u32::try_from(self.prices.len()).unwrap_or(u32::MAX);
        let columns: Vec<u32> = columns.collect();
        let fallen: Vec<u32> = columns.iter().copied().filter(|column| fell(*column)).collect();
        let had = std::mem::take(&mut self.had);
        let (mut less, mut others) = (Vec::new(), Vec::new());
        for (row, cut) in (0u32..).zip(&self.cuts) {
            let Some(most) = cut.filter(|cut| *cut >= u32::from(plan.request.floor)) else {
                continue;
            };
            if i64::from(most) + plan.units.bonus() <= plan.has(row) || plan.kept.contains_key(&row)
            {
                continue;
            }
            let as_before = had.get(row as usize).copied().flatten();
            let asked = if as_before.is_some_and(|had| plan.has(row) >= had) {
                &mut others
            } else {
                &mut less
            };
            asked.push((row, most));
        }
        let mut search =
            Search { beyond: self, market, plan, watch, found: Vec::new(), cut: BTreeSet::new() };
        search.all(&less, &columns)?;
        if !fallen.is_empty() {
            search.all(&others, &fallen)?;
        }
        let Search { found, cut, .. } = search;
        self.had = vec![None; self.cuts.len()];
        for (row, _) in less.iter().chain(&others).filter(|(row, _)| !cut.contains(row)) {
            if let Some(had) = self.had.get_mut(*row as usize) {
                *had = Some(plan.has(*row));
            }
        }
        Ok(found)
    }
}

/// One search through the pairs.
struct Search<'a> {
    beyond: &'a Beyond<'a>,
    market: &'a Market,
    plan: &'a Assignment,
    watch: &'a Watch,
    found: Vec<(u32, Edge)>,
    /// Rows of which not all pairs were found.
    cut: BTreeSet<u32>,
}

impl Search<'_> {
    /// Asks these rows, each with the highest score that it could find, for pairs with these columns.
    fn all(&mut self, rows: &[(u32, u32)], columns: &[u32]) -> Result<(), RankError> {
        // People whose gain counts for more than scores are asked apart from the others: against them other vacancies count.
        let mut levels: BTreeMap<(i64, i64), Vec<(u32, u32)>> = BTreeMap::new();
        for (row, most) in rows {
            let (households, placements, _) = self.plan.units.apart(self.plan.has(*row));
            levels.entry((households, placements)).or_default().push((*row, *most));
        }
        for (level, rows) in levels {
            let bounds = self.bounds(&rows, columns, level);
            let mut k = MORE;
            // Pairs below the floor, or that only rounded bounds let in, may stand before those that are wanted.
            while self.some(&bounds, k)? {
                k *= 4;
            }
        }
        Ok(())
    }

    /// Finds at most `k` pairs of each row; whether there may be others and none was wanted.
    fn some(&mut self, bounds: &Bounds, k: usize) -> Result<bool, RankError> {
        let Self { beyond, market, plan, .. } = *self;
        let before = self.found.len();
        let mut is_cut = false;
        for (candidate, best) in market.beyond(beyond.lists, bounds, k, self.watch)? {
            let row = beyond.row_of.get(candidate as usize).copied().unwrap_or(u32::MAX);
            if best.pairs.len() == k {
                is_cut = true;
                self.cut.insert(row);
            }
            for pair in best.pairs {
                let to = beyond.column_of.get(pair.other as usize).copied().unwrap_or(u32::MAX);
                // By how much it is beyond is told by the search in bounds that are rounded.
                let pair = market.candidate(candidate).zip(market.vacancy(pair.other));
                let score = pair.map_or(0, |(one, other)| market.score(one, other).now);
                let edge = Edge { to, worth: u32::from(score) };
                // Never a pair of the lists: the prices say that both sides have at least what it is worth.
                if score >= plan.request.floor && plan.cost(row, edge) < 0 {
                    self.found.push((row, edge));
                }
            }
        }
        Ok(is_cut && self.found.len() == before)
    }

    /// What the score of a pair must exceed, for rows whose gain is at this level of households and placements.
    fn bounds(&self, rows: &[(u32, u32)], columns: &[u32], level: (i64, i64)) -> Bounds {
        let Assignment { people: candidates, work, units, solution, .. } = self.plan;
        let mut people = vec![None; self.market.candidates()];
        for (row, most) in rows {
            let (_, _, rest) = units.apart(self.plan.has(*row));
            let candidate = candidates.get(*row as usize).copied().unwrap_or(u32::MAX);
            if let Some(place) = people.get_mut(candidate as usize) {
                *place = Some((rest, *most));
            }
        }
        let worth = (i64::from(units.household > 0), i64::from(units.placement > 0));
        let mut prices = vec![None; self.market.vacancies()];
        for column in columns {
            let (households, placements, rest) = units.apart(get(&solution.prices, *column));
            let have = (level.0 + households, level.1 + placements);
            let bound = match have.cmp(&worth) {
                Ordering::Less => Some(Bounds::LEAST),
                Ordering::Equal => Some(rest),
                // More than any pair is worth.
                Ordering::Greater => None,
            };
            let vacancy = work.get(*column as usize).copied().unwrap_or(u32::MAX);
            if let Some(place) = prices.get_mut(vacancy as usize) {
                *place = bound;
            }
        }
        Bounds::new(&people, &prices)
    }
}
