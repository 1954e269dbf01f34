// SPDX-License-Identifier: EUPL-1.2
//! What the gates make of all vacancies for each person, counted for 64 people side by side.
//!
//! A gate alone is counted by demand: whom it stops, as many times as vacancies ask it. What depends on several gates
//! (readiness, travel after a move, dates, certificates with licences) is joined for each vacancy, as masks.

use fearless_simd::{Level, dispatch};
use rayon::prelude::*;

use super::asked::LEVELS;
use super::bits::{Bits, grouped, lanes, lanes_of};
use super::build::{Found, Index};
use super::counts::Counts;
use super::lanes::{FromZero, LANES, Lanes, later_than, masked, raise, raise_some};
use super::period::{NO_LIMIT, Periods};
use super::stops::{People, Stops, Table};
use super::{Plain, Sides};
use crate::gate::{Gate, ReadinessClass, Verdict, asked, latest_day_of_working_time, part};

/// What the gates make of all vacancies for one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) now: u32,
    pub(crate) later: u32,
    pub(crate) unknown: u32,
    pub(crate) closed: u32,
    /// By gate.
    pub(crate) blocked: [u32; Gate::ALL.len()],
}

impl Tally {
    /// Counts one pair more.
    pub(crate) fn add(&mut self, verdict: &Verdict) {
        match verdict.class {
            ReadinessClass::Now => self.now += 1,
            ReadinessClass::On | ReadinessClass::After => self.later += 1,
            ReadinessClass::Unknown => self.unknown += 1,
            ReadinessClass::Closed => self.closed += 1,
        }
        self.block(verdict.blocked, 1);
    }

    fn block(&mut self, gates: u16, times: u32) {
        for (bit, count) in (0u16..).zip(&mut self.blocked) {
            *count += u32::from(gates >> bit & 1) * times;
        }
    }
}

/// Counts all vacancies for each person, by number of the person. `step` is told how many people are done, and may stop
/// the work. None where there are too many days to be told apart by 16 bits.
///
/// # Errors
///
/// What `step` gives.
pub(crate) fn tallies<E: Send>(
    plain: Plain<'_>,
    index: &Index,
    sides: Sides<'_>,
    step: impl Fn(usize) -> Result<(), E> + Sync,
) -> Result<Option<Vec<(u32, Tally)>>, E> {
    step(0)?;
    let Some(uses) = Uses::new(plain, index, sides) else { return Ok(None) };
    let counting = Counting { plain, index, sides, uses: &uses };
    let blocks: Vec<&[u32]> = index.people.chunks(LANES).collect();
    let done = blocks.par_iter().map_init(Block::default, |block, members| {
        step(0)?;
        block.fill(counting, members, &|| step(0).is_err());
        step(0)?;
        let groups = index.groups.len();
        for from in (0..groups).step_by(AT_ONCE) {
            step(0)?;
            count(counting, block, (from, groups.min(from + AT_ONCE)));
        }
        step(members.len())?;
        Ok(members.iter().copied().zip(block.told(index)).collect::<Vec<_>>())
    });
    let done: Vec<_> = done.collect::<Result<_, E>>()?;
    Ok(Some(done.into_iter().flatten().collect()))
}

/// Groups that are counted between two looks at the watch.
const AT_ONCE: usize = 1 << 16;

/// What stays the same for all blocks.
#[derive(Clone, Copy)]
struct Counting<'a> {
    plain: Plain<'a>,
    index: &'a Index,
    sides: Sides<'a>,
    uses: &'a Uses,
}

/// How many vacancies ask each demand; shifts and periods.
struct Uses {
    ways: Vec<u32>,
    levels: [Vec<u32>; LEVELS],
    exclusion: Vec<u32>,
    hours: Vec<u32>,
    times: Vec<u32>,
    periods: Periods,
}

impl Uses {
    fn new(plain: Plain<'_>, index: &Index, sides: Sides<'_>) -> Option<Self> {
        let periods = Periods::new(plain, &index.asked, sides)?;
        let count = |uses: &mut Vec<u32>, demand: u32, times: u32| {
            let at = demand as usize;
            if uses.len() <= at {
                uses.resize(at + 1, 0);
            }
            if let Some(count) = uses.get_mut(at) {
                *count += times;
            }
        };
        let mut levels: [Vec<u32>; LEVELS] = Default::default();
        let mut ways = Vec::new();
        for group in &index.groups {
            count(&mut ways, group.way, group.end - group.first);
            for (uses, key) in levels.iter_mut().zip(group.keys) {
                count(uses, key, group.end - group.first);
            }
        }
        let [mut exclusion, mut hours, mut times] = [const { Vec::new() }; 3];
        for asked in &index.asked {
            count(&mut exclusion, asked.exclusion, 1);
            count(&mut hours, asked.hours, 1);
            count(&mut times, asked.times, 1);
        }
        Some(Self { ways, levels, exclusion, hours, times, periods })
    }
}

