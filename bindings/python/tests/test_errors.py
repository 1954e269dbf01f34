# SPDX-License-Identifier: EUPL-1.2
"""What is refused, and how it is told: a code, a place, what to do; never the value, never a panic."""

from __future__ import annotations

import pickle
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import passend
from conftest import AS_OF

WORK = [{"id": "v1", "title": "kok"}]


def issues(*people: Any) -> list[tuple[int, str, str]]:
    result = passend.match([{"id": "good"}, *people], WORK, as_of=AS_OF)
    assert result.summary["candidates"]["read"] == 1 + len(people)
    return [(issue["row"], issue["code"], issue["path"]) for issue in result.issues]


endless: dict[str, Any] = {"id": "c1"}
endless["wishes"] = endless

BAD_ROWS: dict[str, tuple[Any, tuple[str, str]]] = {
    "unknown key": ({"id": "c1", "skils": []}, ("E201", "skils")),
    "key that is no text": ({"id": "c1", 5: 1}, ("E201", "5")),
    "no id": ({"hours": {"min": 8}}, ("E205", "id")),
    "number for text": ({"id": 5}, ("E206", "id")),
    "text for number": ({"id": "c1", "work_level": "3"}, ("E206", "work_level")),
    "part of a number": ({"id": "c1", "work_level": 3.5}, ("E206", "work_level")),
    "too large": ({"id": "c1", "experience": [{"title": "kok", "months": 2**70}]}, ("E206", "experience[0].months")),
    "endless number": ({"id": "c1", "hours": {"min": float("inf")}}, ("E210", "hours.min")),
    "flag that is none": ({"id": "c1", "student": "ja"}, ("E206", "student")),
    "unknown word": ({"id": "c1", "languages": [{"code": "nl", "level": "A3"}]}, ("E207", "languages[0].level")),
    "no day": ({"id": "c1", "turns_18_on": "25-11-2026"}, ("E208", "turns_18_on")),
    "moment for a day": ({"id": "c1", "turns_18_on": pd.Timestamp("2026-11-25 10:00")}, ("E208", "turns_18_on")),
    "wrong order": ({"id": "c1", "hours": {"min": 40, "max": 8}}, ("E211", "hours")),
    "half a character": ({"id": "c1", "skills": [{"label": "ko\ud83dk"}]}, ("E219", "skills[0].label")),
    "half a character as key": ({"id": "c1", "ko\ud83dk": 1}, ("E201", "ko\ufffd\ufffd\ufffdk")),
    "set": ({"id": "c1", "skills": {"koken"}}, ("E206", "skills")),
    "object": ({"id": "c1", "hours": object()}, ("E206", "hours")),
    "bytes": ({"id": b"c1"}, ("E206", "id")),
    "no record": (5, ("E204", "")),
    "nothing": (None, ("E204", "")),
    "list for a record": ([1, 2], ("E204", "")),
    "text for a record": ("c1", ("E204", "")),
    "endless": (endless, ("E201", "wishes.id")),
    "too long": ({"id": "c1", "experience": [{"title": "x" * 2_000_000}]}, ("E220", "")),
    "national number as id": ({"id": "123456782"}, ("E902", "id")),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_left_out_and_told(name: str) -> None:
    row, expected = BAD_ROWS[name]
    assert issues(row) == [(1, *expected)]
    with pytest.raises(passend.DataError) as raised:
        passend.match([{"id": "good"}, row], WORK, as_of=AS_OF, strict=True)
    error = raised.value
    assert (error.code, error.table, error.row) == (expected[0], "candidates", 1)
    assert (error.field or "") == expected[1]
    assert error.hint and error.hint_nl and len(error.issues) == 1
    with pytest.raises(passend.PassendError) as raised:
        passend.explain(row, WORK[0], as_of=AS_OF)
    assert not isinstance(raised.value.__cause__, BaseException) or raised.value.code


def test_rows_that_share_an_id_are_refused_or_merged() -> None:
    assert issues({"id": "c1"}, {"id": "c1", "skills": []}) == [(1, "E202", "id"), (2, "E202", "id")]
    result = passend.match([{"id": "c1"}, {"id": "c1"}], WORK, as_of=AS_OF)
    assert result.issues == []
    assert result.summary["candidates"]["merged"] == 1
    assert result.summary["candidates"]["warnings"][0]["code"] == "W102"


def test_issues_have_both_languages_and_no_value() -> None:
    result = passend.match([{"id": "c1", "hours": "geheim"}], WORK, as_of=AS_OF)
    (issue,) = result.issues
    assert set(issue) == {"table", "row", "record", "path", "code", "rule", "hint"}
    assert (issue["row"], issue["record"]) == (0, 1)
    assert set(issue["hint"]) == {"nl", "en"}
    assert "geheim" not in str(issue)


def test_too_many_bad_rows_end_the_call() -> None:
    rows = [{"id": f"c{at}"} for at in range(94)] + [{"id": f"d{at}", "hours": 8} for at in range(6)]
    with pytest.raises(passend.DataError) as raised:
        passend.match(rows, WORK, as_of=AS_OF)
    assert raised.value.code == "E109"
    assert len(raised.value.issues) == 6
    assert len(passend.match(rows, WORK, as_of=AS_OF, max_refused=6).issues) == 6
    assert len(passend.match(rows[90:], WORK, as_of=AS_OF).issues) == 6


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        ({"id": "c1", "nationality": "x"}, "E901", "nationality"),
        ({"id": "c1", "Geslacht": None}, "E901", "Geslacht"),
        ({"id": "c1", "hours": {1, 2}, "wishes": {"religie": 1}}, "E901", "wishes.religie"),
        ({"id": "c1", "skills": [{"name": "x"}]}, "E901", "skills[0].name"),
        ({"id": "c1", "bsn": "x"}, "E902", "bsn"),
    ],
)
def test_a_protected_key_always_raises(row: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(passend.ProtectedError) as raised:
        passend.match([{"id": "c0"}, row], WORK, as_of=AS_OF)
    assert (raised.value.code, raised.value.row, raised.value.field) == (code, 1, field)


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table])
def test_protected_columns_are_named(make: Any) -> None:
    table = make({"id": ["c1"], "nationaliteit": ["x"], "Geboortedatum": ["x"], "student": [True]})
    with pytest.raises(passend.ProtectedError) as raised:
        passend.match(table, WORK, as_of=AS_OF)
    error = raised.value
    assert (error.code, error.row, error.field) == ("E901", None, "nationaliteit")
    assert [issue["path"] for issue in error.issues] == ["nationaliteit", "Geboortedatum"]
    assert "`Geboortedatum`" in str(error)
    nested = pa.table({"id": ["c1"], "skills": [[{"label": "koken", "leeftijd": None}]]})
    with pytest.raises(passend.ProtectedError) as raised:
        passend.match(nested, WORK, as_of=AS_OF)
    assert raised.value.field == "skills[].leeftijd"


