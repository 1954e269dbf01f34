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
import copy
import csv
import json
from collections import Counter
from pathlib import Path

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
reach = {
    (line["candidate"], place[line["vacancy"]]["sector"], place[line["vacancy"]]["province"])
    for line in today.to_dicts()
}
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
# Each measure changes the records as if it had been taken, and everything is matched again.
# None of them touches the law.

# %%
LEVELS = ["A0", "A1", "A2", "B1", "B2", "C1", "C2"]


def higher(level):
    """One level up, at most B2: a course seldom goes further."""
    at = LEVELS.index(level)
    return LEVELS[min(at + 1, max(at, 4))]


def with_dutch(person):
    """Dutch one level higher, for each skill that is known."""
    for language in person.get("languages", []):
        if language["code"] == "nl":
            known = language["level"] if isinstance(language.get("level"), dict) else language
            for key in ("level", "listening", "reading", "speaking", "writing", "min", "max"):
                if isinstance(known.get(key), str):
                    known[key] = higher(known[key])


def with_travel(person):
    """Fifteen kilometres further: a bus line, a bicycle that assists."""
    if "max_km" in person.get("mobility", {}):
        person["mobility"]["max_km"] += 15


def with_vca(person):
    """A certificate of basic safety, issued before the day."""
    held = [one for one in person.get("certificates", []) if one["code"] != "vca_basic"]
    person["certificates"] = [*held, {"code": "vca_basic", "issued": "2026-11-01"}]


def with_free_days(person):
    """Lessons on days that the employer agrees with."""
    if "slots" in person:
        person["slots"] = []


def with_evaluation(person):
    """Diplomas that were only claimed are evaluated at the level that the person says."""
    for diploma in person.get("education", []):
        if (diploma.get("evaluation") or {}).get("outcome_code") == "self_declared" and "level" in diploma:
            diploma["evaluation"] = {
                "outcome_code": "full_evaluation", "dutch_level": diploma["level"], "date": "2026-11-01",
            }


def with_employers(vacancy):
    """Employers who do not refuse ask for the permit (TWV)."""
    if (vacancy.get("twv") or {}).get("employer_will_apply") != "no":
        vacancy["twv"] = {"employer_will_apply": "yes"}


def changed(records, change):
    records = copy.deepcopy(records)
    for record in records:
        change(record)
    return records


measures = {
    "Dutch one level up": (with_dutch, None),
    "15 km further": (with_travel, None),
    "VCA for everybody": (with_vca, None),
    "lessons moved": (with_free_days, None),
    "diplomas evaluated": (with_evaluation, None),
    "employers ask a TWV": (None, with_employers),
}
scenarios = {"today": today}
for name, (for_people, for_work) in measures.items():
    scenarios[name] = engine.match(
        changed(people, for_people) if for_people else people,
        changed(vacancies, for_work) if for_work else vacancies,
        as_of=AS_OF,
        k=30,
    )
    assert not scenarios[name].issues
helps = charts.comparison(scenarios, lang="en", title="What each measure would change")
helps

# %% [markdown]
# Effects do not add up: who lacks both a level of Dutch and a bus needs both. Match with
# two measures together to know. A permit (TWV) takes weeks, so employers who ask for one change
# nothing about *now*; `charts.readiness` shows what they change by which day. `passend plan`
# tells for one person which steps open what.
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
when = {line["candidate"]: "listed, not yet" for line in today.to_dicts()}
when |= {line["candidate"]: "can start now" for line in today.to_dicts() if line["readiness"]["class"] == "now"}
charts.flows(
    [{"status": status[person["id"]], "when": when.get(person["id"], "nothing listed")} for person in people],
    "status",
    "when",
    lang="en",
)

# %% [markdown]
# Groups this small may say something about one person. Do not publish counts below ten
# without hiding them.
