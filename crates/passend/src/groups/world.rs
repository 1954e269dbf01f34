// SPDX-License-Identifier: EUPL-1.2
//! A population and a market as they would be with measures taken: only the side that a measure changes is made again.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::measure::{Change, Measure, Timetable};
use crate::engine::Market;
use crate::gate::Step;
use crate::index::{Index, Plain};
use crate::model::{Cefr, Day, EvaluationOutcome};
use crate::policy::{CertificateIndex, Meets, MunicipalityIndex, Policy, Rules};
use crate::prepare::{
    CandidateFacts, CertificateFact, EducationFact, LanguageCode, LanguageDemand, LanguageFact,
    PracticalFacts, Span, VacancyFacts, Words, joined,
};

/// A way that nobody's limit forbids.
const ANY_WAY: u32 = u32::MAX;

/// The least and most rank of a language level.
const MOST: u8 = Cefr::C2.rank();

/// Lessons in the evening begin here; a day with more lessons than an evening holds stays as it is.
const EVENING: u16 = 18 * 60 + 30;
const MOST_IN_AN_EVENING: u16 = 4 * 60;
/// A full day of lessons.
const MORNING: u16 = 9 * 60;
const MOST_IN_A_DAY: u16 = 8 * 60;

/// People and vacancies with measures taken.
pub(super) struct World<'a> {
    /// Number in the market of each of the people.
    pub(super) numbers: Vec<u32>,
    pub(super) people: Vec<CandidateFacts>,
    /// The day from which the measures work for each of the people.
    pub(super) from: Vec<Day>,
    pub(super) vacancies: Cow<'a, [VacancyFacts]>,
    pub(super) rules: Rules,
}

/// Municipalities that a line joins; without one, everywhere.
type Line<'a> = Option<(&'a [MunicipalityIndex], &'a [MunicipalityIndex])>;

/// The ways that the measures add, each a part of the world that is looked at by itself: what a line makes reachable is
/// between its ends alone.
pub(super) fn lines<'a>(measures: &[&'a Measure]) -> Vec<Line<'a>> {
    let own = measures.iter().filter_map(|one| match &one.change {
        Change::Line { from, to } => Some(Some((from.as_slice(), to.as_slice()))),
        _ => None,
    });
    let everywhere = measures.iter().any(|one| !matches!(one.change, Change::Line { .. }));
    everywhere.then_some(None).into_iter().chain(own).collect()
}

impl<'a> World<'a> {
    /// The people for whom something changes, of those who are asked, and what they would find. Where one vacancy is
    /// enough, those for which nothing changes are left out: who found nothing finds nothing there.
    pub(super) fn new(
        market: &'a Market,
        measures: &[&Measure],
        line: Line<'_>,
        one_is_enough: bool,
        law: Option<&Law>,
        is_asked: impl Fn(u32, Day) -> bool + Sync,
    ) -> Self {
        let (candidates, vacancies) = market.sides();
        let of_work = measures.iter().any(|one| one.change.changes_vacancies()) || line.is_some();
        let numbered: Vec<(u32, &CandidateFacts)> = (0..).zip(candidates).collect();
        let changed = numbered.into_par_iter().filter_map(|(number, one)| {
            if line.is_some_and(|(from, _)| !is_at(one.grouped.municipality, from)) {
                return None;
            }
            // Before anything is copied: who cannot gain even at once is left out.
            if !is_asked(number, market.as_of()) {
                return None;
            }
            let mut then = one.clone();
            let by_law = law.is_some_and(|law| law.changes_for(number));
            let (mut touched, mut from) = (of_work || by_law, market.as_of());
            for measure in measures {
                if let Some(day) = measure.taken(market, &mut then) {
                    touched |= measure.change.is_of_person();
                    from = from.max(day);
                }
            }
            if line.is_some() {
                let PracticalFacts { limit_metres, only_public_transport, .. } =
                    &mut then.practical;
                (*limit_metres, *only_public_transport) = (Some((ANY_WAY, ANY_WAY)), false);
            }
            if !touched || !is_asked(number, from) {
                return None;
            }
            if from > market.as_of() {
                let available = &mut then.practical.from;
                *available = Some(available.map_or(from, |own| own.max(from)));
            }
            Some((number, then, from))
        });
        let changed: Vec<_> = changed.collect();
        let mut world = Self {
            numbers: Vec::with_capacity(changed.len()),
            people: Vec::with_capacity(changed.len()),
            from: Vec::with_capacity(changed.len()),
            vacancies: work(vacancies, measures, line, one_is_enough),
            rules: law.map_or_else(|| (*market.rules).clone(), |law| law.rules.clone()),
        };
        for (number, then, from) in changed {
            world.numbers.push(number);
            world.people.push(then);
            world.from.push(from);
        }
        world
    }
}

