// SPDX-License-Identifier: EUPL-1.2
//! Languages, diplomas, certificates, registrations.

use passend::{
    Cefr, Certificate, Concept, Education, EducationLevel, EducationStatus, Evaluation,
    EvaluationOutcome, Language, LevelRange, OccupationConcept, Registration, Source,
};

use crate::catalogue::isco;
use crate::draws::{Draws, Part, Record};
use crate::tables::languages::{self, Form};
use crate::tables::{certificates, education, sectors, unknowns, work};
use crate::{REFERENCE_DAY, Regime};

/// Dutch, English and perhaps a further language.
pub(crate) fn languages(record: Record, regime: Regime) -> Option<Vec<Language>> {
    let mut draws = record.part(Part::Languages);
    if draws.chance(unknowns::LANGUAGES) && regime != Regime::Open {
        return None;
    }
    let dutch = match regime {
        Regime::Azc | Regime::Open => languages::DUTCH.draw(&mut draws),
        Regime::General => languages::DUTCH_GENERAL.draw(&mut draws),
    };
    let english = languages::ENGLISH.draw(&mut draws);
    let further = languages::FURTHER.draw(&mut draws);
    let mut list = vec![language("nl", dutch, &mut draws), language("en", english, &mut draws)];
    if regime != Regime::General || draws.chance(languages::FURTHER_GENERAL) {
        let level = Some(LevelRange::exactly(Cefr::C2));
        list.push(Language { level, ..blank(further, Source::Stated) });
    }
    Some(list)
}

fn language(code: &str, level: Cefr, draws: &mut Draws) -> Language {
    let source = if draws.chance(languages::TESTED) { Source::Test } else { Source::Stated };
    let spoken = Some(LevelRange::exactly(level));
    let lower = Cefr::from_rank(level.rank().saturating_sub(u8::from(draws.chance(500))));
    let written = Some(LevelRange::exactly(lower));
    let language = blank(code, source);
    match languages::FORM.draw(draws) {
        Form::Level => Language { level: spoken, ..language },
        Form::BySkill => Language {
            listening: spoken,
            speaking: spoken,
            reading: written,
            writing: written,
            ..language
        },
        Form::Range => {
            let above = Cefr::from_rank(level.rank().saturating_add(1));
            let level = Some(LevelRange { min: Some(level), max: Some(above) });
            Language { level, ..language }
        }
    }
}

fn blank(code: &str, source: Source) -> Language {
    Language {
        code: code.to_owned(),
        level: None,
        listening: None,
        reading: None,
        speaking: None,
        writing: None,
        tested_on: None,
        source: Some(source),
        as_of: None,
    }
}

/// The highest level first, then the schools that came before.
pub(super) fn education(record: Record, held: &[OccupationConcept<'_>]) -> Option<Vec<Education>> {
    let mut draws = record.part(Part::Education);
    if draws.chance(unknowns::EDUCATION) {
        return None;
    }
    let highest = education::HIGHEST.draw(&mut draws);
    if matches!(highest, EducationLevel::None | EducationLevel::Primary) {
        return Some(vec![Education {
            level: Some(LevelRange::exactly(highest)),
            diploma: Some(false),
            ..Education::default()
        }]);
    }
    let diplomas = education::DIPLOMAS.draw(&mut draws);
    let mut list = vec![diploma(highest, held, &mut draws)];
    for _ in 1..diplomas {
        let earlier = education::EARLIER.draw(&mut draws);
        list.push(diploma(earlier, &[], &mut draws));
    }
    Some(list)
}

fn diploma(level: EducationLevel, held: &[OccupationConcept<'_>], draws: &mut Draws) -> Education {
    // Schools before a course for a trade or a study have no field.
    let is_general = matches!(
        level,
        EducationLevel::VmboBb
            | EducationLevel::VmboKb
            | EducationLevel::VmboGt
            | EducationLevel::Havo
            | EducationLevel::Vwo
    );
    let code = match held.first().filter(|_| draws.chance(education::FIELD_OF_WORK)) {
        Some(occupation) => Some(education::field(sectors::sector(isco(*occupation)))),
        None => draws.one_of(education::FIELDS).copied(),
    };
    let field = code.filter(|_| !is_general).map(|code| Concept {
        scheme: Some("isced_f".to_owned()),
        code: Some(code.to_owned()),
        label: None,
    });
    let evaluation = education::EVALUATION.draw(draws).map(|outcome_code| {
        let days = draws.between(30, 700);
        let evaluated = matches!(
            outcome_code,
            EvaluationOutcome::FullEvaluation | EvaluationOutcome::Indication
        );
        Evaluation {
            outcome_code,
            dutch_level: evaluated.then_some(level),
            field: None,
            date: evaluated.then(|| REFERENCE_DAY.plus_days(days.saturating_neg())),
        }
    });
    Education {
        level: Some(LevelRange::exactly(level)),
        field,
        status: Some(EducationStatus::Finished),
        diploma: Some(true),
        evaluation,
        ..Education::default()
    }
}

pub(crate) fn certificates(record: Record) -> Option<Vec<Certificate>> {
    let mut draws = record.part(Part::Certificates);
    if draws.chance(unknowns::CERTIFICATES) {
        return None;
    }
    let another = certificates::ANOTHER.draw(&mut draws);
    let mut list = Vec::new();
    for (code, per_mille) in
        [("vca_basic", certificates::HAS_VCA), (another, certificates::HAS_ANOTHER)]
    {
        let is_held = draws.chance(per_mille);
        let planned = draws.chance(certificates::PLANNED);
        let (ago, ahead) = (draws.between(10, 1_000), draws.between(10, 120));
        if is_held {
            let issued = REFERENCE_DAY.plus_days(ago.saturating_neg());
            list.push(Certificate {
                code: Some(code.to_owned()),
                issued: (!planned).then_some(issued),
                planned: planned.then(|| REFERENCE_DAY.plus_days(ahead)),
                ..Certificate::default()
            });
        }
    }
    Some(list)
}

/// Registration of the regulated work that a person did; mostly none in reception.
pub(super) fn registrations(
    record: Record,
    regime: Regime,
    held: &[OccupationConcept<'_>],
) -> Option<Vec<Registration>> {
    let mut draws = record.part(Part::Registrations);
    if draws.chance(unknowns::REGISTRATIONS) {
        return None;
    }
    let share = match regime {
        Regime::Azc => work::REGISTERED,
        Regime::General | Regime::Open => work::REGISTERED_GENERAL,
    };
    let mut list: Vec<Registration> = Vec::new();
    for (code, register, profession) in sectors::REGISTRATIONS {
        let is_registered = draws.chance(share);
        if is_registered && held.iter().any(|occupation| isco(*occupation) == *code) {
            list.push(Registration {
                register: (*register).to_owned(),
                profession: Some((*profession).to_owned()),
                status: None,
                valid_until: None,
                source: None,
                as_of: None,
            });
        }
    }
    Some(list)
}
