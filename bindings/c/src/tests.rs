// SPDX-License-Identifier: EUPL-1.2
//! The operations as a caller meets them, without C.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::failure::{Failure, PassendStatus};
use crate::handle::Handle;
use crate::job::{Caller, Level};

const CANDIDATES: &str = include_str!("../../../fixtures/demo/candidates.jsonl");
const VACANCIES: &str = include_str!("../../../fixtures/demo/vacancies.jsonl");
const EXPECTED: &str = include_str!("../../../fixtures/demo/expected.jsonl");
pub(crate) const DAY: &str = "2026-11-25";

fn engine() -> Handle {
    Handle::new("").unwrap()
}

/// An engine that tests share which load no market.
pub(crate) fn shared() -> &'static Handle {
    static ENGINE: OnceLock<Handle> = OnceLock::new();
    ENGINE.get_or_init(engine)
}

/// The lines of a file as a list.
fn list(lines: &str) -> Value {
    lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect()
}

pub(crate) fn ask(engine: &Handle, op: &str, request: &Value) -> Result<Answer, Failure> {
    engine.run(op, request.to_string().as_bytes(), &mut Caller::default())
}

pub(crate) fn text(engine: &Handle, op: &str, request: &Value) -> String {
    String::from_utf8(ask(engine, op, request).unwrap().data).unwrap()
}

pub(crate) fn value(engine: &Handle, op: &str, request: &Value) -> Value {
    serde_json::from_str(&text(engine, op, request)).unwrap()
}

#[track_caller]
pub(crate) fn fails(op: &str, request: &Value, status: PassendStatus, code: &str, field: &str) {
    let failure = ask(shared(), op, request).unwrap_err();
    assert_eq!((failure.status, failure.code, &*failure.field), (status, code, field), "{failure}");
    assert!(!failure.expected.is_empty());
}

pub(crate) fn with_market() -> Handle {
    let engine = engine();
    ask(&engine, "market_load", &json!({"market": "m", "vacancies": list(VACANCIES)})).unwrap();
    engine
}

fn demo() -> Value {
    json!({"candidates": CANDIDATES, "vacancies": VACANCIES, "as_of": DAY})
}

pub(crate) fn demo_with(more: &Value) -> Value {
    let mut request = demo();
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    request
}

#[test]
fn json_lines_are_those_of_the_program() {
    let jsonl = demo_with(&json!({"format": "jsonl"}));
    assert_eq!(text(shared(), "match", &jsonl), EXPECTED);
    let listed = json!({"candidates": list(CANDIDATES), "vacancies": list(VACANCIES), "as_of": DAY, "format": "jsonl"});
    assert_eq!(text(shared(), "match", &listed), EXPECTED);
    let plain = demo_with(&json!({"format": "jsonl", "plain": true}));
    assert_eq!(text(shared(), "match", &plain), EXPECTED);
    let stored = json!({"candidates": CANDIDATES, "market": "m", "as_of": DAY, "format": "jsonl"});
    assert_eq!(text(&with_market(), "match", &stored), EXPECTED);
}

#[test]
fn one_object_holds_the_lines_their_hash_and_the_counts() {
    let answer = value(shared(), "match", &demo_with(&json!({"people": true})));
    assert_eq!(answer["hash"], passend_io::hash(EXPECTED.as_bytes()));
    let lines: Vec<String> =
        answer["matches"].as_array().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), EXPECTED.lines().count());
    assert_eq!(answer["people"].as_array().unwrap().len(), 12);
    assert_eq!(answer["candidates"]["accepted"], 12);
    assert_eq!(answer["vacancies"]["read"], 40);
    assert_eq!(answer["refused"], json!([]));
}

