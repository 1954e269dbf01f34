// SPDX-License-Identifier: EUPL-1.2
//! Vacancies.

mod demands;
mod times;

pub(crate) use self::times::free_time;

use passend::{
    ContractKind, Employer, Hundredths, OccupationConcept, Pool, Stance, TwvStance, Vacancy,
    Vocabulary, Wage, WageUnit, WorkKind, Workplace,
};

use crate::catalogue::{Catalogue, coded, isco};
use crate::draws::{Draws, File, Part, Record};
use crate::places::postcode_of;
use crate::planted::{self, Planting};
use crate::tables::{places, sectors, titles, unknowns, work};
use crate::{Regime, Settings, Spread};

/// The vacancies of these settings, in order of their number.
///
/// Those of `azc` and `general` are the same.
pub fn vacancies<'v>(
    settings: &Settings,
    vocabulary: &'v Vocabulary,
) -> impl ExactSizeIterator<Item = Vacancy> + use<'v> {
    let settings = *settings;
    let Settings { vacancies, seed, regime, .. } = settings;
    let catalogue = Catalogue::new(vocabulary, regime);
    let people = Catalogue::new(vocabulary, Regime::Azc);
    (0..vacancies).map(move |number| match Planting::find(number, seed, &people) {
        Some(planting) => planted::vacancy(number, regime, &planting),
        None => vacancy(number, settings, &catalogue),
    })
}

/// The id of a vacancy: `v0000001` for the first.
pub(crate) fn id(number: usize) -> String {
    format!("v{:07}", number.saturating_add(1))
}

fn vacancy(number: usize, settings: Settings, catalogue: &Catalogue<'_>) -> Vacancy {
    let Settings { seed, regime, spread, .. } = settings;
    let record = Record::new(seed, File::Vacancies, u64::try_from(number).unwrap_or(u64::MAX));
    let is_open = regime == Regime::Open;
    let mut draws = record.part(Part::Work);
    let occupation = catalogue.asked(&mut draws);
    let has_code = !draws.chance(unknowns::OCCUPATION) || is_open;
    let sector = sectors::sector(occupation.map(isco).unwrap_or_default());
    let times = times::times(record, regime);
    let terms = terms(regime, times.is_part_time, &mut record.part(Part::Terms));
    let mut employer = record.part(Part::Employer);
    let require = demands::demands(record, regime, occupation, sector, catalogue);
    Vacancy {
        schema: None,
        id: id(number),
        title: occupation.map(|one| advert_title(one, catalogue, &mut draws)),
        description: None,
        url: None,
        source: None,
        employer: Some(Employer {
            id: Some(format!("w-{sector}-{:03}", employer.below(sectors::EMPLOYERS))),
            sbi: Some(sector.to_owned()),
            ..Employer::default()
        }),
        location: workplace(record, regime, spread),
        occupation: occupation
            .filter(|_| has_code)
            .map(|one| vec![coded(one.id(), &one.label().nl)]),
        positions: Some(work::POSITIONS.draw(&mut draws)),
        published: times.published,
        closes: times.closes,
        starts: times.starts,
        ends: times.ends,
        hours: times.hours,
        slots: times.slots,
        irregular: times.irregular,
        office_hours: None,
        contract: Some(terms.contract),
        kind: terms.kind,
        pool: terms.pool,
        language_support: terms.language_support.then_some(true),
        job_support: terms.job_support.then_some(true),
        work_learn: (terms.contract == ContractKind::Apprenticeship).then_some(true),
        pays_market_wage: terms.market_wage.then_some(true),
        contract_days: None,
        wage: terms.wage,
        require: Some(require),
        working_language: None,
        plain_language_ok: None,
        twv: permit(&mut record.part(Part::Permit)),
        physical: None,
        transport: None,
        childcare: None,
    }
}

fn advert_title(
    occupation: OccupationConcept<'_>,
    catalogue: &Catalogue<'_>,
    draws: &mut Draws,
) -> String {
    let title = catalogue.title(occupation, draws);
    if draws.chance(titles::WITH_M_V) { format!("{title} (m/v)") } else { title }
}

fn workplace(record: Record, regime: Regime, spread: Spread) -> Option<Workplace> {
    let mut draws = record.part(Part::Place);
    let left_out = draws.chance(unknowns::WORKPLACE);
    let municipality = spread.municipality(&mut draws);
    let mut draws = record.part(Part::Postcode);
    let postcode = postcode_of(municipality, places::WORKPLACE_BY_POSTCODE, &mut draws);
    (!left_out || regime == Regime::Open).then(|| Workplace {
        postcode,
        municipality: Some(municipality.to_owned()),
        remote: None,
    })
}

/// What an employer offers.
#[derive(Debug)]
struct Terms {
    contract: ContractKind,
    kind: Option<WorkKind>,
    pool: Option<Pool>,
    language_support: bool,
    job_support: bool,
    market_wage: bool,
    wage: Option<Wage>,
}

fn terms(regime: Regime, is_part_time: bool, draws: &mut Draws) -> Terms {
    let contract = work::CONTRACT.draw(draws);
    let states_kind = !draws.chance(unknowns::KIND_OF_WORK);
    let kind = states_kind.then(|| work::KIND.draw(draws));
    let combinable = draws.chance(work::COMBINABLE) && is_part_time;
    let pool = combinable.then(|| Pool {
        combinable: Some(true),
        agency_holds_twv: draws.chance(work::AGENCY_HOLDS_TWV).then_some(true),
    });
    let states_wage = !draws.chance(unknowns::WAGE);
    // From 14.50 an hour, in steps of a quarter.
    let least = 1_450u32.saturating_add(draws.below(40).saturating_mul(25));
    Terms {
        contract,
        kind: kind.filter(|_| regime != Regime::Open),
        pool,
        language_support: draws.chance(work::LANGUAGE_COACH),
        job_support: draws.chance(work::JOB_COACH),
        market_wage: draws.chance(work::MARKET_WAGE),
        wage: states_wage.then(|| Wage {
            min: Some(Hundredths::new(least)),
            max: Some(Hundredths::new(least.saturating_add(300))),
            unit: Some(WageUnit::Hour),
            currency: Some("EUR".to_owned()),
            text: None,
        }),
    }
}

/// Whether the employer will apply for a permit; half of the unknown stances are left out.
fn permit(draws: &mut Draws) -> Option<TwvStance> {
    let stance = work::WILL_APPLY.draw(draws);
    let written = stance != Stance::Unknown || draws.chance(work::UNKNOWN_WRITTEN);
    written.then_some(TwvStance { employer_will_apply: Some(stance) })
}
