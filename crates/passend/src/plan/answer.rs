// SPDX-License-Identifier: EUPL-1.2
//! The best and the worst answer to each question that a person can be asked, as facts.

use std::sync::Arc;

use crate::model::{
    Cefr, ContractWish, Day, DocumentKind, EvaluationOutcome, HoursPerWeek, Hundredths,
    ResidenceStatus, Weekday, WorkNote,
};
use crate::policy::{Area, EvidenceClass, Meets, Policy, ProfessionIndex};
use crate::prepare::{
    Avoided, CandidateFacts, CertificateFact, EducationFact, LanguageCode, LanguageFact,
    LicenceCategory, LicenceFact, Place, RegistrationFact, Span, VacancyFacts,
};
use crate::score::{Criterion, Fit};
use crate::text::{Say, Text};

/// Which answer a question gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Best,
    Worst,
}

/// A field of the person's record that a question can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Status,
    PermitEmployer,
    PermitHirers,
    WorkNote,
    ProcedureStarted,
    DutchWork,
    DocumentKind,
    DocumentEnd,
    Turns18,
    Bsn,
    Registrations,
    Licences,
    Certificates,
    Education,
    EducationLevel,
    Evaluation,
    Languages,
    Slots,
    Irregular,
    Hours,
    Location,
    Postcode,
    Mobility,
    Modes,
    Student,
    ContractWishes,
    Avoid,
    Skills,
    Experience,
    Wished,
    Targets,
}

/// The fields with their names in the record.
const FIELDS: [(&str, Field); 31] = [
    ("residence.status", Field::Status),
    ("residence.permits.employer_id", Field::PermitEmployer),
    ("residence.permits.hirers", Field::PermitHirers),
    ("residence.work_note", Field::WorkNote),
    ("residence.procedure_started", Field::ProcedureStarted),
    ("residence.nl_work", Field::DutchWork),
    ("residence.document_kind", Field::DocumentKind),
    ("residence.document_valid_until", Field::DocumentEnd),
    ("turns_18_on", Field::Turns18),
    ("bsn_available", Field::Bsn),
    ("registrations", Field::Registrations),
    ("licences", Field::Licences),
    ("certificates", Field::Certificates),
    ("education", Field::Education),
    ("education.level", Field::EducationLevel),
    ("education.evaluation", Field::Evaluation),
    ("languages", Field::Languages),
    ("slots", Field::Slots),
    ("irregular_ok", Field::Irregular),
    ("hours", Field::Hours),
    ("location", Field::Location),
    ("location.postcode", Field::Postcode),
    ("mobility", Field::Mobility),
    ("mobility.modes", Field::Modes),
    ("student", Field::Student),
    ("contract_wishes", Field::ContractWishes),
    ("wishes.avoid", Field::Avoid),
    ("skills", Field::Skills),
    ("experience", Field::Experience),
    ("wishes.occupations", Field::Wished),
    ("targets", Field::Targets),
];

/// What vacancies ask for by name: who has the best answer has all of it.
#[derive(Debug)]
pub(super) struct Asked {
    languages: Vec<LanguageFact>,
    certificates: Box<[CertificateFact]>,
    licences: Box<[LicenceFact]>,
    registrations: Box<[RegistrationFact]>,
    professions: Vec<ProfessionIndex>,
    top_rank: u8,
}

