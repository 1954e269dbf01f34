// SPDX-License-Identifier: EUPL-1.2
//! The operations of `passend_run`. A later one is a new name here, never a new function of the library.

mod about;
mod assign;
mod check;
mod diff;
mod explain;
mod fairness;
mod funnel;
mod groups;
mod lessons;
mod leverage;
mod link;
mod market;
mod r#match;
mod monitor;
mod place;
mod plan;
mod pools;
mod questions;
mod register;
mod relax;
mod report;
mod rules;
mod schema;
mod sensitivity;
mod supply;

use std::sync::Arc;

use passend::{Candidate, Day, DisclosureRules, History, Market, Measures, Permitted, Vacancy};
use passend_io::{Code, Record};

use crate::answer::Answer;
use crate::failure::{Failure, PassendStatus};
use crate::job::Context;
use crate::markets::Stored;
use crate::request::{self, Limit, Readings, Records};

pub(crate) use self::r#match::run_arrow;
#[cfg(test)]
pub(crate) use self::schema::{examples, schemas};

/// What an operation does with a request.
pub(crate) type Operation = fn(&Context<'_>, &str) -> Result<Answer, Failure>;

/// Names and operations, in order of name.
const OPERATIONS: &[(&str, Operation)] = &[
    ("about", about::run),
    ("assign", assign::run),
    ("check", check::run),
    ("diff", diff::run),
    ("explain", explain::run),
    ("fairness", fairness::run),
    ("funnel", funnel::run),
    ("groups", groups::run),
    ("lessons", lessons::run),
    ("leverage", leverage::run),
    ("link", link::link),
    ("market_add", market::add),
    ("market_drop", market::drop),
    ("market_load", market::load),
    ("market_remove", market::remove),
    ("market_snapshot", market::snapshot),
    ("match", r#match::run),
    ("monitor", monitor::run),
    ("place", place::run),
    ("plan", plan::run),
    ("pools", pools::run),
    ("questions", questions::run),
    ("register", register::run),
    ("related", link::related),
    ("relax", relax::run),
    ("report", report::run),
    ("rules", rules::run),
    ("schema", schema::run),
    ("sensitivity", sensitivity::run),
    ("supply", supply::run),
];

/// The operation of this name.
pub(crate) fn find(name: &str) -> Result<Operation, Failure> {
    #[cfg(test)]
    if name == "panic" {
        return Ok(|_, _| panic!("asked by a test"));
    }
    let found = OPERATIONS.iter().find(|(known, _)| *known == name);
    found.map(|(_, operation)| *operation).ok_or_else(|| Failure::operation(&names()))
}

/// The names of the operations.
pub(crate) fn names() -> Vec<&'static str> {
    OPERATIONS.iter().map(|(name, _)| *name).collect()
}

/// The vacancies of a request.
enum Work {
    Given(Vec<Vacancy>),
    Stored(Arc<Stored>),
}

impl Work {
    /// Those in the request, or those of a market that was loaded.
    fn read(
        context: &Context<'_>,
        vacancies: Option<Records<'_>>,
        market: Option<&str>,
        limit: Limit,
        readings: &mut Readings,
    ) -> Result<Self, Failure> {
        match (vacancies, market) {
            (Some(records), None) => read(context, records, limit, readings).map(Self::Given),
            (None, Some(name)) => context.handle.markets().get(name).map(Self::Stored),
            _ => Err(Failure::request("vacancies", "`vacancies` or `market`, one of the two")),
        }
    }

    /// The vacancies with these people, prepared for a day.
    fn market(
        &self,
        context: &Context<'_>,
        people: &[Candidate],
        as_of: Day,
    ) -> Result<Market, Failure> {
        let market = match self {
            Self::Given(vacancies) => {
                context.work(|| context.handle.engine().market(people, vacancies, as_of))?
            }
            Self::Stored(stored) => {
                let work = stored.prepared(context, as_of)?;
                context.work(|| work.with_candidates(people))?
            }
        };
        market.map_err(Failure::internal)
    }

    /// The same after what happened.
    fn market_after(
        &self,
        context: &Context<'_>,
        people: &[Candidate],
        as_of: Day,
        history: History,
    ) -> Result<Market, Failure> {
        let market = match self {
            Self::Given(vacancies) => {
                let engine = context.handle.engine();
                context.work(|| engine.market_after(people, vacancies, as_of, history))?
            }
            Self::Stored(stored) => {
                let work = stored.prepared(context, as_of)?;
                context.work(|| work.with_candidates_after(people, history))?
            }
        };
        market.map_err(Failure::internal)
    }

    fn vacancies(&self) -> &[Vacancy] {
        match self {
            Self::Given(vacancies) => vacancies,
            Self::Stored(stored) => &stored.vacancies,
        }
    }

    /// The vacancy of this id; the only one if no id is given.
    fn one(&self, id: Option<&str>) -> Result<&Vacancy, Failure> {
        match (self, id) {
            (_, None) => only(self.vacancies(), "vacancy")?,
            (Self::Stored(stored), Some(id)) => stored.find(id),
            (Self::Given(vacancies), Some(id)) => vacancies.iter().find(|one| one.id == id),
        }
        .ok_or_else(|| Failure::unknown(Code::UnknownVacancy, "vacancy"))
    }
}

/// Measures of a request, or those of the library.
fn measures(context: &Context<'_>, text: Option<&str>) -> Result<Measures, Failure> {
    let policy = context.handle.engine().policy();
    let Some(text) = text else { return Ok(Measures::builtin(policy)) };
    Measures::read("<measures>", text, policy).map_err(|error| {
        Failure::table(PassendStatus::InvalidRequest, Code::BadMeasures, "measures", error)
    })
}

/// By which rules numbers are hidden and rounded.
fn disclosure_rules(
    threshold: Option<u32>,
    rounding: Option<u32>,
    protection: Option<u32>,
) -> Result<DisclosureRules, Failure> {
    let usual = DisclosureRules::default();
    let threshold = request::within("threshold", threshold, usual.threshold, 3..=1_000_000)?;
    let usual = DisclosureRules::with_threshold(threshold);
    let rounding = rounding.unwrap_or(usual.rounding);
    if ![0, 5].contains(&rounding) {
        return Err(Failure::request("rounding", "0 or 5"));
    }
    Ok(DisclosureRules { rounding, protection: protection.unwrap_or(usual.protection), ..usual })
}

/// All people of a request with its vacancies, or those of a market that was loaded, prepared for a day.
fn population(
    context: &Context<'_>,
    candidates: Records<'_>,
    (vacancies, market): (Option<Records<'_>>, Option<&str>),
    as_of: Day,
    limit: Limit,
) -> Result<(Market, Readings), Failure> {
    let mut readings = Readings::default();
    let people = read(context, candidates, limit, &mut readings)?;
    let work = Work::read(context, vacancies, market, limit, &mut readings)?;
    Ok((work.market(context, &people, as_of)?, readings))
}

/// The candidate of this id; the only one if no id is given.
fn person<'a>(people: &'a [Candidate], id: Option<&str>) -> Result<&'a Candidate, Failure> {
    match id {
        Some(id) => people.iter().find(|one| one.id == id),
        None => only(people, "candidate")?,
    }
    .ok_or_else(|| Failure::unknown(Code::UnknownCandidate, "candidate"))
}

/// Fails when what a person agreed to does not hold on the day.
fn must_be_permitted(
    context: &Context<'_>,
    candidate: &Candidate,
    as_of: Day,
) -> Result<(), Failure> {
    match context.handle.engine().permitted(candidate, as_of) {
        Permitted::Yes => Ok(()),
        _ => Err(Failure::unknown(Code::NoPermission, "candidate")),
    }
}

fn only<'a, T>(records: &'a [T], key: &str) -> Result<Option<&'a T>, Failure> {
    match records {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(Failure::request(key, "the id of one, since there are several")),
    }
}

/// Reads the records of one side on the threads of the call.
fn read<T: Record>(
    context: &Context<'_>,
    records: Records<'_>,
    limit: Limit,
    readings: &mut Readings,
) -> Result<Vec<T>, Failure> {
    let log = context.log.clone();
    context.work(|| readings.read(records, limit, &log))?
}
