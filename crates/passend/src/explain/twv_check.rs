// SPDX-License-Identifier: EUPL-1.2
//! What a request for a work permit can founder on, as far as the records show it: a checklist for the employer.

use super::fit_rows::points;
use super::record::Row;
use super::speaker::Speaker;
use super::teller::Told;
use crate::gate::{Arg, Finding, FindingKind, Gate, Rule};
use crate::model::{Day, Stance};
use crate::policy::{CheckState, Paper, TwvCheck, WorkOutcome, WorkRule};
use crate::prepare::{CandidateFacts, VacancyFacts};
use crate::text::{Args, Say};

/// A vacancy is open long enough for the test of the labour market after five weeks.
const DAYS_OPEN: i32 = 35;
const DAYS_OF_52_WEEKS: i32 = 364;

/// A request for a permit for one pair.
#[derive(Clone, Copy)]
struct Request<'a> {
    candidate: &'a CandidateFacts,
    vacancy: &'a VacancyFacts,
    finding: &'a Finding,
    rule: Option<&'a WorkRule>,
    as_of: Day,
    by_agency: bool,
    renews: bool,
}

impl Speaker<'_> {
    /// A row for each check and paper, where the work asks a permit that is not there.
    pub(super) fn twv_rows(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        told: &Told,
    ) -> Vec<Row> {
        let gate = Gate::WorkAuthorisation;
        let Some(finding) = told.findings.iter().find(|finding| finding.gate == gate) else {
            return Vec::new();
        };
        let rule = match finding.rule {
            Some(Rule::Work(index)) => self.policy.rule(index),
            _ => None,
        };
        let takes = |id: &str| {
            let mut steps = finding.steps.iter().flatten();
            steps.any(|step| step.id(self.policy, self.words) == id)
        };
        let asked = takes("twv")
            || takes("twv_agency")
            || finding.say == Say("employer_refuses_twv")
            || finding.kind == FindingKind::Unknown
                && rule.is_some_and(|rule| rule.outcome == WorkOutcome::Twv);
        if !asked {
            return Vec::new();
        }
        let request = Request {
            candidate,
            vacancy,
            finding,
            rule,
            as_of: self.rules.as_of(),
            by_agency: takes("twv_agency"),
            renews: takes("renew_document"),
        };
        let checks = self.policy.twv_checks().iter();
        checks.filter_map(|check| self.twv_row(check, request)).collect()
    }

    fn twv_row(self, check: &TwvCheck, request: Request<'_>) -> Option<Row> {
        let (value, text) = match check.paper {
            Some(paper) => {
                let wanted = match paper {
                    Paper::Any => true,
                    Paper::Skilled => request.vacancy.required.education.is_some(),
                    Paper::Agency => request.by_agency,
                };
                wanted.then(|| ("paper".to_owned(), check.text(CheckState::Ok)))?
            }
            None => {
                let answer = self.answer(&check.code, request)?;
                let day = answer.day.map_or_else(String::new, |day| format!(" {day}"));
                let args = Args::default().text("day", answer.day.unwrap_or(request.as_of));
                let args = args.value("number", answer.number);
                let cents = u16::try_from(answer.number).unwrap_or(u16::MAX);
                let args = args.text("amount", points(cents));
                let text = args.fill(&check.text(answer.state));
                (format!("{}{day}", answer.state.code()), text)
            }
        };
        let args = Args::default().text("name", check.name()).text("text", text);
        Some(Row {
            section: "twv_check",
            key: check.code.clone(),
            value,
            rule: Some(check.id.clone()),
            source: Some(check.source.clone()),
            text: self.say(Say("named"), &args),
        })
    }

    fn answer(self, code: &str, request: Request<'_>) -> Option<Checked> {
        match code {
            "stance" => Some(request.stance()),
            "first_day" => request.first_day(),
            "document" => request.document(),
            "length" => request.length(),
            "market_pay" => Some(Checked::of(match request.vacancy.work.pays_market_wage {
                Some(true) => CheckState::Ok,
                Some(false) => CheckState::Act,
                None => CheckState::Ask,
            })),
            "minimum_pay" => Some(self.minimum_pay(request)),
            "hours" => request.hours(),
            "weeks" => request.weeks(),
            "reception" => request.reception(),
            "start" => request.start(),
            "change" => Some(self.change(request)),
            "vacancy_test" => Some(request.vacancy_test()),
            "hirers" => request.by_agency.then_some(Checked::of(CheckState::Ask)),
            _ => None,
        }
    }

    fn minimum_pay(self, request: Request<'_>) -> Checked {
        let begins = request.begins();
        match (request.vacancy.told().pay_per_hour, self.policy.minimum_wage(begins)) {
            (Some(pay), Some(least)) if pay < least => Checked::of(CheckState::Act).number(least),
            (Some(_), Some(least)) => Checked::of(CheckState::Ok).number(least),
            _ => Checked::of(CheckState::Ask),
        }
    }

    /// The first day within the work, as far as it is known, on which the rule ends or an announced one begins.
    fn change(self, request: Request<'_>) -> Checked {
        let until = request.last_day().unwrap_or_else(|| request.begins());
        let day = match request.finding.announced {
            // Its period has begun: what applies may change any day.
            Some(announced) => self.policy.rule(announced.rule).and_then(|rule| rule.valid_from),
            None => {
                let status = request.candidate.legal.status;
                let ends = request.rule.and_then(|rule| rule.valid_to).map(|to| to.plus_days(1));
                let begins = status.and_then(|status| {
                    self.policy.next_announced(status, request.vacancy.work.kind, request.as_of)
                });
                ends.into_iter().chain(begins).min()
            }
        };
        match day.filter(|day| *day <= until.max(request.as_of)) {
            Some(day) => Checked::of(CheckState::Act).day(day),
            None => Checked::of(CheckState::Ok),
        }
    }
}

