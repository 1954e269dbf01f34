// SPDX-License-Identifier: EUPL-1.2
//! The law, day by day: every dated row on the day before it, its first day, its last day and the day after.
//!
//! The days are made from the policy, so that a new row is tested without anybody writing a test.
#![cfg(test)] // so that the lints take helpers for tests too

use std::collections::BTreeSet;

use passend::{
    Candidate, Day, Engine, Explanation, FindingKind, Gate, LawRow, Policy, Vacancy, Vocabulary,
};

/// What the tables call a citizen comes in as `free`.
const CITIZENS: [&str; 2] = ["dutch_citizen", "eu_eea_swiss_citizen"];

struct Law {
    plain: Engine,
    announced: Engine,
    rows: Vec<LawRow>,
}

fn law() -> Law {
    let policy = |announced| Policy::with_files(&[], announced).unwrap();
    let engine = |announced| Engine::new(policy(announced), Vocabulary::starter());
    Law { plain: engine(false), announced: engine(true), rows: policy(false).law() }
}

/// The rule that decides about the right to work of somebody about whom every date is known.
fn deciding(law: &Law, row: &LawRow, status: &str, as_of: Day) -> Option<String> {
    let why = explained(law, row, status, as_of);
    let findings = why.line.findings.unwrap();
    findings.into_iter().find(|one| one.gate == Gate::WorkAuthorisation).unwrap().rule.clone()
}

