// SPDX-License-Identifier: EUPL-1.2
//! The plan of one person against a market that stands ready: milliseconds on the clock and of
//! processor time, mean and percentiles, as one table: `cargo xtask bench plan`.
//!
//! Each argument is a job: `azc:200x40000`. Records are made in memory with seed 1. Processor time is that of all threads
//! and is what counts on a machine that does other work too; it is read from `/proc`, and 0 elsewhere.
#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "a bench without its data has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use passend::{Candidate, Engine, PlanRequest, Vacancy};
use passend_synth::{REFERENCE_DAY, Regime, Settings, candidates, vacancies};

/// What is measured without arguments.
const JOBS: [&str; 2] = ["azc:200x40000", "general:200x40000"];

fn main() {
    let given: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let jobs: Vec<&str> =
        if given.is_empty() { JOBS.to_vec() } else { given.iter().map(String::as_str).collect() };
    println!(
        "{:<20} {:<6} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "job, ms", "", "mean", "50%", "90%", "99%", "most"
    );
    for job in jobs {
        run(job);
    }
}

fn run(job: &str) {
    let (regime, size) = job.split_once(':').expect("a regime and a size");
    let regime: Regime = regime.parse().expect("a regime");
    let (people, work) = size.split_once('x').expect("a size");
    let (people, work): (usize, usize) =
        (people.parse().expect("people"), work.parse().expect("vacancies"));
    let engine = Engine::default();
    let settings =
        Settings { candidates: people, vacancies: work, seed: 1, regime, ..Settings::default() };
    let persons: Vec<Candidate> = candidates(&settings, engine.vocabulary()).collect();
    let works: Vec<Vacancy> = vacancies(&settings, engine.vocabulary()).collect();
    let market = engine.market(&[], &works, REFERENCE_DAY).expect("the ids are unique");
    drop(works);
    let request = PlanRequest::default();
    let (mut clock, mut processor) = (Vec::new(), Vec::new());
    let mut plans = 0;
    for person in &persons {
        let (begin, used) = (Instant::now(), used());
        plans += black_box(market.plan(person, &request)).plans.len();
        clock.push(begin.elapsed());
        processor.push(self::used().saturating_sub(used));
    }
    println!("{job:<20} clock  {}   {plans} plans", percentiles(clock));
    println!("{:<20} cpu    {}", "", percentiles(processor));
}

/// Processor time of all threads so far.
fn used() -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let of = |thread: std::fs::DirEntry| -> Option<u64> {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    Duration::from_nanos(threads.filter_map(of).sum())
}

fn percentiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX).max(1);
    let mean = times.iter().sum::<Duration>() / count;
    let at = |percent: usize| {
        let at = (times.len() * percent).div_ceil(100).saturating_sub(1);
        times.get(at).copied().unwrap_or_default()
    };
    let told = [mean, at(50), at(90), at(99), at(100)];
    told.map(|time| format!("{:>7}", time.as_millis())).join(" ")
}
