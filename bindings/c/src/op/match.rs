// SPDX-License-Identifier: EUPL-1.2
//! `match`: the best pairs, with reasons.

use arrow_array::RecordBatch;
use passend::{
    Change, Changes, Day, History, HistoryCounts, Market, MatchLine, PersonLine, Request, Scorer,
    Spread, Versions,
};
use passend_io::write::{jsonl, match_batches};
use passend_io::{Code, Hashed, hash, read_changes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Work, read};
use crate::answer::Answer;
use crate::failure::{Failure, PassendStatus};
use crate::job::Context;
use crate::request::{
    self, Candidates, Events, ListFormat, Percent, Positive, Readings, Records, ResultLines,
    Vacancies, When,
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
    /// What happened: people who work, vacancies that are filled and pairs that were declined are left out, and what humans
    /// said of pairs is told.
    #[serde(borrow, default)]
    #[schemars(with = "Option<Events>")]
    history: Option<Records<'a>>,
    /// A result that was given before, of lists of the same side, to compare with; only in an answer of the format `json`.
    #[serde(borrow, default)]
    since: Option<ResultLines<'a>>,
    /// Choose lists of people that do not all send to the same vacancies; no place of a list loses more than so many points of
    /// score.
    #[serde(default)]
    #[schemars(range(max = 10_000))]
    spread: Option<u16>,
    /// In which order each list is written.
    #[serde(default)]
    order: Order,
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

/// In which order each list is written.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order {
    /// The best first.
    #[default]
    Rank,
    /// An order that says nothing, another for each list; ranks and scores stay in the lines.
    Neutral,
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
    /// How many people, vacancies and pairs are left out, and why; with a history.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<HistoryCounts>,
    /// The pairs that are new, gone or moved since the result before, if one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<Change>>,
    /// What spreading did to the lists, if asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    spread: Option<Spread>,
    #[serde(flatten)]
    readings: Readings,
}

/// What is asked of the pairs, whichever way the records come.
struct Asked {
    k: Option<Positive>,
    by: By,
    when: Option<When>,
    sure: bool,
    detail: Detail,
    plain: bool,
    people: bool,
}

impl Asked {
    fn request(&self, market: &Market) -> Request {
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
            people: self.people,
            scorer: if self.plain { Scorer::Plain } else { market.quickest_scorer() },
            threads: 0,
        }
    }
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let request: MatchRequest<'_> = request::read(json)?;
    let MatchRequest { k, by, when, sure, detail, plain, format, as_of, order, .. } = request;
    let people = request.people && format == ListFormat::Json;
    let asked = Asked { k, by, when, sure, detail, plain, people };
    let spread = points(request.spread, by)?;
    let mut changes = request.since.map(|since| before(since, by)).transpose()?;
    let mut readings = Readings::default();
    let limit = request::limit(request.strict, request.max_refused);
    let people = read(context, request.candidates, limit, &mut readings)?;
    let name = request.market.as_deref();
    let work = Work::read(context, request.vacancies, name, limit, &mut readings)?;
    let (market, left_out) = match request.history {
        None => (work.market(context, &people, as_of)?, None),
        Some(events) => {
            let events = readings.read_events("history", events, as_of, limit, &context.log)?;
            let history = History::new(&events, as_of);
            let ids = people.iter().map(|one| one.id.as_str());
            let positions = work.vacancies().iter();
            let positions = positions.map(|one| (one.id.as_str(), one.positions.unwrap_or(1)));
            let left_out = history.counts(ids, positions);
            (work.market_after(context, &people, as_of, history)?, Some(left_out))
        }
    };
    let request = asked.request(&market);
    context.work(|| {
        let (ranking, spread) = match spread {
            None => (market.rank(&request, context.watch).map_err(Failure::rank)?, None),
            Some(points) => {
                let long =
                    market.rank(&request.to_spread(), context.watch).map_err(Failure::rank)?;
                let (ranking, spread) = long.spread(&market, request.k, points);
                (ranking, Some(spread))
            }
        };
        let ranking = match order {
            Order::Rank => ranking,
            Order::Neutral => ranking.in_neutral_order(),
        };
        if format == ListFormat::Jsonl {
            let mut data = Vec::new();
            jsonl(&mut data, ranking.lines(&market)).map_err(Failure::internal)?;
            return Answer::bytes(data, &readings);
        }
        let matches: Vec<_> = ranking.lines(&market).collect();
        let mut lines = Vec::new();
        jsonl(&mut lines, &matches).map_err(Failure::internal)?;
        if let Some(changes) = &mut changes {
            for line in &matches {
                changes.after(&line.candidate, &line.vacancy, line.listed());
            }
        }
        let why = |candidate: &str, vacancy: &str| market.why_left_out(candidate, vacancy);
        let answer = MatchAnswer {
            as_of,
            versions: context.handle.versions(),
            hash: hash(&lines),
            matches,
            later: ranking.later(),
            people: request.people.then(|| ranking.people(&market).collect()),
            left_out,
            changes: changes.map(|changes| changes.lines(why).collect()),
            spread,
            readings: readings.clone(),
        };
        Answer::object(&answer, &readings)
    })?
}

