// SPDX-License-Identifier: EUPL-1.2
//! All people of a call with its vacancies: what most questions to the engine are about.

use std::fmt;
use std::sync::Arc;

use passend::{Candidate, Day, Market, Watch};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::door::{Input, Limit};
use crate::engine::Engine;
use crate::failure::internal;
use crate::job::{self, Progress};
use crate::options::Options;
use crate::sides::{side, work};

/// The two sides and keywords of a call.
pub(crate) type Call<'a, 'py> =
    (&'a Bound<'py, PyAny>, &'a Bound<'py, PyAny>, Option<&'a Bound<'py, PyDict>>);

/// People and vacancies as they were given, with the keywords of the call.
pub(crate) struct Population<'a, 'py> {
    engine: &'a Engine,
    sides: [&'a Bound<'py, PyAny>; 2],
    as_of: Day,
    limit: Limit,
    progress: Option<Bound<'py, PyAny>>,
    pub(crate) options: Options<'py>,
}

impl<'a, 'py> Population<'a, 'py> {
    /// `own` are the keywords beside those that every call has. Nothing is read yet, so that what is wrong with a keyword is
    /// told at once.
    pub(crate) fn new(
        engine: &'a Engine,
        py: Python<'py>,
        (candidates, vacancies, options): Call<'a, 'py>,
        own: &[&str],
    ) -> PyResult<Self> {
        let known = [own, &["as_of", "progress", "strict", "max_refused"]].concat();
        let options = Options::new(py, options, &known)?;
        let (as_of, limit, progress) = (options.as_of()?, options.limit()?, options.progress()?);
        Ok(Self { engine, sides: [candidates, vacancies], as_of, limit, progress, options })
    }

    /// The day of the call.
    pub(crate) const fn as_of(&self) -> Day {
        self.as_of
    }

    /// Reads both sides and does the work with their market; `total` is what progress counts to, by the number of people.
    pub(crate) fn run<T: Send + 'static, E: fmt::Display>(
        self,
        py: Python<'py>,
        total: impl FnOnce(usize) -> usize,
        ask: impl FnOnce(&Market, &Watch) -> Result<T, E> + Send + 'static,
    ) -> PyResult<T> {
        self.run_with(py, total, move |_, market, watch| ask(&market, watch))
    }

    /// The same for work that asks the records of the people too.
    pub(crate) fn run_with<T: Send + 'static, E: fmt::Display>(
        self,
        py: Python<'py>,
        total: impl FnOnce(usize) -> usize,
        ask: impl FnOnce(&[Candidate], Market, &Watch) -> Result<T, E> + Send + 'static,
    ) -> PyResult<T> {
        let Self { engine, sides: [candidates, vacancies], as_of, limit, progress, .. } = self;
        let people: Arc<Input<Candidate>> = side(candidates, "candidates", limit)?;
        let (_, work) = work(py, engine, vacancies, as_of, limit)?;
        let watch = Arc::new(Watch::new());
        let total = total(people.records.len());
        let progress = progress.as_ref().map(|tell| Progress { tell, total });
        let seen = Arc::clone(&watch);
        let done = job::run(py, &watch, progress.as_ref(), move || {
            let market =
                work.with_candidates(&people.records).map_err(|error| error.to_string())?;
            ask(&people.records, market, &seen).map_err(|error| error.to_string())
        })?;
        done.map_err(internal)
    }
}
