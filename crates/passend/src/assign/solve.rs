// SPDX-License-Identifier: EUPL-1.2
//! The best assignment of rows to columns with places, exactly, with the prices that prove it.
//!
//! Three steps, each of which leaves less to the next. An *auction* finds prices that are nearly right: rows bid for the
//! column that leaves them most, in steps too coarse to be exact (D. P. Bertsekas, "The auction algorithm", 1988). Then
//! rows that have no column *enter* one by one, each along the chain of moves that loses least at the prices so far, found
//! by Dijkstra's method (R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
//! assignment problems", 1987). At last places that stay empty at a price are *offered*, along such chains the other way
//! round. The chains keep what proves the answer (linear programming duality): the profit of a row and the price of a
//! column are together at least the value of their pair, and exactly that where it is assigned.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

/// A row, or a column, with what the pair is worth without the bonus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) to: u32,
    pub(super) worth: u32,
}

/// The order of the edges of a node.
fn order(edge: &Edge) -> (Reverse<u32>, u32) {
    (Reverse(edge.worth), edge.to)
}

/// So many nodes are sorted by a thread at least.
const SORTED_AT_ONCE: usize = 1_024;

/// The edges of each node, those that are worth most first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Edges {
    ends: Vec<usize>,
    all: Vec<Edge>,
}

impl Edges {
    /// The edges of so many nodes, of pairs (node, edge).
    pub(super) fn new(nodes: usize, pairs: impl Iterator<Item = (u32, Edge)> + Clone) -> Self {
        let mut ends = vec![0; nodes + 1];
        for (node, _) in pairs.clone() {
            if let Some(end) = ends.get_mut(node as usize + 1) {
                *end += 1;
            }
        }
        for at in 1..ends.len() {
            let before = ends.get(at - 1).copied().unwrap_or_default();
            if let Some(end) = ends.get_mut(at) {
                *end += before;
            }
        }
        let mut next = ends.clone();
        let mut all = vec![Edge { to: 0, worth: 0 }; ends.last().copied().unwrap_or_default()];
        for (node, edge) in pairs {
            let Some(at) = next.get_mut(node as usize) else { continue };
            if let Some(place) = all.get_mut(*at) {
                *place = edge;
            }
            *at += 1;
        }
        let mut rest = all.as_mut_slice();
        let own = ends.iter().zip(ends.iter().skip(1)).map(|(begin, end)| {
            let (own, after) = std::mem::take(&mut rest).split_at_mut(end - begin);
            rest = after;
            own
        });
        let own: Vec<&mut [Edge]> = own.collect();
        own.into_par_iter().with_min_len(SORTED_AT_ONCE).for_each(|own| {
            own.sort_unstable_by_key(order);
        });
        Self { ends, all }
    }

    /// These edges and more, of which none is here yet and which are sorted by node.
    pub(super) fn with(&self, mut more: &[(u32, Edge)]) -> Self {
        let mut ends = Vec::with_capacity(self.ends.len());
        let mut all = Vec::with_capacity(self.all.len() + more.len());
        ends.push(0);
        for node in 0..u32::try_from(self.nodes()).unwrap_or(u32::MAX) {
            let begin = all.len();
            all.extend_from_slice(self.of(node));
            let own = more.iter().take_while(|(of, _)| *of == node).map(|(_, edge)| *edge);
            all.extend(own);
            let added = all.len() - begin - self.of(node).len();
            more = more.get(added..).unwrap_or_default();
            if added > 0
                && let Some(own) = all.get_mut(begin..)
            {
                own.sort_by_key(order);
            }
            ends.push(all.len());
        }
        Self { ends, all }
    }

    /// Whether a node has this edge.
    pub(super) fn has(&self, node: u32, edge: Edge) -> bool {
        self.of(node).binary_search_by_key(&order(&edge), order).is_ok()
    }