fn is_at(place: Option<MunicipalityIndex>, places: &[MunicipalityIndex]) -> bool {
    place.is_some_and(|place| places.contains(&place))
}

/// The law with measures taken, and for whom it says something else of any work.
pub(super) struct Law {
    rules: Rules,
    changes: Vec<bool>,
}

impl Law {
    /// Nothing where no measure is about the law.
    pub(super) fn new(market: &Market, index: &Index, measures: &[&Measure]) -> Option<Self> {
        if !measures.iter().any(|one| one.change.is_of_law()) {
            return None;
        }
        let rules = rules(market, measures);
        let then = Plain { rules: &rules, ..market.plain() };
        let changes = index.law_differs(market.plain(), then, market.sides().0);
        Some(Self { rules, changes })
    }

    fn changes_for(&self, number: u32) -> bool {
        self.changes.get(number as usize).copied().unwrap_or_default()
    }
}

/// The vacancies, copied only where a measure changes them or does not concern all of them.
fn work<'a>(
    vacancies: &'a [VacancyFacts],
    measures: &[&Measure],
    line: Line<'_>,
    one_is_enough: bool,
) -> Cow<'a, [VacancyFacts]> {
    let changes = measures.iter().any(|one| one.change.changes_vacancies());
    let some = one_is_enough && measures.iter().all(|one| one.change.concerns_some());
    if !changes && line.is_none() && !some {
        return Cow::Borrowed(vacancies);
    }
    let is_there = |one: &VacancyFacts| match line {
        Some((_, to)) => is_at(one.told().municipality, to),
        None => !some || measures.iter().any(|measure| measure.change.concerns(one)),
    };
    let there = vacancies.par_iter().filter(|one| is_there(one));
    let then = there.map(|one| {
        let mut then = one.clone();
        for measure in measures {
            match measure.change {
                Change::Coach => Arc::make_mut(&mut then.required).language_support = true,
                Change::Accepted { code, instead_of } => {
                    let required = Arc::make_mut(&mut then.required);
                    let musts = Arc::make_mut(&mut required.language_musts).iter_mut();
                    for demand in musts.chain(Arc::make_mut(&mut required.languages)) {
                        accept(demand, code, instead_of);
                    }
                }
                _ => {}
            }
        }
        if line.is_some() {
            then.by_public_transport = None;
        }
        then
    });
    Cow::Owned(then.collect())
}

/// Accepts a language at the level of another, where neither the law nor safety asks that one.
fn accept(demand: &mut LanguageDemand, code: LanguageCode, instead_of: LanguageCode) {
    if demand.statutory.is_some() || demand.safety {
        return;
    }
    let asked = demand.accepted.iter().find(|(own, _)| *own == instead_of).map(|(_, level)| *level);
    let Some(level) = asked else { return };
    let mut accepted = demand.accepted.to_vec();
    accepted.push((code, level));
    demand.accepted = accepted.into();
}

fn rules(market: &Market, measures: &[&Measure]) -> Rules {
    measures.iter().fold((*market.rules).clone(), |rules, measure| match measure.change {
        Change::Permits(permits) => rules.supposing(permits),
        Change::Waiting { months, to } => rules.with_wait(months, to),
        _ => rules,
    })
}

impl Change {
    const fn changes_vacancies(&self) -> bool {
        matches!(self, Self::Accepted { .. } | Self::Coach)
    }

    /// It changes what rules say of people.
    const fn is_of_law(&self) -> bool {
        matches!(self, Self::Permits(_) | Self::Waiting { .. })
    }

