// SPDX-License-Identifier: EUPL-1.2
//! How close occupations are, and skills, computed from what they share when a vocabulary is built.
//!
//! Whole numbers throughout, so that every machine gives the same: logarithms to the base two in 256ths, square roots
//! rounded down. `docs/vocabulary.md` has the formula, `docs/decisions/0013-closeness.md` the measurements.

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;

use super::builder::Need;
use super::store::{number, place};
use super::{Group, LinkKind, OccupationIndex, SkillIndex, Vocabulary};
use crate::text::fold;

/// Levels of broader skills and groups that count, each seven tenths of the one below.
const LEVELS: u32 = 2;
const OF_LEVEL_BELOW: (u64, u64) = (7, 10);
/// Parts of the likeness of two occupations: their skills, their labels, their ISCO-08 groups.
const OF_SKILLS: u64 = 100;
const OF_LABELS: u64 = 30;
const OF_GROUPS: u64 = 10;
/// Neighbours through which two occupations are looked at a second time.
const THROUGH: usize = 5;
/// So many occupations are looked at a second time; a table of all pairs of more would not fit.
const MOST_FOR_SECOND: usize = 10_000;
/// Neighbours that are kept of each occupation.
const NEIGHBOURS: usize = 200;
/// What a likeness in ten-thousandths is worth as hundredths of closeness: straight lines between these points.
const SCALE: [(u64, u64); 6] =
    [(0, 0), (1_000, 2_000), (2_000, 4_000), (3_500, 6_500), (5_500, 8_500), (10_000, 9_500)];
/// A closeness below this is left out.
const LEAST: u64 = 200;

/// What needing another skill says about having it.
const CREDIT_OF_NEEDED: u8 = 50;
const CREDIT_OF_USEFUL: u8 = 30;
/// Computed credits: at most this, at least that, and so many for each skill.
const MOST_CREDIT: u64 = 60;
const LEAST_CREDIT: u64 = 30;
const CREDITS: usize = 8;
/// Used together by chance: as if each pair had so many uses apart.
const DOUBT: u64 = 3;

/// Pairs of occupations and how close they are in hundredths, up to 9,500, each pair both ways.
pub(super) fn occupations(vocabulary: &Vocabulary) -> Vec<(u32, u32, u16)> {
    let first = likeness(vocabulary);
    let through: Vec<Vec<(u32, u16)>> = if first.len() > MOST_FOR_SECOND {
        Vec::new()
    } else {
        (0..first.len()).into_par_iter().map(|at| nearest(&first, at, THROUGH)).collect()
    };
    let nearest: Vec<Vec<(u32, u32, u16)>> = (0..first.len())
        .into_par_iter()
        .map(|at| {
            let mut second = again(&first, &through, at);
            if let Some(own) = second.get_mut(at) {
                *own = 0;
            }
            let mut others: Vec<(Reverse<u64>, u32)> =
                second.into_iter().zip(0..).map(|(one, b)| (Reverse(one), b)).collect();
            if others.len() > NEIGHBOURS {
                others.select_nth_unstable(NEIGHBOURS);
                others.truncate(NEIGHBOURS);
            }
            let scaled = others.into_iter().map(|(Reverse(one), b)| (b, scale(one)));
            let kept = scaled.filter(|(_, value)| *value >= LEAST);
            kept.map(|(b, value)| (number(at), b, u16::try_from(value).unwrap_or_default()))
                .collect()
        })
        .collect();
    // Likeness is the same both ways, so a pair that one of the two keeps is listed for both.
    nearest.into_iter().flatten().flat_map(|(a, b, value)| [(a, b, value), (b, a, value)]).collect()
}

