// SPDX-License-Identifier: EUPL-1.2
//! The pairs beyond the lists that would make a plan better, found by its prices, until there are none.
//!
//! A plan over lists is the best over all pairs if no pair beyond is worth more than what its two sides have. Who has so much that
//! the last score of the list would not do, or whose list was not cut, is not asked. After the first search it is known of each row
//! how much a pair beyond is worth at most beside the price of its column. All columns are asked only of rows that have less than that
//! now; of others only columns whose price fell, and by more than the row has to spare.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::market::{Assignment, get};
use super::solve::Edge;
use crate::engine::{Market, RankError, Request, Watch};
use crate::index::{Asker, Bounds, Offer, Scored};

/// So many pairs of a person are added at once: those that are wanted most.
const MORE: usize = 16;

/// Pairs are added too that fall short by less than so many points: the next prices may want them. Of lists of 50 for 70,000 people
/// 150 to 600 take about the same time; with 0 two more searches are made.
const MARGIN: i64 = 300;

/// What rows have to spare is used once no more than one price of so many fell by more than that: few vacancies are left to ask.
const FEW: usize = 64;

/// What is known of the pairs beyond the lists.
pub(super) struct Beyond<'a> {
    lists: &'a Request,
    /// The row of each candidate, the column of each vacancy.
    row_of: &'a [u32],
    column_of: &'a [u32],
    /// By row: the last score of a list that was cut. No pair beyond has a higher one.
    cuts: Vec<Option<u32>>,
    /// By row that was asked: no pair beyond is worth more than this and the price of its column at that time.
    least: Vec<Option<i64>>,
    /// The prices of that time.
    prices: Vec<i64>,
}

impl<'a> Beyond<'a> {
    pub(super) fn new(lists: &'a Request, row_of: &'a [u32], column_of: &'a [u32]) -> Self {
        // Who has no list has no pair that could be listed, unless no lists were asked.
        let cuts = vec![(lists.k == 0).then_some(u32::MAX); row_of.len()];
        let least = vec![None; row_of.len()];
        Self { lists, row_of, column_of, cuts, least, prices: Vec::new() }
    }

    /// Takes a list over.
    pub(super) fn list(&mut self, row: u32, list: &[Scored]) {
        if let (Some(cut), Some(last)) = (self.cuts.get_mut(row as usize), list.last()) {
            *cut = (list.len() >= self.lists.k).then_some(u32::from(last.score));
        }
    }

    /// Pairs that are worth more than both sides have in this plan, or nearly so; none once there is none that is worth more.
    pub(super) fn wanted(
        &mut self,
        market: &Market,
        plan: &Assignment,
        watch: &Watch,
    ) -> Result<Vec<(u32, Edge)>, RankError> {
        let before = std::mem::replace(&mut self.prices, plan.solution.prices.clone());
        let prices = &self.prices;
        let fell = |column: u32| get(&before, column) - get(prices, column);
        let columns = (0u32..).zip(prices).map(|(column, _)| fell(column));
        let mut falls: Vec<i64> = columns.filter(|fall| *fall > 0).collect();
        falls.sort_unstable();
        let deepest = falls.last().copied().unwrap_or_default();
        let within = |spare: i64| falls.partition_point(|fall| *fall <= spare);
        let deeper = falls.len() - within(MARGIN);
        let is_spared = deeper * FEW < falls.len();
        let mut asked = Vec::new();
        for ((row, cut), least) in (0u32..).zip(&self.cuts).zip(&mut self.least) {
            let Some(most) = cut.filter(|cut| *cut >= u32::from(plan.request.floor)) else {
                continue;
            };
            let has = plan.has(row);
            if i64::from(most) + plan.units.bonus() <= has || plan.kept.contains_key(&row) {
                *least = None;
                continue;
            }
            match least {
                Some(least) if *least + deepest <= has => *least += deepest,
                Some(least) if *least <= has => {
                    let spare = if is_spared { has - *least } else { 0 };
                    let deepest = within(spare).checked_sub(1).and_then(|at| falls.get(at));
                    *least += deepest.copied().unwrap_or_default();
                    asked.push((row, Asker { has, most, spare: Some(spare) }));
                }
                least => {
                    *least = None;
                    asked.push((row, Asker { has, most, spare: None }));
                }
            }
        }
        // With households bounds are rounded: what is nearly wanted cannot be told apart.
        let margin = if plan.units.household > 0 { 0 } else { MARGIN };
        let (found, left) = (Vec::new(), BTreeMap::new());
        let mut search = Search { beyond: self, market, plan, watch, margin, found, left };
        search.all(&asked, fell)?;
        let Search { found, left, .. } = search;
        for (row, asker) in &asked {
            if let Some(least) = self.least.get_mut(*row as usize) {
                let now = left.get(row).copied().unwrap_or(Some(asker.has - margin));
                *least = now.map(|now| least.map_or(now, |before| before.max(now)));
            }
        }
        let is_wanted = found.iter().any(|(row, edge)| plan.cost(*row, *edge) < 0);
        Ok(if is_wanted { found } else { Vec::new() })
    }
}

