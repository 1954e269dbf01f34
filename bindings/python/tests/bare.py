# SPDX-License-Identifier: EUPL-1.2
"""The package alone, in an environment without any other: `cargo xtask bare`.

Not a test of pytest, which would have to be installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import tempfile
from pathlib import Path

import passend

DEMO = Path(__file__).parents[3] / "fixtures" / "demo"
AS_OF = "2026-11-25"

for other in ("numpy", "pyarrow", "pandas", "polars", "altair"):
    assert importlib.util.find_spec(other) is None, f"{other} is installed"

lines = (DEMO / "expected.jsonl").read_bytes()
people, work = passend.Candidates(DEMO / "candidates.jsonl"), passend.Vacancies(DEMO / "vacancies.jsonl")
rows = [json.loads(line) for line in (DEMO / "candidates.jsonl").read_text(encoding="utf-8").splitlines()]
engine = passend.Engine()
for given in (people, rows, DEMO / "candidates.jsonl"):
    candidates = given if not isinstance(given, Path) else passend.Candidates(given)
    result = engine.match(candidates, work, as_of=AS_OF)
    assert result.hash == hashlib.sha256(lines).hexdigest()
assert len(engine.groups(people, work, as_of=AS_OF, by="education", threshold=3)) > 1
assert "<script" not in engine.report(people, work, as_of=AS_OF).html()
with tempfile.TemporaryDirectory() as folder:
    for name in ("result.csv", "result.xlsx", "result.parquet"):
        result.write(Path(folder) / name)
    result.people.to_dicts()
    for name in ("lines.csv", "lines.xlsx", "lines.parquet"):
        engine.leverage(people, work, as_of=AS_OF).write(Path(folder) / name)
for needs in (result.to_polars, result.to_pandas):
    try:
        needs()
    except passend.UsageError as error:
        assert error.code == "E310" and "pip install" in str(error)
    else:
        raise AssertionError("a frame without its package")
print(f"bare: {len(result)} pairs, the hash of the program, without any other package")
