// SPDX-License-Identifier: EUPL-1.2
//! The right to work: residence status, waiting periods, work permits.

use super::working_day::after_working_days;
use super::{Announced, Arg, Finding, FindingKind, Gate, OnDay, Rule, Step, Strength};
use crate::model::{Day, DocumentKind, ResidenceStatus, Stance, WorkKind, WorkNote};
use crate::policy::{Permits, RuleIndex, WorkAsked, WorkOutcome, WorkRule};
use crate::prepare::{LegalFacts, PermitFact, WorkDemand};

use crate::text::Say;

const GATE: Gate = Gate::WorkAuthorisation;
const REFUSED: Say = Say("employer_refuses_twv");
const DAYS_OF_52_WEEKS: i32 = 364;

/// A permit for this employer opens; a note on the residence document beats the status row; else the row in force on the
/// day decides. No row, or a date that a row needs and nobody knows, is a question, never a guess.
///
/// Where the period of an announced rule has begun and it would give something else, the finding says so.
pub(crate) fn work_authorisation(on: OnDay<'_>, legal: &LegalFacts, work: &WorkDemand) -> Finding {
    let finding = decided(on, legal, work).by_law();
    // Whoever may work without a permit is not asked for whom it is.
    if let Some(permit) = by_permit(on, legal, work).filter(|_| finding.kind != FindingKind::Open) {
        return permit.by_law();
    }
    if finding.say == REFUSED {
        return finding.resting_on(Strength::EmployersWish);
    }
    let Some(status) = legal.status.filter(|_| legal.note.is_none()) else { return finding };
    let statuses = rule_statuses(status, legal.accelerated).into_iter().flatten();
    let announced = statuses.filter_map(|one| on.rules.announced(one, asked(work))).next();
    let Some((index, rule)) = announced else { return finding };
    let other = by_rule(on, legal, work, index, rule);
    let differs = (other.kind, other.day) != (finding.kind, finding.day);
    Finding {
        announced: differs.then_some(Announced { rule: index, kind: other.kind, day: other.day }),
        ..finding
    }
}

/// The rule of the status and kind of work that decides on the day.
pub(super) fn deciding<'a>(
    on: OnDay<'a>,
    legal: &LegalFacts,
    work: WorkAsked<'_>,
) -> Option<(RuleIndex, &'a WorkRule)> {
    let statuses = rule_statuses(legal.status?, legal.accelerated);
    statuses.into_iter().flatten().find_map(|status| on.rules.decide(status, work))
}

/// An accelerated procedure has rows of its own, while they are in force.
fn rule_statuses(status: ResidenceStatus, accelerated: bool) -> [Option<ResidenceStatus>; 2] {
    let own = accelerated && status == ResidenceStatus::AsylumSeekerInProcedure;
    [own.then_some(ResidenceStatus::AsylumSeekerAccelerated), Some(status)]
}

/// What rules are chosen by.
pub(crate) fn asked(work: &WorkDemand) -> WorkAsked<'_> {
    WorkAsked { kind: work.kind, sector: work.sector.as_ref() }
}

fn decided(on: OnDay<'_>, legal: &LegalFacts, work: &WorkDemand) -> Finding {
    let decides = deciding(on, legal, asked(work));
    match legal.note {
        Some(WorkNote::Free) => {
            return Finding::open(GATE, on, Say("work_note_free"))
                .until(legal.document_until)
                .remarked();
        }
        Some(WorkNote::NotAllowed) => {
            return Finding::closed(GATE, on, Say("work_note_not_allowed"));
        }
        // A note that agrees with the row does not take away what else the row asks.
        Some(WorkNote::TwvRequired)
            if decides.is_none_or(|(_, rule)| rule.outcome != WorkOutcome::Twv) =>
        {
            return permit(on, legal, work, on.as_of, None, Say("work_note_twv"));
        }
        Some(WorkNote::TwvRequired | WorkNote::Unknown) | None => {}
    }
    if legal.status.is_none() {
        return Finding::unknown(
            GATE,
            on,
            "residence.status",
            Say("ask_status"),
            Say("status_unknown"),
        );
    }
    let Some((index, rule)) = decides else {
        return Finding::unknown(
            GATE,
            on,
            "residence.status",
            Say("ask_status_now"),
            Say("no_rule"),
        );
    };
    let finding = by_rule(on, legal, work, index, rule);
    match (legal.since.filter(|since| *since > on.as_of), finding.kind) {
        (None, _) => finding,
        // A status that has not begun opens on its day; before it nothing is known of another one.
        (Some(since), FindingKind::Open) => {
            Finding::opens_on(GATE, since, Say("status_begins")).by(Rule::Work(index))
        }
        (Some(_), _) => Finding::unknown(
            GATE,
            on,
            "residence.status",
            Say("ask_status_now"),
            Say("status_not_begun"),
        ),
    }
}

/// A permit that holds, or will, for this employer; one that names no employer asks for whom it is.
fn by_permit(on: OnDay<'_>, legal: &LegalFacts, work: &WorkDemand) -> Option<Finding> {
    let valid = |permit: &&PermitFact| permit.until.is_none_or(|until| until >= on.as_of);
    let own = |permit: &&PermitFact| {
        permit.employer.is_none() || permit.employer == work.employer || hires(permit, work)
    };
    let permit = legal.permits.iter().filter(valid).filter(own).max_by_key(|permit| {
        let begun = permit.from.is_none_or(|from| from <= on.as_of);
        (permit.employer.is_some(), begun, permit.until.map_or(i32::MAX, Day::days_since_1970))
    })?;
    if permit.employer.is_none() {
        return Some(Finding::unknown(
            GATE,
            on,
            "residence.permits.employer_id",
            Say("ask_permit_employer"),
            Say("permit_without_employer"),
        ));
    }
    // A permit does not outlive the document.
    let until = permit.until.into_iter().chain(legal.document_until).min();
    let begins = permit.from.filter(|from| *from > on.as_of);
    if permit.hours_max.is_some_and(|most| most < work.hours_min) {
        let finding = Finding::needs(GATE, on, Step::Row("fewer_hours"), Say("permit_fewer_hours"));
        return Some(Finding {
            day: finding.day.max(begins.unwrap_or(on.as_of)),
            ..finding.until(until)
        });
    }
    let finding = match begins {
        Some(from) => Finding::opens_on(GATE, from, Say("permit_begins")).until(until),
        None => Finding::open(GATE, on, Say("permit_held")).until(until).remarked(),
    };
    Some(match on.rules.agency() {
        Some(agency) if permit.employer != work.employer => Finding {
            more: [Some(Say("permit_of_agency")), None, None, None],
            ..finding.by(Rule::Work(agency))
        },
        _ => finding,
    })
}

