# SPDX-License-Identifier: EUPL-1.2
"""Compares `passend groups` with ACRO and `passend fairness` with Fairlearn on random tables, and tries to compute what
`passend report` hides, out of all tables of a report together; by hand.

    python disclosure.py PROGRAM [TABLES]

needs `pip install acro fairlearn scipy`. Ends with 1 at the first difference, or the first number that can be computed.
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
    """The cells that ACRO's threshold fails are those hidden by themselves.

    Both count a cell without anybody as small. ACRO does not show a row in which nobody is at all; we show it, hidden.
    """
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


#: Rows of the funnel, by what they are called, and who is in them.
MAY = {
    "may work now, without a TWV": "now",
    "may work later, without a TWV": "later",
    "may work with a TWV, perhaps after a wait": "permit",
    "may work: still to be asked": "unknown",
    "may not work now": "not",
}
OPEN = {
    "work open: now": "now",
    "work open: within 3 months": "3m",
    "work open: within 6 months": "6m",
    "work open: within 12 months": "12m",
}
PLACES = ["Groningen", "Assen", "Leeuwarden", "Almere"]


def population(draw, folder):
    """Some hundreds of people and four vacancies, so that small groups are common."""
    kinds = [
        {"status": "free"},
        {"status": "status_holder_fixed_term"},
        {"status": "asylum_seeker_in_procedure", "procedure_started": "2025-01-15"},
        {"status": "asylum_seeker_in_procedure", "procedure_started": "2026-10-01"},
        {"status": "return_decision"},
        {"status": "dublin_claimant"},
        {"status": "ukraine_temporary_protection"},
        {"status": "student_non_eu"},
    ]
    shares = [draw.choice([0, 1, 3, 10, 30, 60]) for _ in kinds]
    shares[draw.randrange(len(shares))] = 60
    with open(folder / "c.jsonl", "w") as file:
        for at in range(draw.randint(60, 400)):
            levels = [{"level": level} for level in EDUCATION[draw.choice(list(EDUCATION))]]
            record = {
                "id": f"c{at}",
                "residence": draw.choices(kinds, shares)[0],
                "bsn_available": draw.random() < 0.9,
                "location": {"municipality": draw.choices(PLACES, [60, 30, 6, 2])[0]},
                "mobility": {"max_km": draw.choice([10, 40, 80])},
                "integration": {"route": draw.choices(ROUTES, [40, 8, 2])[0]},
                "education": levels,
                "languages": [{"code": "nl", "level": draw.choice(["A0", "A1", "A2", "B1"])}],
                "certificates": [],
                "experience": [{"title": draw.choice(["kok", "lasser", "schoonmaker"]), "months": 24}],
            }
            file.write(json.dumps(record) + "\n")
    dutch = {"languages": [{"code": "nl", "min": "A2", "weight": "must"}]}
    vca = {"certificates": [{"code": "vca_basic", "weight": "must"}]}
    work = [
        {"title": "kok", "require": dutch, "location": {"municipality": "Groningen"}},
        {"title": "lasser", "require": vca, "location": {"municipality": "Assen"}},
        {"title": "schoonmaker", "location": {"municipality": "Groningen"}, "starts": "2027-01-10"},
        {"title": "kok", "location": {"municipality": "Leeuwarden"}},
    ]
    kept = draw.sample(work, draw.randint(1, 4))
    lines = (json.dumps({"id": f"v{at}", "twv": {"employer_will_apply": "yes"}, **one}) for at, one in enumerate(kept))
    (folder / "v.jsonl").write_text("".join(line + "\n" for line in lines))


class Linked:
    """What a reader knows of a report: everybody by what they may and where they stop, and each table by group of the same.

    Of two tables by groups only what they have in common matters, so that each is a table of its own with the same margins.
    """

    def __init__(self):
        self.names, self.equal, self.least = {}, [], []

    def at(self, *cell):
        return self.names.setdefault(cell, len(self.names))

    def know(self, cells, number):
        self.equal.append((list(cells), number))

    def know_at_least(self, cells, number):
        self.least.append((list(cells), number))

    def between(self, asked):
        """The least and the most that these cells can be together."""
        import numpy as np
        from scipy.optimize import linprog
        from scipy.sparse import lil_matrix

        if not hasattr(self, "solved"):
            size = len(self.names)
            matrices = []
            for rows in (self.equal, self.least):
                matrix = lil_matrix((len(rows), size))
                for row, (cells, _) in enumerate(rows):
                    for cell, sign in cells:
                        matrix[row, cell] += sign
                matrices.append(matrix.tocsr())
            self.solved = matrices
        (equal, least), found = self.solved, []
        cost = np.zeros(len(self.names))
        for cell, sign in asked:
            cost[cell] += sign
        for way in (1, -1):
            done = linprog(
                way * cost,
                A_eq=equal,
                b_eq=[number for _, number in self.equal],
                A_ub=-least if self.least else None,
                b_ub=[-number for _, number in self.least] if self.least else None,
                bounds=(0, None),
                method="highs",
            )
            if done.status == 3:
                found.append(float("inf"))
            else:
                assert done.status == 0, done.message
                found.append(way * done.fun)
        return found


def linked_tables(number, folder):
    """No number that a report hides can be computed from all its tables together; gives how many are hidden."""
    population(random.Random(number), folder)
    sides = ["c.jsonl", "v.jsonl", "--as-of", "2026-11-25"]
    report = ["report", *sides, "--lang", "en", "-f", "json", "--threshold"]

    def tables(threshold):
        code, lines, error = run(folder, *report, threshold)
        assert code == 0, (number, error)
        return {table["key"]: table for table in lines[0]["tables"]}

    told, exact = tables("10"), tables("1")
    # What each status may is in the law: which of both go together is no secret.
    lines = run(folder, "funnel", *sides, "--by", "status", "-f", "jsonl")[1]
    words = dict(zip(["may_work_now", "may_work_later", "may_work_with_permit", "may_work_unknown", "may_not_work"], MAY.values()))
    together = {(line["group"], words[line["stage"]]) for line in lines if line["stage"] in words}
    named = sorted({line["group"] for line in lines})

    def rows(tables, key):
        return {row["name"]["en"]: row["cells"] for row in tables[key]["rows"]}

    funnel, stops = rows(exact, "funnel"), rows(exact, "obstacles")
    may = [MAY[name] for name in funnel if name in MAY]
    parts = [OPEN[name] for name in funnel if name in OPEN] + [("stopped", name) for name in stops]
    opened = [part for part in parts if isinstance(part, str)]
    linked = Linked()
    numbers = []  # what it is, the cells, what is told, what it is in truth

    def all_of(what, parts, group=None):
        return [(linked.at(group, m, part), 1) for m in what for part in parts]

    for name, (number_told,) in rows(told, "funnel").items():
        if name in MAY:
            cells = all_of([MAY[name]], parts)
        elif name in OPEN:
            cells = all_of(may, [OPEN[name]])
        elif name == "people":
            cells = all_of(may, parts)
        else:
            cells = all_of(may, [part for part in parts if part not in opened])
        numbers.append((name, cells, number_told, funnel[name][0]))
    for name, (number_told,) in rows(told, "obstacles").items():
        numbers.append((name, all_of(may, [("stopped", name)]), number_told, stops[name][0]))
    order = ["now", "3m", "6m", "12m"]
    for key in [key for key in told if key.startswith("by_")]:
        by_name = rows(exact, key)
        # Groups of the report are in order of their codes.
        codes = dict(zip(by_name, named)) if key == "by_status" else {}
        for m in may:
            for part in parts:
                cells = [(linked.at((key, group), m, part), 1) for group in by_name]
                linked.know([*cells, (linked.at(None, m, part), -1)], 0)
        for group in by_name:
            for m in may:
                if key == "by_status" and (codes[group], m) not in together:
                    linked.know(all_of([m], parts, (key, group)), 0)
            columns = [all_of(may, parts, (key, group))]
            if key != "by_status":
                columns.append(all_of([m for m in may if m == "now"], parts, (key, group)))
            columns.append(all_of(may, [part for part in parts if part == "now"], (key, group)))
            columns.append(all_of(may, opened, (key, group)))
            columns.append(all_of(may, [part for part in parts if part not in opened], (key, group)))
            for at, cells in enumerate(columns):
                numbers.append((f"{key} {group} {at}", cells, rows(told, key)[group][at], by_name[group][at]))
    for name, cells in rows(told, "leverage").items():
        for at, number_told in enumerate(cells):
            by_then = all_of(may, [part for part in opened if order.index(part) <= at])
            if name == "without a measure":
                numbers.append((f"{name} {at}", by_then, number_told, rows(exact, "leverage")[name][at]))
            elif number_told:
                # Who gains has nothing open without it.
                rest = [part for part in parts if part not in opened or order.index(part) > at]
                linked.know_at_least(all_of(may, rest), number_told)
    for row in told["supply"]["rows"]:
        for column, last in ((1, "now"), (2, "12m")):
            if row["cells"][column]:
                ready = [part for part in opened if order.index(part) <= order.index(last)]
                linked.know_at_least(all_of(may, ready), row["cells"][column])
    for _, cells, number_told, _ in numbers:
        if number_told is not None:
            linked.know(cells, number_told)
    # Where nobody is at all the funnel has no row, and nothing is hidden by that.
    hidden = [one for one in numbers if one[2] is None and one[1]]
    for name, cells, _, truth in hidden:
        least, most = linked.between(cells)
        truth = truth or 0
        assert least - 1e-6 <= truth <= most + 1e-6, (number, name, least, truth, most)
        asked = 3 if truth < 10 else 1
        assert most - least >= asked - 1e-6, (number, name, truth, least, most)
    return len(hidden)


def main():
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for number in range(max(TABLES // 50, 1)):
            rates(number, folder, 50)
        print(f"fairness: {max(TABLES // 50, 1) * 50} tables equal to Fairlearn to 1e-12", flush=True)
        safe = sum(small_cells(number, folder) for number in range(TABLES))
        print(f"groups: {safe} of {TABLES} tables, small cells equal to ACRO's; the others were refused", flush=True)
        reports = max(TABLES // 20, 1)
        hidden = sum(linked_tables(number, folder) for number in range(reports))
        print(f"report: {hidden} numbers hidden in {reports} reports, none can be computed from all tables together")


main()
