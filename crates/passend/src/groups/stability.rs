// SPDX-License-Identifier: EUPL-1.2
//! How stable lists are: the places of each listed pair under other weights, and the unverified rules that it rests on.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::engine::{Detail, Market, RankError, Ranking, Request, Watch};
use crate::policy::Policy;

/// A listed pair, and where it stands under other weights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StabilityLine {
    /// Id of the candidate.
    pub candidate: String,
    /// Id of the vacancy.
    pub vacancy: String,
    /// Its place under the weights in force.
    pub rank: u32,
    /// The first place that it has under any of the weights.
    pub best: u32,
    /// The last; `None` where it is not listed under some.
    pub worst: Option<u32>,
    /// Under how many of the other weights it is listed.
    pub listed: u32,
    /// How many other weights there are.
    pub of: u32,
    /// The rules that decide its gates and are not verified.
    pub unverified: Vec<String>,
}

impl Market {
    /// The pairs of a ranking, each with its places where every weight in turn is so many points larger and smaller: those of
    /// [`Weights::around`](crate::Weights::around).
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Request, Vacancy, Watch};
    /// let person: Candidate = serde_json::from_str(r#"{"id":"c1","experience":[{"title":"kok","months":36}]}"#)?;
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let market = Engine::default().market(&[person], &[vacancy], "2026-11-25".parse()?)?;
    /// let lines = market.stability(&Request::default(), 10, &Watch::new())?;
    /// assert_eq!((lines[0].rank, lines[0].worst, lines[0].listed), (1, Some(1), 12));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Self::rank`].
    pub fn stability(
        &self,
        request: &Request,
        points: u8,
        watch: &Watch,
    ) -> Result<Vec<StabilityLine>, RankError> {
        let request = Request { detail: Detail::Brief, people: false, ..*request };
        let ranking = self.rank(&request, watch)?;
        let others = self.policy.weights().around(points);
        let of = u32::try_from(others.len()).unwrap_or(u32::MAX);
        let mut places: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
        for weights in others {
            // Weights around those in force sum to 100.
            let Ok(other) = self.with_weights(weights) else { continue };
            for (pair, rank) in other.rank(&request, watch)?.ranks(&other) {
                places.entry(pair).or_default().push(rank);
            }
        }
        self.stable(&ranking, places, of, watch)
    }

    fn stable(
        &self,
        ranking: &Ranking,
        mut places: BTreeMap<(u32, u32), Vec<u32>>,
        of: u32,
        watch: &Watch,
    ) -> Result<Vec<StabilityLine>, RankError> {
        let unverified = unverified(&self.policy);
        let pairs = ranking.ranks(self).zip(ranking.rules(self));
        let lines = pairs.map(|((pair, rank), rules)| {
            watch.check()?;
            let others = places.remove(&pair).unwrap_or_default();
            let listed = u32::try_from(others.len()).unwrap_or(u32::MAX);
            let all = others.into_iter().chain([rank]);
            let (candidate, vacancy) = (self.candidate(pair.0), self.vacancy(pair.1));
            Ok(StabilityLine {
                rank,
                best: all.clone().min().unwrap_or(rank),
                worst: all.max().filter(|_| listed == of),
                listed,
                of,
                unverified: rules.into_iter().filter(|rule| unverified.contains(rule)).collect(),
                candidate: candidate.map(|one| one.id().to_string()).unwrap_or_default(),
                vacancy: vacancy.map(|one| one.id().to_string()).unwrap_or_default(),
            })
        });
        lines.collect()
    }
}

/// Rules that nobody looked up.
fn unverified(policy: &Policy) -> BTreeSet<String> {
    let rows = policy.sources().into_iter();
    rows.filter(|row| row.verified == "unverified").map(|row| row.id).collect()
}
