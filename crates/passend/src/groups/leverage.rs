// SPDX-License-Identifier: EUPL-1.2
//! What measures would do: how many more people find work open to them, by when, in which group.
//!
//! Who finds work anyway cannot be gained and is not looked at; for the others it is enough to know whether anything is
//! open. So a measure costs a small part of a ranking.

use serde::Serialize;

use super::dimension::{Category, Dimension, Grouping};
use super::measure::{Measure, Measures};
use super::world::{Law, World, lines};
use crate::engine::{Market, Stopped, Watch, on_threads};
use crate::index::{Enough, Horizon, Index, Plain, enough};
use crate::model::Day;

/// By when work is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Span {
    /// On the day itself.
    #[serde(rename = "now")]
    Now,
    /// Within three calendar months.
    #[serde(rename = "3m")]
    ThreeMonths,
    /// Within six calendar months.
    #[serde(rename = "6m")]
    SixMonths,
    /// Within twelve calendar months.
    #[serde(rename = "12m")]
    TwelveMonths,
}

impl Span {
    /// All spans, the shortest first.
    pub const ALL: [Self; 4] = [Self::Now, Self::ThreeMonths, Self::SixMonths, Self::TwelveMonths];

    /// The name in records: `3m`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::ThreeMonths => "3m",
            Self::SixMonths => "6m",
            Self::TwelveMonths => "12m",
        }
    }

    /// The last day of the span.
    pub(super) fn last_day(self, as_of: Day) -> Day {
        as_of.plus_months(match self {
            Self::Now => 0,
            Self::ThreeMonths => 3,
            Self::SixMonths => 6,
            Self::TwelveMonths => 12,
        })
    }
}

/// How many spans there are: who finds nothing within the longest has this place.
pub(super) const NEVER: u8 = 4;

/// What is asked of a study of measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeverageRequest {
    /// By what people are counted; without it, all together.
    pub by: Option<Dimension>,
    /// How many vacancies must be open to somebody to count.
    pub matches: u16,
    /// The least score of each, 1 to 10,000.
    pub score: u16,
    /// Up to so many measures together; 0 for none.
    pub together: u8,
    /// Threads; 0 for those of the process. The answer does not depend on it.
    pub threads: usize,
}

impl Default for LeverageRequest {
    /// One vacancy with any score, all people together, each measure by itself.
    fn default() -> Self {
        Self { by: None, matches: 1, score: 1, together: 0, threads: 0 }
    }
}

/// People gained by a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeverageLine {
    /// Id of the measure.
    pub measure: String,
    /// Code of the group; `all` where nothing is told apart.
    pub group: String,
    /// By when.
    pub horizon: Span,
    /// People who find work with the measure and not without it.
    pub people: u32,
}

/// People who find work without any measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BaseLine {
    /// Code of the group.
    pub group: String,
    /// By when.
    pub horizon: Span,
    /// People who find work.
    pub people: u32,
    /// All people of the group.
    pub of: u32,
}

/// How a set of measures was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// Each time the measure was added that gains most with those before it.
    Greedy,
    /// Every set of this size was tried.
    Exact,
}

/// People gained by measures that are all taken; nobody is counted twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TogetherLine {
    /// Ids of the measures, in the order in which they were added; in that of the table where all sets were tried.
    pub measures: Vec<String>,
    /// How the set was found.
    pub found: Found,
    /// By when.
    pub horizon: Span,
    /// People who find work with all of them and not without.
    pub people: u32,
}

/// What measures would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Leverage {
    /// The day.
    pub as_of: Day,
    /// The groups, by code.
    pub groups: Vec<Category>,
    /// Without any measure.
    pub base: Vec<BaseLine>,
    /// Each measure by itself: by measure in the order of the table, then group, then horizon.
    pub lines: Vec<LeverageLine>,
    /// Measures together.
    pub together: Vec<TogetherLine>,
}

/// Sets are all tried up to so many.
const MOST_SETS: usize = 250;

