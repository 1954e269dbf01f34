// SPDX-License-Identifier: EUPL-1.2
//! The texts of records: how they are understood, as `prepare` understands them.

use std::collections::BTreeMap;

use passend::{Concept, Engine, Lang, Meaning as Read, Policy, Side};
use serde_json::Value;

use super::fields::values;
use super::{Several, TitleReading, Unlinked};

/// Texts that were looked up: how they are understood, and how often they occur.
pub(super) struct Words<'a> {
    engine: &'a Engine,
    lang: Lang,
    looked_up: BTreeMap<(Meaning, String), (Understood, usize)>,
}

/// How a text is understood.
enum Understood {
    /// Not at all, or not surely.
    Not,
    /// As one thing, or by a code beside it.
    Well,
    /// As several occupations.
    Several(Vec<Read>),
}

/// As what a text is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    Certificate,
    Education,
    /// What a person excludes: an occupation or a sector, by the scheme beside it.
    Exclusion,
    /// An ISCED-F code.
    Field,
    Municipality,
    Occupation,
    /// The code of an occupation; a label beside it may be understood where the code is not.
    OccupationCode,
    /// A postcode of a person is not listed: how many are not known is told.
    Postcode,
    Sector,
    Site,
    Skill,
    SkillCode,
}

impl Meaning {
    fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Education | Self::Field => "education",
            Self::Exclusion => "exclusion",
            Self::Municipality => "municipality",
            Self::Occupation | Self::OccupationCode => "occupation",
            Self::Postcode => "postcode",
            Self::Sector => "sector",
            Self::Site => "site",
            Self::Skill | Self::SkillCode => "skill",
        }
    }

    /// What the text of a field means; `None` where every value is understood.
    pub(super) fn of(side: Side, path: &str) -> Option<Self> {
        match (side, path) {
            (
                Side::Candidate,
                "experience[].title"
                | "experience[].occupation.label"
                | "wishes.occupations[].label"
                | "targets[].label",
            )
            | (Side::Vacancy, "title" | "occupation[].label") => Some(Self::Occupation),
            (Side::Candidate, "skills[].label") | (Side::Vacancy, "require.skills[].label") => {
                Some(Self::Skill)
            }
            (_, "location.municipality") | (Side::Candidate, "relocation.municipality") => {
                Some(Self::Municipality)
            }
            (Side::Candidate, "education[].title" | "education[].field.label")
            | (Side::Vacancy, "require.education_field.label") => Some(Self::Education),
            (Side::Candidate, "certificates[].code" | "certificates[].name")
            | (Side::Vacancy, "require.certificates[].code" | "require.certificates[].name") => {
                Some(Self::Certificate)
            }
            (
                Side::Candidate,
                "experience[].occupation.code" | "wishes.occupations[].code" | "targets[].code",
            )
            | (Side::Vacancy, "occupation[].code") => Some(Self::OccupationCode),
            (Side::Candidate, "skills[].code") | (Side::Vacancy, "require.skills[].code") => {
                Some(Self::SkillCode)
            }
            (Side::Candidate, "education[].field.code" | "education[].evaluation.field.code")
            | (Side::Vacancy, "require.education_field.code") => Some(Self::Field),
            (Side::Candidate, "wishes.avoid[].code" | "wishes.avoid[].label") => {
                Some(Self::Exclusion)
            }
            (Side::Candidate, "wishes.sectors") | (Side::Vacancy, "employer.sbi") => {
                Some(Self::Sector)
            }
            (_, "location.postcode") => Some(Self::Postcode),
            (_, "location.site") => Some(Self::Site),
            _ => None,
        }
    }

    fn understood(self, engine: &Engine, text: &str) -> Understood {
        let vocabulary = engine.vocabulary();
        let is_known = match self {
            Self::Certificate => engine.policy().knows_certificate(Some(text), Some(text)),
            Self::Education => {
                let reading = vocabulary.read_diploma(text);
                reading.level.is_some() || reading.field.is_some()
            }
            // What is beside it was asked already; alone it says nothing.
            Self::Exclusion | Self::OccupationCode | Self::SkillCode => false,
            Self::Field => vocabulary.fields().iter().any(|field| *field.code == *text),
            Self::Municipality => engine.policy().knows_place(None, None, Some(text)),
            Self::Postcode => engine.policy().knows_place(Some(text), None, None),
            Self::Sector => Policy::knows_sector(text),
            Self::Site => engine.policy().knows_place(None, Some(text), None),
            Self::Occupation => {
                let readings = vocabulary.occupation_meanings(&Concept::labelled(text));
                if readings.len() > 1 {
                    return Understood::Several(readings);
                }
                !readings.is_empty()
            }
            Self::Skill => vocabulary.skill_meaning(None, Some(text)).is_some(),
        };
        if is_known { Understood::Well } else { Understood::Not }
    }

    /// Whether something beside a text says already what is meant, so that the text is not needed: the code of the same
    /// concept, or the occupation beside a title.
    fn is_decided(self, engine: &Engine, path: &str, around: &Value) -> bool {
        let vocabulary = engine.vocabulary();
        let concepts = |value: Option<&Value>| -> Vec<Concept> {
            let listed = |value: &Value| value.as_array().cloned();
            let values = value.map(|value| listed(value).unwrap_or_else(|| vec![value.clone()]));
            let read = |value| serde_json::from_value(value).ok();
            values.into_iter().flatten().filter_map(read).collect()
        };
        let is_read = |concept: &Concept| !vocabulary.occupation_meanings(concept).is_empty();
        match self {
            Self::Occupation if path.ends_with("title") => {
                concepts(around.get("occupation")).iter().any(is_read)
            }
            Self::Occupation => concepts(Some(around))
                .iter()
                .any(|concept| is_read(&Concept { label: None, ..concept.clone() })),
            Self::OccupationCode => concepts(Some(around)).iter().any(is_read),
            Self::Skill => {
                let code = around.get("code").and_then(Value::as_str);
                code.is_some_and(|code| vocabulary.skill_meaning(Some(code), None).is_some())
            }
            Self::SkillCode => {
                let said = |key: &str| around.get(key).and_then(Value::as_str);
                vocabulary.skill_meaning(said("code"), said("label")).is_some()
            }
            Self::Exclusion => concepts(Some(around)).iter().any(|concept| {
                let text = concept.code.as_deref().or(concept.label.as_deref());
                match concept.scheme.as_deref() {
                    Some("sbi") => text.is_some_and(Policy::knows_sector),
                    _ => is_read(concept),
                }
            }),
            // The smallest place that is known counts, so one of them is enough.
            Self::Postcode | Self::Site | Self::Municipality => {
                let said = |key: &str| around.get(key).and_then(Value::as_str);
                let (postcode, site) = (said("postcode"), said("site"));
                engine.policy().knows_place(postcode, site, said("municipality"))
            }
            _ => false,
        }
    }
}

