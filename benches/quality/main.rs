// SPDX-License-Identifier: EUPL-1.2
//! How good linking is on public development sets, beside three plain methods: `cargo xtask quality [FOLDER]`.
//!
//! `--quick` leaves the other methods out; `--tune` tries other weights one by one, `--confidence` counts how often
//! answers are right, `--held-out` tells coverage and precision on titles that were not counted.
//!
//! The sets are not part of the repository; without them this says so and ends well.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "a task that prints a table")]
#![expect(clippy::float_arithmetic, reason = "figures of a report, not scores")]

mod baselines;
mod data;
mod held_out;
mod measure;
mod tune;

use std::path::PathBuf;
use std::process::ExitCode;

use data::{SETS, Set, Vocabulary};
use measure::{Clock, Figures, measure, measure_linker};
use tune::Task;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    let asks = |option: &str| arguments.iter().any(|one| one == option);
    let folder = arguments.iter().find(|one| !one.starts_with("--"));
    // A bench runs in the folder of its package.
    let folder = folder.map_or_else(|| PathBuf::from("../../shared/data/quality"), PathBuf::from);
    if !folder.join("dev").is_dir() {
        println!("no quality data in {}: nothing measured", folder.display());
        return ExitCode::SUCCESS;
    }
    let done = if asks("--tune") {
        tune::tune(&folder, Task::Weights)
    } else if asks("--confidence") {
        tune::tune(&folder, Task::Confidence)
    } else if asks("--held-out") {
        held_out::report(&folder)
    } else {
        report(&folder, asks("--quick"))
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("the quality data could not be read: {error}");
            ExitCode::FAILURE
        }
    }
}

fn report(folder: &std::path::Path, quick: bool) -> std::io::Result<()> {
    println!(
        "{:15} {:22} {:>6} {:>6} {:>6} {:>6} {:>9} {:>10} {:>9}",
        "set", "method", "MRR", "acc@1", "acc@5", "acc@10", "coverage", "precision", "cpu us"
    );
    for set in &SETS {
        let vocabulary = Vocabulary::read(folder, set)?;
        let queries = data::queries(folder, set.name)?;
        let clock = Clock::start();
        let linker = vocabulary.linker(set.settings());
        println!("{} labels in {:.0} ms", vocabulary.labels.len(), clock.micros() / 1e3);
        show(set, "passend", &measure_linker(set, &vocabulary, &queries, &linker));
        if !quick {
            for (name, method) in baselines::all(&vocabulary) {
                let find = |query: &str, k: usize| method.find(query, k);
                let step = queries.len().div_ceil(method.most()).max(1);
                let asked: Vec<_> = queries.iter().step_by(step).cloned().collect();
                let name = match step {
                    1 => name.to_owned(),
                    _ => format!("{name}, 1 in {step}"),
                };
                show(set, &name, &measure(set, &vocabulary, &asked, &find));
            }
        }
    }
    Ok(())
}

fn show(set: &Set, method: &str, figures: &Figures) {
    let sure = match (figures.coverage, figures.precision) {
        (Some(coverage), Some(precision)) => format!("{coverage:>9.3} {precision:>10.3}"),
        _ => format!("{:>9} {:>10}", "-", "-"),
    };
    let [first, five, ten] = figures.within;
    println!(
        "{:15} {:22} {:6.4} {:6.3} {:6.3} {:6.3} {} {:9.0}",
        set.name, method, figures.mean, first, five, ten, sure, figures.micros
    );
}
