// SPDX-License-Identifier: EUPL-1.2
//! `passend link`.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use passend::{Lang, Link, LinkHints, LinkKind, Vocabulary};
use passend_io::{Code, VocabularyUse};
use rayon::prelude::*;

use crate::arguments::{Languages, Output, Words};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::{input, output};

/// Link titles or skills to concepts: a line of text in, a line of JSON out, in order
///
/// Up to `-k` concepts are given, also when it is not sure; `status` says whether it is. The label is the one that came
/// nearest; `--lang` is the language of the texts, and of the label among equally near ones.
#[derive(Debug, Args)]
pub(crate) struct LinkCommand {
    /// The file of texts; `-` for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// What the texts are; without it occupations, or skills where the first vocabulary holds nothing else
    #[arg(long, value_name = "KIND")]
    kind: Option<Kind>,
    /// Concepts for each line
    #[arg(short, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    k: u32,
    /// Scores of your own for some texts, from an embedding or a reviewed list: text, id, score from 0 to 1000, with tabs
    #[arg(long, value_name = "FILE")]
    scores: Option<PathBuf>,
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Job titles
    Occupation,
    /// Skills
    Skill,
    /// Fields of education, ISCED-F 2013
    Field,
}

impl LinkCommand {
    pub(crate) fn run(
        self,
        console: &Console,
        languages: Option<&Languages>,
    ) -> Result<Outcome, Failure> {
        let vocabulary = self.words.load(VocabularyUse::Linking, console)?;
        let kind = match self.kind {
            Some(Kind::Occupation) => LinkKind::Occupation,
            Some(Kind::Skill) => LinkKind::Skill,
            Some(Kind::Field) => LinkKind::Field,
            None if vocabulary.is_of_skills() => LinkKind::Skill,
            None => LinkKind::Occupation,
        };
        let language = languages.map_or("nl", Languages::first);
        let k = usize::try_from(self.k).unwrap_or(usize::MAX);
        let scores = match &self.scores {
            None => Scores::default(),
            Some(file) => Scores::read(file, &vocabulary, kind, console)?,
        };
        answer_lines(&self.file, &self.output, |text| {
            let hints = LinkHints { language, given: scores.of(text), ..LinkHints::default() };
            let mut link = vocabulary.link_with(kind, text, hints, k);
            if kind == LinkKind::Field && language == "en" {
                for found in &mut link.matches {
                    let field = vocabulary.fields().iter().find(|field| field.code == found.id);
                    found.label = field.map(|field| field.label.en.clone()).unwrap_or_default();
                }
            }
            link
        })
    }
}

/// Scores of the caller for texts: from an embedding, or a list that somebody reviewed.
#[derive(Debug, Default)]
struct Scores(HashMap<String, Vec<(u32, u32)>>);

impl Scores {
    /// Reads `text<TAB>id<TAB>score` lines; tells how many name an id that the vocabulary does not have.
    fn read(
        file: &Path,
        vocabulary: &Vocabulary,
        kind: LinkKind,
        console: &Console,
    ) -> Result<Self, Failure> {
        let mut scores = Self::default();
        let mut unknown = 0usize;
        for (number, line) in (1usize..).zip(input::text(file)?.lines()) {
            let cells: Vec<&str> = line.split('\t').collect();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let score = match cells.as_slice() {
                [_, _, score] => score.parse().ok().filter(|score| *score <= 1000),
                _ => None,
            };
            let (Some(score), [text, id, _]) = (score, cells.as_slice()) else {
                return Err(Failure::known(
                    format!("{}:{number}", file.display()),
                    Code::BadVocabulary,
                    "expected a text, an id and a whole score from 0 to 1000, with tabs between",
                ));
            };
            match vocabulary.concept_by_id(kind, id) {
                Some(concept) => {
                    scores.0.entry((*text).to_owned()).or_default().push((concept, score));
                }
                None => unknown += 1,
            }
        }
        if unknown > 0 {
            console.say(match console.lang() {
                Lang::Nl => {
                    format!("{}: regels met een id dat niet bestaat: {unknown}", file.display())
                }
                Lang::En => {
                    format!("{}: rows with an id that does not exist: {unknown}", file.display())
                }
            });
        }
        for of_text in scores.0.values_mut() {
            of_text.sort_unstable();
        }
        Ok(scores)
    }

    fn of(&self, text: &str) -> &[(u32, u32)] {
        self.0.get(text).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Answers each line of a file with a line of JSON, in order; what has come in is answered at once, on all processors.
pub(super) fn answer_lines(
    file: &Path,
    output: &Output,
    answer: impl Fn(&str) -> Link + Sync,
) -> Result<Outcome, Failure> {
    let target = output.target();
    let read: Vec<_> = if file == Path::new("-") { Vec::new() } else { vec![("FILE", file)] };
    let written: Vec<_> = target.map(|target| ("--output", target)).into_iter().collect();
    output::may_be_written(&read, &written)?;
    let mut lines =
        Lines { input: BufReader::with_capacity(1 << 18, input::unbuffered(file)?), number: 0 };
    let mut failure = None;
    output::write(target, |out| {
        loop {
            let chunk = match lines.chunk() {
                Ok(chunk) if chunk.is_empty() => return Ok(()),
                Ok(chunk) => chunk,
                Err(error) => {
                    failure = Some(error);
                    return Err(io::Error::other("the input cannot be read"));
                }
            };
            let answers: Vec<String> = chunk
                .par_iter()
                .map(|line| serde_json::to_string(&answer(line)))
                .collect::<Result<_, _>>()?;
            for answer in answers {
                writeln!(out, "{answer}")?;
            }
            out.flush()?;
        }
    })
    .map_err(|error| match failure {
        Some(LineError::Unreadable(cause)) => Failure::unreadable(file, cause),
        Some(LineError::NotUtf8(line)) => Failure::known(
            format_args!("{}:{line}", file.display()),
            Code::NotUtf8,
            format_args!("expected {}", Code::NotUtf8.rule()),
        ),
        Some(LineError::TooLong(line)) => Failure::known(
            format_args!("{}:{line}", file.display()),
            Code::BadText,
            format_args!("expected {}", Code::BadText.rule()),
        ),
        None => error,
    })?;
    Ok(Outcome::Done)
}

/// Lines as they come in.
struct Lines {
    input: BufReader<Box<dyn Read>>,
    number: u64,
}

enum LineError {
    Unreadable(io::Error),
    NotUtf8(u64),
    TooLong(u64),
}

impl Lines {
    /// The lines that have come in, at least one and at most some thousands; none at the end.
    fn chunk(&mut self) -> Result<Vec<String>, LineError> {
        const MOST: usize = 8_192;
        let mut chunk = Vec::new();
        while let Some(line) = self.line()? {
            chunk.push(line);
            // What has not come in yet must not keep what has.
            if chunk.len() == MOST || !self.input.buffer().contains(&b'\n') {
                break;
            }
        }
        Ok(chunk)
    }

    fn line(&mut self) -> Result<Option<String>, LineError> {
        const LONGEST: usize = 65_536;
        let mut bytes = Vec::new();
        let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX) + 2;
        let read = (&mut self.input).take(limit).read_until(b'\n', &mut bytes);
        if read.map_err(LineError::Unreadable)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        if bytes.len() > LONGEST {
            return Err(LineError::TooLong(self.number));
        }
        let mut line = String::from_utf8(bytes).map_err(|_| LineError::NotUtf8(self.number))?;
        if self.number == 1 && line.starts_with('\u{FEFF}') {
            line.remove(0);
        }
        Ok(Some(line))
    }
}
