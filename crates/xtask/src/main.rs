// SPDX-License-Identifier: EUPL-1.2
//! Tasks of a developer: `cargo xtask test` runs every check that a change must pass.
//!
//! It stands on the standard library alone, so that a fresh machine builds it in seconds; `mutants`, which reads Rust, is
//! a program of its own.
#![forbid(unsafe_code)]

mod c;
mod fuzz;
mod kill;
mod pages;
mod platforms;
mod release;
mod sanitize;
mod sheets;

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What `cargo xtask` says when it is not told what to do.
const USAGE: &str = "\
expected a task
  cargo xtask test    everything: Rust, then C, then Python
  cargo xtask rust    formatting, lints, tests and documentation
  cargo xtask python  the Python package in a fresh environment
  cargo xtask bare    the Python package where no other package is
  cargo xtask spark   the Python package on a local cluster of Spark, in a fresh environment; needs Java (slow)
  cargo xtask notebooks  runs the notebooks and writes .ipynb and docs/notebooks
  cargo xtask docs    the site of the Python package in target/python-docs
  cargo xtask c       the C library: header, exported symbols, samples in C and ctypes
  cargo xtask samples  the samples in every language that is there
  cargo xtask header  bindings/c/include/passend.h and bindings/c/schemas from the sources
  cargo xtask stress [CALLS]  the C library called in bulk and in the wrong way (slow)
  cargo xtask sanitize [network|memory|address|thread|miri]…  the C library under strace, valgrind, the sanitizers and Miri, as far as they are there (slow)
  cargo xtask platforms  compiles for Windows and macOS as far as their standard libraries are there
  cargo xtask api [--check]  crates/passend/public-api.txt: what a dependent can use
  cargo xtask sbom    the parts of the C library as CycloneDX in target/sbom
  cargo xtask reproducible [dev|release]  builds the C library in two folders and compares the bytes (slow)
  cargo xtask install-c --prefix FOLDER  library, header and pkg-config file
  cargo xtask law     docs/law.md from the tables of the policy
  cargo xtask starter  the starter vocabulary as a pack from its tables
  cargo xtask quality [FOLDER] [--quick|--tune|--confidence|--held-out]  how good linking is on public development sets
  cargo xtask bench [JOB…]  cpu seconds by size as one table (benches/sizes.rs says what a job is)
  cargo xtask bench one [JOB…]  one person against vacancies that stand ready (benches/one.rs says what a job is)
  cargo xtask bench peers [PEOPLExVACANCIES [wide]]  the skills criterion with other tools, in a fresh environment (slow)
  cargo xtask bench plan [JOB…]  the plan of one person (benches/plan.rs says what a job is)
  cargo xtask same    the index against the plain scorer, 10,000 x 10,000 whole and 70,000 x 400,000 in part (slow)
  cargo xtask kernel  that the scan of 64 people is made of vector instructions
  cargo xtask kill [PROGRAM]  kills it at 50 random moments and fills the disk at 20 offsets: nothing may be lost
  cargo xtask disclosure [TABLES]  group tables against ACRO, fairness against Fairlearn, and what a whole report gives away, in a fresh environment (slow)
  cargo xtask solvers [MARKETS]  plans against OR-tools and HiGHS, each proof checked, in a fresh environment (slow)
  cargo xtask sheets [PROGRAM]  opens the tables for Dutch spreadsheets with LibreOffice and looks at the cells
  cargo xtask pages [PROGRAM]  the pages in chromium: axe-core in light and dark, narrow, and printed; needs Node.js
  cargo xtask readers  what DuckDB, pandas, polars and Frictionless make of fixtures/bad/tables, in a fresh environment
  cargo xtask fuzz [--executions N] [TARGET…]  fuzzing of the readers, 10 million executions each, 1 million for files that are packed (slow)
  cargo xtask mutants [FILE…]  mutation testing of the gates and the rules, by hand (slow)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["test"] => test(),
        ["rust"] => rust(),
        ["python"] => python(),
        ["bare"] => bare(),
        ["spark"] => spark(),
        ["notebooks"] => notebooks(),
        ["docs"] => docs(),
        ["law"] => law(),
        ["starter"] => starter(),
        ["quality", options @ ..] => quality(options),
        ["bench", "one", jobs @ ..] => bench("one", jobs),
        ["bench", "plan", jobs @ ..] => bench("plan", jobs),
        ["bench", "peers", options @ ..] if options.len() <= 2 => peers(options),
        ["bench", jobs @ ..] => bench("sizes", jobs),
        ["same"] => same(),
        ["kernel"] => kernel(),
        ["kill"] => built().and_then(|program| kill::kill(&program)),
        ["kill", program] => kill::kill(&root().join(program)),
        ["disclosure", tables @ ..] if tables.len() <= 1 => disclosure(tables),
        ["readers"] => readers(),
        ["fuzz", options @ ..] => fuzz::fuzz(options),
        ["solvers", markets @ ..] if markets.len() <= 1 => solvers(markets),
        ["sheets"] => built().and_then(|program| sheets::sheets(&program)),
        ["sheets", program] => sheets::sheets(&root().join(program)),
        ["pages"] => built().and_then(|program| pages::pages(&program)),
        ["pages", program] => pages::pages(&root().join(program)),
        ["mutants", rest @ ..] => mutants(rest),
        ["c"] => c::c(),
        ["header"] => c::header(false),
        ["samples"] => c::samples(),
        ["stress", options @ ..] => c::stress(options),
        ["install-c", "--prefix", prefix] => c::install(prefix),
        ["sanitize", names @ ..] => sanitize::sanitize(names),
        ["platforms"] => platforms::platforms(),
        ["api"] => release::api(false),
        ["api", "--check"] => release::api(true),
        ["sbom"] => release::sbom(),
        ["reproducible", profile @ ..] if profile.len() <= 1 => release::reproducible(profile),
        _ => Err(Failure::Usage),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&format!("xtask: {failure}"));
            ExitCode::from(if matches!(failure, Failure::Usage) { 2 } else { 1 })
        }
    }
}

