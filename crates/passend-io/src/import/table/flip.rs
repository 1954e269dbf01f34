// SPDX-License-Identifier: EUPL-1.2
//! Gives everybody in a table another name, sex, origin, age …, to see that nothing changes by it.

use std::collections::BTreeMap;

use passend::Day;
use serde::Serialize;

use super::day::{DayReading, Shape};
use super::grid::{Row, Typed};
use super::plan::{Column, Plan};
use super::sheet::Table;
use super::tables::Kind;
use super::whole_years;
use super::word::is_nothing;

/// A column whose cells were given other values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlippedColumn {
    /// Its number, from 1.
    pub column: usize,
    /// The field that it was taken for.
    pub field: &'static str,
    /// How many cells have another value.
    pub cells: u64,
    /// Cells with a value that were left: of minors, for whom the law asks the age.
    pub left: u64,
}

/// Where a column holds one value only, everybody gets this one.
const ANOTHER: &str = "anders";

/// Gives each cell of the columns that say who somebody is the next of the values of its column, the last one the first. Empty
/// cells stay so, and days of birth are exchanged among adults.
pub(super) fn flip(table: &mut Table, plan: &Plan, as_of: Day) -> Vec<FlippedColumn> {
    let is_flipped = |column: &&Column| {
        column.field.is_some_and(|field| field.kind.is_protected())
            && Some(column.at) != plan.identity
    };
    plan.columns.iter().filter(is_flipped).map(|column| exchange(table, column, as_of)).collect()
}

fn exchange(table: &mut Table, column: &Column, as_of: Day) -> FlippedColumn {
    let (field, kind) =
        column.field.map_or(("", Kind::Protected), |field| (field.name, field.kind));
    let is_adult = |row: &Row| match kind {
        Kind::Birth => {
            let is_typed = row.typed(column.at) == Typed::Day;
            match Shape::of(row.cell(column.at), is_typed).read(column.order) {
                DayReading::Known(day) => whole_years(day, as_of) >= 18,
                // Without the day somebody may still be a minor in the year of the birthday.
                DayReading::Partly(year, _) => as_of.parts().0 - year > 18,
                _ => false,
            }
        }
        Kind::Age => row.cell(column.at).parse::<i16>().is_ok_and(|age| age >= 18),
        _ => true,
    };
    let value = |row: &Row| (row.raw(column.at).to_owned(), row.typed(column.at));
    let has_one = |row: &&Row| !is_nothing(row.cell(column.at));
    let mut values: Vec<(String, Typed)> =
        table.rows.iter().filter(has_one).filter(|row| is_adult(row)).map(value).collect();
    values.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    values.dedup_by(|one, other| one.0 == other.0);
    let mut next: BTreeMap<String, (String, Typed)> = BTreeMap::new();
    for (at, (own, _)) in values.iter().enumerate() {
        let other = values.get(at + 1).or(values.first()).filter(|(other, _)| other != own);
        let other = other.cloned().unwrap_or((ANOTHER.to_owned(), Typed::Text));
        next.insert(own.clone(), other);
    }
    let (mut cells, mut left) = (0, 0);
    for row in &mut table.rows {
        if is_nothing(row.cell(column.at)) {
            continue;
        }
        let other = is_adult(row).then(|| next.get(row.raw(column.at)).cloned()).flatten();
        let Some((other, typed)) = other else {
            left += 1;
            continue;
        };
        cells += 1;
        let changed = row.cells.iter().enumerate();
        row.cells = changed.map(|(at, own)| if at == column.at { &*other } else { own }).collect();
        if let Some(place) = row.typed.get_mut(column.at) {
            *place = typed;
        }
    }
    FlippedColumn { column: column.at + 1, field, cells, left }
}
