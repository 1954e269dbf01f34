// SPDX-License-Identifier: EUPL-1.2
//! The vacancies stream past 64 people: masks first, then scores, then the lists.

use fearless_simd::{Level, Simd, dispatch};

use super::block::{Asks, Block, Dates, Masks};
use super::build::{Asked, Group, Index, LEVELS};
use super::coarse::{self, reaching, reaching_one};
use super::lanes::{
    LANES, Lanes, Row, add_contributions, add_product, add_wishes, any_reaches, any_reaches_one,
    at_price, bits, later_than, masked,
};
use super::price::{Price, PricedGroup, excess};
use super::{Keep, Plain, Scored, Sides, Tie};
use crate::gate::dates;
use crate::score::contribution;

/// Lists of vacancies next to each other, which one block at a time adds to.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// The place of the first vacancy in the order of the index.
    pub(super) first: u32,
    pub(super) keeps: Vec<Keep>,
    pub(super) thresholds: Vec<u16>,
}

/// What stays the same for all blocks.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    pub(super) plain: Plain<'a>,
    pub(super) index: &'a Index,
    pub(super) sides: Sides<'a>,
    pub(super) asks: Asks,
    /// Lists of people are asked.
    pub(super) people: bool,
    /// What is added to what a score must reach.
    pub(super) prices: Option<&'a [Price]>,
    /// Whether the work is to stop, whatever is found by then.
    pub(super) stopped: &'a (dyn Fn() -> bool + Sync),
}

/// Groups that pass a block between two looks at whether the work is to stop: some 0.1 ms, and less than 0.1 s if each
/// holds thousands of vacancies.
const AT_ONCE: usize = 256;

/// Lets the vacancies of these groups stream past a block.
///
/// Compiled for several instruction sets; the processor decides when it runs, and the answer is the same.
pub(super) fn scan(
    scan: Scan<'_>,
    block: &mut Block,
    groups: (usize, usize),
    shelf: Option<&mut Shelf>,
) {
    block.note_steps();
    dispatch!(Level::new(), simd => pass(simd, scan, block, groups, shelf));
}

#[inline(always)]
fn pass<S: Simd>(
    simd: S,
    scan: Scan<'_>,
    block: &mut Block,
    (from, to): (usize, usize),
    mut shelf: Option<&mut Shelf>,
) {
    let index = scan.index;
    let mut levels = [Masks::default(); LEVELS + 1];
    let (mut at, mut look) = (from, from);
    while at < to {
        let Some(group) = index.groups.get(at) else { break };
        if at >= look {
            if (scan.stopped)() {
                return;
            }
            look = at + AT_ONCE;
        }
        // Only from the first key that differs are the masks other than those of the group before.
        let first = if at == from { 0 } else { usize::from(group.differs) };
        let way = block.ways.get(group.way as usize).copied().unwrap_or_default();
        if let Some(level) = stopped(block, group, way, &mut levels, first) {
            at = index.after(at, level);
            continue;
        }
        at += 1;
        let [.., all] = levels;
        look_at(simd, scan, block, group, (way, all), shelf.as_deref_mut());
    }
}

/// Lets the vacancies of those groups stream past a block in which somebody may gain at their prices.
pub(super) fn scan_priced(scan: Scan<'_>, block: &mut Block, groups: &[PricedGroup]) {
    dispatch!(Level::new(), simd => pass_priced(simd, scan, block, groups));
}

#[inline(always)]
fn pass_priced<S: Simd>(simd: S, scan: Scan<'_>, block: &mut Block, groups: &[PricedGroup]) {
    let index = scan.index;
    let mut levels = [Masks::default(); LEVELS + 1];
    // From this key on the masks are not those of the group.
    let mut first = 0;
    let (mut at, mut look) = (0, 0);
    while let Some(priced) = groups.get(at) {
        if at >= look {
            if (scan.stopped)() {
                return;
            }
            look = at + AT_ONCE;
        }
        at += 1;
        first = first.min(usize::from(priced.differs));
        let number = priced.number as usize;
        let Some(group) = index.groups.get(number) else { break };
        if block.wanting.is_too_dear(priced.least) {
            continue;
        }
        let way = block.ways.get(group.way as usize).copied().unwrap_or_default();
        let stop = stopped(block, group, way, &mut levels, first);
        first = usize::MAX;
        if let Some(level) = stop {
            let next = index.after(number, level);
            let rest = groups.get(at..).unwrap_or_default();
            at += rest.partition_point(|priced| (priced.number as usize) < next);
            continue;
        }
        let [.., all] = levels;
        look_at(simd, scan, block, group, (way, all), None);
    }
}

