// SPDX-License-Identifier: EUPL-1.2
//! Reads households and the quotas of regions, for a plan of where to live, and a school with its groups.

use std::collections::BTreeMap;

use passend::{Household, Region, School};

use crate::TableError;
use crate::table::{Row, Table};

/// Reads timetables of lessons from JSON: a list of them, or an object that has them with groups, rooms and teachers.
///
/// ```
/// let list = passend_io::read_school(r#"[{"id":"mornings","slots":[]}]"#)?;
/// assert_eq!((list.timetables.len(), list.groups.len()), (1, 0));
/// let school = r#"{"timetables":[],"groups":[{"id":"a1","learners":["c1"]}],"rooms":[{"count":2}]}"#;
/// assert_eq!(passend_io::read_school(school)?.groups[0].learners, ["c1"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
/// The text is neither.
pub fn read_school(json: &str) -> serde_json::Result<School> {
    if json.trim_start().starts_with('[') {
        let timetables = serde_json::from_str(json)?;
        return Ok(School { timetables, ..School::default() });
    }
    serde_json::from_str(json)
}

/// Reads quotas: CSV with `region`, `quota` in people, and perhaps `municipality`, from which the way to work is measured; without
/// it the region is a municipality.
///
/// ```
/// let regions = passend_io::read_quotas(b"region,quota,municipality\nDrenthe,12,Assen\nEmmen,3,\n")?;
/// assert_eq!((regions[0].quota, regions[1].municipality.as_str()), (12, "Emmen"));
/// # Ok::<(), passend_io::TableError>(())
/// ```
///
/// # Errors
/// At the first row that cannot be read: a region that is left out would change who goes where.
pub fn read_quotas(bytes: &[u8]) -> Result<Vec<Region>, TableError> {
    let table = Table::read(bytes)?;
    table.need(&["region", "quota"])?;
    let mut regions: Vec<Region> = Vec::new();
    for row in table.rows() {
        let id = text(row, "region")?;
        let quota = number(row, "quota")?;
        let municipality = Some(row.get("municipality")).filter(|name| !name.is_empty());
        let municipality = municipality.unwrap_or(id).to_owned();
        if regions.iter().any(|known| known.id == id) {
            return Err(row.error("region", "each region once"));
        }
        regions.push(Region { id: id.to_owned(), quota, municipality });
    }
    Ok(regions)
}

/// Reads households: CSV with a row for each adult: `household`, `candidate` (the id of the adult, empty for a household without
/// one), and perhaps `people` (how many of the quota the household takes, with children; without it its adults) and `keep`
/// (the region where it stays).
///
/// ```
/// let households = passend_io::read_households(b"household,candidate,people,keep\nh1,c1,4,\nh1,c2,4,\nh2,c3,,Emmen\n")?;
/// assert_eq!((households[0].adults.len(), households[0].people, households[1].people), (2, 4, 1));
/// assert_eq!(households[1].keep.as_deref(), Some("Emmen"));
/// # Ok::<(), passend_io::TableError>(())
/// ```
///
/// # Errors
/// At the first row that cannot be read, that puts an adult in two households, or says otherwise of a household than another.
pub fn read_households(bytes: &[u8]) -> Result<Vec<Household>, TableError> {
    let table = Table::read(bytes)?;
    table.need(&["household", "candidate"])?;
    let mut households: Vec<Household> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut adults: BTreeMap<String, ()> = BTreeMap::new();
    for row in table.rows() {
        let id = text(row, "household")?;
        let number_of = *numbers.entry(id.to_owned()).or_insert_with(|| {
            households.push(Household { id: id.to_owned(), ..Household::default() });
            households.len() - 1
        });
        let Some(household) = households.get_mut(number_of) else { continue };
        let adult = row.get("candidate");
        if !adult.is_empty() {
            if adults.insert(adult.to_owned(), ()).is_some() {
                return Err(row.error("candidate", "each adult in one household, once"));
            }
            household.adults.push(adult.to_owned());
        }
        if !row.get("people").is_empty() {
            let people = number(row, "people")?;
            if people == 0 || household.people > 0 && household.people != people {
                let expected = "a whole number above 0, the same in each row of a household";
                return Err(row.error("people", expected));
            }
            household.people = people;
        }
        let keep = Some(row.get("keep")).filter(|keep| !keep.is_empty());
        if let Some(keep) = keep {
            if household.keep.as_deref().is_some_and(|known| known != keep) {
                return Err(row.error("keep", "one region for a household"));
            }
            household.keep = Some(keep.to_owned());
        }
    }
    for household in &mut households {
        household.people = household.size();
    }
    Ok(households)
}

/// A cell with an id.
pub(crate) fn text<'t>(row: Row<'t>, column: &str) -> Result<&'t str, TableError> {
    let cell = row.get(column);
    if cell.is_empty() { Err(row.error(column, "an id")) } else { Ok(cell) }
}

fn number(row: Row<'_>, column: &str) -> Result<u32, TableError> {
    let cell = row.get(column).parse();
    cell.map_err(|_| row.error(column, "a whole number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fails(text: &str, line: u64, column: &str) {
        let error = read_households(text.as_bytes()).unwrap_err();
        assert_eq!((error.line, error.column.as_deref()), (Some(line), Some(column)));
    }

    #[test]
    fn a_row_that_does_not_fit_is_named() {
        fails("household,candidate\nh1,c1\nh2,c1\n", 3, "candidate");
        fails("household,candidate,people\nh1,c1,vier\n", 2, "people");
        fails("household,candidate,people\nh1,c1,4\nh1,c2,5\n", 3, "people");
        fails("household,candidate,keep\nh1,c1,Assen\nh1,c2,Emmen\n", 3, "keep");
        fails("household\nh1\n", 1, "candidate");
        assert!(read_quotas(b"region,quota\nAssen,1\nAssen,2\n").is_err());
        assert!(read_quotas(b"region,quota\nAssen,-1\n").is_err());
    }

    #[test]
    fn a_household_takes_at_least_as_many_places_as_it_has_adults() {
        let households = read_households(b"household,candidate,people\nh1,c1,1\nh1,c2,1\n");
        assert_eq!(households.unwrap()[0].people, 2);
    }
}
