// SPDX-License-Identifier: EUPL-1.2
//! The people of a market by category, as a table counts them.

use std::collections::BTreeMap;

use super::axis::ALL;
use super::dimension::Dimension;
use super::overlap::{Close, Publication};
use super::published::{SafeTable, UnsafeTable};
use super::rules::DisclosureRules;
use super::suppress::Before;
use super::table::{Counted, GroupTable, TableError};
use crate::engine::{Market, Stopped, Watch};
use crate::text::{Say, Text};

/// The people of a market, each with a category in each dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupedPeople {
    by: Vec<Dimension>,
    ids: Vec<String>,
    people: Vec<Counted>,
    /// What the categories of each dimension are called, by code.
    names: BTreeMap<(Dimension, String), Text>,
}

/// A table that may be published beside those before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextTable {
    /// The table.
    pub table: SafeTable,
    /// What a ledger keeps of it.
    pub publication: Publication,
}

/// Why a table of people may not be published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupsError {
    /// The dimensions make no table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// It cannot be made safe.
    #[error(transparent)]
    Unsafe(#[from] UnsafeTable),
    /// An earlier table tells of nearly the same people.
    #[error(
        "the cell {cell} and a number of table {table} of the ledger differ by {apart} people, fewer than {threshold}; \
         both together would tell of these"
    )]
    Close {
        /// The categories of the cell.
        cell: String,
        /// The place of the earlier table in the ledger, from 1.
        table: usize,
        /// How many people are in one of both only.
        apart: u64,
        /// The threshold.
        threshold: u32,
    },
}

impl Market {
    /// The people by these dimensions. `obstacle` asks every pair, the others cost little.
    ///
    /// # Errors
    ///
    /// The watch was stopped.
    ///
    /// ```
    /// # use passend::{Candidate, Dimension, DisclosureRules, Engine, Watch};
    /// let person = |number: u32| {
    ///     serde_json::from_str::<Candidate>(&format!(r#"{{"id":"c{number}","integration":{{"route":"z"}}}}"#))
    /// };
    /// let people = (0..12).map(person).collect::<Result<Vec<_>, _>>()?;
    /// let market = Engine::default().market(&people, &[], "2026-11-25".parse()?)?;
    /// let grouped = market.grouped(&[Dimension::Route], &Watch::new())?;
    /// let next = grouped.publish(&DisclosureRules::default(), &[])?;
    /// let all = next.table.lines().next().expect("the margin");
    /// assert_eq!((all.cell.to_string(), all.count), ("route=*".to_owned(), Some(10)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn grouped(&self, by: &[Dimension], watch: &Watch) -> Result<GroupedPeople, Stopped> {
        let groupings =
            by.iter().map(|one| self.grouping(*one, watch)).collect::<Result<Vec<_>, _>>()?;
        let (candidates, _) = self.sides();
        let category = |at: usize| -> Vec<String> {
            let of = groupings.iter().filter_map(|own| {
                let place = usize::try_from(*own.of_candidate.get(at)?).ok()?;
                own.categories.get(place).map(|category| category.code.clone())
            });
            of.collect()
        };
        let named = by
            .iter()
            .zip(&groupings)
            .flat_map(|(one, own)| own.categories.iter().map(|category| (*one, category)));
        Ok(GroupedPeople {
            names: named.map(|(one, own)| ((one, own.code.clone()), own.name.clone())).collect(),
            by: by.to_vec(),
            ids: candidates.iter().map(|one| one.id().to_string()).collect(),
            people: (0..candidates.len())
                .map(|at| Counted { categories: category(at), amount: 1 })
                .collect(),
        })
    }
}

