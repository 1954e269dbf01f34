// SPDX-License-Identifier: EUPL-1.2
//! Travel: the way to work against the person's own limit.

use super::{Arg, Finding, FindingKind, Gate, OnDay, Step};
use crate::model::Day;
use crate::policy::Area;
use crate::prepare::{Commute, Workplace, way};
use crate::text::Say;

const GATE: Gate = Gate::Travel;

/// Closed only if the least possible way is longer than the limit; a question where what is known of the places cannot
/// tell. A certain move changes the place on its day: it opens, or ends, what the move makes reachable or not. Who is ready
/// only after the move (`ready` is the day by which the other gates are open) travels from the new place.
pub(crate) fn travel(on: OnDay<'_>, person: Commute, vacancy: Workplace, ready: Day) -> Finding {
    if vacancy.remote {
        return Finding::open(GATE, on, Say("travel_remote"));
    }
    let Some(work) = vacancy.area else {
        return Finding::open(GATE, on, Say("travel_not_asked"));
    };
    let now = from(on, person, person.area, work);
    let finding = match person.move_to {
        Some((day, place)) if ready >= day => from(on, person, Some(place), work),
        None if person.may_move => now.remarked(),
        None => now,
        Some((day, place)) => after_move(now, from(on, person, Some(place), work), day),
    };
    let unreachable = person.only_public_transport && vacancy.by_public_transport == Some(false);
    if unreachable && finding.kind != FindingKind::Closed {
        let needs =
            Finding::needs(GATE, on, Step::Row("agree_times"), Say("travel_no_public_transport"));
        // What the places say stays: a question, a day, an end.
        return Finding {
            day: needs.day.max(finding.day),
            question: finding.question,
            ..needs.until(finding.until)
        };
    }
    finding
}

fn after_move(now: Finding, then: Finding, day: Day) -> Finding {
    match (now.kind, then.kind) {
        (FindingKind::Closed, FindingKind::Closed) => now,
        // What is not known of the new place stays a question.
        (FindingKind::Closed, _) => Finding {
            question: then.question,
            ..Finding::opens_on(GATE, day, Say("travel_after_move"))
        },
        (_, FindingKind::Closed) => Finding {
            say: Say("travel_until_move"),
            about: [Arg::Day(day), Arg::None],
            ..now.until(Some(day.plus_days(-1)))
        },
        _ => now,
    }
}

