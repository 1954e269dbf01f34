// SPDX-License-Identifier: EUPL-1.2
//! One person against vacancies that were made ready before: what is too far is skipped whole, each demand is asked when it
//! is first met, what gates make of 64 vacancies is joined without a branch, and skills are asked only of vacancies that can
//! still reach the list.

use super::gates::{Asks, Dates};
use super::lanes::mean_factor;
use super::stock::{
    Asked, AskedRow, CERTIFICATES, DIPLOMA, EDUCATION, EXCLUSION, HOURS, Keys, KeysRow, LANGUAGE,
    LANGUAGES_SPOKEN, LICENCES, PERIOD, REGULATED, SECTOR, Site, Stock, TIMES,
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
    Avoided, CandidateFacts, Excludable, Period, Vacancies, VacancyFacts, Word, WorkDemand,
    Workplace,
};
use crate::score::{Fit, SCALE, contribution};
use crate::vocabulary::Reading;

/// Vacancies with what was made ready of them.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) stock: &'a Stock,
    pub(crate) vacancies: &'a Vacancies,
    /// Places of those that are there no more, one bit each; empty where all are.
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
    let best = found.keep.finish(k, |pair| tie(parts, candidate.id_hash(), pair.other));
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
struct Memo {
    /// None until the first is kept: most questions never ask some views, of which there may be as many as vacancies.
    answers: Vec<u8>,
    count: usize,
}

/// Stands for an answer that was not asked yet.
const UNASKED: u8 = u8::MAX;
/// The bit by which it is told from states that were joined.
const ASK: State = 0x80;

impl Memo {
    const fn of(count: usize) -> Self {
        Self { answers: Vec::new(), count }
    }

    /// With room for all, so that each is either asked or known.
    fn ready(count: usize) -> Self {
        Self { answers: vec![UNASKED; count], count }
    }

    #[inline(always)]
    fn known(&self, at: u32) -> Option<u8> {
        self.answers.get(at as usize).copied().filter(|answer| *answer != UNASKED)
    }

    /// The state; or one with [`ASK`] where it was not asked yet.
    #[inline(always)]
    fn state(&self, at: u32) -> State {
        self.answers.get(at as usize).copied().unwrap_or(NOWHERE)
    }