    fn range(&self, node: usize) -> Option<std::ops::Range<usize>> {
        Some(*self.ends.get(node)?..*self.ends.get(node + 1)?)
    }

    pub(super) fn of(&self, node: u32) -> &[Edge] {
        self.range(node as usize).and_then(|range| self.all.get(range)).unwrap_or_default()
    }

    /// The number of nodes.
    pub(super) fn nodes(&self) -> usize {
        self.ends.len().saturating_sub(1)
    }

    /// Each node with its edges.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Edge)> + Clone + '_ {
        (0..u32::try_from(self.nodes()).unwrap_or(u32::MAX))
            .flat_map(|node| self.of(node).iter().map(move |edge| (node, *edge)))
    }

    /// The same edges from the other side, of so many nodes.
    pub(super) fn turned(&self, nodes: usize) -> Self {
        Self::new(nodes, self.iter().map(|(node, edge)| (edge.to, Edge { to: node, ..edge })))
    }
}

/// Rows of which each takes one column at most, and columns of which each takes some rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Instance<'a> {
    /// The columns of each row.
    pub(super) rows: &'a Edges,
    /// The rows of each column: the same edges.
    pub(super) columns: &'a Edges,
    /// How many rows each column takes.
    pub(super) places: &'a [u32],
    /// What every pair is worth more than its edge says.
    pub(super) bonus: i64,
}

impl Instance<'_> {
    fn value(&self, edge: Edge) -> i64 {
        i64::from(edge.worth) + self.bonus
    }
}

/// The best assignment and its proof.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Solution {
    /// The column of each row.
    pub(super) columns: Vec<Option<u32>>,
    /// What one more place in each column would add.
    pub(super) prices: Vec<i64>,
    /// What each row adds.
    pub(super) profits: Vec<i64>,
}

/// Finds the best assignment, from prices that may be nearly right. `goes_on` is asked again and again.
pub(super) fn solve<E>(
    instance: Instance<'_>,
    prices: Vec<i64>,
    mut goes_on: impl FnMut() -> Result<(), E>,
) -> Result<Solution, E> {
    let prices = auction(instance, prices, &mut goes_on)?;
    settle(instance, prices, &[], goes_on)
}

/// As `solve`, without the auction: for pairs of which some are worth so much more than others that bids would not get there,
/// and for prices that are right but for a few pairs. Rows stay in the column where they were before, if any, as long as none
/// is better for them.
pub(super) fn settle<E>(
    instance: Instance<'_>,
    prices: Vec<i64>,
    before: &[Option<u32>],
    mut goes_on: impl FnMut() -> Result<(), E>,
) -> Result<Solution, E> {
    let mut state = State::new(instance, prices);
    for (row, column) in (0u32..).zip(before) {
        if let Some(column) = column
            && state.is_best(row, *column)
            && state.has_place(*column)
        {
            state.join(row, *column);
        }
    }
    let rows = u32::try_from(instance.rows.nodes()).unwrap_or(u32::MAX);
    let late: Vec<u32> = (0..rows).filter(|row| !state.join_at_price(*row)).collect();
    for row in late {
        goes_on()?;
        state.enter(row);
    }
    for column in 0..u32::try_from(instance.places.len()).unwrap_or(u32::MAX) {
        while state.has_place(column) && state.price(column) > 0 {
            goes_on()?;
            state.offer(column);
        }
    }
    Ok(Solution { columns: state.columns, prices: state.prices, profits: state.profits })
}

