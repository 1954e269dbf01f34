// SPDX-License-Identifier: EUPL-1.2
//! The index: what people and vacancies have in common, found once; vacancies sorted by what gates ask.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::Plain;
use super::asked::{Asked, Group, LEVELS, SKIPS};
use super::cross::{Cross, interned, number};
use super::legal;
use super::near::Near;
use super::parts::Parts;
use super::shifts::WorkingTimes;
use super::stays::Stays;
use super::work::{Work, work_demands};
use crate::criterion::{education, hours_met, language, sectors_met, travel};
use crate::gate::{OnDay, ReadinessClass, Verdict, asked, part, travel as way_to_work};
use crate::model::{Day, Stance};
use crate::policy::Area;
use crate::prepare::{
    Avoided, CandidateFacts, Commute, Quick, SkillKey, VacancyFacts, Word, WorkDemand,
};
use crate::score::{Fit, SCALE};
use crate::vocabulary::Reading;

/// What gates find for a view of a person and one of a vacancy: the class and the day, in four bytes since many are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found(i32);

impl Found {
    pub(super) const fn new(class: ReadinessClass, day: Day) -> Self {
        Self(day.days_since_1970() << 3 | class as i32)
    }

    pub(super) const fn class(self) -> ReadinessClass {
        match self.0 & 7 {
            0 => ReadinessClass::Now,
            1 => ReadinessClass::On,
            2 => ReadinessClass::After,
            3 => ReadinessClass::Unknown,
            _ => ReadinessClass::Closed,
        }
    }

    pub(super) const fn day(self) -> Day {
        Day::from_days_since_1970(self.0 >> 3)
    }
}

/// People and vacancies, ready to be ranked fast. It depends on no request.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    /// The way to work, before and after a move.
    pub(super) ways: Cross<[Found; 2]>,
    pub(super) work: Vec<WorkDemand>,
    /// The right to work; papers, age and kind of work.
    pub(super) rights: [Cross<Found>; 2],
    /// What papers and the kind of work are asked by: one of the demands above for each that differs.
    pub(super) papers: Vec<u32>,
    /// Languages, diploma, professions, certificates, licences.
    pub(super) gates: [Cross<Found>; LEVELS - 2],
    pub(super) exclusion: Cross<Found>,
    pub(super) times: WorkingTimes,
    pub(super) hours: Cross<Found>,
    /// Made when dates are first asked.
    stays: OnceLock<Stays>,
    pub(super) near: Near,
    /// Readings of titles that mean several things: rows of single readings with their shares.
    pub(super) several: Several,
    /// Education, language, travel; then sectors and hours asked for.
    pub(super) fits: [Cross<u8>; 5],
    pub(super) skills: SkillRows,
    /// Skills of all vacancies, one after the other: row × 256 + weight.
    pub(super) weighted: Vec<u32>,
    pub(super) asked: Vec<Asked>,
    pub(super) parts: Parts,
    pub(super) groups: Vec<Group>,
    /// People, those alike next to each other.
    pub(super) people: Vec<u32>,
    pub(super) candidate_hashes: Vec<u64>,
    pub(super) vacancy_hashes: Vec<u64>,
}

/// The row of each skill that a vacancy asks.
pub(super) type SkillRows = HashMap<SkillKey, u32, Quick>;

pub(super) fn found(
    on: OnDay<'_>,
    find: impl FnMut(&mut dyn FnMut(crate::gate::Finding)),
) -> Found {
    let verdict = Verdict::of(on.as_of, find);
    Found::new(verdict.class, verdict.day)
}

/// Rows of readings with their shares, for each title that means several things.
type Several = Vec<Vec<(u32, u8)>>;
type Sides<'a> = (&'a [CandidateFacts], &'a [VacancyFacts]);
/// Answers, and the demand of each vacancy.
type Crossed<V> = (Cross<V>, Vec<u32>);
/// A vacancy in order: what gates ask, its number.
type Placed = ([u32; LEVELS + 1], u32);

