// SPDX-License-Identifier: EUPL-1.2
//! `passend check`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Candidate, Concept, Engine, Lang, Meaning as Read, Policy, Vacancy};
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
    several: Vec<Several>,
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

/// A text that is not understood: it counts for nothing, and is asked.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Unlinked {
    kind: &'static str,
    text: String,
    count: usize,
    /// What a title that is not sure may mean.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    perhaps: Vec<String>,
}

/// A title that is understood as several occupations.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Several {
    kind: &'static str,
    text: String,
    count: usize,
    readings: Vec<Reading>,
}

/// One of the occupations that a title is read as.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Reading {
    id: String,
    label: String,
    share: u8,
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
        let mut words = Words::new(&engine, console.lang());
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
                let not_understood = match Meaning::of(self.side, &field.path) {
                    None => 0,
                    Some(meaning) => words.not_understood(meaning, &record, &field.path, &found),
                };
                field.understood += usize::from(not_understood == 0);
            }
        }
        let (unlinked, several) = words.told();
        Ok(Checked {
            read: report.read,
            accepted: report.accepted,
            refused: report.refused.len(),
            fields,
            unlinked,
            warnings: report.warnings,
            several,
            hollow: gaps.hollow(),
            shared_postcode: gaps.shared_postcode(),
        })
    }
}

/// Texts that were looked up: how they are understood, and how often they occur.
struct Words<'a> {
    engine: &'a Engine,
    lang: Lang,
    looked_up: BTreeMap<(Meaning, String), (Understood, usize)>,
}

/// How a text is understood.
enum Understood {
    /// Not at all, or not surely.
    Not,
    /// As one thing, or by a code beside it.
    Well,
    /// As several occupations.
    Several(Vec<Read>),
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

    fn understood(self, engine: &Engine, text: &str) -> Understood {
        let vocabulary = engine.vocabulary();
        let is_known = match self {
            Self::Certificate => engine.policy().knows_certificate(Some(text), Some(text)),
            Self::Education => {
                let reading = vocabulary.read_diploma(text);
                reading.level.is_some() || reading.field.is_some()
            }
            Self::Municipality => engine.policy().knows_place(None, None, Some(text)),
            Self::Occupation => {
                let readings = vocabulary.occupation_meanings(&Concept::labelled(text));
                if readings.len() > 1 {
                    return Understood::Several(readings);
                }
                !readings.is_empty()
            }
            Self::Skill => vocabulary.skill_meaning(None, Some(text)).is_some(),
        };
        if is_known { Understood::Well } else { Understood::Not }
    }

    /// Whether something beside a text says already what is meant, so that the text is not needed: the code of the same
    /// concept, or the occupation beside a title.
    fn is_decided(self, engine: &Engine, path: &str, around: &Value) -> bool {
        let vocabulary = engine.vocabulary();
        let concepts = |value: Option<&Value>| -> Vec<Concept> {
            let listed = |value: &Value| value.as_array().cloned();
            let values = value.map(|value| listed(value).unwrap_or_else(|| vec![value.clone()]));
            let read = |value| serde_json::from_value(value).ok();
            values.into_iter().flatten().filter_map(read).collect()
        };
        let is_read = |concept: &Concept| !vocabulary.occupation_meanings(concept).is_empty();
        match self {
            Self::Occupation if path.ends_with("title") => {
                concepts(around.get("occupation")).iter().any(is_read)
            }
            Self::Occupation => concepts(Some(around))
                .iter()
                .any(|concept| is_read(&Concept { label: None, ..concept.clone() })),
            Self::Skill => {
                let code = around.get("code").and_then(Value::as_str);
                code.is_some_and(|code| vocabulary.skill_meaning(Some(code), None).is_some())
            }
            _ => false,
        }
    }
}

impl<'a> Words<'a> {
    fn new(engine: &'a Engine, lang: Lang) -> Self {
        Self { engine, lang, looked_up: BTreeMap::new() }
    }

    /// How many of the texts that a record has at a path are not understood; all of them are counted.
    fn not_understood(
        &mut self,
        meaning: Meaning,
        record: &Value,
        path: &str,
        found: &[&Value],
    ) -> usize {
        let (around, key) = path.rsplit_once('.').unwrap_or(("", path));
        let whole = [record];
        let around = if around.is_empty() { whole.to_vec() } else { values(record, around) };
        let around = around.into_iter().filter(|one| one.get(key).is_some());
        let mut count = 0;
        // Values and what is around them stand in the same order; a list of texts has nothing around them.
        for (value, around) in found.iter().zip(around.map(Some).chain(std::iter::repeat(None))) {
            let decided = around.is_some_and(|one| meaning.is_decided(self.engine, path, one));
            count += usize::from(!decided && !self.understood(meaning, value));
        }
        count
    }

    fn understood(&mut self, meaning: Meaning, value: &Value) -> bool {
        let Some(text) = value.as_str() else { return true };
        let engine = self.engine;
        let (understood, count) = self
            .looked_up
            .entry((meaning, text.to_owned()))
            .or_insert_with(|| (meaning.understood(engine, text), 0));
        *count += 1;
        !matches!(understood, Understood::Not)
    }

    /// What was not understood, and what was understood as several occupations; the most frequent first.
    fn told(self) -> (Vec<Unlinked>, Vec<Several>) {
        let (mut unlinked, mut several) = (Vec::new(), Vec::new());
        let (vocabulary, lang) = (self.engine.vocabulary(), self.lang);
        for ((meaning, text), (understood, count)) in self.looked_up {
            let kind = meaning.name();
            match understood {
                Understood::Well => {}
                Understood::Not => {
                    let perhaps = match meaning {
                        Meaning::Occupation => vocabulary.occupations_perhaps(&text),
                        _ => Vec::new(),
                    };
                    let perhaps = perhaps.iter().map(|one| one.label.get(lang).to_owned());
                    unlinked.push(Unlinked { kind, perhaps: perhaps.collect(), text, count });
                }
                Understood::Several(readings) => {
                    let reading = |one: Read| Reading {
                        label: one.label.get(lang).to_owned(),
                        id: one.id,
                        share: one.share,
                    };
                    let readings = readings.into_iter().map(reading).collect();
                    several.push(Several { kind, text, count, readings });
                }
            }
        }
        unlinked.sort_by_key(|one| std::cmp::Reverse(one.count));
        several.sort_by_key(|one| std::cmp::Reverse(one.count));
        (unlinked, several)
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
