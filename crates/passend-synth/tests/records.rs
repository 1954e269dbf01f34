// SPDX-License-Identifier: EUPL-1.2
//! Every record can be used, is written and read as the same, and holds nothing that is protected.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;

use passend::{Candidate, Vacancy, Vocabulary, VocabularyTables, protected};
use passend_synth::{Regime, Settings, audit, candidates, vacancies, write_audit, write_jsonl};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

fn settings(regime: Regime) -> Settings {
    Settings { candidates: 400, vacancies: 400, seed: 7, regime, ..Settings::default() }
}

#[test]
fn no_record_has_a_problem() {
    let vocabulary = Vocabulary::starter();
    for regime in Regime::ALL {
        for one in candidates(&settings(regime), &vocabulary) {
            assert_eq!(one.problems(), [], "{}", one.id);
        }
        for one in vacancies(&settings(regime), &vocabulary) {
            assert_eq!(one.problems(), [], "{}", one.id);
        }
    }
}

#[track_caller]
fn check_round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    records: impl Iterator<Item = T>,
) {
    for record in records {
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<T>(&text).unwrap(), record);
    }
}

#[test]
fn every_record_is_read_as_it_is_written() {
    let vocabulary = Vocabulary::starter();
    for regime in Regime::ALL {
        check_round_trip(candidates(&settings(regime), &vocabulary));
        check_round_trip(vacancies(&settings(regime), &vocabulary));
    }
}

#[test]
fn no_record_has_a_protected_key() {
    fn keys(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                found.extend(map.keys().cloned());
                map.values().for_each(|value| keys(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
            _ => {}
        }
    }
    let vocabulary = Vocabulary::starter();
    let mut found = BTreeSet::new();
    for regime in Regime::ALL {
        for one in candidates(&settings(regime), &vocabulary) {
            keys(&serde_json::to_value(one).unwrap(), &mut found);
        }
        for one in vacancies(&settings(regime), &vocabulary) {
            keys(&serde_json::to_value(one).unwrap(), &mut found);
        }
    }
    assert!(found.contains("residence") && found.contains("twv"));
    for key in found {
        assert_eq!(protected(&key), None, "{key}");
    }
}

#[test]
fn every_line_is_one_record() {
    let vocabulary = Vocabulary::starter();
    let settings = Settings { candidates: 20, vacancies: 10, ..settings(Regime::Azc) };
    let mut bytes = Vec::new();
    assert_eq!(write_jsonl(&mut bytes, candidates(&settings, &vocabulary)).unwrap(), 20);
    let text = String::from_utf8(bytes).unwrap();
    let ids: Vec<String> =
        text.lines().map(|line| serde_json::from_str::<Candidate>(line).unwrap().id).collect();
    let mut bytes = Vec::new();
    assert_eq!(write_audit(&mut bytes, audit(&settings)).unwrap(), 20);
    let text = String::from_utf8(bytes).unwrap();
    let audited: Vec<&str> =
        text.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids, audited);
}

#[test]
fn an_empty_vocabulary_gives_people_without_work() {
    let header = "header\n";
    let empty = VocabularyTables {
        name: "empty",
        groups: header,
        skills: header,
        occupations: header,
        relations: header,
    };
    let vocabulary = Vocabulary::from_tables(&empty).unwrap();
    let settings = settings(Regime::Azc);
    for one in candidates(&settings, &vocabulary) {
        assert_eq!(one.problems(), []);
        assert!(one.experience.is_none_or(|list| list.is_empty()));
    }
    let ids: BTreeSet<String> =
        vacancies(&settings, &vocabulary).map(|one: Vacancy| one.id).collect();
    assert_eq!(ids.len(), settings.vacancies);
}
