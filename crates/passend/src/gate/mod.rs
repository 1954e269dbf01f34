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
    judge_while(on, candidate, vacancy, &mut report, |_| true)
}

/// Judges a pair as long as what the gates said so far is of use: what one gate closes or puts off, no other opens.
///
/// Without use for the rest the verdict is that of the gates asked until then.
pub(crate) fn judge_while(
    on: OnDay<'_>,
    candidate: &CandidateFacts,
    vacancy: &VacancyFacts,
    report: &mut impl FnMut(&Finding),
    of_use: impl Fn(&Verdict) -> bool,
) -> Verdict {
    let mut verdict = Verdict::new(on.as_of);
    // One gate, or a few that look at the same.
    macro_rules! ask {
        ($part:expr $(, $view:expr)+) => {
            $part(on, $($view,)+ &mut |finding: Finding| {
                verdict.add(&finding);
                report(&finding);
            });
            if !of_use(&verdict) {
                return verdict;
            }
        };
    }
    let CandidateFacts { legal, qualifications, practical, learned, .. } = candidate;
    ask!(part::right_to_work, legal, &vacancy.work);
    ask!(part::papers, (legal, practical), asked(&vacancy.work));
    ask!(part::regulated, qualifications, vacancy.regulated());
    ask!(
        part::certificates,
        qualifications.certificates.as_deref(),
        &vacancy.required.certificates
    );
    ask!(part::licences, qualifications.licences.as_deref(), &vacancy.required.licences);
    ask!(part::languages, candidate.speaks(), vacancy.spoken());
    ask!(part::diploma, learned.education.as_deref(), vacancy.required.diploma);
    ask!(part::working_times, candidate.week(), vacancy.working_times());
    ask!(part::hours, practical.hours, vacancy.hours);
    ask!(part::exclusion, &practical.avoids, vacancy.excludable());
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

/// Which gates are not open on the day, each asked by itself: bit n for gate n.
///
/// Where all are open the pair is ready now. What only follows from another gate, such as a start that a permit would
/// miss, is not counted.
pub(crate) fn shut_alone(on: OnDay<'_>, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> u16 {
    let CandidateFacts { legal, qualifications, practical, learned, .. } = candidate;
    let mut shut = 0;
    let mut add = |finding: Finding| {
        if finding.class() > ReadinessClass::Now {
            shut |= 1 << finding.gate as u16;
        }
    };
    part::right_to_work(on, legal, &vacancy.work, &mut add);
    part::papers(on, (legal, practical), asked(&vacancy.work), &mut add);
    part::regulated(on, qualifications, vacancy.regulated(), &mut add);
    let certificates = qualifications.certificates.as_deref();
    part::certificates(on, certificates, &vacancy.required.certificates, &mut add);
    part::licences(on, qualifications.licences.as_deref(), &vacancy.required.licences, &mut add);
    part::languages(on, candidate.speaks(), vacancy.spoken(), &mut add);
    part::diploma(on, learned.education.as_deref(), vacancy.required.diploma, &mut add);
    part::working_times(on, candidate.week(), vacancy.working_times(), &mut add);
    part::hours(on, practical.hours, vacancy.hours, &mut add);
    part::exclusion(on, &practical.avoids, vacancy.excludable(), &mut add);
    add(travel(on, candidate.commute(), vacancy.workplace(), on.as_of));
    add(dates(on, candidate.stay(), vacancy.period(), on.as_of));
    shut
}

/// What a pair is if it is open by a day: not closed, every gate open by then and, if asked, nothing unknown by law.
pub(crate) fn class_open_by(
    on: OnDay<'_>,
    candidate: &CandidateFacts,
    vacancy: &VacancyFacts,
    day: Day,
    sure: bool,
) -> Option<ReadinessClass> {
    let within = |verdict: &Verdict| {
        let class = match verdict.class {
            ReadinessClass::Closed => false,
            ReadinessClass::Unknown => !sure,
            _ => true,
        };
        class && verdict.day <= day
    };
    // Most of what is not open has closed by then, which the gate that comes last says at once. To be ready later makes its
    // day no earlier.
    if dates(on, candidate.stay(), vacancy.period(), on.as_of).day > day {
        return None;
    }
    let verdict = judge_while(on, candidate, vacancy, &mut |_| {}, within);
    within(&verdict).then_some(verdict.class)
}

/// Whether no gate closes a pair, now or later.
pub(crate) fn can_open(on: OnDay<'_>, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> bool {
    let within = |verdict: &Verdict| verdict.class != ReadinessClass::Closed;
    within(&judge_while(on, candidate, vacancy, &mut |_| {}, within))
}

/// The latest day by which a step that is taken now is done, at usual lead times.
fn latest_of(on: OnDay<'_>, steps: &[&'static str]) -> Day {
    let usual = steps.iter().map(|step| on.lead_time(Step::Row(step)).usual).max();
    on.as_of.plus_days(i32::from(usual.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::model::{Candidate, Vacancy};

    fn records<T: serde::de::DeserializeOwned>(lines: &str) -> Vec<T> {
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn what_holds_to_the_last_day_of_the_work_ends_in_no_day() {
        let person = r#"{"id":"c","residence":{"status":"status_holder_fixed_term","document_valid_until":"2027-06-30"}}"#;
        let as_of: Day = "2026-11-25".parse().unwrap();
        let engine = Engine::default();
        for (ends, until) in
            [("2027-06-29", None), ("2027-06-30", None), ("2027-07-01", Some("2027-06-30"))]
        {
            let work = records(&format!(r#"{{"id":"v","ends":"{ends}"}}"#));
            let market = engine.market(&records(person), &work, as_of).unwrap();
            let (people, work) = market.sides();
            let verdict = judge(market.on_day(), &people[0], &work[0], |_| {});
            assert_eq!(verdict.until.map(|day| day.to_string()).as_deref(), until, "{ends}");
        }
    }

    #[test]
    fn asking_no_further_than_of_use_gives_the_same_answer() {
        let people: Vec<Candidate> =
            records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/candidates.jsonl")));
        let work: Vec<Vacancy> =
            records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl")));
        let as_of: Day = "2026-11-25".parse().unwrap();
        let market = Engine::default().market(&people, &work, as_of).unwrap();
        let (people, work) = market.sides();
        let mut open = [0, 0];
        for (person, vacancy) in
            people.iter().flat_map(|one| work.iter().map(move |two| (one, two)))
        {
            let on = market.on_day();
            let verdict = judge(on, person, vacancy, |_| {});
            let closed = verdict.class == ReadinessClass::Closed;
            assert_eq!(can_open(on, person, vacancy), !closed, "{} {}", person.id(), vacancy.id());
            for (days, sure) in [(0, false), (0, true), (91, false), (91, true), (700, true)] {
                let day = as_of.plus_days(days);
                let unknown = verdict.class == ReadinessClass::Unknown;
                let listed = !(closed || sure && unknown);
                let expected = (listed && verdict.day <= day).then_some(verdict.class);
                assert_eq!(
                    class_open_by(on, person, vacancy, day, sure),
                    expected,
                    "{} {} {day} {sure}",
                    person.id(),
                    vacancy.id()
                );
                open[usize::from(expected.is_some())] += 1;
            }
        }
        assert!(open.iter().all(|count| *count > 100), "{open:?}");
    }
}
