// SPDX-License-Identifier: EUPL-1.2
//! What a person did, can do and wants to do.

use passend::{
    Concept, Experience, HoursPerWeek, Hundredths, OccupationConcept, Skill, Source, Wishes,
};

use crate::REFERENCE_DAY;
use crate::catalogue::{Catalogue, coded, distinct, isco, skill};
use crate::draws::{Draws, Part, Record};
use crate::tables::{sectors, unknowns, week, work};

/// What a person did, can do and wants to do.
#[derive(Debug)]
pub(crate) struct Work<'v> {
    /// Occupations held, also when the record leaves them out; the first is the most important.
    pub(crate) held: Vec<OccupationConcept<'v>>,
    pub(crate) experience: Option<Vec<Experience>>,
    pub(crate) skills: Option<Vec<Skill>>,
    pub(crate) wishes: Option<Wishes>,
}

pub(crate) fn work<'v>(record: Record, catalogue: &Catalogue<'v>) -> Work<'v> {
    let mut draws = record.part(Part::Work);
    let held = held(catalogue, &mut draws);
    let experience: Vec<_> =
        held.iter().map(|one| experience(*one, catalogue, &mut draws)).collect();
    let experience = (!draws.chance(unknowns::EXPERIENCE)).then_some(experience);
    let skills = skills(&held, catalogue, &mut record.part(Part::Skills));
    let wishes = wishes(&held, catalogue, &mut record.part(Part::Wishes));
    Work { held, experience, skills, wishes }
}

fn held<'v>(catalogue: &Catalogue<'v>, draws: &mut Draws) -> Vec<OccupationConcept<'v>> {
    let mut held: Vec<OccupationConcept<'_>> = Vec::new();
    if draws.chance(work::NEVER_WORKED) {
        return held;
    }
    for _ in 0..work::OCCUPATIONS.draw(draws) {
        let akin = held.first().filter(|_| draws.chance(work::SAME_KIND)).copied();
        let next =
            akin.and_then(|first| catalogue.akin(first, draws)).or_else(|| catalogue.held(draws));
        held.extend(next.filter(|next| held.iter().all(|known| known.id() != next.id())));
    }
    held
}

fn experience(
    occupation: OccupationConcept<'_>,
    catalogue: &Catalogue<'_>,
    draws: &mut Draws,
) -> Experience {
    let months = squared(work::MONTHS, draws);
    let days_since = squared(work::DAYS_SINCE, draws);
    let by_title = draws.chance(unknowns::OCCUPATION);
    let experience = Experience {
        title: by_title.then(|| catalogue.title(occupation, draws)),
        occupation: (!by_title).then(|| coded(occupation.id(), &occupation.label().nl)),
        source: Some(Source::Stated),
        ..Experience::default()
    };
    if draws.chance(work::WITH_DATES) {
        let to = REFERENCE_DAY.plus_days(signed(days_since).saturating_neg());
        let from = to.plus_months(signed(months).saturating_neg());
        return Experience { from: Some(from), to: Some(to), ..experience };
    }
    Experience { months: u16::try_from(months).ok(), ..experience }
}

/// A number up to the most, small ones more often: an even draw of thousandths, squared, rounded down.
fn squared(most: u32, draws: &mut Draws) -> u32 {
    let part = u64::from(draws.below(1001));
    u32::try_from(u64::from(most) * part * part / 1_000_000).unwrap_or_default()
}

fn signed(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn skills(
    held: &[OccupationConcept<'_>],
    catalogue: &Catalogue<'_>,
    draws: &mut Draws,
) -> Option<Vec<Skill>> {
    if draws.chance(unknowns::SKILLS) {
        return None;
    }
    let has_codes = !draws.chance(unknowns::CODE_LEFT_OUT);
    let mut found = Vec::new();
    for occupation in held {
        let essential = catalogue.vocabulary.essential_skills(*occupation);
        found.extend(essential.filter(|_| draws.chance(work::HAS_ESSENTIAL)));
        let optional = catalogue.vocabulary.optional_skills(*occupation);
        found.extend(optional.filter(|_| draws.chance(work::HAS_OPTIONAL)));
    }
    let (least, most) = work::TRANSVERSAL;
    for _ in 0..draws.between(least, most) {
        found.extend(catalogue.transversal(draws));
    }
    for _ in found.len()..work::LEAST_SKILLS {
        found.extend(catalogue.transversal(draws));
    }
    distinct(&mut found, work::MOST_SKILLS);
    let named = found.into_iter().map(|one| {
        let Concept { scheme, code, label } = skill(one, has_codes, draws);
        Skill { scheme, code, label, ..Skill::default() }
    });
    Some(named.collect())
}

/// One or two occupations, one of them often what the person did; sectors; hours; sometimes a sector excluded.
fn wishes(
    held: &[OccupationConcept<'_>],
    catalogue: &Catalogue<'_>,
    draws: &mut Draws,
) -> Option<Wishes> {
    if draws.chance(unknowns::WISHES) {
        return None;
    }
    let known = held.first().filter(|_| draws.chance(600)).copied();
    let first = known.or_else(|| catalogue.asked(draws));
    let second = if draws.chance(400) { catalogue.asked(draws) } else { None };
    let sectors = first.filter(|_| draws.chance(300)).map(|one| sectors::sector(isco(one)));
    let avoided = sectors::VACANCIES.draw(draws);
    let avoids = draws.chance(work::AVOIDS)
        && sectors != Some(avoided)
        && first.is_none_or(|one| sectors::sector(isco(one)) != avoided);
    let most = week::MOST_HOURS.draw(draws);
    Some(Wishes {
        occupations: Some(
            first.into_iter().chain(second).map(|one| catalogue.concept(one, draws)).collect(),
        ),
        sectors: sectors.map(|sector| vec![sector.to_owned()]),
        avoid: avoids.then(|| {
            vec![Concept {
                scheme: Some("sbi".to_owned()),
                code: Some(avoided.to_owned()),
                label: None,
            }]
        }),
        hours: draws.chance(300).then(|| HoursPerWeek {
            min: Some(Hundredths::whole(most.saturating_sub(8))),
            max: Some(Hundredths::whole(most)),
        }),
    })
}
