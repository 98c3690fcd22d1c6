"""Reading the data on a day: the as-of rule, editions with their pins, and the working edition.

>>> from datetime import date
>>> import frontier_calc as fc
>>> may = fc.edition("2026-05")
>>> print(may.latest("anthropic-revenue-run-rate"))
over $30 billion
>>> print(fc.as_of(date(2025, 12, 31)).latest("anthropic-revenue-run-rate").when)
October 2025
"""

import dataclasses
import math
import os
import re
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from frontier_calc import units
from frontier_calc.dates import Period, day_words, month_of, parse_day, parse_period
from frontier_calc.errors import Readable, did_you_mean
from frontier_calc.figure import Figure, of_leaf
from frontier_calc.graph import Leaf
from frontier_calc.record import rule
from frontier_calc.record import store as _store
from frontier_calc.record.store import Edition, Event, Observation, Pin, Series, Store
from frontier_calc.table import TABLE
from frontier_calc.typography import curly

EARLIEST = date(1900, 1, 1)  # before it there is nothing to read, and calendars differ
MOST_LISTED = 8  # periods in a message
DAYS_IN_A_MONTH = 30.44  # on average

Row = TypeVar("Row")
Stretch = tuple[date, date]  # of time: its first and last day


class UnknownError(Readable, LookupError):
    """Nothing of that name, or nothing that was known on the day of reading."""


def _need_name(what: str, id: object, known: Iterable[str]) -> None:
    """Raise UnknownError for what is no name at all."""
    if not isinstance(id, str):
        given = "a figure" if isinstance(id, Figure) else repr(id)
        raise UnknownError(
            f"a{'n' if what[0] in 'aeiou' else ''} {what} is asked for by its name, not by {given}.\n"
            f'Put the name between quotation marks, such as "{next(iter(known), "")}"; fc.find("margin") finds one.'
        )


def _named(what: str, id: str, known: Mapping[str, Row], later: Mapping[str, Row] = {}) -> Row:
    """A row by its name; ``later`` are those as they stand today, where ``known`` are the ones kept with an edition."""
    _need_name(what, id, known)
    for rows in (known, later):
        if id in rows:
            return rows[id]
    every = later or known
    named = f"; there are {', '.join(every)}" if len(every) <= 20 else ""
    raise UnknownError(f"no {what} {id!r} in data/{what.removesuffix('s')}s.csv{did_you_mean(id, every) or named}")


