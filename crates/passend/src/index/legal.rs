// SPDX-License-Identifier: EUPL-1.2
//! What the law looks at of people, made equal where no rule can tell them apart on the day.
//!
//! Dates differ for nearly everybody, but most of them lie where they change nothing: a wait that is over, a document that
//! outlives every permit.

use super::Plain;
use crate::model::{ContractWish, Day, DocumentKind, ResidenceStatus, WorkNote};
use crate::prepare::{CandidateFacts, LegalFacts, PermitFact};

/// A day, unless it lies so far that nothing looks there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum When {
    NotKnown,
    Past,
    On(Day),
    Far,
}

/// People whose right to work is equal here get the same class and day for every demand.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct RightToWork<'a> {
    status: Option<ResidenceStatus>,
    accelerated: bool,
    note: Option<WorkNote>,
    /// Only a status that has not begun.
    since: Option<Day>,
    procedure_started: When,
    turns_18: When,
    document_until: When,
    document_kind: Option<DocumentKind>,
    permits: &'a [PermitFact],
    weeks_worked: Option<(u8, Day)>,
}

/// People whose papers are equal here get the same class and day for every kind of work.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Papers<'a> {
    status: Option<ResidenceStatus>,
    accelerated: bool,
    document_until: When,
    document_kind: bool,
    bsn: Option<bool>,
    turns_18: When,
    open_to: Option<&'a [ContractWish]>,
    student: Option<bool>,
}

pub(super) fn right_to_work<'a>(plain: Plain<'_>, person: &'a CandidateFacts) -> RightToWork<'a> {
    let legal = &person.legal;
    let far = plain.rules.farthest();
    let wait_over = |started: Day| started.plus_months(far.wait);
    let old_enough = |adult: Day| adult.plus_months(12 * (far.age - 18));
    let is_over = |day: Day| day <= plain.as_of;
    let (procedure_started, turns_18) = (
        when(legal.procedure_started, |started| is_over(wait_over(started))),
        when(legal.turns_18_on, |adult| is_over(old_enough(adult))),
    );
    // By then everything that a permit waits for is over, and the permit is there.
    let waits = [
        legal.procedure_started.map(wait_over),
        legal.turns_18_on.map(old_enough),
        legal.weeks_worked.map(|(_, started)| started.plus_days(366)),
    ];
    let latest = waits.into_iter().flatten().fold(plain.as_of, Day::max);
    let document_until = match legal.document_until {
        Some(until) if until >= latest.plus_days(far.steps) => When::Far,
        until => when(until, |until| until < plain.as_of),
    };
    RightToWork {
        status: legal.status,
        accelerated: legal.accelerated,
        note: legal.note,
        since: legal.since.filter(|since| *since > plain.as_of),
        procedure_started,
        turns_18,
        document_until,
        document_kind: legal.document_kind,
        permits: &legal.permits,
        weeks_worked: legal.weeks_worked,
    }
}

pub(super) fn papers<'a>(plain: Plain<'_>, person: &'a CandidateFacts) -> Papers<'a> {
    let LegalFacts { status, accelerated, document_until, document_kind, turns_18_on, bsn, .. } =
        person.legal;
    let document_until = match document_until {
        Some(until) if until >= plain.as_of => When::Far,
        until => when(until, |_| true),
    };
    Papers {
        status,
        accelerated,
        document_until,
        document_kind: document_kind.is_some(),
        bsn,
        turns_18: when(turns_18_on, |day| day <= plain.as_of),
        open_to: person.practical.open_to.as_deref(),
        student: person.practical.student,
    }
}

fn when(day: Option<Day>, is_past: impl Fn(Day) -> bool) -> When {
    match day {
        None => When::NotKnown,
        Some(day) if is_past(day) => When::Past,
        Some(day) => When::On(day),
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::Engine;
    use crate::gate::{asked, part};
    use crate::index::build::found;
    use crate::index::testing::index;
    use crate::model::{Candidate, Day, Residence, ResidenceStatus, Vacancy, WorkNote};

    /// People of every status with dates on both sides of everything that a rule looks at.
    fn people(as_of: Day) -> Vec<Candidate> {
        let base: Candidate = serde_json::from_str(r#"{"id":"c"}"#).unwrap();
        // None is first: the other days count from there.
        let days = |days: &[i32]| -> Vec<Option<Day>> {
            let known = days.iter().map(|days| Some(as_of.plus_days(*days)));
            std::iter::once(None).chain(known).collect()
        };
        let started = days(&[-900, -184, -183, -182, -150, 0, 30]);
        let until = days(&[-1, 0, 34, 35, 36, 48, 49, 83, 84, 85, 200, 2_000]);
        let adult = days(&[-9_000, -1_096, -1, 0, 1, 700, 731]);
        let begun = days(&[-10, 0, 10]);
        let notes = [None, Some(WorkNote::Free), Some(WorkNote::TwvRequired)];
        let mut people = Vec::new();
        for (at, status) in ResidenceStatus::ALL.into_iter().enumerate() {
            for turn in 0..260 {
                let of = |list: &[Option<Day>], step: usize| {
                    list.get((turn * step + at) % list.len()).copied().flatten()
                };
                people.push(Candidate {
                    id: format!("c{at}-{turn}"),
                    turns_18_on: of(&adult, 7),
                    residence: Some(Residence {
                        status: Some(status),
                        since: of(&begun, 5),
                        procedure_started: of(&started, 1),
                        document_valid_until: of(&until, 3),
                        work_note: notes.get(turn % 11).copied().flatten(),
                        ..Residence::default()
                    }),
                    bsn_available: [Some(true), Some(false), None].get(turn % 5).copied().flatten(),
                    ..base.clone()
                });
            }
        }
        people
    }

    #[test]
    fn people_of_one_class_get_what_each_of_them_gets() {
        let work: Vec<Vacancy> =
            include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl"))
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
        let as_of: Day = "2026-11-25".parse().unwrap();
        let people = people(as_of);
        let market = Engine::default().market(&people, &work, as_of).unwrap();
        let (plain, sides, index) = (market.plain(), market.sides(), index(&market));
        let on = plain.on_day();
        let [rights, papers] = &index.rights;
        let mut own = Vec::new();
        for (number, one) in (0..).zip(sides.0) {
            let row = rights.row(plain, sides, rights.class(number), &mut own).to_vec();
            let each = index
                .work
                .iter()
                .map(|demand| found(on, |add| part::right_to_work(on, &one.legal, demand, add)));
            assert_eq!(row, each.collect::<Vec<_>>(), "{}", one.id());
            let row = papers.row(plain, sides, papers.class(number), &mut own).to_vec();
            let each = index.papers.iter().map(|demand| {
                let (demand, person) =
                    (&index.work[*demand as usize], (&one.legal, &one.practical));
                found(on, |add| part::papers(on, person, asked(demand), add))
            });
            assert_eq!(row, each.collect::<Vec<_>>(), "{}", one.id());
        }
        let classes = usize::try_from(rights.classes()).unwrap();
        assert!(classes < people.len(), "{classes} classes of {} people", people.len());
    }
}
