// SPDX-License-Identifier: EUPL-1.2
//! passend matches people with vacancies and says why: what fits, what stands in the way and since which rule, and what
//! would remove it. It is made for newcomers in the Netherlands, whose obstacles are legal, linguistic and practical more
//! than a lack of skill, and works for any jobseeker.
//!
//! The three types you need: an [`Engine`] (a policy and a vocabulary), a [`Market`] (people and vacancies prepared for a
//! day) and a [`Ranking`] (the best pairs, each a [`MatchLine`]). See [`Engine`] for an example and
//! [`Market::explain`] for one pair in depth.
//!
//! # Words
//!
//! A **gate** gives a *finding*: open, opens on a day, needs a step, unknown, closed. A **criterion** gives a *fit*; weight
//! × fit is a *contribution*, and the contributions sum to the *score*, 0 to 10,000. **Readiness** is what all gates make
//! together. Law is a gate, never a penalty; unknown is not no; the score is not a chance of work.
//!
//! # What is absent
//!
//! - Invariant: the engine reads no file, clock, network, locale or random number; the day is a parameter.
//! - Invariant: scores are whole numbers; nothing depends on the order of input or the number of threads.
//! - Invariant: nationality, origin, sex, age, religion, health, family and name have no field in the records.
//! - There is no verb that accepts or rejects a person.
//!
//! # Features
//!
//! None by default, so there is nothing to switch off.
//!
//! - `schema`: JSON Schema of the records and results, made from the types.
//!
//! # Versions
//!
//! [Semantic Versioning](https://semver.org/): before 1.0 a new minor version may change names and add fields to records, a
//! patch does neither. Enums and errors that may grow are `#[non_exhaustive]`. The least version of Rust is 1.89 and is raised
//! with a minor version. A change that can alter a score, finding or order has a star in the changelog; the rules have a
//! version of their own, which every result carries ([`Versions`]).
#![forbid(unsafe_code)]

mod assign;
mod criterion;
mod engine;
mod explain;
mod gate;
mod groups;
mod history;
mod index;
mod model;
mod plan;
mod policy;
mod prepare;
mod register;
mod score;
mod text;
mod vocabulary;

pub use assign::{
    AssignError, AssignRequest, AssignWishes, AssignedLine, Assignment, BesideLine, Capacity,
    Coach, Demand, DemandAt, DemandLine, Duals, EdgeLine, Goal, Household, JobLine, KeptPair,
    LearnerGroup, LessonLine, LessonPlan, LessonTotals, LessonsError, LessonsRequest, OneMore,
    Placed, Placement, PlacementError, PlacementLine, PlacementRequest, PoolLine, PoolRequest,
    Proof, QuotaLine, Region, School, SecondRegion, Suitable, Timetable, TimetableLine,
    UnplacedLine, UnplacedReason, Weeks, Wish,
};
pub use engine::{
    By, Detail, Engine, ExplainError, Gathering, HeldOccupation, KnownDiploma, KnownLanguage,
    KnownPlace, KnownSkill, LevelDays, Market, MarketError, PersonFacts, RankError, Ranking,
    Request, Scorer, Shelf, SkillRows, SnapshotError, Spread, Stopped, Watch, When,
};
pub use explain::{
    Contributions, Explanation, FindingLine, MatchLine, Page, PersonLine, QuestionLine, Reader,
    Readiness, Row, Side, StepLine, Versions,
};
pub use gate::{FindingKind, Gate, ReadinessClass};
pub use groups::{
    BaseLine, Category, CellKey, Close, Counted, Dimension, DisclosureRules, Dominance, Found,
    Funnel, FunnelIds, FunnelLine, GroupLine, GroupTable, GroupedPeople, Grouping, GroupsError,
    Leverage, LeverageLine, LeverageRequest, MeasureError, MeasureName, Measures, NextTable,
    Publication, RegionError, Report, ReportRequest, ReportRow, ReportTable, SafeTable,
    SafetySheet, Span, StabilityLine, Stage, SupplyLine, Suppressed, TableError, TogetherLine,
    UnsafeTable,
};
pub use history::{
    Change, ChangeKind, Changes, DaysBetween, Declined, History, HistoryCounts, LeftOut,
    LeftOutLine, ListedPair, Monitor, OverrideLine, PeopleCount, Permitted, stops_without_start,
};
pub use model::*;
pub use plan::*;
pub use policy::{
    Cost, LawRow, LeadTime, LessonHours, Place, PlaceError, Policy, PolicyError, RuleLine,
    SourceRow, StatusLine, Weights,
};
pub use register::{FilledBy, RegisterEntry, RegisterField};
pub use text::{Lang, Text, fold};
pub use vocabulary::{
    ConceptKind, ConceptNumber, DiplomaReading, ExtensionRow, FieldConcept, FieldReading,
    LabelKind, LabelRow, Link, LinkAnswer, LinkConcept, LinkHints, LinkKind, LinkMatch,
    LinkSettings, LinkStatus, LinkedConcept, Linker, Meaning, Need, OccupationConcept, Relation,
    RowUse, SkillConcept, Vocabulary, VocabularyBuilder, VocabularyCounts, VocabularyError,
    VocabularySource, VocabularyTables, Why,
};

/// The examples of the project's first page.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;

/// The example of the page of the crate.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct CrateReadme;
