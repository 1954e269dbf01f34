// SPDX-License-Identifier: EUPL-1.2
//! `pools`: part-time vacancies that make a full week for one person.

use passend::{Day, PoolLine, PoolRequest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::population;
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{
    self, Candidates, ListFormat, Percent, Positive, Readings, Records, Vacancies, When,
};

/// For whom vacancies are combined.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PoolsAsked<'a> {
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
    /// The length of the lists from which parts are taken; left out: 50.
    #[serde(default)]
    top: Option<Positive>,
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

/// Every pool.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PoolsAnswer {
    /// The pools, by candidate, the best first.
    pools: Vec<PoolLine>,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: PoolsAsked<'_> = request::read(json)?;
    let limit = request::limit(asked.strict, asked.max_refused);
    let work = (asked.vacancies, asked.market.as_deref());
    let (market, readings) = population(context, asked.candidates, work, asked.as_of, limit)?;
    let usual = PoolRequest::default();
    let request = PoolRequest {
        top: asked.top.map_or(usual.top, Positive::size),
        when: asked.when.map_or(usual.when, |when| when.0),
        sure: asked.sure,
        ..usual
    };
    context.work(|| {
        let pools = market.pools(&request, context.watch).map_err(Failure::rank)?;
        Answer::list(asked.format, pools, &readings, |pools| PoolsAnswer {
            pools,
            readings: readings.clone(),
        })
    })?
}
