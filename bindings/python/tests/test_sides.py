# SPDX-License-Identifier: EUPL-1.2
"""Candidates and Vacancies: opened from anything once, the same records whichever way."""

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
from conftest import AS_OF, DEMO, rows

PEOPLE = pl.DataFrame({"nr": ["c1", "c2", "c3"], "work_level": [3, None, 2]})
SKILLS = pl.DataFrame({"nr": ["c1", "c2", "c1", "c9"], "label": ["koken", "bakken", "afwassen", "lassen"]})
LANGUAGES = pl.DataFrame({"nr": ["c2"], "code": ["nl"], "level": ["A2"]})
FRAMES = {
    "polars": lambda frame: frame,
    "lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pyarrow": lambda frame: frame.to_arrow(),
    "duckdb": lambda frame: duckdb.from_arrow(frame.to_arrow()),
}


@pytest.mark.parametrize("kind", [kind for kind in FRAMES if kind != "lazy"])
def test_long_tables_are_put_together_by_id(kind: str) -> None:
    made = FRAMES[kind]
    people = passend.Candidates(made(PEOPLE), skills=made(SKILLS), languages=made(LANGUAGES), id="nr")
    expected = passend.Candidates(
        [
            {"id": "c1", "work_level": 3, "skills": [{"label": "koken"}, {"label": "afwassen"}]},
            {"id": "c2", "skills": [{"label": "bakken"}], "languages": [{"code": "nl", "level": "A2"}]},
            {"id": "c3", "work_level": 2},
        ]
    )
    assert people.to_jsonl() == expected.to_jsonl()
    (orphan,) = people.issues.to_dicts()
    assert (orphan["table"], orphan["row"], orphan["code"]) == ("skills", 3, "E350")
    assert "lassen" not in str(orphan) and "c9" not in str(orphan)
    assert repr(people) == "<passend.Candidates 3, 1 rows refused (see .issues)>"


def test_a_mistake_in_a_long_table_is_told() -> None:
    with pytest.raises(passend.DataError) as raised:
        passend.Candidates(PEOPLE, skills=SKILLS.rename({"label": "lable"}), id="nr")
    assert raised.value.code == "E201"
    with pytest.raises(passend.UsageError, match="`id`"):
        passend.Candidates(PEOPLE.rename({"nr": "id"}), skills=SKILLS)
    with pytest.raises(passend.UsageError):
        passend.Candidates([{"id": "c1"}], skills=SKILLS)
    twice = pl.concat([PEOPLE, PEOPLE.head(1).with_columns(work_level=pl.lit(1, pl.Int64))])
    issues = passend.Candidates(twice, id="nr").issues.to_polars()
    assert issues.select("code", "row").rows() == [("E202", 0), ("E202", 3)]


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("out", ["polars", "pandas", "pyarrow", "duckdb", "dicts"])
def test_every_frame_in_and_every_frame_out(kind: str, out: str) -> None:
    frame = PEOPLE.rename({"nr": "id"}).with_columns(skills=pl.lit([{"label": "koken"}]))
    people = passend.Candidates(FRAMES[kind](frame))
    work = passend.Vacancies([{"id": "v1", "title": "kok", "require": {"skills": [{"label": "koken"}]}}])
    result = passend.match(people, work, as_of=AS_OF)
    given: Any = {
        "polars": lambda: pl.DataFrame(result)["candidate"].to_list(),
        "pandas": lambda: result.to_pandas()["candidate"].to_list(),
        "pyarrow": lambda: pa.table(result)["candidate"].to_pylist(),
        "duckdb": lambda: in_sql(result),
        "dicts": lambda: [line["candidate"] for line in result.to_dicts()],
    }[out]()
    assert given == ["c1", "c2", "c3"]


def in_sql(result: passend.Result) -> list[str]:
    return [row[0] for row in duckdb.sql("SELECT candidate FROM result ORDER BY candidate").fetchall()]


def test_files_are_opened_by_what_they_are(tmp_path: Path) -> None:
    expected = passend.Candidates(rows("candidates")).to_jsonl()
    assert passend.Candidates(DEMO / "candidates.jsonl").to_jsonl() == expected
    assert passend.Candidates(str(DEMO / "candidates.jsonl")).to_jsonl() == expected
    pl.read_ndjson(DEMO / "candidates.jsonl").write_parquet(tmp_path / "candidates.parquet")
    assert passend.Candidates(tmp_path / "candidates.parquet").to_jsonl() == expected
    foreign = tmp_path / "lijst.csv"
    foreign.write_text("Nr;Naam;Taalniveau NL;Geboortedatum\nk1;Noor;A2;31-01-2010\nk2;Sam;B1;31-01-1990\n")
    with pytest.raises(passend.UsageError, match="as_of"):
        passend.Candidates(foreign)
    kept: dict[str, Any] = {}
    people = passend.Candidates(foreign, as_of=AS_OF, audit=kept)
    assert people.ids == ["k1", "k2"]
    assert "Noor" not in people.to_jsonl() and "2028-01-31" in people.to_jsonl() and "1990" not in people.to_jsonl()
    assert len(kept["audit"]) == 2
    with pytest.raises(passend.DataError, match="nothing.csv"):
        passend.Candidates(tmp_path / "nothing.csv")


PROTECTED = [
    {"id": "c1", "nationaliteit": "x", "geboortedatum": "2010-02-01", "work_level": 2},
    {"id": "c2", "nationaliteit": "y", "geboortedatum": "1990-02-01", "work_level": 3},
]


