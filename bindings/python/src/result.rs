// SPDX-License-Identifier: EUPL-1.2
//! What a match gives, as Python sees it.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use passend::{
    By, Change, Day, ExplainError, HistoryCounts, Lang, Market, Ranking, Request, Spread, Versions,
    Watch, When,
};
use passend_io::write::{About, Dialect};
use passend_io::{Code, Hashed, Report, Warning, write};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pythonize::pythonize;
use serde::Serialize;

use crate::arguments;
use crate::door::Input;
use crate::explanation::Explanation;
use crate::failure::{Failure, Issue, internal};
use crate::frame::{Frame, helper};
use crate::lines::{Lines, form, write_file};
use crate::people::People;
use crate::{job, page};

/// A ranking and the market that it ranks, from which lines are made when they are asked.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) market: Market,
    pub(crate) ranking: Ranking,
}

impl Found {
    fn jsonl(&self) -> Vec<u8> {
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let _ = write::jsonl(&mut text, self.ranking.lines(&self.market));
        text
    }
}

/// What was asked of what, for the summary.
#[derive(Debug)]
pub(crate) struct Asked {
    as_of: Day,
    request: Request,
    versions: Versions,
    candidates: Counts,
    vacancies: Counts,
}

/// How the reading of one side went.
#[derive(Debug, Clone, Serialize)]
struct Counts {
    read: u64,
    accepted: u64,
    merged: u64,
    refused: usize,
    warnings: Vec<Warning>,
}

impl Counts {
    fn new(report: &Report, issues: &[Issue]) -> Self {
        Self {
            read: report.read,
            accepted: report.accepted,
            merged: report.merged,
            refused: issues.len(),
            warnings: report.warnings.clone(),
        }
    }
}

impl Asked {
    pub(crate) fn new<C, V>(
        engine: &passend::Engine,
        as_of: Day,
        request: Request,
        candidates: &Input<C>,
        vacancies: &Input<V>,
    ) -> Self {
        Self {
            as_of,
            request,
            versions: engine.versions(),
            candidates: Counts::new(&candidates.report, &candidates.issues),
            vacancies: Counts::new(&vacancies.report, &vacancies.issues),
        }
    }
}

/// What a match gives: a table of pairs, best first, and what is known around it.
#[pyclass(frozen, module = "passend", name = "Result")]
#[derive(Debug)]
pub(crate) struct Ranked {
    found: Arc<Found>,
    asked: Asked,
    issues: Vec<Issue>,
    before: Before,
    hash: OnceLock<String>,
    frame: OnceLock<Frame>,
}

/// What a match says of what was before it.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// How many people, vacancies and pairs are left out, and why.
    pub(crate) left_out: Option<HistoryCounts>,
    /// The pairs that changed since the result before.
    pub(crate) changes: Option<Vec<Change>>,
    /// What spreading did to the lists.
    pub(crate) spread: Option<Spread>,
}

impl Ranked {
    pub(crate) fn new(found: Arc<Found>, asked: Asked, issues: Vec<Issue>, before: Before) -> Self {
        let (hash, frame) = (OnceLock::new(), OnceLock::new());
        Self { found, asked, issues, before, hash, frame }
    }

    /// Works on the lines without the interpreter lock.
    fn work<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&Found) -> T + Send + 'static,
    ) -> PyResult<T> {
        let found = Arc::clone(&self.found);
        job::run(py, &Arc::new(Watch::new()), None, move || work(&found))
    }

    /// The JSON Lines.
    pub(crate) fn jsonl(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        self.work(py, Found::jsonl)
    }

    fn frame(&self, py: Python<'_>) -> PyResult<&Frame> {
        if self.frame.get().is_none() {
            let with_side = self.asked.request.by == By::Both;
            let frame = self
                .work(py, move |found| {
                    Frame::of_lines(found.ranking.lines(&found.market), with_side)
                })?
                .map_err(internal)?;
            // Another thread may have been first; its frame is the same.
            let _ = self.frame.set(frame);
        }
        self.frame.get().ok_or_else(|| internal("no frame"))
    }
}