fn explained(law: &Law, row: &LawRow, status: &str, as_of: Day) -> Explanation {
    let candidate = format!(
        r#"{{"id":"c","turns_18_on":"1980-01-01","residence":{{"status":"{status}","procedure_started":"1999-01-01","document_valid_until":"2150-01-01","nl_work":{{"started":"1999-01-01","weeks_worked_in_52":0}}}}}}"#
    );
    let vacancy = format!(r#"{{"id":"v","kind":"{}"}}"#, row.kind);
    let candidate: Candidate = serde_json::from_str(&candidate).unwrap();
    let vacancy: Vacancy = serde_json::from_str(&vacancy).unwrap();
    let engine = if row.state == "announced" { &law.announced } else { &law.plain };
    engine.market(&[candidate], &[vacancy], as_of).unwrap().explain("c", "v").unwrap()
}

#[test]
fn every_dated_row_decides_from_its_first_day_to_its_last() {
    let law = law();
    let mut days = 0;
    for row in &law.rows {
        let bounds = [
            (row.valid_from.map(|day| day.plus_days(-1)), false),
            (row.valid_from, true),
            (row.valid_to, true),
            (row.valid_to.map(|day| day.plus_days(1)), false),
        ];
        for status in &row.statuses {
            for (day, decides) in bounds {
                let Some(day) = day else { continue };
                let rule = deciding(&law, row, status, day);
                assert_eq!(
                    rule.as_deref() == Some(row.id.as_str()),
                    decides,
                    "{} for {status} on {day}: {rule:?} decides",
                    row.id
                );
                days += 1;
            }
        }
    }
    assert!(days >= 30, "only {days} days: the policy has more dated rows than that");
}

#[test]
fn every_row_without_a_day_decides_today() {
    let law = law();
    let today: Day = "2026-01-10".parse().unwrap();
    let undated =
        |row: &&LawRow| row.valid_from.is_none() && row.valid_to.is_none() && !row.agency_holds_twv;
    for row in law.rows.iter().filter(undated) {
        for status in &row.statuses {
            let expected = match (CITIZENS.contains(&status.as_str()), row.until_age) {
                (true, _) => "WA00",
                // Grown up on that day: the row of the status that follows.
                (false, Some(_)) => "WA02",
                (false, None) => row.id.as_str(),
            };
            assert_eq!(deciding(&law, row, status, today).as_deref(), Some(expected), "{}", row.id);
        }
    }
}

#[test]
fn a_row_that_needs_a_date_asks_where_nobody_knows_it() {
    let law = law();
    let today: Day = "2026-07-01".parse().unwrap();
    let mut asked = BTreeSet::new();
    for row in law.rows.iter().filter(|row| row.wait_months.is_some()) {
        let day = row.valid_to.filter(|to| *to < today).unwrap_or(today);
        for missing in ["procedure_started", "document_valid_until"] {
            let known = ["procedure_started", "document_valid_until"]
                .into_iter()
                .filter(|field| *field != missing)
                .map(|field| format!(r#""{field}":"2022-01-01","#))
                .collect::<String>();
            let candidate = format!(
                r#"{{"id":"c","residence":{{{known}"status":"{}","nl_work":{{"started":"2022-01-01","weeks_worked_in_52":0}}}}}}"#,
                row.statuses[0]
            );
            let candidate: Candidate = serde_json::from_str(&candidate).unwrap();
            let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v"}"#).unwrap();
            let engine = if row.state == "announced" { &law.announced } else { &law.plain };
            let market = engine.market(&[candidate], &[vacancy], day).unwrap();
            let findings = market.explain("c", "v").unwrap().line.findings.unwrap();
            let found = findings.iter().find(|one| one.gate == Gate::WorkAuthorisation).unwrap();
            assert_eq!(found.rule.as_deref(), Some(row.id.as_str()), "{missing}");
            assert_eq!(found.finding, FindingKind::Unknown, "{} without {missing}", row.id);
            asked.insert(row.id.clone());
        }
    }
    assert_eq!(asked.len(), 3, "{asked:?}");
}

#[test]
fn beyond_the_last_review_every_finding_of_law_says_so() {
    let law = law();
    let reviewed = Policy::builtin().reviewed_until();
    for row in law.rows.iter().filter(|row| row.state == "in_force" && !row.agency_holds_twv) {
        let Some(status) = row.statuses.iter().find(|one| !CITIZENS.contains(&one.as_str())) else {
            continue;
        };
        for (day, beyond) in [(reviewed, false), (reviewed.plus_days(1), true)] {
            let why = explained(&law, row, status, day);
            let findings = why.line.findings.as_deref().unwrap();
            let found = findings.iter().find(|one| one.gate == Gate::WorkAuthorisation).unwrap();
            assert_eq!(found.text.en.contains("The rules were reviewed"), beyond, "{}", row.id);
            assert_eq!(why.line.flags.contains(&"rules_beyond_review"), beyond, "{}", row.id);
        }
    }
}

#[test]
fn beyond_the_last_review_an_employer_who_asks_for_no_permit_is_told_so_too() {
    let reviewed = Policy::builtin().reviewed_until();
    for (day, beyond) in [(reviewed, false), (reviewed.plus_days(1), true)] {
        let candidate: Candidate = serde_json::from_str(
            r#"{"id":"c","turns_18_on":"1980-01-01","residence":{"status":"asylum_seeker_in_procedure","procedure_started":"1999-01-01"}}"#,
        )
        .unwrap();
        let vacancy = r#"{"id":"v","twv":{"employer_will_apply":"no"}}"#;
        let vacancy: Vacancy = serde_json::from_str(vacancy).unwrap();
        let market = Engine::default().market(&[candidate], &[vacancy], day).unwrap();
        let why = market.explain("c", "v").unwrap();
        let findings = why.line.findings.as_deref().unwrap();
        let found = findings.iter().find(|one| one.gate == Gate::WorkAuthorisation).unwrap();
        assert_eq!(found.finding, FindingKind::Closed);
        assert_eq!(found.text.en.contains("The rules were reviewed"), beyond, "{day}");
        assert_eq!(why.line.flags.contains(&"rules_beyond_review"), beyond, "{day}");
    }
}

/// The rows of an explanation of one pair, as `section/key value: text`.
fn rows(law: &Law, as_of: &str, person: &str, vacancy: &str) -> Vec<String> {
    let candidate: Candidate = serde_json::from_str(person).unwrap();
    let vacancy: Vacancy = serde_json::from_str(vacancy).unwrap();
    let market = law.plain.market(&[candidate], &[vacancy], as_of.parse().unwrap()).unwrap();
    let why = market.explain("c", "v").unwrap();
    why.rows
        .iter()
        .map(|row| format!("{}/{} {}: {}", row.section, row.key, row.value, row.text.en))
        .collect()
}

#[track_caller]
fn holds(rows: &[String], expected: &str) {
    assert!(rows.iter().any(|row| row.contains(expected)), "{expected}\n{}", rows.join("\n"));
}

#[test]
fn a_permit_lasts_no_longer_than_the_document_and_the_days_are_told() {
    let person = r#"{"id":"c","bsn_available":true,"residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2024-09-01","document_valid_until":"2025-08-15"}}"#;
    let vacancy = r#"{"id":"v","contract_days":180,"twv":{"employer_will_apply":"yes"}}"#;
    let told = rows(&law(), "2025-06-01", person, vacancy);
    // 1 June and five weeks is 6 July; 40 days later the document ends.
    holds(&told, "summary/until 2025-08-15");
    holds(&told, "summary/days_left 40");
    holds(&told, "The document then holds for 40 more days");
}

#[test]
fn the_employer_of_a_ukrainian_is_told_by_which_day_to_notify() {
    let person = r#"{"id":"c","bsn_available":true,"residence":{"status":"ukraine_temporary_protection","document_valid_until":"2027-03-04"}}"#;
    let law = law();
    // Thursday: Friday is the first working day, Monday the second.
    let told = rows(&law, "2026-11-26", person, r#"{"id":"v"}"#);
    holds(&told, "summary/readiness now");
    holds(&told, "gates/work_authorisation open 2026-11-26 law");
    holds(&told, "the work can begin from 30 November 2026");
    holds(
        &told,
        "duties/notify_uwv 2026-11-26: The employer notifies UWV of the work on 26 November 2026 at the latest, 2 working days before it begins on 30 November 2026.",
    );
    let told = rows(&law, "2026-11-26", person, r#"{"id":"v","starts":"2026-12-28"}"#);
    holds(&told, "duties/notify_uwv 2026-12-23"); // 24 December is the first working day before the 28th
    let free = r#"{"id":"c","residence":{"status":"free"}}"#;
    assert!(
        !rows(&law, "2026-11-26", free, r#"{"id":"v"}"#).iter().any(|row| row.contains("duties"))
    );
}

#[test]
fn a_permit_of_an_agency_names_its_rule_and_one_of_the_employer_does_not() {
    let person = |permit: &str| {
        format!(
            r#"{{"id":"c","bsn_available":true,"residence":{{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"2027-12-31","permits":[{permit}]}}}}"#
        )
    };
    let law = law();
    let work = r#"{"id":"v","employer":{"id":"e1"}}"#;
    let hired = person(r#"{"kind":"twv","employer_id":"pool","hirers":["e1"]}"#);
    holds(&rows(&law, "2025-08-01", &hired, work), "The permit is of an agency or pool");
    let own = person(r#"{"kind":"twv","employer_id":"e1","hirers":["e2"]}"#);
    let told = rows(&law, "2025-08-01", &own, work);
    holds(&told, "There is a permit for this work.");
    assert!(!told.iter().any(|row| row.contains("agency or pool")), "{}", told.join("\n"));
}
