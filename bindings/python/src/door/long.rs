// SPDX-License-Identifier: EUPL-1.2
//! Long tables beside a table of people: a row for each skill, language, diploma or job, put into lists by id.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, ListArray, RecordBatch, StringViewArray, StructArray, UInt64Array,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};
use pyo3::prelude::*;

use super::Table;
use crate::failure::{Failure, Issue, orphan, text};

/// The lists that may stand in a table of their own: the keyword, and the key of the record.
pub(crate) const KINDS: [(&str, &str); 4] = [
    ("skills", "skills"),
    ("languages", "languages"),
    ("diplomas", "education"),
    ("experience", "experience"),
];

/// A long table: its keyword, the key that it fills, its rows.
pub(super) struct Long {
    pub(super) name: &'static str,
    pub(super) key: &'static str,
    pub(super) table: Table,
}

/// The people with a list for each long table; rows whose id no person has are issues.
///
/// A person without a row gets no list: that nothing is stated does not say that there is none.
pub(super) fn join(
    people: &Table,
    argument: &'static str,
    id: &str,
    beside: Vec<Long>,
) -> PyResult<(Table, Vec<Issue>)> {
    let broken = |name: &'static str| {
        move |error: ArrowError| {
            PyErr::from(Failure::usage(
                name,
                format!("expected a table that can be put together by id: {error}"),
                text("Geef tabellen met elk een id.", "Give tables that each have an id."),
            ))
        }
    };
    let rows = whole(people).map_err(broken(argument))?;
    let ids = ids(&rows, id, argument)?;
    let mut persons: HashMap<&str, Vec<usize>> = HashMap::with_capacity(ids.len());
    for (row, id) in ids.iter().enumerate() {
        if let Some(id) = id {
            persons.entry(id).or_default().push(row);
        }
    }
    let mut issues = Vec::new();
    let (mut fields, mut columns): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
    for (field, column) in rows.schema_ref().fields().iter().zip(rows.columns()) {
        let is_id = field.name() == id;
        fields.push(if is_id { Field::clone(field).with_name("id") } else { Field::clone(field) });
        columns.push(Arc::clone(column));
    }
    for Long { name, key, table } in beside {
        if rows.schema_ref().column_with_name(key).is_some() {
            return Err(Failure::raise_usage(
                name,
                format!("expected `{key}` as a column or as a table of its own, not both"),
                text("Laat een van beide weg.", "Leave one of them out."),
            ));
        }
        let long = whole(&table).map_err(broken(name))?;
        let owners = self::ids(&long, id, name)?;
        let mut items: Vec<Vec<u64>> = vec![Vec::new(); rows.num_rows()];
        for (row, owner) in (0_u64..).zip(owners.iter()) {
            match owner.and_then(|owner| persons.get(owner)) {
                None => issues.push(orphan(name, row, id)),
                Some(persons) => {
                    for person in persons {
                        if let Some(list) = items.get_mut(*person) {
                            list.push(row);
                        }
                    }
                }
            }
        }
        let list = lists(&long, id, &items).map_err(broken(name))?;
        fields.push(Field::new(key, list.data_type().clone(), true));
        columns.push(Arc::new(list));
    }
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns).map_err(broken(argument))?;
    Ok((Table { schema, batches: vec![batch] }, issues))
}

fn whole(table: &Table) -> Result<RecordBatch, ArrowError> {
    arrow_select::concat::concat_batches(&table.schema, &table.batches)
}

/// The column of ids as text.
fn ids(rows: &RecordBatch, id: &str, argument: &'static str) -> PyResult<StringViewArray> {
    let found = rows.column_by_name(id);
    let ids = found.and_then(|ids| arrow_cast::cast(ids, &DataType::Utf8View).ok());
    ids.map(|ids| ids.as_string_view().clone()).ok_or_else(|| {
        Failure::raise_usage(
            argument,
            format!("expected a column `{id}` with an id in each row"),
            text("Noem de kolom met `id=`.", "Name the column with `id=`."),
        )
    })
}

/// A list for each person of the columns beside the id.
fn lists(long: &RecordBatch, id: &str, items: &[Vec<u64>]) -> Result<ListArray, ArrowError> {
    let taken = UInt64Array::from_iter_values(items.iter().flatten().copied());
    let kept = long.schema_ref().fields().iter().zip(long.columns());
    let kept = kept.filter(|(field, _)| field.name() != id);
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in kept {
        fields.push(Field::new(field.name(), field.data_type().clone(), true));
        columns.push(arrow_select::take::take(column, &taken, None)?);
    }
    let structs = StructArray::try_new(Fields::from(fields), columns, None)?;
    let item = Arc::new(Field::new("item", structs.data_type().clone(), true));
    let offsets = OffsetBuffer::from_lengths(items.iter().map(Vec::len));
    let known: NullBuffer = items.iter().map(|list| !list.is_empty()).collect();
    ListArray::try_new(item, offsets, Arc::new(structs), Some(known))
}
