// SPDX-License-Identifier: EUPL-1.2
//! The figures of a pilot from its first day: how many residents were reached, spoken, placed, and in how many days.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::in_order;
use crate::model::{Candidate, Day, Decliner, Event, EventKind, Reason};
use crate::text::{Say, Text};

/// The figures of a pilot, from its first day to a day.
///
/// ```
/// # use passend::{Candidate, Event, Monitor};
/// let people: Vec<Candidate> = serde_json::from_str(r#"[{"id":"c1","skills":[{"label":"koken"}]},{"id":"c2"}]"#)?;
/// let events: Vec<Event> = serde_json::from_str(
///     r#"[{"date":"2026-11-02","candidate":"c1","vacancy":"v1","event":"proposed"},
///         {"date":"2026-11-09","candidate":"c1","vacancy":"v1","event":"spoken"}]"#,
/// )?;
/// let monitor = Monitor::new(&events, Some(&people), "2026-11-25".parse()?);
/// assert_eq!(monitor.first_day, Some("2026-11-02".parse()?));
/// assert_eq!((monitor.counts[0].figure, monitor.counts[0].percent), ("skills_mapped", Some(50)));
/// assert_eq!(monitor.days[0].median, Some(7));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Monitor {
    /// The day of the first event; `None` before there is one.
    pub first_day: Option<Day>,
    /// The last day that counts.
    pub as_of: Day,
    /// The people of whom shares are told: those of the file, else those with an event.
    pub people: u64,
    /// People with an event who are not in the file; they are in no figure.
    pub elsewhere: u64,
    /// Events after the last day; they are in no figure.
    pub later: u64,
    /// How many people, and with how many vacancies.
    pub counts: Vec<PeopleCount>,
    /// Days between two events.
    pub days: Vec<DaysBetween>,
    /// Why was declined, by who and reason.
    pub declined: Vec<Declined>,
}

/// How many people something holds for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PeopleCount {
    /// What is counted.
    pub figure: &'static str,
    /// People, each once.
    pub people: u64,
    /// Of a hundred people, rounded; `None` without people.
    pub percent: Option<u8>,
    /// Pairs of a person and a vacancy; `None` where it is not about vacancies.
    pub pairs: Option<u64>,
    /// In words.
    pub text: Text,
}

/// Days from the first event of a kind to the first of another after it, in one pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DaysBetween {
    /// The first event.
    pub from: EventKind,
    /// The event after it.
    pub to: EventKind,
    /// Pairs in which both happened.
    pub pairs: u64,
    /// Half of the pairs took at most so many days; of two in the middle the shorter.
    pub median: Option<i32>,
    /// In words.
    pub text: Text,
}

/// How often was declined for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Declined {
    /// Who declined.
    pub by: Decliner,
    /// Why.
    pub why: Reason,
    /// How often.
    pub times: u64,
    /// In words.
    pub text: Text,
}

/// Who and what an event of a kind is about.
#[derive(Default)]
struct Seen<'a> {
    people: BTreeSet<&'a str>,
    pairs: BTreeSet<(&'a str, &'a str)>,
}

/// The first day of each kind of event in a pair, in the order in which they happened.
type Firsts = Vec<(EventKind, Day)>;

