// SPDX-License-Identifier: EUPL-1.2
//! `report`: a population as tables, or as one page without script.

use passend::{Day, Dimension, RegionError, Report, ReportRequest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Work, measures, read};
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Candidates, Language, Percent, Readings, Records, Vacancies};

/// Of whom a report is made.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportAsked<'a> {
    /// The people.
    #[serde(borrow)]
    #[schemars(with = "Candidates")]
    candidates: Records<'a>,
    /// The vacancies, if no market is named.
    #[serde(borrow, default)]
    #[schemars(with = "Option<Vacancies>")]
    vacancies: Option<Records<'a>>,
    /// The name of a market that was loaded, in place of `vacancies`.
    #[serde(default)]
    market: Option<String>,
    /// The day on which rules, documents and waiting times are read.
    as_of: Day,
    /// The title; left out: the region, or everybody.
    #[serde(default)]
    name: Option<String>,
    /// Only people who live in this labour-market region, by its code, such as `AM02`.
    #[serde(default)]
    region: Option<String>,
    /// By what people are told apart; left out: status, education, region and route.
    #[serde(default)]
    by: Option<Vec<Dimension>>,
    /// Hide numbers of people below this; left out: 10.
    #[serde(default)]
    threshold: Option<u32>,
    /// Measures of your own, as in `leverage`.
    #[serde(default)]
    measures: Option<String>,
    /// The language of the page, and of the usual title.
    #[serde(default)]
    lang: Language,
    /// How it is written.
    #[serde(default)]
    format: PageFormat,
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum PageFormat {
    /// One object, with the texts in both languages.
    #[default]
    Json,
    /// A whole HTML page.
    Html,
}

/// The tables. Small numbers of people are hidden; the method says what is not protected.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ReportAnswer {
    #[serde(flatten)]
    report: Report,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: ReportAsked<'_> = request::read(json)?;
    let lang = asked.lang.into();
    let measures = measures(context, asked.measures.as_deref())?;
    let limit = request::limit(asked.strict, asked.max_refused);
    let mut readings = Readings::default();
    let people = read(context, asked.candidates, limit, &mut readings)?;
    let name = asked.market.as_deref();
    let work = Work::read(context, asked.vacancies, name, limit, &mut readings)?;
    let whole = work.market(context, &people, asked.as_of)?;
    context.work(|| {
        let (market, place) = match &asked.region {
            None => (whole, None),
            Some(region) => {
                let own = whole.of_region(&people, region, context.watch);
                let (market, name) = own.map_err(|error| match error {
                    RegionError::Stopped(_) => Failure::cancelled(),
                    error => Failure::request("region", error),
                })?;
                (market, Some(name.get(lang).to_owned()))
            }
        };
        let usual = match asked.name.or(place) {
            Some(name) => ReportRequest::new(name),
            None => ReportRequest::of_everybody(lang),
        };
        let request = ReportRequest {
            by: asked.by.unwrap_or_else(|| usual.by.clone()),
            threshold: asked.threshold.unwrap_or(usual.threshold),
            ..usual
        };
        let report =
            market.report(&measures, &request, context.watch).map_err(|_| Failure::cancelled())?;
        match asked.format {
            PageFormat::Html => Answer::bytes(report.html(lang).into_bytes(), &readings),
            PageFormat::Json => {
                Answer::object(&ReportAnswer { report, readings: readings.clone() }, &readings)
            }
        }
    })?
}
