// SPDX-License-Identifier: EUPL-1.2
//! Which regulated professions a vacancy or a paper means.

use std::sync::Arc;

use super::{Preparer, Texts, Word};
use crate::model::Requirements;
use crate::policy::{Policy, Profession, ProfessionIndex};
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

/// What the vocabulary knows of a profession of the policy.
#[derive(Debug, Clone)]
pub(super) struct KnownProfession {
    /// The ISCO group of its occupations.
    group: Option<Group>,
    /// Its occupations. Rows name those of the starter vocabulary: where another one has none of them, the group is all that
    /// can be known.
    occupations: Vec<OccupationIndex>,
}

impl KnownProfession {
    fn all(policy: &Policy, vocabulary: &Vocabulary) -> Arc<[Self]> {
        let known = policy.professions().map(|(_, row)| {
            let group = row.isco08.as_deref().and_then(Group::parse);
            let occupations = row.occupations.iter();
            Self {
                group: group.filter(|_| !row.occupations.is_empty()),
                occupations: occupations.filter_map(|id| vocabulary.occupation_index(id)).collect(),
            }
        });
        known.collect()
    }

    /// Whether a reading is an occupation that was reviewed to be this profession.
    fn is(&self, reading: &Reading) -> bool {
        reading.occupation.is_some_and(|index| self.occupations.contains(&index))
    }

    /// Law acts only if all readings agree; an ISCO group alone, or a title that is not sure, asks.
    fn reason(&self, work: &Work<'_>) -> Option<ProfessionReason> {
        let agree = work.readings.iter().filter(|reading| self.is(reading)).count();
        if agree > 0 {
            let all = agree == work.readings.len() && !work.unlinked;
            return Some(if all {
                ProfessionReason::Asked
            } else {
                ProfessionReason::WhichOccupation
            });
        }
        let only_group = |reading: &Reading| {
            let shares = |own: Group| own.is_within(reading.group) || reading.group.is_within(own);
            (reading.occupation.is_none() || self.occupations.is_empty())
                && self.group.is_some_and(shares)
        };
        if work.readings.iter().any(only_group) {
            return Some(ProfessionReason::OnlyGroup);
        }
        let perhaps = work.perhaps.iter().any(|index| self.occupations.contains(index));
        perhaps.then_some(ProfessionReason::WhichOccupation)
    }
}

impl<T: Texts> Preparer<'_, T> {
    /// What the vocabulary knows of the professions, looked up once, in the order of the policy.
    fn known_professions(&self) -> Arc<[KnownProfession]> {
        let all = || KnownProfession::all(self.policy, self.vocabulary);
        Arc::clone(self.professions.get_or_init(all))
    }

    /// The stated registration, and every profession of law that the work is or may be.
    pub(super) fn profession_demands(
        &mut self,
        require: &Requirements,
        work: &Work<'_>,
    ) -> Box<[ProfessionDemand]> {
        let (policy, as_of) = (self.policy, self.as_of);
        let known = self.known_professions();
        let known = || policy.professions().zip(known.iter());
        let mut demands: Vec<ProfessionDemand> = Vec::new();
        if let Some(stated) = &require.registration {
            let register = self.register(&stated.register);
            let named = stated
                .profession
                .as_deref()
                .and_then(|name| self.profession_called(Some(&stated.register), name));
            let profession = named.or_else(|| {
                let own = |row: &Profession| {
                    row.register
                        .as_deref()
                        .is_some_and(|own| register_key(own) == register_key(&stated.register))
                };
                known()
                    .find(|((_, row), known)| {
                        own(row) && work.readings.iter().any(|reading| known.is(reading))
                    })
                    .map(|((index, _), _)| index)
            });
            demands.push(ProfessionDemand {
                profession,
                register: Some(register),
                reason: ProfessionReason::Asked,
            });
        }
        for ((index, row), known) in
            known().filter(|((_, row), _)| row.kind.is_law() && row.holds_on(as_of))
        {
            let Some(reason) = known.reason(work) else { continue };
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
        let policy = self.policy;
        let known = self.known_professions();
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
        let read = |known: &KnownProfession| readings.iter().any(|reading| known.is(reading));
        policy
            .professions()
            .zip(known.iter())
            .find(|((_, row), known)| within(row) && (named(row) || read(known)))
            .map(|((index, _), _)| index)
    }
}

/// `BIG`, `BIG-register` and `big register` are one register.
fn register_key(name: &str) -> String {
    let folded = fold(name);
    folded.split(' ').filter(|word| *word != "register").collect::<Vec<_>>().join(" ")
}
