// SPDX-License-Identifier: EUPL-1.2
//! What vacancies ask, found once and without knowing any person, so that one person after another can be compared with it.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use rayon::prelude::*;

use super::Plain;
use super::build::{SkillRows, skill_rows};
use super::cross::interned;
use crate::policy::{Area, Sector};
use crate::prepare::{
    Bytes, Packed, Quick, Rows, SkillKey, SnapshotBytes, Stored, VacancyFacts, Word, Words,
    WorkDemand, Workplace, numbers, structs,
};
use crate::vocabulary::Reading;

/// Vacancies, ready for one person at a time. It depends on no person and no request.
#[derive(Debug, Clone)]
pub(crate) struct Stock {
    /// For each view of a gate or criterion a vacancy with each demand that differs.
    pub(super) demands: [Rows<1>; VIEWS],
    /// Demands on the right to work, without the employer.
    pub(super) works: Vec<WorkDemand>,
    /// For each of them the first that every gate answers alike to who has no permit with a limit of hours.
    pub(super) alike: Rows<1>,
    pub(super) readings: Vec<Reading>,
    /// Readings of titles with their shares, by number of the reading.
    pub(super) occupations: Vec<Box<[(u32, u8)]>>,
    pub(super) skills: SkillRows,
    /// The right to work and hours that are asked together.
    pub(super) terms: Rows<2>,
    /// Languages and a diploma that are asked together.
    pub(super) speech: Rows<2>,
    /// Professions, certificates and licences that are asked together.
    pub(super) papers: Rows<3>,
    /// Education and languages that count together, with what they weigh.
    pub(super) learned: Vec<Learned>,
    pub(super) regions: Vec<Region>,
    pub(super) sites: Vec<Site>,
    /// What gates ask of each vacancy, [`Keys`], in the order of the sites.
    pub(super) keys: Rows<6>,
    /// What else each vacancy asks, [`Asked`], in the same order.
    pub(super) asked: Rows<7>,
    /// Skills of all vacancies, one after the other: row × 256 + weight.
    pub(super) weighted: Rows<1>,
    /// Hashes of ids, ascending, the high word first, each with the number of its vacancy.
    pub(super) hashes: Rows<3>,
    /// The place of each vacancy, by its number.
    pub(super) places: Rows<1>,
    /// The word of the employer, by place.
    pub(super) employers: Rows<1>,
}

/// Views of which the demands are numbered.
pub(super) const VIEWS: usize = 12;
pub(super) const LANGUAGES_SPOKEN: usize = 0;
pub(super) const DIPLOMA: usize = 1;
pub(super) const REGULATED: usize = 2;
pub(super) const CERTIFICATES: usize = 3;
pub(super) const LICENCES: usize = 4;
pub(super) const EXCLUSION: usize = 5;
pub(super) const TIMES: usize = 6;
pub(super) const HOURS: usize = 7;
pub(super) const EDUCATION: usize = 8;
pub(super) const LANGUAGE: usize = 9;
pub(super) const SECTOR: usize = 10;
pub(super) const PERIOD: usize = 11;

/// What is kept as a row of numbers, in the order of its fields.
macro_rules! rows_of {
    ($($(#[$doc:meta])+ $name:ident, $row:ident { $($field:ident),+ })+) => { $(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy)]
        pub(super) struct $name {
            $(pub(super) $field: u32),+
        }

        pub(super) type $row = Stored<{ [$(stringify!($field)),+].len() }>;

        impl $name {
            #[inline(always)]
            pub(super) fn of(row: &$row) -> Self {
                let [$($field),+] = numbers(row);
                Self { $($field),+ }
            }

            fn rows(all: impl Iterator<Item = Self>) -> Rows<{ [$(stringify!($field)),+].len() }> {
                Rows::of(all.map(|Self { $($field),+ }| [$($field),+]))
            }
        }
    )+ };
}

rows_of! {
    /// What decides of most vacancies in reach, by number: what gates ask, and what of the score is looked up first.
    Keys, KeysRow { terms, speech, papers, exclusion, learned, occupation }

    /// What a vacancy asks beside what its gates share with others, by number.
    Asked, AskedRow { vacancy, sector, hours, times, period, first_skill, skills }
}

/// Education and languages that count, by number, and what the criteria weigh.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Learned {
    pub(super) education: u32,
    pub(super) language: u32,
    pub(super) weights: [u8; 6],
}

