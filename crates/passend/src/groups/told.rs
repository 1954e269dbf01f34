// SPDX-License-Identifier: EUPL-1.2
//! Which numbers of people a report tells, so that none that is hidden can be computed from the others.
//!
//! Who may work and who finds work are two tables by one dimension each. A table by groups counts both beside each other; what
//! it has in common with the others, its margins over all groups, stays as it is there. So a table of people that differs
//! within the groups of one table fits all others too, and each can be made safe by itself.
//!
//! Who may work follows from the status, as everybody can read in the law. So both are one table, where status is asked: each
//! status lies within what it may, and what the funnel and the table by status tell are sums of cells that this table shows.

use std::collections::{BTreeMap, BTreeSet};

use super::axis::ALL;
use super::funnel::{Funnel, Stage, Standing};
use super::published::SafeTable;
use super::rules::DisclosureRules;
use super::suppress::Before;
use super::table::{Counted, GroupTable};
use crate::gate::Gate;

/// Below this a threshold protects nobody: whoever is counted knows who the other is.
pub(super) const LEAST: u32 = 3;

/// The numbers of a population that may be told.
#[derive(Debug)]
pub(super) struct Told {
    threshold: u32,
    people: Vec<Standing>,
    /// Labels of the cells of who may work and who finds work that are shown.
    may: BTreeSet<Vec<String>>,
    work: BTreeSet<Vec<String>>,
    /// Those of each status within what it may, by when work is open; if status is asked.
    status: BTreeSet<Vec<String>>,
}

/// The numbers of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) people: Option<u32>,
    pub(super) may_work_now: Option<u32>,
    pub(super) now: Option<u32>,
    pub(super) year: Option<u32>,
    pub(super) stopped: Option<u32>,
}

/// Whether somebody may work now.
fn may_now(may: Stage) -> &'static str {
    if may == Stage::MayWorkNow { "now" } else { "else" }
}

/// Whether work is open within a year, and whether it is now.
fn when(work: Stage) -> [&'static str; 2] {
    match work {
        Stage::Stopped => ["stopped", "stopped"],
        Stage::WorkNow => ["year", "now"],
        _ => ["year", "later"],
    }
}

fn part(work: Stage, gate: Option<Gate>) -> &'static str {
    match (work, gate) {
        (Stage::Stopped, Some(gate)) => gate.code(),
        (Stage::Stopped, None) => "several",
        (open, _) => open.code(),
    }
}

fn counted(categories: &[&str]) -> Counted {
    Counted { categories: categories.iter().map(|&label| label.to_owned()).collect(), amount: 1 }
}

fn rules(threshold: u32) -> DisclosureRules {
    let rules = DisclosureRules::default();
    let protection = rules.protection.min(threshold.saturating_sub(2));
    DisclosureRules { threshold, protection, rounding: 0, ..rules }
}

/// The labels of the cells that are shown; none of a table that cannot be made safe.
fn shown(
    threshold: u32,
    dimensions: &[&str],
    within: &[(&str, &str)],
    people: &[Counted],
    before: impl Fn(&[(&str, &str)]) -> Option<Before>,
) -> BTreeSet<Vec<String>> {
    let Ok(table) = GroupTable::of(dimensions, within, people) else { return BTreeSet::new() };
    let labels = |cell: usize| -> Vec<String> {
        table.categories(cell).into_iter().map(|(_, label)| label.to_owned()).collect()
    };
    let is_shown: Box<dyn Fn(usize) -> bool> = if threshold < LEAST {
        Box::new(|cell| table.people(cell) == 0 || table.people(cell) >= i64::from(threshold))
    } else {
        let told: BTreeMap<usize, Before> = (0..table.cells())
            .filter_map(|cell| Some((cell, before(&table.categories(cell))?)))
            .collect();
        let safe: Option<SafeTable> = table.protect_beside(&rules(threshold), &told).ok();
        Box::new(move |cell| safe.as_ref().is_some_and(|safe| safe.suppressed(cell).is_none()))
    };
    (0..table.cells()).filter(|cell| is_shown(*cell)).map(labels).collect()
}

