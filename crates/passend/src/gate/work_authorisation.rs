// SPDX-License-Identifier: EUPL-1.2
//! The right to work: residence status, waiting periods, work permits.

use super::{Announced, Arg, Finding, FindingKind, Gate, OnDay, Rule, Step};
use crate::model::{Day, ResidenceStatus, Stance, WorkKind, WorkNote};
use crate::policy::{RuleIndex, WorkAsked, WorkOutcome, WorkRule};
use crate::prepare::{LegalFacts, WorkDemand};
use crate::text::Say;

const GATE: Gate = Gate::WorkAuthorisation;
const DAYS_OF_52_WEEKS: i32 = 364;

/// A permit for this employer opens; a note on the residence document beats the status row; else the row in force on the
/// day decides. No row, or a date that a row needs and nobody knows, is a question, never a guess.
///
/// Where the period of an announced rule has begun and it would give something else, the finding says so.
pub(crate) fn work_authorisation(on: OnDay<'_>, legal: &LegalFacts, work: &WorkDemand) -> Finding {
    let finding = decided(on, legal, work).by_law();
    let Some(status) = legal.status else { return finding };
    let announced = rule_statuses(status, legal.accelerated)
        .into_iter()
        .flatten()
        .find_map(|one| on.rules.announced(one, asked(work)));
    let Some((index, rule)) = announced.filter(|_| legal.note.is_none()) else { return finding };
    let other = by_rule(on, legal, work, status, index, rule);
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
    work: &WorkDemand,
) -> Option<(RuleIndex, &'a WorkRule)> {
    let statuses = rule_statuses(legal.status?, legal.accelerated);
    statuses.into_iter().flatten().find_map(|status| on.rules.decide(status, asked(work)))
}

/// An accelerated procedure has rows of its own, while they are in force.
fn rule_statuses(status: ResidenceStatus, accelerated: bool) -> [Option<ResidenceStatus>; 2] {
    let own = accelerated && status == ResidenceStatus::AsylumSeekerInProcedure;
    [own.then_some(ResidenceStatus::AsylumSeekerAccelerated), Some(status)]
}

fn asked(work: &WorkDemand) -> WorkAsked<'_> {
    WorkAsked { kind: work.kind, sector: work.sector.as_deref() }
}

fn decided(on: OnDay<'_>, legal: &LegalFacts, work: &WorkDemand) -> Finding {
    if let Some(finding) = by_permit(on, legal, work) {
        return finding;
    }
    match legal.note {
        Some(WorkNote::Free) => {
            return Finding::open(GATE, on, Say("work_note_free"))
                .until(legal.document_until)
                .remarked();
        }
        Some(WorkNote::NotAllowed) => {
            return Finding::closed(GATE, on, Say("work_note_not_allowed"));
        }
        Some(WorkNote::TwvRequired) => {
            return permit(on, legal, work, on.as_of, None, Say("work_note_twv"));
        }
        Some(WorkNote::Unknown) | None => {}
    }
    let Some(status) = legal.status else {
        return Finding::unknown(
            GATE,
            on,
            "residence.status",
            Say("ask_status"),
            Say("status_unknown"),
        );
    };
    match deciding(on, legal, work) {
        Some((index, rule)) => by_rule(on, legal, work, status, index, rule),
        None => {
            Finding::unknown(GATE, on, "residence.status", Say("ask_status_now"), Say("no_rule"))
        }
    }
}

/// A permit that holds on the day, for this employer or for any.
fn by_permit(on: OnDay<'_>, legal: &LegalFacts, work: &WorkDemand) -> Option<Finding> {
    let holds = |from: Option<Day>, until: Option<Day>| {
        from.is_none_or(|from| from <= on.as_of) && until.is_none_or(|until| until >= on.as_of)
    };
    let permit = legal
        .permits
        .iter()
        .filter(|permit| {
            holds(permit.from, permit.until)
                && (permit.employer.is_none() || permit.employer == work.employer)
        })
        .max_by_key(|permit| permit.until.map_or(i32::MAX, Day::days_since_1970))?;
    Some(Finding::open(GATE, on, Say("permit_held")).until(permit.until).remarked())
}

