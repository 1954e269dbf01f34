// SPDX-License-Identifier: EUPL-1.2
//! People and vacancies that were opened once and are used as often as wanted.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use passend::{Candidate, Day, Market, Vacancy};
use passend_io::{Access, AtomicFile, AuditLine, Record, write};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping};
use pythonize::pythonize;

use crate::arguments::plain_text;
use crate::door::{self, Input, Limit, Opened, Opening, long};
use crate::engine::Engine;
use crate::failure::{Failure, Issue, internal, text};
use crate::job;
use crate::lines::Lines;
use crate::options::Options;

/// People, opened once.
#[pyclass(frozen, module = "passend")]
#[derive(Debug)]
pub(crate) struct Candidates {
    input: Arc<Input<Candidate>>,
}

/// Vacancies, opened once; what is prepared of them for a day is kept.
#[pyclass(frozen, module = "passend")]
#[derive(Debug)]
pub(crate) struct Vacancies {
    input: Arc<Input<Vacancy>>,
    prepared: Mutex<Option<(u64, Day, Market)>>,
}

/// A side of the market that may have been opened before.
pub(crate) trait Side: Record + Sized + Send + 'static {
    /// What was opened, if this is it.
    fn opened(given: &Bound<'_, PyAny>) -> Option<Arc<Input<Self>>>;
}

impl Side for Candidate {
    fn opened(given: &Bound<'_, PyAny>) -> Option<Arc<Input<Self>>> {
        given.cast::<Candidates>().ok().map(|opened| Arc::clone(&opened.get().input))
    }
}

impl Side for Vacancy {
    fn opened(given: &Bound<'_, PyAny>) -> Option<Arc<Input<Self>>> {
        given.cast::<Vacancies>().ok().map(|opened| Arc::clone(&opened.get().input))
    }
}

/// The records of a side: opened before, or read now.
pub(crate) fn side<T: Side>(
    given: &Bound<'_, PyAny>,
    argument: &'static str,
    limit: Limit,
) -> PyResult<Arc<Input<T>>> {
    match T::opened(given) {
        Some(opened) => Ok(opened),
        None => door::read(given, argument, limit).map(Arc::new),
    }
}

/// One record; what is wrong with it ends the call.
pub(crate) fn one<T: Side + Clone>(
    given: &Bound<'_, PyAny>,
    argument: &'static str,
) -> PyResult<T> {
    let read: Arc<Input<T>> = side(given, argument, Limit { strict: true, percent: 0 })?;
    match read.records.as_slice() {
        [record] => Ok(record.clone()),
        _ => Err(Failure::raise_usage(
            argument,
            "expected one record",
            text(
                "Geef één record, bijvoorbeeld een dict.",
                "Give one record, for instance a dict.",
            ),
        )),
    }
}

/// Vacancies prepared for a day, without people. Those of opened ones are kept for the next call.
pub(crate) fn work(
    py: Python<'_>,
    engine: &Engine,
    given: &Bound<'_, PyAny>,
    as_of: Day,
    limit: Limit,
) -> PyResult<(Arc<Input<Vacancy>>, Market)> {
    let input: Arc<Input<Vacancy>> = side(given, "vacancies", limit)?;
    let market = prepared(py, engine, given, &input, as_of)?;
    Ok((input, market))
}

/// What was given and read, prepared for a day.
pub(crate) fn prepared(
    py: Python<'_>,
    engine: &Engine,
    given: &Bound<'_, PyAny>,
    input: &Arc<Input<Vacancy>>,
    as_of: Day,
) -> PyResult<Market> {
    let opened = given.cast::<Vacancies>().ok();
    let kept = opened.as_ref().and_then(|opened| {
        let prepared = opened.get().prepared.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, day, market) = prepared.as_ref()?;
        (*number == engine.number && *day == as_of).then(|| market.clone())
    });
    if let Some(market) = kept {
        return Ok(market);
    }
    let market = job::run(py, &Arc::default(), None, {
        let (engine, input) = (engine.engine.clone(), Arc::clone(input));
        move || engine.market(&[], &input.records, as_of)
    })?
    .map_err(internal)?;
    if let Some(opened) = opened {
        let mut prepared = opened.get().prepared.lock().unwrap_or_else(PoisonError::into_inner);
        *prepared = Some((engine.number, as_of, market.clone()));
    }
    Ok(market)
}

