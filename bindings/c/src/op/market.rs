// SPDX-License-Identifier: EUPL-1.2
//! `market_load`, `market_add`, `market_remove`, `market_snapshot`, `market_drop`: vacancies that are read once.

use passend::{Day, Vacancy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::read;
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::markets::Stored;
use crate::request::{self, ListFormat, Percent, Readings, Records, Vacancies};

/// Vacancies for a market, all of them or more of them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LoadRequest<'a> {
    /// Name of the market, 1 to 200 bytes.
    market: String,
    /// The vacancies.
    #[serde(borrow)]
    #[schemars(with = "Vacancies")]
    vacancies: Records<'a>,
    /// Prepare them for this day at once, so that the first call that asks need not.
    #[serde(default)]
    as_of: Option<Day>,
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// Vacancies that leave a market.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RemoveRequest {
    /// Name of the market.
    market: String,
    /// Ids of the vacancies.
    ids: Vec<String>,
    /// Prepare what is left for this day at once.
    #[serde(default)]
    as_of: Option<Day>,
}

/// Which market is asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SnapshotRequest {
    /// Name of the market.
    market: String,
    /// How it is written. `jsonl` is a file of vacancies, from which it can be loaded again.
    #[serde(default)]
    format: ListFormat,
}

/// Which market is forgotten.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DropRequest {
    /// Name of the market.
    market: String,
}

/// A market as it is now.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MarketState {
    /// Its name.
    market: String,
    /// From 1; one more with each change.
    version: u64,
    /// How many vacancies it holds.
    count: usize,
}

/// What a change of a market gives.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ChangeAnswer {
    #[serde(flatten)]
    state: MarketState,
    /// Ids to remove that were not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Vec<String>>,
    /// How the reading of the vacancies went.
    #[serde(flatten)]
    readings: Readings,
}

/// A market with its vacancies.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SnapshotAnswer {
    #[serde(flatten)]
    state: MarketState,
    /// The vacancies, by id.
    vacancies: Vec<Vacancy>,
}

impl MarketState {
    pub(super) fn new(name: &str, stored: &Stored) -> Self {
        Self { market: name.to_owned(), version: stored.version, count: stored.vacancies.len() }
    }
}

pub(super) fn load(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    put(context, json, |name, vacancies| context.handle.markets().load(name, vacancies))
}

pub(super) fn add(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    put(context, json, |name, vacancies| context.handle.markets().add(name, vacancies))
}

fn put(
    context: &Context<'_>,
    json: &str,
    change: impl FnOnce(&str, Vec<Vacancy>) -> Result<std::sync::Arc<Stored>, Failure>,
) -> Result<Answer, Failure> {
    const LONGEST: usize = 200;
    let asked: LoadRequest<'_> = request::read(json)?;
    if asked.market.is_empty() || asked.market.len() > LONGEST {
        return Err(Failure::request("market", "a name of 1 to 200 bytes"));
    }
    let mut readings = Readings::default();
    let limit = request::limit(asked.strict, asked.max_refused);
    let vacancies = read(context, asked.vacancies, limit, &mut readings)?;
    let stored = change(&asked.market, vacancies)?;
    changed(context, &asked.market, &stored, asked.as_of, None, readings)
}

pub(super) fn remove(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: RemoveRequest = request::read(json)?;
    let (stored, missing) = context.handle.markets().remove(&asked.market, &asked.ids)?;
    changed(context, &asked.market, &stored, asked.as_of, Some(missing), Readings::default())
}

fn changed(
    context: &Context<'_>,
    name: &str,
    stored: &Stored,
    as_of: Option<Day>,
    missing: Option<Vec<String>>,
    readings: Readings,
) -> Result<Answer, Failure> {
    if let Some(day) = as_of {
        stored.prepared(context, day)?;
    }
    let state = MarketState::new(name, stored);
    let report = readings.clone();
    Answer::object(&ChangeAnswer { state, missing, readings }, &report)
}

pub(super) fn snapshot(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: SnapshotRequest = request::read(json)?;
    let stored = context.handle.markets().get(&asked.market)?;
    let state = MarketState::new(&asked.market, &stored);
    let vacancies = stored.vacancies.clone();
    Answer::list(asked.format, vacancies, &Readings::default(), |vacancies| SnapshotAnswer {
        state,
        vacancies,
    })
}

pub(super) fn drop(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: DropRequest = request::read(json)?;
    let stored = context.handle.markets().get(&asked.market)?;
    context.handle.markets().drop(&asked.market)?;
    changed(context, &asked.market, &stored, None, None, Readings::default())
}