/// Sites near each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    /// Holds all areas of its sites; `None` where the work has no place that could be too far.
    pub(super) cover: Option<Area>,
    /// The site after its last.
    pub(super) end: u32,
}

/// A place of work.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site {
    pub(super) workplace: Workplace,
    /// What travel weighs at least.
    pub(super) travel: u8,
    /// The place after its last vacancy.
    pub(super) end: u32,
}

/// Sites in a square of this many metres are a region: 2 to the power of it.
const REGION_BITS: u32 = 14;

type Square = Option<(i32, i32)>;
/// A vacancy in order: its region and site, what its gates ask, its occupation and number.
type Placed = (Square, u32, [u32; 3], u32, u32);

impl Stock {
    pub(crate) fn new(plain: Plain<'_>, vacancies: &[VacancyFacts]) -> Self {
        let views: Vec<(Vec<u32>, Vec<u32>)> =
            (0..VIEWS).into_par_iter().map(|view| view_of(view, vacancies)).collect();
        let ((sites, works), occupations) = rayon::join(
            || (interned(vacancies, VacancyFacts::workplace), Works::new(plain, vacancies)),
            || Occupations::new(vacancies),
        );
        let of = |numbers: &[u32], at: usize| numbers.get(at).copied().unwrap_or_default();
        let number = |view: usize, at: usize| views.get(view).map_or(0, |(own, _)| of(own, at));
        let all = || 0..vacancies.len();
        let terms = all().map(|at| [of(&works.of_vacancy, at), number(HOURS, at)]);
        let (terms_of, terms) = distinct(&terms.collect::<Vec<_>>());
        let speech = all().map(|at| [LANGUAGES_SPOKEN, DIPLOMA].map(|view| number(view, at)));
        let (speech_of, speech) = distinct(&speech.collect::<Vec<_>>());
        let papers =
            all().map(|at| [REGULATED, CERTIFICATES, LICENCES].map(|view| number(view, at)));
        let (papers_of, papers) = distinct(&papers.collect::<Vec<_>>());
        let learned = all().zip(vacancies).map(|(at, facts)| Learned {
            education: number(EDUCATION, at),
            language: number(LANGUAGE, at),
            weights: plain.weights_in_force(facts),
        });
        let (learned_of, learned) = distinct(&learned.collect::<Vec<_>>());
        let mut order: Vec<Placed> = (0..)
            .zip(vacancies)
            .map(|(vacancy, facts)| {
                let at = vacancy as usize;
                let gates = [&terms_of, &speech_of, &papers_of].map(|numbers| of(numbers, at));
                let occupation = of(&occupations.of_vacancy, at);
                (square(facts.workplace()), of(&sites.0, at), gates, occupation, vacancy)
            })
            .collect();
        order.par_sort_unstable();
        let (skills, weighted) = skill_rows(order.iter().map(|(.., vacancy)| *vacancy), vacancies);
        let keys = order.iter().map(|(_, _, [terms, speech, papers], occupation, vacancy)| {
            let at = *vacancy as usize;
            let (exclusion, learned) = (number(EXCLUSION, at), of(&learned_of, at));
            let (terms, speech, papers, occupation) = (*terms, *speech, *papers, *occupation);
            Keys { terms, speech, papers, exclusion, learned, occupation }
        });
        let mut next_skill = 0;
        let asked = order.iter().map(|(.., vacancy)| {
            let at = *vacancy as usize;
            let skills = vacancies.get(at).map_or(0, |one| one.skills().len());
            let skills = u32::try_from(skills).unwrap_or_default();
            let first_skill = next_skill;
            next_skill += skills;
            let [sector, hours, times, period] =
                [SECTOR, HOURS, TIMES, PERIOD].map(|view| number(view, at));
            let vacancy = *vacancy;
            Asked { vacancy, sector, hours, times, period, first_skill, skills }
        });
        let travel = |vacancy: u32| {
            let learned = learned.get(of(&learned_of, vacancy as usize) as usize);
            learned.map_or(0, |one| one.weights[4])
        };
        let (regions, sites) = regions(&order, travel, vacancies);
        let mut hashes: Vec<(u64, u32)> =
            (0..).zip(vacancies).map(|(number, one)| (one.id_hash(), number)).collect();
        hashes.par_sort_unstable();
        let mut places = vec![0; vacancies.len()];
        for (place, (.., vacancy)) in (0..).zip(&order) {
            if let Some(own) = places.get_mut(*vacancy as usize) {
                *own = place;
            }
        }
        let employer = |vacancy: u32| vacancies.get(vacancy as usize)?.work.employer;
        let employers = order.iter().map(|(.., vacancy)| employer(*vacancy));
        let mut views = views.iter().map(|(_, demands)| Rows::of_each(demands.iter().copied()));
        Self {
            demands: std::array::from_fn(|_| views.next().unwrap_or_default()),
            works: works.demands,
            alike: Rows::of_each(works.alike),
            readings: occupations.readings,
            occupations: occupations.lists,
            skills,
            terms: Rows::of(terms),
            speech: Rows::of(speech),
            papers: Rows::of(papers),
            regions,
            sites,
            keys: Keys::rows(keys),
            asked: Asked::rows(asked),
            weighted: Rows::of_each(weighted),
            hashes: Rows::of(hashes.iter().map(|(hash, number)| {
                let [a, b, c, d, e, f, g, h] = hash.to_be_bytes();
                [u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]), *number]
            })),
            places: Rows::of_each(places),
            employers: Rows::of_each(employers.map(|word| word.unwrap_or(Words::NOTHING).number())),
            learned,
        }
    }

    /// The vacancies whose ids have a hash.
    pub(crate) fn with_hash(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let hash_of = |row: &Stored<3>| {
            let [high, low, _] = numbers(row);
            u64::from(high) << 32 | u64::from(low)
        };
        let first = self.hashes.partition_point(|row| hash_of(row) < hash);
        let own = self.hashes.iter().skip(first).take_while(move |row| hash_of(row) == hash);
        own.map(|row| {
            let [_, _, number] = numbers(row);
            number
        })
    }

    /// Whether it is made of so many vacancies.
    pub(crate) fn is_of(&self, vacancies: usize) -> bool {
        [self.keys.len(), self.asked.len(), self.places.len(), self.hashes.len()]
            .iter()
            .all(|count| *count == vacancies)
    }

    /// The place of a vacancy in the order in which they are looked at.
    pub(crate) fn place(&self, vacancy: u32) -> u32 {
        self.places.number(vacancy as usize).unwrap_or(u32::MAX)
    }

    /// Writes all of it.
    pub(crate) fn put(&self, to: &mut Vec<u8>) {
        self.demands.iter().for_each(|demands| demands.put(to));
        put_list(to, &self.works);
        self.alike.put(to);
        put_list(to, &self.readings);
        put_list(to, &self.occupations);
        let mut skills: Vec<(u32, SkillKey)> =
            self.skills.iter().map(|(skill, row)| (*row, *skill)).collect();
        skills.sort_unstable();
        put_list(to, &skills);
        self.terms.put(to);
        self.speech.put(to);
        self.papers.put(to);
        put_list(to, &self.learned);
        put_list(to, &self.regions);
        put_list(to, &self.sites);
        self.keys.put(to);
        self.asked.put(to);
        self.weighted.put(to);
        self.hashes.put(to);
        self.places.put(to);
        self.employers.put(to);
    }

    /// What [`Stock::put`] wrote.
    pub(crate) fn take(snapshot: &SnapshotBytes, from: &mut Bytes<'_>) -> Option<Self> {
        let mut demands: [Rows<1>; VIEWS] = Default::default();
        for own in &mut demands {
            *own = Rows::take(snapshot, from)?;
        }
        let stock = Self {
            demands,
            works: take_list(from)?,
            alike: Rows::take(snapshot, from)?,
            readings: take_list(from)?,
            occupations: take_list(from)?,
            skills: take_list::<(u32, SkillKey)>(from)?
                .into_iter()
                .map(|(row, skill)| (skill, row))
                .collect(),
            terms: Rows::take(snapshot, from)?,
            speech: Rows::take(snapshot, from)?,
            papers: Rows::take(snapshot, from)?,
            learned: take_list(from)?,
            regions: take_list(from)?,
            sites: take_list(from)?,
            keys: Rows::take(snapshot, from)?,
            asked: Rows::take(snapshot, from)?,
            weighted: Rows::take(snapshot, from)?,
            hashes: Rows::take(snapshot, from)?,
            places: Rows::take(snapshot, from)?,
            employers: Rows::take(snapshot, from)?,
        };
        // Scores are reckoned in 16 bits, which holds for weights that sum to 100.
        let fits = |one: &Learned| one.weights.map(u16::from).iter().sum::<u16>() <= 100;
        stock.learned.iter().all(fits).then_some(stock)
    }

    /// The skills of a vacancy.
    pub(super) fn skills_of(&self, asked: Asked) -> impl Iterator<Item = u32> + '_ {
        let from = asked.first_skill as usize;
        let own = self.weighted.get(from..from.saturating_add(asked.skills as usize));
        own.unwrap_or_default().iter().map(|row| {
            let [weighted] = numbers(row);
            weighted
        })
    }

    /// The employer of a vacancy, or the word that stands for none.
    pub(super) fn employer(&self, vacancy: u32) -> Option<Word> {
        self.employers.number(self.place(vacancy) as usize).map(Word::of_number)
    }
}

