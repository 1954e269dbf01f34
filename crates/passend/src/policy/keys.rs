// SPDX-License-Identifier: EUPL-1.2
//! What each key of a policy table holds, so that a fault of a user's file is told by row, key and what was expected.

use serde::Deserialize;
use serde::de::value::StrDeserializer;
use toml::{Table, Value};

use super::Sector;
use super::row::StatusOrAny;
use crate::model::{Cefr, Day};

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    Text,
    Texts,
    Flag,
    Date,
    /// A whole number, from and to.
    Whole(i64, i64),
    OneOf(&'static [&'static str]),
    /// A residence status.
    Status,
    /// A residence status, a list of them, or `any`.
    Statuses,
    Sectors,
    Level,
}

use Want::{Date, Flag, Level, OneOf, Sectors, Status, Statuses, Text, Texts, Whole};

/// A key, what it holds, and whether a new row must have it.
type Key = (&'static str, Want, bool);

const DAYS: Want = Whole(0, 65_535);

const RULE: &[Key] = &[
    ("id", Text, true),
    ("status", Statuses, true),
    ("term_nl", Text, false),
    ("term_en", Text, false),
    ("state", OneOf(&["in_force", "expired", "announced"]), false),
    ("outcome", OneOf(&["open", "twv", "closed", "unknown"]), true),
    ("kind", OneOf(&["paid", "internship", "voluntary"]), false),
    ("sectors", Sectors, false),
    ("wait_months", Whole(0, 240), false),
    ("min_age", Whole(0, 99), false),
    ("until_age", Whole(0, 99), false),
    ("then_status", Status, false),
    ("agency_holds_twv", Flag, false),
    ("all_kinds", Flag, false),
    ("document", Text, false),
    ("document_required", Flag, false),
    ("step", Text, false),
    ("max_weeks_per_52", Whole(0, 52), false),
    ("max_hours_per_week", Whole(0, 168), false),
    ("notification_workdays", Whole(0, 60), false),
    ("labour_market_test", Flag, false),
    ("lead_days", DAYS, false),
    ("valid_from", Date, false),
    ("valid_to", Date, false),
    ("nl", Text, false),
    ("en", Text, false),
    ("remedy_nl", Text, false),
    ("remedy_en", Text, false),
    ("question_nl", Text, false),
    ("question_en", Text, false),
    ("legal_basis", Text, false),
    ("source", Text, false),
    ("verified", Text, false),
    ("confidence", Text, false),
    ("note", Text, false),
];

const PROFESSION: &[Key] = &[
    ("id", Text, true),
    ("code", Text, true),
    ("nl", Text, true),
    ("en", Text, true),
    ("isco08", Text, false),
    (
        "kind",
        OneOf(&[
            "register",
            "protected_title",
            "recognition",
            "qualification",
            "licence",
            "certificate_statutory",
            "certificate_industry",
            "employer_requirement",
            "title_only",
            "vog",
            "none",
        ]),
        true,
    ),
    ("register", Text, false),
    ("authority", Text, false),
    ("occupations", Texts, false),
    ("stepping_stones", Texts, false),
    ("licences", Texts, false),
    ("certificates", Texts, false),
    ("language_code", Text, false),
    ("language_min", Level, false),
    ("language_skills", Texts, false),
    ("language_valid_from", Date, false),
    ("days_min", DAYS, false),
    ("days_usual", DAYS, false),
    ("days_max", DAYS, false),
    ("renewal_years", Whole(0, 99), false),
    ("valid_from", Date, false),
    ("valid_to", Date, false),
    ("nl_text", Text, true),
    ("en_text", Text, true),
    ("source", Text, true),
    ("verified", Text, true),
];

const CERTIFICATE: &[Key] = &[
    ("code", Text, true),
    ("nl", Text, true),
    ("en", Text, true),
    ("strength", OneOf(&["statutory", "site", "employer"]), true),
    ("days_min", DAYS, true),
    ("days_usual", DAYS, true),
    ("days_max", DAYS, true),
    ("renewal_years", Whole(0, 99), false),
    ("owner", Text, true),
    ("names", Texts, false),
    ("covers", Texts, false),
    ("nl_text", Text, true),
    ("en_text", Text, true),
    ("source", Text, true),
    ("verified", Text, true),
];

const STEP: &[Key] = &[
    ("id", Text, true),
    ("owner", Text, true),
    ("days_min", DAYS, true),
    ("days_usual", DAYS, true),
    ("days_max", DAYS, true),
    ("nl", Text, true),
    ("en", Text, true),
    ("source", Text, true),
    ("verified", Text, true),
];

const ANSWER: Want = OneOf(&["open", "later", "ask", "no", "duty"]);

const FACILITY: &[Key] = &[
    ("id", Text, true),
    ("facility", Text, true),
    ("status", Statuses, true),
    ("when", OneOf(&["reception", "housed", "work_learn", "language_support"]), false),
    ("answer", ANSWER, true),
    ("otherwise", ANSWER, false),
    ("nl", Text, true),
    ("en", Text, true),
    ("nl_text", Text, true),
    ("en_text", Text, true),
    ("otherwise_nl", Text, false),
    ("otherwise_en", Text, false),
    ("max_days", DAYS, false),
    ("source", Text, true),
    ("verified", Text, true),
];

const TWV_CHECK: &[Key] = &[
    ("id", Text, true),
    ("code", Text, true),
    ("paper", OneOf(&["any", "skilled", "agency"]), false),
    ("nl", Text, true),
    ("en", Text, true),
    ("ok_nl", Text, false),
    ("ok_en", Text, false),
    ("act_nl", Text, false),
    ("act_en", Text, false),
    ("ask_nl", Text, false),
    ("ask_en", Text, false),
    ("source", Text, true),
    ("verified", Text, true),
];

const MINIMUM_WAGE: &[Key] = &[
    ("id", Text, true),
    ("valid_from", Date, true),
    ("valid_to", Date, false),
    ("hundredths", Whole(0, 1_000_000), true),
    ("source", Text, true),
    ("verified", Text, true),
];

const WEIGHTS: &[Key] = &[
    ("name", Text, false),
    ("skills", Whole(0, 100), false),
    ("occupation", Whole(0, 100), false),
    ("education", Whole(0, 100), false),
    ("language", Whole(0, 100), false),
    ("travel", Whole(0, 100), false),
    ("wishes", Whole(0, 100), false),
];

fn keys(table: &str) -> &'static [Key] {
    match table {
        "rule" => RULE,
        "profession" => PROFESSION,
        "certificate" => CERTIFICATE,
        "step" => STEP,
        "facility" => FACILITY,
        "twv_check" => TWV_CHECK,
        "minimum_wage" => MINIMUM_WAGE,
        "weights" => WEIGHTS,
        _ => &[],
    }
}