/// The same assignment with prices as high as the proof allows: each is what is lost with one place less.
///
/// A place less in a column means that one of its rows has none, or moves, and so on: a shortest path to who loses least, from
/// all ends at once.
pub(super) fn dearest(instance: Instance<'_>, solution: &Solution) -> Solution {
    let mut reach = Reach::new(instance, solution);
    for (column, places) in (0u32..).zip(instance.places) {
        let is_taken =
            reach.members.get(column as usize).is_some_and(|rows| rows.len() >= *places as usize);
        if !is_taken {
            reach.lower(column, 0);
        }
    }
    for (row, column) in (0u32..).zip(&solution.columns) {
        if let Some(column) = column {
            reach.lower(*column, reach.profit(row));
        }
    }
    while let Some((loss, at)) = reach.nearest() {
        for edge in instance.columns.of(at) {
            let from = solution.columns.get(edge.to as usize).copied().flatten();
            if let Some(from) = from.filter(|from| *from != at) {
                reach.lower(from, loss + reach.reduced(edge.to, at, *edge));
            }
        }
    }
    // A column without places loses nothing: its price only has to keep its rows away, whose profits are lower now.
    for (column, _) in (0u32..).zip(instance.places).filter(|(_, places)| **places == 0) {
        let away = instance.columns.of(column).iter().filter_map(|edge| {
            let from = solution.columns.get(edge.to as usize).copied().flatten()?;
            let loss = reach.losses.get(from as usize).copied().flatten()?;
            Some(loss - reach.reduced(edge.to, column, *edge))
        });
        let away = away.max().unwrap_or_default().max(0);
        reach.lower(column, away);
    }
    reach.moved(1)
}

/// The same assignment with profits as high as the proof allows: each is what is lost without the row.
pub(super) fn proudest(instance: Instance<'_>, solution: &Solution) -> Solution {
    let mut reach = Reach::new(instance, solution);
    for (column, price) in (0u32..).zip(&solution.prices) {
        reach.lower(column, *price);
    }
    for (row, column) in (0u32..).zip(&solution.columns) {
        if column.is_none() {
            for edge in instance.rows.of(row) {
                reach.lower(edge.to, reach.reduced(row, edge.to, *edge));
            }
        }
    }
    while let Some((loss, at)) = reach.nearest() {
        for row in reach.members.get(at as usize).cloned().unwrap_or_default() {
            for edge in instance.rows.of(row).iter().filter(|edge| edge.to != at) {
                reach.lower(edge.to, loss + reach.reduced(row, edge.to, *edge));
            }
        }
    }
    reach.moved(-1)
}

/// Shortest ways from columns to where least is lost.
struct Reach<'a> {
    instance: Instance<'a>,
    solution: &'a Solution,
    members: Vec<Vec<u32>>,
    losses: Vec<Option<i64>>,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
}

impl<'a> Reach<'a> {
    fn new(instance: Instance<'a>, solution: &'a Solution) -> Self {
        let mut members = vec![Vec::new(); instance.places.len()];
        for (row, column) in (0u32..).zip(&solution.columns) {
            let members = column.and_then(|column| members.get_mut(column as usize));
            if let Some(members) = members {
                members.push(row);
            }
        }
        let losses = vec![None; instance.places.len()];
        Self { instance, solution, members, losses, heap: BinaryHeap::new() }
    }

    fn profit(&self, row: u32) -> i64 {
        self.solution.profits.get(row as usize).copied().unwrap_or_default()
    }

    /// By how much the prices of both sides are above what a pair is worth.
    fn reduced(&self, row: u32, column: u32, edge: Edge) -> i64 {
        let price = self.solution.prices.get(column as usize).copied().unwrap_or_default();
        self.profit(row) + price - self.instance.value(edge)
    }

    fn lower(&mut self, column: u32, loss: i64) {
        if let Some(place) = self.losses.get_mut(column as usize)
            && place.is_none_or(|least| loss < least)
        {
            *place = Some(loss);
            self.heap.push(Reverse((loss, column)));
        }
    }

    fn nearest(&mut self) -> Option<(i64, u32)> {
        while let Some(Reverse((loss, column))) = self.heap.pop() {
            if self.losses.get(column as usize) == Some(&Some(loss)) {
                return Some((loss, column));
            }
        }
        None
    }

