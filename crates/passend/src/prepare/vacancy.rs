// SPDX-License-Identifier: EUPL-1.2
//! A vacancy, ready to be compared.

use std::sync::Arc;

use super::profession::{ProfessionDemand, ProfessionReason, Work};
use super::week::spans_of;
use super::{
    CourseRead, Field, Filed, LanguageCode, LicenceCategory, List, Place, Preparer, Said, SkillKey,
    SkillNamed, Span, Texts, Unsure, Word, id_hash,
};
use crate::model::{
    Cefr, Concept, ContractKind, Day, EducationLevel, HoursPerWeek, LanguageSkill,
    RequiredLanguage, RequiredSkill, Requirements, Stance, Vacancy, WageUnit, Weight, WorkKind,
};
use crate::policy::{
    Area, CertificateIndex, CertificateStrength, MunicipalityIndex, Profession, ProfessionIndex,
    Sector,
};
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
    /// The id, the skills asked, and what is told.
    pub(crate) filed: Filed<AskedSkill, VacancyTold>,
    /// How many people it takes; 1 where nothing is said.
    pub(crate) positions: u16,
    /// Whether the employer lets it be combined with other work.
    pub(crate) combinable: Option<bool>,
    /// What names the work; shared by vacancies of the same name.
    pub(crate) named: Arc<Named>,
    // What gates ask.
    pub(crate) work: WorkDemand,
    /// What is asked of papers, languages and education; shared by vacancies that ask the same.
    pub(crate) required: Arc<Required>,
    /// Shared by vacancies with the same working times.
    pub(crate) times: Arc<Times>,
    pub(crate) hours: HoursPerWeek,
    pub(crate) remote: bool,
    pub(crate) area: Option<Area>,
    /// The working times can be reached by public transport.
    pub(crate) by_public_transport: Option<bool>,
    pub(crate) starts: Option<Day>,
    pub(crate) ends: Option<Day>,
    pub(crate) contract_days: Option<u16>,
    pub(crate) closes: Option<Day>,
    // What criteria ask.
    pub(crate) skills_derived: bool,
    pub(crate) years: Option<u8>,
}

/// What names the work of a vacancy, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Named {
    pub(crate) readings: Box<[Reading]>,
    /// The title, folded.
    pub(crate) title: Word,
    /// Some of what names the work could not be linked.
    pub(crate) unlinked: bool,
}

/// Working times.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Times {
    /// `None`: not known.
    pub(crate) shifts: Option<Box<[Span]>>,
    pub(crate) irregular: bool,
}

/// What is told of a vacancy; no gate or criterion looks at it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct VacancyTold {
    /// The title as the record has it; empty if there is none.
    pub(crate) title: Word,
    /// Title, occupation and skills in the words of the record.
    pub(crate) said: Box<[Said]>,
    /// What names the work and is not surely understood.
    pub(crate) unsure: Box<[Unsure]>,
    pub(crate) employer_name: Option<Word>,
    pub(crate) published: Option<Day>,
    /// Where the work is, as the record names it.
    pub(crate) municipality: Option<MunicipalityIndex>,
    pub(crate) work_learn: Option<bool>,
    /// Least pay an hour in hundredths of a euro, where it can be reckoned.
    pub(crate) pay_per_hour: Option<u32>,
    /// What was read out of the name of the field asked, since no code states it.
    pub(crate) education_read: Option<CourseRead>,
}

/// What a vacancy asks of papers, languages and education: many ask the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Required {
    // What gates ask.
    pub(crate) professions: Box<[ProfessionDemand]>,
    pub(crate) certificates: Box<[CertificateDemand]>,
    pub(crate) licences: Box<[LicenceDemand]>,
    pub(crate) language_musts: Arc<[LanguageDemand]>,
    pub(crate) language_support: bool,
    pub(crate) diploma: Option<DiplomaDemand>,
    // What criteria ask.
    pub(crate) education: Option<EducationDemand>,
    pub(crate) languages: Arc<[LanguageDemand]>,
}

/// A skill and how much it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AskedSkill {
    pub(crate) skill: SkillKey,
    pub(crate) weight: u8,
}

impl VacancyFacts {
    pub(crate) fn id(&self) -> &str {
        self.filed.id()
    }

