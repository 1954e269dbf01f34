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
    Bytes, Packed, Quick, SkillKey, VacancyFacts, Word, Words, WorkDemand, Workplace, put_all,
    take_all,
};
use crate::vocabulary::Reading;

/// Vacancies, ready for one person at a time. It depends on no person and no request.
#[derive(Debug, Clone)]
pub(crate) struct Stock {
    /// For each view of a gate or criterion a vacancy with each demand that differs.
    pub(super) demands: [Vec<u32>; VIEWS],
    /// Demands on the right to work, without the employer.
    pub(super) works: Vec<WorkDemand>,
    /// For each of them the first that every gate answers alike to who has no permit with a limit of hours.
    pub(super) alike: Vec<u32>,
    pub(super) readings: Vec<Reading>,
    /// Readings of titles with their shares, by number of the reading.
    pub(super) occupations: Vec<Box<[(u32, u8)]>>,
    pub(super) skills: SkillRows,
    /// The right to work and hours that are asked together.
    pub(super) terms: Vec<[u32; 2]>,
    /// Languages and a diploma that are asked together.
    pub(super) speech: Vec<[u32; 2]>,
    /// Professions, certificates and licences that are asked together.
    pub(super) papers: Vec<[u32; 3]>,
    /// Education and languages that count together, with what they weigh.
    pub(super) learned: Vec<Learned>,
    pub(super) regions: Vec<Region>,
    pub(super) sites: Vec<Site>,
    /// What gates ask of each vacancy, in the order of the sites.
    pub(super) keys: Vec<Keys>,
    /// What else each vacancy asks, in the same order.
    pub(super) asked: Vec<Asked>,
    /// Skills of all vacancies, one after the other: row × 256 + weight.
    pub(super) weighted: Vec<u32>,
    /// Hashes of ids, ascending, each with the number of its vacancy.
    pub(super) hashes: Vec<u64>,
    pub(super) hashed: Vec<u32>,
    /// The place of each vacancy, by its number.
    pub(super) places: Vec<u32>,
    /// By place.
    pub(super) employers: Vec<Word>,
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

/// What decides of most vacancies in reach, by number: what gates ask, and what of the score is looked up first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Keys {
    pub(super) terms: u32,
    pub(super) speech: u32,
    pub(super) papers: u32,
    pub(super) exclusion: u32,
    pub(super) learned: u32,
    pub(super) occupation: u32,
}

