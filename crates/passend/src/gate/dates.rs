// SPDX-License-Identifier: EUPL-1.2
//! Start and end: when the person can begin, when the work begins and ends.

use super::{Arg, Finding, Gate, OnDay, Step, latest_of};
use crate::model::Day;
use crate::prepare::{Period, Stay, VacancyFacts};
use crate::text::Say;

const GATE: Gate = Gate::Dates;

/// Open unless the vacancy has closed, or somebody is ready only after the work begins or ends: then there is something to
/// talk over, never a refusal. `ready` is the day by which the other gates are open.
///
/// A start that lies in the past means "as soon as possible".
pub(crate) fn dates(
    on: OnDay<'_>,
    Stay { from, until }: Stay,
    vacancy: Period,
    ready: Day,
) -> Finding {
    let from = from.filter(|from| *from > on.as_of);
    let ready = from.map_or(ready, |from| from.max(ready));
    let starts = vacancy.starts.filter(|starts| *starts > on.as_of);
    let needs = |step, say, day| {
        let finding = Finding::needs(GATE, on, Step::Row(step), say).about(Arg::Day(day));
        Finding { day: finding.day.max(from.unwrap_or(on.as_of)), ..finding }
    };
    match (vacancy.closes, vacancy.ends, starts, until) {
        (Some(closes), ..) if closes < on.as_of => {
            needs("ask_still_open", Say("vacancy_closed_on"), closes)
        }
        (_, Some(ends), ..) if ends < ready => {
            needs("ask_longer_stay", Say("work_ends_before"), ends)
        }
        (.., Some(until)) if until < starts.map_or(ready, |starts| starts.max(ready)) => {
            needs("ask_longer_stay", Say("person_leaves_before"), until)
        }
        (_, _, Some(starts), _) if ready > starts => {
            needs("ask_later_start", Say("ready_after_start"), starts)
        }
        _ => match from {
            Some(from) => Finding::opens_on(GATE, from, Say("available_from")),
            None => Finding::open(GATE, on, Say("dates_fine")).until(until),
        },
    }
}

/// The latest day that this gate gives to who is available now.
pub(crate) fn latest_day_of_dates(on: OnDay<'_>) -> Day {
    latest_of(on, &["ask_still_open", "ask_longer_stay", "ask_later_start"])
}

