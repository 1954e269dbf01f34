// SPDX-License-Identifier: EUPL-1.2
//! A person, ready to be compared.

use std::sync::Arc;

use super::learned::LearnedFacts;
use super::profile::Profile;
use super::week::joined;
use super::{
    CourseRead, Filed, LicenceCategory, Place, Preparer, Said, Span, Texts, Unsure, Word, id_hash,
};
use crate::model::{
    Candidate, Concept, ContractWish, Day, DocumentKind, EvaluationOutcome, HoursPerWeek,
    RegistrationStatus, ResidenceStatus, Route, SlotKind, TravelMode, WorkNote,
};
use crate::policy::{Area, CertificateIndex, MunicipalityIndex, ProfessionIndex, Sector};
use crate::vocabulary::{Group, OccupationIndex};

/// A person, ready to be compared.
#[derive(Debug, Clone)]
pub(crate) struct CandidateFacts {
    /// The id, titles and skills in the words of the record, and what was read out of texts since the record states no
    /// code for it: told, and looked at by no gate or criterion.
    pub(crate) filed: Filed<Said, Box<[CourseRead]>>,
    pub(crate) legal: LegalFacts,
    /// Shared by people who have the same.
    pub(crate) qualifications: Arc<QualificationFacts>,
    pub(crate) practical: PracticalFacts,
    pub(crate) learned: LearnedFacts,
    pub(crate) profile: Profile,
    pub(crate) grouped: GroupedFacts,
    /// Titles that are not surely understood.
    pub(crate) unsure: Box<[Unsure]>,
}

/// By what people are counted in tables; looked at by no gate or criterion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GroupedFacts {
    /// Where the person lives on the day, as the record names it.
    pub(crate) municipality: Option<MunicipalityIndex>,
    pub(crate) route: Option<Route>,
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
    /// Lives in a reception centre; told, and looked at by no gate.
    pub(crate) reception: Option<bool>,
}

/// A work permit that was granted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PermitFact {
    pub(crate) from: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) employer: Option<Word>,
    /// Where an agency holds it: the employers at which it lets the person work; `None`: not said.
    pub(crate) hirers: Option<Box<[Word]>>,
    pub(crate) hours_max: Option<u32>,
}

/// Registrations, certificates, licences.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct QualificationFacts {
    pub(crate) registrations: Option<Box<[RegistrationFact]>>,
    pub(crate) certificates: Option<Box<[CertificateFact]>>,
    pub(crate) licences: Option<Box<[LicenceFact]>>,
    /// Professions for which a diploma was recognised; `None` for one that is not named.
    pub(crate) recognised: Box<[Option<ProfessionIndex>]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RegistrationFact {
    pub(crate) register: Word,
    /// `None`: not said; `Some(None)`: one that the policy does not know.
    pub(crate) profession: Option<Option<ProfessionIndex>>,
    pub(crate) in_force: bool,
    pub(crate) until: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CertificateFact {
    pub(crate) known: Option<CertificateIndex>,
    pub(crate) name: Word,
    pub(crate) until: Option<Day>,
    pub(crate) planned: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LicenceFact {
    pub(crate) category: LicenceCategory,
    pub(crate) usable: Option<bool>,
    pub(crate) until: Option<Day>,
}

/// Time, place and the person's own limits.
#[derive(Debug, Clone)]
pub(crate) struct PracticalFacts {
    /// Shared by people who have the same week.
    pub(crate) week: Arc<WeekFacts>,
    pub(crate) irregular_ok: Option<bool>,
    pub(crate) office_hours: bool,
    pub(crate) hours: HoursPerWeek,
    pub(crate) area: Option<Area>,
    /// The way that is surely within the person's limit, and the way beyond which it surely is not.
    pub(crate) limit_metres: Option<(u32, u32)>,
    /// The speed of the person's fastest means of travel; of the fastest of all where none is known.
    pub(crate) metres_per_minute: u32,
    pub(crate) only_public_transport: bool,
    /// A certain move: from this day on, to this place.
    pub(crate) move_to: Option<(Day, Area)>,
    pub(crate) may_move: bool,
    pub(crate) from: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) avoids: Box<[Avoided]>,
    /// Kinds of work that the person is open to; `None`: not said.
    pub(crate) open_to: Option<Arc<[ContractWish]>>,
    pub(crate) student: Option<bool>,
    pub(crate) language_coach: bool,
}

/// When a person is busy, and free.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct WeekFacts {
    /// `None`: the week is not known.
    pub(crate) busy: Option<Box<[Span]>>,
    /// What of it is lessons, and what is not; only to ask what other lessons would change.
    pub(crate) lessons: Box<[Span]>,
    pub(crate) engaged: Box<[Span]>,
    /// When not empty, work is possible then only.
    pub(crate) free: Box<[Span]>,
}

/// What a person excludes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Avoided {
    /// An occupation, with its group.
    Occupation(OccupationIndex, Group),
    Group(Group),
    Sector(Sector),
    /// Work that the vocabulary does not know, by its folded name.
    Title(Word),
}

/// What a record says in words, as it is gathered.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) said: Vec<Said>,
    pub(super) unsure: Vec<Unsure>,
    pub(super) read: Vec<CourseRead>,
}

impl CandidateFacts {
    pub(crate) fn id(&self) -> &str {
        self.filed.id()
    }

    pub(crate) fn id_hash(&self) -> u64 {
        id_hash(self.id())
    }
}

