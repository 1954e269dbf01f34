// SPDX-License-Identifier: EUPL-1.2
//! What to make.

use std::fmt;
use std::str::FromStr;

use passend::Day;

/// The day from which all days of the records count: 2026-11-25.
pub const REFERENCE_DAY: Day = Day::from_days_since_1970(20_782);

/// What to make, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Number of people, and of rows for the audit.
    pub candidates: usize,
    /// Number of vacancies.
    pub vacancies: usize,
    /// Where the random numbers begin.
    pub seed: u64,
    /// How much stands between people and work.
    pub regime: Regime,
    /// Where they live and work.
    pub spread: Spread,
}

impl Default for Settings {
    /// A reception centre of 700 people and 1,000 vacancies in the north, seed 1.
    fn default() -> Self {
        Self {
            candidates: 700,
            vacancies: 1_000,
            seed: 1,
            regime: Regime::Azc,
            spread: Spread::North,
        }
    }
}

/// How much stands between people and work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Regime {
    /// People in reception: residence status, little Dutch, short travel, lessons.
    #[default]
    Azc,
    /// A general population against the same vacancies: free to work, Dutch at B2 or higher, 20 to 100 kilometres.
    General,
    /// Nothing gates: every demand is welcome instead of needed, unregulated work only, no limits. For measuring speed.
    Open,
}

impl Regime {
    /// All regimes.
    pub const ALL: [Self; 3] = [Self::Azc, Self::General, Self::Open];

    /// The regime as written: `azc`, `general`, `open`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Azc => "azc",
            Self::General => "general",
            Self::Open => "open",
        }
    }
}

impl fmt::Display for Regime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Where people live and work.
///
/// Only places depend on it: status, work, skills, diplomas and demands of a record are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Spread {
    /// All in Groningen, Fryslân and Drenthe: a study of one region. Every person has some work within reach.
    #[default]
    North,
    /// Reception centres and municipalities of the whole country: the work of a night for everybody in reception. Places are
    /// known by municipality, with a postcode only in the north.
    Country,
}

impl Spread {
    /// All spreads.
    pub const ALL: [Self; 2] = [Self::North, Self::Country];

    /// The spread as written: `north`, `country`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::North => "north",
            Self::Country => "country",
        }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names no spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected `north` or `country`")]
pub struct UnknownSpread;

impl FromStr for Spread {
    type Err = UnknownSpread;

    fn from_str(text: &str) -> Result<Self, UnknownSpread> {
        Self::ALL.into_iter().find(|spread| spread.code() == text).ok_or(UnknownSpread)
    }
}

/// The text names no regime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected `azc`, `general` or `open`")]
pub struct UnknownRegime;

impl FromStr for Regime {
    type Err = UnknownRegime;

    fn from_str(text: &str) -> Result<Self, UnknownRegime> {
        Self::ALL.into_iter().find(|regime| regime.code() == text).ok_or(UnknownRegime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_day_is_a_day_in_november() {
        assert_eq!(REFERENCE_DAY.to_string(), "2026-11-25");
    }

    #[test]
    fn a_regime_is_read_as_it_is_written() {
        for regime in Regime::ALL {
            assert_eq!(regime.to_string().parse(), Ok(regime));
        }
        assert_eq!("AZC".parse::<Regime>(), Err(UnknownRegime));
    }

    #[test]
    fn a_spread_is_read_as_it_is_written() {
        for spread in Spread::ALL {
            assert_eq!(spread.to_string().parse(), Ok(spread));
        }
        assert_eq!("".parse::<Spread>(), Err(UnknownSpread));
    }
}
