// SPDX-License-Identifier: EUPL-1.2
//! The demo gives from Rust what it gives through every other door: `fixtures/demo/expected.jsonl`.
#![cfg(test)] // so that the lints take helpers for tests too

use passend::{Candidate, Engine, Request, Vacancy, Watch};
use serde::de::DeserializeOwned;

fn records<T: DeserializeOwned>(text: &str) -> Vec<T> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_demo_gives_what_stands_beside_it() {
    let people: Vec<Candidate> =
        records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/candidates.jsonl")));
    let work: Vec<Vacancy> =
        records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl")));
    let market = Engine::default().market(&people, &work, "2026-11-25".parse().unwrap()).unwrap();
    let ranking = market.rank(&Request::default(), &Watch::new()).unwrap();
    let lines: Vec<_> =
        ranking.lines(&market).map(|line| serde_json::to_string(&line).unwrap()).collect();
    let expected = include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/expected.jsonl"));
    assert_eq!(lines.len(), expected.lines().count());
    for (line, expected) in lines.iter().zip(expected.lines()) {
        assert_eq!(line, expected);
    }
}
