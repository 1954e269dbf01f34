// SPDX-License-Identifier: EUPL-1.2
//! The gap plan of one person: which steps open which vacancies by when.
//!
//! Every vacancy is judged once. Those that open by steps in the person's record are grouped by the steps that they need;
//! sets of steps are unions of what groups need, so that no set is tried that opens nothing. What remains after comparing
//! them is matched in full on its day, with the changed record and with the unchanged one: only the difference is promised.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::person::Person;
use super::record::Plan;
use super::sets::Sets;
use super::task::Task;
use crate::gate::{FindingKind, ReadinessClass, Step, Verdict, class_open_by, dates, part};
use crate::model::{Candidate, Day};
use crate::prepare::{CandidateFacts, Stay};

/// Groups whose unions are tried.
const MOST_GROUPS: usize = 96;
/// Plans that are matched in full.
const MOST_PLANS: usize = 32;

/// A vacancy of a group: the last day on which it can open, its score once the steps are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lead {
    last: Day,
    score: u16,
}

/// Vacancies that need the same steps and wait for the same day.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    /// The vacancies; first as they come, then by their last day, latest first.
    work: Vec<u32>,
    leads: Vec<Lead>,
    /// The best score among the leads up to here.
    best: Vec<u16>,
}

/// A group with the steps that it needs and the day for which it waits.
pub(super) type Grouped<'a> = (&'a (Vec<Task>, Day), &'a Group);

/// A set of steps, with what it seems to open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    tasks: Vec<Task>,
    by: Day,
    opens: usize,
    best_score: u16,
    guidance_hours: u16,
}

impl Draft {
    fn is_worse_than(&self, other: &Self) -> bool {
        let no_better = other.by <= self.by
            && other.opens >= self.opens
            && other.best_score >= self.best_score
            && other.guidance_hours <= self.guidance_hours;
        let same = (self.by, self.opens, self.best_score, self.guidance_hours)
            == (other.by, other.opens, other.best_score, other.guidance_hours);
        // Of two that are alike in everything the shorter one stays, then the first by its steps.
        let later = (self.tasks.len(), &self.tasks) > (other.tasks.len(), &other.tasks);
        no_better && (!same || later)
    }
}

/// Those of which none is worse than another, by day.
fn front(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by(|a, b| {
        let key = |one: &Draft| {
            (
                one.by,
                std::cmp::Reverse(one.opens),
                std::cmp::Reverse(one.best_score),
                one.guidance_hours,
                one.tasks.len(),
            )
        };
        key(a).cmp(&key(b)).then_with(|| a.tasks.cmp(&b.tasks))
    });
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        if !kept.iter().any(|other| draft.is_worse_than(other)) {
            kept.push(draft);
        }
    }
    kept
}

/// A vacancy that a record is open to on a day, in the order of the market.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Listed {
    index: u32,
    score: u16,
    /// The law asks something that is not known.
    unknown: bool,
}

