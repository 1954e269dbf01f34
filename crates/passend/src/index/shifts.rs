// SPDX-License-Identifier: EUPL-1.2
//! Working times shift by shift: nearly every vacancy has times of its own, but they are made of few shifts.
//!
//! The gate says of several shifts the worst of what it says of each; see `gate::part::working_times`.

use std::sync::OnceLock;

use super::Plain;
use super::bits::{Bits, grouped};
use super::build::{Found, found};
use super::cross::{Cross, interned};
use super::stops::{People, Stops};
use crate::gate::part;
use crate::prepare::{CandidateFacts, Shifts, Span, VacancyFacts};

/// The shifts that differ, and those of each demand.
#[derive(Debug)]
pub(super) struct ShiftTable {
    /// One shift each, then work at irregular times.
    shifts: Vec<Option<Span>>,
    /// For each demand where its shifts begin; one more at the end.
    starts: Vec<u32>,
    of_demand: Vec<u32>,
    /// What the gate says of each shift to a class of people, kept from the first time it is asked; empty where classes are
    /// not shared by enough people.
    kept: Vec<OnceLock<Box<[Found]>>>,
}

impl ShiftTable {
    pub(super) fn new<V: Copy + Send + Sync>(times: &Cross<V>, vacancies: &[VacancyFacts]) -> Self {
        let (mut all, mut starts) = (Vec::new(), Vec::new());
        for vacancy in times.examples() {
            starts.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
            let Some(work) = vacancies.get(*vacancy as usize).map(VacancyFacts::working_times)
            else {
                continue;
            };
            all.extend(work.shifts.into_iter().flatten().copied().map(Some));
            all.extend(work.irregular.then_some(None));
        }
        starts.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
        let (of_demand, firsts) = interned(&all, |shift| *shift);
        let shift = |at: &u32| all.get(*at as usize).copied().flatten();
        let mut kept = Vec::new();
        if times.shared() {
            kept.resize_with(times.classes() as usize, OnceLock::new);
        }
        Self { shifts: firsts.iter().map(shift).collect(), starts, of_demand, kept }
    }

    /// Whom each demand stops, and who could come on the day by which other times are agreed.
    pub(super) fn fill(
        &self,
        people: &mut People<'_>,
        cross: &Cross<impl Copy + Send + Sync>,
        to: &mut Vec<(Stops, u64)>,
    ) {
        let mut of_shift = vec![(Stops::default(), 0); self.shifts.len()];
        let mut classes = std::mem::take(&mut people.classes);
        grouped(&mut classes, people.members, |member| cross.class(member));
        for (class, Bits([lanes])) in classes.iter().take_while(|_| !(people.stopped)()) {
            let Some(person) =
                cross.person(*class).and_then(|one| people.sides.0.get(one as usize))
            else {
                continue;
            };
            let row = || self.answers(people.plain, person).collect();
            let own: Box<[Found]>;
            let row = match self.kept.get(*class as usize) {
                Some(kept) => kept.get_or_init(row),
                None => {
                    own = row();
                    &own
                }
            };
            for ((stops, agreed), found) in of_shift.iter_mut().zip(row) {
                stops.add(people, *found, *lanes);
                if found.day > people.plain.as_of {
                    *agreed |= lanes;
                }
            }
        }
        people.classes = classes;
        to.clear();
        to.extend(self.starts.windows(2).map(|span| {
            let [from, end] = *span else { return Default::default() };
            let own = self.of_demand.get(from as usize..end as usize).unwrap_or_default();
            let own = own.iter().filter_map(|shift| of_shift.get(*shift as usize));
            own.fold((Stops::default(), 0), |(all, agreed), one| (all.and(one.0), agreed | one.1))
        }));
    }

    /// What the gate says of each shift to a person.
    fn answers<'a>(
        &'a self,
        plain: Plain<'a>,
        person: &'a CandidateFacts,
    ) -> impl Iterator<Item = Found> + 'a {
        let on = plain.on_day();
        self.shifts.iter().map(move |shift| {
            let irregular = shift.is_none();
            let work = Shifts { shifts: shift.as_ref().map(std::slice::from_ref), irregular };
            found(on, |add| part::working_times(on, person.week(), work, add))
        })
    }
}
