// SPDX-License-Identifier: EUPL-1.2
//! People.

pub(crate) mod abilities;
mod practical;
mod residence;
pub(crate) mod work;

use passend::{Candidate, Vocabulary, Wishes};

use crate::catalogue::Catalogue;
use crate::draws::{File, Record};
use crate::{Regime, Settings};

/// The people of these settings, in order of their number.
pub fn candidates<'v>(
    settings: &Settings,
    vocabulary: &'v Vocabulary,
) -> impl ExactSizeIterator<Item = Candidate> + use<'v> {
    let settings = *settings;
    // What people did before is drawn alike in all regimes.
    let catalogue = Catalogue::new(vocabulary, Regime::Azc);
    (0..settings.candidates).map(move |number| candidate(number, settings, &catalogue))
}

/// The id of a person: `c0000001` for the first.
pub(crate) fn id(number: usize) -> String {
    format!("c{:07}", number.saturating_add(1))
}

fn candidate(number: usize, settings: Settings, catalogue: &Catalogue<'_>) -> Candidate {
    let Settings { seed, regime, spread, .. } = settings;
    let record = Record::new(seed, File::Candidates, u64::try_from(number).unwrap_or(u64::MAX));
    let residence = residence::residence(record, regime, spread);
    let work = work::work(record, catalogue);
    let practical = practical::practical(record, regime);
    Candidate {
        schema: None,
        id: id(number),
        turns_18_on: None,
        residence: residence.residence,
        bsn_available: residence.bsn_available,
        location: residence.location,
        mobility: practical.mobility,
        licences: practical.licences,
        relocation: residence.relocation,
        available: practical.available,
        hours: practical.hours,
        slots: practical.slots,
        irregular_ok: practical.irregular_ok,
        office_hours: practical.office_hours,
        languages: abilities::languages(record, regime),
        education: abilities::education(record, &work.held),
        work_level: None,
        experience: work.experience,
        skills: work.skills,
        certificates: abilities::certificates(record),
        registrations: abilities::registrations(record, regime, &work.held),
        wishes: work.wishes.map(|wishes| Wishes {
            avoid: wishes.avoid.filter(|_| regime != Regime::Open),
            ..wishes
        }),
        student: None,
        permission: None,
        targets: None,
        contract_wishes: practical.contract_wishes,
        integration: residence.integration,
        support: practical.support,
    }
}
