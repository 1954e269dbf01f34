# SPDX-License-Identifier: EUPL-1.2
"""Pictures: their figures are counted by hand, their words are whole, and they can be read without colour."""

from __future__ import annotations

import doctest
import html
import html.parser
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import passend
import pytest
from conftest import AS_OF
from passend import charts
from passend.charts import _data, _specs, _tiles, _words

ROOT = Path(__file__).parents[3]
COOK = {"id": "v1", "title": "Kok (m/v)", "positions": 2, "require": {"skills": [{"label": "koken"}]}}
FREE = {"id": "c1", "residence": {"status": "free"}, "skills": [{"label": "koken"}]}
CLOSED = {"id": "c2", "residence": {"status": "return_decision"}, "skills": []}


REGIONS = (
    [{"id": "c1", "region": "Drenthe"}, {"id": "c3", "region": "Twente"}],
    [{"id": "v1", "region": "Twente"}],
)


def planned() -> passend.Lines:
    """A plan for three people and three places: one may not work, one coach has one case for the other two."""
    people = [FREE, CLOSED, FREE | {"id": "c3"}]
    coaches = [{"id": "k1", "candidates": ["c1", "c3"], "cases": 1}]
    work = [COOK | {"positions": 3}]
    return passend.Engine().assign(people, work, as_of=AS_OF, goal="placements", beside="score", coaches=coaches)


@pytest.fixture(scope="module")
def result() -> passend.Result:
    return passend.match([FREE, CLOSED], [COOK], as_of=AS_OF, when="any")


@pytest.fixture(scope="module")
def every(result: passend.Result) -> Callable[[Any], dict[str, charts.Chart]]:
    """Every picture there is, in a language."""
    without_skill = passend.match([FREE | {"skills": []}, CLOSED], [COOK], as_of=AS_OF, when="any")
    measured = passend.Engine().leverage([FREE, CLOSED], [COOK], as_of=AS_OF, by="status")
    people = [{"group": "horeca", "region": "Drenthe"}]
    places = [{"group": "horeca", "region": "Drenthe", "positions": 2}, {"group": "zorg", "region": "Twente"}]
    flow = [{"status": "free", "class": "now"}, {"status": "free", "class": "later"}]
    plan = planned()

    def made(lang: Any) -> dict[str, charts.Chart]:
        return {
            "waterfall": charts.waterfall(result.explain("c1", "v1"), lang=lang),
            "funnel": charts.funnel(result, lang=lang),
            "obstacles": charts.obstacles(result, lang=lang),
            "leverage": charts.leverage(measured, lang=lang),
            "supply": charts.supply(people, places, lang=lang),
            "regions": charts.regions({"Drenthe": 3, "AM05": 0}, lang=lang),
            "readiness": charts.readiness(result, lang=lang),
            "comparison": charts.comparison({"a": result, "b": without_skill}, lang=lang),
            "flows": charts.flows(flow, "status", "class", lang=lang),
            "moves": charts.moves(plan, *REGIONS, lang=lang),
            "left": charts.left(plan, lang=lang),
            "prices": charts.prices(plan, lang=lang),
        }

    return made


def test_the_parts_of_a_waterfall_end_where_the_score_is(result: passend.Result) -> None:
    why = result.explain("c1", "v1")
    *parts, total = charts.waterfall_data(why)
    assert total["points"] == why.to_dict()["score"] == parts[-1]["end"]
    assert all(before["end"] == after["start"] for before, after in zip(parts, parts[1:]))
    assert all(part["points"] is None or 0 <= part["points"] <= part["possible"] for part in parts)


def test_a_funnel_only_narrows(candidates: list[Any], vacancies: list[Any]) -> None:
    rows = charts.funnel_data(passend.match(candidates, vacancies, as_of=AS_OF))
    assert [row["stage"] for row in rows] == ["people", "open", "listed", "now"]
    assert rows[0]["people"] == len(candidates)
    assert all(row["lost"] >= 0 for row in rows)


def test_a_funnel_begins_with_rows_where_some_were_refused() -> None:
    refused = passend.match([FREE, {"id": "c3", "skils": []}], [COOK], as_of=AS_OF)
    assert [(row["stage"], row["people"]) for row in charts.funnel_data(refused)][:2] == [("rows", 2), ("people", 1)]


def test_an_obstacle_counts_pairs_and_people(result: passend.Result) -> None:
    law = next(row for row in charts.obstacle_data(result) if row["gate"] == "work_authorisation")
    assert (law["pairs"], law["share"], law["people"], law["mostly"]) == (1, 0.5, 1, 1)


@pytest.mark.parametrize("table", [list, "polars", "pandas"])
def test_supply_takes_any_table_and_leaves_out_what_is_not_known(table: Any) -> None:
    people = [{"group": "zorg", "region": "Twente"}, {"group": None, "region": "Twente"}]
    work = [
        {"group": "zorg", "region": "Twente", "positions": 2.0},
        {"group": "ict", "region": "Twente", "positions": None},
    ]
    frame = list if table is list else pytest.importorskip(table).DataFrame
    rows = charts.supply_data(frame(people), frame(work))
    cells = {row["group"]: (row["supply"], row["demand"], row["gap"]) for row in rows}
    assert cells == {"zorg": (1, 2, 1), "ict": (0, 1, 1)}


