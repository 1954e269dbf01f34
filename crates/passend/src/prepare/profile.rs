// SPDX-License-Identifier: EUPL-1.2
//! Skills, occupations held and wishes: what only criteria look at.

use super::candidate::Told;
use super::{Bytes, Packed, Place, Preparer, SkillKey, SkillNamed, Texts};
use crate::model::{Candidate, Experience, HoursPerWeek, Skill};
use crate::policy::Sector;
use crate::vocabulary::{OccupationIndex, Reading, SkillIndex};

/// Credit for the essential and optional skills of an occupation held: not everyone has used all of them.
const CREDIT_OF_ESSENTIAL: u8 = 70;
const CREDIT_OF_OPTIONAL: u8 = 35;
/// Strength of experience of unknown or no length; each month adds one, up to 60 months.
const LEAST_STRENGTH: u8 = 40;
const MONTHS_THAT_COUNT: u16 = 60;

/// What criteria see of a person, beside languages, education and place.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// The skills were stated; otherwise credits come from occupations alone.
    pub(crate) skills_stated: bool,
    pub(crate) credits: Credits,
    pub(crate) held: Option<Box<[Held]>>,
    /// Some experience is in work that the vocabulary does not know.
    pub(crate) held_unlinked: bool,
    pub(crate) wishes: Option<WishFacts>,
}

/// Credit for one skill, with the evidence that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Credit {
    pub(crate) skill: SkillKey,
    pub(crate) credit: u8,
    pub(crate) evidence: Evidence,
}

/// The credit for each skill that a person has some for. Skills stand apart, so that looking for one stays in the cache.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Credits {
    /// Sorted.
    skills: Box<[SkillKey]>,
    /// The credit of each, then the evidence of each, in the form of [`Packed`].
    worths: Box<[u8]>,
}

impl Credits {
    /// The best credit for each skill, by its evidence where two are equal.
    pub(crate) fn new(mut credits: Vec<Credit>) -> Self {
        credits.sort_by_key(|one| (one.skill, std::cmp::Reverse(one.credit), one.evidence));
        credits.dedup_by_key(|one| one.skill);
        let mut worths: Vec<u8> = credits.iter().map(|one| one.credit).collect();
        credits.iter().for_each(|one| one.evidence.put(&mut worths));
        Self { skills: credits.iter().map(|one| one.skill).collect(), worths: worths.into() }
    }

    /// The credit for a skill; 0 if there is none.
    pub(crate) fn of(&self, skill: SkillKey) -> u8 {
        let at = self.skills.binary_search(&skill).ok();
        at.and_then(|at| self.worths.get(at)).copied().unwrap_or_default()
    }

    /// The credit for a skill, with its evidence.
    pub(crate) fn get(&self, skill: SkillKey) -> Option<Credit> {
        self.iter().nth(self.skills.binary_search(&skill).ok()?)
    }

    /// All of them, by skill.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Credit> {
        let (credits, evidence) =
            self.worths.split_at_checked(self.skills.len()).unwrap_or_default();
        let mut evidence = Bytes(evidence);
        self.skills.iter().zip(credits).map_while(move |(skill, credit)| {
            let evidence = Evidence::take(&mut evidence)?;
            Some(Credit { skill: *skill, credit: *credit, evidence })
        })
    }
}

/// Why a skill is credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Evidence {
    Stated,
    Related(SkillIndex),
    Occupation(OccupationIndex),
}

/// Experience in one reading of an occupation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    /// The share is relative: 100 for the best reading of the title.
    pub(crate) reading: Reading,
    pub(crate) strength: u8,
    pub(crate) months: u16,
    /// The length of every job is known.
    pub(crate) sure: bool,
}

/// What a person asks for.
#[derive(Debug, Clone)]
pub(crate) struct WishFacts {
    pub(crate) occupations: Box<[Reading]>,
    pub(crate) occupations_stated: bool,
    /// Some wish is work that the vocabulary does not know.
    pub(crate) occupations_unlinked: bool,
    pub(crate) sectors: Option<Box<[Sector]>>,
    /// Some sector asked for is no SBI code.
    pub(crate) sectors_unread: bool,
    pub(crate) hours: Option<HoursPerWeek>,
}