/// Tables and counters of 64 people.
#[derive(Debug, Default)]
struct Block {
    all: u64,
    /// Before and after a move.
    ways: [Table; 2],
    levels: [Table; LEVELS],
    exclusion: Table,
    hours: Table,
    /// Also who could come on the day by which other times are agreed.
    times: Vec<(Stops, u64)>,
    /// How many limits are before that day.
    agreed: u16,
    /// Somebody moves: whom the way stops is known where the other gates are.
    moves: bool,
    /// Available only later.
    waits: u64,
    /// The limit of each person's own last day.
    leave: FromZero,
    /// Somebody has one.
    leaves: bool,
    tallies: Vec<Tally>,
    gates: [Counts; Gate::ALL.len()],
    classes: Classes,
}

/// How many vacancies are closed, closed or unknown, not open today.
#[derive(Debug, Clone, Copy, Default)]
struct Classes {
    closed: Counts,
    unsure: Counts,
    any: Counts,
}

impl Classes {
    #[inline(always)]
    fn add(&mut self, stops: Stops) {
        self.closed.add(stops.closed);
        self.unsure.add(stops.unsure);
        self.any.add(stops.any);
    }

    #[inline(always)]
    fn add_times(&mut self, stops: Stops, times: u32) {
        self.closed.add_times(stops.closed, times);
        self.unsure.add_times(stops.unsure, times);
        self.any.add_times(stops.any, times);
    }
}

impl Block {
    /// Fills the tables for these people, at most 64, and counts the gates that can be counted alone. Once `stopped` says
    /// so they stay unfilled.
    fn fill(&mut self, counting: Counting<'_>, members: &[u32], stopped: &dyn Fn() -> bool) {
        let Counting { plain, index, sides, uses } = counting;
        let on = plain.on_day();
        self.all = lanes_of(members.len());
        self.gates = Default::default();
        self.classes = Classes::default();
        self.tallies.clear();
        self.tallies.resize(members.len(), Tally::default());
        self.leave = FromZero(uses.periods.leave(sides, members));
        self.leaves = self.leave.0.iter().any(|limit| *limit != NO_LIMIT);
        self.agreed = uses.periods.limits.before(latest_day_of_working_time(on));
        self.waits = 0;
        let limits = &uses.periods.limits;
        let (movers, classes) = (Vec::new(), Vec::new());
        let mut people = People { plain, sides, members, limits, movers, classes, stopped };
        let facts = |member: &u32| sides.0.get(*member as usize);
        for (lane, one) in lanes(members.iter().map(facts)) {
            let Some(own) = one.map(|one| &one.practical) else { continue };
            people.movers.extend(own.move_to.map(|(day, _)| (lane, day)));
            if own.from.is_some_and(|from| from > plain.as_of) {
                self.waits |= lane;
            }
        }
        self.moves = !people.movers.is_empty();
        self.ways(index, &mut people);
        if let Some(counts) = self.gates.get_mut(Gate::Travel as usize).filter(|_| !self.moves) {
            self.ways[0].count(&uses.ways, counts);
        }
        let [work, papers, levels @ ..] = &mut self.levels;
        let [work_uses, papers_uses, uses_of @ ..] = &uses.levels;
        work.clear(index.work.len());
        papers.clear(index.papers.len());
        let mut right = Vec::new();
        let persons = members.iter().map(facts).zip(&mut self.tallies);
        for (lane, (one, tally)) in lanes(persons) {
            let Some(one) = one.filter(|_| !stopped()) else { continue };
            for (demand, found) in index.right_to_work(plain, one, &mut right).iter().enumerate() {
                work.add(&people, demand, *found, lane);
            }
            for ((at, demand), times) in index.papers.iter().enumerate().zip(papers_uses) {
                let Some(demand) = index.work.get(*demand as usize) else { continue };
                let person = (&one.legal, &one.practical);
                let own = Verdict::of(on.as_of, |add| part::papers(on, person, asked(demand), add));
                tally.block(own.blocked, *times);
                papers.add(&people, at, Found::new(own.class, own.day), lane);
            }
        }
        if let Some(counts) = self.gates.get_mut(Gate::WorkAuthorisation as usize) {
            work.count(work_uses, counts);
        }
        // Certificates and licences are one gate, which is counted where both are known.
        let gates = [Some(Gate::Language), Some(Gate::Diploma), Some(Gate::Profession), None, None];
        for (((table, cross), uses), gate) in
            levels.iter_mut().zip(&index.gates).zip(uses_of).zip(gates)
        {
            table.fill(&mut people, cross);
            if let Some(counts) = gate.and_then(|gate| self.gates.get_mut(gate as usize)) {
                table.count(uses, counts);
            }
        }
        let own = [
            (&mut self.exclusion, &index.exclusion, &uses.exclusion, Gate::Exclusion),
            (&mut self.hours, &index.hours, &uses.hours, Gate::Hours),
        ];
        for (table, cross, uses, gate) in own {
            table.fill(&mut people, cross);
            if let Some(counts) = self.gates.get_mut(gate as usize) {
                table.count(uses, counts);
            }
        }
        let mut classes = std::mem::take(&mut people.classes);
        grouped(&mut classes, members, |member| index.times.class(member));
        let add = |(stops, agreed): &mut (Stops, u64), found: Found, Bits([lanes])| {
            stops.add(&people, found, lanes);
            if found.day() > plain.as_of {
                *agreed |= lanes;
            }
        };
        let join = |all: (Stops, u64), one: (Stops, u64)| (all.0.and(one.0), all.1 | one.1);
        let classes = classes.into_iter().take_while(|_| !stopped());
        index.times.fill((plain, sides), classes, add, join, &mut self.times);
        if let Some(counts) = self.gates.get_mut(Gate::WorkingTime as usize) {
            for ((stops, _), times) in self.times.iter().zip(&uses.times) {
                counts.add_times(stops.any, *times);
            }
        }
    }

