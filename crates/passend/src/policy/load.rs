// SPDX-License-Identifier: EUPL-1.2
//! Reading policy tables, laying a user's file over them, and checking the whole.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hmac_sha256::Hash as Sha256;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::keys::KeyFault;
use super::row::{EducationRow, LanguageSpan, Outcome, StatusOrAny, WorkRule};
use super::{
    Certificate, CertificateIndex, ExamLanguage, Places, Policy, Profession, State, StepDetail,
    StepRow, Weights, WorkOutcome,
};
use crate::model::{Day, TravelMode, WorkKind};
use crate::text::{Say, Text};

/// Why a policy could not be loaded. Rows are named by their ids.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The text is no TOML.
    #[error("`{file}` line {line} is no TOML: {reason}")]
    Toml {
        /// The file.
        file: String,
        /// Where, from 1.
        line: usize,
        /// What the reader said, on one line.
        reason: String,
    },
    /// A table or key that a policy does not have.
    #[error(
        "`{file}`: unknown key `{key}`; expected `rule`, `profession`, `certificate`, `step`, `facility`, `twv_check`, `minimum_wage`, `step_detail`, `exam_language`, `weights`, `reviewed_until`, `name` or `version`"
    )]
    Key {
        /// The file.
        file: String,
        /// The key.
        key: String,
    },
    /// A row without its id.
    #[error("`{file}`: `{table}` row {row} has no `{key}`")]
    NoId {
        /// The file.
        file: String,
        /// The table.
        table: String,
        /// Number of the row in the file, from 1.
        row: usize,
        /// The key that names a row.
        key: &'static str,
    },
    /// A row that lacks a key, or holds one that is not known or of the wrong type.
    #[error("row `{id}`: {reason}")]
    Row {
        /// Id of the row.
        id: String,
        /// What is wrong, on one line.
        reason: String,
    },
    /// A key of a row holds something else than the table asks.
    #[error("`{file}` line {line}: row `{id}`, key `{key}`: expected {expected}")]
    Value {
        /// The file.
        file: String,
        /// Line of the key in the file, from 1; that of the row where the key is not found.
        line: usize,
        /// Id of the row; `weights` for the weights.
        id: String,
        /// The key.
        key: String,
        /// What it holds.
        expected: String,
    },
    /// A row has a key that its table lacks.
    #[error("`{file}` line {line}: row `{id}`: unknown key `{key}`{}", hint(near.as_deref()))]
    UnknownKey {
        /// The file.
        file: String,
        /// Line of the key in the file, from 1.
        line: usize,
        /// Id of the row.
        id: String,
        /// The key.
        key: String,
        /// The key of the table that looks most like it.
        near: Option<String>,
    },
    /// A new row lacks a key that it must have.
    #[error("`{file}` line {line}: row `{id}`: missing key `{key}`: expected {expected}")]
    Missing {
        /// The file.
        file: String,
        /// Line of the row in the file, from 1.
        line: usize,
        /// Id of the row.
        id: String,
        /// The key.
        key: String,
        /// What it holds.
        expected: String,
    },
    /// Two rules for one status, kind of work and sector are in force on the same day.
    #[error("rules `{first}` and `{second}` overlap; end one of them with `valid_to`")]
    Overlap {
        /// One rule.
        first: String,
        /// The other rule.
        second: String,
    },
    /// Between two rules for one status lie days without a rule.
    #[error("between rules `{first}` and `{second}` lie days without a rule")]
    Gap {
        /// The earlier rule.
        first: String,
        /// The later rule.
        second: String,
    },
    /// A row ends before it begins.
    #[error("row `{id}` ends before it begins")]
    Period {
        /// Id of the row.
        id: String,
    },
    /// The lead times of a row are not in order.
    #[error("row `{id}`: expected days_min ≤ days_usual ≤ days_max")]
    Days {
        /// Id of the row.
        id: String,
    },
    /// A file gives one row twice.
    #[error("`{file}`: row `{id}` stands twice")]
    Twice {
        /// The file.
        file: String,
        /// Id of the row.
        id: String,
    },
    /// A row leads to the rules of another status that lead on again.
    #[error("row `{id}`: the rules of its `then_status` must not have a `then_status`")]
    Loop {
        /// Id of the row.
        id: String,
    },
    /// A row names a row that does not exist.
    #[error("row `{id}` names `{missing}`, which does not exist")]
    Reference {
        /// Id of the row.
        id: String,
        /// The id that does not exist.
        missing: String,
    },
    /// The weights do not sum to 100.
    #[error("the weights sum to {sum}, not to 100")]
    Weights {
        /// Their sum.
        sum: u16,
    },
}

