// SPDX-License-Identifier: EUPL-1.2
//! Experience and skills of people; skills, years, contracts and permits of vacancies. Assumed unless said otherwise.

use passend::{ContractKind, Route, Stance, WorkKind};

use crate::shares::Shares;

/// People who are known to have never worked.
pub(crate) const NEVER_WORKED: u32 = 80;
/// Occupations of those who have.
pub(crate) const OCCUPATIONS: Shares<usize> = Shares::per_mille(&[(1, 450), (2, 300), (3, 170)], 4);
/// A later occupation is of the kind of the first (same two digits of ISCO-08).
pub(crate) const SAME_KIND: u32 = 400;
/// Months in one occupation: up to 21 years, the square of an even draw, so that short ones are many.
pub(crate) const MONTHS: u32 = 252;
/// Begin and end are given instead of the number of months.
pub(crate) const WITH_DATES: u32 = 200;
/// Years since the end of the work: up to 14, squared too.
pub(crate) const DAYS_SINCE: u32 = 5_113;

/// A person has this skill of an occupation held.
pub(crate) const HAS_ESSENTIAL: u32 = 500;
pub(crate) const HAS_OPTIONAL: u32 = 150;
/// Skills of any work beside them: one to four, and as many as make three; at most 25 in all.
pub(crate) const TRANSVERSAL: (i32, i32) = (1, 4);
pub(crate) const LEAST_SKILLS: usize = 3;
pub(crate) const MOST_SKILLS: usize = 25;

/// A vacancy asks this skill of its occupation.
pub(crate) const ASKS_ESSENTIAL: u32 = 700;
pub(crate) const ASKS_OPTIONAL: u32 = 250;
/// Skills of any work beside them: none to three; at most 20 in all.
pub(crate) const ASKS_TRANSVERSAL: (i32, i32) = (0, 3);
pub(crate) const MOST_ASKED: usize = 20;
/// A vacancy asks experience; of one to five years.
pub(crate) const ASKS_YEARS: u32 = 300;
pub(crate) const YEARS: Shares<u8> = Shares::per_mille(&[(1, 350), (2, 350), (3, 200)], 5);

/// The employer will apply for a work permit. No source says who would, if asked.
pub(crate) const WILL_APPLY: Shares<Stance> =
    Shares::per_mille(&[(Stance::Yes, 300), (Stance::No, 300)], Stance::Unknown);
/// An unknown stance is written down as such; otherwise the field is left out.
pub(crate) const UNKNOWN_WRITTEN: u32 = 500;

/// Kind of contract; 25 % of working status holders work through an agency, 79 % temporary (CBS 2022, SER).
pub(crate) const CONTRACT: Shares<ContractKind> = Shares::per_mille(
    &[
        (ContractKind::Temporary, 450),
        (ContractKind::Permanent, 350),
        (ContractKind::Agency, 150),
        (ContractKind::Apprenticeship, 30),
    ],
    ContractKind::OnCall,
);
/// Kind of work of those vacancies that state it: 2 % of all are internships, 2 % voluntary work.
pub(crate) const KIND: Shares<WorkKind> =
    Shares::of(640, &[(WorkKind::Paid, 600), (WorkKind::Internship, 20)], WorkKind::Voluntary);
/// Positions of one vacancy.
pub(crate) const POSITIONS: Shares<u16> = Shares::per_mille(&[(1, 600), (2, 200), (3, 150)], 6);
/// First day of work, of those vacancies that state it: 0 to 26 weeks from the reference day.
pub(crate) const STARTS_WEEKS: (i32, i32) = (0, 26);
/// Weeks of temporary work whose end is stated.
pub(crate) const LASTS_WEEKS: (i32, i32) = (12, 52);
/// Part-time work may be combined with other part-time work.
pub(crate) const COMBINABLE: u32 = 300;
/// An agency or pool holds the permit, of the work that may be combined.
pub(crate) const AGENCY_HOLDS_TWV: u32 = 150;
/// The employer offers a language coach, a job coach; pays the market wage as it says itself.
pub(crate) const LANGUAGE_COACH: u32 = 150;
pub(crate) const JOB_COACH: u32 = 100;
pub(crate) const MARKET_WAGE: u32 = 700;

/// Route of civic integration of status holders.
pub(crate) const ROUTE: Shares<Route> =
    Shares::per_mille(&[(Route::B1, 600), (Route::Education, 150)], Route::Z);
/// Support that is arranged for a person.
pub(crate) const HAS_LANGUAGE_COACH: u32 = 150;
pub(crate) const HAS_JOB_COACH: u32 = 100;
/// A person excludes a sector.
pub(crate) const AVOIDS: u32 = 80;
/// People of the general population who did regulated work hold its registration; in reception hardly anybody does.
pub(crate) const REGISTERED_GENERAL: u32 = 700;
pub(crate) const REGISTERED: u32 = 20;

/// Vacancies that are made for one person.
pub(crate) const PLANTED: u32 = 10;
/// What such a vacancy asks that the person lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Twist {
    /// Nothing.
    None,
    /// Dutch at C2.
    Language,
    /// A certificate that nobody here has.
    Certificate,
}
pub(crate) const TWIST: Shares<Twist> =
    Shares::per_mille(&[(Twist::None, 500), (Twist::Language, 250)], Twist::Certificate);
/// A certificate that no table of people gives.
pub(crate) const NOBODY_HAS: &str = "nen3140_vop";
