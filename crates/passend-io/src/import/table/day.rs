// SPDX-License-Identifier: EUPL-1.2
//! Days as people write them.
//!
//! In `03-05-2026` day and month could be either; no cell is ever read by guess. The column decides, from cells such as
//! `31-12-2026` that can be read in one way only.

use passend::Day;
use serde::{Deserialize, Serialize};

use super::word::{is_nothing, plain};

/// In which order a column writes its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DayOrder {
    /// `31-12-2026`.
    DayFirst,
    /// `12/31/2026`.
    MonthFirst,
    /// `2026-12-31`.
    YearFirst,
}

/// What a cell of a column of days holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Empty, or words that say that there is none or that it is not known.
    Nothing,
    /// Year, month and day, the year in front.
    YearFirst(i16, u8, u8),
    /// Two numbers and a year.
    Parts(u8, u8, i16),
    /// The month is named, or the file itself says that it is a day.
    Sure(Day),
    /// The number that spreadsheets count days by.
    Serial(Day),
    /// A year, or a year and a month: no day.
    Partly(i16, Option<u8>),
    /// None of these.
    Other,
}

/// What a cell of days says in the order of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayReading {
    Nothing,
    Known(Day),
    /// A year, or a year and a month.
    Partly(i16, Option<u8>),
    /// No day that exists, or one in another order than the column.
    Wrong,
}

