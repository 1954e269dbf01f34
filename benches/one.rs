// SPDX-License-Identifier: EUPL-1.2
//! One person against vacancies that stand ready: microseconds at the median, the 90th and the 99th percentile, as one
//! table: `cargo xtask bench one`.
//!
//! Each argument is a job: `azc:2000x400000`. Records of the whole country are made in memory with seed 1. `all` is a whole
//! answer from the record: reading it, ranking, and the check of the list by the plain scorer; `read` is reading the record
//! alone. Each is the least of three times, since other work on the machine only adds. Then: making the shelf, adding and
//! taking away vacancies; and a snapshot of it, beside reading the same vacancies from JSON Lines.
#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "a bench without its data has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use passend::{Candidate, Engine, Request, Shelf, Vacancy, Watch};
use passend_io::{OnRefusal, read_records, read_snapshot, write_snapshot};
use passend_synth::{REFERENCE_DAY, Regime, Settings, Spread, candidates, vacancies};
use tempfile::NamedTempFile;

/// What is measured without arguments.
const JOBS: [&str; 3] = ["azc:2000x400000", "general:2000x400000", "open:500x400000"];
/// Vacancies that come and go.
const CHANGES: [usize; 4] = [1, 100, 1_000, 10_000];

fn main() {
    let given: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let jobs: Vec<&str> =
        if given.is_empty() { JOBS.to_vec() } else { given.iter().map(String::as_str).collect() };
    println!("{:<26} {:>24} {:>24} {:>24}", "job, µs at 50/90/99%", "all", "read", "all but read");
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
    let more = CHANGES.iter().sum::<usize>();
    let settings = Settings {
        candidates: people,
        vacancies: work + more,
        seed: 1,
        regime,
        spread: Spread::Country,
    };
    let persons: Vec<Candidate> = candidates(&settings, engine.vocabulary()).collect();
    let mut works: Vec<Vacancy> = vacancies(&settings, engine.vocabulary()).collect();
    let mut others = works.split_off(work);
    let begin = Instant::now();
    let shelf = engine.shelf(&works, REFERENCE_DAY).expect("the ids are unique");
    let made = begin.elapsed();
    let mut lines = Vec::new();
    for one in works {
        serde_json::to_writer(&mut lines, &one).expect("a record");
        lines.push(b'\n');
    }
    let opened = snapshot(&engine, &shelf, &lines);
    drop(lines);
    let request = Request::default();
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    let mut lines = 0;
    for person in &persons {
        let all = least(|| shelf.rank_one(person, &request, &Watch::new()).expect("not stopped"));
        let read = least(|| shelf.market(std::slice::from_ref(person)).expect("one person"));
        for (times, one) in times.iter_mut().zip([all, read, all.saturating_sub(read)]) {
            times.push(one);
        }
        lines += shelf.rank_one(person, &request, &Watch::new()).expect("not stopped").1.len();
    }
    let [all, read, rank] = times.map(percentiles);
    println!(
        "{job:<26} {all:>24} {read:>24} {rank:>24} {lines:>8} lines, shelf made in {made:.1?}"
    );
    let own = |shelf: &Shelf| {
        let times = persons.iter().take(300).map(|person| {
            least(|| shelf.rank_one(person, &request, &Watch::new()).expect("not stopped"))
        });
        percentiles(times.collect())
    };
    println!("  300 people: {}, {} from the snapshot", own(&shelf), own(&opened));
    for count in CHANGES {
        let some = others.split_off(others.len() - count);
        let ids: Vec<&str> = some.iter().map(|one| one.id.as_str()).collect();
        let begin = Instant::now();
        let grown = shelf.with(&some).expect("the ids are new");
        let added = begin.elapsed();
        let begin = Instant::now();
        let shrunk = grown.without(&ids);
        let taken = begin.elapsed();
        assert_eq!(shrunk.len(), shelf.len());
        println!(
            "  {count:>6} added in {added:.1?}, taken away in {taken:.1?}; 300 people: {}",
            own(&grown)
        );
    }
}

/// How long a snapshot takes, and the same vacancies from JSON Lines; and the shelf that was read.
fn snapshot(engine: &Engine, shelf: &Shelf, lines: &[u8]) -> Shelf {
    let written = least(|| shelf.snapshot().expect("no events"));
    let mut file = NamedTempFile::new().expect("a folder for what passes");
    write_snapshot(shelf, &mut file).expect("room for it");
    let length = file.as_file().metadata().expect("it was written").len();
    let read = least(|| read_snapshot(engine, file.path()).expect("it was written"));
    let begin = Instant::now();
    let records = read_records::<Vacancy>(lines, "vacancies.jsonl", OnRefusal::Stop);
    let records = records.expect("it was written").accepted;
    let parsed = begin.elapsed();
    let again = engine.shelf(&records, REFERENCE_DAY).expect("the ids are unique");
    let prepared = begin.elapsed();
    assert_eq!(again.len(), shelf.len());
    println!(
        "  snapshot of {} MB written in {written:.1?}, read in {read:.1?}; JSON Lines of {} MB read in {parsed:.1?}, ready in {prepared:.1?}",
        length / 1_000_000,
        lines.len() / 1_000_000
    );
    read_snapshot(engine, file.path()).expect("it was written")
}

/// The least time of three.
fn least<T>(work: impl Fn() -> T) -> Duration {
    let time = |_| {
        let begin = Instant::now();
        drop(black_box(work()));
        begin.elapsed()
    };
    (0..3).map(time).min().unwrap_or_default()
}

fn percentiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |percent: usize| {
        let time = times.get(times.len().saturating_sub(1) * percent / 100);
        time.copied().unwrap_or_default().as_micros()
    };
    format!("{} / {} / {}", at(50), at(90), at(99))
}
