// SPDX-License-Identifier: EUPL-1.2
//! Tasks of a developer: `cargo xtask test` runs every check that a change must pass.
//!
//! It stands on the standard library alone, so that a fresh machine builds it in seconds.
#![forbid(unsafe_code)]

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["test"] => test(),
        ["rust"] => rust(),
        ["python"] => python(),
        ["quality", options @ ..] => quality(options),
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
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage => f.write_str(
                "expected a task\n  cargo xtask test    everything: Rust, then Python\n  cargo xtask rust    formatting, lints, tests and documentation\n  cargo xtask python  the Python package in a fresh environment\n  cargo xtask quality [FOLDER] [--quick|--tune|--confidence]  how good linking is on public development sets",
            ),
            Self::Missing { program, error, hint } => {
                write!(f, "`{program}` could not be started: {error}; {hint}")
            }
            Self::Failed(command) => write!(f, "failed: {command}"),
        }
    }
}

fn test() -> Result<(), Failure> {
    rust()?;
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
    let environment = root().join("target/venv");
    let interpreter = if cfg!(windows) { "python" } else { "python3" };
    run(
        Command::new(interpreter).args(["-m", "venv"]).arg(&environment),
        "Python 3.10 or newer is needed for the Python tests",
    )?;
    let within = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let within = environment.join(within);
    let python = |arguments: &[&str]| {
        run(Command::new(&within).args(arguments), "the environment in target/venv is incomplete")
    };
    python(&["-m", "pip", "install", "--quiet", "-r", "bindings/python/requirements-test.txt"])?;
    python(&["-m", "pip", "install", "--quiet", "./bindings/python"])?;
    python(&["-m", "pytest", "bindings/python"])?;
    python(&["-m", "mypy.stubtest", "passend"])
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
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo).args(arguments), "is Rust installed?")
}

/// Runs a command in the root of the workspace and waits for it.
fn run(command: &mut Command, hint: &'static str) -> Result<(), Failure> {
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    let shown = std::iter::once(program.clone()).chain(arguments).collect::<Vec<_>>().join(" ");
    say(&format!("+ {shown}"));
    match command.current_dir(root()).status() {
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
