// SPDX-License-Identifier: EUPL-1.2
//! Working times part by part: many vacancies have times of their own, but all begin and end at few times of the week.
//!
//! The gate says of working times the worst of what it says of each part of them; see `gate::part::working_times`.

use super::bits::Bits;
use super::build::{Found, found};
use super::cross::{Classes, interned, number};
use super::{Plain, Sides};
use crate::gate::part;
use crate::prepare::{CandidateFacts, Shifts, Span, VacancyFacts};

/// Weeks of people that differ, and working times that differ, as parts of the week.
#[derive(Debug, Clone)]
pub(super) struct WorkingTimes {
    /// People by their week, and what the gate says of each part to them.
    classes: Classes<Found>,
    /// Parts of the week in which no shift begins or ends, ascending; then work at irregular times.
    parts: Vec<Option<Span>>,
    /// The parts of each shift that differs, from the first up to the one after the last.
    shifts: Vec<(u32, u32)>,
    /// For each demand where its shifts begin; one more at the end.
    starts: Vec<u32>,
    of_demand: Vec<u32>,
}

impl WorkingTimes {
    /// Also gives the demand of each vacancy.
    pub(super) fn new((candidates, vacancies): Sides<'_>) -> (Self, Vec<u32>) {
        let (people, (of_vacancy, demands)) = rayon::join(
            || interned(candidates, CandidateFacts::week),
            || interned(vacancies, VacancyFacts::working_times),
        );
        let (mut all, mut starts) = (Vec::new(), Vec::new());
        for vacancy in demands {
            starts.push(number(all.len()));
            let Some(work) = vacancies.get(vacancy as usize).map(VacancyFacts::working_times)
            else {
                continue;
            };
            all.extend(work.shifts.into_iter().flatten().copied().map(Some));
            all.extend(work.irregular.then_some(None));
        }
        starts.push(number(all.len()));
        let (of_demand, firsts) = interned(&all, |shift| *shift);
        let shifts = firsts.iter().filter_map(|at| all.get(*at as usize).copied());
        let shifts: Vec<Option<Span>> = shifts.collect();
        let mut bounds: Vec<u16> = shifts.iter().flatten().flat_map(|one| one.bounds()).collect();
        bounds.sort_unstable();
        bounds.dedup();
        let between = bounds.windows(2).filter_map(|pair| {
            let [from, to] = *pair else { return None };
            Some(Some(Span::on_day(0, from, to - from)))
        });
        let parts: Vec<_> = between.chain([None]).collect();
        let irregular = number(parts.len() - 1);
        let part = |bound: u16| number(bounds.partition_point(|one| *one < bound));
        let shifts = shifts.iter().map(|shift| match shift.map(Span::bounds) {
            Some([from, to]) => (part(from), part(to)),
            None => (irregular, irregular + 1),
        });
        let (shifts, classes) = (shifts.collect(), Classes::new(people, parts.len()));
        (Self { classes, parts, shifts, starts, of_demand }, of_vacancy)
    }

    /// The class of a person; to all of one class the gate says the same.
    pub(super) fn class(&self, candidate: u32) -> u32 {
        self.classes.class(candidate)
    }

    /// For each demand what is made of the answers to these classes: `add` adds one to a part, `join` joins two parts.
    pub(super) fn fill<const WORDS: usize, T: Copy + Default>(
        &self,
        (plain, sides): (Plain<'_>, Sides<'_>),
        classes: impl Iterator<Item = (u32, Bits<WORDS>)>,
        add: impl Fn(&mut T, Found, Bits<WORDS>),
        join: impl Fn(T, T) -> T,
        to: &mut Vec<T>,
    ) {
        let mut of_part = vec![T::default(); self.parts.len()];
        let mut own = Vec::new();
        for (class, people) in classes {
            let answers = |person: u32| self.answers(plain, sides.0.get(person as usize));
            let row = self.classes.row(class, &mut own, answers);
            for (to, found) in of_part.iter_mut().zip(row) {
                add(to, *found, people);
            }
        }
        let all = |parts: &[T]| parts.iter().fold(T::default(), |all, one| join(all, *one));
        let span = |(from, to): &(u32, u32)| of_part.get(*from as usize..*to as usize);
        let of_shift: Vec<T> =
            self.shifts.iter().map(|shift| all(span(shift).unwrap_or_default())).collect();
        to.clear();
        to.extend(self.starts.windows(2).map(|span| {
            let [from, end] = *span else { return T::default() };
            let own = self.of_demand.get(from as usize..end as usize).unwrap_or_default();
            let own = own.iter().filter_map(|shift| of_shift.get(*shift as usize));
            own.fold(T::default(), |all, one| join(all, *one))
        }));
    }

    /// What the gate says of each part to a person.
    fn answers<'a>(
        &'a self,
        plain: Plain<'a>,
        person: Option<&'a CandidateFacts>,
    ) -> impl Iterator<Item = Found> + 'a {
        let on = plain.on_day();
        self.parts.iter().filter_map(move |part| {
            let week = person?.week();
            let irregular = part.is_none();
            let work = Shifts { shifts: part.as_ref().map(std::slice::from_ref), irregular };
            Some(found(on, |add| part::working_times(on, week, work, add)))
        })
    }
}