/// What is wrong: the first fault, and the others.
type Faults = Box<(PolicyError, Vec<PolicyError>)>;

/// The tables whose rows a file can add, replace and end, with the key that names a row.
const TABLES: [(&str, &str); 9] = [
    ("rule", "id"),
    ("profession", "id"),
    ("certificate", "code"),
    ("step", "id"),
    ("facility", "id"),
    ("twv_check", "id"),
    ("minimum_wage", "id"),
    ("step_detail", "id"),
    ("exam_language", "id"),
];

/// The embedded files, in the order in which they are hashed.
const BUILTIN: [(&str, &str); 11] = [
    ("policy.toml", include_str!("../../policy/policy.toml")),
    ("work_authorisation.toml", include_str!("../../policy/work_authorisation.toml")),
    ("professions.toml", include_str!("../../policy/professions.toml")),
    ("certificates.toml", include_str!("../../policy/certificates.toml")),
    ("steps.toml", include_str!("../../policy/steps.toml")),
    ("facilities.toml", include_str!("../../policy/facilities.toml")),
    ("twv_checks.toml", include_str!("../../policy/twv_checks.toml")),
    ("exam_languages.toml", include_str!("../../policy/exam_languages.toml")),
    ("education_levels.toml", include_str!("../../policy/education_levels.toml")),
    ("evaluation_outcomes.toml", include_str!("../../policy/evaluation_outcomes.toml")),
    ("language_levels.toml", include_str!("../../policy/language_levels.toml")),
];

#[derive(Deserialize)]
struct Head {
    name: String,
    version: String,
    reviewed_until: Day,
    weights: Weights,
    travel: Travel,
}

#[derive(Deserialize)]
struct Travel {
    detour_percent: u32,
    mode: Vec<Mode>,
}

#[derive(Deserialize)]
struct Mode {
    code: TravelMode,
    metres_per_minute: u32,
}

