// SPDX-License-Identifier: EUPL-1.2
//! Runs the fuzz targets of the readers to a number of executions each, without cargo-fuzz.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Failure, cargo_program, root, run, say};

/// What one target is run with: executions, and the longest input.
struct Target {
    name: &'static str,
    executions: u64,
    longest: u32,
    /// Beginnings of names in `fixtures/bad`, or a folder there, whose files are where it starts.
    seeds: &'static [&'static str],
}

const LINES: u64 = 10_000_000;
const ZIPS: u64 = 1_000_000;

const TARGETS: [Target; 10] = [
    Target { name: "json_lines", executions: LINES, longest: 400, seeds: &["records/j"] },
    Target { name: "records_csv", executions: LINES, longest: 200, seeds: &["records/r"] },
    Target { name: "table", executions: LINES, longest: 200, seeds: &["tables/"] },
    Target { name: "vum", executions: LINES, longest: 400, seeds: &["vum_"] },
    Target { name: "job_posting", executions: LINES, longest: 400, seeds: &["job_"] },
    Target { name: "europass", executions: LINES, longest: 300, seeds: &["euro_"] },
    Target { name: "json_resume", executions: LINES, longest: 300, seeds: &["resume_"] },
    Target { name: "beside", executions: LINES, longest: 200, seeds: &[] },
    Target { name: "xlsx", executions: ZIPS, longest: 500, seeds: &[] },
    Target { name: "parquet", executions: ZIPS, longest: 60, seeds: &[] },
];

/// Coverage for libFuzzer without the flags of a nightly compiler; one unit, so that a counter is in one place.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3 \
                     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table";
const TRIPLE: &str = "x86_64-unknown-linux-gnu";

/// Runs these targets, or all; with `--executions N` each so often.
pub(crate) fn fuzz(arguments: &[&str]) -> Result<(), Failure> {
    let mut asked = None;
    let mut names = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match *argument {
            "--executions" => {
                let number = rest.next().and_then(|number| number.parse::<u64>().ok());
                asked = Some(number.ok_or(Failure::Usage)?);
            }
            name if TARGETS.iter().any(|target| target.name == name) => names.push(name),
            _ => return Err(Failure::Usage),
        }
    }
    let folder = root().join("crates/passend-io/fuzz");
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| folder.join("target"), |own| PathBuf::from(own).join("fuzz"));
    let is_asked = |target: &&Target| names.is_empty() || names.contains(&target.name);
    let mut build = Command::new(cargo_program());
    build.args(["build", "--release", "--target", TRIPLE, "--manifest-path"]);
    build.arg(folder.join("Cargo.toml")).arg("--target-dir").arg(&target);
    if TARGETS.iter().filter(is_asked).any(|one| one.name == "parquet") {
        build.args(["--features", "parquet"]);
    }
    for one in TARGETS.iter().filter(is_asked) {
        build.args(["--bin", one.name]);
    }
    run(build.env("RUSTFLAGS", FLAGS), "is Rust installed, and a C++ compiler?")?;
    for one in TARGETS.iter().filter(is_asked) {
        let program = target.join(TRIPLE).join("release").join(one.name);
        one.run(&program, &folder, asked.unwrap_or(one.executions))?;
    }
    Ok(())
}

impl Target {
    fn run(&self, program: &Path, folder: &Path, executions: u64) -> Result<(), Failure> {
        let corpus = folder.join("corpus").join(self.name);
        let found = folder.join("artifacts").join(self.name);
        for folder in [&corpus, &found] {
            fs::create_dir_all(folder)
                .map_err(|error| Failure::Write { file: folder.display().to_string(), error })?;
        }
        self.seed(&corpus);
        let output = Command::new(program)
            .arg(&corpus)
            .args([
                format!("-runs={executions}"),
                format!("-max_len={}", self.longest),
                format!("-artifact_prefix={}/", found.display()),
                "-timeout=10".to_owned(),
                "-rss_limit_mb=3000".to_owned(),
                "-malloc_limit_mb=1000".to_owned(),
                "-print_final_stats=1".to_owned(),
            ])
            .stdout(Stdio::null())
            .output()
            .map_err(|error| Failure::Missing {
                program: self.name.to_owned(),
                error,
                hint: "was it built?",
            })?;
        let told = String::from_utf8_lossy(&output.stderr);
        let figure = |name: &str| {
            let line = told.lines().find(|line| line.contains(name)).unwrap_or_default();
            line.rsplit(' ').next().unwrap_or_default().to_owned()
        };
        say(&format!(
            "fuzz: {}: {} executions, {} a second, {} inputs kept",
            self.name,
            figure("number_of_executed_units"),
            figure("average_exec_per_sec"),
            figure("new_units_added"),
        ));
        if output.status.success() {
            return Ok(());
        }
        let from = told.lines().count().saturating_sub(40);
        told.lines().skip(from).for_each(say);
        Err(Failure::Failed(format!("{}; the input is in {}", self.name, found.display())))
    }

    /// Puts the files that are there in its corpus, each once.
    fn seed(&self, corpus: &Path) {
        let bad = root().join("fixtures/bad");
        for seed in self.seeds {
            let (within, prefix) = seed.rsplit_once('/').unwrap_or(("", seed));
            let files = fs::read_dir(bad.join(within)).into_iter().flatten().flatten();
            for file in files.filter(|file| file.path().is_file()) {
                let name = file.file_name().to_string_lossy().into_owned();
                if name.starts_with(prefix) && !name.ends_with(".tsv") {
                    let _ = fs::copy(file.path(), corpus.join(name));
                }
            }
        }
    }
}