impl GroupedPeople {
    /// What a category of a dimension is called, by the name of the dimension and the code that a table has; `*` is
    /// everybody.
    ///
    /// ```
    /// # use passend::{Candidate, Dimension, Engine, Watch};
    /// let person: Candidate = serde_json::from_str(r#"{"id":"c1","residence":{"status":"free"}}"#)?;
    /// let market = Engine::default().market(&[person], &[], "2026-11-25".parse()?)?;
    /// let grouped = market.grouped(&[Dimension::Status], &Watch::new())?;
    /// assert_eq!(grouped.name("status", "*").unwrap().en, "everybody");
    /// assert_ne!(grouped.name("status", "free").unwrap().nl, "free");
    /// assert_eq!(grouped.name("status", "none"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn name(&self, dimension: &str, category: &str) -> Option<Text> {
        if category == ALL {
            return Some(Say("group_all").plain());
        }
        self.names.get(&(Dimension::called(dimension)?, category.to_owned())).cloned()
    }

    /// The table of these people, nothing hidden.
    ///
    /// # Errors
    ///
    /// The dimensions make no table.
    pub fn table(&self) -> Result<GroupTable, TableError> {
        let names: Vec<&str> = self.by.iter().map(|one| one.code()).collect();
        let within: Vec<(&str, &str)> = self
            .by
            .iter()
            .flat_map(|one| one.within().iter().map(|wider| (one.code(), wider.code())))
            .collect();
        GroupTable::new(&names, &within, &self.people)
    }

    /// The table of these people as it may be published beside these earlier tables.
    ///
    /// A cell with exactly the people of an earlier one is treated as it was there: published, or hidden. A number that would
    /// tell of few people together with an earlier one makes that the table is refused.
    ///
    /// # Errors
    ///
    /// The dimensions make no table, it cannot be made safe, or an earlier table tells of nearly the same people.
    pub fn publish(
        &self,
        rules: &DisclosureRules,
        earlier: &[Publication],
    ) -> Result<NextTable, GroupsError> {
        let table = self.table()?;
        let people = self.people.iter().map(|one| one.categories.as_slice());
        let mut publication =
            Publication::new(&table, self.ids.iter().map(String::as_str).zip(people));
        let mut before: BTreeMap<usize, Before> = BTreeMap::new();
        for other in earlier {
            for (cell, told) in publication.before(other) {
                let known = before.entry(cell).or_insert(told);
                if told == Before::Published {
                    *known = told;
                }
            }
        }
        let table = table.protect_beside(rules, &before)?;
        let cells = table.counted().cells();
        publication.publish((0..cells).map(|cell| table.suppressed(cell).is_none()));
        for (number, other) in (1..).zip(earlier) {
            if let Some(Close { cell, apart, .. }) = publication.close_to(other, rules.threshold) {
                let cell = table.counted().key(cell).to_string();
                let threshold = rules.threshold;
                return Err(GroupsError::Close { cell, table: number, apart, threshold });
            }
        }
        Ok(NextTable { table, publication })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::model::Candidate;

    /// People with a municipality and a route, so many of each.
    fn grouped(groups: &[(&str, &str, u32, u32)], by: &[Dimension]) -> GroupedPeople {
        let mut people: Vec<Candidate> = Vec::new();
        for (place, route, from, to) in groups {
            for number in *from..*to {
                let json = format!(
                    r#"{{"id":"{place}{route}{number}","location":{{"municipality":"{place}"}},"integration":{{"route":"{route}"}}}}"#
                );
                people.push(serde_json::from_str(&json).unwrap());
            }
        }
        let market = Engine::default().market(&people, &[], "2026-11-25".parse().unwrap()).unwrap();
        market.grouped(by, &Watch::new()).unwrap()
    }

    const RULES: DisclosureRules = DisclosureRules {
        threshold: 10,
        rounding: 0,
        protection: 3,
        dominance: None,
        p_percent: None,
    };

    fn counts(table: &SafeTable) -> Vec<(String, Option<i64>)> {
        table.lines().map(|line| (line.cell.to_string(), line.count)).collect()
    }

    #[test]
    fn a_second_table_of_nearly_the_same_people_is_refused() {
        let by = [Dimension::Municipality];
        let first = grouped(&[("Assen", "z", 0, 40), ("Emmen", "z", 0, 30)], &by);
        let first = first.publish(&RULES, &[]).unwrap();
        let check = |groups: &[(&str, &str, u32, u32)], expected: Option<u64>| {
            let next =
                grouped(groups, &by).publish(&RULES, std::slice::from_ref(&first.publication));
            let apart = match next {
                Ok(_) => None,
                Err(GroupsError::Close { apart, .. }) => Some(apart),
                Err(other) => panic!("{other}"),
            };
            assert_eq!(apart, expected, "{groups:?}");
        };
        check(&[("Assen", "z", 0, 40), ("Emmen", "z", 0, 30)], None);
        check(&[("Assen", "z", 0, 37), ("Emmen", "z", 0, 30)], Some(3));
        check(&[("Assen", "z", 3, 43), ("Emmen", "z", 0, 30)], Some(6));
        check(&[("Assen", "z", 0, 25), ("Emmen", "z", 15, 30)], None);
        check(&[("Assen", "z", 100, 140), ("Emmen", "z", 200, 230)], None);
    }

    #[test]
    fn what_was_hidden_stays_hidden_and_what_was_published_is_not_used_to_hide() {
        let people = [
            ("Assen", "z", 0, 4),
            ("Emmen", "z", 0, 20),
            ("Emmen", "b1", 0, 30),
            ("Hoogeveen", "z", 0, 40),
            ("Hoogeveen", "b1", 0, 45),
        ];
        let first = grouped(&people, &[Dimension::Municipality]).publish(&RULES, &[]).unwrap();
        let told = counts(&first.table);
        assert_eq!(told[1..].iter().filter(|(_, count)| count.is_none()).count(), 2, "{told:?}");
        let second = grouped(&people, &[Dimension::Municipality, Dimension::Route])
            .publish(&RULES, &[first.publication])
            .unwrap();
        let again = counts(&second.table);
        for (cell, count) in told {
            let same =
                again.iter().find(|(other, _)| *other == format!("{cell}, route=*")).unwrap();
            assert_eq!(same.1, count, "{cell}");
        }
    }
}