#[test]
fn a_refused_record_is_told_and_the_rest_is_kept() {
    let people = json!([{"id": "c1"}, {"id": "c2", "skils": []}]);
    let request =
        json!({"candidates": people, "vacancies": [{"id": "v1"}], "as_of": DAY, "format": "jsonl"});
    let answer = ask(shared(), "match", &request).unwrap();
    let report: Value = serde_json::from_slice(&answer.report).unwrap();
    assert_eq!(report["candidates"]["accepted"], 1);
    assert_eq!(report["candidates"]["refused"], 1);
    assert_eq!(report["refused"][0]["code"], "E201");
    assert_eq!(report["refused"][0]["record"], 2);
    assert_eq!(report["refused"][0]["path"], "skils");

    let mut strict = request;
    strict["strict"] = json!(true);
    let failure = ask(shared(), "match", &strict).unwrap_err();
    assert_eq!((failure.status, failure.code), (PassendStatus::RecordsRefused, "E111"));
    let detail: Value = serde_json::from_str(&failure.detail()).unwrap();
    assert_eq!(detail["refused"][0]["code"], "E201");
}

#[test]
fn too_many_refused_records_are_a_failure() {
    let people: Vec<_> = (0..20).map(|at| json!({"id": format!("c{at}"), "x": at / 18})).collect();
    let request = json!({"candidates": people, "vacancies": [], "as_of": DAY});
    let failure = ask(shared(), "match", &request).unwrap_err();
    assert_eq!(
        (failure.status, failure.code, failure.refused.len()),
        (PassendStatus::RecordsRefused, "E109", 20)
    );
}

#[test]
fn a_protected_attribute_is_refused_and_its_value_is_not_told() {
    let people = json!([{"id": "c1", "nationality": "Ruritania"}]);
    let request = json!({"candidates": people, "vacancies": [], "as_of": DAY});
    let answer = text(shared(), "match", &request);
    assert!(answer.contains("E901") && !answer.contains("Ruritania"), "{answer}");
}

#[test]
fn what_is_wrong_with_a_request_is_named() {
    use PassendStatus::{InvalidRequest, NotFound, RecordsRefused, UnknownOperation};
    fails("mach", &json!({}), UnknownOperation, "E340", "op");
    fails("match", &json!([]), InvalidRequest, "E310", "");
    fails("match", &json!({}), InvalidRequest, "E310", "candidates");
    fails("match", &json!({"candidates": [], "vacancies": []}), InvalidRequest, "E310", "as_of");
    for (key, wrong) in [
        ("as_of", json!("31-12-2026")),
        ("as_of", json!(5)),
        ("k", json!(0)),
        ("k", json!("ten")),
        ("by", json!("everyone")),
        ("when", json!("later")),
        ("sure", json!("yes")),
        ("format", json!("xml")),
        ("max_refused", json!(101)),
        ("kk", json!(1)),
    ] {
        fails("match", &demo_with(&json!({key: wrong})), InvalidRequest, "E310", key);
    }
    fails("match", &demo_with(&json!({"candidates": 5})), InvalidRequest, "E310", "candidates");
    fails("match", &demo_with(&json!({"candidates": null})), InvalidRequest, "E310", "candidates");
    fails(
        "match",
        &demo_with(&json!({"candidates": "<xml/>"})),
        RecordsRefused,
        "E106",
        "candidates",
    );
    fails("match", &demo_with(&json!({"market": "m"})), InvalidRequest, "E310", "vacancies");
    fails("match", &json!({"candidates": [], "as_of": DAY}), InvalidRequest, "E310", "vacancies");
    fails(
        "match",
        &json!({"candidates": [], "market": "m", "as_of": DAY}),
        NotFound,
        "E341",
        "market",
    );
    fails("explain", &demo(), InvalidRequest, "E310", "candidate");
    fails("explain", &demo_with(&json!({"candidate": "c01"})), InvalidRequest, "E310", "vacancy");
    fails("explain", &demo_with(&json!({"candidate": "x"})), NotFound, "E301", "candidate");
    let pair = json!({"candidate": "c01", "vacancy": "x"});
    fails("explain", &demo_with(&pair), NotFound, "E302", "vacancy");
    fails(
        "plan",
        &demo_with(&json!({"candidate": "c01", "max_steps": 7})),
        InvalidRequest,
        "E310",
        "max_steps",
    );
    let programmes = json!({"candidate": "c01", "programmes": "x"});
    fails("plan", &demo_with(&programmes), InvalidRequest, "E311", "programmes");
    let diff = json!({"candidates": [], "vacancies": [], "a_as_of": DAY, "a_policy": ["x"]});
    fails("diff", &diff, InvalidRequest, "E303", "a_policy");
    fails("schema", &json!({"name": "x"}), InvalidRequest, "E310", "name");
    fails("market_remove", &json!({"market": "m", "ids": []}), NotFound, "E341", "market");
    fails("market_load", &json!({"market": "", "vacancies": []}), InvalidRequest, "E310", "market");
}