    /// Prices moved by the losses, up or down, and the profits of their rows against them.
    fn moved(self, sign: i64) -> Solution {
        let mut moved = self.solution.clone();
        let by = |column: u32| {
            self.losses.get(column as usize).copied().flatten().unwrap_or_default() * sign
        };
        for (price, column) in moved.prices.iter_mut().zip(0u32..) {
            *price += by(column);
        }
        for (profit, column) in moved.profits.iter_mut().zip(&self.solution.columns) {
            *profit -= column.map_or(0, by);
        }
        moved
    }
}

/// By how much a bid at least raises a price, in points of a score. Coarser leaves more chains to find, finer takes more
/// bids; on lists of 10,000 to 70,000 people 20 to 100 take about the same time.
const STEP: i64 = 50;

/// Prices at which rows and columns nearly agree.
fn auction<E>(
    instance: Instance<'_>,
    mut prices: Vec<i64>,
    mut goes_on: impl FnMut() -> Result<(), E>,
) -> Result<Vec<i64>, E> {
    // Each place has a price of its own, and the cheapest is the one that is bid for.
    let mut ends = Vec::with_capacity(prices.len());
    let mut places: Vec<(i64, u32)> = Vec::new();
    for (price, count) in prices.iter().zip(instance.places) {
        let begin = places.len();
        places.resize(begin + *count as usize, (*price, NOBODY));
        ends.push(begin..places.len());
    }
    let rows = u32::try_from(instance.rows.nodes()).unwrap_or(u32::MAX);
    let mut bidders: Vec<u32> = (0..rows).rev().collect();
    while let Some(row) = bidders.pop() {
        goes_on()?;
        let (mut best, mut second) = ((0, None), 0);
        for edge in instance.rows.of(row) {
            let value = instance.value(*edge);
            if value <= second {
                break;
            }
            let profit = value - prices.get(edge.to as usize).copied().unwrap_or_default();
            if profit > best.0 {
                second = best.0;
                best = (profit, Some(edge.to));
            } else if profit > second {
                second = profit;
            }
        }
        let (profit, Some(column)) = best else { continue };
        let own = ends.get(column as usize).and_then(|own| places.get_mut(own.clone()));
        let Some(own) = own else { continue };
        let Some((price, holder)) = own.first_mut() else { continue };
        if *holder != NOBODY {
            *price += profit - second + STEP;
            bidders.push(*holder);
        }
        *holder = row;
        sink(own);
        let least = own.first().map(|(price, _)| *price).unwrap_or_default();
        if let Some(price) = prices.get_mut(column as usize) {
            *price = least;
        }
    }
    Ok(prices)
}

/// Nobody holds a place.
const NOBODY: u32 = u32::MAX;

/// Puts the first of a heap of places, which has changed, where it belongs: the cheapest first, of those the empty ones.
fn sink(places: &mut [(i64, u32)]) {
    let key = |places: &[(i64, u32)], at: usize| {
        places.get(at).map(|(price, holder)| (*price, *holder != NOBODY))
    };
    let mut at = 0;
    loop {
        let (left, right) = (2 * at + 1, 2 * at + 2);
        let least = match (key(places, left), key(places, right)) {
            (None, _) => return,
            (left_key, right_key) if right_key.is_some() && right_key < left_key => right,
            _ => left,
        };
        if key(places, least) >= key(places, at) {
            return;
        }
        places.swap(at, least);
        at = least;
    }
}

/// Where a chain of moves ends.
#[derive(Clone, Copy)]
enum End {
    /// Where it began: nothing moves.
    Start,
    /// In this column, which has a place left.
    Free(u32),
    /// This row loses its place in this column, or gets one there.
    Row { column: u32, row: u32 },
    /// A place of this column stays empty.
    Empty(u32),
}

/// What a search knows of a column.
#[derive(Clone, Copy)]
struct Reached {
    /// The number of the search that wrote this.
    search: u32,
    /// The row that moves: to this column, or away from it.
    row: u32,
    /// Where that row is before, or goes.
    other: u32,
    loss: i64,
}

