// SPDX-License-Identifier: EUPL-1.2
//! Supply against demand: by work and place how many positions are open, and how many people could take one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::dimension::likeliest;
use super::leverage::{LeverageRequest, NEVER, Span, Study};
use crate::engine::{Market, Stopped, Watch, on_threads};
use crate::model::Hundredths;
use crate::policy::{Municipality, MunicipalityIndex};
use crate::vocabulary::Group;

/// A full week: fewer hours than this leave a person room for another job.
const FULL_WEEK: u32 = 28_00;

/// Positions and people of one kind of work, sector and region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SupplyLine {
    /// Sub-major group of ISCO-08, two digits; `None` where the work is not understood.
    pub isco: Option<String>,
    /// Section of the SBI of the employer; `None` where it is not known. A person counts in each section of the region
    /// that asks the work, and in none where no vacancy does.
    pub sector: Option<String>,
    /// Labour-market region by its code; `None` where the place is not known.
    pub region: Option<String>,
    /// Vacancies.
    pub vacancies: u32,
    /// Positions of them.
    pub positions: u32,
    /// People of the region who did this work or ask for it and find work open on the day, whatever the employer.
    pub ready_now: u32,
    /// The same, within twelve months.
    pub ready_12m: u32,
    /// People of the region who did this work or ask for it and find none within twelve months without a step.
    pub not_ready: u32,
    /// Positions for which the region has nobody ready within twelve months: 0 or more.
    pub missing: u32,
    /// Hours a week of the positions that are no full week by themselves, at their most hours.
    pub part_time_hours: u32,
}

type Key = (Option<Group>, Option<char>, Option<String>);
/// The sectors in which a region asks some work.
type Sectors = BTreeMap<(Option<Group>, Option<String>), Vec<Option<char>>>;

impl Market {
    /// By ISCO group, sector and region: what is asked, who is ready, what is missing.
    ///
    /// People who did several kinds of work count in each of them: a column over groups counts them more than once, and no
    /// column may be summed over groups.
    ///
    /// # Errors
    ///
    /// The watch was stopped.
    pub fn supply(&self, threads: usize, watch: &Watch) -> Result<Vec<SupplyLine>, Stopped> {
        on_threads(threads, || {
            watch.begin(1);
            let study = Study::new(self, &LeverageRequest::default(), watch)?;
            watch.step()?;
            Ok(self.supply_of(&study.base))
        })
    }

    fn supply_of(&self, base: &[u8]) -> Vec<SupplyLine> {
        let (people, work) = self.sides();
        let mut lines: BTreeMap<Key, SupplyLine> = BTreeMap::new();
        let region = |at: Option<MunicipalityIndex>| {
            let own: Option<&Municipality> =
                at.and_then(|at| self.policy.places().municipality_at(at));
            own.map(|own| own.region.0.clone())
        };
        for one in work {
            let group = likeliest(one.readings()).and_then(|group| group.at(2));
            let sector = one.work.sector.as_ref().map(crate::policy::Sector::section);
            let line = lines.entry((group, sector, region(one.told().municipality)));
            let line = line.or_insert_with_key(empty);
            let positions = u32::from(one.positions);
            line.vacancies += 1;
            line.positions += positions;
            let hours = one.hours.max.or(one.hours.min).map(Hundredths::get);
            let part = hours.filter(|hours| *hours < FULL_WEEK).unwrap_or_default();
            line.part_time_hours += part * positions / 100;
        }
        let mut asked = Sectors::new();
        for (group, sector, region) in lines.keys() {
            asked.entry((*group, region.clone())).or_default().push(*sector);
        }
        for (one, span) in people.iter().zip(base) {
            let home = region(one.grouped.municipality);
            let held = one.profile.held.iter().flatten().map(|held| held.reading);
            let wished = one.profile.wishes.iter().flat_map(|own| own.occupations.iter().copied());
            let sure = held.chain(wished).filter(|reading| reading.share == 100);
            let groups: BTreeSet<Group> = sure.filter_map(|reading| reading.group.at(2)).collect();
            for group in groups {
                let key = (Some(group), home.clone());
                let sectors = asked.get(&key).cloned().unwrap_or_else(|| vec![None]);
                for sector in sectors {
                    let line = lines.entry((Some(group), sector, home.clone()));
                    let line = line.or_insert_with_key(empty);
                    line.ready_now += u32::from(*span == Span::Now as u8);
                    line.ready_12m += u32::from(*span < NEVER);
                    line.not_ready += u32::from(*span == NEVER);
                }
            }
        }
        let missing = |line: SupplyLine| SupplyLine {
            missing: line.positions.saturating_sub(line.ready_12m),
            ..line
        };
        lines.into_values().map(missing).collect()
    }
}

fn empty((group, sector, region): &Key) -> SupplyLine {
    SupplyLine {
        isco: group.map(|group| group.to_string()),
        sector: sector.map(String::from),
        region: region.clone(),
        vacancies: 0,
        positions: 0,
        ready_now: 0,
        ready_12m: 0,
        not_ready: 0,
        missing: 0,
        part_time_hours: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::model::{Candidate, Vacancy};

    #[test]
    fn positions_stand_against_people_who_are_ready() {
        let person = |id: &str, more: &str| -> Candidate {
            serde_json::from_str(&format!(
                r#"{{"id":"{id}","residence":{{"status":"free"}},"bsn_available":true,"location":{{"municipality":"Groningen"}},"mobility":{{"max_km":30}},"experience":[{{"title":"kok","months":12}}]{more}}}"#
            ))
            .unwrap()
        };
        let people = [
            person("a", ""),
            person("b", r#","available":{"from":"2027-06-01"}"#),
            person("c", r#","available":{"until":"2026-01-01"}"#),
        ];
        let vacancy: Vacancy = serde_json::from_str(
            r#"{"id":"v","title":"kok","employer":{"sbi":"5610"},"location":{"municipality":"Groningen"},"positions":4,"hours":{"min":12,"max":20}}"#,
        )
        .unwrap();
        let market =
            Engine::default().market(&people, &[vacancy], "2026-11-25".parse().unwrap()).unwrap();
        let lines = market.supply(1, &Watch::new()).unwrap();
        let expected = SupplyLine {
            isco: Some("51".into()),
            sector: Some("I".into()),
            region: Some("AM01".into()),
            vacancies: 1,
            positions: 4,
            ready_now: 1,
            ready_12m: 2,
            not_ready: 1,
            missing: 2,
            part_time_hours: 80,
        };
        assert_eq!(lines, [expected]);
    }
}
