"""Made-up figures and small data folders, for tests that must not depend on what the real data say today."""

import csv
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from frontier_calc import units
from frontier_calc.dates import parse_period
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.rulers import Ruler

REAL = Path(__file__).resolve().parents[1] / "data"

# One complete row of each file; a test names only the cells that matter to it.
ROWS = {
    "series": {
        "series": "lab-revenue-run-rate",
        "subject": "Lab",
        "title": "Lab revenue run rate",
        "definition": "The lab's yearly sales pace.",
        "unit": "USD per year",
        "spellings": "USD bn; USD mn",
        "kind": "month",
        "fiscal_year_end": "12",
        "basis": "run-rate",
        "channel": "gross",
        "firmness": "",
        "payer": "",
        "minimum": "0",
        "maximum": "1000000000000",
        "stale_after_months": "6",
        "succeeded_by": "",
        "succeeded_from": "",
        "spoken": "",
        "describes": "",
        "kept_for": "",
    },
    "observations": {
        "series": "lab-revenue-run-rate",
        "period": "2026-04",
        "published": "2026-05-02",
        "value": "30",
        "low": "",
        "high": "",
        "unit": "USD bn",
        "qualifier": "exactly",
        "tag": "reported",
        "confidence": "high",
        "source": "wire",
        "recorded": "2026-06-30",
        "note": "",
    },
    "sources": {
        "source": "wire",
        "outlet": "The Wire",
        "reports": "",
        "title": "A lab and its pace",
        "url": "https://example.org/pace",
        "published": "2026-05-02",
        "retrieved": "2026-06-30",
        "archive": "",
        "access": "open",
        "voice": "press",
        "via": "",
    },
    "events": {
        "event": "launch",
        "date": "2026-04-06",
        "published": "2026-04-06",
        "kind": "event",
        "who": "Lab",
        "what": "Launched a model.",
        "words": "",
        "confirmed": "yes",
        "source": "wire",
        "recorded": "2026-06-30",
        "note": "",
    },
    "editions": {
        "edition": "2026-05",
        "title": "May 2026",
        "as_of": "2026-05-31",
        "closing": "2026-06-30",
        "note": "",
    },
    "pins": {
        "edition": "2026-05",
        "series": "lab-revenue-run-rate",
        "asked": "latest",
        "period": "2026-04",
        "published": "2026-05-02",
        "source": "wire",
        "reason": "The text quotes it.",
    },
    "landmarks": {
        "landmark": "carrier",
        "title": "an aircraft carrier",
        "value": "13",
        "unit": "USD bn",
        "period": "2026",
        "published": "2026-01-01",
        "source": "wire",
        "recorded": "2026-06-30",
        "note": "",
    },
}

NOTHING_BY_DEFAULT = ("pins",)


def write_table(path: Path, rows: Iterable[dict[str, str]], delimiter: str = ",") -> None:
    """Write rows of full cells as a file of the data folder."""
    columns = list(ROWS[path.stem])
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, delimiter=delimiter, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def write_folder(folder: Path, **tables: list[dict[str, str]]) -> Path:
    """A valid data folder: ``observations=[{"value": "31"}]`` gives one row, its other cells as in ROWS.

    A file that is not named gets the one row of ROWS (pins none).
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(REAL / "datapackage.json", folder)
    for name, usual in ROWS.items():
        rows = tables.get(name, [] if name in NOTHING_BY_DEFAULT else [{}])
        write_table(folder / f"{name}.csv", [usual | row for row in rows])
    return folder


def observed(
    name: str,
    value: float,
    unit: str = "1",
    *,
    tag: str = "reported",
    qualifier: str = "exactly",
    low: float | None = None,
    high: float | None = None,
    period: str = "2026-04",
    known: date = date(2026, 5, 2),
    source: str | None = None,
    **ruler: str,
) -> Figure:
    """A figure as if read from a row: its source is its name unless another is given."""
    source, about = source or f"{name}, page 1", parse_period(period)
    leaf = Leaf(name, value, f"{name}|{period}", tag, qualifier, low, high, about, known, source, title=name)
    return Figure(leaf, units.parse(unit), Ruler(**ruler))


FIRST = "2026-05"  # the edition of the booklet's snapshot


def before(target: Path, day: str) -> Path:
    """A copy of the book's data without what was published after a day: with what an author had entered by then.

    Series, events and sources stay, since pages name them: a reading knows none before its day. A series goes back to
    answering for itself where its successor is gone. A month without a day counts from its end. Of the editions only
    the first stays, with its pins: the next is still to be published.
    """
    shutil.copytree(REAL, target)
    for name in ("editions.csv", "pins.csv"):
        _keep(target / name, lambda row: row["edition"] == FIRST)
    _keep(target / "observations.csv", lambda row: _published(row) <= day)
    measured = _column(target / "observations.csv", "series")
    _keep(target / "series.csv", lambda row: True, lambda row: _answering(row, measured))  # pages name them all
    return target


def _published(row: dict[str, str]) -> str:
    """The last day that a row's publication may have had, as it sorts; empty where its page is undated."""
    published = row["published"]
    return published if not published or published[7:] else parse_period(published).end.isoformat()


def _answering(row: dict[str, str], measured: set[str]) -> dict[str, str]:
    """A series, without a successor that is not there, and without a sum that is not."""
    here = row if row["succeeded_by"] in measured else row | {"succeeded_by": "", "succeeded_from": ""}
    return here if here["describes"] in measured else here | {"describes": ""}


def _column(path: Path, name: str) -> set[str]:
    return {row[name] for row in _read(path)}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _keep(
    path: Path,
    wanted: Callable[[dict[str, str]], bool],
    changed: Callable[[dict[str, str]], dict[str, str]] = lambda row: row,
) -> None:
    """Leave in a file the rows that are wanted, each as ``changed`` has it."""
    rows = [changed(row) for row in _read(path) if wanted(row)]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
