// SPDX-License-Identifier: EUPL-1.2
//! When each step of a set starts and is ready: side by side, but after what comes first.

use super::record::PlanStep;
use super::task::{Task, Tasks};
use crate::explain::{Reader, Teller};
use crate::gate::{OnDay, Step};
use crate::model::{Cefr, Day};
use crate::policy::{LeadTime, LessonHours};
use crate::prepare::Words;
use crate::text::{Args, Say, Text};

/// A step with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) task: Task,
    pub(super) start: Day,
    pub(super) ready: Day,
    pub(super) needs: Vec<Task>,
    pub(super) lead: LeadTime,
    /// The level from which a language is learned within these steps.
    pub(super) from: Option<Cefr>,
}

/// Steps in time, by the day on which they start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Schedule {
    pub(super) steps: Vec<Dated>,
    pub(super) by: Day,
    pub(super) earliest: Day,
    pub(super) latest: Day,
}

/// Which of its lead times a step takes.
#[derive(Debug, Clone, Copy)]
enum Pace {
    Fast,
    Usual,
    Slow,
}

impl Pace {
    const fn of(self, lead: LeadTime) -> u16 {
        match self {
            Self::Fast => lead.min,
            Self::Usual => lead.usual,
            Self::Slow => lead.max,
        }
    }
}

