// SPDX-License-Identifier: EUPL-1.2
//! What happened before: events, the result before this one, and the figures of a pilot.

use std::sync::Arc;

use passend::{Candidate, Changes, Day, Event, History, Monitor};
use passend_io::{Batch, Code, Reading, read_changes, read_events};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;

use crate::door::{Input, Limit, within_limit};
use crate::failure::{Failure, bad_file};
use crate::job;
use crate::lines::Lines;
use crate::options::Options;
use crate::result::Ranked;
use crate::rows::{Given, given};
use crate::sides::side;

/// The events of a path, a table or dicts.
pub(crate) fn events(
    table: &Bound<'_, PyAny>,
    argument: &'static str,
    as_of: Day,
    limit: Limit,
) -> PyResult<Input<Event>> {
    let py = table.py();
    let given = given(table, argument)?;
    let path = match &given {
        Given::File(path, _) => path.clone(),
        Given::Rows(_) => argument.into(),
    };
    let lines = given.into_lines()?;
    let read = job::run(py, &Arc::default(), None, move || {
        read_events(lines.as_slice(), argument, as_of, Reading { threads: 1, ..Reading::default() })
    })?;
    let batch: Batch<Event> = read.map_err(|error| bad_file(&path, argument, &error))?;
    within_limit(batch, argument, limit)
}

/// What happened up to a day; nothing if nothing was given.
pub(crate) fn history(
    given: Option<&Bound<'_, PyAny>>,
    as_of: Day,
    limit: Limit,
) -> PyResult<Option<(History, Input<Event>)>> {
    let Some(given) = given else { return Ok(None) };
    let events = events(given, "history", as_of, limit)?;
    Ok(Some((History::new(&events.records, as_of), events)))
}

/// What a result that was made before says: a result, or the path of its JSON Lines.
pub(crate) fn since(given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Changes>> {
    let Some(given) = given else { return Ok(None) };
    let lines = result_lines(given, "since")?;
    let read = job::run(given.py(), &Arc::default(), None, move || read_changes(lines.as_slice()))?;
    read.map(Some).map_err(|error| Failure::coded(Code::BadResult, "since", &error))
}

/// The lines of a result, or the bytes of the file in which they were written.
pub(crate) fn result_lines(result: &Bound<'_, PyAny>, argument: &'static str) -> PyResult<Vec<u8>> {
    if let Ok(ranked) = result.cast::<Ranked>() {
        return ranked.get().jsonl(result.py());
    }
    given(result, argument)?.into_lines()
}

/// Lines of a match beside those before.
pub(crate) fn seen(changes: &mut Changes, lines: impl Iterator<Item = passend::MatchLine>) {
    for line in lines {
        changes.after(&line.candidate, &line.vacancy, line.listed());
    }
}

/// The figures of a pilot up to a day.
#[pyfunction]
#[pyo3(
    signature = (events, candidates=None, **options),
    text_signature = "(events, candidates=None, *, as_of, strict=False, max_refused=5)"
)]
pub(crate) fn monitor(
    py: Python<'_>,
    events: &Bound<'_, PyAny>,
    candidates: Option<&Bound<'_, PyAny>>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Lines> {
    let options = Options::new(py, options, &["as_of", "strict", "max_refused"])?;
    let (as_of, limit) = (options.as_of()?, options.limit()?);
    let events = self::events(events, "events", as_of, limit)?;
    let people: Option<Arc<Input<Candidate>>> =
        candidates.map(|given| side(given, "candidates", limit)).transpose()?;
    let figures = job::run(py, &Arc::default(), None, move || {
        Monitor::new(&events.records, people.as_ref().map(|one| one.records.as_slice()), as_of)
    })?;
    let Monitor { first_day, as_of, people, elsewhere, later, counts, days, declined } = figures;
    let summary = json!({
        "first_day": first_day,
        "as_of": as_of,
        "people": people,
        "elsewhere": elsewhere,
        "later": later,
    });
    Lines::new(counts)
        .with_lines(py, "days", Lines::new(days))?
        .with_lines(py, "declined", Lines::new(declined))?
        .with_value(py, "summary", &summary)
}
