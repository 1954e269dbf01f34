// SPDX-License-Identifier: EUPL-1.2
//! Whether lists differ between groups, and that who somebody is changes nothing: beside the score, never in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use passend::Candidate;
use passend_io::{
    AuditFile, Code, Fairness, FairnessFileError, FlippedTable, ImportSettings, ImportedTable,
    fairness as measure, import_table, read_audit, read_listed,
};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Map, Value};

use crate::door::within_limit;
use crate::engine::Engine;
use crate::failure::{Failure, bad_file, internal, text};
use crate::happened::result_lines;
use crate::job::{self, Progress};
use crate::lines::Lines;
use crate::options::Options;
use crate::rows::{Given, file, given};
use crate::sides::work;
use crate::study::rules;

/// How often each group of an audit table is listed in a result that was made without it.
#[pyfunction]
#[pyo3(
    signature = (result, audit, **options),
    text_signature = "(result, audit, *, k=10, threshold=10, rounding=5, protection=None)"
)]
pub(crate) fn fairness(
    py: Python<'_>,
    result: &Bound<'_, PyAny>,
    audit: &Bound<'_, PyAny>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Lines> {
    let options = Options::new(py, options, &["k", "threshold", "rounding", "protection"])?;
    let k = options.number("k", 10, 1, i64::from(u32::MAX))?;
    let k = u32::try_from(k).map_err(internal)?;
    let rules = rules(&options)?;
    let wrong =
        |code, argument| move |error: FairnessFileError| Failure::coded(code, argument, &error);
    let pairs = result_lines(result, "result")?;
    let audit = match given(audit, "audit")? {
        Given::File(_, bytes) => read_audit(&bytes),
        Given::Rows(rows) => groups(&rows),
    };
    let audit = audit.map_err(wrong(Code::BadAudit, "audit"))?;
    let measured = job::run(py, &Arc::default(), None, move || {
        Ok(measure(&read_listed(&pairs)?, &audit, k, &rules))
    })?;
    let Fairness { lines, detail, unknown, refused } =
        measured.map_err(wrong(Code::BadResults, "result"))?;
    if let (true, Some((_, error))) = (lines.is_empty(), refused.first()) {
        return Err(Failure::coded(Code::UnsafeTable, "audit", error));
    }
    let reasons = refused.into_iter().map(|(attribute, error)| (attribute, error.to_string()));
    Lines::new(lines)
        .with_lines(py, "detail", Lines::new(detail))?
        .with_value(py, "unknown", &unknown)?
        .with_value(py, "refused", &reasons.collect::<BTreeMap<_, _>>())
}

/// Groups by id, out of rows; the attributes are the columns in order of their first use.
fn groups(rows: &[Map<String, Value>]) -> Result<AuditFile, FairnessFileError> {
    let mut attributes: Vec<String> = Vec::new();
    for key in rows.iter().flat_map(Map::keys) {
        if key != "id" && !attributes.contains(key) {
            attributes.push(key.clone());
        }
    }
    let word = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let rows = rows.iter().map(|row| {
        (word(row.get("id")), attributes.iter().map(|key| word(row.get(key))).collect())
    });
    AuditFile::new(attributes.clone(), rows.collect::<Vec<_>>())
}

/// Imports a table of people and matches, twice, the second time with everybody somebody else.
pub(crate) fn flip(
    engine: &Engine,
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    vacancies: &Bound<'_, PyAny>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Lines> {
    let known = ["as_of", "k", "threads", "progress", "strict", "max_refused"];
    let options = Options::new(py, options, &known)?;
    let (as_of, limit, progress) = (options.as_of()?, options.limit()?, options.progress()?);
    let request = options.request()?;
    let (path, bytes) = file(table, "table")?.ok_or_else(|| {
        Failure::raise_usage(
            "table",
            "expected the path of a table: what is tested is the way from a file to the lists",
            text("Geef het pad van een CSV of XLSX.", "Give the path of a CSV or XLSX."),
        )
    })?;
    let imported = job::run(py, &Arc::default(), None, move || {
        let own = import_table::<Candidate>(&bytes, "table", &ImportSettings::on(as_of))?;
        Ok((own, FlippedTable::import(&bytes, "table", as_of)?))
    })?;
    let (ImportedTable { batch, faults, .. }, other) = imported
        .map_err(|error: passend_io::ImportError| bad_file(&path, "table", &error.source))?;
    if let Some(fault) = faults.first() {
        return Err(bad_file(&path, "table", fault));
    }
    let own = within_limit(batch, "table", limit)?;
    let (_, market) = work(py, engine, vacancies, as_of, limit)?;
    let watch = Arc::new(passend::Watch::new());
    let total = own.records.len().saturating_mul(2);
    let progress = progress.as_ref().map(|tell| Progress { tell, total });
    let seen = Arc::clone(&watch);
    let found = job::run(py, &watch, progress.as_ref(), move || {
        other.compare(&own.records, &market, &request, &seen)
    })?
    .map_err(internal)?;
    let same = found.is_same();
    Lines::new(found.changed)
        .with_value(py, "same", &same)?
        .with_value(py, "rows", &found.rows)?
        .with_value(py, "records", &found.records)?
        .with_value(py, "lines", &found.lines)?
        .with_value(py, "different_records", &found.different_records)?
        .with_value(py, "different_lines", &found.different_lines)
}