impl Policy {
    /// The policy that comes with the engine.
    pub fn builtin() -> Self {
        #[expect(
            clippy::expect_used,
            reason = "the embedded tables are read by a test of this crate"
        )]
        Self::with_files(&[], false).expect("the embedded policy can be read")
    }

    /// The embedded policy with files laid over it, in order; announced rules decide if asked.
    ///
    /// A row with a new id is added; a row with a known id replaces the keys that it gives, so `valid_to` ends it;
    /// `[weights]` replaces the weights given.
    ///
    /// ```
    /// # use passend::{Policy, PolicyError};
    /// let pilot = "[[rule]]\nid = 'WA02'\noutcome = 'open'\n";
    /// assert!(Policy::with_files(&[("pilot.toml", pilot)], false).is_ok());
    /// let wrong = "[weights]\nskills = 99\n";
    /// assert_eq!(Policy::with_files(&[("w.toml", wrong)], false).unwrap_err(), PolicyError::Weights { sum: 164 });
    /// ```
    ///
    /// # Errors
    ///
    /// No TOML, unknown keys, rules that overlap or leave days without a rule, names of rows that do not exist, weights
    /// that do not sum to 100.
    pub fn with_files(files: &[(&str, &str)], announced: bool) -> Result<Self, PolicyError> {
        Self::read(files, announced).map_err(|faults| faults.0)
    }

    /// Everything that is wrong with files laid over the embedded policy, in the order of the files: each row by its id, with
    /// the key and what was expected. What rows make together is looked at once each of them can be read.
    ///
    /// ```
    /// # use passend::Policy;
    /// let wrong = "[[rule]]\nid = 'WA02'\nwait_months = 'six'\n\n[[step]]\nid = 'twv'\ndays_max = -1\n";
    /// let faults: Vec<_> = Policy::faults(&[("w.toml", wrong)]).iter().map(ToString::to_string).collect();
    /// assert_eq!(faults, [
    ///     "`w.toml` line 3: row `WA02`, key `wait_months`: expected a whole number from 0 to 240",
    ///     "`w.toml` line 7: row `twv`, key `days_max`: expected a whole number from 0 to 65535",
    /// ]);
    /// ```
    pub fn faults(files: &[(&str, &str)]) -> Vec<PolicyError> {
        match Self::read(files, false) {
            Ok(_) => Vec::new(),
            Err(faults) => {
                let (first, others) = *faults;
                std::iter::once(first).chain(others).collect()
            }
        }
    }

    /// The policy, or what is wrong: the first fault and the others.
    fn read(files: &[(&str, &str)], announced: bool) -> Result<Self, Faults> {
        let mut whole = Table::new();
        let mut hash = Sha256::new();
        let one = |error| Box::new((error, Vec::new()));
        for (file, text) in BUILTIN {
            // Levels of education and language are two tables of one name in two files.
            for (key, value) in parse(file, text).map_err(one)? {
                let key =
                    if key == "level" { file.trim_end_matches(".toml").to_owned() } else { key };
                whole.insert(key, value);
            }
            digest(&mut hash, text);
        }
        digest(&mut hash, include_str!("../../policy/municipalities.tsv"));
        let mut faults = Vec::new();
        for (file, text) in files {
            match parse(file, text) {
                Ok(changes) => lay_over(&mut whole, (file, text), changes, &mut faults),
                Err(error) => faults.push(error),
            }
            digest(&mut hash, text);
        }
        first_of(faults)?;
        let short: String =
            hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let policy = Self::assemble(&whole, &short, !files.is_empty(), announced).map_err(one)?;
        first_of(policy.check())?;
        Ok(policy)
    }

    fn assemble(
        whole: &Table,
        short: &str,
        changed: bool,
        announced: bool,
    ) -> Result<Self, PolicyError> {
        let head: Head = Value::Table(whole.clone())
            .try_into()
            .map_err(|error: toml::de::Error| row_error("policy", &error))?;
        let changed = if changed { " + files" } else { "" };
        let with = if announced { ", announced rules in force" } else { "" };
        let certificates: Vec<Certificate> = rows(whole, "certificate", "code")?;
        Ok(Self {
            version: format!("{} {}{changed} (sha256:{short}){with}", head.name, head.version),
            reviewed_until: head.reviewed_until,
            announced,
            weights: head.weights,
            detour_percent: head.travel.detour_percent,
            metres_per_minute: head
                .travel
                .mode
                .into_iter()
                .map(|mode| (mode.code, mode.metres_per_minute))
                .collect(),
            work: rows(whole, "rule", "id")?,
            professions: rows(whole, "profession", "id")?,
            certificate_names: certificate_names(&certificates),
            certificates,
            education: rows::<EducationRow>(whole, "education_levels", "id")?
                .into_iter()
                .map(|row| (row.code, (row.rank, Text { nl: row.nl, en: row.en })))
                .collect(),
            outcomes: rows::<Outcome>(whole, "outcome", "id")?
                .into_iter()
                .map(|row| (row.code, row))
                .collect(),
            languages: rows::<LanguageSpan>(whole, "language_levels", "id")?,
            steps: rows::<StepRow>(whole, "step", "id")?
                .into_iter()
                .map(|row| (row.id.clone(), row))
                .collect::<BTreeMap<_, _>>(),
            facilities: rows(whole, "facility", "id")?,
            twv_checks: rows(whole, "twv_check", "id")?,
            minimum_wages: rows(whole, "minimum_wage", "id")?,
            step_details: rows::<StepDetail>(whole, "step_detail", "id")?
                .into_iter()
                .map(|row| (row.id.clone(), row))
                .collect(),
            exam_languages: rows::<ExamLanguage>(whole, "exam_language", "id")?,
            places: Places::builtin(),
            purposes: crate::history::PURPOSES.map(str::to_owned).to_vec(),
        })
    }

    /// What is wrong with rows that can each be read.
    fn check(&self) -> Vec<PolicyError> {
        let mut faults = Vec::new();
        let sum = self.weights.sum();
        if sum != 100 {
            faults.push(PolicyError::Weights { sum });
        }
        faults.extend(self.check_days());
        for rule in &self.work {
            faults.extend(check_period(&rule.id, rule.valid_from, rule.valid_to).err());
            faults.extend(self.check_step(&rule.id, rule.step.as_deref()).err());
            let leads_on = |then| {
                self.work
                    .iter()
                    .any(|other| other.status.holds(then) && other.then_status.is_some())
            };
            if rule.then_status.is_some_and(leads_on) {
                faults.push(PolicyError::Loop { id: rule.id.clone() });
            }
            let is_general = rule.kind == WorkKind::Paid
                && rule.sectors.is_none()
                && rule.status.all() == [StatusOrAny::Any];
            if rule.agency_holds_twv && !is_general {
                faults.push(PolicyError::Row {
                    id: rule.id.clone(),
                    reason: "with `agency_holds_twv` the status is `any`, and there is no `kind` or `sectors`".to_owned(),
                });
            }
        }
        for profession in &self.professions {
            let Profession { id, valid_from, valid_to, .. } = profession;
            faults.extend(check_period(id, *valid_from, *valid_to).err());
            for code in &profession.certificates {
                if !self.certificates.iter().any(|one| one.code == *code) {
                    faults.push(PolicyError::Reference { id: id.clone(), missing: code.clone() });
                }
            }
        }
        for (at, first) in self.work.iter().enumerate() {
            for second in self.work.iter().skip(at + 1) {
                if overlap(first, second) {
                    faults.push(PolicyError::Overlap {
                        first: first.id.clone(),
                        second: second.id.clone(),
                    });
                }
            }
        }
        faults.extend(self.check_gaps());
        faults
    }

    fn check_days(&self) -> Vec<PolicyError> {
        let professions = self.professions.iter().map(|row| (&row.id, row.lead_time()));
        let certificates = self.certificates.iter().map(|row| (&row.code, row.lead_time()));
        let steps = self.steps.values().map(|row| (&row.id, row.lead_time()));
        let all = professions.chain(certificates).chain(steps);
        all.filter(|(_, days)| days.min > days.usual || days.usual > days.max)
            .map(|(id, _)| PolicyError::Days { id: id.clone() })
            .collect()
    }

    fn check_step(&self, id: &str, step: Option<&str>) -> Result<(), PolicyError> {
        match step {
            Some(step) if !self.steps.contains_key(step) => {
                Err(PolicyError::Reference { id: id.to_owned(), missing: step.to_owned() })
            }
            _ => Ok(()),
        }
    }

    /// Rules of one status and kind that follow each other must touch; after the last one the engine says "unknown".
    fn check_gaps(&self) -> Vec<PolicyError> {
        let mut gaps = Vec::new();
        for first in &self.work {
            let Some(end) = first.valid_to else { continue };
            let mut later: Vec<_> = self
                .work
                .iter()
                .filter(|other| {
                    same_subject(first, other) && other.valid_from.is_some_and(|from| from > end)
                })
                .collect();
            later.sort_by_key(|other| other.valid_from);
            if let Some(next) = later.first()
                && next.valid_from > Some(end.plus_days(1))
            {
                gaps.push(PolicyError::Gap { first: first.id.clone(), second: next.id.clone() });
            }
        }
        gaps
    }
}

