// SPDX-License-Identifier: EUPL-1.2
//! The logger `passend` of Python's `logging`: how reading went, and what was left out; never a value.
//!
//! Nothing is told, and `logging` is not even imported, as long as the program does not use it.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

const INFO: u8 = 20;
const WARNING: u8 = 30;

/// What was done.
pub(crate) fn info(py: Python<'_>, line: impl FnOnce() -> String) -> PyResult<()> {
    tell(py, INFO, || [line()])
}

/// Something that was left out or does nothing.
pub(crate) fn warning(py: Python<'_>, line: impl FnOnce() -> String) -> PyResult<()> {
    tell(py, WARNING, || [line()])
}

/// Several of them.
pub(crate) fn warnings<L: IntoIterator<Item = String>>(
    py: Python<'_>,
    lines: impl FnOnce() -> L,
) -> PyResult<()> {
    tell(py, WARNING, lines)
}

fn tell<L: IntoIterator<Item = String>>(
    py: Python<'_>,
    level: u8,
    lines: impl FnOnce() -> L,
) -> PyResult<()> {
    let Some(logger) = logger(py)? else { return Ok(()) };
    if logger.call_method1("isEnabledFor", (level,))?.is_truthy()? {
        for line in lines() {
            // The line is no template.
            logger.call_method1("log", (level, "%s", line))?;
        }
    }
    Ok(())
}

fn logger(py: Python<'_>) -> PyResult<Option<&Bound<'_, PyAny>>> {
    static LOGGER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if let Some(logger) = LOGGER.get(py) {
        return Ok(Some(logger.bind(py)));
    }
    let modules = py.import("sys")?.getattr("modules")?;
    if !modules.contains("logging")? {
        return Ok(None);
    }
    let logging = py.import("logging")?;
    let logger = logging.call_method1("getLogger", ("passend",))?;
    // As libraries do: without it Python prints warnings that nobody asked for.
    logger.call_method1("addHandler", (logging.call_method0("NullHandler")?,))?;
    Ok(Some(LOGGER.get_or_init(py, || logger.unbind()).bind(py)))
}
