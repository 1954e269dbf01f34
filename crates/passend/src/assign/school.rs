// SPDX-License-Identifier: EUPL-1.2
//! Groups of learners that share rooms and teachers: which group has which timetable, so that the least work is blocked.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::lessons::{Blocked, Open};
use super::place::repeated;
use super::record::{LessonsError, LessonsRequest, Timetable};
use super::rooms::{Given, Rooms};
use crate::engine::{Engine, RankError, Watch};
use crate::model::{Candidate, Hundredths, Shift, Vacancy};
use crate::prepare::{Span, spans_of};

/// What a school can give, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct School {
    /// The timetables that are possible.
    pub timetables: Vec<Timetable>,
    /// The groups. A group has one timetable.
    #[serde(default)]
    pub groups: Vec<LearnerGroup>,
    /// The rooms; left out: as many as are needed.
    #[serde(default)]
    pub rooms: Option<Vec<Capacity>>,
    /// The teachers; left out: as many as are needed.
    #[serde(default)]
    pub teachers: Option<Vec<Capacity>>,
}

/// Learners who have their lessons together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LearnerGroup {
    /// Its name.
    pub id: String,
    /// Ids of the learners. Who is no candidate does not count.
    pub learners: Vec<String>,
    /// Names of the timetables that it can have; left out: all.
    #[serde(default)]
    pub timetables: Option<Vec<String>>,
}

/// Rooms, or teachers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    /// How many.
    pub count: u32,
    /// When they are there; left out: always.
    #[serde(default)]
    pub slots: Option<Vec<Shift>>,
}

/// One timetable for one group: what it costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LessonLine {
    /// Name of the group.
    pub group: String,
    /// Name of the timetable.
    pub timetable: String,
    /// The group has it in the plan.
    pub chosen: bool,
    /// Pairs of a learner of the group and a vacancy that are otherwise open and clash with it.
    pub blocked: u64,
    /// The hours a week in which they clash, over all these pairs.
    pub hours_lost: Hundredths,
    /// How many learners of all groups can have work at one time if this group has it and the others what they have in the
    /// plan, whether or not there is room.
    pub placed: u64,
    /// How many more pairs are blocked in all groups together than in the plan if this group has it and the others move as
    /// best they can; below 0 only where the plan is not proven. `None` where rooms or teachers do not allow it, or only if
    /// another group has no lessons.
    pub more: Option<i64>,
}

/// What one more room, or teacher, would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OneMore {
    /// How many more groups would have lessons.
    pub groups: u64,
    /// How many pairs of all groups fewer would be blocked; below 0 where more groups have lessons.
    pub blocked: i64,
}

/// What a plan of lessons gives, and what could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LessonTotals {
    /// The groups that have no lessons, since rooms or teachers are too few.
    pub without_lessons: Vec<String>,
    /// Learners who are in a group and among the candidates.
    pub learners: u64,
    /// Pairs of a learner and a vacancy that are open when nobody has lessons.
    pub open: u64,
    /// Pairs that the plan blocks.
    pub blocked: u64,
    /// The hours a week in which they clash, over all these pairs.
    pub hours_lost: Hundredths,
    /// No plan for as many groups blocks fewer pairs than this; equal to `blocked` where the plan is proven to be the best.
    pub least: u64,
    /// Pairs that would be blocked if each group had its best timetable, with rooms and teachers for all.
    pub least_with_room: u64,
    /// How many learners can have work at one time in the plan.
    pub placed: u64,
    /// How many could if nobody had lessons.
    pub placed_without_lessons: u64,
    /// What one more room would change, always there; `None` where rooms are not counted.
    pub one_more_room: Option<OneMore>,
    /// What one more teacher would change, always there; `None` where teachers are not counted.
    pub one_more_teacher: Option<OneMore>,
}

/// Which group has which timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LessonPlan {
    /// All groups together.
    #[serde(flatten)]
    pub totals: LessonTotals,
    /// Each timetable that a group can have: by group, the chosen one first, then those that cost least.
    pub lines: Vec<LessonLine>,
}

