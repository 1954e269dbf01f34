// SPDX-License-Identifier: EUPL-1.2
//! Days that are known to the year, the month or the day, as CVs have them.

use passend::Day;
use serde_json::{Map, Value};

use super::keys::put;

/// A year, with a month and a day where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl Moment {
    /// Reads `2015`, `2015-06`, `2015-06-30` and what begins with such a day, as `2015-06-30T00:00`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split('T').next().unwrap_or(text);
        let mut parts = text.split('-');
        let year = parts.next()?;
        let (month, day) = (parts.next(), parts.next());
        Self::of(year, month, day)
    }

    /// Of parts as the older Europass writes them: `2015`, `--06`, `---30`.
    pub(super) fn of(year: &str, month: Option<&str>, day: Option<&str>) -> Option<Self> {
        let number = |text: &str| text.trim_matches('-').parse::<u8>().ok();
        let year: u16 = year.trim().parse().ok().filter(|year| (1900..=2199).contains(year))?;
        let month = month.and_then(number).filter(|month| (1..=12).contains(month));
        let day = day.and_then(number).filter(|_| month.is_some());
        let moment = Self { year, month, day };
        // A day that does not exist leaves what is known without it.
        Some(if moment.day().is_none() { Self { day: None, ..moment } } else { moment })
    }

    /// The day, if it is known and exists.
    pub(super) fn day(self) -> Option<String> {
        let text = format!("{}-{:02}-{:02}", self.year, self.month?, self.day?);
        text.parse::<Day>().is_ok().then_some(text)
    }

    /// The first day of it, if at least the month is known.
    fn first(self) -> Option<String> {
        self.day().or_else(|| Some(format!("{}-{:02}-01", self.year, self.month?)))
    }

    /// The last day of it, if at least the month is known.
    fn last(self) -> Option<String> {
        if let Some(day) = self.day() {
            return Some(day);
        }
        let month = self.month?;
        (28..=31_u8).rev().find_map(|day| Self { day: Some(day), month: Some(month), ..self }.day())
    }
}

/// Begin and end of work. Where only years are known, the months that it lasted at least.
pub(super) fn period(keys: &mut Map<String, Value>, from: Option<Moment>, to: Option<Moment>) {
    if days(keys, from, to) {
        return;
    }
    if let (Some(from), Some(to)) = (from, to) {
        let years = to.year.saturating_sub(from.year).saturating_sub(1).min(75);
        put(keys, "months", (years > 0).then(|| years.saturating_mul(12)));
    }
}

/// Begin and end where at least their months are known; whether all that was given could be told so. Neither when the end
/// lies before the begin.
pub(super) fn days(
    keys: &mut Map<String, Value>,
    from: Option<Moment>,
    to: Option<Moment>,
) -> bool {
    let (first, last) = (from.and_then(Moment::first), to.and_then(Moment::last));
    let told = (first.is_some() || from.is_none()) && (last.is_some() || to.is_none());
    if first.as_ref().zip(last.as_ref()).is_some_and(|(first, last)| first > last) {
        return true;
    }
    if told {
        put(keys, "from", first);
        put(keys, "to", last);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        let mut keys = Map::new();
        period(&mut keys, Moment::read(from), Moment::read(to));
        assert_eq!(Value::Object(keys).to_string(), expected);
    }

    #[test]
    fn a_period_is_told_as_far_as_it_is_known() {
        check("2015-09-01", "2021-03-31", r#"{"from":"2015-09-01","to":"2021-03-31"}"#);
        check("2015-09", "2021-02", r#"{"from":"2015-09-01","to":"2021-02-28"}"#);
        check("2015", "2021", r#"{"months":60}"#);
        check("2015", "2016", "{}");
        check("2015-09", "", r#"{"from":"2015-09-01"}"#);
        check("2021-09-01", "2015-03-31", "{}");
        check("2015-02-31", "2016-04-31T00:00", r#"{"from":"2015-02-01","to":"2016-04-30"}"#);
    }
}