#[test]
fn a_permission_must_hold_for_the_purpose_of_the_configuration() {
    let person =
        json!({"id": "c1", "experience": [{"title": "kok"}], "permission": {"purpose": "study"}});
    let request =
        json!({"candidates": person, "vacancies": {"id": "v1", "title": "kok"}, "as_of": DAY});
    let failure = ask(shared(), "explain", &request).unwrap_err();
    assert_eq!((failure.status, failure.code), (PassendStatus::NotFound, "E395"));
    let engine = Handle::new("purpose = ['study']").unwrap();
    assert_eq!(value(&engine, "match", &request)["matches"].as_array().unwrap().len(), 1);
    assert!(ask(&engine, "explain", &request).is_ok());
}

#[test]
fn a_message_never_holds_a_value() {
    for request in [
        r#"{"candidates":[],"vacancies":[],"as_of":"Jansen"}"#,
        r#"{"candidates":[],"vacancies":[],"as_of":"2026-11-25","k":"Jansen"}"#,
        r#"{"candidates":[{"id":"c1","hours":"Jansen"}],"vacancies":[],"as_of":"2026-11-25","strict":true}"#,
        r#"{"candidates":[],"vacancies":[],"as_of":"2026-11-25","by":"Jansen"}"#,
        r#"{"candidates":[],"vacancies":[],"as_of":"2026-11-25","when":"Jansen"}"#,
        r#"{"candidates":[Jansen],"vacancies":[]"#,
    ] {
        let failure =
            shared().run("match", request.as_bytes(), &mut Caller::default()).unwrap_err();
        assert!(!failure.to_string().contains("Jansen"), "{failure}");
        assert!(!failure.detail().contains("Jansen"), "{}", failure.detail());
    }
}

#[test]
fn an_explanation_is_that_of_the_program_and_needs_no_id_where_there_is_one() {
    let pair = json!({"candidate": "c03", "vacancy": "v14"});
    let json = text(shared(), "explain", &demo_with(&pair));
    let one = |lines: &str, id: &str| {
        let all = list(lines);
        all.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
    };
    let (person, work) = (one(CANDIDATES, "c03"), one(VACANCIES, "v14"));
    let alone = json!({"candidates": person, "vacancies": work, "as_of": DAY});
    assert_eq!(text(shared(), "explain", &alone), json);
    let stored = json!({"candidates": person, "market": "m", "vacancy": "v14", "as_of": DAY});
    assert_eq!(text(&with_market(), "explain", &stored), json);
    let line = EXPECTED.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let line = line.into_iter().find(|one| one["candidate"] == "c03" && one["vacancy"] == "v14");
    let explained: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(explained["score"], line.unwrap()["score"]);
    assert!(explained["rows"].as_array().unwrap().len() > 20);

    let mut html = demo_with(&pair);
    html["format"] = json!("html");
    html["lang"] = json!("en");
    html["reader"] = json!("employer");
    assert!(text(shared(), "explain", &html).starts_with("<!"));
    html["format"] = json!("json");
    assert!(text(shared(), "explain", &html).contains("\"reader\":\"employer\""));
}

