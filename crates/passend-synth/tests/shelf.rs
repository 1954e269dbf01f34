// SPDX-License-Identifier: EUPL-1.2
//! A shelf gives one person what the whole market gives, also after vacancies came and went.
//!
//! `PASSEND_SAME_SIZE=3000` makes the jobs that large.
#![cfg(test)] // so that the lints take helpers for tests too

use std::collections::BTreeMap;

use passend::{
    Candidate, Day, Detail, Engine, Market, MatchLine, Request, Scorer, Shelf, Vacancy, Watch, When,
};
use passend_synth::{REFERENCE_DAY, Regime, Settings, candidates, vacancies};
use serde_json::{Value, json};

const BRIEF: Request = Request {
    k: 10,
    by: passend::By::Candidate,
    when: When::Horizon,
    sure: false,
    detail: Detail::Brief,
    people: false,
    scorer: Scorer::Index,
    threads: 0,
};

/// People and vacancies of a regime; some people have permits that name employers, and exclude titles.
fn town(engine: &Engine, regime: Regime) -> (Vec<Candidate>, Vec<Vacancy>) {
    let size = std::env::var("PASSEND_SAME_SIZE").ok().and_then(|size| size.parse().ok());
    let (people, work) = size.map_or((4, 50), |size: usize| (size / 10, size));
    let settings =
        Settings { candidates: people, vacancies: work, seed: 5, regime, ..Settings::default() };
    let mut work: Vec<Vacancy> = vacancies(&settings, engine.vocabulary()).collect();
    for (at, vacancy) in work.iter_mut().enumerate() {
        if at % 4 == 0 {
            vacancy.employer.get_or_insert_default().id = Some(format!("e{}", at % 3));
        }
        if at % 5 == 0 {
            vacancy.title = Some("onbekend werk".to_owned());
        }
    }
    let people = candidates(&settings, engine.vocabulary()).enumerate();
    let people = people.map(|(at, person)| {
        let mut person = serde_json::to_value(person).unwrap();
        let fields = person.as_object_mut().unwrap();
        if at % 3 == 0 {
            let avoid = json!([{ "label": "onbekend werk" }, { "label": "kok" }]);
            let wishes = fields.entry("wishes").or_insert(Value::Null);
            match wishes.as_object_mut() {
                Some(wishes) => drop(wishes.insert("avoid".to_owned(), avoid)),
                None => *wishes = json!({ "avoid": avoid }),
            }
        }
        if at % 4 == 1 {
            let permit = json!({ "kind": "twv", "until": "2027-06-01", "employer_id": "e1" });
            fields.entry("residence").or_insert(json!({}))["permits"] = json!([permit]);
        }
        if at % 7 == 2 {
            let to =
                json!({ "expected_on": "2026-12-20", "municipality": "Utrecht", "certain": true });
            fields.insert("relocation".to_owned(), to);
        }
        serde_json::from_value(person).unwrap()
    });
    (people.collect(), work)
}

/// The lines of each person and how many pairs open later, from the whole market pair by pair.
fn expected(market: &Market, request: &Request) -> (BTreeMap<String, Vec<MatchLine>>, u64) {
    let request = Request { scorer: Scorer::Plain, ..*request };
    let ranking = market.rank(&request, &Watch::new()).unwrap();
    let mut lines: BTreeMap<String, Vec<MatchLine>> = BTreeMap::new();
    for line in ranking.lines(market) {
        lines.entry(line.candidate.clone()).or_default().push(line);
    }
    (lines, ranking.later())
}

#[track_caller]
fn check(
    shelf: &Shelf,
    people: &[Candidate],
    request: &Request,
    (lines, later): &(BTreeMap<String, Vec<MatchLine>>, u64),
) {
    let mut later_of_all = 0;
    for person in people {
        let (market, ranking) = shelf.rank_one(person, request, &Watch::new()).unwrap();
        let own: Vec<MatchLine> = ranking.lines(&market).collect();
        let expected = lines.get(&person.id).map(Vec::as_slice).unwrap_or_default();
        assert!(own == expected, "{} {request:?}", person.id);
        later_of_all += ranking.later();
    }
    assert_eq!(later_of_all, *later, "{request:?}");
}

fn day(days: i32) -> Day {
    REFERENCE_DAY.plus_days(days)
}

