// SPDX-License-Identifier: EUPL-1.2
//! Whether there is anything open at all: people side by side past the vacancies, each only until enough was found.
//!
//! Much less than ranking: nobody is compared, and who has enough is not looked at again.

use fearless_simd::{Level, dispatch};
use rayon::prelude::*;

use super::asked::{Asked, LEVELS};
use super::band::Band;
use super::bits::{Bits, bits};
use super::block::Block;
use super::build::Index;
use super::gates::{Asks, Dates, Masks, Setting};
use super::lanes::{LANES, any_reaches_one, masked};
use super::scan::{FEW, positive, score_of, skills, vacancies, with_skills, without_skills};
use super::{Horizon, Place, Plain, Sides};
use crate::gate::{Gate, ReadinessClass, dates, shut_alone};

/// How many pairs with what score are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Enough {
    /// At least so many pairs.
    pub(crate) pairs: u16,
    /// Each with at least this score; never 0.
    pub(crate) score: u16,
}

/// What stays the same for all blocks.
#[derive(Clone, Copy)]
struct Look<'a> {
    plain: Plain<'a>,
    index: &'a Index,
    sides: Sides<'a>,
    horizon: Horizon,
    enough: Enough,
}

/// Of these people those who have enough pairs within the horizon. `check` may stop the work.
///
/// # Errors
///
/// What `check` gives.
pub(crate) fn enough<E: Send>(
    plain: Plain<'_>,
    index: &Index,
    sides: Sides<'_>,
    horizon: Horizon,
    enough: Enough,
    is_asked: impl Fn(u32) -> bool,
    check: impl Fn() -> Result<(), E> + Sync,
) -> Result<Vec<u32>, E> {
    let look = Look { plain, index, sides, horizon, enough };
    in_blocks(look, is_asked, check, |band, members| {
        let done = until_enough(look, band);
        bits(done).filter_map(|lane| members.get(lane).copied()).collect()
    })
}

/// What is found for these people, 64 side by side.
fn in_blocks<T: Send, E: Send>(
    look: Look<'_>,
    is_asked: impl Fn(u32) -> bool,
    check: impl Fn() -> Result<(), E> + Sync,
    find: impl Fn(&mut Band<1>, &[u32]) -> Vec<T> + Sync,
) -> Result<Vec<T>, E> {
    let Look { plain, index, sides, horizon, .. } = look;
    // Dates are judged by class, pair by pair, where all else is open.
    let asks = Asks { dates: Dates::OwnDay, ..Asks::new(plain, sides.0, horizon, 0) };
    let people: Vec<u32> = index.people.iter().copied().filter(|one| is_asked(*one)).collect();
    let blocks: Vec<&[u32]> = people.chunks(LANES).collect();
    let stopped = || check().is_err();
    let setting = Setting { plain, index, sides, asks, stopped: &stopped };
    let found = blocks.par_iter().map_init(Band::default, |band, members| {
        check()?;
        band.fill(setting, members);
        check()?;
        Ok(find(band, members))
    });
    Ok(found.collect::<Result<Vec<_>, E>>()?.into_iter().flatten().collect())
}

/// The lanes that have enough.
fn until_enough(look: Look<'_>, band: &mut Band<1>) -> u64 {
    dispatch!(Level::new(), _ => pass(look, band))
}

