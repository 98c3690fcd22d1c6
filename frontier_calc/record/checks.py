"""What the rows of ``data/`` must agree on with each other: dates that can be, values that fit, pins that hold."""

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from frontier_calc import units
from frontier_calc.dates import parse_period
from frontier_calc.errors import did_you_mean
from frontier_calc.record import plausibility
from frontier_calc.record.plausibility import OR_CONFIRM, Doubt, Moment
from frontier_calc.record.tables import Table

if TYPE_CHECKING:
    from frontier_calc.record.store import Observation, Pin

Key = tuple[Any, ...]

LATEST = "latest"
UNREADABLE = 12  # powers of ten that nobody reads out


def series(table: Table) -> None:
    """No spelling of a unit is in a currency that is not the unit's."""
    for row, values in list(table.values.items()):
        own = units.name(values["unit"])
        for spelling in values["spellings"]:
            foreign = [word for word in spelling.split() if word in units.CURRENCIES and word not in own.split()]
            if foreign:
                table.wrong(row, "spellings", f"spellings of the unit, {own}, and none in {foreign[0]}")


def successors(table: Table) -> None:
    """A series that is succeeded names another one of its unit, and a day; and no chain of them leads back."""
    following = {values["series"]: values.get("succeeded_by", "") for values in table.values.values()}
    counted = {values["series"]: values["unit"] for values in table.values.values()}
    for row, values in list(table.values.items()):
        successor, since = values.get("succeeded_by", ""), values.get("succeeded_from")
        if not successor and since is not None:
            table.wrong(row, "succeeded_by", "the series that succeeds this one from that day on")
        if not successor:
            continue
        if since is None:
            table.wrong(row, "succeeded_from", f"the day from which {successor} answers, such as 2026-04-06")
        if successor not in counted:
            near = did_you_mean(successor, counted)
            table.wrong(row, "succeeded_by", f"a series of data/series.csv{near}; a new one needs a row there")
        elif _leads_back(values["series"], following):
            table.wrong(row, "succeeded_by", "a series that does not lead back to this one")
        elif counted[successor] != values["unit"]:
            own = units.name(values["unit"]) or "a plain number"
            table.wrong(row, "succeeded_by", f"a series that counts the same unit, {own}")


def described(table: Table) -> None:
    """A series that tells the term or the power of a sum names the series of that sum, another one than itself."""
    every = {values["series"] for values in table.values.values()}
    for row, values in list(table.values.items()):
        whole = values.get("describes", "")
        if whole and whole not in every - {values["series"]}:
            near = did_you_mean(whole, every - {values["series"]})
            table.wrong(row, "describes", f"another series of data/series.csv{near}")


def _leads_back(series: str, following: dict[str, str]) -> bool:
    passed = set()
    at = series
    while at and at not in passed:
        passed.add(at)
        at = following.get(at, "")
    return at == series


def observations(table: Table, rows: "list[Observation]") -> None:
    """Each observation by itself; and only one that corrects another may be empty, wherever in the file that stands."""
    for row in rows:
        for column, expected in _expected(row, table.texts[row.row]):
            table.wrong(row.row, column, expected)
    empty = [row for row in rows if _is_empty(row)]
    emptied = {row.series.id for row in empty}
    first = _first_recorded(row for row in rows if row.series.id in emptied)
    for row in empty:
        if row.recorded <= first[row.key]:
            expected = "a number; only a correction of an earlier row may be empty, which withdraws it"
            table.wrong(row.row, "value", expected)


def _is_empty(row: "Observation") -> bool:
    return row.value is None and row.low is None and row.high is None


def _first_recorded(rows: "Iterable[Observation]") -> dict[Key, date]:
    """When each observation was first recorded: ``recorded`` says which came first, also in a file that was sorted."""
    first: dict[Key, date] = {}
    for row in rows:
        first[row.key] = min(row.recorded, first.get(row.key, row.recorded))
    return first