/// Why a task ended.
enum Failure {
    Usage,
    /// A program could not be started.
    Missing {
        program: String,
        error: io::Error,
        hint: &'static str,
    },
    /// A program ended with another status than success.
    Failed(String),
    /// A file could not be written.
    Write {
        file: String,
        error: io::Error,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage => f.write_str(USAGE),
            Self::Missing { program, error, hint } => {
                write!(f, "`{program}` could not be started: {error}; {hint}")
            }
            Self::Failed(command) => write!(f, "failed: {command}"),
            Self::Write { file, error } => write!(f, "`{file}` could not be written: {error}"),
        }
    }
}

fn test() -> Result<(), Failure> {
    rust()?;
    c::c()?;
    python()
}

fn rust() -> Result<(), Failure> {
    const PYTHON: &str = "passend-python";
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    // The engine alone, with the features that it asks for itself: other crates must not lend it a clock.
    cargo(&["check", "-p", "passend"])?;
    // It needs an interpreter to link with; Python tests it below.
    cargo(&["test", "--workspace", "--exclude", PYTHON])?;
    cargo(&["doc", "--workspace", "--no-deps", "--exclude", PYTHON])
}

fn python() -> Result<(), Failure> {
    let within = environment("venv", "requirements-test.txt", "dev")?;
    let python = |arguments: &[&str]| {
        run(Command::new(&within).args(arguments), "the environment in target/venv is incomplete")
    };
    python(&["-m", "pytest", "bindings/python"])?;
    python(&["-m", "mypy.stubtest", "passend"])
}

/// The Python package where no other package is.
fn bare() -> Result<(), Failure> {
    let within = interpreter_in("venv-bare")?;
    install(&within, &["./bindings/python"], "dev")?;
    run(Command::new(within).arg("bindings/python/tests/bare.py"), "is the package built?")
}

/// The Python package on a cluster of Spark, which is this machine.
fn spark() -> Result<(), Failure> {
    let within = environment("venv-spark", "requirements-spark.txt", "dev")?;
    run(Command::new(within).arg("bindings/python/tests/cluster.py"), "is the package built?")
}

