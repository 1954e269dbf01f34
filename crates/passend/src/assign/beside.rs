// SPDX-License-Identifier: EUPL-1.2
//! What a goal or a wish costs: the same market planned under another goal, or without the wish, beside the plan.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::market::Assignment;
use super::record::{Goal, Placed};
use super::solve::Edge;
use super::wishes::{AssignError, AssignWishes};
use crate::engine::{Market, RankError, Watch};

/// What a plan has to respect beside its goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// No pair below a least score.
    Floor,
    /// Coaches with so many cases.
    Coaches,
    /// Pairs that stand.
    Keep,
    /// No pair that would both rather have each other.
    Stable,
}

/// Another plan for the same market, over the same lists, beside the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BesideLine {
    /// The other goal; all wishes are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    /// The wish that is left out; the goal is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<Wish>,
    /// People with a vacancy in the other plan.
    pub placed: u64,
    /// The sum of the scores there.
    pub score: u64,
    /// Households with a vacancy there, where households count in either plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub households: Option<u64>,
    /// The least score of a pair there; 0 without pairs.
    pub lowest: u16,
    /// People with a vacancy in both plans who have a higher score there.
    pub better: u64,
    /// People with a vacancy in both plans who have a lower score there.
    pub worse: u64,
    /// People with a vacancy there and none in the plan.
    pub gained: u64,
    /// People with a vacancy in the plan and none there.
    pub lost: u64,
}

impl Assignment {
    /// Plans the same market under other goals, and without each wish.
    pub(super) fn compare(
        &mut self,
        market: &Market,
        wishes: &AssignWishes<'_>,
        watch: &Watch,
    ) -> Result<(), AssignError> {
        let mut lines = Vec::new();
        for goal in wishes.beside.iter().filter(|goal| **goal != self.request.goal) {
            let mut other = self.clone();
            other.request.goal = *goal;
            let line = self.beside(other, market, wishes, watch)?;
            lines.push(BesideLine { goal: Some(*goal), ..line });
        }
        let has = |wish| match wish {
            Wish::Floor => self.request.floor > 0,
            Wish::Coaches => !wishes.coaches.is_empty(),
            Wish::Keep => !wishes.keep.is_empty(),
            Wish::Stable => self.request.stable,
        };
        for wish in [Wish::Floor, Wish::Coaches, Wish::Keep, Wish::Stable] {
            if !has(wish) {
                continue;
            }
            let (mut other, mut wishes) = (self.clone(), *wishes);
            match wish {
                Wish::Floor => other.request.floor = 0,
                Wish::Coaches => wishes.coaches = &[],
                Wish::Keep => wishes.keep = &[],
                Wish::Stable => other.request.stable = false,
            }
            let line = self.beside(other, market, &wishes, watch)?;
            lines.push(BesideLine { without: Some(wish), ..line });
        }
        self.beside = lines;
        Ok(())
    }

    fn beside(
        &self,
        mut other: Self,
        market: &Market,
        wishes: &AssignWishes<'_>,
        watch: &Watch,
    ) -> Result<BesideLine, AssignError> {
        other.wish(market, wishes)?;
        other.solve(watch).map_err(RankError::from)?;
        if other.request.stable {
            other.greedy = other.best_first(market);
        }
        let Placed { placed, score, .. } = other.totals(other.placed());
        let counting = [&other, self].into_iter().find(|plan| plan.units.household > 0);
        let households = counting.map(|plan| {
            plan.shares.households(self.people.len(), other.placed().map(|(row, _)| row))
        });
        let mut line = BesideLine {
            goal: None,
            without: None,
            placed,
            score,
            households,
            lowest: other.placed().map(|(_, edge)| edge.worth).min().map_or(0, in_points),
            better: 0,
            worse: 0,
            gained: 0,
            lost: 0,
        };
        for row in 0..u32::try_from(self.people.len()).unwrap_or(u32::MAX) {
            match (self.chosen(row), other.chosen(row)) {
                (Some(here), Some(there)) if there.worth > here.worth => line.better += 1,
                (Some(here), Some(there)) if there.worth < here.worth => line.worse += 1,
                (None, Some(_)) => line.gained += 1,
                (Some(_), None) => line.lost += 1,
                _ => {}
            }
        }
        Ok(line)
    }