/// How many points a place of a list may lose.
fn points(spread: Option<u16>, by: By) -> Result<Option<u16>, Failure> {
    let Some(points) = spread else { return Ok(None) };
    if !matches!(by, By::Candidate) {
        return Err(Failure::request("by", "lists of people with `spread`: candidate"));
    }
    request::within("spread", Some(points), 0, 0..=10_000).map(Some)
}

/// What a result before says of each pair.
fn before(since: ResultLines<'_>, by: By) -> Result<Changes, Failure> {
    if matches!(by, By::Both) {
        return Err(Failure::request("by", "lists of one side with `since`: candidate or vacancy"));
    }
    read_changes(since.text("since")?.as_bytes()).map_err(|error| {
        Failure::table(PassendStatus::InvalidRequest, Code::BadResult, "since", error)
    })
}

/// Which pairs are asked of records that come as Arrow columns.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ArrowRequest {
    /// The name of a market that was loaded, in place of a stream of vacancies.
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
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// What is known around a stream of pairs.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ArrowAnswer {
    /// The day on which the rules were read.
    as_of: Day,
    /// What decided.
    versions: Versions,
    /// SHA-256 of the lines as JSON Lines: every door gives the same.
    hash: String,
    /// How many pairs there are.
    count: usize,
    /// Pairs that are not listed because they open only after the day asked.
    later: u64,
    #[serde(flatten)]
    readings: Readings,
}

/// Ranks records that come as Arrow columns; gives the pairs as such, and what is known around them.
pub(crate) fn run_arrow(
    context: &Context<'_>,
    json: &str,
    candidates: Vec<RecordBatch>,
    vacancies: Option<Vec<RecordBatch>>,
) -> Result<(Vec<RecordBatch>, Answer), Failure> {
    let request: ArrowRequest = request::read(json)?;
    let ArrowRequest { k, by, when, sure, detail, plain, as_of, .. } = request;
    let asked = Asked { k, by, when, sure, detail, plain, people: false };
    let mut readings = Readings::default();
    let limit = request::limit(request.strict, request.max_refused);
    let log = context.log.clone();
    let people = context.work(|| readings.read_arrow(candidates, limit, &log))??;
    let work = match (vacancies, request.market) {
        (Some(batches), None) => {
            Work::Given(context.work(|| readings.read_arrow(batches, limit, &log))??)
        }
        (None, Some(name)) => Work::Stored(context.handle.markets().get(&name)?),
        _ => {
            return Err(Failure::request(
                "market",
                "a stream of vacancies or `market`, one of the two",
            ));
        }
    };
    let market = work.market(context, &people, as_of)?;
    let request = asked.request(&market);
    context.work(|| {
        let ranking = market.rank(&request, context.watch).map_err(Failure::rank)?;
        let mut lines = Hashed::new(std::io::sink());
        jsonl(&mut lines, ranking.lines(&market)).map_err(Failure::internal)?;
        let with_side = request.by == passend::By::Both;
        let batches =
            match_batches(ranking.lines(&market), with_side).map_err(Failure::internal)?;
        let answer = ArrowAnswer {
            as_of,
            versions: context.handle.versions(),
            hash: lines.finish().1,
            count: ranking.len(),
            later: ranking.later(),
            readings: readings.clone(),
        };
        Ok((batches, Answer::object(&answer, &readings)?))
    })?
}
