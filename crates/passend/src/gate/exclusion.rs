// SPDX-License-Identifier: EUPL-1.2
//! What the person excludes.

use super::{Finding, Gate, OnDay};
use crate::prepare::{Avoided, Excludable};
use crate::text::Say;
use crate::vocabulary::Reading;

const GATE: Gate = Gate::Exclusion;

/// Closed when every reading of the work, its title or its sector is one that the person excludes; a question when only some
/// readings are, or when only the group of the work is known.
pub(crate) fn exclusion(on: OnDay<'_>, avoids: &[Avoided], vacancy: Excludable<'_>) -> Finding {
    if avoids.is_empty() {
        return Finding::open(GATE, on, Say("excludes_nothing"));
    }
    let whole = |avoided: &Avoided| match avoided {
        Avoided::Sector(own) => vacancy.sector.is_some_and(|sector| own.holds(sector)),
        Avoided::Title(title) => *title == vacancy.title,
        Avoided::Occupation(..) | Avoided::Group(_) => false,
    };
    let excludes = |reading: &Reading| {
        avoids.iter().any(|avoided| match avoided {
            Avoided::Occupation(occupation, _) => reading.occupation == Some(*occupation),
            Avoided::Group(group) => reading.group.is_within(*group),
            Avoided::Sector(_) | Avoided::Title(_) => false,
        })
    };
    let perhaps = |reading: &Reading| {
        let holds = |avoided: &Avoided| matches!(avoided, Avoided::Occupation(_, group) if group.is_within(reading.group));
        reading.occupation.is_none() && avoids.iter().any(holds)
    };
    let excluded = vacancy.readings.iter().filter(|reading| excludes(reading)).count();
    if avoids.iter().any(whole) || excluded > 0 && excluded == vacancy.readings.len() {
        Finding::closed(GATE, on, Say("excluded"))
    } else if excluded > 0 || vacancy.readings.iter().any(perhaps) {
        Finding::unknown(GATE, on, "occupation", Say("ask_which_work"), Say("excluded_perhaps"))
    } else if avoids.iter().any(|avoided| matches!(avoided, Avoided::Title(_))) {
        // What the person excludes was not understood: it may be this work.
        Finding::unknown(
            GATE,
            on,
            "wishes.avoid",
            Say("ask_avoided"),
            Say("avoided_not_understood"),
        )
    } else {
        Finding::open(GATE, on, Say("not_excluded"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_whole};
    use super::*;

    const DAY: &str = "2026-01-10";

    #[test]
    fn the_persons_own_exclusion_closes() {
        let avoid = |one: &str| format!(r#""wishes":{{"avoid":[{one}]}}"#);
        let cook = r#""title":"kok","employer":{"sbi":"I56"}"#;
        check(GATE, DAY, &avoid(r#"{"label":"kok"}"#), cook, "closed");
        check(GATE, DAY, &avoid(r#"{"scheme":"isco08","code":"51"}"#), cook, "closed");
        check(GATE, DAY, &avoid(r#"{"scheme":"sbi","code":"I"}"#), cook, "closed");
        check(GATE, DAY, &avoid(r#"{"label":"lasser"}"#), cook, "open");
        check(GATE, DAY, &avoid(r#"{"label":"Xyzzy"}"#), r#""title":"xyzzy""#, "closed");
        check(GATE, DAY, &avoid(r#"{"label":"Xyzzy"}"#), cook, "unknown wishes.avoid");
        check(GATE, DAY, &avoid(r#"{"scheme":"sbi","code":"ZZZ"}"#), cook, "unknown wishes.avoid");
        check(
            GATE,
            DAY,
            &avoid(r#"{"label":"kok"}"#),
            r#""occupation":[{"code":"5120"}]"#,
            "unknown occupation",
        );
        check(GATE, DAY, "", cook, "open");
    }

    #[test]
    fn one_exclusion_of_several_is_enough() {
        let two = r#""wishes":{"avoid":[{"label":"kok"},{"label":"lasser"}]}"#;
        check(GATE, DAY, two, r#""title":"kok""#, "closed");
        check(GATE, DAY, two, r#""title":"lasser""#, "closed");
        check(GATE, DAY, two, r#""title":"kapper""#, "open");
        check(GATE, DAY, two, "", "open");
        let either = r#""occupation":[{"label":"kok"},{"label":"kapper"}]"#;
        check(GATE, DAY, two, either, "unknown occupation");
        let cook = r#""occupation":[{"scheme":"isco08","code":"5120"}]"#;
        check(GATE, DAY, two, cook, "unknown occupation");
        let sectors =
            r#""wishes":{"avoid":[{"scheme":"sbi","code":"A"},{"scheme":"sbi","code":"C"}]}"#;
        check(GATE, DAY, sectors, r#""title":"kok","employer":{"sbi":"10.11"}"#, "closed");
        check(GATE, DAY, sectors, r#""title":"kok","employer":{"sbi":"I"}"#, "open");
        check(GATE, DAY, sectors, r#""title":"kok""#, "open");
    }

    #[test]
    fn another_occupation_of_the_same_group_is_not_excluded() {
        let cook = r#""wishes":{"avoid":[{"label":"kok"}]}"#;
        check(GATE, DAY, cook, r#""title":"kok zorginstelling""#, "open");
    }

    #[test]
    fn one_exclusion_that_was_not_understood_is_asked_about() {
        let two = r#""wishes":{"avoid":[{"label":"zwolperen"},{"label":"kok"}]}"#;
        check(GATE, DAY, two, r#""title":"kapper""#, "unknown wishes.avoid");
        check(GATE, DAY, two, r#""title":"kok""#, "closed");
    }

    #[test]
    fn a_group_of_other_work_is_not_excluded() {
        let cook = r#""wishes":{"avoid":[{"label":"kok"}]}"#;
        let welder = r#""occupation":[{"scheme":"isco08","code":"7212"}]"#;
        check(GATE, DAY, cook, welder, "open");
        check_whole(GATE, DAY, cook, r#""title":"kok""#, "closed excluded own_choice");
    }
}
