// SPDX-License-Identifier: EUPL-1.2
//! `passend related`.

use std::path::PathBuf;

use clap::Args;
use passend_io::VocabularyUse;

use crate::arguments::{Languages, Output, Words};
use crate::command::link::answer_lines;
use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// Show for each occupation the nearest others: a line with an id in, a line of JSON out
///
/// The score is how close they are, 0 to 1,000, by the skills that they share, their titles and their ISCO-08 groups.
#[derive(Debug, Args)]
pub(crate) struct Related {
    /// The file of ids; `-` for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Occupations for each line
    #[arg(short, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    k: u32,
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    output: Output,
}

impl Related {
    pub(crate) fn run(
        self,
        console: &Console,
        languages: Option<&Languages>,
    ) -> Result<Outcome, Failure> {
        let vocabulary = self.words.load(VocabularyUse::Linking, console)?;
        let language = languages.map_or("nl", Languages::first);
        let k = usize::try_from(self.k).unwrap_or(usize::MAX);
        answer_lines(&self.file, &self.output, |id| vocabulary.related(id.trim(), k, language))
    }
}
