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
mod profession;
#[cfg(test)]
mod testing;
mod travel;
mod work_authorisation;
mod working_day;
mod working_time;

pub(crate) use work_authorisation::work_authorisation;
pub(crate) use working_day::{after_working_days, before_working_days};

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
    let CandidateFacts { legal, qualifications, practical, learned, .. } = candidate;
    {
        let mut add = |finding: Finding| {
            verdict.add(&finding);
            report(&finding);
        };
        add(work_authorisation(on, legal, &vacancy.work));
        add(document::document(on, legal, &vacancy.work));
        add(document::citizen_service_number(on, legal, vacancy.work.kind));
        add(age::age(on, legal, &vacancy.work));
        let unnamed = vacancy.readings.is_empty() && !vacancy.unlinked;
        each(
            &vacancy.professions,
            &mut add,
            profession::not_asked(on, vacancy.unlinked, unnamed),
            |demand| profession::profession(on, qualifications, *demand),
        );
        each(
            &vacancy.certificates,
            &mut add,
            Finding::open(Gate::Certificate, on, certificate::NOT_ASKED),
            |demand| certificate::certificate(on, qualifications.certificates.as_deref(), *demand),
        );
        for demand in &vacancy.licences {
            add(certificate::licence(on, qualifications.licences.as_deref(), *demand));
        }
        each(
            &vacancy.language_musts,
            &mut add,
            Finding::open(Gate::Language, on, language::NOT_ASKED),
            |demand| {
                language::language(
                    on,
                    learned.languages.as_deref(),
                    demand,
                    practical.language_coach || vacancy.language_support,
                )
            },
        );
        add(diploma::diploma(on, learned.education.as_deref(), vacancy.diploma));
        add(working_time::working_time(on, practical, vacancy.shifts.as_deref()));
        if vacancy.irregular {
            add(working_time::irregular(on, practical));
        }
        add(hours::hours(on, practical.hours, vacancy.hours));
        add(exclusion::exclusion(on, &practical.avoids, vacancy));
        add(kind_of_work::kind_of_work(on, practical, vacancy.work.kind));
    }
    // A certain move is judged on the day by which the other gates are open.
    let finding = travel::travel(on, practical, vacancy, verdict.day);
    verdict.add(&finding);
    report(&finding);
    // The dates come last: they compare the start of the work with the day by which the rest is open.
    let finding = dates::dates(on, practical.from, practical.until, vacancy, verdict.day);
    verdict.add(&finding);
    report(&finding);
    verdict.until = verdict
        .until
        .filter(|until| dates::last_day(vacancy, verdict.day).is_none_or(|last| last > *until));
    verdict
}

/// One finding for each demand, or the one that says that nothing is asked.
fn each<T>(
    demands: &[T],
    add: &mut impl FnMut(Finding),
    not_asked: Finding,
    find: impl Fn(&T) -> Finding,
) {
    if demands.is_empty() {
        add(not_asked);
    }
    for demand in demands {
        add(find(demand));
    }
}
