// SPDX-License-Identifier: EUPL-1.2
//! A table of people by one to three dimensions, with every margin.

use std::collections::BTreeMap;

use super::axis::{Axis, ROOT};

/// How many of the largest contributions are kept of a cell: what rules of dominance look at.
pub(super) const LARGEST: usize = 3;

/// More cells than this are no table that somebody reads, and take long to make safe.
const MOST_CELLS: usize = 250_000;

/// A table of people by one to three dimensions with its margins: how many there are in each cell, and what their amounts
/// sum to.
///
/// Nothing is hidden in it: [`GroupTable::protect`] gives what may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupTable {
    dimensions: Vec<String>,
    /// For each dimension its axis, and how far inwards it is there.
    places: Vec<(usize, usize)>,
    axes: Vec<Axis>,
    cells: Vec<Cell>,
}

/// What is counted of the people in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cell {
    pub(super) people: i64,
    pub(super) amount: i64,
    /// The largest amounts, the largest first.
    pub(super) largest: [i64; LARGEST],
}

/// One person in a table: a category for each dimension, and an amount; 1 where people are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// In the order of the dimensions.
    pub categories: Vec<String>,
    /// Hours, a sum of scores … of this person; at least 0.
    pub amount: u32,
}

/// Why no table can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// One to three dimensions make a table.
    #[error("expected one to three dimensions, each once")]
    Dimensions,
    /// A person has another number of categories than there are dimensions, or one called `*`.
    #[error("expected for each person one category in each dimension, none called `*`")]
    Categories,
    /// A dimension lies within two others that do not lie within each other.
    #[error(
        "`{inner}` lies within both `{first}` and `{second}`, which cross each other; ask two tables, with one ledger"
    )]
    Crossing {
        /// The narrow dimension.
        inner: String,
        /// One that it lies within.
        first: String,
        /// The other.
        second: String,
    },
    /// There would be too many cells.
    #[error("the table would have {cells} cells, and {most} is the most; choose wider dimensions")]
    TooLarge {
        /// As many as there would be.
        cells: usize,
        /// As many as there may be.
        most: usize,
    },
}

impl GroupTable {
    /// The table of these people.
    ///
    /// `within` names pairs of dimensions of which the first lies within the second: each of its categories is in one of
    /// the other. They share an axis, so that a municipality is part of its province and of no other.
    ///
    /// # Errors
    ///
    /// The dimensions make no table, or it would be too large.
    ///
    /// ```
    /// # use passend::{Counted, GroupTable};
    /// let person = |place: &str| Counted { categories: vec![place.to_owned()], amount: 1 };
    /// let people = [person("Assen"), person("Assen"), person("Emmen")];
    /// let table = GroupTable::new(&["municipality"], &[], &people)?;
    /// assert_eq!(table.cells(), 3); // two municipalities and the margin
    /// # Ok::<(), passend::TableError>(())
    /// ```
    pub fn new(
        dimensions: &[&str],
        within: &[(&str, &str)],
        people: &[Counted],
    ) -> Result<Self, TableError> {
        let mut once = dimensions.to_vec();
        once.sort_unstable();
        once.dedup();
        if !(1..=3).contains(&dimensions.len()) || once.len() != dimensions.len() {
            return Err(TableError::Dimensions);
        }
        Self::of(dimensions, within, people)
    }

