// SPDX-License-Identifier: EUPL-1.2
//! A vacancy, ready to be compared.

use super::week::joined;
use super::{Field, LanguageCode, LicenceCategory, Preparer, SkillKey, Span, Word, id_hash};
use crate::model::{
    Cefr, Concept, Day, EducationLevel, HoursPerWeek, LanguageSkill, RequiredLanguage,
    RequiredSkill, Requirements, Stance, Vacancy, Weight, WorkKind,
};
use crate::policy::{Area, CertificateIndex, Profession, ProfessionIndex, ProfessionKind};
use crate::text::largest_remainder;
use crate::vocabulary::Reading;

/// The weights of a vacancy's skills sum to this.
pub(crate) const SKILL_WEIGHTS: u32 = 200;
/// More skills than this would each weigh too little to matter.
const MOST_STATED: usize = 64;
const MOST_DERIVED: usize = 20;
/// Rarity of a skill that the vocabulary does not know: the middle of 1 to 8.
const RARITY_OF_UNKNOWN: u8 = 4;

/// A vacancy, ready to be compared.
#[derive(Debug, Clone)]
pub(crate) struct VacancyFacts {
    pub(crate) id: Box<str>,
    pub(crate) id_hash: u64,
    pub(crate) title: Box<str>,
    // What gates ask.
    pub(crate) work: WorkDemand,
    pub(crate) professions: Box<[ProfessionDemand]>,
    pub(crate) certificates: Box<[CertificateDemand]>,
    pub(crate) licences: Box<[LicenceDemand]>,
    pub(crate) language_musts: Box<[LanguageDemand]>,
    pub(crate) language_support: bool,
    pub(crate) diploma: Option<DiplomaDemand>,
    pub(crate) shifts: Option<Box<[Span]>>,
    pub(crate) irregular: bool,
    pub(crate) hours: HoursPerWeek,
    pub(crate) remote: bool,
    pub(crate) area: Option<Area>,
    pub(crate) starts: Option<Day>,
    pub(crate) ends: Option<Day>,
    pub(crate) contract_days: Option<u16>,
    pub(crate) closes: Option<Day>,
    // What criteria ask.
    pub(crate) skills: Box<[(SkillKey, u8)]>,
    pub(crate) skills_derived: bool,
    pub(crate) readings: Box<[Reading]>,
    pub(crate) education: Option<EducationDemand>,
    pub(crate) languages: Box<[LanguageDemand]>,
    pub(crate) sector: Option<Box<str>>,
    pub(crate) years: Option<u8>,
}

/// What the right to work depends on.
#[derive(Debug, Clone)]
pub(crate) struct WorkDemand {
    pub(crate) kind: WorkKind,
    pub(crate) sector: Option<Box<str>>,
    pub(crate) employer: Option<Word>,
    pub(crate) will_apply: Stance,
    pub(crate) agency: bool,
    pub(crate) pays_market_wage: Option<bool>,
    pub(crate) hours_min: u32,
}

/// A regulated profession that a vacancy asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ProfessionDemand {
    pub(crate) profession: Option<ProfessionIndex>,
    pub(crate) register: Option<Word>,
    pub(crate) reason: ProfessionReason,
}

/// Why a profession is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProfessionReason {
    /// The vacancy states the registration, or every reading is this reviewed occupation.
    Asked,
    /// Only some readings of the title are this occupation.
    WhichOccupation,
    /// Only the ISCO code is known.
    OnlyGroup,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CertificateDemand {
    pub(crate) known: Option<CertificateIndex>,
    pub(crate) name: Word,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LicenceDemand {
    pub(crate) category: LicenceCategory,
}

/// A language that is asked, with those that are accepted instead; the first is the one asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LanguageDemand {
    pub(crate) accepted: Box<[(LanguageCode, Cefr)]>,
    pub(crate) skill: Option<LanguageSkill>,
    /// The law asks it for this profession.
    pub(crate) statutory: Option<ProfessionIndex>,
    /// Safety depends on it: a coach does not help.
    pub(crate) safety: bool,
}

/// A least education level that must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DiplomaDemand {
    pub(crate) level: EducationLevel,
    pub(crate) rank: u8,
}

