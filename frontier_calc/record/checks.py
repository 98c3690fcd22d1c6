"""What the rows of ``data/`` must agree on with each other: dates that can be, values that fit, pins that hold."""

import math
from collections.abc import Iterable
from typing import Any

from frontier_calc import units
from frontier_calc.record.tables import Table

OFF_BY = 50  # how far off its neighbours in time a value may be before it looks like a slip of unit


def series(table: Table) -> None:
    """No spelling of a unit is in a currency that is not the unit's."""
    for row, values in list(table.values.items()):
        own = units.name(values["unit"])
        for spelling in values["spellings"]:
            if found := [word for word in spelling.split() if word in units.CURRENCIES and word not in own.split()]:
                table.wrong(row, "spellings", f"spellings of the unit, {own}, and none in {found[0]}")


def observations(table: Table, rows: list) -> None:
    """Each observation by itself; and only one that corrects a row before it may be empty."""
    earlier = set()
    for row in rows:
        for column, expected in _expected(row):
            table.wrong(row.row, column, expected)
        if row.value is None and row.key not in earlier:
            expected = "a number; only a correction of an earlier row may be empty, which withdraws it"
            table.wrong(row.row, "value", expected)
        earlier.add(row.key)


def _expected(row: Any) -> Iterable[tuple[str, str]]:
    """Could an observation be known then, is it within the bounds, is its range around it? Where not: what could."""
    series, value = row.series, row.value
    if row.tag in ("reported", "estimated") and series.ruler.firmness not in ("committed", "guided"):
        earliest = row.period.end if series.kind == "flow" else row.period.start
        if row.known < earliest:
            yield "published", f"{earliest} or later: the period {row.period.text} was not over; or the tag projected"
    if row.recorded < row.known and row.known.strftime("%Y-%m") != row.recorded.strftime("%Y-%m"):
        yield "recorded", f"the day of entry, not before it was published on {row.known}"
    if value is None:
        return
    low, high = series.bounds
    if not (low <= value <= high and math.isfinite(value)):
        bounds = f"{low:g} to {high:g} {units.name(series.unit)}".strip()
        yield "value", f"within the bounds of {series.id}, {bounds}; check the unit"
    if row.low is not None and row.low > value:
        yield "low", "the lower end of a range around the value"
    if row.high is not None and row.high < value:
        yield "high", "the upper end of a range around the value"


def history(table: Table, by_series: dict[str, list]) -> None:
    """A value fifty times off the observations before and after it is a billion typed as a million.

    What lies more than a year apart may differ by more: ten times more for each further year.
    """
    for rows in by_series.values():
        sound = (row for row in rows if row.value and row.row in table.values)
        timeline = sorted(sound, key=lambda row: (row.period.end, row.period.start, row.known))
        for position, row in enumerate(timeline):
            first = max(min(position - 1, len(timeline) - 3), 0)  # one on each side; at the ends, two on one side
            around = [other for other in timeline[first : first + 3] if other is not row]
            if around and all(_far_off(row, other) for other in around):
                near = min(around, key=lambda other: abs(row.row - other.row))
                value = f"{near.value:g} {units.name(row.series.unit)} for {near.period.text} (row {near.row})"
                table.wrong(row.row, "value", f"a value near its neighbours, such as {value}; check the unit")


def _far_off(row: Any, other: Any) -> bool:
    if 1 / OFF_BY < abs(row.value / other.value) < OFF_BY:
        return False
    off = abs(math.log10(abs(row.value)) - math.log10(abs(other.value)))
    years = abs((row.period.end - other.period.end).days) / 365
    return off >= math.log10(OFF_BY) + max(years - 1, 0)


def pins(table: Table, made: dict[int, Any], keys: set[tuple]) -> None:
    """Each pin holds an observation that exists."""
    for row, pin in made.items():
        if pin.key not in keys:
            table.wrong(row, "period", "the series, period, published and source of a row of data/observations.csv")