/// Looks at the vacancies of a group for those whom its masks leave.
#[inline(always)]
fn look_at<S: Simd>(
    simd: S,
    scan: Scan<'_>,
    block: &mut Block,
    group: &Group,
    (way, all): ([Masks; 2], Masks),
    mut shelf: Option<&mut Shelf>,
) {
    let index = scan.index;
    let (live, later) = alive(block, way, all);
    let mut rest = 0;
    if later != 0 && scan.asks.later {
        rest = count_later(scan, block, group, later);
    }
    // Who cannot reach the work from home may do so after a move that a vacancy waits for.
    let some = live | rest | block.each_moves & !all.nowhere;
    if block.each && (some & block.each_of != 0 || scan.asks.dates != Dates::OwnDay) {
        if some != 0 {
            one_by_one(simd, scan, block, group, (way, all, later & !rest), shelf);
        }
        return;
    }
    if rest != 0 {
        for (_, asked) in vacancies(index, group) {
            block.later += u64::from(positive(block, index, asked, rest).count_ones());
        }
    }
    if live != 0 {
        for (place, asked) in vacancies(index, group) {
            reach(simd, scan, block, place, asked, live, shelf.as_deref_mut());
        }
    }
}

/// Joins the masks of the keys of a group from the first that differs on; gives the level at which nobody is left.
#[inline(always)]
pub(super) fn stopped(
    block: &Block,
    group: &Group,
    [before, after]: [Masks; 2],
    levels: &mut [Masks; LEVELS + 1],
    first: usize,
) -> Option<usize> {
    if first == 0 {
        // What is closed before and after a move is closed.
        levels[0] =
            Masks { nowhere: !block.all | before.nowhere & after.nowhere, late: 0, moved: 0 };
    }
    let mut masks = levels.get(first.saturating_sub(1)).copied().unwrap_or_default();
    if masks.nowhere == u64::MAX {
        return Some(first.saturating_sub(1));
    }
    let tables = block.levels.iter().zip(&group.keys).zip(&mut levels[1..]).enumerate();
    for (level, ((table, key), to)) in tables.skip(first.max(1) - 1) {
        masks = masks.and(table.get(*key as usize).copied().unwrap_or_default());
        *to = masks;
        if masks.nowhere == u64::MAX {
            return Some(level + 1);
        }
    }
    None
}

/// Who can be listed, and who could be later.
#[inline(always)]
pub(super) fn alive(block: &Block, [before, after]: [Masks; 2], masks: Masks) -> (u64, u64) {
    let moved = masks.moved;
    let nowhere = masks.nowhere | before.nowhere & !moved | after.nowhere & moved;
    let late = masks.late | before.late & !moved | after.late & moved | block.own_late;
    (!(nowhere | late), late & !nowhere)
}

#[inline(always)]
pub(super) fn vacancies<'a>(
    index: &'a Index,
    group: &Group,
) -> impl Iterator<Item = (u32, &'a Asked)> {
    let own = index.asked.get(group.first as usize..group.end as usize).unwrap_or_default();
    (group.first..).zip(own)
}

