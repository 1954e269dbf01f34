# SPDX-License-Identifier: EUPL-1.2
"""The notebooks run from their first cell to their last, and what was made of them is up to date."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
sys.path.insert(0, str(NOTEBOOKS))

render = pytest.importorskip("render", reason="jupytext is not installed")

HOW = "run `cargo xtask notebooks`"


@pytest.mark.parametrize("name", render.NAMES)
def test_a_notebook_runs(name: str) -> None:
    cells = render.run(name)
    assert any(cell.shown or cell.printed for cell in cells)
    page = render.page(name, cells)
    assert "<script" not in page and "http" not in page.replace("http://www.w3.org", "")


@pytest.mark.parametrize("name", render.NAMES)
def test_what_was_made_of_a_notebook_is_up_to_date(name: str) -> None:
    made = (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")
    assert made == render.ipynb(name), HOW
    page = (render.PAGES / f"{name}.html").read_text(encoding="utf-8")
    assert f'content="{render.digest(name)}"' in page, HOW


def test_every_notebook_is_listed() -> None:
    found = {file.stem for file in NOTEBOOKS.glob("*.py")} - {"render"}
    assert found == set(render.NAMES) == {file.stem for file in NOTEBOOKS.glob("*.ipynb")}


@pytest.mark.parametrize("name", render.NAMES)
def test_a_notebook_carries_no_outputs(name: str) -> None:
    notebook = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    assert not any(cell.get("outputs") for cell in notebook["cells"])
