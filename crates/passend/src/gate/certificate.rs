// SPDX-License-Identifier: EUPL-1.2
//! Certificates and driving licences that the vacancy says must be there.

use super::{Arg, Finding, Gate, OnDay, Rule, Step, Strength};
use crate::model::Day;
use crate::policy::{CertificateIndex, CertificateStrength};
use crate::prepare::{
    CertificateDemand, CertificateFact, LicenceCategory, LicenceDemand, LicenceFact,
};
use crate::text::Say;

const GATE: Gate = Gate::Certificate;
pub(super) const NOT_ASKED: Say = Say("certificate_not_asked");

/// Open with a valid certificate; one that is planned opens on its day; one that has ended is renewed.
///
/// Only a statutory certificate is law; rules of a site and wishes of an employer ask without making the pair unknown.
pub(crate) fn certificate(
    on: OnDay<'_>,
    held: Option<&[CertificateFact]>,
    demand: CertificateDemand,
) -> Finding {
    let row = demand.known.and_then(|index| on.policy.certificate(index).map(|row| (index, row)));
    let strength = match row.map(|(_, row)| row.strength) {
        Some(CertificateStrength::Statutory) => Strength::StatutoryCertificate,
        Some(CertificateStrength::Site) => Strength::SiteRule,
        Some(CertificateStrength::Employer) | None => Strength::EmployersWish,
    };
    let about = demand.known.map_or(Arg::Word(demand.name), Arg::Certificate);
    let step = demand.known.map_or(Step::OtherCertificate(demand.name), Step::Certificate);
    let same = |one: &&CertificateFact| match (demand.known, one.known) {
        (Some(asked), Some(held)) => asked == held,
        (None, None) => demand.name == one.name,
        _ => false,
    };
    let finding = match held {
        None => Finding::unknown(
            GATE,
            on,
            "certificates",
            Say("ask_certificate"),
            Say("certificate_unknown"),
        )
        .asking("certificates", Say("ask_certificate"), about),
        Some(held) => {
            let mine = || held.iter().filter(same);
            if let Some(until) = longest(mine(), on.as_of) {
                Finding::open(GATE, on, Say("certificate_there")).until(until)
            } else if let Some(day) =
                mine().filter_map(|one| one.planned).filter(|day| *day > on.as_of).min()
            {
                Finding::opens_on(GATE, day, Say("certificate_planned"))
            } else if mine().any(|one| one.planned.is_none()) {
                Finding::needs(GATE, on, Step::Row("renew_certificate"), Say("certificate_ended"))
            } else {
                Finding::needs(GATE, on, step, Say("certificate_missing"))
            }
        }
    };
    let finding = match row {
        Some((index, _)) => finding.by(Rule::Certificate(index)),
        None => finding,
    };
    finding.about(about).resting_on(strength)
}

/// Open with a licence of the category, or of one that covers it, that may be used here.
///
/// Practice, not law: the law on professional drivers is in the gate for professions.
pub(crate) fn licence(
    on: OnDay<'_>,
    held: Option<&[LicenceFact]>,
    demand: LicenceDemand,
) -> Finding {
    let about = Arg::Licence(demand.category);
    let Some(held) = held else {
        return Finding::unknown(GATE, on, "licences", Say("ask_licence"), Say("licence_unknown"))
            .asking("licences", Say("ask_licence"), about)
            .about(about);
    };
    let finding = match licence_in_hand(held, demand.category, on.as_of) {
        Some(InHand { usable: Some(true), until }) => {
            Finding::open(GATE, on, Say("licence_there")).until(until)
        }
        Some(InHand { usable: None, .. }) => Finding::unknown(
            GATE,
            on,
            "licences",
            Say("ask_licence_usable"),
            Say("licence_usable_unknown"),
        )
        .asking("licences", Say("ask_licence_usable"), about),
        Some(InHand { usable: Some(false), .. }) => {
            Finding::needs(GATE, on, Step::Row("exchange_licence"), Say("licence_not_usable"))
        }
        None => Finding::needs(GATE, on, Step::Row("licence"), Say("licence_missing")),
    };
    finding.about(about)
}

