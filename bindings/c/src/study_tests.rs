// SPDX-License-Identifier: EUPL-1.2
//! What happened before a match, and what is told of a whole result or population: the numbers of the program.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::failure::PassendStatus;
use crate::tests::{DAY, ask, demo_with, fails, shared, text, value, with_market};

/// The first line of the demo's result: somebody with several vacancies.
const SOMEBODY: &str = "c12";

fn matched(more: &Value) -> Value {
    value(shared(), "match", &demo_with(more))
}

/// The vacancies of somebody, in order of the lines.
fn vacancies<'a>(answer: &'a Value, candidate: &str) -> Vec<&'a str> {
    let lines = answer["matches"].as_array().unwrap().iter();
    let own = lines.filter(|line| line["candidate"] == candidate);
    own.map(|line| line["vacancy"].as_str().unwrap()).collect()
}

fn event(kind: &str, vacancy: &str) -> Value {
    let mut event =
        json!({"date": "2026-11-20", "candidate": SOMEBODY, "vacancy": vacancy, "event": kind});
    if kind == "declined" {
        event["by"] = "candidate".into();
        event["why"] = "distance".into();
    }
    event
}

#[test]
fn what_happened_leaves_out_what_a_list_crossed_off_by_hand_leaves_out() {
    let all = matched(&json!({}));
    let first = vacancies(&all, SOMEBODY)[0];
    let history = json!([event("declined", first)]);
    let left = matched(&json!({"history": history, "people": true}));
    assert_eq!(left["left_out"]["declined"], 1);
    assert_eq!(left["events"]["accepted"], 1);
    assert!(!vacancies(&left, SOMEBODY).contains(&first));
    let people = left["people"].as_array().unwrap().iter();
    let own = people.clone().find(|one| one["candidate"] == SOMEBODY).unwrap();
    assert_eq!(own["left_out"][0]["why"], "declined");

    // A market that was loaded gives the same bytes.
    let engine = with_market();
    let mut request = demo_with(&json!({"history": history, "format": "jsonl"}));
    let given = text(shared(), "match", &request);
    request["vacancies"].take();
    request["market"] = "m".into();
    assert_eq!(text(&engine, "match", &request), given);
}