@dataclass(eq=False)
class Reading:
    """What the data says on a day. ``edition`` lends its pins; ``working`` makes them give way to newer rows.

    A published edition is read from the data kept with it. ``today`` are the data as they stand: what is named in them
    alone came later, and to the edition it is not known, instead of not being a name at all.
    """

    store: Store
    as_of: date
    closing: date | None = None
    edition: Edition | None = None
    working: bool = False
    today: Store | None = None
    _known: dict[str, list[Observation]] = field(default_factory=dict, init=False, repr=False)
    _stretches: dict[str, dict[Stretch, list[Observation]]] = field(default_factory=dict, init=False, repr=False)

    @property
    def name(self) -> str:
        """The edition's identifier, "working", or the date."""
        if self.working:
            return "working"
        return self.edition.id if self.edition else self.as_of.isoformat()

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

    @property
    def _named_today(self) -> Store:
        """The data that name whatever a page may ask for."""
        return self.today or self.store

    def series(self, id: str) -> Series:
        """A series by its identifier; raises UnknownError with the nearest names."""
        return _named("series", id, self.store.series, self._named_today.series)

    # What belongs to the reading, and what of it the rule counts.

    def knows(self, row: Observation) -> bool:
        """True for a row that belongs to this reading: known by its day, and recorded by its closing date.

        Of what was published in a month, on a day that is not known, an edition has what was recorded by its closing
        once the month has begun. A reading as of a day has it from the day from which it was certainly known.
        """
        if self.closing is not None and row.recorded > self.closing:
            return False
        from_day = row.known if self.edition is None else row.published.first
        return from_day <= self.as_of

    def known(self, series: str) -> list[Observation]:
        """The observations of a series that were known on the day, corrections applied, withdrawn ones left out."""
        if series not in self._known:
            newest: dict[tuple[str, str, date, str], Observation] = {}
            for row in sorted(self.store.by_series.get(self.series(series).id, ()), key=lambda row: row.recorded):
                if self.knows(row):
                    newest[row.key] = row  # in the place of the one that it corrects
            self._known[series] = [row for row in newest.values() if row.value is not None]
        return self._known[series]

    def _measured(self, series: str) -> list[Observation]:
        return [row for row in self.known(series) if rule.counts(row, self.as_of)]

    def _about(self, series: str, period: Period, measured: bool = False) -> list[Observation]:
        if series not in self._stretches:
            found: dict[Stretch, list[Observation]] = {}
            for row in self.known(series):
                found.setdefault(row.period.stretch, []).append(row)
            self._stretches[series] = found
        rows = self._stretches[series].get(period.stretch, [])
        return [row for row in rows if not measured or rule.counts(row, self.as_of)]

    def _line(self, series: str) -> list[str]:
        """The series that answer for this one: those that have succeeded it by the day, the newest first, then itself."""
        line: list[str] = []
        asked = self.series(series)
        while asked.succeeded_by and asked.succeeded_from is not None and asked.succeeded_from <= self.as_of:
            line.insert(0, asked.id)
            asked = self.series(asked.succeeded_by)
        line.insert(0, asked.id)
        return line

    # Questions.

    def latest(self, series: str, by: Period | None = None) -> Figure:
        """The latest measurement of a series: among the observations that count, the one with the latest period end.

        An observation counts if it is known by the day and not projected: what is said of a moment (a run rate, users,
        a valuation) from the day on which it was published, also when its month is still running; what flows over a
        period (recognised revenue, spending) once the period has ended. Of several answers for that period the better
        tag wins, then the later publication, then the later row. A series that a restatement has put in the place of
        this one answers from its day on, where it has an answer.

        ``by`` asks for the latest one about a period that had ended when that period ended. It is a question about
        history: the rule alone answers it, and a pin on "latest" has no say. Raises UnknownError where there is none.
        """
        found = self._latest(series, by)
        if found is None:
            return self._unknown(series, f"about a period that had ended by {self.as_of} and not projected")
        return found

    def _latest(self, series: str, by: Period | None = None) -> Figure | None:
        """The latest measurement, or None where there is none."""
        if by is None:
            held = self._held(series, None)
            if held is not None:
                return held
        for id in self._line(series):
            rows = [row for row in self._measured(id) if by is None or row.period.end <= by.end]
            if rows and id == series:
                return self._figure(rule.best(rows))
            if rows:
                return self._restated(series, self.latest(id, by))
        return None

    def at(self, series: str, period: str) -> Figure:
        """What is known of a period: history, and everything projected. The best tag wins, then the later word.

        What a restatement says of the period stands in the place of what was said before, from its day on. Raises
        UnknownError where nothing is known.
        """
        asked = self._asked(series, period)
        found = self._find(series, asked)
        return self._unknown(series, f"about {period}", asked) if found is None else found

    def find_at(self, series: str, period: str) -> Figure | None:
        """What is known of a period, or None where nothing is: for a table that can stand the gap.

        Raises UnknownError for a misspelt series or period, as :meth:`at` does.
        """
        return self._find(series, self._asked(series, period))

    def awaited(self, series: str, period: str = "") -> Figure:
        """The latest measurement, or what is known of ``period``; a figure that is not known until there is one.

        For a sentence that is written before its news, or read in an edition from before it: a branch of a claim asks
        ``figure.is_known`` and has the words. Nothing else may show it, and no list names it, until it is known. Raises
        UnknownError for a misspelt series or period.
        """
        asked = self._asked(series, period) if period else None
        found = self._find(series, asked) if asked else self._latest(series)
        return self._gap(series, f"for {period}" if period else "so far", asked) if found is None else found

    def projection(self, series: str, period: str) -> Figure:
        """The newest projection for a period, even after something better became known."""
        asked = self._asked(series, period)
        for id in self._line(series):
            rows = [row for row in self._about(id, asked) if row.tag == "projected"]
            if rows:
                return self._figure(rule.best(rows))
        return self._unknown(series, f"projected for {period}", asked)

    def history(self, series: str, since: str = "", projected: bool = False) -> tuple[Figure, ...]:
        """One figure per period, in order, up to the latest one; periods of which nothing was measured are left out.

        It runs on into the series that have succeeded this one, and has no period twice.
        """
        start = self._asked(series, since).start if since else date.min
        periods = [period for period in self._periods(series, projected) if period.end >= start]
        if not periods and self.may_be_unknown:  # one plain mark, so that a table still shows the gap
            return (self._unknown(series, f"since {since}" if since else "at all"),)
        held = self._held(series, None)
        points: list[Figure | None] = []
        for period in periods:
            if held is not None and held.period is not None and held.period.stretch == period.stretch:
                points.append(held)
            else:
                points.append(self._find(series, period, measured=not projected))
        return tuple(point for point in points if point is not None)

    def _periods(self, series: str, projected: bool) -> list[Period]:
        """The periods of a history, in order: one for each stretch of time, however it was typed."""
        line = self._line(series)
        measured = [row for id in line for row in self._measured(id)]
        if projected:
            rows = [row for id in line for row in self.known(id)]
        elif measured:
            until = self._until(series)
            rows = [row for row in measured if row.period.end <= until]
        else:
            rows = []
        found: dict[tuple[date, date], Period] = {}
        for row in rows:
            found.setdefault(row.period.stretch, row.period)
        return sorted(found.values())

    def _until(self, series: str) -> date:
        period = self.latest(series).period
        return date.max if period is None else period.end

    def matched(self, a: str, b: str) -> tuple[tuple[Figure, Figure], ...]:
        """Two series on the periods for which both were measured, in order. Raises UnknownError where there is none."""
        of_b = self._by_stretch(b)
        pairs = tuple((figure, of_b[stretch]) for stretch, figure in self._by_stretch(a).items() if stretch in of_b)
        return pairs or ((self._unknown(a, f"for a period of {b}"), self._unknown(b, f"for a period of {a}")),)

    def together(self, *series: str) -> tuple[Figure, ...]:
        """Figures of several series for the latest period that all of them have measured, in the order asked.

        What must move together is read together: what is paid of a promise and what is still open of it add up to the
        promise only on one date. Raises UnknownError, which says what each one has, where they share no period.
        """
        told = {id: self._by_stretch(id) for id in series}
        if not told:
            raise UnknownError("together() needs the names of the series that are to be read for one period")
        shared = set.intersection(*(set(points) for points in told.values()))
        if shared:
            newest = max(shared, key=lambda stretch: (stretch[1], stretch[0]))
            return tuple(told[id][newest] for id in series)
        if self.may_be_unknown:
            return tuple(self._unknown(id, f"for a period of {', '.join(series)}") for id in series)
        have = "; ".join(f"{id} has {_listed(points.values())}" for id, points in told.items())
        raise UnknownError(f"nothing is known of {', '.join(series)} for one period by {self.as_of}: {have}")

    def _by_stretch(self, series: str) -> dict[tuple[date, date], Figure]:
        return {figure.period.stretch: figure for figure in self.history(series) if figure.period is not None}

    def landmark(self, id: str) -> Figure:
        """Something to picture a sum with; raises UnknownError if it was not known on the day."""
        mark = _named("landmark", id, self.store.landmarks, self._named_today.landmarks)
        unit, value = units.dimension(mark.unit), mark.value * units.scale(mark.unit)
        if id not in self.store.landmarks or not self._was_known(f"landmark {id}", mark.known):
            return of_leaf(id, math.nan, f"unknown:landmark:{id}", unit, tag="estimated", title=curly(mark.title))
        return of_leaf(
            id,
            value,
            f"landmark:{id}",
            unit,
            tag="reported",
            title=curly(mark.title),
            period=mark.period,
            known=mark.known,
            known_words=mark.published.words if mark.published and mark.published.is_month else "",
            source=self.store.sources[mark.source],
            note=curly(mark.note),
        )

    def event(self, id: str) -> Event:
        """Something that happened or was said; raises UnknownError if it was not known on the day."""
        found = _named("event", id, self.store.events, self._named_today.events)
        if found.known is None:
            raise UnknownError(f"event {id} has no date of publication in data/events.csv, so no text can rest on it")
        if self._was_known(f"event {id}", found.known) and self.knows_of(found):
            return found
        return _not_yet(found)

    def awaited_event(self, id: str) -> Event:
        """What happened or was said, as :meth:`awaited` has it: one that has not come yet is not known."""
        found = _named("event", id, self.store.events, self._named_today.events)
        return found if self.knows_of(found) else _not_yet(found)

    def knows_of(self, event: Event) -> bool:
        """True for an event that belongs to this reading, as :meth:`knows` has it of an observation."""
        if event.id not in self.store.events or (self.closing is not None and event.recorded > self.closing):
            return False
        return event.known is not None and event.known <= self.as_of

    # What has expired.

    def due(self) -> list[Observation]:
        """Projections about a period that has ended, with nothing better known: due. A plan dated by its day is none."""
        found = []
        for series in self.store.series:
            line = [row for id in self._line(series) for row in self.known(id)]
            settled = {row.period.stretch for row in line if row.tag != "projected"}
            for row in self.known(series):
                has_ended = row.tag == "projected" and row.period.end < self.as_of
                if has_ended and not rule.is_plan(row) and row.period.stretch not in settled:
                    found.append(row)
        return found

    def stale(self) -> list[Observation]:
        """The newest observation of each series that is older than the series allows.

        One that was restated has no say any more: the series in its place may be stale.
        """
        found = []
        for series in self.store.series:
            rows = [row for row in self.known(series) if row.tag != "projected"]
            restated = any(self._measured(id) for id in self._line(series) if id != series)
            if not rows or restated:
                continue
            newest = max(rows, key=lambda row: row.known)
            if (self.as_of - newest.known).days > DAYS_IN_A_MONTH * newest.series.stale_after_months:
                found.append(newest)
        return found

    # Pins.

    @property
    def pins(self) -> list[Pin]:
        """The pins in force: in the working edition one gives way to a newer publication, and to a withdrawal."""
        if self.edition is None:
            return []
        pins = [pin for pin in self.store.pins if pin.edition == self.edition.id]
        return [pin for pin in pins if self._holds(pin, self.edition)] if self.working else pins

    def _holds(self, pin: Pin, edition: Edition) -> bool:
        rows = [row for id in self._line(pin.series) for row in self.known(id)]
        return any(row.key == pin.key for row in rows) and not any(rule.is_newer(row, edition) for row in rows)

    def _held(self, series: str, period: Period | None) -> Figure | None:
        """The answer that a pin in force holds for a period, or for "latest" where None is asked, if one does."""
        for pin in self.pins:
            if pin.series == series and self._is_asked(pin, period):
                for row in self.known(series):
                    if row.key == pin.key:
                        return self._figure(row, pin.reason)
                place = f"{series} at {pin.period.text}, published {pin.known}, source {pin.source}"
                raise UnknownError(f"data/pins.csv holds {place}: no such observation is known in the edition")
        return None

    def _is_asked(self, pin: Pin, period: Period | None) -> bool:
        if period is None or pin.asked == "latest":
            return period is None and pin.asked == "latest"
        return self._asked(pin.series, pin.asked).stretch == period.stretch

    # Answers.

    def _asked(self, series: str, period: str) -> Period:
        try:
            return parse_period(period, self.series(series).fiscal_year_end)
        except ValueError as error:
            raise UnknownError(f"{period!r} is not {error}") from None

    def _find(self, series: str, period: Period, measured: bool = False) -> Figure | None:
        """The answer for a period, from the newest series of the line that has one: better a measured one.

        Where only what is ``measured`` is asked for, no projection answers, and no pin on one.
        """
        held = self._held(series, period)
        if held is not None and not (measured and held.tag == "projected"):
            return held
        having = [id for id in self._line(series) if self._about(id, period, measured)]
        firm = [id for id in having if any(row.tag != "projected" for row in self._about(id, period))]
        for id in [*firm, *having]:
            if id == series:
                return self._figure(rule.best(self._about(id, period, measured)))
            found = self._find(id, period, measured)
            return None if found is None else self._restated(series, found)
        return None

    def _was_known(self, what: str, known: date | None) -> bool:
        if known is not None and known > self.as_of and not self.may_be_unknown:
            raise UnknownError(f"{what} was not known on {self.as_of}; it was published on {known}")
        return known is None or known <= self.as_of

    def _figure(self, row: Observation, held: str = "") -> Figure:
        series = row.series
        others = self._about(series.id, row.period)
        return of_leaf(
            series.id,
            math.nan if row.value is None else row.value,
            row.identity,
            series.unit,
            series.ruler,
            tag=row.tag,
            qualifier=row.qualifier,
            low=row.low,
            high=row.high,
            least=series.minimum,
            most=series.maximum,
            is_span=row.is_span,
            period=row.period,
            known=row.known,
            known_words=row.known_words,
            source=row.source,
            note=curly(row.note),
            title=curly(series.title),
            spoken=series.called,
            subject=series.subject,
            style=series.style,
            held=curly(held),
            disputes=tuple(other for other in others if rule.differs(other, row.value, row.is_span)),
        )

    def _restated(self, series: str, figure: Figure) -> Figure:
        """The answer of a series that has succeeded ``series``: it says so, and keeps what was said before."""
        leaf, line = figure.node, self._line(series)
        if not isinstance(leaf, Leaf) or leaf.period is None:
            return figure
        before = line[line.index(leaf.name) + 1 :]
        since = self.series(before[0]).succeeded_from
        told = f"Restated: answers for {curly(self.series(series).title)}"
        if since is not None:
            told = f"{told} from {day_words(since)} on"
        rows = [row for id in before for row in self._about(id, leaf.period)]
        others = [row for row in rows if rule.differs(row, leaf.value, leaf.is_span)]
        note = f"{leaf.note} {told}.".lstrip()
        leaf = dataclasses.replace(leaf, note=note, disputes=(*leaf.disputes, *others))
        return dataclasses.replace(figure, node=leaf)

    def _unknown(self, series: str, what: str, period: Period | None = None) -> Figure:
        if not self.may_be_unknown:
            have = _few(sorted({f"{row.period.text} ({row.tag})" for row in self.known(series)}))
            raise UnknownError(f"nothing is known of {series} {what}; known by {self.as_of}: {have}")
        return self._gap(series, what, period)

    def _gap(self, series: str, what: str, period: Period | None = None) -> Figure:
        """What stands for a figure that is not known on the day of reading."""
        asked = self.series(series)
        return of_leaf(
            asked.id,
            math.nan,
            f"unknown:{asked.id}:{what}",
            asked.unit,
            asked.ruler,
            tag="estimated",
            # It has a period, the one asked for or the month of reading, so that a cell can ask for its neighbours.
            period=period or parse_period(month_of(self.as_of)),
            title=asked.title,
            spoken=asked.called,
            subject=asked.subject,
            style=asked.style,
        )


