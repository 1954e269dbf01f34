// SPDX-License-Identifier: EUPL-1.2
//! The best assignment of a market: lists, the best over them, and the pairs beyond them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::beside::BesideLine;
use super::beyond::Beyond;
use super::cover::contested;
use super::record::{AssignRequest, AssignedLine, Duals, EdgeLine, Goal, Placed, Proof};
use super::shares::{Shared, Shares};
use super::solve::{Edge, Edges, Instance, Solution, dearest, proudest, settle, solve};
use super::wishes::{AssignError, AssignWishes, Places};
use crate::engine::{By, Detail, Market, RankError, Request, Stopped, Watch, on_threads};
use crate::explain::Side;
use crate::index::Scored;
use crate::prepare::{CandidateFacts, VacancyFacts};

/// A plan and its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    pub(super) request: AssignRequest,
    /// The candidate of each row, the vacancy of each column: by a hash of the id, so that nobody is first by its name.
    pub(super) people: Vec<u32>,
    pub(super) work: Vec<u32>,
    /// The positions of each column that no pair takes that stands.
    pub(super) places: Vec<u32>,
    /// The pairs that stand, by row.
    pub(super) kept: BTreeMap<u32, Edge>,
    pub(super) shares: Shares,
    /// Every pair that was looked at, also below the floor.
    listed: Vec<(u32, Edge)>,
    /// The pairs that the plan could choose, by row and by column.
    pub(super) rows: Edges,
    columns: Edges,
    pub(super) solution: Solution,
    pub(super) shared: Shared,
    /// The solution as the solver had it, with the columns of those who wait.
    whole: Solution,
    pub(super) units: Units,
    /// Taking the best score first: the stable plan.
    pub(super) greedy: Vec<Option<Edge>>,
    pub(super) beside: Vec<BesideLine>,
}

/// What counts for more than any scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Units {
    /// A placement; 0 where scores alone count.
    pub(super) placement: i64,
    /// A household with a placement; 0 where those do not count.
    pub(super) household: i64,
}

impl Units {
    /// What each pair is worth more than its score.
    pub(super) const fn bonus(self) -> i64 {
        self.placement + self.household
    }

    /// Points as households, placements and what is left of score. What is left is never more than half a placement.
    pub(super) fn apart(self, points: i64) -> (i64, i64, i64) {
        let nearest = |points: i64, unit: i64| match unit {
            0 => 0,
            unit => (points + unit / 2).div_euclid(unit),
        };
        let households = nearest(points, self.household);
        let points = points - households * self.household;
        let placements = nearest(points, self.placement);
        (households, placements, points - placements * self.placement)
    }
}

