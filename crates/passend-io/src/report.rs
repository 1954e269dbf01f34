// SPDX-License-Identifier: EUPL-1.2
//! The report of a file: what was read, refused and repaired. It says where, never what.

use passend::Text;
use serde::Serialize;

use crate::Code;

/// What came of reading one file.
///
/// Rows that were read are accepted or refused: `read = accepted + refused.len()`. A row that is exactly like an earlier
/// one is accepted, warned about and merged: it adds no record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Name of the file, as the caller calls it.
    pub file: String,
    /// Rows read; empty lines are no rows.
    pub read: u64,
    /// Rows accepted, those that were merged among them.
    pub accepted: u64,
    /// Rows accepted that added no record, since an earlier one is exactly like it.
    pub merged: u64,
    /// Rows refused, in order of line.
    pub refused: Vec<Refused>,
    /// Repairs, in order of code and path.
    pub warnings: Vec<Warning>,
    /// Reading stopped at the first refused row, because that was asked.
    pub stopped: bool,
}

/// A row that was refused: where it is, what was expected and what to do; never the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refused {
    /// Name of the file.
    pub file: String,
    /// Line of the file on which the record begins, from 1.
    pub line: u64,
    /// Number of the record, from 1.
    pub record: u64,
    /// Where in the file, in bytes from 0.
    pub byte: u64,
    /// Where on the line, in characters from 1; `None` where the record runs over lines and the place is on a later one.
    pub column: Option<u64>,
    /// Path of the field, `skills[2].label`; empty for the record as a whole.
    pub path: String,
    /// What kind of mistake.
    pub code: Code,
    /// What was expected.
    pub rule: String,
    /// What to do.
    pub hint: Text,
}

/// A repair, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warning {
    /// What was repaired.
    pub code: Code,
    /// Path of the field; empty for a record or the file as a whole.
    pub path: String,
    /// How often.
    pub count: u64,
    /// The line of the first.
    #[serde(skip)]
    pub line: u64,
}

impl Report {
    /// The line that closes the reading of a file.
    ///
    /// ```
    /// # use passend_io::Report;
    /// let report = Report { file: "c.jsonl".into(), read: 40, accepted: 40, ..Report::default() };
    /// assert_eq!(report.summary(), "c.jsonl: read 40, accepted 40, refused 0, warned 0");
    /// ```
    pub fn summary(&self) -> String {
        format!(
            "{}: read {}, accepted {}, refused {}, warned {}",
            self.file,
            self.read,
            self.accepted,
            self.refused.len(),
            self.warned()
        )
    }

    /// How many repairs there were.
    pub fn warned(&self) -> u64 {
        self.warnings.iter().map(|warning| warning.count).sum()
    }

    /// Whether more than this percentage of the rows was refused; looked at from 20 rows on.
    ///
    /// Fewer rows say too little: one bad line of ten is a typing mistake, not a wrong file.
    pub fn too_many_refused(&self, percent: u8) -> bool {
        const LOOKED_AT_FROM: u64 = 20;
        let refused = u64::try_from(self.refused.len()).unwrap_or(u64::MAX);
        self.read >= LOOKED_AT_FROM
            && refused.saturating_mul(100) > self.read.saturating_mul(u64::from(percent))
    }

    pub(crate) fn warn(&mut self, code: Code, path: &str, line: u64) {
        self.warn_times(code, path, line, 1);
    }

    /// Counts a repair that was made so many times, the first on this line.
    pub(crate) fn warn_times(&mut self, code: Code, path: &str, line: u64, times: u64) {
        if times == 0 {
            return;
        }
        match self.warnings.iter_mut().find(|known| known.code == code && known.path == path) {
            Some(known) => known.count += times,
            None => {
                self.warnings.push(Warning { code, path: path.to_owned(), count: times, line });
            }
        }
    }

    pub(crate) fn finish(&mut self) {
        self.refused.sort_by_key(|refused| refused.record);
        self.warnings.sort_by(|a, b| (a.code, &a.path).cmp(&(b.code, &b.path)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused() -> Refused {
        Refused {
            file: String::new(),
            line: 1,
            record: 1,
            byte: 0,
            column: None,
            path: String::new(),
            code: Code::NotJson,
            rule: String::new(),
            hint: Text::default(),
        }
    }

    #[track_caller]
    fn check(read: u64, refused_rows: usize, expected: bool) {
        let report = Report { read, refused: vec![refused(); refused_rows], ..Report::default() };
        assert_eq!(report.too_many_refused(5), expected);
    }

    #[test]
    fn five_percent_is_allowed_and_looked_at_from_twenty_rows() {
        check(20, 1, false);
        check(20, 2, true);
        check(19, 19, false);
        check(100, 5, false);
        check(100, 6, true);
    }
}
