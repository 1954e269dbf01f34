// SPDX-License-Identifier: EUPL-1.2
//! `plan`: what one person can do to open more work.

use passend::{Day, PlanRequest, Programme};
use passend_io::Code;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Work, person, read};
use crate::answer::Answer;
use crate::failure::{Failure, PassendStatus};
use crate::job::Context;
use crate::request::{self, Candidates, Language, Percent, Positive, Readings, Records, Vacancies};

/// For whom a plan is asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanAsked<'a> {
    /// The people; one is enough.
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
    /// Id of the candidate; may be left out where there is one.
    #[serde(default)]
    candidate: Option<String>,
    /// The day from which it is planned.
    as_of: Day,
    /// Steps in one plan, at most 6; left out: 3.
    #[serde(default)]
    #[schemars(range(min = 1, max = 6))]
    max_steps: Option<u8>,
    /// Vacancies in the list at the own level, and in each list of stepping stones; left out: 5.
    #[serde(default)]
    k: Option<Positive>,
    /// Leave out pairs for which the law asks something that is not known.
    #[serde(default)]
    sure: bool,
    /// Programmes of the region that steps can be taken in: the text of a TOML file.
    #[serde(default)]
    programmes: Option<String>,
    /// How it is written.
    #[serde(default)]
    format: Format,
    /// The language of `text`.
    #[serde(default)]
    lang: Language,
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// How a plan is written.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Format {
    /// One object on one line.
    #[default]
    Json,
    /// For people.
    Text,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: PlanAsked<'_> = request::read(json)?;
    let usual = PlanRequest::default();
    let max_steps = match asked.max_steps {
        None => usual.max_steps,
        Some(steps @ 1..=6) => usize::from(steps),
        Some(_) => return Err(Failure::request("max_steps", "a whole number from 1 to 6")),
    };
    let programmes = match &asked.programmes {
        None => Vec::new(),
        Some(text) => Programme::read(text, context.handle.engine().policy()).map_err(|error| {
            let status = PassendStatus::InvalidRequest;
            Failure::table(status, Code::BadProgrammes, "programmes", error)
        })?,
    };
    let mut readings = Readings::default();
    let limit = request::limit(asked.strict, asked.max_refused);
    let people = read(context, asked.candidates, limit, &mut readings)?;
    let work = Work::read(context, asked.vacancies, asked.market.as_deref(), limit, &mut readings)?;
    let candidate = person(&people, asked.candidate.as_deref())?;
    super::must_be_permitted(context, candidate, asked.as_of)?;
    let market = work.market(context, &[], asked.as_of)?;
    let request = PlanRequest {
        max_steps,
        sure: asked.sure,
        k: asked.k.map_or(usual.k, Positive::size),
        programmes,
    };
    context.work(|| {
        let plan = market.plan(candidate, &request);
        match asked.format {
            Format::Json => Answer::object(&plan, &readings),
            Format::Text => {
                Answer::bytes(plan.text(asked.lang.into(), &market).into_bytes(), &readings)
            }
        }
    })?
}