/// The last day of the work, where it is known: its end, or its length from the day it can begin.
pub(super) fn last_day(vacancy: &VacancyFacts, ready: Day) -> Option<Day> {
    let begins = vacancy.starts.map_or(ready, |starts| starts.max(ready));
    vacancy.ends.or_else(|| vacancy.contract_days.map(|days| begins.plus_days(i32::from(days) - 1)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_more, check_whole};
    use super::*;

    const DAY: &str = "2026-01-10";

    #[test]
    fn a_closed_vacancy_is_asked_about() {
        check(GATE, DAY, "", r#""closes":"2026-01-09""#, "needs ask_still_open 2026-01-12");
        check(GATE, DAY, "", r#""closes":"2026-01-10""#, "open");
    }

    #[test]
    fn the_last_day_of_work_or_stay_still_counts() {
        check(GATE, DAY, "", r#""ends":"2026-01-10""#, "open");
        let stays = r#""available":{"until":"2026-01-10"}"#;
        check(GATE, DAY, stays, "", "open");
        check_more(GATE, DAY, stays, "", "- 2026-01-10");
        let until_the_start = r#""available":{"until":"2026-02-01"}"#;
        check(GATE, DAY, until_the_start, r#""starts":"2026-02-01""#, "open");
        check(GATE, DAY, r#""available":{"from":"2026-01-10"}"#, "", "open");
    }

    #[test]
    fn who_comes_after_the_start_must_stay_beyond_the_own_first_day() {
        let person = r#""available":{"from":"2026-03-01","until":"2026-02-15"}"#;
        let work = r#""starts":"2026-02-01""#;
        check(GATE, DAY, person, work, "needs ask_longer_stay 2026-03-01");
    }

    #[test]
    fn talking_over_takes_a_week_at_most() {
        let market = crate::Engine::default().market(&[], &[], DAY.parse().unwrap()).unwrap();
        assert_eq!(latest_day_of_dates(market.on_day()), "2026-01-17".parse().unwrap());
    }

    #[test]
    fn work_lasts_to_its_end_or_as_long_as_its_contract() {
        let last = |fields: &str, ready: &str| {
            let vacancy = serde_json::from_str(&format!(r#"{{"id":"v"{fields}}}"#)).unwrap();
            let market = crate::Engine::default().market(&[], &[vacancy], DAY.parse().unwrap());
            let market = market.unwrap();
            last_day(market.vacancy(0).unwrap(), ready.parse().unwrap()).map(|day| day.to_string())
        };
        assert_eq!(last("", DAY), None);
        // Ten days from 10 January are up on the 19th.
        assert_eq!(last(r#","contract_days":10"#, DAY).as_deref(), Some("2026-01-19"));
        let later = r#","contract_days":10,"starts":"2026-02-01""#;
        assert_eq!(last(later, DAY).as_deref(), Some("2026-02-10"));
        assert_eq!(last(later, "2026-03-01").as_deref(), Some("2026-03-10"));
        let ends = r#","contract_days":10,"ends":"2026-05-01""#;
        assert_eq!(last(ends, DAY).as_deref(), Some("2026-05-01"));
    }

    #[test]
    fn who_is_ready_after_the_start_asks_for_a_later_one() {
        let person = r#""available":{"from":"2026-03-01"}"#;
        check(GATE, DAY, person, "", "opens_on 2026-03-01");
        check(GATE, DAY, person, r#""starts":"2026-03-01""#, "opens_on 2026-03-01");
        check(GATE, DAY, person, r#""starts":"2026-02-28""#, "needs ask_later_start 2026-03-01");
        check(GATE, DAY, person, r#""starts":"2026-01-10""#, "opens_on 2026-03-01");
    }

    #[test]
    fn the_other_gates_decide_when_somebody_is_ready() {
        let seeker = r#""residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"2027-12-31"}"#;
        check(GATE, DAY, seeker, r#""starts":"2026-02-13""#, "needs ask_later_start 2026-01-17"); // the permit comes on 14 February
        check(GATE, DAY, seeker, r#""starts":"2026-02-14""#, "open");
    }

    #[test]
    fn work_or_stay_that_ends_first_is_talked_over() {
        check(GATE, DAY, "", r#""ends":"2026-01-09""#, "needs ask_longer_stay 2026-01-17");
        check(
            GATE,
            DAY,
            r#""available":{"until":"2026-01-09"}"#,
            "",
            "needs ask_longer_stay 2026-01-17",
        );
        check(GATE, DAY, r#""available":{"until":"2026-06-01"}"#, "", "open");
        check(
            GATE,
            DAY,
            r#""available":{"until":"2026-06-01"}"#,
            r#""starts":"2026-09-01""#,
            "needs ask_longer_stay 2026-01-17",
        );
    }

    #[test]
    fn what_is_talked_over_is_told_with_its_day() {
        let whole = |person: &str, vacancy: &str, expected: &str| {
            check_whole(GATE, DAY, person, vacancy, expected);
        };
        whole(
            "",
            r#""closes":"2026-01-09""#,
            "needs ask_still_open 2026-01-12 vacancy_closed_on practical about 2026-01-09",
        );
        whole(
            "",
            r#""ends":"2026-01-09""#,
            "needs ask_longer_stay 2026-01-17 work_ends_before practical about 2026-01-09",
        );
        whole(
            r#""available":{"until":"2026-01-08"}"#,
            "",
            "needs ask_longer_stay 2026-01-17 person_leaves_before practical about 2026-01-08",
        );
        let later = r#""available":{"from":"2026-03-01"}"#;
        whole(
            later,
            r#""starts":"2026-02-28""#,
            "needs ask_later_start 2026-03-01 ready_after_start practical about 2026-02-28",
        );
        whole(later, "", "opens_on 2026-03-01 available_from practical about 2026-03-01");
        whole("", "", "open dates_fine practical");
    }
}
