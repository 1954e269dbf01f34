// SPDX-License-Identifier: EUPL-1.2
//! What a file leaves out that decides: gates whose field is mostly empty, and one postcode for very many.

use std::collections::HashMap;

use passend::{Engine, FindingKind, Gate, Side};
use serde_json::Value;

use super::Hollow;
use super::fields::values;

/// The gates that look at a field of this side, of which any of the paths is enough, and what they find without it.
const DECIDES: &[(Side, Gate, &[&str], FindingKind)] = &[
    (Side::Candidate, Gate::WorkAuthorisation, &["residence.status"], FindingKind::Unknown),
    (Side::Candidate, Gate::Document, &["residence.document_valid_until"], FindingKind::Unknown),
    (Side::Candidate, Gate::Certificate, &["certificates"], FindingKind::Unknown),
    (Side::Candidate, Gate::Language, &["languages"], FindingKind::Unknown),
    (Side::Candidate, Gate::Diploma, &["education", "work_level"], FindingKind::Unknown),
    (Side::Candidate, Gate::WorkingTime, &["slots"], FindingKind::Unknown),
    (Side::Candidate, Gate::Hours, &["hours.max"], FindingKind::Open),
    (Side::Candidate, Gate::Travel, PLACE, FindingKind::Unknown),
    (Side::Vacancy, Gate::WorkAuthorisation, &["twv.employer_will_apply"], FindingKind::Needs),
    (Side::Vacancy, Gate::Travel, PLACE, FindingKind::Open),
    (Side::Vacancy, Gate::Hours, &["hours.min", "hours.max"], FindingKind::Open),
    (Side::Vacancy, Gate::WorkingTime, &["slots"], FindingKind::Open),
    (Side::Vacancy, Gate::Language, &["require.languages"], FindingKind::Open),
];

const PLACE: &[&str] = &["location.municipality", "location.postcode", "location.site"];

/// What a file leaves out, while its records are counted.
pub(super) struct Gaps<'a> {
    engine: &'a Engine,
    side: Side,
    records: usize,
    /// For each row of [`DECIDES`] of this side: records that fill it.
    filled: Vec<usize>,
    postcodes: HashMap<String, usize>,
    unplaced: usize,
}

impl<'a> Gaps<'a> {
    pub(super) fn new(engine: &'a Engine, side: Side) -> Self {
        let filled = vec![0; decides(side).count()];
        Self { engine, side, records: 0, filled, postcodes: HashMap::new(), unplaced: 0 }
    }

    /// Counts a record.
    pub(super) fn add(&mut self, record: &Value) {
        self.records += 1;
        for ((_, paths, _), filled) in decides(self.side).zip(&mut self.filled) {
            *filled += usize::from(paths.iter().any(|path| !values(record, path).is_empty()));
        }
        for postcode in values(record, "location.postcode") {
            if let Some(postcode) = postcode.as_str() {
                *self.postcodes.entry(postcode.to_owned()).or_default() += 1;
            }
        }
        let said = |path: &str| record.pointer(path).and_then(Value::as_str);
        let place = ["/location/postcode", "/location/site", "/location/municipality"].map(said);
        let [postcode, site, municipality] = place;
        let is_said = place.iter().any(Option::is_some);
        let is_known = || self.engine.policy().knows_place(postcode, site, municipality);
        self.unplaced += usize::from(is_said && !is_known());
    }

    /// Gates whose field fewer than half of the records fill.
    pub(super) fn hollow(&self) -> Vec<Hollow> {
        decides(self.side)
            .zip(&self.filled)
            .filter(|(_, filled)| *filled * 2 < self.records)
            .filter_map(|((gate, paths, then), filled)| {
                let field = *paths.first()?;
                Some(Hollow { gate, field, filled: *filled, of: self.records, then })
            })
            .collect()
    }

    /// Records whose place is said and not known.
    pub(super) fn unplaced(&self) -> usize {
        self.unplaced
    }

    /// How many records share the most frequent postcode, where they are hundreds: an address of a centre, or a default.
    pub(super) fn shared_postcode(&self) -> Option<usize> {
        const MANY: usize = 100;
        self.postcodes.values().copied().max().filter(|most| *most >= MANY)
    }
}