impl Market {
    /// How many more people find work with each measure: within now, 3, 6 and 12 months, by group.
    ///
    /// Somebody finds work if enough vacancies are open on the day, or open on a day of the span, without any step. A
    /// measure works from the day on which its usual lead time is over; where it changes a person, what is asked of the
    /// start of the work is asked of that day.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, LeverageRequest, Measures, Span, Vacancy, Watch};
    /// let person: Candidate = serde_json::from_str(r#"{"id":"c1","residence":{"status":"free"},"bsn_available":true,"certificates":[]}"#)?;
    /// let work: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"lasser","require":{"certificates":[{"code":"vca_basic","weight":"must"}]}}"#)?;
    /// let engine = Engine::default();
    /// let market = engine.market(&[person], &[work], "2026-11-25".parse()?)?;
    /// let measures = Measures::builtin(engine.policy());
    /// let found = market.leverage(&measures, &LeverageRequest::default(), &Watch::new())?;
    /// let vca: Vec<_> = found.lines.iter().filter(|line| line.measure == "vca_basic").collect();
    /// assert_eq!(vca.iter().map(|line| line.people).collect::<Vec<_>>(), [0, 1, 1, 1]); // a course of 26 days
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The watch was stopped.
    pub fn leverage(
        &self,
        measures: &Measures,
        request: &LeverageRequest,
        watch: &Watch,
    ) -> Result<Leverage, Stopped> {
        on_threads(request.threads, || self.leverage_of(measures, request, watch))
    }

    fn leverage_of(
        &self,
        Measures(measures): &Measures,
        request: &LeverageRequest,
        watch: &Watch,
    ) -> Result<Leverage, Stopped> {
        let sets = usize::from(request.together) * measures.len();
        watch.begin(1 + measures.len() + sets);
        let grouping = match request.by {
            Some(dimension) => self.grouping(dimension, watch)?,
            None => Grouping::everybody(self.candidates()),
        };
        let study = Study::new(self, request, watch)?;
        watch.step()?;
        let mut lines = Vec::new();
        for measure in measures {
            let with = study.with(&[measure], &Span::ALL)?;
            watch.step()?;
            let gained = |span: u8, at: usize| study.gains(&with, span, at);
            lines.extend(study.count(&grouping, gained).map(|(group, horizon, people, _)| {
                LeverageLine { measure: measure.id.clone(), group, horizon, people }
            }));
        }
        let base = |span: u8, at: usize| study.base.get(at).is_some_and(|own| *own <= span);
        let base = study
            .count(&grouping, base)
            .map(|(group, horizon, people, of)| BaseLine { group, horizon, people, of })
            .collect();
        let together = study.together(measures, usize::from(request.together))?;
        Ok(Leverage { as_of: self.as_of, groups: grouping.categories, base, lines, together })
    }
}

/// A study: who finds work without any measure, and what is asked.
pub(super) struct Study<'a> {
    market: &'a Market,
    enough: Enough,
    /// The last day of each span.
    last_days: [Day; 4],
    /// For each person the place of the shortest span within which work is open.
    pub(super) base: Vec<u8>,
    watch: &'a Watch,
}

impl<'a> Study<'a> {
    pub(super) fn new(
        market: &'a Market,
        request: &LeverageRequest,
        watch: &'a Watch,
    ) -> Result<Self, Stopped> {
        let enough = Enough { pairs: request.matches.max(1), score: request.score.max(1) };
        let last_days = Span::ALL.map(|span| span.last_day(market.as_of));
        let mut study = Self { market, enough, last_days, base: Vec::new(), watch };
        let mut base = vec![NEVER; market.candidates()];
        let index = market.index(watch)?;
        for (span, last_day) in (0..).zip(last_days) {
            let is_asked = |one: u32| base.get(one as usize) == Some(&NEVER);
            for one in study.open(market.plain(), index, market.sides(), last_day, is_asked)? {
                if let Some(own) = base.get_mut(one as usize) {
                    *own = span;
                }
            }
        }
        study.base = base;
        Ok(study)
    }

    fn open(
        &self,
        plain: Plain<'_>,
        index: &Index,
        sides: crate::index::Sides<'_>,
        last_day: Day,
        is_asked: impl Fn(u32) -> bool,
    ) -> Result<Vec<u32>, Stopped> {
        let horizon = Horizon { last_day: Some(last_day), sure: true, steps: false };
        enough(plain, index, sides, horizon, self.enough, is_asked, || self.watch.check())
    }