/// What a vacancy asks beside what its gates share with others, by number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    pub(super) vacancy: u32,
    pub(super) sector: u32,
    pub(super) hours: u32,
    pub(super) times: u32,
    pub(super) period: u32,
    pub(super) first_skill: u32,
    pub(super) skills: u16,
    pub(super) weights: [u8; 6],
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
        let (mut keys, mut asked) =
            (Vec::with_capacity(order.len()), Vec::with_capacity(order.len()));
        let mut first_skill = 0;
        for (_, _, [terms, speech, papers], occupation, vacancy) in &order {
            let at = *vacancy as usize;
            let facts = vacancies.get(at);
            let skills =
                facts.map_or(0, |one| u16::try_from(one.skills().len()).unwrap_or(u16::MAX));
            keys.push(Keys {
                terms: *terms,
                speech: *speech,
                papers: *papers,
                exclusion: number(EXCLUSION, at),
                learned: of(&learned_of, at),
                occupation: *occupation,
            });
            asked.push(Asked {
                vacancy: *vacancy,
                sector: number(SECTOR, at),
                hours: number(HOURS, at),
                times: number(TIMES, at),
                period: number(PERIOD, at),
                first_skill,
                skills,
                weights: facts.map(|one| plain.weights_in_force(one)).unwrap_or_default(),
            });
            first_skill += u32::from(skills);
        }
        let (regions, sites) = regions(&order, &asked, vacancies);
        let mut hashes: Vec<(u64, u32)> =
            (0..).zip(vacancies).map(|(number, one)| (one.id_hash(), number)).collect();
        hashes.par_sort_unstable();
        let mut places = vec![0; vacancies.len()];
        for (place, asked) in (0..).zip(&asked) {
            if let Some(own) = places.get_mut(asked.vacancy as usize) {
                *own = place;
            }
        }
        let employer = |one: &Asked| vacancies.get(one.vacancy as usize)?.work.employer;
        let employers = asked.iter().map(|one| employer(one).unwrap_or(Words::NOTHING)).collect();
        let mut views = views.into_iter().map(|(_, demands)| demands);
        Self {
            demands: std::array::from_fn(|_| views.next().unwrap_or_default()),
            works: works.demands,
            alike: works.alike,
            readings: occupations.readings,
            occupations: occupations.lists,
            skills,
            terms,
            speech,
            papers,
            learned,
            regions,
            sites,
            keys,
            asked,
            weighted,
            hashes: hashes.iter().map(|(hash, _)| *hash).collect(),
            hashed: hashes.iter().map(|(_, number)| *number).collect(),
            places,
            employers,
        }
    }

    /// The vacancies whose ids have a hash.
    pub(crate) fn with_hash(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let first = self.hashes.partition_point(|one| *one < hash);
        let own = self.hashes.iter().zip(&self.hashed).skip(first);
        own.take_while(move |(one, _)| **one == hash).map(|(_, number)| *number)
    }

    /// Whether it is made of so many vacancies.
    pub(crate) fn is_of(&self, vacancies: usize) -> bool {
        [self.keys.len(), self.asked.len(), self.places.len(), self.hashed.len()]
            .iter()
            .all(|count| *count == vacancies)
    }

    /// The place of a vacancy in the order in which they are looked at.
    pub(crate) fn place(&self, vacancy: u32) -> u32 {
        self.places.get(vacancy as usize).copied().unwrap_or(u32::MAX)
    }

    /// Writes all of it.
    pub(crate) fn put(&self, to: &mut Vec<u8>) {
        let ones = |to: &mut Vec<u8>, all: &[u32]| put_all(to, all.iter().map(|one| [*one]));
        for demands in &self.demands {
            ones(to, demands);
        }
        put_list(to, &self.works);
        ones(to, &self.alike);
        put_list(to, &self.readings);
        put_list(to, &self.occupations);
        let mut skills: Vec<(u32, SkillKey)> =
            self.skills.iter().map(|(skill, row)| (*row, *skill)).collect();
        skills.sort_unstable();
        put_list(to, &skills);
        put_all(to, self.terms.iter().copied());
        put_all(to, self.speech.iter().copied());
        put_all(to, self.papers.iter().copied());
        put_all(
            to,
            self.learned.iter().map(|one| {
                let [low, high] = words_of(one.weights);
                [one.education, one.language, low, high]
            }),
        );
        put_list(to, &self.regions);
        put_list(to, &self.sites);
        put_all(
            to,
            self.keys.iter().map(|one| {
                let Keys { terms, speech, papers, exclusion, learned, occupation } = *one;
                [terms, speech, papers, exclusion, learned, occupation]
            }),
        );
        put_all(
            to,
            self.asked.iter().map(|one| {
                let [low, high] = words_of(one.weights);
                let skills = u32::from(one.skills) << 16 | high;
                let Asked { vacancy, sector, hours, times, period, .. } = *one;
                [vacancy, sector, hours, times, period, one.first_skill, low, skills]
            }),
        );
        ones(to, &self.weighted);
        put_all(
            to,
            self.hashes.iter().map(|hash| {
                let [a, b, c, d, e, f, g, h] = hash.to_le_bytes();
                [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])]
            }),
        );
        ones(to, &self.hashed);
        ones(to, &self.places);
        put_all(to, self.employers.iter().map(|word| [word.number()]));
    }

    /// What [`Stock::put`] wrote.
    pub(crate) fn take(from: &mut Bytes<'_>) -> Option<Self> {
        let ones = |from: &mut Bytes<'_>| take_all(from, |[one]| one);
        let mut demands: [Vec<u32>; VIEWS] = Default::default();
        for own in &mut demands {
            *own = ones(from)?;
        }
        let stock = Self {
            demands,
            works: take_list(from)?,
            alike: ones(from)?,
            readings: take_list(from)?,
            occupations: take_list(from)?,
            skills: take_list::<(u32, SkillKey)>(from)?
                .into_iter()
                .map(|(row, skill)| (skill, row))
                .collect(),
            terms: take_all(from, |row| row)?,
            speech: take_all(from, |row| row)?,
            papers: take_all(from, |row| row)?,
            learned: take_all(from, |[education, language, low, high]| Learned {
                education,
                language,
                weights: weights_of(low, high),
            })?,
            regions: take_list(from)?,
            sites: take_list(from)?,
            keys: take_all(from, |[terms, speech, papers, exclusion, learned, occupation]| Keys {
                terms,
                speech,
                papers,
                exclusion,
                learned,
                occupation,
            })?,
            asked: take_all(
                from,
                |[vacancy, sector, hours, times, period, first_skill, low, high]| {
                    let [_, _, a, b] = high.to_le_bytes();
                    let (skills, weights) = (u16::from_le_bytes([a, b]), weights_of(low, high));
                    Asked { vacancy, sector, hours, times, period, first_skill, skills, weights }
                },
            )?,
            weighted: ones(from)?,
            hashes: take_all(from, |[low, high]| u64::from(high) << 32 | u64::from(low))?,
            hashed: ones(from)?,
            places: ones(from)?,
            employers: take_all(from, |[number]| Word::of_number(number))?,
        };
        // Scores are reckoned in 16 bits, which holds for weights that sum to 100.
        let fits = |weights: [u8; 6]| weights.map(u16::from).iter().sum::<u16>() <= 100;
        let asked = stock.asked.iter().all(|one| fits(one.weights));
        (asked && stock.learned.iter().all(|one| fits(one.weights))).then_some(stock)
    }

    /// The skills of a vacancy.
    pub(super) fn skills_of(&self, asked: &Asked) -> &[u32] {
        let from = asked.first_skill as usize;
        self.weighted.get(from..from + usize::from(asked.skills)).unwrap_or_default()
    }
}