impl Market {
    /// Who goes where, so that the goal is met best: exact, and with its proof.
    ///
    /// # Errors
    ///
    /// The watch was stopped, or the index and the plain scorer disagree on a pair.
    ///
    /// ```
    /// # use passend::{AssignRequest, Candidate, Engine, Goal, Vacancy, Watch};
    /// let candidate = |id: &str| serde_json::from_str::<Candidate>(
    ///     &format!(r#"{{"id":"{id}","residence":{{"status":"free"}},"experience":[{{"title":"kok","months":36}}]}}"#),
    /// );
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok","positions":1}"#)?;
    /// let people = [candidate("c1")?, candidate("c2")?];
    /// let market = Engine::default().market(&people, &[vacancy], "2026-11-25".parse()?)?;
    /// let plan = market.assign(&AssignRequest::new(Goal::Placements), &Watch::new())?;
    /// assert_eq!(plan.lines(&market).count(), 1);
    /// assert_eq!(plan.proof(&market).gap, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn assign(&self, request: &AssignRequest, watch: &Watch) -> Result<Assignment, RankError> {
        match self.assign_with(request, &AssignWishes::default(), watch) {
            Ok(plan) => Ok(plan),
            Err(AssignError::Rank(error)) => Err(error),
            // Without wishes there is nothing else that could be wrong.
            Err(_) => Err(RankError::Stopped(Stopped)),
        }
    }

    /// As [`assign`](Self::assign), with coaches who have so many cases, households, pairs that stand, and other goals beside
    /// this one. The cost of each of these wishes, and of a floor and of stability, stands in the proof.
    ///
    /// # Errors
    ///
    /// The wishes cannot be met together, the watch was stopped, or the index and the plain scorer disagree on a pair.
    ///
    /// ```
    /// # use passend::{AssignRequest, AssignWishes, Candidate, Coach, Engine, Goal, Vacancy, Watch};
    /// # let candidate = |id: &str| serde_json::from_str::<Candidate>(
    /// #     &format!(r#"{{"id":"{id}","residence":{{"status":"free"}},"experience":[{{"title":"kok","months":36}}]}}"#),
    /// # );
    /// # let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok","positions":2}"#)?;
    /// # let people = [candidate("c1")?, candidate("c2")?];
    /// let market = Engine::default().market(&people, &[vacancy], "2026-11-25".parse()?)?;
    /// let coach = Coach { id: "k1".into(), candidates: vec!["c1".into(), "c2".into()], cases: 1 };
    /// let wishes = AssignWishes { coaches: &[coach], ..AssignWishes::default() };
    /// let plan = market.assign_with(&AssignRequest::new(Goal::Placements), &wishes, &Watch::new())?;
    /// let proof = plan.proof(&market);
    /// assert_eq!((proof.placed, proof.beside[0].placed, proof.gap), (1, 2, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn assign_with(
        &self,
        request: &AssignRequest,
        wishes: &AssignWishes<'_>,
        watch: &Watch,
    ) -> Result<Assignment, AssignError> {
        on_threads(request.threads, || self.assigned(request, wishes, watch))
    }

    fn assigned(
        &self,
        request: &AssignRequest,
        wishes: &AssignWishes<'_>,
        watch: &Watch,
    ) -> Result<Assignment, AssignError> {
        let (people, work) = (neutral(self, Side::Candidate), neutral(self, Side::Vacancy));
        let lists = Request {
            k: request.top,
            by: By::Candidate,
            when: request.when,
            sure: request.sure,
            detail: Detail::Brief,
            ..Request::default()
        };
        let found = self.unchecked_lists(&lists, watch).map_err(RankError::from)?;
        let (row_of, column_of) = (turned(&people), turned(&work));
        let at = |all: &[u32], one: u32| all.get(one as usize).copied().unwrap_or(u32::MAX);
        let mut listed: Vec<(u32, Edge)> = Vec::new();
        let mut beyond = Beyond::new(&lists, &row_of, &column_of);
        for (candidate, list) in found {
            let row = at(&row_of, candidate);
            beyond.list(row, &list);
            let edge = |pair: Scored| Edge {
                to: at(&column_of, pair.other),
                worth: u32::from(pair.score),
            };
            listed.extend(list.into_iter().map(|pair| (row, edge(pair))));
        }
        let mut plan = Assignment {
            request: *request,
            places: Vec::new(),
            kept: BTreeMap::new(),
            shares: Shares::default(),
            listed,
            rows: Edges::default(),
            columns: Edges::default(),
            solution: Solution::default(),
            shared: Shared::default(),
            whole: Solution { prices: vec![0; work.len()], ..Solution::default() },
            units: Units::default(),
            greedy: Vec::new(),
            beside: Vec::new(),
            people,
            work,
        };
        plan.wish(self, wishes)?;
        plan.solve(watch).map_err(RankError::from)?;
        if request.every_pair {
            loop {
                let more = beyond.wanted(self, &plan, watch)?;
                if more.is_empty() {
                    break;
                }
                plan.solve_again(more, watch).map_err(RankError::from)?;
            }
        }
        // First, for a stable plan is made of it, and is checked too.
        plan.greedy = plan.best_first(self);
        plan.check(self, &lists, watch)?;
        plan.compare(self, wishes, watch)?;
        Ok(plan)
    }
}

/// The records of a side in an order that owes nothing to their names or their place in the file.
fn neutral(market: &Market, side: Side) -> Vec<u32> {
    let count = match side {
        Side::Candidate => market.candidates(),
        Side::Vacancy => market.vacancies(),
    };
    let mut all: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    all.par_sort_by_key(|one| match side {
        Side::Candidate => market.candidate(*one).map(|one| (one.id_hash(), one.id())),
        Side::Vacancy => market.vacancy(*one).map(|one| (one.id_hash(), one.id())),
    });
    all
}

