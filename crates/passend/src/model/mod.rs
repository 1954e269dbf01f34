// SPDX-License-Identifier: EUPL-1.2
//! What is known: the records of people and vacancies, as they are read, and what happened with them.
//!
//! These types are the only definition of the records; the JSON Schema is made from them.

mod candidate;
mod concept;
mod day;
mod event;
mod level;
mod problem;
mod protected;
mod time;
mod vacancy;

pub use candidate::*;
pub use concept::{Concept, Source, Weight};
pub use day::{Day, DayError};
pub use event::{Decliner, Event, EventKind, Judgement, Reason};
pub use level::{Cefr, EducationLevel, EvaluationOutcome, LevelRange};
pub use problem::{Problem, ProblemKind};
pub use protected::{Protected, protected};
pub use time::{ClockTime, HoursPerWeek, Hundredths, Shift, Slot, SlotKind, Weekday};
pub use vacancy::*;
