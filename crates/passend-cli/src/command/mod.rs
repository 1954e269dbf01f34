// SPDX-License-Identifier: EUPL-1.2
//! The commands of the program, one file each.

mod check;
mod completions;
mod diff;
mod explain;
mod export;
mod import;
mod link;
mod man;
mod r#match;
mod plan;
mod questions;
mod related;
mod relax;
mod rules;
mod schema;
mod synth;
mod vocabulary;

use clap::{Parser, Subcommand};

use crate::arguments::Languages;
use crate::console::Console;
use crate::failure::{Failure, Outcome};

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
    Check(check::Check),
    Import(Box<import::Import>),
    Export(Box<export::Export>),
    Link(link::LinkCommand),
    Related(related::Related),
    Vocabulary(vocabulary::VocabularyCommand),
    Rules(rules::Rules),
    Schema(schema::Schema),
    Synth(synth::Synth),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
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
            Self::Check(command) => command.run(console),
            Self::Import(command) => command.run(console),
            Self::Export(command) => command.run(console),
            Self::Link(command) => command.run(console, languages),
            Self::Related(command) => command.run(console, languages),
            Self::Vocabulary(command) => command.run(console, languages),
            Self::Rules(command) => command.run(console),
            Self::Schema(command) => command.run(),
            Self::Synth(command) => command.run(console),
            Self::Completions(command) => command.run(),
            Self::Man(command) => command.run(),
        }
    }
}
