// SPDX-License-Identifier: EUPL-1.2
//! A timetable for each group, within what rooms and teachers allow at each time, as cheaply as can be proven.
//!
//! A group that has lessons takes one of everything that its timetable runs into, so this is more than an assignment. Prices
//! for the times that are short give a bound that no choice can pass (Lagrangian relaxation, as in `pack`); a choice is made
//! by the prices, mended by moves and exchanges, and then searched for (branch and bound) up to a number of steps. What is left
//! between choice and bound is told.

use std::cmp::Reverse;

/// Groups, what each timetable costs each of them, and what is short. That a group has no lessons is a timetable too.
#[derive(Debug, Clone, Default)]
pub(super) struct Rooms {
    /// By group, then by timetable: what it costs; `None` where the group cannot have it.
    pub(super) costs: Vec<Vec<Option<i128>>>,
    /// All costs are so many times a whole number; at least 1.
    pub(super) unit: i128,
    /// By timetable: the limits that it counts for.
    pub(super) limits: Vec<Vec<usize>>,
    /// By limit: how many groups it allows.
    pub(super) most: Vec<u32>,
}

/// The timetable of each group, what all of it costs, and what no choice can be below.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) timetables: Vec<usize>,
    pub(super) cost: i128,
    pub(super) bound: i128,
}

/// Rounds in which the bound is raised, and after how many of them a choice is made by the prices.
const ROUNDS: usize = 600;
const EVERY: usize = 20;
/// Steps of the search, and up to how many groups are searched: it is as deep as there are groups.
const STEPS: usize = 200_000;
const SEARCHED: usize = 500;
/// Up to so many groups are exchanged two by two.
const EXCHANGED: usize = 300;

/// A timetable of a group: what it costs with the prices, and without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    priced: i128,
    timetable: usize,
    cost: i128,
}

impl Rooms {
    /// The best choice that is found; `None` where none is. `goes_on` is asked again and again.
    pub(super) fn best<E>(&self, goes_on: &impl Fn() -> Result<(), E>) -> Result<Option<Given>, E> {
        let mut prices = vec![0i128; self.most.len()];
        let (mut best_prices, mut bound) = (prices.clone(), i128::MIN);
        let mut best: Option<Given> = None;
        // More than any choice costs.
        let most = self.costs.iter().map(|own| own.iter().flatten().max().unwrap_or(&0));
        let most: i128 = most.sum::<i128>() + self.unit;
        let (mut factor, mut idle) = (200i128, 0);
        for round in 0..ROUNDS {
            goes_on()?;
            let Some((reached, used)) = self.relaxed(&prices) else { return Ok(None) };
            if reached > bound {
                (bound, idle) = (reached, 0);
                best_prices.clone_from(&prices);
            } else {
                idle += 1;
            }
            if round % EVERY == 0
                && let Some(made) = self.made(&prices)
                && best.as_ref().is_none_or(|best| made.cost < best.cost)
            {
                best = Some(made);
            }
            let least = best.as_ref().map_or(most, |best| best.cost);
            let over = used.iter().zip(&self.most).map(|(used, most)| used - i128::from(*most));
            let over: Vec<i128> = over.collect();
            // A price of 0 is not lowered, and does not count in the length of the step.
            let counts = prices.iter().zip(&over).filter(|(price, over)| **price > 0 || **over > 0);
            let squares: i128 = counts.map(|(_, over)| over * over).sum();
            if least < bound + self.unit || squares == 0 {
                break;
            }
            if idle >= 12 {
                (factor, idle) = (factor / 2, 0);
                prices.clone_from(&best_prices);
            }
            if factor == 0 {
                break;
            }
            let step = ((least - reached).max(1) * factor / (100 * squares)).max(1);
            for (price, over) in prices.iter_mut().zip(&over) {
                *price = (*price + step * over).max(0);
            }
        }
        if let Some(best) = best.as_ref().filter(|best| best.cost < bound + self.unit) {
            bound = best.cost;
        } else if self.costs.len() <= SEARCHED {
            let mut search = Search::new(self, &best_prices, best);
            let is_whole = search.go(0, 0, 0, goes_on)?;
            best = search.best;
            if let Some(best) = best.as_ref().filter(|_| is_whole) {
                bound = best.cost;
            }
        }
        Ok(best.map(|best| Given { bound: bound.min(best.cost), ..best }))
    }

