// SPDX-License-Identifier: EUPL-1.2
//! At most one pool for each person, no vacancy in more pools than it has places, as many people as possible.
//!
//! Set packing, for which no fast exact method is known. Prices for the places give a bound that no choice can pass
//! (Lagrangian relaxation): at any prices a person gains at most what the cheapest pool leaves of one, and places earn at most
//! their price. For each person only that pool is looked at, out of all (pricing, as in column generation), and the prices
//! move against what is asked too often or too little. A choice is made by the prices and mended: who has no pool takes one
//! whose missing place somebody else can leave for another pool, along chains of a few moves. What is left between choice and
//! bound is told.

use std::cmp::Reverse;

use rayon::prelude::*;

/// No vacancy.
pub(super) const NONE: u32 = u32::MAX;

/// Two or three vacancies, the third perhaps `NONE`.
pub(super) type Parts = [u32; 3];

/// For each row its pools, the best first.
pub(super) struct Choice<'a> {
    pub(super) pools: &'a [Vec<Parts>],
    /// By vacancy.
    pub(super) places: &'a [u32],
}

/// The pool of each row by its place in the list, and how many rows can have one at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) pools: Vec<Option<usize>>,
    pub(super) bound: u64,
}

/// What a person with a pool is worth, in units of a price.
const PERSON: i64 = 1 << 24;
/// Rounds in which the bound is lowered, and after how many without gain the steps become seven tenths as long.
const ROUNDS: usize = 600;
const PATIENCE: usize = 10;
/// The unit of the length of a step.
const WHOLE_STEP: i128 = 1 << 20;
/// How often a choice is made from prices.
const CHOICES: usize = 2;
/// Moves of others, at most, so that a person has a pool, and looks at pools for it.
const DEEP: u32 = 4;
const LOOKS: u32 = 4_000;
const LEAST_LOOKS: u32 = 100;
/// How often each pool in turn makes place for others, at most, and without that one more person has one.
const WALKS: usize = 60;
const IDLE_WALKS: usize = 10;

fn parts(pool: &Parts) -> impl Iterator<Item = usize> + '_ {
    pool.iter().filter(|part| **part != NONE).map(|part| *part as usize)
}

impl Choice<'_> {
    /// The best choice that is found. `goes_on` is asked again and again.
    pub(super) fn best<E>(&self, mut goes_on: impl FnMut() -> Result<(), E>) -> Result<Chosen, E> {
        let mut prices = vec![0i64; self.places.len()];
        let mut best_prices = prices.clone();
        let mut least = i128::MAX;
        let mut best = Made::new(self);
        best.fill(&self.order(&prices), &prices);
        best.mend(&mut goes_on)?;
        let (mut factor, mut idle) = (WHOLE_STEP, 0);
        for round in 0..ROUNDS {
            goes_on()?;
            let asked: Vec<Option<(i64, usize)>> =
                self.pools.par_iter().map(|pools| self.cheapest(pools, &prices)).collect();
            let mut over: Vec<i64> = self.places.iter().map(|places| -i64::from(*places)).collect();
            let mut bound: i128 = 0;
            for (price, places) in prices.iter().zip(self.places) {
                bound += i128::from(*price) * i128::from(*places);
            }
            for (pools, asked) in self.pools.iter().zip(&asked) {
                let Some((price, at)) = asked else { continue };
                if *price >= PERSON {
                    continue;
                }
                bound += i128::from(PERSON - price);
                for part in pools.get(*at).into_iter().flat_map(parts) {
                    if let Some(over) = over.get_mut(part) {
                        *over += 1;
                    }
                }
            }
            if bound < least {
                (least, idle) = (bound, 0);
                best_prices.clone_from(&prices);
            } else {
                idle += 1;
            }
            let found = i128::from(PERSON) * i128::try_from(best.count()).unwrap_or(i128::MAX);
            if least / i128::from(PERSON) <= found / i128::from(PERSON) {
                break;
            }
            if idle >= PATIENCE {
                (factor, idle) = (factor * 7 / 10, 0);
            }
            if factor == 0 {
                break;
            }
            // A price of 0 is not lowered, and does not count in the length of the step.
            let counts = |price: i64, over: i64| price > 0 || over > 0;
            let squares: i128 = prices
                .iter()
                .zip(&over)
                .filter(|(price, over)| counts(**price, **over))
                .map(|(_, over)| i128::from(*over) * i128::from(*over))
                .sum();
            if squares == 0 {
                break;
            }
            let gap = (bound - found).max(1);
            for (price, over) in prices.iter_mut().zip(&over) {
                let step = gap * factor * i128::from(*over) / (squares * WHOLE_STEP);
                let moved = (i128::from(*price) + step).clamp(0, i128::from(PERSON));
                *price = i64::try_from(moved).unwrap_or(PERSON);
            }
            if (round + 1) % (ROUNDS / CHOICES) == 0 {
                self.choose(&best_prices, &mut best, &mut goes_on)?;
            }
        }
        self.choose(&best_prices, &mut best, &mut goes_on)?;
        best.exchange(least / i128::from(PERSON), &mut goes_on)?;
        best.improve();
        let bound = u64::try_from((least / i128::from(PERSON)).max(0)).unwrap_or(u64::MAX);
        Ok(Chosen { pools: best.chosen, bound })
    }

    fn choose<'a, E>(
        &'a self,
        prices: &[i64],
        best: &mut Made<'a>,
        goes_on: &mut impl FnMut() -> Result<(), E>,
    ) -> Result<(), E> {
        let mut made = Made::new(self);
        made.fill(&self.order(prices), prices);
        made.mend(goes_on)?;
        if made.count() > best.count() {
            *best = made;
        }
        Ok(())
    }

    /// The cheapest pool of a list at these prices, of those the first.
    fn cheapest(&self, pools: &[Parts], prices: &[i64]) -> Option<(i64, usize)> {
        let price = |pool: &Parts| parts(pool).filter_map(|part| prices.get(part)).sum::<i64>();
        pools.iter().map(price).zip(0..).min()
    }

    /// Rows in the order in which they choose: who has the fewest pools to gain from first.
    fn order(&self, prices: &[i64]) -> Vec<u32> {
        let mut order: Vec<(Reverse<i64>, usize, u32)> = (0u32..)
            .zip(self.pools)
            .filter_map(|(row, pools)| {
                let (price, _) = self.cheapest(pools, prices)?;
                Some((Reverse(PERSON - price), pools.len(), row))
            })
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(_, _, row)| row).collect()
    }
}

