// SPDX-License-Identifier: EUPL-1.2
//! `passend rules`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Lang, RuleLine};

use crate::arguments::{Law, Output, policy};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;

/// Print the rules whose period holds the day, or check a file of rules
#[derive(Debug, Args)]
pub(crate) struct Rules {
    #[command(flatten)]
    law: Law,
    /// Check this policy file instead: exit code 0 when it fits, 4 when it does not
    #[arg(long, value_name = "FILE", conflicts_with_all = ["as_of", "announced", "format", "output"])]
    check: Option<PathBuf>,
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

impl Rules {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        if let Some(file) = self.check {
            let mut files = self.law.policy;
            files.push(file);
            return match policy(&files, false) {
                Ok(_) => Ok(Outcome::Done),
                Err(failure @ Failure::Known { .. }) => {
                    console.say(failure);
                    Ok(Outcome::CheckFailed)
                }
                Err(failure) => Err(failure),
            };
        }
        let rules = self.law.policy()?.rules(self.law.as_of(), self.law.announced);
        let target = self.output.target();
        let usual = if output::is_terminal(target) { Format::Text } else { Format::Jsonl };
        output::write(target, |mut out| match self.format.unwrap_or(usual) {
            Format::Jsonl => passend_io::write::jsonl(&mut out, &rules),
            Format::Text => text(out, &rules, console.lang()),
        })?;
        Ok(Outcome::Done)
    }
}

/// A paragraph for each rule.
fn text(out: &mut dyn Write, rules: &[RuleLine], lang: Lang) -> io::Result<()> {
    let (from, to, checked) = match lang {
        Lang::Nl => ("vanaf", "tot en met", "nagekeken"),
        Lang::En => ("from", "to", "checked"),
    };
    for rule in rules {
        let period = [(from, rule.valid_from), (to, rule.valid_to)]
            .into_iter()
            .filter_map(|(word, day)| {
                Some(format!(", {word} {}", passend::Text::from(day?).get(lang)))
            })
            .collect::<String>();
        let status = rule.status.as_deref().unwrap_or("-");
        writeln!(out, "{}  {status}: {}{period} ({})", rule.id, rule.outcome, rule.state)?;
        writeln!(out, "      {} ({checked}: {})", rule.source, rule.verified)?;
    }
    Ok(())
}
