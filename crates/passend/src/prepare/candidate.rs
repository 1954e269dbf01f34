// SPDX-License-Identifier: EUPL-1.2
//! A person, ready to be compared.

use super::week::joined;
use super::{Field, LanguageCode, LicenceCategory, Preparer, SkillKey, Span, Word, id_hash};
use crate::model::{
    Candidate, Cefr, Concept, ContractWish, Day, DocumentKind, Education, EducationLevel,
    EducationStatus, EvaluationOutcome, Experience, HoursPerWeek, Language, LevelRange,
    RegistrationStatus, ResidenceStatus, Skill, SlotKind, Source, TravelMode, WorkNote,
};
use crate::policy::{Area, CertificateIndex, EvidenceClass, Meets, ProfessionIndex, Sector};
use crate::vocabulary::{Group, OccupationIndex, Reading, SkillIndex};

/// Credit for the essential and optional skills of an occupation held: not everyone has used all of them.
const CREDIT_OF_ESSENTIAL: u8 = 70;
const CREDIT_OF_OPTIONAL: u8 = 35;
/// Strength of experience of unknown or no length; each month adds one, up to 60 months.
const LEAST_STRENGTH: u8 = 40;
const MONTHS_THAT_COUNT: u16 = 60;

/// A person, ready to be compared.
#[derive(Debug, Clone)]
pub(crate) struct CandidateFacts {
    pub(crate) id: Box<str>,
    pub(crate) id_hash: u64,
    pub(crate) legal: LegalFacts,
    pub(crate) qualifications: QualificationFacts,
    pub(crate) practical: PracticalFacts,
    pub(crate) profile: Profile,
}

/// What the law needs.
#[derive(Debug, Clone)]
pub(crate) struct LegalFacts {
    pub(crate) status: Option<ResidenceStatus>,
    pub(crate) accelerated: bool,
    /// First day of the status.
    pub(crate) since: Option<Day>,
    pub(crate) procedure_started: Option<Day>,
    pub(crate) document_until: Option<Day>,
    pub(crate) document_kind: Option<DocumentKind>,
    pub(crate) note: Option<WorkNote>,
    pub(crate) permits: Box<[PermitFact]>,
    /// Weeks worked of the last 52, and the first day of that work.
    pub(crate) weeks_worked: Option<(u8, Day)>,
    pub(crate) turns_18_on: Option<Day>,
    pub(crate) bsn: Option<bool>,
}

/// A work permit that was granted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PermitFact {
    pub(crate) from: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) employer: Option<Word>,
    pub(crate) hours_max: Option<u32>,
}

/// Registrations, certificates, licences.
#[derive(Debug, Clone)]
pub(crate) struct QualificationFacts {
    pub(crate) registrations: Option<Box<[RegistrationFact]>>,
    pub(crate) certificates: Option<Box<[CertificateFact]>>,
    pub(crate) licences: Option<Box<[LicenceFact]>>,
    /// Professions for which a diploma was recognised; `None` for one that is not named.
    pub(crate) recognised: Box<[Option<ProfessionIndex>]>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct RegistrationFact {
    pub(crate) register: Word,
    /// `None`: not said; `Some(None)`: one that the policy does not know.
    pub(crate) profession: Option<Option<ProfessionIndex>>,
    pub(crate) in_force: bool,
    pub(crate) until: Option<Day>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct CertificateFact {
    pub(crate) known: Option<CertificateIndex>,
    pub(crate) name: Word,
    pub(crate) until: Option<Day>,
    pub(crate) planned: Option<Day>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct LicenceFact {
    pub(crate) category: LicenceCategory,
    pub(crate) usable: Option<bool>,
    pub(crate) until: Option<Day>,
}

/// Time, place and the person's own limits.
#[derive(Debug, Clone)]
pub(crate) struct PracticalFacts {
    /// `None`: the week is not known.
    pub(crate) busy: Option<Box<[Span]>>,
    /// When not empty, work is possible then only.
    pub(crate) free: Box<[Span]>,
    pub(crate) irregular_ok: Option<bool>,
    pub(crate) office_hours: bool,
    pub(crate) hours: HoursPerWeek,
    pub(crate) area: Option<Area>,
    /// The way that is surely within the person's limit, and the way beyond which it surely is not.
    pub(crate) limit_metres: Option<(u32, u32)>,
    pub(crate) only_public_transport: bool,
    /// A certain move: from this day on, to this place.
    pub(crate) move_to: Option<(Day, Area)>,
    pub(crate) may_move: bool,
    pub(crate) from: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) avoids: Box<[Avoided]>,
    /// Kinds of work that the person is open to; `None`: not said.
    pub(crate) open_to: Option<Box<[ContractWish]>>,
    pub(crate) student: Option<bool>,
    pub(crate) language_coach: bool,
    pub(crate) languages: Option<Box<[LanguageFact]>>,
    pub(crate) education: Option<Box<[EducationFact]>>,
}

/// What a person excludes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Avoided {
    /// An occupation, with its group.
    Occupation(OccupationIndex, Group),
    Group(Group),
    Sector(Sector),
    /// Work that the vocabulary does not know, by its folded name.
    Title(Word),
}

/// A language: lowest and highest possible rank for listening, reading, speaking, writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LanguageFact {
    pub(crate) code: LanguageCode,
    pub(crate) ranks: [Option<(u8, u8)>; 4],
}

