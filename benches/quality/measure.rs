// SPDX-License-Identifier: EUPL-1.2
//! Figures of a method on a set.

use std::time::Instant;

use passend::{LinkHints, LinkStatus, Linker};

use crate::data::{Query, Set, Vocabulary};

/// What a report says of a method on a set.
#[derive(Default)]
pub(crate) struct Figures {
    /// Mean reciprocal rank among the first hundred, or mean average precision.
    pub(crate) mean: f64,
    /// Share of texts with a right answer among the first 1, 5, 10.
    pub(crate) within: [f64; 3],
    /// Share of texts that are answered without a question.
    pub(crate) coverage: Option<f64>,
    /// Share of those answers that are right.
    pub(crate) precision: Option<f64>,
    pub(crate) micros: f64,
}

/// Time on the processor where the system tells it, else time on the wall: other programs do not count.
pub(crate) struct Clock {
    wall: Instant,
    processor: Option<f64>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { wall: Instant::now(), processor: Self::processor() }
    }

    pub(crate) fn micros(&self) -> f64 {
        match (self.processor, Self::processor()) {
            (Some(start), Some(end)) => (end - start) / 1e3,
            _ => self.wall.elapsed().as_secs_f64() * 1e6,
        }
    }

    /// Nanoseconds that this thread ran, on Linux.
    fn processor() -> Option<f64> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok()
    }
}

/// Ids that a method puts first.
type Find<'a> = dyn Fn(&str, usize) -> Vec<u32> + 'a;

pub(crate) fn measure(
    set: &Set,
    vocabulary: &Vocabulary,
    queries: &[Query],
    find: &Find<'_>,
) -> Figures {
    let mut figures = Figures::default();
    let k = if set.ranks_all() { vocabulary.ids.len() } else { 100 };
    let clock = Clock::start();
    for query in queries {
        let found = find(&query.text, k);
        let ranks = ranks(query, found.iter().map(|concept| vocabulary.id(*concept)));
        figures.mean += if set.ranks_all() {
            average_precision(&ranks, query.right.len())
        } else {
            ranks.first().map_or(0.0, |rank| 1.0 / f64::from(*rank))
        };
        for (within, most) in figures.within.iter_mut().zip([1, 5, 10]) {
            *within += if ranks.first().is_some_and(|rank| *rank <= most) { 1.0 } else { 0.0 };
        }
    }
    figures.micros = clock.micros();
    let count = f64::from(u32::try_from(queries.len().max(1)).unwrap_or(u32::MAX));
    figures.mean /= count;
    figures.micros /= count;
    for within in &mut figures.within {
        *within /= count;
    }
    figures
}

pub(crate) fn measure_linker(
    set: &Set,
    vocabulary: &Vocabulary,
    queries: &[Query],
    linker: &Linker,
) -> Figures {
    let find = |text: &str, k: usize| {
        let answer = linker.find(text, LinkHints::default(), k);
        answer.matches.iter().map(|one| one.concept).collect()
    };
    let mut figures = measure(set, vocabulary, queries, &find);
    if !set.ranks_all() {
        let (mut answered, mut right) = (0.0, 0.0);
        for query in queries {
            let answer = linker.find(&query.text, LinkHints::default(), 1);
            if answer.status == LinkStatus::Linked
                && let Some(first) = answer.matches.first()
            {
                answered += 1.0;
                let id = vocabulary.id(first.concept);
                right += if query.right.iter().any(|one| one == id) { 1.0 } else { 0.0 };
            }
        }
        let count = f64::from(u32::try_from(queries.len().max(1)).unwrap_or(u32::MAX));
        figures.coverage = Some(answered / count);
        figures.precision = (answered > 0.0).then(|| right / answered);
    }
    figures
}

/// The ranks, from 1, of right answers; the query itself is left out.
fn ranks<'a>(query: &Query, found: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let others = found.filter(|id| *id != query.id);
    let right = |id: &str| query.right.iter().any(|one| one == id);
    (1..).zip(others).filter(|(_, id)| right(id)).map(|(rank, _)| rank).collect()
}

fn average_precision(ranks: &[u32], right: usize) -> f64 {
    let sum: f64 = (1u32..).zip(ranks).map(|(nth, rank)| f64::from(nth) / f64::from(*rank)).sum();
    sum / f64::from(u32::try_from(right.max(1)).unwrap_or(u32::MAX))
}
