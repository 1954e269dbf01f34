// SPDX-License-Identifier: EUPL-1.2
//! Whole households into regions with quotas of people, as well as can be proven.
//!
//! Households of one size are a transportation problem, which `solve` does exactly. With several sizes a household takes as
//! many of the quota as it has people and goes whole, for which no fast exact method is known. A price for a place in each
//! region gives a bound that no plan can pass (Lagrangian relaxation: M. L. Fisher, "The Lagrangian relaxation method for
//! solving integer programming problems", 1981); the plan is made by those prices, mended by moves and exchanges, and at
//! last searched for (branch and bound) up to a number of steps. What is left between plan and bound is told.

use std::cmp::Reverse;

use super::solve::{Edge, Edges, Instance, solve};

/// Households and regions.
#[derive(Debug, Clone, Default)]
pub(super) struct Packing {
    /// By household, then by region: what it is worth there; `None` where it must not go.
    pub(super) values: Vec<Vec<Option<i64>>>,
    /// People of each household; at least 1.
    pub(super) sizes: Vec<u32>,
    /// People that each region takes.
    pub(super) quotas: Vec<u32>,
    /// What it is worth more to go anywhere than to go nowhere.
    pub(super) bonus: i64,
}

/// Where each household goes, what it is worth, and what no plan can pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) regions: Vec<Option<usize>>,
    pub(super) worth: i128,
    pub(super) bound: i128,
    /// What one place more in each region is worth.
    pub(super) prices: Vec<i128>,
}

/// Rounds in which the bound is lowered, and steps of the search.
const ROUNDS: usize = 600;
const STEPS: usize = 200_000;
/// Up to so many households are searched: the search is as deep as there are households.
const SEARCHED: usize = 500;
/// Up to so many households are exchanged two by two.
const EXCHANGED: usize = 2_000;

impl Packing {
    /// The best plan that is found. `goes_on` is asked again and again.
    pub(super) fn pack<E>(&self, goes_on: &impl Fn() -> Result<(), E>) -> Result<Packed, E> {
        if let Some(packed) = self.of_one_size(goes_on)? {
            return Ok(packed);
        }
        let mut best = Packed { bound: i128::MAX, ..Packed::default() };
        let mut prices = vec![0i128; self.quotas.len()];
        let (mut factor, mut idle) = (200i128, 0);
        for round in 0..ROUNDS {
            goes_on()?;
            let (bound, used) = self.relaxed(&prices);
            if bound < best.bound {
                (best.bound, best.prices, idle) = (bound, prices.clone(), 0);
            } else {
                idle += 1;
            }
            if round % 20 == 0 || round + 1 == ROUNDS {
                let regions = self.mended(self.by_prices(&prices));
                let worth = self.worth(&regions);
                if worth > best.worth || best.regions.is_empty() {
                    (best.worth, best.regions) = (worth, regions);
                }
            }
            let over = used.iter().zip(&self.quotas).map(|(used, quota)| used - i128::from(*quota));
            let over: Vec<i128> = over.collect();
            let squares: i128 = over.iter().map(|one| one * one).sum();
            if best.bound <= best.worth || squares == 0 {
                break;
            }
            if idle >= 12 {
                (factor, idle) = (factor / 2, 0);
                prices.clone_from(&best.prices);
            }
            if factor == 0 {
                break;
            }
            let step = (bound - best.worth).max(1) * factor / (100 * squares);
            for (price, over) in prices.iter_mut().zip(&over) {
                *price = (*price + step.max(1) * over).max(0);
            }
        }
        if best.worth < best.bound && self.values.len() <= SEARCHED {
            self.search(&mut best, goes_on)?;
        }
        Ok(best)
    }

    fn worth(&self, regions: &[Option<usize>]) -> i128 {
        let one = |(at, region): (usize, &Option<usize>)| self.value(at, *region).unwrap_or(0);
        regions.iter().enumerate().map(one).sum()
    }