impl Engine {
    /// A timetable for each group of a school, so that as many groups as possible have lessons and the least work of their
    /// learners is blocked, then the fewest hours. At no time more groups have lessons than there are rooms, or teachers.
    ///
    /// What blocks, and what is left out, is as in [`lessons`](Self::lessons). Learners who are in no group do not count. A
    /// group may change rooms or teachers between two of its lessons.
    ///
    /// # Errors
    ///
    /// Two groups or timetables have one name, a learner is in two groups, a group names a timetable that is not there, two
    /// people or two vacancies have one id, or ranking ended early.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, LessonsRequest, School, Vacancy, Watch};
    /// let cook = |id: &str| serde_json::from_str::<Candidate>(
    ///     &format!(r#"{{"id":"{id}","residence":{{"status":"free"}},"slots":[],"experience":[{{"title":"kok"}}]}}"#),
    /// );
    /// let work: Vacancy = serde_json::from_str(
    ///     r#"{"id":"v1","title":"kok","positions":2,"slots":[{"day":"mon","from":"09:00","to":"13:00"}]}"#,
    /// )?;
    /// let school: School = serde_json::from_str(
    ///     r#"{"timetables":[{"id":"mornings","slots":[{"day":"mon","from":"10:00","to":"12:00"}]},
    ///                       {"id":"evenings","slots":[{"day":"mon","from":"19:00","to":"21:00"}]}],
    ///         "groups":[{"id":"a1","learners":["c1"]},{"id":"a2","learners":["c2"]}],
    ///         "rooms":[{"count":1}]}"#,
    /// )?;
    /// let request = LessonsRequest::new("2026-11-25".parse()?);
    /// let plan = Engine::default().school(&[cook("c1")?, cook("c2")?], &[work], &school, &request, &Watch::new())?;
    /// // With one room one of the groups has its lessons when there is work.
    /// let totals = plan.totals;
    /// assert_eq!((totals.blocked, totals.least, totals.least_with_room), (1, 1, 0));
    /// assert_eq!((totals.placed, totals.placed_without_lessons), (1, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn school(
        &self,
        learners: &[Candidate],
        vacancies: &[Vacancy],
        school: &School,
        request: &LessonsRequest,
        watch: &Watch,
    ) -> Result<LessonPlan, LessonsError> {
        let mut groups: Vec<&LearnerGroup> = school.groups.iter().collect();
        groups.sort_by_key(|group| &group.id);
        let options = school.options(&groups)?;
        let open = Open::new(self, learners, vacancies, request, watch)?;
        let numbers = open.numbers();
        let known = |group: &&LearnerGroup| -> Vec<u32> {
            group.learners.iter().filter_map(|id| numbers.get(id.as_str()).copied()).collect()
        };
        let members: Vec<Vec<u32>> = groups.iter().map(known).collect();
        let clashes: Vec<Vec<u16>> =
            school.timetables.iter().map(|timetable| open.clashes(timetable)).collect();
        let blocked = |(may, own): (&Vec<bool>, &Vec<u32>)| {
            let one = |(may, clashes): (&bool, &Vec<u16>)| may.then(|| open.blocked(own, clashes));
            may.iter().zip(&clashes).map(one).collect()
        };
        let blocked = options.iter().zip(&members).map(blocked).collect();
        let choosing = Choosing { school, groups, members, clashes, blocked, open: &open };
        choosing.plan(watch)
    }
}

impl School {
    /// By group, then by timetable: whether the group can have it.
    fn options(&self, groups: &[&LearnerGroup]) -> Result<Vec<Vec<bool>>, LessonsError> {
        if let Some(timetable) = repeated(self.timetables.iter().map(|one| &one.id)) {
            return Err(LessonsError::TimetableTwice { timetable });
        }
        if let Some(group) = repeated(groups.iter().map(|group| &group.id)) {
            return Err(LessonsError::GroupTwice { group });
        }
        if let Some(learner) = repeated(groups.iter().flat_map(|group| &group.learners)) {
            return Err(LessonsError::LearnerTwice { learner });
        }
        let is_known = |name: &String| self.timetables.iter().any(|one| one.id == *name);
        let options = groups.iter().map(|group| {
            let own = group.timetables.as_deref();
            if let Some(other) = own.into_iter().flatten().find(|one| !is_known(one)) {
                let (group, timetable) = (group.id.clone(), other.clone());
                return Err(LessonsError::NoTimetable { group, timetable });
            }
            let may = |one: &Timetable| own.is_none_or(|own| own.contains(&one.id));
            Ok(self.timetables.iter().map(may).collect())
        });
        options.collect()
    }

