// SPDX-License-Identifier: EUPL-1.2
//! `passend flip`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use passend::{Candidate, Lang, Request, Vacancy, Watch};
use passend_io::write::jsonl;
use passend_io::{
    Flipped, FlippedColumn, FlippedTable, ImportError, ImportSettings, ImportedTable,
    VocabularyUse, import_table,
};

use crate::arguments::{Law, Limit, LinesFormat, Output, Refusals, Side, Words};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{self, Inputs};
use crate::output;
use crate::progress::with_bar;

/// See that who somebody is changes nothing: import and match twice, the second time with every protected column changed
///
/// Each name, sex, nationality, number, day of birth … of the table is replaced by another of its column; days of birth are
/// exchanged among adults, since the law asks the age of minors. Exit code 4 if a byte of a record or of a line differs.
#[derive(Debug, Args)]
pub(crate) struct Flip {
    /// The table of people, as `passend import` reads it
    table: PathBuf,
    /// The file of vacancies
    vacancies: PathBuf,
    /// What the rows of the table are about: only people have protected columns
    #[arg(long)]
    side: Side,
    /// Places that the files name: CSV with `place,x,y[,radius]` in metres of RD New
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// How many vacancies each person gets
    #[arg(short, value_name = "K", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    k: u32,
    /// How to write what was done; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<LinesFormat>,
    /// Threads; 0 for as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: u16,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    refusals: Refusals,
    #[command(flatten)]
    limit: Limit,
}

impl Flip {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        if self.side != Side::Candidate {
            return Err(Failure::Usage(
                "expected `--side candidate`: only people have protected columns".to_owned(),
            ));
        }
        let mut read: Vec<(&str, &Path)> =
            vec![("TABLE", &self.table), ("VACANCIES", &self.vacancies)];
        read.extend(self.places.as_deref().map(|file| ("--places", file)));
        let mut written: Vec<(&str, &Path)> = self.refusals.written().collect();
        written.extend(self.output.target().map(|file| ("--output", file)));
        output::may_be_written(&read, &written)?;
        let mut policy = self.law.policy()?;
        if let Some(file) = &self.places {
            policy = policy.with_places(input::places(file)?);
        }
        let vocabulary = self.words.load(VocabularyUse::Matching, console)?;
        let engine = passend::Engine::new(policy, vocabulary);
        let as_of = self.law.as_of();

        let bytes = input::bytes(&self.table)?;
        let file = self.table.display().to_string();
        let failed = |error: ImportError| Failure::Read { file: error.file, source: error.source };
        let ImportedTable { batch, faults, .. } =
            import_table::<Candidate>(&bytes, &file, &ImportSettings::on(as_of)).map_err(failed)?;
        if let Some(fault) = faults.into_iter().next() {
            return Err(Failure::Read { file, source: fault });
        }
        let mut inputs =
            Inputs::new(&self.refusals).originals_elsewhere().on_threads(usize::from(self.threads));
        let people = inputs.judge(batch, console)?;
        inputs.limit(&people, self.limit, console)?;
        let work = inputs.read::<Vacancy>(&self.vacancies, console)?;
        inputs.limit(&work, self.limit, console)?;
        inputs.write_refused(console)?;
        let other = FlippedTable::import(&bytes, &file, as_of).map_err(failed)?;

        let market = engine.market(&[], &work.accepted, as_of).map_err(Failure::internal)?;
        let request = Request {
            k: usize::try_from(self.k).unwrap_or(usize::MAX),
            threads: usize::from(self.threads),
            ..Request::default()
        };
        let watch = Watch::new();
        let found = with_bar(
            || (watch.done(), watch.total()),
            || other.compare(&people.accepted, &market, &request, &watch),
        )
        .map_err(Failure::internal)?;
        let target = self.output.target();
        let usual =
            if output::is_terminal(target) { LinesFormat::Text } else { LinesFormat::Jsonl };
        output::write(target, |mut out| match self.format.unwrap_or(usual) {
            LinesFormat::Jsonl => jsonl(&mut out, [&found]),
            LinesFormat::Text => text(out, &found, console.lang()),
        })?;
        if !found.is_same() {
            return Ok(Outcome::CheckFailed);
        }
        Ok(inputs.outcome())
    }
}

fn text(out: &mut dyn Write, found: &Flipped, lang: Lang) -> io::Result<()> {
    for FlippedColumn { column, field, cells, left } in &found.changed {
        let minors = match (lang, *left) {
            (_, 0) => String::new(),
            (Lang::Nl, left) => format!("; {left} niet, want minderjarig"),
            (Lang::En, left) => format!("; {left} not, since they are of minors"),
        };
        match lang {
            Lang::Nl => {
                writeln!(out, "kolom {column} ({field}): cellen veranderd: {cells}{minors}")?;
            }
            Lang::En => writeln!(out, "column {column} ({field}): cells changed: {cells}{minors}")?,
        }
    }
    let Flipped { rows, records, lines, different_records, different_lines, .. } = found;
    match lang {
        Lang::Nl => writeln!(
            out,
            "{rows} rijen; {records} records, waarvan {different_records} anders; {lines} regels, waarvan {different_lines} anders"
        ),
        Lang::En => writeln!(
            out,
            "{rows} rows; {records} records, {different_records} of them different; {lines} lines, {different_lines} of them different"
        ),
    }
}
