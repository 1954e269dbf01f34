// SPDX-License-Identifier: EUPL-1.2
//! The regimes differ in what stands between people and work.
#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "a test may fail")]

use passend::{Engine, Request, Watch};
use passend_synth::{REFERENCE_DAY, Regime, Settings, candidates, vacancies};

const NUMBER: usize = 200;

/// Pairs that are open on the reference day, of 1,000, over 200 people and 200 vacancies.
fn open_now(regime: Regime) -> usize {
    let engine = Engine::default();
    let settings =
        Settings { candidates: NUMBER, vacancies: NUMBER, seed: 1, regime, ..Settings::default() };
    let people: Vec<_> = candidates(&settings, engine.vocabulary()).collect();
    let work: Vec<_> = vacancies(&settings, engine.vocabulary()).collect();
    let market = engine.market(&people, &work, REFERENCE_DAY).expect("ids are unique");
    let request = Request { people: true, ..Request::default() };
    let ranking = market.rank(&request, &Watch::new()).expect("nobody stops it");
    let now: u32 = ranking.people(&market).map(|line| line.now).sum();
    usize::try_from(now).expect("few") * 1_000 / (NUMBER * NUMBER)
}

#[test]
fn nothing_gates_in_the_open_regime() {
    assert_eq!(open_now(Regime::Open), 1_000);
}

#[test]
fn reception_opens_less_than_the_general_population() {
    let (azc, general) = (open_now(Regime::Azc), open_now(Regime::General));
    assert!((3..=50).contains(&azc), "{azc} of 1,000");
    assert!((50..=300).contains(&general), "{general} of 1,000");
}