#[inline(always)]
fn pass(look: Look<'_>, band: &mut Band<1>) -> u64 {
    let Look { plain, index, sides, horizon, enough } = look;
    let all = band.gates.all;
    let mut left = [enough.pairs.max(1); LANES];
    let mut levels = [Masks::default(); LEVELS + 1];
    let mut at = 0;
    while band.gates.all.any()
        && let Some(group) = index.groups.get(at)
    {
        let first = if at == 0 { 0 } else { usize::from(group.differs) };
        let gates = &band.gates;
        let way = gates.way(group);
        if let Some(level) = gates.stopped(group, way, &mut levels, first) {
            at = index.after(at, level);
            continue;
        }
        at += 1;
        let [.., masks] = &levels;
        if !(gates.alive(way, masks).0 & gates.all).any() {
            continue;
        }
        for (_, asked) in vacancies(index, group) {
            let gates = &band.gates;
            let masks = gates.with_own(masks, asked);
            let Bits([live]) = gates.alive(gates.way(group), &masks).0 & gates.all;
            if live == 0 {
                continue;
            }
            let Some(vacancy) = sides.1.get(asked.vacancy as usize) else { continue };
            let [Block { members, .. }] = &band.blocks;
            let person =
                |lane: usize| members.get(lane).and_then(|member| sides.0.get(*member as usize));
            // Who would be ready too late, or leaves too early, on the first day already, is so on a later one.
            let in_time = |lane: &usize| {
                person(*lane).is_some_and(|one| {
                    let dates = dates(plain.on_day(), one.stay(), vacancy.period(), plain.as_of);
                    !horizon.excludes(dates.class())
                })
            };
            let live = bits(live).filter(in_time).fold(0, |all, lane| all | 1u64 << lane);
            let mut done = 0;
            for lane in bits(reaching(band, index, asked, live, enough.score)) {
                let Some(one) = person(lane) else { continue };
                if horizon.place(&plain.verdict(one, vacancy)) != Place::Listed {
                    continue;
                }
                let Some(left) = left.get_mut(lane) else { continue };
                *left = left.saturating_sub(1);
                if *left == 0 {
                    done |= 1 << lane;
                }
            }
            band.gates.all &= !Bits([done]);
        }
    }
    let Bits([done]) = all & !band.gates.all;
    done
}

/// Those of the lanes whose score reaches this one.
#[inline(always)]
fn reaching(band: &Band<1>, index: &Index, asked: &Asked, lanes: u64, least: u16) -> u64 {
    if lanes == 0 || least <= 1 {
        let Bits([reached]) = positive(band, index, asked, Bits([lanes]));
        return reached;
    }
    let [block] = &band.blocks;
    let (skills, asked) = (skills(index, asked), &index.parts.terms(asked));
    if lanes.count_ones() <= FEW {
        let reaches = |lane: &usize| score_of(block, asked, skills, *lane, least) >= least;
        return bits(lanes).filter(reaches).fold(0, |all, lane| all | 1 << lane);
    }
    let mut scores = without_skills(block, asked);
    let most = masked(&scores, lanes, 100 * u16::from(asked.weights[0]));
    if !any_reaches_one(&most, least) {
        return 0;
    }
    with_skills(block, skills, asked.weights[0], &mut scores);
    let scores = masked(&scores, lanes, 0);
    let reached = (0..LANES).zip(&scores).filter(|(_, score)| **score >= least);
    reached.fold(0, |all, (lane, _)| all | 1 << lane)
}

/// What keeps vacancies with a score away from one person on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Alone {
    /// A vacancy is open.
    pub(crate) open: bool,
    /// By gate: vacancies that this gate alone keeps away. Not counted to the end where a vacancy is open.
    pub(crate) by_gate: [u32; Gate::ALL.len()],
}

/// What keeps vacancies away from these people, each gate asked by itself on the day. `check` may stop the work.
///
/// # Errors
///
/// What `check` gives.
pub(crate) fn alone<E: Send>(
    plain: Plain<'_>,
    index: &Index,
    sides: Sides<'_>,
    is_asked: impl Fn(u32) -> bool,
    check: impl Fn() -> Result<(), E> + Sync,
) -> Result<Vec<(u32, Alone)>, E> {
    let horizon = Horizon { last_day: Some(plain.as_of), sure: true, steps: false };
    let enough = Enough { pairs: 1, score: 1 };
    let look = Look { plain, index, sides, horizon, enough };
    in_blocks(look, is_asked, check, |band, members| {
        members.iter().copied().zip(each_alone(look, band)).collect()
    })
}

/// Who is kept away by something, and who by more than one thing.
#[derive(Debug, Clone, Copy, Default)]
struct Shut {
    some: u64,
    several: u64,
}

