// SPDX-License-Identifier: EUPL-1.2
//! The records that the engine gives: keys in the order in which they are written.

use std::sync::Arc;

use serde::Serialize;

use super::reader::Reader;
use crate::gate::{FindingKind, Gate, ReadinessClass};
use crate::history::{LeftOutLine, ListedPair, OverrideLine};
use crate::model::Day;
use crate::policy::{LeadTime, Policy};
use crate::text::Text;
use crate::vocabulary::Vocabulary;

/// One listed pair: one line of `match`.
///
/// The contributions that are not `None` add up to the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatchLine {
    /// Which list the line belongs to; only when both are asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Side>,
    /// Id of the candidate.
    pub candidate: String,
    /// Id of the vacancy.
    pub vacancy: String,
    /// Place in the list, from 1; 0, written as `null`, in an explanation, which ranks nothing.
    #[serde(serialize_with = "null_for_zero")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u32>"))]
    pub rank: u32,
    /// Score, 0 to 10,000.
    pub score: u16,
    /// The score that would be reached if every missing fact were the best one.
    pub score_max: u16,
    /// Whether and when the person can start.
    pub readiness: Readiness,
    /// What a human said of the pair; only where one did. It changes nothing else of the line.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    pub said: Option<OverrideLine>,
    /// The parts of the score.
    pub contributions: Contributions,
    /// Gates that are not plainly open; all gates in an explanation. Shared by the lines that say the same. Left out of brief
    /// lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<Arc<FindingLine>>>,
    /// How many pairs have the score at which the list was cut; 0, written as `null`, in an explanation.
    #[serde(serialize_with = "null_for_zero")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u32>"))]
    pub tie_group: u32,
    /// What else a reader should know: `skills_derived`, `unused_potential` …
    pub flags: Vec<&'static str>,
}

impl MatchLine {
    /// What a comparison with another result keeps of it.
    ///
    /// ```
    /// use passend::{Candidate, Changes, Engine, Request, Vacancy, Watch};
    ///
    /// let candidate: Candidate = serde_json::from_str(r#"{"id":"c1","experience":[{"title":"kok"}]}"#)?;
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let market = Engine::default().market(&[candidate], &[vacancy], "2026-11-25".parse()?)?;
    /// let mut changes = Changes::default();
    /// for line in market.rank(&Request::default(), &Watch::new())?.lines(&market) {
    ///     changes.after(&line.candidate, &line.vacancy, line.listed());
    /// }
    /// assert_eq!(changes.counts(), [1, 0, 0]); // nothing was listed before
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn listed(&self) -> ListedPair {
        let class = self.readiness.class.code().to_owned();
        ListedPair { rank: self.rank, score: self.score, class }
    }
}

/// Places and groups of ties begin at 1: 0 is not known.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
fn null_for_zero<S: serde::Serializer>(count: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    (*count > 0).then_some(*count).serialize(serializer)
}

/// A side of the market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// People.
    Candidate,
    /// Work.
    Vacancy,
}

/// Whether and when a person can start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Readiness {
    /// The worst class of all gates.
    pub class: ReadinessClass,
    /// The day by which every gate is open at usual lead times; `None` for a closed pair.
    pub date: Option<Day>,
    /// The last day for which documents, permits and rules hold, where one ends.
    pub until: Option<Day>,
    /// Steps to take, each once, in order of id; shared by the lines that say the same. Left out of brief lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<Arc<StepLine>>>,
    /// Questions to ask, each once; shared by the lines that say the same. Left out of brief lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questions: Option<Vec<Arc<QuestionLine>>>,
}

/// A step: what would remove an obstacle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepLine {
    /// Stable id: `twv`, `certificate:vca_basic`, `language:nl:B1` …
    pub id: String,
    /// Who takes it: `candidate`, `employer`, `caseworker`, `agency`, `school`.
    pub owner: String,
    /// Lead time.
    pub days: LeadTime,
}

/// A question to ask.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuestionLine {
    /// Field of the record that the answer fills.
    pub field: String,
    /// The question.
    pub text: Text,
}

/// The parts of a score. `None`: the vacancy does not ask it, or the work is remote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contributions {
    /// Skills.
    pub skills: Option<u16>,
    /// Occupation.
    pub occupation: Option<u16>,
    /// Education.
    pub education: Option<u16>,
    /// Language.
    pub language: Option<u16>,
    /// Travel.
    pub travel: Option<u16>,
    /// Wishes.
    pub wishes: Option<u16>,
}

/// What a gate found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FindingLine {
    /// The gate.
    pub gate: Gate,
    /// What it found.
    pub finding: FindingKind,
    /// The day by which it is open at usual lead times; `None` when closed.
    pub date: Option<Day>,
    /// The step that it asks.
    pub step: Option<String>,
    /// The rule that decides.
    pub rule: Option<String>,
    /// In words.
    pub text: Text,
}