    /// Households of one size, exactly; `None` if there are several sizes, or values that the solver cannot hold.
    fn of_one_size<E>(&self, goes_on: &impl Fn() -> Result<(), E>) -> Result<Option<Packed>, E> {
        let Some((size, rest)) = self.sizes.split_first() else {
            return Ok(Some(Packed { prices: vec![0; self.quotas.len()], ..Packed::default() }));
        };
        let mut pairs = Vec::new();
        for (row, own) in (0u32..).zip(&self.values) {
            for (to, value) in (0u32..).zip(own) {
                let Some(value) = value else { continue };
                let Ok(worth) = u32::try_from(*value) else { return Ok(None) };
                pairs.push((row, Edge { to, worth }));
            }
        }
        if rest.iter().any(|other| other != size) {
            return Ok(None);
        }
        let rows = Edges::new(self.values.len(), pairs.iter().copied());
        let columns = rows.turned(self.quotas.len());
        let places: Vec<u32> = self.quotas.iter().map(|quota| quota / size).collect();
        let instance =
            Instance { rows: &rows, columns: &columns, places: &places, bonus: self.bonus };
        let solution = solve(instance, vec![0; places.len()], goes_on)?;
        let region = |column: &Option<u32>| column.and_then(|column| usize::try_from(column).ok());
        let regions: Vec<_> = solution.columns.iter().map(region).collect();
        let worth = self.worth(&regions);
        // Where everybody has a place and every place is taken, all prices may be less by the same.
        let is_full = regions.iter().all(Option::is_some)
            && places.iter().map(|places| u64::from(*places)).sum::<u64>()
                == u64::try_from(regions.len()).unwrap_or(u64::MAX);
        let least = solution.prices.iter().min().copied().filter(|_| is_full).unwrap_or(0);
        let per_person = |price: &i64| i128::from(*price - least) / i128::from(*size);
        let prices = solution.prices.iter().map(per_person).collect();
        Ok(Some(Packed { regions, worth, bound: worth, prices }))
    }

    /// What a household is worth in a region at these prices; `None` where it must not go.
    fn at_prices(&self, household: usize, region: usize, prices: &[i128]) -> Option<i128> {
        let value = self.value(household, Some(region))?;
        Some(value - i128::from(self.size(household)) * prices.get(region)?)
    }

    fn size(&self, household: usize) -> u32 {
        self.sizes.get(household).copied().unwrap_or(1)
    }

    /// The best region at these prices, and what it is worth; nowhere is worth 0.
    fn best_at(&self, household: usize, prices: &[i128]) -> (Option<usize>, i128) {
        let regions = 0..self.quotas.len();
        let worths = regions.filter_map(|at| Some((at, self.at_prices(household, at, prices)?)));
        let best = worths.max_by_key(|(at, worth)| (*worth, Reverse(*at)));
        best.filter(|(_, worth)| *worth > 0).map_or((None, 0), |(at, worth)| (Some(at), worth))
    }

    /// The bound of these prices, and how many people would be where if each household chose for itself.
    fn relaxed(&self, prices: &[i128]) -> (i128, Vec<i128>) {
        let mut used = vec![0i128; self.quotas.len()];
        let quotas = prices.iter().zip(&self.quotas);
        let mut bound: i128 = quotas.map(|(price, quota)| price * i128::from(*quota)).sum();
        for household in 0..self.values.len() {
            let (region, worth) = self.best_at(household, prices);
            bound += worth;
            if let Some(used) = region.and_then(|region| used.get_mut(region)) {
                *used += i128::from(self.size(household));
            }
        }
        (bound, used)
    }

    /// Households one after another, those first that lose most if they must go elsewhere, each to the best that has room.
    fn by_prices(&self, prices: &[i128]) -> Vec<Option<usize>> {
        let mut order: Vec<(Reverse<i128>, Reverse<u32>, usize)> = (0..self.values.len())
            .map(|household| {
                let regions = 0..self.quotas.len();
                let mut worths: Vec<i128> =
                    regions.filter_map(|at| self.at_prices(household, at, prices)).collect();
                worths.sort_unstable_by_key(|worth| Reverse(*worth));
                let best = worths.first().copied().unwrap_or_default();
                // Whoever may go to one region only comes first.
                let loss = worths.get(1).map_or(i128::MAX, |second| best - second);
                (Reverse(loss), Reverse(self.size(household)), household)
            })
            .collect();
        order.sort_unstable();
        let mut room = self.quotas.clone();
        let mut regions = vec![None; self.values.len()];
        for (_, _, household) in order {
            let size = self.size(household);
            let with_room = (0..self.quotas.len())
                .filter(|at| room.get(*at).is_some_and(|room| *room >= size))
                .filter_map(|at| Some((at, self.at_prices(household, at, prices)?)));
            let best = with_room.max_by_key(|(at, worth)| (*worth, Reverse(*at)));
            if let Some((at, _)) = best {
                if let Some(room) = room.get_mut(at) {
                    *room -= size;
                }
                if let Some(place) = regions.get_mut(household) {
                    *place = Some(at);
                }
            }
        }
        regions
    }