#[test]
fn a_vacancy_that_is_filled_takes_no_part_in_a_market_that_was_loaded() {
    let all = matched(&json!({}));
    let first = vacancies(&all, SOMEBODY)[0];
    let engine = with_market();
    let mut request = demo_with(&json!({"history": [event("started", first)], "format": "jsonl"}));
    let given = text(shared(), "match", &request);
    assert!(!given.contains(&format!(r#""candidate":"{SOMEBODY}""#)), "who works takes no part");
    request["vacancies"].take();
    request["market"] = "m".into();
    assert_eq!(text(&engine, "match", &request), given);
}

#[test]
fn what_changed_since_a_result_is_told_with_the_reason() {
    let all = matched(&json!({}));
    let first = vacancies(&all, SOMEBODY)[0];
    let same = matched(&json!({"since": all["matches"]}));
    assert_eq!(same["changes"], json!([]));
    let lines = text(shared(), "match", &demo_with(&json!({"format": "jsonl"})));
    let changed = matched(&json!({"since": lines, "history": [event("declined", first)]}));
    let gone = |one: &&Value| one["change"] == "gone" && one["vacancy"] == first;
    let gone = changed["changes"].as_array().unwrap().iter().find(gone).unwrap();
    assert_eq!((&gone["why"], &gone["after"]), (&"declined".into(), &Value::Null));
    let request = demo_with(&json!({"since": [{"candidate": "c1"}]}));
    fails("match", &request, PassendStatus::InvalidRequest, "E394", "since");
    let request = demo_with(&json!({"since": [], "by": "both"}));
    fails("match", &request, PassendStatus::InvalidRequest, "E310", "by");
}

#[test]
fn a_neutral_order_holds_the_same_lines() {
    let (rank, neutral) = (matched(&json!({})), matched(&json!({"order": "neutral"})));
    let sorted = |answer: &Value| {
        let mut lines: Vec<String> =
            answer["matches"].as_array().unwrap().iter().map(Value::to_string).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&rank), sorted(&neutral));
    assert_ne!(rank["hash"], neutral["hash"]);
}

#[test]
fn an_engine_for_another_purpose_leaves_out_whose_permission_is_for_work() {
    let engine = crate::handle::Handle::new(r#"{"purpose":["onderzoek"]}"#).unwrap();
    let people = json!([{"id": "c1", "permission": {"purpose": "werk"}}, {"id": "c2"}]);
    let request = json!({"candidates": people, "vacancies": [{"id": "v1", "title": "kok"}],
        "as_of": "2026-11-25", "people": true});
    let out = |answer: &Value| answer["people"][0]["left_out"][0]["why"].clone();
    assert_eq!(out(&value(&engine, "match", &request)), "other_purpose");
    assert_eq!(out(&value(shared(), "match", &request)), Value::Null);
}

#[test]
fn a_report_is_a_page_or_an_object_and_knows_its_region() {
    let report = value(shared(), "report", &demo_with(&json!({"threshold": 2})));
    assert_eq!(
        (&report["name"], &report["tables"][0]["key"]),
        (&"iedereen".into(), &"funnel".into())
    );
    let page = text(
        shared(),
        "report",
        &demo_with(&json!({"region": "AM01", "lang": "en", "format": "html"})),
    );
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">") && !page.contains("<script"));
    assert!(page.contains("Work in sight: Groningen"));
    let request = demo_with(&json!({"region": "AM99"}));
    fails("report", &request, PassendStatus::InvalidRequest, "E310", "region");
}

#[test]
fn lists_that_no_weight_changes_are_called_stable() {
    let answer = value(shared(), "sensitivity", &demo_with(&json!({"k": 1, "points": 1})));
    for line in answer["lines"].as_array().unwrap() {
        assert_eq!(line["worst"].is_null(), line["listed"].as_u64() < Some(12), "{line}");
    }
    let request = demo_with(&json!({"points": 51}));
    fails("sensitivity", &request, PassendStatus::InvalidRequest, "E310", "points");
}

#[test]
fn rates_by_group_are_those_of_the_published_counts() {
    let listed =
        |id: u32| json!({"candidate": format!("c{id}"), "vacancy": "v", "rank": 1, "score": 1});
    let result: Vec<Value> = (0..30).chain(40..70).map(listed).collect();
    let group = |id: u32| json!({"id": format!("c{id}"), "sex": if id < 40 { "f" } else { "m" }});
    let audit: Vec<Value> = (0..100).map(group).collect();
    let request = json!({"result": result, "audit": audit, "rounding": 0});
    let answer = value(shared(), "fairness", &request);
    let women =
        answer["lines"].as_array().unwrap().iter().find(|line| line["group"] == "f").unwrap();
    assert_eq!((&women["rate"], &women["n"]), (&0.75.into(), &40.into()));
    let csv: String = std::iter::once("id,sex\n".to_owned())
        .chain((0..100).map(|id| format!("c{id},{}\n", if id < 40 { "f" } else { "m" })))
        .collect();
    let request = json!({"result": result, "audit": csv, "rounding": 0});
    assert_eq!(value(shared(), "fairness", &request), answer);
    let few = json!({"result": [], "audit": [{"id": "c1", "sex": "f"}]});
    fails("fairness", &few, PassendStatus::InvalidRequest, "E370", "audit");
    let twice =
        json!({"result": [], "audit": [{"id": "c1", "sex": "f"}, {"id": "c1", "sex": "f"}]});
    fails("fairness", &twice, PassendStatus::InvalidRequest, "E373", "audit");
}

#[test]
fn figures_of_a_pilot_are_shares_of_its_people() {
    let events = json!([event("proposed", "v1"), event("spoken", "v1")]);
    let figures = value(
        shared(),
        "monitor",
        &json!({"events": events, "as_of": "2026-11-25",
        "candidates": [{"id": SOMEBODY, "skills": [{"label": "koken"}]}, {"id": "c2"}]}),
    );
    assert_eq!((&figures["people"], &figures["counts"][0]["percent"]), (&2.into(), &50.into()));
    let none = value(shared(), "monitor", &json!({"events": [], "as_of": "2026-11-25"}));
    assert_eq!((&none["people"], &none["first_day"]), (&0.into(), &Value::Null));
    let bad = json!({"events": [{"date": "2026-11-25"}], "as_of": "2026-11-25", "strict": true});
    let failure = ask(shared(), "monitor", &bad).unwrap_err();
    assert_eq!((failure.status, failure.code), (PassendStatus::RecordsRefused, "E111"));
}

#[test]
fn a_registration_marks_what_the_organisation_fills_in() {
    let entry = value(shared(), "register", &json!({"as_of": "2026-11-25", "lang": "en"}));
    let fields = entry["fields"].as_array().unwrap();
    let organisation = fields.iter().filter(|one| one["filled_by"] == "organisation").count();
    assert!(organisation > 0 && organisation < fields.len());
}

#[test]
fn lists_that_are_spread_stay_within_what_was_allowed() {
    let (all, spread) = (matched(&json!({"k": 3})), matched(&json!({"k": 3, "spread": 500})));
    assert!(all.get("spread").is_none());
    let told = &spread["spread"];
    assert!(told["largest"].as_u64().unwrap() <= 500);
    let listed = |answer: &Value| {
        let lines = answer["matches"].as_array().unwrap().iter();
        lines.map(|line| line["vacancy"].to_string()).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(told["listed"], json!([listed(&all), listed(&spread)]));
    assert!(listed(&spread) >= listed(&all));
    fails(
        "match",
        &demo_with(&json!({"by": "vacancy", "spread": 5})),
        PassendStatus::InvalidRequest,
        "E310",
        "by",
    );
}

#[test]
fn pools_that_are_chosen_are_one_for_each_person_and_within_the_bound() {
    let every = value(shared(), "pools", &demo_with(&json!({"when": "any"})));
    let chosen = value(shared(), "pools", &demo_with(&json!({"when": "any", "select": true})));
    assert!(every.get("selection").is_none());
    let people = |answer: &Value| {
        let lines = answer["pools"].as_array().unwrap().iter();
        lines.map(|line| line["candidate"].to_string()).collect::<BTreeSet<_>>().len()
    };
    let reached = &chosen["selection"];
    assert_eq!(chosen["pools"].as_array().unwrap().len(), people(&chosen));
    assert_eq!(
        (&reached["people"], &reached["with_pools"]),
        (&json!(people(&chosen)), &json!(people(&every)))
    );
    assert!(reached["people"].as_u64() <= reached["bound"].as_u64());
    assert!(!reached["jobs"].as_array().unwrap().is_empty());
}

#[test]
fn households_go_where_the_work_is_and_demands_have_their_cost() {
    let cook = |id: &str| {
        json!({"id": id, "residence": {"status": "free"}, "mobility": {"max_km": 20},
        "languages": [{"code": "nl", "level": "A0"}], "experience": [{"title": "kok", "months": 36}]})
    };
    let work = json!({"id": "v1", "title": "kok", "location": {"municipality": "Assen"},
        "require": {"languages": [{"code": "nl", "min": "C1", "weight": "must"}]}});
    let free = json!({"id": "v1", "title": "kok", "location": {"municipality": "Assen"}});
    let request = json!({"candidates": [cook("c1"), cook("c2")], "vacancies": free, "as_of": DAY,
        "quotas": [{"id": "south", "quota": 9, "municipality": "Maastricht"}, {"id": "Assen", "quota": 3}],
        "households": [{"id": "h1", "adults": ["c1"], "people": 3}, {"id": "h2", "adults": ["c2"]}]});
    let placed = value(shared(), "place", &request);
    let used: Vec<_> =
        placed["quotas"].as_array().unwrap().iter().map(|one| &one["used"]).collect();
    // One of both fits in Assen, and one alone takes as much of a quota as it has people.
    assert_eq!((&placed["plan"]["adults"], &placed["bound"]["adults"]), (&json!(1), &json!(1)));
    assert!(used == [&json!(1), &json!(3)] || used == [&json!(3), &json!(1)], "{placed}");
    let plan = json!({"candidates": cook("c1"), "vacancies": work, "as_of": DAY, "goal": "placements", "demands": true});
    let demands = &value(shared(), "assign", &plan)["demands"];
    assert_eq!((&demands[0]["demand"], &demands[0]["more"]), (&json!("language"), &json!(1)));
}
