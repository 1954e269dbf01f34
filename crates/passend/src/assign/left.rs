// SPDX-License-Identifier: EUPL-1.2
//! Who and what is left of a plan, and which constraint keeps them there.

use std::collections::BTreeSet;

use super::market::{Assignment, get};
use super::record::{UnplacedLine, UnplacedReason};
use super::shares::Shared;
use super::solve::{Edge, Solution};
use crate::engine::Market;
use crate::explain::{Side, points};
use crate::text::{Args, Say};

/// The pair of somebody or something left that costs least.
#[derive(Clone, Copy)]
struct Nearest {
    cost: i64,
    /// The row or column of the other side.
    other: u32,
    /// What a case of the person's coach costs of it.
    case: i64,
}

impl Assignment {
    /// The people without a vacancy, then the vacancies with a position left, each by id, with the reason.
    pub fn unplaced(&self, market: &Market) -> Vec<UnplacedLine> {
        let name = |side, at: Option<&u32>| match side {
            Side::Candidate => market.candidate(*at?).map(|one| one.id().to_string()),
            Side::Vacancy => market.vacancy(*at?).map(|one| one.id().to_string()),
        };
        let mut taken = vec![0u32; self.work.len()];
        let chosen = self.all_chosen();
        let has_place: Vec<bool> = chosen.iter().map(Option::is_some).collect();
        for (row, edge) in self.placed() {
            if let Some(taken) = taken.get_mut(edge.to as usize)
                && !self.kept.contains_key(&row)
            {
                *taken += 1;
            }
        }
        let is_open = |column: u32| {
            let at = column as usize;
            taken.get(at).zip(self.places.get(at)).is_some_and(|(taken, places)| taken < places)
        };
        let [by_place, by_person] = self.extremes();
        // The least that each vacancy loses with somebody more, and with whom.
        let mut nearest: Vec<Option<Nearest>> = vec![None; self.work.len()];
        // Who has no place and could have one there, the highest score first.
        let mut blocked: Vec<Option<Nearest>> = vec![None; self.work.len()];
        for (row, edge) in self.rows.iter() {
            let one = self.nearest(&by_person, row, edge, row);
            if let Some(place) = blocked.get_mut(edge.to as usize)
                && has_place.get(row as usize).is_some_and(|has_place| !has_place)
                && place.is_none_or(|least| one.cost < least.cost)
            {
                *place = Some(one);
            }
            if let Some(place) = nearest.get_mut(edge.to as usize)
                && chosen.get(row as usize).copied().flatten().is_none_or(|own| own.to != edge.to)
                && place.is_none_or(|least| one.cost < least.cost)
            {
                *place = Some(one);
            }
        }
        let below = self.below_the_floor();
        let mut left = Vec::new();
        for (row, _) in (0u32..).zip(&has_place).filter(|(_, has_place)| !**has_place) {
            let edges = self.rows.of(row).iter();
            let least = edges.map(|edge| self.nearest(&by_place, row, *edge, edge.to));
            let least = least.min_by_key(|one| (one.cost, one.other));
            let other =
                least.and_then(|one| name(Side::Vacancy, self.work.get(one.other as usize)));
            let Some(id) = name(Side::Candidate, self.people.get(row as usize)) else { continue };
            // Where a place is open that the person could have, only a case can be missing.
            let is_blocked = self.rows.of(row).iter().any(|edge| is_open(edge.to));
            // With one case more, the person would gain a place whatever that costs others.
            let lacks_a_case = !self.request.stable
                && least.is_some_and(|one| one.case > 0 && one.cost < one.case);
            let is_blocked = is_blocked || lacks_a_case;
            let reason = self.reason(least, below.0.contains(&row), is_blocked);
            left.push(self.line(Side::Candidate, (id, None), reason, least, other));
        }
        for (column, places) in (0u32..).zip(&self.places).filter(|(column, _)| is_open(*column)) {
            let blocked = blocked.get(column as usize).copied().flatten();
            let least = blocked.or_else(|| nearest.get(column as usize).copied().flatten());
            let other =
                least.and_then(|one| name(Side::Candidate, self.people.get(one.other as usize)));
            let Some(id) = name(Side::Vacancy, self.work.get(column as usize)) else { continue };
            let open = taken.get(column as usize).map(|taken| places - taken);
            let reason = self.reason(least, below.1.contains(&column), blocked.is_some());
            left.push(self.line(Side::Vacancy, (id, open), reason, least, other));
        }
        left.sort_by(|a, b| {
            (a.side == Side::Vacancy, &a.id).cmp(&(b.side == Side::Vacancy, &b.id))
        });
        left
    }