/// A course or diploma: rank of its level, class of evidence, field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EducationFact {
    /// Lowest and highest rank that it can have.
    pub(crate) ranks: Option<(u8, u8)>,
    pub(crate) outcome: EvaluationOutcome,
    pub(crate) evidence: EvidenceClass,
    pub(crate) meets: Meets,
    pub(crate) field: Option<Field>,
}

/// What criteria see of a person, beside languages, education and place.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// The skills were stated; otherwise credits come from occupations alone.
    pub(crate) skills_stated: bool,
    /// Sorted by skill.
    pub(crate) credits: Box<[Credit]>,
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
    pub(crate) hours: Option<HoursPerWeek>,
}

impl Preparer<'_> {
    pub(super) fn candidate(&mut self, record: &Candidate) -> CandidateFacts {
        CandidateFacts {
            id: record.id.as_str().into(),
            id_hash: id_hash(&record.id),
            legal: self.legal(record),
            qualifications: self.qualifications(record),
            practical: self.practical(record),
            profile: self.profile(record),
        }
    }

    fn legal(&mut self, record: &Candidate) -> LegalFacts {
        let residence = record.residence.clone().unwrap_or_default();
        let status = residence.status.filter(|status| *status != ResidenceStatus::Unknown);
        let permits = residence.permits.iter().flatten();
        let worked = residence
            .nl_work
            .as_ref()
            .and_then(|work| Some((work.weeks_worked_in_52?, work.started?)));
        LegalFacts {
            status: match status {
                Some(ResidenceStatus::EuEeaSwissCitizen | ResidenceStatus::DutchCitizen) => {
                    Some(ResidenceStatus::Free)
                }
                // The flag and the status say the same; rules are looked up by the flag.
                Some(ResidenceStatus::AsylumSeekerAccelerated) => {
                    Some(ResidenceStatus::AsylumSeekerInProcedure)
                }
                other => other,
            },
            accelerated: residence.accelerated == Some(true)
                || status == Some(ResidenceStatus::AsylumSeekerAccelerated),
            since: residence.since,
            procedure_started: residence.procedure_started,
            document_until: residence.document_valid_until,
            document_kind: residence.document_kind,
            note: residence.work_note.filter(|note| *note != WorkNote::Unknown),
            permits: permits
                .map(|permit| PermitFact {
                    from: permit.from,
                    until: permit.until,
                    employer: permit.employer_id.as_deref().map(|id| self.words.intern(id)),
                    hours_max: permit
                        .hours
                        .and_then(|hours| hours.max)
                        .map(crate::model::Hundredths::get),
                })
                .collect(),
            weeks_worked: worked,
            turns_18_on: record.turns_18_on,
            bsn: record.bsn_available,
        }
    }

    fn qualifications(&mut self, record: &Candidate) -> QualificationFacts {
        let as_of = self.as_of;
        let registrations = record.registrations.as_ref().map(|list| {
            list.iter()
                .map(|one| RegistrationFact {
                    register: self.register(&one.register),
                    profession: one
                        .profession
                        .as_deref()
                        .map(|name| self.profession_called(Some(&one.register), name)),
                    in_force: matches!(one.status, None | Some(RegistrationStatus::Registered))
                        && one.valid_until.is_none_or(|until| until >= as_of),
                    until: one.valid_until,
                })
                .collect()
        });
        let certificates = record.certificates.as_ref().map(|list| {
            list.iter()
                .map(|one| CertificateFact {
                    known: self.policy.certificate_named(one.code.as_deref(), one.name.as_deref()),
                    name: self
                        .word(one.name.as_deref().or(one.code.as_deref()).unwrap_or_default()),
                    until: one.valid_until,
                    planned: one
                        .issued
                        .filter(|day| *day > as_of)
                        .or(one.planned.filter(|_| one.issued.is_none())),
                })
                .collect()
        });
        let licences = record.licences.as_ref().map(|list| {
            list.iter()
                .flat_map(|one| {
                    let covered = LicenceCategory::new(&one.category).covered();
                    covered.map(|category| LicenceFact {
                        category,
                        usable: one.usable_in_nl,
                        until: one.valid_until,
                    })
                })
                .collect()
        });
        let recognised = record.education.iter().flatten().filter(|course| {
            let evaluation = course.evaluation.as_ref();
            evaluation
                .is_some_and(|one| one.outcome_code == EvaluationOutcome::ProfessionalRecognition)
        });
        let recognised = recognised
            .map(|course| self.profession_called(None, course.title.as_deref().unwrap_or_default()))
            .collect();
        QualificationFacts { registrations, certificates, licences, recognised }
    }

    fn practical(&mut self, record: &Candidate) -> PracticalFacts {
        let slots = |kinds: &'static [SlotKind]| {
            let slots =
                record.slots.iter().flatten().filter(move |slot| kinds.contains(&slot.kind));
            joined(slots.flat_map(|slot| Span::of(slot.day, slot.from, slot.to))).into_boxed_slice()
        };
        let location = record.location.clone().unwrap_or_default();
        let places = self.policy.places();
        let area = places.find(
            location.postcode.as_deref(),
            location.site.as_deref(),
            location.municipality.as_deref(),
        );
        let relocation = record.relocation.clone().unwrap_or_default();
        let certain = relocation.certain == Some(true);
        let moved = relocation.expected_on.filter(|_| certain).zip(places.find(
            None,
            None,
            relocation.municipality.as_deref(),
        ));
        let available = record.available.clone().unwrap_or_default();
        let avoided = record.wishes.iter().filter_map(|wishes| wishes.avoid.as_ref()).flatten();
        PracticalFacts {
            busy: record.slots.as_ref().map(|_| slots(&[SlotKind::Class, SlotKind::Other])),
            free: slots(&[SlotKind::Free]),
            irregular_ok: record.irregular_ok,
            office_hours: record.office_hours == Some(true),
            hours: record.hours.unwrap_or_default(),
            // A certain move that has happened is the place.
            area: moved.filter(|(day, _)| *day <= self.as_of).map(|(_, area)| area).or(area),
            limit_metres: self.limit(record),
            only_public_transport: record
                .mobility
                .as_ref()
                .and_then(|mobility| mobility.modes.as_deref())
                == Some(&[TravelMode::PublicTransport]),
            move_to: moved.filter(|(day, _)| *day > self.as_of),
            may_move: moved.is_none()
                && (relocation.expected_on.is_some() || relocation.municipality.is_some()),
            from: available.from,
            until: available.until,
            avoids: avoided.flat_map(|concept| self.avoided(concept)).collect(),
            open_to: record.contract_wishes.clone().map(Vec::into_boxed_slice),
            student: record.student,
            language_coach: record.support.as_ref().and_then(|support| support.language_coach)
                == Some(true),
            languages: record.languages.as_deref().map(languages),
            education: self.education(record),
        }
    }

    /// The lower of the limits in kilometres and minutes. Minutes count at the speed of the fastest means of travel; where
    /// none is given, somewhere between the slowest and the fastest of all.
    fn limit(&self, record: &Candidate) -> Option<(u32, u32)> {
        let mobility = record.mobility.as_ref()?;
        let speed = |mode: &TravelMode| self.policy.metres_per_minute(*mode);
        let own = mobility.modes.iter().flatten().map(speed).max();
        let all = [TravelMode::Bike, TravelMode::PublicTransport, TravelMode::Car];
        let slowest = own.or_else(|| all.iter().map(speed).min()).unwrap_or_default();
        let fastest = own.or_else(|| all.iter().map(speed).max()).unwrap_or_default();
        let by_way = mobility.max_km.map(|km| u32::from(km).saturating_mul(1000));
        let at = |speed: u32| {
            let by_time =
                mobility.max_minutes.map(|minutes| u32::from(minutes).saturating_mul(speed));
            by_time.into_iter().chain(by_way).min()
        };
        Some((at(slowest)?, at(fastest)?))
    }

    fn avoided(&mut self, concept: &Concept) -> Vec<Avoided> {
        let text = concept
            .code
            .as_deref()
            .filter(|code| !code.is_empty())
            .or(concept.label.as_deref())
            .unwrap_or_default();
        if concept.scheme.as_deref() == Some("sbi") {
            return Sector::new(text).map(Avoided::Sector).into_iter().collect();
        }
        // An everyday title that means several occupations excludes each of them: the person's word counts.
        let readings = self.vocabulary.readings(concept);
        if readings.is_empty() {
            return vec![Avoided::Title(self.word(concept.label.as_deref().unwrap_or(text)))];
        }
        readings
            .into_iter()
            .map(|one| {
                one.occupation.map_or(Avoided::Group(one.group), |index| {
                    Avoided::Occupation(index, one.group)
                })
            })
            .collect()
    }

    fn education(&mut self, record: &Candidate) -> Option<Box<[EducationFact]>> {
        // Level of work and thinking by VUM, as the lowest Dutch level that it covers.
        const BY_WORK_LEVEL: [EducationLevel; 6] = [
            EducationLevel::None,
            EducationLevel::Primary,
            EducationLevel::VmboBb,
            EducationLevel::Mbo2,
            EducationLevel::HboBachelor,
            EducationLevel::WoMaster,
        ];
        let stated = record
            .work_level
            .and_then(|level| BY_WORK_LEVEL.get(usize::from(level.checked_sub(1)?)));
        let by_work_level = stated.map(|level| EducationFact {
            ranks: Some((self.policy.rank(*level), self.policy.rank(*level))),
            outcome: EvaluationOutcome::SelfDeclared,
            evidence: EvidenceClass::D,
            meets: Meets::Soft,
            field: None,
        });
        match (&record.education, by_work_level) {
            (None, None) => None,
            (list, extra) => {
                let list = list.iter().flatten().map(|one| self.course(one));
                Some(list.collect::<Vec<_>>().into_iter().chain(extra).collect())
            }
        }
    }

    fn course(&mut self, one: &Education) -> EducationFact {
        let evaluation = one.evaluation.as_ref();
        let outcome = match (evaluation.map(|evaluation| evaluation.outcome_code), one.level_source)
        {
            (Some(outcome), _) => outcome,
            (None, Some(Source::Nuffic)) => EvaluationOutcome::FullEvaluation,
            (None, _) => EvaluationOutcome::SelfDeclared,
        };
        let finished = one.diploma != Some(false)
            && !matches!(one.status, Some(EducationStatus::Unfinished | EducationStatus::Current));
        let row = self.policy.outcome(outcome);
        let stated =
            evaluation.and_then(|evaluation| evaluation.dutch_level).map(LevelRange::exactly);
        let ranks = stated.or(one.level).map(|range| {
            let rank = |level: EducationLevel| self.policy.rank(level);
            (range.min.map_or(0, rank), range.max.map_or(u8::MAX, rank))
        });
        let meets = row.map_or(Meets::Soft, |row| row.general);
        let field =
            evaluation.and_then(|evaluation| evaluation.field.as_ref()).or(one.field.as_ref());
        EducationFact {
            ranks,
            outcome,
            evidence: row.map_or(EvidenceClass::D, |row| row.evidence),
            // What is not finished does not count as the level, unless the evaluation itself states one.
            meets: if finished || stated.is_some() { meets } else { Meets::Partly },
            field: field.and_then(|field| {
                Field::new(field, |label| self.words.intern(&crate::text::fold(label)))
            }),
        }
    }

    fn profile(&mut self, record: &Candidate) -> Profile {
        let held = record.experience.as_ref().map(|list| self.held(list));
        let credits = self.credits(
            record.skills.as_deref().unwrap_or_default(),
            held.as_deref().unwrap_or_default(),
        );
        let jobs = record.experience.iter().flatten();
        let held_unlinked = jobs
            .clone()
            .any(|job| self.job(job.occupation.as_slice(), job.title.as_deref()).is_empty());
        Profile {
            skills_stated: record.skills.is_some(),
            credits,
            held,
            held_unlinked,
            wishes: self.wishes(record),
        }
    }

    /// One entry for each occupation, with the months of all its jobs together.
    fn held(&mut self, experience: &[Experience]) -> Box<[Held]> {
        let mut held: Vec<Held> = Vec::new();
        for job in experience {
            let readings = self.job(job.occupation.as_slice(), job.title.as_deref());
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
        held.into_boxed_slice()
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
    fn credits(&mut self, stated: &[Skill], held: &[Held]) -> Box<[Credit]> {
        let mut credits = Vec::new();
        for skill in stated {
            let key = self.skill(skill.code.as_deref(), skill.label.as_deref());
            credits.push(Credit { skill: key, credit: 100, evidence: Evidence::Stated });
            if let SkillKey::Known(index) = key {
                let granted = self.vocabulary.skill_grants(index).iter();
                let related = |(other, credit): &(SkillIndex, u8)| Credit {
                    skill: SkillKey::Known(*other),
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
                    skill: SkillKey::Known(*skill),
                    credit: share(credit),
                    evidence: Evidence::Occupation(index),
                };
                credits.extend(skills.iter().map(inferred));
            };
            add(&occupation.essential, CREDIT_OF_ESSENTIAL);
            add(&occupation.optional, CREDIT_OF_OPTIONAL);
        }
        credits.sort_by_key(|one| (one.skill, std::cmp::Reverse(one.credit), one.evidence));
        credits.dedup_by_key(|one| one.skill);
        credits.into_boxed_slice()
    }

    fn wishes(&mut self, record: &Candidate) -> Option<WishFacts> {
        let wishes = record.wishes.as_ref();
        let wished = wishes.and_then(|wishes| wishes.occupations.as_ref());
        // An empty list asks for nothing, like one that is left out.
        let concepts: Vec<_> = wished.into_iter().chain(&record.targets).flatten().collect();
        let readings: Vec<_> =
            concepts.iter().map(|concept| self.vocabulary.readings(concept)).collect();
        let sectors =
            wishes.and_then(|wishes| wishes.sectors.as_ref()).filter(|list| !list.is_empty());
        let hours = wishes.and_then(|wishes| wishes.hours);
        (!concepts.is_empty() || sectors.is_some() || hours.is_some()).then(|| WishFacts {
            occupations_stated: !concepts.is_empty(),
            occupations_unlinked: readings.iter().any(Vec::is_empty),
            occupations: readings.into_iter().flatten().collect(),
            sectors: sectors.map(|list| list.iter().filter_map(|one| Sector::new(one)).collect()),
            hours,
        })
    }
}

/// One entry for each language, with the best that any entry says of each skill.
fn languages(list: &[Language]) -> Box<[LanguageFact]> {
    let mut facts: Vec<LanguageFact> = Vec::new();
    for one in list {
        let ranks = |own: Option<LevelRange<Cefr>>| {
            own.or(one.level).map(|range| {
                (range.min.map_or(0, Cefr::rank), range.max.map_or(Cefr::C2.rank(), Cefr::rank))
            })
        };
        let ranks =
            [ranks(one.listening), ranks(one.reading), ranks(one.speaking), ranks(one.writing)];
        let code = LanguageCode::new(&one.code);
        match facts.iter_mut().find(|fact| fact.code == code) {
            Some(fact) => {
                for (known, more) in fact.ranks.iter_mut().zip(ranks) {
                    *known = match (*known, more) {
                        (Some((low, high)), Some((other_low, other_high))) => {
                            Some((low.max(other_low), high.max(other_high)))
                        }
                        (known, more) => known.or(more),
                    };
                }
            }
            None => facts.push(LanguageFact { code, ranks }),
        }
    }
    facts.into_boxed_slice()
}
