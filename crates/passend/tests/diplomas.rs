// SPDX-License-Identifier: EUPL-1.2
//! What texts of diplomas do to a match, and how a reader sees it.
#![cfg(test)] // so that the lints take helpers for tests too

use std::sync::LazyLock;

use passend::{Candidate, Engine, Explanation, Lang, Reader, Vacancy};

const NURSE: &str = r#""title":"verpleegkundige","require":{"education_level":{"level":"mbo4","weight":"must"},"education_field":{"label":"verpleegkunde","weight":"nice"}}"#;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::default);

fn explained(education: &str, vacancy: &str) -> Explanation {
    let candidate = format!(
        r#"{{"id":"c1","residence":{{"status":"free"}},"bsn_available":true,"education":[{education}]}}"#
    );
    let candidate: Candidate = serde_json::from_str(&candidate).unwrap();
    let vacancy: Vacancy = serde_json::from_str(&format!(r#"{{"id":"v1",{vacancy}}}"#)).unwrap();
    let day = "2026-11-25".parse().unwrap();
    let market = ENGINE.market(&[candidate], &[vacancy], day).unwrap();
    market.explain("c1", "v1").unwrap()
}

/// The rows about education: key, value, Dutch text.
fn rows(explanation: &Explanation) -> Vec<(String, String, String)> {
    let rows = explanation.rows.iter().filter(|row| row.section == "education");
    rows.map(|row| (row.key.clone(), row.value.clone(), row.text.nl.clone())).collect()
}

#[track_caller]
fn check(title: &str, value: &str, text: &str) {
    let explanation = explained(&format!(r#"{{"title":"{title}"}}"#), r#""title":"kok""#);
    let text = format!(
        "\"{title}\" is gelezen als: {text}. Klopt dit niet, vul dan niveau en richting in."
    );
    assert_eq!(rows(&explanation), [("read".to_owned(), value.to_owned(), text)]);
}

#[test]
fn the_explanation_says_how_a_text_was_read() {
    check("mbo 4 verpleegkunde", "mbo4 0913", "mbo 4 (middenkader), verpleging en verloskunde");
    check(
        "MBO (buitenland)",
        "mbo1..mbo4",
        "mbo 1 (entreeopleiding) tot en met mbo 4 (middenkader)",
    );
    check("hbo rechten, gestopt", "hbo_bachelor 0421", "hbo-bachelor, rechten, niet afgemaakt");
}

#[test]
fn what_is_stated_is_not_read() {
    let stated = r#"{"title":"mbo 4 verpleegkunde","level":"mbo4","field":{"code":"0913"}}"#;
    assert_eq!(rows(&explained(stated, r#""title":"kok""#)), []);
}

#[test]
fn the_text_of_a_vacancy_is_shown_too() {
    let explanation = explained(r#"{"title":"mbo 4 verpleegkunde"}"#, NURSE);
    let keys: Vec<_> = rows(&explanation).into_iter().map(|(key, value, _)| (key, value)).collect();
    let row = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(keys, [row("read", "mbo4 0913"), row("asked", "0913")]);
}

#[test]
fn an_employer_does_not_see_how_the_text_of_a_person_was_read() {
    let explanation = explained(r#"{"title":"mbo 4 verpleegkunde"}"#, NURSE);
    assert!(
        explanation.text(Lang::En, Reader::Candidate).contains("is read as: vocational level 4")
    );
    let employer = explanation.text(Lang::En, Reader::Employer);
    assert!(!employer.contains("is read as: vocational level 4"), "{employer}");
    assert!(!employer.contains("mbo 4 verpleegkunde"), "{employer}");
}

#[test]
fn a_level_that_is_read_counts_as_if_the_person_had_stated_it() {
    let read = explained(r#"{"title":"mbo 4 verpleegkunde"}"#, NURSE);
    let stated = explained(
        r#"{"level":"mbo4","field":{"code":"0913"},"evaluation":{"outcome_code":"self_declared"}}"#,
        NURSE,
    );
    assert_eq!(read.line.contributions, stated.line.contributions);
    assert_eq!(read.line.readiness, stated.line.readiness);
    assert!(read.line.score > explained(r#"{"title":"opleiding"}"#, NURSE).line.score);
}

#[test]
fn a_country_changes_nothing_in_a_match() {
    let line = |title: &str| explained(&format!(r#"{{"title":"{title}"}}"#), NURSE).line;
    for title in ["mbo 4 verpleegkunde", "MBO", "bachelor", "ingenieur", "geen opleiding"] {
        for country in ["Syrië", "Oekraïne", "Eritrea", "buitenland"] {
            assert_eq!(line(title), line(&format!("{title} ({country})")), "{title} {country}");
        }
    }
}
