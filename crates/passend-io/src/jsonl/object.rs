// SPDX-License-Identifier: EUPL-1.2
//! A foreign object as a plain JSON value, with each key once.

use serde_json::{Map, Value};

use super::fault::Fault;
use super::path::Path;
use super::record::{Mistake, located, offset};
use super::tree::Node;
use crate::Code;

/// Reads one object; a key that stands there twice is refused, since which of the two is meant cannot be told.
pub(crate) fn object(text: &[u8]) -> Result<Map<String, Value>, Mistake> {
    let text = std::str::from_utf8(text)
        .map_err(|error| Mistake { fault: Fault::new(Code::NotUtf8), at: error.valid_up_to() })?;
    let node: Node = serde_json::from_str(text)
        .map_err(|error| Mistake { fault: Fault::new(Code::NotJson), at: offset(text, &error) })?;
    let twice = |_: &Path, key: &str, before: &[(String, Node)]| {
        before.iter().any(|(known, _)| known == key).then_some(())
    };
    if let Some((path, ())) = node.find_key(&twice) {
        let key = path.last_key().unwrap_or_default().to_owned();
        return Err(located(Fault::key(Code::DuplicateKey, path, &key, None), text));
    }
    match node.into_value() {
        Value::Object(keys) => Ok(keys),
        _ => Err(Mistake { fault: Fault::new(Code::NotAnObject), at: 0 }),
    }
}
