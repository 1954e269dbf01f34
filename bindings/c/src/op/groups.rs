// SPDX-License-Identifier: EUPL-1.2
//! `groups`: people by one to three dimensions, as a table that may be published.

use passend::{Day, Dimension, GroupLine, GroupsError, SafetySheet};
use passend_io::Code;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{disclosure_rules, population};
use crate::answer::Answer;
use crate::failure::{Failure, PassendStatus};
use crate::job::Context;
use crate::request::{self, Candidates, ListFormat, Percent, Readings, Records, Vacancies};

/// Who is counted by what.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupsRequest<'a> {
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
    /// By what people are counted: one to three.
    by: Vec<Dimension>,
    /// Hide cells with fewer people than this, 3 or more; left out: 10.
    #[serde(default)]
    #[schemars(range(min = 3, max = 1_000_000))]
    threshold: Option<u32>,
    /// Round to a multiple of this: 5, or 0 for exact numbers; left out: 5.
    #[serde(default)]
    rounding: Option<u32>,
    /// How far apart the least and the most must be that a hidden number below the threshold could be; at most the
    /// threshold less 2. Left out: 3.
    #[serde(default)]
    protection: Option<u32>,
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

/// A table that may be published, unless an earlier one is about nearly the same people: the library keeps no ledger.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct GroupsAnswer {
    /// The cells, margins too.
    lines: Vec<GroupLine>,
    /// The rules that were applied, and what they did.
    sheet: SafetySheet,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: GroupsRequest<'_> = request::read(json)?;
    let rules = disclosure_rules(asked.threshold, asked.rounding, asked.protection)?;
    let limit = request::limit(asked.strict, asked.max_refused);
    let work = (asked.vacancies, asked.market.as_deref());
    let (market, readings) = population(context, asked.candidates, work, asked.as_of, limit)?;
    context.work(|| {
        let people = market.grouped(&asked.by, context.watch).map_err(|_| Failure::cancelled())?;
        let table = people.publish(&rules, &[]).map_err(refused)?.table;
        let lines = table.lines().collect();
        Answer::list(asked.format, lines, &readings, |lines| GroupsAnswer {
            lines,
            sheet: table.sheet(),
            readings: readings.clone(),
        })
    })?
}

fn refused(error: GroupsError) -> Failure {
    match error {
        GroupsError::Table(error) => {
            let said = error.to_string();
            Failure::request("by", said.trim_start_matches("expected "))
        }
        error => Failure::table(PassendStatus::InvalidRequest, Code::UnsafeTable, "by", error),
    }
}