/// Likeness of each occupation to each, in ten-thousandths: skills, labels and groups.
fn likeness(vocabulary: &Vocabulary) -> Vec<Vec<u16>> {
    let skills = Vectors::new(skill_weights(vocabulary));
    let labels = Vectors::new(label_weights(vocabulary));
    let count = number(vocabulary.occupations.len());
    let group = |at: u32| vocabulary.within.get(place(at)).copied().unwrap_or(Group::NONE);
    let parts = OF_SKILLS + OF_LABELS + OF_GROUPS;
    (0..count)
        .into_par_iter()
        .map_init(
            || (vec![0; place(count)], vec![0; place(count)]),
            |(by_skill, by_label), a| {
                skills.dots(a, by_skill);
                labels.dots(a, by_label);
                let one = |b: u32| {
                    if a == b {
                        return 10_000;
                    }
                    // 80 of 100 is the same unit group, the most there is.
                    let by_group = u64::from(group(a).closeness(group(b))) * 125;
                    let sum = OF_SKILLS * skills.cosine(a, b, by_skill)
                        + OF_LABELS * labels.cosine(a, b, by_label)
                        + OF_GROUPS * by_group;
                    u16::try_from(sum / parts).unwrap_or(10_000)
                };
                (0..count).map(one).collect()
            },
        )
        .collect()
}

/// The so many nearest of an occupation, without itself; ties go to the lower number.
fn nearest(likeness: &[Vec<u16>], at: usize, most: usize) -> Vec<(u32, u16)> {
    let row = likeness.get(at).into_iter().flatten().zip(0..);
    let mut others: Vec<(Reverse<u16>, u32)> =
        row.filter(|(_, b)| place(*b) != at).map(|(one, b)| (Reverse(*one), b)).collect();
    if others.len() > most {
        others.select_nth_unstable(most);
        others.truncate(most);
    }
    others.sort_unstable();
    others.into_iter().map(|(Reverse(one), b)| (b, one)).collect()
}

/// Likeness to each other occupation, half of it looked at through the nearest of both: what is like those that I am
/// most like, is like me.
fn again(likeness: &[Vec<u16>], through: &[Vec<(u32, u16)>], at: usize) -> Vec<u64> {
    let row = |at: u32| likeness.get(place(at)).map(Vec::as_slice).unwrap_or_default();
    let own: Vec<u64> = row(number(at)).iter().map(|one| u64::from(*one)).collect();
    if through.is_empty() {
        return own;
    }
    let near = |at: usize| through.get(at).map(Vec::as_slice).unwrap_or_default();
    let total = |near: &[(u32, u16)]| near.iter().map(|(_, one)| u64::from(*one)).sum::<u64>();
    let mut mine = vec![0u64; own.len()];
    for (other, weight) in near(at) {
        for (sum, one) in mine.iter_mut().zip(row(*other)) {
            *sum += u64::from(*weight) * u64::from(*one);
        }
    }
    let mine_total = total(near(at)).max(1);
    let seen = own.iter().zip(mine).enumerate().map(|(b, (one, mine))| {
        let theirs = near(b).iter().map(|(other, weight)| {
            u64::from(*weight) * own.get(place(*other)).copied().unwrap_or(0)
        });
        let theirs = theirs.sum::<u64>() / total(near(b)).max(1);
        (2 * one + mine / mine_total + theirs) / 4
    });
    seen.collect()
}

/// The straight lines of `SCALE`.
fn scale(likeness: u64) -> u64 {
    let pairs = SCALE.iter().zip(SCALE.iter().skip(1));
    for ((from, low), (to, high)) in pairs {
        if likeness <= *to {
            return low + (high - low) * (likeness.saturating_sub(*from)) / (to - from);
        }
    }
    9_500
}

/// Weights of the features of each row, by feature, and which rows have a feature.
struct Vectors {
    rows: Vec<Vec<(u32, u64)>>,
    having: Vec<Vec<(u32, u64)>>,
    /// Length of each row, rounded down.
    lengths: Vec<u64>,
}

impl Vectors {
    fn new(rows: Vec<Vec<(u32, u64)>>) -> Self {
        let features = rows.iter().flatten().map(|(feature, _)| place(*feature) + 1).max();
        let mut having = vec![Vec::new(); features.unwrap_or(0)];
        for (at, row) in rows.iter().enumerate() {
            for (feature, weight) in row {
                if let Some(list) = having.get_mut(place(*feature)) {
                    list.push((number(at), *weight));
                }
            }
        }
        let length = |row: &Vec<(u32, u64)>| {
            row.iter().map(|(_, weight)| weight * weight).sum::<u64>().isqrt()
        };
        let lengths = rows.iter().map(length).collect();
        Self { rows, having, lengths }
    }

