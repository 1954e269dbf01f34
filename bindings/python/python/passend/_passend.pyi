# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any, Final, Literal, final

from . import Day, Record, Records, Toml

__all__ = ["Engine", "Explanation", "People", "Result", "__version__"]

__version__: Final[str]

@final
class Engine:
    """A policy and a vocabulary: what decides. Never changed, used as often as wanted, by any thread.

    Args:
        policy: TOML that adds, ends or replaces rules: a path, the text itself,
            or a list of them.
        announced: Let announced rules decide as if they were in force.
        places: Places that the records name: a CSV file with ``place,x,y`` and
            perhaps ``radius`` in metres of the national grid, its text, or rows.
    """

    def __new__(
        cls,
        policy: Toml | list[Toml] | None = None,
        *,
        announced: bool | None = None,
        places: Toml | Records | None = None,
    ) -> Engine: ...
    def match(
        self,
        candidates: Records,
        vacancies: Records,
        *,
        as_of: Day,
        k: int = 10,
        by: Literal["candidate", "vacancy", "both"] = "candidate",
        when: Day | Literal["now", "any"] | None = None,
        sure: bool = False,
        detail: Literal["full", "brief"] = "full",
        threads: int = 0,
        progress: Callable[[int, int], object] | None = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Result:
        """Rank vacancies for people, or people for vacancies, and say why: see :func:`passend.match`."""

    def explain(self, candidate: Record, vacancy: Record, *, as_of: Day) -> Explanation:
        """Say why a pair has its score and readiness; also for a pair that is closed."""

    def rules(self, as_of: Day) -> list[dict[str, Any]]:
        """The rules whose period holds the day: id, state, status, outcome, period, source and how far it was checked."""

    @property
    def announced(self) -> bool:
        """Whether announced rules decide."""

    @property
    def versions(self) -> dict[str, str]:
        """Versions of ``rules`` and ``vocabulary``, and the ``weights``."""

@final
class Result:
    """What a match gives: a table of pairs, best first, and what is known around it.

    It is itself a table with the Arrow stream: ``pl.DataFrame(result)``,
    ``pa.table(result)`` and ``FROM result`` in DuckDB read it.
    """

    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def to_jsonl(self) -> str:
        """The pairs as JSON Lines: the bytes that the program writes."""

    def to_dicts(self) -> list[dict[str, Any]]:
        """The pairs as dicts, with the keys of the JSON Lines."""

    def to_polars(self) -> Any:
        """The pairs as a polars frame."""

    def to_pandas(self) -> Any:
        """The pairs as a pandas frame (needs pyarrow)."""

    def explain(self, candidate: str, vacancy: str) -> Explanation:
        """Say why a pair has its score and readiness, by ids; also for a pair that is not listed."""

    def html(self, lang: Literal["nl", "en"] = "nl", limit: int = 20) -> str:
        """The first pairs as a part of an HTML page, without script."""

    def _repr_html_(self) -> str: ...
    @property
    def hash(self) -> str:
        """SHA-256 of the JSON Lines: every door gives the same for the same input."""

    @property
    def people(self) -> People:
        """A line for each person, also without a match: how many vacancies, and what keeps them away."""

    @property
    def issues(self) -> list[dict[str, Any]]:
        """The rows that were refused: ``table``, ``row`` (from 0), ``record`` (from 1), ``path``, ``code``, ``rule``, ``hint``."""

    @property
    def summary(self) -> dict[str, Any]:
        """What was asked, what was read, what decided, and how many pairs open ``later`` than was asked."""

@final
class People:
    """A line for each person, also without a match; a table with the Arrow stream."""

    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def to_jsonl(self) -> str:
        """The people as JSON Lines: the bytes of the program's ``--people`` file."""

    def to_dicts(self) -> list[dict[str, Any]]:
        """The people as dicts, with the keys of the JSON Lines."""

    def to_polars(self) -> Any:
        """The people as a polars frame."""

    def to_pandas(self) -> Any:
        """The people as a pandas frame (needs pyarrow)."""

    def _repr_html_(self) -> str: ...

@final
class Explanation:
    """Why a pair has its score and readiness. In a notebook it shows itself as a page."""

    def text(
        self,
        lang: Literal["nl", "en"] = "nl",
        reader: Literal["candidate", "caseworker", "employer"] = "caseworker",
    ) -> str:
        """The explanation as plain text."""

    def html(
        self,
        lang: Literal["nl", "en"] = "nl",
        reader: Literal["candidate", "caseworker", "employer"] = "caseworker",
    ) -> str:
        """The explanation as a whole HTML page, without script."""

    def to_dict(self) -> dict[str, Any]:
        """Everything, with the keys of the program's ``explain -f json``."""

    def _repr_html_(self) -> str: ...