/// One permit of an agency or pool lets a person work at each of the employers that it names.
fn hires(permit: &PermitFact, work: &WorkDemand) -> bool {
    let Some(employer) = work.employer.filter(|_| work.kind == WorkKind::Paid) else {
        return false;
    };
    permit.hirers.as_deref().is_some_and(|hirers| hirers.contains(&employer))
}

/// A permit of another holder that has not ended and does not say at which employers it lets the person work.
fn may_be_hired(on: OnDay<'_>, legal: &LegalFacts) -> bool {
    let lasts = |permit: &PermitFact| permit.until.is_none_or(|until| until >= on.as_of);
    legal
        .permits
        .iter()
        .any(|permit| lasts(permit) && permit.employer.is_some() && permit.hirers.is_none())
}

fn by_rule(
    on: OnDay<'_>,
    legal: &LegalFacts,
    work: &WorkDemand,
    index: RuleIndex,
    rule: &WorkRule,
) -> Finding {
    let by = Rule::Work(index);
    match rule.outcome {
        WorkOutcome::Open if rule.step.is_some() => {
            Finding::needs(GATE, on, Step::OfRule(index), Say("rule")).by(by).until(rule.valid_to)
        }
        WorkOutcome::Open => {
            let finding = Finding::open(GATE, on, Say("rule")).by(by).until(rule.valid_to);
            let Some(workdays) = rule.notification_workdays else { return finding };
            // The pair stays open: what is dated is the duty of the employer.
            Finding { more: [Some(Say("notify_today")), None, None, None], ..finding }
                .about(Arg::Day(after_working_days(on.as_of, workdays)))
                .remarked()
        }
        // A row of paid work does not close placements and voluntary work, unless it says so.
        WorkOutcome::Closed if rule.kind != work.kind && !rule.all_kinds => {
            Finding::unknown(GATE, on, "residence.status", Say("ask_unpaid"), Say("unpaid_unknown"))
                .by(by)
        }
        WorkOutcome::Closed => match (rule.until_age, rule.then_status) {
            (Some(age), Some(then)) => when_older(on, legal, work, (age, then), by),
            _ => Finding::closed(GATE, on, Say("rule")).by(by),
        },
        WorkOutcome::Twv => by_waiting(on, legal, work, index, rule),
        WorkOutcome::Unknown => {
            Finding::unknown(GATE, on, "residence.work_note", Say("ask_rule"), Say("rule")).by(by)
        }
    }
}

/// Closed until an age: from that day on the rule of another status decides.
fn when_older(
    on: OnDay<'_>,
    legal: &LegalFacts,
    work: &WorkDemand,
    (age, then): (u8, ResidenceStatus),
    by: Rule,
) -> Finding {
    let Some(adult) = legal.turns_18_on else {
        return Finding::unknown(
            GATE,
            on,
            "turns_18_on",
            Say("ask_turns_18"),
            Say("turns_18_unknown"),
        )
        .by(by);
    };
    let from = adult.plus_months(12 * (i32::from(age) - 18));
    // The policy is checked: the rules of that status lead to no third one.
    let later = on.rules.decide(then, asked(work));
    match later.map(|(index, rule)| by_rule(on, legal, work, index, rule)) {
        Some(finding) if finding.kind == FindingKind::Open && from > on.as_of => {
            Finding::opens_on(GATE, from, Say("opens_when_older")).by(by)
        }
        Some(finding) => finding,
        None if from > on.as_of => Finding::opens_on(GATE, from, Say("opens_when_older")).by(by),
        None => {
            Finding::unknown(GATE, on, "residence.status", Say("ask_status_now"), Say("no_rule"))
                .by(by)
        }
    }
}

/// A permit after a waiting period, counted in calendar months, and not before the least age.
fn by_waiting(
    on: OnDay<'_>,
    legal: &LegalFacts,
    work: &WorkDemand,
    index: RuleIndex,
    rule: &WorkRule,
) -> Finding {
    let by = Rule::Work(index);
    let unknown = |field, ask: Say, say: Say| Finding::unknown(GATE, on, field, ask, say).by(by);
    // A refusal that is stated closes, whatever else is not known.
    if refused(on, work) {
        return Finding::closed(GATE, on, REFUSED).by(by);
    }
    let mut opens = on.as_of;
    if let Some(months) = rule.wait_months {
        let Some(started) = legal.procedure_started else {
            return unknown(
                "residence.procedure_started",
                Say("ask_procedure_started"),
                Say("procedure_started_unknown"),
            );
        };
        opens = opens.max(started.plus_months(i32::from(months)));
    }
    if let (Some(age), Some(adult)) = (rule.min_age, legal.turns_18_on) {
        opens = opens.max(adult.plus_months(12 * (i32::from(age) - 18)));
    }
    if let Some(most) = rule.max_weeks_per_52 {
        let Some((weeks, started)) = legal.weeks_worked else {
            return unknown(
                "residence.nl_work",
                Say("ask_weeks_worked"),
                Say("weeks_worked_unknown"),
            );
        };
        if weeks >= most {
            opens = opens.max(started.plus_days(DAYS_OF_52_WEEKS));
        }
    }
    if rule.document_required {
        if legal.document_kind.is_some_and(|kind| kind != DocumentKind::WDocument) {
            return unknown(
                "residence.document_kind",
                Say("ask_document_kind"),
                Say("document_other_kind"),
            );
        }
        if legal.document_until.is_none() {
            return unknown(
                "residence.document_valid_until",
                Say("ask_document_end"),
                Say("document_end_unknown"),
            );
        }
    }
    permit(on, legal, work, opens, Some((index, rule)), Say("rule"))
}

