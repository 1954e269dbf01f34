// SPDX-License-Identifier: EUPL-1.2
//! `passend explain`.

use std::collections::BTreeSet;

use crate::Bench;

const PAIR: &str =
    "explain candidates.jsonl vacancies.jsonl --as-of 2026-11-25 --candidate c1 --vacancy v1";

#[test]
fn an_explanation_is_one_object_on_one_line() {
    let run = Bench::new().line(PAIR).expect(0);
    let explanation = &run.json()[0];
    assert_eq!(run.json().len(), 1);
    assert_eq!(explanation["as_of"], "2026-11-25");
    let findings = explanation["findings"].as_array().unwrap();
    let gates: BTreeSet<_> =
        findings.iter().map(|finding| finding["gate"].as_str().unwrap()).collect();
    assert_eq!(gates.len(), 13, "{gates:?}");
    let parts = explanation["contributions"].as_object().unwrap();
    let sum: u64 = parts.values().filter_map(serde_json::Value::as_u64).sum();
    assert_eq!(explanation["score"], sum);
}

#[test]
fn what_an_explanation_does_not_rank_is_null() {
    let bench = Bench::new();
    let explanation = &bench.line(PAIR).expect(0).json()[0];
    for key in ["rank", "tie_group"] {
        assert_eq!(explanation.get(key), Some(&serde_json::Value::Null), "{key}");
    }
    let listed = bench.line("match candidates.jsonl vacancies.jsonl --as-of 2026-11-25 --when any");
    let first = &listed.expect(0).json()[0];
    assert_eq!(first["rank"], 1);
    assert!(first["tie_group"].as_u64() >= Some(1), "{first}");
}

#[test]
fn text_and_page_are_for_people() {
    let bench = Bench::new();
    let dutch = bench.line(&format!("{PAIR} -f text")).expect(0).out;
    let english = bench.line(&format!("{PAIR} -f text --lang en")).expect(0).out;
    assert_ne!(dutch, english);
    let page = bench.line(&format!("{PAIR} -f html --reader candidate")).expect(0).out;
    assert!(page.starts_with("<!doctype html>") || page.starts_with("<!DOCTYPE html>"), "{page}");
    assert!(!page.contains("<script"), "{page}");
}

#[test]
fn a_refused_row_cannot_be_explained_and_ids_stay_unsaid() {
    let bench = Bench::new();
    bench.file("candidates.jsonl", "{\"id\":\"c1\",\"skils\":[]}\n{\"id\":\"c2\"}\n");
    let run = bench.line(PAIR).expect(1);
    assert!(run.err.contains("candidates.jsonl: E301"), "{}", run.err);
    assert!(!run.err.contains("c2"), "{}", run.err);
}