impl Index {
    /// Reads people and vacancies; the work is shared among threads. `check` may stop it.
    ///
    /// # Errors
    ///
    /// What `check` gives.
    pub(crate) fn new<E>(
        plain: Plain<'_>,
        (candidates, vacancies): Sides<'_>,
        check: impl Fn() -> Result<(), E> + Sync,
    ) -> Result<Self, E> {
        // Once stopped there is nothing left to read.
        let sides = || if check().is_ok() { (candidates, vacancies) } else { Sides::default() };
        // First what sorts the vacancies, then one after the other what else they ask, put where each vacancy stands: so
        // that lists as long as that of the vacancies are few at any time.
        let (((ways, work), gates), (titles, hashes)) = rayon::join(
            || ((ways(sides()), work_demands(plain, sides())), gates(&sides)),
            || (titles(plain, sides()), hashes(sides())),
        );
        check()?;
        let rights = rights(plain, candidates, &work);
        check()?;
        let of = |numbers: &[u32], at: usize| numbers.get(at).copied().unwrap_or_default();
        let (near, several, occupations) = titles;
        let [spoken, regulated, certificates, licences, diploma] = gates;
        let keys = [
            ways.1,
            work.of_vacancy,
            work.papers_of,
            spoken.1,
            diploma.1,
            regulated.1,
            certificates.1,
            licences.1,
        ];
        let mut order: Vec<Placed> = (0u32..)
            .zip(vacancies)
            .map(|(number, _)| {
                let at = number as usize;
                (keys.each_ref().map(|key| of(key, at)), number)
            })
            .collect();
        drop(keys);
        order.par_sort_unstable_by_key(|(keys, number)| {
            (*keys, of(&occupations, *number as usize), *number)
        });
        check()?;
        let groups = groups(&order);
        let order: Vec<u32> = order.into_iter().map(|(_, number)| number).collect();
        // Skills stand in the order in which the vacancies are visited, so that memory is read forwards.
        let (skills, weighted) = skill_rows(order.iter().copied(), vacancies);
        let mut first_skill = 0;
        let asked = order.iter().map(|number| {
            let vacancy = vacancies.get(*number as usize);
            let skills = vacancy.map_or(0, |one| u16::try_from(one.skills().len()).unwrap_or(0));
            let first = first_skill;
            first_skill += u32::from(skills);
            Asked { vacancy: *number, first_skill: first, skills, ..Asked::default() }
        });
        let mut asked: Vec<Asked> = asked.collect();
        drop(order);
        let (exclusion, times, hours) = rest(&sides, &mut asked);
        check()?;
        let mut parts = Parts::new(&mut asked, |at| {
            let vacancy = vacancies.get(at as usize);
            vacancy.map(|one| plain.weights_in_force(one)).unwrap_or_default()
        });
        let fits = fits(&sides, &mut asked, &mut parts);
        parts.add_occupations(&mut asked, &occupations);
        drop(occupations);
        check()?;
        let people = alike(plain, (candidates, vacancies), &work.demands, &rights[0], &spoken.0);
        Ok(Self {
            ways: ways.0,
            work: work.demands,
            rights,
            papers: work.papers,
            gates: [spoken.0, diploma.0, regulated.0, certificates.0, licences.0],
            exclusion,
            times,
            hours,
            stays: OnceLock::new(),
            near,
            several,
            fits,
            skills,
            weighted,
            asked,
            parts,
            groups,
            people,
            candidate_hashes: hashes.0,
            vacancy_hashes: hashes.1,
        })
    }
}

impl Index {
    /// People and vacancies by their dates.
    #[inline(always)]
    pub(super) fn stays(&self, plain: Plain<'_>, sides: Sides<'_>) -> &Stays {
        self.stays.get_or_init(|| Stays::new(plain, &self.asked, sides))
    }

    /// What the right to work says of a person, by demand.
    pub(super) fn right_to_work<'a>(
        &self,
        plain: Plain<'_>,
        person: &CandidateFacts,
        own: &'a mut Vec<Found>,
    ) -> &'a [Found] {
        let on = plain.on_day();
        own.clear();
        own.extend(
            self.work
                .iter()
                .map(|demand| found(on, |add| part::right_to_work(on, &person.legal, demand, add))),
        );
        own
    }

    /// For each person whether other rules say something else of the right to do any of the work.
    pub(crate) fn law_differs(
        &self,
        plain: Plain<'_>,
        then: Plain<'_>,
        people: &[CandidateFacts],
    ) -> Vec<bool> {
        let (class, examples) = interned(people, |one| {
            (legal::right_to_work(plain, one), legal::right_to_work(then, one))
        });
        let of = |plain: Plain<'_>, legal, demand| {
            let on = plain.on_day();
            found(on, |add| part::right_to_work(on, legal, demand, add))
        };
        let differs: Vec<bool> = examples
            .par_iter()
            .map(|one| {
                let Some(one) = people.get(*one as usize) else { return false };
                let mut demands = self.work.iter();
                demands.any(|demand| of(plain, &one.legal, demand) != of(then, &one.legal, demand))
            })
            .collect();
        let of_class = |class: &u32| differs.get(*class as usize).copied().unwrap_or_default();
        class.iter().map(of_class).collect()
    }

    /// The next group in which the way to work or one of the keys before `level` differs.
    pub(super) fn after(&self, at: usize, level: usize) -> usize {
        if let Some(next) = self.groups.get(at).and_then(|group| group.next.get(level)) {
            return *next as usize;
        }
        let rest = self.groups.get(at + 1..).unwrap_or_default();
        at + 1 + rest.iter().take_while(|group| usize::from(group.differs) > level).count()
    }
}

