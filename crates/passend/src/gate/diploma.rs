// SPDX-License-Identifier: EUPL-1.2
//! The education level that must be there.

use super::{Arg, Finding, Gate, OnDay, Rule, Step};
use crate::model::EvaluationOutcome;
use crate::policy::Meets;
use crate::prepare::{DiplomaDemand, EducationFact};
use crate::text::Say;

const GATE: Gate = Gate::Diploma;

/// Open with a Dutch diploma or an evaluation at the level; a level that is claimed or only plausible asks whether it is
/// enough, and never closes; an evaluation that is under way is awaited; below the level a course is the way.
///
/// No evaluation is not no education: who has no papers is asked, not refused.
pub(crate) fn diploma(
    on: OnDay<'_>,
    courses: Option<&[EducationFact]>,
    demand: Option<DiplomaDemand>,
) -> Finding {
    let Some(DiplomaDemand { level, rank }) = demand else {
        return Finding::open(GATE, on, Say("diploma_not_asked"));
    };
    let asked = Arg::Education(level);
    let Some(courses) = courses else {
        return Finding::unknown(
            GATE,
            on,
            "education",
            Say("ask_education"),
            Say("diploma_unknown"),
        )
        .about(asked);
    };
    if rank == 0 {
        return Finding::open(GATE, on, Say("diploma_met")).about(asked);
    }
    let reaches = |course: &&EducationFact| course.ranks.is_some_and(|(low, _)| low >= rank);
    let best = |meets: &[Meets]| {
        courses.iter().filter(reaches).find(|course| meets.contains(&course.meets))
    };
    // Asked last: a whole course that surely reaches the level has been met or asked about by then.
    let may_reach = |course: &EducationFact| {
        course.meets != Meets::Partly && course.ranks.is_none_or(|(_, high)| high >= rank)
    };
    let finding = if let Some(course) = best(&[Meets::Yes]) {
        Finding::open(GATE, on, Say("diploma_met")).by(Rule::Outcome(course.outcome))
    } else if let Some(course) = best(&[Meets::Soft, Meets::No]) {
        let ask = Finding::unknown(
            GATE,
            on,
            "education.evaluation",
            Say("ask_claim_enough"),
            Say("diploma_claimed"),
        );
        Finding { steps: [Some(Step::Row("evaluate_diploma")), None, None, None], ..ask }
            .by(Rule::Outcome(course.outcome))
    } else if let Some(course) = best(&[Meets::NotYet]) {
        // Asking for an evaluation must not make things worse than not asking.
        let ask = Finding::unknown(
            GATE,
            on,
            "education.evaluation",
            Say("ask_claim_enough"),
            Say("diploma_in_progress"),
        );
        Finding { steps: [Some(Step::Row("await_evaluation")), None, None, None], ..ask }
            .by(Rule::Outcome(course.outcome))
    } else if courses.iter().any(may_reach) {
        Finding::unknown(
            GATE,
            on,
            "education.level",
            Say("ask_education_level"),
            Say("diploma_level_unknown"),
        )
    } else if let Some(course) = best(&[Meets::Partly]) {
        let evaluated = course.outcome == EvaluationOutcome::PartialEvaluation;
        let say = if evaluated { Say("diploma_partly") } else { Say("diploma_unfinished") };
        Finding::needs(GATE, on, Step::Row("raise_education"), say)
            .by(Rule::Outcome(course.outcome))
    } else {
        Finding::needs(GATE, on, Step::Row("raise_education"), Say("diploma_below"))
    };
    finding.about(asked)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_says, check_whole};
    use super::*;

    const DAY: &str = "2026-01-10";
    const HBO: &str = r#""require":{"education_level":{"level":"hbo_bachelor","weight":"must"}}"#;

    fn course(level: &str, outcome: &str) -> String {
        let evaluation = if outcome.is_empty() {
            String::new()
        } else {
            format!(r#","evaluation":{{"outcome_code":"{outcome}"}}"#)
        };
        format!(r#""education":[{{"level":"{level}"{evaluation}}}]"#)
    }

    #[test]
    fn an_evaluation_at_the_level_opens() {
        check(GATE, DAY, &course("wo_bachelor", "full_evaluation"), HBO, "open");
        check(GATE, DAY, &course("hbo_master", "dutch_diploma"), HBO, "open");
    }

    #[test]
    fn a_claim_asks_and_never_closes() {
        check(GATE, DAY, &course("hbo_bachelor", ""), HBO, "unknown education.evaluation");
        check(
            GATE,
            DAY,
            &course("hbo_bachelor", "no_evaluation"),
            HBO,
            "unknown education.evaluation",
        );
        check(
            GATE,
            DAY,
            &course("hbo_bachelor", "indication"),
            HBO,
            "unknown education.evaluation",
        );
        check(GATE, DAY, "", HBO, "unknown education");
        check(GATE, DAY, r#""education":[{"title":"opleiding"}]"#, HBO, "unknown education.level");
    }

    #[test]
    fn an_evaluation_under_way_is_awaited_and_asks_like_a_claim() {
        check(
            GATE,
            DAY,
            &course("hbo_bachelor", "in_progress"),
            HBO,
            "unknown education.evaluation",
        );
        let unfinished = r#""education":[{"level":"hbo_bachelor","diploma":false}]"#;
        check(GATE, DAY, unfinished, HBO, "needs raise_education 2028-01-10");
    }

    #[test]
    fn a_part_of_a_course_is_not_its_level() {
        check(
            GATE,
            DAY,
            &course("wo_bachelor", "partial_evaluation"),
            HBO,
            "needs raise_education 2028-01-10",
        );
        check(
            GATE,
            DAY,
            &course("mbo4", "full_evaluation"),
            HBO,
            "needs raise_education 2028-01-10",
        );
        check(GATE, DAY, r#""education":[]"#, HBO, "needs raise_education 2028-01-10");
    }

    #[test]
    fn a_level_that_is_not_a_must_asks_nothing() {
        check(
            GATE,
            DAY,
            r#""education":[]"#,
            r#""require":{"education_level":"hbo_bachelor"}"#,
            "open",
        );
    }

    #[test]
    fn a_range_that_just_reaches_the_level_asks_which_it_is() {
        let range = |low: &str, high: &str| {
            format!(r#""education":[{{"level":{{"min":"{low}","max":"{high}"}}}}]"#)
        };
        check(GATE, DAY, &range("mbo4", "hbo_bachelor"), HBO, "unknown education.level");
        check(GATE, DAY, &range("mbo3", "mbo4"), HBO, "needs raise_education 2028-01-10");
    }

    #[test]
    fn a_part_and_an_unfinished_course_are_told_apart() {
        check_says(GATE, DAY, &course("hbo_bachelor", "partial_evaluation"), HBO, "diploma_partly");
        let unfinished = r#""education":[{"level":"hbo_bachelor","status":"unfinished"}]"#;
        check_says(GATE, DAY, unfinished, HBO, "diploma_unfinished");
    }

    #[test]
    fn a_level_is_told_with_the_evaluation_that_decides() {
        let whole = |person: &str, expected: &str| {
            check_whole(GATE, DAY, person, HBO, &expected.replace("HBO", "about hbo_bachelor"));
        };
        whole(
            "",
            "unknown education diploma_unknown employers_wish HBO asks education ask_education",
        );
        whole(
            &course("hbo_bachelor", "full_evaluation"),
            "open diploma_met employers_wish by NO02 HBO",
        );
        for (outcome, row, say, step) in [
            ("indication", "NO04", "diploma_claimed", "evaluate_diploma"),
            ("no_evaluation", "NO05", "diploma_claimed", "evaluate_diploma"),
            ("in_progress", "NO06", "diploma_in_progress", "await_evaluation"),
            ("self_declared", "NO07", "diploma_claimed", "evaluate_diploma"),
        ] {
            whole(
                &course("hbo_bachelor", outcome),
                &format!(
                    "unknown education.evaluation {say} employers_wish by {row} HBO steps {step} asks education.evaluation ask_claim_enough"
                ),
            );
        }
        whole(
            r#""education":[{"title":"opleiding"}]"#,
            "unknown education.level diploma_level_unknown employers_wish HBO asks education.level ask_education_level",
        );
        whole(
            &course("hbo_bachelor", "partial_evaluation"),
            "needs raise_education 2028-01-10 diploma_partly employers_wish by NO03 HBO",
        );
        whole(
            r#""education":[{"level":"hbo_bachelor","status":"unfinished"}]"#,
            "needs raise_education 2028-01-10 diploma_unfinished employers_wish by NO07 HBO",
        );
        whole(
            r#""education":[]"#,
            "needs raise_education 2028-01-10 diploma_below employers_wish HBO",
        );
        let none = HBO.replace("hbo_bachelor", "none");
        check_whole(
            GATE,
            DAY,
            r#""education":[]"#,
            &none,
            "open diploma_met employers_wish about none",
        );
    }
}
