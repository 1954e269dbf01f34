// SPDX-License-Identifier: EUPL-1.2
//! `lessons`: which timetable blocks the least work.

use passend::{Day, LessonsError, LessonsRequest, Timetable, TimetableLine};
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
    /// The day on which rules, documents and waiting times are read.
    as_of: Day,
    /// By when a pair must be open: `now`, `any` or a day; left out: within 13 weeks.
    #[serde(default)]
    when: Option<When>,
    /// Leave out pairs for which the law asks something that is not known.
    #[serde(default)]
    sure: bool,
    /// How it is written.
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
    /// The timetables, the one that blocks least first.
    timetables: Vec<TimetableLine>,
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
        let timetables = engine
            .lessons(&people, work.vacancies(), &asked.timetables, &request, context.watch)
            .map_err(|error| match error {
                LessonsError::Rank(error) => Failure::rank(error),
                other => Failure::internal(other),
            })?;
        Answer::list(asked.format, timetables, &readings, |timetables| LessonsAnswer {
            timetables,
            readings: readings.clone(),
        })
    })?
}
