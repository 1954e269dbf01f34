// SPDX-License-Identifier: EUPL-1.2
//! What else must be hidden so that no hidden number can be computed from what is published.
//!
//! The proof is a set of other tables. Each has whole numbers, every sum in it is right, it shows all that is published and
//! fits all that is told of the hidden cells: a reader cannot tell it from the table that was counted. A hidden cell is safe
//! when two of these tables differ in it by what the rules ask. Other tables are made by moves: some people go from one
//! category to another on one axis and back on the next, so that the corners of a box change by turns and all sums over it
//! stay. Corners of a box that are published have to be hidden with it; of all boxes the one is taken that hides the fewest
//! people. Since a proof never uses a cell that is published, hiding more later leaves it as it is.

use std::collections::BTreeMap;

use super::axis::{Move, ROOT};
use super::table::GroupTable;

/// Why a cell is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hidden {
    /// By a rule about the cell itself.
    Primary,
    /// So that another cannot be computed.
    Secondary,
}

/// What an earlier table says of a cell with the same people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Its number is known.
    Published,
    /// It is hidden there, and has to stay so.
    Hidden,
    /// It is told or protected there: here it stays as it is, so that what is shown there fits.
    Elsewhere,
    /// Nobody is shown it and nobody asks for it: it is free to differ.
    Untold,
}

/// A number of a table, and what matters about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: i64,
    /// The least and the most that a reader must think possible of it when it is hidden.
    pub(super) low: i64,
    pub(super) high: i64,
    /// It may not be published.
    pub(super) is_sensitive: bool,
    /// How far apart the values must be that it could have; from the value upwards if that is asked.
    pub(super) open: i64,
    pub(super) is_open_above: bool,
    /// What is lost when it is hidden.
    pub(super) cost: i64,
    pub(super) before: Option<Before>,
}

impl Number {
    /// It may not be published, or was hidden before.
    fn has_to_be_hidden(&self) -> bool {
        self.is_sensitive || self.before == Some(Before::Hidden)
    }
}

/// What is hidden, and for each hidden cell the least and the most in the tables of the proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) hidden: Vec<Option<Hidden>>,
    pub(super) attained: Vec<(i64, i64)>,
}

/// So many moves of each axis are tried together at first: the cheapest.
const CHEAPEST: usize = 6;
/// So many boxes are looked at before a cell is given up.
const MOST_BOXES: usize = 100_000;

/// Hides until every sensitive number is safe; the cell that cannot be made so otherwise.
///
/// The grand total is never hidden: a table without it says nothing.
pub(super) fn suppress(table: &GroupTable, numbers: &[Number]) -> Result<Pattern, usize> {
    let hidden = |number: &Number| match (number.is_sensitive, number.before) {
        (true, _) => Some(Hidden::Primary),
        (false, Some(Before::Hidden | Before::Untold)) => Some(Hidden::Secondary),
        (false, _) => None,
    };
    let mut search = Search {
        table,
        numbers,
        moves: table.axes().iter().map(|axis| vec![None; axis.len()]).collect(),
        pattern: Pattern {
            hidden: numbers.iter().map(hidden).collect(),
            attained: numbers.iter().map(|number| (number.value, number.value)).collect(),
        },
    };
    if search.pattern.hidden.get(ROOT) != Some(&None) {
        return Err(ROOT);
    }
    let mut order: Vec<(usize, &Number)> =
        numbers.iter().enumerate().filter(|(_, number)| number.has_to_be_hidden()).collect();
    // Those with people need the most; those without then find them hidden already.
    order.sort_by_key(|(cell, number)| (std::cmp::Reverse(number.value), *cell));
    for (cell, number) in order {
        search.protect(cell, number)?;
    }
    let Search { pattern, .. } = search;
    let is_open = |cell: &usize| pattern.attained.get(*cell).is_some_and(|(low, high)| low < high);
    let is_asked = |cell: &usize| {
        numbers.get(*cell).is_some_and(|number| number.before != Some(Before::Untold))
    };
    let closed = (0..numbers.len()).find(|cell| {
        pattern.hidden.get(*cell).is_some_and(Option::is_some) && is_asked(cell) && !is_open(cell)
    });
    closed.map_or(Ok(pattern), Err)
}

struct Search<'a> {
    table: &'a GroupTable,
    numbers: &'a [Number],
    /// For each axis and node its moves, made when they are first needed.
    moves: Vec<Vec<Option<Vec<Move>>>>,
    pattern: Pattern,
}

