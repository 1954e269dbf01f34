// SPDX-License-Identifier: EUPL-1.2
//! The files in `schemas` are what the library says, and every example in them is answered as they say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::handle::Handle;
use crate::job::Caller;
use crate::op;

/// Set to write the files instead of comparing them: `cargo xtask header` does.
const WRITE: &str = "PASSEND_WRITE_SCHEMAS";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

/// What the files hold.
fn made() -> BTreeMap<String, String> {
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap() + "\n";
    op::schemas().map(|(name, schema)| (format!("{name}.json"), pretty(&schema))).collect()
}

#[test]
fn the_schemas_in_the_folder_are_those_of_the_library() {
    let made = made();
    if std::env::var_os(WRITE).is_some() {
        std::fs::create_dir_all(folder()).unwrap();
        for (name, text) in &made {
            std::fs::write(folder().join(name), text).unwrap();
        }
        return;
    }
    for (name, text) in &made {
        let kept = std::fs::read_to_string(folder().join(name)).unwrap_or_default();
        assert!(kept == *text, "{name} is not what it was; `cargo xtask header` writes it");
    }
    let files = std::fs::read_dir(folder()).unwrap().count();
    assert_eq!(files, made.len(), "a file that is not made any more");
}

/// The object of a schema; of several shapes the first, which is that of a request without more.
fn object(schema: &Value) -> &Value {
    let first = schema["anyOf"][0]["$ref"].as_str();
    first.map_or(schema, |name| &schema["$defs"][name.rsplit('/').next().unwrap()])
}

#[test]
fn every_example_is_answered_with_the_keys_of_its_schema() {
    let engine = Handle::new("").unwrap();
    let schemas: BTreeMap<_, _> = op::schemas().collect();
    for (op, request) in op::examples() {
        let answer = engine.run(op, request.as_bytes(), &mut Caller::default()).unwrap().data;
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let schema = object(&schemas[format!("{op}.answer").as_str()]);
        let known = schema["properties"].as_object().unwrap();
        let keys = answer.as_object().unwrap();
        let unknown: Vec<_> = keys.keys().filter(|key| !known.contains_key(*key)).collect();
        assert!(unknown.is_empty(), "{op}: {unknown:?}");
        for key in schema["required"].as_array().unwrap() {
            assert!(keys.contains_key(key.as_str().unwrap()), "{op}: {key}");
        }
    }
}

#[test]
fn every_operation_has_schemas_and_an_example() {
    let schemas: Vec<_> = op::schemas().map(|(name, _)| name).collect();
    let examples: Vec<_> = op::examples().iter().map(|(op, _)| *op).collect();
    for name in op::names() {
        for payload in ["request", "answer"] {
            let schema = format!("{name}.{payload}");
            assert!(schemas.contains(&schema.as_str()), "{schema}");
        }
        assert!(examples.contains(&name), "{name}");
    }
}
