// SPDX-License-Identifier: EUPL-1.2
//! Working times against lessons and other busy hours.

use super::{Arg, Finding, Gate, OnDay, Step, latest_of};
use crate::model::Day;
use crate::prepare::{Span, Week, minutes_of_overlap};
use crate::text::Say;

const GATE: Gate = Gate::WorkingTime;

/// Open when every shift is free of lessons and other duties, and lies in the free times where those are given.
///
/// Working times that the vacancy leaves out ask nothing; a clash gives the step "agree other times", never a refusal.
///
/// Class and day are the worst of those of each shift by itself, and of each part of a shift; the day is the first day or that
/// of [`latest_day_of_working_time`]. The index relies on both.
pub(crate) fn working_time(on: OnDay<'_>, person: Week<'_>, shifts: Option<&[Span]>) -> Finding {
    let Some(shifts) = shifts.filter(|shifts| !shifts.is_empty()) else {
        return Finding::open(GATE, on, Say("times_not_asked"));
    };
    let Some(busy) = person.busy else {
        return Finding::unknown(GATE, on, "slots", Say("ask_slots"), Say("times_unknown"));
    };
    let clash = minutes_of_overlap(busy, shifts);
    let outside = if person.free.is_empty() {
        0
    } else {
        shifts
            .iter()
            .map(|shift| shift.minutes())
            .sum::<u16>()
            .saturating_sub(minutes_of_overlap(person.free, shifts))
    };
    match (clash, outside) {
        (0, 0) => Finding::open(GATE, on, Say("times_free")),
        (0, minutes) => Finding::needs(GATE, on, Step::Row("agree_times"), Say("times_outside"))
            .about(Arg::Minutes(u32::from(minutes))),
        (minutes, _) => Finding::needs(GATE, on, Step::Row("agree_times"), Say("times_clash"))
            .about(Arg::Minutes(u32::from(minutes))),
    }
}

/// The latest day that this gate gives; it never closes, and the law asks nothing here.
pub(crate) fn latest_day_of_working_time(on: OnDay<'_>) -> Day {
    latest_of(on, &["agree_times"])
}

