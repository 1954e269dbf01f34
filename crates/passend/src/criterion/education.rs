// SPDX-License-Identifier: EUPL-1.2
//! Education: level and field against what is asked, by class of evidence, whatever the country.

use crate::model::EvaluationOutcome;
use crate::policy::{EvidenceClass, Meets};
use crate::prepare::{EducationDemand, EducationFact, Field};
use crate::score::Fit;

/// Lost for each rank below the level asked. A level below is worth little: it is the gate that decides, this only orders.
const PER_RANK_BELOW: u8 = 30;

/// The best course of ⌊level × evidence × field / 10,000⌋.
///
/// Level: 100 at or above the one asked, 30 less for each rank below, 100 if no level is asked. Evidence: 100 for a diploma
/// or an evaluation, 85 for a partial evaluation or indication, 70 for the person's own word, 50 for a course that was not
/// finished. Field: 100 within the field asked, 80 and 60 within the same narrow and broad field, 30 in another, 50 if the course names none, 100 if none is asked.
pub(crate) fn education(courses: Option<&[EducationFact]>, asked: Option<EducationDemand>) -> Fit {
    let Some(asked) = asked else { return Fit::NotAsked };
    let Some(courses) = courses else { return Fit::Unknown };
    let best = courses
        .iter()
        .map(|course| fit(course, asked))
        .max()
        .unwrap_or(if asked.rank == Some(0) { 100 } else { 0 });
    let unsure = |course: &EducationFact| {
        let level = match (asked.rank, course.ranks) {
            (Some(rank), Some((low, high))) => low < rank && high >= rank,
            (Some(_), None) => true,
            (None, _) => false,
        };
        let near = |asked: Field| course.field.and_then(|own| own.nearness(asked));
        level || asked.field.is_some_and(|asked| near(asked).is_none())
    };
    match Fit::percent(best) {
        Fit::Known(known) if best < 100 && courses.iter().any(unsure) => Fit::AtLeast(known),
        fit => fit,
    }
}

fn fit(course: &EducationFact, asked: EducationDemand) -> u8 {
    let level = match (asked.rank, course.ranks) {
        (None, _) => 100,
        (Some(rank), Some((low, _))) => {
            100u8.saturating_sub(PER_RANK_BELOW.saturating_mul(rank.saturating_sub(low)))
        }
        (Some(_), None) => 0,
    };
    let unfinished =
        course.meets == Meets::Partly && course.outcome != EvaluationOutcome::PartialEvaluation;
    let evidence = match course.evidence {
        _ if unfinished => 50,
        EvidenceClass::A | EvidenceClass::B => 100,
        EvidenceClass::C => 85,
        EvidenceClass::D => 70,
    };
    let field = match (asked.field, course.field) {
        (None, _) => 100,
        (Some(asked), own) => own.and_then(|own| own.nearness(asked)).unwrap_or(50),
    };
    u8::try_from(u32::from(level) * evidence * u32::from(field) / 10_000).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILDING: Field = Field::Code { digits: 4, number: 732 };

    fn course(rank: u8, evidence: EvidenceClass, field: Option<Field>) -> EducationFact {
        EducationFact {
            ranks: Some((rank, rank)),
            outcome: EvaluationOutcome::FullEvaluation,
            evidence,
            meets: Meets::Yes,
            field,
        }
    }

    #[track_caller]
    fn check(courses: &[EducationFact], rank: Option<u8>, field: Option<Field>, expected: Fit) {
        assert_eq!(education(Some(courses), Some(EducationDemand { rank, field })), expected);
    }

    #[test]
    fn above_the_level_is_full_and_below_it_falls() {
        check(&[course(10, EvidenceClass::B, None)], Some(7), None, Fit::percent(100));
        check(&[course(10, EvidenceClass::B, None)], Some(11), None, Fit::percent(70));
        check(&[course(5, EvidenceClass::A, None)], Some(10), None, Fit::percent(0));
    }

    #[test]
    fn an_evaluation_that_confirms_the_claim_is_worth_more() {
        check(&[course(7, EvidenceClass::D, None)], Some(7), None, Fit::percent(70));
        check(&[course(7, EvidenceClass::C, None)], Some(7), None, Fit::percent(85));
        check(&[course(7, EvidenceClass::B, None)], Some(7), None, Fit::percent(100));
    }

    #[test]
    fn the_field_counts_when_it_is_asked() {
        check(
            &[course(10, EvidenceClass::B, Some(BUILDING))],
            Some(10),
            Some(BUILDING),
            Fit::percent(100),
        );
        check(
            &[course(10, EvidenceClass::B, None)],
            Some(10),
            Some(BUILDING),
            Fit::AtLeast(10_000),
        );
        check(&[], Some(10), None, Fit::percent(0));
    }

    #[test]
    fn what_is_not_asked_or_not_known_says_so() {
        assert_eq!(education(Some(&[]), None), Fit::NotAsked);
        assert_eq!(
            education(None, Some(EducationDemand { rank: Some(5), field: None })),
            Fit::Unknown
        );
    }
}
