# SPDX-License-Identifier: EUPL-1.2
"""Reads the files of `cargo bench --bench load -- DIR` with polars, DuckDB and pyarrow: `python benches/load.py DIR THREADS`.

Wall and cpu are each the least of three; cpu is that of all threads. None of these checks a record.
"""

import os
import resource
import sys
import time

folder, threads = sys.argv[1], int(sys.argv[2])
os.environ["POLARS_MAX_THREADS"] = str(threads)

import duckdb  # noqa: E402
import orjson  # noqa: E402
import polars  # noqa: E402
import pyarrow.json  # noqa: E402
import pyarrow.parquet  # noqa: E402

pyarrow.set_cpu_count(threads)
connection = duckdb.connect(config={"threads": threads})


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def lines(path):
    with open(path, "rb") as file:
        return [orjson.loads(line) for line in file]


for name in ["candidates", "vacancies"]:
    for extension, label, read in [
        ("jsonl", "orjson, a dict each", lines),
        ("jsonl", "polars", lambda path: polars.read_ndjson(path, infer_schema_length=None)),
        ("jsonl", "duckdb", lambda path: connection.sql(f"SELECT * FROM read_json('{path}', format='newline_delimited', sample_size=-1)").to_arrow_table()),
        ("jsonl", "pyarrow", lambda path: pyarrow.json.read_json(path)),
        ("csv", "polars", lambda path: polars.read_csv(path, infer_schema=False)),
        ("csv", "duckdb", lambda path: connection.sql(f"SELECT * FROM read_csv('{path}', all_varchar=true)").to_arrow_table()),
        ("parquet", "polars", lambda path: polars.read_parquet(path)),
        ("parquet", "duckdb", lambda path: connection.sql(f"SELECT * FROM '{path}'").to_arrow_table()),
        ("parquet", "pyarrow", lambda path: pyarrow.parquet.read_table(path)),
    ]:
        path = f"{folder}/{name}.{extension}"
        best = None
        try:
            megabytes = os.path.getsize(path) / 1e6
            for _ in range(3):
                used, begin = cpu(), time.perf_counter()
                read(path)
                taken = (time.perf_counter() - begin, cpu() - used)
                best = tuple(map(min, best, taken)) if best else taken
        except Exception as error:  # a peer that cannot read the file is a result too
            print(f"{name}.{extension}, {label}, {threads} threads: {type(error).__name__}: {str(error)[:120]}")
            continue
        wall, used = best
        print(f"{name}.{extension}, {label}, {threads} threads".ljust(48), f"{megabytes:6.1f} {wall:8.2f} {used:8.2f} {megabytes / wall:8.0f} {megabytes / used:10.0f}", flush=True)
