// SPDX-License-Identifier: EUPL-1.2
//! `passend register`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use passend::{Candidate, Engine, FilledBy, Lang, RegisterEntry};
use passend_io::fields::counted;
use passend_io::{VocabularyUse, write::jsonl};

use crate::arguments::{Law, Output, Words};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;

/// Write the fields of the Dutch Algorithm Register that passend knows of itself, and mark what the organisation fills in
///
/// Fields, titles and limits are those of publication standard 1.0. The register takes Dutch; `--lang en` is for reading.
#[derive(Debug, Args)]
pub(crate) struct Register {
    /// How to write it; without it text on a terminal, else JSON
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object on one line
    Json,
    /// A table: a row for each field
    Csv,
    /// One page, without script
    Html,
}

impl Register {
    pub(crate) fn run(self, console: &Console) -> Result<Outcome, Failure> {
        let read: Vec<_> = (self.law.policy.iter().map(|file| ("--policy", file.as_path())))
            .chain(self.words.vocabulary.iter().map(|file| ("--vocabulary", file.as_path())))
            .collect();
        let target = self.output.target();
        let written: Vec<_> = target.map(|file| ("--output", file)).into_iter().collect();
        output::may_be_written(&read, &written)?;
        let vocabulary = self.words.load(VocabularyUse::Matching, console)?;
        let engine = Engine::new(self.law.policy()?, vocabulary);
        let lang = console.lang();
        let fields = counted::<Candidate>();
        let registration = RegisterEntry::new(&engine, self.law.as_of(), &fields, lang);
        let usual = if output::is_terminal(target) { Format::Text } else { Format::Json };
        output::write(target, |mut out| match self.format.unwrap_or(usual) {
            Format::Json => jsonl(&mut out, [&registration]),
            Format::Csv => table(out, &registration, lang),
            Format::Html => out.write_all(registration.html(lang).as_bytes()),
            Format::Text => text(out, &registration, lang),
        })?;
        Ok(Outcome::Done)
    }
}

fn table(out: &mut dyn Write, registration: &RegisterEntry, lang: Lang) -> io::Result<()> {
    writeln!(out, "field,title,required,max_length,filled_by,value,what")?;
    for field in &registration.fields {
        let filled_by = match field.filled_by {
            FilledBy::Library => "library",
            FilledBy::Both => "both",
            FilledBy::Organisation => "organisation",
        };
        let length = field.max_length.map(|length| length.to_string()).unwrap_or_default();
        writeln!(
            out,
            "{},{},{},{length},{filled_by},{},{}",
            field.field,
            quoted(field.title),
            field.required,
            quoted(field.value.as_deref().unwrap_or_default()),
            quoted(field.what.get(lang))
        )?;
    }
    Ok(())
}

/// A cell that may hold commas and quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn text(out: &mut dyn Write, registration: &RegisterEntry, lang: Lang) -> io::Result<()> {
    for field in &registration.fields {
        let required = if field.required { " *" } else { "" };
        writeln!(out, "{} ({}){required}: {}", field.title, field.field, field.what.get(lang))?;
        if let Some(value) = &field.value {
            writeln!(out, "    {value}")?;
        }
    }
    Ok(())
}