impl Person<'_> {
    /// The plans.
    pub(super) fn plans(&mut self) -> Vec<Plan> {
        let pool = self.openable();
        let groups = self.groups(&pool);
        let drafts = front(self.drafts(&groups));
        self.checked(thinned(drafts), &pool)
    }

    /// The pool without what no plan opens: hours and times that the employer must change, and what has closed or ended.
    ///
    /// No step of the person changes hours, and of the times only lessons that can be moved.
    fn openable(&self) -> Vec<u32> {
        let on = self.market.on_day();
        let anybody = Stay { from: None, until: None };
        let week = self.tasks.lessons_moved.unwrap_or(&self.facts).week();
        let openable = self.pool.par_iter().filter(|index| {
            let Some(vacancy) = self.market.vacancy(**index) else { return false };
            let verdict = Verdict::of(on.as_of, |add| {
                add(dates(on, anybody, vacancy.period(), on.as_of));
                part::hours(on, self.facts.practical.hours, vacancy.hours, add);
                part::working_times(on, week, vacancy.working_times(), add);
            });
            // A step that takes no time at all keeps nothing shut.
            verdict.day <= on.as_of
        });
        openable.copied().collect()
    }

    /// Vacancies by the steps that open them; one that asks a step of somebody else is in none.
    fn groups(&mut self, pool: &[u32]) -> BTreeMap<(Vec<Task>, Day), Group> {
        let (as_of, sure) = (self.market.as_of, self.request.sure);
        let findings: Vec<_> = pool
            .par_iter()
            .filter_map(|index| {
                let vacancy = self.market.vacancy(*index)?;
                let mut found = Vec::new();
                let verdict =
                    crate::gate::judge(self.market.on_day(), &self.facts, vacancy, |one| {
                        if !matches!(one.kind, FindingKind::Open | FindingKind::Unknown) {
                            found.push(*one);
                        }
                    });
                let sought = match verdict.class {
                    ReadinessClass::Closed => false,
                    ReadinessClass::Unknown => !sure && verdict.day > as_of,
                    _ => verdict.day > as_of,
                };
                sought.then_some((*index, found))
            })
            .collect();
        let mut groups: BTreeMap<(Vec<Task>, Day), Group> = BTreeMap::new();
        for (index, found) in findings {
            let Some(vacancy) = self.market.vacancy(index) else { continue };
            let mut wait = as_of;
            let mut tasks = Vec::new();
            for finding in &found {
                if finding.kind == FindingKind::OpensOn {
                    wait = wait.max(finding.day);
                } else {
                    tasks.extend(self.tasks.of_finding(finding, vacancy, self.preparer.words()));
                }
            }
            // Once the start has passed, "as soon as possible" holds: nobody need be asked for a later one.
            tasks.retain(|task| *task != Task::Other(Step::Row("ask_later_start")));
            let theirs = |task: &Task| matches!(task, Task::Other(_));
            if tasks.is_empty() || tasks.iter().any(theirs) {
                continue;
            }
            for closed in self.ways(&tasks) {
                groups.entry((closed, wait)).or_default().work.push(index);
            }
        }
        for ((tasks, _), group) in &mut groups {
            self.lead(tasks, group);
        }
        groups
    }

    /// The steps with what comes before them; and the same with each programme that takes the place of some.
    fn ways(&self, tasks: &[Task]) -> Vec<Vec<Task>> {
        let closed = self.tasks.closed(tasks.iter().copied());
        let mut ways = vec![closed.clone()];
        for programme in &self.programmes_open {
            if closed.iter().any(|task| self.tasks.covers(*programme, *task)) {
                ways.push(self.tasks.closed(closed.iter().copied().chain([*programme])));
            }
        }
        ways.retain(|way| way.len() <= self.request.max_steps);
        ways
    }

    /// Last days and scores of a group, once its steps are taken.
    fn lead(&mut self, tasks: &[Task], group: &mut Group) {
        let Some(schedule) = self.tasks.schedule(tasks) else { return };
        let then = self.tasks.applied(self.record, &schedule, self.preparer.words());
        let facts = self.facts_on(schedule.by, &then);
        let leads = group.work.par_iter().filter_map(|index| {
            let vacancy = self.market.vacancy(*index)?;
            let last = vacancy.closes.into_iter().chain(vacancy.ends).min();
            let score = self.market.score(&facts, vacancy).now;
            (score > 0).then_some(Lead {
                last: last.unwrap_or(Day::from_days_since_1970(i32::MAX)),
                score,
            })
        });
        group.leads = leads.collect();
        group.leads.sort_by_key(|lead| std::cmp::Reverse((lead.last, lead.score)));
        group.best = group
            .leads
            .iter()
            .scan(0, |best: &mut u16, lead| {
                *best = lead.score.max(*best);
                Some(*best)
            })
            .collect();
    }

    /// Sets of steps with what they seem to open.
    fn drafts(&mut self, groups: &BTreeMap<(Vec<Task>, Day), Group>) -> Vec<Draft> {
        let employer = |tasks: &[Task]| {
            tasks.iter().find_map(|task| match task {
                Task::Permit { employer, .. } => Some(*employer),
                _ => None,
            })
        };
        // A person starts with one employer: steps for two of them are never one plan.
        let mut by_employer: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for entry in groups {
            by_employer.entry(employer(&entry.0.0)).or_default().push(entry);
        }
        let general = by_employer.get(&None).cloned().unwrap_or_default();
        let mut drafts = Vec::new();
        for (employer, own) in &by_employer {
            let tried = largest(own);
            let mut seen: Vec<_> = own.clone();
            if employer.is_some() {
                seen.extend(general.iter().copied());
            }
            let sets = Sets::new(&self.tasks, self.preparer.words(), &tried, &seen);
            let seen: Vec<_> = seen
                .iter()
                .filter_map(|((tasks, wait), group)| Some((sets.mask(tasks)?, *wait, *group)))
                .collect();
            for set in sets.unions(&tried, self.request.max_steps) {
                drafts.extend(self.draft(&sets, set, &seen));
            }
        }
        drafts
    }

    /// What a set of steps seems to open, on the day when it is done and on later days for which some vacancies wait.
    fn draft(&mut self, sets: &Sets, set: u128, groups: &[(u128, Day, &Group)]) -> Vec<Draft> {
        let plain = sets.tasks(set);
        let Some((tasks, by)) = self.upheld(&plain) else { return Vec::new() };
        let reach = sets.reach(set);
        let opened: Vec<_> = groups.iter().filter(|(needed, ..)| needed & !reach == 0).collect();
        let mut days: Vec<Day> = opened.iter().map(|(_, wait, _)| (*wait).max(by)).collect();
        days.sort_unstable();
        days.dedup();
        // Only a new document is added to what the set holds.
        let document = if tasks.len() > plain.len() {
            self.tasks.guidance_hours(Task::Document, self.preparer.words())
        } else {
            0
        };
        let guidance_hours = sets.guidance_hours(set).saturating_add(document);
        let draft = |day: Day| {
            let mut draft =
                Draft { tasks: tasks.clone(), by: day, opens: 0, best_score: 0, guidance_hours };
            for (_, wait, group) in &opened {
                if *wait <= day {
                    let open = group.leads.partition_point(|lead| lead.last >= day);
                    draft.opens += open;
                    let best = open.checked_sub(1).and_then(|at| group.best.get(at));
                    draft.best_score = draft.best_score.max(best.copied().unwrap_or_default());
                }
            }
            draft
        };
        days.into_iter().map(draft).filter(|one| one.opens > 0).collect()
    }

    /// The steps and their last day, with a new document where the one there is would end before that.
    fn upheld(&mut self, set: &[Task]) -> Option<(Vec<Task>, Day)> {
        let by = self.tasks.by(set)?;
        let ends = self.facts.legal.document_until.is_some_and(|until| until < by);
        if !ends || set.contains(&Task::Document) {
            return Some((set.to_vec(), by));
        }
        let document = self.tasks.of_document(self.preparer.words());
        let with = self.tasks.closed(set.iter().copied().chain([document]));
        let by = self.tasks.by(&with)?;
        (with.len() <= self.request.max_steps).then_some((with, by))
    }

    /// The plans as they come out in full, on their days: what the changed record lists and the unchanged one does not.
    fn checked(&mut self, drafts: Vec<Draft>, pool: &[u32]) -> Vec<Plan> {
        let mut without: BTreeMap<Day, Vec<Listed>> = BTreeMap::new();
        let mut plans: BTreeMap<Vec<Task>, Vec<(Draft, Plan)>> = BTreeMap::new();
        let mut exact = Vec::new();
        for draft in drafts {
            if self.law_changes.is_some_and(|day| draft.by >= day) {
                continue;
            }
            let Some(mut schedule) = self.tasks.schedule(&draft.tasks) else { continue };
            let waits = draft.by.days_since_1970() - schedule.by.days_since_1970();
            schedule.by = draft.by;
            let then = self.tasks.applied(self.record, &schedule, self.preparer.words());
            let facts = self.facts_on(draft.by, &then);
            let open = self.listed(pool, &facts, draft.by);
            let before: &Vec<_> = match without.entry(draft.by) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => {
                    let unchanged = self.facts_on(draft.by, self.record);
                    free.insert(self.listed(pool, &unchanged, draft.by))
                }
            };
            let Some(opens) = gained(&open, before) else { continue };
            let opens = self.best_first(&facts, opens);
            let Some(best_score) = opens.iter().map(|one| one.score).max() else { continue };
            let id = |one: &Listed| {
                self.market.vacancy(one.index).map(|vacancy| vacancy.id().to_string())
            };
            let draft = Draft { opens: opens.len(), best_score, ..draft };
            let plan = Plan {
                by: draft.by,
                steps: self.tasks.told(&schedule, self.market.teller(), self.preparer.words()),
                opens: opens.iter().filter_map(id).collect(),
                best_score,
                guidance_hours: draft.guidance_hours,
                then,
                earliest: schedule.earliest.plus_days(waits).min(draft.by),
                latest: schedule.latest.plus_days(waits).max(draft.by),
                unknown: opens.iter().filter(|one| one.unknown).filter_map(id).collect(),
            };
            exact.push(draft.clone());
            plans.entry(draft.tasks.clone()).or_default().push((draft, plan));
        }
        let kept = front(exact);
        kept.into_iter()
            .filter_map(|draft| {
                let list = plans.get_mut(&draft.tasks)?;
                let at = list.iter().position(|(own, _)| *own == draft)?;
                Some(list.remove(at).1)
            })
            .collect()
    }

    /// In the order of a list.
    fn best_first(&self, facts: &CandidateFacts, mut open: Vec<Listed>) -> Vec<Listed> {
        open.sort_by_cached_key(|one| {
            (
                std::cmp::Reverse(one.score),
                self.market.vacancy(one.index).map(|vacancy| {
                    let (hash, _, id) = crate::engine::Market::tie(facts, vacancy);
                    (hash, id.to_owned())
                }),
            )
        });
        open
    }

    /// What `match` lists on a day for this person: open by then, with a score.
    fn listed(&self, pool: &[u32], facts: &CandidateFacts, day: Day) -> Vec<Listed> {
        let rules = self.market.policy.rules_on(day);
        let on = super::schedule::on_day(&self.market.policy, &rules, day);
        let listed = pool.par_iter().filter_map(|index| {
            let vacancy = self.market.vacancy(*index)?;
            let class = class_open_by(on, facts, vacancy, day, self.request.sure)?;
            let score = self.market.score(facts, vacancy).now;
            let unknown = class == ReadinessClass::Unknown;
            (score > 0).then_some(Listed { index: *index, score, unknown })
        });
        listed.collect()
    }

    fn facts_on(&mut self, day: Day, record: &Candidate) -> CandidateFacts {
        self.preparer.turn_to(day);
        let facts = self.preparer.candidate(record);
        self.preparer.turn_to(self.market.as_of);
        facts
    }
}

