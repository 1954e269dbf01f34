// SPDX-License-Identifier: EUPL-1.2
//! Residence status, the place that follows from it, and civic integration.

use passend::{
    Day, DocumentKind, Integration, Location, Relocation, Residence, ResidenceStatus, WorkNote,
};

use crate::draws::{Draws, Part, Record};
use crate::places::postcode_of;
use crate::tables::statuses::{self, Situation};
use crate::tables::{places, unknowns, work};
use crate::{REFERENCE_DAY, Regime, Spread};

/// What follows from a residence status.
#[derive(Debug, Default)]
pub(super) struct Stay {
    pub(super) residence: Option<Residence>,
    pub(super) bsn_available: Option<bool>,
    pub(super) location: Option<Location>,
    pub(super) relocation: Option<Relocation>,
    pub(super) integration: Option<Integration>,
}

pub(super) fn residence(record: Record, regime: Regime, spread: Spread) -> Stay {
    let mut place = record.part(Part::Place);
    let mut postcode = record.part(Part::Postcode);
    if regime == Regime::Azc {
        return in_reception(spread, &mut record.part(Part::Residence), &mut place, &mut postcode);
    }
    let free = Residence { status: Some(ResidenceStatus::Free), ..Residence::default() };
    let home_known = !place.chance(unknowns::HOME) || regime == Regime::Open;
    Stay {
        residence: Some(free),
        bsn_available: Some(true),
        location: Some(town(spread, &mut place, &mut postcode)).filter(|_| home_known),
        ..Stay::default()
    }
}

fn in_reception(
    spread: Spread,
    draws: &mut Draws,
    place: &mut Draws,
    postcode: &mut Draws,
) -> Stay {
    let situation = statuses::RECEPTION.draw(draws);
    let (residence, since) = papers(situation, draws);
    let status_holder = situation == Situation::StatusHolder;
    let bsn = match situation {
        Situation::StatusHolder | Situation::Ukraine => statuses::BSN_OF_OTHERS,
        _ => statuses::BSN_OF_ASYLUM_SEEKERS,
    };
    let home_known = !place.chance(unknowns::HOME);
    // Municipalities receive displaced Ukrainians; COA receives the others.
    let location = if situation == Situation::Ukraine {
        town(spread, place, postcode)
    } else {
        centre(spread, place)
    };
    let status_known = !draws.chance(unknowns::RESIDENCE);
    Stay {
        residence: status_known.then_some(residence),
        bsn_available: bsn.draw(draws),
        location: home_known.then_some(location),
        relocation: status_holder.then(|| relocation(spread, place)).flatten(),
        integration: status_holder.then(|| Integration {
            route: Some(work::ROUTE.draw(draws)),
            deadline: Some(since.plus_months(36)),
            map_done: Some(draws.chance(300)),
        }),
    }
}

/// The residence with its dates and papers, and the day on which it began.
fn papers(situation: Situation, draws: &mut Draws) -> (Residence, Day) {
    let mut before = |(least, most): (i32, i32)| {
        let days = draws.between(least, most);
        REFERENCE_DAY.plus_days(days.saturating_neg())
    };
    let (status, kind, since) = match situation {
        Situation::StatusHolder => (
            ResidenceStatus::StatusHolderFixedTerm,
            DocumentKind::ResidencePermit,
            before(statuses::PERMIT_SINCE),
        ),
        Situation::Ukraine => (
            ResidenceStatus::UkraineTemporaryProtection,
            DocumentKind::ODocument,
            before(statuses::LONGER),
        ),
        Situation::AsylumLonger => (
            ResidenceStatus::AsylumSeekerInProcedure,
            DocumentKind::WDocument,
            before(statuses::LONGER),
        ),
        Situation::AsylumShorter => (
            ResidenceStatus::AsylumSeekerInProcedure,
            DocumentKind::WDocument,
            before(statuses::SHORTER),
        ),
        Situation::Dublin => {
            (ResidenceStatus::DublinClaimant, DocumentKind::W2Document, before(statuses::SHORTER))
        }
        Situation::Return => {
            (ResidenceStatus::ReturnDecision, DocumentKind::Other, before(statuses::SHORTER))
        }
    };
    let document_kind = draws.chance(statuses::DOCUMENT_NOTED).then_some(kind);
    let mut residence = Residence {
        status: Some(status),
        document_kind: document_kind.filter(|kind| *kind != DocumentKind::Other),
        reception: Some(situation != Situation::Ukraine),
        ..Residence::default()
    };
    let (least, most) = statuses::DOCUMENT_LEFT;
    let soon = REFERENCE_DAY.plus_days(draws.between(least, most));
    match situation {
        Situation::StatusHolder => {
            residence.since = Some(since);
            residence.document_valid_until = Some(since.plus_months(statuses::PERMIT_MONTHS));
            residence.work_note = draws.chance(statuses::NOTE_READ).then_some(WorkNote::Free);
        }
        Situation::Ukraine => {
            residence.since = Some(since);
            // Temporary protection ends on 4 March 2027 (Council decision of 15 July 2025).
            residence.document_valid_until = Day::new(2027, 3, 4);
        }
        Situation::AsylumLonger | Situation::AsylumShorter => {
            residence.procedure_started = Some(since);
            residence.document_valid_until = Some(soon);
        }
        Situation::Dublin => {
            residence.procedure_started = Some(since);
        }
        Situation::Return => {
            residence.since = Some(since);
        }
    }
    (residence, since)
}

fn town(spread: Spread, draws: &mut Draws, postcode: &mut Draws) -> Location {
    let municipality = spread.municipality(draws);
    let postcode = postcode_of(municipality, places::HOME_BY_POSTCODE, postcode);
    Location { postcode, municipality: Some(municipality.to_owned()), site: None }
}

fn centre(spread: Spread, draws: &mut Draws) -> Location {
    let (site, municipality) = spread.centre(draws);
    Location { postcode: None, municipality: Some(municipality.into()), site: Some(site.into()) }
}

/// A status holder waits for a home.
fn relocation(spread: Spread, draws: &mut Draws) -> Option<Relocation> {
    if !draws.chance(statuses::EXPECTS_MOVE) {
        return None;
    }
    let expected_on = REFERENCE_DAY.plus_days(draws.between(30, 365));
    let municipality =
        draws.chance(statuses::MOVE_PLACE_KNOWN).then(|| spread.municipality(draws).to_owned());
    let certain = municipality.is_some() && draws.chance(statuses::MOVE_CERTAIN);
    Some(Relocation { expected_on: Some(expected_on), municipality, certain: Some(certain) })
}
