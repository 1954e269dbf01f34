// SPDX-License-Identifier: EUPL-1.2
//! Files beside a table: one row for each skill, language, diploma or job, joined by id.

use std::collections::{HashMap, HashSet};

use passend::{Candidate, Side};
use serde_json::{Map, Value, json};

use super::build::{Keys, Setting};
use super::plan::{Plan, Wanted};
use super::sheet::Table;
use super::{ImportSettings, Tally};
use crate::import::draft::judge;
use crate::{Code, OnRefusal, ReadError, Refused, Report};

/// What a file beside a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LongKind {
    /// A skill on each row.
    Skills,
    /// A language on each row.
    Languages,
    /// A diploma or course on each row.
    Diplomas,
    /// A job on each row.
    Experience,
}

impl LongKind {
    /// The list of the record that its rows make.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Skills => "skills",
            Self::Languages => "languages",
            Self::Diplomas => "education",
            Self::Experience => "experience",
        }
    }

    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Skills => &["skills", "skill_code"],
            Self::Languages => &[
                "language_code",
                "language_level",
                "dutch_speaking",
                "dutch_listening",
                "dutch_reading",
                "dutch_writing",
            ],
            Self::Diplomas => &[
                "education_level",
                "education_title",
                "education_field",
                "education_status",
                "diploma",
                "diploma_date",
                "credential_evaluation",
                "credential_level_nl",
            ],
            Self::Experience => &[
                "occupation",
                "occupation_code",
                "experience",
                "experience_years",
                "experience_months",
                "experience_from",
                "experience_to",
            ],
        }
    }
}

/// A file beside a table.
#[derive(Debug, Clone, Copy)]
pub struct LongTable<'a> {
    /// What it holds.
    pub kind: LongKind,
    /// What the report calls it.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// The rows of the files beside a table, by id.