    /// The same with this timetable for a group and no other.
    pub(super) fn with(&self, group: usize, timetable: usize) -> Self {
        let mut rooms = self.clone();
        for (at, cost) in rooms.costs.get_mut(group).into_iter().flatten().enumerate() {
            *cost = cost.filter(|_| at == timetable);
        }
        rooms
    }

    /// What each group can have, the cheapest at these prices first.
    fn open(&self, group: usize, prices: &[i128]) -> Vec<Open> {
        let costs = self.costs.get(group).map_or(&[][..], Vec::as_slice);
        let open = costs.iter().enumerate().filter_map(|(at, cost)| {
            let cost = (*cost)?;
            let limits = self.limits.get(at).into_iter().flatten();
            let price: i128 = limits.filter_map(|limit| prices.get(*limit)).sum();
            Some(Open { priced: cost + price, timetable: at, cost })
        });
        let mut open: Vec<Open> = open.collect();
        open.sort();
        open
    }

    /// What no choice can be below by these prices, and how much of each limit is asked; `None` where a group can have nothing.
    fn relaxed(&self, prices: &[i128]) -> Option<(i128, Vec<i128>)> {
        let mut used = vec![0i128; self.most.len()];
        let mut bound = -self.held(prices);
        for group in 0..self.costs.len() {
            let open = self.open(group, prices);
            let first = open.first()?;
            bound += first.priced;
            for limit in self.limits_of(first.timetable) {
                if let Some(used) = used.get_mut(*limit) {
                    *used += 1;
                }
            }
        }
        Some((bound, used))
    }

    /// What all that there is costs at these prices.
    fn held(&self, prices: &[i128]) -> i128 {
        prices.iter().zip(&self.most).map(|(price, most)| price * i128::from(*most)).sum()
    }

    fn limits_of(&self, timetable: usize) -> &[usize] {
        self.limits.get(timetable).map_or(&[], Vec::as_slice)
    }

    fn cost(&self, group: usize, timetable: usize) -> Option<i128> {
        self.costs.get(group)?.get(timetable).copied().flatten()
    }

    /// Each group in turn takes the cheapest that there is room for, those that would lose most first; then moves and exchanges.
    fn made(&self, prices: &[i128]) -> Option<Given> {
        let mut left = Left { rooms: self, most: self.most.clone() };
        let mut timetables = vec![0; self.costs.len()];
        for (group, open) in self.in_order(prices) {
            let found = open.iter().find(|open| left.has_room(open.timetable))?;
            left.take(found.timetable);
            if let Some(place) = timetables.get_mut(group) {
                *place = found.timetable;
            }
        }
        self.mend(&mut timetables, &mut left);
        let costs = timetables.iter().enumerate().map(|(group, one)| self.cost(group, *one));
        let cost = costs.sum::<Option<i128>>()?;
        Some(Given { timetables, cost, bound: i128::MIN })
    }

    /// The groups with what each can have, those for which the next best costs most first.
    fn in_order(&self, prices: &[i128]) -> Vec<(usize, Vec<Open>)> {
        let mut order: Vec<(usize, Vec<Open>)> =
            (0..self.costs.len()).map(|group| (group, self.open(group, prices))).collect();
        order.sort_by_key(|(group, open)| {
            let lost = match open.as_slice() {
                [first, second, ..] => second.priced - first.priced,
                _ => i128::MAX,
            };
            (Reverse(lost), *group)
        });
        order
    }

