// SPDX-License-Identifier: EUPL-1.2
//! What is known of a vacancy.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

use super::{Cefr, Concept, Day, EducationLevel, HoursPerWeek, Hundredths, Shift, Weight};

/// Reads a demand written short (the value alone, weight unspecified) or long (an object with its weight).
macro_rules! short_or_long {
    ($name:ident, $key:ident: $type:ty, $expected:literal) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl<'de> de::Visitor<'de> for Visitor {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }
                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        let $key = <$type>::deserialize(de::value::StrDeserializer::new(text))?;
                        Ok($name { $key, weight: Weight::Unspecified })
                    }
                    fn visit_u64<E: de::Error>(self, value: u64) -> Result<$name, E> {
                        let $key = <$type>::deserialize(de::value::U64Deserializer::new(value))?;
                        Ok($name { $key, weight: Weight::Unspecified })
                    }
                    fn visit_i64<E: de::Error>(self, value: i64) -> Result<$name, E> {
                        let $key = <$type>::deserialize(de::value::I64Deserializer::new(value))?;
                        Ok($name { $key, weight: Weight::Unspecified })
                    }
                    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<$name, A::Error> {
                        #[derive(Deserialize)]
                        #[serde(deny_unknown_fields)]
                        struct Long {
                            $key: $type,
                            #[serde(default)]
                            weight: Weight,
                        }
                        let long = Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                        Ok($name { $key: long.$key, weight: long.weight })
                    }
                }
                deserializer.deserialize_any(Visitor)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let value = generator.subschema_for::<$type>();
                let weight = generator.subschema_for::<Weight>();
                let key = stringify!($key);
                schemars::json_schema!({"anyOf": [value, {
                    "type": "object",
                    "properties": {key: value, "weight": weight},
                    "required": [key],
                    "additionalProperties": false
                }]})
            }
        }
    };
}

/// Work that is offered: one line of `vacancies.jsonl`.
///
/// Everything but `id` may be missing. What a vacancy leaves out it does not ask.
///
/// ```
/// # use passend::Vacancy;
/// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok","hours":{"min":24}}"#)?;
/// assert!(vacancy.require.is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(
        description = "Work that is offered: one line of the file of vacancies. Everything but `id` may be missing. What a vacancy leaves out it does not ask."
    )
)]
#[serde(deny_unknown_fields)]
pub struct Vacancy {
    /// `passend/vacancy/1`; optional when read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Identifier of the vacancy.
    pub id: String,
    /// Job title as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Free text; kept, never scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where the vacancy can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where the vacancy comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The employer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<Employer>,
    /// Where the work is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Workplace>,
    /// Occupations; each is a reading of what the work is. Without it the title is linked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<Vec<Concept>>,
    /// Places to fill; 1 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub positions: Option<u16>,
    /// First day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Day>,
    /// Last day to apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<Day>,
    /// First day of work; left out = as soon as possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Day>,
    /// Last day of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Day>,
    /// Hours a week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<HoursPerWeek>,
    /// Working times, all of which are worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slots: Option<Vec<Shift>>,
    /// Evenings, nights or weekends are worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub irregular: Option<bool>,
    /// Only office hours are worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office_hours: Option<bool>,
    /// Kind of contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<ContractKind>,
    /// Kind of work; paid when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<WorkKind>,
    /// Part-time work that may be combined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Pool>,
    /// The employer offers a language coach on the floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language_support: Option<bool>,
    /// The employer offers a job coach on the floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_support: Option<bool>,
    /// A place for work and learning (BBL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_learn: Option<bool>,
    /// Pays what the market or the collective agreement asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pays_market_wage: Option<bool>,
    /// Length of the contract in days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_days: Option<u16>,
    /// The wage; kept, never scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wage: Option<Wage>,
    /// What the vacancy asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub require: Option<Requirements>,
    /// Language of the workplace, ISO 639.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_language: Option<String>,
    /// Plain language and signs are used on the floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plain_language_ok: Option<bool>,
    /// Whether the employer will apply for a TWV.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twv: Option<TwvStance>,
    /// Physical demands in words; kept, never scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub physical: Option<String>,
    /// How the workplace can be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transport: Option<Transport>,
    /// Childcare is offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub childcare: Option<bool>,
}

/// An employer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Employer {
    /// Identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Number in the trade register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kvk: Option<String>,
    /// Activity, SBI code or section letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sbi: Option<String>,
}

/// Where the work is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Workplace {
    /// Dutch postcode, `9711` or `9711LM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Name or GM code of the municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// The work can be done from home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote: Option<bool>,
}

