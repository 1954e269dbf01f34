// SPDX-License-Identifier: EUPL-1.2
//! `leverage`: how many more people find work with each measure.

use passend::{Day, Dimension, Leverage, LeverageRequest};
use passend_io::write::jsonl;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{measures, population};
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Candidates, ListFormat, Percent, Readings, Records, Vacancies};

/// Which measures are counted for whom.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LeverageAsked<'a> {
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
    /// Measures of your own: the text of a TOML file with `[[measure]]`; left out: those of the library.
    #[serde(default)]
    measures: Option<String>,
    /// By what people are told apart; left out: all together.
    #[serde(default)]
    by: Option<Dimension>,
    /// How many vacancies must be open to somebody to count, 1 or more; left out: 1.
    #[serde(default)]
    #[schemars(range(min = 1))]
    matches: Option<u16>,
    /// The least score of each of them, 1 to 10000; left out: 1.
    #[serde(default)]
    #[schemars(range(min = 1, max = 10_000))]
    score: Option<u16>,
    /// Up to so many measures together too; nobody is counted twice. Left out: none.
    #[serde(default)]
    together: u8,
    /// How it is written; as lines it holds each measure by itself, then measures together.
    #[serde(default)]
    format: ListFormat,
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// What each measure brings. The numbers are exact: small ones can point to one person.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LeverageAnswer {
    #[serde(flatten)]
    found: Leverage,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: LeverageAsked<'_> = request::read(json)?;
    let usual = LeverageRequest::default();
    let request = LeverageRequest {
        by: asked.by,
        matches: request::within("matches", asked.matches, usual.matches, 1..=u16::MAX)?,
        score: request::within("score", asked.score, usual.score, 1..=10_000)?,
        together: asked.together,
        ..usual
    };
    let measures = measures(context, asked.measures.as_deref())?;
    let limit = request::limit(asked.strict, asked.max_refused);
    let work = (asked.vacancies, asked.market.as_deref());
    let (market, readings) = population(context, asked.candidates, work, asked.as_of, limit)?;
    context.work(|| {
        let found = market
            .leverage(&measures, &request, context.watch)
            .map_err(|_| Failure::cancelled())?;
        match asked.format {
            ListFormat::Json => {
                Answer::object(&LeverageAnswer { found, readings: readings.clone() }, &readings)
            }
            ListFormat::Jsonl => {
                let mut data = Vec::new();
                jsonl(&mut data, &found.lines).map_err(Failure::internal)?;
                jsonl(&mut data, &found.together).map_err(Failure::internal)?;
                Answer::bytes(data, &readings)
            }
        }
    })?
}
