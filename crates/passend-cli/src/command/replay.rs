// SPDX-License-Identifier: EUPL-1.2
//! `passend replay`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};
use passend::Lang;
use passend_io::{Code, Entry, HashedFile, RunRecordError, read_runs};
use serde::Serialize;

use super::Program;
use crate::arguments::Output;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::{input, journal, output, parts};

/// Check a run record, run again what it tells of, and compare: the same bytes must come out
///
/// Nothing is written but the report. Inputs are looked for under the names of the record, so run it where the runs were.
/// Exit code 4, with the line, when a line is not as it was written, an input is missing or another, or other bytes come out.
#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// The record that `--record` made
    file: PathBuf,
    /// Run only this line again; the chain is checked to its end all the same
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    line: Option<u64>,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object a line
    Jsonl,
}

/// What came of a line.
#[derive(Debug, Serialize)]
struct Replayed {
    line: u64,
    outcome: Came,
    /// The files that it is about.
    files: Vec<String>,
    /// What decided then and now, where the versions differ.
    versions: BTreeMap<String, [String; 2]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Came {
    /// The same bytes came out.
    Reproduced,
    /// A part of a run; the line of the whole run says what came of it.
    Part,
    /// An input is not there, or was standard input.
    InputMissing,
    /// An input holds other bytes.
    InputChanged,
    /// Other bytes came out.
    OutputDiffers,
    /// The run does not end well any more.
    Fails,
}

impl Came {
    fn is_good(self) -> bool {
        matches!(self, Self::Reproduced | Self::Part)
    }

    fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Reproduced, Lang::Nl) => "dezelfde uitkomst",
            (Self::Reproduced, Lang::En) => "the same outcome",
            (Self::Part, Lang::Nl) => "deel van een run",
            (Self::Part, Lang::En) => "part of a run",
            (Self::InputMissing, Lang::Nl) => "invoer is er niet",
            (Self::InputMissing, Lang::En) => "an input is not there",
            (Self::InputChanged, Lang::Nl) => "invoer is veranderd",
            (Self::InputChanged, Lang::En) => "an input was changed",
            (Self::OutputDiffers, Lang::Nl) => "er komt iets anders uit",
            (Self::OutputDiffers, Lang::En) => "something else comes out",
            (Self::Fails, Lang::Nl) => "de run lukt niet meer",
            (Self::Fails, Lang::En) => "the run does not end well any more",
        }
    }
}

impl Replay {
    pub(crate) fn run(self, console: &Console) -> Result<Outcome, Failure> {
        let entries = match read_runs(&input::bytes(&self.file)?) {
            Ok(entries) => entries,
            Err(RunRecordError::Broken { line, fault }) => {
                let Self { file, .. } = &self;
                let code = Code::BrokenRecord;
                console.say(format_args!("{}:{line}: {code} {fault}", file.display()));
                return Ok(Outcome::CheckFailed);
            }
            Err(error) => {
                return Err(Failure::known(self.file.display(), Code::BrokenRecord, error));
            }
        };
        if let Some(line) = self.line.filter(|line| !entries.iter().any(|one| one.line == *line)) {
            return Err(Failure::Usage(format!("expected a line of the record, not {line}")));
        }
        let asked = entries.iter().filter(|entry| self.line.is_none_or(|line| entry.line == line));
        let replayed: Vec<Replayed> = asked.map(|entry| again(entry, console)).collect();
        let usual =
            if output::is_terminal(self.output.target()) { Format::Text } else { Format::Jsonl };
        output::write(self.output.target(), |mut out| match self.format.unwrap_or(usual) {
            Format::Jsonl => passend_io::write::jsonl(&mut out, &replayed),
            Format::Text => text(out, &replayed, console.lang()),
        })?;
        let all_good = replayed.iter().all(|replayed| replayed.outcome.is_good());
        Ok(if all_good { Outcome::Done } else { Outcome::CheckFailed })
    }
}

/// Runs what a line tells of, without writing anything.
fn again(entry: &Entry, console: &Console) -> Replayed {
    let mut replayed = Replayed {
        line: entry.line,
        outcome: Came::Part,
        files: Vec::new(),
        versions: BTreeMap::new(),
    };
    if entry.run.counts.contains_key(parts::PART) {
        return replayed;
    }
    // What is missing is known before any work; what is read then is hashed once more.
    let names = |files: Vec<&HashedFile>| files.iter().map(|file| file.file.clone()).collect();
    let inputs = &entry.run.inputs;
    let missing: Vec<_> =
        inputs.iter().filter(|input| !std::path::Path::new(&input.file).is_file()).collect();
    if !missing.is_empty() {
        return Replayed { outcome: Came::InputMissing, files: names(missing), ..replayed };
    }
    let changed: Vec<_> = inputs
        .iter()
        .filter(|input| hash_of(&input.file).is_none_or(|sha256| sha256 != input.sha256))
        .collect();
    if !changed.is_empty() {
        return Replayed { outcome: Came::InputChanged, files: names(changed), ..replayed };
    }
    let arguments = std::iter::once("passend").chain(entry.run.command.iter().map(String::as_str));
    let program = Program::try_parse_from(arguments).ok().filter(Program::can_be_replayed);
    let Some(program) = program else {
        return Replayed {
            outcome: Came::Fails,
            files: names(entry.run.outputs.iter().collect()),
            ..replayed
        };
    };
    journal::replay(entry.run.as_of);
    let outcome = program.run(&mut Console::new(console.lang()));
    let run = journal::end_replay();
    for (name, then) in &entry.run.versions {
        let program = || env!("CARGO_PKG_VERSION").to_owned();
        let now = if name == "program" {
            program()
        } else {
            run.versions.get(name).cloned().unwrap_or_default()
        };
        if now != *then {
            replayed.versions.insert(name.clone(), [then.clone(), now]);
        }
    }
    if let Err(failure) = outcome {
        console.say(format_args!("{}: {failure}", entry.line));
        return Replayed {
            outcome: Came::Fails,
            files: names(entry.run.outputs.iter().collect()),
            ..replayed
        };
    }
    let other: Vec<_> =
        entry.run.outputs.iter().filter(|output| !run.outputs.contains(output)).collect();
    if other.is_empty() {
        let files = names(entry.run.outputs.iter().collect());
        return Replayed { outcome: Came::Reproduced, files, ..replayed };
    }
    Replayed { outcome: Came::OutputDiffers, files: names(other), ..replayed }
}

fn hash_of(file: &str) -> Option<String> {
    let mut file = std::fs::File::open(file).ok()?;
    let mut seen = passend_io::Hashed::new(io::sink());
    io::copy(&mut file, &mut seen).ok()?;
    Some(seen.finish().1)
}

fn text(out: &mut dyn Write, replayed: &[Replayed], lang: Lang) -> io::Result<()> {
    for Replayed { line, outcome, files, versions } in replayed {
        let files = files.join(", ");
        writeln!(out, "{line:>6}  {:<22}  {files}", outcome.words(lang))?;
        for (name, [then, now]) in versions {
            writeln!(out, "        {name}: {then} → {now}")?;
        }
    }
    Ok(())
}