/// Kind of contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContractKind {
    /// Permanent.
    Permanent,
    /// For a fixed term.
    Temporary,
    /// Through an agency.
    Agency,
    /// On call.
    OnCall,
    /// Work and learning (BBL).
    Apprenticeship,
}

/// Kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    /// Paid work.
    Paid,
    /// Placement of a course, under an agreement with the school.
    Internship,
    /// Voluntary work.
    Voluntary,
}

/// Part-time work that may be combined with other part-time work.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// It may be combined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub combinable: Option<bool>,
    /// An agency or pool holds the TWV and hires the person out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency_holds_twv: Option<bool>,
}

/// The wage.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Wage {
    /// At least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Hundredths>,
    /// At most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Hundredths>,
    /// For which time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<WageUnit>,
    /// Currency, ISO 4217.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The time that a wage is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WageUnit {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// Whether the employer will apply for a work permit (TWV).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TwvStance {
    /// The employer's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_will_apply: Option<Stance>,
}

/// An answer that may not be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not known.
    Unknown,
}

/// How the workplace can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Transport {
    /// The working times can be reached by public transport.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift_by_pt: Option<bool>,
}

/// What a vacancy asks. What is left out is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Requirements {
    /// Level of work and thinking by VUM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_level: Option<RequiredWorkLevel>,
    /// Education level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub education_level: Option<RequiredLevel>,
    /// Field of education, ISCED-F 2013.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub education_field: Option<RequiredField>,
    /// Years of experience.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<RequiredYears>,
    /// Languages, each of which is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub languages: Option<Vec<RequiredLanguage>>,
    /// Driving licences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licences: Option<Vec<RequiredLicence>>,
    /// Certificates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificates: Option<Vec<RequiredCertificate>>,
    /// Skills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<RequiredSkill>>,
    /// Registration that the work asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<RequiredRegistration>,
}

/// A language that is asked, or one that is accepted instead.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RequiredLanguage {
    /// ISO 639-1 or ISO 639-3 code, lower case.
    pub code: String,
    /// The skill meant; left out = all four.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<LanguageSkill>,
    /// At least this level.
    pub min: Cefr,
    /// Languages that are accepted instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub or: Option<Vec<AcceptedLanguage>>,
    /// How hard the demand is.
    #[serde(default)]
    pub weight: Weight,
}

/// A language that is accepted instead of the one asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AcceptedLanguage {
    /// ISO 639-1 or ISO 639-3 code, lower case.
    pub code: String,
    /// At least this level.
    pub min: Cefr,
}

/// A language skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LanguageSkill {
    /// Listening.
    Listening,
    /// Reading.
    Reading,
    /// Speaking.
    Speaking,
    /// Writing.
    Writing,
}

/// A driving licence that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RequiredLicence {
    /// Category: `B`, `C`, `CE` …
    pub category: String,
    /// How hard the demand is.
    #[serde(default)]
    pub weight: Weight,
}

/// A certificate that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RequiredCertificate {
    /// Code: `vca_basic`, `forklift`, `code95` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Name as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How hard the demand is.
    #[serde(default)]
    pub weight: Weight,
}

/// A skill that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RequiredSkill {
    /// The classification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// Code within the scheme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// `must` is essential: it weighs more and is no gate.
    #[serde(default)]
    pub weight: Weight,
}

/// A registration that the work asks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RequiredRegistration {
    /// Register: `big`, `skj` …
    pub register: String,
    /// Profession in the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profession: Option<String>,
}

/// A field of education that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RequiredField {
    /// `isced_f` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// ISCED-F 2013 code of 2 to 4 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How hard the demand is.
    #[serde(default)]
    pub weight: Weight,
}

/// An education level that is asked: `"mbo2"` or `{"level": "mbo2", "weight": "must"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct RequiredLevel {
    /// At least this.
    pub level: EducationLevel,
    /// How hard the demand is.
    pub weight: Weight,
}

short_or_long!(RequiredLevel, level: EducationLevel, r#"an education level or {"level", "weight"}"#);

/// A level of work and thinking that is asked: `3` or `{"level": 3, "weight": "must"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct RequiredWorkLevel {
    /// At least this.
    pub level: u8,
    /// How hard the demand is.
    pub weight: Weight,
}

short_or_long!(RequiredWorkLevel, level: u8, r#"a level from 1 to 6 or {"level", "weight"}"#);

/// Years of experience that are asked: `2` or `{"min": 2, "weight": "nice"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct RequiredYears {
    /// At least this.
    pub min: u8,
    /// How hard the demand is.
    pub weight: Weight,
}

short_or_long!(RequiredYears, min: u8, r#"a number of years or {"min", "weight"}"#);
