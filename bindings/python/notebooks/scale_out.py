# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: percent
# ---

# %% [markdown]
# # Large files
#
# One machine is enough for the whole country: the engine keeps the best `k` of each person and
# never the matrix. Where people are too many to hold at once, they go through in batches,
# since the score of a pair depends on nothing else in the files. The result is the same as
# that of one run, and this notebook checks that it is complete.

# %%
import tempfile
from pathlib import Path

import duckdb
import polars as pl

import passend

DATA = Path("data")
AS_OF = "2026-11-25"
folder = tempfile.TemporaryDirectory()
here = Path(folder.name)

people = pl.read_ndjson(DATA / "candidates.jsonl", infer_schema_length=None)
vacancies = pl.read_ndjson(DATA / "vacancies.jsonl", infer_schema_length=None)
people.write_parquet(here / "people.parquet")
engine = passend.Engine(places=DATA / "places.csv")
whole = engine.match(people, vacancies, as_of=AS_OF)
whole

# %% [markdown]
# ## The check
#
# After a run in parts, ids in must be ids out. A scheduler that gives one part twice and
# another never makes no error; counting does.


# %%
def check_complete(people: pl.DataFrame, told: pl.DataFrame) -> None:
    """Each person is told of once, and nobody else."""
    assert told["candidate"].n_unique() == told.height, "a person is told of twice"
    missing = people.join(told, left_on="id", right_on="candidate", how="anti").height
    strange = told.join(people, left_on="candidate", right_on="id", how="anti").height
    assert not missing and not strange, f"{missing} people are missing, {strange} are strange"


check_complete(people, whole.people.to_polars())

# %% [markdown]
# ## Batches with polars
#
# A lazy frame is read in batches of rows, each is matched, and only its lists are kept. The
# people file holds everyone, also who has nothing on the list.

# %%
lists, told = [], []
for at, batch in enumerate(pl.scan_parquet(here / "people.parquet").collect_batches(chunk_size=50)):
    part = engine.match(batch, vacancies, as_of=AS_OF, detail="brief")
    part.to_polars().write_parquet(here / f"lists-{at:05}.parquet")
    told.append(part.people.to_polars())
check_complete(people, pl.concat(told))
in_parts = pl.scan_parquet(here / "lists-*.parquet").collect()
key = ["candidate", "vacancy", "rank", "score"]
assert in_parts.select(key).sort(key).equals(whole.to_polars().select(key).sort(key))
in_parts.height

# %% [markdown]
# ## DuckDB
#
# A relation goes in as it is, and the result is a table in SQL.

# %%
con = duckdb.connect()
nearby = con.sql(f"select * from '{here}/people.parquet' where location.municipality = 'Westerwolde'")
result = engine.match(nearby, vacancies, as_of=AS_OF)
con.sql(
    """
    select class, count(*) pairs, count(distinct candidate) people
    from result group by all order by all
    """
).fetchall()

# %%
con.sql(
    f"""
    select vacancy, count(*) residents, max(score) best
    from '{here}/lists-*.parquet' where class = 'now'
    group by all order by residents desc, vacancy limit 5
    """
).fetchall()

# %% [markdown]
# ## Other schedulers
#
# In a worker of Spark or Dask give `threads=1`. With Dask give `pure=False`: slices of one Arrow
# table get one token there, one of them is matched and its result comes back for all, without
# an error. The check above finds it.

# %%
con.close()
folder.cleanup()
