// SPDX-License-Identifier: EUPL-1.2
//! Timetables of lessons: which one blocks the least work.

use std::collections::BTreeMap;

use super::cover::placed;
use super::record::{LessonsError, LessonsRequest, Timetable, TimetableLine};
use super::solve::{Edge, Edges};
use crate::engine::{By, Detail, Engine, Market, RankError, Request, Watch};
use crate::model::{Candidate, Hundredths, SlotKind, Vacancy};
use crate::prepare::{VacancyFacts, minutes_of_overlap, spans_of};

impl Engine {
    /// For each timetable, how much work of these learners it blocks: the pairs that are otherwise open and whose working
    /// times clash with it. The timetable that blocks least comes first.
    ///
    /// The lessons that the records hold are left out, since the timetable takes their place; other busy hours stay.
    /// Working times that a vacancy leaves out are no clash.
    ///
    /// # Errors
    ///
    /// Two people or two vacancies have one id, or ranking ended early.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, LessonsRequest, Timetable, Vacancy, Watch};
    /// let candidate: Candidate = serde_json::from_str(
    ///     r#"{"id":"c1","residence":{"status":"free"},"slots":[],"experience":[{"title":"kok"}]}"#,
    /// )?;
    /// let vacancy: Vacancy = serde_json::from_str(
    ///     r#"{"id":"v1","title":"kok","slots":[{"day":"mon","from":"09:00","to":"13:00"}]}"#,
    /// )?;
    /// let timetables: Vec<Timetable> = serde_json::from_str(
    ///     r#"[{"id":"mornings","slots":[{"day":"mon","from":"10:00","to":"12:00"}]},
    ///         {"id":"evenings","slots":[{"day":"mon","from":"19:00","to":"21:00"}]}]"#,
    /// )?;
    /// let request = LessonsRequest::new("2026-11-25".parse()?);
    /// let lines = Engine::default().lessons(&[candidate], &[vacancy], &timetables, &request, &Watch::new())?;
    /// assert_eq!((lines[0].timetable.as_str(), lines[1].blocked), ("evenings", 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn lessons(
        &self,
        learners: &[Candidate],
        vacancies: &[Vacancy],
        timetables: &[Timetable],
        request: &LessonsRequest,
        watch: &Watch,
    ) -> Result<Vec<TimetableLine>, LessonsError> {
        let open = Open::new(self, learners, vacancies, request, watch)?;
        let all: Vec<u32> = open.numbers().into_values().collect();
        let line = |timetable: &Timetable| {
            let clashes = open.clashes(timetable);
            let blocked = open.blocked(&all, &clashes);
            let busy: Vec<_> = all.iter().map(|learner| (*learner, Some(&*clashes))).collect();
            Ok(TimetableLine {
                timetable: timetable.id.clone(),
                blocked: blocked.pairs,
                hours_lost: blocked.hours(),
                placed: open.placed(&busy, watch)?,
            })
        };
        let lines: Result<Vec<_>, LessonsError> = timetables.iter().map(line).collect();
        let mut lines = lines?;
        lines.sort_by(|a, b| {
            (a.blocked, a.hours_lost, &a.timetable).cmp(&(b.blocked, b.hours_lost, &b.timetable))
        });
        Ok(lines)
    }
}

/// The pairs of learners and vacancies that are open when nobody has lessons.
pub(super) struct Open {
    market: Market,
    /// By learner.
    vacancies: Vec<Vec<u32>>,
}

/// What lessons block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Blocked {
    pub(super) pairs: u64,
    /// The minutes a week in which they clash.
    pub(super) minutes: u64,
}

impl Blocked {
    pub(super) fn hours(self) -> Hundredths {
        Hundredths::new(u32::try_from(self.minutes * 100 / 60).unwrap_or(u32::MAX))
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self { pairs: self.pairs + other.pairs, minutes: self.minutes + other.minutes }
    }
}

