// SPDX-License-Identifier: EUPL-1.2
//! `monitor`: the figures of a pilot.

use passend::{Day, Monitor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::read;
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Candidates, Events, Percent, Readings, Records};

/// Whose figures are asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MonitorRequest<'a> {
    /// What happened.
    #[serde(borrow)]
    #[schemars(with = "Events")]
    events: Records<'a>,
    /// The people of whom shares are told; left out: those with an event.
    #[serde(borrow, default)]
    #[schemars(with = "Option<Candidates>")]
    candidates: Option<Records<'a>>,
    /// The last day that counts.
    as_of: Day,
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// The figures. They are exact: small ones can point to one person.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MonitorAnswer {
    #[serde(flatten)]
    figures: Monitor,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: MonitorRequest<'_> = request::read(json)?;
    let limit = request::limit(asked.strict, asked.max_refused);
    let mut readings = Readings::default();
    let events = readings.read_events("events", asked.events, asked.as_of, limit, &context.log)?;
    let people = match asked.candidates {
        Some(records) => Some(read(context, records, limit, &mut readings)?),
        None => None,
    };
    context.work(|| {
        let figures = Monitor::new(&events, people.as_deref(), asked.as_of);
        Answer::object(&MonitorAnswer { figures, readings: readings.clone() }, &readings)
    })?
}