def _not_yet(event: Event) -> Event:
    """What stands for an event of which nothing is known on the day of reading."""
    unknown = TABLE["unknown"]
    return dataclasses.replace(event, date="", who=unknown, what=unknown, words=unknown)


def _few(texts: list[str]) -> str:
    """A list that can be read: of a long one, its end."""
    if len(texts) <= MOST_LISTED:
        return ", ".join(texts) or "nothing"
    return f"{', '.join(texts[:1])}, ..., {', '.join(texts[1 - MOST_LISTED :])}"


def _listed(figures: Iterable[Figure]) -> str:
    texts = [figure.period.text for figure in figures if figure.period is not None]
    return ", ".join(texts) or "nothing"


def kept_data(id: str, folder: Path) -> Path:
    """Where the data of a published edition are kept: as they were on the day of its publication."""
    return folder.resolve().parent / "editions" / id / "data"


def edition(id: str, data: Path | None = None) -> Reading:
    """A published edition, or the working one: the newest edition carried forward to the newest row.

    A published edition is read from the data that were kept with it, so that nothing added later can enter it,
    whatever day it bears. Where none were kept its closing date decides.

    >>> edition("2026-05").name
    '2026-05'
    """
    folder = data or _store.default_folder()
    if id == "working":
        store = _store.load(folder)
        day = max(store.newest.as_of, *(rule.carried_to(row) for row in store.observations))
        return Reading(store, day, None, store.newest, working=True)
    kept = kept_data(id, folder)
    is_kept = re.fullmatch(r"[0-9]{4}-[0-9]{2}", id) is not None and kept.is_dir()
    store = _store.load(kept if is_kept else folder)
    found = _named("edition", id, store.editions)
    return Reading(store, found.as_of, found.closing, found, today=_store.load(folder) if is_kept else None)