/// A licence that is valid; a usable one is more than one that is not known to be, which is more than one that is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InHand {
    pub(super) usable: Option<bool>,
    pub(super) until: Option<Day>,
}

impl InHand {
    /// The higher the more it is worth: usable first, then the longest.
    pub(super) fn rank(self) -> (u8, i32) {
        let usable = match self.usable {
            Some(true) => 2,
            None => 1,
            Some(false) => 0,
        };
        (usable, self.until.map_or(i32::MAX, Day::days_since_1970))
    }
}

/// The best licence of a category that is valid on the day.
pub(super) fn licence_in_hand(
    held: &[LicenceFact],
    category: LicenceCategory,
    as_of: Day,
) -> Option<InHand> {
    let valid = held
        .iter()
        .filter(|one| one.category == category && one.until.is_none_or(|until| until >= as_of));
    valid
        .map(|one| InHand { usable: one.usable, until: one.until })
        .max_by_key(|in_hand| in_hand.rank())
}

/// The end of the longest certificate of a kind that is valid on the day; `Some(None)` if it has none.
pub(super) fn certificate_in_hand(
    held: &[CertificateFact],
    asked: CertificateIndex,
    as_of: Day,
) -> Option<Option<Day>> {
    longest(held.iter().filter(|one| one.known == Some(asked)), as_of)
}

