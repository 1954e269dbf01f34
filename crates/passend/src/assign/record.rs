// SPDX-License-Identifier: EUPL-1.2
//! What an assignment is asked, and what it says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::beside::BesideLine;
use crate::engine::{MarketError, RankError, When};
use crate::explain::{Readiness, Side};
use crate::model::{Day, Hundredths, Shift};
use crate::text::Text;

/// What the best assignment is best at. There is no usual one: who asks says what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// As many people placed as possible; among such plans the one with the highest sum of scores.
    Placements,
    /// The highest sum of scores.
    Score,
    /// As many households as possible with at least one adult placed; then as many people, then the highest sum of scores.
    /// Each adult counts, and the first of a household counts most.
    Households,
}

/// What is asked of an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssignRequest {
    /// What counts.
    pub goal: Goal,
    /// The length of the lists, by person: the pairs that are looked at first.
    pub top: usize,
    /// Goes on until no pair outside the lists would make a better plan.
    pub every_pair: bool,
    /// The least score of a pair, in points: nobody is worse off. 0 for no floor.
    pub floor: u16,
    /// The stable plan in place of the best: no person and vacancy that are not together would both rather be, by their
    /// score. It is what deferred acceptance gives; what it costs stands in the proof.
    pub stable: bool,
    /// The day by which a pair must be open.
    pub when: When,
    /// Leaves out pairs for which the law asks something that is not known.
    pub sure: bool,
    /// The number of threads; 0 for those of the process.
    pub threads: usize,
}

impl AssignRequest {
    /// Lists of 50, pairs that open within 13 weeks.
    pub fn new(goal: Goal) -> Self {
        Self {
            goal,
            top: 50,
            every_pair: false,
            floor: 0,
            stable: false,
            when: When::default(),
            sure: false,
            threads: 0,
        }
    }
}

/// One person who goes to one vacancy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssignedLine {
    /// Id of the candidate.
    pub candidate: String,
    /// Id of the vacancy.
    pub vacancy: String,
    /// The score of the pair, 1 to 10,000.
    pub score: u16,
    /// From when, and by which steps.
    pub readiness: Readiness,
}

/// A pair that the assignment could choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EdgeLine {
    /// Id of the candidate.
    pub candidate: String,
    /// Id of the vacancy.
    pub vacancy: String,
    /// The score of the pair, 1 to 10,000.
    pub score: u16,
}

/// How many people a plan places, and the sum of their scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Placed {
    /// People with a vacancy.
    pub placed: u64,
    /// The sum of the scores of their pairs.
    pub score: u64,
    /// Households with somebody who has a vacancy, where the goal counts those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub households: Option<u64>,
}

/// The proof that no plan is better.
///
/// A pair is worth `score + bonus`. The duals are 0 or more; for each pair that could be chosen, those of its candidate, its
/// vacancy and the coach of its candidate are together at least what it is worth; and the sum of all, those of vacancies
/// times their positions and those of coaches times their cases, is what the plan is worth. No plan can be worth more than
/// such a sum. A few lines of any program can check it.
///
/// Only the dual of a candidate in `kept` may be below 0: then it costs the plan that much that the pair stands.
///
/// Where households count, each with a place is worth `household_bonus`; a pair of an adult of a household is worth that much
/// more, and what the household's dual is below it less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proof {
    /// What counted.
    pub goal: Goal,
    /// Over which pairs the plan is the best: those of the `lists`, or `every_pair`.
    pub over: &'static str,
    /// The least score of a pair.
    pub floor: u16,
    /// Whether the plan is the stable one; `gap` is then what that costs.
    pub stable: bool,
    /// People with a vacancy.
    pub placed: u64,
    /// The sum of the scores.
    pub score: u64,
    /// Households with somebody who has a vacancy, where the goal counts those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub households: Option<u64>,
    /// Pairs outside the plan that both sides would rather have by their score; 0 for a stable plan.
    pub blocking: u64,
    /// What taking the best score first, then the next, would have placed: the stable plan.
    pub greedy: Placed,
    /// The same market under other goals and without each wish: what they cost.
    pub beside: Vec<BesideLine>,
    /// The candidates whose pairs stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<String>,
    /// What each pair is worth more than its score: 0, or for the most placements more than all scores together.
    pub bonus: i64,
    /// What each household with a place is worth, where the goal counts those: more than all placements together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub household_bonus: Option<i64>,
    /// The prices that prove it.
    pub dual: Duals,
    /// The sum of the duals less what the plan is worth: 0, unless the plan is a stable one.
    pub gap: i64,
}

