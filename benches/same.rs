// SPDX-License-Identifier: EUPL-1.2
//! The index gives what the plain scorer gives: whole jobs on synthetic people and vacancies, compared in full.
//!
//! `PASSEND_SAME_SIZE=10000` makes the jobs that large; `cargo xtask same` does.
#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "a test may fail")]

use passend::{
    By, Candidate, Day, Engine, Market, MatchLine, PersonLine, Request, Scorer, Side, Vacancy,
    Watch, When,
};
use passend_synth::{REFERENCE_DAY, Regime, Settings, Spread, candidates, vacancies};

/// People and vacancies of a job.
fn size() -> usize {
    std::env::var("PASSEND_SAME_SIZE").ok().and_then(|size| size.parse().ok()).unwrap_or(160)
}

/// Compares both scorers, the index with each number of threads.
#[track_caller]
fn check(
    (regime, spread): (Regime, Spread),
    (people, work): (usize, usize),
    requests: &[Request],
    threads: &[usize],
) {
    let engine = Engine::default();
    let settings = Settings { candidates: people, vacancies: work, seed: 7, regime, spread };
    let mut persons: Vec<Candidate> = candidates(&settings, engine.vocabulary()).collect();
    let mut works: Vec<Vacancy> = vacancies(&settings, engine.vocabulary()).collect();
    let market = engine.market(&persons, &works, REFERENCE_DAY).expect("ids are unique");
    // Another order of input must not matter.
    persons.reverse();
    works.rotate_left(work / 3);
    let turned = engine.market(&persons, &works, REFERENCE_DAY).expect("ids are unique");
    for request in requests {
        let plain = Request { scorer: Scorer::Plain, ..*request };
        let plain = market.rank(&plain, &Watch::new()).expect("nobody stops it");
        let expected: Vec<MatchLine> = plain.lines(&market).collect();
        let counted: Vec<PersonLine> = plain.people(&market).collect();
        for threads in threads {
            let request = Request { scorer: Scorer::Index, threads: *threads, ..*request };
            for market in [&market, &turned] {
                let ranking = market.rank(&request, &Watch::new()).expect("nobody stops it");
                assert_eq!(ranking.later(), plain.later(), "{regime} {spread} {request:?}");
                let lines: Vec<MatchLine> = ranking.lines(market).collect();
                assert!(lines == expected, "{regime} {spread} {request:?}");
                assert!(
                    ranking.people(market).eq(counted.iter().cloned()),
                    "{regime} {spread} {request:?}"
                );
            }
        }
    }
}

fn day(days: i32) -> Day {
    REFERENCE_DAY.plus_days(days)
}

const BRIEF: Request = Request {
    k: 10,
    by: By::Both,
    when: When::Horizon,
    sure: false,
    detail: passend::Detail::Brief,
    people: true,
    scorer: Scorer::Index,
    threads: 0,
};

#[test]
fn in_every_regime() {
    for regime in Regime::ALL {
        for spread in Spread::ALL {
            // Where nothing gates, places only change scores.
            if (regime, spread) == (Regime::Open, Spread::North) {
                continue;
            }
            check((regime, spread), (size(), size()), &[BRIEF], &[0, 1, 3]);
        }
    }
}

#[test]
fn for_every_day_and_way_of_asking() {
    let size = size().min(2_000);
    let requests = [
        Request { when: When::Now, ..BRIEF },
        Request { when: When::By(day(3)), k: 3, ..BRIEF },
        Request { when: When::By(day(7)), sure: true, ..BRIEF },
        Request { when: When::By(day(40)), k: 1, by: By::Vacancy, ..BRIEF },
        Request { when: When::By(day(300)), by: By::Candidate, ..BRIEF },
        Request { when: When::Any, sure: true, ..BRIEF },
        Request { when: When::Any, k: usize::MAX, ..BRIEF },
        Request { k: 0, ..BRIEF },
    ];
    for regime in Regime::ALL {
        check((regime, Spread::North), (size / 2, size / 2), &requests, &[1, 2]);
    }
}

#[test]
fn for_few_people_and_for_few_vacancies() {
    let size = size();
    for (people, work) in [(0, 5), (5, 0), (1, size), (size, 1), (65, size), (size, 130)] {
        check((Regime::Azc, Spread::North), (people, work), &[BRIEF], &[2]);
        check((Regime::General, Spread::North), (people, work), &[BRIEF], &[2]);
    }
}

/// People and vacancies whose lists are compared in full where all pairs are too many: ten million pairs by each side at full
/// size.
fn sampled() -> (usize, usize) {
    if size() < 10_000 { (5, 29) } else { (25, 143) }
}

/// Of the largest market the whole lists of some people, and of some vacancies.
#[test]
fn for_some_of_the_largest_market() {
    let (people, work) = (size() * 7, size() * 40);
    let engine = Engine::default();
    for regime in Regime::ALL {
        let spread = Spread::Country;
        let settings = Settings { candidates: people, vacancies: work, seed: 11, regime, spread };
        let mut gathering = engine.gather(REFERENCE_DAY);
        let (mut persons, mut works) = (Vec::new(), Vec::new());
        let mut all = candidates(&settings, engine.vocabulary()).enumerate();
        while let Some(part) = part(&mut all, (people, sampled().0), &mut persons) {
            gathering.add_candidates(&part);
        }
        let mut all = vacancies(&settings, engine.vocabulary()).enumerate();
        while let Some(part) = part(&mut all, (work, sampled().1), &mut works) {
            gathering.add_vacancies(&part);
        }
        let market = gathering.market().expect("ids are unique");
        let by_people = market.with_candidates(&persons).expect("ids are unique");
        let all: Vec<Candidate> = candidates(&settings, engine.vocabulary()).collect();
        let by_work = engine.market(&all, &works, REFERENCE_DAY).expect("ids are unique");
        for when in [When::Horizon, When::Now] {
            let request = Request { people: false, when, ..BRIEF };
            let lines_of = |market: &Market, request: &Request| -> Vec<MatchLine> {
                let ranking = market.rank(request, &Watch::new()).expect("nobody stops it");
                ranking.lines(market).collect()
            };
            let mut lines = lines_of(&market, &request);
            lines.retain(|line| match line.by {
                Some(Side::Candidate) => persons.iter().any(|one| one.id == line.candidate),
                _ => works.iter().any(|one| one.id == line.vacancy),
            });
            let plain = Request { scorer: Scorer::Plain, ..request };
            let mut expected = Vec::new();
            for (market, by, side) in [
                (&by_people, By::Candidate, Side::Candidate),
                (&by_work, By::Vacancy, Side::Vacancy),
            ] {
                let own = lines_of(market, &Request { by, ..plain });
                expected.extend(own.into_iter().map(|line| MatchLine { by: Some(side), ..line }));
            }
            assert!(lines.len() > persons.len() + works.len(), "{regime} {}", lines.len());
            assert!(lines == expected, "{regime} {when:?}");
        }
    }
}

/// The next records, two thousand of them; `few` of `all` are kept too, evenly spread.
fn part<T: Clone>(
    records: &mut impl Iterator<Item = (usize, T)>,
    (all, few): (usize, usize),
    kept: &mut Vec<T>,
) -> Option<Vec<T>> {
    let every = all.div_ceil(few).max(1);
    let part: Vec<(usize, T)> = records.take(2_000).collect();
    kept.extend(part.iter().filter(|(at, _)| at % every == 0).map(|(_, record)| record.clone()));
    let part: Vec<T> = part.into_iter().map(|(_, record)| record).collect();
    (!part.is_empty()).then_some(part)
}
