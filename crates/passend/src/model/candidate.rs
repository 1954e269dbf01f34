// SPDX-License-Identifier: EUPL-1.2
//! What is known of a person. Protected attributes have no field here.

use serde::{Deserialize, Serialize};

use super::{
    Cefr, Concept, Day, EducationLevel, EvaluationOutcome, HoursPerWeek, LevelRange, Slot, Source,
};

/// A person who looks for work: one line of `candidates.jsonl`.
///
/// Everything but `id` may be missing. Missing is *not known*; an empty list is *known to be none*; a list that is present
/// is complete. Nationality, place of birth, sex, age, religion, health, family and name have no field.
///
/// ```
/// # use passend::Candidate;
/// let candidate: Candidate = serde_json::from_str(r#"{"id":"c1","skills":[]}"#)?;
/// assert_eq!(candidate.skills, Some(vec![])); // known to have none
/// assert_eq!(candidate.languages, None); // not known
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(
        description = "A person who looks for work: one line of the file of candidates. Everything but `id` may be missing. Missing is not known; an empty list is known to be none; a list that is present is complete."
    )
)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// `passend/candidate/1`; optional when read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// A pseudonym that the caller understands; never a national number.
    pub id: String,
    /// The eighteenth birthday of a minor; left out for an adult.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turns_18_on: Option<Day>,
    /// Residence status and the dates that rules need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residence: Option<Residence>,
    /// The person has a citizen service number (BSN); the number itself has no field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bsn_available: Option<bool>,
    /// Where the person lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// How far and how the person travels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobility: Option<Mobility>,
    /// Driving licences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licences: Option<Vec<Licence>>,
    /// An expected move to another place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relocation: Option<Relocation>,
    /// From when and until when the person can work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Availability>,
    /// Hours a week that the person can work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<HoursPerWeek>,
    /// The person's week: lessons, other duties, free times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slots: Option<Vec<Slot>>,
    /// Evenings, nights and weekends are possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub irregular_ok: Option<bool>,
    /// Only office hours are possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office_hours: Option<bool>,
    /// Languages with their levels; a language not in the list is not spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub languages: Option<Vec<Language>>,
    /// Courses and diplomas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub education: Option<Vec<Education>>,
    /// Level of work and thinking by VUM, 1 (no basic education) to 6 (university).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_level: Option<u8>,
    /// Work done before, here or elsewhere, paid or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experience: Option<Vec<Experience>>,
    /// Skills that the person has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<Skill>>,
    /// Certificates such as VCA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificates: Option<Vec<Certificate>>,
    /// Entries in professional registers such as BIG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registrations: Option<Vec<Registration>>,
    /// What the person would like, and what not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wishes: Option<Wishes>,
    /// Follows a vocational or higher course in the Netherlands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub student: Option<bool>,
    /// What the person agreed to, never scored; once it has ended, or for another purpose, the person takes no part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<Permission>,
    /// Occupations that mediation aims at; read together with `wishes.occupations`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<Vec<Concept>>,
    /// Kinds of contract and work that the person is open to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_wishes: Option<Vec<ContractWish>>,
    /// Civic integration route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integration: Option<Integration>,
    /// Support that is arranged; never a diagnosis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support: Option<Support>,
}

/// Residence status, as far as work needs it. Citizenships are merged into `free` when imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResidenceStatus {
    /// May work freely on a stated basis. `dutch_citizen` and `eu_eea_swiss_citizen` are read as this, so that no record
    /// keeps a citizenship.
    #[serde(alias = "dutch_citizen", alias = "eu_eea_swiss_citizen")]
    Free,
    /// Asylum seeker in procedure.
    AsylumSeekerInProcedure,
    /// Asylum seeker in an accelerated procedure; only from the case file, never inferred.
    AsylumSeekerAccelerated,
    /// Another member state handles the application.
    DublinClaimant,
    /// The application was finally refused.
    ReturnDecision,
    /// Asylum permit for a fixed term.
    StatusHolderFixedTerm,
    /// Asylum permit for an indefinite term.
    StatusHolderIndefinite,
    /// Derived asylum permit.
    FamilyOfStatusHolder,
    /// Stay with a family member on a regular permit.
    FamilyRegular,
    /// Displaced person from Ukraine under temporary protection.
    UkraineTemporaryProtection,
    /// Holder of the announced document after temporary protection.
    UkraineTransitionDocument,
    /// Third-country national who had a temporary Ukrainian permit.
    UkraineThirdCountryTemporary,
    /// Third-country national who had a permanent Ukrainian permit, or family.
    UkraineThirdCountryPermanent,
    /// Unaccompanied minor in procedure.
    UnaccompaniedMinorInProcedure,
    /// Minor with an asylum permit.
    MinorWithPermit,
    /// Victim or witness of trafficking, with a permit.
    VictimOfTraffickingPermit,
    /// Student from outside the EU.
    StudentNonEu,
    /// Not known.
    Unknown,
}

