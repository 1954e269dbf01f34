// SPDX-License-Identifier: EUPL-1.2
//! The text of one record to the record itself, or to what is wrong with it.

use passend::{ProblemKind, Protected, protected};
use serde::de::DeserializeOwned;

use super::fault::Fault;
use super::path::Path;
use super::shape::Shape;
use super::strict::Strict;
use super::tree::Node;
use crate::Code;
use crate::record::Row;

/// What is wrong with a record, and where in its text, in bytes.
pub(crate) struct Mistake {
    pub(crate) fault: Fault,
    pub(crate) at: usize,
}

/// Reads the text of one record.
///
/// A good record is read straight into its type. Only when that fails the text is read again, slowly, to say why; keys of
/// the caller's own, which begin with `x_`, are left out there.
pub(crate) fn record<T: Row>(text: &[u8]) -> Result<T, Mistake> {
    let record = match straight(text) {
        Some(record) => record,
        None => slowly(text)?,
    };
    match worst_problem(&record) {
        None => Ok(record),
        Some(fault) => Err(located(fault, std::str::from_utf8(text).unwrap_or_default())),
    }
}

fn straight<T: DeserializeOwned>(text: &[u8]) -> Option<T> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let record = T::deserialize(Strict(&mut json)).ok()?;
    json.end().ok().map(|()| record)
}

fn slowly<T: Row>(text: &[u8]) -> Result<T, Mistake> {
    if let Some(at) = text.iter().position(|byte| *byte == 0) {
        return Err(Mistake { fault: Fault::new(Code::NulByte), at });
    }
    let text = std::str::from_utf8(text)
        .map_err(|error| Mistake { fault: Fault::new(Code::NotUtf8), at: error.valid_up_to() })?;
    let node: Node = serde_json::from_str(text)
        .map_err(|error| Mistake { fault: Fault::new(Code::NotJson), at: offset(text, &error) })?;
    let node = node.without_own_keys();
    shaped(&node).map_err(|fault| located(fault, text))
}

/// Reads a record from its value. What may never enter is told before anything else that is wrong.
fn shaped<T: Row>(node: &Node) -> Result<T, Fault> {
    if !matches!(node, Node::Object(_)) {
        return Err(Fault::new(Code::NotAnObject));
    }
    if let Some((path, code)) = node.find_key(&|parent, key, _| forbidden::<T>(parent, key)) {
        let key = path.last_key().unwrap_or_default().to_owned();
        return Err(Fault::key(code, path, &key, None));
    }
    if let Some(id) = node.get("id") {
        let alone = Node::Object(vec![("id".to_owned(), id.clone())]);
        if let Ok(alone) = T::deserialize(Shape(&alone))
            && let Some(fault) =
                worst_problem(&alone).filter(|fault| fault.code == Code::NationalNumber)
        {
            return Err(fault);
        }
    }
    let twice = |_: &Path, key: &str, before: &[(String, Node)]| {
        before.iter().any(|(known, _)| known == key).then_some(())
    };
    if let Some((path, ())) = node.find_key(&twice) {
        let key = path.last_key().unwrap_or_default().to_owned();
        return Err(Fault::key(Code::DuplicateKey, path, &key, None));
    }
    T::deserialize(Shape(node))
}

/// The code of a key that may never enter, unless the record has a field of that name just there.
fn forbidden<T: Row>(parent: &Path, key: &str) -> Option<Code> {
    let place = (parent.last_key().unwrap_or_default(), key);
    if T::INNOCENT_KEYS.contains(&place) {
        return None;
    }
    Some(match protected(key)? {
        Protected::NationalNumber => Code::NationalNumber,
        Protected::Attribute => Code::ProtectedAttribute,
    })
}

/// A national number if there is one, else the first problem.
fn worst_problem<T: Row>(record: &T) -> Option<Fault> {
    let problems = record.problems();
    let worst = problems
        .iter()
        .find(|problem| problem.kind == ProblemKind::NationalNumber)
        .or_else(|| problems.first())?;
    Some(Fault::problem(worst.kind).at(Path::parse(&worst.path)))
}

pub(super) fn located(fault: Fault, text: &str) -> Mistake {
    let at = fault.path.locate(text, fault.at_key);
    Mistake { fault, at }
}

/// Where the JSON reader stopped, in bytes from the begin of the text.
pub(crate) fn offset(text: &str, error: &serde_json::Error) -> usize {
    let before: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    (before + error.column().saturating_sub(1)).min(text.len())
}

#[cfg(test)]
mod tests {
    use passend::{Candidate, Vacancy};

    use super::*;

    #[track_caller]
    fn check<T: Row>(text: &str, code: Code, path: &str, at: &str) {
        let mistake = record::<T>(text.as_bytes()).err().unwrap();
        assert_eq!(mistake.fault.code, code);
        assert_eq!(mistake.fault.path.to_string(), path);
        let there = text.get(mistake.at..).unwrap();
        assert!(there.starts_with(at), "{there}");
    }

    #[test]
    fn the_first_thing_wrong_is_told_with_its_place() {
        check::<Candidate>(
            r#"{"id":"c1","languages":[{"code":"nl","level":"A3"}],"hours":"veel"}"#,
            Code::UnknownValue,
            "languages[0].level",
            "\"A3\"",
        );
        check::<Candidate>(
            r#"{"id":"c1","hours":{"min":8,"max":4}}"#,
            Code::WrongOrder,
            "hours",
            "{\"min",
        );
        check::<Candidate>(r#"{"id":"c1","skils":[]}"#, Code::UnknownKey, "skils", "\"skils\"");
        check::<Vacancy>(r#"{"title":"kok"}"#, Code::MissingKey, "id", "{\"title");
        check::<Candidate>(r#"{"id":"c1" "hours":1}"#, Code::NotJson, "", "\"hours\"");
    }

    #[test]
    fn what_may_never_enter_comes_before_all_else() {
        check::<Candidate>(
            r#"{"id":5,"hours":"veel","wishes":{"Geslacht":"v"}}"#,
            Code::ProtectedAttribute,
            "wishes.Geslacht",
            "\"Geslacht\"",
        );
        check::<Candidate>(
            r#"{"hours":"veel","id":"123456782"}"#,
            Code::NationalNumber,
            "id",
            "\"123456782\"",
        );
        check::<Candidate>(r#"{"id":"c1","bsn":1}"#, Code::NationalNumber, "bsn", "\"bsn\"");
    }

    #[test]
    fn keys_of_the_callers_own_are_not_read() {
        let text = br#"{"id":"c1","x_note":{"nationaliteit":1},"location":{"x_a":[],"municipality":"Assen"}}"#;
        assert!(record::<Candidate>(text).is_ok());
    }

    #[test]
    fn a_list_is_no_object() {
        check::<Candidate>(r#"{"id":"c1","hours":[8,40]}"#, Code::WrongType, "hours", "[8,40]");
        check::<Candidate>(r#"["candidate","c1"]"#, Code::NotAnObject, "", "[");
    }

    #[test]
    fn a_name_is_allowed_where_the_schema_has_one() {
        assert!(record::<Vacancy>(br#"{"id":"v1","employer":{"name":"Bakker"},"x_a":1}"#).is_ok());
        check::<Vacancy>(r#"{"id":"v1","name":"x"}"#, Code::ProtectedAttribute, "name", "\"name\"");
        check::<Candidate>(
            r#"{"id":"c1","skills":[{"name":"x"}]}"#,
            Code::ProtectedAttribute,
            "skills[0].name",
            "\"name\"",
        );
    }
}