impl Shut {
    fn add(&mut self, shut: u64) {
        self.several |= self.some & shut;
        self.some |= shut;
    }
}

/// Gates whose masks a group of vacancies has, in the order of its keys behind the way; papers are several gates in one.
const OF_LEVELS: [Option<Gate>; LEVELS] = [
    Some(Gate::WorkAuthorisation),
    None,
    Some(Gate::Language),
    Some(Gate::Diploma),
    Some(Gate::Profession),
    Some(Gate::Certificate),
    Some(Gate::Certificate),
];

/// By lane what keeps vacancies away.
fn each_alone(look: Look<'_>, band: &Band<1>) -> [Alone; LANES] {
    let Look { plain, index, sides, .. } = look;
    let mut found = [Alone::default(); LANES];
    let Band { gates, blocks: [block], .. } = band;
    let Bits([mut todo]) = gates.all;
    let shut_by = |masks: Masks<1>| {
        let Bits([shut]) = masks.nowhere | masks.late;
        shut
    };
    let at =
        |masks: &[Masks<1>], at: u32| shut_by(masks.get(at as usize).copied().unwrap_or_default());
    for group in &index.groups {
        if todo == 0 {
            break;
        }
        let [before, _] = *gates.way(group);
        let levels = gates.levels.iter().zip(&group.keys).map(|(masks, key)| at(masks, *key));
        let mut of_gates = [0u64; LEVELS];
        for (to, shut) in of_gates.iter_mut().zip(levels) {
            *to = shut;
        }
        // Certificates and licences are one gate.
        let [.., certificates, licences] = &mut of_gates;
        *certificates |= std::mem::take(licences);
        let mut of_group = Shut::default();
        of_group.add(shut_by(before));
        for shut in of_gates {
            of_group.add(shut);
        }
        if todo & !of_group.several == 0 {
            continue;
        }
        for (_, asked) in vacancies(index, group) {
            let own = [
                (Gate::Exclusion, at(&gates.exclusion, asked.exclusion)),
                (Gate::Hours, at(&gates.hours, asked.hours)),
                (Gate::WorkingTime, at(&gates.times, asked.times)),
            ];
            let mut shut = of_group;
            for (_, mask) in own {
                shut.add(mask);
            }
            let live = todo & !shut.several;
            let Some(vacancy) = sides.1.get(asked.vacancy as usize) else { continue };
            let person = |lane: usize| {
                block.members.get(lane).and_then(|member| sides.0.get(*member as usize))
            };
            let late = |lane: &usize| {
                person(*lane).is_some_and(|one| {
                    let dates = dates(plain.on_day(), one.stay(), vacancy.period(), plain.as_of);
                    dates.class() > ReadinessClass::Now
                })
            };
            let late = bits(live).filter(late).fold(0, |all, lane| all | 1u64 << lane);
            shut.add(late);
            let Bits([live]) = positive(band, index, asked, Bits([todo & !shut.several]));
            let open = live & !shut.some;
            for lane in bits(open) {
                if let Some(found) = found.get_mut(lane) {
                    found.open = true;
                }
            }
            todo &= !open;
            let mut count = |gate: Gate, lanes: u64| {
                for lane in bits(lanes) {
                    let by_gate = found.get_mut(lane).map(|found| &mut found.by_gate);
                    if let Some(count) = by_gate.and_then(|own| own.get_mut(gate as usize)) {
                        *count += 1;
                    }
                }
            };
            let live = live & shut.some;
            count(Gate::Travel, live & shut_by(before));
            count(Gate::Dates, live & late);
            for (gate, mask) in own {
                count(gate, live & mask);
            }
            for (gate, mask) in OF_LEVELS.into_iter().zip(of_gates) {
                let lanes = live & mask;
                if let Some(gate) = gate {
                    count(gate, lanes);
                    continue;
                }
                // Which of the gates it is, and whether it is one, only the pair tells.
                for lane in bits(lanes) {
                    let Some(one) = person(lane) else { continue };
                    let shut = shut_alone(plain.on_day(), one, vacancy);
                    let gate = Gate::ALL.get(shut.trailing_zeros() as usize);
                    if let Some(gate) = gate.filter(|_| shut.count_ones() == 1) {
                        count(*gate, 1 << lane);
                    }
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, Watch};
    use crate::model::{Candidate, Vacancy};
    use crate::prepare::{CandidateFacts, VacancyFacts};

    fn records<T: serde::de::DeserializeOwned>(lines: &str) -> Vec<T> {
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn looking_until_enough_finds_what_asking_each_pair_finds() {
        let people: Vec<Candidate> =
            records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/candidates.jsonl")));
        let work: Vec<Vacancy> =
            records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl")));
        let as_of: crate::model::Day = "2026-11-25".parse().unwrap();
        let market = Engine::default().market(&people, &work, as_of).unwrap();
        let watch = Watch::new();
        let (sides, plain) = (market.sides(), market.plain());
        let mut both = [0, 0];
        for (days, pairs, score) in
            [(0, 1, 1), (0, 3, 1), (91, 1, 3000), (365, 2, 5000), (365, 40, 1)]
        {
            let last = as_of.plus_days(days);
            let horizon = Horizon { last_day: Some(last), sure: false, steps: false };
            let index = market.index(&watch).unwrap();
            let asked = Enough { pairs, score };
            let mut found =
                enough(plain, index, sides, horizon, asked, |one| one != 3, || watch.check())
                    .unwrap();
            found.sort_unstable();
            let counted = (0..).zip(sides.0).filter(|(number, one)| {
                let fits = sides.1.iter().filter(|vacancy| {
                    let verdict = plain.verdict(one, vacancy);
                    verdict.class <= ReadinessClass::On
                        && verdict.day <= last
                        && plain.score(one, vacancy).now >= score
                });
                *number != 3 && fits.count() >= usize::from(pairs)
            });
            let counted: Vec<u32> = counted.map(|(number, _)| number).collect();
            both[0] += counted.len();
            both[1] += sides.0.len() - counted.len();
            assert_eq!(found, counted, "{days} {pairs} {score}");
        }
        assert!(both.iter().all(|count| *count > 10), "{both:?}");
    }

    #[test]
    fn what_keeps_away_side_by_side_is_what_keeps_away_pair_by_pair() {
        let people: Vec<Candidate> =
            records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/candidates.jsonl")));
        let work: Vec<Vacancy> =
            records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl")));
        let engine = Engine::default();
        let watch = Watch::new();
        let mut both = [0, 0];
        // With few vacancies many people have nothing open.
        for work in work.chunks(4) {
            let market = engine.market(&people, work, "2026-11-25".parse().unwrap()).unwrap();
            let index = market.index(&watch).unwrap();
            let (plain, sides) = (market.plain(), market.sides());
            let mut found = alone(plain, index, sides, |_| true, || watch.check()).unwrap();
            found.sort_unstable_by_key(|(one, _)| *one);
            for ((number, found), one) in found.into_iter().zip(sides.0) {
                let counted = counted(plain, one, sides.1);
                both[usize::from(counted.open)] += 1;
                assert_eq!(found.open, counted.open, "{number}");
                assert!(counted.open || found == counted, "{number}: {found:?} {counted:?}");
            }
        }
        assert!(both.iter().all(|count| *count > 20), "{both:?}");
    }

    fn counted(plain: Plain<'_>, one: &CandidateFacts, work: &[VacancyFacts]) -> Alone {
        let mut counted = Alone::default();
        for vacancy in work {
            let shut = shut_alone(plain.on_day(), one, vacancy);
            if shut.count_ones() > 1 || plain.score(one, vacancy).now == 0 {
                continue;
            }
            match counted.by_gate.get_mut(shut.trailing_zeros() as usize) {
                Some(count) => *count += 1,
                None => counted.open = true,
            }
        }
        counted
    }
}