#[test]
fn plans_questions_and_assignments_come_from_given_and_stored_vacancies() {
    let evenings = json!([{"id": "a", "slots": [{"day": "mon", "from": "09:00", "to": "12:00"}]}]);
    for (op, more) in [
        ("assign", json!({"goal": "placements"})),
        (
            "assign",
            json!({
                "goal": "households", "beside": ["score"], "floor": 1,
                "households": [{"id": "h", "adults": ["c01", "c02"]}],
            }),
        ),
        ("assign", json!({"goal": "score", "demands": true})),
        ("lessons", json!({"timetables": evenings})),
        (
            "lessons",
            json!({
                "timetables": evenings, "groups": [{"id": "g", "learners": ["c01", "c02"]}],
                "rooms": [{"count": 1}], "teachers": [{"count": 1}],
            }),
        ),
        (
            "place",
            json!({"quotas": [{"id": "Assen", "quota": 2}], "households": [{"id": "h", "adults": ["c01", "c02"]}]}),
        ),
        ("pools", json!({"when": "any"})),
        ("pools", json!({"when": "any", "select": true})),
        ("leverage", json!({"by": "province", "together": 2})),
        ("funnel", json!({"by": "region", "ids": true})),
        ("supply", json!({})),
        ("groups", json!({"by": ["education"], "threshold": 3})),
        ("plan", json!({"candidate": "c01"})),
        ("questions", json!({})),
        ("relax", json!({"vacancy": "v14"})),
        ("diff", json!({"b_announced": true})),
    ] {
        let mut given = demo_with(&more);
        if op == "diff" {
            let object = given.as_object_mut().unwrap();
            object.remove("as_of");
            object.insert("a_as_of".to_owned(), json!(DAY));
        }
        let answer = value(shared(), op, &given);
        let object = given.as_object_mut().unwrap();
        object.remove("vacancies");
        object.insert("market".to_owned(), json!("m"));
        let stored = value(&with_market(), op, &given);
        let key = match op {
            "plan" => "plans",
            "questions" => "questions",
            "relax" => "relaxed",
            "assign" => "assigned",
            "lessons" if more.get("groups").is_some() => "plan",
            "lessons" => "timetables",
            "place" => "households",
            "pools" => "pools",
            "leverage" | "funnel" | "supply" | "groups" => "lines",
            _ => "differences",
        };
        let lines = if key == "plan" { &answer[key]["lines"] } else { &answer[key] };
        assert!(!lines.as_array().unwrap().is_empty(), "{op}");
        assert_eq!(answer[key], stored[key], "{op}");
    }
}

#[test]
fn lines_of_a_study_are_those_of_its_object() {
    for (op, more, keys) in [
        ("leverage", json!({"by": "status", "together": 2}), &["lines", "together"][..]),
        ("funnel", json!({"by": "route"}), &["lines"]),
        ("supply", json!({}), &["lines"]),
        ("groups", json!({"by": ["status"], "threshold": 3}), &["lines"]),
    ] {
        let mut request = demo_with(&more);
        let object = value(shared(), op, &request);
        let of = |key: &&str| object[*key].as_array().unwrap().clone();
        let lines: Vec<Value> = keys.iter().flat_map(of).collect();
        assert!(lines.len() > 1, "{op}");
        request["format"] = json!("jsonl");
        assert_eq!(list(&text(shared(), op, &request)), json!(lines), "{op}");
    }
}

#[test]
fn every_number_of_a_funnel_has_the_ids_behind_it() {
    let funnel = value(shared(), "funnel", &demo_with(&json!({"by": "status", "ids": true})));
    let (lines, ids) = (funnel["lines"].as_array().unwrap(), funnel["ids"].as_array().unwrap());
    assert_eq!(lines.len(), ids.len());
    for (line, behind) in lines.iter().zip(ids) {
        assert_eq!(line["people"], behind["ids"].as_array().unwrap().len(), "{line}");
        assert_eq!((&line["group"], &line["stage"]), (&behind["group"], &behind["stage"]));
    }
    assert!(value(shared(), "funnel", &demo()).get("ids").is_none(), "ids are only told if asked");
}

#[test]
fn a_table_hides_small_groups_and_is_refused_where_all_are_too_few() {
    let table = value(shared(), "groups", &demo_with(&json!({"by": ["route"], "threshold": 10})));
    assert_eq!(table["sheet"]["rules"]["threshold"], 10);
    let lines = table["lines"].as_array().unwrap();
    let (all, hidden) = lines.split_first().unwrap();
    assert_eq!((&all["cell"]["route"], &all["count"]), (&json!("*"), &json!(10)));
    assert!(hidden.iter().all(|line| line["count"].is_null()), "{table}");
    let invalid = PassendStatus::InvalidRequest;
    for (op, more, code, field) in [
        ("groups", json!({"by": ["route"], "threshold": 13}), "E370", "by"),
        ("groups", json!({"by": ["route"], "threshold": 2}), "E310", "threshold"),
        ("groups", json!({"by": ["route"], "rounding": 3}), "E310", "rounding"),
        ("groups", json!({"by": ["route"], "protection": 9}), "E370", "by"),
        ("groups", json!({"by": []}), "E310", "by"),
        ("groups", json!({"by": ["nationality"]}), "E310", "by[0]"),
        ("groups", json!({}), "E310", "by"),
        ("leverage", json!({"by": "sex"}), "E310", "by"),
        ("leverage", json!({"matches": 0}), "E310", "matches"),
        ("leverage", json!({"score": 10_001}), "E310", "score"),
        ("leverage", json!({"measures": "[[measure]]\nid = 'x'"}), "E360", "measures"),
        ("funnel", json!({"by": ["route"]}), "E310", "by"),
        ("supply", json!({"by": "route"}), "E310", "by"),
    ] {
        fails(op, &demo_with(&more), invalid, code, field);
    }
}

