// SPDX-License-Identifier: EUPL-1.2
//! What several commands ask in the same words.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use passend::{Day, Engine, Lang, Policy, Vocabulary};
use passend_io::Code;

use crate::failure::Failure;
use crate::{input, today};

/// Language of messages and of texts for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// Dutch
    Nl,
    /// English
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Nl => Self::Nl,
            Language::En => Self::En,
        }
    }
}

/// A side of the market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    /// People
    Candidate,
    /// Work
    Vacancy,
}

/// What happens with rows that are refused.
#[derive(Debug, Args)]
#[command(next_help_heading = "Refused rows")]
pub(crate) struct Refusals {
    /// Stop at the first refused row, with exit code 1 and no output
    #[arg(long)]
    pub(crate) strict: bool,
    /// Write every refused row to this file, as JSON Lines: where, what was expected, what to do; never the value
    #[arg(long, value_name = "FILE")]
    pub(crate) refused: Option<PathBuf>,
}

/// How many rows may be refused.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Refused rows")]
pub(crate) struct Limit {
    /// Stop with exit code 1 and no output when more than this percentage of 20 or more rows was refused
    #[arg(long, value_name = "PERCENT", default_value_t = 5, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(crate) max_refused: u8,
}

/// The law, and the day on which it is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
pub(crate) struct Law {
    /// The day on which rules, documents and waiting times are read; without it today by UTC
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Day>,
    /// Add, end or replace rules with this TOML file; repeatable, later files come on top
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Vec<PathBuf>,
    /// Let announced rules decide as if they were in force
    #[arg(long)]
    pub(crate) announced: bool,
}

impl Law {
    pub(crate) fn as_of(&self) -> Day {
        self.as_of.unwrap_or_else(today::today)
    }

    pub(crate) fn policy(&self) -> Result<Policy, Failure> {
        policy(&self.policy, self.announced)
    }

    /// The engine by this law, which knows the places of a file too.
    pub(crate) fn engine(&self, places: Option<&Path>) -> Result<Engine, Failure> {
        let mut policy = self.policy()?;
        if let Some(file) = places {
            policy = policy.with_places(input::places(file)?);
        }
        Ok(Engine::new(policy, Vocabulary::starter()))
    }
}

/// The policy of the engine with these files laid over it.
pub(crate) fn policy(files: &[PathBuf], announced: bool) -> Result<Policy, Failure> {
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let texts = files.iter().map(|file| input::text(file)).collect::<Result<Vec<_>, _>>()?;
    let pairs: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Policy::with_files(&pairs, announced)
        .map_err(|error| Failure::known(names.join(", "), Code::BadPolicy, error))
}

/// Where the result goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// Write to this file, which is replaced only when all of it is written; without it standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl Output {
    pub(crate) fn target(&self) -> Option<&Path> {
        self.output.as_deref()
    }
}
