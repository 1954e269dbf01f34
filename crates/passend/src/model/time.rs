// SPDX-License-Identifier: EUPL-1.2
//! Hours a week, clock times and the slots of a week.

use std::fmt;
use std::num::NonZeroU32;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A number with at most two decimals, held as a whole number of hundredths; 0 to 42 million.
///
/// More decimals are rounded to the nearest hundredth when read.
// Counted from 1 on, so that a number that may be missing takes no more room than one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(NonZeroU32);

impl Hundredths {
    /// This many whole units.
    pub const fn whole(units: u32) -> Self {
        Self::new(units.saturating_mul(100))
    }

    /// This many hundredths.
    pub const fn new(hundredths: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(hundredths))
    }

    /// The number of hundredths: 2250 for 22.5.
    pub const fn get(self) -> u32 {
        self.0.get() - 1
    }
}

impl Default for Hundredths {
    fn default() -> Self {
        Self::new(0)
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.get() / 100, self.get() % 100);
        match (part, part % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

impl fmt::Debug for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Hundredths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.get().is_multiple_of(100) {
            serializer.serialize_u32(self.get() / 100)
        } else {
            serializer.serialize_f64(decimal(self.get()))
        }
    }
}

#[expect(clippy::float_arithmetic, reason = "the JSON number itself; no score is made of it")]
fn decimal(hundredths: u32) -> f64 {
    f64::from(hundredths) / 100.0
}

impl<'de> Deserialize<'de> for Hundredths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Hundredths;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of 0 or more")
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Hundredths, E> {
                let units = u32::try_from(value).ok().and_then(|units| units.checked_mul(100));
                units
                    .map(Hundredths::new)
                    .ok_or_else(|| E::custom("expected a number of 0 or more, below 42 million"))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Hundredths, E> {
                self.visit_u64(
                    u64::try_from(value)
                        .map_err(|_| E::custom("expected a number of 0 or more"))?,
                )
            }
            #[expect(
                clippy::float_arithmetic,
                reason = "the JSON number is turned into hundredths once, when read"
            )]
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the range is checked first; the fraction is meant to go"
            )]
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Hundredths, E> {
                if !(0.0..=40_000_000.0).contains(&value) {
                    return Err(E::custom("expected a number of 0 or more"));
                }
                Ok(Hundredths::new((value * 100.0).round() as u32))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Hundredths {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Hundredths".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "number", "minimum": 0})
    }
}

/// Hours a week: at least, at most. A side left out is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HoursPerWeek {
    /// At least so many hours a week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Hundredths>,
    /// At most so many hours a week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Hundredths>,
}

/// Day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "named by their first letters")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// A time of the day, written `09:00`; `24:00` is the end of the day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(u16);

impl ClockTime {
    /// Minutes since midnight, 0 to 1440.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// The time so many minutes after midnight, if not after 24:00.
    pub fn from_minutes(minutes: u16) -> Option<Self> {
        (minutes <= 1440).then_some(Self(minutes))
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Debug for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ClockTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ClockTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = ClockTime;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time such as \"09:00\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<ClockTime, E> {
                let part = |digits: &str| {
                    (digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()))
                        .then(|| digits.parse().ok())
                        .flatten()
                };
                text.split_once(':')
                    .and_then(|(hours, minutes)| Some((part(hours)?, part(minutes)?)))
                    .filter(|(hours, minutes): &(u16, u16)| *hours <= 24 && *minutes < 60)
                    .and_then(|(hours, minutes)| ClockTime::from_minutes(hours * 60 + minutes))
                    .ok_or_else(|| E::custom("expected a time such as `09:00`"))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ClockTime {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ClockTime".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^([01][0-9]|2[0-4]):[0-5][0-9]$"})
    }
}

/// What a slot in a person's week is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// Work is possible then. When any free slot is given, work is possible in free slots only.
    Free,
    /// A lesson: busy.
    Class,
    /// Another duty: busy.
    Other,
}

/// A slot in a person's week. A slot that ends before it begins runs over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Day on which it begins.
    pub day: Weekday,
    /// First minute.
    pub from: ClockTime,
    /// First minute after it.
    pub to: ClockTime,
    /// What it is.
    pub kind: SlotKind,
    /// The slot could be moved to another time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movable: Option<bool>,
}

/// A working time of a vacancy; all working times are worked. One that ends before it begins runs over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Day on which it begins.
    pub day: Weekday,
    /// First minute.
    pub from: ClockTime,
    /// First minute after it.
    pub to: ClockTime,
}
