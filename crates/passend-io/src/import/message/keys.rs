// SPDX-License-Identifier: EUPL-1.2
//! Reading and writing values of JSON by their path. What is empty is not there.

use passend::Day;
use serde_json::{Map, Value};

/// The value of a path such as `mobiliteit.maximaleReistijd`.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, key| value.get(key))
}

/// The text of a path, if it is one and not empty.
pub(super) fn text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    at(value, path)?.as_str().filter(|text| !text.trim().is_empty())
}

/// The whole number of a path.
pub(super) fn whole(value: &Value, path: &str) -> Option<u64> {
    at(value, path)?.as_u64()
}

/// The elements of the list of a path; none if there is no list.
pub(super) fn list<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    at(value, path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The day of a path, if the record can hold it.
pub(super) fn day<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    text(value, path).filter(|text| text.parse::<Day>().is_ok())
}

/// The first and last day of a period; neither when it ends before it begins.
pub(super) fn period<'a>(
    value: &'a Value,
    from: &str,
    to: &str,
) -> (Option<&'a str>, Option<&'a str>) {
    match (day(value, from), day(value, to)) {
        // Days written alike are ordered as their texts are.
        (Some(from), Some(to)) if from > to => (None, None),
        both => both,
    }
}

/// Whether a text has a letter or digit: without one it names nothing.
pub(super) fn says(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Puts a value at a path, with the objects around it; nothing for `None`.
pub(super) fn put(keys: &mut Map<String, Value>, path: &str, value: Option<impl Into<Value>>) {
    let Some(value) = value.map(Into::into) else { return };
    match path.split_once('.') {
        None => {
            keys.insert(path.to_owned(), value);
        }
        Some((first, below)) => {
            let inner = keys.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Some(inner) = inner.as_object_mut() {
                put(inner, below, Some(value));
            }
        }
    }
}

/// Puts a list at a path; an empty one is not known, and not put.
pub(super) fn put_list(keys: &mut Map<String, Value>, path: &str, values: Vec<Value>) {
    put(keys, path, (!values.is_empty()).then_some(values));
}

/// An object of what is known.
pub(super) fn object(pairs: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let known = pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(known.collect())
}
