// SPDX-License-Identifier: EUPL-1.2
//! Households that come one after another: each is placed when it comes, with places held back for who comes later.
//!
//! What a place will be worth later is what it would be worth now if the rest were like those who came so far: the prices of the
//! best plan for them, in quotas that are as much smaller as they are fewer. Each new household goes where it is worth most
//! beyond the price of the places it takes (S. Agrawal, Z. Wang and Y. Ye, "A dynamic near-optimal algorithm for online linear
//! programming", 2014). Prices are made again each time the number who came has grown by a third.

use std::cmp::Reverse;

use super::pack::Packing;

/// So many come before there are prices.
const FIRST: usize = 8;

/// The region of each household of a packing, in the order in which they come; `expected` is how many people will come in all.
pub(super) fn in_turn<E>(
    packing: &Packing,
    expected: u64,
    goes_on: &impl Fn() -> Result<(), E>,
) -> Result<Vec<Option<usize>>, E> {
    let mut room = packing.quotas.clone();
    // Who stays somewhere is known beforehand.
    let stays = |at: usize| {
        let own = packing.values.get(at)?;
        let mut open = own.iter().enumerate().filter(|(_, value)| value.is_some());
        let (region, _) = open.next()?;
        (own.len() > 1 && open.next().is_none()).then_some(region)
    };
    let mut regions = vec![None; packing.values.len()];
    let mut take = |at: usize, region: usize, room: &mut Vec<u32>| {
        let size = packing.sizes.get(at).copied().unwrap_or(1);
        if let (Some(room), Some(place)) = (room.get_mut(region), regions.get_mut(at))
            && *room >= size
        {
            *room -= size;
            *place = Some(region);
        }
    };
    for at in 0..packing.values.len() {
        if let Some(region) = stays(at) {
            take(at, region, &mut room);
        }
    }
    let mut prices = vec![0i128; packing.quotas.len()];
    let (mut people, mut next) = (0u64, FIRST);
    for (at, own) in packing.values.iter().enumerate() {
        let size = packing.sizes.get(at).copied().unwrap_or(1);
        if stays(at).is_none() {
            let open = own.iter().zip(&prices).zip(&room).enumerate();
            let worths = open.filter_map(|(region, ((value, price), room))| {
                let value = i128::from((*value)?) - i128::from(size) * price;
                (*room >= size).then_some((value, Reverse(region)))
            });
            if let Some((_, Reverse(region))) = worths.max() {
                take(at, region, &mut room);
            }
        }
        people += u64::from(size);
        if at + 1 == next {
            next = (next + 1).max(next * 4 / 3);
            let share = |quota: &u32| {
                let part = u64::from(*quota) * people;
                u32::try_from(part.div_ceil(expected.max(people).max(1))).unwrap_or(*quota)
            };
            let so_far = Packing {
                values: packing.values.iter().take(at + 1).cloned().collect(),
                sizes: packing.sizes.iter().take(at + 1).copied().collect(),
                quotas: packing.quotas.iter().map(share).collect(),
                bonus: packing.bonus,
            };
            prices = so_far.pack(goes_on)?.prices;
        }
    }
    Ok(regions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_held_back_for_who_can_go_nowhere_else() {
        // In turn one who has work in both regions, and one who has work in the first alone; no two are alike.
        let count = 80;
        let worth = |at: i64| 1_000 + at * 37 % 50;
        let values = (0..count).map(|at| match at % 2 {
            0 => vec![Some(worth(at)), Some(worth(at + 3) - 100)],
            _ => vec![Some(worth(at)), Some(at % 7)],
        });
        let values: Vec<_> = values.collect();
        let (sizes, quotas) = (vec![1; values.len()], vec![40, 40]);
        let packing = Packing { values, sizes, quotas, bonus: 100_000 };
        let worth = |regions: &[Option<usize>]| -> i64 {
            let values = packing.values.iter().zip(regions);
            values.filter_map(|(own, region)| own[(*region)?]).sum()
        };
        let best = worth(&packing.pack(&|| Ok::<(), ()>(())).unwrap().regions);
        let regions = in_turn(&packing, 80, &|| Ok::<(), ()>(())).unwrap();
        assert!(regions.iter().all(Option::is_some));
        let held = worth(&regions);
        // First come, first served fills the first region with the first 40.
        let first: Vec<_> = (0..80).map(|at| Some(usize::from(at >= 40))).collect();
        let first = worth(&first);
        assert!(first < held && held <= best, "{first} {held} {best}");
        assert!((best - held) * 3 < best - first, "{first} {held} {best}");
    }
}
