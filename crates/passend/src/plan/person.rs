// SPDX-License-Identifier: EUPL-1.2
//! One person before a market: what every part of a plan looks at.

use super::programme::Programme;
use super::record::GapPlan;
use super::task::{Names, Task, Tasks};
use crate::engine::Market;
use crate::gate::FindingKind;
use crate::model::{Candidate, Day, SlotKind};
use crate::policy::Policy;
use crate::prepare::{CandidateFacts, Preparer, Words};

/// What is asked of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRequest {
    /// Steps in one plan, at most; 1 to 6.
    pub max_steps: usize,
    /// Leave out pairs for which the law asks something that is not known, as `match` does.
    pub sure: bool,
    /// Length of the list at the person's own level, and of each list of stepping stones.
    pub k: usize,
    /// Programmes of the region, beside the steps that the policy knows.
    pub programmes: Vec<Programme>,
}

impl Default for PlanRequest {
    fn default() -> Self {
        Self { max_steps: 3, sure: false, k: 5, programmes: Vec::new() }
    }
}

/// A person before a market.
pub(super) struct Person<'a> {
    pub(super) market: &'a Market,
    pub(super) request: &'a PlanRequest,
    pub(super) record: &'a Candidate,
    pub(super) facts: CandidateFacts,
    pub(super) tasks: Tasks<'a>,
    pub(super) preparer: Preparer<'a>,
    /// Programmes that the person may join before work.
    pub(super) programmes_open: Vec<Task>,
    /// Vacancies that are not out of reach for good.
    pub(super) pool: Vec<u32>,
    /// The first day on which another law holds for a regulated profession: plans end before it.
    pub(super) law_changes: Option<Day>,
}

impl Market {
    /// What a person can do to open more of this market: plans with dates, the path to work at the person's own level, and
    /// stepping stones.
    ///
    /// The record need not be one of the market's people. See `docs/plans.md` for what is promised: a `match` of
    /// [`Plan::then`](crate::Plan::then) on the day [`Plan::by`](crate::Plan::by), with `--when now`, lists what the plan
    /// opens and what the unchanged record lists, and nothing else.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, PlanRequest, Vacancy};
    /// let candidate: Candidate = serde_json::from_str(
    ///     r#"{"id":"c1","residence":{"status":"free"},"languages":[{"code":"nl","level":"A1"}],"experience":[{"title":"kok"}]}"#,
    /// )?;
    /// let vacancy: Vacancy = serde_json::from_str(
    ///     r#"{"id":"v1","title":"kok","require":{"languages":[{"code":"nl","min":"A2","weight":"must"}]}}"#,
    /// )?;
    /// let market = Engine::default().market(&[], &[vacancy], "2026-11-25".parse()?)?;
    /// let plan = market.plan(&candidate, &PlanRequest::default());
    /// let first = &plan.plans[0];
    /// assert_eq!((first.steps[0].id.as_str(), first.by.to_string().as_str()), ("language:nl:A2", "2027-04-14"));
    /// assert_eq!(first.opens, ["v1"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan(&self, candidate: &Candidate, request: &PlanRequest) -> GapPlan {
        let mut preparer = Preparer::with_words(
            &self.policy,
            &self.vocabulary,
            self.as_of,
            Words::on(&self.prepared.words),
        );
        let facts = preparer.candidate(candidate);
        let moved = lessons_moved(candidate).map(|record| preparer.candidate(&record));
        let names = Names::new(&self.prepared.vacancies, &self.prepared.words);
        let tasks = Tasks::new(self.on_day(), &facts, moved.as_ref(), &request.programmes, names);
        let programmes_open = (0..)
            .zip(&request.programmes)
            .filter(|(_, one)| one.employed_in.is_none() && one.admits(candidate, &self.policy))
            .map(|(at, _)| Task::Programme(at))
            .collect();
        let mut person = Person {
            market: self,
            request,
            record: candidate,
            facts: facts.clone(),
            tasks,
            preparer,
            programmes_open,
            pool: self.within_reach(&facts),
            law_changes: law_changes(&self.policy, self.as_of),
        };
        GapPlan {
            candidate: candidate.id.clone(),
            as_of: self.as_of,
            plans: person.plans(),
            own_level: person.own_level(),
            stepping_stones: person.stepping_stones(),
        }
    }

    /// Vacancies that are neither excluded nor certainly too far, now and after a move.
    fn within_reach(&self, facts: &CandidateFacts) -> Vec<u32> {
        use rayon::prelude::*;
        let moves = facts.practical.move_to.is_some();
        let indices = 0..u32::try_from(self.vacancies()).unwrap_or(u32::MAX);
        let within = indices.into_par_iter().filter(|index| {
            let Some(vacancy) = self.vacancy(*index) else { return false };
            let mut within = true;
            let on = self.on_day();
            crate::gate::part::exclusion(
                on,
                &facts.practical.avoids,
                vacancy.excludable(),
                &mut |one| {
                    within &= one.kind != FindingKind::Closed;
                },
            );
            // Where nobody moves, the way is as long on every day.
            within
                && (moves
                    || crate::gate::travel(on, facts.commute(), vacancy.workplace(), on.as_of).kind
                        != FindingKind::Closed)
        });
        within.collect()
    }
}

/// The record without the lessons that can be moved; nothing if there are none.
fn lessons_moved(record: &Candidate) -> Option<Candidate> {
    let movable =
        |slot: &crate::model::Slot| slot.kind == SlotKind::Class && slot.movable == Some(true);
    record.slots.iter().flatten().any(movable).then(|| {
        let mut moved = record.clone();
        if let Some(slots) = &mut moved.slots {
            slots.retain(|slot| !movable(slot));
        }
        moved
    })
}

/// The first day after this one on which a row of regulated work begins or has ended: what vacancies ask was read today.
fn law_changes(policy: &Policy, as_of: Day) -> Option<Day> {
    let days = policy.professions().flat_map(|(_, row)| {
        [row.valid_from, row.valid_to.map(|day| day.plus_days(1)), row.language_valid_from]
    });
    days.flatten().filter(|day| *day > as_of).min()
}
