// SPDX-License-Identifier: EUPL-1.2
//! `match` with a history, a result before and permissions, and `monitor`.

use serde_json::{Value, json};

use crate::Bench;

const MATCH: &str = "match candidates.jsonl vacancies.jsonl --as-of 2026-11-25 --lang en -f jsonl";

/// A line of events: day, candidate, vacancy, event, and perhaps more keys after a bar.
fn event(words: &str) -> String {
    let (head, more) = words.split_once(" | ").unwrap_or((words, ""));
    let [date, candidate, vacancy, kind] = head.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{words}")
    };
    format!(
        "{{\"date\":\"{date}\",\"candidate\":\"{candidate}\",\"vacancy\":\"{vacancy}\",\"event\":\"{kind}\"{more}}}\n"
    )
}

const DECLINED: &str = r#"2026-11-20 c1 v1 declined | ,"by":"candidate","why":"pay""#;

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_run_knows_what_happened_and_says_what_changed() {
    let bench = Bench::new();
    let said = event(
        r#"2026-11-03 c1 v2 override | ,"verdict":"does_not_fit","why":"record","note":"n1""#,
    );
    let without_reason = event("2026-11-21 c1 v2 declined");
    let later = event("2026-11-26 c2 v2 started");
    bench.file("events.jsonl", event(DECLINED) + &without_reason + &said + &later);
    bench.file(
        "before.jsonl",
        r#"{"candidate":"c1","vacancy":"v1","rank":1,"score":7908,"readiness":{"class":"now"}}"#,
    );
    let run = bench
        .line(&format!(
            "{MATCH} --when any --history events.jsonl --people people.jsonl --since before.jsonl --changes changes.jsonl --refused refused.jsonl"
        ))
        .expect(3);
    let lines = run.json();
    assert!(lines.iter().all(|line| line["candidate"] != "c1" || line["vacancy"] != "v1"));
    let with_human: Vec<_> = lines.iter().filter(|line| !line["override"].is_null()).collect();
    let [line] = with_human.as_slice() else { panic!("{}", run.out) };
    assert_eq!(
        line["override"],
        json!({"verdict":"does_not_fit","why":"record","date":"2026-11-03","note":"n1"})
    );
    assert!(line["score"].as_u64() > Some(0) && line["flags"].to_string().contains("override"));

    let people = objects(&bench.read("people.jsonl"));
    assert_eq!(
        people[0]["left_out"],
        json!([{"vacancy":"v1","why":"declined","by":"candidate","reason":"pay","date":"2026-11-20"}])
    );
    assert!(people[1].get("left_out").is_none());
    let refused = &objects(&bench.read("refused.jsonl"))[0];
    let (file, line) = (&refused["file"], &refused["line"]);
    assert_eq!((file, line, &refused["code"]), (&json!("events.jsonl"), &json!(2), &json!("E391")));
    let changes = objects(&bench.read("changes.jsonl"));
    assert_eq!((&changes[0]["change"], &changes[0]["why"]), (&json!("gone"), &json!("declined")));
    assert_eq!(changes[0]["before"], json!({"rank":1,"score":7908,"class":"now"}));
    assert!(changes.iter().skip(1).all(|change| change["change"] == "new"));
    for told in ["declined 1", "said by a human 1", "gone 1, moved 0", "warned 1"] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
}

