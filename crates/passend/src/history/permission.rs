// SPDX-License-Identifier: EUPL-1.2
//! Whether what a person agreed to holds for this run.

use crate::model::{Candidate, Day};

/// Purposes that mean matching with work, where a run names none.
pub(crate) const PURPOSES: [&str; 8] = [
    "matching",
    "job_matching",
    "mediation",
    "work",
    "arbeidsbemiddeling",
    "bemiddeling",
    "toeleiding naar werk",
    "werk",
];

/// Whether what a person agreed to holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permitted {
    /// It holds, or the record says nothing about it.
    Yes,
    /// Its last day is past.
    Ended,
    /// It is for another purpose.
    OtherPurpose,
}

/// Whether what a person agreed to holds on a day for one of these purposes. A purpose or last day that the record leaves
/// out restricts nothing.
pub(crate) fn permitted(candidate: &Candidate, purposes: &[String], as_of: Day) -> Permitted {
    let Some(permission) = &candidate.permission else { return Permitted::Yes };
    if permission.until.is_some_and(|until| until < as_of) {
        return Permitted::Ended;
    }
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    match permission.purpose.as_deref().map(str::trim).filter(|purpose| !purpose.is_empty()) {
        Some(purpose) if !purposes.iter().any(|one| same(one, purpose)) => Permitted::OtherPurpose,
        _ => Permitted::Yes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(permission: &str, as_of: &str, expected: Permitted) {
        let line = format!(r#"{{"id":"c1","permission":{permission}}}"#);
        let candidate: Candidate = serde_json::from_str(&line).unwrap();
        let purposes = PURPOSES.map(str::to_owned);
        assert_eq!(permitted(&candidate, &purposes, as_of.parse().unwrap()), expected);
    }

    #[test]
    fn a_permission_holds_up_to_and_including_its_last_day() {
        check(r#"{"until":"2026-11-25"}"#, "2026-11-25", Permitted::Yes);
        check(r#"{"until":"2026-11-25"}"#, "2026-11-26", Permitted::Ended);
    }

    #[test]
    fn a_permission_for_another_purpose_does_not_hold() {
        check(r#"{"purpose":"onderzoek"}"#, "2026-11-25", Permitted::OtherPurpose);
        check(r#"{"purpose":" Arbeidsbemiddeling "}"#, "2026-11-25", Permitted::Yes);
    }

    #[test]
    fn what_is_left_out_restricts_nothing() {
        check("null", "2026-11-25", Permitted::Yes);
        check("{}", "2026-11-25", Permitted::Yes);
        check(r#"{"purpose":""}"#, "2026-11-25", Permitted::Yes);
    }
}
