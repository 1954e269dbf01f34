// SPDX-License-Identifier: EUPL-1.2
//! Where to live: households to regions with quotas, so that most adults have suitable work within reach.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::pack::Packing;
use super::turns::in_turn;
use crate::engine::{By, Detail, Engine, MarketError, RankError, Request, Watch, When};
use crate::model::{Candidate, Day, Location, Vacancy};

/// People who go together. They are in a file of their own, never in a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Household {
    /// Its id.
    pub id: String,
    /// Ids of the adults who look for work.
    pub adults: Vec<String>,
    /// How many of a quota it takes, with children; at least its adults, and 1.
    #[serde(default)]
    pub people: u32,
    /// The region where there is work or a school already: it goes there and nowhere else.
    #[serde(default)]
    pub keep: Option<String>,
}

impl Household {
    /// How many of a quota it takes: never fewer than its adults.
    pub fn size(&self) -> u32 {
        let adults = u32::try_from(self.adults.len()).unwrap_or(u32::MAX);
        self.people.max(adults).max(1)
    }
}

/// Where people can live.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its id.
    pub id: String,
    /// How many people it takes.
    pub quota: u32,
    /// The municipality from which the way to work is measured; empty where the id is one.
    #[serde(default)]
    pub municipality: String,
}

impl Region {
    fn municipality(&self) -> &str {
        if self.municipality.is_empty() { &self.id } else { &self.municipality }
    }
}

/// What is asked of a plan of where to live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacementRequest {
    /// The day on which rules are read.
    pub as_of: Day,
    /// By when a pair must be open.
    pub when: When,
    /// Leave out pairs for which the law asks something that is not known.
    pub sure: bool,
    /// The least score of suitable work.
    pub least: u16,
    /// Households come one after another, in the order of the file, and each is placed when it comes, without knowledge of
    /// who comes later; this is how many people will come in all, at least those of the households. `None` plans all at once.
    pub in_turn: Option<u64>,
    /// Threads; 0 for all.
    pub threads: usize,
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlacementError {
    /// The region in which a household stays is not among the regions.
    #[error("household `{household}` stays in a region that has no quota")]
    Keep {
        /// Id of the household.
        household: String,
    },
    /// An adult is in two households, or twice in one.
    #[error("candidate `{candidate}` is in two households, or twice in one")]
    Twice {
        /// Id of the candidate.
        candidate: String,
    },
    /// Two households have one id.
    #[error("household `{household}` is there twice")]
    HouseholdTwice {
        /// Id of the households.
        household: String,
    },
    /// Two regions have one id.
    #[error("region `{region}` is there twice")]
    RegionTwice {
        /// Id of the regions.
        region: String,
    },
    /// The policy does not know the municipality of a region.
    #[error("the municipality of region `{region}` is not known")]
    Municipality {
        /// Id of the region.
        region: String,
    },
    /// Two records of one side have one id.
    #[error(transparent)]
    Market(#[from] MarketError),
    /// Ranking ended early.
    #[error(transparent)]
    Rank(#[from] RankError),
}

/// How much a plan, bound or price is worth: first adults with suitable work, then the sum of their best scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suitable {
    /// Adults with at least one vacancy, of the least score that is asked, that can be listed where they live.
    pub adults: u64,
    /// The sum of the scores of their best vacancies.
    pub score: u64,
}

/// Where a household goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlacementLine {
    /// Id of the household.
    pub household: String,
    /// Id of the region; `None` where no region has room.
    pub region: Option<String>,
    /// The sum of the best scores of its adults there.
    pub score: u64,
    /// Its adults with suitable work there.
    pub adults: u64,
    /// It stays where it has work or a school.
    pub kept: bool,
    /// The region that would be next best for it, whether or not it has room; of one that stays the best other one.
    pub second: Option<SecondRegion>,
}

/// Another region for a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecondRegion {
    /// Id of the region.
    pub region: String,
    /// The sum of the best scores there.
    pub score: u64,
    /// Adults with suitable work there.
    pub adults: u64,
}

/// A quota: how much of it is used, and what one more place is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuotaLine {
    /// Id of the region.
    pub region: String,
    /// People it takes.
    pub quota: u32,
    /// People who go there.
    pub used: u32,
    /// What one more place would add by the bound: the price of the quota, without that somebody more has a place at all.
    /// Where several prices prove the bound, one of them.
    pub price: Suitable,
}

