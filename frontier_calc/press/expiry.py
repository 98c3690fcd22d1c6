"""What has expired by a day, or soon will: what an author looks for first when a month is refreshed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from frontier_calc.press.findings import told
from frontier_calc.press.pages import PageError
from frontier_calc.record import rule
from frontier_calc.record.reading import Reading
from frontier_calc.record.store import Observation

SOON = timedelta(days=31)
STILL_DUE = "still-due.txt"


def lines(on: Reading, spoken: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """A line for each projection that is due, each series that is stale, and each projection that comes due within a month.

    ``spoken`` says of what is due why it is waited for. What is spoken for and not due any more is named.
    """
    due, stale, next_ones = newest(on.due()), on.stale(), coming(on)
    for row in due:
        reason = spoken.get((row.series.id, row.period.text))
        yield f"due: {told(row)}{f'; waited for: {reason}' if reason else ''}"
    for series, period in spoken.keys() - {(row.series.id, row.period.text) for row in due}:
        yield f"{STILL_DUE}: {series} {period} is not due; delete the line"
    yield from (f"stale: {told(row)}" for row in stale)
    yield from (f"comes due after {row.period.end.isoformat()}: {told(row)}" for row in next_ones)
    counts = (
        f"{len(due)} projection(s) due, {len(stale)} series stale, {len(next_ones)} projection(s) due within a month"
    )
    yield f"{counts}, seen from {on.day}"
    if due or stale:
        yield f"frontier add  enters what is known by now; {STILL_DUE} says why the rest is waited for"


def spoken_for(root: Path) -> dict[tuple[str, str], str]:
    """What is due and waited for, by series and period, with the reason: a line each, "SERIES PERIOD: reason".

    Raises PageError for a line of another form.
    """
    path = root / STILL_DUE
    found = {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        form = re.fullmatch(r"(\S+)\s+(\S+):\s*(\S.*)", line.strip())
        if form is None:
            raise PageError(STILL_DUE, number, f"found {line.strip()!r}, expected SERIES PERIOD: why it is waited for")
        found[form[1], form[2]] = form[3]
    return found


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