#[test]
fn measures_of_a_request_take_the_place_of_those_of_the_library() {
    let own =
        "[[measure]]\nid = 'lift'\nchange = 'travel'\nkm = 20\nnl = 'Meerijden'\nen = 'A lift'\n";
    let found = value(shared(), "leverage", &demo_with(&json!({"measures": own})));
    let lines = found["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 4, "one for each horizon");
    assert!(lines.iter().all(|line| line["measure"] == "lift"), "{found}");
}

#[test]
fn what_a_plan_promises_is_matched() {
    let engine = with_market();
    let plan = value(
        &engine,
        "plan",
        &json!({"candidates": CANDIDATES, "candidate": "c01", "market": "m", "as_of": DAY}),
    );
    let first = &plan["plans"][0];
    let then = json!({"candidates": first["then"], "market": "m", "as_of": first["by"], "when": "now", "k": 100});
    let listed = value(&engine, "match", &then);
    let listed: Vec<_> =
        listed["matches"].as_array().unwrap().iter().map(|line| &line["vacancy"]).collect();
    for opened in first["opens"].as_array().unwrap() {
        assert!(listed.contains(&opened), "{opened}");
    }
}

#[test]
fn a_check_tells_what_is_refused_filled_and_not_understood() {
    let records = json!([{"id": "c1", "skills": [{"label": "zzzzz"}]}, {"id": "c2", "hours": "x"}]);
    let request = json!({"side": "candidate", "records": records});
    let checked = value(shared(), "check", &request);
    assert_eq!((&checked["read"], &checked["refused"]), (&json!(2), &json!(1)));
    assert_eq!(checked["refused_records"][0]["path"], "hours");
    assert_eq!(checked["unlinked"][0]["text"], "zzzzz");
    let path = |field: &&Value| field["path"] == "skills[].label";
    assert_eq!(checked["fields"].as_array().unwrap().iter().find(path).unwrap()["filled"], 1);
}

#[test]
fn rules_links_and_what_the_library_is() {
    let engine = engine();
    let rules = value(&engine, "rules", &json!({"as_of": "2023-11-01"}));
    assert!(rules["rules"].as_array().unwrap().len() > 50);
    let links = value(&engine, "link", &json!({"texts": ["kok", "zzzzz"], "k": 2}));
    assert_eq!(links["links"][0]["status"], "linked");
    assert_eq!(links["links"][1]["status"], "none");
    let cook = &links["links"][0]["matches"][0]["id"];
    let related = value(&engine, "related", &json!({"ids": [cook], "k": 3}));
    assert_eq!(related["links"][0]["matches"].as_array().unwrap().len(), 3);
    let about = value(&engine, "about", &json!({}));
    assert_eq!(about["abi"], 1);
    for op in about["operations"].as_array().unwrap() {
        assert!(ask(&engine, op.as_str().unwrap(), &json!({"nothing": 1})).is_err());
    }
}

#[test]
fn a_market_is_added_to_removed_from_written_out_and_dropped() {
    let engine = engine();
    let state = |answer: &Value| (answer["version"].as_u64(), answer["count"].as_u64());
    let lines: Vec<&str> = VACANCIES.lines().collect();
    let (some, rest) = lines.split_at(30);
    let load = json!({"market": "m", "vacancies": some.join("\n"), "as_of": DAY});
    assert_eq!(state(&value(&engine, "market_load", &load)), (Some(1), Some(30)));
    let add = json!({"market": "m", "vacancies": rest.join("\n")});
    assert_eq!(state(&value(&engine, "market_add", &add)), (Some(2), Some(40)));
    let asked = json!({"candidates": CANDIDATES, "market": "m", "as_of": DAY, "format": "jsonl"});
    assert_eq!(text(&engine, "match", &asked), EXPECTED);

    let remove = json!({"market": "m", "ids": ["v01", "nothing"]});
    let removed = value(&engine, "market_remove", &remove);
    assert_eq!(state(&removed), (Some(3), Some(39)));
    assert_eq!(removed["missing"], json!(["nothing"]));
    assert!(!text(&engine, "match", &asked).contains("\"v01\""));

    let snapshot = text(&engine, "market_snapshot", &json!({"market": "m", "format": "jsonl"}));
    let again = json!({"market": "again", "vacancies": snapshot});
    assert_eq!(state(&value(&engine, "market_load", &again)), (Some(1), Some(39)));
    let mut of_again = asked.clone();
    of_again["market"] = json!("again");
    assert_eq!(text(&engine, "match", &of_again), text(&engine, "match", &asked));

    ask(&engine, "market_drop", &json!({"market": "m"})).unwrap();
    assert_eq!(ask(&engine, "match", &asked).unwrap_err().code, "E341");
}

#[test]
fn a_full_shelf_of_markets_takes_no_more() {
    let engine = Handle::new("max_markets = 1").unwrap();
    let load = |name| ask(&engine, "market_load", &json!({"market": name, "vacancies": []}));
    load("a").unwrap();
    load("a").unwrap();
    assert_eq!(load("b").unwrap_err().status, PassendStatus::InvalidRequest);
}

#[test]
fn many_threads_get_the_same_answer_while_the_market_changes() {
    let engine = with_market();
    let person = CANDIDATES.lines().next().unwrap();
    let asked = json!({"candidates": person, "market": "m", "as_of": DAY, "format": "jsonl"});
    let with = text(&engine, "match", &asked);
    let other: Vec<&str> = VACANCIES.lines().skip(1).collect();
    let request = json!({"candidates": person, "vacancies": other.join("\n"), "as_of": DAY, "format": "jsonl"});
    let without = text(&engine, "match", &request);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..2 {
                    let answer = text(&engine, "match", &asked);
                    assert!(answer == with || answer == without);
                }
            });
        }
        scope.spawn(|| {
            ask(&engine, "market_remove", &json!({"market": "m", "ids": ["v01"]})).unwrap();
            let first = VACANCIES.lines().next().unwrap();
            ask(&engine, "market_add", &json!({"market": "m", "vacancies": first})).unwrap();
        });
    });
    assert_eq!(text(&engine, "match", &asked), with);
}

