"""Reading the data on a day: the as-of rule, editions with their pins, and the working edition.

>>> from datetime import date
>>> import frontier_calc as fc
>>> may = fc.edition("2026-05")
>>> print(may.latest("anthropic-revenue-run-rate"))
over $30 billion
>>> print(fc.as_of(date(2025, 12, 31)).latest("anthropic-revenue-run-rate").when)
October 2025
"""

import math
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from frontier_calc import units
from frontier_calc.dates import Period, day_words, parse_day, parse_period
from frontier_calc.errors import Readable, did_you_mean
from frontier_calc.figure import Figure, of_leaf
from frontier_calc.graph import TAGS
from frontier_calc.record import store as _store
from frontier_calc.record.store import Edition, Event, Observation, Pin, Series, Store
from frontier_calc.table import TABLE

TAKEN_OVER = ("tag", "qualifier", "low", "high", "period", "known", "source", "note")  # from a row by its figure


class UnknownError(Readable, LookupError):
    """Nothing of that name, or nothing that was known on the day of reading."""


def _named(what: str, id: str, known: Mapping[str, Any]) -> Any:
    if id in known:
        return known[id]
    named = f"; there are {', '.join(known)}" if len(known) <= 20 else ""
    raise UnknownError(f"no {what} {id!r} in data/{what.removesuffix('s')}s.csv{did_you_mean(id, known) or named}")


