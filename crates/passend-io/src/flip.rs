// SPDX-License-Identifier: EUPL-1.2
//! The flip test: a table of people is imported and matched twice, the second time as if everybody were somebody else.

use passend::{Candidate, Day, Detail, Market, MarketError, RankError, Request, Watch};
use serde::Serialize;

use crate::{FlippedColumn, ImportError, ImportSettings, ImportedTable, import_table};

/// A table of people in which everybody has the name, sex, nationality … of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlippedTable {
    people: Vec<Candidate>,
    changed: Vec<FlippedColumn>,
    rows: u64,
}

/// What was changed, and what it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Flipped {
    /// Rows of the table.
    pub rows: u64,
    /// The columns that say who somebody is, with the number of cells that were given another value.
    pub changed: Vec<FlippedColumn>,
    /// Records of people.
    pub records: usize,
    /// Lines of the match.
    pub lines: u64,
    /// Records that differ in a byte.
    pub different_records: usize,
    /// Lines that differ in a byte.
    pub different_lines: u64,
}

/// Why two matches could not be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FlipError {
    /// The people cannot stand in one market.
    #[error(transparent)]
    Market(#[from] MarketError),
    /// A match was stopped, or the engine contradicts itself.
    #[error(transparent)]
    Rank(#[from] RankError),
}

impl Flipped {
    /// Whether who somebody is changed nothing.
    pub const fn is_same(&self) -> bool {
        self.different_records == 0 && self.different_lines == 0
    }
}

impl FlippedTable {
    /// Imports a table with every protected column changed. Days of birth are exchanged among adults, since the law asks the
    /// age of minors.
    ///
    /// # Errors
    /// Those of [`import_table`].
    pub fn import(bytes: &[u8], file: &str, as_of: Day) -> Result<Self, ImportError> {
        let settings = ImportSettings { flipped: true, ..ImportSettings::on(as_of) };
        let ImportedTable { batch, overview, flipped, .. } =
            import_table::<Candidate>(bytes, file, &settings)?;
        Ok(Self { people: batch.accepted, changed: flipped, rows: overview.rows })
    }

    /// Compares the people, and their lists in a market, with those of the table as it is.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Request, Vacancy, Watch};
    /// # use passend_io::{FlippedTable, ImportSettings, import_table};
    /// let table = "kandidaatnummer,geslacht,beroep\nc1,vrouw,kok\nc2,man,kok\n".as_bytes();
    /// let as_of = "2026-11-25".parse()?;
    /// let own = import_table::<Candidate>(table, "people.csv", &ImportSettings::on(as_of))?.batch.accepted;
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let work = Engine::default().market(&[], &[vacancy], as_of)?;
    /// let flipped = FlippedTable::import(table, "people.csv", as_of)?;
    /// let found = flipped.compare(&own, &work, &Request::default(), &Watch::new())?;
    /// assert_eq!((found.changed[0].field, found.changed[0].cells), ("sex", 2));
    /// assert!(found.is_same() && found.lines == 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A match was stopped or cannot be made.
    pub fn compare(
        &self,
        own: &[Candidate],
        work: &Market,
        request: &Request,
        watch: &Watch,
    ) -> Result<Flipped, FlipError> {
        let request = Request { detail: Detail::Full, ..*request };
        let (one, two) = (work.with_candidates(own)?, work.with_candidates(&self.people)?);
        let (rank_one, rank_two) = (one.rank(&request, watch)?, two.rank(&request, watch)?);
        let mut pairs = (rank_one.lines(&one), rank_two.lines(&two));
        let (mut lines, mut different_lines) = (0, 0);
        loop {
            match (pairs.0.next(), pairs.1.next()) {
                (None, None) => break,
                (one, two) => {
                    lines += u64::from(one.is_some());
                    different_lines += u64::from(!same_bytes(&one, &two));
                }
            }
        }
        let both = own.iter().zip(&self.people);
        let different = both.filter(|(one, two)| !same_bytes(one, two)).count();
        Ok(Flipped {
            rows: self.rows,
            changed: self.changed.clone(),
            records: own.len(),
            lines,
            different_records: different + own.len().abs_diff(self.people.len()),
            different_lines,
        })
    }
}

/// Whether both are written as the same bytes.
fn same_bytes(one: &impl Serialize, two: &impl Serialize) -> bool {
    match (serde_json::to_vec(one), serde_json::to_vec(two)) {
        (Ok(one), Ok(two)) => one == two,
        _ => false,
    }
}