/// Where each record is in an order.
fn turned(order: &[u32]) -> Vec<u32> {
    let mut places = vec![u32::MAX; order.len()];
    for (at, one) in (0..).zip(order) {
        if let Some(place) = places.get_mut(*one as usize) {
            *place = at;
        }
    }
    places
}

/// A placement is worth so much for each person: twice what the place of one can differ in score from that of another.
const MOST_APART: i64 = 2 * 10_001;

impl Assignment {
    /// Takes over what the plan has to respect.
    pub(super) fn wish(
        &mut self,
        market: &Market,
        wishes: &AssignWishes<'_>,
    ) -> Result<(), AssignError> {
        let positions = |one: &u32| market.vacancy(*one).map_or(0, |one| u32::from(one.positions));
        self.places = self.work.iter().map(positions).collect();
        let ids = Places::new(market, &self.people, &self.work);
        let score = |row: u32, column: u32| {
            let candidate = self.people.get(row as usize).and_then(|one| market.candidate(*one));
            let vacancy = self.work.get(column as usize).and_then(|one| market.vacancy(*one));
            let pair = candidate.zip(vacancy);
            pair.map_or(0, |(candidate, vacancy)| market.score(candidate, vacancy).now)
        };
        self.kept = ids.kept(wishes.keep, &mut self.places, score)?;
        self.shares = ids.shares(&self.request, wishes, &self.kept)?;
        self.whole.prices.truncate(self.work.len());
        Ok(())
    }

    /// The best assignment over the pairs that are listed, from the prices of the solution before.
    pub(super) fn solve(&mut self, watch: &Watch) -> Result<(), Stopped> {
        self.choose();
        let rows = &self.rows;
        let best = |row: u32| rows.of(row).first().map_or(0, |edge| edge.worth);
        let count = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        let units = match self.request.goal {
            Goal::Score => Units::default(),
            Goal::Placements => {
                Units { placement: MOST_APART * i64::from(count) + 1, household: 0 }
            }
            Goal::Households => {
                let most: i64 = (0..count).map(|row| i64::from(best(row))).sum();
                // It is part of what a pair is worth, which has 32 bits: enough for 200,000 people.
                let placement = (2 * most + 1).min(i64::from(u32::MAX) - 20_000);
                Units { placement, household: i64::from(count) * (placement + 20_000) + 1 }
            }
        };
        // What is left of a price beside what counts for more than scores.
        let before = std::mem::take(&mut self.whole.prices);
        let mut prices: Vec<i64> =
            before.into_iter().map(|price| self.units.apart(price).2.max(0)).collect();
        if prices.len() == self.work.len() {
            prices.extend(self.shares.first_prices(best));
        }
        let problem = self.problem(units);
        if problem.bonus > 0 {
            // Where places are too few, one is worth a placement: found at once, for bids would climb there step by step.
            let Problem { rows, columns, places, .. } = &problem;
            let contested = contested(rows, columns, places, || watch.check())?;
            for (price, _) in
                prices.iter_mut().zip(contested).filter(|(_, is_contested)| *is_contested)
            {
                *price += problem.bonus;
            }
        }
        let solution = match units.household {
            0 => solve(problem.instance(), prices, || watch.check())?,
            // Bids would climb from score to placement step by step too.
            _ => settle(problem.instance(), prices, &[], || watch.check())?,
        };
        self.units = units;
        self.take(solution);
        Ok(())
    }

    /// The best assignment once more, after pairs were added: who gains nothing by them stays until somebody else comes.
    fn solve_again(&mut self, mut more: Vec<(u32, Edge)>, watch: &Watch) -> Result<(), Stopped> {
        more.par_sort_unstable_by_key(|(row, edge)| (*row, edge.to));
        more.dedup();
        more.retain(|(row, edge)| !self.rows.has(*row, *edge));
        self.listed.extend_from_slice(&more);
        let turned = more.iter().map(|(row, edge)| (edge.to, Edge { to: *row, ..*edge }));
        let mut turned: Vec<(u32, Edge)> = turned.collect();
        turned.par_sort_unstable_by_key(|(column, edge)| (*column, edge.to));
        (self.rows, self.columns) =
            rayon::join(|| self.rows.with(&more), || self.columns.with(&turned));
        let Solution { columns, prices, .. } = std::mem::take(&mut self.whole);
        let problem = self.problem(self.units);
        let solution = settle(problem.instance(), prices, &columns, || watch.check())?;
        self.take(solution);
        Ok(())
    }

