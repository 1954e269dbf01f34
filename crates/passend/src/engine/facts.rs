// SPDX-License-Identifier: EUPL-1.2
//! What is known of each person on a day, with codes resolved: to search people by what they have.
//!
//! Whether work is allowed is what the gates say of work that asks nothing.

use rayon::prelude::*;
use serde::de::value::MapDeserializer;
use serde::{Deserialize, Serialize};

use super::{Engine, Market, MarketError};
use crate::gate::{Finding, FindingKind, Gate, ReadinessClass, judge};
use crate::model::{
    Candidate, Cefr, Day, EducationLevel, EvaluationOutcome, Hundredths, ResidenceStatus, Vacancy,
};
use crate::prepare::{
    CandidateFacts, EducationFact, Evidence, LanguageCode, SkillNamed, VacancyFacts,
};
use crate::text::Text;
use crate::vocabulary::OccupationConcept;

/// What is known of one person on a day. What is not known is `None`; a list that is empty is known to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonFacts {
    /// Id of the candidate.
    pub candidate: String,
    /// Occupations held, as the vocabulary reads them.
    pub occupations: Option<Vec<HeldOccupation>>,
    /// Skills stated that the vocabulary knows.
    pub skills: Option<Vec<KnownSkill>>,
    /// Diplomas and courses, also those that nobody evaluated.
    pub diplomas: Option<Vec<KnownDiploma>>,
    /// The highest level among them, at least.
    pub education_level: Option<EducationLevel>,
    /// Languages, with the level at least of each skill.
    pub languages: Option<Vec<KnownLanguage>>,
    /// Dutch: the level at least, by the lowest of the four skills.
    pub dutch: Option<Cefr>,
    /// The day by which each level of Dutch is reached at the usual pace of lessons; the day itself for a level that is
    /// reached.
    pub dutch_by: Option<LevelDays>,
    /// Residence status.
    pub status: Option<ResidenceStatus>,
    /// Whether paid work is allowed: `open`, `opens_on`, `needs`, `unknown`, `closed`.
    pub work: FindingKind,
    /// The day by which it is allowed at usual lead times; `None` when closed.
    pub work_from: Option<Day>,
    /// The last day on which that holds, where it ends.
    pub work_until: Option<Day>,
    /// The rule that says so.
    pub work_rule: Option<String>,
    /// The same in words.
    pub work_text: Text,
    /// The last day of the residence document.
    pub document_until: Option<Day>,
    /// Days from the day asked to that day; below 0 once it is over.
    pub document_days_left: Option<i32>,
    /// The day on which the person turns 18, if that is still to come.
    pub turns_18_on: Option<Day>,
    /// Whether there is a citizen service number.
    pub bsn_available: Option<bool>,
    /// The municipality, where it is stated and known.
    pub municipality: Option<KnownPlace>,
    /// Where the person lives, east of the origin of the national grid, in metres.
    pub x: Option<i32>,
    /// The same north of the origin.
    pub y: Option<i32>,
    /// Hours a week, at least.
    pub hours_min: Option<Hundredths>,
    /// Hours a week, at most.
    pub hours_max: Option<Hundredths>,
    /// Driving licences that are or may be usable in the Netherlands and are in force on the day, with those that they cover.
    pub licences: Option<Vec<String>>,
    /// Certificates in force on the day, by code where the policy knows them, else by name.
    pub certificates: Option<Vec<String>>,
    /// The first day on which the person is available.
    pub available_from: Option<Day>,
    /// The last one.
    pub available_until: Option<Day>,
}

/// An occupation that a person held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeldOccupation {
    /// Id in the vocabulary; `None` where only the group is known.
    pub id: Option<String>,
    /// Its name.
    pub label: Option<Text>,
    /// ISCO-08 group.
    pub isco08: Option<String>,
    /// Months of all such jobs together, as far as they are known.
    pub months: u16,
    /// How sure the reading of the title is, against its best reading: 100 is the best.
    pub share: u8,
}

/// A skill that a person stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KnownSkill {
    /// Id in the vocabulary.
    pub id: String,
    /// Its name.
    pub label: Text,
}

/// A diploma or course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KnownDiploma {
    /// The Dutch level, at least.
    pub level: Option<EducationLevel>,
    /// How it was evaluated.
    pub evaluation: EvaluationOutcome,
}

