// SPDX-License-Identifier: EUPL-1.2
//! Reading policy tables, laying a user's file over them, and checking the whole.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::{Table, Value};

use super::row::{EducationRow, LanguageSpan, Outcome, StatusOrAny, WorkRule};
use super::{
    Certificate, CertificateIndex, ExamLanguage, Places, Policy, State, StepDetail, StepRow,
    Weights, WorkOutcome,
};
use crate::model::{Day, TravelMode};
use crate::text::{Say, Text};

/// Why a policy could not be loaded. Rows are named by their ids.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The text is no TOML.
    #[error("`{file}` is no TOML: {reason}")]
    Toml {
        /// The file.
        file: String,
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
        let mut whole = Table::new();
        let mut hash = Sha256::new();
        for (file, text) in BUILTIN {
            // Levels of education and language are two tables of one name in two files.
            for (key, value) in parse(file, text)? {
                let key =
                    if key == "level" { file.trim_end_matches(".toml").to_owned() } else { key };
                whole.insert(key, value);
            }
            digest(&mut hash, text);
        }
        digest(&mut hash, include_str!("../../policy/municipalities.tsv"));
        for (file, text) in files {
            lay_over(&mut whole, file, parse(file, text)?)?;
            digest(&mut hash, text);
        }
        let head: Head = Value::Table(whole.clone())
            .try_into()
            .map_err(|error: toml::de::Error| row_error("policy", &error))?;
        let short: String =
            hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let changed = if files.is_empty() { "" } else { " + files" };
        let with = if announced { ", announced rules in force" } else { "" };
        let certificates: Vec<Certificate> = rows(&whole, "certificate", "code")?;
        let policy = Self {
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
            work: rows(&whole, "rule", "id")?,
            professions: rows(&whole, "profession", "id")?,
            certificate_names: certificate_names(&certificates),
            certificates,
            education: rows::<EducationRow>(&whole, "education_levels", "id")?
                .into_iter()
                .map(|row| (row.code, (row.rank, Text { nl: row.nl, en: row.en })))
                .collect(),
            outcomes: rows::<Outcome>(&whole, "outcome", "id")?
                .into_iter()
                .map(|row| (row.code, row))
                .collect(),
            languages: rows::<LanguageSpan>(&whole, "language_levels", "id")?,
            steps: rows::<StepRow>(&whole, "step", "id")?
                .into_iter()
                .map(|row| (row.id.clone(), row))
                .collect::<BTreeMap<_, _>>(),
            facilities: rows(&whole, "facility", "id")?,
            twv_checks: rows(&whole, "twv_check", "id")?,
            minimum_wages: rows(&whole, "minimum_wage", "id")?,
            step_details: rows::<StepDetail>(&whole, "step_detail", "id")?
                .into_iter()
                .map(|row| (row.id.clone(), row))
                .collect(),
            exam_languages: rows::<ExamLanguage>(&whole, "exam_language", "id")?,
            places: Places::builtin(),
        };
        policy.check()?;
        Ok(policy)
    }

    fn check(&self) -> Result<(), PolicyError> {
        let Weights { skills, occupation, education, language, travel, wishes, .. } = self.weights;
        let sum = [skills, occupation, education, language, travel, wishes]
            .into_iter()
            .map(u16::from)
            .sum();
        if sum != 100 {
            return Err(PolicyError::Weights { sum });
        }
        self.check_days()?;
        for rule in &self.work {
            check_period(&rule.id, rule.valid_from, rule.valid_to)?;
            self.check_step(&rule.id, rule.step.as_deref())?;
            let leads_on = |then| {
                self.work
                    .iter()
                    .any(|other| other.status.holds(then) && other.then_status.is_some())
            };
            if rule.then_status.is_some_and(leads_on) {
                return Err(PolicyError::Loop { id: rule.id.clone() });
            }
        }
        for profession in &self.professions {
            check_period(&profession.id, profession.valid_from, profession.valid_to)?;
            for code in &profession.certificates {
                if !self.certificates.iter().any(|one| one.code == *code) {
                    return Err(PolicyError::Reference {
                        id: profession.id.clone(),
                        missing: code.clone(),
                    });
                }
            }
        }
        for (at, first) in self.work.iter().enumerate() {
            for second in self.work.iter().skip(at + 1) {
                if overlap(first, second) {
                    return Err(PolicyError::Overlap {
                        first: first.id.clone(),
                        second: second.id.clone(),
                    });
                }
            }
        }
        self.check_gaps()
    }

    fn check_days(&self) -> Result<(), PolicyError> {
        let professions = self.professions.iter().map(|row| (&row.id, row.lead_time()));
        let certificates = self.certificates.iter().map(|row| (&row.code, row.lead_time()));
        let steps = self.steps.values().map(|row| (&row.id, row.lead_time()));
        let mut all = professions.chain(certificates).chain(steps);
        match all.find(|(_, days)| days.min > days.usual || days.usual > days.max) {
            Some((id, _)) => Err(PolicyError::Days { id: id.clone() }),
            None => Ok(()),
        }
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
    fn check_gaps(&self) -> Result<(), PolicyError> {
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
                return Err(PolicyError::Gap { first: first.id.clone(), second: next.id.clone() });
            }
        }
        Ok(())
    }
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
        reason: one_line(error.message()),
    })?;
    Ok(days_to_text(table))
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

