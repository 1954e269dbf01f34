// SPDX-License-Identifier: EUPL-1.2
//! What happened before, as far as a run asks: who works, which vacancies are filled, which pairs were declined, and what
//! humans said of pairs. Days decide; on one day the later line does.

mod monitor;
mod permission;
mod since;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::{Candidate, Day, Decliner, Event, EventKind, Judgement, Reason, Vacancy};

pub use monitor::{DaysBetween, Declined, Monitor, PeopleCount};
pub use permission::Permitted;
pub(crate) use permission::{PURPOSES, permitted};
pub use since::{Change, ChangeKind, Changes, ListedPair};

/// What happened up to a day.
///
/// ```
/// # use passend::{Event, History};
/// let declined: Event = serde_json::from_str(
///     r#"{"date":"2026-11-20","candidate":"c1","vacancy":"v1","event":"declined","by":"employer","why":"skills"}"#,
/// )?;
/// let history = History::new(&[declined], "2026-11-25".parse()?);
/// let counts = history.counts(["c1"], [("v1", 1)]);
/// assert_eq!((counts.declined, counts.started), (1, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// By candidate, then by vacancy.
    pairs: BTreeMap<String, BTreeMap<String, Pair>>,
    /// By vacancy: how many people work there.
    workers: BTreeMap<String, u32>,
}

/// What is known of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Pair {
    /// Why it is left out, unless it was taken up again since.
    left_out: Option<LeftOutLine>,
    /// Since when the person works there.
    works_since: Option<Day>,
    said: Option<OverrideLine>,
}

/// Why a person or a pair takes no part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOutLine {
    /// Id of the vacancy; `None` where the person takes no part at all for another reason than work there.
    pub vacancy: Option<String>,
    /// What keeps it out.
    pub why: LeftOut,
    /// Who declined.
    pub by: Option<Decliner>,
    /// Why it was declined.
    pub reason: Option<Reason>,
    /// Since when; for a permission its last day.
    pub date: Option<Day>,
}

/// What keeps a person or a pair out of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// The person or the employer declined.
    Declined,
    /// UWV did not give the TWV.
    TwvRefused,
    /// The person worked there and stopped.
    Stopped,
    /// As many people work there as it has positions.
    Filled,
    /// The person works.
    Started,
    /// What the person agreed to has ended.
    PermissionEnded,
    /// The person agreed to another purpose.
    OtherPurpose,
}

/// What a human said of a pair: beside the score and readiness, never in their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverrideLine {
    /// Whether it fits.
    pub verdict: Judgement,
    /// Why the human says otherwise.
    pub why: Reason,
    /// When it was said.
    pub date: Day,
    /// A code of the user's own.
    pub note: Option<String>,
}

/// How many of the people, vacancies and pairs of a run are left out, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistoryCounts {
    /// People who work.
    pub started: u64,
    /// Vacancies whose positions are all taken.
    pub filled: u64,
    /// Pairs that were declined.
    pub declined: u64,
    /// Pairs for which UWV gave no TWV.
    pub twv_refused: u64,
    /// Pairs in which the person stopped.
    pub stopped: u64,
    /// Pairs of which a human said otherwise.
    pub overrides: u64,
    /// Pairs of the history of which the person or the vacancy is not in the run.
    pub elsewhere: u64,
}

impl History {
    /// What happened up to and including a day. The order of events of one day is that of the slice; otherwise it has no
    /// meaning.
    pub fn new(events: &[Event], as_of: Day) -> Self {
        let mut history = Self::default();
        for event in in_order(events) {
            if event.date <= as_of {
                history.add(event);
            }
        }
        for (vacancy, pair) in history.pairs.values().flatten() {
            if pair.works_since.is_some() {
                *history.workers.entry(vacancy.clone()).or_default() += 1;
            }
        }
        history
    }

    fn add(&mut self, event: &Event) {
        let vacancies = self.pairs.entry(event.candidate.clone()).or_default();
        let pair = vacancies.entry(event.vacancy.clone()).or_default();
        let out = |why| {
            let Event { by, why: reason, date, .. } = event;
            let vacancy = Some(event.vacancy.clone());
            Some(LeftOutLine { vacancy, why, by: *by, reason: *reason, date: Some(*date) })
        };
        match event.event {
            // Somebody took it up again.
            EventKind::Proposed | EventKind::Spoken | EventKind::TwvRequested => {
                pair.left_out = None;
            }
            EventKind::TwvGranted => {}
            EventKind::Declined => pair.left_out = out(LeftOut::Declined),
            EventKind::TwvRefused => pair.left_out = out(LeftOut::TwvRefused),
            EventKind::Started => {
                pair.left_out = None;
                pair.works_since.get_or_insert(event.date);
            }
            EventKind::Stopped => {
                pair.works_since = None;
                pair.left_out = out(LeftOut::Stopped);
            }
            EventKind::Override => {
                if let (Some(verdict), Some(why)) = (event.verdict, event.why) {
                    let note = event.note.clone();
                    pair.said = Some(OverrideLine { verdict, why, date: event.date, note });
                }
            }
        }
    }

