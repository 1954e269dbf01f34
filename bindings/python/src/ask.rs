// SPDX-License-Identifier: EUPL-1.2
//! What is asked of an engine beyond a match: plans, questions, comparisons, assignments. Each as the program's command.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use passend::{
    AssignRequest, AssignWishes, Candidate, Coach, Goal, Household, KeptPair, LessonPlan,
    LessonsError, LessonsRequest, Market, Placement, PlacementError, PlacementRequest, PlanRequest,
    PoolRequest, Programme, Region, School, Suitable, Vacancy, Watch, Weeks,
};
use passend_io::write::Line;
use passend_io::{Code, OnRefusal, read_records, read_school};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use serde_json::{Map, Value};

use crate::arguments::word;
use crate::door::{self, Input};
use crate::engine::Engine;
use crate::failure::{Failure, Issue, internal, text};
use crate::frame::helper;
use crate::job::{self, Ended, Progress};
use crate::lines::Lines;
use crate::options::Options;
use crate::overlay::named_text;
use crate::population::{Call, Population};
use crate::sides::{one, prepared, side, work};

type Given<'a, 'py> = Option<&'a Bound<'py, PyDict>>;

/// Runs work that can be stopped; `total` is what progress counts to.
fn watched<T, E>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    total: usize,
    work: impl FnOnce(&Watch) -> Result<T, E> + Send + 'static,
) -> PyResult<Result<T, E>>
where
    T: Send + 'static,
    E: Send + 'static,
{
    let watch = Arc::new(Watch::new());
    let progress = progress.map(|tell| Progress { tell, total });
    let seen = Arc::clone(&watch);
    job::run(py, &watch, progress.as_ref(), move || work(&seen))
}

/// Runs work that gives lines.
fn lines<L, E>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    total: usize,
    work: impl FnOnce(&Watch) -> Result<Vec<L>, E> + Send + 'static,
) -> PyResult<Lines>
where
    L: Line + fmt::Debug + Send + Sync + 'static,
    E: fmt::Display + Send + 'static,
{
    Ok(Lines::new(watched(py, progress, total, work)?.map_err(internal)?))
}

pub(crate) fn plan(
    engine: &Engine,
    py: Python<'_>,
    candidate: &Bound<'_, PyAny>,
    vacancies: &Bound<'_, PyAny>,
    options: Given<'_, '_>,
) -> PyResult<Lines> {
    let known = ["as_of", "max_steps", "k", "sure", "programmes", "strict", "max_refused"];
    let options = Options::new(py, options, &known)?;
    let as_of = options.as_of()?;
    let usual = PlanRequest::default();
    let programmes = match options.get("programmes")? {
        None => Vec::new(),
        Some(given) => {
            let (_, text) = named_text("programmes", &given)?;
            Programme::read(&text, engine.engine.policy())
                .map_err(|error| Failure::policy(Code::BadProgrammes, "programmes", &error))?
        }
    };
    let request = PlanRequest {
        max_steps: options.number("max_steps", usual.max_steps, 1, 6)?,
        sure: options.flag("sure")?,
        k: options.number("k", usual.k, 1, i64::MAX)?,
        programmes,
    };
    let person: Candidate = one(candidate, "candidate")?;
    let (_, work) = work(py, engine, vacancies, as_of, options.limit()?)?;
    lines(py, None, 1, move |_| Ok::<_, Infallible>(vec![work.plan(&person, &request)]))
}

pub(crate) fn questions(engine: &Engine, py: Python<'_>, call: Call<'_, '_>) -> PyResult<Lines> {
    let all = Population::new(engine, py, call, &["k", "when", "sure", "threads"])?;
    let options = &all.options;
    let request = options.request()?;
    let questions =
        all.run(py, |people| people, move |market, watch| market.questions(&request, watch))?;
    Ok(Lines::new(questions))
}

pub(crate) fn relax(
    engine: &Engine,
    py: Python<'_>,
    vacancy: &Bound<'_, PyAny>,
    candidates: &Bound<'_, PyAny>,
    options: Given<'_, '_>,
) -> PyResult<Lines> {
    let options = Options::new(py, options, &["as_of", "strict", "max_refused"])?;
    let as_of = options.as_of()?;
    let vacancy: Vacancy = one(vacancy, "vacancy")?;
    let people: Arc<Input<Candidate>> = side(candidates, "candidates", options.limit()?)?;
    let engine = engine.engine.clone();
    lines(py, None, 1, move |_| {
        let market = engine.market(&people.records, std::slice::from_ref(&vacancy), as_of)?;
        Ok::<_, Ended>(market.relax(&vacancy.id)?)
    })
}

