// SPDX-License-Identifier: EUPL-1.2
//! Codes of VUM and what they are in our records, by what they are called: two lists may use one number for different things.

use serde_json::{Value, json};

use super::super::keys::{list, object, says, text, whole};
use super::{Version, crosswalk};
use crate::Crosswalk;

/// 1 yes, 2 no; 0 is not known.
pub(super) fn yes_or_no(code: Option<u64>) -> Option<bool> {
    match code? {
        1 => Some(true),
        2 => Some(false),
        _ => None,
    }
}

pub(super) fn yes_or_no_code(value: Option<bool>) -> Option<u64> {
    Some(if value? { 1 } else { 2 })
}

/// A level of work and thinking, 1 to 6; 0 (not applicable) and 7 (not known) say nothing.
pub(super) fn work_level(code: u64) -> Option<u64> {
    (1..=6).contains(&code).then_some(code)
}

/// Skill of a language in VUM and in our records.
pub(super) const LANGUAGE_SKILLS: [(&str, &str); 4] = [
    ("codeNiveauTaalbeheersingLuisteren", "listening"),
    ("codeNiveauTaalbeheersingLezen", "reading"),
    ("codeNiveauTaalbeheersingMondeling", "speaking"),
    ("codeNiveauTaalbeheersingSchriftelijk", "writing"),
];

/// Words of VUM for the level of a language, as CEFR: none, fair, good, excellent. No official table is known, so a word
/// covers two levels. 0 (not known) and 8 (not applicable) say nothing.
const CEFR: [(u64, &str, &str); 4] =
    [(1, "A0", "A0"), (2, "A1", "A2"), (3, "B1", "B2"), (4, "C1", "C2")];

/// The range of a word.
pub(super) fn cefr(code: u64) -> Option<Value> {
    let (_, min, max) = CEFR.iter().find(|(known, _, _)| *known == code)?;
    Some(if min == max { json!(min) } else { json!({"min": min, "max": max}) })
}

/// The lowest level of a word; nothing for "none", which asks nothing.
pub(super) fn least_cefr(code: u64) -> Option<&'static str> {
    CEFR.iter().find(|(known, _, _)| *known == code && code > 1).map(|(_, min, _)| *min)
}

/// The word for a level or range that lies within one.
pub(super) fn cefr_code(level: &Value) -> Option<u64> {
    let (min, max) = ends(level)?;
    let word = |level: &str| {
        CEFR.iter().find(|(_, low, high)| *low <= level && level <= *high).map(|(code, _, _)| *code)
    };
    word(min).filter(|code| word(max) == Some(*code))
}

/// Both ends of a level or range; nothing for one that is open at a side.
fn ends(level: &Value) -> Option<(&str, &str)> {
    match level {
        Value::String(level) => Some((level, level)),
        other => Some((text(other, "min")?, text(other, "max")?)),
    }
}

/// Levels of education in VUM, from lowest to highest Dutch level that the word covers. 9 (other) says nothing.
const EDUCATION: [(u64, &str, &str); 6] = [
    (1, "primary", "primary"),
    (2, "vmbo_bb", "vmbo_gt"),
    (3, "havo", "vwo"),
    (4, "mbo1", "mbo4"),
    (5, "hbo_bachelor", "wo_bachelor"),
    (6, "hbo_master", "wo_master"),
];

pub(super) fn education_level(code: u64) -> Option<Value> {
    let (_, min, max) = EDUCATION.iter().find(|(known, _, _)| *known == code)?;
    Some(if min == max { json!(min) } else { json!({"min": min, "max": max}) })
}

/// The level that a vacancy asks at least: for "MBO" level 2, the lowest that counts as a start on the labour market.
pub(super) fn least_education_level(code: u64) -> Option<&'static str> {
    match code {
        4 => Some("mbo2"),
        code => EDUCATION.iter().find(|(known, _, _)| *known == code).map(|(_, min, _)| *min),
    }
}