/// A choice in the making.
struct Made<'a> {
    choice: &'a Choice<'a>,
    chosen: Vec<Option<usize>>,
    left: Vec<u32>,
    holders: Vec<Vec<u32>>,
    /// Looks that are left for the row in hand.
    looks: u32,
}

impl<'a> Made<'a> {
    fn new(choice: &'a Choice<'a>) -> Self {
        Self {
            choice,
            chosen: vec![None; choice.pools.len()],
            left: choice.places.to_vec(),
            holders: vec![Vec::new(); choice.places.len()],
            looks: 0,
        }
    }

    fn count(&self) -> usize {
        self.chosen.iter().filter(|pool| pool.is_some()).count()
    }

    fn pools(&self, row: u32) -> &'a [Parts] {
        self.choice.pools.get(row as usize).map_or(&[], Vec::as_slice)
    }

    fn has_room(&self, part: usize) -> bool {
        self.left.get(part).is_some_and(|left| *left > 0)
    }

    fn take(&mut self, row: u32, at: usize) {
        let Some(pool) = self.pools(row).get(at) else { return };
        for part in parts(pool) {
            if let (Some(left), Some(holders)) =
                (self.left.get_mut(part), self.holders.get_mut(part))
            {
                *left = left.saturating_sub(1);
                holders.push(row);
            }
        }
        if let Some(chosen) = self.chosen.get_mut(row as usize) {
            *chosen = Some(at);
        }
    }

    fn leave(&mut self, row: u32) -> Option<usize> {
        let at = self.chosen.get_mut(row as usize)?.take()?;
        for part in self.pools(row).get(at).into_iter().flat_map(parts) {
            if let (Some(left), Some(holders)) =
                (self.left.get_mut(part), self.holders.get_mut(part))
            {
                *left += 1;
                holders.retain(|holder| *holder != row);
            }
        }
        Some(at)
    }

    /// Each row in turn takes the cheapest pool that has room.
    fn fill(&mut self, order: &[u32], prices: &[i64]) {
        for row in order {
            let price = |pool: &Parts| parts(pool).filter_map(|part| prices.get(part)).sum::<i64>();
            let pools = self.pools(*row).iter().zip(0..);
            let open = pools.filter(|(pool, _)| parts(pool).all(|part| self.has_room(part)));
            if let Some((_, at)) = open.map(|(pool, at)| (price(pool), at)).min() {
                self.take(*row, at);
            }
        }
    }

    /// Rows without a pool get one where others can move, until none can.
    fn mend<E>(&mut self, goes_on: &mut impl FnMut() -> Result<(), E>) -> Result<(), E> {
        let rows = u32::try_from(self.chosen.len()).unwrap_or(u32::MAX);
        // Of many people each may look less.
        let looks = LOOKS.min((20_000_000 / rows.max(1)).max(LEAST_LOOKS));
        loop {
            let before = self.count();
            for row in 0..rows {
                let is_free = self.chosen.get(row as usize).is_some_and(Option::is_none);
                if is_free && !self.pools(row).is_empty() {
                    goes_on()?;
                    for deep in 0..=DEEP {
                        self.looks = looks;
                        if self.enter(row, deep) {
                            break;
                        }
                    }
                }
            }
            if self.count() == before {
                return Ok(());
            }
        }
    }

    /// Gives a row a pool, by so many moves of others at most.
    fn enter(&mut self, row: u32, deep: u32) -> bool {
        let pools = self.pools(row);
        let open = pools.iter().position(|pool| parts(pool).all(|part| self.has_room(part)));
        if let Some(at) = open {
            self.take(row, at);
            return true;
        }
        if deep == 0 {
            return false;
        }
        for (at, pool) in pools.iter().enumerate() {
            let mut missing = parts(pool).filter(|part| !self.has_room(*part));
            let (Some(missing), None) = (missing.next(), missing.next()) else { continue };
            for holder in self.holders.get(missing).cloned().unwrap_or_default() {
                if self.looks == 0 {
                    return false;
                }
                self.looks -= 1;
                let Some(before) = self.leave(holder) else { continue };
                self.take(row, at);
                if self.enter(holder, deep - 1) {
                    return true;
                }
                self.leave(row);
                self.take(holder, before);
            }
        }
        false
    }

    /// One pool in turn makes place for two others, if two others have room then, else for one at random: a walk among choices that
    /// are as good, on which better ones are met.
    fn exchange<E>(
        &mut self,
        bound: i128,
        goes_on: &mut impl FnMut() -> Result<(), E>,
    ) -> Result<(), E> {
        let mut with_part: Vec<Vec<(u32, usize)>> = vec![Vec::new(); self.left.len()];
        for (row, pools) in (0u32..).zip(self.choice.pools) {
            for (at, pool) in pools.iter().enumerate() {
                for part in parts(pool) {
                    if let Some(own) = with_part.get_mut(part) {
                        own.push((row, at));
                    }
                }
            }
        }
        let mut draw = 1u64;
        let mut below = |end: usize| {
            // The same numbers on every machine: a linear congruential generator.
            draw = draw
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(draw >> 33).unwrap_or(0) % end.max(1)
        };
        let mut count = i128::try_from(self.count()).unwrap_or(i128::MAX);
        let mut others = Vec::new();
        let (mut walk, mut idle) = (0, 0);
        while walk < WALKS && idle < IDLE_WALKS && count < bound {
            let before = count;
            for row in 0..u32::try_from(self.chosen.len()).unwrap_or(u32::MAX) {
                let Some(at) = self.leave(row) else { continue };
                goes_on()?;
                self.that_fit_now(row, at, &with_part, &mut others);
                match self.two_of(&others) {
                    Some([(row, at), (other, other_at)]) => {
                        self.take(row, at);
                        self.take(other, other_at);
                        count += 1;
                    }
                    None => {
                        let (_, row, at) = others
                            .get(below(others.len()))
                            .copied()
                            .unwrap_or(([NONE; 3], row, at));
                        self.take(row, at);
                    }
                }
            }
            walk += 1;
            idle = if count > before { 0 } else { idle + 1 };
        }
        Ok(())
    }

    /// The pools that have room since a row left this one, each with at most two of the rows that could take it.
    fn that_fit_now(
        &self,
        row: u32,
        at: usize,
        with_part: &[Vec<(u32, usize)>],
        others: &mut Vec<(Parts, u32, usize)>,
    ) {
        others.clear();
        for part in self.pools(row).get(at).into_iter().flat_map(parts) {
            // What had room before makes none now.
            if self.left.get(part) != Some(&1) {
                continue;
            }
            for (row, at) in with_part.get(part).into_iter().flatten() {
                let is_free = self.chosen.get(*row as usize) == Some(&None);
                let pool = self.pools(*row).get(*at).filter(|_| is_free);
                if let Some(pool) = pool
                    && parts(pool).all(|part| self.has_room(part))
                {
                    others.push((*pool, *row, *at));
                }
            }
        }
        others.sort_unstable();
        others.dedup();
        let mut same = 0;
        let mut last = [NONE; 3];
        others.retain(|(pool, ..)| {
            same = if *pool == last { same + 1 } else { 1 };
            last = *pool;
            same <= 2
        });
    }

    /// The first two pools of a list that have room together.
    fn two_of(&self, pools: &[(Parts, u32, usize)]) -> Option<[(u32, usize); 2]> {
        pools.iter().enumerate().find_map(|(next, (pool, row, at))| {
            let fits = |(other, other_row, _): &&(Parts, u32, usize)| {
                let room = |part: usize| self.left.get(part).copied().unwrap_or_default();
                let is_shared = |part: usize| parts(other).any(|own| own == part);
                other_row != row && parts(pool).all(|part| !is_shared(part) || room(part) >= 2)
            };
            let (_, other, other_at) = pools.get(next + 1..)?.iter().find(fits)?;
            Some([(*row, *at), (*other, *other_at)])
        })
    }

    /// Rows take a better pool of their list where there is room.
    fn improve(&mut self) {
        for row in 0..u32::try_from(self.chosen.len()).unwrap_or(u32::MAX) {
            let Some(before) = self.leave(row) else { continue };
            let better = self.pools(row).iter().take(before);
            let open = better.clone().position(|pool| parts(pool).all(|part| self.has_room(part)));
            self.take(row, open.unwrap_or(before));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The most rows with a pool, by trying all.
    fn by_hand(pools: &[Vec<Parts>], left: &mut Vec<u32>) -> u64 {
        let Some((first, rest)) = pools.split_first() else { return 0 };
        let mut most = by_hand(rest, left);
        for pool in first {
            if parts(pool).all(|part| left[part] > 0) {
                parts(pool).for_each(|part| left[part] -= 1);
                most = most.max(1 + by_hand(rest, left));
                parts(pool).for_each(|part| left[part] += 1);
            }
        }
        most
    }

    fn choose(pools: &[Vec<Parts>], places: &[u32]) -> (u64, Chosen) {
        let chosen = Choice { pools, places }.best(|| Ok::<(), ()>(())).unwrap();
        let mut taken = vec![0; places.len()];
        for (pools, at) in pools.iter().zip(&chosen.pools) {
            for part in at.and_then(|at| pools.get(at)).into_iter().flat_map(parts) {
                taken[part] += 1;
            }
        }
        assert!(taken.iter().zip(places).all(|(taken, places)| taken <= places));
        let count = chosen.pools.iter().filter(|pool| pool.is_some()).count();
        (u64::try_from(count).unwrap(), chosen)
    }

    proptest! {
        #[test]
        fn no_choice_passes_the_bound_and_small_ones_are_best(
            pools in prop::collection::vec(prop::collection::vec((0u32..6, 0u32..6, 0u32..8), 0..4), 1..7),
            places in prop::collection::vec(0u32..3, 8),
        ) {
            let distinct = |(a, b, c): (u32, u32, u32)| {
                let third = if c == a || c == b || c > 6 { NONE } else { c };
                (a != b).then_some([a, b, third])
            };
            let pools: Vec<Vec<Parts>> = pools
                .into_iter()
                .map(|own| own.into_iter().filter_map(distinct).collect())
                .collect();
            let (count, chosen) = choose(&pools, &places);
            let most = by_hand(&pools, &mut places.clone());
            prop_assert!(chosen.bound >= most);
            // Chains of moves find the best choice here, but for a rare one that is one less.
            prop_assert!(count + 1 >= most);
        }
    }

    #[test]
    fn it_can_be_stopped_for_each_person_who_looks_for_a_pool() {
        // One pool that all of them want.
        let pools = vec![vec![[0, 1, NONE]]; 50];
        let mut asked = 0;
        let choice = Choice { pools: &pools, places: &[1, 1] };
        let counted = choice.best(|| {
            asked += 1;
            Ok::<(), ()>(())
        });
        assert_eq!(counted.map(|chosen| chosen.bound), Ok(1));
        assert!(asked >= 49, "{asked}");
    }

    #[test]
    fn who_can_move_makes_room() {
        // The first would take the pool that is the only one of the second.
        let pools = [vec![[0, 1, NONE], [2, 3, NONE]], vec![[0, 1, NONE]]];
        let (count, chosen) = choose(&pools, &[1, 1, 1, 1]);
        assert_eq!((count, chosen.bound), (2, 2));
        assert_eq!(chosen.pools, [Some(1), Some(0)]);
        let (count, chosen) = choose(&pools, &[1, 1, 1, 0]);
        assert_eq!((count, chosen.bound), (1, 1));
    }
}
