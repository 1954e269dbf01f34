# SPDX-License-Identifier: EUPL-1.2
"""The same records give the same bytes, whichever way they come in."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.json
import pydantic
import pytest

import passend
from conftest import AS_OF, DEMO, rows

READERS = {
    "dicts": rows,
    "polars": lambda name: pl.read_ndjson(DEMO / f"{name}.jsonl"),
    "pandas": lambda name: pd.read_json(DEMO / f"{name}.jsonl", lines=True),
    "pandas rows": lambda name: pd.read_json(DEMO / f"{name}.jsonl", lines=True).to_dict("records"),
    "pyarrow": lambda name: pyarrow.json.read_json(DEMO / f"{name}.jsonl"),
    "pyarrow batch": lambda name: pyarrow.json.read_json(DEMO / f"{name}.jsonl").to_batches()[0],
    "pyarrow slices": lambda name: pa.concat_tables(
        pyarrow.json.read_json(DEMO / f"{name}.jsonl").slice(at, 7) for at in range(0, 42, 7)
    ),
    "polars slices": lambda name: pl.concat(
        [pl.read_ndjson(DEMO / f"{name}.jsonl").slice(at, 7) for at in range(0, 42, 7)], rechunk=False
    ),
    "pyarrow reader": lambda name: pyarrow.json.read_json(DEMO / f"{name}.jsonl").to_reader(5),
    "duckdb": lambda name: duckdb.sql(f"FROM read_json('{DEMO / name}.jsonl')"),
    "generator": lambda name: (row for row in rows(name)),
    "polars rows": lambda name: pl.read_ndjson(DEMO / f"{name}.jsonl").iter_rows(named=True),
}


@pytest.fixture(scope="session")
def expected() -> str:
    file = DEMO / "expected.jsonl"
    if file.exists():
        return hashlib.sha256(file.read_bytes()).hexdigest()
    return passend.match(rows("candidates"), rows("vacancies"), as_of=AS_OF).hash


@pytest.mark.parametrize("reader", READERS)
def test_every_door_gives_one_hash(reader: str, expected: str) -> None:
    read = READERS[reader]
    result = passend.match(read("candidates"), read("vacancies"), as_of=AS_OF)
    assert result.hash == expected
    assert hashlib.sha256(result.to_jsonl().encode()).hexdigest() == expected
    assert len(result) == result.to_jsonl().count("\n") > 50
    assert result.issues == []


@pytest.mark.parametrize("as_of", [datetime.date(2026, 11, 25), datetime.datetime(2026, 11, 25), pd.Timestamp(AS_OF)])
def test_a_day_may_be_text_or_a_date(as_of: datetime.date, expected: str) -> None:
    assert passend.match(rows("candidates"), rows("vacancies"), as_of=as_of).hash == expected


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_threads_and_order_change_nothing(threads: int, expected: str) -> None:
    result = passend.match(rows("candidates")[::-1], rows("vacancies")[::-1], as_of=AS_OF, threads=threads)
    assert result.hash == expected


def one(candidate: Any) -> dict[str, Any]:
    """What became of a person, against a vacancy that asks much."""
    vacancy = {
        "id": "v1",
        "title": "kok",
        "hours": {"min": 30},
        "starts": "2026-12-01",
        "slots": [{"day": "mon", "from": "09:00", "to": "17:00"}],
        "require": {"languages": [{"code": "nl", "min": "A2", "weight": "must"}]},
    }
    return passend.explain(candidate, vacancy, as_of=AS_OF).to_dict()


PERSON = {
    "id": "c1",
    "residence": {"status": "free", "document_valid_until": "2027-03-01"},
    "hours": {"min": 16, "max": 32.5},
    "slots": [{"day": "mon", "from": "09:00", "to": "12:00", "kind": "class"}],
    "languages": [{"code": "nl", "level": "A2"}],
    "irregular_ok": True,
    "work_level": 3,
}


class Level(str, enum.Enum):
    A2 = "A2"


@dataclasses.dataclass
class Language:
    code: str
    level: Level


@dataclasses.dataclass
class Person:
    id: str
    residence: dict[str, Any]
    hours: dict[str, Any]
    slots: tuple[Any, ...]
    languages: list[Language]
    irregular_ok: bool
    work_level: float
    licences: list[Any] | None = None


class Model(pydantic.BaseModel):
    id: str
    residence: dict[str, Any]
    hours: dict[str, Any]
    slots: list[dict[str, Any]]
    languages: list[dict[str, Any]]
    irregular_ok: bool
    work_level: int
    licences: list[Any] | None = None


def test_objects_of_python_are_read_as_what_they_mean() -> None:
    expected = one(PERSON)
    residence = {"status": "free", "document_valid_until": datetime.date(2027, 3, 1)}
    slots = ({"day": "mon", "from": datetime.time(9), "to": datetime.time(12), "kind": "class"},)
    hours = {"min": np.int64(16), "max": decimal.Decimal("32.50")}
    person = Person("c1", residence, hours, slots, [Language("nl", Level.A2)], True, 3.0)
    assert one(person) == expected
    assert one(dataclasses.asdict(person)) == expected
    assert one(Model(**PERSON)) == expected
    assert one({**PERSON, "languages": np.array([{"code": "nl", "level": "A2"}], dtype=object)}) == expected
    moment = {"status": "free", "document_valid_until": pd.Timestamp("2027-03-01")}
    assert one({**PERSON, "residence": moment, "licences": float("nan"), "student": pd.NA, "turns_18_on": pd.NaT}) == expected
    assert one(pd.DataFrame([PERSON, {"id": "c2"}]).iloc[0]) == expected
    assert one(pl.DataFrame([PERSON])) == expected


def test_types_of_tables_are_read_as_what_they_mean() -> None:
    expected = one(PERSON)
    table = duckdb.sql(
        """
        SELECT 'c1' AS id,
               {'status': 'free'::ENUM('free', 'unknown'), 'document_valid_until': DATE '2027-03-01'} AS residence,
               {'min': 16::UTINYINT, 'max': 32.50::DECIMAL(6, 2)} AS hours,
               [{'day': 'mon', 'from': TIME '09:00', 'to': TIME '12:00', 'kind': 'class'}] AS slots,
               '[{"code": "nl", "level": "A2"}]'::JSON AS languages,
               true AS irregular_ok, 3.0::DOUBLE AS work_level, NULL AS licences, 7 AS x_row
        """
    )
    assert one(table) == expected
    frame = pl.DataFrame([PERSON]).with_columns(
        pl.col("id").cast(pl.Categorical),
        pl.col("irregular_ok").cast(pl.Float64),
        pl.col("languages").list.to_array(1),
        x_note=pl.lit("own"),
    )
    assert one(frame) == expected
    assert one(pa.table(frame).cast(pa.schema(pa.table(frame).schema))) == expected
    views = pa.table({"id": pa.array(["c1"], pa.string_view()), "skills": pa.array([[]], pa.list_view(pa.null()))})
    assert one(views) == one({"id": "c1", "skills": []})
    dictionary = pa.table({"id": pa.array(["c1"]).dictionary_encode(), "closed": pa.nulls(1)}).drop_columns("closed")
    assert one(dictionary) == one({"id": "c1"})


def test_absent_and_none_differ() -> None:
    frame = pl.DataFrame({"id": ["c1", "c2"], "languages": [None, []]}, schema_overrides={"languages": pl.List(pl.Null)})
    result = passend.match(frame, [{"id": "v1", "title": "kok", "require": {"languages": [{"code": "nl", "min": "A2", "weight": "must"}]}}], as_of=AS_OF, when="any")
    found = {line["candidate"]: {finding["gate"]: finding["finding"] for finding in line["findings"]} for line in result.to_dicts()}
    known = passend.match([{"id": "c1"}, {"id": "c2", "languages": []}], [{"id": "v1", "title": "kok", "require": {"languages": [{"code": "nl", "min": "A2", "weight": "must"}]}}], as_of=AS_OF, when="any")
    assert result.hash == known.hash
    assert all(finding.get("language") != "open" for finding in found.values())


def test_values_of_more_than_one_type_are_read(tmp_path: Path) -> None:
    mixed = [
        {"id": "c1", "languages": [{"code": "nl", "level": "A2"}]},
        {"id": "c2", "languages": [{"code": "nl", "level": {"min": "A1", "max": "B1"}}], "work_level": 3},
    ]
    vacancy = [{"id": "v1", "title": "kok", "require": {"languages": [{"code": "nl", "min": "A2"}]}}]
    expected = passend.match(mixed, vacancy, as_of=AS_OF).hash
    frame = pd.DataFrame(mixed)
    assert passend.match(frame, vacancy, as_of=AS_OF).hash == expected
    assert passend.match(frame.set_index("id"), vacancy, as_of=AS_OF).hash == expected
    file = tmp_path / "mixed.jsonl"
    file.write_text("\n".join(map(json.dumps, mixed)))
    assert passend.match(pl.read_ndjson(file), vacancy, as_of=AS_OF).hash == expected
    assert passend.match(duckdb.sql(f"FROM read_json('{file}')"), vacancy, as_of=AS_OF).hash == expected
    with pytest.raises(passend.ProtectedError) as raised:
        passend.match(frame.assign(geslacht=None), vacancy, as_of=AS_OF)
    assert raised.value.code == "E901"


def test_a_selection_of_a_frame_keeps_its_meaning(candidates: Any, vacancies: Any) -> None:
    frame = pd.read_json(DEMO / "candidates.jsonl", lines=True)
    some = frame[frame["id"].isin(["c02", "c07"])]
    expected = passend.match([row for row in candidates if row["id"] in ("c02", "c07")], vacancies, as_of=AS_OF)
    assert passend.match(some, vacancies, as_of=AS_OF).hash == expected.hash
    empty = passend.match(frame[:0], vacancies, as_of=AS_OF)
    assert (len(empty), empty.to_jsonl(), empty.to_polars().height) == (0, "", 0)
    assert len(passend.match([], [], as_of=AS_OF, by="both")) == 0


def test_pandas_needs_no_pyarrow(monkeypatch: pytest.MonkeyPatch, expected: str) -> None:
    frames = [pd.read_json(DEMO / f"{name}.jsonl", lines=True) for name in ("candidates", "vacancies")]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert passend.match(*frames, as_of=AS_OF).hash == expected