#[test]
fn a_panic_is_a_failure_and_the_engine_goes_on() {
    let engine = engine();
    for _ in 0..3 {
        let failure = ask(&engine, "panic", &json!({})).unwrap_err();
        assert_eq!((failure.status, failure.code), (PassendStatus::Internal, "E390"));
    }
    assert_eq!(text(&engine, "match", &demo_with(&json!({"format": "jsonl"}))), EXPECTED);
}

#[test]
fn progress_can_stop_a_call_and_the_log_tells_counts() {
    let engine = engine();
    let request = demo_with(&json!({"format": "jsonl"})).to_string();
    let mut stop = |_: usize, _: usize| false;
    let mut caller = Caller { progress: Some(&mut stop), ..Caller::default() };
    let failure = engine.run("match", request.as_bytes(), &mut caller).unwrap_err();
    assert_eq!(failure.status, PassendStatus::Cancelled);

    let (mut told, mut logged) = (Vec::new(), Vec::new());
    let mut tell = |done: usize, total: usize| {
        told.push((done, total));
        true
    };
    let mut log = |level: Level, line: &str| logged.push((level, line.to_owned()));
    let mut caller = Caller { progress: Some(&mut tell), log: Some(&mut log), ..Caller::default() };
    let answer = engine.run("match", request.as_bytes(), &mut caller).unwrap();
    assert_eq!(answer.data, EXPECTED.as_bytes());
    assert_eq!(told.last(), Some(&(12, 12)));
    let counts = "candidates: read 12, accepted 12, refused 0, warned 0".to_owned();
    assert_eq!(logged.first(), Some(&(Level::Info, counts)));
}

