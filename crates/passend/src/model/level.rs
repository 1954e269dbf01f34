// SPDX-License-Identifier: EUPL-1.2
//! Levels: CEFR for languages, Dutch education levels, forms of diploma evaluation.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Level of a language by the Common European Framework of Reference (CEFR), with `A0` for none.
///
/// ```
/// # use passend::Cefr;
/// assert!(Cefr::B1 > Cefr::A2);
/// assert_eq!(Cefr::B1.rank(), 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "the levels are named as in the framework")]
pub enum Cefr {
    A0,
    A1,
    A2,
    B1,
    B2,
    C1,
    C2,
}

impl Cefr {
    /// All levels, lowest first.
    pub const ALL: [Self; 7] =
        [Self::A0, Self::A1, Self::A2, Self::B1, Self::B2, Self::C1, Self::C2];

    /// 0 (A0) to 6 (C2).
    pub const fn rank(self) -> u8 {
        self as u8
    }

    /// The level of this rank; C2 above 6.
    pub fn from_rank(rank: u8) -> Self {
        Self::ALL.get(usize::from(rank)).copied().unwrap_or(Self::C2)
    }

    /// The level as written: `A2`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::A0 => "A0",
            Self::A1 => "A1",
            Self::A2 => "A2",
            Self::B1 => "B1",
            Self::B2 => "B2",
            Self::C1 => "C1",
            Self::C2 => "C2",
        }
    }
}

/// Dutch education level, by the codes of the policy table `education_levels`.
///
/// The order of the variants is that of the table; which level is higher is told by its rank there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the levels are named as in the Dutch system")]
pub enum EducationLevel {
    None,
    Primary,
    VmboBb,
    VmboKb,
    VmboGt,
    Mbo1,
    Mbo2,
    Mbo3,
    Havo,
    Mbo4,
    Vwo,
    Ad,
    HboBachelor,
    WoBachelor,
    HboMaster,
    WoMaster,
    Phd,
}

impl EducationLevel {
    /// The level as written in records: `hbo_bachelor`.
    ///
    /// ```
    /// # use passend::EducationLevel;
    /// assert_eq!(EducationLevel::Mbo4.code(), "mbo4");
    /// ```
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Primary => "primary",
            Self::VmboBb => "vmbo_bb",
            Self::VmboKb => "vmbo_kb",
            Self::VmboGt => "vmbo_gt",
            Self::Mbo1 => "mbo1",
            Self::Mbo2 => "mbo2",
            Self::Mbo3 => "mbo3",
            Self::Havo => "havo",
            Self::Mbo4 => "mbo4",
            Self::Vwo => "vwo",
            Self::Ad => "ad",
            Self::HboBachelor => "hbo_bachelor",
            Self::WoBachelor => "wo_bachelor",
            Self::HboMaster => "hbo_master",
            Self::WoMaster => "wo_master",
            Self::Phd => "phd",
        }
    }
}

/// How a diploma is known, by the codes of the policy table `evaluation_outcomes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EvaluationOutcome {
    /// A Dutch diploma.
    DutchDiploma,
    /// Evaluated by Nuffic or SBB through IDW.
    FullEvaluation,
    /// An unfinished course, evaluated.
    PartialEvaluation,
    /// A plausible level without any document.
    Indication,
    /// IDW could not evaluate; this does not mean "no education".
    NoEvaluation,
    /// Asked for at IDW.
    InProgress,
    /// The person's own word.
    SelfDeclared,
    /// Recognised by the competent authority of a regulated profession.
    ProfessionalRecognition,
}

/// A level that is known, or known to lie between two levels.
///
/// Written as the level itself or as `{"min": …, "max": …}`; a side left out is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LevelRange<T> {
    /// At least this level.
    pub min: Option<T>,
    /// At most this level.
    pub max: Option<T>,
}

impl<T: Copy> LevelRange<T> {
    /// Exactly this level.
    pub const fn exactly(level: T) -> Self {
        Self { min: Some(level), max: Some(level) }
    }
}

impl<T: Serialize + PartialEq + Copy> Serialize for LevelRange<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        if let (Some(min), Some(max)) = (self.min, self.max)
            && min == max
        {
            return min.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        if let Some(min) = self.min {
            map.serialize_entry("min", &min)?;
        }
        if let Some(max) = self.max {
            map.serialize_entry("max", &max)?;
        }
        map.end()
    }
}

impl<'de, T: Deserialize<'de> + Copy> Deserialize<'de> for LevelRange<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de> + Copy> de::Visitor<'de> for Visitor<T> {
            type Value = LevelRange<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a level or {\"min\", \"max\"}")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                T::deserialize(de::value::StrDeserializer::new(text)).map(LevelRange::exactly)
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                #[derive(Deserialize)]
                #[serde(deny_unknown_fields)]
                struct Range<T> {
                    min: Option<T>,
                    max: Option<T>,
                }
                let range = Range::<T>::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(LevelRange { min: range.min, max: range.max })
            }
        }
        deserializer.deserialize_any(Visitor(std::marker::PhantomData))
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for LevelRange<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("LevelRange_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let level = generator.subschema_for::<T>();
        schemars::json_schema!({"anyOf": [
            level,
            {"type": "object", "properties": {"min": level, "max": level}, "additionalProperties": false}
        ]})
    }
}
