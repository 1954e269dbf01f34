// SPDX-License-Identifier: EUPL-1.2
//! `passend check`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Candidate, Engine, FindingKind, Lang, Policy, Vacancy};
use passend_io::{Checked, Hollow, Record, Several, Unlinked, VocabularyUse};
use schemars::JsonSchema;

use crate::arguments::{Output, Refusals, Side, Words as Vocabularies};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::Inputs;
use crate::{input, output};

/// Check a file: what is refused and why, which fields are filled, which titles and skills are not understood
///
/// Exit code 4 when a row is refused.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The file, JSON Lines or one JSON list; `-` for standard input
    file: PathBuf,
    /// What it holds
    #[arg(long)]
    side: Side,
    /// How to write it; without it text on a terminal, else JSON
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Places that the file names: CSV with `place,x,y[,radius]` in metres of RD New
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    #[command(flatten)]
    words: Vocabularies,
    #[command(flatten)]
    refusals: Refusals,
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

impl Check {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let checked = match self.side {
            Side::Candidate => self.checked::<Candidate>(console)?,
            Side::Vacancy => self.checked::<Vacancy>(console)?,
        };
        let target = self.output.target();
        let usual = if output::is_terminal(target) { Format::Text } else { Format::Json };
        output::write(target, |out| match self.format.unwrap_or(usual) {
            Format::Json => {
                serde_json::to_writer(&mut *out, &checked)?;
                writeln!(out)
            }
            Format::Text => text(out, &checked, console.lang()),
        })?;
        Ok(if checked.refused == 0 { Outcome::Done } else { Outcome::CheckFailed })
    }

    fn checked<T: Record + JsonSchema>(&self, console: &mut Console) -> Result<Checked, Failure> {
        let read: Vec<_> = std::iter::once(("FILE", self.file.as_path()))
            .chain(self.words.vocabulary.iter().map(|file| ("--vocabulary", file.as_path())))
            .chain(self.places.as_deref().map(|file| ("--places", file)))
            .collect();
        let target = self.output.target().map(|file| ("--output", file));
        let written: Vec<_> = self.refusals.written().chain(target).collect();
        output::may_be_written(&read, &written)?;
        let vocabulary = self.words.load(VocabularyUse::Matching, console)?;
        let policy = match &self.places {
            Some(file) => Policy::builtin().with_places(input::places(file)?),
            None => Policy::builtin(),
        };
        let engine = Engine::new(policy, vocabulary);
        let mut inputs = Inputs::new(&self.refusals);
        let batch = inputs.read::<T>(&self.file, console)?;
        inputs.write_refused(console)?;
        Ok(passend_io::check(&engine, &batch, console.lang()))
    }
}

