"""The data: series, observations, sources, events, editions and landmarks, read once and checked as a whole."""

import gc
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from frontier_calc import units
from frontier_calc.dates import parse_period
from frontier_calc.errors import Readable
from frontier_calc.record import checks, tables
from frontier_calc.record.rows import Edition, Event, Landmark, Observation, Pin, Series, Source, provenance
from frontier_calc.record.tables import DataError, Table

__all__ = ["DataError", "Edition", "Event", "FolderError", "Landmark", "Observation", "Pin", "Series", "Source"]
__all__ += ["Store", "default_folder", "load", "provenance", "state"]

Record = dict[str, Any]  # the cells of a row by their column, as cells.reader understood them


class FolderError(Readable, ValueError):
    """What was named as the data folder is none."""


class Store:
    """Everything in a data folder, by identifier. Raises DataError listing all problems at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        found = tables.read_all(self.folder)
        checks.series(found["series.csv"])
        checks.successors(found["series.csv"])
        checks.described(found["series.csv"])
        self.sources: dict[str, Source] = {s.id: s for s in map(_source, _records(found["sources.csv"]))}
        self.series: dict[str, Series] = {s.id: s for s in map(_series, _records(found["series.csv"]))}
        self.editions: dict[str, Edition] = {e.id: e for e in map(_edition, _records(found["editions.csv"]))}
        self.landmarks: dict[str, Landmark] = {m.id: m for m in map(_landmark, _records(found["landmarks.csv"]))}
        self.events: dict[str, Event] = {
            record["event"]: _event(record, self.sources) for record in _records(found["events.csv"])
        }
        pins = {row: Pin(**record) for row, record in found["pins.csv"].values.items()}
        self.pins: list[Pin] = list(pins.values())
        self.observations: list[Observation] = list(_observations(found["observations.csv"], self.series, self.sources))
        self.by_series: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations:
            self.by_series[observation.series.id].append(observation)
        checks.observations(found["observations.csv"], self.observations)
        checks.history(found["observations.csv"], self.by_series)
        if not found["observations.csv"].problems:  # a pin on an observation that has one has none of its own
            pinned = {row.key for id in {pin.series for pin in self.pins} for row in self.by_series.get(id, ())}
            checks.pins(found["pins.csv"], pins, pinned)
        problems = [problem for table in found.values() for problem in table.problems]
        if problems:
            raise DataError(sorted(problems, key=lambda problem: (problem.file, problem.row)))

    @cached_property
    def newest(self) -> Edition:
        """The newest edition."""
        return max(self.editions.values(), key=lambda edition: edition.as_of)


def _records(table: Table) -> list[Record]:
    """The rows of a file that have no problem of their own."""
    return list(table.values.values())


def _renamed(record: Record, first: str) -> Record:
    """The record with its first column, which names the row, called ``id``."""
    return {"id" if column == first else column: value for column, value in record.items()}


def _series(record: Record) -> Series:
    return Series(**_renamed(record, "series"))


def _source(record: Record) -> Source:
    return Source(**_renamed(record, "source"))


def _edition(record: Record) -> Edition:
    return Edition(**_renamed(record, "edition"))


def _known(record: Record) -> date | None:
    published = record["published"]
    return None if published is None else published.known_by(record["recorded"])


def _landmark(record: Record) -> Landmark:
    return Landmark(known=_known(record), **_renamed(record, "landmark"))


def _event(record: Record, sources: dict[str, Source]) -> Event:
    columns = _renamed(record, "event") | {"source": sources.get(record["source"])}
    return Event(known=_known(record), **columns)


def _observations(table: Table, all_series: dict[str, Series], sources: dict[str, Source]) -> Iterator[Observation]:
    """The sound rows. One whose series or source has a problem is left out."""
    early = _known_within_their_month(table)
    for row, record in list(table.values.items()):
        series, source = all_series.get(record["series"]), sources.get(record["source"])
        if series is None or source is None:
            continue
        if record["unit"] not in series.spellings:
            table.wrong(row, "unit", f"one of the spellings of {series.id}: {', '.join(series.spellings)}")
            continue
        factor = units.scale(record["unit"])
        value, low, high = record["value"], record["low"], record["high"]
        is_span = value is None and low is not None and high is not None
        if is_span:
            value = low / 2 + high / 2
        published = record["published"]
        known = published.day
        if early and published.is_month:
            known = early.get(_month_key(record), known)
        yield Observation(
            series=series,
            period=parse_period(record["period"].text, series.fiscal_year_end),
            published=published,
            known=known,
            value=None if value is None else value * factor,
            low=None if low is None else low * factor,
            high=None if high is None else high * factor,
            is_span=is_span,
            qualifier=record["qualifier"],
            tag=record["tag"],
            confidence=record["confidence"],
            source=source,
            recorded=record["recorded"],
            note=record["note"],
            row=row,
        )


def _month_key(record: Record) -> tuple[str, str, date, str]:
    """What a row published in a month shares with its corrections."""
    return (record["series"], record["period"].text, record["published"].day, record["source"])


def _known_within_their_month(table: Table) -> dict[tuple[str, str, date, str], date]:
    """The days from which rows published in a month were known, where they were recorded before that month was over.

    A correction that was recorded later was known no later than the row that it corrects.
    """
    found: dict[tuple[str, str, date, str], date] = {}
    for record in table.values.values():
        published, recorded = record["published"], record["recorded"]
        if published.is_month and recorded < published.day:
            key = _month_key(record)
            found[key] = min(published.known_by(recorded), found.get(key, date.max))
    return found


def default_folder() -> Path:
    """The data folder: ``FRONTIER_DATA``, or that of the checkout, or the one installed with the package.

    Raises FolderError where ``FRONTIER_DATA`` names something else than a folder.
    """
    given = os.environ.get("FRONTIER_DATA")
    if given:
        folder = Path(given)
        _need_folder(folder, f"FRONTIER_DATA={given!r}")
        return folder
    here = Path(__file__).resolve().parents[1]
    checkout = here.parent / "data"
    return checkout if (checkout / "datapackage.json").exists() else here / "data"


def _need_folder(folder: Path, named: str) -> None:
    if folder.is_file():
        raise FolderError(f"{named} names a file: name the folder that holds it, {str(folder.parent)!r}")
    if not folder.is_dir():
        raise FolderError(f"{named} names no folder: name the one that holds datapackage.json and the tables")


def load(folder: Path) -> Store:
    """The store of a folder, read once and again whenever one of its files has changed. Raises FolderError for none."""
    _need_folder(folder, str(folder))
    return _load(folder, state(folder))


State = tuple[tuple[str, int, int], ...]


def state(folder: Path) -> State:
    """What tells whether a folder's files have changed: their names, times and sizes."""
    told = []
    for file in [*sorted(folder.glob("*.csv")), folder / "datapackage.json"]:
        if file.exists():
            about = file.stat()
            told.append((file.name, about.st_mtime_ns, about.st_size))
    return tuple(told)


@lru_cache(maxsize=8)
def _load(folder: Path, state: State) -> Store:
    # Nothing of what is read becomes garbage; with many rows the collector's looking for it takes a quarter of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Store(folder)
    finally:
        if collecting:
            gc.enable()
