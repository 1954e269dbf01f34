// SPDX-License-Identifier: EUPL-1.2
//! Text: what people write, folded so that it can be compared, and what people read, in Dutch and English.

mod catalogue;
mod fold;
mod wrap;

pub(crate) use catalogue::{Args, Say, Voice};
pub use catalogue::{Lang, Text};
pub use fold::fold;
pub(crate) use wrap::{heading, wrapped};

/// Whole numbers in proportion to `raw` that sum to `total`, by largest remainder; ties go to the earlier one.
///
/// Nothing but zeros for nothing but zeros.
pub(crate) fn largest_remainder(raw: &[u32], total: u32) -> Vec<u32> {
    let sum: u64 = raw.iter().copied().map(u64::from).sum();
    if sum == 0 {
        return vec![0; raw.len()];
    }
    let exact = |one: &u32| u64::from(*one) * u64::from(total);
    let mut whole: Vec<u32> =
        raw.iter().map(|one| u32::try_from(exact(one) / sum).unwrap_or_default()).collect();
    let mut order: Vec<usize> = (0..raw.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(raw.get(*at).map_or(0, |one| exact(one) % sum)));
    let missing = total.saturating_sub(whole.iter().sum());
    for at in order.into_iter().take(usize::try_from(missing).unwrap_or_default()) {
        if let Some(one) = whole.get_mut(at) {
            *one += 1;
        }
    }
    whole
}