const NOWHERE: u32 = u32::MAX;

struct State<'a> {
    instance: Instance<'a>,
    columns: Vec<Option<u32>>,
    profits: Vec<i64>,
    prices: Vec<i64>,
    /// The rows of each column.
    members: Vec<Vec<u32>>,
    reached: Vec<Reached>,
    search: u32,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    /// The columns that the search came by, with what is lost on the way there.
    passed: Vec<(u32, i64)>,
}

impl<'a> State<'a> {
    /// Nobody has a place; the profits are what rows could have at these prices.
    fn new(instance: Instance<'a>, prices: Vec<i64>) -> Self {
        let columns = prices.len();
        let rows = instance.rows.nodes();
        let mut state = Self {
            instance,
            columns: vec![None; rows],
            profits: vec![0; rows],
            prices,
            members: vec![Vec::new(); columns],
            reached: vec![Reached { search: 0, row: 0, other: 0, loss: 0 }; columns],
            search: 0,
            heap: BinaryHeap::new(),
            passed: Vec::new(),
        };
        for row in 0..u32::try_from(rows).unwrap_or(u32::MAX) {
            let profit = state.profit_at_prices(row);
            state.add_profit(row, profit);
        }
        state
    }

    fn profit_at_prices(&self, row: u32) -> i64 {
        let mut best = 0;
        for edge in self.instance.rows.of(row) {
            let value = self.instance.value(*edge);
            // Prices are never negative, so what follows cannot be better.
            if value <= best {
                break;
            }
            best = best.max(value - self.price(edge.to));
        }
        best
    }

    fn price(&self, column: u32) -> i64 {
        self.prices.get(column as usize).copied().unwrap_or_default()
    }

    fn profit(&self, row: u32) -> i64 {
        self.profits.get(row as usize).copied().unwrap_or_default()
    }

    fn has_place(&self, column: u32) -> bool {
        let places = self.instance.places.get(column as usize).copied().unwrap_or_default();
        self.members.get(column as usize).is_some_and(|rows| rows.len() < places as usize)
    }

    /// Whether no column is better for a row than this one.
    fn is_best(&self, row: u32, column: u32) -> bool {
        let profit = self.profit(row) + self.price(column);
        let own = |edge: &&Edge| edge.to == column;
        let edge = self.instance.rows.of(row).iter().find(own);
        edge.is_some_and(|edge| self.instance.value(*edge) == profit)
    }

    /// Takes a free place that leaves the row its profit, unless it has one; whether it needs no other.
    fn join_at_price(&mut self, row: u32) -> bool {
        let profit = self.profit(row);
        if profit == 0 || self.columns.get(row as usize).is_some_and(Option::is_some) {
            return true;
        }
        let free = self.instance.rows.of(row).iter().find(|edge| {
            self.instance.value(**edge) - self.price(edge.to) == profit && self.has_place(edge.to)
        });
        let Some(column) = free.map(|edge| edge.to) else { return false };
        self.join(row, column);
        true
    }

    /// Lets a row in, along the chain of moves that loses least.
    fn enter(&mut self, row: u32) {
        self.begin();
        let mut end = (self.profit(row), End::Start);
        self.look_from_row(row, NOWHERE, 0, end.0);
        while let Some((loss, column)) = self.next(end.0) {
            if self.has_place(column) {
                end = (loss, End::Free(column));
                break;
            }
            self.passed.push((column, loss));
            let members = self.members.get_mut(column as usize).map(std::mem::take);
            for member in members.iter().flatten() {
                let without = loss + self.profit(*member);
                if without < end.0 {
                    end = (without, End::Row { column, row: *member });
                }
                self.look_from_row(*member, column, loss, end.0);
            }
            self.put_back(column, members);
        }
        let (least, end) = end;
        self.reprice(least, 1);
        self.add_profit(row, -least);
        let mut at = match end {
            End::Free(column) => column,
            End::Row { column, row } => {
                self.leave(row, column);
                column
            }
            End::Start | End::Empty(_) => return,
        };
        // Back along the chain: who comes to a column leaves the one before.
        while let Some(Reached { row, other, .. }) = self.reached.get(at as usize).copied() {
            if other != NOWHERE {
                self.leave(row, other);
            }
            self.join(row, at);
            if other == NOWHERE {
                return;
            }
            at = other;
        }
    }