    /// Whether nothing is left out and nothing was said.
    pub(crate) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Where the person works, by the first day there.
    pub(crate) fn works(&self, candidate: &str) -> Option<LeftOutLine> {
        let pairs = self.pairs.get(candidate)?.iter();
        let at_work = pairs.filter_map(|(vacancy, pair)| Some((pair.works_since?, vacancy)));
        let (since, vacancy) = at_work.min()?;
        Some(LeftOutLine {
            vacancy: Some(vacancy.clone()),
            why: LeftOut::Started,
            by: None,
            reason: None,
            date: Some(since),
        })
    }

    /// Whether as many people work there as it has positions.
    pub(crate) fn is_filled(&self, vacancy: &str, positions: u16) -> bool {
        self.workers.get(vacancy).is_some_and(|workers| *workers >= u32::from(positions))
    }

    /// Of each vacancy that a person was brought together with: why the pair is left out.
    pub(crate) fn left_out_of<'a>(
        &'a self,
        candidate: &str,
    ) -> impl Iterator<Item = (&'a str, Option<&'a LeftOutLine>)> {
        let pairs = self.pairs.get(candidate).into_iter().flatten();
        pairs.map(|(vacancy, pair)| (vacancy.as_str(), pair.left_out.as_ref()))
    }

    /// What a human said of each vacancy for a person.
    pub(crate) fn said_of<'a>(
        &'a self,
        candidate: &str,
    ) -> impl Iterator<Item = (&'a str, &'a OverrideLine)> {
        let pairs = self.pairs.get(candidate).into_iter().flatten();
        pairs.filter_map(|(vacancy, pair)| Some((vacancy.as_str(), pair.said.as_ref()?)))
    }

    /// How many of these people, vacancies (with their positions) and pairs are left out.
    pub fn counts<'a>(
        &self,
        candidates: impl IntoIterator<Item = &'a str>,
        vacancies: impl IntoIterator<Item = (&'a str, u16)>,
    ) -> HistoryCounts {
        let mut counts = HistoryCounts::default();
        let mut known = BTreeMap::new();
        for (vacancy, positions) in vacancies {
            let is_filled = self.is_filled(vacancy, positions);
            counts.filled += u64::from(is_filled);
            known.insert(vacancy, is_filled);
        }
        let mut pairs_seen = 0u64;
        for candidate in candidates {
            let Some(pairs) = self.pairs.get(candidate) else { continue };
            let works = self.works(candidate).is_some();
            counts.started += u64::from(works);
            for (vacancy, pair) in pairs {
                let Some(is_filled) = known.get(vacancy.as_str()) else { continue };
                pairs_seen += 1;
                counts.overrides += u64::from(pair.said.is_some());
                if works || *is_filled {
                    continue;
                }
                match pair.left_out.as_ref().map(|line| line.why) {
                    Some(LeftOut::Declined) => counts.declined += 1,
                    Some(LeftOut::TwvRefused) => counts.twv_refused += 1,
                    Some(LeftOut::Stopped) => counts.stopped += 1,
                    _ => {}
                }
            }
        }
        let all: usize = self.pairs.values().map(BTreeMap::len).sum();
        counts.elsewhere = u64::try_from(all).unwrap_or(u64::MAX).saturating_sub(pairs_seen);
        counts
    }
}