    /// Sorts the pairs that the plan may choose.
    fn choose(&mut self) {
        let floor = u32::from(self.request.floor);
        let may = |(row, edge): &&(u32, Edge)| edge.worth >= floor && !self.kept.contains_key(row);
        self.rows = Edges::new(self.people.len(), self.listed.iter().filter(may).copied());
        self.columns = self.rows.turned(self.work.len());
    }

    fn take(&mut self, solution: Solution) {
        self.whole = solution;
        (self.solution, self.shared) = self.without_waiting(self.whole.clone());
        for row in self.kept.keys() {
            let column = self.kept.get(row).map(|edge| edge.to);
            if let Some(place) = self.solution.columns.get_mut(*row as usize) {
                *place = column;
            }
        }
    }

    /// What the solver solves: these pairs, and those of the columns of who waits.
    fn problem(&self, units: Units) -> Problem<'_> {
        let Self { rows, columns, .. } = self;
        let mut places = self.places.clone();
        places.extend(self.shares.waiting());
        let vacancies = u32::try_from(self.work.len()).unwrap_or(u32::MAX);
        // With households a placement is part of what a pair is worth.
        let (part, bonus) = match units.household {
            0 => (0, units.placement),
            household => (u32::try_from(units.placement).unwrap_or_default(), household),
        };
        if part == 0 && self.shares.names().next().is_none() {
            let (rows, columns) = (Cow::Borrowed(rows), Cow::Borrowed(columns));
            return Problem { rows, columns, places, bonus };
        }
        let worth = |(row, edge): (u32, Edge)| (row, Edge { worth: edge.worth + part, ..edge });
        let mut pairs: Vec<(u32, Edge)> = rows.iter().map(worth).collect();
        pairs.extend(self.shares.pairs(vacancies));
        let rows = Edges::new(self.people.len(), pairs.iter().copied());
        let columns = Cow::Owned(rows.turned(places.len()));
        Problem { rows: Cow::Owned(rows), columns, places, bonus }
    }

    /// Takes who waits out of a solution, and puts the gains of who stands in.
    fn without_waiting(&self, mut solution: Solution) -> (Solution, Shared) {
        let whole = match self.units.household {
            0 => self.units.placement,
            household => household,
        };
        let shared = self.shares.taken_out(&mut solution, self.work.len(), whole);
        for (row, edge) in &self.kept {
            let price = get(&solution.prices, edge.to) + get(&shared.of_rows, *row);
            if let Some(profit) = solution.profits.get_mut(*row as usize) {
                *profit = i64::from(edge.worth) + self.units.bonus() - price;
            }
        }
        (solution, shared)
    }

    /// Other prices that prove the same plan: first those that say what is lost with one position less, then those that say what
    /// is lost with one person less.
    pub(super) fn extremes(&self) -> [(Solution, Shared); 2] {
        let problem = self.problem(self.units);
        [dearest(problem.instance(), &self.whole), proudest(problem.instance(), &self.whole)]
            .map(|solution| self.without_waiting(solution))
    }

    /// What a person and the person's share have together.
    pub(super) fn has(&self, row: u32) -> i64 {
        get(&self.solution.profits, row) + get(&self.shared.of_rows, row)
    }

    /// Each person with a vacancy, by id, with from when and by which steps.
    pub fn lines<'a>(&'a self, market: &'a Market) -> impl Iterator<Item = AssignedLine> + 'a {
        self.pairs(market).map(|(candidate, vacancy, score)| AssignedLine {
            candidate: candidate.id().to_string(),
            vacancy: vacancy.id().to_string(),
            score,
            readiness: market.teller().readiness(candidate, vacancy),
        })
    }

    /// The pairs of the plan with their scores, by id of the candidate.
    pub(super) fn pairs<'a>(
        &self,
        market: &'a Market,
    ) -> impl Iterator<Item = (&'a CandidateFacts, &'a VacancyFacts, u16)> + use<'a> {
        let mut placed: Vec<_> = self
            .placed()
            .filter_map(|(row, edge)| {
                let candidate = market.candidate(*self.people.get(row as usize)?)?;
                let score = u16::try_from(edge.worth).unwrap_or(u16::MAX);
                Some((candidate, market.vacancy(*self.work.get(edge.to as usize)?)?, score))
            })
            .collect();
        placed.sort_by_key(|(candidate, ..)| candidate.id());
        placed.into_iter()
    }

    /// The candidate and the vacancy of each pair of the plan, by their numbers in the market.
    pub(super) fn numbers(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.placed().filter_map(|(row, edge)| {
            let candidate = self.people.get(row as usize)?;
            Some((*candidate, *self.work.get(edge.to as usize)?))
        })
    }

    /// The rows that have a column, with the pair.
    pub(super) fn placed(&self) -> impl Iterator<Item = (u32, Edge)> + Clone + '_ {
        let count = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        (0..count).filter_map(|row| self.chosen(row).map(|edge| (row, edge)))
    }

    /// The pair of a row in the plan.
    pub(super) fn chosen(&self, row: u32) -> Option<Edge> {
        if self.request.stable {
            return self.greedy.get(row as usize).copied().flatten();
        }
        self.best(row)
    }

    /// The pair of each row in the plan.
    pub(super) fn all_chosen(&self) -> Vec<Option<Edge>> {
        let count = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        (0..count).map(|row| self.chosen(row)).collect()
    }

    /// The pair of a row in the best plan.
    pub(super) fn best(&self, row: u32) -> Option<Edge> {
        if let Some(kept) = self.kept.get(&row) {
            return Some(*kept);
        }
        let column = self.solution.columns.get(row as usize).copied().flatten()?;
        self.rows.of(row).iter().find(|edge| edge.to == column).copied()
    }

    /// The pairs that the plan could choose from, by candidate and vacancy.
    pub fn edges(&self, market: &Market) -> Vec<EdgeLine> {
        let kept = self.kept.iter().map(|(row, edge)| (*row, *edge));
        let mut edges: Vec<_> = self
            .rows
            .iter()
            .chain(kept)
            .filter_map(|(row, edge)| {
                Some(EdgeLine {
                    candidate: market.candidate(*self.people.get(row as usize)?)?.id().to_string(),
                    vacancy: market.vacancy(*self.work.get(edge.to as usize)?)?.id().to_string(),
                    score: u16::try_from(edge.worth).unwrap_or(u16::MAX),
                })
            })
            .collect();
        edges.sort_by(|a, b| (&a.candidate, &a.vacancy).cmp(&(&b.candidate, &b.vacancy)));
        edges
    }

    /// How many people pairs place, and the sum of their scores.
    pub(super) fn totals(&self, pairs: impl Iterator<Item = (u32, Edge)> + Clone) -> Placed {
        let households = (self.units.household > 0)
            .then(|| self.shares.households(self.people.len(), pairs.clone().map(|(row, _)| row)));
        pairs.fold(Placed { households, ..Placed::default() }, |sum, (_, edge)| Placed {
            placed: sum.placed + 1,
            score: sum.score + u64::from(edge.worth),
            ..sum
        })
    }

    /// The proof that no plan is better.
    pub fn proof(&self, market: &Market) -> Proof {
        let Placed { placed, score, households } = self.totals(self.placed());
        let Solution { profits, prices, .. } = &self.solution;
        let mut places = self.places.clone();
        for edge in self.kept.values() {
            if let Some(places) = places.get_mut(edge.to as usize) {
                *places += 1;
            }
        }
        let sold = prices.iter().zip(&places);
        let sold = sold.map(|(price, places)| i128::from(*price) * i128::from(*places));
        let shared: i128 = if self.units.household > 0 {
            self.shared.prices.values().map(|price| i128::from(*price)).sum()
        } else {
            let cases = self.shares.cases();
            let case = |(name, cases): (&str, &usize)| {
                let price = self.shared.prices.get(name).copied().unwrap_or_default();
                i128::from(price) * i128::try_from(*cases).unwrap_or(i128::MAX)
            };
            self.shares.names().zip(&cases).map(case).sum()
        };
        let gained = profits.iter().map(|profit| i128::from(*profit)).sum::<i128>();
        let dual = gained + sold.sum::<i128>() + shared;
        let worth = i128::from(score)
            + i128::from(placed) * i128::from(self.units.placement)
            + i128::from(households.unwrap_or(0)) * i128::from(self.units.household);
        let candidate = |one: u32| market.candidate(one).map(|one| one.id().to_string());
        let vacancy = |one: u32| market.vacancy(one).map(|one| one.id().to_string());
        let (mut coaches, mut own) = (self.shared.prices.clone(), BTreeMap::new());
        if self.units.household > 0 {
            std::mem::swap(&mut coaches, &mut own);
        }
        let greedy =
            (0u32..).zip(&self.greedy).filter_map(|(row, edge)| edge.map(|edge| (row, edge)));
        let kept = self.kept.keys().filter_map(|row| candidate(*self.people.get(*row as usize)?));
        let mut kept: Vec<String> = kept.collect();
        kept.sort();
        Proof {
            goal: self.request.goal,
            over: if self.request.every_pair { "every_pair" } else { "lists" },
            floor: self.request.floor,
            stable: self.request.stable,
            placed,
            score,
            households,
            blocking: self.blocking(),
            greedy: self.totals(greedy),
            beside: self.beside.clone(),
            kept,
            bonus: self.units.placement,
            household_bonus: (self.units.household > 0).then_some(self.units.household),
            dual: Duals {
                candidates: named(&self.people, profits, candidate),
                vacancies: named(&self.work, prices, vacancy),
                coaches,
                households: own,
            },
            gap: i64::try_from(dual - worth).unwrap_or(i64::MAX),
        }
    }

    /// What it would cost at least to put a pair in the plan that is not in it, by the prices of the proof.
    pub(super) fn cost(&self, row: u32, edge: Edge) -> i64 {
        self.cost_by(&self.solution, &self.shared, row, edge)
    }

    /// The same by other prices that prove the plan.
    pub(super) fn cost_by(
        &self,
        solution: &Solution,
        shared: &Shared,
        row: u32,
        edge: Edge,
    ) -> i64 {
        let have = get(&solution.profits, row) + get(&shared.of_rows, row);
        have + get(&solution.prices, edge.to) - i64::from(edge.worth) - self.units.bonus()
    }

    /// Scores every pair of the plan again by the plain scorer; those that stand were scored by it.
    fn check(&self, market: &Market, lists: &Request, watch: &Watch) -> Result<(), RankError> {
        let check = market.checker(lists);
        let placed = self.placed().filter(|(row, _)| !self.kept.contains_key(row));
        let placed: Vec<(u32, Edge)> = placed.collect();
        placed.par_iter().try_for_each(|(row, edge)| {
            watch.check()?;
            let candidate = self.people.get(*row as usize).copied().unwrap_or(u32::MAX);
            let vacancy = self.work.get(edge.to as usize).copied().unwrap_or(u32::MAX);
            check(candidate, vacancy, u16::try_from(edge.worth).unwrap_or(u16::MAX))
        })
    }

    /// The pairs that are below the floor.
    pub(super) fn below(&self) -> impl Iterator<Item = (u32, Edge)> + '_ {
        let floor = u32::from(self.request.floor);
        self.listed.iter().filter(move |(_, edge)| edge.worth < floor).copied()
    }
}

/// What the solver solves.
struct Problem<'a> {
    rows: Cow<'a, Edges>,
    columns: Cow<'a, Edges>,
    places: Vec<u32>,
    bonus: i64,
}

impl Problem<'_> {
    fn instance(&self) -> Instance<'_> {
        Instance {
            rows: &self.rows,
            columns: &self.columns,
            places: &self.places,
            bonus: self.bonus,
        }
    }
}

pub(super) fn get(all: &[i64], at: u32) -> i64 {
    all.get(at as usize).copied().unwrap_or_default()
}

fn named(
    order: &[u32],
    duals: &[i64],
    name: impl Fn(u32) -> Option<String>,
) -> BTreeMap<String, i64> {
    order.iter().zip(duals).filter_map(|(one, dual)| Some((name(*one)?, *dual))).collect()
}