/// Evenings, nights or weekends are worked: open when the person can.
pub(crate) fn irregular(on: OnDay<'_>, person: Week<'_>) -> Finding {
    match person.irregular_ok {
        _ if person.office_hours => {
            Finding::needs(GATE, on, Step::Row("agree_times"), Say("irregular_clash"))
        }
        Some(true) => Finding::open(GATE, on, Say("irregular_ok")),
        Some(false) => Finding::needs(GATE, on, Step::Row("agree_times"), Say("irregular_clash")),
        None => Finding::unknown(
            GATE,
            on,
            "irregular_ok",
            Say("ask_irregular"),
            Say("irregular_unknown"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_whole};
    use super::*;
    use crate::prepare::joined;

    #[test]
    fn working_times_are_as_open_as_the_worst_part_of_them() {
        let market = crate::Engine::default().market(&[], &[], DAY.parse().unwrap()).unwrap();
        let on = market.on_day();
        let span = |day, from: u16, to: u16| {
            let time = |hour: u16| crate::ClockTime::from_minutes(hour * 60).unwrap();
            Span::of(day, time(from), time(to))
        };
        use crate::Weekday::{Fri, Mon, Sun};
        // One bit each; the last runs over the end of the week.
        let spans = [(Mon, 8, 12), (Mon, 10, 11), (Mon, 13, 17), (Fri, 8, 17), (Sun, 22, 6)];
        let some = |bits: u32| {
            let own = spans.iter().enumerate().filter(move |(at, _)| bits >> at & 1 == 1);
            joined(own.flat_map(|(_, (day, from, to))| span(*day, *from, *to)))
        };
        let mut found = [0, 0];
        for (busy, free, shifts) in (0..32).flat_map(|busy| {
            (0..32).flat_map(move |free| (1..32).map(move |shifts| (busy, free, shifts)))
        }) {
            let (busy, free, shifts) = (some(busy), some(free), some(shifts));
            for busy in [Some(&*busy), None] {
                let week = Week { busy, free: &free, irregular_ok: None, office_hours: false };
                let whole = working_time(on, week, Some(&shifts));
                let worst = |parts: &[Span]| {
                    let of_parts = parts.iter().map(|part| {
                        let own = working_time(on, week, Some(std::slice::from_ref(part)));
                        (own.class(), own.day)
                    });
                    let (classes, days): (Vec<_>, Vec<_>) = of_parts.unzip();
                    classes.into_iter().max().zip(days.into_iter().max())
                };
                let of_whole = Some((whole.class(), whole.day));
                assert_eq!(worst(&shifts), of_whole);
                // And of each shift in parts, however long.
                for minutes in [30, 420] {
                    let parts = shifts.iter().flat_map(|shift| {
                        let [from, to] = shift.bounds();
                        (from..to).step_by(minutes).map(move |begin| {
                            let end = to.min(begin + u16::try_from(minutes).unwrap());
                            Span::on_day(0, begin, end - begin)
                        })
                    });
                    assert_eq!(worst(&parts.collect::<Vec<_>>()), of_whole);
                }
                let today = whole.day == on.as_of;
                assert!(today || whole.day == latest_day_of_working_time(on));
                found[usize::from(today)] += 1;
            }
        }
        assert!(found.iter().all(|count| *count > 1_000), "{found:?}");
    }

    const DAY: &str = "2026-01-10";
    const MORNING: &str = r#""slots":[{"day":"mon","from":"08:00","to":"12:30"}]"#;

    fn slot(from: &str, to: &str, kind: &str) -> String {
        format!(r#""slots":[{{"day":"mon","from":"{from}","to":"{to}","kind":"{kind}"}}]"#)
    }

    #[test]
    fn every_shift_must_be_free() {
        check(GATE, DAY, &slot("09:00", "12:00", "class"), MORNING, "needs agree_times 2026-01-17");
        check(GATE, DAY, &slot("13:00", "16:00", "class"), MORNING, "open");
        check(GATE, DAY, &slot("12:30", "16:00", "other"), MORNING, "open");
        check(GATE, DAY, r#""slots":[]"#, MORNING, "open");
    }

    #[test]
    fn a_week_that_is_not_known_only_asks() {
        check(GATE, DAY, "", MORNING, "unknown slots");
        check(GATE, DAY, "", "", "open");
    }

    #[test]
    fn free_times_bound_the_week() {
        check(GATE, DAY, &slot("08:00", "13:00", "free"), MORNING, "open");
        check(GATE, DAY, &slot("09:00", "13:00", "free"), MORNING, "needs agree_times 2026-01-17");
    }

    #[test]
    fn irregular_work_asks() {
        check(GATE, DAY, r#""irregular_ok":true"#, r#""irregular":true"#, "open; open");
        check(
            GATE,
            DAY,
            r#""irregular_ok":false"#,
            r#""irregular":true"#,
            "open; needs agree_times 2026-01-17",
        );
        check(GATE, DAY, "", r#""irregular":true"#, "open; unknown irregular_ok");
    }

    #[test]
    fn a_clash_is_told_with_its_hours() {
        // From nine to twelve of the shift from eight to half past twelve.
        check_whole(
            GATE,
            DAY,
            &slot("09:00", "12:00", "class"),
            MORNING,
            "needs agree_times 2026-01-17 times_clash practical about 180 minutes",
        );
        check_whole(
            GATE,
            DAY,
            &slot("09:00", "12:00", "free"),
            MORNING,
            "needs agree_times 2026-01-17 times_outside practical about 90 minutes",
        );
    }

    #[test]
    fn who_asks_office_hours_talks_over_other_hours() {
        let irregular = r#""irregular":true"#;
        let expected = "open; needs agree_times 2026-01-17";
        check(GATE, DAY, r#""office_hours":true"#, irregular, expected);
        check(GATE, DAY, r#""office_hours":true,"irregular_ok":true"#, irregular, expected);
        check(GATE, DAY, r#""office_hours":false"#, irregular, "open; unknown irregular_ok");
    }
}
