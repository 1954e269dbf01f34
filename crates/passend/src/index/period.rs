// SPDX-License-Identifier: EUPL-1.2
//! Days on which something ends, and periods of work as numbers of such days: "later than" becomes a comparison of small
//! numbers, and stays exact.

use super::asked::Asked;
use super::cross::interned;
use super::lanes::LANES;
use super::{Plain, Sides};
use crate::model::Day;
use crate::prepare::{Period, VacancyFacts};

/// The days by which somebody must be ready, or leaves, ascending.
#[derive(Debug)]
pub(super) struct Limits {
    days: Vec<Day>,
    /// How many lie before the first day.
    base: u16,
    first: Day,
}

/// Above every limit.
pub(super) const NO_LIMIT: u16 = u16::MAX;

impl Limits {
    /// None if there are more than 16 bits can number.
    fn new(mut days: Vec<Day>, first: Day) -> Option<Self> {
        days.sort_unstable();
        days.dedup();
        let base = u16::try_from(days.partition_point(|day| *day < first)).ok()?;
        (days.len() < usize::from(NO_LIMIT)).then_some(Self { days, base, first })
    }

    /// How many limits lie before a day: it is later than limit n if that is more than n.
    pub(super) fn before(&self, day: Day) -> u16 {
        u16::try_from(self.days.partition_point(|limit| *limit < day)).unwrap_or(NO_LIMIT)
    }

    /// The same for a day that is later than a limit that the first day is not later than.
    pub(super) fn later(&self, day: Day) -> Option<u16> {
        let after = (day > self.first).then(|| self.before(day));
        after.filter(|before| *before > self.base)
    }

    pub(super) const fn base(&self) -> u16 {
        self.base
    }

    /// The number of a limit.
    fn number(&self, day: Option<Day>) -> u16 {
        day.map_or(NO_LIMIT, |day| self.before(day))
    }
}

/// What the dates gate looks at of a vacancy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// Nobody is asked any more.
    pub(super) closed: bool,
    /// Whoever is ready later than this limit talks it over.
    pub(super) limit: u16,
    /// How many limits lie before a begin in the future.
    pub(super) starts: u16,
}

/// What of the dates of each vacancy can still matter, by place and each once: a begin in the future, the end as `end` gives it,
/// and whether it has closed.
pub(super) fn still_to_come(
    plain: Plain<'_>,
    asked: &[Asked],
    work: &[VacancyFacts],
    end: impl Fn(Day) -> Option<Day>,
) -> (Vec<u32>, Vec<Period>) {
    const NEVER: Period = Period { starts: None, ends: None, closes: None };
    let first = plain.as_of;
    let period = |asked: &Asked| {
        let vacancy = work.get(asked.vacancy as usize);
        let Period { starts, ends, closes } = vacancy.map_or(NEVER, VacancyFacts::period);
        Period {
            starts: starts.filter(|starts| *starts > first),
            ends: ends.and_then(&end),
            closes: closes.filter(|closes| *closes < first).map(|_| first.plus_days(-1)),
        }
    };
    let (of_place, firsts) = interned(asked, period);
    let periods = firsts.iter().filter_map(|at| asked.get(*at as usize)).map(period).collect();
    (of_place, periods)
}

/// The periods of all vacancies.
#[derive(Debug)]
pub(super) struct Periods {
    pub(super) limits: Limits,
    spans: Vec<Span>,
    /// By place in the order of the index.
    of_place: Vec<u32>,
}

impl Periods {
    /// None if there are too many days to be numbered.
    pub(super) fn new(plain: Plain<'_>, asked: &[Asked], sides: Sides<'_>) -> Option<Self> {
        let (of_place, periods) = still_to_come(plain, asked, sides.1, Some);
        let least = |period: &Period| period.starts.into_iter().chain(period.ends).min();
        let leave = sides.0.iter().filter_map(|one| one.practical.until);
        let days = periods.iter().filter_map(least).chain(leave).collect();
        let limits = Limits::new(days, plain.as_of)?;
        let spans = periods.iter().map(|period| Span {
            closed: period.closes.is_some(),
            limit: limits.number(least(period)),
            starts: period.starts.map_or(0, |starts| limits.before(starts)),
        });
        let spans = spans.collect();
        Some(Self { limits, spans, of_place })
    }

    #[inline(always)]
    pub(super) fn at(&self, place: u32) -> Span {
        let number = self.of_place.get(place as usize).copied().unwrap_or_default();
        let nothing = Span { closed: false, limit: NO_LIMIT, starts: 0 };
        self.spans.get(number as usize).copied().unwrap_or(nothing)
    }

    /// The limit of each person's own last day.
    pub(super) fn leave(&self, sides: Sides<'_>, members: &[u32]) -> [u16; LANES] {
        let mut leave = [NO_LIMIT; LANES];
        for (to, member) in leave.iter_mut().zip(members) {
            let one = sides.0.get(*member as usize);
            *to = self.limits.number(one.and_then(|one| one.practical.until));
        }
        leave
    }
}
