// SPDX-License-Identifier: EUPL-1.2
//! The records that planning gives: keys in the order in which they are written.

use serde::Serialize;

use crate::gate::ReadinessClass;
use crate::model::{Candidate, Day};
use crate::policy::{Cost, LeadTime, LessonHours};
use crate::text::Text;

/// What one person can do to open more work: plans, the way to work at the person's own level, and stepping stones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GapPlan {
    /// Id of the candidate.
    pub candidate: String,
    /// The day from which it is planned.
    pub as_of: Day,
    /// Plans of which none is worse than another in everything: earliest day, vacancies opened, best score, hours of
    /// guidance. By day.
    pub plans: Vec<Plan>,
    /// The best vacancies at the person's own level or above, however long the path; best first.
    pub own_level: Vec<OwnLevel>,
    /// For occupations that the person wishes or had and that are not open now: work that leads there.
    pub stepping_stones: Vec<SteppingStone>,
}

/// Steps, and what they open together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// The day by which all steps are taken, at usual lead times.
    pub by: Day,
    /// The steps, by the day on which they start.
    pub steps: Vec<PlanStep>,
    /// Ids of the vacancies that are open on that day because of the steps; best first.
    pub opens: Vec<String>,
    /// The best score among them, by the record after the plan.
    pub best_score: u16,
    /// One-to-one hours of a caseworker that the steps ask.
    pub guidance_hours: u16,
    /// The record of the candidate after the plan.
    pub then: Candidate,
    /// `by` if every step goes as fast as it can.
    pub earliest: Day,
    /// `by` if every step takes as long as it may.
    pub latest: Day,
    /// Those of `opens` for which the law asks something on that day that is not known: first it must be asked whether this
    /// work is allowed. Empty where such pairs are left out.
    pub unknown: Vec<String>,
}

/// A step of a plan or a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanStep {
    /// Id of the step, with what it is about where that is not in it: `language:nl:B1`, `twv`, `licence:B`; or of a
    /// programme: `programme:ID`.
    pub id: String,
    /// Who takes it: `candidate`, `employer`, `caseworker`, `agency`, `school`.
    pub owner: String,
    /// The day on which it can start.
    pub start: Day,
    /// The day by which it is done, at the usual lead time.
    pub ready: Day,
    /// Ids of steps of the same list that come first.
    pub needs: Vec<String>,
    /// Lead time, from the start.
    pub days: LeadTime,
    /// One-to-one hours of a caseworker.
    pub guidance_hours: u16,
    /// Lesson hours of a language course.
    pub lesson_hours: Option<LessonHours>,
    /// What it costs in euros; `None` = not known.
    pub cost: Option<Cost>,
    /// Where it is done.
    pub provider: Option<Text>,
    /// What to do, in words.
    pub text: Text,
}

/// A vacancy at the person's own level, and the path to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnLevel {
    /// Id of the vacancy.
    pub vacancy: String,
    /// Score, 0 to 10,000, by what is known now.
    pub score: u16,
    /// The worst class of all gates.
    pub class: ReadinessClass,
    /// The day by which it is open, when everybody takes the steps at usual lead times.
    pub date: Day,
    /// The steps to it, also those that the employer takes.
    pub steps: Vec<PlanStep>,
}

/// An occupation that is not open now, with work that leads to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SteppingStone {
    /// Id of the occupation aimed at.
    pub occupation: String,
    /// Its name.
    pub label: Text,
    /// Why it is aimed at.
    pub aim: Aim,
    /// The rule that stands before it; `None` where no rule does.
    pub rule: Option<String>,
    /// The day by which it is open, at usual lead times.
    pub date: Day,
    /// The steps to it.
    pub steps: Vec<PlanStep>,
    /// Work that leads there: what the rule names first, then what is closest.
    pub stones: Vec<Stone>,
}

/// Why an occupation is aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// The person wishes it.
    Wished,
    /// The person did it before.
    Former,
}

/// Work that leads to an occupation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stone {
    /// Id of the vacancy.
    pub vacancy: String,
    /// The rule names this work as a way to the occupation.
    pub named: bool,
    /// How close the work is to the occupation, 0 to 100.
    pub closeness: u8,
    /// Score, 0 to 10,000.
    pub score: u16,
    /// When the work can start.
    pub date: Day,
    /// Programmes for who works in that sector, which give some of the steps.
    pub then: Vec<PlanStep>,
}

/// A question to one person, with what hangs on the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NextQuestion {
    /// Id of the candidate.
    pub candidate: String,
    /// Field of the record that the answer fills.
    pub field: String,
    /// The question.
    pub question: Text,
    /// Vacancies that are open if every open question has its best answer, and not if this one has its worst.
    pub could_open: u32,
    /// Whether some answer could change who is among the first k.
    pub could_change_top_k: bool,
}

/// What relaxing one demand of a vacancy adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Relaxed {
    /// The demand: `language:nl:B1`, `diploma:mbo4`, `day_off:fri`, `twv` …
    pub demand: String,
    /// Candidates who are ready now because of it.
    pub now: u32,
    /// Candidates who are ready by a day because of it, those who are ready now among them.
    pub by_date: Vec<Added>,
    /// The relaxed demand in words.
    pub text: Text,
}

/// Candidates added by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Added {
    /// The day.
    pub date: Day,
    /// How many.
    pub added: u32,
}

/// A pair that differs between two markets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Difference {
    /// Id of the candidate.
    pub candidate: String,
    /// Id of the vacancy.
    pub vacancy: String,
    /// Readiness on the first side.
    pub a: ReadinessClass,
    /// Readiness on the second side.
    pub b: ReadinessClass,
    /// Ids of the rules that decide on either side and differ; `weights` where only the score does.
    pub rules: Vec<String>,
    /// The day by which the pair is open on the first side; `None` when closed.
    pub a_date: Option<Day>,
    /// The day by which the pair is open on the second side; `None` when closed.
    pub b_date: Option<Day>,
    /// Score on the first side.
    pub a_score: u16,
    /// Score on the second side.
    pub b_score: u16,
}
