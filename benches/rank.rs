// SPDX-License-Identifier: EUPL-1.2
//! How fast people are ranked against vacancies: 1,000 × 1,000, the ten best of each person, one thread.
//!
//! `azc` is the work of a night; in `open` every pair passes every gate and is scored.
#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "a bench without its data has nothing to measure")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use passend::{Candidate, Engine, Market, Ranking, Request, Vacancy, Watch};
use passend_synth::{REFERENCE_DAY, Regime, Settings, Spread, candidates, vacancies};

const PEOPLE: usize = 1_000;
const VACANCIES: usize = 1_000;
const PAIRS: u64 = 1_000_000;

fn main() {
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let engine = Engine::default();
    prepare(&mut criterion, &engine);
    rank(&mut criterion, &engine);
    criterion.final_summary();
}

fn records(regime: Regime, engine: &Engine) -> (Vec<Candidate>, Vec<Vacancy>) {
    let settings = Settings {
        candidates: PEOPLE,
        vacancies: VACANCIES,
        seed: 1,
        regime,
        spread: Spread::Country,
    };
    let vocabulary = engine.vocabulary();
    (candidates(&settings, vocabulary).collect(), vacancies(&settings, vocabulary).collect())
}

fn market(engine: &Engine, people: &[Candidate], work: &[Vacancy]) -> Market {
    engine.market(people, work, REFERENCE_DAY).expect("the ids are unique")
}

/// From records to a market that can be ranked, in records.
fn prepare(criterion: &mut Criterion, engine: &Engine) {
    let mut group = criterion.benchmark_group("prepare 1,000 people and 1,000 vacancies");
    group.throughput(Throughput::Elements(2_000));
    let (people, work) = records(Regime::Azc, engine);
    group.bench_function(BenchmarkId::from_parameter(Regime::Azc), |bencher| {
        bencher.iter(|| market(engine, black_box(&people), black_box(&work)));
    });
    group.finish();
}

/// From a market to the ten best of each person by the plain scorer, in pairs.
fn rank(criterion: &mut Criterion, engine: &Engine) {
    let mut group = criterion.benchmark_group("1,000 people x 1,000 vacancies, top 10, plain");
    group.throughput(Throughput::Elements(PAIRS));
    let request = Request { k: 10, threads: 1, ..Request::default() };
    for regime in [Regime::Azc, Regime::Open] {
        let (people, work) = records(regime, engine);
        let market = market(engine, &people, &work);
        let ranked = || -> Ranking {
            market.rank(black_box(&request), &Watch::new()).expect("nobody stops it")
        };
        assert_lists(regime, &ranked());
        group.bench_function(BenchmarkId::from_parameter(regime), |bencher| {
            bencher.iter(ranked);
        });
    }
    group.finish();
}

/// There is something to list, and everybody has ten where nothing gates.
fn assert_lists(regime: Regime, ranking: &Ranking) {
    match regime {
        Regime::Open => assert_eq!(ranking.len(), PEOPLE * 10),
        Regime::Azc | Regime::General => assert!(ranking.len() > PEOPLE, "{}", ranking.len()),
    }
}