fn text(out: &mut dyn Write, checked: &Checked, lang: Lang) -> io::Result<()> {
    let dutch = lang == Lang::Nl;
    let say = |nl: &'static str, en: &'static str| if dutch { nl } else { en };
    let filled = checked.fields.iter().filter(|field| field.filled > 0);
    let width = filled.map(|field| field.path.len()).max().unwrap_or_default();
    writeln!(
        out,
        "{:<width$}  {:>8}  {:>10}  {}",
        say("veld", "field"),
        say("gevuld", "filled"),
        say("begrepen", "understood"),
        say("telt mee in", "used by"),
    )?;
    for field in checked.fields.iter().filter(|field| field.filled > 0) {
        let users = field.used_by.join(", ");
        let line = format!(
            "{:<width$}  {:>8}  {:>10}  {users}",
            field.path, field.filled, field.understood
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    let empty: Vec<_> = checked
        .fields
        .iter()
        .filter(|field| field.filled == 0 && !field.used_by.is_empty() && !field.path.contains('['))
        .map(|field| field.path.as_str())
        .collect();
    if !empty.is_empty() {
        let heading =
            say("nergens gevuld, en zou meetellen:", "filled nowhere, and would be used:");
        writeln!(out, "\n{heading}\n  {}", empty.join(", "))?;
    }
    if !checked.hollow.is_empty() || checked.shared_postcode.is_some() || checked.unplaced > 0 {
        writeln!(out)?;
    }
    for hollow in &checked.hollow {
        writeln!(out, "{}", said_of(hollow, lang))?;
    }
    if let Some(count) = checked.shared_postcode {
        let said = say(
            "records hebben dezelfde postcode: is dat het adres van een opvang?",
            "records have one postcode: is that the address of a reception centre?",
        );
        writeln!(out, "{}  {count} {said}", say("LET OP", "NOTE"))?;
    }
    if checked.unplaced > 0 {
        let (unplaced, of) = (checked.unplaced, checked.accepted);
        let said = if dutch {
            format!(
                "LET OP  de plaats van {unplaced} van {of} records is niet bekend; de poort travel heeft er niets aan. \
                 Noem de gemeente, of geef met `--places` een tabel van postcodes en locaties"
            )
        } else {
            format!(
                "NOTE  the place of {unplaced} of {of} records is not known, and is no use to the gate travel. Name \
                 the municipality, or give a table of postcodes and sites with `--places`"
            )
        };
        writeln!(out, "{said}")?;
    }
    let or = say(" of ", " or ");
    let perhaps = |one: &Unlinked| match one.perhaps.as_slice() {
        [] => String::new(),
        some => format!(" ({} {}?)", say("misschien", "perhaps"), some.join(or)),
    };
    let unlinked =
        checked.unlinked.iter().map(|one| (one.count, one.kind, one.text.as_str(), perhaps(one)));
    let unlinked: Vec<_> = unlinked.collect();
    write_texts(out, say("niet herkend:", "not recognised:"), &unlinked, lang)?;
    let readings = |one: &Several| {
        let parts = one.readings.iter().map(|one| format!("{} ({} %)", one.label, one.share));
        format!(" = {}", parts.collect::<Vec<_>>().join(or))
    };
    let several =
        checked.several.iter().map(|one| (one.count, one.kind, one.text.as_str(), readings(one)));
    write_texts(
        out,
        say("gelezen als meer dan een beroep:", "read as more than one occupation:"),
        &several.collect::<Vec<_>>(),
        lang,
    )
}

/// The most frequent texts under a heading, with what is said of them; nothing where there are none.
fn write_texts(
    out: &mut dyn Write,
    heading: &str,
    texts: &[(usize, &str, &str, String)],
    lang: Lang,
) -> io::Result<()> {
    const SHOWN: usize = 20;
    if texts.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}")?;
    for (count, kind, text, more) in texts.iter().take(SHOWN) {
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        writeln!(out, "{count:>8}  {kind}: {text}{more}")?;
    }
    let more = texts.len().saturating_sub(SHOWN);
    if more > 0 {
        let rest = match lang {
            Lang::Nl => "andere; `-f json` noemt ze alle",
            Lang::En => "others; `-f json` names all",
        };
        writeln!(out, "{:>8}  {more} {rest}", "")?;
    }
    Ok(())
}

/// What a gate does without its field, in words.
fn said_of(hollow: &Hollow, lang: Lang) -> String {
    let Hollow { gate, field, filled, of, then } = hollow;
    let gate = gate.code();
    let then = match (then, lang) {
        (FindingKind::Open, Lang::Nl) => "laat dan iedereen door",
        (FindingKind::Open, Lang::En) => "then lets all pass",
        (FindingKind::Needs, Lang::Nl) => "noemt dan een stap",
        (FindingKind::Needs, Lang::En) => "then names a step",
        (_, Lang::Nl) => "antwoordt dan: eerst vragen",
        (_, Lang::En) => "then answers: ask first",
    };
    match lang {
        Lang::Nl => format!(
            "LET OP  `{field}` is gevuld in {filled} van {of} records; de poort {gate} {then}"
        ),
        Lang::En => {
            format!("NOTE  `{field}` is filled in {filled} of {of} records; the gate {gate} {then}")
        }
    }
}