/// The latest end of those that are in hand and valid on the day.
fn longest<'a>(mine: impl Iterator<Item = &'a CertificateFact>, as_of: Day) -> Option<Option<Day>> {
    mine.filter(|one| one.planned.is_none() && one.until.is_none_or(|until| until >= as_of))
        .map(|one| one.until)
        .max_by_key(|until| until.map_or(i32::MAX, Day::days_since_1970))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_more, check_whole};
    use super::*;

    const DAY: &str = "2026-01-10";
    const VCA: &str = r#""require":{"certificates":[{"code":"vca_basic","weight":"must"}]}"#;

    #[test]
    fn a_certificate_is_there_planned_ended_or_missing() {
        let held = |one: &str| format!(r#""certificates":[{one}]"#);
        check(GATE, DAY, &held(r#"{"name":"VCA basis"}"#), VCA, "open");
        check(GATE, DAY, &held(r#"{"code":"vca_basic","valid_until":"2026-01-10"}"#), VCA, "open");
        check(
            GATE,
            DAY,
            &held(r#"{"code":"vca_basic","valid_until":"2026-01-09"}"#),
            VCA,
            "needs renew_certificate 2026-01-31",
        );
        check(
            GATE,
            DAY,
            &held(r#"{"code":"vca_basic","planned":"2026-02-01"}"#),
            VCA,
            "opens_on 2026-02-01",
        );
        check(GATE, DAY, &held(""), VCA, "needs certificate:vca_basic 2026-02-05");
        check(GATE, DAY, "", VCA, "unknown certificates");
    }

    #[test]
    fn only_a_statutory_certificate_is_law() {
        let asbestos = r#""require":{"certificates":[{"code":"dav_asbestos","weight":"must"}]}"#;
        check(GATE, DAY, "", asbestos, "unknown certificates law");
    }

    #[test]
    fn a_welcome_certificate_asks_nothing() {
        check(
            GATE,
            DAY,
            r#""certificates":[]"#,
            r#""require":{"certificates":[{"code":"vca_basic","weight":"nice"}]}"#,
            "open",
        );
    }

    #[test]
    fn a_certificate_without_a_row_is_compared_by_name() {
        let asked = r#""require":{"certificates":[{"name":"Barista niveau 2","weight":"must"}]}"#;
        check(GATE, DAY, r#""certificates":[{"name":"barista NIVEAU 2"}]"#, asked, "open");
        check(
            GATE,
            DAY,
            r#""certificates":[]"#,
            asked,
            "needs certificate:barista niveau 2 2026-02-09",
        );
    }

    #[test]
    fn a_licence_covers_lower_categories_and_must_be_usable() {
        let asked = r#""require":{"licences":[{"category":"B","weight":"must"}]}"#;
        let held = |one: &str| format!(r#""licences":[{one}]"#);
        check(GATE, DAY, &held(r#"{"category":"CE","usable_in_nl":true}"#), asked, "open; open");
        check(
            GATE,
            DAY,
            &held(r#"{"category":"B","usable_in_nl":false}"#),
            asked,
            "open; needs exchange_licence 2026-03-11",
        );
        check(GATE, DAY, &held(r#"{"category":"B"}"#), asked, "open; unknown licences");
        check(GATE, DAY, &held(""), asked, "open; needs licence 2026-05-10");
        check(GATE, DAY, "", asked, "open; unknown licences");
    }

    #[test]
    fn a_certificate_is_planned_for_a_later_day_and_the_first_counts() {
        let vca = r#""require":{"certificates":[{"code":"vca_basic","weight":"must"}]}"#;
        let planned = |days: &[&str]| {
            let list: Vec<_> = days
                .iter()
                .map(|day| format!(r#"{{"code":"vca_basic","planned":"{day}"}}"#))
                .collect();
            format!(r#""certificates":[{}]"#, list.join(","))
        };
        let day = "2026-01-10";
        check(GATE, day, &planned(&["2026-01-11"]), vca, "opens_on 2026-01-11");
        check(GATE, day, &planned(&["2026-03-01", "2026-02-01"]), vca, "opens_on 2026-02-01");
        check(GATE, day, &planned(&["2026-01-10"]), vca, "needs certificate:vca_basic 2026-02-05");
    }

    #[test]
    fn what_is_held_holds_until_its_last_day() {
        let vca = r#""require":{"certificates":[{"code":"vca_basic","weight":"must"}]}"#;
        let held = r#""certificates":[{"code":"vca_basic","valid_until":"2026-05-01"}]"#;
        check_more(GATE, "2026-01-10", held, vca, "- 2026-05-01");
        let car = r#""require":{"licences":[{"category":"B","weight":"must"}]}"#;
        let of = |category: &str, until: &str| {
            format!(
                r#""licences":[{{"category":"{category}","usable_in_nl":true,"valid_until":"{until}"}}]"#
            )
        };
        let with_not_asked = |licence: &str| format!("- -; - {licence}");
        let more = |person: &str, expected: &str| {
            check_more(GATE, "2026-01-10", person, car, &with_not_asked(expected));
        };
        more(&of("B", "2026-06-01"), "2026-06-01");
        check(GATE, "2026-01-10", &of("A", "2026-06-01"), car, "open; needs licence 2026-05-10");
        check(GATE, "2026-01-10", &of("B", "2026-01-09"), car, "open; needs licence 2026-05-10");
        check(GATE, "2026-01-10", &of("B", "2026-01-10"), car, "open; open");
    }

    #[test]
    fn of_two_licences_the_usable_one_counts() {
        let car = r#""require":{"licences":[{"category":"B","weight":"must"}]}"#;
        let usable = |first: &str, second: &str| {
            format!(
                r#""licences":[{{"category":"B","usable_in_nl":{first}}},{{"category":"B"{second}}}]"#
            )
        };
        let day = "2026-01-10";
        check(GATE, day, &usable("false", r#","usable_in_nl":true"#), car, "open; open");
        check(GATE, day, &usable("true", r#","usable_in_nl":false"#), car, "open; open");
        check(GATE, day, &usable("false", ""), car, "open; unknown licences");
    }

    #[test]
    fn a_certificate_is_told_with_its_row_and_who_asks_it() {
        let whole = |held: &str, asked: &str, expected: &str| {
            let held = format!(r#""certificates":[{held}]"#);
            let held = if expected.starts_with("unknown") { "" } else { &*held };
            let asked = format!(r#""require":{{"certificates":[{{{asked},"weight":"must"}}]}}"#);
            check_whole(GATE, DAY, held, &asked, expected);
        };
        let vca = r#""code":"vca_basic""#;
        for (held, expected) in [
            ("", "needs certificate:vca_basic 2026-02-05 certificate_missing site_rule"),
            (
                r#"{"code":"vca_basic","valid_until":"2026-01-09"}"#,
                "needs renew_certificate 2026-01-31 certificate_ended site_rule",
            ),
            (
                r#"{"code":"vca_basic","valid_until":"2026-01-10"}"#,
                "open certificate_there site_rule until 2026-01-10",
            ),
        ] {
            whole(held, vca, &format!("{expected} by vca_basic about vca_basic"));
        }
        whole(
            r#"{"code":"vca_basic","planned":"2026-02-01"}"#,
            vca,
            "opens_on 2026-02-01 certificate_planned site_rule by vca_basic about 2026-02-01 vca_basic",
        );
        whole(
            "",
            vca,
            "unknown certificates certificate_unknown site_rule by vca_basic about vca_basic asks certificates ask_certificate vca_basic",
        );
        whole(
            "",
            r#""code":"dav_asbestos""#,
            "unknown certificates law certificate_unknown statutory_certificate by dav_asbestos about dav_asbestos asks certificates ask_certificate dav_asbestos",
        );
        whole(
            r#"{"code":"forklift"}"#,
            r#""code":"forklift""#,
            "open certificate_there employers_wish by forklift about forklift",
        );
        whole(
            "",
            r#""name":"Barista""#,
            "unknown certificates certificate_unknown employers_wish about barista asks certificates ask_certificate barista",
        );
    }

    #[test]
    fn of_two_certificates_the_longest_counts() {
        let two = |first: &str, second: &str| {
            let one = |until: &str| {
                let until = if until.is_empty() {
                    String::new()
                } else {
                    format!(r#","valid_until":"{until}""#)
                };
                format!(r#"{{"code":"vca_basic"{until}}}"#)
            };
            format!(r#""certificates":[{},{}]"#, one(first), one(second))
        };
        check_more(GATE, DAY, &two("2026-05-01", "2027-05-01"), VCA, "- 2027-05-01");
        check_more(GATE, DAY, &two("2027-05-01", "2026-05-01"), VCA, "- 2027-05-01");
        check_more(GATE, DAY, &two("2027-05-01", ""), VCA, "- -");
    }

    #[test]
    fn a_licence_is_told_by_its_category() {
        let asked = r#""require":{"licences":[{"category":"B","weight":"must"}]}"#;
        let whole = |held: &str, expected: &str| {
            let expected = format!("open certificate_not_asked employers_wish; {expected}");
            check_whole(GATE, DAY, held, asked, &expected);
        };
        let held = |one: &str| format!(r#""licences":[{{"category":"B"{one}}}]"#);
        whole(
            "",
            "unknown licences licence_unknown employers_wish about B asks licences ask_licence B",
        );
        whole(
            &held(""),
            "unknown licences licence_usable_unknown employers_wish about B asks licences ask_licence_usable B",
        );
        whole(
            &held(r#","usable_in_nl":true,"valid_until":"2026-05-01""#),
            "open licence_there employers_wish until 2026-05-01 about B",
        );
        whole(
            &held(r#","usable_in_nl":false"#),
            "needs exchange_licence 2026-03-11 licence_not_usable employers_wish about B",
        );
        whole(
            r#""licences":[]"#,
            "needs licence 2026-05-10 licence_missing employers_wish about B",
        );
    }

    #[test]
    fn of_two_usable_licences_the_longest_counts() {
        let car = r#""require":{"licences":[{"category":"B","weight":"must"}]}"#;
        let one = |until: &str| format!(r#"{{"category":"B","usable_in_nl":true{until}}}"#);
        let (short, long) =
            (one(r#","valid_until":"2026-05-01""#), one(r#","valid_until":"2027-05-01""#));
        for (two, until) in [
            ([&short, &long], "2027-05-01"),
            ([&long, &short], "2027-05-01"),
            ([&one(""), &long], "-"),
        ] {
            let held = format!(r#""licences":[{},{}]"#, two[0], two[1]);
            check_more(GATE, DAY, &held, car, &format!("- -; - {until}"));
        }
    }
}
