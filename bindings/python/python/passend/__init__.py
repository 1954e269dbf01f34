# SPDX-License-Identifier: EUPL-1.2
"""Match people with vacancies and say why: what fits, what stands in the way since which rule, what would remove it.

Two tables in, one table out:

>>> import passend
>>> cook = {
...     "id": "c1",
...     "residence": {"status": "free"},
...     "experience": [{"title": "kok", "months": 36}],
...     "skills": [{"label": "koken"}],
... }
>>> work = {"id": "v1", "title": "Kok (m/v)", "require": {"skills": [{"label": "koken"}]}}
>>> result = passend.match([cook], [work], as_of="2026-11-25")
>>> result
<passend.Result 1 pairs of 1 candidates and 1 vacancies on 2026-11-25>
>>> line = result.to_dicts()[0]
>>> line["vacancy"], line["score"], line["readiness"]["class"]
('v1', 7908, 'now')

The score orders; it is not a chance of work. Law is never part of it: it opens,
opens on a day, asks for a step, or closes.
"""

from __future__ import annotations

import datetime as _datetime
from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from typing import Any, Literal, Protocol, TypeAlias

from ._complete import check_complete
from ._errors import DataError, InternalError, PassendError, PolicyError, ProtectedError, UsageError
from ._passend import (
    Candidates,
    Engine,
    Explanation,
    Lines,
    People,
    Report,
    Result,
    Vacancies,
    __version__,
    fairness,
    monitor,
)

__all__ = [
    "Candidates",
    "DataError",
    "Engine",
    "Explanation",
    "InternalError",
    "Lines",
    "PassendError",
    "People",
    "PolicyError",
    "ProtectedError",
    "Report",
    "Result",
    "UsageError",
    "Vacancies",
    "__version__",
    "check_complete",
    "explain",
    "fairness",
    "match",
    "monitor",
]


