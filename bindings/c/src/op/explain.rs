// SPDX-License-Identifier: EUPL-1.2
//! `explain`: one pair in depth.

use passend::{Day, Explanation, Lang, Page};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Work, person, read};
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Candidates, Language, Percent, Readings, Records, Vacancies};

/// Which pair is asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExplainRequest<'a> {
    /// The people; one is enough.
    #[serde(borrow)]
    #[schemars(with = "Candidates")]
    candidates: Records<'a>,
    /// The vacancies, if no market is named; one is enough.
    #[serde(borrow, default)]
    #[schemars(with = "Option<Vacancies>")]
    vacancies: Option<Records<'a>>,
    /// The name of a market that was loaded, in place of `vacancies`.
    #[serde(default)]
    market: Option<String>,
    /// Id of the candidate; may be left out where there is one.
    #[serde(default)]
    candidate: Option<String>,
    /// Id of the vacancy; may be left out where there is one.
    #[serde(default)]
    vacancy: Option<String>,
    /// The day on which rules, documents and waiting times are read.
    as_of: Day,
    /// How it is written.
    #[serde(default)]
    format: Format,
    /// Who reads it.
    #[serde(default)]
    reader: Reader,
    /// The language of `text` and `html`.
    #[serde(default)]
    lang: Language,
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// How an explanation is written.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Format {
    /// One object on one line.
    #[default]
    Json,
    /// For people.
    Text,
    /// One page that stands alone, without script.
    Html,
}

/// Who reads an explanation.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Reader {
    /// The person.
    Candidate,
    /// Who guides the person.
    #[default]
    Caseworker,
    /// Who offers the work.
    Employer,
}

/// An explanation as its reader may have it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum ExplainAnswer<'a> {
    /// For the caseworker: the match line with all gates, and every row.
    Whole(&'a Explanation),
    /// For the person or the employer: no more than their page shows.
    Page(Page<'a>),
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: ExplainRequest<'_> = request::read(json)?;
    let mut readings = Readings::default();
    let limit = request::limit(asked.strict, asked.max_refused);
    let people = read(context, asked.candidates, limit, &mut readings)?;
    let work = Work::read(context, asked.vacancies, asked.market.as_deref(), limit, &mut readings)?;
    let candidate = person(&people, asked.candidate.as_deref())?.clone();
    super::must_be_permitted(context, &candidate, asked.as_of)?;
    let vacancy = work.one(asked.vacancy.as_deref())?.clone();
    let reader = match asked.reader {
        Reader::Candidate => passend::Reader::Candidate,
        Reader::Caseworker => passend::Reader::Caseworker,
        Reader::Employer => passend::Reader::Employer,
    };
    let lang = Lang::from(asked.lang);
    context.work(|| {
        // A pair's score depends on the pair alone, so nothing else need be prepared.
        let ids = (candidate.id.clone(), vacancy.id.clone());
        let market = context
            .handle
            .engine()
            .market(&[candidate], &[vacancy], asked.as_of)
            .map_err(Failure::internal)?;
        let explanation = market.explain(&ids.0, &ids.1).map_err(Failure::internal)?;
        match (asked.format, reader) {
            (Format::Json, reader) => {
                let answer = match reader {
                    passend::Reader::Caseworker => ExplainAnswer::Whole(&explanation),
                    reader => ExplainAnswer::Page(explanation.page(reader)),
                };
                Answer::object(&answer, &readings)
            }
            (Format::Text, reader) => {
                Answer::bytes(explanation.text(lang, reader).into_bytes(), &readings)
            }
            (Format::Html, reader) => {
                Answer::bytes(explanation.html(lang, reader).into_bytes(), &readings)
            }
        }
    })?
}
