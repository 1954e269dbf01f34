# SPDX-License-Identifier: EUPL-1.2
"""Makes the site of the Python package: pages by question, pictures, notebooks, reference.

    python docs/build.py [FOLDER]

Without a folder it is ``target/python-docs``. No page loads anything from elsewhere;
a link that leads nowhere ends the build.
"""

from __future__ import annotations

import html
import inspect
import json
import re
import shutil
import sys
from pathlib import Path

import passend
import pdoc
import pdoc.render
from markdown_it import MarkdownIt
from passend import charts

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
NOTEBOOKS = ROOT / "docs" / "notebooks"
PAGES = ("index", "who-can-start-now", "why-not", "which-measure-helps", "closed-environments")
AS_OF = "2026-11-25"


def main(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(NOTEBOOKS, target / "notebooks")
    for name in PAGES:
        text = (HERE / f"{name}.md").read_text(encoding="utf-8")
        write(target, name, text)
    write(target, "charts", *pictures())
    pdoc.render.configure(docformat="google", search=False, show_source=False)
    pdoc.pdoc("passend", "passend.charts", output_directory=target / "reference")
    check(target)


def write(target: Path, name: str, text: str, extra: dict[str, str] | None = None) -> None:
    """A page of Markdown; ``{name}`` on a line of its own is replaced by a piece of HTML."""
    body = MarkdownIt().enable("table").render(text)
    body = re.sub(r'href="([\w-]+)\.md"', r'href="\1.html"', body)
    # What lies outside of the site is named, since the site may stand anywhere.
    body = re.sub(r'<a href="(?:\.\./)+([^"]+)">(.*?)</a>', r"\2 (<code>\1</code>)", body)
    for key, piece in (extra or {}).items():
        body = body.replace(f"<p>{{{key}}}</p>", piece)
    title = html.escape(text.splitlines()[0].lstrip("# "))
    style = (HERE / "page.css").read_text(encoding="utf-8")
    links = (("index", "passend for Python"), ("charts", "Pictures"), ("reference/passend", "Reference"))
    nav = "".join(f'<a href="{link}.html">{words}</a>' for link, words in links)
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>\n{style}</style></head>\n'
        f"<body><nav>{nav}</nav><main>\n{body}</main></body></html>\n"
    )
    (target / f"{name}.html").write_text(page, encoding="utf-8")


def pictures() -> tuple[str, dict[str, str]]:
    """The page of pictures: each with its documentation, drawn from the demo of the repository."""
    demo = ROOT / "fixtures" / "demo"
    people, work = ((demo / f"{side}.jsonl").read_text(encoding="utf-8") for side in ("candidates", "vacancies"))
    result = passend.match(lines(people), lines(work), as_of=AS_OF, when="any", k=40)
    usual = passend.match(lines(people), lines(work), as_of=AS_OF)
    announced = passend.match(lines(people), lines(work), as_of=AS_OF, announced=True)
    best = max(result.to_dicts(), key=lambda line: line["score"])
    status = [
        {"class": line["readiness"]["class"], "rank": "1 to 5" if line["rank"] <= 5 else "6 and on"}
        for line in result.to_dicts()
    ]
    cells = [{"group": "care", "region": "Drenthe"}] * 3 + [{"group": "IT", "region": "Groningen"}]
    places = [
        {"group": "care", "region": "Drenthe", "positions": 1},
        {"group": "care", "region": "Groningen", "positions": 2},
        {"group": "IT", "region": "Groningen", "positions": 1},
    ]
    counted = passend.Engine().leverage(lines(people), lines(work), as_of=AS_OF)
    plan = passend.Engine().assign(
        lines(people),
        lines(work),
        as_of=AS_OF,
        goal="placements",
        beside="score",
        floor=5_000,
    )
    homes, jobs = (
        [{"id": row["id"], "region": (row.get("location") or {}).get("municipality")} for row in lines(text)]
        for text in (people, work)
    )
    made = {
        "waterfall": charts.waterfall(result.explain(best["candidate"], best["vacancy"]), lang="en"),
        "funnel": charts.funnel(usual, lang="en"),
        "obstacles": charts.obstacles(usual, lang="en"),
        "leverage": charts.leverage(counted, lang="en"),
        "supply": charts.supply(cells, places, lang="en"),
        "regions": charts.regions({"Groningen": 5, "Friesland": 4, "Drenthe": 3, "Regio Zwolle": 0}, lang="en"),
        "readiness": charts.readiness(result, lang="en"),
        "comparison": charts.comparison({"rules in force": usual, "announced rules too": announced}, lang="en"),
        "flows": charts.flows(status, "class", "rank", lang="en"),
        "moves": charts.moves(plan, homes, jobs, lang="en"),
        "left": charts.left(plan, lang="en"),
        "prices": charts.prices(plan, lang="en"),
    }
    parts = ["# Pictures", inspect.getdoc(charts).partition(">>>")[0]]  # type: ignore[union-attr]
    for name in made:
        words = re.sub(r":\w+:`(\w+)`", r"`\1`", inspect.getdoc(getattr(charts, name)) or "")
        words = words.replace("\nDo: ", "\n**Do.** ").replace("\nRead it", "\n**Read it**")
        parts += [f"## `charts.{name}`", words, f"{{{name}}}"]
    return "\n\n".join(parts), {name: chart.html() for name, chart in made.items()}


def lines(text: str) -> list[object]:
    return [json.loads(line) for line in text.splitlines()]


def check(target: Path) -> None:
    """Every link of our own pages leads to a file, and no page fetches a script, style or font."""
    for page in target.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        fetched = re.findall(r'<(?:script|img|iframe)[^>]* src="(?!data:)[^"]+"|<link [^>]*href="http[^"]+"', text)
        if fetched:
            raise SystemExit(f"{page}: fetches {fetched[0]}")
        if page.parent.name == "reference" or page.parent.parent.name == "reference":
            continue
        for link in re.findall(r'href="([^"#]+)', text):
            if not link.startswith("http") and not (page.parent / link).exists():
                raise SystemExit(f"{page}: there is no {link}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target" / "python-docs")
