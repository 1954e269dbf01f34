// SPDX-License-Identifier: EUPL-1.2
//! `sensitivity`: how stable lists are under other weights, and on which unverified rules they rest.

use passend::{Day, Request, StabilityLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::population;
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{
    self, Candidates, ListFormat, Percent, Positive, Readings, Records, Vacancies, When,
};

/// Which lists are looked at.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SensitivityRequest<'a> {
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
    /// Pairs on each list; left out: 10.
    #[serde(default)]
    k: Option<Positive>,
    /// By how many points a weight is made larger and smaller, 1 to 50; left out: 10.
    #[serde(default)]
    #[schemars(range(min = 1, max = 50))]
    points: Option<u8>,
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

/// The listed pairs with their places under other weights.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SensitivityAnswer {
    /// By candidate and rank.
    lines: Vec<StabilityLine>,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: SensitivityRequest<'_> = request::read(json)?;
    let points = request::within("points", asked.points, 10, 1..=50)?;
    let usual = Request::default();
    let request = Request {
        k: asked.k.map_or(usual.k, Positive::size),
        when: asked.when.map_or(usual.when, |when| when.0),
        sure: asked.sure,
        ..usual
    };
    let limit = request::limit(asked.strict, asked.max_refused);
    let work = (asked.vacancies, asked.market.as_deref());
    let (market, readings) = population(context, asked.candidates, work, asked.as_of, limit)?;
    context.work(|| {
        let lines = market.stability(&request, points, context.watch).map_err(Failure::rank)?;
        Answer::list(asked.format, lines, &readings, |lines| SensitivityAnswer {
            lines,
            readings: readings.clone(),
        })
    })?
}
