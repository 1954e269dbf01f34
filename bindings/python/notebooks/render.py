# SPDX-License-Identifier: EUPL-1.2
"""Runs the notebooks as plain programs and makes of each an .ipynb and a page.

    python notebooks/render.py            all of them
    python notebooks/render.py north      one of them

The ``.py`` files are the notebooks; what this writes is never changed by hand. No
Jupyter is needed: a cell is run, and what it prints and gives goes into the page.
The ``.ipynb`` has no outputs, so that it changes only with its text.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import html
import io
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

import jupytext
from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent
PAGES = HERE.parents[2] / "docs" / "notebooks"
NAMES = ("ten_minutes", "north", "plan", "fairness", "scale_out")

STYLE = (HERE.parent / "docs" / "page.css").read_text(encoding="utf-8")


@dataclass
class Cell:
    """A piece of text or of code, and what came out of it."""

    kind: str
    source: str
    printed: str = ""
    shown: list[str] = field(default_factory=list)


def read(name: str) -> Any:
    """A notebook as an object of nbformat, with ids that stay the same."""
    notebook = jupytext.read(HERE / f"{name}.py", fmt="py:percent")
    for at, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"{name.replace('_', '-')}-{at}"
        # Whether a cell began as text or code is told by its type alone.
        cell.metadata = {}
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def ipynb(name: str) -> str:
    """The notebook as Jupyter keeps it, without outputs."""
    return str(jupytext.writes(read(name), fmt="ipynb")).rstrip("\n") + "\n"


def run(name: str) -> list[Cell]:
    """The cells of a notebook, run from its first to its last within its folder."""
    names: dict[str, Any] = {"__name__": "__notebook__"}
    cells = []
    with _within(HERE):
        for cell in read(name).cells:
            done = Cell(cell.cell_type, cell.source)
            if cell.cell_type == "code":
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed):
                    last = _run(cell.source, f"{name}.py", names)
                done.printed = printed.getvalue()
                if last is not None:
                    done.shown.append(_shown(last))
            cells.append(done)
    return cells


def page(name: str, cells: list[Cell]) -> str:
    """The notebook with what came out of it as one page, without script."""
    markdown = MarkdownIt().enable("table")
    title = next(cell.source for cell in cells if cell.kind == "markdown").splitlines()[0].lstrip("# ")
    parts = []
    for cell in cells:
        if cell.kind == "markdown":
            parts.append(markdown.render(cell.source))
            continue
        parts.append(f"<pre><code>{html.escape(cell.source)}</code></pre>\n")
        if cell.printed:
            parts.append(f'<pre class="out">{html.escape(cell.printed)}</pre>\n')
        parts.extend(f'<div class="out">{shown}</div>\n' for shown in cell.shown)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta name="source" content="{digest(name)}"><title>{html.escape(title)}</title>'
        f"<style>\n{STYLE}</style></head>\n<body><main>\n{''.join(parts)}</main></body></html>\n"
    )


def digest(name: str) -> str:
    """What a page was made of: SHA-256 of the ``.py``."""
    return hashlib.sha256((HERE / f"{name}.py").read_bytes()).hexdigest()


def _run(source: str, file: str, names: dict[str, Any]) -> Any:
    """Runs a cell and gives the value of its last line, as a notebook does."""
    tree = ast.parse(source, file)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, file, "exec"), names)  # noqa: S102
    if not isinstance(last, ast.Expr):
        return None
    code: CodeType = compile(ast.Expression(last.value), file, "eval")
    return eval(code, names)  # noqa: S307


def _shown(value: Any) -> str:
    if hasattr(value, "_repr_html_"):
        return str(value._repr_html_())
    return f"<pre>{html.escape(repr(value))}</pre>"


@contextlib.contextmanager
def _within(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def main(names: list[str]) -> None:
    PAGES.mkdir(exist_ok=True)
    for name in names or NAMES:
        (HERE / f"{name}.ipynb").write_text(ipynb(name), encoding="utf-8")
        (PAGES / f"{name}.html").write_text(page(name, run(name)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