def test_unknown_columns_are_told_with_what_was_meant() -> None:
    table = pl.DataFrame({"id": ["c1"], "skils": [None], "residence.status": ["free"], "x_own": [1]})
    with pytest.raises(passend.DataError) as raised:
        passend.match(table, WORK, as_of=AS_OF)
    error = raised.value
    assert (error.code, error.row, error.field) == ("E201", None, "skils")
    assert "Did you mean `skills`?" in error.hint
    assert [issue["path"] for issue in error.issues] == ["skils", "residence.status"]


def test_rows_of_tables_are_refused_as_other_rows() -> None:
    table = pl.DataFrame({"id": ["c1", None, "c3"], "work_level": [3, 3, 9], "hours": [{"min": 8}, None, None]})
    result = passend.match(table, WORK, as_of=AS_OF)
    assert [(one["row"], one["code"], one["path"]) for one in result.issues] == [(1, "E205", "id"), (2, "E210", "work_level")]


USAGE: dict[str, tuple[dict[str, Any], str]] = {
    "k": ({"k": 0}, "k"),
    "k text": ({"k": "ten"}, "k"),
    "k flag": ({"k": True}, "k"),
    "k large": ({"k": 2**80}, "k"),
    "threads": ({"threads": -1}, "threads"),
    "by": ({"by": "person"}, "by"),
    "by number": ({"by": 1}, "by"),
    "when": ({"when": "soon"}, "when"),
    "when surrogate": ({"when": "\ud83d"}, "when"),
    "detail": ({"detail": None, "sure": 1}, "sure"),
    "detail word": ({"detail": "all"}, "detail"),
    "as_of": ({"as_of": "25-11-2026"}, "as_of"),
    "as_of none": ({"as_of": None}, "as_of"),
    "as_of number": ({"as_of": 20261125}, "as_of"),
    "as_of moment": ({"as_of": pd.Timestamp("2026-11-25 10:00")}, "as_of"),
    "progress": ({"progress": 1}, "progress"),
    "strict": ({"strict": "yes"}, "strict"),
    "max_refused": ({"max_refused": 101}, "max_refused"),
    "announced": ({"announced": "yes"}, "announced"),
    "policy": ({"policy": 5}, "policy"),
    "engine": ({"engine": 5}, "engine"),
    "both": ({"engine": passend.Engine(), "announced": True}, "engine"),
    "candidates": ({"candidates": 5}, "candidates"),
    "candidates path": ({"candidates": "people.jsonl"}, "candidates"),
    "candidates bytes": ({"candidates": b"{}"}, "candidates"),
    "lazy": ({"candidates": pl.LazyFrame({"id": ["c1"]})}, "candidates"),
    "vacancies": ({"vacancies": None}, "vacancies"),
}


