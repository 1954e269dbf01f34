// SPDX-License-Identifier: EUPL-1.2
//! The commands of the program, one file each.

mod assign;
mod check;
mod completions;
mod diff;
mod explain;
mod export;
mod fairness;
mod flip;
mod funnel;
mod groups;
mod import;
mod lessons;
mod leverage;
mod link;
mod man;
mod r#match;
mod messages;
mod monitor;
mod place;
mod plan;
mod pools;
mod population;
mod questions;
mod register;
mod related;
mod relax;
mod replay;
mod report;
mod rules;
mod schema;
mod sensitivity;
mod supply;
mod synth;
mod vocabulary;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub(crate) use self::r#match::When;
use passend::Lang;

use crate::arguments::Languages;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::journal;

/// Matches newcomers and work in the Netherlands, and says why
///
/// Two files in, for each person the best vacancies out: the score in parts that add up, what stands in the way by which
/// rule, and what would remove it. Scores order; they are no chance of work and decide nothing.
#[derive(Debug, Parser)]
#[command(name = "passend", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Program {
    /// Language of messages and of texts for people: `nl` (without this) or `en`; `link`, `related` and `vocabulary build`
    /// also take other languages, for labels
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Languages>,
    /// Add to this file what was run on which bytes and what bytes came of it; `passend replay` checks and repeats it
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Match(Box<r#match::Match>),
    Explain(Box<explain::Explain>),
    Plan(Box<plan::Plan>),
    Questions(Box<questions::Questions>),
    Relax(Box<relax::Relax>),
    Diff(Box<diff::Diff>),
    Assign(Box<assign::Assign>),
    Pools(Box<pools::Pools>),
    Lessons(Box<lessons::Lessons>),
    Place(Box<place::PlaceCommand>),
    Monitor(monitor::Monitor),
    Groups(Box<groups::Groups>),
    Fairness(Box<fairness::Fairness>),
    Flip(Box<flip::Flip>),
    Sensitivity(Box<sensitivity::Sensitivity>),
    Funnel(Box<funnel::FunnelCommand>),
    Report(Box<report::ReportCommand>),
    Supply(Box<supply::Supply>),
    Leverage(Box<leverage::LeverageCommand>),
    Check(check::Check),
    Import(Box<import::Import>),
    Export(Box<export::Export>),
    Link(link::LinkCommand),
    Related(related::Related),
    Vocabulary(vocabulary::VocabularyCommand),
    Register(register::Register),
    Replay(replay::Replay),
    Rules(rules::Rules),
    Schema(schema::Schema),
    Synth(synth::Synth),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Program {
    /// The language in which the program speaks.
    pub(crate) fn spoken(&self) -> Lang {
        self.lang.as_ref().and_then(Languages::spoken).unwrap_or_default()
    }

    /// Whether a record can have told of it.
    pub(crate) fn can_be_replayed(&self) -> bool {
        self.record.is_none() && self.command.is_recorded()
    }

    /// Runs the command, and adds it to the record if one is asked.
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let languages = self.lang.as_ref();
        if !languages.is_none_or(Languages::are_spoken) && !self.command.has_labels() {
            return Err(Failure::Usage("expected `nl` or `en` after `--lang`".to_owned()));
        }
        let Some(file) = self.record else {
            return self.command.run(console, languages);
        };
        if !self.command.is_recorded() {
            return Err(Failure::Usage("expected no `--record` with this command".to_owned()));
        }
        journal::record_in(file, recorded(std::env::args().skip(1)))?;
        let outcome = self.command.run(console, languages)?;
        journal::end()?;
        Ok(outcome)
    }
}

/// The arguments without those that say where and how the run is recorded.
fn recorded(arguments: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept = Vec::new();
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--record" => drop(arguments.next()),
            "--resume" => {}
            other if other.starts_with("--record=") => {}
            "--" => {
                kept.push(argument);
                kept.extend(arguments.by_ref());
            }
            _ => kept.push(argument),
        }
    }
    kept
}

impl Command {
    /// Whether it makes results that a record can tell of.
    fn is_recorded(&self) -> bool {
        !matches!(self, Self::Replay(_) | Self::Schema(_) | Self::Completions(_) | Self::Man(_))
    }

    /// Whether `--lang` chooses labels too, and so may be a language in which the program says nothing.
    pub(crate) fn has_labels(&self) -> bool {
        matches!(self, Self::Link(_) | Self::Related(_) | Self::Vocabulary(_))
    }

    pub(crate) fn run(
        self,
        console: &mut Console,
        languages: Option<&Languages>,
    ) -> Result<Outcome, Failure> {
        match self {
            Self::Match(command) => command.run(console),
            Self::Explain(command) => command.run(console),
            Self::Plan(command) => command.run(console),
            Self::Questions(command) => command.run(console),
            Self::Relax(command) => command.run(console),
            Self::Diff(command) => command.run(console),
            Self::Assign(command) => command.run(console),
            Self::Pools(command) => command.run(console),
            Self::Lessons(command) => command.run(console),
            Self::Place(command) => command.run(console),
            Self::Monitor(command) => command.run(console),
            Self::Groups(command) => command.run(console),
            Self::Fairness(command) => command.run(console),
            Self::Flip(command) => command.run(console),
            Self::Sensitivity(command) => command.run(console),
            Self::Funnel(command) => command.run(console),
            Self::Report(command) => command.run(console),
            Self::Supply(command) => command.run(console),
            Self::Leverage(command) => command.run(console),
            Self::Check(command) => command.run(console),
            Self::Import(command) => command.run(console),
            Self::Export(command) => command.run(console),
            Self::Link(command) => command.run(console, languages),
            Self::Related(command) => command.run(console, languages),
            Self::Vocabulary(command) => command.run(console, languages),
            Self::Register(command) => command.run(console),
            Self::Replay(command) => command.run(console),
            Self::Rules(command) => command.run(console),
            Self::Schema(command) => command.run(),
            Self::Synth(command) => command.run(console),
            Self::Completions(command) => command.run(),
            Self::Man(command) => command.run(),
        }
    }
}
