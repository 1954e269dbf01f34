// SPDX-License-Identifier: EUPL-1.2
//! What the demands of employers cost a plan: the same market planned without each kind of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::record::AssignRequest;
use super::wishes::{AssignError, AssignWishes};
use crate::engine::{Detail, Engine, Request, Watch};
use crate::model::{Candidate, Day, Stance, Vacancy, Weight};
use crate::text::{Args, Say, Text};

/// A kind of demand that an employer can leave out. What the law asks is none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// Languages that must be there.
    Language,
    /// An education level that must be there.
    Education,
    /// Certificates that must be there.
    Certificates,
    /// Driving licences that must be there.
    Licences,
    /// Fixed working times.
    WorkingTimes,
    /// No request of a TWV.
    NoTwv,
}

impl Demand {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Language,
        Self::Education,
        Self::Certificates,
        Self::Licences,
        Self::WorkingTimes,
        Self::NoTwv,
    ];

    /// Leaves it out of a vacancy, where it counts in the score all the same; whether it was there.
    fn leave_out(self, vacancy: &mut Vacancy) -> bool {
        let soften = |weight: &mut Weight| {
            let must = *weight == Weight::Must;
            if must {
                *weight = Weight::Nice;
            }
            must
        };
        let require = &mut vacancy.require;
        let count = match self {
            Self::Language => {
                let languages = require.iter_mut().flat_map(|one| &mut one.languages).flatten();
                languages.filter_map(|one| soften(&mut one.weight).then_some(())).count()
            }
            Self::Education => {
                let levels = require.iter_mut().flat_map(|one| &mut one.education_level);
                levels.filter_map(|one| soften(&mut one.weight).then_some(())).count()
            }
            Self::Certificates => {
                let all = require.iter_mut().flat_map(|one| &mut one.certificates).flatten();
                all.filter_map(|one| soften(&mut one.weight).then_some(())).count()
            }
            Self::Licences => {
                let licences = require.iter_mut().flat_map(|one| &mut one.licences).flatten();
                licences.filter_map(|one| soften(&mut one.weight).then_some(())).count()
            }
            Self::WorkingTimes => usize::from(vacancy.slots.take().is_some()),
            Self::NoTwv => {
                let stances = vacancy.twv.iter_mut().flat_map(|one| &mut one.employer_will_apply);
                let mut refused = 0;
                for stance in stances.filter(|stance| **stance == Stance::No) {
                    *stance = Stance::Yes;
                    refused += 1;
                }
                refused
            }
        };
        count > 0
    }
}

/// What a kind of demand costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DemandLine {
    /// The demand.
    pub demand: Demand,
    /// Vacancies that have it.
    pub vacancies: u64,
    /// How many people more a plan places without it.
    pub more: i64,
    /// How much the total score is higher without it.
    pub score: i64,
    /// Where: people who would have a place at a vacancy that the demand keeps them from, most first.
    pub at: Vec<DemandAt>,
    /// The same in words.
    pub text: Text,
}

/// A vacancy whose demand keeps people away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DemandAt {
    /// Id of the vacancy.
    pub vacancy: String,
    /// People who would have a place there without the demand, and cannot have it now.
    pub people: u64,
}

impl Engine {
    /// What each kind of demand of employers costs a plan: how many people more would have a place without it, and at which
    /// vacancies; what costs most first. Each is planned on its own, exactly; together they may cost more or less than the sum.
    ///
    /// # Errors
    ///
    /// As for an assignment, or two records of one side have one id.
    ///
    /// ```
    /// # use passend::{AssignRequest, AssignWishes, Candidate, Demand, Engine, Goal, Vacancy, Watch};
    /// let cook: Candidate = serde_json::from_str(
    ///     r#"{"id":"c1","residence":{"status":"free"},"languages":[{"code":"nl","level":"A0"}],"experience":[{"title":"kok"}]}"#,
    /// )?;
    /// let work: Vacancy = serde_json::from_str(
    ///     r#"{"id":"v1","title":"kok","require":{"languages":[{"code":"nl","min":"C1","weight":"must"}]}}"#,
    /// )?;
    /// let lines = Engine::default().demand_prices(
    ///     &[cook], &[work], "2026-11-25".parse()?, &AssignRequest::new(Goal::Placements), &AssignWishes::default(), &Watch::new(),
    /// )?;
    /// assert_eq!((lines[0].demand, lines[0].more, lines[0].at[0].people), (Demand::Language, 1, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn demand_prices(
        &self,
        candidates: &[Candidate],
        vacancies: &[Vacancy],
        as_of: Day,
        request: &AssignRequest,
        wishes: &AssignWishes<'_>,
        watch: &Watch,
    ) -> Result<Vec<DemandLine>, AssignError> {
        let wishes = AssignWishes { beside: &[], ..*wishes };
        let market = self.market(candidates, vacancies, as_of)?;
        let before = market.assign_with(request, &wishes, watch)?.proof(&market);
        let open = Request {
            when: request.when,
            sure: request.sure,
            detail: Detail::Brief,
            ..Request::default()
        };
        let mut lines = Vec::new();
        for demand in Demand::ALL {
            let mut changed = vacancies.to_vec();
            let asked = changed.iter_mut().filter_map(|one| demand.leave_out(one).then_some(()));
            let asked = asked.count();
            if asked == 0 {
                continue;
            }
            let other = self.market(candidates, &changed, as_of)?;
            let plan = other.assign_with(request, &wishes, watch)?;
            let after = plan.proof(&other);
            let mut at: BTreeMap<String, u64> = BTreeMap::new();
            for (candidate, vacancy) in plan.numbers() {
                if !market.is_listed(candidate, vacancy, &open)
                    && let Some(vacancy) = market.vacancy(vacancy)
                {
                    *at.entry(vacancy.id().to_string()).or_default() += 1;
                }
            }
            let at = at.into_iter().map(|(vacancy, people)| DemandAt { vacancy, people });
            let mut at: Vec<DemandAt> = at.collect();
            at.sort_by_key(|one| Reverse(one.people));
            let signed = |after: u64, before: u64| {
                i64::try_from(i128::from(after) - i128::from(before)).unwrap_or_default()
            };
            let more = signed(after.placed, before.placed);
            lines.push(DemandLine {
                demand,
                vacancies: u64::try_from(asked).unwrap_or(u64::MAX),
                more,
                score: signed(after.score, before.score),
                at,
                text: text(demand, more),
            });
        }
        lines.sort_by_key(|line| (Reverse(line.more), Reverse(line.score), line.demand));
        Ok(lines)
    }
}

fn text(demand: Demand, more: i64) -> Text {
    let name = match demand {
        Demand::Language => Say("demand_language"),
        Demand::Education => Say("demand_education"),
        Demand::Certificates => Say("demand_certificates"),
        Demand::Licences => Say("demand_licences"),
        Demand::WorkingTimes => Say("demand_working_times"),
        Demand::NoTwv => Say("demand_no_twv"),
    };
    let args = Args::default().text("name", name.plain()).value("number", more);
    match more {
        1 => Say("demand_price_one").with(&args),
        _ => Say("demand_price").with(&args),
    }
}
