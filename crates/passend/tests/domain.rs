// SPDX-License-Identifier: EUPL-1.2
//! The policy against the tables that it was made from, where those are there.
//!
//! They are looked for in the folder `PASSEND_DOMAIN`, else in `../shared/domain` beside the workspace. Where they are absent
//! the test says so and passes.
#![cfg(test)] // so that the lints take helpers for tests too

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use passend::Policy;

/// Rows of a CSV file with a header, as maps; `None` where the file is absent.
fn table(name: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let folder = std::env::var_os("PASSEND_DOMAIN").map_or_else(
        || PathBuf::from(env!("PASSEND_FIXTURES")).join("../../shared/domain"),
        PathBuf::from,
    );
    let text = fs::read_to_string(folder.join(name)).ok()?;
    let mut lines = records(&text).into_iter();
    let header = lines.next().unwrap();
    Some(lines.map(|line| header.iter().cloned().zip(line).collect()).collect())
}

/// Fields of comma CSV with quotes.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut all, mut line, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match (sign, quoted) {
            ('"', true) if signs.peek() == Some(&'"') => field.extend(signs.next()),
            ('"', _) => quoted = !quoted,
            (',', false) => line.push(std::mem::take(&mut field)),
            ('\n', false) => {
                line.push(std::mem::take(&mut field));
                all.push(std::mem::take(&mut line));
            }
            _ => field.push(sign),
        }
    }
    all
}

#[expect(clippy::print_stderr, reason = "what is skipped is said aloud")]
fn skipped(name: &str) {
    eprintln!(
        "skipped: {name} is not there; set PASSEND_DOMAIN to the folder of the domain tables"
    );
}

#[test]
fn every_row_of_the_right_to_work_is_carried_with_its_state_and_period() {
    let Some(rows) = table("work_authorisation.csv") else {
        return skipped("work_authorisation.csv");
    };
    let law = Policy::builtin().law();
    let mut wrong = Vec::new();
    for row in &rows {
        let id = &row["row_id"];
        let Some(own) = law.iter().find(|one| one.id == *id) else {
            wrong.push(format!("{id} is not carried"));
            continue;
        };
        let number = |key: &str| row[key].parse::<u8>().ok();
        let months = row["waiting_period"]
            .strip_prefix('P')
            .and_then(|rest| rest.strip_suffix('M'))
            .and_then(|months| months.parse::<u8>().ok());
        let day = |day: Option<passend::Day>| day.map_or(String::new(), |day| day.to_string());
        let verified =
            if row["verified"] == "seed" { "ser-advice" } else { row["verified"].as_str() };
        let outcome = match row["permit_required"].as_str() {
            "none" | "vrijwilligersverklaring" => "open",
            // On paper a TWV, in practice never given.
            "TWV" if id == "WA05" => "closed",
            "TWV" | "covered_by_other_employer" => "twv",
            "prohibited" => "closed",
            _ => "unknown",
        };
        let mut compare = |what: &str, own: String, theirs: String| {
            if own != theirs {
                wrong.push(format!("{id} {what}: {own} here, {theirs} there"));
            }
        };
        compare("state", own.state.clone(), row["rule_state"].clone());
        compare("outcome", own.outcome.clone(), outcome.to_owned());
        compare("valid_from", day(own.valid_from), row["valid_from"].clone());
        compare("valid_to", day(own.valid_to), row["valid_to"].clone());
        compare("verified", own.verified.clone(), verified.to_owned());
        compare("confidence", own.confidence.clone(), row["confidence"].clone());
        compare("waiting", format!("{:?}", own.wait_months), format!("{months:?}"));
        // For an unaccompanied minor it is the age until which another row is closed.
        let age = own.min_age.or(own.until_age);
        compare("age", format!("{age:?}"), format!("{:?}", number("min_age")));
        compare(
            "weeks",
            format!("{:?}", own.max_weeks_per_52),
            format!("{:?}", number("max_weeks_per_52")),
        );
        compare(
            "hours",
            format!("{:?}", own.max_hours_per_week),
            format!("{:?}", number("max_hours_per_week")),
        );
        let status = &row["status_code"];
        compare("status", own.statuses.contains(status).to_string(), true.to_string());
        // WA15 to WA19 refer to WA13 for the duty to notify and give its days.
        compare(
            "notification",
            format!("{:?}", own.notification_workdays),
            format!("{:?}", number("notification_workdays")),
        );
        if number("usual_lead_time_days").is_some() && own.outcome == "twv" {
            compare(
                "lead time",
                format!("{:?}", own.lead_days),
                format!("{:?}", row["usual_lead_time_days"].parse::<u16>().ok()),
            );
        }
    }
    assert!(rows.len() >= 28, "{}", rows.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_of_the_facilities_is_carried() {
    let Some(rows) = table("facility_eligibility.csv") else {
        return skipped("facility_eligibility.csv");
    };
    let sources = Policy::builtin().sources();
    for row in &rows {
        let id = &row["row_id"];
        let own = sources.iter().find(|one| one.table == "facilities" && one.id == *id);
        let own = own.unwrap_or_else(|| panic!("{id} is not carried"));
        let verified =
            if row["verified"] == "seed" { "ser-advice" } else { row["verified"].as_str() };
        assert_eq!(own.verified, verified, "{id}");
    }
    assert!(rows.len() >= 16, "{}", rows.len());
}
