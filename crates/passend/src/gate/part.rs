// SPDX-License-Identifier: EUPL-1.2
//! The gates in parts: each looks at one view of the person and one of the vacancy, and at nothing else.
//!
//! Judging a pair asks every part; an index asks each part once for equal views and gets the same findings.

use super::{Finding, Gate, OnDay};
use super::{
    age, certificate, diploma, document, exclusion, hours, kind_of_work, language, profession,
    work_authorisation, working_time,
};
use crate::model::HoursPerWeek;
use crate::policy::WorkAsked;
use crate::prepare::{
    Avoided, CertificateDemand, CertificateFact, DiplomaDemand, EducationFact, Excludable,
    LegalFacts, LicenceDemand, LicenceFact, PracticalFacts, QualificationFacts, Regulated, Shifts,
    Speaks, Spoken, Week, WorkDemand,
};

pub(crate) fn right_to_work(
    on: OnDay<'_>,
    legal: &LegalFacts,
    work: &WorkDemand,
    add: &mut (impl FnMut(Finding) + ?Sized),
) {
    add(work_authorisation(on, legal, work));
}

/// Papers, age and the kind of work.
pub(crate) fn papers(
    on: OnDay<'_>,
    (legal, practical): (&LegalFacts, &PracticalFacts),
    work: WorkAsked<'_>,
    add: &mut (impl FnMut(Finding) + ?Sized),
) {
    add(document::document(on, legal, work));
    add(document::citizen_service_number(on, legal, work.kind));
    add(age::age(on, legal, work));
    add(kind_of_work::kind_of_work(on, practical, work.kind));
}

pub(crate) fn regulated(
    on: OnDay<'_>,
    facts: &QualificationFacts,
    work: Regulated<'_>,
    add: &mut (impl FnMut(Finding) + ?Sized),
) {
    let not_asked = profession::not_asked(on, work.unlinked, work.unnamed);
    each(work.professions, add, not_asked, |demand| profession::profession(on, facts, *demand));
}

pub(crate) fn certificates(
    on: OnDay<'_>,
    held: Option<&[CertificateFact]>,
    demands: &[CertificateDemand],
    add: &mut (impl FnMut(Finding) + ?Sized),
) {
    let not_asked = Finding::open(Gate::Certificate, on, certificate::NOT_ASKED);
    each(demands, add, not_asked, |demand| certificate::certificate(on, held, *demand));
}

pub(crate) fn licences(
    on: OnDay<'_>,
    held: Option<&[LicenceFact]>,
    demands: &[LicenceDemand],
    add: &mut (impl FnMut(Finding) + ?Sized),
) {
    for demand in demands {
        add(certificate::licence(on, held, *demand));
    }
}

pub(crate) fn languages(
    on: OnDay<'_>,
    person: Speaks<'_>,
    work: Spoken<'_>,
    add: &mut (impl FnMut(Finding) + ?Sized),
) {
    let not_asked = Finding::open(Gate::Language, on, language::NOT_ASKED);
    let coach = person.coach || work.support;
    each(work.musts, add, not_asked, |demand| {
        language::language(on, person.languages, demand, coach)
    });
}

pub(crate) fn diploma(
    on: OnDay<'_>,
    courses: Option<&[EducationFact]>,
    demand: Option<DiplomaDemand>,
    add: &mut (impl FnMut(Finding) + ?Sized),
) {
    add(diploma::diploma(on, courses, demand));
}

/// Several shifts are as open as the worst of them, so that each may be asked by itself.
pub(crate) fn working_times(
    on: OnDay<'_>,
    week: Week<'_>,
    work: Shifts<'_>,
    add: &mut (impl FnMut(Finding) + ?Sized),
) {
    add(working_time::working_time(on, week, work.shifts));
    if work.irregular {
        add(working_time::irregular(on, week));
    }
}

pub(crate) fn hours(
    on: OnDay<'_>,
    person: HoursPerWeek,
    work: HoursPerWeek,
    add: &mut (impl FnMut(Finding) + ?Sized),
) {
    add(hours::hours(on, person, work));
}

pub(crate) fn exclusion(
    on: OnDay<'_>,
    avoids: &[Avoided],
    work: Excludable<'_>,
    add: &mut (impl FnMut(Finding) + ?Sized),
) {
    add(exclusion::exclusion(on, avoids, work));
}

/// One finding for each demand, or the one that says that nothing is asked.
fn each<T>(
    demands: &[T],
    add: &mut (impl FnMut(Finding) + ?Sized),
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