/// What all but the skills contribute, for all people of a block.
#[inline(always)]
pub(super) fn without_skills(block: &Block, asked: &Asked) -> Lanes {
    const NOTHING: Row = [0; LANES];
    let [_, by_occupation, by_education, by_language, by_travel, by_wishes] =
        asked.weights.map(u16::from);
    let mut scores = [0; LANES];
    if asked.weights[1..] == [0; 5] {
        return scores;
    }
    let [educations, languages, travels, all_sectors, all_hours] = &block.fits;
    let [education, language, travel, sectors, hours] = asked.fits;
    let education = educations.get(education as usize).unwrap_or(&NOTHING);
    let language = languages.get(language as usize).unwrap_or(&NOTHING);
    let travel = travels.get(travel as usize).unwrap_or(&NOTHING);
    let at = asked.occupation as usize;
    add_product(&mut scores, block.occupation.get(at).unwrap_or(&NOTHING), by_occupation);
    add_product(&mut scores, education, by_education);
    add_product(&mut scores, language, by_language);
    add_product(&mut scores, travel, by_travel);
    let wished = block.wished.get(at).unwrap_or(&NOTHING);
    if block.several_wishes {
        let sectors = all_sectors.get(sectors as usize).unwrap_or(&NOTHING);
        let hours = all_hours.get(hours as usize).unwrap_or(&NOTHING);
        add_wishes(&mut scores, [wished, sectors, hours], &block.factors.0, by_wishes);
    } else {
        add_product(&mut scores, wished, by_wishes);
    }
    scores
}

/// Adds what the skills contribute.
#[inline(always)]
pub(super) fn with_skills(block: &Block, skills: &[u32], weight: u8, scores: &mut Lanes) {
    add_contributions(scores, &block.credits.sums(skills), u16::from(weight));
}

/// The skills that a vacancy asks.
#[inline(always)]
pub(super) fn skills<'a>(index: &'a Index, asked: &Asked) -> &'a [u32] {
    let own = asked.first_skill as usize..(asked.first_skill + asked.skills) as usize;
    index.weighted.get(own).unwrap_or_default()
}

/// The score of one person of a block; or less than `least`, where it is not that much.
#[inline(always)]
pub(super) fn score_of(
    block: &Block,
    asked: &Asked,
    skills: &[u32],
    lane: usize,
    least: u16,
) -> u16 {
    let one =
        |row: Option<&Row>| row.and_then(|row| row.get(lane)).map_or(0, |one| u16::from(*one));
    let [_, by_occupation, by_education, by_language, by_travel, by_wishes] =
        asked.weights.map(u16::from);
    let at = asked.occupation as usize;
    let fit = |rows: &[Row], row: u32| one(rows.get(row as usize));
    let [educations, languages, travels, all_sectors, all_hours] = &block.fits;
    let [education, language, travel, sectors, hours] = asked.fits;
    let (education, language) = (fit(educations, education), fit(languages, language));
    let travel = fit(travels, travel);
    let (sectors, hours) = (fit(all_sectors, sectors), fit(all_hours, hours));
    let wished = one(block.wished.get(at)) + sectors + hours;
    let factor = block.factors.0.get(lane).copied().unwrap_or_default();
    let rest = by_occupation
        .wrapping_mul(one(block.occupation.get(at)))
        .wrapping_add(by_education.wrapping_mul(education))
        .wrapping_add(by_language.wrapping_mul(language))
        .wrapping_add(by_travel.wrapping_mul(travel))
        .wrapping_add(by_wishes.wrapping_mul(wished.wrapping_mul(factor) >> 9));
    if rest.wrapping_add(u16::from(asked.weights[0]) * 100) < least {
        return rest;
    }
    rest.wrapping_add(contribution(asked.weights[0], block.credits.sum(skills, lane)))
}

/// Up to so many people are looked at one by one: that is less work than all lanes.
pub(super) const FEW: u32 = 4;

