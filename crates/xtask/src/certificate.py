# SPDX-License-Identifier: EUPL-1.2
"""Checks a plan of `passend assign` against its proof, with nothing of passend.

    python certificate.py VACANCIES.jsonl PLAN.jsonl PROOF.json EDGES.csv [COACHES.csv|HOUSEHOLDS.csv]

Ends with an error at what does not hold; else no plan over these pairs is worth more than this one.
"""

import collections
import csv
import json
import sys


def check(vacancies, plan, proof, edges, shared=()):
    """Vacancies and lines as dicts, the proof as a dict, edges and rows of coaches or households as dicts of texts."""
    dual, bonus, house_bonus = proof["dual"], proof["bonus"], proof.get("household_bonus", 0)
    positions = {one["id"]: one.get("positions", 1) for one in vacancies}
    score = {(one["candidate"], one["vacancy"]): int(one["score"]) for one in edges}
    coach = {row["candidate"]: row["coach"] for row in shared if "coach" in row}
    cases = {row["coach"]: int(row["cases"]) for row in shared if row.get("cases")}
    house = {row["candidate"]: row["household"] for row in shared if "household" in row}
    prices_of = (dual["candidates"], dual["vacancies"], dual.get("coaches", {}), dual.get("households", {}))
    people, work, case_prices, house_prices = prices_of
    # The plan is one: each person once, no vacancy, and no coach, with more than there is room for.
    pairs = [(line["candidate"], line["vacancy"]) for line in plan]
    assert len({candidate for candidate, _ in pairs}) == len(pairs), "a person twice"
    for vacancy, taken in collections.Counter(vacancy for _, vacancy in pairs).items():
        assert taken <= positions[vacancy], f"{vacancy} has too many"
    for name, taken in collections.Counter(coach.get(candidate) for candidate, _ in pairs).items():
        assert name is None or taken <= cases[name], f"{name} has too many"
    # No price is below 0, but of who stands.
    kept = set(proof.get("kept", []))
    assert all(price >= 0 for one, price in people.items() if one not in kept), "a price below 0"
    assert all(price >= 0 for prices in prices_of[1:] for price in prices.values()), "a price below 0"
    # No pair is worth more than the prices of what it takes.
    for (candidate, vacancy), points in score.items():
        have = people[candidate] + work[vacancy] + case_prices.get(coach.get(candidate), 0)
        first = max(0, house_bonus - house_prices.get(house.get(candidate), 0))
        assert have >= points + bonus + first, f"{candidate} and {vacancy} would gain"
    # What all of it costs is what the plan is worth.
    households = len({house.get(candidate, (candidate,)) for candidate, _ in pairs})
    worth = sum(score[pair] + bonus for pair in pairs) + house_bonus * households
    cost = sum(people.values()) + sum(price * positions[one] for one, price in work.items())
    cost += sum(price * cases[one] for one, price in case_prices.items()) + sum(house_prices.values())
    assert cost - worth == proof["gap"] and (proof["gap"] == 0 or proof["stable"]), "a gap"
    assert (len(pairs), sum(score[pair] for pair in pairs)) == (proof["placed"], proof["score"])


if __name__ == "__main__":
    lines = [[json.loads(line) for line in open(file, encoding="utf-8")] for file in sys.argv[1:3]]
    rows = [list(csv.DictReader(open(file, encoding="utf-8"))) for file in sys.argv[4:]]
    check(*lines, json.load(open(sys.argv[3], encoding="utf-8")), *rows)
    print("holds")