/// What is wrong with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyFault {
    /// It holds something else than this.
    Value(String),
    /// The table has no such key; the one that looks most like it.
    Unknown(Option<String>),
}

/// The keys of a row that hold something else than the table asks, or that the table lacks; `known` are further keys that
/// its embedded rows have.
pub(super) fn faults<'a>(
    table: &str,
    row: &'a Table,
    known: impl Fn(&str) -> bool,
) -> Vec<(&'a str, KeyFault)> {
    let keys = keys(table);
    let fault =
        |(key, value): (&'a String, &Value)| match keys.iter().find(|(name, ..)| name == key) {
            Some((_, want, _)) => {
                (!want.holds(value)).then(|| (key.as_str(), KeyFault::Value(want.expected())))
            }
            None if known(key) => None,
            None => Some((key.as_str(), KeyFault::Unknown(nearest(keys, key)))),
        };
    row.iter().filter_map(fault).collect()
}

/// The keys that a new row must have and that this one lacks, with what they hold.
pub(super) fn missing(table: &str, row: &Table) -> Vec<(&'static str, String)> {
    let keys = keys(table).iter();
    keys.filter(|(key, _, required)| *required && !row.contains_key(*key))
        .map(|(key, want, _)| (*key, want.expected()))
        .collect()
}

fn nearest(keys: &[Key], key: &str) -> Option<String> {
    let distance = |name: &str| strsim::damerau_levenshtein(name, key);
    let near = keys.iter().map(|(name, ..)| (distance(name), *name)).min()?;
    (near.0 <= 3 && near.0 < key.chars().count()).then(|| near.1.to_owned())
}

fn is_status(text: &str) -> bool {
    StatusOrAny::deserialize(StrDeserializer::<serde::de::value::Error>::new(text)).is_ok()
}

impl Want {
    fn holds(self, value: &Value) -> bool {
        let all = |each: &dyn Fn(&str) -> bool| {
            value.as_array().is_some_and(|list| {
                !list.is_empty() && list.iter().all(|one| one.as_str().is_some_and(each))
            })
        };
        match self {
            Self::Text => value.is_str(),
            Self::Texts => value.as_array().is_some_and(|list| list.iter().all(Value::is_str)),
            Self::Flag => value.is_bool(),
            Self::Date => value.as_str().is_some_and(|text| text.parse::<Day>().is_ok()),
            Self::Whole(from, to) => {
                value.as_integer().is_some_and(|number| (from..=to).contains(&number))
            }
            Self::OneOf(names) => value.as_str().is_some_and(|text| names.contains(&text)),
            Self::Status => value.as_str().is_some_and(|text| text != "any" && is_status(text)),
            Self::Statuses => value.as_str().map_or_else(|| all(&is_status), is_status),
            Self::Sectors => all(&|text| Sector::new(text).is_some()),
            Self::Level => value.as_str().is_some_and(|text| {
                Cefr::deserialize(StrDeserializer::<serde::de::value::Error>::new(text)).is_ok()
            }),
        }
    }

    /// What is expected, in words.
    fn expected(self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::Date => "a day such as `2026-11-25`".to_owned(),
            Self::Whole(from, to) => format!("a whole number from {from} to {to}"),
            Self::OneOf(names) => {
                let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                match names.split_last() {
                    Some((last, rest)) if !rest.is_empty() => {
                        format!("{} or {last}", rest.join(", "))
                    }
                    _ => names.concat(),
                }
            }
            Self::Status => "a residence status such as `asylum_seeker_in_procedure`".to_owned(),
            Self::Statuses => {
                "a residence status such as `asylum_seeker_in_procedure`, or a list of them"
                    .to_owned()
            }
            Self::Sectors => {
                "a list of SBI section letters or codes such as `\"I\"`, `\"56\"` or `\"56.10\"`"
                    .to_owned()
            }
            Self::Level => "a level from `A0` to `C2`".to_owned(),
        }
    }
}
