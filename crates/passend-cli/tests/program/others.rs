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
    let line = |out: &str, status: &str| -> String {
        let line = out.lines().find(|line| line.starts_with(status)).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        line(&run.out, "asylum_seeker_in_procedure"),
        "asylum_seeker_in_procedure betaald met TWV 6 maanden 18 WA02 - WA03 asielzoeker in procedure"
    );
    assert_eq!(
        line(&run.out, "ukraine_temporary_protection"),
        "ukraine_temporary_protection betaald ja - - WA13 2027-03-04 - ontheemde uit Oekraïne onder de Richtlijn Tijdelijke Bescherming (RTB)"
    );
    assert!(run.out.starts_with("Wat geldt op 25 november 2026"), "{}", run.out);
    // A citation as a page has it, and how far the row was checked.
    let cited = "WA00  free: ja\n      Wav art. 3 lid 1 onder a; ";
    assert!(run.out.contains(cited) && run.out.contains("(algemene kennis)"), "{}", run.out);
    let run = Bench::new().line("rules --as-of 2027-03-05 -f text --lang en").expect(0);
    assert_eq!(
        line(&run.out, "ukraine_temporary_protection"),
        "ukraine_temporary_protection paid ask - - - - WA14 displaced person from Ukraine under the Temporary Protection Directive"
    );
}

#[test]
fn every_fault_of_a_policy_file_is_told_by_line_row_and_key() {
    let bench = Bench::new();
    bench.file(
        "wrong.toml",
        "[[rule]]\nid = 'WA02'\nwait_months = 'six'\n\n[[rule]]\nid = 'WA13'\nvalid_form = 2026-01-01\n",
    );
    let run = bench.line("rules --check wrong.toml").expect(4);
    for said in [
        "line 3: row `WA02`, key `wait_months`: expected a whole number from 0 to 240",
        "line 7: row `WA13`: unknown key `valid_form`; did you mean `valid_from`?",
    ] {
        assert!(run.err.contains(said), "{said}\n{}", run.err);
    }
    assert!(!run.err.contains("u8"), "{}", run.err);
    assert!(run.out.is_empty());
}

#[test]
fn an_employer_gets_no_more_as_json_than_on_the_page() {
    let pair = "explain candidates.jsonl vacancies.jsonl --as-of 2026-11-25 --candidate c1 --vacancy v1 -f json --reader employer";
    let run = Bench::new().line(pair).expect(0);
    let page = &run.json()[0];
    let keys: Vec<_> = page.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys.into_iter().collect::<std::collections::BTreeSet<_>>(),
        ["reader", "candidate", "vacancy", "readiness", "as_of", "versions", "rows"].into()
    );
    assert!(!run.out.contains("asiel") && !run.out.contains("score"), "{}", run.out);
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