    fn nearest(
        &self,
        (solution, shared): &(Solution, Shared),
        row: u32,
        edge: Edge,
        other: u32,
    ) -> Nearest {
        let case = match self.units.household {
            0 => get(&shared.of_rows, row),
            _ => 0,
        };
        Nearest { cost: self.cost_by(solution, shared, row, edge), other, case }
    }

    /// The rows and columns with pairs below the floor.
    fn below_the_floor(&self) -> (BTreeSet<u32>, BTreeSet<u32>) {
        let below = self.below().map(|(row, edge)| (row, edge.to));
        below.unzip()
    }

    fn reason(&self, least: Option<Nearest>, is_below: bool, is_blocked: bool) -> UnplacedReason {
        let Some(Nearest { cost, .. }) = least else {
            return if is_below { UnplacedReason::BelowFloor } else { UnplacedReason::NothingOpen };
        };
        let (households, placements, score) = self.units.apart(cost);
        if is_blocked {
            UnplacedReason::NoCase
        } else if self.request.stable {
            UnplacedReason::ScoreFirst
        } else if households > 0 || placements > 0 {
            UnplacedReason::TakesAPlace
        } else if score > 0 {
            UnplacedReason::CostsScore
        } else {
            UnplacedReason::NoDifference
        }
    }

    fn line(
        &self,
        side: Side,
        (id, open): (String, Option<u32>),
        reason: UnplacedReason,
        least: Option<Nearest>,
        nearest: Option<String>,
    ) -> UnplacedLine {
        use UnplacedReason::{
            BelowFloor, CostsScore, NoCase, NoDifference, NothingOpen, ScoreFirst, TakesAPlace,
        };
        // What a pair costs a stable plan is not in the prices.
        let cost = least.filter(|_| !self.request.stable).map(|one| self.units.apart(one.cost));
        let key = match (side, reason) {
            (Side::Candidate, NothingOpen) => Say("left_person_nothing_open"),
            (Side::Candidate, BelowFloor) => Say("left_person_below_floor"),
            (Side::Candidate, NoCase) => Say("left_person_no_case"),
            (Side::Candidate, TakesAPlace) if cost.is_some_and(|cost| cost.0 > 0) => {
                Say("left_person_takes_a_household")
            }
            (Side::Candidate, TakesAPlace) => Say("left_person_takes_a_place"),
            (Side::Candidate, CostsScore) => Say("left_person_costs_score"),
            (Side::Candidate, ScoreFirst) => Say("left_person_score_first"),
            (Side::Candidate, NoDifference) => Say("left_person_no_difference"),
            (Side::Vacancy, NothingOpen) => Say("left_work_nobody"),
            (Side::Vacancy, BelowFloor) => Say("left_work_below_floor"),
            (Side::Vacancy, NoCase) => Say("left_work_no_case"),
            (Side::Vacancy, TakesAPlace) => Say("left_work_takes_a_person"),
            (Side::Vacancy, CostsScore) => Say("left_work_costs_score"),
            (Side::Vacancy, ScoreFirst) => Say("left_work_score_first"),
            (Side::Vacancy, NoDifference) => Say("left_work_no_difference"),
        };
        let args = Args::default()
            .value("other", nearest.as_deref().unwrap_or_default())
            .text("floor", points(self.request.floor))
            .text("points", points(cost.map_or(0, |cost| cost.2)));
        UnplacedLine {
            side,
            id,
            open,
            reason,
            nearest,
            cost_households: cost.map(|cost| cost.0).filter(|_| self.units.household > 0),
            cost_placements: cost.map(|cost| cost.1),
            cost_score: cost.map(|cost| cost.2),
            text: key.with(&args),
        }
    }
}
