// SPDX-License-Identifier: EUPL-1.2
//! Our side of the comparison with other tools (`benches/peers.py`, `cargo xtask bench peers`).
//!
//! `peers FOLDER PEOPLExVACANCIES THREADS [wide]` ranks the skills criterion alone, with nothing in the way, and then the
//! whole job of the azc regime; it prints a line of JSON for each and writes the rows of skills and our lists into the
//! folder, as plain arrays of little-endian numbers. `wide` takes a vocabulary as large as ESCO.
#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "a bench without its data has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the lines are what it is for")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use passend::{Engine, Market, Policy, Ranking, Request, Vocabulary, Watch, Weights, When};
use passend_synth::{
    REFERENCE_DAY, Regime, Settings, Spread, candidates, vacancies, wide_vocabulary,
};

/// Pairs in a list.
const K: usize = 10;

fn main() {
    let given: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [folder, size, threads, rest @ ..] = given.as_slice() else {
        println!("peers FOLDER PEOPLExVACANCIES THREADS [wide]");
        return;
    };
    let folder = Path::new(folder);
    fs::create_dir_all(folder).expect("a folder");
    let (people, work) = size.split_once('x').expect("a size");
    let (people, work) = (people.parse().expect("people"), work.parse().expect("vacancies"));
    let threads = threads.parse().expect("a number of threads");
    let is_wide = rest.iter().any(|word| word == "wide");
    let vocabulary =
        if is_wide { wide_vocabulary(1).expect("its own tables") } else { Vocabulary::starter() };
    let engine = Engine::new(Policy::builtin(), vocabulary);
    let settings = |regime| Settings {
        candidates: people,
        vacancies: work,
        seed: 1,
        regime,
        spread: Spread::Country,
    };
    let skills_alone = Weights {
        name: "skills alone".to_owned(),
        skills: 100,
        occupation: 0,
        education: 0,
        language: 0,
        travel: 0,
        wishes: 0,
    };
    {
        let market = market(&engine, &settings(Regime::Open));
        write_rows(folder, &market);
        let market = market.with_weights(skills_alone).expect("they sum to 100");
        let request = Request { k: K, threads, when: When::Any, ..Request::default() };
        let ranking = timed("skills", &market, &request);
        write_lists(folder, &market, &ranking);
        timed("skills, again", &market, &request);
    }
    for regime in [Regime::Open, Regime::General, Regime::Azc] {
        let market = market(&engine, &settings(regime));
        let request = Request { k: K, threads, ..Request::default() };
        timed(regime.code(), &market, &request);
        timed(&format!("{regime}, again"), &market, &request);
    }
}

fn market(engine: &Engine, settings: &Settings) -> Market {
    let mut gathering = engine.gather(REFERENCE_DAY);
    let mut works = vacancies(settings, engine.vocabulary());
    while let Some(part) = part(&mut works) {
        gathering.add_vacancies(&part);
    }
    let mut persons = candidates(settings, engine.vocabulary());
    while let Some(part) = part(&mut persons) {
        gathering.add_candidates(&part);
    }
    gathering.market().expect("the ids are unique")
}

/// The next records, some thousands; none when all are read.
fn part<T>(records: &mut impl Iterator<Item = T>) -> Option<Vec<T>> {
    let part: Vec<T> = records.take(8_192).collect();
    (!part.is_empty()).then_some(part)
}

fn timed(job: &str, market: &Market, request: &Request) -> Ranking {
    let (before, wall) = (cpu(), Instant::now());
    let ranking = market.rank(request, &Watch::new()).expect("nobody stops it");
    let (used, wall) = (cpu().saturating_sub(before), wall.elapsed());
    println!(
        "{{\"job\":\"{job}\",\"cpu_ms\":{},\"wall_ms\":{},\"lines\":{}}}",
        used.as_millis(),
        wall.as_millis(),
        ranking.len()
    );
    ranking
}

/// Where rows begin, their numbers, their values.
fn write_rows(folder: &Path, market: &Market) {
    let rows = market.skill_rows();
    fs::write(folder.join("skills"), rows.skills.to_le_bytes()).expect("written");
    for (name, side) in [("candidates", &rows.candidates), ("vacancies", &rows.vacancies)] {
        let (mut starts, mut skills, mut values) = (vec![0; 4], Vec::new(), Vec::new());
        for row in side {
            for (skill, value) in row {
                skills.extend(skill.to_le_bytes());
                values.push(*value);
            }
            let end = u32::try_from(values.len()).expect("fewer than four billion");
            starts.extend(end.to_le_bytes());
        }
        for (what, bytes) in [("starts", starts), ("skills", skills), ("values", values)] {
            fs::write(folder.join(format!("{name}.{what}")), bytes).expect("written");
        }
    }
}

/// For each person in order ten scores, 0 where the list is shorter.
fn write_lists(folder: &Path, market: &Market, ranking: &Ranking) {
    let mut scores = Vec::new();
    let mut vacancies: Vec<u8> = Vec::new();
    let mut listed = vec![[(0u16, 0u32); K]; market.candidates()];
    // Ids are numbered from 1: `c0000001`, `v0000001`.
    let number = |id: &str| id.get(1..).and_then(|digits| digits.parse::<u32>().ok());
    for line in ranking.lines(market) {
        let at = number(&line.candidate).expect("a number") as usize - 1;
        let rank = line.rank as usize - 1;
        let place = listed.get_mut(at).and_then(|list| list.get_mut(rank)).expect("a place");
        *place = (line.score, number(&line.vacancy).expect("a number") - 1);
    }
    for (score, vacancy) in listed.iter().flatten() {
        scores.extend(score.to_le_bytes());
        vacancies.extend(vacancy.to_le_bytes());
    }
    fs::write(folder.join("lists.scores"), scores).expect("written");
    fs::write(folder.join("lists.vacancies"), vacancies).expect("written");
}

/// Cpu time of the process: user and system, in ticks of a hundredth of a second.
fn cpu() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    Duration::from_millis(ticks.filter_map(|one| one.parse::<u64>().ok()).sum::<u64>() * 10)
}
