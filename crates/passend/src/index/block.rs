// SPDX-License-Identifier: EUPL-1.2
//! Tables for 64 people: for each distinct demand which of them it stops, and how well each fits.

use super::build::{Found, Index, LEVELS};
use super::coarse::{Coarse, steps};
use super::credits::Credits;
use super::cross::Cross;
use super::lanes::{FromZero, LANES, Row, above_zero, bits, mean, mean_factor};
use super::price::Wanting;
use super::{Horizon, Keep, Plain};
use crate::criterion::{kinds_of, worth};
use crate::gate::{dates, latest_day_of_dates, latest_day_of_working_time};
use crate::model::Day;
use crate::prepare::{CandidateFacts, Period, VacancyFacts};

/// Which of 64 people a demand stops.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Masks {
    /// Not listed whatever else holds.
    pub(super) nowhere: u64,
    /// Open only after the day asked.
    pub(super) late: u64,
    /// Open only after the person has moved.
    pub(super) moved: u64,
}

impl Masks {
    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            nowhere: self.nowhere | other.nowhere,
            late: self.late | other.late,
            moved: self.moved | other.moved,
        }
    }
}

/// When the dates of a person and of the work can make a pair late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    /// Only by the day from which the person is available.
    OwnDay,
    /// By the day on which the rest is open, which must be the first day itself.
    FirstDay,
    /// By the day on which the rest is open, which only the pair tells.
    Pair,
}

/// What a request asks of every block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asks {
    pub(super) horizon: Horizon,
    pub(super) k: usize,
    pub(super) dates: Dates,
    /// Working times can make a pair late, or later than a move.
    pub(super) times: bool,
    /// Wishes have a weight above 0, whatever else is asked; travel has wherever it is asked.
    pub(super) wishes: bool,
    pub(super) travel: bool,
    /// Pairs that open after the day asked are counted; else they are as closed as the others, and stop a block sooner.
    pub(super) later: bool,
}

impl Asks {
    pub(super) fn new(
        plain: Plain<'_>,
        candidates: &[CandidateFacts],
        horizon: Horizon,
        k: usize,
    ) -> Self {
        let on = plain.on_day();
        let first = on.as_of;
        let dates = match horizon.last_day {
            None => Dates::OwnDay,
            Some(last) if last >= latest_day_of_dates(on) => Dates::OwnDay,
            Some(last) if last == first => Dates::FirstDay,
            Some(_) => Dates::Pair,
        };
        let latest = latest_day_of_working_time(on);
        let moves = || candidates.iter().filter_map(|one| one.practical.move_to);
        let times =
            !horizon.steps || horizon.is_late(latest) || moves().any(|(day, _)| day <= latest);
        let (wishes, travel) =
            (plain.weights.always_counts_wishes(), plain.weights.always_counts_travel());
        Self { horizon, k, dates, times, wishes, travel, later: true }
    }
}

/// Tables for 64 people.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) members: Vec<u32>,
    pub(super) all: u64,
    /// Late by their own dates.
    pub(super) own_late: u64,
    /// Before and after a move.
    pub(super) ways: Vec<[Masks; 2]>,
    pub(super) levels: [Vec<Masks>; LEVELS],
    pub(super) exclusion: Vec<Masks>,
    pub(super) times: Vec<Masks>,
    pub(super) hours: Vec<Masks>,
    /// Something is asked of each vacancy by itself; of whom, and who may have moved by then.
    pub(super) each: bool,
    pub(super) each_of: u64,
    pub(super) each_moves: u64,
    /// Travel has a weight above 0 wherever it is asked.
    pub(super) counts_travel: bool,
    pub(super) credits: Credits,
    pub(super) coarse: Coarse,
    /// What lists of people ask, in steps.
    pub(super) asked_steps: Steps,
    pub(super) occupation: Vec<Row>,
    pub(super) wished: Vec<Row>,
    /// Education, language, travel, sectors and hours asked for.
    pub(super) fits: [Vec<Row>; 5],
    pub(super) factors: FromZero,
    /// Some person asks for sectors or hours.
    pub(super) several_wishes: bool,
    /// People whose wishes alone give a score above 0.
    pub(super) positive: u64,
    /// Whose education, language and travel fits at all.
    pub(super) some: [Vec<u64>; 3],
    /// Whose occupation, and whose wish for an occupation, fits so well that it gives a score above 0.
    pub(super) some_work: Vec<[u64; 2]>,
    pub(super) thresholds: FromZero,
    /// What is asked where vacancies have prices.
    pub(super) wanting: Wanting,
    pub(super) keeps: Vec<Keep>,
    pub(super) later: u64,
    /// What scores are made of is there; else only the gates are.
    pub(super) has_rows: bool,
    scratch: Scratch,
}