    /// [`Self::new`] by any number of dimensions, each once.
    pub(super) fn of(
        dimensions: &[&str],
        within: &[(&str, &str)],
        people: &[Counted],
    ) -> Result<Self, TableError> {
        let fits = |one: &Counted| {
            one.categories.len() == dimensions.len()
                && one.categories.iter().all(|label| label != super::axis::ALL)
        };
        if !people.iter().all(fits) {
            return Err(TableError::Categories);
        }
        let places = placed(dimensions, within)?;
        let count = places.iter().map(|(axis, _)| axis + 1).max().unwrap_or_default();
        // For each axis the dimensions from the outside in.
        let inwards: Vec<Vec<usize>> = (0..count)
            .map(|axis| {
                let mut own: Vec<usize> = (0..dimensions.len())
                    .filter(|at| places.get(*at).is_some_and(|place| place.0 == axis))
                    .collect();
                own.sort_by_key(|at| places.get(*at).map(|place| place.1));
                own
            })
            .collect();
        let path = |one: &Counted, own: &[usize]| -> Vec<String> {
            own.iter().filter_map(|at| one.categories.get(*at).cloned()).collect()
        };
        let axes: Vec<Axis> = inwards
            .iter()
            .map(|own| {
                let mut paths: Vec<_> = people.iter().map(|one| path(one, own)).collect();
                paths.sort_unstable();
                paths.dedup();
                Axis::new(own.len(), paths.iter().map(Vec::as_slice))
            })
            .collect();
        let cells = axes.iter().fold(1_usize, |all, axis| all.saturating_mul(axis.len()));
        if cells > MOST_CELLS {
            return Err(TableError::TooLarge { cells, most: MOST_CELLS });
        }
        let mut table = Self {
            dimensions: dimensions.iter().map(|&name| name.to_owned()).collect(),
            places,
            axes,
            cells: vec![Cell::default(); cells],
        };
        for one in people {
            let nodes: Vec<usize> = table
                .axes
                .iter()
                .zip(&inwards)
                .map(|(axis, own)| axis.node(&path(one, own)).unwrap_or(ROOT))
                .collect();
            for at in table.upwards(&nodes) {
                if let Some(cell) = table.cells.get_mut(at) {
                    cell.add(i64::from(one.amount));
                }
            }
        }
        Ok(table)
    }

    /// How many cells there are, margins too.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// The dimensions, in the order in which they were asked.
    pub fn dimensions(&self) -> impl Iterator<Item = &str> {
        self.dimensions.iter().map(String::as_str)
    }

    /// How many people are in a cell, margins too; 0 for a cell that is not there.
    pub fn people(&self, cell: usize) -> i64 {
        self.cells.get(cell).map_or(0, |cell| cell.people)
    }

    pub(super) fn axes(&self) -> &[Axis] {
        &self.axes
    }

    pub(super) fn each(&self) -> &[Cell] {
        &self.cells
    }

    /// The cells that hold one with these nodes, itself first, the grand total last.
    fn upwards(&self, nodes: &[usize]) -> Vec<usize> {
        let mut cells = vec![0_usize];
        for (axis, node) in self.axes.iter().zip(nodes) {
            let up: Vec<usize> = axis.upwards(*node).collect();
            cells = cells
                .iter()
                .flat_map(|at| up.iter().map(move |node| at * axis.len() + node))
                .collect();
        }
        cells
    }

    /// The cell of a person with these categories, and those that hold it; none where nobody was counted so.
    pub fn holding(&self, categories: &[String]) -> Vec<usize> {
        let mut nodes = Vec::new();
        for (number, axis) in self.axes.iter().enumerate() {
            let mut own: Vec<(usize, &String)> = self
                .places
                .iter()
                .zip(categories)
                .filter(|((of, _), _)| *of == number)
                .map(|((_, depth), label)| (*depth, label))
                .collect();
            own.sort_unstable();
            let path: Vec<String> = own.into_iter().map(|(_, label)| label.clone()).collect();
            let Some(node) = axis.node(&path) else { return Vec::new() };
            nodes.push(node);
        }
        self.upwards(&nodes)
    }

    /// The node of a cell on each axis.
    pub(super) fn nodes(&self, cell: usize) -> Vec<usize> {
        let mut rest = cell;
        let mut nodes: Vec<usize> = self
            .axes
            .iter()
            .rev()
            .map(|axis| {
                let node = rest % axis.len();
                rest /= axis.len();
                node
            })
            .collect();
        nodes.reverse();
        nodes
    }

    /// The category of a cell in each dimension, `*` where it is a margin, in the order of the dimensions.
    pub fn categories(&self, cell: usize) -> Vec<(&str, &str)> {
        let nodes = self.nodes(cell);
        let label = |(axis, depth): &(usize, usize)| {
            let node = nodes.get(*axis).copied().unwrap_or(ROOT);
            self.axes.get(*axis).map_or(super::axis::ALL, |axis| axis.label(node, *depth))
        };
        self.dimensions.iter().map(String::as_str).zip(self.places.iter().map(label)).collect()
    }
}

