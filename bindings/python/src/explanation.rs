// SPDX-License-Identifier: EUPL-1.2
//! Why a pair has its score and readiness, as Python sees it.

use passend::{Lang, Reader};
use pyo3::prelude::*;
use pythonize::pythonize;

use crate::arguments;

/// Why a pair has its score and readiness.
#[pyclass(frozen, module = "passend")]
#[derive(Debug)]
pub(crate) struct Explanation {
    explanation: passend::Explanation,
}

impl Explanation {
    pub(crate) const fn new(explanation: passend::Explanation) -> Self {
        Self { explanation }
    }
}

#[pymethods]
impl Explanation {
    /// The explanation as plain text.
    #[pyo3(signature = (lang=None, reader=None), text_signature = "($self, lang='nl', reader='caseworker')")]
    fn text(
        &self,
        lang: Option<&Bound<'_, PyAny>>,
        reader: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        let (lang, reader) = page(lang, reader)?;
        Ok(self.explanation.text(lang, reader))
    }

    /// The explanation as a whole HTML page, without script.
    #[pyo3(signature = (lang=None, reader=None), text_signature = "($self, lang='nl', reader='caseworker')")]
    fn html(
        &self,
        lang: Option<&Bound<'_, PyAny>>,
        reader: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        let (lang, reader) = page(lang, reader)?;
        Ok(self.explanation.html(lang, reader))
    }

    /// Everything, with the keys of the program's `explain -f json`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.explanation)?)
    }

    fn _repr_html_(&self) -> String {
        self.explanation.html_part(Lang::default(), Reader::default())
    }

    fn __str__(&self) -> String {
        self.explanation.text(Lang::default(), Reader::default())
    }

    fn __repr__(&self) -> String {
        let line = &self.explanation.line;
        format!(
            "<passend.Explanation {} × {}: {} of 10000, {}>",
            line.candidate,
            line.vacancy,
            line.score,
            line.readiness.class.code()
        )
    }
}

fn page(
    lang: Option<&Bound<'_, PyAny>>,
    reader: Option<&Bound<'_, PyAny>>,
) -> PyResult<(Lang, Reader)> {
    let lang = arguments::lang(lang)?;
    let reader = reader.map_or(Ok(Reader::default()), arguments::reader)?;
    Ok((lang, reader))
}
