// SPDX-License-Identifier: EUPL-1.2
//! A report of a population, as Python sees it.

use std::path::PathBuf;

use passend::{Lang, RegionError, ReportRequest};
use passend_io::write::{jsonl, report_xlsx};
use pyo3::prelude::*;
use pythonize::pythonize;

use crate::arguments::{self, plain_text};
use crate::engine::Engine;
use crate::failure::{Failure, internal, text};
use crate::lines::{form, write_file};
use crate::population::{Call, Population};
use crate::study::{dimensions, measures};

/// A report: tables with what they mean.
#[pyclass(frozen, module = "passend")]
#[derive(Debug)]
pub(crate) struct Report {
    report: passend::Report,
}

pub(crate) fn report(engine: &Engine, py: Python<'_>, call: Call<'_, '_>) -> PyResult<Report> {
    let own = ["name", "region", "by", "threshold", "measures", "lang", "threads"];
    let study = Population::new(engine, py, call, &own)?;
    let options = &study.options;
    let words = |name: &'static str| {
        let given = options.get(name)?.map(|given| {
            plain_text(&given).ok_or_else(|| {
                Failure::raise_usage(name, "expected text", text("Geef een tekst.", "Give text."))
            })
        });
        given.transpose()
    };
    let (name, region) = (words("name")?, words("region")?);
    let lang = arguments::lang(options.get("lang")?.as_ref())?;
    let by = dimensions(options)?;
    let usual = ReportRequest::of_everybody(lang);
    let threshold = usize::try_from(usual.threshold).map_err(internal)?;
    let threshold = options.number("threshold", threshold, 0, 1_000_000)?;
    let request = ReportRequest {
        by: by.unwrap_or_else(|| usual.by.clone()),
        threshold: u32::try_from(threshold).map_err(internal)?,
        threads: options.threads()?,
        ..usual
    };
    let measures = measures(engine, options)?;
    // A funnel for everybody and each dimension, the measures, supply.
    let total = 2 * (1 + request.by.len()) + 1 + measures.ids().count() + 1;
    let report = study.run_with(
        py,
        |_| total,
        move |people, whole, watch| {
            let (market, place) = match &region {
                None => (whole, None),
                Some(region) => match whole.of_region(people, region, watch) {
                    Ok((market, name)) => (market, Some(name.get(lang).to_owned())),
                    Err(RegionError::Stopped(stopped)) => return Err(stopped),
                    Err(error) => return Ok(Err(error)),
                },
            };
            let name = name.or(place).unwrap_or_else(|| request.name.clone());
            let request = ReportRequest { name, ..request };
            let report = market.report(&measures, &request, watch);
            report.map(Ok)
        },
    )?;
    let report = report.map_err(|error| {
        let hint = text("Kies een regio waar mensen wonen.", "Choose a region where people live.");
        Failure::raise_usage("region", error.to_string(), hint)
    })?;
    Ok(Report { report })
}

#[pymethods]
impl Report {
    /// The report as a whole HTML page, without script.
    #[pyo3(signature = (lang=None), text_signature = "($self, lang='nl')")]
    fn html(&self, lang: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
        Ok(self.report.html(arguments::lang(lang)?))
    }

    /// Everything, with the keys of the program's `report -f json`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &self.report)?)
    }

    /// Writes the report to a file that is there whole or not at all, by how its name ends or by `format`.
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
        let form = form(&path, format, &["html", "xlsx", "json"])?;
        let lang = arguments::lang(lang)?;
        let report = self.report.clone();
        write_file(py, path, move |mut out| match form.as_str() {
            "xlsx" => report_xlsx(&mut out, &report, lang),
            "json" => jsonl(&mut out, [&report]),
            _ => out.write_all(report.html(lang).as_bytes()),
        })
    }

    /// The page within a page, so that its looks change nothing around it.
    fn _repr_html_(&self) -> String {
        let page = self.report.html(Lang::default());
        let page = page.replace('&', "&amp;").replace('"', "&quot;");
        let title = &self.report.name.replace('&', "&amp;").replace('"', "&quot;");
        format!(
            "<iframe title=\"{title}\" srcdoc=\"{page}\" sandbox=\"\" style=\"width:100%;height:40rem;border:1px solid #c8c8c8\"></iframe>"
        )
    }

    fn __repr__(&self) -> String {
        let passend::Report { name, as_of, tables, .. } = &self.report;
        format!("<passend.Report {name}: {} tables on {as_of}>", tables.len())
    }
}
