// SPDX-License-Identifier: EUPL-1.2
//! Regulated professions and protected titles.

use super::certificate::{InHand, certificate_in_hand, licence_in_hand};
use super::{Arg, Finding, Gate, OnDay, Rule, Step};
use crate::model::Day;
use crate::policy::{Profession, ProfessionIndex};
use crate::prepare::{LicenceCategory, ProfessionDemand, ProfessionReason, QualificationFacts};
use crate::text::Say;

const GATE: Gate = Gate::Profession;
/// Where no profession is asked. Work that could not be linked may be one: then the occupation is asked.
pub(super) fn not_asked(on: OnDay<'_>, unlinked: bool, unnamed: bool) -> Finding {
    if unlinked {
        return Finding::unknown(
            GATE,
            on,
            "occupation",
            Say("ask_occupation"),
            Say("profession_unlinked"),
        );
    }
    Finding::open(
        GATE,
        on,
        if unnamed { Say("profession_unnamed") } else { Say("profession_not_asked") },
    )
}

/// Open with the registration, recognition or licences that the profession asks; otherwise the way to them.
///
/// A title that may be this profession, or an ISCO code alone, only asks which work is meant. The evaluation of a diploma
/// never opens a regulated profession; recognition by its authority does.
pub(crate) fn profession(
    on: OnDay<'_>,
    facts: &QualificationFacts,
    demand: ProfessionDemand,
) -> Finding {
    let named = |finding: Finding| match (demand.profession, demand.register) {
        (Some(index), _) => finding.by(Rule::Profession(index)).about(Arg::Profession(index)),
        (None, Some(register)) => finding.about(Arg::Word(register)),
        (None, None) => finding,
    };
    let about = demand.profession.map_or(Arg::None, Arg::Profession);
    let ask = |say| {
        Finding::unknown(GATE, on, "occupation", Say("ask_which_occupation"), say).asking(
            "occupation",
            Say("ask_which_occupation"),
            about,
        )
    };
    let finding = match demand.reason {
        ProfessionReason::WhichOccupation => ask(Say("profession_perhaps")),
        ProfessionReason::OnlyGroup => ask(Say("profession_by_group")),
        ProfessionReason::Asked => asked(on, facts, demand, about),
    };
    named(finding).by_law()
}

fn asked(
    on: OnDay<'_>,
    facts: &QualificationFacts,
    demand: ProfessionDemand,
    about: Arg,
) -> Finding {
    let row =
        demand.profession.and_then(|index| on.policy.profession(index).map(|row| (index, row)));
    let unknown = |field, ask: Say, say: Say| {
        Finding::unknown(GATE, on, field, ask, say).asking(field, ask, about)
    };
    if let Some((index, _)) = row {
        if facts.recognised.contains(&Some(index)) {
            return Finding::open(GATE, on, Say("profession_recognised")).remarked();
        }
        if facts.recognised.contains(&None) {
            return unknown(
                "education",
                Say("ask_recognised"),
                Say("profession_recognised_perhaps"),
            );
        }
    }
    let Some(register) = demand.register else {
        return match row {
            Some((index, row)) => by_papers(on, facts, index, row, about),
            None => not_asked(on, false, false),
        };
    };
    let step = row.map_or(Step::Register(register), |(index, _)| Step::Profession(index));
    let Some(list) = facts.registrations.as_deref() else {
        return unknown(
            "registrations",
            Say("ask_registration"),
            Say("profession_registration_unknown"),
        );
    };
    let mut unsure = false;
    for one in list.iter().filter(|one| one.in_force && one.register == register) {
        match (demand.profession, one.profession) {
            (None, _) => {
                return Finding::open(GATE, on, Say("profession_registered")).until(one.until);
            }
            (Some(asked), Some(Some(own))) if asked == own => {
                return Finding::open(GATE, on, Say("profession_registered")).until(one.until);
            }
            // Registered, but not known as what.
            (Some(_), None | Some(None)) => unsure = true,
            (Some(_), Some(Some(_))) => {}
        }
    }
    if unsure {
        return unknown(
            "registrations",
            Say("ask_registration"),
            Say("profession_registration_unknown"),
        );
    }
    Finding::needs(GATE, on, step, Say("profession_not_registered"))
}

