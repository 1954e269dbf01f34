// SPDX-License-Identifier: EUPL-1.2
//! `passend vocabulary`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use passend::{Lang, Vocabulary, VocabularyCounts};
use passend_io::esco::{self, EscoError, File, Mended, Note};
use passend_io::{Code, VocabularyUse};
use serde::Serialize;

use crate::arguments::{Languages, Output, Words};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::{input, output};

/// Make a vocabulary of an ESCO download, or show what one holds
#[derive(Debug, Args)]
pub(crate) struct VocabularyCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Build(Build),
    Info(Info),
}

/// Make one file of the tables of ESCO, with what they say of how close occupations are
///
/// The folder holds the unpacked CSV download of ESCO, version 1.1 to 1.2.1, in any languages. `--lang nl,en,ar` reads these
/// languages; without it all that are there.
#[derive(Debug, Args)]
struct Build {
    /// The folder with `occupations_en.csv`, `skills_en.csv`, `ISCOGroups_en.csv`, …
    #[arg(long, value_name = "DIR")]
    esco: PathBuf,
    /// Tables with codes of another classification and what they are in ESCO: UWV, O*NET, …; repeatable
    #[arg(long, value_name = "FILE", num_args = 1..)]
    crosswalk: Vec<PathBuf>,
    /// Version of ESCO; without it as the name of the folder says
    #[arg(long, value_name = "VERSION")]
    release: Option<String>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Show source, version, languages and counts of a vocabulary, and what must be said where it is used
#[derive(Debug, Args)]
struct Info {
    /// A pack or a table of labels; without it the starter vocabulary
    file: Option<PathBuf>,
    /// How to write it; without it text on a terminal, else JSON
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object on one line
    Json,
}

impl VocabularyCommand {
    pub(crate) fn run(
        self,
        console: &Console,
        languages: Option<&Languages>,
    ) -> Result<Outcome, Failure> {
        match self.what {
            What::Build(build) => build.run(console, languages),
            What::Info(info) => info.run(console),
        }
    }
}

impl Build {
    fn run(self, console: &Console, languages: Option<&Languages>) -> Result<Outcome, Failure> {
        let read: Vec<(&str, &Path)> =
            self.crosswalk.iter().map(|file| ("--crosswalk", file.as_path())).collect();
        output::may_be_written(&read, &[("--output", &self.output)])?;
        let files = folder(&self.esco)?;
        let crosswalks =
            self.crosswalk.iter().map(|path| file(path)).collect::<Result<Vec<_>, _>>()?;
        let named = || {
            let name = self.esco.canonicalize().ok()?;
            esco::release_in(name.file_name()?.to_str()?)
        };
        let options = esco::Options {
            languages: languages.map(|languages| languages.codes().to_vec()),
            release: self.release.clone().or_else(named).unwrap_or_default(),
        };
        let bad = |EscoError { file, problem }| {
            let path = self.crosswalk.iter().find(|path| path.ends_with(&file));
            let path = path.cloned().unwrap_or_else(|| self.esco.join(&file));
            Failure::known(path.display(), Code::BadVocabulary, problem)
        };
        let (vocabulary, report) = esco::read_esco(&files, &crosswalks, &options).map_err(bad)?;
        report.notes.iter().for_each(|note| console.say(mended(note, console.lang())));
        let pack = vocabulary.to_pack();
        output::write(Some(&self.output), |out| out.write_all(&pack))?;
        console.say(format_args!("{}: {}", self.output.display(), vocabulary.version()));
        Ok(Outcome::Done)
    }
}

/// The files of a folder that are read.
fn folder(folder: &Path) -> Result<Vec<File>, Failure> {
    let unreadable = |error: io::Error| Failure::unreadable(folder, error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.retain(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(esco::is_read));
    paths.sort();
    paths.iter().map(|path| file(path)).collect()
}

fn file(path: &Path) -> Result<File, Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok(File { name: name.to_string_lossy().into_owned(), bytes: input::bytes(path)? })
}

fn mended(note: &Note, lang: Lang) -> String {
    let Note { file, what, count } = note;
    let what = match (lang, what) {
        (Lang::Nl, Mended::Twice) => "regels staan er twee keer; de laatste telt",
        (Lang::En, Mended::Twice) => "rows stand twice; the last one counts",
        (Lang::Nl, Mended::BothNeeds) => "paren zijn essentieel en optioneel; essentieel telt",
        (Lang::En, Mended::BothNeeds) => "pairs are both essential and optional; essential counts",
        (Lang::Nl, Mended::UnknownConcept) => "regels noemen iets dat er niet is; ze tellen niet",
        (Lang::En, Mended::UnknownConcept) => "rows name what is not there; they do not count",
        (Lang::Nl, Mended::LostZero) => "ISCO-08-codes misten hun nul; die is teruggezet",
        (Lang::En, Mended::LostZero) => "ISCO-08 codes had lost their zero; it was put back",
        (Lang::Nl, _) => "begrippen hebben geen label in deze talen",
        (Lang::En, _) => "concepts have no label in these languages",
    };
    format!("{file}: {count} {what}")
}

/// What a vocabulary holds.
#[derive(Debug, Serialize)]
struct Shown {
    version: String,
    name: String,
    release: Option<String>,
    notice: Option<String>,
    occupations: usize,
    skills: usize,
    skill_groups: usize,
    isco_groups: usize,
    essential: usize,
    optional: usize,
    related: usize,
    grants: usize,
    crosswalks: usize,
    languages: Vec<Language>,
}

#[derive(Debug, Serialize)]
struct Language {
    /// `null` where it is not known.
    language: Option<String>,
    labels: usize,
}

impl Info {
    fn run(self, console: &Console) -> Result<Outcome, Failure> {
        let words = Words { vocabulary: self.file.into_iter().collect() };
        let shown = Shown::new(&words.load(VocabularyUse::Linking, console)?);
        let target = self.output.target();
        let usual = if output::is_terminal(target) { Format::Text } else { Format::Json };
        output::write(target, |out| match self.format.unwrap_or(usual) {
            Format::Json => {
                serde_json::to_writer(&mut *out, &shown)?;
                writeln!(out)
            }
            Format::Text => shown.text(out, console.lang()),
        })?;
        Ok(Outcome::Done)
    }
}

impl Shown {
    fn new(vocabulary: &Vocabulary) -> Self {
        let source = vocabulary.source();
        let counts: VocabularyCounts = vocabulary.counts();
        let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Self {
            version: vocabulary.version().to_owned(),
            name: source.name.clone(),
            release: filled(&source.release),
            notice: filled(&source.notice),
            occupations: counts.occupations,
            skills: counts.skills,
            skill_groups: counts.skill_groups,
            isco_groups: counts.isco_groups,
            essential: counts.essential,
            optional: counts.optional,
            related: counts.related,
            grants: counts.grants,
            crosswalks: counts.crosswalks,
            languages: counts
                .labels
                .iter()
                .map(|(code, labels)| Language { language: filled(code), labels: *labels })
                .collect(),
        }
    }