impl Cell {
    fn add(&mut self, amount: i64) {
        self.people += 1;
        self.amount += amount;
        let mut amount = amount;
        for known in &mut self.largest {
            if amount > *known {
                std::mem::swap(known, &mut amount);
            }
        }
    }
}

/// For each dimension its axis and how far inwards it is there.
fn placed(dimensions: &[&str], within: &[(&str, &str)]) -> Result<Vec<(usize, usize)>, TableError> {
    let lies = |inner: &str, outer: &str| within.contains(&(inner, outer));
    for inner in dimensions {
        let outer: Vec<&&str> = dimensions.iter().filter(|other| lies(inner, other)).collect();
        for (at, first) in outer.iter().enumerate() {
            let crossing = |second: &&&&str| !lies(first, second) && !lies(second, first);
            if let Some(second) = outer.iter().skip(at + 1).find(crossing) {
                return Err(TableError::Crossing {
                    inner: (*inner).to_owned(),
                    first: (**first).to_owned(),
                    second: (**second).to_owned(),
                });
            }
        }
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    // An axis has the place of its first dimension.
    Ok(dimensions
        .iter()
        .map(|name| {
            let next = numbers.len();
            let holds = |other: &&&str| {
                lies(name, other) && !dimensions.iter().any(|more| lies(other, more))
            };
            let outermost = dimensions.iter().find(holds).unwrap_or(name);
            let axis = *numbers.entry(outermost).or_insert(next);
            (axis, dimensions.iter().filter(|other| lies(name, other)).count())
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(categories: &[&str], amount: u32) -> Counted {
        Counted { categories: categories.iter().map(|label| (*label).to_owned()).collect(), amount }
    }

    #[test]
    fn a_cell_knows_its_people_sum_and_largest_amounts() {
        let people: Vec<_> =
            [4, 9, 1, 7, 3].into_iter().map(|amount| person(&["a"], amount)).collect();
        let table = GroupTable::new(&["sector"], &[], &people).unwrap();
        assert_eq!(table.cells[ROOT], Cell { people: 5, amount: 24, largest: [9, 7, 4] });
    }

    #[test]
    fn a_municipality_is_counted_in_its_province_and_no_other() {
        let people = [
            person(&["Assen", "x", "Drenthe"], 1),
            person(&["Emmen", "x", "Drenthe"], 1),
            person(&["Oldambt", "y", "Groningen"], 1),
        ];
        let within = [("municipality", "province")];
        let table =
            GroupTable::new(&["municipality", "sector", "province"], &within, &people).unwrap();
        // Three municipalities, two provinces and the margin, by two sectors and the margin.
        assert_eq!(table.cells(), 6 * 3);
        let told: Vec<_> = (0..table.cells())
            .filter(|at| table.cells[*at].people == 2)
            .map(|at| table.categories(at).into_iter().map(|(_, label)| label).collect::<Vec<_>>())
            .collect();
        assert_eq!(told, [["*", "x", "*"], ["*", "*", "Drenthe"], ["*", "x", "Drenthe"]]);
        let assen = ["Assen", "x", "Drenthe"].map(str::to_owned);
        assert_eq!(table.holding(&assen).len(), 6);
        assert_eq!(table.holding(&assen).last(), Some(&ROOT));
    }

    #[test]
    fn dimensions_that_make_no_table_are_told() {
        let within = [("municipality", "province"), ("municipality", "region")];
        let of = |names: &[&str]| GroupTable::new(names, &within, &[]).unwrap_err();
        assert_eq!(of(&[]), TableError::Dimensions);
        assert_eq!(of(&["sector", "sector"]), TableError::Dimensions);
        assert!(matches!(of(&["region", "municipality", "province"]), TableError::Crossing { .. }));
        let odd = [person(&["*"], 1)];
        assert_eq!(GroupTable::new(&["sector"], &[], &odd), Err(TableError::Categories));
    }
}
