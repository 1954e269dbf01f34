// SPDX-License-Identifier: EUPL-1.2
//! When people can work against when work is done: whom the dates alone make late.

use super::asked::Asked;
use super::bits::Bits;
use super::cross::interned;
use super::period::still_to_come;
use super::{Horizon, Plain, Sides};
use crate::gate::{dates, latest_day_of_dates};
use crate::model::Day;
use crate::prepare::{CandidateFacts, Period, Stay};

/// People by when they can work, vacancies by what of their dates can make a pair late that else is not.
#[derive(Debug, Clone)]
pub(super) struct Stays {
    /// The class of each person, and when people of each class can work.
    class: Vec<u32>,
    stays: Vec<Stay>,
    /// The demand of each vacancy, by its place in the order of the index, and the dates of each demand.
    demand: Vec<u32>,
    periods: Vec<Period>,
}

/// Of people whom the other gates let in by the day asked: whom the dates make late.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Late<const WORDS: usize> {
    pub(super) surely: Bits<WORDS>,
    /// By the day on which the rest is open, which only the pair tells.
    pub(super) perhaps: Bits<WORDS>,
}

impl Stays {
    pub(super) fn new(plain: Plain<'_>, asked: &[Asked], (people, work): Sides<'_>) -> Self {
        // Who is ready by a day asked for which dates count is so before the last day of the gate; the work may be over by now.
        let (before, last) = (plain.as_of.plus_days(-1), latest_day_of_dates(plain.on_day()));
        let end = |ends: Day| (ends < last).then_some(ends.max(before));
        let (demand, periods) = still_to_come(plain, asked, work, end);
        let (class, examples) = interned(people, CandidateFacts::stay);
        let stay = |at: &u32| people.get(*at as usize).map(CandidateFacts::stay);
        Self { class, stays: examples.iter().filter_map(stay).collect(), demand, periods }
    }

    /// The class of a person; the dates say the same of all of one class.
    pub(super) fn class(&self, candidate: u32) -> u32 {
        self.class.get(candidate as usize).copied().unwrap_or_default()
    }

    /// The demand of the vacancy at a place.
    #[inline(always)]
    pub(super) fn demand(&self, place: u32) -> usize {
        self.demand.get(place as usize).map_or(usize::MAX, |demand| *demand as usize)
    }

    /// Whom of these classes each demand makes late.
    pub(super) fn fill<const WORDS: usize>(
        &self,
        plain: Plain<'_>,
        horizon: Horizon,
        classes: impl Iterator<Item = (u32, Bits<WORDS>)>,
        to: &mut Vec<Late<WORDS>>,
    ) {
        let (on, first) = (plain.on_day(), plain.as_of);
        let last = horizon.last_day.unwrap_or(first).max(first);
        to.clear();
        to.resize(self.periods.len(), Late::default());
        for (class, people) in classes {
            let Some(stay) = self.stays.get(class as usize) else { continue };
            for (late, period) in to.iter_mut().zip(&self.periods) {
                // What is found depends on the day on which the rest is open by which of four things holds first, each of
                // which holds from some day on: found at both ends, it is found between them.
                let [soonest, latest] = [first, last].map(|ready| dates(on, *stay, *period, ready));
                if soonest != latest {
                    late.perhaps |= people;
                } else if horizon.is_late(soonest.day) {
                    late.surely |= people;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::demo;

    #[test]
    fn who_is_surely_late_or_in_time_is_so_whenever_the_rest_is_open() {
        let plain = demo().plain();
        let first = plain.as_of;
        let days = [None, Some(-3), Some(0), Some(1), Some(3), Some(9)];
        let days = days.map(|one| one.map(|days| first.plus_days(days)));
        let pairs = |days: [Option<Day>; 6]| {
            days.into_iter().flat_map(move |one| days.into_iter().map(move |other| (one, other)))
        };
        let stays: Vec<Stay> = pairs(days).map(|(from, until)| Stay { from, until }).collect();
        let periods = pairs(days).flat_map(|(starts, ends)| {
            days.into_iter().map(move |closes| Period { starts, ends, closes })
        });
        let periods: Vec<Period> = periods.collect();
        let (class, demand) = (Vec::new(), Vec::new());
        let all = Stays { class, stays: stays.clone(), demand, periods: periods.clone() };
        let mut kinds = [0; 3];
        for last in [0, 1, 2, 6].map(|days| first.plus_days(days)) {
            let horizon = Horizon { last_day: Some(last), sure: false, steps: true };
            let mut found = Vec::new();
            let people = Bits::<1>::each(stays.iter());
            let classes = (0..).zip(people).map(|(class, (bit, _))| (class, bit));
            all.fill(plain, horizon, classes, &mut found);
            for (period, late) in periods.iter().zip(&found) {
                for (person, stay) in Bits::<1>::each(stays.iter()) {
                    // Who comes later than the day asked is not asked about.
                    if stay.from.is_some_and(|from| from > last) {
                        continue;
                    }
                    let surely = (late.surely & person).any();
                    let perhaps = (late.perhaps & person).any();
                    kinds[usize::from(perhaps) + 2 * usize::from(surely)] += 1;
                    let ready = (0..).map(|days| first.plus_days(days));
                    for ready in ready.take_while(|day| *day <= last) {
                        let day = dates(plain.on_day(), *stay, *period, ready).day;
                        assert!(perhaps || horizon.is_late(day) == surely, "{stay:?} {period:?}");
                    }
                }
            }
        }
        assert!(kinds.iter().all(|count| *count > 100), "{kinds:?}");
    }
}
