// SPDX-License-Identifier: EUPL-1.2
//! `passend rules`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Day, Lang, Policy, RuleLine};
use passend_io::Code;

use crate::arguments::{Law, Output};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::{input, output, table};

/// Print what holds for whom on a day and the rules that say so, or check a file of rules
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
            return check(&files, console);
        }
        let policy = self.law.policy()?;
        let as_of = self.law.as_of();
        let target = self.output.target();
        let usual = if output::is_terminal(target) { Format::Text } else { Format::Jsonl };
        output::write(target, |mut out| match self.format.unwrap_or(usual) {
            Format::Jsonl => {
                passend_io::write::jsonl(&mut out, policy.rules(as_of, self.law.announced))
            }
            Format::Text => {
                let lang = console.lang();
                write_statuses(out, &policy, as_of, lang)?;
                write_rules(out, &policy, &policy.rules(as_of, self.law.announced), lang)
            }
        })?;
        Ok(Outcome::Done)
    }
}

/// Every fault of the files, one a line.
fn check(files: &[PathBuf], console: &mut Console) -> Result<Outcome, Failure> {
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let texts = files.iter().map(|file| input::text(file)).collect::<Result<Vec<_>, _>>()?;
    let pairs: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let faults = Policy::faults(&pairs);
    for fault in &faults {
        console.say(Failure::known(names.join(", "), Code::BadPolicy, fault));
    }
    Ok(if faults.is_empty() { Outcome::Done } else { Outcome::CheckFailed })
}

/// What holds for whom on the day: a line for each status, and for a kind of work with a rule of its own.
fn write_statuses(out: &mut dyn Write, policy: &Policy, as_of: Day, lang: Lang) -> io::Result<()> {
    let words = Words::of(lang);
    let day = |day: Day| passend::Text::from(day).get(lang).to_owned();
    let reviewed = day(policy.reviewed_until());
    writeln!(out, "{} {} ({} {reviewed})\n", words.holds_on, day(as_of), words.reviewed)?;
    let dash = || "-".to_owned();
    let mut table = vec![words.columns.map(str::to_owned)];
    for line in policy.in_force(as_of) {
        let kind = match line.kind.as_str() {
            "internship" => words.kinds[1],
            "voluntary" => words.kinds[2],
            _ => words.kinds[0],
        };
        let answer = match line.outcome.as_str() {
            "open" if line.step.is_some() => words.outcomes[4],
            outcome => words.outcome(outcome).unwrap_or(words.outcomes[3]),
        };
        table.push([
            line.status,
            kind.to_owned(),
            answer.to_owned(),
            line.wait_months.map_or_else(dash, |months| format!("{months} {}", words.months)),
            line.age.map_or_else(dash, |age| age.to_string()),
            line.rule.unwrap_or_else(dash),
            line.until.map_or_else(dash, |day| day.to_string()),
            line.announced.unwrap_or_else(dash),
            line.term.get(lang).to_owned(),
        ]);
    }
    table::write(out, &table, |_| false)?;
    writeln!(out, "\n{}\n", words.rows)
}

/// The words of the table.
struct Words {
    holds_on: &'static str,
    reviewed: &'static str,
    columns: [&'static str; 9],
    kinds: [&'static str; 3],
    outcomes: [&'static str; 5],
    months: &'static str,
    announced: &'static str,
    rows: &'static str,
}

impl Words {
    /// An outcome of the right to work; none for what a regulated profession asks.
    fn outcome(&self, code: &str) -> Option<&'static str> {
        let at = match code {
            "open" => 0,
            "twv" => 1,
            "closed" => 2,
            "unknown" => 3,
            _ => return None,
        };
        self.outcomes.get(at).copied()
    }

    const fn of(lang: Lang) -> Self {
        match lang {
            Lang::Nl => Self {
                holds_on: "Wat geldt op",
                reviewed: "nagekeken tot en met",
                columns: [
                    "status",
                    "werk",
                    "mag",
                    "wacht",
                    "leeftijd",
                    "regel",
                    "tot en met",
                    "aangekondigd",
                    "wie",
                ],
                kinds: ["betaald", "stage", "vrijwillig"],
                outcomes: ["ja", "met TWV", "nee", "vragen", "na een stap"],
                months: "maanden",
                announced: " (aangekondigd)",
                rows: "De regels van deze dag",
            },
            Lang::En => Self {
                holds_on: "What holds on",
                reviewed: "reviewed up to",
                columns: [
                    "status",
                    "work",
                    "allowed",
                    "wait",
                    "age",
                    "rule",
                    "until",
                    "announced",
                    "who",
                ],
                kinds: ["paid", "placement", "voluntary"],
                outcomes: ["yes", "with TWV", "no", "ask", "after a step"],
                months: "months",
                announced: " (announced)",
                rows: "The rules of this day",
            },
        }
    }
}

/// A paragraph for each rule.
fn write_rules(
    out: &mut dyn Write,
    policy: &Policy,
    rules: &[RuleLine],
    lang: Lang,
) -> io::Result<()> {
    let (from, to) = match lang {
        Lang::Nl => ("vanaf", "tot en met"),
        Lang::En => ("from", "to"),
    };
    let words = Words::of(lang);
    for rule in rules {
        let period = [(from, rule.valid_from), (to, rule.valid_to)]
            .into_iter()
            .filter_map(|(word, day)| {
                Some(format!(", {word} {}", passend::Text::from(day?).get(lang)))
            })
            .collect::<String>();
        let status = rule.status.as_deref().unwrap_or("-");
        let outcome = words.outcome(&rule.outcome).unwrap_or(&rule.outcome);
        let state = if rule.state == "announced" { words.announced } else { "" };
        let source = policy.citation(&rule.id, lang);
        let source = source.as_deref().unwrap_or(&rule.source);
        writeln!(out, "{}  {status}: {outcome}{period}{state}", rule.id)?;
        writeln!(out, "      {source} ({})", checked(&rule.verified, lang))?;
    }
    Ok(())
}

/// How far a row was checked, in words.
fn checked(verified: &str, lang: Lang) -> &str {
    let (nl, en) = match verified {
        "source-read" => ("in de bron gelezen", "read in the source"),
        "ser-advice" => ("uit een advies van de SER", "from an advice of the SER"),
        "general-knowledge" => ("algemene kennis", "general knowledge"),
        "unverified" => ("niet nagekeken", "not checked"),
        // What a user's file says.
        other => (other, other),
    };
    match lang {
        Lang::Nl => nl,
        Lang::En => en,
    }
}