fn has(cells: &BTreeSet<Vec<String>>, labels: &[&str]) -> bool {
    let labels: Vec<String> = labels.iter().map(|&label| label.to_owned()).collect();
    cells.contains(&labels)
}

impl Told {
    /// `by_status` are the same people by status, if the report tells them so.
    pub(super) fn new(funnel: &Funnel, by_status: Option<&Funnel>, threshold: u32) -> Self {
        Self::of(funnel.standings(), by_status.map(Funnel::standings), threshold)
    }

    fn of(people: Vec<Standing>, by_status: Option<Vec<Standing>>, threshold: u32) -> Self {
        let may: Vec<Counted> =
            people.iter().map(|one| counted(&[may_now(one.may), one.may.code()])).collect();
        let work: Vec<Counted> = people
            .iter()
            .map(|one| {
                let [year, now] = when(one.work);
                counted(&[year, now, part(one.work, one.gate)])
            })
            .collect();
        let nothing = |_: &[(&str, &str)]| None;
        let within = [("when", "year"), ("part", "year"), ("part", "when")];
        let work = shown(threshold, &["year", "when", "part"], &within, &work, nothing);
        let mut told =
            Self { threshold, people, may: BTreeSet::new(), work, status: BTreeSet::new() };
        if let Some(by_status) = by_status {
            told.status = told.of_statuses(&by_status);
        }
        told.may = if told.status.is_empty() {
            shown(threshold, &["now", "may"], &[("may", "now")], &may, nothing)
        } else {
            // All of these together, whenever work is open.
            let margins = told.status.iter().filter_map(|labels| match labels.as_slice() {
                [now, may, status, year, _] if status == ALL && year == ALL => {
                    Some(vec![now.clone(), may.clone()])
                }
                _ => None,
            });
            margins.collect()
        };
        told
    }

    /// The cells of statuses within what they may that are shown; none where the table cannot be made safe.
    fn of_statuses(&self, people: &[Standing]) -> BTreeSet<Vec<String>> {
        let has_work = self.has_work(people);
        let own: Vec<Counted> = people
            .iter()
            .map(|one| {
                let [year, now] = when(one.work).map(|label| if has_work { label } else { "any" });
                let group = one.group.to_string();
                counted(&[may_now(one.may), one.may.code(), &group, year, now])
            })
            .collect();
        let before = |cell: &[(&str, &str)]| {
            let mut labels = cell.iter().map(|(_, label)| *label);
            let now = labels.next().unwrap_or(ALL);
            let status = labels.nth(1).unwrap_or(ALL);
            let year = labels.next().unwrap_or(ALL);
            match (now, status, year) {
                (_, _, ALL) => None,
                (ALL, _, _) => Some(Before::Elsewhere),
                (_, ALL, _) => Some(Before::Untold),
                _ => None,
            }
        };
        let dimensions = ["now", "may", "status", "year", "when"];
        let within = [("may", "now"), ("status", "now"), ("status", "may"), ("when", "year")];
        shown(self.threshold, &dimensions, &within, &own, before)
    }

    /// Whether all groups together tell when work is open, so that each group may.
    fn has_work(&self, people: &[Standing]) -> bool {
        [["year", "now"], ["year", "later"], ["stopped", "stopped"]].iter().all(|[year, now]| {
            let seen = people.iter().any(|one| when(one.work) == [*year, *now]);
            !seen || has(&self.work, &[year, now, ALL]) && has(&self.work, &[year, ALL, ALL])
        })
    }

    /// A number of the funnel.
    pub(super) fn funnel(&self, stage: Stage, gate: Option<Gate>, people: u32) -> Option<u32> {
        let is_told = match stage {
            Stage::People => self.all(),
            Stage::MayWorkNow
            | Stage::MayWorkLater
            | Stage::MayWorkWithPermit
            | Stage::MayWorkUnknown
            | Stage::MayNotWork => has(&self.may, &[may_now(stage), stage.code()]),
            open_or_stopped => {
                let [year, now] = when(open_or_stopped);
                has(&self.work, &[year, now, part(open_or_stopped, gate)])
            }
        };
        is_told.then_some(people)
    }

