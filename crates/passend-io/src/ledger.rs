// SPDX-License-Identifier: EUPL-1.2
//! The ledger of published tables: JSON Lines, one table a line, which is only ever added to.
//!
//! It knows of each table who was in which cell, by hashes of ids: only so can be seen whether two tables together tell of few
//! people. Who can read the ids can read it too; its owner alone may.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use passend::{Day, Publication, SafetySheet};
use serde::{Deserialize, Serialize};

/// A ledger that is open: no other run reads or adds to it meanwhile.
#[derive(Debug)]
pub struct Ledger {
    file: File,
    tables: Vec<Publication>,
}

/// Why a ledger cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// A line is none of a ledger.
    #[error("line {line}: this is no table of a ledger")]
    Line {
        /// From 1.
        line: usize,
    },
    /// The file cannot be read or written.
    #[error(transparent)]
    System(#[from] io::Error),
}

#[derive(Serialize)]
struct Written<'a> {
    as_of: Day,
    sheet: &'a SafetySheet,
    table: &'a Publication,
}

#[derive(Deserialize)]
struct Known {
    table: Publication,
}

impl Ledger {
    /// Opens a ledger; it is made, for its owner alone, if it is not there.
    ///
    /// ```
    /// # use passend_io::Ledger;
    /// let folder = tempfile::tempdir()?;
    /// let ledger = Ledger::open(&folder.path().join("ledger.jsonl"))?;
    /// assert!(ledger.tables().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A line is none of a ledger, or the file cannot be read or written.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.lock()?;
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        Ok(Self { file, tables: parse(&text)? })
    }

    /// The tables of a ledger that is only looked at.
    ///
    /// # Errors
    ///
    /// A line is none of a ledger, or the file cannot be read.
    pub fn read(path: &Path) -> Result<Vec<Publication>, LedgerError> {
        parse(&std::fs::read_to_string(path)?)
    }

    /// The tables that were published, in order.
    pub fn tables(&self) -> &[Publication] {
        &self.tables
    }

    /// Adds a table and brings it to the disk.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn add(
        mut self,
        as_of: Day,
        sheet: &SafetySheet,
        table: &Publication,
    ) -> Result<(), LedgerError> {
        let mut line =
            serde_json::to_string(&Written { as_of, sheet, table }).map_err(io::Error::from)?;
        line.push('\n');
        self.file.write_all(line.as_bytes())?;
        self.file.sync_all()?;
        Ok(())
    }
}

fn parse(text: &str) -> Result<Vec<Publication>, LedgerError> {
    let table = |(line, text): (usize, &str)| {
        let known: Known = serde_json::from_str(text).map_err(|_| LedgerError::Line { line })?;
        Ok(known.table)
    };
    (1..).zip(text.lines()).map(table).collect()
}