/// The right to work, and papers: by what rules can tell apart of people.
fn rights(plain: Plain<'_>, candidates: &[CandidateFacts], work: &Work) -> [Cross<Found>; 2] {
    let of_papers = work.papers.iter();
    let of_papers = of_papers.filter_map(|one| work.examples.get(*one as usize).copied());
    let (rights, papers) = rayon::join(
        || interned(candidates, |one| legal::right_to_work(plain, one)),
        || interned(candidates, |one| legal::papers(plain, one)),
    );
    [
        Cross::of(rights, work.examples.clone(), |plain, candidate, vacancy| {
            let (on, legal) = (plain.on_day(), &candidate.legal);
            found(on, |add| part::right_to_work(on, legal, &vacancy.work, add))
        }),
        Cross::of(papers, of_papers.collect(), |plain, candidate, vacancy| {
            let (on, person) = (plain.on_day(), (&candidate.legal, &candidate.practical));
            found(on, |add| part::papers(on, person, asked(&vacancy.work), add))
        }),
    ]
}

/// Groups of vacancies in order that have the same keys.
fn groups(order: &[Placed]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut before: Option<[u32; LEVELS + 1]> = None;
    for (at, (keys, _)) in (0u32..).zip(order) {
        let differs = before
            .map_or(Some(0), |before| before.iter().zip(keys).position(|(old, new)| old != new));
        match (differs, groups.last_mut()) {
            (None, Some(last)) => last.end = at + 1,
            (differs, _) => {
                let [way, keys @ ..] = *keys;
                let differs = u8::try_from(differs.unwrap_or_default()).unwrap_or_default();
                groups.push(Group { way, keys, differs, next: [0; SKIPS], first: at, end: at + 1 });
            }
        }
        before = Some(*keys);
    }
    groups.shrink_to_fit();
    let end = u32::try_from(groups.len()).unwrap_or(u32::MAX);
    let mut next = [end; SKIPS];
    for (at, group) in (0..end).zip(groups.iter_mut()).rev() {
        group.next = next;
        for (level, next) in (0u8..).zip(&mut next) {
            if group.differs <= level {
                *next = at;
            }
        }
    }
    groups
}

/// People in an order that brings those together to whom the same is open: by how far they reach, place, limit of travel,
/// right to work, languages, work.
fn alike(
    plain: Plain<'_>,
    sides: Sides<'_>,
    work: &[WorkDemand],
    rights: &Cross<Found>,
    spoken: &Cross<Found>,
) -> Vec<u32> {
    /// Days that count as equally long until work is open.
    const DAYS_ALIKE: i32 = 45;
    // An employer who would ask for a permit tells people apart best.
    let willing = work.iter().position(|one| one.will_apply == Stance::Yes).unwrap_or_default();
    let right: Vec<_> = (0..rights.classes())
        .into_par_iter()
        .map_init(Vec::new, |own, class| {
            let right = rights.row(plain, sides, class, own).get(willing)?;
            let days = right.day().days_since_1970() - plain.as_of.days_since_1970();
            Some((right.class(), days / DAYS_ALIKE))
        })
        .collect();
    let open: Vec<usize> = (0..spoken.classes())
        .into_par_iter()
        .map_init(Vec::new, |own, class| {
            let row = spoken.row(plain, sides, class, own);
            row.iter().filter(|found| found.day() == plain.as_of).count()
        })
        .collect();
    let mut order: Vec<_> = (0..)
        .zip(sides.0)
        .map(|(number, one)| {
            let right = right.get(rights.class(number) as usize).copied().flatten();
            let job = one.profile.held.as_ref().and_then(|held| held.first());
            let job = job.map(|held| held.reading.group);
            let languages = open.get(spoken.class(number) as usize).copied();
            (reach_of(one.commute()), right, languages, job, number)
        })
        .collect();
    order.par_sort_unstable();
    order.into_iter().map(|(.., number)| number).collect()
}

