// SPDX-License-Identifier: EUPL-1.2
//! The residence document and the citizen service number (BSN).

use super::work_authorisation::deciding;
use super::{Arg, Finding, Gate, OnDay, Step};
use crate::model::{ResidenceStatus, WorkKind};
use crate::policy::WorkAsked;
use crate::prepare::LegalFacts;
use crate::text::Say;

const GATE: Gate = Gate::Document;

/// Open while the document is valid, with its end; a document that has ended is renewed.
///
/// A missing end is asked of everybody but who works freely; it only leaves the pair unknown where the rule in force asks
/// for a valid document.
pub(crate) fn document(on: OnDay<'_>, legal: &LegalFacts, work: WorkAsked<'_>) -> Finding {
    match legal.document_until {
        Some(until) if until >= on.as_of => {
            Finding::open(GATE, on, Say("document_valid")).until(Some(until)).about(Arg::Day(until))
        }
        Some(until) => Finding::needs(GATE, on, Step::Row("renew_document"), Say("document_ended"))
            .about(Arg::Day(until))
            .by_law(),
        None if matches!(legal.status, Some(ResidenceStatus::Free) | None) => {
            Finding::open(GATE, on, Say("document_not_asked"))
        }
        None => {
            let required =
                deciding(on, legal, work).is_some_and(|(_, rule)| rule.document_required);
            match (required, legal.document_kind.is_some()) {
                (false, true) => Finding::open(GATE, on, Say("document_seen")),
                (required, _) => {
                    let finding = Finding::unknown(
                        GATE,
                        on,
                        "residence.document_valid_until",
                        Say("ask_document_end"),
                        Say("document_end_unknown"),
                    );
                    if required { finding.by_law() } else { finding }
                }
            }
        }
    }
}

/// Open with a BSN: without one no wage can be paid. This is practice, not law: a missing answer only asks.
pub(crate) fn citizen_service_number(on: OnDay<'_>, legal: &LegalFacts, kind: WorkKind) -> Finding {
    match legal.bsn {
        Some(true) => Finding::open(GATE, on, Say("bsn_there")),
        _ if kind != WorkKind::Paid => Finding::open(GATE, on, Say("bsn_not_asked")),
        Some(false) => Finding::needs(GATE, on, Step::Row("bsn"), Say("bsn_missing")),
        None if legal.status == Some(ResidenceStatus::Free) => {
            Finding::open(GATE, on, Say("bsn_not_asked"))
        }
        None => Finding::unknown(GATE, on, "bsn_available", Say("ask_bsn"), Say("bsn_unknown")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_more, check_whole};
    use super::*;

    #[test]
    fn a_document_is_valid_to_its_last_day() {
        let holder = r#""residence":{"status":"status_holder_fixed_term","document_valid_until":"2026-01-10"},"bsn_available":true"#;
        check(GATE, "2026-01-10", holder, "", "open; open");
        check(GATE, "2026-01-11", holder, "", "needs renew_document 2026-02-22; open");
    }

    #[test]
    fn the_law_asks_the_end_of_a_w_document() {
        let seeker = r#""residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15"},"bsn_available":true"#;
        check(GATE, "2026-01-10", seeker, "", "unknown residence.document_valid_until law; open");
        let holder = r#""residence":{"status":"status_holder_fixed_term"},"bsn_available":true"#;
        check(GATE, "2026-01-10", holder, "", "unknown residence.document_valid_until; open");
        check(GATE, "2026-01-10", r#""residence":{"status":"free"}"#, "", "open; open");
    }

    #[test]
    fn a_document_that_was_seen_is_enough_where_no_rule_asks_its_end() {
        let seen = |status: &str| {
            format!(
                r#""residence":{{"status":"{status}","procedure_started":"2025-01-15","document_kind":"w_document"}},"bsn_available":true"#
            )
        };
        check(GATE, "2026-01-10", &seen("status_holder_fixed_term"), "", "open; open");
        check(
            GATE,
            "2026-01-10",
            &seen("asylum_seeker_in_procedure"),
            "",
            "unknown residence.document_valid_until law; open",
        );
    }

    #[test]
    fn a_bsn_is_asked_of_paid_work_alone() {
        let holder = r#""residence":{"status":"status_holder_fixed_term","document_valid_until":"2027-01-10"}"#;
        check(GATE, "2026-01-10", holder, "", "open; unknown bsn_available");
        for kind in ["internship", "voluntary"] {
            let work = format!(r#""kind":"{kind}""#);
            check(GATE, "2026-01-10", holder, &work, "open; open");
            check(GATE, "2026-01-10", r#""bsn_available":false"#, &work, "open; open");
        }
        // Who says nothing is asked, and only who works freely is not.
        check(GATE, "2026-01-10", "", "", "open; unknown bsn_available");
    }

    #[test]
    fn without_a_bsn_no_wage_can_be_paid() {
        let free = |bsn: &str| format!(r#""residence":{{"status":"free"}},"bsn_available":{bsn}"#);
        check(GATE, "2026-01-10", &free("false"), "", "open; needs bsn 2026-07-09");
        check(GATE, "2026-01-10", &free("true"), "", "open; open");
    }

    #[test]
    fn the_end_of_a_document_is_told() {
        let holder = r#""residence":{"status":"status_holder_fixed_term","document_valid_until":"2027-01-10"},"bsn_available":true"#;
        check_more(GATE, "2026-01-10", holder, "", "- 2027-01-10; - -");
        check_more(GATE, "2027-01-11", holder, "", "- -; - -");
    }

    #[test]
    fn a_document_is_told_with_its_day() {
        let holder = |day: &str| {
            format!(
                r#""residence":{{"status":"status_holder_fixed_term","document_valid_until":"{day}"}},"bsn_available":true"#
            )
        };
        check_whole(
            GATE,
            "2026-01-10",
            &holder("2026-01-10"),
            "",
            "open document_valid practical until 2026-01-10 about 2026-01-10; open bsn_there practical",
        );
        check_whole(
            GATE,
            "2026-01-10",
            &holder("2026-01-09"),
            "",
            "needs renew_document 2026-02-21 document_ended law about 2026-01-09; open bsn_there practical",
        );
    }

    #[test]
    fn without_a_row_of_law_the_end_of_a_document_is_no_law_either() {
        let person =
            r#""residence":{"status":"ukraine_temporary_protection"},"bsn_available":true"#;
        check(GATE, "2027-03-05", person, "", "unknown residence.document_valid_until; open");
    }
}