    /// Taking the best score first, then the next, over the same pairs and within the same cases. Both sides order pairs
    /// by one score, so that this is the plan of deferred acceptance, and the only stable one.
    pub(super) fn best_first(&self, market: &Market) -> Vec<Option<Edge>> {
        let mut pairs: Vec<(u32, Edge)> = self.rows.iter().collect();
        pairs.par_sort_unstable_by_key(|(_, edge)| Reverse(edge.worth));
        let tie = |(row, edge): &(u32, Edge)| {
            let candidate = self.people.get(*row as usize).and_then(|one| market.candidate(*one));
            let vacancy = self.work.get(edge.to as usize).and_then(|one| market.vacancy(*one));
            candidate.zip(vacancy).map(|(one, other)| Market::tie(one, other))
        };
        let mut chosen: Vec<Option<Edge>> = vec![None; self.people.len()];
        let (mut left, mut cases) = (self.places.clone(), self.shares.cases());
        let of = self.shares.of_rows(self.people.len());
        for (row, edge) in &self.kept {
            if let Some(place) = chosen.get_mut(*row as usize) {
                *place = Some(*edge);
            }
            let share = of.get(*row as usize).copied().flatten();
            if let Some(cases) = share.and_then(|share| cases.get_mut(share)) {
                *cases -= 1;
            }
        }
        for equal in pairs.chunk_by(|(_, one), (_, other)| one.worth == other.worth) {
            // Ties are looked at only between pairs that may still be taken.
            let may = |(row, edge): &&(u32, Edge)| {
                left.get(edge.to as usize).is_some_and(|left| *left > 0)
                    && chosen.get(*row as usize) == Some(&None)
            };
            let mut equal: Vec<(u32, Edge)> = equal.iter().filter(may).copied().collect();
            equal.sort_by_cached_key(tie);
            for (row, edge) in equal {
                let share = of.get(row as usize).copied().flatten();
                let mut case = share.and_then(|share| cases.get_mut(share));
                if case.as_ref().is_some_and(|case| **case == 0) {
                    continue;
                }
                let places = (left.get_mut(edge.to as usize), chosen.get_mut(row as usize));
                if let (Some(left @ 1..), Some(place @ None)) = places {
                    *left -= 1;
                    *place = Some(edge);
                    if let Some(case) = &mut case {
                        **case -= 1;
                    }
                }
            }
        }
        chosen
    }

    /// Pairs outside the plan that both sides would rather have by their score: the person has a lower score or none, the
    /// vacancy a place left or somebody with a lower score, and so has the coach of a person without a place.
    pub(super) fn blocking(&self) -> u64 {
        let of = self.shares.of_rows(self.people.len());
        let (mut left, mut cases) = (self.places.clone(), self.shares.cases());
        let mut lowest: Vec<u32> = vec![u32::MAX; self.work.len()];
        let mut lowest_case: BTreeMap<usize, u32> = BTreeMap::new();
        for (row, edge) in self.placed() {
            let share = of.get(row as usize).copied().flatten();
            if let Some(share) = share {
                if let Some(cases) = cases.get_mut(share) {
                    *cases = cases.saturating_sub(1);
                }
                if !self.kept.contains_key(&row) {
                    let least = lowest_case.entry(share).or_insert(u32::MAX);
                    *least = edge.worth.min(*least);
                }
            }
            if self.kept.contains_key(&row) {
                continue;
            }
            if let Some(left) = left.get_mut(edge.to as usize) {
                *left = left.saturating_sub(1);
            }
            if let Some(least) = lowest.get_mut(edge.to as usize) {
                *least = edge.worth.min(*least);
            }
        }
        let chosen = self.all_chosen();
        let mut count = 0;
        for (row, edge) in self.rows.iter() {
            let own = chosen.get(row as usize).copied().flatten();
            let at = edge.to as usize;
            let has_room = left.get(at).is_some_and(|left| *left > 0);
            let would_take = has_room
                || lowest.get(at).is_some_and(|least| edge.worth > *least && *least < u32::MAX);
            let share = of.get(row as usize).copied().flatten();
            let has_case = own.is_some()
                || share.is_none_or(|share| {
                    cases.get(share).is_some_and(|cases| *cases > 0)
                        || lowest_case.get(&share).is_some_and(|least| edge.worth > *least)
                });
            if own.is_none_or(|own| edge.worth > own.worth) && would_take && has_case {
                count += 1;
            }
        }
        count
    }
}

fn in_points(worth: u32) -> u16 {
    u16::try_from(worth).unwrap_or(u16::MAX)
}
