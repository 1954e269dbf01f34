# SPDX-License-Identifier: EUPL-1.2
"""The same match on a cluster of Spark: each part of the people against all vacancies.

Spark itself is not required by passend; this file only calls methods of the
frame that it is given. Each worker uses one thread, since Spark starts as many
workers as there are processors. Only signed numbers, text, days, lists and
structs come back: Spark knows no others.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from ._frames import _package
from ._passend import Candidates, Engine, Vacancies

__all__ = ["match", "people"]


def _run(df: Any, vacancies: Any, engine: dict[str, Any], rows: Callable[[Any], Any], asked: dict[str, Any]) -> Any:
    """Maps each batch of people to rows of Arrow, with the vacancies sent once to each worker."""
    opened = vacancies if isinstance(vacancies, Vacancies) else Vacancies(vacancies)
    text = df.sparkSession.sparkContext.broadcast(opened.to_jsonl())
    sample = rows(Engine(**engine).match([], [], **asked))
    pyarrow = _package("pyarrow", "pandas")

    def of_part(batches: Iterator[Any]) -> Iterator[Any]:
        with_all = Vacancies([json.loads(line) for line in io.StringIO(text.value)])
        own = Engine(**engine)
        for batch in batches:
            found = rows(own.match(Candidates(batch), with_all, threads=1, **asked))
            yield from pyarrow.table(found).to_batches()

    types = import_module("pyspark.sql.pandas.types")
    return df.mapInArrow(of_part, types.from_arrow_schema(pyarrow.table(sample).schema))


def _itself(result: Any) -> Any:
    return result


def _people(result: Any) -> Any:
    return result.people


def match(df: Any, vacancies: Any, *, engine: dict[str, Any] | None = None, **asked: Any) -> Any:
    """The pairs of ``passend.match`` as a frame of Spark.

    Args:
        df: People: a frame of Spark with the columns of the schema.
        vacancies: All vacancies, in any form that ``passend.Vacancies`` opens.
        engine: What makes the engine on each worker: ``policy`` (text), ``announced``.
        asked: As for ``passend.match``: ``as_of``, ``k``, ``when``, ``sure``, ``detail``.
    """
    return _run(df, vacancies, engine or {}, _itself, asked)


def people(df: Any, vacancies: Any, *, engine: dict[str, Any] | None = None, **asked: Any) -> Any:
    """A line for each person, as ``Result.people``: with it ``passend.check_complete`` finds what Spark lost."""
    return _run(df, vacancies, engine or {}, _people, asked)
