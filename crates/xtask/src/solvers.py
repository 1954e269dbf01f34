# SPDX-License-Identifier: EUPL-1.2
"""Compares plans of passend with OR-tools and HiGHS on random markets, and checks every proof; by hand.

    python solvers.py MARKETS.jsonl

needs `pip install ortools scipy`. Ends with 1 at the first difference. Both solvers get the pairs that the plan could choose and
no more: OR-tools a flow of least cost, HiGHS the linear program.
"""

import collections
import json
import sys

import numpy
import scipy.optimize
import scipy.sparse
from ortools.graph.python import min_cost_flow

from certificate import check


def numbered(names):
    return {name: at for at, name in enumerate(sorted(set(names)))}


def by_flow(edges, positions, coach, cases, worth):
    """The most that OR-tools reaches: source, coach, person, vacancy, sink; who goes nowhere goes straight back."""
    flow = min_cost_flow.SimpleMinCostFlow()
    people, work = numbered(pair[0] for pair in edges), numbered(pair[1] for pair in edges)
    coaches = numbered(coach[one] for one in people if one in coach)
    base = 2 + len(people)
    for one, at in people.items():
        begin = base + len(work) + coaches[coach[one]] if one in coach else 0
        flow.add_arc_with_capacity_and_unit_cost(begin, 2 + at, 1, 0)
    for name, at in coaches.items():
        flow.add_arc_with_capacity_and_unit_cost(0, base + len(work) + at, cases[name], 0)
    for pair in edges:
        flow.add_arc_with_capacity_and_unit_cost(2 + people[pair[0]], base + work[pair[1]], 1, -worth[pair])
    for one, at in work.items():
        flow.add_arc_with_capacity_and_unit_cost(base + at, 1, positions[one], 0)
    flow.add_arc_with_capacity_and_unit_cost(0, 1, len(people), 0)
    flow.set_node_supply(0, len(people))
    flow.set_node_supply(1, -len(people))
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


def by_program(edges, positions, coach, cases, house, first, worth):
    """The most that HiGHS reaches with the linear program, with a variable for each household where those count."""
    people, work = numbered(pair[0] for pair in edges), numbered(pair[1] for pair in edges)
    coaches = numbered(coach[one] for one in people if one in coach)
    houses = numbered(house.get(one, "alone " + one) for one in people) if first else {}
    entries, limits = [], [1] * len(people) + [positions[one] for one in work]
    limits += [cases[one] for one in coaches] + [0] * len(houses)
    for at, (person, vacancy) in enumerate(edges):
        entries += [(people[person], at, 1), (len(people) + work[vacancy], at, 1)]
        after = len(people) + len(work)
        if person in coach:
            entries.append((after + coaches[coach[person]], at, 1))
        if first:
            entries.append((after + len(coaches) + houses[house.get(person, "alone " + person)], at, -1))
    for at in range(len(houses)):
        entries.append((len(people) + len(work) + len(coaches) + at, len(edges) + at, 1))
    gains = [worth[pair] for pair in edges] + [first] * len(houses)
    row, column, value = zip(*entries)
    matrix = scipy.sparse.coo_array((value, (row, column)), shape=(len(limits), len(gains)))
    solved = scipy.optimize.linprog(
        -numpy.array(gains, dtype=float), A_ub=matrix.tocsr(), b_ub=limits, bounds=(0, 1), method="highs"
    )
    assert solved.status == 0, solved.message
    assert numpy.allclose(solved.x, solved.x.round(), atol=1e-6), "a plan in parts"
    chosen = solved.x.round().astype(int)
    return sum(int(gain) * int(one) for gain, one in zip(gains, chosen))


def compare(market):
    kind, wish, plan, proof, edges = (market[key] for key in ("kind", "wish", "plan", "proof", "edges"))
    work, shared = market["vacancies"], market["shared"]
    check(work, plan, proof, edges, shared)
    # For the solvers a placement, and a household, are worth just more than what they come before: small numbers are exact.
    score = {(one["candidate"], one["vacancy"]): int(one["score"]) for one in edges}
    kept = set(proof.get("kept", []))
    free = [pair for pair in score if pair[0] not in kept]
    positions = {one["id"]: one["positions"] for one in work}
    for line in plan:
        positions[line["vacancy"]] -= line["candidate"] in kept
    coach = {row["candidate"]: row["coach"] for row in shared if "coach" in row}
    cases = {row["coach"]: int(row["cases"]) for row in shared if "coach" in row}
    house = {row["candidate"]: row["household"] for row in shared if "household" in row}
    count = len({pair[0] for pair in free})
    placement = count * 10_000 + 1 if proof["bonus"] else 0
    first = count * (placement + 10_000) + 1 if "household_bonus" in proof else 0
    worth = {pair: score[pair] + placement for pair in free}
    own = [(line["candidate"], line["vacancy"]) for line in plan if line["candidate"] not in kept]
    homes = len({house.get(candidate, (candidate,)) for candidate, _ in own})
    total = sum(worth[pair] for pair in own) + first * homes
    if free:
        found = [by_program(free, positions, coach, cases, house, first, worth)]
        if not first:
            found.append(by_flow(free, positions, coach, cases, worth))
        # A stable plan is worth as much less as its proof says.
        best = total if not proof["stable"] else None
        assert best is None or all(one == best for one in found), f"{market['number']} {kind} {wish}: {total}, {found}"
        assert len(set(found)) == 1 and found[0] >= total, f"{market['number']} {kind} {wish}: {total}, {found}"
    else:
        assert total == 0
    return kind, wish, len(free)


def main():
    counts, pairs = collections.Counter(), 0
    for line in open(sys.argv[1], encoding="utf-8"):
        kind, wish, free = compare(json.loads(line))
        counts[kind, wish] += 1
        pairs += free
    for (kind, wish), count in sorted(counts.items()):
        print(f"{kind}, wish {wish}: {count}")
    print(f"{counts.total()} markets with {pairs} pairs: the same optimum, every proof holds")


main()