/// Runs the notebooks and writes what is made of them: `.ipynb` beside them, pages in `docs/notebooks`.
fn notebooks() -> Result<(), Failure> {
    let python = environment("venv-docs", "requirements-docs.txt", "release")?;
    run(Command::new(python).arg("bindings/python/notebooks/render.py"), "is the package built?")
}

/// Makes the site of the Python package in `target/python-docs`.
fn docs() -> Result<(), Failure> {
    let python = environment("venv-docs", "requirements-docs.txt", "release")?;
    run(Command::new(python).arg("bindings/python/docs/build.py"), "is the package built?")
}

/// The interpreter of an environment in `target` with the packages of a list, and with the Python package as it is now.
///
/// Tests are content with a package built as `cargo test` builds, which shares what is built already.
fn environment(name: &str, requirements: &str, profile: &str) -> Result<PathBuf, Failure> {
    let requirements = format!("bindings/python/{requirements}");
    let within = interpreter_in(name)?;
    for what in [["-r", requirements.as_str()].as_slice(), &["./bindings/python"]] {
        install(&within, what, profile)?;
    }
    Ok(within)
}

/// The interpreter of an environment in `target` with these packages of others.
fn interpreter_with(name: &str, packages: &[&str]) -> Result<PathBuf, Failure> {
    let within = interpreter_in(name)?;
    install(&within, packages, "release")?;
    Ok(within)
}

