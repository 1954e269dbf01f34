# SPDX-License-Identifier: EUPL-1.2
"""The skills criterion alone with other tools, beside our own figures of the same run: `cargo xtask bench peers`.

`python benches/peers.py PROGRAM FOLDER PEOPLExVACANCIES THREADS [wide]`: PROGRAM is the bench `peers`.

The question is the same for all: for each person the ten vacancies with the largest sum of weight times credit over the
skills that both have. Nothing is gated, nothing explained. A tool that would take the better part of an hour gets a sample
of people against all vacancies, and its time is scaled to all people; such figures are marked (s). tantivy ranks by BM25 over
exact skills, which is another question. Cpu seconds are user and system of all threads; building what a tool searches in
is counted.
"""

import json
import os
import resource
import subprocess
import sys
import time

program, folder, size, threads, *rest = sys.argv[1:]
people, work = (int(part) for part in size.split("x"))
for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS"]:
    os.environ[name] = threads

import duckdb  # noqa: E402
import numpy as np  # noqa: E402
import polars  # noqa: E402
import scipy.sparse as sparse  # noqa: E402
import sparse_dot_topn  # noqa: E402
import tantivy  # noqa: E402

K = 10
own = {}
for line in subprocess.run([program, folder, size, threads, *rest], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines():
    if line.startswith("{"):
        job = json.loads(line)
        own[job["job"]] = job["cpu_ms"] / 1000
        print(f"passend, {job['job']}".ljust(44), f"{job['cpu_ms'] / 1000:9.2f} cpu s  {job['wall_ms'] / 1000:9.2f} s  {job['lines']} pairs listed", flush=True)


def array(name, kind):
    return np.fromfile(os.path.join(folder, name), dtype=kind)


def rows(side):
    starts, skills, values = array(f"{side}.starts", "<u4"), array(f"{side}.skills", "<u4"), array(f"{side}.values", "u1")
    return sparse.csr_matrix((values.astype(np.float32), skills.astype(np.int32), starts.astype(np.int32)), shape=(len(starts) - 1, width))


width = int(array("skills", "<u4")[0])
credits, weights = rows("candidates"), rows("vacancies")
own_scores = array("lists.scores", "<u2").reshape(people, K)
own_vacancies = array("lists.vacancies", "<u4").reshape(people, K)
print(f"{width} skills; {credits.nnz / people:.1f} credits a person, {weights.nnz / work:.1f} weights a vacancy", flush=True)


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def report(name, sample, run, compares=True):
    """Times one tool on so many people, and compares its lists with ours."""
    try:
        cpu, wall = used(), time.perf_counter()
        scores, vacancies = run(sample)
        cpu, wall = used() - cpu, time.perf_counter() - wall
    except Exception as error:  # a peer that cannot do the job is a result too
        print(f"{name}".ljust(44), f"{type(error).__name__}: {str(error)[:120]}", flush=True)
        return
    whole = cpu * people / sample
    mark = "" if sample == people else f" (s) from {sample} people in {cpu:.2f}"
    line = f"{name}".ljust(44) + f" {whole:9.2f} cpu s  {wall * people / sample:9.2f} s  {whole / own['skills']:7.1f} x skills, {whole / own['azc']:7.1f} x azc, {whole / own['open']:7.1f} x open{mark}"
    if compares:
        # Contributions of our own: the sum over 200, times 100, rounded down; a list ends where nothing is in common.
        theirs = (np.rint(scores).astype(np.int64) // 2)
        ours = own_scores[:sample].astype(np.int64)
        differ = int((np.sort(theirs, axis=1) != np.sort(ours, axis=1)).any(axis=1).sum())
        other = sum(len(set(one[s > 1]) - set(two[t > 0])) for one, s, two, t in zip(vacancies, scores, own_vacancies[:sample], ours))
        line += f"; {differ} lists have other scores, {other} pairs other vacancies of the same score"
    print(line, flush=True)


def lists(matrix, sample):
    """The K largest of each row of a sparse matrix."""
    scores, vacancies = np.zeros((sample, K), np.float32), np.full((sample, K), -1, np.int64)
    for row in range(sample):
        begin, end = matrix.indptr[row], matrix.indptr[row + 1]
        data, index = matrix.data[begin:end], matrix.indices[begin:end]
        if len(data) > K:
            best = np.argpartition(data, len(data) - K)[len(data) - K :]
            data, index = data[best], index[best]
        scores[row, : len(data)], vacancies[row, : len(data)] = data, index
    return scores, vacancies


def topn(sample):
    return lists(sparse_dot_topn.sp_matmul_topn(credits[:sample], weights.T.tocsr(), top_n=K, n_threads=int(threads)), sample)


def scipy(sample):
    transposed = weights.T.tocsr()
    scores, vacancies = [], []
    for begin in range(0, sample, 50):
        some = credits[begin : min(begin + 50, sample)]
        one, two = lists((some @ transposed).tocsr(), some.shape[0])
        scores.append(one)
        vacancies.append(two)
    return np.vstack(scores), np.vstack(vacancies)


def numpy(sample):
    dense = credits[:sample].toarray()
    scores, vacancies = np.zeros((sample, 0), np.float32), np.zeros((sample, 0), np.int64)
    for begin in range(0, work, 2048):
        some = weights[begin : begin + 2048].toarray()
        found = dense @ some.T
        best = np.argpartition(found, found.shape[1] - K, axis=1)[:, found.shape[1] - K :]
        scores = np.hstack([scores, np.take_along_axis(found, best, axis=1)])
        vacancies = np.hstack([vacancies, best + begin])
    best = np.argpartition(scores, scores.shape[1] - K, axis=1)[:, scores.shape[1] - K :]
    return np.take_along_axis(scores, best, axis=1), np.take_along_axis(vacancies, best, axis=1)


def frame(matrix, name):
    whole = matrix.tocoo()
    return polars.DataFrame({name: whole.row.astype(np.int32), "skill": whole.col.astype(np.int32), f"of_{name}": whole.data.astype(np.int32)})


def of_rows(found, sample):
    scores, vacancies, filled = np.zeros((sample, K), np.int64), np.full((sample, K), -1, np.int64), np.zeros(sample, np.int64)
    for person, vacancy, score in found:
        at = filled[person]
        scores[person, at], vacancies[person, at], filled[person] = score, vacancy, at + 1
    return scores, vacancies


AT_ONCE = 20  # people in one statement, so that its joined rows stay in memory


def sql(sample):
    connection = duckdb.connect(config={"threads": int(threads)})
    connection.register("asked_frame", frame(weights, "v").to_arrow())
    connection.register("held_frame", frame(credits[:sample], "p").to_arrow())
    connection.execute("CREATE TABLE asked AS FROM asked_frame; CREATE TABLE held AS FROM held_frame")
    found = []
    for begin in range(0, sample, AT_ONCE):
        found += connection.execute(
            f"""SELECT p, v, s FROM (SELECT p, v, sum(of_p * of_v)::INTEGER AS s FROM held JOIN asked USING (skill)
            WHERE p >= {begin} AND p < {begin + AT_ONCE} GROUP BY p, v)
            QUALIFY row_number() OVER (PARTITION BY p ORDER BY s DESC, v) <= {K}"""
        ).fetchall()
    return of_rows(found, sample)


def frames(sample):
    asked, held = frame(weights, "v"), frame(credits[:sample], "p")
    found = []
    for begin in range(0, sample, AT_ONCE):
        some = held.lazy().filter(polars.col("p").is_between(begin, begin + AT_ONCE - 1))
        joined = some.join(asked.lazy(), on="skill").group_by("p", "v").agg((polars.col("of_p") * polars.col("of_v")).sum().alias("s"))
        found += joined.sort(["p", "s", "v"], descending=[False, True, False]).group_by("p", maintain_order=True).head(K).collect().rows()
    return of_rows(found, sample)


def search(sample):
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("v", stored=True)
    builder.add_text_field("skills", tokenizer_name="whitespace", index_option="basic")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    begin = used()
    for vacancy in range(work):
        own = weights.indices[weights.indptr[vacancy] : weights.indptr[vacancy + 1]]
        writer.add_document(tantivy.Document(v=vacancy, skills=" ".join(f"s{skill}" for skill in own)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    built, searcher = used() - begin, index.searcher()
    begin = used()
    for person in range(sample):
        own = slice(credits.indptr[person], credits.indptr[person + 1])
        terms = zip(credits.indices[own], credits.data[own])
        query = " ".join(f"s{skill}^{credit / 100:.2f}" for skill, credit in terms)
        if query:
            searcher.search(index.parse_query(query, ["skills"]), K)
    each = (used() - begin) / sample
    print(f"tantivy: {built:.2f} cpu s to index, {each * 1e6:.0f} cpu microseconds a question", flush=True)
    return None, None


few = max(AT_ONCE, min(people, 20_000_000 // work))
report("sparse_dot_topn", people, topn)
report("scipy, sparse product and partition", min(people, 10 * few), scipy)
report("duckdb, join and window", few, sql)
report("polars, join and sort", few, frames)
report("numpy, dense product and partition", min(people, 4 * few), numpy)
report("tantivy, BM25 (another question)", min(people, 10 * few), search, compares=False)
