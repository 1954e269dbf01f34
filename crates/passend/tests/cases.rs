// SPDX-License-Identifier: EUPL-1.2
//! Cases of law and practice with the verdict that people who know them expect: `fixtures/cases`.
#![cfg(test)] // so that the lints take helpers for tests too

use std::collections::BTreeMap;

use passend::{
    Candidate, Day, Engine, Explanation, FindingKind, Gate, Policy, ReadinessClass, Vacancy,
    Vocabulary,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    #[serde(rename = "title")]
    _title: String,
    as_of: Day,
    announced: bool,
    candidate: Candidate,
    vacancy: Vacancy,
    expected: Expected,
    pending: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    classes: Vec<String>,
    date: Option<Day>,
    gates: BTreeMap<String, String>,
    until: Option<Day>,
}

fn cases() -> Vec<Case> {
    let text = include_str!(concat!(env!("PASSEND_FIXTURES"), "/cases/cases.jsonl"));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The worst finding of a gate.
fn found(why: &Explanation, gate: &str) -> &'static str {
    let all = why.line.findings.iter().flatten().filter(|finding| finding.gate.code() == gate);
    let rank = |kind: FindingKind| match kind {
        FindingKind::Open => 0,
        FindingKind::Unknown => 1,
        FindingKind::OpensOn => 2,
        FindingKind::Needs => 3,
        FindingKind::Closed => 4,
    };
    all.map(|finding| finding.finding).max_by_key(|kind| rank(*kind)).map_or("?", FindingKind::code)
}

#[test]
fn every_case_has_its_expected_verdict() {
    let [plain, announced] = [false, true]
        .map(|on| Engine::new(Policy::with_files(&[], on).unwrap(), Vocabulary::starter()));
    let mut faults = Vec::new();
    let mut passed = 0;
    for case in cases() {
        assert!(
            case.candidate.problems().is_empty() && case.vacancy.problems().is_empty(),
            "{}",
            case.id
        );
        assert!(
            case.expected.gates.keys().all(|name| Gate::ALL.iter().any(|gate| gate.code() == name)),
            "{}",
            case.id
        );
        let engine = if case.announced { &announced } else { &plain };
        let (person, work) = (case.candidate.id.clone(), case.vacancy.id.clone());
        let market = engine.market(&[case.candidate], &[case.vacancy], case.as_of).unwrap();
        let why = market.explain(&person, &work).unwrap();
        let mut wrong = Vec::new();
        let readiness = &why.line.readiness;
        if !case.expected.classes.iter().any(|class| class == readiness.class.code()) {
            wrong.push(format!(
                "class {} instead of {:?}",
                readiness.class.code(),
                case.expected.classes
            ));
        }
        if readiness.class != ReadinessClass::Closed
            && case.expected.date.is_some()
            && readiness.date != case.expected.date
        {
            wrong.push(format!("date {:?} instead of {:?}", readiness.date, case.expected.date));
        }
        if case.expected.until.is_some() && readiness.until != case.expected.until {
            wrong.push(format!("until {:?} instead of {:?}", readiness.until, case.expected.until));
        }
        for (gate, expected) in &case.expected.gates {
            if found(&why, gate) != expected {
                wrong.push(format!("{gate} {} instead of {expected}", found(&why, gate)));
            }
        }
        assert!(case.pending.is_none(), "{} is pending", case.id);
        if wrong.is_empty() {
            passed += 1;
        } else {
            faults.push(format!("{}: {}", case.id, wrong.join("; ")));
        }
    }
    assert!(faults.is_empty(), "{passed} passed, but\n{}", faults.join("\n"));
    assert!(passed >= 36, "only {passed} cases");
}

/// A line of `status_dates.tsv`: who asks, on which day, and what must be found.
struct StatusDay<'a> {
    as_of: &'a str,
    announced: bool,
    status: &'a str,
    residence: &'a str,
    person: &'a str,
    vacancy: &'a str,
    expected: [&'a str; 4],
    note: &'a str,
}

fn status_days(text: &str) -> Vec<StatusDay<'_>> {
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some(
            "as_of\tannounced\tstatus\tresidence\tperson\tvacancy\trule\tfinding\tday\tannounced_rule\tnote"
        )
    );
    let days =
        lines.map(|line| {
            let fields: Vec<_> = line.split('\t').collect();
            let [
                as_of,
                announced,
                status,
                residence,
                person,
                vacancy,
                rule,
                finding,
                day,
                other,
                note,
            ] = fields[..]
            else {
                panic!("eleven columns: {line}");
            };
            StatusDay {
                as_of,
                announced: announced == "yes",
                status,
                residence,
                person,
                vacancy,
                expected: [rule, finding, day, other],
                note,
            }
        });
    days.collect()
}

/// The fields of a record, where a part that is `-` has none.
fn record(parts: &[String]) -> String {
    let parts: Vec<_> = parts.iter().filter(|part| *part != "-").map(String::as_str).collect();
    format!("{{{}}}", parts.join(","))
}

#[test]
fn every_status_has_its_answer_on_its_day() {
    let text = include_str!(concat!(env!("PASSEND_FIXTURES"), "/cases/status_dates.tsv"));
    let [plain, announced] = [false, true]
        .map(|on| Engine::new(Policy::with_files(&[], on).unwrap(), Vocabulary::starter()));
    let days = status_days(text);
    assert!(days.len() >= 60, "{}", days.len());
    let mut wrong = Vec::new();
    for (line, day) in (2..).zip(&days) {
        let status = match day.status {
            "-" => "-".to_owned(),
            status => format!(r#""status":"{status}""#),
        };
        let residence = record(&[status, day.residence.to_owned()]);
        let person = record(&[
            r#""id":"c""#.into(),
            format!(r#""residence":{residence}"#),
            day.person.into(),
        ]);
        let vacancy = record(&[r#""id":"v""#.into(), day.vacancy.into()]);
        let candidate: Candidate = serde_json::from_str(&person).unwrap();
        let vacancy: Vacancy = serde_json::from_str(&vacancy).unwrap();
        let engine = if day.announced { &announced } else { &plain };
        let market = engine.market(&[candidate], &[vacancy], day.as_of.parse().unwrap()).unwrap();
        let why = market.explain("c", "v").unwrap();
        let findings = why.line.findings.unwrap();
        let found = findings.iter().find(|one| one.gate == Gate::WorkAuthorisation).unwrap();
        let told = found.text.en.split_once("a new rule was announced (");
        let told = told.and_then(|(_, rest)| rest.split(')').next());
        let date = found.date.map(|day| day.to_string());
        let answer = [
            found.rule.as_deref().unwrap_or("-"),
            found.finding.code(),
            date.as_deref().unwrap_or("-"),
            told.unwrap_or("-"),
        ];
        if answer != day.expected {
            wrong.push(format!(
                "line {line} ({}): {answer:?} instead of {:?}",
                day.note, day.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
