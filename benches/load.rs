// SPDX-License-Identifier: EUPL-1.2
//! How fast files of records are read: JSON Lines, CSV and Parquet, on one thread and on all, beside `serde_json` alone.
//!
//! 70,000 people and 40,000 vacancies from a seed, in memory. `cargo bench --bench load -- DIR` also writes the files, for
//! `benches/load.py` to read with polars, DuckDB and pyarrow. Wall and cpu are each the least of three; `cpu` is that of all
//! threads, and is what a busy machine leaves alone.
#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "a bench without its data has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the table is the result")]
#![expect(clippy::float_arithmetic, reason = "seconds and megabytes a second are no scores")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use passend::{Candidate, Vacancy, Vocabulary};
use passend_io::{OnRefusal, Reading, Record, read_records_with, write};
use passend_synth::{Settings, candidates, vacancies};

fn main() {
    // `cargo bench` passes flags of its own.
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = folder.map(PathBuf::from);
    let settings = Settings { candidates: 70_000, vacancies: 40_000, ..Settings::default() };
    let vocabulary = Vocabulary::starter();
    println!(
        "{:<48} {:>6} {:>8} {:>8} {:>8} {:>10}",
        "", "MB", "wall s", "cpu s", "MB/s", "MB/cpu s"
    );
    let people: Vec<Candidate> = candidates(&settings, &vocabulary).collect();
    measure("candidates", people, folder.as_ref());
    let work: Vec<Vacancy> = vacancies(&settings, &vocabulary).collect();
    measure("vacancies", work, folder.as_ref());
}

fn measure<T: Record + Clone>(name: &str, records: Vec<T>, folder: Option<&PathBuf>) {
    let mut jsonl = Vec::new();
    write::jsonl(&mut jsonl, &records).expect("memory can be written");
    let mut csv = Vec::new();
    write::records_csv(&mut csv, records.iter().cloned()).expect("memory can be written");
    let mut parquet = Vec::new();
    write::records_parquet(&mut parquet, records.iter().cloned()).expect("memory can be written");
    let files = [("jsonl", jsonl), ("csv", csv), ("parquet", parquet)];
    for (extension, bytes) in &files {
        if let Some(folder) = folder {
            std::fs::create_dir_all(folder).expect("the folder can be made");
            std::fs::write(folder.join(format!("{name}.{extension}")), bytes)
                .expect("the folder can be written");
        }
    }
    let number = records.len();
    drop(records);
    for (extension, bytes) in &files {
        if *extension == "jsonl" {
            row(&format!("{name}.jsonl, serde_json alone, 1 thread"), bytes, || {
                let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
                let records: Vec<T> = lines
                    .map(|line| serde_json::from_slice(line).expect("it was written"))
                    .collect();
                assert_eq!(records.len(), number);
            });
        }
        for threads in [1, 0] {
            let on = if threads == 1 { "1 thread" } else { "all threads" };
            row(&format!("{name}.{extension}, passend, {on}"), bytes, || {
                let reading = Reading { on_refusal: OnRefusal::Continue, threads };
                let batch = read_records_with::<T>(bytes.as_slice(), name, reading)
                    .expect("it was written");
                assert_eq!(batch.accepted.len(), number);
            });
        }
    }
}

fn row(label: &str, bytes: &[u8], mut job: impl FnMut()) {
    let mut best: Option<(Duration, Duration)> = None;
    for _ in 0..3 {
        let (cpu, wall) = (cpu(), Instant::now());
        job();
        let taken = (wall.elapsed(), self::cpu().saturating_sub(cpu));
        best = best.map_or(Some(taken), |best| Some((best.0.min(taken.0), best.1.min(taken.1))));
    }
    let (wall, cpu) = best.unwrap_or_default();
    let megabytes = u32::try_from(bytes.len()).map_or(f64::INFINITY, f64::from) / 1e6;
    let (wall, cpu) = (wall.as_secs_f64(), cpu.as_secs_f64());
    println!(
        "{label:<48} {megabytes:>6.1} {wall:>8.2} {cpu:>8.2} {:>8.0} {:>10.0}",
        megabytes / wall,
        megabytes / cpu
    );
}

/// What the process has used of the processors; nothing where the system does not say it in `/proc`.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let hundredths: u64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<u64>().ok())
        .sum();
    Duration::from_millis(hundredths * 10)
}
