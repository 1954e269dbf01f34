// SPDX-License-Identifier: EUPL-1.2
//! `passend groups`, `fairness`, `flip` and `sensitivity`.

use std::fmt::Write;

use crate::{Bench, repository};

const DAY: &str = "--as-of 2026-11-25";
const VACANCIES: &str = r#"{"id":"v1","title":"kok","positions":1}"#;

/// So many people with a route in each municipality.
fn people(groups: &[(&str, &str, u32)]) -> String {
    let mut lines = String::new();
    for (place, route, count) in groups {
        for number in 0..*count {
            writeln!(
                lines,
                r#"{{"id":"{place}-{route}-{number}","residence":{{"status":"free"}},"location":{{"municipality":"{place}"}},"integration":{{"route":"{route}"}},"experience":[{{"title":"kok","months":12}}]}}"#
            )
            .unwrap();
        }
    }
    lines
}

const REGION: &[(&str, &str, u32)] = &[
    ("Assen", "z", 4),
    ("Assen", "b1", 20),
    ("Emmen", "z", 31),
    ("Emmen", "b1", 42),
    ("Groningen", "z", 55),
    ("Groningen", "b1", 67),
];

fn bench(groups: &[(&str, &str, u32)]) -> Bench {
    let bench = Bench::new();
    bench.file("candidates.jsonl", people(groups));
    bench.file("vacancies.jsonl", VACANCIES);
    bench
}

