// SPDX-License-Identifier: EUPL-1.2
//! Minors: from which birthday on.

use super::work_authorisation::deciding;
use super::{Arg, Finding, Gate, OnDay, Rule};
use crate::policy::WorkAsked;
use crate::prepare::LegalFacts;
use crate::text::Say;

const GATE: Gate = Gate::Age;
/// Younger than this nobody takes a regular job (Arbeidstijdenwet, Leerplichtwet).
const LEAST_AGE: u8 = 16;

/// Open for adults, and from the least age of the rule in force on; who gives no eighteenth birthday is an adult.
pub(crate) fn age(on: OnDay<'_>, legal: &LegalFacts, work: WorkAsked<'_>) -> Finding {
    let Some(adult) = legal.turns_18_on.filter(|day| *day > on.as_of) else {
        return Finding::open(GATE, on, Say("adult"));
    };
    let rule = deciding(on, legal, work);
    let least = rule.and_then(|(_, rule)| rule.min_age.or(rule.until_age)).unwrap_or(LEAST_AGE);
    let from = adult.plus_months(12 * (i32::from(least) - 18));
    let finding = if from > on.as_of {
        Finding::opens_on(GATE, from, Say("minor_too_young")).about(Arg::Number(u32::from(least)))
    } else {
        Finding::open(GATE, on, Say("minor_may_work")).remarked()
    };
    match rule {
        Some((index, _)) => finding.by(Rule::Work(index)).by_law(),
        None => finding.by_law(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_more, check_says, check_whole};
    use super::*;

    #[test]
    fn an_asylum_seeker_works_from_the_eighteenth_birthday() {
        let seeker = r#""turns_18_on":"2026-03-10","residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"2027-01-01"}"#;
        check(GATE, "2026-03-09", seeker, "", "opens_on 2026-03-10");
        check(GATE, "2026-03-10", seeker, "", "open");
    }

    #[test]
    fn a_permit_holder_works_from_sixteen() {
        let holder = r#""turns_18_on":"2028-02-29","residence":{"status":"minor_with_permit"}"#;
        check(GATE, "2026-02-27", holder, "", "opens_on 2026-02-28");
        check(GATE, "2026-02-28", holder, "", "open");
        check(GATE, "2026-02-28", "", "", "open");
    }

    #[test]
    fn without_a_rule_nobody_works_before_sixteen() {
        let person = r#""turns_18_on":"2028-03-10""#;
        check(GATE, "2026-03-09", person, "", "opens_on 2026-03-10");
        check(GATE, "2026-03-10", person, "", "open");
    }

    #[test]
    fn from_the_eighteenth_birthday_on_nothing_is_remarked() {
        let free = r#""turns_18_on":"2026-03-10","residence":{"status":"free"}"#;
        check_says(GATE, "2026-03-09", free, "", "minor_may_work");
        check_more(GATE, "2026-03-09", free, "", "- - remarked");
        check_says(GATE, "2026-03-10", free, "", "adult");
        check_more(GATE, "2026-03-10", free, "", "- -");
    }

    #[test]
    fn a_birthday_is_told_with_its_age_and_its_row() {
        let minor = |status: &str, adult: &str| {
            format!(r#""turns_18_on":"{adult}","residence":{{"status":"{status}"}}"#)
        };
        for (status, row) in
            [("asylum_seeker_in_procedure", "WA02"), ("unaccompanied_minor_in_procedure", "WA20")]
        {
            let person = minor(status, "2026-03-10");
            let expected = "opens_on 2026-03-10 minor_too_young law by ROW about 2026-03-10 18";
            check_whole(GATE, "2026-03-09", &person, "", &expected.replace("ROW", row));
            check_whole(GATE, "2026-03-10", &person, "", "open adult practical");
        }
        let holder = minor("minor_with_permit", "2028-02-29");
        check_whole(
            GATE,
            "2026-02-27",
            &holder,
            "",
            "opens_on 2026-02-28 minor_too_young law by WA21 about 2026-02-28 16",
        );
        check_whole(GATE, "2026-02-28", &holder, "", "open minor_may_work law by WA21 remarked");
        // No row of law: the age at which anybody may work.
        let person = r#""turns_18_on":"2028-03-10""#;
        check_whole(
            GATE,
            "2026-03-09",
            person,
            "",
            "opens_on 2026-03-10 minor_too_young law about 2026-03-10 16",
        );
        check_whole(GATE, "2026-03-10", person, "", "open minor_may_work law remarked");
    }
}
