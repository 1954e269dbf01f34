// SPDX-License-Identifier: EUPL-1.2
//! `passend check`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Candidate, Engine, Lang, LinkKind, LinkStatus, Policy, Vacancy};
use passend_io::{Batch, Record, VocabularyUse, Warning};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::arguments::{Output, Refusals, Side, Words as Vocabularies};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::fields::{paths, used_by, values};
use crate::gaps::{Gaps, Hollow};
use crate::input::Inputs;
use crate::output;

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

/// What a check found.
#[derive(Debug, Serialize)]
struct Checked {
    read: u64,
    accepted: u64,
    refused: usize,
    fields: Vec<Field>,
    unlinked: Vec<Unlinked>,
    warnings: Vec<Warning>,
    /// Gates that are decided by a field which most records leave empty.
    hollow: Vec<Hollow>,
    /// How many records share one postcode, where they are hundreds.
    shared_postcode: Option<usize>,
}

/// How well a field is filled.
#[derive(Debug, Serialize)]
struct Field {
    path: String,
    /// Records that fill it; an empty list fills it too.
    filled: usize,
    /// Those in which all of it was understood.
    understood: usize,
    used_by: &'static [&'static str],
}

/// A text that was not linked to one concept.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Unlinked {
    kind: &'static str,
    text: String,
    count: usize,
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
            .collect();
        let target = self.output.target().map(|file| ("--output", file));
        let written: Vec<_> = self.refusals.written().chain(target).collect();
        output::may_be_written(&read, &written)?;
        let vocabulary = self.words.load(VocabularyUse::Matching, console)?;
        let engine = Engine::new(Policy::builtin(), vocabulary);
        let mut inputs = Inputs::new(&self.refusals);
        let Batch { accepted, report, .. } = inputs.read::<T>(&self.file, console)?;
        inputs.write_refused(console)?;
        let mut words = Words::new(&engine);
        let mut fields: Vec<Field> = paths::<T>()
            .into_iter()
            .map(|path| Field {
                used_by: used_by(self.side, &path),
                path,
                filled: 0,
                understood: 0,
            })
            .collect();
        let mut gaps = Gaps::new(self.side);
        for record in &accepted {
            let record = serde_json::to_value(record).map_err(|error| {
                Failure::Internal(format!("a record cannot be written: {error}"))
            })?;
            gaps.add(&record);
            for field in &mut fields {
                let found = values(&record, &field.path);
                if found.is_empty() {
                    continue;
                }
                field.filled += 1;
                // Each value is looked at, so that every text that is not understood is counted.
                let not_understood = found
                    .iter()
                    .filter(|value| !words.understood(self.side, &field.path, value))
                    .count();
                field.understood += usize::from(not_understood == 0);
            }
        }
        Ok(Checked {
            read: report.read,
            accepted: report.accepted,
            refused: report.refused.len(),
            fields,
            unlinked: words.unlinked(),
            warnings: report.warnings,
            hollow: gaps.hollow(),
            shared_postcode: gaps.shared_postcode(),
        })
    }
}

/// Texts that were looked up: whether they are understood, and how often they occur.
struct Words<'a> {
    engine: &'a Engine,
    looked_up: BTreeMap<(Meaning, String), (bool, usize)>,
}

/// As what a text is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Certificate,
    Education,
    Municipality,
    Occupation,
    Skill,
}

impl Meaning {
    fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Education => "education",
            Self::Municipality => "municipality",
            Self::Occupation => "occupation",
            Self::Skill => "skill",
        }
    }

    /// What the text of a field means; `None` where every value is understood.
    fn of(side: Side, path: &str) -> Option<Self> {
        match (side, path) {
            (
                Side::Candidate,
                "experience[].title"
                | "experience[].occupation.label"
                | "wishes.occupations[].label"
                | "targets[].label",
            )
            | (Side::Vacancy, "title" | "occupation[].label") => Some(Self::Occupation),
            (Side::Candidate, "skills[].label") | (Side::Vacancy, "require.skills[].label") => {
                Some(Self::Skill)
            }
            (_, "location.municipality") | (Side::Candidate, "relocation.municipality") => {
                Some(Self::Municipality)
            }
            (Side::Candidate, "education[].title" | "education[].field.label")
            | (Side::Vacancy, "require.education_field.label") => Some(Self::Education),
            (Side::Candidate, "certificates[].code" | "certificates[].name")
            | (Side::Vacancy, "require.certificates[].code" | "require.certificates[].name") => {
                Some(Self::Certificate)
            }
            _ => None,
        }
    }

    fn is_understood(self, engine: &Engine, text: &str) -> bool {
        let linked = |kind| engine.vocabulary().link(kind, text, 1).status == LinkStatus::Linked;
        match self {
            Self::Certificate => engine.policy().knows_certificate(Some(text), Some(text)),
            Self::Education => {
                let reading = engine.vocabulary().read_diploma(text);
                reading.level.is_some() || reading.field.is_some()
            }
            Self::Municipality => engine.policy().knows_place(None, None, Some(text)),
            Self::Occupation => linked(LinkKind::Occupation),
            Self::Skill => linked(LinkKind::Skill),
        }
    }
}

impl<'a> Words<'a> {
    fn new(engine: &'a Engine) -> Self {
        Self { engine, looked_up: BTreeMap::new() }
    }

    fn understood(&mut self, side: Side, path: &str, value: &Value) -> bool {
        let (Some(text), Some(meaning)) = (value.as_str(), Meaning::of(side, path)) else {
            return true;
        };
        let engine = self.engine;
        let (understood, count) = self
            .looked_up
            .entry((meaning, text.to_owned()))
            .or_insert_with(|| (meaning.is_understood(engine, text), 0));
        *count += 1;
        *understood
    }

    /// What was not understood, the most frequent first.
    fn unlinked(self) -> Vec<Unlinked> {
        let mut unlinked: Vec<_> = self
            .looked_up
            .into_iter()
            .filter(|(_, (understood, _))| !understood)
            .map(|((meaning, text), (_, count))| Unlinked { kind: meaning.name(), text, count })
            .collect();
        unlinked.sort_by_key(|unlinked| std::cmp::Reverse(unlinked.count));
        unlinked
    }
}

fn text(out: &mut dyn Write, checked: &Checked, lang: Lang) -> io::Result<()> {
    const SHOWN: usize = 20;
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
    if !checked.hollow.is_empty() || checked.shared_postcode.is_some() {
        writeln!(out)?;
    }
    for hollow in &checked.hollow {
        writeln!(out, "{}", hollow.say(lang))?;
    }
    if let Some(count) = checked.shared_postcode {
        let said = say(
            "records hebben dezelfde postcode: is dat het adres van een opvang?",
            "records have one postcode: is that the address of a reception centre?",
        );
        writeln!(out, "{}  {count} {said}", say("LET OP", "NOTE"))?;
    }
    if !checked.unlinked.is_empty() {
        writeln!(out, "\n{}", say("niet herkend:", "not recognised:"))?;
        for Unlinked { kind, text, count } in checked.unlinked.iter().take(SHOWN) {
            let text: String = text.chars().filter(|c| !c.is_control()).collect();
            writeln!(out, "{count:>8}  {kind}: {text}")?;
        }
        let more = checked.unlinked.len().saturating_sub(SHOWN);
        if more > 0 {
            writeln!(
                out,
                "{:>8}  {more} {}",
                "",
                say("andere; `-f json` noemt ze alle", "others; `-f json` names all")
            )?;
        }
    }
    Ok(())
}
