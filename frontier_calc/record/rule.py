"""The as-of rule, row by row: which observations may be the latest measurement, and which of them is.

``latest`` of a series is, among the observations known by the day and not projected, the one with the latest period
end. What is said of a moment counts from the day on which it was published, also when its month is still running; what
flows over a period counts once the period has ended. Of several answers for one period the better tag wins, then the
later publication, then the later row.
"""

from collections.abc import Iterable
from datetime import date

from frontier_calc.graph import TAGS
from frontier_calc.record.rows import Edition, Observation


def counts(row: Observation, day: date) -> bool:
    """True if a row that is known on a day may be the latest measurement then.

    A series of kind instant or month tells of moments: a run rate, users, a valuation. A moment is named by a day, a
    week or a month; what such a series says of a longer period waits for its end, as a flow does.
    """
    if row.tag == "projected":
        return False
    by = max(day, row.known)  # what an edition has of a running month is known by its end
    is_moment = row.series.kind != "flow" and row.period.is_moment
    return (row.period.start if is_moment else row.period.end) <= by


def best(rows: Iterable[Observation]) -> Observation:
    """The answer among rows: the latest period end, the best tag, the later publication, the later row."""
    return max(rows, key=_standing)


def _standing(row: Observation) -> tuple[date, int, date, int]:
    return (row.period.end, -TAGS.index(row.tag), row.known, row.row)


def differs(row: Observation, value: float | None, is_span: bool) -> bool:
    """True for another answer than ``value``: a range alone and a point within it are two."""
    return row.value != value or row.is_span != is_span


def is_plan(row: Observation) -> bool:
    """True for what was meant on the day that it is dated by, such as the sum of a letter of intent."""
    return row.series.kind == "instant" and bool(row.series.firmness) and row.period.start <= row.known


def is_newer(row: Observation, edition: Edition) -> bool:
    """True for a row that was published after the day of an edition: a month that had begun may be in it."""
    was_in = row.published.first <= edition.as_of and row.recorded <= edition.closing
    return row.known > edition.as_of and not was_in


def carried_to(row: Observation) -> date:
    """The day to which a row carries the working edition: a month whose day is not known does not reach to its end."""
    is_certain = not row.published.is_month or row.known < row.published.day
    return row.known if is_certain else row.published.first
