// SPDX-License-Identifier: EUPL-1.2
//! Paid work, a placement of a course, or voluntary work.

use super::{Finding, Gate, OnDay, Step};
use crate::model::{ContractWish, WorkKind};
use crate::prepare::PracticalFacts;
use crate::text::Say;

const GATE: Gate = Gate::KindOfWork;

/// A placement belongs to a course; unpaid work is talked over with who did not name it. Paid work is open unless the person
/// named other kinds only.
pub(crate) fn kind_of_work(on: OnDay<'_>, person: &PracticalFacts, kind: WorkKind) -> Finding {
    let named = |wishes: &[ContractWish]| {
        person.open_to.as_ref().map(|open_to| wishes.iter().any(|wish| open_to.contains(wish)))
    };
    let discuss = || Finding::needs(GATE, on, Step::Row("discuss_kind"), Say("kind_not_named"));
    match kind {
        WorkKind::Paid => {
            let only_unpaid = person.open_to.as_ref().is_some_and(|open_to| {
                !open_to.is_empty()
                    && open_to.iter().all(|wish| {
                        matches!(wish, ContractWish::Volunteer | ContractWish::WorkExperience)
                    })
            });
            if only_unpaid { discuss() } else { Finding::open(GATE, on, Say("kind_paid")) }
        }
        WorkKind::Internship => match person.student {
            Some(true) => Finding::open(GATE, on, Say("kind_internship")).remarked(),
            Some(false) => Finding::needs(GATE, on, Step::Row("enrol"), Say("kind_needs_course")),
            None => Finding::unknown(
                GATE,
                on,
                "student",
                Say("ask_student"),
                Say("kind_course_unknown"),
            ),
        },
        WorkKind::Voluntary => {
            match named(&[ContractWish::Volunteer, ContractWish::WorkExperience]) {
                Some(true) => Finding::open(GATE, on, Say("kind_voluntary")).remarked(),
                Some(false) => discuss(),
                None => Finding::unknown(
                    GATE,
                    on,
                    "contract_wishes",
                    Say("ask_voluntary"),
                    Say("kind_voluntary_unknown"),
                ),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_more};
    use super::*;

    const DAY: &str = "2026-01-10";

    #[test]
    fn a_placement_belongs_to_a_course() {
        let internship = r#""kind":"internship""#;
        check(GATE, DAY, r#""student":true"#, internship, "open");
        check(GATE, DAY, r#""student":false"#, internship, "needs enrol 2026-03-11");
        check(GATE, DAY, "", internship, "unknown student");
    }

    #[test]
    fn unpaid_work_is_talked_over() {
        let voluntary = r#""kind":"voluntary""#;
        check(GATE, DAY, r#""contract_wishes":["volunteer"]"#, voluntary, "open");
        check(
            GATE,
            DAY,
            r#""contract_wishes":["regular"]"#,
            voluntary,
            "needs discuss_kind 2026-01-17",
        );
        check(GATE, DAY, "", voluntary, "unknown contract_wishes");
        check(GATE, DAY, r#""contract_wishes":["volunteer"]"#, "", "needs discuss_kind 2026-01-17");
    }

    #[test]
    fn paid_work_is_open_unless_only_unpaid_kinds_are_named() {
        check(GATE, DAY, "", "", "open");
        check(GATE, DAY, r#""contract_wishes":[]"#, "", "open");
        check(GATE, DAY, r#""contract_wishes":["regular"]"#, "", "open");
        check(GATE, DAY, r#""contract_wishes":["volunteer","regular"]"#, "", "open");
        let unpaid = r#""contract_wishes":["volunteer","work_experience"]"#;
        check(GATE, DAY, unpaid, "", "needs discuss_kind 2026-01-17");
    }

    #[test]
    fn unpaid_kinds_are_told_in_lists() {
        check_more(GATE, DAY, r#""student":true"#, r#""kind":"internship""#, "- - remarked");
        let wishes = r#""contract_wishes":["work_experience"]"#;
        check_more(GATE, DAY, wishes, r#""kind":"voluntary""#, "- - remarked");
        check_more(GATE, DAY, "", "", "- -");
    }
}
