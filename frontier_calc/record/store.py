"""The data: series, observations, sources, events, editions and landmarks, read once and checked as a whole."""

import gc
import math
import os
from collections import defaultdict, namedtuple
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from frontier_calc import units
from frontier_calc.dates import day_words, parse_period
from frontier_calc.record import checks, tables
from frontier_calc.record.tables import DataError, Table
from frontier_calc.rulers import Ruler
from frontier_calc.table import TABLE

CALENDAR_YEAR = units.parse("calendar-year")

# A row of each file has its columns as fields, in their order; what each means stands in data/datapackage.json, how it
# is understood in cells.READ_BY. ``id`` is the first column; ``known`` is ``published``, the day from which the world
# could know it.


class Series(
    namedtuple(
        "Series",
        "id subject title definition unit spellings kind fiscal_year_end basis channel firmness payer minimum maximum stale_after_months",
    )
):
    """What is measured: one unit, one ruler, one subject."""

    @cached_property
    def ruler(self) -> Ruler:
        """How it is measured."""
        return Ruler(self.basis, self.channel, self.firmness, self.payer)

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which values it can lie: without limit where its row gives none."""
        low, high = self.minimum, self.maximum
        return -math.inf if low is None else low, math.inf if high is None else high

    @property
    def style(self) -> str:
        """How its figures are usually worded."""
        if self.unit == CALENDAR_YEAR:
            return "year"
        return "percent" if "percent" in self.spellings[0] else "plain"


class Source(namedtuple("Source", "id outlet title url published retrieved archive access voice via")):
    """Where a number was published, and whose voice it is."""

    def __str__(self) -> str:
        return f"{self.outlet}, {parse_period(self.published).words}" if self.published else self.outlet

    @property
    def link(self) -> str:
        """Its address if it is a web address, otherwise an empty text: nothing else is ever rendered as a link."""
        return self.url if self.url.startswith(("https://", "http://")) else ""


class Event(namedtuple("Event", "id date known kind who what words confirmed source recorded note")):
    """What happened or was said, without being a measurement; ``source`` is a Source or None."""

    @property
    def when(self) -> str:
        """The day in words."""
        return parse_period(self.date).words if self.date else TABLE["unknown"]


class Edition(namedtuple("Edition", "id title as_of closing note")):
    """A named, published snapshot: what was known by ``as_of``, as far as it was recorded by ``closing``."""


class Landmark(namedtuple("Landmark", "id title value unit period known source recorded note")):
    """Something to picture a sum with: a value in a spelled unit."""


class Pin(namedtuple("Pin", "edition series asked period known source reason")):
    """One answer that an edition holds against the rule, and why."""

    @property
    def key(self) -> tuple:
        """The key of the observation that is held."""
        return (self.series, self.period.text, self.known, self.source)


class Observation(
    namedtuple("Observation", "series period known value low high qualifier tag confidence source recorded note row")
):
    """One row: what a source said about a period, when the world could know it, and when we wrote it down.

    ``series`` and ``source`` are a Series and a Source; ``value``, ``low`` and ``high`` are in the unit of the series;
    ``row`` is the number that a spreadsheet shows.
    """

    @property
    def key(self) -> tuple:
        """What a correction repeats."""
        return (self.series.id, self.period.text, self.known, self.source.id)


class Store:
    """Everything in a data folder, by identifier. Raises DataError listing all problems at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        found = tables.read_all(self.folder)
        self.sources: dict[str, Source] = _by_id(found["sources.csv"], Source)
        checks.series(found["series.csv"])
        self.series: dict[str, Series] = _by_id(found["series.csv"], Series)
        self.editions: dict[str, Edition] = _by_id(found["editions.csv"], Edition)
        self.landmarks: dict[str, Landmark] = _by_id(found["landmarks.csv"], Landmark)
        events = _by_id(found["events.csv"], Event)
        self.events: dict[str, Event] = {id: e._replace(source=self.sources.get(e.source)) for id, e in events.items()}
        pins = {row: Pin(*record.values()) for row, record in found["pins.csv"].values.items()}
        self.pins: list[Pin] = list(pins.values())
        self.observations = list(_observations(found["observations.csv"], self.series, self.sources))
        self.by_series: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations:
            self.by_series[observation.series.id].append(observation)
        checks.observations(found["observations.csv"], self.observations)
        checks.history(found["observations.csv"], self.by_series)
        if not found["observations.csv"].problems:  # a pin on an observation that has one has none of its own
            checks.pins(found["pins.csv"], pins, {row.key for row in self.observations})
        if problems := [problem for table in found.values() for problem in table.problems]:
            raise DataError(sorted(problems, key=lambda problem: (problem.file, problem.row)))

    @cached_property
    def newest(self) -> Edition:
        """The newest edition."""
        return max(self.editions.values(), key=lambda edition: edition.as_of)


def _by_id(table: Table, kind: type) -> dict:
    """The sound rows of a file as objects of ``kind``, by their first cell."""
    return {made.id: made for made in (kind(*record.values()) for record in table.values.values())}


def _observations(table: Table, all_series: dict[str, Series], sources: dict[str, Source]) -> Iterator[Observation]:
    """The sound rows. One whose series or source has a problem is left out."""
    for row, r in list(table.values.items()):
        series, source = all_series.get(r["series"]), sources.get(r["source"])
        if series is None or source is None:
            continue
        if r["unit"] not in series.spellings:
            table.wrong(row, "unit", f"one of the spellings of {series.id}: {', '.join(series.spellings)}")
            continue
        period, factor = parse_period(r["period"].text, series.fiscal_year_end), units.scale(r["unit"])
        amounts = (None if r[name] is None else r[name] * factor for name in ("value", "low", "high"))
        said = (r["qualifier"], r["tag"], r["confidence"])
        yield Observation(series, period, r["published"], *amounts, *said, source, r["recorded"], r["note"], row)


def default_folder() -> Path:
    """The data folder: ``FRONTIER_DATA``, or that of the checkout, or the one installed with the package."""
    if given := os.environ.get("FRONTIER_DATA"):
        return Path(given)
    here = Path(__file__).resolve().parents[1]
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
