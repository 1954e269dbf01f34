// SPDX-License-Identifier: EUPL-1.2
//! Stepping stones: work that is open and leads to an occupation that is not.

use rayon::prelude::*;

use super::person::Person;
use super::record::{Aim, PlanStep, SteppingStone, Stone};
use super::schedule::Dated;
use super::task::Task;
use crate::gate::{FindingKind, ReadinessClass, judge};
use crate::model::Day;
use crate::policy::{CertificateIndex, Profession, ProfessionIndex};
use crate::prepare::VacancyFacts;
use crate::vocabulary::{OccupationIndex, Reading};

/// Work that is less close than this does not lead to an occupation unless a rule names it: the closeness of one minor
/// group of ISCO-08.
const CLOSE: u8 = 50;
/// Where nothing is open now, work that is open within 13 weeks leads too.
const SOON: i32 = 91;

/// What stands before an occupation.
#[derive(Debug, Clone)]
struct Barrier {
    /// The row whose stepping stones are named.
    rule: Option<ProfessionIndex>,
    tasks: Vec<Task>,
}

impl Person<'_> {
    /// For each occupation that the person wishes or had and that is not open now.
    pub(super) fn stepping_stones(&mut self) -> Vec<SteppingStone> {
        let mut stones = Vec::new();
        for (reading, aim) in self.aims() {
            if let Some(index) = reading.occupation
                && let Some(stone) = self.stepping_stone(reading, index, aim)
            {
                stones.push(stone);
            }
        }
        stones
    }

    /// Wished occupations, then former ones with the longest first; each once.
    fn aims(&self) -> Vec<(Reading, Aim)> {
        let profile = &self.facts.profile;
        let wished = profile.wishes.iter().flat_map(|wishes| wishes.occupations.iter());
        let mut held: Vec<_> =
            profile.held.iter().flatten().filter(|one| one.reading.share == 100).collect();
        held.sort_by_key(|one| (std::cmp::Reverse(one.months), one.reading.occupation));
        let former = held.into_iter().map(|one| (one.reading, Aim::Former));
        let mut aims: Vec<(Reading, Aim)> = Vec::new();
        for (reading, aim) in wished.map(|one| (*one, Aim::Wished)).chain(former) {
            if !aims.iter().any(|(known, _)| known.occupation == reading.occupation) {
                aims.push((reading, aim));
            }
        }
        aims
    }

    fn stepping_stone(
        &mut self,
        aimed: Reading,
        occupation: OccupationIndex,
        aim: Aim,
    ) -> Option<SteppingStone> {
        let market = self.market;
        let of_aim = |vacancy: &VacancyFacts| {
            vacancy.readings().iter().any(|one| one.occupation == Some(occupation))
        };
        let own: Vec<u32> = self
            .pool
            .iter()
            .copied()
            .filter(|index| market.vacancy(*index).is_some_and(of_aim))
            .collect();
        let open_now = |index: &u32| {
            market.vacancy(*index).is_some_and(|vacancy| {
                let verdict = judge(market.on_day(), &self.facts, vacancy, |_| {});
                verdict.class == ReadinessClass::Now && verdict.day <= market.as_of
            })
        };
        if own.iter().any(open_now) {
            return None;
        }
        let concept = market.vocabulary.occupation(occupation)?;
        let (id, label) = (concept.id().to_owned(), concept.label());
        let (barrier, date, steps) = match self.regulated(&id) {
            Some((index, true)) => {
                let words = self.preparer.words();
                let papers = self.tasks.papers_missing(index, words);
                let tasks = papers
                    .filter(|papers| !papers.is_empty())
                    .unwrap_or_else(|| vec![self.tasks.of_profession(index, words)]);
                self.dated(Barrier { rule: Some(index), tasks })?
            }
            // Registered or recognised: what is closed is not the profession.
            _ => self.nearest(&own)?,
        };
        let row = barrier.rule.and_then(|index| market.policy.profession(index));
        let stones = self.stones(aimed, row, &own, &barrier.tasks);
        Some(SteppingStone {
            occupation: id,
            label,
            aim,
            rule: row.map(|row| row.id.clone()),
            date,
            steps,
            stones,
        })
    }

    /// The regulated profession that an occupation is, and whether the person lacks what it asks.
    fn regulated(&self, occupation: &str) -> Option<(ProfessionIndex, bool)> {
        let market = self.market;
        let (index, row) = market.policy.professions().find(|(_, row)| {
            row.kind.is_law()
                && row.holds_on(market.as_of)
                && row.occupations.iter().any(|own| own == occupation)
        })?;
        let facts = &self.facts.qualifications;
        let registered = facts
            .registrations
            .iter()
            .flatten()
            .any(|one| one.in_force && one.profession == Some(Some(index)));
        let recognised = facts.recognised.contains(&Some(index));
        let certified = |code: &String| {
            let asked = market.policy.certificate_named(Some(code), None);
            facts
                .certificates
                .iter()
                .flatten()
                .any(|one| one.known == asked && one.planned.is_none())
        };
        let papers = row.register.is_none() && row.certificates.iter().all(certified);
        Some((index, !registered && !recognised && !papers))
    }

    /// The vacancy of an occupation that is open first, and what stands before it.
    fn nearest(&mut self, own: &[u32]) -> Option<(Barrier, Day, Vec<PlanStep>)> {
        let market = self.market;
        let judged = own.iter().filter_map(|index| {
            let vacancy = market.vacancy(*index)?;
            let verdict = judge(market.on_day(), &self.facts, vacancy, |_| {});
            (verdict.class < ReadinessClass::Closed).then_some((verdict.day, vacancy.id(), vacancy))
        });
        let (_, _, vacancy) = judged.min_by_key(|(day, id, _)| (*day, *id))?;
        let (verdict, steps, date) = self.path(vacancy)?;
        // Where only an answer is missing, no step leads there and no day is known.
        if steps.is_empty() && verdict.class == ReadinessClass::Unknown {
            return None;
        }
        let tasks = self.tasks_of(vacancy);
        let mut needed: Vec<CertificateIndex> = Vec::new();
        judge(market.on_day(), &self.facts, vacancy, |one| {
            if one.kind == FindingKind::Needs
                && let Some(crate::gate::Step::Certificate(index)) =
                    one.steps.iter().flatten().next()
            {
                needed.push(*index);
            }
        });
        // The row that asks such a certificate knows which work leads around it.
        let asks = |row: &Profession| {
            row.certificates.iter().any(|code| {
                market
                    .policy
                    .certificate_named(Some(code), None)
                    .is_some_and(|index| needed.contains(&index))
            })
        };
        let rule = market
            .policy
            .professions()
            .find(|(_, row)| !row.stepping_stones.is_empty() && asks(row));
        Some((Barrier { rule: rule.map(|(index, _)| index), tasks }, date, steps))
    }

    fn dated(&mut self, barrier: Barrier) -> Option<(Barrier, Day, Vec<PlanStep>)> {
        let tasks = self.tasks.closed(barrier.tasks.iter().copied());
        let schedule = self.tasks.schedule(&tasks)?;
        let steps = self.tasks.told(&schedule, self.market.teller(), self.preparer.words());
        Some((barrier, schedule.by, steps))
    }

    /// Work that leads there and is open now; where none is, work that is open soon.
    fn stones(
        &self,
        aimed: Reading,
        row: Option<&Profession>,
        own: &[u32],
        tasks: &[Task],
    ) -> Vec<Stone> {
        let market = self.market;
        let soon = market.as_of.plus_days(SOON);
        let named = |reading: &Reading| {
            let concept = reading.occupation.and_then(|index| market.vocabulary.occupation(index));
            row.zip(concept).is_some_and(|(row, concept)| {
                row.stepping_stones.iter().any(|stone| stone == concept.id())
            })
        };
        let found = self.pool.par_iter().filter(|index| !own.contains(index)).filter_map(|index| {
            let vacancy = market.vacancy(*index)?;
            let is_named = !vacancy.readings().is_empty() && vacancy.readings().iter().all(named);
            let closeness = vacancy
                .readings()
                .iter()
                .map(|one| market.vocabulary.occupation_closeness(*one, aimed))
                .min()
                .unwrap_or_default();
            if !is_named && closeness < CLOSE {
                return None;
            }
            let verdict = judge(market.on_day(), &self.facts, vacancy, |_| {});
            let open = verdict.class < ReadinessClass::Unknown && verdict.day <= soon;
            let score = open
                .then(|| market.score(&self.facts, vacancy).now)
                .filter(|score| is_named || *score > 0)?;
            Some((
                verdict.class,
                Stone {
                    vacancy: vacancy.id().to_string(),
                    named: is_named,
                    closeness,
                    score,
                    date: verdict.day,
                    then: self.once_employed(vacancy, tasks, verdict.day),
                },
            ))
        });
        let mut found: Vec<_> = found.collect();
        if found.iter().any(|(class, _)| *class == ReadinessClass::Now) {
            found.retain(|(class, _)| *class == ReadinessClass::Now);
        }
        let mut stones: Vec<Stone> = found.into_iter().map(|(_, stone)| stone).collect();
        stones.sort_by(|a, b| {
            let key =
                |one: &Stone| (std::cmp::Reverse((one.named, one.closeness, one.score)), one.date);
            key(a).cmp(&key(b)).then_with(|| a.vacancy.cmp(&b.vacancy))
        });
        stones.truncate(self.request.k);
        stones
    }

    /// Programmes that are for who works in the sector of a vacancy, and give some of the tasks.
    fn once_employed(&self, vacancy: &VacancyFacts, tasks: &[Task], from: Day) -> Vec<PlanStep> {
        let market = self.market;
        let numbered = (0..).zip(&self.request.programmes);
        let programmes = numbered.filter(|(at, one)| {
            let sector = vacancy.work.sector.as_ref();
            let within = one.employed_in.as_ref().is_some_and(|list| {
                list.iter().any(|wide| sector.is_some_and(|own| wide.holds(own)))
            });
            let gives = tasks.iter().any(|task| self.tasks.covers(Task::Programme(*at), *task));
            within && gives && one.admits(self.record, &market.policy)
        });
        let steps = programmes.filter_map(|(at, one)| {
            let start = one.start(from)?;
            let dated = Dated {
                task: Task::Programme(at),
                start,
                ready: start.plus_days(i32::from(one.days.usual)),
                needs: Vec::new(),
                lead: one.days,
                from: None,
            };
            Some(self.tasks.tell(&dated, market.teller(), self.preparer.words()))
        });
        steps.collect()
    }
}