    /// It changes what is known of a person.
    const fn is_of_person(&self) -> bool {
        !self.is_of_law() && !self.changes_vacancies() && !matches!(self, Self::Line { .. })
    }

    /// Only vacancies that ask something of a kind are of any use to it.
    const fn concerns_some(&self) -> bool {
        !self.is_of_law() && !matches!(self, Self::Line { .. } | Self::Travel { .. })
    }

    /// Whether a vacancy looks at what it changes. One that does not is as far away with it as without: a later day from
    /// which somebody is available opens nothing.
    fn concerns(&self, vacancy: &VacancyFacts) -> bool {
        let asks_a_language = !vacancy.required.language_musts.is_empty();
        match self {
            Self::Language { .. } | Self::Accepted { .. } => {
                asks_a_language || !vacancy.required.languages.is_empty()
            }
            Self::Coach => asks_a_language && !vacancy.required.language_support,
            Self::Certificate { .. } => {
                !vacancy.required.certificates.is_empty()
                    || !vacancy.required.professions.is_empty()
            }
            Self::Evaluation => {
                vacancy.required.education.is_some() || vacancy.required.diploma.is_some()
            }
            Self::Lessons(_) => vacancy.shifts().is_some_and(|shifts| !shifts.is_empty()),
            Self::Permits(_) | Self::Waiting { .. } | Self::Line { .. } | Self::Travel { .. } => {
                true
            }
        }
    }
}

impl Measure {
    /// Takes the measure for a person, whose record it may change; the day from which it works, or nothing if it is of no
    /// use to the person. A list that is not known stays so: nobody knows what would be added to it.
    fn taken(&self, market: &Market, one: &mut CandidateFacts) -> Option<Day> {
        let policy: &Policy = &market.policy;
        let usual = match &self.change {
            Change::Language { code, levels } => {
                raised(policy, one.learned.languages.as_mut()?, *code, *levels)?
            }
            Change::Certificate { index, only_without_exam } => {
                if *only_without_exam && reads_an_exam_language(policy, one, *index)? {
                    return None;
                }
                certified(
                    policy,
                    Arc::make_mut(&mut one.qualifications).certificates.as_mut()?,
                    *index,
                    market.as_of(),
                )?
            }
            Change::Evaluation => {
                let evaluated = evaluated(policy, Arc::make_mut(one.learned.education.as_mut()?));
                let step = Step::Row("evaluate_diploma");
                evaluated.then(|| market.on_day().lead_time(step).usual)?
            }
            Change::Lessons(timetable) => {
                let week = &mut one.practical.week;
                let lessons = timetable.moved(&week.lessons);
                if week.busy.is_none() || lessons == *week.lessons {
                    return None;
                }
                let own = Arc::make_mut(week);
                own.busy = Some(joined(lessons.iter().chain(own.engaged.iter()).copied()).into());
                own.lessons = lessons.into();
                0
            }
            Change::Travel { metres } => {
                let (surely_within, surely_beyond) = one.practical.limit_metres.as_mut()?;
                for limit in [surely_within, surely_beyond] {
                    *limit = limit.saturating_add(*metres);
                }
                0
            }
            Change::Permits(_)
            | Change::Waiting { .. }
            | Change::Line { .. }
            | Change::Accepted { .. }
            | Change::Coach => 0,
        };
        Some(market.as_of().plus_days(i32::from(self.days.unwrap_or(usual))))
    }
}

/// Raises each skill of a language; the days that takes, or nothing for who is at the top.
fn raised(
    policy: &Policy,
    languages: &mut Arc<[LanguageFact]>,
    code: LanguageCode,
    levels: u8,
) -> Option<u16> {
    if languages.iter().all(|fact| fact.code != code) {
        let none = LanguageFact { code, ranks: [Some((0, 0)); 4] };
        *languages = languages.iter().copied().chain([none]).collect();
    }
    let fact = Arc::make_mut(languages).iter_mut().find(|fact| fact.code == code)?;
    let mut longest = None;
    for (low, high) in fact.ranks.iter_mut().flatten() {
        let (from, to) = (*low, low.saturating_add(levels).min(MOST));
        if to > from {
            let days = policy.language_days(Cefr::from_rank(from), Cefr::from_rank(to)).usual;
            longest = longest.max(Some(days));
        }
        (*low, *high) = (to, high.saturating_add(levels).min(MOST));
    }
    longest
}

