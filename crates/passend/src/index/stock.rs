// SPDX-License-Identifier: EUPL-1.2
//! What vacancies ask, found once and without knowing any person, so that one person after another can be compared with it.

use std::collections::HashMap;
use std::hash::Hash;

use rayon::prelude::*;

use super::Plain;
use super::cross::{Quick, interned};
use crate::policy::{Area, Sector};
use crate::prepare::{SkillKey, VacancyFacts, Word, WorkDemand, Workplace};
use crate::vocabulary::Reading;

/// Vacancies, ready for one person at a time. It depends on no person and no request.
#[derive(Debug, Clone)]
pub(crate) struct Stock {
    /// For each view of a gate or criterion a vacancy with each demand that differs.
    pub(super) demands: [Vec<u32>; VIEWS],
    /// Demands on the right to work, without the employer.
    pub(super) works: Vec<WorkDemand>,
    pub(super) readings: Vec<Reading>,
    /// Readings of titles with their shares, by number of the reading.
    pub(super) occupations: Vec<Box<[(u32, u8)]>>,
    pub(super) skills: HashMap<SkillKey, u32, Quick>,
    /// Languages, diploma, professions, certificates and licences that are asked together.
    pub(super) qualifications: Vec<[u32; 5]>,
    /// The right to work and hours that are asked together.
    pub(super) terms: Vec<[u32; 2]>,
    pub(super) regions: Vec<Region>,
    pub(super) sites: Vec<Site>,
    pub(super) groups: Vec<Group>,
    /// Each vacancy, in the order of the groups.
    pub(super) asked: Vec<Asked>,
    /// Skills of all vacancies, one after the other: row × 256 + weight.
    pub(super) weighted: Vec<u32>,
    /// By number of the vacancy.
    hashes: Vec<u64>,
    pub(super) employers: Vec<Option<Word>>,
}

/// Views of which the demands are numbered.
pub(super) const VIEWS: usize = 11;
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

/// What a vacancy asks beside what its gates share with others, by number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    pub(super) vacancy: u32,
    pub(super) occupation: u32,
    pub(super) education: u32,
    pub(super) language: u32,
    pub(super) sector: u32,
    pub(super) hours: u32,
    pub(super) times: u32,
    pub(super) exclusion: u32,
    pub(super) first_skill: u32,
    pub(super) skills: u16,
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
    /// The group after its last.
    pub(super) end: u32,
}

/// Vacancies of a site that ask the same of these gates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) terms: u32,
    pub(super) qualification: u32,
    /// The place after its last vacancy.
    pub(super) end: u32,
}

/// Sites in a square of this many metres are a region: 2 to the power of it.
const REGION_BITS: u32 = 14;

type Square = Option<(i32, i32)>;
/// A vacancy in order: its region and site, its terms and qualification, its occupation and number.
type Placed = (Square, u32, [u32; 2], u32, u32);

impl Stock {
    pub(crate) fn new(plain: Plain<'_>, vacancies: &[VacancyFacts]) -> Self {
        let views: Vec<(Vec<u32>, Vec<u32>)> =
            (0..VIEWS).into_par_iter().map(|view| view_of(view, vacancies)).collect();
        let ((sites, works), occupations) = rayon::join(
            || (interned(vacancies, VacancyFacts::workplace), works(plain, vacancies)),
            || Occupations::new(vacancies),
        );
        let number = |view: usize, at: usize| {
            views.get(view).and_then(|(numbers, _)| numbers.get(at)).copied().unwrap_or_default()
        };
        let qualifications: Vec<[u32; 5]> = (0..vacancies.len())
            .map(|at| {
                [LANGUAGES_SPOKEN, DIPLOMA, REGULATED, CERTIFICATES, LICENCES]
                    .map(|view| number(view, at))
            })
            .collect();
        let terms: Vec<[u32; 2]> = works
            .of_vacancy
            .iter()
            .enumerate()
            .map(|(at, work)| [*work, number(HOURS, at)])
            .collect();
        let (qualification_of, qualifications) = distinct(&qualifications);
        let (terms_of, terms) = distinct(&terms);
        let of = |numbers: &[u32], at: usize| numbers.get(at).copied().unwrap_or_default();
        let mut order: Vec<Placed> = (0..)
            .zip(vacancies)
            .map(|(vacancy, facts)| {
                let at = vacancy as usize;
                let gates = [of(&terms_of, at), of(&qualification_of, at)];
                let occupation = of(&occupations.of_vacancy, at);
                (square(facts.workplace()), of(&sites.0, at), gates, occupation, vacancy)
            })
            .collect();
        order.par_sort_unstable();
        let (skills, weighted) = skill_rows(&order, vacancies);
        let mut first_skill = 0;
        let asked = order.iter().map(|(.., occupation, vacancy)| {
            let at = *vacancy as usize;
            let facts = vacancies.get(at);
            let skills = facts.map_or(0, |one| u16::try_from(one.skills.len()).unwrap_or(u16::MAX));
            first_skill += u32::from(skills);
            Asked {
                vacancy: *vacancy,
                occupation: *occupation,
                education: number(EDUCATION, at),
                language: number(LANGUAGE, at),
                sector: number(SECTOR, at),
                hours: number(HOURS, at),
                times: number(TIMES, at),
                exclusion: number(EXCLUSION, at),
                first_skill: first_skill - u32::from(skills),
                skills,
                weights: facts.map(|one| plain.weights_in_force(one)).unwrap_or_default(),
            }
        });
        let asked: Vec<Asked> = asked.collect();
        let (regions, sites, groups) = regions(&order, &asked, vacancies);
        let mut views = views.into_iter().map(|(_, demands)| demands);
        Self {
            demands: std::array::from_fn(|_| views.next().unwrap_or_default()),
            works: works.demands,
            readings: occupations.readings,
            occupations: occupations.lists,
            skills,
            qualifications,
            terms,
            regions,
            sites,
            groups,
            asked,
            weighted,
            hashes: vacancies.iter().map(|one| one.id_hash).collect(),
            employers: vacancies.iter().map(|one| one.work.employer).collect(),
        }
    }