impl<T: Texts> Preparer<'_, T> {
    pub(super) fn profile(&mut self, record: &Candidate, told: &mut Told) -> Profile {
        let (held, held_unlinked) =
            record.experience.as_ref().map(|list| self.held(list, told)).unzip();
        let wishes = self.wishes(record, told);
        let credits = self.credits(
            record.skills.as_deref().unwrap_or_default(),
            held.as_deref().unwrap_or_default(),
            told,
        );
        Profile {
            skills_stated: record.skills.is_some(),
            credits,
            held,
            held_unlinked: held_unlinked.unwrap_or(false),
            wishes,
        }
    }

    /// One entry for each occupation, with the months of all its jobs together; and whether some job is not linked.
    fn held(&mut self, experience: &[Experience], told: &mut Told) -> (Box<[Held]>, bool) {
        let (mut held, mut unlinked): (Vec<Held>, bool) = (Vec::new(), false);
        for job in experience {
            let (occupation, title) = (job.occupation.as_slice(), job.title.as_deref());
            let places = [Place::Experience; 2];
            let readings = self.job(occupation, title, places, &mut told.said);
            let label = occupation.first().and_then(|concept| concept.label.as_deref());
            if let Some(title) = title.or(label).filter(|_| readings.is_empty()) {
                told.unsure.push(self.unsure(Place::Experience, title));
            }
            unlinked |= readings.is_empty();
            let best = readings.iter().map(|reading| reading.share).max().unwrap_or(100).max(1);
            let months = self.months(job);
            for reading in readings {
                let share =
                    u8::try_from(u32::from(reading.share) * 100 / u32::from(best)).unwrap_or(100);
                let same = |one: &&mut Held| {
                    (one.reading.occupation, one.reading.group)
                        == (reading.occupation, reading.group)
                };
                match held.iter_mut().find(same) {
                    Some(known) => {
                        known.reading.share = known.reading.share.max(share);
                        known.sure &= months.is_some();
                        known.months = known.months.saturating_add(months.unwrap_or_default());
                    }
                    None => held.push(Held {
                        reading: Reading { share, ..reading },
                        strength: 0,
                        months: months.unwrap_or_default(),
                        sure: months.is_some(),
                    }),
                }
            }
        }
        for one in &mut held {
            let months = one.months.min(MONTHS_THAT_COUNT);
            one.strength = LEAST_STRENGTH + u8::try_from(months).unwrap_or_default();
        }
        held.sort_by_key(|one| {
            (one.reading.occupation.is_none(), one.reading.occupation, one.reading.group)
        });
        (held.into_boxed_slice(), unlinked)
    }

    /// Months of a job: as stated, else whole months of 30 days from its dates; until `as_of` while it goes on.
    fn months(&self, job: &Experience) -> Option<u16> {
        job.months.or_else(|| {
            let to = job.to.unwrap_or(self.as_of).min(self.as_of);
            let days = to.days_since_1970() - job.from?.days_since_1970();
            u16::try_from(days.max(0) / 30).ok()
        })
    }

    /// The best single evidence for each skill, sorted by skill.
    fn credits(&mut self, stated: &[Skill], held: &[Held], told: &mut Told) -> Credits {
        let mut credits = Vec::new();
        for skill in stated {
            let (code, label) = (skill.code.as_deref(), skill.label.as_deref());
            let (key, said) = self.skill(Place::Skill, code, label);
            told.said.push(said);
            credits.push(Credit { skill: key, credit: 100, evidence: Evidence::Stated });
            if let SkillNamed::Known(index) = key.named() {
                let granted = self.vocabulary.skill_grants(index).iter();
                let related = |(other, credit): &(SkillIndex, u8)| Credit {
                    skill: SkillKey::known(*other),
                    credit: *credit,
                    evidence: Evidence::Related(index),
                };
                credits.extend(granted.map(related));
            }
        }
        for one in held {
            let Some((index, occupation)) =
                one.reading.occupation.and_then(|at| Some((at, self.vocabulary.occupation(at)?)))
            else {
                continue;
            };
            let share = |credit: u8| {
                u8::try_from(u32::from(credit) * u32::from(one.reading.share) / 100)
                    .unwrap_or_default()
            };
            let mut add = |skills: &[SkillIndex], credit: u8| {
                let inferred = |skill: &SkillIndex| Credit {
                    skill: SkillKey::known(*skill),
                    credit: share(credit),
                    evidence: Evidence::Occupation(index),
                };
                credits.extend(skills.iter().map(inferred));
            };
            add(occupation.essential(), CREDIT_OF_ESSENTIAL);
            add(occupation.optional(), CREDIT_OF_OPTIONAL);
        }
        Credits::new(credits)
    }

    fn wishes(&mut self, record: &Candidate, told: &mut Told) -> Option<WishFacts> {
        let wishes = record.wishes.as_ref();
        let wished = wishes.and_then(|wishes| wishes.occupations.as_ref());
        // An empty list asks for nothing, like one that is left out.
        let wished = wished.into_iter().flatten().map(|concept| (Place::Wish, concept));
        let targets = record.targets.iter().flatten().map(|concept| (Place::Target, concept));
        let concepts: Vec<_> = wished.chain(targets).collect();
        let readings: Vec<_> = concepts.iter().map(|(_, concept)| self.readings(concept)).collect();
        for ((place, concept), readings) in concepts.iter().zip(&readings) {
            told.said.push(self.said(*place, concept));
            let label = concept.label.as_deref().filter(|_| readings.is_empty());
            told.unsure.extend(label.map(|label| self.unsure(*place, label)));
        }
        let sectors =
            wishes.and_then(|wishes| wishes.sectors.as_ref()).filter(|list| !list.is_empty());
        let hours = wishes.and_then(|wishes| wishes.hours);
        (!concepts.is_empty() || sectors.is_some() || hours.is_some()).then(|| WishFacts {
            occupations_stated: !concepts.is_empty(),
            occupations_unlinked: readings.iter().any(Vec::is_empty),
            occupations: readings.into_iter().flatten().collect(),
            sectors: sectors.map(|list| list.iter().filter_map(|one| Sector::new(one)).collect()),
            sectors_unread: sectors.into_iter().flatten().any(|one| Sector::new(one).is_none()),
            hours,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_keeps_its_evidence() {
        let evidence = [
            Evidence::Stated,
            Evidence::Related(SkillIndex(0)),
            Evidence::Occupation(OccupationIndex(0x3fff_ffff)),
            Evidence::Related(SkillIndex(0x3fff_ffff)),
        ];
        let credit = |(number, evidence)| Credit {
            skill: SkillKey::known(SkillIndex(number)),
            credit: 40 + u8::try_from(number).unwrap(),
            evidence,
        };
        let all: Vec<Credit> = (0..).zip(evidence).map(credit).collect();
        let mut any_order = all.clone();
        any_order.reverse();
        let credits = Credits::new(any_order);
        assert_eq!(credits.iter().collect::<Vec<_>>(), all);
        for one in all {
            assert_eq!((credits.get(one.skill), credits.of(one.skill)), (Some(one), one.credit));
        }
        let other = SkillKey::known(SkillIndex(9));
        assert_eq!((credits.get(other), credits.of(other)), (None, 0));
    }
}
