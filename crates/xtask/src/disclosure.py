# SPDX-License-Identifier: EUPL-1.2
"""Compares `passend groups` with ACRO and `passend fairness` with Fairlearn on random tables; by hand.

    python disclosure.py PROGRAM [TABLES]

needs `pip install acro fairlearn`. Ends with 1 at the first difference.
"""

import json
import logging
import pathlib
import random
import subprocess
import sys
import tempfile

import pandas as pd

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
TABLES = int(sys.argv[2]) if len(sys.argv) > 2 else 1000

STATUSES = ["free", "return_decision", "status_holder_fixed_term", "student_non_eu"]
ROUTES = ["b1", "z", "education"]
EDUCATION = {"none": [], "low": ["mbo1"], "middle": ["mbo2"], "high": ["wo_master"]}


def run(folder, *arguments):
    done = subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, text=True)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def small_cells(number, folder):
    """The cells that ACRO's threshold fails are those hidden by themselves."""
    from acro import ACRO

    draw = random.Random(number)
    people = []
    for status in STATUSES[: draw.randint(2, 4)]:
        for route in ROUTES[: draw.randint(2, 3)]:
            for education in EDUCATION:
                count = draw.choice([0, draw.randint(1, 9), draw.randint(8, 12), draw.randint(10, 40)])
                people += [(status, route, education)] * count
    with open(folder / "c.jsonl", "w") as file:
        for at, (status, route, education) in enumerate(people):
            levels = [{"level": level} for level in EDUCATION[education]]
            record = {"id": f"c{at}", "residence": {"status": status}, "integration": {"route": route}, "education": levels}
            file.write(json.dumps(record) + "\n")
    (folder / "v.jsonl").write_text('{"id":"v1","title":"kok"}\n')
    code, lines, error = run(
        folder, "groups", "c.jsonl", "v.jsonl", "--as-of", "2026-11-25", "--by", "status,route,education", "-f", "jsonl"
    )
    if code == 1 and "E370" in error:
        return False
    assert code == 0, error
    ours = {
        tuple(line["cell"].values()): line["suppressed"] == "primary" for line in lines if "*" not in line["cell"].values()
    }
    frame = pd.DataFrame(people, columns=["status", "route", "education"])
    session = ACRO(suppress=False)
    session.crosstab([frame.status, frame.route], frame.education)
    outcome = session.results.get_index(0).outcome
    theirs = {}
    for (status, route), row in outcome.iterrows():
        for education, told in row.items():
            theirs[(status, route, education)] = "MinimumThreshold" in str(told)
    for cell, is_small in ours.items():
        # A row that nobody is in ACRO does not show.
        assert theirs.get(cell, True) == is_small, (number, cell, is_small)
    return True


def rates(number, folder, attributes):
    """Rates, their least ratio and largest difference are those of Fairlearn."""
    from fairlearn.metrics import MetricFrame, selection_rate

    draw = random.Random(number)
    people = draw.randint(300, 900)
    selected = [draw.random() < draw.choice([0.3, 0.6]) for _ in range(people)]
    groups = {
        f"a{at}": [f"g{draw.randint(1, size)}" for _ in range(people)]
        for at, size in enumerate(draw.randint(2, 6) for _ in range(attributes))
    }
    frame = pd.DataFrame({"id": [f"c{at}" for at in range(people)], **groups})
    frame.to_csv(folder / "audit.csv", index=False)
    with open(folder / "result.jsonl", "w") as file:
        for at, is_selected in enumerate(selected):
            if is_selected:
                file.write(json.dumps({"candidate": f"c{at}", "vacancy": "v", "rank": 1, "score": 1}) + "\n")
    code, lines, error = run(
        folder, "fairness", "result.jsonl", "audit.csv", "--rounding", "0", "--threshold", "3", "-f", "jsonl"
    )
    assert code == 0, error
    for attribute, values in groups.items():
        theirs = MetricFrame(
            metrics=selection_rate, y_true=[0] * people, y_pred=[int(one) for one in selected], sensitive_features=values
        )
        own = {line["group"]: line for line in lines if line["attribute"] == attribute}
        assert not any(line["suppressed"] for line in own.values()), (number, attribute)
        for group, rate in theirs.by_group.items():
            assert abs(own[group]["rate"] - rate) < 1e-12, (number, attribute, group)
        assert abs(own["*"]["rate"] - theirs.overall) < 1e-12
        assert abs(own["*"]["ratio"] - theirs.ratio(method="between_groups")) < 1e-12
        assert abs(own["*"]["difference"] - theirs.difference(method="between_groups")) < 1e-12


def main():
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for number in range(max(TABLES // 50, 1)):
            rates(number, folder, 50)
        print(f"fairness: {max(TABLES // 50, 1) * 50} tables equal to Fairlearn to 1e-12", flush=True)
        safe = sum(small_cells(number, folder) for number in range(TABLES))
        print(f"groups: {safe} of {TABLES} tables, small cells equal to ACRO's; the others were refused")


main()
