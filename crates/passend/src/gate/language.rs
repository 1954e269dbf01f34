// SPDX-License-Identifier: EUPL-1.2
//! The least language level.

use super::{Arg, Finding, Gate, OnDay, Rule, Step};
use crate::model::{Cefr, LanguageSkill};
use crate::prepare::{LanguageDemand, LanguageFact, Standing, standing};
use crate::text::Say;

const GATE: Gate = Gate::Language;
pub(super) const NOT_ASKED: Say = Say("language_not_asked");

/// Open when one of the accepted languages reaches its level; otherwise the way to the language asked, level by level.
///
/// A coach who is arranged or offered lowers listening and speaking by one level, for an employer's wish only: never for a
/// demand of the law, nor where safety depends on it.
pub(crate) fn language(
    on: OnDay<'_>,
    facts: Option<&[LanguageFact]>,
    demand: &LanguageDemand,
    coach: bool,
) -> Finding {
    let coached = coach && demand.statutory.is_none() && !demand.safety;
    let stands = |coached: bool| {
        demand
            .accepted
            .iter()
            .map(move |(code, min)| standing(facts, *code, *min, demand.skill, coached))
    };
    let Some((code, min)) = demand.accepted.first().copied() else {
        return Finding::open(GATE, on, NOT_ASKED);
    };
    let met = |standing: Standing| matches!(standing, Standing::Met { .. });
    let finding = if stands(false).any(met) {
        Finding::open(GATE, on, Say("language_met"))
    } else if coached && stands(true).any(met) {
        Finding::open(GATE, on, Say("language_met_with_coach")).remarked()
    } else if stands(coached).any(|one| matches!(one, Standing::Unknown { .. })) {
        Finding::unknown(GATE, on, "languages", Say("ask_language"), Say("language_unknown"))
            .asking("languages", Say("ask_language"), Arg::Language(code))
    } else {
        let have = match standing(facts, code, min, demand.skill, false) {
            Standing::Below { have, .. } => have,
            Standing::Unknown { at_least } => at_least,
            Standing::Met { .. } => min,
        };
        // With a coach the level of listening or speaking that has to be reached before the start is one lower.
        let spoken =
            matches!(demand.skill, Some(LanguageSkill::Listening | LanguageSkill::Speaking));
        let to =
            if coached && spoken { Cefr::from_rank(min.rank().saturating_sub(1)) } else { min };
        Finding::needs(GATE, on, Step::Language { code, from: have, to }, Say("language_below"))
    };
    let finding = finding.about(Arg::Language(code)).about(Arg::Level(min));
    match demand.statutory {
        Some(profession) => finding.by(Rule::Profession(profession)).by_law(),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_more, check_whole};
    use super::*;

    const DAY: &str = "2026-01-10";

    fn dutch(level: &str) -> String {
        format!(r#""languages":[{{"code":"nl","level":"{level}"}}]"#)
    }

    fn asks(level: &str, more: &str) -> String {
        format!(
            r#""require":{{"languages":[{{"code":"nl","min":"{level}","weight":"must"{more}}}]}}"#
        )
    }

    #[test]
    fn a_level_below_needs_the_way_to_it() {
        check(GATE, DAY, &dutch("A2"), &asks("A2", ""), "open");
        check(GATE, DAY, &dutch("A1"), &asks("A2", ""), "needs language:nl:A2 2026-05-30");
        check(GATE, DAY, r#""languages":[]"#, &asks("A1", ""), "needs language:nl:A1 2026-05-30");
        check(GATE, DAY, "", &asks("A1", ""), "unknown languages");
    }

    #[test]
    fn an_accepted_language_opens_too() {
        check(
            GATE,
            DAY,
            r#""languages":[{"code":"ar","level":"C2"}]"#,
            &asks("A2", r#","or":[{"code":"ar","min":"A1"}]"#),
            "open",
        );
    }

    #[test]
    fn a_coach_helps_speaking_for_an_employers_wish() {
        let spoken = asks("A2", r#","skill":"speaking""#);
        check(GATE, DAY, &dutch("A1"), &format!(r#"{spoken},"language_support":true"#), "open");
        check(
            GATE,
            DAY,
            &format!(r#"{},"support":{{"language_coach":true}}"#, dutch("A1")),
            &spoken,
            "open",
        );
    }

    #[test]
    fn a_coach_does_not_help_where_the_law_asks() {
        let work = r#""title":"pedagogisch medewerker kinderopvang","language_support":true"#;
        let person = format!(r#"{},"registrations":[]"#, dutch("B1"));
        check(
            GATE,
            DAY,
            &person,
            work,
            "needs language:nl:B2 2026-05-30; needs language:nl:B2 2026-05-30",
        );
        check(GATE, "2024-12-31", &person, work, "open"); // the duty began on 1 January 2025
    }

    #[test]
    fn a_welcome_language_asks_nothing() {
        check(
            GATE,
            DAY,
            &dutch("A0"),
            r#""require":{"languages":[{"code":"nl","min":"B2","weight":"nice"}]}"#,
            "open",
        );
    }

    #[test]
    fn one_accepted_language_is_enough_with_a_coach_too() {
        let asks = r#""language_support":true,"require":{"languages":[{"code":"nl","min":"B1","skill":"speaking","or":[{"code":"en","min":"B1"}],"weight":"must"}]}"#;
        let speaks = |nl: &str, en: &str| {
            format!(
                r#""languages":[{{"code":"nl","level":"{nl}"}},{{"code":"en","level":"{en}"}}]"#
            )
        };
        check(GATE, "2026-01-10", &speaks("A0", "A2"), asks, "open");
        check_more(GATE, "2026-01-10", &speaks("A0", "A2"), asks, "- - remarked");
        check_more(GATE, "2026-01-10", &speaks("A0", "B1"), asks, "- -");
        let half = r#""languages":[{"code":"nl","level":"A0"},{"code":"en"}]"#;
        check(GATE, "2026-01-10", half, asks, "unknown languages");
    }

    #[test]
    fn a_language_that_the_law_asks_is_asked_by_law() {
        let work = r#""title":"pedagogisch medewerker kinderopvang""#;
        check(GATE, DAY, "", work, "unknown languages law; unknown languages law");
        check(GATE, DAY, "", &asks("A1", ""), "unknown languages");
    }

    #[test]
    fn the_first_language_that_is_asked_is_the_one_to_learn() {
        let asked = asks("A2", r#","or":[{"code":"ar","min":"A1"}]"#);
        check_whole(
            GATE,
            DAY,
            &dutch("A1"),
            &asked,
            "needs language:nl:A2 2026-05-30 language_below employers_wish about nl A2",
        );
        check_whole(
            GATE,
            DAY,
            "",
            &asked,
            "unknown languages language_unknown employers_wish about nl A2 asks languages ask_language nl",
        );
        check_whole(
            GATE,
            DAY,
            &dutch("A2"),
            &asked,
            "open language_met employers_wish about nl A2",
        );
    }

    #[test]
    fn with_a_coach_the_way_to_speaking_is_one_level_shorter() {
        for (skill, to) in [
            ("speaking", "A2 2026-10-17"),
            ("listening", "A2 2026-10-17"),
            ("reading", "B1 2027-03-06"),
            ("writing", "B1 2027-03-06"),
        ] {
            let asked = asks("B1", &format!(r#","skill":"{skill}""#));
            let work = format!(r#"{asked},"language_support":true"#);
            let expected =
                format!("needs language:nl:{to} language_below employers_wish about nl B1");
            check_whole(GATE, DAY, &dutch("A0"), &work, &expected);
        }
    }

    #[test]
    fn a_language_that_the_law_asks_is_told_with_its_row() {
        let work = r#""title":"pedagogisch medewerker kinderopvang""#;
        let one =
            "needs language:nl:B2 2026-05-30 language_below law by child_care_worker about nl B2";
        check_whole(GATE, DAY, &dutch("B1"), work, &format!("{one}; {one}"));
    }
}
