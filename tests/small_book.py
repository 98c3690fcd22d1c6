"""A book of two pages on a small data folder, for tests that publish, compare and accept."""

from collections.abc import Callable
from pathlib import Path

import books
import making

PACE = "lab-revenue-run-rate"
MARGIN = "lab-margin"

PREMISE = """# The Premise

```{code-cell} ipython3
:tags: [remove-cell]

import frontier_calc as fc
from frontier_calc import book, growth, rulers

pace = fc.latest("lab-revenue-run-rate")
margin = fc.latest("lab-margin")
month = rulers.per_month(pace, growth.MONTHS_IN_A_YEAR)
carrier = fc.landmark("carrier")
large = fc.claim("large", pace > fc.constant("threshold", 40e9, "USD per year"), "That is a large sum.", otherwise="That is no large sum.")
launch = fc.event("launch")
```

It all begins with a number.

## The pace

The lab said that it runs at {eval}`pace` a year, or {eval}`month` a month. {eval}`large` It was {eval}`launch.what`

The rest stays as it is.

```{code-cell} ipython3
book.table([{"What": "pace", "Value": pace}, {"What": "margin", "Value": margin.percent}], caption="Figures of the lab")
```

## The margin

It keeps {eval}`margin.percent` of that. A carrier costs {eval}`carrier`.

```{code-cell} ipython3
book.bar_chart({"pace": pace, "carrier": carrier / fc.constant("a year", 1, "year")}, title="A pace and a carrier")
```

```{code-cell} ipython3
book.ledger_sheet(globals())
```
"""

ABOUT = "# About\n\nNothing here rests on a row.\n"


def observed(**cells: str) -> dict[str, str]:
    """A row of the observations; the cells that are not named are those of the usual one."""
    return making.ROWS["observations"] | cells


OBSERVATIONS = [
    observed(),
    observed(published="2026-05-20", value="47", tag="estimated"),  # by the rule, not better than the one above
    observed(series=MARGIN, period="Q1-2026", published="2026-05-10", value="38", unit="percent"),
    observed(series=MARGIN, period="Q1-2026", published="2026-06-15", value="40", unit="percent"),
]
PIN = {"published": "2026-05-20", "reason": "The text quotes it."}


def write(root: Path) -> Path:
    """The book in a folder; its data folder."""
    root.mkdir(parents=True, exist_ok=True)
    for name, markdown in (("index", PREMISE), ("about", ABOUT)):
        (root / f"{name}.md").write_text(books.HEADER + markdown, encoding="utf-8")
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: about\n", encoding="utf-8")
    series = [
        {},
        {"series": MARGIN, "title": "Lab margin", "unit": "1", "spellings": "percent", "kind": "flow", "basis": "",
         "channel": "", "maximum": "1"},
    ]  # fmt: skip
    return making.write_folder(root / "data", series=series, observations=OBSERVATIONS, pins=[PIN])


def append(data: Path, **cells: str) -> None:
    """Add an observation, as an author would."""
    row = observed(**cells)
    with (data / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(row.values()) + "\n")


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Change a file by hand."""
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, path
    path.write_text(after, encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    """All that a folder holds, but what the next command works out again where it is gone."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith("_build/.shelf/")}