/// One search through the pairs.
struct Search<'a> {
    beyond: &'a Beyond<'a>,
    market: &'a Market,
    plan: &'a Assignment,
    watch: &'a Watch,
    /// By how much a pair that is taken may fall short.
    margin: i64,
    found: Vec<(u32, Edge)>,
    /// Of rows of which not all pairs were found: what the others are worth at most beside the price of their column, if known.
    left: BTreeMap<u32, Option<i64>>,
}

impl Search<'_> {
    /// Asks these rows; `fell` is by how much the price of a column is less than before.
    fn all(&mut self, rows: &[(u32, Asker)], fell: impl Fn(u32) -> i64) -> Result<(), RankError> {
        // People whose gain counts for more than scores are asked apart from the others: against them other vacancies count.
        let mut levels: BTreeMap<(i64, i64), Vec<(u32, Asker)>> = BTreeMap::new();
        for (row, asker) in rows {
            let (households, placements, rest) = self.plan.units.apart(asker.has);
            let asker = Asker { has: rest - self.margin, ..*asker };
            levels.entry((households, placements)).or_default().push((*row, asker));
        }
        for (level, rows) in levels {
            let bounds = self.bounds(&rows, level, &fell);
            let mut k = MORE;
            // Pairs below the floor, or that only rounded bounds let in, may stand before those that are wanted.
            while self.some(&bounds, k)? {
                k *= 4;
            }
        }
        Ok(())
    }

    /// Finds at most `k` pairs of each row; whether there may be others that are wanted and none was.
    fn some(&mut self, bounds: &Bounds, k: usize) -> Result<bool, RankError> {
        let Self { beyond, market, plan, margin, .. } = *self;
        let (mut is_cut, mut is_wanted) = (false, false);
        for (candidate, best) in market.beyond(beyond.lists, bounds, k, self.watch)? {
            let row = beyond.row_of.get(candidate as usize).copied().unwrap_or(u32::MAX);
            let is_whole = best.pairs.len() < k;
            let mut last = None;
            for pair in best.pairs {
                let to = beyond.column_of.get(pair.other as usize).copied().unwrap_or(u32::MAX);
                let edge = Edge { to, worth: u32::from(pair.score) };
                let cost = plan.cost(row, edge);
                last = Some(cost);
                if pair.score >= plan.request.floor && cost < margin {
                    is_wanted |= cost < 0;
                    self.found.push((row, edge));
                }
            }
            if is_whole {
                self.left.remove(&row);
                continue;
            }
            // Bounds are rounded with households, and for pairs that are wanted for their placement.
            let last = last.filter(|cost| *cost >= 0 && plan.units.household == 0);
            is_cut |= last.is_none();
            self.left.insert(row, last.map(|cost| plan.has(row) - cost));
        }
        Ok(is_cut && !is_wanted)
    }

    /// What the score of a pair must exceed, for rows whose gain is at this level of households and placements.
    fn bounds(
        &self,
        rows: &[(u32, Asker)],
        level: (i64, i64),
        fell: impl Fn(u32) -> i64,
    ) -> Bounds {
        let Assignment { people: candidates, work, units, solution, .. } = self.plan;
        let mut people = vec![None; self.market.candidates()];
        for (row, asker) in rows {
            let candidate = candidates.get(*row as usize).copied().unwrap_or(u32::MAX);
            if let Some(place) = people.get_mut(candidate as usize) {
                *place = Some(*asker);
            }
        }
        let worth = (i64::from(units.household > 0), i64::from(units.placement > 0));
        let mut offers = vec![None; self.market.vacancies()];
        for ((column, price), vacancy) in (0u32..).zip(&solution.prices).zip(work) {
            let (households, placements, rest) = units.apart(*price);
            let have = (level.0 + households, level.1 + placements);
            let price = match have.cmp(&worth) {
                Ordering::Less => Some(Bounds::LEAST),
                Ordering::Equal => Some(rest),
                // More than any pair is worth.
                Ordering::Greater => None,
            };
            if let Some(place) = offers.get_mut(*vacancy as usize) {
                *place = price.map(|price| Offer { price, fell: fell(column) });
            }
        }
        Bounds::new(&people, &offers)
    }
}