#[test]
fn a_small_cell_is_hidden_with_as_many_others_as_protect_it() {
    let bench = bench(REGION);
    let run = bench
        .line(&format!(
            "groups candidates.jsonl vacancies.jsonl {DAY} --by province,route --rounding 0 --metadata sheet.json -f jsonl"
        ))
        .expect(0);
    assert_eq!(
        run.out.lines().next(),
        Some(r#"{"cell":{"province":"*","route":"*"},"count":219,"suppressed":null}"#)
    );
    assert_eq!(run.json().len(), 9);
    let of = bench
        .line(&format!(
            "groups candidates.jsonl vacancies.jsonl {DAY} --by municipality,route -f jsonl"
        ))
        .expect(0)
        .json();
    let count = |place: &str, route: &str| {
        let own = |line: &&serde_json::Value| {
            line["cell"]["municipality"] == place && line["cell"]["route"] == route
        };
        of.iter().find(own).unwrap().clone()
    };
    assert_eq!(count("*", "*")["count"], 220);
    assert_eq!(count("GM0106", "z")["suppressed"], "primary");
    assert_eq!(count("GM0106", "b1")["suppressed"], "secondary");
    assert_eq!(count("GM0106", "*")["count"], 25);
    let sheet: serde_json::Value = serde_json::from_str(&bench.read("sheet.json")).unwrap();
    assert_eq!(
        (&sheet["rules"]["threshold"], &sheet["rules"]["rounding"]),
        (&10.into(), &0.into())
    );
    assert_eq!((&sheet["as_of"], &sheet["primary"]), (&"2026-11-25".into(), &0.into()));
}

#[test]
fn a_table_of_nearly_the_same_people_is_refused_with_a_ledger() {
    let bench = bench(REGION);
    let line = |file: &str| {
        format!(
            "groups {file} vacancies.jsonl {DAY} --by municipality --ledger ledger.jsonl -f jsonl"
        )
    };
    let first = bench.line(&line("candidates.jsonl")).expect(0);
    assert_eq!(bench.line(&line("candidates.jsonl")).expect(0).out, first.out);
    assert!(!bench.read("ledger.jsonl").contains("Assen-z"));
    let fewer = people(REGION).lines().skip(3).collect::<Vec<_>>().join("\n");
    bench.file("fewer.jsonl", fewer);
    let before = bench.read("ledger.jsonl");
    let second = bench.line(&line("fewer.jsonl")).expect(1);
    assert!(second.err.contains("E371") && second.out.is_empty(), "{}", second.err);
    assert_eq!(bench.read("ledger.jsonl"), before);
}

#[test]
fn a_table_that_cannot_be_made_safe_is_refused() {
    let bench = bench(&[("Assen", "z", 1), ("Emmen", "z", 10)]);
    let line = |by: &str| format!("groups candidates.jsonl vacancies.jsonl {DAY} --by {by}");
    let run = bench.line(&line("municipality")).expect(1);
    assert!(run.err.contains("E370") && run.out.is_empty(), "{}", run.err);
    bench.line(&line("route")).expect(0);
    bench.line(&line("region,municipality,province")).expect(2);
    bench.line(&line("nationality")).expect(2);
}

#[test]
fn a_table_for_people_is_in_words() {
    let bench = bench(REGION);
    let line = format!("groups candidates.jsonl vacancies.jsonl {DAY} --by province -f text");
    let dutch = bench.line(&line).expect(0).out;
    let english = bench.line(&format!("{line} --lang en")).expect(0).out;
    assert!(dutch.contains("iedereen") && dutch.contains("mensen"), "{dutch}");
    assert!(english.contains("everybody") && english.contains("people"), "{english}");
    assert!(!dutch.contains('*'), "{dutch}");
}

#[test]
fn rates_are_told_by_group_and_the_result_never_sees_the_groups() {
    let bench = bench(REGION);
    let mut audit = "id,sex\n".to_owned();
    for (at, line) in people(REGION).lines().enumerate() {
        let id = line.split('"').nth(3).unwrap();
        writeln!(audit, "{id},{}", if at % 2 == 0 { "female" } else { "male" }).unwrap();
    }
    for number in 0..50 {
        writeln!(audit, "nobody{number},male").unwrap();
    }
    bench.file("audit.csv", audit);
    bench
        .line(&format!("match candidates.jsonl vacancies.jsonl {DAY} -o result.jsonl -f jsonl"))
        .expect(0);
    let run = bench
        .line("fairness result.jsonl audit.csv --rounding 0 --detail detail.jsonl -f jsonl")
        .expect(0);
    let [all, female, male] = &run.json()[..] else { panic!("{}", run.out) };
    assert_eq!((&all["n"], &all["selected"]), (&269.into(), &219.into()));
    // All women are listed: how many are not, nobody, is hidden, and with it how many are.
    assert_eq!((&female["n"], &female["selected"]), (&110.into(), &serde_json::Value::Null));
    assert_eq!(male["suppressed"], "secondary");
    assert!(bench.read("detail.jsonl").contains(r#""section":"exposure""#));
}

#[test]
fn who_somebody_is_changes_no_byte_of_a_match() {
    let bench = Bench::new();
    let messy = repository("fixtures/messy");
    for name in ["kandidaten_opvang.csv", "vacatures_regio.csv"] {
        std::fs::copy(messy.join(name), bench.path(name)).unwrap();
    }
    bench.line(&format!(
        "import vacatures_regio.csv --side vacancy {DAY} -o v.jsonl --max-refused 100"
    ));
    let run = bench.line(&format!(
        "flip kandidaten_opvang.csv v.jsonl --side candidate {DAY} --max-refused 100 -f jsonl"
    ));
    let told = &run.json()[0];
    assert_eq!(
        (&told["different_records"], &told["different_lines"]),
        (&0.into(), &0.into()),
        "{}",
        run.err
    );
    let changed = told["changed"].as_array().unwrap();
    assert!(changed.iter().any(|column| column["cells"].as_u64() > Some(0)), "{}", run.out);
    assert!(matches!(run.status, 0 | 3), "{}", run.err);
}

#[test]
fn places_under_other_weights_and_unverified_rules_are_told() {
    let bench = Bench::new();
    let run = bench
        .line(&format!(
            "sensitivity candidates.jsonl vacancies.jsonl {DAY} --when any -k 1 -f jsonl"
        ))
        .expect(0);
    for line in run.json() {
        assert!(line["best"].as_u64() <= line["rank"].as_u64(), "{line}");
        assert_eq!(line["of"], 12);
        assert_eq!(line["worst"].is_null(), line["listed"].as_u64() < Some(12), "{line}");
    }
}
