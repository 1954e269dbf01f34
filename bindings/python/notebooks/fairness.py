# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: percent
# ---

# %% [markdown]
# # Fairness and sensitivity of the ranking
#
# Two questions to ask of any ranking before it is used. Do groups come out differently? And how
# much hangs on weights that somebody chose? The people, and the attributes in the audit file,
# are invented by `passend synth`.

# %%
import math
from pathlib import Path

import polars as pl

import passend

DATA = Path("data")
pl.Config.set_tbl_rows(20)
AS_OF = "2026-11-25"
people = pl.read_ndjson(DATA / "candidates.jsonl", infer_schema_length=None)
vacancies = pl.read_ndjson(DATA / "vacancies.jsonl", infer_schema_length=None)
audit = pl.read_csv(DATA / "audit.csv")

# %% [markdown]
# ## The attributes never enter
#
# They stay in a file of their own, which is joined *after* the match. In the match they are
# refused, by name.

# %%
try:
    passend.match(people.with_columns(sex=pl.lit("-")), vacancies, as_of=AS_OF)
except passend.ProtectedError as error:
    refused = error.code, error.field
refused

# %% [markdown]
# ## Selection rates
#
# *Selected* is a person who stands on the list of ten of at least one vacancy. The rate of each
# group is compared with the group that has the highest; a ratio below 0.8 is often taken as
# a reason to look. The interval is Wilson's at 95 percent. Groups below ten people are left
# out: they say little, and they may say it about one person.

# %%
SMALLEST = 10
engine = passend.Engine(places=DATA / "places.csv")
lists = engine.match(people, vacancies, as_of=AS_OF, by="vacancy", k=10, detail="brief").to_polars()


def wilson(selected: int, n: int, z: float = 1.96) -> tuple[float, float]:
    share, square = selected / n, z * z
    middle, half = share + square / (2 * n), z * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return (middle - half) / (1 + square / n), (middle + half) / (1 + square / n)


def rates(lists: pl.DataFrame, attribute: str) -> pl.DataFrame:
    selected = pl.col("id").is_in(lists["candidate"].unique().to_list())
    groups = (
        audit.with_columns(selected=selected)
        .group_by(pl.col(attribute).alias("group"))
        .agg(n=pl.len(), selected=pl.col("selected").sum())
        .filter(pl.col("n") >= SMALLEST)
        .with_columns(rate=pl.col("selected") / pl.col("n"))
        .with_columns(ratio=pl.col("rate") / pl.col("rate").max())
        .sort("group")
    )
    ends = [wilson(row["selected"], row["n"]) for row in groups.iter_rows(named=True)]
    low, high = (pl.Series(name, [one[at] for one in ends]) for at, name in enumerate(("low", "high")))
    return groups.select(pl.lit(attribute).alias("attribute"), pl.all()).with_columns(low, high)


table = pl.concat([rates(lists, attribute) for attribute in ("sex", "age_group", "origin")])
table.with_columns(pl.col("rate", "ratio", "low", "high").round(2))

# %% [markdown]
# The synthetic records do not depend on the attributes, so differences here are chance: wide
# intervals that overlap. In real data a difference asks *why*: the obstacles of a group
# (`result.people`) tell whether it is the law, language, travel or the weights.
#
# ## Weights
#
# The weights are a choice. Each is made ten points more and ten less, the others share the
# difference, and everything is ranked again; every third person is enough to see it.

# %%
USUAL = {"skills": 35, "occupation": 25, "education": 15, "language": 10, "travel": 10, "wishes": 5}


def moved(criterion: str, by: int) -> dict[str, int]:
    """Weights with one changed; the others keep their proportions, by largest remainder, and all sum to 100."""
    new = max(USUAL[criterion] + by, 0)
    others = {name: weight for name, weight in USUAL.items() if name != criterion}
    exact = {name: weight * (100 - new) / sum(others.values()) for name, weight in others.items()}
    whole = {name: int(weight) for name, weight in exact.items()}
    left = 100 - new - sum(whole.values())
    for name in sorted(exact, key=lambda name: whole[name] - exact[name])[:left]:
        whole[name] += 1
    return {criterion: new, **whole}


some = people.gather_every(3)


def ranked(weights: dict[str, int]) -> pl.DataFrame:
    policy = "[weights]\n" + "\n".join(f"{name} = {weight}" for name, weight in weights.items())
    other = passend.Engine(policy, places=DATA / "places.csv")
    result = other.match(some, vacancies, as_of=AS_OF, k=len(vacancies), detail="brief")
    return result.to_polars().select("candidate", "vacancy", "rank", "class")


usual = ranked(USUAL)
runs = {
    f"{criterion} {by:+}": ranked(moved(criterion, by)) for criterion in USUAL for by in (-10, 10)
}
list(moved("skills", 10).items())

# %% [markdown]
# ### How often the first vacancy stays the first

# %%
first = usual.filter(pl.col("rank") == 1).select("candidate", "vacancy")
stays = pl.DataFrame(
    {
        "weights": list(runs),
        "same first": [
            first.join(run.filter(pl.col("rank") <= 1), on=["candidate", "vacancy"]).height / first.height
            for run in runs.values()
        ],
        "still in the first three": [
            first.join(run.filter(pl.col("rank") <= 3), on=["candidate", "vacancy"]).height / first.height
            for run in runs.values()
        ],
    }
)
stays.with_columns(pl.col("same first", "still in the first three").round(2))

# %% [markdown]
# ### The range of ranks
#
# For each pair on the first five places: the best and worst place under all these weights. A
# wide range says that the place is decided by the weights and not by what is known: show
# such pairs in another order, or side by side.

# %%
ranges = (
    pl.concat([usual, *runs.values()])
    .group_by("candidate", "vacancy")
    .agg(best=pl.col("rank").min(), worst=pl.col("rank").max())
    .join(usual.filter(pl.col("rank") <= 5), on=["candidate", "vacancy"])
    .with_columns(width=pl.col("worst") - pl.col("best"))
)
ranges.group_by("rank").agg(
    pairs=pl.len(),
    median_width=pl.col("width").median(),
    widest=pl.col("width").max(),
    steady=(pl.col("width") <= 2).mean().round(2),
).sort("rank")

# %% [markdown]
# Weights never open or close a vacancy: when the work of a pair can begin is the same under all
# of them. Only a pair whose score becomes 0 leaves the list.

# %%
when = pl.concat([usual, *runs.values()]).group_by("candidate", "vacancy").agg(pl.col("class").n_unique())
assert when["class"].max() == 1
when.height
