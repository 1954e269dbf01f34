# SPDX-License-Identifier: EUPL-1.2
"""Vega-Lite specifications of the pictures.

Colour never says anything alone: numbers, signs or outlines stand beside it, and
lightness differs, so that every picture can be read in grey. All words and numbers
in a picture are made in Python, in the language of the picture.
"""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from typing import Any, TypeAlias

from ._data import Row
from ._words import day, number, percent, signed, word

Spec: TypeAlias = dict[str, Any]

BLUE = "#154273"
PALE = "#a9c3dd"
EMPTY = "#ececec"
INK = "#1a1a1a"
#: Colours that people with any colour vision tell apart (Okabe and Ito).
APART = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999"]
#: Cells from little to much; places that are left over, people that are left over, counts.
PLACES_LEFT = ("#f5f5f5", "#08407a")
PEOPLE_LEFT = ("#f5f5f5", "#8c3d00")
COUNTED = ("#e9f0f7", "#08407a")
WIDTH = 420
LIMIT = 260


def waterfall(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    values = []
    for row in rows:
        points, possible = row["points"], row["possible"] or 0
        is_total = row["criterion"] == "total"
        most = 0 if is_total else possible
        told = word("not_asked", lang)
        if points is not None:
            told = number(points / 100, lang, 2)
            told += "" if is_total else f" {word('of', lang)} {number(possible / 100, lang)}"
        values.append(
            {
                "label": row["label"],
                "from": row["start"] / 100,
                "to": row["end"] / 100,
                "most": (row["start"] + most) / 100,
                "told": told,
                "at": max(row["end"], row["start"] + most) / 100,
                "fill": BLUE if is_total else "#4f81b0",
            }
        )
    y = {"field": "label", "type": "nominal", "sort": None, "title": None}
    x_title = word("axis.points", lang)
    x = {"type": "quantitative", "title": x_title, "scale": {"domain": [0, 115]}, "axis": _axis(range(0, 101, 20))}
    return _whole(
        title,
        says,
        {
            "data": {"values": values},
            "width": WIDTH,
            "height": {"step": 30},
            "encoding": {"y": y},
            "layer": [
                {
                    "mark": {"type": "bar", "fill": EMPTY, "stroke": "#767676", "height": 18},
                    "encoding": {"x": x | {"field": "from"}, "x2": {"field": "most"}},
                },
                {
                    "mark": {"type": "bar", "height": 18},
                    "encoding": {
                        "x": x | {"field": "from"},
                        "x2": {"field": "to"},
                        "color": {"field": "fill", "type": "nominal", "scale": None},
                    },
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 6},
                    "encoding": {"x": x | {"field": "at"}, "text": {"field": "told"}},
                },
            ],
        },
    )


