# SPDX-License-Identifier: EUPL-1.2
"""Plans, questions, comparisons, assignments: the bytes of the program, and typed columns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import passend
from conftest import AS_OF, DEMO

engine = passend.Engine()
WORK = passend.Vacancies(DEMO / "vacancies.jsonl")
PEOPLE = passend.Candidates(DEMO / "candidates.jsonl")
WEEK = [{"id": "mon", "slots": [{"day": "mon", "from": "09:00", "to": "12:00"}]}, {"id": "none", "slots": []}]
PILOT = passend.Engine("[[rule]]\nid = 'WA02'\noutcome = 'open'\n")


def one(rows: list[dict[str, Any]], id: str) -> dict[str, Any]:
    return next(row for row in rows if row["id"] == id)


@pytest.fixture(scope="module")
def asked(candidates: list[dict[str, Any]], vacancies: list[dict[str, Any]]) -> dict[str, passend.Lines]:
    some = candidates[:6]
    return {
        "plan": engine.plan(candidates[1], WORK, as_of=AS_OF, max_steps=1),
        "questions": engine.questions(some, WORK, as_of=AS_OF),
        "relax": engine.relax(vacancies[0], PEOPLE, as_of=AS_OF),
        "diff": engine.diff(PEOPLE, WORK, as_of=AS_OF, other=PILOT),
        "assign": engine.assign(PEOPLE, WORK, as_of=AS_OF, goal="placements"),
        "pools": engine.pools(some, WORK, as_of=AS_OF),
        "lessons": engine.lessons(some, WORK, WEEK, as_of=AS_OF),
        "facts": PEOPLE.facts(AS_OF),
        "leverage": engine.leverage(some, WORK, as_of=AS_OF),
        "funnel": engine.funnel(PEOPLE, WORK, as_of=AS_OF, by="province"),
        "supply": engine.supply(PEOPLE, WORK, as_of=AS_OF),
        "groups": engine.groups(PEOPLE, WORK, as_of=AS_OF, by="education", threshold=3),
        "sensitivity": engine.sensitivity(some, WORK, as_of=AS_OF, k=2),
        "counts": passend.monitor([], PEOPLE, as_of=AS_OF),
    }


def test_pools_for_everybody_give_each_person_one_at_most() -> None:
    chosen = engine.pools(PEOPLE, WORK, as_of=AS_OF, select=True)
    people = [line["candidate"] for line in chosen.to_dicts()]
    assert len(set(people)) == len(people) == chosen.totals["people"] <= chosen.totals["bound"]
    assert chosen.totals["with_pools"] == len({line["candidate"] for line in engine.pools(PEOPLE, WORK, as_of=AS_OF).to_dicts()})
    assert sum(job["chosen"] for job in chosen.jobs.to_dicts()) == len(people)


def test_spread_lists_lose_no_more_than_asked() -> None:
    plain = engine.match(PEOPLE, WORK, as_of=AS_OF, k=2)
    spread = engine.match(PEOPLE, WORK, as_of=AS_OF, k=2, spread=300)
    assert plain.spread is None and spread.spread is not None
    assert spread.spread["largest"] <= 300 and len(spread) == len(plain) == spread.spread["pairs"]
    assert spread.spread["most"][1] <= spread.spread["most"][0]
    with pytest.raises(passend.UsageError, match="spread"):
        engine.match(PEOPLE, WORK, as_of=AS_OF, by="vacancy", spread=300)


NAMES = ["plan", "questions", "relax", "diff", "assign", "pools", "lessons", "facts", "leverage", "funnel", "supply", "groups"]
NAMES += ["sensitivity", "counts"]


@pytest.mark.parametrize("name", NAMES)
def test_every_form_says_the_same(name: str, asked: dict[str, passend.Lines], tmp_path: Path) -> None:
    lines = asked[name]
    dicts = [json.loads(line) for line in lines.to_jsonl().splitlines()]
    assert dicts == lines.to_dicts()
    keys = list(dicts[0]) if dicts else []
    frame = lines.to_polars()
    assert [*frame.columns][: len(keys)] == keys
    assert frame.height == pa.table(lines).num_rows == len(lines.to_pandas()) == len(lines) == len(dicts)
    assert duckdb.sql("SELECT count(*) FROM lines").fetchall() == [(len(lines),)]
    lines.write(tmp_path / "lines.jsonl")
    assert (tmp_path / "lines.jsonl").read_text() == lines.to_jsonl()
    assert f"{name}: {len(lines)} rows" in repr(lines)
    lines.write(tmp_path / "lines.parquet")
    assert pl.read_parquet(tmp_path / "lines.parquet").equals(frame)
    lines.write(tmp_path / "lines.txt", format="csv")
    flat = pl.read_csv(tmp_path / "lines.txt", infer_schema=False)
    assert flat.columns[: len(keys)] == keys and flat.height == len(dicts)
    lines.write(tmp_path / "lines.xlsx")
    assert (tmp_path / "lines.xlsx").read_bytes().startswith(b"PK")
    with pytest.raises(passend.UsageError, match="E310 format"):
        lines.write(tmp_path / "lines.docx")


def test_columns_are_typed_also_without_rows() -> None:
    none = engine.diff(PEOPLE, WORK, as_of=AS_OF)
    assert len(none) == 0
    types = none.to_polars().schema
    assert (types["a_date"], types["a_score"], types["rules"]) == (pl.Date, pl.Int64, pl.List(pl.String))


def test_a_pilot_changes_pairs_by_the_rule_it_changes(asked: dict[str, passend.Lines]) -> None:
    rules = asked["diff"].to_polars()["rules"].explode().unique().to_list()
    assert rules == ["WA02"]
    text = PILOT.to_toml()
    assert passend.Engine(text).to_toml().splitlines()[1:] == text.splitlines()[1:]
    assert "WA02" in text and "skills = 35" in text
    assert "laid over" in repr(PILOT) and "weights" in repr(PILOT)


def test_other_facts_change_what_is_open() -> None:
    person = {"id": "c1", "residence": {"status": "return_decision"}, "skills": [{"label": "koken"}]}
    work = [{"id": "v1", "title": "kok", "require": {"skills": [{"label": "koken"}]}}]
    changed = engine.what_if(person, work, {"residence": {"status": "free"}}, as_of=AS_OF).to_dicts()
    assert [(line["a"], line["b"]) for line in changed] == [("closed", "now")]
    assert engine.what_if(person, work, {"skills": None}, as_of=AS_OF).to_dicts() == []
    with pytest.raises(passend.ProtectedError):
        engine.what_if(person, work, {"nationality": "x"}, as_of=AS_OF)
    with pytest.raises(passend.UsageError):
        engine.what_if(person, work, 5, as_of=AS_OF)


def test_an_assignment_has_its_proof_beside_it(asked: dict[str, passend.Lines]) -> None:
    plan = asked["assign"]
    assert plan.proof["gap"] == 0 and plan.proof["placed"] == len(plan)
    assert set(plan.beside) == {"proof", "unplaced", "edges"}
    assert len(plan.edges) >= len(plan)
    with pytest.raises(AttributeError):
        plan.nothing
    with pytest.raises(passend.UsageError):
        engine.assign(PEOPLE, WORK, as_of=AS_OF)  # type: ignore[call-arg]


def test_a_plan_respects_coaches_and_tells_what_they_cost(asked: dict[str, passend.Lines]) -> None:
    placed = [line["candidate"] for line in asked["assign"].to_dicts()]
    coaches = [{"id": "k", "candidates": placed, "cases": 1}]
    plan = engine.assign(PEOPLE, WORK, as_of=AS_OF, goal="placements", coaches=coaches, beside="score")
    assert sum(line["candidate"] in placed for line in plan.to_dicts()) == 1
    assert plan.proof["gap"] == 0 and "k" in plan.proof["dual"]["coaches"]
    assert [line.get("goal", line.get("without")) for line in plan.proof["beside"]] == ["score", "coaches"]
    with pytest.raises(passend.PassendError):
        engine.assign(PEOPLE, WORK, as_of=AS_OF, goal="placements", coaches=[{"id": "k"}])


def test_one_person_gets_the_list_of_the_batch(candidates: list[dict[str, Any]]) -> None:
    whole = engine.match(PEOPLE, WORK, as_of=AS_OF).to_jsonl().splitlines()
    for person in candidates[:5]:
        own = [line for line in whole if json.loads(line)["candidate"] == person["id"]]
        assert engine.match_one(person, WORK, as_of=AS_OF).to_jsonl().splitlines() == own


def test_an_unknown_keyword_and_a_missing_day_are_mistakes_of_the_call(candidates: list[dict[str, Any]]) -> None:
    with pytest.raises(TypeError, match="max_steps"):
        engine.plan(candidates[0], WORK, as_of=AS_OF, steps=3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="as_of"):
        engine.plan(candidates[0], WORK)  # type: ignore[call-arg]


def test_facts_are_searched_with_one_filter() -> None:
    people = passend.Candidates(
        [
            {
                "id": "c1",
                "residence": {"status": "free", "document_valid_until": "2027-11-25"},
                "location": {"municipality": "Groningen"},
                "languages": [{"code": "nl", "level": "A2"}],
                "education": [{"level": "hbo_bachelor"}],
                "experience": [{"title": "verpleegkundige", "months": 48}],
                "licences": [{"category": "B"}],
            },
            {"id": "c2", "experience": [{"title": "kok"}], "languages": []},
            {"id": "c3"},
        ]
    )
    facts = people.facts(AS_OF)
    frame = facts.to_polars()
    nurses = frame.filter(
        pl.col("occupations").list.eval(pl.element().struct.field("isco08").str.starts_with("2221")).list.any(),
        pl.col("dutch_by").struct.field("B1") <= pl.date(2027, 11, 25),
        pl.col("diplomas").list.len() > 0,
        ((pl.col("x") - 233_500) ** 2 + (pl.col("y") - 582_000) ** 2) < 20_000**2,
    )
    assert nurses["candidate"].to_list() == ["c1"]
    row = nurses.to_dicts()[0]
    assert (row["work"], row["document_days_left"], row["licences"]) == ("open", 365, ["B", "AM"])
    assert row["municipality"]["province"] == "Groningen"
    found = duckdb.sql(
        "SELECT candidate FROM facts WHERE municipality.province = 'Groningen' "
        "AND len(list_filter(occupations, lambda one: one.isco08 LIKE '2221%')) > 0"
    )
    assert found.fetchall() == [("c1",)]
    by_id = {row["candidate"]: row for row in facts.to_dicts()}
    assert (by_id["c2"]["dutch"], by_id["c3"]["dutch"]) == ("A0", None)
    assert (by_id["c2"]["languages"], by_id["c3"]["languages"]) == ([], None)
    assert isinstance(facts.to_pandas(), pd.DataFrame)
