// SPDX-License-Identifier: EUPL-1.2
//! What happened with a person and a vacancy, and what a human said of them.

use serde::{Deserialize, Serialize};

use super::Day;
use super::problem::{Check, Problem, ProblemKind, is_national_number};

/// Something that happened: one line of a file of events. It holds codes and ids, and no words about people.
///
/// ```
/// # use passend::Event;
/// let event: Event = serde_json::from_str(
///     r#"{"date":"2026-11-25","candidate":"c1","vacancy":"v1","event":"declined","by":"candidate","why":"distance"}"#,
/// )?;
/// assert!(event.problems().is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The day on which it happened.
    pub date: Day,
    /// Id of the candidate.
    pub candidate: String,
    /// Id of the vacancy.
    pub vacancy: String,
    /// What happened.
    pub event: EventKind,
    /// Who declined; only with `declined`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Decliner>,
    /// Why; only with `declined` and `override`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Reason>,
    /// What the human says; only with `override`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Judgement>,
    /// A code of the user's own, at most 32 of `a` to `z`, `0` to `9`, `_` and `-`: no words about people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The vacancy was proposed to the person, or the person to the employer.
    Proposed,
    /// They spoke with each other.
    Spoken,
    /// One of them does not want it.
    Declined,
    /// The employer asked UWV for a TWV.
    TwvRequested,
    /// UWV gave the TWV.
    TwvGranted,
    /// UWV did not give the TWV.
    TwvRefused,
    /// The person started.
    Started,
    /// The person stopped.
    Stopped,
    /// A human says otherwise than the engine.
    Override,
}

/// Who declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decliner {
    /// The person.
    Candidate,
    /// The employer.
    Employer,
}

/// What a human says of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// It fits, whatever the engine says.
    Fits,
    /// It does not fit, whatever the engine says.
    DoesNotFit,
}

/// Why somebody declined, or why a human says otherwise. None is about who a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The way to work.
    Distance,
    /// How many hours.
    Hours,
    /// At which times.
    WorkingTimes,
    /// The pay.
    Pay,
    /// Other work is wanted.
    OtherWork,
    /// Other work was found.
    FoundWork,
    /// Lessons or a course come first.
    Lessons,
    /// Skills.
    Skills,
    /// Language.
    Language,
    /// Experience.
    Experience,
    /// Diploma, certificate or registration.
    Papers,
    /// No TWV will be requested, or it takes too long.
    Twv,
    /// The day of the start.
    Start,
    /// Somebody else was chosen.
    OtherPerson,
    /// The vacancy was withdrawn.
    Withdrawn,
    /// A field of the record is missing or no longer right.
    Record,
    /// The vacancy says other things than the employer.
    Vacancy,
    /// A rule was applied that does not hold here.
    Rule,
    /// It is known from a conversation.
    Conversation,
    /// None of these.
    Other,
}

/// Who may give a reason: the person, the employer, a human who says otherwise.
type Givers = (bool, bool, bool);

impl Reason {
    /// Every reason, in order.
    pub const ALL: [Self; 20] = [
        Self::Distance,
        Self::Hours,
        Self::WorkingTimes,
        Self::Pay,
        Self::OtherWork,
        Self::FoundWork,
        Self::Lessons,
        Self::Skills,
        Self::Language,
        Self::Experience,
        Self::Papers,
        Self::Twv,
        Self::Start,
        Self::OtherPerson,
        Self::Withdrawn,
        Self::Record,
        Self::Vacancy,
        Self::Rule,
        Self::Conversation,
        Self::Other,
    ];

    const fn givers(self) -> Givers {
        match self {
            Self::Distance | Self::Pay | Self::OtherWork | Self::FoundWork | Self::Lessons => {
                (true, false, false)
            }
            Self::Skills
            | Self::Experience
            | Self::Papers
            | Self::Twv
            | Self::OtherPerson
            | Self::Withdrawn => (false, true, false),
            Self::Hours | Self::WorkingTimes | Self::Language | Self::Start => (true, true, false),
            Self::Record | Self::Vacancy | Self::Rule | Self::Conversation => (false, false, true),
            Self::Other => (true, true, true),
        }
    }