def as_of(day: date | str, data: Path | None = None) -> Reading:
    """What was known on a day, given as a date or as in ``2025-06-30``, by the rule alone, without pins.

    Raises UnknownError for a text that is no date and for a day before 1900.

    >>> as_of("2025-12-31").name
    '2025-12-31'
    """
    try:
        on = parse_day(day) if isinstance(day, str) else day
    except ValueError as error:
        raise UnknownError(f"as of {day!r}: {error} is needed") from None
    if not isinstance(on, date):
        raise UnknownError(f'as of {day!r}: a day is needed, between quotation marks, such as "2025-12-31"')
    if on < EARLIEST:
        raise UnknownError(
            f"as of {on.isoformat()}: a day from {EARLIEST.isoformat()} on is needed, such as 2026-04-06"
        )
    return Reading(_store.load(data or _store.default_folder()), on)


_current: ContextVar[Reading | None] = ContextVar("reading", default=None)


@lru_cache(maxsize=8)
def _from_environment(edition_id: str, day: str, data: Path, states: tuple[_store.State, _store.State]) -> Reading:
    if not day:
        return edition(edition_id or "working", data)
    if edition_id:
        raise UnknownError("FRONTIER_EDITION and FRONTIER_AS_OF exclude each other; set one of them")
    try:
        on = parse_day(day)
    except ValueError as error:
        raise UnknownError(f"FRONTIER_AS_OF={day!r}: {error} is needed") from None
    if on < EARLIEST:
        raise UnknownError(f"FRONTIER_AS_OF={day!r}: a day from {EARLIEST.isoformat()} on is needed")
    return as_of(on, data)