    pub(crate) fn id_hash(&self) -> u64 {
        id_hash(self.id())
    }

    pub(crate) fn skills(&self) -> List<'_, AskedSkill> {
        self.filed.list()
    }

    pub(crate) fn readings(&self) -> &[Reading] {
        &self.named.readings
    }

    pub(crate) fn shifts(&self) -> Option<&[Span]> {
        self.times.shifts.as_deref()
    }

    /// Read anew each time.
    pub(crate) fn told(&self) -> VacancyTold {
        self.filed.told().unwrap_or_default()
    }
}

/// What the right to work depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct WorkDemand {
    pub(crate) kind: WorkKind,
    pub(crate) sector: Option<Sector>,
    pub(crate) employer: Option<Word>,
    pub(crate) will_apply: Stance,
    pub(crate) agency: bool,
    pub(crate) pays_market_wage: Option<bool>,
    pub(crate) hours_min: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CertificateDemand {
    pub(crate) known: Option<CertificateIndex>,
    pub(crate) name: Word,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LicenceDemand {
    pub(crate) category: LicenceCategory,
}

/// A language that is asked, with those that are accepted instead; the first is the one asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct LanguageDemand {
    pub(crate) accepted: Box<[(LanguageCode, Cefr)]>,
    pub(crate) skill: Option<LanguageSkill>,
    /// The law asks it for this profession.
    pub(crate) statutory: Option<ProfessionIndex>,
    /// Safety depends on it: a coach does not help.
    pub(crate) safety: bool,
}

/// A least education level that must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DiplomaDemand {
    pub(crate) level: EducationLevel,
    pub(crate) rank: u8,
}

/// An education level or field that counts in the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EducationDemand {
    pub(crate) rank: Option<u8>,
    pub(crate) field: Option<Field>,
}

/// The least pay by the hour, rounded down: that of a week, month or year divided by the hours, where those are one number.
fn pay_per_hour(record: &Vacancy) -> Option<u32> {
    let wage = record.wage.as_ref()?;
    if wage.currency.as_deref().is_some_and(|currency| !currency.eq_ignore_ascii_case("EUR")) {
        return None;
    }
    let pay = u64::from(wage.min?.get());
    let hours = record.hours.unwrap_or_default();
    let of_week = match (hours.min, hours.max) {
        (Some(min), Some(max)) if min != max => None,
        (min, max) => min.or(max).map(|hours| u64::from(hours.get())),
    };
    let per_hour = match wage.unit? {
        WageUnit::Hour => Some(pay),
        WageUnit::Day => None,
        WageUnit::Week => (pay * 100).checked_div(of_week?),
        WageUnit::Month => (pay * 12 * 100).checked_div(of_week? * 52),
        WageUnit::Year => (pay * 100).checked_div(of_week? * 52),
    };
    u32::try_from(per_hour?).ok()
}

