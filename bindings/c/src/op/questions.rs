// SPDX-License-Identifier: EUPL-1.2
//! `questions`: what to ask each person first.

use passend::{Day, NextQuestion, Request};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::population;
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{
    self, Candidates, ListFormat, Percent, Positive, Readings, Records, Vacancies, When,
};

/// For whom questions are asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionsRequest<'a> {
    /// The people.
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
    /// The day on which rules, documents and waiting times are read.
    as_of: Day,
    /// Length of the list that an answer could change; left out: 10.
    #[serde(default)]
    k: Option<Positive>,
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

/// Questions, with what hangs on the answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuestionsAnswer {
    /// The questions, by candidate, the most useful first.
    questions: Vec<NextQuestion>,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: QuestionsRequest<'_> = request::read(json)?;
    let limit = request::limit(asked.strict, asked.max_refused);
    let work = (asked.vacancies, asked.market.as_deref());
    let (market, readings) = population(context, asked.candidates, work, asked.as_of, limit)?;
    let usual = Request::default();
    let request = Request {
        k: asked.k.map_or(usual.k, Positive::size),
        when: asked.when.map_or(usual.when, |when| when.0),
        sure: asked.sure,
        ..usual
    };
    context.work(|| {
        let questions =
            market.questions(&request, context.watch).map_err(|_| Failure::cancelled())?;
        Answer::list(asked.format, questions, &readings, |questions| QuestionsAnswer {
            questions,
            readings: readings.clone(),
        })
    })?
}
