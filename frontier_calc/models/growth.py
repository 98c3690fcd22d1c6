"""Growth, and what it does to the difference between a run rate and the year that is booked."""

import math
from datetime import timedelta
from typing import NamedTuple

from frontier_calc.claims import Comparison
from frontier_calc.combine import beside
from frontier_calc.dates import parse_period
from frontier_calc.figure import Figure, constant
from frontier_calc.record.reading import current
from frontier_calc.units import ONE, need_per

MONTHS_IN_A_YEAR = constant("months in a year", 12, "month per year")
A_YEAR = constant("a year", 1, "year")
SPELLS_IN_A_YEAR = constant("spells of 28 days in a year", 13, "1 per year")


def run_rate(month: Figure) -> Figure:
    """The simple run rate: one month's revenue, twelve times. Unit: that of ``month``, per year in place of per month.

    Raises UnitError where ``month`` does not count so much per month.

    >>> from frontier_calc import assume
    >>> print(run_rate(assume("a month's revenue", 2.5e9, "USD per month")))
    $30 billion
    """
    need_per("month", month, "a run rate")
    pace = month * MONTHS_IN_A_YEAR
    return pace.named("", pace.ruler._replace(basis="run-rate"))


def metered_run_rate(metered: Figure, subscriptions: Figure) -> Figure:
    """The run rate as Anthropic defines it: 28 days of metered sales times 13, plus a month's subscriptions times 12.

    ``metered`` in money, ``subscriptions`` in money per month. Source: Reuters Breakingviews, 10 March 2026.

    >>> from frontier_calc import assume
    >>> print(metered_run_rate(assume("28 days", 1e9, "USD"), assume("plans", 0.5e9, "USD per month")))
    $19 billion
    """
    pace = metered * SPELLS_IN_A_YEAR + subscriptions * MONTHS_IN_A_YEAR
    return pace.named("", pace.ruler._replace(basis="run-rate"))


def recognised_over_run_rate(growth: Figure) -> Figure:
    """What a year books over the run rate at its end, for steady growth by a factor ``growth`` a year.

    With revenue flowing at the pace exp(ln(g) t), a year books the integral of its pace: (1 - 1/g) / ln g of the
    pace at its end. At no growth the two are equal.

    >>> from frontier_calc import assume
    >>> print(recognised_over_run_rate(assume("growth", 5.0)).fraction)
    about half
    """
    if growth.value == 1:
        return growth / growth  # one, and still tied to where the growth was read
    return (1 - 1 / growth) / growth.log()


def recognised_from(run_rate: Figure, growth: Figure, years: Figure) -> Figure:
    """The revenue that ``years`` (one, as a figure in years) would book if a run rate was reached by steady growth."""
    booked = run_rate * years * recognised_over_run_rate(growth)
    return booked.named("", booked.ruler._replace(basis="recognised"))


def yearly_factor(start: Figure, end: Figure, months: Figure) -> Figure:
    """The factor by which something would grow in a year at the pace of the ``months`` between two figures.

    >>> from frontier_calc import assume, constant
    >>> print(yearly_factor(assume("from", 9), assume("to", 30), constant("months", 4, "month")).fold)
    37 times
    """
    return (((end / start).log()) * (MONTHS_IN_A_YEAR * A_YEAR / months)).exp()


class BookedYear(NamedTuple):
    """A year whose books and whose run rate at both ends are on record."""

    booked: Figure
    exit: Figure  # the run rate in the year's last month
    growth: Figure  # the factor by which the run rate grew, brought to a whole year
    ratio: Figure  # what was booked over the run rate at the end
    steady: Figure  # what that ratio would have been, had the growth been steady


def booked_years(booked: str, run_rate: str) -> list[BookedYear]:
    """Every year of the series ``booked`` for which the series ``run_rate`` tells the pace at its end and growth in it.

    Growth is counted from the December before; where no pace is on record for it, from the first one in the year.

    >>> [str(year.booked.when) for year in booked_years("openai-revenue-recognised", "openai-revenue-run-rate")]
    ['financial year 2024', 'financial year 2025']
    """
    on = current()
    paces, found = on.history(run_rate), []
    for year in on.history(booked, projected=True):
        before = parse_period((year.period.start - timedelta(days=1)).strftime("%Y-%m"))
        within = [pace for pace in paces if before.start <= pace.period.start and pace.period.end <= year.period.end]
        if len(within) > 1 and within[-1].period.text == year.period.last_month:
            found.append(_booked_year(year, within[0], within[-1]))
    if not found:  # an error in an edition; before the first one, a year of which nothing was known
        last = on.as_of.year - 1
        found.append(_booked_year(on.at(booked, f"{last}"), *[on.at(run_rate, f"{last}-12")] * 2))
    return found


def _booked_year(year: Figure, start: Figure, exit: Figure) -> BookedYear:
    months = round((exit.period.end - start.period.end).days / 30.44) or 1
    span = constant(f"months from {start.period.words} to {exit.period.words}", months, "month")
    factor = yearly_factor(start, exit, span)
    return BookedYear(year, exit, factor, beside(year / A_YEAR, exit), recognised_over_run_rate(factor))


def crossing(a: tuple[Figure, Figure], b: tuple[Figure, Figure], months: Figure) -> Figure:
    """Months after the start at which line ``a`` passes line ``b``, each growing steadily from its first to its second figure.

    The lines may be on different rulers: the result is then set beside them, and says so.
    """
    gap = beside(b[0], a[0])
    closing = (a[1] / a[0]).log() - (b[1] / b[0]).log()
    return gap.log() / closing * months


def between(ratio: Figure, low: float | None, high: float | None) -> Comparison:
    """The comparison that a plain ratio lies between two bounds, both included; it never holds where one is missing."""
    low, high = (math.nan if bound is None else bound for bound in (low, high))
    if ratio.unit != ONE:
        raise ValueError(f"{ratio.label} is not a plain ratio: it counts {ratio.unit_words}")
    return (ratio >= low) & (ratio <= high)
