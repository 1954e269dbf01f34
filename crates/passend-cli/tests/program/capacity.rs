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
                "{} {} {}",
                line["timetable"].as_str().unwrap(),
                line["blocked"],
                line["hours_lost"]
            )
        })
        .collect();
    // Nobody travels to Maastricht, so the lessons on Friday block nothing.
    assert_eq!(found, ["friday 0 0", "monday 2 4", "tuesday 4 6"]);
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