/// What each person and each position adds to the plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Duals {
    /// By candidate.
    pub candidates: BTreeMap<String, i64>,
    /// By vacancy: what one more position there would add.
    pub vacancies: BTreeMap<String, i64>,
    /// By coach: what one more case would add.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub coaches: BTreeMap<String, i64>,
    /// By household, where the goal counts those.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub households: BTreeMap<String, i64>,
}

/// A person without a vacancy, or a vacancy with a position left, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnplacedLine {
    /// Whether it is a person or a vacancy.
    pub side: Side,
    /// Its id.
    pub id: String,
    /// Positions that stay open, for a vacancy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<u32>,
    /// Why.
    pub reason: UnplacedReason,
    /// The pair that would cost least to put in the plan all the same: the other side's id.
    pub nearest: Option<String>,
    /// How many households with a place that would cost, where the goal counts those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_households: Option<i64>,
    /// How many placements that would cost; below 0 where it costs households and gives placements.
    pub cost_placements: Option<i64>,
    /// How much score that would cost beside; below 0 if the plan would have more score and fewer placements.
    pub cost_score: Option<i64>,
    /// The same in words.
    pub text: Text,
}

/// Why a person or a position is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnplacedReason {
    /// No pair is open by the day that was asked.
    NothingOpen,
    /// There are pairs, all below the floor.
    BelowFloor,
    /// There are pairs; the coach of the person has no case left for one.
    NoCase,
    /// There are pairs; each would cost the plan a placement elsewhere.
    TakesAPlace,
    /// There are pairs; each would cost the plan score.
    CostsScore,
    /// There are pairs; in a stable plan the places went to higher scores.
    ScoreFirst,
    /// A pair could be added without cost; the plan is as good without.
    NoDifference,
}

/// What is asked of pools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolRequest {
    /// The length of the lists, by person, whose vacancies are combined.
    pub top: usize,
    /// The day by which a pair must be open.
    pub when: When,
    /// Leaves out pairs for which the law asks something that is not known.
    pub sure: bool,
    /// The number of threads; 0 for those of the process.
    pub threads: usize,
}

impl Default for PoolRequest {
    /// Lists of 50, pairs that open within 13 weeks.
    fn default() -> Self {
        Self { top: 50, when: When::default(), sure: false, threads: 0 }
    }
}

/// Vacancies that together make a full week for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PoolLine {
    /// Id of the candidate.
    pub candidate: String,
    /// Ids of the vacancies, two or three, in order.
    pub vacancies: Vec<String>,
    /// Hours a week together: as many as the vacancies offer, up to what the person can and 40.
    pub hours: Hundredths,
    /// How many TWVs are needed: one for each employer, and one for all work through an agency or pool.
    pub permits: u8,
    /// The sum of the scores of the pairs.
    pub score: u32,
}

/// Lessons of a week that a school could give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Timetable {
    /// Its name.
    pub id: String,
    /// When there are lessons.
    pub slots: Vec<Shift>,
}

/// What is asked of timetables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LessonsRequest {
    /// The day on which rules and waiting times are read.
    pub as_of: Day,
    /// The day by which a pair must be open.
    pub when: When,
    /// Leaves out pairs for which the law asks something that is not known.
    pub sure: bool,
    /// The number of threads; 0 for those of the process.
    pub threads: usize,
}

impl LessonsRequest {
    /// Pairs that open within 13 weeks of a day.
    pub fn new(as_of: Day) -> Self {
        Self { as_of, when: When::default(), sure: false, threads: 0 }
    }
}

/// What a timetable blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimetableLine {
    /// Its name.
    pub timetable: String,
    /// Pairs of a learner and a vacancy that are otherwise open and clash with it.
    pub blocked: u64,
    /// The hours a week in which they clash, over all these pairs.
    pub hours_lost: Hundredths,
    /// How many learners can have work at one time, each at one vacancy that does not clash.
    pub placed: u64,
}

/// Why no timetables were compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LessonsError {
    /// Two timetables have one name.
    #[error("timetable `{timetable}` is there twice")]
    TimetableTwice {
        /// Name of the timetable.
        timetable: String,
    },
    /// Two groups have one name.
    #[error("group `{group}` is there twice")]
    GroupTwice {
        /// Name of the group.
        group: String,
    },
    /// A learner is in two groups, or twice in one.
    #[error("learner `{learner}` is in two groups, or twice in one")]
    LearnerTwice {
        /// Id of the learner.
        learner: String,
    },
    /// A group names a timetable that is not there.
    #[error("group `{group}` names timetable `{timetable}`, which is not there")]
    NoTimetable {
        /// Name of the group.
        group: String,
        /// Name of the timetable.
        timetable: String,
    },
    /// Two records have one id.
    #[error(transparent)]
    Market(#[from] MarketError),
    /// Ranking ended early.
    #[error(transparent)]
    Rank(#[from] RankError),
}
