// SPDX-License-Identifier: EUPL-1.2
//! `about`: what the library and the engine are.

use passend::Versions;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::market::MarketState;
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Readings};

/// Nothing is asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AboutRequest {}

/// What the library and the engine are.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AboutAnswer {
    /// Version of the library.
    version: &'static str,
    /// Version of the C interface.
    abi: u32,
    /// Names of the operations.
    operations: Vec<&'static str>,
    /// What decides.
    versions: Versions,
    /// Whether announced rules decide.
    announced: bool,
    /// Markets that are loaded.
    markets: Vec<MarketState>,
    /// Rows of the configuration that do nothing.
    notes: Vec<String>,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let AboutRequest {} = request::read(json)?;
    let handle = context.handle;
    let markets = handle.markets().all();
    let answer = AboutAnswer {
        version: env!("CARGO_PKG_VERSION"),
        abi: crate::ABI_VERSION,
        operations: super::names(),
        versions: handle.versions(),
        announced: handle.engine().policy().announced(),
        markets: markets.iter().map(|(name, stored)| MarketState::new(name, stored)).collect(),
        notes: handle.notes().to_vec(),
    };
    Answer::object(&answer, &Readings::default())
}