impl Packed for Region {
    fn put(&self, to: &mut Vec<u8>) {
        self.cover.put(to);
        self.end.put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        Some(Self { cover: Packed::take(from)?, end: Packed::take(from)? })
    }
}

impl Packed for Site {
    fn put(&self, to: &mut Vec<u8>) {
        self.workplace.put(to);
        self.travel.put(to);
        self.end.put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        let (workplace, travel) = (Packed::take(from)?, Packed::take(from)?);
        Some(Self { workplace, travel, end: Packed::take(from)? })
    }
}

fn put_list<T: Packed>(to: &mut Vec<u8>, list: &[T]) {
    u32::try_from(list.len()).unwrap_or(u32::MAX).put(to);
    list.iter().for_each(|one| one.put(to));
}

fn take_list<T: Packed>(from: &mut Bytes<'_>) -> Option<Vec<T>> {
    <Box<[T]>>::take(from).map(<[T]>::into_vec)
}

/// Six weights in two words.
fn words_of([a, b, c, d, e, f]: [u8; 6]) -> [u32; 2] {
    [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, 0, 0])]
}

fn weights_of(low: u32, high: u32) -> [u8; 6] {
    let ([a, b, c, d], [e, f, ..]) = (low.to_le_bytes(), high.to_le_bytes());
    [a, b, c, d, e, f]
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
    asked: &[Asked],
    vacancies: &[VacancyFacts],
) -> (Vec<Region>, Vec<Site>) {
    let (mut regions, mut sites): (Vec<Region>, Vec<Site>) = (Vec::new(), Vec::new());
    let mut covered = Vec::new();
    let mut before: Option<(Square, u32)> = None;
    for ((at, asked), (square, site, _, _, number)) in (1u32..).zip(asked).zip(order) {
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
            let [.., travel, _] = asked.weights;
            (site.travel, site.end) = (site.travel.min(travel), at);
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