#[test]
fn a_recorded_run_in_parts_knows_what_happened() {
    let bench = Bench::new();
    bench.file("events.jsonl", event(DECLINED) + &event("2026-11-20 c3 v2 started"));
    let line = format!("{MATCH} --when any --history events.jsonl");
    bench.line(&format!("{line} -o out.jsonl --part-size 1 --record runs.jsonl")).expect(0);
    // The one vacancy was declined, the other is filled.
    assert!(!bench.read("out.jsonl").contains(r#""candidate":"c1""#));
    let runs = bench.read("runs.jsonl");
    assert!(runs.lines().last().unwrap().contains("events.jsonl"), "{runs}");
    bench.file("events.jsonl", event("2026-11-20 c1 v1 spoken"));
    assert!(bench.line("replay runs.jsonl").expect(4).out.contains("input_changed"));
}

#[test]
fn who_has_no_permission_takes_no_part_and_is_counted() {
    let bench = Bench::new();
    let lines = crate::CANDIDATES
        .replace(r#""c1","#, r#""c1","permission":{"until":"2026-11-24"},"#)
        .replace(r#""c2","#, r#""c2","permission":{"purpose":"werkgeversdag"},"#);
    bench.file("candidates.jsonl", lines);
    let run = bench.line(&format!("{MATCH} --people people.jsonl")).expect(0);
    assert!(run.out.is_empty(), "{}", run.out);
    assert!(run.err.contains("permission ended 1, for another purpose 1"), "{}", run.err);
    let people = objects(&bench.read("people.jsonl"));
    let why: Vec<_> = people.iter().map(|person| person["left_out"][0]["why"].clone()).collect();
    assert_eq!(why, ["permission_ended", "other_purpose"]);
}

#[test]
fn a_comparison_is_of_lists_of_one_side() {
    let bench = Bench::new();
    bench.line(&format!("{MATCH} --by both --since before.jsonl")).expect(2);
    bench.line(&format!("{MATCH} --changes changes.jsonl")).expect(2);
}

#[test]
fn a_pilot_has_figures_from_its_first_day() {
    let bench = Bench::new();
    bench.file("events.jsonl", "");
    let line = "monitor events.jsonl candidates.jsonl --as-of 2026-11-25 --lang en";
    let before = &bench.line(line).expect(0).json()[0];
    assert_eq!((&before["first_day"], &before["people"]), (&Value::Null, &json!(2)));
    // One of the two has a skill.
    let mapped = &before["counts"][0];
    assert_eq!((&mapped["figure"], &mapped["percent"]), (&json!("skills_mapped"), &json!(50)));
    let events = [
        "2026-11-02 c1 v1 proposed",
        "2026-11-05 c1 v1 spoken",
        "2026-11-06 c1 v1 twv_requested",
        "2026-11-20 c1 v1 twv_granted",
        "2026-11-23 c1 v1 started",
    ];
    // Days decide, not the order of the lines.
    bench.file("events.jsonl", events.iter().rev().copied().map(event).collect::<String>());
    let figures = &bench.line(line).expect(0).json()[0];
    let counts = figures["counts"].as_array().unwrap();
    let percent = |name: &str| {
        counts.iter().find(|count| count["figure"] == name).unwrap()["percent"].clone()
    };
    for name in ["spoken", "placed", "twv_requested", "twv_granted", "at_work"] {
        assert_eq!(percent(name), 50, "{name}");
    }
    let days = figures["days"].as_array().unwrap().iter().map(|days| days["median"].clone());
    assert_eq!(days.collect::<Vec<_>>(), [json!(3), json!(18), json!(21), json!(14), Value::Null]);
    let text = bench.line(&format!("{line} -f text")).expect(0).out;
    assert!(text.contains("placed") && text.contains("50 %"), "{text}");
}

#[test]
fn a_registration_marks_what_the_organisation_fills_in() {
    let bench = Bench::new();
    let line = "register --as-of 2026-11-25 -f json";
    let registration = &bench.line(line).expect(0).json()[0];
    let fields = registration["fields"].as_array().unwrap();
    let of = |name: &str| fields.iter().find(|field| field["field"] == name).unwrap();
    assert_eq!(of("proportionality")["value"], Value::Null);
    assert_eq!(of("proportionality")["what"]["en"], "To be filled in by the organisation.");
    let data = of("source_data")["value"].as_str().unwrap();
    assert!(data.contains("skills") && data.contains("residence.status"), "{data}");
}