fn decides(side: Side) -> impl Iterator<Item = (Gate, &'static [&'static str], FindingKind)> {
    let of_side = DECIDES.iter().filter(move |row| row.0 == side);
    of_side.map(|(_, gate, paths, then)| (*gate, *paths, *then))
}

#[cfg(test)]
mod tests {
    use passend::{Candidate, Engine, Vacancy};
    use serde_json::json;

    use super::*;

    fn whole(side: Side) -> Value {
        match side {
            Side::Candidate => json!({
                "id": "c1", "residence": {
                    "status": "asylum_seeker_in_procedure", "procedure_started": "2025-01-15",
                    "document_valid_until": "2027-12-31"
                },
                "bsn_available": true, "location": {"municipality": "Groningen"},
                "mobility": {"max_km": 30}, "hours": {"min": 16, "max": 40}, "slots": [],
                "languages": [{"code": "nl", "level": "B1"}], "education": [], "work_level": 4,
                "certificates": [{"code": "vca_basic", "valid_until": "2029-01-01"}], "licences": []
            }),
            Side::Vacancy => json!({
                "id": "v1", "title": "kok", "location": {"municipality": "Groningen"},
                "hours": {"min": 24, "max": 36}, "slots": [{"day": "mon", "from": "09:00", "to": "17:00"}],
                "require": {
                    "work_level": {"level": 2, "weight": "must"},
                    "languages": [{"code": "nl", "min": "A2", "weight": "must"}],
                    "certificates": [{"code": "vca_basic", "weight": "must"}]
                },
                "twv": {"employer_will_apply": "yes"}
            }),
        }
    }

    fn without(record: &mut Value, path: &str) {
        if let Some((key, rest)) = path.split_once('.') {
            if let Some(inner) = record.get_mut(key) {
                without(inner, rest);
            }
        } else if let Some(object) = record.as_object_mut() {
            object.remove(path);
        }
    }

    #[test]
    fn a_gate_finds_what_is_said_of_it_without_its_field() {
        let engine = Engine::default();
        for (side, gate, paths, then) in DECIDES {
            let mut records = [whole(Side::Candidate), whole(Side::Vacancy)];
            let own = &mut records[usize::from(*side == Side::Vacancy)];
            paths.iter().for_each(|path| without(own, path));
            let [candidate, vacancy] = records;
            let candidate: Candidate = serde_json::from_value(candidate).unwrap();
            let vacancy: Vacancy = serde_json::from_value(vacancy).unwrap();
            let market =
                engine.market(&[candidate], &[vacancy], "2026-11-25".parse().unwrap()).unwrap();
            let why = market.explain("c1", "v1").unwrap();
            let findings = why.line.findings.unwrap();
            let found = findings.iter().find(|finding| finding.gate == *gate).unwrap();
            assert_eq!(found.finding, *then, "{gate:?} without {paths:?}");
        }
    }

    #[test]
    fn a_field_that_half_of_the_records_fill_is_not_told() {
        let engine = Engine::default();
        let mut gaps = Gaps::new(&engine, Side::Candidate);
        let mut empty = whole(Side::Candidate);
        without(&mut empty, "slots");
        gaps.add(&whole(Side::Candidate));
        gaps.add(&empty);
        assert_eq!(gaps.hollow(), []);
        gaps.add(&empty);
        let hollow = gaps.hollow();
        assert_eq!(
            hollow.iter().map(|one| (one.field, one.filled)).collect::<Vec<_>>(),
            [("slots", 1)]
        );
    }

    #[test]
    fn one_postcode_for_hundreds_is_counted() {
        let engine = Engine::default();
        let mut gaps = Gaps::new(&engine, Side::Candidate);
        for _ in 0..99 {
            gaps.add(&json!({"location": {"postcode": "9561"}}));
        }
        assert_eq!(gaps.shared_postcode(), None);
        gaps.add(&json!({"location": {"postcode": "9561"}}));
        assert_eq!(gaps.shared_postcode(), Some(100));
    }
}