#[derive(Default)]
pub(super) struct Beside {
    items: HashMap<String, Map<String, Value>>,
    /// Lists of which a row was refused: not complete, so not known.
    incomplete: HashSet<(String, &'static str)>,
    /// The file and line on which an id was first met.
    places: HashMap<String, Vec<(usize, u64)>>,
    pub(super) reports: Vec<Report>,
}

impl Beside {
    pub(super) fn read(
        files: &[LongTable<'_>],
        settings: &ImportSettings<'_>,
        tally: &mut Vec<(String, Tally)>,
    ) -> Result<Self, (String, ReadError)> {
        let mut beside = Self::default();
        for (number, file) in files.iter().enumerate() {
            let failed = |error| (file.name.to_owned(), error);
            let mut report = Report { file: file.name.to_owned(), ..Report::default() };
            let table = Table::read(file.bytes, Side::Candidate, None, &|_| false, &mut report)
                .map_err(failed)?;
            let only = Some(file.kind.fields());
            let wanted = Wanted {
                side: Side::Candidate,
                mapping: None,
                is_pseudonymised: settings.key.is_some(),
                only,
            };
            let plan = Plan::new(&table, &wanted, &mut report);
            if let Some(fault) = plan.faults.into_iter().next() {
                return Err(failed(ReadError::Content(fault)));
            }
            let plan = Plan { faults: Vec::new(), ..plan };
            let Some(identity) = plan.identity else { continue };
            let setting = Setting { as_of: settings.as_of, full_time: None, statuses: None };
            let mut counts = Tally::new(&plan);
            for row in &table.rows {
                report.read += 1;
                let id = row.cell(identity).to_owned();
                let mut keys = Keys::default();
                for column in &plan.columns {
                    let outcome = keys.read(&plan, column, row, &setting);
                    counts.count(column, row, outcome, &mut report);
                }
                let mut keys = keys.finish(Side::Candidate);
                keys.retain(|key, _| key == file.kind.key());
                // A language alone on its row says nothing of another one.
                if file.kind == LongKind::Languages
                    && let Some(Value::Array(spoken)) = keys.get_mut("languages")
                {
                    spoken.truncate(1);
                }
                let mut record = keys.clone();
                record.insert(
                    "id".to_owned(),
                    json!(if settings.key.is_some() { "x" } else { id.as_str() }),
                );
                let uneven =
                    row.cells.len() < table.header.names.len() && table.separator.is_some();
                let judged = if uneven {
                    Err(crate::jsonl::Fault::new(Code::UnevenRow))
                } else {
                    judge::<Candidate>(record)
                };
                let places = beside.places.entry(id.clone()).or_default();
                if places.iter().all(|(file, _)| *file != number) {
                    places.push((number, row.line));
                }
                match judged {
                    Err(fault) => {
                        report.refused.push(Refused {
                            file: report.file.clone(),
                            line: row.line,
                            record: report.read,
                            byte: u64::try_from(row.from).unwrap_or(u64::MAX),
                            column: super::column_of(&table, &plan, row, &fault.path.to_string()),
                            path: fault.path.to_string(),
                            code: fault.code,
                            rule: fault.detail.rule(fault.code),
                            hint: fault.detail.hint(fault.code),
                        });
                        beside.incomplete.insert((id, file.kind.key()));
                        report.stopped |= settings.on_refusal == OnRefusal::Stop;
                        if report.stopped {
                            break;
                        }
                    }
                    Ok(_) => {
                        report.accepted += 1;
                        beside.add(file.kind, &id, keys, row.line, &mut report);
                    }
                }
            }
            tally.push((file.name.to_owned(), counts));
            report.finish();
            beside.reports.push(report);
        }
        Ok(beside)
    }

    fn add(
        &mut self,
        kind: LongKind,
        id: &str,
        keys: Map<String, Value>,
        line: u64,
        report: &mut Report,
    ) {
        /// Nobody has more of anything; each is compared with those before it.
        const MOST: usize = 1_000;
        let known = self.items.entry(id.to_owned()).or_default();
        for (key, value) in keys {
            let Value::Array(new) = value else { continue };
            let list = known.entry(key).or_insert_with(|| Value::Array(Vec::new()));
            let Value::Array(list) = list else { continue };
            for item in new {
                if list.contains(&item) {
                    report.merged += 1;
                    report.warn(Code::Merged, "", line);
                } else if list.len() >= MOST {
                    // A list without its end would say that the rest is not there.
                    report.warn(Code::NotUnderstood, kind.key(), line);
                    self.incomplete.insert((id.to_owned(), kind.key()));
                } else {
                    list.push(item);
                }
            }
        }
    }

    /// Adds what the files say of a person to the keys of the record.
    pub(super) fn join(&mut self, id: &str, keys: &mut Map<String, Value>) {
        if self.reports.is_empty() {
            return;
        }
        self.places.remove(id);
        let Some(items) = self.items.get(id) else { return };
        for (key, value) in items {
            let Value::Array(new) = value else { continue };
            let list = keys.entry(key).or_insert_with(|| Value::Array(Vec::new()));
            let Value::Array(list) = list else { continue };
            // An entry that only keeps a question open gives way to the list.
            list.retain(|item| !is_open_question(item));
            for item in new {
                let code = item.get("code").filter(|_| key == "languages");
                if !list.contains(item)
                    && (code.is_none() || list.iter().all(|known| known.get("code") != code))
                {
                    list.push(item.clone());
                }
            }
        }
        for kind in
            [LongKind::Skills, LongKind::Languages, LongKind::Diplomas, LongKind::Experience]
        {
            if self.incomplete.contains(&(id.to_owned(), kind.key())) {
                keys.remove(kind.key());
            }
        }
    }

    /// Counts the ids that the table does not have.
    pub(super) fn orphans(&mut self) {
        let mut places: Vec<(usize, u64)> =
            self.places.drain().flat_map(|(_, places)| places).collect();
        places.sort_unstable();
        for (file, line) in places {
            if let Some(report) = self.reports.get_mut(file) {
                report.warn(Code::Orphan, "id", line);
                report.finish();
            }
        }
    }
}

fn is_open_question(item: &Value) -> bool {
    item.as_object().is_some_and(|keys| keys.len() == 1 && keys.contains_key("code"))
}