/// The agency that would hold the permit instead of the employer.
fn agency(on: OnDay<'_>, work: &WorkDemand) -> Option<RuleIndex> {
    on.rules.agency().filter(|_| work.agency && work.kind == WorkKind::Paid)
}

fn refused(on: OnDay<'_>, work: &WorkDemand) -> bool {
    on.rules.permits() == Permits::AsStated
        && work.will_apply == Stance::No
        && agency(on, work).is_none()
}

/// The employer, or an agency, applies for a permit from `opens` on. What must be right before that runs beside the waiting:
/// a document that ends before the permit could be there is renewed, pay below the market is raised, hours above those that
/// the rule allows are lowered.
fn permit(
    on: OnDay<'_>,
    legal: &LegalFacts,
    work: &WorkDemand,
    opens: Day,
    row: Option<(RuleIndex, &WorkRule)>,
    say: Say,
) -> Finding {
    let agency = agency(on, work);
    if refused(on, work) {
        return Finding::closed(GATE, on, REFUSED);
    }
    if on.rules.permits() == Permits::Abolished {
        let finding = if opens > on.as_of {
            Finding::opens_on(GATE, opens, say)
        } else {
            Finding::open(GATE, on, say)
        };
        return row.map_or(finding, |(index, _)| finding.by(Rule::Work(index)));
    }
    let step = match (agency, row) {
        (Some(agency), _) => Step::OfRule(agency),
        (None, Some((index, rule))) if rule.step.is_some() => Step::OfRule(index),
        _ => Step::Row("twv"),
    };
    let days = |step: Step| i32::from(on.lead_time(step).usual);
    let ready = |step: Option<Step>, from: Day| {
        step.map_or(from, |step| from.max(on.as_of.plus_days(days(step))))
    };
    let most = row.and_then(|(_, rule)| rule.max_hours_per_week);
    let shorten = most
        .is_some_and(|most| work.hours_min > u32::from(most) * 100)
        .then_some(Step::Row("fewer_hours"));
    let raise = (work.pays_market_wage == Some(false)).then_some(Step::Row("raise_pay"));
    let apply = ready(raise, ready(shorten, opens));
    let document_needed = row.is_none_or(|(_, rule)| rule.document_required);
    let ends_first = |until: Day| document_needed && until < apply.plus_days(days(step));
    let renew = legal.document_until.is_some_and(ends_first).then_some(Step::Row("renew_document"));
    let mut steps = [shorten, raise, renew, Some(step)].into_iter().flatten();
    let document_end = legal.document_until.filter(|_| document_needed && renew.is_none());
    let day = ready(renew, apply).plus_days(days(step));
    let days_left = document_end
        .and_then(|end| u32::try_from(end.days_since_1970() - day.days_since_1970()).ok());
    if on.rules.permits() == Permits::Requested && [shorten, raise, renew] == [None; 3] {
        let until = document_end.into_iter().chain(row.and_then(|(_, rule)| rule.valid_to)).min();
        let finding = Finding::opens_on(GATE, day, say).until(until);
        return row.map_or(finding, |(index, _)| finding.by(Rule::Work(index)));
    }
    let finding = Finding {
        day,
        steps: [steps.next(), steps.next(), steps.next(), steps.next()],
        // A permit does not outlive the document, nor the rule; a renewed one has an end that nobody knows yet.
        until: document_end.into_iter().chain(row.and_then(|(_, rule)| rule.valid_to)).min(),
        more: [
            agency.map(|_| Say("twv_by_agency")),
            (opens > on.as_of).then_some(Say("twv_from")),
            raise.map(|_| Say("twv_after_pay")),
            renew.map(|_| Say("twv_after_renewal")).or(days_left.map(|_| Say("twv_days"))),
        ],
        ..Finding::needs(GATE, on, step, say)
    };
    let finding = match row {
        Some((index, _)) => finding.by(Rule::Work(index)),
        None => finding,
    }
    .about(Arg::Day(opens))
    .about(days_left.map_or(Arg::None, Arg::Number));
    if agency.is_some() && may_be_hired(on, legal) {
        return finding.asking("residence.permits.hirers", Say("ask_permit_hirers"), Arg::None);
    }
    if work.will_apply == Stance::Unknown && agency.is_none() {
        return finding.asking("twv.employer_will_apply", Say("ask_employer_twv"), Arg::None);
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_more, check_under, check_whole};
    use super::*;

    const WILLING: &str = r#""twv":{"employer_will_apply":"yes"}"#;

    fn seeker(more: &str) -> String {
        format!(
            r#""residence":{{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"2027-12-31"{more}}}"#
        )
    }

    #[test]
    fn six_calendar_months_then_five_weeks() {
        check(GATE, "2025-07-14", &seeker(""), WILLING, "needs twv 2025-08-19");
        check(GATE, "2025-07-15", &seeker(""), WILLING, "needs twv 2025-08-19");
        check(GATE, "2025-07-16", &seeker(""), WILLING, "needs twv 2025-08-20");
    }

    #[test]
    fn a_date_that_the_rule_needs_is_asked() {
        let unknown = r#""residence":{"status":"asylum_seeker_in_procedure"}"#;
        check(GATE, "2025-07-14", unknown, WILLING, "unknown residence.procedure_started law");
        check(GATE, "2025-07-14", "", WILLING, "unknown residence.status law");
        check(
            GATE,
            "2025-07-14",
            r#""residence":{"status":"family_regular"}"#,
            WILLING,
            "unknown residence.work_note law",
        );
    }

    #[test]
    fn a_refusal_of_the_employer_closes_and_silence_asks() {
        check(GATE, "2025-08-01", &seeker(""), r#""twv":{"employer_will_apply":"no"}"#, "closed");
        check(GATE, "2025-08-01", &seeker(""), "", "needs twv 2025-09-05");
        let pool = r#""twv":{"employer_will_apply":"no"},"pool":{"agency_holds_twv":true}"#;
        check(GATE, "2025-08-01", &seeker(""), pool, "needs twv_agency 2025-09-05");
    }

    #[test]
    fn what_must_be_right_first_runs_beside_the_waiting() {
        let ends = |day: &str| {
            format!(
                r#""residence":{{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"{day}"}}"#
            )
        };
        check(
            GATE,
            "2025-08-01",
            &ends("2025-09-04"),
            WILLING,
            "needs renew_document twv 2025-10-17",
        );
        check(GATE, "2025-08-01", &ends("2025-09-05"), WILLING, "needs twv 2025-09-05");
        let low = r#""twv":{"employer_will_apply":"yes"},"pays_market_wage":false"#;
        check(GATE, "2025-08-01", &seeker(""), low, "needs raise_pay twv 2025-09-19");
        // Until 18 September is long enough for a permit, but not after the pay was raised.
        check(
            GATE,
            "2025-08-01",
            &ends("2025-09-18"),
            low,
            "needs raise_pay renew_document twv 2025-10-17",
        );
    }

    #[test]
    fn a_permit_or_a_note_beats_the_status_row() {
        let employer = r#""employer":{"id":"e1"}"#;
        let permit = |until: &str| {
            seeker(&format!(
                r#","permits":[{{"kind":"twv","until":"{until}","employer_id":"e1"}}]"#
            ))
        };
        check(GATE, "2025-08-01", &permit("2025-08-01"), employer, "open");
        check(GATE, "2025-08-02", &permit("2025-08-01"), employer, "needs twv 2025-09-06");
        check(
            GATE,
            "2025-08-01",
            &permit("2025-12-31"),
            r#""employer":{"id":"e2"}"#,
            "needs twv 2025-09-05",
        );
        check(GATE, "2025-02-01", &seeker(r#","work_note":"free""#), "", "open");
        check(GATE, "2025-08-01", &seeker(r#","work_note":"not_allowed""#), "", "closed");
    }

    #[test]
    fn a_permit_has_an_employer_hours_and_a_first_day() {
        let employer = r#""employer":{"id":"e1"},"hours":{"min":36}"#;
        let permit = |more: &str| seeker(&format!(r#","permits":[{{"kind":"twv"{more}}}]"#));
        check(
            GATE,
            "2025-08-01",
            &permit(""),
            employer,
            "unknown residence.permits.employer_id law",
        );
        let own = |more: &str| permit(&format!(r#","employer_id":"e1"{more}"#));
        check(
            GATE,
            "2025-08-01",
            &own(r#","hours":{"max":16}"#),
            employer,
            "needs fewer_hours 2025-08-08",
        );
        check(GATE, "2025-08-01", &own(r#","from":"2025-08-20""#), employer, "opens_on 2025-08-20");
    }

    #[test]
    fn one_permit_of_an_agency_covers_the_employers_that_it_names() {
        let held = |more: &str| {
            seeker(&format!(
                r#","permits":[{{"kind":"twv","until":"2026-06-30","employer_id":"pool"{more}}}]"#
            ))
        };
        let hirer =
            |id: &str| format!(r#""employer":{{"id":"{id}"}},"pool":{{"agency_holds_twv":true}}"#);
        let two = held(r#","hirers":["e1","e2"]"#);
        check(GATE, "2025-08-01", &two, &hirer("e1"), "open");
        check(GATE, "2025-08-01", &two, &hirer("e2"), "open");
        check(GATE, "2026-06-30", &two, &hirer("e2"), "open");
        check(GATE, "2026-07-01", &two, &hirer("e2"), "needs twv_agency 2026-08-05");
        check(GATE, "2025-08-01", &two, &hirer("e3"), "needs twv_agency 2025-09-05");
        // It does not say at whom: the step stays and a question rides along.
        check(GATE, "2025-08-01", &held(""), &hirer("e1"), "needs twv_agency 2025-09-05");
        let unpaid = r#""employer":{"id":"e1"},"kind":"voluntary""#;
        check(GATE, "2025-08-01", &two, unpaid, "needs volunteer_statement 2025-09-05");
    }

    #[test]
    fn what_rides_along_with_a_permit_is_told() {
        let held = |more: &str| {
            seeker(&format!(
                r#","permits":[{{"kind":"twv","until":"2026-06-30","employer_id":"pool"{more}}}]"#
            ))
        };
        let hirer = r#""employer":{"id":"e1"},"pool":{"agency_holds_twv":true}"#;
        let asks = "residence.permits.hirers 2027-12-31";
        check_more(GATE, "2025-08-01", &held(""), hirer, asks);
        check_more(GATE, "2026-06-30", &held(""), hirer, asks);
        // One that has ended, or that says at whom, asks nothing; nor does it where nobody else holds the permit.
        check_more(GATE, "2026-07-01", &held(""), hirer, "- 2027-12-31");
        check_more(GATE, "2025-08-01", &held(r#","hirers":["e3"]"#), hirer, "- 2027-12-31");
        check_more(GATE, "2025-08-01", &seeker(""), hirer, "- 2027-12-31");
        check_more(GATE, "2025-08-01", &held(""), WILLING, "- 2027-12-31");
        let silent = r#""employer":{"id":"e1"}"#;
        let stance = "twv.employer_will_apply 2027-12-31";
        check_more(GATE, "2025-08-01", &held(""), silent, stance);
        // Open for the hirer until the permit ends, or the document if that comes first.
        let named = held(r#","hirers":["e1"]"#);
        check_more(GATE, "2025-08-01", &named, hirer, "- 2026-06-30 remarked");
        let short = named.replace("2027-12-31", "2026-05-31");
        check_more(GATE, "2025-08-01", &short, hirer, "- 2026-05-31 remarked");
        let no_end = named.replace(r#""until":"2026-06-30","#, "");
        check_more(GATE, "2025-08-01", &no_end, hirer, "- 2027-12-31 remarked");
        // Work by a rule that ends, and by a note on a document.
        let ukraine = r#""residence":{"status":"ukraine_temporary_protection"}"#;
        check_more(GATE, "2026-01-10", ukraine, "", "- 2027-03-04 remarked");
        let note = r#""residence":{"work_note":"free","document_valid_until":"2028-01-01"}"#;
        check_more(GATE, "2026-01-10", note, "", "- 2028-01-01 remarked");
        // Until a new document is there nobody knows how long the permit can last.
        let renewed = seeker("").replace("2027-12-31", "2025-08-15");
        check_more(GATE, "2025-08-01", &renewed, WILLING, "- -");
    }

    #[test]
    fn of_several_permits_that_of_this_employer_counts_then_the_one_in_force_then_the_longest() {
        let permits = |list: &str| seeker(&format!(r#","permits":[{list}]"#));
        let employer = r#""employer":{"id":"e1"}"#;
        let own = r#"{"kind":"twv","from":"2025-01-01","until":"2025-10-31","employer_id":"e1"}"#;
        let later = r#"{"kind":"twv","from":"2025-11-01","until":"2026-10-31","employer_id":"e1"}"#;
        let longer =
            r#"{"kind":"twv","from":"2025-02-01","until":"2025-12-31","employer_id":"e1"}"#;
        let nobody = r#"{"kind":"twv","until":"2027-10-31"}"#;
        let day = "2025-08-01";
        check_more(
            GATE,
            day,
            &permits(&format!("{later},{own}")),
            employer,
            "- 2025-10-31 remarked",
        );
        check_more(
            GATE,
            day,
            &permits(&format!("{own},{longer}")),
            employer,
            "- 2025-12-31 remarked",
        );
        check_more(
            GATE,
            day,
            &permits(&format!("{nobody},{own}")),
            employer,
            "- 2025-10-31 remarked",
        );
        check(GATE, day, &permits(later), employer, "opens_on 2025-11-01");
        check(GATE, "2025-11-01", &permits(later), employer, "open");
    }

    #[test]
    fn a_note_that_agrees_with_the_row_keeps_its_wait() {
        check(
            GATE,
            "2025-02-01",
            &seeker(r#","work_note":"twv_required""#),
            WILLING,
            "needs twv 2025-08-19",
        );
        let family = r#""residence":{"status":"family_regular","work_note":"twv_required"}"#;
        check(GATE, "2025-02-01", family, WILLING, "needs twv 2025-03-08");
    }

    #[test]
    fn a_status_that_has_not_begun_opens_on_its_day() {
        let person = r#""residence":{"status":"status_holder_fixed_term","since":"2026-06-01"}"#;
        check(GATE, "2026-01-10", person, "", "opens_on 2026-06-01");
        check(GATE, "2026-06-01", person, "", "open");
    }

    #[test]
    fn another_document_than_the_w_document_is_asked_about() {
        check(
            GATE,
            "2025-08-01",
            &seeker(r#","document_kind":"w2_document""#),
            WILLING,
            "unknown residence.document_kind law",
        );
        check(
            GATE,
            "2025-08-01",
            &seeker(r#","document_kind":"w_document""#),
            WILLING,
            "needs twv 2025-09-05",
        );
    }

    #[test]
    fn a_refusal_closes_whatever_else_is_not_known() {
        let unknown = r#""residence":{"status":"asylum_seeker_in_procedure"}"#;
        check(GATE, "2025-07-14", unknown, r#""twv":{"employer_will_apply":"no"}"#, "closed");
    }

    #[test]
    fn a_student_works_sixteen_hours() {
        let student = r#""residence":{"status":"student_non_eu"}"#;
        check(
            GATE,
            "2025-07-14",
            student,
            r#""hours":{"min":24},"twv":{"employer_will_apply":"yes"}"#,
            "needs fewer_hours twv 2025-08-25",
        );
    }

    #[test]
    fn a_minor_may_do_a_placement() {
        let minor = r#""turns_18_on":"2025-09-10","residence":{"status":"unaccompanied_minor_in_procedure"}"#;
        check(GATE, "2025-08-01", minor, r#""kind":"internship""#, "open");
        check(GATE, "2025-08-01", minor, r#""kind":"voluntary""#, "unknown residence.status law");
    }

    #[test]
    fn weeks_that_are_used_up_wait_until_a_year_after_their_start() {
        let worked = |weeks: u8| {
            format!(
                r#""residence":{{"status":"asylum_seeker_in_procedure","procedure_started":"2022-12-01","document_valid_until":"2024-12-31","nl_work":{{"started":"2023-05-01","weeks_worked_in_52":{weeks}}}}}"#
            )
        };
        check(GATE, "2023-11-28", &worked(24), WILLING, "needs twv 2024-06-03"); // 29 April 2024 + 35 days
        check(GATE, "2023-11-28", &worked(23), WILLING, "needs twv 2024-01-02");
        check(GATE, "2023-11-29", &worked(24), WILLING, "needs twv 2024-01-03");
        let not_told = r#""residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2022-12-01","document_valid_until":"2024-12-31"}"#;
        check(GATE, "2023-11-28", not_told, WILLING, "unknown residence.nl_work law");
    }

    #[test]
    fn temporary_protection_opens_to_its_last_day() {
        let person = r#""residence":{"status":"ukraine_temporary_protection"}"#;
        check(GATE, "2027-03-04", person, "", "open");
        check(GATE, "2027-03-05", person, "", "unknown residence.status law");
    }

    #[test]
    fn a_minor_in_procedure_waits_for_the_birthday_while_the_months_run() {
        let minor = r#""turns_18_on":"2025-09-10","residence":{"status":"unaccompanied_minor_in_procedure","procedure_started":"2024-11-01","document_valid_until":"2025-10-31"}"#;
        check(GATE, "2025-08-01", minor, WILLING, "needs twv 2025-10-15");
        let undated = r#""residence":{"status":"unaccompanied_minor_in_procedure"}"#;
        check(GATE, "2025-08-01", undated, WILLING, "unknown turns_18_on law");
    }

    #[test]
    fn kinds_of_work_have_their_own_rules() {
        check(GATE, "2025-03-01", &seeker(""), r#""kind":"internship""#, "open");
        check(
            GATE,
            "2025-03-01",
            &seeker(""),
            r#""kind":"voluntary""#,
            "needs volunteer_statement 2025-04-05",
        );
    }

    #[test]
    fn a_note_alone_is_enough_to_ask_a_permit() {
        let note = r#""residence":{"work_note":"twv_required"}"#;
        check(GATE, "2026-01-10", note, WILLING, "needs twv 2026-02-14");
    }

    #[test]
    fn a_permit_that_has_begun_goes_before_one_that_has_not() {
        let permits = |list: &str| seeker(&format!(r#","permits":[{list}]"#));
        let employer = r#""employer":{"id":"e1"},"hours":{"min":24}"#;
        let later = r#"{"kind":"twv","from":"2025-11-01","until":"2026-10-31","employer_id":"e1"}"#;
        let always = r#"{"kind":"twv","until":"2025-10-31","employer_id":"e1"}"#;
        let today = r#"{"kind":"twv","from":"2025-08-01","until":"2025-10-31","employer_id":"e1"}"#;
        for begun in [always, today] {
            let both = permits(&format!("{later},{begun}"));
            check(GATE, "2025-08-01", &both, employer, "open");
        }
        let hours = |most: &str| {
            permits(&format!(r#"{{"kind":"twv","employer_id":"e1","hours":{{"max":{most}}}}}"#))
        };
        check(GATE, "2025-08-01", &hours("24"), employer, "open");
        check(GATE, "2025-08-01", &hours("23.5"), employer, "needs fewer_hours 2025-08-08");
    }

    #[test]
    fn a_permit_that_begins_later_or_has_fewer_hours_ends_too() {
        let permit = |more: &str| {
            seeker(&format!(
                r#","permits":[{{"kind":"twv","until":"2026-06-30","employer_id":"e1"{more}}}]"#
            ))
        };
        let work = r#""employer":{"id":"e1"},"hours":{"min":36}"#;
        let later = permit(r#","from":"2025-08-20""#);
        check_more(GATE, "2025-08-01", &later, work, "- 2026-06-30");
        let fewer = permit(r#","hours":{"max":16}"#);
        check_more(GATE, "2025-08-01", &fewer, work, "- 2026-06-30");
        check(
            GATE,
            "2025-08-01",
            &later.replace("}]", r#","hours":{"max":16}}]"#),
            work,
            "needs fewer_hours 2025-08-20",
        );
    }

    #[track_caller]
    fn whole(as_of: &str, person: &str, vacancy: &str, expected: &str) {
        check_whole(GATE, as_of, person, vacancy, expected);
    }

    /// A person whose status alone is known.
    fn only(status: &str) -> String {
        format!(r#""residence":{{"status":"{status}"}}"#)
    }

    #[test]
    fn a_permit_is_told_with_its_row_its_first_day_and_how_long_it_can_last() {
        // Until 31 December 2027: 864 days after 19 August 2025, 847 after 5 September, 833 after the 19th.
        let twv = "needs twv 2025-08-19 rule law until 2027-12-31 by WA02";
        let from = format!("{twv} + twv_from + twv_days about 2025-07-15 864");
        whole("2025-07-14", &seeker(""), WILLING, &from);
        whole("2025-07-15", &seeker(""), WILLING, &from.replace(" + twv_from", ""));
        let august = "2025-08-01";
        let asked = "+ twv_days about 2025-08-01 847 asks twv.employer_will_apply ask_employer_twv";
        whole(
            august,
            &seeker(""),
            "",
            &format!("needs twv 2025-09-05 rule law until 2027-12-31 by WA02 {asked}"),
        );
        let low = r#""twv":{"employer_will_apply":"yes"},"pays_market_wage":false"#;
        whole(
            august,
            &seeker(""),
            low,
            "needs raise_pay twv 2025-09-19 rule law until 2027-12-31 by WA02 + twv_after_pay + twv_days about 2025-08-01 833",
        );
        let ends = |day: &str| seeker("").replace("2027-12-31", day);
        whole(
            august,
            &ends("2025-09-04"),
            WILLING,
            "needs renew_document twv 2025-10-17 rule law by WA02 + twv_after_renewal about 2025-08-01",
        );
        whole(
            august,
            &ends("2025-09-05"),
            WILLING,
            "needs twv 2025-09-05 rule law until 2025-09-05 by WA02 + twv_days about 2025-08-01 0",
        );
        whole(
            august,
            &seeker(""),
            r#""pool":{"agency_holds_twv":true}"#,
            "needs twv_agency 2025-09-05 rule law until 2027-12-31 by WA02 + twv_by_agency + twv_days about 2025-08-01 847",
        );
        whole(
            august,
            &seeker(""),
            r#""twv":{"employer_will_apply":"no"}"#,
            "closed employer_refuses_twv employers_wish by WA02",
        );
        // A permit does not outlive its rule either.
        let worked = seeker(r#","nl_work":{"started":"2023-05-01","weeks_worked_in_52":23}"#);
        let worked = worked.replace("2025-01-15", "2022-12-01").replace("2027-12-31", "2024-12-31");
        whole(
            "2023-11-28",
            &worked,
            WILLING,
            "needs twv 2024-01-02 rule law until 2023-11-28 by WA01 + twv_days about 2023-11-28 364",
        );
    }

    #[test]
    fn a_note_that_asks_a_permit_is_told_without_a_row() {
        let family = |more: &str| {
            format!(r#""residence":{{"status":"family_regular","work_note":"twv_required"{more}}}"#)
        };
        let day = "2025-02-01";
        whole(day, &family(""), WILLING, "needs twv 2025-03-08 work_note_twv law about 2025-02-01");
        whole(
            day,
            &family(r#","document_valid_until":"2026-01-01""#),
            WILLING,
            "needs twv 2025-03-08 work_note_twv law until 2026-01-01 + twv_days about 2025-02-01 299",
        );
        whole(
            day,
            &family(r#","document_valid_until":"2025-02-10""#),
            WILLING,
            "needs renew_document twv 2025-04-19 work_note_twv law + twv_after_renewal about 2025-02-01",
        );
        whole(
            day,
            &family(""),
            r#""twv":{"employer_will_apply":"no"}"#,
            "closed employer_refuses_twv employers_wish",
        );
        whole(
            day,
            &family("").replace("twv_required", "not_allowed"),
            "",
            "closed work_note_not_allowed law",
        );
    }

    #[test]
    fn hours_above_those_of_the_rule_are_lowered_first() {
        let student = only("student_non_eu");
        let hours =
            |most: u8| format!(r#""hours":{{"min":{most}}},"twv":{{"employer_will_apply":"yes"}}"#);
        let told = "rule law by WA27 about 2025-07-14";
        whole("2025-07-14", &student, &hours(16), &format!("needs twv 2025-08-18 {told}"));
        whole(
            "2025-07-14",
            &student,
            &hours(17),
            &format!("needs fewer_hours twv 2025-08-25 {told}"),
        );
        // The document does not bound this permit.
        let ends = r#""residence":{"status":"student_non_eu","document_valid_until":"2025-07-20"}"#;
        whole("2025-07-14", ends, &hours(16), &format!("needs twv 2025-08-18 {told}"));
    }

    #[test]
    fn a_permit_that_is_there_names_the_rule_of_agencies_only_for_an_agency() {
        let held = |more: &str| {
            seeker(&format!(
                r#","permits":[{{"kind":"twv","until":"2026-06-30","employer_id":"e1"{more}}}]"#
            ))
        };
        let work =
            |employer: &str| format!(r#""employer":{{"id":"{employer}"}},"hours":{{"min":36}}"#);
        let day = "2025-08-01";
        whole(day, &held(""), &work("e1"), "open permit_held law until 2026-06-30 remarked");
        whole(
            day,
            &held(r#","hirers":["e2"]"#),
            &work("e2"),
            "open permit_held law until 2026-06-30 by WA28 + permit_of_agency remarked",
        );
        whole(
            day,
            &held(r#","from":"2025-08-20""#),
            &work("e1"),
            "opens_on 2025-08-20 permit_begins law until 2026-06-30 about 2025-08-20",
        );
        whole(
            day,
            &held(r#","hours":{"max":16}"#),
            &work("e1"),
            "needs fewer_hours 2025-08-08 permit_fewer_hours law until 2026-06-30",
        );
        whole(
            day,
            &held("").replace(r#","employer_id":"e1""#, ""),
            &work("e1"),
            "unknown residence.permits.employer_id law permit_without_employer law asks residence.permits.employer_id ask_permit_employer",
        );
        // Of another holder, without an end: it may let the person work here.
        let pool = r#""employer":{"id":"e2"},"pool":{"agency_holds_twv":true}"#;
        let endless = held("").replace(r#""until":"2026-06-30","#, "");
        check_more(GATE, day, &endless, pool, "residence.permits.hirers 2027-12-31");
    }

    #[test]
    fn an_announced_row_is_told_where_it_gives_something_else() {
        let since = |day: &str| seeker("").replace("2025-01-15", day);
        // Six months from 15 January end on 15 July, three have ended; 499 and 532 days are left.
        let own = "needs twv 2026-08-19 rule law until 2027-12-31 by WA02 + twv_from + twv_days about 2026-07-15 499";
        whole(
            "2026-06-12",
            &since("2026-01-15"),
            WILLING,
            &format!("{own} else WA03 needs 2026-07-17"),
        );
        whole("2026-06-11", &since("2026-01-15"), WILLING, own);
        whole(
            "2026-06-12",
            &since("2025-01-15"),
            WILLING,
            "needs twv 2026-07-17 rule law until 2027-12-31 by WA02 + twv_days about 2026-06-12 532",
        );
        let fast = seeker(r#","accelerated":true"#);
        whole(
            "2026-06-12",
            &fast,
            WILLING,
            "needs twv 2026-07-17 rule law until 2027-12-31 by WA02 + twv_days about 2026-06-12 532 else WA04 closed 2026-06-12",
        );
        let note = seeker(r#","accelerated":true,"work_note":"free""#);
        whole("2026-06-12", &note, "", "open work_note_free law until 2027-12-31 remarked");
        let holder = r#""residence":{"status":"status_holder_fixed_term","accelerated":true}"#;
        whole("2026-06-12", holder, "", "open rule law by WA08");
        whole("2026-06-12", &only("dublin_claimant"), "", "closed rule law by WA05");
    }

    #[test]
    fn what_decides_is_told_for_every_outcome() {
        let day = "2026-01-10";
        whole(day, &only("free"), "", "open rule law by WA00");
        whole(
            day,
            &only("ukraine_temporary_protection"),
            "",
            "open rule law until 2027-03-04 by WA13 + notify_today about 2026-01-13 remarked",
        );
        whole(
            day,
            &only("family_regular"),
            "",
            "unknown residence.work_note law rule law by WA11 asks residence.work_note ask_rule",
        );
        let unpaid = r#""kind":"internship""#;
        whole(
            day,
            &only("dublin_claimant"),
            unpaid,
            "unknown residence.status law unpaid_unknown law by WA05 asks residence.status ask_unpaid",
        );
        whole(day, &only("return_decision"), unpaid, "closed rule law by WA07");
        whole(
            day,
            &seeker(""),
            r#""kind":"voluntary""#,
            "needs volunteer_statement 2026-02-14 rule law by WA23",
        );
        whole(
            day,
            r#""residence":{"status":"status_holder_fixed_term","since":"2026-06-01"}"#,
            "",
            "opens_on 2026-06-01 status_begins law by WA08 about 2026-06-01",
        );
        whole(
            day,
            &only("asylum_seeker_in_procedure"),
            WILLING,
            "unknown residence.procedure_started law procedure_started_unknown law by WA02 asks residence.procedure_started ask_procedure_started",
        );
        whole(
            day,
            "",
            "",
            "unknown residence.status law status_unknown law asks residence.status ask_status",
        );
    }

    #[test]
    fn a_minor_is_judged_by_the_row_of_afterwards() {
        let minor = r#""turns_18_on":"2025-09-10","residence":{"status":"unaccompanied_minor_in_procedure","procedure_started":"2024-11-01","document_valid_until":"2025-10-31"}"#;
        let day = "2025-08-01";
        whole(
            day,
            minor,
            WILLING,
            "needs twv 2025-10-15 rule law until 2025-10-31 by WA02 + twv_from + twv_days about 2025-09-10 16",
        );
        whole(
            day,
            &only("unaccompanied_minor_in_procedure"),
            WILLING,
            "unknown turns_18_on law turns_18_unknown law by WA20 asks turns_18_on ask_turns_18",
        );
        let then = |file: &str, day: &str, expected: &str| {
            let file = format!("[[rule]]\nid = 'WA20'\n{file}\n");
            check_under((&file, Permits::AsStated), GATE, (day, minor, WILLING), expected);
        };
        let holder = "then_status = 'status_holder_fixed_term'";
        let opens = "opens_on 2025-09-10 opens_when_older law by WA20 about 2025-09-10";
        then(holder, "2025-09-09", opens);
        then(holder, "2025-09-10", "open rule law by WA08");
        // Eighteen and three years.
        let older = format!("{holder}\nuntil_age = 21");
        then(&older, "2028-09-09", &opens.replace("2025-09-10", "2028-09-10"));
        then(&older, "2028-09-10", "open rule law by WA08");
        // No row is in force for the status of afterwards.
        let no_row = "then_status = 'ukraine_third_country_temporary'\n[[rule]]\nid = 'WA18'\nvalid_to = 2025-08-31";
        let asks =
            "unknown residence.status law no_rule law by WA20 asks residence.status ask_status_now";
        then(no_row, "2025-09-09", opens);
        then(no_row, "2025-09-10", asks);
    }

    #[test]
    fn rows_of_a_user_bring_their_own_step_end_and_age() {
        let under = |file: &str, day: &str, person: &str, vacancy: &str, expected: &str| {
            check_under((file, Permits::AsStated), GATE, (day, person, vacancy), expected);
        };
        let family = only("family_regular");
        let asks = "[[rule]]\nid = 'WA11'\noutcome = 'twv'\n";
        let told = "rule law by WA11 about 2025-02-01";
        under(asks, "2025-02-01", &family, WILLING, &format!("needs twv 2025-03-08 {told}"));
        let own = format!("{asks}step = 'exchange_licence'\n");
        let expected = format!("needs exchange_licence 2025-04-02 {told}");
        under(&own, "2025-02-01", &family, WILLING, &expected);
        let ends = "[[rule]]\nid = 'WA23'\nvalid_to = 2026-12-31\n";
        under(
            ends,
            "2026-01-10",
            &seeker(""),
            r#""kind":"voluntary""#,
            "needs volunteer_statement 2026-02-14 rule law until 2026-12-31 by WA23",
        );
        let sixteen = "[[rule]]\nid = 'WA02'\nmin_age = 16\n";
        let minor = format!(r#"{},"turns_18_on":"2027-08-20""#, seeker(""));
        let expected = "needs twv 2025-09-24 rule law until 2027-12-31 by WA02 + twv_from + twv_days about 2025-08-20 828";
        under(sixteen, "2025-08-01", &minor, WILLING, expected);
    }

    #[test]
    fn what_is_supposed_of_permits_leaves_the_waiting() {
        let under = |permits: Permits, day: &str, person: &str, vacancy: &str, expected: &str| {
            check_under(("", permits), GATE, (day, person, vacancy), expected);
        };
        let no = r#""twv":{"employer_will_apply":"no"}"#;
        let opens = "opens_on 2025-07-15 rule law by WA02 about 2025-07-15";
        under(Permits::Abolished, "2025-07-14", &seeker(""), no, opens);
        under(Permits::Abolished, "2025-07-15", &seeker(""), no, "open rule law by WA02");
        let note = r#""residence":{"work_note":"twv_required"}"#;
        under(Permits::Abolished, "2025-07-15", note, no, "open work_note_twv law");
        under(
            Permits::Requested,
            "2025-07-14",
            &seeker(""),
            no,
            "opens_on 2025-08-19 rule law until 2027-12-31 by WA02 about 2025-08-19",
        );
        under(
            Permits::Requested,
            "2025-07-14",
            note,
            no,
            "opens_on 2025-08-18 work_note_twv law about 2025-08-18",
        );
        // What else must be right is still a step.
        under(
            Permits::Requested,
            "2025-08-01",
            &seeker(""),
            r#""twv":{"employer_will_apply":"yes"},"pays_market_wage":false"#,
            "needs raise_pay twv 2025-09-19 rule law until 2027-12-31 by WA02 + twv_after_pay + twv_days about 2025-08-01 833",
        );
        let worked = seeker(r#","nl_work":{"started":"2023-05-01","weeks_worked_in_52":23}"#);
        let worked = worked.replace("2025-01-15", "2022-12-01").replace("2027-12-31", "2024-12-31");
        under(
            Permits::Requested,
            "2023-11-28",
            &worked,
            no,
            "opens_on 2024-01-02 rule law until 2023-11-28 by WA01 about 2024-01-02",
        );
    }
}