#[test]
fn a_time_limit_ends_a_call() {
    let people: String = (0..3000)
        .map(|at| {
            format!(
                "{{\"id\":\"c{at}\",\"experience\":[{{\"title\":\"kok {at}\",\"months\":12}}]}}\n"
            )
        })
        .collect();
    let request = json!({"candidates": people, "vacancies": VACANCIES, "as_of": DAY}).to_string();
    let limit = std::time::Duration::from_nanos(1);
    let mut caller = Caller { time_limit: Some(limit), ..Caller::default() };
    let failure = shared().run("match", request.as_bytes(), &mut caller).unwrap_err();
    assert_eq!((failure.status, failure.code), (PassendStatus::TimeLimit, "E343"));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let request = demo_with(&json!({"format": "jsonl"})).to_string();
    for threads in [1, 3] {
        let engine = Handle::new(&format!("threads = {threads}")).unwrap();
        for of_call in [0, 2] {
            let mut caller = Caller { threads: of_call, ..Caller::default() };
            let answer = engine.run("match", request.as_bytes(), &mut caller).unwrap();
            assert_eq!(answer.data, EXPECTED.as_bytes());
        }
    }
}

#[track_caller]
fn bad_config(config: &str, code: &str, field: &str) {
    let failure = Handle::new(config).unwrap_err();
    assert_eq!(
        (failure.status, failure.code, &*failure.field),
        (PassendStatus::InvalidConfig, code, field),
        "{failure}"
    );
}

#[test]
fn what_is_wrong_with_a_configuration_is_named() {
    bad_config("announced = 5", "E310", "announced");
    bad_config("{\"announced\": 5}", "E310", "announced");
    bad_config("{\"announced\": true} x", "E310", "");
    bad_config("{", "E310", "");
    bad_config("announced", "E310", "");
    bad_config("anounced = true", "E310", "anounced");
    bad_config("threads = 257", "E310", "threads");
    bad_config("threads = -1", "E310", "threads");
    bad_config("policy = 5", "E310", "policy");
    bad_config("policy = [{ file = \"nowhere.toml\" }]", "E110", "policy");
    bad_config("policy = [{ name = \"x\" }]", "E310", "policy");
    bad_config("policy = 'x'", "E303", "policy");
    bad_config("vocabulary = 'x'", "E304", "vocabulary");
    bad_config("places = 'x'", "E305", "places");
}

#[test]
fn a_configuration_changes_what_decides() {
    let rule = "[[rule]]\\nid = \\\"WA02\\\"\\noutcome = \\\"open\\\"\\n";
    let config = format!("{{\"policy\": [{{\"name\": \"pilot.toml\", \"text\": \"{rule}\"}}]}}");
    let pilot = Handle::new(&config);
    let pilot = pilot.map_err(|failure| failure.to_string()).unwrap();
    let request = demo_with(&json!({"format": "jsonl"}));
    assert_ne!(text(&pilot, "match", &request), EXPECTED);
    let diff =
        json!({"candidates": CANDIDATES, "vacancies": VACANCIES, "a_as_of": DAY, "b_policy": []});
    let diff = value(&pilot, "diff", &diff);
    assert!(!diff["differences"].as_array().unwrap().is_empty());
    let announced = Handle::new("announced = true\nthreads = 1").unwrap();
    assert_eq!(value(&announced, "about", &json!({}))["announced"], true);
    let words = Handle::new("vocabulary = \"occupation/5120-cook\\tpannenridder\\ta\\n\"").unwrap();
    let link = value(&words, "link", &json!({"texts": ["pannenridder"]}));
    assert_eq!(link["links"][0]["matches"][0]["id"], "occupation/5120-cook");
}

#[test]
fn a_long_request_is_refused_where_that_is_asked() {
    let engine = Handle::new("max_request_bytes = 10").unwrap();
    assert!(ask(&engine, "about", &json!({})).is_ok());
    let failure = ask(&engine, "match", &demo()).unwrap_err();
    assert_eq!(failure.status, PassendStatus::InvalidRequest);
}