/// Looks whether a score of those that can be listed reaches a list.
#[inline(always)]
fn reach<S: Simd>(
    simd: S,
    scan: Scan<'_>,
    block: &mut Block,
    place: u32,
    asked: &Asked,
    mut live: u64,
    shelf: Option<&mut Shelf>,
) {
    let at = shelf.as_ref().map_or(0, |shelf| place.wrapping_sub(shelf.first) as usize);
    let threshold = shelf.as_ref().and_then(|shelf| shelf.thresholds.get(at)).copied();
    let threshold = threshold.unwrap_or(u16::MAX);
    let priced;
    let mut price = 0;
    let wanted = match scan.prices {
        None => &block.thresholds.0,
        Some(prices) => {
            let own = prices.get(asked.vacancy as usize).copied().unwrap_or(Price::LEFT_OUT);
            // Who could not gain, whatever the score, is not asked.
            live &= block.wanting.could_gain(own);
            if live == 0 {
                return;
            }
            if !block.has_rows {
                block.fill_rows(scan.plain, scan.index, scan.sides, scan.asks);
            }
            price = own.price;
            priced = at_price(&block.thresholds.0, price);
            &priced
        }
    };
    let skills = skills(scan.index, asked);
    if live.count_ones() > FEW {
        // Who would not even reach a list with what is rounded up gets no score.
        let steps =
            block.coarse.steps(simd, &scan.index.parts, &block.credits, asked.parts, skills);
        let mut hopeful = 0;
        if scan.people {
            hopeful = match scan.prices {
                None => reaching(steps, &block.asked_steps.0),
                Some(_) => reaching(steps, &coarse::steps(wanted)),
            };
        }
        if shelf.is_some() {
            hopeful |= reaching_one(steps, threshold);
        }
        live &= hopeful;
        if live == 0 {
            return;
        }
    }
    let mut scores = [0; LANES];
    if live.count_ones() <= FEW {
        let mut reached = false;
        for lane in bits(live) {
            let own = wanted.get(lane).copied().unwrap_or(u16::MAX);
            let least = threshold.min(if scan.people { own } else { u16::MAX });
            let score = score_of(block, asked, skills, lane, least);
            if score >= least
                && let Some(place) = scores.get_mut(lane)
            {
                *place = score;
                reached = true;
            }
        }
        if !reached {
            return;
        }
    } else {
        scores = without_skills(block, asked);
        with_skills(block, skills, asked.weights[0], &mut scores);
        scores = masked(&scores, live, 0);
    }
    if scan.people && any_reaches(&scores, wanted) {
        if scan.prices.is_none() {
            take_for_people(scan, block, asked, &scores);
        } else {
            let wanted = *wanted;
            take_beyond(scan, block, asked, &scores, (&wanted, price));
        }
    }
    if let Some(shelf) = shelf
        && any_reaches_one(&scores, threshold)
    {
        take_for_vacancy(scan, block, at, asked, &scores, shelf);
    }
}

#[inline(never)]
fn take_for_people(scan: Scan<'_>, block: &mut Block, asked: &Asked, scores: &Lanes) {
    let Block { members, keeps, thresholds, .. } = &mut *block;
    let lists = members.iter().zip(keeps).zip(&mut thresholds.0);
    for (score, ((owner, keep), threshold)) in scores.iter().zip(lists) {
        if score >= threshold {
            let pair = Scored { score: *score, other: asked.vacancy };
            keep.offer(pair, scan.asks.k, |pair| {
                Tie::new(scan.index, scan.sides, *owner, pair.other)
            });
            *threshold = keep.threshold();
        }
    }
    block.note_steps();
}

/// Takes the pairs by how far their score is beyond what was to be reached, but those that are listed.
#[inline(never)]
fn take_beyond(
    scan: Scan<'_>,
    block: &mut Block,
    asked: &Asked,
    scores: &Lanes,
    (wanted, price): (&Lanes, u16),
) {
    let Block { members, keeps, thresholds, wanting, .. } = block;
    let own = wanting.floors.0.iter().zip(&wanting.mosts.0).zip(&mut thresholds.0);
    for (((score, wanted), ((floor, most), threshold)), (owner, keep)) in
        scores.iter().zip(wanted).zip(own).zip(members.iter().zip(keeps))
    {
        if score >= wanted && score <= most {
            let pair = Scored { score: excess(*score, *floor, price), other: asked.vacancy };
            keep.offer(pair, scan.asks.k, |pair| {
                Tie::new(scan.index, scan.sides, *owner, pair.other)
            });
            *threshold = floor.saturating_add(keep.threshold() - 1);
        }
    }
}

