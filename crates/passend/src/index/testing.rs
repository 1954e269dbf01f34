// SPDX-License-Identifier: EUPL-1.2
//! People and vacancies for the tests of the index, and how often it looks whether it is to stop.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Asked, Asker, Bounds, Horizon, Index, Offer, beyond, rank, tallies};
use crate::engine::{Engine, Market, When};
use crate::model::{Candidate, Vacancy};

/// The market of the demo, its people some times over.
pub(super) fn demo() -> &'static Market {
    static DEMO: LazyLock<Market> = LazyLock::new(made);
    &DEMO
}

fn made() -> Market {
    fn records<T: serde::de::DeserializeOwned>(lines: &str) -> Vec<T> {
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
    let own: Vec<Candidate> =
        records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/candidates.jsonl")));
    let work: Vec<Vacancy> =
        records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl")));
    let people: Vec<Candidate> = (0..6)
        .flat_map(|turn| {
            own.iter().map(move |one| Candidate { id: format!("{turn}{}", one.id), ..one.clone() })
        })
        .collect();
    Engine::default().market(&people, &work, "2026-11-25".parse().unwrap()).unwrap()
}

pub(super) fn index(market: &Market) -> Index {
    Index::new(market.plain(), market.sides(), || Ok::<(), ()>(())).unwrap()
}

/// Runs a job that asks whether to go on, and stops it at each of its questions in turn.
#[track_caller]
fn check(job: impl Fn(&(dyn Fn() -> Result<(), ()> + Sync)) -> Result<(), ()>, least: usize) {
    let asked = AtomicUsize::new(0);
    job(&|| {
        asked.fetch_add(1, Ordering::Relaxed);
        Ok(())
    })
    .unwrap();
    let all = asked.into_inner();
    assert!(all >= least, "{all}");
    for stop in (0..all).step_by(all.div_ceil(40)) {
        let asked = AtomicUsize::new(0);
        let stopped = job(&|| match asked.fetch_add(1, Ordering::Relaxed) {
            before if before < stop => Ok(()),
            _ => Err(()),
        });
        assert_eq!(stopped, Err(()), "{stop} of {all}");
    }
}

fn ranked(when: When, by_both: bool, least: usize) {
    let market = demo();
    let (index, plain, sides) = (index(market), market.plain(), market.sides());
    let horizon = Horizon { last_day: when.last_day(market.as_of()), sure: false, steps: true };
    let asked = Asked { horizon, k: 5, people: true, vacancies: by_both, later: true };
    check(|go_on| rank(plain, &index, sides, asked, |_| go_on()).map(drop), least);
}

#[test]
fn a_ranking_looks_once_a_block_gate_list_and_some_groups() {
    let blocks = demo().candidates().div_ceil(64);
    ranked(When::Horizon, false, 20 * blocks);
    ranked(When::Horizon, true, 20 * blocks + demo().vacancies());
}

#[test]
fn judging_pair_by_pair_looks_at_every_vacancy() {
    let market = demo();
    ranked(When::By(market.as_of().plus_days(3)), false, market.vacancies());
}

#[test]
fn prices_are_asked_of_a_block_at_a_time() {
    let market = demo();
    let (index, plain, sides) = (index(market), market.plain(), market.sides());
    let horizon = Horizon { last_day: None, sure: false, steps: true };
    let bounds = Bounds::new(
        &vec![Some(Asker { has: 0, most: 10_000, spare: None }); market.candidates()],
        &vec![Some(Offer { price: 0, fell: 0 }); market.vacancies()],
    );
    let blocks = market.candidates().div_ceil(64);
    check(
        |go_on| beyond(plain, &index, sides, horizon, &bounds, 3, |_| go_on()).map(drop),
        20 * blocks,
    );
}

#[test]
fn counting_people_looks_once_a_block_and_gate() {
    let market = demo();
    let (index, plain, sides) = (index(market), market.plain(), market.sides());
    let blocks = market.candidates().div_ceil(64);
    check(|go_on| tallies(plain, &index, sides, |_| go_on()).map(drop), 20 * blocks);
}

#[test]
fn an_index_is_stopped_between_its_parts() {
    let market = demo();
    check(|go_on| Index::new(market.plain(), market.sides(), go_on).map(drop), 15);
}
