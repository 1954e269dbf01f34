// SPDX-License-Identifier: EUPL-1.2
//! Whom of some people each demand of a gate stops, as masks.

use super::asked::{Asked, Group, LEVELS};
use super::bits::{Bits, grouped};
use super::build::{Found, Index};
use super::cross::Cross;
use super::stays::Late;
use super::{Horizon, Plain, Sides};
use crate::gate::{dates, latest_day_of_dates, latest_day_of_working_time};
use crate::model::Day;
use crate::prepare::{CandidateFacts, Period};

/// Which people a demand stops.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Masks<const WORDS: usize> {
    /// Not listed whatever else holds.
    pub(super) nowhere: Bits<WORDS>,
    /// Open only after the day asked.
    pub(super) late: Bits<WORDS>,
    /// Open only after the person has moved.
    pub(super) moved: Bits<WORDS>,
}

impl<const WORDS: usize> Masks<WORDS> {
    const NONE: Self = Self { nowhere: Bits::NONE, late: Bits::NONE, moved: Bits::NONE };

    #[inline(always)]
    pub(super) fn and(self, other: &Self) -> Self {
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

/// What a request asks of everybody.
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

/// What is asked of whom, the same for everybody.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) plain: Plain<'a>,
    pub(super) index: &'a Index,
    pub(super) sides: Sides<'a>,
    pub(super) asks: Asks,
    /// Whether the work is to stop, whatever is found by then.
    pub(super) stopped: &'a (dyn Fn() -> bool + Sync),
}

/// What the gates say of up to 64 × `WORDS` people.
#[derive(Debug, Default)]
pub(super) struct Gates<const WORDS: usize> {
    pub(super) all: Bits<WORDS>,
    /// Late by their own dates.
    own_late: Bits<WORDS>,
    /// Before and after a move.
    ways: Vec<[Masks<WORDS>; 2]>,
    pub(super) levels: [Vec<Masks<WORDS>>; LEVELS],
    pub(super) exclusion: Vec<Masks<WORDS>>,
    pub(super) times: Vec<Masks<WORDS>>,
    pub(super) hours: Vec<Masks<WORDS>>,
    /// By demand of [`Stays`](super::stays::Stays).
    pub(super) dates: Vec<Late<WORDS>>,
    /// Of whom something is asked by each vacancy by itself, and who may have moved by then.
    pub(super) each_of: Bits<WORDS>,
    pub(super) each_moves: Bits<WORDS>,
    scratch: Scratch<WORDS>,
}

#[derive(Debug, Default)]
struct Scratch<const WORDS: usize> {
    classes: Vec<(u32, Bits<WORDS>)>,
    found: Vec<Found>,
    ways: Vec<[Found; 2]>,
    movers: Vec<(Bits<WORDS>, Day)>,
}

impl<const WORDS: usize> Gates<WORDS> {
    /// Fills the masks for these people. Once the work is stopped they stay unfilled.
    pub(super) fn fill(&mut self, setting: Setting<'_>, members: &[u32]) {
        let Setting { plain, index, sides, asks, stopped } = setting;
        let Scratch { classes, found, ways, movers } = &mut self.scratch;
        self.all = Bits::first(members.len());
        movers.clear();
        self.own_late = Bits::NONE;
        let facts = members.iter().map(|member| sides.0.get(*member as usize));
        for (person, one) in Bits::each(facts) {
            let Some(one) = one else { continue };
            movers.extend(one.practical.move_to.map(|(day, _)| (person, day)));
            let none = Period { starts: None, ends: None, closes: None };
            let own = dates(plain.on_day(), one.stay(), none, plain.as_of);
            if asks.horizon.is_late(own.day) {
                self.own_late |= person;
            }
        }
        if !asks.later {
            self.all &= !self.own_late;
        }
        let masks = Into { setting, movers };
        // The way to work.
        grouped(classes, members, |member| index.ways.class(member));
        self.ways.clear();
        self.ways.resize(index.ways.demands(), [Masks::NONE; 2]);
        for (class, people) in classes.iter().take_while(|_| !stopped()) {
            let row = index.ways.row(plain, sides, *class, ways);
            for (to, found) in self.ways.iter_mut().zip(row) {
                for (to, found) in to.iter_mut().zip(found) {
                    masks.add(to, *found, *people);
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
            grouped(classes, members, |member| index.times.class(member));
            let add = |to: &mut Masks<WORDS>, found, people| masks.add(to, found, people);
            let join = |all: Masks<WORDS>, one| all.and(&one);
            let classes = classes.iter().copied().take_while(|_| !stopped());
            index.times.fill((plain, sides), classes, add, join, &mut self.times);
        } else {
            self.times.clear();
        }
        self.each_of = Bits::NONE;
        self.each_moves = Bits::NONE;
        for masks in [&mut self.exclusion, &mut self.hours, &mut self.times] {
            let all = masks.iter().fold(Masks::NONE, Masks::and);
            let stops = all.nowhere | all.late | all.moved;
            if stops.any() {
                self.each_of |= stops;
                self.each_moves |= all.moved;
            } else {
                // What stops nobody need not be looked up.
                masks.clear();
            }
        }
        self.dates.clear();
        if asks.dates != Dates::OwnDay {
            let stays = index.stays(plain, sides);
            grouped(classes, members, |member| stays.class(member));
            let classes = classes.iter().copied().take_while(|_| !stopped());
            stays.fill(plain, asks.horizon, classes, &mut self.dates);
            let late = self.dates.iter().map(|late| late.surely | late.perhaps);
            self.each_of |= late.fold(Bits::NONE, |all, late| all | late);
        }
    }

    /// Whom the way to work of a group stops, before and after a move.
    #[inline(always)]
    pub(super) fn way(&self, group: &Group) -> &[Masks<WORDS>; 2] {
        self.ways.get(group.way as usize).unwrap_or(&[Masks::NONE; 2])
    }

    /// The masks of a group with those of what one of its vacancies asks by itself.
    #[inline(always)]
    pub(super) fn with_own(&self, all: &Masks<WORDS>, asked: &Asked) -> Masks<WORDS> {
        let own = [
            (&self.exclusion, asked.exclusion),
            (&self.hours, asked.hours),
            (&self.times, asked.times),
        ];
        let mut masks = *all;
        for (own, at) in own {
            if let Some(own) = own.get(at as usize) {
                masks = masks.and(own);
            }
        }
        masks
    }

    /// Joins the masks of the keys of a group from the first that differs on; gives the level at which nobody is left.
    #[inline(always)]
    pub(super) fn stopped(
        &self,
        group: &Group,
        [before, after]: &[Masks<WORDS>; 2],
        levels: &mut [Masks<WORDS>; LEVELS + 1],
        first: usize,
    ) -> Option<usize> {
        if first == 0 {
            // What is closed before and after a move is closed.
            let nowhere = !self.all | before.nowhere & after.nowhere;
            levels[0] = Masks { nowhere, ..Masks::NONE };
        }
        let mut masks = levels.get(first.saturating_sub(1)).copied().unwrap_or_default();
        if masks.nowhere.is_all() {
            return Some(first.saturating_sub(1));
        }
        let tables = self.levels.iter().zip(&group.keys).zip(&mut levels[1..]).enumerate();
        for (level, ((table, key), to)) in tables.skip(first.max(1) - 1) {
            masks = masks.and(table.get(*key as usize).unwrap_or(&Masks::NONE));
            *to = masks;
            if masks.nowhere.is_all() {
                return Some(level + 1);
            }
        }
        None
    }

    /// Who can be listed, and who could be later.
    #[inline(always)]
    pub(super) fn alive(
        &self,
        [before, after]: &[Masks<WORDS>; 2],
        masks: &Masks<WORDS>,
    ) -> (Bits<WORDS>, Bits<WORDS>) {
        let moved = masks.moved;
        let nowhere = masks.nowhere | before.nowhere & !moved | after.nowhere & moved;
        let late = masks.late | before.late & !moved | after.late & moved | self.own_late;
        (!(nowhere | late), late & !nowhere)
    }
}

/// How findings become masks.
struct Into<'a, const WORDS: usize> {
    setting: Setting<'a>,
    movers: &'a [(Bits<WORDS>, Day)],
}

impl<const WORDS: usize> Into<'_, WORDS> {
    fn add(&self, to: &mut Masks<WORDS>, found: Found, people: Bits<WORDS>) {
        let Setting { plain, asks, .. } = self.setting;
        if asks.horizon.excludes(found.class()) {
            to.nowhere |= people;
        }
        if found.day() > plain.as_of {
            if asks.horizon.is_late(found.day()) {
                let stops = if asks.later { &mut to.late } else { &mut to.nowhere };
                *stops |= people;
            }
            for (person, day) in self.movers {
                if found.day() >= *day {
                    to.moved |= *person & people;
                }
            }
        }
    }

    fn of(
        &self,
        cross: &Cross<Found>,
        members: &[u32],
        classes: &mut Vec<(u32, Bits<WORDS>)>,
        own: &mut Vec<Found>,
        to: &mut Vec<Masks<WORDS>>,
    ) {
        let Setting { plain, sides, stopped, .. } = self.setting;
        grouped(classes, members, |member| cross.class(member));
        to.clear();
        to.resize(cross.demands(), Masks::NONE);
        // A class may be asked for as many demands as there are vacancies.
        for (class, people) in classes.iter().take_while(|_| !stopped()) {
            for (to, found) in to.iter_mut().zip(cross.row(plain, sides, *class, own)) {
                self.add(to, *found, *people);
            }
        }
    }
}
