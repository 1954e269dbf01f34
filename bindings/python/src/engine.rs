// SPDX-License-Identifier: EUPL-1.2
//! The engine, as Python sees it.

use std::sync::Arc;

use passend::{Candidate, Request, Vacancy, Vocabulary, Watch};
use passend_io::Record;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pythonize::pythonize;

use crate::arguments;
use crate::door::{self, Input, Limit};
use crate::explanation::Explanation;
use crate::failure::{Failure, text};
use crate::job::{self, Progress};
use crate::overlay;
use crate::result::{Asked, Found, Ranked};

/// A policy and a vocabulary: what decides. Never changed, used as often as wanted.
#[pyclass(frozen, module = "passend")]
#[derive(Debug)]
pub(crate) struct Engine {
    engine: passend::Engine,
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (policy=None, *, announced=None, places=None))]
    fn new(
        policy: Option<&Bound<'_, PyAny>>,
        announced: Option<&Bound<'_, PyAny>>,
        places: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let announced = match announced {
            Some(given) => arguments::flag("announced", given)?,
            None => false,
        };
        let mut policy = overlay::policy(policy, announced)?;
        if let Some(places) = places {
            policy = policy.with_places(overlay::places(places)?);
        }
        Ok(Self { engine: passend::Engine::new(policy, Vocabulary::starter()) })
    }

    /// Rank vacancies for people, or people for vacancies, and say why.
    #[pyo3(
        name = "match",
        signature = (candidates, vacancies, *, as_of, k=None, by=None, when=None, sure=None, detail=None, threads=None,
            progress=None, strict=None, max_refused=None),
        text_signature = "($self, candidates, vacancies, *, as_of, k=10, by='candidate', when=None, sure=False, detail='full', threads=0, progress=None, strict=False, max_refused=5)"
    )]
    #[expect(clippy::too_many_arguments, reason = "keywords of the Python method")]
    fn rank(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
        k: Option<&Bound<'_, PyAny>>,
        by: Option<&Bound<'_, PyAny>>,
        when: Option<&Bound<'_, PyAny>>,
        sure: Option<&Bound<'_, PyAny>>,
        detail: Option<&Bound<'_, PyAny>>,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
        strict: Option<&Bound<'_, PyAny>>,
        max_refused: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Ranked> {
        let flag =
            |name, given: Option<_>| given.map_or(Ok(false), |given| arguments::flag(name, given));
        let number = |name, given: Option<_>, usual, least, most| {
            given.map_or(Ok(usual), |given| arguments::number(name, given, least, most))
        };
        let usual = Request::default();
        let request = Request {
            k: number("k", k, usual.k, 1, i64::MAX)?,
            by: by.map_or(Ok(usual.by), arguments::by)?,
            when: arguments::when(when)?,
            sure: flag("sure", sure)?,
            detail: detail.map_or(Ok(usual.detail), arguments::detail)?,
            people: false,
            scorer: usual.scorer,
            threads: threads_of_its_own(number("threads", threads, 0, 0, i64::MAX)?),
        };
        let as_of = arguments::day("as_of", as_of)?;
        let percent = u8::try_from(number("max_refused", max_refused, 5, 0, 100)?).unwrap_or(100);
        let limit = Limit { strict: flag("strict", strict)?, percent };
        if let Some(progress) = progress.filter(|progress| !progress.is_callable()) {
            let kind = progress.get_type().name()?;
            return Err(Failure::raise_usage(
                "progress",
                format!("expected a function of (done, total), not `{kind}`"),
                text("Geef een functie (done, total).", "Give a function (done, total)."),
            ));
        }
        let people: Input<Candidate> = door::read(candidates, "candidates", limit)?;
        let work: Input<Vacancy> = door::read(vacancies, "vacancies", limit)?;
        let total = people.records.len();
        let asked = Asked::new(&self.engine, as_of, request, &people, &work);
        let watch = Arc::new(Watch::new());
        let progress = progress.map(|tell| Progress { tell, total });
        let found = job::run(py, &watch, progress.as_ref(), {
            let (watch, engine) = (Arc::clone(&watch), self.engine.clone());
            let (people, work) = (people.records, work.records);
            move || {
                let market =
                    engine.market(&people, &work, as_of).map_err(|error| error.to_string())?;
                drop((people, work));
                let ranking = market.rank(&request, &watch).map_err(|error| error.to_string())?;
                Ok(Found { market, ranking })
            }
        })?;
        let found = found.map_err(|error: String| {
            PyRuntimeError::new_err(format!("{error}; please report this"))
        })?;
        let issues = people.issues.into_iter().chain(work.issues).collect();
        Ok(Ranked::new(Arc::new(found), asked, issues))
    }

    /// Why a pair has its score and readiness; also for a pair that is closed.
    #[pyo3(signature = (candidate, vacancy, *, as_of))]
    fn explain(
        &self,
        py: Python<'_>,
        candidate: &Bound<'_, PyAny>,
        vacancy: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
    ) -> PyResult<Explanation> {
        let as_of = arguments::day("as_of", as_of)?;
        let person: Candidate = one(candidate, "candidate")?;
        let work: Vacancy = one(vacancy, "vacancy")?;
        let internal = |error: &dyn std::fmt::Display| {
            PyRuntimeError::new_err(format!("{error}; please report this"))
        };
        py.detach(|| {
            let (candidate, vacancy) = (person.id.clone(), work.id.clone());
            let market =
                self.engine.market(&[person], &[work], as_of).map_err(|error| internal(&error))?;
            let explanation =
                market.explain(&candidate, &vacancy).map_err(|error| internal(&error))?;
            Ok(Explanation::new(explanation))
        })
    }

    /// The rules whose period holds the day.
    #[pyo3(signature = (as_of))]
    fn rules<'py>(
        &self,
        py: Python<'py>,
        as_of: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let as_of = arguments::day("as_of", as_of)?;
        let policy = self.engine.policy();
        Ok(pythonize(py, &policy.rules(as_of, policy.announced()))?)
    }

    /// Whether announced rules decide.
    #[getter]
    fn announced(&self) -> bool {
        self.engine.policy().announced()
    }

    /// Versions of rules and vocabulary, and the weights.
    #[getter]
    fn versions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let versions = PyDict::new(py);
        versions.set_item("rules", self.engine.policy().version())?;
        versions.set_item("vocabulary", self.engine.vocabulary().version())?;
        versions.set_item("weights", self.engine.policy().weights().to_string())?;
        Ok(versions)
    }

    fn __repr__(&self) -> String {
        let policy = self.engine.policy();
        format!(
            "<passend.Engine\n  rules: {}\n  vocabulary: {}\n  weights: {}>",
            policy.version(),
            self.engine.vocabulary().version(),
            policy.weights()
        )
    }
}

/// One record; what is wrong with it ends the call.
fn one<T: Record + Send + 'static>(
    given: &Bound<'_, PyAny>,
    argument: &'static str,
) -> PyResult<T> {
    let mut read: Input<T> = door::read(given, argument, Limit { strict: true, percent: 0 })?;
    match (read.records.pop(), read.records.pop()) {
        (Some(record), None) => Ok(record),
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

/// How many threads of its own a call makes: those of the process do not survive a fork.
fn threads_of_its_own(asked: usize) -> usize {
    const MOST: usize = 1024;
    match asked {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        asked => asked,
    }
    .min(MOST)
}