def funnel(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    told = []
    for row in rows:
        lost = f"  ({signed(-row['lost'], lang)})" if row["lost"] else ""
        told.append(f"{number(row['people'], lang)} · {percent(row['share'], lang)}{lost}")
    values = [{"label": row["label"], "people": row["people"], "told": text} for row, text in zip(rows, told)]
    return _whole(title, says, _bars(values, "people", word("column.people", lang)))


def obstacles(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    shares = [
        {"label": row["label"], "share": row["share"] * 100, "told": percent(row["share"], lang)} for row in rows
    ]
    people = [
        {"label": row["label"], "mostly": row["mostly"], "told": number(row["mostly"], lang)} for row in rows
    ]
    left = _bars(shares, "share", word("axis.share", lang), width=300)
    right = _bars(people, "mostly", textwrap.wrap(word("column.mostly", lang), 36), width=220)
    right["encoding"]["y"]["axis"] = None
    return _whole(title, says, {"hconcat": [left, right], "spacing": 24})


def leverage(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    values = [
        {"label": row["label"], "people": row["people"], "told": signed(row["people"], lang)} for row in rows
    ]
    return _whole(title, says, _bars(values, "people", word("column.more", lang)))


def left(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    parts = []
    for side, axis in (("candidate", "column.people"), ("vacancy", "axis.positions")):
        values = [
            {"label": row["label"], "count": row["count"], "told": number(row["count"], lang)}
            for row in rows
            if row["side"] == side
        ]
        if values:
            parts.append(_bars(values, "count", word(axis, lang)))
    return _whole(title, says, {"vconcat": parts or [_bars([], "count", "")], "spacing": 24})


def prices(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    values = [
        {
            "label": row["label"],
            # Fewer people is no bar, but a number.
            "people": max(row["people"], 0),
            "told": f"{signed(row['people'], lang)}  ({signed(row['points'] / 100, lang)})",
        }
        for row in rows
    ]
    return _whole(title, says, _bars(values, "people", word("axis.price", lang)))


def supply(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    most = max((abs(row["gap"]) for row in rows), default=1) or 1
    values = []
    for row in rows:
        sign = "▲" if row["gap"] > 0 else "▼" if row["gap"] < 0 else "="
        values.append(
            {
                "group": row["group"],
                "region": row["region"],
                "gap": row["gap"],
                "told": f"{sign} {number(abs(row['gap']), lang)}",
                "both": f"{number(row['supply'], lang)} / {number(row['demand'], lang)}",
                "ink": ink_on(PLACES_LEFT if row["gap"] > 0 else PEOPLE_LEFT, abs(row["gap"]) / most),
            }
        )
    axis: Spec = {"labelLimit": LIMIT, "ticks": False, "domain": False}
    ink: Spec = {"field": "ink", "type": "nominal", "scale": None}
    people, places = word("column.supply", lang), word("column.demand", lang)
    return _whole(
        title,
        f"{says} {people[0].upper() + people[1:]} / {places}.",
        {
            "data": {"values": values},
            "width": {"step": 120},
            "height": {"step": 44},
            "resolve": {"scale": {"color": "independent"}},
            "encoding": {
                "x": {
                    "field": "region",
                    "type": "nominal",
                    "title": None,
                    "axis": axis | {"orient": "top", "labelAngle": 0, "labelLimit": 116},
                },
                "y": {"field": "group", "type": "nominal", "title": None, "axis": axis},
            },
            "layer": [
                {
                    "mark": {"type": "rect", "stroke": "white", "strokeWidth": 2},
                    "encoding": {
                        "color": {
                            "field": "gap",
                            "type": "quantitative",
                            "legend": None,
                            "scale": {"domain": [-most, 0, most], "range": [PEOPLE_LEFT[1], *PLACES_LEFT]},
                        }
                    },
                },
                {
                    "mark": {"type": "text", "fontWeight": "bold", "dy": -8, "fontSize": 13},
                    "encoding": {"text": {"field": "told"}, "color": ink},
                },
                {
                    "mark": {"type": "text", "dy": 10, "fontSize": 12},
                    "encoding": {"text": {"field": "both"}, "color": ink},
                },
            ],
        },
    )


def regions(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    most = max((row["count"] or 0 for row in rows), default=0) or 1
    values = []
    for row in rows:
        count = row["count"]
        values.append(
            {
                "column": row["column"],
                "row": row["row"],
                "count": count,
                "name": textwrap.wrap(row["region"].replace("/", "/ "), 14),
                "told": "–" if count is None else number(count, lang),
                "ink": "#000000" if count is None else ink_on(COUNTED, count / most),
            }
        )
    ink: Spec = {"field": "ink", "type": "nominal", "scale": None}
    side = {"type": "ordinal", "axis": None}
    box: Spec = {"type": "rect", "stroke": "#767676", "strokeWidth": 1, "width": 94, "height": 62}
    return _whole(
        title,
        says,
        {
            "data": {"values": values},
            "width": {"step": 98},
            "height": {"step": 66},
            "encoding": {"x": side | {"field": "column"}, "y": side | {"field": "row"}},
            "resolve": {"scale": {"color": "independent"}},
            "layer": [
                {"mark": box | {"fill": "white"}},
                {
                    "transform": [{"filter": "datum.count !== null"}],
                    "mark": box,
                    "encoding": {
                        "color": {
                            "field": "count",
                            "type": "quantitative",
                            "legend": None,
                            "scale": {"domain": [0, most], "range": [*COUNTED]},
                        }
                    },
                },
                {
                    "mark": {"type": "text", "baseline": "top", "dy": -26, "fontSize": 10.5, "lineHeight": 12},
                    "encoding": {"text": {"field": "name"}, "color": ink},
                },
                {
                    "mark": {"type": "text", "fontWeight": "bold", "dy": 20, "fontSize": 14},
                    "encoding": {"text": {"field": "told"}, "color": ink},
                },
            ],
        },
    )


def readiness(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    values = []
    for at, row in enumerate(rows):
        ends = at in (0, len(rows) - 1)
        told = f"{number(row['people'], lang)} ({day(row['day'], lang)})" if ends else ""
        align = "left" if at == 0 else "right"
        values.append({"day": row["day"], "people": row["people"], "told": told, "align": align})
    top = max((row["people"] for row in rows), default=1)
    # Within some months a tick needs its day, or ticks would have the same name.
    days = [date.fromisoformat(row["day"]) for row in rows]
    is_short = not days or days[-1] - days[0] < timedelta(days=150)
    x = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc"},
        "axis": {
            "format": "%d-%m-%Y" if is_short else "%m-%Y",
            "tickCount": 4 if is_short else 6,
            "labelOverlap": True,
        },
    }
    y = {
        "field": "people",
        "type": "quantitative",
        "title": word("column.people", lang),
        "scale": {"domain": [0, top * 1.15]},
        "axis": {"tickMinStep": 1, "format": "d"},
    }
    return _whole(
        title,
        says,
        {
            "data": {"values": values},
            "width": WIDTH + 100,
            "height": 220,
            "encoding": {"x": x, "y": y},
            "layer": [
                {"mark": {"type": "area", "interpolate": "step-after", "color": PALE, "opacity": 0.5}},
                {"mark": {"type": "line", "interpolate": "step-after", "color": BLUE, "strokeWidth": 2}},
                {"mark": {"type": "point", "filled": True, "color": BLUE, "size": 40, "opacity": 1}},
                *(
                    {
                        "transform": [{"filter": f"datum.align === '{align}'"}],
                        "mark": {"type": "text", "fontWeight": "bold", "align": align, "dx": dx, "dy": dy},
                        "encoding": {"text": {"field": "told"}},
                    }
                    # The first label stands below the line, which only rises.
                    for align, dx, dy in (("left", 6, 18), ("right", 0, -12))
                ),
            ],
        },
    )


def comparison(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    first = rows[0]["scenario"]
    panels: list[Spec] = []
    for stage in ("listed", "now", "pairs"):
        values = []
        for row in rows:
            if row["stage"] != stage:
                continue
            change = "" if row["scenario"] == first else f" ({signed(row['difference'], lang)})"
            values.append(
                {
                    "label": row["scenario"],
                    "count": row["count"],
                    "told": number(row["count"], lang) + change,
                    "fill": PALE if row["scenario"] == first else BLUE,
                }
            )
        label = next((row["label"] for row in rows if row["stage"] == stage), stage)
        unit = word("column.pairs" if stage == "pairs" else "column.people", lang)
        panel = _bars(values, "count", unit, width=190)
        panel["title"] = {"text": label, "anchor": "start", "fontSize": 13, "fontWeight": "bold", "offset": 6}
        if panels:
            panel["encoding"]["y"]["axis"] = None
        panels.append(panel)
    return _whole(title, says, {"hconcat": panels, "spacing": 20})


def flows(rows: list[Row], title: str, says: str, lang: str) -> Spec:
    bands, nodes, counts = _sankey(rows, lang)
    scale = {"domain": [-0.02, 1.02]}
    x: Spec = {"field": "x", "type": "quantitative", "axis": None, "scale": scale}
    y: Spec = {"field": "low", "type": "quantitative", "axis": None, "title": None}
    layers: list[Spec] = [
        {
            "data": {"values": bands},
            "mark": {"type": "area", "opacity": 0.55, "stroke": "white", "strokeWidth": 1},
            "encoding": {
                "x": x,
                "y": y,
                "y2": {"field": "high"},
                "detail": {"field": "flow", "type": "nominal"},
                "color": {"field": "fill", "type": "nominal", "scale": None},
            },
        },
        {
            "data": {"values": nodes},
            "mark": {"type": "rect", "fill": INK},
            "encoding": {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "high"}},
        },
    ]
    for side, align, offset in (("source", "right", -8), ("target", "left", 8)):
        layers.append(
            {
                "data": {"values": [node for node in nodes if node["side"] == side]},
                "mark": {"type": "text", "align": align, "dx": offset, "limit": LIMIT, "clip": False},
                "encoding": {"x": x | {"field": "edge"}, "y": y | {"field": "middle"}, "text": {"field": "told"}},
            }
        )
    layers.append(
        {
            "data": {"values": counts},
            "mark": {"type": "text", "align": "left", "dx": 6},
            "encoding": {"x": x, "y": y | {"field": "middle"}, "text": {"field": "told"}},
        }
    )
    return _whole(title, says, {"width": 320, "height": 320, "layer": layers})


def _sankey(rows: list[Row], lang: str) -> tuple[list[Row], list[Row], list[Row]]:
    """The outlines of the bands as points, the bars at both ends, and the numbers of the bands that have room for one.

    Heights add up to 1 and the space between.
    """
    room = 0.045
    every = sum(row["count"] for row in rows) or 1
    space = 0.03
    places: dict[tuple[str, str], float] = {}
    nodes: list[Row] = []
    for side, left in (("source", -0.02), ("target", 1.0)):
        sizes: dict[str, int] = {}
        for row in rows:
            sizes[row[side]] = sizes.get(row[side], 0) + row["count"]
        high = 1 + space * (max(len(sizes), 1) - 1) / 2
        for name, size in sorted(sizes.items(), key=lambda one: (-one[1], one[0])):
            low = high - size / every
            places[side, name] = high
            node = {"side": side, "x": left, "x2": left + 0.02, "edge": left if side == "source" else left + 0.02}
            told = f"{name} {number(size, lang)}"
            nodes.append(node | {"low": low, "high": high, "middle": (low + high) / 2, "told": told})
            high = low - space
    sources = list(dict.fromkeys(row["source"] for row in rows))
    bands: list[Row] = []
    counts: list[Row] = []
    steps = 24
    order = sorted(rows, key=lambda row: (-places["source", row["source"]], -places["target", row["target"]]))
    for flow, row in enumerate(order):
        height = row["count"] / every
        ends = []
        for side in ("source", "target"):
            ends.append(places[side, row[side]])
            places[side, row[side]] -= height
        if height >= room:
            counts.append({"x": 0, "middle": ends[0] - height / 2, "told": number(row["count"], lang)})
        fill = APART[sources.index(row["source"]) % len(APART)]
        for step in range(steps + 1):
            part = step / steps
            bend = part * part * (3 - 2 * part)
            high = ends[0] + (ends[1] - ends[0]) * bend
            bands.append({"flow": flow, "x": part, "low": high - height, "high": high, "fill": fill})
    return bands, nodes, counts


def _bars(values: list[Row], column: str, title: str | list[str], *, width: int = WIDTH) -> Spec:
    """Bars from the left with their numbers behind them; without a fill of their own they are blue."""
    most = max((value[column] for value in values), default=1)
    return {
        "data": {"values": [{"fill": BLUE} | value for value in values]},
        "width": width,
        "height": {"step": 28},
        "encoding": {
            "y": {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": LIMIT}},
            "x": {
                "field": column,
                "type": "quantitative",
                "title": title,
                # Room for the number behind the longest bar.
                "scale": {"domain": [0, (most or 1) * (1 + 110 / width)], "nice": False},
                "axis": {"tickCount": 4, "tickMinStep": 1, "format": "d", "grid": False},
            },
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 18, "stroke": BLUE},
                "encoding": {"color": {"field": "fill", "type": "nominal", "scale": None}},
            },
            {"mark": {"type": "text", "align": "left", "dx": 6}, "encoding": {"text": {"field": "told"}}},
        ],
    }


def ink_on(ends: tuple[str, str], share: float) -> str:
    """Black or white, whichever stands out more from a cell at a share of the way between two colours."""
    red, green, blue = (
        (int(ends[0][at : at + 2], 16) * (1 - share) + int(ends[1][at : at + 2], 16) * share) / 255 for at in (1, 3, 5)
    )
    light = 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)
    # The contrast of WCAG 2.2 with white and with black.
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _axis(ticks: range) -> Spec:
    return {"values": list(ticks), "format": "d", "grid": False}


def _whole(title: str, says: str, body: Spec) -> Spec:
    whole: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {"text": title, "subtitle": textwrap.wrap(says, 86), "anchor": "start", "offset": 14},
        "background": "white",
        "padding": 12,
        "config": {
            "font": "sans-serif",
            "view": {"stroke": None},
            "text": {"fontSize": 12, "color": INK},
            "axis": {
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "labelColor": INK,
                "titleColor": INK,
                "gridColor": "#dddddd",
            },
            "title": {"fontSize": 16, "color": INK, "subtitleFontSize": 12, "subtitleColor": INK, "subtitlePadding": 6},
        },
    }
    return whole | body
