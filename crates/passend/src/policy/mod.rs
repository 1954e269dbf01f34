// SPDX-License-Identifier: EUPL-1.2
//! The law, levels, steps and weights in force: tables that a user can read, print and replace.

mod facility;
mod in_force;
mod keys;
mod law;
mod load;
mod place;
mod row;
mod rules;
mod sector;
mod step;
mod twv_check;

use std::collections::{BTreeMap, HashMap};

use hmac_sha256::Hash as Sha256;

pub(crate) use facility::{Answer, Condition, Facility};
pub use in_force::StatusLine;
pub use law::{LawRow, SourceRow};
pub use load::PolicyError;
pub(crate) use place::{Area, Municipality, MunicipalityIndex, Places};
pub use place::{Place, PlaceError};
pub(crate) use row::{
    Certificate, CertificateStrength, EvidenceClass, LanguageSpan, Meets, Outcome, Profession,
    State, StepRow, WorkOutcome, WorkRule,
};
pub use row::{LeadTime, Weights};
pub use rules::RuleLine;
pub(crate) use rules::{Permits, RuleIndex, Rules, WorkAsked};
pub(crate) use sector::Sector;
pub(crate) use step::{Change, ExamLanguage, StepDetail};
pub use step::{Cost, LessonHours};
pub(crate) use twv_check::{CheckState, MinimumWage, Paper, TwvCheck};

use crate::model::{Cefr, Day, EducationLevel, EvaluationOutcome, TravelMode};
use crate::text::Text;

/// Rules, weights and tables, with a version and a hash for the whole.
///
/// ```
/// # use passend::Policy;
/// let policy = Policy::builtin();
/// assert_eq!(policy.weights().skills, 35);
/// assert!(policy.version().starts_with("passend 2026.11.1 (sha256:"));
/// ```
#[derive(Debug, Clone)]
pub struct Policy {
    version: String,
    reviewed_until: Day,
    announced: bool,
    weights: Weights,
    detour_percent: u32,
    metres_per_minute: BTreeMap<TravelMode, u32>,
    work: Vec<WorkRule>,
    professions: Vec<Profession>,
    certificates: Vec<Certificate>,
    /// Codes and names, folded.
    certificate_names: HashMap<String, CertificateIndex>,
    education: BTreeMap<EducationLevel, (u8, Text)>,
    outcomes: BTreeMap<EvaluationOutcome, Outcome>,
    languages: Vec<LanguageSpan>,
    steps: BTreeMap<String, StepRow>,
    facilities: Vec<Facility>,
    twv_checks: Vec<TwvCheck>,
    minimum_wages: Vec<MinimumWage>,
    step_details: BTreeMap<String, StepDetail>,
    exam_languages: Vec<ExamLanguage>,
    places: Places,
    /// What a person may have agreed to, for a run to be about it.
    purposes: Vec<String>,
}

/// Number of a regulated profession within the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ProfessionIndex(pub(crate) u16);

/// Number of a certificate within the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CertificateIndex(pub(crate) u16);

impl Default for Policy {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Policy {
    /// Name, version and fingerprint of the rules in force, such as `passend 2026.11.1 (sha256:…)`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The day until which the rules were reviewed; beyond it every finding of law says so.
    pub const fn reviewed_until(&self) -> Day {
        self.reviewed_until
    }

    /// Whether announced rules decide.
    pub const fn announced(&self) -> bool {
        self.announced
    }

    /// The weights of the six criteria.
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Purposes that a run is for; a person whose permission names another one takes no part.
    pub fn purposes(&self) -> &[String] {
        &self.purposes
    }

    /// The same policy for runs with these purposes; without this call for matching with work. Letter case does not count.
    #[must_use]
    pub fn with_purposes(mut self, purposes: impl IntoIterator<Item = String>) -> Self {
        self.purposes = purposes.into_iter().collect();
        self
    }

    /// The same policy with other weights; the version stays, since an explanation names the weights beside it.
    ///
    /// ```
    /// # use passend::{Policy, Weights};
    /// let policy = Policy::builtin();
    /// let weights = Weights { skills: 40, wishes: 0, ..policy.weights().clone() };
    /// assert_eq!(policy.with_weights(weights)?.weights().skills, 40);
    /// # Ok::<(), passend::PolicyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The weights do not sum to 100.
    pub fn with_weights(&self, weights: Weights) -> Result<Self, PolicyError> {
        match weights.sum() {
            100 => Ok(Self { weights, ..self.clone() }),
            sum => Err(PolicyError::Weights { sum }),
        }
    }