    fn ways(&mut self, index: &Index, people: &mut People<'_>) {
        let [before, after] = &mut self.ways;
        for table in [&mut *before, &mut *after] {
            table.clear(index.ways.demands());
        }
        let (mut classes, mut own) = (std::mem::take(&mut people.classes), Vec::new());
        grouped(&mut classes, people.members, |member| index.ways.class(member));
        for (class, Bits([lanes])) in classes.iter().take_while(|_| !(people.stopped)()) {
            let row = index.ways.row(people.plain, people.sides, *class, &mut own);
            for (demand, [now, then]) in row.iter().enumerate() {
                before.add(people, demand, *now, *lanes);
                after.add(people, demand, *then, *lanes);
            }
        }
        people.classes = classes;
    }

    /// What was counted for each person.
    fn told(&mut self, index: &Index) -> impl Iterator<Item = Tally> {
        let vacancies = u32::try_from(index.asked.len()).unwrap_or(u32::MAX);
        let Classes { closed, unsure, any } = &mut self.classes;
        for (lane, tally) in self.tallies.iter_mut().enumerate() {
            let (closed, unsure, any) = (closed.get(lane), unsure.get(lane), any.get(lane));
            tally.closed = closed;
            tally.unknown = unsure - closed;
            tally.later = any - unsure;
            tally.now = vacancies - any;
            for (counts, to) in self.gates.iter_mut().zip(&mut tally.blocked) {
                *to += counts.get(lane);
            }
        }
        std::mem::take(&mut self.tallies).into_iter()
    }
}

/// Counts what these groups of vacancies make of several gates together.
///
/// Compiled for several instruction sets; the processor decides when it runs, and the answer is the same.
fn count(counting: Counting<'_>, block: &mut Block, groups: (usize, usize)) {
    dispatch!(Level::new(), _ => pass(counting, block, groups));
}

#[inline(always)]
fn pass(counting: Counting<'_>, block: &mut Block, (from, to): (usize, usize)) {
    let Counting { index, uses, .. } = counting;
    let base = uses.periods.limits.base();
    let mut joined = [Stops::default(); LEVELS + 1];
    let mut ready = [[base; LANES]; LEVELS + 1];
    let groups = index.groups.get(from..to).unwrap_or_default();
    for (number, group) in groups.iter().enumerate() {
        // Only from the first key that differs are the masks other than those of the group before; the way has none here.
        let first = if number == 0 { 0 } else { usize::from(group.differs).saturating_sub(1) };
        let mut all = joined.get(first).copied().unwrap_or_default();
        let mut days = ready.get(first).copied().unwrap_or([base; LANES]);
        let tables = block.levels.iter().zip(&group.keys);
        let to = joined.iter_mut().zip(&mut ready).skip(1);
        for ((table, key), (to, to_days)) in tables.zip(to).skip(first) {
            let own = table.get(*key);
            all = all.and(own);
            if let Some(own) = table.days(own) {
                raise(&mut days, own);
            }
            (*to, *to_days) = (all, days);
        }
        let [.., certificate, licence] = &block.levels;
        let [.., by_certificate, by_licence] = group.keys;
        let named = certificate.get(by_certificate).any | licence.get(by_licence).any;
        count_times(&mut block.gates, Gate::Certificate, named, group.end - group.first);
        each(counting, block, (group.first, group.end), group.way, (all, &days));
    }
}

