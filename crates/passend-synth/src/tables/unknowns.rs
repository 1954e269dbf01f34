// SPDX-License-Identifier: EUPL-1.2
//! How often a field is left out, in thousandths of the records: what a caseworker did not ask or an advert does not say.
//!
//! All assumed; no source counts the gaps in case files. They are chosen so that each field is missing often enough to be
//! met in a test of a few hundred people, and so that most people can still be matched.

// People. The regime `open` leaves out nothing that a gate asks; `general` knows the residence status of all.
pub(crate) const RESIDENCE: u32 = 10;
pub(crate) const HOME: u32 = 10;
pub(crate) const TRAVEL_LIMIT: u32 = 40;
pub(crate) const HOURS: u32 = 30;
pub(crate) const WEEK: u32 = 50;
pub(crate) const LANGUAGES: u32 = 30;
pub(crate) const EDUCATION: u32 = 60;
pub(crate) const EXPERIENCE: u32 = 40;
pub(crate) const SKILLS: u32 = 80;
pub(crate) const CERTIFICATES: u32 = 60;
pub(crate) const LICENCES: u32 = 60;
pub(crate) const REGISTRATIONS: u32 = 100;
pub(crate) const WISHES: u32 = 400;
pub(crate) const CONTRACT_WISHES: u32 = 500;
pub(crate) const SUPPORT: u32 = 300;

// Vacancies.
pub(crate) const WORKPLACE: u32 = 5;
pub(crate) const VACANCY_HOURS: u32 = 30;
pub(crate) const VACANCY_SKILLS: u32 = 150;
pub(crate) const KIND_OF_WORK: u32 = 360;
/// No occupation beside the title.
pub(crate) const OCCUPATION: u32 = 700;
/// No first day of work: as soon as possible.
pub(crate) const STARTS: u32 = 600;
pub(crate) const WAGE: u32 = 600;

// Both.
/// An occupation or the skills of a record are named by label, without a code.
pub(crate) const CODE_LEFT_OUT: u32 = 500;
