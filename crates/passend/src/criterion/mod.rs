// SPDX-License-Identifier: EUPL-1.2
//! The six criteria: each a fit of one person's facts against one demand, in whole numbers, knowing no weight.

mod education;
mod language;
mod occupation;
mod skills;
mod travel;
mod wishes;

pub(crate) use education::education;
pub(crate) use language::language;
pub(crate) use occupation::{best_experience, mean_by_share, worth};
pub(crate) use travel::travel;
#[cfg(test)]
pub(crate) use wishes::mean_of;
pub(crate) use wishes::{hours_met, kinds_of, sectors_met};

use crate::policy::Policy;
use crate::prepare::{CandidateFacts, VacancyFacts};
use crate::score::Fit;
use crate::vocabulary::Vocabulary;

/// The fits of a pair, in the order of the criteria.
pub(crate) fn fits(
    policy: &Policy,
    vocabulary: &Vocabulary,
    candidate: &CandidateFacts,
    vacancy: &VacancyFacts,
) -> [Fit; 6] {
    let CandidateFacts { profile, learned, .. } = candidate;
    let home = candidate.practical.area;
    [
        skills::skills(profile, vacancy.skills().iter()),
        occupation::occupation(
            vocabulary,
            profile.held.as_deref(),
            profile.held_unlinked,
            vacancy.readings(),
        ),
        education(learned.education.as_deref(), vacancy.required.education),
        language(learned.languages.as_deref(), &vacancy.required.languages),
        travel(home, vacancy.area, vacancy.remote, policy.detour_percent()),
        wishes::wishes(
            vocabulary,
            profile.wishes.as_ref(),
            vacancy.readings(),
            vacancy.work.sector.as_ref(),
            vacancy.hours,
        ),
    ]
}