impl Asked {
    pub(super) fn new(policy: &Policy, vacancies: &[VacancyFacts]) -> Self {
        let mut codes: Vec<LanguageCode> = vacancies
            .iter()
            .flat_map(|one| one.required.language_musts.iter().chain(one.required.languages.iter()))
            .flat_map(|demand| demand.accepted.iter().map(|(code, _)| *code))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        let top = Some((Cefr::C2.rank(), Cefr::C2.rank()));
        let languages = codes.into_iter().map(|code| LanguageFact { code, ranks: [top; 4] });
        let mut certificates: Vec<_> = vacancies
            .iter()
            .flat_map(|one| one.required.certificates.iter())
            .map(|one| (one.known, one.name))
            .collect();
        // What a profession asks in papers is asked by no vacancy.
        let papers = policy.professions().flat_map(|(_, row)| row.certificates.iter());
        let by_name = certificates.first().map(|(_, name)| *name);
        let papers = papers.filter_map(|code| policy.certificate_named(Some(code), None));
        certificates.sort_unstable();
        certificates.dedup();
        let held = |(known, name)| CertificateFact { known, name, until: None, planned: None };
        let mut facts: Vec<_> = certificates.into_iter().map(held).collect();
        let demands = vacancies.iter().flat_map(|one| one.required.professions.iter());
        let any = by_name.or_else(|| demands.clone().find_map(|one| one.register));
        facts.extend(papers.filter_map(|index| any.map(|name| held((Some(index), name)))));
        let mut categories: Vec<LicenceCategory> = vacancies
            .iter()
            .flat_map(|one| one.required.licences.iter().map(|demand| demand.category))
            .chain(policy.professions().flat_map(|(_, row)| {
                row.licences.iter().map(|category| LicenceCategory::new(category))
            }))
            .collect();
        categories.sort_unstable();
        categories.dedup();
        let licence = |category| LicenceFact { category, usable: Some(true), until: None };
        let mut registers: Vec<_> =
            demands.clone().filter_map(|one| Some((one.register?, one.profession))).collect();
        registers.sort_unstable();
        registers.dedup();
        let registered = |(register, profession): (_, Option<ProfessionIndex>)| RegistrationFact {
            register,
            profession: profession.map(Some),
            in_force: true,
            until: None,
        };
        let mut professions: Vec<_> = demands.filter_map(|one| one.profession).collect();
        professions.sort_unstable();
        professions.dedup();
        Self {
            languages: languages.collect(),
            certificates: facts.into(),
            licences: categories.into_iter().map(licence).collect(),
            registrations: registers.into_iter().map(registered).collect(),
            professions,
            top_rank: policy.rank(crate::model::EducationLevel::Phd),
        }
    }
}