    /// Offers a place that has a price, along the chain of moves that loses least.
    fn offer(&mut self, column: u32) {
        self.begin();
        let mut end = (self.price(column), End::Start);
        self.reach(column, NOWHERE, NOWHERE, 0, end.0);
        while let Some((loss, at)) = self.next(end.0) {
            let empty = loss + self.price(at);
            if empty < end.0 {
                end = (empty, End::Empty(at));
            }
            self.passed.push((at, loss));
            let have = loss + self.price(at);
            for edge in self.instance.columns.of(at) {
                let value = self.instance.value(*edge);
                if have - value >= end.0 {
                    break;
                }
                let lost = have - value + self.profit(edge.to);
                if lost >= end.0 {
                    continue;
                }
                match self.columns.get(edge.to as usize).copied().flatten() {
                    None => end = (lost, End::Row { column: at, row: edge.to }),
                    Some(from) if from == at => {}
                    Some(from) => self.reach(from, edge.to, at, lost, end.0),
                }
            }
        }
        let (least, end) = end;
        self.reprice(least, -1);
        let mut at = match end {
            End::Row { column, row } => {
                self.join(row, column);
                column
            }
            End::Empty(column) => column,
            End::Start | End::Free(_) => return,
        };
        // Back along the chain: who leaves a column comes to the one before.
        while let Some(Reached { row, other, .. }) = self.reached.get(at as usize).copied()
            && other != NOWHERE
        {
            self.leave(row, at);
            self.join(row, other);
            at = other;
        }
    }

    fn begin(&mut self) {
        self.search += 1;
        self.heap.clear();
        self.passed.clear();
    }

    /// The column that is reached at the least loss, below the bound.
    fn next(&mut self, bound: i64) -> Option<(i64, u32)> {
        while let Some(Reverse((loss, column))) = self.heap.pop() {
            if loss >= bound {
                return None;
            }
            // What was reached again at a lower loss was looked at then.
            if self.reached.get(column as usize).is_some_and(|reached| reached.loss == loss) {
                return Some((loss, column));
            }
        }
        None
    }

    /// Looks where a row could go that leaves `from` at this loss.
    fn look_from_row(&mut self, row: u32, from: u32, loss: i64, bound: i64) {
        let instance = self.instance;
        let have = loss + self.profit(row);
        for edge in instance.rows.of(row) {
            let value = instance.value(*edge);
            if have - value >= bound {
                break;
            }
            self.reach(edge.to, row, from, have - value + self.price(edge.to), bound);
        }
    }

    fn reach(&mut self, column: u32, row: u32, other: u32, loss: i64, bound: i64) {
        if loss >= bound {
            return;
        }
        let search = self.search;
        let Some(reached) = self.reached.get_mut(column as usize) else { return };
        if reached.search != search || loss < reached.loss {
            *reached = Reached { search, row, other, loss };
            self.heap.push(Reverse((loss, column)));
        }
    }

    /// Moves the prices of the columns that the search came by, up or down, and the profits of their rows against them.
    fn reprice(&mut self, least: i64, sign: i64) {
        for at in 0..self.passed.len() {
            let Some(&(column, loss)) = self.passed.get(at) else { continue };
            let change = sign * (least - loss).max(0);
            if change == 0 {
                continue;
            }
            if let Some(price) = self.prices.get_mut(column as usize) {
                *price += change;
            }
            let members = self.members.get_mut(column as usize).map(std::mem::take);
            for member in members.iter().flatten() {
                self.add_profit(*member, -change);
            }
            self.put_back(column, members);
        }
    }

