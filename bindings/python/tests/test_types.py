# SPDX-License-Identifier: EUPL-1.2
"""The types that a user's checker sees are those of the package."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from pathlib import Path

import passend
import pytest

USER = '''
import datetime

import duckdb
import pandas as pd  # type: ignore[import-untyped]
import polars as pl

import passend
from passend import charts

engine = passend.Engine(announced=True)
people = pl.DataFrame({"id": ["c1"]})
result: passend.Result = passend.match(people, [{"id": "v1"}], as_of=datetime.date(2026, 11, 25), k=3, engine=engine)
passend.match(pd.DataFrame({"id": ["c1"]}), duckdb.connect().table("v"), as_of="2026-11-25", by="both", when="any")
code: str | None = None
try:
    text: str = passend.explain({"id": "c1"}, {"id": "v1"}, as_of="2026-11-25").text("en", reader="employer")
except passend.PassendError as error:
    code = error.code
frame = pl.DataFrame(result)
lines: int = len(result.people)
passend.match(people, people)  # type: ignore[call-arg]
passend.match(people, people, as_of="2026-11-25", by="person")  # type: ignore[arg-type]
passend.match(people, people, as_of=5)  # type: ignore[arg-type]
passend.match(5, people, as_of="2026-11-25")  # type: ignore[arg-type]
result.hash = "x"  # type: ignore[misc]

rows: list[dict[str, object]] = charts.funnel_data(result, lang="en")
chart: charts.Chart = charts.waterfall(result.explain("c1", "v1"))
charts.comparison({"a": result, "b": result}, title="x").save("x.svg")
drawn: bytes = charts.regions({"Drenthe": 1}).png()
charts.funnel(rows)  # type: ignore[arg-type]
charts.funnel(result, lang="fr")  # type: ignore[arg-type]
charts.waterfall(result)  # type: ignore[arg-type]
charts.comparison([result])  # type: ignore[arg-type]
charts.regions({"Drenthe": "many"})  # type: ignore[dict-item]
chart.title = "x"  # type: ignore[misc]
'''


def run(*arguments: str, folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stub_is_what_the_package_is(tmp_path: Path) -> None:
    run("mypy.stubtest", "passend", folder=tmp_path)


def test_a_users_checker_understands(tmp_path: Path) -> None:
    (tmp_path / "user.py").write_text(USER)
    run("mypy", "--strict", "user.py", folder=tmp_path)


def test_the_other_checker_refuses_the_same_lines(tmp_path: Path) -> None:
    """Pyright reports an error on each line that must be wrong, and on no other."""
    # Packages without types of their own are left out: reading their sources takes long.
    lines = [line for line in USER.splitlines() if "pd" not in line and "duckdb" not in line]
    (tmp_path / "user.py").write_text("\n".join(re.sub(r"  # type: ignore.*", "", line) for line in lines))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "user.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    if not done.stdout.startswith("{"):
        pytest.skip(f"pyright could not be started: {done.stderr[-200:]}")
    problems = json.loads(done.stdout)["generalDiagnostics"]
    found = {one["range"]["start"]["line"] for one in problems if one["severity"] == "error"}
    wrong = {at for at, line in enumerate(lines) if "type: ignore" in line}
    assert found == wrong, [(lines[at], at in wrong) for at in sorted(found ^ wrong)]


def test_examples_in_the_documentation_are_true() -> None:
    assert doctest.testmod(passend, extraglobs={"passend": passend}).failed == 0


def test_everything_public_has_documentation() -> None:
    for name in set(passend.__all__) - {"__version__"}:
        one = getattr(passend, name)
        assert one.__doc__, name
        if one.__module__ == "passend" and isinstance(one, type):
            for part, method in vars(one).items():
                assert part.startswith("_") or method.__doc__, (name, part)
