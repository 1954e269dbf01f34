# SPDX-License-Identifier: EUPL-1.2
from os import PathLike
from typing import Any, Final, Literal, TypeAlias, final

from . import Day, Progress, Record, Records, Table, Toml

__all__ = [
    "Candidates",
    "Engine",
    "Explanation",
    "Lines",
    "People",
    "Report",
    "Result",
    "Vacancies",
    "__version__",
    "fairness",
    "monitor",
]

__version__: Final[str]

_Dimension: TypeAlias = Literal["status", "municipality", "province", "region", "sector", "education", "route", "obstacle"]

@final
class Engine:
    """A policy and a vocabulary: what decides. Never changed, used as often as wanted, by any thread.

    Args:
        policy: TOML that adds, ends or replaces rules: a path, the text itself,
            or a list of them.
        announced: Let announced rules decide as if they were in force.
        places: Places that the records name: a CSV file with ``place,x,y`` and
            perhaps ``radius`` in metres of the national grid, its text, or rows.
        vocabulary: Paths of a pack and of tables of labels, the last on top.
            Without a pack the starter vocabulary is used.
        purpose: What the engine is used for. People whose record has a permission
            for another purpose take no part; without it: matching with work.
    """

    def __new__(
        cls,
        policy: Toml | list[Toml] | None = None,
        *,
        announced: bool | None = None,
        places: Toml | Records | None = None,
        vocabulary: str | PathLike[str] | list[str | PathLike[str]] | None = None,
        purpose: str | list[str] | None = None,
    ) -> Engine: ...
    def match(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        k: int = 10,
        by: Literal["candidate", "vacancy", "both"] = "candidate",
        when: Day | Literal["now", "any"] | None = None,
        sure: bool = False,
        detail: Literal["full", "brief"] = "full",
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
        history: Records | str | PathLike[str] | None = None,
        since: Result | str | PathLike[str] | None = None,
        order: Literal["rank", "neutral"] = "rank",
        spread: int | None = None,
    ) -> Result:
        """Rank vacancies for people, or people for vacancies, and say why: see :func:`passend.match`."""

    def explain(
        self, candidate: Candidates | Record, vacancy: Vacancies | Record, *, as_of: Day
    ) -> Explanation:
        """Say why a pair has its score and readiness; also for a pair that is closed."""

    def match_one(
        self,
        candidate: Candidates | Record,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        k: int = 10,
        when: Day | Literal["now", "any"] | None = None,
        sure: bool = False,
        detail: Literal["full", "brief"] = "full",
        strict: bool = False,
        max_refused: int = 5,
    ) -> Result:
        """Rank vacancies for one person. With ``passend.Vacancies`` these are prepared once, so that the next person is quick."""

    def plan(
        self,
        candidate: Candidates | Record,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        max_steps: int = 3,
        k: int = 5,
        sure: bool = False,
        programmes: Toml | None = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """What one person can do to open more work: one row with ``plans``, ``own_level`` and ``stepping_stones``."""

    def questions(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        k: int = 10,
        when: Day | Literal["now", "any"] | None = None,
        sure: bool = False,
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """The questions to each person, ordered by what hangs on the answer."""

    def relax(
        self,
        vacancy: Vacancies | Record,
        candidates: Candidates | Records,
        *,
        as_of: Day,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """What relaxing each demand of one vacancy adds: people who are ready now, and by a day."""

    def diff(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        other: Engine | None = None,
        other_as_of: Day | None = None,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """The pairs that another engine, another day, or both change, with the rules that make the change."""

    def what_if(
        self,
        candidate: Candidates | Record,
        vacancies: Vacancies | Records,
        change: Record | None = None,
        *,
        as_of: Day,
        other: Engine | None = None,
        other_as_of: Day | None = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """The pairs of one person that other facts, another engine or another day change.

        Keys of ``change`` take the place of those of the record, objects key by
        key; ``None`` takes one away.
        """

    def assign(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        goal: Literal["placements", "score", "households"],
        top: int = 50,
        every_pair: bool = False,
        beside: Literal["placements", "score", "households"] | None = None,
        floor: int = 0,
        stable: bool = False,
        coaches: Records | None = None,
        households: Records | None = None,
        keep: Records | None = None,
        when: Day | Literal["now", "any"] | None = None,
        sure: bool = False,
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """Who goes where: the best assignment to positions. ``.proof``, ``.unplaced`` and ``.edges`` stand beside it.

        ``coaches`` are dicts with ``id``, ``candidates`` and ``cases``, ``households``
        with ``id`` and ``adults``, ``keep`` with ``candidate`` and ``vacancy``.
        """

    def pools(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        top: int = 50,
        select: bool = False,
        when: Day | Literal["now", "any"] | None = None,
        sure: bool = False,
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """Part-time vacancies that together make a full week for one person.

        With ``select`` one pool for each person at most is chosen for everybody at once: ``.totals`` has ``people``, ``bound``
        (what no choice can pass) and ``with_pools``, ``.jobs`` the sets of vacancies that make a week for somebody.
        """

    def lessons(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        timetables: Records | Record | Toml,
        *,
        as_of: Day,
        when: Day | Literal["now", "any"] | None = None,
        sure: bool = False,
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """Which timetable of lessons blocks the least work: a path or text of JSON, or dicts with ``id`` and ``slots``.

        With a dict of ``timetables``, ``groups`` (dicts with ``id``, ``learners`` and
        perhaps ``timetables``), and perhaps ``rooms`` and ``teachers`` (dicts with
        ``count`` and perhaps ``slots``) each group gets a timetable, within the rooms
        and teachers that there are. A line is then one timetable of one group;
        ``.totals`` has what all of it gives and what is proven.
        """

    def place(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        quotas: Records,
        households: Records,
        least: int = 5000,
        in_turn: bool = False,
        expected: int = 0,
        when: Day | Literal["now", "any"] | None = None,
        sure: bool = False,
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """Households to regions with quotas, so that most adults have suitable work within reach.

        ``quotas`` are dicts with ``id``, ``quota`` in people and perhaps
        ``municipality``, ``households`` with ``id``, ``adults`` and perhaps ``people``
        and ``keep``. A line is a household; ``.quotas`` has each region with what is
        used and its price, ``.totals`` what the plan gives, what no plan can pass
        (``bound``) and what comes of first come, first served.
        """

    def leverage(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        measures: Toml | None = None,
        by: _Dimension | None = None,
        matches: int = 1,
        score: int = 1,
        together: int = 0,
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """How many more people find work with each measure, at its usual lead time: now, and within 3, 6 and 12 months.

        ``.base`` has who finds work without any, ``.together`` measures that are
        all taken (nobody counts twice), ``.groups`` and ``.measures`` what these are called.
        """

    def funnel(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        by: _Dimension | None = None,
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """Of all people who may work, who finds work open and from when, and at which gate the others stop.

        The numbers are exact: publish those of :meth:`groups`. ``.ids`` has the
        people behind each number, ``.groups`` the names of the groups.
        """

    def supply(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """Open positions against people who are ready, by kind of work, sector and region; no column may be summed."""

    def groups(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        by: _Dimension | list[_Dimension],
        threshold: int = 10,
        rounding: Literal[0, 5] = 5,
        protection: int | None = None,
        ledger: str | PathLike[str] | None = None,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """People by one to three dimensions, as a table that may be published; ``.sheet`` has the rules that were applied.

        Small cells are hidden, and so many others that no hidden number can be
        computed. A table that cannot be made safe is refused: :class:`UsageError`
        E370. ``ledger`` names a file of the tables that were published: this one
        is added, or refused (E371) if it would tell of few people beside them.
        """

    def sensitivity(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        k: int = 10,
        points: int = 10,
        when: Day | Literal["now", "any"] | None = None,
        sure: bool = False,
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """How stable lists are: ``best`` and ``worst`` place of each pair under twelve other sets of weights.

        Each weight in turn is made ``points`` larger and smaller. ``worst`` is null
        where the pair leaves the list; ``unverified`` are the rules that decide a
        gate of it and that nobody looked up yet.
        """

    def report(
        self,
        candidates: Candidates | Records,
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        name: str | None = None,
        region: str | None = None,
        by: _Dimension | list[_Dimension] | None = None,
        threshold: int = 10,
        measures: Toml | None = None,
        lang: Literal["nl", "en"] = "nl",
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Report:
        """A population as tables and one page: who may and can work, what stands in the way, what measures bring.

        ``region`` takes the people of one labour-market region by its code, such
        as ``"AM02"``. Small numbers are hidden; the page says what is not protected.
        """

    def flip(
        self,
        table: str | PathLike[str],
        vacancies: Vacancies | Records,
        *,
        as_of: Day,
        k: int = 10,
        threads: int = 0,
        progress: Progress = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Lines:
        """That who somebody is changes nothing: imports a CSV or XLSX of people and matches, twice.

        The second time every column that says who somebody is has other values.
        The lines are these columns; ``.same`` says whether every byte stayed, and
        ``.rows``, ``.records``, ``.lines``, ``.different_records`` and
        ``.different_lines`` count.
        """

    def to_toml(self) -> str:
        """The weights, and what was laid over the rules: TOML that makes an engine like this one."""

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

    def write(
        self,
        path: str | PathLike[str],
        *,
        format: Literal["jsonl", "csv", "csv-nl", "xlsx", "parquet"] | None = None,
        lang: Literal["nl", "en"] = "nl",
    ) -> None:
        """Write the pairs to a file that is there whole or not at all, by how its name ends or by ``format``.

        ``csv-nl`` is what a Dutch Excel opens: semicolons, decimal comma, ``20-12-2026``.
        """

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
    def left_out(self) -> dict[str, int] | None:
        """How many people, vacancies and pairs a ``history`` left out, and why; ``None`` without one."""

    @property
    def spread(self) -> dict[str, Any] | None:
        """What ``spread`` did to the lists: ``listed`` and ``most`` before and after, ``pairs``, ``lost``, ``largest``."""

    @property
    def changes(self) -> Lines | None:
        """The pairs that are new, gone or moved ``since`` the result before; ``None`` without one."""

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

@final
class Report:
    """A report of a population: tables with what they mean. In a notebook it shows itself as a page."""

    def html(self, lang: Literal["nl", "en"] = "nl") -> str:
        """The report as a whole HTML page, without script."""

    def to_dict(self) -> dict[str, Any]:
        """Everything, with the keys of the program's ``report -f json``; a number that is hidden is ``None``."""

    def write(
        self,
        path: str | PathLike[str],
        *,
        format: Literal["html", "xlsx", "json"] | None = None,
        lang: Literal["nl", "en"] = "nl",
    ) -> None:
        """Write the report to a file that is there whole or not at all, by how its name ends or by ``format``."""

    def _repr_html_(self) -> str: ...

def fairness(
    result: Result | str | PathLike[str],
    audit: Records | str | PathLike[str],
    *,
    k: int = 10,
    threshold: int = 10,
    rounding: Literal[0, 5] = 5,
    protection: int | None = None,
) -> Lines:
    """How often each group is listed, in a result that was made without knowing the groups.

    ``audit`` has a row for each person with ``id`` and a column for each attribute:
    a path of CSV, a table or dicts. Small groups are hidden as :meth:`Engine.groups`
    hides them. ``.detail`` has what lies behind the differences, ``.unknown`` counts
    people of the result who are not in ``audit``, ``.refused`` has attributes that
    cannot be told safely.
    """

def monitor(
    events: Records | str | PathLike[str],
    candidates: Candidates | Records | None = None,
    *,
    as_of: Day,
    strict: bool = False,
    max_refused: int = 5,
) -> Lines:
    """The figures of a pilot: people whose skills are known, who were spoken, placed, and so on.

    With ``candidates`` shares are of all of them, without of people with an event.
    ``.days`` has the days between two events, ``.declined`` why was declined,
    ``.summary`` the period and the people.
    """

@final
class Lines:
    """What the engine says line by line, as a table with the Arrow stream: the same columns for no rows as for many.

    What belongs beside the lines is an attribute, and is listed in ``beside``.
    """

    def __len__(self) -> int: ...
    def __getattribute__(self, name: str, /) -> Any: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def to_jsonl(self) -> str:
        """The lines as JSON Lines: the bytes that the program writes."""

    def to_dicts(self) -> list[dict[str, Any]]:
        """The lines as dicts, with the keys of the JSON Lines."""

    def to_polars(self) -> Any:
        """The lines as a polars frame."""

    def to_pandas(self) -> Any:
        """The lines as a pandas frame (needs pyarrow)."""

    def write(
        self,
        path: str | PathLike[str],
        *,
        format: Literal["jsonl", "csv", "xlsx", "parquet"] | None = None,
    ) -> None:
        """Write the lines to a file that is there whole or not at all, by how its name ends or by ``format``.

        In CSV and XLSX lists and objects are JSON in a cell; Parquet has typed and nested columns.
        """

    @property
    def beside(self) -> dict[str, Any]:
        """What belongs beside the lines, by name."""

@final
class Candidates:
    """People, opened once and used as often as wanted.

    Args:
        people: A table with the Arrow stream, dicts, dataclasses, pydantic models,
            or a path: JSON Lines, CSV or Parquet in our own columns, or a CSV or
            XLSX of others, whose columns are found by name (needs ``as_of``).
        skills, languages, diplomas, experience: Tables with a row for each item
            and the id of the person; their columns are the fields of the record.
            A person without a row gets no list: not known. Rows of nobody are
            issues (E350).
        id: The column of ids, in all tables.
        protected: ``"drop"`` leaves out columns that may not count. A date of birth
            then only says who is not yet 18 on ``as_of``.
        audit: A path, or a dict whose ``audit`` becomes a table, for what is left out.
        as_of: The day on which somebody is a minor or not.
        strict: Raise at the first row that is refused.
        max_refused: Raise when more than this percentage of 20 or more rows is refused.
    """

    def __new__(
        cls,
        people: Records | str | PathLike[str],
        *,
        skills: Table | str | PathLike[str] | None = None,
        languages: Table | str | PathLike[str] | None = None,
        diplomas: Table | str | PathLike[str] | None = None,
        experience: Table | str | PathLike[str] | None = None,
        id: str = "id",
        protected: Literal["drop"] | None = None,
        audit: str | PathLike[str] | dict[str, Any] | None = None,
        as_of: Day | None = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Candidates: ...
    def __len__(self) -> int: ...
    @property
    def ids(self) -> list[str]:
        """The ids, in order of the rows."""

    @property
    def issues(self) -> Lines:
        """The rows that were refused, as a table: never a value."""

    @property
    def summary(self) -> dict[str, Any]:
        """How the reading went: counts and repairs."""

    def to_jsonl(self) -> str:
        """The records as JSON Lines."""

    def facts(self, as_of: Day, *, engine: Engine | None = None) -> Lines:
        """What is known of each person on a day, with codes resolved: a row for each, to be searched."""

@final
class Vacancies:
    """Vacancies, opened once; what is prepared of them for a day is kept. See :class:`Candidates`."""

    def __new__(
        cls,
        vacancies: Records | str | PathLike[str],
        *,
        id: str = "id",
        protected: Literal["drop"] | None = None,
        audit: str | PathLike[str] | dict[str, Any] | None = None,
        as_of: Day | None = None,
        strict: bool = False,
        max_refused: int = 5,
    ) -> Vacancies: ...
    def __len__(self) -> int: ...
    @property
    def ids(self) -> list[str]:
        """The ids, in order of the rows."""

    @property
    def issues(self) -> Lines:
        """The rows that were refused, as a table: never a value."""

    @property
    def summary(self) -> dict[str, Any]:
        """How the reading went: counts and repairs."""

    def to_jsonl(self) -> str:
        """The records as JSON Lines."""
