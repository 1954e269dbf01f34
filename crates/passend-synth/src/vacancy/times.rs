// SPDX-License-Identifier: EUPL-1.2
//! Hours, working times and dates of a vacancy.

use passend::{ClockTime, Day, HoursPerWeek, Hundredths, Shift, Weekday};

use crate::draws::{Draws, Part, Record};
use crate::tables::{unknowns, week, work};
use crate::{REFERENCE_DAY, Regime};

/// Hours, working times and dates of a vacancy.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub(super) hours: Option<HoursPerWeek>,
    pub(super) is_part_time: bool,
    pub(super) slots: Option<Vec<Shift>>,
    pub(super) irregular: Option<bool>,
    pub(super) published: Option<Day>,
    pub(super) closes: Option<Day>,
    pub(super) starts: Option<Day>,
    pub(super) ends: Option<Day>,
}

pub(super) fn times(record: Record, regime: Regime) -> Times {
    let mut draws = record.part(Part::Hours);
    let (least, most) = week::VACANCY_HOURS.draw(&mut draws);
    let left_out = draws.chance(unknowns::VACANCY_HOURS) && regime != Regime::Open;
    let hours = (!left_out).then(|| HoursPerWeek {
        min: Some(Hundredths::whole(least)),
        max: Some(Hundredths::whole(most)),
    });
    let is_part_time = most < 35;
    if regime == Regime::Open {
        return Times { hours, is_part_time, ..Times::default() };
    }
    let mut draws = record.part(Part::Week);
    let is_irregular = draws.chance(week::IRREGULAR);
    let fixed = draws.chance(week::FIXED_TIMES);
    let slots = fixed.then(|| shifts(is_irregular, &mut draws));
    let slots = slots.map(|slots| free(slots, &mut record.part(Part::Times)));
    let mut draws = record.part(Part::Dates);
    let published = REFERENCE_DAY.plus_days(draws.between(-60, 0));
    let closes = REFERENCE_DAY.plus_days(draws.between(7, 60));
    let (first, last) = work::STARTS_WEEKS;
    let starts = REFERENCE_DAY.plus_days(draws.between(first, last).saturating_mul(7));
    let starts = (!draws.chance(unknowns::STARTS)).then_some(starts);
    let (shortest, longest) = work::LASTS_WEEKS;
    let weeks = draws.between(shortest, longest);
    let has_end = draws.chance(200);
    Times {
        hours,
        is_part_time,
        slots,
        irregular: Some(is_irregular),
        published: Some(published),
        closes: Some(closes),
        starts,
        ends: starts.filter(|_| has_end).map(|day| day.plus_days(weeks.saturating_mul(7))),
    }
}

/// One to four half-days, on different days; evenings and weekends only in irregular work.
fn shifts(is_irregular: bool, draws: &mut Draws) -> Vec<Shift> {
    const DAYS: [Weekday; 7] = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    let (mut days_left, times) = if is_irregular { (7, 3) } else { (5, 2) };
    let mut left = draws.between(1, 4);
    let mut shifts = Vec::new();
    // Each day in turn, by the share of those that are still wanted: an even choice, in the order of the week.
    for day in DAYS.into_iter().take(if is_irregular { 7 } else { 5 }) {
        let taken = draws.between(1, days_left) <= left;
        days_left -= 1;
        let hours = week::SHIFTS.get(..times).and_then(|times| draws.one_of(times));
        let Some((from, to)) = hours.filter(|_| taken) else { continue };
        if let (Some(from), Some(to)) =
            (ClockTime::from_minutes(*from), ClockTime::from_minutes(*to))
        {
            left -= 1;
            shifts.push(Shift { day, from, to });
        }
    }
    shifts
}

/// The same days, and for some vacancies times that begin at any quarter of an hour.
fn free(mut shifts: Vec<Shift>, draws: &mut Draws) -> Vec<Shift> {
    if draws.chance(week::FREE_SHIFTS) {
        for shift in &mut shifts {
            if let Some((from, to)) = free_time(week::FREE_SHIFT_LASTS, draws) {
                (shift.from, shift.to) = (from, to);
            }
        }
    }
    shifts
}

/// A time that begins at any quarter of an hour and lasts so many quarters.
pub(crate) fn free_time(
    (shortest, longest): (i32, i32),
    draws: &mut Draws,
) -> Option<(ClockTime, ClockTime)> {
    let (first, last) = week::FREE_BEGIN;
    let begin = draws.between(first, last);
    let end = begin.saturating_add(draws.between(shortest, longest));
    let clock = |quarters: i32| {
        u16::try_from(quarters.saturating_mul(15)).ok().and_then(ClockTime::from_minutes)
    };
    clock(begin).zip(clock(end))
}