    fn value(&self, household: usize, region: Option<usize>) -> Option<i128> {
        match region {
            None => Some(0),
            Some(at) => {
                let value = self.values.get(household)?.get(at).copied().flatten()?;
                Some(i128::from(value) + i128::from(self.bonus))
            }
        }
    }

    /// The plan after every move of one household and exchange of two that makes it better.
    fn mended(&self, mut regions: Vec<Option<usize>>) -> Vec<Option<usize>> {
        let mut room: Vec<i64> = self.quotas.iter().map(|quota| i64::from(*quota)).collect();
        for (household, region) in regions.iter().enumerate() {
            if let Some(room) = region.and_then(|at| room.get_mut(at)) {
                *room -= i64::from(self.size(household));
            }
        }
        let has = |room: &[i64], at: Option<usize>, need: i64| {
            at.is_none_or(|at| room.get(at).is_some_and(|room| *room >= need))
        };
        let take = |room: &mut [i64], at: Option<usize>, people: i64| {
            if let Some(room) = at.and_then(|at| room.get_mut(at)) {
                *room -= people;
            }
        };
        let mut is_better = true;
        while is_better {
            is_better = false;
            for one in 0..regions.len() {
                let Some(from) = regions.get(one).copied() else { continue };
                let (size, now) = (i64::from(self.size(one)), self.value(one, from).unwrap_or(0));
                for to in (0..self.quotas.len()).map(Some).filter(|to| *to != from) {
                    if self.value(one, to).is_some_and(|then| then > now) && has(&room, to, size) {
                        take(&mut room, from, -size);
                        take(&mut room, to, size);
                        if let Some(place) = regions.get_mut(one) {
                            *place = to;
                        }
                        is_better = true;
                        break;
                    }
                }
            }
            if regions.len() > EXCHANGED {
                continue;
            }
            for one in 0..regions.len() {
                for other in one + 1..regions.len() {
                    let (Some(a), Some(b)) =
                        (regions.get(one).copied(), regions.get(other).copied())
                    else {
                        continue;
                    };
                    let (size, others) = (i64::from(self.size(one)), i64::from(self.size(other)));
                    let now = self.value(one, a).unwrap_or(0) + self.value(other, b).unwrap_or(0);
                    let then = self.value(one, b).zip(self.value(other, a));
                    if a != b
                        && then.is_some_and(|(one, other)| one + other > now)
                        && has(&room, a, others - size)
                        && has(&room, b, size - others)
                    {
                        take(&mut room, a, others - size);
                        take(&mut room, b, size - others);
                        regions.swap(one, other);
                        is_better = true;
                    }
                }
            }
        }
        regions
    }

    /// Looks for a better plan, the households that differ most by region first, up to a number of steps. If the search
    /// comes to its end, the plan is the best there is.
    fn search<E>(&self, best: &mut Packed, goes_on: &impl Fn() -> Result<(), E>) -> Result<(), E> {
        let prices = best.prices.clone();
        let mut order: Vec<usize> = (0..self.values.len()).collect();
        order.sort_by_key(|one| (Reverse(self.size(*one)), *one));
        // What the households from each place in the order on are worth at most at the prices.
        let mut rest = vec![0i128; order.len() + 1];
        for at in (0..order.len()).rev() {
            let own = order.get(at).map_or(0, |one| self.best_at(*one, &prices).1);
            let after = rest.get(at + 1).copied().unwrap_or_default();
            if let Some(place) = rest.get_mut(at) {
                *place = after + own;
            }
        }
        let whole: i128 =
            prices.iter().zip(&self.quotas).map(|(price, quota)| price * i128::from(*quota)).sum();
        let mut search = Search {
            packing: self,
            prices: &prices,
            order: &order,
            rest: &rest,
            room: self.quotas.clone(),
            regions: vec![None; self.values.len()],
            steps: 0,
            best,
        };
        search.from(0, 0, whole, goes_on)?;
        if search.steps < STEPS {
            best.bound = best.worth;
        }
        Ok(())
    }
}

struct Search<'a> {
    packing: &'a Packing,
    prices: &'a [i128],
    order: &'a [usize],
    rest: &'a [i128],
    room: Vec<u32>,
    regions: Vec<Option<usize>>,
    steps: usize,
    best: &'a mut Packed,
}