impl Tasks<'_> {
    /// The days of these tasks, which are closed; nothing if a programme among them starts no more.
    pub(super) fn schedule(&self, tasks: &[Task]) -> Option<Schedule> {
        let steps = self.dated(tasks, Pace::Usual)?;
        let end =
            |steps: &[Dated]| steps.iter().map(|one| one.ready).max().unwrap_or(self.on.as_of);
        let by = end(&steps);
        // At another pace a programme can be missed; then its usual days stand.
        let at = |pace| self.dated(tasks, pace).map_or(by, |steps| end(&steps));
        let (earliest, latest) = (at(Pace::Fast), at(Pace::Slow));
        Some(Schedule { steps, by, earliest: earliest.min(by), latest: latest.max(by) })
    }

    /// The day by which these tasks are done, at usual lead times.
    pub(super) fn by(&self, tasks: &[Task]) -> Option<Day> {
        let steps = self.dated(tasks, Pace::Usual)?;
        Some(steps.iter().map(|one| one.ready).max().unwrap_or(self.on.as_of))
    }

    fn dated(&self, tasks: &[Task], pace: Pace) -> Option<Vec<Dated>> {
        let mut dated: Vec<Dated> = Vec::with_capacity(tasks.len());
        let mut open: Vec<Task> = tasks.to_vec();
        while !open.is_empty() {
            let needs_of = |task: Task| self.needs_within(task, tasks);
            // What waits for nothing that is still open; a circle is broken at its first task.
            let next = open
                .iter()
                .position(|task| needs_of(*task).iter().all(|need| !open.contains(need)))
                .unwrap_or(0);
            let task = open.remove(next);
            let needs = needs_of(task);
            let after = dated
                .iter()
                .filter(|one| needs.contains(&one.task))
                .map(|one| one.ready)
                .max()
                .unwrap_or(self.on.as_of);
            dated.push(self.date(task, needs, after, tasks, pace)?);
        }
        dated.sort_by_key(|one| (one.start, one.ready, one.task));
        Some(dated)
    }

    fn date(
        &self,
        task: Task,
        needs: Vec<Task>,
        after: Day,
        tasks: &[Task],
        pace: Pace,
    ) -> Option<Dated> {
        let node = self.node(task)?;
        let (lead, from) = match (task, node.step) {
            (Task::Language { .. }, Some(Step::Language { code, from, to })) => {
                // A level that is reached on the way is not learned twice.
                let reached = |one: &Task| match one {
                    Task::Language { code: other, to: lower } if *other == code && *lower < to => {
                        Some(*lower)
                    }
                    _ => None,
                };
                let from = tasks.iter().filter_map(reached).max().map_or(from, |low| low.max(from));
                (self.on.policy.language_days(from, to), Some(from))
            }
            _ => (node.lead, None),
        };
        let days = i32::from(pace.of(lead));
        let start = match task {
            Task::Programme(at) => self.programmes.get(at)?.start(after)?,
            _ => after,
        };
        // What waits for a rule starts so that it is ready on its day.
        let waits = node.not_before.map(|day| day.plus_days(-i32::from(Pace::Usual.of(lead))));
        let start = waits.map_or(start, |day| day.max(start));
        Some(Dated { task, start, ready: start.plus_days(days), needs, lead, from })
    }

    /// What comes first among these tasks, also what does the same as what comes first.
    fn needs_within(&self, task: Task, tasks: &[Task]) -> Vec<Task> {
        let own = self.node(task).into_iter().flat_map(|node| node.needs.iter().copied());
        let mut needs: Vec<Task> = Vec::new();
        for need in own {
            let doer = tasks.iter().copied().find(|one| *one == need).or_else(|| {
                tasks.iter().copied().find(|one| *one != task && self.covers(*one, need))
            });
            needs.extend(doer.filter(|doer| !needs.contains(doer)));
        }
        if let Task::Language { code, to } = task {
            let lower = |one: &Task| matches!(one, Task::Language { code: other, to: low } if *other == code && *low < to);
            needs.extend(tasks.iter().copied().filter(lower).max());
        }
        needs.retain(|one| *one != task);
        needs
    }

    /// The steps in words.
    pub(super) fn told(
        &self,
        schedule: &Schedule,
        teller: Teller<'_>,
        words: &Words,
    ) -> Vec<PlanStep> {
        let tell = |one: &Dated| self.tell(one, teller, words);
        schedule.steps.iter().map(tell).collect()
    }

    pub(super) fn tell(&self, one: &Dated, teller: Teller<'_>, words: &Words) -> PlanStep {
        let id = self.id(one.task, words);
        let step = self.node(one.task).and_then(|node| node.step);
        let needs = one.needs.iter().map(|need| self.id(*need, words)).collect();
        let common = |owner, text, provider, cost, lesson_hours| PlanStep {
            id,
            owner,
            start: one.start,
            ready: one.ready,
            needs,
            days: one.lead,
            guidance_hours: self.guidance_hours(one.task, words),
            lesson_hours,
            cost,
            provider,
            text,
        };
        if let (Task::Programme(at), Some(programme)) = (one.task, self.programme(one.task)) {
            let _ = at;
            return common(
                programme.owner.clone(),
                programme.text.clone(),
                programme.provider.clone(),
                programme.cost,
                None,
            );
        }
        let Some(step) = step else {
            return common(String::new(), Text::default(), None, None, None);
        };
        let line = teller.step(step);
        let detail = self.detail(step, words);
        let text = match one.task {
            Task::Lessons => Say("step_move_lessons").plain(),
            Task::Certificate(_) if self.learns_for(one) => teller
                .to(Reader::Caseworker)
                .step_text(step)
                .and(&Say("step_exam_language").plain()),
            Task::Renew(index) => {
                let name = self.on.policy.certificate(index).map(crate::policy::Certificate::name);
                Say("step_renew_certificate")
                    .with(&Args::default().text("name", name.unwrap_or_default()))
            }
            Task::RenewOther(name) => {
                let name = self.names.get(name, words);
                Say("step_renew_certificate").with(&Args::default().value("name", name))
            }
            Task::Licence(category) => {
                Say("step_licence").with(&Args::default().value("name", category.as_str()))
            }
            Task::Exchange(category) => {
                Say("step_exchange_licence").with(&Args::default().value("name", category.as_str()))
            }
            Task::Education(level) => Say("step_education")
                .with(&Args::default().text("education", self.on.policy.level_name(level))),
            _ => teller.to(Reader::Caseworker).step_text(step),
        };
        // Lessons are not the employer's to move.
        let owner = match one.task {
            Task::Lessons => "caseworker".to_owned(),
            _ => line.owner.clone(),
        };
        common(
            owner,
            text,
            self.authority(one.task).or_else(|| detail.map(crate::policy::StepDetail::provider)),
            detail.and_then(crate::policy::StepDetail::cost),
            self.lesson_hours(one),
        )
    }

    /// The keeper of a register, or who gives a licence, by its own name.
    fn authority(&self, task: Task) -> Option<Text> {
        let Task::Profession(index) = task else { return None };
        let row = self.on.policy.profession(index)?;
        let known = match &row.register {
            Some(_) => row.kind.is_register(),
            None => row.kind.is_licence(),
        };
        known.then(|| Text::same(&row.authority))
    }

    fn programme(&self, task: Task) -> Option<&super::programme::Programme> {
        match task {
            Task::Programme(at) => self.programmes.get(at),
            _ => None,
        }
    }

    /// Whether a language is learned first because the exam is held in none of the person's.
    fn learns_for(&self, one: &Dated) -> bool {
        one.needs.iter().any(|need| matches!(need, Task::Language { .. }))
    }

    fn lesson_hours(&self, one: &Dated) -> Option<LessonHours> {
        match one.task {
            Task::Language { to, .. } => self.on.policy.lesson_hours(one.from?, to),
            _ => None,
        }
    }
}

/// The policy on another day, as the gates read it.
pub(super) const fn on_day<'a>(
    policy: &'a crate::policy::Policy,
    rules: &'a crate::policy::Rules,
    as_of: Day,
) -> OnDay<'a> {
    OnDay { policy, rules, as_of }
}
