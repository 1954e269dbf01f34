// SPDX-License-Identifier: EUPL-1.2
//! The difference between two messages, and putting it back.
//!
//! In VUM an empty value is no value, and a list has no order. So two messages are the same when they are the same in their
//! plain form: without empty values, and with lists sorted.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A part of a message that its record does not give back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Path in the message; it ends in `[]` for an element of a list.
    pub at: String,
    /// What the record gives there; left out for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Value>,
    /// What the message has there; left out for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Value>,
}

/// A value without what is empty, with sorted lists; `None` when nothing is left.
pub(super) fn plain(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(elements) => {
            let mut elements: Vec<Value> = elements.iter().filter_map(plain).collect();
            elements.sort_by_cached_key(Value::to_string);
            (!elements.is_empty()).then_some(Value::Array(elements))
        }
        Value::Object(keys) => {
            let keys: Map<String, Value> =
                keys.iter().filter_map(|(key, value)| Some((key.clone(), plain(value)?))).collect();
            (!keys.is_empty()).then_some(Value::Object(keys))
        }
        other => Some(other.clone()),
    }
}

/// What turns `base` into `whole`. Both must be in plain form.
pub(super) fn difference(base: Option<&Value>, whole: Option<&Value>) -> Vec<Kept> {
    let mut kept = Vec::new();
    collect(base, whole, "", &mut kept);
    kept
}

fn collect(base: Option<&Value>, whole: Option<&Value>, at: &str, kept: &mut Vec<Kept>) {
    if base == whole {
        return;
    }
    let object = |value: Option<&Value>| value.is_none_or(Value::is_object);
    let list = |value: Option<&Value>| value.is_none_or(Value::is_array);
    if object(base) && object(whole) {
        let empty = Map::new();
        let keys = |value: Option<&'_ Value>| -> Map<String, Value> {
            value.and_then(Value::as_object).unwrap_or(&empty).clone()
        };
        let (base, whole) = (keys(base), keys(whole));
        let mut names: Vec<&String> = base.keys().chain(whole.keys()).collect();
        names.sort();
        names.dedup();
        for name in names {
            let below = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
            collect(base.get(name), whole.get(name), &below, kept);
        }
    } else if list(base) && list(whole) {
        elements(base, whole, &format!("{at}[]"), kept);
    } else {
        kept.push(Kept { at: at.to_owned(), was: base.cloned(), is: whole.cloned() });
    }
}

fn elements(base: Option<&Value>, whole: Option<&Value>, at: &str, kept: &mut Vec<Kept>) {
    let of = |value: Option<&Value>| -> Vec<Value> {
        value.and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let (base, whole) = (of(base), of(whole));
    let mut same: HashMap<String, usize> = HashMap::new();
    for element in &base {
        *same.entry(element.to_string()).or_default() += 1;
    }
    let mut rest: Vec<Value> = Vec::new();
    for element in whole {
        match same.get_mut(&element.to_string()) {
            Some(count) if *count > 0 => *count -= 1,
            _ => rest.push(element),
        }
    }
    // Those that stayed over of each kind.
    let base = base.into_iter().filter(|element| match same.get_mut(&element.to_string()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    });
    // An element goes with the first that holds all of it, so that it is found again when others change.
    let mut alone = Vec::new();
    for element in base {
        match rest.iter().position(|other| holds(other, &element)) {
            Some(found) => {
                let is = Some(rest.remove(found));
                kept.push(Kept { at: at.to_owned(), was: Some(element), is });
            }
            None => alone.push(element),
        }
    }
    let mut alone = alone.into_iter();
    let mut rest = rest.into_iter();
    loop {
        match (alone.next(), rest.next()) {
            (None, None) => break,
            (was, is) => kept.push(Kept { at: at.to_owned(), was, is }),
        }
    }
}

/// Whether a value has all that another has.
fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(key, value)| whole.get(key).is_some_and(|other| holds(other, value)))
        }
        _ => whole == part,
    }
}

