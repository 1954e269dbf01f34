// SPDX-License-Identifier: EUPL-1.2
//! `lessons`: which timetable blocks the least work, of all learners or of each group.

use passend::{
    Capacity, Day, LearnerGroup, LessonPlan, LessonsError, LessonsRequest, School, Timetable,
    TimetableLine,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Work, read};
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Candidates, ListFormat, Percent, Readings, Records, Vacancies, When};

/// Which timetables are compared.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LessonsAsked<'a> {
    /// The learners.
    #[serde(borrow)]
    #[schemars(with = "Candidates")]
    candidates: Records<'a>,
    /// The vacancies, if no market is named.
    #[serde(borrow, default)]
    #[schemars(with = "Option<Vacancies>")]
    vacancies: Option<Records<'a>>,
    /// The name of a market that was loaded, in place of `vacancies`.
    #[serde(default)]
    market: Option<String>,
    /// The timetables that are possible.
    timetables: Vec<Timetable>,
    /// The groups, each of which gets one timetable; left out: the timetables are compared for all learners together.
    #[serde(default)]
    groups: Vec<LearnerGroup>,
    /// With `groups`: the rooms; left out: as many as are needed.
    #[serde(default)]
    rooms: Option<Vec<Capacity>>,
    /// With `groups`: the teachers; left out: as many as are needed.
    #[serde(default)]
    teachers: Option<Vec<Capacity>>,
    /// The day on which rules, documents and waiting times are read.
    as_of: Day,
    /// By when a pair must be open: `now`, `any` or a day; left out: within 13 weeks.
    #[serde(default)]
    when: Option<When>,
    /// Leave out pairs for which the law asks something that is not known.
    #[serde(default)]
    sure: bool,
    /// How it is written; as lines of a plan for groups it holds their timetables alone.
    #[serde(default)]
    format: ListFormat,
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// What each timetable blocks.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LessonsAnswer {
    /// The timetables, the one that blocks least first; none with `groups`.
    timetables: Vec<TimetableLine>,
    /// Which group has which timetable.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<LessonPlan>,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: LessonsAsked<'_> = request::read(json)?;
    let mut readings = Readings::default();
    let limit = request::limit(asked.strict, asked.max_refused);
    let people = read(context, asked.candidates, limit, &mut readings)?;
    let work = Work::read(context, asked.vacancies, asked.market.as_deref(), limit, &mut readings)?;
    let usual = LessonsRequest::new(asked.as_of);
    let request = LessonsRequest {
        when: asked.when.map_or(usual.when, |when| when.0),
        sure: asked.sure,
        ..usual
    };
    context.work(|| {
        let engine = context.handle.engine();
        if asked.groups.is_empty() {
            let timetables = engine
                .lessons(&people, work.vacancies(), &asked.timetables, &request, context.watch)
                .map_err(cannot)?;
            return Answer::list(asked.format, timetables, &readings, |timetables| LessonsAnswer {
                timetables,
                plan: None,
                readings: readings.clone(),
            });
        }
        let LessonsAsked { timetables, groups, rooms, teachers, .. } = asked;
        let school = School { timetables, groups, rooms, teachers };
        let LessonPlan { totals, lines } = engine
            .school(&people, work.vacancies(), &school, &request, context.watch)
            .map_err(cannot)?;
        Answer::list(asked.format, lines, &readings, |lines| LessonsAnswer {
            timetables: Vec::new(),
            plan: Some(LessonPlan { totals, lines }),
            readings: readings.clone(),
        })
    })?
}

fn cannot(error: LessonsError) -> Failure {
    match error {
        LessonsError::Rank(error) => Failure::rank(error),
        LessonsError::Market(_) => Failure::internal(error),
        LessonsError::TimetableTwice { .. } => {
            Failure::request("timetables", format_args!("each name once: {error}"))
        }
        _ => Failure::request("groups", format_args!("groups that can be told apart: {error}")),
    }
}