def current() -> Reading:
    """The reading in force here, else what ``FRONTIER_EDITION`` or ``FRONTIER_AS_OF`` says, else the working edition.

    >>> current().name
    'working'
    """
    reading = _current.get()
    if reading is not None:
        return reading
    if _from_here_on:
        return _from_here_on[-1]
    edition_id, day = os.environ.get("FRONTIER_EDITION", ""), os.environ.get("FRONTIER_AS_OF", "")
    data = _store.default_folder()
    states = (_store.state(data), _store.state(kept_data(edition_id, data)))
    return _from_environment(edition_id, day, data, states)


_from_here_on: list[Reading] = []  # what use() without "with" has put in force, the last one at the end


class use:  # noqa: N801 - it reads as the verb that it is
    """Read everything inside the block with ``reading``; without ``with``, everything from here on.

    ``use()`` goes back to the edition that was in force at the beginning. Raises UnknownError for what is no reading.

    >>> with use(as_of("2025-12-31")):
    ...     print(current().day)
    31 December 2025
    >>> use(as_of("2025-06-30"))
    From here on everything is read as it was known on 30 June 2025. use() goes back; "with use(...):" is for a few lines.
    >>> current().day
    '30 June 2025'
    >>> use()
    Everything is read as at the beginning again.
    """

    def __init__(self, reading: Reading | None = None) -> None:
        if reading is not None and not isinstance(reading, Reading):
            raise UnknownError(
                f"use() takes a reading, not {reading!r}.\n"
                'Make one: fc.use(fc.as_of("2025-12-31")) for a day, fc.use(fc.edition("2026-05")) for an edition.'
            )
        self._reading = reading
        self._before = list(_from_here_on)
        _from_here_on[:] = [] if reading is None else [reading]

    def __repr__(self) -> str:
        if self._reading is None:
            return "Everything is read as at the beginning again."
        known = self._reading.stamp.rstrip(".").replace("As known on", "as it was known on", 1)
        how = known if known.startswith("as ") else f"by the {known[0].lower()}{known[1:]}"
        back = 'use() goes back; "with use(...):" is for a few lines.'
        return f"From here on everything is read {how}. {back}"

    def __enter__(self) -> Reading:
        if self._reading is None:
            raise UnknownError('"with use():" needs a reading: with fc.use(fc.as_of("2025-12-31")): ...')
        _from_here_on[:] = self._before  # it is for the block alone
        self._token = _current.set(self._reading)
        return self._reading

    def __exit__(self, *error: object) -> None:
        _current.reset(self._token)