impl ResidenceStatus {
    /// Every status that says something, in order; not `unknown`.
    pub const ALL: [Self; 17] = [
        Self::Free,
        Self::AsylumSeekerInProcedure,
        Self::AsylumSeekerAccelerated,
        Self::DublinClaimant,
        Self::ReturnDecision,
        Self::StatusHolderFixedTerm,
        Self::StatusHolderIndefinite,
        Self::FamilyOfStatusHolder,
        Self::FamilyRegular,
        Self::UkraineTemporaryProtection,
        Self::UkraineTransitionDocument,
        Self::UkraineThirdCountryTemporary,
        Self::UkraineThirdCountryPermanent,
        Self::UnaccompaniedMinorInProcedure,
        Self::MinorWithPermit,
        Self::VictimOfTraffickingPermit,
        Self::StudentNonEu,
    ];
}

/// Residence status and the dates that legal rules need.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Residence {
    /// Status; left out = not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ResidenceStatus>,
    /// First day of the asylum procedure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure_started: Option<Day>,
    /// First day of this status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// Last day on which the residence document is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_valid_until: Option<Day>,
    /// The procedure is accelerated; only from the case file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accelerated: Option<bool>,
    /// Kind of residence document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_kind: Option<DocumentKind>,
    /// Lives in reception of COA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reception: Option<bool>,
    /// Work in the Netherlands, for rules that count weeks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nl_work: Option<DutchWork>,
    /// What the residence document says about work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_note: Option<WorkNote>,
    /// Work permits that were granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permits: Option<Vec<Permit>>,
}

/// Kind of residence document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Identity document for asylum seekers, type W.
    WDocument,
    /// Identity document type W2.
    W2Document,
    /// Document or sticker for temporary protection.
    ODocument,
    /// Residence permit.
    ResidencePermit,
    /// Announced document after temporary protection.
    TransitionDocument,
    /// Another document.
    Other,
}

/// What the residence document says about work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WorkNote {
    /// "Arbeid vrij toegestaan".
    Free,
    /// "Arbeid alleen toegestaan met TWV".
    TwvRequired,
    /// "Arbeid niet toegestaan".
    NotAllowed,
    /// Not read.
    Unknown,
}

/// Work in the Netherlands, for rules that count weeks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DutchWork {
    /// First day of that work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<Day>,
    /// Weeks worked in the last 52 weeks, 0 to 52.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks_worked_in_52: Option<u8>,
}

/// Kind of work permit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PermitKind {
    /// Tewerkstellingsvergunning.
    Twv,
    /// Combined residence and work permit.
    Gvva,
}

/// A work permit that was granted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Permit {
    /// Kind of permit.
    pub kind: PermitKind,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The employer it was granted for: an agency or pool, where that holds the permit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_id: Option<String>,
    /// Other employers at which the permit of an agency or pool lets the person work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hirers: Option<Vec<String>>,
    /// Hours it was granted for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<HoursPerWeek>,
}

/// Where a person lives.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Dutch postcode, `9711` or `9711LM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Name or GM code of the municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Reception centre or other known site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
}

/// Means of travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TravelMode {
    /// Bicycle.
    Bike,
    /// Bus, tram and train.
    PublicTransport,
    /// Car.
    Car,
}

/// How far and how a person travels, one way.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Mobility {
    /// At most so many kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_km: Option<u16>,
    /// At most so many minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_minutes: Option<u16>,
    /// Means of travel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modes: Option<Vec<TravelMode>>,
}