def test_people_are_ready_from_their_first_day(result: passend.Result) -> None:
    assert charts.readiness_data(result) == [{"day": AS_OF, "people": 1, "new": 1}]


def test_a_comparison_counts_from_the_first(result: passend.Result) -> None:
    fewer = passend.match([CLOSED], [COOK], as_of=AS_OF)
    rows = charts.comparison_data({"all": result, "one": fewer})
    changed = {row["stage"]: (row["count"], row["difference"]) for row in rows if row["scenario"] == "one"}
    assert changed == {"people": (1, -1), "open": (0, -1), "listed": (0, -1), "now": (0, -1), "pairs": (0, -1)}


def test_a_plan_tells_who_goes_where_who_is_left_and_what_a_wish_costs() -> None:
    plan = planned()
    # One of the two has the case; whose home is known goes from there to Twente.
    (line,) = plan.to_dicts()
    home = {"c1": "Drenthe", "c3": "Twente"}[line["candidate"]]
    assert charts.moves_data(plan, *REGIONS) == [{"source": home, "target": "Twente", "count": 1, "share": 1.0}]
    left = {(row["side"], row["reason"]): row["count"] for row in charts.left_data(plan)}
    assert left["candidate", "nothing_open"] == 1 and left["candidate", "no_case"] == 1
    assert sum(count for (side, _), count in left.items() if side == "vacancy") == 2
    prices = {row["constraint"]: row["people"] for row in charts.price_data(plan)}
    assert prices == {"coaches": 1, "score": 0}


def test_every_reason_and_wish_has_words() -> None:
    for side in ("candidate", "vacancy"):
        for reason in (
            "nothing_open below_floor no_case takes_a_place costs_score score_first no_difference".split()
        ):
            for lang in ("nl", "en"):
                assert _words.word(f"left.{side}.{reason}", lang) != f"left.{side}.{reason}"


@pytest.mark.parametrize("table", [list, "polars", "pandas"])
def test_one_place_more_in_a_region_has_a_price(table: Any) -> None:
    frame = list if table is list else pytest.importorskip(table).DataFrame
    experience = [{"title": "kok", "months": 36}]
    person = {"residence": {"status": "free"}, "mobility": {"max_km": 20}, "experience": experience}
    people = [{"id": "c1"} | person, {"id": "c2"} | person]
    work = [{"id": "v1", "title": "kok", "location": {"municipality": "Assen"}}]
    plan = passend.Engine().place(
        people,
        work,
        as_of=AS_OF,
        quotas=frame([{"id": "Assen", "quota": 1}, {"id": "Maastricht", "quota": 5}]),
        households=frame([{"id": id, "adults": [one], "keep": None} for id, one in (("h1", "c1"), ("h2", "c2"))]),
    )
    assert sorted(line["region"] for line in plan.to_dicts()) == ["Assen", "Maastricht"]
    assert plan.totals["plan"] == plan.totals["bound"] and plan.totals["plan"]["adults"] == 1
    prices = [(row["constraint"], row["people"]) for row in charts.price_data(plan)]
    assert prices == [("Assen", 1), ("Maastricht", 0)]
    assert charts.prices(plan, lang="nl").says == "Het meest kost: één plek meer in Assen (+1)."


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda result: charts.regions({"Atlantis": 1}), "counts"),
        (lambda result: charts.regions({"Drenthe": 1, "AM03": 1}), "counts"),
        (lambda result: charts.comparison({"one": result}), "results"),
        (lambda result: charts.funnel(result, lang="fr"), "lang"),
        (lambda result: charts.funnel(result).save("x.docx"), "path"),
    ],
)
def test_wrong_use_is_told(call: Callable[[Any], object], field: str, result: passend.Result) -> None:
    with pytest.raises(passend.UsageError) as told:
        call(result)
    assert (told.value.code, told.value.field) == ("E310", field)
    assert told.value.hint and told.value.hint_nl


def test_a_picture_without_figures_is_made_all_the_same() -> None:
    empty = passend.match([CLOSED], [COOK], as_of=AS_OF)
    for chart in (charts.readiness(empty), charts.flows([], "a", "b"), charts.regions({}), charts.supply([], [])):
        assert chart.svg().startswith("<svg") and chart.html()


