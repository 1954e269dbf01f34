// SPDX-License-Identifier: EUPL-1.2
//! Timetables of lessons: which one blocks the least work.

use super::record::{LessonsError, LessonsRequest, Timetable, TimetableLine};
use crate::engine::{By, Detail, Engine, Request, Watch};
use crate::model::{Candidate, Hundredths, SlotKind, Vacancy};
use crate::prepare::{Span, joined, minutes_of_overlap};

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
        let without = |learner: &Candidate| {
            let mut learner = learner.clone();
            if let Some(slots) = &mut learner.slots {
                slots.retain(|slot| slot.kind != SlotKind::Class);
            }
            learner
        };
        let learners: Vec<_> = learners.iter().map(without).collect();
        let market = self.market(&learners, vacancies, request.as_of)?;
        let lists = Request {
            k: learners.len(),
            by: By::Vacancy,
            when: request.when,
            sure: request.sure,
            detail: Detail::Brief,
            threads: request.threads,
            ..Request::default()
        };
        let ranking = market.rank(&lists, watch)?;
        let mut open = vec![0u64; vacancies.len()];
        for (vacancy, people) in ranking.numbers_by_vacancy() {
            if let Some(place) = open.get_mut(vacancy as usize) {
                *place = u64::from(people);
            }
        }
        let line = |timetable: &Timetable| {
            let slots = timetable.slots.iter();
            let taken = joined(slots.flat_map(|slot| Span::of(slot.day, slot.from, slot.to)));
            let (mut blocked, mut minutes) = (0, 0);
            for (open, vacancy) in open.iter().zip(market.prepared.vacancies.iter()) {
                let clash =
                    minutes_of_overlap(vacancy.shifts.as_deref().unwrap_or_default(), &taken);
                if clash > 0 {
                    blocked += open;
                    minutes += open * u64::from(clash);
                }
            }
            let hundredths = u32::try_from(minutes * 100 / 60).unwrap_or(u32::MAX);
            TimetableLine {
                timetable: timetable.id.clone(),
                blocked,
                hours_lost: Hundredths::new(hundredths),
            }
        };
        let mut lines: Vec<_> = timetables.iter().map(line).collect();
        lines.sort_by(|a, b| {
            (a.blocked, a.hours_lost, &a.timetable).cmp(&(b.blocked, b.hours_lost, &b.timetable))
        });
        Ok(lines)
    }
}