/// A language that a person speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KnownLanguage {
    /// ISO 639 code.
    pub code: String,
    /// Listening, at least.
    pub listening: Option<Cefr>,
    /// Reading, at least.
    pub reading: Option<Cefr>,
    /// Speaking, at least.
    pub speaking: Option<Cefr>,
    /// Writing, at least.
    pub writing: Option<Cefr>,
}

/// The day by which each level is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the levels are named as in the framework")]
pub struct LevelDays {
    pub a1: Day,
    pub a2: Day,
    pub b1: Day,
    pub b2: Day,
    pub c1: Day,
    pub c2: Day,
}

/// A municipality, with the areas that it lies in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KnownPlace {
    /// Code: `GM0014`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Labour-market region.
    pub region: String,
    /// Province.
    pub province: String,
}

impl Engine {
    /// What is known of each person on a day, in order of the records.
    ///
    /// ```
    /// # use passend::{Candidate, Cefr, Engine, FindingKind};
    /// let nurse: Candidate = serde_json::from_str(
    ///     r#"{"id":"c1","residence":{"status":"free"},"location":{"municipality":"Groningen"},
    ///         "languages":[{"code":"nl","level":"A2"}],"experience":[{"title":"verpleegkundige","months":48}]}"#,
    /// )?;
    /// let facts = Engine::default().facts(&[nurse], "2026-11-25".parse()?)?;
    /// assert_eq!((facts[0].work, facts[0].dutch), (FindingKind::Open, Some(Cefr::A2)));
    /// assert_eq!(facts[0].municipality.as_ref().unwrap().province, "Groningen");
    /// assert_eq!(facts[0].occupations.as_ref().unwrap()[0].isco08.as_deref(), Some("2221"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Two people have one id.
    pub fn facts(
        &self,
        candidates: &[Candidate],
        as_of: Day,
    ) -> Result<Vec<PersonFacts>, MarketError> {
        let market = self.market(candidates, anything().as_slice(), as_of)?;
        let (people, work) = market.sides();
        let Some(anything) = work.first() else { return Ok(Vec::new()) };
        let rows = people.par_iter().zip(candidates);
        Ok(rows.map(|(person, record)| market.facts_of(person, record, anything)).collect())
    }
}

/// Work that asks nothing.
fn anything() -> Option<Vacancy> {
    let only_id = MapDeserializer::<_, serde::de::value::Error>::new([("id", "")].into_iter());
    Vacancy::deserialize(only_id).ok()
}

