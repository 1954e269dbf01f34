// SPDX-License-Identifier: EUPL-1.2
//! Which regulated professions a vacancy or a paper means.

use super::{Preparer, Texts, Word};
use crate::model::Requirements;
use crate::policy::{Profession, ProfessionIndex};
use crate::text::fold;
use crate::vocabulary::{Group, OccupationIndex, Reading, Vocabulary};

/// A regulated profession that a vacancy asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ProfessionDemand {
    pub(crate) profession: Option<ProfessionIndex>,
    pub(crate) register: Option<Word>,
    pub(crate) reason: ProfessionReason,
}

/// Why a profession is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ProfessionReason {
    /// The vacancy states the registration, or every reading is this reviewed occupation.
    Asked,
    /// Only some readings of the title are this occupation, or the title may be.
    WhichOccupation,
    /// Only the ISCO code is known.
    OnlyGroup,
}

/// What names the work of a vacancy.
pub(super) struct Work<'a> {
    pub(super) readings: &'a [Reading],
    /// Some of it could not be linked.
    pub(super) unlinked: bool,
    /// What it may be where nothing is sure.
    pub(super) perhaps: &'a [OccupationIndex],
}

impl<T: Texts> Preparer<'_, T> {
    /// The stated registration, and every profession of law that the work is or may be.
    pub(super) fn profession_demands(
        &mut self,
        require: &Requirements,
        work: &Work<'_>,
    ) -> Box<[ProfessionDemand]> {
        let (policy, vocabulary, as_of) = (self.policy, self.vocabulary, self.as_of);
        let mut demands: Vec<ProfessionDemand> = Vec::new();
        if let Some(stated) = &require.registration {
            let register = self.register(&stated.register);
            let named = stated
                .profession
                .as_deref()
                .and_then(|name| self.profession_called(Some(&stated.register), name));
            let profession = named.or_else(|| {
                let mut rows = policy.professions().filter(|(_, row)| row.register.is_some());
                let own = |row: &Profession| {
                    row.register
                        .as_deref()
                        .is_some_and(|own| register_key(own) == register_key(&stated.register))
                };
                rows.find(|(_, row)| {
                    own(row) && work.readings.iter().any(|reading| is(vocabulary, row, reading))
                })
                .map(|(index, _)| index)
            });
            demands.push(ProfessionDemand {
                profession,
                register: Some(register),
                reason: ProfessionReason::Asked,
            });
        }
        for (index, row) in
            policy.professions().filter(|(_, row)| row.kind.is_law() && row.holds_on(as_of))
        {
            let Some(reason) = reason(vocabulary, row, work) else { continue };
            // A stated registration already says which profession is meant.
            let stated = require.registration.is_some() && reason != ProfessionReason::Asked;
            if stated || demands.iter().any(|known| known.profession == Some(index)) {
                continue;
            }
            let register = row.register.as_deref().map(|name| self.register(name));
            demands.push(ProfessionDemand { profession: Some(index), register, reason });
        }
        demands.into_boxed_slice()
    }

    /// A register by its name.
    pub(super) fn register(&mut self, name: &str) -> Word {
        self.words.intern(&register_key(name))
    }

    /// The regulated profession that a text names: by its own names, within the register if one is given, else as an
    /// occupation of the vocabulary.
    pub(super) fn profession_called(
        &mut self,
        register: Option<&str>,
        name: &str,
    ) -> Option<ProfessionIndex> {
        let (policy, vocabulary) = (self.policy, self.vocabulary);
        let register = register.map(register_key);
        let within = |row: &Profession| {
            row.kind.is_law()
                && (register.is_none() || register == row.register.as_deref().map(register_key))
        };
        let folded = fold(name);
        let readings = self.title(name);
        let named = |row: &Profession| {
            [&row.code, &row.nl, &row.en].into_iter().any(|own| fold(own) == folded)
        };
        let read = |row: &Profession| readings.iter().any(|reading| is(vocabulary, row, reading));
        policy
            .professions()
            .find(|(_, row)| within(row) && (named(row) || read(row)))
            .map(|(index, _)| index)
    }
}

/// `BIG`, `BIG-register` and `big register` are one register.
fn register_key(name: &str) -> String {
    let folded = fold(name);
    folded.split(' ').filter(|word| *word != "register").collect::<Vec<_>>().join(" ")
}

/// Whether a reading is an occupation that was reviewed to be this profession.
fn is(vocabulary: &Vocabulary, row: &Profession, reading: &Reading) -> bool {
    reading.occupation.is_some_and(|index| is_occupation(vocabulary, row, index))
}

fn is_occupation(vocabulary: &Vocabulary, row: &Profession, index: OccupationIndex) -> bool {
    vocabulary
        .occupation(index)
        .is_some_and(|occupation| row.occupations.iter().any(|id| id == occupation.id()))
}

/// Law acts only if all readings agree; an ISCO group alone, or a title that is not sure, asks.
fn reason(vocabulary: &Vocabulary, row: &Profession, work: &Work<'_>) -> Option<ProfessionReason> {
    let own = row.isco08.as_deref().and_then(Group::parse).filter(|_| !row.occupations.is_empty());
    // Rows name occupations of the starter vocabulary; in another one their group is all that can be known.
    let is_foreign = row.occupations.iter().all(|id| vocabulary.occupation_by_id(id).is_none());
    let only_group = |reading: &Reading| {
        let shares = |own: Group| own.is_within(reading.group) || reading.group.is_within(own);
        (reading.occupation.is_none() || is_foreign) && own.is_some_and(shares)
    };
    let agree = work.readings.iter().filter(|reading| is(vocabulary, row, reading)).count();
    if agree > 0 {
        let all = agree == work.readings.len() && !work.unlinked;
        return Some(if all { ProfessionReason::Asked } else { ProfessionReason::WhichOccupation });
    }
    if work.readings.iter().any(only_group) {
        return Some(ProfessionReason::OnlyGroup);
    }
    let perhaps = work.perhaps.iter().any(|index| is_occupation(vocabulary, row, *index));
    perhaps.then_some(ProfessionReason::WhichOccupation)
}
