// SPDX-License-Identifier: EUPL-1.2
//! `register`: the fields of the Dutch Algorithm Register that passend knows of itself.

use passend::{Candidate, Day, RegisterEntry};
use passend_io::fields::counted;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Language, Readings};

/// For which day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RegisterRequest {
    /// The day on which the rules are read.
    as_of: Day,
    /// The language of the texts; the register takes Dutch.
    #[serde(default)]
    lang: Language,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: RegisterRequest = request::read(json)?;
    let fields = counted::<Candidate>();
    let engine = context.handle.engine();
    let entry = RegisterEntry::new(engine, asked.as_of, &fields, asked.lang.into());
    Answer::object(&entry, &Readings::default())
}