#[inline(always)]
fn count_times(gates: &mut [Counts; Gate::ALL.len()], gate: Gate, lanes: u64, times: u32) {
    if let Some(counts) = gates.get_mut(gate as usize) {
        counts.add_times(lanes, times);
    }
}

/// Counts the vacancies of a group; those that ask nothing by themselves at once.
#[inline(always)]
fn each(
    counting: Counting<'_>,
    block: &mut Block,
    (first, end): (u32, u32),
    way: u32,
    (all, days): (Stops, &Lanes),
) {
    let Counting { index, uses, .. } = counting;
    let [before, after] = &block.ways;
    let ways = [before.get(way), after.get(way)];
    let mut alike = 0;
    let own = index.asked.get(first as usize..end as usize).unwrap_or_default();
    for (place, asked) in (first..).zip(own) {
        let span = uses.periods.at(place);
        let by_times = block.times.get(asked.times as usize).copied().unwrap_or_default();
        let (exclusion, hours) =
            (block.exclusion.get(asked.exclusion), block.hours.get(asked.hours));
        let stops = exclusion.and(hours).and(by_times.0);
        let dated = block.leaves || span.closed || span.limit != NO_LIMIT;
        if !dated && stops == Stops::default() {
            alike += 1;
            continue;
        }
        let mut stops = all.and(stops);
        let way = Stops::after_move(ways, stops.moved);
        stops = stops.and(way);
        let mut late = block.waits;
        if span.closed {
            late = block.all;
        } else if dated {
            let mut days = *days;
            for own in
                [block.exclusion.days(exclusion), block.hours.days(hours)].into_iter().flatten()
            {
                raise(&mut days, own);
            }
            if by_times.1 != 0 {
                raise_some(&mut days, by_times.1, block.agreed);
            }
            let moved = stops.moved;
            for (table, way, lanes) in [(before, ways[0], !moved), (after, ways[1], moved)] {
                if let Some(own) = table.days(way) {
                    raise(&mut days, &masked(own, lanes, 0));
                }
            }
            late |= later_than(&days, span.limit, span.starts, &block.leave.0);
        }
        stops.any |= late;
        block.classes.add(stops);
        if block.moves
            && let Some(counts) = block.gates.get_mut(Gate::Travel as usize)
        {
            counts.add(way.any);
        }
        if let Some(counts) = block.gates.get_mut(Gate::Dates as usize) {
            counts.add(late);
        }
    }
    if alike > 0 {
        let way = Stops::after_move(ways, all.moved);
        let mut stops = all.and(way);
        stops.any |= block.waits;
        block.classes.add_times(stops, alike);
        if block.moves {
            count_times(&mut block.gates, Gate::Travel, way.any, alike);
        }
        count_times(&mut block.gates, Gate::Dates, block.waits, alike);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::judge;
    use crate::index::testing::{demo, index};

    type Version = fn(Counting<'_>, &mut Block, (usize, usize));

    #[test]
    fn every_instruction_set_counts_what_the_gates_say_pair_by_pair() {
        let market = demo();
        let (plain, sides, index) = (market.plain(), market.sides(), index(market));
        let uses = Uses::new(plain, &index, sides).unwrap();
        let counting = Counting { plain, index: &index, sides, uses: &uses };
        // The first is compiled for any processor of its kind, the second is the best that this one has.
        let versions: [Version; 2] = [|one, block, groups| pass(one, block, groups), count];
        for version in versions {
            let mut block = Block::default();
            for members in index.people.chunks(LANES) {
                block.fill(counting, members, &|| false);
                version(counting, &mut block, (0, index.groups.len()));
                for (member, tally) in members.iter().zip(block.told(&index)) {
                    let person = &sides.0[*member as usize];
                    let mut expected = Tally::default();
                    for vacancy in sides.1 {
                        expected.add(&judge(plain.on_day(), person, vacancy, |_| {}));
                    }
                    assert_eq!(tally, expected, "{}", person.id());
                }
            }
        }
    }
}