pub(super) fn education_code(level: &Value) -> Option<u64> {
    let word = |level: &str| {
        Some(match level {
            "primary" => 1,
            "vmbo_bb" | "vmbo_kb" | "vmbo_gt" => 2,
            "havo" | "vwo" => 3,
            "mbo1" | "mbo2" | "mbo3" | "mbo4" => 4,
            "ad" | "hbo_bachelor" | "wo_bachelor" => 5,
            "hbo_master" | "wo_master" | "phd" => 6,
            _ => return None,
        })
    };
    let (min, max) = ends(level)?;
    word(min).filter(|code| word(max) == Some(*code))
}

/// An activity of the Dutch classification. VUM writes it as a number, so a zero in front is lost: `1110` may be `1110`
/// (drinks) or `01110` (grain). Only a number that can be read in one way is.
pub(super) fn sbi(code: u64) -> Option<String> {
    let digits = code.to_string();
    // No division 04, 05 or 07 has branches that are written so; with five digits none is missing.
    let certain = digits.len() == 5 || (digits.len() > 1 && digits.starts_with(['4', '5', '7']));
    certain.then_some(digits)
}

pub(super) fn sbi_code(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_code = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    digits.parse().ok().filter(|code| is_code && *code <= 99_999)
}

/// The occupation of an element.
pub(super) fn occupation(
    element: &Value,
    version: Version,
    crosswalk: &Crosswalk,
) -> Option<Value> {
    let concept = match version {
        Version::Three => {
            let uri = text(element, "codeBeroepsnaam")?;
            let code =
                uri.strip_prefix(crosswalk::OCCUPATION).filter(|id| is_id(id)).unwrap_or(uri);
            json!({"scheme": "cnl", "code": code})
        }
        Version::Two => {
            let code = text(element, "beroepsnaamGecodeerd.codeBeroepsnaam");
            let label = text(element, "beroepsnaamGecodeerd.omschrijvingBeroepsnaam")
                .or_else(|| text(element, "beroepsnaamOngecodeerd.naamBeroepOngecodeerd"));
            object([
                ("scheme", code.map(|_| json!("uwv"))),
                ("code", code.map(Value::from)),
                ("label", label.map(Value::from)),
            ])
        }
    };
    let label = text(&concept, "code")
        .filter(|_| version == Version::Three)
        .and_then(|id| crosswalk.label(id))
        .map(str::to_owned);
    let mut concept = concept;
    if let (Some(label), Some(keys)) = (label, concept.as_object_mut()) {
        keys.insert("label".to_owned(), label.into());
    }
    names_something(&concept).then_some(concept)
}

/// The element for an occupation.
pub(super) fn occupation_element(
    concept: &Value,
    version: Version,
    crosswalk: &Crosswalk,
) -> Option<Value> {
    let (scheme, code) = (text(concept, "scheme"), text(concept, "code"));
    match version {
        Version::Three => {
            let id = match scheme {
                Some("cnl") => code,
                Some("uwv") => code.and_then(|code| crosswalk.id_of(code)),
                _ => None,
            }?;
            let uri =
                if is_id(id) { format!("{}{id}", crosswalk::OCCUPATION) } else { id.to_owned() };
            Some(json!({"codeBeroepsnaam": uri}))
        }
        Version::Two => {
            let number = match scheme {
                Some("uwv") => code,
                Some("cnl") => code.and_then(|id| crosswalk.uwv_number(id)),
                _ => None,
            };
            let label = text(concept, "label").map(Value::from);
            Some(match (number, label) {
                (Some(number), label) => json!({"beroepsnaamGecodeerd": object([
                    ("codeBeroepsnaam", Some(number.into())),
                    ("omschrijvingBeroepsnaam", label),
                ])}),
                (None, Some(label)) => {
                    json!({"beroepsnaamOngecodeerd": {"naamBeroepOngecodeerd": label}})
                }
                (None, None) => return None,
            })
        }
    }
}

/// Whether a text is the id of an occupation of CompetentNL: ten hexadecimal digits in capitals.
fn is_id(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b))
}

fn names_something(concept: &Value) -> bool {
    ["code", "label"].iter().any(|key| text(concept, key).is_some_and(says))
}

/// The scheme of the competences of behaviour of VUM 2.
const BEHAVIOUR: &str = "uwv_competence";