#[pymethods]
impl Ranked {
    fn __len__(&self) -> usize {
        self.found.ranking.len()
    }

    fn __bool__(&self) -> bool {
        !self.found.ranking.is_empty()
    }

    /// The pairs as JSON Lines: the bytes that the program writes.
    fn to_jsonl(&self, py: Python<'_>) -> PyResult<String> {
        let text = self.jsonl(py)?;
        String::from_utf8(text).map_err(internal)
    }

    /// SHA-256 of the JSON Lines: what every door gives for the same input.
    #[getter]
    fn hash(&self, py: Python<'_>) -> PyResult<String> {
        if let Some(known) = self.hash.get() {
            return Ok(known.clone());
        }
        let made = self.work(py, |found| {
            let mut hashed = Hashed::new(std::io::sink());
            let _ = write::jsonl(&mut hashed, found.ranking.lines(&found.market));
            hashed.finish().1
        })?;
        Ok(self.hash.get_or_init(|| made).clone())
    }

    /// The pairs as dicts, with the keys of the JSON Lines.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let lines =
            self.work(py, |found| found.ranking.lines(&found.market).collect::<Vec<_>>())?;
        Ok(pythonize(py, &lines)?)
    }

    /// The pairs as a polars frame.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        helper(slf.py(), "to_polars")?.call1((slf,))
    }

    /// The pairs as a pandas frame.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        helper(slf.py(), "to_pandas")?.call1((slf,))
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.frame(py)?.stream(py, requested_schema)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        self.frame(py)?.schema(py)
    }

    /// Writes the pairs to a file that is there whole or not at all, by how its name ends or by `format`.
    #[pyo3(
        signature = (path, *, format=None, lang=None),
        text_signature = "($self, path, *, format=None, lang='nl')"
    )]
    fn write(
        &self,
        py: Python<'_>,
        path: PathBuf,
        format: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let form = form(&path, format, &["jsonl", "csv", "csv-nl", "xlsx", "parquet"])?;
        let lang = arguments::lang(lang)?;
        let (found, versions) = (Arc::clone(&self.found), self.asked.versions.clone());
        let as_of = self.asked.as_of;
        write_file(py, path, move |mut out| {
            let lines = found.ranking.lines(&found.market);
            let about = About { as_of, versions: &versions, lang };
            match form.as_str() {
                "csv" => write::csv(&mut out, lines, Dialect::Plain),
                "csv-nl" => write::csv(&mut out, lines, Dialect::Dutch),
                "xlsx" => write::results_xlsx(&mut out, lines, about),
                "parquet" => write::results_parquet(&mut out, lines, about),
                _ => write::jsonl(&mut out, lines),
            }
        })
    }

    /// A line for each person, also without a match: how many vacancies, and what keeps them away.
    #[getter]
    fn people(&self, py: Python<'_>) -> PyResult<People> {
        // A match does not count for people: they are counted by the gates only when somebody wants to know.
        let request = Request { people: true, ..self.asked.request };
        let watch = Arc::new(Watch::new());
        let (found, seen) = (Arc::clone(&self.found), Arc::clone(&watch));
        let found = job::run(py, &watch, None, move || found.market.rank(&request, &seen))?
            .map(|ranking| ranking.people(&self.found.market).collect())
            .map_err(internal)?;
        Ok(People::new(found))
    }

    /// How many people, vacancies and pairs a history left out, and why; `None` without one.
    #[getter]
    fn left_out<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.before.left_out)?)
    }

    /// What spreading did to the lists, if asked: vacancies on a list and lists of the most listed one, before and after;
    /// pairs; points lost by all, and by one place.
    #[getter]
    fn spread<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.before.spread)?)
    }

    /// The pairs that are new, gone or moved since the result before; `None` without one.
    #[getter]
    fn changes(&self) -> Option<Lines> {
        self.before.changes.clone().map(Lines::new)
    }

    /// The rows that were refused.
    #[getter]
    fn issues<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.issues)?)
    }

    /// What was asked, what was read, what decided, and what is not listed.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        #[derive(Serialize)]
        struct Summary<'a> {
            lines: usize,
            later: u64,
            as_of: Day,
            by: &'a str,
            k: usize,
            when: String,
            sure: bool,
            candidates: &'a Counts,
            vacancies: &'a Counts,
            versions: &'a Versions,
        }
        let Asked { as_of, request, versions, candidates, vacancies } = &self.asked;
        let summary = Summary {
            lines: self.found.ranking.len(),
            later: self.found.ranking.later(),
            as_of: *as_of,
            by: match request.by {
                By::Candidate => "candidate",
                By::Vacancy => "vacancy",
                By::Both => "both",
            },
            k: request.k,
            when: match request.when {
                When::Now => "now".to_owned(),
                When::By(day) => day.to_string(),
                When::Horizon => "13 weeks".to_owned(),
                When::Any => "any".to_owned(),
            },
            sure: request.sure,
            candidates,
            vacancies,
            versions,
        };
        Ok(pythonize(py, &summary)?)
    }

    /// Why a pair has its score and readiness; also for a pair that is not listed.
    fn explain(
        &self,
        py: Python<'_>,
        candidate: &Bound<'_, PyAny>,
        vacancy: &Bound<'_, PyAny>,
    ) -> PyResult<Explanation> {
        let id = |argument, given| {
            arguments::plain_text(given).ok_or_else(|| {
                Failure::raise_usage(
                    argument,
                    "expected an id",
                    crate::failure::text("Geef het id als tekst.", "Give the id as text."),
                )
            })
        };
        let (candidate, vacancy) = (id("candidate", candidate)?, id("vacancy", vacancy)?);
        let explained = py.detach(|| self.found.market.explain(&candidate, &vacancy));
        let explained = explained.map_err(|error| match error {
            ExplainError::LeftOut => Failure::unknown(Code::NoPermission, "candidate"),
            ExplainError::NoVacancy => Failure::unknown(Code::UnknownVacancy, "vacancy"),
            _ => Failure::unknown(Code::UnknownCandidate, "candidate"),
        })?;
        Ok(Explanation::new(explained))
    }

    /// The first pairs as a part of an HTML page, without script.
    #[pyo3(signature = (lang=None, limit=None), text_signature = "($self, lang='nl', limit=20)")]
    fn html(
        &self,
        lang: Option<&Bound<'_, PyAny>>,
        limit: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        const USUAL: usize = 20;
        let lang = arguments::lang(lang)?;
        let limit =
            limit.map_or(Ok(USUAL), |given| arguments::number("limit", given, 0, i64::MAX))?;
        Ok(page::lines(&self.found, limit, lang))
    }

    /// What came of it, in numbers: from all people to those who can start now, and what stands in the way most.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        const SHOWN: usize = 20;
        let Asked { as_of, versions, candidates, vacancies, .. } = &self.asked;
        let about =
            format!("{as_of}; {}; {}; {}", versions.rules, versions.vocabulary, versions.weights);
        let (people, work) = (candidates.accepted, vacancies.accepted);
        self.work(py, move |found| {
            let mut page = page::summary(found, (people, work), &about, Lang::default());
            page.push_str(&page::lines(found, SHOWN, Lang::default()));
            page
        })
    }

    fn __repr__(&self) -> String {
        let Counts { accepted: people, .. } = self.asked.candidates;
        let Counts { accepted: work, .. } = self.asked.vacancies;
        let refused = match self.issues.len() {
            0 => String::new(),
            refused => format!(", {refused} rows refused (see .issues)"),
        };
        format!(
            "<passend.Result {} pairs of {people} candidates and {work} vacancies on {}{refused}>",
            self.found.ranking.len(),
            self.asked.as_of
        )
    }
}
