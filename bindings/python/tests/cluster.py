# SPDX-License-Identifier: EUPL-1.2
"""The match on a cluster of Spark gives the lines of one machine: `cargo xtask spark`.

Not a test of pytest: it asks PySpark, which brings 400 MB, and Java.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import polars
import pyarrow

import passend
import passend.spark

DEMO = Path(__file__).parents[3] / "fixtures" / "demo"
ASKED: dict[str, Any] = {"as_of": "2026-11-25", "k": 5}


def sorted_lines(table: Any) -> list[str]:
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in table.to_pylist())


def main() -> None:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    people = polars.read_ndjson(DEMO / "candidates.jsonl", infer_schema_length=None)
    work = passend.Vacancies(DEMO / "vacancies.jsonl")
    alone = passend.Engine().match(passend.Candidates(people), work, **ASKED)

    builder = SparkSession.builder.master("local[2]")
    for option in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
        builder = builder.config(option, "false")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    spread = session.createDataFrame(people.to_arrow()).repartition(3)
    lines = sorted_lines(passend.spark.match(spread, work, **ASKED).toArrow())
    told = passend.spark.people(spread, work, **ASKED).toArrow()
    session.stop()

    assert lines == sorted_lines(pyarrow.table(alone)), "other lines than one machine gives"
    passend.check_complete(people, told)
    print(f"spark: {len(lines)} lines of {told.num_rows} people in three parts: those of one machine, nobody is lost")


main()
