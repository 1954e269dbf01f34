// SPDX-License-Identifier: EUPL-1.2
//! `passend assign`, `pools` and `lessons`.

use std::collections::{BTreeMap, BTreeSet};

use crate::Bench;

const DAY: &str = "--as-of 2026-11-25";

/// People who may work and have cooked for so many months each.
fn cooks(months: &[(&str, u32)]) -> String {
    let line = |(id, months): &(&str, u32)| {
        format!(
            r#"{{"id":"{id}","residence":{{"status":"free"}},"location":{{"municipality":"Assen"}},"mobility":{{"max_km":40,"modes":["bike"]}},"hours":{{"min":12,"max":36}},"slots":[],"experience":[{{"title":"kok","months":{months}}}]}}"#
        )
    };
    months.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The least and the most score of one person, and the plan of the others, are checked by the files alone.
#[test]
fn a_plan_can_be_checked_from_the_files_that_it_writes() {
    let bench = Bench::new();
    bench.file("candidates.jsonl", cooks(&[("a", 120), ("b", 60), ("c", 12), ("d", 3)]));
    bench.file(
        "vacancies.jsonl",
        r#"{"id":"one","title":"kok","positions":1,"hours":{"min":20,"max":30}}
{"id":"two","title":"souschef","positions":2,"hours":{"min":20,"max":30}}
{"id":"far","title":"kok","location":{"municipality":"Maastricht"}}"#,
    );
    for goal in ["placements", "score"] {
        let run = bench
            .line(&format!(
                "assign candidates.jsonl vacancies.jsonl {DAY} --goal {goal} --every-pair --certificate proof.json --edges edges.csv --unplaced left.jsonl -f jsonl"
            ))
            .expect(0);
        let lines = run.json();
        let proof: serde_json::Value = serde_json::from_str(&bench.read("proof.json")).unwrap();
        let bonus = proof["bonus"].as_i64().unwrap();
        let dual = |side: &str, id: &str| proof["dual"][side][id].as_i64().unwrap();
        let edges = bench.read("edges.csv");
        let edges: BTreeMap<(&str, &str), i64> = edges
            .lines()
            .skip(1)
            .map(|line| line.split(',').collect::<Vec<_>>())
            .map(|cells| ((cells[0], cells[1]), cells[2].parse().unwrap()))
            .collect();
        assert!(edges.len() >= 8, "{edges:?}");
        for ((candidate, vacancy), score) in &edges {
            assert!(dual("candidates", candidate) + dual("vacancies", vacancy) >= score + bonus);
        }
        let worth: i64 = lines
            .iter()
            .map(|line| {
                let pair = (line["candidate"].as_str().unwrap(), line["vacancy"].as_str().unwrap());
                assert_eq!(edges[&pair], line["score"].as_i64().unwrap());
                edges[&pair] + bonus
            })
            .sum();
        let places = [("one", 1), ("two", 2), ("far", 1)];
        let people: i64 = ["a", "b", "c", "d"].iter().map(|id| dual("candidates", id)).sum();
        let sold: i64 = places.iter().map(|(id, places)| places * dual("vacancies", id)).sum();
        assert_eq!((people + sold, proof["gap"].as_i64()), (worth, Some(0)));
        assert_eq!((lines.len(), proof["placed"].as_i64()), (3, Some(3)), "{goal}");
        // One person is left, and both that and the vacancy out of reach are told with the reason.
        let left = bench.read("left.jsonl");
        assert_eq!(left.lines().count(), 2, "{left}");
        assert!(
            left.contains(r#""side":"vacancy","id":"far","open":1,"reason":"nothing_open""#),
            "{left}"
        );
        assert!(run.err.contains("3 mensen geplaatst"), "{}", run.err);
    }
}

#[test]
fn a_goal_has_to_be_named() {
    let bench = Bench::new();
    let run = bench.line(&format!("assign candidates.jsonl vacancies.jsonl {DAY}")).expect(2);
    assert!(run.err.contains("--goal"), "{}", run.err);
}

/// The pools of the person `a` with part-time vacancies, as sets of ids.
#[track_caller]
fn check_pools(person: &str, vacancies: &str, expected: &[&str]) -> Vec<serde_json::Value> {
    let bench = Bench::new();
    bench.file("candidates.jsonl", person);
    bench.file("vacancies.jsonl", vacancies);
    let run =
        bench.line(&format!("pools candidates.jsonl vacancies.jsonl {DAY} -f jsonl")).expect(0);
    let pools = run.json();
    let found: BTreeSet<String> = pools
        .iter()
        .map(|pool| {
            let ids = pool["vacancies"].as_array().unwrap().iter();
            ids.map(|id| id.as_str().unwrap()).collect::<Vec<_>>().join("+")
        })
        .collect();
    assert_eq!(found, expected.iter().map(|pool| (*pool).to_owned()).collect());
    pools
}

fn part(id: &str, hours: u32, place: &str, slots: &str) -> String {
    format!(
        r#"{{"id":"{id}","title":"kok","location":{{"municipality":"{place}"}},"hours":{{"min":{hours},"max":{hours}}},"slots":[{slots}]}}"#
    )
}

fn slot(day: &str, from: &str, to: &str) -> String {
    format!(r#"{{"day":"{day}","from":"{from}","to":"{to}"}}"#)
}

#[test]
fn two_or_three_part_time_jobs_make_a_week_and_none_is_too_many() {
    let person = cooks(&[("a", 60)]);
    let work = [("v1", 16), ("v2", 16), ("v3", 8), ("v4", 36)]
        .map(|(id, hours)| part(id, hours, "Assen", ""));
    let pools = check_pools(&person, &work.join("\n"), &["v1+v2"]);
    assert_eq!((pools[0]["hours"].as_i64(), pools[0]["permits"].as_i64()), (Some(32), Some(0)));
    // Without the second of 16 hours it takes three, and 36 hours are a week alone.
    let work = [("v1", 16), ("v2", 8), ("v3", 8), ("v4", 36)]
        .map(|(id, hours)| part(id, hours, "Assen", ""));
    check_pools(&person, &work.join("\n"), &["v1+v2+v3"]);
    // 20 and 20 hours are more than the person can.
    let work = [("v1", 20), ("v2", 20)].map(|(id, hours)| part(id, hours, "Assen", ""));
    check_pools(&person, &work.join("\n"), &[]);
    // Who can work 24 hours at most has no full week.
    let work = [("v1", 16), ("v2", 16)].map(|(id, hours)| part(id, hours, "Assen", ""));
    let part_time = person.replace(r#""max":36"#, r#""max":24"#);
    check_pools(&part_time, &work.join("\n"), &[]);
}

#[test]
fn parts_do_not_clash_and_leave_time_to_travel() {
    let person = cooks(&[("a", 60)]);
    let with = |place: &str, from: &str| {
        let morning = part("v1", 16, "Assen", &slot("mon", "08:00", "12:00"));
        format!("{morning}\n{}", part("v2", 16, place, &slot("mon", from, "17:00")))
    };
    check_pools(&person, &with("Assen", "12:00"), &["v1+v2"]);
    check_pools(&person, &with("Assen", "11:00"), &[]);
    // By bike from Assen to Groningen in no time at all is not possible; in four hours it is.
    check_pools(&person, &with("Groningen", "12:00"), &[]);
    check_pools(&person, &with("Groningen", "16:00"), &["v1+v2"]);
    // Lessons stay free.
    let lessons = r#""slots":[{"day":"mon","from":"09:00","to":"10:00","kind":"class"}]"#;
    check_pools(&person.replace(r#""slots":[]"#, lessons), &with("Assen", "12:00"), &[]);
}

#[test]
fn the_twv_of_one_agency_covers_its_hirers() {
    let person = r#"{"id":"a","residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"2028-12-31"},"bsn_available":true,"hours":{"min":12,"max":36},"experience":[{"title":"kok","months":36}]}"#;
    let work = |id: &str, agency: bool| {
        format!(
            r#"{{"id":"{id}","title":"kok","hours":{{"min":16,"max":16}},"pays_market_wage":true,"twv":{{"employer_will_apply":"yes"}},"pool":{{"combinable":true,"agency_holds_twv":{agency}}}}}"#
        )
    };
    let permits = |first: bool, second: bool| {
        let work = format!("{}\n{}", work("v1", first), work("v2", second));
        check_pools(person, &work, &["v1+v2"])[0]["permits"].as_i64().unwrap()
    };
    assert_eq!(permits(false, false), 2);
    assert_eq!(permits(true, false), 2);
    assert_eq!(permits(true, true), 1);
}

#[test]
fn an_employer_may_keep_a_vacancy_out_of_pools() {
    let kept_out = part("v2", 16, "Assen", "")
        .replace("\"slots\"", "\"pool\":{\"combinable\":false},\"slots\"");
    check_pools(&cooks(&[("a", 60)]), &format!("{}\n{kept_out}", part("v1", 16, "Assen", "")), &[]);
}

#[test]
fn the_timetable_that_blocks_least_comes_first() {
    let bench = Bench::new();
    // Both have lessons in their record, which the timetables replace.
    let lessons = r#""slots":[{"day":"mon","from":"08:00","to":"12:00","kind":"class"}]"#;
    bench
        .file("candidates.jsonl", cooks(&[("a", 60), ("b", 12)]).replace(r#""slots":[]"#, lessons));
    let work = [
        part("v1", 20, "Assen", &slot("mon", "08:00", "12:00")),
        part("v2", 20, "Assen", &slot("tue", "08:00", "12:00")),
        part("v3", 20, "Assen", &slot("tue", "09:00", "11:00")),
        part("v4", 20, "Maastricht", &slot("fri", "09:00", "11:00")),
    ];
    bench.file("vacancies.jsonl", work.join("\n"));
    let timetables = [("monday", "mon"), ("tuesday", "tue"), ("friday", "fri")]
        .map(|(id, day)| format!(r#"{{"id":"{id}","slots":[{}]}}"#, slot(day, "10:00", "12:30")));
    bench.file("timetables.json", format!("[{}]", timetables.join(",")));
    let line = format!(
        "lessons candidates.jsonl vacancies.jsonl --timetables timetables.json {DAY} -f jsonl"
    );
    let found: Vec<_> = bench
        .line(&line)
        .expect(0)
        .json()
        .iter()
        .map(|line| {
            format!(
                "{} {} {} {}",
                line["timetable"].as_str().unwrap(),
                line["blocked"],
                line["hours_lost"],
                line["placed"]
            )
        })
        .collect();
    // Nobody travels to Maastricht, so the lessons on Friday block nothing.
    assert_eq!(found, ["friday 0 0 2", "monday 2 4 2", "tuesday 4 6 1"]);
}

/// One vacancy on Monday, two on Tuesday; two learners in one group, one in the other; one room; teachers by day alone.
#[test]
fn groups_share_rooms_and_teachers_so_that_the_least_work_is_blocked() {
    let bench = Bench::new();
    bench.file("candidates.jsonl", cooks(&[("a", 60), ("b", 12), ("c", 30)]));
    let work = [
        part("v1", 20, "Assen", &slot("mon", "08:00", "12:00")),
        part("v2", 20, "Assen", &slot("tue", "08:00", "12:00")),
        part("v3", 20, "Assen", &slot("tue", "09:00", "11:00")),
    ];
    bench.file("vacancies.jsonl", work.join("\n"));
    let timetable = |id: &str, slot: &str| format!(r#"{{"id":"{id}","slots":[{slot}]}}"#);
    let timetables = [
        timetable("monday", &slot("mon", "10:00", "12:30")),
        timetable("tuesday", &slot("tue", "10:00", "12:30")),
        timetable("evening", &slot("mon", "19:00", "21:00")),
    ];
    let by_day = [slot("mon", "08:00", "17:00"), slot("tue", "08:00", "17:00")];
    let school = format!(
        r#"{{"timetables":[{}],"groups":[{{"id":"g2","learners":["c"]}},{{"id":"g1","learners":["a","b"]}}],
            "rooms":[{{"count":1}}],"teachers":[{{"count":2,"slots":[{}]}}]}}"#,
        timetables.join(","),
        by_day.join(",")
    );
    bench.file("school.json", &school);
    let line = format!(
        "lessons candidates.jsonl vacancies.jsonl --timetables school.json {DAY} --lang nl"
    );
    let run = bench.line(&format!("{line} -f json")).expect(0);
    let plan = &run.json()[0];
    let found: Vec<_> = plan["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap().to_owned();
            let chosen = if line["chosen"] == true { "!" } else { "" };
            let (blocked, placed, more) = (&line["blocked"], &line["placed"], &line["more"]);
            format!("{} {}{chosen} {blocked} {placed} {more}", text("group"), text("timetable"))
        })
        .collect();
    // The larger group has Monday, when less work clashes; the other way round one pair more is blocked.
    let expected = [
        "g1 monday! 2 3 0",
        "g1 tuesday 4 1 1",
        "g1 evening 0 3 null",
        "g2 tuesday! 2 3 0",
        "g2 monday 1 2 1",
        "g2 evening 0 3 null",
    ];
    assert_eq!(found, expected);
    let numbers =
        ["open", "blocked", "least", "least_with_room", "placed", "placed_without_lessons"];
    assert_eq!(numbers.map(|key| plan[key].as_u64().unwrap()), [9, 4, 4, 0, 3, 3]);
    // A second room brings both to Monday; a teacher in the evening brings the larger group there.
    assert_eq!(plan["one_more_room"]["blocked"], 1);
    assert_eq!(plan["one_more_teacher"]["blocked"], 3);
    assert!(run.err.contains("bewezen het minste"), "{}", run.err);
    let page = bench.line(&format!("{line} -f text")).expect(0).out;
    assert!(page.contains("g1: monday") && page.contains("Eén lokaal meer: 1"), "{page}");

    // Without a room on Tuesday one group has no lessons, and is named.
    let monday = slot("mon", "08:00", "22:00");
    bench.file(
        "school.json",
        school.replace(
            r#""rooms":[{"count":1}]"#,
            &format!(r#""rooms":[{{"count":1,"slots":[{monday}]}}]"#),
        ),
    );
    let plan = &bench.line(&format!("{line} -f json")).expect(0).json()[0];
    assert_eq!(plan["without_lessons"], serde_json::json!(["g1"]));
    assert_eq!((&plan["blocked"], &plan["one_more_room"]["groups"]), (&1.into(), &1.into()));

    bench.file("school.json", school.replace(r#"["c"]"#, r#"["c","a"]"#));
    let run = bench.line(&line).expect(1);
    assert!(run.err.contains("E312") && run.err.contains("in two groups"), "{}", run.err);
}

#[test]
fn households_go_where_there_is_work_and_stay_together() {
    let bench = Bench::new();
    bench.file("candidates.jsonl", cooks(&[("a", 120), ("b", 60), ("c", 12)]));
    bench.file(
        "vacancies.jsonl",
        r#"{"id":"one","title":"kok","hours":{"min":20,"max":30},"location":{"municipality":"Assen"}}"#,
    );
    bench.file("quotas.csv", "region,quota,municipality\nDrenthe,3,Assen\nMaastricht,9,\n");
    // The two who go together come last, and there is no room in Drenthe for all.
    bench.file(
        "households.csv",
        "household,candidate,people,keep\nh1,c,2,\nh2,a,3,\nh2,b,3,\nh3,nobody,1,Maastricht\n",
    );
    let run = bench
        .line(&format!("place candidates.jsonl vacancies.jsonl {DAY} --lang en --quotas quotas.csv --households households.csv -f json"))
        .expect(0);
    let plan = &run.json()[0];
    let regions: Vec<_> = plan["households"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["region"].as_str().unwrap())
        .collect();
    assert_eq!(regions, ["Maastricht", "Drenthe", "Maastricht"]);
    assert_eq!((&plan["plan"]["adults"], &plan["first_come"]["adults"]), (&2.into(), &1.into()));
    assert_eq!(plan["plan"], plan["bound"]);
    assert!(run.err.contains("proven to be the best; first come, first served: 1"), "{}", run.err);
}

/// Two cooks and a place for each at the same pay; the better cook first by score.
fn kitchen(bench: &Bench) {
    bench.file("candidates.jsonl", cooks(&[("a", 120), ("b", 60), ("c", 12), ("d", 3)]));
    bench.file(
        "vacancies.jsonl",
        r#"{"id":"one","title":"kok","positions":1,"hours":{"min":20,"max":30},"employer":{"name":"De Pan"},"location":{"municipality":"Assen"}}
{"id":"two","title":"souschef","positions":2,"hours":{"min":20,"max":30}}
{"id":"far","title":"kok","location":{"municipality":"Maastricht"}}"#,
    );
}

/// The ids of the people who are placed, and the proof.
fn assigned(bench: &Bench, flags: &str) -> (Vec<String>, serde_json::Value, String) {
    let run = bench
        .line(&format!(
            "assign candidates.jsonl vacancies.jsonl {DAY} --certificate proof.json --unplaced left.jsonl -f jsonl {flags}"
        ))
        .expect(0);
    let people =
        run.json().iter().map(|line| line["candidate"].as_str().unwrap().to_owned()).collect();
    (people, serde_json::from_str(&bench.read("proof.json")).unwrap(), bench.read("left.jsonl"))
}

/// A page without its line breaks.
fn unwrapped(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_plan_reads_as_who_goes_where_and_by_which_steps() {
    let bench = Bench::new();
    kitchen(&bench);
    let line = format!("assign candidates.jsonl vacancies.jsonl {DAY} --goal placements -f text");
    let page = bench.line(&format!("{line} --lang en")).expect(0).out;
    for part in [
        "3 of 4 people have a place",
        "→ kok (one)",
        "De Pan, Assen, 20 to 30 hours a week. Score",
        "Can begin now:",
        "No place yet: 1",
        "Places that stay open: 1; vacancies: 1, of which",
        // What would be next for who is left.
        "That work is ",
    ] {
        assert!(unwrapped(&page).contains(part), "{part}: {page}");
    }
    let page = bench.line(&line).expect(0).out;
    assert!(unwrapped(&page).contains("3 van de 4 mensen hebben een plek"), "{page}");
    // Each job hunter finds the own people.
    bench.file("coaches.csv", "candidate,coach,cases\na,k1,5\nb,k1,\nc,k2,5\n");
    let page = bench.line(&format!("{line} --coaches coaches.csv")).expect(0).out;
    assert!(page.contains("Begeleider: k2."), "{page}");
    // Steps are words, not codes.
    let twv = r#"{"id":"z","residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"2028-12-31"},"bsn_available":true,"location":{"municipality":"Assen"},"mobility":{"max_km":40},"experience":[{"title":"kok","months":36}]}"#;
    bench.file("candidates.jsonl", twv);
    bench.file(
        "vacancies.jsonl",
        r#"{"id":"v1","title":"kok","location":{"municipality":"Assen"},"pays_market_wage":true,"twv":{"employer_will_apply":"yes"}}"#,
    );
    let page = bench.line(&line).expect(0).out;
    assert!(page.contains("Kan beginnen na deze stappen: 1"), "{page}");
    assert!(page.contains("    • ") && page.contains("TWV") && !page.contains("(twv)"), "{page}");
}

#[test]
fn a_coach_has_no_more_people_placed_than_cases() {
    let bench = Bench::new();
    kitchen(&bench);
    bench.file("coaches.csv", "candidate,coach,cases\na,k1,1\nb,k1,\nc,k2,5\nnobody,k2,5\n");
    let (people, proof, left) = assigned(&bench, "--goal placements --coaches coaches.csv");
    // Of a and b one; c, and d who has no coach, have the other places.
    assert_eq!(people.len(), 3);
    assert!(people.contains(&"c".to_owned()) && people.contains(&"d".to_owned()), "{people:?}");
    assert_eq!(proof["gap"], 0);
    assert_eq!(proof["dual"]["coaches"]["k2"], 0);
    assert_eq!(
        (&proof["beside"][0]["without"], &proof["beside"][0]["placed"]),
        (&"coaches".into(), &3.into())
    );
    let run = bench.line(&format!(
        "assign candidates.jsonl vacancies.jsonl {DAY} --goal score --coaches coaches.csv --lang en -o p.jsonl"
    ));
    assert!(
        run.err
            .contains("coaches.csv: people who are not among the candidates and do not count: 1"),
        "{}",
        run.err
    );
    // With three places for three people of one coach, the coach is what binds.
    bench.file("coaches.csv", "candidate,coach,cases\na,k1,2\nb,k1,2\nc,k1,2\nd,k1,2\n");
    let (people, proof, after) = assigned(&bench, "--goal placements --coaches coaches.csv");
    assert_eq!((people.len(), &proof["gap"]), (2, &0.into()));
    let price = proof["dual"]["coaches"]["k1"].as_i64().unwrap();
    assert!(price >= proof["bonus"].as_i64().unwrap() / 2, "a case is worth a placement: {price}");
    // Two people, and the place that stays open for them.
    assert_eq!(after.matches(r#""reason":"no_case""#).count(), 3, "{after} {left}");
}

#[test]
fn a_floor_leaves_nobody_worse_off_and_tells_what_it_costs() {
    let bench = Bench::new();
    kitchen(&bench);
    let (all, proof, _) = assigned(&bench, "--goal placements");
    assert_eq!((all.len(), proof["beside"].as_array().unwrap().len()), (3, 0));
    let run =
        bench.line(&format!("match candidates.jsonl vacancies.jsonl {DAY} -f jsonl")).expect(0);
    let most = run.json().iter().map(|line| line["score"].as_u64().unwrap()).max().unwrap();
    let (people, proof, left) = assigned(&bench, &format!("--goal placements --floor {most}"));
    assert_eq!((people.len(), &proof["floor"], &proof["gap"]), (1, &most.into(), &0.into()));
    let beside = &proof["beside"][0];
    assert_eq!(
        (&beside["without"], &beside["placed"], &beside["gained"]),
        (&"floor".into(), &3.into(), &2.into())
    );
    assert!(left.contains(r#""reason":"below_floor""#), "{left}");
}

#[test]
fn a_pair_that_stands_stays_and_tells_what_it_costs() {
    let bench = Bench::new();
    kitchen(&bench);
    // The cook with the least experience has the best place.
    bench.file("keep.csv", "candidate,vacancy\nd,one\n");
    let run = bench
        .line(&format!("assign candidates.jsonl vacancies.jsonl {DAY} --goal score --keep keep.csv --certificate proof.json --edges edges.csv -f jsonl"))
        .expect(0);
    let stands = run.json().into_iter().find(|line| line["candidate"] == "d").unwrap();
    assert_eq!(stands["vacancy"], "one");
    let proof: serde_json::Value = serde_json::from_str(&bench.read("proof.json")).unwrap();
    assert_eq!((&proof["kept"][0], &proof["gap"]), (&"d".into(), &0.into()));
    assert!(proof["dual"]["candidates"]["d"].as_i64().unwrap() < 0, "it costs score: {proof}");
    let beside = &proof["beside"][0];
    assert_eq!(beside["without"], "keep");
    assert!(beside["score"].as_u64() > proof["score"].as_u64(), "{proof}");
    assert_eq!(bench.read("edges.csv").lines().filter(|line| line.starts_with("d,")).count(), 1);
    for (rows, says) in [("d,one\nc,one\n", "fewer positions"), ("d,none\n", "not there")] {
        bench.file("keep.csv", format!("candidate,vacancy\n{rows}"));
        let run = bench
            .line(&format!("assign candidates.jsonl vacancies.jsonl {DAY} --goal score --keep keep.csv --lang en"))
            .expect(1);
        assert!(run.err.contains("E399") && run.err.contains(says), "{}", run.err);
    }
}

#[test]
fn each_household_has_somebody_at_work_before_another_has_two() {
    let bench = Bench::new();
    kitchen(&bench);
    // Three places; a, b and c are one household, d another.
    bench.file("households.csv", "household,candidate\nh1,a\nh1,b\nh1,c\nh2,d\n");
    let (people, proof, _) =
        assigned(&bench, "--goal households --households households.csv --beside score");
    assert!(people.contains(&"d".to_owned()), "{people:?}");
    assert_eq!(
        (&proof["households"], &proof["placed"], &proof["gap"]),
        (&2.into(), &3.into(), &0.into())
    );
    let beside = &proof["beside"][0];
    assert_eq!((&beside["goal"], &beside["households"]), (&"score".into(), &1.into()));
    assert!(beside["score"].as_u64() > proof["score"].as_u64(), "{proof}");
    let run = bench
        .line(&format!(
            "assign candidates.jsonl vacancies.jsonl {DAY} --goal score --households households.csv"
        ))
        .expect(2);
    assert!(run.err.contains("households"), "{}", run.err);
}

#[test]
fn in_a_stable_plan_no_pair_would_rather_swap() {
    let bench = Bench::new();
    // By score first takes the place that is the only one for the other.
    bench.file(
        "candidates.jsonl",
        format!(
            "{}\n{}",
            cooks(&[("a", 120)]),
            cooks(&[("b", 3)]).replace(r#""max":36"#, r#""max":16"#)
        ),
    );
    bench.file(
        "vacancies.jsonl",
        format!("{}\n{}", part("one", 16, "Assen", ""), part("two", 30, "Groningen", "")),
    );
    let (_, best, _) = assigned(&bench, "--goal placements --when now");
    let (_, stable, left) = assigned(&bench, "--goal placements --when now --stable");
    assert_eq!(
        (&best["placed"], &stable["placed"], &stable["blocking"]),
        (&2.into(), &1.into(), &0.into())
    );
    assert!(best["blocking"].as_u64() > Some(0), "{best}");
    assert_eq!(stable["beside"][0]["without"], "stable");
    assert_eq!(
        (&stable["beside"][0]["placed"], &stable["greedy"]["placed"]),
        (&2.into(), &1.into())
    );
    assert!(left.contains(r#""reason":"score_first""#), "{left}");
}

#[test]
fn part_time_jobs_are_shared_out_so_that_most_people_have_a_week() {
    let bench = Bench::new();
    // `b` can come to Assen alone; `a` could have any two, and the best score is what `b` needs.
    let near = cooks(&[("b", 60)]).replace(r#""max_km":40"#, r#""max_km":5"#);
    bench.file("candidates.jsonl", format!("{}\n{near}", cooks(&[("a", 60)])));
    let work = [
        part("v1", 16, "Assen", &slot("mon", "08:00", "12:00")),
        part("v2", 16, "Assen", &slot("mon", "12:00", "16:00")),
        part("v3", 16, "Groningen", &slot("tue", "08:00", "12:00")),
        part("v4", 16, "Groningen", &slot("tue", "12:00", "16:00")),
    ];
    bench.file("vacancies.jsonl", work.join("\n"));
    let run = bench
        .line(&format!("pools candidates.jsonl vacancies.jsonl {DAY} --select --jobs jobs.jsonl --lang en -f jsonl"))
        .expect(0);
    let chosen: Vec<_> = run.json().iter().map(|line| line["vacancies"].to_string()).collect();
    assert_eq!(chosen, [r#"["v3","v4"]"#, r#"["v1","v2"]"#]);
    assert!(run.err.contains("2 of 2 people") && run.err.contains("gap 0.0"), "{}", run.err);
    // The two that were made to fit are found, for both.
    let jobs = bench.read("jobs.jsonl");
    let first: serde_json::Value = serde_json::from_str(jobs.lines().next().unwrap()).unwrap();
    assert_eq!(first["vacancies"].to_string(), r#"["v1","v2"]"#);
    assert_eq!((&first["people"], &first["chosen"]), (&2.into(), &1.into()));
}

#[test]
fn households_that_come_in_turn_are_compared_with_all_known_beforehand() {
    let bench = Bench::new();
    bench.file("candidates.jsonl", cooks(&[("a", 120), ("b", 60), ("c", 12)]));
    bench.file(
        "vacancies.jsonl",
        r#"{"id":"one","title":"kok","hours":{"min":20,"max":30},"location":{"municipality":"Assen"}}"#,
    );
    bench.file("quotas.csv", "region,quota,municipality\nDrenthe,3,Assen\nMaastricht,9,\n");
    bench.file("households.csv", "household,candidate,people\nh1,c,2\nh2,a,3\nh2,b,3\n");
    let line = format!(
        "place candidates.jsonl vacancies.jsonl {DAY} --lang en --quotas quotas.csv --households households.csv --in-turn -f json"
    );
    let run = bench.line(&line).expect(0);
    let plan = &run.json()[0];
    // Two come before there are prices, so the first has the place that the second needs whole.
    assert_eq!(plan["households"][0]["region"], "Drenthe");
    assert_eq!(plan["plan"], plan["first_come"]);
    assert_eq!((&plan["hindsight"]["adults"], &plan["bound"]), (&2.into(), &plan["hindsight"]));
    assert!(run.err.contains("placed in turn"), "{}", run.err);
}

#[test]
fn spread_lists_tell_what_it_gives_and_costs() {
    let bench = Bench::new();
    bench.file("candidates.jsonl", cooks(&[("a", 60), ("b", 60), ("c", 60)]));
    let work = ["v1", "v2", "v3"].map(|id| part(id, 20, "Assen", ""));
    bench.file("vacancies.jsonl", work.join("\n"));
    let line =
        format!("match candidates.jsonl vacancies.jsonl {DAY} -k 1 --spread 0 --lang en -f jsonl");
    let run = bench.line(&line).expect(0);
    let listed: BTreeSet<String> =
        run.json().iter().map(|line| line["vacancy"].as_str().unwrap().to_owned()).collect();
    assert_eq!(listed.len(), 3, "each is on one list: {listed:?}");
    assert!(
        run.err.contains("3 vacancies on a list") && run.err.contains("0.00 lower"),
        "{}",
        run.err
    );
    let run = bench.line(&format!("{line} --by vacancy")).expect(2);
    assert!(run.err.contains("--by candidate"), "{}", run.err);
}

#[test]
fn what_a_demand_costs_is_written() {
    let bench = Bench::new();
    kitchen(&bench);
    let work = r#"{"id":"v1","title":"kok","positions":4,"require":{"languages":[{"code":"nl","min":"C2","weight":"must"}]}}"#;
    bench.file("vacancies.jsonl", work);
    let people = cooks(&[("a", 120), ("b", 60)])
        .replace(r#""slots":[]"#, r#""slots":[],"languages":[{"code":"nl","level":"A1"}]"#);
    bench.file("candidates.jsonl", people);
    bench
        .line(&format!("assign candidates.jsonl vacancies.jsonl {DAY} --goal placements --demands demands.jsonl -f jsonl"))
        .expect(0);
    let told: serde_json::Value = serde_json::from_str(bench.read("demands.jsonl").trim()).unwrap();
    assert_eq!((&told["demand"], &told["more"]), (&"language".into(), &2.into()));
    assert_eq!((&told["at"][0]["vacancy"], &told["at"][0]["people"]), (&"v1".into(), &2.into()));
}