impl Field {
    /// The field with this name; nothing for one that belongs to a vacancy.
    pub(super) fn new(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(own, _)| *own == name).map(|(_, field)| *field)
    }

    /// The name in the record.
    pub(super) fn code(self) -> &'static str {
        FIELDS.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| *name)
    }

    /// How it is asked where no gate asks it.
    pub(super) fn usual_text(self) -> Text {
        match self {
            Self::Skills => Say("ask_skills").plain(),
            Self::Experience => Say("ask_experience").plain(),
            Self::Languages => Say("ask_languages").plain(),
            Self::EducationLevel => Say("ask_education_level").plain(),
            Self::Location => Say("ask_location").plain(),
            _ => Say("ask_education").plain(),
        }
    }

    /// Where the titles of a person stand that the question is about; nothing for other fields.
    pub(super) const fn place(self) -> Option<Place> {
        match self {
            Self::Experience => Some(Place::Experience),
            Self::Wished => Some(Place::Wish),
            Self::Targets => Some(Place::Target),
            _ => None,
        }
    }

    /// The criteria that its answer fills.
    pub(super) const fn criteria(self) -> &'static [Criterion] {
        match self {
            Self::Skills => &[Criterion::Skills],
            Self::Experience => &[Criterion::Occupation, Criterion::Skills],
            Self::Education | Self::EducationLevel | Self::Evaluation => &[Criterion::Education],
            Self::Wished | Self::Targets => &[Criterion::Wishes],
            Self::Languages => &[Criterion::Language],
            Self::Location | Self::Postcode => &[Criterion::Travel],
            _ => &[],
        }
    }

    /// Fields that only the score misses.
    pub(super) fn scored(
        person: &CandidateFacts,
        vacancy: &VacancyFacts,
        fits: &[Fit; 6],
    ) -> Vec<Self> {
        let [skills, occupation, education, language, travel, _] = *fits;
        let missing = |fit: Fit| matches!(fit, Fit::Unknown | Fit::AtLeast(_));
        let profile = &person.profile;
        let courses = person.learned.education.is_some();
        [
            (
                missing(skills) && !profile.skills_stated && !vacancy.skills().is_empty(),
                Self::Skills,
            ),
            (missing(occupation) && !vacancy.readings().is_empty(), Self::Experience),
            (missing(education) && !courses, Self::Education),
            (missing(education) && courses, Self::EducationLevel),
            (missing(language), Self::Languages),
            (
                missing(travel) && person.practical.area.is_none() && vacancy.area.is_some(),
                Self::Location,
            ),
        ]
        .into_iter()
        .filter(|(asks, _)| *asks)
        .map(|(_, field)| field)
        .collect()
    }

    /// Gives the facts an answer. What is known stays as it is.
    pub(super) fn answer(
        self,
        answer: Answer,
        facts: &mut CandidateFacts,
        vacancy: &VacancyFacts,
        asked: &Asked,
        as_of: Day,
    ) {
        let best = answer == Answer::Best;
        match self {
            Self::Status
            | Self::PermitEmployer
            | Self::PermitHirers
            | Self::WorkNote
            | Self::ProcedureStarted
            | Self::DutchWork
            | Self::DocumentKind
            | Self::DocumentEnd
            | Self::Turns18
            | Self::Bsn => self.legal(best, facts, vacancy, as_of),
            Self::Registrations | Self::Licences | Self::Certificates => {
                self.papers(best, facts, asked);
            }
            Self::Education | Self::EducationLevel | Self::Evaluation | Self::Languages => {
                self.learned(best, facts, asked);
            }
            Self::Location | Self::Postcode | Self::Mobility | Self::Modes => {
                self.travel(best, facts, vacancy);
            }
            Self::Slots
            | Self::Irregular
            | Self::Hours
            | Self::Student
            | Self::ContractWishes
            | Self::Avoid => self.practical(best, facts, vacancy),
            // No gate asks them; what they add to a score is in the fits.
            Self::Skills | Self::Experience | Self::Wished | Self::Targets => {}
        }
    }

    fn legal(self, best: bool, facts: &mut CandidateFacts, vacancy: &VacancyFacts, as_of: Day) {
        const DAYS_OF_52_WEEKS: i32 = 364;
        let legal = &mut facts.legal;
        let first = Day::from_days_since_1970(i32::MIN);
        let last = Day::from_days_since_1970(i32::MAX);
        let weeks = if best { (0, as_of.plus_days(-DAYS_OF_52_WEEKS)) } else { (52, as_of) };
        match self {
            Self::Status => {
                let status =
                    if best { ResidenceStatus::Free } else { ResidenceStatus::ReturnDecision };
                (legal.status, legal.since) = (Some(status), None);
            }
            Self::PermitEmployer => {
                let mut permits = legal.permits.to_vec();
                if best {
                    for permit in permits.iter_mut().filter(|one| one.employer.is_none()) {
                        permit.employer = vacancy.work.employer;
                    }
                } else {
                    permits.retain(|one| one.employer.is_some());
                }
                legal.permits = permits.into();
            }
            Self::PermitHirers => {
                let hirers = vacancy.work.employer.filter(|_| best);
                let mut permits = legal.permits.to_vec();
                for permit in permits.iter_mut().filter(|one| one.hirers.is_none()) {
                    permit.hirers = Some(hirers.into_iter().collect());
                }
                legal.permits = permits.into();
            }
            Self::WorkNote => {
                legal.note = Some(if best { WorkNote::Free } else { WorkNote::NotAllowed });
            }
            // What is asked once this is known is answered alike: the next question hangs on this one.
            Self::ProcedureStarted => {
                legal.procedure_started = Some(if best { first } else { as_of });
                legal.weeks_worked = legal.weeks_worked.or(Some(weeks));
            }
            Self::DutchWork => legal.weeks_worked = Some(weeks),
            Self::DocumentKind => {
                legal.document_kind =
                    Some(if best { DocumentKind::WDocument } else { DocumentKind::W2Document });
            }
            Self::DocumentEnd => {
                legal.document_until = Some(if best { last } else { as_of.plus_days(-1) });
            }
            Self::Turns18 => {
                let years = if best { 0 } else { 18 };
                legal.turns_18_on = Some(as_of.plus_months(12 * years));
            }
            _ => legal.bsn = Some(best),
        }
    }

    fn papers(self, best: bool, facts: &mut CandidateFacts, asked: &Asked) {
        let own = Arc::make_mut(&mut facts.qualifications);
        match self {
            Self::Registrations => {
                own.registrations =
                    Some(if best { asked.registrations.clone() } else { Box::default() });
            }
            // A list that is there lacks only whether each may be used here.
            Self::Licences => match &mut own.licences {
                Some(list) => {
                    for one in list.iter_mut().filter(|one| one.usable.is_none()) {
                        one.usable = Some(best);
                    }
                }
                None => {
                    own.licences = Some(if best { asked.licences.clone() } else { Box::default() });
                }
            },
            _ => {
                own.certificates =
                    Some(if best { asked.certificates.clone() } else { Box::default() });
            }
        }
    }

    fn learned(self, best: bool, facts: &mut CandidateFacts, asked: &Asked) {
        let learned = &mut facts.learned;
        match self {
            Self::Education => {
                if facts.qualifications.recognised.contains(&None) {
                    let recognised = &mut Arc::make_mut(&mut facts.qualifications).recognised;
                    let named = recognised.iter().copied().filter(Option::is_some);
                    let all = asked.professions.iter().map(|one| Some(*one)).filter(|_| best);
                    *recognised = named.chain(all).collect();
                }
                if learned.education.is_none() {
                    let diploma = EducationFact {
                        ranks: Some((asked.top_rank, asked.top_rank)),
                        outcome: EvaluationOutcome::DutchDiploma,
                        evidence: EvidenceClass::A,
                        meets: Meets::Yes,
                        field: None,
                    };
                    learned.education = Some(if best { [diploma].into() } else { Arc::default() });
                }
            }
            Self::EducationLevel => {
                for course in learned.education.iter_mut().flat_map(Arc::make_mut) {
                    let (low, high) = course.ranks.unwrap_or((0, u8::MAX));
                    let rank = if best { high.min(asked.top_rank) } else { low };
                    course.ranks = Some((rank, rank));
                }
            }
            Self::Evaluation => {
                for course in learned.education.iter_mut().flat_map(Arc::make_mut) {
                    if matches!(course.meets, Meets::Soft | Meets::No | Meets::NotYet) {
                        course.meets = if best { Meets::Yes } else { Meets::Partly };
                    }
                }
            }
            _ => match &mut learned.languages {
                Some(list) => {
                    for rank in Arc::make_mut(list).iter_mut().flat_map(|one| &mut one.ranks) {
                        let (low, high) = rank.unwrap_or((0, Cefr::C2.rank()));
                        let sure = if best { high } else { low };
                        *rank = Some((sure, sure));
                    }
                }
                None => {
                    learned.languages =
                        Some(if best { asked.languages.as_slice().into() } else { Arc::default() });
                }
            },
        }
    }

    /// Next door within every limit, or at the other end of the country and beyond it.
    fn travel(self, best: bool, facts: &mut CandidateFacts, vacancy: &VacancyFacts) {
        const FAR: i32 = 400_000;
        let own = &mut facts.practical;
        if self == Self::Modes {
            own.limit_metres = own.limit_metres.map(|(low, high)| {
                let sure = if best { high } else { low };
                (sure, sure)
            });
            return;
        }
        let far = |work: Area| Area { x: work.x.saturating_add(FAR), y: work.y, radius: 0 };
        match self {
            // The limit is asked once the place is known, so it is answered alike.
            Self::Location => {
                own.area = if best { vacancy.area } else { vacancy.area.map(far) };
                let limit = if best { u32::MAX } else { 0 };
                own.limit_metres = own.limit_metres.or(Some((limit, limit)));
            }
            Self::Postcode if best => own.limit_metres = Some((u32::MAX, u32::MAX)),
            // Beyond the limit, however little.
            Self::Postcode => own.area = vacancy.area.map(far),
            _ if best => own.limit_metres = Some((u32::MAX, u32::MAX)),
            _ => own.limit_metres = Some((0, 0)),
        }
    }

    fn practical(self, best: bool, facts: &mut CandidateFacts, vacancy: &VacancyFacts) {
        let own = &mut facts.practical;
        match self {
            Self::Slots => {
                let busy = if best { Box::default() } else { whole_week() };
                Arc::make_mut(&mut own.week).busy = Some(busy);
            }
            Self::Irregular => own.irregular_ok = Some(best),
            Self::Hours => {
                // As many as the work asks, or none at all where it asks some, else more than it has.
                let asks = vacancy.hours.min.is_some_and(|least| least.get() > 0);
                own.hours = match (best, asks) {
                    (true, _) => HoursPerWeek { min: None, max: Some(Hundredths::new(16_800)) },
                    (false, true) => HoursPerWeek { min: None, max: Some(Hundredths::new(0)) },
                    (false, false) => {
                        HoursPerWeek { min: Some(Hundredths::new(16_800)), max: None }
                    }
                };
            }
            Self::Student => own.student = Some(best),
            Self::ContractWishes => {
                let wish = if best { ContractWish::Volunteer } else { ContractWish::Permanent };
                own.open_to = Some([wish, ContractWish::Regular].into());
            }
            _ => {
                let known = own.avoids.iter().filter(|one| !matches!(one, Avoided::Title(_)));
                let mut avoids: Vec<_> = known.cloned().collect();
                if !best {
                    avoids.push(Avoided::Title(vacancy.named.title));
                }
                own.avoids = avoids.into();
            }
        }
    }
}

fn whole_week() -> Box<[Span]> {
    const DAYS: [Weekday; 7] = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    let (Some(from), Some(to)) =
        (crate::model::ClockTime::from_minutes(0), crate::model::ClockTime::from_minutes(1440))
    else {
        return Box::default();
    };
    DAYS.into_iter().flat_map(|day| Span::of(day, from, to)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_one_name() {
        for (name, field) in FIELDS {
            assert_eq!((Field::new(name), field.code()), (Some(field), name));
        }
        assert_eq!(Field::new("twv.employer_will_apply"), None);
    }
}
