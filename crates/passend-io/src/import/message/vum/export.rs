// SPDX-License-Identifier: EUPL-1.2
//! Records to messages.

use passend::Side;
use serde_json::{Map, Value};

use super::super::keys::{at, list, text};
use super::super::loss::{LossReason, Losses, leaves_beyond};
use super::super::patch::{difference, plain, put_back};
use super::{Crosswalk, Sidecar, Version, by_id, message_of, record_of};
use crate::{Loss, Record};

/// Messages, and what of the records they cannot hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// The messages, in order of the records: write them as one JSON list. They may hold contact details and data about
    /// health out of the sidecar.
    pub messages: Vec<Value>,
    /// What is lost, in order of field and reason.
    pub losses: Vec<Loss>,
    /// Records that could not become a message, since their id cannot be written in the standard.
    pub left_out: u64,
}

/// Writes records as VUM messages.
///
/// With the sidecar of their import the messages are those that were read, as far as the records still say the same; what a
/// record says now counts. `crosswalk` gives occupations that are known by their UWV number the URI that version 3 asks;
/// without it no URI is made up.
///
/// ```
/// use passend::Candidate;
/// use passend_io::{Crosswalk, Sidecar, VumVersion, export_vum};
///
/// let record: Candidate = serde_json::from_str(r#"{"id":"c1","work_level":4,"location":{"postcode":"9711LM"}}"#)?;
/// let exported = export_vum(&[record], VumVersion::Three, &Sidecar::default(), &Crosswalk::default());
/// assert_eq!(exported.messages[0]["mobiliteit"]["bemiddelingspostcode"], "9711LM");
/// assert_eq!(exported.messages[0]["arbeidsmarktkwalificatie"]["codeWerkEnDenkniveauWerkzoekende"], 4);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn export_vum<T: Record>(
    records: &[T],
    version: Version,
    sidecar: &Sidecar,
    crosswalk: &Crosswalk,
) -> Exported {
    let kept = by_id(sidecar, T::SIDE, version);
    let mut losses = Losses::default();
    let mut messages = Vec::with_capacity(records.len());
    let mut left_out = 0;
    for record in records {
        // A record is a plain structure: it always becomes JSON.
        let value = serde_json::to_value(record).unwrap_or_default();
        let mut message = message_of(&value, T::SIDE, version, crosswalk);
        if !has_id(&message) {
            left_out += 1;
            losses.add("id", LossReason::DoesNotFit);
            continue;
        }
        if let Some(parts) = kept.get(record.id()) {
            for path in put_back(&mut message, parts) {
                losses.add(&path, LossReason::Changed);
            }
        }
        losses.join(lost(value, &message, T::SIDE, version, crosswalk));
        messages.push(Value::Object(message));
    }
    Exported { messages, losses: losses.into_list(), left_out }
}

fn has_id(message: &Map<String, Value>) -> bool {
    ["idWerkzoekende", "idVacature"].iter().any(|key| message.contains_key(*key))
}

/// What of a record its message does not give back when it is read again.
fn lost(
    record: Value,
    message: &Map<String, Value>,
    side: Side,
    version: Version,
    crosswalk: &Crosswalk,
) -> Losses {
    let mut losses = Losses::default();
    let read = record_of(&Value::Object(message.clone()), side, version, crosswalk);
    let (record, read) = (facts(record, version), facts(Value::Object(read), version));
    for part in difference(plain(&read).as_ref(), plain(&record).as_ref()) {
        let Some(is) = &part.is else { continue };
        leaves_beyond(part.was.as_ref(), is, &part.at, &mut |path, _, other| {
            losses.add(path, if other { LossReason::Coarser } else { LossReason::NoField });
        });
    }
    losses
}

/// A record without what only says where a fact comes from, with one level of a language as the four that it stands for.
fn facts(mut record: Value, version: Version) -> Value {
    let code_says_it =
        |concept: &Value| text(concept, "code").is_some() && text(concept, "scheme").is_some();
    if let Some(keys) = record.as_object_mut() {
        keys.remove("schema");
        keys.remove("source");
        for name in ["licences", "languages", "education", "experience", "skills", "certificates"] {
            for fact in keys.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten() {
                let Some(fact) = fact.as_object_mut() else { continue };
                for key in ["source", "level_source", "as_of"] {
                    fact.remove(key);
                }
                // Written as a text of the course, out of which nothing is read.
                if name == "education" && version == Version::Three {
                    fact.remove("title");
                }
                if name == "languages"
                    && let Some(level) = fact.remove("level")
                {
                    for skill in ["listening", "reading", "speaking", "writing"] {
                        fact.entry(skill).or_insert_with(|| level.clone());
                    }
                }
                if let Some(occupation) = fact.get_mut("occupation").filter(|one| code_says_it(one))
                    && let Some(keys) = occupation.as_object_mut()
                {
                    keys.remove("label");
                }
            }
        }
        // Both say what somebody looks for.
        let wishes = keys.get_mut("wishes").and_then(Value::as_object_mut);
        if let Some(Value::Array(wished)) = wishes.and_then(|wishes| wishes.remove("occupations")) {
            let targets = keys.entry("targets").or_insert_with(|| Value::Array(Vec::new()));
            if let Some(targets) = targets.as_array_mut() {
                targets.extend(wished);
            }
        }
        for name in ["targets", "occupation"] {
            for concept in keys.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten() {
                if code_says_it(concept)
                    && let Some(keys) = concept.as_object_mut()
                {
                    keys.remove("label");
                }
            }
        }
    }
    // A demand for all four skills is the same as four of them.
    let languages: Vec<Value> = list(&record, "require.languages")
        .iter()
        .flat_map(|demand| {
            let skills: &[&str] = match at(demand, "skill") {
                Some(_) => &[],
                None => &["listening", "reading", "speaking", "writing"],
            };
            let with = |skill: &&str| {
                let mut demand = demand.clone();
                if let Some(keys) = demand.as_object_mut() {
                    keys.insert("skill".to_owned(), (*skill).into());
                }
                demand
            };
            match skills {
                [] => vec![demand.clone()],
                skills => skills.iter().map(with).collect(),
            }
        })
        .collect();
    if let Some(require) = record.get_mut("require").and_then(Value::as_object_mut)
        && !languages.is_empty()
    {
        require.insert("languages".to_owned(), Value::Array(languages));
    }
    record
}