/// Puts the parts back into a message in plain form; gives the paths of those that no longer fit, since the record says
/// something else there now.
pub(super) fn put_back(message: &mut Map<String, Value>, kept: &[Kept]) -> Vec<String> {
    let mut by_place: BTreeMap<&str, Vec<&Kept>> = BTreeMap::new();
    for part in kept {
        by_place.entry(&part.at).or_default().push(part);
    }
    let mut changed = Vec::new();
    for (at, parts) in by_place {
        match at.strip_suffix("[]") {
            Some(list) => put_back_elements(message, list, &parts, &mut changed),
            None => {
                for part in parts {
                    if slot(message, at) == part.was {
                        set(message, at, part.is.clone());
                    } else {
                        changed.push(at.to_owned());
                    }
                }
            }
        }
    }
    changed
}

fn put_back_elements(
    message: &mut Map<String, Value>,
    at: &str,
    parts: &[&Kept],
    changed: &mut Vec<String>,
) {
    let mut elements = match slot(message, at) {
        Some(Value::Array(elements)) => elements,
        _ => Vec::new(),
    };
    let mut added = Vec::new();
    for part in parts {
        if let Some(was) = &part.was {
            match elements.iter().position(|element| element == was) {
                Some(found) => drop(elements.remove(found)),
                None => {
                    changed.push(format!("{at}[]"));
                    continue;
                }
            }
        }
        added.extend(part.is.clone());
    }
    elements.append(&mut added);
    let elements = plain(&Value::Array(elements));
    set(message, at, elements);
}

fn slot(message: &Map<String, Value>, at: &str) -> Option<Value> {
    let (first, below) = at.split_once('.').map_or((at, None), |(key, rest)| (key, Some(rest)));
    let value = message.get(first)?;
    match below {
        None => Some(value.clone()),
        Some(below) => slot(value.as_object()?, below),
    }
}

fn set(message: &mut Map<String, Value>, at: &str, value: Option<Value>) {
    match at.split_once('.') {
        None => {
            match value {
                Some(value) => message.insert(at.to_owned(), value),
                None => message.remove(at),
            };
        }
        Some((first, below)) => {
            let inner = message.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            if let Some(keys) = inner.as_object_mut() {
                set(keys, below, value);
                if keys.is_empty() {
                    message.remove(first);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            Just(json!("")),
            (0..4_u8).prop_map(|number| json!(number)),
            "[a-c]{1,2}".prop_map(Value::String),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::btree_map("[a-d]", inner, 0..4)
                    .prop_map(|keys| Value::Object(keys.into_iter().collect())),
            ]
        })
    }

    fn object(value: &Value) -> Map<String, Value> {
        match plain(value) {
            Some(Value::Object(keys)) => keys,
            _ => Map::new(),
        }
    }

    proptest! {
        #[test]
        fn what_was_kept_gives_the_whole_back(base in any_value(), whole in any_value()) {
            let (base, whole) = (object(&json!({"k": base})), object(&json!({"k": whole})));
            let kept = difference(Some(&Value::Object(base.clone())), Some(&Value::Object(whole.clone())));
            let mut message = base;
            prop_assert!(put_back(&mut message, &kept).is_empty());
            prop_assert_eq!(plain(&Value::Object(message)), plain(&Value::Object(whole)));
        }
    }

    #[test]
    fn what_the_record_says_now_counts() {
        let base = json!({"l": [{"c": "nld", "n": 2}, {"c": "eng", "n": 3}], "w": 4});
        let whole = json!({"l": [{"c": "nld", "n": 2, "x": 1}, {"c": "eng", "n": 3, "x": 0}], "w": 7, "t": "a"});
        let kept = difference(plain(&base).as_ref(), plain(&whole).as_ref());
        let mut now = object(&json!({"l": [{"c": "nld", "n": 3}, {"c": "eng", "n": 3}], "w": 5}));
        let changed = put_back(&mut now, &kept);
        assert_eq!(changed, ["l[]", "w"]);
        let expected =
            json!({"l": [{"c": "nld", "n": 3}, {"c": "eng", "n": 3, "x": 0}], "w": 5, "t": "a"});
        assert_eq!(plain(&Value::Object(now)), plain(&expected));
    }
}