structs! {
    Learned { education, language, weights }
    Region { cover, end }
    Site { workplace, travel, end }
}

fn put_list<T: Packed>(to: &mut Vec<u8>, list: &[T]) {
    u32::try_from(list.len()).unwrap_or(u32::MAX).put(to);
    list.iter().for_each(|one| one.put(to));
}

fn take_list<T: Packed>(from: &mut Bytes<'_>) -> Option<Vec<T>> {
    <Box<[T]>>::take(from).map(<[T]>::into_vec)
}

/// The number of the demand of each vacancy, and a vacancy with each demand.
fn view_of(view: usize, vacancies: &[VacancyFacts]) -> (Vec<u32>, Vec<u32>) {
    match view {
        LANGUAGES_SPOKEN => interned(vacancies, VacancyFacts::spoken),
        DIPLOMA => interned(vacancies, |one| one.required.diploma),
        REGULATED => interned(vacancies, VacancyFacts::regulated),
        CERTIFICATES => interned(vacancies, |one| &*one.required.certificates),
        LICENCES => interned(vacancies, |one| &*one.required.licences),
        // Titles differ too much to be numbered: who excludes one asks every vacancy.
        EXCLUSION => interned(vacancies, |one| (one.readings(), one.work.sector.as_ref())),
        TIMES => interned(vacancies, VacancyFacts::working_times),
        HOURS => interned(vacancies, |one| one.hours),
        EDUCATION => interned(vacancies, |one| one.required.education),
        LANGUAGE => interned(vacancies, |one| &*one.required.languages),
        PERIOD => interned(vacancies, VacancyFacts::period),
        _ => interned(vacancies, |one| one.work.sector.as_ref()),
    }
}

