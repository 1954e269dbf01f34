// SPDX-License-Identifier: EUPL-1.2
//! The arguments of calls: read strictly, with words that say what was expected.

use passend::{By, Day, Detail, Lang, Reader, Text, When};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyList, PyString, PyTuple};

use crate::failure::{Failure, text};

/// A word out of a few.
pub(crate) fn word<T: Copy>(
    argument: &str,
    given: &Bound<'_, PyAny>,
    known: &[(&str, T)],
) -> PyResult<T> {
    let found = plain_text(given)
        .and_then(|word| known.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning));
    found.ok_or_else(|| {
        let names: Vec<_> = known.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let names = names.join(", ");
        Failure::raise_usage(
            argument,
            format!("expected one of {names}"),
            Text { nl: format!("Kies uit {names}."), en: format!("Choose from {names}.") },
        )
    })
}

/// The text of a `str`; `None` for anything else, and for text that is no Unicode.
pub(crate) fn plain_text(given: &Bound<'_, PyAny>) -> Option<String> {
    given.cast::<PyString>().ok()?.to_str().ok().map(str::to_owned)
}

/// What is in a list or tuple; else the one thing that was given.
pub(crate) fn several<'py>(given: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if given.is_instance_of::<PyList>() || given.is_instance_of::<PyTuple>() {
        return given.try_iter()?.collect();
    }
    Ok(vec![given.clone()])
}

/// `candidate`, `vacancy` or `both`.
pub(crate) fn by(given: &Bound<'_, PyAny>) -> PyResult<By> {
    word("by", given, &[("candidate", By::Candidate), ("vacancy", By::Vacancy), ("both", By::Both)])
}

/// `full` or `brief`.
pub(crate) fn detail(given: &Bound<'_, PyAny>) -> PyResult<Detail> {
    word("detail", given, &[("full", Detail::Full), ("brief", Detail::Brief)])
}

/// In which order each list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The best first.
    Rank,
    /// One that says nothing.
    Neutral,
}

/// `rank` or `neutral`.
pub(crate) fn order(given: &Bound<'_, PyAny>) -> PyResult<Order> {
    word("order", given, &[("rank", Order::Rank), ("neutral", Order::Neutral)])
}

/// `nl` or `en`; Dutch if nothing was given.
pub(crate) fn lang(given: Option<&Bound<'_, PyAny>>) -> PyResult<Lang> {
    let Some(given) = given else { return Ok(Lang::default()) };
    word("lang", given, &[("nl", Lang::Nl), ("en", Lang::En)])
}

/// `candidate`, `caseworker` or `employer`.
pub(crate) fn reader(given: &Bound<'_, PyAny>) -> PyResult<Reader> {
    let readers = [
        ("candidate", Reader::Candidate),
        ("caseworker", Reader::Caseworker),
        ("employer", Reader::Employer),
    ];
    word("reader", given, &readers)
}

/// `True` or `False`.
pub(crate) fn flag(argument: &str, given: &Bound<'_, PyAny>) -> PyResult<bool> {
    given.cast::<PyBool>().map(PyBoolMethods::is_true).map_err(|_| {
        Failure::raise_usage(
            argument,
            "expected True or False",
            text("Geef True of False.", "Give True or False."),
        )
    })
}

/// A whole number within bounds.
pub(crate) fn number(
    argument: &str,
    given: &Bound<'_, PyAny>,
    least: i64,
    most: i64,
) -> PyResult<usize> {
    let number = if given.is_instance_of::<PyBool>() { None } else { given.extract::<i64>().ok() };
    number
        .filter(|number| (least..=most).contains(number))
        .and_then(|number| usize::try_from(number).ok())
        .ok_or_else(|| {
            let (nl, en) = if most == i64::MAX {
                (format!("van {least} of meer"), format!("of {least} or more"))
            } else {
                (format!("van {least} tot en met {most}"), format!("from {least} to {most}"))
            };
            Failure::raise_usage(
                argument,
                format!("expected a whole number {en}"),
                Text {
                    nl: format!("Geef een heel getal {nl}."),
                    en: format!("Give a whole number {en}."),
                },
            )
        })
}

/// A day: a `datetime.date`, a `datetime` at midnight, or text such as `2026-11-25`.
pub(crate) fn day(argument: &str, given: &Bound<'_, PyAny>) -> PyResult<Day> {
    let written = plain_text(given).or_else(|| {
        let text: String = given.call_method0("isoformat").ok()?.extract().ok()?;
        Some(text.strip_suffix("T00:00:00").map(str::to_owned).unwrap_or(text))
    });
    written.and_then(|text| text.parse().ok()).ok_or_else(|| {
        Failure::raise_usage(
            argument,
            "expected a day between 1900 and 2199",
            text(
                "Geef een datetime.date of een tekst als \"2026-11-25\".",
                "Give a datetime.date or text such as \"2026-11-25\".",
            ),
        )
    })
}

/// `None`, `now`, `any` or a day.
pub(crate) fn when(given: Option<&Bound<'_, PyAny>>) -> PyResult<When> {
    let Some(given) = given else { return Ok(When::Horizon) };
    match plain_text(given).as_deref() {
        Some("now") => Ok(When::Now),
        Some("any") => Ok(When::Any),
        _ => day("when", given).map(When::By).map_err(|_| {
            Failure::raise_usage(
                "when",
                "expected None, \"now\", \"any\" or a day",
                text(
                    "Geef \"now\", \"any\", een dag, of niets voor 13 weken.",
                    "Give \"now\", \"any\", a day, or nothing for 13 weeks.",
                ),
            )
        }),
    }
}
