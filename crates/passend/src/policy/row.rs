// SPDX-License-Identifier: EUPL-1.2
//! The rows of the policy tables, as they stand in the files.

use serde::{Deserialize, Deserializer, Serialize, de};

use super::Sector;
use crate::model::{
    Cefr, Day, EducationLevel, EvaluationOutcome, LanguageSkill, ResidenceStatus, WorkKind,
};
use crate::text::{Text, largest_remainder};

/// Lead time in calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeadTime {
    /// At best.
    pub min: u16,
    /// Usually.
    pub usual: u16,
    /// At worst.
    pub max: u16,
}

/// The weights of the six criteria: whole numbers that sum to 100, with a name and a date that are printed with every
/// result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Name of the preset, with its date.
    #[serde(default = "unnamed")]
    pub name: String,
    /// Skills.
    pub skills: u8,
    /// Occupation.
    pub occupation: u8,
    /// Education.
    pub education: u8,
    /// Language.
    pub language: u8,
    /// Travel.
    pub travel: u8,
    /// Wishes.
    pub wishes: u8,
}

fn unnamed() -> String {
    "custom".to_owned()
}

impl Weights {
    pub(super) fn sum(&self) -> u16 {
        self.values().into_iter().map(|one| u16::try_from(one).unwrap_or(u16::MAX)).sum()
    }

    /// These weights with each in turn so many points larger and smaller, within 0 and 100; the others in proportion, by
    /// largest remainder, so that the sum is 100 again. Each is named by the criterion and the points, such as `skills+10`.
    ///
    /// ```
    /// # use passend::Policy;
    /// let other = Policy::builtin().weights().around(10);
    /// assert_eq!((other.len(), other[0].name.as_str(), other[0].skills), (12, "skills+10", 45));
    /// ```
    pub fn around(&self, points: u8) -> Vec<Self> {
        let own = self.values();
        let mut all = Vec::new();
        for (changed, value) in own.iter().enumerate() {
            let points_of = u32::from(points);
            let moves =
                [("+", (value + points_of).min(100)), ("-", value.saturating_sub(points_of))];
            for (sign, moved) in moves {
                let mut others = own;
                others.iter_mut().skip(changed).take(1).for_each(|one| *one = 0);
                let mut shares = largest_remainder(&others, 100 - moved);
                shares.iter_mut().skip(changed).take(1).for_each(|one| *one = moved);
                let mut shares =
                    shares.into_iter().map(|one| u8::try_from(one).unwrap_or_default());
                let mut next = || shares.next().unwrap_or_default();
                let name = CRITERIA.get(changed).copied().unwrap_or_default();
                all.push(Self {
                    name: format!("{name}{sign}{points}"),
                    skills: next(),
                    occupation: next(),
                    education: next(),
                    language: next(),
                    travel: next(),
                    wishes: next(),
                });
            }
        }
        all
    }

    fn values(&self) -> [u32; 6] {
        let Self { skills, occupation, education, language, travel, wishes, .. } = *self;
        [skills, occupation, education, language, travel, wishes].map(u32::from)
    }
}

const CRITERIA: [&str; 6] = ["skills", "occupation", "education", "language", "travel", "wishes"];

impl std::fmt::Display for Weights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, skills, occupation, education, language, travel, wishes } = self;
        write!(
            f,
            "{name}: skills {skills}, occupation {occupation}, education {education}, language {language}, travel {travel}, wishes {wishes}"
        )
    }
}

/// Whether a rule is law, was, or is only announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    InForce,
    Expired,
    Announced,
}

/// What a rule of the right to work gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WorkOutcome {
    Open,
    Twv,
    Closed,
    Unknown,
}

/// One status, or several that a rule treats alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statuses(Vec<StatusOrAny>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusOrAny {
    Status(ResidenceStatus),
    /// A citizenship, which records give as `free`: its row is told and never asked.
    Citizen(&'static str),
    Any,
}

/// What the tables call citizens; the row of `free` decides for them.
const CITIZENS: [&str; 2] = ["dutch_citizen", "eu_eea_swiss_citizen"];

impl<'de> Deserialize<'de> for StatusOrAny {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if let Some(citizen) = CITIZENS.into_iter().find(|one| *one == text) {
            return Ok(Self::Citizen(citizen));
        }
        match text.as_str() {
            "any" => Ok(Self::Any),
            text => ResidenceStatus::deserialize(de::value::StrDeserializer::new(text))
                .map(Self::Status),
        }
    }
}