fn from(on: OnDay<'_>, person: Commute, home: Option<Area>, work: Area) -> Finding {
    let Some(home) = home else {
        return Finding::unknown(
            GATE,
            on,
            "location",
            Say("ask_location"),
            Say("travel_place_unknown"),
        );
    };
    let Some((surely_within, surely_beyond)) = person.limit_metres else {
        return Finding::unknown(
            GATE,
            on,
            "mobility",
            Say("ask_mobility"),
            Say("travel_limit_unknown"),
        );
    };
    let way = way(home, work, on.policy.detour_percent());
    let kilometres = Arg::Number(way.centre / 1000);
    if way.most <= surely_within {
        Finding::open(GATE, on, Say("travel_within")).about(kilometres)
    } else if way.least > surely_beyond {
        Finding::closed(GATE, on, Say("travel_beyond")).about(Arg::Number(way.least / 1000))
    } else if surely_within < surely_beyond {
        Finding::unknown(GATE, on, "mobility.modes", Say("ask_mobility"), Say("travel_perhaps"))
            .about(kilometres)
    } else {
        Finding::unknown(GATE, on, "location.postcode", Say("ask_postcode"), Say("travel_perhaps"))
            .about(kilometres)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_more, check_whole};
    use super::*;

    const DAY: &str = "2026-01-10";
    const GRONINGEN: &str = r#""location":{"municipality":"Groningen"}"#;

    fn living(municipality: &str, km: u16, more: &str) -> String {
        format!(
            r#""location":{{"municipality":"{municipality}"}},"mobility":{{"max_km":{km}}}{more}"#
        )
    }

    #[test]
    fn only_a_way_that_is_certainly_too_long_closes() {
        check(GATE, DAY, &living("Groningen", 30, ""), GRONINGEN, "open");
        check(GATE, DAY, &living("Assen", 30, ""), GRONINGEN, "unknown location.postcode");
        check(GATE, DAY, &living("Maastricht", 60, ""), GRONINGEN, "closed");
    }

    #[test]
    fn what_is_not_known_asks() {
        check(GATE, DAY, r#""mobility":{"max_km":30}"#, GRONINGEN, "unknown location");
        check(
            GATE,
            DAY,
            r#""location":{"municipality":"Groningen"}"#,
            GRONINGEN,
            "unknown mobility",
        );
        check(GATE, DAY, "", "", "open");
        check(
            GATE,
            DAY,
            &living("Maastricht", 10, ""),
            r#""location":{"municipality":"Groningen","remote":true}"#,
            "open",
        );
    }

    #[test]
    fn minutes_count_at_the_speed_of_the_means() {
        let minutes = |modes: &str| {
            format!(
                r#""location":{{"municipality":"Assen"}},"mobility":{{"max_minutes":30,"modes":[{modes}]}}"#
            )
        };
        check(GATE, DAY, &minutes(r#""bike""#), GRONINGEN, "closed"); // 7.5 km
        check(GATE, DAY, &minutes(r#""bike","car""#), GRONINGEN, "unknown location.postcode"); // 22.5 km
    }

    #[test]
    fn unknown_means_of_travel_do_not_close() {
        let minutes = r#""location":{"municipality":"Assen"},"mobility":{"max_minutes":30}"#;
        check(GATE, DAY, minutes, GRONINGEN, "unknown mobility.modes");
    }

    #[test]
    fn working_times_without_a_bus_are_talked_over() {
        let bus = r#""location":{"municipality":"Groningen"},"mobility":{"max_km":30,"modes":["public_transport"]}"#;
        let early = format!(r#"{GRONINGEN},"transport":{{"shift_by_pt":false}}"#);
        check(GATE, DAY, bus, &early, "needs agree_times 2026-01-17");
    }

    #[test]
    fn a_certain_move_changes_the_place_on_its_day() {
        let moves = |to: &str, on: &str| {
            format!(
                r#","relocation":{{"expected_on":"{on}","municipality":"{to}","certain":true}}"#
            )
        };
        check(
            GATE,
            DAY,
            &living("Maastricht", 30, &moves("Groningen", "2026-03-01")),
            GRONINGEN,
            "opens_on 2026-03-01",
        );
        check(
            GATE,
            DAY,
            &living("Maastricht", 30, &moves("Groningen", "2026-01-10")),
            GRONINGEN,
            "open",
        );
        check(
            GATE,
            DAY,
            &living("Groningen", 30, &moves("Maastricht", "2026-03-01")),
            GRONINGEN,
            "open",
        );
        let later = format!(
            r#"{},"certificates":[]"#,
            living("Groningen", 30, &moves("Maastricht", "2026-02-01"))
        );
        let asks = format!(
            r#"{GRONINGEN},"require":{{"certificates":[{{"code":"vca_basic","weight":"must"}}]}}"#
        );
        check(GATE, DAY, &later, &asks, "closed"); // the certificate comes on 5 February, after the move
    }

    #[test]
    fn who_is_ready_on_the_day_of_the_move_travels_from_the_new_place() {
        let moving = |on: &str| {
            let more = format!(
                r#","relocation":{{"expected_on":"{on}","municipality":"Maastricht","certain":true}},"certificates":[]"#
            );
            living("Groningen", 30, &more)
        };
        let asks = format!(
            r#"{GRONINGEN},"require":{{"certificates":[{{"code":"vca_basic","weight":"must"}}]}}"#
        );
        // The certificate comes on 5 February.
        check(GATE, DAY, &moving("2026-02-05"), &asks, "closed");
        check(GATE, DAY, &moving("2026-02-06"), &asks, "open");
        check_more(GATE, DAY, &moving("2026-02-06"), &asks, "- 2026-02-05");
    }

    #[test]
    fn a_move_that_is_not_certain_is_told() {
        let perhaps = r#","relocation":{"expected_on":"2026-03-01","municipality":"Maastricht"}"#;
        check_more(GATE, DAY, &living("Groningen", 30, perhaps), GRONINGEN, "- - remarked");
        check_more(GATE, DAY, &living("Groningen", 30, ""), GRONINGEN, "- -");
    }

    #[test]
    fn a_bus_is_missed_only_by_who_has_nothing_else() {
        let by = |modes: &str, more: &str| {
            format!(
                r#""location":{{"municipality":"Groningen"}},"mobility":{{"max_km":30,"modes":[{modes}]}}{more}"#
            )
        };
        let early = format!(r#"{GRONINGEN},"transport":{{"shift_by_pt":false}}"#);
        check(GATE, DAY, &by(r#""car""#, ""), &early, "open");
        check(GATE, DAY, &by(r#""public_transport""#, ""), GRONINGEN, "open");
        // What ends with a move ends for them too.
        let moves = r#","relocation":{"expected_on":"2026-03-01","municipality":"Maastricht","certain":true}"#;
        let bus = by(r#""public_transport""#, moves);
        check_more(GATE, DAY, &bus, &early, "- 2026-02-28");
    }

    /// A way of 13 km and 1 km less or more, for who lives and works in places of half a kilometre around.
    #[track_caller]
    fn at_the_limit(on: OnDay<'_>, limit_metres: (u32, u32), expected: &str) {
        let detour = on.policy.detour_percent();
        assert_eq!(detour, 130);
        let area = |x: i32| Area { x, y: 400_000, radius: 500 };
        let person = Commute {
            area: Some(area(100_000)),
            limit_metres: Some(limit_metres),
            only_public_transport: false,
            move_to: None,
            may_move: false,
        };
        let work =
            Workplace { remote: false, area: Some(area(110_000)), by_public_transport: None };
        let found = travel(on, person, work, on.as_of);
        let asked = found.question.map_or("-", |question| question.field);
        let told = format!("{} {asked} {:?}", found.kind.code(), found.about[0]);
        assert_eq!(told, expected);
    }

    #[test]
    fn a_way_of_just_the_limit_is_within_it() {
        let market = crate::Engine::default().market(&[], &[], DAY.parse().unwrap()).unwrap();
        let on = market.on_day();
        // At least 9, at most 11 kilometres in a line, 10 between the centres; by road 11.7, 14.3 and 13.
        at_the_limit(on, (14_300, 14_300), "open - Number(13)");
        at_the_limit(on, (14_299, 14_299), "unknown location.postcode Number(13)");
        at_the_limit(on, (14_299, 14_300), "unknown mobility.modes Number(13)");
        at_the_limit(on, (11_700, 11_700), "unknown location.postcode Number(13)");
        at_the_limit(on, (11_699, 11_699), "closed - Number(11)");
        at_the_limit(on, (0, 11_700), "unknown mobility.modes Number(13)");
        at_the_limit(on, (0, 11_699), "closed - Number(11)");
    }

    #[test]
    fn a_move_is_told_with_its_day_and_leaves_its_questions() {
        let moves = |to: &str| {
            format!(
                r#","relocation":{{"expected_on":"2026-03-01","municipality":"{to}","certain":true}}"#
            )
        };
        check_whole(
            GATE,
            DAY,
            &living("Maastricht", 30, &moves("Groningen")),
            GRONINGEN,
            "opens_on 2026-03-01 travel_after_move practical about 2026-03-01",
        );
        // Assen may or may not lie within 30 km.
        check_whole(
            GATE,
            DAY,
            &living("Maastricht", 30, &moves("Assen")),
            GRONINGEN,
            "opens_on 2026-03-01 travel_after_move practical about 2026-03-01 asks location.postcode ask_postcode",
        );
        check_whole(
            GATE,
            DAY,
            &living("Groningen", 30, &moves("Maastricht")),
            GRONINGEN,
            "open travel_until_move practical until 2026-02-28 about 2026-03-01",
        );
        // Neither place is near: nothing opens.
        check(GATE, DAY, &living("Maastricht", 30, &moves("Breda")), GRONINGEN, "closed");
    }

    #[test]
    fn who_needs_a_bus_keeps_the_question_and_the_day_of_the_places() {
        let early = format!(r#"{GRONINGEN},"transport":{{"shift_by_pt":false}}"#);
        let bus = |home: &str, more: &str| {
            format!(
                r#""location":{{"municipality":"{home}"}},"mobility":{{"max_km":30,"modes":["public_transport"]}}{more}"#
            )
        };
        check_whole(
            GATE,
            DAY,
            &bus("Assen", ""),
            &early,
            "needs agree_times 2026-01-17 travel_no_public_transport practical asks location.postcode ask_postcode",
        );
        let moves = r#","relocation":{"expected_on":"2026-03-01","municipality":"Groningen","certain":true}"#;
        check(GATE, DAY, &bus("Maastricht", moves), &early, "needs agree_times 2026-03-01");
    }
}