    fn text(&self, out: &mut dyn Write, lang: Lang) -> io::Result<()> {
        let say = |nl: &'static str, en: &'static str| match lang {
            Lang::Nl => nl,
            Lang::En => en,
        };
        writeln!(out, "{}", self.version)?;
        if let Some(notice) = &self.notice {
            writeln!(out, "{notice}")?;
        }
        for (name, count) in [
            (say("beroepen", "occupations"), self.occupations),
            (say("vaardigheden", "skills"), self.skills),
            (say("groepen van vaardigheden", "groups of skills"), self.skill_groups),
            (say("ISCO-08-groepen", "ISCO-08 groups"), self.isco_groups),
            (
                say("essentiële vaardigheden van beroepen", "essential skills of occupations"),
                self.essential,
            ),
            (
                say("optionele vaardigheden van beroepen", "optional skills of occupations"),
                self.optional,
            ),
            (say("nabije beroepen", "near occupations"), self.related),
            (say("nabije vaardigheden", "near skills"), self.grants),
            (say("codes van andere lijsten", "codes of other lists"), self.crosswalks),
        ] {
            writeln!(out, "{count:>9}  {name}")?;
        }
        for Language { language, labels } in &self.languages {
            let language = language.as_deref().unwrap_or(say("onbekende taal", "unknown language"));
            writeln!(out, "{labels:>9}  {}: {language}", say("labels", "labels"))?;
        }
        Ok(())
    }
}
