// SPDX-License-Identifier: EUPL-1.2
//! The way to suitable work: gap plans, own level, stepping stones, the next best question, what a demand keeps away, and
//! what another policy or day changes.
//!
//! Everything here asks the same gates and criteria as ranking does; nothing has an opinion of its own.

mod answer;
mod change;
mod difference;
mod gap;
mod level;
mod page;
mod person;
mod programme;
mod question;
mod record;
mod relax;
mod schedule;
mod sets;
mod stone;
mod task;

pub use person::PlanRequest;
pub use programme::{Programme, ProgrammeError};
pub use record::*;
