// SPDX-License-Identifier: EUPL-1.2
//! A calendar day: the only time the engine knows.

use std::fmt;
use std::num::NonZeroU32;

use jiff::{Span, civil};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar day between 1900-01-01 and 2199-12-31, written `2026-11-25`.
///
/// Days order and subtract as whole numbers. Months are calendar months: a day that the month lacks becomes its last day.
///
/// ```
/// # use passend::Day;
/// let start: Day = "2025-08-31".parse()?;
/// assert_eq!(start.plus_months(6).to_string(), "2026-02-28");
/// assert_eq!(start.plus_days(1).to_string(), "2025-09-01");
/// # Ok::<(), passend::DayError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NonZeroU32);

/// The text is no calendar day between 1900 and 2199 in the form `2026-11-25`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a day such as `2026-11-25`, between 1900 and 2199")]
pub struct DayError;

const EPOCH: civil::Date = civil::date(1970, 1, 1);
/// 1900-01-01 and 2199-12-31 in days since 1970-01-01.
const FIRST: i32 = -25_567;
const LAST: i32 = 84_005;

impl Day {
    /// The day of this year, month and day of the month, if the calendar has it.
    ///
    /// ```
    /// # use passend::Day;
    /// assert!(Day::new(2027, 2, 31).is_none());
    /// ```
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Self::from_civil(civil::Date::new(year, month, day).ok()?)
    }

    /// The day that lies so many days after 1970-01-01; the nearest possible day outside 1900 to 2199.
    pub const fn from_days_since_1970(days: i32) -> Self {
        let days = if days < FIRST {
            FIRST
        } else if days > LAST {
            LAST
        } else {
            days
        };
        // Counted from 1 on, so that a day that may be missing takes no more room than one.
        match NonZeroU32::new((days - FIRST).cast_unsigned() + 1) {
            Some(count) => Self(count),
            None => Self(NonZeroU32::MIN),
        }
    }

    /// Days since 1970-01-01; negative before it.
    pub const fn days_since_1970(self) -> i32 {
        self.0.get().cast_signed() - 1 + FIRST
    }

    /// So many days later (earlier if negative), held within 1900 to 2199.
    #[must_use]
    pub const fn plus_days(self, days: i32) -> Self {
        Self::from_days_since_1970(self.days_since_1970().saturating_add(days))
    }

    /// So many calendar months later (earlier if negative); a day that the month lacks becomes its last day.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let far = Self::from_days_since_1970(if months < 0 { FIRST } else { LAST });
        let Ok(span) = Span::new().try_months(months) else { return far };
        self.civil().checked_add(span).ok().and_then(Self::from_civil).unwrap_or(far)
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub fn parts(self) -> (i16, i8, i8) {
        let date = self.civil();
        (date.year(), date.month(), date.day())
    }

    fn civil(self) -> civil::Date {
        Span::new()
            .try_days(self.days_since_1970())
            .ok()
            .and_then(|span| EPOCH.checked_add(span).ok())
            .unwrap_or(EPOCH)
    }

    fn from_civil(date: civil::Date) -> Option<Self> {
        let days = EPOCH.until(date).ok()?.get_days();
        (FIRST..=LAST).contains(&days).then(|| Self::from_days_since_1970(days))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        // Exactly ten characters: other ISO forms (20261125, with a time) are too easily a mistake.
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(DayError);
        }
        text.parse::<civil::Date>().ok().and_then(Self::from_civil).ok_or(DayError)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Day;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day such as \"2026-11-25\", between 1900 and 2199")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date", "description": "A day such as 2026-11-25"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_limits_are_1900_and_2199() {
        assert_eq!(Day::from_days_since_1970(FIRST).to_string(), "1900-01-01");
        assert_eq!(Day::from_days_since_1970(LAST).to_string(), "2199-12-31");
        assert!("1899-12-31".parse::<Day>().is_err());
        assert!("2200-01-01".parse::<Day>().is_err());
        assert_eq!(day("2199-12-31").plus_months(1), Day::from_days_since_1970(LAST));
        assert_eq!(day("1900-01-01").plus_days(-1), Day::from_days_since_1970(FIRST));
    }

    #[test]
    fn six_calendar_months_are_not_180_days() {
        assert_eq!(day("2025-01-15").plus_months(6), day("2025-07-15"));
        assert_eq!(day("2025-08-31").plus_months(6), day("2026-02-28"));
        assert_eq!(day("2023-08-31").plus_months(6), day("2024-02-29"));
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "20250115",
            "2025-1-5",
            "2025-01-15T00:00",
            "15-01-2025",
            "2025-02-30",
            "",
            " 2025-01-15",
            "+025-01-01",
        ] {
            assert_eq!(text.parse::<Day>(), Err(DayError), "{text}");
        }
    }
}
