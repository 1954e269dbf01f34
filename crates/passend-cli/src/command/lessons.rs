// SPDX-License-Identifier: EUPL-1.2
//! `passend lessons`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Lang, LessonPlan, LessonsError, LessonsRequest, Side, TimetableLine, Watch};
use passend_io::write::jsonl;
use passend_io::{Code, read_school};

use crate::arguments::{Law, Limit, TakePart};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::progress::with_bar;
use crate::sides::{Files, Reading, Sides};
use crate::{input, output};

/// Compare timetables of lessons: which one blocks the least work for these learners
///
/// A timetable blocks a pair that is otherwise open and whose working times clash with it. The lessons in the records are
/// left out, since the timetable takes their place. With groups in the file each group gets a timetable, within the rooms and
/// teachers that there are.
#[derive(Debug, Args)]
pub(crate) struct Lessons {
    /// The timetables: a JSON list of `{"id","slots":[{"day","from","to"}]}`, or an object that has it as `timetables`, with
    /// `groups` of `{"id","learners","timetables"}`, and perhaps `rooms` and `teachers`, each a list of `{"count","slots"}`
    #[arg(long, value_name = "FILE")]
    timetables: PathBuf,
    #[command(flatten)]
    pairs: TakePart,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    sides: Sides,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    limit: Limit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One timetable, or one timetable of a group, a line
    Jsonl,
    /// With groups: one object with what the plan gives, what is proven, and the lines
    Json,
}

impl Lessons {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let files = Files { read: vec![("--timetables", &self.timetables)], ..Files::default() };
        let engine = self.sides.engine(&self.law, files, console)?;
        let file = self.timetables.display();
        let school = read_school(&input::text(&self.timetables)?)
            .map_err(|error| Failure::known(file, Code::BadTimetables, error))?;
        let format = self.sides.format(self.format, Format::Text, Format::Jsonl);
        if format == Format::Json && school.groups.is_empty() {
            return Err(Failure::Usage(
                "`--format json` needs groups in `--timetables`".to_owned(),
            ));
        }
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
        let progress = || (watch.done(), watch.total());
        let cannot = |error| match error {
            LessonsError::Market(_) | LessonsError::Rank(_) => Failure::internal(error),
            named => Failure::known(self.timetables.display(), Code::BadTimetables, named),
        };
        let (learners, work) = (&both.candidates.accepted, &both.vacancies.accepted);
        let target = self.sides.target();
        if school.groups.is_empty() {
            let timetables = &school.timetables;
            let lines =
                with_bar(progress, || engine.lessons(learners, work, timetables, &request, &watch))
                    .map_err(cannot)?;
            output::write(target, |mut out| match format {
                Format::Text => {
                    out.write_all(TimetableLine::page(&lines, console.lang()).as_bytes())
                }
                Format::Jsonl | Format::Json => jsonl(&mut out, &lines),
            })?;
            return Ok(both.outcome());
        }
        let named = school.groups.iter().flat_map(|group| &group.learners).map(String::as_str);
        both.tell_strangers(Some(&self.timetables), named, console);
        let plan = with_bar(progress, || engine.school(learners, work, &school, &request, &watch))
            .map_err(cannot)?;
        output::write(target, |mut out| match format {
            Format::Text => out.write_all(plan.text(console.lang()).as_bytes()),
            Format::Jsonl => jsonl(&mut out, &plan.lines),
            Format::Json => jsonl(&mut out, [&plan]),
        })?;
        tell(&plan, console);
        Ok(both.outcome())
    }
}

/// What the plan blocks, beside what is proven.
fn tell(plan: &LessonPlan, console: &Console) {
    let own = &plan.totals;
    let (is_best, without) = (own.least == own.blocked, own.without_lessons.len());
    let (blocked, hours, least) = (own.blocked, own.hours_lost, own.least);
    let (placed, all) = (own.placed, own.placed_without_lessons);
    console.say(match console.lang() {
        Lang::Nl => format!(
            "aantal combinaties dat met lessen botst: {blocked} ({hours} uur per week); {}; tegelijk aan het werk: {placed}, zonder lessen \
             {all}; groepen zonder lessen: {without}",
            if is_best { "bewezen het minste".to_owned() } else { format!("minstens {least}") },
        ),
        Lang::En => format!(
            "combinations that clash with lessons: {blocked} ({hours} hours a week); {}; at work at one time: {placed}, without \
             lessons {all}; groups without lessons: {without}",
            if is_best { "proven to be the least".to_owned() } else { format!("{least} at least") },
        ),
    });
}