    /// For each person the shortest of these spans within which work is open with all of the measures, or without.
    fn with(&self, measures: &[&Measure], spans: &[Span]) -> Result<Vec<u8>, Stopped> {
        let mut with = self.base.clone();
        let law = Law::new(self.market, self.market.index(self.watch)?, measures);
        let one_is_enough = self.enough.pairs == 1;
        for line in lines(measures) {
            // Who finds work within the shortest span in which the measures work cannot be gained.
            let can_gain = |number: u32, from: Day| {
                let own = self.base.get(number as usize).copied().unwrap_or_default();
                let first = (0..).zip(&self.last_days).find(|(_, last)| from <= **last);
                first.is_some_and(|(span, _): (u8, _)| span < own)
            };
            let world =
                World::new(self.market, measures, line, one_is_enough, law.as_ref(), can_gain);
            self.watch.check()?;
            self.look(&world, spans, &mut with)?;
        }
        Ok(with)
    }

    /// The longest span first: who finds nothing within it finds nothing within a shorter one.
    fn look(&self, world: &World<'_>, spans: &[Span], with: &mut [u8]) -> Result<(), Stopped> {
        if world.people.is_empty() {
            return Ok(());
        }
        let plain = Plain { rules: &world.rules, ..self.market.plain() };
        let sides = (world.people.as_slice(), &*world.vacancies);
        let index = Index::new(plain, sides, || self.watch.check())?;
        let of = |all: &[u8], one: u32| {
            let number = world.numbers.get(one as usize).copied().unwrap_or_default();
            all.get(number as usize).copied().unwrap_or_default()
        };
        for span in spans.iter().rev().map(|span| *span as u8) {
            let Some(last_day) = self.last_days.get(usize::from(span)).copied() else { continue };
            let longest = spans.last().is_none_or(|last| *last as u8 == span);
            let asked: Vec<bool> = (0..)
                .zip(&world.from)
                .map(|(one, from)| {
                    let found_later = longest || of(with, one) <= span + 1;
                    *from <= last_day && of(&self.base, one) > span && found_later
                })
                .collect();
            let is_asked = |one: u32| asked.get(one as usize).copied().unwrap_or_default();
            for one in self.open(plain, &index, sides, last_day, is_asked)? {
                let number = world.numbers.get(one as usize).copied().unwrap_or_default();
                if let Some(own) = with.get_mut(number as usize) {
                    *own = span.min(*own);
                }
            }
        }
        Ok(())
    }

    fn gains(&self, with: &[u8], span: u8, at: usize) -> bool {
        let of = |all: &[u8]| all.get(at).copied().unwrap_or(NEVER);
        of(&self.base) > span && of(with) <= span
    }

    /// By group and span how many people are counted, and how many there are.
    pub(super) fn count(
        &self,
        grouping: &Grouping,
        counts: impl Fn(u8, usize) -> bool,
    ) -> impl Iterator<Item = (String, Span, u32, u32)> {
        let mut tally = vec![([0u32; 4], 0u32); grouping.categories.len()];
        for (at, group) in grouping.of_candidate.iter().enumerate() {
            let Some((people, of)) = tally.get_mut(*group as usize) else { continue };
            *of += 1;
            for (span, people) in (0..).zip(people) {
                *people += u32::from(counts(span, at));
            }
        }
        let groups: Vec<String> = grouping.categories.iter().map(|one| one.code.clone()).collect();
        groups.into_iter().zip(tally).flat_map(|(group, (people, of))| {
            Span::ALL
                .into_iter()
                .zip(people)
                .map(move |(span, people)| (group.clone(), span, people, of))
        })
    }

    fn people(&self, with: &[u8], span: u8) -> u32 {
        let gained = (0..self.base.len()).filter(|at| self.gains(with, span, *at)).count();
        u32::try_from(gained).unwrap_or(u32::MAX)
    }

