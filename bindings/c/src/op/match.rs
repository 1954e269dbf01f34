// SPDX-License-Identifier: EUPL-1.2
//! `match`: the best pairs, with reasons.

use passend::{Day, MatchLine, PersonLine, RankError, Request, Scorer, Versions};
use passend_io::hash;
use passend_io::write::jsonl;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Work, read};
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{
    self, Candidates, ListFormat, Percent, Positive, Readings, Records, Vacancies, When,
};

/// Which pairs are asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MatchRequest<'a> {
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
    /// Pairs on each list; left out: 10.
    #[serde(default)]
    k: Option<Positive>,
    /// Whose lists are made.
    #[serde(default)]
    by: By,
    /// By when a pair must be open: `now`, `any` or a day; left out: within 13 weeks.
    #[serde(default)]
    when: Option<When>,
    /// Leave out pairs for which the law asks something that is not known.
    #[serde(default)]
    sure: bool,
    /// How much each line says.
    #[serde(default)]
    detail: Detail,
    /// Score pair by pair with the reference: the same answer.
    #[serde(default)]
    plain: bool,
    /// Also give a line for every candidate, with or without a match; only in an answer of the format `json`.
    #[serde(default)]
    people: bool,
    /// How it is written.
    #[serde(default)]
    format: ListFormat,
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// Whose lists are made.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum By {
    /// The best vacancies of each candidate.
    #[default]
    Candidate,
    /// The best candidates of each vacancy.
    Vacancy,
    /// Both, each line marked.
    Both,
}

/// How much each line says.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Detail {
    /// Steps, questions and findings.
    #[default]
    Full,
    /// Without them.
    Brief,
}

/// The best pairs.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MatchAnswer {
    /// The day on which the rules were read.
    as_of: Day,
    /// What decided.
    versions: Versions,
    /// SHA-256 of the lines as JSON Lines: every door gives the same.
    hash: String,
    /// The pairs, by id and rank.
    matches: Vec<MatchLine>,
    /// Pairs that are not listed because they open only after the day asked.
    later: u64,
    /// A line for every candidate, if asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<Vec<PersonLine>>,
    #[serde(flatten)]
    readings: Readings,
}

impl MatchRequest<'_> {
    fn request(&self, scorer: Scorer) -> Request {
        let usual = Request::default();
        Request {
            k: self.k.map_or(usual.k, Positive::size),
            by: match self.by {
                By::Candidate => passend::By::Candidate,
                By::Vacancy => passend::By::Vacancy,
                By::Both => passend::By::Both,
            },
            when: self.when.map_or(usual.when, |when| when.0),
            sure: self.sure,
            detail: match self.detail {
                Detail::Full => passend::Detail::Full,
                Detail::Brief => passend::Detail::Brief,
            },
            people: self.people && self.format == ListFormat::Json,
            scorer,
            threads: 0,
        }
    }
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: MatchRequest<'_> = request::read(json)?;
    let mut readings = Readings::default();
    let limit = request::limit(asked.strict, asked.max_refused);
    let people = read(context, asked.candidates, limit, &mut readings)?;
    let work = Work::read(context, asked.vacancies, asked.market.as_deref(), limit, &mut readings)?;
    let market = work.market(context, &people, asked.as_of)?;
    let request = asked.request(if asked.plain { Scorer::Plain } else { market.quickest_scorer() });
    context.work(|| {
        let ranking = market.rank(&request, context.watch).map_err(stopped)?;
        if asked.format == ListFormat::Jsonl {
            let mut data = Vec::new();
            jsonl(&mut data, ranking.lines(&market)).map_err(Failure::internal)?;
            return Answer::bytes(data, &readings);
        }
        let matches: Vec<_> = ranking.lines(&market).collect();
        let mut lines = Vec::new();
        jsonl(&mut lines, &matches).map_err(Failure::internal)?;
        let answer = MatchAnswer {
            as_of: asked.as_of,
            versions: context.handle.versions(),
            hash: hash(&lines),
            matches,
            later: ranking.later(),
            people: asked.people.then(|| ranking.people(&market).collect()),
            readings: readings.clone(),
        };
        Answer::object(&answer, &readings)
    })?
}

/// The watch says why itself.
fn stopped(error: RankError) -> Failure {
    match error {
        RankError::Stopped(_) => Failure::cancelled(),
        other => Failure::internal(other),
    }
}
