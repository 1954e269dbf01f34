// SPDX-License-Identifier: EUPL-1.2
//! Arrangements that help a person or an employer, and for whom they are open.

use serde::Deserialize;

use super::Policy;
use super::row::{StatusOrAny, Statuses, cited};
use crate::model::ResidenceStatus;
use crate::text::Text;

/// Whether an arrangement is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    Open,
    /// Open after the work has begun, or after another step.
    Later,
    /// It depends on something that no record says.
    Ask,
    No,
    /// Not an arrangement but a duty that comes with work.
    Duty,
}

impl Answer {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Later => "later",
            Self::Ask => "ask",
            Self::No => "no",
            Self::Duty => "duty",
        }
    }
}

/// A fact on which an arrangement hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Condition {
    /// The person lives in a reception centre.
    Reception,
    /// The person does not.
    Housed,
    /// The vacancy is an apprenticeship.
    WorkLearn,
    /// A language coach is arranged or offered.
    LanguageSupport,
}

/// An arrangement for a status: `facilities.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facility {
    pub(crate) id: String,
    pub(crate) facility: String,
    pub(crate) status: Statuses,
    pub(crate) when: Option<Condition>,
    pub(crate) answer: Answer,
    pub(crate) otherwise: Option<Answer>,
    nl: String,
    en: String,
    nl_text: String,
    en_text: String,
    #[serde(default)]
    otherwise_nl: String,
    #[serde(default)]
    otherwise_en: String,
    #[serde(rename = "max_days")]
    pub(crate) _max_days: Option<u16>,
    #[serde(default)]
    pub(crate) legal_basis: String,
    pub(crate) source: String,
    pub(crate) verified: String,
    #[serde(rename = "note")]
    _note: Option<String>,
}

impl Facility {
    /// Where it can be looked up: the act, or where it was read.
    pub(crate) fn cited(&self) -> &str {
        cited(&self.legal_basis, &self.source)
    }

    pub(crate) fn name(&self) -> Text {
        Text { nl: self.nl.clone(), en: self.en.clone() }
    }

    pub(crate) fn text(&self) -> Text {
        Text { nl: self.nl_text.clone(), en: self.en_text.clone() }
    }

    pub(crate) fn otherwise_text(&self) -> Text {
        Text { nl: self.otherwise_nl.clone(), en: self.otherwise_en.clone() }
    }
}

impl Policy {
    /// The arrangements for a status, each once, in the order of the table: a row of the status before one for any.
    pub(crate) fn facilities(&self, status: Option<ResidenceStatus>) -> Vec<&Facility> {
        let own = |row: &Facility| status.is_some_and(|status| row.status.holds(status));
        let any = |row: &Facility| row.status.all().contains(&StatusOrAny::Any);
        let all = self.facilities.iter();
        let first = |row: &&Facility| {
            own(row)
                || any(row)
                    && !self
                        .facilities
                        .iter()
                        .any(|other| other.facility == row.facility && own(other))
        };
        all.filter(first).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: Option<ResidenceStatus>, expected: &str) {
        let policy = Policy::builtin();
        let ids: Vec<_> = policy.facilities(status).iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids.join(" "), expected);
    }

    #[test]
    fn a_row_of_the_status_goes_before_one_for_any() {
        check(
            Some(ResidenceStatus::AsylumSeekerInProcedure),
            "FA01 FA02 FA03 FA04 FA11 FA14 FB01 FB03 FB06",
        );
        check(
            Some(ResidenceStatus::StatusHolderFixedTerm),
            "FA05 FA06 FA07 FA08 FA09 FA10 FA12 FA15 FA16 FB02 FB03",
        );
        check(Some(ResidenceStatus::UkraineTemporaryProtection), "FA13 FB02 FB03 FB05 FB06");
        check(None, "FB02 FB03 FB04 FB05 FB06");
    }

    #[test]
    fn codes_of_answers_are_the_names_in_the_table() {
        for code in ["open", "later", "ask", "no", "duty"] {
            let text = toml::Value::String(code.to_owned());
            assert_eq!(text.try_into::<Answer>().unwrap().code(), code);
        }
    }
}