def test_every_picture_is_drawn_and_says_its_figures(every: Any, tmp_path: Path) -> None:
    for name, chart in every("nl").items():
        svg, alternative = chart.svg(), chart.description
        assert svg.startswith("<svg"), name
        assert chart.title in alternative and chart.says in alternative, name
        assert chart.title.split()[0] in svg, name
        root = svg.partition(">")[0]
        assert 'role="img"' in root and html.unescape(root.split('aria-label="')[1].split('"')[0]) == alternative, name
        for row in chart._told():
            for cell in chart._cells(row):
                assert cell in alternative, (name, cell)
    chart.save(tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")
    chart.save(tmp_path / "x.json")
    chart.save(tmp_path / "x.html")
    assert "<script" not in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_altair_takes_every_picture(every: Any) -> None:
    pytest.importorskip("altair")
    for name, chart in every("en").items():
        assert chart.altair().to_dict()["description" if "description" in chart.spec else "title"], name


def test_two_languages_differ_and_no_key_is_shown(every: Any) -> None:
    dutch, english = every("nl"), every("en")
    for name, chart in dutch.items():
        assert chart.title != english[name].title and chart.says != english[name].says, name
        for words in (chart.description, english[name].description):
            assert not re.search(r"\b(stage|column|axis|gate)[._]\w|criterion_", words), (name, words)


def test_without_the_extra_a_picture_is_a_table_with_bars(every: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("passend._frames.import_module", without)
    for name, chart in every("en").items():
        page = chart.html()
        html.parser.HTMLParser().feed(page)
        assert "<table" in page and "<script" not in page and "<img" not in page, name
    with pytest.raises(passend.UsageError) as told:
        chart.svg()
    assert told.value.hint == "pip install 'passend[charts]'"


def test_numbers_are_written_as_people_of_the_language_do() -> None:
    assert (_words.number(1234.5, "nl", 1), _words.number(1234.5, "en", 1)) == ("1.234,5", "1,234.5")
    assert (_words.percent(0.125, "nl"), _words.percent(0.004, "en")) == ("12 %", "0.4%")
    assert (_words.signed(9, "nl"), _words.signed(-3, "nl"), _words.signed(0, "nl")) == ("+9", "−3", "0")
    assert (_words.day("2026-11-05", "nl"), _words.day("2026-11-05", "en")) == ("05-11-2026", "5 Nov 2026")


def test_gates_and_criteria_have_the_names_of_the_engine() -> None:
    texts = (ROOT / "crates/passend/src/text/texts.toml").read_text(encoding="utf-8")
    named = dict(
        (key, (nl, en))
        for key, nl, en in re.findall(r'^((?:gate|criterion)_\w+) = \{ nl = "(.*?)", en = "(.*?)" \}$', texts, re.M)
    )
    ours = {key: both for key, both in _words.WORDS.items() if key.startswith(("gate_", "criterion_"))}
    assert len(ours) == 13 + 6
    for key, both in ours.items():
        assert named[key] == both, key


def test_tiles_are_the_regions_of_the_engine_each_in_its_own_place() -> None:
    lines = (ROOT / "crates/passend/policy/municipalities.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    assert {code: name for code, (name, _, _) in _tiles.TILES.items()} == {cell[3]: cell[4] for cell in cells}
    assert len({(column, row) for _, column, row in _tiles.TILES.values()}) == 35


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ends", [_specs.PLACES_LEFT, _specs.PEOPLE_LEFT, _specs.COUNTED])
def test_numbers_on_a_cell_stand_out_from_it(ends: tuple[str, str]) -> None:
    light, dark = ends
    for step in range(101):
        parts = (int(light[at : at + 2], 16) * (100 - step) + int(dark[at : at + 2], 16) * step for at in (1, 3, 5))
        cell = "#" + "".join(f"{round(part / 100):02x}" for part in parts)
        assert contrast(cell, _specs.ink_on(ends, step / 100)) >= 4.5, (cell, step)


def test_examples_in_the_documentation_are_true() -> None:
    names = {"passend": passend} | {name: getattr(charts, name) for name in charts.__all__}
    assert doctest.testmod(charts, extraglobs=names).failed == 0
    assert doctest.testmod(_data, extraglobs=names).failed == 0


def test_everything_public_has_documentation() -> None:
    for name in charts.__all__:
        assert getattr(charts, name).__doc__, name


def test_pictures_are_loaded_only_when_they_are_asked_for() -> None:
    heavy = "{'passend.charts', 'altair', 'vl_convert', 'polars', 'pandas', 'pyarrow'}"
    command = f"import passend, sys; sys.exit(str({heavy} & set(sys.modules)) if {heavy} & set(sys.modules) else 0)"
    assert subprocess.run([sys.executable, "-c", command], capture_output=True).returncode == 0


def test_a_measure_counts_who_has_nothing_open_without_it() -> None:
    people = [{"id": f"c{n}", "residence": {"status": "free"}, "bsn_available": True, "certificates": []} for n in range(3)]
    require = {"certificates": [{"code": "vca_basic", "weight": "must"}]}
    found = passend.Engine().leverage(people, [{"id": "v1", "title": "lasser", "require": require}], as_of=AS_OF, by="status")
    row = charts.leverage_data(found, horizon="3m", lang="en")[0]
    assert (row["measure"], row["people"], row["share"]) == ("vca_basic", 3, 1.0)
    assert "0 of 3 people" in charts.leverage(found, lang="en").says and "(+3)" in charts.leverage(found, lang="en").says
    assert "adds anybody" in charts.leverage(found, horizon="now", lang="en").says
    with pytest.raises(passend.UsageError, match="E310 horizon"):
        charts.leverage(found, horizon="2m")  # type: ignore[arg-type]