const KEYWORDS: [&str; 6] = ["id", "protected", "audit", "as_of", "strict", "max_refused"];

fn opened<T: Record + Send + 'static>(
    given: &Bound<'_, PyAny>,
    argument: &'static str,
    options: &Options<'_>,
    beside: Vec<(&'static str, &'static str, Bound<'_, PyAny>)>,
) -> PyResult<Input<T>> {
    let py = given.py();
    let id = options.get("id")?.map(|id| {
        plain_text(&id).ok_or_else(|| {
            Failure::raise_usage(
                "id",
                "expected the name of a column",
                text("Geef een naam.", "Give a name."),
            )
        })
    });
    let leaves_out = match options.get("protected")? {
        None => false,
        Some(given) if plain_text(&given).as_deref() == Some("drop") => true,
        Some(_) => {
            return Err(Failure::raise_usage(
                "protected",
                "expected \"drop\" or nothing",
                text("Geef \"drop\" of niets.", "Give \"drop\" or nothing."),
            ));
        }
    };
    let audit = options.get("audit")?;
    let opening = Opening {
        limit: options.limit()?,
        id: id.transpose()?.unwrap_or_else(|| "id".to_owned()),
        beside,
        // Who wants it apart does not want it in.
        leaves_out: leaves_out || audit.is_some(),
        as_of: options.day("as_of")?,
    };
    let Opened { input, audit: kept_out } = door::open(given, argument, &opening)?;
    if let Some(audit) = audit {
        keep(py, &audit, kept_out)?;
    }
    Ok(input)
}

/// Puts what may not count where an audit finds it: a file that only its owner reads, or a mapping.
fn keep(py: Python<'_>, audit: &Bound<'_, PyAny>, lines: Vec<AuditLine>) -> PyResult<()> {
    if let Ok(mapping) = audit.cast::<PyMapping>() {
        return mapping.set_item("audit", Py::new(py, Lines::of_audit(lines))?);
    }
    let path: PathBuf = audit.extract().map_err(|_| {
        Failure::raise_usage(
            "audit",
            "expected a path, or a dict that receives the table",
            text("Geef een pad of een dict.", "Give a path or a dict."),
        )
    })?;
    let name = path.display().to_string();
    let written = py.detach(|| {
        let mut out = BufWriter::new(AtomicFile::create(&path, Access::Owner)?);
        write::audit(&mut out, &lines)?;
        out.flush()?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.commit()
    });
    written.map_err(|error: std::io::Error| {
        PyOSError::new_err(format!("`{name}` cannot be written: {error}"))
    })
}

/// How the reading went: counts and repairs, never a value.
fn summary<'py, T>(py: Python<'py>, input: &Input<T>) -> PyResult<Bound<'py, PyDict>> {
    let summary = PyDict::new(py);
    summary.set_item("read", input.report.read)?;
    summary.set_item("accepted", input.report.accepted)?;
    summary.set_item("merged", input.report.merged)?;
    summary.set_item("refused", input.issues.len())?;
    summary.set_item("warnings", pythonize(py, &input.report.warnings)?)?;
    Ok(summary)
}

fn shown<T>(input: &Input<T>, name: &str) -> String {
    let refused = match input.issues.len() {
        0 => String::new(),
        refused => format!(", {refused} rows refused (see .issues)"),
    };
    format!("<passend.{name} {}{refused}>", input.records.len())
}

fn jsonl<T: Record + 'static>(py: Python<'_>, input: &Arc<Input<T>>) -> PyResult<String> {
    let input = Arc::clone(input);
    let text = job::run(py, &Arc::default(), None, move || {
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let _ = write::jsonl(&mut text, &input.records);
        text
    })?;
    String::from_utf8(text).map_err(internal)
}

