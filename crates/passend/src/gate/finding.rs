// SPDX-License-Identifier: EUPL-1.2
//! What a gate finds: small, copied, without text; words are made of it when somebody reads.

use serde::Serialize;

use crate::model::{Cefr, Day, EducationLevel, EvaluationOutcome};
use crate::policy::{CertificateIndex, LeadTime, Policy, ProfessionIndex, RuleIndex, Rules};
use crate::prepare::{LanguageCode, LicenceCategory, Word, Words};
use crate::text::Say;

/// The gates, in the order in which they are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// The right to work.
    WorkAuthorisation,
    /// Residence document and citizen service number.
    Document,
    /// Minors.
    Age,
    /// Regulated profession or protected title.
    Profession,
    /// Certificates and licences.
    Certificate,
    /// Least language level.
    Language,
    /// Required diploma.
    Diploma,
    /// Working times against busy hours.
    WorkingTime,
    /// Hours a week.
    Hours,
    /// Travel.
    Travel,
    /// Start and end dates.
    Dates,
    /// The person's own exclusions.
    Exclusion,
    /// Paid, internship, voluntary.
    KindOfWork,
}

impl Gate {
    /// All gates, in the order in which they are reported.
    pub const ALL: [Self; 13] = [
        Self::WorkAuthorisation,
        Self::Document,
        Self::Age,
        Self::Profession,
        Self::Certificate,
        Self::Language,
        Self::Diploma,
        Self::WorkingTime,
        Self::Hours,
        Self::Travel,
        Self::Dates,
        Self::Exclusion,
        Self::KindOfWork,
    ];

    /// The name in records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WorkAuthorisation => "work_authorisation",
            Self::Document => "document",
            Self::Age => "age",
            Self::Profession => "profession",
            Self::Certificate => "certificate",
            Self::Language => "language",
            Self::Diploma => "diploma",
            Self::WorkingTime => "working_time",
            Self::Hours => "hours",
            Self::Travel => "travel",
            Self::Dates => "dates",
            Self::Exclusion => "exclusion",
            Self::KindOfWork => "kind_of_work",
        }
    }
}

impl FindingKind {
    /// The name in records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::OpensOn => "opens_on",
            Self::Needs => "needs",
            Self::Unknown => "unknown",
            Self::Closed => "closed",
        }
    }
}

impl ReadinessClass {
    /// The name in records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::On => "on",
            Self::After => "after",
            Self::Unknown => "unknown",
            Self::Closed => "closed",
        }
    }
}

/// What a gate can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Open.
    Open,
    /// Open from a day on.
    OpensOn,
    /// Open after a step.
    Needs,
    /// Something asked is not known.
    Unknown,
    /// Closed.
    Closed,
}

/// When a pair is ready, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReadinessClass {
    /// Everything is open.
    Now,
    /// Open on a day, with nothing to do but wait.
    On,
    /// Open after steps.
    After,
    /// The law asks something that is not known.
    Unknown,
    /// Closed; only in an explanation.
    Closed,
}

/// What a demand rests on. Only the first two make a pair unknown, and only what may close does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Strength {
    Law,
    StatutoryCertificate,
    SiteRule,
    EmployersWish,
    OwnChoice,
    Practical,
}

impl Strength {
    /// The name in records.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::StatutoryCertificate => "statutory_certificate",
            Self::SiteRule => "site_rule",
            Self::EmployersWish => "employers_wish",
            Self::OwnChoice => "own_choice",
            Self::Practical => "practical",
        }
    }

    /// What a gate's demands rest on where nothing else is said.
    const fn usual(gate: Gate) -> Self {
        match gate {
            Gate::Certificate | Gate::Language | Gate::Diploma => Self::EmployersWish,
            Gate::Exclusion => Self::OwnChoice,
            _ => Self::Practical,
        }
    }
}

/// The policy on a day: what gates judge by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OnDay<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) rules: &'a Rules,
    pub(crate) as_of: Day,
}

/// A step that opens a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    /// A row of the table of steps.
    Row(&'static str),
    /// The step of a rule of the right to work: a row of the table of steps.
    OfRule(RuleIndex),
    Certificate(CertificateIndex),
    OtherCertificate(Word),
    Profession(ProfessionIndex),
    Register(Word),
    Language {
        code: LanguageCode,
        from: Cefr,
        to: Cefr,
    },
}

