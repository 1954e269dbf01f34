// SPDX-License-Identifier: EUPL-1.2
//! `place`: households to regions with quotas.

use passend::{Day, Household, Placement, PlacementError, PlacementLine, PlacementRequest, Region};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Work, read};
use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, Candidates, ListFormat, Percent, Readings, Records, Vacancies, When};

/// Who is placed, and where there is room.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceAsked<'a> {
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
    /// The regions, each once, and how many people each takes.
    quotas: Vec<Region>,
    /// Who go together, each household once, in the order in which they come.
    households: Vec<Household>,
    /// The day on which rules, documents and waiting times are read.
    as_of: Day,
    /// The least score of work that is suitable; left out: 5,000.
    #[serde(default)]
    #[schemars(range(min = 1, max = 10_000))]
    least: Option<u16>,
    /// Place households as they come, each without knowledge of who comes later.
    #[serde(default)]
    in_turn: bool,
    /// With `in_turn`: how many people will come in all; left out: those of the households.
    #[serde(default)]
    expected: Option<u32>,
    /// By when a pair must be open: `now`, `any` or a day; left out: within 13 weeks.
    #[serde(default)]
    when: Option<When>,
    /// Leave out pairs for which the law asks something that is not known.
    #[serde(default)]
    sure: bool,
    /// How it is written; as lines it holds the households alone.
    #[serde(default)]
    format: ListFormat,
    /// Give a failure if a record is refused.
    #[serde(default)]
    strict: bool,
    /// Give a failure if more than this percentage of 20 or more records is refused; left out: 5.
    #[serde(default)]
    max_refused: Option<Percent>,
}

/// A plan of where to live.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PlaceAnswer {
    #[serde(flatten)]
    placement: Placement,
    #[serde(flatten)]
    readings: Readings,
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: PlaceAsked<'_> = request::read(json)?;
    let least = request::within("least", asked.least, 5_000, 1..=10_000)?;
    let mut readings = Readings::default();
    let limit = request::limit(asked.strict, asked.max_refused);
    let people = read(context, asked.candidates, limit, &mut readings)?;
    let work = Work::read(context, asked.vacancies, asked.market.as_deref(), limit, &mut readings)?;
    let request = PlacementRequest {
        as_of: asked.as_of,
        when: asked.when.map_or_else(passend::When::default, |when| when.0),
        sure: asked.sure,
        least,
        in_turn: asked.in_turn.then(|| asked.expected.map_or(0, u64::from)),
        threads: 0,
    };
    context.work(|| {
        let engine = context.handle.engine();
        let (households, regions) = (&asked.households, &asked.quotas);
        let mut placement = engine
            .place(&people, work.vacancies(), households, regions, &request, context.watch)
            .map_err(cannot)?;
        let lines: Vec<PlacementLine> = std::mem::take(&mut placement.households);
        Answer::list(asked.format, lines, &readings, |households| PlaceAnswer {
            placement: Placement { households, ..placement },
            readings: readings.clone(),
        })
    })?
}

fn cannot(error: PlacementError) -> Failure {
    let (key, expected) = match error {
        PlacementError::Rank(error) => return Failure::rank(error),
        PlacementError::Twice { .. } => ("households", "each adult in one household"),
        PlacementError::HouseholdTwice { .. } => ("households", "each household once"),
        PlacementError::RegionTwice { .. } => ("quotas", "each region once"),
        PlacementError::Keep { .. } => ("households", "a region of `quotas` in `keep`"),
        PlacementError::Municipality { .. } => {
            ("quotas", "a municipality that is known, or `places` in the configuration")
        }
        other => return Failure::internal(other),
    };
    Failure::request(key, format_args!("{expected}: {error}"))
}