    /// Groups move to what costs less, alone or two at once, until none can.
    fn mend(&self, timetables: &mut [usize], left: &mut Left<'_>) {
        let groups = timetables.len();
        let mut is_better = true;
        while is_better {
            is_better = false;
            for one in 0..groups {
                for new in 0..self.limits.len() {
                    is_better |= self.moves(timetables, left, &[(one, new)]);
                }
            }
            if groups > EXCHANGED {
                continue;
            }
            for one in 0..groups {
                for other in one + 1..groups {
                    let pair = timetables.get(one).copied().zip(timetables.get(other).copied());
                    let Some((mine, theirs)) = pair else { continue };
                    // Each takes what the other leaves, or makes room for it.
                    for new in 0..self.limits.len() {
                        is_better |= self.moves(timetables, left, &[(one, theirs), (other, new)])
                            || self.moves(timetables, left, &[(other, mine), (one, new)]);
                    }
                }
            }
        }
    }

    /// Moves these groups if there is room and it costs less; whether it did.
    fn moves(&self, timetables: &mut [usize], left: &mut Left<'_>, to: &[(usize, usize)]) -> bool {
        let (mut before, mut after) = (0, 0);
        for (group, new) in to {
            let Some(old) = timetables.get(*group) else { return false };
            let both = self.cost(*group, *old).zip(self.cost(*group, *new));
            let Some((old, new)) = both else { return false };
            before += old;
            after += new;
        }
        if after >= before {
            return false;
        }
        for (group, _) in to {
            timetables.get(*group).into_iter().for_each(|old| left.leave(*old));
        }
        let taken = to.iter().take_while(|(_, new)| {
            let has_room = left.has_room(*new);
            if has_room {
                left.take(*new);
            }
            has_room
        });
        let taken = taken.count();
        let is_done = taken == to.len();
        for (at, (group, new)) in to.iter().enumerate() {
            let Some(place) = timetables.get_mut(*group) else { continue };
            if is_done {
                *place = *new;
                continue;
            }
            if at < taken {
                left.leave(*new);
            }
        }
        if !is_done {
            for (group, _) in to {
                timetables.get(*group).into_iter().for_each(|old| left.take(*old));
            }
        }
        is_done
    }
}

/// What is left of each limit.
struct Left<'a> {
    rooms: &'a Rooms,
    most: Vec<u32>,
}

impl Left<'_> {
    fn has_room(&self, timetable: usize) -> bool {
        let mut limits = self.rooms.limits_of(timetable).iter();
        limits.all(|limit| self.most.get(*limit).is_some_and(|left| *left > 0))
    }

    fn take(&mut self, timetable: usize) {
        for limit in self.rooms.limits_of(timetable) {
            if let Some(left) = self.most.get_mut(*limit) {
                *left = left.saturating_sub(1);
            }
        }
    }

    fn leave(&mut self, timetable: usize) {
        for limit in self.rooms.limits_of(timetable) {
            if let Some(left) = self.most.get_mut(*limit) {
                *left += 1;
            }
        }
    }
}

/// A search through all choices, without those that cannot be better than the best so far.
struct Search<'a> {
    left: Left<'a>,
    rows: Vec<(usize, Vec<Open>)>,
    /// By row: what it and all after it cost at least, without what is held.
    rest: Vec<i128>,
    now: Vec<usize>,
    best: Option<Given>,
    steps: usize,
}

impl<'a> Search<'a> {
    fn new(rooms: &'a Rooms, prices: &[i128], best: Option<Given>) -> Self {
        let rows = rooms.in_order(prices);
        let mut rest = vec![-rooms.held(prices)];
        for (_, open) in rows.iter().rev() {
            let first = open.first().map_or(0, |open| open.priced);
            rest.push(rest.last().copied().unwrap_or_default() + first);
        }
        rest.reverse();
        Self {
            left: Left { rooms, most: rooms.most.clone() },
            now: vec![0; rows.len()],
            rows,
            rest,
            best,
            steps: STEPS,
        }
    }

