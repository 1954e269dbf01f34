// SPDX-License-Identifier: EUPL-1.2
//! What was put in words already: the pairs of a list say the same things again and again.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::record::{FindingLine, QuestionLine, StepLine};
use crate::gate::{Finding, Question, Rule, Step};
use crate::prepare::Quick;

/// So much of a kind is kept before it begins anew: days and numbers make ever new texts.
const MOST: usize = 4_096;

/// Findings, steps and questions of one market in words.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    pub(super) findings: Kept<Finding, FindingLine>,
    pub(super) steps: Kept<Step, StepLine>,
    pub(super) questions: Kept<(Option<Rule>, Question), QuestionLine>,
}

/// What was made of each key. A memo has one user at a time, so that nobody waits.
#[derive(Debug)]
pub(super) struct Kept<K, V>(Mutex<HashMap<K, Arc<V>, Quick>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq, V> Kept<K, V> {
    fn get(&self, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some(made) = locked(&self.0).get(&key) {
            return Arc::clone(made);
        }
        let made = Arc::new(make());
        let mut kept = locked(&self.0);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&made));
        made
    }
}

/// What is kept of a key, or made anew where nothing is kept.
pub(super) fn kept<K: Hash + Eq, V>(
    of: Option<&Kept<K, V>>,
    key: K,
    make: impl FnOnce() -> V,
) -> Arc<V> {
    match of {
        Some(kept) => kept.get(key, make),
        None => Arc::new(make()),
    }
}

/// Memos for threads that come and go.
#[derive(Debug, Default)]
pub(crate) struct Memos(Mutex<Vec<Memo>>);

impl Memos {
    /// One that nobody has, until it is dropped.
    pub(crate) fn lend(&self) -> Lent<'_> {
        let memo = locked(&self.0).pop();
        Lent { memo: memo.unwrap_or_default(), of: self }
    }
}

/// A memo that goes back where it came from.
#[derive(Debug)]
pub(crate) struct Lent<'a> {
    memo: Memo,
    of: &'a Memos,
}

impl Deref for Lent<'_> {
    type Target = Memo;

    fn deref(&self) -> &Memo {
        &self.memo
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let memo = std::mem::take(&mut self.memo);
        locked(&self.of.0).push(memo);
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
