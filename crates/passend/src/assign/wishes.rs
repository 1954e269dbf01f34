// SPDX-License-Identifier: EUPL-1.2
//! What an assignment has to respect beside its goal: the cases of coaches, households, pairs that stand.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::place::Household;
use super::record::{AssignRequest, Goal};
use super::shares::Shares;
use super::solve::Edge;
use crate::engine::{Market, MarketError, RankError};

/// Somebody who guides people to work, a coach or job hunter, with the people who are theirs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Coach {
    /// Its id.
    pub id: String,
    /// Ids of the candidates. Ids of nobody are left out.
    pub candidates: Vec<String>,
    /// How many of them can be placed at most.
    pub cases: u32,
}

/// A person who is at a vacancy and stays there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeptPair {
    /// Id of the candidate.
    pub candidate: String,
    /// Id of the vacancy.
    pub vacancy: String,
}

/// What an assignment respects beside its goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AssignWishes<'a> {
    /// No coach has more people placed than cases. A person has one coach at most; who has none is bound by no cases.
    pub coaches: &'a [Coach],
    /// Who go together, for the goal that counts households. Who is in none is a household alone.
    pub households: &'a [Household],
    /// Pairs that stand: they are in the plan, whatever they cost, and take a position and a case of the coach.
    pub keep: &'a [KeptPair],
    /// Other goals under which the same market is planned, to say what each costs the other.
    pub beside: &'a [Goal],
}

/// Why there is no assignment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssignError {
    /// A person has two coaches, or is in two households.
    #[error("candidate `{candidate}` is with two coaches or in two households")]
    Twice {
        /// Id of the candidate.
        candidate: String,
    },
    /// The cases of coaches and households cross each other: a plan over both is no flow, and has no such proof.
    #[error("the goal `households` cannot be combined with the cases of coaches")]
    Crossing,
    /// A pair that stands names nobody, or no vacancy.
    #[error("the pair of `{candidate}` and `{vacancy}` names a record that is not there")]
    NotThere {
        /// Id of the candidate.
        candidate: String,
        /// Id of the vacancy.
        vacancy: String,
    },
    /// A person stands at two vacancies.
    #[error("candidate `{candidate}` stands at two vacancies")]
    TwoVacancies {
        /// Id of the candidate.
        candidate: String,
    },
    /// More people stand at a vacancy than it has positions.
    #[error("vacancy `{vacancy}` has fewer positions than pairs that stand")]
    NoPosition {
        /// Id of the vacancy.
        vacancy: String,
    },
    /// More people of a coach stand than the coach has cases.
    #[error("coach `{coach}` has fewer cases than pairs that stand")]
    NoCase {
        /// Id of the coach.
        coach: String,
    },
    /// Two records of one side have one id.
    #[error(transparent)]
    Market(#[from] MarketError),
    /// Ranking ended early.
    #[error(transparent)]
    Rank(#[from] RankError),
}

/// The rows and columns of ids.
pub(super) struct Places<'a> {
    rows: BTreeMap<&'a str, u32>,
    columns: BTreeMap<&'a str, u32>,
}

impl<'a> Places<'a> {
    pub(super) fn new(market: &'a Market, people: &[u32], work: &[u32]) -> Self {
        let row = |(row, one): (u32, &u32)| Some((market.candidate(*one)?.id(), row));
        let column = |(column, one): (u32, &u32)| Some((market.vacancy(*one)?.id(), column));
        Self {
            rows: (0..).zip(people).filter_map(row).collect(),
            columns: (0..).zip(work).filter_map(column).collect(),
        }
    }

    /// The pairs that stand, by row; each takes one of the places.
    pub(super) fn kept(
        &self,
        keep: &[KeptPair],
        places: &mut [u32],
        score: impl Fn(u32, u32) -> u16,
    ) -> Result<BTreeMap<u32, Edge>, AssignError> {
        let mut kept = BTreeMap::new();
        for KeptPair { candidate, vacancy } in keep {
            let found = self.rows.get(candidate.as_str()).zip(self.columns.get(vacancy.as_str()));
            let Some((row, column)) = found else {
                let (candidate, vacancy) = (candidate.clone(), vacancy.clone());
                return Err(AssignError::NotThere { candidate, vacancy });
            };
            let edge = Edge { to: *column, worth: u32::from(score(*row, *column)) };
            if kept.insert(*row, edge).is_some() {
                return Err(AssignError::TwoVacancies { candidate: candidate.clone() });
            }
            match places.get_mut(*column as usize) {
                Some(places @ 1..) => *places -= 1,
                _ => return Err(AssignError::NoPosition { vacancy: vacancy.clone() }),
            }
        }
        Ok(kept)
    }

    /// What rows share under these wishes.
    pub(super) fn shares(
        &self,
        request: &AssignRequest,
        wishes: &AssignWishes<'_>,
        kept: &BTreeMap<u32, Edge>,
    ) -> Result<Shares, AssignError> {
        let households = request.goal == Goal::Households;
        if households && !wishes.coaches.is_empty() {
            return Err(AssignError::Crossing);
        }
        let mut shares = Shares::new(households);
        let mut seen = BTreeSet::new();
        let mut rows_of = |ids: &[String]| {
            let mut rows = Vec::new();
            for id in ids {
                let Some(row) = self.rows.get(id.as_str()) else { continue };
                if !seen.insert(*row) {
                    return Err(AssignError::Twice { candidate: id.clone() });
                }
                rows.push(*row);
            }
            Ok(rows)
        };
        for Coach { id, candidates, cases } in wishes.coaches {
            let rows = rows_of(candidates)?;
            if !shares.add_cases(id, &rows, *cases, kept) {
                return Err(AssignError::NoCase { coach: id.clone() });
            }
        }
        if households {
            for household in wishes.households {
                shares.add_household(&household.id, &rows_of(&household.adults)?, kept);
            }
        }
        Ok(shares)
    }
}