impl<'a> Words<'a> {
    pub(super) fn new(engine: &'a Engine, lang: Lang) -> Self {
        Self { engine, lang, looked_up: BTreeMap::new() }
    }

    /// How many of the texts that a record has at a path are not understood; all of them are counted.
    pub(super) fn not_understood(
        &mut self,
        meaning: Meaning,
        record: &Value,
        path: &str,
        found: &[&Value],
    ) -> usize {
        let (around, key) = path.rsplit_once('.').unwrap_or(("", path));
        let whole = [record];
        let around = if around.is_empty() { whole.to_vec() } else { values(record, around) };
        let around = around.into_iter().filter(|one| one.get(key).is_some());
        let mut count = 0;
        // Values and what is around them stand in the same order; a list of texts has nothing around them.
        for (value, around) in found.iter().zip(around.map(Some).chain(std::iter::repeat(None))) {
            if around.is_some_and(|one| meaning.is_decided(self.engine, path, one)) {
                continue;
            }
            // Of a concept with both, the label is told.
            if key == "code" && around.is_some_and(|one| one.get("label").is_some()) {
                count += 1;
                continue;
            }
            let texts = value.as_array().map_or(std::slice::from_ref(*value), Vec::as_slice);
            count += texts.iter().filter(|text| !self.understood(meaning, text)).count();
        }
        count
    }

    fn understood(&mut self, meaning: Meaning, value: &Value) -> bool {
        let Some(text) = value.as_str() else { return true };
        let engine = self.engine;
        let (understood, count) = self
            .looked_up
            .entry((meaning, text.to_owned()))
            .or_insert_with(|| (meaning.understood(engine, text), 0));
        *count += 1;
        !matches!(understood, Understood::Not)
    }

    /// What was not understood, and what was understood as several occupations; the most frequent first.
    pub(super) fn told(self) -> (Vec<Unlinked>, Vec<Several>) {
        let (mut unlinked, mut several) = (Vec::new(), Vec::new());
        let (vocabulary, lang) = (self.engine.vocabulary(), self.lang);
        for ((meaning, text), (understood, count)) in self.looked_up {
            let kind = meaning.name();
            match understood {
                Understood::Well => {}
                Understood::Not if meaning == Meaning::Postcode => {}
                Understood::Not => {
                    let perhaps = match meaning {
                        Meaning::Occupation => vocabulary.occupations_perhaps(&text),
                        _ => Vec::new(),
                    };
                    let perhaps = perhaps.iter().map(|one| one.label.get(lang).to_owned());
                    unlinked.push(Unlinked { kind, perhaps: perhaps.collect(), text, count });
                }
                Understood::Several(readings) => {
                    let reading = |one: Read| TitleReading {
                        label: one.label.get(lang).to_owned(),
                        id: one.id,
                        share: one.share,
                    };
                    let readings = readings.into_iter().map(reading).collect();
                    several.push(Several { kind, text, count, readings });
                }
            }
        }
        unlinked.sort_by_key(|one| std::cmp::Reverse(one.count));
        several.sort_by_key(|one| std::cmp::Reverse(one.count));
        (unlinked, several)
    }
}