    /// The sets of timetables that are on at one time, and how many groups can have one of them, with so many rooms and
    /// teachers more.
    fn limits(&self, [rooms, teachers]: [u32; 2]) -> BTreeMap<Vec<usize>, u32> {
        let lessons: Vec<Vec<Span>> =
            self.timetables.iter().map(|timetable| spans_of(&timetable.slots)).collect();
        let there = |all: &Option<Vec<Capacity>>| -> Option<Vec<There>> {
            let one = |one: &Capacity| (one.count, one.slots.as_deref().map(spans_of));
            all.as_ref().map(|all| all.iter().map(one).collect())
        };
        let there = [(there(&self.rooms), rooms), (there(&self.teachers), teachers)];
        // There are more lessons only where some begin, and fewer rooms only where some are no longer there.
        let begins = lessons.iter().flatten().map(|span| span.bounds()[0]);
        let slots =
            there.iter().flat_map(|(all, _)| all.iter().flatten()).flat_map(|(_, slots)| slots);
        let ends = slots.flatten().map(|span| span.bounds()[1]);
        let times: BTreeSet<u16> = begins.chain(ends).collect();
        let is_on = |spans: &Vec<Span>, time: u16| {
            spans.iter().any(|span| (span.bounds()[0]..span.bounds()[1]).contains(&time))
        };
        let mut limits = BTreeMap::new();
        for time in times {
            let on = lessons.iter().enumerate().filter(|(_, spans)| is_on(spans, time));
            let on: Vec<usize> = on.map(|(at, _)| at).collect();
            let count = |(all, more): &(Option<Vec<There>>, u32)| {
                let own = all
                    .as_ref()?
                    .iter()
                    .filter(|(_, slots)| slots.as_ref().is_none_or(|slots| is_on(slots, time)));
                Some(own.fold(*more, |sum, (count, _)| sum.saturating_add(*count)))
            };
            let Some(most) = there.iter().filter_map(count).min().filter(|_| !on.is_empty()) else {
                continue;
            };
            let known = limits.entry(on).or_insert(most);
            *known = most.min(*known);
        }
        limits
    }
}

/// So many rooms or teachers, and when they are there; `None` for always.
type There = (u32, Option<Vec<Span>>);

/// What it costs that a group has no lessons, when nothing else counts: large, so that prices can be parts of it.
const PER_GROUP: i128 = 1_000;

/// What is chosen from.
struct Choosing<'a> {
    school: &'a School,
    groups: Vec<&'a LearnerGroup>,
    /// The learners of each group.
    members: Vec<Vec<u32>>,
    /// By timetable: the minutes that each vacancy clashes with it.
    clashes: Vec<Vec<u16>>,
    /// By group, then by timetable: what it blocks; `None` where the group cannot have it.
    blocked: Vec<Vec<Option<Blocked>>>,
    open: &'a Open,
}

