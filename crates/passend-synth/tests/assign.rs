// SPDX-License-Identifier: EUPL-1.2
//! Plans under capacity for synthetic people: proven over every pair, and the same for any order and number of threads.
#![cfg(test)] // so that the lints take helpers for tests too

use std::collections::BTreeMap;

use std::io::Write;

use passend::{
    AssignRequest, AssignWishes, Assignment, Candidate, Coach, Demand, Engine, Goal, Household,
    KeptPair, Market, Proof, Request, Scorer, UnplacedReason, Vacancy, Watch,
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
    // More than all scores of any plan: each person has one pair at most.
    assert!(bonus == 0 || bonus > 10_000 * i64::try_from(market.candidates()).unwrap());

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
                Goal::Score | Goal::Households => {
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

/// Numbers that look random, the same on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

/// Kind of market: regime, people, vacancies, positions from and to, length of the lists.
type Kind = (&'static str, Regime, usize, usize, (usize, usize), usize);

const KINDS: [Kind; 7] = [
    ("sparse", Regime::Azc, 60, 40, (1, 2), 5),
    ("plentiful", Regime::General, 40, 80, (1, 1), 20),
    ("scarce", Regime::Open, 80, 15, (1, 1), 15),
    ("positions", Regime::Open, 70, 12, (1, 9), 12),
    ("alike", Regime::Open, 40, 20, (1, 3), 20),
    ("nobody", Regime::Azc, 0, 20, (1, 1), 5),
    ("nothing", Regime::Azc, 20, 0, (1, 1), 5),
];

const WISHES: [&str; 6] = ["none", "floor", "coaches", "keep", "households", "stable"];

/// A market with its plan, for a solver that knows nothing of passend; the rows of coaches or households as texts.
fn planned_market(engine: &Engine, number: usize) -> serde_json::Value {
    let mut draw = Draw(u64::try_from(number).unwrap() + 1);
    draw.below(1);
    let (kind, regime, people, work, positions, top) = KINDS[number % KINDS.len()];
    let settings = Settings {
        candidates: people.max(1),
        vacancies: work.max(1),
        seed: u64::try_from(number).unwrap(),
        regime,
        ..Settings::default()
    };
    let mut people: Vec<Candidate> =
        candidates(&settings, engine.vocabulary()).take(people).collect();
    let mut work: Vec<Vacancy> = vacancies(&settings, engine.vocabulary()).take(work).collect();
    if kind == "alike" {
        // A few that differ, each many times: ties everywhere.
        let (some, other) = (people[..4].to_vec(), work[..3].to_vec());
        for (at, person) in people.iter_mut().enumerate() {
            *person = Candidate { id: format!("c{at:03}"), ..some[draw.below(4)].clone() };
        }
        for (at, vacancy) in work.iter_mut().enumerate() {
            *vacancy = Vacancy { id: format!("v{at:03}"), ..other[draw.below(3)].clone() };
        }
    }
    for vacancy in &mut work {
        let count = positions.0 + draw.below(positions.1 - positions.0 + 1);
        vacancy.positions = Some(u16::try_from(count).unwrap());
    }
    let wish = WISHES[draw.below(WISHES.len())];
    let goal = match (wish, draw.below(2)) {
        ("households", _) => Goal::Households,
        (_, 0) => Goal::Placements,
        _ => Goal::Score,
    };
    let mut request = AssignRequest { top, ..AssignRequest::new(goal) };
    let (mut coaches, mut households, mut keep) = (Vec::new(), Vec::new(), Vec::new());
    let mut shared = Vec::new();
    match wish {
        "floor" => request.floor = u16::try_from(1 + draw.below(8_000)).unwrap(),
        "stable" => request.stable = true,
        "coaches" => {
            for at in 0..6 {
                let cases = u32::try_from(draw.below(9)).unwrap();
                coaches.push(Coach { id: format!("k{at}"), candidates: Vec::new(), cases });
            }
            for person in &people {
                let at = draw.below(7);
                if let Some(coach) = coaches.get_mut(at) {
                    coach.candidates.push(person.id.clone());
                    shared.push(serde_json::json!({
                        "candidate": person.id, "coach": coach.id, "cases": coach.cases.to_string(),
                    }));
                }
            }
            coaches.retain(|coach| !coach.candidates.is_empty());
        }
        "households" => {
            for at in 0..people.len() / 2 {
                households.push(Household { id: format!("h{at}"), ..Household::default() });
            }
            for person in &people {
                // One in ten is in no household.
                let at = draw.below(households.len() + households.len() / 10);
                if let Some(household) = households.get_mut(at) {
                    household.adults.push(person.id.clone());
                    shared.push(serde_json::json!({
                        "candidate": person.id, "household": household.id,
                    }));
                }
            }
            households.retain(|household| !household.adults.is_empty());
        }
        "keep" => {
            let mut left: Vec<u16> = work.iter().filter_map(|vacancy| vacancy.positions).collect();
            for person in people.iter().step_by(2 + draw.below(7)) {
                let at = draw.below(work.len());
                if let Some(left @ 1..) = left.get_mut(at) {
                    *left -= 1;
                    let (candidate, vacancy) = (person.id.clone(), work[at].id.clone());
                    keep.push(KeptPair { candidate, vacancy });
                }
            }
        }
        _ => {}
    }
    let wishes =
        AssignWishes { coaches: &coaches, households: &households, keep: &keep, beside: &[] };
    let market = engine.market(&people, &work, REFERENCE_DAY).unwrap();
    let plan = market.assign_with(&request, &wishes, &Watch::new()).unwrap();
    let vacancies: Vec<_> = work
        .iter()
        .map(|one| serde_json::json!({"id": one.id, "positions": one.positions}))
        .collect();
    let pairs: Vec<_> = plan
        .lines(&market)
        .map(|one| serde_json::json!({"candidate": one.candidate, "vacancy": one.vacancy}))
        .collect();
    let proof = plan.proof(&market);
    assert!(proof.gap == 0 || request.stable, "{number} {kind} {wish}: a gap of {}", proof.gap);
    serde_json::json!({
        "number": number, "kind": kind, "wish": wish, "vacancies": vacancies, "plan": pairs,
        "proof": proof, "edges": plan.edges(&market), "shared": shared,
    })
}

/// With `PASSEND_MARKETS=FILE` and `PASSEND_MARKETS_COUNT` it writes so many for `cargo xtask solvers`.
#[test]
fn plans_of_markets_of_every_kind_have_no_gap() {
    let engine = Engine::default();
    let file = std::env::var("PASSEND_MARKETS").ok();
    let count = std::env::var("PASSEND_MARKETS_COUNT").ok();
    let count = count.and_then(|count| count.parse().ok()).unwrap_or(14);
    let mut out = file.map(|file| std::fs::File::create(file).unwrap());
    for number in 0..count {
        let market = planned_market(&engine, number);
        if let Some(out) = &mut out {
            writeln!(out, "{market}").unwrap();
        }
    }
}

/// A cook who may work, with so many months of experience.
fn cook(id: &str, months: u32) -> Candidate {
    serde_json::from_str(&format!(
        r#"{{"id":"{id}","residence":{{"status":"free"}},"location":{{"municipality":"Assen"}},"mobility":{{"max_km":40}},"languages":[{{"code":"nl","level":"A2"}}],"experience":[{{"title":"kok","months":{months}}}]}}"#
    ))
    .unwrap()
}

fn kitchen(id: &str, positions: usize, language: &str) -> Vacancy {
    serde_json::from_str(&format!(
        r#"{{"id":"{id}","title":"kok","location":{{"municipality":"Assen"}},"positions":{positions},"require":{{"languages":[{{"code":"nl","min":"{language}","weight":"must"}}]}}}}"#
    ))
    .unwrap()
}

/// In each market one person is left for one reason, which is known beforehand.
#[test]
fn what_keeps_somebody_from_a_place_is_named() {
    let engine = Engine::default();
    for number in 0..50 {
        let crowd = 2 + number / 5;
        let mut people: Vec<Candidate> =
            (0..crowd).map(|at| cook(&format!("c{at:02}"), 120)).collect();
        let left = "left".to_owned();
        let (mut request, mut coaches) = (AssignRequest::new(Goal::Placements), Vec::new());
        let mut work = vec![kitchen("v1", crowd, "A2")];
        let expected = match number % 5 {
            // Dutch at C1 cannot be there in 13 weeks.
            0 => {
                people.push(cook(&left, 120));
                work[0].positions = Some(u16::try_from(crowd).unwrap());
                people.last_mut().unwrap().residence =
                    serde_json::from_str(r#"{"status":"return_decision"}"#).unwrap();
                UnplacedReason::NothingOpen
            }
            1 => {
                people.push(Candidate { experience: Some(Vec::new()), ..cook(&left, 0) });
                request.floor = 5_000;
                work[0].positions = Some(u16::try_from(crowd + 1).unwrap());
                UnplacedReason::BelowFloor
            }
            2 => {
                people.push(cook(&left, 3));
                work[0].positions = Some(u16::try_from(crowd + 1).unwrap());
                let candidates = people.iter().map(|one| one.id.clone()).collect();
                let cases = u32::try_from(crowd).unwrap();
                coaches.push(Coach { id: "k".to_owned(), candidates, cases });
                UnplacedReason::NoCase
            }
            // By number of people it makes no difference who is left; by score it does.
            3 => {
                people.push(cook(&left, 3));
                UnplacedReason::CostsScore
            }
            // All cooks are alike.
            _ => {
                people.push(cook(&left, 120));
                UnplacedReason::NoDifference
            }
        };
        let market = engine.market(&people, &work, REFERENCE_DAY).unwrap();
        let wishes = AssignWishes { coaches: &coaches, ..AssignWishes::default() };
        let plan = market.assign_with(&request, &wishes, &Watch::new()).unwrap();
        let lines = plan.unplaced(&market);
        let lines: Vec<_> = lines.iter().filter(|line| line.open.is_none()).collect();
        assert_eq!(lines.len(), 1, "{number}: {lines:?}");
        assert_eq!(lines[0].reason, expected, "{number}: {lines:?}");
        if expected != UnplacedReason::NoDifference {
            assert_eq!(lines[0].id, left, "{number}");
        }
    }
}

#[test]
fn lists_that_are_spread_lose_no_more_than_is_said_and_owe_nothing_to_order() {
    let engine = Engine::default();
    let (mut people, mut work) = town(&engine, Regime::Open, 80, 120);
    let market = engine.market(&people, &work, REFERENCE_DAY).unwrap();
    let request = Request { k: 5, ..Request::default() };
    let plain = market.rank(&request, &Watch::new()).unwrap();
    let scores = |lists: &passend::Ranking, market: &Market| -> BTreeMap<String, Vec<u16>> {
        let mut scores: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        for line in lists.lines(market) {
            scores.entry(line.candidate).or_default().push(line.score);
        }
        scores
    };
    let before = scores(&plain, &market);
    for points in [0, 300] {
        let long = market.rank(&request.to_spread(), &Watch::new()).unwrap();
        let (lists, spread) = long.spread(&market, 5, points);
        let after = scores(&lists, &market);
        for (person, was) in &before {
            assert_eq!(was.len(), after[person].len());
            for (was, is) in was.iter().zip(&after[person]) {
                assert!(was >= is && was - is <= points, "{person}: {was} {is}");
            }
        }
        assert!(spread.largest <= points && spread.most[1] <= spread.most[0]);
        if points > 0 {
            assert!(
                spread.most[1] < spread.most[0] && spread.listed[1] > spread.listed[0],
                "{spread:?}"
            );
            people.reverse();
            work.rotate_left(37);
            let turned = engine.market(&people, &work, REFERENCE_DAY).unwrap();
            let request = Request { threads: 2, ..request.to_spread() };
            let (other, told) =
                turned.rank(&request, &Watch::new()).unwrap().spread(&turned, 5, points);
            assert!(other.lines(&turned).eq(lists.lines(&market)));
            assert_eq!(told, spread);
        }
    }
}

#[test]
fn a_demand_that_blocks_exactly_37_people_has_that_price() {
    let engine = Engine::default();
    // 60 cooks with a little Dutch; 23 places ask that, 50 ask far more.
    let people: Vec<Candidate> = (0..60).map(|at| cook(&format!("c{at:02}"), 60)).collect();
    let work = [kitchen("v1", 23, "A2"), kitchen("v2", 50, "C2")];
    let request = AssignRequest::new(Goal::Placements);
    let (wishes, watch) = (AssignWishes::default(), Watch::new());
    let lines =
        engine.demand_prices(&people, &work, REFERENCE_DAY, &request, &wishes, &watch).unwrap();
    assert_eq!((lines[0].demand, lines[0].more, lines[0].vacancies), (Demand::Language, 37, 2));
    assert!(lines[0].at.iter().all(|at| at.vacancy == "v2"));
    assert!(lines[0].at.iter().map(|at| at.people).sum::<u64>() >= 37, "{:?}", lines[0].at);
    assert!(lines[0].text.en.contains("37 more people"), "{:?}", lines[0].text);
    assert!(lines[1..].iter().all(|line| line.more == 0));
}
