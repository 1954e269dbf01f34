// SPDX-License-Identifier: EUPL-1.2
//! `rules`, `schema`, `completions`, `man`.

use crate::Bench;

#[test]
fn rules_differ_by_the_limit_of_24_weeks() {
    let bench = Bench::new();
    let ids = |day: &str| -> Vec<_> {
        let run = bench.line(&format!("rules --as-of {day}")).expect(0);
        run.json().iter().map(|rule| rule["id"].as_str().unwrap().to_owned()).collect()
    };
    let (before, after) = (ids("2023-11-01"), ids("2023-12-01"));
    assert!(before.contains(&"WA01".to_owned()) && !before.contains(&"WA02".to_owned()));
    assert!(after.contains(&"WA02".to_owned()) && !after.contains(&"WA01".to_owned()));
}

#[test]
fn announced_rules_are_shown_when_asked() {
    let bench = Bench::new();
    let usual = bench.line("rules --as-of 2027-06-01").expect(0);
    let announced = bench.line("rules --as-of 2027-06-01 --announced").expect(0);
    assert!(!usual.out.contains("\"announced\""));
    assert!(announced.json().len() > usual.json().len());
}

#[test]
fn a_policy_file_is_laid_over_and_checked() {
    let bench = Bench::new();
    bench.file("pilot.toml", "[[rule]]\nid = 'WA02'\noutcome = 'open'\n");
    bench.line("rules --check pilot.toml").expect(0);
    let run = bench.line("rules --as-of 2026-11-25 --policy pilot.toml").expect(0);
    let rules = run.json();
    let rule = rules.iter().find(|rule| rule["id"] == "WA02").unwrap();
    assert_eq!(rule["outcome"], "open");
    bench.file("wrong.toml", "[[rule]]\nid = 'WA02'\noutcome = 'perhaps'\n");
    let run = bench.line("rules --check wrong.toml").expect(4);
    assert!(run.err.contains("wrong.toml: E303") && run.err.contains("WA02"), "{}", run.err);
    bench.line("rules --check not-there.toml").expect(1);
}

#[test]
fn rules_are_readable() {
    let run = Bench::new().line("rules --as-of 2026-11-25 -f text").expect(0);
    assert!(run.out.contains("WA02"), "{}", run.out);
}

#[test]
fn schemas_are_json_schemas() {
    let bench = Bench::new();
    for record in [
        "candidate",
        "vacancy",
        "match",
        "explanation",
        "plan",
        "question",
        "relaxed",
        "difference",
    ] {
        let run = bench.run(&["schema", record]).expect(0);
        let schema: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(schema["type"], "object", "{record}");
        assert!(schema["properties"].is_object(), "{record}");
    }
}

#[test]
fn completions_and_manual_pages_are_made() {
    let bench = Bench::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(bench.run(&["completions", shell]).expect(0).out.contains("passend"), "{shell}");
    }
    assert!(bench.line("man").expect(0).out.contains(".SH NAME\npassend"));
    assert!(bench.line("man rules").expect(0).out.contains(".SH NAME\npassend\\-rules"));
}

#[cfg(unix)]
#[test]
fn nobody_reading_is_no_error() {
    use std::process::Stdio;
    let bench = Bench::new();
    let mut child = bench
        .command(&["schema", "candidate"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
