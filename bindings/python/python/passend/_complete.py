# SPDX-License-Identifier: EUPL-1.2
"""Whether everybody who went in came out: for runs that were shared among machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ._errors import DataError
from ._passend import Candidates, People, Result


def _column(table: Any, name: str) -> list[Any]:
    """The values of a column, of any table or of dicts."""
    if isinstance(table, (Result, People)):
        table = table.to_dicts()
    elif hasattr(table, "to_dicts"):  # polars
        return list(table[name])
    elif hasattr(table, "to_pylist"):  # pyarrow
        return table.column(name).to_pylist()  # type: ignore[no-any-return]
    elif hasattr(table, "columns") and hasattr(table, "__getitem__"):  # pandas
        return list(table[name])
    elif hasattr(table, "fetchall"):  # DuckDB
        return [value for (value,) in table.select(name).fetchall()]
    return [row[name] for row in table]


def check_complete(candidates: Any, people: Any, lines: Any = None) -> None:
    """Raise unless each candidate has exactly one line among ``people``, and ``lines`` has as many pairs as they say.

    A system that shares a run among machines can lose or repeat a part of it
    without an error; this tells.

    Args:
        candidates: ``passend.Candidates``, or any table or dicts with ``id``.
        people: ``Result.people``, a ``Result``, or a table with ``candidate`` (and
            ``listed``), such as ``passend.spark.people`` gives.
        lines: The pairs by candidate, any table with ``candidate``.

    Raises:
        DataError: with code E352 and numbers, never ids.

    >>> import passend
    >>> people = passend.Candidates([{"id": "c1"}, {"id": "c2"}])
    >>> result = passend.match(people, [{"id": "v1", "title": "kok"}], as_of="2026-11-25")
    >>> passend.check_complete(people, result)
    """
    ids: Iterable[str] = candidates.ids if isinstance(candidates, Candidates) else _column(candidates, "id")
    if isinstance(people, Result):
        people = people.people
    wanted, found = set(ids), Counter(_column(people, "candidate"))
    lost, foreign = len(wanted - found.keys()), len(found.keys() - wanted)
    twice = sum(1 for count in found.values() if count > 1)
    wrong = 0
    if lines is not None:
        pairs = Counter(_column(lines, "candidate"))
        listed = zip(_column(people, "candidate"), _column(people, "listed"))
        wrong = sum(1 for candidate, number in listed if pairs.pop(candidate, 0) != number) + len(pairs)
    if lost or foreign or twice or wrong:
        hint = "Run it again; with Dask give pure=False to submit."
        raise DataError(
            f"E352 people: expected each of {len(wanted)} candidates once; {lost} are lost, {twice} occur more than "
            f"once, {foreign} are not among them, {wrong} have another number of pairs. {hint}",
            code="E352",
            table="people",
            hint=hint,
            hint_nl="Draai het opnieuw; geef bij Dask pure=False aan submit.",
        )