    /// The hash of the id of a vacancy.
    pub(super) fn hash(&self, vacancy: u32) -> u64 {
        self.hashes.get(vacancy as usize).copied().unwrap_or_default()
    }

    /// Each vacancy with the hash of its id.
    pub(crate) fn hashes(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        (0..).zip(self.hashes.iter().copied())
    }

    /// The skills of a vacancy.
    pub(super) fn skills_of(&self, asked: &Asked) -> &[u32] {
        let from = asked.first_skill as usize;
        self.weighted.get(from..from + usize::from(asked.skills)).unwrap_or_default()
    }
}

/// The number of the demand of each vacancy, and a vacancy with each demand.
fn view_of(view: usize, vacancies: &[VacancyFacts]) -> (Vec<u32>, Vec<u32>) {
    match view {
        LANGUAGES_SPOKEN => interned(vacancies, VacancyFacts::spoken),
        DIPLOMA => interned(vacancies, |one| one.diploma),
        REGULATED => interned(vacancies, VacancyFacts::regulated),
        CERTIFICATES => interned(vacancies, |one| &*one.certificates),
        LICENCES => interned(vacancies, |one| &*one.licences),
        // Titles differ too much to be numbered: who excludes one asks every vacancy.
        EXCLUSION => interned(vacancies, |one| (&*one.readings, one.work.sector.as_ref())),
        TIMES => interned(vacancies, VacancyFacts::working_times),
        HOURS => interned(vacancies, |one| one.hours),
        EDUCATION => interned(vacancies, |one| one.education),
        LANGUAGE => interned(vacancies, |one| &*one.languages),
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
}

/// Demands on the right to work; equal where only an employer, or a sector that no rule names, tells them apart.
fn works(plain: Plain<'_>, vacancies: &[VacancyFacts]) -> Works {
    let rules: Vec<&Sector> = plain.rules.sectors().collect();
    let mut known: HashMap<Vec<bool>, Option<Sector>> = HashMap::new();
    let mut narrow = |sector: &Sector| {
        let answers: Vec<bool> = rules.iter().map(|rule| rule.holds(sector)).collect();
        let told = answers.contains(&true);
        known.entry(answers).or_insert_with(|| told.then(|| sector.clone())).clone()
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
    Works { of_vacancy, demands }
}

struct Occupations {
    of_vacancy: Vec<u32>,
    readings: Vec<Reading>,
    lists: Vec<Box<[(u32, u8)]>>,
}

impl Occupations {
    fn new(vacancies: &[VacancyFacts]) -> Self {
        let (of_vacancy, firsts) = interned(vacancies, |one| &*one.readings);
        let mut numbers: HashMap<Reading, u32, Quick> = HashMap::default();
        let mut readings = Vec::new();
        let firsts = firsts.into_iter().filter_map(|first| vacancies.get(first as usize));
        let lists = firsts.map(|one| {
            let list = one.readings.iter().map(|reading| {
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

fn skill_rows(
    order: &[Placed],
    vacancies: &[VacancyFacts],
) -> (HashMap<SkillKey, u32, Quick>, Vec<u32>) {
    let mut rows: HashMap<SkillKey, u32, Quick> = HashMap::default();
    let mut weighted = Vec::with_capacity(vacancies.iter().map(|one| one.skills.len()).sum());
    let vacancies = order.iter().filter_map(|(.., number)| vacancies.get(*number as usize));
    for (skill, weight) in vacancies.flat_map(|one| one.skills.iter()) {
        let next = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        weighted.push(*rows.entry(*skill).or_insert(next) << 8 | u32::from(*weight));
    }
    (rows, weighted)
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
) -> (Vec<Region>, Vec<Site>, Vec<Group>) {
    let (mut regions, mut sites, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    let mut covered = Vec::new();
    let mut before: Option<(Square, u32, [u32; 2])> = None;
    for ((at, asked), (square, site, gates, _, number)) in (1u32..).zip(asked).zip(order) {
        let Some(facts) = vacancies.get(*number as usize) else { continue };
        let same_square = before.is_some_and(|(old, ..)| old == *square);
        let same_site = same_square && before.is_some_and(|(_, old, _)| old == *site);
        if !same_square {
            covered.clear();
            regions.push(Region { cover: None, end: 0 });
        }
        if !same_site {
            let workplace = facts.workplace();
            sites.push(Site { workplace, travel: u8::MAX, end: 0 });
            covered.extend(workplace.area.filter(|_| square.is_some()));
            let end = u32::try_from(sites.len()).unwrap_or(u32::MAX);
            if let Some(region) = regions.last_mut() {
                *region = Region { cover: cover(&covered), end };
            }
        }
        if !same_site || before.is_none_or(|(.., old)| old != *gates) {
            let [terms, qualification] = *gates;
            groups.push(Group { terms, qualification, end: 0 });
        }
        let groups_end = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        if let (Some(site), Some(group)) = (sites.last_mut(), groups.last_mut()) {
            let [.., travel, _] = asked.weights;
            (site.travel, site.end, group.end) = (site.travel.min(travel), groups_end, at);
        }
        before = Some((*square, *site, *gates));
    }
    (regions, sites, groups)
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