impl Monitor {
    /// The figures up to and including a day; with people only of those.
    pub fn new(events: &[Event], people: Option<&[Candidate]>, as_of: Day) -> Self {
        let residents: Option<BTreeSet<&str>> =
            people.map(|people| people.iter().map(|one| one.id.as_str()).collect());
        let mut seen: BTreeMap<EventKind, Seen<'_>> = BTreeMap::new();
        let mut pairs: BTreeMap<(&str, &str), Firsts> = BTreeMap::new();
        let mut at_work: BTreeSet<(&str, &str)> = BTreeSet::new();
        let mut declined: BTreeMap<(Decliner, Reason), u64> = BTreeMap::new();
        let (mut elsewhere, mut everybody) = (BTreeSet::new(), BTreeSet::new());
        let (mut first_day, mut later) = (None, 0);
        for event in in_order(events) {
            if event.date > as_of {
                later += 1;
                continue;
            }
            let (candidate, vacancy) = (event.candidate.as_str(), event.vacancy.as_str());
            if residents.as_ref().is_some_and(|residents| !residents.contains(candidate)) {
                elsewhere.insert(candidate);
                continue;
            }
            first_day = first_day.or(Some(event.date));
            everybody.insert(candidate);
            let of_kind = seen.entry(event.event).or_default();
            of_kind.people.insert(candidate);
            of_kind.pairs.insert((candidate, vacancy));
            pairs.entry((candidate, vacancy)).or_default().push((event.event, event.date));
            match event.event {
                EventKind::Started => drop(at_work.insert((candidate, vacancy))),
                EventKind::Stopped => drop(at_work.remove(&(candidate, vacancy))),
                _ => {}
            }
            if let (Some(by), Some(why)) = (event.by, event.why) {
                *declined.entry((by, why)).or_default() += 1;
            }
        }
        let of = residents.as_ref().map_or(everybody.len(), BTreeSet::len);
        let count = |figure, people: usize, pairs: Option<usize>, say: Say| PeopleCount {
            figure,
            people: number(people),
            percent: percent(people, of),
            pairs: pairs.map(number),
            text: say.plain(),
        };
        let mut counts = Vec::new();
        if let Some(people) = people {
            let has_skills = |one: &&Candidate| one.skills.iter().flatten().next().is_some();
            let mapped = people.iter().filter(has_skills).count();
            counts.push(count("skills_mapped", mapped, None, Say("monitor_skills_mapped")));
        }
        for (kind, figure, say) in COUNTED {
            let own = seen.get(&kind);
            let (people, pairs) = own.map_or((0, 0), |own| (own.people.len(), own.pairs.len()));
            counts.push(count(figure, people, Some(pairs), say));
        }
        let working: BTreeSet<&str> = at_work.iter().map(|(candidate, _)| *candidate).collect();
        let say = Say("monitor_at_work");
        counts.push(count("at_work", working.len(), Some(at_work.len()), say));
        let days = BETWEEN.map(|(from, to, say)| {
            let mut days: Vec<i32> =
                pairs.values().filter_map(|firsts| days_between(firsts, from, to)).collect();
            days.sort_unstable();
            let median = days.get(days.len().saturating_sub(1) / 2).copied();
            DaysBetween { from, to, pairs: number(days.len()), median, text: say.plain() }
        });
        let declined = declined.into_iter().map(|((by, why), times)| {
            let text = reason_text(why);
            Declined { by, why, times, text }
        });
        Self {
            first_day,
            as_of,
            people: number(of),
            elsewhere: number(elsewhere.len()),
            later,
            counts,
            days: days.to_vec(),
            declined: declined.collect(),
        }
    }
}

const COUNTED: [(EventKind, &str, Say); 8] = [
    (EventKind::Proposed, "proposed", Say("monitor_proposed")),
    (EventKind::Spoken, "spoken", Say("monitor_spoken")),
    (EventKind::Declined, "declined", Say("monitor_declined")),
    (EventKind::TwvRequested, "twv_requested", Say("monitor_twv_requested")),
    (EventKind::TwvGranted, "twv_granted", Say("monitor_twv_granted")),
    (EventKind::TwvRefused, "twv_refused", Say("monitor_twv_refused")),
    (EventKind::Started, "placed", Say("monitor_placed")),
    (EventKind::Stopped, "stopped", Say("monitor_stopped")),
];

const BETWEEN: [(EventKind, EventKind, Say); 5] = [
    (EventKind::Proposed, EventKind::Spoken, Say("monitor_proposed_to_spoken")),
    (EventKind::Spoken, EventKind::Started, Say("monitor_spoken_to_started")),
    (EventKind::Proposed, EventKind::Started, Say("monitor_proposed_to_started")),
    (EventKind::TwvRequested, EventKind::TwvGranted, Say("monitor_twv_days")),
    (EventKind::Started, EventKind::Stopped, Say("monitor_started_to_stopped")),
];