/// The first fault and the others, as an error.
fn first_of(faults: Vec<PolicyError>) -> Result<(), Faults> {
    let mut faults = faults.into_iter();
    match faults.next() {
        Some(first) => Err(Box::new((first, faults.collect()))),
        None => Ok(()),
    }
}

fn hint(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// Codes and names of certificates, folded; a name that two of them have is that of the first.
fn certificate_names(certificates: &[Certificate]) -> HashMap<String, CertificateIndex> {
    let mut names = HashMap::new();
    for (index, row) in (0..).map(CertificateIndex).zip(certificates) {
        for name in [&row.code, &row.nl, &row.en].into_iter().chain(&row.names) {
            names.entry(crate::text::fold(name)).or_insert(index);
        }
    }
    names.remove("");
    names
}

fn same_subject(first: &WorkRule, second: &WorkRule) -> bool {
    let shares = |one: &StatusOrAny| second.status.all().contains(one);
    first.kind == second.kind
        && (first.state == State::Announced) == (second.state == State::Announced)
        && first.agency_holds_twv == second.agency_holds_twv
        && first.status.all().iter().any(shares)
        && match (&first.sectors, &second.sectors) {
            (None, None) => true,
            (Some(one), Some(other)) => one.iter().any(|sector| other.contains(sector)),
            _ => false,
        }
}

fn overlap(first: &WorkRule, second: &WorkRule) -> bool {
    let starts_by_the_end =
        |one: &WorkRule, other: &WorkRule| match (one.valid_from, other.valid_to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
    same_subject(first, second)
        && starts_by_the_end(first, second)
        && starts_by_the_end(second, first)
}

fn check_period(id: &str, from: Option<Day>, to: Option<Day>) -> Result<(), PolicyError> {
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(PolicyError::Period { id: id.to_owned() }),
        _ => Ok(()),
    }
}

fn parse(file: &str, text: &str) -> Result<Table, PolicyError> {
    let table: Table = toml::from_str(text).map_err(|error| PolicyError::Toml {
        file: file.to_owned(),
        line: line_at(text, error.span().map_or(0, |span| span.start)),
        reason: one_line(error.message()),
    })?;
    Ok(days_to_text(table))
}

/// The line in which a byte of a text stands, from 1.
fn line_at(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

/// TOML days become texts, which the records' own day type reads.
fn days_to_text(table: Table) -> Table {
    fn value(one: Value) -> Value {
        match one {
            Value::Datetime(day) => Value::String(day.to_string()),
            Value::Array(list) => Value::Array(list.into_iter().map(value).collect()),
            Value::Table(table) => Value::Table(days_to_text(table)),
            other => other,
        }
    }
    table.into_iter().map(|(key, one)| (key, value(one))).collect()
}

fn lay_over(
    whole: &mut Table,
    source: (&str, &str),
    changes: Table,
    faults: &mut Vec<PolicyError>,
) {
    let file = source.0;
    for (key, value) in changes {
        match (key.as_str(), value) {
            ("weights", Value::Table(weights)) => {
                let row = Given { source, table: "weights", at: 0, id: "weights" };
                faults.extend(row.faults(&weights, |_| false));
                if let Some(Value::Table(known)) = whole.get_mut("weights") {
                    known.insert("name".to_owned(), Value::String(format!("custom ({file})")));
                    known.extend(weights);
                }
            }
            ("reviewed_until", Value::String(day)) if day.parse::<Day>().is_err() => {
                let row = Given { source, table: "", at: 0, id: "policy" };
                faults.push(row.value("reviewed_until", "a day such as `2026-11-25`".to_owned()));
            }
            ("reviewed_until" | "name" | "version", value @ Value::String(_)) => {
                whole.insert(key, value);
            }
            (table, Value::Array(rows)) if TABLES.iter().any(|(name, _)| *name == table) => {
                let mut seen = BTreeSet::new();
                for (at, row) in (1..).zip(rows) {
                    match lay_row_over(whole, source, table, at, row, faults) {
                        Ok(id) if seen.insert(id.clone()) => {}
                        Ok(id) => {
                            faults.push(PolicyError::Twice { file: file.to_owned(), id });
                        }
                        Err(error) => faults.push(error),
                    }
                }
            }
            _ => faults.push(PolicyError::Key { file: file.to_owned(), key }),
        }
    }
}

/// A row of a user's file.
#[derive(Clone, Copy)]
struct Given<'a> {
    /// Name and text of the file.
    source: (&'a str, &'a str),
    table: &'a str,
    /// Number of the row in its table, from 1; 0 for a table that is no list.
    at: usize,
    id: &'a str,
}

impl Given<'_> {
    /// Its keys that the table lacks or that hold something else.
    fn faults(self, row: &Table, known: impl Fn(&str) -> bool) -> Vec<PolicyError> {
        self.faults_in(self.table, row, known)
    }

    fn faults_in(self, table: &str, row: &Table, known: impl Fn(&str) -> bool) -> Vec<PolicyError> {
        let faults = super::keys::faults(table, row, known).into_iter();
        faults
            .map(|(key, fault)| match fault {
                KeyFault::Value(expected) => self.value(key, expected),
                KeyFault::Unknown(near) => PolicyError::UnknownKey {
                    file: self.source.0.to_owned(),
                    line: self.line(Some(key)),
                    id: self.id.to_owned(),
                    key: key.to_owned(),
                    near,
                },
            })
            .collect()
    }

    fn value(self, key: &str, expected: String) -> PolicyError {
        PolicyError::Value {
            file: self.source.0.to_owned(),
            line: self.line(Some(key)),
            id: self.id.to_owned(),
            key: key.to_owned(),
            expected,
        }
    }

    /// The keys that it lacks as a new row.
    fn missing(self, row: &Table) -> Vec<PolicyError> {
        let missing = super::keys::missing(self.table, row).into_iter();
        missing
            .map(|(key, expected)| PolicyError::Missing {
                file: self.source.0.to_owned(),
                line: self.line(None),
                id: self.id.to_owned(),
                key: key.to_owned(),
                expected,
            })
            .collect()
    }

    /// The line of a key within the row, or of the row, in a file that is written row by row; 1 in one that is not.
    fn line(self, key: Option<&str>) -> usize {
        let (list, table) = (format!("[[{}]]", self.table), format!("[{}]", self.table));
        let mut rows = 0;
        let mut found = None;
        for (line, text) in (1..).zip(self.source.1.lines()) {
            let text = text.trim();
            if text.starts_with('[') {
                if found.is_some() && rows >= self.at {
                    break;
                }
                if text.starts_with(&list) || text.starts_with(&table) && self.at == 0 {
                    rows += 1;
                }
                if rows >= self.at && (text.starts_with(&list) || text.starts_with(&table)) {
                    found = Some(line);
                }
            }
            let is_key = |key: &str| {
                text.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
            };
            let within = found.is_some() || self.table.is_empty();
            if within && key.is_some_and(is_key) {
                return line;
            }
        }
        found.unwrap_or(1)
    }
}