@dataclass(eq=False)
class Reading:
    """What the data says on a day. ``edition`` lends its pins; ``working`` makes them give way to newer rows."""

    store: Store
    as_of: date
    closing: date | None = None
    edition: Edition | None = None
    working: bool = False
    _known: dict[str, list[Observation]] = field(default_factory=dict, init=False, repr=False)

    @property
    def name(self) -> str:
        """The edition's identifier, "working", or the date."""
        return "working" if self.working else self.edition.id if self.edition else self.as_of.isoformat()

    @property
    def day(self) -> str:
        """The day of reading in words."""
        return day_words(self.as_of)

    @property
    def stamp(self) -> str:
        """Which edition this is, and the day it was read on, as a sentence."""
        if not self.edition:
            return f"As known on {self.day}."
        which = "Working edition" if self.working else f"Edition {self.edition.id} ({self.edition.title})"
        return f"{which}, read on {self.day}."

    @property
    def may_be_unknown(self) -> bool:
        """True for a reading as of a day before the first edition: there a gap is shown as one."""
        return self.edition is None and self.as_of < min(e.as_of for e in self.store.editions.values())

    def series(self, id: str) -> Series:
        """A series by its identifier; raises UnknownError with the nearest names."""
        return _named("series", id, self.store.series)

    def known(self, series: str) -> list[Observation]:
        """The observations of a series that were known on the day, corrections applied, withdrawn ones left out."""
        if series not in self._known:
            newest: dict[tuple, Observation] = {}
            for row in sorted(self.store.by_series.get(self.series(series).id, ()), key=lambda row: row.recorded):
                if row.known <= self.as_of and (self.closing is None or row.recorded <= self.closing):
                    newest[row.key] = row  # in the place of the one that it corrects
            self._known[series] = [row for row in newest.values() if row.value is not None]
        return self._known[series]

    def latest(self, series: str, by: Period | None = None) -> Figure:
        """The latest measurement of a series: the latest period that had ended and is not projected.

        Of several answers for that period the better tag wins, then the later publication, then the later row.
        ``by`` asks for the latest one about a period that had ended when that period ended. It is a question about
        history: the rule alone answers it, and a pin on "latest" has no say.
        """
        if by is None and (held := self._held(series, "latest")) is not None:
            return held
        ended = [row for row in self._measured(series) if by is None or row.period.end <= by.end]
        return self._best(series, ended, f"about a period that had ended by {self.as_of} and not projected")

    def at(self, series: str, period: str) -> Figure:
        """What is known of a period: history, and everything projected. The best tag wins, then the later word."""
        try:
            asked = parse_period(period, self.series(series).fiscal_year_end)
        except ValueError as error:
            raise UnknownError(f"{period!r} is not {error}") from None
        if (held := self._held(series, period)) is not None:
            return held
        return self._best(series, self._about(series, period), f"about {period}", asked)

    def projection(self, series: str, period: str) -> Figure:
        """The newest projection for a period, even after something better became known."""
        rows = [row for row in self._about(series, period) if row.tag == "projected"]
        return self._best(series, rows, f"projected for {period}", parse_period(period))

    def history(self, series: str, since: str = "", projected: bool = False) -> tuple[Figure, ...]:
        """One figure per period, in order, up to the latest one; periods of which nothing was measured are left out."""
        measured = self._measured(series)
        until = self.latest(series).period.end if measured else date.min
        rows = self.known(series) if projected else [row for row in measured if row.period.end <= until]
        start = parse_period(since).start if since else date.min
        periods = sorted({row.period for row in rows if row.period.end >= start})
        if not periods and self.may_be_unknown:  # one plain mark, so that a table still shows the gap
            return (self._unknown(series, f"since {since}" if since else "at all"),)
        held = self._held(series, "latest")
        kept = held.period.text if held is not None else ""
        return tuple(held if p.text == kept else self.at(series, p.text) for p in periods)

    def matched(self, a: str, b: str) -> tuple[tuple[Figure, Figure], ...]:
        """Two series on the periods for which both were measured, in order. Raises UnknownError where there is none."""
        of_b = {figure.period.text: figure for figure in self.history(b)}
        pairs = tuple((f, of_b[f.period.text]) for f in self.history(a) if f.period.text in of_b)
        return pairs or ((self._unknown(a, f"for a period of {b}"), self._unknown(b, f"for a period of {a}")),)

    def landmark(self, id: str) -> Figure:
        """Something to picture a sum with; raises UnknownError if it was not known on the day."""
        mark = _named("landmark", id, self.store.landmarks)
        unit, value = units.dimension(mark.unit), mark.value * units.scale(mark.unit)
        if not self._was_known(f"landmark {id}", mark.known):
            return of_leaf(id, math.nan, f"unknown:landmark:{id}", unit, tag="estimated", title=mark.title)
        about = {
            "period": mark.period,
            "known": mark.known,
            "source": self.store.sources[mark.source],
            "note": mark.note,
        }
        return of_leaf(id, value, f"landmark:{id}", unit, tag="reported", title=mark.title, **about)

    def event(self, id: str) -> Event:
        """Something that happened or was said; raises UnknownError if it was not known on the day."""
        found = _named("event", id, self.store.events)
        if found.known is None:
            raise UnknownError(f"event {id} has no date of publication in data/events.csv, so no text can rest on it")
        if self._was_known(f"event {id}", found.known):
            return found
        return found._replace(date="", **dict.fromkeys(("who", "what", "words"), TABLE["unknown"]))

    def due(self) -> list[Observation]:
        """Projections about a period that has ended, with nothing better known: due. A plan dated by its day is none."""
        rows = [row for series in self.store.series for row in self.known(series)]
        settled = {(row.series.id, row.period.text) for row in rows if row.tag != "projected"}
        ended = [row for row in rows if row.tag == "projected" and row.period.end < self.as_of and not _is_plan(row)]
        return [row for row in ended if (row.series.id, row.period.text) not in settled]

    def stale(self) -> list[Observation]:
        """The newest observation of each series that is older than the series allows."""
        measured = [[row for row in self.known(series) if row.tag != "projected"] for series in self.store.series]
        newest = [max(rows, key=lambda row: row.known) for rows in measured if rows]
        return [row for row in newest if (self.as_of - row.known).days > 30.44 * row.series.stale_after_months]

    @property
    def pins(self) -> list[Pin]:
        """The pins in force: in the working edition one gives way to a newer publication, and to a withdrawal."""
        pins = [pin for pin in self.store.pins if self.edition and pin.edition == self.edition.id]
        return [pin for pin in pins if self._holds(pin)] if self.working else pins

    def _holds(self, pin: Pin) -> bool:
        rows = self.known(pin.series)
        return any(row.key == pin.key for row in rows) and all(row.known <= self.edition.as_of for row in rows)

    def _measured(self, series: str) -> list[Observation]:
        return [row for row in self.known(series) if row.period.end <= self.as_of and row.tag != "projected"]

    def _about(self, series: str, period: str) -> list[Observation]:
        return [row for row in self.known(series) if row.period.text == period]

    def _best(self, series: str, rows: list[Observation], what: str, period: Period | None = None) -> Figure:
        """The answer among ``rows``: the latest period, then the best tag, then the later word; or nothing is known."""
        standing = lambda row: (row.period.end, -TAGS.index(row.tag), row.known, row.row)
        return self._figure(max(rows, key=standing)) if rows else self._unknown(series, what, period)

    def _was_known(self, what: str, known: date | None) -> bool:
        if known is not None and known > self.as_of and not self.may_be_unknown:
            raise UnknownError(f"{what} was not known on {self.as_of}; it was published on {known}")
        return known is None or known <= self.as_of

    def _held(self, series: str, asked: str) -> Figure | None:
        """The answer that a pin in force holds, if one does."""
        for pin in self.pins:
            if (pin.series, pin.asked) == (series, asked):
                for row in self.known(series):
                    if row.key == pin.key:
                        return self._figure(row, pin.reason)
                place = f"{series} at {pin.period.text}, published {pin.known}, source {pin.source}"
                raise UnknownError(f"data/pins.csv holds {place}: no such observation is known in the edition")
        return None

    def _figure(self, row: Observation, held: str = "") -> Figure:
        s = row.series
        identity = "|".join((s.id, row.period.text, row.known.isoformat(), row.source.id))
        about = {name: getattr(row, name) for name in TAKEN_OVER} | {"title": s.title, "style": s.style, "held": held}
        disputes = tuple(other for other in self._about(s.id, row.period.text) if other.value != row.value)
        return of_leaf(s.id, row.value, identity, s.unit, s.ruler, disputes=disputes, **about)

    def _unknown(self, series: str, what: str, period: Period | None = None) -> Figure:
        s = self.series(series)
        if not self.may_be_unknown:
            have = ", ".join(sorted({f"{row.period.text} ({row.tag})" for row in self.known(series)})) or "nothing"
            raise UnknownError(f"nothing is known of {series} {what}; known by {self.as_of}: {have}")
        # It has a period, the one asked for or the month of reading, so that a cell can ask for its neighbours.
        period = period or parse_period(self.as_of.strftime("%Y-%m"))
        about = {"tag": "estimated", "period": period, "title": s.title, "style": s.style}
        return of_leaf(s.id, math.nan, f"unknown:{s.id}:{what}", s.unit, s.ruler, **about)