#[inline(never)]
fn take_for_vacancy(
    scan: Scan<'_>,
    block: &Block,
    at: usize,
    asked: &Asked,
    scores: &Lanes,
    shelf: &mut Shelf,
) {
    let (Some(keep), Some(threshold)) = (shelf.keeps.get_mut(at), shelf.thresholds.get_mut(at))
    else {
        return;
    };
    for (score, member) in scores.iter().zip(&block.members) {
        if score >= threshold {
            let pair = Scored { score: *score, other: *member };
            let own = asked.vacancy;
            keep.offer(pair, scan.asks.k, |pair| Tie::new(scan.index, scan.sides, pair.other, own));
            *threshold = keep.threshold();
        }
    }
}

/// Counts the pairs of a group that open later, for those people who surely have a score for all of its vacancies and of
/// whom no vacancy asks anything by itself; gives the others.
///
/// All vacancies of a group are at one place: whoever has something for the way has something for all.
#[inline(always)]
fn count_later(scan: Scan<'_>, block: &mut Block, group: &Group, later: u64) -> u64 {
    let mut sure = block.positive;
    if block.counts_travel
        && let Some(asked) = scan.index.asked.get(group.first as usize)
        && asked.weights[4] > 0
    {
        let [_, _, travels] = &block.some;
        sure |= travels.get(asked.fits[2] as usize).copied().unwrap_or_default();
    }
    let counted = later & sure & !block.each_of;
    block.later += u64::from(counted.count_ones()) * u64::from(group.end - group.first);
    later & !counted
}

/// Those of the lanes that have a score above 0.
#[inline(always)]
pub(super) fn positive(block: &Block, index: &Index, asked: &Asked, lanes: u64) -> u64 {
    let mut sure = lanes & block.positive;
    if sure == lanes {
        return lanes;
    }
    // A percentage above 0 has a weight above 0 where it is asked.
    let some = |masks: &[u64], row: u32, weight: u8| {
        if weight > 0 { masks.get(row as usize).copied().unwrap_or_default() } else { 0 }
    };
    let [_, by_occupation, by_education, by_language, by_travel, by_wishes] = asked.weights;
    let [educations, languages, travels] = &block.some;
    let [education, language, travel, ..] = asked.fits;
    let work = block.some_work.get(asked.occupation as usize).copied().unwrap_or_default();
    sure |= lanes
        & (some(educations, education, by_education)
            | some(languages, language, by_language)
            | some(travels, travel, by_travel)
            | some(&work, 0, by_occupation)
            | some(&work, 1, by_wishes));
    let rest = lanes & !sure;
    if rest == 0 {
        return sure;
    }
    let skills = skills(index, asked);
    if rest.count_ones() <= FEW {
        let scored = |lane: &usize| score_of(block, asked, skills, *lane, 0) > 0;
        return bits(rest).filter(scored).fold(sure, |all, lane| all | 1 << lane);
    }
    let mut scores = without_skills(block, asked);
    with_skills(block, skills, asked.weights[0], &mut scores);
    sure | rest & later_than(&scores, 0, 0, &[u16::MAX; LANES])
}

/// The vacancies of a group each with what it asks by itself: exclusions, hours, working times, dates. Those who were
/// counted for the whole group are not counted again.
#[inline(always)]
fn one_by_one<S: Simd>(
    simd: S,
    scan: Scan<'_>,
    block: &mut Block,
    group: &Group,
    (way, all, counted): ([Masks; 2], Masks, u64),
    mut shelf: Option<&mut Shelf>,
) {
    for (place, asked) in vacancies(scan.index, group) {
        let own = |masks: &[Masks], at: u32| masks.get(at as usize).copied().unwrap_or_default();
        let masks = all
            .and(own(&block.exclusion, asked.exclusion))
            .and(own(&block.hours, asked.hours))
            .and(own(&block.times, asked.times));
        let (mut live, mut later) = alive(block, way, masks);
        if scan.asks.dates != Dates::OwnDay && live != 0 {
            let late = late_by_dates(scan, block, asked, live);
            live &= !late;
            later |= late;
        }
        later &= !counted;
        if later != 0 && scan.asks.later {
            block.later += u64::from(positive(block, scan.index, asked, later).count_ones());
        }
        if live != 0 {
            reach(simd, scan, block, place, asked, live, shelf.as_deref_mut());
        }
    }
}

