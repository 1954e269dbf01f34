# SPDX-License-Identifier: EUPL-1.2
"""Pictures of results: the figures as rows first, then the picture that is made of them.

>>> import passend
>>> from passend import charts
>>> people = [{"id": "c1", "residence": {"status": "free"}}, {"id": "c2", "residence": {"status": "return_decision"}}]
>>> result = passend.match(people, [{"id": "v1", "title": "kok"}], as_of="2026-11-25")
>>> [(row["label"], row["people"]) for row in charts.funnel_data(result, lang="en")]
[('people', 2), ('some work not closed', 1), ('work on the list', 1), ('can start now', 1)]
>>> charts.funnel(result, lang="en")
<passend.charts.Chart funnel: 1 of 2 people have work on the list and can start somewhere now.>

Every function that ends in ``_data`` gives rows and needs no other package. The others
give a :class:`Chart`: it shows itself in a notebook without script, has the figures in
``.data``, a text alternative in ``.description`` and Vega-Lite in ``.spec``.
``.save("x.svg")``, ``.save("x.png")`` and ``.altair()`` need ``pip install 'passend[charts]'``;
they use no network and no browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from .._errors import UsageError
from .._passend import Explanation, Lines, Result
from . import _specs
from ._chart import Chart
from ._data import (
    Row,
    comparison_data,
    flow_data,
    funnel_data,
    left_data,
    leverage_base,
    leverage_data,
    moves_data,
    obstacle_data,
    price_data,
    readiness_data,
    region_data,
    supply_data,
    waterfall_data,
)
from ._words import day, number, percent, word

__all__ = [
    "Chart",
    "comparison",
    "comparison_data",
    "flow_data",
    "flows",
    "funnel",
    "funnel_data",
    "left",
    "left_data",
    "leverage",
    "leverage_data",
    "moves",
    "moves_data",
    "obstacle_data",
    "obstacles",
    "price_data",
    "prices",
    "readiness",
    "readiness_data",
    "region_data",
    "regions",
    "supply",
    "supply_data",
    "waterfall",
    "waterfall_data",
]


def waterfall(explanation: Explanation, *, lang: Literal["nl", "en"] = "nl", title: str | None = None) -> Chart:
    """Shows how one score is made of its parts.

    Read it from the top: each part begins where the one above ends. The pale bar
    behind a part is the most that it could give for this vacancy.

    Do: look at the part with the longest pale rest; ``explanation`` says what is missing there.
    """
    _check(lang)
    rows, told = waterfall_data(explanation, lang=lang), explanation.to_dict()
    total = number(told["score"] / 100, lang, 2)
    says = word("waterfall.says", lang, candidate=told["candidate"], vacancy=told["vacancy"], total=total)
    title = title or word("waterfall.title", lang)
    columns = (("label", "column.criterion"), ("points", "column.points"), ("possible", "column.possible"))
    spec = _specs.waterfall(rows, title, says, lang)
    return Chart("waterfall", title, says, rows, spec, lang, columns, "points")


def funnel(result: Result, *, lang: Literal["nl", "en"] = "nl", title: str | None = None) -> Chart:
    """Shows how many people are left at each stage, from all people to who can start now.

    Read it from the top: the number in brackets is how many fewer than above.

    Do: where most people are lost, ask why. Before *some work not closed* it is mostly
    the law; before *on the list* it is time or what is not known; before *can start
    now* it is steps: see :func:`obstacles`.
    """
    _check(lang)
    rows = funnel_data(result, lang=lang)
    stages = {row["stage"]: number(row["people"], lang) for row in rows}
    says = word("funnel.says", lang, now=stages["now"], people=stages["people"])
    title = title or word("funnel.title", lang)
    columns = (("label", "column.stage"), ("people", "column.people"), ("share", "column.share"))
    return Chart("funnel", title, says, rows, _specs.funnel(rows, title, says, lang), lang, columns, "people")


def obstacles(result: Result, *, lang: Literal["nl", "en"] = "nl", title: str | None = None) -> Chart:
    """Shows which gates are not open now, for how many pairs and for how many people mostly.

    Read it: the left bar is the share of all pairs of a person and a vacancy for which
    this gate is not open now; the right bar counts people for whom it keeps at least half
    of all vacancies away. Gates overlap: taking one away does not open all its pairs.

    Do: for the longest bars, run the match again with that obstacle taken away and
    compare: see :func:`comparison`.
    """
    _check(lang)
    rows = obstacle_data(result, lang=lang)
    says = word("obstacles.none", lang)
    if rows:
        most, share = rows[0]["label"].lower(), percent(rows[0]["share"], lang)
        says = word("obstacles.says", lang, most=most, share=share)
    title = title or word("obstacles.title", lang)
    columns = (
        ("label", "column.gate"),
        ("pairs", "column.pairs"),
        ("share", "column.share"),
        ("mostly", "column.mostly"),
    )
    return Chart("obstacles", title, says, rows, _specs.obstacles(rows, title, says, lang), lang, columns, "share")


def leverage(
    found: Lines,
    *,
    horizon: Literal["now", "3m", "6m", "12m"] = "12m",
    lang: Literal["nl", "en"] = "nl",
    title: str | None = None,
) -> Chart:
    """Shows how many more people have work open with each measure, if only that one is taken.

    Read it: everybody who is counted has nothing open without the measure, within
    the same time. Measures overlap, so numbers may not be added up.

    Do: ask for the longest bars what they cost; measures that bring nobody alone may
    do so together: ``together=`` of :meth:`passend.Engine.leverage`.
    """
    _check(lang)
    if horizon not in ("now", "3m", "6m", "12m"):
        hint, hint_nl = "Choose now, 3m, 6m or 12m.", "Kies now, 3m, 6m of 12m."
        raise UsageError(f"E310 horizon: {hint}", code="E310", field="horizon", hint=hint, hint_nl=hint_nl)
    rows = leverage_data(found, horizon=horizon, lang=lang)
    base, people = leverage_base(found, horizon)
    known = {"base": number(base, lang), "people": number(people, lang), "span": word(f"span.{horizon}", lang)}
    says = word("leverage.none", lang, **known)
    if rows and rows[0]["people"]:
        more = number(rows[0]["people"], lang)
        says = word("leverage.says", lang, **known, best=rows[0]["label"], more=f"+{more}")
    title = title or word("leverage.title", lang)
    columns = (("label", "column.measure"), ("people", "column.more"), ("share", "column.share"))
    return Chart("leverage", title, says, rows, _specs.leverage(rows, title, says, lang), lang, columns, "people")


def supply(
    supply: Iterable[Mapping[str, Any]] | Any,
    demand: Iterable[Mapping[str, Any]] | Any,
    *,
    group: str = "group",
    region: str = "region",
    places: str = "positions",
    lang: Literal["nl", "en"] = "nl",
    title: str | None = None,
) -> Chart:
    """Shows people against places, by group of occupations (or sectors) and region.

    Read it: each cell has people / places. ▲ and blue: places are left over; ▼ and brown:
    people are. The darker, the larger the difference. The arguments are those of
    :func:`supply_data`; who counts as supply is your choice, so say it in the title.

    Do: ▲ in one region and ▼ in the next asks for travel or moving; ▲ everywhere asks
    for training.
    """
    _check(lang)
    rows = supply_data(supply, demand, group=group, region=region, places=places)
    short = sum(1 for row in rows if row["gap"] > 0)
    over = sum(1 for row in rows if row["gap"] < 0)
    says = word("supply.says", lang, short=number(short, lang), over=number(over, lang))
    title = title or word("supply.title", lang)
    columns = (
        ("group", "column.group"),
        ("region", "column.region"),
        ("supply", "column.supply"),
        ("demand", "column.demand"),
        ("gap", "column.gap"),
    )
    return Chart("supply", title, says, rows, _specs.supply(rows, title, says, lang), lang, columns)


def regions(counts: Mapping[str, int], *, lang: Literal["nl", "en"] = "nl", title: str | None = None) -> Chart:
    """Shows a count for each of the 35 labour market regions, as tiles that lie roughly as on the map.

    Read it: the darker, the more. A dash is a region without a count, which is not 0.

    Do: compare counts with the number of people or vacancies there before concluding.
    """
    _check(lang)
    rows = region_data(counts)
    known = [row for row in rows if row["count"] is not None]
    says = word("regions.none", lang)
    if known:
        most = max(known, key=lambda row: row["count"])
        says = word("regions.says", lang, most=most["region"], count=number(most["count"], lang))
    title = title or word("regions.title", lang)
    columns = (("region", "column.region"), ("count", "column.count"))
    return Chart("regions", title, says, rows, _specs.regions(rows, title, says, lang), lang, columns, "count")


def readiness(result: Result, *, lang: Literal["nl", "en"] = "nl", title: str | None = None) -> Chart:
    """Shows how many people can start by each day, if steps take their usual time.

    Read it: the line rises on the day on which somebody can start for the first time.
    Make the result with ``when="any"``. Only listed pairs count: a larger ``k`` may show
    earlier days.

    Do: a steep part on one day is a rule or a date that many share; prepare before that day.
    """
    _check(lang)
    rows = readiness_data(result)
    says = word("readiness.none", lang)
    if rows:
        first, last = rows[0], rows[-1]
        says = word(
            "readiness.says",
            lang,
            now=number(first["people"], lang),
            first=day(first["day"], lang),
            later=number(last["people"], lang),
            last=day(last["day"], lang),
        )
    title = title or word("readiness.title", lang)
    columns = (("day", "column.day"), ("people", "column.people"))
    return Chart("readiness", title, says, rows, _specs.readiness(rows, title, says, lang), lang, columns, "people")


def comparison(results: Mapping[str, Result], *, lang: Literal["nl", "en"] = "nl", title: str | None = None) -> Chart:
    """Shows two or more scenarios beside each other: the same people and work under other rules or with a measure.

    Read it: the pale bar is the first scenario; behind the others stands the difference
    from it. On the left people who have work on the list, in the middle people who can
    start somewhere now, on the right pairs of a person and a vacancy that can start now:
    a measure may give the same people more choice.

    Do: choose the measure that adds most where it counts for you. Effects of measures
    do not add up: match with both together to know.
    """
    _check(lang)
    rows = comparison_data(results, lang=lang)
    now = [row for row in rows if row["stage"] == "now"]
    base, best = now[0]["scenario"], max(now[1:], key=lambda row: row["difference"])
    says = word("comparison.none", lang, base=base)
    if best["difference"] > 0:
        more = number(best["difference"], lang)
        says = word("comparison.says", lang, best=best["scenario"], more=more, base=base)
    title = title or word("comparison.title", lang)
    columns = (
        ("scenario", "column.scenario"),
        ("label", "column.stage"),
        ("count", "column.count"),
        ("difference", "column.difference"),
    )
    return Chart("comparison", title, says, rows, _specs.comparison(rows, title, says, lang), lang, columns)


def flows(
    rows: Iterable[Mapping[str, Any]] | Any,
    source: str,
    target: str,
    *,
    lang: Literal["nl", "en"] = "nl",
    title: str | None = None,
) -> Chart:
    """Shows how many go from each value of one column to each value of another.

    Read it: a band is as high as its number; numbers stand at both ends. The arguments
    are those of :func:`flow_data`.

    Do: follow the highest band that ends where nobody should stay.
    """
    _check(lang)
    data = flow_data(rows, source, target)
    says = word("flows.none", lang)
    if data:
        most = data[0]
        count = number(most["count"], lang)
        says = word("flows.says", lang, source=most["source"], target=most["target"], count=count)
    title = title or word("flows.title", lang)
    columns = (("source", "column.source"), ("target", "column.target"), ("count", "column.count"))
    return Chart("flows", title, says, data, _specs.flows(data, title, says, lang), lang, columns, "count")


def moves(
    plan: Lines,
    candidates: Iterable[Mapping[str, Any]] | Any,
    vacancies: Iterable[Mapping[str, Any]] | Any,
    *,
    id: str = "id",
    region: str = "region",
    lang: Literal["nl", "en"] = "nl",
    title: str | None = None,
) -> Chart:
    """Shows from which region to which the people of a plan go to work.

    Read it: as :func:`flows`, with where people live on the left and where the work is on
    the right. The arguments are those of :func:`moves_data`.

    Do: ask for transport, or a move, where a high band goes to another region.
    """
    _check(lang)
    rows = moves_data(plan, candidates, vacancies, id=id, region=region)
    says = word("flows.none", lang)
    if rows:
        every = sum(row["count"] for row in rows)
        stay = sum(row["count"] for row in rows if row["source"] == row["target"])
        says = word("moves.says", lang, stay=number(stay, lang), every=number(every, lang))
    title = title or word("moves.title", lang)
    columns = (
        ("source", "column.home"),
        ("target", "column.work"),
        ("count", "column.people"),
        ("share", "column.share"),
    )
    return Chart("moves", title, says, rows, _specs.flows(rows, title, says, lang), lang, columns, "count")


def left(plan: Lines, *, lang: Literal["nl", "en"] = "nl", title: str | None = None) -> Chart:
    """Shows who has no place in a plan and which places stay empty, by the reason.

    Read it: above the people, below the open positions. A reason is that of the proof:
    what would have to change first.

    Do: begin with the longest bar; for *nothing is open in time* see :func:`obstacles`,
    for *somebody else needs it* more positions would help.
    """
    _check(lang)
    rows = left_data(plan, lang=lang)
    people = sum(row["count"] for row in rows if row["side"] == "candidate")
    places = sum(row["count"] for row in rows if row["side"] == "vacancy")
    says = word("left.says", lang, people=number(people, lang), places=number(places, lang))
    title = title or word("left.title", lang)
    columns = (("label", "column.reason"), ("count", "column.count"))
    return Chart("left", title, says, rows, _specs.left(rows, title, says, lang), lang, columns, "count")


def prices(plan: Lines, *, lang: Literal["nl", "en"] = "nl", title: str | None = None) -> Chart:
    """Shows what the constraints of a plan cost: how many people more there would be without each.

    Read it: each bar is one constraint taken away, or one place more, with all others
    as they are; they do not add up.

    Do: speak first about the constraint with the longest bar. One without a bar costs nobody a place.
    """
    _check(lang)
    rows = price_data(plan, lang=lang)
    says = word("prices.none", lang)
    if rows and rows[0]["people"] > 0:
        says = word("prices.says", lang, most=rows[0]["label"], more=f"+{number(rows[0]['people'], lang)}")
    title = title or word("prices.title", lang)
    columns = (("label", "column.constraint"), ("people", "column.more"), ("points", "column.points"))
    return Chart("prices", title, says, rows, _specs.prices(rows, title, says, lang), lang, columns, "people")


def _check(lang: Literal["nl", "en"]) -> None:
    if lang not in ("nl", "en"):
        raise UsageError(
            'E310 lang: expected "nl" or "en". Give one of these.',
            code="E310",
            field="lang",
            hint='Give "nl" or "en".',
            hint_nl='Geef "nl" of "en".',
        )