impl<'de> Deserialize<'de> for Statuses {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Statuses;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a status or a list of them")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Statuses, E> {
                StatusOrAny::deserialize(de::value::StrDeserializer::new(text))
                    .map(|one| Statuses(vec![one]))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, list: A) -> Result<Statuses, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(list)).map(Statuses)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Statuses {
    pub(crate) fn all(&self) -> &[StatusOrAny] {
        &self.0
    }

    pub(crate) fn holds(&self, status: ResidenceStatus) -> bool {
        self.all().contains(&StatusOrAny::Status(status))
    }
}

/// A rule of the right to work: `work_authorisation.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkRule {
    pub(crate) id: String,
    pub(crate) status: Statuses,
    #[serde(default)]
    pub(crate) term_nl: String,
    #[serde(default)]
    pub(crate) term_en: String,
    #[serde(default = "in_force")]
    pub(crate) state: State,
    pub(crate) outcome: WorkOutcome,
    #[serde(default = "paid")]
    pub(crate) kind: WorkKind,
    /// Only for employers of these sectors, SBI section letters or codes; a pilot.
    pub(crate) sectors: Option<Vec<Sector>>,
    pub(crate) wait_months: Option<u8>,
    pub(crate) min_age: Option<u8>,
    pub(crate) until_age: Option<u8>,
    pub(crate) then_status: Option<ResidenceStatus>,
    #[serde(default)]
    pub(crate) agency_holds_twv: bool,
    /// It is about placements and voluntary work too.
    #[serde(default)]
    pub(crate) all_kinds: bool,
    pub(crate) document: Option<String>,
    #[serde(default)]
    pub(crate) document_required: bool,
    pub(crate) step: Option<String>,
    pub(crate) max_weeks_per_52: Option<u8>,
    pub(crate) max_hours_per_week: Option<u8>,
    pub(crate) notification_workdays: Option<u8>,
    /// `false`: UWV does not look whether somebody else can do the work.
    pub(crate) labour_market_test: Option<bool>,
    pub(crate) lead_days: Option<u16>,
    pub(crate) valid_from: Option<Day>,
    pub(crate) valid_to: Option<Day>,
    pub(crate) nl: String,
    pub(crate) en: String,
    #[serde(default)]
    pub(crate) remedy_nl: String,
    #[serde(default)]
    pub(crate) remedy_en: String,
    #[serde(default)]
    pub(crate) question_nl: String,
    #[serde(default)]
    pub(crate) question_en: String,
    #[serde(default)]
    pub(crate) legal_basis: String,
    pub(crate) source: String,
    pub(crate) verified: String,
    pub(crate) confidence: Option<String>,
    pub(crate) note: Option<String>,
}

fn in_force() -> State {
    State::InForce
}

fn paid() -> WorkKind {
    WorkKind::Paid
}

impl WorkRule {
    /// Where it can be looked up: the act, or where it was read.
    pub(crate) fn cited(&self) -> &str {
        cited(&self.legal_basis, &self.source)
    }

    pub(crate) fn holds_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    pub(crate) fn text(&self) -> Text {
        Text { nl: self.nl.clone(), en: self.en.clone() }
    }

    pub(crate) fn remedy(&self) -> Text {
        Text { nl: self.remedy_nl.clone(), en: self.remedy_en.clone() }
    }

    pub(crate) fn question(&self) -> Text {
        Text { nl: self.question_nl.clone(), en: self.question_en.clone() }
    }
}

/// What kind of protection a profession has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProfessionKind {
    Register,
    ProtectedTitle,
    Recognition,
    Qualification,
    Licence,
    CertificateStatutory,
    CertificateIndustry,
    EmployerRequirement,
    TitleOnly,
    Vog,
    None,
}

impl ProfessionKind {
    /// Whether one authority, which its row names, decides who may do this work.
    pub(crate) const fn is_register(self) -> bool {
        matches!(self, Self::Register | Self::ProtectedTitle | Self::Recognition)
    }

    /// Whether a licence is asked, such as a driving licence.
    pub(crate) const fn is_licence(self) -> bool {
        matches!(self, Self::Licence)
    }

    /// Whether the law asks something of who does this work.
    pub(crate) const fn is_law(self) -> bool {
        matches!(
            self,
            Self::Register
                | Self::ProtectedTitle
                | Self::Recognition
                | Self::Qualification
                | Self::Licence
                | Self::CertificateStatutory
        )
    }
}

