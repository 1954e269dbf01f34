# SPDX-License-Identifier: EUPL-1.2
"""How far a call is, for ``progress=True``: nothing is printed unless that was asked."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any


class Bar:
    """Called with ``(done, total)``; ends at the total."""

    def __init__(self) -> None:
        try:
            self._tqdm: Any = import_module("tqdm.auto").tqdm
        except ImportError:
            self._tqdm = None
        self._bar: Any = None
        self._done = 0

    def __call__(self, done: int, total: int) -> None:
        if self._tqdm is None:
            end = "\n" if done >= total else ""
            print(f"\rpassend {done}/{total}", end=end, file=sys.stderr, flush=True)
            return
        if self._bar is None:
            self._bar = self._tqdm(total=total, desc="passend")
        self._bar.update(done - self._done)
        self._done = done
        if done >= total:
            self._bar.close()
