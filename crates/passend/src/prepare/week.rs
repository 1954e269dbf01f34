// SPDX-License-Identifier: EUPL-1.2
//! Spans of a week in minutes.

use crate::model::{ClockTime, Shift, Weekday};

const DAY: u16 = 24 * 60;
const WEEK: u16 = 7 * DAY;

/// Minutes of the week from `from` up to, not including, `to`; within one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(super) from: u16,
    pub(super) to: u16,
}

impl Span {
    /// The spans of a slot; one that ends at or before its begin runs over midnight, and a Sunday night over the week's end.
    pub(crate) fn of(day: Weekday, from: ClockTime, to: ClockTime) -> impl Iterator<Item = Self> {
        let start = DAY * day as u16 + from.minutes();
        let length = if to > from {
            to.minutes() - from.minutes()
        } else {
            DAY - from.minutes() + to.minutes()
        };
        let end = start + length;
        let first = Self { from: start, to: end.min(WEEK) };
        let second = (end > WEEK).then(|| Self { from: 0, to: end - WEEK });
        [Some(first), second].into_iter().flatten().filter(|span| span.from < span.to)
    }

    /// So many minutes of a day, 0 for Monday, from a minute of it on, within the week.
    pub(crate) fn on_day(day: u16, from: u16, minutes: u16) -> Self {
        let from = (DAY * day + from).min(WEEK);
        Self { from, to: (from + minutes).min(WEEK) }
    }

    /// The first minute of the week that it holds, and the first one after it.
    pub(crate) const fn bounds(self) -> [u16; 2] {
        [self.from, self.to]
    }

    /// The day on which it begins, 0 for Monday.
    pub(crate) const fn day(self) -> u16 {
        self.from / DAY
    }

    pub(crate) fn minutes(self) -> u16 {
        self.to - self.from
    }

    /// The minutes from its end to a later begin on the same day.
    pub(crate) fn minutes_until(self, later: Self) -> Option<u32> {
        let is_same_day = self.to.saturating_sub(1) / DAY == later.day();
        let gap = later.from.checked_sub(self.to).filter(|_| is_same_day)?;
        Some(u32::from(gap))
    }

    /// Whether it lies on one working day, between 6 and 19 o'clock.
    pub(crate) fn is_in_office_hours(self) -> bool {
        let (day, from, to) = (self.from / DAY, self.from % DAY, (self.to - 1) % DAY + 1);
        day == (self.to - 1) / DAY && day < 5 && from >= 6 * 60 && to <= 19 * 60
    }

    fn overlap(self, other: Self) -> u16 {
        self.to.min(other.to).saturating_sub(self.from.max(other.from))
    }
}

/// Sorted spans that do not touch each other.
pub(crate) fn joined(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<_> = spans.into_iter().collect();
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => joined.push(span),
        }
    }
    joined
}

/// Working times or lessons as sorted spans.
pub(crate) fn spans_of(shifts: &[Shift]) -> Vec<Span> {
    joined(shifts.iter().flat_map(|shift| Span::of(shift.day, shift.from, shift.to)))
}

/// Minutes that lie in both; each side is joined.
pub(crate) fn minutes_of_overlap(some: &[Span], others: &[Span]) -> u16 {
    some.iter().map(|span| others.iter().map(|other| span.overlap(*other)).sum::<u16>()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(hour: u16) -> ClockTime {
        ClockTime::from_minutes(hour * 60).unwrap()
    }

    #[test]
    fn a_sunday_night_runs_into_monday() {
        let spans: Vec<_> = Span::of(Weekday::Sun, time(22), time(6)).collect();
        assert_eq!(spans, [Span { from: WEEK - 120, to: WEEK }, Span { from: 0, to: 360 }]);
    }

    #[test]
    fn overlap_counts_each_minute_once() {
        let mon = |from, to| Span::of(Weekday::Mon, time(from), time(to));
        let busy = joined(mon(9, 12).chain(mon(11, 13)));
        let shift = joined(mon(8, 17));
        assert_eq!(minutes_of_overlap(&busy, &shift), 240);
        assert_eq!(minutes_of_overlap(&busy, &joined(mon(13, 17))), 0);
    }
}
