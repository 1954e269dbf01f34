// SPDX-License-Identifier: EUPL-1.2
//! One person against vacancies that were made ready before: regions that are too far are skipped whole, each demand is
//! asked when it is first met, and skills only of vacancies that can still reach the list.

use super::block::{Asks, Dates};
use super::lanes::mean_factor;
use super::stock::{
    Asked, CERTIFICATES, DIPLOMA, EDUCATION, EXCLUSION, Group, HOURS, LANGUAGE, LANGUAGES_SPOKEN,
    LICENCES, REGULATED, SECTOR, Site, Stock, TIMES,
};
use super::{Best, Horizon, Keep, Plain, Scored, pair_hash};
use crate::criterion::{
    education, hours_met, kinds_of, language, mean_by_share, sectors_met, travel as travel_fit,
    worth,
};
use crate::gate::{Finding, ReadinessClass, Verdict, asked as papers_asked, dates, part, travel};
use crate::model::Day;
use crate::policy::Area;
use crate::prepare::{
    Avoided, CandidateFacts, Excludable, Period, VacancyFacts, Word, WorkDemand, Workplace,
};
use crate::score::{Fit, SCALE, contribution};
use crate::vocabulary::Reading;

/// Vacancies with what was made ready of them.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) stock: &'a Stock,
    pub(crate) vacancies: &'a [VacancyFacts],
    /// Those that are there no more, one bit each; empty where all are.
    pub(crate) gone: &'a [u64],
    /// What is added to the number of a vacancy.
    pub(crate) first: u32,
}

/// The best pairs so far, and how many open later.
#[derive(Debug, Default)]
struct Found {
    keep: Keep,
    later: u64,
}

/// The best pairs of one person with vacancies in parts, and how many pairs with a score open only after the day asked.
/// `check` may stop it between regions.
///
/// # Errors
///
/// What `check` gives.
pub(crate) fn one<E>(
    plain: Plain<'_>,
    parts: &[Part<'_>],
    candidate: &CandidateFacts,
    (horizon, k): (Horizon, usize),
    check: impl Fn() -> Result<(), E>,
) -> Result<(Best, u64), E> {
    let asks = Asks::new(plain, std::slice::from_ref(candidate), horizon, k);
    let mut found = Found::default();
    for part in parts {
        let mut person = Person::new(plain, parts, *part, candidate, asks);
        person.part(&mut found, &check)?;
    }
    let best = found.keep.finish(k, |pair| tie(parts, candidate.id_hash, pair.other));
    Ok((best, found.later))
}

/// What a gate makes of a demand.
type State = u8;
/// Not listed whatever else holds.
const NOWHERE: State = 1;
/// Open only after the day asked.
const LATE: State = 2;
/// Open only after the person has moved.
const MOVED: State = 4;

/// Answers that are found when they are first asked.
#[derive(Default)]
struct Memo(Vec<u8>);

/// Stands for an answer that was not asked yet.
const UNASKED: u8 = u8::MAX;

impl Memo {
    fn of(count: usize) -> Self {
        Self(vec![UNASKED; count])
    }

    #[inline(always)]
    fn known(&self, at: u32) -> Option<u8> {
        self.0.get(at as usize).copied().filter(|answer| *answer != UNASKED)
    }

    fn keep(&mut self, at: u32, answer: u8) -> u8 {
        if let Some(place) = self.0.get_mut(at as usize) {
            *place = answer;
        }
        answer
    }
}

struct Person<'a> {
    plain: Plain<'a>,
    parts: &'a [Part<'a>],
    part: Part<'a>,
    candidate: &'a CandidateFacts,
    asks: Asks,
    judge: Judge<'a>,
    own_late: State,
    /// Employers that permits of the person name.
    employers: Vec<Word>,
    excludes_titles: bool,
    /// The person asks for nothing, and that alone gives a score.
    always_positive: bool,
    kinds: usize,
    qualifications: Memo,
    terms: Memo,
    /// By view: what its gate makes of each demand, or how well it fits.
    views: [Memo; super::stock::VIEWS],
    readings: Memo,
    wished_readings: Memo,
    occupations: Memo,
    wished: Memo,
    wished_hours: Memo,
    works: Memo,
    /// Credit by row of the skill.
    credits: Vec<u8>,
}

