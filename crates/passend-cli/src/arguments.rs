// SPDX-License-Identifier: EUPL-1.2
//! What several commands ask in the same words.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};
use passend::{Day, Lang, Policy, RowUse, Vocabulary};
use passend_io::{Code, LoadedVocabulary, UnusedRows, VocabularyFile, VocabularyUse};

use crate::command::When;
use crate::console::Console;
use crate::failure::Failure;
use crate::{input, journal, today};

/// Languages as two small letters, with commas between them; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Languages(Vec<String>);

impl FromStr for Languages {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let codes: Vec<String> = text.split(',').map(|code| code.trim().to_owned()).collect();
        let is_code =
            |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase());
        if codes.iter().all(is_code) {
            Ok(Self(codes))
        } else {
            Err("expected `nl`, `en` or another language of two small letters".to_owned())
        }
    }
}

impl Languages {
    pub(crate) fn codes(&self) -> &[String] {
        &self.0
    }

    pub(crate) fn first(&self) -> &str {
        self.0.first().map_or("nl", String::as_str)
    }

    /// The language for messages and texts: the first of Dutch and English; Dutch if there is neither.
    pub(crate) fn spoken(&self) -> Option<Lang> {
        self.0.iter().find_map(|code| match code.as_str() {
            "nl" => Some(Lang::Nl),
            "en" => Some(Lang::En),
            _ => None,
        })
    }

    /// Whether these are what a command without labels can speak.
    pub(crate) fn are_spoken(&self) -> bool {
        self.0.len() == 1 && self.spoken().is_some()
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
    /// Copy the refused rows themselves to this file, to be mended and read again; they may be about people, so that its
    /// owner alone may read it
    #[arg(long, value_name = "FILE")]
    pub(crate) quarantine: Option<PathBuf>,
}

impl Refusals {
    /// The files that are written, each with the argument that names it.
    pub(crate) fn written(&self) -> impl Iterator<Item = (&str, &Path)> {
        let refused = self.refused.as_deref().map(|file| ("--refused", file));
        let quarantine = self.quarantine.as_deref().map(|file| ("--quarantine", file));
        refused.into_iter().chain(quarantine)
    }
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
    /// What the run is for; repeatable. People whose record has a permission for another purpose take no part; without this
    /// the purpose is matching with work
    #[arg(long, value_name = "PURPOSE")]
    pub(crate) purpose: Vec<String>,
}

impl Law {
    pub(crate) fn as_of(&self) -> Day {
        let day = self.as_of.unwrap_or_else(today::today);
        journal::note_day(day);
        day
    }

    pub(crate) fn policy(&self) -> Result<Policy, Failure> {
        let policy = policy(&self.policy, self.announced)?;
        Ok(match self.purpose.as_slice() {
            [] => policy,
            purposes => policy.with_purposes(purposes.iter().cloned()),
        })
    }
}

/// The words in which work and skills are known.
#[derive(Debug, Args)]
#[command(next_help_heading = "Vocabulary")]
pub(crate) struct Words {
    /// A vocabulary of your own: a pack, or a table of labels (id, label, `p`, `a` or `x`, with tabs); repeatable. Without
    /// a pack the starter vocabulary is used; tables come on top
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Vec<PathBuf>,
}

impl Words {
    /// The vocabulary of the files; tells which of their rows did nothing.
    pub(crate) fn load(
        &self,
        purpose: VocabularyUse,
        console: &Console,
    ) -> Result<Vocabulary, Failure> {
        let read = |path: &PathBuf| Ok((path.display().to_string(), input::bytes(path)?));
        let mut files = self.vocabulary.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
        let files =
            files.iter_mut().map(|(name, bytes)| VocabularyFile::new(name, std::mem::take(bytes)));
        let LoadedVocabulary { vocabulary, unused } =
            passend_io::read_vocabulary(files, purpose)
                .map_err(|error| Failure::known(error.file.clone(), Code::BadVocabulary, error))?;
        unused.iter().for_each(|rows| console.say(unused_rows(rows, console.lang())));
        journal::note_version("vocabulary", vocabulary.version());
        Ok(vocabulary)
    }
}

fn unused_rows(rows: &UnusedRows, lang: Lang) -> String {
    let UnusedRows { file, reason, count, first_line } = rows;
    let why = match (lang, reason) {
        (Lang::Nl, RowUse::UnknownId) => "dit id staat niet in de woordenlijst",
        (Lang::En, RowUse::UnknownId) => "the vocabulary does not have this id",
        (Lang::Nl, RowUse::UnknownGroup) => "deze ISCO-08-groep staat niet in de woordenlijst",
        (Lang::En, RowUse::UnknownGroup) => "the vocabulary does not have this ISCO-08 group",
        (Lang::Nl, RowUse::NothingToTake) => "dit label is er niet, dus er valt niets weg te halen",
        (Lang::En, RowUse::NothingToTake) => "there is no such label to take away",
        (Lang::Nl, _) => "dit label was er al",
        (Lang::En, _) => "the label is there already",
    };
    match lang {
        Lang::Nl => format!("{file}:{first_line}: deze regel doet niets: {why} ({count}×)"),
        Lang::En => format!("{file}:{first_line}: this row does nothing: {why} ({count}×)"),
    }
}

/// The policy of the engine with these files laid over it.
pub(crate) fn policy(files: &[PathBuf], announced: bool) -> Result<Policy, Failure> {
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let texts = files.iter().map(|file| input::text(file)).collect::<Result<Vec<_>, _>>()?;
    let pairs: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let policy = Policy::with_files(&pairs, announced)
        .map_err(|error| Failure::known(names.join(", "), Code::BadPolicy, error))?;
    journal::note_version("rules", policy.version());
    journal::note_version("weights", &policy.weights().to_string());
    Ok(policy)
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

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LinesFormat {
    /// For people
    Text,
    /// One object a line
    Jsonl,
}

/// Which pairs take part in what looks at all people and all work together.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct TakePart {
    /// The day by which a pair must be open: `now`, a date, `any`; without it 13 weeks after the day of the rules
    #[arg(long, value_name = "DAY")]
    when: Option<When>,
    /// Leave out pairs for which the law asks something that is not known
    #[arg(long)]
    pub(crate) sure: bool,
}

impl TakePart {
    pub(crate) fn when(self) -> passend::When {
        self.when.map_or(passend::When::Horizon, passend::When::from)
    }
}
