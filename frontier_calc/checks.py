"""What the tables of ``data/`` must agree on with each other: names that exist, dates that can be, values that fit."""

import math
from collections.abc import Callable, Iterable
from typing import Any

from frontier_calc import units
from frontier_calc.dates import parse_day, parse_period
from frontier_calc.errors import did_you_mean
from frontier_calc.tables import Table

OFF_BY = 50  # how far off its neighbours in time a value may be before it looks like a slip of unit

NEEDED = ("series.csv", "observations.csv", "sources.csv", "editions.csv")  # the others may have no rows yet

# What reads the cells of a column, in every file that has it or in one alone.
READ_BY = {
    **dict.fromkeys(("published", "recorded", "retrieved", "as_of", "closing", "date"), parse_day),
    "period": parse_period,
    "series.csv unit": units.parse,
    "landmarks.csv unit": units.dimension,
}


def cells(tables: dict[str, Table]) -> None:
    """Each cell that is a day, a period or a unit, or names a row of another table: can it be read, does it exist?"""
    for file, table in tables.items():
        for column in table.columns:
            read = READ_BY.get(column) or READ_BY.get(f"{file} {column}")
            home = tables.get(f"{column.removesuffix('s')}s.csv", table)
            if read:
                table.wrong_where(column, read)
            elif home is not table and home.rows:
                what = f"{'an' if column == 'edition' else 'a'} {column} of data/{home.file}"
                table.wrong_where(column, _one_of({record[column] for record in home.records()}, what))
        if file in NEEDED and not table.rows and not table.problems:
            table.wrong(1, "-", "at least one row below the header", found="a header alone")


def _one_of(names: set[str], what: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        if text not in names:
            raise ValueError(what + did_you_mean(text, names))

    return check


def observations(table: Table, rows: list) -> None:
    """Each observation by itself, and against those before it in the file."""
    once = "each series, period, published and source once; row {} has the same."
    corrected = "A correction repeats them with a later 'recorded'"
    keys = ((row.row, (row.key, row.recorded)) for row in rows)
    table.wrong_where_repeated("series", keys, f"{once} {corrected}")
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
        timeline = sorted((row for row in rows if row.value), key=lambda row: (row.period, row.known))
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


def pins(table: Table, observations: Table, keys: set[tuple]) -> None:
    """Each pin holds one question of one edition, at an observation that exists."""
    sound = table.sound
    asked = ((row, (pin["edition"], pin["series"], pin["asked"])) for row, pin in sound.items())
    table.wrong_where_repeated("asked", asked, "each question of an edition once; row {} answers the same one")
    if observations.problems:
        return  # where an observation has a problem of its own, a pin on it has none yet
    for row, pin in sound.items():
        if (pin["series"], pin["period"], parse_day(pin["published"]), pin["source"]) not in keys:
            table.wrong(row, "period", "the series, period, published and source of a row of data/observations.csv")
