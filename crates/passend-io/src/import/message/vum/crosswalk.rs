// SPDX-License-Identifier: EUPL-1.2
//! Occupations of CompetentNL, which VUM 3 names by a URI: their labels, and their numbers in the UWV list, out of a table
//! that the user gives. Without the table nothing is made up.

use std::collections::BTreeMap;

use crate::table::{Table, TableError, clean};

/// What a URI of CompetentNL begins with, as VUM writes it.
pub(super) const OCCUPATION: &str = "https://linkeddata.competentnl.nl/uwv/id/occupation/";

/// What is known of the occupations of CompetentNL.
///
/// ```
/// use passend_io::Crosswalk;
/// let table = Crosswalk::read(b"uwv_code,label_nl,competentnl_id\n77,Activiteitenbegeleider,A88A7902CB\n")?;
/// assert_eq!(table.len(), 1);
/// # Ok::<(), passend_io::TableError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crosswalk {
    /// By the id of CompetentNL: label, UWV number.
    occupations: BTreeMap<String, (Option<String>, Option<String>)>,
    /// By the UWV number.
    ids: BTreeMap<String, String>,
}

impl Crosswalk {
    /// Reads a table (CSV or TSV, packed with gzip or not) with a column whose name has `competentnl`, and `uwv_code` or a
    /// column whose name has `label`. Ids may be whole URIs. Of a number that stands there twice the first counts.
    ///
    /// # Errors
    /// When the bytes are no table, or a column is missing.
    pub fn read(bytes: &[u8]) -> Result<Self, TableError> {
        let table = Table::read(bytes)?;
        let column = |is: &dyn Fn(&str) -> bool| {
            table.names().find(|name| is(&name.to_ascii_lowercase())).map(str::to_owned)
        };
        let id = column(&|name| name.contains("competentnl") || name.starts_with("cnl"));
        let uwv = column(&|name| name == "uwv_code");
        let label = column(&|name| name.contains("label"));
        let Some(id) = id.filter(|_| uwv.is_some() || label.is_some()) else {
            return Err(TableError::line(
                1,
                "a column whose name has `competentnl`, and `uwv_code` or a column whose name has `label`",
            ));
        };
        let mut crosswalk = Self::default();
        for row in table.rows() {
            let key = row.get(&id);
            let key = key.strip_prefix(OCCUPATION).unwrap_or(key).to_owned();
            if key.is_empty() {
                continue;
            }
            let cell = |name: &Option<String>| {
                let text = clean(name.as_deref().map_or("", |name| row.get(name)));
                (!text.is_empty()).then_some(text)
            };
            let (label, number) = (cell(&label), cell(&uwv));
            if let Some(number) = &number {
                crosswalk.ids.entry(number.clone()).or_insert_with(|| key.clone());
            }
            crosswalk.occupations.entry(key).or_insert((label, number));
        }
        Ok(crosswalk)
    }

    /// How many occupations it knows.
    pub fn len(&self) -> usize {
        self.occupations.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.occupations.is_empty()
    }

    pub(super) fn label(&self, id: &str) -> Option<&str> {
        self.occupations.get(id)?.0.as_deref()
    }

    pub(super) fn uwv_number(&self, id: &str) -> Option<&str> {
        self.occupations.get(id)?.1.as_deref()
    }

    pub(super) fn id_of(&self, uwv_number: &str) -> Option<&str> {
        self.ids.get(uwv_number).map(String::as_str)
    }
}