/// Those of the lanes that the dates make late.
#[inline(never)]
fn late_by_dates(scan: Scan<'_>, block: &Block, asked: &Asked, live: u64) -> u64 {
    let Scan { plain, sides, asks, .. } = scan;
    let Some(vacancy) = sides.1.get(asked.vacancy as usize) else { return 0 };
    // A pair may be judged whole here, which takes a hundred times longer than a lane.
    if (scan.stopped)() {
        return 0;
    }
    let late = |lane: &usize| {
        let member = block.members.get(*lane).and_then(|member| sides.0.get(*member as usize));
        member.is_some_and(|candidate| {
            let day = match scan.asks.dates {
                Dates::OwnDay => plain.as_of,
                Dates::FirstDay => {
                    dates(plain.on_day(), candidate.stay(), vacancy.period(), plain.as_of).day
                }
                Dates::Pair => plain.verdict(candidate, vacancy).day,
            };
            asks.horizon.is_late(day)
        })
    };
    bits(live).filter(late).fold(0, |all, lane| all | 1 << lane)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::When;
    use crate::index::testing::demo;
    use crate::index::{Best, Horizon};

    /// One block of everybody past all vacancies, in one version of the scan.
    fn passed(
        when: When,
        version: impl Fn(Scan<'_>, &mut Block, (usize, usize), &mut Shelf),
    ) -> (Vec<Best>, u64) {
        let market = demo();
        let (plain, sides) = (market.plain(), market.sides());
        let index = Index::new(plain, sides, || Ok::<(), ()>(())).unwrap();
        let horizon = Horizon { last_day: when.last_day(market.as_of()), sure: false, steps: true };
        let asks = Asks::new(plain, sides.0, horizon, 5);
        let scanning = Scan {
            plain,
            index: &index,
            sides,
            asks,
            people: true,
            prices: None,
            stopped: &|| false,
        };
        let count = index.asked.len();
        let mut shelf =
            Shelf { first: 0, keeps: vec![Keep::default(); count], thresholds: vec![1; count] };
        let (mut lists, mut later) = (Vec::new(), 0);
        for members in index.people.chunks(LANES) {
            let mut block = Block::default();
            block.fill(plain, &index, sides, asks, members, &|| false);
            version(scanning, &mut block, (0, index.groups.len()), &mut shelf);
            later += block.later;
            lists.extend(block.keeps);
        }
        lists.extend(shelf.keeps);
        (lists.into_iter().map(|keep| keep.finish(5, |pair| pair.other)).collect(), later)
    }

    /// All that this processor has.
    fn levels() -> Vec<Level> {
        #[cfg(target_arch = "x86_64")]
        {
            let best = Level::new();
            let some = [
                best.as_sse2().map(Level::Sse2),
                best.as_sse4_2().map(Level::Sse4_2),
                best.as_avx2().map(Level::Avx2),
                best.as_avx512().map(Level::Avx512),
            ];
            some.into_iter().flatten().collect()
        }
        #[cfg(not(target_arch = "x86_64"))]
        vec![Level::baseline(), Level::new()]
    }

    #[test]
    fn every_instruction_set_gives_the_same() {
        for when in [When::Now, When::Horizon, When::Any] {
            let by_level = levels().into_iter().map(|level| {
                passed(when, |scan, block, range, shelf| {
                    block.note_steps();
                    dispatch!(level, simd => pass(simd, scan, block, range, Some(shelf)));
                })
            });
            let by_level: Vec<_> = by_level.collect();
            let chosen =
                passed(when, |one, block, range, shelf| scan(one, block, range, Some(shelf)));
            assert!(chosen.0.iter().any(|list| !list.pairs.is_empty()));
            assert!(by_level.iter().all(|one| *one == chosen), "{when:?}");
        }
    }
}