    /// Products of a row with every other.
    fn dots(&self, row: u32, dots: &mut [u64]) {
        dots.fill(0);
        for (feature, weight) in self.rows.get(place(row)).into_iter().flatten() {
            for (other, other_weight) in self.having.get(place(*feature)).into_iter().flatten() {
                if let Some(dot) = dots.get_mut(place(*other)) {
                    *dot += weight * other_weight;
                }
            }
        }
    }

    /// Cosine of two rows in ten-thousandths, rounded down, given the products of the first.
    fn cosine(&self, a: u32, b: u32, dots: &[u64]) -> u64 {
        let dot = dots.get(place(b)).copied().unwrap_or(0);
        if dot == 0 {
            return 0;
        }
        let length = |at: u32| u128::from(self.lengths.get(place(at)).copied().unwrap_or(0));
        let cosine = u128::from(dot) * 10_000 / (length(a) * length(b)).max(1);
        u64::try_from(cosine).unwrap_or(10_000).min(10_000)
    }
}

/// Skills of each occupation and what these lie within, weighted by rarity.
fn skill_weights(vocabulary: &Vocabulary) -> Vec<Vec<(u32, u64)>> {
    let levels = |at: usize| {
        let mut shares: HashMap<u32, u64> = HashMap::new();
        for skill in skills_of(vocabulary, OccupationIndex(number(at))) {
            let mut level = vec![skill.0];
            let mut share = 100;
            for _ in 0..=LEVELS {
                // Two skills of one group say more of it than one.
                level.iter().for_each(|one| *shares.entry(*one).or_default() += share);
                share = share * OF_LEVEL_BELOW.0 / OF_LEVEL_BELOW.1;
                level = level
                    .iter()
                    .flat_map(|one| vocabulary.broader.row(place(*one)).iter().copied())
                    .collect();
                level.sort_unstable();
                level.dedup();
            }
        }
        let mut shares: Vec<_> = shares.into_iter().collect();
        shares.sort_unstable();
        shares
    };
    weighted((0..vocabulary.occupations.len()).map(levels).collect(), |rarity| {
        // To the power one and a half: a rare skill in common says more than its rarity.
        (rarity * rarity * rarity).isqrt() / 16
    })
}

/// Words of the labels of each occupation, weighted by rarity.
fn label_weights(vocabulary: &Vocabulary) -> Vec<Vec<(u32, u64)>> {
    let mut words: HashMap<String, u32> = HashMap::new();
    let mut rows: Vec<HashMap<u32, u64>> = vec![HashMap::new(); vocabulary.occupations.len()];
    for label in vocabulary.label_rows(LinkKind::Occupation) {
        let Some(row) = rows.get_mut(place(label.concept)) else { continue };
        for word in fold(label.text).split(' ') {
            let next = number(words.len());
            let word = *words.entry(word.to_owned()).or_insert(next);
            *row.entry(word).or_default() += 1;
        }
    }
    let sorted = |row: HashMap<u32, u64>| {
        // A word in ten labels says more than in one, but not ten times.
        let mut row: Vec<_> = row.into_iter().map(|(word, n)| (word, (n * 64).isqrt())).collect();
        row.sort_unstable();
        row
    };
    weighted(rows.into_iter().map(sorted).collect(), |rarity| rarity)
}

/// Shares times what the rarity of the feature counts for: log₂(rows / rows that have it) in 256ths.
fn weighted(
    mut rows: Vec<Vec<(u32, u64)>>,
    counts_for: impl Fn(u64) -> u64,
) -> Vec<Vec<(u32, u64)>> {
    let mut having: HashMap<u32, u64> = HashMap::new();
    for (feature, _) in rows.iter().flatten() {
        *having.entry(*feature).or_default() += 1;
    }
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    for row in &mut rows {
        for (feature, share) in row.iter_mut() {
            *share *= counts_for(log2(count, having.get(feature).copied().unwrap_or(1)));
        }
        row.retain(|(_, weight)| *weight > 0);
    }
    rows
}

