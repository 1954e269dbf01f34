// SPDX-License-Identifier: EUPL-1.2
//! `passend fairness`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use passend::Lang;
use passend_io::write::jsonl;
use passend_io::{
    Code, Fairness as Measured, FairnessFileError, FairnessLine, Share, read_audit, read_listed,
};

use super::groups::Rules;
use crate::arguments::{LinesFormat, Output};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::{input, output};

/// Measure how often each group of an audit file is listed; the groups are never available to the score
///
/// A person is selected who has a pair among the best k, ties at the cut too. Small groups are hidden as `passend groups` hides
/// them, and rates are those of the published counts.
#[derive(Debug, Args)]
pub(crate) struct Fairness {
    /// The lines of `passend match`, as JSON Lines or CSV
    result: PathBuf,
    /// Who is in which group: CSV with `id` and a column for each attribute, as `import --audit-out` and `synth` write it
    audit: PathBuf,
    /// How many pairs of each list count
    #[arg(short, long, value_name = "K", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    k: u32,
    #[command(flatten)]
    rules: Rules,
    /// Write what lies behind the differences to this file, as JSON Lines: exposure, points by criterion, gates
    #[arg(long, value_name = "FILE")]
    detail: Option<PathBuf>,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<LinesFormat>,
    #[command(flatten)]
    output: Output,
}

impl Fairness {
    pub(crate) fn run(self, console: &Console) -> Result<Outcome, Failure> {
        let target = self.output.target();
        let written = [("--output", target), ("--detail", self.detail.as_deref())];
        let written: Vec<_> =
            written.into_iter().filter_map(|(name, file)| Some((name, file?))).collect();
        output::may_be_written(&[("RESULT", &self.result), ("AUDIT", &self.audit)], &written)?;
        let pairs = read_listed(&input::bytes(&self.result)?)
            .map_err(|error| wrong(&self.result, Code::BadResults, &error))?;
        let audit = read_audit(&input::bytes(&self.audit)?)
            .map_err(|error| wrong(&self.audit, Code::BadAudit, &error))?;
        let Measured { lines, detail, unknown, refused, .. } =
            passend_io::fairness(&pairs, &audit, self.k, &self.rules.rules());
        for (attribute, error) in &refused {
            if lines.is_empty() {
                return Err(Failure::known(attribute, Code::UnsafeTable, error));
            }
            console.say(format_args!("{attribute}: {} {error}", Code::UnsafeTable));
        }
        if unknown > 0 {
            let file = self.audit.display();
            console.say(match console.lang() {
                Lang::Nl => format!("{file}: {unknown} mensen van het resultaat staan er niet in, en tellen niet mee"),
                Lang::En => format!("{file}: {unknown} people of the result are not in it, and do not count"),
            });
        }
        let beside = self
            .detail
            .as_deref()
            .map(|file| output::prepare(file, |mut out| jsonl(&mut out, &detail)))
            .transpose()?;
        let usual =
            if output::is_terminal(target) { LinesFormat::Text } else { LinesFormat::Jsonl };
        output::write(target, |mut out| match self.format.unwrap_or(usual) {
            LinesFormat::Jsonl => jsonl(&mut out, &lines),
            LinesFormat::Text => text(out, &lines),
        })?;
        if let Some(file) = beside {
            file.commit()?;
        }
        Ok(Outcome::Done)
    }
}

fn wrong(file: &Path, code: Code, error: &FairnessFileError) -> Failure {
    Failure::known(file.display(), code, error)
}

fn text(out: &mut dyn Write, lines: &[FairnessLine]) -> io::Result<()> {
    writeln!(
        out,
        "{:<16} {:<20} {:>8} {:>8}  {:<6} {:<6} {:<6} ci",
        "attribute", "group", "n", "selected", "rate", "ratio", "diff"
    )?;
    let share = |share: Option<Share>| -> String {
        share.map(|share| share.to_string().chars().take(6).collect()).unwrap_or_default()
    };
    let count = |count: Option<i64>| count.map_or("x".to_owned(), |count| count.to_string());
    for line in lines {
        let ci = line.ci.map(|[low, high]| format!("{}-{}", share(Some(low)), share(Some(high))));
        writeln!(
            out,
            "{:<16} {:<20} {:>8} {:>8}  {:<6} {:<6} {:<6} {}",
            line.attribute,
            line.group,
            count(line.n),
            count(line.selected),
            share(line.rate),
            share(line.ratio),
            share(line.difference),
            ci.unwrap_or_default()
        )?;
    }
    Ok(())
}
