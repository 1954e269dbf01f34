// SPDX-License-Identifier: EUPL-1.2
//! Cpu seconds of preparing and ranking, by size and regime, as one table: `cargo xtask bench`.
//!
//! Each argument is a job: `azc:70000x40000`, then optionally `:plain`, `:both` (lists both ways), `:now`, `:1` (threads),
//! `:north` (all in three provinces instead of the whole country), `:all` (lists of all pairs: how many can be listed).
//! The last two numbers are the pairs listed and those that open later.
//! Records are made with seed 1, some at a time. Cpu seconds are those of the process, all threads, as the system counts them.
#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "a bench without its data has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use std::fs;
use std::time::{Duration, Instant};

use passend::{By, Engine, Request, Scorer, Watch, When};
use passend_synth::{REFERENCE_DAY, Regime, Settings, Spread, candidates, vacancies};

/// What is measured without arguments.
const JOBS: [&str; 10] = [
    "azc:1000x1000:plain",
    "azc:1000x1000",
    "open:1000x1000:plain",
    "open:1000x1000",
    "azc:10000x10000",
    "general:10000x10000",
    "open:10000x10000",
    "azc:70000x40000",
    "azc:70000x40000:now",
    "open:70000x40000",
];

fn main() {
    let given: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let jobs: Vec<&str> =
        if given.is_empty() { JOBS.to_vec() } else { given.iter().map(String::as_str).collect() };
    println!(
        "{:<34} {:>9} {:>9} {:>9} {:>9} {:>11} {:>9} {:>10}",
        "job", "prepare", "rank", "wall", "again", "pairs/cpu s", "MiB", "lines"
    );
    for job in jobs {
        run(job);
    }
}

fn run(job: &str) {
    let mut words = job.split(':');
    let regime: Regime = words.next().and_then(|word| word.parse().ok()).expect("a regime");
    let (people, work) = words.next().and_then(|word| word.split_once('x')).expect("a size");
    let (people, work): (usize, usize) =
        (people.parse().expect("people"), work.parse().expect("vacancies"));
    let mut request = Request::default();
    let mut spread = Spread::Country;
    for word in words {
        match word {
            "plain" => request.scorer = Scorer::Plain,
            "both" => request.by = By::Both,
            "vacancy" => request.by = By::Vacancy,
            "now" => request.when = When::Now,
            "all" => request.k = usize::MAX,
            "north" => spread = Spread::North,
            threads => request.threads = threads.parse().expect("a number of threads"),
        }
    }
    let engine = Engine::default();
    let settings = Settings { candidates: people, vacancies: work, seed: 1, regime, spread };
    // Records come in parts and go again, so that the memory is that of the market.
    let mut gathering = engine.gather(REFERENCE_DAY);
    let mut prepare = Duration::ZERO;
    let mut timed = |work: &mut dyn FnMut()| {
        let begin = cpu();
        work();
        prepare += cpu().saturating_sub(begin);
    };
    let mut works = vacancies(&settings, engine.vocabulary());
    while let Some(part) = part(&mut works) {
        timed(&mut || gathering.add_vacancies(&part));
    }
    let mut persons = candidates(&settings, engine.vocabulary());
    while let Some(part) = part(&mut persons) {
        timed(&mut || gathering.add_candidates(&part));
    }
    let market = gathering.market().expect("the ids are unique");
    let ranked = || {
        let (cpu_before, wall) = (cpu(), Instant::now());
        let ranking = market.rank(&request, &Watch::new()).expect("nobody stops it");
        (ranking.len(), ranking.later(), cpu().saturating_sub(cpu_before), wall.elapsed())
    };
    let (lines, later, first, wall) = ranked();
    let again = if request.scorer == Scorer::Index { Some(ranked().2) } else { None };
    let pairs = people as u128 * work as u128 * 1_000 / first.as_millis().max(1);
    println!(
        "{job:<34} {:>9} {:>9} {:>9} {:>9} {pairs:>11} {:>9} {lines:>10} {later:>12}",
        seconds(prepare),
        seconds(first),
        seconds(wall),
        again.map(seconds).unwrap_or_default(),
        peak_mebibytes(),
    );
}

/// The next records, two thousand of them; none when all are read.
fn part<T>(records: &mut impl Iterator<Item = T>) -> Option<Vec<T>> {
    let part: Vec<T> = records.take(2_048).collect();
    (!part.is_empty()).then_some(part)
}

fn seconds(time: Duration) -> String {
    format!("{}.{:02}", time.as_secs(), time.subsec_millis() / 10)
}

/// Cpu time of the process: user and system, in ticks of a hundredth of a second.
fn cpu() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    Duration::from_millis(ticks.filter_map(|one| one.parse::<u64>().ok()).sum::<u64>() * 10)
}

/// The most memory that the process has held, in MiB.
fn peak_mebibytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default()
        / 1024
}