impl Choosing<'_> {
    /// The least that can be chosen with so many rooms and teachers more: first as many groups as possible with lessons, then
    /// what they block. `only` is a group with the only timetable that it may have then, for which no other group loses its
    /// lessons.
    fn best(
        &self,
        more: [u32; 2],
        only: Option<(usize, usize, &Given)>,
        watch: &Watch,
    ) -> Result<Option<Given>, LessonsError> {
        let goes_on =
            || watch.check().map_err(|stopped| LessonsError::Rank(RankError::from(stopped)));
        let none = self.school.timetables.len();
        let with = |blocked: &dyn Fn(&Blocked) -> i128, without: i128| {
            let row = |own: &Vec<Option<Blocked>>| {
                own.iter().map(|one| one.as_ref().map(blocked)).chain([Some(without)]).collect()
            };
            self.blocked.iter().map(row).collect()
        };
        let found = self.school.limits(more);
        let counts = |at: usize| {
            let own = found.keys().enumerate().filter(move |(_, on)| on.contains(&at));
            own.map(|(limit, _)| limit).collect()
        };
        let mut rooms = Rooms {
            costs: with(&|_| 0, PER_GROUP),
            unit: PER_GROUP,
            limits: (0..=none).map(counts).collect(),
            most: found.values().copied().collect(),
        };
        let without = match only {
            None => {
                let Some(fewest) = rooms.best(&goes_on)? else { return Ok(None) };
                fewest.timetables.iter().filter(|one| **one == none).count()
            }
            Some((group, _, given)) => {
                let own = given.timetables.iter().enumerate();
                own.filter(|(at, one)| *at != group && **one == none).count()
            }
        };
        // Nobody more is without lessons, so what counts from here on is what they block.
        if let Some(own) = rooms.limits.last_mut() {
            own.push(rooms.most.len());
        }
        rooms.most.push(u32::try_from(without).unwrap_or(u32::MAX));
        let pair = self.pair();
        let cost = |one: &Blocked| i128::from(one.pairs) * pair + i128::from(one.minutes);
        (rooms.costs, rooms.unit) = (with(&cost, 0), 1);
        match only {
            None => rooms.best(&goes_on),
            Some((group, timetable, _)) => rooms.with(group, timetable).best(&goes_on),
        }
    }

    /// What a pair counts, so that it counts for more than all minutes.
    fn pair(&self) -> i128 {
        let most = |own: &Vec<Option<Blocked>>| own.iter().flatten().map(|one| one.minutes).max();
        self.blocked.iter().filter_map(most).map(i128::from).sum::<i128>() + 1
    }

    /// What a choice blocks.
    fn all_blocked(&self, given: &[usize]) -> Blocked {
        let own = self.blocked.iter().zip(given);
        let own = own.filter_map(|(own, timetable)| own.get(*timetable).copied().flatten());
        own.fold(Blocked::default(), Blocked::and)
    }

    /// How many learners have work at one time by a choice.
    fn placed(&self, given: &[usize], watch: &Watch) -> Result<u64, LessonsError> {
        let group = |(own, timetable): (&Vec<u32>, &usize)| {
            let clashes = self.clashes.get(*timetable).map(Vec::as_slice);
            own.iter().map(|learner| (*learner, clashes)).collect::<Vec<_>>()
        };
        let busy: Vec<_> = self.members.iter().zip(given).flat_map(group).collect();
        self.open.placed(&busy, watch)
    }

    fn plan(&self, watch: &Watch) -> Result<LessonPlan, LessonsError> {
        let none = self.school.timetables.len();
        // Every group may be without lessons, so there is a choice.
        let given = self.best([0, 0], None, watch)?.unwrap_or_default();
        let own = self.all_blocked(&given.timetables);
        let without = |given: &Given| given.timetables.iter().filter(|one| **one == none).count();
        let one_more = |is_counted: bool, more| -> Result<Option<OneMore>, LessonsError> {
            if !is_counted {
                return Ok(None);
            }
            let found = self.best(more, None, watch)?.unwrap_or_default();
            let groups = without(&given).saturating_sub(without(&found));
            let blocked = fewer(own, self.all_blocked(&found.timetables));
            Ok(Some(OneMore { groups: u64::try_from(groups).unwrap_or_default(), blocked }))
        };
        let idle = self.groups.iter().zip(&given.timetables).filter(|(_, one)| **one == none);
        let best = self.blocked.iter().filter_map(|own| own.iter().flatten().min());
        let learners: Vec<u32> = self.members.iter().flatten().copied().collect();
        let totals = LessonTotals {
            without_lessons: idle.map(|(group, _)| group.id.clone()).collect(),
            learners: u64::try_from(learners.len()).unwrap_or(u64::MAX),
            open: self.open.pairs(&learners),
            blocked: own.pairs,
            hours_lost: own.hours(),
            least: u64::try_from((given.bound / self.pair()).max(0)).unwrap_or(u64::MAX),
            least_with_room: best.map(|one| one.pairs).sum(),
            placed: self.placed(&given.timetables, watch)?,
            placed_without_lessons: self.placed(&vec![none; self.groups.len()], watch)?,
            one_more_room: one_more(self.school.rooms.is_some(), [1, 0])?,
            one_more_teacher: one_more(self.school.teachers.is_some(), [0, 1])?,
        };
        let mut lines = Vec::new();
        for (at, group) in self.groups.iter().enumerate() {
            let options = self.blocked.get(at).into_iter().flatten();
            let mut own_lines = Vec::new();
            for ((timetable, named), blocked) in (0..).zip(&self.school.timetables).zip(options) {
                let Some(blocked) = blocked else { continue };
                let mut line = LessonLine {
                    group: group.id.clone(),
                    timetable: named.id.clone(),
                    chosen: given.timetables.get(at) == Some(&timetable),
                    blocked: blocked.pairs,
                    hours_lost: blocked.hours(),
                    placed: totals.placed,
                    more: Some(0),
                };
                if !line.chosen {
                    let mut other = given.timetables.clone();
                    if let Some(place) = other.get_mut(at) {
                        *place = timetable;
                    }
                    line.placed = self.placed(&other, watch)?;
                    let found = self.best([0, 0], Some((at, timetable, &given)), watch)?;
                    line.more = found.map(|found| fewer(self.all_blocked(&found.timetables), own));
                }
                own_lines.push(line);
            }
            own_lines.sort_by(|a, b| {
                let key = |line: &LessonLine| {
                    (!line.chosen, line.more.is_none(), line.more, line.blocked, line.hours_lost)
                };
                (key(a), &a.timetable).cmp(&(key(b), &b.timetable))
            });
            lines.append(&mut own_lines);
        }
        Ok(LessonPlan { totals, lines })
    }
}

/// How many pairs the other blocks fewer.
fn fewer(one: Blocked, other: Blocked) -> i64 {
    let number = |blocked: Blocked| i64::try_from(blocked.pairs).unwrap_or(i64::MAX);
    number(one) - number(other)
}