impl Search<'_> {
    /// Goes on from a place in the order: `at_prices` is what those before are worth at the prices, `whole` what all places
    /// cost.
    fn from<E>(
        &mut self,
        at: usize,
        at_prices: i128,
        whole: i128,
        goes_on: &impl Fn() -> Result<(), E>,
    ) -> Result<(), E> {
        if self.steps >= STEPS {
            return Ok(());
        }
        self.steps += 1;
        if self.steps.is_multiple_of(1_024) {
            goes_on()?;
        }
        let Some(household) = self.order.get(at).copied() else {
            let worth = self.packing.worth(&self.regions);
            if worth > self.best.worth {
                self.best.worth = worth;
                self.best.regions.clone_from(&self.regions);
            }
            return Ok(());
        };
        let rest = self.rest.get(at + 1).copied().unwrap_or_default();
        let size = self.packing.size(household);
        let mut choices: Vec<(Reverse<i128>, Option<usize>)> = vec![(Reverse(0), None)];
        for region in 0..self.room.len() {
            if self.room.get(region).is_some_and(|room| *room >= size)
                && let Some(worth) = self.packing.at_prices(household, region, self.prices)
            {
                choices.push((Reverse(worth), Some(region)));
            }
        }
        choices.sort_unstable();
        for (Reverse(worth), region) in choices {
            if at_prices + worth + rest + whole <= self.best.worth {
                break;
            }
            if let Some(room) = region.and_then(|region| self.room.get_mut(region)) {
                *room -= size;
            }
            if let Some(place) = self.regions.get_mut(household) {
                *place = region;
            }
            self.from(at + 1, at_prices + worth, whole, goes_on)?;
            if let Some(room) = region.and_then(|region| self.room.get_mut(region)) {
                *room += size;
            }
            if let Some(place) = self.regions.get_mut(household) {
                *place = None;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn goes_on() -> Result<(), ()> {
        Ok(())
    }

    /// The best worth of all plans, by trying each.
    fn by_hand(packing: &Packing, household: usize, room: &mut Vec<u32>) -> i128 {
        if household == packing.values.len() {
            return 0;
        }
        let mut best = by_hand(packing, household + 1, room);
        for region in 0..room.len() {
            let size = packing.sizes[household];
            if let Some(value) = packing.values[household][region]
                && room[region] >= size
            {
                room[region] -= size;
                let value = i128::from(value + packing.bonus);
                best = best.max(value + by_hand(packing, household + 1, room));
                room[region] += size;
            }
        }
        best
    }

    fn cases(most: u32) -> impl Strategy<Value = Packing> {
        let values = prop::collection::vec(
            prop::collection::vec(prop::option::weighted(0.9, 1i64..1_000), 3),
            7,
        );
        let (sizes, quotas) =
            (prop::collection::vec(1..=most, 7), prop::collection::vec(0u32..9, 3));
        (values, sizes, quotas, prop::sample::select(vec![0, 5_000]))
            .prop_map(|(values, sizes, quotas, bonus)| Packing { values, sizes, quotas, bonus })
    }

    fn fits(packing: &Packing, packed: &Packed) {
        let mut used = vec![0; packing.quotas.len()];
        for (household, region) in packed.regions.iter().enumerate() {
            if let Some(region) = region {
                assert!(packing.values[household][*region].is_some());
                used[*region] += packing.sizes[household];
            }
        }
        assert!(used.iter().zip(&packing.quotas).all(|(used, quota)| used <= quota));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn small_plans_are_the_best_there_are(packing in prop_oneof![cases(1), cases(4)]) {
            let packed = packing.pack(&goes_on).unwrap();
            fits(&packing, &packed);
            let best = by_hand(&packing, 0, &mut packing.quotas.clone());
            prop_assert_eq!(packed.worth, best);
            prop_assert_eq!(packed.bound, best);
            prop_assert_eq!(packed.worth, packing.worth(&packed.regions));
        }
    }

    #[test]
    fn a_large_plan_is_near_its_bound() {
        let mut seed = 7u64;
        let mut next = |most: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % most
        };
        let values = (0..120)
            .map(|_| (0..6).map(|_| Some(1 + i64::try_from(next(10_000)).unwrap())).collect())
            .collect();
        let sizes: Vec<u32> = (0..120).map(|_| 1 + u32::try_from(next(6)).unwrap()).collect();
        let all: u32 = sizes.iter().sum();
        let packing = Packing { values, sizes, quotas: vec![all / 6; 6], bonus: 0 };
        let packed = packing.pack(&goes_on).unwrap();
        fits(&packing, &packed);
        assert!(packed.worth <= packed.bound);
        let gap = (packed.bound - packed.worth) * 1_000 / packed.bound;
        assert!(gap <= 10, "{gap} of a thousand");
    }
}
