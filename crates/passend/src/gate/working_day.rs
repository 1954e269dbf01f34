// SPDX-License-Identifier: EUPL-1.2
//! Working days, for duties that are counted in them: Monday to Friday, without the days of the Algemene termijnenwet.

use crate::model::Day;

/// The first day on which work that is notified today can begin: the working day that is so many of them later.
pub(crate) fn after_working_days(today: Day, count: u8) -> Day {
    let mut day = today;
    let mut left = count;
    while left > 0 {
        day = day.plus_days(1);
        if is_working_day(day) {
            left -= 1;
        }
    }
    day
}

/// The last day on which work that begins on `start` can be notified: the working day that is so many of them earlier.
pub(crate) fn before_working_days(start: Day, count: u8) -> Day {
    let mut day = start;
    let mut left = count;
    while left > 0 {
        day = day.plus_days(-1);
        if is_working_day(day) {
            left -= 1;
        }
    }
    day
}

fn is_working_day(day: Day) -> bool {
    // 1 January 1970 was a Thursday.
    let weekday = (day.days_since_1970() + 3).rem_euclid(7);
    weekday < 5 && !is_holiday(day)
}

/// New Year's Day, Easter Monday, Ascension Day, Whit Monday, King's Day, Liberation Day and both days of Christmas.
fn is_holiday(day: Day) -> bool {
    let (year, month, of_month) = day.parts();
    let from_easter = easter(year).map(|easter| day.days_since_1970() - easter.days_since_1970());
    matches!((month, of_month), (1, 1) | (5, 5) | (12, 25 | 26))
        || matches!(from_easter, Some(1 | 39 | 50))
        || kings_day(year) == Some(day)
}

/// 27 April, or the day before where that is a Sunday: as it is since 2014, before the first duty that counts in these days.
fn kings_day(year: i16) -> Option<Day> {
    let day = Day::new(year, 4, 27)?;
    let is_sunday = (day.days_since_1970() + 3).rem_euclid(7) == 6;
    Some(day.plus_days(if is_sunday { -1 } else { 0 }))
}

/// Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher.
fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let n = h + l - 7 * m;
    let month = (n + 90) / 25;
    let of_month = (n + 33 * month + 19) % 32;
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(of_month).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(notified: &str, count: u8, begins: &str) {
        assert_eq!(after_working_days(day(notified), count), day(begins), "after {notified}");
        assert_eq!(before_working_days(day(begins), count), day(notified), "before {begins}");
    }

    #[test]
    fn a_weekend_is_no_working_day() {
        check("2026-11-23", 2, "2026-11-25"); // Monday to Wednesday
        check("2026-11-26", 2, "2026-11-30"); // Thursday to Monday
        check("2026-11-27", 2, "2026-12-01"); // Friday to Tuesday
        assert_eq!(after_working_days(day("2026-11-28"), 2), day("2026-12-01")); // Saturday
        assert_eq!(before_working_days(day("2026-11-29"), 2), day("2026-11-26"));
        assert_eq!(after_working_days(day("2026-11-25"), 0), day("2026-11-25"));
    }

    #[test]
    fn holidays_are_no_working_days() {
        check("2026-12-24", 2, "2026-12-29"); // Christmas on Friday and Saturday
        check("2025-12-31", 2, "2026-01-05");
        check("2026-04-03", 2, "2026-04-08"); // Easter Monday on 6 April 2026
        check("2026-05-13", 2, "2026-05-18"); // Ascension Day on 14 May 2026
        check("2026-05-22", 2, "2026-05-27"); // Whit Monday on 25 May 2026
        check("2026-04-24", 2, "2026-04-29"); // King's Day on Monday 27 April 2026
        check("2026-05-04", 2, "2026-05-07"); // Liberation Day on Tuesday
    }

    #[test]
    fn moving_days_fall_where_the_calendar_has_them() {
        for (year, sunday) in [
            (1954, "1954-04-18"),
            (1961, "1961-04-02"),
            (1981, "1981-04-19"),
            (2049, "2049-04-18"),
            (2076, "2076-04-19"),
            (2000, "2000-04-23"),
            (2014, "2014-04-20"),
            (2019, "2019-04-21"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), Some(day(sunday)), "{year}");
        }
        for (year, kings) in [(2014, "2014-04-26"), (2015, "2015-04-27"), (2025, "2025-04-26")] {
            assert_eq!(kings_day(year), Some(day(kings)), "{year}");
        }
    }
}