/// A profession that asks licences (any of them) and certificates (all of them). Where one certificate is all that is
/// missing it is the step; else the whole way is.
fn by_papers(
    on: OnDay<'_>,
    facts: &QualificationFacts,
    index: ProfessionIndex,
    row: &Profession,
    about: Arg,
) -> Finding {
    let unknown = |field| {
        Finding::unknown(GATE, on, field, Say("ask_papers"), Say("profession_papers_unknown"))
            .asking(field, Say("ask_papers"), about)
    };
    let mut until: Option<Day> = None;
    let mut hold = |end: Option<Day>| until = until.into_iter().chain(end).min();
    let mut missing = row.licences.is_empty() && row.certificates.is_empty();
    let mut lacking = Vec::new();
    if !row.licences.is_empty() {
        let Some(held) = facts.licences.as_deref() else { return unknown("licences") };
        let asked = row
            .licences
            .iter()
            .map(|category| licence_in_hand(held, LicenceCategory::new(category), on.as_of));
        match asked.flatten().max_by_key(|in_hand| in_hand.rank()) {
            Some(InHand { usable: Some(true), until }) => hold(until),
            Some(InHand { usable: None, .. }) => return unknown("licences"),
            Some(InHand { usable: Some(false), .. }) | None => missing = true,
        }
    }
    if !row.certificates.is_empty() {
        let Some(held) = facts.certificates.as_deref() else { return unknown("certificates") };
        for code in &row.certificates {
            let asked = on.policy.certificate_named(Some(code), None);
            match asked.and_then(|asked| certificate_in_hand(held, asked, on.as_of)) {
                Some(until) => hold(until),
                None => lacking.push(asked),
            }
        }
    }
    let needs = |step| Finding::needs(GATE, on, step, Say("profession_not_registered"));
    match lacking.as_slice() {
        [] if !missing => Finding::open(GATE, on, Say("profession_papers")).until(until),
        [Some(certificate)] if !missing => needs(Step::Certificate(*certificate)),
        _ => needs(Step::Profession(index)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_more, check_under, check_whole};
    use super::*;
    use crate::policy::Permits;

    const DAY: &str = "2026-01-10";

    #[test]
    fn a_licence_alone_is_enough_where_no_certificate_is_asked() {
        let file = r#"
            [[profession]]
            id = "OWN1"
            code = "own_forklift_driver"
            nl = "heftruckchauffeur"
            en = "forklift driver"
            isco08 = "8344"
            kind = "licence"
            authority = "RDW"
            occupations = ["occupation/8344-forklift-driver"]
            licences = ["T"]
            days_min = 30
            days_usual = 60
            days_max = 90
            nl_text = "Nodig: rijbewijs T."
            en_text = "Needed: licence T."
            remedy_nl = "Haal rijbewijs T."
            remedy_en = "Get licence T."
            legal_basis = "own"
            source = "own"
            verified = "unverified"
        "#;
        let vacancy = r#""title":"heftruckchauffeur""#;
        let own = "law by own_forklift_driver about own_forklift_driver";
        for (licences, expected) in [
            (r#"[{"category":"T","usable_in_nl":true}]"#, "open profession_papers"),
            ("[]", "needs profession:own_forklift_driver 2026-03-11 profession_not_registered"),
        ] {
            let person = format!(r#""licences":{licences}"#);
            let expected = format!("{expected} {own}");
            check_under((file, Permits::AsStated), GATE, (DAY, &person, vacancy), &expected);
        }
    }

    #[test]
    fn a_nurse_needs_the_register_and_an_assistant_does_not() {
        let none = r#""registrations":[]"#;
        check(GATE, DAY, none, r#""title":"verpleegkundige""#, "needs profession:nurse 2027-01-10");
        check(GATE, DAY, none, r#""title":"assistent-verpleegkundige""#, "open");
        check(GATE, DAY, "", r#""title":"verpleegkundige""#, "unknown registrations law");
    }

    #[test]
    fn a_registration_opens_while_it_is_valid() {
        let until = |day: &str| {
            format!(
                r#""registrations":[{{"register":"BIG","profession":"verpleegkundige","valid_until":"{day}"}}]"#
            )
        };
        check(GATE, DAY, &until("2026-01-10"), r#""title":"verpleegkundige""#, "open");
        check(
            GATE,
            DAY,
            &until("2026-01-09"),
            r#""title":"verpleegkundige""#,
            "needs profession:nurse 2027-01-10",
        );
        check(
            GATE,
            DAY,
            &until("2027-01-01"),
            r#""title":"arts""#,
            "needs profession:doctor 2027-10-12",
        );
    }

    #[test]
    fn a_stated_registration_asks_it_whatever_the_title() {
        let vacancy = r#""title":"medewerker zorg","require":{"registration":{"register":"big","profession":"nurse"}}"#;
        check(GATE, DAY, r#""registrations":[]"#, vacancy, "needs profession:nurse 2027-01-10");
        let unlisted = r#""title":"jeugdzorgwerker","require":{"registration":{"register":"skj"}}"#;
        check(GATE, DAY, r#""registrations":[]"#, unlisted, "needs register:skj 2026-02-09");
    }

    #[test]
    fn a_registration_without_its_profession_asks_which() {
        let held = |more: &str| format!(r#""registrations":[{{"register":"BIG-register"{more}}}]"#);
        check(GATE, DAY, &held(""), r#""title":"arts""#, "unknown registrations law");
        check(
            GATE,
            DAY,
            &held(r#","profession":"wijkverpleegkundige""#),
            r#""title":"verpleegkundige""#,
            "open",
        );
    }

    #[test]
    fn a_recognition_opens_its_own_profession_alone() {
        let recognised = |title: &str| {
            format!(
                r#""registrations":[],"education":[{{"title":"{title}","evaluation":{{"outcome_code":"professional_recognition"}}}}]"#
            )
        };
        check(GATE, DAY, &recognised("verpleegkundige"), r#""title":"verpleegkundige""#, "open");
        check(
            GATE,
            DAY,
            &recognised("verpleegkundige"),
            r#""title":"arts""#,
            "needs profession:doctor 2027-10-12",
        );
        check(GATE, DAY, &recognised("opleiding"), r#""title":"arts""#, "unknown education law");
    }

    #[test]
    fn work_that_is_not_linked_or_not_sure_is_asked() {
        check(GATE, DAY, r#""registrations":[]"#, r#""title":"xyzzy""#, "unknown occupation");
        check(
            GATE,
            DAY,
            r#""registrations":[]"#,
            r#""title":"psychiatrisch verpleegkundige X""#,
            "unknown occupation law",
        );
        let one_of_two = r#""occupation":[{"label":"verpleegkundige"},{"label":"xyzzy plugh"}]"#;
        check(GATE, DAY, r#""registrations":[]"#, one_of_two, "unknown occupation law");
    }

    #[test]
    fn an_isco_code_alone_only_asks() {
        let vacancy = r#""occupation":[{"scheme":"isco08","code":"2221"}]"#;
        check(GATE, DAY, r#""registrations":[]"#, vacancy, "unknown occupation law");
    }

    #[test]
    fn a_truck_driver_needs_licence_and_code_95() {
        let driver = |licences: &str, certificates: &str| {
            format!(r#""licences":{licences},"certificates":{certificates}"#)
        };
        let truck = r#""title":"vrachtwagenchauffeur""#;
        let (ce, code95) = (r#"[{"category":"CE","usable_in_nl":true}]"#, r#"[{"code":"code95"}]"#);
        check(GATE, DAY, &driver(ce, code95), truck, "open");
        check(GATE, DAY, &driver(ce, "[]"), truck, "needs certificate:code95 2026-04-25");
        check(GATE, DAY, &driver("[]", "[]"), truck, "needs profession:truck_driver 2026-06-24");
        check(
            GATE,
            DAY,
            &driver(r#"[{"category":"B","usable_in_nl":true}]"#, code95),
            truck,
            "needs profession:truck_driver 2026-06-24",
        );
    }

    #[test]
    fn papers_that_have_ended_or_may_not_be_used_do_not_open() {
        let driver = |licence: &str| {
            format!(
                r#""licences":[{{"category":"CE"{licence}}}],"certificates":[{{"code":"code95"}}]"#
            )
        };
        let truck = r#""title":"vrachtwagenchauffeur""#;
        check(
            GATE,
            DAY,
            &driver(r#","usable_in_nl":true,"valid_until":"2026-01-09""#),
            truck,
            "needs profession:truck_driver 2026-06-24",
        );
        check(GATE, DAY, &driver(""), truck, "unknown licences law");
    }

    #[test]
    fn a_forklift_driver_is_no_regulated_profession() {
        check(GATE, DAY, "", r#""title":"heftruckchauffeur""#, "open");
    }

    #[test]
    fn a_registration_holds_until_its_last_day_and_a_recognition_is_told() {
        let nurse = r#""title":"verpleegkundige","require":{"registration":{"register":"big","profession":"nurse"}}"#;
        let registered = r#""registrations":[{"register":"big","profession":"nurse","status":"registered","valid_until":"2028-05-01"}]"#;
        check_more(GATE, "2026-01-10", registered, nurse, "- 2028-05-01");
        let other = r#""require":{"registration":{"register":"register van tolken"}}"#;
        let own =
            r#""registrations":[{"register":"register van tolken","valid_until":"2027-05-01"}]"#;
        check_more(GATE, "2026-01-10", own, other, "- 2027-05-01");
    }

    #[test]
    fn a_recognition_is_told_in_lists() {
        let person = r#""registrations":[],"education":[{"title":"verpleegkundige","evaluation":{"outcome_code":"professional_recognition"}}]"#;
        let nurse = r#""title":"verpleegkundige""#;
        check_more(GATE, "2026-01-10", person, nurse, "- - remarked");
    }

    #[test]
    fn a_profession_is_told_with_its_row() {
        let nurse = r#""title":"verpleegkundige""#;
        let whole = |person: &str, work: &str, expected: &str| {
            check_whole(GATE, DAY, person, work, expected);
        };
        whole(
            r#""registrations":[]"#,
            nurse,
            "needs profession:nurse 2027-01-10 profession_not_registered law by nurse about nurse",
        );
        whole(
            "",
            nurse,
            "unknown registrations law profession_registration_unknown law by nurse about nurse asks registrations ask_registration nurse",
        );
        whole(
            r#""registrations":[]"#,
            r#""require":{"registration":{"register":"skj"}}"#,
            "needs register:skj 2026-02-09 profession_not_registered law about skj",
        );
        whole(
            "",
            r#""occupation":[{"scheme":"isco08","code":"2221"}]"#,
            "unknown occupation law profession_by_group law by nurse about nurse asks occupation ask_which_occupation nurse",
        );
        whole(
            "",
            r#""title":"vrachtwagenchauffeur""#,
            "unknown licences law profession_papers_unknown law by truck_driver about truck_driver asks licences ask_papers truck_driver",
        );
        whole(
            r#""licences":[{"category":"C","usable_in_nl":true}]"#,
            r#""title":"vrachtwagenchauffeur""#,
            "unknown certificates law profession_papers_unknown law by truck_driver about truck_driver asks certificates ask_papers truck_driver",
        );
    }

    #[test]
    fn papers_hold_until_the_first_of_them_ends() {
        let held = |licence: &str, other: &str, certificate: &str| {
            format!(
                r#""licences":[{{"category":"C","usable_in_nl":true{licence}}}{other}],"certificates":[{{"code":"code95"{certificate}}}]"#
            )
        };
        let (early, late) = (r#","valid_until":"2026-05-01""#, r#","valid_until":"2027-05-01""#);
        let truck = r#""title":"vrachtwagenchauffeur""#;
        check_more(GATE, DAY, &held(early, "", late), truck, "- 2026-05-01");
        check_more(GATE, DAY, &held(late, "", early), truck, "- 2026-05-01");
        check_more(GATE, DAY, &held(late, "", ""), truck, "- 2027-05-01");
        // Of two licences that are enough the best counts: the longest, and one that may be used.
        let trailer = |more: &str| format!(r#",{{"category":"CE"{more}}}"#);
        let longer = trailer(r#","usable_in_nl":true,"valid_until":"2028-05-01""#);
        check_more(GATE, DAY, &held(early, &longer, ""), truck, "- 2028-05-01");
        let unusable = trailer(r#","usable_in_nl":false"#);
        check_more(GATE, DAY, &held(early, &unusable, ""), truck, "- 2026-05-01");
    }
}
