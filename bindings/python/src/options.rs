// SPDX-License-Identifier: EUPL-1.2
//! The keywords of a call that asks more than a few.

use passend::{Day, Request, When};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments;
use crate::door::Limit;
use crate::failure::{Failure, text};
use crate::frame::helper;

/// The keywords of a call.
pub(crate) struct Options<'py> {
    py: Python<'py>,
    given: Option<Bound<'py, PyDict>>,
}

impl<'py> Options<'py> {
    /// The keywords, of which no other than these may be given.
    pub(crate) fn new(
        py: Python<'py>,
        given: Option<&Bound<'py, PyDict>>,
        known: &[&str],
    ) -> PyResult<Self> {
        for name in given.into_iter().flat_map(PyDictMethods::keys) {
            let name = name.str()?;
            let name = name.to_string_lossy();
            if !known.contains(&&*name) {
                let known = known.join(", ");
                return Err(PyTypeError::new_err(format!(
                    "unexpected keyword argument '{name}'; known are {known}"
                )));
            }
        }
        Ok(Self { py, given: given.cloned() })
    }

    /// What was given for a keyword; `None` is as if it was not.
    pub(crate) fn get(&self, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(given) = &self.given else { return Ok(None) };
        Ok(given.get_item(name)?.filter(|value| !value.is_none()))
    }

    /// A day that must be given.
    pub(crate) fn as_of(&self) -> PyResult<Day> {
        match self.day("as_of")? {
            Some(day) => Ok(day),
            None => Err(PyTypeError::new_err("missing required keyword-only argument: 'as_of'")),
        }
    }

    pub(crate) fn day(&self, name: &str) -> PyResult<Option<Day>> {
        self.get(name)?.map(|given| arguments::day(name, &given)).transpose()
    }

    pub(crate) fn flag(&self, name: &str) -> PyResult<bool> {
        self.get(name)?.map_or(Ok(false), |given| arguments::flag(name, &given))
    }

    pub(crate) fn number(
        &self,
        name: &str,
        usual: usize,
        least: i64,
        most: i64,
    ) -> PyResult<usize> {
        self.get(name)?.map_or(Ok(usual), |given| arguments::number(name, &given, least, most))
    }

    pub(crate) fn when(&self) -> PyResult<When> {
        arguments::when(self.get("when")?.as_ref())
    }

    pub(crate) fn threads(&self) -> PyResult<usize> {
        Ok(threads_of_its_own(self.number("threads", 0, 0, i64::MAX)?))
    }

    /// What is asked of lists, by the keywords of these that the call has.
    pub(crate) fn request(&self) -> PyResult<Request> {
        Ok(Request {
            k: self.number("k", 10, 1, i64::MAX)?,
            when: self.when()?,
            sure: self.flag("sure")?,
            threads: self.threads()?,
            ..Request::default()
        })
    }

    /// What becomes of rows that are refused.
    pub(crate) fn limit(&self) -> PyResult<Limit> {
        let percent = self.number("max_refused", 5, 0, 100)?;
        let percent = u8::try_from(percent).unwrap_or(100);
        Ok(Limit { strict: self.flag("strict")?, percent })
    }

    /// Who wants to know how far a call is.
    pub(crate) fn progress(&self) -> PyResult<Option<Bound<'py, PyAny>>> {
        progress(self.py, self.get("progress")?.as_ref())
    }
}

/// A function of (done, total); `True` for a bar, nothing for `None` and `False`.
pub(crate) fn progress<'py>(
    py: Python<'py>,
    given: Option<&Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    match given {
        None => Ok(None),
        Some(given) if given.is_callable() => Ok(Some(given.clone())),
        Some(given) => match given.extract::<bool>() {
            Ok(false) => Ok(None),
            Ok(true) => Ok(Some(helper(py, "progress")?.call0()?)),
            Err(_) => {
                let kind = given.get_type().name()?;
                Err(Failure::raise_usage(
                    "progress",
                    format!("expected True or a function of (done, total), not `{kind}`"),
                    text(
                        "Geef True of een functie (done, total).",
                        "Give True or a function (done, total).",
                    ),
                ))
            }
        },
    }
}

/// How many threads of its own a call makes: those of the process do not survive a fork.
pub(crate) fn threads_of_its_own(asked: usize) -> usize {
    const MOST: usize = 1024;
    match asked {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        asked => asked,
    }
    .min(MOST)
}