/// An education level or field that counts in the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EducationDemand {
    pub(crate) rank: Option<u8>,
    pub(crate) field: Option<Field>,
}

impl Preparer<'_> {
    pub(super) fn vacancy(&mut self, record: &Vacancy) -> VacancyFacts {
        let require = record.require.clone().unwrap_or_default();
        let readings =
            self.job(record.occupation.as_deref().unwrap_or_default(), record.title.as_deref());
        let professions = self.profession_demands(&require, &readings);
        let location = record.location.clone().unwrap_or_default();
        let (skills, skills_derived) = self.skill_weights(&require, &readings);
        let employer = record.employer.clone().unwrap_or_default();
        let level = self.asked_level(&require, |_| true);
        let field = require.education_field.as_ref().and_then(|field| {
            let concept = Concept {
                scheme: field.scheme.clone(),
                code: field.code.clone(),
                label: field.label.clone(),
            };
            Field::new(&concept, |label| self.words.intern(&crate::text::fold(label)))
        });
        let hours = record.hours.unwrap_or_default();
        VacancyFacts {
            id: record.id.as_str().into(),
            id_hash: id_hash(&record.id),
            title: record.title.as_deref().unwrap_or_default().into(),
            work: WorkDemand {
                kind: record.kind.unwrap_or(WorkKind::Paid),
                sector: employer.sbi.as_deref().map(Into::into),
                employer: employer.id.as_deref().map(|id| self.words.intern(id)),
                will_apply: record
                    .twv
                    .as_ref()
                    .and_then(|twv| twv.employer_will_apply)
                    .unwrap_or(Stance::Unknown),
                agency: record.pool.as_ref().and_then(|pool| pool.agency_holds_twv) == Some(true),
                pays_market_wage: record.pays_market_wage,
                hours_min: hours.min.map_or(0, crate::model::Hundredths::get),
            },
            certificates: self.certificate_demands(&require),
            licences: require
                .licences
                .iter()
                .flatten()
                .filter(|one| one.weight == Weight::Must)
                .map(|one| LicenceDemand { category: LicenceCategory::new(&one.category) })
                .collect(),
            language_musts: self.language_musts(&require, &professions),
            language_support: record.language_support == Some(true),
            diploma: self
                .asked_level(&require, |weight| weight == Weight::Must)
                .map(|level| DiplomaDemand { level, rank: self.policy.rank(level) }),
            professions,
            shifts: record.slots.as_ref().map(|list| {
                joined(list.iter().flat_map(|slot| Span::of(slot.day, slot.from, slot.to)))
                    .into_boxed_slice()
            }),
            irregular: record.irregular == Some(true),
            hours,
            remote: location.remote == Some(true),
            area: self.policy.places().find(
                location.postcode.as_deref(),
                None,
                location.municipality.as_deref(),
            ),
            starts: record.starts,
            ends: record.ends,
            contract_days: record.contract_days,
            closes: record.closes,
            skills,
            skills_derived,
            readings: readings.into(),
            education: (level.is_some() || field.is_some()).then_some(EducationDemand {
                rank: level.map(|level| self.policy.rank(level)),
                field,
            }),
            languages: require
                .languages
                .iter()
                .flatten()
                .map(|one| language_demand(one, None, false))
                .collect(),
            sector: employer.sbi.as_deref().map(Into::into),
            years: require.years.map(|years| years.min),
        }
    }

    /// The highest level asked by level or by level of work and thinking, among demands of such a weight.
    fn asked_level(
        &self,
        require: &Requirements,
        counts: impl Fn(Weight) -> bool,
    ) -> Option<EducationLevel> {
        // The lowest Dutch level that a level of work and thinking by VUM covers.
        let by_work_level = |level: u8| match level {
            0 | 1 => EducationLevel::None,
            2 => EducationLevel::Primary,
            3 => EducationLevel::VmboBb,
            4 => EducationLevel::Mbo2,
            5 => EducationLevel::HboBachelor,
            _ => EducationLevel::WoMaster,
        };
        let level = require.education_level.filter(|one| counts(one.weight)).map(|one| one.level);
        let work_level =
            require.work_level.filter(|one| counts(one.weight)).map(|one| by_work_level(one.level));
        work_level.into_iter().chain(level).max_by_key(|level| self.policy.rank(*level))
    }

    /// The weights of the skills asked: factor (must 3, unspecified 2, nice 1) × rarity, by largest remainder to 200.
    ///
    /// Without a list: the skills of the readings (essential 3, optional 1) × rarity × share. The heaviest count, ties by
    /// name, so that the order of the list does not matter.
    fn skill_weights(
        &mut self,
        require: &Requirements,
        readings: &[Reading],
    ) -> (Box<[(SkillKey, u8)]>, bool) {
        let stated = require.skills.as_deref().unwrap_or_default();
        let mut raw: Vec<(SkillKey, u32)> = Vec::new();
        for RequiredSkill { code, label, weight, .. } in stated {
            let factor = match weight {
                Weight::Must => 3,
                Weight::Unspecified => 2,
                Weight::Nice => 1,
            };
            let key = self.skill(code.as_deref(), label.as_deref());
            let weight = factor * u32::from(self.rarity(key));
            match raw.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => *known = weight.max(*known),
                None => raw.push((key, weight)),
            }
        }
        let derived = raw.is_empty();
        if derived {
            for reading in readings {
                let Some(occupation) =
                    reading.occupation.and_then(|index| self.vocabulary.occupation(index))
                else {
                    continue;
                };
                let essential = occupation.essential.iter().map(|skill| (*skill, 3));
                for (skill, factor) in
                    essential.chain(occupation.optional.iter().map(|skill| (*skill, 1)))
                {
                    let key = SkillKey::Known(skill);
                    let weight = factor * u32::from(self.rarity(key)) * u32::from(reading.share);
                    match raw.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, known)) => *known += weight,
                        None => raw.push((key, weight)),
                    }
                }
            }
        }
        raw.sort_by(|(a, first), (b, second)| {
            second.cmp(first).then_with(|| self.skill_name(*a).cmp(self.skill_name(*b)))
        });
        raw.truncate(if derived { MOST_DERIVED } else { MOST_STATED });
        let weights = largest_remainder(
            &raw.iter().map(|(_, weight)| *weight).collect::<Vec<_>>(),
            SKILL_WEIGHTS,
        );
        let scaled = raw
            .iter()
            .zip(weights)
            .map(|((key, _), weight)| (*key, u8::try_from(weight).unwrap_or(u8::MAX)));
        (scaled.collect(), derived && !raw.is_empty())
    }

    fn rarity(&self, key: SkillKey) -> u8 {
        match key {
            SkillKey::Known(index) => {
                self.vocabulary.skill(index).map_or(RARITY_OF_UNKNOWN, |skill| skill.rarity)
            }
            SkillKey::Text(_) => RARITY_OF_UNKNOWN,
        }
    }

    fn skill_name(&self, key: SkillKey) -> &str {
        match key {
            SkillKey::Known(index) => {
                self.vocabulary.skill(index).map(|skill| skill.id.as_str()).unwrap_or_default()
            }
            SkillKey::Text(word) => self.words.get(word),
        }
    }

    fn certificate_demands(&mut self, require: &Requirements) -> Box<[CertificateDemand]> {
        let musts = require.certificates.iter().flatten().filter(|one| one.weight == Weight::Must);
        musts
            .map(|one| CertificateDemand {
                known: self.policy.certificate_named(one.code.as_deref(), one.name.as_deref()),
                name: self.word(one.name.as_deref().or(one.code.as_deref()).unwrap_or_default()),
            })
            .collect()
    }

    /// Languages that must be there: those of the vacancy, and those that the law asks for its profession.
    fn language_musts(
        &self,
        require: &Requirements,
        professions: &[ProfessionDemand],
    ) -> Box<[LanguageDemand]> {
        let asked = professions
            .iter()
            .filter(|one| one.reason == ProfessionReason::Asked)
            .filter_map(|one| one.profession);
        let rows: Vec<_> =
            asked.filter_map(|index| Some((index, self.policy.profession(index)?))).collect();
        let safety = rows.iter().any(|(_, row)| {
            matches!(row.kind, ProfessionKind::CertificateStatutory | ProfessionKind::Licence)
        });
        let musts = require.languages.iter().flatten().filter(|one| one.weight == Weight::Must);
        let musts = musts.map(|one| language_demand(one, None, safety));
        let by_law =
            rows.iter().flat_map(|(index, row)| statutory_languages(*index, row, self.as_of));
        musts.chain(by_law).collect()
    }

    fn profession_demands(
        &mut self,
        require: &Requirements,
        readings: &[Reading],
    ) -> Box<[ProfessionDemand]> {
        let mut demands: Vec<ProfessionDemand> = Vec::new();
        if let Some(registration) = &require.registration {
            let register = self.word(&registration.register);
            let profession = self.registered_profession(
                &registration.register,
                registration.profession.as_deref(),
                readings,
            );
            demands.push(ProfessionDemand {
                profession,
                register: Some(register),
                reason: ProfessionReason::Asked,
            });
        }
        let policy = self.policy;
        for (index, row) in
            policy.professions().filter(|(_, row)| row.kind.is_law() && row.holds_on(self.as_of))
        {
            let is_this = |reading: &Reading| {
                let occupation = reading.occupation.and_then(|at| self.vocabulary.occupation(at));
                occupation.is_some_and(|occupation| row.occupations.contains(&occupation.id))
            };
            let only_group = |reading: &Reading| {
                let own = row.isco08.as_deref().and_then(crate::vocabulary::Group::parse);
                reading.occupation.is_none()
                    && !row.occupations.is_empty()
                    && own == Some(reading.group)
            };
            let reason = match readings.iter().filter(|reading| is_this(reading)).count() {
                0 if readings.iter().any(only_group) => ProfessionReason::OnlyGroup,
                0 => continue,
                all if all == readings.len() => ProfessionReason::Asked,
                _ => ProfessionReason::WhichOccupation,
            };
            // A stated registration already says which profession is meant.
            if demands.iter().any(|known| {
                known.profession == Some(index)
                    || known.register.is_some() && reason != ProfessionReason::Asked
            }) {
                continue;
            }
            let register =
                row.register.as_deref().map(|name| self.words.intern(&crate::text::fold(name)));
            demands.push(ProfessionDemand { profession: Some(index), register, reason });
        }
        demands.into_boxed_slice()
    }

    /// The profession of a stated registration: by its name, else by the readings, else none.
    fn registered_profession(
        &self,
        register: &str,
        name: Option<&str>,
        readings: &[Reading],
    ) -> Option<ProfessionIndex> {
        let by_name = name.and_then(|name| self.policy.profession_named(register, name));
        let read = |row: &Profession| {
            let mut occupations = readings
                .iter()
                .filter_map(|reading| self.vocabulary.occupation(reading.occupation?));
            occupations.any(|occupation| row.occupations.contains(&occupation.id))
        };
        by_name.or_else(|| {
            self.policy.professions_of(register).find(|(_, row)| read(row)).map(|(index, _)| index)
        })
    }
}

fn language_demand(
    one: &RequiredLanguage,
    statutory: Option<ProfessionIndex>,
    safety: bool,
) -> LanguageDemand {
    let first = (LanguageCode::new(&one.code), one.min);
    let others = one.or.iter().flatten().map(|other| (LanguageCode::new(&other.code), other.min));
    LanguageDemand {
        accepted: std::iter::once(first).chain(others).collect(),
        skill: one.skill,
        statutory,
        safety,
    }
}

fn statutory_languages(
    index: ProfessionIndex,
    row: &Profession,
    as_of: Day,
) -> Vec<LanguageDemand> {
    let (Some(code), Some(min)) = (row.language_code.as_deref(), row.language_min) else {
        return Vec::new();
    };
    if row.language_valid_from.is_some_and(|from| from > as_of) {
        return Vec::new();
    }
    let demand = |skill: Option<LanguageSkill>| LanguageDemand {
        accepted: [(LanguageCode::new(code), min)].into(),
        skill,
        statutory: Some(index),
        safety: false,
    };
    if row.language_skills.is_empty() {
        vec![demand(None)]
    } else {
        row.language_skills.iter().map(|skill| demand(Some(*skill))).collect()
    }
}