/// A regulated profession, or work around which something is asked: `professions.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profession {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) nl: String,
    pub(crate) en: String,
    pub(crate) isco08: Option<String>,
    pub(crate) kind: ProfessionKind,
    pub(crate) register: Option<String>,
    #[serde(default)]
    pub(crate) authority: String,
    #[serde(default)]
    pub(crate) occupations: Vec<String>,
    #[serde(default)]
    pub(crate) stepping_stones: Vec<String>,
    #[serde(default)]
    pub(crate) stepping_stones_text_nl: String,
    #[serde(default)]
    pub(crate) stepping_stones_text_en: String,
    #[serde(default)]
    pub(crate) licences: Vec<String>,
    #[serde(default)]
    pub(crate) certificates: Vec<String>,
    pub(crate) language_code: Option<String>,
    pub(crate) language_min: Option<Cefr>,
    #[serde(default)]
    pub(crate) language_skills: Vec<LanguageSkill>,
    pub(crate) language_valid_from: Option<Day>,
    #[serde(default)]
    pub(crate) days_min: u16,
    #[serde(default)]
    pub(crate) days_usual: u16,
    #[serde(default)]
    pub(crate) days_max: u16,
    pub(crate) renewal_years: Option<u8>,
    pub(crate) valid_from: Option<Day>,
    pub(crate) valid_to: Option<Day>,
    pub(crate) nl_text: String,
    pub(crate) en_text: String,
    #[serde(default)]
    pub(crate) remedy_nl: String,
    #[serde(default)]
    pub(crate) remedy_en: String,
    #[serde(default)]
    pub(crate) legal_basis: String,
    pub(crate) source: String,
    pub(crate) verified: String,
    #[serde(rename = "note")]
    pub(crate) _note: Option<String>,
}

impl Profession {
    /// Where it can be looked up: the act, or where it was read.
    pub(crate) fn cited(&self) -> &str {
        cited(&self.legal_basis, &self.source)
    }

    pub(crate) fn holds_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    pub(crate) fn name(&self) -> Text {
        Text { nl: self.nl.clone(), en: self.en.clone() }
    }

    pub(crate) fn text(&self) -> Text {
        Text { nl: self.nl_text.clone(), en: self.en_text.clone() }
    }

    pub(crate) fn remedy(&self) -> Text {
        Text { nl: self.remedy_nl.clone(), en: self.remedy_en.clone() }
    }

    pub(crate) fn stepping_stones_text(&self) -> Text {
        Text { nl: self.stepping_stones_text_nl.clone(), en: self.stepping_stones_text_en.clone() }
    }

    pub(crate) const fn lead_time(&self) -> LeadTime {
        LeadTime { min: self.days_min, usual: self.days_usual, max: self.days_max }
    }
}

/// The act where there is one, else where a row was read.
pub(super) fn cited<'a>(basis: &'a str, source: &'a str) -> &'a str {
    if basis.is_empty() { source } else { basis }
}

/// Who makes a certificate binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CertificateStrength {
    Statutory,
    Site,
    Employer,
}

/// A certificate: `certificates.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Certificate {
    pub(crate) code: String,
    pub(crate) nl: String,
    pub(crate) en: String,
    pub(crate) strength: CertificateStrength,
    pub(crate) days_min: u16,
    pub(crate) days_usual: u16,
    pub(crate) days_max: u16,
    pub(crate) renewal_years: Option<u8>,
    pub(crate) owner: String,
    #[serde(default)]
    pub(crate) names: Vec<String>,
    /// Codes of certificates that this one includes.
    #[serde(default)]
    pub(crate) covers: Vec<String>,
    pub(crate) nl_text: String,
    pub(crate) en_text: String,
    pub(crate) source: String,
    pub(crate) verified: String,
    #[serde(rename = "note")]
    pub(crate) _note: Option<String>,
}

impl Certificate {
    pub(crate) fn name(&self) -> Text {
        Text { nl: self.nl.clone(), en: self.en.clone() }
    }

    pub(crate) fn text(&self) -> Text {
        Text { nl: self.nl_text.clone(), en: self.en_text.clone() }
    }

    pub(crate) const fn lead_time(&self) -> LeadTime {
        LeadTime { min: self.days_min, usual: self.days_usual, max: self.days_max }
    }
}

/// A step: `steps.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepRow {
    pub(crate) id: String,
    pub(crate) owner: String,
    days_min: u16,
    days_usual: u16,
    days_max: u16,
    nl: String,
    en: String,
    pub(crate) source: String,
    pub(crate) verified: String,
    #[serde(rename = "note")]
    _note: Option<String>,
}

impl StepRow {
    pub(crate) fn text(&self) -> Text {
        Text { nl: self.nl.clone(), en: self.en.clone() }
    }

    pub(crate) const fn lead_time(&self) -> LeadTime {
        LeadTime { min: self.days_min, usual: self.days_usual, max: self.days_max }
    }
}

/// Class of evidence of an education level, A (diploma) to D (claim).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub(crate) enum EvidenceClass {
    A,
    B,
    C,
    D,
}

/// Whether an evaluation meets a general demand for a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Meets {
    Yes,
    Soft,
    Partly,
    No,
    NotYet,
}