    fn keep(&mut self, at: u32, answer: u8) -> u8 {
        if self.answers.is_empty() {
            self.answers.resize(self.count, UNASKED);
        }
        if let Some(place) = self.answers.get_mut(at as usize) {
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
    /// From where the person goes to work, now and after a move, and how far: a place whose nearest point is so many metres
    /// away in a straight line is closed. `None` where no place is.
    homes: Option<([Option<Area>; 2], u32)>,
    /// Employers that permits of the person name.
    employers: Vec<Word>,
    /// A permit limits the hours.
    limited_hours: bool,
    excludes: bool,
    excludes_titles: bool,
    /// The person asks for nothing, and that alone gives a score.
    always_positive: bool,
    kinds: usize,
    terms: Memo,
    speech: Memo,
    papers: Memo,
    exclusion: Memo,
    /// By view: what its gate makes of each demand, or how well it fits.
    views: [Memo; super::stock::VIEWS],
    /// What education and languages contribute; one more, so that 0 is not asked yet.
    learned: Vec<u16>,
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
    fit: u8,
    /// Joined states that are listed, and those that open later: bit n for state n.
    lists: u8,
    later: u8,
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
        let permits = || candidate.legal.permits.iter();
        let stock = part.stock;
        let mut credits = vec![0; stock.skills.len()];
        for credit in candidate.profile.credits.iter() {
            let row = stock.skills.get(&credit.skill);
            if let Some(place) = row.and_then(|row| credits.get_mut(*row as usize)) {
                *place = credit.credit;
            }
        }
        let avoids = &candidate.practical.avoids;
        let excludes_titles = avoids.iter().any(|one| matches!(one, Avoided::Title(_)));
        let demands = |view: usize| stock.demands.get(view).map_or(0, |demands| demands.len());
        Self {
            plain,
            parts,
            part,
            candidate,
            asks,
            judge,
            own_late: if asks.horizon.is_late(own.day) { LATE } else { 0 },
            homes: homes(plain, candidate),
            employers: permits()
                .flat_map(|permit| permit.employer.iter().chain(permit.hirers.iter().flatten()))
                .copied()
                .collect(),
            limited_hours: permits().any(|permit| permit.hours_max.is_some()),
            excludes: !avoids.is_empty() && !excludes_titles,
            excludes_titles,
            always_positive: kinds == 0 && asks.wishes,
            kinds,
            terms: Memo::ready(stock.terms.len()),
            speech: Memo::ready(stock.speech.len()),
            papers: Memo::ready(stock.papers.len()),
            exclusion: Memo::ready(if avoids.is_empty() { 0 } else { demands(EXCLUSION) }),
            views: std::array::from_fn(|view| Memo::of(demands(view))),
            learned: vec![0; stock.learned.len()],
            readings: Memo::of(stock.readings.len()),
            wished_readings: Memo::of(stock.readings.len()),
            occupations: Memo::of(stock.occupations.len()),
            wished: Memo::of(stock.occupations.len()),
            wished_hours: Memo::of(demands(HOURS)),
            works: Memo::of(stock.works.len()),
            credits,
        }
    }

    /// Looks at all vacancies of the part.
    fn part<E>(&mut self, found: &mut Found, check: &impl Fn() -> Result<(), E>) -> Result<(), E> {
        let stock = self.part.stock;
        let (mut site, mut place) = (0, 0);
        for region in &stock.regions {
            check()?;
            let first = std::mem::replace(&mut site, region.end as usize);
            let own = stock.sites.get(first..site).unwrap_or_default();
            let end = own.last().map_or(place, |last| last.end);
            if region.cover.is_none_or(|cover| !self.is_beyond(cover)) {
                for site in own {
                    let from = std::mem::replace(&mut place, site.end);
                    self.site(site, from, found);
                }
            }
            place = end;
        }
        Ok(())
    }

    /// Whether every place in an area is too far, before and after a move.
    fn is_beyond(&self, area: Area) -> bool {
        let Some((homes, metres)) = self.homes else { return false };
        homes.into_iter().flatten().all(|home| is_apart(home, area, metres))
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

    fn way(&self, workplace: Workplace) -> Option<Way> {
        let Workplace { area, remote, .. } = workplace;
        if area.is_some_and(|area| !remote && self.is_beyond(area)) {
            return None;
        }
        let [before, after] =
            self.ways(workplace).map(|(class, day)| self.judge.state_of(class, day));
        // What is closed before and after a move is closed.
        if before & after & NOWHERE != 0 {
            return None;
        }
        let detour = self.plain.policy.detour_percent();
        let fit = percent(travel_fit(self.candidate.practical.area, area, remote, detour));
        let (mut lists, mut later) = (0, 0);
        for state in 0..8 {
            let way = if state & MOVED == 0 { before } else { after };
            match (state | way | self.own_late) & (NOWHERE | LATE) {
                0 => lists |= 1 << state,
                LATE => later |= 1 << state,
                _ => {}
            }
        }
        Some(Way { fit, lists, later })
    }

    /// Looks at the vacancies of a site, the first of which stands at `from`.
    fn site(&mut self, site: &Site, from: u32, found: &mut Found) {
        let Some(way) = self.way(site.workplace) else { return };
        let stock = self.part.stock;
        let (first, end) = (from as usize, site.end as usize);
        let keys = stock.keys.get(first..end).unwrap_or_default();
        let asked = stock.asked.get(first..end).unwrap_or_default();
        // What is not numbered is asked of each vacancy.
        let each = self.asks.times || self.excludes_titles || !self.employers.is_empty();
        // Of vacancies that open later only the number counts, where all have a score.
        let counts = self.always_positive || site.travel > 0 && way.fit > 0;
        let mut place = first;
        for (keys, asked) in keys.chunks(64).zip(asked.chunks(64)) {
            let gone = self.gone(place);
            place += keys.len();
            let (live, later) = self.joined(keys, way);
            let (live, later) = (live & !gone, later & !gone);
            if each {
                self.each(
                    (keys, asked),
                    if self.employers.is_empty() { live | later } else { !gone },
                    way,
                    found,
                );
                continue;
            }
            if counts {
                found.later += u64::from(later.count_ones());
            } else {
                let some = asked_at(keys, asked, later);
                found.later += some.filter(|one| self.is_positive(*one, way)).count() as u64;
            }
            if self.asks.k == 0 && self.asks.dates == Dates::OwnDay {
                continue;
            }
            for one in asked_at(keys, asked, live) {
                self.listable(one, way, found);
            }
        }
    }

    /// Which of 64 places, from this one on, have no vacancy any more.
    #[inline(always)]
    fn gone(&self, place: usize) -> u64 {
        if self.part.gone.is_empty() {
            return 0;
        }
        let word = |at: usize| self.part.gone.get(at).copied().unwrap_or_default();
        let (at, bit) = (place / 64, place % 64);
        let rest = if bit == 0 { 0 } else { word(at + 1) << (64 - bit) };
        word(at) >> bit | rest
    }

    /// Which of up to 64 vacancies are listed by what is numbered, and which open later.
    #[inline(always)]
    fn joined(&mut self, keys: &[KeysRow], way: Way) -> (u64, u64) {
        let mut states = [0; 64];
        if self.join(keys, &mut states) & ASK != 0 {
            self.ask_keys(keys);
            self.join(keys, &mut states);
        }
        let (mut live, mut later) = (0u64, 0u64);
        for (at, state) in (0u32..).zip(states).take(keys.len()) {
            let bit = |states: u8| u64::from(states.wrapping_shr(u32::from(state)) & 1);
            live |= bit(way.lists).wrapping_shl(at);
            later |= bit(way.later).wrapping_shl(at);
        }
        (live, later)
    }

    /// Joins what the gates make of each vacancy; gives all states together.
    #[inline(always)]
    fn join(&self, keys: &[KeysRow], states: &mut [State; 64]) -> State {
        let mut all = 0;
        if self.excludes {
            for (state, keys) in states.iter_mut().zip(keys) {
                let keys = Keys::of(keys);
                *state = self.state(keys) | self.exclusion.state(keys.exclusion);
                all |= *state;
            }
        } else {
            for (state, keys) in states.iter_mut().zip(keys) {
                *state = self.state(Keys::of(keys));
                all |= *state;
            }
        }
        all
    }

    #[inline(always)]
    fn state(&self, keys: Keys) -> State {
        self.terms.state(keys.terms)
            | self.speech.state(keys.speech)
            | self.papers.state(keys.papers)
    }

    /// Asks what was not asked yet.
    #[cold]
    fn ask_keys(&mut self, keys: &[KeysRow]) {
        for keys in keys.iter().map(Keys::of) {
            if self.terms.known(keys.terms).is_none() {
                self.ask_terms(keys.terms);
            }
            if self.speech.known(keys.speech).is_none() {
                let own = self.part.stock.speech.row(keys.speech as usize).unwrap_or_default();
                let state = self.gates([LANGUAGES_SPOKEN, DIPLOMA], own);
                self.speech.keep(keys.speech, state);
            }
            if self.papers.known(keys.papers).is_none() {
                let own = self.part.stock.papers.row(keys.papers as usize).unwrap_or_default();
                let state = self.gates([REGULATED, CERTIFICATES, LICENCES], own);
                self.papers.keep(keys.papers, state);
            }
            if self.excludes && self.exclusion.known(keys.exclusion).is_none() {
                let state = self.gate(EXCLUSION, keys.exclusion);
                self.exclusion.keep(keys.exclusion, state);
            }
        }
    }

    fn gates<const COUNT: usize>(&mut self, views: [usize; COUNT], own: [u32; COUNT]) -> State {
        views.into_iter().zip(own).fold(0, |all, (view, demand)| all | self.gate(view, demand))
    }

    /// Looks at each of up to 64 vacancies for a person whose permits name employers, who excludes titles, or whose working
    /// times decide.
    #[cold]
    fn each(
        &mut self,
        (keys, asked): (&[KeysRow], &[AskedRow]),
        bits: u64,
        way: Way,
        found: &mut Found,
    ) {
        for (keys, asked) in asked_at(keys, asked, bits) {
            let terms = self.of_named_employer(asked).unwrap_or(self.terms.state(keys.terms));
            let mut state = terms | self.speech.state(keys.speech) | self.papers.state(keys.papers);
            if self.excludes {
                state |= self.exclusion.state(keys.exclusion);
            }
            if self.excludes_titles && state & NOWHERE == 0 {
                state |= self.title(asked);
            }
            if self.asks.times && state & NOWHERE == 0 {
                state |= self.gate(TIMES, asked.times);
            }
            let bit = |states: u8| states.wrapping_shr(u32::from(state)) & 1 == 1;
            if bit(way.lists) {
                self.listable((keys, asked), way, found);
            } else if bit(way.later) {
                found.later += u64::from(self.is_positive((keys, asked), way));
            }
        }
    }

    fn facts(&self, vacancy: u32) -> Option<&'a VacancyFacts> {
        self.part.vacancies.get(vacancy as usize)
    }

    /// A vacancy that stands for all with a demand.
    fn stands_for(&self, view: usize, demand: u32) -> Option<&'a VacancyFacts> {
        let vacancy = self.part.stock.demands.get(view)?.number(demand as usize)?;
        self.facts(vacancy)
    }

