// SPDX-License-Identifier: EUPL-1.2
//! Which columns of a table may stand there.

use arrow_schema::{DataType, Field, Fields, Schema};
use passend_io::{OnRefusal, Record, read_records};
use pyo3::prelude::*;

use crate::failure::{Failure, Issue};

/// Refuses columns that may never enter, at any depth, and columns that the schema lacks, empty ones too.
///
/// A mistake within a nested column may be that of a few rows only, and is told row by row.
///
/// The lists of these keys were tables of their own, whose columns are judged as such.
pub(super) fn check<T: Record>(
    schema: &Schema,
    side: &'static str,
    tables: &[&str],
) -> PyResult<()> {
    let mut probes = Probes::default();
    probes.add_all(schema.fields(), &Around::default());
    // The reader itself is asked, with a record that has only this key: its opinion and its words are those of a row.
    let Ok(batch) = read_records::<T>(probes.text.as_slice(), side, OnRefusal::Continue) else {
        return Ok(());
    };
    let mut forbidden = Vec::new();
    let mut unknown = Vec::new();
    for refused in batch.report.refused {
        let at = usize::try_from(refused.record.saturating_sub(1)).unwrap_or(usize::MAX);
        let Some((path, is_top)) = probes.columns.get(at) else { continue };
        let of_table = |table: &&str| {
            path.strip_prefix(*table).is_some_and(|rest| {
                rest.strip_prefix("[].").is_some_and(|column| !column.contains('.'))
            })
        };
        let is_top = *is_top || tables.iter().any(of_table);
        let issue = Issue::new(side, refused).of_column(path.clone());
        match issue.code {
            code if code.starts_with("E9") => forbidden.push(issue),
            "E201" if is_top => unknown.push(issue),
            _ => {}
        }
    }
    let issues = if forbidden.is_empty() { unknown } else { forbidden };
    let Some(first) = issues.first().cloned() else { return Ok(()) };
    let columns: Vec<_> = issues.iter().map(|issue| format!("`{}`", issue.path)).collect();
    let expected = format!("expected {}, not {}", first.rule, columns.join(", "));
    Err(Failure::first(&first, issues).expecting(expected).into())
}

/// Whether a column holds keys of the caller's own, or the index that pandas adds.
fn is_left_out(name: &str, is_top: bool) -> bool {
    name.starts_with("x_") || (is_top && name.starts_with("__index_level_") && name.ends_with("__"))
}

/// Whether a key of the record itself takes `true` and `false`.
///
/// pandas turns such a column into 1.0, 0.0 and NaN where some are missing.
pub(super) fn takes_flag<T: Record>(key: &str) -> bool {
    let key = serde_json::to_string(key).unwrap_or_default();
    let record = format!("{{\"id\":\"p\",{key}:true}}");
    read_records::<T>(record.as_bytes(), "", OnRefusal::Continue)
        .is_ok_and(|batch| batch.report.refused.is_empty())
}

/// What stands around a field in a record.
#[derive(Clone)]
struct Around {
    path: String,
    before: String,
    after: String,
}

impl Default for Around {
    fn default() -> Self {
        Self { path: String::new(), before: String::new(), after: "}".to_owned() }
    }
}

/// A record for each column.
#[derive(Default)]
struct Probes {
    text: Vec<u8>,
    /// The path of each, and whether it is a column of the table itself.
    columns: Vec<(String, bool)>,
}

impl Probes {
    fn add_all(&mut self, fields: &Fields, around: &Around) {
        for field in fields {
            if !is_left_out(field.name(), around.path.is_empty()) {
                self.add(field, around);
            }
        }
    }

    fn add(&mut self, field: &Field, around: &Around) {
        let key = serde_json::to_string(field.name()).unwrap_or_default();
        let dot = if around.path.is_empty() { "" } else { "." };
        let here = Around {
            path: format!("{}{dot}{}", around.path, field.name()),
            before: format!("{}{key}:", around.before),
            after: around.after.clone(),
        };
        let id = self.columns.len();
        self.text.extend_from_slice(
            format!("{{\"id\":\"p{id}\",{}null{}\n", here.before, here.after).as_bytes(),
        );
        self.columns.push((here.path.clone(), around.path.is_empty()));
        self.add_below(field.data_type(), &here);
    }

    fn add_below(&mut self, kind: &DataType, around: &Around) {
        let wrapped = |path: &str, open: char, close: char| Around {
            path: format!("{}{path}", around.path),
            before: format!("{}{open}", around.before),
            after: format!("{close}{}", around.after),
        };
        match kind {
            DataType::Struct(fields) => self.add_all(fields, &wrapped("", '{', '}')),
            DataType::List(item)
            | DataType::LargeList(item)
            | DataType::FixedSizeList(item, _)
            | DataType::ListView(item)
            | DataType::LargeListView(item) => {
                self.add_below(item.data_type(), &wrapped("[]", '[', ']'));
            }
            DataType::Dictionary(_, value) => self.add_below(value, around),
            DataType::RunEndEncoded(_, value) => self.add_below(value.data_type(), around),
            _ => {}
        }
    }
}