/// Orders people by the vacancies that they can reach: those who may reach all by themselves, since they would show all to
/// their neighbours; then those who move; then the others, neighbours on the map next to each other.
fn reach_of(commute: Commute) -> (u8, u64, u64, Option<(u32, u32)>) {
    let place = |area: Option<Area>| area.map_or(u64::MAX, |area| on_the_map(area.x, area.y));
    let home = place(commute.area);
    match (commute.area, commute.limit_metres, commute.move_to) {
        (_, None, _) => (0, 0, 0, None),
        (None, limit, _) => (1, 0, 0, limit),
        (_, limit, Some((_, new))) => (2, place(Some(new)), home, limit),
        (_, limit, None) => (3, 0, home, limit),
    }
}

/// A number that is nearly the same for points that are near each other: the bits of both sides in turn.
fn on_the_map(x: i32, y: i32) -> u64 {
    let spread = |side: i32| {
        // From the least to the largest, without a sign.
        let mut bits = u64::from(side.cast_unsigned() ^ 0x8000_0000);
        for (shift, mask) in [
            (16, 0x0000_ffff_0000_ffff),
            (8, 0x00ff_00ff_00ff_00ff),
            (4, 0x0f0f_0f0f_0f0f_0f0f),
            (2, 0x3333_3333_3333_3333),
            (1, 0x5555_5555_5555_5555),
        ] {
            bits = (bits | bits << shift) & mask;
        }
        bits
    };
    spread(x) | spread(y) << 1
}

/// What is close to which work, titles that mean several things, and the row of each vacancy: 0 is empty, then single
/// readings, then those titles.
fn titles(plain: Plain<'_>, sides: Sides<'_>) -> (Near, Several, Vec<u32>) {
    let (mut of_vacancy, firsts) = interned(sides.1, VacancyFacts::readings);
    let lists = firsts.iter().filter_map(|at| sides.1.get(*at as usize));
    let lists: Vec<&[Reading]> = lists.map(VacancyFacts::readings).collect();
    let (near, readings) = Near::new(plain, sides.0, &lists);
    let mut readings = readings.iter().map(|reading| reading + 1);
    let first = number(near.asked()) + 1;
    let mut several = Vec::new();
    let rows = lists.iter().map(|list| {
        let shares = list.iter().map(|reading| reading.share);
        let list: Vec<(u32, u8)> = readings.by_ref().take(list.len()).zip(shares).collect();
        match list.as_slice() {
            [] => 0,
            [(row, 100)] => *row,
            _ => {
                several.push(list);
                first + number(several.len() - 1)
            }
        }
    });
    let rows: Vec<u32> = rows.collect();
    for list in &mut of_vacancy {
        *list = rows.get(*list as usize).copied().unwrap_or_default();
    }
    (near, several, of_vacancy)
}

/// Rows for the skills of vacancies in this order, and all their skills: row × 256 + weight.
pub(super) fn skill_rows(
    order: impl Iterator<Item = u32>,
    vacancies: &[VacancyFacts],
) -> (SkillRows, Vec<u32>) {
    let mut rows = SkillRows::default();
    let mut weighted = Vec::with_capacity(vacancies.iter().map(|one| one.skills().len()).sum());
    let vacancies = order.filter_map(|number| vacancies.get(number as usize));
    for asked in vacancies.flat_map(|one| one.skills().iter()) {
        let next = number(rows.len());
        weighted.push(*rows.entry(asked.skill).or_insert(next) << 8 | u32::from(asked.weight));
    }
    (rows, weighted)
}

fn hashes((candidates, vacancies): Sides<'_>) -> (Vec<u64>, Vec<u64>) {
    (
        candidates.iter().map(CandidateFacts::id_hash).collect(),
        vacancies.iter().map(VacancyFacts::id_hash).collect(),
    )
}

