// SPDX-License-Identifier: EUPL-1.2
//! What is asked of a ranking, and how it is watched and stopped.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::model::Day;

/// What is asked of a ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Length of each list.
    pub k: usize,
    /// Whose lists.
    pub by: By,
    /// By when a pair must be open.
    pub when: When,
    /// Leave out pairs for which the law asks something that is not known.
    pub sure: bool,
    /// How much each line tells.
    pub detail: Detail,
    /// Count for each person what keeps vacancies away. It costs about as much as the lists, by the plain scorer more.
    pub people: bool,
    /// By which way: both give the same answer.
    pub scorer: Scorer,
    /// Threads; 0 = as many as the machine has. The answer does not depend on it.
    pub threads: usize,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            k: 10,
            by: By::Candidate,
            when: When::Horizon,
            sure: false,
            detail: Detail::Full,
            people: false,
            scorer: Scorer::Index,
            threads: 0,
        }
    }
}

/// How pairs are scored. The answers are the same, byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scorer {
    /// 64 people side by side, with what people and vacancies have in common found once.
    #[default]
    Index,
    /// Pair by pair, as it would be explained: the reference.
    Plain,
}

/// Whose lists a ranking gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// The best vacancies of each person.
    #[default]
    Candidate,
    /// The best people of each vacancy.
    Vacancy,
    /// Both.
    Both,
}

/// By when a pair must be open at usual lead times to be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// On the day itself.
    Now,
    /// By this day.
    By(Day),
    /// Within 13 weeks.
    #[default]
    Horizon,
    /// Ever: only closed pairs are left out.
    Any,
}

impl When {
    /// The last day on which a pair may open; `None` for any.
    pub(crate) fn last_day(self, as_of: Day) -> Option<Day> {
        const HORIZON_DAYS: i32 = 13 * 7;
        match self {
            Self::Now => Some(as_of),
            Self::By(day) => Some(day),
            Self::Horizon => Some(as_of.plus_days(HORIZON_DAYS)),
            Self::Any => None,
        }
    }
}

/// How much each line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// Findings, steps and questions too.
    #[default]
    Full,
    /// Without findings, steps and questions.
    Brief,
}

/// Watches a ranking from another thread: how far it is; and stops it.
///
/// ```
/// # use passend::{Engine, RankError, Request, Watch};
/// let market = Engine::default().market(&[], &[], "2026-11-25".parse().unwrap()).unwrap();
/// let watch = Watch::new();
/// watch.stop();
/// assert!(matches!(market.rank(&Request::default(), &watch), Err(RankError::Stopped(_))));
/// ```
#[derive(Debug, Default)]
pub struct Watch {
    stopped: AtomicBool,
    done: AtomicUsize,
    total: AtomicUsize,
}

/// The ranking was stopped by its watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped")]
pub struct Stopped;

/// Why a ranking gave no lists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RankError {
    /// It was stopped by its watch.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The index and the plain scorer gave a listed pair another score: a fault of the engine.
    #[error(
        "the index and the plain scorer disagree on candidate `{candidate}` and vacancy `{vacancy}`; \
         ask for the plain scorer, and report this"
    )]
    Disagreement {
        /// Id of the candidate.
        candidate: String,
        /// Id of the vacancy.
        vacancy: String,
    },
}

impl Watch {
    /// A watch that nobody has stopped.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the ranking to stop; it does after the lists in hand.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Lists done.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Lists asked; 0 before the ranking begins.
    pub fn total(&self) -> usize {
        self.total.load(Ordering::Relaxed)
    }

    /// So many lists more are asked.
    pub(crate) fn begin(&self, lists: usize) {
        self.total.store(self.done().saturating_add(lists), Ordering::Relaxed);
    }

    pub(crate) fn step(&self) -> Result<(), Stopped> {
        self.steps(1)
    }

    /// So many lists more are done.
    pub(crate) fn steps(&self, lists: usize) -> Result<(), Stopped> {
        // Threads that only look do not write what others read.
        if lists > 0 {
            self.done.fetch_add(lists, Ordering::Relaxed);
        }
        self.check()
    }

    pub(crate) fn check(&self) -> Result<(), Stopped> {
        if self.stopped.load(Ordering::Relaxed) { Err(Stopped) } else { Ok(()) }
    }
}
