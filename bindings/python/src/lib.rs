// SPDX-License-Identifier: EUPL-1.2
//! Python interface of the passend matching engine: convert, call, convert back.
//!
//! Records come in by two doors, [`door::objects`] and [`door::table`]. Both write the text of each record and give it to
//! the reader of the files, so that a record means the same and fails the same whichever way it came. The interpreter lock
//! is held only to look at Python objects.
//!
//! Deliberately absent: any opinion on what a value means, and any Python package that must be installed.
#![forbid(unsafe_code)]

mod arguments;
mod ask;
mod door;
mod engine;
mod explanation;
mod failure;
mod fair;
mod frame;
mod happened;
mod job;
mod lines;
mod log;
mod options;
mod overlay;
mod page;
mod people;
mod population;
mod report;
mod result;
mod rows;
mod sides;
mod study;

use pyo3::prelude::pymodule;

/// The compiled part of `passend`.
#[pymodule]
mod _passend {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::engine::Engine;
    #[pymodule_export]
    use crate::explanation::Explanation;
    #[pymodule_export]
    use crate::fair::fairness;
    #[pymodule_export]
    use crate::happened::monitor;
    #[pymodule_export]
    use crate::lines::Lines;
    #[pymodule_export]
    use crate::people::People;
    #[pymodule_export]
    use crate::report::Report;
    #[pymodule_export]
    use crate::result::Ranked;
    #[pymodule_export]
    use crate::sides::{Candidates, Vacancies};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
