// SPDX-License-Identifier: EUPL-1.2
//! Whom of 64 people each demand keeps from starting now, and until when: what is counted for people.

use super::bits::{Bits, grouped};
use super::build::Found;
use super::counts::Counts;
use super::cross::Cross;
use super::lanes::{LANES, Lanes, raise_some};
use super::period::Limits;
use super::{Plain, Sides};
use crate::gate::ReadinessClass;
use crate::model::Day;

/// Whom a demand keeps from starting now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stops {
    pub(super) closed: u64,
    /// Closed, or unknown by law.
    pub(super) unsure: u64,
    pub(super) any: u64,
    /// Open only after the person has moved.
    pub(super) moved: u64,
    /// The number of its row of days, from 1; 0 if whoever it lets in may come today.
    days: u32,
}

impl Stops {
    #[inline(always)]
    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            closed: self.closed | other.closed,
            unsure: self.unsure | other.unsure,
            any: self.any | other.any,
            moved: self.moved | other.moved,
            days: 0,
        }
    }

    /// What holds before a move, and after it for those who have moved.
    #[inline(always)]
    pub(super) const fn after_move([before, after]: [Self; 2], moved: u64) -> Self {
        Self {
            closed: before.closed & !moved | after.closed & moved,
            unsure: before.unsure & !moved | after.unsure & moved,
            any: before.any & !moved | after.any & moved,
            moved,
            days: 0,
        }
    }

    pub(super) fn add(&mut self, people: &People<'_>, found: Found, lanes: u64) {
        if found.class() > ReadinessClass::Now {
            self.any |= lanes;
        }
        if found.class() >= ReadinessClass::Unknown {
            self.unsure |= lanes;
        }
        if found.class() == ReadinessClass::Closed {
            self.closed |= lanes;
        }
        if found.day() > people.plain.as_of {
            for (lane, day) in &people.movers {
                if found.day() >= *day {
                    self.moved |= lane & lanes;
                }
            }
        }
    }
}

/// The demands of one gate.
#[derive(Debug, Default)]
pub(super) struct Table {
    stops: Vec<Stops>,
    /// For demands that open later for somebody: by lane, how many limits are before the day.
    days: Vec<Lanes>,
}

impl Table {
    pub(super) fn clear(&mut self, demands: usize) {
        self.stops.clear();
        self.stops.resize(demands, Stops::default());
        self.days.clear();
    }

    #[inline(always)]
    pub(super) fn get(&self, demand: u32) -> Stops {
        self.stops.get(demand as usize).copied().unwrap_or_default()
    }

    #[inline(always)]
    pub(super) fn days(&self, stops: Stops) -> Option<&Lanes> {
        self.days.get((stops.days as usize).wrapping_sub(1))
    }

    pub(super) fn add(&mut self, people: &People<'_>, demand: usize, found: Found, lanes: u64) {
        let Some(stops) = self.stops.get_mut(demand) else { return };
        stops.add(people, found, lanes);
        let Some(before) = people.limits.later(found.day()) else { return };
        if stops.days == 0 {
            self.days.push([people.limits.base(); LANES]);
            stops.days = u32::try_from(self.days.len()).unwrap_or_default();
        }
        if let Some(row) = self.days.get_mut((stops.days as usize).wrapping_sub(1)) {
            raise_some(row, lanes, before);
        }
    }

    /// The demands of a gate that looks at one view.
    pub(super) fn fill(&mut self, people: &mut People<'_>, cross: &Cross<Found>) {
        self.clear(cross.demands());
        let (mut classes, mut own) = (std::mem::take(&mut people.classes), Vec::new());
        grouped(&mut classes, people.members, |member| cross.class(member));
        for (class, Bits([lanes])) in classes.iter().take_while(|_| !(people.stopped)()) {
            let row = cross.row(people.plain, people.sides, *class, &mut own);
            for (demand, found) in row.iter().enumerate() {
                self.add(people, demand, *found, *lanes);
            }
        }
        people.classes = classes;
    }

    /// Counts whom the demands stop, by how many vacancies ask them.
    pub(super) fn count(&self, uses: &[u32], counts: &mut Counts) {
        for (stops, times) in self.stops.iter().zip(uses) {
            counts.add_times(stops.any, *times);
        }
    }
}

/// The people of a block while its tables are filled.
pub(super) struct People<'a> {
    pub(super) plain: Plain<'a>,
    pub(super) sides: Sides<'a>,
    pub(super) members: &'a [u32],
    pub(super) limits: &'a Limits,
    /// Who moves, and when.
    pub(super) movers: Vec<(u64, Day)>,
    pub(super) classes: Vec<(u32, Bits<1>)>,
    /// Whether the work is to stop, whatever is found by then.
    pub(super) stopped: &'a dyn Fn() -> bool,
}