/// A plan of where to live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Placement {
    /// What the plan gives.
    pub plan: Suitable,
    /// What no plan can pass; equal to the plan where it is proven to be the best.
    pub bound: Suitable,
    /// What comes of households one after another in the order of the file, each to its best region that has room.
    pub first_come: Suitable,
    /// What the best plan that was found gives if all are known at once, where they are placed in turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hindsight: Option<Suitable>,
    /// Households that go nowhere, since no region has room for all of their people.
    pub unplaced: u64,
    /// The quotas, in order of the file.
    pub quotas: Vec<QuotaLine>,
    /// The households, by id.
    pub households: Vec<PlacementLine>,
}

/// The first id that was there before.
pub(super) fn repeated<'a>(mut ids: impl Iterator<Item = &'a String>) -> Option<String> {
    let mut known = BTreeSet::new();
    ids.find(|id| !known.insert(*id)).cloned()
}

/// More than the sum of all scores, so that one adult more comes before any scores.
fn per_adult(households: &[Household]) -> i64 {
    let adults: usize = households.iter().map(|one| one.adults.len()).sum();
    i64::try_from(adults).unwrap_or(i64::MAX / 100_000).saturating_mul(10_000).saturating_add(1)
}

impl Engine {
    /// Households to regions, so that most adults have suitable work within reach, then with the best scores. Everybody is
    /// placed where the quotas have room, before anything else.
    ///
    /// What is suitable is what a match lists, with at least the score that is asked, when the adult lives in the
    /// municipality of the region. An adult who is no
    /// candidate, or whose permission does not hold, has no suitable work anywhere.
    ///
    /// Among equally good plans the one that is found first is given; it does not depend on threads.
    ///
    /// # Errors
    ///
    /// A household stays in a region without a quota, an adult is in two households, a household or region is there twice, a
    /// municipality is not known, or ranking ended early.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Household, PlacementRequest, Region, Vacancy, Watch, When};
    /// let cook: Candidate = serde_json::from_str(
    ///     r#"{"id":"c1","residence":{"status":"free"},"mobility":{"max_km":20},"experience":[{"title":"kok","months":36}]}"#,
    /// )?;
    /// let work: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok","location":{"municipality":"Assen"}}"#)?;
    /// let alone = Household { id: "h1".into(), adults: vec!["c1".into()], people: 1, keep: None };
    /// let region = |name: &str| Region { id: name.into(), quota: 1, municipality: name.into() };
    /// let request = PlacementRequest {
    ///     as_of: "2026-11-25".parse()?, when: When::Horizon, sure: false, least: 5_000, in_turn: None, threads: 0,
    /// };
    /// let plan = Engine::default().place(
    ///     &[cook], &[work], &[alone], &[region("Maastricht"), region("Assen")], &request, &Watch::new(),
    /// )?;
    /// assert_eq!(plan.households[0].region.as_deref(), Some("Assen"));
    /// assert_eq!(plan.plan, plan.bound);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn place(
        &self,
        candidates: &[Candidate],
        vacancies: &[Vacancy],
        households: &[Household],
        regions: &[Region],
        request: &PlacementRequest,
        watch: &Watch,
    ) -> Result<Placement, PlacementError> {
        if let Some(candidate) = repeated(households.iter().flat_map(|one| &one.adults)) {
            return Err(PlacementError::Twice { candidate });
        }
        if let Some(household) = repeated(households.iter().map(|one| &one.id)) {
            return Err(PlacementError::HouseholdTwice { household });
        }
        if let Some(region) = repeated(regions.iter().map(|one| &one.id)) {
            return Err(PlacementError::RegionTwice { region });
        }
        let scores = self.scores_by_region(candidates, vacancies, regions, request, watch)?;
        // The order of the file counts for who comes first, and for nothing else.
        let mut order: Vec<usize> = (0..households.len()).collect();
        order.sort_by_key(|at| households.get(*at).map(|one| &one.id));
        let unit = per_adult(households);
        let worth = |household: &Household, region: usize| -> Suitable {
            let of = |adult: &String| scores.get(region)?.get(adult).copied();
            let found: Vec<u16> = household.adults.iter().filter_map(of).collect();
            Suitable {
                adults: u64::try_from(found.len()).unwrap_or_default(),
                score: found.iter().map(|score| u64::from(*score)).sum(),
            }
        };
        let value = |one: Suitable| {
            let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX / 100_000);
            number(one.adults) * unit + number(one.score)
        };
        // More than all that a plan can be worth: to be placed comes first.
        let most: i64 = households
            .iter()
            .map(|one| (0..regions.len()).map(|at| value(worth(one, at))).max().unwrap_or(0))
            .fold(1, i64::saturating_add);
        let mut packing = Packing {
            quotas: regions.iter().map(|region| region.quota).collect(),
            bonus: most,
            ..Packing::default()
        };
        let mut by_arrival = vec![(Vec::new(), 1); households.len()];
        for at in &order {
            let Some(household) = households.get(*at) else { continue };
            let stays = match &household.keep {
                None => None,
                Some(keep) => {
                    let at = regions.iter().position(|region| region.id == *keep);
                    Some(
                        at.ok_or_else(|| PlacementError::Keep { household: household.id.clone() })?,
                    )
                }
            };
            let own = (0..regions.len()).map(|region| {
                let may = stays.is_none_or(|stays| stays == region);
                may.then(|| value(worth(household, region)))
            });
            let own: Vec<Option<i64>> = own.collect();
            if let Some(place) = by_arrival.get_mut(*at).filter(|_| request.in_turn.is_some()) {
                *place = (own.clone(), household.size());
            }
            packing.values.push(own);
            packing.sizes.push(household.size());
        }
        let goes_on = || watch.check().map_err(RankError::from);
        let packed = packing.pack(&goes_on).map_err(PlacementError::Rank)?;
        let regions_of = match request.in_turn {
            None => packed.regions.clone(),
            Some(expected) => {
                let expected =
                    expected.max(households.iter().map(|one| u64::from(one.size())).sum());
                let (values, sizes) = by_arrival.into_iter().unzip();
                let arriving = Packing { values, sizes, ..packing };
                let found = in_turn(&arriving, expected, &goes_on).map_err(PlacementError::Rank)?;
                order.iter().map(|at| found.get(*at).copied().flatten()).collect()
            }
        };
        let split = |total: i128| {
            // Without what it counts to be placed.
            let total = total.max(0) % i128::from(most);
            let (adults, score) = (total / i128::from(unit), total % i128::from(unit));
            Suitable {
                adults: u64::try_from(adults).unwrap_or_default(),
                score: u64::try_from(score).unwrap_or_default(),
            }
        };
        let mut placement = Placement {
            plan: Suitable::default(),
            bound: Suitable::default(),
            first_come: first_come(households, regions, &worth),
            hindsight: None,
            unplaced: 0,
            quotas: Vec::new(),
            households: Vec::new(),
        };
        let mut used = vec![0u32; regions.len()];
        let mut hindsight = Suitable::default();
        for (at, region) in order.iter().zip(&packed.regions) {
            let one = households.get(*at).zip(*region).map(|(one, region)| worth(one, region));
            hindsight.adults += one.map_or(0, |one| one.adults);
            hindsight.score += one.map_or(0, |one| one.score);
        }
        placement.hindsight = request.in_turn.map(|_| hindsight);
        for (at, region) in order.iter().zip(&regions_of) {
            let Some(household) = households.get(*at) else { continue };
            let own = region.map_or_else(Suitable::default, |region| worth(household, region));
            placement.unplaced += u64::from(region.is_none());
            placement.plan.adults += own.adults;
            placement.plan.score += own.score;
            if let Some(used) = region.and_then(|region| used.get_mut(region)) {
                *used += household.size();
            }
            let others = (0..regions.len()).filter(|other| Some(*other) != *region);
            let second =
                others.max_by_key(|other| (worth(household, *other), std::cmp::Reverse(*other)));
            let id = |at: usize| regions.get(at).map(|region| region.id.clone());
            placement.households.push(PlacementLine {
                household: household.id.clone(),
                region: region.and_then(id),
                score: own.score,
                adults: own.adults,
                kept: household.keep.is_some() && region.is_some(),
                second: second.and_then(|other| {
                    let Suitable { adults, score } = worth(household, other);
                    Some(SecondRegion { region: id(other)?, score, adults })
                }),
            });
        }
        // The bound beyond the plan, as far as it is not about placing more households.
        let gap = (packed.bound - packed.worth).clamp(0, i128::from(most) - 1);
        let total = i128::from(value(hindsight)) + gap;
        placement.bound = Suitable {
            adults: u64::try_from(total / i128::from(unit)).unwrap_or_default(),
            score: u64::try_from(total % i128::from(unit)).unwrap_or_default(),
        };
        for ((region, used), price) in regions.iter().zip(used).zip(&packed.prices) {
            let (region, quota) = (region.id.clone(), region.quota);
            placement.quotas.push(QuotaLine { region, quota, used, price: split(*price) });
        }
        Ok(placement)
    }

    /// By region, then by id: the score of the best vacancy of everybody who has one there.
    fn scores_by_region(
        &self,
        candidates: &[Candidate],
        vacancies: &[Vacancy],
        regions: &[Region],
        request: &PlacementRequest,
        watch: &Watch,
    ) -> Result<Vec<BTreeMap<String, u16>>, PlacementError> {
        let work = self.market(&[], vacancies, request.as_of)?;
        let lists = Request {
            k: 1,
            by: By::Candidate,
            when: request.when,
            sure: request.sure,
            detail: Detail::Brief,
            threads: request.threads,
            ..Request::default()
        };
        let mut scores = Vec::with_capacity(regions.len());
        for region in regions {
            let municipality = region.municipality();
            if !self.policy().knows_place(None, None, Some(municipality)) {
                return Err(PlacementError::Municipality { region: region.id.clone() });
            }
            let there = |candidate: &Candidate| Candidate {
                location: Some(Location {
                    municipality: Some(municipality.to_owned()),
                    ..Location::default()
                }),
                // The move is this one.
                relocation: None,
                ..candidate.clone()
            };
            let people: Vec<Candidate> = candidates.iter().map(there).collect();
            let market = work.with_candidates(&people)?;
            let ranking = market.rank(&lists, watch)?;
            let best = ranking.lists().filter_map(|(candidate, list)| {
                let (_, score) = list.first().filter(|(_, score)| *score >= request.least)?;
                Some((market.candidate(candidate)?.id().to_string(), *score))
            });
            scores.push(best.collect());
        }
        Ok(scores)
    }
}

