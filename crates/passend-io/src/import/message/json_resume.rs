// SPDX-License-Identifier: EUPL-1.2
//! JSON Resume 1.x, a CV as developers write it. Levels are free text there; only a CEFR level is read as one.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::keys::{at, list, object, put, put_list, says, text};
use super::language_code::named;
use super::loss::{LossReason, Losses};
use super::moment::Moment;
use super::{ReadDrafts, fingerprint};
use crate::import::draft::Draft;
use crate::jsonl::{BYTE_ORDER_MARK, Place, known_content};
use crate::{Code, Content, ReadError};

/// A CV is at most this large.
const LARGEST: usize = 4 << 20;

const SECTIONS: [&str; 5] = ["basics", "work", "education", "languages", "skills"];

/// Reads one CV, or a list of them.
pub(super) fn read(bytes: &[u8]) -> Result<ReadDrafts, ReadError> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    known_content(bytes).map_err(ReadError::Content)?;
    if bytes.len() > LARGEST {
        return Err(ReadError::Content(Content::expected(Code::TooLarge, "most", "4 MB")));
    }
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|_| ReadError::Content(Content::new(Code::NotJsonFile)))?;
    let resumes = match &value {
        Value::Array(resumes) => resumes.as_slice(),
        one => std::slice::from_ref(one),
    };
    let is_resume = |value: &Value| SECTIONS.iter().any(|key| value.get(key).is_some());
    if resumes.is_empty() || !resumes.iter().all(is_resume) {
        return Err(ReadError::Content(Content::new(Code::NotResume)));
    }
    let mut read = ReadDrafts::default();
    for (number, resume) in (1..).zip(resumes) {
        let record = record(resume, &mut read.losses);
        let place = Place { line: number, ..Place::start() };
        read.drafts.push(Draft { place, fault_at: None, record: Ok(record) });
    }
    Ok(read)
}

fn record(resume: &Value, losses: &mut Losses) -> Map<String, Value> {
    let mut keys = Map::new();
    let all = &mut keys;
    put(all, "schema", Some("passend/candidate/1"));
    put(all, "id", Some(fingerprint("jr", resume.to_string().as_bytes())));
    place(all, resume);
    for (key, value) in at(resume, "basics").and_then(Value::as_object).into_iter().flatten() {
        let reason = match key.as_str() {
            "location" => continue,
            "name" => LossReason::Protected,
            "image" | "picture" => LossReason::Attachment,
            "email" | "phone" | "url" | "website" | "profiles" => LossReason::Contact,
            "summary" | "label" => LossReason::FreeText,
            _ => LossReason::NoField,
        };
        if super::patch::plain(value).is_some() {
            losses.add(&format!("basics.{}", crate::detail::shown(key)), reason);
        }
    }
    let mut work = Vec::new();
    for name in ["work", "volunteer"] {
        for one in list(resume, name) {
            match text(one, "position").filter(|title| says(title)) {
                Some(title) => work.push(experience(one, title)),
                None => losses.add(&format!("{name}[]"), LossReason::NotUnderstood),
            }
        }
    }
    put_list(all, "experience", work);
    let courses = list(resume, "education").iter().filter_map(education);
    put_list(all, "education", courses.collect());
    let mut languages: Vec<Value> = Vec::new();
    for one in list(resume, "languages") {
        match text(one, "language").and_then(named) {
            Some(code) => languages.push(object([
                ("code", Some(code.into())),
                ("level", text(one, "fluency").and_then(super::europass::cefr).map(Value::from)),
                ("source", Some("self".into())),
            ])),
            None => losses.add("languages[].language", LossReason::NotUnderstood),
        }
    }
    put_list(all, "languages", languages);
    let mut skills: Vec<Value> = Vec::new();
    let mut seen = BTreeSet::new();
    for one in list(resume, "skills") {
        let words = list(one, "keywords").iter().filter_map(Value::as_str);
        for label in text(one, "name").into_iter().chain(words).filter(|label| says(label)) {
            let skill = json!({"label": label.trim(), "source": "self"});
            if seen.insert(label.trim()) {
                skills.push(skill);
            }
        }
    }
    put_list(all, "skills", skills);
    let certificates = list(resume, "certificates").iter().filter_map(|one| {
        let name = text(one, "name").filter(|name| says(name))?;
        let issued = text(one, "date").and_then(Moment::read).and_then(Moment::day);
        Some(object([
            ("name", Some(name.into())),
            ("issued", issued.map(Value::from)),
            ("source", Some("self".into())),
        ]))
    });
    put_list(all, "certificates", certificates.collect());
    for key in resume.as_object().into_iter().flatten().map(|(key, _)| key.as_str()) {
        let read = ["$schema", "meta", "volunteer", "certificates"].contains(&key)
            || SECTIONS.contains(&key);
        if !read {
            losses.add(&crate::detail::shown(key), LossReason::NoField);
        }
    }
    keys
}

/// Where the person lives, if that is in the Netherlands.
fn place(all: &mut Map<String, Value>, resume: &Value) {
    let Some(location) = at(resume, "basics.location") else { return };
    if text(location, "countryCode").is_some_and(|code| !code.eq_ignore_ascii_case("NL")) {
        return;
    }
    put(
        all,
        "location.postcode",
        text(location, "postalCode").and_then(super::job_posting::postcode),
    );
    put(all, "location.municipality", text(location, "city"));
}

fn experience(one: &Value, title: &str) -> Value {
    let moment = |key| text(one, key).and_then(Moment::read);
    let mut keys = Map::new();
    put(&mut keys, "title", Some(title));
    super::moment::period(&mut keys, moment("startDate"), moment("endDate"));
    put(&mut keys, "source", Some("self"));
    Value::Object(keys)
}

fn education(one: &Value) -> Option<Value> {
    let words = [text(one, "studyType"), text(one, "area")];
    let title = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let moment = |key| text(one, key).and_then(Moment::read);
    let mut keys = Map::new();
    put(&mut keys, "title", says(&title).then_some(title));
    super::moment::days(&mut keys, moment("startDate"), moment("endDate"));
    if keys.is_empty() {
        return None;
    }
    put(&mut keys, "source", Some("self"));
    Some(Value::Object(keys))
}