impl<T: Texts> Preparer<'_, T> {
    pub(crate) fn candidate(&mut self, record: &Candidate) -> CandidateFacts {
        let mut told = Told::default();
        let practical = self.practical(record, &mut told);
        let learned = self.learned(record, &mut told.read);
        let profile = self.profile(record, &mut told);
        let qualifications = self.qualifications(record);
        CandidateFacts {
            filed: Filed::new(&record.id, &told.said, &told.read.into()),
            legal: self.legal(record),
            qualifications: self.alike.qualifications.share(qualifications),
            practical,
            learned,
            profile,
            grouped: self.grouped(record),
            unsure: told.unsure.into(),
        }
    }

    /// A postcode alone names no municipality; a certain move that has happened names the new one.
    fn grouped(&self, record: &Candidate) -> GroupedFacts {
        let places = self.policy.places();
        let called = |name: Option<&str>| name.and_then(|name| places.municipality_called(name));
        let moved = record.relocation.as_ref().filter(|one| {
            one.certain == Some(true) && one.expected_on.is_some_and(|day| day <= self.as_of)
        });
        let moved = moved.and_then(|one| called(one.municipality.as_deref()));
        let home = record.location.as_ref();
        let home = home.and_then(|home| {
            called(home.municipality.as_deref()).or_else(|| called(home.site.as_deref()))
        });
        GroupedFacts {
            municipality: moved.or(home),
            route: record.integration.as_ref().and_then(|own| own.route),
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
                    hirers: permit
                        .hirers
                        .as_ref()
                        .map(|all| all.iter().map(|id| self.words.intern(id)).collect()),
                    hours_max: permit
                        .hours
                        .and_then(|hours| hours.max)
                        .map(crate::model::Hundredths::get),
                })
                .collect(),
            weeks_worked: worked,
            turns_18_on: record.turns_18_on,
            bsn: record.bsn_available,
            reception: residence.reception,
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
                .flat_map(|one| {
                    let fact = CertificateFact {
                        known: self
                            .policy
                            .certificate_named(one.code.as_deref(), one.name.as_deref()),
                        name: self
                            .word(one.name.as_deref().or(one.code.as_deref()).unwrap_or_default()),
                        until: one.valid_until,
                        planned: one
                            .issued
                            .filter(|day| *day > as_of)
                            .or(one.planned.filter(|_| one.issued.is_none())),
                    };
                    let row = fact.known.and_then(|index| self.policy.certificate(index));
                    let codes = row.map(|row| row.covers.as_slice()).unwrap_or_default().iter();
                    let covered =
                        codes.filter_map(|code| self.policy.certificate_named(Some(code), None));
                    let covered: Vec<_> = covered
                        .map(|index| CertificateFact { known: Some(index), ..fact })
                        .collect();
                    std::iter::once(fact).chain(covered)
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

    fn practical(&mut self, record: &Candidate, told: &mut Told) -> PracticalFacts {
        let slots = |kinds: &'static [SlotKind]| {
            let slots =
                record.slots.iter().flatten().filter(move |slot| kinds.contains(&slot.kind));
            joined(slots.flat_map(|slot| Span::of(slot.day, slot.from, slot.to))).into_boxed_slice()
        };
        let week = WeekFacts {
            busy: record.slots.as_ref().map(|_| slots(&[SlotKind::Class, SlotKind::Other])),
            lessons: slots(&[SlotKind::Class]),
            engaged: slots(&[SlotKind::Other]),
            free: slots(&[SlotKind::Free]),
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
            week: self.alike.weeks.share(week),
            irregular_ok: record.irregular_ok,
            office_hours: record.office_hours == Some(true),
            hours: record.hours.unwrap_or_default(),
            // A certain move that has happened is the place.
            area: moved.filter(|(day, _)| *day <= self.as_of).map(|(_, area)| area).or(area),
            limit_metres: self.limit(record),
            metres_per_minute: self.speed(record),
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
            avoids: avoided.flat_map(|concept| self.avoided(concept, told)).collect(),
            open_to: record
                .contract_wishes
                .as_deref()
                .map(|wishes| self.alike.contracts.share(wishes)),
            student: record.student,
            language_coach: record.support.as_ref().and_then(|support| support.language_coach)
                == Some(true),
        }
    }

    /// The speed of the person's fastest means of travel; of the fastest of all where none is known.
    fn speed(&self, record: &Candidate) -> u32 {
        let speed = |mode: &TravelMode| self.policy.metres_per_minute(*mode);
        let modes = record.mobility.as_ref().and_then(|mobility| mobility.modes.as_deref());
        let all = [TravelMode::Bike, TravelMode::PublicTransport, TravelMode::Car];
        let own = modes.into_iter().flatten().map(speed).max();
        own.or_else(|| all.iter().map(speed).max()).unwrap_or_default()
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

    fn avoided(&mut self, concept: &Concept, told: &mut Told) -> Vec<Avoided> {
        let text = concept
            .code
            .as_deref()
            .filter(|code| !code.is_empty())
            .or(concept.label.as_deref())
            .unwrap_or_default();
        if concept.scheme.as_deref() == Some("sbi") {
            return vec![
                Sector::new(text).map_or_else(|| Avoided::Title(self.word(text)), Avoided::Sector),
            ];
        }
        told.said.push(self.said(Place::Avoid, concept));
        // An everyday title that means several occupations excludes each of them: the person's word counts.
        let readings = self.readings(concept);
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
}