/// The row that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Rule {
    Work(RuleIndex),
    Profession(ProfessionIndex),
    Certificate(CertificateIndex),
    Outcome(EvaluationOutcome),
}

/// A question: the field that the answer fills, and the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) field: &'static str,
    pub(crate) say: Say,
    pub(crate) about: Arg,
}

/// Something that a text names: it fills the place in braces that is called like it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Arg {
    None,
    /// `{day}`
    Day(Day),
    /// `{number}`
    Number(u32),
    /// `{hours}`: minutes, written as hours.
    Minutes(u32),
    /// `{language}`
    Language(LanguageCode),
    /// `{level}`
    Level(Cefr),
    /// `{education}`
    Education(EducationLevel),
    /// `{name}`
    Word(Word),
    /// `{name}`
    Licence(LicenceCategory),
    /// `{name}`
    Certificate(CertificateIndex),
    /// `{name}`
    Profession(ProfessionIndex),
}

/// What an announced rule would give instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Announced {
    pub(crate) rule: RuleIndex,
    pub(crate) kind: FindingKind,
    pub(crate) day: Day,
}

/// What a gate found for one demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Finding {
    pub(crate) gate: Gate,
    pub(crate) kind: FindingKind,
    pub(crate) strength: Strength,
    /// The day by which it is open at usual lead times.
    pub(crate) day: Day,
    /// The last day for which it holds.
    pub(crate) until: Option<Day>,
    /// Steps, in the order in which they are taken.
    pub(crate) steps: [Option<Step>; 4],
    pub(crate) question: Option<Question>,
    pub(crate) rule: Option<Rule>,
    pub(crate) say: Say,
    /// Sentences that follow.
    pub(crate) more: [Option<Say>; 4],
    pub(crate) about: [Arg; 2],
    /// Open, but with something to know: reported in a list too.
    pub(crate) remark: bool,
    pub(crate) announced: Option<Announced>,
}

impl Finding {
    fn new(gate: Gate, kind: FindingKind, day: Day, say: Say) -> Self {
        Self {
            gate,
            kind,
            strength: Strength::usual(gate),
            day,
            until: None,
            steps: [None; 4],
            question: None,
            rule: None,
            say,
            more: [None; 4],
            about: [Arg::None; 2],
            remark: false,
            announced: None,
        }
    }

    pub(crate) fn open(gate: Gate, on: OnDay<'_>, say: Say) -> Self {
        Self::new(gate, FindingKind::Open, on.as_of, say)
    }

    pub(crate) fn opens_on(gate: Gate, day: Day, say: Say) -> Self {
        Self::new(gate, FindingKind::OpensOn, day, say).about(Arg::Day(day))
    }

    /// Open after a step that is taken now: by the usual lead time.
    pub(crate) fn needs(gate: Gate, on: OnDay<'_>, step: Step, say: Say) -> Self {
        let day = on.as_of.plus_days(i32::from(on.lead_time(step).usual));
        Self {
            steps: [Some(step), None, None, None],
            ..Self::new(gate, FindingKind::Needs, day, say)
        }
    }

    pub(crate) fn unknown(
        gate: Gate,
        on: OnDay<'_>,
        field: &'static str,
        ask: Say,
        say: Say,
    ) -> Self {
        let question = Some(Question { field, say: ask, about: Arg::None });
        Self { question, ..Self::new(gate, FindingKind::Unknown, on.as_of, say) }
    }

    pub(crate) fn closed(gate: Gate, on: OnDay<'_>, say: Say) -> Self {
        Self::new(gate, FindingKind::Closed, on.as_of, say)
    }

    /// The law asks it.
    pub(crate) const fn by_law(self) -> Self {
        self.resting_on(Strength::Law)
    }

    pub(crate) const fn resting_on(mut self, strength: Strength) -> Self {
        self.strength = strength;
        self
    }

    /// The law asks: only then does something unknown make the pair unknown.
    pub(crate) const fn is_law(&self) -> bool {
        matches!(self.strength, Strength::Law | Strength::StatutoryCertificate)
    }

    pub(crate) const fn by(mut self, rule: Rule) -> Self {
        self.rule = Some(rule);
        self
    }