/// What a list says of one person, also without a match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonLine {
    /// Id of the candidate.
    pub candidate: String,
    /// Pairs listed.
    pub listed: u32,
    /// Vacancies that are open now.
    pub now: u32,
    /// Vacancies that open on a day or after steps.
    pub later: u32,
    /// Vacancies for which the law asks something that is not known.
    pub unknown: u32,
    /// Vacancies that are closed.
    pub closed: u32,
    /// For each gate that keeps vacancies from being open now: how many.
    pub blocked_by: std::collections::BTreeMap<Gate, u32>,
    /// Why the person takes no part, or which pairs are left out; only where something is. A person who takes no part has no
    /// other numbers than 0; a pair that is left out is in the numbers and not in `listed`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOutLine>,
}

/// Why a pair has its score and readiness: the match line with all gates, and more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explanation {
    /// The match line, with every gate; without a rank and a tie group, since an explanation ranks nothing.
    #[serde(flatten)]
    pub line: MatchLine,
    /// The day on which the rules were read.
    pub as_of: Day,
    /// What decided.
    pub versions: Versions,
    /// Readiness if announced rules did not decide; only where announced rules are switched on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readiness_without_announced: Option<Readiness>,
    /// Everything that a page shows, in order, as the caseworker reads it.
    pub rows: Vec<Row>,
    /// The same, said to the person.
    #[serde(skip)]
    pub(crate) to_candidate: Vec<Row>,
    /// What of it an employer may see.
    #[serde(skip)]
    pub(crate) to_employer: Vec<Row>,
}

impl Explanation {
    /// The rows that a reader sees, in that reader's words.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Reader, Vacancy};
    /// # let candidate: Candidate = serde_json::from_str(r#"{"id":"c1","residence":{"status":"free"}}"#)?;
    /// # let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let market = Engine::default().market(&[candidate], &[vacancy], "2026-11-25".parse()?)?;
    /// let why = market.explain("c1", "v1")?;
    /// let when = |reader| why.rows_for(reader).iter().find(|row| row.key == "readiness").unwrap();
    /// assert_eq!(when(Reader::Candidate).text.en, "You can start now.");
    /// assert_eq!(when(Reader::Caseworker).text.en, "The person can start now.");
    /// assert!(why.rows_for(Reader::Employer).iter().all(|row| row.section != "score"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows_for(&self, reader: Reader) -> &[Row] {
        match reader {
            Reader::Candidate => &self.to_candidate,
            Reader::Caseworker => &self.rows,
            Reader::Employer => &self.to_employer,
        }
    }

    pub(super) fn rows_mut(&mut self, reader: Reader) -> &mut Vec<Row> {
        match reader {
            Reader::Candidate => &mut self.to_candidate,
            Reader::Caseworker => &mut self.rows,
            Reader::Employer => &mut self.to_employer,
        }
    }

    /// What a reader other than the caseworker gets as a record: readiness without steps and questions, and the rows.
    pub fn page(&self, reader: Reader) -> Page<'_> {
        let Readiness { class, date, until, .. } = self.line.readiness;
        Page {
            reader,
            candidate: &self.line.candidate,
            vacancy: &self.line.vacancy,
            readiness: Readiness { class, date, until, steps: None, questions: None },
            as_of: self.as_of,
            versions: &self.versions,
            rows: self.rows_for(reader),
        }
    }
}

/// An explanation for one reader, without what that reader may not see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page<'a> {
    /// Who reads it.
    pub reader: Reader,
    /// Id of the candidate.
    pub candidate: &'a str,
    /// Id of the vacancy.
    pub vacancy: &'a str,
    /// Class, date and last day.
    pub readiness: Readiness,
    /// The day on which the rules were read.
    pub as_of: Day,
    /// What decided.
    pub versions: &'a Versions,
    /// What the page shows, in order.
    pub rows: &'a [Row],
}

/// Versions of what decided a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Versions {
    /// Version and hash of the rules in force.
    pub rules: String,
    /// Version and hash of the vocabulary.
    pub vocabulary: String,
    /// Name of the weights, and the weights.
    pub weights: String,
}

impl Versions {
    pub(crate) fn new(policy: &Policy, vocabulary: &Vocabulary) -> Self {
        Self {
            rules: policy.version().to_owned(),
            vocabulary: vocabulary.version().to_owned(),
            weights: policy.weights().to_string(),
        }
    }
}

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Part of the page: `summary`, `score`, `skills`, `gates`, `steps`, `duties`, `twv_check`, `facilities`, `questions`, `flags`, `versions`.
    pub section: &'static str,
    /// What the row is about: a criterion, gate, step, skill …
    pub key: String,
    /// Its value: a number, day or word.
    pub value: String,
    /// The row that decides; `passend:NAME` where the engine does and not a row of a table.
    pub rule: Option<String>,
    /// Where it can be looked up.
    pub source: Option<String>,
    /// In words.
    pub text: Text,
}