/// A byte for each person, from 0.
#[derive(Debug)]
pub(super) struct Steps(pub(super) Row);

impl Default for Steps {
    fn default() -> Self {
        Self([0; LANES])
    }
}

#[derive(Debug, Default)]
struct Scratch {
    classes: Vec<(u32, u64)>,
    found: Vec<Found>,
    ways: Vec<[Found; 2]>,
    percents: Vec<u8>,
    movers: Vec<(u64, Day)>,
}

type Sides<'a> = (&'a [CandidateFacts], &'a [VacancyFacts]);

impl Block {
    /// Fills the tables for these people, at most 64. Once `stopped` says so they stay unfilled.
    pub(super) fn fill(
        &mut self,
        plain: Plain<'_>,
        index: &Index,
        sides: Sides<'_>,
        asks: Asks,
        members: &[u32],
        stopped: &dyn Fn() -> bool,
    ) {
        self.fill_gates(plain, index, sides, asks, members, stopped);
        if !stopped() {
            self.fill_rows(plain, index, sides, asks);
        }
    }

    /// Fills what the gates say of these people.
    pub(super) fn fill_gates(
        &mut self,
        plain: Plain<'_>,
        index: &Index,
        sides: Sides<'_>,
        asks: Asks,
        members: &[u32],
        stopped: &dyn Fn() -> bool,
    ) {
        self.members.clear();
        self.members.extend(members.iter().take(LANES));
        self.all = lanes_of(self.members.len());
        self.counts_travel = asks.travel;
        self.later = 0;
        self.keeps.clear();
        self.keeps.resize_with(self.members.len(), Keep::default);
        self.thresholds = FromZero([u16::MAX; LANES]);
        for (threshold, keep) in self.thresholds.0.iter_mut().zip(&self.keeps) {
            *threshold = if asks.k == 0 { u16::MAX } else { keep.threshold() };
        }
        self.has_rows = false;
        self.gates(plain, index, sides, asks, stopped);
    }

    fn gates(
        &mut self,
        plain: Plain<'_>,
        index: &Index,
        sides: Sides<'_>,
        asks: Asks,
        stopped: &dyn Fn() -> bool,
    ) {
        let Self { members, scratch, .. } = self;
        let Scratch { classes, found, ways, movers, .. } = scratch;
        let facts = |member: &u32| sides.0.get(*member as usize);
        movers.clear();
        self.own_late = 0;
        for (lane, one) in lanes(members.iter().map(facts)) {
            let Some(one) = one else { continue };
            movers.extend(one.practical.move_to.map(|(day, _)| (lane, day)));
            let none = Period { starts: None, ends: None, closes: None };
            let own = dates(plain.on_day(), one.stay(), none, plain.as_of);
            if asks.horizon.is_late(own.day) {
                self.own_late |= lane;
            }
        }
        if !asks.later {
            self.all &= !self.own_late;
        }
        let masks = Into { plain, sides, asks, movers, stopped };
        // The way to work.
        grouped(classes, members, |member| index.ways.class(member));
        self.ways.clear();
        self.ways.resize(index.ways.demands(), [Masks::default(); 2]);
        for (class, mask) in classes.iter().take_while(|_| !stopped()) {
            let row = index.ways.row(plain, sides, *class, ways);
            for (to, found) in self.ways.iter_mut().zip(row) {
                for (to, found) in to.iter_mut().zip(found) {
                    masks.add(to, *found, *mask);
                }
            }
        }
        let levels = self.levels.iter_mut().zip(index.rights.iter().chain(&index.gates));
        for (to, cross) in levels {
            masks.of(cross, members, classes, found, to);
        }
        masks.of(&index.exclusion, members, classes, found, &mut self.exclusion);
        masks.of(&index.hours, members, classes, found, &mut self.hours);
        if asks.times {
            masks.of(&index.times, members, classes, found, &mut self.times);
        } else {
            self.times.clear();
        }
        self.each = asks.dates != Dates::OwnDay;
        self.each_of = 0;
        self.each_moves = 0;
        for masks in [&mut self.exclusion, &mut self.hours, &mut self.times] {
            let stops = masks.iter().fold(0, |all, one| all | one.nowhere | one.late | one.moved);
            if stops > 0 {
                self.each = true;
                self.each_of |= stops;
                self.each_moves |= masks.iter().fold(0, |all, one| all | one.moved);
            } else {
                // What stops nobody need not be looked up.
                masks.clear();
            }
        }
    }