impl<T: Texts> Preparer<'_, T> {
    pub(super) fn vacancy(&mut self, record: &Vacancy) -> VacancyFacts {
        let require = record.require.clone().unwrap_or_default();
        let concepts = record.occupation.as_deref().unwrap_or_default();
        let places = [Place::Occupation, Place::Title];
        let mut said = Vec::new();
        let readings = self.job(concepts, record.title.as_deref(), places, &mut said);
        let some_unlinked = concepts.iter().any(|concept| self.readings(concept).is_empty());
        let named = record.title.is_some() || !concepts.is_empty();
        let unlinked = if readings.is_empty() { named } else { some_unlinked };
        // Where the work is sure, a title that is not says nothing more.
        let labels = concepts
            .iter()
            .filter_map(|concept| Some((Place::Occupation, concept.label.as_deref()?)))
            .chain(record.title.as_deref().map(|title| (Place::Title, title)));
        let (mut perhaps, mut unsure) = (Vec::new(), Vec::new());
        for (place, label) in labels.filter(|_| unlinked) {
            if self.title(label).is_empty() {
                unsure.push(self.unsure(place, label));
                perhaps.extend(self.vocabulary.occupations_near(label));
            }
        }
        let work = Work { readings: &readings, unlinked, perhaps: &perhaps };
        let professions = self.profession_demands(&require, &work);
        let certificates = self.certificate_demands(&require);
        let location = record.location.clone().unwrap_or_default();
        let (skills, skills_derived) = self.skill_weights(&require, &readings, &mut said);
        let employer = record.employer.clone().unwrap_or_default();
        let stated_level = self.asked_level(&require, |_| true);
        let education_read = self.read_demand(&require, stated_level.is_none());
        // A level that a name leaves open is asked from its lowest on; it counts in the score and is no gate.
        let level = stated_level.or(education_read.and_then(|read| read.level?.min));
        let field = self.asked_field(&require, education_read);
        let languages = require.languages.iter().flatten();
        let languages: Vec<_> = languages.map(|one| language_demand(one, None, false)).collect();
        let required = Required {
            language_musts: self.alike.languages.share(self.language_musts(
                &require,
                &professions,
                &certificates,
            )),
            professions,
            certificates,
            licences: require
                .licences
                .iter()
                .flatten()
                .filter(|one| one.weight == Weight::Must)
                .map(|one| LicenceDemand { category: LicenceCategory::new(&one.category) })
                .collect(),
            language_support: record.language_support == Some(true),
            diploma: self
                .asked_level(&require, |weight| weight == Weight::Must)
                .map(|level| DiplomaDemand { level, rank: self.policy.rank(level) }),
            education: (level.is_some() || field.is_some()).then_some(EducationDemand {
                rank: level.map(|level| self.policy.rank(level)),
                field,
            }),
            languages: self.alike.languages.share(languages),
        };
        let hours = record.hours.unwrap_or_default();
        let shifts = record.slots.as_deref().map(spans_of);
        let times = Times {
            irregular: record.irregular == Some(true)
                || shifts.iter().flatten().any(|shift| !shift.is_in_office_hours()),
            shifts: shifts.map(Vec::into_boxed_slice),
        };
        let title = self.word(record.title.as_deref().unwrap_or_default());
        let named = Named { readings: readings.into(), title, unlinked };
        let told = VacancyTold {
            title: self.words.intern(record.title.as_deref().unwrap_or_default()),
            said: said.into(),
            unsure: unsure.into(),
            employer_name: employer.name.as_deref().map(|name| self.words.intern(name)),
            published: record.published,
            municipality: location
                .municipality
                .as_deref()
                .and_then(|name| self.policy.places().municipality_called(name)),
            work_learn: record.work_learn.or_else(|| {
                record.contract.map(|contract| contract == ContractKind::Apprenticeship)
            }),
            pay_per_hour: pay_per_hour(record),
            education_read,
        };
        VacancyFacts {
            filed: Filed::new(&record.id, &skills, &told),
            positions: record.positions.unwrap_or(1),
            combinable: record.pool.as_ref().and_then(|pool| pool.combinable),
            named: self.alike.named.share(named),
            work: WorkDemand {
                kind: record.kind.unwrap_or(WorkKind::Paid),
                sector: employer.sbi.as_deref().and_then(Sector::new),
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
            required: self.alike.required.share(required),
            times: self.alike.times.share(times),
            hours,
            remote: location.remote == Some(true),
            area: self.policy.places().find(
                location.postcode.as_deref(),
                None,
                location.municipality.as_deref(),
            ),
            by_public_transport: record
                .transport
                .as_ref()
                .and_then(|transport| transport.shift_by_pt),
            starts: record.starts,
            ends: record.ends,
            contract_days: record.contract_days,
            closes: record.closes,
            skills_derived,
            years: require.years.map(|years| years.min),
        }
    }

    /// The field asked, by its code, else by what its name says.
    fn asked_field(&mut self, require: &Requirements, read: Option<CourseRead>) -> Option<Field> {
        let field = require.education_field.as_ref()?;
        let stated = Field::of_code(field.code.as_deref().unwrap_or_default());
        let found = read.and_then(|read| self.vocabulary.field(read.field?));
        stated.or_else(|| found.and_then(|field| Field::of_code(&field.code))).or_else(|| {
            let concept = Concept {
                scheme: field.scheme.clone(),
                code: field.code.clone(),
                label: field.label.clone(),
            };
            Field::new(&concept, |label| self.words.intern(&crate::text::fold(label)))
        })
    }

    /// What the name of the field asked says, where no code states it.
    fn read_demand(&mut self, require: &Requirements, level_open: bool) -> Option<CourseRead> {
        let field = require.education_field.as_ref()?;
        if Field::of_code(field.code.as_deref().unwrap_or_default()).is_some() {
            return None;
        }
        let label = field.label.as_deref()?;
        let (reading, found) = self.diploma(label);
        let level = reading.level.filter(|_| level_open);
        if level.is_none() && found.is_none() {
            return None;
        }
        let text = self.words.intern(&shown(label));
        Some(CourseRead { text, level, field: found, unfinished: false })
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
        said: &mut Vec<Said>,
    ) -> (Vec<AskedSkill>, bool) {
        let stated = require.skills.as_deref().unwrap_or_default();
        let mut raw: Vec<(SkillKey, u32)> = Vec::new();
        for RequiredSkill { code, label, weight, .. } in stated {
            let factor = match weight {
                Weight::Must => 3,
                Weight::Unspecified => 2,
                Weight::Nice => 1,
            };
            let (key, one) = self.skill(Place::AskedSkill, code.as_deref(), label.as_deref());
            said.push(one);
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
                let essential = occupation.essential().iter().map(|skill| (*skill, 3));
                for (skill, factor) in
                    essential.chain(occupation.optional().iter().map(|skill| (*skill, 1)))
                {
                    let key = SkillKey::known(skill);
                    let weight = factor * u32::from(self.rarity(key)) * u32::from(reading.share);
                    match raw.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, known)) => *known += weight,
                        None => raw.push((key, weight)),
                    }
                }
            }
        }
        raw.sort_by(|(a, first), (b, second)| {
            second.cmp(first).then_with(|| self.skill_name(*a).cmp(&self.skill_name(*b)))
        });
        raw.truncate(if derived { MOST_DERIVED } else { MOST_STATED });
        let weights = largest_remainder(
            &raw.iter().map(|(_, weight)| *weight).collect::<Vec<_>>(),
            SKILL_WEIGHTS,
        );
        let scaled = raw.iter().zip(weights).map(|((key, _), weight)| AskedSkill {
            skill: *key,
            weight: u8::try_from(weight).unwrap_or(u8::MAX),
        });
        (scaled.collect(), derived && !raw.is_empty())
    }

    fn rarity(&self, key: SkillKey) -> u8 {
        match key.named() {
            SkillNamed::Known(index) => self
                .vocabulary
                .skill(index)
                .map_or(RARITY_OF_UNKNOWN, crate::vocabulary::SkillConcept::rarity),
            SkillNamed::Text(_) => RARITY_OF_UNKNOWN,
        }
    }

    fn skill_name(&self, key: SkillKey) -> Arc<str> {
        match key.named() {
            SkillNamed::Known(index) => {
                let skill = self.vocabulary.skill(index);
                skill.map(|skill| skill.id().into()).unwrap_or_default()
            }
            SkillNamed::Text(word) => self.words.text(word),
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
        certificates: &[CertificateDemand],
    ) -> Vec<LanguageDemand> {
        let asked = professions
            .iter()
            .filter(|one| one.reason == ProfessionReason::Asked)
            .filter_map(|one| one.profession);
        let rows: Vec<_> =
            asked.filter_map(|index| Some((index, self.policy.profession(index)?))).collect();
        // A registration, a licence or a statutory certificate shows that safety or the law depends on it.
        let statutory = |one: &CertificateDemand| {
            let row = one.known.and_then(|index| self.policy.certificate(index));
            row.is_some_and(|row| row.strength == CertificateStrength::Statutory)
        };
        let safety = professions.iter().any(|one| one.reason == ProfessionReason::Asked)
            || certificates.iter().any(statutory);
        let musts = require.languages.iter().flatten().filter(|one| one.weight == Weight::Must);
        let musts = musts.map(|one| language_demand(one, None, safety));
        let by_law =
            rows.iter().flat_map(|(index, row)| statutory_languages(*index, row, self.as_of));
        musts.chain(by_law).collect()
    }
}

/// A text as it may be shown: on one line, without control characters or marks that turn the direction of writing.
pub(crate) fn shown(text: &str) -> Box<str> {
    let turns = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let text: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !turns(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
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