fn ways(sides: Sides<'_>) -> Crossed<[Found; 2]> {
    Cross::new(
        sides,
        CandidateFacts::commute,
        VacancyFacts::workplace,
        |plain, candidate, vacancy| {
            let (on, commute) = (plain.on_day(), candidate.commute());
            let way = |ready| {
                let finding = way_to_work(on, commute, vacancy.workplace(), ready);
                Found::new(finding.class(), finding.day)
            };
            let now = way(on.as_of);
            // Only a move makes a difference.
            [now, commute.move_to.map_or(now, |(day, _)| way(day))]
        },
    )
}

fn gates<'a>(sides: &(impl Fn() -> Sides<'a> + Sync)) -> [Crossed<Found>; LEVELS - 2] {
    let ((spoken, regulated), (certificates, (licences, diploma))) = rayon::join(
        || (spoken(sides()), regulated(sides())),
        || (certificates(sides()), (licences(sides()), diploma(sides()))),
    );
    [spoken, regulated, certificates, licences, diploma]
}

fn spoken(sides: Sides<'_>) -> Crossed<Found> {
    Cross::new(sides, CandidateFacts::speaks, VacancyFacts::spoken, |plain, candidate, vacancy| {
        let on = plain.on_day();
        found(on, |add| {
            part::languages(on, candidate.speaks(), vacancy.spoken(), add);
        })
    })
}

fn regulated(sides: Sides<'_>) -> Crossed<Found> {
    Cross::new(
        sides,
        |candidate| &candidate.qualifications,
        VacancyFacts::regulated,
        |plain, candidate, vacancy| {
            let (on, held) = (plain.on_day(), &candidate.qualifications);
            found(on, |add| part::regulated(on, held, vacancy.regulated(), add))
        },
    )
}

fn certificates(sides: Sides<'_>) -> Crossed<Found> {
    Cross::new(
        sides,
        |candidate| candidate.qualifications.certificates.as_deref(),
        |vacancy| &*vacancy.required.certificates,
        |plain, candidate, vacancy| {
            let (on, held) = (plain.on_day(), &candidate.qualifications);
            let held = held.certificates.as_deref();
            found(on, |add| part::certificates(on, held, &vacancy.required.certificates, add))
        },
    )
}

fn licences(sides: Sides<'_>) -> Crossed<Found> {
    Cross::new(
        sides,
        |candidate| candidate.qualifications.licences.as_deref(),
        |vacancy| &*vacancy.required.licences,
        |plain, candidate, vacancy| {
            let (on, held) = (plain.on_day(), &candidate.qualifications);
            let held = held.licences.as_deref();
            found(on, |add| part::licences(on, held, &vacancy.required.licences, add))
        },
    )
}

fn diploma(sides: Sides<'_>) -> Crossed<Found> {
    Cross::new(
        sides,
        |candidate| candidate.learned.education.as_deref(),
        |vacancy| vacancy.required.diploma,
        |plain, candidate, vacancy| {
            let (on, held) = (plain.on_day(), candidate.learned.education.as_deref());
            found(on, |add| part::diploma(on, held, vacancy.required.diploma, add))
        },
    )
}

fn exclusion(sides: Sides<'_>) -> Crossed<Found> {
    // A title only matters if somebody excludes it.
    let avoided = sides.0.iter().flat_map(|one| one.practical.avoids.iter());
    let titles: HashSet<Word> = avoided
        .filter_map(|one| match one {
            Avoided::Title(title) => Some(*title),
            _ => None,
        })
        .collect();
    Cross::new(
        sides,
        |candidate| &*candidate.practical.avoids,
        |vacancy| {
            let own = vacancy.excludable();
            (own.readings, own.sector, titles.get(&own.title))
        },
        |plain, candidate, vacancy| {
            let (on, avoids) = (plain.on_day(), &candidate.practical.avoids);
            found(on, |add| part::exclusion(on, avoids, vacancy.excludable(), add))
        },
    )
}

fn hours(sides: Sides<'_>) -> Crossed<Found> {
    Cross::new(
        sides,
        |candidate| candidate.practical.hours,
        |vacancy| vacancy.hours,
        |plain, candidate, vacancy| {
            let (on, own) = (plain.on_day(), candidate.practical.hours);
            found(on, |add| part::hours(on, own, vacancy.hours, add))
        },
    )
}

/// Puts the demand of each vacancy where it stands in order.
fn put<T>(
    (crossed, of_vacancy): (T, Vec<u32>),
    asked: &mut [Asked],
    place: impl Fn(&mut Asked) -> Option<&mut u32>,
) -> T {
    for one in asked {
        let number = of_vacancy.get(one.vacancy as usize).copied();
        if let Some((place, number)) = place(one).zip(number) {
            *place = number;
        }
    }
    crossed
}

