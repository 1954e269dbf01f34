// SPDX-License-Identifier: EUPL-1.2
//! `passend plan`, `questions`, `relax` and `diff`.

use std::collections::BTreeSet;

use crate::{Bench, repository};

/// The demo files in a folder.
fn demo() -> Bench {
    let bench = Bench::new();
    for name in ["candidates.jsonl", "vacancies.jsonl"] {
        bench.file(name, std::fs::read(repository("fixtures/demo").join(name)).unwrap());
    }
    bench
}

const DAY: &str = "--as-of 2026-11-25";

/// Ids of the vacancies that a match lists.
fn listed(bench: &Bench, candidates: &str, day: &str) -> BTreeSet<String> {
    let run = bench.line(&format!(
        "match {candidates} vacancies.jsonl --as-of {day} --when now -k 1000 -f jsonl"
    ));
    let lines = run.expect(0).json();
    lines.iter().map(|line| line["vacancy"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_match_of_the_record_after_a_plan_lists_what_was_promised() {
    let bench = demo();
    let people = bench.read("candidates.jsonl");
    let mut plans = 0;
    for person in ["c01", "c08"] {
        let run = bench.line(&format!(
            "plan candidates.jsonl vacancies.jsonl {DAY} --candidate {person} -f json"
        ));
        let plan = &run.expect(0).json()[0];
        let own =
            people.lines().find(|line| line.contains(&format!(r#""id":"{person}""#))).unwrap();
        bench.file("before.jsonl", own);
        for one in plan["plans"].as_array().unwrap() {
            let by = one["by"].as_str().unwrap();
            bench.file("then.jsonl", one["then"].to_string());
            let opens: BTreeSet<_> = one["opens"]
                .as_array()
                .unwrap()
                .iter()
                .map(|id| id.as_str().unwrap().to_owned())
                .collect();
            let before = listed(&bench, "before.jsonl", by);
            let after = listed(&bench, "then.jsonl", by);
            assert_eq!(after, before.union(&opens).cloned().collect(), "{person} by {by}");
            assert!(before.is_disjoint(&opens) && !opens.is_empty(), "{person} by {by}");
            plans += 1;
        }
    }
    assert!(plans >= 6, "{plans}");
}

#[test]
fn keys_stand_in_their_order() {
    let bench = demo();
    let line = |command: &str| bench.line(command).expect(0).out.lines().next().unwrap().to_owned();
    let order = |text: &str, keys: &[&str]| {
        let mut rest = text;
        for key in keys {
            let found = rest.split_once(&format!("\"{key}\":"));
            rest = found.unwrap_or_else(|| panic!("{key} is not in {rest}")).1;
        }
    };
    let plan =
        line(&format!("plan candidates.jsonl vacancies.jsonl {DAY} --candidate c09 -f json"));
    order(
        &plan,
        &[
            "candidate",
            "as_of",
            "plans",
            "by",
            "steps",
            "id",
            "owner",
            "start",
            "ready",
            "needs",
            "opens",
            "best_score",
            "guidance_hours",
            "then",
            "unknown",
            "own_level",
            "stepping_stones",
        ],
    );
    order(
        &line(&format!("questions candidates.jsonl vacancies.jsonl {DAY} -f jsonl")),
        &["candidate", "field", "question", "nl", "en", "could_open", "could_change_top_k"],
    );
    order(
        &line(&format!("relax vacancies.jsonl candidates.jsonl --vacancy v02 {DAY} -f jsonl")),
        &["demand", "now", "by_date", "date", "added"],
    );
    order(
        &line(
            "diff candidates.jsonl vacancies.jsonl --a-as-of 2026-11-25 --b-as-of 2027-03-05 -f jsonl",
        ),
        &["candidate", "vacancy", "a", "b", "rules"],
    );
}

#[test]
fn a_plan_is_text_for_people() {
    let bench = demo();
    let plan = format!("plan candidates.jsonl vacancies.jsonl {DAY} --candidate c09");
    let dutch = bench.line(&format!("{plan} -f text")).expect(0).out;
    assert!(dutch.starts_with("Plan voor c09, gemaakt op 25 november 2026"), "{dutch}");
    assert!(dutch.contains("Gewenst beroep: verpleegkundige"), "{dutch}");
    let english = bench.line(&format!("{plan} -f text --lang en")).expect(0).out;
    assert!(english.contains("Wished occupation: nurse"), "{english}");
    let run = bench.line(&format!("{plan} -f text -o plan.txt")).expect(0);
    assert_eq!((run.out.as_str(), bench.read("plan.txt")), ("", dutch));
}

#[test]
fn programmes_of_the_region_are_part_of_a_plan() {
    let bench = demo();
    bench.file(
        "programmes.toml",
        "[[programme]]\nid = 'taal'\nnl = 'Volg de taalweken.'\nen = 'Follow the language weeks.'\ngives = ['language:nl:A2']\nmunicipalities = ['Assen']\nstarts = [2026-12-07]\nseats = 8\ndays = { min = 56, usual = 56, max = 56 }\n",
    );
    let run = bench.line(&format!(
        "plan candidates.jsonl vacancies.jsonl {DAY} --candidate c01 --programmes programmes.toml -f json"
    ));
    let plan = &run.expect(0).json()[0]["plans"][0];
    assert_eq!(
        (plan["by"].as_str(), plan["steps"][0]["id"].as_str()),
        (Some("2027-02-01"), Some("programme:taal"))
    );
}

#[test]
fn questions_of_all_are_summed_up_beside_the_result() {
    let bench = demo();
    let run = bench.line(&format!("questions candidates.jsonl vacancies.jsonl {DAY}")).expect(0);
    assert!(run.err.contains("niet bekend bij"), "{}", run.err);
    let all = run.json();
    let people: Vec<_> = all.iter().map(|line| line["candidate"].as_str().unwrap()).collect();
    assert!(people.is_sorted());
    // Of c11 only a municipality and one job title are known.
    let one = bench
        .line(&format!("questions candidates.jsonl vacancies.jsonl {DAY} --candidate c11"))
        .expect(0);
    assert!(!one.err.contains("niet bekend bij"), "{}", one.err);
    let own: Vec<_> = all.into_iter().filter(|line| line["candidate"] == "c11").collect();
    assert_eq!(one.json(), own);
    assert_eq!(own[0]["field"], "residence.status");
    let counts: Vec<_> = own.iter().map(|line| line["could_open"].as_u64().unwrap()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts[0] > 0, "{counts:?}");
}

#[test]
fn questions_do_not_depend_on_threads() {
    let bench = demo();
    let with = |threads: u8| {
        bench
            .line(&format!("questions candidates.jsonl vacancies.jsonl {DAY} --threads {threads}"))
            .expect(0)
            .out
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn a_demand_that_is_relaxed_adds_candidates() {
    let bench = demo();
    let run = bench.line(&format!("relax vacancies.jsonl candidates.jsonl --vacancy v35 {DAY}"));
    let relaxed = run.expect(0).json();
    let of = |line: &serde_json::Value| {
        let by = line["by_date"].as_array().unwrap();
        assert_eq!(by.len(), 3);
        assert_eq!(by[0]["date"], "2027-02-24"); // thirteen weeks later
        line["now"].as_u64().unwrap()
    };
    let now: Vec<_> = relaxed.iter().map(of).collect();
    assert!(now.is_sorted_by(|a, b| a >= b) && now[0] > 0, "{now:?}");
    let text = bench
        .line(&format!("relax vacancies.jsonl candidates.jsonl --vacancy v35 {DAY} -f text"))
        .expect(0)
        .out;
    assert!(text.contains("meer nu") && text.contains("niemand erbij"), "{text}");
    let run =
        bench.line(&format!("relax vacancies.jsonl candidates.jsonl --vacancy nothing {DAY}"));
    assert!(run.expect(1).err.contains("E302"));
}

#[test]
fn another_policy_changes_pairs_and_names_its_rule() {
    let bench = demo();
    bench.file("pilot.toml", "[[rule]]\nid = 'WA02'\noutcome = 'open'\n");
    let run = bench.line(
        "diff candidates.jsonl vacancies.jsonl --b-policy pilot.toml --a-as-of 2026-11-25 -f jsonl",
    );
    let changed = run.expect(0).json();
    assert!(!changed.is_empty());
    for line in &changed {
        assert_eq!(line["rules"], serde_json::json!(["WA02"]), "{line}");
        assert_ne!((&line["a"], &line["a_date"]), (&line["b"], &line["b_date"]), "{line}");
    }
    let same = bench.line("diff candidates.jsonl vacancies.jsonl --a-as-of 2026-11-25 -f jsonl");
    assert_eq!(same.expect(0).out, "");
    let text = bench
        .line("diff candidates.jsonl vacancies.jsonl --b-policy pilot.toml --a-as-of 2026-11-25 -f text")
        .expect(0)
        .out;
    assert!(text.contains("na een stap, rond") && text.contains("(WA02)"), "{text}");
    assert!(!text.contains("after"), "{text}");
}

#[test]
fn a_law_that_ends_between_two_days_is_a_difference() {
    let bench = demo();
    // Temporary protection is known to 4 March 2027.
    let run = bench.line(
        "diff candidates.jsonl vacancies.jsonl --a-as-of 2027-03-04 --b-as-of 2027-03-05 -f jsonl",
    );
    let changed = run.expect(0).json();
    let own: Vec<_> = changed.iter().filter(|line| line["candidate"] == "c08").collect();
    assert!(!own.is_empty());
    for line in own.iter().filter(|line| line["a"] != "closed") {
        assert_eq!(line["b"], "unknown", "{line}");
        assert!(line["rules"].as_array().unwrap().contains(&"WA13".into()), "{line}");
    }
}