/// Adds or changes a row and gives its id.
fn lay_row_over(
    whole: &mut Table,
    source: (&str, &str),
    table: &str,
    at: usize,
    row: Value,
    faults: &mut Vec<PolicyError>,
) -> Result<String, PolicyError> {
    let file = source.0;
    let key = TABLES.iter().find(|(name, _)| *name == table).map_or("id", |(_, key)| *key);
    let no_id =
        || PolicyError::NoId { file: file.to_owned(), table: table.to_owned(), row: at, key };
    let Value::Table(row) = row else { return Err(no_id()) };
    let id = row.get(key).and_then(Value::as_str).ok_or_else(no_id)?.to_owned();
    // A `rule` may also name a profession by its id: every row of law is a rule.
    let homes: &[&str] = if table == "rule" { &["rule", "profession"] } else { &[table] };
    for home in homes {
        let Some(Value::Array(known)) = whole.get_mut(*home) else { continue };
        let has = |name: &str| {
            known.iter().any(|one| one.as_table().is_some_and(|one| one.contains_key(name)))
        };
        let named = |one: &Value| one.get(key).and_then(Value::as_str) == Some(&id);
        let Some(place) = known.iter().position(named) else { continue };
        // Keys are those of the table in which the row stands; its lines are where the file gives it.
        let given = Given { source, table, at, id: &id };
        faults.extend(given.faults_in(home, &row, has));
        if let Some(Value::Table(known)) = known.get_mut(place) {
            if row.get("outcome").is_some_and(|outcome| known.get("outcome") != Some(outcome)) {
                // What the row said and asked belonged to its outcome.
                for stale in
                    ["step", "nl", "en", "remedy_nl", "remedy_en", "question_nl", "question_en"]
                {
                    known.remove(stale);
                }
            }
            known.extend(row);
            if *home == "rule" {
                say_for_itself(known, file);
            }
            return Ok(id);
        }
    }
    if let Some(Value::Array(known)) = whole.get_mut(table) {
        let given = Given { source, table, at, id: &id };
        let has = |name: &str| {
            known.iter().any(|one| one.as_table().is_some_and(|one| one.contains_key(name)))
        };
        faults.extend(given.faults(&row, has));
        faults.extend(given.missing(&row));
        let mut row = row;
        if table == "rule" {
            say_for_itself(&mut row, file);
        }
        known.push(Value::Table(row));
    }
    Ok(id)
}

