// SPDX-License-Identifier: EUPL-1.2
//! `passend relax`.

use std::io::{self, Write};
use std::slice;

use clap::Args;
use passend::{Lang, Relaxed, Side};
use passend_io::Code;
use passend_io::write::jsonl;

use crate::arguments::{Law, Limit, LinesFormat};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::sides::{Files, Reading, Sides, one};

/// Show for one vacancy what relaxing each demand adds: candidates who are ready now, and by a day
///
/// What the law asks cannot be relaxed and is not listed.
#[derive(Debug, Args)]
#[command(
    mut_arg("vacancies", |file| file.index(1).help("The file of vacancies, JSON Lines or one JSON list; `-` for standard input")),
    mut_arg("candidates", |file| file.index(2).help("The file of candidates"))
)]
pub(crate) struct Relax {
    /// Id of the vacancy
    #[arg(long, value_name = "ID")]
    vacancy: String,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<LinesFormat>,
    #[command(flatten)]
    sides: Sides,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    limit: Limit,
}

impl Relax {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let engine = self.sides.engine(&self.law, Files::default(), console)?;
        let reading = Reading {
            first: Side::Vacancy,
            whole: &[(Side::Candidate, self.limit)],
            ..Reading::default()
        };
        let both = self.sides.read(reading, console)?;
        both.tell_permissions(&engine, self.law.as_of(), console);
        let vacancy = one(&both.vacancies, &self.vacancy, Code::UnknownVacancy)?;
        let relaxed = engine
            .market(&both.candidates.accepted, slice::from_ref(vacancy), self.law.as_of())
            .map_err(Failure::internal)?
            .relax(&self.vacancy)
            .map_err(Failure::internal)?;
        let format = self.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &relaxed),
            LinesFormat::Text => text(out, &relaxed, console.lang()),
        })?;
        Ok(both.outcome())
    }
}

/// What relaxing each demand adds, in words; what adds nobody says so.
fn text(out: &mut dyn Write, relaxed: &[Relaxed], lang: Lang) -> io::Result<()> {
    let (now, around, nobody) = match lang {
        Lang::Nl => ("meer nu", "meer rond", "niemand erbij, ook niet binnen een jaar"),
        Lang::En => ("more now", "more around", "nobody more, within a year neither"),
    };
    for one in relaxed {
        writeln!(out, "{}", one.text.get(lang))?;
        if one.now == 0 && one.by_date.iter().all(|by| by.added == 0) {
            writeln!(out, "  {nobody}")?;
            continue;
        }
        let by = one
            .by_date
            .iter()
            .map(|by| format!("{} {around} {}", by.added, passend::Text::from(by.date).get(lang)));
        let added = std::iter::once(format!("{} {now}", one.now)).chain(by);
        writeln!(out, "  {}", added.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}