impl Open {
    pub(super) fn new(
        engine: &Engine,
        learners: &[Candidate],
        vacancies: &[Vacancy],
        request: &LessonsRequest,
        watch: &Watch,
    ) -> Result<Self, LessonsError> {
        let without = |learner: &Candidate| {
            let mut learner = learner.clone();
            if let Some(slots) = &mut learner.slots {
                slots.retain(|slot| slot.kind != SlotKind::Class);
            }
            learner
        };
        let learners: Vec<_> = learners.iter().map(without).collect();
        let market = engine.market(&learners, vacancies, request.as_of)?;
        let lists = Request {
            k: learners.len(),
            by: By::Vacancy,
            when: request.when,
            sure: request.sure,
            detail: Detail::Brief,
            threads: request.threads,
            ..Request::default()
        };
        let mut open = vec![Vec::new(); market.candidates()];
        for (vacancy, learner) in market.rank(&lists, watch)?.pairs_by_vacancy() {
            if let Some(own) = open.get_mut(learner as usize) {
                own.push(vacancy);
            }
        }
        Ok(Self { market, vacancies: open })
    }

    /// The number of each learner, by id.
    pub(super) fn numbers(&self) -> BTreeMap<&str, u32> {
        let count = u32::try_from(self.market.candidates()).unwrap_or(u32::MAX);
        (0..count).filter_map(|at| Some((self.market.candidate(at)?.id(), at))).collect()
    }

    /// By vacancy: the minutes a week in which its working times clash with lessons.
    pub(super) fn clashes(&self, timetable: &Timetable) -> Vec<u16> {
        let taken = spans_of(&timetable.slots);
        let shifts = self.market.prepared.vacancies.iter().map(VacancyFacts::shifts);
        shifts.map(|shifts| minutes_of_overlap(shifts.unwrap_or_default(), &taken)).collect()
    }

    fn of(&self, learner: u32) -> &[u32] {
        self.vacancies.get(learner as usize).map_or(&[], Vec::as_slice)
    }

    /// How many pairs of these learners are open.
    pub(super) fn pairs(&self, learners: &[u32]) -> u64 {
        let count = |learner: &u32| u64::try_from(self.of(*learner).len()).unwrap_or(u64::MAX);
        learners.iter().map(count).sum()
    }

    /// What lessons that clash so with each vacancy block of these learners.
    pub(super) fn blocked(&self, learners: &[u32], clashes: &[u16]) -> Blocked {
        let all = learners.iter().flat_map(|learner| self.of(*learner));
        let minutes = all.filter_map(|vacancy| clashes.get(*vacancy as usize));
        minutes.filter(|minutes| **minutes > 0).fold(Blocked::default(), |sum, minutes| {
            sum.and(Blocked { pairs: 1, minutes: u64::from(*minutes) })
        })
    }

    /// How many of these learners can have work at one time, each with what clashes with the lessons.
    pub(super) fn placed(
        &self,
        learners: &[(u32, Option<&[u16]>)],
        watch: &Watch,
    ) -> Result<u64, LessonsError> {
        let is_free = |clashes: Option<&[u16]>, vacancy: u32| {
            clashes.is_none_or(|all| all.get(vacancy as usize).is_none_or(|minutes| *minutes == 0))
        };
        // Who has as much work as there are learners is always placed, whatever others take.
        let own = |(row, (learner, clashes)): (u32, &(u32, Option<&[u16]>))| {
            let clashes = *clashes;
            let free = self.of(*learner).iter().filter(move |one| is_free(clashes, **one));
            let edge = |vacancy: &u32| (row, Edge { to: *vacancy, worth: 1 });
            free.take(learners.len()).map(edge).collect::<Vec<_>>()
        };
        let pairs: Vec<(u32, Edge)> = (0u32..).zip(learners).flat_map(own).collect();
        let rows = Edges::new(learners.len(), pairs.iter().copied());
        let vacancies = &self.market.prepared.vacancies;
        let places: Vec<u32> = vacancies.iter().map(|one| u32::from(one.positions)).collect();
        let goes_on = || watch.check().map_err(RankError::from);
        Ok(placed(&rows, &rows.turned(places.len()), &places, goes_on)?)
    }
}
