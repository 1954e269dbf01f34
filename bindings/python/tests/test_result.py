# SPDX-License-Identifier: EUPL-1.2
"""What comes back, and the ways out of it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import passend
from conftest import AS_OF, DEMO


@pytest.fixture(scope="module")
def result(candidates: Any, vacancies: Any) -> passend.Result:
    return passend.match(candidates, vacancies, as_of=AS_OF)


def test_all_ways_out_tell_the_same(result: passend.Result) -> None:
    lines = [json.loads(line) for line in result.to_jsonl().splitlines()]
    assert result.to_dicts() == lines
    table = pa.table(result)
    assert table.num_rows == len(result) == len(lines)
    for row, line in zip(table.to_pylist(), lines):
        assert [row[key] for key in ("candidate", "vacancy", "rank", "score", "score_max", "tie_group", "flags")] == [
            line[key] for key in ("candidate", "vacancy", "rank", "score", "score_max", "tie_group", "flags")
        ]
        assert row["class"] == line["readiness"]["class"]
        assert str(row["date"]) == line["readiness"]["date"]
        assert row["steps"] == [step["id"] for step in line["readiness"]["steps"]]
        assert row["questions"] == [asked["field"] for asked in line["readiness"]["questions"]]
        parts = {key: row[key] for key in line["contributions"]}
        assert parts == line["contributions"]
        assert sum(part or 0 for part in parts.values()) == row["score"]
        assert [(one["gate"], one["finding"], one["rule"], one["nl"]) for one in row["findings"]] == [
            (one["gate"], one["finding"], one["rule"], one["text"]["nl"]) for one in line["findings"]
        ]
    assert pl.DataFrame(result).equals(result.to_polars())
    assert result.to_polars().to_arrow().equals(result.to_polars().to_arrow())
    assert duckdb.sql("SELECT count(*), sum(score) FROM result").fetchall() == [
        (len(lines), sum(line["score"] for line in lines))
    ]
    frame = result.to_pandas()
    assert list(frame.columns) == table.column_names
    assert str(frame["travel"].dtype) == "Int32"
    assert frame["score"].sum() == sum(line["score"] for line in lines)


def test_columns_are_of_types_that_every_reader_has(result: passend.Result) -> None:
    def check(kind: pa.DataType) -> None:
        if pa.types.is_list(kind):
            check(kind.value_type)
        elif pa.types.is_struct(kind):
            for at in range(kind.num_fields):
                check(kind.field(at).type)
        else:
            assert kind in (pa.int32(), pa.string(), pa.date32()), kind

    for table in (result, result.people):
        schema = pa.schema(table)
        assert schema == pa.table(table).schema
        for kind in schema.types:
            check(kind)


def test_lists_of_both_sides_say_whose_they_are(candidates: Any, vacancies: Any) -> None:
    result = passend.match(candidates, vacancies, as_of=AS_OF, by="both", k=1)
    frame = result.to_polars()
    assert frame.columns[0] == "by"
    assert set(frame["by"]) == {"candidate", "vacancy"}
    assert frame.filter(pl.col("by") == "vacancy").group_by("vacancy").len()["len"].max() == 1


def test_brief_lines_lack_findings(candidates: Any, vacancies: Any) -> None:
    result = passend.match(candidates, vacancies, as_of=AS_OF, detail="brief")
    assert result.to_polars()["findings"].null_count() == len(result)
    assert "findings" not in result.to_dicts()[0]


def test_fewer_pairs_by_day_and_sureness(candidates: Any, vacancies: Any) -> None:
    def pairs(**asked: Any) -> int:
        return len(passend.match(candidates, vacancies, as_of=AS_OF, k=99, **asked))

    assert pairs(when="now") < pairs(when="2027-01-31") < pairs(when="any")
    assert pairs(sure=True) < pairs()
    assert passend.match(candidates, vacancies, as_of=AS_OF, when="any").summary["later"] == 0


@pytest.mark.parametrize("by", ["candidate", "vacancy", "both"])
def test_everyone_is_accounted_for(by: Any, candidates: Any, vacancies: Any) -> None:
    result = passend.match(candidates, vacancies, as_of=AS_OF, by=by)
    people = result.people
    rows = people.to_dicts()
    assert [row["candidate"] for row in rows] == sorted(row["id"] for row in candidates)
    assert all(sum(row[key] for key in ("now", "later", "unknown", "closed")) == len(vacancies) for row in rows)
    assert [json.loads(line) for line in people.to_jsonl().splitlines()] == rows
    assert people.to_polars()["now"].to_list() == [row["now"] for row in rows]
    blocked = {one["gate"]: one["vacancies"] for one in pa.table(people).to_pylist()[0]["blocked_by"]}
    assert blocked == rows[0]["blocked_by"]
    assert len(people) == len(people.to_pandas()) == len(candidates)
    assert "12 people" in repr(people) and "<table>" in people._repr_html_()


def test_the_summary_says_what_decided(result: passend.Result) -> None:
    summary = result.summary
    assert (summary["as_of"], summary["by"], summary["k"], summary["when"]) == (AS_OF, "candidate", 10, "13 weeks")
    assert summary["lines"] == len(result)
    assert summary["candidates"] == {"read": 12, "accepted": 12, "merged": 0, "refused": 0, "warnings": []}
    assert set(summary["versions"]) == {"rules", "vocabulary", "weights"}
    assert summary["versions"] == passend.Engine().versions
    for part in summary["versions"].values():
        assert part in repr(passend.Engine())


def test_a_pair_is_explained_the_same_alone_and_in_the_market(result: passend.Result, candidates: Any, vacancies: Any) -> None:
    candidate = next(row for row in candidates if row["id"] == "c07")
    vacancy = next(row for row in vacancies if row["id"] == "v25")
    why = passend.explain(candidate, vacancy, as_of=AS_OF)
    told = why.to_dict()
    assert told == {**result.explain("c07", "v25").to_dict(), "tie_group": told["tie_group"]}
    (line,) = [one for one in result.to_dicts() if (one["candidate"], one["vacancy"]) == ("c07", "v25")]
    assert (told["score"], told["readiness"], told["contributions"]) == (
        line["score"],
        line["readiness"],
        line["contributions"],
    )
    assert "c07" in repr(why)
    for lang, word in (("nl", "kandidaat"), ("en", "candidate")):
        page = why.html(lang, reader="candidate")
        assert page.startswith("<!doctype html>") and f'lang="{lang}"' in page and "<script" not in page
        assert word in why.text(lang).lower()
    assert why._repr_html_() in why.html()
    assert str(why) == why.text()
    assert why.text(reader="employer") != why.text()
    for wrong in ({"lang": "de"}, {"reader": "boss"}):
        with pytest.raises(passend.UsageError):
            why.text(**wrong)  # type: ignore[arg-type]


def test_an_id_that_is_not_there_is_told(result: passend.Result) -> None:
    for ids, code in ((("x", "v25"), "E301"), (("c07", "x"), "E302"), ((1, "x"), "E310")):
        with pytest.raises(passend.UsageError) as raised:
            result.explain(*ids)  # type: ignore[arg-type]
        assert raised.value.code == code


def test_a_result_shows_itself(result: passend.Result) -> None:
    assert repr(result) == f"<passend.Result {len(result)} pairs of 12 candidates and 40 vacancies on 2026-11-25>"
    page = result._repr_html_()
    assert page.count("<tr") > 21 and "<script" not in page
    assert result.html().count("<tr") == 21
    assert result.html("en", limit=3).count("<tr") == 4
    odd = passend.match([{"id": "<b>"}], [{"id": "v1", "title": "kok"}], as_of=AS_OF)
    assert "&lt;b&gt;" in odd._repr_html_() and "<b>" not in odd._repr_html_()
    assert "1 rows refused" in repr(passend.match([{"id": "c1"}, 5], [], as_of=AS_OF))


def test_an_engine_is_used_again_and_by_many_threads(candidates: Any, vacancies: Any, result: passend.Result) -> None:
    engine = passend.Engine()
    with ThreadPoolExecutor(4) as pool:
        hashes = pool.map(lambda _: engine.match(candidates, vacancies, as_of=AS_OF, threads=1).hash, range(8))
        assert set(hashes) == {result.hash}
    assert passend.match(candidates, vacancies, as_of=AS_OF, engine=engine).hash == result.hash


def test_a_policy_may_be_text_a_path_or_several(tmp_path: Path, candidates: Any, vacancies: Any, result: passend.Result) -> None:
    pilot = "[[rule]]\nid = 'WA02'\noutcome = 'open'\n"
    file = tmp_path / "pilot.toml"
    file.write_text(pilot)
    hashes = {passend.match(candidates, vacancies, as_of=AS_OF, policy=policy).hash for policy in (pilot, file, str(file), [file])}
    assert len(hashes) == 1 and result.hash not in hashes
    assert "WA01" in {rule["id"] for rule in passend.Engine().rules("2023-11-01")}
    assert "WA01" not in {rule["id"] for rule in passend.Engine().rules("2023-12-01")}
    assert passend.Engine(announced=True).announced
    assert len(passend.Engine(announced=True).rules(AS_OF)) > len(passend.Engine().rules(AS_OF))


def test_places_may_be_text_a_path_or_a_table(tmp_path: Path) -> None:
    text = "place,x,y\nazc Elders,250000,550000\n"
    file = tmp_path / "places.csv"
    file.write_text(text)
    rows = [{"place": "azc Elders", "x": 250000, "y": 550000}]
    person = {"id": "c1", "location": {"site": "azc Elders"}, "mobility": {"max_km": 30}}
    work = {"id": "v1", "title": "kok", "location": {"municipality": "Groningen"}}
    told = [
        passend.explain(person, work, as_of=AS_OF, places=places).to_dict()
        for places in (text, file, rows, pl.DataFrame(rows), pd.DataFrame(rows))
    ]
    assert all(one == told[0] for one in told)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, result: passend.Result) -> None:
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    with pytest.raises(passend.UsageError, match="polars") as raised:
        result.to_polars()
    assert "passend[polars]" in raised.value.hint


def test_the_expected_output_of_the_demo(result: passend.Result) -> None:
    file = DEMO / "expected.jsonl"
    if not file.exists():
        pytest.skip("fixtures/demo/expected.jsonl is not there")
    assert result.to_jsonl() == file.read_text(encoding="utf-8")
