// SPDX-License-Identifier: EUPL-1.2
//! Reads places that the caller adds: postcodes, reception centres, other sites.

use std::io::{self, BufRead};

use passend::{Place, PlaceError};

/// Why a file of places could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlacesError {
    /// Reading stopped with an error of the system.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// A column is missing, or there is one more than are known.
    #[error("line 1: expected the columns `place`, `x`, `y` and perhaps `radius`")]
    Columns,
    /// A line has another number of cells than the header, or is not UTF-8.
    #[error("line {line}: expected as many cells as the header has, in UTF-8")]
    Cells {
        /// The line.
        line: u64,
    },
    /// A cell holds no whole number, or the name of the place is empty.
    #[error("line {line}: expected the name of a place and whole metres")]
    Cell {
        /// The line.
        line: u64,
    },
    /// The point lies outside the Netherlands; degrees do.
    #[error("line {line}: {reason}")]
    Outside {
        /// The line.
        line: u64,
        /// What was expected.
        reason: PlaceError,
    },
}

/// Reads places from CSV with the columns `place`, `x` and `y` and perhaps `radius`, in metres of RD New.
///
/// `place` is a postcode of four digits or six characters, the name of a site, or the GM code of a municipality; without
/// a radius the place is a point. Separated by commas or semicolons, as the header is.
///
/// ```
/// let places = passend_io::read_places("place,x,y\n9711,233883,582059\n".as_bytes())?;
/// assert_eq!(places, [passend::Place::new("9711", 233_883, 582_059, 0)?]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// At the first line that cannot be read: a place left out would change who can travel where.
pub fn read_places(input: impl BufRead) -> Result<Vec<Place>, PlacesError> {
    let mut table: Option<Columns> = None;
    let mut places = Vec::new();
    // Line by line, so that the number of a line is that of the file, also after empty ones.
    for (number, line) in (1..).zip(input.split(b'\n')) {
        let line = line?;
        let line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line);
        match &table {
            _ if line.trim_ascii().is_empty() => {}
            None => table = Some(Columns::read(line).ok_or(PlacesError::Columns)?),
            Some(columns) => places.push(columns.place(line, number)?),
        }
    }
    table.map(|_| places).ok_or(PlacesError::Columns)
}

/// Where the columns stand.
struct Columns {
    delimiter: u8,
    count: usize,
    name: usize,
    x: usize,
    y: usize,
    radius: Option<usize>,
}

impl Columns {
    fn read(header: &[u8]) -> Option<Self> {
        let delimiter = if header.contains(&b';') { b';' } else { b',' };
        let cells = cells(header, delimiter)?;
        let at = |name: &str| cells.iter().position(|cell| cell.eq_ignore_ascii_case(name));
        let radius = at("radius");
        let columns = Self {
            delimiter,
            count: cells.len(),
            name: at("place")?,
            x: at("x")?,
            y: at("y")?,
            radius,
        };
        (columns.count == 3 + usize::from(radius.is_some())).then_some(columns)
    }

    fn place(&self, row: &[u8], line: u64) -> Result<Place, PlacesError> {
        let row = cells(row, self.delimiter)
            .filter(|row| row.len() == self.count)
            .ok_or(PlacesError::Cells { line })?;
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let radius = self.radius.map(cell).filter(|radius| !radius.is_empty()).unwrap_or("0");
        let (Ok(x), Ok(y), Ok(radius), false) = (
            cell(self.x).parse(),
            cell(self.y).parse(),
            radius.parse(),
            cell(self.name).is_empty(),
        ) else {
            return Err(PlacesError::Cell { line });
        };
        Place::new(cell(self.name), x, y, radius)
            .map_err(|reason| PlacesError::Outside { line, reason })
    }
}

fn cells(line: &[u8], delimiter: u8) -> Option<::csv::StringRecord> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .trim(::csv::Trim::All)
        .from_reader(line);
    reader.records().next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fails(text: &str, expected: &str) {
        let error = read_places(text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        fails("place;x;y\n9711;233883;582059\n9712;53,2;6,5\n", "line 3: expected the name");
        fails("place,x,y\n9711,53,6\n", "line 2: expected whole metres in RD New");
        fails("place,x,y\n\n9711,233883\n", "line 3: expected as many cells");
        fails("postcode,x,y\n", "line 1");
        fails("place,x,y,naam\n", "line 1");
        fails("", "line 1");
    }

    #[test]
    fn a_radius_may_be_left_out() {
        let places = read_places(
            "\u{FEFF}place;x;y;radius\nTer Apel;268000;545000;500\n9711;233883;582059;\n"
                .as_bytes(),
        );
        let expected = [("Ter Apel", 268_000, 545_000, 500), ("9711", 233_883, 582_059, 0)];
        let expected = expected.map(|(name, x, y, radius)| Place::new(name, x, y, radius).unwrap());
        assert_eq!(places.unwrap(), expected);
    }
}
