// SPDX-License-Identifier: EUPL-1.2
//! The program as a user meets it: through the built binary, with files, pipes and exit codes.
#![cfg(test)] // so that the lints take helpers for tests too

mod capacity;
mod check;
mod errors;
mod explain;
mod groups;
mod history;
mod importing;
mod matching;
mod messages;
mod others;
mod outputs;
mod plans;
mod project;
mod records;
mod sides;
mod studies;
mod vocabulary;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) const CANDIDATES: &str = r#"{"id":"c1","residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"2027-12-31"},"bsn_available":true,"location":{"municipality":"Groningen"},"mobility":{"max_km":30},"hours":{"min":16,"max":40},"slots":[],"languages":[{"code":"nl","level":"A2"}],"education":[],"experience":[{"title":"kok","months":36}],"skills":[{"label":"koken"}],"certificates":[],"licences":[],"registrations":[]}
{"id":"c2","residence":{"status":"status_holder_fixed_term"},"location":{"municipality":"Assen"},"skills":[],"experience":[]}
"#;
pub(crate) const VACANCIES: &str = r#"{"id":"v1","title":"kok","location":{"municipality":"Groningen"},"positions":1,"hours":{"min":24,"max":36},"require":{"languages":[{"code":"nl","min":"A2","weight":"must"}],"skills":[{"label":"koken","weight":"must"}]},"twv":{"employer_will_apply":"yes"}}
{"id":"v2","title":"schoonmaker","location":{"municipality":"Assen"}}
"#;

/// A folder with files, in which the program is run.
pub(crate) struct Bench(tempfile::TempDir);

/// What a run gave.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Bench {
    /// A folder with a file of candidates and one of vacancies.
    pub(crate) fn new() -> Self {
        let bench = Self(tempfile::tempdir().unwrap());
        bench.file("candidates.jsonl", CANDIDATES);
        bench.file("vacancies.jsonl", VACANCIES);
        bench
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The names in the folder, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
        command.current_dir(self.0.path()).args(arguments).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    /// Runs the program with the arguments of a line, split at spaces.
    pub(crate) fn line(&self, line: &str) -> Run {
        self.run(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub(crate) fn with_input(&self, line: &str, input: &str) -> Run {
        let mut child = self
            .command(&line.split_whitespace().collect::<Vec<_>>())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that refuses its arguments does not read.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Run::of(child.wait_with_output().unwrap())
    }
}

impl Run {
    fn of(output: std::process::Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The run, when it ended with this status.
    #[track_caller]
    pub(crate) fn expect(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}", self.err);
        self
    }

    /// The lines of the output, each as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}