/// The distinct ones of these, and the number of each.
fn distinct<T: Copy + Eq + Hash>(items: &[T]) -> (Vec<u32>, Vec<T>) {
    let (numbers, firsts) = interned(items, |item| *item);
    let first = |at: u32| items.get(at as usize).copied();
    (numbers, firsts.into_iter().filter_map(first).collect())
}

struct Works {
    of_vacancy: Vec<u32>,
    demands: Vec<WorkDemand>,
    alike: Vec<u32>,
}

impl Works {
    /// Demands on the right to work; equal where only an employer, or a sector that no rule names, tells them apart.
    fn new(plain: Plain<'_>, vacancies: &[VacancyFacts]) -> Self {
        let rules: Vec<&Sector> = plain.rules.sectors().collect();
        let mut known: HashMap<Vec<bool>, Option<Sector>> = HashMap::new();
        let mut narrow = |sector: &Sector| {
            let answers: Vec<bool> = rules.iter().map(|rule| rule.holds(sector)).collect();
            let told = answers.contains(&true);
            *known.entry(answers).or_insert_with(|| told.then_some(*sector))
        };
        let mut numbers: HashMap<WorkDemand, u32, Quick> = HashMap::default();
        let mut demands = Vec::new();
        let of_vacancy = vacancies.iter().map(|vacancy| {
            let sector = vacancy.work.sector.as_ref().and_then(&mut narrow);
            let demand = WorkDemand { sector, employer: None, ..vacancy.work.clone() };
            if let Some(number) = numbers.get(&demand) {
                return *number;
            }
            let number = u32::try_from(demands.len()).unwrap_or(u32::MAX);
            demands.push(demand.clone());
            numbers.insert(demand, number);
            number
        });
        let of_vacancy = of_vacancy.collect();
        // Hours are only compared with limits: one above the same limits is as good.
        let limits: BTreeSet<u32> = plain.rules.hour_limits().collect();
        let narrowed: Vec<WorkDemand> = demands
            .iter()
            .map(|demand: &WorkDemand| {
                let least = limits.range(..demand.hours_min).next_back();
                let hours_min = least.map_or(0, |limit| limit + 1);
                WorkDemand { hours_min, ..demand.clone() }
            })
            .collect();
        let (of_demand, firsts) = interned(&narrowed, |demand| demand);
        let first = |number: &u32| firsts.get(*number as usize).copied().unwrap_or_default();
        let alike = of_demand.iter().map(first).collect();
        Self { of_vacancy, demands, alike }
    }
}

