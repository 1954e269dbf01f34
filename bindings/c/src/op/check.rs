// SPDX-License-Identifier: EUPL-1.2
//! `check`: what of some records is refused, filled and understood.

use passend::{Candidate, Lang, Vacancy};
use passend_io::{Batch, Checked, Record, Refused, check};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Language, Readings, Records, RecordsOf};

/// Which records are checked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckRequest<'a> {
    /// What they are.
    side: Side,
    /// The records.
    #[serde(borrow)]
    #[schemars(with = "RecordsOf<serde_json::Map<String, serde_json::Value>>")]
    records: Records<'a>,
    /// The language of the labels of occupations.
    #[serde(default)]
    lang: Language,
}

/// A side of the market.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Side {
    /// People.
    Candidate,
    /// Work.
    Vacancy,
}

/// What a check found.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CheckAnswer {
    #[serde(flatten)]
    checked: Checked,
    /// Every record that was refused; never its values.
    refused_records: Vec<Refused>,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: CheckRequest<'_> = request::read(json)?;
    match asked.side {
        Side::Candidate => checked::<Candidate>(context, asked.records, asked.lang.into()),
        Side::Vacancy => checked::<Vacancy>(context, asked.records, asked.lang.into()),
    }
}

fn checked<T: Record + JsonSchema>(
    context: &Context<'_>,
    records: Records<'_>,
    lang: Lang,
) -> Result<Answer, Failure> {
    let log = context.log.clone();
    context.work(|| {
        // Nothing is too much here: to see what is refused is what was asked.
        let batch: Batch<T> = request::batch(records, false, &log)?;
        let checked = check(context.handle.engine(), &batch, lang);
        let refused_records = batch.report.refused;
        let readings = Readings::of_refused(refused_records.clone());
        Answer::object(&CheckAnswer { checked, refused_records }, &readings)
    })?
}