    /// Whether this side may decline for it.
    pub const fn is_of(self, by: Decliner) -> bool {
        let (candidate, employer, _) = self.givers();
        match by {
            Decliner::Candidate => candidate,
            Decliner::Employer => employer,
        }
    }

    /// Whether a human may say otherwise for it.
    pub const fn is_of_override(self) -> bool {
        self.givers().2
    }
}

impl Event {
    /// What in this line cannot be true; nothing for a line that can be used.
    pub fn problems(&self) -> Vec<Problem> {
        let mut check = Check::default();
        for (path, id) in [("candidate", &self.candidate), ("vacancy", &self.vacancy)] {
            check.id_at(path, id);
        }
        if is_national_number(&self.candidate) {
            check.add("candidate", ProblemKind::NationalNumber);
        }
        let (by, why, verdict) = (self.by, self.why, self.verdict);
        let is_complete = match self.event {
            EventKind::Declined => by.is_some() && why.is_some() && verdict.is_none(),
            EventKind::Override => by.is_none() && why.is_some() && verdict.is_some(),
            _ => by.is_none() && why.is_none() && verdict.is_none(),
        };
        if !is_complete {
            check.add("event", ProblemKind::EventParts);
        } else if let Some(why) = why
            && !by.map_or_else(|| why.is_of_override(), |by| why.is_of(by))
        {
            check.add("why", ProblemKind::EventReason);
        }
        let is_code = |note: &str| {
            let is_of_code = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
            (1..=32).contains(&note.len()) && note.bytes().all(is_of_code)
        };
        if self.note.as_deref().is_some_and(|note| !is_code(note)) {
            check.add("note", ProblemKind::NoteCode);
        }
        check.into_problems()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rest: &str, expected: &[&str]) {
        let line = format!(r#"{{"date":"2026-11-25","candidate":"c1","vacancy":"v1",{rest}}}"#);
        let event: Event = serde_json::from_str(&line).unwrap();
        let paths: Vec<_> = event.problems().into_iter().map(|problem| problem.path).collect();
        assert_eq!(paths, expected);
    }

    #[test]
    fn only_who_declines_or_says_otherwise_gives_a_reason() {
        check(r#""event":"spoken""#, &[]);
        check(r#""event":"spoken","by":"employer""#, &["event"]);
        check(r#""event":"started","why":"pay""#, &["event"]);
        check(r#""event":"declined","by":"employer""#, &["event"]);
        check(r#""event":"declined","by":"employer","why":"other_person""#, &[]);
        check(r#""event":"override","verdict":"fits","why":"conversation""#, &[]);
        check(r#""event":"override","why":"conversation""#, &["event"]);
    }

    #[test]
    fn a_reason_is_of_the_side_that_gives_it() {
        check(r#""event":"declined","by":"candidate","why":"other_person""#, &["why"]);
        check(r#""event":"declined","by":"employer","why":"distance""#, &["why"]);
        check(r#""event":"override","verdict":"does_not_fit","why":"pay""#, &["why"]);
        check(r#""event":"declined","by":"employer","why":"other""#, &[]);
    }

    #[test]
    fn a_note_is_a_code_and_no_sentence() {
        check(r#""event":"spoken","note":"b-12""#, &[]);
        check(r#""event":"spoken","note":"Komt maandag""#, &["note"]);
        check(r#""event":"spoken","note":"""#, &["note"]);
    }

    #[test]
    fn a_national_number_is_no_candidate() {
        let line =
            r#"{"date":"2026-11-25","candidate":"123456782","vacancy":"v1","event":"spoken"}"#;
        let event: Event = serde_json::from_str(line).unwrap();
        assert_eq!(event.problems()[0].kind, ProblemKind::NationalNumber);
    }

    #[test]
    fn every_reason_is_given_by_somebody() {
        for reason in Reason::ALL {
            assert_ne!(reason.givers(), (false, false, false));
        }
    }
}
