"""Growth, and what it does to the difference between a run rate and the year that is booked."""

import math
from datetime import timedelta
from typing import NamedTuple

from frontier_calc.combine import beside
from frontier_calc.conditions import Condition
from frontier_calc.dates import Period, parse_period
from frontier_calc.figure import Figure, constant
from frontier_calc.models.arguments import ModelError, need_positive
from frontier_calc.record.reading import Reading, current
from frontier_calc.units import need, need_per

__all__ = ["A_YEAR", "MONTHS_IN_A_YEAR", "SECONDS_IN_A_YEAR", "SPELLS_IN_A_YEAR", "between", "booked_years", "crossing"]
__all__ += ["metered_run_rate", "recognised_from", "recognised_over_run_rate", "run_rate", "yearly_factor"]

MONTHS_IN_A_YEAR = constant("months in a year", 12, "month per year")
A_YEAR = constant("a year", 1, "year")
SPELLS_IN_A_YEAR = constant("spells of 28 days in a year", 13, "1 per year")
SECONDS_IN_A_YEAR = constant("seconds in a year", 365.25 * 24 * 60 * 60, "1 per year")

DAYS_IN_A_MONTH = 365.25 / 12  # on average, for counting the months between two dates


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

    ``metered`` in money, ``subscriptions`` in money per month; the result in money per year. Raises UnitError where
    the subscriptions are no pace per month. Source: Reuters Breakingviews, 10 March 2026.

    >>> from frontier_calc import assume
    >>> print(metered_run_rate(assume("28 days", 1e9, "USD"), assume("plans", 0.5e9, "USD per month")))
    $19 billion
    """
    need_per("month", subscriptions, "the part of a run rate that is subscribed to")
    pace = metered * SPELLS_IN_A_YEAR + subscriptions * MONTHS_IN_A_YEAR
    return pace.named("", pace.ruler._replace(basis="run-rate"))


def recognised_over_run_rate(growth: Figure) -> Figure:
    """What a year books over the run rate at its end, for steady growth by a factor ``growth`` a year. A plain ratio.

    With revenue flowing at the pace exp(ln(g) t), a year books the integral of its pace: (1 - 1/g) / ln g of the
    pace at its end. At no growth the two are equal. Raises ModelError for a factor that is not above nothing.

    >>> from frontier_calc import assume
    >>> print(recognised_over_run_rate(assume("growth", 5.0)).fraction)
    about half
    """
    need_positive("growth by a factor", growth)
    if growth.value == 1:
        return growth / growth  # one, and still tied to where the growth was read
    return (1 - 1 / growth) / growth.log()


def recognised_from(run_rate: Figure, growth: Figure, years: Figure = A_YEAR) -> Figure:
    """The revenue that a year would book if a run rate was reached by steady growth by the factor ``growth``.

    ``run_rate`` in money per year, ``years`` the length of the year as a figure in years; the result in money, on
    the recognised ruler: ``run rate × years × (1 - 1/g) / ln g``.

    >>> from frontier_calc import assume
    >>> print(recognised_from(assume("pace", 9e9, "USD per year"), assume("growth", 9)).rough)
    about $3.6 billion
    """
    need_per("year", run_rate, "the year behind a run rate")
    booked = run_rate * years * recognised_over_run_rate(growth)
    return booked.named("", booked.ruler._replace(basis="recognised"))


def yearly_factor(start: Figure, end: Figure, months: Figure) -> Figure:
    """The factor by which something would grow in a year at the pace of the ``months`` between two figures.

    ``(end / start) ^ (12 / months)``, a plain ratio. Raises UnitError where ``months`` does not count months, and
    ModelError where one of the three is not above nothing.

    >>> from frontier_calc import assume, constant
    >>> print(yearly_factor(assume("from", 9), assume("to", 30), constant("months", 4, "month")).fold)
    37 times
    """
    need("month", months, "a yearly factor")
    need_positive("growth by a factor", start, end, months)
    return (_growth(start, end) * (MONTHS_IN_A_YEAR * A_YEAR / months)).exp()


def _growth(start: Figure, end: Figure) -> Figure:
    """The logarithm of the factor between two figures: what adds up where factors multiply."""
    return (end / start).log()


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
    Raises what reading an unknown series raises where an edition knows of no such year.

    >>> [str(year.booked.when) for year in booked_years("openai-revenue-recognised", "openai-revenue-run-rate")]
    ['financial year 2024', 'financial year 2025']
    """
    on = current()
    paces = on.history(run_rate)
    found = []
    for year in on.history(booked, projected=True):
        span = _period(year)
        within = [pace for pace in paces if _falls_within(_period(pace), span)]
        if len(within) > 1 and _period(within[-1]).text == span.last_month:
            found.append(_booked_year(year, start=within[0], exit=within[-1]))
    return found or [_unknown_year(on, booked, run_rate)]