/// What does not sort the vacancies: exclusions, working times and hours.
fn rest<'a>(
    sides: &(impl Fn() -> Sides<'a> + Sync),
    asked: &mut [Asked],
) -> (Cross<Found>, WorkingTimes, Cross<Found>) {
    let ((exclusion, hours), times) =
        rayon::join(|| (exclusion(sides()), hours(sides())), || WorkingTimes::new(sides()));
    (
        put(exclusion, asked, |one| Some(&mut one.exclusion)),
        put(times, asked, |one| Some(&mut one.times)),
        put(hours, asked, |one| Some(&mut one.hours)),
    )
}

/// Education, language, travel, sectors and hours asked for.
fn fits<'a>(
    sides: &(impl Fn() -> Sides<'a> + Sync),
    asked: &mut [Asked],
    parts: &mut Parts,
) -> [Cross<u8>; 5] {
    let (school, speech) = rayon::join(|| school(sides()), || speech(sides()));
    parts.add_fit(asked, 0, &school.1);
    parts.add_fit(asked, 1, &speech.1);
    let (school, speech) = (school.0, speech.0);
    let (distance, (sectors, hours)) =
        rayon::join(|| distance(sides()), || (sectors(sides()), wished_hours(sides())));
    parts.add_fit(asked, 2, &distance.1);
    let sectors = put(sectors, asked, |one| one.wishes.first_mut());
    let hours = put(hours, asked, |one| one.wishes.last_mut());
    [school, speech, distance.0, sectors, hours]
}

/// A fit in whole percents; only skills are finer.
fn percent(fit: Fit) -> u8 {
    u8::try_from(fit.now() / SCALE).unwrap_or(100)
}

fn school(sides: Sides<'_>) -> Crossed<u8> {
    Cross::new(
        sides,
        |candidate| candidate.learned.education.as_deref(),
        |vacancy| vacancy.required.education,
        |_, candidate, vacancy| {
            percent(education(candidate.learned.education.as_deref(), vacancy.required.education))
        },
    )
}

fn speech(sides: Sides<'_>) -> Crossed<u8> {
    Cross::new(
        sides,
        |candidate| candidate.learned.languages.as_deref(),
        |vacancy| &*vacancy.required.languages,
        |_, candidate, vacancy| {
            let facts = candidate.learned.languages.as_deref();
            percent(language(facts, &vacancy.required.languages))
        },
    )
}

fn distance(sides: Sides<'_>) -> Crossed<u8> {
    Cross::new(
        sides,
        |candidate| candidate.practical.area,
        |vacancy| (vacancy.area, vacancy.remote),
        |plain, candidate, vacancy| {
            let (home, detour) = (candidate.practical.area, plain.policy.detour_percent());
            percent(travel(home, vacancy.area, vacancy.remote, detour))
        },
    )
}

fn sectors(sides: Sides<'_>) -> Crossed<u8> {
    Cross::new(
        sides,
        |candidate| candidate.profile.wishes.as_ref().and_then(|own| own.sectors.as_deref()),
        |vacancy| vacancy.work.sector.as_ref(),
        |_, candidate, vacancy| {
            let wishes = candidate.profile.wishes.as_ref();
            wishes
                .and_then(|own| sectors_met(own, vacancy.work.sector.as_ref()))
                .map_or(0, |met| met.percent)
        },
    )
}

fn wished_hours(sides: Sides<'_>) -> Crossed<u8> {
    Cross::new(
        sides,
        |candidate| candidate.profile.wishes.as_ref().and_then(|own| own.hours),
        |vacancy| vacancy.hours,
        |_, candidate, vacancy| {
            let wishes = candidate.profile.wishes.as_ref();
            wishes.and_then(|own| hours_met(own, vacancy.hours)).map_or(0, |met| met.percent)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_keeps_its_class_and_day() {
        let classes = [
            ReadinessClass::Now,
            ReadinessClass::On,
            ReadinessClass::After,
            ReadinessClass::Unknown,
            ReadinessClass::Closed,
        ];
        for class in classes {
            for day in [i32::MIN, -1, 0, 20_000, i32::MAX].map(Day::from_days_since_1970) {
                let found = Found::new(class, day);
                assert_eq!((found.class(), found.day()), (class, day));
            }
        }
    }
}
