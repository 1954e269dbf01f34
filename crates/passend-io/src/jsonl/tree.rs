// SPDX-License-Identifier: EUPL-1.2
//! A JSON value that keeps the order of its keys, and keys that stand there twice.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::path::{Path, Segment};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Null,
    Boolean(bool),
    Positive(u64),
    Negative(i64),
    Decimal(f64),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Keys that begin so are the caller's own; they and what they hold are not read.
const OWN: &str = "x_";

impl Node {
    /// Leaves out the caller's own keys, at every level.
    pub(super) fn without_own_keys(self) -> Self {
        match self {
            Self::List(nodes) => {
                Self::List(nodes.into_iter().map(Self::without_own_keys).collect())
            }
            Self::Object(pairs) => Self::Object(
                pairs
                    .into_iter()
                    .filter(|(key, _)| !key.starts_with(OWN))
                    .map(|(key, node)| (key, node.without_own_keys()))
                    .collect(),
            ),
            other => other,
        }
    }

    /// The same as a plain JSON value; of a key that stands there twice the last counts.
    pub(super) fn into_value(self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => value.into(),
            Self::Positive(value) => value.into(),
            Self::Negative(value) => value.into(),
            Self::Decimal(value) => value.into(),
            Self::Text(value) => value.into(),
            Self::List(nodes) => nodes.into_iter().map(Self::into_value).collect(),
            Self::Object(pairs) => {
                pairs.into_iter().map(|(key, node)| (key, node.into_value())).collect()
            }
        }
    }

    /// The first path to a key for which `found` gives something, in order of the text.
    pub(super) fn find_key<T>(
        &self,
        found: &impl Fn(&Path, &str, &[(String, Self)]) -> Option<T>,
    ) -> Option<(Path, T)> {
        self.find_key_below(&Path::default(), found)
    }

    fn find_key_below<T>(
        &self,
        path: &Path,
        found: &impl Fn(&Path, &str, &[(String, Self)]) -> Option<T>,
    ) -> Option<(Path, T)> {
        match self {
            Self::List(nodes) => nodes
                .iter()
                .enumerate()
                .find_map(|(at, node)| node.find_key_below(&path.with(Segment::At(at)), found)),
            Self::Object(pairs) => pairs.iter().enumerate().find_map(|(at, (key, node))| {
                let before = pairs.get(..at).unwrap_or_default();
                let here = path.with(Segment::Key(key.clone()));
                match found(path, key, before) {
                    Some(what) => Some((here, what)),
                    None => node.find_key_below(&here, found),
                }
            }),
            _ => None,
        }
    }

    /// What this key of an object holds.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(pairs) = self else { return None };
        pairs.iter().find(|(known, _)| known == key).map(|(_, node)| node)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyNode;
        impl<'de> Visitor<'de> for AnyNode {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }
            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Boolean(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
                Ok(Node::Positive(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
                Ok(Node::Negative(value))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
                Ok(Node::Decimal(value))
            }
            fn visit_str<E>(self, value: &str) -> Result<Node, E> {
                Ok(Node::Text(value.to_owned()))
            }
            fn visit_string<E>(self, value: String) -> Result<Node, E> {
                Ok(Node::Text(value))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
                let mut nodes = Vec::new();
                while let Some(node) = list.next_element()? {
                    nodes.push(node);
                }
                Ok(Node::List(nodes))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Node::Object(pairs))
            }
        }
        deserializer.deserialize_any(AnyNode)
    }
}
