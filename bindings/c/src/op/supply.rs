// SPDX-License-Identifier: EUPL-1.2
//! `supply`: open positions against people who are ready, by kind of work, sector and region.

use passend::{Day, SupplyLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::population;
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Candidates, ListFormat, Percent, Readings, Records, Vacancies};

/// What is set against what.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SupplyRequest<'a> {
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

/// Positions and people. They are exact: small numbers can point to one person.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SupplyAnswer {
    /// By kind of work, sector and region. People who did several kinds of work count in each: no column may be summed.
    lines: Vec<SupplyLine>,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: SupplyRequest<'_> = request::read(json)?;
    let limit = request::limit(asked.strict, asked.max_refused);
    let work = (asked.vacancies, asked.market.as_deref());
    let (market, readings) = population(context, asked.candidates, work, asked.as_of, limit)?;
    context.work(|| {
        let lines = market.supply(0, context.watch).map_err(|_| Failure::cancelled())?;
        Answer::list(asked.format, lines, &readings, |lines| SupplyAnswer {
            lines,
            readings: readings.clone(),
        })
    })?
}