    /// Sets of measures up to a size: greedily, and for each size with few sets the best of all.
    fn together(&self, measures: &[Measure], most: usize) -> Result<Vec<TogetherLine>, Stopped> {
        let mut lines = Vec::new();
        if most == 0 || measures.is_empty() {
            return Ok(lines);
        }
        let longest = Span::TwelveMonths;
        let gain = |set: &[usize]| -> Result<u32, Stopped> {
            let taken: Vec<&Measure> = set.iter().filter_map(|at| measures.get(*at)).collect();
            Ok(self.people(&self.with(&taken, &[longest])?, longest as u8))
        };
        let mut greedy: Vec<usize> = Vec::new();
        for size in 1..=most.min(measures.len()) {
            let others: Vec<usize> =
                (0..measures.len()).filter(|at| !greedy.contains(at)).collect();
            let tried: Vec<(u32, usize)> = others
                .iter()
                .map(|at| {
                    let set: Vec<usize> = greedy.iter().copied().chain([*at]).collect();
                    self.watch.step()?;
                    Ok((gain(&set)?, *at))
                })
                .collect::<Result<_, Stopped>>()?;
            // Of measures that gain equally much the first of the table.
            let best = tried.iter().max_by_key(|(people, at)| (*people, std::cmp::Reverse(*at)));
            greedy.extend(best.map(|(_, at)| *at));
            lines.extend(self.told(measures, &greedy, Found::Greedy)?);
            let sets = sets(measures.len(), size);
            if size > 1 && !sets.is_empty() {
                let tried: Vec<u32> = sets.iter().map(|set| gain(set)).collect::<Result<_, _>>()?;
                let best =
                    (0..).zip(&tried).max_by_key(|(at, people)| (**people, std::cmp::Reverse(*at)));
                let best = best.and_then(|(at, _): (usize, _)| sets.get(at));
                lines.extend(self.told(measures, best.map_or(&[], Vec::as_slice), Found::Exact)?);
            }
        }
        Ok(lines)
    }

    fn told(
        &self,
        measures: &[Measure],
        set: &[usize],
        found: Found,
    ) -> Result<impl Iterator<Item = TogetherLine>, Stopped> {
        let taken: Vec<&Measure> = set.iter().filter_map(|at| measures.get(*at)).collect();
        let with = self.with(&taken, &Span::ALL)?;
        let ids: Vec<String> = taken.iter().map(|one| one.id.clone()).collect();
        let people = Span::ALL.map(|span| (span, self.people(&with, span as u8)));
        Ok(people.into_iter().map(move |(horizon, people)| TogetherLine {
            measures: ids.clone(),
            found,
            horizon,
            people,
        }))
    }
}

