# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: percent
# ---

# %% [markdown]
# # A plan under capacity
#
# A ranked list for each person sends everybody to the same employer. Here all people and all
# places are looked at together: who goes where, who is left and why, and what each wish costs.
# The people and vacancies are invented; `data/README.md` says how they were made.

# %%
import csv
import json
from pathlib import Path

import passend
from passend import charts

DATA = Path("data")
AS_OF = "2026-11-25"


def records(name):
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


people, vacancies = records("candidates.jsonl"), records("vacancies.jsonl")
engine = passend.Engine(places=DATA / "places.csv")
len(people), len(vacancies)

# %% [markdown]
# ## Who goes where
#
# The goal has no default, because it is a choice: here as many people as possible have a place.
# Three job hunters have 30 cases each. `.proof` holds the prices that prove that no plan is better.

# %%
hunters = [
    {"id": f"hunter {at + 1}", "candidates": [person["id"] for person in people[at::3]], "cases": 30} for at in range(3)
]
plan = engine.assign(people, vacancies, as_of=AS_OF, goal="placements", beside="score", coaches=hunters)
proof = plan.proof
print(f"{proof['placed']} people have a place, best score first would give {proof['greedy']['placed']}")
print(f"gap to what no plan can pass: {proof['gap']}")

# %% [markdown]
# Each line says where, from when and by which steps.

# %%
for line in plan.to_dicts()[:5]:
    ready = line["readiness"]
    print(line["candidate"], line["vacancy"], line["score"], ready["class"], ready["date"])

# %% [markdown]
# ## Where they live and where they go to work

# %%
with open(DATA / "regions.csv", encoding="utf-8") as file:
    region = {row["municipality"]: row["region"] for row in csv.DictReader(file)}


def with_region(rows):
    return [{"id": row["id"], "region": region.get((row.get("location") or {}).get("municipality"))} for row in rows]


charts.moves(plan, with_region(people), with_region(vacancies), lang="en")

# %% [markdown]
# ## Who and what is left, and why

# %%
charts.left(plan, lang="en")

# %% [markdown]
# ## What the wishes cost
#
# The same market planned without the limits of the job hunters, and under the other goal.

# %%
charts.prices(plan, lang="en")

# %% [markdown]
# ## Lessons with two rooms
#
# Four groups, three timetables, two rooms, and one teacher in the evening. `more` is what another
# timetable for the group would cost all groups together.

# %%
def week(days, begin, end):
    return [{"day": day, "from": begin, "to": end} for day in days]


school = {
    "timetables": [
        {"id": "mornings", "slots": week(["mon", "tue", "wed"], "09:00", "12:00")},
        {"id": "afternoons", "slots": week(["mon", "tue", "wed"], "13:00", "16:00")},
        {"id": "evenings", "slots": week(["mon", "tue", "wed"], "18:30", "21:30")},
    ],
    "groups": [
        {"id": f"group {at + 1}", "learners": [person["id"] for person in people[at:60:4]]} for at in range(4)
    ],
    "rooms": [{"count": 2}],
    "teachers": [{"count": 2, "slots": week(["mon", "tue", "wed"], "08:00", "17:00")}]
    + [{"count": 1, "slots": week(["mon", "tue", "wed"], "17:00", "22:00")}],
}
lessons = engine.lessons(people, vacancies, school, as_of=AS_OF)
for line in lessons.to_dicts():
    chosen = "chosen" if line["chosen"] else ""
    print(f"{line['group']} {line['timetable']:<10} {chosen:<6} {line['blocked']:>5} {line['more']}")
lessons.totals

# %% [markdown]
# ## Where households live
#
# Households go whole, and most adults should have suitable work within reach. `keep` is the region
# where there is work or a school already. Work is suitable from a score of `least` on: a choice, so say it.

# %%
households = [
    {"id": f"h{at}", "adults": [person["id"] for person in people[at : at + 2]], "people": 2 + at % 3}
    for at in range(0, 60, 2)
]
rooms = {"Groningen": 8, "Leeuwarden": 40, "Assen": 8, "Emmen": 40}
quotas = [{"id": name, "quota": room} for name, room in rooms.items()]
placed = engine.place(people, vacancies, as_of=AS_OF, quotas=quotas, households=households, least=3_000)
placed.totals

# %%
charts.prices(placed, lang="en", title="What one place more is worth")