    pub(crate) const fn until(mut self, day: Option<Day>) -> Self {
        self.until = day;
        self
    }

    pub(crate) const fn remarked(mut self) -> Self {
        self.remark = true;
        self
    }

    /// What the text names; at most two things.
    pub(crate) fn about(mut self, what: Arg) -> Self {
        if let Some(place) = self.about.iter_mut().find(|place| **place == Arg::None) {
            *place = what;
        }
        self
    }

    /// A question that rides along, or what the question is about.
    pub(crate) const fn asking(mut self, field: &'static str, say: Say, about: Arg) -> Self {
        self.question = Some(Question { field, say, about });
        self
    }

    /// A finding of law, or one that a rule of the right to work gave.
    pub(crate) const fn rests_on_law(&self) -> bool {
        self.is_law() || matches!(self.rule, Some(Rule::Work(_)))
    }

    /// Nothing to report: open, holding without end, with nothing to know.
    pub(crate) const fn is_plain(&self) -> bool {
        matches!(self.kind, FindingKind::Open)
            && self.until.is_none()
            && !self.remark
            && self.announced.is_none()
    }

    /// What the finding makes of a pair.
    pub(crate) const fn class(&self) -> ReadinessClass {
        match self.kind {
            FindingKind::Open => ReadinessClass::Now,
            FindingKind::OpensOn => ReadinessClass::On,
            FindingKind::Needs => ReadinessClass::After,
            FindingKind::Unknown if self.is_law() => ReadinessClass::Unknown,
            FindingKind::Unknown => ReadinessClass::Now,
            FindingKind::Closed => ReadinessClass::Closed,
        }
    }
}

impl Step {
    /// The stable id: `twv`, `certificate:vca_basic`, `profession:nurse`, `language:nl:B1`.
    pub(crate) fn id(self, policy: &Policy, words: &Words) -> String {
        match self {
            Self::Row(id) => id.to_owned(),
            Self::OfRule(rule) => {
                policy.rule(rule).and_then(|rule| rule.step.clone()).unwrap_or_default()
            }
            Self::Certificate(index) => format!(
                "certificate:{}",
                policy.certificate(index).map(|row| row.code.as_str()).unwrap_or_default()
            ),
            Self::OtherCertificate(word) => format!("certificate:{}", words.get(word)),
            Self::Profession(index) => format!(
                "profession:{}",
                policy.profession(index).map(|row| row.code.as_str()).unwrap_or_default()
            ),
            Self::Register(word) => format!("register:{}", words.get(word)),
            Self::Language { code, to, .. } => format!("language:{}:{}", code.as_str(), to.code()),
        }
    }
}

impl OnDay<'_> {
    /// Lead time of a step; a certificate that the policy does not know takes as long as a VCA course may.
    pub(crate) fn lead_time(self, step: Step) -> LeadTime {
        const OF_UNKNOWN: LeadTime = LeadTime { min: 1, usual: 30, max: 90 };
        let row = |id: &str| self.rules.lead_time(id);
        match step {
            Step::Row(id) => row(id),
            Step::OfRule(rule) => {
                self.policy.rule(rule).and_then(|rule| row(rule.step.as_deref()?))
            }
            Step::Certificate(index) => {
                self.policy.certificate(index).map(crate::policy::Certificate::lead_time)
            }
            Step::Profession(index) => {
                self.policy.profession(index).map(crate::policy::Profession::lead_time)
            }
            Step::Language { from, to, .. } => Some(self.policy.language_days(from, to)),
            Step::OtherCertificate(_) | Step::Register(_) => None,
        }
        .unwrap_or(OF_UNKNOWN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_names_in_records() {
        let written = |value: serde_json::Value| value.as_str().unwrap().to_owned();
        for gate in Gate::ALL {
            assert_eq!(written(serde_json::to_value(gate).unwrap()), gate.code());
        }
        use FindingKind::{Closed, Needs, Open, OpensOn, Unknown};
        for kind in [Open, OpensOn, Needs, Unknown, Closed] {
            assert_eq!(written(serde_json::to_value(kind).unwrap()), kind.code());
        }
        use ReadinessClass as Class;
        for class in [Class::Now, Class::On, Class::After, Class::Unknown, Class::Closed] {
            assert_eq!(written(serde_json::to_value(class).unwrap()), class.code());
        }
    }
}
