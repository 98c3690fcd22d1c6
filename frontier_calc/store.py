"""The data: series, observations, sources, events, editions and landmarks, read once and checked as a whole."""

import gc
import os
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from frontier_calc import checks, tables, units
from frontier_calc.dates import Period, day_words, parse_day, parse_period
from frontier_calc.rulers import Ruler
from frontier_calc.tables import DataError, Table
from frontier_calc.words import TABLE


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
    ruler: Ruler
    minimum: float
    maximum: float
    stale_after_months: int | None

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
    source: Source
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
        fields = tables.schemas(self.folder)
        self.tables = {file: tables.read(self.folder, file, fields[file]) for file in tables.FILES}
        checks.references(self.tables)
        self.sources = {r["source"]: Source(*r.values()) for _, r in self.tables["sources.csv"].good_records()}
        series = self.tables["series.csv"]
        self.series = {r["series"]: made for i, r in series.good_records() if (made := _series(series, i, r))}
        self.observations = _observations(self.tables["observations.csv"], self.series, self.sources)
        self.by_series: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations:
            self.by_series[observation.series.id].append(observation)
        checks.history(self.tables["observations.csv"], self.by_series)
        checks.pins(self.tables["pins.csv"], self.tables["observations.csv"], self.observations)
        self._raise_problems()
        self.events = {r["event"]: _event(r, self.sources) for r in self.tables["events.csv"].records()}
        self.editions = {r["edition"]: _edition(r) for r in self.tables["editions.csv"].records()}
        self.pins = [Pin(*r.values()) for r in self.tables["pins.csv"].records()]
        self.landmarks = {r["landmark"]: r for r in self.tables["landmarks.csv"].records()}

    def _raise_problems(self) -> None:
        problems = [problem for table in self.tables.values() for problem in table.problems]
        if problems:
            raise DataError(sorted(problems, key=lambda p: (p.file, p.row)))

    @cached_property
    def newest(self) -> Edition:
        """The newest edition."""
        return max(self.editions.values(), key=lambda edition: edition.as_of)


def _or_none(text: str, factor: float = 1.0) -> float | None:
    return tables.number(text) * factor if text else None


def _series(table: Table, index: int, r: dict[str, str]) -> Series | None:
    spellings = tuple(text.strip() for text in r["spellings"].split(";"))
    try:
        unit = units.parse(r["unit"])
    except units.UnitError as error:
        table.wrong(index, "unit", str(error).partition("; ")[2] or "a known unit")
        return None
    bounds = (_or_none(r["minimum"]), _or_none(r["maximum"]))
    return Series(
        *(r["series"], r["subject"], r["title"], r["definition"], unit, spellings, r["kind"]),
        int(tables.number(r["fiscal_year_end"])),
        Ruler(r["basis"], r["channel"], r["firmness"], r["payer"]),
        float("-inf") if bounds[0] is None else bounds[0],
        float("inf") if bounds[1] is None else bounds[1],
        int(tables.number(r["stale_after_months"])) if r["stale_after_months"] else None,
    )


COLUMNS = (
    *("series", "period", "published", "value", "low", "high", "unit", "qualifier"),
    *("tag", "confidence", "source", "recorded", "note"),
)


def _observations(table: Table, all_series: dict, sources: dict) -> list[Observation]:
    """The typed rows. A row that has a problem, or whose series or source has one, is left out."""
    found, first, bad = [], {}, table.bad_rows
    for index, cells in enumerate(zip(*(table.columns[name] for name in COLUMNS), strict=True)):
        series_id, period, published, value, low, high, unit, qualifier, tag, confidence, source, recorded, note = cells
        if table.rows[index] in bad or series_id not in all_series or source not in sources:
            continue
        series = all_series[series_id]
        if unit not in series.spellings:
            table.wrong(index, "unit", f"one of the spellings of {series_id}: {', '.join(series.spellings)}")
            continue
        known, written, factor = parse_day(published), parse_day(recorded), units.scale(unit)
        row = Observation(
            series,
            parse_period(period, series.fiscal_year_end),
            known,
            _or_none(value, factor),
            _or_none(low, factor),
            _or_none(high, factor),
            qualifier,
            tag,
            confidence,
            sources[source],
            written,
            sys.intern(note),
            table.rows[index],
        )
        earlier = first.setdefault((row.key, written), index)
        if earlier != index:
            table.wrong(
                index,
                "series",
                f"each series, period, published and source once; row {table.rows[earlier]} has the "
                "same. A correction repeats them with a later 'recorded'",
                found=series_id,
            )
        checks.row(table, index, row)
        if row.value is None and not any(o.key == row.key for o in found):
            table.wrong(
                index, "value", "a number; only a correction of an earlier row may be empty, which withdraws it"
            )
        found.append(row)
    return found


def _event(r: dict[str, str], sources: dict[str, Source]) -> Event:
    known = parse_day(r["published"]) if r["published"] else None
    return Event(
        r["event"],
        r["date"],
        known,
        r["kind"],
        r["who"],
        r["what"],
        r["words"],
        r["confirmed"],
        sources.get(r["source"]),
        r["note"],
    )


def _edition(r: dict[str, str]) -> Edition:
    return Edition(r["edition"], r["title"], parse_day(r["as_of"]), parse_day(r["closing"]), r["note"])


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