fn by_rule(
    on: OnDay<'_>,
    legal: &LegalFacts,
    work: &WorkDemand,
    status: ResidenceStatus,
    index: RuleIndex,
    rule: &WorkRule,
) -> Finding {
    let by = Rule::Work(index);
    match rule.outcome {
        WorkOutcome::Open if rule.step.is_some() => {
            Finding::needs(GATE, on, Step::OfRule(index), Say("rule")).by(by)
        }
        WorkOutcome::Open => {
            let finding = Finding::open(GATE, on, Say("rule")).by(by).until(rule.valid_to);
            if rule.notification_workdays.is_some() { finding.remarked() } else { finding }
        }
        WorkOutcome::Closed => match (rule.until_age, rule.then_status) {
            (Some(age), Some(then)) => when_older(on, legal, work, (age, then, status), by),
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
    (age, then, status): (u8, ResidenceStatus, ResidenceStatus),
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
    match on.rules.decide(then, asked(work)).filter(|_| then != status) {
        Some((index, rule)) => {
            let finding = by_rule(on, legal, work, then, index, rule);
            if finding.kind == FindingKind::Open && from > on.as_of {
                Finding::opens_on(GATE, from, Say("opens_when_older")).by(by)
            } else {
                finding
            }
        }
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
    let mut opens = on.as_of;
    if let Some(months) = rule.wait_months {
        let Some(started) = legal.procedure_started else {
            return Finding::unknown(
                GATE,
                on,
                "residence.procedure_started",
                Say("ask_procedure_started"),
                Say("procedure_started_unknown"),
            )
            .by(by);
        };
        opens = opens.max(started.plus_months(i32::from(months)));
    }
    if let (Some(age), Some(adult)) = (rule.min_age, legal.turns_18_on) {
        opens = opens.max(adult.plus_months(12 * (i32::from(age) - 18)));
    }
    if let (Some(most), Some((weeks, started))) = (rule.max_weeks_per_52, legal.weeks_worked)
        && weeks >= most
    {
        opens = opens.max(started.plus_days(DAYS_OF_52_WEEKS));
    }
    if rule.document_required && legal.document_until.is_none() {
        return Finding::unknown(
            GATE,
            on,
            "residence.document_valid_until",
            Say("ask_document_end"),
            Say("document_end_unknown"),
        )
        .by(by);
    }
    let too_long =
        rule.max_hours_per_week.is_some_and(|most| work.hours_min > u32::from(most) * 100);
    let finding = permit(on, legal, work, opens, Some((index, rule)), Say("rule"));
    let extra = Step::Row("fewer_hours");
    match (too_long, finding.kind) {
        (true, FindingKind::Needs) => {
            let mut steps = finding.steps;
            if let Some(free) = steps.iter_mut().find(|step| step.is_none()) {
                *free = Some(extra);
            }
            Finding { steps, ..finding }
        }
        _ => finding,
    }
}

/// The employer, or an agency, applies for a permit from `opens` on. What must be right before that runs beside the waiting:
/// a document that ends before the permit could be there is renewed, pay below the market is raised.
fn permit(
    on: OnDay<'_>,
    legal: &LegalFacts,
    work: &WorkDemand,
    opens: Day,
    row: Option<(RuleIndex, &WorkRule)>,
    say: Say,
) -> Finding {
    let agency = on.rules.agency().filter(|_| work.agency && work.kind == WorkKind::Paid);
    let by_row = |finding: Finding| match row {
        Some((index, _)) => finding.by(Rule::Work(index)),
        None => finding,
    };
    if work.will_apply == Stance::No && agency.is_none() {
        return by_row(Finding::closed(GATE, on, Say("employer_refuses_twv")));
    }
    let step = match (agency, row) {
        (Some(agency), _) => Step::OfRule(agency),
        (None, Some((index, rule))) if rule.step.is_some() => Step::OfRule(index),
        _ => Step::Row("twv"),
    };
    let days = |step: Step| i32::from(on.lead_time(step).usual);
    let (renew, raise) = (Step::Row("renew_document"), Step::Row("raise_pay"));
    let document_needed = row.is_none_or(|(_, rule)| rule.document_required);
    let ends_first = |until: Day| document_needed && until < opens.plus_days(days(step));
    let renew = legal.document_until.is_some_and(ends_first).then_some(renew);
    let raise = (work.pays_market_wage == Some(false)).then_some(raise);
    let before = [raise, renew];
    let apply = before
        .into_iter()
        .flatten()
        .map(|step| on.as_of.plus_days(days(step)))
        .fold(opens, Day::max);
    let mut steps = before.into_iter().flatten().chain([step]);
    let finding = Finding {
        day: apply.plus_days(days(step)),
        steps: [steps.next(), steps.next(), steps.next()],
        // A permit does not outlive the document; a renewed one has an end that nobody knows yet.
        until: legal.document_until.filter(|_| document_needed && renew.is_none()),
        more: [
            (opens > on.as_of).then_some(Say("twv_from")),
            raise.map(|_| Say("twv_after_pay")),
            renew.map(|_| Say("twv_after_renewal")),
        ],
        ..Finding::needs(GATE, on, step, say)
    };
    let finding = by_row(finding).about(Arg::Day(opens));
    if work.will_apply == Stance::Unknown && agency.is_none() {
        return finding.asking("twv.employer_will_apply", Say("ask_employer_twv"), Arg::None);
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
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
    fn weeks_that_are_used_up_wait_until_a_year_after_their_start() {
        let worked = |weeks: u8| {
            format!(
                r#""residence":{{"status":"asylum_seeker_in_procedure","procedure_started":"2022-12-01","document_valid_until":"2024-12-31","nl_work":{{"started":"2023-05-01","weeks_worked_in_52":{weeks}}}}}"#
            )
        };
        check(GATE, "2023-11-28", &worked(24), WILLING, "needs twv 2024-06-03"); // 29 April 2024 + 35 days
        check(GATE, "2023-11-28", &worked(23), WILLING, "needs twv 2024-01-02");
        check(GATE, "2023-11-29", &worked(24), WILLING, "needs twv 2024-01-03");
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
}