@pytest.mark.parametrize("name", USAGE)
def test_an_argument_that_cannot_be_used_is_named(name: str) -> None:
    given, argument = USAGE[name]
    arguments: dict[str, Any] = {"candidates": [{"id": "c1"}], "vacancies": WORK, "as_of": AS_OF, **given}
    with pytest.raises(passend.UsageError) as raised:
        passend.match(arguments.pop("candidates"), arguments.pop("vacancies"), **arguments)
    assert (raised.value.code, raised.value.field) == ("E310", argument)
    assert raised.value.hint and raised.value.hint_nl


def test_policies_and_places_that_cannot_be_used_are_told(tmp_path: Any) -> None:
    for policy, code in [("[weights]\nskills = 99\n", "E303"), (tmp_path / "none.toml", "E110"), ("none.toml", "E110"), ("= x", "E303")]:
        with pytest.raises(passend.PolicyError) as raised:
            passend.Engine(policy)
        assert (raised.value.code, raised.value.field) == (code, "policy")
    for places in ["place;x\n", [{"place": "a", "x": 1.5, "y": 2}], [{"place": "a", "x": 6, "y": 52}]]:
        with pytest.raises(passend.PolicyError) as raised:
            passend.Engine(places=places)
        assert (raised.value.code, raised.value.field) == ("E305", "places")


def test_tables_that_cannot_be_read_are_told() -> None:
    # Three levels deep, cut in the middle: the Arrow library of Rust panics on it.
    deep = pa.StructArray.from_arrays([pa.array([{"hours": {"min": at}} for at in range(9)]).slice(3)], names=["wish"])
    with pytest.raises(passend.UsageError) as raised:
        passend.match(pa.table({"id": ["a", "b", "c", "d", "e", "f"], "wishes": deep}), WORK, as_of=AS_OF)
    assert (raised.value.code, raised.value.field) == ("E310", "candidates")
    for odd in (pa.table({"id": [b"c1"]}), pa.table({"id": [1]}), pl.DataFrame({"id": [1.5]})):
        (issue,) = passend.match(odd, WORK, as_of=AS_OF).issues
        assert (issue["code"], issue["path"]) == ("E206", "id")


def test_exceptions_of_the_caller_pass() -> None:
    def people() -> Any:
        yield {"id": "c1"}
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        passend.match(people(), WORK, as_of=AS_OF)


def test_the_tree_is_one_and_crosses_processes() -> None:
    for kind in (passend.DataError, passend.PolicyError, passend.UsageError):
        assert issubclass(kind, passend.PassendError)
    assert issubclass(passend.ProtectedError, passend.DataError)
    with pytest.raises(passend.PassendError) as raised:
        passend.match([{"id": "c1", "bsn": 1}], WORK, as_of=AS_OF)
    again = pickle.loads(pickle.dumps(raised.value))
    assert (type(again), again.code, again.field, str(again)) == (
        passend.ProtectedError,
        "E902",
        "bsn",
        str(raised.value),
    )
