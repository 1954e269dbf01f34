// SPDX-License-Identifier: EUPL-1.2
//! What may not count within nested columns and keys: taken out, and given apart.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, FixedSizeListArray, GenericListArray, OffsetSizeTrait, RecordBatch,
    StructArray,
};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Schema};
use passend::protected;
use serde_json::{Map, Value};

/// What was taken out, by path.
pub(super) type Apart = Vec<(String, ArrayRef)>;

/// A column without what may not count in it, and that by its path.
struct Kept {
    field: FieldRef,
    column: ArrayRef,
    out: Apart,
}

/// Whether a name of this kind stands somewhere in a type.
fn has_protected(kind: &DataType) -> bool {
    match kind {
        DataType::Struct(fields) => fields
            .iter()
            .any(|field| protected(field.name()).is_some() || has_protected(field.data_type())),
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) => {
            has_protected(item.data_type())
        }
        _ => false,
    }
}

/// Batches without nested columns that may not count, and for each batch these by path.
pub(super) fn of_batches(
    batches: Vec<RecordBatch>,
) -> Result<Vec<(RecordBatch, Apart)>, ArrowError> {
    batches
        .into_iter()
        .map(|batch| {
            if !batch.schema_ref().fields().iter().any(|field| has_protected(field.data_type())) {
                return Ok((batch, Vec::new()));
            }
            let columns = batch.schema_ref().fields().iter().zip(batch.columns());
            let kept = columns
                .map(|(field, column)| kept(field, column, field.name()))
                .collect::<Result<Vec<_>, _>>()?;
            let fields: Vec<FieldRef> = kept.iter().map(|one| Arc::clone(&one.field)).collect();
            let columns = kept.iter().map(|one| Arc::clone(&one.column)).collect();
            let out = kept.into_iter().flat_map(|one| one.out).collect();
            Ok((RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?, out))
        })
        .collect()
}

fn kept(field: &FieldRef, column: &ArrayRef, path: &str) -> Result<Kept, ArrowError> {
    if !has_protected(field.data_type()) {
        let (field, column) = (Arc::clone(field), Arc::clone(column));
        return Ok(Kept { field, column, out: Vec::new() });
    }
    let with_type = |kind: &DataType| Arc::new(Field::clone(field).with_data_type(kind.clone()));
    match field.data_type() {
        DataType::Struct(_) => {
            let rows = column.as_struct();
            let (mut fields, mut columns, mut out) = (Vec::new(), Vec::new(), Vec::new());
            for (inner, column) in rows.fields().iter().zip(rows.columns()) {
                let path = format!("{path}.{}", inner.name());
                if protected(inner.name()).is_some() {
                    out.push((path, Arc::clone(column)));
                    continue;
                }
                let own = kept(inner, column, &path)?;
                fields.push(own.field);
                columns.push(own.column);
                out.extend(own.out);
            }
            let nulls = rows.nulls().cloned();
            let column = if fields.is_empty() {
                StructArray::new_empty_fields(rows.len(), nulls)
            } else {
                StructArray::try_new(fields.into(), columns, nulls)?
            };
            Ok(Kept { field: with_type(column.data_type()), column: Arc::new(column), out })
        }
        DataType::List(item) => of_list::<i32>(item, column, path, &with_type),
        DataType::LargeList(item) => of_list::<i64>(item, column, path, &with_type),
        DataType::FixedSizeList(item, size) => {
            let list = column.as_fixed_size_list();
            let own = kept(item, list.values(), &format!("{path}[]"))?;
            let again = |field: &FieldRef, values: &ArrayRef| {
                let (field, values) = (Arc::clone(field), Arc::clone(values));
                FixedSizeListArray::try_new(field, *size, values, list.nulls().cloned())
            };
            let column: ArrayRef = Arc::new(again(&own.field, &own.column)?);
            let out = own.out.into_iter().map(|(path, values)| {
                let item = Arc::new(Field::new("item", values.data_type().clone(), true));
                Ok((path, Arc::new(again(&item, &values)?) as ArrayRef))
            });
            let out = out.collect::<Result<_, ArrowError>>()?;
            Ok(Kept { field: with_type(column.data_type()), column, out })
        }
        _ => Ok(Kept { field: Arc::clone(field), column: Arc::clone(column), out: Vec::new() }),
    }
}

fn of_list<O: OffsetSizeTrait>(
    item: &FieldRef,
    column: &ArrayRef,
    path: &str,
    with_type: &impl Fn(&DataType) -> FieldRef,
) -> Result<Kept, ArrowError> {
    let list = column.as_list::<O>();
    let own = kept(item, list.values(), &format!("{path}[]"))?;
    let again = |field: FieldRef, values: ArrayRef| -> Result<ArrayRef, ArrowError> {
        let (offsets, nulls) = (list.offsets().clone(), list.nulls().cloned());
        Ok(Arc::new(GenericListArray::<O>::try_new(field, offsets, values, nulls)?))
    };
    let column = again(own.field, own.column)?;
    let out = own.out.into_iter().map(|(path, values)| {
        let item = Arc::new(Field::new("item", values.data_type().clone(), true));
        Ok((path, again(item, values)?))
    });
    let out = out.collect::<Result<_, ArrowError>>()?;
    Ok(Kept { field: with_type(column.data_type()), column, out })
}

/// Takes nested keys that may not count out of a record, and gives them by path.
pub(super) fn of_record(record: &mut Map<String, Value>) -> Vec<(String, Value)> {
    let mut out = Vec::new();
    for (key, value) in record.iter_mut() {
        take(value, key, &mut out);
    }
    out
}

fn take(value: &mut Value, path: &str, out: &mut Vec<(String, Value)>) {
    match value {
        Value::Array(items) => {
            let path = format!("{path}[]");
            items.iter_mut().for_each(|item| take(item, &path, out));
        }
        Value::Object(keys) => {
            let (gone, kept): (Map<_, _>, Map<_, _>) =
                std::mem::take(keys).into_iter().partition(|(key, _)| protected(key).is_some());
            out.extend(gone.into_iter().map(|(key, value)| (format!("{path}.{key}"), value)));
            *keys = kept;
            for (key, value) in keys.iter_mut() {
                take(value, &format!("{path}.{key}"), out);
            }
        }
        _ => {}
    }
}