    fn ask_terms(&mut self, number: u32) -> State {
        let [work, hours] = self.part.stock.terms.row(number as usize).unwrap_or_default();
        // Who has no limit of hours is answered alike where only hours differ.
        let alike = self.part.stock.alike.number(work as usize).filter(|_| !self.limited_hours);
        let work = alike.unwrap_or(work);
        let right = self.works.known(work).unwrap_or_else(|| {
            let demand = self.part.stock.works.get(work as usize);
            let state = demand.map_or(NOWHERE, |demand| self.right_to_work(demand));
            self.works.keep(work, state)
        });
        let state = right | self.gate(HOURS, hours);
        self.terms.keep(number, state)
    }

    /// The terms where a permit names the employer.
    fn of_named_employer(&mut self, asked: Asked) -> Option<State> {
        if self.employers.is_empty() {
            return None;
        }
        let employer = self.part.stock.employer(asked.vacancy)?;
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
                part::diploma(on, one.learned.education.as_deref(), vacancy.required.diploma, add);
            }
            REGULATED => part::regulated(on, held, vacancy.regulated(), add),
            CERTIFICATES => {
                let own = held.certificates.as_deref();
                part::certificates(on, own, &vacancy.required.certificates, add);
            }
            LICENCES => {
                part::licences(on, held.licences.as_deref(), &vacancy.required.licences, add);
            }
            EXCLUSION => part::exclusion(on, &practical.avoids, vacancy.excludable(), add),
            TIMES => part::working_times(on, one.week(), vacancy.working_times(), add),
            PERIOD => add(dates(on, one.stay(), vacancy.period(), on.as_of)),
            _ => part::hours(on, practical.hours, vacancy.hours, add),
        })
    }

    /// What titles that the person excludes make of a vacancy.
    fn title(&self, asked: Asked) -> State {
        let (on, avoids) = (self.plain.on_day(), &self.candidate.practical.avoids);
        let Some(facts) = self.facts(asked.vacancy) else { return NOWHERE };
        let own: Excludable<'_> = facts.excludable();
        self.judge.state(|add| part::exclusion(on, avoids, own, add))
    }

    /// A vacancy that can be listed but for its dates.
    #[inline(always)]
    fn listable(&mut self, one: (Keys, Asked), way: Way, found: &mut Found) {
        let (_, asked) = one;
        if self.asks.dates != Dates::OwnDay && self.is_late_by_dates(asked) {
            found.later += u64::from(self.is_positive(one, way));
            return;
        }
        let least = if self.asks.k == 0 { u16::MAX } else { found.keep.threshold() };
        let score = self.score(one, way, least);
        if score < least {
            return;
        }
        let other = self.part.first.wrapping_add(asked.vacancy);
        let (parts, hash) = (self.parts, self.candidate.id_hash());
        let tie = |pair: Scored| tie(parts, hash, pair.other);
        found.keep.offer(Scored { score, other }, self.asks.k, tie);
    }

    #[cold]
    fn is_late_by_dates(&mut self, asked: Asked) -> bool {
        if self.asks.dates == Dates::FirstDay {
            return self.gate(PERIOD, asked.period) & LATE != 0;
        }
        let Some(facts) = self.facts(asked.vacancy) else { return true };
        self.asks.horizon.is_late(self.plain.verdict(self.candidate, facts).day)
    }

    /// Whether the pair has a score above 0.
    fn is_positive(&mut self, one: (Keys, Asked), way: Way) -> bool {
        let (keys, _) = one;
        self.always_positive
            || self.learned(keys.learned) > 0
            || way.fit > 0 && self.by_travel(keys) > 0
            || self.score(one, way, 1) > 0
    }

    /// What travel weighs.
    fn by_travel(&self, keys: Keys) -> u8 {
        let learned = self.part.stock.learned.get(keys.learned as usize);
        learned.map_or(0, |one| one.weights[4])
    }

    /// The score; or less than `least`, where it is not that much.
    #[inline(always)]
    fn score(&mut self, (keys, asked): (Keys, Asked), way: Way, least: u16) -> u16 {
        let weights = self.part.stock.learned.get(keys.learned as usize);
        let weights = weights.map(|one| one.weights).unwrap_or_default();
        let [by_skills, by_occupation, _, _, by_travel, by_wishes] = weights.map(u16::from);
        // No product or sum leaves 16 bits: percentages × weights that sum to 100.
        let rest = by_travel
            .wrapping_mul(u16::from(way.fit))
            .wrapping_add(by_occupation.wrapping_mul(u16::from(self.occupation(keys.occupation))))
            .wrapping_add(self.learned(keys.learned));
        // Most are left out here, by what stands next to each other.
        if rest.wrapping_add(by_skills.wrapping_add(by_wishes).wrapping_mul(100)) < least {
            return 0;
        }
        let rest = rest.wrapping_add(by_wishes.wrapping_mul(self.wishes(keys, asked)));
        if rest.wrapping_add(by_skills.wrapping_mul(100)) < least {
            return 0;
        }
        let skills = self.part.stock.skills_of(asked);
        let sum = skills.fold(0u16, |sum, weighted| {
            let credit = self.credits.get((weighted >> 8) as usize).copied().unwrap_or_default();
            let [weight, ..] = weighted.to_le_bytes();
            sum.wrapping_add(u16::from(credit).wrapping_mul(u16::from(weight)))
        });
        rest.wrapping_add(contribution(weights[0], sum))
    }

    /// What education and languages contribute.
    #[inline(always)]
    fn learned(&mut self, number: u32) -> u16 {
        match self.learned.get(number as usize) {
            Some(0) | None => self.ask_learned(number),
            Some(known) => known - 1,
        }
    }

    #[cold]
    fn ask_learned(&mut self, number: u32) -> u16 {
        let asked = self.part.stock.learned.get(number as usize).copied().unwrap_or_default();
        let [_, _, by_education, by_language, ..] = asked.weights.map(u16::from);
        let sum = by_education * u16::from(self.fit(EDUCATION, asked.education))
            + by_language * u16::from(self.fit(LANGUAGE, asked.language));
        if let Some(place) = self.learned.get_mut(number as usize) {
            *place = sum + 1;
        }
        sum
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
                education(learned.education.as_deref(), facts.required.education)
            } else {
                language(learned.languages.as_deref(), &facts.required.languages)
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
    fn wishes(&mut self, keys: Keys, asked: Asked) -> u16 {
        if self.kinds == 0 {
            return 100;
        }
        let Some(wishes) = self.candidate.profile.wishes.as_ref() else { return 100 };
        let mut sum = u16::from(self.wished_occupation(keys.occupation));
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

/// From where a person goes to work, and how far away a place must be at least to be closed.
fn homes(plain: Plain<'_>, candidate: &CandidateFacts) -> Option<([Option<Area>; 2], u32)> {
    let own = candidate.commute();
    let (_, surely_beyond) = own.limit_metres?;
    let home = own.area?;
    let metres = straight(surely_beyond, plain.policy.detour_percent())?;
    Some(([Some(home), own.move_to.map(|(_, area)| area)], metres))
}

/// The shortest straight line that is longer by road than so many metres.
fn straight(metres: u32, detour_percent: u32) -> Option<u32> {
    let longer = (u64::from(metres) + 1) * 100;
    let detour = Some(detour_percent).filter(|detour| *detour > 0)?;
    u32::try_from(longer.div_ceil(u64::from(detour))).ok()
}

/// Whether the nearest points of two areas are so many metres apart at least.
fn is_apart(some: Area, other: Area, metres: u32) -> bool {
    let side = |a: i32, b: i32| u64::from(a.abs_diff(b));
    let (east, north) = (side(some.x, other.x), side(some.y, other.y));
    let least = u64::from(metres) + u64::from(some.radius) + u64::from(other.radius);
    // Of whole numbers: the root, rounded down, is at least that.
    east.saturating_mul(east).saturating_add(north.saturating_mul(north))
        >= least.saturating_mul(least)
}

/// What is asked at the bits that are set.
#[inline(always)]
fn asked_at(
    keys: &[KeysRow],
    asked: &[AskedRow],
    bits: u64,
) -> impl Iterator<Item = (Keys, Asked)> {
    of_bits(keys, bits).map(Keys::of).zip(of_bits(asked, bits).map(Asked::of))
}

/// The items at the bits that are set.
#[inline(always)]
fn of_bits<T>(items: &[T], mut bits: u64) -> impl Iterator<Item = &T> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        items.get(at as usize)
    })
}

