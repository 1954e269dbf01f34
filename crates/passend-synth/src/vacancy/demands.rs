// SPDX-License-Identifier: EUPL-1.2
//! What a vacancy asks.

use passend::{
    AcceptedLanguage, Cefr, Concept, EducationLevel, LanguageSkill, OccupationConcept,
    RequiredCertificate, RequiredField, RequiredLanguage, RequiredLevel, RequiredLicence,
    RequiredRegistration, RequiredSkill, RequiredYears, Requirements, Weight,
};

use crate::Regime;
use crate::catalogue::{Catalogue, distinct, isco, skill};
use crate::draws::{Draws, Part, Record};
use crate::tables::{certificates, education, languages, sectors, unknowns, work};

/// The demands of a vacancy; in the regime `open` none of them gates.
pub(super) fn demands(
    record: Record,
    regime: Regime,
    occupation: Option<OccupationConcept<'_>>,
    sector: &str,
    catalogue: &Catalogue<'_>,
) -> Requirements {
    let code = occupation.map(isco).unwrap_or_default();
    let soften = |weight| if regime == Regime::Open { Weight::Nice } else { weight };
    let mut draws = record.part(Part::Education);
    let level = level(code, &mut draws);
    let field = field(level, sector, &mut draws);
    let years = draws
        .chance(work::ASKS_YEARS)
        .then(|| RequiredYears { min: work::YEARS.draw(&mut draws), weight: soften(Weight::Nice) });
    let level_weight = soften(education::WEIGHT.draw(&mut draws));
    let mut draws = record.part(Part::Certificates);
    let asked = certificates::asked(sector);
    let mut demand = |per_mille| {
        let weight = soften(certificates::WEIGHT.draw(&mut draws));
        draws.chance(per_mille).then_some(weight)
    };
    let vca = demand(asked.vca).map(|weight| certificate("vca_basic", weight));
    let another = demand(asked.another).map(|weight| certificate(asked.code, weight));
    let licence = demand(asked.licence)
        .map(|weight| vec![RequiredLicence { category: "B".to_owned(), weight }]);
    let certificates: Vec<_> = vca.into_iter().chain(another).collect();
    Requirements {
        work_level: None,
        education_level: level.map(|level| RequiredLevel { level, weight: level_weight }),
        education_field: field.map(|field| RequiredField { weight: soften(Weight::Nice), ..field }),
        years,
        languages: languages(code, &soften, &mut record.part(Part::Languages)),
        licences: licence,
        certificates: Some(certificates).filter(|list| !list.is_empty()),
        skills: occupation.and_then(|one| skills(one, catalogue, &mut record.part(Part::Skills))),
        registration: registration(code).filter(|_| regime != Regime::Open),
    }
}

fn level(code: &str, draws: &mut Draws) -> Option<EducationLevel> {
    let (share, levels) = education::asked(code.chars().next());
    let level = levels.draw(draws);
    draws.chance(share).then_some(level)
}

fn field(level: Option<EducationLevel>, sector: &str, draws: &mut Draws) -> Option<RequiredField> {
    let asks = draws.chance(education::FIELD_ASKED);
    level.filter(|_| asks).map(|_| RequiredField {
        scheme: Some("isced_f".to_owned()),
        code: Some(education::field(sector).to_owned()),
        ..RequiredField::default()
    })
}

fn certificate(code: &str, weight: Weight) -> RequiredCertificate {
    RequiredCertificate { code: Some(code.to_owned()), name: None, weight }
}

/// Dutch by the skill level of the work, and sometimes English; left out when neither is asked.
fn languages(
    code: &str,
    soften: &impl Fn(Weight) -> Weight,
    draws: &mut Draws,
) -> Option<Vec<RequiredLanguage>> {
    let dutch = match code.chars().next() {
        Some('9') => languages::ASKED_ELEMENTARY.draw(draws),
        Some('4'..='8') => languages::ASKED_SKILLED.draw(draws),
        _ => languages::ASKED_EXPERT.draw(draws),
    };
    let dutch_weight = soften(languages::DUTCH_WEIGHT.draw(draws));
    let only_speaking = draws.chance(languages::ONLY_SPEAKING);
    let or_english = draws.chance(languages::OR_ENGLISH);
    let english = languages::ENGLISH_ASKED.draw(draws);
    let english_weight = soften(languages::ENGLISH_WEIGHT.draw(draws));
    let dutch = dutch.map(|min| RequiredLanguage {
        code: "nl".to_owned(),
        skill: only_speaking.then_some(LanguageSkill::Speaking),
        min,
        or: (or_english && min <= Cefr::A2)
            .then(|| vec![AcceptedLanguage { code: "en".to_owned(), min: Cefr::B1 }]),
        weight: dutch_weight,
    });
    let english = english.map(|min| RequiredLanguage {
        code: "en".to_owned(),
        skill: None,
        min,
        or: None,
        weight: english_weight,
    });
    let asked: Vec<_> = dutch.into_iter().chain(english).collect();
    (!asked.is_empty()).then_some(asked)
}

/// Essential skills `must`, optional ones `nice`, skills of any work without a weight.
fn skills(
    occupation: OccupationConcept<'_>,
    catalogue: &Catalogue<'_>,
    draws: &mut Draws,
) -> Option<Vec<RequiredSkill>> {
    if draws.chance(unknowns::VACANCY_SKILLS) {
        return None;
    }
    let has_codes = !draws.chance(unknowns::CODE_LEFT_OUT);
    let essential = catalogue.vocabulary.essential_skills(occupation);
    let mut found: Vec<_> = essential.filter(|_| draws.chance(work::ASKS_ESSENTIAL)).collect();
    let essential = found.len();
    let optional = catalogue.vocabulary.optional_skills(occupation);
    found.extend(optional.filter(|_| draws.chance(work::ASKS_OPTIONAL)));
    let optional = found.len();
    let (least, most) = work::ASKS_TRANSVERSAL;
    for _ in 0..draws.between(least, most) {
        found.extend(catalogue.transversal(draws));
    }
    // Those of the occupation come first and differ, so that the numbers still tell them apart.
    distinct(&mut found, work::MOST_ASKED);
    let asked = found.into_iter().enumerate().map(|(at, one)| {
        let Concept { scheme, code, label } = skill(one, has_codes, draws);
        let weight = match at {
            at if at < essential => Weight::Must,
            at if at < optional => Weight::Nice,
            _ => Weight::Unspecified,
        };
        RequiredSkill { scheme, code, label, weight }
    });
    Some(asked.collect())
}

fn registration(code: &str) -> Option<RequiredRegistration> {
    sectors::REGISTRATIONS.iter().find(|(isco, ..)| *isco == code).map(
        |(_, register, profession)| RequiredRegistration {
            register: (*register).to_owned(),
            profession: Some((*profession).to_owned()),
        },
    )
}