#[pymethods]
impl Candidates {
    #[new]
    #[pyo3(
        signature = (people, **options),
        text_signature = "(people, *, skills=None, languages=None, diplomas=None, experience=None, id='id', protected=None, audit=None, as_of=None, strict=False, max_refused=5)"
    )]
    fn new(people: &Bound<'_, PyAny>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let lists = long::KINDS.map(|(name, _)| name);
        let known: Vec<_> = lists.into_iter().chain(KEYWORDS).collect();
        let options = Options::new(people.py(), options, &known)?;
        let mut beside = Vec::new();
        for (name, key) in long::KINDS {
            beside.extend(options.get(name)?.map(|given| (name, key, given)));
        }
        let input = opened(people, "candidates", &options, beside)?;
        Ok(Self { input: Arc::new(input) })
    }

    fn __len__(&self) -> usize {
        self.input.records.len()
    }

    /// The ids, in order of the rows.
    #[getter]
    fn ids(&self) -> Vec<&str> {
        self.input.records.iter().map(|one| one.id.as_str()).collect()
    }

    /// The rows that were refused, as a table.
    #[getter]
    fn issues(&self) -> Lines {
        Lines::of_issues(&self.input.issues)
    }

    /// How the reading went: counts and repairs.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        summary(py, &self.input)
    }

    /// The records as JSON Lines.
    fn to_jsonl(&self, py: Python<'_>) -> PyResult<String> {
        jsonl(py, &self.input)
    }

    /// What is known of each person on a day, with codes resolved: a row for each, to be searched.
    #[pyo3(
        signature = (as_of, *, engine=None),
        text_signature = "($self, as_of, *, engine=None)"
    )]
    fn facts(
        &self,
        py: Python<'_>,
        as_of: &Bound<'_, PyAny>,
        engine: Option<&Bound<'_, Engine>>,
    ) -> PyResult<Lines> {
        let as_of = crate::arguments::day("as_of", as_of)?;
        let engine = engine.map(|engine| engine.get().engine.clone()).unwrap_or_default();
        let input = Arc::clone(&self.input);
        let facts =
            job::run(py, &Arc::default(), None, move || engine.facts(&input.records, as_of))?;
        Ok(Lines::new(facts.map_err(internal)?))
    }

    fn __repr__(&self) -> String {
        shown(&self.input, "Candidates")
    }
}

#[pymethods]
impl Vacancies {
    #[new]
    #[pyo3(
        signature = (vacancies, **options),
        text_signature = "(vacancies, *, id='id', protected=None, audit=None, as_of=None, strict=False, max_refused=5)"
    )]
    fn new(vacancies: &Bound<'_, PyAny>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let options = Options::new(vacancies.py(), options, &KEYWORDS)?;
        let input = opened(vacancies, "vacancies", &options, Vec::new())?;
        Ok(Self { input: Arc::new(input), prepared: Mutex::new(None) })
    }

    fn __len__(&self) -> usize {
        self.input.records.len()
    }

    /// The ids, in order of the rows.
    #[getter]
    fn ids(&self) -> Vec<&str> {
        self.input.records.iter().map(|one| one.id.as_str()).collect()
    }

    /// The rows that were refused, as a table.
    #[getter]
    fn issues(&self) -> Lines {
        Lines::of_issues(&self.input.issues)
    }

    /// How the reading went: counts and repairs.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        summary(py, &self.input)
    }

    /// The records as JSON Lines.
    fn to_jsonl(&self, py: Python<'_>) -> PyResult<String> {
        jsonl(py, &self.input)
    }

    fn __repr__(&self) -> String {
        shown(&self.input, "Vacancies")
    }
}

/// The issues of both sides, in order.
pub(crate) fn issues<A, B>(a: &Input<A>, b: &Input<B>) -> Vec<Issue> {
    a.issues.iter().chain(&b.issues).cloned().collect()
}
