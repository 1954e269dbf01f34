// SPDX-License-Identifier: EUPL-1.2
//! One `check` for the tests of all gates: records in, findings as one line out.

use std::sync::LazyLock;

use super::{Finding, FindingKind, Gate, OnDay, judge};
use crate::model::{Candidate, Vacancy};
use crate::policy::Policy;
use crate::prepare::{Prepared, Words};
use crate::vocabulary::Vocabulary;

/// Judges a person against a vacancy, both given as the fields of their JSON, and compares what one gate found:
/// `open`, `opens_on DAY`, `needs STEP… DAY`, `unknown FIELD` (with ` law` if it makes the pair unknown), `closed`;
/// joined by `; ` where the gate has several demands.
#[track_caller]
pub(super) fn check(gate: Gate, as_of: &str, person: &str, vacancy: &str, expected: &str) {
    let found = found(gate, as_of, person, vacancy, in_short);
    assert_eq!(found.join("; "), expected);
}

/// As `check`, for what rides along: the field that is asked and the last day, `-` for none.
#[track_caller]
pub(super) fn check_more(gate: Gate, as_of: &str, person: &str, vacancy: &str, expected: &str) {
    let found = found(gate, as_of, person, vacancy, |_, _, finding| {
        let until = finding.until.map_or_else(|| "-".to_owned(), |day| day.to_string());
        format!("{} {until}", finding.question.map_or("-", |question| question.field))
    });
    assert_eq!(found.join("; "), expected);
}

fn found(
    gate: Gate,
    as_of: &str,
    person: &str,
    vacancy: &str,
    told: impl Fn(&Policy, &Words, &Finding) -> String,
) -> Vec<String> {
    // Read once: reading the tables takes longer than all the checks.
    static READ: LazyLock<(Policy, Vocabulary)> =
        LazyLock::new(|| (Policy::builtin(), Vocabulary::starter()));
    let (policy, vocabulary) = &*READ;
    let candidate: Candidate = serde_json::from_str(&record(person)).unwrap();
    let vacancy: Vacancy = serde_json::from_str(&record(vacancy)).unwrap();
    let as_of = as_of.parse().unwrap();
    let prepared = Prepared::new(policy, vocabulary, as_of, &[candidate], &[vacancy]);
    let rules = policy.rules_on(as_of);
    let on = OnDay { policy, rules: &rules, as_of };
    let mut found = Vec::new();
    judge(on, &prepared.candidates[0], &prepared.vacancies[0], |finding| {
        if finding.gate == gate {
            found.push(told(policy, &prepared.words, finding));
        }
    });
    found
}

fn record(fields: &str) -> String {
    if fields.is_empty() { r#"{"id":"x"}"#.to_owned() } else { format!(r#"{{"id":"x",{fields}}}"#) }
}

fn in_short(policy: &Policy, words: &Words, finding: &Finding) -> String {
    let steps: Vec<_> = finding.steps.iter().flatten().map(|step| step.id(policy, words)).collect();
    match finding.kind {
        FindingKind::Open => "open".to_owned(),
        FindingKind::OpensOn => format!("opens_on {}", finding.day),
        FindingKind::Needs => format!("needs {} {}", steps.join(" "), finding.day),
        FindingKind::Unknown => {
            format!(
                "unknown {}{}",
                finding.question.map_or("?", |question| question.field),
                if finding.is_law() { " law" } else { "" }
            )
        }
        FindingKind::Closed => "closed".to_owned(),
    }
}