    /// The same policy with other places added to its municipalities; the version names their hash.
    #[must_use]
    pub fn with_places(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        let mut hash = Sha256::new();
        self.places.extend(places.into_iter().inspect(|place| hash.update(format!("{place:?}"))));
        let short: String =
            hash.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        self.version.push_str(" + places ");
        self.version.push_str(&short);
        self
    }

    /// Whether a place is known by its postcode, site or municipality.
    ///
    /// ```
    /// # use passend::Policy;
    /// assert!(Policy::builtin().knows_place(None, None, Some("Groningen")));
    /// assert!(!Policy::builtin().knows_place(Some("9711"), None, None)); // without a table of postcodes
    /// ```
    pub fn knows_place(
        &self,
        postcode: Option<&str>,
        site: Option<&str>,
        municipality: Option<&str>,
    ) -> bool {
        self.places.find(postcode, site, municipality).is_some()
    }

    /// Whether a text is a sector: a section letter or code of SBI 2008.
    ///
    /// ```
    /// # use passend::Policy;
    /// assert!(Policy::knows_sector("56.10"));
    /// assert!(!Policy::knows_sector("horeca"));
    /// ```
    pub fn knows_sector(text: &str) -> bool {
        Sector::new(text).is_some()
    }

    /// Whether a certificate is known by its code or name.
    ///
    /// ```
    /// # use passend::Policy;
    /// assert!(Policy::builtin().knows_certificate(None, Some("VCA basis")));
    /// ```
    pub fn knows_certificate(&self, code: Option<&str>, name: Option<&str>) -> bool {
        self.certificate_named(code, name).is_some()
    }

    /// The same policy in which announced rules do not decide.
    pub(crate) fn without_announced(&self) -> Self {
        Self { announced: false, ..self.clone() }
    }

    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    pub(crate) const fn detour_percent(&self) -> u32 {
        self.detour_percent
    }

    pub(crate) fn metres_per_minute(&self, mode: TravelMode) -> u32 {
        self.metres_per_minute.get(&mode).copied().unwrap_or_default()
    }

    pub(crate) fn rule(&self, index: RuleIndex) -> Option<&WorkRule> {
        self.work.get(usize::from(index.0))
    }

    pub(crate) fn profession(&self, index: ProfessionIndex) -> Option<&Profession> {
        self.professions.get(usize::from(index.0))
    }

    pub(crate) fn professions(&self) -> impl Iterator<Item = (ProfessionIndex, &Profession)> {
        (0..).map(ProfessionIndex).zip(&self.professions)
    }

    pub(crate) fn certificate(&self, index: CertificateIndex) -> Option<&Certificate> {
        self.certificates.get(usize::from(index.0))
    }

    /// The certificate with this code, or called so.
    pub(crate) fn certificate_named(
        &self,
        code: Option<&str>,
        name: Option<&str>,
    ) -> Option<CertificateIndex> {
        let called = |text: &str| self.certificate_names.get(&crate::text::fold(text)).copied();
        code.and_then(called).or_else(|| called(name?))
    }

    /// Rank of an education level; levels of one rank count as equal.
    pub(crate) fn rank(&self, level: EducationLevel) -> u8 {
        self.education.get(&level).map_or(0, |(rank, _)| *rank)
    }

    /// The first level of this rank.
    pub(crate) fn level_of_rank(&self, rank: u8) -> Option<EducationLevel> {
        self.education.iter().find(|(_, (known, _))| *known == rank).map(|(level, _)| *level)
    }

    /// Name of an education level.
    pub(crate) fn level_name(&self, level: EducationLevel) -> Text {
        self.education.get(&level).map(|(_, name)| name.clone()).unwrap_or_default()
    }

    pub(crate) fn outcome(&self, outcome: EvaluationOutcome) -> Option<&Outcome> {
        self.outcomes.get(&outcome)
    }

    pub(crate) fn step(&self, id: &str) -> Option<&StepRow> {
        self.steps.get(id)
    }

    /// Lead time from one level of a language to a higher one: the sum over the levels between.
    pub(crate) fn language_days(&self, from: Cefr, to: Cefr) -> LeadTime {
        let between =
            self.languages.iter().filter(|span| span.rank > from.rank() && span.rank <= to.rank());
        between.fold(LeadTime { min: 0, usual: 0, max: 0 }, |sum, span| LeadTime {
            min: sum.min.saturating_add(span.days_min),
            usual: sum.usual.saturating_add(span.days_usual),
            max: sum.max.saturating_add(span.days_max),
        })
    }
}
