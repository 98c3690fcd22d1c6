"""What the tables of ``data/`` must agree on with each other: names that exist, dates that can be, values that fit."""

import difflib
import math

from frontier_calc import units
from frontier_calc.dates import parse_day, parse_period
from frontier_calc.tables import Problem, Table

OFF_BY = 50  # how far off its neighbours in time a value may be before it looks like a slip of unit

NEEDED = ("series.csv", "observations.csv", "sources.csv", "editions.csv")  # the others may have no rows yet

DAYS = ("published", "recorded", "retrieved", "as_of", "closing", "date")


def references(tables: dict[str, Table]) -> None:
    """Each cell that names a row of another table, a day, a period or a unit: does it exist?"""
    for file, table in tables.items():
        for column in table.columns:
            if column in DAYS:
                table.wrong_where(column, _day)
            elif column == "period":
                table.wrong_where(column, _period)
            elif column in ("source", "series", "edition"):
                home = tables[f"{column.removesuffix('s')}s.csv"]
                if table is not home and home.rows:
                    _check_names(table, column, set(home.columns[column]), home.file)
        if file in NEEDED and not table.rows and not table.problems:
            table.problems.append(Problem(file, 1, "-", "a header alone", "at least one row below the header"))
    tables["landmarks.csv"].wrong_where("unit", _landmark_unit)


def _check_names(table: Table, column: str, known: set[str], home: str) -> None:
    def check(text: str) -> str:
        if not text or text in known:
            return ""
        close = difflib.get_close_matches(text, known, n=2, cutoff=0.5)
        article = "an" if column == "edition" else "a"
        return f"{article} {column} of data/{home}" + f"; did you mean {' or '.join(close)}?" * bool(close)

    table.wrong_where(column, check)


def _day(text: str) -> str:
    try:
        parse_day(text)
    except ValueError as error:
        return str(error) if text else ""
    return ""


def _period(text: str) -> str:
    try:
        parse_period(text)
    except ValueError as error:
        return str(error) if text else ""
    return ""


def _landmark_unit(text: str) -> str:
    try:
        units.dimension(text)
    except units.UnitError as error:
        return f"a unit such as USD or USD bn: {error}"
    return ""


def row(table: Table, index: int, row) -> None:
    """An observation by itself: could it be known then, is it within the bounds, is its range around it?"""
    series = row.series
    if row.tag in ("reported", "estimated") and series.ruler.firmness not in ("committed", "guided"):
        earliest = row.period.end if series.kind == "flow" else row.period.start
        if row.known < earliest:
            expected = f"{earliest} or later: the period {row.period.text} was not over; or the tag projected"
            table.wrong(index, "published", expected)
    if row.recorded < row.known and row.known.strftime("%Y-%m") != row.recorded.strftime("%Y-%m"):
        table.wrong(index, "recorded", f"the day of entry, not before it was published on {row.known}")
    if row.value is None:
        return
    if not (series.minimum <= row.value <= series.maximum and math.isfinite(row.value)):
        bounds = f"{series.minimum:g} to {series.maximum:g} {units.name(series.unit)}".strip()
        table.wrong(index, "value", f"within the bounds of {series.id}, {bounds}; check the unit")
    if row.low is not None and row.low > row.value:
        table.wrong(index, "low", "the lower end of a range around the value")
    if row.high is not None and row.high < row.value:
        table.wrong(index, "high", "the upper end of a range around the value")


def history(table: Table, by_series: dict[str, list]) -> None:
    """A value fifty times off the observations before and after it is a billion typed as a million.

    What lies more than a year apart may differ by more: ten times more for each further year.
    """
    index_of = {row: index for index, row in enumerate(table.rows)}
    for rows in by_series.values():
        timeline = sorted((r for r in rows if r.value), key=lambda r: (r.period, r.known))
        for position, row in enumerate(timeline):
            first = min(
                max(position - 1, 0), max(len(timeline) - 3, 0)
            )  # one on each side; at the ends, two on one side
            around = [other for other in timeline[first : first + 3] if other is not row]
            if around and all(_far_off(row, other) for other in around):
                near = min(around, key=lambda other: abs(row.row - other.row))
                expected = (
                    f"a value near its neighbours, such as {near.value:g} {units.name(row.series.unit)} "
                    f"for {near.period.text} (row {near.row}); check the unit"
                )
                table.wrong(index_of[row.row], "value", expected)


def _far_off(row, other) -> bool:
    if 1 / OFF_BY < abs(row.value / other.value) < OFF_BY:
        return False
    off = abs(math.log10(abs(row.value)) - math.log10(abs(other.value)))
    years = abs((row.period.end - other.period.end).days) / 365
    return off >= math.log10(OFF_BY) + max(years - 1, 0)


def pins(table: Table, observations: Table, rows: list) -> None:
    """Each pin holds one question of one edition, at an observation that exists."""
    first: dict[tuple, int] = {}
    bad = table.bad_rows
    # Where an observation has a problem of its own, a pin on it has none yet.
    observed = {row.key for row in rows} if table.rows and not observations.problems else None
    for index, pin in enumerate(table.records()):
        if table.rows[index] in bad:
            continue
        asked = (pin["edition"], pin["series"], pin["asked"])
        earlier = first.setdefault(asked, table.rows[index])
        if earlier != table.rows[index]:
            table.wrong(index, "asked", f"each question of an edition once; row {earlier} answers the same one")
        key = (pin["series"], pin["period"], parse_day(pin["published"]), pin["source"])
        if observed is not None and key not in observed:
            table.wrong(index, "period", "the series, period, published and source of a row of data/observations.csv")