@pytest.mark.parametrize("given", ["dicts", "polars", "pandas", "days"])
def test_what_may_not_count_is_named_and_can_be_left_out(given: str, tmp_path: Path) -> None:
    table: Any = {
        "dicts": PROTECTED,
        "polars": pl.DataFrame(PROTECTED),
        "pandas": pd.DataFrame(PROTECTED),
        "days": pl.DataFrame(PROTECTED).with_columns(pl.col("geboortedatum").str.to_date()),
    }[given]
    with pytest.raises(passend.ProtectedError) as raised:
        passend.Candidates(table)
    assert raised.value.code == "E901" and "nationaliteit" in str(raised.value)
    assert 'protected="drop"' in str(raised.value) and "audit=" in str(raised.value)
    with pytest.raises(passend.UsageError, match="as_of"):
        passend.Candidates(table, protected="drop")
    people = passend.Candidates(table, protected="drop", as_of=AS_OF)
    expected = [{"id": "c1", "turns_18_on": "2028-02-01", "work_level": 2}, {"id": "c2", "work_level": 3}]
    assert people.to_jsonl() == passend.Candidates(expected).to_jsonl()
    passend.Candidates(table, audit=tmp_path / "audit.csv", as_of=AS_OF)
    assert (tmp_path / "audit.csv").read_text().splitlines()[1] == "c1,2010-02-01,x"
    kept: dict[str, Any] = {}
    passend.Candidates(table, audit=kept, as_of=AS_OF)
    assert kept["audit"].to_polars()["nationaliteit"].to_list() == ["x", "y"]


def test_everybody_is_accounted_for() -> None:
    people = passend.Candidates(rows("candidates"))
    result = passend.match(people, rows("vacancies"), as_of=AS_OF)
    passend.check_complete(people, result)
    passend.check_complete(pl.DataFrame({"id": people.ids}), result.people.to_polars(), result.to_pandas())
    for wrong in (result.people.to_dicts()[1:], result.people.to_dicts() + [{"candidate": "new", "listed": 0}]):
        with pytest.raises(passend.DataError) as raised:
            passend.check_complete(people, wrong)
        assert raised.value.code == "E352"
    with pytest.raises(passend.DataError):
        passend.check_complete(people, result, result.to_polars().head(3))


@pytest.mark.parametrize("form", ["jsonl", "csv", "csv-nl", "xlsx", "parquet"])
def test_a_result_is_written_in_every_form(form: str, tmp_path: Path) -> None:
    result = passend.match(rows("candidates")[:5], rows("vacancies"), as_of=AS_OF)
    path = tmp_path / f"result.{form.partition('-')[0]}"
    result.write(path, format=form)  # type: ignore[arg-type]
    content = path.read_bytes()
    if form == "jsonl":
        assert content.decode() == result.to_jsonl()
    elif form == "parquet":
        assert pl.read_parquet(path)["score"].to_list() == result.to_polars()["score"].to_list()
    elif form == "xlsx":
        assert content.startswith(b"PK")
    else:
        assert content.count(b"\n") == len(result) + 1 and (b";" in content) == (form == "csv-nl")
    with pytest.raises(passend.UsageError):
        result.write(tmp_path / "result.doc")
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_the_summary_in_a_notebook_counts_people_down_to_ready_now() -> None:
    page = passend.match(rows("candidates"), rows("vacancies"), as_of=AS_OF)._repr_html_()
    assert "kan nu beginnen" in page and "op een lijst" in page and "<script" not in page
    assert "passend 20" in page


@pytest.mark.parametrize("form", ["polars", "pyarrow", "dicts", "path"])
def test_what_may_not_count_within_a_column_is_left_out_and_kept_apart(form: str, tmp_path: Path) -> None:
    rows = [
        {"id": "c1", "education": [{"level": "mbo2", "nationality": "x"}, {"level": "mbo4", "nationality": None}]},
        {"id": "c2", "education": []},
    ]
    given: Any = rows
    if form == "polars":
        given = pl.DataFrame(rows)
    elif form == "pyarrow":
        given = pa.Table.from_pylist(rows)
    elif form == "path":
        given = tmp_path / "people.jsonl"
        given.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(passend.ProtectedError, match="E901"):
        passend.Candidates(given)
    kept: dict[str, Any] = {}
    people = passend.Candidates(given, audit=kept)
    read = [json.loads(line) for line in people.to_jsonl().splitlines()]
    assert [[course["level"] for course in person["education"]] for person in read] == [["mbo2", "mbo4"], []]
    assert "nationality" not in people.to_jsonl()
    audit = {line["id"]: line for line in kept["audit"].to_dicts()}
    assert "x" in audit["c1"]["education[].nationality"] and "c1" in audit
    assert len(passend.Candidates(given, protected="drop")) == 2


@pytest.mark.parametrize("form", ["polars", "pyarrow", "pyarrow without batches"])
def test_nested_columns_are_left_out_where_nobody_is_too(form: str) -> None:
    course = pa.struct([("level", pa.string()), ("nationality", pa.string())])
    empty = pa.schema([("id", pa.string()), ("education", pa.list_(course))]).empty_table()
    given: Any = pl.from_arrow(empty) if form == "polars" else empty
    if form.endswith("batches"):
        given = pa.RecordBatchReader.from_batches(empty.schema, [])
    with pytest.raises(passend.ProtectedError, match="E901"):
        passend.Candidates(empty)
    assert len(passend.Candidates(given, protected="drop")) == 0
