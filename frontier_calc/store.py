"""The data: series, observations, sources, events, editions and landmarks, read once and checked as a whole."""

import gc
import math
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from frontier_calc import checks, tables, units
from frontier_calc.dates import Period, day_words, parse_day, parse_period
from frontier_calc.rulers import Ruler
from frontier_calc.tables import DataError, Table, number
from frontier_calc.words import TABLE

# Each of the following classes but Observation has the columns of its file as its fields, in their order; the type of
# a field says how its cells are read.


@dataclass(frozen=True)
class Series:
    """What is measured: one unit, one ruler, one subject."""

    id: str
    subject: str
    title: str
    definition: str
    unit: units.Unit
    spellings: tuple[str, ...]
    kind: str
    fiscal_year_end: int
    basis: str
    channel: str
    firmness: str
    payer: str
    minimum: float | None
    maximum: float | None
    stale_after_months: int

    @cached_property
    def ruler(self) -> Ruler:
        """How it is measured."""
        return Ruler(self.basis, self.channel, self.firmness, self.payer)

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """Between which values it can lie: without limit where its row gives none."""
        low, high = self.minimum, self.maximum
        return -math.inf if low is None else low, math.inf if high is None else high

    @property
    def style(self) -> str:
        """How its figures are usually worded."""
        return "percent" if "percent" in self.spellings[0] else "plain"


@dataclass(frozen=True)
class Source:
    """Where a number was published, and whose voice it is."""

    id: str
    outlet: str
    title: str
    url: str
    published: str
    retrieved: str
    archive: str
    access: str
    voice: str
    via: str

    def __str__(self) -> str:
        return f"{self.outlet}, {parse_period(self.published).words}" if self.published else self.outlet

    @property
    def link(self) -> str:
        """Its address if it is a web address, otherwise an empty text: nothing else is ever rendered as a link."""
        return self.url if self.url.startswith(("https://", "http://")) else ""


class Observation(NamedTuple):
    """One row: what a source said about a period, when the world could know it, and when we wrote it down."""

    series: Series
    period: Period
    known: date
    value: float | None
    low: float | None
    high: float | None
    qualifier: str
    tag: str
    confidence: str
    source: Source
    recorded: date
    note: str
    row: int

    @property
    def key(self) -> tuple:
        """What a correction repeats."""
        return (self.series.id, self.period.text, self.known, self.source.id)


@dataclass(frozen=True)
class Event:
    """What happened or was said, without being a measurement."""

    id: str
    date: str
    known: date | None
    kind: str
    who: str
    what: str
    words: str
    confirmed: str
    source: Source | None
    recorded: str
    note: str

    @property
    def when(self) -> str:
        """The day in words."""
        return parse_period(self.date).words if self.date else TABLE["unknown"]


@dataclass(frozen=True)
class Edition:
    """A named, published snapshot: what was known by ``as_of``, as far as it was recorded by ``closing``."""

    id: str
    title: str
    as_of: date
    closing: date
    note: str


@dataclass(frozen=True)
class Pin:
    """One answer that an edition holds against the rule, and why."""

    edition: str
    series: str
    asked: str
    period: str
    published: str
    source: str
    reason: str


class Store:
    """Everything in a data folder, by identifier. Raises DataError listing all problems at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        schemas = tables.schemas(self.folder)
        found = {file: tables.read(self.folder, file, schemas[file]) for file in tables.FILES}
        checks.cells(found)
        self.sources: dict[str, Source] = _typed(found["sources.csv"], Source)
        self.series: dict[str, Series] = _typed(found["series.csv"], Series)
        self.observations = list(_observations(found["observations.csv"], self.series, self.sources))
        self.by_series: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations:
            self.by_series[observation.series.id].append(observation)
        checks.observations(found["observations.csv"], self.observations)
        checks.history(found["observations.csv"], self.by_series)
        checks.pins(found["pins.csv"], found["observations.csv"], {row.key for row in self.observations})
        problems = [problem for table in found.values() for problem in table.problems]
        if problems:
            raise DataError(sorted(problems, key=lambda problem: (problem.file, problem.row)))
        self.events: dict[str, Event] = _typed(found["events.csv"], Event, self.sources)
        self.editions: dict[str, Edition] = _typed(found["editions.csv"], Edition)
        self.landmarks = {record["landmark"]: record for record in found["landmarks.csv"].records()}
        self.pins = [Pin(*record.values()) for record in found["pins.csv"].records()]

    @cached_property
    def newest(self) -> Edition:
        """The newest edition."""
        return max(self.editions.values(), key=lambda edition: edition.as_of)


def _or_none(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: read(text) if text else None


READ: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: lambda text: int(number(text)),
    float | None: _or_none(number),
    date: parse_day,
    date | None: _or_none(parse_day),
    units.Unit: units.parse,
    tuple[str, ...]: lambda text: tuple(part.strip() for part in text.split(";")),
}


def _typed(table: Table, kind: type, sources: dict[str, Source] = {}) -> dict[str, Any]:
    """The sound rows of a file as objects of ``kind``, by their first cell."""
    read = {**READ, Source | None: sources.get}
    made = [
        kind(*(read[field.type](cell) for field, cell in zip(fields(kind), record.values(), strict=True)))
        for record in table.sound.values()
    ]
    return {each.id: each for each in made}


def _observations(table: Table, all_series: dict[str, Series], sources: dict[str, Source]) -> Iterator[Observation]:
    """The typed rows. A row that has a problem, or whose series or source has one, is left out."""
    for row, r in table.sound.items():
        series, source, unit = all_series.get(r["series"]), sources.get(r["source"]), r["unit"]
        if series is None or source is None:
            continue
        if unit not in series.spellings:
            table.wrong(row, "unit", f"one of the spellings of {series.id}: {', '.join(series.spellings)}")
            continue
        period, factor = parse_period(r["period"], series.fiscal_year_end), units.scale(unit)
        known, recorded = parse_day(r["published"]), parse_day(r["recorded"])
        amounts = (number(r[name]) * factor if r[name] else None for name in ("value", "low", "high"))
        said = (r["qualifier"], r["tag"], r["confidence"])
        yield Observation(series, period, known, *amounts, *said, source, recorded, r["note"], row)


def default_folder() -> Path:
    """The data folder: ``FRONTIER_DATA``, or that of the checkout, or the one installed with the package."""
    if given := os.environ.get("FRONTIER_DATA"):
        return Path(given)
    here = Path(__file__).resolve().parent
    checkout = here.parent / "data"
    return checkout if (checkout / "datapackage.json").exists() else here / "data"


def load(folder: Path) -> Store:
    """The store of a folder, read once and again whenever one of its files has changed."""
    return _load(folder, state(folder))


def state(folder: Path) -> tuple:
    """What tells whether a folder's files have changed: their names, times and sizes."""
    files = [*sorted(folder.glob("*.csv")), folder / "datapackage.json"]
    return tuple((file.name, s.st_mtime_ns, s.st_size) for file in files if file.exists() and (s := file.stat()))


@lru_cache(maxsize=8)
def _load(folder: Path, state: tuple) -> Store:
    # Nothing of what is read becomes garbage; with many rows the collector's looking for it takes a quarter of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Store(folder)
    finally:
        if collecting:
            gc.enable()


def provenance(source: Source | None, known: date | None) -> str:
    """A source and the day from which it was known, in words."""
    return " · ".join(filter(None, (str(source or ""), f"known on {day_words(known)}" if known else "")))
