// SPDX-License-Identifier: EUPL-1.2
//! `funnel`: of all people who may work, who finds work open and from when, and where the others stop.

use passend::{Category, Day, Dimension, FunnelIds, FunnelLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::population;
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Candidates, ListFormat, Percent, Readings, Records, Vacancies};

/// Who is counted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FunnelRequest<'a> {
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
    /// By what people are told apart; left out: all together.
    #[serde(default)]
    by: Option<Dimension>,
    /// Give the ids behind each number too; only within an object.
    #[serde(default)]
    ids: bool,
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

/// The numbers. They are exact: small ones can point to one person.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FunnelAnswer {
    /// The groups, by code.
    groups: Vec<Category>,
    /// By group, step and gate.
    lines: Vec<FunnelLine>,
    /// The people behind each number, in the order of the numbers; if asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    ids: Option<Vec<FunnelIds>>,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: FunnelRequest<'_> = request::read(json)?;
    let limit = request::limit(asked.strict, asked.max_refused);
    let work = (asked.vacancies, asked.market.as_deref());
    let (market, readings) = population(context, asked.candidates, work, asked.as_of, limit)?;
    context.work(|| {
        let funnel = market.funnel(asked.by, 0, context.watch).map_err(|_| Failure::cancelled())?;
        let lines = funnel.lines().collect();
        Answer::list(asked.format, lines, &readings, |lines| FunnelAnswer {
            lines,
            ids: asked.ids.then(|| funnel.ids(&market).collect()),
            groups: funnel.groups.clone(),
            readings: readings.clone(),
        })
    })?
}