/// Fills what a user's rule leaves out: its words, by its outcome, and where it comes from.
fn say_for_itself(row: &mut Table, file: &str) {
    let say = match row.get("outcome").and_then(Value::as_str) {
        Some("open") => Say("policy_open"),
        Some("twv") => Say("policy_twv"),
        Some("closed") => Say("policy_closed"),
        _ => Say("policy_unknown"),
    };
    let text = say.plain();
    let ask = Say("ask_status_now").plain();
    for (key, value) in [
        ("nl", text.nl.as_str()),
        ("en", text.en.as_str()),
        ("question_nl", ask.nl.as_str()),
        ("question_en", ask.en.as_str()),
        ("source", file),
        ("verified", "unverified"),
    ] {
        row.entry(key).or_insert_with(|| Value::String(value.to_owned()));
    }
}

fn rows<T: DeserializeOwned>(whole: &Table, table: &str, key: &str) -> Result<Vec<T>, PolicyError> {
    let rows = whole.get(table).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    rows.iter()
        .map(|row| {
            let id = row.get(key).and_then(Value::as_str).unwrap_or("?");
            row.clone().try_into().map_err(|error| row_error(id, &error))
        })
        .collect()
}

fn row_error(id: &str, error: &toml::de::Error) -> PolicyError {
    PolicyError::Row { id: id.to_owned(), reason: one_line(error.message()) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn digest(hash: &mut Sha256, text: &str) {
    hash.update(text);
    hash.update([0]);
}

impl WorkOutcome {
    /// The outcome as it stands in the tables.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Twv => "twv",
            Self::Closed => "closed",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[track_caller]
    fn refused(file: &str, expected: &str) {
        assert_eq!(
            Policy::with_files(&[("p.toml", file)], false).unwrap_err().to_string(),
            expected
        );
    }

    #[test]
    fn the_embedded_policy_can_be_read_with_and_without_announced_rules() {
        assert_eq!(Policy::with_files(&[], false).unwrap().work.len(), 29);
        Policy::with_files(&[], true).unwrap();
    }

    #[test]
    fn professions_name_occupations_that_exist() {
        let vocabulary = Vocabulary::starter();
        for profession in Policy::builtin().professions {
            for id in profession.occupations.iter().chain(&profession.stepping_stones) {
                assert!(vocabulary.occupation_by_id(id).is_some(), "{}: {id}", profession.id);
            }
        }
    }

    #[test]
    fn faults_name_their_rows() {
        refused(
            "[[rule]]\nid = 'X1'\nstatus = 'return_decision'\noutcome = 'open'\nnl = 'a'\nen = 'a'\nsource = 's'\nverified = 'unverified'\n",
            "rules `WA07` and `X1` overlap; end one of them with `valid_to`",
        );
        refused(
            "[[rule]]\nid = 'WA02'\nstep = 'x'\n",
            "row `WA02` names `x`, which does not exist",
        );
        refused(
            "[[rule]]\nid = 'WA02'\nvalid_to = 2020-01-01\n",
            "row `WA02` ends before it begins",
        );
        refused(
            "[[rule]]\nid = 'WA13'\nvalid_from = 2022-12-01\n",
            "between rules `WA12` and `WA13` lie days without a rule",
        );
        refused(
            "[[rule]]\nid = 'WA02'\noutcome = 'closed'\nuntil_age = 18\nthen_status = 'unaccompanied_minor_in_procedure'\n",
            "row `WA02`: the rules of its `then_status` must not have a `then_status`",
        );
        for other in ["status = 'free'", "kind = 'internship'", "sectors = ['I']"] {
            refused(
                &format!("[[rule]]\nid = 'WA28'\n{other}\n"),
                "row `WA28`: with `agency_holds_twv` the status is `any`, and there is no `kind` or `sectors`",
            );
        }
        refused("[[rule]]\nstatus = 'free'\n", "`p.toml`: `rule` row 1 has no `id`");
        refused(
            "[[ruel]]\nid = 'x'\n",
            "`p.toml`: unknown key `ruel`; expected `rule`, `profession`, `certificate`, `step`, `facility`, `twv_check`, `minimum_wage`, `step_detail`, `exam_language`, `weights`, `reviewed_until`, `name` or `version`",
        );
        refused(
            "[[rule]]\nid='WA02'\nbanana=1\n",
            "`p.toml` line 3: row `WA02`: unknown key `banana`",
        );
        assert!(matches!(
            Policy::with_files(&[("p", "x = [")], false),
            Err(PolicyError::Toml { .. })
        ));
    }

    #[test]
    fn a_fault_names_line_row_key_and_what_was_expected() {
        for (key, expected) in [
            ("wait_months = 'six'", "a whole number from 0 to 240"),
            ("wait_months = 300", "a whole number from 0 to 240"),
            ("min_age = -1", "a whole number from 0 to 99"),
            ("outcome = 'perhaps'", "`open`, `twv`, `closed` or `unknown`"),
            ("state = 1", "`in_force`, `expired` or `announced`"),
            ("valid_to = 'soon'", "a day such as `2026-11-25`"),
            ("valid_to = 12:00:00", "a day such as `2026-11-25`"),
            ("document_required = 'yes'", "`true` or `false`"),
            (
                "status = 'citizen'",
                "a residence status such as `asylum_seeker_in_procedure`, or a list of them",
            ),
            (
                "status = []",
                "a residence status such as `asylum_seeker_in_procedure`, or a list of them",
            ),
            ("then_status = 'any'", "a residence status such as `asylum_seeker_in_procedure`"),
            ("nl = 5", "a text"),
            (
                "sectors = ['ZZ']",
                "a list of SBI section letters or codes such as `\"I\"`, `\"56\"` or `\"56.10\"`",
            ),
        ] {
            let name = key.split(' ').next().unwrap();
            refused(
                &format!("# a pilot\n[[step]]\nid = 'twv'\n\n[[rule]]\nid = 'WA02'\n{key}\n"),
                &format!("`p.toml` line 7: row `WA02`, key `{name}`: expected {expected}"),
            );
        }
        refused(
            "[[rule]]\nid = 'WA02'\n[[rule]]\nid = 'WA01'\nvalid_form = 2020-01-01\n",
            "`p.toml` line 5: row `WA01`: unknown key `valid_form`; did you mean `valid_from`?",
        );
        refused(
            "[[rule]]\nid = 'X1'\noutcome = 'open'\n",
            "`p.toml` line 1: row `X1`: missing key `status`: expected a residence status such as `asylum_seeker_in_procedure`, or a list of them",
        );
        refused(
            "[[rule]]\nid = 'RP01'\nkind = 'free'\n",
            "`p.toml` line 3: row `RP01`, key `kind`: expected `register`, `protected_title`, `recognition`, `qualification`, `licence`, `certificate_statutory`, `certificate_industry`, `employer_requirement`, `title_only`, `vog` or `none`",
        );
        refused(
            "[weights]\nskills = 'all'\n",
            "`p.toml` line 2: row `weights`, key `skills`: expected a whole number from 0 to 100",
        );
        refused(
            "reviewed_until = 'now'\n",
            "`p.toml` line 1: row `policy`, key `reviewed_until`: expected a day such as `2026-11-25`",
        );
    }

    #[test]
    fn every_fault_of_a_file_is_told() {
        let faults = |text: &str| -> Vec<_> {
            Policy::faults(&[("p.toml", text)]).iter().map(ToString::to_string).collect()
        };
        let rows = "[[rule]]\nid = 'WA02'\nmin_age = 'x'\n[[rule]]\nid = 'WA02'\n[[ruel]]\nid = 'y'\n[[step]]\nid = 'new'\n";
        let told = faults(rows);
        assert_eq!(told.len(), 11, "{told:#?}"); // a value, a row twice, a table, eight missing keys
        let together = "[weights]\nskills = 36\n[[rule]]\nid = 'WA13'\nvalid_to = 2021-01-01\n[[rule]]\nid = 'WA02'\nstep = 'x'\n";
        let told = faults(together);
        assert!(told.len() >= 3, "{told:#?}");
        assert!(faults("[[rule]]\nid = 'WA02'\nvalid_to = 2030-01-01\n").is_empty());
    }

    #[test]
    fn the_embedded_rows_hold_what_their_tables_ask() {
        for (file, text) in BUILTIN {
            for (table, rows) in parse(file, text).unwrap() {
                for row in rows.as_array().into_iter().flatten().filter_map(Value::as_table) {
                    let wrong = super::super::keys::faults(&table, row, |_| true);
                    assert_eq!(wrong, [], "{file}: {row:?}");
                    let missing = super::super::keys::missing(&table, row);
                    assert_eq!(missing, [], "{file}: {row:?}");
                }
            }
        }
    }

    #[test]
    fn a_row_whose_outcome_is_replaced_asks_and_says_nothing_stale() {
        let open = Policy::with_files(
            &[("pilot.toml", "[[rule]]\nid = 'WA02'\noutcome = 'open'\n")],
            false,
        )
        .unwrap();
        let row = open.work.iter().find(|row| row.id == "WA02").unwrap();
        assert_eq!(
            (row.step.as_deref(), row.nl.as_str()),
            (None, "Volgens het beleidsbestand mag dit werk zonder TWV.")
        );
        let short = "[[rule]]\nid = 'X'\nstatus = 'return_decision'\noutcome = 'open'\nkind = 'voluntary'\n";
        let added = Policy::with_files(&[("own.toml", short)], false).unwrap();
        assert_eq!(added.work.last().map(|row| row.source.as_str()), Some("own.toml"));
    }

    #[test]
    fn a_file_changes_the_version() {
        let plain = Policy::builtin();
        let changed =
            Policy::with_files(&[("w.toml", "[weights]\nskills = 34\nwishes = 6\n")], false)
                .unwrap();
        assert_ne!(plain.version(), changed.version());
        assert_eq!(changed.weights().name, "custom (w.toml)");
    }
}
