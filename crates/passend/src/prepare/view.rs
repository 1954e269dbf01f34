// SPDX-License-Identifier: EUPL-1.2
//! Views: what one gate looks at of a person or a vacancy, and nothing else.
//!
//! A gate that is given a view cannot look further, so that equal views have equal answers: an answer may be found once
//! and used for all who share it.

use super::{
    CandidateFacts, LanguageDemand, LanguageFact, ProfessionDemand, Span, VacancyFacts, Word,
};
use crate::model::Day;
use crate::policy::{Area, Sector};
use crate::vocabulary::Reading;

/// The languages of a person, and whether a coach is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Speaks<'a> {
    pub(crate) languages: Option<&'a [LanguageFact]>,
    pub(crate) coach: bool,
}

/// The week of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Week<'a> {
    pub(crate) busy: Option<&'a [Span]>,
    pub(crate) free: &'a [Span],
    pub(crate) irregular_ok: Option<bool>,
    pub(crate) office_hours: bool,
}

/// Where a person lives, now and later, and how far the person travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Commute {
    pub(crate) area: Option<Area>,
    pub(crate) limit_metres: Option<(u32, u32)>,
    pub(crate) only_public_transport: bool,
    pub(crate) move_to: Option<(Day, Area)>,
    pub(crate) may_move: bool,
}

/// From when until when a person is available.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Stay {
    pub(crate) from: Option<Day>,
    pub(crate) until: Option<Day>,
}

/// Regulated professions that the work is, or may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Regulated<'a> {
    pub(crate) professions: &'a [ProfessionDemand],
    /// Some of what names the work could not be linked.
    pub(crate) unlinked: bool,
    /// Nothing names the work.
    pub(crate) unnamed: bool,
}

/// Languages that must be there, and whether the employer offers a coach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Spoken<'a> {
    pub(crate) musts: &'a [LanguageDemand],
    pub(crate) support: bool,
}

/// Working times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Shifts<'a> {
    pub(crate) shifts: Option<&'a [Span]>,
    pub(crate) irregular: bool,
}

/// What a person may exclude of a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Excludable<'a> {
    pub(crate) readings: &'a [Reading],
    pub(crate) sector: Option<&'a Sector>,
    pub(crate) title: Word,
}

/// Where the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Workplace {
    pub(crate) remote: bool,
    pub(crate) area: Option<Area>,
    pub(crate) by_public_transport: Option<bool>,
}

/// When the work begins and ends, and until when people are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Period {
    pub(crate) starts: Option<Day>,
    pub(crate) ends: Option<Day>,
    pub(crate) closes: Option<Day>,
}

impl CandidateFacts {
    pub(crate) fn speaks(&self) -> Speaks<'_> {
        let languages = self.learned.languages.as_deref();
        Speaks { languages, coach: self.practical.language_coach }
    }

    pub(crate) fn week(&self) -> Week<'_> {
        let own = &self.practical;
        Week {
            busy: own.week.busy.as_deref(),
            free: &own.week.free,
            irregular_ok: own.irregular_ok,
            office_hours: own.office_hours,
        }
    }

    pub(crate) const fn commute(&self) -> Commute {
        let own = &self.practical;
        Commute {
            area: own.area,
            limit_metres: own.limit_metres,
            only_public_transport: own.only_public_transport,
            move_to: own.move_to,
            may_move: own.may_move,
        }
    }

    pub(crate) const fn stay(&self) -> Stay {
        Stay { from: self.practical.from, until: self.practical.until }
    }
}

impl VacancyFacts {
    pub(crate) fn regulated(&self) -> Regulated<'_> {
        Regulated {
            professions: &self.required.professions,
            unlinked: self.named.unlinked,
            unnamed: self.readings().is_empty() && !self.named.unlinked,
        }
    }

    pub(crate) fn spoken(&self) -> Spoken<'_> {
        Spoken { musts: &self.required.language_musts, support: self.required.language_support }
    }

    pub(crate) fn working_times(&self) -> Shifts<'_> {
        Shifts { shifts: self.shifts(), irregular: self.times.irregular }
    }

    pub(crate) fn excludable(&self) -> Excludable<'_> {
        Excludable {
            readings: self.readings(),
            sector: self.work.sector.as_ref(),
            title: self.named.title,
        }
    }

    pub(crate) const fn workplace(&self) -> Workplace {
        Workplace {
            remote: self.remote,
            area: self.area,
            by_public_transport: self.by_public_transport,
        }
    }

    pub(crate) const fn period(&self) -> Period {
        Period { starts: self.starts, ends: self.ends, closes: self.closes }
    }
}