    /// All who find no work within a year.
    pub(super) fn stopped(&self) -> Option<u32> {
        let count = self.people.iter().filter(|one| one.work == Stage::Stopped).count();
        let is_told = count == 0 && self.all() || has(&self.work, &["stopped", ALL, ALL]);
        is_told.then(|| u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Whether the number of all is told; it is also when nothing else is.
    fn all(&self) -> bool {
        self.people.len() >= self.threshold as usize
    }

    /// How many find work by a step of the funnel at the latest; told when those of all steps up to it are, or of all after it.
    pub(super) fn by(&self, last: Stage) -> Option<u32> {
        let open =
            [Stage::WorkNow, Stage::WorkThreeMonths, Stage::WorkSixMonths, Stage::WorkTwelveMonths];
        let count = |stage: Stage| self.people.iter().filter(|one| one.work == stage).count();
        let is_told = |stage: &Stage| {
            let [year, now] = when(*stage);
            count(*stage) == 0 || has(&self.work, &[year, now, part(*stage, None)])
        };
        let up_to = open.iter().filter(|stage| **stage <= last).all(is_told);
        let after = has(&self.work, &["year", ALL, ALL])
            && open.iter().filter(|stage| **stage > last).all(is_told);
        let people: usize =
            open.iter().filter(|stage| **stage <= last).map(|stage| count(*stage)).sum();
        (self.all() && (up_to || after)).then(|| u32::try_from(people).unwrap_or(u32::MAX))
    }

    /// The numbers of each group of a funnel of the same people.
    ///
    /// What all groups together may not tell, the groups do not tell either.
    pub(super) fn groups(&self, funnel: &Funnel) -> Vec<Row> {
        self.rows(&funnel.standings(), funnel.groups.len())
    }

    /// The numbers of each status of a funnel of the same people; who may work is not told by status, since the status decides
    /// that.
    pub(super) fn statuses(&self, funnel: &Funnel) -> Vec<Row> {
        self.status_rows(&funnel.standings(), funnel.groups.len())
    }

    fn status_rows(&self, people: &[Standing], groups: usize) -> Vec<Row> {
        let row = |number: u32| {
            let own: Vec<&Standing> = people.iter().filter(|one| one.group == number).collect();
            let may: BTreeSet<Stage> = own.iter().map(|one| one.may).collect();
            let group = number.to_string();
            let told = |year: &str, now: &str, holds: &dyn Fn(&Standing) -> bool| {
                let is_told = self.all()
                    && may.iter().all(|may| {
                        has(&self.status, &[may_now(*may), may.code(), &group, year, now])
                    });
                let count = own.iter().filter(|one| holds(one)).count();
                is_told.then(|| u32::try_from(count).unwrap_or(u32::MAX))
            };
            let is_stopped = |one: &Standing| one.work == Stage::Stopped;
            Row {
                people: told(ALL, ALL, &|_| true),
                may_work_now: None,
                now: told("year", "now", &|one| one.work == Stage::WorkNow),
                year: told("year", ALL, &|one| !is_stopped(one)),
                // Where nobody stops at all, as the funnel tells, nobody does in a group.
                stopped: self
                    .stopped()
                    .filter(|all| *all == 0)
                    .or_else(|| told("stopped", ALL, &is_stopped)),
            }
        };
        (0..).take(groups).map(row).collect()
    }

    fn rows(&self, people: &[Standing], groups: usize) -> Vec<Row> {
        let is_told = |cells: &BTreeSet<Vec<String>>, labels: &[&str], seen: bool| {
            !seen || has(cells, labels)
        };
        let any = |holds: &dyn Fn(&Standing) -> bool| people.iter().any(holds);
        let has_may = ["now", "else"]
            .iter()
            .all(|now| is_told(&self.may, &[now, ALL], any(&|one| may_now(one.may) == *now)));
        let has_work = self.has_work(people);
        let none = Row { people: None, may_work_now: None, now: None, year: None, stopped: None };
        if !self.all() {
            return vec![none; groups];
        }
        // What is not told of all is counted as one category.
        let label = |holds: bool, label: &'static str| if holds { label } else { "any" };
        let own: Vec<Counted> = people
            .iter()
            .map(|one| {
                let [year, now] = when(one.work);
                let group = one.group.to_string();
                let may = label(has_may, may_now(one.may));
                counted(&[&group, may, label(has_work, year), label(has_work, now)])
            })
            .collect();
        let before = |cell: &[(&str, &str)]| {
            let mut labels = cell.iter().map(|(_, label)| *label);
            let group = labels.next().unwrap_or(ALL);
            let may = labels.next().unwrap_or(ALL);
            let work = labels.next().unwrap_or(ALL);
            match (group, may, work) {
                (ALL, _, _) => Some(Before::Elsewhere),
                (_, ALL, _) | (_, _, ALL) => None,
                _ => Some(Before::Untold),
            }
        };
        let dimensions = ["group", "may", "year", "when"];
        let cells = shown(self.threshold, &dimensions, &[("when", "year")], &own, before);
        (0..)
            .take(groups)
            .map(|number: u32| {
                let group = number.to_string();
                let count = |holds: &dyn Fn(&Standing) -> bool| {
                    let own = people.iter().filter(|one| one.group == number);
                    u32::try_from(own.filter(|one| holds(one)).count()).unwrap_or(u32::MAX)
                };
                let told = |holds: bool, labels: &[&str; 3], people: u32| {
                    let [may, year, now] = labels;
                    (holds && has(&cells, &[&group, may, year, now])).then_some(people)
                };
                Row {
                    people: told(true, &[ALL, ALL, ALL], count(&|_| true)),
                    may_work_now: told(
                        has_may,
                        &["now", ALL, ALL],
                        count(&|one| one.may == Stage::MayWorkNow),
                    ),
                    now: told(
                        has_work,
                        &[ALL, "year", "now"],
                        count(&|one| one.work == Stage::WorkNow),
                    ),
                    year: told(
                        has_work,
                        &[ALL, "year", ALL],
                        count(&|one| one.work != Stage::Stopped),
                    ),
                    // Where nobody stops at all, as the funnel tells, nobody does in a group.
                    stopped: self.stopped().filter(|all| *all == 0).or_else(|| {
                        told(
                            has_work,
                            &[ALL, "stopped", ALL],
                            count(&|one| one.work == Stage::Stopped),
                        )
                    }),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many people of a group, who may work or not, with work or not.
    fn people(parts: &[(u32, Stage, Stage, usize)]) -> Vec<Standing> {
        let each = |(group, may, work, count): &(u32, Stage, Stage, usize)| {
            let one = Standing { group: *group, may: *may, work: *work, gate: None };
            std::iter::repeat_n(one, *count)
        };
        parts.iter().flat_map(each).collect()
    }

    fn told(people: Vec<Standing>, threshold: u32) -> Told {
        Told::of(people, None, threshold)
    }

    #[test]
    fn a_small_number_hides_another_so_that_no_total_gives_it_away() {
        use Stage::{MayNotWork, MayWorkNow, Stopped, WorkNow, WorkThreeMonths, WorkTwelveMonths};
        let parts = [
            (0, MayWorkNow, WorkNow, 40),
            (0, MayWorkNow, WorkThreeMonths, 4),
            (0, MayWorkNow, WorkTwelveMonths, 21),
            (1, MayNotWork, Stopped, 30),
        ];
        let told = told(people(&parts), 10);
        assert_eq!(told.funnel(Stage::People, None, 95), Some(95));
        assert_eq!(told.funnel(WorkThreeMonths, None, 4), None);
        assert_eq!(told.funnel(WorkTwelveMonths, None, 21), None);
        assert_eq!(told.funnel(WorkNow, None, 40), Some(40));
        assert_eq!((told.by(WorkThreeMonths), told.by(WorkTwelveMonths)), (None, Some(65)));
        assert_eq!(told.stopped(), Some(30));
    }

    #[test]
    fn nobody_of_all_is_nobody_of_each_group() {
        let parts = [
            (0, Stage::MayWorkNow, Stage::WorkNow, 40),
            (1, Stage::MayWorkNow, Stage::WorkNow, 30),
        ];
        let all = people(&parts);
        let told = told(all.clone(), 10);
        assert_eq!(told.stopped(), Some(0));
        let stopped: Vec<_> = told.rows(&all, 2).iter().map(|row| row.stopped).collect();
        assert_eq!(stopped, [Some(0), Some(0)]);
    }

    #[test]
    fn a_group_is_not_found_by_taking_the_others_from_all() {
        use Stage::{MayNotWork, MayWorkNow, Stopped, WorkNow};
        let parts = [
            (0, MayWorkNow, WorkNow, 40),
            (0, MayWorkNow, Stopped, 30),
            (1, MayWorkNow, WorkNow, 25),
            (1, MayNotWork, Stopped, 20),
            (2, MayWorkNow, WorkNow, 12),
            (2, MayNotWork, Stopped, 2),
        ];
        let all = people(&parts);
        let rows = told(all.clone(), 10).rows(&all, 3);
        assert_eq!(rows[2].stopped, None, "{rows:?}");
        assert_eq!(rows[0].people, Some(70), "{rows:?}");
        // What is hidden once in a sum could be computed.
        for row in &rows {
            let sum = [row.people, row.year, row.stopped];
            assert_ne!(sum.iter().filter(|cell| cell.is_none()).count(), 1, "{rows:?}");
        }
        let columns: [fn(&Row) -> Option<u32>; 5] = [
            |row| row.people,
            |row| row.may_work_now,
            |row| row.now,
            |row| row.year,
            |row| row.stopped,
        ];
        for column in columns {
            assert_ne!(rows.iter().filter(|row| column(row).is_none()).count(), 1, "{rows:?}");
        }
        let exact = told(all.clone(), 1).rows(&all, 3);
        assert_eq!(exact[2].stopped, Some(2));
    }

    #[test]
    fn a_status_is_not_found_by_what_the_law_lets_it_do() {
        use Stage::{MayNotWork, MayWorkNow, MayWorkWithPermit, Stopped, WorkNow};
        // Who may not work has one of two statuses: both together less the large one would be the small one.
        let parts = [
            (0, MayWorkNow, WorkNow, 50),
            (1, MayNotWork, Stopped, 30),
            (2, MayNotWork, Stopped, 4),
            (3, MayWorkWithPermit, Stopped, 20),
        ];
        let all = people(&parts);
        let told = Told::of(all.clone(), Some(all.clone()), 10);
        let rows = told.status_rows(&all, 4);
        assert_eq!(rows[2].people, None, "{rows:?}");
        let not = told.funnel(MayNotWork, None, 34);
        assert!(not.is_none() || rows[1].people.is_none(), "{not:?} {rows:?}");
        assert_eq!(rows[0].people, Some(50), "{rows:?}");
    }

    #[test]
    fn a_status_in_several_stages_is_told_where_each_part_is() {
        use Stage::{MayWorkLater, MayWorkNow, Stopped, WorkNow};
        let parts = [
            (0, MayWorkNow, WorkNow, 50),
            (0, MayWorkNow, Stopped, 20),
            (1, MayWorkNow, WorkNow, 30),
            (1, MayWorkNow, Stopped, 15),
            (1, MayWorkLater, WorkNow, 16),
            (1, MayWorkLater, Stopped, 25),
        ];
        let all = people(&parts);
        let rows = Told::of(all.clone(), Some(all.clone()), 10).status_rows(&all, 2);
        let row = |people, now, stopped| Row {
            people: Some(people),
            may_work_now: None,
            now: Some(now),
            year: Some(now),
            stopped: Some(stopped),
        };
        assert_eq!(rows, [row(70, 50, 20), row(86, 46, 40)]);
    }
}