/// Orders pairs of one person that have the same score.
fn tie<'a>(parts: &'a [Part<'_>], candidate: u64, other: u32) -> (u64, &'a str) {
    let part = parts.iter().rev().find(|part| part.first <= other);
    let vacancy = part.and_then(|part| part.vacancies.get((other - part.first) as usize));
    vacancy.map_or((0, ""), |one| (pair_hash(candidate, one.id_hash()), one.id()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::way;
    use proptest::prelude::*;

    fn area() -> impl Strategy<Value = Area> {
        (0..60_000i32, 300_000..360_000i32, 0..9_000u32).prop_map(|(x, y, radius)| Area {
            x,
            y,
            radius,
        })
    }

    proptest! {
        #[test]
        fn a_place_is_beyond_where_the_way_is_longer_than_the_limit(
            home in area(),
            work in area(),
            limit in 0..60_000u32,
            detour in 100..200u32,
        ) {
            let metres = straight(limit, detour).unwrap();
            let least = way(home, work, detour).least;
            prop_assert_eq!(is_apart(home, work, metres), least > limit);
            // At the limit itself, too.
            let (at, before) = (least, least.saturating_sub(1));
            prop_assert!(!is_apart(home, work, straight(at, detour).unwrap()));
            prop_assert_eq!(is_apart(home, work, straight(before, detour).unwrap()), least > before);
        }
    }

    #[test]
    fn without_a_detour_no_place_is_beyond() {
        assert_eq!(straight(10_000, 0), None);
    }

    #[test]
    fn items_at_bits_are_those_at_the_bits() {
        let some = |bits| of_bits(&[10, 11, 12], bits).copied().collect::<Vec<i32>>();
        assert_eq!(some(0b101), [10, 12]);
        assert_eq!(some(u64::MAX), [10, 11, 12]);
        assert_eq!(some(0), [0i32; 0]);
    }
}
