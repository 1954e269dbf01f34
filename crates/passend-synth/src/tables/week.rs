// SPDX-License-Identifier: EUPL-1.2
//! Hours and the slots of a week.

use crate::shares::Shares;

/// People with lessons on two to four half-days: the B1 route takes so many (general knowledge); the share is assumed.
pub(crate) const HAS_LESSONS: u32 = 400;
/// People of the general population with other duties on two to four half-days; assumed.
pub(crate) const HAS_DUTIES: u32 = 200;
/// A lesson could be moved to another time, noted or not; assumed.
pub(crate) const MOVABLE: Shares<Option<bool>> =
    Shares::per_mille(&[(Some(true), 150), (Some(false), 350)], None);
/// Minutes after midnight of lessons: morning and afternoon.
pub(crate) const LESSONS: [(u16, u16); 2] = [(540, 720), (780, 960)];

/// Most hours a week that a person can work. Assumed; 53 % of working status holders work part-time (SER, about 2022).
pub(crate) const MOST_HOURS: Shares<u32> =
    Shares::per_mille(&[(16, 100), (24, 200), (32, 300), (36, 200)], 40);
/// How much fewer hours would do; never below 8.
pub(crate) const FEWER_HOURS: Shares<u32> = Shares::per_mille(&[(0, 250), (8, 400)], 16);
/// Evenings, nights and weekends are possible, not possible, or not asked. Assumed.
pub(crate) const IRREGULAR_OK: Shares<Option<bool>> =
    Shares::per_mille(&[(Some(true), 600), (Some(false), 150)], None);
/// Only office hours are possible. Assumed.
pub(crate) const OFFICE_HOURS: u32 = 50;
/// People who can begin only later, within 90 days. Assumed.
pub(crate) const BEGINS_LATER: u32 = 200;

/// Hours of a vacancy: 48 % below 35 hours, as of jobs (CBS EBB, about 2023, general knowledge); the classes are assumed.
pub(crate) const VACANCY_HOURS: Shares<(u32, u32)> = Shares::per_mille(
    &[
        ((4, 12), 40),
        ((8, 16), 60),
        ((12, 20), 60),
        ((16, 24), 100),
        ((20, 28), 80),
        ((24, 32), 140),
        ((24, 36), 100),
        ((32, 36), 80),
        ((32, 40), 140),
        ((36, 40), 80),
        ((38, 38), 20),
    ],
    (40, 40),
);
/// Vacancies with fixed working times: one to four half-days. Assumed.
pub(crate) const FIXED_TIMES: u32 = 400;
/// Minutes after midnight of shifts: morning, afternoon, evening.
pub(crate) const SHIFTS: [(u16, u16); 3] = [(510, 750), (780, 1_020), (1_080, 1_320)];
/// Vacancies with evenings, nights or weekends. Assumed.
pub(crate) const IRREGULAR: u32 = 300;
/// Times that follow no half-day, of those vacancies with fixed working times and of those people with lessons: they begin
/// at any quarter of an hour. Assumed; with so many different times each is a demand of its own.
pub(crate) const FREE_SHIFTS: u32 = 300;
pub(crate) const FREE_LESSONS: u32 = 200;
/// Quarters of an hour after midnight at which such a time begins, and how many it lasts.
pub(crate) const FREE_BEGIN: (i32, i32) = (24, 64);
pub(crate) const FREE_SHIFT_LASTS: (i32, i32) = (8, 24);
pub(crate) const FREE_LESSON_LASTS: (i32, i32) = (6, 12);
