# SPDX-License-Identifier: EUPL-1.2
"""All people of a population: measures, funnel, supply and tables that may be published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

import passend
from conftest import AS_OF, DEMO

engine = passend.Engine()
WORK = passend.Vacancies(DEMO / "vacancies.jsonl")
PEOPLE = passend.Candidates(DEMO / "candidates.jsonl")
CARS = "[[measure]]\nid = 'lift'\nchange = 'travel'\nkm = 20\nnl = 'Meerijden'\nen = 'A lift'\n"


def test_a_measure_counts_who_finds_work_only_with_it() -> None:
    people = [{"id": f"c{n}", "residence": {"status": "free"}, "bsn_available": True, "certificates": []} for n in range(3)]
    require = {"certificates": [{"code": "vca_basic", "weight": "must"}]}
    found = engine.leverage(people, [{"id": "v1", "title": "lasser", "require": require}], as_of=AS_OF, by="status", together=2)
    frame = found.to_polars()
    assert frame.filter(measure="vca_basic")["people"].to_list() == [0, 3, 3, 3]
    assert frame.filter(pl.col("measure") != "vca_basic")["people"].sum() <= 3 * 4
    assert found.base.to_polars()["people"].sum() == 0 and found.base.to_polars()["of"].max() == 3
    assert [group["code"] for group in found.groups.to_dicts()] == ["free"]
    assert max(line["people"] for line in found.together.to_dicts()) == 3


def test_own_measures_take_the_place_of_those_that_come_along() -> None:
    found = engine.leverage(PEOPLE, WORK, as_of=AS_OF, measures=CARS)
    assert found.to_polars()["measure"].unique().to_list() == ["lift"]
    with pytest.raises(passend.PolicyError, match="E360"):
        engine.leverage(PEOPLE, WORK, as_of=AS_OF, measures="[[measure]]\nid = 'x'")


@pytest.mark.parametrize("by", [None, "status", "obstacle"])
def test_the_steps_of_a_funnel_sum_to_the_people_behind_them(by: Any) -> None:
    funnel = engine.funnel(PEOPLE, WORK, as_of=AS_OF, by=by)
    people = funnel.to_polars()
    stage = pl.col("stage")
    for own in (stage == "people", stage.str.starts_with("may_"), stage.str.starts_with("work_") | (stage == "stopped")):
        assert people.filter(own)["people"].sum() == len(PEOPLE)
    assert funnel.ids.to_polars()["ids"].list.len().to_list() == people["people"].to_list()
    assert set(people["group"]) == {group["code"] for group in funnel.groups.to_dicts()}


def test_supply_has_every_vacancy_once() -> None:
    assert engine.supply(PEOPLE, WORK, as_of=AS_OF).to_polars()["vacancies"].sum() == len(WORK)


def test_a_table_hides_small_cells_and_says_by_which_rules() -> None:
    table = engine.groups(PEOPLE, WORK, as_of=AS_OF, by="education", threshold=3)
    cells = table.to_polars().unnest("cell")
    assert cells.filter(education="*")["count"].to_list() == [10]
    assert cells.filter(pl.col("suppressed").is_not_null())["count"].null_count() == table.sheet["primary"] + table.sheet["secondary"]
    assert table.sheet["rules"]["threshold"] == 3
    assert cells.filter(pl.col("route").is_not_null()).is_empty()


def test_a_table_that_would_tell_of_few_people_beside_an_earlier_one_is_refused(
    tmp_path: Path, candidates: list[dict[str, Any]]
) -> None:
    ledger = tmp_path / "ledger.jsonl"
    first = engine.groups(candidates, WORK, as_of=AS_OF, by=["route"], ledger=ledger)
    again = engine.groups(candidates, WORK, as_of=AS_OF, by=["route"], ledger=str(ledger))
    assert first.to_jsonl() == again.to_jsonl()
    assert len(ledger.read_text().splitlines()) == 2
    with pytest.raises(passend.UsageError, match="E371"):
        engine.groups(candidates[1:], WORK, as_of=AS_OF, by=["route"], ledger=ledger)
    assert len(ledger.read_text().splitlines()) == 2
    ledger.write_text("no table\n")
    with pytest.raises(passend.UsageError, match="E372"):
        engine.groups(candidates, WORK, as_of=AS_OF, by=["route"], ledger=ledger)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"by": "nationality"}, "E310 by"),
        ({"by": []}, "E310 by"),
        ({"by": "route", "threshold": 13}, "E370 by"),
        ({"by": "route", "threshold": 2}, "E310 threshold"),
        ({"by": "route", "rounding": 3}, "E310 rounding"),
        ({"by": "route", "protection": 9}, "E310 protection"),
        ({"by": "route", "ledger": 5}, "E310 ledger"),
    ],
)
def test_what_cannot_be_published_is_refused(options: dict[str, Any], code: str) -> None:
    with pytest.raises(passend.UsageError, match=code):
        engine.groups(PEOPLE, WORK, as_of=AS_OF, **options)


def test_a_table_asks_by_what() -> None:
    with pytest.raises(TypeError, match="by"):
        engine.groups(PEOPLE, WORK, as_of=AS_OF)  # type: ignore[call-arg]
    with pytest.raises(passend.UsageError, match="by"):
        engine.leverage(PEOPLE, WORK, as_of=AS_OF, by="sex")  # type: ignore[arg-type]
