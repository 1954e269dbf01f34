// SPDX-License-Identifier: EUPL-1.2
//! What a request for a work permit can founder on, and what the minimum wage is.

use serde::Deserialize;

use super::Policy;
use crate::model::Day;
use crate::text::Text;

/// Whether something has to be done before a permit is requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CheckState {
    Ok,
    Act,
    Ask,
}

impl CheckState {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Act => "act",
            Self::Ask => "ask",
        }
    }
}

/// With which requests a paper goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Paper {
    Any,
    /// Work that asks a diploma.
    Skilled,
    /// An agency or pool holds the permit.
    Agency,
}

/// A check or a paper: `twv_checks.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TwvCheck {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) paper: Option<Paper>,
    nl: String,
    en: String,
    #[serde(default)]
    ok_nl: String,
    #[serde(default)]
    ok_en: String,
    #[serde(default)]
    act_nl: String,
    #[serde(default)]
    act_en: String,
    #[serde(default)]
    ask_nl: String,
    #[serde(default)]
    ask_en: String,
    pub(crate) source: String,
    pub(crate) verified: String,
    #[serde(rename = "note")]
    _note: Option<String>,
}

impl TwvCheck {
    pub(crate) fn name(&self) -> Text {
        Text { nl: self.nl.clone(), en: self.en.clone() }
    }

    pub(crate) fn text(&self, state: CheckState) -> Text {
        let (nl, en) = match state {
            CheckState::Ok => (&self.ok_nl, &self.ok_en),
            CheckState::Act => (&self.act_nl, &self.act_en),
            CheckState::Ask => (&self.ask_nl, &self.ask_en),
        };
        Text { nl: nl.clone(), en: en.clone() }
    }
}

/// The minimum hourly wage in a period, in hundredths of a euro, for 21 years and older.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MinimumWage {
    pub(crate) id: String,
    pub(crate) valid_from: Day,
    pub(crate) valid_to: Option<Day>,
    pub(crate) hundredths: u32,
    pub(crate) source: String,
    pub(crate) verified: String,
    #[serde(rename = "note")]
    _note: Option<String>,
}

impl Policy {
    pub(crate) fn twv_checks(&self) -> &[TwvCheck] {
        &self.twv_checks
    }

    /// The minimum hourly wage on a day, in hundredths of a euro; `None` where the table does not know it.
    pub(crate) fn minimum_wage(&self, day: Day) -> Option<u32> {
        let begun = self.minimum_wages.iter().filter(|row| row.valid_from <= day);
        let last = begun.max_by_key(|row| row.valid_from)?;
        last.valid_to.is_none_or(|to| day <= to).then_some(last.hundredths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minimum_wage_is_that_of_the_day_and_unknown_outside_the_table() {
        let policy = Policy::builtin();
        for (day, expected) in [
            ("2023-12-31", None),
            ("2024-01-01", Some(1327)),
            ("2024-06-30", Some(1327)),
            ("2024-07-01", Some(1368)),
            ("2025-06-30", Some(1406)),
            ("2026-01-01", Some(1471)),
            ("2026-06-30", Some(1471)),
            ("2026-07-01", None),
        ] {
            assert_eq!(policy.minimum_wage(day.parse().unwrap()), expected, "{day}");
        }
    }

    #[test]
    fn no_check_says_anything_about_the_status_of_a_person() {
        const WORDS: [&str; 8] =
            ["asiel", "asylum", "status", "procedure", "oekra", "ukrain", "w-document", "azc"];
        for check in Policy::builtin().twv_checks() {
            for state in [CheckState::Ok, CheckState::Act, CheckState::Ask] {
                let text = check.text(state);
                for said in [text.nl, text.en, check.name().nl, check.source.clone()] {
                    let said = said.to_lowercase();
                    let word = WORDS.into_iter().find(|word| said.contains(word));
                    assert_eq!(word, None, "{}: {said}", check.id);
                }
            }
        }
    }

    #[test]
    fn each_state_has_its_own_text_and_code() {
        let policy = Policy::builtin();
        let pay = policy.twv_checks().iter().find(|check| check.code == "market_pay").unwrap();
        let states = [CheckState::Ok, CheckState::Act, CheckState::Ask];
        assert_eq!(states.map(CheckState::code), ["ok", "act", "ask"]);
        let [ok, act, ask] = states.map(|state| pay.text(state).en);
        assert!(!ok.is_empty() && ok != act && act != ask && ok != ask);
        assert!(ask.ends_with('?') || ask.contains("? "), "{ask}");
    }
}
