// SPDX-License-Identifier: EUPL-1.2
//! What a plan promises is what a match of the changed record lists: on synthetic people and vacancies.
#![cfg(test)] // so that the lints take helpers for tests too

use std::collections::{BTreeMap, BTreeSet};

use passend::{Candidate, Day, Engine, PlanRequest, Request, Vacancy, Watch, When};
use passend_synth::{REFERENCE_DAY, Regime, Settings, candidates, vacancies};

/// People and vacancies of a regime; every second vacancy stays open, so that long plans open something too.
fn town(
    engine: &Engine,
    regime: Regime,
    people: usize,
    work: usize,
    seed: u64,
) -> (Vec<Candidate>, Vec<Vacancy>) {
    let settings =
        Settings { candidates: people, vacancies: work, seed, regime, ..Settings::default() };
    let people = candidates(&settings, engine.vocabulary()).collect();
    let mut work: Vec<Vacancy> = vacancies(&settings, engine.vocabulary()).collect();
    for vacancy in work.iter_mut().step_by(2) {
        (vacancy.closes, vacancy.ends) = (None, None);
    }
    (people, work)
}

/// Ids of the vacancies that are listed for each record on a day.
fn listed(
    engine: &Engine,
    records: &[Candidate],
    work: &[Vacancy],
    day: Day,
    sure: bool,
) -> BTreeMap<String, BTreeSet<String>> {
    let market = engine.market(records, work, day).unwrap();
    let request = Request { k: work.len(), when: When::Now, sure, ..Request::default() };
    let ranking = market.rank(&request, &Watch::new()).unwrap();
    let mut lists: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in ranking.lines(&market) {
        lists.entry(line.candidate).or_default().insert(line.vacancy);
    }
    lists
}

/// The id of a person, that of the record after a plan, and the vacancies that the plan promises.
type Promise = (String, String, BTreeSet<String>);

/// Plans for everybody, each compared with a match of its record; gives how many plans there were.
#[track_caller]
fn check(regime: Regime, people: usize, work: usize, seed: u64, request: &PlanRequest) -> usize {
    let engine = Engine::default();
    let (people, work) = town(&engine, regime, people, work, seed);
    let market = engine.market(&people, &work, REFERENCE_DAY).unwrap();
    // One match for each day: the records of all plans that end on it, and the unchanged ones.
    let mut by_day: BTreeMap<Day, (Vec<Candidate>, Vec<Promise>)> = BTreeMap::new();
    let mut plans = 0;
    for person in &people {
        let all = market.plan(person, request).plans;
        for (number, plan) in all.into_iter().enumerate() {
            assert!(plan.steps.len() <= request.max_steps, "{}", person.id);
            assert!(!plan.opens.is_empty(), "{}", person.id);
            plans += 1;
            // What is written can be read again.
            let then: Candidate =
                serde_json::from_str(&serde_json::to_string(&plan.then).unwrap()).unwrap();
            assert_eq!((&then, then.problems()), (&plan.then, Vec::new()), "{}", person.id);
            let (records, promises) = by_day.entry(plan.by).or_default();
            let id = format!("{}-{number}", person.id);
            records.push(Candidate { id: id.clone(), ..then });
            if !records.iter().any(|one| one.id == person.id) {
                records.push(person.clone());
            }
            promises.push((id, person.id.clone(), plan.opens.into_iter().collect()));
        }
    }
    for (day, (records, promises)) in by_day {
        let lists = listed(&engine, &records, &work, day, request.sure);
        let list = |id: &str| lists.get(id).cloned().unwrap_or_default();
        for (changed, unchanged, opens) in promises {
            let before = list(&unchanged);
            assert!(before.is_disjoint(&opens), "{changed} on {day}");
            let expected: BTreeSet<_> = before.union(&opens).cloned().collect();
            assert_eq!(list(&changed), expected, "{changed} on {day}");
        }
    }
    plans
}

#[test]
fn what_a_plan_promises_is_what_a_match_of_its_record_lists() {
    let request = PlanRequest::default();
    let mut plans = check(Regime::Azc, 200, 60, 1, &request);
    plans += check(Regime::General, 200, 60, 2, &request);
    plans += check(Regime::Azc, 100, 60, 3, &PlanRequest { sure: true, ..request });
    assert!(plans > 500, "{plans} plans");
}

/// Ten thousand people: `cargo test --release -p passend-synth --test plans -- --ignored`.
#[test]
#[ignore = "takes minutes; run by hand"]
fn what_plans_promise_holds_for_ten_thousand_people() {
    let request = PlanRequest::default();
    for seed in 0..20 {
        for regime in [Regime::Azc, Regime::General] {
            check(regime, 250, 120, seed, &request);
        }
    }
}

#[test]
fn the_plan_does_not_depend_on_the_order_of_the_vacancies() {
    let engine = Engine::default();
    let (people, mut work) = town(&engine, Regime::General, 12, 60, 4);
    let plan = |work: &[Vacancy]| {
        let market = engine.market(&[], work, REFERENCE_DAY).unwrap();
        people.iter().map(|one| market.plan(one, &PlanRequest::default())).collect::<Vec<_>>()
    };
    let first = plan(&work);
    work.reverse();
    let turned = plan(&work);
    assert_eq!(serde_json::to_string(&first).unwrap(), serde_json::to_string(&turned).unwrap());
    assert!(first.iter().any(|one| !one.plans.is_empty()));
}
