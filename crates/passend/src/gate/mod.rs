// SPDX-License-Identifier: EUPL-1.2
//! The gates: what the law, the work and the person's week allow, from when, and after which step. They know no score.
//!
//! Only law, a statutory certificate, the person's own exclusion, an employer's stated refusal and travel certainly beyond
//! the limit may close. Everything else asks for a step.

mod age;
mod certificate;
mod dates;
mod diploma;
mod document;
mod exclusion;
mod finding;
mod hours;
mod kind_of_work;
mod language;
pub(crate) mod part;
mod profession;
#[cfg(test)]
mod testing;
mod travel;
mod work_authorisation;
mod working_day;
mod working_time;

pub(crate) use dates::{dates, latest_day_of_dates};
pub(crate) use travel::travel;
pub(crate) use work_authorisation::{asked, work_authorisation};
pub(crate) use working_day::{after_working_days, before_working_days};
pub(crate) use working_time::latest_day_of_working_time;

pub(crate) use finding::{Announced, Arg, Finding, OnDay, Question, Rule, Step, Strength};
pub use finding::{FindingKind, Gate, ReadinessClass};

use crate::model::Day;
use crate::prepare::{CandidateFacts, VacancyFacts};

/// What all gates together make of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) class: ReadinessClass,
    /// The latest of the gates' days.
    pub(crate) day: Day,
    /// The earliest end of what holds for a while.
    pub(crate) until: Option<Day>,
    /// Bit n: gate n is not open.
    pub(crate) blocked: u16,
}

impl Verdict {
    fn new(as_of: Day) -> Self {
        Self { class: ReadinessClass::Now, day: as_of, until: None, blocked: 0 }
    }

    fn add(&mut self, finding: &Finding) {
        self.class = self.class.max(finding.class());
        self.day = self.day.max(finding.day);
        self.until = self.until.into_iter().chain(finding.until).min();
        if finding.class() > ReadinessClass::Now {
            self.blocked |= 1 << finding.gate as u16;
        }
    }

    /// What some findings make together.
    pub(crate) fn of(as_of: Day, mut find: impl FnMut(&mut dyn FnMut(Finding))) -> Self {
        let mut verdict = Self::new(as_of);
        find(&mut |finding| verdict.add(&finding));
        verdict
    }
}

/// Judges a pair: hands every finding to `report` and gives what they make together.
///
/// Ranking reports to nobody, explaining remembers: one routine, so that they cannot disagree.
pub(crate) fn judge(
    on: OnDay<'_>,
    candidate: &CandidateFacts,
    vacancy: &VacancyFacts,
    mut report: impl FnMut(&Finding),
) -> Verdict {
    let mut verdict = Verdict::new(on.as_of);
    let mut add = |finding: Finding| {
        verdict.add(&finding);
        report(&finding);
    };
    let CandidateFacts { legal, qualifications, practical, learned, .. } = candidate;
    part::right_to_work(on, legal, &vacancy.work, &mut add);
    part::papers(on, (legal, practical), asked(&vacancy.work), &mut add);
    part::regulated(on, qualifications, vacancy.regulated(), &mut add);
    let (certificates, licences) = (&qualifications.certificates, &qualifications.licences);
    part::certificates(on, certificates.as_deref(), &vacancy.certificates, &mut add);
    part::licences(on, licences.as_deref(), &vacancy.licences, &mut add);
    part::languages(on, candidate.speaks(), vacancy.spoken(), &mut add);
    part::diploma(on, learned.education.as_deref(), vacancy.diploma, &mut add);
    part::working_times(on, candidate.week(), vacancy.working_times(), &mut add);
    part::hours(on, practical.hours, vacancy.hours, &mut add);
    part::exclusion(on, &practical.avoids, vacancy.excludable(), &mut add);
    // A certain move is judged on the day by which the other gates are open.
    let finding = travel(on, candidate.commute(), vacancy.workplace(), verdict.day);
    verdict.add(&finding);
    report(&finding);
    // The dates come last: they compare the start of the work with the day by which the rest is open.
    let finding = dates(on, candidate.stay(), vacancy.period(), verdict.day);
    verdict.add(&finding);
    report(&finding);
    verdict.until = verdict
        .until
        .filter(|until| dates::last_day(vacancy, verdict.day).is_none_or(|last| last > *until));
    verdict
}

/// The latest day by which a step that is taken now is done, at usual lead times.
fn latest_of(on: OnDay<'_>, steps: &[&'static str]) -> Day {
    let usual = steps.iter().map(|step| on.lead_time(Step::Row(step)).usual).max();
    on.as_of.plus_days(i32::from(usual.unwrap_or_default()))
}
