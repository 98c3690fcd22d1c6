"""What has expired by a day, or soon will: what an author looks for first when a month is refreshed."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from frontier_calc.press.findings import told
from frontier_calc.record import rule
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Observation

SOON = timedelta(days=31)


def lines(on: Reading) -> Iterator[str]:
    """A line for each projection that is due, each series that is stale, and each projection that comes due within a month."""
    due, stale, next_ones = newest(on.due()), on.stale(), coming(on)
    yield from (f"due: {told(row)}" for row in due)
    yield from (f"stale: {told(row)}" for row in stale)
    yield from (f"comes due after {row.period.end.isoformat()}: {told(row)}" for row in next_ones)
    counts = (
        f"{len(due)} projection(s) due, {len(stale)} series stale, {len(next_ones)} projection(s) due within a month"
    )
    yield f"{counts}, seen from {on.day}"
    if due or stale:
        yield "add what is known by now as a row of data/observations.csv; what nobody has told yet stays due"


def newest(rows: Iterable[Observation]) -> list[Observation]:
    """Of the rows about one period of a series the one that was told last, in the order of their series and periods."""
    last: dict[tuple[str, tuple[date, date]], Observation] = {}
    for row in sorted(rows, key=lambda row: (row.known, row.recorded)):
        last[row.series.id, row.period.stretch] = row
    return sorted(last.values(), key=lambda row: (row.series.id, row.period.end))


def coming(on: Reading) -> list[Observation]:
    """The projections whose period ends within a month, the next first; a plan dated by its day is none."""
    rows = [row for series in on.store.series for row in on.known(series) if _comes_due(row, on.as_of)]
    return sorted(newest(rows), key=lambda row: row.period.end)


def _comes_due(row: Observation, today: date) -> bool:
    return row.tag == "projected" and not rule.is_plan(row) and today <= row.period.end <= today + SOON
