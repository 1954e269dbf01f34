# SPDX-License-Identifier: EUPL-1.2
"""Results as frames of other packages, which are imported only when they are asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ._errors import UsageError


def _package(name: str, extra: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        hint = f"pip install 'passend[{extra}]'"
        raise UsageError(
            f"E310 {name}: expected the package {name} to be installed. {hint}",
            code="E310",
            field=name,
            hint=hint,
            hint_nl=hint,
        ) from error


def to_polars(table: Any) -> Any:
    return _package("polars", "polars").DataFrame(table)


def to_pandas(table: Any) -> Any:
    pandas, pyarrow = _package("pandas", "pandas"), _package("pyarrow", "pandas")
    # Whole numbers stay whole where some are missing, and days can be compared and plotted.
    types = {pyarrow.int32(): pandas.Int32Dtype()}
    return pyarrow.table(table).to_pandas(types_mapper=types.get, date_as_object=False)


def plain(table: Any) -> Any:
    """A table in a layout that the Arrow library reads."""
    package = type(table).__module__.partition(".")[0]
    if package == "polars":
        return _without_null_types(table) if hasattr(table, "schema") else table
    pyarrow = import_module("pyarrow")
    if isinstance(table, pyarrow.RecordBatchReader):
        batches = (_without_offsets(batch, pyarrow) for batch in table)
        return pyarrow.RecordBatchReader.from_batches(table.schema, batches)
    return _without_offsets(pyarrow.table(table), pyarrow)


def _without_null_types(table: Any) -> Any:
    """A polars frame whose columns of type Null are text, also within lists and structs.

    Polars gives such columns with a buffer that the Arrow interface does not
    allow (pola-rs/polars issue 22934). Nothing but null is in them.
    """
    polars = import_module("polars")

    def typed(kind: Any) -> Any:
        if kind == polars.Null:
            return polars.String
        if isinstance(kind, polars.List):
            return polars.List(typed(kind.inner))
        if isinstance(kind, polars.Array):
            return polars.Array(typed(kind.inner), kind.size)
        if isinstance(kind, polars.Struct):
            return polars.Struct({field.name: typed(field.dtype) for field in kind.fields})
        return kind

    casts = {name: typed(kind) for name, kind in table.schema.items()}
    return table.cast({name: kind for name, kind in casts.items() if kind != table.schema[name]})


def _without_offsets(table: Any, pyarrow: Any) -> Any:
    """A pyarrow table or batch whose nested columns begin at their first row.

    The Arrow library of Rust applies the offset of a slice twice to objects
    within objects (apache/arrow-rs issue 7595). Only slices are copied.
    """

    def copied(array: Any) -> Any:
        return array.take(pyarrow.array(range(len(array)))) if array.offset else array

    for at, kind in enumerate(table.schema.types):
        if not pyarrow.types.is_nested(kind):
            continue
        column = table.column(at)
        if isinstance(column, pyarrow.ChunkedArray):
            column = pyarrow.chunked_array([copied(chunk) for chunk in column.chunks], kind)
        else:
            column = copied(column)
        table = table.set_column(at, table.schema.field(at), column)
    return table


def records(table: Any) -> Any:
    """The rows of a pandas frame as dicts, for columns that have no one type, or without pyarrow."""
    has_index = any(name is not None for name in table.index.names)
    return (table.reset_index() if has_index else table).to_dict("records")


def dicts(table: Any) -> Any:
    """The rows of a frame of polars (``to_dicts``), of pandas or pyarrow, or dicts as they are."""
    if hasattr(table, "to_dicts"):
        return table.to_dicts()
    if hasattr(table, "to_pylist"):
        return table.to_pylist()
    if hasattr(table, "columns") and hasattr(table, "to_dict"):
        return table.to_dict("records")
    return table


def known(table: Any) -> Any:
    """The rows of a table as dicts, without the cells that are empty, for options that are lists of dicts."""
    if hasattr(table, "collect") and type(table).__name__ == "LazyFrame":
        table = table.collect()
    if not hasattr(table, "to_dicts") and not hasattr(table, "to_pylist") and not hasattr(table, "to_dict"):
        table = import_module("pyarrow").table(table)

    def cell(value: Any) -> Any:
        return value.tolist() if hasattr(value, "tolist") else value

    rows = ({key: cell(value) for key, value in row.items()} for row in dicts(table))
    # A gap in a column of pandas is a number that differs from itself.
    return [{key: value for key, value in row.items() if value is not None and value == value} for row in rows]


def progress() -> Any:
    """A bar of tqdm if that is installed, else a line on standard error."""
    from ._progress import Bar

    return Bar()