def _expected(row: "Observation", typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What one row should hold, by column, where it does not."""
    yield from _expected_dates(row, typed)
    if row.low is not None or row.high is not None:
        yield from _expected_range(row)
    low, high = row.series.bounds
    for column, amount in (("value", row.value), ("low", row.low), ("high", row.high)):
        if amount is not None and typed[column] and not (low <= amount <= high and math.isfinite(amount)):
            bounds = f"{low:g} to {high:g} {units.name(row.series.unit)}".strip()
            yield column, f"within the bounds of {row.series.id}, {bounds}; check the unit"


def _expected_dates(row: "Observation", typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Could it be known then, and written down?"""
    series = row.series
    if row.tag in ("reported", "estimated") and series.ruler.firmness not in ("committed", "guided"):
        earliest = row.period.end if series.kind == "flow" else row.period.start
        if row.known < earliest:
            yield "published", f"{earliest} or later: the period {row.period.text} was not over; or the tag projected"
    published = typed["published"]
    if typed["recorded"][: len(published)] < published:
        yield "recorded", f"the day of entry, not before it was published on {published}"


def _expected_range(row: "Observation") -> Iterator[tuple[str, str]]:
    """Is the range around the value, or, where there is none, a range?"""
    value, low, high = row.value, row.low, row.high
    if value is None and low is not None and high is None:
        yield "high", "the upper end of the range too: a row without a value gives both ends"
    if value is None and high is not None and low is None:
        yield "low", "the lower end of the range too: a row without a value gives both ends"
    if low is not None and high is not None and low > high:
        yield "low", "the lower end of a range, no higher than the upper one"
    elif value is not None and low is not None and low > value:
        yield "low", "the lower end of a range around the value"
    elif value is not None and high is not None and high < value:
        yield "high", "the upper end of a range around the value"


def history(table: Table, by_series: "Mapping[str, list[Observation]]") -> None:
    """A value far off its series' own growth, or on that of another's, is asked about; so is one that nobody would say.

    A row that a later one corrects or withdraws is not: it stays in the file as it was.
    """
    _typed_oddly(table, by_series)
    _unlike_in_length(table, by_series)
    sound = {id: [row for row in rows if row.row in table.values] for id, rows in by_series.items()}
    timelines = {id: plausibility.moments(rows) for id, rows in sound.items()}
    off = {}
    for id in list(timelines):
        if plausibility.off_growth(timelines[id]):
            timelines[id] = plausibility.moments(_standing(sound[id]))
            off[id] = plausibility.off_growth(timelines[id])
    beside = plausibility.siblings({rows[0].series.id: rows[0].series for rows in sound.values() if rows})
    for id, timeline in timelines.items():
        others = [timelines[other] for other in beside.get(id, ())]
        swapped = _swapped(timeline, others)
        for doubt in swapped.values():
            table.wrong(doubt.row.row, "series", _fits_better(table, doubt))
        for doubt in off.get(id, ()):
            if doubt.row.row not in swapped:
                table.wrong(doubt.row.row, "value", _off_growth(table, doubt))


def _standing(rows: "Iterable[Observation]") -> "list[Observation]":
    """The rows that no later one corrects or withdraws."""
    newest: dict[Key, Observation] = {}
    for row in sorted(rows, key=lambda row: row.recorded):
        newest[row.key] = row
    return [row for row in newest.values() if not _is_empty(row)]


def _typed_oddly(table: Table, by_series: "Mapping[str, list[Observation]]") -> None:
    for rows in by_series.values():
        told: dict[tuple[str, str], str] = {}
        for row in rows:
            typed = table.texts[row.row]
            said = (typed["value"], typed["unit"])
            if said not in told:
                told[said] = _oddly(row, typed)
            if told[said] and not _is_answered(table, row) and row in _standing(rows):
                table.wrong(row.row, "value", f"{told[said]}; {OR_CONFIRM}")


def _is_answered(table: Table, row: "Observation") -> bool:
    """Whether nothing more is asked about a row: it has a problem already, or the author has confirmed it."""
    return row.row not in table.values or plausibility.is_confirmed(row)


def _unlike_in_length(table: Table, by_series: "Mapping[str, list[Observation]]") -> None:
    for rows in by_series.values():
        if not rows or not plausibility.has_one_length(rows[0].series):
            continue
        standing = [row for row in _standing(rows) if row.row in table.values]
        for row, before in plausibility.unlike_in_length(sorted(standing, key=lambda row: row.row)):
            wanted = f"a period as long as {before.period.text}, of row {before.row}: this series counts such stretches"
            table.wrong(row.row, "period", f"{wanted}; {OR_CONFIRM}")


def _oddly(row: "Observation", typed: Mapping[str, str]) -> str:
    if row.value is None or not typed["value"]:
        return ""
    return plausibility.typed_oddly(row.series, typed["unit"], row.value / units.scale(typed["unit"]))


def _swapped(timeline: list[Moment], others: list[list[Moment]]) -> dict[int, Doubt]:
    """The rows of a series that fit another's better, by their number."""
    found: dict[int, Doubt] = {}
    for theirs in others:
        for doubt in plausibility.fits_another(timeline, theirs):
            found[doubt.row.row] = doubt
    return found


def _off_growth(table: Table, doubt: Doubt) -> str:
    near = _as_typed(table, doubt.near)
    times = _times(doubt.off)
    return f"a value near its neighbours, such as {near}: it is {times} times off; check the unit, {OR_CONFIRM}"


def _times(orders: float) -> str:
    """How many times off, in words: of what no one would read out, that it is more."""
    return f"about {10**orders:,.0f}" if orders < UNREADABLE else f"more than {10**UNREADABLE:,}"


def _fits_better(table: Table, doubt: Doubt) -> str:
    near = _as_typed(table, doubt.near)
    return f"{doubt.near.series.id}, which has {near}: the value fits it far better than its own series; {OR_CONFIRM}"


def _as_typed(table: Table, row: "Observation") -> str:
    typed = table.texts[row.row]
    amount = typed["value"] or f"{typed['low']} to {typed['high']}"
    unit = "" if typed["unit"] == "1" else f" {typed['unit']}"
    return f"{amount}{unit} for {row.period.text} (row {row.row})"


def pins(table: Table, made: "Mapping[int, Pin]", keys: set[Key]) -> None:
    """Each pin answers a question that can be asked, and holds an observation that exists."""
    for row, pin in made.items():
        try:
            if pin.asked != LATEST:
                parse_period(pin.asked)
        except ValueError as error:
            table.wrong(row, "asked", str(error))
        if pin.key not in keys:
            table.wrong(row, "period", "the series, period, published and source of a row of data/observations.csv")
