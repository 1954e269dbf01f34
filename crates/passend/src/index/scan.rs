// SPDX-License-Identifier: EUPL-1.2
//! The vacancies stream past people side by side: masks first, then scores, then the lists.

use fearless_simd::{Level, Simd, dispatch};

use super::asked::{Asked, Group, LEVELS};
use super::band::Band;
use super::bits::{Bits, bits};
use super::block::Block;
use super::build::Index;
use super::coarse::{self, reaching, reaching_one};
use super::gates::{Masks, Setting};
use super::lanes::{
    LANES, Lanes, Row, add_contributions, add_product, add_wishes, any_reaches, any_reaches_one,
    at_price, masked,
};
use super::parts::Terms;
use super::price::{Price, PricedGroup, excess};
use super::stays::Late;
use super::{Keep, Scored, Tie};
use crate::score::contribution;

/// Lists of vacancies next to each other, which one band at a time adds to.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// The place of the first vacancy in the order of the index.
    pub(super) first: u32,
    pub(super) keeps: Vec<Keep>,
    pub(super) thresholds: Vec<u16>,
}

/// What stays the same for all bands.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    pub(super) setting: Setting<'a>,
    /// Lists of people are asked.
    pub(super) people: bool,
    /// What is added to what a score must reach.
    pub(super) prices: Option<&'a [Price]>,
}

/// Groups that pass a band between two looks at whether the work is to stop: some 0.1 ms, and less than 0.1 s if each
/// holds thousands of vacancies.
const AT_ONCE: usize = 256;

/// Lets the vacancies of these groups stream past a band.
///
/// Compiled for several instruction sets; the processor decides when it runs, and the answer is the same.
pub(super) fn scan<const WORDS: usize>(
    scan: Scan<'_>,
    band: &mut Band<WORDS>,
    groups: (usize, usize),
    shelf: Option<&mut Shelf>,
) {
    band.note_steps();
    dispatch!(Level::new(), simd => pass(simd, scan, band, groups, shelf));
}

#[inline(always)]
fn pass<S: Simd, const WORDS: usize>(
    simd: S,
    scan: Scan<'_>,
    band: &mut Band<WORDS>,
    (from, to): (usize, usize),
    mut shelf: Option<&mut Shelf>,
) {
    let index = scan.setting.index;
    let mut levels = [Masks::default(); LEVELS + 1];
    let (mut at, mut look) = (from, from);
    while at < to {
        let Some(group) = index.groups.get(at) else { break };
        if at >= look {
            if (scan.setting.stopped)() {
                return;
            }
            look = at + AT_ONCE;
        }
        // Only from the first key that differs are the masks other than those of the group before.
        let first = if at == from { 0 } else { usize::from(group.differs) };
        let way = band.gates.way(group);
        if let Some(level) = band.gates.stopped(group, way, &mut levels, first) {
            at = index.after(at, level);
            continue;
        }
        at += 1;
        let [.., all] = &levels;
        look_at(simd, scan, band, group, all, shelf.as_deref_mut());
    }
}

/// Lets the vacancies of those groups stream past a band in which somebody may gain at their prices.
pub(super) fn scan_priced<const WORDS: usize>(
    scan: Scan<'_>,
    band: &mut Band<WORDS>,
    groups: &[PricedGroup],
) {
    dispatch!(Level::new(), simd => pass_priced(simd, scan, band, groups));
}

#[inline(always)]
fn pass_priced<S: Simd, const WORDS: usize>(
    simd: S,
    scan: Scan<'_>,
    band: &mut Band<WORDS>,
    groups: &[PricedGroup],
) {
    let index = scan.setting.index;
    let mut levels = [Masks::default(); LEVELS + 1];
    // From this key on the masks are not those of the group.
    let mut first = 0;
    let (mut at, mut look) = (0, 0);
    while let Some(priced) = groups.get(at) {
        if at >= look {
            if (scan.setting.stopped)() {
                return;
            }
            look = at + AT_ONCE;
        }
        at += 1;
        first = first.min(usize::from(priced.differs));
        let number = priced.number as usize;
        let Some(group) = index.groups.get(number) else { break };
        if band.blocks.iter().all(|block| block.wanting.is_too_dear(priced.least)) {
            continue;
        }
        let stop = band.gates.stopped(group, band.gates.way(group), &mut levels, first);
        first = usize::MAX;
        if let Some(level) = stop {
            let next = index.after(number, level);
            let rest = groups.get(at..).unwrap_or_default();
            at += rest.partition_point(|priced| (priced.number as usize) < next);
            continue;
        }
        let [.., all] = &levels;
        look_at(simd, scan, band, group, all, None);
    }
}

