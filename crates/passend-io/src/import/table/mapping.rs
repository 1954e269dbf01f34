// SPDX-License-Identifier: EUPL-1.2
//! The mapping of a table: which column is which field, kept in a file for next time.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use passend::{ResidenceStatus, Side};
use serde::Deserialize;

use super::day::DayOrder;
use super::number::{Decimal, Hundredths, exact};
use super::tables::Headers;
use super::word::{name, plain};
use crate::guess::guess;

/// Which column of a table is which field.
///
/// ```
/// use passend::Side;
/// use passend_io::Mapping;
///
/// let mapping = Mapping::read(
///     "side = 'candidate'\nfull_time_hours = 36\n[[column]]\nheader = 'Nr'\nfield = 'id'\n",
///     Side::Candidate,
/// )?;
/// assert!(Mapping::read("[[column]]\nheader = 'Nr'\nfield = 'idd'\n", Side::Candidate).is_err());
/// # Ok::<(), passend_io::MappingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    pub(super) sheet: Option<String>,
    pub(super) decimal: Option<Decimal>,
    pub(super) full_time: Option<Hundredths>,
    pub(super) columns: Vec<MappedColumn>,
    /// Words of the municipality for a status, as they are compared.
    pub(super) statuses: BTreeMap<String, String>,
}

/// A column of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MappedColumn {
    pub(super) header: String,
    /// `None` for a column that is left out.
    pub(super) field: Option<&'static str>,
    pub(super) order: Option<DayOrder>,
}

/// Why a mapping cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct MappingError {
    what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    side: Option<String>,
    sheet: Option<String>,
    decimal: Option<Decimal>,
    full_time_hours: Option<toml::Value>,
    #[serde(default)]
    column: Vec<Column>,
    #[serde(default)]
    status: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    header: String,
    #[serde(default)]
    field: String,
    order: Option<DayOrder>,
}

impl Mapping {
    /// Reads a mapping for a table of this side.
    ///
    /// # Errors
    /// When it is no TOML, is of the other side, or names a field or status that does not exist.
    pub fn read(text: &str, side: Side) -> Result<Self, MappingError> {
        let fail = |what: String| MappingError { what };
        let file: File = toml::from_str(text).map_err(|error| fail(error.message().to_owned()))?;
        let own = side_name(side);
        if file.side.as_deref().is_some_and(|other| other != own) {
            return Err(fail(format!("the mapping is not of a table with `side = \"{own}\"`")));
        }
        let full_time = match &file.full_time_hours {
            None => None,
            Some(value) => {
                let text = match value {
                    toml::Value::Integer(hours) => hours.to_string(),
                    toml::Value::Float(hours) => hours.to_string(),
                    _ => String::new(),
                };
                let hours = exact(&text, Decimal::Point).filter(|hours| *hours <= 8_000);
                Some(hours.ok_or_else(|| {
                    fail("`full_time_hours` is no number of hours a week".to_owned())
                })?)
            }
        };
        let headers = Headers::of(side);
        let mut columns = Vec::new();
        for Column { header, field, order } in file.column {
            let field = if field.is_empty() {
                None
            } else {
                let known = headers.field(&field).ok_or_else(|| {
                    let meant = guess(&field, &headers.names());
                    let meant =
                        meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
                    fail(format!("there is no field `{field}`{meant}"))
                })?;
                Some(known.name)
            };
            columns.push(MappedColumn { header, field, order });
        }
        let mut statuses = BTreeMap::new();
        for (words, status) in file.status {
            let known: Result<ResidenceStatus, _> =
                serde_json::from_value(serde_json::Value::from(status.as_str()));
            if known.is_err() {
                return Err(fail(format!("there is no status `{status}`")));
            }
            statuses.insert(plain(&words), status);
        }
        Ok(Self { sheet: file.sheet, decimal: file.decimal, full_time, columns, statuses })
    }

    pub(super) fn column(&self, header: &str) -> Option<&MappedColumn> {
        let wanted = name(header);
        self.columns.iter().find(|column| column.header == header || name(&column.header) == wanted)
    }
}

pub(super) fn side_name(side: Side) -> &'static str {
    match side {
        Side::Candidate => "candidate",
        Side::Vacancy => "vacancy",
    }
}

/// Writes a mapping as it was chosen.
pub(super) fn write<'a>(
    side: Side,
    sheet: Option<&str>,
    decimal: Decimal,
    columns: impl Iterator<Item = (&'a str, &'a str, Option<DayOrder>)>,
) -> String {
    let mut text = String::from(
        "# Written by `passend import`. Look at each column; `field = \"\"` leaves a column out.\n\
         # `docs/import.md` lists the fields.\n",
    );
    // Writing to a text cannot fail.
    let _ = writeln!(text, "side = {}", quoted(side_name(side)));
    if let Some(sheet) = sheet {
        let _ = writeln!(text, "sheet = {}", quoted(sheet));
    }
    let _ = writeln!(text, "decimal = \"{}\"", decimal.sign());
    text.push_str(
        "# Hours a week of a full job, so that \"0,6 fte\" can be read:\n# full_time_hours = 36\n",
    );
    for (header, field, order) in columns {
        let _ =
            write!(text, "\n[[column]]\nheader = {}\nfield = {}\n", quoted(header), quoted(field));
        if let Some(order) = order {
            let order = match order {
                DayOrder::DayFirst => "day-first",
                DayOrder::MonthFirst => "month-first",
                DayOrder::YearFirst => "year-first",
            };
            let _ = writeln!(text, "order = \"{order}\"");
        }
    }
    if side == Side::Candidate {
        text.push_str(
            "\n# Your own words for a residence status. Words that are nowhere listed stay unknown.\n[status]\n\
             # \"vergunning bepaalde tijd asiel\" = \"status_holder_fixed_term\"\n",
        );
    }
    text
}

/// A text of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_that_is_written_can_be_read() {
        let columns = [
            ("Geb. \"datum\"\n", "birth_date", Some(DayOrder::DayFirst)),
            ("Nr", "id", None),
            ("x", "", None),
        ];
        let text = write(Side::Candidate, Some("Blad 1"), Decimal::Comma, columns.into_iter());
        let mapping = Mapping::read(&text, Side::Candidate).unwrap();
        assert_eq!(mapping.sheet.as_deref(), Some("Blad 1"));
        assert_eq!(mapping.columns[0].header, "Geb. \"datum\"\n");
        assert_eq!(mapping.columns[0].order, Some(DayOrder::DayFirst));
        assert_eq!(mapping.columns[2].field, None);
        assert_eq!(mapping.column("nr.").unwrap().field, Some("id"));
        assert!(Mapping::read(&text, Side::Vacancy).is_err());
    }

    #[test]
    fn what_a_mapping_cannot_mean_is_told() {
        let error = |text: &str| Mapping::read(text, Side::Candidate).unwrap_err().to_string();
        assert!(
            error("[[column]]\nheader = 'x'\nfield = 'postcod'\n")
                .contains("did you mean `postcode`?")
        );
        assert!(error("[status]\nx = 'resident'\n").contains("no status `resident`"));
        assert!(error("full_time_hours = 'veel'\n").contains("full_time_hours"));
        assert!(error("colunm = 1\n").contains("colunm"));
    }
}
