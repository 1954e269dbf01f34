// SPDX-License-Identifier: EUPL-1.2
//! `pools`: part-time vacancies that make a full week for one person.

use passend::{Day, JobLine, PoolLine, PoolRequest, Weeks};
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
    /// Choose for everybody at once: one pool for each person at most, no vacancy in more than it has positions, for as many
    /// people as possible.
    #[serde(default)]
    select: bool,
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

/// Every pool, or those that were chosen.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PoolsAnswer {
    /// The pools, by candidate, the best first.
    pools: Vec<PoolLine>,
    /// What was reached, if they were chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    selection: Option<Selection>,
    #[serde(flatten)]
    readings: Readings,
}

/// What a choice for everybody at once reached.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Selection {
    /// People with a pool of their own in the choice.
    people: u64,
    /// How many could have one at most, whatever is chosen.
    bound: u64,
    /// People who have any pool at all.
    with_pools: u64,
    /// Every set of vacancies that makes a week for somebody, those for the most people first.
    jobs: Vec<JobLine>,
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
        let (pools, selection) = if asked.select {
            let Weeks { lines, people, bound, with_pools, jobs } =
                market.weeks(&request, context.watch).map_err(Failure::rank)?;
            (lines, Some(Selection { people, bound, with_pools, jobs }))
        } else {
            (market.pools(&request, context.watch).map_err(Failure::rank)?, None)
        };
        Answer::list(asked.format, pools, &readings, |pools| PoolsAnswer {
            pools,
            selection,
            readings: readings.clone(),
        })
    })?
}
