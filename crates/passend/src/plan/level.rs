// SPDX-License-Identifier: EUPL-1.2
//! Work at the person's own level, however long the path: so that nobody is quietly placed below it.

use rayon::prelude::*;

use super::person::Person;
use super::record::{OwnLevel, PlanStep};
use super::task::Task;
use crate::gate::{Finding, FindingKind, Verdict, can_open, judge};
use crate::index::{Scored, best};
use crate::model::Day;
use crate::prepare::VacancyFacts;
use crate::vocabulary::{Group, Reading};

/// Skill levels of ISCO-08, 1 to 4, of what a person learned or did, or of what work asks.
///
/// Education: up to primary school 1, up to mbo 4 and vwo 2, associate degree 3, bachelor and above 4. Occupations: major
/// group 9 is 1, groups 4 to 8 are 2, group 3 is 3, group 2 is 4; managers (1) count as 3, armed forces (0) as 2.
fn of_education(rank: u8) -> u8 {
    match rank {
        0 | 1 => 1,
        2..=8 => 2,
        9 => 3,
        _ => 4,
    }
}

fn of_occupation(group: Group) -> u8 {
    let within = |code: &str| Group::parse(code).is_some_and(|major| group.is_within(major));
    match () {
        () if within("9") => 1,
        () if within("1") || within("3") => 3,
        () if within("2") => 4,
        () => 2,
    }
}

impl Person<'_> {
    /// The level of the highest education that was finished, by whatever evidence, and of the work done before.
    pub(super) fn level(&self) -> u8 {
        let courses = self.facts.learned.education.iter().flat_map(|all| all.iter());
        let finished = courses.filter(|course| course.meets != crate::policy::Meets::Partly);
        let learned = finished.filter_map(|course| course.ranks).map(|(low, _)| of_education(low));
        let held = self.facts.profile.held.iter().flatten();
        // A reading that is less likely than another of the same title says nothing of the level.
        let done =
            held.filter(|one| one.reading.share == 100).map(|one| of_occupation(one.reading.group));
        learned.chain(done).max().unwrap_or(1)
    }

    /// The best vacancies at the person's level or above that are not closed, with the path to each.
    pub(super) fn own_level(&mut self) -> Vec<OwnLevel> {
        let level = self.level();
        let scored: Vec<_> = self
            .pool
            .par_iter()
            .filter_map(|index| {
                let vacancy = self.market.vacancy(*index)?;
                let at_level = level_of(vacancy).is_some_and(|asked| asked >= level);
                let score = at_level.then(|| self.market.score(&self.facts, vacancy).now)?;
                let can_open = || can_open(self.market.on_day(), &self.facts, vacancy);
                (score > 0 && can_open()).then_some(Scored { score, other: *index })
            })
            .collect();
        let tie = |pair: Scored| {
            self.market
                .vacancy(pair.other)
                .map(|vacancy| crate::engine::Market::tie(&self.facts, vacancy))
        };
        let listed = best(scored, self.request.k, tie).pairs;
        listed.into_iter().filter_map(|pair| self.at_level(pair)).collect()
    }

    fn at_level(&mut self, pair: Scored) -> Option<OwnLevel> {
        let market = self.market;
        let vacancy = market.vacancy(pair.other)?;
        let (verdict, steps, date) = self.path(vacancy)?;
        Some(OwnLevel {
            vacancy: vacancy.id().to_string(),
            score: pair.score,
            class: verdict.class,
            date,
            steps,
        })
    }

    /// Every step to a vacancy, whoever takes it, and the day by which it is open.
    pub(super) fn path(&mut self, vacancy: &VacancyFacts) -> Option<(Verdict, Vec<PlanStep>, Day)> {
        let verdict = self.market.verdict(&self.facts, vacancy);
        let tasks = self.tasks_of(vacancy);
        let schedule = self.tasks.schedule(&tasks)?;
        let steps = self.tasks.told(&schedule, self.market.teller(), self.preparer.words());
        // What is needed is dated by its steps, which may be fewer than a gate names; all else by its gate.
        let mut date = schedule.by;
        judge(self.market.on_day(), &self.facts, vacancy, |one| {
            if one.kind != FindingKind::Needs {
                date = date.max(one.day);
            }
        });
        Some((verdict, steps, date))
    }
}

impl Person<'_> {
    /// What a vacancy asks of anybody, with what comes first.
    pub(super) fn tasks_of(&mut self, vacancy: &VacancyFacts) -> Vec<Task> {
        let mut found: Vec<Finding> = Vec::new();
        judge(self.market.on_day(), &self.facts, vacancy, |one| found.push(*one));
        let mut tasks: Vec<Task> = Vec::new();
        for finding in found.iter().filter(|one| one.kind != FindingKind::Closed) {
            tasks.extend(self.tasks.of_finding(finding, vacancy, self.preparer.words()));
        }
        self.tasks.closed(tasks)
    }
}

/// The level that a vacancy asks: by its education where it asks one, else by its work; of several readings the lowest.
fn level_of(vacancy: &VacancyFacts) -> Option<u8> {
    let asked = vacancy.required.education.and_then(|education| education.rank).map(of_education);
    let work =
        vacancy.readings().iter().map(|reading: &Reading| of_occupation(reading.group)).min();
    asked.max(work)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_those_of_isco() {
        for (code, level) in [("9329", 1), ("5322", 2), ("3112", 3), ("2142", 4), ("1412", 3)] {
            assert_eq!(of_occupation(Group::parse(code).unwrap()), level, "{code}");
        }
        for (rank, level) in [(0, 1), (1, 1), (2, 2), (8, 2), (9, 3), (10, 4), (12, 4)] {
            assert_eq!(of_education(rank), level, "{rank}");
        }
    }
}
