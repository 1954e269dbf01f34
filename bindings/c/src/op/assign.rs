// SPDX-License-Identifier: EUPL-1.2
//! `assign`: who goes where, with the proof.

use passend::{
    AssignError, AssignRequest, AssignWishes, AssignedLine, Coach, Day, DemandLine, Goal,
    Household, KeptPair, Proof, UnplacedLine,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Work, read};
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{
    self, Candidates, ListFormat, Percent, Positive, Readings, Records, Vacancies, When,
};

/// Who is planned.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AssignAsked<'a> {
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
    /// What counts; there is no usual goal.
    goal: Goal,
    /// The length of the lists from which people are placed; left out: 50.
    #[serde(default)]
    top: Option<Positive>,
    /// Make the lists longer until no pair outside them would make a better plan.
    #[serde(default)]
    every_pair: bool,
    /// Other goals under which the same market is planned, to say what each costs the other.
    #[serde(default)]
    beside: Vec<Goal>,
    /// The least score of a pair: nobody is worse off.
    #[serde(default)]
    floor: u16,
    /// The stable plan in place of the best.
    #[serde(default)]
    stable: bool,
    /// How many people of a coach can be placed.
    #[serde(default)]
    coaches: Vec<Coach>,
    /// Who go together, for the goal `households`.
    #[serde(default)]
    households: Vec<Household>,
    /// Pairs that stand, whatever they cost.
    #[serde(default)]
    keep: Vec<KeptPair>,
    /// Tell what employers' demands cost, each planned again; only in an answer of the format `json`.
    #[serde(default)]
    demands: bool,
    /// By when a pair must be open: `now`, `any` or a day; left out: within 13 weeks.
    #[serde(default)]
    when: Option<When>,
    /// Leave out pairs for which the law asks something that is not known.
    #[serde(default)]
    sure: bool,
    /// How it is written; as lines it holds the pairs alone.
    #[serde(default)]
    format: ListFormat,
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// A plan, and the proof that none is better.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AssignAnswer {
    /// Who goes where, by candidate.
    assigned: Vec<AssignedLine>,
    /// The prices that prove it, and what taking the best score first would have done.
    certificate: Proof,
    /// Who and what is left, and why.
    unplaced: Vec<UnplacedLine>,
    /// How many people more have a place without each kind of demand, if asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    demands: Option<Vec<DemandLine>>,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: AssignAsked<'_> = request::read(json)?;
    let limit = request::limit(asked.strict, asked.max_refused);
    let mut readings = Readings::default();
    let people = read(context, asked.candidates, limit, &mut readings)?;
    let work = Work::read(context, asked.vacancies, asked.market.as_deref(), limit, &mut readings)?;
    let market = work.market(context, &people, asked.as_of)?;
    let usual = AssignRequest::new(asked.goal);
    let request = AssignRequest {
        top: asked.top.map_or(usual.top, Positive::size),
        every_pair: asked.every_pair,
        floor: asked.floor,
        stable: asked.stable,
        when: asked.when.map_or(usual.when, |when| when.0),
        sure: asked.sure,
        ..usual
    };
    let wishes = AssignWishes {
        coaches: &asked.coaches,
        households: &asked.households,
        keep: &asked.keep,
        beside: &asked.beside,
    };
    context.work(|| {
        let plan = market.assign_with(&request, &wishes, context.watch).map_err(cannot)?;
        let demands = (asked.demands && asked.format == ListFormat::Json).then(|| {
            let (engine, work) = (context.handle.engine(), work.vacancies());
            engine.demand_prices(&people, work, asked.as_of, &request, &wishes, context.watch)
        });
        let demands = demands.transpose().map_err(cannot)?;
        let assigned = plan.lines(&market).collect();
        Answer::list(asked.format, assigned, &readings, |assigned| AssignAnswer {
            assigned,
            certificate: plan.proof(&market),
            unplaced: plan.unplaced(&market),
            demands,
            readings: readings.clone(),
        })
    })?
}

fn cannot(error: AssignError) -> Failure {
    let field = match &error {
        AssignError::Rank(_) => None,
        AssignError::Twice { .. } | AssignError::Crossing => Some("coaches"),
        _ => Some("keep"),
    };
    match (error, field) {
        (AssignError::Rank(error), _) => Failure::rank(error),
        (error, Some(field)) => {
            Failure::request(field, format_args!("wishes that can be met: {error}"))
        }
        (error, None) => Failure::internal(error),
    }
}
