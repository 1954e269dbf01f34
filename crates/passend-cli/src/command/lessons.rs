// SPDX-License-Identifier: EUPL-1.2
//! `passend lessons`.

use std::path::PathBuf;

use clap::Args;
use passend::{LessonsRequest, Side, Timetable, TimetableLine, Watch};
use passend_io::Code;
use passend_io::write::jsonl;

use crate::arguments::{Law, Limit, LinesFormat, TakePart};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::progress::with_bar;
use crate::sides::{Files, Reading, Sides};
use crate::{input, output};

/// Compare timetables of lessons: which one blocks the least work for these learners
///
/// A timetable blocks a pair that is otherwise open and whose working times clash with it. The lessons in the records are
/// left out, since the timetable takes their place.
#[derive(Debug, Args)]
pub(crate) struct Lessons {
    /// The timetables: a JSON list of `{"id","slots":[{"day","from","to"}]}`
    #[arg(long, value_name = "FILE")]
    timetables: PathBuf,
    #[command(flatten)]
    pairs: TakePart,
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

impl Lessons {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let files = Files { read: vec![("--timetables", &self.timetables)], ..Files::default() };
        let engine = self.sides.engine(&self.law, files, console)?;
        let file = self.timetables.display();
        let timetables: Vec<Timetable> = serde_json::from_str(&input::text(&self.timetables)?)
            .map_err(|error| Failure::known(file, Code::BadTimetables, error))?;
        let reading = Reading {
            whole: &[(Side::Candidate, self.limit), (Side::Vacancy, self.limit)],
            ..Reading::default()
        };
        let both = self.sides.read(reading, console)?;
        both.tell_permissions(&engine, self.law.as_of(), console);
        let request = LessonsRequest {
            when: self.pairs.when(),
            sure: self.pairs.sure,
            ..LessonsRequest::new(self.law.as_of())
        };
        let watch = Watch::new();
        let (learners, work) = (&both.candidates.accepted, &both.vacancies.accepted);
        let lines = with_bar(
            || (watch.done(), watch.total()),
            || engine.lessons(learners, work, &timetables, &request, &watch),
        )
        .map_err(Failure::internal)?;
        let format = self.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &lines),
            LinesFormat::Text => {
                out.write_all(TimetableLine::page(&lines, console.lang()).as_bytes())
            }
        })?;
        Ok(both.outcome())
    }
}