/// All sets of a size, in order; none where there are too many to try.
fn sets(count: usize, size: usize) -> Vec<Vec<usize>> {
    let number = (0..size).try_fold(1usize, |number, at| {
        let number = number.checked_mul(count.checked_sub(at)?)? / (at + 1);
        Some(number)
    });
    if number.is_none_or(|number| number > MOST_SETS) {
        return Vec::new();
    }
    let mut sets = Vec::new();
    let mut set: Vec<usize> = (0..size).collect();
    loop {
        sets.push(set.clone());
        // The last place that can still move on; those behind it follow.
        let moves = |(at, own): &(usize, &usize)| **own < count - size + at;
        let Some((at, own)) = set.iter().enumerate().rev().find(moves) else { return sets };
        let from = own + 1;
        set.truncate(at);
        set.extend(from..from + size - at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::gate::{Gate, ReadinessClass, judge};
    use crate::model::{
        AcceptedLanguage, Availability, Candidate, Cefr, Certificate, Evaluation,
        EvaluationOutcome, Language, LevelRange, SlotKind, Stance, TwvStance, Vacancy,
    };
    use crate::policy::Policy;
    use std::sync::LazyLock;

    static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::default);
    /// The market of [`demo`] as it is, made once for all tests.
    static MARKET: LazyLock<Market> = LazyLock::new(|| {
        let (people, work) = demo();
        ENGINE.market(&people, &work, DAY.parse().unwrap()).unwrap()
    });
    const DAY: &str = "2026-11-25";

    fn records<T: serde::de::DeserializeOwned>(lines: &str) -> Vec<T> {
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn demo() -> (Vec<Candidate>, Vec<Vacancy>) {
        let mut people: Vec<Candidate> =
            records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/candidates.jsonl")));
        for mobility in people.iter_mut().filter_map(|one| one.mobility.as_mut()) {
            mobility.max_minutes = None;
        }
        people.truncate(24);
        let work = include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl"));
        (people, records::<Vacancy>(work).into_iter().step_by(2).collect())
    }

    /// The place of the shortest span in which each person finds enough, by asking every pair. With `requested` a TWV that
    /// is all a pair needs is only waited for.
    fn asked_one_by_one(market: &Market, request: &LeverageRequest, requested: bool) -> Vec<u8> {
        let (people, work) = market.sides();
        let opens = |one, vacancy| {
            let mut step = false;
            let verdict = judge(market.on_day(), one, vacancy, |finding| {
                let ids = finding.steps.iter().flatten();
                let ids: Vec<_> =
                    ids.map(|step| step.id(&market.policy, &market.prepared.words)).collect();
                let only_permit = finding.gate == Gate::WorkAuthorisation
                    && (ids == ["twv"] || ids == ["twv_agency"]);
                step |= finding.class() > ReadinessClass::On && !(requested && only_permit);
            });
            let enough = !step && market.score(one, vacancy).now >= request.score;
            enough.then_some(verdict.day)
        };
        let span = |one| {
            let mut days: Vec<_> = work.iter().filter_map(|vacancy| opens(one, vacancy)).collect();
            days.sort_unstable();
            let day = days.get(usize::from(request.matches) - 1);
            let within = |span: &Span| day.is_some_and(|day| *day <= span.last_day(market.as_of));
            Span::ALL.iter().position(within).map_or(NEVER, |at| u8::try_from(at).unwrap())
        };
        people.iter().map(span).collect()
    }

    /// People gained in each span, by changing every record and asking every pair again.
    fn recount(
        request: &LeverageRequest,
        engine: &Engine,
        requested: bool,
        change: impl Fn(&mut Candidate, &mut Vacancy),
    ) -> [u32; 4] {
        let (mut people, mut work) = demo();
        let mut none: Vacancy = serde_json::from_str(r#"{"id":"none"}"#).unwrap();
        for one in &mut people {
            change(one, &mut none);
        }
        let mut nobody: Candidate = serde_json::from_str(r#"{"id":"nobody"}"#).unwrap();
        for one in &mut work {
            change(&mut nobody, one);
        }
        let after = engine.market(&people, &work, DAY.parse().unwrap()).unwrap();
        let base = asked_one_by_one(&MARKET, request, false);
        let with = asked_one_by_one(&after, request, requested);
        [0, 1, 2, 3].map(|span| {
            let pairs =
                base.iter().zip(&with).filter(|(base, with)| **base > span && **with <= span);
            u32::try_from(pairs.count()).unwrap()
        })
    }

    /// What the study says of measures taken together.
    fn study(request: &LeverageRequest, ids: &[&str]) -> [u32; 4] {
        let market: &Market = &MARKET;
        let Measures(all) = Measures::builtin(ENGINE.policy());
        let taken: Vec<&Measure> = all.iter().filter(|one| ids.contains(&&*one.id)).collect();
        assert_eq!(taken.len(), ids.len());
        let watch = Watch::new();
        let study = Study::new(market, request, &watch).unwrap();
        let with = study.with(&taken, &Span::ALL).unwrap();
        [0, 1, 2, 3].map(|span| study.people(&with, span))
    }

    /// From a day on, where that is later than the person's own.
    fn from(one: &mut Candidate, days: u16) {
        let day = DAY.parse::<Day>().unwrap().plus_days(i32::from(days));
        let available = one.available.get_or_insert_with(Availability::default);
        available.from = Some(available.from.map_or(day, |own| own.max(day)));
    }

    fn dutch_up(one: &mut Candidate) {
        let Some(languages) = &mut one.languages else { return };
        if languages.iter().all(|own| own.code != "nl") {
            languages
                .push(serde_json::from_str::<Language>(r#"{"code":"nl","level":"A0"}"#).unwrap());
        }
        let own = languages.iter_mut().find(|own| own.code == "nl").unwrap();
        let up = |range: &mut LevelRange<Cefr>| {
            for level in [&mut range.min, &mut range.max].into_iter().flatten() {
                *level = Cefr::from_rank((level.rank() + 1).min(6));
            }
        };
        let low = own.level.and_then(|range| range.min).unwrap_or(Cefr::A0);
        [&mut own.level, &mut own.listening, &mut own.reading, &mut own.speaking, &mut own.writing]
            .into_iter()
            .flatten()
            .for_each(up);
        if low < Cefr::C2 {
            let to = Cefr::from_rank(low.rank() + 1);
            from(one, ENGINE.policy().language_days(low, to).usual);
        }
    }

    /// Planned for the day on which the course is over: said otherwise than the study does.
    fn vca_planned(one: &mut Candidate) {
        let Some(certificates) = &mut one.certificates else { return };
        let holds = |own: &Certificate| {
            own.code.as_deref().is_some_and(|code| code == "vca_basic" || code == "vca_vol")
        };
        if !certificates.iter().any(holds) {
            let day = DAY.parse::<Day>().unwrap().plus_days(26);
            let code = Some("vca_basic".to_owned());
            certificates.push(Certificate { code, planned: Some(day), ..Certificate::default() });
        }
    }

    #[track_caller]
    fn check(ids: &[&str], change: impl Fn(&mut Candidate, &mut Vacancy)) -> u32 {
        let mut all = 0;
        for (matches, score) in [(1, 1), (1, 5000)] {
            let request = LeverageRequest { matches, score, ..LeverageRequest::default() };
            let expected = recount(&request, &ENGINE, false, &change);
            assert_eq!(study(&request, ids), expected, "{ids:?} {matches} {score}");
            all += expected.iter().sum::<u32>();
        }
        all
    }

    #[test]
    fn measures_for_people_gain_what_changing_every_record_gains() {
        assert!(check(&["dutch_one_level"], |one, _| dutch_up(one)) > 0);
        check(&["vca_basic"], |one, _| vca_planned(one));
        check(&["dutch_one_level", "vca_basic"], |one, _| {
            vca_planned(one);
            dutch_up(one);
        });
        check(&["diploma_evaluated"], |one, _| {
            let mut any = false;
            for course in one.education.iter_mut().flatten() {
                let own = course.evaluation.as_ref().map(|own| own.outcome_code);
                let level = course.level.and_then(|level| level.min);
                let finished = course.diploma != Some(false)
                    && !matches!(
                        course.status,
                        Some(
                            crate::model::EducationStatus::Unfinished
                                | crate::model::EducationStatus::Current
                        )
                    );
                if matches!(
                    own,
                    None | Some(EvaluationOutcome::SelfDeclared | EvaluationOutcome::InProgress)
                ) && level.is_some()
                    && finished
                {
                    any = true;
                    course.evaluation = Some(Evaluation {
                        outcome_code: EvaluationOutcome::FullEvaluation,
                        dutch_level: level,
                        field: None,
                        date: None,
                    });
                }
            }
            if any {
                from(one, 42);
            }
        });
    }

    #[test]
    fn measures_for_time_and_place_gain_what_changing_every_record_gains() {
        assert!(
            check(&["travel_15_km"], |one, _| {
                if let Some(km) = one.mobility.as_mut().and_then(|own| own.max_km.as_mut()) {
                    *km += 15;
                }
            }) > 0
        );
        check(&["lessons_evening"], |one, _| {
            let Some(slots) = &mut one.slots else { return };
            let before = slots.clone();
            let minutes = |day| -> u16 {
                let own =
                    before.iter().filter(|slot| slot.kind == SlotKind::Class && slot.day == day);
                own.map(|slot| slot.to.minutes() - slot.from.minutes()).sum()
            };
            let mut days: Vec<_> = before.iter().map(|slot| slot.day).collect();
            days.sort_unstable();
            days.dedup();
            for day in days.into_iter().filter(|day| (1..=240).contains(&minutes(*day))) {
                let mut own = *before
                    .iter()
                    .find(|slot| slot.kind == SlotKind::Class && slot.day == day)
                    .unwrap();
                own.from = crate::model::ClockTime::from_minutes(1110).unwrap();
                own.to = crate::model::ClockTime::from_minutes(1110 + minutes(day)).unwrap();
                slots.retain(|slot| slot.kind != SlotKind::Class || slot.day != day);
                slots.push(own);
            }
            if *slots != before {
                from(one, 7);
            }
        });
    }

    #[test]
    fn measures_for_work_gain_what_changing_every_record_gains() {
        check(&["coach_on_floor"], |_, work| work.language_support = Some(true));
        check(&["english_accepted"], |_, work| {
            let asked = work.require.iter_mut().filter_map(|own| own.languages.as_mut()).flatten();
            for own in asked {
                let accepts = own.or.get_or_insert_with(Vec::new);
                let dutch = accepts.iter().find(|other| other.code == "nl").map(|other| other.min);
                let level = if own.code == "nl" { Some(own.min) } else { dutch };
                accepts.extend(level.map(|min| AcceptedLanguage { code: "en".into(), min }));
            }
        });
    }

    #[test]
    fn measures_of_law_gain_what_another_policy_gains() {
        let request = LeverageRequest::default();
        let willing = |_: &mut Candidate, work: &mut Vacancy| {
            work.twv = Some(TwvStance { employer_will_apply: Some(Stance::Yes) });
        };
        let expected = recount(&request, &ENGINE, true, willing);
        assert_eq!(study(&request, &["twv_requested"]), expected);
        assert!(expected[3] > 0, "{expected:?}");
        let sooner =
            "[[rule]]\nid = 'WA02'\nwait_months = 3\n[[rule]]\nid = 'WA03'\nwait_months = 3\n";
        let policy = Policy::with_files(&[("sooner.toml", sooner)], false).unwrap();
        let engine = Engine::new(policy, ENGINE.vocabulary().clone());
        let alone = recount(&request, &engine, false, |_, _| {});
        assert_eq!(study(&request, &["wait_three_months"]), alone);
        let both = recount(&request, &engine, true, willing);
        assert_eq!(study(&request, &["twv_requested", "wait_three_months"]), both);
    }

    /// People gained by each measure in each span, of people and vacancies given as fields of their JSON.
    fn gained(people: &[String], work: &[&str], own: &str, request: &LeverageRequest) -> Leverage {
        let person = |(at, fields): (usize, &String)| -> Candidate {
            serde_json::from_str(&format!(r#"{{"id":"c{at:04}",{fields}}}"#)).unwrap()
        };
        let people: Vec<Candidate> = people.iter().enumerate().map(person).collect();
        let work: Vec<Vacancy> = (0..)
            .zip(work)
            .map(|(at, own): (u32, _)| {
                serde_json::from_str(&format!(r#"{{"id":"v{at}",{own}}}"#)).unwrap()
            })
            .collect();
        let market = ENGINE.market(&people, &work, DAY.parse().unwrap()).unwrap();
        let measures = if own.is_empty() {
            Measures::builtin(ENGINE.policy())
        } else {
            Measures::read("own.toml", own, ENGINE.policy()).unwrap()
        };
        market.leverage(&measures, request, &Watch::new()).unwrap()
    }

    fn of(found: &Leverage, measure: &str) -> Vec<u32> {
        found.lines.iter().filter(|line| line.measure == measure).map(|line| line.people).collect()
    }

    const FREE: &str = r#""residence":{"status":"free"},"bsn_available":true,"location":{"municipality":"Assen"},"mobility":{"max_km":30},"languages":[{"code":"nl","level":"B2"}]"#;
    const WELDER: &str = r#""title":"lasser","location":{"municipality":"Assen"}"#;
    const VCA: &str = r#""title":"lasser","location":{"municipality":"Assen"},"require":{"certificates":[{"code":"vca_basic","weight":"must"}]}"#;

    #[test]
    fn exactly_those_who_miss_only_a_certificate_are_gained_by_it() {
        let lacks = format!(r#"{FREE},"certificates":[]"#);
        let holds = format!(r#"{FREE},"certificates":[{{"code":"vca_basic"}}]"#);
        let other =
            format!(r#"{FREE},"certificates":[],"wishes":{{"avoid":[{{"label":"lasser"}}]}}"#);
        let people: Vec<String> = (0..900)
            .map(|at| match at {
                0..412 => lacks.clone(),
                412..700 => holds.clone(),
                _ => other.clone(),
            })
            .collect();
        let found = gained(&people, &[VCA], "", &LeverageRequest::default());
        assert_eq!(of(&found, "vca_basic"), [0, 412, 412, 412]);
        assert_eq!(of(&found, "vca_more_languages"), [0; 4]);
        let base: Vec<u32> = found.base.iter().map(|line| line.people).collect();
        assert_eq!(base, [288; 4]);
        let others = found.lines.iter().filter(|line| line.measure != "vca_basic");
        assert_eq!(others.map(|line| line.people).sum::<u32>(), 0);
    }

    #[test]
    fn measures_together_count_nobody_twice_and_open_what_needs_both() {
        let more = r#""require":{"certificates":[{"code":"vca_basic","weight":"must"}],"languages":[{"code":"nl","min":"A2","weight":"must"}]}"#;
        let both = format!(r#""title":"lasser","location":{{"municipality":"Assen"}},{more}"#);
        let lacks = format!(r#"{},"certificates":[]"#, FREE.replace("B2", "A1"));
        let request = LeverageRequest { together: 2, ..LeverageRequest::default() };
        let found = gained(&[lacks.clone(), lacks], &[&both], "", &request);
        assert_eq!(
            (of(&found, "vca_basic"), of(&found, "dutch_one_level")),
            (vec![0; 4], vec![0; 4])
        );
        let exact: Vec<_> =
            found.together.iter().filter(|line| line.found == Found::Exact).collect();
        assert_eq!((exact.len(), exact[3].people), (4, 2));
        assert_eq!(exact[3].measures, ["dutch_one_level", "vca_basic"]);
        let greedy = found.together.iter().filter(|line| line.found == Found::Greedy);
        assert_eq!(greedy.map(|line| line.people).collect::<Vec<_>>()[3], 0); // nothing gains by itself
    }

    #[test]
    fn a_line_opens_the_way_between_its_ends_alone() {
        let near = format!(r#"{FREE},"certificates":[]"#);
        let far = near.replace("Assen", "Emmen");
        let there = |place: &str| WELDER.replace("Assen", place);
        let work = [there("Harlingen"), there("Maastricht")];
        let work: Vec<&str> = work.iter().map(String::as_str).collect();
        let own = "[[measure]]\nid = 'bus'\nchange = 'line'\nfrom = ['Assen']\nto = ['Harlingen']\nnl = 'Bus'\nen = 'Bus'\n";
        let request =
            LeverageRequest { by: Some(Dimension::Municipality), ..LeverageRequest::default() };
        let found = gained(&[near, far], &work, own, &request);
        assert_eq!(of(&found, "bus"), [1, 1, 1, 1, 0, 0, 0, 0]);
        assert_eq!(
            found.groups.iter().map(|one| &*one.code).collect::<Vec<_>>(),
            ["GM0106", "GM0114"]
        );
    }

    #[test]
    fn without_a_permit_only_the_wait_is_left() {
        let seeker = |started: &str| {
            format!(
            r#"{},"certificates":[]"#,
            FREE.replace(r#""status":"free""#, &format!(r#""status":"asylum_seeker_in_procedure","procedure_started":"{started}","document_valid_until":"2029-12-31""#))
        )
        };
        let people = [seeker("2026-01-01"), seeker("2026-07-25")]; // waits until 25 January 2027
        let found = gained(&people, &[WELDER], "", &LeverageRequest::default());
        assert_eq!(of(&found, "twv_abolished"), [1, 2, 2, 2]);
        assert_eq!(of(&found, "twv_requested"), [0, 1, 2, 2]); // five weeks after 25 January
        assert_eq!(of(&found, "wait_three_months"), [0; 4]); // a permit is still a step
    }

    #[test]
    fn an_exam_in_more_languages_is_for_who_reads_none_of_them() {
        let reads = |languages: &str| {
            format!(
                r#"{},"certificates":[]"#,
                FREE.replace(r#"{"code":"nl","level":"B2"}"#, languages)
            )
        };
        let people = [
            reads(r#"{"code":"so","level":"C2"},{"code":"nl","level":"A1"}"#),
            reads(r#"{"code":"so","level":"C2"},{"code":"nl","level":"A2"}"#),
            reads(r#"{"code":"ar","level":"C1"}"#),
        ];
        let found = gained(&people, &[VCA], "", &LeverageRequest::default());
        assert_eq!(of(&found, "vca_basic"), [0, 3, 3, 3]);
        assert_eq!(of(&found, "vca_more_languages"), [0, 1, 1, 1]);
    }

    #[test]
    fn sets_are_all_tried_where_there_are_few() {
        assert_eq!(sets(3, 2), [[0, 1], [0, 2], [1, 2]]);
        assert_eq!((sets(12, 3).len(), sets(12, 4).len(), sets(20, 19).len()), (220, 0, 20));
    }
}