def _falls_within(pace: Period, year: Period) -> bool:
    """Whether a pace was measured within a year or in the month before it."""
    eve = year.start - timedelta(days=1)
    before = parse_period(f"{eve:%Y-%m}")
    return before.start <= pace.start and pace.end <= year.end


def _unknown_year(on: Reading, booked: str, run_rate: str) -> BookedYear:
    """The year before the reading, of which nothing was known then; in an edition, reading it is an error."""
    last = on.as_of.year - 1
    pace = on.at(run_rate, f"{last}-12")
    return _booked_year(on.at(booked, f"{last}"), start=pace, exit=pace)


def _booked_year(year: Figure, start: Figure, exit: Figure) -> BookedYear:
    first, last = _period(start), _period(exit)
    months = round((last.end - first.end).days / DAYS_IN_A_MONTH)
    span = constant(f"months from {first.words} to {last.words}", max(months, 1), "month")
    growth = yearly_factor(start, exit, span)
    return BookedYear(
        booked=year,
        exit=exit,
        growth=growth,
        ratio=beside(year / A_YEAR, exit),
        steady=recognised_over_run_rate(growth),
    )


def _period(observed: Figure) -> Period:
    if observed.period is None:
        raise ModelError(f"{observed.label} has no period")
    return observed.period


def crossing(a: tuple[Figure, Figure], b: tuple[Figure, Figure], months: Figure) -> Figure:
    """Months after the start at which line ``a`` passes line ``b``, each growing steadily from its first to its second figure.

    ``ln(b0 / a0) / (ln(a1 / a0) - ln(b1 / b0)) × months``, in months; below nothing where they crossed before the start.
    The lines may be on different rulers: the result is then set beside them, and says so. Raises UnitError where
    ``months`` does not count months, and ModelError where a figure is not above nothing or both lines grow alike.

    >>> from frontier_calc import assume, constant
    >>> small, large = (assume("small", 1), assume("small later", 2)), (assume("large", 2), assume("large later", 2))
    >>> print(crossing(small, large, constant("months between", 4, "month")))
    4
    """
    need("month", months, "where two lines cross")
    need_positive("a line of steady growth", *a, *b)
    gap = beside(b[0], a[0])
    closing = _growth(*a) - _growth(*b)
    if closing.value == 0:
        raise ModelError(
            f"{a[0].label} and {b[0].label} grow by the same factor, so neither ever passes the other: "
            "no month can be named"
        )
    return gap.log() / closing * months


def between(ratio: Figure, low: float | None, high: float | None) -> Condition:
    """The condition that a plain ratio lies between two bounds, both included; it never holds where one is missing.

    Raises UnitError for a figure that is no plain ratio.

    >>> from frontier_calc import assume
    >>> between(assume("ratio", 0.5), 0.4, 0.6).holds
    True
    """
    need("1", ratio, "lying between two bounds")
    lowest = math.nan if low is None else low
    highest = math.nan if high is None else high
    return (ratio >= lowest) & (ratio <= highest)