/// The interpreter of an environment in `target`, which is made if it is not there.
fn interpreter_in(name: &str) -> Result<PathBuf, Failure> {
    let folder = root().join("target").join(name);
    run(
        Command::new(c::python()).args(["-m", "venv"]).arg(&folder),
        "Python 3.10 or newer is needed",
    )?;
    Ok(folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" }))
}

fn install(within: &Path, what: &[&str], profile: &str) -> Result<(), Failure> {
    let mut pip = Command::new(within);
    pip.args(["-m", "pip", "install", "--quiet"]).args(what);
    run(
        pip.env("MATURIN_PEP517_ARGS", format!("--profile={profile}")),
        "the environment is incomplete",
    )
}

/// Plans of random markets against two solvers, and every proof against a script that knows nothing of passend.
fn solvers(markets: &[&str]) -> Result<(), Failure> {
    let within = interpreter_with("venv-solvers", &["ortools", "scipy"])?;
    let file = root().join("target/markets.jsonl");
    let count = markets.first().copied().unwrap_or("500");
    let mut cargo = Command::new(cargo_program());
    cargo
        .args(["test", "-p", "passend-synth", "--test", "assign", "every_kind"])
        .env("PASSEND_MARKETS", &file)
        .env("PASSEND_MARKETS_COUNT", count);
    run(&mut cargo, "is cargo there?")?;
    let script = root().join("crates/xtask/src/solvers.py");
    run(Command::new(&within).arg(script).arg(file), "is Python installed?")
}

/// Group tables against ACRO, fairness against Fairlearn, and what all tables of a report together give away.
fn disclosure(tables: &[&str]) -> Result<(), Failure> {
    let within = interpreter_with("venv-disclosure", &["acro", "fairlearn", "scipy"])?;
    let script = root().join("crates/xtask/src/disclosure.py");
    let program = built()?;
    run(Command::new(&within).arg(script).arg(program).args(tables), "is Python installed?")
}

/// The bad tables, read by others too.
fn readers() -> Result<(), Failure> {
    let within = interpreter_with("venv-readers", &["duckdb", "pandas", "polars", "frictionless"])?;
    let script = root().join("crates/xtask/src/readers.py");
    let tables = root().join("fixtures/bad/tables");
    run(Command::new(&within).arg(script).arg(built()?).arg(tables), "is Python installed?")
}

/// Writes the page about the law, which a test compares with the tables.
fn law() -> Result<(), Failure> {
    const PAGE: &str = "docs/law.md";
    let arguments = ["run", "--quiet", "-p", "passend", "--example", "law_page"];
    let made = Command::new(cargo_program()).args(arguments).current_dir(root()).output();
    let made = made.map_err(|error| Failure::Missing {
        program: "cargo".to_owned(),
        error,
        hint: "is Rust installed?",
    })?;
    if !made.status.success() {
        say(String::from_utf8_lossy(&made.stderr).trim_end());
        return Err(Failure::Failed(format!("cargo {}", arguments.join(" "))));
    }
    std::fs::write(root().join(PAGE), made.stdout)
        .map_err(|error| Failure::Write { file: PAGE.to_owned(), error })
}

/// Writes the starter vocabulary as a pack, which a test compares with its tables.
fn starter() -> Result<(), Failure> {
    let test = ["test", "-p", "passend", "--lib", "the_embedded_pack_is_that_of_the_tables"];
    run(
        Command::new(cargo_program()).args(test).env("PASSEND_WRITE_STARTER", "1"),
        "is Rust installed?",
    )
}

/// Changes the gates and the evaluation of rules one place at a time, and looks whether a test fails each time. What
/// survives, with its reason, stands in `docs/mutants.md`.
fn mutants(files: &[&str]) -> Result<(), Failure> {
    let root = root();
    let copy = target().join("mutation");
    let (root, copy) = (root.to_string_lossy(), copy.to_string_lossy());
    let mut arguments = vec!["run", "-p", "xtask", "--features", "mutants", "--bin", "mutants"];
    arguments.extend(["--", &*root, &*copy]);
    arguments.extend(files);
    cargo(&arguments)
}

/// Runs from the root; a folder may be named from there.
fn quality(options: &[&str]) -> Result<(), Failure> {
    let mut arguments = vec!["bench", "-p", "passend-benches", "--bench", "quality", "--"];
    let folder = options.iter().find(|option| !option.starts_with("--"));
    let folder = root().join(folder.unwrap_or(&"../shared/data/quality"));
    let folder = folder.to_string_lossy();
    arguments.push(&folder);
    arguments.extend(options.iter().filter(|option| option.starts_with("--")));
    cargo(&arguments)
}

fn cargo(arguments: &[&str]) -> Result<(), Failure> {
    run(Command::new(cargo_program()).args(arguments), "is Rust installed?")
}

/// The program, built for use.
fn built() -> Result<PathBuf, Failure> {
    cargo(&["build", "--release", "-p", "passend-cli"])?;
    Ok(target().join("release").join(format!("passend{}", std::env::consts::EXE_SUFFIX)))
}

/// The folder of what is built.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn cargo_program() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn bench(table: &str, jobs: &[&str]) -> Result<(), Failure> {
    let mut arguments = vec!["bench", "-p", "passend-benches", "--bench", table, "--"];
    arguments.extend(jobs);
    cargo(&arguments)
}

/// Compares with other tools on the skills criterion alone. Its program is run by the script, so that all is one run.
fn peers(options: &[&str]) -> Result<(), Failure> {
    // DuckDB takes tables through pyarrow.
    const TOOLS: [&str; 7] =
        ["sparse_dot_topn", "scipy", "numpy", "duckdb", "pyarrow", "polars", "tantivy"];
    let within = interpreter_with("venv-peers", &TOOLS)?;
    let program = bench_program("peers")?;
    let (size, rest) = options.split_first().unwrap_or((&"10000x10000", &[]));
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut script = Command::new(&within);
    script.arg(root().join("benches/peers.py")).arg(program);
    script.arg(root().join("target/peers")).arg(size).arg(threads.to_string()).args(rest);
    run(&mut script, "is Python installed?")
}

/// Builds a bench and gives its program.
fn bench_program(name: &str) -> Result<PathBuf, Failure> {
    let arguments =
        ["bench", "-p", "passend-benches", "--no-run", "--message-format=json", "--bench", name];
    let made = Command::new(cargo_program())
        .args(arguments)
        .current_dir(root())
        .stderr(std::process::Stdio::inherit())
        .output();
    let made = made.map_err(|error| Failure::Missing {
        program: "cargo".to_owned(),
        error,
        hint: "is Rust installed?",
    })?;
    // The last line that names a program: a word of JSON, since this crate stands on the standard library alone.
    let told = String::from_utf8_lossy(&made.stdout);
    let mut programs = told.lines().filter_map(|line| {
        let (_, after) = line.split_once("\"executable\":\"")?;
        after.split('"').next().map(PathBuf::from)
    });
    programs
        .next_back()
        .filter(|_| made.status.success())
        .ok_or_else(|| Failure::Failed(format!("cargo {}", arguments.join(" "))))
}