#[test]
fn one_person_gets_what_the_whole_market_gives() {
    let engine = Engine::default();
    let requests = [
        BRIEF,
        Request { when: When::By(day(3)), k: 3, ..BRIEF },
        Request { when: When::By(day(40)), sure: true, ..BRIEF },
        Request { when: When::Now, k: 0, ..BRIEF },
        Request { when: When::Any, k: usize::MAX, ..BRIEF },
    ];
    for (at, regime) in Regime::ALL.into_iter().enumerate() {
        let (people, work) = town(&engine, regime);
        let whole = engine.market(&people, &work, REFERENCE_DAY).unwrap();
        let shelf = whole.shelf();
        // Small jobs ask each request in one regime, large ones ask all in each.
        for request in requests
            .iter()
            .skip(if people.len() < 20 { at } else { 0 })
            .step_by(if people.len() < 20 { 3 } else { 1 })
        {
            check(&shelf, &people, request, &expected(&whole, request));
        }
        let counted = Request { people: true, ..BRIEF };
        let (market, ranking) = shelf.rank_one(&people[0], &counted, &Watch::new()).unwrap();
        assert_eq!(ranking.people(&market).count(), 1);
    }
}

#[test]
fn a_shelf_that_was_written_and_read_gives_the_same() {
    let engine = Engine::default();
    let (people, work) = town(&engine, Regime::Azc);
    let shelf = engine.shelf(&work[..40], REFERENCE_DAY).unwrap();
    // Of two boards, one of which lost a vacancy.
    let shelf = shelf.with(&work[40..43]).unwrap().without(&[&work[2].id]);
    let read = Shelf::from_snapshot(&engine, shelf.snapshot().unwrap()).unwrap();
    assert_eq!((read.len(), read.as_of()), (42, REFERENCE_DAY));
    let (read, shelf) = (read.with(&work[43..]).unwrap(), shelf.with(&work[43..]).unwrap());
    let again = Shelf::from_snapshot(&engine, read.snapshot().unwrap()).unwrap();
    let late = Request { when: When::By(day(3)), ..BRIEF };
    for (person, request) in people.iter().flat_map(|one| [(one, &BRIEF), (one, &late)]) {
        let answers = [&shelf, &read, &again].map(|shelf| {
            let (market, ranking) = shelf.rank_one(person, request, &Watch::new()).unwrap();
            (ranking.lines(&market).collect::<Vec<MatchLine>>(), ranking.later())
        });
        assert!(answers[0] == answers[1] && answers[0] == answers[2], "{} {request:?}", person.id);
    }
    let line = shelf.rank_one(&people[0], &BRIEF, &Watch::new()).unwrap();
    let id = line.1.lines(&line.0).next().map(|line| line.vacancy);
    if let Some(id) = id {
        let pages = [&shelf, &again].map(|shelf| {
            let why = shelf.market(&people[..1]).unwrap().explain(&people[0].id, &id).unwrap();
            serde_json::to_string(&why.line).unwrap()
        });
        assert_eq!(pages[0], pages[1]);
    }
}

#[test]
fn vacancies_come_and_go_without_a_trace() {
    let engine = Engine::default();
    let (people, work) = town(&engine, Regime::General);
    let id = |at: usize| work[at].id.as_str();
    let shelf = engine.shelf(&work[..40], REFERENCE_DAY).unwrap();
    let shelf = shelf.with(&work[40..45]).unwrap().with(&work[45..46]).unwrap();
    assert!(shelf.with(&work[42..43]).is_err());
    let shelf = shelf.without(&[id(3), id(41), id(45), "nobody"]);
    let shelf = shelf.with(&work[46..]).unwrap().with(&work[41..42]).unwrap();
    let left: Vec<Vacancy> = (0..)
        .zip(&work)
        .filter(|(at, _)| ![3, 45].contains(at))
        .map(|(_, one)| one.clone())
        .collect();
    assert_eq!(shelf.len(), left.len());
    let lines = expected(&engine.market(&people, &left, REFERENCE_DAY).unwrap(), &BRIEF);
    check(&shelf, &people, &BRIEF, &lines);
    let market = shelf.market(&people).unwrap();
    let ranking = market.rank(&BRIEF, &Watch::new()).unwrap();
    let all: Vec<MatchLine> = ranking.lines(&market).collect();
    assert!(all == lines.0.into_values().flatten().collect::<Vec<_>>());
    let emptied = shelf.without(&left.iter().map(|one| &one.id).collect::<Vec<_>>());
    assert!(emptied.is_empty());
    check(&emptied, &people, &BRIEF, &(BTreeMap::new(), 0));
}