class Table(Protocol):
    """Any table with the Arrow stream: polars, pandas (with pyarrow), pyarrow, DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


#: One person or vacancy: a dict, a dataclass, a pydantic model or a row of a pandas frame.
Record: TypeAlias = Mapping[str, Any] | object

#: Many of them.
Records: TypeAlias = Table | Iterable[Record]

#: A day: ``datetime.date`` or text such as ``"2026-11-25"``.
Day: TypeAlias = _datetime.date | str

#: ``True`` for a bar, or a function of ``(done, total)``.
Progress: TypeAlias = bool | Callable[[int, int], object] | None

#: TOML: a path, or the text itself.
Toml: TypeAlias = str | PathLike[str]


_usual: Engine | None = None


def _usual_engine() -> Engine:
    """The engine without anything laid over it, made at first use."""
    global _usual
    if _usual is None:
        _usual = Engine()
    return _usual


def _engine(
    engine: Engine | None,
    policy: Toml | list[Toml] | None,
    announced: bool,
    places: Toml | Records | None,
) -> Engine:
    is_usual = policy is None and announced is False and places is None
    if engine is None:
        return _usual_engine() if is_usual else Engine(policy, announced=announced, places=places)
    if not isinstance(engine, Engine):
        hint, hint_nl = "Give a passend.Engine.", "Geef een passend.Engine."
        raise UsageError(
            f"E310 engine: expected an engine, not `{type(engine).__name__}`. {hint}",
            code="E310",
            field="engine",
            hint=hint,
            hint_nl=hint_nl,
        )
    if not is_usual:
        hint = "Give policy, announced and places to the engine itself."
        raise UsageError(
            f"E310 engine: expected an engine or what to make one of, not both. {hint}",
            code="E310",
            field="engine",
            hint=hint,
            hint_nl="Geef policy, announced en places aan de engine zelf.",
        )
    return engine


def match(
    candidates: Candidates | Records,
    vacancies: Vacancies | Records,
    *,
    as_of: Day,
    k: int = 10,
    by: Literal["candidate", "vacancy", "both"] = "candidate",
    when: Day | Literal["now", "any"] | None = None,
    sure: bool = False,
    detail: Literal["full", "brief"] = "full",
    policy: Toml | list[Toml] | None = None,
    announced: bool = False,
    places: Toml | Records | None = None,
    threads: int = 0,
    progress: Progress = None,
    strict: bool = False,
    max_refused: int = 5,
    history: Records | str | PathLike[str] | None = None,
    since: Result | str | PathLike[str] | None = None,
    order: Literal["rank", "neutral"] = "rank",
    spread: int | None = None,
    engine: Engine | None = None,
) -> Result:
    """Rank the vacancies for each candidate, or the candidates for each vacancy, and say why.

    Args:
        candidates: People: ``passend.Candidates``, a table with the Arrow stream,
            or dicts, dataclasses or pydantic models. A column that is null says
            that nothing is known.
        vacancies: Work, in the same forms.
        as_of: The day on which rules, documents and waiting times are read.
        k: Pairs on each list.
        by: Whose lists: ``candidate``, ``vacancy`` or ``both``.
        when: Which pairs are listed: those open ``now``, by a day, or ``any``
            that is not closed. Without it, those open within 13 weeks.
        sure: Leave out pairs for which the law asks something that is not known.
        detail: ``brief`` leaves out findings, steps and questions.
        policy: TOML that adds, ends or replaces rules: a path, the text itself,
            or a list of them.
        announced: Let announced rules decide as if they were in force.
        places: Places that the records name: a CSV file with ``place,x,y`` and
            perhaps ``radius`` in metres of the national grid, its text, or rows.
        threads: 0 for as many as there are processors. The result is the same.
        progress: ``True`` for a bar (of tqdm, if it is there), or a function that
            is called with ``(done, total)`` at the start, every 0.1 seconds and
            at the end.
        strict: Raise at the first row that is refused. Without it such rows are
            left out and told in ``Result.issues``.
        max_refused: Raise when more than this percentage of 20 or more rows is
            refused.
        history: What happened: a path of events, a table or dicts with ``date``,
            ``candidate``, ``vacancy``, ``event`` and what belongs to it. Who works,
            vacancies that are filled and pairs that were declined are left out;
            ``Result.left_out`` counts them.
        since: A result that was made before, or the path of its JSON Lines:
            ``Result.changes`` has the pairs that are new, gone or moved.
        order: ``neutral`` writes each list in an order that says nothing; ranks
            and scores stay in the lines.
        spread: Choose the lists of people so that vacancies are on fewer of them,
            where no place of a list loses more than so many points; ``.spread``
            of the result says what that did.
        engine: An engine to use again, in place of the three that make one.

    Raises:
        ProtectedError: a key or column that may never enter (code E901, E902).
        DataError: a column that the schema lacks, or too many rows refused.
        PolicyError: a policy or list of places that cannot be used.
        UsageError: an argument that cannot be used.

    >>> result = passend.match([{"id": "c1"}, {"id": "c2", "skils": []}], [{"id": "v1"}], as_of="2026-11-25")
    >>> [(issue["row"], issue["code"], issue["path"]) for issue in result.issues]
    [(1, 'E201', 'skils')]
    """
    return _engine(engine, policy, announced, places).match(
        candidates,
        vacancies,
        as_of=as_of,
        k=k,
        by=by,
        when=when,
        sure=sure,
        detail=detail,
        threads=threads,
        progress=progress,
        strict=strict,
        max_refused=max_refused,
        history=history,
        since=since,
        order=order,
        spread=spread,
    )


def explain(
    candidate: Record,
    vacancy: Record,
    *,
    as_of: Day,
    policy: Toml | list[Toml] | None = None,
    announced: bool = False,
    places: Toml | Records | None = None,
    engine: Engine | None = None,
) -> Explanation:
    """Say why a pair has its score and readiness; also for a pair that is closed.

    In a notebook the explanation shows itself as a page.

    >>> why = passend.explain({"id": "c1"}, {"id": "v1", "title": "kok"}, as_of="2026-11-25")
    >>> print(why.text("en").splitlines()[0])
    Suitable work: explanation
    """
    return _engine(engine, policy, announced, places).explain(candidate, vacancy, as_of=as_of)