/// The skills that a message names, those of the person or those asked.
pub(super) fn skills(parent: &Value, version: Version) -> Vec<Value> {
    match version {
        Version::Three => list(parent, "competentiebeheersing")
            .iter()
            .filter_map(|one| text(one, "codeCompetentie"))
            .filter(|code| says(code))
            .map(|code| json!({"scheme": "cnl", "code": code}))
            .collect(),
        Version::Two => {
            let behaviour = list(parent, "gedragscompetentie").iter().filter_map(|one| {
                // 1 good, 2 sufficient; from 3 on it is not mastered, or not known.
                let level = whole(one, "codeBeheersingGedragscompetentie");
                let mastered = level.is_none_or(|level| matches!(level, 1 | 2));
                let code = text(one, "codeGedragscompetentie")?;
                mastered.then(|| {
                    object([
                        ("scheme", Some(BEHAVIOUR.into())),
                        ("code", Some(code.into())),
                        ("label", text(one, "omschrijvingGedragscompetentie").map(Value::from)),
                        ("level", level.map(Value::from)),
                    ])
                })
            });
            let trade = list(parent, "vakvaardigheid").iter().filter_map(|one| {
                text(one, "omschrijving")
                    .filter(|label| says(label))
                    .map(|label| json!({"label": label}))
            });
            behaviour.chain(trade).collect()
        }
    }
}

/// Elements for skills, by the list that they belong in.
pub(super) fn skill_elements(
    skills: &[Value],
    version: Version,
) -> Vec<(&'static str, Vec<Value>)> {
    match version {
        Version::Three => {
            let known = skills.iter().filter(|one| text(one, "scheme") == Some("cnl"));
            let codes = known.filter_map(|one| text(one, "code"));
            vec![(
                "competentiebeheersing",
                codes.map(|code| json!({"codeCompetentie": code})).collect(),
            )]
        }
        Version::Two => {
            let is_behaviour = |one: &&Value| text(one, "scheme") == Some(BEHAVIOUR);
            let behaviour = skills.iter().filter(is_behaviour).map(|one| {
                object([
                    ("codeGedragscompetentie", text(one, "code").map(Value::from)),
                    ("omschrijvingGedragscompetentie", text(one, "label").map(Value::from)),
                    ("codeBeheersingGedragscompetentie", whole(one, "level").map(Value::from)),
                ])
            });
            let trade = skills
                .iter()
                .filter(|one| !is_behaviour(one))
                .filter_map(|one| text(one, "label").map(|label| json!({"omschrijving": label})));
            vec![("gedragscompetentie", behaviour.collect()), ("vakvaardigheid", trade.collect())]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_read_by_its_list() {
        // 3 and 4 are vmbo and mbo, havo or vwo as a level of work; havo or vwo and mbo as education.
        assert_eq!(work_level(3), Some(3));
        assert_eq!(education_level(3), Some(json!({"min": "havo", "max": "vwo"})));
        assert_eq!(education_level(4), Some(json!({"min": "mbo1", "max": "mbo4"})));
    }

    #[test]
    fn codes_that_say_nothing_are_no_knowledge() {
        assert_eq!((work_level(0), work_level(7)), (None, None));
        assert_eq!(education_level(9), None);
        assert_eq!((cefr(0), cefr(8)), (None, None));
        assert_eq!(yes_or_no(Some(0)), None);
    }

    #[test]
    fn a_level_finer_than_the_words_has_the_word_around_it() {
        assert_eq!(cefr(2), Some(json!({"min": "A1", "max": "A2"})));
        assert_eq!(cefr_code(&json!("B1")), Some(3));
        assert_eq!(cefr_code(&json!("A0")), Some(1));
        assert_eq!(cefr_code(&json!({"min": "A2", "max": "B1"})), None);
        assert_eq!(cefr_code(&json!({"min": "A2"})), None);
    }

    #[test]
    fn an_activity_is_read_only_when_no_zero_can_be_missing() {
        for (code, expected) in [
            (43_210, Some("43210")),
            (5610, Some("5610")),
            (47, Some("47")),
            (1110, None),
            (111, None),
            (87, None),
            (4, None),
        ] {
            assert_eq!(sbi(code).as_deref(), expected, "{code}");
        }
        assert_eq!(sbi_code("56.10"), Some(5610));
        assert_eq!(sbi_code("I"), None);
    }
}