/// How findings become states.
#[derive(Clone, Copy)]
struct Judge<'a> {
    plain: Plain<'a>,
    horizon: Horizon,
    move_on: Option<Day>,
}

impl Judge<'_> {
    fn state(self, find: impl FnMut(&mut dyn FnMut(Finding))) -> State {
        let verdict = Verdict::of(self.plain.as_of, find);
        self.state_of(verdict.class, verdict.day)
    }

    fn state_of(self, class: ReadinessClass, day: Day) -> State {
        let mut state = if self.horizon.excludes(class) { NOWHERE } else { 0 };
        if day > self.plain.as_of {
            if self.horizon.is_late(day) {
                state |= LATE;
            }
            if self.move_on.is_some_and(|move_on| day >= move_on) {
                state |= MOVED;
            }
        }
        state
    }
}

fn percent(fit: Fit) -> u8 {
    u8::try_from(fit.now() / SCALE).unwrap_or(100)
}

/// A site, as it is for the person.
#[derive(Clone, Copy)]
struct Way {
    before: State,
    after: State,
    fit: u8,
}

impl<'a> Person<'a> {
    fn new(
        plain: Plain<'a>,
        parts: &'a [Part<'a>],
        part: Part<'a>,
        candidate: &'a CandidateFacts,
        asks: Asks,
    ) -> Self {
        let move_on = candidate.practical.move_to.map(|(day, _)| day);
        let judge = Judge { plain, horizon: asks.horizon, move_on };
        let none = Period { starts: None, ends: None, closes: None };
        let own = dates(plain.on_day(), candidate.stay(), none, plain.as_of);
        let wishes = candidate.profile.wishes.as_ref();
        let kinds = wishes.map_or(0, kinds_of);
        let permits = candidate.legal.permits.iter();
        let stock = part.stock;
        let mut credits = vec![0; stock.skills.len()];
        for credit in &candidate.profile.credits {
            let row = stock.skills.get(&credit.skill);
            if let Some(place) = row.and_then(|row| credits.get_mut(*row as usize)) {
                *place = credit.credit;
            }
        }
        let avoids = &candidate.practical.avoids;
        Self {
            plain,
            parts,
            part,
            candidate,
            asks,
            judge,
            own_late: if asks.horizon.is_late(own.day) { LATE } else { 0 },
            employers: permits
                .flat_map(|permit| permit.employer.iter().chain(permit.hirers.iter().flatten()))
                .copied()
                .collect(),
            excludes_titles: avoids.iter().any(|one| matches!(one, Avoided::Title(_))),
            always_positive: kinds == 0 && asks.wishes,
            kinds,
            qualifications: Memo::of(stock.qualifications.len()),
            terms: Memo::of(stock.terms.len()),
            views: std::array::from_fn(|view| {
                Memo::of(stock.demands.get(view).map_or(0, Vec::len))
            }),
            readings: Memo::of(stock.readings.len()),
            wished_readings: Memo::of(stock.readings.len()),
            occupations: Memo::of(stock.occupations.len()),
            wished: Memo::of(stock.occupations.len()),
            wished_hours: Memo::of(stock.demands.get(HOURS).map_or(0, Vec::len)),
            works: Memo::of(stock.works.len()),
            credits,
        }
    }

    /// Looks at all vacancies of the part.
    fn part<E>(&mut self, found: &mut Found, check: &impl Fn() -> Result<(), E>) -> Result<(), E> {
        let stock = self.part.stock;
        let (mut site, mut group, mut place) = (0, 0, 0);
        for region in &stock.regions {
            check()?;
            let first = std::mem::replace(&mut site, region.end as usize);
            let own = stock.sites.get(first..site).unwrap_or_default();
            let is_near = !region.cover.is_some_and(|cover| self.is_beyond(cover));
            for site in own {
                let first = std::mem::replace(&mut group, site.end as usize);
                let groups = stock.groups.get(first..group).unwrap_or_default();
                let from = place;
                place = groups.last().map_or(place, |last| last.end);
                if is_near {
                    self.site(site, groups, from as usize, found);
                }
            }
        }
        Ok(())
    }

    /// Whether every place in an area is too far, before and after a move.
    fn is_beyond(&self, cover: Area) -> bool {
        let workplace = Workplace { remote: false, area: Some(cover), by_public_transport: None };
        self.ways(workplace).into_iter().all(|(class, _)| class == ReadinessClass::Closed)
    }

    /// The way to work before and after a move.
    fn ways(&self, workplace: Workplace) -> [(ReadinessClass, Day); 2] {
        let (on, commute) = (self.plain.on_day(), self.candidate.commute());
        let found = |ready| {
            let finding = travel(on, commute, workplace, ready);
            (finding.class(), finding.day)
        };
        let before = found(on.as_of);
        [before, commute.move_to.map_or(before, |(day, _)| found(day))]
    }

    /// Looks at the vacancies of a site, the first of which stands at `place`.
    fn site(&mut self, site: &Site, groups: &[Group], mut place: usize, found: &mut Found) {
        let [before, after] =
            self.ways(site.workplace).map(|(class, day)| self.judge.state_of(class, day));
        // What is closed before and after a move is closed.
        if before & after & NOWHERE != 0 {
            return;
        }
        let detour = self.plain.policy.detour_percent();
        let Workplace { area, remote, .. } = site.workplace;
        let fit = percent(travel_fit(self.candidate.practical.area, area, remote, detour));
        let way = Way { before, after, fit };
        // Of vacancies that open later only the number counts, where all have a score.
        let counts = (self.always_positive || site.travel > 0 && fit > 0)
            && !self.asks.times
            && self.candidate.practical.avoids.is_empty()
            && self.part.gone.is_empty();
        for group in groups {
            let from = std::mem::replace(&mut place, group.end as usize);
            let qualification = self.qualification(group.qualification);
            if qualification & NOWHERE != 0 {
                continue;
            }
            if !self.employers.is_empty() {
                self.each(group, from, qualification, way, found);
                continue;
            }
            let state = qualification | self.term(group.terms);
            let with_way = state | if state & MOVED == 0 { before } else { after };
            if with_way & NOWHERE != 0 {
                continue;
            }
            if counts && (with_way | self.own_late) & LATE != 0 {
                found.later += u64::from(group.end).saturating_sub(from as u64);
                continue;
            }
            let own = self.part.stock.asked.get(from..place).unwrap_or_default();
            for asked in own {
                if !self.is_gone(asked.vacancy) {
                    self.vacancy(asked, state, way, found);
                }
            }
        }
    }

    /// Looks at each vacancy of a group for a person whose permits name employers.
    #[cold]
    fn each(&mut self, group: &Group, from: usize, state: State, way: Way, found: &mut Found) {
        let own = self.part.stock.asked.get(from..group.end as usize).unwrap_or_default();
        for asked in own {
            let terms = self.of_named_employer(asked).unwrap_or_else(|| self.term(group.terms));
            if (state | terms) & NOWHERE == 0 && !self.is_gone(asked.vacancy) {
                self.vacancy(asked, state | terms, way, found);
            }
        }
    }

    #[inline(always)]
    fn is_gone(&self, vacancy: u32) -> bool {
        let word = self.part.gone.get(vacancy as usize / 64);
        word.is_some_and(|word| word >> (vacancy % 64) & 1 == 1)
    }

    fn facts(&self, vacancy: u32) -> Option<&'a VacancyFacts> {
        self.part.vacancies.get(vacancy as usize)
    }

    /// A vacancy that stands for all with a demand.
    fn stands_for(&self, view: usize, demand: u32) -> Option<&'a VacancyFacts> {
        let vacancy = self.part.stock.demands.get(view)?.get(demand as usize)?;
        self.facts(*vacancy)
    }

    #[inline(always)]
    fn qualification(&mut self, number: u32) -> State {
        match self.qualifications.known(number) {
            Some(known) => known,
            None => self.ask_qualification(number),
        }
    }

    #[cold]
    fn ask_qualification(&mut self, number: u32) -> State {
        let own = self.part.stock.qualifications.get(number as usize).copied().unwrap_or_default();
        let views = [LANGUAGES_SPOKEN, DIPLOMA, REGULATED, CERTIFICATES, LICENCES];
        let states = views.into_iter().zip(own).map(|(view, demand)| self.gate(view, demand));
        let state = states.fold(0, |all, one| all | one);
        self.qualifications.keep(number, state)
    }

    #[inline(always)]
    fn term(&mut self, number: u32) -> State {
        match self.terms.known(number) {
            Some(known) => known,
            None => self.ask_terms(number),
        }
    }

    #[cold]
    fn ask_terms(&mut self, number: u32) -> State {
        let [work, hours] = self.part.stock.terms.get(number as usize).copied().unwrap_or_default();
        let right = self.works.known(work).unwrap_or_else(|| {
            let demand = self.part.stock.works.get(work as usize);
            let state = demand.map_or(NOWHERE, |demand| self.right_to_work(demand));
            self.works.keep(work, state)
        });
        let state = right | self.gate(HOURS, hours);
        self.terms.keep(number, state)
    }

    /// The terms where a permit names the employer.
    fn of_named_employer(&mut self, asked: &Asked) -> Option<State> {
        let employer = self.part.stock.employers.get(asked.vacancy as usize).copied().flatten()?;
        let facts =
            self.employers.contains(&employer).then(|| self.facts(asked.vacancy)).flatten()?;
        Some(self.right_to_work(&facts.work) | self.gate(HOURS, asked.hours))
    }

    /// The right to work, papers and the kind of work.
    fn right_to_work(&self, demand: &WorkDemand) -> State {
        let (on, one) = (self.plain.on_day(), self.candidate);
        let papers = |add: &mut dyn FnMut(Finding)| {
            part::papers(on, (&one.legal, &one.practical), papers_asked(demand), add);
        };
        self.judge.state(|add| part::right_to_work(on, &one.legal, demand, add))
            | self.judge.state(papers)
    }

    /// What a gate makes of a demand.
    fn gate(&mut self, view: usize, demand: u32) -> State {
        let known = self.views.get(view).and_then(|memo| memo.known(demand));
        if let Some(known) = known {
            return known;
        }
        let state = self.stands_for(view, demand).map_or(NOWHERE, |facts| self.ask(view, facts));
        self.views.get_mut(view).map_or(state, |memo| memo.keep(demand, state))
    }

    fn ask(&self, view: usize, vacancy: &VacancyFacts) -> State {
        let (on, one) = (self.plain.on_day(), self.candidate);
        let (held, practical) = (&one.qualifications, &one.practical);
        self.judge.state(|add| match view {
            LANGUAGES_SPOKEN => part::languages(on, one.speaks(), vacancy.spoken(), add),
            DIPLOMA => {
                part::diploma(on, one.learned.education.as_deref(), vacancy.diploma, add);
            }
            REGULATED => part::regulated(on, held, vacancy.regulated(), add),
            CERTIFICATES => {
                let own = held.certificates.as_deref();
                part::certificates(on, own, &vacancy.certificates, add);
            }
            LICENCES => part::licences(on, held.licences.as_deref(), &vacancy.licences, add),
            EXCLUSION => part::exclusion(on, &practical.avoids, vacancy.excludable(), add),
            TIMES => part::working_times(on, one.week(), vacancy.working_times(), add),
            _ => part::hours(on, practical.hours, vacancy.hours, add),
        })
    }

    fn exclusion(&mut self, asked: &Asked) -> State {
        if self.candidate.practical.avoids.is_empty() {
            return 0;
        }
        if !self.excludes_titles {
            return self.gate(EXCLUSION, asked.exclusion);
        }
        let (on, avoids) = (self.plain.on_day(), &self.candidate.practical.avoids);
        let Some(facts) = self.facts(asked.vacancy) else { return NOWHERE };
        let own: Excludable<'_> = facts.excludable();
        self.judge.state(|add| part::exclusion(on, avoids, own, add))
    }

    /// A vacancy that its qualifications and terms do not keep away.
    fn vacancy(&mut self, asked: &Asked, state: State, way: Way, found: &mut Found) {
        let mut state = state | self.exclusion(asked);
        if self.asks.times {
            state |= self.gate(TIMES, asked.times);
        }
        state |= if state & MOVED == 0 { way.before } else { way.after };
        if state & NOWHERE != 0 {
            return;
        }
        if (state | self.own_late) & LATE != 0 || self.is_late_by_dates(asked) {
            found.later += u64::from(self.is_positive(asked, way));
            return;
        }
        let least = if self.asks.k == 0 { u16::MAX } else { found.keep.threshold() };
        let score = self.score(asked, way, least);
        if score < least {
            return;
        }
        let other = self.part.first + asked.vacancy;
        let (parts, hash) = (self.parts, self.candidate.id_hash);
        let tie = |pair: Scored| tie(parts, hash, pair.other);
        found.keep.offer(Scored { score, other }, self.asks.k, tie);
    }

    fn is_late_by_dates(&self, asked: &Asked) -> bool {
        let Some(facts) = self.facts(asked.vacancy) else { return true };
        let (plain, one) = (self.plain, self.candidate);
        let day = match self.asks.dates {
            Dates::OwnDay => return false,
            Dates::FirstDay => dates(plain.on_day(), one.stay(), facts.period(), plain.as_of).day,
            Dates::Pair => plain.verdict(one, facts).day,
        };
        self.asks.horizon.is_late(day)
    }

    /// Whether the pair has a score above 0.
    fn is_positive(&mut self, asked: &Asked, way: Way) -> bool {
        let [.., by_travel, _] = asked.weights;
        self.always_positive || by_travel > 0 && way.fit > 0 || self.score(asked, way, 1) > 0
    }

    /// The score; or less than `least`, where it is not that much.
    fn score(&mut self, asked: &Asked, way: Way, least: u16) -> u16 {
        let [by_skills, by_occupation, by_education, by_language, by_travel, by_wishes] =
            asked.weights.map(u16::from);
        let mut rest = by_travel * u16::from(way.fit)
            + by_occupation * u16::from(self.occupation(asked.occupation))
            + by_wishes * self.wishes(asked);
        if rest + (by_skills + by_education + by_language) * 100 < least {
            return 0;
        }
        rest += by_education * u16::from(self.fit(EDUCATION, asked.education))
            + by_language * u16::from(self.fit(LANGUAGE, asked.language));
        if rest + by_skills * 100 < least {
            return 0;
        }
        let skills = self.part.stock.skills_of(asked).iter();
        let sum = skills.fold(0u16, |sum, weighted| {
            let credit = self.credits.get((weighted >> 8) as usize).copied().unwrap_or_default();
            let [weight, ..] = weighted.to_le_bytes();
            sum + u16::from(credit) * u16::from(weight)
        });
        rest + contribution(asked.weights[0], sum)
    }

    /// Education or language.
    fn fit(&mut self, view: usize, demand: u32) -> u8 {
        let known = self.views.get(view).and_then(|memo| memo.known(demand));
        if let Some(known) = known {
            return known;
        }
        let learned = &self.candidate.learned;
        let fit = self.stands_for(view, demand).map_or(0, |facts| {
            percent(if view == EDUCATION {
                education(learned.education.as_deref(), facts.education)
            } else {
                language(learned.languages.as_deref(), &facts.languages)
            })
        });
        self.views.get_mut(view).map_or(fit, |memo| memo.keep(demand, fit))
    }

    fn occupation(&mut self, number: u32) -> u8 {
        if let Some(known) = self.occupations.known(number) {
            return known;
        }
        let stock = self.part.stock;
        let list = stock.occupations.get(number as usize).map(|list| &**list).unwrap_or_default();
        let fit = mean_by_share(list.iter().map(|(reading, share)| (*share, self.worth(*reading))));
        self.occupations.keep(number, fit)
    }

    /// What the experience is worth for a reading.
    fn worth(&mut self, number: u32) -> u8 {
        if let Some(known) = self.readings.known(number) {
            return known;
        }
        let reading = self.part.stock.readings.get(number as usize).copied();
        let held = self.candidate.profile.held.iter().flatten();
        let worths =
            held.filter_map(|held| Some(worth(held, self.closeness(held.reading, reading?))));
        let most = worths.max().unwrap_or_default();
        self.readings.keep(number, most)
    }

    fn closeness(&self, own: Reading, asked: Reading) -> u8 {
        self.plain.vocabulary.occupation_closeness(own, asked)
    }

    /// How well the work is what the person asks for, in whole percents.
    fn wishes(&mut self, asked: &Asked) -> u16 {
        if self.kinds == 0 {
            return 100;
        }
        let Some(wishes) = self.candidate.profile.wishes.as_ref() else { return 100 };
        let mut sum = u16::from(self.wished_occupation(asked.occupation));
        if wishes.sectors.is_some() {
            sum += u16::from(self.wished_sector(asked.sector));
        }
        if wishes.hours.is_some() {
            sum += u16::from(self.wished_hours(asked.hours));
        }
        sum.wrapping_mul(mean_factor(self.kinds)) >> 9
    }

    fn wished_sector(&mut self, demand: u32) -> u8 {
        let known = self.views.get(SECTOR).and_then(|memo| memo.known(demand));
        if let Some(known) = known {
            return known;
        }
        let wishes = self.candidate.profile.wishes.as_ref();
        let sector = self.stands_for(SECTOR, demand).and_then(|one| one.work.sector.as_ref());
        let met = wishes.and_then(|own| sectors_met(own, sector)).map_or(0, |met| met.percent);
        self.views.get_mut(SECTOR).map_or(met, |memo| memo.keep(demand, met))
    }

    fn wished_hours(&mut self, demand: u32) -> u8 {
        if let Some(known) = self.wished_hours.known(demand) {
            return known;
        }
        let wishes = self.candidate.profile.wishes.as_ref();
        let met = wishes
            .zip(self.stands_for(HOURS, demand))
            .and_then(|(own, facts)| hours_met(own, facts.hours).map(|met| met.percent));
        self.wished_hours.keep(demand, met.unwrap_or_default())
    }

    fn wished_occupation(&mut self, number: u32) -> u8 {
        if let Some(known) = self.wished.known(number) {
            return known;
        }
        let stock = self.part.stock;
        let list = stock.occupations.get(number as usize).map(|list| &**list).unwrap_or_default();
        let closest = list.iter().map(|(reading, _)| self.wished_reading(*reading)).max();
        self.wished.keep(number, closest.unwrap_or_default())
    }

    fn wished_reading(&mut self, number: u32) -> u8 {
        if let Some(known) = self.wished_readings.known(number) {
            return known;
        }
        let reading = self.part.stock.readings.get(number as usize).copied();
        let wishes = self.candidate.profile.wishes.iter().flat_map(|own| own.occupations.iter());
        let closest = wishes.filter_map(|wish| Some(self.closeness(*wish, reading?))).max();
        self.wished_readings.keep(number, closest.unwrap_or_default())
    }
}

/// Orders pairs of one person that have the same score.
fn tie<'a>(parts: &'a [Part<'_>], candidate: u64, other: u32) -> (u64, &'a str) {
    let part = parts.iter().rev().find(|part| part.first <= other);
    let Some(part) = part else { return (0, "") };
    let vacancy = other - part.first;
    let id = part.vacancies.get(vacancy as usize).map(|one| &*one.id).unwrap_or_default();
    (pair_hash(candidate, part.stock.hash(vacancy)), id)
}