impl Market {
    fn facts_of(
        &self,
        person: &CandidateFacts,
        record: &Candidate,
        anything: &VacancyFacts,
    ) -> PersonFacts {
        let CandidateFacts { legal, qualifications, practical, learned, .. } = person;
        let mut allowed: Option<Finding> = None;
        judge(self.on_day(), person, anything, |finding| {
            if finding.gate == Gate::WorkAuthorisation {
                allowed = Some(*finding);
            }
        });
        let told = allowed.as_ref().map(|finding| self.teller().finding(finding));
        let in_force = |until: Option<Day>| until.is_none_or(|until| until >= self.as_of);
        let languages = learned.languages.as_deref();
        let dutch = languages.map(|known| {
            let dutch = known.iter().find(|fact| fact.code == LanguageCode::new("nl"));
            // A language that is not in a known list is not spoken.
            dutch.map_or(Some(Cefr::A0), |fact| {
                let ranks = fact.ranks.iter().map(|ranks| ranks.map(|(low, _)| low));
                ranks.min().flatten().map(Cefr::from_rank)
            })
        });
        let dutch = dutch.flatten();
        let education = learned.education.as_deref();
        let area = practical.area;
        PersonFacts {
            candidate: person.id().to_string(),
            occupations: self.occupations_of(person),
            skills: self.skills_of(person),
            diplomas: education.map(|all| all.iter().map(|one| self.diploma_of(one)).collect()),
            education_level: education.and_then(|all| {
                let best = all.iter().filter_map(|one| one.ranks).map(|(low, _)| low).max()?;
                self.policy.level_of_rank(best)
            }),
            languages: languages.map(|all| {
                let level = |ranks: Option<(u8, u8)>| ranks.map(|(low, _)| Cefr::from_rank(low));
                all.iter()
                    .map(|one| {
                        let [listening, reading, speaking, writing] = one.ranks.map(level);
                        let code = one.code.as_str().to_owned();
                        KnownLanguage { code, listening, reading, speaking, writing }
                    })
                    .collect()
            }),
            dutch,
            dutch_by: dutch.map(|from| self.level_days(from)),
            status: legal.status,
            work: told.as_ref().map_or(FindingKind::Open, |told| told.finding),
            work_from: allowed
                .filter(|one| one.class() != ReadinessClass::Closed)
                .map(|one| one.day),
            work_until: allowed.and_then(|one| one.until),
            work_rule: told.as_ref().and_then(|told| told.rule.clone()),
            work_text: told.map(|told| told.text.clone()).unwrap_or_default(),
            document_until: legal.document_until,
            document_days_left: legal
                .document_until
                .map(|until| until.days_since_1970() - self.as_of.days_since_1970()),
            turns_18_on: legal.turns_18_on.filter(|day| *day > self.as_of),
            bsn_available: legal.bsn,
            municipality: record.location.as_ref().and_then(|location| {
                let known = self.policy.places().municipality(location.municipality.as_deref()?)?;
                Some(KnownPlace {
                    code: known.code.clone(),
                    name: known.name.clone(),
                    region: known.region.1.clone(),
                    province: known.province.clone(),
                })
            }),
            x: area.map(|area| area.x),
            y: area.map(|area| area.y),
            hours_min: practical.hours.min,
            hours_max: practical.hours.max,
            licences: qualifications.licences.as_deref().map(|all| {
                let usable =
                    all.iter().filter(|one| one.usable != Some(false) && in_force(one.until));
                usable.map(|one| one.category.as_str().to_owned()).collect()
            }),
            certificates: qualifications.certificates.as_deref().map(|all| {
                let held = all.iter().filter(|one| in_force(one.until) && one.planned.is_none());
                held.map(|one| {
                    let known = one.known.and_then(|index| self.policy.certificate(index));
                    match known {
                        Some(known) => known.code.clone(),
                        None => self.prepared.words.get(one.name).to_string(),
                    }
                })
                .collect()
            }),
            available_from: practical.from,
            available_until: practical.until,
        }
    }

    fn occupations_of(&self, person: &CandidateFacts) -> Option<Vec<HeldOccupation>> {
        let held = person.profile.held.as_deref()?;
        Some(
            held.iter()
                .map(|one| {
                    let concept =
                        one.reading.occupation.and_then(|at| self.vocabulary.occupation(at));
                    HeldOccupation {
                        id: concept.map(|concept| concept.id().to_owned()),
                        label: concept.map(OccupationConcept::label),
                        isco08: concept.map(|concept| concept.isco08().to_owned()),
                        months: one.months,
                        share: one.reading.share,
                    }
                })
                .collect(),
        )
    }

    fn skills_of(&self, person: &CandidateFacts) -> Option<Vec<KnownSkill>> {
        let profile = &person.profile;
        let stated = profile.credits.iter().filter(|one| one.evidence == Evidence::Stated);
        profile.skills_stated.then(|| {
            stated
                .filter_map(|one| match one.skill.named() {
                    SkillNamed::Known(index) => self.vocabulary.skill(index),
                    SkillNamed::Text(_) => None,
                })
                .map(|skill| KnownSkill { id: skill.id().to_owned(), label: skill.label() })
                .collect()
        })
    }

    fn diploma_of(&self, one: &EducationFact) -> KnownDiploma {
        let level = one.ranks.and_then(|(low, _)| self.policy.level_of_rank(low));
        KnownDiploma { level, evaluation: one.outcome }
    }

    fn level_days(&self, from: Cefr) -> LevelDays {
        let by = |level: Cefr| {
            let days = self.policy.language_days(from, level).usual;
            self.as_of.plus_days(i32::from(days))
        };
        LevelDays {
            a1: by(Cefr::A1),
            a2: by(Cefr::A2),
            b1: by(Cefr::B1),
            b2: by(Cefr::B2),
            c1: by(Cefr::C1),
            c2: by(Cefr::C2),
        }
    }
}
