# SPDX-License-Identifier: EUPL-1.2
"""A picture: its figures as rows, its words, and a Vega-Lite specification made of them."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from .._errors import UsageError
from .._frames import _package
from ._data import Row
from ._words import number, percent, word

BLUE = "#154273"
_CELL = "padding:.15em .6em;border-bottom:1px solid #ccc;text-align:left;color:#1a1a1a"


@dataclass(frozen=True)
class Chart:
    """A picture and what it is made of.

    In a notebook it shows itself without script: as a picture where the package
    ``vl-convert-python`` is installed, else as a table with bars; the figures stand
    below it.
    """

    #: What it shows, such as ``funnel``.
    name: str
    #: What stands above it.
    title: str
    #: What it says, in one sentence.
    says: str
    #: The figures, as rows.
    data: list[Row]
    #: The picture as Vega-Lite, to change or to give to a program that draws it.
    spec: dict[str, Any]
    #: Language of the words.
    lang: Literal["nl", "en"]
    #: Columns of ``data`` that a person reads, each with the key of its words.
    columns: Sequence[tuple[str, str]] = field(repr=False)
    #: Column that is drawn as bars in the table.
    bars: str | None = field(default=None, repr=False)

    @property
    def description(self) -> str:
        """The text alternative: title, sentence and every figure, for who does not see the picture."""
        heads = [word(key, self.lang) for _, key in self.columns]
        rows = (
            ", ".join(f"{head}: {cell}" if at else cell for at, (head, cell) in enumerate(zip(heads, cells)))
            for cells in map(self._cells, self._told())
        )
        return f"{self.title}. {self.says} " + "; ".join(rows) + "."

    def altair(self) -> Any:
        """The picture as a chart of altair, to change (extra ``charts``)."""
        return _package("altair", "charts").Chart.from_dict(self.spec)

    def svg(self) -> str:
        """The picture as SVG, made without network or browser (extra ``charts``)."""
        drawn: str = _package("vl_convert", "charts").vegalite_to_svg(self._described())
        # As one image with a text: read aloud, the parts that Vega names would be a long list in English.
        return drawn.replace("<svg ", f'<svg role="img" aria-label="{html.escape(self.description)}" ', 1)

    def png(self, scale: float = 2.0) -> bytes:
        """The picture as PNG, made without network or browser (extra ``charts``)."""
        drawn: bytes = _package("vl_convert", "charts").vegalite_to_png(self._described(), scale=scale)
        return drawn

    def html(self) -> str:
        """The picture and its figures as a part of a page, without script."""
        try:
            picture = base64.b64encode(self.svg().encode()).decode()
        except UsageError:
            return self._figure(f"<strong>{html.escape(self.title)}</strong><br>{html.escape(self.says)}", True)
        alternative = html.escape(self.description)
        source = f"data:image/svg+xml;base64,{picture}"
        return self._figure(f'<img style="max-width:100%" alt="{alternative}" src="{source}">', False)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the picture to ``.svg``, ``.png``, ``.html`` (without script) or ``.json`` (Vega-Lite).

        Raises:
            UsageError: another ending, or the extra ``charts`` is not installed (code E310).
        """
        target = Path(path)
        ending = target.suffix.lower()
        if ending == ".svg":
            content = self.svg().encode()
        elif ending == ".png":
            content = self.png()
        elif ending == ".html":
            content = self._page().encode()
        elif ending == ".json":
            content = json.dumps(self._described(), ensure_ascii=False, indent=1).encode()
        else:
            hint = "Give a name that ends in .svg, .png, .html or .json."
            raise UsageError(
                f"E310 path: expected another ending. {hint}",
                code="E310",
                field="path",
                hint=hint,
                hint_nl="Geef een naam die eindigt op .svg, .png, .html of .json.",
            )
        target.write_bytes(content)

    def _repr_html_(self) -> str:
        return self.html()

    def __repr__(self) -> str:
        return f"<passend.charts.Chart {self.name}: {self.says}>"

    def _described(self) -> dict[str, Any]:
        return self.spec | {"description": self.description}

    def _told(self) -> list[Row]:
        """The rows that have something to tell."""
        shown = self.bars
        return [row for row in self.data if shown is None or row[shown] is not None]

    def _cells(self, row: Row) -> list[str]:
        return [self._cell(column, row[column]) for column, _ in self.columns]

    def _cell(self, column: str, value: object) -> str:
        if value is None:
            return "–"
        if column == "share" and isinstance(value, float):
            return percent(value, self.lang)
        if column in ("points", "possible") and isinstance(value, int):
            return number(value / 100, self.lang, 2)
        return number(value, self.lang) if isinstance(value, (int, float)) else str(value)

    def _figure(self, picture: str, is_open: bool) -> str:
        opened = " open" if is_open else ""
        return (
            '<figure style="margin:.5em 0;padding:.5em;background:#fff;color:#1a1a1a;font-family:sans-serif">'
            f"{picture}<details{opened}><summary>{word('data', self.lang)}</summary>{self._table()}</details></figure>"
        )

    def _table(self) -> str:
        heads = "".join(
            f'<th scope="col" style="{_CELL}">{html.escape(word(key, self.lang))}</th>' for _, key in self.columns
        )
        most = max((abs(row[self.bars]) for row in self._told()), default=0) if self.bars else 0
        lines = []
        for row in self._told():
            cells = []
            for (column, _), told in zip(self.columns, self._cells(row)):
                bar = _bar(abs(row[column]) / most) if column == self.bars and most else ""
                cells.append(f'<td style="{_CELL};white-space:nowrap">{bar}{html.escape(told)}</td>')
            lines.append(f"<tr>{''.join(cells)}</tr>")
        style = "border-collapse:collapse;background:#fff"
        return f'<table style="{style}"><thead><tr>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table>'

    def _page(self) -> str:
        title = html.escape(self.title)
        return (
            f'<!doctype html>\n<html lang="{self.lang}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
            f"<body>{self.html()}</body></html>\n"
        )


def _bar(share: float) -> str:
    return (
        '<svg width="120" height="10" aria-hidden="true"><rect width="120" height="10" fill="#ddd"/>'
        f'<rect width="{round(120 * share)}" height="10" fill="{BLUE}"/></svg> '
    )
