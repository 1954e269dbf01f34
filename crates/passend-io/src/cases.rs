// SPDX-License-Identifier: EUPL-1.2
//! Reads what a plan has to respect: coaches with their people and cases, and pairs that stand.

use std::collections::{BTreeMap, BTreeSet};

use passend::{Coach, KeptPair};

use crate::TableError;
use crate::place::text;
use crate::table::Table;

/// Reads coaches: CSV with a row for each person: `candidate`, `coach` and `cases`, how many of the coach's people can be placed
/// at most; the same in each row of a coach, or in the first alone.
///
/// ```
/// let coaches = passend_io::read_coaches(b"candidate,coach,cases\nc1,k1,1\nc2,k1,\nc3,k2,20\n")?;
/// assert_eq!((coaches[0].candidates.len(), coaches[0].cases, coaches[1].cases), (2, 1, 20));
/// # Ok::<(), passend_io::TableError>(())
/// ```
///
/// # Errors
/// At the first row that cannot be read, that gives a person a second coach, or says otherwise of a coach than another.
pub fn read_coaches(bytes: &[u8]) -> Result<Vec<Coach>, TableError> {
    let table = Table::read(bytes)?;
    table.need(&["candidate", "coach", "cases"])?;
    let mut coaches: Vec<Coach> = Vec::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut people: BTreeSet<&str> = BTreeSet::new();
    for row in table.rows() {
        let (candidate, id) = (text(row, "candidate")?, text(row, "coach")?);
        if !people.insert(candidate) {
            return Err(row.error("candidate", "each person with one coach, once"));
        }
        let cases = match row.get("cases") {
            "" => None,
            cell => {
                Some(cell.parse::<u32>().map_err(|_| row.error("cases", "a whole number from 0"))?)
            }
        };
        match numbers.get(id).and_then(|at| coaches.get_mut(*at)) {
            Some(coach) => {
                if cases.is_some_and(|cases| cases != coach.cases) {
                    return Err(row.error("cases", "one number for a coach"));
                }
                coach.candidates.push(candidate.to_owned());
            }
            None => {
                let Some(cases) = cases else {
                    return Err(row.error("cases", "a whole number in the first row of a coach"));
                };
                numbers.insert(id, coaches.len());
                let candidates = vec![candidate.to_owned()];
                coaches.push(Coach { id: id.to_owned(), candidates, cases });
            }
        }
    }
    Ok(coaches)
}

/// Reads pairs that stand: CSV with `candidate` and `vacancy`; other columns are left alone, so that a plan of before can be
/// given.
///
/// ```
/// let kept = passend_io::read_kept(b"candidate,vacancy\nc1,v7\n")?;
/// assert_eq!((kept[0].candidate.as_str(), kept[0].vacancy.as_str()), ("c1", "v7"));
/// # Ok::<(), passend_io::TableError>(())
/// ```
///
/// # Errors
/// At the first row that cannot be read, or that has a person of a row before.
pub fn read_kept(bytes: &[u8]) -> Result<Vec<KeptPair>, TableError> {
    let table = Table::read(bytes)?;
    table.need(&["candidate", "vacancy"])?;
    let mut kept: Vec<KeptPair> = Vec::new();
    let mut people: BTreeSet<&str> = BTreeSet::new();
    for row in table.rows() {
        let (candidate, vacancy) = (text(row, "candidate")?, text(row, "vacancy")?);
        if !people.insert(candidate) {
            return Err(row.error("candidate", "each person once"));
        }
        kept.push(KeptPair { candidate: candidate.to_owned(), vacancy: vacancy.to_owned() });
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fails(error: &TableError, line: u64, column: &str) {
        assert_eq!((error.line, error.column.as_deref()), (Some(line), Some(column)));
    }

    #[test]
    fn a_row_of_coaches_that_does_not_fit_is_named() {
        for (text, line, column) in [
            ("candidate,coach,cases\nc1,k1,1\nc1,k2,1\n", 3, "candidate"),
            ("candidate,coach,cases\nc1,k1,1\nc2,k1,2\n", 3, "cases"),
            ("candidate,coach,cases\nc1,k1,\n", 2, "cases"),
            ("candidate,coach,cases\nc1,k1,veel\n", 2, "cases"),
            ("candidate,coach,cases\nc1,,3\n", 2, "coach"),
            ("candidate,coach\nc1,k1\n", 1, "cases"),
        ] {
            fails(&read_coaches(text.as_bytes()).unwrap_err(), line, column);
        }
    }

    #[test]
    fn a_person_stands_at_one_vacancy() {
        fails(&read_kept(b"candidate,vacancy\nc1,v1\nc1,v2\n").unwrap_err(), 3, "candidate");
        fails(&read_kept(b"candidate,vacancy\nc1,\n").unwrap_err(), 2, "vacancy");
    }
}
