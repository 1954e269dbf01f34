# SPDX-License-Identifier: EUPL-1.2
"""What happened before a match, whether lists differ between groups, and reports: as the program says them."""

from __future__ import annotations

import datetime
import json
import logging
import re
from collections.abc import Callable
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
ALL = engine.match(PEOPLE, WORK, as_of=AS_OF)
FIRST = ALL.to_dicts()[0]
DECLINED = {
    "date": "2026-11-20",
    "candidate": FIRST["candidate"],
    "vacancy": FIRST["vacancy"],
    "event": "declined",
    "by": "candidate",
    "why": "distance",
}


def as_file(events: list[dict[str, Any]], folder: Path) -> Path:
    path = folder / "events.jsonl"
    path.write_text("".join(json.dumps(event) + "\n" for event in events))
    return path


FORMS: dict[str, Callable[[list[dict[str, Any]], Path], Any]] = {
    "dicts": lambda events, folder: events,
    "path": as_file,
    "polars": lambda events, folder: pl.DataFrame(events).with_columns(pl.col("date").str.to_date()),
    "lazy": lambda events, folder: pl.LazyFrame(events),
    "pandas": lambda events, folder: pd.DataFrame(events),
    "pyarrow": lambda events, folder: pa.Table.from_pylist(events),
    "duckdb": lambda events, folder: duckdb.from_arrow(pa.Table.from_pylist(events)),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_pair_that_was_declined_is_left_out_whatever_the_events_come_as(form: str, tmp_path: Path) -> None:
    # A cell that is empty in a table is absent.
    spoken = {**DECLINED, "date": "2026-11-19", "event": "spoken", "by": None, "why": None}
    events = [DECLINED] if form in ("dicts", "path") else [spoken, DECLINED]
    result = engine.match(PEOPLE, WORK, as_of=AS_OF, history=FORMS[form](events, tmp_path), since=ALL)
    assert result.left_out is not None and result.left_out["declined"] == 1
    pairs = {(line["candidate"], line["vacancy"]) for line in result.to_dicts()}
    assert (FIRST["candidate"], FIRST["vacancy"]) not in pairs
    assert result.changes is not None
    gone = [line for line in result.changes.to_dicts() if line["change"] == "gone"]
    assert [(line["candidate"], line["vacancy"], line["why"]) for line in gone] == [
        (FIRST["candidate"], FIRST["vacancy"], "declined")
    ]


def test_who_works_takes_no_part_and_prepared_vacancies_stay_as_they_were() -> None:
    started = {key: DECLINED[key] for key in ("date", "candidate", "vacancy")} | {"event": "started"}
    result = engine.match(PEOPLE, WORK, as_of=AS_OF, history=[started])
    assert FIRST["candidate"] not in {line["candidate"] for line in result.to_dicts()}
    out = {line["candidate"]: line.get("left_out") for line in result.people.to_dicts()}
    assert out[FIRST["candidate"]][0]["why"] == "started"
    again = engine.match(PEOPLE, WORK, as_of=AS_OF)
    assert again.hash == ALL.hash and again.left_out is None and again.changes is None


def test_a_result_can_be_compared_with_the_file_of_the_one_before(tmp_path: Path) -> None:
    ALL.write(tmp_path / "before.jsonl")
    same = engine.match(PEOPLE, WORK, as_of=AS_OF, since=tmp_path / "before.jsonl")
    assert same.changes is not None and len(same.changes) == 0
    (tmp_path / "other.jsonl").write_text('{"candidate":"c1"}\n')
    with pytest.raises(passend.UsageError, match="E394 since"):
        engine.match(PEOPLE, WORK, as_of=AS_OF, since=tmp_path / "other.jsonl")
    with pytest.raises(passend.UsageError, match="E310 by"):
        engine.match(PEOPLE, WORK, as_of=AS_OF, since=ALL, by="both")


def test_a_neutral_order_holds_the_same_lines() -> None:
    neutral = passend.match(PEOPLE, WORK, as_of=AS_OF, order="neutral")
    assert sorted(neutral.to_jsonl().splitlines()) == sorted(ALL.to_jsonl().splitlines())
    assert neutral.hash != ALL.hash


def test_bad_events_are_issues_and_never_values() -> None:
    result = engine.match(PEOPLE, WORK, as_of=AS_OF, history=[{**DECLINED, "why": "Woont ver weg"}])
    assert [(issue["table"], issue["code"], issue["path"]) for issue in result.issues] == [("history", "E207", "why")]
    assert "Woont" not in str(result.issues)
    with pytest.raises(passend.ProtectedError, match="E901"):
        engine.match(PEOPLE, WORK, as_of=AS_OF, history=[{**DECLINED, "nationality": "x"}])


def test_a_purpose_leaves_out_whose_permission_is_for_another() -> None:
    people = [{"id": "c1", "permission": {"purpose": "werk"}}, {"id": "c2"}]
    for purpose, why in (("onderzoek", "other_purpose"), (["werk", "onderzoek"], None)):
        result = passend.Engine(purpose=purpose).match(people, WORK, as_of=AS_OF)
        left_out = result.people.to_dicts()[0].get("left_out") or [{"why": None}]
        assert left_out[0]["why"] == why


def test_a_vocabulary_of_ones_own_adds_words(tmp_path: Path) -> None:
    table = tmp_path / "words.tsv"
    table.write_text("occupation/5120-cook\tpannenkoekenbakker\ta\nno/such\tx\ta\n")
    own = passend.Engine(vocabulary=[table])
    person = [{"id": "c1", "experience": [{"title": "pannenkoekenbakker", "months": 36}]}]
    work = [{"id": "v1", "title": "kok"}]
    score = [one.match(person, work, as_of=AS_OF, when="any").to_dicts()[0]["score"] for one in (own, engine)]
    assert score[0] > score[1]
    assert own.versions["vocabulary"] != engine.versions["vocabulary"]
    table.write_text("no table of labels")
    with pytest.raises(passend.PolicyError, match="vocabulary"):
        passend.Engine(vocabulary=table)
    with pytest.raises(passend.UsageError, match="E310 vocabulary"):
        passend.Engine(vocabulary=5)  # type: ignore[arg-type]


def test_what_reading_did_is_told_to_the_logger(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    table = tmp_path / "words.tsv"
    table.write_text("no/such\tx\ta\n")
    with caplog.at_level(logging.INFO, logger="passend"):
        passend.Engine(vocabulary=table)
        engine.match([{"id": "c1"}, {"id": "c2", "skils": ["geheim"]}], WORK, as_of=AS_OF)
    told = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert ("INFO", "candidates: read 2, accepted 1, refused 1, warned 0") in told
    assert any(level == "WARNING" and line.startswith("E201 candidates[1].skils: ") for level, line in told)
    assert any(level == "WARNING" and "words.tsv:1: 1 rows do nothing" in line for level, line in told)
    assert "geheim" not in caplog.text


def audit(rows: int = 100) -> list[dict[str, Any]]:
    return [{"id": f"c{row}", "sex": "f" if row < 40 else "m"} for row in range(rows)]


def listed(folder: Path) -> Path:
    path = folder / "result.jsonl"
    lines = ({"candidate": f"c{row}", "vacancy": "v", "rank": 1, "score": 1} for row in [*range(30), *range(40, 70), 200])
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.mark.parametrize("form", ["dicts", "polars", "path"])
def test_rates_by_group_are_those_of_the_published_counts(form: str, tmp_path: Path) -> None:
    given: Any = audit()
    if form == "polars":
        given = pl.DataFrame(audit())
    elif form == "path":
        given = tmp_path / "audit.csv"
        pl.DataFrame(audit()).write_csv(given)
    found = passend.fairness(listed(tmp_path), given, rounding=0)
    rates = {line["group"]: line["rate"] for line in found.to_dicts()}
    assert rates == {"*": 0.6, "f": 0.75, "m": 0.5}
    assert found.to_polars().filter(group="m")["ratio"].to_list() == [pytest.approx(2 / 3, abs=1e-12)]
    assert found.unknown == 1 and found.refused == {}
    assert {line["section"] for line in found.detail.to_dicts()} == {"exposure"}


def test_what_cannot_be_told_of_groups_is_refused(tmp_path: Path) -> None:
    result = listed(tmp_path)
    for given, code in (
        ([{"id": "c1", "sex": "f"}], "E370 audit"),
        ([*audit(), {"id": "c1", "sex": "f"}], "E373 audit"),
        ([{"id": "c1"}], "E373 audit"),
    ):
        with pytest.raises(passend.UsageError, match=code):
            passend.fairness(result, given)
    with pytest.raises(passend.UsageError, match="E374 result"):
        passend.fairness(tmp_path / "audit.csv" if (tmp_path / "audit.csv").write_text("x") else result, audit())


def test_who_somebody_is_changes_no_byte(tmp_path: Path) -> None:
    table = DEMO.parent / "messy" / "kandidaten_opvang.csv"
    found = engine.flip(table, WORK, as_of=AS_OF, max_refused=100)
    assert found.same and found.different_records == found.different_lines == 0
    assert found.records > 0 and found.lines > 0
    assert sum(line["cells"] for line in found.to_dicts()) > 0
    with pytest.raises(passend.UsageError, match="E310 table"):
        engine.flip([{"id": "c1"}], WORK, as_of=AS_OF)  # type: ignore[arg-type]


def test_lists_that_no_weight_changes_are_stable() -> None:
    lines = engine.sensitivity(PEOPLE, WORK, as_of=AS_OF, k=1).to_dicts()
    assert lines
    for line in lines:
        assert line["best"] <= line["rank"] and line["of"] == 12
        assert (line["worst"] is None) == (line["listed"] < 12)


def test_a_report_is_a_page_a_sheet_and_an_object(tmp_path: Path) -> None:
    report = engine.report(PEOPLE, WORK, as_of=AS_OF, region="AM01", by="status", threshold=1, lang="en")
    found = report.to_dict()
    assert [table["key"] for table in found["tables"]] == ["funnel", "obstacles", "by_status", "leverage", "supply"]
    page = report.html("en")
    assert page.startswith("<!doctype html>") and "<script" not in page and "Work in sight: Groningen" in page
    for name in ("report.html", "report.xlsx", "report.json"):
        report.write(tmp_path / name)
    assert (tmp_path / "report.html").read_text() == report.html()
    assert json.loads((tmp_path / "report.json").read_text()) == found
    assert (tmp_path / "report.xlsx").read_bytes().startswith(b"PK")
    shown = report._repr_html_()
    assert shown.startswith("<iframe") and len(re.findall('"', shown)) % 2 == 0
    assert repr(report) == "<passend.Report Groningen: 5 tables on 2026-11-25>"
    with pytest.raises(passend.UsageError, match="E310 region"):
        engine.report(PEOPLE, WORK, as_of=AS_OF, region="AM99")


def test_figures_of_a_pilot_are_shares_of_its_people(tmp_path: Path) -> None:
    events = [{**DECLINED, "event": "proposed", "by": None, "why": None}, DECLINED]
    events = [{key: value for key, value in event.items() if value is not None} for event in events]
    figures = passend.monitor(events, PEOPLE, as_of=datetime.date(2026, 11, 25))
    by_figure = {line["figure"]: line for line in figures.to_dicts()}
    assert by_figure["declined"]["people"] == 1 and by_figure["declined"]["percent"] == round(100 / len(PEOPLE))
    assert figures.summary["people"] == len(PEOPLE) and figures.summary["first_day"] == "2026-11-20"
    assert [line["why"] for line in figures.declined.to_dicts()] == ["distance"]
    assert figures.days.to_polars().columns == ["from", "to", "pairs", "median", "text"]
    none = passend.monitor([], as_of=AS_OF)
    assert none.summary["first_day"] is None
    assert as_file(events, tmp_path).exists()
    assert passend.monitor(tmp_path / "events.jsonl", PEOPLE, as_of=AS_OF).to_jsonl() == figures.to_jsonl()
