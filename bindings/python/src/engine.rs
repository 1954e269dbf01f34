// SPDX-License-Identifier: EUPL-1.2
//! The engine, as Python sees it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use passend::{
    By, Candidate, Changes, Event, History, Market, Permitted, Request, Vacancy, Vocabulary, Watch,
};
use passend_io::Code;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pythonize::pythonize;

use crate::arguments::Order;
use crate::door::{Input, Limit};
use crate::explanation::Explanation;
use crate::failure::{Failure, internal, text};
use crate::job::{self, Progress};
use crate::lines::Lines;
use crate::options::{self, Options};
use crate::report::Report;
use crate::result::{Asked, Before, Found, Ranked};
use crate::{arguments, ask, fair, happened, overlay, report, sides, study};

/// A policy and a vocabulary: what decides. Never changed, used as often as wanted.
#[pyclass(frozen, module = "passend")]
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) engine: passend::Engine,
    /// Tells engines of this process apart.
    pub(crate) number: u64,
    /// What was laid over the policy: TOML, in order.
    laid_over: Vec<String>,
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (policy=None, *, announced=None, places=None, vocabulary=None, purpose=None))]
    fn new(
        policy: Option<&Bound<'_, PyAny>>,
        announced: Option<&Bound<'_, PyAny>>,
        places: Option<&Bound<'_, PyAny>>,
        vocabulary: Option<&Bound<'_, PyAny>>,
        purpose: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let announced = match announced {
            Some(given) => arguments::flag("announced", given)?,
            None => false,
        };
        let (mut policy, laid_over) = overlay::policy(policy, announced)?;
        if let Some(places) = places {
            policy = policy.with_places(overlay::places(places)?);
        }
        if let Some(purpose) = purpose {
            policy = policy.with_purposes(overlay::purposes(purpose)?);
        }
        let vocabulary =
            vocabulary.map_or_else(|| Ok(Vocabulary::starter()), overlay::vocabulary)?;
        static MADE: AtomicU64 = AtomicU64::new(0);
        Ok(Self {
            engine: passend::Engine::new(policy, vocabulary),
            number: MADE.fetch_add(1, Ordering::Relaxed),
            laid_over,
        })
    }

    /// Rank vacancies for people, or people for vacancies, and say why.
    #[pyo3(
        name = "match",
        signature = (candidates, vacancies, *, as_of, k=None, by=None, when=None, sure=None, detail=None, threads=None,
            progress=None, strict=None, max_refused=None, history=None, since=None, order=None, spread=None),
        text_signature = "($self, candidates, vacancies, *, as_of, k=10, by='candidate', when=None, sure=False, detail='full', threads=0, progress=None, strict=False, max_refused=5, history=None, since=None, order='rank', spread=None)"
    )]
    #[expect(clippy::too_many_arguments, reason = "keywords of the Python method")]
    fn rank(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
        k: Option<&Bound<'_, PyAny>>,
        by: Option<&Bound<'_, PyAny>>,
        when: Option<&Bound<'_, PyAny>>,
        sure: Option<&Bound<'_, PyAny>>,
        detail: Option<&Bound<'_, PyAny>>,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
        strict: Option<&Bound<'_, PyAny>>,
        max_refused: Option<&Bound<'_, PyAny>>,
        history: Option<&Bound<'_, PyAny>>,
        since: Option<&Bound<'_, PyAny>>,
        order: Option<&Bound<'_, PyAny>>,
        spread: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Ranked> {
        let flag =
            |name, given: Option<_>| given.map_or(Ok(false), |given| arguments::flag(name, given));
        let number = |name, given: Option<_>, usual, least, most| {
            given.map_or(Ok(usual), |given| arguments::number(name, given, least, most))
        };
        let usual = Request::default();
        let request = Request {
            k: number("k", k, usual.k, 1, i64::MAX)?,
            by: by.map_or(Ok(usual.by), arguments::by)?,
            when: arguments::when(when)?,
            sure: flag("sure", sure)?,
            detail: detail.map_or(Ok(usual.detail), arguments::detail)?,
            people: false,
            scorer: usual.scorer,
            threads: options::threads_of_its_own(number("threads", threads, 0, 0, i64::MAX)?),
        };
        let as_of = arguments::day("as_of", as_of)?;
        let percent = u8::try_from(number("max_refused", max_refused, 5, 0, 100)?).unwrap_or(100);
        let limit = Limit { strict: flag("strict", strict)?, percent };
        let progress = options::progress(py, progress)?;
        let order = order.map_or(Ok(Order::Rank), arguments::order)?;
        if since.is_some() && request.by == By::Both {
            return Err(Failure::raise_usage(
                "by",
                "expected lists of one side with `since`",
                text("Kies \"candidate\" of \"vacancy\".", "Choose \"candidate\" or \"vacancy\"."),
            ));
        }
        let spread = match spread {
            None => None,
            Some(_) if request.by != By::Candidate => {
                return Err(Failure::raise_usage(
                    "by",
                    "expected lists of people with `spread`",
                    text("Laat `by` weg.", "Leave `by` out."),
                ));
            }
            Some(points) => u16::try_from(arguments::number("spread", points, 0, 10_000)?).ok(),
        };
        let before = (happened::history(history, as_of, limit)?, happened::since(since)?);
        let people: Arc<Input<Candidate>> = sides::side(candidates, "candidates", limit)?;
        let (work, market) = sides::work(py, self, vacancies, as_of, limit)?;
        self.ranked(py, (people, work), market, (request, order, spread), before, progress.as_ref())
    }

    /// Rank vacancies for one person: at once, where they were opened before.
    #[pyo3(
        signature = (candidate, vacancies, **options),
        text_signature = "($self, candidate, vacancies, *, as_of, k=10, when=None, sure=False, detail='full', strict=False, max_refused=5)"
    )]
    fn match_one(
        &self,
        py: Python<'_>,
        candidate: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Ranked> {
        let known = ["as_of", "k", "when", "sure", "detail", "strict", "max_refused"];
        let options = Options::new(py, options, &known)?;
        let usual = Request::default();
        let detail = options.get("detail")?;
        let request = Request {
            k: options.number("k", usual.k, 1, i64::MAX)?,
            when: options.when()?,
            sure: options.flag("sure")?,
            detail: detail.map_or(Ok(usual.detail), |given| arguments::detail(&given))?,
            threads: 1,
            ..usual
        };
        let person: Candidate = sides::one(candidate, "candidate")?;
        let people = Arc::new(Input::of_one(person, "candidates"));
        let as_of = options.as_of()?;
        let (work, market) = sides::work(py, self, vacancies, as_of, options.limit()?)?;
        self.ranked(py, (people, work), market, (request, Order::Rank, None), (None, None), None)
    }

    /// What one person can do to open more work.
    #[pyo3(
        signature = (candidate, vacancies, **options),
        text_signature = "($self, candidate, vacancies, *, as_of, max_steps=3, k=5, sure=False, programmes=None, strict=False, max_refused=5)"
    )]
    fn plan(
        &self,
        py: Python<'_>,
        candidate: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        ask::plan(self, py, candidate, vacancies, options)
    }

    /// The questions to each person, by what hangs on the answer.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, k=10, when=None, sure=False, threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn questions(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        ask::questions(self, py, (candidates, vacancies, options))
    }

    /// What relaxing each demand of one vacancy adds.
    #[pyo3(
        signature = (vacancy, candidates, **options),
        text_signature = "($self, vacancy, candidates, *, as_of, strict=False, max_refused=5)"
    )]
    fn relax(
        &self,
        py: Python<'_>,
        vacancy: &Bound<'_, PyAny>,
        candidates: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        ask::relax(self, py, vacancy, candidates, options)
    }

    /// The pairs that another engine, another day, or both change.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, other=None, other_as_of=None, progress=None, strict=False, max_refused=5)"
    )]
    fn diff(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        ask::diff(self, py, candidates, vacancies, options)
    }

    /// The pairs of one person that other facts, another engine or another day change.
    #[pyo3(
        signature = (candidate, vacancies, change=None, **options),
        text_signature = "($self, candidate, vacancies, change=None, *, as_of, other=None, other_as_of=None, strict=False, max_refused=5)"
    )]
    fn what_if(
        &self,
        py: Python<'_>,
        candidate: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        change: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        ask::what_if(self, py, candidate, vacancies, change, options)
    }

    /// Who goes where: the best assignment of people to positions, with its proof.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, goal, top=50, every_pair=False, beside=None, floor=0, stable=False, coaches=None, households=None, keep=None, when=None, sure=False, threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn assign(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        ask::assign(self, py, (candidates, vacancies, options))
    }

    /// Part-time vacancies that together make a full week for one person.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, top=50, select=False, when=None, sure=False, threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn pools(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        ask::pools(self, py, (candidates, vacancies, options))
    }

    /// Which timetable of lessons blocks the least work, of all learners or of each group.
    #[pyo3(
        signature = (candidates, vacancies, timetables, **options),
        text_signature = "($self, candidates, vacancies, timetables, *, as_of, when=None, sure=False, threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn lessons(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        timetables: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        ask::lessons(self, py, candidates, vacancies, timetables, options)
    }

    /// Households to regions with quotas, so that most adults have suitable work within reach.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, quotas, households, least=5000, in_turn=False, expected=0, when=None, sure=False, threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn place(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        ask::place(self, py, candidates, vacancies, options)
    }

    /// How many more people find work with each measure: now, and within 3, 6 and 12 months.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, measures=None, by=None, matches=1, score=1, together=0, threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn leverage(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        study::leverage(self, py, (candidates, vacancies, options))
    }

    /// Of all people who may work, who finds work open and from when, and at which gate the others stop.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, by=None, threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn funnel(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        study::funnel(self, py, (candidates, vacancies, options))
    }

    /// Open positions against people who are ready, by kind of work, sector and region.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn supply(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        study::supply(self, py, (candidates, vacancies, options))
    }

    /// People by one to three dimensions, as a table that may be published.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, by, threshold=10, rounding=5, protection=None, ledger=None, progress=None, strict=False, max_refused=5)"
    )]
    fn groups(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        study::groups(self, py, (candidates, vacancies, options))
    }

    /// How stable lists are under other weights, and on which unverified rules they rest.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, k=10, points=10, when=None, sure=False, threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn sensitivity(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        study::sensitivity(self, py, (candidates, vacancies, options))
    }

    /// A population as tables and one page: who may and can work, what stands in the way, what measures bring.
    #[pyo3(
        signature = (candidates, vacancies, **options),
        text_signature = "($self, candidates, vacancies, *, as_of, name=None, region=None, by=None, threshold=10, measures=None, lang='nl', threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn report(
        &self,
        py: Python<'_>,
        candidates: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Report> {
        report::report(self, py, (candidates, vacancies, options))
    }

    /// That who somebody is changes nothing: imports a table and matches, twice.
    #[pyo3(
        signature = (table, vacancies, **options),
        text_signature = "($self, table, vacancies, *, as_of, k=10, threads=0, progress=None, strict=False, max_refused=5)"
    )]
    fn flip(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        vacancies: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Lines> {
        fair::flip(self, py, table, vacancies, options)
    }

    /// The weights, and what was laid over the rules: TOML that makes an engine like this one.
    fn to_toml(&self) -> PyResult<String> {
        overlay::to_toml(self.engine.policy(), &self.laid_over)
    }

    /// Why a pair has its score and readiness; also for a pair that is closed.
    #[pyo3(signature = (candidate, vacancy, *, as_of))]
    fn explain(
        &self,
        py: Python<'_>,
        candidate: &Bound<'_, PyAny>,
        vacancy: &Bound<'_, PyAny>,
        as_of: &Bound<'_, PyAny>,
    ) -> PyResult<Explanation> {
        let as_of = arguments::day("as_of", as_of)?;
        let person: Candidate = sides::one(candidate, "candidate")?;
        let work: Vacancy = sides::one(vacancy, "vacancy")?;
        if self.engine.permitted(&person, as_of) != Permitted::Yes {
            return Err(Failure::unknown(Code::NoPermission, "candidate"));
        }
        let engine = self.engine.clone();
        let explanation = job::run(py, &Arc::default(), None, move || {
            let (candidate, vacancy) = (person.id.clone(), work.id.clone());
            let market =
                engine.market(&[person], &[work], as_of).map_err(|error| error.to_string())?;
            market.explain(&candidate, &vacancy).map_err(|error| error.to_string())
        })?;
        Ok(Explanation::new(explanation.map_err(internal)?))
    }

    /// The rules whose period holds the day.
    #[pyo3(signature = (as_of))]
    fn rules<'py>(
        &self,
        py: Python<'py>,
        as_of: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let as_of = arguments::day("as_of", as_of)?;
        let policy = self.engine.policy();
        Ok(pythonize(py, &policy.rules(as_of, policy.announced()))?)
    }

    /// Whether announced rules decide.
    #[getter]
    fn announced(&self) -> bool {
        self.engine.policy().announced()
    }

    /// Versions of rules and vocabulary, and the weights.
    #[getter]
    fn versions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let versions = PyDict::new(py);
        versions.set_item("rules", self.engine.policy().version())?;
        versions.set_item("vocabulary", self.engine.vocabulary().version())?;
        versions.set_item("weights", self.engine.policy().weights().to_string())?;
        Ok(versions)
    }

    fn __repr__(&self) -> String {
        let policy = self.engine.policy();
        let laid_over = match self.laid_over.len() {
            0 => String::new(),
            files => format!(", {files} laid over (see .to_toml())"),
        };
        let announced = if policy.announced() { ", announced rules decide" } else { "" };
        format!(
            "<passend.Engine\n  rules: {}{laid_over}{announced}\n  reviewed until: {}\n  vocabulary: {}\n  weights: {}>",
            policy.version(),
            policy.reviewed_until(),
            self.engine.vocabulary().version(),
            policy.weights()
        )
    }
}

