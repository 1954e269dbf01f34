# SPDX-License-Identifier: EUPL-1.2
"""The figures behind each picture, as rows that every table takes. No other package is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from .._errors import UsageError
from .._frames import dicts
from .._passend import Explanation, Lines, Result
from ._tiles import TILES
from ._words import word

#: One row: plain values by column.
Row: TypeAlias = dict[str, Any]

CRITERIA = ("skills", "occupation", "education", "language", "travel", "wishes")


def waterfall_data(explanation: Explanation, *, lang: Literal["nl", "en"] = "nl") -> list[Row]:
    """The parts of one score, in the order in which they are added up, and the score itself.

    Columns: ``criterion``, ``label``, ``points`` and ``possible`` (hundredths of a
    point, as in results; ``None`` where the vacancy does not ask), ``start`` and
    ``end`` (where the bar begins and ends). The last row is ``total``.

    >>> import passend
    >>> why = passend.explain({"id": "c1"}, {"id": "v1", "title": "kok"}, as_of="2026-11-25")
    >>> [(row["criterion"], row["points"]) for row in waterfall_data(why)][3:]
    [('language', None), ('travel', 0), ('wishes', 700), ('total', 700)]
    """
    told = explanation.to_dict()
    possible = {
        row["key"]: int(row["value"].partition("/")[2])
        for row in told["rows"]
        if row["section"] == "score" and "/" in row["value"]
    }
    rows, end = [], 0
    for criterion in CRITERIA:
        points = told["contributions"][criterion]
        start, end = end, end + (points or 0)
        label = word(f"criterion_{criterion}", lang)
        most = None if points is None else possible.get(criterion)
        row = {"criterion": criterion, "label": label, "points": points, "possible": most}
        rows.append(row | {"start": start, "end": end})
    total = {"criterion": "total", "label": word("total", lang), "points": told["score"], "possible": 10_000}
    return [*rows, total | {"start": 0, "end": told["score"]}]


def funnel_data(result: Result, *, lang: Literal["nl", "en"] = "nl") -> list[Row]:
    """How many people are left at each stage: all, some work not closed, on a list, can start now.

    Columns: ``stage``, ``label``, ``people``, ``share`` of all people, ``lost`` since
    the stage before. A stage ``rows`` comes first where rows were refused.
    *Can start now* are those on the list for whom some vacancy is open now.

    >>> import passend
    >>> result = passend.match([{"id": "c1"}], [{"id": "v1", "title": "kok"}], as_of="2026-11-25")
    >>> [(row["stage"], row["people"]) for row in funnel_data(result)]
    [('people', 1), ('open', 1), ('listed', 1), ('now', 0)]
    """
    people = result.people.to_dicts()
    stages = _stages(people)
    read = result.summary["candidates"]
    if read["refused"]:
        stages = {"rows": read["read"]} | stages
    rows: list[Row] = []
    for stage, count in stages.items():
        lost = rows[-1]["people"] - count if rows else 0
        share = count / len(people) if people else 0.0
        row = {"stage": stage, "label": word(f"stage.{stage}", lang), "people": count}
        rows.append(row | {"share": share, "lost": lost})
    return rows


def obstacle_data(result: Result, *, lang: Literal["nl", "en"] = "nl") -> list[Row]:
    """Which gate is not open now for how many pairs and people, the most first.

    Columns: ``gate``, ``label``, ``pairs``, ``share`` of all pairs of a person and a
    vacancy, ``people`` for whom it keeps at least one vacancy away, ``mostly`` for
    whom it keeps at least half of all vacancies away. Gates overlap, so shares add
    up to more than one.

    >>> import passend
    >>> statuses = {"c1": "return_decision", "c2": "free"}
    >>> people = [{"id": id, "residence": {"status": status}} for id, status in statuses.items()]
    >>> result = passend.match(people, [{"id": "v1", "title": "kok"}], as_of="2026-11-25")
    >>> row = obstacle_data(result, lang="en")[0]
    >>> row["label"], row["pairs"], row["share"], row["people"]
    ('Right to work', 1, 0.5, 1)
    """
    people = result.people.to_dicts()
    vacancies = result.summary["vacancies"]["accepted"]
    pairs: Counter[str] = Counter()
    any_of: Counter[str] = Counter()
    mostly: Counter[str] = Counter()
    for person in people:
        blocked = person["blocked_by"]
        pairs.update(blocked)
        any_of.update(blocked.keys())
        mostly.update(gate for gate, count in blocked.items() if 2 * count >= vacancies)
    every = len(people) * vacancies
    return [
        {
            "gate": gate,
            "label": word(f"gate_{gate}", lang),
            "pairs": count,
            "share": count / every,
            "people": any_of[gate],
            "mostly": mostly[gate],
        }
        for gate, count in sorted(pairs.items(), key=lambda one: (-one[1], one[0]))
        if count
    ]


def leverage_data(
    found: Lines, *, horizon: Literal["now", "3m", "6m", "12m"] = "12m", lang: Literal["nl", "en"] = "nl"
) -> list[Row]:
    """How many more people find work open with each measure, the most first; groups are added up.

    Args:
        found: What :meth:`passend.Engine.leverage` gives.
        horizon: Within which time.
        lang: Language of the labels.

    Columns: ``measure``, ``label``, ``people`` (more than without any measure),
    ``share`` of all people. Measures overlap: no sum over them means anything.

    >>> import passend
    >>> person = {"id": "c1", "residence": {"status": "free"}, "bsn_available": True, "certificates": []}
    >>> work = {"id": "v1", "title": "lasser", "require": {"certificates": [{"code": "vca_basic", "weight": "must"}]}}
    >>> found = passend.Engine().leverage([person], [work], as_of="2026-11-25")
    >>> row = leverage_data(found, lang="en")[0]
    >>> row["measure"], row["people"], row["share"]
    ('vca_basic', 1, 1.0)
    """
    people = leverage_base(found, horizon)[1]
    labels = {row["id"]: row["name"][lang] for row in found.measures.to_dicts()}
    more: Counter[str] = Counter(dict.fromkeys(labels, 0))
    for line in found.to_dicts():
        if line["horizon"] == horizon:
            more[line["measure"]] += line["people"]
    rows = [
        {"measure": id, "label": labels[id], "people": count, "share": count / people if people else 0.0}
        for id, count in more.items()
    ]
    return sorted(rows, key=lambda row: -row["people"])


def leverage_base(found: Lines, horizon: str) -> tuple[int, int]:
    """How many people have work open without any measure, and how many there are."""
    base = [line for line in found.base.to_dicts() if line["horizon"] == horizon]
    return sum(line["people"] for line in base), sum(line["of"] for line in base)


def supply_data(
    supply: Iterable[Mapping[str, Any]] | Any,
    demand: Iterable[Mapping[str, Any]] | Any,
    *,
    group: str = "group",
    region: str = "region",
    places: str = "positions",
) -> list[Row]:
    """People and places by group (of occupations, sectors, …) and region.

    Args:
        supply: A row for each person and cell in which the person counts: dicts, or
            a frame of polars or pandas. A person may count in more than one cell.
        demand: A row for each vacancy, with its number of ``places``; 1 where that is left out.
        group: Column of the group in both.
        region: Column of the region in both.
        places: Column of ``demand`` with the number of places.

    Columns: ``group``, ``region``, ``supply``, ``demand``, ``gap`` (places that are
    left over; negative where people are). Every group and region has a row. Rows
    without a group or region do not count.

    >>> people = [{"group": "zorg", "region": "Drenthe"}]
    >>> work = [{"group": "zorg", "region": "Drenthe", "positions": 3}]
    >>> supply_data(people, work)
    [{'group': 'zorg', 'region': 'Drenthe', 'supply': 1, 'demand': 3, 'gap': 2}]
    """
    have: Counter[tuple[str, str]] = Counter()
    want: Counter[tuple[str, str]] = Counter()
    for row in dicts(supply):
        have[_name(row.get(group)), _name(row.get(region))] += 1
    for row in dicts(demand):
        # Whole numbers with gaps are floats in pandas.
        known = _name(row.get(places))
        want[_name(row.get(group)), _name(row.get(region))] += int(float(known)) if known else 1
    cells = [cell for cell in have.keys() | want.keys() if all(cell)]
    rows = []
    for one_group in sorted({cell[0] for cell in cells}):
        for one_region in sorted({cell[1] for cell in cells}):
            there, asked = have[one_group, one_region], want[one_group, one_region]
            row = {"group": one_group, "region": one_region, "supply": there, "demand": asked}
            rows.append(row | {"gap": asked - there})
    return rows


def region_data(counts: Mapping[str, int]) -> list[Row]:
    """A count for each labour market region, with the place of its tile.

    Args:
        counts: Count by name (``"Drenthe"``) or code (``"AM03"``) of the region.

    Columns: ``code``, ``region``, ``column``, ``row``, ``count`` (``None`` where none is given).

    Raises:
        UsageError: a region that does not exist, or given twice (code E310).

    >>> [row for row in region_data({"Drenthe": 12}) if row["count"]]
    [{'code': 'AM03', 'region': 'Drenthe', 'column': 5, 'row': 1, 'count': 12}]
    """
    codes = {name: code for code, (name, _, _) in TILES.items()}
    given: dict[str, int] = {}
    for region, count in counts.items():
        code = codes.get(region, region)
        if code not in TILES or code in given:
            hint = "Give each labour market region once, by its name or code, such as AM03."
            hint_nl = "Geef elke arbeidsmarktregio één keer, met naam of code, zoals AM03."
            raise UsageError(
                f"E310 counts: expected a labour market region. {hint}",
                code="E310",
                field="counts",
                hint=hint,
                hint_nl=hint_nl,
            )
        given[code] = count
    return [
        {"code": code, "region": name, "column": column, "row": row, "count": given.get(code)}
        for code, (name, column, row) in TILES.items()
    ]


def readiness_data(result: Result) -> list[Row]:
    """How many people can start by each day, from the pairs that are listed.

    Make the result with ``when="any"``, or later days are left out. A person counts
    from the first day of any listed pair; pairs for which the law asks something
    first have no day and do not count.

    Columns: ``day`` (ISO), ``people`` (who can start by then), ``new`` (on that day).

    >>> import passend
    >>> result = passend.match([{"id": "c1", "residence": {"status": "free"}}],
    ...     [{"id": "v1", "title": "kok"}], as_of="2026-11-25", when="any")
    >>> readiness_data(result)
    [{'day': '2026-11-25', 'people': 1, 'new': 1}]
    """
    first: dict[str, str] = {}
    for line in result.to_dicts():
        ready = line["readiness"]
        if ready["class"] == "unknown" or ready["date"] is None:
            continue
        person, date = line["candidate"], ready["date"]
        first[person] = min(first.get(person, date), date)
    rows, people = [], 0
    for date, new in sorted(Counter(first.values()).items()):
        people += new
        rows.append({"day": date, "people": people, "new": new})
    return rows


def comparison_data(results: Mapping[str, Result], *, lang: Literal["nl", "en"] = "nl") -> list[Row]:
    """The stages of the funnel of each result beside those of the first, and how many pairs can start now.

    Args:
        results: Results by the name of their scenario. The first is compared with.

    Columns: ``scenario``, ``stage`` (as in :func:`funnel_data`, and ``pairs``), ``label``,
    ``count``, ``difference`` from the first.

    Raises:
        UsageError: fewer than two results (code E310).
    """
    if len(results) < 2:
        hint = 'Give at least two, such as {"now": result, "with Dutch B1": other}.'
        hint_nl = 'Geef er minstens twee, zoals {"nu": resultaat, "met B1": ander}.'
        raise UsageError(
            f"E310 results: expected two or more results by name. {hint}",
            code="E310",
            field="results",
            hint=hint,
            hint_nl=hint_nl,
        )
    rows: list[Row] = []
    base: dict[str, int] = {}
    for scenario, result in results.items():
        people = result.people.to_dicts()
        for stage, count in (_stages(people) | {"pairs": sum(person["now"] for person in people)}).items():
            first = base.setdefault(stage, count)
            row = {"scenario": scenario, "stage": stage, "label": word(f"stage.{stage}", lang)}
            rows.append(row | {"count": count, "difference": count - first})
    return rows


def flow_data(rows: Iterable[Mapping[str, Any]] | Any, source: str, target: str) -> list[Row]:
    """How many rows go from each value of one column to each value of another, the most first.

    Args:
        rows: Dicts, or a frame of polars or pandas. Rows that lack one of the two do not count.
        source: Column where it begins.
        target: Column where it ends.

    Columns: ``source``, ``target``, ``count``.

    >>> flow_data([{"status": "free", "class": "now"}, {"status": "free", "class": "now"}], "status", "class")
    [{'source': 'free', 'target': 'now', 'count': 2}]
    """
    count = Counter((_name(row.get(source)), _name(row.get(target))) for row in dicts(rows))
    known = ((cell, number) for cell, number in count.items() if all(cell))
    ordered = sorted(known, key=lambda one: (-one[1], one[0]))
    return [{"source": one, "target": other, "count": number} for (one, other), number in ordered]


def moves_data(
    plan: Lines,
    candidates: Iterable[Mapping[str, Any]] | Any,
    vacancies: Iterable[Mapping[str, Any]] | Any,
    *,
    id: str = "id",
    region: str = "region",
) -> list[Row]:
    """How many people of a plan live in each region and go to work in each, the most first.

    Args:
        plan: What :meth:`passend.Engine.assign` gives.
        candidates: A row for each person with its region: dicts, or a frame of polars or pandas.
        vacancies: The same of the vacancies.
        id: Column of the id in both.
        region: Column of the region in both.

    Columns: ``source`` (where they live), ``target`` (where the work is), ``count``,
    ``share`` of all who have a place and whose two regions are known.

    >>> import passend
    >>> people, work = [{"id": "c1", "residence": {"status": "free"}}], [{"id": "v1", "title": "kok"}]
    >>> plan = passend.Engine().assign(people, work, as_of="2026-11-25", goal="placements")
    >>> moves_data(plan, [{"id": "c1", "region": "Drenthe"}], [{"id": "v1", "region": "Twente"}])
    [{'source': 'Drenthe', 'target': 'Twente', 'count': 1, 'share': 1.0}]
    """
    home = {_name(row.get(id)): row.get(region) for row in dicts(candidates)}
    work = {_name(row.get(id)): row.get(region) for row in dicts(vacancies)}
    pairs = plan.to_dicts()
    went = [{"source": home.get(line["candidate"]), "target": work.get(line["vacancy"])} for line in pairs]
    rows = flow_data(went, "source", "target")
    every = sum(row["count"] for row in rows)
    return [row | {"share": row["count"] / every} for row in rows]


def left_data(plan: Lines, *, lang: Literal["nl", "en"] = "nl") -> list[Row]:
    """Who has no place in a plan and which places stay empty, by the reason, the most first.

    Args:
        plan: What :meth:`passend.Engine.assign` gives.
        lang: Language of the labels.

    Columns: ``side`` (``candidate`` or ``vacancy``), ``reason`` (as in ``plan.unplaced``),
    ``label``, ``count``: people, or open positions.

    >>> import passend
    >>> people, work = [{"id": "c1", "residence": {"status": "return_decision"}}], [{"id": "v1", "title": "kok"}]
    >>> plan = passend.Engine().assign(people, work, as_of="2026-11-25", goal="placements")
    >>> [(row["side"], row["reason"], row["count"]) for row in left_data(plan)]
    [('candidate', 'nothing_open', 1), ('vacancy', 'nothing_open', 1)]
    """
    counts: Counter[tuple[str, str]] = Counter()
    for line in plan.unplaced.to_dicts():
        # A person is one; a vacancy is as many as it has open positions.
        counts[line["side"], line["reason"]] += line.get("open") or 1
    ordered = sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0][1]))
    return [
        {"side": side, "reason": reason, "label": word(f"left.{side}.{reason}", lang), "count": count}
        for (side, reason), count in ordered
    ]


def price_data(plan: Lines, *, lang: Literal["nl", "en"] = "nl") -> list[Row]:
    """What the constraints of a plan cost, in people with a place or with suitable work.

    Args:
        plan: What :meth:`passend.Engine.assign` gives: how many more have a place without
            each wish, or under another goal. Or what :meth:`passend.Engine.place` gives:
            what one more place in each region would add.
        lang: Language of the labels.

    Columns: ``constraint``, ``label``, ``people`` (more; negative where fewer), ``points``
    (of the scores together, as in results; more or fewer). The largest first.

    >>> import passend
    >>> person = {"residence": {"status": "free"}, "experience": [{"title": "kok", "months": 36}]}
    >>> people, work = [{"id": "c1"} | person, {"id": "c2"} | person], [{"id": "v1", "title": "kok", "positions": 2}]
    >>> coaches = [{"id": "k1", "candidates": ["c1", "c2"], "cases": 1}]
    >>> plan = passend.Engine().assign(people, work, as_of="2026-11-25", goal="placements", coaches=coaches)
    >>> [(row["constraint"], row["people"]) for row in price_data(plan)]
    [('coaches', 1)]
    """
    rows: list[Row] = []
    if "quotas" in plan.beside:
        for quota in plan.quotas.to_dicts():
            price, region = quota["price"], quota["region"]
            label = word("price.quota", lang, region=region)
            row = {"constraint": region, "label": label, "people": price["adults"]}
            rows.append(row | {"points": price["score"]})
    else:
        for line in plan.proof["beside"]:
            kind = line.get("without") or line["goal"]
            key = f"price.without_{kind}" if line.get("without") else f"price.goal_{kind}"
            more = {"people": line["placed"] - plan.proof["placed"], "points": line["score"] - plan.proof["score"]}
            rows.append({"constraint": kind, "label": word(key, lang)} | more)
    return sorted(rows, key=lambda row: (-row["people"], -row["points"]))


def _stages(people: list[Row]) -> dict[str, int]:
    """How many people reach each stage."""
    listed = [person for person in people if person["listed"]]
    return {
        "people": len(people),
        "open": sum(1 for person in people if person["now"] or person["later"] or person["unknown"]),
        "listed": len(listed),
        "now": sum(1 for person in listed if person["now"]),
    }


def _name(value: object) -> str:
    """The value as text, empty where it is missing: pandas has NaN for that, which differs from itself."""
    return "" if value is None or value != value else str(value)