impl Shape {
    pub(super) fn of(cell: &str, is_typed: bool) -> Self {
        if is_nothing(cell) || SOON.contains(&plain(cell).as_str()) {
            return Self::Nothing;
        }
        let cell = western_digits(cell);
        let text = without_time(&cell);
        if is_typed {
            return text.parse().map_or(Self::Other, Self::Sure);
        }
        let parts: Vec<&str> =
            text.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [number] if number.bytes().all(|byte| byte.is_ascii_digit()) => match number.len() {
                4 => year(number).map_or(Self::Other, |year| Self::Partly(year, None)),
                5 => serial(number),
                8 => Self::year_first(number.get(..4), number.get(4..6), number.get(6..)),
                _ => Self::Other,
            },
            [month, year_text] => match (named_month(month), year(year_text)) {
                (Some(month), Some(year)) => Self::Partly(year, Some(month)),
                _ => Self::Other,
            },
            [a, b, c] => Self::three(a, b, c),
            // "maandag 1 maart 2027"
            [_, a, b, c] if named_month(b).is_some() => Self::three(a, b, c),
            _ => Self::Other,
        }
    }

    fn three(a: &str, b: &str, c: &str) -> Self {
        if a.len() == 4 {
            return match named_month(b) {
                Some(month) => Self::named(year(a), month, number(c)),
                None => Self::year_first(Some(a), Some(b), Some(c)),
            };
        }
        let Some(year) = year(c) else { return Self::Other };
        if let Some(month) = named_month(b) {
            return Self::named(Some(year), month, number(a));
        }
        if let Some(month) = named_month(a) {
            return Self::named(
                Some(year),
                month,
                number(b.trim_end_matches(|c: char| c.is_alphabetic())),
            );
        }
        match (number(a), number(b)) {
            // Who does not know the day writes 00-00 before the year.
            (Some(0), Some(0)) => Self::Partly(year, None),
            (Some(0), Some(month)) => Self::Partly(year, Some(month)),
            (Some(first), Some(second)) => Self::Parts(first, second, year),
            _ => Self::Other,
        }
    }

    fn year_first(year_text: Option<&str>, month: Option<&str>, day: Option<&str>) -> Self {
        let parts = year_text.and_then(year).zip(month.and_then(number)).zip(day.and_then(number));
        match parts {
            Some(((year, 0), 0)) => Self::Partly(year, None),
            Some(((year, month), 0)) => Self::Partly(year, Some(month)),
            Some(((year, month), day)) => Self::YearFirst(year, month, day),
            None => Self::Other,
        }
    }

    fn named(year: Option<i16>, month: u8, day: Option<u8>) -> Self {
        year.zip(day)
            .and_then(|(year, date)| day_of(year, month, date))
            .map_or(Self::Other, Self::Sure)
    }

    /// The order that this cell alone shows, if it can be read in one way only.
    pub(super) fn order(self) -> Option<DayOrder> {
        match self {
            Self::YearFirst(year, month, day) => {
                day_of(year, month, day).map(|_| DayOrder::YearFirst)
            }
            Self::Parts(first, second, year) => {
                match (day_of(year, second, first), day_of(year, first, second)) {
                    (Some(_), None) if first > 12 => Some(DayOrder::DayFirst),
                    (None, Some(_)) if second > 12 => Some(DayOrder::MonthFirst),
                    // 05-05 is the same day either way, and shows nothing.
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether the order must be known to read it.
    pub(super) fn needs_order(self) -> bool {
        matches!(self, Self::Parts(first, second, _) if first != second)
    }

    pub(super) fn read(self, order: Option<DayOrder>) -> DayReading {
        let known = |day: Option<Day>| day.map_or(DayReading::Wrong, DayReading::Known);
        match (self, order) {
            (Self::Nothing, _) => DayReading::Nothing,
            (Self::Sure(day) | Self::Serial(day), _) => DayReading::Known(day),
            (Self::Partly(year, month), _) => DayReading::Partly(year, month),
            (Self::YearFirst(year, month, day), None | Some(DayOrder::YearFirst)) => {
                known(day_of(year, month, day))
            }
            (Self::Parts(day, month, year), Some(DayOrder::DayFirst)) => {
                known(day_of(year, month, day))
            }
            (Self::Parts(month, day, year), Some(DayOrder::MonthFirst)) => {
                known(day_of(year, month, day))
            }
            (Self::Parts(one, other, year), None) if one == other => {
                known(day_of(year, one, other))
            }
            _ => DayReading::Wrong,
        }
    }
}

/// Words that say "at once" or "later" and no day.
const SOON: &[&str] = &[
    "zsm",
    "zo spoedig mogelijk",
    "zo snel mogelijk",
    "per direct",
    "direct",
    "asap",
    "in overleg",
    "nader te bepalen",
    "op termijn",
    "binnenkort",
    "as soon as possible",
    "immediately",
    "doorlopend",
];

/// Months by their first letters in Dutch and English.
const MONTHS: [(u8, &[&str]); 12] = [
    (1, &["jan", "januari", "january"]),
    (2, &["feb", "febr", "februari", "february"]),
    (3, &["mrt", "maart", "mar", "march"]),
    (4, &["apr", "april"]),
    (5, &["mei", "may"]),
    (6, &["jun", "juni", "june"]),
    (7, &["jul", "juli", "july"]),
    (8, &["aug", "augustus", "august"]),
    (9, &["sep", "sept", "september"]),
    (10, &["okt", "oktober", "oct", "october"]),
    (11, &["nov", "november"]),
    (12, &["dec", "december"]),
];

fn named_month(text: &str) -> Option<u8> {
    let word = text.to_lowercase();
    MONTHS.iter().find(|(_, names)| names.contains(&word.as_str())).map(|(month, _)| *month)
}

fn number(text: &str) -> Option<u8> {
    (text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// A year of four digits, or of two, with or without an apostrophe: up to 50 of this century, else of the last.
fn year(text: &str) -> Option<i16> {
    let digits = text.trim_start_matches(['\'', '’', '‘', '`']);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (digits.len(), digits.parse::<i16>().ok()?) {
        (2, short @ 0..=50) => Some(2000 + short),
        (2, short) => Some(1900 + short),
        (4, year) => Some(year),
        _ => None,
    }
}

/// Spreadsheets count days from the end of 1899; these numbers are 1954 to 2119.
fn serial(number: &str) -> Shape {
    const SERIAL_OF_1970: i32 = 25_569;
    match number.parse::<i32>() {
        Ok(serial @ 20_000..=80_000) => {
            Shape::Serial(Day::from_days_since_1970(serial - SERIAL_OF_1970))
        }
        _ => Shape::Other,
    }
}

pub(super) fn day_of(year: i16, month: u8, day: u8) -> Option<Day> {
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// The text without a time of the day after it.
fn without_time(text: &str) -> &str {
    let cut = text.find([' ', 'T']).filter(|at| {
        let time = text.get(at + 1..).unwrap_or_default();
        time.contains(':')
            && time.bytes().all(|b| matches!(b, b'0'..=b'9' | b':' | b'.' | b'Z' | b'+'))
    });
    cut.and_then(|at| text.get(..at)).unwrap_or(text).trim()
}

/// Digits of Arabic and Persian writing as western ones.
pub(super) fn western_digits(text: &str) -> String {
    let western = |c: char| {
        let value = match c {
            '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
            '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
            _ => return c,
        };
        char::from_digit(value, 10).unwrap_or(c)
    };
    text.chars().map(western).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, order: Option<DayOrder>, expected: &str) {
        let said = match Shape::of(cell, false).read(order) {
            DayReading::Known(day) => day.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(said, expected, "{cell}");
    }

    #[test]
    fn days_are_read_in_the_order_of_their_column() {
        let day_first = Some(DayOrder::DayFirst);
        check("03-05-2026", day_first, "2026-05-03");
        check("03/05/2026", Some(DayOrder::MonthFirst), "2026-03-05");
        check("1-2-'88", day_first, "1988-02-01");
        check("3.5.26", day_first, "2026-05-03");
        check("03-05-2026 00:00:00", day_first, "2026-05-03");
        check("2026-05-03T10:00:00Z", Some(DayOrder::YearFirst), "2026-05-03");
        check("20260503", Some(DayOrder::YearFirst), "2026-05-03");
        check("١٩٩٠-٠٢-٠١", Some(DayOrder::YearFirst), "1990-02-01");
        check("05-05-2026", None, "2026-05-05");
    }

    #[test]
    fn a_named_month_or_a_number_of_days_needs_no_order() {
        check("1 maart 2027", None, "2027-03-01");
        check("1-mrt-27", None, "2027-03-01");
        check("March 1, 2027", None, "2027-03-01");
        check("maandag 1 maart 2027", None, "2027-03-01");
        check("46388", None, "2027-01-01");
    }

    #[test]
    fn what_is_no_day_is_not_made_one() {
        let day_first = Some(DayOrder::DayFirst);
        check("31-02-2027", day_first, "Wrong");
        check("2027-02-01", day_first, "Wrong");
        check("05/31/2026", day_first, "Wrong");
        check("03-05-2026", None, "Wrong");
        check("00-00-1990", day_first, "Partly(1990, None)");
        check("1990", day_first, "Partly(1990, None)");
        check("maart 2027", day_first, "Partly(2027, Some(3))");
        check("z.s.m.", day_first, "Nothing");
        check("n.v.t.", day_first, "Nothing");
        check("bij gelegenheid", day_first, "Wrong");
    }

    #[test]
    fn only_what_can_be_read_in_one_way_shows_an_order() {
        let order = |cell| Shape::of(cell, false).order();
        assert_eq!(order("31-12-2026"), Some(DayOrder::DayFirst));
        assert_eq!(order("12/31/2026"), Some(DayOrder::MonthFirst));
        assert_eq!(order("2026-12-31"), Some(DayOrder::YearFirst));
        for cell in ["03-05-2026", "05-05-2026", "31-02-2027", "1 maart 2027", "32-13-2026", ""] {
            assert_eq!(order(cell), None, "{cell}");
        }
    }
}