    fn put_back(&mut self, column: u32, members: Option<Vec<u32>>) {
        if let Some((place, members)) = self.members.get_mut(column as usize).zip(members) {
            *place = members;
        }
    }

    fn add_profit(&mut self, row: u32, more: i64) {
        if let Some(profit) = self.profits.get_mut(row as usize) {
            *profit += more;
        }
    }

    fn join(&mut self, row: u32, column: u32) {
        if let Some(place) = self.columns.get_mut(row as usize) {
            *place = Some(column);
        }
        if let Some(members) = self.members.get_mut(column as usize) {
            members.push(row);
        }
    }

    fn leave(&mut self, row: u32, column: u32) {
        if let Some(place) = self.columns.get_mut(row as usize) {
            *place = None;
        }
        if let Some(members) = self.members.get_mut(column as usize) {
            members.retain(|member| *member != row);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::cover::contested;
    use super::*;

    /// Rows, columns and places, each pair with what it is worth or nothing.
    #[derive(Debug, Clone)]
    struct Case {
        places: Vec<u32>,
        worth: Vec<Vec<Option<u32>>>,
    }

    impl Case {
        fn pairs(&self) -> Vec<(u32, Edge)> {
            let mut pairs = Vec::new();
            for (row, worth) in (0..).zip(&self.worth) {
                for (to, worth) in (0..).zip(worth) {
                    pairs.extend(worth.map(|worth| (row, Edge { to, worth })));
                }
            }
            pairs
        }

        fn solve(&self, bonus: i64, start: impl Fn(&Edges) -> Vec<i64>) -> (Edges, Solution) {
            let rows = Edges::new(self.worth.len(), self.pairs().into_iter());
            let columns = rows.turned(self.places.len());
            let instance = Instance { rows: &rows, columns: &columns, places: &self.places, bonus };
            let solution = solve(instance, start(&rows), || Ok::<(), ()>(())).unwrap();
            (rows, solution)
        }

        /// The most that any assignment is worth, by trying all of them.
        fn by_hand(&self, bonus: i64, row: usize, left: &mut Vec<u32>) -> i64 {
            let Some(worth) = self.worth.get(row) else { return 0 };
            let mut best = self.by_hand(bonus, row + 1, left);
            for (column, worth) in worth.iter().enumerate() {
                if let Some(worth) = worth
                    && left[column] > 0
                {
                    left[column] -= 1;
                    best = best.max(i64::from(*worth) + bonus + self.by_hand(bonus, row + 1, left));
                    left[column] += 1;
                }
            }
            best
        }
    }

    fn cases(rows: usize, columns: usize, most: u32) -> impl Strategy<Value = Case> {
        let places = prop::collection::vec(0u32..4, 1..=columns);
        places.prop_flat_map(move |places| {
            let pair = prop::option::weighted(0.6, 1..=most);
            let row = prop::collection::vec(pair, places.len());
            prop::collection::vec(row, 1..=rows)
                .prop_map(move |worth| Case { places: places.clone(), worth })
        })
    }

    /// What the assignment is worth; fails unless the prices prove that none is worth more.
    fn proven(case: &Case, bonus: i64, rows: &Edges, solution: &Solution) -> i64 {
        let mut taken = vec![0; case.places.len()];
        let mut worth = 0;
        for (row, column) in (0..).zip(&solution.columns) {
            let Some(column) = column else { continue };
            taken[*column as usize] += 1;
            let edge =
                rows.of(row).iter().find(|edge| edge.to == *column).expect("a pair of the case");
            worth += i64::from(edge.worth) + bonus;
        }
        assert!(taken.iter().zip(&case.places).all(|(taken, places)| taken <= places));
        assert!(solution.prices.iter().chain(&solution.profits).all(|dual| *dual >= 0));
        for (row, edge) in rows.iter() {
            let have = solution.profits[row as usize] + solution.prices[edge.to as usize];
            assert!(have >= i64::from(edge.worth) + bonus);
        }
        let sold = solution
            .prices
            .iter()
            .zip(&case.places)
            .map(|(price, places)| price * i64::from(*places));
        assert_eq!(sold.sum::<i64>() + solution.profits.iter().sum::<i64>(), worth);
        worth
    }

    proptest! {
        #[test]
        fn no_assignment_is_worth_more(case in cases(6, 4, 9), bonus in prop::sample::select(vec![0, 1_000])) {
            let (rows, solution) = case.solve(bonus, |_| vec![0; case.places.len()]);
            let worth = proven(&case, bonus, &rows, &solution);
            prop_assert_eq!(worth, case.by_hand(bonus, 0, &mut case.places.clone()));
        }

        #[test]
        fn prices_to_start_from_change_nothing_of_the_worth(
            case in cases(40, 25, 10_000),
            start in prop::collection::vec(0i64..20_000, 25),
        ) {
            let (rows, solution) = case.solve(0, |_| vec![0; case.places.len()]);
            let (_, other) = case.solve(0, |_| start[..case.places.len()].to_vec());
            prop_assert_eq!(proven(&case, 0, &rows, &solution), proven(&case, 0, &rows, &other));
        }

        #[test]
        fn the_highest_prices_and_profits_are_what_is_lost_without(
            case in cases(5, 4, 9),
            bonus in prop::sample::select(vec![0, 1_000]),
        ) {
            let (rows, solution) = case.solve(bonus, |_| vec![0; case.places.len()]);
            let columns = rows.turned(case.places.len());
            let instance = Instance { rows: &rows, columns: &columns, places: &case.places, bonus };
            let worth = case.by_hand(bonus, 0, &mut case.places.clone());
            let dear = dearest(instance, &solution);
            prop_assert_eq!(proven(&case, bonus, &rows, &dear), worth);
            for (column, places) in case.places.iter().enumerate().filter(|(_, places)| **places > 0) {
                let mut less = case.places.clone();
                less[column] = places - 1;
                prop_assert_eq!(dear.prices[column], worth - case.by_hand(bonus, 0, &mut less));
            }
            let proud = proudest(instance, &solution);
            prop_assert_eq!(proven(&case, bonus, &rows, &proud), worth);
            for row in 0..case.worth.len() {
                let mut without = case.clone();
                without.worth[row] = vec![None; case.places.len()];
                let left = without.by_hand(bonus, 0, &mut case.places.clone());
                prop_assert_eq!(proud.profits[row], worth - left);
            }
        }

        #[test]
        fn as_many_as_possible_are_placed(case in cases(40, 25, 10_000)) {
            let bonus = 1_000_000;
            let start = |rows: &Edges| {
                let columns = rows.turned(case.places.len());
                let goes_on = || Ok::<(), ()>(());
                let contested = contested(rows, &columns, &case.places, goes_on).unwrap();
                contested.into_iter().map(|is_contested| if is_contested { bonus } else { 0 }).collect()
            };
            let (rows, solution) = case.solve(bonus, start);
            let (_, other) = case.solve(bonus, |_| vec![0; case.places.len()]);
            prop_assert_eq!(proven(&case, bonus, &rows, &solution), proven(&case, bonus, &rows, &other));
        }
    }

    #[test]
    fn contested_columns_are_those_with_too_few_places() {
        // Three rows want column 0 with one place, one row wants column 1.
        let worth = vec![
            vec![Some(1), None],
            vec![Some(1), None],
            vec![Some(1), None],
            vec![None, Some(1)],
        ];
        let case = Case { places: vec![1, 1], worth };
        let rows = Edges::new(4, case.pairs().into_iter());
        let columns = rows.turned(2);
        let goes_on = || Ok::<(), ()>(());
        assert_eq!(contested(&rows, &columns, &case.places, goes_on), Ok(vec![true, false]));
    }
}