/// A box: corners, each with the sign of its change when the cell in question gains one.
#[derive(Debug, Clone)]
struct Corners {
    cells: Vec<(usize, i64)>,
    /// By how much they can change.
    room: i64,
    cost: i64,
}

impl Corners {
    /// What it costs to come so far by boxes like this; then how far it goes.
    fn price(&self, missing: i64) -> (i64, i64) {
        let step = self.room.min(missing).max(1);
        (self.cost.saturating_mul((missing + step - 1) / step), -step)
    }
}

impl Search<'_> {
    fn number(&self, cell: usize) -> Option<&Number> {
        self.numbers.get(cell)
    }

    /// How much further apart the possible values of a cell must come.
    fn missing(&self, cell: usize, number: &Number) -> i64 {
        let (low, high) = self.pattern.attained.get(cell).copied().unwrap_or_default();
        let open = if number.is_open_above { high - number.value } else { high - low };
        number.open - open
    }

    fn protect(&mut self, cell: usize, number: &Number) -> Result<(), usize> {
        let nodes = self.table.nodes(cell);
        for (axis, node) in nodes.iter().enumerate() {
            let own = self.moves.get_mut(axis).and_then(|all| all.get_mut(*node));
            if let (Some(own @ None), Some(axis)) = (own, self.table.axes().get(axis)) {
                *own = Some(axis.moves(*node));
            }
        }
        let ways: &[i64] = if number.is_open_above { &[1] } else { &[1, -1] };
        // Two tables of the proof: in one the cell goes up, in the other down.
        let mut changed = [BTreeMap::<usize, i64>::new(), BTreeMap::new()];
        let mut gone = 0;
        while self.missing(cell, number) > 0 {
            let missing = (number.open - gone).max(1);
            let mut best: Option<(usize, i64, Corners)> = None;
            for (at, way) in ways.iter().copied().enumerate() {
                let Some(change) = changed.get(at) else { continue };
                let found = self.cheapest(&nodes, way, missing, change, CHEAPEST);
                let better = |found: &Corners| {
                    best.as_ref()
                        .is_none_or(|(_, _, known)| found.price(missing) < known.price(missing))
                };
                if let Some(found) = found.filter(better) {
                    best = Some((at, way, found));
                }
            }
            if best.is_none() {
                best = ways.iter().copied().enumerate().find_map(|(at, way)| {
                    let found = self.cheapest(&nodes, way, missing, changed.get(at)?, usize::MAX);
                    found.map(|found| (at, way, found))
                });
            }
            let Some((at, way, corners)) = best else { return Err(cell) };
            let step = corners.room.min(missing);
            gone += step;
            if let Some(change) = changed.get_mut(at) {
                self.take(&corners.cells, step * way, change);
            }
        }
        Ok(())
    }

    /// Hides the corners of a box and moves so far over it.
    fn take(&mut self, corners: &[(usize, i64)], step: i64, change: &mut BTreeMap<usize, i64>) {
        for (cell, sign) in corners {
            let change = change.entry(*cell).or_default();
            *change += sign * step;
            if let Some(hidden) = self.pattern.hidden.get_mut(*cell) {
                hidden.get_or_insert(Hidden::Secondary);
            }
            let value = self.numbers.get(*cell).map_or(0, |number| number.value) + *change;
            if let Some((low, high)) = self.pattern.attained.get_mut(*cell) {
                *low = value.min(*low);
                *high = value.max(*high);
            }
        }
    }

    /// How far a cell can change this way in a table of the proof, and what it costs to hide it.
    fn corner(&self, cell: usize, way: i64, change: &BTreeMap<usize, i64>) -> (i64, i64) {
        let is_known = |number: &&Number| {
            let stays = matches!(number.before, Some(Before::Published | Before::Elsewhere));
            cell == ROOT || stays
        };
        let Some(number) = self.number(cell).filter(|number| !is_known(number)) else {
            return (0, 0);
        };
        let moved = if change.is_empty() { None } else { change.get(&cell) };
        let value = number.value + moved.copied().unwrap_or_default();
        let room = if way > 0 { number.high - value } else { value - number.low };
        let is_hidden = self.pattern.hidden.get(cell).is_some_and(Option::is_some);
        (room, if is_hidden { 0 } else { number.cost })
    }

    /// The box of the least price with a corner at these nodes, among those made of so many moves of each axis.
    fn cheapest(
        &self,
        nodes: &[usize],
        way: i64,
        missing: i64,
        change: &BTreeMap<usize, i64>,
        most: usize,
    ) -> Option<Corners> {
        let mut moves: Vec<Vec<&Move>> = Vec::new();
        for (axis, node) in nodes.iter().enumerate() {
            let own = self.moves.get(axis)?.get(*node)?.as_ref()?;
            // The corners along one axis belong to every box with this move.
            let mut along: Vec<((i64, i64), &Move)> = Vec::new();
            for step in own {
                let mut corners = Corners { cells: Vec::new(), room: i64::MAX, cost: 0 };
                for (other, sign) in step {
                    let at = |(number, own): (usize, &usize)| match number == axis {
                        true => *other,
                        false => *own,
                    };
                    let cell = self.cell(nodes.iter().enumerate().map(at));
                    let (room, cost) = self.corner(cell, sign * way, change);
                    corners.room = corners.room.min(room);
                    corners.cost += cost;
                }
                if corners.room > 0 {
                    along.push((corners.price(missing), step));
                }
            }
            along.sort_by_key(|(price, _)| *price);
            moves.push(along.into_iter().take(most).map(|(_, step)| step).collect());
        }
        // The price of the best box, and which moves make it.
        let mut best: Option<((i64, i64), Vec<usize>)> = None;
        let mut seen = 0_usize;
        let mut chosen = vec![0_usize; moves.len()];
        loop {
            let box_of: Option<Vec<&Move>> =
                moves.iter().zip(&chosen).map(|(own, at)| own.get(*at).copied()).collect();
            let mut found = Corners { cells: Vec::new(), room: i64::MAX, cost: 0 };
            if self.measure(&box_of?, (0, way), change, &mut found) {
                let price = found.price(missing);
                if best.as_ref().is_none_or(|(known, _)| price < *known) {
                    best = Some((price, chosen.clone()));
                }
                if price == (0, -missing) {
                    break;
                }
            }
            seen += 1;
            if seen >= MOST_BOXES || !next(&mut chosen, &moves) {
                break;
            }
        }
        let (_, chosen) = best?;
        let box_of: Option<Vec<&Move>> =
            moves.iter().zip(&chosen).map(|(own, at)| own.get(*at).copied()).collect();
        self.corners(&box_of?, way, change)
    }

    /// Adds up room and cost of the corners of a box from a cell of its first axes on; false when one of them cannot change.
    fn measure(
        &self,
        moves: &[&Move],
        (cell, way): (usize, i64),
        change: &BTreeMap<usize, i64>,
        found: &mut Corners,
    ) -> bool {
        let Some((own, rest)) = moves.split_first() else {
            let (room, cost) = self.corner(cell, way, change);
            found.room = found.room.min(room);
            found.cost += cost;
            return room > 0;
        };
        let at = self.table.axes().len() - moves.len();
        let length = self.table.axes().get(at).map_or(0, super::axis::Axis::len);
        own.iter().all(|(node, sign)| {
            self.measure(rest, (cell * length + node, way * sign), change, found)
        })
    }

    fn cell(&self, nodes: impl Iterator<Item = usize>) -> usize {
        self.table.axes().iter().zip(nodes).fold(0, |at, (axis, node)| at * axis.len() + node)
    }

    /// The box of these moves, if it can change at all.
    fn corners(&self, moves: &[&Move], way: i64, change: &BTreeMap<usize, i64>) -> Option<Corners> {
        let mut cells = vec![(0_usize, 1_i64)];
        for (axis, own) in self.table.axes().iter().zip(moves) {
            cells = cells
                .iter()
                .flat_map(|(at, sign)| {
                    own.iter().map(move |(node, other)| (at * axis.len() + node, sign * other))
                })
                .collect();
        }
        let mut found = Corners { cells, room: i64::MAX, cost: 0 };
        self.measure(moves, (0, way), change, &mut found).then_some(found)
    }
}

/// The next choice of one move of each axis.
fn next(chosen: &mut [usize], moves: &[Vec<&Move>]) -> bool {
    for (at, own) in chosen.iter_mut().zip(moves).rev() {
        *at += 1;
        if *at < own.len() {
            return true;
        }
        *at = 0;
    }
    false
}