/// log₂(a / b) in 256ths, rounded down; nothing where b is not less than a.
fn log2(a: u64, b: u64) -> u64 {
    if b == 0 || b >= a {
        return 0;
    }
    // Between 1 and 2 in 2³¹ths; each squaring gives one binary place.
    let whole = (a / b).ilog2();
    let mut rest = ((u128::from(a) << 31) / u128::from(b)) >> whole;
    let mut log = u64::from(whole);
    for _ in 0..8 {
        rest = (rest * rest) >> 31;
        log *= 2;
        if rest >= 1 << 32 {
            rest >>= 1;
            log += 1;
        }
    }
    log
}

/// Credits of skills that need each other, or lie within one group and are used by the same occupations.
pub(super) fn credits(vocabulary: &Vocabulary, needs: &[(u32, u32, Need)]) -> Vec<(u32, u32, u8)> {
    let mut credits: Vec<(u32, u32, u8)> = Vec::new();
    for (skill, other, need) in needs {
        let credit = match need {
            Need::Essential => CREDIT_OF_NEEDED,
            Need::Optional => CREDIT_OF_USEFUL,
        };
        credits.push((*skill, *other, credit));
    }
    let count = vocabulary.skills.len();
    let mut users: Vec<Vec<u32>> = vec![Vec::new(); count];
    for at in 0..vocabulary.occupations.len() {
        for skill in skills_of(vocabulary, OccupationIndex(number(at))) {
            if let Some(users) = users.get_mut(place(skill.0)) {
                users.push(number(at));
            }
        }
    }
    let used = |at: u32| u64::try_from(users.get(place(at)).map_or(0, Vec::len)).unwrap_or(0);
    let broader = |at: u32| vocabulary.broader.row(place(at));
    let computed: Vec<Vec<(u32, u32, u8)>> = (0..number(count))
        .into_par_iter()
        .map(|skill| {
            let mut together: HashMap<u32, u64> = HashMap::new();
            for user in users.get(place(skill)).into_iter().flatten() {
                for other in skills_of(vocabulary, OccupationIndex(*user)) {
                    *together.entry(other.0).or_default() += 1;
                }
            }
            let credit = |(other, together): (u32, u64)| {
                let apart = (used(skill) * used(other)).isqrt() + DOUBT;
                let credit = MOST_CREDIT * 2 * together / apart.max(1);
                let akin = broader(skill).iter().any(|one| broader(other).contains(one));
                (other != skill && akin && credit >= LEAST_CREDIT)
                    .then(|| (Reverse(credit.min(MOST_CREDIT)), other))
            };
            let mut best: Vec<_> = together.into_iter().filter_map(credit).collect();
            best.sort_unstable();
            best.truncate(CREDITS);
            best.into_iter()
                .map(|(Reverse(credit), other)| {
                    (skill, other, u8::try_from(credit).unwrap_or_default())
                })
                .collect()
        })
        .collect();
    credits.extend(computed.into_iter().flatten());
    credits
}

fn skills_of(
    vocabulary: &Vocabulary,
    occupation: OccupationIndex,
) -> impl Iterator<Item = SkillIndex> {
    let at = place(occupation.0);
    vocabulary.essential.row(at).iter().chain(vocabulary.optional.row(at)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_the_tables() {
        for (a, b, expected) in [
            (8, 1, 768),
            (3, 1, 405),
            (10, 1, 850),
            (3_039, 1, 2_961),
            (5, 4, 82),
            (1, 1, 0),
            (1, 2, 0),
        ] {
            assert_eq!(log2(a, b), expected, "log2({a}/{b})");
        }
    }

    #[test]
    fn the_scale_runs_through_its_points() {
        for (likeness, closeness) in SCALE {
            assert_eq!(scale(likeness), closeness);
        }
        assert_eq!(scale(1_500), 3_000);
    }
}