/// Adds a certificate with those that it covers; the days that takes, or nothing for who has it.
fn certified(
    policy: &Policy,
    held: &mut Box<[CertificateFact]>,
    index: CertificateIndex,
    as_of: Day,
) -> Option<u16> {
    let is_valid = |one: &CertificateFact| {
        one.known == Some(index)
            && one.planned.is_none()
            && one.until.is_none_or(|until| until >= as_of)
    };
    if held.iter().any(is_valid) {
        return None;
    }
    let row = policy.certificate(index)?;
    let covered = row.covers.iter().filter_map(|code| policy.certificate_named(Some(code), None));
    let added = std::iter::once(index).chain(covered).map(|index| CertificateFact {
        known: Some(index),
        name: Words::NOTHING,
        until: None,
        planned: None,
    });
    *held = held.iter().copied().chain(added).collect();
    Some(row.lead_time().usual)
}

/// Whether a person reads a language of an exam at the level that it asks; nothing where the languages are not known.
fn reads_an_exam_language(
    policy: &Policy,
    one: &CandidateFacts,
    index: CertificateIndex,
) -> Option<bool> {
    let languages = one.learned.languages.as_deref()?;
    let code = &policy.certificate(index)?.code;
    let level = policy.step_detail(&format!("certificate:{code}"))?.exam_level?.rank();
    let reads = |code: LanguageCode| {
        let fact = languages.iter().find(|fact| fact.code == code);
        // What may be enough is: the measure is for those who surely lack it.
        fact.is_some_and(|fact| {
            fact.ranks.get(1).is_some_and(|reading| reading.is_none_or(|(_, high)| high >= level))
        })
    };
    Some(policy.exam_languages(index).any(|row| reads(LanguageCode::new(&row.language))))
}

/// Evaluates what was finished, at the lowest level that it can have.
fn evaluated(policy: &Policy, courses: &mut [EducationFact]) -> bool {
    let full = EvaluationOutcome::FullEvaluation;
    let Some(row) = policy.outcome(full) else { return false };
    let mut any = false;
    for course in courses.iter_mut().filter(|course| {
        matches!(course.outcome, EvaluationOutcome::SelfDeclared | EvaluationOutcome::InProgress)
            && course.meets != Meets::Partly
    }) {
        let Some((low, _)) = course.ranks else { continue };
        (course.ranks, course.outcome) = (Some((low, low)), full);
        (course.evidence, course.meets) = (row.evidence, row.general);
        any = true;
    }
    any
}

impl Timetable {
    /// The lessons at other times.
    fn moved(self, lessons: &[Span]) -> Vec<Span> {
        let minutes = |day: u16| -> u16 {
            lessons.iter().filter(|span| span.day() == day).map(|span| span.minutes()).sum()
        };
        match self {
            Self::Evening => {
                let by_day = (0..7).flat_map(|day| {
                    let own = lessons.iter().copied().filter(move |span| span.day() == day);
                    let fits = minutes(day) <= MOST_IN_AN_EVENING;
                    let evening = fits.then(|| Span::on_day(day, EVENING, minutes(day)));
                    evening.into_iter().chain(own.filter(move |_| !fits))
                });
                by_day.filter(|span| span.minutes() > 0).collect()
            }
            Self::OneDay => {
                let mut days: Vec<u16> = (0..7).filter(|day| minutes(*day) > 0).collect();
                days.sort_by_key(|day| (std::cmp::Reverse(minutes(*day)), *day));
                let mut left: u16 = days.iter().map(|day| minutes(*day)).sum();
                let full = days.into_iter().map_while(|day| {
                    let own = left.min(MOST_IN_A_DAY);
                    left -= own;
                    (own > 0).then(|| Span::on_day(day, MORNING, own))
                });
                joined(full)
            }
        }
    }
}