struct Occupations {
    of_vacancy: Vec<u32>,
    readings: Vec<Reading>,
    lists: Vec<Box<[(u32, u8)]>>,
}

impl Occupations {
    fn new(vacancies: &[VacancyFacts]) -> Self {
        let (of_vacancy, firsts) = interned(vacancies, VacancyFacts::readings);
        let mut numbers: HashMap<Reading, u32, Quick> = HashMap::default();
        let mut readings = Vec::new();
        let firsts = firsts.into_iter().filter_map(|first| vacancies.get(first as usize));
        let lists = firsts.map(|one| {
            let list = one.readings().iter().map(|reading| {
                let work = Reading { share: 0, ..*reading };
                let number = *numbers.entry(work).or_insert_with(|| {
                    readings.push(work);
                    u32::try_from(readings.len() - 1).unwrap_or(u32::MAX)
                });
                (number, reading.share)
            });
            list.collect()
        });
        let lists = lists.collect();
        Self { of_vacancy, readings, lists }
    }
}

/// The square that a place of work lies in; `None` where no way is too long.
fn square(workplace: Workplace) -> Square {
    let area = workplace.area.filter(|_| !workplace.remote)?;
    Some((area.x >> REGION_BITS, area.y >> REGION_BITS))
}

fn regions(
    order: &[Placed],
    travel: impl Fn(u32) -> u8,
    vacancies: &[VacancyFacts],
) -> (Vec<Region>, Vec<Site>) {
    let (mut regions, mut sites): (Vec<Region>, Vec<Site>) = (Vec::new(), Vec::new());
    let mut covered = Vec::new();
    let mut before: Option<(Square, u32)> = None;
    for (at, (square, site, _, _, number)) in (1u32..).zip(order) {
        let Some(facts) = vacancies.get(*number as usize) else { continue };
        let same_square = before.is_some_and(|(old, _)| old == *square);
        if !same_square {
            covered.clear();
            regions.push(Region { cover: None, end: 0 });
        }
        if before != Some((*square, *site)) {
            let workplace = facts.workplace();
            sites.push(Site { workplace, travel: u8::MAX, end: 0 });
            covered.extend(workplace.area.filter(|_| square.is_some()));
            let end = u32::try_from(sites.len()).unwrap_or(u32::MAX);
            if let Some(region) = regions.last_mut() {
                *region = Region { cover: cover(&covered), end };
            }
        }
        if let Some(site) = sites.last_mut() {
            (site.travel, site.end) = (site.travel.min(travel(*number)), at);
        }
        before = Some((*square, *site));
    }
    (regions, sites)
}

/// An area that holds all of these: none of their points is nearer to any place than its nearest point.
fn cover(areas: &[Area]) -> Option<Area> {
    let middle = |of: fn(&Area) -> i32| {
        let (least, most) = (areas.iter().map(of).min()?, areas.iter().map(of).max()?);
        Some(least.midpoint(most))
    };
    let centre = Area { x: middle(|one| one.x)?, y: middle(|one| one.y)?, radius: 0 };
    // Distances are rounded down, both of this one and of the one that is compared.
    let beyond = |one: &Area| {
        let (_, between, _) = centre.distance(*one);
        between.saturating_add(one.radius).saturating_add(2)
    };
    Some(Area { radius: areas.iter().map(beyond).max()?, ..centre })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn area() -> impl Strategy<Value = Area> {
        (0..300_000i32, 300_000..620_000i32, 0..9_000u32).prop_map(|(x, y, radius)| Area {
            x,
            y,
            radius,
        })
    }

    proptest! {
        #[test]
        fn a_cover_is_never_farther_than_what_it_holds(
            areas in prop::collection::vec(area(), 1..8),
            home in area(),
        ) {
            let cover = cover(&areas).unwrap();
            for one in areas {
                prop_assert!(home.distance(cover).0 <= home.distance(one).0);
            }
        }
    }
}