impl Engine {
    fn ranked(
        &self,
        py: Python<'_>,
        (people, work): (Arc<Input<Candidate>>, Arc<Input<Vacancy>>),
        vacancies: Market,
        (request, order, spread): (Request, Order, Option<u16>),
        (history, since): (Option<(History, Input<Event>)>, Option<Changes>),
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Ranked> {
        let total = people.records.len();
        let asked = Asked::new(&self.engine, vacancies.as_of(), request, &people, &work);
        let mut issues = sides::issues(&people, &work);
        let history = history.map(|(history, events)| {
            issues.extend(events.issues);
            history
        });
        let watch = Arc::new(Watch::new());
        let progress = progress.map(|tell| Progress { tell, total });
        let found = job::run(py, &watch, progress.as_ref(), {
            let watch = Arc::clone(&watch);
            move || {
                let left_out = history.as_ref().map(|history| {
                    let ids = people.records.iter().map(|one| one.id.as_str());
                    let work = work.records.iter();
                    history
                        .counts(ids, work.map(|one| (one.id.as_str(), one.positions.unwrap_or(1))))
                });
                let market = match history {
                    None => vacancies.with_candidates(&people.records),
                    Some(history) => vacancies.with_candidates_after(&people.records, history),
                };
                let market = market.map_err(|error| error.to_string())?;
                drop((people, work));
                let rank =
                    |request| market.rank(&request, &watch).map_err(|error| error.to_string());
                let (ranking, spread) = match spread {
                    None => (rank(request)?, None),
                    Some(points) => {
                        let long = rank(request.to_spread())?;
                        let (ranking, spread) = long.spread(&market, request.k, points);
                        (ranking, Some(spread))
                    }
                };
                let ranking = match order {
                    Order::Rank => ranking,
                    Order::Neutral => ranking.in_neutral_order(),
                };
                let changes = since.map(|mut changes| {
                    happened::seen(&mut changes, ranking.lines(&market));
                    let why =
                        |candidate: &str, vacancy: &str| market.why_left_out(candidate, vacancy);
                    changes.lines(why).collect()
                });
                Ok::<_, String>((Found { market, ranking }, Before { left_out, changes, spread }))
            }
        })?;
        let (found, before) = found.map_err(internal)?;
        Ok(Ranked::new(Arc::new(found), asked, issues, before))
    }
}
