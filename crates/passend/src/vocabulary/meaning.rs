// SPDX-License-Identifier: EUPL-1.2
//! What the words of a record are read as when matching, as others see it.

use serde::Serialize;

use super::{OccupationIndex, Reading, Vocabulary};
use crate::model::Concept;
use crate::text::Text;

/// A concept as which words of a record are read when matching.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meaning {
    /// Id of the occupation or skill; `isco/C` and the code for a group.
    pub id: String,
    /// Its name in Dutch and English.
    pub label: Text,
    /// Share of this meaning in percent; those of one title sum to 100.
    pub share: u8,
}

impl Vocabulary {
    /// What an occupation or title of a record is read as when matching: at most three meanings, best first. Without any
    /// it is not understood: it counts for nothing, and is asked.
    ///
    /// ```
    /// # use passend::{Concept, Vocabulary};
    /// let vocabulary = Vocabulary::starter();
    /// let ids = |title: &str| -> Vec<String> {
    ///     let meanings = vocabulary.occupation_meanings(&Concept::labelled(title));
    ///     meanings.into_iter().map(|one| format!("{} {}", one.id, one.share)).collect()
    /// };
    /// assert_eq!(ids("kokkin"), ["occupation/5120-cook 100"]);
    /// assert_eq!(ids("monteur").len(), 3);
    /// assert!(ids("planner verpleegkundige").is_empty());
    /// ```
    pub fn occupation_meanings(&self, concept: &Concept) -> Vec<Meaning> {
        let readings = self.readings(concept);
        readings.into_iter().map(|reading| self.meaning(reading)).collect()
    }

    /// What a title may mean that is not understood: at most two, best first; without shares.
    pub fn occupations_perhaps(&self, title: &str) -> Vec<Meaning> {
        let near = self.occupations_like(title).into_iter().flatten();
        near.filter_map(|index: OccupationIndex| Some(self.meaning(self.reading_at(index)?)))
            .collect()
    }

    /// What a skill of a record is read as when matching; nothing if it is compared by its words alone.
    pub fn skill_meaning(&self, code: Option<&str>, label: Option<&str>) -> Option<Meaning> {
        let skill = self.skill(self.resolve_skill(code, label)?)?;
        Some(Meaning { id: skill.id().to_owned(), label: skill.label(), share: 100 })
    }

    fn meaning(&self, reading: Reading) -> Meaning {
        let occupation = reading.occupation.and_then(|index| self.occupation(index));
        let id =
            occupation.map_or_else(|| super::group_id(reading.group), |one| one.id().to_owned());
        Meaning { id, label: self.reading_label(reading), share: reading.share }
    }
}