/// The places in the slice of events that say that somebody stopped who had not started, up to and including a day.
pub fn stops_without_start(events: &[Event], as_of: Day) -> Vec<usize> {
    let mut sorted: Vec<(usize, &Event)> =
        events.iter().enumerate().filter(|(_, event)| event.date <= as_of).collect();
    sorted.sort_by_key(|(_, event)| event.date);
    let mut at_work = BTreeSet::new();
    let mut found = Vec::new();
    for (at, event) in sorted {
        let pair = (&event.candidate, &event.vacancy);
        match event.event {
            EventKind::Started => drop(at_work.insert(pair)),
            EventKind::Stopped if !at_work.remove(&pair) => found.push(at),
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

/// Events by day; those of one day as they stand.
fn in_order(events: &[Event]) -> Vec<&Event> {
    let mut sorted: Vec<&Event> = events.iter().collect();
    sorted.sort_by_key(|event| event.date);
    sorted
}

/// The positions of a vacancy; 1 where it says nothing.
pub(crate) fn positions(vacancy: &Vacancy) -> u16 {
    vacancy.positions.unwrap_or(1)
}

/// Why a person takes no part, if so: work first, then permission.
pub(crate) fn out_of_run(
    history: &History,
    purposes: &[String],
    candidate: &Candidate,
    as_of: Day,
) -> Option<LeftOutLine> {
    let out = |why, date| LeftOutLine { vacancy: None, why, by: None, reason: None, date };
    history.works(&candidate.id).or_else(|| match permitted(candidate, purposes, as_of) {
        Permitted::Yes => None,
        Permitted::Ended => Some(out(
            LeftOut::PermissionEnded,
            candidate.permission.as_ref().and_then(|permission| permission.until),
        )),
        Permitted::OtherPurpose => Some(out(LeftOut::OtherPurpose, None)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(line: &str) -> Event {
        let (date, rest) = line.split_once(' ').unwrap();
        let (candidate, rest) = rest.split_once(' ').unwrap();
        let (vacancy, kind) = rest.split_once(' ').unwrap();
        let more = match kind {
            "declined" => r#","by":"candidate","why":"pay""#,
            "override" => r#","verdict":"fits","why":"record""#,
            _ => "",
        };
        serde_json::from_str(&format!(
            r#"{{"date":"{date}","candidate":"{candidate}","vacancy":"{vacancy}","event":"{kind}"{more}}}"#
        ))
        .unwrap()
    }

    /// What is left out of a run with one person and one vacancy of two positions.
    #[track_caller]
    fn check(lines: &[&str], expected: (u64, u64, u64)) {
        let events: Vec<_> = lines.iter().map(|line| event(line)).collect();
        let history = History::new(&events, "2026-11-25".parse().unwrap());
        let counts = history.counts(["c1"], [("v1", 2)]);
        assert_eq!((counts.started, counts.filled, counts.declined), expected);
    }

    #[test]
    fn a_pair_that_is_taken_up_again_takes_part() {
        check(&["2026-11-01 c1 v1 declined"], (0, 0, 1));
        check(&["2026-11-01 c1 v1 declined", "2026-11-02 c1 v1 spoken"], (0, 0, 0));
        check(&["2026-11-02 c1 v1 spoken", "2026-11-01 c1 v1 declined"], (0, 0, 0));
        check(&["2026-11-01 c1 v1 declined", "2026-11-02 c1 v1 twv_granted"], (0, 0, 1));
    }

    #[test]
    fn on_one_day_the_later_line_decides() {
        check(&["2026-11-02 c1 v1 proposed", "2026-11-02 c1 v1 declined"], (0, 0, 1));
        check(&["2026-11-02 c1 v1 declined", "2026-11-02 c1 v1 proposed"], (0, 0, 0));
    }

    #[test]
    fn what_happens_after_the_day_does_not_count() {
        check(&["2026-11-26 c1 v1 declined"], (0, 0, 0));
        check(&["2026-11-25 c1 v1 declined"], (0, 0, 1));
    }

    #[test]
    fn a_vacancy_is_filled_when_all_positions_are_taken() {
        check(&["2026-11-01 c2 v1 started"], (0, 0, 0));
        check(&["2026-11-01 c2 v1 started", "2026-11-01 c3 v1 started"], (0, 1, 0));
        let stopped = "2026-11-03 c3 v1 stopped";
        check(&["2026-11-01 c2 v1 started", "2026-11-01 c3 v1 started", stopped], (0, 0, 0));
    }

    #[test]
    fn who_works_is_counted_once_and_not_by_pair() {
        check(&["2026-11-01 c1 v2 started", "2026-11-01 c1 v1 declined"], (1, 0, 0));
        check(&["2026-11-01 c1 v2 started", "2026-11-09 c1 v2 stopped"], (0, 0, 0));
    }

    #[test]
    fn a_stop_without_a_start_is_found() {
        let lines =
            ["2026-11-03 c1 v1 stopped", "2026-11-02 c2 v1 stopped", "2026-11-01 c1 v1 started"];
        let events: Vec<_> = lines.iter().map(|line| event(line)).collect();
        assert_eq!(stops_without_start(&events, "2026-11-25".parse().unwrap()), [1]);
    }

    #[test]
    fn what_a_human_says_leaves_nothing_out() {
        check(&["2026-11-01 c1 v1 override"], (0, 0, 0));
        let events = [event("2026-11-01 c1 v1 override")];
        let history = History::new(&events, "2026-11-25".parse().unwrap());
        assert_eq!(history.said_of("c1").count(), 1);
    }
}
