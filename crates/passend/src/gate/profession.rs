// SPDX-License-Identifier: EUPL-1.2
//! Regulated professions and protected titles.

use super::{Arg, Finding, Gate, OnDay, Rule, Step};
use crate::model::Day;
use crate::policy::{Profession, ProfessionIndex};
use crate::prepare::{
    LicenceCategory, ProfessionDemand, ProfessionReason, QualificationFacts, RegistrationFact, Word,
};
use crate::text::Say;

const GATE: Gate = Gate::Profession;
pub(super) const NOT_ASKED: Say = Say("profession_not_asked");

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
    if let Some(register) = demand.register {
        if let Some(until) = registered(facts, register, demand.profession) {
            return Finding::open(GATE, on, Say("profession_registered")).until(until);
        }
        if facts.recognised && row.is_some() {
            return Finding::open(GATE, on, Say("profession_recognised")).remarked();
        }
        let step = row.map_or(Step::Register(register), |(index, _)| Step::Profession(index));
        return match facts.registrations {
            Some(_) => Finding::needs(GATE, on, step, Say("profession_not_registered")),
            None => Finding::unknown(
                GATE,
                on,
                "registrations",
                Say("ask_registration"),
                Say("profession_registration_unknown"),
            )
            .asking("registrations", Say("ask_registration"), about),
        };
    }
    match row {
        Some((index, row)) => by_papers(on, facts, index, row, about),
        None => Finding::open(GATE, on, NOT_ASKED),
    }
}

/// The end of a registration in force; `Some(None)` if it has none.
fn registered(
    facts: &QualificationFacts,
    register: Word,
    profession: Option<ProfessionIndex>,
) -> Option<Option<Day>> {
    let list = facts.registrations.as_deref()?;
    let for_this = |one: &RegistrationFact| match (one.profession, profession) {
        (Some(own), Some(asked)) => own == Some(asked),
        _ => true,
    };
    list.iter()
        .find(|one| one.in_force && one.register == register && for_this(one))
        .map(|one| one.until)
}

/// A profession that asks licences (any of them) and certificates (all of them).
fn by_papers(
    on: OnDay<'_>,
    facts: &QualificationFacts,
    index: ProfessionIndex,
    row: &Profession,
    about: Arg,
) -> Finding {
    let step = Step::Profession(index);
    if row.licences.is_empty() && row.certificates.is_empty() {
        // Nothing in the records can show it but a recognition.
        return if facts.recognised {
            Finding::open(GATE, on, Say("profession_recognised")).remarked()
        } else {
            Finding::needs(GATE, on, step, Say("profession_not_registered"))
        };
    }
    let licence = row.licences.is_empty().then_some(true).or_else(|| {
        let held = facts.licences.as_deref()?;
        Some(row.licences.iter().any(|asked| {
            held.iter()
                .any(|one| one.usable != Some(false) && one.category == LicenceCategory::new(asked))
        }))
    });
    let certificates = row.certificates.is_empty().then_some(true).or_else(|| {
        let held = facts.certificates.as_deref()?;
        let has = |code: &String| {
            let asked = on.policy.certificate_named(Some(code), None);
            held.iter().any(|one| {
                one.known.is_some()
                    && one.known == asked
                    && one.planned.is_none()
                    && one.until.is_none_or(|until| until >= on.as_of)
            })
        };
        Some(row.certificates.iter().all(has))
    });
    match (licence, certificates) {
        (Some(true), Some(true)) => Finding::open(GATE, on, Say("profession_papers")),
        (Some(false), _) | (_, Some(false)) => {
            Finding::needs(GATE, on, step, Say("profession_not_registered"))
        }
        (None, _) => Finding::unknown(
            GATE,
            on,
            "licences",
            Say("ask_papers"),
            Say("profession_papers_unknown"),
        )
        .asking("licences", Say("ask_papers"), about),
        (_, None) => Finding::unknown(
            GATE,
            on,
            "certificates",
            Say("ask_papers"),
            Say("profession_papers_unknown"),
        )
        .asking("certificates", Say("ask_papers"), about),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    const DAY: &str = "2026-01-10";

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
        check(GATE, DAY, &driver(ce, "[]"), truck, "needs profession:truck_driver 2026-06-24");
        check(
            GATE,
            DAY,
            &driver(r#"[{"category":"B","usable_in_nl":true}]"#, code95),
            truck,
            "needs profession:truck_driver 2026-06-24",
        );
    }

    #[test]
    fn a_forklift_driver_is_no_regulated_profession() {
        check(GATE, DAY, "", r#""title":"heftruckchauffeur""#, "open");
    }
}