pub(crate) fn diff(
    engine: &Engine,
    py: Python<'_>,
    candidates: &Bound<'_, PyAny>,
    vacancies: &Bound<'_, PyAny>,
    options: Given<'_, '_>,
) -> PyResult<Lines> {
    let known = ["as_of", "other", "other_as_of", "progress", "strict", "max_refused"];
    let options = Options::new(py, options, &known)?;
    let (as_of, limit) = (options.as_of()?, options.limit()?);
    let people: Arc<Input<Candidate>> = side(candidates, "candidates", limit)?;
    let (input, a) = work(py, engine, vacancies, as_of, limit)?;
    let b = other(engine, py, (vacancies, &input), &options)?;
    let progress = options.progress()?;
    lines(py, progress.as_ref(), people.records.len(), move |watch| {
        let b = b.with_candidates(&people.records)?;
        Ok::<_, Ended>(a.with_candidates(&people.records)?.diff(&b, watch)?)
    })
}

/// The vacancies by the other engine and on the other day, where these were given.
fn other(
    engine: &Engine,
    py: Python<'_>,
    (vacancies, input): (&Bound<'_, PyAny>, &Arc<Input<Vacancy>>),
    options: &Options<'_>,
) -> PyResult<Market> {
    let day = options.day("other_as_of")?.map_or_else(|| options.as_of(), Ok)?;
    let other = options.get("other")?;
    let other = other.as_ref().map(|given| {
        given.cast::<Engine>().map_err(|_| {
            Failure::raise_usage(
                "other",
                "expected an engine",
                text("Geef een passend.Engine.", "Give a passend.Engine."),
            )
        })
    });
    let other = other.transpose()?;
    let engine = other.map_or(engine, |other| other.get());
    prepared(py, engine, vacancies, input, day)
}

pub(crate) fn what_if(
    engine: &Engine,
    py: Python<'_>,
    candidate: &Bound<'_, PyAny>,
    vacancies: &Bound<'_, PyAny>,
    change: Option<&Bound<'_, PyAny>>,
    options: Given<'_, '_>,
) -> PyResult<Lines> {
    let known = ["as_of", "other", "other_as_of", "strict", "max_refused"];
    let options = Options::new(py, options, &known)?;
    let (as_of, limit) = (options.as_of()?, options.limit()?);
    let person: Candidate = one(candidate, "candidate")?;
    let changed = change.map_or_else(|| Ok(person.clone()), |change| changed(&person, change))?;
    let (input, a) = work(py, engine, vacancies, as_of, limit)?;
    let b = other(engine, py, (vacancies, &input), &options)?;
    lines(py, None, 1, move |watch| {
        let b = b.with_candidates(&[changed])?;
        Ok::<_, Ended>(a.with_candidates(&[person])?.diff(&b, watch)?)
    })
}

/// The person with other facts: keys of the change take the place of those of the record, `None` takes one away.
fn changed(person: &Candidate, change: &Bound<'_, PyAny>) -> PyResult<Candidate> {
    let expected = || {
        Failure::raise_usage(
            "change",
            "expected a dict of facts that change",
            text("Geef een dict.", "Give a dict."),
        )
    };
    let line = door::json_lines(change, "change")?;
    let change: Map<String, Value> = serde_json::from_slice(&line).map_err(|_| expected())?;
    let mut record = serde_json::to_value(person).map_err(internal)?;
    merge(&mut record, change);
    if let Value::Object(keys) = &mut record {
        keys.insert("id".to_owned(), Value::String(person.id.clone()));
    }
    let text = record.to_string();
    let batch = read_records::<Candidate>(text.as_bytes(), "change", OnRefusal::Continue)
        .map_err(internal)?;
    let refused = batch.report.refused.into_iter().map(|one| Issue::new("change", one));
    let issues: Vec<_> = refused.collect();
    match (batch.accepted.into_iter().next(), issues.first().cloned()) {
        (Some(changed), None) => Ok(changed),
        (_, Some(issue)) => Err(Failure::first(&issue, issues).into()),
        (None, None) => Err(expected()),
    }
}

/// As RFC 7396 merges: objects key by key, anything else as a whole.
fn merge(target: &mut Value, change: Map<String, Value>) {
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else { return };
    for (key, value) in change {
        match value {
            Value::Null => drop(target.remove(&key)),
            Value::Object(inner) => merge(target.entry(key).or_insert(Value::Null), inner),
            other => drop(target.insert(key, other)),
        }
    }
}

pub(crate) fn assign(engine: &Engine, py: Python<'_>, call: Call<'_, '_>) -> PyResult<Lines> {
    let own = [
        "goal",
        "top",
        "every_pair",
        "beside",
        "floor",
        "stable",
        "coaches",
        "households",
        "keep",
        "when",
        "sure",
        "threads",
    ];
    let all = Population::new(engine, py, call, &own)?;
    let options = &all.options;
    let goals = [
        ("placements", Goal::Placements),
        ("score", Goal::Score),
        ("households", Goal::Households),
    ];
    let goal = match options.get("goal")? {
        Some(given) => word("goal", &given, &goals)?,
        None => {
            return Err(Failure::raise_usage(
                "goal",
                "expected \"placements\", \"score\" or \"households\": there is no usual one",
                text(
                    "Zeg wat telt: \"placements\" (de meeste mensen), \"score\" of \"households\".",
                    "Say what counts: \"placements\" (the most people), \"score\" or \"households\".",
                ),
            ));
        }
    };
    let usual = AssignRequest::new(goal);
    let request = AssignRequest {
        top: options.number("top", usual.top, 1, i64::MAX)?,
        every_pair: options.flag("every_pair")?,
        floor: u16::try_from(options.number("floor", 0, 0, 10_000)?).unwrap_or(u16::MAX),
        stable: options.flag("stable")?,
        when: options.when()?,
        sure: options.flag("sure")?,
        threads: options.threads()?,
        ..usual
    };
    let beside = match options.get("beside")? {
        None => Vec::new(),
        Some(given) => vec![word("beside", &given, &goals)?],
    };
    let coaches: Vec<Coach> = wished(options, "coaches", Code::BadCoaches)?;
    let households: Vec<Household> = wished(options, "households", Code::BadHouseholds)?;
    let keep: Vec<KeptPair> = wished(options, "keep", Code::BadKept)?;
    let (lines, proof, unplaced, edges) = all.run(
        py,
        |people| people,
        move |market, watch| {
            let wishes = AssignWishes {
                coaches: &coaches,
                households: &households,
                keep: &keep,
                beside: &beside,
            };
            let plan = market.assign_with(&request, &wishes, watch)?;
            let lines: Vec<_> = plan.lines(market).collect();
            Ok::<_, Ended>((lines, plan.proof(market), plan.unplaced(market), plan.edges(market)))
        },
    )?;
    Lines::new(lines)
        .with_value(py, "proof", &proof)?
        .with_lines(py, "unplaced", Lines::new(unplaced))?
        .with_lines(py, "edges", Lines::new(edges))
}

/// A list of dicts, or a table, as an option.
fn wished<T: serde::de::DeserializeOwned>(
    options: &Options<'_>,
    argument: &'static str,
    code: Code,
) -> PyResult<Vec<T>> {
    let Some(mut given) = options.get(argument)? else { return Ok(Vec::new()) };
    if door::is_table(&given)? {
        given = helper(given.py(), "known")?.call1((&given,))?;
    }
    let bad = |error: serde_json::Error| Failure::policy(code, argument, &error);
    door::dicts(&given, argument)?.map_err(bad)
}

pub(crate) fn pools(engine: &Engine, py: Python<'_>, call: Call<'_, '_>) -> PyResult<Lines> {
    let all = Population::new(engine, py, call, &["top", "select", "when", "sure", "threads"])?;
    let options = &all.options;
    let select = options.flag("select")?;
    let request = PoolRequest {
        top: options.number("top", PoolRequest::default().top, 1, i64::MAX)?,
        when: options.when()?,
        sure: options.flag("sure")?,
        threads: options.threads()?,
    };
    if !select {
        let ask = move |market: &Market, watch: &Watch| market.pools(&request, watch);
        return Ok(Lines::new(all.run(py, |people| people, ask)?));
    }
    let ask = move |market: &Market, watch: &Watch| market.weeks(&request, watch);
    let Weeks { lines, people, bound, with_pools, jobs } = all.run(py, |people| people, ask)?;
    let totals = BTreeMap::from([("people", people), ("bound", bound), ("with_pools", with_pools)]);
    Lines::new(lines).with_lines(py, "jobs", Lines::new(jobs))?.with_value(py, "totals", &totals)
}

pub(crate) fn lessons(
    engine: &Engine,
    py: Python<'_>,
    candidates: &Bound<'_, PyAny>,
    vacancies: &Bound<'_, PyAny>,
    timetables: &Bound<'_, PyAny>,
    options: Given<'_, '_>,
) -> PyResult<Lines> {
    let known = ["as_of", "when", "sure", "threads", "progress", "strict", "max_refused"];
    let options = Options::new(py, options, &known)?;
    let (as_of, limit) = (options.as_of()?, options.limit()?);
    let request = LessonsRequest {
        when: options.when()?,
        sure: options.flag("sure")?,
        threads: options.threads()?,
        ..LessonsRequest::new(as_of)
    };
    let school = school(timetables)?;
    let people: Arc<Input<Candidate>> = side(candidates, "candidates", limit)?;
    let vacancies: Arc<Input<Vacancy>> = side(vacancies, "vacancies", limit)?;
    let progress = options.progress()?;
    let engine = engine.engine.clone();
    if school.groups.is_empty() {
        return lines(py, progress.as_ref(), people.records.len(), move |watch| {
            let timetables = &school.timetables;
            engine.lessons(&people.records, &vacancies.records, timetables, &request, watch)
        });
    }
    let total = people.records.len();
    let plan = watched(py, progress.as_ref(), total, move |watch| {
        engine.school(&people.records, &vacancies.records, &school, &request, watch)
    })?;
    let LessonPlan { totals, lines } = plan.map_err(|error| match error {
        LessonsError::Market(_) | LessonsError::Rank(_) => internal(error),
        named => Failure::policy(Code::BadTimetables, "timetables", &named),
    })?;
    Lines::new(lines).with_value(py, "totals", &totals)
}

/// Timetables: a path or text of JSON, dicts, or one dict with groups, rooms and teachers.
fn school(given: &Bound<'_, PyAny>) -> PyResult<School> {
    const NAME: &str = "timetables";
    let bad = |error: serde_json::Error| Failure::policy(Code::BadTimetables, NAME, &error);
    if door::is_path(given) {
        return read_school(&named_text(NAME, given)?.1).map_err(bad);
    }
    if given.is_instance_of::<PyDict>() {
        let alone = PyList::new(given.py(), [given])?;
        let read: Vec<School> = door::dicts(&alone, NAME)?.map_err(bad)?;
        return Ok(read.into_iter().next().unwrap_or_default());
    }
    Ok(School { timetables: door::dicts(given, NAME)?.map_err(bad)?, ..School::default() })
}

/// Households to regions with quotas, with what no plan can pass and what comes of first come, first served.
pub(crate) fn place(
    engine: &Engine,
    py: Python<'_>,
    candidates: &Bound<'_, PyAny>,
    vacancies: &Bound<'_, PyAny>,
    options: Given<'_, '_>,
) -> PyResult<Lines> {
    let known = [
        "as_of",
        "quotas",
        "households",
        "least",
        "in_turn",
        "expected",
        "when",
        "sure",
        "threads",
        "progress",
        "strict",
        "max_refused",
    ];
    let options = Options::new(py, options, &known)?;
    let (as_of, limit) = (options.as_of()?, options.limit()?);
    let is_in_turn = options.flag("in_turn")?;
    let expected = options.number("expected", 0, 0, i64::from(u32::MAX))?;
    let request = PlacementRequest {
        as_of,
        when: options.when()?,
        sure: options.flag("sure")?,
        least: u16::try_from(options.number("least", 5_000, 1, 10_000)?).unwrap_or(u16::MAX),
        in_turn: is_in_turn.then(|| u64::try_from(expected).unwrap_or_default()),
        threads: options.threads()?,
    };
    let regions: Vec<Region> = wished(&options, "quotas", Code::BadQuotas)?;
    let households: Vec<Household> = wished(&options, "households", Code::BadHouseholds)?;
    let people: Arc<Input<Candidate>> = side(candidates, "candidates", limit)?;
    let vacancies: Arc<Input<Vacancy>> = side(vacancies, "vacancies", limit)?;
    let progress = options.progress()?;
    let engine = engine.engine.clone();
    let total = people.records.len();
    let plan = watched(py, progress.as_ref(), total, move |watch| {
        let (people, work) = (&people.records, &vacancies.records);
        engine.place(people, work, &households, &regions, &request, watch)
    })?;
    let mut plan = plan.map_err(|error| match error {
        PlacementError::Market(_) | PlacementError::Rank(_) => internal(error),
        PlacementError::Municipality { .. } | PlacementError::RegionTwice { .. } => {
            Failure::policy(Code::CannotPlace, "quotas", &error)
        }
        named => Failure::policy(Code::CannotPlace, "households", &named),
    })?;
    let households = std::mem::take(&mut plan.households);
    let quotas = std::mem::take(&mut plan.quotas);
    let totals = PlacementTotals::of(&plan);
    Lines::new(households)
        .with_lines(py, "quotas", Lines::new(quotas))?
        .with_value(py, "totals", &totals)
}

/// What a plan of where to live gives, and what could be.
#[derive(serde::Serialize)]
struct PlacementTotals {
    plan: Suitable,
    bound: Suitable,
    first_come: Suitable,
    hindsight: Option<Suitable>,
    unplaced: u64,
}

impl PlacementTotals {
    const fn of(plan: &Placement) -> Self {
        let Placement { plan, bound, first_come, hindsight, unplaced, .. } = plan;
        Self {
            plan: *plan,
            bound: *bound,
            first_come: *first_come,
            hindsight: *hindsight,
            unplaced: *unplaced,
        }
    }
}
