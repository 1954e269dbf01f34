// SPDX-License-Identifier: EUPL-1.2
//! What the skills criterion looks at, for comparing it with other tools.

use std::collections::BTreeMap;

use super::Market;
use crate::prepare::SkillKey;

/// Skills of people and vacancies as sparse rows of whole numbers: everything that the skills criterion looks at.
///
/// S of [scoring] is Σ weight × credit over the numbers that a person and a vacancy have in common.
///
/// [scoring]: https://github.com/passend/passend/blob/main/docs/scoring.md
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SkillRows {
    /// How many different skills there are; they are numbered from 0.
    pub skills: u32,
    /// For each person, in the order of the market, skills with the credit for each, 1 to 100.
    pub candidates: Vec<Vec<(u32, u8)>>,
    /// For each vacancy, in the order of the market, skills with the weight of each; the weights sum to 200, or there are none.
    pub vacancies: Vec<Vec<(u32, u8)>>,
}

impl Market {
    /// Skills of people and vacancies as sparse rows, with numbers of their own: for measuring the skills criterion beside
    /// tools that multiply sparse matrices, and for checking it with them.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Vacancy};
    /// let person: Candidate = serde_json::from_str(r#"{"id":"c1","skills":[{"label":"koken"}]}"#)?;
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","require":{"skills":[{"label":"koken"}]}}"#)?;
    /// let market = Engine::default().market(&[person], &[vacancy], "2026-11-25".parse()?)?;
    /// let rows = market.skill_rows();
    /// let [(skill, weight)] = rows.vacancies[0][..] else { panic!() };
    /// assert_eq!(weight, 200);
    /// assert!(rows.candidates[0].contains(&(skill, 100)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn skill_rows(&self) -> SkillRows {
        let mut numbers: BTreeMap<SkillKey, u32> = BTreeMap::new();
        let mut rows = SkillRows::default();
        let mut number = |skill: SkillKey| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(skill).or_insert(next)
        };
        let vacancies = self.prepared.vacancies.iter();
        rows.vacancies = vacancies
            .map(|one| {
                one.skills().iter().map(|asked| (number(asked.skill), asked.weight)).collect()
            })
            .collect();
        let candidates = self.prepared.candidates.iter();
        rows.candidates = candidates
            .map(|one| {
                let credits = one.profile.credits.iter().filter(|credit| credit.credit > 0);
                credits.map(|credit| (number(credit.skill), credit.credit)).collect()
            })
            .collect();
        rows.skills = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        rows
    }
}
