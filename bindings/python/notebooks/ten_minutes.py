# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: percent
# ---

# %% [markdown]
# # Ten minutes with passend
#
# Two tables go in, one table comes out, and every number can be explained. The people and
# vacancies here are invented; `data/README.md` says how they were made.
#
# ```sh
# pip install 'passend[polars,charts]'
# ```

# %%
from pathlib import Path

import polars as pl

import passend
from passend import charts

DATA = Path("data")
people = pl.read_ndjson(DATA / "candidates.jsonl", infer_schema_length=None)
vacancies = pl.read_ndjson(DATA / "vacancies.jsonl", infer_schema_length=None)
people.shape[0], vacancies.shape[0]

# %% [markdown]
# ## Match
#
# `as_of` is the day on which rules, documents and waiting times are read. It is required: the
# same day gives the same answer. `places` says where the reception centres lie.

# %%
result = passend.match(people, vacancies, as_of="2026-11-25", places=DATA / "places.csv")
print(repr(result))

# %%
result.to_polars().select("candidate", "vacancy", "rank", "score", "class", "date").head(5)

# %% [markdown]
# The score orders, from 0 to 10,000. It is not a chance of work. `class` says when the work can
# begin: `now`, `on` a day, `after` steps, or `unknown` where the law asks something first.
#
# ## Who can start now?

# %%
charts.funnel(result, lang="en")

# %% [markdown]
# ## Why this one?
#
# The best pair, and what its score is made of.

# %%
best = result.to_polars().sort("score", descending=True).row(0, named=True)
why = result.explain(best["candidate"], best["vacancy"])
charts.waterfall(why, lang="en")

# %%
print(why.text("en"))

# %% [markdown]
# ## Why not?
#
# Everybody is accounted for, also who has nothing on the list.

# %%
result.people.to_polars().filter(pl.col("listed") == 0).head(5)

# %%
charts.obstacles(result, lang="en")

# %% [markdown]
# ## Keep it
#
# `hash` is the same for the same input, by every door: the program, Rust, C and Python. Pictures
# are written without network or browser.

# %%
import tempfile

with tempfile.TemporaryDirectory() as folder:
    charts.funnel(result, lang="nl").save(Path(folder) / "trechter.svg")
    charts.funnel(result, lang="nl").save(Path(folder) / "trechter.png")
    written = sorted(file.name for file in Path(folder).iterdir())
written, len(result.hash)

# %% [markdown]
# Next: [a regional study](north.html), [fairness and sensitivity](fairness.html),
# [large files](scale_out.html).
