# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: percent
# ---

# %% [markdown]
# # Work for residents of the three northern provinces
#
# Which vacancies in Groningen, Fryslân and Drenthe suit the residents of these centres, what
# holds them back, and what would help most? The people and vacancies are invented, so the
# figures say how such a study is made, and nothing about the north.

# %%
import csv
import json
from collections import Counter
from pathlib import Path

import polars as pl

import passend
from passend import charts

DATA = Path("data")
AS_OF = "2026-11-25"


def lines(name):
    with open(DATA / name, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


people, vacancies = lines("candidates.jsonl"), lines("vacancies.jsonl")
with open(DATA / "regions.csv", encoding="utf-8") as file:
    province = {row["municipality"]: row["province"] for row in csv.DictReader(file)}
engine = passend.Engine(places=DATA / "places.csv")
today = engine.match(people, vacancies, as_of=AS_OF, k=30)
pairs = pl.DataFrame(today).select("candidate", "vacancy", "class").rows()
charts.funnel(today, lang="en")

# %% [markdown]
# ## Which vacancies suit the residents?
#
# A person counts in a cell when one of the 30 best vacancies that open within 13 weeks lies in
# that sector and province. One person may count in more than one cell: the picture shows where
# people *can* go, not where they will.

# %%
SECTORS = {
    "A": "A agriculture", "C": "C industry", "F": "F construction", "G": "G trade", "H": "H transport",
    "I": "I hospitality", "J": "J IT", "K": "K finance", "L": "L real estate", "M": "M advice and research",
    "N": "N cleaning and agencies", "O": "O government", "P": "P education", "Q": "Q care", "R": "R culture",
    "S": "S other services",
}
place = {
    vacancy["id"]: {
        "sector": SECTORS.get(vacancy.get("employer", {}).get("sbi")),
        "province": province.get(vacancy.get("location", {}).get("municipality")),
        "positions": vacancy.get("positions"),
    }
    for vacancy in vacancies
}
reach = {(who, place[work]["sector"], place[work]["province"]) for who, work, _ in pairs}
suits = charts.supply(
    [{"sector": sector, "province": where} for _, sector, where in reach],
    place.values(),
    group="sector",
    region="province",
    lang="en",
    title="Residents with suitable work, and places, by sector and province",
)
suits

# %% [markdown]
# ## What holds them back?
#
# A gate that is not open *now* may open later or with a step. Gates overlap.

# %%
holds = charts.obstacles(today, lang="en")
holds

# %% [markdown]
# ## What would help most?
#
# `leverage` takes one measure at a time, at its usual lead time, and counts who has work open with
# it and nothing without it. Nothing is matched again: one pass answers for all measures.

# %%
counted = engine.leverage(people, vacancies, as_of=AS_OF, by="province", together=2)
helps = charts.leverage(counted, lang="en", title="What each measure would change within a year")
helps

# %% [markdown]
# The same by province, for the measures that bring somebody.

# %%
names = {row["id"]: row["name"]["en"] for row in counted.measures.to_dicts()}
where = {row["code"]: row["name"]["en"] for row in counted.groups.to_dicts()}
for line in counted.to_dicts():
    if line["horizon"] == "12m" and line["people"]:
        print(f"{where[line['group']]:<16} {names[line['measure']]:<40} +{line['people']}")

# %% [markdown]
# Two measures together can bring more than both apart, since some people need both.

# %%
for line in counted.together.to_dicts():
    if line["horizon"] == "12m" and line["found"] == "exact":
        print(" and ".join(names[one] for one in line["measures"]), f"+{line['people']}")

# %% [markdown]
# A measure that takes weeks, such as a permit (TWV), changes nothing about *now*: ask the horizon
# that fits. `engine.plan` tells for one person which steps open what.
#
# ## Where they live

# %%
with open(DATA / "regions.csv", encoding="utf-8") as file:
    region = {row["municipality"]: row["region"] for row in csv.DictReader(file)}
homes = Counter(
    region[person["location"]["municipality"]]
    for person in people
    if person.get("location", {}).get("municipality") in region
)
charts.regions(homes, lang="en", title="Residents by labour market region")

# %% [markdown]
# ## Status and when work can begin

# %%
status = {person["id"]: person.get("residence", {}).get("status", "not known").replace("_", " ") for person in people}
when = {who: "listed, not yet" for who, _, _ in pairs}
when |= {who: "can start now" for who, _, readiness in pairs if readiness == "now"}
charts.flows(
    [{"status": status[person["id"]], "when": when.get(person["id"], "nothing listed")} for person in people],
    "status",
    "when",
    lang="en",
)

# %% [markdown]
# Groups this small may say something about one person. Do not publish counts below ten
# without hiding them.