def _is_plan(row: Observation) -> bool:
    """True for what was meant on the day that it is dated by, such as the sum of a letter of intent."""
    return row.series.kind == "instant" and bool(row.series.firmness) and row.period.start <= row.known


def edition(id: str, data: Path | None = None) -> Reading:
    """A published edition, or the working one: the newest edition carried forward to the newest row."""
    store = _store.load(data or _store.default_folder())
    if id == "working":
        day = max(store.newest.as_of, *(row.known for row in store.observations))
        return Reading(store, day, None, store.newest, working=True)
    found = _named("edition", id, store.editions)
    return Reading(store, found.as_of, found.closing, found)


def as_of(day: date | str, data: Path | None = None) -> Reading:
    """What was known on a day, given as a date or as in ``2025-06-30``, by the rule alone, without pins."""
    on = parse_day(day) if isinstance(day, str) else day
    return Reading(_store.load(data or _store.default_folder()), on)


_current: ContextVar[Reading | None] = ContextVar("reading", default=None)


@lru_cache(maxsize=8)
def _from_environment(edition_id: str, day: str, data: Path, state: tuple) -> Reading:
    if day:
        if edition_id:
            raise UnknownError("FRONTIER_EDITION and FRONTIER_AS_OF exclude each other; set one of them")
        try:
            return as_of(parse_day(day), data)
        except ValueError as error:
            raise UnknownError(f"FRONTIER_AS_OF={day!r}: {error} is needed") from None
    return edition(edition_id or "working", data)


def current() -> Reading:
    """The reading in force here, else what ``FRONTIER_EDITION`` or ``FRONTIER_AS_OF`` says, else the working edition."""
    if (reading := _current.get()) is not None:
        return reading
    data, given = _store.default_folder(), os.environ.get
    return _from_environment(given("FRONTIER_EDITION", ""), given("FRONTIER_AS_OF", ""), data, _store.state(data))


@contextmanager
def use(reading: Reading) -> Iterator[Reading]:
    """Read everything inside the block with ``reading``."""
    token = _current.set(reading)
    try:
        yield reading
    finally:
        _current.reset(token)