    /// Fills what the scores of the same people are made of.
    #[inline(never)]
    pub(super) fn fill_rows(
        &mut self,
        plain: Plain<'_>,
        index: &Index,
        sides: Sides<'_>,
        asks: Asks,
    ) {
        self.has_rows = true;
        let Self { members, scratch, .. } = self;
        let Scratch { classes, percents, .. } = scratch;
        for (to, cross) in self.fits.iter_mut().zip(&index.fits) {
            grouped(classes, members, |member| cross.class(member));
            to.clear();
            to.resize(cross.demands(), [0; LANES]);
            for (class, mask) in classes.iter() {
                let row = cross.row(plain, sides, *class, percents);
                for (to, percent) in to.iter_mut().zip(row) {
                    for lane in bits(*mask) {
                        set(to, lane, *percent);
                    }
                }
            }
        }
        for (some, rows) in self.some.iter_mut().zip(&self.fits) {
            some.clear();
            some.extend(rows.iter().map(above_zero));
        }
        self.credits.clear(index.skills.len());
        let rows = 1 + index.near.asked() + index.several.len();
        self.occupation.clear();
        self.occupation.resize(rows, [0; LANES]);
        // Who asks for nothing has wishes that are fully met.
        let mut wishless = [0; LANES];
        let mut others = [0; LANES];
        self.positive = 0;
        self.factors = FromZero([mean_factor(1); LANES]);
        self.several_wishes = false;
        let people = members.iter().map(|member| sides.0.get(*member as usize));
        let places = wishless.iter_mut().zip(&mut others).zip(&mut self.factors.0);
        for ((lane, one), ((wished, others), factor)) in lanes(people).zip(places) {
            let kinds = one.and_then(|one| one.profile.wishes.as_ref()).map_or(0, kinds_of);
            if kinds == 0 {
                *wished = 100;
                self.positive |= if asks.wishes { lane } else { 0 };
            }
            *factor = mean_factor(kinds);
            let wishes = one.and_then(|one| one.profile.wishes.as_ref());
            let more = wishes
                .map_or(0, |own| u16::from(own.sectors.is_some()) + u16::from(own.hours.is_some()));
            self.several_wishes |= more > 0;
            *others = more * 100;
        }
        self.wished.clear();
        self.wished.resize(rows, wishless);
        self.some_work.clear();
        self.some_work.resize(rows, [0; 2]);
        for (at, (lane, member)) in lanes(members.iter()).enumerate() {
            let Some(one) = sides.0.get(*member as usize) else { continue };
            for credit in &one.profile.credits {
                if let Some(skill) = index.skills.row(credit.skill) {
                    self.credits.set(skill, at, credit.credit);
                }
            }
            let jobs = one.profile.held.iter().flatten();
            for (held, close) in jobs.zip(index.near.to_jobs(*member)) {
                for (reading, closeness) in close {
                    let (row, worth) = (*reading as usize + 1, worth(held, *closeness));
                    if let Some(row) = self.occupation.get_mut(row) {
                        raise(row, at, worth);
                    }
                    if worth > 0
                        && let Some([some, _]) = self.some_work.get_mut(row)
                    {
                        *some |= lane;
                    }
                }
            }
            for close in index.near.to_wishes(*member) {
                for (reading, closeness) in close {
                    let row = *reading as usize + 1;
                    if let Some(row) = self.wished.get_mut(row) {
                        raise(row, at, *closeness);
                    }
                    if *closeness >= LEAST_WISH
                        && let Some([_, some]) = self.some_work.get_mut(row)
                    {
                        *some |= lane;
                    }
                }
            }
        }
        for (at, list) in (1 + index.near.asked()..).zip(&index.several) {
            let rows = list.iter().filter_map(|(reading, share)| {
                Some((self.occupation.get(*reading as usize)?, *share))
            });
            let occupation = mean(rows);
            let mut wished = wishless;
            for (reading, _) in list {
                for (to, one) in
                    wished.iter_mut().zip(self.wished.get(*reading as usize).into_iter().flatten())
                {
                    *to = (*to).max(*one);
                }
            }
            if let Some([some, _]) = self.some_work.get_mut(at) {
                *some = above_zero(&occupation);
            }
            if let Some(row) = self.occupation.get_mut(at) {
                *row = occupation;
            }
            if let Some(row) = self.wished.get_mut(at) {
                *row = wished;
            }
        }
        self.coarse.fill(
            &index.parts,
            &self.fits,
            (&self.occupation, &self.wished),
            (&others, &self.factors.0),
        );
    }

