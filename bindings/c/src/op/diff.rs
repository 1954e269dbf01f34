// SPDX-License-Identifier: EUPL-1.2
//! `diff`: what another policy or day changes.

use passend::{Day, Difference, Engine, Market, Policy};
use passend_io::Code;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Work, read};
use crate::answer::Answer;
use crate::failure::{Failure, PassendStatus};
use crate::job::Context;
use crate::request::{self, Candidates, ListFormat, Percent, Readings, Records, Vacancies};

/// What is compared.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DiffRequest<'a> {
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
    /// Rules of the first side: texts of TOML files, laid over the policy that comes with the engine. Left out together with
    /// `a_announced`: the policy of the engine as it was configured.
    #[serde(default)]
    a_policy: Option<Vec<String>>,
    /// Rules of the second side.
    #[serde(default)]
    b_policy: Option<Vec<String>>,
    /// Day of the first side.
    a_as_of: Day,
    /// Day of the second side; left out: that of the first.
    #[serde(default)]
    b_as_of: Option<Day>,
    /// Let announced rules decide on the first side.
    #[serde(default)]
    a_announced: Option<bool>,
    /// Let announced rules decide on the second side.
    #[serde(default)]
    b_announced: Option<bool>,
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

/// The pairs that change.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DiffAnswer {
    /// The pairs, by id.
    differences: Vec<Difference>,
    #[serde(flatten)]
    readings: Readings,
}

/// One side of a comparison.
struct Side<'a> {
    key: &'static str,
    policy: Option<&'a [String]>,
    announced: Option<bool>,
    as_of: Day,
}

impl Side<'_> {
    /// The engine of this side; none where it is that of the handle.
    fn engine(&self, context: &Context<'_>) -> Result<Option<Engine>, Failure> {
        if self.policy.is_none() && self.announced.is_none() {
            return Ok(None);
        }
        let name = format!("<{}>", self.key);
        let texts = self.policy.unwrap_or_default();
        let pairs: Vec<(&str, &str)> =
            texts.iter().map(|text| (name.as_str(), text.as_str())).collect();
        let policy = Policy::with_files(&pairs, self.announced.unwrap_or_default());
        let policy = policy.map_err(|error| {
            Failure::table(PassendStatus::InvalidRequest, Code::BadPolicy, self.key, error)
        })?;
        let places = context.handle.places();
        let policy =
            if places.is_empty() { policy } else { policy.with_places(places.iter().cloned()) };
        Ok(Some(Engine::new(policy, context.handle.engine().vocabulary().clone())))
    }
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: DiffRequest<'_> = request::read(json)?;
    let mut readings = Readings::default();
    let limit = request::limit(asked.strict, asked.max_refused);
    let people = read(context, asked.candidates, limit, &mut readings)?;
    let work = Work::read(context, asked.vacancies, asked.market.as_deref(), limit, &mut readings)?;
    let market = |side: Side<'_>| -> Result<Market, Failure> {
        match side.engine(context)? {
            None => work.market(context, &people, side.as_of),
            Some(engine) => context
                .work(|| engine.market(&people, work.vacancies(), side.as_of))?
                .map_err(Failure::internal),
        }
    };
    let a = market(Side {
        key: "a_policy",
        policy: asked.a_policy.as_deref(),
        announced: asked.a_announced,
        as_of: asked.a_as_of,
    })?;
    let b = market(Side {
        key: "b_policy",
        policy: asked.b_policy.as_deref(),
        announced: asked.b_announced,
        as_of: asked.b_as_of.unwrap_or(asked.a_as_of),
    })?;
    context.work(|| {
        let differences = a.diff(&b, context.watch).map_err(|_| Failure::cancelled())?;
        Answer::list(asked.format, differences, &readings, |differences| DiffAnswer {
            differences,
            readings: readings.clone(),
        })
    })?
}