fn days_between(firsts: &Firsts, from: EventKind, to: EventKind) -> Option<i32> {
    let at = firsts.iter().position(|(kind, _)| *kind == from)?;
    let (_, begin) = firsts.get(at)?;
    let (_, end) = firsts.iter().skip(at).find(|(kind, _)| *kind == to)?;
    Some(end.days_since_1970() - begin.days_since_1970())
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Rounded to the nearest, halves up.
fn percent(part: usize, of: usize) -> Option<u8> {
    let percent = part.saturating_mul(200).saturating_add(of).checked_div(of.saturating_mul(2))?;
    u8::try_from(percent).ok()
}

/// A reason in words.
fn reason_text(reason: Reason) -> Text {
    let say = match reason {
        Reason::Distance => Say("reason_distance"),
        Reason::Hours => Say("reason_hours"),
        Reason::WorkingTimes => Say("reason_working_times"),
        Reason::Pay => Say("reason_pay"),
        Reason::OtherWork => Say("reason_other_work"),
        Reason::FoundWork => Say("reason_found_work"),
        Reason::Lessons => Say("reason_lessons"),
        Reason::Skills => Say("reason_skills"),
        Reason::Language => Say("reason_language"),
        Reason::Experience => Say("reason_experience"),
        Reason::Papers => Say("reason_papers"),
        Reason::Twv => Say("reason_twv"),
        Reason::Start => Say("reason_start"),
        Reason::OtherPerson => Say("reason_other_person"),
        Reason::Withdrawn => Say("reason_withdrawn"),
        Reason::Record => Say("reason_record"),
        Reason::Vacancy => Say("reason_vacancy"),
        Reason::Rule => Say("reason_rule"),
        Reason::Conversation => Say("reason_conversation"),
        Reason::Other => Say("reason_other"),
    };
    say.plain()
}

impl Reason {
    /// In words, Dutch and English.
    ///
    /// ```
    /// assert_eq!(passend::Reason::Pay.text().en, "the pay");
    /// ```
    pub fn text(self) -> Text {
        reason_text(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(date: &str, candidate: &str, event: &str) -> Event {
        serde_json::from_str(&format!(
            r#"{{"date":"2026-11-{date}","candidate":"{candidate}","vacancy":"v1","event":"{event}"}}"#
        ))
        .unwrap()
    }

    fn figure(monitor: &Monitor, name: &str) -> (u64, Option<u8>) {
        let count = monitor.counts.iter().find(|count| count.figure == name).unwrap();
        (count.people, count.percent)
    }

    #[test]
    fn the_median_is_the_shorter_of_two_in_the_middle() {
        let mut events = Vec::new();
        for (candidate, spoken) in [("c1", "02"), ("c2", "04"), ("c3", "08"), ("c4", "09")] {
            events.push(event("01", candidate, "proposed"));
            events.push(event(spoken, candidate, "spoken"));
        }
        let monitor = Monitor::new(&events, None, "2026-11-25".parse().unwrap());
        assert_eq!((monitor.days[0].pairs, monitor.days[0].median), (4, Some(3)));
        assert_eq!(figure(&monitor, "spoken"), (4, Some(100)));
    }

    #[test]
    fn the_order_of_the_events_has_no_meaning_where_days_differ() {
        let mut events = vec![
            event("01", "c1", "proposed"),
            event("03", "c1", "started"),
            event("09", "c1", "stopped"),
        ];
        let as_of = "2026-11-25".parse().unwrap();
        let monitor = Monitor::new(&events, None, as_of);
        events.reverse();
        assert_eq!(Monitor::new(&events, None, as_of), monitor);
        assert_eq!(figure(&monitor, "placed"), (1, Some(100)));
        assert_eq!(figure(&monitor, "at_work"), (0, Some(0)));
    }

    #[test]
    fn shares_are_of_the_residents_and_others_are_told_apart() {
        let people: Vec<Candidate> =
            serde_json::from_str(r#"[{"id":"c1"},{"id":"c2"},{"id":"c3"}]"#).unwrap();
        let events = [event("01", "c1", "started"), event("01", "c9", "started")];
        let monitor = Monitor::new(&events, Some(&people), "2026-11-25".parse().unwrap());
        assert_eq!((monitor.people, monitor.elsewhere), (3, 1));
        assert_eq!(figure(&monitor, "placed"), (1, Some(33)));
    }

    #[test]
    fn a_pilot_without_an_event_has_figures() {
        let monitor = Monitor::new(&[], None, "2026-11-25".parse().unwrap());
        assert_eq!((monitor.first_day, figure(&monitor, "placed")), (None, (0, None)));
    }
}
