// SPDX-License-Identifier: EUPL-1.2
//! Findings in words: the catalogue's text with names, days and the text of the rule filled in.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::speaker::Speaker;
use crate::gate::{Announced, Arg, Finding, FindingKind, Question, Rule, Step};
use crate::policy::ProfessionIndex;
use crate::prepare::LanguageCode;
use crate::text::{Args, Say, Text};

impl Speaker<'_> {
    /// What a finding says.
    pub(super) fn finding_text(self, finding: &Finding) -> Text {
        if let Some(short) = self.short_text(finding) {
            return short;
        }
        let mut args = self.args(&finding.about);
        args = args.text("rule", self.rule_text(finding.rule)).text("remedy", self.way(finding));
        let mut text = self.say(finding.say, &args);
        for more in finding.more.into_iter().flatten() {
            text = text.and(&self.say(more, &args));
        }
        // Other work is for the person and who guides them.
        if let (Some(Rule::Profession(index)), FindingKind::Needs, true) =
            (finding.rule, finding.kind, self.tells_rules(finding))
        {
            text = text.and(&self.stepping_stones(index));
        }
        if let Some(announced) = finding.announced {
            text = text.and(&self.announced_text(announced));
        }
        if finding.rests_on_law() && self.rules.beyond_review() {
            text = text.and(&self.say(
                Say("beyond_review"),
                &Args::default().text("day", self.policy.reviewed_until()),
            ));
        }
        text
    }

    pub(crate) fn question_text(self, finding: &Finding, question: Question) -> Text {
        let own = match finding.rule {
            Some(Rule::Work(index)) => {
                self.policy.rule(index).map(crate::policy::WorkRule::question).unwrap_or_default()
            }
            _ => Text::default(),
        };
        self.say(question.say, &self.args(&[question.about]).text("question", own))
    }

    /// Work around a protected profession that is free.
    fn stepping_stones(self, index: ProfessionIndex) -> Text {
        let stones = self
            .policy
            .profession(index)
            .map(crate::policy::Profession::stepping_stones_text)
            .unwrap_or_default();
        if stones.nl.is_empty() {
            stones
        } else {
            self.say(Say("stepping_stones"), &Args::default().text("stones", stones))
        }
    }

    fn announced_text(self, announced: Announced) -> Text {
        let id = self.policy.rule(announced.rule).map(|rule| rule.id.clone()).unwrap_or_default();
        let day = Args::default().text("day", announced.day);
        let finding = match announced.kind {
            FindingKind::Open => self.tell(Say("kind_open")),
            FindingKind::OpensOn => self.say(Say("kind_opens_on"), &day),
            FindingKind::Needs => self.say(Say("kind_needs"), &day),
            FindingKind::Unknown => self.tell(Say("kind_unknown")),
            FindingKind::Closed => self.tell(Say("kind_closed")),
        };
        self.say(Say("announced_rule"), &Args::default().value("name", id).text("finding", finding))
    }

    pub(super) fn args(self, about: &[Arg]) -> Args {
        about.iter().fold(Args::default(), |args, one| match *one {
            Arg::None => args,
            Arg::Day(day) => args.text("day", day),
            Arg::Number(number) => args.value("number", number),
            Arg::Minutes(minutes) => args.text("hours", hours(minutes)),
            Arg::Language(code) => args.text("language", language(code)),
            Arg::Level(level) => args.value("level", level.code()),
            Arg::Education(level) => args.text("education", self.policy.level_name(level)),
            Arg::Word(word) => args.value("name", self.words.get(word)),
            Arg::Licence(category) => args.value("name", category.as_str()),
            Arg::Certificate(index) => args.text(
                "name",
                self.policy
                    .certificate(index)
                    .map(crate::policy::Certificate::name)
                    .unwrap_or_default(),
            ),
            Arg::Profession(index) => args.text(
                "name",
                self.policy
                    .profession(index)
                    .map(crate::policy::Profession::name)
                    .unwrap_or_default(),
            ),
        })
    }

    fn rule_text(self, rule: Option<Rule>) -> Text {
        match rule {
            Some(Rule::Work(index)) => self.policy.rule(index).map(crate::policy::WorkRule::text),
            Some(Rule::Profession(index)) => {
                self.policy.profession(index).map(crate::policy::Profession::text)
            }
            Some(Rule::Certificate(index)) => {
                self.policy.certificate(index).map(crate::policy::Certificate::text)
            }
            Some(Rule::Outcome(outcome)) => {
                self.policy.outcome(outcome).map(crate::policy::Outcome::text)
            }
            None => None,
        }
        .unwrap_or_default()
    }

    fn remedy(self, rule: Option<Rule>) -> Text {
        match rule {
            Some(Rule::Work(index)) => self.policy.rule(index).map(crate::policy::WorkRule::remedy),
            Some(Rule::Profession(index)) => {
                self.policy.profession(index).map(crate::policy::Profession::remedy)
            }
            _ => None,
        }
        .unwrap_or_default()
    }

    /// What helps, as the rule says it; where a certificate is all that a profession still asks, how to get that.
    fn way(self, finding: &Finding) -> Text {
        match (finding.rule, finding.steps) {
            (Some(Rule::Profession(_)), [Some(step @ Step::Certificate(_)), ..]) => {
                self.step_text(step)
            }
            (rule, _) => self.remedy(rule),
        }
    }

    /// What helps, as the rule of the right to work says it, where the gate is not open.
    pub(super) fn remedy_text(self, finding: &Finding) -> Text {
        match finding.rule {
            Some(rule @ Rule::Work(_)) if finding.kind != FindingKind::Open => {
                self.remedy(Some(rule))
            }
            _ => Text::default(),
        }
    }

    /// The id of the row that decides.
    pub(super) fn rule_id(self, finding: &Finding) -> Option<String> {
        match finding.rule? {
            Rule::Work(index) => self.policy.rule(index).map(|row| row.id.clone()),
            Rule::Profession(index) => self.policy.profession(index).map(|row| row.id.clone()),
            Rule::Certificate(index) => self.policy.certificate(index).map(|row| row.code.clone()),
            Rule::Outcome(outcome) => self.policy.outcome(outcome).map(|row| row.id.clone()),
        }
    }

    /// Where the row that decides can be looked up.
    pub(super) fn rule_source(self, finding: &Finding) -> Option<String> {
        let cited = match finding.rule? {
            Rule::Work(index) => self.policy.rule(index)?.cited(),
            Rule::Profession(index) => self.policy.profession(index)?.cited(),
            Rule::Certificate(index) => &self.policy.certificate(index)?.source,
            Rule::Outcome(outcome) => &self.policy.outcome(outcome)?.source,
        };
        Some(cited.to_owned())
    }

    /// The row that says what a step is, and where that was read.
    pub(super) fn step_source(self, step: Step) -> Option<(String, String)> {
        let row = |id: &str| self.policy.step(id).map(|row| (row.id.clone(), row.source.clone()));
        match step {
            Step::Row(id) => row(id),
            Step::OfRule(rule) => {
                self.policy.rule(rule).and_then(|rule| row(rule.step.as_deref()?))
            }
            Step::Certificate(index) => {
                self.policy.certificate(index).map(|row| (row.code.clone(), row.source.clone()))
            }
            Step::Profession(index) => {
                self.policy.profession(index).map(|row| (row.id.clone(), row.source.clone()))
            }
            Step::OtherCertificate(_) | Step::Register(_) | Step::Language { .. } => None,
        }
    }

    pub(super) fn step_owner(self, step: Step) -> String {
        let row = |id: &str| self.policy.step(id).map(|row| row.owner.clone());
        match step {
            Step::Row(id) => row(id),
            Step::OfRule(rule) => {
                self.policy.rule(rule).and_then(|rule| row(rule.step.as_deref()?))
            }
            Step::Certificate(index) => self.policy.certificate(index).map(|row| row.owner.clone()),
            Step::OtherCertificate(_)
            | Step::Profession(_)
            | Step::Register(_)
            | Step::Language { .. } => None,
        }
        .unwrap_or_else(|| "candidate".to_owned())
    }

    /// A step in words.
    pub(crate) fn step_text(self, step: Step) -> Text {
        let row =
            |id: &str| self.policy.step(id).map(crate::policy::StepRow::text).unwrap_or_default();
        match step {
            Step::Row(id) => row(id),
            Step::OfRule(rule) => self
                .policy
                .rule(rule)
                .and_then(|rule| rule.step.as_deref())
                .map(row)
                .unwrap_or_default(),
            Step::Certificate(index) => self.rule_text(Some(Rule::Certificate(index))),
            Step::OtherCertificate(word) => self
                .say(Say("step_certificate"), &Args::default().value("name", self.words.get(word))),
            Step::Profession(index) => self.remedy(Some(Rule::Profession(index))),
            Step::Register(word) => {
                self.say(Say("step_register"), &Args::default().value("name", self.words.get(word)))
            }
            Step::Language { code, to, .. } => self.say(
                Say("step_language"),
                &Args::default().text("language", language(code)).value("level", to.code()),
            ),
        }
    }
}

/// Minutes as hours with a decimal mark: `10,5` and `10.5`.
fn hours(minutes: u32) -> Text {
    let (whole, tenths) = (minutes / 60, minutes % 60 * 10 / 60);
    if tenths == 0 {
        return Text::same(whole);
    }
    Text { nl: format!("{whole},{tenths}"), en: format!("{whole}.{tenths}") }
}

/// The name of a language; its code if the table lacks it.
pub(crate) fn language(code: LanguageCode) -> Text {
    static NAMES: OnceLock<BTreeMap<String, Text>> = OnceLock::new();
    let names = NAMES
        .get_or_init(|| toml::from_str(include_str!("../text/languages.toml")).unwrap_or_default());
    names.get(code.as_str()).cloned().unwrap_or_else(|| Text::same(code.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_hours_have_names() {
        assert_eq!(language(LanguageCode::new("nl")).nl, "Nederlands");
        assert_eq!(language(LanguageCode::new("xx")).en, "xx");
        assert_eq!(hours(630), Text { nl: "10,5".into(), en: "10.5".into() });
        assert_eq!(hours(360).nl, "6");
    }
}
