// SPDX-License-Identifier: EUPL-1.2
//! Plans under capacity for synthetic people: proven over every pair, and the same for any order and number of threads.
#![cfg(test)] // so that the lints take helpers for tests too

use std::collections::BTreeMap;

use passend::{
    AssignRequest, Assignment, Candidate, Engine, Goal, Market, Proof, Request, Scorer, Vacancy,
    Watch,
};
use passend_synth::{REFERENCE_DAY, Regime, Settings, candidates, vacancies};

fn town(
    engine: &Engine,
    regime: Regime,
    people: usize,
    work: usize,
) -> (Vec<Candidate>, Vec<Vacancy>) {
    let settings =
        Settings { candidates: people, vacancies: work, seed: 11, regime, ..Settings::default() };
    let people = candidates(&settings, engine.vocabulary()).collect();
    (people, vacancies(&settings, engine.vocabulary()).collect())
}

fn planned(
    market: &Market,
    goal: Goal,
    top: usize,
    every_pair: bool,
    threads: usize,
) -> Assignment {
    let request = AssignRequest { top, every_pair, threads, ..AssignRequest::new(goal) };
    market.assign(&request, &Watch::new()).unwrap()
}

/// Every pair that can be listed, pair by pair.
fn every_pair(market: &Market, work: usize) -> Vec<(String, String, i64)> {
    let request = Request { k: work, scorer: Scorer::Plain, ..Request::default() };
    let ranking = market.rank(&request, &Watch::new()).unwrap();
    let lines = ranking.lines(market);
    lines.map(|line| (line.candidate, line.vacancy, i64::from(line.score))).collect()
}

/// Checks a plan against its proof over these pairs, as somebody who trusts neither would.
#[track_caller]
fn check(
    plan: &Assignment,
    market: &Market,
    work: &[Vacancy],
    pairs: &[(String, String, i64)],
) -> Proof {
    let proof = plan.proof(market);
    let bonus = proof.bonus;
    assert_eq!(proof.gap, 0);
    let worth: BTreeMap<(&str, &str), i64> =
        pairs.iter().map(|(a, b, score)| ((a.as_str(), b.as_str()), *score)).collect();
    assert!(
        bonus == 0 || bonus > plan.edges(market).iter().map(|edge| i64::from(edge.score)).sum()
    );

    let places: BTreeMap<&str, i64> = work
        .iter()
        .map(|vacancy| (vacancy.id.as_str(), i64::from(vacancy.positions.unwrap_or(1))))
        .collect();
    let (mut total, mut placed, mut taken) = (0, 0i64, BTreeMap::<String, i64>::new());
    for line in plan.lines(market) {
        assert_eq!(worth[&(line.candidate.as_str(), line.vacancy.as_str())], i64::from(line.score));
        total += i64::from(line.score) + bonus;
        placed += 1;
        *taken.entry(line.vacancy).or_default() += 1;
    }
    assert!(taken.iter().all(|(vacancy, taken)| *taken <= places[vacancy.as_str()]));
    assert_eq!(
        (i64::try_from(proof.placed).unwrap(), i64::try_from(proof.score).unwrap()),
        (placed, total - bonus * placed)
    );

    let duals = &proof.dual;
    assert!(duals.candidates.values().chain(duals.vacancies.values()).all(|dual| *dual >= 0));
    for ((candidate, vacancy), score) in &worth {
        assert!(duals.candidates[*candidate] + duals.vacancies[*vacancy] >= score + bonus);
    }
    let sold: i64 = duals.vacancies.iter().map(|(id, dual)| dual * places[id.as_str()]).sum();
    assert_eq!(duals.candidates.values().sum::<i64>() + sold, total);
    proof
}

#[test]
fn a_plan_is_proven_over_every_pair_though_it_begins_with_short_lists() {
    let engine = Engine::default();
    for (regime, people, work) in
        [(Regime::Azc, 150, 100), (Regime::Open, 90, 30), (Regime::General, 60, 80)]
    {
        let (people, vacancies) = town(&engine, regime, people, work);
        let market = engine.market(&people, &vacancies, REFERENCE_DAY).unwrap();
        let pairs = every_pair(&market, work);
        for goal in [Goal::Placements, Goal::Score] {
            let proof = check(&planned(&market, goal, 3, true, 0), &market, &vacancies, &pairs);
            assert_eq!(proof.over, "every_pair");
            // With all pairs in the lists, nothing is left to find beyond them.
            let whole = check(&planned(&market, goal, work, false, 0), &market, &vacancies, &pairs);
            assert_eq!((proof.placed, proof.score), (whole.placed, whole.score));
            // Short lists hide plans, and best first is no better than the best.
            let short = planned(&market, goal, 3, false, 0).proof(&market);
            match goal {
                Goal::Placements => assert!(
                    (short.placed, short.score) <= (whole.placed, whole.score)
                        && whole.greedy.placed <= whole.placed
                ),
                Goal::Score => {
                    assert!(short.score <= whole.score && whole.greedy.score <= whole.score);
                }
            }
        }
    }
}

#[test]
fn a_plan_is_the_same_for_any_order_of_records_and_number_of_threads() {
    let engine = Engine::default();
    let (mut people, mut vacancies) = town(&engine, Regime::Azc, 150, 100);
    let market = engine.market(&people, &vacancies, REFERENCE_DAY).unwrap();
    let plan = planned(&market, Goal::Placements, 5, true, 1);
    let (lines, proof) = (plan.lines(&market).collect::<Vec<_>>(), plan.proof(&market));
    people.reverse();
    vacancies.rotate_left(37);
    let turned = engine.market(&people, &vacancies, REFERENCE_DAY).unwrap();
    let other = planned(&turned, Goal::Placements, 5, true, 2);
    assert_eq!(other.lines(&turned).collect::<Vec<_>>(), lines);
    assert_eq!(other.proof(&turned), proof);
    assert_eq!(other.unplaced(&turned), plan.unplaced(&market));
}

#[test]
fn everybody_and_every_open_place_is_accounted_for() {
    let engine = Engine::default();
    let (people, vacancies) = town(&engine, Regime::Open, 90, 30);
    let market = engine.market(&people, &vacancies, REFERENCE_DAY).unwrap();
    let plan = planned(&market, Goal::Placements, 30, false, 0);
    let placed = plan.lines(&market).count();
    let left = plan.unplaced(&market);
    let (without, open): (Vec<_>, Vec<_>) = left.iter().partition(|line| line.open.is_none());
    assert_eq!(placed + without.len(), people.len());
    let places: u32 =
        vacancies.iter().map(|vacancy| u32::from(vacancy.positions.unwrap_or(1))).sum();
    let open: u32 = open.iter().filter_map(|line| line.open).sum();
    assert_eq!(u32::try_from(placed).unwrap() + open, places);
    // More people than places, all of them suitable: who is left would cost somebody else the place or the sum score.
    assert!(!without.is_empty());
    assert!(without.iter().all(|line| line.nearest.is_some() && !line.text.nl.contains('{')));
}
