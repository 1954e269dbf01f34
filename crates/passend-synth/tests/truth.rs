// SPDX-License-Identifier: EUPL-1.2
//! What the key says of the planted vacancies is what the engine finds.
#![cfg(test)] // so that the lints take helpers for tests too
#![forbid(unsafe_code)]

mod measures;

use passend::{Engine, FindingKind};
use passend_synth::{REFERENCE_DAY, Regime, Settings, Truth, candidates, truth, vacancies};

#[track_caller]
fn check(regime: Regime) {
    let engine = Engine::default();
    let settings =
        Settings { candidates: 2_000, vacancies: 2_000, seed: 1, regime, ..Settings::default() };
    let vocabulary = engine.vocabulary();
    let people: Vec<_> = candidates(&settings, vocabulary).collect();
    let work: Vec<_> = vacancies(&settings, vocabulary).collect();
    let market = engine.market(&people, &work, REFERENCE_DAY).unwrap();
    let key: Vec<Truth> = truth(&settings, vocabulary).collect();
    assert!((5..=30).contains(&key.len()), "{}", key.len());
    for Truth { candidate, vacancy, gate } in key {
        let explanation = market.explain(&candidate, &vacancy).unwrap();
        let line = serde_json::to_value(&explanation).unwrap();
        for name in ["language", "certificate"] {
            let findings = line["findings"].as_array().unwrap();
            let found = findings.iter().find(|finding| finding["gate"] == name).unwrap();
            let is_open = found["finding"] == FindingKind::Open.code();
            assert_eq!(is_open, gate != Some(name), "{candidate} {vacancy}: {found}");
        }
        assert_eq!(line["contributions"]["travel"], serde_json::Value::Null);
        let row = |key: &str| line["contributions"][key].as_u64().unwrap();
        assert!(row("occupation") > 0 && row("skills") >= 3_500, "{candidate} {vacancy}: {line}");
    }
}

#[test]
fn what_is_planted_is_found_in_reception() {
    check(Regime::Azc);
}

#[test]
fn what_is_planted_is_found_in_the_general_population() {
    check(Regime::General);
}

#[test]
fn nothing_stands_in_the_way_of_what_is_planted_in_the_open() {
    check(Regime::Open);
}

#[test]
fn the_first_of_many_planted_pairs_are_those_of_few() {
    let vocabulary = passend::Vocabulary::starter();
    let few = Settings { candidates: 1_000, vacancies: 1_000, ..Settings::default() };
    let many = Settings { vacancies: 3_000, ..few };
    let first: Vec<Truth> = truth(&few, &vocabulary).collect();
    assert!(truth(&many, &vocabulary).take(first.len()).eq(first));
}
