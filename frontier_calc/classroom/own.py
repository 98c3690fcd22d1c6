"""Observations of one's own: rows beside the book's, read by the same checks, in a copy that nobody keeps."""

import csv
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontier_calc.press.proposing import recorded_on
from frontier_calc.record import appending, cells, rule
from frontier_calc.record.problems import Problem
from frontier_calc.record.reading import Reading, UnknownError, current
from frontier_calc.record.rows import OWN
from frontier_calc.record.store import DataError, Pin, Store

FILE = "observations.csv"
COLUMNS = (
    *("series", "period", "published", "value", "low", "high", "unit"),
    *("qualifier", "tag", "confidence", "source", "recorded", "note"),
)
NEEDED = ("series", "period", "value")
SOURCE = dict.fromkeys(("reports", "url", "published", "archive", "via"), "") | {
    "source": OWN,
    "outlet": "your own observation",
    "title": "My observations",
    "access": "open",
    "voice": "press",
}

Row = dict[str, str]


@dataclass(eq=False)
class OwnReading(Reading):
    """What a reading says with rows of one's own beside it: ``base`` is the one without them."""

    base: Reading | None = None
    rows: tuple[Row, ...] = ()

    @property
    def pins(self) -> list[Pin]:
        """The pins in force, but those that would hold an answer against what the student has seen himself."""
        own = {(row["series"], asked) for row in self.rows for asked in ("latest", row["period"])}
        return [pin for pin in super().pins if (pin.series, pin.asked) not in own]

    def __repr__(self) -> str:
        count = f"{len(self.rows)} observation{'s' if len(self.rows) > 1 else ''} of your own"
        last = ", ".join(f"{row['series']} {row['period']}: {_size(row)} {row['unit']}" for row in self.rows[-3:])
        return f"{self.stamp} With {count} ({last}).\nwith fc.use(mine): ... reads with them; the book's data stay as they are."


def observe(given: Iterable[Mapping[str, Any]], on: Reading | None, file: str = "your observation") -> OwnReading:
    """A reading with some rows more; ``file`` is what a message calls them."""
    on = current() if on is None else on
    base, before = (on.base or on, on.rows) if isinstance(on, OwnReading) else (on, ())
    added = [_row(each, base) for each in given]
    kept = {_key(row): row for row in (*before, *added)}  # what is said again takes the place of what was said
    rows = tuple(kept.values())
    store = _store(base, rows, file)
    day = base.as_of
    if base.working:
        day = max(day, *(rule.carried_to(row) for row in store.observations if row.source.id == OWN))
    return OwnReading(store, day, base.closing, base.edition, base.working, base.today, base=base, rows=rows)


def from_file(name: str, on: Reading | None) -> OwnReading:
    """A reading with the rows of a file."""
    path = Path(name)
    if not path.is_file():
        raise UnknownError(
            f"there is no file {name!r} here ({Path.cwd()}).\n"
            "Make one with a line of columns, series,period,value,unit, and a line for each observation."
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        given = [{key: cell or "" for key, cell in line.items() if key in COLUMNS} for line in csv.DictReader(file)]
    if not given or not set(NEEDED) <= given[0].keys():
        raise UnknownError(
            f"{path.name} has no observation that can be read.\n"
            "Its first line names the columns, series,period,value,unit; each line below is an observation."
        )
    return observe(given, on, path.name)


def _size(row: Row) -> str:
    return row["value"] or f"{row['low']} to {row['high']}"


def _key(row: Row) -> tuple[str, ...]:
    return (row["series"], row["period"], row["published"])


def _row(given: Mapping[str, Any], base: Reading) -> Row:
    """The cells of a row, those that were not given filled in."""
    series = base.series(given["series"])
    row = dict.fromkeys(COLUMNS, "") | {name: _text(cell) for name, cell in given.items()}
    day = cells.today() if base.working else base.as_of
    usual = {
        "unit": series.spellings[0],
        "published": day.isoformat(),
        "qualifier": "exactly",
        "tag": "reported",
        "confidence": "low",
    }
    row |= {name: cell for name, cell in usual.items() if not row[name]}
    recorded = recorded_on(base.store) if base.closing is None else base.closing.isoformat()
    return row | {"source": OWN, "recorded": recorded}


def _text(cell: Any) -> str:
    """A cell as it is typed: 70 and 70.0 alike."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _store(base: Reading, rows: Sequence[Row], file: str) -> Store:
    """The data with the rows, checked as the book's own are. Raises DataError, in which they go by ``file``."""
    with tempfile.TemporaryDirectory(prefix="frontier-own-") as place:
        folder = Path(place)
        for path in sorted(base.store.folder.iterdir()):
            if path.suffix == ".csv" or path.name == "datapackage.json":
                shutil.copyfile(path, folder / path.name)
        first = len(appending.table(folder / FILE)) + 2
        source = SOURCE | {"retrieved": rows[-1]["recorded"]}
        appending.append(folder, {"sources.csv": [source], FILE: rows})
        try:
            store = Store(folder)
        except DataError as error:
            raise DataError([_renamed(problem, first, file) for problem in error.problems]) from None
    store.folder = base.store.folder
    return store


def _renamed(problem: Problem, first: int, file: str) -> Problem:
    """A problem of an added row under the name and number that the student knows."""
    if problem.file != FILE or problem.row < first:
        return problem
    return problem._replace(file=file, row=problem.row - first + 2 if file.endswith(".csv") else 1)