/// Households in the order of the file, each to its best region that has room; those that stay first, as they must.
fn first_come(
    households: &[Household],
    regions: &[Region],
    worth: &impl Fn(&Household, usize) -> Suitable,
) -> Suitable {
    let mut room: Vec<u32> = regions.iter().map(|region| region.quota).collect();
    let mut total = Suitable::default();
    let (stay, go): (Vec<_>, Vec<_>) = households.iter().partition(|one| one.keep.is_some());
    for household in stay.into_iter().chain(go) {
        let people = household.size();
        let may = |at: &usize| {
            let stays = household.keep.as_ref();
            let here = regions.get(*at).map(|region| &region.id);
            room.get(*at).is_some_and(|room| *room >= people) && (stays.is_none() || stays == here)
        };
        let best = (0..regions.len())
            .filter(may)
            .max_by_key(|at| (worth(household, *at), std::cmp::Reverse(*at)));
        let Some(at) = best else { continue };
        if let Some(room) = room.get_mut(at) {
            *room -= people;
        }
        let own = worth(household, at);
        total.adults += own.adults;
        total.score += own.score;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> PlacementRequest {
        let as_of = "2026-11-25".parse().unwrap();
        PlacementRequest {
            as_of,
            when: When::Horizon,
            sure: false,
            least: 5_000,
            in_turn: None,
            threads: 1,
        }
    }

    fn person(id: &str, title: &str) -> Candidate {
        serde_json::from_str(&format!(
            r#"{{"id":"{id}","residence":{{"status":"free"}},"mobility":{{"max_km":20}},"experience":[{{"title":"{title}","months":36}}]}}"#
        ))
        .unwrap()
    }

    /// Cooks are asked in Assen, welders in Maastricht.
    fn work() -> Vec<Vacancy> {
        [("v1", "kok", "Assen"), ("v2", "lasser", "Maastricht")]
            .map(|(id, title, place)| {
                serde_json::from_str(&format!(
                    r#"{{"id":"{id}","title":"{title}","location":{{"municipality":"{place}"}}}}"#
                ))
                .unwrap()
            })
            .to_vec()
    }

    fn household(id: &str, adults: &[&str], people: u32, keep: Option<&str>) -> Household {
        let adults = adults.iter().map(|adult| (*adult).to_owned()).collect();
        Household { id: id.to_owned(), adults, people, keep: keep.map(str::to_owned) }
    }

    fn regions(quotas: [u32; 2]) -> Vec<Region> {
        let region = |(name, quota): (&str, u32)| Region {
            id: name.to_owned(),
            quota,
            municipality: name.to_owned(),
        };
        ["Assen", "Maastricht"].into_iter().zip(quotas).map(region).collect()
    }

    fn plan(households: &[Household], quotas: [u32; 2]) -> Placement {
        let people = [person("cook", "kok"), person("welder", "lasser"), person("cook2", "kok")];
        Engine::default()
            .place(&people, &work(), households, &regions(quotas), &request(), &Watch::new())
            .unwrap()
    }

    fn where_to(plan: &Placement) -> Vec<Option<&str>> {
        plan.households.iter().map(|line| line.region.as_deref()).collect()
    }

    #[test]
    fn each_goes_where_there_is_work_and_not_who_comes_first() {
        let households = [
            household("h1", &["welder", "cook"], 2, None),
            household("h2", &["cook2"], 1, None),
            household("h3", &["nobody"], 1, None),
        ];
        let found = plan(&households, [2, 2]);
        // The pair has one with work in either place; only Assen has work for the cook alone.
        assert_eq!(where_to(&found), [Some("Maastricht"), Some("Assen"), Some("Assen")]);
        assert_eq!((found.plan.adults, found.plan), (2, found.bound));
        assert!(found.first_come <= found.plan);
        assert_eq!(found.unplaced, 0);
    }

    #[test]
    fn nobody_lives_in_two_households_and_a_region_may_be_a_municipality() {
        let twice = [household("h1", &["cook"], 1, None), household("h2", &["cook"], 1, None)];
        let here = [Region { id: "Assen".to_owned(), quota: 2, ..Region::default() }];
        let place = |households: &[Household]| {
            let people = [person("cook", "kok")];
            Engine::default().place(&people, &work(), households, &here, &request(), &Watch::new())
        };
        assert!(matches!(place(&twice), Err(PlacementError::Twice { .. })));
        let found = place(&twice[..1]).unwrap();
        assert_eq!((found.plan.adults, found.quotas[0].used), (1, 1));
    }

    #[test]
    fn a_household_and_a_region_are_there_once() {
        let place = |households: &[Household], regions: &[Region]| {
            Engine::default()
                .place(&[], &[], households, regions, &request(), &Watch::new())
                .unwrap_err()
        };
        let same = [household("h1", &["a"], 1, None), household("h1", &["b"], 1, None)];
        let error = place(&same, &regions([1, 1]));
        assert!(
            matches!(&error, PlacementError::HouseholdTwice { household } if household == "h1")
        );
        let mut same = regions([1, 2]);
        same[1].id = "Assen".to_owned();
        let error = place(&[], &same);
        assert!(matches!(&error, PlacementError::RegionTwice { region } if region == "Assen"));
    }

    #[test]
    fn a_household_stays_where_it_has_work_or_a_school() {
        let free = plan(&[household("h1", &["cook"], 1, None)], [1, 1]);
        assert_eq!((where_to(&free), free.plan.adults), (vec![Some("Assen")], 1));
        let kept = plan(&[household("h1", &["cook"], 1, Some("Maastricht"))], [1, 1]);
        assert_eq!((where_to(&kept), kept.plan.adults), (vec![Some("Maastricht")], 0));
        // What it costs to stay stands beside it.
        let line = &kept.households[0];
        assert!(line.kept);
        assert_eq!(
            line.second.as_ref().map(|one| (one.region.as_str(), one.adults)),
            Some(("Assen", 1))
        );
    }

    #[test]
    fn the_price_of_a_quota_is_what_one_place_more_would_add() {
        let households =
            [household("h1", &["cook"], 1, None), household("h2", &["cook2"], 1, None)];
        let found = plan(&households, [1, 1]);
        assert_eq!(found.plan.adults, 1);
        assert_eq!(found.quotas[0].price.adults, 1);
        assert_eq!((found.quotas[1].used, found.quotas[1].price), (1, Suitable::default()));
        assert_eq!(plan(&households, [2, 1]).plan.adults, 2);
    }

    #[test]
    fn all_are_placed_before_work_is_looked_at() {
        let households =
            [household("h1", &["cook"], 1, None), household("h2", &["welder"], 2, None)];
        // The welder's household fits in Assen only.
        let found = plan(&households, [2, 1]);
        assert_eq!(where_to(&found), [Some("Maastricht"), Some("Assen")]);
        assert_eq!((found.unplaced, found.plan.adults), (0, 0));
        let none = plan(&households, [1, 1]);
        assert_eq!((where_to(&none), none.unplaced), (vec![Some("Assen"), None], 1));
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        let unknown = [household("h1", &[], 1, Some("Utrecht"))];
        let place = |households: &[Household], regions: &[Region]| {
            Engine::default()
                .place(&[], &work(), households, regions, &request(), &Watch::new())
                .unwrap_err()
                .to_string()
        };
        assert!(place(&unknown, &regions([1, 1])).contains("`h1`"));
        let mut elsewhere = regions([1, 1]);
        elsewhere[0].municipality = "Nergenshuizen".to_owned();
        assert!(place(&[], &elsewhere).contains("`Assen`"));
    }
}