/// A form of evaluation: `evaluation_outcomes.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outcome {
    pub(crate) id: String,
    pub(crate) code: EvaluationOutcome,
    nl: String,
    en: String,
    #[serde(rename = "body")]
    _body: Option<String>,
    pub(crate) evidence: EvidenceClass,
    pub(crate) general: Meets,
    #[serde(rename = "regulated")]
    _regulated: String,
    nl_text: String,
    en_text: String,
    pub(crate) source: String,
    pub(crate) verified: String,
    #[serde(rename = "note")]
    _note: Option<String>,
}

impl Outcome {
    pub(crate) fn name(&self) -> Text {
        Text { nl: self.nl.clone(), en: self.en.clone() }
    }

    pub(crate) fn text(&self) -> Text {
        Text { nl: self.nl_text.clone(), en: self.en_text.clone() }
    }
}

/// An education level: `education_levels.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct EducationRow {
    pub(crate) code: EducationLevel,
    pub(crate) rank: u8,
    pub(crate) nl: String,
    pub(crate) en: String,
}

/// The way to a language level from the one below: `language_levels.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct LanguageSpan {
    pub(crate) code: Cefr,
    pub(crate) rank: u8,
    pub(crate) hours_fast: Option<u16>,
    pub(crate) hours_slow: Option<u16>,
    pub(crate) hours_low_literate: Option<u16>,
    #[serde(default)]
    pub(crate) days_min: u16,
    #[serde(default)]
    pub(crate) days_usual: u16,
    #[serde(default)]
    pub(crate) days_max: u16,
    pub(crate) source: String,
    pub(crate) verified: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    #[test]
    fn weights_of_a_caller_without_a_name_are_called_so() {
        let given =
            r#"{"skills":40,"occupation":20,"education":10,"language":10,"travel":10,"wishes":10}"#;
        let weights: Weights = serde_json::from_str(given).unwrap();
        assert_eq!((weights.name.as_str(), weights.skills), ("custom", 40));
    }

    #[test]
    fn an_act_is_cited_before_where_it_was_read() {
        assert_eq!(cited("Wav art. 3", "a page"), "Wav art. 3");
        assert_eq!(cited("", "a page"), "a page");
    }

    #[test]
    fn what_the_law_asks_of_a_profession_depends_on_its_kind() {
        use ProfessionKind as Kind;
        for (kind, expected) in [
            (Kind::Register, "law register"),
            (Kind::ProtectedTitle, "law register"),
            (Kind::Recognition, "law register"),
            (Kind::Qualification, "law"),
            (Kind::Licence, "law licence"),
            (Kind::CertificateStatutory, "law"),
            (Kind::CertificateIndustry, ""),
            (Kind::EmployerRequirement, ""),
            (Kind::TitleOnly, ""),
            (Kind::Vog, ""),
            (Kind::None, ""),
        ] {
            let told = [
                (kind.is_law(), "law"),
                (kind.is_register(), "register"),
                (kind.is_licence(), "licence"),
            ];
            let told: Vec<_> = told.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect();
            assert_eq!(told.join(" "), expected, "{kind:?}");
        }
    }

    #[test]
    fn a_row_holds_from_its_first_to_its_last_day() {
        let policy = Policy::builtin();
        let holds = |days: [&str; 4], holds_on: &dyn Fn(Day) -> bool| {
            days.map(|day| holds_on(day.parse().unwrap()))
        };
        let work = policy.work.iter().find(|rule| rule.id == "WA13").unwrap();
        let days = ["2022-10-31", "2022-11-01", "2027-03-04", "2027-03-05"];
        assert_eq!(holds(days, &|day| work.holds_on(day)), [false, true, true, false]);
        let mut row = policy.professions.iter().find(|row| row.code == "nurse").unwrap().clone();
        let [_, first, last, _] = days.map(|day| day.parse().ok());
        (row.valid_from, row.valid_to) = (first, last);
        assert_eq!(holds(days, &|day| row.holds_on(day)), [false, true, true, false]);
        (row.valid_from, row.valid_to) = (None, None);
        assert_eq!(holds(days, &|day| row.holds_on(day)), [true; 4]);
    }

    #[test]
    fn other_weights_sum_to_100_and_keep_the_proportion() {
        let all = Policy::builtin().weights().around(10);
        assert_eq!(all.len(), 12);
        for weights in &all {
            assert_eq!(weights.values().iter().sum::<u32>(), 100, "{weights}");
        }
        // By hand: skills 45, the other 65 points share 55: 21.15, 12.69, 8.46, 8.46, 4.23.
        assert_eq!(all[0].values(), [45, 21, 13, 9, 8, 4]);
        assert_eq!(all[11].values()[5], 0);
    }
}