/// Looks at the vacancies of a group for those whom its masks leave.
#[inline(always)]
fn look_at<S: Simd, const WORDS: usize>(
    simd: S,
    scan: Scan<'_>,
    band: &mut Band<WORDS>,
    group: &Group,
    all: &Masks<WORDS>,
    mut shelf: Option<&mut Shelf>,
) {
    let index = scan.setting.index;
    let (live, later) = band.gates.alive(band.gates.way(group), all);
    let (mut rest, mut sure) = (Bits::NONE, Bits::NONE);
    if scan.setting.asks.later && later.any() {
        sure = surely_positive(scan, band, group);
        // Of whom a vacancy may ask something by itself is counted for each of them.
        let counted = later & sure & !band.gates.each_of;
        band.later += u64::from(counted.count()) * u64::from(group.end - group.first);
        rest = later & !counted;
    }
    let gates = &band.gates;
    // Who cannot reach the work from home may do so after a move that a vacancy waits for.
    let some = live | rest | gates.each_moves & !all.nowhere;
    if (some & gates.each_of).any() {
        one_by_one(simd, scan, band, group, all, (later & !rest, sure), shelf);
        return;
    }
    if rest.any() {
        for (_, asked) in vacancies(index, group) {
            band.later += u64::from(positive(band, index, asked, rest).count());
        }
    }
    if live.any() {
        for (place, asked) in vacancies(index, group) {
            reach(simd, scan, band, (place, asked), live, shelf.as_deref_mut());
        }
    }
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
pub(super) fn without_skills(block: &Block, asked: &Terms) -> Lanes {
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
    if block.wish_several != 0 {
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
    let first = asked.first_skill as usize;
    let own = first..first + usize::from(asked.skills);
    index.weighted.get(own).unwrap_or_default()
}

/// The score of one person of a block; or less than `least`, where it is not that much.
#[inline(always)]
pub(super) fn score_of(
    block: &Block,
    asked: &Terms,
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
pub(super) const FEW: u32 = 2;

/// Looks whether a score of those that can be listed reaches a list.
#[inline(always)]
fn reach<S: Simd, const WORDS: usize>(
    simd: S,
    scan: Scan<'_>,
    band: &mut Band<WORDS>,
    (place, asked): (u32, &Asked),
    mut live: Bits<WORDS>,
    mut shelf: Option<&mut Shelf>,
) {
    let mut price = 0;
    if let Some(prices) = scan.prices {
        let own = prices.get(asked.vacancy as usize).copied().unwrap_or(Price::LEFT_OUT);
        // Who could not gain, whatever the score, is not asked.
        for (word, block) in live.0.iter_mut().zip(&band.blocks) {
            *word &= block.wanting.could_gain(own);
        }
        if !live.any() {
            return;
        }
        if !band.has_rows {
            band.fill_rows(scan.setting);
        }
        price = own.price;
    }
    let at = shelf.as_ref().map_or(0, |shelf| place.wrapping_sub(shelf.first) as usize);
    let threshold = shelf.as_ref().and_then(|shelf| shelf.thresholds.get(at)).copied();
    let threshold = threshold.unwrap_or(u16::MAX);
    let skills = skills(scan.setting.index, asked);
    if live.count() > FEW {
        live &= hopeful(simd, scan, band, (asked, skills), live, (price, threshold));
    }
    if !live.any() {
        return;
    }
    let terms = scan.setting.index.parts.terms(asked);
    let words = band.blocks.iter_mut().zip(&mut band.asked_steps).zip(live.0);
    for ((block, asked_steps), live) in words.filter(|(_, live)| *live != 0) {
        let priced;
        let wanted = if scan.prices.is_some() {
            priced = at_price(&block.thresholds.0, price);
            &priced
        } else {
            &block.thresholds.0
        };
        let Some(scores) = scores(block, (&terms, skills), live, |lane| {
            let own = wanted.get(lane).copied().unwrap_or(u16::MAX);
            threshold.min(if scan.people { own } else { u16::MAX })
        }) else {
            continue;
        };
        if scan.people && any_reaches(&scores, wanted) {
            if scan.prices.is_none() {
                take_for_people(scan, block, asked, &scores);
                *asked_steps = coarse::steps(&block.thresholds.0);
            } else {
                let wanted = *wanted;
                take_beyond(scan, block, asked, &scores, (&wanted, price));
            }
        }
        if let Some(shelf) = shelf.as_deref_mut()
            && any_reaches_one(&scores, threshold)
        {
            take_for_vacancy(scan, block, at, asked, &scores, shelf);
        }
    }
}

/// Who would reach a list with what is rounded up.
#[inline(always)]
fn hopeful<S: Simd, const WORDS: usize>(
    simd: S,
    scan: Scan<'_>,
    band: &Band<WORDS>,
    (asked, skills): (&Asked, &[u32]),
    live: Bits<WORDS>,
    (price, threshold): (u16, u16),
) -> Bits<WORDS> {
    let Band { coarse, blocks, asked_steps, .. } = band;
    let parts = &scan.setting.index.parts;
    let hopeful = |steps, word: usize| {
        let mut hopeful = 0;
        if scan.people
            && let (Some(block), Some(asked)) = (blocks.get(word), asked_steps.get(word))
        {
            hopeful = match scan.prices {
                None => reaching(steps, asked),
                Some(_) => reaching(steps, &coarse::steps(&at_price(&block.thresholds.0, price))),
            };
        }
        if threshold < u16::MAX {
            hopeful |= reaching_one(steps, threshold);
        }
        hopeful
    };
    let mut words = [0; WORDS];
    let mut used = live.0.iter().enumerate().filter(|(_, word)| **word != 0);
    if let (Some((only, _)), None) = (used.next(), used.next()) {
        let steps = coarse.steps_of_word(simd, parts, asked, skills, only);
        if let Some(word) = words.get_mut(only) {
            *word = hopeful(steps, only);
        }
    } else {
        let steps = coarse.steps(simd, parts, asked, skills);
        for (number, (word, steps)) in words.iter_mut().zip(steps).enumerate() {
            *word = hopeful(steps, number);
        }
    }
    Bits(words)
}

/// The scores of these people of a block, or of those of a few who have at least as much as is asked of each; 0 for the
/// others. None where nobody has.
#[inline(always)]
fn scores(
    block: &Block,
    (asked, skills): (&Terms, &[u32]),
    live: u64,
    least: impl Fn(usize) -> u16,
) -> Option<Lanes> {
    if live.count_ones() > FEW {
        let mut scores = without_skills(block, asked);
        with_skills(block, skills, asked.weights[0], &mut scores);
        return Some(masked(&scores, live, 0));
    }
    let mut scores = [0; LANES];
    let mut reached = false;
    for lane in bits(live) {
        let least = least(lane);
        let score = score_of(block, asked, skills, lane, least);
        if score >= least
            && let Some(place) = scores.get_mut(lane)
        {
            *place = score;
            reached = true;
        }
    }
    reached.then_some(scores)
}

#[inline(never)]
fn take_for_people(scan: Scan<'_>, block: &mut Block, asked: &Asked, scores: &Lanes) {
    let Block { members, keeps, thresholds, .. } = &mut *block;
    let lists = members.iter().zip(keeps).zip(&mut thresholds.0);
    for (score, ((owner, keep), threshold)) in scores.iter().zip(lists) {
        if score >= threshold {
            let pair = Scored { score: *score, other: asked.vacancy };
            keep.offer(pair, scan.setting.asks.k, |pair| {
                Tie::new(scan.setting.index, scan.setting.sides, *owner, pair.other)
            });
            *threshold = keep.threshold();
        }
    }
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
            keep.offer(pair, scan.setting.asks.k, |pair| {
                Tie::new(scan.setting.index, scan.setting.sides, *owner, pair.other)
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
            keep.offer(pair, scan.setting.asks.k, |pair| {
                Tie::new(scan.setting.index, scan.setting.sides, pair.other, own)
            });
            *threshold = keep.threshold();
        }
    }
}

/// Those who surely have a score for all vacancies of a group.
///
/// They are all at one place: whoever has something for the way has something for all.
#[inline(always)]
fn surely_positive<const WORDS: usize>(
    scan: Scan<'_>,
    band: &Band<WORDS>,
    group: &Group,
) -> Bits<WORDS> {
    let Setting { index, asks, .. } = scan.setting;
    let asked = index.asked.get(group.first as usize).filter(|_| asks.travel);
    let terms = asked.map(|asked| index.parts.terms(asked));
    let travel = terms.filter(|terms| terms.weights[4] > 0).map(|terms| terms.fits[2] as usize);
    let mut sure = [0; WORDS];
    for (sure, block) in sure.iter_mut().zip(&band.blocks) {
        let [_, _, travels, ..] = &block.some;
        let by_travel = travel.and_then(|row| travels.get(row)).copied();
        *sure = block.positive | by_travel.unwrap_or_default();
    }
    Bits(sure)
}

/// Those of the people who have a score above 0.
#[inline(always)]
pub(super) fn positive<const WORDS: usize>(
    band: &Band<WORDS>,
    index: &Index,
    asked: &Asked,
    people: Bits<WORDS>,
) -> Bits<WORDS> {
    // A percentage above 0 has a weight above 0 where it is asked.
    let some = |masks: &[u64], row: u32, weight: u8| {
        if weight > 0 { masks.get(row as usize).copied().unwrap_or_default() } else { 0 }
    };
    let terms = index.parts.terms(asked);
    let [by_skills, by_occupation, by_education, by_language, by_travel, by_wishes] = terms.weights;
    let [education, language, travel, sectors, hours] = terms.fits;
    let mut sure = Bits::NONE;
    let mut perhaps = Bits::NONE;
    let words = sure.0.iter_mut().zip(&mut perhaps.0).zip(people.0);
    for (((sure, perhaps), people), block) in words.zip(&band.blocks) {
        if people == 0 {
            continue;
        }
        let [educations, languages, travels, all_sectors, all_hours] = &block.some;
        *sure = block.positive
            | some(languages, language, by_language)
            | some(travels, travel, by_travel)
            | some(educations, education, by_education);
        if people & !*sure == 0 {
            continue;
        }
        let work = block.some_work.get(terms.occupation as usize).copied().unwrap_or_default();
        let wishes = some(&work, 1, by_wishes)
            | some(all_sectors, sectors, by_wishes)
            | some(all_hours, hours, by_wishes);
        *sure |= some(&work, 0, by_occupation) | wishes & !block.wish_several;
        *perhaps = wishes & block.wish_several;
    }
    if !(people & !sure).any() {
        return people;
    }
    let skills = skills(index, asked);
    let (known, enough) = band.coarse.who_has(skills, by_skills);
    sure |= enough;
    // Who has none of the skills, and of several wishes none that is met at all, has nothing.
    let rest = people & !sure & (known | perhaps);
    let mut scored = [0; WORDS];
    let words = scored.iter_mut().zip(rest.0.iter().zip(known.0)).zip(&band.blocks);
    for ((scored, (rest, known)), block) in words {
        for lane in bits(*rest) {
            let own = if known >> lane & 1 == 1 { skills } else { &[] };
            *scored |= u64::from(score_of(block, &terms, own, lane, 0) > 0) << lane;
        }
    }
    people & (sure | Bits(scored))
}

/// The vacancies of a group each with what it asks by itself: exclusions, hours, working times, dates. Those who were
/// counted for the whole group are not counted again.
#[inline(always)]
fn one_by_one<S: Simd, const WORDS: usize>(
    simd: S,
    scan: Scan<'_>,
    band: &mut Band<WORDS>,
    group: &Group,
    all: &Masks<WORDS>,
    (counted, sure): (Bits<WORDS>, Bits<WORDS>),
    mut shelf: Option<&mut Shelf>,
) {
    for (place, asked) in vacancies(scan.setting.index, group) {
        let gates = &band.gates;
        let masks = gates.with_own(all, asked);
        let (mut live, mut later) = gates.alive(gates.way(group), &masks);
        if !gates.dates.is_empty() && live.any() {
            let late = late_by_dates(scan, band, (place, asked), live);
            live &= !late;
            later |= late;
        }
        later &= !counted;
        if scan.setting.asks.later && later.any() {
            band.later += u64::from((later & sure).count());
            later &= !sure;
            if later.any() {
                band.later += u64::from(positive(band, scan.setting.index, asked, later).count());
            }
        }
        if live.any() {
            reach(simd, scan, band, (place, asked), live, shelf.as_deref_mut());
        }
    }
}

/// Those of the people whom the dates make late.
#[inline(always)]
fn late_by_dates<const WORDS: usize>(
    scan: Scan<'_>,
    band: &Band<WORDS>,
    (place, asked): (u32, &Asked),
    live: Bits<WORDS>,
) -> Bits<WORDS> {
    let Setting { plain, index, sides, .. } = scan.setting;
    let demand = index.stays(plain, sides).demand(place);
    let Late { surely, perhaps } = band.gates.dates.get(demand).copied().unwrap_or_default();
    let perhaps = live & perhaps;
    let late = live & surely;
    if perhaps.any() { late | late_by_pair(scan, band, asked, perhaps) } else { late }
}

/// The same, where only the pair tells.
#[cold]
fn late_by_pair<const WORDS: usize>(
    scan: Scan<'_>,
    band: &Band<WORDS>,
    asked: &Asked,
    people: Bits<WORDS>,
) -> Bits<WORDS> {
    let Setting { plain, sides, asks, stopped, .. } = scan.setting;
    let Some(vacancy) = sides.1.get(asked.vacancy as usize) else { return Bits::NONE };
    // A pair is judged whole here, which takes a hundred times longer than a lane.
    if stopped() {
        return Bits::NONE;
    }
    let mut late = [0; WORDS];
    for (late, (block, people)) in late.iter_mut().zip(band.blocks.iter().zip(people.0)) {
        let is_late = |lane: &usize| {
            let member = block.members.get(*lane).and_then(|member| sides.0.get(*member as usize));
            member.is_some_and(|one| asks.horizon.is_late(plain.verdict(one, vacancy).day))
        };
        *late = bits(people).filter(is_late).fold(0, |all, lane| all | 1 << lane);
    }
    Bits(late)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::When;
    use crate::index::gates::Asks;
    use crate::index::testing::demo;
    use crate::index::{Best, Horizon};

    /// Everybody past all vacancies, in one version of the scan.
    fn passed(
        when: When,
        version: impl Fn(Scan<'_>, &mut Band<2>, (usize, usize), &mut Shelf),
    ) -> (Vec<Best>, u64) {
        let market = demo();
        let (plain, sides) = (market.plain(), market.sides());
        let index = Index::new(plain, sides, || Ok::<(), ()>(())).unwrap();
        let horizon = Horizon { last_day: when.last_day(market.as_of()), sure: false, steps: true };
        let asks = Asks::new(plain, sides.0, horizon, 5);
        let setting = Setting { plain, index: &index, sides, asks, stopped: &|| false };
        let scanning = Scan { setting, people: true, prices: None };
        let count = index.asked.len();
        let mut shelf =
            Shelf { first: 0, keeps: vec![Keep::default(); count], thresholds: vec![1; count] };
        let (mut lists, mut later) = (Vec::new(), 0);
        for members in index.people.chunks(2 * LANES) {
            let mut band = Band::default();
            band.fill(setting, members);
            version(scanning, &mut band, (0, index.groups.len()), &mut shelf);
            later += band.later;
            lists.extend(band.lists().map(|(_, keep)| std::mem::take(keep)));
        }
        lists.extend(shelf.keeps);
        (lists.iter_mut().map(|keep| keep.finish(5, |pair| pair.other)).collect(), later)
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
                passed(when, |scan, band, range, shelf| {
                    band.note_steps();
                    dispatch!(level, simd => pass(simd, scan, band, range, Some(shelf)));
                })
            });
            let by_level: Vec<_> = by_level.collect();
            let chosen =
                passed(when, |one, band, range, shelf| scan(one, band, range, Some(shelf)));
            assert!(chosen.0.iter().any(|list| !list.pairs.is_empty()));
            assert!(by_level.iter().all(|one| *one == chosen), "{when:?}");
        }
    }
}
