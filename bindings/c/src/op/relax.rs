// SPDX-License-Identifier: EUPL-1.2
//! `relax`: what relaxing each demand of one vacancy adds.

use passend::{Day, Relaxed};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Work, read};
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Candidates, ListFormat, Percent, Readings, Records, Vacancies};

/// For which vacancy it is asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RelaxRequest<'a> {
    /// The vacancies, if no market is named; one is enough.
    #[serde(borrow, default)]
    #[schemars(with = "Option<Vacancies>")]
    vacancies: Option<Records<'a>>,
    /// The name of a market that was loaded, in place of `vacancies`.
    #[serde(default)]
    market: Option<String>,
    /// Id of the vacancy; may be left out where there is one.
    #[serde(default)]
    vacancy: Option<String>,
    /// The people.
    #[serde(borrow)]
    #[schemars(with = "Candidates")]
    candidates: Records<'a>,
    /// The day on which rules, documents and waiting times are read.
    as_of: Day,
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

/// What relaxing each demand adds.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RelaxAnswer {
    /// The demands, the one that adds most first.
    relaxed: Vec<Relaxed>,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: RelaxRequest<'_> = request::read(json)?;
    let mut readings = Readings::default();
    let limit = request::limit(asked.strict, asked.max_refused);
    let work = Work::read(context, asked.vacancies, asked.market.as_deref(), limit, &mut readings)?;
    let people = read(context, asked.candidates, limit, &mut readings)?;
    let vacancy = work.one(asked.vacancy.as_deref())?.clone();
    context.work(|| {
        let id = vacancy.id.clone();
        let market = context
            .handle
            .engine()
            .market(&people, &[vacancy], asked.as_of)
            .map_err(Failure::internal)?;
        let relaxed = market.relax(&id).map_err(Failure::internal)?;
        Answer::list(asked.format, relaxed, &readings, |relaxed| RelaxAnswer {
            relaxed,
            readings: readings.clone(),
        })
    })?
}