    /// Notes what the lists of people ask by now.
    #[inline(always)]
    pub(super) fn note_steps(&mut self) {
        self.asked_steps = Steps(steps(&self.thresholds.0));
    }
}

/// The least closeness to an occupation asked for that is above 0 as the mean with two other wishes.
const LEAST_WISH: u8 = 3;

/// How findings become masks.
struct Into<'a> {
    plain: Plain<'a>,
    sides: Sides<'a>,
    asks: Asks,
    movers: &'a [(u64, Day)],
    /// A class may be asked for as many demands as there are vacancies.
    stopped: &'a dyn Fn() -> bool,
}

impl Into<'_> {
    fn add(&self, to: &mut Masks, found: Found, lanes: u64) {
        if self.asks.horizon.excludes(found.class) {
            to.nowhere |= lanes;
        }
        if found.day > self.plain.as_of {
            if self.asks.horizon.is_late(found.day) {
                let stops = if self.asks.later { &mut to.late } else { &mut to.nowhere };
                *stops |= lanes;
            }
            for (lane, day) in self.movers {
                if found.day >= *day {
                    to.moved |= lane & lanes;
                }
            }
        }
    }

    fn of(
        &self,
        cross: &Cross<Found>,
        members: &[u32],
        classes: &mut Vec<(u32, u64)>,
        own: &mut Vec<Found>,
        to: &mut Vec<Masks>,
    ) {
        grouped(classes, members, |member| cross.class(member));
        to.clear();
        to.resize(cross.demands(), Masks::default());
        for (class, mask) in classes.iter().take_while(|_| !(self.stopped)()) {
            for (to, found) in to.iter_mut().zip(cross.row(self.plain, self.sides, *class, own)) {
                self.add(to, *found, *mask);
            }
        }
    }
}

/// The lanes of each class among the members.
pub(super) fn grouped(classes: &mut Vec<(u32, u64)>, members: &[u32], class: impl Fn(u32) -> u32) {
    classes.clear();
    for (lane, member) in lanes(members.iter()) {
        let own = class(*member);
        match classes.iter_mut().find(|(known, _)| *known == own) {
            Some((_, mask)) => *mask |= lane,
            None => classes.push((own, lane)),
        }
    }
}

/// Each item with the bit of its lane.
pub(super) fn lanes<T>(items: impl Iterator<Item = T>) -> impl Iterator<Item = (u64, T)> {
    (0..LANES).map(|lane| 1u64 << lane).zip(items)
}

/// The first so many lanes.
pub(super) const fn lanes_of(count: usize) -> u64 {
    if count >= LANES { u64::MAX } else { (1 << count) - 1 }
}

fn set(row: &mut Row, lane: usize, value: u8) {
    if let Some(place) = row.get_mut(lane) {
        *place = value;
    }
}

fn raise(row: &mut Row, lane: usize, value: u8) {
    if let Some(place) = row.get_mut(lane) {
        *place = value.max(*place);
    }
}