/// The answer to a check, with what its text names.
#[derive(Debug, Clone, Copy)]
struct Checked {
    state: CheckState,
    day: Option<Day>,
    number: u32,
}

impl Checked {
    const fn of(state: CheckState) -> Self {
        Self { state, day: None, number: 0 }
    }

    const fn day(self, day: Day) -> Self {
        Self { day: Some(day), ..self }
    }

    const fn number(self, number: u32) -> Self {
        Self { number, ..self }
    }
}

impl Request<'_> {
    fn is_known(&self) -> bool {
        self.finding.kind == FindingKind::Needs
    }

    /// The day on which the work begins: not before the permit is there.
    fn begins(&self) -> Day {
        let ready = self.finding.day.max(self.as_of);
        self.vacancy.starts.map_or(ready, |starts| starts.max(ready))
    }

    fn last_day(&self) -> Option<Day> {
        let length = self.vacancy.contract_days;
        let by_length = length.map(|days| self.begins().plus_days(i32::from(days) - 1));
        self.vacancy.ends.or(by_length)
    }

    /// The end of the document bounds the permit.
    fn needs_document(&self) -> bool {
        self.rule.is_none_or(|rule| rule.document_required)
    }

    fn stance(&self) -> Checked {
        Checked::of(match self.vacancy.work.will_apply {
            _ if self.by_agency => CheckState::Ok,
            Stance::Yes => CheckState::Ok,
            Stance::No => CheckState::Act,
            Stance::Unknown => CheckState::Ask,
        })
    }

    fn first_day(&self) -> Option<Checked> {
        match (self.finding.kind, self.finding.about) {
            (FindingKind::Needs, [Arg::Day(opens), _]) if opens > self.as_of => {
                Some(Checked::of(CheckState::Act).day(opens))
            }
            (FindingKind::Needs, _) => Some(Checked::of(CheckState::Ok)),
            (FindingKind::Unknown, _) => Some(Checked::of(CheckState::Ask)),
            _ => None,
        }
    }

    fn document(&self) -> Option<Checked> {
        self.needs_document().then(|| {
            Checked::of(match self.candidate.legal.document_until {
                None => CheckState::Ask,
                Some(_) if self.renews => CheckState::Act,
                Some(until) if until < self.as_of => CheckState::Act,
                Some(_) => CheckState::Ok,
            })
        })
    }

    fn length(&self) -> Option<Checked> {
        if !self.is_known() {
            return None;
        }
        let Some(until) = self.finding.until else {
            return self.needs_document().then_some(Checked::of(CheckState::Ask));
        };
        let days = until.days_since_1970() - self.finding.day.days_since_1970();
        let too_short = self.last_day().is_some_and(|last| last > until);
        let state = if too_short { CheckState::Act } else { CheckState::Ok };
        Some(Checked::of(state).day(until).number(u32::try_from(days).unwrap_or_default()))
    }

    fn hours(&self) -> Option<Checked> {
        let most = u32::from(self.rule?.max_hours_per_week?);
        let hours = self.vacancy.work.hours_min;
        let state = match hours {
            0 => CheckState::Ask,
            hours if hours > most * 100 => CheckState::Act,
            _ => CheckState::Ok,
        };
        Some(Checked::of(state).number(most))
    }

    fn weeks(&self) -> Option<Checked> {
        let most = self.rule?.max_weeks_per_52?;
        Some(match self.candidate.legal.weeks_worked {
            None => Checked::of(CheckState::Ask),
            Some((weeks, started)) if weeks >= most => {
                Checked::of(CheckState::Act).day(started.plus_days(DAYS_OF_52_WEEKS))
            }
            Some(_) => Checked::of(CheckState::Ok),
        })
    }

    /// UWV asks COA about the reception of those whose document bounds the permit.
    fn reception(&self) -> Option<Checked> {
        self.rule?.document_required.then(|| {
            Checked::of(match self.candidate.legal.reception {
                Some(true) => CheckState::Ok,
                Some(false) => CheckState::Act,
                None => CheckState::Ask,
            })
        })
    }

    fn start(&self) -> Option<Checked> {
        if !self.is_known() {
            return None;
        }
        let ready = self.finding.day;
        let starts = self.vacancy.starts.filter(|starts| *starts > self.as_of);
        Some(match starts {
            None => Checked::of(CheckState::Ask).day(ready),
            Some(starts) if starts < ready => Checked::of(CheckState::Act).day(ready),
            Some(_) => Checked::of(CheckState::Ok),
        })
    }

    fn vacancy_test(&self) -> Checked {
        if self.rule.is_some_and(|rule| rule.labour_market_test == Some(false)) {
            return Checked::of(CheckState::Ok);
        }
        let long_enough = self.vacancy.told().published.map(|day| day.plus_days(DAYS_OPEN));
        match long_enough.filter(|day| *day > self.as_of) {
            Some(day) => Checked::of(CheckState::Act).day(day),
            None => Checked::of(CheckState::Ask),
        }
    }
}
