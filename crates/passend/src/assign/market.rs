// SPDX-License-Identifier: EUPL-1.2
//! The best assignment of a market: lists, the best over them, and the pairs beyond them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::cover::contested;
use super::record::{
    AssignRequest, AssignedLine, Duals, EdgeLine, Goal, Placed, Proof, UnplacedLine, UnplacedReason,
};
use super::solve::{Edge, Edges, Instance, Solution, solve};
use crate::engine::{By, Detail, Market, RankError, Request, Stopped, Watch, on_threads};
use crate::explain::Side;
use crate::index::Bounds;
use crate::text::{Args, Say};

/// A plan and its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    request: AssignRequest,
    /// The candidate of each row, the vacancy of each column: by a hash of the id, so that nobody is first by its name.
    people: Vec<u32>,
    work: Vec<u32>,
    places: Vec<u32>,
    rows: Edges,
    solution: Solution,
    bonus: i64,
    greedy: Placed,
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
        on_threads(request.threads, || self.assigned(request, watch))
    }

    fn assigned(&self, request: &AssignRequest, watch: &Watch) -> Result<Assignment, RankError> {
        let (people, work) = (neutral(self, Side::Candidate), neutral(self, Side::Vacancy));
        let lists = Request {
            k: request.top,
            by: By::Candidate,
            when: request.when,
            sure: request.sure,
            detail: Detail::Brief,
            ..Request::default()
        };
        let ranking = self.rank(&lists, watch)?;
        let (row_of, column_of) = (turned(&people), turned(&work));
        let at = |all: &[u32], one: u32| all.get(one as usize).copied().unwrap_or(u32::MAX);
        let mut pairs: Vec<(u32, Edge)> = Vec::new();
        for (candidate, list) in ranking.lists() {
            let row = at(&row_of, candidate);
            let edge =
                |(vacancy, score)| Edge { to: at(&column_of, vacancy), worth: u32::from(score) };
            pairs.extend(list.into_iter().map(|pair| (row, edge(pair))));
        }
        let positions = |one: &u32| self.vacancy(*one).map_or(0, |one| u32::from(one.positions));
        let places = work.iter().map(positions).collect();
        let mut plan = Assignment {
            request: *request,
            people,
            work,
            places,
            rows: Edges::default(),
            solution: Solution::default(),
            bonus: 0,
            greedy: Placed::default(),
        };
        plan.solve(&pairs, None, watch)?;
        let beyond = |plan: &Assignment| match request.every_pair {
            true => plan.wanted(self, &lists, [&row_of, &column_of], watch),
            false => Ok(Vec::new()),
        };
        let mut more = beyond(&plan)?;
        while !more.is_empty() {
            pairs.append(&mut more);
            let prices = std::mem::take(&mut plan.solution.prices);
            plan.solve(&pairs, Some(prices), watch)?;
            more = beyond(&plan)?;
        }
        plan.greedy = plan.best_first(self);
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
    all.sort_by_key(|one| match side {
        Side::Candidate => market.candidate(*one).map(|one| (one.id_hash, &*one.id)),
        Side::Vacancy => market.vacancy(*one).map(|one| (one.id_hash, &*one.id)),
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

/// So many pairs of a person are added at once: those that are wanted most.
const MORE: usize = 16;

impl Assignment {
    /// The best assignment over these pairs, from the prices of a solution over fewer pairs if there is one.
    fn solve(
        &mut self,
        pairs: &[(u32, Edge)],
        before: Option<Vec<i64>>,
        watch: &Watch,
    ) -> Result<(), Stopped> {
        let rows = Edges::new(self.people.len(), pairs.iter().copied());
        let columns = rows.turned(self.work.len());
        let all: i64 = pairs.iter().map(|(_, edge)| i64::from(edge.worth)).sum();
        let bonus = if self.request.goal == Goal::Placements { all + 1 } else { 0 };
        // What is left of a price beside the placement that it may be worth.
        let rest = |price: i64| price - if self.is_placement(price) { self.bonus } else { 0 };
        let mut prices: Vec<i64> = match before {
            Some(prices) => prices.into_iter().map(|price| rest(price).max(0)).collect(),
            None => vec![0; self.work.len()],
        };
        if bonus > 0 {
            // Where places are too few, one is worth a placement: found at once, for bids would climb there step by step.
            let contested = contested(&rows, &self.places, || watch.check())?;
            for (price, _) in
                prices.iter_mut().zip(contested).filter(|(_, is_contested)| *is_contested)
            {
                *price += bonus;
            }
        }
        let instance = Instance { rows: &rows, columns: &columns, places: &self.places, bonus };
        self.solution = solve(instance, prices, || watch.check())?;
        self.rows = rows;
        self.bonus = bonus;
        Ok(())
    }

    /// Whether this many points are about a placement.
    fn is_placement(&self, points: i64) -> bool {
        self.bonus > 0 && points > self.bonus / 2
    }

    /// The pairs outside the lists that would make the plan better: those that are worth more than both sides have.
    fn wanted(
        &self,
        market: &Market,
        lists: &Request,
        [row_of, column_of]: [&[u32]; 2],
        watch: &Watch,
    ) -> Result<Vec<(u32, Edge)>, RankError> {
        let mut wanted = Vec::new();
        // People whose gain is about a placement are asked apart from the others: against them other vacancies count.
        for are_placed in [false, true] {
            if are_placed && self.bonus == 0 {
                break;
            }
            let bounds = self.bounds(market.candidates(), market.vacancies(), are_placed);
            for (candidate, best) in market.beyond(lists, &bounds, MORE, watch)? {
                for pair in best.pairs {
                    let row = row_of.get(candidate as usize).copied().unwrap_or(u32::MAX);
                    let column = column_of.get(pair.other as usize).copied().unwrap_or(u32::MAX);
                    let score = market.checked(candidate, pair.other, lists)?;
                    let edge = Edge { to: column, worth: u32::from(score) };
                    let have =
                        get(&self.solution.profits, row) + get(&self.solution.prices, column);
                    // Never a pair of the lists: the prices say that both sides have at least what it is worth.
                    if i64::from(edge.worth) + self.bonus > have {
                        wanted.push((row, edge));
                    }
                }
            }
        }
        Ok(wanted)
    }

    /// What the score of a pair must exceed, for people whose gain is about a placement or for the others.
    fn bounds(&self, candidates: usize, vacancies: usize, are_placed: bool) -> Bounds {
        let mut people = vec![None; candidates];
        for (candidate, profit) in self.people.iter().zip(&self.solution.profits) {
            if let Some(place) = people.get_mut(*candidate as usize)
                && self.is_placement(*profit) == are_placed
            {
                *place = Some(if are_placed { profit - self.bonus } else { *profit });
            }
        }
        let mut prices = vec![None; vacancies];
        for (vacancy, price) in self.work.iter().zip(&self.solution.prices) {
            let bound = match (self.bonus > 0, self.is_placement(*price), are_placed) {
                // A second placement for one pair: never worth it.
                (true, true, true) => None,
                // A placement more.
                (true, false, false) => Some(Bounds::LEAST),
                (true, true, false) => Some(price - self.bonus),
                (true, false, true) | (false, _, _) => Some(*price),
            };
            if let Some(place) = prices.get_mut(*vacancy as usize) {
                *place = bound;
            }
        }
        Bounds::new(&people, &prices)
    }

    /// What taking the best score first, then the next, places over the same pairs.
    fn best_first(&self, market: &Market) -> Placed {
        let mut pairs: Vec<(u32, Edge)> = self.rows.iter().collect();
        pairs.sort_by_cached_key(|(row, edge)| {
            let candidate = self.people.get(*row as usize).and_then(|one| market.candidate(*one));
            let vacancy = self.work.get(edge.to as usize).and_then(|one| market.vacancy(*one));
            (
                Reverse(edge.worth),
                candidate.zip(vacancy).map(|(one, other)| Market::tie(one, other)),
            )
        });
        let (mut left, mut is_placed) = (self.places.clone(), vec![false; self.people.len()]);
        let mut result = Placed::default();
        for (row, edge) in pairs {
            let places = (left.get_mut(edge.to as usize), is_placed.get_mut(row as usize));
            if let (Some(left @ 1..), Some(is_placed @ false)) = places {
                *left -= 1;
                *is_placed = true;
                result.placed += 1;
                result.score += u64::from(edge.worth);
            }
        }
        result
    }

    /// Each person with a vacancy, by id, with from when and by which steps.
    pub fn lines<'a>(&'a self, market: &'a Market) -> impl Iterator<Item = AssignedLine> + 'a {
        let mut placed: Vec<_> = self
            .placed()
            .filter_map(|(row, edge)| {
                let candidate = market.candidate(*self.people.get(row as usize)?)?;
                Some((candidate, market.vacancy(*self.work.get(edge.to as usize)?)?, edge.worth))
            })
            .collect();
        placed.sort_by_key(|(candidate, ..)| &candidate.id);
        placed.into_iter().map(|(candidate, vacancy, worth)| AssignedLine {
            candidate: candidate.id.to_string(),
            vacancy: vacancy.id.to_string(),
            score: u16::try_from(worth).unwrap_or(u16::MAX),
            readiness: market.teller().readiness(candidate, vacancy),
        })
    }

    /// The rows that have a column, with the pair.
    fn placed(&self) -> impl Iterator<Item = (u32, Edge)> + '_ {
        (0..).zip(&self.solution.columns).filter_map(|(row, column)| {
            let column = (*column)?;
            self.rows.of(row).iter().find(|edge| edge.to == column).map(|edge| (row, *edge))
        })
    }

    /// The pairs that the plan could choose from, by candidate and vacancy.
    pub fn edges(&self, market: &Market) -> Vec<EdgeLine> {
        let mut edges: Vec<_> = self
            .rows
            .iter()
            .filter_map(|(row, edge)| {
                Some(EdgeLine {
                    candidate: market.candidate(*self.people.get(row as usize)?)?.id.to_string(),
                    vacancy: market.vacancy(*self.work.get(edge.to as usize)?)?.id.to_string(),
                    score: u16::try_from(edge.worth).unwrap_or(u16::MAX),
                })
            })
            .collect();
        edges.sort_by(|a, b| (&a.candidate, &a.vacancy).cmp(&(&b.candidate, &b.vacancy)));
        edges
    }

    /// The proof that no plan is better.
    pub fn proof(&self, market: &Market) -> Proof {
        let totals = self.placed().fold(Placed::default(), |sum, (_, edge)| Placed {
            placed: sum.placed + 1,
            score: sum.score + u64::from(edge.worth),
        });
        let Solution { profits, prices, .. } = &self.solution;
        let sold =
            prices.iter().zip(&self.places).map(|(price, places)| price * i64::from(*places));
        let dual: i64 = profits.iter().sum::<i64>() + sold.sum::<i64>();
        let worth = self.placed().map(|(_, edge)| i64::from(edge.worth) + self.bonus).sum::<i64>();
        let candidate = |one: u32| market.candidate(one).map(|one| one.id.to_string());
        let vacancy = |one: u32| market.vacancy(one).map(|one| one.id.to_string());
        Proof {
            goal: self.request.goal,
            over: if self.request.every_pair { "every_pair" } else { "lists" },
            placed: totals.placed,
            score: totals.score,
            greedy: self.greedy,
            bonus: self.bonus,
            dual: Duals {
                candidates: named(&self.people, profits, candidate),
                vacancies: named(&self.work, prices, vacancy),
            },
            gap: dual - worth,
        }
    }

    /// The people without a vacancy, then the vacancies with a position left, each by id, with the reason.
    pub fn unplaced(&self, market: &Market) -> Vec<UnplacedLine> {
        let id = |side, one: Option<&u32>| match side {
            Side::Candidate => market.candidate(*one?).map(|one| one.id.to_string()),
            Side::Vacancy => market.vacancy(*one?).map(|one| one.id.to_string()),
        };
        let mut taken = vec![0u32; self.work.len()];
        for column in self.solution.columns.iter().flatten() {
            if let Some(taken) = taken.get_mut(*column as usize) {
                *taken += 1;
            }
        }
        // The least that each vacancy loses with somebody more, and with whom.
        let mut nearest: Vec<Option<(i64, u32)>> = vec![None; self.work.len()];
        for (row, edge) in self.rows.iter() {
            let cost = self.cost(row, edge);
            if let Some(place) = nearest.get_mut(edge.to as usize)
                && self.solution.columns.get(row as usize) != Some(&Some(edge.to))
                && place.is_none_or(|(least, _)| cost < least)
            {
                *place = Some((cost, row));
            }
        }
        let people = (0u32..).zip(&self.solution.columns).filter(|(_, column)| column.is_none());
        let people = people.filter_map(|(row, _)| {
            let costs = self.rows.of(row).iter().map(|edge| (self.cost(row, *edge), edge.to));
            let least = costs.min();
            let other =
                least.and_then(|(_, column)| id(Side::Vacancy, self.work.get(column as usize)));
            Some(self.left(
                Side::Candidate,
                id(Side::Candidate, self.people.get(row as usize))?,
                None,
                least,
                other,
            ))
        });
        let work =
            (0usize..).zip(&taken).zip(&self.places).filter(|((_, taken), places)| taken < places);
        let work = work.filter_map(|((column, taken), places)| {
            let least = nearest.get(column).copied().flatten();
            let other =
                least.and_then(|(_, row)| id(Side::Candidate, self.people.get(row as usize)));
            let own = id(Side::Vacancy, self.work.get(column))?;
            Some(self.left(Side::Vacancy, own, Some(places - taken), least, other))
        });
        let mut left: Vec<_> = people.chain(work).collect();
        left.sort_by(|a, b| {
            (a.side == Side::Vacancy, &a.id).cmp(&(b.side == Side::Vacancy, &b.id))
        });
        left
    }

    /// What it would cost at least to put a pair in the plan that is not in it.
    fn cost(&self, row: u32, edge: Edge) -> i64 {
        let have = get(&self.solution.profits, row) + get(&self.solution.prices, edge.to);
        have - i64::from(edge.worth) - self.bonus
    }

    fn left(
        &self,
        side: Side,
        id: String,
        open: Option<u32>,
        least: Option<(i64, u32)>,
        nearest: Option<String>,
    ) -> UnplacedLine {
        let cost = least.map(|(cost, _)| cost);
        let placements = cost.map(|cost| if self.is_placement(cost) { 1 } else { 0 });
        let score = cost.zip(placements).map(|(cost, placements)| cost - placements * self.bonus);
        let reason = match (placements, score) {
            (Some(1..), _) => UnplacedReason::TakesAPlace,
            (_, Some(1..)) => UnplacedReason::CostsScore,
            (Some(_), _) => UnplacedReason::NoDifference,
            (None, _) => UnplacedReason::NothingOpen,
        };
        let key = match (side, reason) {
            (Side::Candidate, UnplacedReason::NothingOpen) => Say("left_person_nothing_open"),
            (Side::Candidate, UnplacedReason::TakesAPlace) => Say("left_person_takes_a_place"),
            (Side::Candidate, UnplacedReason::CostsScore) => Say("left_person_costs_score"),
            (Side::Candidate, UnplacedReason::NoDifference) => Say("left_person_no_difference"),
            (Side::Vacancy, UnplacedReason::NothingOpen) => Say("left_work_nobody"),
            (Side::Vacancy, UnplacedReason::TakesAPlace) => Say("left_work_takes_a_person"),
            (Side::Vacancy, UnplacedReason::CostsScore) => Say("left_work_costs_score"),
            (Side::Vacancy, UnplacedReason::NoDifference) => Say("left_work_no_difference"),
        };
        let args = Args::default()
            .value("other", nearest.as_deref().unwrap_or_default())
            .value("points", in_hundredths(score.unwrap_or_default()));
        UnplacedLine {
            side,
            id,
            open,
            reason,
            nearest,
            cost_placements: placements.and_then(|number| u64::try_from(number).ok()),
            cost_score: score,
            text: key.with(&args),
        }
    }
}

/// Points of a score as people read them: 50.86.
fn in_hundredths(points: i64) -> String {
    format!("{}.{:02}", points / 100, points % 100)
}

fn get(all: &[i64], at: u32) -> i64 {
    all.get(at as usize).copied().unwrap_or_default()
}

fn named(
    order: &[u32],
    duals: &[i64],
    name: impl Fn(u32) -> Option<String>,
) -> BTreeMap<String, i64> {
    order.iter().zip(duals).filter_map(|(one, dual)| Some((name(*one)?, *dual))).collect()
}