fn same() -> Result<(), Failure> {
    let test = ["test", "--profile", "bench", "-p", "passend-benches", "--test", "same"];
    run(
        Command::new(cargo_program()).args(test).env("PASSEND_SAME_SIZE", "10000"),
        "is Rust installed?",
    )
}

/// Reads the machine code of the scan: a changed constant could turn its loops into plain ones, several times slower.
///
/// Each version multiplies 64 lanes of 16 bits for the skills, so it has at least that many multiplications side by side.
fn kernel() -> Result<(), Failure> {
    // By instruction set: registers for 64 bytes; one scan for lists and one for prices have a look-up for skills and six
    // products of twice as many each.
    const VERSIONS: [(&str, &str, &str, &str, usize); 3] = [
        ("vectorize_avx512", "vpshufb", "vpmullw", "%zmm", 1),
        ("vectorize_avx2", "vpshufb", "vpmullw", "%ymm", 2),
        ("vectorize_sse4_2", "pshufb", "pmullw", "%xmm", 4),
    ];
    if !cfg!(target_arch = "x86_64") {
        say("kernel: only the machine code for x86-64 is read");
        return Ok(());
    }
    // Without optimisation at link time the library holds its machine code itself.
    const NO_LTO: &str = "profile.release.lto=false";
    cargo(&[
        "rustc",
        "-p",
        "passend",
        "--lib",
        "--release",
        "--config",
        NO_LTO,
        "--",
        "--emit",
        "asm",
    ])?;
    let found = std::fs::read_dir(target().join("release/deps")).into_iter().flatten().flatten();
    let code = found.map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("passend-") && name.ends_with(".s")
    });
    let newest = code.max_by_key(|path| path.metadata().and_then(|data| data.modified()).ok());
    let text = newest.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    for (version, look_up, product, register, registers) in VERSIONS {
        let begins =
            |line: &str| line.contains(version) && line.ends_with(':') && !line.starts_with('.');
        let (mut inside, mut look_ups, mut products) = (false, 0, 0);
        for line in text.lines() {
            inside = begins(line) || inside && !line.starts_with(".Lfunc_end");
            let is = |instruction: &str| {
                inside && line.trim_start().starts_with(instruction) && line.contains(register)
            };
            look_ups += usize::from(is(look_up));
            products += usize::from(is(product));
        }
        for (instruction, count, least) in
            [(look_up, look_ups, 2 * registers), (product, products, 2 * 2 * 6 * registers)]
        {
            say(&format!(
                "kernel: `{version}` has {count} `{instruction}` on {register}, at least {least} are needed"
            ));
            if count < least {
                return Err(Failure::Failed(format!(
                    "the loops of `{version}` are not vectorised"
                )));
            }
        }
    }
    Ok(())
}

/// Runs a command in the root of the workspace and waits for it.
fn run(command: &mut Command, hint: &'static str) -> Result<(), Failure> {
    run_in(command, &root(), hint)
}

/// Runs a command in a folder and waits for it.
fn run_in(command: &mut Command, folder: &Path, hint: &'static str) -> Result<(), Failure> {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    let shown = std::iter::once(program.clone()).chain(arguments).collect::<Vec<_>>().join(" ");
    say(&format!("+ {shown}"));
    match command.current_dir(folder).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::Failed(shown)),
        Err(error) => Err(Failure::Missing { program, error, hint }),
    }
}

fn root() -> PathBuf {
    // Asked when it runs: a built xtask may be carried along with a moved checkout.
    let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    crate_folder.ancestors().nth(2).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

fn say(line: &str) {
    // Nothing is left to tell it to when standard error is gone.
    let _ = writeln!(io::stderr(), "{line}");
}
