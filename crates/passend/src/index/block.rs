// SPDX-License-Identifier: EUPL-1.2
//! Tables for 64 people: how well each demand fits each of them, and their lists.

use super::Keep;
use super::bits::{Bits, bits, grouped, lanes};
use super::credits::Credits;
use super::gates::{Asks, Setting};
use super::lanes::{FromZero, LANES, Row, above_zero, mean, mean_factor};
use super::price::Wanting;
use crate::criterion::{kinds_of, worth};

/// Tables for 64 people.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) members: Vec<u32>,
    pub(super) credits: Credits,
    pub(super) occupation: Vec<Row>,
    pub(super) wished: Vec<Row>,
    /// Education, language, travel, sectors and hours asked for.
    pub(super) fits: [Vec<Row>; 5],
    /// What wishes that are not for an occupation may add to it, and what makes the mean of both.
    pub(super) others: FromZero,
    pub(super) factors: FromZero,
    /// People whose wishes alone give a score above 0.
    pub(super) positive: u64,
    /// People who ask for sectors or hours.
    pub(super) wish_several: u64,
    /// Whose education, language, travel, sectors and hours fit at all.
    pub(super) some: [Vec<u64>; 5],
    /// Whose occupation, and whose wish for an occupation, fits at all.
    pub(super) some_work: Vec<[u64; 2]>,
    pub(super) thresholds: FromZero,
    /// What is asked where vacancies have prices.
    pub(super) wanting: Wanting,
    pub(super) keeps: Vec<Keep>,
    scratch: Scratch,
}

#[derive(Debug, Default)]
struct Scratch {
    classes: Vec<(u32, Bits<1>)>,
    percents: Vec<u8>,
}

impl Block {
    /// Takes these people, at most 64, in place of others.
    pub(super) fn take(&mut self, asks: Asks, members: &[u32]) {
        self.members.clear();
        self.members.extend(members.iter().take(LANES));
        self.keeps.iter_mut().for_each(Keep::clear);
        self.keeps.resize_with(self.members.len(), Keep::default);
        self.thresholds = FromZero([u16::MAX; LANES]);
        for (threshold, keep) in self.thresholds.0.iter_mut().zip(&self.keeps) {
            *threshold = if asks.k == 0 { u16::MAX } else { keep.threshold() };
        }
    }

    /// Fills what the scores of the people are made of.
    #[inline(never)]
    pub(super) fn fill_rows(&mut self, setting: Setting<'_>) {
        let Setting { plain, index, sides, asks, .. } = setting;
        let Self { members, scratch, .. } = self;
        let Scratch { classes, percents } = scratch;
        for (to, cross) in self.fits.iter_mut().zip(&index.fits) {
            grouped(classes, members, |member| cross.class(member));
            to.clear();
            to.resize(cross.demands(), [0; LANES]);
            for (class, Bits([mask])) in classes.iter() {
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
        let mut fully = 0;
        self.others = FromZero::default();
        self.positive = 0;
        self.factors = FromZero([mean_factor(1); LANES]);
        self.wish_several = 0;
        let people = members.iter().map(|member| sides.0.get(*member as usize));
        let places = wishless.iter_mut().zip(&mut self.others.0).zip(&mut self.factors.0);
        for ((lane, one), ((wished, others), factor)) in lanes(people).zip(places) {
            let kinds = one.and_then(|one| one.profile.wishes.as_ref()).map_or(0, kinds_of);
            if kinds == 0 {
                *wished = 100;
                fully |= lane;
                self.positive |= if asks.wishes { lane } else { 0 };
            }
            *factor = mean_factor(kinds);
            let wishes = one.and_then(|one| one.profile.wishes.as_ref());
            let more = wishes
                .map_or(0, |own| u16::from(own.sectors.is_some()) + u16::from(own.hours.is_some()));
            self.wish_several |= if more > 0 { lane } else { 0 };
            *others = more * 100;
        }
        self.wished.clear();
        self.wished.resize(rows, wishless);
        self.some_work.clear();
        self.some_work.resize(rows, [0, fully]);
        for (at, (lane, member)) in lanes(members.iter()).enumerate() {
            let Some(one) = sides.0.get(*member as usize) else { continue };
            for credit in one.profile.credits.iter() {
                if let Some(skill) = index.skills.get(&credit.skill) {
                    self.credits.set(*skill, at, credit.credit);
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
                    if *closeness > 0
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
            if let Some([some, wish]) = self.some_work.get_mut(at) {
                *some = above_zero(&occupation);
                *wish = above_zero(&wished);
            }
            if let Some(row) = self.occupation.get_mut(at) {
                *row = occupation;
            }
            if let Some(row) = self.wished.get_mut(at) {
                *row = wished;
            }
        }
    }
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