/// A driving licence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// Category: `B`, `C`, `CE` …
    pub category: String,
    /// It may be used in the Netherlands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_in_nl: Option<bool>,
    /// Last valid day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// Where the fact comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The day on which the fact was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// An expected move to another place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Relocation {
    /// Expected day of the move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_on: Option<Day>,
    /// Where to: name or GM code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// The place is assigned and the day is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certain: Option<bool>,
}

/// From when and until when a person can work.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Availability {
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// A language with one level, or a level for each skill.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// ISO 639-1 or ISO 639-3 code, lower case.
    pub code: String,
    /// Level of all four skills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelRange<Cefr>>,
    /// Level of listening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listening: Option<LevelRange<Cefr>>,
    /// Level of reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<LevelRange<Cefr>>,
    /// Level of speaking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaking: Option<LevelRange<Cefr>>,
    /// Level of writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writing: Option<LevelRange<Cefr>>,
    /// Day of the test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tested_on: Option<Day>,
    /// Where the fact comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The day on which the fact was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// A course or diploma.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Education {
    /// Name of the course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Level, or range, as claimed or on the diploma.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelRange<EducationLevel>>,
    /// Where the level comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level_source: Option<Source>,
    /// Field of education, ISCED-F 2013.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Concept>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Finished or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<EducationStatus>,
    /// A diploma was obtained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diploma: Option<bool>,
    /// How the diploma is known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Evaluation>,
    /// Where the fact comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The day on which the fact was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// Whether a course was finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EducationStatus {
    /// Finished.
    Finished,
    /// Stopped before the end.
    Unfinished,
    /// Still being followed.
    Current,
}

/// Evaluation of a diploma.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// Form of evaluation.
    pub outcome_code: EvaluationOutcome,
    /// Dutch level stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dutch_level: Option<EducationLevel>,
    /// Field stated, ISCED-F 2013.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Concept>,
    /// Day of the statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
}

/// Work done before.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Experience {
    /// The occupation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<Concept>,
    /// Job title as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day; left out while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Length in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u16>,
    /// Hours a week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<HoursPerWeek>,
    /// Free text; kept, never scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where the fact comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The day on which the fact was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// A skill that a person has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Skill {
    /// The classification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// Code within the scheme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Level by the source; kept, never scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Where the fact comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The day on which the fact was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Code: `vca_basic`, `forklift`, `code95` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Name as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Day of issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<Day>,
    /// Last valid day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// Day on which it is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Day>,
    /// Where the fact comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The day on which the fact was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// An entry in a professional register.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// Register: `big`, `skj` …
    pub register: String,
    /// Profession in the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profession: Option<String>,
    /// State of the entry; left out = registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<RegistrationStatus>,
    /// Last valid day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// Where the fact comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The day on which the fact was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
}

/// State of an entry in a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RegistrationStatus {
    /// Registered.
    Registered,
    /// Asked for.
    Applied,
    /// Suspended or struck off.
    Suspended,
    /// No longer valid.
    Expired,
}

/// What a person would like, and what not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Wishes {
    /// Occupations asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupations: Option<Vec<Concept>>,
    /// Sectors asked for, SBI section letters or codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sectors: Option<Vec<String>>,
    /// What the person excludes: occupations, ISCO groups or (scheme `sbi`) sectors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avoid: Option<Vec<Concept>>,
    /// Hours a week asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<HoursPerWeek>,
}

/// A kind of contract or work that a person is open to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContractWish {
    /// Permanent contract.
    Permanent,
    /// Temporary contract.
    Temporary,
    /// Paid work.
    Regular,
    /// Paid work and learning (BBL).
    Apprenticeship,
    /// Voluntary work.
    Volunteer,
    /// Work experience or internship without pay.
    WorkExperience,
}

/// What the person agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// Purpose; left out restricts nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Last day of the agreement; left out restricts nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// Civic integration route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// B1 route.
    B1,
    /// Education route.
    Education,
    /// Self-reliance route.
    Z,
}

/// Civic integration.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Integration {
    /// Route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Route>,
    /// Last day of the term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Day>,
    /// The module on work and participation is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map_done: Option<bool>,
}

/// Support that is arranged.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// A language coach at work is arranged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_coach: Option<bool>,
    /// A job coach is arranged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_coach: Option<bool>,
    /// An adjustment of the workplace is arranged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workplace_adjustment_arranged: Option<bool>,
}
