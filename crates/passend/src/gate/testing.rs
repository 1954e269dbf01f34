// SPDX-License-Identifier: EUPL-1.2
//! One `check` for the tests of all gates: records in, findings as one line out.

use std::sync::LazyLock;

use super::{Arg, Finding, FindingKind, Gate, OnDay, Question, Rule, judge};
use crate::model::{Candidate, Vacancy};
use crate::policy::{Permits, Policy};
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

/// As `check`, for what rides along: the field that is asked and the last day, `-` for none; ` remarked` if a list tells it.
#[track_caller]
pub(super) fn check_more(gate: Gate, as_of: &str, person: &str, vacancy: &str, expected: &str) {
    let found = found(gate, as_of, person, vacancy, |_, _, finding| {
        let until = finding.until.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let asked = finding.question.map_or("-", |question| question.field);
        format!("{asked} {until}{}", if finding.remark { " remarked" } else { "" })
    });
    assert_eq!(found.join("; "), expected);
}

/// As `check`, for the key of the text.
#[track_caller]
pub(super) fn check_says(gate: Gate, as_of: &str, person: &str, vacancy: &str, expected: &str) {
    let found = found(gate, as_of, person, vacancy, |_, _, finding| finding.say.0.to_owned());
    assert_eq!(found.join("; "), expected);
}

/// As `check`, for everything that a finding says, in this order: in short, the key of the text, what it rests
/// on, then where there is any ` until DAY`, ` by ROW`, ` + KEY` for sentences that follow, ` about WHAT`, ` steps STEP` of what is no
/// step to take first, ` asks FIELD KEY WHAT`, ` remarked`, ` else ROW KIND DAY` for an announced row.
#[track_caller]
pub(super) fn check_whole(gate: Gate, as_of: &str, person: &str, vacancy: &str, expected: &str) {
    let found = found(gate, as_of, person, vacancy, whole);
    assert_eq!(found.join("; "), expected);
}

/// As `check_whole`, by the policy with a user's file and with something supposed of permits.
#[track_caller]
pub(super) fn check_under(
    (file, permits): (&str, Permits),
    gate: Gate,
    (as_of, person, vacancy): (&str, &str, &str),
    expected: &str,
) {
    let policy = Policy::with_files(&[("own.toml", file)], false).unwrap();
    let found = found_by(&policy, permits, gate, (as_of, person, vacancy), whole);
    assert_eq!(found.join("; "), expected);
}

fn whole(policy: &Policy, words: &Words, finding: &Finding) -> String {
    let (short, strength) = (in_short(policy, words, finding), finding.strength.code());
    let mut said = format!("{short} {} {strength}", finding.say.0);
    if let Some(until) = finding.until {
        said.push_str(&format!(" until {until}"));
    }
    if let Some(rule) = finding.rule {
        let row = match rule {
            Rule::Work(index) => policy.rule(index).unwrap().id.clone(),
            Rule::Profession(index) => policy.profession(index).unwrap().code.clone(),
            Rule::Certificate(index) => policy.certificate(index).unwrap().code.clone(),
            Rule::Outcome(outcome) => policy.outcome(outcome).unwrap().id.clone(),
        };
        said.push_str(&format!(" by {row}"));
    }
    for more in finding.more.iter().flatten() {
        said.push_str(&format!(" + {}", more.0));
    }
    let what = |arg: Arg| match arg {
        Arg::None => String::new(),
        Arg::Day(day) => format!(" {day}"),
        Arg::Number(number) => format!(" {number}"),
        Arg::Minutes(minutes) => format!(" {minutes} minutes"),
        Arg::Language(code) => format!(" {}", code.as_str()),
        Arg::Level(level) => format!(" {}", level.code()),
        Arg::Education(level) => format!(" {}", level.code()),
        Arg::Word(word) => format!(" {}", words.get(word)),
        Arg::Licence(category) => format!(" {}", category.as_str()),
        Arg::Certificate(index) => format!(" {}", policy.certificate(index).unwrap().code),
        Arg::Profession(index) => format!(" {}", policy.profession(index).unwrap().code),
    };
    if finding.about != [Arg::None; 2] {
        said.push_str(&format!(" about{}{}", what(finding.about[0]), what(finding.about[1])));
    }
    for step in finding.steps.iter().flatten().filter(|_| finding.kind != FindingKind::Needs) {
        said.push_str(&format!(" steps {}", step.id(policy, words)));
    }
    if let Some(Question { field, say, about }) = finding.question {
        said.push_str(&format!(" asks {field} {}{}", say.0, what(about)));
    }
    if finding.remark {
        said.push_str(" remarked");
    }
    if let Some(other) = finding.announced {
        let row = &policy.rule(other.rule).unwrap().id;
        said.push_str(&format!(" else {row} {} {}", other.kind.code(), other.day));
    }
    said
}

/// Read once: reading the tables takes longer than all the checks.
static READ: LazyLock<(Policy, Vocabulary)> =
    LazyLock::new(|| (Policy::builtin(), Vocabulary::starter()));

fn found(
    gate: Gate,
    as_of: &str,
    person: &str,
    vacancy: &str,
    told: impl Fn(&Policy, &Words, &Finding) -> String,
) -> Vec<String> {
    found_by(&READ.0, Permits::AsStated, gate, (as_of, person, vacancy), told)
}

fn found_by(
    policy: &Policy,
    permits: Permits,
    gate: Gate,
    (as_of, person, vacancy): (&str, &str, &str),
    told: impl Fn(&Policy, &Words, &Finding) -> String,
) -> Vec<String> {
    let candidate: Candidate = serde_json::from_str(&record(person)).unwrap();
    let vacancy: Vacancy = serde_json::from_str(&record(vacancy)).unwrap();
    let as_of = as_of.parse().unwrap();
    let prepared = Prepared::new(policy, &READ.1, as_of, &[candidate], &[vacancy]);
    let rules = policy.rules_on(as_of).supposing(permits);
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