/// The groups whose unions are tried: large groups count for many vacancies, small ones may have the best one.
fn largest<'a>(groups: &[Grouped<'a>]) -> Vec<&'a [Task]> {
    let mut sizes: BTreeMap<&[Task], (usize, u16)> = BTreeMap::new();
    for ((tasks, _), group) in groups {
        let size = sizes.entry(tasks).or_default();
        let best = group.best.last().copied().unwrap_or_default();
        *size = (size.0 + group.leads.len(), size.1.max(best));
    }
    let mut largest: Vec<_> = sizes.into_iter().filter(|(_, size)| size.0 > 0).collect();
    let mut best = largest.clone();
    largest.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    best.sort_by_key(|(_, size)| std::cmp::Reverse((size.1, size.0)));
    let mut tried: Vec<&[Task]> = Vec::new();
    for (tasks, _) in largest.iter().take(MOST_GROUPS).chain(best.iter().take(MOST_GROUPS / 2)) {
        if !tried.contains(tasks) {
            tried.push(tasks);
        }
    }
    tried
}

/// What is listed and was not; nothing if something that was listed no longer is. Both are in order of their numbers.
fn gained(open: &[Listed], before: &[Listed]) -> Option<Vec<Listed>> {
    let has = |list: &[Listed], one: &Listed| {
        list.binary_search_by_key(&one.index, |other| other.index).is_ok()
    };
    if before.iter().any(|one| !has(open, one)) {
        return None;
    }
    Some(open.iter().copied().filter(|one| !has(before, one)).collect())
}

/// At most so many drafts: the earliest, the widest, the best and the lightest first, then evenly by day.
fn thinned(drafts: Vec<Draft>) -> Vec<Draft> {
    if drafts.len() <= MOST_PLANS {
        return drafts;
    }
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    let mut by: [Vec<usize>; 4] = std::array::from_fn(|_| (0..drafts.len()).collect());
    let [earliest, widest, best, lightest] = &mut by;
    let key = |at: &usize| drafts.get(*at);
    earliest.sort_by_key(|at| key(at).map(|one| (one.by, std::cmp::Reverse(one.opens))));
    widest.sort_by_key(|at| key(at).map(|one| (std::cmp::Reverse(one.opens), one.by)));
    best.sort_by_key(|at| key(at).map(|one| (std::cmp::Reverse(one.best_score), one.by)));
    lightest
        .sort_by_key(|at| key(at).map(|one| (one.guidance_hours, std::cmp::Reverse(one.opens))));
    for at in 0..drafts.len() {
        for order in &by {
            if kept.len() < MOST_PLANS
                && let Some(index) = order.get(at)
            {
                kept.insert(*index);
            }
        }
    }
    (0..).zip(drafts).filter(|(at, _)| kept.contains(at)).map(|(_, draft)| draft).collect()
}
