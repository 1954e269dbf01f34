// SPDX-License-Identifier: EUPL-1.2
//! `rules`: the rules whose period holds a day.

use passend::{Day, RuleLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, ListFormat, Readings};

/// Which rules are asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesRequest {
    /// The day.
    as_of: Day,
    /// Announced rules too; left out: as the engine was configured.
    #[serde(default)]
    announced: Option<bool>,
    /// How it is written.
    #[serde(default)]
    format: ListFormat,
}

/// The rules of a day.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RulesAnswer {
    /// The rules.
    rules: Vec<RuleLine>,
    /// The day until which the rules were reviewed.
    reviewed_until: Day,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: RulesRequest = request::read(json)?;
    let policy = context.handle.engine().policy();
    let rules = policy.rules(asked.as_of, asked.announced.unwrap_or(policy.announced()));
    Answer::list(asked.format, rules, &Readings::default(), |rules| RulesAnswer {
        rules,
        reviewed_until: policy.reviewed_until(),
    })
}