fn lay_over(whole: &mut Table, file: &str, changes: Table) -> Result<(), PolicyError> {
    for (key, value) in changes {
        match (key.as_str(), value) {
            ("weights", Value::Table(weights)) => {
                if let Some(Value::Table(known)) = whole.get_mut("weights") {
                    known.insert("name".to_owned(), Value::String(format!("custom ({file})")));
                    known.extend(weights);
                }
            }
            ("reviewed_until" | "name" | "version", value @ Value::String(_)) => {
                whole.insert(key, value);
            }
            (table, Value::Array(rows)) if TABLES.iter().any(|(name, _)| *name == table) => {
                let mut seen = BTreeSet::new();
                for (at, row) in (1..).zip(rows) {
                    let id = lay_row_over(whole, file, table, at, row)?;
                    if !seen.insert(id.clone()) {
                        return Err(PolicyError::Twice { file: file.to_owned(), id });
                    }
                }
            }
            _ => return Err(PolicyError::Key { file: file.to_owned(), key }),
        }
    }
    Ok(())
}

/// Adds or changes a row and gives its id.
fn lay_row_over(
    whole: &mut Table,
    file: &str,
    table: &str,
    at: usize,
    row: Value,
) -> Result<String, PolicyError> {
    let key = TABLES.iter().find(|(name, _)| *name == table).map_or("id", |(_, key)| *key);
    let no_id =
        || PolicyError::NoId { file: file.to_owned(), table: table.to_owned(), row: at, key };
    let Value::Table(row) = row else { return Err(no_id()) };
    let id = row.get(key).and_then(Value::as_str).ok_or_else(no_id)?.to_owned();
    // A `rule` may also name a profession by its id: every row of law is a rule.
    let homes: &[&str] = if table == "rule" { &["rule", "profession"] } else { &[table] };
    for home in homes {
        if let Some(Value::Array(known)) = whole.get_mut(*home)
            && let Some(Value::Table(known)) =
                known.iter_mut().find(|one| one.get(key).and_then(Value::as_str) == Some(&id))
        {
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
        refused("[[rule]]\nstatus = 'free'\n", "`p.toml`: `rule` row 1 has no `id`");
        refused(
            "[[ruel]]\nid = 'x'\n",
            "`p.toml`: unknown key `ruel`; expected `rule`, `profession`, `certificate`, `step`, `facility`, `twv_check`, `minimum_wage`, `step_detail`, `exam_language`, `weights`, `reviewed_until`, `name` or `version`",
        );
        assert!(
            matches!(Policy::with_files(&[("p", "[[rule]]\nid='WA02'\nbanana=1\n")], false), Err(PolicyError::Row { id, .. }) if id == "WA02")
        );
        assert!(matches!(
            Policy::with_files(&[("p", "x = [")], false),
            Err(PolicyError::Toml { .. })
        ));
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
