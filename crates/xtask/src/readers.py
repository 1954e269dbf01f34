# SPDX-License-Identifier: EUPL-1.2
"""What DuckDB, pandas, polars and Frictionless make of the tables of `fixtures/bad/tables`, beside passend; by hand.

    python readers.py PROGRAM FOLDER

needs `pip install duckdb pandas polars frictionless`. Each reader is told all that can be told of the good file: separator,
decimal sign, form of days, types; Frictionless the rules of each column too. One letter for each file and reader:

    o  as it should be: the records of the good file, or a fault where there is one, told with its line
    e  a fault is told, without a line
    x  refused although it can be read
    s  silently wrong: other values or other rows than the file says, or a fault that nobody is told of
"""

import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import warnings

import duckdb
import frictionless
import pandas
import polars

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
FOLDER = pathlib.Path(sys.argv[2]).resolve()
NAMES = ["kandidaatnummer", "postcode", "CEFR", "uren per week", "jaren ervaring", "beroep", "beschikbaar vanaf"]
DAY = "%d-%m-%Y"
LINE = re.compile(r"(?i)\b(line|row|lines|rows)\b\D{0,12}\d+")


class Told(Exception):
    """A fault that a reader tells, with or without its line."""

    def __init__(self, has_line):
        super().__init__()
        self.has_line = has_line


def with_duckdb(path):
    columns = dict.fromkeys(NAMES, "VARCHAR") | {"jaren ervaring": "DOUBLE", "beschikbaar vanaf": "DATE"}
    made = duckdb.connect().read_csv(
        str(path), sep=";", decimal=",", header=True, dtype=columns, date_format=DAY
    )
    if made.columns != NAMES:
        raise Told(False)
    return made.fetchall()


def with_pandas(path):
    frame = pandas.read_csv(
        path, sep=";", decimal=",", dtype={name: "string" for name in NAMES if name != "jaren ervaring"}
    )
    if list(frame.columns) != NAMES:
        raise Told(False)
    frame["jaren ervaring"] = frame["jaren ervaring"].astype(float)
    frame["beschikbaar vanaf"] = pandas.to_datetime(frame["beschikbaar vanaf"], format=DAY).dt.date
    return [tuple(None if pandas.isna(cell) else cell for cell in row) for row in frame.itertuples(index=False)]


def with_polars(path):
    types = {name: polars.String for name in NAMES} | {"jaren ervaring": polars.Float64}
    frame = polars.read_csv(path, separator=";", decimal_comma=True, schema_overrides=types)
    if frame.columns != NAMES:
        raise Told(False)
    return frame.with_columns(polars.col("beschikbaar vanaf").str.to_date(DAY)).rows()


def with_frictionless(path):
    text = {"type": "string"}
    level = r"(A[012]|B[12]|C[12])(/(A[12]|B[12]|C[12]))?"
    fields = [
        {"name": NAMES[0], **text, "constraints": {"required": True, "unique": True, "pattern": r"[A-Za-z0-9_.-]+"}},
        {"name": NAMES[1], **text, "constraints": {"pattern": r"[1-9][0-9]{3} ?([A-Z]{2})?"}},
        {"name": NAMES[2], **text, "constraints": {"pattern": level}},
        {"name": NAMES[3], **text, "constraints": {"pattern": r"[0-9]{1,2}(-[0-9]{1,2})?"}},
        {"name": NAMES[4], "type": "number", "decimalChar": ",", "constraints": {"minimum": 0}},
        {"name": NAMES[5], **text},
        {"name": NAMES[6], "type": "date", "format": DAY},
    ]
    resource = frictionless.Resource(
        path=path.name,
        basepath=str(path.parent),
        format="csv",
        dialect=frictionless.Dialect.from_descriptor({"csv": {"delimiter": ";"}}),
        schema=frictionless.Schema.from_descriptor({"fields": fields}),
    )
    report = resource.validate()
    if not report.valid:
        errors = [error for task in report.tasks for error in task.errors]
        raise Told(any(getattr(error, "row_number", None) for error in errors))
    return [tuple(row[name] for name in NAMES) for row in resource.read_rows()]


def with_passend(path):
    """Its records as rows would be another comparison: the list beside the files says whether they are the good ones."""
    with tempfile.TemporaryDirectory() as folder:
        out, refused = pathlib.Path(folder, "out.jsonl"), pathlib.Path(folder, "refused.jsonl")
        done = subprocess.run(
            [PROGRAM, "import", str(path), "--side", "candidate", "--as-of", "2026-11-25", "--max-refused", "100"]
            + ["-o", str(out), "--refused", str(refused)],
            capture_output=True,
            text=True,
        )
        if done.returncode == 1:
            # A fault of the file as a whole has a code and says what to do.
            raise Told("E1" in done.stderr)
        if refused.read_text():
            raise Told(all(json.loads(line)["line"] for line in refused.read_text().splitlines()))
        return [tuple(sorted(json.loads(line).items(), key=str)) for line in out.read_text().splitlines()]


READERS = {
    "passend": with_passend,
    "DuckDB": with_duckdb,
    "pandas": with_pandas,
    "polars": with_polars,
    "Frictionless": with_frictionless,
}


def plain(rows):
    """Numbers and days of all readers alike; with nothing else changed."""
    one = lambda cell: str(cell) if isinstance(cell, (datetime.date, str)) or cell is None else float(cell)
    return [tuple(one(cell) if not isinstance(cell, tuple) else repr(cell) for cell in row) for row in rows]


def outcome(reader, path, kind, is_good, good):
    try:
        rows = plain(reader(path))
    except Told as told:
        has_line = told.has_line
    except Exception as error:
        has_line = bool(LINE.search(str(error)))
    else:
        if kind in ("refused", "file"):
            return "s"
        return "s" if is_good and rows != good else "o"
    if kind in ("refused", "file"):
        # No line can be blamed for a fault of the whole file.
        return "o" if has_line or kind == "file" else "e"
    return "x"


def main():
    warnings.simplefilter("ignore")
    files = []
    for line in (FOLDER / "expected.tsv").read_text().splitlines():
        if not line.startswith("#"):
            name, kind, _, *same = line.split("\t")
            files.append((name, kind, same == ["="]))
    good = {name: plain(reader(FOLDER / "c00_good.csv")) for name, reader in READERS.items()}
    versions = {module.__name__: module.__version__ for module in (duckdb, pandas, polars, frictionless)}
    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    print("| file | should be | " + " | ".join(READERS) + " |")
    print("|---|---|" + "---|" * len(READERS))
    counts = {name: {} for name in READERS}
    for file, kind, is_good in files:
        letters = []
        for name, reader in READERS.items():
            letter = outcome(reader, FOLDER / file, kind, is_good, good[name])
            counts[name][letter] = counts[name].get(letter, 0) + 1
            letters.append(letter)
        print(f"| {file} | {kind} | " + " | ".join(letters) + " |")
    print()
    for name, count in counts.items():
        print(f"{name}: " + ", ".join(f"{letter} {count.get(letter, 0)}" for letter in "oexs"))
    return 1 if set(counts["passend"]) != {"o"} else 0


if __name__ == "__main__":
    sys.exit(main())
