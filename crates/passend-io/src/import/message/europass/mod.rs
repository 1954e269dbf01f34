// SPDX-License-Identifier: EUPL-1.2
//! Europass XML: `Candidate` (since 2020) and the older `SkillsPassport`.
//!
//! Name, birth date, nationality, sex, photo and their like are in every such file. They are dropped and counted; a birth
//! date gives the eighteenth birthday of a minor first. A mother tongue is a language that is spoken and understood; that it
//! is the mother tongue is not kept.

mod candidate;
mod skills_passport;
mod xml;

use passend::Day;
use serde_json::{Map, Value, json};

use self::xml::Element;
use super::keys::put;
use super::loss::{LossReason, Losses};
use super::moment::Moment;
use super::{ReadDrafts, fingerprint, language_code};
use crate::import::draft::Draft;
use crate::jsonl::{BYTE_ORDER_MARK, Place, known_content};
use crate::{Code, Content, ReadError};

/// Elements that are not kept: photos, files and what belongs to how the document is shown.
const SKIPPED: &[&str] = &[
    "Attachment",
    "AttachmentList",
    "EmbeddedData",
    "Photo",
    "Signature",
    "Documentation",
    "ReferenceTo",
    "PrintingPreferences",
    "RenderingInformation",
    "DocumentInfo",
];

/// Elements that may not count.
const PROTECTED: &[&str] = &[
    "PersonName",
    "NationalityCode",
    "Nationality",
    "NationalityList",
    "BirthDate",
    "Birthdate",
    "BirthPlace",
    "BirthCountryCode",
    "GenderCode",
    "Gender",
    "MaritalStatusCode",
    "ResidencyCountryCode",
    "Visa",
    "Disability",
    "PrimaryLanguageCode",
    "MotherTongue",
    "MilitaryHistory",
    "SocialAndPoliticalActivities",
];

/// Reads one CV.
pub(super) fn read(bytes: &[u8], as_of: Option<Day>) -> Result<ReadDrafts, ReadError> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    known_content(bytes).map_err(ReadError::Content)?;
    let root = xml::read(bytes, SKIPPED).map_err(ReadError::Content)?;
    let mut read = ReadDrafts::default();
    for name in PROTECTED {
        for _ in root.below(name) {
            read.losses.add(name, LossReason::Protected);
        }
    }
    for name in ["Attachment", "AttachmentList", "EmbeddedData", "Photo"] {
        for _ in root.below(name) {
            read.losses.add(name, LossReason::Attachment);
        }
    }
    let mut record = match root.name.as_str() {
        "Candidate" => candidate::record(&root, &mut read.losses),
        "SkillsPassport" => skills_passport::record(&root, &mut read.losses),
        _ => return Err(ReadError::Content(Content::new(Code::OtherXml))),
    };
    if !record.contains_key("id") {
        put(&mut record, "id", Some(fingerprint("ep", bytes)));
    }
    if let Some(day) = as_of.and_then(|as_of| eighteen(&root, as_of)) {
        put(&mut record, "turns_18_on", Some(day));
    }
    read.drafts.push(Draft { place: Place::start(), fault_at: None, record: Ok(record) });
    Ok(read)
}

/// The eighteenth birthday, for who is not yet eighteen; needs a whole date.
fn eighteen(root: &Element, as_of: Day) -> Option<String> {
    let new = root.below("BirthDate").into_iter().find_map(|date| Moment::read(date.text()?));
    let old = || root.below("Birthdate").into_iter().find_map(old_date);
    let born = new.or_else(old)?.day()?;
    let (year, rest) = born.split_once('-')?;
    let year = year.parse::<u16>().ok()?.checked_add(18)?;
    // Who was born on 29 February comes of age on 1 March in a year without it.
    let day = format!("{year}-{rest}");
    let day: Day = day.parse().or_else(|_| format!("{year}-03-01").parse()).ok()?;
    (day > as_of).then(|| day.to_string())
}

/// A date of the older form, with its parts as attributes.
fn old_date(element: &Element) -> Option<Moment> {
    Moment::of(element.attribute("year")?, element.attribute("month"), element.attribute("day"))
}

/// A level of a language that is written as one: `B1`, also with words around it.
pub(super) fn cefr(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_ascii_uppercase);
    let mut levels = words.filter_map(|word| {
        ["A1", "A2", "B1", "B2", "C1", "C2"].into_iter().find(|level| *level == word)
    });
    let first = levels.next()?;
    // Two different ones are a range or a change; neither is guessed at.
    levels.all(|level| level == first).then_some(first)
}

/// The language of a code of two or three letters, or of a name.
fn language(code: &str) -> Option<&str> {
    let end = code.rsplit('/').next().unwrap_or(code).trim();
    let is_code = matches!(end.len(), 2 | 3) && end.bytes().all(|b| b.is_ascii_lowercase());
    if is_code {
        return Some(if end.len() == 3 { language_code::short(end) } else { end });
    }
    language_code::named(end)
}

/// A language that somebody grew up with: spoken and understood; whether it is also read and written is not said.
fn mother_tongue(code: &str) -> Value {
    json!({"code": code, "listening": "C2", "speaking": "C2", "source": "self"})
}

/// Adds a language unless it is there already.
fn add_language(languages: &mut Vec<Value>, language: Value) {
    if languages.iter().all(|known| known.get("code") != language.get("code")) {
        languages.push(language);
    }
}

/// Levels of the skills; of two kinds of speaking or writing the lower one counts.
fn with_levels<'a>(
    code: &str,
    levels: impl Iterator<Item = (&'static str, &'a str)>,
    losses: &mut Losses,
) -> Value {
    let mut keys = Map::new();
    put(&mut keys, "code", Some(code));
    for (skill, text) in levels {
        let Some(level) = cefr(text) else {
            losses.add("languages[].level", LossReason::NotUnderstood);
            continue;
        };
        let known = keys.get(skill).and_then(Value::as_str);
        if known.is_none_or(|known| level < known) {
            put(&mut keys, skill, Some(level));
        }
    }
    put(&mut keys, "source", Some("self"));
    Value::Object(keys)
}

/// A level of the European framework of qualifications as a Dutch one; what lies beside each other is a range.
fn dutch_level(eqf: &str) -> Option<Value> {
    let range = |min: &str, max: &str| json!({"min": min, "max": max});
    Some(match eqf.trim() {
        "1" => range("vmbo_bb", "mbo1"),
        "2" => range("vmbo_kb", "mbo2"),
        "3" => "mbo3".into(),
        "4" => range("havo", "vwo"),
        "5" => "ad".into(),
        "6" => range("hbo_bachelor", "wo_bachelor"),
        "7" => range("hbo_master", "wo_master"),
        "8" => "phd".into(),
        _ => return None,
    })
}

/// Where somebody lives, if the address is Dutch or says no country.
fn place(
    record: &mut Map<String, Value>,
    country: Option<&str>,
    postcode: Option<&str>,
    city: Option<&str>,
) {
    if country.is_some_and(|country| !country.eq_ignore_ascii_case("nl")) {
        return;
    }
    put(record, "location.postcode", postcode.and_then(super::job_posting::postcode));
    put(record, "location.municipality", city);
}

/// A driving licence of one of the European categories.
fn licence(category: &str) -> Option<Value> {
    let category = category.trim().to_ascii_uppercase();
    let known = [
        "AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE", "T",
    ];
    known.contains(&category.as_str()).then(|| json!({"category": category, "source": "self"}))
}
