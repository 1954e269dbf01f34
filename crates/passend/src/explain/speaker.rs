// SPDX-License-Identifier: EUPL-1.2
//! Telling one reader.

use std::ops::Deref;

use super::reader::{Reader, Sight};
use super::teller::Teller;
use crate::gate::{Finding, FindingKind, Gate, Rule, Step};
use crate::text::{Args, Say, Text};

/// A teller that knows to whom it speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Speaker<'a> {
    teller: Teller<'a>,
    pub(super) reader: Reader,
}

impl<'a> Deref for Speaker<'a> {
    type Target = Teller<'a>;

    fn deref(&self) -> &Teller<'a> {
        &self.teller
    }
}

impl<'a> Teller<'a> {
    pub(crate) const fn to(self, reader: Reader) -> Speaker<'a> {
        Speaker { teller: self, reader }
    }
}

impl Speaker<'_> {
    pub(super) fn say(self, say: Say, args: &Args) -> Text {
        say.said(self.reader.voice(), args)
    }

    pub(super) fn tell(self, say: Say) -> Text {
        self.say(say, &Args::default())
    }

    /// What a finding says in short, where the reader may not see it whole.
    pub(super) fn short_text(self, finding: &Finding) -> Option<Text> {
        if self.reader.sight("gates", finding.gate.code()) != Sight::Short {
            return None;
        }
        let args = self.args(&finding.about);
        match (finding.gate, finding.kind) {
            (Gate::WorkAuthorisation, _) => Some(self.right_to_work_in_short(finding)),
            (Gate::Language, FindingKind::Open)
                if finding.say == Say("language_met_with_coach") =>
            {
                Some(self.say(Say("employer_language"), &args))
            }
            (Gate::WorkingTime, FindingKind::Needs) if finding.say != Say("irregular_clash") => {
                Some(self.say(Say("employer_times"), &args))
            }
            (Gate::WorkingTime, FindingKind::Open) if finding.say == Say("times_free") => {
                Some(self.tell(Say("employer_times_free")))
            }
            // What is asked about a person is not for an employer.
            (_, FindingKind::Unknown) => Some(self.tell(Say("employer_asked"))),
            _ => None,
        }
    }

    /// Whether and until when work is allowed, and who requests a permit: nothing of why.
    fn right_to_work_in_short(self, finding: &Finding) -> Text {
        let day = |day| Args::default().text("day", day);
        let until =
            |say: Say| finding.until.map_or_else(Text::default, |until| self.say(say, &day(until)));
        let has = |more: Say| finding.more.contains(&Some(more));
        let takes = |id: &str| {
            let mut steps = finding.steps.iter().flatten();
            steps.any(|step| step.id(self.policy, self.words) == id)
        };
        match finding.kind {
            FindingKind::Open => {
                let notify = if has(Say("notify_today")) {
                    self.say(Say("notify_today"), &self.args(&finding.about))
                } else {
                    Text::default()
                };
                let held = finding.say == Say("permit_held");
                let text = if held { Say("permit_held") } else { Say("employer_open") };
                self.tell(text).and(&until(Say("employer_permit_until"))).and(&notify)
            }
            FindingKind::OpensOn => self
                .say(Say("employer_opens_on"), &day(finding.day))
                .and(&until(Say("employer_permit_until"))),
            FindingKind::Needs if takes("twv") || takes("twv_agency") => {
                let request =
                    if takes("twv") { Say("employer_twv") } else { Say("employer_twv_agency") };
                let mut text = self.say(request, &self.args(&finding.about));
                if has(Say("twv_after_pay")) {
                    text = text.and(&self.tell(Say("twv_after_pay")));
                }
                if has(Say("twv_after_renewal")) {
                    return text.and(&self.tell(Say("employer_renewal")));
                }
                text.and(&until(Say("employer_twv_until")))
            }
            FindingKind::Needs if takes("volunteer_statement") => {
                self.tell(Say("employer_statement"))
            }
            FindingKind::Needs => self.say(finding.say, &self.args(&finding.about)),
            FindingKind::Unknown => self.tell(Say("employer_unknown")),
            FindingKind::Closed if finding.say == Say("employer_refuses_twv") => {
                self.tell(Say("employer_refuses_twv"))
            }
            FindingKind::Closed => self.tell(Say("employer_closed")),
        }
    }

    /// A step in words for the reader: an employer is not told of lessons.
    pub(super) fn step_told(self, step: Step) -> Text {
        match (self.reader, step) {
            (Reader::Employer, Step::Row("agree_times")) => self.tell(Say("employer_agree_times")),
            (_, Step::Row("enrol")) => self.tell(Say("own_enrol")),
            _ => self.step_text(step),
        }
    }

    /// Whether the finding speaks of other work, or of a rule that an employer may not be told.
    pub(super) fn tells_rules(self, finding: &Finding) -> bool {
        self.reader != Reader::Employer || matches!(finding.rule, Some(Rule::Certificate(_)))
    }
}
