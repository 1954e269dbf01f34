// SPDX-License-Identifier: EUPL-1.2
//! What changed between two results: pairs that are new, gone, or moved.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::LeftOut;

/// What a result says of a listed pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedPair {
    /// Place in the list.
    pub rank: u32,
    /// Score, 0 to 10,000.
    pub score: u16,
    /// Class of readiness: `now`, `on`, `after`, `unknown`.
    pub class: String,
}

/// What became of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It was not listed before.
    New,
    /// It is not listed any more.
    Gone,
    /// It has another rank, score or class of readiness.
    Moved,
}

/// A pair that changed: one line of `match --changes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// Id of the candidate.
    pub candidate: String,
    /// Id of the vacancy.
    pub vacancy: String,
    /// What became of it.
    pub change: ChangeKind,
    /// What the result before says.
    pub before: Option<ListedPair>,
    /// What this result says.
    pub after: Option<ListedPair>,
    /// Why a pair that is gone was left out, where the history says so.
    pub why: Option<LeftOut>,
}

/// Compares a result with the one before it.
///
/// ```
/// # use passend::{Changes, ChangeKind, ListedPair};
/// let pair = |rank| ListedPair { rank, score: 7908, class: "now".into() };
/// let mut changes = Changes::default();
/// changes.before("c1", "v1", pair(1));
/// changes.before("c1", "v2", pair(2));
/// changes.after("c1", "v2", pair(1));
/// let changed: Vec<_> = changes.lines(|_, _| None).map(|line| (line.vacancy, line.change)).collect();
/// assert_eq!(changed, [("v1".to_owned(), ChangeKind::Gone), ("v2".to_owned(), ChangeKind::Moved)]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Changes(BTreeMap<(String, String), [Option<ListedPair>; 2]>);

impl Changes {
    /// A pair of the result before.
    pub fn before(&mut self, candidate: &str, vacancy: &str, pair: ListedPair) {
        let [before, _] = self.of(candidate, vacancy);
        *before = Some(pair);
    }

    /// A pair of this result.
    pub fn after(&mut self, candidate: &str, vacancy: &str, pair: ListedPair) {
        let [_, after] = self.of(candidate, vacancy);
        *after = Some(pair);
    }

    fn of(&mut self, candidate: &str, vacancy: &str) -> &mut [Option<ListedPair>; 2] {
        self.0.entry((candidate.to_owned(), vacancy.to_owned())).or_default()
    }

    /// What changed, by candidate, then by vacancy; `why` says why a pair is left out.
    pub fn lines<'a>(
        &'a self,
        why: impl Fn(&str, &str) -> Option<LeftOut> + 'a,
    ) -> impl Iterator<Item = Change> + 'a {
        self.0.iter().filter_map(move |((candidate, vacancy), [before, after])| {
            let change = match (before, after) {
                (None, _) => ChangeKind::New,
                (Some(_), None) => ChangeKind::Gone,
                (Some(before), Some(after)) if before != after => ChangeKind::Moved,
                _ => return None,
            };
            let why = if after.is_none() { why(candidate, vacancy) } else { None };
            Some(Change {
                candidate: candidate.clone(),
                vacancy: vacancy.clone(),
                change,
                before: before.clone(),
                after: after.clone(),
                why,
            })
        })
    }

    /// How many pairs are new, gone and moved.
    pub fn counts(&self) -> [u64; 3] {
        let mut counts = [0; 3];
        for change in self.lines(|_, _| None) {
            let [new, gone, moved] = &mut counts;
            match change.change {
                ChangeKind::New => *new += 1,
                ChangeKind::Gone => *gone += 1,
                ChangeKind::Moved => *moved += 1,
            }
        }
        counts
    }
}