    /// Tries everything from this row on; whether nothing was left out.
    fn go<E>(
        &mut self,
        at: usize,
        priced: i128,
        cost: i128,
        goes_on: &impl Fn() -> Result<(), E>,
    ) -> Result<bool, E> {
        let Some((group, open)) = self.rows.get(at).cloned() else {
            if self.best.as_ref().is_none_or(|best| cost < best.cost) {
                self.best = Some(Given { timetables: self.now.clone(), cost, bound: i128::MIN });
            }
            return Ok(true);
        };
        goes_on()?;
        let mut is_whole = true;
        for Open { priced: more, timetable, cost: own } in open {
            let least = priced + more + self.rest.get(at + 1).copied().unwrap_or_default();
            if self.best.as_ref().is_some_and(|best| least + self.left.rooms.unit > best.cost) {
                break;
            }
            if !self.left.has_room(timetable) {
                continue;
            }
            if self.steps == 0 {
                return Ok(false);
            }
            self.steps -= 1;
            self.left.take(timetable);
            if let Some(place) = self.now.get_mut(group) {
                *place = timetable;
            }
            is_whole &= self.go(at + 1, priced + more, cost + own, goes_on)?;
            self.left.leave(timetable);
        }
        Ok(is_whole)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn best(rooms: &Rooms) -> Option<Given> {
        let best = rooms.best(&|| Ok::<(), ()>(())).unwrap();
        if let Some(given) = &best {
            let mut left = Left { rooms, most: rooms.most.clone() };
            let mut cost = 0;
            for (group, timetable) in given.timetables.iter().enumerate() {
                assert!(left.has_room(*timetable), "more groups than there is room for");
                left.take(*timetable);
                cost += rooms.cost(group, *timetable).unwrap();
            }
            assert_eq!(cost, given.cost);
            assert!(given.bound <= given.cost);
        }
        best
    }

    /// The least that any choice costs, by trying all of them.
    fn by_hand(rooms: &Rooms, group: usize, left: &mut Left<'_>) -> Option<i128> {
        if group == rooms.costs.len() {
            return Some(0);
        }
        let costs = (0..rooms.limits.len()).filter_map(|timetable| {
            let own = rooms.cost(group, timetable).filter(|_| left.has_room(timetable))?;
            left.take(timetable);
            let rest = by_hand(rooms, group + 1, left);
            left.leave(timetable);
            rest.map(|rest| rest + own)
        });
        costs.min()
    }

    fn cases() -> impl Strategy<Value = Rooms> {
        let shape = (1usize..6, 1usize..4, 1usize..4);
        shape.prop_flat_map(|(groups, timetables, limits)| {
            let cost = prop::option::weighted(0.8, 0i128..20);
            let row = prop::collection::vec(cost, timetables);
            let own = prop::collection::vec(any::<bool>(), limits);
            (
                prop::collection::vec(row, groups),
                prop::collection::vec(own, timetables),
                prop::collection::vec(0u32..4, limits),
            )
                .prop_map(|(costs, counts, most)| {
                    let limits = counts.iter().map(|own| {
                        own.iter()
                            .enumerate()
                            .filter(|(_, counts)| **counts)
                            .map(|(at, _)| at)
                            .collect()
                    });
                    Rooms { costs, unit: 1, limits: limits.collect(), most }
                })
        })
    }

    proptest! {
        #[test]
        fn no_choice_costs_less(rooms in cases()) {
            let mut left = Left { rooms: &rooms, most: rooms.most.clone() };
            let least = by_hand(&rooms, 0, &mut left);
            let found = best(&rooms);
            prop_assert_eq!(found.as_ref().map(|given| given.cost), least);
            prop_assert_eq!(found.map(|given| given.bound), least);
        }
    }

    #[test]
    fn forty_groups_that_want_the_same_evenings_are_proven() {
        // A linear congruential generator, so that the case is the same everywhere.
        let mut seed = 7u64;
        let mut next = |most: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            i128::from((seed >> 33) % most)
        };
        let mut row = |_| (0..6).map(|at| Some(next(1_000) * (1 + at))).chain([Some(0)]).collect();
        let costs = (0..40).map(&mut row).collect();
        // Two pairs of timetables share a time; each time has nine rooms, and four have none.
        let limits = vec![vec![0], vec![0, 1], vec![1], vec![2], vec![2, 3], vec![3], vec![4]];
        let rooms = Rooms { costs, unit: 1, limits, most: vec![9, 9, 9, 9, 4] };
        let given = best(&rooms).unwrap();
        assert_eq!(given.cost, given.bound);
        assert_eq!(given.timetables.iter().filter(|one| **one == 6).count(), 4);
    }
}
