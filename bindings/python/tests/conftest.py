# SPDX-License-Identifier: EUPL-1.2
"""The demo of the repository, as rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DEMO = Path(__file__).parents[3] / "fixtures" / "demo"
AS_OF = "2026-11-25"


def rows(name: str) -> list[dict[str, Any]]:
    with open(DEMO / f"{name}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def candidates() -> list[dict[str, Any]]:
    return rows("candidates")


@pytest.fixture(scope="session")
def vacancies() -> list[dict[str, Any]]:
    return rows("vacancies")
