# SPDX-License-Identifier: EUPL-1.2
"""While it runs: progress, other threads, Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

import passend
from conftest import AS_OF


def many(rows: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return [{**rows[at % len(rows)], "id": f"r{at}"} for at in range(count)]


def test_progress_is_told_at_the_start_in_between_and_at_the_end(candidates: Any, vacancies: Any) -> None:
    told: list[tuple[int, int]] = []
    passend.match(many(candidates, 1500), many(vacancies, 600), as_of=AS_OF, threads=1, progress=lambda *now: told.append(now))
    assert told[0] == (0, 1500) and told[-1] == (1500, 1500)
    assert told == sorted(told)
    both: list[tuple[int, int]] = []
    passend.match(candidates, vacancies, as_of=AS_OF, by="both", progress=lambda *now: both.append(now))
    # People are counted, whichever lists they end on.
    assert both[0] == (0, 12) and both[-1] == (12, 12)


def test_an_exception_of_progress_ends_the_match(candidates: Any, vacancies: Any) -> None:
    def fail(done: int, total: int) -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        passend.match(candidates, vacancies, as_of=AS_OF, progress=fail)


def test_other_threads_run_meanwhile(candidates: Any, vacancies: Any) -> None:
    people, work = many(candidates, 1500), many(vacancies, 600)
    ticks, done = 0, threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.wait(0.005):
            ticks += 1

    ticker = threading.Thread(target=tick)
    ticker.start()
    begin = time.perf_counter()
    passend.match(people, work, as_of=AS_OF, threads=1)
    seconds = time.perf_counter() - begin
    done.set()
    ticker.join()
    # Far fewer than at rest would still show that the lock is free.
    assert ticks > seconds * 20


PROGRAM = """
import sys, time
sys.path.insert(0, {tests!r})
import passend
from conftest import AS_OF, rows
from test_running import many
people, work = many(rows("candidates"), 20000), many(rows("vacancies"), 4000)
def progress(done, total):
    print("going", flush=True)
try:
    passend.match(people, work, as_of=AS_OF, progress=progress)
except KeyboardInterrupt:
    print("stopped", time.time(), flush=True)
    passend.match(people[:5], work[:5], as_of=AS_OF)
    print("again", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_stops_a_match() -> None:
    program = PROGRAM.format(tests=os.path.dirname(__file__))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "going\n"
        time.sleep(0.3)
        sent = time.time()
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read().splitlines()
    stopped = [line for line in rest if line != "going"]
    assert stopped[0].startswith("stopped") and stopped[1] == "again"
    # 0.2 s is the promise; a busy machine gets some more.
    assert float(stopped[0].split()[1]) - sent < 1.0
    assert process.returncode == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_can_match(candidates: Any, vacancies: Any) -> None:
    expected = passend.match(candidates, vacancies, as_of=AS_OF).hash
    program = (
        "import os, sys\n"
        f"sys.path.insert(0, {os.path.dirname(__file__)!r})\n"
        "import passend\n"
        "from conftest import AS_OF, rows\n"
        "match = lambda: passend.match(rows('candidates'), rows('vacancies'), as_of=AS_OF).hash\n"
        "first = match()\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    print(match(), flush=True)\n"
        "    os._exit(0)\n"
        "os.waitpid(child, 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == expected


def test_a_bar_is_shown_only_when_it_is_asked(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    people, work = [{"id": "c1"}], [{"id": "v1", "title": "kok"}]
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    for asked in (None, False):
        passend.match(people, work, as_of=AS_OF, progress=asked)
    assert capsys.readouterr() == ("", "")
    passend.match(people, work, as_of=AS_OF, progress=True)
    out, err = capsys.readouterr()
    assert out == "" and err.endswith("passend 1/1\n")
    with pytest.raises(passend.UsageError):
        passend.match(people, work, as_of=AS_OF, progress=5)  # type: ignore[arg-type]
