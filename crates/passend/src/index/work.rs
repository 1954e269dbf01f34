// SPDX-License-Identifier: EUPL-1.2
//! Demands on the right to work, made equal where no person and no rule can tell them apart.

use std::collections::{HashMap, HashSet};

use super::cross::interned;
use super::{Plain, Sides};
use crate::gate::asked;
use crate::policy::Sector;
use crate::prepare::{CandidateFacts, Quick, Word, WorkDemand};

/// The demands on the right to work that differ, by vacancy; and those on papers and the kind of work.
#[derive(Debug, Clone, Default)]
pub(super) struct Work {
    pub(super) demands: Vec<WorkDemand>,
    /// A vacancy with each demand.
    pub(super) examples: Vec<u32>,
    pub(super) of_vacancy: Vec<u32>,
    /// Of the demands above: one for each that differs in what papers are asked by.
    pub(super) papers: Vec<u32>,
    pub(super) papers_of: Vec<u32>,
}

pub(super) fn work_demands(plain: Plain<'_>, (candidates, vacancies): Sides<'_>) -> Work {
    let mut narrow = Narrow::new(plain, candidates);
    let mut numbers: HashMap<WorkDemand, u32, Quick> = HashMap::default();
    let (mut demands, mut examples) = (Vec::new(), Vec::new());
    let of_vacancy = (0..).zip(vacancies).map(|(at, vacancy)| {
        let demand = narrow.narrow(&vacancy.work);
        if let Some(number) = numbers.get(&demand) {
            return *number;
        }
        let number = u32::try_from(demands.len()).unwrap_or(u32::MAX);
        demands.push(demand.clone());
        examples.push(at);
        numbers.insert(demand, number);
        number
    });
    let of_vacancy: Vec<u32> = of_vacancy.collect();
    let (of_demand, papers) = interned(&demands, asked);
    let paper = |demand: &u32| of_demand.get(*demand as usize).copied().unwrap_or_default();
    let papers_of = of_vacancy.iter().map(paper).collect();
    Work { demands, examples, of_vacancy, papers, papers_of }
}

/// What can tell demands apart.
struct Narrow {
    /// Employers that a permit names.
    employers: HashSet<Word>,
    /// Most hours that a rule or permit allows, ascending.
    hours: Vec<u32>,
    /// Sectors that a rule names.
    sectors: Vec<Sector>,
    /// A sector for each answer of those sectors.
    known: HashMap<Vec<bool>, Sector>,
}

impl Narrow {
    fn new(plain: Plain<'_>, candidates: &[CandidateFacts]) -> Self {
        let permits = || candidates.iter().flat_map(|one| one.legal.permits.iter());
        let mut hours: Vec<u32> = permits().filter_map(|permit| permit.hours_max).collect();
        hours.extend(plain.rules.hour_limits());
        hours.sort_unstable();
        hours.dedup();
        Self {
            employers: permits()
                .flat_map(|permit| permit.employer.iter().chain(permit.hirers.iter().flatten()))
                .copied()
                .collect(),
            hours,
            sectors: plain.rules.sectors().copied().collect(),
            known: HashMap::new(),
        }
    }

    /// A demand that every gate answers like this one.
    fn narrow(&mut self, work: &WorkDemand) -> WorkDemand {
        let least = self.hours.iter().rev().find(|limit| **limit < work.hours_min).copied();
        WorkDemand {
            kind: work.kind,
            sector: work.sector.as_ref().and_then(|sector| self.sector(sector)),
            employer: work.employer.filter(|employer| self.employers.contains(employer)),
            will_apply: work.will_apply,
            agency: work.agency,
            pays_market_wage: work.pays_market_wage,
            // Hours are only compared with limits: one above the same limits is as good.
            hours_min: least.map_or(0, |limit| limit + 1),
        }
    }

    fn sector(&mut self, sector: &Sector) -> Option<Sector> {
        let answers: Vec<bool> = self.sectors.iter().map(|rule| rule.holds(sector)).collect();
        if !answers.contains(&true) {
            return None;
        }
        Some(*self.known.entry(answers).or_insert(*sector))
    }
}
